//! Patterns whose letters are those of ASCII: to make one with all of Unicode takes longer than to read a small tree.

use regex::{Regex, RegexBuilder};

/// A constant pattern for ASCII in any case.
pub fn in_any_case(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).build().expect("a constant pattern")
}
