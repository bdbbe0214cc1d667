//! The insides of macros, which grammars leave as tokens: read as arguments, pairs, calls and names as far as they look
//! like that. Nothing of them is lost: what is not understood stands one after another.

use tree_sitter::Node as Raw;

use super::{Build, DEPTH};
use crate::fact::Name;
use crate::readers::code::syntax::{Argument, Bind, Call, Is, Node};

impl Build<'_, '_> {
    /// What is in the brackets: `{ a: b }` is a map, `[a, b]` a list.
    pub(super) fn bracketed(&self, raw: Raw<'_>, depth: usize) -> Option<Node> {
        let mut inside = self.tokens(raw, depth + 1);
        let is_keyed = inside.iter().any(|node| matches!(node.is, Is::Pair(..)));
        let is = match self.open(raw) {
            "[" => Is::List(inside),
            "{" if is_keyed => Is::Map(inside),
            "(" if inside.len() == 1 => return inside.pop(),
            "(" => Is::List(inside),
            _ => Is::Group(inside),
        };
        Some(Node::new(self.span(raw), is))
    }

    /// The items between the commas. One with a name, `a = b`, is a bind.
    pub(super) fn tokens(&self, raw: Raw<'_>, depth: usize) -> Vec<Node> {
        let mut cursor = raw.walk();
        let all: Vec<Raw<'_>> = raw.children(&mut cursor).filter(|node| !node.is_extra()).collect();
        let Some((_, [inside @ .., _])) = all.split_first() else { return Vec::new() };
        let items = inside.split(|token| matches!(self.slice(*token), "," | ";"));
        let items = items.map(|item| self.item(item, depth)).flat_map(|nodes| {
            let says_more = nodes.iter().any(|node| matches!(node.is, Is::Pair(..) | Is::Bind(_)));
            if says_more { nodes } else { together(nodes).into_iter().collect() }
        });
        items.collect()
    }

    fn item(&self, tokens: &[Raw<'_>], depth: usize) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut rest = tokens.iter();
        while let Some(token) = rest.next().filter(|_| depth < DEPTH) {
            if self.is_tree(*token) {
                let before = nodes.pop();
                nodes.extend(self.behind(before, *token, depth));
                continue;
            }
            if token.is_named() {
                nodes.extend(self.node(*token, depth + 1));
                continue;
            }
            let next = rest.as_slice().first().map_or("", |next| self.slice(*next));
            if self.slice(*token).starts_with(char::is_alphabetic) && matches!(next, "=" | ":") {
                // A keyword as a name: `default = "ca"`.
                let name = self.name(*token);
                nodes.push(Node::new(name.span, Is::Name(name.text)));
                continue;
            }
            let left = nodes.pop();
            match (self.slice(*token), left) {
                ("." | "::", Some(object)) => match rest.next() {
                    Some(name) => {
                        let span = object.span.to(self.span(*name));
                        nodes.push(Node::new(span, Is::Member(object.into(), self.name(*name))));
                    }
                    None => nodes.push(object),
                },
                ("!", None) => {
                    let inner = together(self.item(rest.as_slice(), depth + 1));
                    nodes.extend(inner.map(|inner| Node::new(inner.span, Is::Not(inner.into()))));
                    return nodes;
                }
                (sign @ ("=" | ":" | "=>" | "->" | "==" | "!=" | "+" | "&&" | "||"), Some(left)) => {
                    let right = together(self.item(rest.as_slice(), depth + 1));
                    if matches!(sign, "=" | ":") {
                        // `static ref HOST: String = …`
                        nodes.retain(|node| !matches!(node.is, Is::Name(_)));
                    }
                    nodes.push(match right {
                        Some(right) => operation(sign, left, right),
                        None => left,
                    });
                    return nodes;
                }
                (_, left) => nodes.extend(left),
            }
        }
        nodes
    }

    /// A bracket and what stands before it: a call, an index, a struct.
    fn behind(&self, before: Option<Node>, raw: Raw<'_>, depth: usize) -> Vec<Node> {
        let own = self.bracketed(raw, depth + 1);
        let Some(before) = before else { return own.into_iter().collect() };
        let span = before.span.to(self.span(raw));
        let call = |callee: Node, items: Vec<Node>| {
            let arguments = items.into_iter().map(argument).collect();
            vec![Node::new(span, Is::Call(Box::new(Call { callee, types: Vec::new(), arguments, block: None })))]
        };
        let is_name = matches!(before.is, Is::Name(_) | Is::Member(..));
        match (self.open(raw), own, before.is) {
            ("(", _, is @ (Is::Name(_) | Is::Member(..) | Is::Call(_) | Is::Index(..))) => {
                call(Node::new(before.span, is), self.tokens(raw, depth + 1))
            }
            ("[", Some(Node { is: Is::List(mut keys), .. }), is) if is_name && keys.len() == 1 => {
                let key = keys.remove(0);
                vec![Node::new(span, Is::Index(Node::new(before.span, is).into(), key.into()))]
            }
            ("{", Some(Node { is: Is::Map(items), .. }), is) if is_name => call(Node::new(before.span, is), items),
            // Diesel's `logins (id) { … }`.
            ("{", block, Is::Call(mut call)) if call.block.is_none() => {
                call.block = block;
                vec![Node::new(span, Is::Call(call))]
            }
            (_, own, is) => std::iter::once(Node::new(before.span, is)).chain(own).collect(),
        }
    }

    fn is_tree(&self, raw: Raw<'_>) -> bool {
        self.role(raw).is_some_and(|roled| roled.role == "tokens")
    }

    fn open(&self, raw: Raw<'_>) -> &str {
        self.slice(raw).get(..1).unwrap_or_default()
    }
}

/// `a = b` and pairs are given by name.
pub(super) fn argument(node: Node) -> Argument {
    let (key, value) = match node.is {
        Is::Bind(bind) => (bind.target, bind.value),
        Is::Pair(key, value) => (*key, Some(*value)),
        is => return Argument { name: None, value: Node::new(node.span, is) },
    };
    let name = key.word().map(|word| Name::key(word.value, word.span));
    Argument { name, value: value.unwrap_or(key) }
}

fn operation(sign: &str, left: Node, right: Node) -> Node {
    let span = left.span.to(right.span);
    let is = match (sign, right.is) {
        // `HOST: String = …`: a static with its type.
        (":", Is::Bind(bind)) => Is::Bind(Box::new(Bind { target: left, ..*bind })),
        (sign, is) => {
            let right = Node::new(right.span, is);
            match sign {
                "=" => {
                    Is::Bind(Box::new(Bind { target: left, value: Some(right), type_name: None, marks: Vec::new() }))
                }
                "==" | "!=" => Is::Compare(sign == "==", left.into(), right.into()),
                "+" => Is::Join(vec![left, right]),
                "&&" => Is::Both(left.into(), right.into()),
                "||" => Is::Either(left.into(), right.into()),
                _ => Is::Pair(left.into(), right.into()),
            }
        }
    };
    Node::new(span, is)
}

fn together(mut nodes: Vec<Node>) -> Option<Node> {
    let span = nodes.first()?.span.to(nodes.last()?.span);
    if nodes.len() == 1 { nodes.pop() } else { Some(Node::new(span, Is::Group(nodes))) }
}
