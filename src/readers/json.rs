//! JSON and its relatives (JSONC, JSON5, one document a line), templated and broken files included.

mod tokens;

use std::ops::Range;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::escapes::{self, Dialect};
use super::{Reader, document, mask, shapes};
use crate::fact::{Facts, Problem};
use crate::source::{FileId, Source, Span};
use crate::text::Text;
use crate::tree::{Entry, Kind, NodeId, Tree};

/// JSON files, templates of them included.
pub const READER: Reader = Reader { name: "JSON", reads, read };

const EXTENSIONS: &[&str] = &["json", "jsonc", "json5", "webmanifest", "arb", "jsonl", "ndjson"];

fn reads(source: &Source) -> bool {
    document::is_named(source, EXTENSIONS)
}

fn read(source: &Source) -> Facts {
    let (tree, problems) = tree(source);
    shapes::read(source, &tree, problems)
}

/// The documents of a file (one, but for files with a document on each line), and what could not be read in them.
pub fn tree(source: &Source) -> (Tree, Vec<Problem>) {
    let mut tree = Tree::new(source.id);
    let original = source.text();
    let Err(mut at) = whole(Pages { file: source.id, original, masked: original }, &mut tree) else {
        return (tree, Vec::new());
    };
    let masked = mask::values(original);
    let pages = Pages { file: source.id, original, masked: &masked };
    if masked != original {
        match whole(pages, &mut tree) {
            Ok(()) => return (tree, Vec::new()),
            Err(error) => at = error,
        }
    }
    if by_lines(pages, &mut tree) {
        return (tree, Vec::new());
    }
    tokens::read(pages, 0..original.len(), &mut tree);
    let span = Span::new(source.id, at, source.floor_boundary(at + 1).max(at));
    let reason = "this is not JSON, so the file was read word by word".to_owned();
    (tree, vec![Problem { span, reason }])
}

/// The file's text, and the same with templates masked, as the parser saw it.
#[derive(Clone, Copy)]
struct Pages<'t> {
    file: FileId,
    original: &'t str,
    masked: &'t str,
}

impl Pages<'_> {
    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// A string, number or word that stands here, quotes and all; a masked template is what it was.
    fn text(self, range: Range<usize>) -> Text {
        let written = &self.original[range.clone()];
        if range.len() < 2 || !written.starts_with(['"', '\'']) {
            return Text::verbatim(written, self.file, range.start);
        }
        escapes::decode(self.file, self.original, range.start + 1..range.end - 1, Dialect::Json)
    }
}

/// The file as one document; the offset of the error where it is none.
fn whole(pages: Pages<'_>, tree: &mut Tree) -> Result<(), usize> {
    document(pages, 0..pages.masked.len(), tree).map(|root| tree.documents.extend(root))
}

fn document(pages: Pages<'_>, range: Range<usize>, tree: &mut Tree) -> Result<Option<NodeId>, usize> {
    let parsed = parse_to_ast(&pages.masked[range.clone()], &CollectOptions::default(), &ParseOptions::default());
    let parsed = parsed.map_err(|error| (range.start + error.range().start).min(range.end))?;
    Ok(parsed.value.map(|value| Grow { pages, base: range.start, tree }.value(&value)))
}

/// One document on each line, if the first line is one.
fn by_lines(pages: Pages<'_>, tree: &mut Tree) -> bool {
    let mut at = 0;
    for line in pages.masked.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            continue;
        }
        match document(pages, range.clone(), tree) {
            Ok(root) => tree.documents.extend(root),
            Err(_) if tree.documents.is_empty() => return false,
            Err(_) => tokens::read(pages, range, tree),
        }
    }
    tree.documents.len() > 1
}

/// Turns parsed values into nodes. The parser's limit of depth bounds the recursion.
struct Grow<'p, 't> {
    pages: Pages<'p>,
    base: usize,
    tree: &'t mut Tree,
}

impl Grow<'_, '_> {
    fn value(&mut self, value: &Value<'_>) -> NodeId {
        let range = self.range(value);
        let kind = match value {
            Value::Object(object) => {
                let entry = |property: &jsonc_parser::ast::ObjectProp<'_>| {
                    let key = match &property.name {
                        ObjectPropName::String(name) => self.pages.text(self.range(name)),
                        ObjectPropName::Word(name) => self.pages.text(self.range(name)),
                    };
                    Entry { key, value: self.value(&property.value), merge: false }
                };
                Kind::Map(object.properties.iter().map(entry).collect())
            }
            Value::Array(array) => Kind::List(array.elements.iter().map(|element| self.value(element)).collect()),
            Value::NullKeyword(_) => Kind::Null,
            _ => return self.tree.scalar(self.pages.text(range)),
        };
        self.tree.add(self.pages.span(range), kind)
    }

    fn range(&self, ranged: &impl Ranged) -> Range<usize> {
        self.base + ranged.start()..self.base + ranged.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scalar with the keys that lead to it, and how many problems there were.
    fn leaves(text: &str) -> (Vec<(String, String)>, usize) {
        let facts = read(&Source::new(FileId(0), "a.json", text));
        let leaf = |setting: &crate::fact::Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            (path.join("."), setting.value.word().to_owned())
        };
        (facts.settings.iter().map(leaf).collect(), facts.problems.len())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(path, word)| ((*path).to_owned(), (*word).to_owned())).collect()
    }

    #[test]
    fn relatives_of_json() {
        let text =
            "// c\n{a: 'x', \"b\": [1, .5, +2,], /* d: 1 */ \"c\": {\"d\": null, \"d\": 0x1F} \"e\": \"\\u0041\",}";
        let expected =
            [("a", "x"), ("b.0", "1"), ("b.1", ".5"), ("b.2", "+2"), ("c.d", ""), ("c.d", "0x1F"), ("e", "A")];
        assert_eq!(leaves(text), (pairs(&expected), 0));
        assert_eq!(leaves("{\"a\":1}\n\n{\"b\":2}\n"), (pairs(&[("a", "1"), ("b", "2")]), 0));
        assert_eq!(leaves(""), (Vec::new(), 0));
    }

    /// A log that was cut off, a template nobody filled in, a fragment for documentation: the pairs are still there.
    #[test]
    fn broken_json_keeps_its_pairs() {
        let ab = pairs(&[("a", "1"), ("b.c", "x")]);
        for text in [
            "{\"a\": 1, \"b\": {\"c\": \"x",
            "{\"a\": 1, \"b\": {\"c\": \"x\n}}",
            "\"a\": 1, \"b\": {\"c\": \"x\"}",
            "{\"a\": 1, oops \"b\": {\"c\": \"x\"}]",
            "{\"a\": 1; \"b\": {\"c\": \"x\"}}}}",
        ] {
            let (found, problems) = leaves(text);
            let words = found.iter().map(|(path, word)| (path.clone(), word.trim_end_matches(';').to_owned()));
            assert_eq!((words.collect::<Vec<_>>(), problems), (ab.clone(), 1), "{text}");
        }
    }

    /// What both ways of reading understand, they understand alike.
    #[test]
    fn tokens_and_parser_agree() {
        let text = "{\"a\": [1, {\"b\": \"x\\n\"}, []], \"c\": {\"d\": true, \"e\": null}, 'f': 'g'}";
        let source = Source::new(FileId(0), "a.json", text);
        let pages = Pages { file: FileId(0), original: text, masked: text };
        let mut tokens = Tree::new(FileId(0));
        tokens::read(pages, 0..text.len(), &mut tokens);
        let settings = |tree: &Tree| format!("{:?}", document::read(&source, tree, Vec::new()).settings);
        assert_eq!(settings(&tokens), settings(&tree(&source).0));
    }
}
