//! What the files with a word of Flinks leave open, for a second look at those without: names that nothing defines,
//! env files that someone may take in, tables that a later migration may change.

use std::collections::{BTreeSet, HashSet};

use crate::fact::{Bundle, Facts, Piece, ReferenceKind, Value};
use crate::source::Sources;
use crate::vocabulary::hosts;
use crate::vocabulary::{names, paths, words};

use super::Model;
use super::stores::Origin;

/// Names to look for, each as it is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Variables, keys, env files, ConfigMaps: to be looked for in configuration.
    pub settings: BTreeSet<String>,
    /// Tables, in any case: to be looked for in schemas and migrations.
    pub tables: BTreeSet<String>,
}

/// What is left open.
pub fn wanted(model: &Model, facts: &[Facts], sources: &Sources) -> Wanted {
    Wanted { settings: settings(model, facts, sources), tables: tables(model, sources) }
}

fn settings(model: &Model, facts: &[Facts], sources: &Sources) -> BTreeSet<String> {
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
    wanted
}

/// Stores that a migration without a word of Flinks may change either way, and the parents that may know their country.
fn tables(model: &Model, sources: &Sources) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    let own = |name: &str| name.rsplit(['.', ' ']).next().unwrap_or(name).trim_matches(['"', '`', '[', ']']).to_owned();
    for store in &model.stores {
        let (Origin::Said(parents) | Origin::Unsaid(parents) | Origin::Unknown(parents)) = &store.origin;
        wanted.insert(own(&store.name.value));
        wanted.extend(parents.iter().map(|parent| own(sources.slice(parent.place.span()))));
    }
    wanted.retain(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    wanted
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
