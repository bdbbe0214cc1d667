//! Routes that are said by where a file lies: `app/api/webhooks/flinks/ca/route.ts`, `pages/api/…`, `server/api/…`.

use super::syntax::{Is, Node};
use crate::fact::{Facts, Name, Said, ScopeId, Setting, Value};
use crate::source::{Source, Span};
use crate::text::Text;
use crate::vocabulary::routes;

/// The functions by which such files answer.
const HANDLERS: &[&str] = &["POST", "post", "handler", "action", "onRequestPost", "onRequest", "handle"];

/// Adds the route of a file that takes in webhooks.
pub fn read(source: &Source, root: &Node, facts: &mut Facts) {
    let Some(route) = route(&source.path) else { return };
    if routes::webhook_route(&route).is_none() {
        return;
    }
    let handler = root.walk().find_map(handler).unwrap_or_else(|| first(root));
    let name = Name::key(source.slice(handler), handler);
    let value = Value::literal(Text::standing_for(route, handler));
    facts.settings.push(Setting { scope: ScopeId::FILE, path: vec![name], value, said: Said::Program });
}

fn handler(node: &Node) -> Option<Span> {
    let name = match &node.is {
        Is::Function(function) => function.name.clone()?,
        Is::Bind(bind) => match &bind.target.is {
            Is::Name(name) => Name::key(name.clone(), bind.target.span),
            _ => return None,
        },
        _ => return None,
    };
    (HANDLERS.contains(&&*name.text) || &*name.text == "default").then_some(name.span)
}

fn first(root: &Node) -> Span {
    let node = root.walk().find(|node| matches!(node.is, Is::Name(_) | Is::Text(_))).unwrap_or(root);
    Span { end: node.span.end.min(node.span.start + 40), ..node.span }
}

/// The route of a file, by the conventions of frameworks that have one file a route.
fn route(path: &str) -> Option<String> {
    let (stem, extension) = path.rsplit_once('.')?;
    if !matches!(extension, "ts" | "js" | "tsx" | "jsx" | "mjs" | "py" | "php") {
        return None;
    }
    const ROOTS: &[&str] = &["app/", "pages/", "server/", "routes/", "api/", "functions/", "netlify/functions/"];
    let root = ROOTS.iter().filter_map(|root| {
        let at = if stem.starts_with(root) { Some(0) } else { stem.find(&format!("/{root}")).map(|at| at + 1) };
        at.map(|at| at + root.len())
    });
    let start = root.min()?;
    let own = &stem[start..];
    let named = ["/route", "/+server", "/index", "/handler", ".post", "/page"];
    let bare = named.iter().find_map(|end| own.strip_suffix(end));
    // Not every file of a server is a route: without a mark of its own it must lie where only routes do.
    let only_routes = ["pages/api/", "server/api/", "server/routes/", "netlify/functions/", "functions/"];
    let is_route = bare.is_some() || only_routes.iter().any(|folder| path.contains(folder)) || path.starts_with("api/");
    is_route.then(|| format!("/{}", bare.unwrap_or(own)))
}
