//! The steps of every inference: each finding tells how it was concluded, from its profile to the place to change.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn findings(folder: &str) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
        .args(["check", "--format", "json", "--show-unknown", "--today", "2026-11-21"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .env_remove("FLINKS_LINT_CONFIG")
        .output()
        .expect("the program starts");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["findings"].as_array().unwrap().clone()
}

/// The steps as a person reads them, with `path:line`.
fn steps(finding: &Value) -> Vec<String> {
    let step = |step: &Value| {
        let (label, path) = (step["label"].as_str().unwrap(), step["path"].as_str().unwrap());
        match step["whole_file"].as_bool() {
            Some(true) => format!("{label} ({path})"),
            _ => format!("{label} ({path}:{})", step["start"]["line"]),
        }
    };
    finding["steps"].as_array().unwrap().iter().map(step).collect()
}

#[test]
fn a_mismatch_is_followed_from_the_profile_to_the_contradiction() {
    let all = findings("examples/northwind");
    let finding = all.iter().find(|finding| finding["rule"] == "country-mismatch").unwrap();
    assert_eq!(
        steps(finding),
        [
            "the unit is `.`: nothing nearer to this file is deployed by itself (config/flinks.yml)",
            "the environment is production: this file lies in `prod` (deploy/prod/flinks.env)",
            "the setting says no environment itself, and production uses it (config/flinks.yml:11)",
            "the slot is `flinks us`: its settings share that part of their names (config/flinks.yml:11)",
            "the slot is of the U.S.: the key above it says so (config/flinks.yml:9)",
            "`iframeUrl` sets the iframe host (config/flinks.yml:11)",
            "this part of it is filled in from its definition (config/flinks.yml:11)",
            "`northwind-ca` is a Canadian instance by its name (deploy/prod/flinks.env:10)",
            "a Canadian instance contradicts the slot `flinks us` (deploy/prod/flinks.env:10)",
        ]
    );
}

/// A chain that stops before the fault explains something else.
#[test]
fn every_chain_ends_at_the_place_to_change() {
    let folders = [
        "examples/northwind",
        "tests/projects/login-id-alone-in-prisma-schema-and-migration/repo",
        "tests/projects/canadian-webhook-missing-in-dotnet-production/repo",
    ];
    for finding in folders.iter().flat_map(|folder| findings(folder)) {
        let chain = steps(&finding);
        assert!(chain.len() >= 3, "{chain:?}");
        let last = finding["steps"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["path"], &last["start"]), (&finding["primary"]["path"], &finding["primary"]["start"]));
    }
}
