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
    let (table, error) = match deepest(&masked) {
        Some(at) => (DeTable::default(), Some(at..at + 1)),
        None => parse(&masked),
    };
    let mut grow = Grow { file: source.id, original: source.text(), masked: &masked, tree: Tree::new(source.id) };
    let kind = grow.table(&table);
    let root = grow.tree.add(Span::new(source.id, 0, source.text().len()), kind);
    let mut tree = grow.tree;
    tree.documents.push(root);
    let Some(place) = error else { return (tree, Vec::new()) };
    let start = source.floor_boundary(place.start);
    let span = Span::new(source.id, start, source.floor_boundary(place.end).max(start));
    lines::add_missed(source, &mut tree, root);
    (tree, vec![Problem { span, reason: "this is not TOML, so its lines were read one by one".to_owned() }])
}

/// The parser's table and the place of its first error.
fn parse(text: &str) -> (DeTable<'_>, Option<Range<usize>>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (table.into_inner(), errors.first().map(|error| error.span().unwrap_or(0..0)))
}

/// Brackets opened and not closed beyond this, and the parser is not asked.
const DEPTH: usize = 200;

/// Where brackets are open too deep: the parser's own guard against recursion can be led astray by mistakes
/// (`b = {{ x }` on every line), and then its stack overflows. Whoever calls the parser asks here first.
pub fn deepest(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        at += match text.as_bytes()[at] {
            b'#' => rest.find('\n').unwrap_or(rest.len()),
            b'"' | b'\'' => string_length(rest, quotes(rest)),
            opening @ (b'[' | b'{' | b']' | b'}') => {
                depth = if matches!(opening, b'[' | b'{') { depth + 1 } else { depth.saturating_sub(1) };
                if depth > DEPTH {
                    return Some(at);
                }
                1
            }
            _ => rest.find(['#', '"', '\'', '[', '{', ']', '}']).unwrap_or(rest.len()),
        };
    }
    None
}

/// The bytes of the string at the beginning of `rest`; one that is not closed ends with its line or with the file.
fn string_length(rest: &str, quotes: &str) -> usize {
    let mut at = quotes.len();
    while let Some(byte) = rest.as_bytes().get(at) {
        match byte {
            b'\\' if quotes.starts_with('"') => at += 2,
            b'\n' if quotes.len() == 1 => return at,
            _ if rest.as_bytes()[at..].starts_with(quotes.as_bytes()) => return at + quotes.len(),
            _ => at += 1,
        }
    }
    rest.len()
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
            "'" | "'''" => Text::verbatim(&self.original[range.clone()], self.file, range.start),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every leaf as `path=value`, with what its value is written as where that differs.
    fn leaves(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "a.toml", text);
        let leaf = |setting: &crate::fact::Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            format!("{}={}", path.join("."), source.slice(setting.value.span))
        };
        read(&source).settings.iter().map(leaf).collect()
    }

    #[test]
    fn tables_of_every_kind_nest() {
        let text =
            "a.\"b c\" = 1\n[env.production]\nU = 'x'\n[[l]]\nk = 2026-01-02\n[[l]]\ni = { p.q = \"r\", s = [true] }\n";
        assert_eq!(
            leaves(text),
            ["a.b c=1", "env.production.U=x", "l.0.k=2026-01-02", "l.1.i.p.q=r", "l.1.i.s.0=true"]
        );
    }

    /// The place of a value of several lines begins behind the newline that is no part of it.
    #[test]
    fn strings_of_several_lines() {
        assert_eq!(leaves("a = \"\"\"\r\nx\r\ny\"\"\"\nb = '''z'''\n"), ["a=x\r\ny", "b=z"]);
    }

    /// The parser drops a second value of a key, a template and the table under a broken header; we do not.
    #[test]
    fn what_the_parser_drops_is_read_by_lines() {
        let text =
            "a = {{ .x }}\nb = \"{{ .y | default \"z\" }}\"\nc = 1\nc = 2\n[d\ne = \"f\"\n[g]\nh = \"i\nj = 'k'\n";
        let mut found = leaves(text);
        found.sort();
        assert_eq!(found, ["a={{ .x }}", "b={{ .y | default \"z\" }}", "c=1", "c=2", "d.e=f", "g.h=i", "g.j=k"]);
    }

    /// The parser's stack must not be led astray by unclosed brackets.
    #[test]
    fn unclosed_brackets_are_counted_outside_of_strings() {
        assert_eq!(deepest(&"a = [\"[[[\", '{{'] # [[\n".repeat(500)), None);
        assert!(deepest(&"a = {{ x }\n".repeat(500)).is_some());
    }
}
