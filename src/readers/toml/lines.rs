//! The `key = value` lines of a TOML file that its parser dropped around a mistake.

use std::collections::HashSet;

use super::super::escapes::{self, Dialect};
use crate::source::{Source, Span};
use crate::text::Text;
use crate::tree::{Entry, Kind, NodeId, Tree};

/// Adds a setting for every line whose key is in no table, under the header above it.
pub(super) fn add_missed(source: &Source, tree: &mut Tree, root: NodeId) {
    let known = Known::of(tree, root);
    let text = source.text();
    let mut header: Vec<Text> = Vec::new();
    let mut missed = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || known.covers(start) {
            continue;
        }
        if let Some(inside) = line.strip_prefix("[[").or_else(|| line.strip_prefix('[')) {
            let name = inside.split([']', '#']).next().unwrap_or("");
            let from = start + line.len() - inside.len();
            header = keys(source, from, name);
        } else if let Some((key, value)) = assignment(source, start, line)
            && key.last().is_some_and(|own| !known.keys.contains(&own.span().start))
        {
            missed.push((header.clone(), key, value));
        }
    }
    for (mut path, key, value) in missed {
        path.extend(key);
        add(tree, root, path, value);
    }
}

/// What the parser did read: where keys begin, and where strings of several lines lie.
struct Known {
    keys: HashSet<u32>,
    strings: Vec<Span>,
}

impl Known {
    fn of(tree: &Tree, root: NodeId) -> Self {
        let mut known = Known { keys: HashSet::new(), strings: Vec::new() };
        let mut waiting = vec![root];
        while let Some(node) = waiting.pop() {
            match &tree.node(node).kind {
                Kind::Map(entries) => {
                    known.keys.extend(entries.iter().map(|entry| entry.key.span().start));
                    waiting.extend(entries.iter().map(|entry| entry.value));
                }
                Kind::List(items) => waiting.extend(items),
                Kind::Scalar(text) => known.strings.push(text.span()),
                Kind::Null => {}
            }
        }
        known.strings.sort();
        known
    }

    fn covers(&self, at: usize) -> bool {
        let next = self.strings.partition_point(|span| span.start as usize <= at);
        next > 0 && (self.strings[next - 1].end as usize) > at
    }
}

/// `a."b c".d` taken apart.
fn keys(source: &Source, start: usize, written: &str) -> Vec<Text> {
    let mut at = start;
    let mut found = Vec::new();
    for part in written.split('.') {
        let blanks = part.len() - part.trim_start().len();
        let name = part.trim().trim_matches(['"', '\'']);
        let quote = usize::from(part.trim_start().starts_with(['"', '\'']));
        if !name.is_empty() {
            found.push(Text::verbatim(name, source.id, at + blanks + quote));
        }
        at += part.len() + 1;
    }
    found
}

fn assignment(source: &Source, start: usize, line: &str) -> Option<(Vec<Text>, Text)> {
    let equals = line.find('=')?;
    let name = line[..equals].trim_end();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
    let key = keys(source, start, name);
    if key.is_empty() || !name.chars().all(is_key) {
        return None;
    }
    let value = line[equals + 1..].trim_start();
    let from = start + line.len() - value.len();
    Some((key, scalar(source, from, value)))
}

fn scalar(source: &Source, from: usize, value: &str) -> Text {
    for (quote, escaped) in [('"', true), ('\'', false)] {
        let Some(inside) = value.strip_prefix(quote) else { continue };
        // The last quote of the line: what is quoted within a template has more.
        let length = inside.rfind(quote).unwrap_or(inside.len());
        let range = from + 1..from + 1 + length;
        return if escaped {
            escapes::decode(source.id, source.text(), range, Dialect::Toml)
        } else {
            Text::verbatim(&inside[..length], source.id, from + 1)
        };
    }
    let plain = value.find(" #").map_or(value, |comment| &value[..comment]).trim_end();
    Text::verbatim(plain, source.id, from)
}

fn add(tree: &mut Tree, root: NodeId, mut path: Vec<Text>, value: Text) {
    let mut node = tree.scalar(value);
    while path.len() > 1 {
        let Some(key) = path.pop() else { return };
        let span = key.span();
        node = tree.add(span, Kind::Map(vec![Entry { key, value: node, merge: false }]));
    }
    if let (Some(key), Kind::Map(entries)) = (path.pop(), &mut tree.node_mut(root).kind) {
        entries.push(Entry { key, value: node, merge: false });
    }
}
