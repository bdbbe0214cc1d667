//! What the files with a word of Flinks leave open, for a second look at those without: names that nothing defines,
//! env files that someone may take in, tables that a later migration may change.

use std::collections::{BTreeSet, HashSet};

use crate::fact::{Bundle, Facts, Piece, ReferenceKind, Value};
use crate::source::Sources;
use crate::vocabulary::hosts;
use crate::vocabulary::{names, paths, words};

use super::Model;
use super::stores::Origin;

/// The names to look for, each as it is written.
pub fn wanted(model: &Model, facts: &[Facts], sources: &Sources) -> Vec<String> {
    let mut wanted = BTreeSet::new();
    let defined: HashSet<&str> = model.statements.iter().map(|said| said.key.as_str()).collect();
    let open = |value: &Value, flinks: bool| flinks || speaks_of_hosts(value);
    for said in model.statements.iter().filter(|said| !said.purpose.is_silent() && open(&said.value, said.flinks)) {
        for reference in said.value.references().filter(|reference| reference.kind == ReferenceKind::Named) {
            let normal = words::normal(&reference.name);
            // A name that says Flinks stands only in files that have the word, and those were read.
            if !names::says_flinks(&reference.name) && !defined.contains(normal.as_str()) {
                let own = reference.name.rsplit('.').next().unwrap_or(&reference.name);
                wanted.insert(own.to_owned());
            }
        }
    }
    for facts in facts {
        let path = sources.path(facts.file);
        let silent = paths::purpose(path).is_silent();
        let name = path.rsplit('/').next().unwrap_or(path);
        if !silent && name.contains("env") && !names::says_flinks(name) {
            wanted.insert(name.to_owned());
        }
        for provided in facts.scopes.iter().flat_map(|scope| &scope.provides).filter(|_| !silent) {
            match provided {
                Bundle::ConfigMap(name) | Bundle::Secret(name) if !names::says_flinks(name) => {
                    wanted.insert(name.clone());
                }
                _ => {}
            }
        }
    }
    for store in model.stores.iter().filter(|store| !matches!(store.origin, Origin::Said(_))) {
        let name = store.name.value.rsplit(['.', ' ']).next().unwrap_or(&store.name.value);
        wanted.insert(name.to_owned());
    }
    wanted.into_iter().collect()
}

/// Whether a value is an address on a Flinks domain, perhaps with holes.
fn speaks_of_hosts(value: &Value) -> bool {
    let shown: String = value
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(_) => hosts::HOLE.to_string(),
        })
        .collect();
    !hosts::find(&shown).is_empty()
}
