//! `#if … #else … #endif` where the grammar puts them flat among what they choose.

use crate::readers::code::syntax::{Is, Node};
use crate::source::Span;

/// A node, and whether its parts, if it is a group, may as well stand by themselves.
pub(super) type Each = (bool, Node);

/// What was read so far: at the end the innermost `#if` that is open.
pub(super) struct Flat {
    nodes: Vec<Each>,
    open: Vec<Open>,
}

struct Open {
    /// The branches before the last, each with its test.
    branches: Vec<(Option<Node>, Vec<Each>)>,
    test: Option<Node>,
    nodes: Vec<Each>,
}

impl Flat {
    pub(super) fn new() -> Self {
        Flat { nodes: Vec::new(), open: Vec::new() }
    }

    /// Where the next node goes.
    pub(super) fn nodes(&mut self) -> &mut Vec<Each> {
        self.open.last_mut().map_or(&mut self.nodes, |open| &mut open.nodes)
    }

    pub(super) fn when(&mut self, test: Option<Node>) {
        self.open.push(Open { branches: Vec::new(), test, nodes: Vec::new() });
    }

    pub(super) fn otherwise(&mut self, test: Option<Node>) {
        if let Some(open) = self.open.last_mut() {
            let before = (std::mem::replace(&mut open.test, test), std::mem::take(&mut open.nodes));
            open.branches.push(before);
        }
    }

    pub(super) fn end(&mut self, end: Span) {
        let Some(Open { mut branches, test, nodes }) = self.open.pop() else { return };
        branches.push((test, nodes));
        let mut other: Option<Node> = None;
        for (test, nodes) in branches.into_iter().rev() {
            let nodes: Vec<Node> = nodes.into_iter().map(|(_, node)| node).collect();
            let span = nodes.first().map_or(end, |node| node.span.to(end));
            let then = Node::new(span, Is::Group(nodes));
            other = Some(match test {
                Some(test) => Node::new(span, Is::Choice(test.into(), then.into(), other.map(Box::new))),
                None => then,
            });
        }
        self.nodes().extend(other.map(|choice| (false, choice)));
    }

    /// All of it: what is never closed ends here.
    pub(super) fn finish(mut self, end: Span) -> Vec<Each> {
        while !self.open.is_empty() {
            self.end(end);
        }
        self.nodes
    }
}
