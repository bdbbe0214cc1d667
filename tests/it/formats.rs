//! What CI services are given, held against files in `tests/formats`; `UPDATE_FORMATS=1` writes them anew.

use std::path::Path;
use std::process::Command;

use flinks_lint::finding::{Label, Severity};
use flinks_lint::lint::{Cover, Outcome};
use flinks_lint::report::{FailOn, Look};
use flinks_lint::source::Sources;
use quick_xml::events::Event;
use serde_json::Value;

use crate::outputs::{all_kinds, finding, outcome, shown, span};

/// The formats of CI services, with the end of their file's name.
const FORMATS: &[(&str, &str)] = &[
    ("github", "txt"),
    ("markdown", "md"),
    ("gitlab", "json"),
    ("junit", "xml"),
    ("azure", "txt"),
    ("checkstyle", "xml"),
];

fn everything() -> Look {
    Look { show_unknown: true, show_suppressed: true, show_notes: true, ..Look::default() }
}

/// A finding of each kind, one of them in the baseline.
fn kinds() -> Outcome {
    let mut outcome = all_kinds();
    let mut known = outcome.suppressed[0].clone();
    known.cover = Cover::Baseline { reason: Some("moves in March".to_owned()), owner: Some("platform".to_owned()) };
    outcome.suppressed.push(known);
    outcome
}

/// A name that ends properties, commands, attributes, cells and code, wherever it is not escaped.
const NAME: &str = "a,b:c;d]e\n::error::%0A`|<&\">'@all##vso[task.x]##[error]]]>.env";

/// A file of that name, and a message of the same kind that goes on for ever.
fn hostile() -> Outcome {
    let text = format!("KEY={NAME}\n\u{1b}[31m\u{0}\u{FFFE}northwind");
    let sources = Sources::in_memory([(NAME, text.as_str())]);
    let place = span(&sources, NAME, "northwind");
    let label = Label::at(place, format!("is `{NAME}` {}", "long ".repeat(40_000)));
    let related = (0..500).map(|at| Label::at(sources.by_path(NAME).unwrap().span(at % 40..at % 40 + 2), NAME));
    let related = related.collect();
    outcome(sources, vec![finding(label, related)])
}

#[test]
fn every_format_is_as_agreed() {
    for (name, end) in FORMATS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{name}.{end}"));
        let now = shown(name, &kinds(), &everything());
        if std::env::var_os("UPDATE_FORMATS").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let agreed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(now, agreed, "{name}: UPDATE_FORMATS=1 writes {}", path.display());
    }
}

#[test]
fn no_name_or_message_ends_a_command() {
    let github = shown("github", &hostile(), &Look::default());
    let lines: Vec<&str> = github.lines().collect();
    assert_eq!(lines.len(), 2, "{github}");
    let (properties, message) = lines[0].strip_prefix("::error ").unwrap().split_once("::").unwrap();
    let properties: Vec<(&str, &str)> = properties.split(',').map(|one| one.split_once('=').unwrap()).collect();
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["file", "line", "endLine", "col", "endColumn", "title"]);
    let unescaped = [("%2C", ","), ("%3A", ":"), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    let file = unescaped.iter().fold(properties[0].1.to_owned(), |text, (code, sign)| text.replace(code, sign));
    assert_eq!(file, NAME);
    assert!(message.len() < 64_000, "GitHub cuts longer messages: {}", message.len());
    assert!(!lines[1].contains("::") && !lines[1].contains("##"));

    let azure = shown("azure", &hostile(), &Look::default());
    let lines: Vec<&str> = azure.lines().collect();
    assert_eq!(lines.len(), 2, "{azure}");
    let (properties, _) = lines[0].strip_prefix("##vso[task.logissue ").unwrap().split_once(']').unwrap();
    let properties: Vec<(&str, &str)> =
        properties.split(';').filter(|one| !one.is_empty()).map(|one| one.split_once('=').unwrap()).collect();
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["type", "sourcepath", "linenumber", "columnnumber", "code"]);
    let unescaped = [("%3B", ";"), ("%5D", "]"), ("%0D", "\r"), ("%0A", "\n"), ("%AZP25", "%")];
    let file = unescaped.iter().fold(properties[1].1.to_owned(), |text, (code, sign)| text.replace(code, sign));
    assert_eq!(file, NAME);

    // What Azure has no level for is a line of the log, and a command all the same if nobody minds it.
    let mut noted = hostile();
    noted.findings[0].severity = Severity::Note;
    let azure = shown("azure", &noted, &everything());
    assert!(azure.lines().count() == 2 && !azure.contains("##"), "{azure}");
}

#[test]
fn no_name_or_message_breaks_a_document() {
    let path = |name: &str| name.replace('\n', "\u{240A}");
    let junit = assert_xml(&shown("junit", &hostile(), &Look::default()));
    assert!(junit.contains(&path(NAME)), "{junit:?}");
    let checkstyle = assert_xml(&shown("checkstyle", &hostile(), &Look::default()));
    assert!(checkstyle.contains(&path(NAME)), "{checkstyle:?}");
    let gitlab: Value = serde_json::from_str(&shown("gitlab", &hostile(), &Look::default())).unwrap();
    assert_eq!(gitlab[0]["location"]["path"], NAME);
    assert!(!gitlab[0]["description"].as_str().unwrap().contains('\n'));
    for (name, _) in FORMATS {
        let length = shown(name, &hostile(), &Look::default()).len();
        assert!(length < 200_000, "{name}: {length}");
    }
}

#[test]
fn a_row_of_markdown_stays_one_row() {
    let markdown = shown("markdown", &hostile(), &Look { quiet: true, ..Look::default() });
    let row = markdown.lines().last().unwrap();
    let bars = row.char_indices().filter(|(at, c)| *c == '|' && !row[..*at].ends_with('\\')).count();
    assert_eq!(bars, 5, "{row}");
    // GitHub drops a summary of more than a mebibyte.
    let mut many = hostile();
    let one = many.findings[0].clone();
    many.findings.extend(std::iter::repeat_n(one, 200));
    let markdown = shown("markdown", &many, &Look::default());
    assert!(markdown.len() < 1 << 20 && markdown.contains(" more are not shown here.\n"), "{}", markdown.len());
}

/// GitLab drops the second issue of one fingerprint.
#[test]
fn gitlab_issues_have_what_gitlab_asks_for() {
    let issues: Value = serde_json::from_str(&shown("gitlab", &kinds(), &everything())).unwrap();
    let issues = issues.as_array().unwrap();
    let text = |issue: &Value, field: &str| issue[field].as_str().unwrap_or_else(|| panic!("{field}")).to_owned();
    let fingerprints: std::collections::BTreeSet<String> = issues.iter().map(|one| text(one, "fingerprint")).collect();
    assert_eq!(fingerprints.len(), issues.len());
    for issue in issues {
        assert!(!text(issue, "description").is_empty() && !text(issue, "check_name").is_empty());
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(issue, "severity").as_str()));
        assert!(issue["location"]["path"].is_string() && issue["location"]["lines"]["begin"].as_u64() >= Some(1));
    }
}

/// A report with failures beside a run that passes, or the reverse, would be two truths.
#[test]
fn junit_fails_what_fails_the_run() {
    let failures = |fail_on| {
        let junit = shown("junit", &kinds(), &Look { fail_on, ..everything() });
        let counted = junit.matches("<failure ").count();
        assert!(junit.contains(&format!("failures=\"{counted}\"")), "{junit}");
        counted
    };
    let levels = [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never];
    assert_eq!(levels.map(failures), [1, 2, 3, 1]);
}

#[test]
fn more_annotations_than_github_shows_are_told() {
    let mut many = all_kinds();
    let error = many.findings[0].clone();
    many.findings.splice(0..0, std::iter::repeat_n(error, 10));
    let github = shown("github", &many, &Look::default());
    assert!(github.ends_with("GitHub shows the first 10 annotations of a level; all of them are in this log.\n"));
    let levels: Vec<bool> = github.lines().map(|line| line.starts_with("::error ")).collect();
    assert!(levels.is_sorted_by(|a, b| a >= b), "the gravest first");
}

/// The text of a document that an XML parser takes, attributes included.
pub(crate) fn assert_xml(document: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut said = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|why| panic!("{why}: {document}")) {
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    said.push_str(&quick_xml::escape::unescape(&attribute.value).unwrap());
                    said.push('\n');
                }
            }
            Event::Text(text) => said.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    // What no XML parser takes, and this one does not look for.
    assert!(!document.contains(|c: char| c < ' ' && c != '\n' || matches!(c, '\u{FFFE}' | '\u{FFFF}')), "{document:?}");
    said
}

fn program(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flinks-lint"));
    command.args(arguments).current_dir(folder).env_remove("FLINKS_LINT_CONFIG").output().unwrap()
}

/// Several reports of one run, and what happens where one cannot be written: the run failed, whatever was found.
#[test]
fn reports_go_to_files_or_the_run_fails() {
    let tree = tempfile::tempdir().unwrap();
    std::fs::write(tree.path().join(".env.production"), "FLINKS_API_URL=https://toolbox-api.private.fin.ag\n").unwrap();
    let all = ["--format", "github", "--output", "junit=lint.xml", "--output", "gitlab=lint.json"];
    let output = program(tree.path(), &all);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"::error file=.env.production,line=1,"));
    assert_xml(&std::fs::read_to_string(tree.path().join("lint.xml")).unwrap());
    let gitlab = std::fs::read_to_string(tree.path().join("lint.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&gitlab).unwrap()[0]["location"]["path"], ".env.production");
    let output = program(tree.path(), &["--output", "junit=no/such/folder/lint.xml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write no/such/folder/lint.xml"));
    let output = program(tree.path(), &["--output", "junit=lint.xml", "--output", "sarif=./lint.xml"]);
    assert_eq!(output.status.code(), Some(2), "two reports cannot be one file");
}

/// Whoever leaves a report in the tree would otherwise find its findings once more.
#[test]
fn no_report_is_judged_as_a_part_of_the_tree() {
    let tree = tempfile::tempdir().unwrap();
    std::fs::write(tree.path().join(".env.production"), "FLINKS_API_URL=https://toolbox-api.private.fin.ag\n").unwrap();
    let ends = [("junit", "xml"), ("checkstyle", "xml"), ("gitlab", "json"), ("json", "json"), ("jsonl", "jsonl")];
    let ends = ends.into_iter().chain([("sarif", "json"), ("github", "txt"), ("markdown", "md"), ("text", "txt")]);
    let outputs: Vec<String> =
        ends.map(|(format, end)| format!("--output={format}=production/{format}.{end}")).collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    std::fs::create_dir(tree.path().join("production")).unwrap();
    let first = program(tree.path(), &[&["--quiet", "--format", "concise"], &outputs[..]].concat()).stdout;
    let again = program(tree.path(), &["--quiet", "--format", "concise", "--show-unknown", "--show-notes"]).stdout;
    assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&again));
}
