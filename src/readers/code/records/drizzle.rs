//! Drizzle: tables as constants, columns as chains of calls.

use super::{ECMASCRIPT, Made, Mapper, Seen, field, links, target};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper = Mapper { name: "Drizzle", languages: ECMASCRIPT, signs: &["drizzle-orm"], read };

const TABLES: &[&str] =
    &["pgTable", "mysqlTable", "sqliteTable", "singlestoreTable", "gelTable", "cockroachTable", "mssqlTable"];
const SCHEMAS: &[&str] = &["pgSchema", "mysqlSchema", "cockroachSchema", "mssqlSchema"];

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for node in seen.nodes() {
        let Is::Bind(bind) = &node.is else { continue };
        let Some((own, call)) = bind.target.word().zip(bind.value.as_ref()) else { continue };
        // `pgTable(…).enableRLS()`
        let Some(call) = links(call).last().copied() else { continue };
        let Some(in_schema) = makes_table(call, seen) else { continue };
        let mut given = call.positional();
        let (Some(name), Some(columns)) = (given.next().and_then(|node| seen.text(node)), given.next()) else {
            continue;
        };
        let made = Made {
            stored_as: Some(name),
            schema: in_schema,
            ..Made::new(RecordKind::Model, own, columns_of(columns, seen))
        };
        seen.create(made, node, facts);
    }
}

/// Whether a call makes a table, and in which schema.
fn makes_table(call: &Call, seen: &Seen<'_>) -> Option<Option<Spanned<String>>> {
    let name = call.name()?.value;
    if TABLES.contains(&name) {
        return Some(None);
    }
    let made_by = |node: &Node, wanted: &[&str]| -> bool {
        seen.follow(node).call().and_then(Call::name).is_some_and(|name| wanted.contains(&name.value))
    };
    match call.object() {
        // `export const us = pgSchema('us'); us.table('x', …)`
        Some(object) if name == "table" && made_by(object, SCHEMAS) => {
            let schema = seen.follow(object).call()?.positional().next();
            Some(schema.and_then(|node| seen.text(node)))
        }
        // `const createTable = pgTableCreator((name) => `app_${name}`)`
        None => {
            let creator = seen.follow(&call.callee).call()?.name()?.value;
            creator.ends_with("TableCreator").then_some(None)
        }
        _ => None,
    }
}

/// `{ … }`, `(t) => ({ … })`
fn columns_of(node: &Node, seen: &Seen<'_>) -> Vec<Field> {
    let map = match &node.is {
        Is::Function(function) => &function.body,
        _ => seen.follow(node),
    };
    let Is::Map(items) = &map.is else { return Vec::new() };
    let mut found = Vec::new();
    for item in items {
        match &item.is {
            Is::Pair(key, value) => found.extend(key.word().and_then(|name| column(name, seen.follow(value)))),
            Is::Spread(inner) => found.extend(columns_of(inner, seen)),
            _ => {}
        }
    }
    found
}

fn column(name: Spanned<String>, value: &Node) -> Option<Field> {
    let chain = links(value);
    let root = chain.last()?;
    let mut found = field(name);
    let stored = root.positional().next().and_then(|node| node.text());
    found.stored_as = stored.map(|text| Spanned::new(text.expose().to_owned(), text.span()));
    found.type_name = root.name().map(|name| name.value.to_lowercase());
    let says = |wanted: &[&str]| chain.iter().any(|call| wanted.iter().any(|word| call.is_called(word)));
    found.required = Some(says(&["notNull", "primaryKey"]));
    let refers = chain.iter().find(|call| call.is_called("references"));
    found.references = refers.and_then(|call| target(call.positional().next()?, true));
    Some(found)
}
