//! Routes that are said in parts: `@Controller("webhooks/flinks")` over `@Post("ca")`, `scope "/webhooks/flinks" do`,
//! `APIRouter(prefix="/webhooks/flinks")`, and the relative ones of Django.

use std::collections::{HashMap, HashSet};

use super::syntax::{Call, Is, Node};
use crate::fact::{Facts, Name, Said, ScopeId, Setting, Value};
use crate::source::Span;
use crate::text::Text;
use crate::vocabulary::routes;

/// Calls and marks that say where something is taken in, in lower case without underscores.
const ROUTES: &[&str] = &[
    "post",
    "put",
    "any",
    "all",
    "match",
    "route",
    "handle",
    "handlefunc",
    "map",
    "mappost",
    "postmapping",
    "requestmapping",
    "httppost",
    "path",
    "repath",
    "url",
    "addurlrule",
    "apiroute",
];

/// Calls and marks that say the beginning of the routes inside of them.
const PREFIXES: &[&str] = &[
    "controller",
    "requestmapping",
    "path",
    "route",
    "routeprefix",
    "prefix",
    "scope",
    "namespace",
    "group",
    "mapgroup",
    "nest",
    "resource",
];

/// Calls that put a router under a path.
const MOUNTS: &[&str] = &["use", "register", "mount", "includerouter", "registerblueprint", "nest", "addrouter"];

/// Adds the routes of webhooks whose parts tell them only together.
pub fn read(root: &Node, facts: &mut Facts) {
    let mut routers = HashMap::new();
    root.walk().for_each(|node| router(node, &mut routers));
    let mut walk = Walk { routers, found: Vec::new(), parts: HashSet::new() };
    walk.node(root, &Prefix::default());
    // A part alone takes in nothing.
    facts.settings.retain(|setting| !walk.parts.contains(&setting.value.span));
    facts.settings.extend(walk.found);
}

struct Walk {
    /// The paths under which routers are, by the names that they are bound to.
    routers: HashMap<Box<str>, Prefix>,
    found: Vec<Setting>,
    /// The places of what the routes that were found are put together of.
    parts: HashSet<Span>,
}

/// The beginning of a route, and where its parts are said.
#[derive(Debug, Clone, Default)]
struct Prefix {
    path: String,
    parts: Vec<Span>,
}

impl Prefix {
    fn with(&self, own: &Text) -> Prefix {
        let parts = self.parts.iter().copied().chain([own.span()]).collect();
        Prefix { path: joined(&self.path, own.expose()), parts }
    }
}

impl Walk {
    fn node(&mut self, node: &Node, prefix: &Prefix) {
        match &node.is {
            Is::Class(class) => {
                let inside = class.marks.iter().filter_map(Node::call).find_map(|mark| begun(mark, prefix));
                let inside = inside.unwrap_or_else(|| prefix.clone());
                class.body.iter().for_each(|member| self.node(member, &inside));
            }
            Is::Call(call) => {
                self.route(call, prefix);
                let takes_block = call.block.is_some()
                    || call.arguments.iter().any(|argument| matches!(argument.value.is, Is::Function(_) | Is::List(_)));
                let inside = if takes_block { begun_by_chain(call, prefix) } else { prefix.clone() };
                node.children().into_iter().for_each(|child| self.node(child, &inside));
            }
            Is::Bind(bind) => {
                let router = match &bind.target.is {
                    Is::Name(name) => self.routers.get(name).cloned(),
                    _ => None,
                };
                let inside = router.as_ref().unwrap_or(prefix);
                bind.value.iter().for_each(|value| self.node(value, inside));
            }
            _ => node.children().into_iter().for_each(|child| self.node(child, prefix)),
        }
    }

    fn route(&mut self, call: &Call, prefix: &Prefix) {
        let Some(own) = call.positional().next().and_then(Node::text).filter(|_| is_one_of(call, ROUTES)) else {
            return;
        };
        // What tells a route alone is found as any value is.
        if routes::webhook_route(own.expose()).is_some() {
            return;
        }
        let router = call.object().and_then(Node::word).and_then(|word| self.routers.get(word.value.as_str()));
        let prefix = router.unwrap_or(prefix);
        let route = joined(&prefix.path, own.expose());
        if routes::webhook_route(&route).is_none() {
            return;
        }
        self.parts.extend(prefix.parts.iter().copied().chain([own.span()]));
        let name = Name::key(own.expose(), own.span());
        let value = Value::literal(Text::standing_for(route, own.span()));
        self.found.push(Setting { scope: ScopeId::FILE, path: vec![name], value, said: Said::Program });
    }
}

/// Notes a router that is bound to a name, or put under a path.
fn router(node: &Node, routers: &mut HashMap<Box<str>, Prefix>) {
    let (name, path) = match &node.is {
        Is::Bind(bind) => {
            let (Some(call), Is::Name(name)) = (bind.value.as_ref().and_then(Node::call), &bind.target.is) else {
                return;
            };
            let own = call.named(&["prefix", "url_prefix"]).and_then(Node::text);
            let first =
                || call.positional().next().and_then(Node::text).filter(|_| is_one_of(call, &["group", "mapgroup"]));
            let Some(path) = own.or_else(first) else { return };
            (name.clone(), path)
        }
        Is::Call(call) if is_one_of(call, MOUNTS) => {
            let name = call.positional().find_map(|argument| match &argument.is {
                Is::Name(name) => Some(name.clone()),
                _ => None,
            });
            let prefix = call.named(&["prefix", "url_prefix"]).or_else(|| call.positional().next());
            let (Some(name), Some(path)) = (name, prefix.and_then(Node::text)) else { return };
            (name, path)
        }
        _ => return,
    };
    let mut mounted = Prefix::default().with(path);
    if let Some(inner) = routers.remove(&name) {
        mounted.path = joined(&mounted.path, &inner.path);
        mounted.parts.extend(inner.parts);
    }
    routers.insert(name, mounted);
}

/// The beginning of the routes in what a call is given, with those of the chain before it:
/// `Route::prefix('webhooks')->group(…)`.
fn begun_by_chain(call: &Call, prefix: &Prefix) -> Prefix {
    let mut chain: Vec<&Call> = std::iter::successors(Some(call), |call| call.object()?.call()).collect();
    chain.reverse();
    chain.into_iter().fold(prefix.clone(), |prefix, call| begun(call, &prefix).unwrap_or(prefix))
}

fn begun(call: &Call, prefix: &Prefix) -> Option<Prefix> {
    let path = call.positional().next().or_else(|| call.named(&["path", "value", "prefix"]))?.text()?;
    is_one_of(call, PREFIXES).then(|| prefix.with(path))
}

fn is_one_of(call: &Call, known: &[&str]) -> bool {
    let name = call.name().map(|name| name.value.to_ascii_lowercase().replace('_', ""));
    name.is_some_and(|name| known.contains(&name.as_str()))
}

/// Two parts of a path as one, from its root.
fn joined(prefix: &str, own: &str) -> String {
    let own = own.trim_start_matches(['^', '/']);
    match prefix.trim_matches('/') {
        "" => format!("/{own}"),
        prefix => format!("/{prefix}/{own}"),
    }
}
