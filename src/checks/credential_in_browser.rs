//! Keys that reach a browser or an app: whoever opens the page or the package has them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::fact::{Piece, ReferenceKind, Said};
use crate::finding::{Confidence, Finding, Label, Place as At};
use crate::model::{Described, Entry, Exposure, Model, State, Statement, Way};
use crate::source::Span;
use crate::vocabulary::exposure::Side;
use crate::vocabulary::hosts::{self, HostKind, Role};
use crate::vocabulary::keys;
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{placeholders, published, real, words};

use super::Check;
use super::steps::Steps;

pub const CHECK: Check = Check { rule: "credential-in-browser", check };

fn check(model: &Model) -> Vec<Finding> {
    let mut found: Vec<Place<'_>> = Vec::new();
    let mut seen: Vec<bool> = vec![false; model.statements.len()];
    for described in &model.profiles {
        for entry in &described.profile.entries {
            if std::mem::replace(&mut seen[entry.statement], true) {
                continue;
            }
            let exposures = model.exposed.get(&entry.statement).map_or(&[][..], Vec::as_slice);
            let named = exposures.iter().filter(|exposure| matches!(exposure.way, Way::Name { .. }));
            let named: Vec<Place<'_>> =
                named.filter_map(|exposure| by_name(model, described, entry, exposure)).collect();
            let is_told = !named.is_empty();
            found.extend(named);
            let around = exposures.iter().filter(|exposure| !is_told && !matches!(exposure.way, Way::Name { .. }));
            found.extend(around.filter_map(|exposure| by_place(model, described, entry, exposure)));
            found.extend(in_iframe_url(model, described, entry));
        }
    }
    found.sort_by_key(|place| (place.span, place.rank));
    found.dedup_by_key(|place| place.span);
    groups(found).into_iter().filter_map(|places| told(model, places)).collect()
}

/// A place where a key is set, given along or read.
struct Place<'m> {
    described: &'m Described,
    entry: &'m Entry,
    because: Vec<Label>,
    span: Span,
    /// The predicate, where it is the first of its setting.
    text: String,
    /// The same, where it is another.
    other: &'static str,
    help: String,
    certain: bool,
    /// Whether nothing secret is there yet: what reads it may get more.
    harmless: bool,
    /// The lower, the more a person would change it there.
    rank: u8,
    /// The names by which other places may set or read the same; the first is what it is about.
    names: Vec<String>,
}

/// The places of each setting of a unit: those that share a name.
fn groups(found: Vec<Place<'_>>) -> Vec<Vec<Place<'_>>> {
    let mut of_name: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut parents: Vec<usize> = Vec::new();
    fn root(parents: &[usize], mut at: usize) -> usize {
        while parents[at] != at {
            at = parents[at];
        }
        at
    }
    for (at, place) in found.iter().enumerate() {
        parents.push(at);
        for name in &place.names {
            let key = (place.described.profile.unit.folder.clone(), name.clone());
            let known = *of_name.entry(key).or_insert(at);
            let (one, other) = (root(&parents, known), root(&parents, at));
            parents[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Place<'_>>> = BTreeMap::new();
    for (at, place) in found.into_iter().enumerate() {
        groups.entry(root(&parents, at)).or_default().push(place);
    }
    groups.into_values().collect()
}

/// One finding for the places of one setting.
fn told(model: &Model, mut places: Vec<Place<'_>>) -> Option<Finding> {
    let is_flag = |entry: &Entry| entry.resolved.is_known() && placeholders::is_flag(entry.resolved.expose());
    if places.iter().all(|place| place.harmless || is_flag(place.entry)) {
        return None;
    }
    let first = places.iter().enumerate().min_by_key(|(_, place)| (place.harmless, place.rank, place.span))?.0;
    let first = places.remove(first);
    let said = model.statement(first.entry);
    let others = places.iter().map(|place| Label::at(place.span, place.other));
    let steps = Steps::to(model, first.described, first.entry)
        .evidence(&first.because)
        .then(At::At(first.span), format!("this {}", first.text))
        .end();
    let name = first.names.first().map_or("", String::as_str);
    let certain = first.certain || places.iter().any(|place| place.certain && !place.harmless);
    Some(
        Finding::at(first.span, first.text)
            .steps(steps)
            .because_all(first.because)
            .because_all(others.take(OTHERS))
            .help(first.help)
            .about(format!("{} · {name}", said.unit.name()))
            .evidence([value_of(first.entry).unwrap_or_else(|| name.to_owned())])
            .confidence(if certain { Confidence::Certain } else { Confidence::Likely }),
    )
}

/// Other places of a finding that are shown.
const OTHERS: usize = 8;

/// A variable whose name gives it away, where it is set or read.
fn by_name<'m>(
    model: &'m Model,
    described: &'m Described,
    entry: &'m Entry,
    exposure: &'m Exposure,
) -> Option<Place<'m>> {
    let Way::Name { variable, prefix, span, own } = &exposure.way else { return None };
    let said = model.statement(entry);
    let noun = component_of_variable(variable, said, described, entry, model)?.noun();
    let (side, framework) = (exposure.side.noun(), exposure.framework);
    let verb = if *own { "names" } else { "reads" };
    let text = match prefix.as_str() {
        "" => format!("{verb} {} for the {side}: {framework} builds it into what people install", article(noun)),
        prefix => {
            format!("{verb} {} for the {side}: {framework} builds every `{prefix}…` into what it sends", article(noun))
        }
    };
    // What `committed-credential` says of the value is said here.
    let key = said.value.as_literal().filter(|text| *own && real::is_real(text.expose()));
    let written = key.map(|_| said.value_span()).or_else(|| written_elsewhere(entry, *span));
    let written = written.map(|written| Label::at(written, "is the key in plain text"));
    let bare = variable.strip_prefix(prefix.as_str()).unwrap_or(variable);
    let help = match exposure.side {
        Side::App => format!("keep it on your server as `{bare}`, and let the app ask the server"),
        Side::Browser | Side::Server => format!("name it `{bare}`, and read it on the server only"),
    };
    Some(Place {
        described,
        entry,
        because: exposure.because.iter().cloned().chain(written).collect(),
        span: *span,
        text,
        other: if *own { "sets it as well" } else { "reads it" },
        help,
        certain: true,
        harmless: *own && is_harmless(entry),
        rank: match (own, said.said == Said::Program) {
            (true, false) => 0,
            (true, true) => 1,
            (false, _) => 2,
        },
        names: vec![words::normal(variable)],
    })
}

/// Where the key is written that a variable stands for, as far as the tree says it.
fn written_elsewhere(entry: &Entry, variable: Span) -> Option<Span> {
    let text = entry.resolved.expose().trim();
    let is_key = entry.resolved.is_known() && real::is_real(&text[keys::scheme(text)..]);
    let origins = entry.resolved.origins(0..entry.resolved.expose().len());
    origins.into_iter().filter(|_| is_key).find(|origin| origin.via.contains(&variable)).map(|origin| origin.span)
}

/// What a variable is by its own name or, where that says nothing, by what it is given as.
fn component_of_variable(
    variable: &str,
    said: &Statement,
    described: &Described,
    entry: &Entry,
    model: &Model,
) -> Option<Component> {
    let reading = names::read(&[variable]);
    let component = reading.component.or(said.component()).filter(|component| component.is_secret())?;
    (reading.flinks || is_of_flinks(model, described, entry)).then_some(component)
}

/// A key that stands where the browser or the app gets it.
fn by_place<'m>(
    model: &'m Model,
    described: &'m Described,
    entry: &'m Entry,
    exposure: &'m Exposure,
) -> Option<Place<'m>> {
    let said = model.statement(entry);
    let component = said.component().filter(|component| component.is_secret())?;
    if is_harmless(entry) && !exposure.even_empty() || !is_of_flinks(model, described, entry) {
        return None;
    }
    let (supply, span) = match supplied(said, entry, exposure) {
        Some(Supply::Literal) => (Supply::Literal, said.value_span()),
        Some(supply) => (supply, read_span(said)),
        None => (Supply::Literal, constant(said, entry)?),
    };
    let is_constant = !said.value_span().contains(span);
    let taken = is_constant.then(|| Label::at(said.name().span, format!("takes it as the {}", component.noun())));
    let noun = article(component.noun());
    let text = match (&exposure.way, exposure.side) {
        (Way::Given, Side::App) => format!("is {noun} that is built into the app"),
        (Way::Given, _) => format!("is {noun} that is built into what the browser is sent"),
        (Way::Handed, _) if exposure.framework != "HTML" => {
            format!("is {noun} that the server gives along to the browser")
        }
        (_, Side::App) => format!("is {noun} in an app that people install"),
        (_, _) => format!("is {noun} where the browser gets it"),
    };
    let help = match exposure.side {
        Side::App => "keep it on your server, and let the app ask the server",
        Side::Browser | Side::Server => "keep it on the server, and let the page ask a route of yours",
    };
    Some(Place {
        described,
        entry,
        because: exposure.because.iter().cloned().chain(taken).collect(),
        span,
        text,
        other: match supply {
            Supply::Literal => "is the same setting",
            Supply::Built => "gives it along",
            Supply::Elsewhere => "reads it",
        },
        help: help.to_owned(),
        certain: exposure.certain && supply != Supply::Elsewhere,
        harmless: false,
        rank: match (supply, said.said == Said::Program) {
            (Supply::Literal, false) => 3,
            (Supply::Literal, true) => 4,
            (Supply::Built, _) => 5,
            (Supply::Elsewhere, _) => 6,
        },
        names: shared_names(said),
    })
}

/// The names by which other places of the unit may speak of the same setting: its own where that tells, and those of
/// what it takes.
fn shared_names(said: &Statement) -> Vec<String> {
    let mut found = Vec::new();
    let own = said.path.iter().rev().find(|name| !name.index).map_or("", |name| &*name.text);
    if said.said != Said::Program || names::says_flinks(own) {
        found.push(words::normal(own));
    } else if !said.path.iter().any(|name| name.index) {
        // `environment.flinks.secretKey` of two files that stand in for each other.
        found.push(said.key.clone());
    }
    let known = said.value.references().filter(|reference| {
        matches!(reference.kind, ReferenceKind::Named | ReferenceKind::Stored | ReferenceKind::Symbol)
            && names::says_flinks(&reference.name)
    });
    found.extend(known.map(|reference| words::normal(last_part(&reference.name))));
    if found.is_empty() {
        found.push(format!("{}:{}", said.file.0, said.key));
    }
    found
}

fn last_part(name: &str) -> &str {
    name.rsplit(['.', ':', '/']).next().unwrap_or(name)
}

/// `a secret key`, `an x-api-key`.
fn article(noun: &str) -> String {
    let an = noun.starts_with("x-") || noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

/// Whether a name of the program that a server gives along is one of a key of Flinks: `{ flinksSecretKey }` of an
/// answer. A token may be one of a session, and other vendors' client secrets are meant for browsers.
fn is_handed_key(said: &Statement, entry: &Entry, exposure: &Exposure) -> bool {
    matches!(exposure.way, Way::Handed)
        && said.component() != Some(Component::Bearer)
        && (names::says_flinks(&said.name().text) || stands_for_flinks(entry))
}

/// How a setting comes to its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Supply {
    /// It is written there.
    Literal,
    /// The build or the server puts it there.
    Built,
    /// It is read there from where a browser has nothing to read, or from what the app is built with.
    Elsewhere,
}

/// What a setting is set to, as far as that is a key that goes along. What is worked out, or is what a name of the
/// program stands for, comes from elsewhere: a session's token from the server, a constant that is told by itself.
fn supplied(said: &Statement, entry: &Entry, exposure: &Exposure) -> Option<Supply> {
    let is_literal = said.value.as_literal().is_some();
    if is_literal && (entry.state == State::Placeholder || !may_be_key(said.value.word(), &said.name().text)) {
        return None;
    }
    if matches!(exposure.way, Way::Given) {
        let is_there = !said.value.is_empty() || exposure.even_empty();
        return is_there.then_some(if is_literal { Supply::Literal } else { Supply::Built });
    }
    said.value.pieces.iter().find_map(|piece| match piece {
        Piece::Text(text) if placeholders::is_placeholder(text.expose()) || is_scheme(text.expose()) => None,
        Piece::Text(_) => Some(Supply::Literal),
        Piece::Reference(reference) => {
            let is_written = reference.fallback.as_ref().is_some_and(|fallback| {
                let text = fallback.as_literal().map(|text| text.expose());
                text.is_some_and(|text| !is_public(text) && !text.trim().is_empty())
            });
            match reference.kind {
                _ if is_written => Some(Supply::Literal),
                ReferenceKind::Named | ReferenceKind::Stored if said.said != Said::Program => Some(Supply::Built),
                ReferenceKind::Named | ReferenceKind::Stored if exposure.is_filled_in() => Some(Supply::Built),
                ReferenceKind::Symbol if is_handed_key(said, entry, exposure) => Some(Supply::Elsewhere),
                // What a build does not take is not there in a browser: only a module that runs nowhere else tells
                // that somebody wants it there.
                ReferenceKind::Named => (exposure.side == Side::App || exposure.certain).then_some(Supply::Elsewhere),
                ReferenceKind::Symbol if is_of_build(&reference.name) && exposure.side == Side::App => {
                    Some(Supply::Elsewhere)
                }
                _ => None,
            }
        }
    })
}

/// The key that a name of the program stands for, where its own name does not tell that it is one of Flinks:
/// `{ "x-api-key": API_KEY }`.
fn constant(said: &Statement, entry: &Entry) -> Option<Span> {
    let [Piece::Reference(reference)] = &said.value.pieces[..] else { return None };
    let text = entry.resolved.expose();
    let is_key = entry.resolved.is_known() && may_be_key(text.trim(), &reference.name) && !is_public(text.trim());
    let [origin] = &entry.resolved.origins(0..text.len())[..] else { return None };
    (reference.kind == ReferenceKind::Symbol && is_key).then_some(origin.span)
}

/// Whether a text may be a key, and is no label, no rule of a form and no name of something: `Secret key`,
/// `required|string`, `flinks.secretKey`.
fn may_be_key(text: &str, own: &str) -> bool {
    let text = text.get(..7).filter(|start| start.eq_ignore_ascii_case("bearer ")).map_or(text, |_| text[7..].trim());
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let words = words::plain(text);
    let is_word = !has_digit && words.len() == 1 && text.len() < 16;
    let is_name =
        !has_digit && (names::says_flinks(text) || words.len() <= 3 && names::read(&[text]).component.is_some());
    let is_own = words::normal(text) == words::normal(own);
    let apart = |c: char| c.is_whitespace() || matches!(c, '|' | ',' | '<' | '>' | '(' | ')' | '{' | '}' | ';');
    text.len() >= 6 && !text.contains(apart) && !is_word && !is_name && !is_own
}

/// `Bearer ` before a value.
fn is_scheme(text: &str) -> bool {
    matches!(text.trim().to_ascii_lowercase().as_str(), "bearer" | "basic" | "apikey" | "token" | "")
}

/// `BuildConfig.FLINKS_SECRET_KEY`, `Config.FLINKS_SECRET_KEY`: what an app is built with.
fn is_of_build(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or("");
    name.contains('.') && matches!(first, "BuildConfig" | "Config" | "Env" | "Environment" | "Secrets" | "R")
}

fn read_span(said: &Statement) -> Span {
    said.value.references().next().map_or(said.value_span(), |reference| reference.span)
}

/// Keys in the address of an iframe.
fn in_iframe_url<'m>(model: &Model, described: &'m Described, entry: &'m Entry) -> Vec<Place<'m>> {
    let said = model.statement(entry);
    let text = entry.resolved.expose();
    let iframe = |host: &&hosts::Host| matches!(host.kind, HostKind::Instance { role: Role::Iframe, .. });
    let mut found = Vec::new();
    for host in entry.hosts.iter().map(|used| &used.host).filter(iframe) {
        let written = entry.resolved.origins(host.range.clone()).into_iter().next();
        for (name, value) in queries(text, host.range.end) {
            let component = names::read(&[&text[name.clone()]]).component;
            let Some(component) = component.filter(|component| component.is_secret()) else { continue };
            let value = if value.is_empty() { continue } else { value };
            if is_public(&text[value.clone()]) {
                continue;
            }
            let Some(origin) = entry.resolved.origins(value).into_iter().next() else { continue };
            // An address that is put together under another name is told there.
            let taken = origin.via.first().filter(|first| entry.resolved.is_symbol(**first));
            if taken.is_some() && taken == written.as_ref().and_then(|written| written.via.first()) {
                continue;
            }
            let span = origin.via.first().copied().unwrap_or(origin.span);
            let name = &text[name];
            let noun = article(component.noun());
            let opened =
                written.as_ref().map(|written| Label::at(written.span, "is the iframe that the browser opens"));
            found.push(Place {
                described,
                entry,
                because: opened.into_iter().collect(),
                span,
                text: format!("puts {noun} into the address of the iframe, as `{name}`"),
                other: "puts it into the address of the iframe",
                help: "take it out: the iframe needs no key, only an authorize token of its session".to_owned(),
                certain: true,
                harmless: false,
                rank: 2,
                names: vec![format!("{} in an iframe:{}:{}", words::normal(name), said.file.0, said.key)],
            });
        }
    }
    found
}

/// The names and values of the query of an address, from `start` in it.
fn queries(text: &str, start: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let end = text[start..].find(char::is_whitespace).map_or(text.len(), |at| start + at);
    let Some(mut from) = text[start..end].find(['?', '#']).map(|at| start + at + 1) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in text[from..end].split(['&', ';', '#', '?']) {
        if let Some(equals) = pair.find('=') {
            found.push((from..from + equals, from + equals + 1..from + pair.len()));
        }
        from += pair.len() + 1;
    }
    found
}

/// Whether a value is known to everybody, or none yet.
fn is_public(value: &str) -> bool {
    !value.contains(hosts::HOLE)
        && (placeholders::is_placeholder(value)
            || published::find(value).iter().any(|(_, range)| range.len() == value.len()))
}

/// Whether a setting holds nothing that is secret: nothing at all, or a value that Flinks publishes.
fn is_harmless(entry: &Entry) -> bool {
    let text = entry.resolved.expose().trim();
    let published = published::find(text).iter().any(|(_, range)| range.len() == text.len());
    let is_empty = entry.state == State::Empty && entry.resolved.references.is_empty();
    is_empty || entry.resolved.is_known() && published
}

fn value_of(entry: &Entry) -> Option<String> {
    Some(entry.secret()?.fingerprint())
}

/// Whether a key is one of Flinks: by its own name, by what leads to it, or by the Flinks host beside it. A file about
/// Flinks may hold the keys of others, too.
fn is_of_flinks(model: &Model, described: &Described, entry: &Entry) -> bool {
    let said = model.statement(entry);
    let own = said.path.iter().rev().find(|name| !name.index && !name.is_call()).map_or("", |name| &*name.text);
    if names::says_flinks(own) {
        return true;
    }
    let mut by_reference = false;
    let mut others = false;
    for reference in said.value.references().filter(|reference| reference.kind != ReferenceKind::Computed) {
        let flinks = names::says_flinks(&reference.name);
        by_reference |= flinks;
        others |= !flinks && !is_plain(reference.name.rsplit(['.', ':', '/']).next().unwrap_or(&reference.name));
    }
    if by_reference {
        return true;
    }
    if others || !is_plain(own) {
        return false;
    }
    if said.flinks || stands_for_flinks(entry) {
        return true;
    }
    let instance = |at: &usize| described.entry(*at).hosts.iter().any(|host| !matches!(host.host.kind, HostKind::Site));
    let beside = |slot: &crate::model::Slot| {
        let has = slot.entries.iter().any(|at| described.entry(*at).statement == entry.statement);
        has && slot.entries.iter().any(instance)
    };
    described.slots.iter().any(beside)
}

/// Whether what a plain name stands for is one of Flinks: `const secretKey = process.env.FLINKS_SECRET_KEY`.
fn stands_for_flinks(entry: &Entry) -> bool {
    let mut met = entry.resolved.references.iter().filter(|met| met.kind != ReferenceKind::Computed);
    met.any(|met| names::says_flinks(&met.name))
}

/// Whether a name has no word but those of a key, of countries, of environments: none of another vendor.
fn is_plain(name: &str) -> bool {
    const WORDS: &[&str] =
        &["flinks", "authorization", "connect", "client", "key", "x", "sandbox", "my", "our", "the", "bank", "banking"];
    names::read(&[name])
        .stem
        .iter()
        .all(|word| WORDS.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit()))
}
