//! TypeORM and MikroORM without decorators: `EntitySchema`, and migrations by `queryRunner`.

use super::node::{Unsaid, fields, is_required, of_options};
use super::{ECMASCRIPT, Made, Mapper, Seen, change, field, target};
use crate::fact::{Change, Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper =
    Mapper { name: "TypeORM", languages: ECMASCRIPT, signs: &["EntitySchema", "defineEntity", "unner."], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        let Some(name) = call.name() else { continue };
        if matches!(name.value, "EntitySchema" | "defineEntity") {
            entity(call, node, seen, facts);
        } else if call
            .object()
            .and_then(Node::word)
            .is_some_and(|object| object.value.to_lowercase().ends_with("runner"))
        {
            migrate(name.value, call, seen, facts);
        }
    }
}

/// `new EntitySchema({ name, tableName, columns: { … }, relations: { … } })`
fn entity(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(options) = call.positional().next().map(|node| seen.follow(node)) else { return };
    let text = |key: &str| options.entry(&[key]).and_then(|node| seen.text(node));
    let class = || options.entry(&["class"]).and_then(Node::word);
    let Some(name) = text("name").or_else(class).or_else(|| text("tableName")) else { return };
    let inner = |key: &str| options.entry(&[key]).map(|node| seen.follow(node));
    let mut all = inner("columns").map_or(Vec::new(), |map| fields(map, Unsaid::Required, seen));
    let properties = inner("properties").map(|map| match &map.is {
        Is::Function(function) => &function.body,
        _ => map,
    });
    all.extend(properties.into_iter().flat_map(Node::entries).map(|(name, value)| property(name, value)));
    let relations = inner("relations").into_iter().flat_map(Node::entries);
    all.extend(relations.filter_map(|(name, options)| relation(name, options)));
    let made = Made { stored_as: text("tableName"), schema: text("schema"), ..Made::new(RecordKind::Model, name, all) };
    seen.create(made, node, facts);
}

/// `{ type: 'string', fieldName: 'login_id' }`, `p.string().nullable()`
fn property(name: Spanned<String>, value: &Node) -> Field {
    if matches!(value.is, Is::Map(_)) {
        return of_options(name, value, Unsaid::Required);
    }
    let chain = super::links(value);
    let mut found = field(name);
    found.required = Some(!chain.iter().any(|call| call.is_called("nullable")));
    let stored = chain.iter().find(|call| matches!(call.name().map(|name| name.value), Some("fieldName" | "name")));
    found.stored_as = stored.and_then(|call| call.positional().next()?.word());
    let Some(root) = chain.last() else { return found };
    if matches!(root.name().map(|name| name.value), Some("manyToOne" | "oneToOne")) {
        found.references = root.positional().next().and_then(|node| target(node, false));
    }
    found.type_name = root.name().map(|name| name.value.to_lowercase());
    found
}

fn relation(name: Spanned<String>, options: &Node) -> Option<Field> {
    let kind = options.entry(&["type"])?.word()?.value;
    let column = options.entry(&["joinColumn"]);
    if !(kind == "many-to-one" || kind == "one-to-one" && column.is_some()) {
        return None;
    }
    let mut found = field(name);
    found.required = Some(is_required(options).unwrap_or(false));
    found.stored_as = column.and_then(|column| column.entry(&["name"])?.word());
    found.references = options.entry(&["target"]).and_then(|node| target(node, false));
    Some(found)
}

fn migrate(name: &str, call: &Call, seen: &Seen<'_>, facts: &mut Facts) {
    let given: Vec<&Node> = call.positional().map(|node| seen.follow(node)).collect();
    let Some(first) = given.first() else { return };
    if name == "createTable" {
        return create_table(first, seen, facts);
    }
    let Some(table) = seen.text(first) else { return };
    let word = |at: usize| given.get(at).and_then(|node| options(node).entry(&["name"]).unwrap_or(node).word());
    match name {
        "addColumn" => {
            if let Some(added) = given.get(1).and_then(|node| column(options(node))) {
                change(&table, Change::AddField(added), facts);
            }
        }
        "addColumns" | "dropColumns" => {
            let Some(Is::List(items)) = given.get(1).map(|node| &node.is) else { return };
            for item in items {
                let said = match name {
                    "addColumns" => column(options(item)).map(Change::AddField),
                    _ => options(item).entry(&["name"]).unwrap_or(item).word().map(Change::DropField),
                };
                said.into_iter().for_each(|said| change(&table, said, facts));
            }
        }
        "dropColumn" => word(1).into_iter().for_each(|name| change(&table, Change::DropField(name), facts)),
        "renameColumn" => {
            if let (Some(from), Some(to)) = (word(1), word(2)) {
                change(&table, Change::RenameField { from, to }, facts);
            }
        }
        "changeColumn" => {
            if let Some(said) = given.get(2).and_then(|node| column(options(node))) {
                let (name, required, references) = (said.name, said.required, said.references);
                change(&table, Change::AlterField { name, required, references }, facts);
            }
        }
        "createForeignKey" => given.get(1).into_iter().for_each(|node| foreign_key(&table, options(node), facts)),
        "renameTable" => word(1).into_iter().for_each(|to| change(&table, Change::RenameTo(to), facts)),
        "dropTable" => change(&table, Change::Drop, facts),
        _ => {}
    }
}

/// The map of `new TableColumn({ … })`.
fn options(node: &Node) -> &Node {
    node.call().and_then(|call| call.positional().next()).unwrap_or(node)
}

fn create_table(node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let options_ = options(node);
    let Some(name) = options_.entry(&["name"]).and_then(|node| seen.text(node)) else { return };
    let list = |key: &str| match options_.entry(&[key]).map(|node| &seen.follow(node).is) {
        Some(Is::List(items)) => items.as_slice(),
        _ => &[],
    };
    let columns = list("columns").iter().filter_map(|node| column(options(node))).collect();
    let made = Made {
        schema: options_.entry(&["schema"]).and_then(|node| seen.text(node)),
        ..Made::new(RecordKind::Table, name.clone(), columns)
    };
    seen.create(made, node, facts);
    list("foreignKeys").iter().for_each(|node| foreign_key(&name, options(node), facts));
}

/// `{ name: 'login_id', type: 'uuid', isNullable: true }`
fn column(options: &Node) -> Option<Field> {
    let name = options.entry(&["name"])?.word()?;
    let mut found = field(name);
    found.type_name = options.entry(&["type"]).and_then(Node::word).map(|word| word.value.to_lowercase());
    found.required = Some(is_required(options).unwrap_or(true));
    Some(found)
}

fn foreign_key(table: &Spanned<String>, options: &Node, facts: &mut Facts) {
    let columns = match options.entry(&["columnNames"]).map(|node| &node.is) {
        Some(Is::List(items)) => items.as_slice(),
        _ => &[],
    };
    let to = options.entry(&["referencedTableName"]).and_then(Node::word);
    if let ([only], Some(to)) = (columns, to)
        && let Some(name) = only.word()
    {
        change(table, Change::AlterField { name, required: None, references: Some(to) }, facts);
    }
}
