//! The end of a report for people: what was looked at, what was not and why, counts, and what to do next.

use std::fmt::Write as _;

use super::visible;
use super::{Counts, Shown, Verdict};
use crate::baseline::Entry;
use crate::fact::Problem;
use crate::lint::{Comparison, Ledger, Skip};

impl Skip {
    /// As one word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Skip::Binary => "binary",
            Skip::TooLarge => "too-large",
            Skip::Generated => "generated",
            Skip::Link => "link",
            Skip::Special => "special",
            Skip::Excluded => "excluded",
            Skip::Submodule => "submodule",
        }
    }

    /// For people: `1 binary`, `3 too large`.
    fn counted(self, count: usize) -> String {
        match self {
            Skip::Binary => format!("{count} binary"),
            Skip::TooLarge => format!("{count} too large"),
            Skip::Generated => format!("{count} generated"),
            Skip::Link => many(count, "symbolic link"),
            Skip::Special => many(count, "special file"),
            Skip::Excluded => format!("{count} excluded by the policy"),
            Skip::Submodule => many(count, "submodule"),
        }
    }
}

/// `1 file`, `2 files`.
pub fn many(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

/// The last lines of a text report.
pub(super) fn closing(shown: &Shown<'_>) -> String {
    let mut lines = Vec::new();
    if shown.verdict() == Verdict::NothingScanned {
        lines.push("Nothing was scanned: not one file was read, so nothing can be said about this tree.".to_owned());
    }
    lines.extend(coverage(shown));
    lines.extend(stale(shown));
    if shown.verdict() != Verdict::NothingScanned || shown.counts.shown() > 0 {
        lines.push(summary(shown));
    }
    lines.extend(next_command(shown));
    lines.join("\n") + "\n"
}

/// What was looked at, what was not, and why.
pub(super) fn coverage(shown: &Shown<'_>) -> Vec<String> {
    let ledger = shown.ledger;
    let mut lines = vec![scanned(ledger)];
    if !ledger.skipped.is_empty() {
        let reasons: Vec<String> = ledger.skipped.iter().map(|(skip, count)| skip.counted(*count)).collect();
        lines.push(format!("Not read: {}.", reasons.join(", ")));
    }
    if !ledger.no_reader.is_empty() {
        let files: Vec<String> = ledger.no_reader.iter().map(|file| shown.path(*file).to_owned()).collect();
        lines.extend(listed(
            &many(files.len(), "file"),
            "with a word of Flinks in no format that is known",
            files,
            shown,
        ));
    }
    let unreadable: Vec<String> = ledger.unreadable.iter().map(|(path, reason)| format!("{path}: {reason}")).collect();
    if !unreadable.is_empty() {
        lines.extend(listed(&many(unreadable.len(), "file"), "could not be read", unreadable, shown));
    }
    let problems: Vec<String> = ledger.problems.iter().map(|problem| described(problem, shown)).collect();
    if !problems.is_empty() {
        lines.extend(listed(&many(problems.len(), "place"), "could not be understood", problems, shown));
    }
    lines.extend(ledger.compared.iter().map(compared));
    lines.extend(ledger.remarks.iter().map(|remark| format!("Remark: {}", visible::line(remark))));
    lines
}

/// Entries of the baseline whose finding is gone, and findings that outgrew theirs.
pub(super) fn stale(shown: &Shown<'_>) -> Vec<String> {
    let Some(compared) = shown.baseline else { return Vec::new() };
    let mut lines = Vec::new();
    if !compared.stale.is_empty() {
        let (count, verb) = (compared.stale.len(), if compared.stale.len() == 1 { "matches" } else { "match" });
        let many = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        let path = visible::line(&compared.path);
        let entry = |entry: &Entry| {
            visible::line(&format!("  {}: {} ({})", entry.path, entry.rule, entry.subject)).into_owned()
        };
        lines.push(format!("{many} of {path} {verb} no finding any more: flinks-lint baseline --prune"));
        if shown.look.verbose {
            lines.extend(compared.stale.iter().map(entry));
        }
    }
    if compared.worsened > 0 {
        let many = many(compared.worsened, "finding");
        lines.push(format!("{many} of the baseline became more severe, and counts again."));
    }
    lines
}

fn scanned(ledger: &Ledger) -> String {
    let mut line = format!("Read {} of {}", ledger.read, many(ledger.seen, "file"));
    let understood: usize = ledger.understood.values().sum();
    if understood > 0 {
        let by_reader: Vec<String> =
            ledger.understood.iter().map(|(reader, count)| format!("{count} {reader}")).collect();
        let _ = write!(line, "; {} with a word of Flinks: {}", understood, by_reader.join(", "));
    } else {
        line.push_str("; none has a word of Flinks that a reader could judge");
    }
    let _ = write!(line, "; {}.", many(ledger.facts, "fact"));
    line
}

fn compared(comparison: &Comparison) -> String {
    let with = visible::line(&comparison.with);
    match comparison.known {
        0 => format!("Compared with {with}."),
        1 => format!("Compared with {with}: 1 finding was there before."),
        known => format!("Compared with {with}: {known} findings were there before."),
    }
}

/// A count, and under `--verbose` what it counts.
fn listed(count: &str, what: &str, items: Vec<String>, shown: &Shown<'_>) -> Vec<String> {
    if !shown.look.verbose {
        return vec![format!("{count} {what} (--verbose lists them).")];
    }
    let items = items.iter().map(|item| format!("  {}", visible::line(item)));
    std::iter::once(format!("{count} {what}:")).chain(items).collect()
}

fn described(problem: &Problem, shown: &Shown<'_>) -> String {
    let label = crate::finding::Label::at(problem.span, "");
    format!("{}: {}", shown.place(&label), problem.reason)
}

impl Counts {
    pub(super) fn shown(&self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

/// `2 errors, 1 warning; 1 suppressed (--show-suppressed)`.
pub(super) fn summary(shown: &Shown<'_>) -> String {
    let counts = &shown.counts;
    let by_severity = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let found: Vec<String> =
        by_severity.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| many(*count, noun)).collect();
    let hidden = [
        (counts.suppressed, "suppressed", "--show-suppressed"),
        (counts.baselined, "in the baseline", "--show-suppressed"),
        (counts.hidden_unknown, "unknown", "--show-unknown"),
        (counts.hidden_notes, if counts.hidden_notes == 1 { "note" } else { "notes" }, "--show-notes"),
        (counts.hidden_unsure, "less sure", "--min-confidence likely"),
    ];
    let hidden: Vec<String> = hidden
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, flag)| match *flag {
            "--show-suppressed" if shown.look.show_suppressed => format!("{count} {what}"),
            flag => format!("{count} {what} ({flag})"),
        })
        .collect();
    let none = if shown.ledger.compared.is_some() { "No new findings" } else { "No findings" };
    let mut line = if found.is_empty() { none.to_owned() } else { found.join(", ") };
    if !hidden.is_empty() {
        let _ = write!(line, "; {}", hidden.join(", "));
    }
    line + "."
}

fn next_command(shown: &Shown<'_>) -> Option<String> {
    let first = shown.findings.iter().max_by_key(|finding| (finding.severity, std::cmp::Reverse(finding.rule)))?;
    Some(format!("Why, and how to fix it: flinks-lint explain {}", first.rule))
}
