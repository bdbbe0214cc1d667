//! SQL in any dialect: what is said about tables, by schema dumps, migrations and statements in other text.

mod alter;
mod comment;
mod direction;
mod reading;
mod seeds;
mod statement;
mod table;
mod token;
mod values;

use std::ops::Range;

use crate::fact::{Facts, ScopeId};
use crate::readers::Reader;
use crate::source::{Source, Span};
use crate::text::Text;

pub const READER: Reader = Reader { name: "sql", reads, read };

fn reads(source: &Source) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    let stem = [".erb", ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".in"]
        .iter()
        .find_map(|template| name.strip_suffix(template))
        .unwrap_or(&name);
    [".sql", ".ddl", ".psql", ".pgsql", ".mysql", ".tsql", ".plsql", ".cql"]
        .iter()
        .any(|extension| stem.ends_with(extension))
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    if !direction::leads_down(&source.path) {
        let place = |range: Range<usize>| source.span(range);
        statement::read(source.text(), &place, ScopeId::FILE, &mut facts);
        if seeds::are_in(&source.path) {
            seeds::read(source, &mut facts);
        }
    }
    facts
}

/// Reads the statements in a text that stands in another file: a string that a program runs, a migration's
/// `sql` element. Places are exact.
pub fn statements(text: &Text, scope: ScopeId, facts: &mut Facts) {
    let place = |range: Range<usize>| -> Span { text.span_of(range) };
    statement::read(text.expose(), &place, scope, facts);
}

#[cfg(test)]
mod tests;
