//! The words for which every file is searched once. A file without any is never parsed.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::{Regex, RegexBuilder};

use super::manifests;
use crate::model::wanted::Wanted;
use crate::vocabulary::patterns::any_of;
use crate::vocabulary::{published, regions, words};

/// Whether bytes hold a word of Flinks. `login_id` and private keys count only where the path already speaks of Flinks.
pub fn speaks_of_flinks(path: &str, bytes: &[u8]) -> bool {
    let found = in_text(path, bytes);
    if found || !(bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])) {
        return found;
    }
    // In UTF-16, ASCII stands with a NUL between its characters.
    let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    in_text(path, &narrow)
}

fn in_text(path: &str, bytes: &[u8]) -> bool {
    triggers().is_match(bytes) || (path_speaks(path) && logins().is_match(bytes))
}

fn path_speaks(path: &str) -> bool {
    path.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"flinks"))
}

/// Whether a path has the word Flinks: `config/flinks.yml`, `FlinksCa/values.yaml`, and not `cufflinks/`.
pub fn path_is_of_flinks(path: &str) -> bool {
    let is_flinks = |word: &String| word.trim_end_matches(|digit: char| digit.is_ascii_digit()) == "flinks";
    path_speaks(path) && words::plain(path).iter().any(is_flinks)
}

fn triggers() -> &'static Regex {
    static WORDS: OnceLock<Regex> = OnceLock::new();
    WORDS.get_or_init(|| {
        let published = published::all().iter().map(|published| regex::escape(&published.value));
        let all: Vec<String> = [r"fin\.ag".to_owned(), "flinks".to_owned()].into_iter().chain(published).collect();
        insensitive(&all.join("|"))
    })
}

fn logins() -> &'static Regex {
    static LOGINS: OnceLock<Regex> = OnceLock::new();
    LOGINS.get_or_init(|| insensitive("login_?id|PRIVATE KEY-----"))
}

fn insensitive(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).build().expect("a constant pattern")
}

/// Names that some file refers to and none defines so far.
pub struct Sought(Regex);

/// So many names are looked for at most.
const NAMES: usize = 256;

impl Sought {
    /// `None` where nothing is wanted.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n String>, any_case: bool) -> Option<Sought> {
        let names: Vec<&String> = names.into_iter().filter(|name| name.len() > 1).take(NAMES).collect();
        if names.is_empty() {
            return None;
        }
        let pattern = names.iter().map(|name| whole(name)).collect::<Vec<_>>().join("|");
        RegexBuilder::new(&pattern).unicode(false).case_insensitive(any_case).build().ok().map(Sought)
    }

    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.0.is_match(bytes)
    }
}

/// What a second reading looks for, and where.
pub struct SoughtAgain<'w> {
    wanted: &'w Wanted,
    settings: Option<Sought>,
    bundles: Option<Sought>,
    tables: Option<Sought>,
    bases: Option<Sought>,
    hosts: Option<Sought>,
    regions: Option<&'static AhoCorasick>,
}

/// The names of regions, as they stand in any file.
fn region_names() -> &'static AhoCorasick {
    static NAMES: OnceLock<AhoCorasick> = OnceLock::new();
    NAMES.get_or_init(|| any_of(regions::searchable()))
}

impl<'w> SoughtAgain<'w> {
    pub fn new(wanted: &'w Wanted) -> Self {
        SoughtAgain {
            wanted,
            settings: Sought::new(&wanted.settings, false),
            bundles: Sought::new(&wanted.bundles, false),
            tables: Sought::new(&wanted.tables, true),
            bases: Sought::new(&wanted.bases, false),
            hosts: Sought::new(&wanted.hosts, true),
            regions: (!wanted.regions.is_empty()).then(region_names),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.wanted.files.is_empty()
            && self.wanted.layers.is_empty()
            && self.wanted.modules.is_empty()
            && self.wanted.types.is_empty()
            && self.settings.is_none()
            && self.bundles.is_none()
            && self.tables.is_none()
            && self.bases.is_none()
            && self.hosts.is_none()
            && self.regions.is_none()
    }

    /// Whether a file of this path is worth a look: most are not, and are never opened again.
    pub fn may_be_in(&self, path: &str) -> bool {
        self.is_named(path) || self.places(path).next().is_some() || self.may_say_region(path)
    }

    pub fn is_in(&self, path: &str, bytes: &[u8]) -> bool {
        self.is_named(path)
            || self.places(path).any(|sought| sought.is_in(bytes))
            || self.may_say_region(path) && self.says_region(path, bytes)
    }

    /// Whether a file of this path may say where a unit with an instance of a country runs.
    fn may_say_region(&self, path: &str) -> bool {
        self.regions.is_some() && manifests::may_say_region(path) && self.wanted.regions.hold(path)
    }

    fn says_region(&self, path: &str, bytes: &[u8]) -> bool {
        // Platforms whose regions are called by words of everyday have files of their own.
        let stands_apart = |at: usize| at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let is_said = |names: &AhoCorasick| names.find_overlapping_iter(bytes).any(|found| stands_apart(found.start()));
        manifests::is_of_platform(path) || self.regions.is_some_and(is_said)
    }

    /// Whether a file is wanted whatever it holds.
    fn is_named(&self, path: &str) -> bool {
        self.wanted.files.contains(path) || self.wanted.layers.lie_under(path) || self.wanted.is_module(path)
    }

    /// What may be found in a file of this path.
    fn places(&self, path: &str) -> impl Iterator<Item = &Sought> {
        let schema = manifests::is_schema(path);
        let below = |folder: &String| {
            folder.is_empty() || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        let tables = self.tables.as_ref().filter(|_| schema);
        let program = manifests::is_program(path);
        let settings = self.settings.as_ref().filter(|_| !schema && !program && self.wanted.units.iter().any(below));
        let bundles = self.bundles.as_ref().filter(|_| manifests::takes_bundles(path));
        let bases = self.bases.as_ref().filter(|_| manifests::is_kustomization(path));
        tables.into_iter().chain(settings).chain(bundles).chain(bases).chain(&self.hosts)
    }
}

/// A pattern for a name that stands alone. A boundary is asked for only where the name has a letter, digit or `_`:
/// in front of `.env` there is none to be had.
fn whole(name: &str) -> String {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let edge = |needed: bool| if needed { r"\b" } else { "" };
    let bytes = name.as_bytes();
    format!("{}{}{}", edge(is_word(bytes.first())), regex::escape(name), edge(is_word(bytes.last())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_case_and_encoding() {
        assert!(speaks_of_flinks("a.env", b"API=https://acme-ca-api.PRIVATE.FIN.AG"));
        assert!(speaks_of_flinks("a.env", b"ID=43387CA6-0391-4c82-857d-70d95f087ecb"));
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("FLINKS_X=1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(speaks_of_flinks("a.env", &utf16));
        assert!(!speaks_of_flinks("users.sql", b"login_id uuid"));
        assert!(speaks_of_flinks("flinks/models.sql", b"login_id uuid"));
    }
}
