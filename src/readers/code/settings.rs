//! What a program sets: every constant, field, property, argument and result that comes to text, under the names that
//! lead to it and the conditions that it stands under.

mod bindings;
mod calls;
mod definitions;
mod options;
mod requests;
mod subjects;

use std::collections::{HashMap, HashSet};

use super::condition::{self, Verdict};
use super::syntax::{Block, Class, Function, Is, Node};
use super::value::Values;
use super::{Language, environment};
use crate::fact::{Deployed, Facts, Import, Name, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value};
use crate::readers::branches::{self, Compared};
use crate::source::Span;
use crate::vocabulary::{countries, words};

/// Settings of one file at most.
const SETTINGS: usize = 50_000;
/// Names that lead to a setting at most.
const PATH: usize = 24;

/// Adds to `facts` what a program sets.
///
/// Gives back which of them are names within functions: nothing outside of the file can use those.
pub fn read(root: &Node, language: &'static Language, facts: &mut Facts) -> HashSet<usize> {
    read_from(root, language, 0, HashMap::new(), facts)
}

/// Values that stand in a program as texts without a meaning of their own, by where those begin, each with the names
/// under which it is set: the attributes of a page around its code.
pub type Planted = HashMap<u32, (Vec<Name>, Node)>;

/// The same for one of several programs of a file, each with a number of its own from which its calls are counted.
pub fn read_from(
    root: &Node,
    language: &'static Language,
    first: usize,
    planted: Planted,
    facts: &mut Facts,
) -> HashSet<usize> {
    let before = facts.settings.len();
    let subjects = subjects::of_countries(root);
    let (local, turns) = (HashSet::new(), HashMap::new());
    let mut walk = Walk { facts, language, calls: first, planted, local, turns, subjects };
    walk.statement(root, &Within::default());
    // What broken code hides is said all the same.
    let mut left: Vec<(u32, (Vec<Name>, Node))> = walk.planted.drain().collect();
    left.sort_by_key(|(start, _)| *start);
    for (_, (path, value)) in left {
        walk.say(&value, &Within::default().at(path));
    }
    let local = walk.local;
    requests::join(&mut facts.settings[before..]);
    local
}

/// Adds to `facts` what a value is that is set under names outside of the program.
pub fn say(value: &Node, path: Vec<Name>, language: &'static Language, facts: &mut Facts) {
    let calls = value.span.start as usize;
    let (local, subjects) = (HashSet::new(), HashSet::new());
    let mut walk = Walk { facts, language, calls, planted: HashMap::new(), local, turns: HashMap::new(), subjects };
    walk.say(value, &Within::default().at(path));
}

struct Walk<'w> {
    facts: &'w mut Facts,
    language: &'static Language,
    /// Calls so far: each is a place of its own.
    calls: usize,
    planted: Planted,
    /// Settings that are names within functions, by their place among the facts.
    local: HashSet<usize>,
    /// Names that are compared with words of both countries.
    subjects: HashSet<String>,
    /// What members of a thing were set so far in a block.
    turns: HashMap<(ScopeId, String), Turn>,
}

/// The members of one thing that were set since one of them was set again: it is another instance's from there on.
#[derive(Default)]
struct Turn {
    set: HashSet<Box<str>>,
    number: Option<Name>,
}

/// Where a node stands.
#[derive(Clone)]
struct Within {
    scope: ScopeId,
    path: Vec<Name>,
    /// How many names of the path lead to the class around it.
    class: usize,
    /// How many lead to the function around it.
    function: Option<usize>,
    /// The variable that is not set where this is reached.
    unset: Option<Name>,
    /// The prefix of the variables that a class of settings is filled from.
    settings: Option<String>,
    /// The function that says what holds where nobody says anything: `fn default_url()`.
    default: Option<Name>,
    /// The name by which a block calls what it is given to set: `config` of `configure do |config|`.
    yielded: Option<Box<str>>,
}

impl Default for Within {
    fn default() -> Self {
        Within {
            scope: ScopeId::FILE,
            path: Vec::new(),
            class: 0,
            function: None,
            unset: None,
            settings: None,
            default: None,
            yielded: None,
        }
    }
}

impl Within {
    fn under(&self, name: Option<Name>) -> Within {
        let mut inner = self.clone();
        inner.path.extend(name);
        inner
    }

    fn at(&self, path: Vec<Name>) -> Within {
        Within { path, ..self.clone() }
    }
}

impl Walk<'_> {
    fn statement(&mut self, node: &Node, within: &Within) {
        match &node.is {
            Is::Text(_) => self.plant(node, within),
            Is::Group(nodes) => self.block(nodes, within),
            Is::Bind(bind) => self.bind(bind, within),
            Is::Function(function) => self.function(function, within),
            Is::Class(class) => self.class(class, within),
            Is::Return(Some(value)) => self.give(value, within),
            Is::Choice(test, then, other) => {
                let verdict = condition::read(test);
                self.statement(test, within);
                let inside = self.branch("if", &verdict, true, within);
                self.statement(then, &inside);
                if let Some(other) = other {
                    let inside = self.branch("unless", &verdict, false, within);
                    self.statement(other, &inside);
                }
            }
            Is::Switch(switch) => {
                for case in &switch.cases {
                    let verdict = condition::of_case(switch.subject.as_ref(), &case.values);
                    let inside = self.branch("case", &verdict, true, within);
                    self.statement(&case.body, &inside);
                }
            }
            Is::Call(call) => self.call(call, within, false),
            Is::Import(import) => {
                for name in &import.names {
                    self.facts.imports.push(Import {
                        local: name.local.clone(),
                        from: import.from.clone(),
                        name: name.name.clone(),
                    });
                }
            }
            Is::Pair(key, value) => {
                let inside = within.under(name_of_key(key));
                self.say(value, &inside);
            }
            Is::Block(block) => self.apart(block, within),
            _ => node.children().into_iter().for_each(|child| self.statement(child, within)),
        }
    }

    /// Says what a text was planted for, if it was, where its code stands.
    fn plant(&mut self, node: &Node, within: &Within) {
        let Some(text) = node.text().filter(|_| !self.planted.is_empty()) else { return };
        if let Some((path, value)) = self.planted.remove(&text.span().start) {
            self.say(&value, &within.at(path));
        }
    }

    /// Statements one after another: behind a branch that ends, its condition does not hold.
    fn block(&mut self, nodes: &[Node], within: &Within) {
        let mut within = within.clone();
        for node in nodes {
            self.statement(node, &within);
            within = self.behind(node, within);
        }
    }

    fn behind(&mut self, node: &Node, within: Within) -> Within {
        let Is::Choice(test, then, None) = &node.is else { return within };
        if !ends(then) {
            return within;
        }
        let verdict = condition::read(test);
        self.branch("unless", &verdict, false, &within)
    }

    /// The block in which a condition holds or, where it does not tell anything, the one around it.
    fn branch(&mut self, title: &str, verdict: &Verdict, holds: bool, within: &Within) -> Within {
        let unset = if holds { &verdict.unset } else { &verdict.set };
        let scope = if verdict.known { self.open(title, verdict, holds, within) } else { within.scope };
        Within { scope, unset: unset.clone(), ..within.clone() }
    }

    /// Statements that hold for themselves.
    fn apart(&mut self, block: &Block, within: &Within) {
        let unit = block.unit.as_ref().map(|name| name.as_ref().map(|name| Deployed::Item(name.clone())));
        let (title, environment) = (Some(block.title.clone()), block.environment.clone());
        let inner = Scope { parent: Some(within.scope), title, environment, unit, ..Scope::default() };
        let scope = self.facts.open(inner);
        self.statement(&block.body, &Within { scope, unset: None, ..within.clone() });
    }

    /// A block of its own for one of several values, whatever its condition says.
    fn alternative(&mut self, verdict: &Verdict, holds: bool, within: &Within) -> Within {
        let scope = self.open(if holds { "if" } else { "unless" }, verdict, holds, within);
        Within { scope, unset: None, ..within.clone() }
    }

    fn open(&mut self, title: &str, verdict: &Verdict, holds: bool, within: &Within) -> ScopeId {
        let (says, other) =
            if holds { (&verdict.holds, &verdict.else_holds) } else { (&verdict.else_holds, &verdict.holds) };
        // Of several that must hold together, none is refuted where one does not.
        let refutes = other.first().filter(|_| says.is_empty() && other.len() == 1 && !verdict.together);
        let says: Vec<Compared> = says.iter().map(|said| subjects::plain(said, &self.subjects)).collect();
        branches::open(title, &says, refutes, within.scope, self.facts)
    }

    /// What a function gives back is said under its name.
    fn give(&mut self, node: &Node, within: &Within) {
        match &node.is {
            Is::Call(call) if environment::read(node).is_none() => {
                if within.path.is_empty() {
                    self.call(call, within, false)
                } else {
                    self.say(node, within)
                }
            }
            _ if within.path.is_empty() => self.statement(node, within),
            _ => self.say(node, within),
        }
    }

    /// A body whose last expression is what it gives back.
    fn result(&mut self, node: &Node, within: &Within) {
        match &node.is {
            Is::Group(nodes) => {
                let Some((last, before)) = nodes.split_last() else { return };
                let mut within = within.clone();
                for node in before {
                    self.statement(node, &within);
                    within = self.behind(node, within);
                }
                self.result(last, &within);
            }
            Is::Choice(test, then, other) => {
                let verdict = condition::read(test);
                let inside = self.alternative(&verdict, true, within);
                self.result(then, &inside);
                if let Some(other) = other {
                    let inside = self.alternative(&verdict, false, within);
                    self.result(other, &inside);
                }
            }
            Is::Switch(switch) => {
                for case in &switch.cases {
                    let verdict = condition::of_case(switch.subject.as_ref(), &case.values);
                    let inside = self.alternative(&verdict, true, within);
                    self.result(&case.body, &inside);
                }
            }
            Is::Bind(_) | Is::Class(_) | Is::Import(_) | Is::Return(_) | Is::Function(_) | Is::Block(_) => {
                self.statement(node, within);
            }
            _ => self.give(node, within),
        }
    }

    /// A value that holds only where nothing else is set.
    fn fallback(&mut self, name: &Name, default: &Node, inside: &Within) {
        if matches!(default.is, Is::Map(_) | Is::List(_) | Is::Function(_)) {
            return self.say(default, inside);
        }
        let value = self.values(inside).of(default);
        if value.is_empty() {
            return;
        }
        let reference = Reference {
            kind: ReferenceKind::Computed,
            name: name.text.clone(),
            span: name.span,
            fallback: Some(Box::new(value)),
        };
        let value = Value { span: default.span, pieces: vec![crate::fact::Piece::Reference(reference)] };
        self.emit(value, inside);
    }

    /// Says what a value comes to under the names that lead to it.
    fn say(&mut self, node: &Node, within: &Within) {
        if within.path.len() > PATH || self.facts.settings.len() > SETTINGS {
            return;
        }
        match &node.is {
            Is::Text(text) if self.planted.contains_key(&text.span().start) => self.plant(node, within),
            Is::Map(items) => items.iter().for_each(|item| self.item(item, within)),
            Is::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    match keyed(item) {
                        // `HashMap::from([("ca", "…"), ("us", "…")])`
                        Some((key, value)) => self.say(value, &within.under(Some(key))),
                        None => self.say(item, &within.under(Some(Name::index(at, item.span)))),
                    }
                }
            }
            Is::Function(function) => {
                let unnamed = Function { name: None, ..(**function).clone() };
                self.function(&unnamed, within);
            }
            Is::Class(class) => self.class(class, within),
            Is::Choice(test, then, Some(other)) if environment::read(node).is_none() => {
                let verdict = condition::read(test);
                let inside = self.alternative(&verdict, true, within);
                self.say(then, &inside);
                let inside = self.alternative(&verdict, false, within);
                self.say(other, &inside);
            }
            Is::Switch(switch) => {
                for case in &switch.cases {
                    let verdict = condition::of_case(switch.subject.as_ref(), &case.values);
                    let inside = self.alternative(&verdict, true, within);
                    self.result(&case.body, &inside);
                }
            }
            Is::Call(call) if environment::read(node).is_none() => self.said_call(call, node, within),
            Is::Bind(bind) => {
                self.bind(bind, within);
                self.say(&bind.target, within);
            }
            Is::Group(nodes) if nodes.len() > 1 => self.result(node, within),
            Is::Either(left, right) if matches!(right.is, Is::Map(_)) => {
                self.say(left, within);
                self.say(right, within);
            }
            Is::Return(_) | Is::Import(_) => self.statement(node, within),
            Is::Template(parts) => {
                self.text(node, within);
                // `window.ENV = ${JSON.stringify({ … })}`: a map in a text.
                let calls = parts.iter().filter_map(Node::call);
                calls.filter(|call| call.is_called("stringify")).for_each(|call| self.call(call, within, true));
            }
            _ => self.text(node, within),
        }
    }

    /// One entry of a map.
    fn item(&mut self, item: &Node, within: &Within) {
        match &item.is {
            Is::Pair(key, value) => match name_of_key(key) {
                Some(name) if declares(value) => {
                    // An environment's schema: `FLINKS_URL: z.string().default("…")`.
                    let fallback = schema_default(value).map(|node| self.values(within).of(node));
                    let fallback = fallback.filter(|value| !value.is_empty());
                    let reference = named(&name.text, name.span, fallback);
                    self.emit(Value::reference(reference), &within.under(Some(name)));
                }
                name => self.say(value, &within.under(name)),
            },
            Is::Name(name) => {
                let inside = within.under(Some(Name::key(name.clone(), item.span)));
                self.text(item, &inside);
            }
            Is::Function(function) => self.function(function, within),
            Is::Bind(bind) => self.bind(bind, within),
            Is::Spread(inner) => self.spread(inner, within),
            _ => {}
        }
    }

    /// `{ ...base }` in what a module gives: all that the other one says holds here, too.
    fn spread(&mut self, inner: &Node, within: &Within) {
        let Is::Name(local) = &inner.is else { return };
        if within.path.len() > 1 {
            return;
        }
        let from = self.facts.imports.iter().find(|import| import.local == *local).map(|import| import.from.clone());
        self.facts.imports.extend(from.map(|from| Import { local: "*".into(), from, name: None }));
    }

    /// A text, with each side of a choice inside of it under its condition.
    fn text(&mut self, node: &Node, within: &Within) {
        let choice = match &node.is {
            Is::Template(_) | Is::Join(_) | Is::Either(..) | Is::Call(_) => node
                .walk()
                .find(|inner| matches!(inner.is, Is::Choice(_, _, Some(_))) && environment::read(inner).is_none()),
            _ => None,
        };
        let Some(choice) = choice else {
            let value = self.values(within).of(node);
            return self.emit(value, within);
        };
        let Is::Choice(test, ..) = &choice.is else { return };
        let verdict = condition::read(test);
        for side in [true, false] {
            let inside = self.alternative(&verdict, side, within);
            let values = Values { chosen: Some((choice.span, side)), ..self.values(&inside) };
            let value = values.of(node);
            self.emit(value, &inside);
        }
    }

    fn values<'v>(&self, within: &'v Within) -> Values<'v> {
        Values { class: &within.path[..within.class.min(within.path.len())], chosen: None }
    }

    fn emit(&mut self, value: Value, within: &Within) {
        if within.path.is_empty() || within.path.len() > PATH || self.facts.settings.len() > SETTINGS {
            return;
        }
        if within.path.iter().rev().find(|name| !name.index).is_some_and(is_for_people) {
            return;
        }
        let path = within.path.clone();
        if within.function.is_some_and(|function| path.len() > function) {
            self.local.insert(self.facts.settings.len());
        }
        let value = match &within.default {
            Some(name) if value.as_literal().is_some() => Value::reference(Reference {
                kind: ReferenceKind::Computed,
                name: name.text.clone(),
                span: name.span,
                fallback: Some(Box::new(value)),
            }),
            _ => value,
        };
        self.facts.settings.push(Setting { scope: within.scope, path, value, said: Said::Program });
    }
}

/// Whether a name is that of a text for people: an example in a documentation of an API, a label.
fn is_for_people(name: &Name) -> bool {
    const TEXTS: &[&str] = &[
        "description",
        "desc",
        "example",
        "examples",
        "help",
        "placeholder",
        "label",
        "title",
        "message",
        "comment",
        "doc",
        "docs",
        "hint",
        "tooltip",
        "summary",
        "usage",
        "caption",
        "helper_text",
        "help_text",
    ];
    TEXTS.contains(&words::normal(&name.text).as_str())
}

/// The members of an enumeration of countries whose constants are given values: each under the name that the constructor
/// calls it. `US("northwind-us")` of `enum Country { …; Country(String instance) }`.
fn members(class: &Class) -> Option<Vec<Node>> {
    let constant = |node: &Node| match &node.is {
        Is::Bind(bind) => {
            bind.type_name.is_none()
                && bind.value.as_ref().is_some_and(|value| matches!(value.is, Is::Text(_) | Is::List(_) | Is::Group(_)))
                && matches!(&bind.target.is, Is::Name(name) if countries::of_value(name).is_some())
        }
        _ => false,
    };
    if !class.body.iter().any(constant) {
        return None;
    }
    let constructor = class.body.iter().find_map(|node| match &node.is {
        Is::Function(function) if function.name.as_ref()?.text == class.name.as_ref()?.text => Some(function),
        _ => None,
    });
    let parameters = constructor.map_or(&class.parameters, |constructor| &constructor.parameters);
    let name = |node: &Node| match &node.is {
        Is::Bind(bind) => matches!(bind.target.is, Is::Name(_)).then(|| bind.target.clone()),
        Is::Name(_) => Some(node.clone()),
        _ => None,
    };
    let mut names: Vec<Node> = parameters.iter().map_while(name).collect();
    // `Country(val label: String)`: its only value is what the constant is.
    names.retain(|name| parameters.len() > 1 || name_of_key(name).is_some_and(|name| !is_for_people(&name)));
    let given = |node: &Node| {
        let (true, Is::Bind(bind)) = (constant(node) && !names.is_empty(), &node.is) else { return node.clone() };
        let Some(value) = &bind.value else { return node.clone() };
        let values = match &value.is {
            Is::List(values) | Is::Group(values) => values.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let pair = |(name, value): (&Node, &Node)| {
            Node::new(value.span, Is::Pair(Box::new(name.clone()), Box::new(value.clone())))
        };
        let map = Is::Map(names.iter().zip(values).map(pair).collect());
        let value = Some(Node::new(value.span, map));
        Node::new(node.span, Is::Bind(Box::new(crate::readers::code::syntax::Bind { value, ..(**bind).clone() })))
    };
    Some(class.body.iter().map(given).collect())
}

/// A list of a key and its value.
fn keyed(item: &Node) -> Option<(Name, &Node)> {
    let Is::List(both) = &item.is else { return None };
    let [key, value] = both.as_slice() else { return None };
    let word = key.text().map(|text| text.expose()).or(match &key.is {
        Is::Member(_, name) => Some(&*name.text),
        _ => None,
    })?;
    countries::of_value(word).is_some().then(|| name_of_key(key))?.map(|key| (key, value))
}

fn named(name: &str, span: Span, fallback: Option<Value>) -> Reference {
    let fallback = fallback.map(Box::new);
    Reference { kind: ReferenceKind::Named, name: name.into(), span, fallback }
}

/// Whether a branch leaves the block it stands in.
fn ends(node: &Node) -> bool {
    match &node.is {
        Is::Return(_) => true,
        Is::Group(nodes) => nodes.last().is_some_and(ends),
        _ => false,
    }
}

/// The name of a map's key: a word, an enumeration's member.
fn name_of_key(key: &Node) -> Option<Name> {
    let word = key.word()?;
    let exact = (word.span.end - word.span.start) as usize == word.value.len();
    exact.then(|| Name::key(word.value, word.span))
}

/// Whether a chain of calls begins with a library of schemas.
pub(super) fn is_validator(names: &[&str]) -> bool {
    matches!(names.first(), Some(&("z" | "Joi" | "joi" | "yup" | "v" | "zod" | "t" | "envalid")))
}

/// Whether a value declares what a variable must be: a chain of a validator's calls.
fn declares(value: &Node) -> bool {
    let Some(call) = value.call() else { return false };
    let names = call.names();
    let validator = is_validator(&names);
    let bare = names.len() == 1 && matches!(names[0], "str" | "url" | "bool" | "host" | "num" | "port" | "json");
    (validator && names.len() > 1) || bare
}

/// The default in a validator's chain: `.default("…")`, `str({ default: "…" })`.
fn schema_default(value: &Node) -> Option<&Node> {
    let call = value.call()?;
    let own = matches!(call.name()?.value, "default" | "catch" | "prefault").then(|| call.positional().next());
    own.flatten().or_else(|| call.named(&["default", "devDefault"])).or_else(|| schema_default(call.object()?))
}
