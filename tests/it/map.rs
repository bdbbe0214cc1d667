//! `flinks-lint map`: the example's map as it is printed, and what a map must tell and must not.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::scratch::tree;

fn map(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
        .arg("map")
        .args(arguments)
        .arg(folder)
        .env_remove("FLINKS_LINT_CONFIG")
        .output()
        .expect("the program starts")
}

fn text(arguments: &[&str], folder: &Path) -> String {
    let output = map(arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(folder: &Path) -> Value {
    serde_json::from_str(&text(&["--format", "json"], folder)).expect("JSON")
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with `tests/map/<name>`; with UPDATE_GOLDEN set it writes that file instead.
fn is_golden(name: &str, got: &str) {
    let file = repository().join("tests/map").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, got).unwrap();
    }
    let wanted = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    assert!(got == wanted, "{name} differs; UPDATE_GOLDEN=1 rewrites it:\n{got}");
}

/// A tree with these files.

#[test]
fn the_example_is_mapped_for_people_and_programs() {
    let example = repository().join("examples/northwind");
    is_golden("northwind.txt", &text(&[], &example));
    is_golden("northwind-explained.txt", &text(&["--explain-evidence"], &example));
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    is_golden("northwind.json", &text(&["-f", "json"], &example).replace(&version, "\"version\": \"0\""));
}

const SECRET: &str = "qk7Zr2Lw9Xv4Tn6Bs1Hd";

/// Two instances, one key in both; a policy; an untagged webhook; a region; what is empty, and what only stands for a value.
fn two_countries() -> tempfile::TempDir {
    let env = format!(
        "AWS_REGION=ca-central-1\n\
         FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag/v3\n\
         FLINKS_CA_SECRET_KEY={SECRET}\n\
         FLINKS_CA_X_API_KEY=changeme\n\
         FLINKS_US_API_URL=https://northwind-api.private.fin.ag/v3\n\
         FLINKS_US_SECRET_KEY={SECRET}\n\
         FLINKS_US_X_API_KEY=\n\
         FLINKS_WEBHOOK_URL=https://hooks.northwind.example/flinks\n"
    );
    let policy = "[[instance]]\nname = \"northwind\"\ncountry = \"US\"\nwithout-webhooks = \"is told by polling\"\n";
    tree(&[(".env.production", &env), ("flinks-lint.toml", policy)])
}

#[test]
fn every_state_of_a_component_is_told() {
    let folder = two_countries();
    let map = json(folder.path());
    let profile = &map["profiles"][0];
    assert_eq!(profile["environment"], "production");
    let (canada, us) = (&profile["instances"][0], &profile["instances"][1]);
    assert_eq!((&canada["label"], &us["label"]), (&"northwind-ca".into(), &"northwind".into()));
    assert_eq!((&canada["declared"], &us["declared"]["path"]), (&Value::Null, &"flinks-lint.toml".into()));
    assert_eq!(us["without_webhooks"]["label"], "is told by polling");
    let component = |instance: &Value, name: &str| {
        let all = instance["components"].as_array().unwrap();
        all.iter().find(|component| component["component"] == name).unwrap_or(&Value::Null).clone()
    };
    assert_eq!(component(canada, "secret key")["shared_with"], serde_json::json!(["northwind"]));
    assert_eq!(component(us, "secret key")["shared_with"], serde_json::json!(["northwind-ca"]));
    assert_eq!(component(canada, "x-api-key")["state"], "placeholder");
    assert_eq!(component(us, "x-api-key")["state"], "empty");
    assert_eq!(component(us, "iframe host")["state"], "missing");
    assert_eq!(component(us, "API host")["said"][0]["start"]["line"], 5);
    assert_eq!(profile["webhooks_for_no_country"][0]["said"][0]["start"]["line"], 8);
    let region = &profile["regions"][0];
    assert_eq!((&region["region"], &region["country"]), (&"ca-central-1".into(), &"CA".into()));
    assert_eq!(region["key"], "AWS_REGION");
}

/// The map is made to be pasted into tickets: no value of any setting is in it.
#[test]
fn no_value_is_shown() {
    let folder = two_countries();
    for arguments in [&[][..], &["--explain-evidence", "--verbose"], &["--format", "json"]] {
        let shown = text(arguments, folder.path());
        assert!(!shown.contains(SECRET) && !shown.contains("hooks.northwind.example"), "{shown}");
    }
}

/// A table that is broken in a terminal of 100 columns is no table.
#[test]
fn the_text_fits_into_a_hundred_columns() {
    let example = repository().join("examples/northwind");
    for folder in [example.as_path(), two_countries().path()] {
        let shown = text(&["--explain-evidence"], folder);
        let wide = shown.lines().find(|line| line.chars().count() > 100 && line.split_whitespace().count() > 1);
        assert_eq!(wide, None);
    }
}

/// A file's name must not be able to paint over the map.
#[cfg(unix)]
#[test]
fn what_steers_a_terminal_is_shown_instead() {
    let folder = tree(&[("a\u{1b}[2J/.env.production", "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n")]);
    let shown = text(&["--explain-evidence"], folder.path());
    assert!(shown.contains("a␛[2J") && !shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn nothing_read_is_no_map() {
    let folder = tree(&[]);
    let output = map(&[], folder.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing was scanned"));
}

#[test]
fn the_schema_is_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_flinks-lint")).args(["schema", "map"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["properties"]["schema_version"]["const"], "1");
    assert!(schema["properties"]["profiles"].is_object());
}
