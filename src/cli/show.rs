//! The commands that print what the program knows of itself: pages, rules, schemas, completions, manual, version.

use std::fmt::Write as _;

use clap::CommandFactory;

use super::options::known;
use super::output::to_stdout;
use super::{Cli, Config, Explain, Failure, Listing, Map, Options, PageFormat, Plain, Schema, pipeline, terminal};
use crate::report::{Look, Verdict, json, map as map_report};
use crate::rules::{self, Rule};

/// What the exit code 3 means. It is the end of a run and no finding, so that no rule has a page of it.
const NOTHING_SCANNED: &str = "\
# nothing-scanned

exit code 3: not one file was read

A run that reads nothing has nothing to say, and must not pass for a clean one. The folder is empty, or everything in it is
ignored by git, excluded by the policy, binary, too large or unreadable. A tree that is read and has no word of Flinks is
clean, and ends with 0.

## How to fix it

Name the folder that holds the code, and look at what was skipped: flinks-lint check --verbose. Files that git ignores are
read with --no-ignore. Where there is truly nothing to read, do not run the check.
";

/// # Errors
/// Where there is no such rule.
pub fn explain(explain: &Explain) -> Result<u8, Failure> {
    if explain.rule == "nothing-scanned" {
        return match explain.format {
            PageFormat::Json => print_json(&serde_json::json!({ "id": explain.rule, "page": NOTHING_SCANNED })),
            PageFormat::Text | PageFormat::Markdown => print(NOTHING_SCANNED),
        };
    }
    let id = known(&explain.rule)?;
    let Some(rule) = rules::get(id) else { return Ok(0) };
    match explain.format {
        PageFormat::Markdown => print(rule.page),
        PageFormat::Json => print_json(rule),
        PageFormat::Text => print(&page(rule)),
    }
}

/// A page for a terminal: what its front matter declares in one line, then its text as it is written.
fn page(rule: &Rule) -> String {
    let (heading, text) = rule.body().split_once('\n').unwrap_or((rule.body(), ""));
    let (severity, id, summary) = (rule.severity.name(), rule.id, &rule.summary);
    format!("{heading}\n\n{severity}[{id}]: {summary}\n({}, since {})\n{text}", rule.theme, rule.since)
}

/// # Errors
/// Where standard output does not take it.
pub fn rules(listing: &Listing) -> Result<u8, Failure> {
    if listing.format == Plain::Json {
        let rules: Vec<serde_json::Value> = rules::all().iter().map(described).collect();
        return print_json(&rules);
    }
    let width = |of: fn(&Rule) -> usize| rules::all().iter().map(of).max().unwrap_or(0);
    let (ids, severities) = (width(|rule| rule.id.len()), width(|rule| rule.severity.name().len()));
    let mut text = String::new();
    for rule in rules::all() {
        let _ = writeln!(text, "{:ids$}  {:severities$}  {}", rule.id, rule.severity.name(), rule.summary);
    }
    text.push_str("\nThe page of a rule: flinks-lint explain <rule>\n");
    print(&text)
}

/// A rule without its page.
fn described(rule: &Rule) -> serde_json::Value {
    serde_json::json!({
        "id": rule.id,
        "theme": rule.theme,
        "severity": rule.severity,
        "summary": rule.summary,
        "since": rule.since,
        "source": rule.source,
    })
}

/// # Errors
/// Where the policy cannot be read.
pub fn config(config: &Config) -> Result<u8, Failure> {
    let Config::Show { path, policy } = config;
    print(&pipeline::show_policy(policy, path.as_deref())?)
}

/// The exit code of the run, after the map is printed.
///
/// # Errors
/// Where the tree cannot be read.
pub fn map(map: &Map) -> Result<u8, Failure> {
    let look = Look { explain_evidence: map.explain_evidence, verbose: map.verbose, ..Look::default() };
    let (text, verdict) = pipeline::map(&Options::map(map)?, map.format, &look)?;
    print(&text)?;
    if verdict == Verdict::NothingScanned {
        terminal::complain(false, "flinks-lint: nothing was scanned: not one file was read");
    }
    Ok(verdict.exit_code())
}

/// # Errors
/// Where standard output does not take it.
pub fn schema(what: Schema) -> Result<u8, Failure> {
    match what {
        Schema::Map => print_json(&map_report::schema()),
        Schema::Report => print_json(&json::schema()),
        Schema::Policy => print_json(&pipeline::policy_schema()),
    }
}

/// # Errors
/// Where standard output does not take it.
pub fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "flinks-lint", &mut script);
    to_stdout(false, |out| out.write_all(&script)).map(|()| 0)
}

/// # Errors
/// Where standard output does not take it.
pub fn man() -> Result<u8, Failure> {
    to_stdout(false, |mut out| clap_mangen::Man::new(Cli::command()).render(&mut out)).map(|()| 0)
}

/// # Errors
/// Where standard output does not take it.
pub fn version(json: bool) -> Result<u8, Failure> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    if json {
        return print_json(&serde_json::json!({ "name": name, "version": version }));
    }
    print(&format!("{name} {version}\n"))
}

fn print(text: &str) -> Result<u8, Failure> {
    to_stdout(false, |out| out.write_all(text.as_bytes())).map(|()| 0)
}

fn print_json(value: &impl serde::Serialize) -> Result<u8, Failure> {
    to_stdout(false, |out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        out.write_all(b"\n")
    })
    .map(|()| 0)
}
