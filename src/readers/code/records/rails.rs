//! Rails: migrations, `schema.rb`, what models say of their tables and parents; Mongoid's documents.

use super::{Made, Mapper, Seen, change, field, truth};
use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::{Span, Spanned};

pub const MAPPER: Mapper = Mapper {
    name: "Rails",
    languages: &["Ruby"],
    signs: &["_table", "add_", "remove_", "rename_", "change_", "belongs_to", "Mongoid", "enum "],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        if call.object().is_none_or(is_connection) {
            statement(call, node, seen, facts);
        }
    }
    for (class, node) in seen.classes() {
        model(class, node, seen, facts);
    }
}

/// Inside of `reversible`, `safety_assured`: a method of nobody's.
fn is_connection(object: &Node) -> bool {
    object.word().is_some_and(|word| matches!(word.value.as_str(), "self" | "connection" | "ActiveRecord" | "Schema"))
}

fn statement(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name().map(|name| name.value) else { return };
    let given: Vec<&Node> = call.positional().collect();
    let word = |at: usize| {
        given.get(at).and_then(|node| node.text()).map(|text| Spanned::new(text.expose().to_owned(), text.span()))
    };
    let Some(table) = word(0) else { return };
    let said = match name {
        "create_table" => return create(table, call, node, seen, facts),
        "change_table" => {
            let steps = call.block.as_ref().map_or(Vec::new(), steps);
            return steps.into_iter().for_each(|said| change(&table, said, facts));
        }
        "add_column" => word(1).map(|name| vec![Change::AddField(column(name, kind(&given, 2), call))]),
        "add_reference" | "add_belongs_to" => word(1).map(|name| vec![Change::AddField(reference(name, call))]),
        "remove_column" | "remove_columns" => {
            // The type stands behind the name that is removed, and not behind the names.
            let all = if name == "remove_column" { 1 } else { given.len() };
            Some((1..=all.min(given.len().saturating_sub(1))).filter_map(word).map(Change::DropField).collect())
        }
        "remove_reference" | "remove_belongs_to" => {
            word(1).map(|name| vec![Change::DropField(Spanned::new(format!("{}_id", name.value), name.span))])
        }
        "rename_column" => word(1).zip(word(2)).map(|(from, to)| vec![Change::RenameField { from, to }]),
        "rename_table" => word(1).map(|to| vec![Change::RenameTo(to)]),
        "drop_table" => Some(vec![Change::Drop]),
        "change_column_null" => word(1).map(|name| {
            let required = given.get(2).and_then(|node| truth(node)).map(|may| !may);
            vec![Change::AlterField { name, required, references: None }]
        }),
        "add_foreign_key" => word(1).map(|to| {
            let own = call.named(&["column"]).and_then(Node::word);
            let name = own.unwrap_or_else(|| Spanned::new(format!("{}_id", singular(&to.value)), to.span));
            vec![Change::AlterField { name, required: None, references: Some(to) }]
        }),
        _ => None,
    };
    said.into_iter().flatten().for_each(|said| change(&table, said, facts));
}

fn create(table: Spanned<String>, call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let mut fields = Vec::new();
    let mut later = Vec::new();
    for said in call.block.as_ref().map_or(Vec::new(), steps) {
        match said {
            Change::AddField(field) => fields.push(field),
            other => later.push(other),
        }
    }
    if truth_or(call.named(&["id"]), true) {
        let key = call.named(&["primary_key"]).and_then(Node::word);
        let at = call.name().map_or(table.span, |name| name.span);
        let key = key.unwrap_or_else(|| Spanned::new("id".to_owned(), at));
        fields.insert(0, Field { required: Some(true), ..field(key) });
    }
    seen.create(Made::new(RecordKind::Table, table.clone(), fields), node, facts);
    later.into_iter().for_each(|said| change(&table, said, facts));
}

fn truth_or(node: Option<&Node>, unsaid: bool) -> bool {
    node.and_then(truth).unwrap_or(unsaid)
}

/// The statements of `do |t| … end`.
fn steps(block: &Node) -> Vec<Change> {
    let Is::Function(function) = &block.is else {
        return Vec::new();
    };
    let table = function.parameters.first().and_then(|node| match &node.is {
        Is::Bind(bind) => bind.target.word(),
        _ => node.word(),
    });
    let mut found = Vec::new();
    for node in super::up(&function.body) {
        let Some(call) = node.call() else { continue };
        let on_table = match (&table, call.object().and_then(Node::word)) {
            (Some(table), Some(object)) => table.value == object.value,
            // Sequel's block has no parameter: `String :login_id, null: false`.
            (None, None) => true,
            _ => false,
        };
        if on_table {
            found.extend(step(call));
        }
    }
    found
}

fn step(call: &Call) -> Vec<Change> {
    let Some(name) = call.name().map(|name| name.value) else { return Vec::new() };
    let given: Vec<&Node> = call.positional().collect();
    let words: Vec<Spanned<String>> = given
        .iter()
        .filter_map(|node| node.text().map(|text| Spanned::new(text.expose().to_owned(), text.span())))
        .collect();
    const OTHERS: &[&str] = &[
        "index",
        "timestamps",
        "foreign_key",
        "check_constraint",
        "unique_constraint",
        "exclusion_constraint",
        "primary_key",
        "unique",
        "constraint",
        "puts",
        "raise",
    ];
    match name {
        "references" | "belongs_to" => words.into_iter().map(|name| Change::AddField(reference(name, call))).collect(),
        "remove" => words.into_iter().map(Change::DropField).collect(),
        "remove_references" | "remove_belongs_to" => words
            .into_iter()
            .map(|name| Change::DropField(Spanned::new(format!("{}_id", name.value), name.span)))
            .collect(),
        "rename" => match words.as_slice() {
            [from, to] => vec![Change::RenameField { from: from.clone(), to: to.clone() }],
            _ => Vec::new(),
        },
        // `t.change :a, :string`, `t.change_null :a, false`
        "change" | "change_default" => Vec::new(),
        "change_null" => words.first().map_or(Vec::new(), |name| {
            let required = given.get(1).and_then(|node| truth(node)).map(|may| !may);
            vec![Change::AlterField { name: name.clone(), required, references: None }]
        }),
        "column" => {
            words.first().map_or(Vec::new(), |name| vec![Change::AddField(column(name.clone(), kind(&given, 1), call))])
        }
        // Sequel: `foreign_key :user_id, :users, null: false`.
        "foreign_key" if words.len() == 2 => {
            let column = column(words[0].clone(), None, call);
            vec![Change::AddField(Field { references: Some(words[1].clone()), ..column })]
        }
        _ if OTHERS.contains(&name) => Vec::new(),
        _ => words.into_iter().map(|own| Change::AddField(column(own, Some(name.to_lowercase()), call))).collect(),
    }
}

fn kind(given: &[&Node], at: usize) -> Option<String> {
    Some(given.get(at)?.text()?.expose().to_lowercase())
}

fn column(name: Spanned<String>, type_name: Option<String>, call: &Call) -> Field {
    Field { type_name, required: Some(!truth_or(call.named(&["null"]), true)), ..field(name) }
}

/// `t.references :user, null: false, foreign_key: { to_table: :people }`
fn reference(name: Spanned<String>, call: &Call) -> Field {
    let options = call.named(&["foreign_key"]);
    let to = options.and_then(|options| options.entry(&["to_table"])).and_then(Node::word);
    let polymorphic = call.named(&["polymorphic"]).is_some();
    let references = to.or_else(|| Some(name.clone()).filter(|_| !polymorphic));
    let stored = Spanned::new(format!("{}_id", name.value), name.span);
    Field { required: Some(!truth_or(call.named(&["null"]), true)), stored_as: Some(stored), references, ..field(name) }
}

fn model(class: &Class, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = &class.name else { return };
    let own = name.text.rsplit("::").next().unwrap_or(&name.text);
    let start = name.span.end as usize - own.len();
    let name = Spanned::new(own.to_owned(), Span::new(name.span.file, start, start + own.len()));
    let is_record = class
        .bases
        .iter()
        .filter_map(Node::word)
        .any(|base| base.value.ends_with("Record") || base.value == "Base" || base.value.ends_with("Model"));
    let calls: Vec<&Call> = class.body.iter().filter_map(Node::call).collect();
    let is_document = calls.iter().any(|call| {
        call.is_called("include")
            && call.positional().next().and_then(Node::chain).is_some_and(|chain| &*chain[0].text == "Mongoid")
    });
    if is_document {
        let fields = calls.iter().filter_map(|call| member(call)).collect();
        return seen.create(Made::new(RecordKind::Document, name, fields), node, facts);
    }
    if !is_record {
        return;
    }
    let stored_as = class.body.iter().find_map(|node| match &node.is {
        Is::Bind(bind) if bind.target.word().is_some_and(|word| word.value == "table_name") => {
            seen.text(bind.value.as_ref()?)
        }
        _ => None,
    });
    for said in calls.iter().filter_map(|call| member(call).or_else(|| enumeration(call))) {
        let (kind, scope, change) = (RecordKind::Model, ScopeId::FILE, Change::AddField(said));
        let comment = seen.about(node);
        facts.records.push(Record { scope, kind, name: name.clone(), stored_as: stored_as.clone(), change, comment });
    }
}

/// `enum :territory, { ca: "CA", us: "US" }`, `enum territory: %i[ca us]`: a field with the values that it may have.
fn enumeration(call: &Call) -> Option<Field> {
    if !call.is_called("enum") {
        return None;
    }
    let mut given = call.positional();
    let first = given.next();
    let (name, values) = match first.and_then(Node::text) {
        Some(text) => (Spanned::new(text.expose().to_owned(), text.span()), given.next()?),
        None => {
            let keyword = call.arguments.iter().find_map(|argument| Some((argument.name.as_ref()?, &argument.value)));
            let keyword = keyword.map(|(name, value)| (Spanned::new(name.text.to_string(), name.span), value));
            keyword.or_else(|| first?.entries().next())?
        }
    };
    let values: Vec<String> = match &values.is {
        Is::List(items) => items.iter().filter_map(Node::word).map(|word| word.value).collect(),
        _ => values.entries().map(|(key, _)| key.value).collect(),
    };
    let listed = values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(",");
    (values.len() > 1).then(|| Field { type_name: Some(format!("enum({listed})")), ..field(name) })
}

/// `belongs_to :user, optional: true`, Mongoid's `field :login_id`.
fn member(call: &Call) -> Option<Field> {
    let name = call
        .positional()
        .next()
        .and_then(Node::text)
        .map(|text| Spanned::new(text.expose().to_owned(), text.span()))?;
    match call.name()?.value {
        "belongs_to" => {
            let to = call.named(&["class_name"]).and_then(Node::word);
            let polymorphic = call.named(&["polymorphic"]).is_some();
            let references = to.or_else(|| Some(name.clone()).filter(|_| !polymorphic));
            let optional =
                truth_or(call.named(&["optional"]), false) || call.named(&["required"]).and_then(truth) == Some(false);
            Some(Field { required: Some(!optional), references, ..field(name) })
        }
        "field" => Some(field(name)),
        _ => None,
    }
}

fn singular(table: &str) -> &str {
    table.strip_suffix('s').unwrap_or(table)
}
