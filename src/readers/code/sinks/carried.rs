//! Whether a loginId goes along with a value, by the names in it: in a text, a map, a list, through calls that only change
//! its form. What is masked, hashed or cut off is none any more.

use crate::readers::code::records::Seen;
use crate::readers::code::syntax::{Argument, Call, Is, Node};
use crate::readers::code::value;
use crate::source::{Span, Spanned};
use crate::vocabulary::login::{held_login, is_made_over, login_name};
use crate::vocabulary::sinks::SinkKind;

use super::address;

/// Deeper expressions than this are not looked into.
const DEPTH: usize = 24;

/// Looks for loginIds in what a sink is given.
pub struct Carried<'c, 's> {
    pub seen: &'c Seen<'s>,
    pub kind: SinkKind,
}

impl Carried<'_, '_> {
    /// The first value that may be a loginId.
    pub fn find(&self, node: &Node) -> Option<Spanned<String>> {
        self.within(node, DEPTH)
    }

    /// The same in an argument, whose keyword may tell it.
    pub fn argument(&self, argument: &Argument) -> Option<Spanned<String>> {
        let own = self.find(&argument.value);
        own.or_else(|| {
            let name = argument.name.as_ref().filter(|name| login_name(&name.text).is_some())?;
            is_name(&argument.value).then(|| Spanned::new(name.text.to_string(), name.span))
        })
    }

    fn within(&self, node: &Node, depth: usize) -> Option<Spanned<String>> {
        let depth = depth.checked_sub(1)?;
        if let Some(name) = self.login(node) {
            return Some(name);
        }
        match &node.is {
            Is::Template(parts) | Is::Join(parts) | Is::List(parts) => {
                parts.iter().find_map(|part| self.within(part, depth))
            }
            Is::Map(items) => items.iter().find_map(|item| self.within(item, depth)),
            Is::Pair(key, value) => self.within(value, depth).or_else(|| {
                let key = key.word().filter(|key| login_name(&key.value).is_some())?;
                (is_name(value) && key.span != value.span).then_some(key)
            }),
            Is::Choice(_, then, other) => {
                self.within(then, depth).or_else(|| other.as_ref().and_then(|other| self.within(other, depth)))
            }
            Is::Either(left, right) => self.within(left, depth).or_else(|| self.within(right, depth)),
            Is::Group(nodes) if nodes.len() == 1 => self.within(&nodes[0], depth),
            Is::Bind(bind) => {
                let value = bind.value.as_ref()?;
                // `info!(login_id = %login.id, "linked")`
                let named = bind.target.word().filter(|name| login_name(&name.value).is_some());
                self.within(value, depth).or_else(|| named.filter(|_| is_name(value)))
            }
            Is::Function(function) if function.is_value => self.within(&function.body, depth),
            Is::Function(function) => {
                let given = function.body.walk().find_map(|node| match &node.is {
                    Is::Return(Some(value)) => self.within(value, depth),
                    _ => None,
                });
                given.or_else(|| self.within(last(&function.body), depth))
            }
            Is::Return(Some(value)) => self.within(value, depth),
            Is::Call(call) if self.passes_on(call) => {
                let of_object =
                    call.object().filter(|_| keeps_object(call)).and_then(|object| self.within(object, depth));
                of_object.or_else(|| call.arguments.iter().find_map(|argument| self.argument_within(argument, depth)))
            }
            // `println!("linked {login_id}")`
            Is::Text(text) if self.seen.language == "Rust" => {
                inline(text.expose()).map(|(name, range)| Spanned::new(name.to_owned(), text.span_of(range)))
            }
            _ => None,
        }
    }

    fn argument_within(&self, argument: &Argument, depth: usize) -> Option<Spanned<String>> {
        let own = self.within(&argument.value, depth);
        own.or_else(|| {
            let name = argument.name.as_ref().filter(|name| login_name(&name.text).is_some())?;
            is_name(&argument.value).then(|| Spanned::new(name.text.to_string(), name.span))
        })
    }

    /// A name that is one of a loginId, or stands for one here.
    fn login(&self, node: &Node) -> Option<Spanned<String>> {
        let own = dotted(node, DEPTH)?;
        if self.is_cut(node.span) {
            return None;
        }
        if held_login(&own).is_some() {
            return Some(Spanned::new(own, node.span));
        }
        let followed = self.seen.follow(node);
        if followed.span == node.span || self.is_cut(followed.span) {
            return None;
        }
        let stands_for = dotted(followed, DEPTH).filter(|name| held_login(name).is_some())?;
        Some(Spanned::new(stands_for, node.span))
    }

    /// Whether only a part of it is taken: `loginID[:4]`, `login_id[0, 4]`.
    fn is_cut(&self, span: Span) -> bool {
        self.seen.source.text().get(span.end as usize..).is_some_and(|rest| rest.starts_with('['))
    }

    /// Whether a call gives back what it is given, in another form.
    fn passes_on(&self, call: &Call) -> bool {
        let names = call.names();
        let Some((last, of)) = names.split_last() else { return false };
        // `Fingerprint.Of(loginId)`
        if of.iter().any(|name| makes_over(name)) {
            return false;
        }
        let lower = last.trim_end_matches(['!', '?']).to_ascii_lowercase();
        const FORMS: &[&str] = &[
            "stringify",
            "dumps",
            "json_encode",
            "to_json",
            "tojson",
            "jsonencode",
            "encode",
            "encode!",
            "string",
            "str",
            "tostring",
            "to_s",
            "inspect",
            "repr",
            "encodeuricomponent",
            "encodeuri",
            "format",
            "formatted",
            "sprintf",
            "%",
            "f",
            "format_args",
            "concat",
            "join",
            "append",
            "add",
            "put",
            "assign",
            "merge",
            "with",
            "tohash",
            "to_h",
            "marshal",
            "marshalindent",
            "serialize",
            "serializeobject",
            "urlsearchparams",
            "url",
            "uri",
            "urlencode",
            "quote",
            "error",
            "any",
            "field",
            "reflect",
            "stringvalue",
            "mapof",
            "hashmapof",
            "bundleof",
            "of",
            "ofentries",
            "to",
            "pair",
            "kv",
            "keyvalue",
            "attr",
            "raw",
            "safe",
            "object",
            "dict",
            "trim",
            "strip",
            "valueof",
            "uuid",
            "guid",
            "parse",
            "unwrap",
            "toobject",
            "attribute",
            "pretty",
            "from",
            "structuredarguments",
            "value",
        ];
        if FORMS.contains(&lower.as_str()) {
            return true;
        }
        self.kind == SinkKind::Address && self.is_route(call, &lower)
    }

    /// Whether a call gives back the path of a page: `accounts_path(login_id: login_id)`,
    /// `route('accounts', ['login_id' => $loginId])`. A helper that takes a parameter as Flinks spells it makes an address
    /// of Flinks: `connect_url(loginId: …)`.
    fn is_route(&self, call: &Call, name: &str) -> bool {
        let has_routes = matches!(self.seen.language, "Ruby" | "Elixir");
        let is_named = has_routes && ["_path", "_url"].iter().any(|end| name.ends_with(end));
        let spelt = |argument: &Argument| argument.name.as_ref().is_some_and(|name| &*name.text == "loginId");
        let is_of_flinks = address::is_iframe(name) || call.arguments.iter().any(spelt);
        is_named && !is_of_flinks
            || matches!(name, "route" | "reverse" | "url_for" | "path" | "href" | "createsearchparams")
    }
}

/// Whether a name is that of what masks, hashes or enciphers.
fn makes_over(name: &str) -> bool {
    held_login(name).is_none() && is_made_over(name)
}

/// What a body comes to that gives back its last expression.
fn last(body: &Node) -> &Node {
    match &body.is {
        Is::Group(nodes) => nodes.last().unwrap_or(body),
        _ => body,
    }
}

/// Calls on a text or a map that is part of what they give: `"…".format(…)`, `url.concat(…)`.
fn keeps_object(call: &Call) -> bool {
    !call.name().is_some_and(|name| matches!(name.value, "stringify" | "dumps" | "Marshal" | "String"))
}

/// Whether a value is nothing but a name: what a call makes of it may be anything.
fn is_name(node: &Node) -> bool {
    match &node.is {
        Is::Name(_) | Is::Member(..) | Is::Index(..) => true,
        Is::Either(left, _) => is_name(left),
        Is::Group(nodes) => nodes.len() == 1 && is_name(&nodes[0]),
        _ => false,
    }
}

/// The names that lead to a value, however it is called.
pub fn dotted_name(node: &Node) -> Option<String> {
    dotted(node, DEPTH)
}

/// The names that lead to a value: `event.data.loginId`, `params.get("loginId")`, `login.getId()`.
fn dotted(node: &Node, depth: usize) -> Option<String> {
    value::dotted(node, depth, &|node, depth| called(node.call()?, depth))
}

fn called(call: &Call, depth: usize) -> Option<String> {
    let name = call.name()?.value;
    let object = call.object()?;
    match call.arguments.as_slice() {
        [] => {
            let before = dotted(object, depth)?;
            if matches!(
                name,
                "toString"
                    | "to_s"
                    | "ToString"
                    | "to_string"
                    | "trim"
                    | "strip"
                    | "clone"
                    | "unwrap"
                    | "orElseThrow"
                    | "as_str"
                    | "String"
                    | "presence"
                    | "toLowerCase"
                    | "lower"
                    | "hex"
                    | "toUpperCase"
                    | "display"
            ) {
                return Some(before);
            }
            let own = name.strip_prefix("get").filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(name);
            let takes = own.to_ascii_lowercase();
            (takes.contains("login") || matches!(takes.as_str(), "id" | "guid" | "uuid" | "value"))
                .then(|| format!("{before}.{own}"))
        }
        keys if matches!(
            name,
            "get"
                | "fetch"
                | "dig"
                | "getString"
                | "getProperty"
                | "path"
                | "GetValue"
                | "GetProperty"
                | "input"
                | "query"
                | "param"
                | "optString"
                | "getAsString"
                | "getParameter"
                | "Get"
                | "Query"
                | "Param"
                | "FormValue"
        ) =>
        {
            let keys: Vec<&str> = keys.iter().filter_map(|key| Some(key.value.text()?.expose())).collect();
            let key = keys.last()?;
            Some(match dotted(object, depth) {
                Some(before) => format!("{before}.{key}"),
                None => (*key).to_owned(),
            })
        }
        _ => None,
    }
}

/// A name in the braces of a format: `{login_id}`, `{login_id:?}`.
fn inline(text: &str) -> Option<(&str, std::ops::Range<usize>)> {
    text.match_indices('{').find_map(|(open, _)| {
        let end = open + 1 + text[open + 1..].find('}')?;
        let name = text[open + 1..end].split(':').next()?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        (is_name && held_login(name).is_some()).then_some((name, open + 1..open + 1 + name.len()))
    })
}
