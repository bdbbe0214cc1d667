//! Settings that fill in the label of a Flinks host, whatever they are called: `https://${var.instance}-api.private.fin.ag`
//! makes `instance = "northwind-ca"` the name of an instance.

use std::collections::HashMap;

use crate::fact::{Piece, Reference, ReferenceKind, Value};
use crate::source::FileId;
use crate::vocabulary::hosts::{self, HOLE, HostKind};
use crate::vocabulary::names::Component;
use crate::vocabulary::words;

use super::statements::Statement;

/// A name that stands for a label, and where it is referred to.
struct Wanted {
    /// As [`words::normal`] spells it.
    name: String,
    file: FileId,
    folder: String,
    /// Whether it is a map, and its values stand for labels.
    of_map: bool,
}

/// Has the settings that templates of hosts refer to read as names of instances.
pub fn mark(statements: &mut [Statement]) {
    let mut wanted: HashMap<String, Vec<Wanted>> = HashMap::new();
    for said in statements.iter().filter(|said| said.may_hold()) {
        for reference in in_labels(&said.value) {
            // `TENANTS[country]`: every value of the map is a name.
            let whole = reference.name.strip_suffix(".*").unwrap_or(&reference.name);
            let name = words::normal(whole);
            let own = whole.rsplit(['.', '/']).next().map(words::normal).unwrap_or_default();
            let names =
                Wanted { name, file: said.file, folder: said.unit.folder.clone(), of_map: whole != &*reference.name };
            let known = wanted.entry(own).or_default();
            if known.len() < REFERENCES {
                known.push(names);
            }
        }
    }
    if wanted.is_empty() {
        return;
    }
    for said in statements.iter_mut().filter(|said| said.may_hold()) {
        let open = matches!(said.component(), None | Some(Component::Instance | Component::Host));
        let names = wanted.get(&words::normal(&said.name().text)).filter(|_| open);
        let defined = |names: &Vec<Wanted>| names.iter().any(|wanted| !wanted.of_map && wanted.is_defined_by(said));
        let above = || said.path.iter().rev().nth(1).and_then(|above| wanted.get(&words::normal(&above.text)));
        let of_map = |names: &Vec<Wanted>| names.iter().any(|wanted| wanted.of_map && wanted.is_map_of(said));
        if names.is_some_and(defined) || open && above().is_some_and(of_map) {
            said.reading.component = Some(Component::Instance);
            said.reading.flinks = true;
            said.flinks = true;
        }
    }
}

/// Of one name, so many references are compared with its definitions.
const REFERENCES: usize = 64;

impl Wanted {
    fn is_defined_by(&self, said: &Statement) -> bool {
        let same_unit = said.unit.folder == self.folder;
        // A matrix of CI keeps its rows in a list of any name.
        if let Some(own) = self.name.strip_prefix("matrix_") {
            let in_matrix = said.path.iter().any(|name| &*name.text == "matrix");
            return said.file == self.file && in_matrix && words::normal(&said.name().text) == own;
        }
        // One word alone is in too many places: it is the whole name then.
        let ends = || said.key.strip_suffix(self.name.as_str()).is_some_and(|before| before.ends_with('_'));
        same_unit && (said.key == self.name || self.name.contains('_') && ends())
    }
}

impl Wanted {
    /// Whether a setting is a value of the map.
    fn is_map_of(&self, said: &Statement) -> bool {
        let above = said.key.strip_suffix(&format!("_{}", words::normal(&said.name().text)));
        let is = |above: &str| {
            above == self.name || above.strip_suffix(self.name.as_str()).is_some_and(|before| before.ends_with('_'))
        };
        said.unit.folder == self.folder && above.is_some_and(is)
    }
}

/// Whether a reference is one name behind a prefix, and no expression.
fn is_word(name: &str, prefix: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    name.strip_prefix(prefix).is_some_and(|own| !own.is_empty() && own.chars().all(is_part))
}

/// The references that stand where the label of an instance's host does.
fn in_labels(value: &Value) -> Vec<&Reference> {
    let is_part = |piece: &Piece| matches!(piece, Piece::Text(text) if text.expose().contains("fin.ag"));
    if value.pieces.len() < 2 || !value.pieces.iter().any(is_part) {
        return Vec::new();
    }
    let mut shown = String::new();
    let mut holes: Vec<(usize, &Reference)> = Vec::new();
    for piece in &value.pieces {
        match piece {
            Piece::Text(text) => shown.push_str(text.expose()),
            Piece::Reference(reference) => {
                holes.push((shown.len(), reference));
                shown.push(HOLE);
            }
        }
    }
    let labels = hosts::find(&shown).into_iter().filter_map(|host| {
        let front = host.name.find('.').unwrap_or(host.name.len());
        matches!(host.kind, HostKind::Instance { label: None, .. })
            .then_some(host.range.start..host.range.start + front)
    });
    let labels: Vec<std::ops::Range<usize>> = labels.collect();
    let is_label = |(at, _): &(usize, &Reference)| labels.iter().any(|label| label.contains(at));
    let named = holes.into_iter().filter(is_label).map(|(_, reference)| reference);
    // A column of a matrix is an expression, and one that the file defines.
    let is_name = |reference: &&Reference| {
        reference.kind == ReferenceKind::Named || is_word(&reference.name, "matrix.") || reference.name.ends_with(".*")
    };
    named.filter(is_name).collect()
}
