//! Objection: classes with a `tableName` and a `jsonSchema`.

use super::{ECMASCRIPT, Made, Mapper, Seen, field};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Class, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper = Mapper { name: "Objection", languages: ECMASCRIPT, signs: &["jsonSchema"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        let (Some(name), Some(schema)) = (&class.name, member(class, "jsonSchema")) else { continue };
        let Some(table) = member(class, "tableName").and_then(|node| seen.text(node)) else { continue };
        let name = Spanned::new(name.text.to_string(), name.span);
        let made = Made { stored_as: Some(table), ..Made::new(RecordKind::Model, name, fields(schema)) };
        seen.create(made, node, facts);
    }
}

/// What a static member is or gives back.
fn member<'c>(class: &'c Class, name: &str) -> Option<&'c Node> {
    class.body.iter().find_map(|node| match &node.is {
        Is::Bind(bind) => bind.target.word().filter(|word| word.value == name).and(bind.value.as_ref()),
        Is::Function(function) if function.name.as_ref().is_some_and(|own| &*own.text == name) => {
            function.body.walk().find_map(|node| match &node.is {
                Is::Return(Some(value)) => Some(&**value),
                _ => None,
            })
        }
        _ => None,
    })
}

fn fields(schema: &Node) -> Vec<Field> {
    let required: Vec<&str> = match schema.entry(&["required"]).map(|node| &node.is) {
        Some(Is::List(items)) => items.iter().filter_map(|item| Some(item.text()?.expose())).collect(),
        _ => Vec::new(),
    };
    let properties = schema.entry(&["properties"]).into_iter().flat_map(Node::entries);
    let one = |(name, options): (Spanned<String>, &Node)| {
        let type_name = options.entry(&["type"]).and_then(Node::word).map(|word| word.value.to_lowercase());
        Field { required: Some(required.contains(&name.value.as_str())), type_name, ..field(name) }
    };
    properties.map(one).collect()
}
