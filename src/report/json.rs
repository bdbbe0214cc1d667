//! JSON, in one document or in lines: the contract with programs, versioned and with a schema of its own.

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::Shown;
use crate::finding::{Confidence, Label, Place, Severity};
use crate::lint::{Cover, Reported, Suppressed};
use crate::source::{FileId, Span};

/// Changes when a field goes or changes its meaning. New fields leave it as it is.
pub const SCHEMA_VERSION: &str = "1";

/// The JSON report of flinks-lint.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report<'a> {
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: &'static str,
    pub tool: Tool,
    /// Sorted by file, place and rule.
    pub findings: Vec<Finding<'a>>,
    pub ledger: Ledger<'a>,
    /// Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline<'a>>,
    pub summary: Summary,
    /// With which code the run ends: 0 clean, 1 findings at or above the fail level, 3 nothing scanned.
    pub exit_code: u8,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
}

/// One fault, with every place that proves it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'a> {
    pub rule: &'a str,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The fault and what the primary place says, with its subject, in a line.
    pub message: String,
    /// The fault, the same for every finding of the rule.
    pub headline: &'a str,
    /// What the primary place says.
    pub label: &'a str,
    /// The text that a person would change.
    pub primary: Location<'a>,
    /// The places that prove it.
    pub related: Vec<Labelled<'a>>,
    /// The inference, one step after another.
    pub steps: Vec<Labelled<'a>>,
    /// One thing to do.
    pub help: &'a str,
    /// Survives moved lines, changes when a value changes.
    pub fingerprint: &'a str,
    /// What it is about, without lines or values.
    pub subject: &'a str,
    /// Set where an exception covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Labelled<'a>>,
    /// Set where the baseline knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Known<'a>>,
}

/// What the baseline says of a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Known<'a> {
    pub reason: Option<&'a str>,
    pub owner: Option<&'a str>,
}

/// What a baseline came to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Baseline<'a> {
    /// The file.
    pub path: &'a str,
    /// Findings that it knows and that are more severe than it says: they count.
    pub worsened: usize,
    /// Entries whose finding is gone.
    pub stale: Vec<Stale<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Stale<'a> {
    pub rule: &'a str,
    pub path: &'a str,
    pub subject: &'a str,
    pub fingerprint: &'a str,
}

/// A place and what it says.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Labelled<'a> {
    #[serde(flatten)]
    pub location: Location<'a>,
    pub label: &'a str,
}

/// A part of a file, or a file that says something by its name.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Location<'a> {
    /// Below the scanned root, with `/`.
    pub path: &'a str,
    /// The beginning of the file where its name says it.
    pub start: Position,
    /// The position after the last character.
    pub end: Position,
    /// The file's name or folder says it, not its text: the positions only point at the file.
    pub whole_file: bool,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode code points.
    pub column: usize,
    /// From 0, in the bytes of the file on disk.
    pub byte: usize,
}

/// What was looked at, what was not, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ledger<'a> {
    pub seen: usize,
    pub read: usize,
    /// Files with a word of Flinks, by the reader that read them.
    pub understood: &'a BTreeMap<&'static str, usize>,
    /// Files with a word of Flinks that no reader knows.
    pub no_reader: Vec<&'a str>,
    /// Files not read, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    pub unreadable: Vec<Unreadable<'a>>,
    /// Parts of files that could not be understood.
    pub problems: Vec<Problem<'a>>,
    pub facts: usize,
    pub remarks: &'a [String],
    /// Set where only what a change introduces is reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared<'a>>,
}

/// What the tree was compared with.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Compared<'a> {
    /// For people.
    pub with: &'a str,
    /// Findings that were there before.
    pub known: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Unreadable<'a> {
    pub path: &'a str,
    pub reason: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem<'a> {
    #[serde(flatten)]
    pub location: Location<'a>,
    pub reason: &'a str,
}

/// Counts of findings: those shown by severity, those hidden by reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Under an exception.
    pub suppressed: usize,
    /// In the baseline.
    pub baselined: usize,
    pub hidden_unknown: usize,
    pub hidden_notes: usize,
    pub hidden_unsure: usize,
}

/// A line of the JSON-lines report.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line<'a> {
    Finding(Finding<'a>),
    Ledger {
        schema_version: &'static str,
        tool: Tool,
        ledger: Ledger<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        baseline: Option<Baseline<'a>>,
        summary: Summary,
        exit_code: u8,
    },
}

/// The JSON Schema of [`Report`].
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Report<'static>>()
}

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let report = Report {
        schema_version: SCHEMA_VERSION,
        tool: tool(shown),
        findings: findings(shown).collect(),
        ledger: ledger(shown),
        baseline: baseline(shown),
        summary: summary(shown),
        exit_code: shown.verdict().exit_code(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

pub(super) fn draw_lines(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let last = Line::Ledger {
        schema_version: SCHEMA_VERSION,
        tool: tool(shown),
        ledger: ledger(shown),
        baseline: baseline(shown),
        summary: summary(shown),
        exit_code: shown.verdict().exit_code(),
    };
    for line in findings(shown).map(Line::Finding).chain([last]) {
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

pub(super) fn tool(shown: &Shown<'_>) -> Tool {
    Tool { name: env!("CARGO_PKG_NAME"), version: shown.look.version }
}

fn findings<'s, 'a>(shown: &'s Shown<'a>) -> impl Iterator<Item = Finding<'a>> + 's {
    let open = shown.findings.iter().map(|found| finding(found, None, shown));
    let suppressed = |suppressed: &&'a Suppressed| finding(&suppressed.finding, Some(&suppressed.cover), shown);
    open.chain(shown.suppressed.iter().map(suppressed))
}

fn finding<'a>(found: &'a Reported, cover: Option<&'a Cover>, shown: &Shown<'a>) -> Finding<'a> {
    let labelled = |label: &'a Label| Labelled { location: location(label.place, shown), label: &label.text };
    Finding {
        rule: found.rule,
        severity: found.severity,
        confidence: found.confidence,
        message: shown.message(found),
        headline: found.headline,
        label: &found.primary.text,
        primary: location(found.primary.place, shown),
        related: found.related.iter().map(labelled).collect(),
        steps: found.steps.iter().map(labelled).collect(),
        help: &found.help,
        fingerprint: &found.fingerprint,
        subject: &found.subject,
        suppressed: match cover {
            Some(Cover::Exception(exception)) => Some(labelled(exception)),
            _ => None,
        },
        known: match cover {
            Some(Cover::Baseline { reason, owner }) => {
                Some(Known { reason: reason.as_deref(), owner: owner.as_deref() })
            }
            _ => None,
        },
    }
}

pub(super) fn location<'a>(place: Place, shown: &Shown<'a>) -> Location<'a> {
    let path = shown.path(place.file());
    match place {
        Place::At(span) if known(span.file, shown) => {
            let (start, end) = positions(span, shown);
            Location { path, start, end, whole_file: false }
        }
        _ => {
            let beginning = Position { line: 1, column: 1, byte: 0 };
            Location { path, start: beginning, end: beginning, whole_file: true }
        }
    }
}

fn known(file: FileId, shown: &Shown<'_>) -> bool {
    shown.sources.has(file)
}

/// Both ends of a span, as people and as programs count.
pub(super) fn positions(span: Span, shown: &Shown<'_>) -> (Position, Position) {
    let source = shown.sources.get(span.file);
    let position = |offset: u32| {
        let at = source.line_column(offset as usize);
        Position { line: at.line, column: at.column, byte: source.byte_offset(offset as usize) }
    };
    (position(span.start), position(span.end))
}

pub(super) fn ledger<'a>(shown: &Shown<'a>) -> Ledger<'a> {
    let ledger = shown.ledger;
    Ledger {
        seen: ledger.seen,
        read: ledger.read,
        understood: &ledger.understood,
        no_reader: ledger.no_reader.iter().map(|file| shown.path(*file)).collect(),
        skipped: ledger.skipped.iter().map(|(skip, count)| (skip.name(), *count)).collect(),
        unreadable: ledger.unreadable.iter().map(|(path, reason)| Unreadable { path, reason }).collect(),
        problems: ledger
            .problems
            .iter()
            .map(|problem| Problem { location: location(Place::At(problem.span), shown), reason: &problem.reason })
            .collect(),
        facts: ledger.facts,
        remarks: &ledger.remarks,
        compared: ledger.compared.as_ref().map(|it| Compared { with: &it.with, known: it.known }),
    }
}

fn baseline<'a>(shown: &Shown<'a>) -> Option<Baseline<'a>> {
    let compared = shown.baseline?;
    let stale = compared.stale.iter().map(|entry| Stale {
        rule: &entry.rule,
        path: &entry.path,
        subject: &entry.subject,
        fingerprint: &entry.fingerprint,
    });
    Some(Baseline { path: &compared.path, worsened: compared.worsened, stale: stale.collect() })
}

fn summary(shown: &Shown<'_>) -> Summary {
    let counts = shown.counts;
    Summary {
        errors: counts.errors,
        warnings: counts.warnings,
        notes: counts.notes,
        suppressed: counts.suppressed,
        baselined: counts.baselined,
        hidden_unknown: counts.hidden_unknown,
        hidden_notes: counts.hidden_notes,
        hidden_unsure: counts.hidden_unsure,
    }
}
