//! YAML: every document as a tree, templated (Helm, Jinja, ERB) and broken files included.

mod lines;
mod scalar;

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

use super::{Reader, document, mask, shapes};
use crate::fact::{Facts, Problem};
use crate::source::{Source, Span};
use crate::text::Text;
use crate::tree::{Entry, Kind, NodeId, Tree};
use scalar::{Pages, Style};

/// YAML files, templates of them included.
pub const READER: Reader = Reader { name: "YAML", reads: |source| document::is_named(source, &["yml", "yaml"]), read };

fn read(source: &Source) -> Facts {
    let (tree, problems) = tree(source);
    shapes::read(source, &tree, problems)
}

/// Every alias repeats what it stands for; a file that would repeat more nodes than this is a bomb. Each becomes a setting of
/// some kilobytes in the end, and files of people repeat a few thousand.
const REPEATED: usize = 20_000;

/// The documents of a file, and what could not be read in them.
pub fn tree(source: &Source) -> (Tree, Vec<Problem>) {
    let masked = mask::yaml(source.text());
    let pages = Pages { file: source.id, original: source.text(), masked: &masked };
    let mut builder = Builder::new(pages);
    let mut problems = Vec::new();
    for range in documents(pages.masked) {
        let Err(at) = builder.document(range.clone()) else { continue };
        let end = range.end.min(source.floor_boundary(at + 1)).max(at);
        problems.push(Problem {
            span: Span::new(source.id, at, end),
            reason: "this is not YAML, so its document was read line by line".to_owned(),
        });
        builder.by_lines(range);
    }
    if builder.bomb {
        let reason = "its aliases repeat too much to be followed".to_owned();
        problems.push(Problem { span: Span::new(source.id, 0, 0), reason });
    }
    (builder.tree, problems)
}

/// The ranges of the documents. No scalar can hold a marker at the start of a line, so that lines tell
/// them apart, and a broken document leaves the others whole.
fn documents(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |offset| at + offset + 1);
        let line = &text[at..end];
        let marks = |marker| {
            line.strip_prefix(marker).is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.is_empty())
        };
        if marks("---") || marks("...") {
            ranges.push(start..at);
            // What ends a document is in none.
            start = if marks("...") { end } else { at };
        }
        at = end;
    }
    ranges.push(start..text.len());
    let says_something = |range: &Range<usize>| {
        let mut lines = text[range.clone()].lines().map(str::trim);
        lines.any(|line| !(line.is_empty() || line == "---" || line.starts_with(['#', '%'])))
    };
    ranges.retain(says_something);
    ranges
}

/// Builds the tree as the parser's events come by.
struct Builder<'t> {
    pages: Pages<'t>,
    tree: Tree,
    open: Vec<Open>,
    /// The node of every finished anchor of this document, and how many nodes it stands for.
    anchors: HashMap<usize, (NodeId, usize)>,
    repeated: usize,
    bomb: bool,
}

/// A map or list whose end has not come yet.
struct Open {
    node: NodeId,
    anchor: usize,
    start: usize,
    end: usize,
    flow: bool,
    /// How many nodes are in it, those that aliases repeat included.
    size: usize,
    content: Content,
}

enum Content {
    Map { entries: Vec<Entry>, key: Key },
    List(Vec<NodeId>),
}

/// What a map waits for.
enum Key {
    Missing,
    Read(Text, bool),
    /// A map or list as a key names nothing; its value is skipped.
    Unnamed,
}

impl<'t> Builder<'t> {
    fn new(pages: Pages<'t>) -> Self {
        let tree = Tree::new(pages.file);
        Builder { pages, tree, open: Vec::new(), anchors: HashMap::new(), repeated: 0, bomb: false }
    }

    /// Reads one document; the offset of the error where there is one.
    fn document(&mut self, range: Range<usize>) -> Result<(), usize> {
        self.open.clear();
        self.anchors.clear();
        let options = options! { emit_unresolved_aliases: true, emit_comments: false };
        let parsed = Parser::new_from_str_with_options(&self.pages.masked[range.clone()], options);
        for event in parsed {
            let (event, span) = event.map_err(|error| {
                let offset = error.marker().byte_offset().unwrap_or(0);
                (range.start + offset).min(range.end)
            })?;
            let place = span.byte_range().unwrap_or(0..0);
            self.event(event, range.start + place.start..range.start + place.end);
        }
        Ok(())
    }

    fn by_lines(&mut self, range: Range<usize>) {
        if let Some(root) = lines::read(self.pages, range, &mut self.tree) {
            self.tree.documents.push(root);
        }
    }

    fn event(&mut self, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let merge = style == ScalarStyle::Plain && value == "<<";
                let (text, null) = self.scalar(&value, style, place, tag.is_some());
                if self.key_is_missing() {
                    return self.key(Key::Read(text, merge));
                }
                let node = self.add_scalar(text, null);
                self.tree.node_mut(node).tag = tag.map(|tag| tag.original().into());
                self.anchors.insert(anchor, (node, 1));
                self.place(node, 1);
            }
            Event::Alias(id) => self.alias(Some(id), place),
            Event::UnresolvedAlias(_) => self.alias(None, place),
            Event::SequenceStart(style, anchor, tag) => {
                self.start(place, style, anchor, Content::List(Vec::new()));
                self.tag_last(tag.map(|tag| tag.original()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.start(place, style, anchor, Content::Map { entries: Vec::new(), key: Key::Missing });
                self.tag_last(tag.map(|tag| tag.original()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            _ => {}
        }
    }

    /// A scalar's text, and whether it is null.
    fn scalar(&self, value: &str, style: ScalarStyle, place: Range<usize>, tagged: bool) -> (Text, bool) {
        let unquoted = || place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
        let text = match style {
            ScalarStyle::SingleQuoted => self.pages.text(value, unquoted(), Style::Single),
            ScalarStyle::DoubleQuoted => self.pages.text(value, unquoted(), Style::Double),
            ScalarStyle::Literal | ScalarStyle::Folded => self.pages.text(value, place, Style::Block),
            // What is left out is given as `~`.
            _ if place.is_empty() => return (Text::verbatim("", self.pages.file, place.start), true),
            _ => self.pages.text(value, place, Style::Plain),
        };
        let null = !tagged && style == ScalarStyle::Plain && matches!(value, "~" | "null" | "Null" | "NULL");
        (text, null)
    }

    fn add_scalar(&mut self, text: Text, null: bool) -> NodeId {
        if null { self.tree.add(text.span(), Kind::Null) } else { self.tree.scalar(text) }
    }

    /// An alias is the node of its anchor again. One inside its own anchor would be a loop, and one too
    /// many a bomb: these are null.
    fn alias(&mut self, id: Option<usize>, place: Range<usize>) {
        let known = id.and_then(|id| self.anchors.get(&id).copied());
        if self.key_is_missing() {
            let key = known.and_then(|(node, _)| self.tree.at(node).text().cloned());
            return self.key(key.map_or(Key::Unnamed, |text| Key::Read(text, false)));
        }
        let (node, size) = match known {
            Some((node, size)) if self.repeated + size <= REPEATED => (node, size),
            _ => {
                self.bomb |= known.is_some();
                (self.tree.add(self.span(&place), Kind::Null), 1)
            }
        };
        self.repeated += size;
        if let Some(open) = self.open.last_mut() {
            open.end = open.end.max(place.end);
        }
        self.place(node, size);
    }

    fn start(&mut self, place: Range<usize>, style: StructureStyle, anchor: usize, content: Content) {
        let node = self.tree.add(self.span(&place), Kind::Null);
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { node, anchor, start: place.start, end: place.end, flow, size: 1, content });
    }

    fn tag_last(&mut self, tag: Option<String>) {
        if let (Some(open), Some(tag)) = (self.open.last(), tag) {
            self.tree.node_mut(open.node).tag = Some(tag.into());
        }
    }

    fn end(&mut self, place: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        // The end of a block is told only by what follows it.
        let end = if open.flow { place.end } else { open.end };
        let span = self.span(&(open.start..end));
        let node = self.tree.node_mut(open.node);
        node.span = span;
        node.kind = match open.content {
            Content::Map { entries, .. } => Kind::Map(entries),
            Content::List(items) => Kind::List(items),
        };
        self.anchors.insert(open.anchor, (open.node, open.size));
        if self.key_is_missing() {
            return self.key(Key::Unnamed);
        }
        if let Some(parent) = self.open.last_mut() {
            parent.end = parent.end.max(end);
        }
        self.place(open.node, open.size);
    }

    fn key_is_missing(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { key: Key::Missing, .. }, .. }))
    }

    fn key(&mut self, read: Key) {
        if let Some(Open { content: Content::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = read;
        }
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: NodeId, size: usize) {
        let end = self.tree.node(node).span.end as usize;
        let Some(open) = self.open.last_mut() else {
            self.tree.documents.push(node);
            return;
        };
        open.size += size;
        if end > open.start {
            open.end = open.end.max(end);
        }
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map { entries, key } => {
                if let Key::Read(key, merge) = std::mem::replace(key, Key::Missing) {
                    entries.push(Entry { key, value: node, merge });
                }
            }
        }
    }

    fn span(&self, place: &Range<usize>) -> Span {
        Span::new(self.pages.file, place.start, place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::tree::At;

    fn check(text: &str, look: impl Fn(&[At<'_>], &Source)) {
        let source = Source::new(FileId(0), "a.yml", text);
        let (tree, _) = tree(&source);
        look(&tree.roots().collect::<Vec<_>>(), &source);
    }

    /// Asserts the decoded scalar under `k`, and that `part` of it stands where the text says.
    fn scalar(text: &str, decoded: &str, part: &str) {
        check(text, |roots, source| {
            let text = roots[0].get("k").unwrap().text().unwrap();
            assert_eq!(text.expose(), decoded);
            let at = decoded.find(part).unwrap();
            assert_eq!(source.slice(text.span_of(at..at + part.len())), part);
        });
    }

    #[test]
    fn every_style_keeps_its_places() {
        scalar("k: plain # c", "plain", "plain");
        scalar("k: é b\n  c\n\n  host", "é b c\nhost", "host");
        scalar("k: 'it''s host'", "it's host", "host");
        scalar("k: \"\\u00e9 \\x41 \\U0001F600 host\"", "é A 😀 host", "host");
        scalar("k: \"a \\\n   b\n\n   host\"", "a b\nhost", "host");
        scalar("k: |\n\n  a\n   b\n  host\n", "\na\n b\nhost\n", "host");
        scalar("k: |-\r\n  a\r\n  host\r\n", "a\nhost", "host");
        scalar("k: |2+\n   a\n  host\n\n", " a\nhost\n\n", "host");
        scalar("k: >\n  a\n  b\n\n  c\n   d\n  host\n", "a b\nc\n d\nhost\n", "host");
        scalar("k: {{ a }} host", "{{ a }} host", "{{ a }} host");
        scalar("k: \"{{ a \\\"b\\\" }} \\t host\"", "{{ a \"b\" }} \t host", "host");
    }

    /// Ansible, CloudFormation and others say by tags what a scalar means.
    #[test]
    fn tags_and_nulls_are_kept() {
        check("a: !Sub \"x\"\nb: !!str 5\nc:\nd: ~\ne: \"\"\n", |roots, _| {
            assert_eq!(roots[0].get("a").unwrap().tag(), Some("!Sub"));
            assert_eq!(roots[0].get("b").unwrap().tag(), Some("!!str"));
            assert!(matches!(roots[0].get("c").unwrap().node().kind, Kind::Null));
            assert!(matches!(roots[0].get("d").unwrap().node().kind, Kind::Null));
            assert_eq!(roots[0].get("e").unwrap().word(), Some(""));
        });
    }

    /// An alias is the anchor's own node: its value is said, and underlined, at the anchor.
    #[test]
    fn aliases_and_merges() {
        let text = "b: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\ns: *b\nu: *none\nloop: &l [*l]\n? [k]\n: v\n*b : w\n";
        check(text, |roots, _| {
            let root = roots[0];
            assert_eq!(root.find(&["d", "x"]).unwrap().id, root.find(&["b", "x"]).unwrap().id);
            assert_eq!(root.find(&["d", "y"]).unwrap().word(), Some("3"));
            assert_eq!(root.get("s").unwrap().id, root.get("b").unwrap().id);
            assert!(matches!(root.get("u").unwrap().node().kind, Kind::Null));
            assert!(matches!(root.get("loop").unwrap().items().next().unwrap().node().kind, Kind::Null));
            assert_eq!(root.entries().len(), 5);
        });
    }

    #[test]
    fn a_broken_document_leaves_the_others_whole() {
        let text = "%YAML 1.2\n---\na: 1\n...\n# nothing\n---\nb: [\nc: 2\n---\nd: 3 # e\nd: 4\n";
        check(text, |roots, source| {
            let words: Vec<Option<&str>> =
                roots.iter().zip(["a", "c", "d"]).map(|(root, key)| root.get(key)?.word()).collect();
            assert_eq!(words, [Some("1"), Some("2"), Some("4")]);
            assert_eq!(source.slice(roots[2].span()), "d: 3 # e\nd: 4");
        });
    }
}
