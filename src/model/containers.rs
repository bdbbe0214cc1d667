//! The maps that settings stand in, and keys that tell each other what they are.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::fact::{Name, ScopeId, Setting};
use crate::vocabulary::{countries, words};

/// A map: its scope and the keys that lead to it, as a digest, for a setting may have a hundred keys and is asked about
/// each of the maps that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Container(ScopeId, u64);

impl Container {
    /// The map at the top of a block.
    pub fn top(scope: ScopeId) -> Self {
        Container(scope, DefaultHasher::new().finish())
    }
}

/// The maps that a setting stands in, outermost first.
pub(super) fn containers(setting: &Setting) -> Vec<Container> {
    let mut digest = DefaultHasher::new();
    let mut found = vec![Container::top(setting.scope)];
    for name in &setting.path[..setting.path.len() - 1] {
        name.text.hash(&mut digest);
        found.push(Container(setting.scope, digest.finish()));
    }
    found
}

/// Whether a map is called after states: `flinks_by_state`.
pub(super) fn is_of_states(key: &str) -> bool {
    words::plain(key).iter().any(|word| matches!(word.as_str(), "state" | "states"))
}

/// Whether `ca` is in a name at all: without it there is nothing to mistake for Canada.
pub(super) fn may_be_california(name: &Name) -> bool {
    name.text.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"ca"))
}

/// The words of a name that may be a U.S. state, each with the name without it: `FLINKS_*_URL`, `CA`.
pub(super) fn without_state(name: &str) -> Vec<(String, String)> {
    let words = words::plain(name);
    let may_be = words.iter().enumerate().filter(|(_, word)| countries::may_be_state(word));
    may_be
        .map(|(at, word)| {
            let rest: Vec<&str> =
                words.iter().enumerate().map(|(other, word)| if other == at { "*" } else { word }).collect();
            (rest.join("_"), word.clone())
        })
        .collect()
}
