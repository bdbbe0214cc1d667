//! A production profile that reaches the shared sandbox.

use std::collections::BTreeMap;

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, Model, Slot, Statement, entries};
use crate::resolve::Trust;
use crate::vocabulary::hosts::HostKind;

use super::sandbox::{self, Reach};
use super::steps::Steps;
use super::{Check, profile_labels};

pub const CHECK: Check = Check { rule: "sandbox-in-production", check };

fn check(model: &Model) -> Vec<Finding> {
    let production = model.profiles.iter().filter(|described| described.profile.is_production());
    production.flat_map(|described| slots(model, described)).collect()
}

/// One finding a slot: settings of one stem and country, or else of one map.
fn slots(model: &Model, described: &Described) -> Vec<Finding> {
    let mut groups: BTreeMap<String, Vec<Reach<'_>>> = BTreeMap::new();
    for (at, entry) in described.profile.entries.iter().enumerate() {
        let said = model.statement(entry);
        if !entries::reaches(said) || said.said == Said::Default {
            continue;
        }
        // A value that holds only if nobody sets the name is `sandbox-fallback`'s; one of no known environment is no proof.
        let reaches = sandbox::reaches(model, entry, Trust::Said);
        if reaches.is_empty() {
            continue;
        }
        let slot = described.slots.iter().find(|slot| slot.entries.contains(&at));
        let group = slot.map_or_else(|| loose_group(described, entry, said), |slot| slot.name());
        groups.entry(group).or_default().extend(reaches);
    }
    let mut faults: Vec<(String, Vec<Reach<'_>>)> = Vec::new();
    for (group, reaches) in groups {
        // One variable that several slots are filled in with is one fault.
        let mut own = Vec::new();
        for reach in reaches {
            let is_known =
                |(_, known): &&mut (String, Vec<Reach<'_>>)| known.iter().any(|other| other.span == reach.span);
            match faults.iter_mut().find(is_known) {
                Some((_, known)) => known.push(reach),
                None => own.push(reach),
            }
        }
        faults.push((group, own));
    }
    faults.into_iter().filter_map(|(group, reaches)| finding(model, described, &group, &reaches)).collect()
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
