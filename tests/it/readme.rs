//! The README holds what others rely on: the hooks of the manifest, and every dependency. Its commands are run by `docs`.

use std::path::Path;

use clap::Parser;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn readme() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap()
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
    let (_, table) = text.split_once("## Dependencies\n").unwrap();
    let words: Vec<&str> = table.split(|it: char| !it.is_alphanumeric() && !matches!(it, '-' | '_')).collect();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(words.contains(&name.as_str()), "{name} is not in the README");
    }
}
