//! Keys that stand beside the address of somebody else: they are that one's, whatever else their file speaks to.

use std::collections::{HashMap, HashSet};

use crate::fact::{Piece, Said, dotted};
use crate::source::FileId;
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{hosts, keys};

use super::slots::container_names;
use super::statements::Statement;

/// Whom a map, an object or a call of a program speaks to.
#[derive(Clone, Copy, PartialEq)]
enum To {
    Others,
    /// Flinks, or what is said elsewhere.
    Flinks,
}

type Container = (FileId, Vec<Box<str>>);

/// Names of programs that stand for addresses of others.
type Addresses = HashSet<(FileId, Box<str>)>;

/// Has the keys of requests and clients of others read as none: `Http.baseUrl("https://…").withHeaders({ "x-api-key": … })`.
pub fn leave_out_keys_of_others(statements: &mut [Statement]) {
    let mut spoken: HashMap<Container, To> = HashMap::new();
    let addresses = addresses_of_others(statements);
    for said in statements.iter().filter(|said| said.said == Said::Program) {
        if let Some(to) = speaks(said, &addresses) {
            let known = spoken.entry(container(said)).or_insert(to);
            if says_flinks(said) || said.reading.flinks && said.component().is_some_and(Component::is_host) {
                *known = To::Flinks;
            }
        }
    }
    let mixed = mixed(statements, &addresses);
    if mixed.is_empty() && !spoken.values().any(|to| *to == To::Others) {
        return;
    }
    for said in statements.iter_mut().filter(|said| said.said == Said::Program && !said.reading.flinks) {
        let is_key = said.component().is_some_and(Component::is_credential);
        if !is_key {
            continue;
        }
        let container = container(said);
        if spoken.get(&container) == Some(&To::Others) || mixed.contains(&container) {
            said.reading.component = None;
            said.reading.of_others = true;
        }
    }
}

fn addresses_of_others(statements: &[Statement]) -> Addresses {
    let literal = statements.iter().filter(|said| {
        let text = said.value.as_literal().filter(|_| said.said == Said::Program);
        text.is_some_and(|text| is_address(text.expose())) && !says_flinks(said)
    });
    literal.map(|said| (said.file, dotted(&said.path).into())).collect()
}

/// The maps that have things of several, of which those of Flinks are called so: `{ flinksUrl, sentryDsn, apiKey }`.
fn mixed(statements: &[Statement], addresses: &Addresses) -> HashSet<Container> {
    let programs = || statements.iter().filter(|said| said.said == Said::Program);
    let own = |said: &Statement| names::says_flinks(&said.name().text);
    let named = programs().filter(|said| own(said) && says_flinks(said)).map(container);
    let mut named: HashSet<Container> = named.filter(|(_, names)| is_map_of_many(names)).collect();
    if named.is_empty() {
        return named;
    }
    let mut others: HashSet<Container> = HashSet::new();
    for said in programs().filter(|said| !says_flinks(said)) {
        let path: Vec<&str> = said.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
        let is_address =
            said.component().is_some_and(Component::is_host) && speaks(said, addresses) == Some(To::Others);
        if is_address || keys::is_of_another(&path) {
            let (file, mut names) = container(said);
            while !names.is_empty() {
                others.insert((file, names.clone()));
                names.pop();
            }
        }
    }
    named.retain(|container| others.contains(container));
    named
}

/// Whether names lead to a map or an object that is not about Flinks itself.
fn is_map_of_many(names: &[Box<str>]) -> bool {
    let is_call = names.last().is_some_and(|name| name.starts_with('#'));
    !names.is_empty() && !is_call && !names.iter().any(|name| names::says_flinks(name))
}

fn container(said: &Statement) -> Container {
    (said.file, container_names(said).iter().map(|name| name.text.clone()).collect())
}

/// Whom a setting speaks to, if it says so: the first one of a call or map decides.
fn speaks(said: &Statement, others: &Addresses) -> Option<To> {
    let of_header = said.path.iter().any(|name| matches!(&*name.text, "headers" | "header"));
    let addresses = said.name().index || said.component().is_some_and(Component::is_host);
    if says_flinks(said) {
        return Some(To::Flinks);
    }
    match said.value.pieces.first().filter(|_| addresses && !of_header)? {
        Piece::Text(text) => is_address(text.expose()).then_some(To::Others),
        Piece::Reference(reference) if others.contains(&(said.file, reference.name.clone())) => Some(To::Others),
        Piece::Reference(reference) => (!is_method(&reference.name)).then_some(To::Flinks),
    }
}

/// Whether a name is that of a method of HTTP: `HttpMethod.Get`, `http.MethodPost`.
fn is_method(name: &str) -> bool {
    let own = name.rsplit(['.', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let own = own.strip_prefix("method").unwrap_or(&own);
    matches!(own, "get" | "post" | "put" | "patch" | "delete" | "head")
}

fn says_flinks(said: &Statement) -> bool {
    said.value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.expose().contains("fin.ag") || !hosts::find(text.expose()).is_empty(),
        Piece::Reference(_) => false,
    })
}

/// An address of a host that is written out, and no machine of one's own.
fn is_address(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next().unwrap_or_default();
    host.contains('.') && host != "127.0.0.1"
}
