//! The README holds: every `console` block is run and must print what it shows, and every dependency is listed.
//!
//! `UPDATE_README=1 cargo test readme` writes the outputs anew; the diff is the review.

use std::path::Path;
use std::process::Command;

use clap::Parser;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn readme() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap()
}

/// What a command of the README prints, run in the root of the repository.
fn output(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    assert_eq!(words[0], "flinks-lint", "only the program itself is run: {command}");
    let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
        .args(&words[1..])
        .current_dir(ROOT)
        .env("COLUMNS", "120")
        .env_remove("FLINKS_LINT_CONFIG")
        .output()
        .expect("the program starts");
    assert!(output.stderr.is_empty(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn console_blocks_show_what_the_program_prints() {
    let text = readme();
    let mut written = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("```console\n") {
        let body = start + "```console\n".len();
        let end = body + rest[body..].find("```").expect("the block is closed");
        written.push_str(&rest[..body]);
        let command = rest[body..].lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a command line");
        written.push_str(&format!("$ {command}\n{}\n", output(command).trim_end()));
        rest = &rest[end..];
    }
    written.push_str(rest);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(Path::new(ROOT).join("README.md"), &written).unwrap();
    } else {
        assert_eq!(text, written, "run UPDATE_README=1 cargo test readme");
    }
}

/// Commands that cannot be run here, as they ask about what is staged, are at least such as the program takes.
#[test]
fn commands_of_shell_blocks_are_understood() {
    let text = readme();
    let blocks = text.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let commands = blocks.flat_map(str::lines).flat_map(|line| line.split(" # ").next().unwrap().split('|'));
    let words = |command: &str| command.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let ours = commands
        .map(words)
        .filter_map(|words| Some(words[words.iter().position(|it| it == "flinks-lint")?..].to_vec()));
    let mut count = 0;
    for command in ours.filter(|command| command.len() > 1) {
        flinks_lint::cli::Cli::try_parse_from(&command).unwrap_or_else(|why| panic!("{command:?}: {why}"));
        count += 1;
    }
    assert!(count >= 4, "{count}");
}

/// Whoever copies the hook's id from the README finds it in the manifest.
#[test]
fn hooks_are_those_of_the_manifest() {
    let manifest = std::fs::read_to_string(Path::new(ROOT).join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Vec<Hook> = serde_yaml::from_str(&manifest).unwrap();
    assert_eq!(hooks.len(), 3);
    for hook in hooks {
        assert!(readme().contains(&hook.id), "{}", hook.id);
        let words: Vec<&str> = hook.entry.split(' ').collect();
        flinks_lint::cli::Cli::try_parse_from(words).unwrap();
        // Deletions are no files to pre-commit, and a model of half of the index is none.
        assert!(hook.always_run && !hook.pass_filenames && hook.require_serial, "{}", hook.id);
    }
}

#[derive(serde::Deserialize)]
struct Hook {
    id: String,
    entry: String,
    always_run: bool,
    pass_filenames: bool,
    require_serial: bool,
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = std::fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let text = readme();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(text.contains(name.as_str()), "{name} is not in the README");
    }
}
