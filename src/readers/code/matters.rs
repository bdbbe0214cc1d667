//! Which settings of a program may say anything of Flinks: most of what a program sets does not, and is left out at once.

use std::collections::HashSet;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::fact::{Facts, Name, Piece, ReferenceKind, Said, Setting, Value, dotted};
use crate::vocabulary::patterns::any_of;
use crate::vocabulary::{headers, published, regions};

/// Parts of names that a component of an instance may have.
const NAMES: &[&str] = &[
    "flinks",
    "url",
    "uri",
    "host",
    "endpoint",
    "domain",
    "origin",
    "server",
    "api",
    "base",
    "iframe",
    "connect",
    "widget",
    "instance",
    "key",
    "secret",
    "token",
    "bearer",
    "auth",
    "customer",
    "client",
    "hook",
    "hmac",
    "country",
    "region",
    "location",
    "jurisdiction",
    "residency",
    "market",
    "demo",
    "sandbox",
    "toolbox",
    "env",
    "redirect",
    "tenant",
    "company",
    "login",
    "route",
    "path",
];

/// Parts of texts that reach Flinks, or are reached by it, or that tell where data is kept.
const TEXTS: [&str; 10] =
    ["flinks", "fin.ag", "hook", "toolbox", "demo", "x-api-key", "bearer ", "private key", "amazonaws.com", "arn:aws"];

/// Longer texts are no constants that another file uses for a host.
const CONSTANT: usize = 160;
/// Constants that refer to constants are kept for so many steps.
const ROUNDS: usize = 6;

/// Leaves out what cannot matter: neither its names nor its value say anything, and nothing that is kept uses it.
/// Nothing in another file can use what is `local`.
pub fn retain(facts: &mut Facts, local: &HashSet<usize>) {
    let settings = std::mem::take(&mut facts.settings);
    let kept = settings.iter().enumerate();
    let mut kept: Vec<bool> =
        kept.map(|(at, setting)| matters(setting) || !local.contains(&at) && may_be_imported(setting)).collect();
    let paths: Vec<String> = settings.iter().map(|setting| dotted(&setting.path)).collect();
    let mut used: HashSet<&str> = HashSet::new();
    let mut fresh: Vec<usize> = (0..settings.len()).filter(|at| kept[*at]).collect();
    for _ in 0..ROUNDS {
        let before = used.len();
        for at in fresh.drain(..) {
            symbols(&settings[at].value, &mut used);
        }
        if used.len() == before {
            break;
        }
        for (at, path) in paths.iter().enumerate().filter(|(at, _)| !kept[*at]) {
            if is_used(path, &used) {
                fresh.push(at);
            }
        }
        fresh.iter().for_each(|at| kept[*at] = true);
    }
    keep_addresses_of_requests(&settings, &mut kept);
    facts.settings = settings.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(setting, _)| setting).collect();
}

/// A header with a credential goes where the request goes that is made in the same function: whoever is spoken to there,
/// it is told.
fn keep_addresses_of_requests(settings: &[Setting], kept: &mut [bool]) {
    let headers = settings.iter().filter(|setting| headers::is_credential(&setting.name().text));
    let function = |header: &Setting| {
        let called = header.path.iter().position(Name::is_call);
        // `URLRequest(url: …)`: all that it is given has names.
        let end = called.unwrap_or(header.path.len() - 1);
        (called.is_some() || end > 1).then(|| joined(&header.path[..end]))
    };
    let functions: HashSet<String> = headers.filter_map(function).collect();
    if functions.is_empty() {
        return;
    }
    for (setting, kept) in settings.iter().zip(kept).filter(|(_, kept)| !**kept) {
        let inside = || (0..setting.path.len()).any(|depth| functions.contains(&joined(&setting.path[..depth])));
        *kept = is_address(&setting.value) && inside();
    }
}

fn is_address(value: &Value) -> bool {
    value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.expose().contains("://"),
        Piece::Reference(_) => false,
    })
}

fn joined(names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(|name| &*name.text).collect();
    names.join(".")
}

/// A name is used by itself, by what it is part of, or by one of its own parts.
fn is_used(path: &str, used: &HashSet<&str>) -> bool {
    used.contains(path) || path.match_indices('.').any(|(at, _)| used.contains(&path[..at]))
}

fn symbols<'v>(value: &'v Value, used: &mut HashSet<&'v str>) {
    for reference in value.references() {
        if reference.kind == ReferenceKind::Symbol {
            let name = &*reference.name;
            used.insert(name);
            used.extend(name.match_indices('.').map(|(at, _)| &name[..at]));
        }
        if let Some(fallback) = &reference.fallback {
            symbols(fallback, used);
        }
    }
}

fn matters(setting: &Setting) -> bool {
    let own = setting.path.iter().rev().find(|name| !name.index);
    setting.said != Said::Program
        || says(&setting.value)
        || setting.path.iter().any(|name| !name.index && flinks().is_match(&*name.text))
        || own.is_some_and(|name| named().is_match(&*name.text)) && is_told(&setting.value)
}

/// Whether a value is text, or is taken from somewhere: what a program works out or counts tells nothing.
fn is_told(value: &Value) -> bool {
    value.is_empty()
        || value.pieces.iter().any(|piece| match piece {
            Piece::Text(text) => text.expose().parse::<f64>().is_err(),
            Piece::Reference(reference) => reference.kind != ReferenceKind::Computed || reference.fallback.is_some(),
        })
}

fn says(value: &Value) -> bool {
    value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => {
            said().is_match(text.expose())
                || !published::find(text.expose()).is_empty()
                || regions::named(text.expose()).is_some()
        }
        Piece::Reference(reference) => {
            reference.kind != ReferenceKind::Computed && named().is_match(&*reference.name)
                || reference.fallback.as_ref().is_some_and(|fallback| says(fallback))
        }
    })
}

/// A constant of its own, or in a map of constants: another file may build a host of it.
fn may_be_imported(setting: &Setting) -> bool {
    let constant = |text: &str| {
        !text.is_empty()
            && text.len() <= CONSTANT
            && !text.contains(char::is_whitespace)
            && text.parse::<f64>().is_err()
    };
    let literal = setting.value.as_literal().is_some_and(|text| constant(text.expose()));
    literal && setting.path.len() <= 3 && !setting.path.iter().any(|name: &Name| name.index)
}

/// Patterns, because these are asked of every name and text of a program.
fn named() -> &'static AhoCorasick {
    static PATTERN: OnceLock<AhoCorasick> = OnceLock::new();
    PATTERN.get_or_init(|| any_of(NAMES))
}

fn flinks() -> &'static AhoCorasick {
    static PATTERN: OnceLock<AhoCorasick> = OnceLock::new();
    PATTERN.get_or_init(|| any_of(["flinks"]))
}

fn said() -> &'static AhoCorasick {
    static PATTERN: OnceLock<AhoCorasick> = OnceLock::new();
    PATTERN.get_or_init(|| any_of(TEXTS))
}

#[cfg(test)]
mod tests {
    use crate::readers;
    use crate::source::{FileId, Source};

    /// A file of ten thousand lines with one host gives the host and what it is made of.
    #[test]
    fn what_says_nothing_is_left_out() {
        let text = "const COMPANY = 'acme';\nfunction f(a) { const total = sum(a, 1, 'b c'); return total * 2 }\n\
                    const x = `https://${COMPANY}-ca-api.private.fin.ag`;\n";
        let facts = readers::read(&Source::new(FileId(0), "a.js", text)).unwrap();
        let names: Vec<&str> = facts.settings.iter().map(|setting| &*setting.name().text).collect();
        assert_eq!(names, ["COMPANY", "x"]);
    }
}
