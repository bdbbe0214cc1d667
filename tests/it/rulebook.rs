//! The rulebook: every clause of it is shown by an example of a page or by a project, so that none is only promised.
//!
//! `tests/rulebook.toml` has a table for each rule, whose keys are the words of the rulebook in their order. The text
//! itself lies beside the repository; where it does, not one word of it may be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use flinks_lint::rules;
use serde::Deserialize;
use toml::Table;

/// What shows a clause: titles of the page's own examples, `other-rule#title`, `projects/name`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Shown {
    flagged: Vec<String>,
    accepted: Vec<String>,
    /// Files of tests, for what no example can show.
    tests: Vec<String>,
}

/// A quotation holds one clause: no second sentence, and nothing behind a semicolon.
const BOUNDARIES: [&str; 2] = [". ", "; "];

/// Words between clauses that say nothing by themselves.
const BETWEEN: [&str; 9] = ["and", "or", "also", "Also", "in", "Flagged", "Accepted", "error", "warning"];

#[test]
fn every_clause_has_its_examples() {
    let titles = Titles::new();
    let mut complaints = Vec::new();
    for (table, clauses) in book() {
        for (clause, shown) in clauses {
            let at = format!("[{table}] \"{clause}\"");
            let nothing = shown.flagged.is_empty() && shown.accepted.is_empty() && shown.tests.is_empty();
            if nothing {
                complaints.push(format!("{at} is shown by nothing"));
            }
            for test in shown.tests.iter().filter(|test| !repository().join(test).is_file()) {
                complaints.push(format!("{at}: there is no {test}"));
            }
            for (flagged, examples) in [(true, &shown.flagged), (false, &shown.accepted)] {
                for example in examples {
                    complaints.extend(titles.complaint(&table, example, flagged).map(|why| format!("{at}: {why}")));
                }
            }
        }
    }
    let tables: BTreeSet<String> = book().into_iter().map(|(table, _)| table).collect();
    let own = rules::all().iter().filter(|rule| rule.theme != "engine").map(|rule| rule.id);
    complaints.extend(own.filter(|rule| !tables.contains(*rule)).map(|rule| format!("[{rule}] is missing")));
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn no_clause_of_the_rulebook_is_left_out() {
    let Ok(rulebook) = std::fs::read_to_string(repository().join("../shared/rulebook.md"))
        .or_else(|_| std::fs::read_to_string(repository().join("../../shared/rulebook.md")))
    else {
        return; // It is no part of the repository.
    };
    let texts = texts(&rulebook);
    let mut complaints = Vec::new();
    for (table, clauses) in book() {
        let Some(text) = texts.get(&table) else {
            complaints.push(format!("[{table}] is not in the rulebook"));
            continue;
        };
        let mut rest = text.as_str();
        for (clause, _) in &clauses {
            let Some(at) = rest.find(clause.as_str()) else {
                complaints.push(format!("[{table}] \"{clause}\" does not follow in the rulebook"));
                continue;
            };
            complaints
                .extend(left_out(&rest[..at]).map(|text| format!("[{table}] leaves out before \"{clause}\": {text}")));
            rest = &rest[at + clause.len()..];
            if BOUNDARIES.iter().any(|boundary| outside_brackets(clause).contains(boundary)) {
                complaints.push(format!("[{table}] \"{clause}\" is more than one clause"));
            }
        }
        complaints.extend(left_out(rest).map(|text| format!("[{table}] leaves out at its end: {text}")));
    }
    let tables: BTreeSet<String> = book().into_iter().map(|(table, _)| table).collect();
    complaints.extend(texts.keys().filter(|id| !tables.contains(*id)).map(|id| format!("[{id}] is missing")));
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a table is a rule's, and not `the engine` or `how it decides`.
fn is_of_a_rule(table: &str) -> bool {
    !table.contains(' ')
}

/// The tables of `tests/rulebook.toml` with their clauses, in order.
fn book() -> Vec<(String, Vec<(String, Shown)>)> {
    let text = std::fs::read_to_string(repository().join("tests/rulebook.toml")).expect("the data file");
    let tables: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("tests/rulebook.toml: {error}"));
    let clauses = |name: &str, table: toml::Value| {
        let table: Table = table.try_into().unwrap_or_else(|error| panic!("[{name}]: {error}"));
        let shown = |clause: &str, value: toml::Value| {
            value.try_into().unwrap_or_else(|error| panic!("[{name}] \"{clause}\": {error}"))
        };
        table.into_iter().map(|(clause, value)| (clause.clone(), shown(&clause, value))).collect()
    };
    tables.into_iter().map(|(name, table)| (name.clone(), clauses(&name, table))).collect()
}

/// The rulebook's text by rule, and that of `How it decides`.
fn texts(rulebook: &str) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut open: Option<String> = None;
    for line in rulebook.lines() {
        if let Some(heading) = line.strip_prefix("#") {
            let heading = heading.trim_start_matches('#').trim();
            let (id, severity) = heading.split_once(" — ").unwrap_or((heading, ""));
            let id = id.trim_matches('`').to_owned();
            open = (heading.starts_with('`') || heading.starts_with("How it decides")).then_some(id);
            open = open.map(|id| if id.starts_with("How") { "how it decides".to_owned() } else { id });
            if let Some(id) = &open {
                texts.insert(id.clone(), format!("{severity} "));
            }
        } else if let Some(row) = line.strip_prefix("| `") {
            let (id, cells) = row.split_once("` |").expect("a row says its rule");
            texts.insert(id.to_owned(), cells.to_owned());
        } else if line.contains("`nothing-scanned`") && line.starts_with('`') {
            texts.insert("the engine".to_owned(), line.to_owned());
        } else if let Some(text) = open.as_ref().and_then(|id| texts.get_mut(id)) {
            text.push_str(line);
            text.push(' ');
        }
    }
    let plain = |text: String| text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ");
    texts.into_iter().map(|(id, text)| (id, plain(text))).collect()
}

/// What stands between two clauses, if it says anything.
fn left_out(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().any(|word| !BETWEEN.contains(&word)).then(|| text.trim().to_owned())
}

/// A text without what stands in brackets or backticks, where a full stop ends no clause.
fn outside_brackets(text: &str) -> String {
    let (mut depth, mut code) = (0_i32, false);
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '`' => code = !code,
            '(' if !code => depth += 1,
            ')' if !code => depth -= 1,
            _ if depth == 0 && !code => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// The titles of all pages' examples: rule, whether flagged, title.
struct Titles(BTreeSet<(String, bool, String)>);

impl Titles {
    fn new() -> Titles {
        let mut titles = BTreeSet::new();
        for rule in rules::all() {
            let page = std::fs::read_to_string(repository().join(rule.path())).expect("a page");
            let mut section = "";
            for line in page.lines() {
                if let Some(heading) = line.strip_prefix("## ") {
                    section = if heading == "Flagged" {
                        "Flagged"
                    } else if heading == "Accepted" {
                        "Accepted"
                    } else {
                        ""
                    };
                } else if let (Some(title), false) = (line.strip_prefix("### "), section.is_empty()) {
                    titles.insert((rule.id.to_owned(), section == "Flagged", title.to_owned()));
                }
            }
        }
        Titles(titles)
    }

    /// Why an example does not show what it is named for.
    fn complaint(&self, table: &str, example: &str, flagged: bool) -> Option<String> {
        if let Some(project) = example.strip_prefix("projects/") {
            let folder = repository().join("tests/projects").join(project);
            let Ok(expected) = std::fs::read_to_string(folder.join("expect.toml")) else {
                return Some(format!("there is no {example}"));
            };
            let expected: Table = toml::from_str(&expected).ok()?;
            let findings = expected.get("finding").and_then(toml::Value::as_array);
            let rules: Vec<&str> =
                findings.into_iter().flatten().filter_map(|finding| finding.get("rule")?.as_str()).collect();
            let is_there = if is_of_a_rule(table) { rules.contains(&table) } else { !rules.is_empty() };
            return (is_there != flagged).then(|| format!("{example} expects {rules:?}"));
        }
        let (rule, title) = example.split_once('#').unwrap_or((table, example));
        let section = if flagged { "Flagged" } else { "Accepted" };
        let known = self.0.contains(&(rule.to_owned(), flagged, title.to_owned()));
        (!known).then(|| format!("`{rule}` has no example `{title}` under {section}"))
    }
}
