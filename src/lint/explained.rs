//! Where one fault explains another, only the more precise rule speaks.

use std::collections::HashMap;

use crate::exceptions::Found;
use crate::finding::{Label, Place};
use crate::source::{FileId, Sources};

/// When two findings are about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// The primary place of either is a place of the other.
    Place,
    /// Both have their primary place in one text.
    Primary,
    /// The primary place of the silent one is on a line of the other: a name and its value.
    Line,
}

/// The rule that speaks, the one that is silent, and when. The rulebook's "One fault, one finding".
const EXPLAINS: &[(&str, &str, Share)] = &[
    ("country-mismatch", "shared-credential", Share::Place),
    ("country-mismatch", "incomplete-instance", Share::Place),
    ("country-mismatch", "mixed-instances", Share::Place),
    ("country-mismatch", "unknown-host", Share::Place),
    ("country-mismatch", "region-mismatch", Share::Place),
    ("country-mismatch", "missing-webhook", Share::Primary),
    ("sandbox-in-production", "mixed-instances", Share::Place),
    ("sandbox-in-production", "incomplete-instance", Share::Place),
    ("sandbox-fallback", "sandbox-in-production", Share::Place),
    ("sandbox-fallback", "mixed-instances", Share::Place),
    ("mixed-instances", "shared-credential", Share::Place),
    ("mixed-instances", "missing-webhook", Share::Primary),
    ("mixed-instances", "incomplete-instance", Share::Primary),
    ("credential-in-browser", "committed-credential", Share::Line),
    ("credential-in-browser", "incomplete-instance", Share::Place),
    ("stored-authorize-token", "committed-credential", Share::Place),
];

/// Findings without those that another explains.
pub fn without_explained(found: Vec<Found>, sources: &Sources) -> Vec<Found> {
    let mut places: HashMap<&str, Places> = HashMap::new();
    for found in &found {
        places.entry(found.rule).or_default().add(found, sources);
    }
    let explained = |found: &Found| {
        let speaking = EXPLAINS.iter().filter(|(_, silent, _)| *silent == found.rule);
        let known = speaking.filter_map(|(rule, _, share)| Some((places.get(rule)?, *share)));
        known.into_iter().any(|(places, share)| places.explain(found, share))
    };
    let silent: Vec<bool> = found.iter().map(explained).collect();
    found.into_iter().zip(silent).filter(|(_, silent)| !silent).map(|(found, _)| found).collect()
}

type Ranges = HashMap<FileId, Vec<(u32, u32)>>;

/// The places of all findings of one rule.
#[derive(Default)]
struct Places {
    primary: Ranges,
    all: Ranges,
    lines: Ranges,
}

impl Places {
    fn add(&mut self, found: &Found, sources: &Sources) {
        let finding = &found.finding;
        if let Place::At(span) = finding.primary.place {
            self.primary.entry(span.file).or_default().push((span.start, span.end));
        }
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            if let Place::At(span) = label.place {
                self.all.entry(span.file).or_default().push((span.start, span.end));
                if sources.has(span.file) {
                    let source = sources.get(span.file);
                    let line = source.line_range(source.line_index(span.start as usize));
                    self.lines.entry(span.file).or_default().push((line.start as u32, line.end as u32));
                }
            }
        }
    }

    fn explain(&self, found: &Found, share: Share) -> bool {
        let primary = found.finding.primary.place;
        match share {
            Share::Primary => meets(&self.primary, primary),
            Share::Line => meets(&self.lines, primary),
            Share::Place => {
                let proves = |label: &Label| meets(&self.primary, label.place);
                meets(&self.all, primary) || found.finding.related.iter().any(proves)
            }
        }
    }
}

fn meets(known: &Ranges, place: Place) -> bool {
    let Place::At(span) = place else { return false };
    let of_file = known.get(&span.file).map_or(&[][..], Vec::as_slice);
    of_file.iter().any(|(start, end)| *start < span.end && span.start < *end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::rules;
    use crate::source::Span;

    fn found(rule: &'static str, primary: (usize, usize), related: &[(usize, usize)]) -> Found {
        let span = |(start, end)| Span::new(FileId(0), start, end);
        let related = related.iter().map(|place| Label::at(span(*place), "proves it"));
        Found { rule, finding: Finding::at(span(primary), "is wrong").because_all(related) }
    }

    fn speaking(found: Vec<Found>) -> Vec<&'static str> {
        without_explained(found, &Sources::in_memory([("a", "")])).into_iter().map(|found| found.rule).collect()
    }

    #[test]
    fn the_more_precise_rule_speaks_alone_of_one_text() {
        let mismatch = || found("country-mismatch", (10, 20), &[(40, 50)]);
        let shared = |primary, related: &[_]| found("shared-credential", primary, related);
        assert_eq!(speaking(vec![mismatch(), shared((12, 18), &[])]), ["country-mismatch"]);
        assert_eq!(speaking(vec![shared((60, 70), &[(10, 20)]), mismatch()]), ["country-mismatch"]);
        assert_eq!(speaking(vec![mismatch(), shared((40, 50), &[])]), ["country-mismatch"]);
        // Two faults that only share a proof are two.
        assert_eq!(speaking(vec![mismatch(), shared((60, 70), &[(40, 50)])]).len(), 2);
        assert_eq!(speaking(vec![mismatch(), shared((20, 30), &[])]).len(), 2);
    }

    /// A misspelt id would silence nothing, and nobody would notice.
    #[test]
    fn the_rules_are_those_of_the_book() {
        for (speaks, silent, _) in EXPLAINS {
            assert!(rules::get(speaks).is_some() && rules::get(silent).is_some(), "{speaks} {silent}");
        }
    }
}
