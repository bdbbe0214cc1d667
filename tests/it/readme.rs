//! The README holds: every `console` block is run and must print what it shows, and every dependency is listed.
//!
//! `UPDATE_README=1 cargo test readme` writes the outputs anew; the diff is the review.

use std::path::Path;
use std::process::Command;

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

#[test]
fn every_dependency_has_its_reason() {
    let manifest = std::fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let text = readme();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(text.contains(name.as_str()), "{name} is not in the README");
    }
}
