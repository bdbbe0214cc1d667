//! The README and the pages of `docs/` hold: what they show is what the program prints, and what they tell to type it takes.
//!
//! A `console` block is run, one `$` line after the other. It runs in the root of the repository, or, where its `##`
//! section has shown files before it (blocks whose first line names a path: ```` ```env .env.production ````), in a scratch
//! tree of these files. Command lines of the program in `sh`, YAML and Groovy blocks are parsed by its own definition,
//! and TOML, JSON and YAML by their parsers.
//! `UPDATE_DOCS=1 cargo test docs` writes the outputs and the tables of the policy anew; the diff is the review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use clap::Parser;
use flinks_lint::cli::Cli;
use flinks_lint::rules;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// What may be run besides the program itself, and in scratch trees only.
#[cfg(unix)]
const IN_SCRATCH: [&str; 5] = ["git", "cat", "echo", "mv", "rm"];

struct Page {
    /// From the root of the repository.
    path: PathBuf,
    text: String,
}

struct Block<'p> {
    language: &'p str,
    file: Option<&'p str>,
    body: &'p str,
    /// Where the body begins in the page.
    start: usize,
    /// The number of its `##` section.
    section: usize,
    line: usize,
}

impl Page {
    fn all() -> Vec<Page> {
        Page::paths().into_iter().map(Page::read).collect()
    }

    fn paths() -> Vec<PathBuf> {
        let mut paths = vec![PathBuf::from("README.md")];
        let entries = std::fs::read_dir(Path::new(ROOT).join("docs")).unwrap();
        paths.extend(entries.map(|entry| Path::new("docs").join(entry.unwrap().file_name())));
        paths.sort();
        paths
    }

    fn read(path: PathBuf) -> Page {
        let text = std::fs::read_to_string(Path::new(ROOT).join(&path)).unwrap().replace("\r\n", "\n");
        Page { path, text }
    }

    fn named(path: &str) -> Page {
        Page::read(PathBuf::from(path))
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        let (mut at, mut section, mut open) = (0, 0, None);
        for (number, line) in self.text.split_inclusive('\n').enumerate() {
            let fence = line.strip_prefix("```");
            match (fence, open) {
                (Some(info), None) => open = Some((info.trim(), at + line.len(), number + 1)),
                (Some(_), Some((info, start, line))) => {
                    let (language, file) = info.split_once(' ').map_or((info, None), |(word, file)| (word, Some(file)));
                    blocks.push(Block { language, file, body: &self.text[start..at], start, section, line });
                    open = None;
                }
                (None, None) if line.starts_with("## ") => section += 1,
                _ => {}
            }
            at += line.len();
        }
        assert!(open.is_none(), "{}: a block is not closed", self.path.display());
        blocks
    }

    /// The text outside of blocks.
    fn prose(&self) -> String {
        let mut inside = false;
        let lines = self.text.lines().filter(|line| {
            let fence = line.starts_with("```");
            inside ^= fence;
            !inside && !fence
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The anchors of its headings, as GitHub makes them.
    fn anchors(&self) -> BTreeSet<String> {
        let prose = self.prose();
        let headings =
            prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
        let kept = |it: &char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_');
        headings.map(|it| it.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
    }
}

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// Two tests write one page: each reads and writes it alone.
static WRITING: Mutex<()> = Mutex::new(());

/// Holds a page against what it should be, or writes it so.
fn settle(page: &Page, wanted: &str) {
    if updating() {
        std::fs::write(Path::new(ROOT).join(&page.path), wanted).unwrap();
    } else {
        assert_eq!(page.text, wanted, "{}: run UPDATE_DOCS=1 cargo test docs", page.path.display());
    }
}

#[cfg(unix)]
#[test]
fn console_blocks_show_what_the_program_prints() {
    let only = std::env::var("PAGE").unwrap_or_default();
    for path in Page::paths().into_iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let _alone = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        let page = Page::read(path);
        let mut written = page.text.clone();
        let mut grown = 0_isize;
        let mut scratch: Option<(usize, Terminal)> = None;
        for block in page.blocks() {
            if let Some(file) = block.file {
                if scratch.as_ref().is_none_or(|(section, _)| *section != block.section) {
                    scratch = Some((block.section, Terminal::scratch()));
                }
                scratch.as_ref().unwrap().1.put(file, block.body);
            }
            if block.language != "console" {
                continue;
            }
            let mut here = Terminal::root();
            let terminal = match &mut scratch {
                Some((section, terminal)) if *section == block.section => terminal,
                _ => &mut here,
            };
            let mut shown = String::new();
            for command in block.body.lines().filter_map(|line| line.strip_prefix("$ ")) {
                let output = terminal.run(command, &format!("{}:{}", page.path.display(), block.line));
                write!(shown, "$ {command}\n{output}").unwrap();
            }
            assert!(!shown.is_empty(), "{}:{}: no command", page.path.display(), block.line);
            let start = block.start.checked_add_signed(grown).unwrap();
            written.replace_range(start..start + block.body.len(), &shown);
            grown += shown.len().cast_signed() - block.body.len().cast_signed();
        }
        settle(&page, &written);
    }
}

/// Where the commands of a section are typed.
#[cfg(unix)]
struct Terminal {
    folder: PathBuf,
    scratch: Option<tempfile::TempDir>,
    /// The exit code of the last command.
    code: i32,
}

#[cfg(unix)]
impl Terminal {
    fn root() -> Terminal {
        Terminal { folder: PathBuf::from(ROOT), scratch: None, code: 0 }
    }

    fn scratch() -> Terminal {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("tree");
        std::fs::create_dir(&folder).unwrap();
        Terminal { folder, scratch: Some(scratch), code: 0 }
    }

    fn put(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// What a command shows, ending in a newline where it shows anything.
    fn run(&mut self, command: &str, place: &str) -> String {
        for words in commands(command) {
            let known = words[0] == "flinks-lint" || command == "echo $?";
            let allowed = self.scratch.is_some() && IN_SCRATCH.contains(&words[0].as_str());
            assert!(known || allowed, "{place}: `{}` is not run", words[0]);
        }
        let program = Path::new(env!("CARGO_BIN_EXE_flinks-lint"));
        let path = std::env::var("PATH").unwrap_or_default();
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("exec 2>&1; (exit {}); {command}", self.code));
        shell.current_dir(&self.folder).env("PATH", format!("{}:{path}", program.parent().unwrap().display()));
        shell.env("COLUMNS", "120");
        for name in ["FLINKS_LINT_CONFIG", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            shell.env_remove(name);
        }
        // What whoever runs this has set up must not show.
        if let Some(scratch) = &self.scratch {
            shell.env("HOME", scratch.path()).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
            for who in ["AUTHOR", "COMMITTER"] {
                shell.env(format!("GIT_{who}_NAME"), "Ada").env(format!("GIT_{who}_EMAIL"), "ada@northwind.example");
                shell.env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
            }
            let branch =
                [("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "init.defaultBranch"), ("GIT_CONFIG_VALUE_0", "main")];
            shell.envs(branch);
        }
        let output = shell.output().expect("a shell starts");
        self.code = output.status.code().expect("an exit code");
        // A finding is no failure, and neither is it that nothing was there to be scanned.
        assert!(matches!(self.code, 0 | 1 | 3), "{place}: {command}: exit code {}", self.code);
        let shown = String::from_utf8(output.stdout).unwrap();
        let shown = shown.trim_end();
        if shown.is_empty() { String::new() } else { format!("{shown}\n") }
    }
}

/// The simple commands of a line of shell, each in its words: good enough for lines that people copy.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(letter) = rest.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, ' ' | '\t' | '|' | ';' | '&' | '>' | '<') => {
                commands.last_mut().unwrap().extend(word.take());
                if matches!(letter, '|' | ';' | '&') {
                    commands.push(Vec::new());
                } else if matches!(letter, '>' | '<') {
                    // Where it goes is no argument.
                    while rest.next_if(|it| matches!(it, ' ' | '>' | '<')).is_some() {}
                    while rest.next_if(|it| !matches!(it, ' ' | '|' | ';' | '&')).is_some() {}
                }
            }
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    commands.last_mut().unwrap().extend(word.take());
    commands.retain(|words| !words.is_empty());
    commands
}

fn texts(value: &serde_yaml::Value) -> Vec<String> {
    match value {
        serde_yaml::Value::String(text) => vec![text.clone()],
        serde_yaml::Value::Sequence(items) => items.iter().flat_map(texts).collect(),
        serde_yaml::Value::Mapping(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// The lines of shell in a block of a page.
fn shell_of(block: &Block<'_>, place: &str) -> Vec<String> {
    match block.language {
        "sh" | "console" => vec![block.body.replace("\n$ ", "\n").trim_start_matches("$ ").to_owned()],
        "yaml" => texts(&serde_yaml::from_str(block.body).unwrap_or_else(|why| panic!("{place}: {why}"))),
        "groovy" => block.body.split('\'').skip(1).step_by(2).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Command lines that are not run here are at least such as the program takes.
#[test]
fn commands_are_understood() {
    let mut count = BTreeMap::new();
    for page in Page::all() {
        for block in page.blocks().iter().filter(|block| block.language != "console") {
            let place = format!("{}:{}", page.path.display(), block.line);
            let text = shell_of(block, &place).join("\n").replace("\\\n", " ");
            for words in text.lines().flat_map(commands) {
                let Some(at) = words.iter().position(|word| word == "flinks-lint") else { continue };
                // A name of something, and no command.
                if words.len() > at + 1 && !words[..at].iter().any(|word| word.starts_with('-') || word == "name:") {
                    Cli::try_parse_from(&words[at..]).unwrap_or_else(|why| panic!("{place}: {words:?}: {why}"));
                    *count.entry(page.path.clone()).or_insert(0) += 1;
                }
            }
        }
    }
    for page in ["README.md", "docs/ci.md", "docs/existing-code.md", "docs/fixes.md"] {
        assert!(count.get(Path::new(page)).is_some_and(|count| *count > 1), "{page}: {count:?}");
    }
}

#[test]
fn blocks_are_of_their_language() {
    for page in Page::all() {
        for block in page.blocks() {
            let place = format!("{}:{}", page.path.display(), block.line);
            let fault = match block.language {
                "toml" => toml::from_str::<toml::Table>(block.body).err().map(|why| why.to_string()),
                "json" => serde_json::from_str::<Value>(block.body).err().map(|why| why.to_string()),
                "" => Some("the block has no language".to_owned()),
                _ => None,
            };
            assert_eq!(fault, None, "{place}");
            if block.language == "toml" && block.file.is_none_or(|file| file == "flinks-lint.toml") {
                let folder = tempfile::tempdir().unwrap();
                std::fs::write(folder.path().join("flinks-lint.toml"), block.body).unwrap();
                let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
                    .args(["config", "show"])
                    .current_dir(folder.path())
                    .env_remove("FLINKS_LINT_CONFIG")
                    .output()
                    .unwrap();
                assert!(output.status.success(), "{place}: {}", String::from_utf8_lossy(&output.stderr));
            }
        }
    }
}

/// Links within the repository lead somewhere, to a heading too.
#[test]
fn links_lead_somewhere() {
    for page in Page::all() {
        let prose = page.prose();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let place = format!("{}: {target}", page.path.display());
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let there = if file.is_empty() { page.path.clone() } else { page.path.parent().unwrap().join(file) };
            assert!(Path::new(ROOT).join(&there).exists(), "{place} is not there");
            if let Some(anchor) = anchor {
                assert!(Page::read(there).anchors().contains(anchor), "{place}: no such heading");
            }
        }
    }
}

#[test]
fn every_page_is_in_the_contents() {
    let contents = Page::named("docs/README.md").text;
    for page in Page::all().iter().filter(|page| page.path.starts_with("docs")) {
        let name = page.path.file_name().unwrap().to_str().unwrap();
        assert!(name == "README.md" || contents.contains(&format!("({name})")), "{name}");
    }
}

/// What is found, what is read and how it is reported is told in full.
#[test]
fn rules_and_formats_are_all_named() {
    let readme = Page::named("README.md").text;
    for rule in rules::all().iter().filter(|rule| !rule.path().contains("/engine/")) {
        assert!(readme.contains(&format!("[`{}`]({})", rule.id, rule.path())), "{} is not in the README", rule.id);
    }
    let formats = Page::named("docs/formats.md").text;
    for renderer in flinks_lint::report::RENDERERS {
        assert!(formats.contains(&format!("| `{}` |", renderer.name)), "{}", renderer.name);
    }
}

/// Every table of the policy reference is that of the schema; the prose and the examples between them are free.
#[test]
fn the_policy_is_described_as_the_schema_has_it() {
    let _alone = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let page = Page::named("docs/policy.md");
    let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint")).args(["schema", "policy"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut wanted = page.text.clone();
    for (name, part) in schema["properties"].as_object().unwrap() {
        let opening = format!("<!-- schema: {name} -->\n");
        let start = wanted.find(&opening).unwrap_or_else(|| panic!("docs/policy.md has no {opening}")) + opening.len();
        let end = start + wanted[start..].find("<!-- end -->").expect("the table is closed");
        wanted.replace_range(start..end, &described(name, part));
    }
    settle(&page, &wanted);
}

fn described(name: &str, part: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('|', "\\|");
    let mut shown = format!("{}\n", text(&part["description"]));
    let entry = if part["type"] == "array" { &part["items"] } else { part };
    if let Some(levels) = part["additionalProperties"]["oneOf"].as_array() {
        shown.push_str("\n| level | meaning |\n|---|---|\n");
        for level in levels {
            writeln!(shown, "| `\"{}\"` | {} |", text(&level["const"]), text(&level["description"])).unwrap();
        }
    }
    let Some(keys) = entry["properties"].as_object() else { return shown };
    shown.push_str("\n| key | value | meaning |\n|---|---|---|\n");
    let required =
        |owner: &Value, key: &str| owner["required"].as_array().is_some_and(|all| all.iter().any(|it| it == key));
    for (key, value) in keys {
        let needed = if required(entry, key) { ", required" } else { "" };
        // A table in a table: its keys, one by one.
        if let Some(inner) = value["properties"].as_object() {
            for (below, value) in inner {
                let needed = if required(&entry["properties"][key], below) { ", required" } else { "" };
                let meaning =
                    format!("{} {}", text(&entry["properties"][key]["description"]), text(&value["description"]));
                writeln!(shown, "| `{name}.{key}.{below}` | {}{needed} | {meaning} |", kind(value)).unwrap();
            }
            continue;
        }
        writeln!(shown, "| `{key}` | {}{needed} | {} |", kind(value), text(&value["description"])).unwrap();
    }
    shown
}

fn kind(value: &Value) -> String {
    if let Some(choices) = value["enum"].as_array() {
        if choices.len() > 5 {
            return "the id of a rule".to_owned();
        }
        return choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    }
    match value["type"].as_str().unwrap_or_default() {
        "array" => "a list of texts".to_owned(),
        "boolean" => "`true`, `false`".to_owned(),
        _ if value["format"] == "date" => "a date".to_owned(),
        _ => "a text".to_owned(),
    }
}
