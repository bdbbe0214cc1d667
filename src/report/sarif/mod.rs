//! SARIF 2.1.0, as GitHub code scanning and other viewers take it.

mod schema;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use schema::{
    ArtifactLocation, AutomationDetails, CodeFlow, Configuration, Descriptor, Driver, Help, Invocation, Location, Log,
    Message, Notification, PhysicalLocation, Region, ResultProperties, RuleProperties, Run, Suppression, ThreadFlow,
    ThreadFlowLocation, Tool,
};

use super::{Shown, Verdict, json, ledger, plain};
use crate::finding::{Label, Place, Severity};
use crate::lint::{Cover, Reported, Suppressed};
use crate::rules::{self, Rule};
use crate::source::Span;

/// GitHub refuses a run with more results.
const MOST_RESULTS: usize = 25_000;
/// GitHub refuses a result with more locations.
const MOST_LOCATIONS: usize = 1_000;
/// So many related locations are linked from the message; a longer sentence is not read.
const LINKED: usize = 8;
const ROOT: &str = "%SRCROOT%";

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run(shown)],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn run(shown: &Shown<'_>) -> Run {
    Run {
        tool: Tool { driver: driver(shown) },
        invocations: [invocation(shown)],
        // No address: the place of the checkout is of this machine, and viewers put their own.
        original_uri_base_ids: BTreeMap::from([(
            ROOT,
            ArtifactLocation { uri: None, uri_base_id: None, description: Some(Message::new("The scanned root.")) },
        )]),
        automation_details: AutomationDetails { id: "flinks-lint/" },
        column_kind: "unicodeCodePoints",
        results: results(shown),
    }
}

fn driver(shown: &Shown<'_>) -> Driver {
    let homes = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    Driver {
        name: env!("CARGO_PKG_NAME"),
        version: shown.look.version.to_owned(),
        semantic_version: shown.look.version.to_owned(),
        information_uri: homes.into_iter().find(|uri| !uri.is_empty()),
        rules: rules::all().iter().map(descriptor).collect(),
    }
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    let why = rule.section("Why it matters").unwrap_or(&rule.summary);
    let first = why.split("\n\n").next().unwrap_or(why).replace('\n', " ");
    let problem_severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    Descriptor {
        id: rule.id,
        name: rule.id.split('-').map(capitalised).collect(),
        short_description: Message::new(sentence(&rule.summary)),
        full_description: Message::new(first),
        help: Help { text: rule.body().to_owned(), markdown: rule.body().to_owned() },
        help_uri: rule.source.clone(),
        default_configuration: Configuration { level: rule.severity.name() },
        properties: RuleProperties {
            tags: vec!["security", "flinks", rule.theme],
            precision: "high",
            problem_severity,
            security_severity: security_severity(rule.severity),
        },
    }
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// `Things used together say different countries.`
fn sentence(headline: &str) -> String {
    capitalised(headline) + "."
}

/// On the scale of CVSS, which GitHub shows as high, medium and low.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.0",
        Severity::Note => "2.0",
    }
}

fn invocation(shown: &Shown<'_>) -> Invocation {
    let ledger = shown.ledger;
    let notify = |level, text: String, locations| Notification { level, message: Message::new(text), locations };
    let mut notifications = Vec::new();
    if shown.verdict() == Verdict::NothingScanned {
        notifications.push(notify("error", "Nothing was scanned: not one file was read.".to_owned(), Vec::new()));
    }
    for (path, reason) in &ledger.unreadable {
        notifications.push(notify("warning", format!("Could not be read: {reason}."), vec![file(path)]));
    }
    for problem in &ledger.problems {
        let place = location(Place::At(problem.span), None, None, shown);
        notifications.push(notify("note", format!("Could not be read in part: {}.", problem.reason), vec![place]));
    }
    for remark in &ledger.remarks {
        notifications.push(notify("note", remark.clone(), Vec::new()));
    }
    for line in ledger::stale(shown) {
        notifications.push(notify("note", line.trim_start().to_owned(), Vec::new()));
    }
    Invocation {
        execution_successful: shown.verdict() != Verdict::NothingScanned,
        exit_code: shown.verdict().exit_code(),
        tool_execution_notifications: notifications,
    }
}

/// The gravest first, so that what a viewer cuts off is the least.
fn results(shown: &Shown<'_>) -> Vec<schema::Result> {
    let mut open: Vec<&Reported> = shown.findings.clone();
    open.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let suppressed = shown.suppressed.iter().map(|under| {
        let mut result = result(&under.finding, shown);
        result.suppressions = vec![suppression(under, shown)];
        if under.cover.is_baseline() {
            result.baseline_state = Some("unchanged");
        }
        result
    });
    open.into_iter().map(|finding| result(finding, shown)).chain(suppressed).take(MOST_RESULTS).collect()
}

fn result(finding: &Reported, shown: &Shown<'_>) -> schema::Result {
    let related = finding.related.iter().take(MOST_LOCATIONS - 1).enumerate();
    schema::Result {
        rule_id: finding.rule.to_owned(),
        rule_index: rules::all().iter().position(|rule| rule.id == finding.rule),
        level: finding.severity.name(),
        message: Message::new(message(finding, shown)),
        locations: [primary(finding, shown)],
        related_locations: related
            .map(|(at, label)| location(label.place, Some(at + 1), Some(shown.said(label)), shown))
            .collect(),
        code_flows: code_flow(finding, shown).into_iter().collect(),
        partial_fingerprints: BTreeMap::from([("flinksLint/v1", finding.fingerprint.clone())]),
        suppressions: Vec::new(),
        // All results of a run have a state, or none (§3.27.24). An exception is no part of the baseline.
        baseline_state: shown.baseline.map(|_| "new"),
        properties: ResultProperties {
            confidence: finding.confidence.name(),
            subject: finding.subject.clone(),
            help: finding.help.clone(),
        },
    }
}

/// The message in a paragraph; `[text](1)` links to the related location of that id.
fn message(finding: &Reported, shown: &Shown<'_>) -> String {
    let mut text = capitalised(&plain(&shown.message(finding))) + ".";
    for (at, label) in finding.related.iter().take(LINKED).enumerate() {
        let _ = write!(text, "{} [{}]({})", if at == 0 { " Compare:" } else { "," }, plain(&shown.said(label)), at + 1);
    }
    if !finding.related.is_empty() {
        text.push('.');
    }
    if !finding.help.is_empty() {
        let _ = write!(text, " {}.", plain(&capitalised(&finding.help)));
    }
    text
}

/// Text in which nothing is taken for a link.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The inference, or else the evidence, ending at the place to change.
fn code_flow(finding: &Reported, shown: &Shown<'_>) -> Option<CodeFlow> {
    if finding.steps.is_empty() && finding.related.is_empty() {
        return None;
    }
    let at = |label: &Label, text| ThreadFlowLocation { location: location(label.place, None, Some(text), shown) };
    let steps = finding.steps.iter().map(|step| at(step, step.text.clone()));
    let evidence = finding.related.iter().filter(|_| finding.steps.is_empty());
    // A chain of steps that ends at the place to change has said all.
    let ended = finding.steps.last().is_some_and(|last| last.place == finding.primary.place);
    let end = (!ended).then_some(&finding.primary);
    let evidence = evidence.chain(end).map(|label| at(label, shown.said(label)));
    let locations = steps.take(MOST_LOCATIONS - 1).chain(evidence).take(MOST_LOCATIONS).collect();
    Some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
}

fn suppression(suppressed: &Suppressed, shown: &Shown<'_>) -> Suppression {
    match &suppressed.cover {
        Cover::Exception(exception) => {
            let path = shown.path(exception.place.file());
            let policy = path.ends_with("flinks-lint.toml");
            Suppression {
                kind: if policy { "external" } else { "inSource" },
                status: "accepted",
                justification: exception.text.clone(),
                location: Some(location(exception.place, None, None, shown)),
            }
        }
        known @ Cover::Baseline { .. } => {
            Suppression { kind: "external", status: "accepted", justification: plain::known(known), location: None }
        }
    }
}

fn location(place: Place, id: Option<usize>, text: Option<String>, shown: &Shown<'_>) -> Location {
    let region = match place {
        Place::At(span) => region(span, shown),
        Place::Named(_) => None,
    };
    let artifact_location = artifact(shown.path(place.file()));
    let message = text.filter(|text| !text.is_empty()).map(|text| Message::new(plain(&text)));
    Location { id, physical_location: PhysicalLocation { artifact_location, region }, message }
}

/// The place to change. GitHub takes no result without a region, so a file's name has all of the file for one.
fn primary(finding: &Reported, shown: &Shown<'_>) -> Location {
    let mut location = location(finding.primary.place, None, Some(shown.said(&finding.primary)), shown);
    if let Place::Named(file) = finding.primary.place {
        location.physical_location.region = region(Span { file, start: 0, end: u32::MAX }, shown);
    }
    location
}

fn region(span: Span, shown: &Shown<'_>) -> Option<Region> {
    if !shown.sources.has(span.file) {
        return None;
    }
    let (start, end) = json::positions(span, shown);
    Some(Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: start.byte,
        byte_length: end.byte - start.byte,
    })
}

/// A whole file.
fn file(path: &str) -> Location {
    Location {
        id: None,
        physical_location: PhysicalLocation { artifact_location: artifact(path), region: None },
        message: None,
    }
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation { uri: Some(uri(path)), uri_base_id: Some(ROOT), description: None }
}

/// A relative path as a URI: everything outside RFC 3986's unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A colon in the first segment would make the path read as a scheme, `#` would cut it short.
    #[test]
    fn paths_become_relative_references() {
        assert_eq!(uri("./config/prod us#1:é.yml"), "config/prod%20us%231%3A%C3%A9.yml");
    }

    #[test]
    fn brackets_of_a_label_are_no_link() {
        assert_eq!(plain("reads `a[0]`"), r"reads `a\[0\]`");
    }
}
