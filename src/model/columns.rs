//! Hosts that a matrix of CI fills in: one job, run once for each row, reaches an instance for each.

use crate::fact::{Piece, Scope, ScopeId};
use crate::finding::Label;
use crate::policy::Policy;
use crate::vocabulary::hosts::{self, HostKind};

use super::credentials::Holder;
use super::statements::Statement;

/// Rows of one matrix at most.
const ROWS: usize = 64;
/// Blocks within blocks beyond this are no longer looked at.
const DEEPEST: usize = 64;

/// The instances that a setting of a job names with the rows of its matrix, where the job takes the same secrets for all.
/// `scopes` are the blocks of its file.
pub(super) fn holders(host: &Statement, statements: &[Statement], scopes: &[Scope], policy: &Policy) -> Vec<Holder> {
    let mut columns = host.value.references().filter_map(|reference| reference.name.strip_prefix("matrix."));
    let Some(column) = columns.next() else { return Vec::new() };
    // The rows stand in the job around a step.
    let around: Vec<ScopeId> =
        std::iter::successors(Some(host.scope), |scope| scopes.get(scope.0 as usize)?.parent).take(DEEPEST).collect();
    let of_job: Vec<&Statement> =
        statements.iter().filter(|said| said.file == host.file && around.contains(&said.scope)).collect();
    if columns.any(|other| other != column) || of_job.iter().any(|said| has_secrets_of_its_own(said)) {
        return Vec::new();
    }
    let rows = of_job.into_iter().filter(|row| is_row(row, column));
    let mut found: Vec<Holder> = Vec::new();
    for holder in rows.take(ROWS).filter_map(|row| holder(host, row, policy)) {
        if !found.iter().any(|known| known.label == holder.label) {
            found.push(holder);
        }
    }
    found
}

/// Whether a part of a job sends each row to an environment or a workflow of its own, which may have secrets of its own.
fn has_secrets_of_its_own(said: &Statement) -> bool {
    match &*said.path[0].text {
        "uses" => true,
        "environment" => said.value.references().next().is_some(),
        _ => false,
    }
}

/// `strategy.matrix.include.0.host` and `strategy.matrix.country.1`, for a column's name.
fn is_row(said: &Statement, column: &str) -> bool {
    let names: Vec<&str> = said.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
    names.contains(&"matrix") && names.last() == Some(&column)
}

/// The instance that a row makes of a host.
fn holder(host: &Statement, row: &Statement, policy: &Policy) -> Option<Holder> {
    let word = row.value.as_literal()?.expose();
    let mut text = String::new();
    for piece in &host.value.pieces {
        match piece {
            Piece::Text(part) => text.push_str(part.expose()),
            Piece::Reference(reference) if reference.name.starts_with("matrix.") => text.push_str(word),
            Piece::Reference(_) => return None,
        }
    }
    let label = hosts::find(&text).into_iter().find_map(|host| match host.kind {
        HostKind::Instance { label: Some(label), .. } => Some(label),
        _ => None,
    })?;
    let declared = policy.country_of(&label.name).map(|declared| declared.value);
    let country = declared.or(label.country).filter(|_| !label.sandbox && !label.placeholder)?;
    let says = format!("makes it `{}`, a {} instance", label.name, country.adjective());
    let evidence = vec![Label::at(row.value_span(), says)];
    Some(Holder { label: Some(label.name), country: Some(country), sandbox: false, evidence })
}
