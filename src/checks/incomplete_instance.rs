//! An instance that lacks a part which its sibling in the other country has.

mod supply;

use std::collections::BTreeSet;

use crate::fact::{Said, ScopeId};
use crate::finding::{Confidence, Finding, Label};
use crate::model::{Described, Instance, Model, Slot, State, Statement, TagBy};
use crate::source::{FileId, Span};
use crate::vocabulary::Country;
use crate::vocabulary::names::Component;

use super::missing_webhook::lies_under_production;
use super::remedies::setting_like;
use super::steps::Steps;
use super::{Check, once};
use supply::{Part, Supply};

pub const CHECK: Check = Check { rule: "incomplete-instance", check };

/// What every instance has of its own.
const COMPONENTS: [Component; 5] =
    [Component::ApiHost, Component::IframeHost, Component::CustomerId, Component::SecretKey, Component::XApiKey];

/// Keys that one and the same may be called by.
const KEYS: [Component; 3] = [Component::SecretKey, Component::XApiKey, Component::Bearer];

fn check(model: &Model) -> Vec<Finding> {
    let judged = model.profiles.iter().filter(|described| !lies_under_production(model, described));
    let found =
        judged.flat_map(|described| profile(model, described).into_iter().map(move |finding| (described, finding)));
    once(found.collect())
}

fn profile(model: &Model, described: &Described) -> Vec<Finding> {
    let countries: BTreeSet<Country> = described.country_instances().map(|(_, country)| country).collect();
    if countries.len() < 2 || described.slots.iter().any(|slot| contradicts_itself(described, slot)) {
        return Vec::new();
    }
    let supply = Supply::of(model, described);
    let instances = described.country_instances();
    instances.filter_map(|(instance, country)| finding(model, described, &supply, instance, country)).collect()
}

/// Where a slot of one country has a host of the other, what belongs to whom is `country-mismatch`'s to say.
fn contradicts_itself(described: &Described, slot: &Slot) -> bool {
    let countries = slot.entries.iter().filter_map(|at| described.entry(*at).instance.as_ref()?.country);
    slot.country.is_some_and(|own| countries.into_iter().any(|country| country != own))
}

/// The settings of an instance.
fn statements<'m>(model: &'m Model, described: &'m Described, instance: &Instance) -> Vec<&'m Statement> {
    let slots = instance.slots.iter().map(|at| &described.slots[*at]);
    slots.flat_map(|slot| &slot.entries).map(|at| model.statement(described.entry(*at))).collect()
}

/// Whether two instances are set up side by side: by settings named for a country, or in one file.
fn are_siblings(model: &Model, described: &Described, one: &Instance, other: &Instance) -> bool {
    if !described.are_paired(one, other) {
        return false;
    }
    let (own, others) = (statements(model, described, one), statements(model, described, other));
    // Keys of one country beside a host of the other whose settings name no country go with that host.
    let is_named = |said: &[&Statement]| {
        said.iter().flat_map(|said| &said.tags).any(|tag| !matches!(tag.by, TagBy::File | TagBy::Policy))
    };
    if one.label.is_none() || other.label.is_none() {
        return is_named(&own) && is_named(&others);
    }
    let is_tagged = |said: &[&Statement]| said.iter().any(|said| !said.tags.is_empty());
    // Workloads of one file that each use one of the two are set up apart.
    let block = |said: &Statement| (said.file, if said.said == Said::Variable { said.scope } else { ScopeId::FILE });
    let blocks = |said: &[&Statement]| said.iter().map(|said| block(said)).collect::<BTreeSet<_>>();
    is_tagged(&own) || is_tagged(&others) || !blocks(&own).is_disjoint(&blocks(&others))
}

/// Whether a part of a sibling stands where the instance is used, too. A service that has only one of them needs no
/// part of the other; a file with a host of the one and keys of the other is `country-mismatch`'s.
fn is_beside(model: &Model, described: &Described, part: Part<'_>, instance: &Instance, sibling: &Instance) -> bool {
    let said = model.statement(part.entry);
    let items: BTreeSet<Option<&str>> =
        statements(model, described, instance).iter().map(|said| said.unit.item.as_deref()).collect();
    let item = said.unit.item.as_deref();
    let in_unit = item.is_none() || items.contains(&item) || items.iter().all(Option::is_none);
    let hosts = |instance: &Instance| -> BTreeSet<FileId> {
        let entries = instance.slots.iter().flat_map(|at| &described.slots[*at].entries).map(|at| described.entry(*at));
        entries.filter(|entry| entry.instance.is_some()).map(|entry| model.statement(entry).file).collect()
    };
    let (own, others) = (hosts(instance), hosts(sibling));
    let is_with_the_other = own.contains(&said.file) && !others.is_empty() && !others.contains(&said.file);
    in_unit && !is_with_the_other
}

/// A part that a sibling has.
struct Missing<'m> {
    component: Component,
    part: Part<'m>,
    sibling: &'m Instance,
}

fn finding(
    model: &Model,
    described: &Described,
    supply: &Supply<'_>,
    instance: &Instance,
    country: Country,
) -> Option<Finding> {
    let missing = missing(model, described, supply, instance, country);
    let first = missing.first()?;
    let name = instance.name();
    let nouns: Vec<&str> = missing.iter().map(|missing| missing.component.noun()).collect();
    let lacks = format!("{name} has no {}", listed(&nouns, "or"));
    let unset = missing.iter().find_map(|missing| supply.unset(instance, country, missing.component));
    let finding = match unset {
        Some(entry) => {
            let what = if entry.state == State::Empty { "is empty" } else { "is still to be filled in" };
            let rest = format!("{what}, so {lacks}");
            Finding::at(model.statement(entry).name().span, rest).because_all(instance.evidence.clone())
        }
        None => Finding::at(instance.evidence.first()?.place.span(), lacks.clone())
            .because_all(instance.evidence.iter().skip(1).cloned()),
    };
    let proof = missing.iter().map(|missing| {
        let text = format!("is the {} of {}", missing.component.noun(), missing.sibling.name());
        Label::at(shown(model.statement(missing.part.entry)), text)
    });
    let steps = Steps::to(model, described, first.part.entry)
        .evidence(&first.sibling.evidence)
        .evidence(&instance.evidence)
        .evidence(&proof.clone().collect::<Vec<_>>())
        .then(finding.primary.place, format!("nothing in this profile supplies it: {lacks}"))
        .end();
    let own = if nouns.len() == 1 { "its own" } else { "its own:" };
    let certain = missing.iter().all(|missing| missing.part.of_country);
    Some(
        finding
            .steps(steps)
            .because_all(proof)
            .because_all(first.sibling.evidence.clone())
            .because_all(described.profile.because.first().cloned())
            .help(format!("give {name} {own} {}, as {} has", listed(&nouns, "and"), first.sibling.name()))
            .about(format!("{} · {}", described.profile.name(), instance.label.as_deref().unwrap_or(country.code())))
            .evidence(nouns.iter().map(|noun| format!("{name} {noun}")))
            .confidence(if certain { Confidence::Certain } else { Confidence::Likely })
            // An editor asks again for the next, once the first is there.
            .remedy(setting_like(model.statement(first.part.entry), country, &statements(model, described, instance))),
    )
}

/// What siblings have and the instance has not.
fn missing<'m>(
    model: &Model,
    described: &'m Described,
    supply: &Supply<'m>,
    instance: &Instance,
    country: Country,
) -> Vec<Missing<'m>> {
    let mut found: Vec<Missing<'m>> = Vec::new();
    let others = described.country_instances().filter(|(_, other)| *other != country);
    for (sibling, other) in others.filter(|(sibling, _)| are_siblings(model, described, instance, sibling)) {
        let lacks = |component: &Component| {
            supply.demanded(sibling, *component).is_some() && !supply.has(instance, country, *component)
        };
        // One has a secret key, the other an x-api-key: the same thing under two names, as far as anybody can tell.
        let other_key = |component: Component| {
            let of_own = |key: &Component| {
                *key != component && supply.has(instance, country, *key) && !supply.has(sibling, other, *key)
            };
            KEYS.contains(&component) && KEYS.iter().any(of_own)
        };
        for component in COMPONENTS.into_iter().chain([Component::Host]).filter(lacks) {
            let known = found.iter().any(|missing| missing.component == component);
            let Some(part) = supply.demanded(sibling, component).filter(|_| !known && !other_key(component)) else {
                continue;
            };
            if !supply.may_be_elsewhere(component) && is_beside(model, described, part, instance, sibling) {
                found.push(Missing { component, part, sibling });
            }
        }
    }
    found
}

/// The name of a setting; its value, where it stands in a list.
fn shown(said: &Statement) -> Span {
    if said.name().index { said.value_span() } else { said.name().span }
}

/// `secret key, x-api-key or customerId`.
fn listed(nouns: &[&str], last: &str) -> String {
    match nouns {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
