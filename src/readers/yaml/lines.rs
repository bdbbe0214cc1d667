//! YAML that does not parse, read by its indentation: `key: value` lines keep their facts.

use std::collections::HashMap;
use std::ops::Range;

use super::scalar::{Pages, Style};
use crate::source::Span;
use crate::text::{Text, TextBuilder};
use crate::tree::{Entry, Kind, NodeId, Tree};

/// Levels of maps and lists that are kept apart; what lies deeper joins the last.
const DEPTH: usize = 100;

/// Longer scalars are not repeated for an alias.
const REPEATED: usize = 4096;
/// More merges than this are not followed.
const MERGES: usize = 1000;

/// The root of what the lines say, if they say anything.
pub(super) fn read(pages: Pages<'_>, range: Range<usize>, tree: &mut Tree) -> Option<NodeId> {
    let root = tree.add(Span::new(pages.file, range.start, range.end), Kind::Null);
    let mut lines =
        Lines { pages, tree, levels: Vec::new(), awaited: Some((0, root)), anchors: HashMap::new(), merges: 0 };
    let mut at = range.start;
    while at < range.end {
        at = lines.line(at, range.end);
    }
    (!matches!(lines.tree.node(root).kind, Kind::Null)).then_some(root)
}

struct Lines<'t, 'a> {
    pages: Pages<'t>,
    tree: &'a mut Tree,
    /// The open maps and lists, with the columns of their entries.
    levels: Vec<(usize, NodeId)>,
    /// A key, or a file, that has no value yet, and the least column where it may stand.
    awaited: Option<(usize, NodeId)>,
    anchors: HashMap<&'t str, NodeId>,
    merges: usize,
}

impl<'t> Lines<'t, '_> {
    /// Reads the line that begins at `start`, and what belongs to it; the next line's beginning.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let masked = self.pages.masked;
        let stop = masked[start..end].find('\n').map_or(end, |offset| start + offset);
        let next = (stop + 1).min(end.max(stop));
        let line = masked[start..stop].trim_end();
        let content = line.trim_start_matches([' ', '\t', '-']);
        if content.is_empty() && !line.contains('-') || content.starts_with(['#', '%']) || line.starts_with("---") {
            return next;
        }
        let mut at = start + line.len() - line.trim_start_matches([' ', '\t']).len();
        let line_end = start + line.len();
        let mut column = column(&masked[start..at]);
        while let Some(after) = dash(&masked[at..line_end]) {
            let Some(item) = self.item(column, at) else { return next };
            at += after;
            column += after;
            self.awaited = Some((column, item));
        }
        let (after, scalar) = match self.key(at..line_end) {
            Some((key, value)) => {
                let node = self.entry(column, key, value);
                (value, Some((column, node)))
            }
            None => (at, self.awaited.filter(|(least, _)| column >= *least)),
        };
        let Some((parent, node)) = scalar else { return next };
        self.value(node, parent, after..line_end, next, end)
    }

    /// A new item of the list whose dashes stand in this column.
    fn item(&mut self, column: usize, at: usize) -> Option<NodeId> {
        let list = self.container(column, true)?;
        let item = self.tree.add(Span::new(self.pages.file, at, at), Kind::Null);
        if let Kind::List(items) = &mut self.tree.node_mut(list).kind {
            items.push(item);
        }
        Some(item)
    }

    /// A new entry of the map whose keys stand in this column.
    fn entry(&mut self, column: usize, key: Text, at: usize) -> NodeId {
        let value = self.tree.add(Span::new(self.pages.file, at, at), Kind::Null);
        if let Some(map) = self.container(column, false) {
            let merge = key.expose() == "<<";
            if let Kind::Map(entries) = &mut self.tree.node_mut(map).kind {
                entries.push(Entry { key, value, merge });
            }
        }
        self.awaited = Some((column + 1, value));
        value
    }

    /// The list or map that something in this column belongs to, opened if need be.
    fn container(&mut self, column: usize, list: bool) -> Option<NodeId> {
        if let Some((least, node)) = self.awaited.take() {
            // A list may stand in the column of its key.
            let stands = column >= least || (list && column + 1 == least);
            if stands && self.levels.len() < DEPTH {
                self.tree.node_mut(node).kind = if list { Kind::List(Vec::new()) } else { Kind::Map(Vec::new()) };
                self.levels.push((column, node));
                return Some(node);
            }
        }
        let fits = |tree: &Tree, node: NodeId| matches!(tree.node(node).kind, Kind::List(_)) == list;
        while self.levels.len() > 1 {
            let (at, node) = *self.levels.last()?;
            if at < column || (at == column && fits(self.tree, node)) {
                break;
            }
            self.levels.pop();
        }
        let (_, node) = *self.levels.last()?;
        fits(self.tree, node).then_some(node)
    }

    /// A key at the beginning of this stretch of a line, and where its value may begin.
    fn key(&self, range: Range<usize>) -> Option<(Text, usize)> {
        let line = &self.pages.masked[range.clone()];
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (inside, after) = match quote {
            Some(quote) => {
                let close = 1 + line[1..].find(quote)?;
                (1..close, close + 1)
            }
            None => {
                let colon = line.match_indices(':').map(|(at, _)| at).find(|at| ends_key(&line[at + 1..]))?;
                (0..line[..colon].trim_end().len(), colon)
            }
        };
        let colon = after + line[after..].len() - line[after..].trim_start().len();
        let value = line[colon..].strip_prefix(':')?;
        let is_key = !inside.is_empty() && ends_key(value);
        let place = range.start + inside.start..range.start + inside.end;
        let text = || Text::verbatim(&self.pages.original[place.clone()], self.pages.file, place.start);
        is_key.then(|| (text(), range.start + colon + 1))
    }

    /// Gives a node the value that stands in this stretch of a line; where to read on.
    fn value(&mut self, node: NodeId, parent: usize, range: Range<usize>, next: usize, end: usize) -> usize {
        let start = self.properties(node, range.clone());
        let written = &self.pages.masked[start..range.end];
        if let Some(name) = written.strip_prefix('*') {
            self.alias(node, name.trim());
            return next;
        }
        if let [b'|' | b'>', indicators @ ..] = written.split(" #").next().unwrap_or("").trim().as_bytes()
            && indicators.iter().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'))
        {
            return self.block(node, parent, next, end);
        }
        let text = match written.chars().next() {
            None | Some('#') => return next,
            Some('"') => self.quoted(start..range.end, '"', Style::Double),
            Some('\'') => self.quoted(start..range.end, '\'', Style::Single),
            Some(_) => {
                let length = written.find(" #").map_or(written, |comment| &written[..comment]).trim_end().len();
                Text::verbatim(&self.pages.original[start..start + length], self.pages.file, start)
            }
        };
        let node = self.tree.node_mut(node);
        node.span = text.span();
        node.kind = Kind::Scalar(text);
        self.awaited = None;
        next
    }

    /// Over the anchor and tag before a value, which are kept.
    fn properties(&mut self, node: NodeId, range: Range<usize>) -> usize {
        let masked: &'t str = self.pages.masked;
        let mut at = range.start;
        loop {
            let rest = &masked[at..range.end];
            at += rest.len() - rest.trim_start().len();
            let rest = &masked[at..range.end];
            let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
            if let Some(anchor) = word.strip_prefix('&') {
                self.anchors.insert(anchor, node);
            } else if word.starts_with('!') {
                self.tree.node_mut(node).tag = Some(word.into());
            } else {
                return at;
            }
            at += word.len();
        }
    }

    /// Short scalars repeat as they are, and one finished map may be merged into another; all else would
    /// let a few lines stand for any number of nodes.
    fn alias(&mut self, node: NodeId, name: &str) {
        self.awaited = None;
        let Some(anchor) = self.anchors.get(name).copied() else { return };
        if let Kind::Scalar(text) = &self.tree.node(anchor).kind
            && text.len() <= REPEATED
        {
            self.tree.node_mut(node).kind = Kind::Scalar(text.clone());
            return;
        }
        let finished = self.levels.iter().all(|(_, open)| *open != anchor);
        let Some((_, map)) = self.levels.last().filter(|_| finished && self.merges < MERGES) else { return };
        let Kind::Map(entries) = &mut self.tree.node_mut(*map).kind else { return };
        if entries.iter().filter(|entry| entry.merge).count() == 1
            && let Some(last) = entries.last_mut().filter(|last| last.merge)
        {
            last.value = anchor;
            self.merges += 1;
        }
    }

    /// The inside of quotes that close on this line, or else the rest of it.
    fn quoted(&self, range: Range<usize>, quote: char, style: Style) -> Text {
        let inside = range.start + 1..range.end;
        let written = &self.pages.masked[inside.clone()];
        let mut decoded = String::new();
        let mut characters = written.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if c == '\\' && style == Style::Double {
                match characters.next() {
                    Some((_, escaped @ ('"' | '\\' | '/'))) => decoded.push(escaped),
                    _ => break,
                }
            } else if c == quote {
                if style == Style::Single && characters.next_if(|(_, next)| *next == quote).is_some() {
                    decoded.push(quote);
                    continue;
                }
                return self.pages.text(&decoded, inside.start..inside.start + at, style);
            } else {
                decoded.push(c);
            }
        }
        // Not closed, or with rarer escapes: as it is written, up to the last quote.
        let close = written.rfind(quote).unwrap_or(written.len());
        Text::verbatim(&self.pages.original[inside.start..inside.start + close], self.pages.file, inside.start)
    }

    /// The lines of a block scalar, which are deeper than its parent.
    fn block(&mut self, node: NodeId, parent: usize, start: usize, end: usize) -> usize {
        let masked = self.pages.masked;
        let mut builder = TextBuilder::new(self.pages.file);
        let mut indent = None;
        let mut first = start;
        let mut last = start;
        let mut at = start;
        while at < end {
            let stop = masked[at..end].find('\n').map_or(end, |offset| at + offset);
            let line = masked[at..stop].trim_end_matches('\r');
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            let blank = blanks == line.len();
            if !blank && blanks <= parent {
                break;
            }
            if !blank && indent.is_none() {
                first = at + blanks;
            }
            if let Some(indent) = indent.or((!blank).then_some(blanks)) {
                let from = at + blanks.min(indent);
                builder.verbatim(&self.pages.original[from..at + line.len()], from);
                builder.decoded("\n", at + line.len());
            }
            indent = indent.or((!blank).then_some(blanks));
            last = if blank { last } else { at + line.len() };
            at = stop + 1;
        }
        let text = builder.finish(first..last.max(first));
        let node = self.tree.node_mut(node);
        node.span = text.span();
        node.kind = Kind::Scalar(text);
        self.awaited = None;
        at.min(end)
    }
}

/// The bytes of a dash and the blanks behind it.
fn dash(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('-')?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (blanks > 0 || rest.is_empty()).then_some(1 + blanks)
}

fn ends_key(after: &str) -> bool {
    after.is_empty() || after.starts_with([' ', '\t'])
}

/// How far blanks reach: a tab to the next multiple of four, as most editors show it.
fn column(blanks: &str) -> usize {
    blanks.chars().fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

#[cfg(test)]
mod tests {
    use crate::readers::yaml;
    use crate::source::{FileId, Source};
    use crate::tree::At;

    fn check(text: &str, look: impl Fn(At<'_>, &Source)) {
        let source = Source::new(FileId(0), "a.yml", text);
        let (tree, problems) = yaml::tree(&source);
        assert_eq!(problems.len(), 1, "{text}");
        look(tree.roots().next().expect("a document"), &source);
    }

    fn word(at: At<'_>, path: &[&str]) -> String {
        at.find(path).and_then(At::word).unwrap_or("-").to_owned()
    }

    /// Editors that indent with tabs make files that YAML parsers refuse and people still deploy.
    #[test]
    fn tabs_indent() {
        check("a:\n\tb:\n\t\tc: 1 # d: 2\n\te: \"x\\\"y\"\nf: 'it''s'\n", |root, source| {
            assert_eq!(word(root, &["a", "b", "c"]), "1");
            assert_eq!(word(root, &["a", "e"]), "x\"y");
            assert_eq!(source.slice(root.find(&["a", "e"]).unwrap().span()), r#"x\"y"#);
            assert_eq!(word(root, &["f"]), "it's");
        });
    }

    #[test]
    fn an_unclosed_quote_costs_its_own_line_only() {
        check("a: \"x\nb:\n- name: N\n  value: v\n- w\nc: [\nd: |\n  e: 1\n\n   f\ng: h\n", |root, _| {
            assert_eq!(word(root, &["a"]), "x");
            let items: Vec<At<'_>> = root.get("b").unwrap().items().collect();
            assert_eq!((word(items[0], &["value"]), items[1].word()), ("v".to_owned(), Some("w")));
            assert_eq!(word(root, &["d"]), "e: 1\n\n f\n");
            assert_eq!(word(root, &["g"]), "h");
        });
    }

    /// Merges and short aliases survive a mistake elsewhere in the file.
    #[test]
    fn merges_are_followed() {
        check(
            "base: &b\n  host: x\nprod:\n  <<: *b\n  y: 1\nword: &w v\nagain: *w\nself: &s\n  <<: *s\nbad: \"\n",
            |root, _| {
                assert_eq!(word(root, &["prod", "host"]), "x");
                assert_eq!(word(root, &["again"]), "v");
                assert_eq!(word(root, &["self", "host"]), "-");
            },
        );
    }
}
