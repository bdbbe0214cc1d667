//! The program from outside: commands, exit codes, and what goes to which stream.

use std::io::Read;
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flinks-lint"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "FLINKS_LINT_CONFIG"] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Standard output of a run that succeeds.
fn says(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Standard error of a run that fails as such, and prints no result.
fn complains(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    text(&output.stderr)
}

#[test]
fn explain_prints_the_page() {
    let page = says(&["explain", "country-mismatch"]);
    assert!(page.starts_with("# country-mismatch\n\nerror[country-mismatch]: things used together"), "{page}");
    assert!(page.contains("\n## How to fix it\n"));
    assert!(says(&["explain", "country-mismatch", "--format", "markdown"]).starts_with("---\nsummary: "));
    let json: serde_json::Value = serde_json::from_str(&says(&["explain", "missing-webhook", "-f", "json"])).unwrap();
    assert_eq!((&json["id"], &json["severity"]), (&"missing-webhook".into(), &"error".into()));
}

/// It is no rule, and whoever meets it in a log asks for it all the same.
#[test]
fn the_end_without_files_is_explained() {
    assert!(
        says(&["explain", "nothing-scanned"]).starts_with("# nothing-scanned\n\nexit code 3: not one file was read\n")
    );
}

#[test]
fn a_schema_of_nothing_in_particular_is_the_policys() {
    assert_eq!(says(&["schema"]), says(&["schema", "policy"]));
    assert_ne!(says(&["schema"]), says(&["schema", "report"]));
}

#[test]
fn a_misspelt_rule_is_answered_with_the_nearest() {
    for arguments in [
        &["explain", "country-missmatch"][..],
        &["--rule", "country-missmatch"],
        &["check", "--exclude-rule", "country-missmatch"],
    ] {
        let complaint = complains(arguments);
        assert!(complaint.contains("= help: write `country-mismatch`"), "{complaint}");
    }
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    assert!(says(&["rules"]).contains("sandbox-in-production     error    production reaches the shared sandbox\n"));
    let json: serde_json::Value = serde_json::from_str(&says(&["rules", "--format", "json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), flinks_lint::rules::all().len());
}

#[test]
fn everything_about_the_command_line_comes_from_one_definition() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(says(&["completions", shell]).contains("explain-evidence"), "{shell}");
    }
    assert!(says(&["man"]).contains(".TH flinks-lint 1"));
    let (short, long) = (says(&["-h"]), says(&["--help"]));
    assert!(long.len() > short.len());
    assert!(short.contains("What is read:") && short.contains("What counts:") && short.contains("Exit codes:"));
    let json: serde_json::Value = serde_json::from_str(&says(&["version", "--json"])).unwrap();
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    let schema: serde_json::Value = serde_json::from_str(&says(&["schema", "report"])).unwrap();
    assert!(schema["properties"]["findings"].is_object());
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    for arguments in [
        &["--output", "json=-", "--format", "sarif"][..],
        &["--output", "yaml=report.yaml"],
        &["--config", "a.toml", "--isolated"],
        &["--quiet", "--verbose"],
        &["--today", "2025-02-30"],
        &["--threads", "0"],
        &["-"],
        &["--rule", "missing-webhook", "--exclude-rule", "missing-webhook"],
    ] {
        complains(arguments);
    }
}

/// `flinks-lint --color never check` would otherwise look for a folder named check and fail without a word on it.
#[test]
fn a_command_after_a_flag_is_explained() {
    let complaint = complains(&["--color", "never", "completions"]);
    assert!(complaint.contains("write the command first: `flinks-lint completions …`"), "{complaint}");
}

#[test]
fn colour_is_asked_for_or_left_out() {
    let colourful = |command: &mut Command| {
        let output = command.args(["explain", "nothing-of-that-name"]).output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(!colourful(&mut program()), "not on a terminal");
    assert!(colourful(program().env("CLICOLOR_FORCE", "1")));
    assert!(colourful(program().env("FORCE_COLOR", "1")));
    assert!(!colourful(program().env("FORCE_COLOR", "1").env("NO_COLOR", "1")));
    assert!(!colourful(program().env("FORCE_COLOR", "0")));
}

/// The folders between the repository's own and the one that is scanned say production and a country there, too, and the
/// policy of the repository holds in it. Paths are those below the scanned folder.
#[test]
fn a_part_of_a_repository_is_judged_as_in_the_whole() {
    let repository = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = repository.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(".git/HEAD", "ref: refs/heads/main\n");
    write("prod/a.env", "FLINKS_INSTANCE=toolbox\n");
    write("deploy/us/b.env", "FLINKS_INSTANCE=northwind-ca\n");
    write("deploy/ca/c.env", "FLINKS_INSTANCE=northwind-us\n");
    let exception = "[[exception]]\nrule = \"country-mismatch\"\npath = \"/deploy/ca/c.env\"\nreason = \"a move\"\n";
    write("flinks-lint.toml", exception);
    let found = |folder: &str, paths: &[&str]| {
        let mut command = program();
        command.current_dir(repository.path().join(folder)).args(["check", "--format", "concise"]).args(paths);
        let output = text(&command.output().unwrap().stdout);
        let finding =
            |line: &str| line.split_once(' ').filter(|(place, _)| place.contains(".env:")).map(|it| it.0.to_owned());
        output.lines().filter_map(finding).collect::<Vec<_>>()
    };
    assert_eq!(found("", &["."]), ["deploy/us/b.env:1:17:", "prod/a.env:1:17:"]);
    for (folder, paths) in [("", &["prod"][..]), ("prod", &[]), ("prod", &["a.env"])] {
        assert_eq!(found(folder, paths), ["a.env:1:17:"], "{folder} {paths:?}");
    }
    assert_eq!(found("", &["deploy/us"]), ["b.env:1:17:"]);
    assert!(found("deploy/ca", &[]).is_empty());
    assert_eq!(found("deploy", &["us", "../prod"]), ["deploy/us/b.env:1:17:", "prod/a.env:1:17:"]);
}

/// `flinks-lint man | head -1` is no failure.
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = program()
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(complaint, "");
}
