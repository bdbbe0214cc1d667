//! Credentials that compare and fingerprint, and cannot be printed.

use std::fmt;
use std::ops::Range;

use sha2::{Digest, Sha256};

/// A credential's value. Only its SHA-256 digest and a mask are kept: there is nothing left to print.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Secret {
    digest: [u8; 32],
    mask: Box<str>,
}

impl Secret {
    pub fn new(value: &str) -> Self {
        Secret { digest: Sha256::digest(value.as_bytes()).into(), mask: mask(value).into() }
    }

    /// The SHA-256 of the value in lower-case hexadecimal, as policies declare it.
    pub fn fingerprint(&self) -> String {
        hex(&self.digest)
    }

    /// What may be shown: the first and last two characters of a long value, none of a short one.
    pub fn masked(&self) -> &str {
        &self.mask
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.mask)
    }
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Shorter values are masked whole: four characters of them would be half of the secret.
const LONG_ENOUGH: usize = 16;
/// So many characters are shown at either end of a long value.
const SHOWN: usize = 2;

/// A value with as many characters as before, all but the first and last two of a long one replaced.
pub fn mask(value: &str) -> String {
    let length = value.chars().count();
    let shown = if length >= LONG_ENOUGH { SHOWN } else { 0 };
    let masked = |(at, character): (usize, char)| {
        if at < shown || at >= length - shown { character } else { '*' }
    };
    value.chars().enumerate().map(masked).collect()
}

/// A text in which ranges are masked, each as [`mask`] does, character by character with as many bytes: no place moves.
/// The ranges are in order and apart; blanks stay.
pub fn cover(text: &str, ranges: &[Range<usize>]) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        let Some((before, value)) = text.get(at..range.start).zip(text.get(range.clone())) else { continue };
        covered.push_str(before);
        let solid: Vec<usize> = value.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
        let shown = if solid.len() >= LONG_ENOUGH { SHOWN } else { 0 };
        let (first, last) = (solid.get(shown).copied(), solid.len().checked_sub(shown + 1).map(|last| solid[last]));
        let hidden = |at: usize| first.is_some_and(|first| first <= at) && last.is_some_and(|last| at <= last);
        covered.extend(value.char_indices().map(
            |(at, c)| {
                if c.is_whitespace() || !hidden(at) { c } else { star(c.len_utf8()) }
            },
        ));
        at = range.end;
    }
    covered.push_str(&text[at..]);
    covered
}

/// A text of which only blanks are left: its lines and columns, and nothing that it says.
pub fn veil(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { c } else { star(c.len_utf8()) }).collect()
}

fn star(length: usize) -> char {
    match length {
        1 => '*',
        2 => '×',
        3 => '※',
        _ => '🞶',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places in reports are bytes and characters of the file, masked or not.
    #[test]
    fn a_cover_moves_nothing() {
        let text = "a = clé secrète 🔑🔑🔑🔑🔑🔑 = b";
        let value = 4..text.len() - 4;
        let covered = cover(text, std::slice::from_ref(&value));
        assert_eq!((covered.len(), covered.chars().count()), (text.len(), text.chars().count()));
        assert_eq!(covered, "a = cl× ****×** 🞶🞶🞶🞶🔑🔑 = b");
    }

    #[test]
    fn a_mask_keeps_the_length_and_four_characters_at_most() {
        assert_eq!(mask("0123456789abcdef"), "01************ef");
        assert_eq!(mask("hunter2"), "*******");
    }

    #[test]
    fn a_secret_has_no_way_to_show_its_value() {
        let secret = Secret::new("correct horse battery staple");
        assert!(!format!("{secret:?}").contains("horse"));
        assert_eq!(secret, Secret::new("correct horse battery staple"));
    }
}
