//! JSON that does not parse (truncated, templated, a fragment), read token by token: `"key": value` keeps its fact.

use std::ops::Range;

use super::Pages;
use crate::text::Text;
use crate::tree::{Entry, Kind, NodeId, Tree};

/// Maps and lists that lie deeper are read as part of the last one above.
const DEPTH: usize = 120;

/// Adds what the tokens say to the tree as documents.
pub(super) fn read(pages: Pages<'_>, range: Range<usize>, tree: &mut Tree) {
    let root = tree.add(pages.span(range.clone()), Kind::Map(Vec::new()));
    let mut reader = Reader { tree, pages, open: vec![Open { node: root, map: true, key: None }], ignored: 0 };
    let mut at = range.start;
    while at < range.end {
        at = reader.token(at, range.end);
    }
    let says_something = |node: NodeId| match &tree.node(node).kind {
        Kind::Map(entries) => !entries.is_empty(),
        _ => true,
    };
    if says_something(root) {
        tree.documents.push(root);
    }
}

struct Reader<'p, 't> {
    pages: Pages<'p>,
    tree: &'t mut Tree,
    open: Vec<Open>,
    /// How many brackets beyond the greatest depth are open.
    ignored: usize,
}

struct Open {
    node: NodeId,
    map: bool,
    key: Option<(Text, bool)>,
}

impl Reader<'_, '_> {
    /// Reads the token at `at`; where the next may begin.
    fn token(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.pages.masked[at..end];
        let Some(first) = rest.chars().next() else { return end };
        match first {
            '{' | '[' => self.start(first == '{', at),
            '}' | ']' => self.stop(first == '}', at + 1),
            ':' => {
                if let Some(Open { key: Some((_, colon)), .. }) = self.open.last_mut() {
                    *colon = true;
                }
            }
            ',' => self.forget(),
            '"' | '\'' => return self.string(at, end, first),
            '/' if rest.starts_with("//") => return at + rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => return at + rest.find("*/").map_or(2, |close| close + 2),
            _ if first.is_whitespace() => {}
            _ => {
                let stops = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '\'');
                let length = rest.find(stops).unwrap_or(rest.len());
                let word = Text::verbatim(&self.pages.original[at..at + length], self.pages.file, at);
                self.scalar(word);
                return at + length;
            }
        }
        at + first.len_utf8()
    }

    /// A string up to its quote, or to the end of the line where that is missing.
    fn string(&mut self, at: usize, end: usize, quote: char) -> usize {
        let mut escaped = false;
        for (offset, c) in self.pages.masked[at + 1..end].char_indices() {
            let here = at + 1 + offset;
            if c == '\n' && !escaped {
                let written = self.pages.original[at + 1..here].trim_end_matches(['\r', ' ', ',']);
                self.scalar(Text::verbatim(written, self.pages.file, at + 1));
                return here;
            }
            if c == quote && !escaped {
                self.scalar(self.pages.text(at..here + 1));
                return here + 1;
            }
            escaped = c == '\\' && !escaped;
        }
        self.scalar(Text::verbatim(&self.pages.original[at + 1..end], self.pages.file, at + 1));
        end
    }

    fn scalar(&mut self, text: Text) {
        match self.open.last_mut() {
            Some(Open { map: true, key: key @ (None | Some((_, false))), .. }) => *key = Some((text, false)),
            _ => {
                let null = text.expose() == "null";
                let node = if null { self.tree.add(text.span(), Kind::Null) } else { self.tree.scalar(text) };
                self.place(node);
            }
        }
    }

    fn start(&mut self, map: bool, at: usize) {
        let Some(top) = self.open.last() else { return };
        if self.open.len() >= DEPTH {
            self.ignored += 1;
            // What stands before the bracket is its key, and no key of what comes next.
            self.forget();
            return;
        }
        let valued = !top.map || top.key.as_ref().is_some_and(|(_, colon)| *colon);
        // Braces around everything, or around nothing known, open no level of their own.
        let node = if map && !valued {
            top.node
        } else {
            let kind = if map { Kind::Map(Vec::new()) } else { Kind::List(Vec::new()) };
            let node = self.tree.add(self.pages.span(at..at + 1), kind);
            if valued {
                self.place(node);
            } else {
                self.tree.documents.push(node);
            }
            node
        };
        self.open.push(Open { node, map, key: None });
    }

    fn stop(&mut self, map: bool, end: usize) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let Some(opener) = self.open.iter().rposition(|open| open.map == map).filter(|at| *at > 0) else { return };
        for closed in self.open.drain(opener..) {
            let span = self.tree.node(closed.node).span;
            self.tree.node_mut(closed.node).span = span.to(self.pages.span(span.start as usize..end));
        }
    }

    fn forget(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.key = None;
        }
    }

    fn place(&mut self, node: NodeId) {
        let Some(open) = self.open.last_mut() else { return };
        let key = open.key.take();
        match (&mut self.tree.node_mut(open.node).kind, key) {
            (Kind::List(items), _) => items.push(node),
            (Kind::Map(entries), Some((key, true))) => entries.push(Entry { key, value: node, merge: false }),
            _ => {}
        }
    }
}
