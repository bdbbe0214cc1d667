//! Units with items that set nothing differently are one unit.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fact::Piece;
use crate::model::statements::Statement;
use crate::model::units::Unit;
use crate::vocabulary::Environment;

/// What an item sets in which environment.
type Values<'s> = HashMap<(&'s str, Option<Environment>), String>;

/// Items of one folder that set the same names to the same values are one unit with the folder itself.
pub(super) fn fold(statements: &[Statement]) -> HashMap<Unit, Unit> {
    let mut items: BTreeMap<&str, BTreeMap<&Unit, Values<'_>>> = BTreeMap::new();
    for said in statements.iter().filter(|said| said.unit.item.is_some() && said.flinks) {
        let environment = said.environment.as_ref().map(|saying| saying.environment);
        let values = items.entry(&said.unit.folder).or_default().entry(&said.unit).or_default();
        values.insert((&said.key, environment), shape(said));
    }
    let conflicting: HashSet<&str> = items
        .into_iter()
        .filter(|(_, units)| {
            let mut seen: HashMap<&(&str, Option<Environment>), &String> = HashMap::new();
            units.values().flatten().any(|(key, value)| seen.insert(key, value).is_some_and(|other| other != value))
        })
        .map(|(folder, _)| folder)
        .collect();
    let mut folded = HashMap::new();
    for said in statements.iter().filter(|said| said.unit.item.is_some()) {
        let folder = &said.unit.folder;
        if !conflicting.contains(folder.as_str()) {
            folded.insert(said.unit.clone(), Unit { folder: folder.clone(), item: None });
        }
    }
    folded
}

/// A value in a form that two equal ones share.
pub(super) fn shape(said: &Statement) -> String {
    said.value
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(reference) => format!("\u{0}{}", reference.name),
        })
        .collect()
}
