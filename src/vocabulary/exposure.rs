//! What reaches a browser or an app that people install, and what stays on a server, from `exposure.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// Where something runs, or is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Browser,
    /// An application that people install.
    App,
    Server,
}

impl Side {
    /// Who is given it, for people.
    pub fn noun(self) -> &'static str {
        match self {
            Side::Browser => "browser",
            Side::App => "app",
            Side::Server => "server",
        }
    }
}

/// A name whose value a build puts into what it sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    pub name: String,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// Modules whose names are values that a build puts in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Values {
    modules: Vec<String>,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// A part of a configuration whose values are sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    file: String,
    keys: Vec<String>,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// A place of files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    folder: Option<String>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// What says of a part of a file where it runs or is sent: a directive, a hook, a function, a call of a build.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub name: String,
    /// Whether it says so of the whole file.
    #[serde(default)]
    pub whole: bool,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// Modules that only what runs there takes in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    names: Vec<String>,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

/// A manifest that makes all programs of its folder what they are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    file: String,
    has: String,
    #[serde(default)]
    unless: Vec<String>,
    /// The extensions of the programs that it speaks of.
    languages: Vec<String>,
    /// The folder beside it in which they lie; any where it says none.
    folder: Option<String>,
    /// How the names of files begin that are built in whole.
    carries: Option<String>,
    pub framework: String,
    pub side: Side,
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    prefix: Vec<Prefix>,
    values: Vec<Values>,
    block: Vec<Block>,
    place: Vec<Place>,
    part: Vec<Part>,
    module: Vec<Module>,
    manifest: Vec<Manifest>,
}

fn known() -> &'static File {
    static KNOWN: OnceLock<File> = OnceLock::new();
    KNOWN.get_or_init(|| toml::from_str(include_str!("exposure.toml")).expect("a test reads this file"))
}

/// The prefix that gives a name away. `FLINKS_PUBLIC_KEY` has none.
pub fn prefix(name: &str) -> Option<&'static Prefix> {
    known().prefix.iter().find(|prefix| name.len() > prefix.name.len() && name.starts_with(&prefix.name))
}

/// A module whose names are values that a build puts in.
pub fn values(module: &str) -> Option<&'static Values> {
    known().values.iter().find(|values| values.modules.iter().any(|known| known == module))
}

/// The block of a configuration that a setting stands in, with the place among its names of the last key that leads
/// there; none where the whole file is one.
pub fn block(file_name: &str, path: &[&str]) -> Option<(&'static Block, Option<usize>)> {
    let above = path.len().saturating_sub(1);
    known().block.iter().find_map(|block| {
        let named = file_name.to_ascii_lowercase().starts_with(&block.file.to_ascii_lowercase());
        if !named {
            return None;
        }
        if block.keys.is_empty() {
            return Some((block, None));
        }
        let is_there = |window: &[&str]| window.iter().zip(&block.keys).all(|(name, key)| *name == key.as_str());
        let at = path[..above].windows(block.keys.len()).position(is_there)?;
        Some((block, Some(at + block.keys.len() - 1)))
    })
}

/// What a file's path says of where it is sent or runs.
pub fn place(path: &str) -> Option<&'static Place> {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let folders = format!("/{folders}/");
    let fits = |place: &&Place| {
        place.folder.as_ref().is_none_or(|folder| folders.contains(&format!("/{}/", folder.to_ascii_lowercase())))
            && (place.starts.is_empty() || place.starts.iter().any(|start| name.starts_with(start)))
            && (place.ends.is_empty() || place.ends.iter().any(|end| name.ends_with(end)))
    };
    known().place.iter().find(fits)
}

/// What a directive, or the name of a hook, a function or a call says.
pub fn part(name: &str) -> Option<&'static Part> {
    known().part.iter().find(|part| part.name == name)
}

/// What the name of a module says that a program takes in.
pub fn module(name: &str) -> Option<&'static Module> {
    let is = |known: &String| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == known,
    };
    known().module.iter().find(|module| module.names.iter().any(is))
}

/// What a manifest says of its folder, by its place among the rows of the vocabulary.
pub fn manifests(file_name: &str, text: &[u8]) -> Vec<usize> {
    let rows = known().manifest.iter().enumerate().filter(|(_, row)| row.file == file_name);
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(text);
    let fits = |row: &Manifest| text.contains(&row.has) && !row.unless.iter().any(|other| text.contains(other));
    rows.filter(|(_, row)| fits(row)).map(|(at, _)| at).collect()
}

/// A row of [`manifests`].
pub fn manifest(row: usize) -> &'static Manifest {
    &known().manifest[row]
}

impl Manifest {
    /// Whether it speaks of a file, by the path of that from the manifest's own folder.
    pub fn speaks_of(&self, path: &str) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(start) = &self.carries {
            return name.starts_with(start.as_str());
        }
        let lies = self.folder.as_ref().is_none_or(|folder| {
            folders.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        lies && self.languages.iter().any(|language| language == extension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_source() {
        let File { prefix, values, block, place, part, module, manifest } = known();
        let sources = (prefix.iter().map(|row| &row.source))
            .chain(values.iter().map(|row| &row.source))
            .chain(block.iter().map(|row| &row.source))
            .chain(place.iter().map(|row| &row.source))
            .chain(part.iter().map(|row| &row.source))
            .chain(module.iter().map(|row| &row.source))
            .chain(manifest.iter().map(|row| &row.source));
        assert!(sources.into_iter().all(|source| !source.is_empty()));
    }

    #[test]
    fn names_are_given_away_by_how_they_begin() {
        let framework = |name: &str| prefix(name).map(|prefix| prefix.framework.as_str());
        assert_eq!(framework("NEXT_PUBLIC_FLINKS_SECRET"), Some("Next.js"));
        assert_eq!(framework("PUBLIC_FLINKS_SECRET"), Some("SvelteKit or Astro"));
        for name in ["FLINKS_PUBLIC_KEY", "FLINKS_VITE_KEY", "VITE_", "publicKey"] {
            assert_eq!(framework(name), None, "{name}");
        }
    }

    #[test]
    fn paths_say_where_files_go() {
        for (path, expected) in [
            ("public/config.js", Some(Side::Browser)),
            ("apps/web/static/flinks.js", Some(Side::Browser)),
            ("public/index.php", None),
            ("src/routes/public/flinks.js", Some(Side::Server)),
            ("src/app/api/flinks/route.ts", Some(Side::Server)),
            ("src/routes/connect/+page.server.ts", Some(Side::Server)),
            ("src/environments/environment.prod.ts", Some(Side::Browser)),
            ("app/src/main/res/values/strings.xml", Some(Side::App)),
            ("src/flinks.ts", None),
        ] {
            assert_eq!(place(path).map(|place| place.side), expected, "{path}");
        }
    }
}
