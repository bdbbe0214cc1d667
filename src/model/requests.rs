//! Keys that stand beside the address of somebody else: they are that one's, whatever else their file speaks to.

use std::collections::HashMap;

use crate::fact::{Piece, Said};
use crate::source::FileId;
use crate::vocabulary::hosts;
use crate::vocabulary::names::Component;

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

/// Has the keys of requests and clients of others read as none: `Http.baseUrl("https://…").withHeaders({ "x-api-key": … })`.
pub fn leave_out_keys_of_others(statements: &mut [Statement]) {
    let mut spoken: HashMap<Container, To> = HashMap::new();
    for said in statements.iter().filter(|said| said.said == Said::Program) {
        if let Some(to) = speaks(said) {
            let known = spoken.entry(container(said)).or_insert(to);
            if says_flinks(said) || said.reading.flinks && said.component().is_some_and(Component::is_host) {
                *known = To::Flinks;
            }
        }
    }
    if !spoken.values().any(|to| *to == To::Others) {
        return;
    }
    for said in statements.iter_mut().filter(|said| said.said == Said::Program && !said.reading.flinks) {
        let is_key = said.component().is_some_and(Component::is_credential);
        if is_key && spoken.get(&container(said)) == Some(&To::Others) {
            said.reading.component = None;
        }
    }
}

fn container(said: &Statement) -> Container {
    (said.file, container_names(said).iter().map(|name| name.text.clone()).collect())
}

/// Whom a setting speaks to, if it says so: the first one of a call or map decides.
fn speaks(said: &Statement) -> Option<To> {
    let of_header = said.path.iter().any(|name| matches!(&*name.text, "headers" | "header"));
    let addresses = said.name().index || said.component().is_some_and(Component::is_host);
    if says_flinks(said) {
        return Some(To::Flinks);
    }
    match said.value.pieces.first().filter(|_| addresses && !of_header)? {
        Piece::Text(text) => is_address(text.expose()).then_some(To::Others),
        Piece::Reference(_) => Some(To::Flinks),
    }
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
