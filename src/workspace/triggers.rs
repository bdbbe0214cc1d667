//! The words for which every file is searched once. A file without any is never parsed.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use crate::vocabulary::published;

/// Whether bytes hold a word of Flinks. `login_id` counts only where the path already speaks of Flinks.
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
    words().is_match(bytes) || (path_speaks(path) && logins().is_match(bytes))
}

fn path_speaks(path: &str) -> bool {
    path.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"flinks"))
}

fn words() -> &'static Regex {
    static WORDS: OnceLock<Regex> = OnceLock::new();
    WORDS.get_or_init(|| {
        let published = published::all().iter().map(|published| regex::escape(&published.value));
        let all: Vec<String> = [r"fin\.ag".to_owned(), "flinks".to_owned()].into_iter().chain(published).collect();
        insensitive(&all.join("|"))
    })
}

fn logins() -> &'static Regex {
    static LOGINS: OnceLock<Regex> = OnceLock::new();
    LOGINS.get_or_init(|| insensitive("login_?id"))
}

fn insensitive(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).build().expect("a constant pattern")
}

/// Names that some file refers to and none defines so far.
pub struct Wanted(Regex);

/// So many names are looked for at most.
const NAMES: usize = 256;

impl Wanted {
    /// `None` where nothing is wanted.
    pub fn new(names: &[String]) -> Option<Wanted> {
        let names: Vec<String> = names.iter().filter(|name| name.len() > 1).take(NAMES).map(|name| regex::escape(name)).collect();
        if names.is_empty() {
            return None;
        }
        let pattern = format!(r"(?-u:\b)(?:{})(?-u:\b)", names.join("|"));
        RegexBuilder::new(&pattern).unicode(false).build().ok().map(Wanted)
    }

    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.0.is_match(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_case_and_encoding() {
        assert!(speaks_of_flinks("a.env", b"API=https://acme-ca-api.PRIVATE.FIN.AG"));
        assert!(speaks_of_flinks("a.env", b"ID=43387CA6-0391-4c82-857d-70d95f087ecb"));
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("FLINKS_X=1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(speaks_of_flinks("a.env", &utf16));
        assert!(!speaks_of_flinks("users.sql", b"login_id uuid"));
        assert!(speaks_of_flinks("flinks/models.sql", b"login_id uuid"));
    }
}
