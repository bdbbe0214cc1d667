//! Exceptions over small trees: the finding is made by hand, the exceptions are as a reader and the policy give them.

use super::*;
use crate::policy;
use crate::source::{FileId, Spanned};

const KNOWN: [&str; 3] = ["country-mismatch", "sandbox-in-production", "missing-webhook"];

/// A tree with one finding of `sandbox-in-production`: its primary place is each text `toolbox`, and text `PROOF`
/// is its related place.
struct Tree {
    sources: Sources,
    policy: Policy,
    directives: Vec<Directive>,
}

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let sources = Sources::in_memory(files.iter().copied());
        let policy = match sources.by_path("flinks-lint.toml") {
            Some(source) => policy::read(source, &KNOWN).unwrap_or_else(|broken| panic!("{broken}")),
            None => Policy::default(),
        };
        let directives = sources.iter().flat_map(|source| directives(&sources, source.id)).collect();
        Tree { sources, policy, directives }
    }

    fn find(&self, text: &str) -> Vec<Span> {
        let spans = |source: &crate::source::Source| {
            let places: Vec<_> =
                source.text().match_indices(text).map(|(at, _)| source.span(at..at + text.len())).collect();
            places
        };
        self.sources.iter().filter(|source| &*source.path != "flinks-lint.toml").flat_map(spans).collect()
    }

    fn found(&self) -> Vec<Found> {
        let proofs = self.find("PROOF");
        let finding = |span| {
            let proofs = proofs.iter().map(|span| Label::at(*span, "makes it production"));
            Finding::at(span, "is the sandbox").because_all(proofs).about("api production FLINKS")
        };
        self.find("toolbox")
            .into_iter()
            .map(|span| Found { rule: "sandbox-in-production", finding: finding(span) })
            .collect()
    }

    fn apply_to(&self, ran: &[&str], whole: bool) -> Applied {
        let directives: Vec<&Directive> = self.directives.iter().collect();
        let today = Date::new(2026, 11, 21).unwrap();
        let given = Given {
            sources: &self.sources,
            directives: &directives,
            policy: &self.policy,
            today,
            known: &KNOWN,
            ran,
            whole,
        };
        apply(self.found(), &given)
    }

    fn apply(&self) -> Applied {
        self.apply_to(&KNOWN, true)
    }

    /// What is said of the exceptions: `rule: underlined text: label; help`.
    fn about(&self) -> Vec<String> {
        self.said(&self.apply())
    }

    fn said(&self, applied: &Applied) -> Vec<String> {
        let said = |found: &Found| {
            let Found { rule, finding } = found;
            let underlined = self.sources.slice(finding.primary.place.span());
            format!("{rule}: {underlined}: {}; {}", finding.primary.text, finding.help)
        };
        applied.about.iter().map(said).collect()
    }
}

/// As the reader gives them: `# flinks-lint: ignore[a, b] until=… reason`, for the line itself and the one below.
fn directives(sources: &Sources, file: FileId) -> Vec<Directive> {
    let source = sources.get(file);
    let mut found = Vec::new();
    for (start, _) in source.text().match_indices("flinks-lint: ignore[") {
        let line = source.line_index(start);
        let end = source.line_range(line).end;
        let text = &source.text()[start..end];
        let (open, close) = (text.find('[').unwrap() + 1, text.find(']').unwrap());
        let spanned = |part: &str| {
            let at = part.as_ptr() as usize - source.text().as_ptr() as usize;
            Spanned::new(part.to_owned(), source.span(at..at + part.len()))
        };
        let words = text[open..close].split(',').map(str::trim).filter(|rule| !rule.is_empty());
        let (until, reason) = match text[close + 1..].trim().strip_prefix("until=") {
            Some(rest) => rest.split_once(' ').map_or((Some(rest), ""), |(until, reason)| (Some(until), reason)),
            None => (None, text[close + 1..].trim()),
        };
        found.push(Directive {
            span: source.span(start..end),
            comment: source.span(start..end),
            rules: words.map(spanned).collect(),
            reason: (!reason.is_empty()).then(|| spanned(reason)),
            until: until.map(spanned),
            lines: line..=line + 1,
            malformed: None,
        });
    }
    found
}

const COVERED: &str = "# flinks-lint: ignore[sandbox-in-production] the demo is meant\nURL=toolbox\n";

#[test]
fn an_inline_exception_covers_its_lines_and_gives_its_reason() {
    let tree = Tree::new(&[("a.env", &format!("{COVERED}OTHER=toolbox\n"))]);
    let applied = tree.apply();
    assert_eq!((applied.kept.len(), applied.suppressed.len(), applied.about.len()), (1, 1, 0));
    let label = &applied.suppressed[0].1;
    assert_eq!(label.text, "the demo is meant");
    assert!(tree.sources.slice(label.place.span()).starts_with("flinks-lint: ignore["));
}

/// The place that a person can comment may be the proof, not the fault: JSON has no comments.
#[test]
fn an_exception_on_any_evidence_counts() {
    let tree = Tree::new(&[
        ("a.json", "{\"url\": \"toolbox\"}"),
        ("b.env", "NODE_ENV=PROOF # flinks-lint: ignore[sandbox-in-production] smoke tests\n"),
    ]);
    assert_eq!(tree.apply().suppressed.len(), 1);
}

#[test]
fn an_exception_from_another_rule_covers_nothing() {
    let tree = Tree::new(&[("a.env", "# flinks-lint: ignore[country-mismatch] why\nURL=toolbox\n")]);
    let applied = tree.apply();
    assert_eq!(applied.kept.len(), 1);
    assert_eq!(
        tree.said(&applied),
        [
            "unused-exception: flinks-lint: ignore[country-mismatch] why: covers no finding on its line or the line below; \
             delete the exception"
        ]
    );
}

/// Whoever runs one rule must not be told to delete the exceptions of the others.
#[test]
fn unused_is_judged_for_rules_that_ran_over_the_whole_root() {
    let tree = Tree::new(&[("a.env", "# flinks-lint: ignore[country-mismatch] why\nA=1\n")]);
    assert_eq!(tree.apply().about.len(), 1);
    assert!(tree.apply_to(&["missing-webhook"], true).about.is_empty());
    assert!(tree.apply_to(&KNOWN, false).about.is_empty());
}

#[test]
fn of_several_rules_each_must_be_needed() {
    let text = "# flinks-lint: ignore[country-mismatch, sandbox-in-production] why\nURL=toolbox\n";
    let tree = Tree::new(&[("a.env", text)]);
    assert_eq!(tree.apply().suppressed.len(), 1);
    assert_eq!(
        tree.about(),
        ["unused-exception: country-mismatch: covers no finding; delete this rule from the exception"]
    );
    let text = "# flinks-lint: ignore[country-mismatch, missing-webhook] why\nURL=x\n";
    assert_eq!(Tree::new(&[("a.env", text)]).about().len(), 1, "one comment, one finding");
}

/// The day itself still counts; the day after, the finding is back and the exception is an error of its own.
#[test]
fn an_exception_is_void_after_its_day() {
    let with = |until: &str| {
        Tree::new(&[(
            "a.env",
            &format!("# flinks-lint: ignore[sandbox-in-production] until={until} why\nURL=toolbox\n"),
        )])
    };
    assert_eq!(with("2026-11-21").apply().suppressed.len(), 1);
    let tree = with("2026-11-20");
    let applied = tree.apply();
    assert_eq!((applied.kept.len(), applied.suppressed.len()), (1, 0));
    assert_eq!(tree.said(&applied), ["expired-exception: 2026-11-20: has passed; renew `until` or mend the finding"]);
    assert_eq!(tree.sources.slice(applied.about[0].finding.related[0].place.span()), "toolbox");
}

#[test]
fn an_expired_exception_that_covers_nothing_is_only_to_be_deleted() {
    let tree =
        Tree::new(&[("a.env", "# flinks-lint: ignore[missing-webhook, country-mismatch] until=2020-01-01 why\nA=1\n")]);
    assert_eq!(
        tree.about(),
        ["expired-exception: 2020-01-01: has passed; delete the exception: it covers nothing any more"]
    );
}

/// Whichever of its rules is named first, the help speaks of the one that is needed.
#[test]
fn an_expired_exception_of_several_rules_is_told_once() {
    let text = "# flinks-lint: ignore[missing-webhook, sandbox-in-production] until=2020-01-01 why\nURL=toolbox\n";
    let tree = Tree::new(&[("a.env", text)]);
    assert_eq!(tree.about(), ["expired-exception: 2020-01-01: has passed; renew `until` or mend the finding"]);
}

/// What cannot be understood silences nothing.
#[test]
fn malformed_exceptions_are_told_and_cover_nothing() {
    for (written, said) in [
        (
            "ignore[sandbox-in-prod] why",
            "sandbox-in-prod: is no rule, did you mean `sandbox-in-production`?; write `sandbox-in-production`",
        ),
        ("ignore[*] why", "*: is no rule: an exception names each; write the ids of the rules"),
        ("ignore[xyzzy] why", "xyzzy: is no rule; see `flinks-lint rules` for their ids"),
        ("ignore[] why", "flinks-lint: ignore[] why: names no rule; write `flinks-lint: ignore[rule-id] reason`"),
        (
            "ignore[unused-exception] why",
            "unused-exception: cannot be excepted; mend the exception that is found at fault",
        ),
        (
            "ignore[sandbox-in-production]",
            "flinks-lint: ignore[sandbox-in-production]: gives no reason; say why it is meant, after the bracket",
        ),
        (
            "ignore[sandbox-in-production] until=31.1.2027 why",
            "31.1.2027: is not a date of the form YYYY-MM-DD; write a day such as `until=2027-01-31`",
        ),
    ] {
        let tree = Tree::new(&[("a.env", &format!("# flinks-lint: {written}\nURL=toolbox\n"))]);
        assert_eq!(tree.about(), [format!("malformed-exception: {said}")]);
        assert_eq!(tree.apply().kept.len(), 1, "{written}");
    }
}

#[test]
fn one_misspelt_rule_does_not_void_the_others() {
    let tree = Tree::new(&[("a.env", "# flinks-lint: ignore[sandbox-in-production, xyzzy] why\nURL=toolbox\n")]);
    let applied = tree.apply();
    assert_eq!((applied.suppressed.len(), applied.about.len()), (1, 1));
}

#[test]
fn an_exception_of_the_policy_covers_by_path_of_any_evidence_and_by_subject() {
    let policy = |scope: &str| {
        let policy = format!("[[exception]]\nrule = \"sandbox-in-production\"\n{scope}\nreason = \"why\"\n");
        Tree::new(&[("deploy/a.env", "URL=toolbox\n"), ("ci/b.yml", "PROOF"), ("flinks-lint.toml", &policy)])
    };
    for scope in [
        "path = \"deploy/**\"",
        "path = \"ci/*.yml\"",
        "subject = \"api production *\"",
        "path = \"*.env\"\nsubject = \"api*\"",
    ] {
        let applied = policy(scope).apply();
        assert_eq!((applied.suppressed.len(), applied.about.len()), (1, 0), "{scope}");
        assert_eq!(applied.suppressed[0].1.text, "why");
    }
    for scope in ["path = \"other/**\"", "subject = \"production\"", "path = \"deploy/**\"\nsubject = \"web*\""] {
        let tree = policy(scope);
        assert_eq!(tree.apply().kept.len(), 1, "{scope}");
        assert_eq!(tree.about(), ["unused-exception: [[exception]]: covers no finding; delete the exception"]);
    }
}

#[test]
fn an_expired_exception_of_the_policy_underlines_its_day() {
    let policy =
        "[[exception]]\nrule = \"sandbox-in-production\"\npath = \"a.env\"\nreason = \"why\"\nuntil = 2026-01-31\n";
    let tree = Tree::new(&[("a.env", "URL=toolbox\n"), ("flinks-lint.toml", policy)]);
    assert_eq!(tree.about(), ["expired-exception: 2026-01-31: has passed; renew `until` or mend the finding"]);
    assert_eq!(tree.apply().kept.len(), 1);
}

/// Deleting one of two exceptions for the same finding is for a person to decide, not for two warnings that
/// would lead to none.
#[test]
fn two_exceptions_for_one_finding_are_both_used() {
    let policy = "[[exception]]\nrule = \"sandbox-in-production\"\npath = \"a.env\"\nreason = \"policy\"\n";
    let tree = Tree::new(&[("a.env", COVERED), ("flinks-lint.toml", policy)]);
    let applied = tree.apply();
    assert!(applied.about.is_empty());
    assert_eq!(applied.suppressed[0].1.text, "the demo is meant", "the nearer one is shown");
}

/// A place that only the file's name says is on no line; a comment on the first line must not cover it.
#[test]
fn a_files_name_stands_on_no_line() {
    let tree =
        Tree::new(&[("a.env", "# flinks-lint: ignore[sandbox-in-production] why\n"), ("b.env", "URL=toolbox\n")]);
    let named = Label::on(crate::finding::Place::Named(FileId(0)), "is production");
    let mut found = tree.found();
    found[0].finding.related.push(named);
    let places = inline::Places::of(&found, &tree.sources);
    assert!(places.on(FileId(0), &(0..=1)).is_empty());
    assert_eq!(places.on(FileId(1), &(0..=usize::MAX)), [0]);
}
