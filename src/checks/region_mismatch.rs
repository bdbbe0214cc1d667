//! A cloud region of one country beside an instance, or stored loginIds, of the other.

use std::collections::BTreeSet;

use crate::fact::RecordKind;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::regions::Held;
use crate::model::{Described, Instance, Model, Store};
use crate::policy::Residency;
use crate::resolve::Trust;
use crate::vocabulary::region_uses::{self, Use};
use crate::vocabulary::{Country, Environment};

use super::steps::Steps;
use super::{Check, profile_labels};

pub const CHECK: Check = Check { rule: "region-mismatch", check };

fn check(model: &Model) -> Vec<Finding> {
    // A test keeps nobody's data.
    let judged = model.profiles.iter().filter(|described| described.profile.environment != Some(Environment::Test));
    let mut found: Vec<(&Described, Finding)> = Vec::new();
    for described in judged {
        let regions = model.regions_in_force(described);
        if !regions.is_empty() {
            found.extend(beside_instances(model, described, &regions).into_iter().map(|finding| (described, finding)));
            found.extend(beside_stores(model, described, &regions).into_iter().map(|finding| (described, finding)));
        }
    }
    once(found)
}

/// What an environment has is not said once more of the files of no environment that it has it from.
fn once(found: Vec<(&Described, Finding)>) -> Vec<Finding> {
    let of_production: Vec<(&Described, Place)> = found
        .iter()
        .filter(|(described, _)| described.profile.environment.is_some())
        .map(|(described, finding)| (*described, finding.primary.place))
        .collect();
    let is_repeated = |described: &Described, finding: &Finding| {
        described.profile.environment.is_none()
            && of_production
                .iter()
                .any(|(other, place)| other.profile.unit == described.profile.unit && *place == finding.primary.place)
    };
    found
        .into_iter()
        .filter(|(described, finding)| !is_repeated(described, finding))
        .map(|(_, finding)| finding)
        .collect()
}

/// Whose data it is that must stay in a country.
struct Subject<'m> {
    country: Country,
    /// `` `northwind-ca` ``.
    name: String,
    /// For the finding's subject.
    id: String,
    evidence: Vec<Label>,
    instance: Option<&'m Instance>,
}

fn beside_instances(model: &Model, described: &Described, regions: &[Held<'_>]) -> Vec<Finding> {
    // What no file of production says is said for it by those of no environment.
    let base = || model.base_of(described).filter(|_| described.profile.is_production());
    let own = if described.instances.is_empty() { base() } else { Some(described) };
    let Some(of) = own else { return Vec::new() };
    if !std::ptr::eq(of, described) && regions.iter().all(|held| std::ptr::eq(held.described, of)) {
        return Vec::new();
    }
    let countries: BTreeSet<Country> = of.country_instances().map(|(_, country)| country).collect();
    let mut findings = Vec::new();
    for (instance, country) in of.country_instances() {
        let subject = Subject {
            country,
            name: instance.name(),
            id: instance.label.clone().unwrap_or_else(|| country.code().to_owned()),
            evidence: instance.evidence.clone(),
            instance: Some(instance),
        };
        let wrong = wrong(model, of, regions, &subject, countries.len() == 1);
        findings.extend(finding(model, described, &subject, &wrong));
    }
    findings
}

/// Stores of one country beside a database of the other, where no instance tells the same.
fn beside_stores(model: &Model, described: &Described, regions: &[Held<'_>]) -> Vec<Finding> {
    let of_unit = |store: &&Store| store.unit == described.profile.unit.folder;
    let stores: Vec<(&Store, Country, Option<Label>)> = model
        .stores
        .iter()
        .filter(of_unit)
        .filter_map(|store| {
            let declared = store.names.iter().find_map(|name| model.policy.store(name));
            let country = declared
                .map(|declared| declared.country.value)
                .or_else(|| region_uses::country_of_store(store.title()))?;
            let promise = declared.map(|declared| {
                Label::at(declared.span, format!("declares `{}` {}", store.title(), country.adjective()))
            });
            Some((store, country, promise))
        })
        .collect();
    let countries: BTreeSet<Country> = stores.iter().map(|(_, country, _)| *country).collect();
    let mut findings = Vec::new();
    for (store, country, promise) in &stores {
        let told = described.country_instances().any(|(_, of)| of == *country);
        let keeps = |held: &&Held<'_>| match held.found.holds {
            Some(Use::Database) => true,
            Some(Use::Program) => store.kind == RecordKind::Document,
            _ => false,
        };
        let kept: Vec<Held<'_>> = regions.iter().filter(keeps).copied().collect();
        let base =
            model.base_of(described).filter(|_| kept.iter().all(|held| !std::ptr::eq(held.described, described)));
        if told || kept.is_empty() || base.is_some() {
            continue;
        }
        let name = store.title();
        let shown = Label::at(store.name.span, format!("`{name}` holds {} loginIds", country.adjective()));
        let subject = Subject {
            country: *country,
            name: format!("`{name}`"),
            id: name.to_owned(),
            evidence: std::iter::once(shown).chain(promise.clone()).collect(),
            instance: None,
        };
        let wrong = wrong(model, described, &kept, &subject, countries.len() == 1);
        findings.extend(finding(model, described, &subject, &wrong));
    }
    findings
}

/// The regions in which the data of a subject must not lie. Where others of another country are there, only those regions
/// count that are said for this country.
fn wrong<'m>(model: &Model, of: &Described, regions: &[Held<'m>], subject: &Subject<'_>, alone: bool) -> Vec<Held<'m>> {
    let concerns = |held: &&Held<'m>| {
        let said = model.statement(held.entry());
        let around = &said.path[..said.path.len() - 1];
        // `{ host: "northwind-ca-…", region: "us-east-1" }` is said of that instance.
        let beside = of.profile.entries.iter().filter(|_| !around.is_empty()).find_map(|entry| {
            let other = model.statement(entry);
            let same = other.file == said.file && other.scope == said.scope && other.path.len() > around.len();
            entry.instance.as_ref().filter(|_| same && other.path[..around.len()] == *around)
        });
        match (said.country(), beside) {
            (Some(country), _) => country == subject.country,
            (None, Some(used)) if !alone => subject.instance.is_some_and(|own| own.label.as_ref() == Some(&used.label)),
            _ => alone,
        }
    };
    let (fitting, wrong): (Vec<Held<'m>>, Vec<Held<'m>>) =
        regions.iter().filter(concerns).copied().partition(|held| fits(model, held, subject.country));
    // Two applications in one folder, each in its country: nobody says which of them it is.
    let item = |held: &Held<'_>| model.statement(held.entry()).unit.item.clone();
    let of_sibling = |held: &Held<'_>| {
        item(held).is_some() && fitting.iter().any(|other| item(other).is_some() && item(other) != item(held))
    };
    wrong.into_iter().filter(|held| !of_sibling(held)).collect()
}

/// Whether a region is one of the country's own, or one that the policy allows for it.
fn fits(model: &Model, held: &Held<'_>, country: Country) -> bool {
    let region = held.found.region;
    match model.policy.residency(country) {
        Some(residency) => region.spellings().iter().any(|name| residency.permits(name).is_some()),
        None => region.country.is_none_or(|of| of == country),
    }
}

fn finding(model: &Model, described: &Described, subject: &Subject<'_>, wrong: &[Held<'_>]) -> Option<Finding> {
    let first = *wrong.first()?;
    let residency = model.policy.residency(subject.country);
    let promise = residency.map(|residency| promise(residency, subject.country));
    let others = wrong.iter().skip(1).map(|held| held.found.label());
    let trails = wrong.iter().flat_map(|held| crate::model::Entry::trail(&held.found.via));
    let evidence = wrong.iter().map(|held| format!("{}={}", held.found.key, held.found.region.name));
    let mut finding = Finding::at(first.found.span, first.found.label().text)
        .because_all(trails)
        .because_all(wrong.iter().filter_map(|held| held.found.because.clone()))
        .because_all(others)
        .because_all(subject.evidence.iter().cloned())
        .because_all(promise.clone());
    finding = finding.because_all(profile_labels(model, first.described, first.entry()));
    finding = finding.because_all(described.profile.because.first().cloned());
    let is_said_together = std::ptr::eq(first.described, described) && first.found.trust == Trust::Said;
    let is_default = model.statement(first.entry()).said == crate::fact::Said::Default;
    let confidence = if is_said_together && !is_default { Confidence::Certain } else { Confidence::Likely };
    Some(
        finding
            .steps(steps(model, &first, subject, promise.as_ref()))
            .help(help(&first, subject, residency))
            .about(format!("{} · {}", described.profile.name(), subject.id))
            .evidence(evidence.collect::<Vec<_>>())
            .confidence(confidence),
    )
}

/// The line of the policy that says where the data of a country may lie.
fn promise(residency: &Residency, country: Country) -> Label {
    let span = match residency.regions.as_slice() {
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
        [] => residency.country.span,
    };
    Label::at(span, format!("is where the policy lets {} data lie", country.adjective()))
}

/// From the setting to its region, from the instance to its country, to the contradiction.
fn steps(model: &Model, held: &Held<'_>, subject: &Subject<'_>, promise: Option<&Label>) -> Vec<Label> {
    let region = held.found.region;
    let lies = match region.country {
        Some(country) => format!("`{}` is a region of {} in {}", region.name, region.provider, country.name()),
        None => format!("`{}` is a region of {} in neither country", region.name, region.provider),
    };
    let (name, adjective) = (&subject.name, subject.country.adjective());
    let conclusion = match promise {
        Some(_) => format!("the policy does not allow it for {adjective} data, which {name} brings"),
        None => format!("{name} brings {adjective} data, and its region is of the other country"),
    };
    Steps::to(model, held.described, held.entry())
        .value(held.entry(), &held.found.via, held.found.trust)
        .then(Place::At(held.found.span), lies)
        .evidence(&subject.evidence)
        .evidence(promise)
        .then(Place::At(held.found.span), conclusion)
        .end()
}

fn help(held: &Held<'_>, subject: &Subject<'_>, residency: Option<&Residency>) -> String {
    let region = held.found.region;
    let (adjective, name) = (subject.country.adjective(), subject.country.name());
    if let Some(residency) = residency.filter(|residency| !residency.regions.is_empty()) {
        let allowed: Vec<String> =
            residency.regions.iter().take(4).map(|region| format!("`{}`", region.value)).collect();
        return format!("use a region that the policy allows for {name}: {}", allowed.join(", "));
    }
    match region.of_same_provider(subject.country) {
        Some(other) => {
            format!("use a {adjective} region such as `{other}`, or allow `{}` for {name} in the policy", region.name)
        }
        None => format!(
            "use a provider with a {adjective} region, which {} lacks, or allow `{}` for {name} in the policy",
            region.provider, region.name
        ),
    }
}
