//! What a program gives along to a browser: results of functions that a framework sends, answers, what fills in pages,
//! attributes of elements. `vocabulary/handed.toml` knows the functions and calls.

use std::collections::HashMap;

use super::environment;
use super::syntax::{Bind, Call, Is, Node};
use super::value::same;
use crate::fact::{Facts, Handed, HandedTo};
use crate::source::{Source, Span, Spanned};
use crate::vocabulary::handed;

/// Values that one program gives along, at most.
const HANDED: usize = 5_000;
/// Deeper maps than this are not looked into.
const DEPTH: usize = 12;

/// Adds to `facts` what a program gives along.
pub fn read(root: &Node, source: &Source, facts: &mut Facts) {
    let mut walk = Walk { source, maps: maps(root), found: Vec::new() };
    for node in root.walk() {
        if walk.found.len() > HANDED {
            break;
        }
        match &node.is {
            Is::Function(function) => {
                if let Some(name) = &function.name {
                    walk.function(&name.text, name.span, node);
                }
                function.marks.iter().for_each(|mark| walk.marked(mark, node));
            }
            Is::Bind(bind) => walk.bind(bind),
            Is::Call(call) => walk.call(call, node),
            _ => {}
        }
    }
    facts.handed.extend(walk.found);
}

struct Walk<'w> {
    source: &'w Source,
    /// Maps by the names that stand for them, and for nothing else.
    maps: HashMap<&'w str, &'w Node>,
    found: Vec<Handed>,
}

/// What takes a value along.
#[derive(Clone, Copy)]
struct By<'b> {
    name: &'b str,
    at: Span,
    to: HandedTo,
}

impl<'w> Walk<'w> {
    /// `export const load = () => …`, `gon.key = …`
    fn bind(&mut self, bind: &Bind) {
        let Some(value) = &bind.value else { return };
        if let Some(word) = bind.target.word().filter(|_| matches!(value.is, Is::Function(_) | Is::Call(_))) {
            self.function(&word.value, word.span, value);
        }
        let Some(chain) = bind.target.chain() else { return };
        let names: Vec<&str> = chain.iter().map(|name| &*name.text).collect();
        if let Some(row) = handed::member(&names) {
            let at = bind.target.span;
            let by = By { name: self.source.slice(at), at, to: HandedTo::Browser(&row.framework) };
            self.value(value, by, DEPTH);
        }
    }

    /// What a function gives back that a framework calls.
    fn function(&mut self, name: &str, at: Span, node: &Node) {
        if let Some(row) = handed::result(name, &self.source.path) {
            self.results(row, name, at, node);
        }
    }

    /// What a function gives back that answers a route by its mark: `@Get("config")`.
    fn marked(&mut self, mark: &Node, node: &Node) {
        let Some(name) = mark.call().and_then(Call::name) else { return };
        if let Some(row) = handed::marked(name.value) {
            self.results(row, name.value, name.span, node);
        }
    }

    fn results(&mut self, row: &'static handed::Result, name: &str, at: Span, node: &Node) {
        let by = By { name, at, to: HandedTo::Browser(&row.framework) };
        for given in results(node) {
            match &row.under {
                Some(key) => {
                    if let Some(value) = given.entry(&[key]) {
                        self.value(value, by, DEPTH);
                    }
                }
                None => self.value(given, by, DEPTH),
            }
        }
    }

    fn call(&mut self, call: &Call, node: &Node) {
        if self.source.slice(node.span).starts_with('<') {
            return self.element(call);
        }
        let names = call.names();
        // `defineEventHandler(() => ({ … }))`, `app.MapGet("/config", () => …)`
        if let Some(name) = &call.name() {
            for function in call.arguments.iter().map(|argument| &argument.value) {
                if matches!(function.is, Is::Function(_)) {
                    self.function(name.value, name.span, function);
                }
            }
        }
        // `res.status(200).json({ … })`
        let ends = || handed::call(&[*names.first()?, *names.last()?]).filter(|_| names.len() > 2);
        let Some(row) = handed::call(&names).or_else(ends) else { return };
        let texts = || call.positional().filter_map(Node::text);
        if row.page && texts().any(|text| !handed::is_page(text.expose())) {
            return;
        }
        let by = By {
            name: self.source.slice(call.callee.span),
            at: call.callee.span,
            to: HandedTo::Browser(&row.framework),
        };
        // `model.addAttribute("secretKey", key)`, `render(request, "connect.html", { … })`
        let keyed = call.is_called("addAttribute");
        for argument in &call.arguments {
            let is_whole = matches!(
                unwrapped(&argument.value).is,
                Is::Map(_) | Is::List(_) | Is::Function(_) | Is::Template(_) | Is::Name(_)
            );
            if is_whole || keyed || argument.name.is_some() {
                self.value(&argument.value, by, DEPTH);
            }
        }
    }

    /// The attributes of an element: those of the page's own are sent, those of components where these run there.
    fn element(&mut self, call: &Call) {
        let Some(name) = call.name() else { return };
        let is_component = name.value.starts_with(char::is_uppercase) || call.object().is_some();
        let to = if is_component { HandedTo::Component } else { HandedTo::Browser("HTML") };
        let whole = call
            .callee
            .chain()
            .map_or(name.value.to_owned(), |chain| chain.iter().map(|name| &*name.text).collect::<Vec<_>>().join("."));
        let by = By { name: &whole, at: call.callee.span, to };
        for argument in call.arguments.iter().filter(|argument| argument.name.is_some()) {
            self.value(&argument.value, by, DEPTH);
        }
    }

    /// The values that go along as they are. What a call works out of them is another thing.
    fn value(&mut self, node: &Node, by: By<'_>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match &node.is {
            Is::Map(items) | Is::List(items) => items.iter().for_each(|item| self.value(item, by, depth)),
            Is::Pair(_, value) | Is::Spread(value) => self.value(value, by, depth),
            Is::Name(name) if self.maps.contains_key(&**name) => self.value(self.maps[&**name], by, depth),
            // `window.ENV = ${JSON.stringify({ … })}`
            Is::Template(parts) => {
                self.hand(node.span, by);
                let calls = parts.iter().filter(|part| part.call().is_some());
                calls.for_each(|part| self.value(part, by, depth));
            }
            Is::Group(nodes) if nodes.len() == 1 => self.value(&nodes[0], by, depth),
            Is::Function(_) => results(node).into_iter().for_each(|given| self.value(given, by, depth)),
            Is::Choice(_, then, other) => {
                self.value(then, by, depth);
                other.iter().for_each(|other| self.value(other, by, depth));
            }
            Is::Call(call) if environment::read(node).is_none() => {
                let inner = same(call).or_else(|| {
                    let is_wrapper = call.name().is_some_and(|name| handed::wraps(name.value));
                    call.positional().next().filter(|_| is_wrapper)
                });
                inner.into_iter().for_each(|inner| self.value(inner, by, depth));
            }
            Is::Text(_) | Is::Join(_) | Is::Name(_) | Is::Member(..) | Is::Index(..) | Is::Either(..) | Is::Call(_) => {
                self.hand(node.span, by)
            }
            _ => {}
        }
    }

    fn hand(&mut self, span: Span, by: By<'_>) {
        let name = Spanned::new(by.name.to_owned(), by.at);
        self.found.push(Handed { span, by: name, to: by.to });
    }
}

/// The maps that names are set to which are set once.
fn maps(root: &Node) -> HashMap<&str, &Node> {
    let mut found: HashMap<&str, Option<&Node>> = HashMap::new();
    for node in root.walk() {
        let Is::Bind(bind) = &node.is else { continue };
        let Is::Name(name) = &bind.target.is else { continue };
        let map = bind.value.as_ref().filter(|value| matches!(value.is, Is::Map(_)));
        found.entry(name).and_modify(|known| *known = None).or_insert(map);
    }
    found.into_iter().filter_map(|(name, map)| Some((name, map?))).collect()
}

fn unwrapped(node: &Node) -> &Node {
    match &node.is {
        Is::Group(nodes) if nodes.len() == 1 => unwrapped(&nodes[0]),
        Is::Call(call) if call.name().is_some_and(|name| handed::wraps(name.value)) => {
            call.positional().next().map_or(node, unwrapped)
        }
        _ => node,
    }
}

/// What a function gives back, those functions left out that stand in it.
fn results(node: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    match &node.is {
        Is::Function(function) if function.is_value => found.push(&function.body),
        Is::Function(function) => returned(&function.body, &mut found, DEPTH),
        // `withAuth(async () => …)`
        Is::Call(call) => {
            let functions = call.arguments.iter().map(|argument| &argument.value);
            for function in functions.filter(|value| matches!(value.is, Is::Function(_))) {
                found.extend(results(function));
            }
        }
        _ => {}
    }
    found
}

fn returned<'n>(node: &'n Node, found: &mut Vec<&'n Node>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match &node.is {
        Is::Return(Some(value)) => found.push(value),
        Is::Function(_) | Is::Class(_) => {}
        _ => node.children().into_iter().for_each(|child| returned(child, found, depth)),
    }
}
