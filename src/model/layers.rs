//! Which files lie over which: `application-prod.yml` over `application.yml`, `.env.production` over `.env`.

use super::units::parent;
use crate::vocabulary::{countries, environments, words};

/// A family of files of which those with an environment in their name lie over the one without.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Family {
    folder: String,
    base: &'static str,
}

/// Names of base layers, as [`words::normal`] spells them without environment and extension.
const BASES: &[&str] = &[
    "application",
    "bootstrap",
    "appsettings",
    "values",
    "docker_compose",
    "compose",
    "default",
    "base",
    "common",
    "web",
    "app",
];

/// The family of a file, if its framework layers such files. `layered_env` are the folders where `.env` is a layer
/// under `.env.<environment>`.
pub fn family(path: &str, layered_env: &[String]) -> Option<Family> {
    let folder = parent(path).to_owned();
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    if lower == ".env" || lower.starts_with(".env.") {
        let layered = layered_env.contains(&folder);
        return layered.then_some(Family { folder, base: ".env" });
    }
    let (stem, extension) = lower.rsplit_once('.')?;
    // Mix imports `prod.exs` at the end of `config.exs`.
    if extension == "exs" {
        let is_layer = stem == "config" || environments::of_word(stem).is_some();
        return (is_layer && folder.ends_with("config")).then_some(Family { folder, base: "mix" });
    }
    if !matches!(
        extension,
        "yml" | "yaml" | "json" | "toml" | "properties" | "conf" | "config" | "json5" | "ini" | "hocon" | "xml"
    ) {
        return None;
    }
    let words = words::words(stem);
    let kept = words.iter().filter(|word| {
        environments::of_word(&word.text).is_none() && countries::of_word(&word.text).is_none() && word.text != "pre"
    });
    let bare = kept.map(|word| word.text.as_str()).collect::<Vec<_>>().join("_");
    // node-config keeps `default.json` and `production.json` in one folder.
    let in_config = folder
        .rsplit('/')
        .next()
        .is_some_and(|folder| matches!(folder, "config" | "conf" | "settings" | "environments"));
    if in_config && matches!(bare.as_str(), "default" | "base" | "common" | "") {
        return Some(Family { folder, base: "default" });
    }
    let base = BASES.iter().find(|base| **base == bare && !matches!(**base, "default" | "base" | "common"))?;
    if matches!(*base, "web" | "app") && extension != "config" {
        return None;
    }
    Some(Family { folder, base })
}

/// Whether a file is a module of a program that others of its folder take over, each for an environment.
pub fn is_base_module(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    matches!(extension, "py" | "js" | "ts" | "mjs" | "cjs" | "mts" | "rb" | "php")
        && matches!(stem, "base" | "common" | "default" | "defaults" | "shared" | "__init__" | "index" | "environment")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str, layered: &[String]) -> bool {
        family(a, layered).is_some() && family(a, layered) == family(b, layered)
    }

    #[test]
    fn layers_of_frameworks() {
        assert!(same("src/application.yml", "src/application-prod.properties", &[]));
        assert!(same("appsettings.json", "appsettings.Production.json", &[]));
        assert!(same("config/default.json", "config/production.json", &[]));
        assert!(same("chart/values.yaml", "chart/values-prod-ca.yaml", &[]));
        assert!(same("docker-compose.yml", "docker-compose.prod.yml", &[]));
        assert!(same(".env", ".env.production", &[String::new()]));
    }

    /// Without a framework that reads both, `.env` is somebody's machine.
    #[test]
    fn not_layers() {
        assert!(!same(".env", ".env.production", &[]));
        assert!(!same("config/flinks.yml", "config/flinks.prod.yml", &[]));
        assert!(!same("a/application.yml", "b/application-prod.yml", &[]));
    }
}
