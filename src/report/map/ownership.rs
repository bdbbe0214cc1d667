//! Which instance every setting of a profile belongs to, and which credentials two instances share.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Described, Entry, HostUse, Instance, Model, Slot, State, Statement, Webhook};
use crate::vocabulary::hosts::{HostKind, Role};
use crate::vocabulary::names::Component;
use crate::vocabulary::{Country, published};

/// The settings of a profile by their owners, each by its place in the profile.
#[derive(Debug, Default)]
pub struct Owned {
    /// By instance.
    pub of_instance: BTreeMap<usize, Vec<usize>>,
    /// Webhooks for no country in particular.
    pub common_webhooks: Vec<usize>,
    /// By slot: what belongs to no known instance.
    pub unbound: BTreeMap<usize, Vec<usize>>,
}

/// Divides the settings of a profile among its instances.
pub fn divide(model: &Model, described: &Described) -> Owned {
    let mut owned = Owned::default();
    let hooks: BTreeMap<usize, &Webhook> = described.webhooks.iter().map(|hook| (hook.entry, hook)).collect();
    for (slot_at, slot) in described.slots.iter().enumerate() {
        for at in &slot.entries {
            let entry = described.entry(*at);
            let owners: Vec<usize> = match hooks.get(at) {
                Some(hook) => receivers(described, hook),
                None => {
                    let said = model.statement(entry);
                    owners(described, slot_at, slot, entry, said)
                }
            };
            for owner in &owners {
                owned.of_instance.entry(*owner).or_default().push(*at);
            }
            if owners.is_empty() {
                match hooks.get(at) {
                    Some(hook) if hook.country.is_none() => owned.common_webhooks.push(*at),
                    _ => owned.unbound.entry(slot_at).or_default().push(*at),
                }
            }
        }
    }
    owned
}

/// The instances whose events a webhook receives.
fn receivers(described: &Described, hook: &Webhook) -> Vec<usize> {
    let is_served = |instance: &Instance| match (&hook.label, &instance.label) {
        (Some(hook), Some(instance)) => hook == instance,
        _ => hook.country.is_some() && hook.country == instance.country,
    };
    let all = described.instances.iter().enumerate();
    all.filter(|(_, instance)| !instance.sandbox && is_served(instance)).map(|(at, _)| at).collect()
}

fn owners(described: &Described, slot_at: usize, slot: &Slot, entry: &Entry, said: &Statement) -> Vec<usize> {
    let with_slot: Vec<(usize, &Instance)> =
        described.instances.iter().enumerate().filter(|(_, instance)| instance.slots.contains(&slot_at)).collect();
    if let Some(used) = entry.instance.as_ref().filter(|_| said.component().is_some_and(Component::is_host)) {
        let is_own = |instance: &Instance| {
            instance.label.as_deref() == Some(used.label.as_str()) && instance.country == used.country
        };
        return with_slot.iter().filter(|(_, instance)| is_own(instance)).map(|(at, _)| *at).collect();
    }
    // A slot whose hosts contradict each other: what bears the slot's country goes with the host of that country.
    let of_country: Vec<usize> = with_slot
        .iter()
        .filter(|(_, instance)| slot.country.is_some() && instance.country == slot.country)
        .map(|(at, _)| *at)
        .collect();
    if of_country.is_empty() { with_slot.iter().map(|(at, _)| *at).collect() } else { of_country }
}

/// The part of an instance that a setting describes, a host told by its value where its name does not say which.
pub fn component(entry: &Entry, said: &Statement) -> Option<Component> {
    let component = said.component()?;
    if !component.is_host() {
        return Some(component);
    }
    let of_host = |used: &HostUse| match &used.host.kind {
        HostKind::Instance { role, .. } => Some(*role),
        _ => None,
    };
    let told = entry.instance.as_ref().and_then(|instance| instance.role);
    Some(match told.or_else(|| entry.hosts.iter().find_map(of_host)) {
        Some(Role::Api) => Component::ApiHost,
        Some(Role::Iframe) => Component::IframeHost,
        None => component,
    })
}

/// Credentials by their fingerprints, each with the instances that have it.
#[derive(Debug, Default)]
pub struct Shared {
    by_fingerprint: BTreeMap<String, BTreeSet<Identity>>,
}

/// An instance across profiles: its label, or its country where that is all that is known.
type Identity = (Option<String>, Option<Country>);

impl Shared {
    pub fn learn(&mut self, model: &Model, described: &Described, owned: &Owned) {
        for (owner, entries) in &owned.of_instance {
            for entry in entries.iter().map(|at| described.entry(*at)) {
                if let Some(fingerprint) = fingerprint(model, entry) {
                    let identity = identity(&described.instances[*owner]);
                    self.by_fingerprint.entry(fingerprint).or_default().insert(identity);
                }
            }
        }
    }

    /// The names of the other instances that have the credential of this setting.
    pub fn others(&self, model: &Model, entry: &Entry, instance: &Instance) -> Vec<String> {
        let holders = fingerprint(model, entry).and_then(|fingerprint| self.by_fingerprint.get(&fingerprint));
        let own = identity(instance);
        let others = holders.into_iter().flatten().filter(|other| differ(&own, other));
        others
            .map(|(label, country)| match (label, country) {
                (Some(label), _) => label.clone(),
                (None, Some(country)) => format!("the {} instance", country.adjective()),
                (None, None) => "another instance".to_owned(),
            })
            .collect()
    }
}

fn identity(instance: &Instance) -> Identity {
    (instance.label.clone(), instance.country)
}

/// Whether two instances are surely not the same: a country without a name may be any instance of it.
fn differ(a: &Identity, b: &Identity) -> bool {
    match (&a.0, &b.0) {
        (Some(a), Some(b)) => a != b,
        _ => a.1.is_some() && b.1.is_some() && a.1 != b.1,
    }
}

/// The fingerprint of a literal credential. What Flinks publishes is everybody's.
fn fingerprint(model: &Model, entry: &Entry) -> Option<String> {
    let is_credential = model.statement(entry).component().is_some_and(Component::is_credential);
    if !is_credential || entry.state != State::Literal {
        return None;
    }
    let text = entry.resolved.expose().trim();
    let is_published = published::find(text).iter().any(|(_, range)| range.len() == text.len());
    let secret = entry.secret().filter(|_| !is_published)?;
    Some(secret.fingerprint())
}
