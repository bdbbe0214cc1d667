//! Values that may be loginIds and are put where people and other systems can read them: logs, trackers, stores of the
//! browser, cookies, addresses of pages. What calls do so is in `vocabulary/sinks.toml`.

mod address;
mod carried;

use std::cell::Cell;

use super::build::Program;
use super::records::Seen;
use super::syntax::{Bind, Call, Is, Node};
use crate::fact::{Facts, Name, Sink};
use crate::source::{Source, Spanned};
use crate::vocabulary::login::login_name;
use crate::vocabulary::sinks::{self, Row, SinkKind};

use carried::Carried;

/// Sinks of one file at most.
const SINKS: usize = 2_000;
/// Functions that are looked through for what is taken of an event, of one file at most.
const LOOKS: usize = 200;
/// Deeper nesting than this is not looked into.
const DEPTH: usize = 200;

/// Adds to `facts` what a program puts where others can read it.
pub fn read(program: &Program, source: &Source, language: &'static str, facts: &mut Facts) {
    let text = source.text();
    if !["ogin", "LOGIN"].iter().any(|sign| text.contains(sign)) {
        return;
    }
    let seen = Seen::new(program, source, language);
    let mut walk =
        Walk { seen: &seen, around: Vec::new(), functions: Vec::new(), looks: Cell::new(LOOKS), sinks: Vec::new() };
    walk.node(&program.root, DEPTH);
    facts.sinks.extend(walk.sinks);
}

struct Walk<'w, 's> {
    seen: &'w Seen<'s>,
    /// The named things around, the outermost first.
    around: Vec<Spanned<String>>,
    /// The functions around, the outermost first.
    functions: Vec<&'s Node>,
    /// How many more functions may be looked through.
    looks: Cell<usize>,
    sinks: Vec<Sink>,
}

impl<'s> Walk<'_, 's> {
    fn node(&mut self, node: &'s Node, depth: usize) {
        let Some(depth) = depth.checked_sub(1).filter(|_| self.sinks.len() < SINKS) else { return };
        match &node.is {
            Is::Call(call) => {
                if let Some(sink) = self.call(call) {
                    self.sinks.push(self.around(sink, node));
                }
                self.attributes(call, node);
            }
            Is::Bind(bind) => {
                if let Some(sink) = self.assigned(bind) {
                    self.sinks.push(self.around(sink, node));
                }
            }
            _ => {}
        }
        let named = name(node);
        let is_named = named.is_some();
        self.around.extend(named);
        let is_function = matches!(node.is, Is::Function(_));
        self.functions.extend(is_function.then_some(node));
        node.children().into_iter().for_each(|child| self.node(child, depth));
        if is_function {
            self.functions.pop();
        }
        if is_named {
            self.around.pop();
        }
    }

    /// A sink with what stands around it.
    fn around(&self, sink: (SinkKind, Spanned<String>, Spanned<String>), node: &Node) -> Sink {
        let (kind, into, given) = sink;
        let around = self.around.iter().rev().cloned().collect();
        let whole = (given.span.end - given.span.start) as usize > 0 && !self.says(&given);
        Sink { kind, into, given, whole, around, context: self.seen.about_writing(node) }
    }

    /// Whether what is given says itself what it is: its name's last part, or what that stands for.
    fn says(&self, given: &Spanned<String>) -> bool {
        let written = self.seen.source.slice(given.span);
        let own = given.value.rsplit('.').next().unwrap_or(&given.value);
        let parents = given.value.rsplit_once('.').map_or("", |(parents, _)| parents);
        written.contains(own) || written != parents
    }

    fn call(&self, call: &Call) -> Option<(SinkKind, Spanned<String>, Spanned<String>)> {
        let names = call.names();
        let row = sinks::call(&names).or_else(|| {
            // `logger.with(user).info(…)`, `Log.ForContext<X>().Information(…)`
            let first = [*names.first()?, names.last()?];
            let is_chained = |row: &&Row| {
                matches!(row.kind, SinkKind::Log | SinkKind::Tracking | SinkKind::Analytics) && names.len() > 2
            };
            sinks::call(&first).filter(is_chained)
        })?;
        if !self.is_readable(row, call) {
            return None;
        }
        let given = self.given(row, call)?;
        let written = self.seen.source.slice(call.callee.span);
        let is_plain = written.len() < 60 && !written.contains(['(', '\n', ' ']);
        let into = if is_plain { written.to_owned() } else { names.join(".") };
        Some((row.kind, Spanned::new(into, call.callee.span), given))
    }

    /// What of the arguments may be a loginId.
    fn given(&self, row: &'static Row, call: &Call) -> Option<Spanned<String>> {
        let carried = Carried { seen: self.seen, kind: row.kind };
        let positional: Vec<&Node> = call.positional().collect();
        if row.kind == SinkKind::Address {
            return address::given(row, call, &carried);
        }
        if row.keyed {
            if let Some((key, value)) = positional.last().and_then(|node| cookie(node)) {
                let key = key.text().filter(|key| !is_constant(value) && login_name(key.expose()).is_some());
                let key = key.map(|key| Spanned::new(key.expose().to_owned(), key.span()));
                return carried.find(value).or(key);
            }
            let (key, rest) = positional.split_first()?;
            let value = rest.iter().find_map(|value| carried.find(value));
            // A hook keeps what it is given later, whatever it begins with.
            let is_hook = call.name().is_some_and(|name| !matches!(name.value, "setcookie" | "setCookie"));
            let is_hook = is_hook && call.object().is_none();
            let is_set = is_hook || rest.first().is_none_or(|value| !is_constant(value));
            let key = || key.text().filter(|key| is_set && login_name(key.expose()).is_some());
            let named = call.arguments.iter().filter(|argument| argument.name.is_some());
            return value
                .or_else(|| key().map(|key| Spanned::new(key.expose().to_owned(), key.span())))
                .or_else(|| named.filter_map(|argument| carried.find(&argument.value)).next());
        }
        if row.kept {
            return kept(call);
        }
        let arguments = call.arguments.iter().find_map(|argument| carried.argument(argument));
        let block = || call.block.as_ref().and_then(|block| carried.find(block));
        arguments.or_else(block).or_else(|| self.whole(call))
    }

    /// The whole of an event or an answer of which a loginId is taken in the same function: `console.log(event.data)`.
    fn whole(&self, call: &Call) -> Option<Spanned<String>> {
        const WHOLES: &[&str] = &["data", "event", "e", "payload", "detail", "message", "msg", "evt", "body"];
        let function = self.functions.last().filter(|_| self.seen.is_script())?;
        let given = call.positional().find_map(|node| {
            let inner =
                node.call().filter(|call| call.is_called("stringify")).and_then(|call| call.positional().next());
            let node = inner.unwrap_or(node);
            let name = carried::dotted_name(node)?;
            let last = name.rsplit('.').next().unwrap_or(&name);
            WHOLES.contains(&last).then(|| Spanned::new(name.clone(), node.span))
        })?;
        self.looks.set(self.looks.get().checked_sub(1)?);
        let taken = function.walk().find_map(|node| match &node.is {
            Is::Member(..) | Is::Index(..) => {
                let name = carried::dotted_name(node)?;
                let rest = name.strip_prefix(&given.value)?.strip_prefix('.')?;
                (login_name(rest).is_some()
                    || rest.strip_prefix("data.").is_some_and(|rest| login_name(rest).is_some()))
                .then_some(name)
            }
            // `const { loginId } = event.data`
            Is::Bind(bind) => {
                let of = carried::dotted_name(bind.value.as_ref()?)?;
                let of = of.strip_prefix(&given.value).filter(|rest| rest.is_empty() || *rest == ".data")?;
                let Is::Map(items) = &bind.target.is else { return None };
                let name = items.iter().find_map(|item| {
                    match &item.is {
                        Is::Pair(key, _) => key.word(),
                        _ => item.word(),
                    }
                    .filter(|word| login_name(&word.value).is_some())
                })?;
                Some(format!("{}{of}.{}", given.value, name.value))
            }
            _ => None,
        })?;
        Some(Spanned::new(taken, given.span))
    }

    /// Whether others can read what a call of this kind is given.
    fn is_readable(&self, row: &Row, call: &Call) -> bool {
        let text = self.seen.source.text();
        match row.kind {
            // The server's own cookies may be kept from scripts; Laravel and signed jars keep theirs.
            SinkKind::Cookie => {
                let is_kept = |node: &Node| {
                    let written = self.seen.source.slice(node.span).to_ascii_lowercase();
                    let bare: String = written.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
                    ["httponly:true", "httponly=true", "httponly=>true"].iter().any(|sign| bare.contains(sign))
                };
                let whole = call.arguments.iter().any(|argument| {
                    let named = argument.name.as_ref().is_some_and(|name| {
                        name.text.to_ascii_lowercase().replace('_', "") == "httponly"
                            && self.seen.source.slice(argument.value.span).eq_ignore_ascii_case("true")
                    });
                    named || is_kept(self.seen.follow(&argument.value))
                });
                let names = call.names();
                let is_sealed = names.iter().any(|name| matches!(*name, "encrypted" | "signed" | "Crypt"));
                // The last of PHP's seven.
                let seventh = call.is_called("setcookie")
                    && call
                        .positional()
                        .nth(6)
                        .is_some_and(|node| self.seen.source.slice(node.span).eq_ignore_ascii_case("true"));
                !whole && !is_sealed && !seventh
            }
            // What is put into a text of Apple's logger is private unless it says otherwise.
            SinkKind::Log if self.seen.language == "Swift" && call.object().is_some() => {
                let is_apples = text.contains("import os") || text.contains("import OSLog");
                let public = call
                    .arguments
                    .iter()
                    .any(|argument| self.seen.source.slice(argument.value.span).contains("privacy: .public"));
                !is_apples || public
            }
            // The screens of an application are no pages of a browser.
            SinkKind::Address => {
                let of_screens = ["expo-router", "@react-navigation", "'react-native'", "\"react-native\""];
                match self.seen.language {
                    "Dart" => false,
                    "Kotlin" | "Swift" => call.names().iter().any(|name| name.contains("edirect")),
                    _ => !of_screens.iter().any(|module| text.contains(module)),
                }
            }
            // What PHP prints is the page.
            SinkKind::Log if matches!(self.seen.language, "PHP") => {
                !call.is_called("printf") && !call.is_called("print")
            }
            _ => true,
        }
    }

    /// `href={…}`, `to={…}` of an element.
    fn attributes(&mut self, call: &Call, node: &Node) {
        let is_markup = matches!(self.seen.language, "JSX" | "TSX" | "JavaScript")
            && self.seen.source.slice(node.span).starts_with('<');
        if !is_markup {
            return;
        }
        let carried = Carried { seen: self.seen, kind: SinkKind::Address };
        for argument in &call.arguments {
            let Some(name) = argument.name.as_ref().filter(|name| matches!(&*name.text, "href" | "to")) else {
                continue;
            };
            if let Some(given) = address::of_page(&argument.value, &carried) {
                let into = Spanned::new(name.text.to_string(), name.span);
                self.sinks.push(self.around((SinkKind::Address, into, given), node));
            }
        }
    }

    /// `localStorage.flinksLoginId = id`, `document.cookie = …`, `window.location.href = …`.
    fn assigned(&self, bind: &Bind) -> Option<(SinkKind, Spanned<String>, Spanned<String>)> {
        let value = bind.value.as_ref()?;
        let chain = match &bind.target.is {
            Is::Member(..) | Is::Index(..) => bind.target.chain(),
            // `location = "/accounts?loginId=" + loginId`
            Is::Name(name) if &**name == "location" => bind.target.chain(),
            _ => None,
        };
        // `localStorage[KEY] = loginId`
        let computed = || match &bind.target.is {
            Is::Index(object, _) => object.chain(),
            _ => None,
        };
        let is_told = chain.is_some();
        let chain = chain.or_else(computed)?;
        let mut names: Vec<&str> = chain.iter().map(|name| super::value::bare(&name.text)).collect();
        if !is_told {
            names.push("*");
        }
        let key = chain.last().filter(|_| is_told).map(|name| Spanned::new(name.text.to_string(), name.span));
        let names: Vec<&str> = if names == ["location"] { vec!["window", "location"] } else { names };
        let member = sinks::member(&names)?;
        let carried = Carried { seen: self.seen, kind: member.kind };
        let given = match member.kind {
            SinkKind::Address => address::of_page(value, &carried),
            _ => carried.find(value).or_else(|| {
                key.filter(|key| {
                    login_name(&key.value).is_some() && !is_constant(value) && !matches!(value.is, Is::Call(_))
                })
            }),
        }?;
        let is_kept = member.kind == SinkKind::Cookie && {
            let written = self.seen.source.slice(value.span).to_ascii_lowercase().replace([' ', '_'], "");
            ["httponly:true", "httponly=true", "httponly=>true"].iter().any(|sign| written.contains(sign))
        };
        let into = Spanned::new(self.seen.source.slice(bind.target.span).to_owned(), bind.target.span);
        (!is_kept).then_some((member.kind, into, given))
    }
}

/// What a node is called that others stand in.
fn name(node: &Node) -> Option<Spanned<String>> {
    match &node.is {
        Is::Class(class) => class.name.as_ref().map(|name| Spanned::new(name.text.to_string(), name.span)),
        Is::Function(function) => function.name.as_ref().map(|name| Spanned::new(name.text.to_string(), name.span)),
        Is::Bind(bind)
            if bind.value.as_ref().is_some_and(|value| matches!(value.is, Is::Function(_) | Is::Class(_))) =>
        {
            bind.target.word()
        }
        Is::Pair(key, value) if matches!(value.is, Is::Function(_)) => key.word(),
        _ => None,
    }
}

/// The name of a loginId in the state of a store that keeps itself.
fn kept(call: &Call) -> Option<Spanned<String>> {
    let is_pinias = call.is_called("defineStore");
    let persists = |node: &Node| {
        node.entry(&["persist"]).is_some_and(|value| !matches!(&value.is, Is::Word(word) if &**word == "false"))
    };
    if is_pinias && !call.positional().any(persists) {
        return None;
    }
    let keys = call.positional().flat_map(Node::walk).filter_map(|node| match &node.is {
        Is::Pair(key, value) if !matches!(value.is, Is::Function(_)) => key.word(),
        _ => None,
    });
    keys.into_iter().find(|key| login_name(&key.value).is_some())
}

/// The loginId in the address that an attribute of a page's element leads to.
pub fn attribute(value: &Node, name: &Name, source: &Source, language: &'static str) -> Option<Sink> {
    if !matches!(&*name.text, "href" | "to" | "action") {
        return None;
    }
    let program = Program { root: value.clone(), comments: Vec::new() };
    let seen = Seen::new(&program, source, language);
    let given = address::of_page(value, &Carried { seen: &seen, kind: SinkKind::Address })?;
    let into = Spanned::new(name.text.to_string(), name.span);
    Some(Sink { kind: SinkKind::Address, into, given, whole: false, around: Vec::new(), context: None })
}

/// The name and the value of a cookie that is said in one: `{ name: "…", value }`, `new Cookie("…", value)`.
fn cookie(node: &Node) -> Option<(&Node, &Node)> {
    if let Is::Group(nodes) = &node.is
        && let [only] = nodes.as_slice()
    {
        return cookie(only);
    }
    let (name, value) = (["name", "Name"], ["value", "Value"]);
    if let Some(call) = node.call().filter(|call| call.name().is_some_and(|name| name.value.contains("Cookie"))) {
        let mut positional = call.positional();
        return call.named(&name).zip(call.named(&value)).or_else(|| positional.next().zip(positional.next()));
    }
    node.entry(&name).zip(node.entry(&value))
}

/// A text, a number, nothing.
fn is_constant(node: &Node) -> bool {
    matches!(node.is, Is::Text(_) | Is::Word(_))
}
