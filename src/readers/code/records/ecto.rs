//! Ecto: schemas and migrations.

use super::{Made, Mapper, Seen, change_in, field, schema, target, truth};
use crate::fact::{Change, Facts, Field, RecordKind, ScopeId};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::{Span, Spanned};

pub const MAPPER: Mapper =
    Mapper { name: "Ecto", languages: &["Elixir"], signs: &["schema ", "schema(", "table(", "Ecto.Migration"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        module(class, node, seen, facts);
    }
    for (call, node) in seen.calls() {
        migrate(call, node, seen, facts);
    }
}

/// The calls that stand directly in a block.
fn calls(block: &Node) -> Vec<&Call> {
    match &block.is {
        Is::Group(nodes) => nodes.iter().filter_map(Node::call).collect(),
        Is::Function(function) => calls(&function.body),
        _ => block.call().into_iter().collect(),
    }
}

/// `schema "bank_connections" do … end` in its module.
fn module(class: &Class, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = &class.name else { return };
    let own = name.text.rsplit('.').next().unwrap_or(&name.text);
    let start = name.span.end as usize - own.len();
    let own = Spanned::new(own.to_owned(), Span::new(name.span.file, start, start + own.len()));
    for call in class.body.iter().filter_map(Node::call) {
        let kind = match call.name().map(|name| name.value) {
            Some("schema" | "typed_schema") => RecordKind::Model,
            Some("embedded_schema" | "typed_embedded_schema") => RecordKind::Part,
            _ => continue,
        };
        let Some(block) = &call.block else { continue };
        let mut made = Made::new(kind, own.clone(), Vec::new());
        made.stored_as = call.positional().next().and_then(|node| seen.text(node));
        let prefix = class.body.iter().find_map(|node| match &node.is {
            Is::Bind(bind) if bind.target.word().is_some_and(|word| word.value == "schema_prefix") => {
                bind.value.as_ref()
            }
            _ => None,
        });
        made.schema = prefix.and_then(|node| seen.text(node));
        let required = required(node);
        calls(block).into_iter().for_each(|call| member(call, &required, &mut made));
        seen.create(made, node, facts);
    }
}

/// The names that a changeset requires.
fn required(module: &Node) -> Vec<&str> {
    let calls = module.walk().filter_map(Node::call).filter(|call| call.is_called("validate_required"));
    let lists = calls.flat_map(Call::positional).filter_map(|node| match &node.is {
        Is::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().filter_map(|item| Some(item.text()?.expose())).collect()
}

fn member(call: &Call, required: &[&str], made: &mut Made) {
    let Some(name) = call.positional().next().and_then(Node::text) else { return };
    let name = Spanned::new(name.expose().to_owned(), name.span());
    match call.name().map(|name| name.value) {
        Some("field") => {
            let mut found = field(name);
            let kind = call.positional().nth(1).and_then(super::node::type_name);
            // A library's type (`Encrypted.Binary`) holds what it is made of.
            found.type_name = kind.filter(|_| call.positional().nth(1).and_then(Node::text).is_some());
            found.stored_as = call.named(&["source"]).and_then(Node::word);
            let is_required =
                required.contains(&found.name.value.as_str()) || call.named(&["null"]).and_then(truth) == Some(false);
            found.required = Some(is_required);
            made.fields.push(found);
        }
        Some("belongs_to") => {
            let to = call.positional().nth(1).and_then(|node| target(node, false));
            let key = call.named(&["foreign_key"]).and_then(Node::word);
            let id = key.as_ref().map_or(format!("{}_id", name.value), |key| key.value.clone());
            let is_required = required.contains(&id.as_str())
                || required.contains(&name.value.as_str())
                || call.named(&["null"]).and_then(truth) == Some(false);
            let stored = key.unwrap_or_else(|| Spanned::new(id, name.span));
            made.fields.push(Field {
                stored_as: Some(stored),
                references: to,
                required: Some(is_required),
                ..field(name)
            });
        }
        Some("embeds_one" | "embeds_many") => match &call.block {
            Some(block) => calls(block).into_iter().for_each(|call| member(call, required, made)),
            None => made.inherits.extend(call.positional().nth(1).and_then(|node| target(node, false))),
        },
        _ => {}
    }
}

/// `table(:bank_connections, prefix: "us")`
fn table(node: &Node, seen: &Seen<'_>, facts: &mut Facts) -> Option<(Spanned<String>, ScopeId)> {
    let call = node.call().filter(|call| call.is_called("table"))?;
    let name = seen.text(call.positional().next()?)?;
    Some((name, schema(call.named(&["prefix"]).and_then(|node| seen.text(node)), facts)))
}

fn migrate(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name().map(|name| name.value) else { return };
    if !matches!(name, "create" | "create_if_not_exists" | "alter" | "rename" | "drop" | "drop_if_exists") {
        return;
    }
    let Some((table_name, scope)) = call.positional().next().and_then(|node| table(node, seen, facts)) else { return };
    let steps = || call.block.as_ref().map_or(Vec::new(), calls);
    match name {
        "create" | "create_if_not_exists" => {
            let mut fields: Vec<Field> = steps().into_iter().filter_map(column).collect();
            let options = call.positional().next().and_then(Node::call);
            if options.and_then(|call| call.named(&["primary_key"])).and_then(truth) != Some(false) {
                fields
                    .insert(0, Field { required: Some(true), ..field(Spanned::new("id".to_owned(), table_name.span)) });
            }
            let change = Change::Create { fields, inherits: Vec::new(), copies: Vec::new() };
            let comment = seen.about(node);
            facts.records.push(crate::fact::Record {
                scope,
                kind: RecordKind::Table,
                name: table_name,
                stored_as: None,
                change,
                comment,
            });
        }
        "alter" => {
            for step in steps() {
                let said = match step.name().map(|name| name.value) {
                    Some("add" | "add_if_not_exists") => column(step).map(Change::AddField),
                    Some("remove" | "remove_if_exists") => {
                        step.positional().next().and_then(Node::word).map(Change::DropField)
                    }
                    Some("modify") => column(step).map(|said| Change::AlterField {
                        // Without a word of it, it stays as it was.
                        required: step.named(&["null"]).and_then(truth).map(|may| !may),
                        name: said.name,
                        references: said.references,
                    }),
                    _ => None,
                };
                said.into_iter().for_each(|said| change_in(scope, &table_name, said, facts));
            }
        }
        "rename" => {
            let to = call.named(&["to"]);
            let said = match (call.positional().nth(1).and_then(Node::word), to) {
                (Some(from), Some(to)) => to.word().map(|to| Change::RenameField { from, to }),
                (None, Some(to)) => table(to, seen, facts).map(|(to, _)| Change::RenameTo(to)),
                _ => None,
            };
            said.into_iter().for_each(|said| change_in(scope, &table_name, said, facts));
        }
        _ => change_in(scope, &table_name, Change::Drop, facts),
    }
}

/// `add :user_id, references(:users), null: false`
fn column(call: &Call) -> Option<Field> {
    if !matches!(call.name()?.value, "add" | "add_if_not_exists" | "modify") {
        return None;
    }
    let name = call.positional().next()?.text()?;
    let mut found = field(Spanned::new(name.expose().to_owned(), name.span()));
    let kind = call.positional().nth(1);
    let refers = kind.and_then(Node::call).filter(|call| call.is_called("references"));
    found.references = refers.and_then(|call| call.positional().next()?.word());
    found.type_name = kind.filter(|_| refers.is_none()).and_then(super::node::type_name);
    let is_key = call.named(&["primary_key"]).and_then(truth) == Some(true);
    found.required = Some(is_key || call.named(&["null"]).and_then(truth) == Some(false));
    Some(found)
}
