//! Addresses of pages: what a router is pushed to, where a server redirects to, what a link leads to. Flinks' own
//! addresses are none of them.

use crate::fact::Name;
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;
use crate::vocabulary::names;
use crate::vocabulary::sinks::Row;
use crate::vocabulary::words;

use super::carried::Carried;

/// What of the address that a call leads to may be a loginId.
pub fn given(row: &Row, call: &Call, carried: &Carried<'_, '_>) -> Option<Spanned<String>> {
    let positional: Vec<&Node> = call.positional().collect();
    match row.argument {
        Some(at) => of_page(positional.get(at)?, carried),
        None => {
            let own = positional.iter().find_map(|node| of_page(node, carried));
            own.or_else(|| {
                let named = call.arguments.iter().filter(|argument| argument.name.is_some());
                named.into_iter().find_map(|argument| carried.argument(argument))
            })
        }
    }
}

/// What of an address of a page may be a loginId.
pub fn of_page(node: &Node, carried: &Carried<'_, '_>) -> Option<Spanned<String>> {
    let node = carried.seen.follow(node);
    if !may_be_address(node) || is_elsewhere(node, carried) {
        return None;
    }
    carried.find(node)
}

/// A bare name is the name of a route or an object; an address is put together.
fn may_be_address(node: &Node) -> bool {
    match &node.is {
        Is::Template(_) | Is::Join(_) | Is::Map(_) | Is::List(_) | Is::Call(_) => true,
        Is::Choice(_, then, _) => may_be_address(then),
        Is::Group(nodes) => nodes.len() == 1 && may_be_address(&nodes[0]),
        Is::Either(left, _) => may_be_address(left),
        _ => false,
    }
}

/// Whether an address is one of Flinks, or no page at all: an API's path, an application's own scheme.
fn is_elsewhere(node: &Node, carried: &Carried<'_, '_>) -> bool {
    const OF_FLINKS: &[&str] = &[
        "fin.ag",
        "flinks.io",
        "flinks.com",
        "flinksapp",
        "/deletecard",
        "/bankingservices",
        "/getaccounts",
        "/getmfaquestions",
        "/getstatements",
        "/authorize",
        "/insight/login",
        "/v3/",
        "/v2/",
    ];
    let first = first(node);
    let stands_for = carried.seen.follow(first);
    let texts = || node.walk().chain([stands_for]).filter_map(Node::text);
    if texts().any(|text| OF_FLINKS.iter().any(|part| text.expose().to_ascii_lowercase().contains(part))) {
        return true;
    }
    let scheme = first.text().map(|text| text.expose().to_ascii_lowercase()).unwrap_or_default();
    let is_own_scheme = scheme.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && !matches!(scheme, "http" | "https")
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    });
    // `${FLINKS_IFRAME_URL}?loginId=…`
    let of_flinks = [first, stands_for].iter().filter_map(|node| node.chain()).any(|chain| {
        let joined = |names: &[Name]| names.iter().map(|name| &*name.text).collect::<Vec<_>>().join(".");
        let name = joined(&chain);
        // `current_app.config["FLINKS_IFRAME_URL"]`
        let words = words::plain(&joined(if chain.len() > 1 { &chain[1..] } else { &chain }));
        let returns = ["redirect", "return", "callback", "success", "app", "web", "page", "route"];
        (names::says_flinks(&name) || is_iframe(&name)) && !words.iter().any(|word| returns.contains(&word.as_str()))
    });
    is_own_scheme || of_flinks || made_by_helper(node)
}

/// Whether a name is that of Flinks' own page, which is opened again with a loginId: `flinks_iframe_url`.
pub fn is_iframe(name: &str) -> bool {
    words::plain(name).iter().any(|word| matches!(word.as_str(), "iframe" | "widget"))
}

/// `"#{iframe_for(country)}?loginId=…"`
fn made_by_helper(node: &Node) -> bool {
    match &node.is {
        Is::Template(parts) | Is::Join(parts) => parts.first().is_some_and(made_by_helper),
        Is::Group(nodes) => nodes.len() == 1 && made_by_helper(&nodes[0]),
        Is::Call(call) => call.name().is_some_and(|name| is_iframe(name.value)),
        _ => false,
    }
}

/// What an address begins with.
fn first(node: &Node) -> &Node {
    match &node.is {
        Is::Template(parts) | Is::Join(parts) => parts.first().map_or(node, first),
        Is::Group(nodes) if nodes.len() == 1 => first(&nodes[0]),
        Is::Call(call) => call.positional().next().map_or(node, first),
        Is::Choice(_, then, _) => first(then),
        _ => node,
    }
}
