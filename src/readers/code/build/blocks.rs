//! What chooses, sets and defines: conditions and cases, bindings, functions with their parameters.

use tree_sitter::Node as Raw;

use super::{Build, Parts, mark};
use crate::readers::code::syntax::{Bind, Case, Class, Function, Is, Node};
use crate::source::{Span, Spanned};

impl Build<'_, '_> {
    pub(super) fn choice(&self, roled: &Parts<'_, '_>, span: Span, negated: bool, depth: usize) -> Is {
        let nothing = || Node::new(span, Is::Group(Vec::new()));
        let group = |mut nodes: Vec<Node>| match nodes.len() {
            1 => nodes.pop(),
            0 => None,
            _ => Some(Node::new(span, Is::Group(nodes))),
        };
        let both = |left: Node, right: Node| Node::new(left.span.to(right.span), Is::Both(left.into(), right.into()));
        let test = self.tests(roled, depth).into_iter().reduce(both).unwrap_or_else(nothing);
        let test = if negated { Node::new(test.span, Is::Not(Box::new(test))) } else { test };
        let turn = roled.part("turn").map_or(usize::MAX, |turn| turn.start_byte());
        let branches = |after: bool| roled.parts("branch").filter(move |raw| (raw.start_byte() > turn) == after);
        let then = self.all(roled.parts("then").chain(branches(false)), depth);
        let then = group(then).unwrap_or_else(nothing);
        // `elif` after `elif`: each is the other of the one before.
        let mut other = None;
        for (_, clause) in self.each(roled.parts("else").chain(branches(true)), depth).into_iter().rev() {
            other = Some(match clause.is {
                Is::Choice(test, then, None) => Node::new(clause.span, Is::Choice(test, then, other.map(Box::new))),
                _ => clause,
            });
        }
        Is::Choice(Box::new(test), Box::new(then), other.map(Box::new))
    }

    /// The tests of a choice, all of which must hold: `if let host = env["X"], country == "ca"`.
    pub(super) fn tests(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Node> {
        let mut tests: Vec<Node> = Vec::new();
        let mut target = None;
        // How many tests there were before `case`.
        let mut case = None;
        for (part, raw) in roled.all() {
            match *part {
                "case" => case = Some(tests.len()),
                "bound" => target = tests.drain(case.unwrap_or(tests.len().saturating_sub(1))..).next(),
                "test" => {
                    let own = self.role(*raw).filter(|own| own.role == "selector");
                    if let (Some(own), Some(last)) = (own, tests.last_mut()) {
                        self.select(last, &own, self.span(*raw), depth);
                        continue;
                    }
                    let Some(node) = self.node(*raw, depth + 1) else { continue };
                    tests.push(match target.take() {
                        Some(target) => {
                            let span = target.span.to(node.span);
                            if case.take().is_some() {
                                tests.push(Node::new(span, Is::Compare(true, node.into(), target.into())));
                                continue;
                            }
                            let bind = Bind { target, value: Some(node), type_name: None, marks: Vec::new() };
                            Node::new(span, Is::Bind(Box::new(bind)))
                        }
                        None => node,
                    });
                }
                _ => {}
            }
        }
        tests
    }

    /// What is done before a test, and the test.
    pub(super) fn with_before(&self, roled: &Parts<'_, '_>, span: Span, is: Is, depth: usize) -> Is {
        let mut nodes = self.all(roled.parts("before"), depth);
        if nodes.is_empty() {
            return is;
        }
        nodes.push(Node::new(span, is));
        Is::Group(nodes)
    }

    pub(super) fn case(&self, raw: Raw<'_>, depth: usize) -> Option<Case> {
        let roled = self.role(raw).filter(|roled| roled.role == "case")?;
        let body = self.all(roled.parts("body"), depth);
        let body = self.guarded(Node::new(self.span(raw), Is::Group(body)), &roled, depth);
        let mut values = self.all(roled.parts("value"), depth);
        // `_` takes all that is left.
        if values.iter().all(|value| matches!(&value.is, Is::Name(name) if **name == *"_")) {
            values.clear();
        }
        Some(Case { values, body })
    }

    /// What holds only where a guard lets it: `case x if y`.
    pub(super) fn guarded(&self, body: Node, roled: &Parts<'_, '_>, depth: usize) -> Node {
        match roled.part("test").and_then(|test| self.node(test, depth + 1)) {
            Some(test) => Node::new(body.span, Is::Choice(Box::new(test), Box::new(body), None)),
            None => body,
        }
    }

    pub(super) fn bind(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let target = |name: Raw<'_>| {
            // A field's name need have no role of its own.
            self.node(name, depth + 1).unwrap_or_else(|| {
                let name = self.name(name);
                Node::new(name.span, Is::Name(name.text))
            })
        };
        let mut targets: Vec<Node> = roled.parts("name").map(target).collect();
        let mut values = self.all(roled.parts("value"), depth);
        let type_of = |node: Raw<'_>| {
            let name = self.slice(node).trim_start_matches([':', ' ']);
            let start = self.span(node).end as usize - name.len();
            Spanned::new(name.to_owned(), self.source.span(start..start + name.len()))
        };
        let type_name = roled.part("type").map(type_of);
        if roled.part("one").is_some() {
            let mut binds: Vec<Bind> = Vec::new();
            // A type before the first name is the type of all.
            let mut common = None;
            for (part, raw) in roled.all() {
                match (*part, binds.last_mut()) {
                    ("one", _) => binds.push(Bind {
                        target: target(*raw),
                        value: None,
                        type_name: common.clone(),
                        marks: self.marks(roled, depth),
                    }),
                    ("type", None) => common = Some(type_of(*raw)),
                    ("type", Some(bind)) => bind.type_name = Some(type_of(*raw)),
                    ("value", Some(bind)) => bind.value = self.node(*raw, depth + 1),
                    _ => {}
                }
            }
            let node = |bind: Bind| {
                let end = bind.value.as_ref().map_or(bind.target.span, |value| value.span);
                Node::new(bind.target.span.to(end), Is::Bind(Box::new(bind)))
            };
            let mut binds: Vec<Node> = binds.into_iter().map(node).collect();
            return if binds.len() == 1 { binds.remove(0).is } else { Is::Group(binds) };
        }
        let bind = |target: Node, value: Option<Node>| {
            let marks = self.marks(roled, depth);
            Is::Bind(Box::new(Bind { target, value, type_name: type_name.clone(), marks }))
        };
        // `a, b string`, `a, b = 1, 2`: each is a bind of its own. Of `a, err := f()` the first is told.
        if targets.len() > 1 && (values.is_empty() || values.len() == targets.len()) {
            let mut values = values.into_iter();
            let binds = targets.into_iter().map(|target| Node::new(target.span, bind(target, values.next())));
            return Is::Group(binds.collect());
        }
        let value = if values.len() > 1 {
            let whole = values[0].span.to(values[values.len() - 1].span);
            Some(Node::new(whole, Is::Group(values)))
        } else {
            values.pop()
        };
        // Rust's `let … else { … }`.
        let otherwise = roled.part("otherwise").and_then(|other| self.node(other, depth + 1));
        let value = match (value, otherwise) {
            (Some(value), Some(other)) => {
                Some(Node::new(value.span.to(other.span), Is::Either(value.into(), other.into())))
            }
            (value, _) => value,
        };
        targets.truncate(1);
        bind(targets.pop().unwrap_or(Node::new(span, Is::Group(Vec::new()))), value)
    }

    pub(super) fn function(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let mut bodies = self.all(roled.parts("body"), depth);
        let one = |mut nodes: Vec<Node>| match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(Node::new(nodes[0].span.to(nodes[nodes.len() - 1].span), Is::Group(nodes))),
        };
        let mut values = self.all(roled.parts("value"), depth);
        if let Some(last) = values.pop() {
            values.push(if values.is_empty() { last } else { given_back(last) });
        }
        let value = one(values);
        // `x => { … }` has a block and no value, though the grammar calls both its body.
        let is_value = bodies.is_empty() && value.as_ref().is_some_and(|value| !matches!(value.is, Is::Group(_)));
        bodies.extend(value);
        let body = if bodies.len() == 1 { bodies.remove(0) } else { Node::new(span, Is::Group(bodies)) };
        let body = self.guarded(body, roled, depth);
        let function = Is::Function(Box::new(Function {
            name: roled.part("name").map(|name| self.name(name)),
            parameters: self.with_defaults(roled, "parameter", depth),
            body,
            is_value,
            marks: self.marks(roled, depth),
        }));
        let Some(class) = roled.part("of") else { return function };
        Is::Class(Box::new(Class {
            name: Some(self.name(class)),
            bases: Vec::new(),
            parameters: Vec::new(),
            body: vec![Node::new(span, function)],
            marks: Vec::new(),
        }))
    }

    /// Parameters, each with the default and the marks that stand beside it in Swift and Dart.
    pub(super) fn with_defaults(&self, roled: &Parts<'_, '_>, name: &str, depth: usize) -> Vec<Node> {
        if roled.part("default").or(roled.part("marking")).is_none() {
            return self.all(roled.parts(name), depth);
        }
        let mut parameters: Vec<Node> = Vec::new();
        let mut marks = Vec::new();
        for (part, raw) in roled.all() {
            match (*part, parameters.last_mut()) {
                ("default", Some(Node { is: Is::Bind(bind), .. })) => bind.value = self.node(*raw, depth + 1),
                ("marking", _) => marks.extend(self.node(*raw, depth + 1)),
                (part, _) if part == name && self.role(*raw).is_some_and(|own| own.role == "mark") => {
                    marks.extend(self.node(*raw, depth + 1));
                }
                (part, _) if part == name => {
                    let mut own = self.all(std::iter::once(*raw), depth);
                    if let Some(first) = own.first_mut() {
                        mark(first, std::mem::take(&mut marks));
                    }
                    parameters.extend(own);
                }
                _ => {}
            }
        }
        parameters
    }
}

/// The last of several expressions, where it is what they come to.
fn given_back(node: Node) -> Node {
    let is_statement = matches!(node.is, Is::Return(_) | Is::Bind(_) | Is::Class(_) | Is::Import(_));
    if is_statement { node } else { Node::new(node.span, Is::Return(Some(Box::new(node)))) }
}
