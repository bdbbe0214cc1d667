//! Patterns whose letters are those of ASCII: to make one with all of Unicode takes longer than to read a small tree.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Regex, RegexBuilder};

/// A constant pattern for ASCII in any case.
pub fn in_any_case(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).build().expect("a constant pattern")
}

/// Any of these words, in any case of ASCII: for lists, of which a pattern would take ten times as long to make.
pub fn any_of<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    // The lists are short, and some are looked for in thousands of files.
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(words).expect("constant words")
}
