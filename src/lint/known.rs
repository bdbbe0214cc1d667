//! The findings of a run against a baseline: those it knows no longer count.

use std::collections::BTreeSet;

use super::{Compared, Cover, Outcome, Reported, Suppressed, masking};
use crate::baseline::{self, Baseline, Entry, Scope};
use crate::finding::Confidence;
use crate::policy::ABOUT_EXCEPTIONS;
use crate::source::{FileId, Sources};

/// The findings of an outcome as a baseline has them, in their order. What exceptions are found at fault of cannot be put
/// there: it would be an exception that nobody could lose. Nor can what is not known for sure, which never fails a run.
pub fn entries(outcome: &Outcome, scope: &Scope) -> Vec<Entry> {
    let sure = outcome.findings.iter().filter(|finding| finding.confidence > Confidence::Unknown);
    sure.filter(|finding| may_be_known(finding)).map(|finding| entry(finding, &outcome.sources, scope)).collect()
}

/// Sets aside the findings that the baseline knows. `path` is its file, as it is to be shown.
pub fn against(outcome: Outcome, baseline: &Baseline, scope: &Scope, path: &str) -> Outcome {
    let Outcome { findings, mut suppressed, sources, ledger, .. } = outcome;
    let (open, mut kept): (Vec<Reported>, Vec<Reported>) = findings.into_iter().partition(may_be_known);
    let present: Vec<Entry> = open.iter().map(|finding| entry(finding, &sources, scope)).collect();
    let matches = baseline::compare(&present, baseline, scope);
    let mut compared = Compared { path: path.to_owned(), ..Compared::default() };
    for ((finding, present), known) in open.into_iter().zip(&present).zip(&matches.known) {
        match known.map(|at| &baseline.entries[at]) {
            Some(entry) if entry.covers(present) => {
                let shown =
                    |text: &Option<String>| text.as_ref().map(|text| masking::message(text.clone(), &BTreeSet::new()));
                let cover = Cover::Baseline { reason: shown(&entry.reason), owner: shown(&entry.owner) };
                suppressed.push(Suppressed { finding, cover });
            }
            Some(_) => {
                compared.worsened += 1;
                kept.push(finding);
            }
            None => kept.push(finding),
        }
    }
    compared.stale = matches.stale.iter().map(|at| masked(&baseline.entries[*at])).collect();
    kept.sort_by(|a, b| super::order(&sources, a, b));
    suppressed.sort_by(|a, b| super::order(&sources, &a.finding, &b.finding));
    Outcome { findings: kept, suppressed, baseline: Some(compared), sources, ledger }
}

fn may_be_known(finding: &Reported) -> bool {
    !ABOUT_EXCEPTIONS.contains(&finding.rule)
}

fn entry(finding: &Reported, sources: &Sources, scope: &Scope) -> Entry {
    let own = finding.primary.place.file();
    let others = finding.related.iter().map(|label| label.place.file());
    let others: BTreeSet<FileId> = others.filter(|file| *file != own && *file != FileId::POLICY).collect();
    let mut also: Vec<String> = others.into_iter().map(|file| scope.path(sources.path(file))).collect();
    also.sort();
    Entry {
        path: scope.path(sources.path(own)),
        rule: finding.rule.to_owned(),
        subject: finding.subject.clone(),
        message: finding.message(),
        also,
        severity: finding.identity.severity,
        fingerprint: finding.identity.fingerprint.clone(),
        evidence: finding.identity.evidence.clone(),
        reason: None,
        owner: None,
    }
}

/// An entry that may have been written by hand, fit to be shown.
fn masked(entry: &Entry) -> Entry {
    let shown = |text: &str| masking::message(text.to_owned(), &BTreeSet::new());
    Entry { path: shown(&entry.path), rule: shown(&entry.rule), subject: shown(&entry.subject), ..entry.clone() }
}
