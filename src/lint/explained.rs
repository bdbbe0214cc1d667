//! Where one fault explains another, only the more precise rule speaks.

use std::collections::HashMap;

use crate::exceptions::Found;
use crate::finding::Place;
use crate::source::FileId;

/// The rule that speaks, and the one that is silent about the same text. The rulebook's "One fault, one finding".
const EXPLAINS: &[(&str, &str)] = &[
    ("country-mismatch", "shared-credential"),
    ("country-mismatch", "incomplete-instance"),
    ("country-mismatch", "mixed-instances"),
    ("country-mismatch", "unknown-host"),
    ("country-mismatch", "region-mismatch"),
    ("sandbox-in-production", "mixed-instances"),
    ("sandbox-in-production", "incomplete-instance"),
    ("sandbox-fallback", "sandbox-in-production"),
    ("sandbox-fallback", "mixed-instances"),
    ("mixed-instances", "shared-credential"),
    ("credential-in-browser", "committed-credential"),
    ("credential-in-browser", "incomplete-instance"),
    ("stored-authorize-token", "committed-credential"),
];

/// Findings without those that another explains: both are about one text when the primary place of either is a
/// place of the other.
pub fn without_explained(found: Vec<Found>) -> Vec<Found> {
    let mut places: HashMap<&str, Places> = HashMap::new();
    for found in &found {
        places.entry(found.rule).or_default().add(found);
    }
    let explained = |found: &Found| {
        let speaking = EXPLAINS.iter().filter(|(_, silent)| *silent == found.rule);
        speaking.filter_map(|(rule, _)| places.get(rule)).any(|places| places.explain(found))
    };
    let silent: Vec<bool> = found.iter().map(explained).collect();
    found.into_iter().zip(silent).filter(|(_, silent)| !silent).map(|(found, _)| found).collect()
}

/// The places of all findings of one rule.
#[derive(Default)]
struct Places {
    primary: HashMap<FileId, Vec<(u32, u32)>>,
    all: HashMap<FileId, Vec<(u32, u32)>>,
}

impl Places {
    fn add(&mut self, found: &Found) {
        let finding = &found.finding;
        if let Place::At(span) = finding.primary.place {
            self.primary.entry(span.file).or_default().push((span.start, span.end));
        }
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            if let Place::At(span) = label.place {
                self.all.entry(span.file).or_default().push((span.start, span.end));
            }
        }
    }

    fn explain(&self, found: &Found) -> bool {
        let meets = |known: &HashMap<FileId, Vec<(u32, u32)>>, place: Place| match place {
            Place::At(span) => known
                .get(&span.file)
                .is_some_and(|known| known.iter().any(|(start, end)| *start < span.end && span.start < *end)),
            Place::Named(_) => false,
        };
        let finding = &found.finding;
        meets(&self.all, finding.primary.place) || finding.related.iter().any(|label| meets(&self.primary, label.place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Label};
    use crate::rules;
    use crate::source::Span;

    fn found(rule: &'static str, primary: (usize, usize), related: &[(usize, usize)]) -> Found {
        let span = |(start, end)| Span::new(FileId(0), start, end);
        let related = related.iter().map(|place| Label::at(span(*place), "proves it"));
        Found { rule, finding: Finding::at(span(primary), "is wrong").because_all(related) }
    }

    fn speaking(found: Vec<Found>) -> Vec<&'static str> {
        without_explained(found).into_iter().map(|found| found.rule).collect()
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
        for (speaks, silent) in EXPLAINS {
            assert!(rules::get(speaks).is_some() && rules::get(silent).is_some(), "{speaks} {silent}");
        }
    }
}
