//! The house stands: a module uses only those above it in `src/lib.rs`, and only the outermost floor touches the world.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Who touches the disk, the environment, other processes and standard input, and by what. Nobody else does.
const OUTERMOST: &[(&str, &str)] = &[
    ("cli/mend.rs", "std::fs"),         // the files that `--fix` changes
    ("cli/change.rs", "io::stdin"),     // `--files-from -`
    ("cli/change.rs", "std::env"),      // what pre-commit says of the commits that it is about
    ("cli/options.rs", "std::env"),     // FLINKS_LINT_CONFIG
    ("cli/output.rs", "std::fs"),       // the files of `--output`
    ("cli/output.rs", "std::process"),  // its own id, in the name of a file that is not finished
    ("cli/pipeline.rs", "io::stdin"),   // `-`
    ("cli/terminal.rs", "std::env"),    // FORCE_COLOR and what else tells of the terminal
    ("lsp/server.rs", "std::env"),      // the current folder
    ("main.rs", "std::process"),        // the exit code
    ("workspace/buffer.rs", "std::fs"), // reads files
    ("workspace/guard.rs", "std::os"),  // a path as the bytes it is
    ("workspace/mod.rs", "std::env"),   // the current folder
    ("workspace/mod.rs", "std::fs"),
    ("workspace/git/blobs.rs", "std::process"), // `git cat-file`
    ("workspace/git/listing.rs", "std::fs"),    // when a file was touched
    ("workspace/git/listing.rs", "std::os"),
    ("workspace/git/mod.rs", "std::env"),
    ("workspace/git/mod.rs", "std::process"),    // `git ls-files` and kin
    ("workspace/git/repository.rs", "std::env"), // GIT_INDEX_FILE of hooks
    ("workspace/git/repository.rs", "std::fs"),  // MERGE_HEAD
    ("workspace/listed.rs", "std::env"),         // the current folder
];

/// More than this is two files.
const LINES: usize = 600;

/// A file of `src`.
struct File {
    /// Its path below `src`.
    path: String,
    text: String,
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = order();
    let mut complaints = Vec::new();
    for file in files() {
        let own = file.path.split(['/', '.']).next().unwrap();
        let Some(floor) = order.iter().position(|module| module == own) else {
            assert!(["lib", "main"].contains(&own), "{}: `{own}` is not in src/lib.rs", file.path);
            continue;
        };
        let code = file.code();
        for used in modules_of_the_crate(&code).chain(modules_above(&code, &file.path)) {
            if order.iter().position(|module| *module == used).is_some_and(|at| at > floor) {
                complaints.push(format!("src/{}: `{own}` uses `{used}`, which stands below it", file.path));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn only_the_outermost_floor_touches_the_world() {
    let ways = ["std::fs", "std::env", "std::process", "std::net", "io::stdin", "std::os"];
    let mut found = BTreeSet::new();
    for file in files() {
        let code = file.code_without_tests();
        found.extend(ways.iter().filter(|way| code.contains(**way)).map(|way| (file.path.clone(), *way)));
    }
    let allowed: BTreeSet<(String, &str)> = OUTERMOST.iter().map(|(file, way)| ((*file).to_owned(), *way)).collect();
    let more: Vec<_> = found.difference(&allowed).collect();
    let fewer: Vec<_> = allowed.difference(&found).collect();
    assert!(more.is_empty() && fewer.is_empty(), "unlisted: {more:?}; listed and not so: {fewer:?}");
}

/// Questions to the disk that need no `std::fs`.
#[test]
fn no_path_is_looked_up_inside() {
    let questions =
        [".exists()", ".is_file()", ".is_dir()", ".is_symlink()", ".canonicalize()", ".read_dir()", "metadata()"];
    inside_nobody_writes(&questions);
}

#[test]
fn nothing_is_printed_or_left_open_inside() {
    inside_nobody_writes(&["println!", "eprintln!", "print!(", "eprint!(", "dbg!", "todo!", "unimplemented!"]);
}

#[test]
fn nothing_is_unsafe() {
    let files = files();
    let root = files.iter().find(|file| file.path == "lib.rs").unwrap();
    assert!(root.text.contains("\n#![forbid(unsafe_code)]\n"));
    for file in &files {
        assert!(!file.code().contains("unsafe "), "src/{}", file.path);
    }
}

#[test]
fn a_file_is_about_one_thing() {
    for file in files() {
        let lines = file.text.lines().count();
        assert!(lines <= LINES, "src/{} has {lines} lines", file.path);
        let caption = file.text.lines().next().is_some_and(|line| line.starts_with("//! "));
        assert!(caption, "src/{}: opens with a sentence a stranger can use", file.path);
    }
}

/// Holds that none of these words stands in the code of any floor but the outermost.
fn inside_nobody_writes(words: &[&str]) {
    let outside = |path: &str| path == "main.rs" || path.starts_with("cli/") || path.starts_with("workspace/");
    for file in files().iter().filter(|file| !outside(&file.path)) {
        let code = file.code_without_tests();
        let found: Vec<_> = words.iter().filter(|word| code.contains(**word)).collect();
        assert!(found.is_empty(), "src/{}: {found:?}", file.path);
    }
}

impl File {
    /// The text without the lines that are comments.
    fn code(&self) -> String {
        let lines = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// The same, up to the tests that stand at the end.
    fn code_without_tests(&self) -> String {
        let mut code = self.code();
        let tests = if self.path.ends_with("tests.rs") { Some(0) } else { code.find("\n#[cfg(test)]\nmod tests {") };
        code.truncate(tests.unwrap_or(code.len()));
        code
    }
}

/// The modules in reading order, as `src/lib.rs` lists them.
fn order() -> Vec<String> {
    let text = std::fs::read_to_string(sources().join("lib.rs")).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// The modules that a text names by `crate::…`, also in braces.
fn modules_of_the_crate(code: &str) -> impl Iterator<Item = String> {
    code.split("crate::").skip(1).flat_map(names)
}

/// The modules that this file's text names by `super::…` where that leads out to the root of the crate.
fn modules_above<'c>(code: &'c str, path: &str) -> impl Iterator<Item = String> + 'c {
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    let out = "super::".repeat(depth);
    let places: Vec<usize> = code.match_indices(&out).map(|(at, _)| at + out.len()).collect();
    places.into_iter().flat_map(|at| names(&code[at..]))
}

/// The first names of a path, or of each path in its braces.
fn names(rest: &str) -> Vec<String> {
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(inside) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut found, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                found.push(word(&inside[begin..at]));
                begin = at + 1;
            }
            '}' if depth == 0 => {
                found.push(word(&inside[begin..at]));
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    found
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files() -> Vec<File> {
    let (mut open, mut files) = (vec![sources()], Vec::new());
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
                let relative = path.strip_prefix(sources()).unwrap().to_string_lossy().replace('\\', "/");
                files.push(File { path: relative, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The test tests: a path in braces or through `super` must not slip by.
#[test]
fn uses_are_seen_in_every_spelling() {
    let of_the_crate = |code: &str| modules_of_the_crate(code).collect::<Vec<_>>();
    assert_eq!(of_the_crate("use crate::{rules, source::{FileId, Span}};"), ["rules", "source"]);
    assert_eq!(of_the_crate("use crate::{\n    rules,\n    source::Span,\n};"), ["rules", "source", ""]);
    assert_eq!(of_the_crate("let x: crate::lint::Outcome = crate::model::build();"), ["lint", "model"]);
    let above = |code: &str, path: &str| modules_above(code, path).collect::<Vec<_>>();
    assert_eq!(above("use super::super::lint::Outcome;", "readers/hcl/mod.rs"), ["lint"]);
    assert_eq!(above("use super::lint::Outcome;", "readers/mod.rs"), ["lint"]);
    assert!(above("use super::quoting;", "readers/dotenv.rs").is_empty());
}
