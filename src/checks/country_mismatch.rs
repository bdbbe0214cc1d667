//! Things used together that say different countries.

use std::collections::BTreeSet;

use crate::finding::{Confidence, Finding, Label};
use crate::model::entries::country_labels;
use crate::model::{Described, Entry, Model, Slot};
use crate::source::Span;
use crate::vocabulary::Country;
use crate::vocabulary::names::Component;

use super::{Check, confidence_of, instance_country, profile_labels};

pub const CHECK: Check = Check { rule: "country-mismatch", check };

fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for described in &model.profiles {
        for slot in &described.slots {
            findings.extend(within(model, described, slot));
        }
        findings.extend(across(model, described));
    }
    findings
}

/// Something in a slot that says a country, and where.
struct Claim<'m> {
    entry: &'m Entry,
    country: Country,
    span: Span,
    text: String,
    confidence: Confidence,
}

/// A contradiction inside one slot: its name, its hosts and what it refers to say different countries.
fn within(model: &Model, described: &Described, slot: &Slot) -> Option<Finding> {
    let hosts = host_claims(described, slot);
    let references = reference_claims(model, described, slot);
    let (expected, wrong) = match slot.country {
        Some(country) => {
            (country, hosts.iter().chain(&references).filter(|claim| claim.country != country).collect::<Vec<_>>())
        }
        None => {
            let first = hosts.first()?;
            (first.country, hosts.iter().chain(&references).filter(|claim| claim.country != first.country).collect())
        }
    };
    let first = *wrong.first()?;
    let confidence = first.confidence;
    let mut finding = Finding::at(first.span, first.text.clone());
    finding = finding.because_all(first.entry.instance.iter().flat_map(country_labels).skip(1));
    // What the contradiction is with: the tag of the slot, or the host that came first.
    finding = match slot.country {
        Some(_) => finding.because_all(tag_labels(model, described, slot, first)),
        None => finding.because_all(hosts.first().map(|claim| Label::at(claim.span, claim.text.clone()))),
    };
    finding = finding.because_all(wrong.iter().skip(1).map(|claim| Label::at(claim.span, claim.text.clone())));
    finding = finding.because_all(agreeing(model, described, slot, expected, &wrong));
    finding = finding
        .because_all(described.profile.environment.iter().flat_map(|_| profile_labels(model, described, first.entry)));
    let help = help(slot, first, expected);
    let evidence = wrong.iter().map(|claim| format!("{}={}", claim_subject(model, claim), claim.text));
    Some(
        finding
            .help(help)
            .about(format!("{} · {}", described.profile.name(), slot.name()))
            .evidence(evidence.collect::<Vec<_>>())
            .confidence(confidence),
    )
}

fn claim_subject(model: &Model, claim: &Claim<'_>) -> String {
    model.statement(claim.entry).key.clone()
}

fn host_claims<'m>(described: &'m Described, slot: &Slot) -> Vec<Claim<'m>> {
    let entries = slot.entries.iter().map(|at| described.entry(*at));
    entries
        .filter_map(|entry| {
            let (instance, country) = instance_country(entry)?;
            let text = instance.is_of(country);
            Some(Claim { entry, country, span: instance.span, text, confidence: confidence_of(instance.trust) })
        })
        .collect()
}

/// The countries in the words of what the slot's settings refer to, unless the value turns out to be of the slot's own.
fn reference_claims<'m>(model: &Model, described: &'m Described, slot: &Slot) -> Vec<Claim<'m>> {
    let mut claims = Vec::new();
    for entry in slot.entries.iter().map(|at| described.entry(*at)) {
        if entry.instance.is_some() {
            continue;
        }
        let countries: BTreeSet<Country> = entry.refers.iter().map(|tag| tag.country).collect();
        let component = model.statement(entry).component();
        if countries.len() != 1 || component == Some(Component::Redirect) {
            continue;
        }
        let tag = &entry.refers[0];
        let text = format!("refers to something {}", tag.country.adjective());
        let confidence = if tag.certain { Confidence::Certain } else { Confidence::Likely };
        claims.push(Claim { entry, country: tag.country, span: tag.span, text, confidence });
    }
    claims
}

/// What says the slot's country: the tag of the setting that contradicts it.
fn tag_labels(model: &Model, described: &Described, slot: &Slot, claim: &Claim<'_>) -> Vec<Label> {
    let own = model.statement(claim.entry).tags.first();
    let any = slot.entries.iter().find_map(|at| model.statement(described.entry(*at)).tags.first());
    own.or(any).map(|tag| Label { place: tag.place, text: tag.says.clone() }).into_iter().collect()
}

/// The other parts of the slot: what the wrong one is used together with.
fn agreeing(model: &Model, described: &Described, slot: &Slot, expected: Country, wrong: &[&Claim<'_>]) -> Vec<Label> {
    let mut labels = Vec::new();
    for entry in slot.entries.iter().map(|at| described.entry(*at)) {
        if wrong.iter().any(|claim| std::ptr::eq(claim.entry, entry)) {
            continue;
        }
        let said = model.statement(entry);
        let Some(component) = said.component() else { continue };
        if let Some((instance, country)) = instance_country(entry) {
            labels.push(Label::at(instance.span, instance.is_of(country)));
        } else if component.is_credential() || component.is_webhook() {
            let text = match said.country() {
                Some(country) if country == expected => format!("is the {} {}", country.adjective(), component.noun()),
                _ => format!("is the {} used with it", component.noun()),
            };
            labels.push(Label::at(said.name().span, text));
        }
    }
    labels.truncate(4);
    labels
}

fn help(slot: &Slot, claim: &Claim<'_>, expected: Country) -> String {
    match (&claim.entry.instance, slot.country) {
        (Some(instance), Some(_)) => {
            match instance.label.strip_suffix(&format!("-{}", claim.country.code().to_lowercase())) {
                Some(company) => format!(
                    "use `{company}-{}` here, or move the setting to where {} is configured",
                    expected.code().to_lowercase(),
                    claim.country.name()
                ),
                None => format!("use the {} instance here", expected.adjective()),
            }
        }
        (Some(_), None) => "use the API host and the iframe host of one instance together".to_owned(),
        (None, _) => format!("refer to the {} value here", expected.adjective()),
    }
}

/// An untagged host in a profile whose only keys are tagged for the other country.
fn across(model: &Model, described: &Described) -> Vec<Finding> {
    let mut findings = Vec::new();
    for slot in described.slots.iter().filter(|slot| slot.country.is_none()) {
        let hosts = host_claims(described, slot);
        let Some(first) = hosts.first() else { continue };
        if hosts.iter().any(|claim| claim.country != first.country) {
            continue;
        }
        let same = |other: &&Slot| other.stem == slot.stem && other.item == slot.item;
        let family: Vec<&Slot> = described.slots.iter().filter(same).collect();
        let untagged_with_hosts =
            family.iter().filter(|other| other.country.is_none() && !host_claims(described, other).is_empty());
        if untagged_with_hosts.count() > 1 {
            continue;
        }
        let other = first.country.other();
        let tagged: Vec<&Slot> = family.iter().copied().filter(|slot| slot.country.is_some()).collect();
        let has_own_host =
            tagged.iter().any(|slot| slot.country == Some(other) && !host_claims(described, slot).is_empty());
        let tags: BTreeSet<Option<Country>> = tagged.iter().map(|slot| slot.country).collect();
        if has_own_host || tags != BTreeSet::from([Some(other)]) {
            continue;
        }
        let keys = |slot: &Slot, only: fn(Component) -> bool| {
            let entries = slot.entries.iter().map(|at| described.entry(*at));
            let of = |entry: &&Entry| {
                entry.state != crate::model::State::Empty && model.statement(entry).component().is_some_and(only)
            };
            entries.filter(of).collect::<Vec<_>>()
        };
        let is_key =
            |component: Component| matches!(component, Component::SecretKey | Component::XApiKey | Component::Bearer);
        let untagged_keys =
            family.iter().filter(|slot| slot.country.is_none()).any(|slot| !keys(slot, is_key).is_empty());
        let tagged_keys: Vec<&Entry> = tagged
            .iter()
            .flat_map(|slot| keys(slot, |component| component.is_credential() || component.is_webhook()))
            .collect();
        let only_webhooks =
            tagged_keys.iter().all(|entry| model.statement(entry).component().is_some_and(Component::is_webhook));
        if tagged_keys.is_empty() || (untagged_keys && !only_webhooks) {
            continue;
        }
        let mut finding = Finding::at(first.span, first.text.clone());
        for entry in &tagged_keys {
            let said = model.statement(entry);
            let noun = said.component().map_or("key", Component::noun);
            finding =
                finding.because(Label::at(said.name().span, format!("the {noun} beside it is {}", other.adjective())));
        }
        finding = finding.because_all(first.entry.instance.iter().flat_map(country_labels).skip(1)).because_all(
            described.profile.environment.iter().flat_map(|_| profile_labels(model, described, first.entry)),
        );
        findings.push(
            finding
                .help(format!(
                    "use the host of the {} instance, or the {} keys",
                    other.adjective(),
                    first.country.adjective()
                ))
                .about(format!("{} · {}", described.profile.name(), slot.name()))
                .evidence([first.text.clone()])
                .confidence(first.confidence),
        );
    }
    findings
}
