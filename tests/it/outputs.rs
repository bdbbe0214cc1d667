//! What every report shows of one outcome, built by hand.

use std::collections::BTreeMap;

use flinks_lint::fact::Problem;
use flinks_lint::finding::{Confidence, Label, Place, Severity};
use flinks_lint::lint::{Ledger, Outcome, Reported, Skip, Suppressed};
use flinks_lint::report::{FailOn, Look, Shown, Verdict, renderer};
use flinks_lint::source::{Sources, Span};

/// The span of the first `needle` in a file.
fn span(sources: &Sources, path: &str, needle: &str) -> Span {
    let source = sources.by_path(path).expect(path);
    let start = source.text().find(needle).expect(needle);
    source.span(start..start + needle.len())
}

fn finding(primary: Label, related: Vec<Label>) -> Reported {
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
    }
}

fn ledger() -> Ledger {
    Ledger {
        seen: 14,
        read: 12,
        understood: BTreeMap::from([("dotenv", 2), ("yaml", 1)]),
        skipped: BTreeMap::from([(Skip::Binary, 1), (Skip::TooLarge, 1)]),
        facts: 9,
        ..Ledger::default()
    }
}

fn outcome(sources: Sources, findings: Vec<Reported>) -> Outcome {
    Outcome { findings, suppressed: Vec::new(), sources, ledger: ledger() }
}

fn shown(format: &str, outcome: &Outcome, look: &Look) -> String {
    let mut out = Vec::new();
    renderer(format).expect(format).render(outcome, look, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn findings_only(outcome: &Outcome) -> String {
    shown("text", outcome, &Look { quiet: true, ..Look::default() })
}

/// A U.S. key beside a Canadian host, the environment said by another file and by a file's name.
fn two_files() -> Outcome {
    let sources = Sources::in_memory([
        (
            ".env.production",
            "FLINKS_API_URL=https://northwind-ca-api.private.fin.ag\nFLINKS_US_SECRET_KEY=01************ef\n",
        ),
        ("deploy/app.yml", "app:\n  environment: prod\n"),
    ]);
    let key = Label::at(span(&sources, ".env.production", "FLINKS_US_SECRET_KEY"), "is the key of a U.S. instance");
    let host = Label::at(span(&sources, ".env.production", "northwind-ca"), "is a Canadian instance");
    let environment = Label::at(span(&sources, "deploy/app.yml", "prod"), "runs it in production");
    let file = sources.by_path(".env.production").unwrap().id;
    let named = Label::on(Place::Named(file), "the name says production");
    let steps = vec![named.clone(), host.clone()];
    let mut finding = finding(key, vec![host, environment, named]);
    finding.confidence = Confidence::Likely;
    finding.steps = steps;
    outcome(sources, vec![finding])
}

#[test]
fn a_finding_of_two_files_is_one_story() {
    let look = Look { explain_evidence: true, ..Look::default() };
    println!("{}", shown("text", &two_files(), &look));
    println!("{}", shown("text", &two_files(), &Look { unicode: true, ..Look::default() }));
    println!("{}", shown("concise", &two_files(), &look));
    println!("{}", shown("json", &two_files(), &look));
    println!("{}", shown("jsonl", &two_files(), &look));
    println!("{}", shown("sarif", &two_files(), &look));
}

#[test]
fn odd() {
    let long = format!("a={}northwind-ca-api{}", "x".repeat(20_000), "y".repeat(20_000));
    let sources = Sources::in_memory([
        ("a-long.txt", long.as_str()),
        ("b-wide.txt", "first\r\n\t秘密 🔑 cle\u{301}=valeur 🔑\r\nlast\r\n"),
        ("c-empty.txt", "A=\nB="),
        ("d-hostile\u{1b}.txt", "x=\u{1b}[2J\u{202e}abc # \u{9b}31m\n"),
        ("e-none.txt", ""),
    ]);
    let far = |path: &str, needle: &str, text: &str| Label::at(span(&sources, path, needle), text);
    let mut findings = vec![
        finding(far("a-long.txt", "northwind-ca-api", "is long"), vec![far("a-long.txt", "a=", "starts far away")]),
        finding(
            far("b-wide.txt", "valeur", "is wide"),
            vec![far("b-wide.txt", "first", "one"), far("b-wide.txt", "last", "two")],
        ),
        finding(far("d-hostile\u{1b}.txt", "abc", "is \u{1b}[31m hostile\u{202e}\nnot two lines"), vec![]),
    ];
    let empty = sources.by_path("c-empty.txt").unwrap();
    findings.push(finding(
        Label::at(empty.span(2..2), "is empty"),
        vec![Label::at(empty.span(5..5), "is empty at the end")],
    ));
    findings.push(finding(Label::at(empty.span(5..500), "runs out of the file"), vec![]));
    findings.push(finding(Label::at(empty.span(0..5), "has two lines"), vec![]));
    let none = sources.by_path("e-none.txt").unwrap();
    findings.push(finding(Label::at(none.span(0..0), "is nothing"), vec![]));
    findings.push(finding(
        Label::on(Place::Named(none.id), "says U.S. by its name"),
        vec![far("c-empty.txt", "B=", "is here")],
    ));
    println!("{}", findings_only(&outcome(sources, findings)));
}
