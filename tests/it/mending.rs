//! `--fix`, `--diff` and `init`: what is changed, what is only shown, and what is never touched.

use std::process::{Command, Output};

use crate::scratch::{run, tree};

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn unused_and_malformed_exceptions_are_mended() {
    let env = "# flinks-lint: ignore[country-mismatch] the move of 2024\n\
               FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\r\n\
               # flinks-lint: ingore(Country_Mismatch,) agreed with Flinks\n\
               FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n";
    let folder = tree(&[(".env", env)]);
    let before = run(folder.path(), &["check"]);
    assert_eq!(before.status.code(), Some(1));
    let fixed = run(folder.path(), &["check", "--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text(&fixed));
    let mended = std::fs::read_to_string(folder.path().join(".env")).unwrap();
    assert_eq!(
        mended,
        "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\r\n\
         # flinks-lint: ignore[country-mismatch] agreed with Flinks\n\
         FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n"
    );
}

const ENV: &str = "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n\
                   FLINKS_CA_WEBHOOK_URL=https://northwind.example/hooks/ca\n\
                   FLINKS_CA_SECRET_KEY=7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7\n\
                   FLINKS_US_API_URL=https://northwind-us-api.private.fin.ag\n\
                   FLINKS_US_SECRET_KEY=op://prod/flinks-us/key\n";

/// What a person has to finish is shown and not made; a credential beside it is not shown.
#[test]
fn suggestions_are_a_patch() {
    let schema = "CREATE TABLE bank (\n  id int,\n  flinks_login_id uuid\n);\n";
    let folder = tree(&[(".env.production", ENV), ("db/schema.sql", schema)]);
    let refused = run(folder.path(), &["check", "--fix=suggest"]);
    assert_eq!(refused.status.code(), Some(2));
    let patch = text(&run(folder.path(), &["check", "--fix=suggest", "--diff"]));
    assert!(patch.contains("+FLINKS_US_WEBHOOK_URL=\n"), "{patch}");
    assert!(patch.contains("+  country char(2) NOT NULL,\n"), "{patch}");
    assert!(!patch.contains("52f3"), "{patch}");
    assert_eq!(std::fs::read_to_string(folder.path().join(".env.production")).unwrap(), ENV);
}

/// The patch is one that `git apply` takes.
#[test]
fn the_patch_can_be_applied() {
    let folder = tree(&[(".env.production", ENV)]);
    let patch = run(folder.path(), &["check", "--fix=suggest", "--diff"]).stdout;
    std::fs::write(folder.path().join("it.patch"), patch).unwrap();
    let applied = Command::new("git")
        .args(["apply", "--unidiff-zero", "it.patch"])
        .current_dir(folder.path())
        .output()
        .expect("git starts");
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let mended = std::fs::read_to_string(folder.path().join(".env.production")).unwrap();
    assert_eq!(mended, format!("{ENV}FLINKS_US_WEBHOOK_URL=\n"));
}

#[test]
fn init_writes_what_the_tree_says_and_where() {
    let folder =
        tree(&[(".env.production", ENV), (".env.staging", "FLINKS_API_URL=https://oldwind-api.private.fin.ag\n")]);
    let drafted = run(folder.path(), &["init"]);
    assert_eq!(drafted.status.code(), Some(0), "{}", String::from_utf8_lossy(&drafted.stderr));
    let policy = std::fs::read_to_string(folder.path().join("flinks-lint.toml")).unwrap();
    for line in [
        "name = \"northwind-ca\" # .env.production:1",
        "country = \"CA\" # the name says so",
        "name = \"northwind-us\" # .env.production:4",
        "# name = \"oldwind\"",
        "  \"/.env.production\", # its name or folder says so",
        "environment = \"production\"",
    ] {
        assert!(policy.contains(line), "{line}\n{policy}");
    }
    assert_eq!(run(folder.path(), &["config", "show"]).status.code(), Some(0));
    // A policy that a person has worked on is not written over.
    assert_eq!(run(folder.path(), &["init"]).status.code(), Some(2));
    assert_eq!(text(&run(folder.path(), &["init", "--stdout"])), policy);
}

/// What an instance lacks is written as its sibling has it, in the notation of the file.
#[test]
fn what_an_instance_lacks_is_suggested() {
    let yaml = "flinks:\n  ca:\n    api_url: https://northwind-ca-api.private.fin.ag\n    secret_key: ${CA_KEY}\n  us:\n    \
                api_url: https://northwind-us-api.private.fin.ag\n";
    let folder = tree(&[("config/production.yml", yaml)]);
    let patch = text(&run(folder.path(), &["check", "--fix=suggest", "--diff"]));
    assert!(patch.contains("+    secret_key: \"\"\n"), "{patch}");
}
