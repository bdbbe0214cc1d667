//! What a change introduces or worsens: the findings of a codebase that were not there before it.

use std::collections::{BTreeSet, HashMap};

use super::{Outcome, Reported, Suppressed, fingerprint};
use crate::finding::{Confidence, Label, Place, Severity};

/// What an outcome was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// For people: `HEAD`, `1a2b3c4d, where main and HEAD part`.
    pub with: String,
    /// Findings that were there before, and are not reported.
    pub known: usize,
}

/// Leaves those findings of an outcome that none of the outcomes before it has. Findings are the same by rule, subject and
/// values, wherever they stand; one that is graver or surer than before is reported. A merge has several versions before it,
/// and introduces what is in none of them.
pub fn introduced(mut after: Outcome, before: &[Outcome], with: String) -> Outcome {
    let all = after.findings.len();
    let known: Vec<Vec<bool>> = before.iter().map(|before| Pairs::of(&after, before).known()).collect();
    let mut is_new = (0..all).map(|at| !known.iter().any(|known| known[at]));
    after.findings.retain(|_| is_new.next().unwrap_or(true));
    let found = before.iter().flat_map(|before| &before.findings).map(|finding| finding.fingerprint.as_str());
    let excepted = before.iter().flat_map(|before| &before.suppressed).map(identity);
    let all_before: BTreeSet<&str> = found.chain(excepted).collect();
    after.suppressed.retain(|suppressed| !all_before.contains(identity(suppressed)));
    after.ledger.compared = Some(Comparison { with, known: all - after.findings.len() });
    after
}

fn identity(suppressed: &Suppressed) -> &str {
    &suppressed.finding.fingerprint
}

/// Leaves the findings that have a place in one of these files.
pub fn within(mut outcome: Outcome, files: &BTreeSet<String>) -> Outcome {
    let Outcome { findings, suppressed, sources, .. } = &mut outcome;
    let lies_there = |finding: &Reported| {
        let mut labels = std::iter::once(&finding.primary).chain(&finding.related);
        labels.any(|label| files.contains(sources.path(label.place.file())))
    };
    findings.retain(lies_there);
    suppressed.retain(|suppressed| lies_there(&suppressed.finding));
    outcome
}

/// The findings after a change, each with the one before it that is the same, as far as there is one.
struct Pairs<'o> {
    after: Vec<Seen<'o>>,
    /// Those that have no pair yet.
    before: Vec<Option<Seen<'o>>>,
    known: Vec<bool>,
}

/// A finding with what it is known by.
struct Seen<'o> {
    finding: &'o Reported,
    /// Its fingerprint, without the number that tells it from others with the same.
    name: String,
    path: &'o str,
    /// Whether the other side has no such file: it came or went.
    alone: bool,
    /// The text that it is about, with credentials masked.
    text: &'o str,
}

impl<'o> Pairs<'o> {
    fn of(after: &'o Outcome, before: &'o Outcome) -> Self {
        let known = vec![false; after.findings.len()];
        Pairs { after: seen(after, before), before: seen(before, after).into_iter().map(Some).collect(), known }
    }

    /// Which findings were there before.
    fn known(mut self) -> Vec<bool> {
        // Of several with the same name, the one that stands where it stood is the one that was there.
        self.pair(|seen| Some(format!("{} {} {:?}", seen.name, seen.path, seen.finding.primary.place.span().range())));
        self.pair(|seen| Some(format!("{} {}", seen.name, seen.path)));
        self.pair(|seen| Some(seen.name.clone()));
        // What a finding is about names folders, which change when a file is moved or a manifest is laid beside it.
        self.pair(|seen| (!seen.alone).then(|| format!("{} {}", likeness(seen), seen.path)));
        self.pair(|seen| seen.alone.then(|| format!("{} {}", likeness(seen), file_name(seen.path))));
        self.known
    }

    /// Takes those together that have the same key.
    fn pair(&mut self, key: impl Fn(&Seen<'_>) -> Option<String>) {
        let mut open: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, seen) in self.before.iter().enumerate() {
            if let Some(key) = seen.as_ref().and_then(&key) {
                open.entry(key).or_default().push(at);
            }
        }
        for (seen, known) in self.after.iter().zip(&mut self.known).filter(|(_, known)| !**known) {
            let Some(candidates) = key(seen).and_then(|key| open.get_mut(&key)) else { continue };
            let as_grave = |at: &usize| {
                self.before[*at].as_ref().is_some_and(|before| weight(before.finding) >= weight(seen.finding))
            };
            if let Some(found) = candidates.iter().position(as_grave) {
                self.before[candidates.swap_remove(found)] = None;
                *known = true;
            }
        }
    }
}

fn seen<'o>(outcome: &'o Outcome, other: &Outcome) -> Vec<Seen<'o>> {
    let others: BTreeSet<&str> = other.sources.iter().map(|source| &*source.path).collect();
    let numbered = numbered(&outcome.findings);
    let seen = |finding: &'o Reported| {
        let place = finding.primary.place;
        let path = outcome.sources.path(place.file());
        let name = numbered.get(finding.fingerprint.as_str()).copied().unwrap_or(&finding.fingerprint).to_owned();
        let text = match place {
            Place::At(span) => outcome.sources.slice(span),
            Place::Named(_) => "",
        };
        Seen { finding, name, path, alone: !others.contains(path), text }
    };
    outcome.findings.iter().map(seen).collect()
}

/// The fingerprints that have a number, each with the one that it numbers.
fn numbered(findings: &[Reported]) -> HashMap<String, &str> {
    let all: BTreeSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let mut numbered = HashMap::new();
    for finding in findings {
        for number in 2_usize.. {
            let twin = fingerprint(finding.rule, &finding.fingerprint, &[number.to_string()]);
            if !all.contains(twin.as_str()) {
                break;
            }
            numbered.insert(twin, finding.fingerprint.as_str());
        }
    }
    numbered
}

fn weight(finding: &Reported) -> (Severity, Confidence) {
    (finding.severity, finding.confidence)
}

/// All that a finding says, but for where.
fn likeness(seen: &Seen<'_>) -> String {
    let finding = seen.finding;
    let mut related: Vec<&str> = finding.related.iter().map(|Label { text, .. }| text.as_str()).collect();
    related.sort_unstable();
    format!("{} {:?}", finding.rule, (seen.text, &finding.primary.text, &finding.help, related))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
