//! Inline exceptions: `flinks-lint: ignore[rule-id] reason` in a comment of any syntax.

use crate::fact::Directive;
use crate::source::Source;

pub fn read(_source: &Source) -> Vec<Directive> {
    Vec::new()
}
