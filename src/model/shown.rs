//! LoginIds that are put where people and other systems can read them.

use std::collections::{HashMap, HashSet};

use crate::fact::{Change, Facts, Sink};
use crate::finding::{Confidence, Label, Place};
use crate::source::{FileId, Spanned};
use crate::vocabulary::login::{
    LoginName, can_hold_login_id, held_login, is_made_over, is_of_staff, signs_in, speaks_of_flinks,
};
use crate::vocabulary::paths;
use crate::vocabulary::words::normal;

use super::Codebase;
use super::migrations::locate;

/// A loginId of Flinks that others can read.
#[derive(Debug, Clone)]
pub struct Shown {
    pub sink: Sink,
    /// How it is known to be one of Flinks, where its own name does not say so.
    pub context: Vec<Label>,
    /// Likely where only its file speaks of Flinks.
    pub confidence: Confidence,
}

/// Every loginId that is shown, in the order of the files.
pub fn shown(codebase: &Codebase<'_>, hosts: &HashMap<FileId, Place>) -> Vec<Shown> {
    let rows = numbers_of_rows(codebase.facts);
    let sinks = codebase.facts.iter().flat_map(|facts| facts.sinks.iter().map(move |sink| (facts, sink)));
    let sinks = sinks.filter(|(_, sink)| !rows.contains(&normal(last_name(&sink.given.value))));
    sinks.filter_map(|(facts, sink)| judge(sink, facts, codebase.sources.path(facts.file), hosts)).collect()
}

/// Names of fields that are numbers wherever they are stored: `flinks_login_id bigint` is a row's, as loginIds are GUIDs.
fn numbers_of_rows(facts: &[Facts]) -> HashSet<String> {
    let mut numbers: HashSet<String> = HashSet::new();
    let mut others: HashSet<String> = HashSet::new();
    for record in facts.iter().flat_map(|facts| &facts.records) {
        let fields = match &record.change {
            Change::Create { fields, .. } => fields.as_slice(),
            Change::AddField(field) => std::slice::from_ref(field),
            _ => continue,
        };
        for field in fields.iter().filter(|field| held_login(&field.name.value) == Some(LoginName::Flinks)) {
            let own = normal(&field.name.value);
            if can_hold_login_id(field.type_name.as_deref()) {
                others.insert(own)
            } else {
                numbers.insert(own)
            };
        }
    }
    numbers.retain(|name| !others.contains(name));
    numbers
}

/// `flinks_login_id` of `account.flinks_login_id`.
fn last_name(given: &str) -> &str {
    given.rsplit(['.', '>', ':']).next().unwrap_or(given)
}

/// Whether a value is a loginId of Flinks: by its own name, by what it stands in, by what its file is about.
fn judge(sink: &Sink, facts: &Facts, path: &str, hosts: &HashMap<FileId, Place>) -> Option<Shown> {
    if paths::purpose(path).is_silent() {
        return None;
    }
    let said = held_login(&sink.given.value).filter(|_| !is_made_over(&sink.given.value))?;
    let found = |context: Vec<Label>, confidence| Some(Shown { sink: sink.clone(), context, confidence });
    if said == LoginName::Flinks {
        return found(Vec::new(), Confidence::Certain);
    }
    let speaking = sink.around.iter().find(|name| speaks_of_flinks(&name.value) && !is_of_staff(&name.value));
    let other = sink.around.iter().position(|name| signs_in(&name.value));
    let nearest = speaking.and_then(|name| sink.around.iter().position(|other| other == name));
    // The nearer of the two tells.
    if other.is_some_and(|other| nearest.is_none_or(|nearest| other < nearest)) {
        return None;
    }
    let file = sink.given.span.file;
    if let Some(name) = speaking {
        return found(vec![says(name)], Confidence::Certain);
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if locate(path).step.is_none() && (speaks_of_flinks(folder) || speaks_of_flinks(name)) {
        return found(vec![Label::on(Place::Named(file), "is about Flinks by its path")], Confidence::Certain);
    }
    if let Some(context) = sink.context.as_ref().filter(|context| speaks_of_flinks(&context.value)) {
        return found(vec![says(context)], Confidence::Likely);
    }
    let imported = facts.modules.iter().find(|module| speaks_of_flinks(&module.value));
    if let Some(module) = imported {
        return found(vec![says(module)], Confidence::Likely);
    }
    let host = hosts.get(&file)?;
    found(vec![Label::on(*host, "shows that this file works with Flinks")], Confidence::Likely)
}

fn says(name: &Spanned<String>) -> Label {
    Label::at(name.span, "speaks of Flinks")
}
