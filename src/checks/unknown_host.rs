//! Hosts that are nobody's: named by no Flinks document, without a role, made to look like one of Flinks, or of an
//! instance that the policy does not declare.

use std::collections::{BTreeMap, HashSet};

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, HostUse, Model};
use crate::policy::Instance;
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::Country;
use crate::vocabulary::hosts::{self, HOLE, HostKind, Oddity};

use super::steps::Steps;
use super::{Check, mixed_instances};

pub const CHECK: Check = Check { rule: "unknown-host", check };

/// A place where an unknown host is said.
struct Use<'m> {
    described: &'m Described,
    entry: &'m Entry,
    host: &'m HostUse,
    /// A list that only lets it through.
    allowed: bool,
}

/// The same name in several settings is one fault.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Unknown { host: String },
    Undeclared { instance: String, country: Country },
}

fn check(model: &Model) -> Vec<Finding> {
    let mut found: BTreeMap<Fault, Vec<Use<'_>>> = BTreeMap::new();
    for described in &model.profiles {
        for entry in &described.profile.entries {
            for host in &entry.hosts {
                let allowed = model.statement(entry).said == Said::Allowed;
                let Some(fault) = fault(model, host, allowed) else { continue };
                found.entry(fault).or_default().push(Use { described, entry, host, allowed });
            }
        }
    }
    let mixed = if found.keys().any(|fault| matches!(fault, Fault::Undeclared { .. })) {
        mixed_instances::places(model)
    } else {
        HashSet::new()
    };
    found.into_iter().filter_map(|(fault, uses)| finding(model, &fault, uses, &mixed)).collect()
}

fn fault(model: &Model, used: &HostUse, allowed: bool) -> Option<Fault> {
    match &used.host.kind {
        HostKind::Unknown => Some(Fault::Unknown { host: used.host.name.clone() }),
        // What says no country is `host-without-country`'s, whoever declares it.
        HostKind::Instance { label: Some(label), .. } if !label.sandbox && !label.placeholder && !allowed => {
            let country = label.country.filter(|country| excludes(model, &label.name, *country))?;
            Some(Fault::Undeclared { instance: label.name.clone(), country })
        }
        _ => None,
    }
}

/// Whether the policy says which instances there are, and this is none of them.
fn excludes(model: &Model, label: &str, country: Country) -> bool {
    let declared = model.policy.instances();
    if declared.is_empty() || model.policy.instance(label).is_some() {
        return false;
    }
    // A declaration that says nothing but a name has no other purpose than to list it. One for the sake of a legacy
    // label, of its hosts or its webhooks leaves the sibling in the other country to speak for itself.
    let company = |label: &str| label.trim_end_matches("-ca").trim_end_matches("-us").to_owned();
    let lists = |instance: &Instance| {
        let plain =
            instance.hosts.is_empty() && instance.fingerprints.is_empty() && instance.without_webhooks.is_none();
        plain && company(&instance.label.value) != instance.label.value
    };
    let is_sibling =
        |instance: &Instance| company(&instance.label.value) == company(label) && instance.country.value != country;
    declared.iter().any(lists) || !declared.iter().any(is_sibling)
}

fn finding(model: &Model, fault: &Fault, mut uses: Vec<Use<'_>>, mixed: &HashSet<Place>) -> Option<Finding> {
    if matches!(fault, Fault::Undeclared { .. }) && uses.iter().any(|used| mixed.contains(&Place::At(used.host.span))) {
        return None;
    }
    uses.sort_by_key(|used| (used.allowed, used.host.trust, used.host.span, used.host.via.clone()));
    let first = uses.first()?;
    let (text, help) = told(model, fault, first.host);
    let others = uses.iter().skip(1).map(|used| Label::at(used.host.span, other(fault, used)));
    let steps = Steps::to(model, first.described, first.entry)
        .value(first.entry, &first.host.via, first.host.trust)
        .then(Place::At(first.host.span), text.clone())
        .evidence(&excluded_by(model, fault))
        .end();
    let name = match fault {
        Fault::Unknown { host } => shown(host),
        Fault::Undeclared { instance, .. } => instance.clone(),
    };
    Some(
        Finding::at(first.host.span, text)
            .steps(steps)
            .because_all(excluded_by(model, fault))
            .because_all(Entry::trail(&first.host.via))
            .because_all(distinct(others).into_iter().take(8))
            .help(help)
            .about(name.clone())
            .evidence([name])
            .confidence(Confidence::Certain),
    )
}

/// Each place once.
fn distinct(labels: impl Iterator<Item = Label>) -> Vec<Label> {
    let mut seen: HashSet<Span> = HashSet::new();
    labels.filter(|label| seen.insert(label.place.span())).collect()
}

fn other(fault: &Fault, used: &Use<'_>) -> String {
    match fault {
        _ if used.allowed => "lets it through".to_owned(),
        Fault::Unknown { .. } if used.host.trust == Trust::Fallback => "falls back on it".to_owned(),
        Fault::Unknown { .. } => "is the same host".to_owned(),
        Fault::Undeclared { instance, .. } => format!("is of `{instance}`, too"),
    }
}

/// The instances that the policy declares: that of the same country, or else the first.
fn excluded_by(model: &Model, fault: &Fault) -> Vec<Label> {
    let Fault::Undeclared { country, .. } = fault else { return Vec::new() };
    let declared = model.policy.instances();
    let of_country = declared.iter().find(|instance| instance.country.value == *country);
    let label = match (of_country, declared.first()) {
        (Some(same), _) => {
            Label::at(same.label.span, format!("is declared to be the {} instance", country.adjective()))
        }
        (None, Some(first)) => {
            Label::at(first.label.span, format!("is declared, and no {} instance is", country.adjective()))
        }
        (None, None) => return Vec::new(),
    };
    vec![label]
}

/// What is wrong with the host, and what to write instead.
fn told(model: &Model, fault: &Fault, used: &HostUse) -> (String, String) {
    let own = "use the host of your instance: `{instance}-api.private.fin.ag` or `{instance}-iframe.private.fin.ag`";
    let host = shown(&used.host.name);
    let host = host.as_str();
    let Fault::Unknown { host: name } = fault else {
        let Fault::Undeclared { instance, country } = fault else { return Default::default() };
        let of_country = model.policy.instances().iter().find(|known| known.country.value == *country);
        let help = match of_country {
            Some(same) => format!("use `{}`, or declare `{instance}` in the policy", same.label.value),
            None => format!("declare `{instance}` in the policy, or use an instance that it declares"),
        };
        return (format!("`{host}` is of no instance that the policy declares"), help);
    };
    match Oddity::of(name) {
        Oddity::WithoutRole { instance } if !instance.contains(HOLE) => (
            format!("`{host}` has neither `-api` nor `-iframe`"),
            format!(
                "write `{instance}-api.private.fin.ag` for the API, `{instance}-iframe.private.fin.ag` for the iframe"
            ),
        ),
        Oddity::WithoutRole { .. } => (format!("`{host}` has neither `-api` nor `-iframe`"), own.to_owned()),
        Oddity::Undocumented { first } => {
            (format!("`{host}` is named by no document of Flinks"), meant(&first).unwrap_or_else(|| own.to_owned()))
        }
        Oddity::LookAlike { first } => {
            (format!("`{host}` only looks like a host of Flinks"), meant(&first).unwrap_or_else(|| own.to_owned()))
        }
    }
}

/// The host that the first label is of, where it is one of an instance.
fn meant(first: &str) -> Option<String> {
    let label = first.strip_suffix("-api").or_else(|| first.strip_suffix("-iframe"))?;
    let role = &first[label.len()..];
    let label = hosts::Label::parse(label)?;
    if label.country.is_some() || label.sandbox {
        return Some(format!("use `{first}.private.fin.ag`"));
    }
    let name = &label.name;
    Some(format!("use the host of your instance: `{name}-ca{role}.private.fin.ag` or `{name}-us{role}.private.fin.ag`"))
}

/// A host as people read it.
fn shown(name: &str) -> String {
    name.replace(HOLE, "…")
}
