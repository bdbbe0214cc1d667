//! Names of a component's options: what `data`, `computed` and `setup` give is used by its bare name elsewhere in it.

use std::collections::HashMap;

use crate::fact::{Facts, Piece, ReferenceKind, Value};

/// Gives every bare name of a member of `export default { … }` the path that leads to it.
pub fn members(facts: &mut Facts) {
    let mut members: HashMap<String, String> = HashMap::new();
    let mut own: Vec<String> = Vec::new();
    for setting in &facts.settings {
        let names: Vec<&str> = setting.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
        match names.as_slice() {
            ["default", group, name, ..] if GROUPS.contains(group) => {
                members.entry((*name).to_owned()).or_insert_with(|| format!("default.{group}.{name}"));
            }
            [first, ..] => own.push((*first).to_owned()),
            [] => {}
        }
    }
    members.retain(|name, _| !own.contains(name));
    if members.is_empty() {
        return;
    }
    for setting in &mut facts.settings {
        lead(&mut setting.value, &members);
    }
}

const GROUPS: &[&str] = &["data", "computed", "setup", "methods", "props", "asyncData"];

fn lead(value: &mut Value, members: &HashMap<String, String>) {
    for piece in &mut value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        if let Some(fallback) = &mut reference.fallback {
            lead(fallback, members);
        }
        if reference.kind != ReferenceKind::Symbol {
            continue;
        }
        let (first, rest) = reference.name.split_once('.').map_or((&*reference.name, None), |(a, b)| (a, Some(b)));
        if let Some(full) = members.get(first) {
            let rest = rest.map_or(String::new(), |rest| format!(".{rest}"));
            reference.name = format!("{full}{rest}").into();
        }
    }
}
