//! Rust: Diesel's `table!`, SeaORM's models.

use super::{Made, Mapper, Seen, field};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper =
    Mapper { name: "Diesel, SeaORM", languages: &["Rust"], signs: &["table!", "joinable!", "sea_orm"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        match call.name().map(|name| name.value) {
            Some("table") if call.block.is_none() => table(call, node, seen, facts),
            _ => {}
        }
    }
    for (class, node) in seen.classes() {
        let marks = class.marks.iter().filter_map(Node::call);
        let said = marks
            .filter(|call| call.is_called("sea_orm"))
            .find_map(|call| call.named(&["table_name"]))
            .and_then(|node| seen.text(node));
        let Some(stored) = said else { continue };
        let fields = class.body.iter().filter_map(|node| match &node.is {
            Is::Bind(bind) => {
                let own = bind.target.word()?;
                let of_column = |mark: &Node| {
                    let call = mark.call().filter(|call| call.is_called("sea_orm"))?;
                    call.named(&["column_name"]).and_then(|node| seen.text(node))
                };
                let stored_as = bind.marks.iter().find_map(of_column);
                let written = bind.type_name.as_ref().map_or("", |own| own.value.as_str());
                let required = Some(!written.starts_with("Option"));
                Some(Field { stored_as, required, type_name: Some(written.to_lowercase()), ..field(own) })
            }
            _ => None,
        });
        // SeaORM calls every model `Model`: its table tells them apart.
        let made = Made::new(RecordKind::Model, stored, fields.collect());
        seen.create(made, node, facts);
    }
}

/// `us.links (id) { id -> Uuid, login_id -> Varchar, }`
fn table(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    for argument in &call.arguments {
        let Some(inner) = argument.value.call() else { continue };
        let (Some(name), Some(block)) = (inner.name(), &inner.block) else { continue };
        let Is::Map(items) = &block.is else { continue };
        let mut fields: Vec<Field> = Vec::new();
        let mut stored: Option<Spanned<String>> = None;
        for item in items {
            match &item.is {
                Is::Pair(key, value) => {
                    let Some(own) = key.word() else { continue };
                    let kind = seen.source.slice(value.span);
                    let is_nullable = kind.starts_with("Nullable")
                        || value.walk().any(|node| matches!(&node.is, Is::Name(name) if &**name == "Nullable"));
                    let type_name = value.walk().filter_map(Node::word).last().map(|word| word.value.to_lowercase());
                    fields.push(Field {
                        stored_as: stored.take(),
                        required: Some(!is_nullable),
                        type_name,
                        ..field(own)
                    });
                }
                // `#[sql_name = "login_id"]`
                _ => stored = item.walk().find_map(|node| seen.text(node)),
            }
        }
        for (key, to) in joined(name.value, seen) {
            fields
                .iter_mut()
                .filter(|field| field.name.value == key)
                .for_each(|field| field.references = Some(to.clone()));
        }
        let mut made = Made::new(RecordKind::Table, Spanned::new(name.value.to_owned(), name.span), fields);
        made.schema = inner.object().and_then(Node::word);
        seen.create(made, node, facts);
    }
}

/// The parents of a table by the columns that keep them: `joinable!(links -> users (user_id))`.
fn joined(table: &str, seen: &Seen<'_>) -> Vec<(String, Spanned<String>)> {
    let mut found = Vec::new();
    for (call, _) in seen.calls().into_iter().filter(|(call, _)| call.is_called("joinable")) {
        for argument in &call.arguments {
            let Some(to) =
                argument.value.call().filter(|_| argument.name.as_ref().is_some_and(|own| &*own.text == table))
            else {
                continue;
            };
            if let (Some(name), Some(key)) = (to.name(), to.positional().next().and_then(Node::word)) {
                found.push((key.value, Spanned::new(name.value.to_owned(), name.span)));
            }
        }
    }
    found
}
