//! `flinks-lint baseline` and `check` over scratch trees, as people run them.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::scratch::{run, tree, write};

const NAME: &str = "flinks-lint-baseline.toml";
/// A U.S. key beside a Canadian host, in production.
const MISMATCH: &str = "FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\nFLINKS_US_SECRET_KEY=op://us/key\n";
const SANDBOX: &str = "FLINKS_API_URL=https://toolbox-api.private.fin.ag\n";

/// Standard output of a run that ends with this code.
fn says(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(folder, arguments);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stdout}{stderr}");
    stdout.into_owned()
}

fn complains(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn file(tree: &TempDir) -> String {
    fs::read_to_string(tree.path().join(NAME)).unwrap()
}

#[test]
fn known_findings_fail_no_run_and_new_ones_do() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    says(tree.path(), &["check"], 1);
    let said = says(tree.path(), &["baseline"], 0);
    assert_eq!(said, format!("{NAME}: 1 finding; 1 added, 0 removed.\n"));
    let said = says(tree.path(), &["check"], 0);
    assert!(said.contains("No findings; 1 in the baseline (--show-suppressed).\n"), "{said}");
    says(tree.path(), &["check", "--no-baseline"], 1);
    write(tree.path(), "web/package.json", "{}");
    write(tree.path(), "web/.env.production", SANDBOX);
    let said = says(tree.path(), &["check", "--format", "concise"], 1);
    assert!(said.contains("web/.env.production:1:") && !said.contains("country-mismatch"), "{said}");
}

#[test]
fn the_file_tells_people_what_is_known_and_no_lines() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    says(tree.path(), &["baseline"], 0);
    let text = file(&tree);
    for part in [
        "version = 1\n",
        "[[finding]]\npath = \".env.production\"\nrule = \"country-mismatch\"\nsubject = \"production · us\"\n",
        "message = \"things used together say different countries: ",
    ] {
        assert!(text.contains(part), "{text}");
    }
    // The same findings on other lines are the same file.
    write(tree.path(), ".env.production", &format!("# moved\n\n\n{MISMATCH}"));
    assert_eq!(says(tree.path(), &["baseline"], 0), format!("{NAME}: 1 finding; 0 added, 0 removed.\n"));
    assert_eq!(file(&tree), text);
}

#[test]
fn what_is_known_is_shown_with_what_people_wrote() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    says(tree.path(), &["baseline"], 0);
    let text = file(&tree) + "reason = \"moves in March\"\nowner = \"platform\"\n";
    write(tree.path(), NAME, &text);
    says(tree.path(), &["baseline"], 0);
    assert_eq!(file(&tree), text, "both are kept");
    let said = says(tree.path(), &["check", "--show-suppressed"], 0);
    assert!(said.contains("note[country-mismatch]: suppressed: things used together"), "{said}");
    assert!(said.contains("= note: known since the baseline: moves in March (platform)\n"), "{said}");
    let json = says(tree.path(), &["check", "--show-suppressed", "--format", "json"], 0);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["findings"][0]["known"]["reason"], "moves in March");
    assert_eq!((&json["summary"]["baselined"], &json["summary"]["suppressed"]), (&1.into(), &0.into()));
    let sarif = says(tree.path(), &["check", "--show-suppressed", "--format", "sarif"], 0);
    let result = &serde_json::from_str::<serde_json::Value>(&sarif).unwrap()["runs"][0]["results"][0];
    assert_eq!(result["baselineState"], "unchanged");
    assert_eq!(result["suppressions"][0]["kind"], "external");
}

/// Without a baseline no result has a state, with one every result has.
#[test]
fn sarif_says_what_is_new() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    let state = || {
        let sarif = says(tree.path(), &["check", "--format", "sarif", "--exit-zero"], 0);
        let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
        sarif["runs"][0]["results"][0]["baselineState"].clone()
    };
    assert_eq!(state(), serde_json::Value::Null);
    write(tree.path(), NAME, "version = 1\n");
    assert_eq!(state(), "new");
}

#[test]
fn entries_of_mended_findings_are_told_and_pruned() {
    let tree = tree(&[(".env.production", MISMATCH), ("web/package.json", "{}"), ("web/.env.production", SANDBOX)]);
    says(tree.path(), &["baseline"], 0);
    write(tree.path(), ".env.production", "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n");
    let said = says(tree.path(), &["check", "--verbose"], 0);
    let stale = "1 entry of flinks-lint-baseline.toml matches no finding any more: flinks-lint baseline --prune\n  \
                 .env.production: country-mismatch (production · us)\n";
    assert!(said.contains(stale), "{said}");
    write(tree.path(), "new/.env.production", SANDBOX);
    write(tree.path(), "new/package.json", "{}");
    assert_eq!(says(tree.path(), &["baseline", "--prune"], 0), format!("{NAME}: 1 finding; 0 added, 1 removed.\n"));
    assert!(!file(&tree).contains("country-mismatch"));
    assert!(!says(tree.path(), &["check"], 1).contains("any more"));
}

#[test]
fn a_run_on_one_folder_leaves_the_entries_of_others() {
    let tree = tree(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("api/package.json", "{}"),
        ("api/.env.production", SANDBOX),
        ("web/package.json", "{}"),
        ("web/.env.production", SANDBOX),
    ]);
    says(tree.path(), &["baseline"], 0);
    let text = file(&tree);
    for (folder, arguments) in
        [("", &["check", "api"][..]), ("api", &["check"]), ("", &["check", "api", "api/package.json"])]
    {
        let said = says(&tree.path().join(folder), arguments, 0);
        assert!(
            said.contains("No findings; 1 in the baseline") && !said.contains("any more"),
            "{folder} {arguments:?}: {said}"
        );
    }
    for arguments in [&["baseline", "api"][..], &["baseline", "--prune", "api"]] {
        says(tree.path(), arguments, 0);
        assert_eq!(file(&tree), text, "{arguments:?}");
    }
    // Mended in one folder, and found there.
    write(tree.path(), "api/.env.production", "FLINKS_API_URL=https://acme-ca-api.private.fin.ag\n");
    assert!(says(tree.path(), &["check", "web"], 0).contains("No findings; 1 in the baseline"));
    assert!(says(&tree.path().join("api"), &["check"], 0).contains("1 entry of ../flinks-lint-baseline.toml matches"));
    let said = says(tree.path(), &["baseline", "--prune", "api"], 0);
    assert_eq!(said, "../flinks-lint-baseline.toml: 1 finding; 0 added, 1 removed.\n");
    assert!(file(&tree).contains("web/.env.production") && !file(&tree).contains("api/.env.production"));
    assert!(!tree.path().join("api").join(NAME).exists(), "one repository, one baseline");
}

#[test]
fn a_moved_folder_keeps_its_entries() {
    let tree = tree(&[("services/api/package.json", "{}"), ("services/api/.env.production", MISMATCH)]);
    says(tree.path(), &["baseline"], 0);
    fs::rename(tree.path().join("services"), tree.path().join("apps")).unwrap();
    says(tree.path(), &["check"], 0);
    // A copy is a second place that says the same.
    write(tree.path(), "copy/package.json", "{}");
    write(tree.path(), "copy/.env.production", MISMATCH);
    says(tree.path(), &["check"], 1);
}

/// A stored loginId without a country is a warning where there is one instance, and an error where there are two.
#[test]
fn a_finding_that_became_more_severe_counts_again() {
    let table = "CREATE TABLE flinks_connections (id INT, flinks_login_id TEXT);\n";
    let tree = tree(&[("schema.sql", table), (".env", "FLINKS_API_URL=https://acme-ca-api.private.fin.ag\n")]);
    says(tree.path(), &["baseline"], 0);
    says(tree.path(), &["check", "--fail-on", "warning"], 0);
    write(tree.path(), "us/.env", "FLINKS_API_URL=https://acme-us-api.private.fin.ag\n");
    let said = says(tree.path(), &["check"], 1);
    assert!(said.contains("1 finding of the baseline became more severe, and counts again.\n"), "{said}");
    says(tree.path(), &["baseline", "--prune"], 0);
    says(tree.path(), &["check"], 1);
    says(tree.path(), &["baseline"], 0);
    says(tree.path(), &["check"], 0);
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let files: Vec<(String, &str)> = (0..40)
        .flat_map(|at| [(format!("app{at}/package.json"), "{}"), (format!("app{at}/.env.production"), MISMATCH)])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let tree = tree(&files);
    let written: Vec<String> = ["1", "2", "8"]
        .iter()
        .map(|threads| {
            let _ = fs::remove_file(tree.path().join(NAME));
            says(tree.path(), &["baseline", "--threads", threads], 0);
            file(&tree)
        })
        .collect();
    assert_eq!(written[0].matches("[[finding]]").count(), 40);
    assert!(written.iter().all(|text| *text == written[0]));
}

#[test]
fn another_version_ends_the_run_with_what_to_do() {
    let tree = tree(&[(".env.production", MISMATCH), (NAME, "version = 2\n")]);
    for arguments in [&["check"][..], &["baseline"], &["baseline", "--prune"]] {
        let complaint = complains(tree.path(), arguments);
        let why = "cannot use flinks-lint-baseline.toml: it is of version 2, and this flinks-lint knows version 1";
        assert!(
            complaint.contains(why) && complaint.contains("= help: use the flinks-lint that wrote it"),
            "{complaint}"
        );
    }
    assert_eq!(file(&tree), "version = 2\n");
    says(tree.path(), &["check", "--no-baseline"], 1);
    write(tree.path(), NAME, "version = 1\n[[finding]]\nsecret = \"q7Zk2Vx9Lm4Tb1Wp\"\n");
    let complaint = complains(tree.path(), &["check"]);
    assert!(complaint.contains("line 3 is not what `flinks-lint baseline` writes"), "{complaint}");
    assert!(!complaint.contains("q7Zk2"), "{complaint}");
}

#[test]
fn a_file_that_is_named_is_used_and_must_be_there() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    assert!(complains(tree.path(), &["check", "--baseline", "debt.toml"]).contains("there is no such file"));
    assert!(complains(tree.path(), &["baseline", "--prune"]).contains("cannot prune"));
    says(tree.path(), &["baseline", "--baseline", "debt.toml"], 0);
    assert!(!tree.path().join(NAME).exists());
    let said = says(tree.path(), &["check", "--baseline", "debt.toml"], 0);
    assert!(said.contains("; 1 with a word of Flinks: 1 dotenv;"), "the baseline is no part of the tree: {said}");
    says(tree.path(), &["check"], 1);
    says(tree.path(), &["check", "--baseline", "debt.toml", "--exclude-rule", "country-mismatch", "--verbose"], 0);
}

/// An empty scan must not wipe what is known.
#[test]
fn nothing_scanned_writes_nothing() {
    let tree = tree(&[("api/.env.production", SANDBOX)]);
    says(tree.path(), &["baseline"], 0);
    let text = file(&tree);
    fs::create_dir(tree.path().join("empty")).unwrap();
    let output = run(&tree.path().join("empty"), &["baseline"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(!tree.path().join("empty").join(NAME).exists());
    assert_eq!(file(&tree), text);
}

/// A rule that does not run says nothing of its entries.
#[test]
fn a_run_of_one_rule_calls_no_entry_of_another_stale() {
    let tree = tree(&[(".env.production", MISMATCH)]);
    says(tree.path(), &["baseline"], 0);
    let said = says(tree.path(), &["check", "--rule", "missing-webhook"], 0);
    assert!(!said.contains("any more"), "{said}");
}

/// An exception says more than an entry, and does not need one.
#[test]
fn what_is_excepted_is_no_entry() {
    let tree = tree(&[(".env.production", SANDBOX)]);
    says(tree.path(), &["baseline"], 0);
    write(tree.path(), ".env.production", &format!("# flinks-lint: ignore[sandbox-in-production] a demo\n{SANDBOX}"));
    assert!(
        says(tree.path(), &["check"], 0).contains("1 entry of flinks-lint-baseline.toml matches no finding any more")
    );
    assert_eq!(says(tree.path(), &["baseline"], 0), format!("{NAME}: 0 findings; 0 added, 1 removed.\n"));
}

/// A tree of somebody else must not hold up the run.
#[cfg(unix)]
#[test]
fn a_pipe_of_that_name_is_not_opened() {
    let tree = tree(&[(".env.production", SANDBOX)]);
    let pipe = Command::new("mkfifo").arg(tree.path().join(NAME)).status().unwrap();
    assert!(pipe.success());
    says(tree.path(), &["check"], 1);
    complains(tree.path(), &["baseline"]);
}

/// What is found at fault of exceptions has to be mended: an entry for it could never be lost.
#[test]
fn faults_of_exceptions_are_never_known() {
    let text = format!("# flinks-lint: ignore[no-such-rule] agreed\n{SANDBOX}");
    let tree = tree(&[(".env.production", &text)]);
    says(tree.path(), &["baseline"], 0);
    assert!(!file(&tree).contains("malformed-exception"), "{}", file(&tree));
    says(tree.path(), &["check"], 1);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_the_pen_out_of_the_tree() {
    let tree = tree(&[(".env.production", MISMATCH), ("elsewhere.txt", "version = 1\n")]);
    std::os::unix::fs::symlink("elsewhere.txt", tree.path().join(NAME)).unwrap();
    assert!(complains(tree.path(), &["baseline"]).contains("it is a link, a folder or a device"));
    assert_eq!(fs::read_to_string(tree.path().join("elsewhere.txt")).unwrap(), "version = 1\n");
}

#[test]
fn the_help_documents_it() {
    let tree = tree(&[]);
    let help = says(tree.path(), &["baseline", "--help"], 0);
    for words in ["--prune", "no line numbers, dates or values", "`reason` and", "Exit codes:"] {
        assert!(help.contains(words), "{words}: {help}");
    }
    assert!(says(tree.path(), &["check", "--help"], 0).contains("--no-baseline"));
}
