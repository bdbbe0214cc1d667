//! Names that are set: variables, fields, members of maps, what is taken apart or imported.

use std::collections::HashSet;

use super::{Walk, Within, name_of_key, named};
use crate::fact::{Import, Name, ReferenceKind, Said, Setting, Value};
use crate::readers::code::syntax::{Bind, Is, Node};
use crate::readers::code::value::bare;
use crate::readers::code::{environment, marks};
use crate::source::Span;

impl Walk<'_> {
    pub(super) fn bind(&mut self, bind: &Bind, within: &Within) {
        for mark in &bind.marks {
            self.statement(mark, within);
        }
        let around = self.marked(&bind.marks, within);
        let within = &around;
        let Some(value) = bind.value.as_ref() else { return self.declared(bind, within) };
        if let Some(from) = required(value) {
            return self.require(&bind.target, from);
        }
        match &bind.target.is {
            // What is thrown away is set nowhere.
            Is::Name(name) if &**name == "_" => self.statement(value, within),
            // `req, err := http.NewRequest(…)`: what is made, and whether that went well.
            Is::List(items) | Is::Group(items) if is_made_or_failed(items) && value.call().is_some() => {
                let inside = within.under(items[0].word().map(|word| Name::key(word.value, word.span)));
                self.say(value, &inside);
            }
            // `const { FLINKS_URL, FLINKS_ID: id = "x" } = process.env`
            Is::Map(items) => self.taken_apart(items, value, within),
            _ => {
                let Some((path, said)) = target(&bind.target, within) else { return self.statement(value, within) };
                let path = if said == Said::Program { self.in_turn(path, within) } else { path };
                let inside = within.at(path);
                let unset = within
                    .unset
                    .as_ref()
                    .filter(|unset| inside.path.last().is_some_and(|name| bare(&name.text) == bare(&unset.text)));
                match unset {
                    Some(unset) => self.fallback(&unset.clone(), value, &inside),
                    None if said == Said::Variable => {
                        let value = self.values(&inside).of(value);
                        self.facts.settings.push(Setting { scope: within.scope, path: inside.path, value, said });
                    }
                    None if within.settings.is_some() => self.setting(bind, value, &inside),
                    None => self.say(value, &inside),
                }
            }
        }
    }

    /// The names that lead to a member of a thing. Where it is set once more in the same block, what follows is said of
    /// another instance: `client.url = CA; client.key = …; run(client); client.url = US; client.key = …`.
    pub(super) fn in_turn(&mut self, mut path: Vec<Name>, within: &Within) -> Vec<Name> {
        if path.len() < within.path.len() + 2 {
            return path;
        }
        let Some(own) = path.pop() else { return path };
        let names: Vec<&str> = path.iter().map(|name| &*name.text).collect();
        let turn = self.turns.entry((within.scope, names.join("."))).or_default();
        if !turn.set.insert(own.text.clone()) {
            turn.set = HashSet::from([own.text.clone()]);
            self.calls += 1;
            turn.number = Some(Name::call(self.calls, own.span));
        }
        path.extend(turn.number.clone());
        path.push(own);
        path
    }

    /// A field without a value: its annotation or its class may say where it comes from.
    pub(super) fn declared(&mut self, bind: &Bind, within: &Within) {
        let Some((path, _)) = target(&bind.target, within) else { return };
        let inside = within.at(path);
        let own = inside.path.last().map(|name| (name.text.to_string(), name.span));
        if let Some(value) = marks::value(&bind.marks) {
            self.emit(value, &inside);
        } else if let (Some(prefix), Some((name, span))) = (&within.settings, own) {
            if is_fixed(bind) {
                return;
            }
            let name = marks::filled_from(prefix, &name);
            self.emit(Value::reference(named(&name, span, None)), &inside);
        }
    }

    /// A field of a class of settings: the environment, or else what is written.
    pub(super) fn setting(&mut self, bind: &Bind, value: &Node, inside: &Within) {
        let Some(name) = inside.path.last().cloned() else { return };
        let prefix = inside.settings.clone().unwrap_or_default();
        let field = value.call().filter(|call| call.is_called("Field") || call.is_called("field"));
        let alias = field.and_then(|call| call.named(&["env", "alias", "validation_alias"])).and_then(Node::text);
        let variable = alias.map_or_else(|| marks::filled_from(&prefix, &name.text), |alias| alias.expose().to_owned());
        let default = match field {
            Some(call) => call.named(&["default"]).or_else(|| call.positional().next()),
            None => Some(value),
        };
        let is_plain =
            is_fixed(bind) || name.text.starts_with("model_") || matches!(value.is, Is::Class(_) | Is::Function(_));
        if is_plain || bind.type_name.is_none() && field.is_none() && !environment::shouted(&name.text) {
            return self.say(value, inside);
        }
        let fallback = default.map(|node| self.values(inside).of(node)).filter(|value| !value.is_empty());
        self.emit(Value::reference(named(&variable, name.span, fallback)), inside);
    }

    pub(super) fn require(&mut self, target: &Node, from: &crate::text::Text) {
        let from = crate::source::Spanned::new(from.expose().to_owned(), from.span());
        let mut take = |name: Option<Box<str>>, local: &str| {
            self.facts.imports.push(Import { local: local.into(), from: from.clone(), name });
        };
        match &target.is {
            Is::Name(local) => take(None, local),
            Is::Map(items) => {
                for item in items {
                    match &item.is {
                        Is::Name(name) => take(Some(name.clone()), name),
                        Is::Pair(key, value) => {
                            if let (Some(key), Is::Name(local)) = (key.word(), &value.is) {
                                take(Some(key.value.into()), local);
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Names taken out of a value: each is a member of it.
    pub(super) fn taken_apart(&mut self, items: &[Node], from: &Node, within: &Within) {
        for item in items {
            let (key, local, default) = match &item.is {
                Is::Name(name) => (Name::key(name.clone(), item.span), item, None),
                Is::Bind(bind) => match &bind.target.is {
                    Is::Name(name) => (Name::key(name.clone(), bind.target.span), &bind.target, bind.value.as_ref()),
                    _ => continue,
                },
                Is::Pair(key, value) => {
                    let Some(key) = name_of_key(key) else { continue };
                    match &value.is {
                        Is::Bind(bind) => (key, &bind.target, bind.value.as_ref()),
                        _ => (key, &**value, None),
                    }
                }
                _ => continue,
            };
            let Is::Name(local_name) = &local.is else { continue };
            let member = Node::new(key.span, Is::Member(Box::new(from.clone()), key));
            let value = match default {
                Some(default) => Node::new(member.span, Is::Either(Box::new(member), Box::new(default.clone()))),
                None => member,
            };
            let inside = within.under(Some(Name::key(local_name.clone(), local.span)));
            self.say(&value, &inside);
        }
    }
}

/// A name with the error that stands for it otherwise.
fn is_made_or_failed(items: &[Node]) -> bool {
    let name = |node: &Node| match &node.is {
        Is::Name(name) => Some(name.to_string()),
        _ => None,
    };
    let [made, failed] = items else { return false };
    name(made).is_some_and(|made| made != "_")
        && name(failed).is_some_and(|failed| matches!(failed.as_str(), "_" | "err" | "error" | "ok"))
}

/// Whether a member of a class of settings is no setting: a constant, a property that nobody sets.
fn is_fixed(bind: &Bind) -> bool {
    let is =
        |mark: &Node| matches!(&mark.is, Is::Name(name) if matches!(&**name, "static" | "const" | "get" | "companion"));
    bind.marks.iter().any(is) && !marks::may_be_set(&bind.marks)
}

/// The module of `require("./config")`.
fn required(value: &Node) -> Option<&crate::text::Text> {
    let call = value.call()?;
    matches!(&call.callee.is, Is::Name(name) if &**name == "require" || &**name == "import")
        .then(|| call.positional().next()?.text())?
}

/// The names that lead to what is set, and whether it is an environment variable.
fn target(target: &Node, within: &Within) -> Option<(Vec<Name>, Said)> {
    if let Some(read) = environment::read(target).filter(|read| read.kind == ReferenceKind::Named) {
        let span = match &target.is {
            Is::Member(_, name) => name.span,
            _ => target.span,
        };
        return Some((vec![Name::key(read.name, span)], Said::Variable));
    }
    let chain = target.chain()?;
    let names: Vec<&str> = chain.iter().map(|name| &*name.text).collect();
    let (from, rest) = match names.as_slice() {
        ["this" | "self" | "$this" | "@" | "cls", _, ..] => (within.class, &chain[1..]),
        ["module", "exports"] => (0, &chain[1..]),
        ["module", "exports", ..] => (0, &chain[2..]),
        ["exports", _, ..] => (0, &chain[1..]),
        [first, _, ..] if within.yielded.as_deref() == Some(*first) => (within.path.len(), &chain[1..]),
        // An instance variable of Ruby, a class variable.
        [only] if only.starts_with('@') => (within.class, &chain[..]),
        _ => (within.path.len(), &chain[..]),
    };
    let outer = within.path[..from.min(within.path.len())].iter().cloned();
    let own = rest.iter().map(|name| {
        let text = bare(&name.text);
        let marks = name.text.len() - text.len();
        let start = name.span.start as usize + marks;
        Name::key(text, Span::new(name.span.file, start, name.span.end as usize))
    });
    Some((outer.chain(own).collect(), Said::Program))
}
