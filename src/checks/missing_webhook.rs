//! A webhook that is set up for one instance and not for its sibling.

use std::collections::BTreeSet;

use crate::fact::ReferenceKind;
use crate::finding::{Confidence, Finding, Label, Place, Remedy};
use crate::model::instances::may_lack_webhooks;
use crate::model::{Described, Entry, Instance, Model, State, Statement, TagBy, Webhook};
use crate::source::Span;
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{Country, credentials, routes};

use super::Check;
use super::remedies::setting_like;
use super::steps::Steps;

pub const CHECK: Check = Check { rule: "missing-webhook", check };

fn check(model: &Model) -> Vec<Finding> {
    let judged = model.profiles.iter().filter(|described| !lies_under_production(model, described));
    judged.flat_map(|described| profile(model, described)).collect()
}

/// Whether settings of no environment are but the base of a production profile, which is judged with them.
pub(super) fn lies_under_production(model: &Model, base: &Described) -> bool {
    let is_base = |described: &Described| {
        let layers = described.profile.entries.iter().filter(|entry| entry.layer.is_some());
        let below: BTreeSet<usize> = layers.map(|entry| entry.statement).collect();
        let sets_here = |entry: &&Entry| model.statement(entry).component().is_some();
        base.profile.entries.iter().filter(sets_here).any(|entry| below.contains(&entry.statement))
    };
    base.profile.environment.is_none()
        && model.profiles.iter().any(|described| described.profile.is_production() && is_base(described))
}

fn profile(model: &Model, described: &Described) -> Vec<Finding> {
    let countries: BTreeSet<Country> = described.country_instances().map(|(_, country)| country).collect();
    // A webhook of no country in particular may serve everyone: nothing is proven missing.
    if countries.len() < 2
        || described.webhooks.is_empty()
        || described.webhooks.iter().any(|hook| hook.country.is_none())
    {
        return Vec::new();
    }
    let lacking = described.country_instances().filter(|(instance, country)| {
        !described.webhooks.iter().any(|hook| serves(hook, instance, *country))
            && !may_lack_webhooks(instance, &model.policy)
    });
    lacking.filter_map(|(instance, country)| finding(model, described, instance, country)).collect()
}

fn serves(hook: &Webhook, instance: &Instance, country: Country) -> bool {
    let other_label = match (&hook.label, &instance.label) {
        (Some(hook), Some(instance)) => hook != instance,
        _ => false,
    };
    hook.country == Some(country) && !other_label
}

fn finding(model: &Model, described: &Described, instance: &Instance, country: Country) -> Option<Finding> {
    // Of several places, the one that takes the webhook in: handlers name the country, too.
    let is_route = |hook: &&Webhook| described.entry(hook.entry).resolved.expose().starts_with('/');
    let others = || described.webhooks.iter().filter(|hook| hook.country != Some(country));
    let hook = others().find(is_route).or_else(|| others().next()).or(described.webhooks.first())?;
    let siblings = || described.country_instances().filter(|(_, other)| *other != country).map(|(sibling, _)| sibling);
    let sibling = siblings().find(|other| described.are_paired(instance, other)).or_else(|| siblings().next())?;
    let finding = match empty_setting(model, described, instance, country) {
        Some(span) => Finding::at(span, format!("is empty, so {} has no webhook", instance.name()))
            .because_all(instance.evidence.clone()),
        None => {
            let shown = instance.evidence.first()?;
            Finding::at(shown.place.span(), format!("{} has no webhook", instance.name()))
                .because_all(instance.evidence.iter().skip(1).cloned())
        }
    };
    let noun = model.statement(described.entry(hook.entry)).component().map_or("webhook", Component::noun);
    let steps = steps(model, described, hook, instance, sibling, finding.primary.place);
    let of_sibling = Label { text: format!("is the {noun} of {}", sibling.name()), ..hook.label_text.clone() };
    let example = example(model.statement(described.entry(hook.entry)), described.entry(hook.entry));
    Some(
        finding
            .steps(steps)
            .because(of_sibling)
            .because_all(sibling.evidence.clone())
            .because_all(described.profile.because.first().cloned())
            .help(format!(
                "set up a webhook for {} as `{example}` does for {}, or declare in the policy that it has none",
                instance.name(),
                sibling.name()
            ))
            .about(format!("{} · {}", described.profile.name(), instance.label.as_deref().unwrap_or(country.code())))
            .evidence([instance.name()])
            .confidence(Confidence::Certain)
            .remedy(remedy(model, described, hook, instance, country)),
    )
}

/// The webhook's setting once more for the instance that lacks it, beside what it has.
fn remedy(
    model: &Model,
    described: &Described,
    hook: &Webhook,
    instance: &Instance,
    country: Country,
) -> Option<Remedy> {
    let slots = instance.slots.iter().filter_map(|at| described.slots.get(*at));
    let own = slots.flat_map(|slot| &slot.entries).map(|at| model.statement(described.entry(*at)));
    setting_like(model.statement(described.entry(hook.entry)), country, &own.collect::<Vec<_>>())
}

/// From the profile to both instances, to the webhook of one, and to what the other lacks.
fn steps(
    model: &Model,
    described: &Described,
    hook: &Webhook,
    instance: &Instance,
    sibling: &Instance,
    lacking: Place,
) -> Vec<Label> {
    let entry = described.entry(hook.entry);
    let said = model.statement(entry);
    let noun = said.component().map_or("webhook", Component::noun);
    Steps::to(model, described, entry)
        .evidence(&sibling.evidence)
        .evidence(&instance.evidence)
        .then(Place::At(said.name().span), format!("`{}` is the {noun} of {}", said.name().text, sibling.name()))
        .then(lacking, format!("nothing in this profile is a webhook of {}", instance.name()))
        .end()
}

/// What a webhook is known by: a route by its path, a setting by its name, with the one above it where that says too
/// little alone (`flinks_webhook_urls.ca`).
fn example(said: &Statement, entry: &Entry) -> String {
    let is_plain = |route: &&str| !route.contains(['?', '@', '`', ' ']) && credentials::find(route).is_empty();
    let route = routes::path(entry.resolved.expose()).filter(is_plain);
    if let Some(route) = route.filter(|_| said.tags.iter().any(|tag| tag.by == TagBy::Value)) {
        return route.to_owned();
    }
    let variable = said.value.references().find(|reference| reference.kind == ReferenceKind::Named);
    if let Some(variable) = variable.filter(|_| said.name().index) {
        return variable.name.to_string();
    }
    let names: Vec<&str> = said.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
    match names.as_slice() {
        [.., name] if names::read(&[name]).flinks => (*name).to_owned(),
        [.., above, name] => format!("{above}.{name}"),
        _ => said.name().text.to_string(),
    }
}

/// The webhook setting of an instance that is there and empty.
fn empty_setting(model: &Model, described: &Described, instance: &Instance, country: Country) -> Option<Span> {
    let slots = described
        .slots
        .iter()
        .enumerate()
        .filter(|(at, slot)| instance.slots.contains(at) || slot.country == Some(country));
    slots
        .flat_map(|(_, slot)| slot.entries.iter().map(|at| described.entry(*at)))
        .find(|entry| {
            entry.state == State::Empty && model.statement(entry).component().is_some_and(Component::is_webhook)
        })
        .map(|entry| model.statement(entry).name().span)
}
