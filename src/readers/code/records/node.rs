//! Fields that a map tells by their options: `{ loginId: { type: STRING, allowNull: false, field: 'login_id' } }`.

use super::{Seen, field, target, truth};
use crate::fact::Field;
use crate::readers::code::syntax::{Is, Node};
use crate::source::Spanned;

/// Fields of one map at most.
const FIELDS: usize = 2_048;

/// Whether a field without a word of it may be null.
#[derive(Clone, Copy, PartialEq)]
pub enum Unsaid {
    Nullable,
    Required,
}

/// The fields that a map tells: those of the maps that it spreads, too.
pub fn fields(map: &Node, unsaid: Unsaid, seen: &Seen<'_>) -> Vec<Field> {
    let Is::Map(items) = &map.is else { return Vec::new() };
    let mut found = Vec::new();
    for item in items {
        match &item.is {
            Is::Pair(key, value) => {
                let Some(name) = key.word() else { continue };
                found.push(of_options(name, seen.follow(value), unsaid));
            }
            Is::Spread(inner) => found.extend(fields(seen.follow(inner), unsaid, seen)),
            _ => {}
        }
        if found.len() > FIELDS {
            break;
        }
    }
    found
}

/// A field and its options.
pub fn of_options(name: Spanned<String>, options: &Node, unsaid: Unsaid) -> Field {
    let mut found = field(name);
    found.required = Some(unsaid == Unsaid::Required);
    if !matches!(options.is, Is::Map(_)) {
        found.type_name = type_name(options);
        return found;
    }
    found.type_name = options.entry(&["type", "columnType"]).and_then(type_name);
    let stored = options.entry(&["field", "fieldName", "columnName", "name", "db_name"]);
    found.stored_as =
        stored.and_then(|node| node.text()).map(|text| Spanned::new(text.expose().to_owned(), text.span()));
    found.required = is_required(options).or(found.required);
    let model =
        options.entry(&["references"]).map(|to| to.entry(&["model", "table", "tableName", "key"]).unwrap_or(to));
    let refers = model.or_else(|| options.entry(&["ref", "entity", "target", "model"]));
    found.references = refers.and_then(|to| target(to.entry(&["tableName"]).unwrap_or(to), false));
    found
}

/// What options say of whether a field may be null.
pub fn is_required(options: &Node) -> Option<bool> {
    let no = |keys: &[&str]| options.entry(keys).and_then(truth).map(|may| !may);
    no(&["allowNull", "nullable", "isNullable", "null", "optional"])
        .or_else(|| options.entry(&["required", "notNull"]).and_then(truth))
        .or_else(|| options.entry(&["primaryKey", "primary", "isPrimary"]).and_then(truth).filter(|is| *is))
}

/// The type as it is written: `DataTypes.STRING(64)` → `string`, `'varchar'`.
pub fn type_name(node: &Node) -> Option<String> {
    let name = match &node.is {
        Is::Call(call) => return type_name(&call.callee),
        Is::List(items) => return items.first().and_then(type_name).map(|name| format!("{name}[]")),
        Is::Map(_) => return node.entry(&["type"]).and_then(type_name),
        _ => node.word()?.value,
    };
    Some(name.to_lowercase())
}
