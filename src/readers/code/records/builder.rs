//! Tables that are built column by column in a block: Knex and Laravel.

use super::{ECMASCRIPT, Made, Mapper, Seen, change_in, field, links, schema, truth};
use crate::fact::{Change, Facts, Field, RecordKind, ScopeId};
use crate::readers::code::syntax::{Call, Function, Is, Node};
use crate::source::Spanned;

pub const KNEX: Mapper = Mapper { name: "Knex", languages: ECMASCRIPT, signs: &["schema"], read };
pub const LARAVEL: Mapper = Mapper { name: "Laravel", languages: &["PHP"], signs: &["Schema"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        let chain = links(node);
        let names: Vec<&str> = call.names();
        // `knex.schema.createTable`, `Schema::create`, `Schema::connection('x')->create`
        let is_schema = names.iter().rev().skip(1).any(|name| matches!(*name, "schema" | "Schema"));
        if is_schema {
            table(call, &chain, seen, facts);
        }
    }
}

fn table(call: &Call, chain: &[&Call], seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name() else { return };
    let given: Vec<&Node> = call.positional().collect();
    let Some(table) = given.first().and_then(|node| seen.text(node)) else { return };
    let in_schema = chain.iter().find(|call| call.is_called("withSchema"));
    let in_schema = in_schema.and_then(|call| seen.text(call.positional().next()?));
    let body = || {
        given.iter().find_map(|node| match &seen.follow(node).is {
            Is::Function(function) => Some(&**function),
            _ => None,
        })
    };
    match name.value {
        "createTable" | "createTableIfNotExists" | "create" | "createIfNotExists" => {
            let Some(body) = body() else { return };
            let columns = columns(body, seen);
            let mut made = Made { schema: in_schema, ..Made::new(RecordKind::Table, table.clone(), Vec::new()) };
            made.fields = columns.iter().filter_map(Step::added).collect();
            let comment = seen.about(&body.body).or_else(|| seen.about(&call.callee));
            let scope = schema(made.schema, facts);
            facts.records.push(crate::fact::Record {
                scope,
                kind: RecordKind::Table,
                name: table.clone(),
                stored_as: None,
                change: Change::Create { fields: made.fields, inherits: Vec::new(), copies: Vec::new() },
                comment,
            });
            let later = columns.into_iter().filter(|step| !matches!(step, Step::Add(_)));
            later.for_each(|step| step.say(&table, scope, facts));
        }
        "alterTable" | "table" => {
            let Some(body) = body() else { return };
            let scope = schema(in_schema, facts);
            columns(body, seen).into_iter().for_each(|step| step.say(&table, scope, facts));
        }
        "dropTable" | "dropTableIfExists" | "drop" | "dropIfExists" => {
            change_in(ScopeId::FILE, &table, Change::Drop, facts)
        }
        "renameTable" | "rename" => {
            if let Some(to) = given.get(1).and_then(|node| seen.text(node)) {
                change_in(ScopeId::FILE, &table, Change::RenameTo(to), facts);
            }
        }
        // Laravel: `Schema::dropColumns('x', ['a'])`
        "dropColumns" => {
            for name in given[1..].iter().flat_map(|node| words(node)) {
                change_in(ScopeId::FILE, &table, Change::DropField(name), facts);
            }
        }
        _ => {}
    }
}

/// What one statement of the block does.
enum Step {
    Add(Field),
    Alter { name: Spanned<String>, required: Option<bool>, references: Option<Spanned<String>> },
    Drop(Spanned<String>),
    Rename { from: Spanned<String>, to: Spanned<String> },
}

impl Step {
    fn added(&self) -> Option<Field> {
        match self {
            Step::Add(field) => Some(field.clone()),
            _ => None,
        }
    }

    fn say(self, table: &Spanned<String>, scope: ScopeId, facts: &mut Facts) {
        let said = match self {
            Step::Add(field) => Change::AddField(field),
            Step::Alter { name, required, references } => Change::AlterField { name, required, references },
            Step::Drop(name) => Change::DropField(name),
            Step::Rename { from, to } => Change::RenameField { from, to },
        };
        change_in(scope, table, said, facts);
    }
}

/// The statements of a block on its first parameter.
fn columns(body: &Function, seen: &Seen<'_>) -> Vec<Step> {
    // Knex lets a column be null unless it says otherwise, Laravel does not.
    let unsaid = !seen.is_script();
    let Some(Is::Bind(parameter)) = body.parameters.first().map(|node| &node.is) else {
        let name = body.parameters.first().and_then(Node::word).map(|word| word.value);
        return name.map_or(Vec::new(), |name| steps(&body.body, &name, unsaid));
    };
    parameter.target.word().map_or(Vec::new(), |name| steps(&body.body, &name.value, unsaid))
}

fn steps(body: &Node, table: &str, unsaid: bool) -> Vec<Step> {
    let bare = |name: &str| name.trim_start_matches('$').to_owned();
    let mut found = Vec::new();
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        let chain = links(node);
        let on_table = chain.last().and_then(|root| root.object()).and_then(Node::word);
        if on_table.is_some_and(|name| bare(&name.value) == bare(table)) {
            statement(&chain, unsaid, &mut found);
        } else {
            open.extend(node.children().into_iter().rev());
        }
    }
    found
}

/// Methods that make no column: keys, indexes, options of the table.
const OTHERS: &[&str] = &[
    "unique",
    "index",
    "primary",
    "engine",
    "charset",
    "collate",
    "comment",
    "inherits",
    "check",
    "timestamps",
    "timestampsTz",
    "nullableTimestamps",
    "softDeletes",
    "softDeletesTz",
    "rememberToken",
    "dropTimestamps",
    "dropUnique",
    "dropIndex",
    "dropPrimary",
    "dropForeign",
    "dropSoftDeletes",
    "fullText",
    "spatialIndex",
    "dropChecks",
    "temporary",
    "queryContext",
    "rawIndex",
    "renameIndex",
    "checkIn",
    "checkLength",
    "unsigned",
    "if",
    "when",
];

fn statement(chain: &[&Call], unsaid: bool, found: &mut Vec<Step>) {
    let Some(root) = chain.last() else { return };
    let Some(name) = root.name().map(|name| name.value) else { return };
    let given: Vec<&Node> = root.positional().collect();
    let says = |wanted: &str| chain[..chain.len() - 1].iter().any(|call| call.is_called(wanted));
    match name {
        "dropColumn" | "dropColumns" | "dropConstrainedForeignId" | "removeColumn" => {
            found.extend(given.iter().flat_map(|node| words(node)).map(Step::Drop));
        }
        "renameColumn" => {
            if let (Some(from), Some(to)) = (word(&given, 0), word(&given, 1)) {
                found.push(Step::Rename { from, to });
            }
        }
        "foreign" => {
            let names = given.first().map_or(Vec::new(), |node| words(node));
            if let [name] = names.as_slice() {
                found.push(Step::Alter { name: name.clone(), required: None, references: references(chain) });
            }
        }
        "setNullable" | "dropNullable" => {
            if let Some(name) = word(&given, 0) {
                found.push(Step::Alter { name, required: Some(root.is_called("dropNullable")), references: None });
            }
        }
        "morphs" | "uuidMorphs" | "nullableMorphs" => {}
        _ if OTHERS.contains(&name) => {}
        _ => {
            // Laravel's `foreignIdFor(User::class)` names the column by the model.
            let own = given.first();
            let (named, to) = if name == "foreignIdFor" {
                let Some(model) = own.and_then(|node| super::target(node, false)) else { return };
                (word(&given, 1).unwrap_or_else(|| Spanned::new(format!("{}Id", model.value), model.span)), Some(model))
            } else {
                let Some(name) =
                    own.and_then(|node| node.word()).filter(|_| own.is_some_and(|node| node.text().is_some()))
                else {
                    if matches!(name, "increments" | "bigIncrements" | "id") {
                        let at = root.name().map_or(root.callee.span, |name| name.span);
                        found.push(Step::Add(Field {
                            required: Some(true),
                            ..field(Spanned::new("id".to_owned(), at))
                        }));
                    }
                    return;
                };
                (name, None)
            };
            let mut column = field(named);
            column.type_name = Some(match (name, given.get(1).and_then(|node| node.text())) {
                ("specificType" | "addColumn", Some(kind)) => kind.expose().to_lowercase(),
                _ => name.to_lowercase(),
            });
            let nullable = chain.iter().find(|call| call.is_called("nullable"));
            let may = nullable.map(|call| call.positional().next().and_then(truth).unwrap_or(true));
            column.required = match may {
                Some(may) => Some(!may),
                None if says("notNullable") || says("primary") || matches!(name, "increments" | "bigIncrements") => {
                    Some(true)
                }
                None => Some(unsaid),
            };
            column.references = references(chain).or(to);
            if says("alter") || says("change") {
                let (name, required, references) = (column.name, column.required, column.references);
                found.push(Step::Alter { name, required, references });
            } else {
                found.push(Step::Add(column));
            }
        }
    }
}

/// `.references('id').inTable('users')`, `.references('users.id')`, `->constrained('users')`, `->constrained()` by the
/// column's own name.
fn references(chain: &[&Call]) -> Option<Spanned<String>> {
    let text = |wanted: &[&str]| {
        let call = chain.iter().find(|call| wanted.iter().any(|name| call.is_called(name)))?;
        call.named(&["table"]).or_else(|| call.positional().next())?.word()
    };
    if let Some(to) = text(&["inTable", "on"]) {
        return Some(to);
    }
    if let Some(to) = text(&["references"]).filter(|to| to.value.contains('.')) {
        return to.value.rsplit_once('.').map(|(table, _)| {
            let start = to.span.start as usize;
            Spanned::new(table.to_owned(), crate::source::Span::new(to.span.file, start, start + table.len()))
        });
    }
    chain.iter().find(|call| call.is_called("constrained"))?;
    if let Some(to) = text(&["constrained"]) {
        return Some(to);
    }
    let root = chain.last()?;
    let own = root.positional().next()?;
    if root.is_called("foreignIdFor") {
        return super::target(own, false);
    }
    let own = own.word()?;
    let stem = own.value.strip_suffix("_id").or(own.value.strip_suffix("_uuid"))?.to_owned();
    let start = own.span.start as usize;
    Some(Spanned::new(stem.clone(), crate::source::Span::new(own.span.file, start, start + stem.len())))
}

fn word(given: &[&Node], at: usize) -> Option<Spanned<String>> {
    given.get(at).and_then(|node| node.text()).map(|text| Spanned::new(text.expose().to_owned(), text.span()))
}

/// One text, or those of a list.
fn words(node: &Node) -> Vec<Spanned<String>> {
    match &node.is {
        Is::List(items) => items.iter().filter_map(Node::word).collect(),
        Is::Text(_) => node.word().into_iter().collect(),
        _ => Vec::new(),
    }
}
