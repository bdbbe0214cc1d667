//! The instances that a profile uses, and the webhooks that are set up for each.

use std::collections::BTreeMap;

use crate::finding::Label;
use crate::policy::Policy;
use crate::vocabulary::Country;
use crate::vocabulary::names::Component;

use super::entries::{Entry, country_labels};
use super::profiles::Profile;
use super::slots::Slot;
use super::statements::Statement;

/// An instance in use in a profile: told by a host, or by settings named for a country.
#[derive(Debug, Clone)]
pub struct Instance {
    /// `northwind-ca`; `None` where only its country is known.
    pub label: Option<String>,
    /// `None` for a legacy instance that nobody declared, and for sandboxes.
    pub country: Option<Country>,
    pub sandbox: bool,
    /// The slots that describe it, by their place in the profile.
    pub slots: Vec<usize>,
    /// What shows it.
    pub evidence: Vec<Label>,
}

impl Instance {
    /// For people: `` `northwind-ca` `` or `the Canadian instance`.
    pub fn name(&self) -> String {
        match (&self.label, self.country) {
            (Some(label), _) => format!("`{label}`"),
            (None, Some(country)) => format!("the {} instance", country.adjective()),
            (None, None) => "an instance".to_owned(),
        }
    }
}

/// A webhook setting of a profile.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// In the profile's entries.
    pub entry: usize,
    /// The country whose events it receives; `None` where it is set for no one in particular.
    pub country: Option<Country>,
    /// The instance, where a host in its slot tells it.
    pub label: Option<String>,
    pub label_text: Label,
}

/// The instances of a profile, by country and label.
pub fn instances(profile: &Profile, slots: &[Slot], statements: &[Statement]) -> Vec<Instance> {
    let mut found: BTreeMap<(Option<Country>, Option<String>), Instance> = BTreeMap::new();
    for (at, slot) in slots.iter().enumerate() {
        for used in slot.entries.iter().filter_map(|entry| profile.entries[*entry].instance.as_ref()) {
            let entry = found.entry((used.country, Some(used.label.clone()))).or_insert_with(|| Instance {
                label: Some(used.label.clone()),
                country: used.country,
                sandbox: used.sandbox,
                slots: Vec::new(),
                evidence: country_labels(used),
            });
            if entry.slots.last() != Some(&at) {
                entry.slots.push(at);
            }
        }
    }
    for (at, slot) in slots.iter().enumerate() {
        let told_by_host = slot.entries.iter().any(|entry| profile.entries[*entry].instance.is_some());
        let Some(country) = slot.country.filter(|_| !told_by_host) else { continue };
        let of_country: Vec<(Option<Country>, Option<String>)> =
            found.keys().filter(|(known, label)| *known == Some(country) && label.is_some()).cloned().collect();
        if let [only] = of_country.as_slice() {
            found.entry(only.clone()).and_modify(|instance| instance.slots.push(at));
            continue;
        }
        // Webhooks alone make no instance: they are what is compared.
        let shows = slot.entries.iter().find(|entry| {
            let entry = &profile.entries[**entry];
            let component = statements[entry.statement].component();
            entry.state.is_present()
                && component.is_some_and(|component| {
                    component.is_host()
                        || component == Component::CustomerId
                        || matches!(component, Component::SecretKey | Component::XApiKey | Component::Bearer)
                })
        });
        let Some(shown) = shows.filter(|_| of_country.is_empty()) else { continue };
        let said = &statements[profile.entries[*shown].statement];
        let evidence = Label::at(said.name().span, format!("is of the {} instance", country.adjective()));
        let instance = found.entry((Some(country), None)).or_insert_with(|| Instance {
            label: None,
            country: Some(country),
            sandbox: false,
            slots: Vec::new(),
            evidence: vec![evidence],
        });
        instance.slots.push(at);
    }
    found.into_values().collect()
}

/// The webhooks of a profile.
pub fn webhooks(profile: &Profile, slots: &[Slot], statements: &[Statement]) -> Vec<Webhook> {
    let mut found = Vec::new();
    for slot in slots {
        for at in &slot.entries {
            let entry: &Entry = &profile.entries[*at];
            let said = &statements[entry.statement];
            if !said.component().is_some_and(Component::is_webhook) || !entry.state.is_present() {
                continue;
            }
            let of_host = slot.entries.iter().find_map(|other| profile.entries[*other].instance.as_ref());
            let own = entry.instance.as_ref();
            let instance = own.or(of_host).filter(|instance| !instance.sandbox);
            let country = said.country().or_else(|| instance.and_then(|instance| instance.country));
            let noun = said.component().map_or("webhook", Component::noun);
            let text = match country {
                Some(country) => format!("is the {} {noun}", country.adjective()),
                None => format!("is a {noun} of no country in particular"),
            };
            found.push(Webhook {
                entry: *at,
                country,
                label: instance.map(|instance| instance.label.clone()),
                label_text: Label::at(said.name().span, text),
            });
        }
    }
    found
}

/// Whether the policy lets an instance go without webhooks.
pub fn may_lack_webhooks(instance: &Instance, policy: &Policy) -> bool {
    instance.label.as_ref().is_some_and(|label| policy.without_webhooks(label).is_some())
}
