//! A parser of Groovy's expressions: operators, calls, closures, lists and maps.

use super::parse::Parse;
use crate::fact::Name;
use crate::readers::code::syntax::{Argument, Call, Function, Is, Node};

/// So many members, calls and operators in a row make one value.
const CHAIN: usize = 24;

impl Parse<'_> {
    pub(super) fn expression(&mut self) -> Option<Node> {
        self.nested(self.enclosed, Self::choice)
    }

    /// `a ? b : c`, `a ?: b`
    fn choice(&mut self) -> Option<Node> {
        let start = self.at;
        let test = self.either()?;
        let before = self.at;
        self.skip(true);
        if self.takes("?:") {
            self.skip(true);
            let Some(other) = self.expression() else { return Some(test) };
            return Some(self.since(start, Is::Either(Box::new(test), Box::new(other))));
        }
        if !self.takes("?") {
            self.at = before;
            return Some(test);
        }
        self.skip(true);
        let Some(then) = self.expression() else { return Some(test) };
        self.skip(true);
        self.takes(":");
        self.skip(true);
        let other = self.expression().map(Box::new);
        Some(self.since(start, Is::Choice(Box::new(test), Box::new(then), other)))
    }

    fn either(&mut self) -> Option<Node> {
        self.operators(&["||"], Self::both, |_, left, right| Is::Either(Box::new(left), Box::new(right)))
    }

    fn both(&mut self) -> Option<Node> {
        self.operators(&["&&"], Self::compared, |_, left, right| Is::Both(Box::new(left), Box::new(right)))
    }

    fn compared(&mut self) -> Option<Node> {
        self.operators(&["==", "!=", "in ", "=~", "<=", ">=", "<", ">"], Self::sum, |sign, left, right| match sign {
            "==" | "in " => Is::Compare(true, Box::new(left), Box::new(right)),
            "!=" => Is::Compare(false, Box::new(left), Box::new(right)),
            _ => Is::Group(vec![left, right]),
        })
    }

    pub(super) fn sum(&mut self) -> Option<Node> {
        self.operators(&["+", "as ", "<<", "..", "-", "*", "%"], Self::unary, |sign, left, right| {
            match (sign, left.is) {
                ("+", Is::Join(mut parts)) => {
                    parts.push(right);
                    Is::Join(parts)
                }
                ("+", is) => Is::Join(vec![Node::new(left.span, is), right]),
                ("as ", is) => is,
                (_, is) => Is::Group(vec![Node::new(left.span, is), right]),
            }
        })
    }

    fn operators(
        &mut self,
        signs: &[&'static str],
        operand: fn(&mut Self) -> Option<Node>,
        together: fn(&str, Node, Node) -> Is,
    ) -> Option<Node> {
        let mut left = operand(self)?;
        for _ in 0..CHAIN {
            self.blanks();
            let rest = self.rest();
            let is_other = ["->", "-=", "+=", "*=", "++", "--"].iter().any(|other| rest.starts_with(other));
            let Some(sign) = signs.iter().find(|sign| rest.starts_with(**sign)).filter(|_| !is_other) else { break };
            self.at += sign.len();
            self.skip(true);
            let Some(right) = operand(self) else { break };
            let span = left.span.to(right.span);
            left = Node::new(span, together(sign, left, right));
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Node> {
        self.blanks();
        let start = self.at;
        if self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.at += 1;
            let inner = self.nested(self.enclosed, Self::unary)?;
            return Some(self.since(start, Is::Not(Box::new(inner))));
        }
        let value = self.primary()?;
        self.behind(start, value)
    }

    /// Members, elements, calls and closures behind a value.
    fn behind(&mut self, start: usize, mut value: Node) -> Option<Node> {
        for _ in 0..CHAIN {
            let before = self.at;
            self.skip(true);
            let sign = ["?.", "*.", ".&", ".@", "."].iter().find(|sign| self.rest().starts_with(**sign));
            if let Some(sign) = sign.filter(|_| !self.rest().starts_with("..")) {
                self.at += sign.len();
                let name = match self.string() {
                    Some(Node { is: Is::Text(text), .. }) => Name::key(text.expose(), text.span()),
                    Some(_) => return Some(value),
                    None => self.name(),
                };
                value = self.since(start, Is::Member(Box::new(value), name));
                continue;
            }
            self.at = before;
            let near = self.rest();
            self.blanks();
            let rest = self.rest();
            let is_called = matches!(value.is, Is::Name(_) | Is::Member(..));
            let has_block = matches!(&value.is, Is::Call(call) if call.block.is_none());
            if near.starts_with('[') {
                self.at += 1;
                let key = self.nested(true, Self::expression);
                self.nested(true, |parse| Some(parse.takes("]")));
                let key = key.unwrap_or_else(|| self.since(before, Is::Group(Vec::new())));
                value = self.since(start, Is::Index(Box::new(value), Box::new(key)));
            } else if rest.starts_with('(') && is_called {
                let arguments = self.arguments();
                let call = Call { callee: value, types: Vec::new(), arguments, block: None };
                value = self.since(start, Is::Call(Box::new(call)));
            } else if rest.starts_with('{') && (is_called || has_block) {
                let block = self.closure();
                let span = self.span(start..self.at);
                value = match value.is {
                    Is::Call(mut call) => {
                        call.block = block;
                        Node::new(span, Is::Call(call))
                    }
                    _ => {
                        let call = Call { callee: value, types: Vec::new(), arguments: Vec::new(), block };
                        Node::new(span, Is::Call(Box::new(call)))
                    }
                };
            } else {
                self.at = before;
                return Some(value);
            }
        }
        Some(Node::new(value.span, Is::Group(Vec::new())))
    }

    fn primary(&mut self) -> Option<Node> {
        self.blanks();
        let start = self.at;
        if let Some(text) = self.string() {
            return Some(text);
        }
        let first = self.rest().chars().next()?;
        match first {
            '[' => self.nested(true, Self::list),
            '(' => {
                self.at += 1;
                let inner = self.nested(true, Self::expression);
                self.nested(true, |parse| Some(parse.takes(")")));
                inner
            }
            '{' => {
                let block = self.closure()?;
                Some(match block.is {
                    Is::Function(_) => block,
                    _ => {
                        let span = block.span;
                        let (parameters, marks) = (Vec::new(), Vec::new());
                        let function = Function { name: None, parameters, body: block, is_value: false, marks };
                        Node::new(span, Is::Function(Box::new(function)))
                    }
                })
            }
            _ if first.is_ascii_digit() => {
                let rest = self.rest();
                let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                self.at += length;
                Some(self.since(start, Is::Word(rest[..length].into())))
            }
            _ if first == '_' || first.is_alphabetic() => match self.word() {
                word @ ("true" | "false" | "null") => {
                    self.at += word.len();
                    Some(self.since(start, Is::Word(word.into())))
                }
                "new" => {
                    self.at += "new".len();
                    self.blanks();
                    self.nested(self.enclosed, Self::primary)
                }
                _ => Some(self.name_node()),
            },
            _ => None,
        }
    }

    /// `{ … }` as a block, `{ a, b -> … }` as a function.
    fn closure(&mut self) -> Option<Node> {
        let start = self.at;
        let head = &self.rest()[1..];
        let line = head.find(['{', '}', '"', '\'', '(']).unwrap_or(head.len());
        let Some(arrow) = head[..line].find("->") else { return self.block() };
        let mut parameters = Vec::new();
        for part in head[..arrow].split(',') {
            let name = part.split('=').next().unwrap_or("").split_whitespace().last().unwrap_or("");
            let from = name.as_ptr() as usize - self.all.as_ptr() as usize;
            if !name.is_empty() {
                parameters.push(Node::new(self.span(from..from + name.len()), Is::Name(name.into())));
            }
        }
        self.at += 1 + arrow + "->".len();
        let inside = self.at;
        let nodes = self.nested(false, |parse| Some(parse.statements())).unwrap_or_default();
        let body = self.since(inside, Is::Group(nodes));
        self.skip(true);
        self.takes("}");
        let function = Function { name: None, parameters, body, is_value: false, marks: Vec::new() };
        Some(self.since(start, Is::Function(Box::new(function))))
    }

    /// `(a, name: b)`
    pub(super) fn arguments(&mut self) -> Vec<Argument> {
        let mut arguments = Vec::new();
        self.blanks();
        self.at += 1;
        self.nested(true, |parse| {
            while !parse.takes(")") {
                let before = parse.at;
                arguments.extend(parse.argument());
                parse.takes(",");
                if parse.at == before {
                    break;
                }
            }
            Some(())
        });
        arguments
    }

    pub(super) fn argument(&mut self) -> Option<Argument> {
        self.blanks();
        let name = self.key().and_then(|key| key.word()).map(|word| Name::key(word.value, word.span));
        self.takes("*");
        let value = self.expression()?;
        Some(Argument { name, value })
    }

    /// `name:`, `'name':`, `(name):`, if that is what comes next.
    fn key(&mut self) -> Option<Node> {
        self.blanks();
        let rest = self.rest();
        let length = match rest.chars().next()? {
            quote @ ('"' | '\'') => {
                rest[1..].find([quote, '\n', '$', '\\']).filter(|at| rest[1 + at..].starts_with(quote))? + 2
            }
            '(' => {
                rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '_' | '.'))
                    .filter(|at| rest[*at..].starts_with(')'))?
                    + 1
            }
            _ => self.word().len(),
        };
        let behind = rest[length..].trim_start_matches([' ', '\t']);
        if length == 0 || !behind.starts_with(':') || behind.starts_with("::") {
            return None;
        }
        let key = self.primary();
        self.at = self.all.len() - behind.len() + 1;
        self.skip(true);
        key
    }

    /// `[a, b]`, `[a: b]`, `[:]`
    fn list(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let (mut items, mut is_map) = (Vec::new(), false);
        if self.takes(":") {
            is_map = true;
        }
        while !self.takes("]") {
            let before = self.at;
            let key = self.key();
            self.takes("*");
            if let Some(value) = self.expression() {
                is_map |= key.is_some();
                items.push(match key {
                    Some(key) => {
                        let span = key.span.to(value.span);
                        Node::new(span, Is::Pair(Box::new(key), Box::new(value)))
                    }
                    None => value,
                });
            }
            self.takes(",");
            if self.at == before {
                break;
            }
        }
        Some(self.since(start, if is_map { Is::Map(items) } else { Is::List(items) }))
    }
}
