//! The book: every page of `rules/` holds what it shows, and the catalogue is made of the pages.
//!
//! An example is a `### ` section under `## Flagged` or `## Accepted`. Its fenced blocks that name a path are the files
//! of a small codebase; its `report` block is what the program prints of it. `UPDATE_PAGES=1 cargo test pages` writes
//! the reports and the catalogue again: the diff is the review of the wording.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use flinks_lint::checks::CHECKS;
use flinks_lint::rules::{self, Rule};

const HEADINGS: [&str; 4] = ["Why it matters", "Flagged", "Accepted", "How to fix it"];

/// Pages of the engine, whose rules have no check of their own.
const ENGINE: [&str; 4] = ["unused-exception", "expired-exception", "malformed-exception", "unreadable-file"];

#[test]
fn pages_show_what_they_say() {
    let only = std::env::var("PAGE").unwrap_or_default();
    let mut complaints = Vec::new();
    for rule in rules::all().iter().filter(|rule| rule.path().contains(&only)) {
        complaints.extend(judge(rule));
    }
    assert!(complaints.is_empty(), "{} complaints:\n\n{}", complaints.len(), complaints.join("\n\n"));
}

#[test]
fn pages_and_checks_are_the_same_rules() {
    let pages: BTreeSet<&str> = rules::all().iter().map(|rule| rule.id).collect();
    let checks: BTreeSet<&str> = CHECKS.iter().map(|check| check.rule).chain(ENGINE).collect();
    assert_eq!(pages, checks);
    let files: BTreeSet<PathBuf> = files_under(&repository().join("rules")).into_iter().collect();
    let known = rules::all().iter().map(|rule| repository().join(rule.path()));
    assert_eq!(files, known.chain([catalogue_path()]).collect(), "a page that is not in `rules::PAGES` is never shown");
}

#[test]
fn pages_are_in_the_catalogue() {
    let catalogue = catalogue();
    if updating() {
        std::fs::write(catalogue_path(), &catalogue).unwrap();
    }
    let written = std::fs::read_to_string(catalogue_path()).unwrap_or_default();
    assert_eq!(written, catalogue, "run `UPDATE_PAGES=1 cargo test pages`");
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalogue_path() -> PathBuf {
    repository().join("rules/README.md")
}

fn updating() -> bool {
    std::env::var_os("UPDATE_PAGES").is_some()
}

/// What is wrong with a page. The file is read, not what was built in: an update is seen at once.
fn judge(rule: &Rule) -> Vec<String> {
    let path = repository().join(rule.path());
    let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (page, mut complaints) = Page::parse(&text);
    let complain = |complaints: &mut Vec<String>, line: usize, what: &str| {
        complaints.push(format!("{}:{line}: {what}", rule.path()));
    };
    for heading in HEADINGS.iter().filter(|heading| !page.headings.iter().any(|had| had == *heading)) {
        complain(&mut complaints, 1, &format!("has no section `{heading}`"));
    }
    let order: Vec<usize> =
        page.headings.iter().map(|had| HEADINGS.iter().position(|known| known == had).unwrap_or(9)).collect();
    if order.contains(&9) || !order.is_sorted() {
        complain(&mut complaints, 1, &format!("its sections are {:?}, not {HEADINGS:?}", page.headings));
    }
    let least = if ENGINE.contains(&rule.id) { 1 } else { 3 };
    for flagged in [true, false] {
        let count = page.examples.iter().filter(|example| example.flagged == flagged).count();
        if count < least {
            let section = if flagged { "Flagged" } else { "Accepted" };
            complain(&mut complaints, 1, &format!("{section}: {count} examples, not at least {least}"));
        }
    }
    let mut rewritten = text.clone();
    for example in page.examples.iter().rev() {
        let found = example.report_of_the_program();
        let line = example.line;
        let title = &example.title;
        if !example.explained {
            complain(&mut complaints, line, &format!("{title}: does not say why it matters"));
        }
        match (&example.report, example.flagged) {
            (None, true) => complain(&mut complaints, line, &format!("{title}: has no report; it is\n{found}")),
            (Some(_), false) => complain(&mut complaints, line, &format!("{title}: has a report")),
            (Some(range), true) if text[range.clone()] != found => {
                rewritten.replace_range(range.clone(), &found);
                let written = &text[range.clone()];
                let what = format!("{title}: the report is\n{found}\nnot\n{written}");
                if !updating() {
                    complain(&mut complaints, line, &what);
                }
            }
            _ => {}
        }
        match example.flagged {
            true if !found.contains(&format!("[{}]:", rule.id)) => {
                complain(&mut complaints, line, &format!("{title}: is not flagged\n{found}"));
            }
            false if !found.is_empty() => {
                complain(&mut complaints, line, &format!("{title}: is not accepted\n{found}"));
            }
            _ => {}
        }
    }
    if updating() && rewritten != text {
        std::fs::write(&path, rewritten).unwrap();
    }
    complaints
}

/// A page taken apart.
#[derive(Default)]
struct Page {
    headings: Vec<String>,
    examples: Vec<Example>,
}

/// A small codebase and what is said of it.
struct Example {
    flagged: bool,
    title: String,
    line: usize,
    /// Whether a sentence stands between its title and its first file.
    explained: bool,
    /// Path and contents.
    files: Vec<(String, Vec<u8>)>,
    /// Where the text of its report block lies in the page.
    report: Option<Range<usize>>,
}

impl Page {
    /// The page, and what it says that cannot be understood.
    fn parse(text: &str) -> (Page, Vec<String>) {
        let (mut page, mut complaints) = (Page::default(), Vec::new());
        // The info string of the block that is open, and where its text begins.
        let mut block: Option<(&str, usize)> = None;
        let mut at = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let (start, content) = (at, line.trim_end());
            at += line.len();
            match block {
                Some((info, begin)) if content == "```" => {
                    block = None;
                    complaints
                        .extend(page.take(info, begin..start, text).map(|why| format!("line {}: {why}", number + 1)));
                }
                Some(_) => {}
                None if content.starts_with("```") => block = Some((content[3..].trim(), at)),
                None => page.line(content, number + 1),
            }
        }
        if block.is_some() {
            complaints.push("a block is not closed".to_owned());
        }
        (page, complaints)
    }

    fn in_examples(&self) -> Option<bool> {
        match self.headings.last()?.as_str() {
            "Flagged" => Some(true),
            "Accepted" => Some(false),
            _ => None,
        }
    }

    /// A line of prose.
    fn line(&mut self, content: &str, number: usize) {
        if let Some(heading) = content.strip_prefix("## ") {
            self.headings.push(heading.to_owned());
        } else if let (Some(title), Some(flagged)) = (content.strip_prefix("### "), self.in_examples()) {
            let (title, line) = (title.to_owned(), number);
            self.examples.push(Example { flagged, title, line, explained: false, files: Vec::new(), report: None });
        } else if let (Some(example), false) = (self.examples.last_mut(), content.is_empty()) {
            example.explained |= example.files.is_empty();
        }
    }

    /// A fenced block: `report`, or the language and the path of a file.
    fn take(&mut self, info: &str, range: Range<usize>, text: &str) -> Option<String> {
        self.in_examples()?;
        let Some(example) = self.examples.last_mut() else {
            return Some("a block before the first example".to_owned());
        };
        match info.split_once(' ') {
            None if info == "report" => example.report = Some(range),
            Some((language, path)) if !path.contains("..") && !path.starts_with('/') => {
                let contents = if language == "hex" { bytes(&text[range]) } else { text[range].into() };
                example.files.push((path.to_owned(), contents));
            }
            _ => return Some(format!("`{info}` is neither `report` nor a language and a path")),
        }
        None
    }
}

/// What a `hex` block stands for: a file that is no text.
fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two hex digits")).collect()
}

impl Example {
    /// What the program prints of the example's files: its findings, and nothing where there are none.
    fn report_of_the_program(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in &self.files {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let arguments = ["check", "--quiet", "--color", "never", "--today", "2026-11-21", "--fail-on", "never"];
        let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
            .args(arguments)
            .arg(folder.path())
            .env_remove("FLINKS_LINT_CONFIG")
            .output()
            .expect("the program starts");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && complaint.is_empty(), "{}: {complaint}", self.title);
        let report = String::from_utf8(output.stdout).expect("UTF-8");
        match report.trim_end() {
            "" => String::new(),
            report => format!("{report}\n"),
        }
    }
}

/// `rules/README.md`: the list of what there is, by theme, in the order of the book.
fn catalogue() -> String {
    let mut text = String::from(
        "# The rules\n\nA rule is a page: why it matters, what it flags and accepts, with examples that run as tests, and \
         how to fix it.\n`flinks-lint explain <rule>` prints it. This catalogue is written from the pages by \
         `UPDATE_PAGES=1 cargo test pages`.\n",
    );
    let mut themes: Vec<&str> = Vec::new();
    for rule in rules::all() {
        if !themes.contains(&rule.theme) {
            themes.push(rule.theme);
        }
    }
    for theme in themes {
        let _ = write!(text, "\n## {theme}\n\n| rule | severity | flags |\n|---|---|---|\n");
        for rule in rules::all().iter().filter(|rule| rule.theme == theme) {
            let Rule { id, summary, .. } = rule;
            let _ = writeln!(text, "| [{id}]({theme}/{id}.md) | {} | {summary} |", rule.severity.name());
        }
    }
    text
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}
