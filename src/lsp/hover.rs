//! What a finding rests on, and why its rule is there, under the pointer.

use std::fmt::Write as _;

use crate::finding::{Label, Place};
use crate::lint::{Outcome, Reported};
use crate::rules;
use crate::source::FileId;

/// The findings with a place over an offset of a file, the shorter places first.
pub fn at(outcome: &Outcome, file: FileId, offset: usize) -> Vec<&Reported> {
    let mut found: Vec<(usize, &Reported)> = outcome
        .findings
        .iter()
        .filter_map(|finding| {
            let labels = std::iter::once(&finding.primary).chain(&finding.related);
            let over = labels.filter_map(|label| covers(label, file, offset)).min()?;
            Some((over, finding))
        })
        .collect();
    found.sort_by_key(|(length, _)| *length);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// The length of a place, if the offset is in it.
fn covers(label: &Label, file: FileId, offset: usize) -> Option<usize> {
    match label.place {
        Place::At(span) if span.file == file && (span.start as usize..=span.end as usize).contains(&offset) => {
            Some(span.range().len())
        }
        _ => None,
    }
}

/// What is shown of findings, in Markdown: the fault, each step of the inference with its place, and the rule's reason.
pub fn markdown(outcome: &Outcome, findings: &[&Reported]) -> String {
    let mut text = String::new();
    for finding in findings {
        if !text.is_empty() {
            text.push_str("\n---\n\n");
        }
        let _ = writeln!(text, "**{}** · {}\n", finding.rule, finding.headline);
        let steps = if finding.steps.is_empty() { &finding.related } else { &finding.steps };
        for (number, step) in steps.iter().enumerate() {
            let _ = writeln!(text, "{}. {} ({})", number + 1, step.text, step.place.shown(&outcome.sources));
        }
        let _ = writeln!(text, "\n{}\n", finding.help);
        if let Some(why) = rules::get(finding.rule).and_then(|rule| rule.section("Why it matters")) {
            let _ = writeln!(text, "{why}");
        }
    }
    text
}
