//! What calls are given: the arguments of one call are said together.

use super::{Walk, Within, is_validator, options};
use crate::fact::{Name, Piece, ReferenceKind};
use crate::readers::branches::{self, Compared};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::readers::code::{format, marks, value};
use crate::readers::shapes::allow_list;
use crate::source::Span;
use crate::text::Text;
use crate::vocabulary::names::Component;
use crate::vocabulary::{countries, headers, names, words};

impl Walk<'_> {
    /// A call whose value is set: what it only passes on is looked through, what it is given is said.
    pub(super) fn said_call(&mut self, call: &Call, node: &Node, within: &Within) {
        // `z.object({ … }).parse(process.env)`: the schema says what there is.
        let schema = call.object().filter(|object| object.call().is_some_and(|inner| is_validator(&inner.names())));
        let applied = matches!(call.name().map_or("", |name| name.value), "parse" | "safeParse" | "parseAsync");
        if let Some(schema) = schema.filter(|_| applied) {
            return self.say(schema, within);
        }
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
    pub(super) fn call(&mut self, call: &Call, within: &Within, bound: bool) {
        let mut chain: Vec<&Call> = std::iter::successors(Some(call), |call| call.object()?.call()).collect();
        chain.reverse();
        chain.retain(|call| !only_tells(call) && !only_measures(call));
        let names: Vec<Option<&str>> = chain.iter().map(|call| call.name().map(|name| name.value)).collect();
        // `routes.add(ca).add(us)` says several things.
        let repeated = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        for part in chain.chunks(if repeated { 1 } else { chain.len().max(1) }) {
            self.calls += 1;
            let callees = part.iter().filter_map(|call| call.name());
            let telling = part.iter().find_map(|call| made(call)).or_else(|| {
                callees.map(|name| Name::key(name.value, name.span)).find(|name| {
                    let is_made = bound && name.text.starts_with(char::is_uppercase);
                    is_made || names::says_flinks(&name.text) || lets_through(name)
                })
            });
            let scalars = |node: &Node| !matches!(node.is, Is::Map(_) | Is::Function(_) | Is::List(_) | Is::Class(_));
            let mixed = part.iter().any(|call| call.positional().any(scalars));
            let inside = within.under(telling);
            let number = (!bound || mixed).then(|| Name::call(self.calls, part[0].callee.span));
            let mut first = 0;
            for call in part {
                if let Some((name, value)) = marks::setter(call) {
                    self.say(value, &within.under(Some(name)));
                } else if let Some((names, value)) = put(call).or_else(|| of_handle(call)) {
                    let mut inside = within.clone();
                    inside.path.extend(names);
                    self.say(value, &inside);
                } else if let Some((names, value)) = options::assigned(call).filter(|_| part.len() == 1) {
                    let path = within.path.iter().cloned().chain(names).collect();
                    let path = self.in_turn(path, within);
                    self.say(value, &within.at(path));
                } else if let Some((names, value)) = headers_of(call).filter(|_| part.len() == 1) {
                    let path = within.path.iter().cloned().chain(names).collect();
                    let path = self.in_turn(path, within);
                    self.say(value, &within.at(path));
                } else if let Some((name, value)) = options::chained(call).filter(|_| part.len() > 1) {
                    let mut inside = inside.clone();
                    inside.path.extend(number.clone());
                    self.say(value, &inside.under(Some(name)));
                } else if let Some((name, default)) = marks::declaration(call) {
                    self.fallback(&name, default, &within.under(Some(name.clone())));
                } else {
                    self.given(call, first, within, &inside, number.as_ref());
                }
                first += call.arguments.len();
            }
        }
    }

    /// What one call is given, its arguments counted from `first`.
    pub(super) fn given(&mut self, call: &Call, first: usize, within: &Within, around: &Within, number: Option<&Name>) {
        let mut inside = around.clone();
        let keys: Vec<Vec<Name>> = if call.is_called("config") { configured(call) } else { Vec::new() };
        let (names, nested) = (keys.concat(), keys.len());
        inside.path.extend(names);
        inside.path.extend(number.filter(|_| nested == 0).cloned());
        let header = header(call);
        for (at, argument) in call.arguments.iter().enumerate().skip(nested) {
            match (&argument.name, &argument.value.is) {
                // `UseCsp(csp => csp.FrameSources(…))`
                (None, Is::Function(function)) if around.path.last().is_some_and(lets_through) => {
                    self.function(function, around);
                }
                (None, Is::Function(function)) => {
                    let about = named_for(call).filter(|_| at > 0);
                    self.function(function, &within.under(about));
                }
                // `environ.Env(FLINKS_URL=(str, "…"))`: a type, and what holds where nobody says it.
                (Some(name), Is::List(pair)) if pair.len() == 2 && call.is_called("Env") => {
                    self.fallback(name, &pair[1], &inside.under(Some(name.clone())));
                }
                (Some(name), _) => self.say(&argument.value, &inside.under(Some(name.clone()))),
                (None, Is::Class(class)) => self.class(class, within),
                (None, Is::Group(_) | Is::Return(_) | Is::Bind(_)) => self.statement(&argument.value, &inside),
                (None, Is::Map(_)) => self.say(&argument.value, &inside),
                // `flinks.New(flinks.WithBaseURL(…))`: an option of what is called.
                (None, Is::Call(option)) if options::set(option).is_some() => {
                    if let Some((name, value)) = options::set(option) {
                        self.say(value, &inside.under(Some(name)));
                    }
                }
                (None, _) if at > 0 && header.as_ref().is_some_and(|header| header.1 == at) => {
                    let name = header.as_ref().map(|header| header.0.clone());
                    self.say(&argument.value, &inside.under(name));
                }
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
                let about = about.map(|word| Name::key(word.value, word.span)).or_else(|| named_block(call));
                within.under(about.or_else(|| call.name().map(|name| Name::key(name.value, name.span))))
            }
        };
        if let Some(built) = released(&inside.path) {
            let environment =
                Compared { name: Name::key("buildType", built), word: Text::standing_for("production", built) };
            inside.scope = branches::open("build type", &[environment], None, inside.scope, self.facts);
        }
        inside.yielded = yielded;
        match &block.is {
            Is::Function(function) => self.function(function, &inside),
            _ => self.statement(block, &inside),
        }
    }
}

/// Whether what a call is given are hosts that are let through: `cors({ … })`, `.WithOrigins(…)`.
fn lets_through(name: &Name) -> bool {
    allow_list::is_allow_list(std::slice::from_ref(name))
}

/// What of Flinks a call makes: `Flinks::Client.new(…)`, `FlinksClient::new(…)`.
fn made(call: &Call) -> Option<Name> {
    let makes = matches!(call.name()?.value, "new" | "New" | "create" | "Create" | "builder" | "init");
    let chain = call.object().filter(|_| makes)?.chain()?;
    chain.into_iter().find(|name| names::says_flinks(&name.text))
}

/// The header with a credential that a request is given, and the argument that it is set to: `.header("x-api-key", key)`,
/// `headers.Add("Authorization", …)`.
fn header(call: &Call) -> Option<(Name, usize)> {
    const SETTERS: &[&str] = &[
        "header",
        "setheader",
        "addheader",
        "withheader",
        "putheader",
        "setrequestheader",
        "tryaddwithoutvalidation",
        "set",
        "add",
        "append",
        "queryparam",
        "addqueryparam",
        "addqueryparameter",
        "appendqueryparameter",
        "setqueryparameter",
        "addparameter",
        "setparameter",
    ];
    let sets = call.name().is_some_and(|name| SETTERS.contains(&&*name.value.replace('_', "").to_lowercase()));
    let is_credential = |text: &str| {
        let component = names::read(&[text]).component;
        component.is_some_and(|component| component.is_credential() || component == Component::AuthorizeToken)
    };
    let is_key = |node: &Node| {
        node.text().is_some_and(|text| headers::is_credential(text.expose()) || sets && is_credential(text.expose()))
    };
    let at = call.arguments.iter().position(|argument| argument.name.is_none() && is_key(&argument.value))?;
    let text = call.arguments[at].value.text()?;
    (at + 2 == call.arguments.len()).then(|| (Name::key(text.expose(), text.span()), at + 1))
}

/// The same where a label says that a text is a header's name: `setValue(key, forHTTPHeaderField: "x-api-key")`.
fn labelled(call: &Call) -> Option<(Name, usize)> {
    let label = |name: &Name| &*name.text == "forHTTPHeaderField";
    let named = call.arguments.iter().find(|argument| argument.name.as_ref().is_some_and(label))?;
    let text = named.value.text().filter(|text| headers::is_credential(text.expose()))?;
    let at = call.arguments.iter().position(|argument| argument.name.is_none())?;
    Some((Name::key(text.expose(), text.span()), at))
}

/// The header of a thing that is set on it: `request.Header.Set("x-api-key", key)`, `client.headers.update({ … })`.
fn headers_of(call: &Call) -> Option<(Vec<Name>, &Node)> {
    let mut names = call.object()?.chain()?;
    let sorts = |name: &Name| words::plain(&name.text).iter().any(|word| word == "headers" || word == "header");
    let of_headers = names.iter().any(sorts);
    names.retain(|name| !sorts(name));
    if names.is_empty() {
        return None;
    }
    if let Some((name, at)) = header(call).or_else(|| labelled(call)) {
        names.push(name);
        return Some((names, &call.arguments[at].value));
    }
    let [only] = call.arguments.as_slice() else { return None };
    let is = of_headers && call.is_called("update") && matches!(only.value.is, Is::Map(_));
    is.then_some((names, &only.value))
}

/// The country or the word Flinks for which a call does something: `AddHttpClient("flinks-us", client => …)`.
fn named_for(call: &Call) -> Option<Name> {
    let text = call.positional().next()?.text()?;
    let word = text.expose();
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let tells = || names::says_flinks(word) || countries::of_value(word).is_some();
    (is_word && tells()).then(|| Name::key(word, text.span()))
}

/// Whose configuration is said: `config :my_app, :flinks, url: "…"`, `config :my_app, MyApp.Flinks.Canada, url: "…"`.
fn configured(call: &Call) -> Vec<Vec<Name>> {
    let is_module =
        |names: &Vec<Name>| names.iter().all(|name| name.text.starts_with(|c: char| c.is_ascii_uppercase()));
    let key = |(at, node): (usize, &Node)| match node.text() {
        Some(key) => Some(vec![Name::key(key.expose(), key.span())]),
        None => node.chain().filter(|names| at > 0 && is_module(names)),
    };
    call.positional().enumerate().map_while(key).collect()
}

/// What is put into a map: `HOSTS.put("US", "…")`.
fn put(call: &Call) -> Option<(Vec<Name>, &Node)> {
    let is = matches!(call.name()?.value, "put" | "insert" | "Add" | "TryAdd" | "set" | "putIfAbsent");
    let arguments: Vec<&Node> = call.positional().collect();
    let [key, value] = arguments.as_slice() else { return None };
    let key = key.text().filter(|key| is && countries::of_value(key.expose()).is_some())?;
    let mut names = call.object()?.chain()?;
    names.push(Name::key(key.expose(), key.span()));
    Some((names, value))
}

/// What is set of a thing that a function is handed: `curl_setopt($ch, CURLOPT_URL, $url)`.
fn of_handle(call: &Call) -> Option<(Vec<Name>, &Node)> {
    let arguments: Vec<&Node> = call.positional().collect();
    let [thing, option, value] = arguments.as_slice() else { return None };
    let Is::Name(own) = &option.is else { return None };
    let names = thing.chain().filter(|_| call.is_called("curl_setopt"))?;
    let mut names: Vec<Name> = names.into_iter().map(without_marks).collect();
    names.push(Name::key(own.clone(), option.span));
    Some((names, value))
}

/// A name without the marks of a variable.
fn without_marks(name: Name) -> Name {
    let text = value::bare(&name.text);
    let start = name.span.start as usize + name.text.len() - text.len();
    Name::key(text, Span::new(name.span.file, start, name.span.end as usize))
}

/// The word that a block is given for: `create("prod") { … }`, `named("us") { … }`.
fn named_block(call: &Call) -> Option<Name> {
    let [only] = call.arguments.as_slice() else { return None };
    let word = only.value.text().filter(|_| only.name.is_none())?;
    let is_word = word.expose().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_word && !word.is_empty()).then(|| Name::key(word.expose(), word.span()))
}

/// `buildTypes { release { … } }` of Gradle is what is shipped.
fn released(path: &[Name]) -> Option<Span> {
    let [.., around, own] = path else { return None };
    (&*around.text == "buildTypes" && &*own.text == "release").then_some(own.span)
}

/// The block of a call that only puts off what the block gives back: `by lazy { … }`, `run { … }`.
fn later(call: &Call) -> Option<&Node> {
    let is = matches!(call.name()?.value, "lazy" | "run" | "memoize" | "Lazy" | "LazyLock" | "fromCallable");
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
        "print" | "printl" | "puts" | "echo" | "pprint" | "eprintl" | "var_dump" | "fatal" | "panic"
    );
    of_log
        || prints && outer.len() < 2
        || ["Error", "Exception"].iter().any(|end| last.ends_with(end))
        || matches!(lower.as_str(), "console" | "logger" | "debugprint" | "nslog" | "abort" | "assert" | "die")
}

/// Whether a call makes a yes or no or a number of what it is given: `Boolean(process.env.FLINKS_SECRET)`.
fn only_measures(call: &Call) -> bool {
    const MEASURES: &[&str] =
        &["Boolean", "Number", "parseInt", "parseFloat", "bool", "int", "len", "strlen", "isset", "isNaN"];
    call.object().is_none() && call.name().is_some_and(|name| MEASURES.contains(&name.value))
}

/// The only parameter of a block.
fn yielded(block: &Node) -> Option<Box<str>> {
    let Is::Function(function) = &block.is else { return None };
    match function.parameters.as_slice() {
        [Node { is: Is::Name(name), .. }] => Some(name.clone()),
        _ => None,
    }
}
