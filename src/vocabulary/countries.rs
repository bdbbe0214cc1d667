//! Words that name a country in identifiers, and their traps, from `countries.toml`.

use std::ops::Range;

use super::Country;
use super::data::list;
use super::words::{self, Word};

const FILE: &str = include_str!("countries.toml");

/// Never `can`, which is a verb.
const CANADA: &[&str] = list!(FILE, "canada");

/// `united states` is two words, see [`all`].
const UNITED_STATES: &[&str] = list!(FILE, "united-states");

/// The country of one word, traps left aside.
pub fn of_word(word: &str) -> Option<Country> {
    if CANADA.contains(&word) {
        Some(Country::Canada)
    } else {
        UNITED_STATES.contains(&word).then_some(Country::UnitedStates)
    }
}

/// The country that a value says by itself, as `country: us` does.
pub fn of_value(value: &str) -> Option<Country> {
    let words = words::plain(value);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["united", "states"] | ["united", "states", "of", "america"] | ["u", "s"] | ["u", "s", "a"] => {
            Some(Country::UnitedStates)
        }
        // ISO 3166-1 alpha-3 is unambiguous in a value.
        ["can"] if value.trim() == "CAN" => Some(Country::Canada),
        [word] => of_word(word),
        _ => None,
    }
}

/// A country and the part of the identifier that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub country: Country,
    pub range: Range<usize>,
}

/// Before `ca`, these words speak of certificate authorities.
const BEFORE_AUTHORITY: &[&str] = list!(FILE, "before-authority");

/// After `ca`, these do.
const AFTER_AUTHORITY: &[&str] = list!(FILE, "after-authority");

/// Before `us`, these words make it a pronoun.
const BEFORE_PRONOUN: &[&str] = list!(FILE, "before-pronoun");

/// After a country's word, these make it a cloud region's name.
const REGIONS: &[&str] = list!(FILE, "after-in-region");

/// Before a country's word, these make it a locale.
const LANGUAGES: &[&str] = list!(FILE, "before-in-locale");

/// Before a country's word, these turn it round.
const NEGATIONS: &[&str] = list!(FILE, "negation");

/// Before a country's word, these ask whether it is the one.
const ASKED: &[&str] = list!(FILE, "asked");

/// Before a country's word, these tell of a way there or back.
const DIRECTIONS: &[&str] = list!(FILE, "direction");

/// Every country that an identifier says.
pub fn all(identifier: &str) -> Vec<Saying> {
    let words = words::words(identifier);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(saying) = saying(&words, at, word) {
            found.push(saying);
        }
    }
    found
}

fn saying(words: &[Word], at: usize, word: &Word) -> Option<Saying> {
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    let after = words.get(at + 1).map_or("", |after| after.text.as_str());
    if word.text == "united" && after == "states" {
        return Some(Saying { country: Country::UnitedStates, range: word.range.start..words[at + 1].range.end });
    }
    let country = of_word(&word.text)?;
    let region = after.trim_end_matches(|c: char| c.is_ascii_digit());
    if REGIONS.contains(&region) && !region.is_empty() || LANGUAGES.contains(&before) {
        return None;
    }
    if [NEGATIONS, ASKED, DIRECTIONS].iter().any(|words| words.contains(&before)) || is_left(words, at) {
        return None;
    }
    let trap = match word.text.as_str() {
        "ca" => BEFORE_AUTHORITY.contains(&before) || AFTER_AUTHORITY.contains(&after),
        "us" => BEFORE_PRONOUN.contains(&before),
        _ => false,
    };
    (!trap).then(|| Saying { country, range: word.range.clone() })
}

/// Whether the word is the beginning of a way to another: `ca-to-us`.
fn is_left(words: &[Word], at: usize) -> bool {
    let next = |more: usize| words.get(at + more).map(|word| word.text.as_str());
    next(1) == Some("to") && next(2).is_some_and(|word| of_word(word).is_some())
}

/// The one country that an identifier says; none where it says two.
pub fn only(identifier: &str) -> Option<Saying> {
    let found = all(identifier);
    let first = found.first()?.clone();
    found.iter().all(|saying| saying.country == first.country).then_some(first)
}

/// States whose codes are no country's.
const STATES: &[&str] = list!(FILE, "state");

/// States whose codes are also a country's, or a word.
const SHARED_STATES: &[&str] = list!(FILE, "state-or-country");

fn is_in(states: &[&str], word: &str) -> bool {
    states.iter().any(|state| state.eq_ignore_ascii_case(word))
}

/// Whether a word may be the code of a U.S. state, or that of a country beside which it is none.
pub fn may_be_state(word: &str) -> bool {
    of_word(word).is_some() || is_in(STATES, word) || is_in(SHARED_STATES, word)
}

/// Whether words that stand for each other are U.S. states, where `CA` is California. `named` says that the map they are
/// keys of is called after states.
pub fn are_states<'k>(words: impl IntoIterator<Item = &'k str>, named: bool) -> bool {
    let (mut own, mut shared) = (0, 0);
    for word in words {
        if of_word(word) == Some(Country::UnitedStates) {
            return false;
        }
        own += usize::from(is_in(STATES, word));
        shared += usize::from(is_in(SHARED_STATES, word));
    }
    own >= 2 || own + shared >= if named { 1 } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(identifier: &str) -> Option<&'static str> {
        only(identifier).map(|saying| saying.country.code())
    }

    #[test]
    fn tags_in_every_spelling() {
        for (name, country) in [
            ("FLINKS_US_SECRET", "US"),
            ("secretKeyUS", "US"),
            ("flinks.us.secret", "US"),
            ("flinksCanadaUrl", "CA"),
            ("FLINKS_SECRET_KEY_CA", "CA"),
            ("united_states_host", "US"),
            ("us-development", "US"),
        ] {
            assert_eq!(code(name), Some(country), "{name}");
        }
    }

    /// `CA` is California among its neighbours, and Canada among countries.
    #[test]
    fn states_and_countries() {
        assert!(are_states(["CA", "NV", "UT"], false));
        assert!(are_states(["CA", "OR"], true));
        assert!(!are_states(["CA", "OR"], false));
        assert!(!are_states(["ca", "us", "tx", "ny"], false));
        assert!(!are_states(["CA", "DE", "IN", "CO"], false));
    }

    #[test]
    fn certificates_pronouns_regions_and_locales_are_no_countries() {
        for name in [
            "CA_CERT",
            "CA_BUNDLE",
            "ca_file",
            "ca-chain",
            "SSL_CA",
            "rootCa",
            "contact_us",
            "about-us",
            "status",
            "user",
            "us-east-1",
            "us_central1",
            "ca-central-1",
            "en_CA",
            "en-US",
            "CAD",
            "can_read",
            "focus",
            "non_us_host",
            "moveToCanada",
            "copy_from_us",
            "migrate-ca-to-us",
            "excludeCanada",
            "notUs",
            "isUs",
            "is_canadian",
        ] {
            assert_eq!(code(name), None, "{name}");
        }
    }
}
