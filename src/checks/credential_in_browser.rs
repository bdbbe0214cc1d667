//! Keys that reach a browser or an app: whoever opens the page or the package has them.

use std::collections::BTreeMap;

use crate::fact::{Piece, ReferenceKind, Said};
use crate::finding::{Confidence, Finding, Label};
use crate::model::{Described, Entry, Exposure, Model, State, Statement, Way};
use crate::source::Span;
use crate::vocabulary::exposure::Side;
use crate::vocabulary::hosts::{self, HostKind, Role};
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{placeholders, published, words};

use super::Check;
use super::steps::Steps;

pub const CHECK: Check = Check { rule: "credential-in-browser", check };

fn check(model: &Model) -> Vec<Finding> {
    let mut variables: BTreeMap<(String, String), Vec<Named<'_>>> = BTreeMap::new();
    let mut places: BTreeMap<Span, Finding> = BTreeMap::new();
    let mut seen: Vec<bool> = vec![false; model.statements.len()];
    for described in &model.profiles {
        for entry in &described.profile.entries {
            if std::mem::replace(&mut seen[entry.statement], true) {
                continue;
            }
            let said = model.statement(entry);
            let exposures = model.exposed.get(&entry.statement).map_or(&[][..], Vec::as_slice);
            let by_name = exposures.iter().any(|exposure| matches!(exposure.way, Way::Name { .. }));
            for exposure in exposures {
                match &exposure.way {
                    Way::Name { variable, .. } => {
                        let Some(component) = component_of_variable(variable, said, described, entry, model) else {
                            continue;
                        };
                        let unit = described.profile.unit.folder.clone();
                        let named = Named { described, entry, exposure, component };
                        variables.entry((unit, variable.clone())).or_default().push(named);
                    }
                    Way::Given | Way::Place if !by_name => {
                        if let Some((span, finding)) = by_place(model, described, entry, exposure) {
                            places.entry(span).or_insert(finding);
                        }
                    }
                    Way::Given | Way::Place => {}
                }
            }
            for (span, finding) in in_iframe_url(model, described, entry) {
                places.entry(span).or_insert(finding);
            }
        }
    }
    let named = variables.into_values().filter_map(|named| by_variable(model, &named));
    named.chain(places.into_values()).collect()
}

/// A place where a variable is set or read whose name gives it away.
struct Named<'m> {
    described: &'m Described,
    entry: &'m Entry,
    exposure: &'m Exposure,
    component: Component,
}

impl Named<'_> {
    fn is_own(&self) -> bool {
        matches!(self.exposure.way, Way::Name { own: true, .. })
    }

    fn span(&self) -> Span {
        match self.exposure.way {
            Way::Name { span, .. } => span,
            Way::Given | Way::Place => unreachable!("only named ones are gathered"),
        }
    }
}

/// One variable of one unit: where it is set, or else where it is read, and all its other places.
fn by_variable(model: &Model, named: &[Named<'_>]) -> Option<Finding> {
    let harmless = |named: &&Named<'_>| named.is_own() && is_harmless(named.entry);
    if named.iter().all(|named| harmless(&named)) {
        return None;
    }
    let rank = |named: &&Named<'_>| {
        let said = model.statement(named.entry);
        // A program only passes it on.
        (!named.is_own(), said.said == Said::Program, harmless(named), named.span())
    };
    let first = named.iter().min_by_key(rank)?;
    let Way::Name { variable, prefix, .. } = &first.exposure.way else { return None };
    let said = model.statement(first.entry);
    let (noun, side, framework) = (first.component.noun(), first.exposure.side.noun(), first.exposure.framework);
    let verb = if first.is_own() { "names" } else { "reads" };
    let text = format!("{verb} a {noun} for the {side}: {framework} builds every `{prefix}…` into what it sends");
    let others = named.iter().filter(|other| other.span() != first.span());
    let others = others.map(|other| {
        let text = if other.is_own() { "sets it as well" } else { "reads it" };
        Label::at(other.span(), text)
    });
    let bare = variable.strip_prefix(prefix).unwrap_or(variable);
    let steps = Steps::to(model, first.described, first.entry)
        .evidence(&first.exposure.because)
        .then(crate::finding::Place::At(first.span()), format!("`{variable}` is built into what the {side} is given"))
        .end();
    let help = match first.exposure.side {
        Side::App => format!("keep it on your server as `{bare}`, and let the app ask the server"),
        Side::Browser | Side::Server => format!("name it `{bare}`, and read it on the server only"),
    };
    let finding = Finding::at(first.span(), text)
        .steps(steps)
        .because_all(others.take(OTHERS))
        .help(help)
        .about(format!("{} · {variable}", said.unit.name()))
        .evidence([value_of(first.entry).unwrap_or_else(|| variable.clone())]);
    Some(finding)
}

/// Other places of a finding that are shown.
const OTHERS: usize = 8;

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
fn by_place(
    model: &Model,
    described: &Described,
    entry: &Entry,
    exposure: &Exposure,
) -> Option<(Span, Finding)> {
    let said = model.statement(entry);
    let component = said.component().filter(|component| component.is_secret())?;
    if is_harmless(entry) || !is_of_flinks(model, described, entry) {
        return None;
    }
    let given = matches!(exposure.way, Way::Given);
    let read = supplied(said, exposure, given)?;
    let span = if read == Supply::Literal { said.value_span() } else { read_span(said) };
    let noun = component.noun();
    let text = match (&exposure.way, exposure.side) {
        (Way::Given, Side::App) => format!("is a {noun} that is built into the app"),
        (Way::Given, _) => format!("is a {noun} that is built into what the browser is sent"),
        (_, Side::App) => format!("is a {noun} in an app that people install"),
        (_, _) => format!("is a {noun} where the browser gets it"),
    };
    let help = match exposure.side {
        Side::App => "keep it on your server, and let the app ask the server",
        Side::Browser | Side::Server => "keep it on the server, and let the page ask a route of yours",
    };
    let certain = exposure.certain && read != Supply::Elsewhere;
    let steps = Steps::to(model, described, entry)
        .evidence(&exposure.because)
        .then(crate::finding::Place::At(span), format!("this {text}"))
        .end();
    let name = said.path.iter().rev().find(|name| !name.index).map_or("", |name| &*name.text);
    let finding = Finding::at(span, text)
        .steps(steps)
        .because_all(exposure.because.iter().cloned())
        .help(help)
        .about(format!("{} · {}", said.unit.name(), words::normal(name)))
        .evidence([value_of(entry).unwrap_or_else(|| said.key.clone())])
        .confidence(if certain { Confidence::Certain } else { Confidence::Likely });
    Some((span, finding))
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
fn supplied(said: &Statement, exposure: &Exposure, given: bool) -> Option<Supply> {
    if said.value.is_empty() {
        return None;
    }
    if given {
        let literal = said.value.as_literal().is_some();
        return Some(if literal { Supply::Literal } else { Supply::Built });
    }
    let mut found = None;
    for piece in &said.value.pieces {
        let supply = match piece {
            Piece::Text(text) if placeholders::is_placeholder(text.expose()) => continue,
            Piece::Text(text) if said.value.pieces.len() > 1 && is_scheme(text.expose()) => continue,
            Piece::Text(_) => Supply::Literal,
            Piece::Reference(reference) => match reference.kind {
                ReferenceKind::Named if said.said != Said::Program => Supply::Built,
                ReferenceKind::Named if exposure.way_is_markup() => Supply::Built,
                ReferenceKind::Named => Supply::Elsewhere,
                ReferenceKind::Stored if said.said != Said::Program => Supply::Built,
                ReferenceKind::Symbol if is_of_build(&reference.name) && exposure.side == Side::App => Supply::Elsewhere,
                _ => match &reference.fallback {
                    Some(fallback) if fallback.as_literal().is_some() => Supply::Literal,
                    _ => continue,
                },
            },
        };
        found = found.or(Some(supply));
    }
    found
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
fn in_iframe_url(model: &Model, described: &Described, entry: &Entry) -> Vec<(Span, Finding)> {
    let said = model.statement(entry);
    let text = entry.resolved.expose();
    let iframe = |host: &&hosts::Host| matches!(host.kind, HostKind::Instance { role: Role::Iframe, .. });
    let mut found = Vec::new();
    for host in hosts::find(text).iter().filter(iframe) {
        let end = text[host.range.end..].find(char::is_whitespace).map_or(text.len(), |at| host.range.end + at);
        let address = &text[host.range.end..end];
        let Some(query) = address.find(['?', '#']).map(|at| host.range.end + at + 1) else { continue };
        let mut start = query;
        for pair in text[query..end].split(['&', ';', '#', '?']) {
            let (from, equals) = (start, pair.find('='));
            start += pair.len() + 1;
            let Some(equals) = equals else { continue };
            let (name, value) = (&pair[..equals], &pair[equals + 1..]);
            let Some(component) = names::read(&[name]).component.filter(|component| component.is_secret()) else {
                continue;
            };
            if value.is_empty() || is_public(value) {
                continue;
            }
            let range = from + equals + 1..from + pair.len();
            let origins = entry.resolved.origins(range.clone());
            let Some(origin) = origins.first() else { continue };
            // What fills the address in is to be changed where the address is put together.
            let span = origin.via.first().copied().unwrap_or(origin.span);
            let host_span = entry.resolved.origins(host.range.clone()).first().map(|origin| origin.span);
            let noun = component.noun();
            let steps = Steps::to(model, described, entry)
                .then(crate::finding::Place::At(span), format!("the address of the iframe has a {noun} in `{name}`"))
                .end();
            let finding = Finding::at(span, format!("puts a {noun} into the address of the iframe, as `{name}`"))
                .steps(steps)
                .because_all(host_span.map(|span| Label::at(span, "is the iframe that the browser opens")))
                .help("take it out: the iframe needs a customerId, or an authorize token of its session")
                .about(format!("{} · {} in an iframe", said.unit.name(), words::normal(name)))
                .evidence([value_of(entry).unwrap_or_else(|| name.to_owned())]);
            found.push((span, finding));
        }
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
    entry.state == State::Empty || entry.resolved.is_known() && published
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
    if said.flinks {
        return true;
    }
    let instance = |at: &usize| described.entry(*at).hosts.iter().any(|host| !matches!(host.host.kind, HostKind::Site));
    let beside = |slot: &crate::model::Slot| {
        let has = slot.entries.iter().any(|at| described.entry(*at).statement == entry.statement);
        has && slot.entries.iter().any(instance)
    };
    described.slots.iter().any(beside)
}

/// Whether a name has no word but those of a key, of countries, of environments: none of another vendor.
fn is_plain(name: &str) -> bool {
    const WORDS: &[&str] = &["flinks", "connect", "client", "key", "x", "sandbox", "my", "our", "the", "bank", "banking"];
    names::read(&[name]).stem.iter().all(|word| WORDS.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit()))
}

impl Exposure {
    /// Whether it is a page's markup, which the server fills in before it is sent.
    fn way_is_markup(&self) -> bool {
        self.framework == "HTML"
    }
}
