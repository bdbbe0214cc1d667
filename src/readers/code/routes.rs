//! Routes that are told in two parts: `@RequestMapping("/webhooks/flinks")` of a class and `@PostMapping("/ca")` of its
//! method, `flinks := router.Group("/webhooks/flinks")` and `flinks.POST("/ca", …)`. They are joined where the second is.

use std::collections::{HashMap, HashSet};

use super::syntax::{Argument, Call, Is, Node};
use crate::source::{Source, Span};
use crate::text::{Text, TextBuilder};
use crate::vocabulary::{routes, words};

/// Keywords of a route's text.
const KEYWORDS: &[&str] = &["value", "path", "route", "template", "prefix", "url_prefix", "pattern", "rule"];

/// Has the second part of each route of webhooks say all of it, and the first part nothing.
pub fn join(source: &Source, root: &mut Node) {
    let text = source.text();
    if !["hook", "Hook"].iter().any(|word| text.contains(word)) {
        return;
    }
    let mut joiner = Joiner { groups: groups(root), used: HashSet::new() };
    joiner.visit(root, None);
    if !joiner.used.is_empty() {
        joiner.silence(root);
    }
}

/// The routes under which a name adds others: a group, a router that is used under a path.
fn groups(root: &Node) -> HashMap<String, Text> {
    let mut groups: HashMap<String, Text> = HashMap::new();
    for node in root.walk() {
        match &node.is {
            Is::Bind(bind) => {
                let Some(call) = bind.value.as_ref().and_then(Node::call).filter(|call| opens(call)) else { continue };
                let (Some(name), Some(text)) = (bind.target.word(), first(call)) else { continue };
                let outer = call.object().and_then(Node::word).and_then(|object| groups.get(&object.value));
                let text = joined(outer, text);
                groups.insert(name.value, text);
            }
            // `app.use("/webhooks/flinks", router)`
            Is::Call(call) if call.name().is_some_and(|name| uses(name.value)) => {
                let Some(text) = first(call) else { continue };
                let names = call.positional().filter(|node| matches!(node.is, Is::Name(_))).filter_map(Node::word);
                let names: Vec<String> = names.map(|name| name.value).collect();
                groups.extend(names.into_iter().map(|name| (name, text.clone())));
            }
            _ => {}
        }
    }
    groups
}

fn uses(name: &str) -> bool {
    matches!(name, "use" | "register_blueprint" | "include_router" | "mount" | "Mount" | "route" | "register" | "nest")
}

/// Whether a call makes a group of routes.
fn opens(call: &Call) -> bool {
    const WORDS: &[&str] =
        &["group", "blueprint", "router", "route", "scope", "namespace", "prefix", "nest", "resource"];
    call.name().is_some_and(|name| words::plain(name.value).iter().any(|word| WORDS.contains(&word.as_str())))
}

/// Whether a call or mark adds a route.
fn adds(call: &Call) -> bool {
    const WORDS: &[&str] = &[
        "get", "post", "put", "patch", "any", "all", "map", "mapping", "route", "handle", "handler", "path", "match",
        "method", "func", "add",
    ];
    call.name().is_some_and(|name| words::plain(name.value).iter().any(|word| WORDS.contains(&word.as_str())))
}

fn is_path(argument: &Argument) -> bool {
    argument.name.as_ref().is_none_or(|name| KEYWORDS.contains(&&*name.text))
}

/// The first text of a call, which is its path.
fn first(call: &Call) -> Option<&Text> {
    let keyword = call.named(&["url_prefix", "prefix"]).and_then(Node::text);
    keyword.or_else(|| call.positional().next()?.text()).or_else(|| call.named(KEYWORDS)?.text())
}

/// The path of a class of routes: `@RequestMapping("/x")`, `[Route("x")]`, `@Controller("x")`, `@Path("/x")`.
fn of_class(mark: &Node) -> Option<&Text> {
    let call = mark.call()?;
    matches!(call.name()?.value, "RequestMapping" | "Route" | "RoutePrefix" | "Controller" | "Path")
        .then(|| first(call))?
}

fn joined(outer: Option<&Text>, inner: &Text) -> Text {
    let Some(outer) = outer else { return inner.clone() };
    let at = inner.span();
    let mut builder = TextBuilder::new(at.file);
    if !outer.expose().starts_with('/') {
        builder.decoded("/", at.start as usize);
    }
    builder.copy(outer, 0..outer.expose().trim_end_matches('/').len());
    if !inner.expose().starts_with('/') && !inner.is_empty() {
        builder.decoded("/", at.start as usize);
    }
    builder.copy(inner, 0..inner.len());
    builder.finish(at.range())
}

struct Joiner {
    groups: HashMap<String, Text>,
    /// The first parts that a second one was joined to.
    used: HashSet<Span>,
}

impl Joiner {
    fn visit(&mut self, node: &mut Node, outer: Option<&Text>) {
        match &mut node.is {
            Is::Class(class) => {
                let own = class.marks.iter().find_map(of_class).map(|own| joined(outer, own));
                class.body.iter_mut().for_each(|member| self.visit(member, own.as_ref().or(outer)));
            }
            Is::Function(function) => {
                for mark in &mut function.marks {
                    self.visit(mark, outer);
                }
                // What a handler does adds no routes to its class.
                let around = if function.name.is_some() { None } else { outer };
                self.visit(&mut function.body, around);
            }
            Is::Call(call) => self.call(call, outer),
            // `let hooks = Router::new().route("/ca", …)`, which is put under a path elsewhere.
            Is::Bind(bind) => {
                let group = bind.target.word().and_then(|name| self.groups.get(&name.value)).cloned();
                bind.marks.iter_mut().for_each(|mark| self.visit(mark, outer));
                bind.value.iter_mut().for_each(|value| self.visit(value, group.as_ref().or(outer)));
            }
            _ => node.children_mut().into_iter().for_each(|child| self.visit(child, outer)),
        }
    }

    fn call(&mut self, call: &mut Call, outer: Option<&Text>) {
        let group = call.object().and_then(Node::word).and_then(|object| self.groups.get(&object.value)).cloned();
        let prefix = group.as_ref().or(outer);
        // `Route::prefix("x")->group(…)`, `scope "/x" do … end`, `route("/x") { … }`
        let of_chain = call.object().and_then(Node::call).filter(|call| opens(call)).and_then(first);
        let inner = of_chain.or_else(|| first(call).filter(|_| opens(call)));
        let inner = inner.map(|text| joined(prefix, text));
        if let Some(prefix) = prefix.filter(|_| adds(call)) {
            let paths =
                call.arguments.iter_mut().filter(|argument| is_path(argument)).map(|argument| &mut argument.value);
            for path in paths.take(1) {
                match &mut path.is {
                    Is::List(several) => several.iter_mut().for_each(|path| self.put(prefix, path)),
                    _ => self.put(prefix, path),
                }
            }
        }
        let children = std::iter::once(&mut call.callee);
        let children =
            children.chain(call.arguments.iter_mut().map(|argument| &mut argument.value)).chain(&mut call.block);
        for child in children {
            self.visit(child, inner.as_ref().or(outer));
        }
    }

    /// Puts a prefix before a path, where both together are a route of webhooks and the path alone is none.
    fn put(&mut self, prefix: &Text, path: &mut Node) {
        let Is::Text(text) = &path.is else { return };
        let whole = joined(Some(prefix), text);
        if routes::webhook_route(text.expose()).is_none() && routes::webhook_route(whole.expose()).is_some() {
            self.used.insert(prefix.span());
            path.is = Is::Text(whole);
        }
    }

    /// Takes away what was joined to others.
    fn silence(&self, node: &mut Node) {
        let used = matches!(&node.is, Is::Text(text) if self.used.contains(&text.span()));
        if used {
            node.is = Is::Group(Vec::new());
        } else {
            node.children_mut().into_iter().for_each(|child| self.silence(child));
        }
    }
}
