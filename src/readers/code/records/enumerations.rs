//! Enumerations of both countries: a field of such a type says where its row came from, whatever it is called.

use std::collections::HashMap;

use super::Seen;
use crate::fact::{Change, Facts, Field};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::vocabulary::origin;

/// Members of one enumeration at most.
const MEMBERS: usize = 64;

/// Adds to `facts` the enumerations of both countries, and has the fields that a declaration restricts to one say so.
pub fn read(seen: &Seen<'_>, facts: &mut Facts) {
    facts.enumerations.extend(seen.nodes().into_iter().filter_map(name));
    let fields = facts.records.iter_mut().flat_map(|record| match &mut record.change {
        Change::Create { fields, .. } => fields.iter_mut().collect(),
        Change::AddField(field) => vec![field],
        _ => Vec::new(),
    });
    let mut fields: HashMap<u32, Vec<&mut Field>> = fields.fold(HashMap::new(), |mut all, field| {
        all.entry(field.name.span.start).or_default().push(field);
        all
    });
    if fields.is_empty() {
        return;
    }
    for node in seen.nodes() {
        let Some(found) = declares(node).and_then(|start| fields.get_mut(&start)) else { continue };
        if let Some(type_name) = restricted(node) {
            found.iter_mut().for_each(|field| field.type_name = Some(type_name.clone()));
        }
    }
}

/// What an enumeration of both countries is called: `enum Site { CA, US }`, `siteEnum = pgEnum("site", ["ca", "us"])`.
fn name(node: &Node) -> Option<String> {
    match &node.is {
        Is::Class(class) => {
            let members = members(class)?;
            origin::are_both_countries(&members).then(|| class.name.as_ref().map(|name| name.text.to_string()))?
        }
        // `create_enum :site, %w[ca us]`
        Is::Call(call) if makes_enumeration(call) => {
            let [name, values] = call.positional().collect::<Vec<_>>()[..] else { return None };
            origin::are_both_countries(&texts(values)).then(|| name.text().map(|text| text.expose().to_owned()))?
        }
        Is::Bind(bind) => {
            let call = bind.value.as_ref()?.call().filter(|call| makes_enumeration(call))?;
            let lists = call.positional().any(|node| origin::are_both_countries(&texts(node)));
            lists.then(|| bind.target.word().map(|word| word.value))?
        }
        _ => None,
    }
}

/// The values of a class that has nothing but constants; their names, where these have no values that say a country.
fn members(class: &Class) -> Option<Vec<&str>> {
    let all: Vec<(&str, Option<&str>)> = class.body.iter().flat_map(flat).take(MEMBERS).filter_map(constant).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let values: Vec<&str> = all.iter().filter_map(|(_, value)| *value).collect();
    let is_told = !values.is_empty() && values.len() == all.len() && origin::are_both_countries(&values);
    (!all.is_empty()).then_some(if is_told { values } else { names })
}

/// Members that stand in one group.
fn flat(node: &Node) -> Vec<&Node> {
    match &node.is {
        Is::Group(nodes) | Is::List(nodes) => nodes.iter().collect(),
        _ => vec![node],
    }
}

fn constant(node: &Node) -> Option<(&str, Option<&str>)> {
    match &node.is {
        Is::Name(name) => Some((name, None)),
        Is::Class(class) if class.body.is_empty() => Some((&class.name.as_ref()?.text, None)),
        Is::Bind(bind) => {
            let Is::Name(name) = &bind.target.is else { return None };
            Some((name, bind.value.as_ref().and_then(Node::text).map(|text| text.expose())))
        }
        _ => None,
    }
}

/// Where a field begins that a node declares.
fn declares(node: &Node) -> Option<u32> {
    match &node.is {
        Is::Bind(bind) => Some(bind.target.span.start),
        Is::Pair(key, _) => Some(key.word()?.span.start),
        Is::Call(call) => Some(call.positional().next()?.text()?.span().start),
        _ => None,
    }
}

/// The type of a field that is restricted to the values of an enumeration: the name of that one, or both countries.
fn restricted(node: &Node) -> Option<String> {
    const BOTH: &str = "enum ('ca', 'us')";
    let union = match &node.is {
        Is::Bind(bind) => bind.type_name.as_ref().map_or("", |name| name.value.as_str()),
        _ => "",
    };
    let quoted: Vec<&str> = union.split(['"', '\'']).skip(1).step_by(2).collect();
    if origin::are_both_countries(&quoted) {
        return Some(BOTH.to_owned());
    }
    node.walk().find_map(|inner| {
        if origin::are_both_countries(&texts(inner)) {
            return Some(BOTH.to_owned());
        }
        let named = match &inner.is {
            Is::Pair(key, value) => Some(&**value).filter(|_| key.word().is_some_and(|key| restricts(&key.value))),
            Is::Call(call) => call
                .named(&["enum", "choices", "enum_type"])
                .or_else(|| call.positional().next().filter(|node| makes_enumeration(call) && node.text().is_none())),
            _ => None,
        };
        // `choices=Site.choices`, `enum: Site`, `enum_type: :site`
        let named = named?;
        let first = || named.chain()?.first().map(|name| name.text.to_lowercase());
        named.text().map(|text| text.expose().to_lowercase()).or_else(first)
    })
}

fn restricts(key: &str) -> bool {
    matches!(key, "enum" | "choices")
}

fn makes_enumeration(call: &Call) -> bool {
    call.name().is_some_and(|name| name.value.to_ascii_lowercase().ends_with("enum"))
}

/// The texts of a list, or of a call that makes an enumeration: `["ca", "us"]`, `[("CA", "Canada"), …]`, `Enum("ca", "us")`.
fn texts(node: &Node) -> Vec<&str> {
    let items: Vec<&Node> = match &node.is {
        Is::List(items) => items.iter().collect(),
        Is::Call(call) if makes_enumeration(call) => call.positional().collect(),
        _ => return Vec::new(),
    };
    let text = items.into_iter().take(MEMBERS).filter_map(|node| match &node.is {
        Is::List(pair) => pair.first()?.text(),
        _ => node.text(),
    });
    text.map(|text| text.expose()).collect()
}
