//! Small whole repositories in `tests/projects`, each with the findings that it must give and no others.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// What `expect.toml` of a project says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    about: String,
    #[serde(default)]
    finding: Vec<ExpectedFinding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFinding {
    rule: String,
    path: String,
    line: Option<usize>,
    /// Any of them is as good.
    #[serde(default)]
    lines: Vec<usize>,
    severity: Option<String>,
    /// `path:line`, or the path alone where a file's name is the evidence.
    #[serde(default)]
    related: Vec<String>,
}

/// A finding as it came out.
struct Found {
    rule: String,
    severity: String,
    place: (String, usize),
    related: Vec<(String, usize)>,
}

#[test]
fn every_project_gives_the_findings_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects");
    let mut projects: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    projects.sort();
    let only = std::env::var("PROJECT").unwrap_or_default();
    let mut failures = Vec::new();
    for project in projects.iter().filter(|project| project.to_string_lossy().contains(&only)) {
        failures.extend(judge(project));
    }
    assert!(!projects.is_empty());
    assert!(failures.is_empty(), "{} complaints:\n{}", failures.len(), failures.join("\n"));
}

fn judge(project: &Path) -> Vec<String> {
    let name = project.file_name().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(project.join("expect.toml")).unwrap_or_else(|error| panic!("{name}: {error}"));
    let expected: Expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!expected.about.is_empty(), "{name}: says what it shows");
    let mut found = found_in(&project.join("repo"));
    let mut complaints = Vec::new();
    for wanted in &expected.finding {
        let at = found.iter().position(|found| wanted.is(found));
        let Some(found) = at.map(|at| found.remove(at)) else {
            complaints.push(format!(
                "{name}: missing {} at {}:{:?}{:?}",
                wanted.rule, wanted.path, wanted.line, wanted.lines
            ));
            continue;
        };
        if let Some(severity) = wanted.severity.as_ref().filter(|severity| **severity != found.severity) {
            complaints.push(format!("{name}: {} is {}, not {severity}", found.rule, found.severity));
        }
        for related in &wanted.related {
            let (path, line) = match related.rsplit_once(':') {
                Some((path, line)) => (path, line.parse().ok()),
                None => (related.as_str(), None),
            };
            let is = |(file, at): &(String, usize)| file == path && line.is_none_or(|line: usize| line == *at);
            if !found.related.iter().any(is) && !is(&found.place) {
                complaints
                    .push(format!("{name}: {} lacks the related place {related}: {:?}", found.rule, found.related));
            }
        }
    }
    let extra = found
        .into_iter()
        .map(|found| format!("{name}: unexpected {} at {}:{}", found.rule, found.place.0, found.place.1));
    complaints.extend(extra);
    complaints
}

impl ExpectedFinding {
    fn is(&self, found: &Found) -> bool {
        let line = self.line == Some(found.place.1) || self.lines.contains(&found.place.1);
        self.rule == found.rule && self.path == found.place.0 && line
    }
}

fn found_in(repo: &Path) -> Vec<Found> {
    let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
        .args(["check", "--format", "json", "--show-notes", "--today", "2026-11-21"])
        .arg(repo)
        .env_remove("FLINKS_LINT_CONFIG")
        .output()
        .expect("the program starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{}: {error}: {}", repo.display(), String::from_utf8_lossy(&output.stderr)));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let place =
        |location: &serde_json::Value| (text(&location["path"]), location["start"]["line"].as_u64().unwrap() as usize);
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| Found {
            rule: text(&finding["rule"]),
            severity: text(&finding["severity"]),
            place: place(&finding["primary"]),
            related: finding["related"].as_array().unwrap().iter().map(place).collect(),
        })
        .collect()
}
