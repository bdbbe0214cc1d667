//! Documents that are written: items of DynamoDB, documents of Firestore and MongoDB, hashes of Redis.

use super::{DEPTH, Fields, Row, keys};
use crate::fact::RecordKind;
use crate::readers::code::records::{Seen, links};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

/// DynamoDB: `{ TableName: 'links', Item: { … } }`, `table.put_item(Item={ … })`.
pub(super) fn item(call: &Call, seen: &Seen<'_>) -> Option<Row> {
    let item = call.named(&["Item", "item"]).map(|node| seen.follow(node))?;
    let said = call.named(&["TableName", "tableName", "table_name"]);
    let table = match said {
        Some(node) => seen.text(node).or_else(|| outside(node))?,
        None => {
            let object = seen.follow(call.object()?);
            let made = links(object).into_iter().find(|call| call.is_called("Table"))?;
            let first = made.positional().next()?;
            seen.text(first).or_else(|| outside(first))?
        }
    };
    let mut fields = Fields { seen, nested: true, found: Vec::new(), is_open: false };
    fields.take(item, DEPTH);
    Some(Row { kind: RecordKind::Document, target: table, is_open: fields.is_open, fields: fields.found })
}

/// The name of a table that the environment names: `process.env.LINKS_TABLE`.
pub(super) fn outside(node: &Node) -> Option<Spanned<String>> {
    match &node.is {
        Is::Either(left, _) => outside(left),
        Is::Index(_, key) => key.word(),
        Is::Call(call) => call.positional().next()?.word(),
        _ => node.word(),
    }
}

/// Firestore's functions: `setDoc(doc(db, 'links', id), { … })`, `addDoc(collection(db, 'links'), { … })`.
pub(super) fn document(name: &str, call: &Call, seen: &Seen<'_>) -> Option<Row> {
    if !matches!(name, "setDoc" | "addDoc" | "updateDoc") {
        return None;
    }
    let mut given = call.positional();
    let place = seen.follow(given.next()?);
    // `doc(db, 'users', uid, 'links', id)`: the last one that is named.
    let named = links(place).into_iter().flat_map(Call::positional).filter_map(|node| seen.text(node));
    let collection = named.last()?;
    let mut fields = Fields { seen, nested: true, found: Vec::new(), is_open: false };
    fields.take(seen.follow(given.next()?), DEPTH);
    if !fields.found.is_empty() {
        fields.found.extend(links(place).into_iter().flat_map(Call::positional).find_map(keys::named));
    }
    Some(Row { kind: RecordKind::Document, target: collection, is_open: fields.is_open, fields: fields.found })
}

/// Redis: `hset('flinks:conn:' + id, { … })`, `hset(key, 'login_id', loginId, …)`, `hset(key, mapping={ … })`.
pub(super) fn hash(name: &str, call: &Call, seen: &Seen<'_>) -> Option<Row> {
    let name = name.to_ascii_lowercase();
    if !matches!(
        name.as_str(),
        "hset" | "hmset" | "hset_multiple" | "hashset" | "hashsetasync" | "mapped_hmset" | "putall"
    ) {
        return None;
    }
    let given: Vec<&Node> = call.positional().collect();
    // Go's context stands before the key.
    let (at, key) = given.iter().enumerate().find_map(|(at, node)| Some((at, beginning(seen.follow(node))?)))?;
    let mut fields = Fields { seen, nested: false, found: Vec::new(), is_open: false };
    let above = keys::origin(seen.follow(given[at]));
    if let Some(mapping) = call.named(&["mapping"]) {
        fields.take(seen.follow(mapping), DEPTH);
    }
    match given.get(at + 1).map(|node| seen.follow(node)) {
        Some(map) if matches!(map.is, Is::Map(_) | Is::List(_)) => fields.take(map, DEPTH),
        _ => {
            for pair in given.get(at + 1..).unwrap_or_default().chunks_exact(2) {
                if let Some(name) = pair[0].text() {
                    fields.put(Spanned::new(name.expose().to_owned(), name.span()), pair[1], DEPTH);
                }
            }
        }
    }
    if !fields.found.is_empty() {
        fields.found.extend(above);
    }
    Some(Row { kind: RecordKind::Document, target: key, is_open: fields.is_open, fields: fields.found })
}

/// The constant part that a key begins with, without the sign behind it.
pub(super) fn beginning(node: &Node) -> Option<Spanned<String>> {
    let text = match &node.is {
        Is::Text(text) => text.clone(),
        Is::Template(parts) | Is::Join(parts) => parts.first()?.text()?.clone(),
        _ => return None,
    };
    let length = text.expose().trim_end_matches([':', '/', '-', '_', '.']).len();
    let text = text.part(0..length);
    (!text.is_empty()).then(|| Spanned::new(text.expose().to_owned(), text.span()))
}
