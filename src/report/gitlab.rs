//! GitLab Code Quality: a list of issues, as merge requests show it.
//!
//! The fields are those of <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>, and of the
//! Code Climate specification that it is a part of (<https://github.com/codeclimate/platform>, `SPEC.md`): GitLab passes
//! over what it does not know. Paths are below the scanned root: scan the project's own.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use super::{Item, Shown, plain};
use crate::finding::{Label, Place, Severity};

#[derive(Serialize)]
struct Issue<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    /// One line; backticks make names.
    description: String,
    content: Content,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: String,
    location: Location<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_locations: Vec<Location<'a>>,
}

/// Markdown.
#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut seen = HashMap::new();
    let issues: Vec<Issue<'_>> = shown.items().map(|item| issue(&item, &mut seen, shown)).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue<'a>(item: &Item<'a>, seen: &mut HashMap<&'a str, usize>, shown: &Shown<'a>) -> Issue<'a> {
    let finding = item.finding;
    Issue {
        kind: "issue",
        check_name: finding.rule,
        description: item.line(shown),
        content: Content { body: item.lines(shown).join("\n\n") },
        categories: ["Security"],
        severity: match item.level() {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Note => "info",
        },
        fingerprint: unique(&finding.fingerprint, seen),
        location: location(&finding.primary, shown),
        other_locations: finding.related.iter().map(|label| location(label, shown)).collect(),
    }
}

/// GitLab drops the second of two issues of one fingerprint: of a finding that counts and one that does not.
fn unique<'a>(fingerprint: &'a str, seen: &mut HashMap<&'a str, usize>) -> String {
    let count = seen.entry(fingerprint).or_default();
    *count += 1;
    if *count == 1 { fingerprint.to_owned() } else { format!("{fingerprint}-{count}") }
}

/// Whole lines; the first where the file's name says it.
fn location<'a>(label: &Label, shown: &Shown<'a>) -> Location<'a> {
    let (begin, _) = plain::line_column(label, shown);
    let end = match label.place {
        Place::At(span) if shown.sources.has(span.file) => {
            shown.sources.get(span.file).line_column(span.end as usize).line
        }
        _ => begin,
    };
    Location { path: shown.path(label.place.file()), lines: Lines { begin, end } }
}
