//! A private host that says no country, of an instance that no policy declares.

use std::collections::{BTreeMap, HashSet};

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, HostUse, Model};
use crate::source::Span;
use crate::vocabulary::hosts::HostKind;

use super::Check;
use super::steps::Steps;

pub const CHECK: Check = Check { rule: "host-without-country", check };

fn check(model: &Model) -> Vec<Finding> {
    // One finding an instance: its API and its iframe, wherever they are said.
    let mut found: BTreeMap<&str, Vec<(&Described, &Entry, &HostUse)>> = BTreeMap::new();
    for described in &model.profiles {
        let reaching = described.profile.entries.iter().filter(|entry| model.statement(entry).said != Said::Allowed);
        for entry in reaching {
            for used in &entry.hosts {
                if let Some(instance) = undeclared(model, used) {
                    found.entry(instance).or_default().push((described, entry, used));
                }
            }
        }
    }
    found.into_iter().filter_map(|(instance, uses)| finding(model, instance, uses)).collect()
}

/// The instance of a host whose country nothing says.
fn undeclared<'m>(model: &Model, used: &'m HostUse) -> Option<&'m str> {
    let HostKind::Instance { label: Some(label), .. } = &used.host.kind else { return None };
    let told = label.country.is_some() || label.sandbox || label.placeholder;
    let declared = || model.policy.instance(&label.name).is_some();
    (!told && !declared()).then_some(label.name.as_str())
}

fn finding(model: &Model, instance: &str, mut uses: Vec<(&Described, &Entry, &HostUse)>) -> Option<Finding> {
    uses.sort_by_key(|(_, _, used)| (used.trust, used.span, used.via.clone()));
    let (described, entry, first) = *uses.first()?;
    let text = format!("`{}` says no country", first.host.name);
    let mut seen: HashSet<Span> = HashSet::new();
    let others = uses.iter().skip(1).filter(|(_, _, used)| seen.insert(used.span));
    let others = others.map(|(_, _, used)| {
        let same = used.host.name == first.host.name;
        let text = if same { "is the same host".to_owned() } else { format!("`{}` is of it, too", used.host.name) };
        Label::at(used.span, text)
    });
    // A policy that declares others is where this one is missing.
    let declared = model.policy.instances().first();
    let declared = declared.map(|other| Label::at(other.label.span, format!("is declared, and `{instance}` is not")));
    let steps = Steps::to(model, described, entry)
        .value(entry, &first.via, first.trust)
        .then(Place::At(first.span), format!("`{instance}` has neither `-ca` nor `-us` at its end"))
        .then(Place::At(first.span), format!("no policy declares the country of `{instance}`"))
        .end();
    Some(
        Finding::at(first.span, text)
            .steps(steps)
            .because_all(Entry::trail(&first.via))
            .because_all(others.take(8))
            .because_all(declared)
            .help(format!("declare `{instance}` and its country in the policy"))
            .about(instance.to_owned())
            .evidence([instance.to_owned()])
            .confidence(Confidence::Certain),
    )
}
