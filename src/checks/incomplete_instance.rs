//! An instance that lacks a part which its sibling in the other country has.

mod supply;

use std::collections::BTreeSet;

use crate::finding::{Confidence, Finding, Label};
use crate::model::{Described, Instance, Model, Statement};
use crate::source::Span;
use crate::vocabulary::Country;
use crate::vocabulary::names::Component;

use super::Check;
use super::missing_webhook::lies_under_production;
use super::steps::Steps;
use supply::{Part, Supply};

pub const CHECK: Check = Check { rule: "incomplete-instance", check };

/// What every instance has of its own.
const COMPONENTS: [Component; 5] =
    [Component::ApiHost, Component::IframeHost, Component::CustomerId, Component::SecretKey, Component::XApiKey];

/// Keys that one and the same may be called by.
const KEYS: [Component; 3] = [Component::SecretKey, Component::XApiKey, Component::Bearer];

fn check(model: &Model) -> Vec<Finding> {
    let judged = model.profiles.iter().filter(|described| !lies_under_production(model, described));
    judged.flat_map(|described| profile(model, described)).collect()
}

fn profile(model: &Model, described: &Described) -> Vec<Finding> {
    let countries: BTreeSet<Country> = described.country_instances().map(|(_, country)| country).collect();
    if countries.len() < 2 {
        return Vec::new();
    }
    let supply = Supply::of(model, described);
    let instances = described.country_instances();
    instances.filter_map(|(instance, country)| finding(model, described, &supply, instance, country)).collect()
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
    let missing = missing(described, supply, instance, country);
    let first = missing.first()?;
    let name = instance.name();
    let nouns: Vec<&str> = missing.iter().map(|missing| missing.component.noun()).collect();
    let lacks = format!("{name} has no {}", listed(&nouns, "or"));
    let unset = missing.iter().find_map(|missing| supply.unset(instance, country, missing.component));
    let finding = match unset {
        Some(entry) => {
            let rest = format!("supplies nothing, so {lacks}");
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
            .confidence(if certain { Confidence::Certain } else { Confidence::Likely }),
    )
}

/// What siblings have and the instance has not.
fn missing<'m>(
    described: &'m Described,
    supply: &Supply<'m>,
    instance: &Instance,
    country: Country,
) -> Vec<Missing<'m>> {
    let mut found: Vec<Missing<'m>> = Vec::new();
    for (sibling, other) in described.country_instances().filter(|(_, other)| *other != country) {
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
            if !supply.may_be_elsewhere(component) {
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
