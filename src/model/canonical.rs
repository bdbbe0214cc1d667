//! Keys as they are compared: one key in two notations is one key.

use std::ops::Range;

use crate::readers::shapes::base64;
use crate::vocabulary::{credentials, placeholders, published};

/// The schemes of an `Authorization` header, with the blank that ends them.
const SCHEMES: &[&str] = &["bearer ", "basic ", "apikey ", "token "];

/// The key in a value: without blanks, quotes and the scheme of a header.
pub fn bare(text: &str) -> Range<usize> {
    let trimmed = |range: Range<usize>| {
        let inner = &text[range.clone()];
        let start = range.start + inner.len() - inner.trim_start_matches(OUTSIDE).len();
        start..start.max(range.start + inner.trim_end_matches(OUTSIDE).len())
    };
    let whole = trimmed(0..text.len());
    let lower = text[whole.clone()].to_ascii_lowercase();
    let scheme = SCHEMES.iter().find(|scheme| lower.starts_with(**scheme));
    scheme.map_or(whole.clone(), |scheme| trimmed(whole.start + scheme.len()..whole.end))
}

const OUTSIDE: &[char] = &[' ', '\t', '\n', '\r', '"', '\''];

/// The forms in which a key may stand elsewhere: as it is, and what it is the base64 of. That of `id:secret`, as Pay's
/// Basic header has it, holds two.
pub fn forms(key: &str) -> Vec<String> {
    let inner = base64::decode(key).filter(|inner| inner.bytes().all(|byte| matches!(byte, b'!'..=b'~' | b'\n')));
    let inner = inner.as_deref().unwrap_or_default().trim();
    let parts = inner.split_once(':').map_or_else(|| vec![inner], |(id, secret)| vec![id, secret]);
    std::iter::once(key).chain(parts).filter(|form| may_be_key(form)).map(canonical).collect()
}

/// A GUID is the same in capitals, in braces and without its hyphens.
fn canonical(key: &str) -> String {
    let digits: String = key.trim_matches(['{', '}']).chars().filter(|c| *c != '-').collect();
    let is_guid = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_guid { digits.to_ascii_lowercase() } else { key.to_owned() }
}

/// Whether a literal may be a key of somebody's, and is no word, name, header or placeholder.
pub fn may_be_key(key: &str) -> bool {
    const SHORTEST: usize = 8;
    let published = || published::find(key).iter().any(|(_, range)| range.len() == key.len());
    let is_text = key.contains([' ', '\n', '<', '>', '$', '\u{FFFC}']) || key.contains("://");
    let is_variable = key.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    key.len() >= SHORTEST
        && !is_text
        && !is_variable
        && !placeholders::is_placeholder(key)
        && !published()
        && has_random_part(key)
}

/// Letters and digits in one part, as words have them not: `x-api-key`, `northwind-ca` and `v3` are words.
fn has_random_part(key: &str) -> bool {
    let is_mixed = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        // `oauth2`, `sha256`, `prod01`
        let stem = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered =
            stem.len() >= 2 && part.len() - stem.len() <= 3 && !stem.bytes().any(|byte| byte.is_ascii_digit());
        part.len() >= 4 && digits > 0 && !numbered
    };
    key.split(|c: char| !c.is_ascii_alphanumeric()).any(is_mixed) || !credentials::find_keys(key).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_in_many_notations_is_one_key() {
        let key = forms("7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7");
        for other in [
            "7D1C0B6E-52F3-4B0E-9F53-0C8B2A6E41D7",
            "7d1c0b6e52f34b0e9f530c8b2a6e41d7",
            "{7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7}",
            "N2QxYzBiNmUtNTJmMy00YjBlLTlmNTMtMGM4YjJhNmU0MWQ3Cg==",
        ] {
            assert!(forms(other).contains(&key[0]), "{other}");
        }
        for text in ["Bearer q7Zk2Vx9Lm4T", " \"q7Zk2Vx9Lm4T\"\n", "bearer  q7Zk2Vx9Lm4T"] {
            assert_eq!(&text[bare(text)], "q7Zk2Vx9Lm4T", "{text}");
        }
        let pair = forms("bm9ydGh3aW5kLXBheS00MjpxN1prMlZ4OUxtNFQ=");
        assert!(pair.contains(&"q7Zk2Vx9Lm4T".to_owned()));
    }

    #[test]
    fn words_are_no_keys() {
        for text in
            ["x-api-key", "flinks-auth-key", "northwind-ca", "FLINKS_SECRET_KEY", "changeme", "v3", "application/json"]
        {
            assert!(!may_be_key(text), "{text}");
        }
        for text in ["3c5f9a1e-0b7d-4a52-8e61-d94f20b8c713", "nw-shared-7f3a91", "q7Zk2Vx9Lm4T"] {
            assert!(may_be_key(text), "{text}");
        }
    }
}
