//! TOML: tables, dotted keys and inline tables as one tree; what follows a mistake is still read.

mod lines;

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::escapes::{self, Dialect};
use super::{Reader, document, mask, shapes};
use crate::fact::{Facts, Problem};
use crate::source::{FileId, Source, Span};
use crate::text::Text;
use crate::tree::{Entry, Kind, NodeId, Tree};

/// TOML files, templates of them included.
pub const READER: Reader = Reader { name: "TOML", reads: |source| document::is_named(source, &["toml"]), read };

fn read(source: &Source) -> Facts {
    let (tree, problems) = tree(source);
    shapes::read(source, &tree, problems)
}

/// The file's document, and what could not be read in it.
pub fn tree(source: &Source) -> (Tree, Vec<Problem>) {
    let masked = mask::values(source.text());
    let (table, errors) = DeTable::parse_recoverable(&masked);
    let mut grow = Grow { file: source.id, original: source.text(), masked: &masked, tree: Tree::new(source.id) };
    let kind = grow.table(table.get_ref());
    let root = grow.tree.add(Span::new(source.id, 0, source.text().len()), kind);
    let mut tree = grow.tree;
    tree.documents.push(root);
    let problem = |error: &toml::de::Error| {
        let place = error.span().unwrap_or(0..0);
        let start = source.floor_boundary(place.start);
        let reason = "this is not TOML, so its lines were read one by one".to_owned();
        Problem { span: Span::new(source.id, start, source.floor_boundary(place.end).max(start)), reason }
    };
    let problems: Vec<Problem> = errors.iter().take(1).map(problem).collect();
    if !problems.is_empty() {
        lines::add_missed(source, &mut tree, root);
    }
    (tree, problems)
}

/// Turns parsed values into nodes. The parser's limit of depth bounds the recursion.
struct Grow<'t> {
    file: FileId,
    original: &'t str,
    /// The text with templates masked, as the parser saw it.
    masked: &'t str,
    tree: Tree,
}

impl Grow<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Kind {
        let entries = table.iter().map(|(key, value)| Entry {
            key: self.string(key.span(), key.get_ref()),
            value: self.value(value.get_ref(), value.span()),
            merge: false,
        });
        Kind::Map(entries.collect())
    }

    fn value(&mut self, value: &DeValue<'_>, range: Range<usize>) -> NodeId {
        let kind = match value {
            DeValue::Table(table) => self.table(table),
            DeValue::Array(items) => {
                Kind::List(items.iter().map(|item| self.value(item.get_ref(), item.span())).collect())
            }
            DeValue::String(decoded) => Kind::Scalar(self.string(range.clone(), decoded)),
            _ => Kind::Scalar(Text::verbatim(&self.original[range.clone()], self.file, range.start)),
        };
        let span = match &kind {
            Kind::Scalar(text) => text.span(),
            _ => Span::new(self.file, range.start, range.end),
        };
        self.tree.add(span, kind)
    }

    /// The text of a key or string, which may stand in any of the four quotes or in none.
    fn string(&self, range: Range<usize>, decoded: &str) -> Text {
        let written = &self.original[range.clone()];
        let read = match quotes(written) {
            "" => Text::verbatim(written, self.file, range.start),
            quotes => self.quoted(inside(written, quotes, range.start), quotes),
        };
        let as_parsed = *written != self.masked[range.clone()] || read.expose() == decoded || decoded == written;
        // Where the parser knows better, the text is the parser's and the place is all of it.
        if as_parsed { read } else { Text::standing_for(decoded, Span::new(self.file, range.start, range.end)) }
    }

    fn quoted(&self, range: Range<usize>, quotes: &str) -> Text {
        match quotes {
            "'" => Text::verbatim(&self.original[range.clone()], self.file, range.start),
            "'''" => escapes::verbatim_lines(self.file, self.original, range),
            _ => escapes::decode(self.file, self.original, range, Dialect::Toml),
        }
    }
}

/// The quotes before a string.
fn quotes(written: &str) -> &'static str {
    ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| written.starts_with(quotes)).unwrap_or("")
}

/// The range inside the quotes, without the newline that may follow three.
fn inside(written: &str, quotes: &str, start: usize) -> Range<usize> {
    let body = written.strip_prefix(quotes).unwrap_or(written);
    let body = body.strip_suffix(quotes).unwrap_or(body);
    let content = match quotes.len() {
        3 => body.strip_prefix("\r\n").or(body.strip_prefix('\n')).unwrap_or(body),
        _ => body,
    };
    let end = start + quotes.len() + body.len();
    end - content.len()..end
}
