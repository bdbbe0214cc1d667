//! Keys of documents that are put together, and what of them says where the document came from: `LOGIN#CA#<id>`.

use crate::fact::Written;
use crate::readers::code::format;
use crate::readers::code::records::{Seen, links};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;
use crate::vocabulary::countries;
use crate::vocabulary::origin::says_origin;
use crate::vocabulary::words;

/// Whether a field is a key of its document: `pk`, `GSI1SK`, `_id`.
pub fn is_key(name: &str) -> bool {
    const WORDS: &[&str] = &["pk", "sk", "id", "key", "hash", "range", "partition", "sort"];
    words::plain(name)
        .iter()
        .any(|word| WORDS.contains(&word.as_str()) || word.starts_with("gsi") || word.starts_with("lsi"))
}

/// The country or instance in a key that is put together.
pub fn origin(key: &Node) -> Option<Written> {
    let parts: Vec<&Node> = match &key.is {
        Is::Template(parts) | Is::Join(parts) => parts.iter().collect(),
        Is::Call(call) if format::fills(call) => call.positional().collect(),
        _ => return None,
    };
    parts.iter().find_map(|part| named(part).or_else(|| written(part)))
}

/// The country or instance among the names that lead to a document: `collection("countries").doc(country)`.
pub fn above(call: &Call, seen: &Seen<'_>) -> Option<Written> {
    links(seen.follow(call.object()?))
        .into_iter()
        .flat_map(Call::positional)
        .find_map(|node| named(node).or_else(|| origin(node)))
}

/// A value whose name says it: `${country}`, `user.instance`, `country.toUpperCase()`.
pub fn named(node: &Node) -> Option<Written> {
    let inner = match &node.is {
        Is::Call(call) if call.arguments.is_empty() => call.object().unwrap_or(node),
        Is::Call(call) => call.positional().next()?,
        Is::Group(nodes) if nodes.len() == 1 => &nodes[0],
        _ => node,
    };
    let is_name = matches!(inner.is, Is::Name(_) | Is::Member(..));
    let word = inner.word().filter(|word| is_name && says_origin(&word.value))?;
    Some(Written { name: word, holds: None })
}

/// A constant part that is a country's code by itself: `LOGIN#CA#`.
fn written(node: &Node) -> Option<Written> {
    let text = node.text()?;
    let mut start = 0;
    for part in text.expose().split(['#', ':', '|', '/', '.', '~']) {
        let range = start..start + part.len();
        start = range.end + 1;
        if range.len() < text.len() && countries::of_value(part).is_some() {
            return Some(Written { name: Spanned::new("country".to_owned(), text.span_of(range)), holds: None });
        }
    }
    None
}
