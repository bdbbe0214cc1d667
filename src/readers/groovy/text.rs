//! Strings of Groovy: constants in single quotes, and those with values in them in double ones.

use super::parse::Parse;
use crate::fact::Name;
use crate::readers::code::syntax::{Is, Node};
use crate::readers::escapes::{self, Dialect};
use crate::text::TextBuilder;

/// The quotes of Groovy, the longer before the shorter, with what ends them and whether values stand in them.
const QUOTES: &[(&str, &str, bool)] = &[
    ("'''", "'''", false),
    ("\"\"\"", "\"\"\"", true),
    ("$/", "/$", true),
    ("'", "'", false),
    ("\"", "\"", true),
    ("/", "/", true),
];

impl Parse<'_> {
    /// A string, if one begins here. A slash begins one only where a value is expected, and ends on its line.
    pub(super) fn string(&mut self) -> Option<Node> {
        let (open, close, filled) = QUOTES.iter().find(|(open, ..)| self.rest().starts_with(open))?;
        let short = open.len() == 1;
        let start = self.at;
        self.at += open.len();
        if *open == "/" && !self.rest().lines().next().unwrap_or("").contains('/') {
            self.at = start;
            return None;
        }
        let mut nodes = Vec::new();
        let mut from = self.at;
        let mut builder = TextBuilder::new(self.source.id);
        let end = loop {
            let rest = self.rest();
            let Some(first) = rest.chars().next() else { break self.at };
            if rest.starts_with(close) || short && first == '\n' {
                break self.at;
            }
            match first {
                '\\' if !open.contains('/') => {
                    let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                    let range = self.at..self.at + length;
                    let decoded = escapes::decode(self.source.id, self.all, range, Dialect::Json);
                    builder.copy(&decoded, 0..decoded.len());
                    self.at += length;
                }
                '$' if *filled && rest[1..].starts_with(|c: char| c == '{' || c == '_' || c.is_alphabetic()) => {
                    let text = std::mem::replace(&mut builder, TextBuilder::new(self.source.id)).finish(from..self.at);
                    nodes.extend((!text.is_empty()).then(|| Node::new(text.span(), Is::Text(text))));
                    nodes.push(self.hole());
                    from = self.at;
                }
                _ => {
                    builder.verbatim(&rest[..first.len_utf8()], self.at);
                    self.at += first.len_utf8();
                }
            }
        };
        if self.rest().starts_with(close) {
            self.at += close.len();
        }
        let text = builder.finish(from..end);
        if nodes.is_empty() {
            return Some(Node::new(text.span(), Is::Text(text)));
        }
        nodes.extend((!text.is_empty()).then(|| Node::new(text.span(), Is::Text(text))));
        Some(Node::new(self.span(start..self.at), Is::Template(nodes)))
    }

    /// `$name.member` or `${expression}`.
    fn hole(&mut self) -> Node {
        let start = self.at;
        self.at += 1;
        if !self.rest().starts_with('{') {
            let mut node = self.name_node();
            while self
                .rest()
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(|c: char| c == '_' || c.is_alphabetic()))
            {
                self.at += 1;
                let name = self.name();
                node = Node::new(self.span(start + 1..self.at), Is::Member(Box::new(node), name));
            }
            return node;
        }
        self.at += 1;
        let node = self.nested(true, Self::expression);
        self.blanks();
        let whole = self.rest().starts_with('}');
        self.at = self.rest().find(['}', '\n']).map_or(self.all.len(), |length| self.at + length);
        self.at += usize::from(self.rest().starts_with('}'));
        let nothing = || Node::new(self.span(start..self.at), Is::Group(Vec::new()));
        node.filter(|_| whole).unwrap_or_else(nothing)
    }

    pub(super) fn name(&mut self) -> Name {
        let start = self.at;
        let length = self.rest().find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest().len());
        self.at += length;
        Name::key(&self.all[start..self.at], self.span(start..self.at))
    }

    pub(super) fn name_node(&mut self) -> Node {
        let name = self.name();
        Node::new(name.span, Is::Name(name.text))
    }
}
