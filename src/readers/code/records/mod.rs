//! Records that programs keep: models, entities and migrations of every framework, SQL in strings, rows that are written.
//!
//! A framework is one file here: a [`Mapper`] in the list, and functions over the common syntax.

mod annotated;
mod builder;
mod columns;
mod django;
mod ecto;
mod eloquent;
mod entity_framework;
mod enumerations;
mod gorm;
mod drizzle;
mod mongoose;
mod node;
mod objection;
mod python;
mod rails;
mod rust;
mod sequelize;
mod sql;
mod sqlalchemy;
mod swift;
mod tables;
mod typeorm;
mod writes;

use std::collections::HashMap;

use super::build::Program;
use super::syntax::{Bind, Call, Class, Is, Node};
use crate::fact::{Change, Facts, Field, Record, RecordKind, Scope, ScopeId};
use crate::source::{Source, Span, Spanned};
use crate::vocabulary::login::speaks_of_flinks;

/// How one framework says records.
pub struct Mapper {
    pub name: &'static str,
    /// The languages it belongs to, by the names of their grammars; none for all.
    pub languages: &'static [&'static str],
    /// Words of which a file that uses it has one.
    pub signs: &'static [&'static str],
    pub read: fn(&Seen<'_>, &mut Facts),
}

const ECMASCRIPT: &[&str] = &["JavaScript", "JSX", "TypeScript", "TSX"];

/// Every framework. Each finds its own, so their order says nothing.
pub const MAPPERS: &[Mapper] = &[
    annotated::TYPEORM,
    typeorm::MAPPER,
    sequelize::MAPPER,
    mongoose::MAPPER,
    drizzle::MAPPER,
    builder::KNEX,
    objection::MAPPER,
    django::MAPPER,
    sqlalchemy::MODELS,
    sqlalchemy::ALEMBIC,
    rails::MAPPER,
    builder::LARAVEL,
    eloquent::MAPPER,
    annotated::DOCTRINE,
    ecto::MAPPER,
    annotated::JPA,
    annotated::DART,
    columns::MAPPER,
    entity_framework::MAPPER,
    gorm::MAPPER,
    rust::MAPPER,
    swift::MAPPER,
    tables::CDK,
    tables::VALIDATORS,
    sql::MAPPER,
    writes::MAPPER,
];

/// Records of one file at most.
const RECORDS: usize = 20_000;

/// Adds to `facts` what records a program says.
pub fn read(program: &Program, source: &Source, language: &'static str, facts: &mut Facts) {
    let fits = |mapper: &&Mapper| {
        let is_language = mapper.languages.is_empty() || mapper.languages.contains(&language);
        is_language && mapper.signs.iter().any(|sign| source.text().contains(sign))
    };
    let mut seen: Option<Seen<'_>> = None;
    for mapper in MAPPERS.iter().filter(fits) {
        let seen = seen.get_or_insert_with(|| Seen::new(program, source, language));
        (mapper.read)(seen, facts);
    }
    facts.records.truncate(RECORDS);
    let text = source.text();
    if facts.records.iter().any(|record| !matches!(record.change, Change::Write { .. })) || text.contains("num") {
        enumerations::read(seen.get_or_insert_with(|| Seen::new(program, source, language)), facts);
    }
}

/// A program as the mappers look at it.
pub struct Seen<'s> {
    pub root: &'s Node,
    pub source: &'s Source,
    pub language: &'static str,
    comments: &'s [Span],
    /// What names are set to, where they are set once.
    bound: HashMap<&'s str, Option<&'s Bind>>,
    /// The modules that it takes names from, with the names here.
    imports: Vec<(&'s Spanned<String>, &'s str)>,
}

impl<'s> Seen<'s> {
    pub(in crate::readers::code) fn new(program: &'s Program, source: &'s Source, language: &'static str) -> Self {
        let mut bound: HashMap<&str, Option<&Bind>> = HashMap::new();
        let mut imports = Vec::new();
        for node in program.root.walk() {
            match &node.is {
                Is::Bind(bind) if bind.value.is_some() => {
                    if let Is::Name(name) = &bind.target.is {
                        bound.entry(super::value::bare(name)).and_modify(|other| *other = None).or_insert(Some(bind));
                    }
                }
                Is::Import(import) => {
                    imports.extend(import.names.iter().map(|name| (&import.from, &*name.local)));
                }
                _ => {}
            }
        }
        Seen { root: &program.root, source, language, comments: &program.comments, bound, imports }
    }

    pub(in crate::readers::code) fn is_script(&self) -> bool {
        ECMASCRIPT.contains(&self.language)
    }

    /// Whether it takes names from a module, or from one inside of it.
    fn uses(&self, module: &str) -> bool {
        let is_it = |from: &str| from.strip_prefix(module).is_some_and(|rest| rest.is_empty() || !starts_word(rest));
        self.imports.iter().any(|(from, _)| is_it(&from.value))
            || self.is_script()
                && ["'", "\""].iter().any(|quote| self.source.text().contains(&format!("require({quote}{module}")))
    }

    /// Whether a name comes from a package and not from the tree.
    fn is_foreign(&self, name: &str) -> bool {
        self.is_script()
            && self.imports.iter().any(|(from, local)| {
                *local == name
                    && !from.value.starts_with(['.', '/', '~', '#'])
                    && !from.value.starts_with("@/")
                    && !from.value.starts_with("src/")
            })
    }

    /// What a name is set to in this file, or the node itself.
    pub(in crate::readers::code) fn follow<'n>(&'n self, node: &'n Node) -> &'n Node {
        let Is::Name(name) = &node.is else { return node };
        let bind = self.bound.get(super::value::bare(name)).copied().flatten();
        bind.and_then(|bind| bind.value.as_ref()).unwrap_or(node)
    }

    /// A string constant, perhaps by a name that is set to it here.
    fn text(&self, node: &Node) -> Option<Spanned<String>> {
        let text = self.follow(node).text()?;
        Some(Spanned::new(text.expose().to_owned(), text.span()))
    }

    /// Every node, without what a migration does to undo itself.
    fn nodes(&self) -> Vec<&'s Node> {
        up(self.root)
    }

    /// The classes, each with the node that it is.
    fn classes(&self) -> Vec<(&'s Class, &'s Node)> {
        let class = |node: &'s Node| match &node.is {
            Is::Class(class) => Some((&**class, node)),
            _ => None,
        };
        self.nodes().into_iter().filter_map(class).collect()
    }

    fn calls(&self) -> Vec<(&'s Call, &'s Node)> {
        self.nodes().into_iter().filter_map(|node| Some((node.call()?, node))).collect()
    }

    /// What in a record's text speaks of Flinks: the comment above it, one inside, a constant.
    fn about(&self, node: &Node) -> Option<Spanned<String>> {
        let marks: &[Node] = match &node.is {
            Is::Class(class) => &class.marks,
            Is::Bind(bind) => &bind.marks,
            _ => &[],
        };
        let start = marks.iter().map(|mark| mark.span.start).chain([node.span.start]).min().unwrap_or(node.span.start);
        let spoken = |span: &Span| {
            let text = self.source.slice(*span);
            speaks_of_flinks(text).then(|| Spanned::new(text.to_owned(), *span))
        };
        let above = self.above(start as usize);
        let inside = self.comments.iter().filter(|comment| comment.start >= start && comment.end <= node.span.end);
        let constant = || {
            let texts = node.walk().filter_map(Node::text);
            texts
                .filter(|text| text.len() < 80 && speaks_of_flinks(text.expose()))
                .map(|text| Spanned::new(text.expose().to_owned(), text.span()))
                // What a field is called tells it by itself.
                .find(|text| text.value.eq_ignore_ascii_case("flinks"))
        };
        let documented = || self.docstring(node).as_ref().and_then(spoken);
        above
            .iter()
            .find_map(spoken)
            .or_else(|| inside.into_iter().find_map(spoken))
            .or_else(documented)
            .or_else(constant)
    }

    /// The text that documents a class from inside: Python's first string, Elixir's `@moduledoc`.
    fn docstring(&self, node: &Node) -> Option<Span> {
        let Is::Class(class) = &node.is else { return None };
        let text = self.source.slice(node.span);
        let quote = "\"\"\"";
        let open = match self.language {
            "Python" => {
                let body = text.find(":\n").or_else(|| text.find(":\r\n"))? + 1;
                let first =
                    class.body.first().map_or(text.len(), |first| (first.span.start - node.span.start) as usize);
                let open = body + text[body..].find(|c: char| !c.is_whitespace())?;
                (text[open..].starts_with(['"', '\'']) && open < first.max(open + 1)).then_some(open)?
            }
            "Elixir" => text.find("@moduledoc")?,
            _ => return None,
        };
        let rest = &text[open..];
        let end = match rest.find(quote) {
            Some(at) => at + 3 + rest[at + 3..].find(quote)?,
            None => rest.find('\n').unwrap_or(rest.len()),
        };
        let start = node.span.start as usize + open;
        Some(Span::new(node.span.file, start, start + end))
    }

    /// The comments right above a place, the nearest first.
    fn above(&self, start: usize) -> Vec<Span> {
        let mut found = Vec::new();
        let mut start = start;
        let before = self.comments.partition_point(|comment| comment.end as usize <= start);
        for comment in self.comments[..before].iter().rev().take(20) {
            let between = self.source.text().get(comment.end as usize..start).unwrap_or("{");
            let is_gap = |c: char| matches!(c, ';' | '{' | '}' | ')');
            if between.contains("\n\n") || between.contains(is_gap) || between.len() > 120 {
                break;
            }
            found.push(*comment);
            start = comment.start as usize;
        }
        found
    }

    /// Says a record that is made with fields.
    fn create(&self, made: Made, node: &Node, facts: &mut Facts) {
        let change = Change::Create { fields: made.fields, inherits: made.inherits, copies: Vec::new() };
        let scope = schema(made.schema, facts);
        let comment = self.about(node);
        facts.records.push(Record {
            scope,
            kind: made.kind,
            name: made.name,
            stored_as: made.stored_as,
            change,
            comment,
        });
    }
}

/// A record that a program makes.
struct Made {
    kind: RecordKind,
    name: Spanned<String>,
    stored_as: Option<Spanned<String>>,
    schema: Option<Spanned<String>>,
    fields: Vec<Field>,
    inherits: Vec<Spanned<String>>,
}

impl Made {
    fn new(kind: RecordKind, name: Spanned<String>, fields: Vec<Field>) -> Self {
        Made { kind, name, stored_as: None, schema: None, fields, inherits: Vec::new() }
    }
}

/// Says a change of a table.
fn change(name: &Spanned<String>, change: Change, facts: &mut Facts) {
    change_in(ScopeId::FILE, name, change, facts);
}

fn change_in(scope: ScopeId, name: &Spanned<String>, change: Change, facts: &mut Facts) {
    let (kind, name) = (RecordKind::Table, name.clone());
    facts.records.push(Record { scope, kind, name, stored_as: None, change, comment: None });
}

/// The block of a schema: `schema us`.
fn schema(name: Option<Spanned<String>>, facts: &mut Facts) -> ScopeId {
    let Some(name) = name else { return ScopeId::FILE };
    let title = Some(name.map(|name| format!("schema {name}")));
    facts.open(Scope { parent: Some(ScopeId::FILE), title, ..Scope::default() })
}

fn field(name: Spanned<String>) -> Field {
    Field { name, stored_as: None, type_name: None, required: None, references: None }
}

/// A node and all under it, parents before children, without functions that undo a migration.
fn up(root: &Node) -> Vec<&Node> {
    const DOWN: &[&str] = &["down", "downgrade", "rollback", "revert", "backward", "undo"];
    let is_down = |name: &str| DOWN.iter().any(|word| name.eq_ignore_ascii_case(word));
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let undoes = match &node.is {
            Is::Function(function) => function.name.as_ref().is_some_and(|name| is_down(&name.text)),
            Is::Bind(bind) => {
                matches!(bind.value.as_ref().map(|value| &value.is), Some(Is::Function(_)))
                    && bind.target.word().is_some_and(|word| is_down(&word.value))
            }
            Is::Pair(key, value) => {
                matches!(value.is, Is::Function(_)) && key.word().is_some_and(|word| is_down(&word.value))
            }
            // `reversible do |dir| dir.down { … } end`
            Is::Call(call) => call.block.is_some() && call.name().is_some_and(|name| is_down(name.value)),
            _ => false,
        };
        if undoes {
            continue;
        }
        found.push(node);
        // Django's `RunSQL(sql, reverse_sql)`, `RunPython(forwards, backwards)`.
        if let Some(call) = node.call().filter(|call| call.is_called("RunSQL") || call.is_called("RunPython")) {
            open.extend(call.named(&["sql"]).or_else(|| call.positional().next()));
            continue;
        }
        open.extend(node.children().into_iter().rev());
    }
    found
}

/// A truth value.
fn truth(node: &Node) -> Option<bool> {
    match &node.is {
        Is::Word(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Is::Word(word) if word.eq_ignore_ascii_case("false") => Some(false),
        Is::Name(name) if &**name == "True" => Some(true),
        Is::Name(name) if &**name == "False" => Some(false),
        // `[true, "is required"]`
        Is::List(items) => truth(items.first()?),
        _ => None,
    }
}

/// The record that an expression refers to: `() => User`, `User`, `'User'`, `User.class`, `typeof(User)`, `users.id`
/// only where `of_column` says that a column of it is meant.
fn target(node: &Node, of_column: bool) -> Option<Spanned<String>> {
    match &node.is {
        Is::Function(function) if function.is_value => target(&function.body, of_column),
        Is::Function(function) => {
            let given = function.body.walk().find_map(|node| match &node.is {
                Is::Return(Some(value)) => Some(&**value),
                _ => None,
            });
            target(given?, of_column)
        }
        Is::Member(object, name)
            if of_column || matches!(&*name.text, "class" | "self" | "java" | "tableName" | "name") =>
        {
            target(object, false)
        }
        Is::Call(call) => target(call.positional().next()?, of_column),
        Is::Group(nodes) if nodes.len() == 1 => target(&nodes[0], of_column),
        Is::List(items) => target(items.first()?, of_column),
        Is::Text(_) | Is::Name(_) | Is::Member(..) => node.word(),
        _ => None,
    }
}

/// The calls of a chain, the outermost first: `.notNull()`, `.references(…)`, `text("x")`.
fn links(node: &Node) -> Vec<&Call> {
    let mut found = Vec::new();
    let mut node = Some(node);
    while let Some(call) = node.and_then(Node::call) {
        found.push(call);
        node = call.object();
    }
    found
}

/// What a mark is called, without what it belongs to.
fn mark_name(mark: &Node) -> Option<Spanned<String>> {
    match &mark.is {
        Is::Call(call) => call.name().map(|name| Spanned::new(name.value.to_owned(), name.span)),
        _ => mark.word(),
    }
}

fn starts_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests;
