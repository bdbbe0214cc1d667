//! Whether a value that is written is a loginId, by its name or by what its name is set to.

use crate::readers::code::records::Seen;
use crate::readers::code::syntax::{Call, Is, Node};
use crate::readers::code::value;
use crate::source::Spanned;
use crate::vocabulary::login::held_login;

/// A value that is a loginId by its name, or by that of what its name is set to here.
pub(in crate::readers::code) fn held(node: &Node, seen: &Seen<'_>) -> Option<Spanned<String>> {
    let is_login = |value: &Spanned<String>| held_login(&value.value).is_some();
    let own = plain(node)?;
    if is_login(&own) {
        return Some(own);
    }
    let followed = seen.follow(node);
    if followed.span == node.span {
        return None;
    }
    plain(followed).filter(is_login).map(|value| Spanned::new(value.value, node.span))
}

/// A value that is a name, with all names that lead to it: `data.LoginId`, `login.getId()`, `payload["LoginId"]`; and
/// what only changes its form: `encrypt(loginId)`. Never a constant.
pub(in crate::readers::code) fn plain(node: &Node) -> Option<Spanned<String>> {
    Some(Spanned::new(dotted(node, 12)?, node.span))
}

fn dotted(node: &Node, depth: usize) -> Option<String> {
    value::dotted(node, depth, &|node, depth| match &node.is {
        Is::Template(parts) if parts.len() == 1 => dotted(&parts[0], depth),
        Is::Call(call) => called(call, depth),
        _ => None,
    })
}

fn called(call: &Call, depth: usize) -> Option<String> {
    let name = call.name()?.value;
    let given: Vec<&Node> = call.arguments.iter().map(|argument| &argument.value).collect();
    // `data.get("LoginId")`, `params.dig(:Login, :Id)`, `row.getString("loginId")`
    let is_getter = matches!(
        name,
        "get"
            | "fetch"
            | "dig"
            | "getString"
            | "value"
            | "getProperty"
            | "path"
            | "GetValue"
            | "GetProperty"
            | "input"
            | "query"
            | "param"
            | "optString"
    );
    if is_getter && call.object().is_some() {
        let keys: Vec<&str> = given.iter().filter_map(|node| Some(node.text()?.expose())).collect();
        if !keys.is_empty() {
            let before = call.object().and_then(|object| dotted(object, depth));
            return Some(
                before.into_iter().chain(keys.iter().map(|key| (*key).to_owned())).collect::<Vec<_>>().join("."),
            );
        }
    }
    match (given.as_slice(), call.object()) {
        // `login.id()`, `login.getId()`, `loginId.toString()`
        ([], Some(object)) => {
            let before = dotted(object, depth)?;
            let own = name.strip_prefix("get").filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(name);
            let changes_form = !login_word(own);
            Some(if changes_form { before } else { format!("{before}.{own}") })
        }
        // `encrypt(loginId)`, `String(loginId)`, `cipher.seal(loginId)`
        ([first, ..], _) if given.len() <= 2 && keeps(name) => dotted(first, depth),
        _ => None,
    }
}

/// Whether a method without arguments takes a part of its object that could be a loginId.
fn login_word(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("login")
        || matches!(name.as_str(), "id" | "guid" | "uuid" | "value" | "data" | "body" | "user" | "account" | "name")
}

/// Whether a call gives back what it is given in another form.
fn keeps(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    const WORDS: &[&str] = &[
        "encrypt",
        "seal",
        "cipher",
        "hash",
        "string",
        "str",
        "uuid",
        "guid",
        "parse",
        "trim",
        "lower",
        "objectid",
        "decrypt",
        "some",
        "protect",
        "normalize",
        "sanitize",
        "literal",
        "value",
        "bind",
        "valueof",
        "ofnullable",
        "attributevalue",
        "froms",
    ];
    WORDS.iter().any(|word| name.contains(word))
}
