//! Identifiers taken apart into words: `flinksCaApiUrl`, `FLINKS_CA_API_URL` and `flinks.ca.api-url` are the same four.

use std::ops::Range;

/// A word of an identifier, in lower case, and its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub range: Range<usize>,
}

/// Splits at everything that is no letter or digit, and where case says so: `baseURL` → `base`, `url`;
/// `secretKeyUS` → `secret`, `key`, `us`; `IBVFlinks` → `ibv`, `flinks`. Digits stay with the letters before them.
pub fn words(identifier: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each(identifier, |range| found.push(Word { text: lower(&identifier[range.clone()]), range }));
    found
}

/// The words alone.
pub fn plain(identifier: &str) -> Vec<String> {
    let mut found = Vec::new();
    each(identifier, |range| found.push(lower(&identifier[range])));
    found
}

/// All words joined by `_`: the form in which two spellings of one name are equal.
pub fn normal(identifier: &str) -> String {
    let mut joined = String::with_capacity(identifier.len() + 4);
    each(identifier, |range| {
        if !joined.is_empty() {
            joined.push('_');
        }
        joined.push_str(&identifier[range]);
    });
    if joined.is_ascii() {
        joined.make_ascii_lowercase();
        return joined;
    }
    joined.to_lowercase()
}

fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() }
}

/// Calls back with the place of each word.
fn each(identifier: &str, mut found: impl FnMut(Range<usize>)) {
    let mut start: Option<usize> = None;
    let mut previous = ' ';
    let mut characters = identifier.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !c.is_alphanumeric() {
            if let Some(begin) = start.take() {
                found(begin..at);
            }
            previous = c;
            continue;
        }
        if let Some(begin) = start {
            if c.is_uppercase() {
                let next_is_lower = characters.peek().is_some_and(|(_, next)| next.is_lowercase());
                // `URLs`, `IDs`: a plural `s` at the end of capitals is no word of its own.
                let next_is_s = characters.peek().is_some_and(|(_, next)| *next == 's');
                let plural = || next_is_s && identifier[at..].chars().nth(2).is_none_or(|after| !after.is_lowercase());
                let camel = previous.is_lowercase() || previous.is_ascii_digit();
                let acronym_ends = previous.is_uppercase() && next_is_lower && !plural();
                if camel || acronym_ends {
                    found(begin..at);
                    start = Some(at);
                }
            }
        } else {
            start = Some(at);
        }
        previous = c;
    }
    if let Some(begin) = start {
        found(begin..identifier.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for name in [
            "FLINKS_CA_API_URL",
            "flinksCaApiUrl",
            "flinks.ca.api-url",
            "FlinksCAApiURL",
            "Flinks__Ca__ApiUrl",
            "Flinks:CA:ApiUrl",
        ] {
            assert_eq!(normal(name), "flinks_ca_api_url", "{name}");
        }
        assert_eq!(normal("secretKeyUS"), "secret_key_us");
        assert_eq!(normal("flinksLoginIDs"), "flinks_login_ids");
        assert_eq!(normal("LoginID"), "login_id");
        assert_eq!(normal("xApiKey"), "x_api_key");
        assert_eq!(normal("HTTPServer2Url"), "http_server2_url");
    }

    #[test]
    fn words_know_their_places() {
        let found = words("flinks-CA.url");
        assert_eq!(found[1].range, 7..9);
    }
}
