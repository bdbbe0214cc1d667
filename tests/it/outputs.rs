//! What every report shows of one outcome, built by hand.

use std::collections::BTreeMap;

use clap::Parser;
use flinks_lint::cli::{Cli, output};
use flinks_lint::fact::Problem;
use flinks_lint::finding::{Confidence, Label, Place, Severity};
use flinks_lint::lint::{Cover, Identity, Ledger, Outcome, Reported, Skip, Suppressed};
use flinks_lint::report::{FailOn, Look, RENDERERS, Shown, Verdict, renderer};
use flinks_lint::source::{FileId, Source, Sources, Span};
use proptest::prelude::*;
use serde_json::Value;

/// The span of the first `needle` in a file.
pub(crate) fn span(sources: &Sources, path: &str, needle: &str) -> Span {
    let source = sources.by_path(path).expect(path);
    let start = source.text().find(needle).expect(needle);
    source.span(start..start + needle.len())
}

pub(crate) fn finding(primary: Label, related: Vec<Label>) -> Reported {
    Reported {
        rule: "country-mismatch",
        severity: Severity::Error,
        confidence: Confidence::Certain,
        headline: "things used together say different countries",
        primary,
        related,
        steps: Vec::new(),
        help: "take the key of `northwind-ca`".to_owned(),
        subject: "web/production/FLINKS".to_owned(),
        fingerprint: "0123456789abcdef0123456789abcdef".to_owned(),
        identity: Identity::default(),
        fix: None,
    }
}

pub(crate) fn outcome(sources: Sources, findings: Vec<Reported>) -> Outcome {
    let ledger = Ledger {
        seen: 14,
        read: 12,
        understood: BTreeMap::from([("dotenv", 2), ("yaml", 1)]),
        skipped: BTreeMap::from([(Skip::Binary, 1), (Skip::TooLarge, 1)]),
        facts: 9,
        ..Ledger::default()
    };
    Outcome { findings, suppressed: Vec::new(), baseline: None, sources, ledger }
}

pub(crate) fn shown(format: &str, outcome: &Outcome, look: &Look) -> String {
    let mut out = Vec::new();
    renderer(format).expect(format).render(outcome, look, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn json(format: &str, outcome: &Outcome, look: &Look) -> Value {
    serde_json::from_str(&shown(format, outcome, look)).expect("JSON")
}

/// The drawing of one finding, without title and help, and without blanks at its ends.
fn drawn(sources: Sources, primary: Label, related: Vec<Label>) -> String {
    let outcome = outcome(sources, vec![finding(primary, related)]);
    let text = shown("text", &outcome, &Look { quiet: true, ..Look::default() });
    let body = text.trim_start_matches("error[country-mismatch]: things used together say different countries\n");
    body.replace("  = help: take the key of `northwind-ca`\n", "").trim().to_owned()
}

/// A U.S. key beside a Canadian host, the environment said by another file and by a file's name.
pub(crate) fn two_files() -> Outcome {
    let env = "FLINKS_API_URL=https://northwind-ca-api.private.fin.ag\nFLINKS_US_SECRET_KEY=01************ef\n";
    let sources = Sources::in_memory([(".env.production", env), ("deploy/app.yml", "app:\n  environment: prod\n")]);
    let key = Label::at(span(&sources, ".env.production", "FLINKS_US_SECRET_KEY"), "is the key of a U.S. instance");
    let host = Label::at(span(&sources, ".env.production", "northwind-ca"), "is a Canadian instance");
    let environment = Label::at(span(&sources, "deploy/app.yml", "prod"), "runs it in production");
    let named = Label::on(Place::Named(key.place.file()), "the name says production");
    let mut finding = finding(key, vec![host.clone(), environment, named.clone()]);
    finding.confidence = Confidence::Likely;
    finding.steps =
        vec![named, Label { text: "Canadian because the instance's name ends in `-ca`".to_owned(), ..host }];
    outcome(sources, vec![finding])
}

/// The two files, and beside their error a warning, a note, an unknown and a suppressed finding.
pub(crate) fn all_kinds() -> Outcome {
    let mut outcome = two_files();
    let model = outcome.findings[0].clone();
    let like = |severity, confidence| Reported { severity, confidence, ..model.clone() };
    outcome.findings.push(like(Severity::Warning, Confidence::Certain));
    outcome.findings.push(like(Severity::Note, Confidence::Certain));
    outcome.findings.push(like(Severity::Error, Confidence::Unknown));
    let exception = Label::at(span(&outcome.sources, "deploy/app.yml", "app"), "moves in March");
    outcome.suppressed.push(Suppressed { finding: model, cover: Cover::Exception(exception) });
    outcome
}

#[test]
fn a_finding_of_two_files_is_one_story() {
    let look = Look { explain_evidence: true, ..Look::default() };
    assert_eq!(
        shown("text", &two_files(), &look),
        "\
error[country-mismatch]: things used together say different countries
 --> .env.production:2:1
  |
1 | FLINKS_API_URL=https://northwind-ca-api.private.fin.ag
  |                        ------------ is a Canadian instance
2 | FLINKS_US_SECRET_KEY=01************ef
  | ^^^^^^^^^^^^^^^^^^^^ is the key of a U.S. instance
  |
 ::: deploy/app.yml:2:16
  |
2 |   environment: prod
  |                ---- runs it in production
  |
  = note: .env.production: the name says production
  = help: take the key of `northwind-ca`
  = note: concluded so
          1. the name says production (.env.production)
          2. Canadian because the instance's name ends in `-ca` (.env.production:1:24)
  = note: likely (one step is inferred, the text does not say it)

Read 12 of 14 files; 3 with a word of Flinks: 2 dotenv, 1 yaml; 9 facts.
Not read: 1 binary, 1 too large.
1 error.
Why, and how to fix it: flinks-lint explain country-mismatch
"
    );
}

/// A grep, an editor's error list and a commit hook read one line at a time.
#[test]
fn concise_is_a_line_for_every_finding() {
    assert_eq!(
        shown("concise", &two_files(), &Look::default()),
        "\
.env.production:2:1: error[country-mismatch] things used together say different countries: \
`FLINKS_US_SECRET_KEY` is the key of a U.S. instance
1 error. 12 of 14 files read.
"
    );
}

/// Minified files have lines of megabytes; the column must still be the file's own.
#[test]
fn a_long_line_is_cut_round_its_label() {
    let text = format!("{}northwind-ca-api{}", "x".repeat(20_000), "y".repeat(20_000));
    let sources = Sources::in_memory([("app.js", text.as_str())]);
    let label = Label::at(span(&sources, "app.js", "northwind-ca-api"), "is a Canadian host");
    let drawn = drawn(sources, label, vec![]);
    assert!(drawn.starts_with("--> app.js:1:20001\n"), "{drawn}");
    assert!(drawn.contains("xnorthwind-ca-apiy") && drawn.contains("^^^^^^^^^^^^^^^^ is a Canadian host"), "{drawn}");
    assert!(drawn.len() < 600, "{}", drawn.len());
}

/// Three windows on one line, all cut: each header says its own column, with colours too.
#[test]
fn every_window_of_a_cut_line_says_its_own_column() {
    let text = format!("{0}one{0}two{0}three{0}", "x".repeat(5_000));
    let sources = Sources::in_memory([("app.js", text.as_str())]);
    let at = |needle: &str| Label::at(span(&sources, "app.js", needle), "is here");
    let finding = finding(at("two"), vec![at("three"), at("one")]);
    let outcome = outcome(sources, vec![finding]);
    for (colour, unicode) in [(false, false), (true, false), (false, true), (true, true)] {
        let drawn = shown("text", &outcome, &Look { colour, unicode, quiet: true, ..Look::default() });
        let places: Vec<usize> = [10_004, 15_007, 5_001]
            .iter()
            .map(|column| drawn.find(&format!("app.js:1:{column}\n")).unwrap_or_else(|| panic!("{column}: {drawn}")))
            .collect();
        assert!(places.is_sorted(), "{drawn}");
    }
}

proptest! {
    /// The renderer below panics on spans that are not in its text; whatever the file, none must reach it.
    #[test]
    fn any_places_of_any_text_are_drawn(
        text in "(?s)([a-z=é秘🔑 \t]{0,6}|[\r\n]{1,2}|[\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{202e}\u{feff}]|[x]{900,1200}){0,12}",
        places in proptest::collection::vec((0usize..2_500, 0usize..900), 1..6),
    ) {
        let sources = Sources::in_memory([("a.env", text.as_str()), ("b.env", "B=1")]);
        let mut labels = places.iter().map(|(at, length)| {
            Label::at(Span::new(FileId((at % 7 == 0).into()), *at, at + length), "is somewhere")
        });
        let primary = labels.next().unwrap();
        let outcome = outcome(sources, vec![finding(primary, labels.collect())]);
        for format in ["text", "concise"] {
            let shown = shown(format, &outcome, &Look::default());
            prop_assert!(shown.contains("is somewhere"));
            prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{:?}", shown);
        }
        for format in ["json", "sarif", "gitlab"] {
            json(format, &outcome, &Look::default());
        }
        for format in ["junit", "checkstyle"] {
            crate::formats::assert_xml(&shown(format, &outcome, &Look::default()));
        }
    }
}

/// Two places of one long line are two windows, each with the column of its own.
#[test]
fn places_far_apart_in_a_long_line_are_drawn_apart() {
    let text = format!("US={}northwind-ca-api", "x".repeat(20_000));
    let sources = Sources::in_memory([("app.js", text.as_str())]);
    let host = Label::at(span(&sources, "app.js", "northwind-ca-api"), "is a Canadian host");
    let key = Label::at(span(&sources, "app.js", "US"), "says U.S.");
    let drawn = drawn(sources, host, vec![key]);
    assert!(drawn.starts_with("--> app.js:1:20004\n") && drawn.contains(" ::: app.js:1:1\n"), "{drawn}");
}

#[test]
fn tabs_wide_characters_and_crlf_keep_the_underline_under_its_subject() {
    let sources = Sources::in_memory([("a.env", "erste=1\r\n\t秘密 🔑 cle\u{301}=valeur 🔑\r\nlast=2\r\n")]);
    let label = Label::at(span(&sources, "a.env", "valeur"), "is wide");
    let related = vec![Label::at(span(&sources, "a.env", "last"), "is the last")];
    assert_eq!(
        drawn(sources, label, related),
        "\
 --> a.env:2:12
  |
2 |     秘密 🔑 cle\u{301}=valeur 🔑
  |                 ^^^^^^ is wide
3 | last=2
  | ---- is the last
  |"
    );
}

#[test]
fn an_empty_value_is_pointed_at() {
    let sources = Sources::in_memory([("a.env", "A=\nB=")]);
    let file = sources.by_path("a.env").unwrap();
    let (first, last) = (file.span(2..2), file.span(5..5));
    assert_eq!(
        drawn(sources, Label::at(first, "is empty"), vec![Label::at(last, "is empty too")]),
        "\
 --> a.env:1:3
  |
1 | A=
  |   ^ is empty
2 | B=
  |   - is empty too
  |"
    );
}

/// Places that a reader got wrong must not take the report with them.
#[test]
fn spans_outside_the_text_are_clamped() {
    for range in [0..500, 400..500, 1..2, 5..6] {
        for text in ["", "é", "A=\nB=", "\n"] {
            let sources = Sources::in_memory([("a.env", text)]);
            let label = Label::at(Span::new(FileId(0), range.start, range.end), "is somewhere");
            assert!(drawn(sources, label, vec![]).contains("is somewhere"), "{range:?} of {text:?}");
        }
    }
}

#[test]
fn what_a_file_says_by_its_name_has_no_line() {
    let sources = Sources::in_memory([("config/us.yml", "url: northwind-ca-api\n"), ("main.yml", "use: us\n")]);
    let file = sources.by_path("config/us.yml").unwrap().id;
    let host = Label::at(span(&sources, "main.yml", "us"), "reads it");
    assert_eq!(
        drawn(sources, Label::on(Place::Named(file), "the name says U.S."), vec![host]),
        "\
 --> config/us.yml
  |
 ::: main.yml:1:1
  |
1 | use: us
  | -- reads it
  |
  = note: config/us.yml: the name says U.S."
    );
}

/// A scanned file must not paint over the report about it, or turn a line round.
#[test]
fn nothing_of_a_file_steers_the_terminal() {
    let text = "x=\u{1b}[2J\u{202e}abc # \u{9b}31m\n";
    let sources = Sources::in_memory([("a\u{1b}[2J.txt", text)]);
    let label = Label::at(span(&sources, "a\u{1b}[2J.txt", "abc"), "is \u{1b}[31m red\u{202e}\nnot two lines");
    let outcome = outcome(sources, vec![finding(label, vec![])]);
    for format in ["text", "concise"] {
        let shown = shown(format, &outcome, &Look::default());
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{format}: {shown:?}");
        assert!(shown.contains("a␛[2J.txt:1:8"), "{format}: {shown}");
    }
}

/// A format that showed more or less than another would make two truths of one run.
#[test]
fn every_format_shows_the_same_findings() {
    let outcome = all_kinds();
    let all = Look { show_unknown: true, show_suppressed: true, show_notes: true, ..Look::default() };
    let certain = Look { min_confidence: Confidence::Certain, ..Look::default() };
    for (look, expected) in [(Look::default(), 2), (all, 5), (certain, 1)] {
        let parts = [
            ("github", "title="),
            ("markdown", "| `country-mismatch` |"),
            ("gitlab", "\"check_name\""),
            ("junit", "<testcase name=\"country-mismatch "),
            ("azure", "country-mismatch"),
            ("checkstyle", "<error "),
        ];
        for (format, part) in parts {
            assert_eq!(shown(format, &outcome, &look).matches(part).count(), expected, "{format}");
        }
        assert_eq!(json("json", &outcome, &look)["findings"].as_array().unwrap().len(), expected);
        assert_eq!(json("sarif", &outcome, &look)["runs"][0]["results"].as_array().unwrap().len(), expected);
        assert_eq!(shown("jsonl", &outcome, &look).matches("\"type\":\"finding\"").count(), expected);
        assert_eq!(shown("text", &outcome, &look).matches("[country-mismatch]").count(), expected);
        assert_eq!(shown("concise", &outcome, &look).matches("[country-mismatch]").count(), expected);
    }
}

#[test]
fn what_is_hidden_is_counted_with_the_flag_that_shows_it() {
    let text = shown("text", &all_kinds(), &Look::default());
    let counts = "1 error, 1 warning; 1 suppressed (--show-suppressed), 1 unknown (--show-unknown), \
                  1 note (--show-notes).\n";
    assert!(text.contains(counts), "{text}");
}

#[test]
fn a_suppressed_finding_shows_the_reason_of_its_exception() {
    let look = Look { show_suppressed: true, ..Look::default() };
    let mut outcome = all_kinds();
    outcome.findings.clear();
    let text = shown("text", &outcome, &look);
    assert!(text.starts_with("note[country-mismatch]: suppressed: things used together"), "{text}");
    assert!(text.contains("1 | app:\n  | --- moves in March\n2 |   environment: prod\n"), "{text}");
    let sarif = json("sarif", &outcome, &look);
    assert_eq!(sarif["runs"][0]["results"][0]["suppressions"][0]["justification"], "moves in March");
}

#[test]
fn the_fail_level_decides_the_exit_code() {
    let mut outcome = all_kinds();
    let code = |outcome: &Outcome, fail_on| {
        let look = Look { fail_on, ..Look::default() };
        Shown::new(outcome, &look).verdict().exit_code()
    };
    assert_eq!(code(&outcome, FailOn::Error), 1);
    assert_eq!(code(&outcome, FailOn::Never), 0);
    outcome.findings.remove(0);
    assert_eq!(code(&outcome, FailOn::Error), 0, "an unknown error never fails a run");
    assert_eq!(code(&outcome, FailOn::Warning), 1);
    outcome.findings.remove(0);
    assert_eq!(code(&outcome, FailOn::Warning), 0);
    assert_eq!(code(&outcome, FailOn::Note), 1);
    outcome.ledger.read = 0;
    assert_eq!(code(&outcome, FailOn::Never), 3);
}

/// Scanning nothing is never a pass, in no format.
#[test]
fn nothing_scanned_is_said() {
    let outcome = Outcome { ledger: Ledger::default(), ..outcome(Sources::default(), vec![]) };
    let look = Look::default();
    assert_eq!(Shown::new(&outcome, &look).verdict(), Verdict::NothingScanned);
    assert!(shown("text", &outcome, &look).starts_with("Nothing was scanned: not one file was read"));
    assert!(shown("concise", &outcome, &look).starts_with("Nothing was scanned"));
    assert_eq!(json("json", &outcome, &look)["exit_code"], 3);
    assert!(shown("github", &outcome, &look).starts_with("::error title=flinks-lint::Nothing was scanned"));
    assert!(shown("azure", &outcome, &look).starts_with("##vso[task.logissue type=error;]Nothing was scanned"));
    assert!(shown("markdown", &outcome, &look).contains("**Nothing was scanned**"));
    assert!(shown("junit", &outcome, &look).contains("<error type=\"nothing-scanned\""));
    let sarif = json("sarif", &outcome, &look);
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(sarif["runs"][0]["results"], Value::Array(vec![]));
}

#[test]
fn a_clean_run_says_what_it_looked_at() {
    let outcome = outcome(Sources::default(), vec![]);
    assert_eq!(
        shown("text", &outcome, &Look::default()),
        "\
Read 12 of 14 files; 3 with a word of Flinks: 2 dotenv, 1 yaml; 9 facts.
Not read: 1 binary, 1 too large.
No findings.
"
    );
    assert_eq!(shown("text", &outcome, &Look { quiet: true, ..Look::default() }), "");
}

#[test]
fn verbose_lists_what_was_not_understood() {
    let mut outcome = two_files();
    let span = span(&outcome.sources, "deploy/app.yml", "app");
    outcome.ledger.problems.push(Problem { span, reason: "a bracket is never closed".to_owned() });
    outcome.ledger.unreadable.push(("secret/.env".to_owned(), "permission is denied".to_owned()));
    outcome.ledger.no_reader.push(FileId(1));
    let text = shown("text", &outcome, &Look { verbose: true, ..Look::default() });
    let list = "\
1 file with a word of Flinks in no format that is known:
  deploy/app.yml
1 file could not be read:
  secret/.env: permission is denied
1 place could not be understood:
  deploy/app.yml:1:1: a bracket is never closed
";
    assert!(text.contains(list), "{text}");
    let text = shown("text", &outcome, &Look::default());
    assert!(text.contains("1 place could not be understood (--verbose lists them).\n"), "{text}");
    let sarif = json("sarif", &outcome, &Look::default());
    let notifications = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notifications[0]["message"]["text"], "Could not be read: permission is denied.");
    assert_eq!(notifications[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
}

#[test]
fn json_places_count_for_people_and_for_programs() {
    let bytes: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("é=秘\nx=1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let source = Source::decode(FileId(0), "a.ini", bytes).unwrap();
    let at = source.text().find("x=1").unwrap();
    let label = Label::at(source.span(at..at + 3), "is said");
    let outcome = outcome(Sources::new(vec![source]), vec![finding(label, vec![])]);
    let primary = &json("json", &outcome, &Look::default())["findings"][0]["primary"];
    assert_eq!(primary["start"], serde_json::json!({ "line": 2, "column": 1, "byte": 10 }));
    assert_eq!(primary["end"], serde_json::json!({ "line": 2, "column": 4, "byte": 16 }));
    let sarif = json("sarif", &outcome, &Look::default());
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["byteOffset"], &region["byteLength"]), (&Value::from(10), &Value::from(6)));
}

#[test]
fn sarif_keeps_the_contract() {
    let sarif = json("sarif", &two_files(), &Look::default());
    let run = &sarif["runs"][0];
    let result = &run["results"][0];
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(result["ruleId"], "country-mismatch");
    assert_eq!(result["level"], "error");
    assert_eq!(
        result["message"]["text"],
        "Things used together say different countries: `FLINKS_US_SECRET_KEY` is the key of a U.S. instance. \
         Compare: [`northwind-ca` is a Canadian instance](1), [`prod` runs it in production](2), \
         [the name says production](3). Take the key of `northwind-ca`."
    );
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], "country-mismatch");
    assert!(rule["properties"]["security-severity"].as_str().unwrap().parse::<f64>().is_ok());
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(result["relatedLocations"][2]["physicalLocation"]["region"], Value::Null, "said by a name: no region");
    assert_eq!(result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap().len(), 3);
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
    assert_eq!(result["partialFingerprints"]["flinksLint/v1"], "0123456789abcdef0123456789abcdef");
}

/// GitHub drops what is over its limits, so the gravest stand first.
#[test]
fn sarif_is_sorted_by_severity() {
    let mut outcome = all_kinds();
    outcome.findings.reverse();
    let sarif = json("sarif", &outcome, &Look { show_notes: true, ..Look::default() });
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let levels: Vec<&str> = results.iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["error", "warning", "note"]);
}

/// Thousands of findings in one large file are drawn in time that grows with the findings, not the file.
#[test]
fn many_findings_in_a_large_file_are_all_drawn() {
    let text: String = (0..50_000).map(|line| format!("FLINKS_{line}=northwind-ca\n")).collect();
    let sources = Sources::in_memory([("big.env", text.as_str())]);
    let file = sources.by_path("big.env").unwrap();
    let place = |line: usize| Label::at(file.span(file.line_range(line)), "is one of many");
    let findings = (0..2_000).map(|at| finding(place(at * 20), vec![place(49_999 - at)])).collect();
    let text = shown("text", &outcome(sources, findings), &Look::default());
    assert_eq!(text.matches("is one of many").count(), 4_000);
}

/// One run, several reports: each as if it were the only one.
#[test]
fn reports_go_to_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (sarif, concise) = (format!("sarif={}", file("a.sarif")), format!("concise={}", file("a.txt")));
    let cli = Cli::parse_from(["flinks-lint", "--output", &sarif, "--output", &concise, "--color", "always"]);
    let look = cli.check.show.look(&cli.check.judge);
    output::write_files(&two_files(), &cli.check.show, &look).unwrap();
    for (name, format) in [("a.sarif", "sarif"), ("a.txt", "concise")] {
        assert_eq!(std::fs::read_to_string(file(name)).unwrap(), shown(format, &two_files(), &Look::default()));
    }
}

/// Links are drawn only when asked for, apart from colours.
#[test]
fn the_rule_links_to_its_source() {
    let link = "\u{1b}]8;;https://docs.flinks.com/guides/getting-started/instances";
    for (colour, hyperlinks) in [(true, true), (true, false), (false, false)] {
        let text = shown("text", &two_files(), &Look { colour, hyperlinks, ..Look::default() });
        assert_eq!(text.contains(link), hyperlinks);
        assert_eq!(text.contains("\u{1b}[1m"), colour);
    }
}

/// Writes reports for the validators of `tests/validate-reports.sh`, when it asks for them.
#[test]
fn reports_for_validators() {
    let Some(folder) = std::env::var_os("FLINKS_LINT_REPORTS") else { return };
    let folder = std::path::PathBuf::from(folder);
    let all = Look { show_unknown: true, show_suppressed: true, show_notes: true, ..Look::default() };
    let clean = outcome(Sources::default(), vec![]);
    let nothing = Outcome { ledger: Ledger::default(), ..outcome(Sources::default(), vec![]) };
    let mut named = two_files();
    named.findings[0].primary = Label::on(Place::Named(FileId(0)), "the name says production");
    let mut troubled = two_files();
    let span = span(&troubled.sources, "deploy/app.yml", "app");
    troubled.ledger.problems.push(Problem { span, reason: "a bracket is never closed".to_owned() });
    troubled.ledger.unreadable.push(("se cret/ü#.env".to_owned(), "permission is denied".to_owned()));
    troubled.ledger.remarks.push("git was not asked for tracked files".to_owned());
    for renderer in RENDERERS {
        for (name, outcome) in [
            ("all", &all_kinds()),
            ("clean", &clean),
            ("nothing", &nothing),
            ("named", &named),
            ("troubled", &troubled),
        ] {
            let mut file = std::fs::File::create(folder.join(format!("{name}.{}", renderer.name))).unwrap();
            renderer.render(outcome, &all, &mut file).unwrap();
        }
    }
    let schema = serde_json::to_string_pretty(&flinks_lint::report::json::schema()).unwrap();
    std::fs::write(folder.join("schema/report.json"), schema).unwrap();
}
