//! What a program sets: every constant, field, property, argument and result that comes to text, under the names that
//! lead to it and the conditions that it stands under.

use super::condition::{self, Verdict};
use super::syntax::{Bind, Call, Class, Function, Is, Node};
use super::value::{Values, bare};
use super::{Language, environment, format, marks, value};
use crate::fact::{Facts, Import, Name, Piece, Reference, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers::branches::{self, Compared};
use crate::source::Span;
use crate::vocabulary::{names, words};

/// Settings of one file at most.
const SETTINGS: usize = 50_000;
/// Names that lead to a setting at most.
const PATH: usize = 24;

/// Adds to `facts` what a program sets.
pub fn read(root: &Node, language: &'static Language, facts: &mut Facts) {
    read_from(root, language, 0, facts);
}

/// The same for one of several programs of a file, each with a number of its own from which its calls are counted.
pub fn read_from(root: &Node, language: &'static Language, first: usize, facts: &mut Facts) {
    let mut walk = Walk { facts, language, calls: first };
    walk.statement(root, &Within::default());
}

/// Adds to `facts` what a value is that is set under names outside of the program.
pub fn say(value: &Node, path: Vec<Name>, language: &'static Language, facts: &mut Facts) {
    let mut walk = Walk { facts, language, calls: value.span.start as usize };
    walk.say(value, &Within::default().at(path));
}

struct Walk<'w> {
    facts: &'w mut Facts,
    language: &'static Language,
    /// Calls so far: each is a place of its own.
    calls: usize,
}

/// Where a node stands.
#[derive(Clone)]
struct Within {
    scope: ScopeId,
    path: Vec<Name>,
    /// How many names of the path lead to the class around it.
    class: usize,
    /// The variable that is not set where this is reached.
    unset: Option<Name>,
    /// The prefix of the variables that a class of settings is filled from.
    settings: Option<String>,
    /// The name by which a block calls what it is given to set: `config` of `configure do |config|`.
    yielded: Option<Box<str>>,
}

impl Default for Within {
    fn default() -> Self {
        Within { scope: ScopeId::FILE, path: Vec::new(), class: 0, unset: None, settings: None, yielded: None }
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
            _ => node.children().into_iter().for_each(|child| self.statement(child, within)),
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
        let (says, unset): (&[Compared], _) =
            if holds { (&verdict.holds, &verdict.unset) } else { (&verdict.else_holds, &verdict.set) };
        let scope = if verdict.known { branches::open(title, says, within.scope, self.facts) } else { within.scope };
        Within { scope, unset: unset.clone(), ..within.clone() }
    }

    /// A block of its own for one of several values, whatever its condition says.
    fn alternative(&mut self, verdict: &Verdict, holds: bool, within: &Within) -> Within {
        let says: &[Compared] = if holds { &verdict.holds } else { &verdict.else_holds };
        let scope = branches::open(if holds { "if" } else { "unless" }, says, within.scope, self.facts);
        Within { scope, unset: None, ..within.clone() }
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

    fn bind(&mut self, bind: &Bind, within: &Within) {
        for mark in &bind.marks {
            self.statement(mark, within);
        }
        let Some(value) = bind.value.as_ref() else { return self.declared(bind, within) };
        if let Some(from) = required(value) {
            return self.require(&bind.target, from);
        }
        match &bind.target.is {
            // What is thrown away is set nowhere.
            Is::Name(name) if &**name == "_" => self.statement(value, within),
            // `const { FLINKS_URL, FLINKS_ID: id = "x" } = process.env`
            Is::Map(items) => self.taken_apart(items, value, within),
            _ => {
                let Some((path, said)) = target(&bind.target, within) else { return self.statement(value, within) };
                let inside = within.at(path);
                let unset = within
                    .unset
                    .as_ref()
                    .filter(|unset| inside.path.last().is_some_and(|name| bare(&name.text) == bare(&unset.text)));
                match unset {
                    Some(unset) => self.fallback(&unset.text.clone(), value, &inside),
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

    /// A field without a value: its annotation or its class may say where it comes from.
    fn declared(&mut self, bind: &Bind, within: &Within) {
        let Some((path, _)) = target(&bind.target, within) else { return };
        let inside = within.at(path);
        let own = inside.path.last().map(|name| (name.text.to_string(), name.span));
        if let Some(value) = marks::value(&bind.marks) {
            self.emit(value, &inside);
        } else if let (Some(prefix), Some((name, span))) = (&within.settings, own) {
            let name = format!("{prefix}{name}").to_ascii_uppercase();
            self.emit(Value::reference(named(&name, span, None)), &inside);
        }
    }

    /// A field of a class of settings: the environment, or else what is written.
    fn setting(&mut self, bind: &Bind, value: &Node, inside: &Within) {
        let Some(name) = inside.path.last().cloned() else { return };
        let prefix = inside.settings.clone().unwrap_or_default();
        let field = value.call().filter(|call| call.is_called("Field") || call.is_called("field"));
        let alias = field.and_then(|call| call.named(&["env", "alias", "validation_alias"])).and_then(Node::text);
        let variable = alias
            .map_or_else(|| format!("{prefix}{}", name.text).to_ascii_uppercase(), |alias| alias.expose().to_owned());
        let default = match field {
            Some(call) => call.named(&["default"]).or_else(|| call.positional().next()),
            None => Some(value),
        };
        let is_plain = name.text.starts_with("model_") || matches!(value.is, Is::Class(_) | Is::Function(_));
        if is_plain || bind.type_name.is_none() && field.is_none() && !environment::shouted(&name.text) {
            return self.say(value, inside);
        }
        let fallback = default.map(|node| self.values(inside).of(node)).filter(|value| !value.is_empty());
        self.emit(Value::reference(named(&variable, name.span, fallback)), inside);
    }

    fn require(&mut self, target: &Node, from: &crate::text::Text) {
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
    fn taken_apart(&mut self, items: &[Node], from: &Node, within: &Within) {
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

    fn function(&mut self, function: &Function, within: &Within) {
        if function.marks.iter().any(condition::is_test) {
            return;
        }
        for mark in &function.marks {
            self.statement(mark, within);
        }
        let inside = self.marked(&function.marks, within).under(function.name.clone());
        for parameter in &function.parameters {
            self.parameter(parameter, &inside);
        }
        if function.is_value {
            self.give(&function.body, &inside);
        } else if self.language.gives_last {
            self.result(&function.body, &inside);
        } else {
            self.statement(&function.body, &inside);
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
            Is::Bind(_) | Is::Class(_) | Is::Import(_) | Is::Return(_) | Is::Function(_) => {
                self.statement(node, within);
            }
            _ => self.give(node, within),
        }
    }

    /// What a parameter is where nobody gives it.
    fn parameter(&mut self, parameter: &Node, within: &Within) {
        let Is::Bind(bind) = &parameter.is else { return };
        if let Is::Map(items) = &bind.target.is {
            // `({ baseUrl = "https://…" } = {})`
            items.iter().for_each(|item| self.parameter(item, within));
            return;
        }
        let Is::Name(name) = &bind.target.is else { return };
        let inside = within.under(Some(Name::key(name.clone(), bind.target.span)));
        match &bind.value {
            Some(default) => self.fallback(name, default, &inside),
            None => {
                if let Some(value) = marks::value(&bind.marks) {
                    self.emit(value, &inside);
                }
            }
        }
    }

    /// A value that holds only where nothing else is set.
    fn fallback(&mut self, name: &str, default: &Node, inside: &Within) {
        if matches!(default.is, Is::Map(_) | Is::List(_) | Is::Function(_)) {
            return self.say(default, inside);
        }
        let value = self.values(inside).of(default);
        if value.is_empty() {
            return;
        }
        let reference = Reference {
            kind: ReferenceKind::Computed,
            name: name.into(),
            span: value.span,
            fallback: Some(Box::new(value)),
        };
        self.emit(Value::reference(reference), inside);
    }

    fn class(&mut self, class: &Class, within: &Within) {
        if class.marks.iter().any(condition::is_test) {
            return;
        }
        for mark in &class.marks {
            self.statement(mark, within);
        }
        let mut inside = self.marked(&class.marks, within).under(class.name.clone());
        inside.class = inside.path.len();
        inside.settings = marks::settings_prefix(class);
        for parameter in &class.parameters {
            self.parameter(parameter, &inside);
        }
        self.block(&class.body, &inside);
    }

    /// The block that marks put a class or function in: `@Profile("prod")`. Routes are told by marks, too.
    fn marked(&mut self, marks: &[Node], within: &Within) -> Within {
        let says: Vec<Compared> = marks.iter().filter_map(condition::of_mark).filter(Compared::tells).collect();
        if says.is_empty() {
            return within.clone();
        }
        let scope = branches::open("profile", &says, within.scope, self.facts);
        Within { scope, ..within.clone() }
    }

    /// Says what a value comes to under the names that lead to it.
    fn say(&mut self, node: &Node, within: &Within) {
        if within.path.len() > PATH || self.facts.settings.len() > SETTINGS {
            return;
        }
        match &node.is {
            Is::Map(items) => items.iter().for_each(|item| self.item(item, within)),
            Is::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.say(item, &within.under(Some(Name::index(at, item.span))));
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

    /// A call whose value is set: what it only passes on is looked through, what it is given is said.
    fn said_call(&mut self, call: &Call, node: &Node, within: &Within) {
        if let Some(inner) = value::same(call) {
            return self.say(inner, within);
        }
        if let Some(block) = later(call) {
            return self.say(block, within);
        }
        let value = self.values(within).of(node);
        let known = value.pieces.iter().any(|piece| match piece {
            Piece::Text(_) => true,
            Piece::Reference(reference) => reference.kind != ReferenceKind::Computed || reference.fallback.is_some(),
        });
        if known {
            self.text(node, within);
        }
        // A text that is filled in is one value with what fills it in.
        if value.as_literal().is_none() && !format::fills(call) {
            self.call(call, within, true);
        }
    }

    /// What a call is given. Arguments are said together, as those of one call; so are those of calls in a chain, each
    /// of which adds to what the one before it made: `Http.baseUrl(url).withHeaders({ … })`.
    fn call(&mut self, call: &Call, within: &Within, bound: bool) {
        let mut chain: Vec<&Call> = std::iter::successors(Some(call), |call| call.object()?.call()).collect();
        chain.reverse();
        chain.retain(|call| !only_tells(call));
        let names: Vec<Option<&str>> = chain.iter().map(|call| call.name().map(|name| name.value)).collect();
        // `routes.add(ca).add(us)` says several things.
        let repeated = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        for part in chain.chunks(if repeated { 1 } else { chain.len().max(1) }) {
            self.calls += 1;
            let callees = part.iter().filter_map(|call| call.name());
            let telling = callees
                .map(|name| Name::key(name.value, name.span))
                .find(|name| names::says_flinks(&name.text) || bound && name.text.starts_with(char::is_uppercase));
            let scalars = |node: &Node| !matches!(node.is, Is::Map(_) | Is::Function(_) | Is::List(_) | Is::Class(_));
            let mixed = part.iter().any(|call| call.positional().any(scalars));
            let inside = within.under(telling);
            let number = (!bound || mixed).then(|| Name::index(self.calls, part[0].callee.span));
            let mut first = 0;
            for call in part {
                if let Some((name, value)) = marks::setter(call) {
                    self.say(value, &within.under(Some(name)));
                } else if let Some((name, default)) = marks::declaration(call) {
                    self.fallback(&name.text, default, &within.under(Some(name.clone())));
                } else {
                    self.given(call, first, within, &inside, number.as_ref());
                }
                first += call.arguments.len();
            }
        }
    }

    /// What one call is given, its arguments counted from `first`.
    fn given(&mut self, call: &Call, first: usize, within: &Within, around: &Within, number: Option<&Name>) {
        let mut inside = around.clone();
        // `config :my_app, :flinks, url: "…"`
        let keys = if call.is_called("config") { call.positional().map_while(Node::text).count() } else { 0 };
        for key in call.positional().take(keys).filter_map(Node::text) {
            inside.path.push(Name::key(key.expose(), key.span()));
        }
        inside.path.extend(number.filter(|_| keys == 0).cloned());
        for (at, argument) in call.arguments.iter().enumerate().skip(keys) {
            match (&argument.name, &argument.value.is) {
                (Some(name), _) => self.say(&argument.value, &inside.under(Some(name.clone()))),
                (None, Is::Function(function)) => self.function(function, within),
                (None, Is::Class(class)) => self.class(class, within),
                (None, Is::Group(_) | Is::Return(_) | Is::Bind(_)) => self.statement(&argument.value, &inside),
                (None, Is::Map(_)) => self.say(&argument.value, &inside),
                (None, _) => {
                    let position = Name::index(first + at, argument.value.span);
                    self.say(&argument.value, &inside.under(Some(position)));
                }
            }
        }
        let Some(block) = &call.block else { return };
        let yielded = yielded(block);
        // `Faraday.new(url: …) do |connection|`: the block sets more of what the arguments set.
        let mut inside = match yielded {
            Some(_) if call.is_called("new") => inside,
            _ => {
                // `Flinks.configure do |config|` is about Flinks; of others the name of what is done is all there is.
                let about = call.object().and_then(Node::word).filter(|word| names::says_flinks(&word.value));
                let about = about.map(|word| Name::key(word.value, word.span));
                within.under(about.or_else(|| call.name().map(|name| Name::key(name.value, name.span))))
            }
        };
        inside.yielded = yielded;
        match &block.is {
            Is::Function(function) => self.function(function, &inside),
            _ => self.statement(block, &inside),
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
        self.facts.settings.push(Setting { scope: within.scope, path, value, said: Said::Program });
    }
}

/// The block of a call that only puts off or gathers what the block gives back: `by lazy { … }`, `run { … }`.
fn later(call: &Call) -> Option<&Node> {
    let is = matches!(call.name()?.value, "lazy" | "run" | "with" | "memoize" | "Lazy" | "LazyLock" | "fromCallable");
    call.block.as_ref().filter(|_| is && call.arguments.is_empty())
}

/// Whether a call only tells people something: logs, messages of errors. No host in it is reached.
fn only_tells(call: &Call) -> bool {
    let names = call.names();
    let Some((last, outer)) = names.split_last() else { return false };
    let lower = last.to_ascii_lowercase();
    let of_log = outer.iter().any(|name| {
        let words = words::plain(name);
        words.iter().any(|word| matches!(word.as_str(), "console" | "log" | "logger" | "logging" | "slog" | "tracing"))
    });
    let prints = matches!(
        lower.trim_end_matches(['!', 'f', 'n']),
        "print" | "printl" | "put" | "puts" | "echo" | "pprint" | "eprintl" | "var_dump" | "fatal" | "panic"
    );
    of_log
        || prints && outer.len() < 2
        || ["Error", "Exception"].iter().any(|end| last.ends_with(end))
        || matches!(lower.as_str(), "console" | "logger" | "debugprint" | "nslog" | "abort" | "assert" | "die")
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

fn named(name: &str, span: Span, fallback: Option<Value>) -> Reference {
    let fallback = fallback.map(Box::new);
    Reference { kind: ReferenceKind::Named, name: name.into(), span, fallback }
}

/// The only parameter of a block.
fn yielded(block: &Node) -> Option<Box<str>> {
    let Is::Function(function) = &block.is else { return None };
    match function.parameters.as_slice() {
        [Node { is: Is::Name(name), .. }] => Some(name.clone()),
        _ => None,
    }
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

/// The module of `require("./config")`.
fn required(value: &Node) -> Option<&crate::text::Text> {
    let call = value.call()?;
    matches!(&call.callee.is, Is::Name(name) if &**name == "require" || &**name == "import")
        .then(|| call.positional().next()?.text())?
}

/// The names that lead to what is set, and whether it is an environment variable.
fn target(target: &Node, within: &Within) -> Option<(Vec<Name>, Said)> {
    if let Some(read) = environment::read(target).filter(|read| read.kind == ReferenceKind::Named) {
        return Some((vec![Name::key(read.name, target.span)], Said::Variable));
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

/// Whether a value declares what a variable must be: a chain of a validator's calls.
fn declares(value: &Node) -> bool {
    let Some(call) = value.call() else { return false };
    let names = call.names();
    let validator = matches!(names.first(), Some(&("z" | "Joi" | "joi" | "yup" | "v" | "zod" | "t" | "envalid")));
    let bare = names.len() == 1 && matches!(names[0], "str" | "url" | "bool" | "host" | "num" | "port" | "json");
    (validator && names.len() > 1) || bare
}

/// The default in a validator's chain: `.default("…")`, `str({ default: "…" })`.
fn schema_default(value: &Node) -> Option<&Node> {
    let call = value.call()?;
    let own = matches!(call.name()?.value, "default" | "catch" | "prefault").then(|| call.positional().next());
    own.flatten().or_else(|| call.named(&["default", "devDefault"])).or_else(|| schema_default(call.object()?))
}
