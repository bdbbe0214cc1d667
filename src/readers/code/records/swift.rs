//! Swift: SwiftData's models, GRDB's tables.

use super::{Made, Mapper, Seen, change, field, links, mark_name};
use crate::fact::{Change, Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::{Span, Spanned};

pub const MAPPER: Mapper =
    Mapper { name: "SwiftData, GRDB", languages: &["Swift"], signs: &["@Model", "table:", "PersistableRecord"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        if let Some(made) = model(class, seen) {
            seen.create(made, node, facts);
        }
    }
    for (call, node) in seen.calls() {
        let name = call.name().map(|name| name.value);
        let Some(table) = call.named(&["table"]).and_then(|node| seen.text(node)) else { continue };
        match (name, &call.block) {
            (Some("create"), Some(block)) => {
                let fields = columns(block, seen).into_iter().filter_map(|change| match change {
                    Change::AddField(field) => Some(field),
                    _ => None,
                });
                let fields = fields.collect();
                seen.create(Made::new(RecordKind::Table, table, fields), node, facts);
            }
            (Some("alter"), Some(block)) => {
                columns(block, seen).into_iter().for_each(|said| change(&table, said, facts));
            }
            (Some("drop"), _) => change(&table, Change::Drop, facts),
            _ => {}
        }
    }
}

fn model(class: &Class, seen: &Seen<'_>) -> Option<Made> {
    let name = class.name.as_ref()?;
    let has = |marks: &[Node], wanted: &[&str]| {
        marks.iter().any(|mark| mark_name(mark).is_some_and(|name| wanted.contains(&name.value.as_str())))
    };
    let is_model = has(&class.marks, &["Model"]);
    let is_row = class
        .bases
        .iter()
        .filter_map(Node::word)
        .any(|base| matches!(base.value.as_str(), "PersistableRecord" | "MutablePersistableRecord"));
    if !is_model && !is_row {
        return None;
    }
    let mut made = Made::new(RecordKind::Model, Spanned::new(name.text.to_string(), name.span), Vec::new());
    for node in &class.body {
        let Is::Bind(bind) = &node.is else { continue };
        let Some(own) = bind.target.word() else { continue };
        if own.value == "databaseTableName" {
            made.stored_as = bind.value.as_ref().and_then(|node| seen.text(node));
            continue;
        }
        let written = bind.type_name.as_ref();
        let kind = written.map_or("", |own| own.value.as_str());
        if has(&bind.marks, &["Transient", "static"]) || kind.starts_with('[') {
            continue;
        }
        let required = Some(!kind.ends_with('?') && !kind.starts_with("Optional"));
        let mut found = Field { required, type_name: written.map(|own| own.value.to_lowercase()), ..field(own) };
        // `@Attribute(originalName: "login_id")`
        let attribute = bind.marks.iter().filter_map(Node::call).find(|call| call.is_called("Attribute"));
        found.stored_as = attribute.and_then(|call| call.named(&["originalName"])).and_then(|node| seen.text(node));
        // What is no value of the language's own may be another model.
        let bare = kind.trim_end_matches(['?', '!']);
        const VALUES: &[&str] =
            &["String", "UUID", "Date", "Int", "Int64", "Bool", "Double", "Data", "URL", "Decimal", "Float"];
        let is_relation = has(&bind.marks, &["Relationship"])
            || seen.classes().iter().any(|(other, _)| {
                other.name.as_ref().is_some_and(|name| *name.text == *bare) && has(&other.marks, &["Model"])
            });
        if let Some(written) = written.filter(|_| is_relation && !VALUES.contains(&bare)) {
            let start = written.span.start as usize;
            found.references =
                Some(Spanned::new(bare.to_owned(), Span::new(written.span.file, start, start + bare.len())));
        }
        made.fields.push(found);
    }
    (!made.fields.is_empty()).then_some(made)
}

/// `t.column("loginId", .text).notNull()`, `t.belongsTo("user").notNull()`, `t.add(column: "country", .text)`
fn columns(block: &Node, seen: &Seen<'_>) -> Vec<Change> {
    let body = match &block.is {
        Is::Function(function) => &function.body,
        _ => block,
    };
    let mut found = Vec::new();
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        let chain = links(node);
        match chain.last().filter(|root| root.object().is_some_and(|object| matches!(object.is, Is::Name(_)))) {
            Some(root) => found.extend(column(root, &chain, seen)),
            None => open.extend(node.children().into_iter().rev()),
        }
    }
    found
}

fn column(root: &Call, chain: &[&Call], seen: &Seen<'_>) -> Option<Change> {
    let kind = root.name()?.value;
    let name = root.named(&["column"]).or_else(|| root.positional().next()).and_then(|node| seen.text(node))?;
    let says = |wanted: &[&str]| chain.iter().any(|call| wanted.iter().any(|name| call.is_called(name)));
    let refers =
        chain.iter().find(|call| call.is_called("references")).and_then(|call| seen.text(call.positional().next()?));
    let mut found = Field {
        required: Some(says(&["notNull", "primaryKey", "autoIncrementedPrimaryKey"])),
        references: refers,
        ..field(name.clone())
    };
    found.type_name = root.positional().nth(1).and_then(super::node::type_name);
    match kind {
        "column" | "add" | "autoIncrementedPrimaryKey" | "primaryKey" if root.positional().count() < 3 => {
            Some(Change::AddField(found))
        }
        "belongsTo" => {
            let to = root.named(&["inTable"]).and_then(|node| seen.text(node)).unwrap_or_else(|| name.clone());
            found.stored_as = Some(Spanned::new(format!("{}Id", name.value), name.span));
            Some(Change::AddField(Field { references: Some(to), type_name: None, ..found }))
        }
        "rename" => {
            let to = root.named(&["to"]).and_then(|node| seen.text(node))?;
            Some(Change::RenameField { from: name, to })
        }
        "drop" => Some(Change::DropField(name)),
        _ => None,
    }
}
