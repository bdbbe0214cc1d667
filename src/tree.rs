//! Structured text of any notation: maps, lists and scalars, each with its place.

use crate::source::{FileId, Span};
use crate::text::Text;

/// The documents of one file. Nodes are ids into it, so an alias is the same node again and a bomb of
/// aliases costs nothing until it is walked; walks are bounded (see [`crate::readers::settings`]).
#[derive(Debug)]
pub struct Tree {
    pub file: FileId,
    nodes: Vec<Node>,
    /// The roots, in order; most files have one.
    pub documents: Vec<NodeId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

#[derive(Debug)]
pub struct Node {
    pub span: Span,
    /// A YAML tag as written (`!Sub`, `!vault`), an HCL block's type.
    pub tag: Option<Box<str>>,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Map(Vec<Entry>),
    List(Vec<NodeId>),
    Scalar(Text),
    Null,
}

#[derive(Debug)]
pub struct Entry {
    pub key: Text,
    pub value: NodeId,
    /// `<<: *base`: the value's entries hold here unless they are said here.
    pub merge: bool,
}

impl Tree {
    pub fn new(file: FileId) -> Self {
        Tree { file, nodes: Vec::new(), documents: Vec::new() }
    }

    pub fn add(&mut self, span: Span, kind: Kind) -> NodeId {
        self.nodes.push(Node { span, tag: None, kind });
        NodeId(self.nodes.len() as u32 - 1)
    }

    pub fn scalar(&mut self, text: Text) -> NodeId {
        self.add(text.span(), Kind::Scalar(text))
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// All nodes, each once, in no order that means anything.
    pub fn nodes(&self) -> impl Iterator<Item = At<'_>> {
        (0..self.nodes.len() as u32).map(|id| self.at(NodeId(id)))
    }

    pub fn roots(&self) -> impl Iterator<Item = At<'_>> {
        self.documents.iter().map(|id| self.at(*id))
    }

    pub fn at(&self, id: NodeId) -> At<'_> {
        At { tree: self, id }
    }
}

/// A node to look at.
#[derive(Debug, Clone, Copy)]
pub struct At<'t> {
    tree: &'t Tree,
    pub id: NodeId,
}

/// Deeper merges than this are not followed: enough for people, too few for a loop.
const MERGE_DEPTH: usize = 8;

impl<'t> At<'t> {
    pub fn node(self) -> &'t Node {
        self.tree.node(self.id)
    }

    pub fn span(self) -> Span {
        self.node().span
    }

    pub fn tag(self) -> Option<&'t str> {
        self.node().tag.as_deref()
    }

    pub fn text(self) -> Option<&'t Text> {
        match &self.node().kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The decoded scalar, to compare with words.
    pub fn word(self) -> Option<&'t str> {
        self.text().map(|text| text.expose())
    }

    pub fn is_map(self) -> bool {
        matches!(self.node().kind, Kind::Map(_))
    }

    pub fn is_list(self) -> bool {
        matches!(self.node().kind, Kind::List(_))
    }

    /// The entries that hold in a map, its own first, then those merged into it that it does not say itself.
    pub fn entries(self) -> Vec<(&'t Text, At<'t>)> {
        let mut entries = Vec::new();
        self.collect(&mut entries, MERGE_DEPTH);
        entries
    }

    fn collect(self, entries: &mut Vec<(&'t Text, At<'t>)>, depth: usize) {
        let Kind::Map(own) = &self.node().kind else { return };
        let already: std::collections::HashSet<&str> = entries.iter().map(|(key, _)| key.expose()).collect();
        for entry in own.iter().filter(|entry| !entry.merge && !already.contains(entry.key.expose())) {
            entries.push((&entry.key, self.tree.at(entry.value)));
        }
        if depth == 0 {
            return;
        }
        for entry in own.iter().filter(|entry| entry.merge) {
            let merged = self.tree.at(entry.value);
            match &merged.node().kind {
                Kind::List(items) => {
                    for item in items {
                        self.tree.at(*item).collect(entries, depth - 1);
                    }
                }
                _ => merged.collect(entries, depth - 1),
            }
        }
    }

    pub fn items(self) -> impl Iterator<Item = At<'t>> {
        let items: &[NodeId] = match &self.node().kind {
            Kind::List(items) => items,
            _ => &[],
        };
        items.iter().map(move |id| self.tree.at(*id))
    }

    /// The value of a key; the last one where a key is said twice.
    pub fn get(self, key: &str) -> Option<At<'t>> {
        self.get_entry(key).map(|(_, value)| value)
    }

    pub fn get_entry(self, key: &str) -> Option<(&'t Text, At<'t>)> {
        let Kind::Map(own) = &self.node().kind else { return None };
        if let Some(entry) = own.iter().rev().find(|entry| !entry.merge && entry.key.expose() == key) {
            return Some((&entry.key, self.tree.at(entry.value)));
        }
        if !own.iter().any(|entry| entry.merge) {
            return None;
        }
        self.entries().into_iter().find(|(name, _)| name.expose() == key)
    }

    /// The value at the end of a path of keys.
    pub fn find(self, path: &[&str]) -> Option<At<'t>> {
        path.iter().try_fold(self, |at, key| at.get(key))
    }
}
