//! A production profile that reaches the shared sandbox.

use std::collections::BTreeMap;

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, Model, Slot, Statement, entries};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::hosts::HostKind;
use crate::vocabulary::names::Component;
use crate::vocabulary::published::{self, Kind};

use super::steps::Steps;
use super::{Check, profile_labels};

pub const CHECK: Check = Check { rule: "sandbox-in-production", check };

fn check(model: &Model) -> Vec<Finding> {
    let production = model.profiles.iter().filter(|described| described.profile.is_production());
    production.flat_map(|described| slots(model, described)).collect()
}

/// A part of a setting that reaches the sandbox.
struct Reach<'m> {
    entry: &'m Entry,
    span: Span,
    via: Vec<Span>,
    text: String,
    help: &'static str,
}

/// One finding a slot: settings of one stem and country, or else of one map.
fn slots(model: &Model, described: &Described) -> Vec<Finding> {
    let mut groups: BTreeMap<String, Vec<Reach<'_>>> = BTreeMap::new();
    for (at, entry) in described.profile.entries.iter().enumerate() {
        let said = model.statement(entry);
        if !entries::reaches(said) || said.said == Said::Default {
            continue;
        }
        let reaches = reaches(model, entry);
        if reaches.is_empty() {
            continue;
        }
        let slot = described.slots.iter().find(|slot| slot.entries.contains(&at));
        let group = slot.map_or_else(|| loose_group(described, entry, said), |slot| slot.name());
        groups.entry(group).or_default().extend(reaches);
    }
    groups.into_iter().filter_map(|(group, reaches)| finding(model, described, &group, &reaches)).collect()
}

/// A setting that is in no slot joins the only one there is, unless it reaches another product; otherwise its map is
/// its group.
fn loose_group(described: &Described, entry: &Entry, said: &Statement) -> String {
    let other_product = entry.hosts.iter().any(|used| used.host.kind == HostKind::Sandbox);
    match described.slots.as_slice() {
        [only] if !other_product => only.name(),
        _ => {
            let above = &said.path[..said.path.len() - 1];
            let words: Vec<&str> = above.iter().map(|name| &*name.text).collect();
            if words.is_empty() { "flinks".to_owned() } else { words.join(" ") }
        }
    }
}

fn finding(model: &Model, described: &Described, group: &str, reaches: &[Reach<'_>]) -> Option<Finding> {
    let first = reaches.first()?;
    let others = reaches.iter().skip(1).flat_map(|reach| {
        let reached = Label::at(reach.span, reach.text.clone());
        let held_by = profile_labels(model, described, reach.entry);
        std::iter::once(reached).chain(Entry::trail(&reach.via)).chain(held_by)
    });
    let evidence = reaches.iter().map(|reach| format!("{}={}", model.statement(reach.entry).key, reach.text));
    Some(
        Finding::at(first.span, first.text.clone())
            .steps(steps(model, described, first))
            .because_all(Entry::trail(&first.via))
            .because_all(profile_labels(model, described, first.entry))
            .because_all(others)
            .help(first.help)
            .about(format!("{} · {group}", described.profile.name()))
            .evidence(evidence.collect::<Vec<_>>())
            .confidence(Confidence::Certain),
    )
}

/// From the profile to the value that reaches the sandbox.
fn steps(model: &Model, described: &Described, reach: &Reach<'_>) -> Vec<Label> {
    let holds = |slot: &&Slot| slot.entries.iter().any(|at| std::ptr::eq(described.entry(*at), reach.entry));
    let mut steps = Steps::to(model, described, reach.entry);
    if let Some(slot) = described.slots.iter().find(holds) {
        steps = steps.slot(slot, reach.entry);
    }
    let reached = Label::at(reach.span, reach.text.clone());
    steps
        .value(reach.entry, &reach.via, Trust::Said)
        .evidence([&reached])
        .then(Place::At(reach.span), "production reaches the shared sandbox by it")
        .end()
}

fn reaches<'m>(model: &Model, entry: &'m Entry) -> Vec<Reach<'m>> {
    let said = model.statement(entry);
    let mut found = Vec::new();
    // A value that holds only if nobody sets the name is `sandbox-fallback`'s; one of no known environment is no proof.
    let counts = |trust: Trust| trust == Trust::Said;
    const HOST_HELP: &str = "use the host of your own instance in production";
    for used in entry.hosts.iter().filter(|used| counts(used.trust)) {
        let what = match &used.host.kind {
            HostKind::Sandbox => "a sandbox of Flinks",
            HostKind::Instance { label: Some(label), .. } if label.sandbox => "the shared sandbox",
            _ => continue,
        };
        let text = format!("`{}` is {what}", used.host.name);
        found.push(Reach { entry, span: used.span, via: used.via.clone(), text, help: HOST_HELP });
    }
    if let Some(instance) =
        entry.instance.as_ref().filter(|instance| instance.sandbox && entry.hosts.is_empty() && counts(instance.trust))
    {
        let text = format!("`{}` is the shared sandbox", instance.label);
        let help = "name your own instance in production";
        found.push(Reach { entry, span: instance.span, via: instance.via.clone(), text, help });
    }
    let text = entry.resolved.expose();
    for (value, range) in published::find(text) {
        if !counts(entry.resolved.trust(range.clone())) {
            continue;
        }
        if let Some(origin) = entry.resolved.origins(range).into_iter().next() {
            let text = match value.kind {
                Kind::LoginId => "is the loginId of the documentation's examples".to_owned(),
                kind => format!("is the sandbox's published {}", kind.noun()),
            };
            let help = "use the value of your own instance in production";
            found.push(Reach { entry, span: origin.span, via: origin.via, text, help });
        }
    }
    found.extend(demo(said, entry));
    found
}

/// `demo=true` in an address of a Flinks host, or the option that adds it.
fn demo<'m>(said: &Statement, entry: &'m Entry) -> Option<Reach<'m>> {
    const HELP: &str = "remove the demo switch in production";
    let text = entry.resolved.expose();
    let on = |value: &str| matches!(value.trim().to_ascii_lowercase().as_str(), "true" | "1" | "yes" | "on");
    if said.component() == Some(Component::Demo) && said.flinks && entry.resolved.is_known() && on(text) {
        let text = "switches the demo on".to_owned();
        return Some(Reach { entry, span: said.span(), via: Vec::new(), text, help: HELP });
    }
    let about_flinks = said.flinks || !entry.hosts.is_empty();
    let range = about_flinks.then(|| demo_parameter(text)).flatten()?;
    let origin = entry.resolved.origins(range.clone()).into_iter().next()?;
    if entry.resolved.trust(range) != Trust::Said {
        return None;
    }
    Some(Reach { entry, span: origin.span, via: origin.via, text: "switches the demo on".to_owned(), help: HELP })
}

/// The place of `demo=true` or `demoOutbound=true` among an address's parameters.
fn demo_parameter(text: &str) -> Option<std::ops::Range<usize>> {
    let lower = text.to_ascii_lowercase();
    for parameter in ["demo=true", "demooutbound=true", "demoobe=true"] {
        let mut from = 0;
        while let Some(start) = lower[from..].find(parameter).map(|at| from + at) {
            let end = start + parameter.len();
            let before = start.checked_sub(1).map_or(b'?', |before| lower.as_bytes()[before]);
            let after = lower.as_bytes().get(end).copied().unwrap_or(b'&');
            if matches!(before, b'?' | b'&' | b';' | b' ' | b'"') && !after.is_ascii_alphanumeric() {
                return Some(start..end);
            }
            from = end;
        }
    }
    None
}
