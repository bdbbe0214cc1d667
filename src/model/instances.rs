//! The instances that a profile uses, and the webhooks that are set up for each.

use std::collections::BTreeMap;

use crate::fact::{Said, ScopeId};
use crate::finding::Label;
use crate::policy::Policy;
use crate::resolve::Trust;
use crate::source::FileId;
use crate::vocabulary::hosts::HostKind;
use crate::vocabulary::names::Component;
use crate::vocabulary::{Country, words};

use super::entries::{Entry, HostUse, InstanceUse, State, country_labels};
use super::profiles::Profile;
use super::slots::Slot;
use super::statements::{Statement, TagBy};

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
    /// Its name without its country: `northwind`.
    pub fn company(&self) -> Option<&str> {
        let label = self.label.as_deref()?;
        Some(label.strip_suffix("-ca").or_else(|| label.strip_suffix("-us")).unwrap_or(label))
    }

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
    let sandbox = only_sandbox(profile, slots, statements);
    for (at, slot) in slots.iter().enumerate() {
        let told_by_host = slot.entries.iter().any(|entry| profile.entries[*entry].instance.is_some());
        let Some(country) = slot.country.filter(|_| !told_by_host && !is_of_another(slot, profile, statements)) else {
            continue;
        };
        let of_country: Vec<(Option<Country>, Option<String>)> =
            found.keys().filter(|(known, label)| *known == Some(country) && label.is_some()).cloned().collect();
        let shared = sandbox.as_ref().filter(|_| !has_host(slot, profile, statements));
        if let Some(sandbox) = shared.and_then(|label| found.get_mut(&(None, Some(label.clone())))) {
            sandbox.slots.push(at);
            continue;
        }
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
        let evidence = Label::at(said.name().span, format!("belongs to the {} instance", country.adjective()));
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

/// The sandbox, where a profile reaches nothing else: in development the keys of both countries are for it.
fn only_sandbox(profile: &Profile, slots: &[Slot], statements: &[Statement]) -> Option<String> {
    if profile.is_production() {
        return None;
    }
    let entries = || slots.iter().flat_map(|slot| slot.entries.iter().map(move |at| (slot, &profile.entries[*at])));
    let is_instance = |host: &HostUse| matches!(host.host.kind, HostKind::Instance { .. });
    let unknown = |entry: &Entry| entry.instance.is_none() && entry.hosts.iter().any(is_instance);
    // Where nothing tells the environment, a program may reach it under a condition, and a slot called after it is
    // beside those of countries.
    let told = |slot: &Slot, entry: &Entry| {
        let is_setting = statements[entry.statement].said != Said::Program;
        profile.environment.is_some() || is_setting && !slot.stem.contains("sandbox") && !slot.stem.contains("toolbox")
    };
    let used = || entries().filter_map(|(slot, entry)| Some((slot, entry, entry.instance.as_ref()?)));
    let is_used = |used: &InstanceUse| used.sandbox && used.country.is_none() && used.trust != Trust::Fallback;
    let (.., sandbox) = used().find(|(slot, entry, used)| is_used(used) && told(slot, entry))?;
    let other = entries().any(|(_, entry)| unknown(entry)) || used().any(|(.., used)| !used.sandbox);
    (!other).then(|| sandbox.label.clone())
}

/// Whether a slot has a host of its own, whatever that is.
fn has_host(slot: &Slot, profile: &Profile, statements: &[Statement]) -> bool {
    slot.entries.iter().any(|at| statements[profile.entries[*at].statement].component().is_some_and(Component::is_host))
}

/// Whether a slot is another vendor's: its host is one that Flinks does not have, and none of its names says Flinks.
/// Many have Flinks in one country and another aggregator in the other.
fn is_of_another(slot: &Slot, profile: &Profile, statements: &[Statement]) -> bool {
    let entries = || slot.entries.iter().map(|at| &profile.entries[*at]);
    let said = |entry: &Entry| &statements[entry.statement];
    let foreign = entries().any(|entry| {
        let text = entry.resolved.expose();
        said(entry).component().is_some_and(Component::is_host)
            && entry.state == State::Literal
            && entry.hosts.is_empty()
            && text.contains("://")
            && !text.contains("localhost")
    });
    foreign && !entries().any(|entry| said(entry).reading.flinks)
}

/// The webhooks of a profile.
pub fn webhooks(profile: &Profile, slots: &[Slot], statements: &[Statement], instances: &[Instance]) -> Vec<Webhook> {
    let mut found = Vec::new();
    let named = Named::new(profile, statements, instances);
    // Where the tree tells the environment, a program that reads a name does not show that it is set.
    let environment_is_told = profile.entries.iter().any(|entry| {
        let said = &statements[entry.statement];
        said.said == Said::Variable && said.flinks && entry.state.is_present()
    });
    for slot in slots.iter().filter(|slot| slot.is_of_connect()) {
        for at in &slot.entries {
            let entry: &Entry = &profile.entries[*at];
            let said = &statements[entry.statement];
            let only_read = environment_is_told && said.said == Said::Program && entry.state == State::Supplied;
            if !said.component().is_some_and(Component::is_webhook) || !entry.state.is_present() || only_read {
                continue;
            }
            let of_host = slot.entries.iter().find_map(|other| profile.entries[*other].instance.as_ref());
            let own = entry.instance.as_ref();
            let instance = own.or(of_host).filter(|instance| !instance.sandbox);
            let named = named.of(said);
            let label =
                named.and_then(|named| named.label.clone()).or_else(|| instance.map(|instance| instance.label.clone()));
            let of_instance = || named.map_or_else(|| instance?.country, |named| named.country);
            // A program's argument has no name of its own: `verify(body, process.env.FLINKS_CA_WEBHOOK_SECRET)`.
            let of_reference = || entry.refers.first().filter(|_| said.name().index).map(|tag| tag.country);
            let country = said.country().or_else(of_reference).or_else(of_instance);
            let noun = said.component().map_or("webhook", Component::noun);
            let text = match country {
                Some(country) => format!("is the {} {noun}", country.adjective()),
                None => format!("is a {noun} of no country in particular"),
            };
            // A route is told by its path, not by the word `path` before it.
            let by_value = said.tags.iter().any(|tag| tag.by == TagBy::Value);
            let span = if by_value || said.name().index { said.value_span() } else { said.name().span };
            found.push(Webhook { entry: *at, country, label, label_text: Label::at(span, text) });
        }
    }
    found
}

/// The instances of a profile by name, and where settings beside each other name one: `name: northwind-ca`.
struct Named<'i> {
    labels: BTreeMap<String, &'i Instance>,
    beside: BTreeMap<Container<'i>, Option<&'i Instance>>,
}

/// A map: its file, its block, and the keys that lead to it.
type Container<'i> = (FileId, ScopeId, Vec<&'i str>);

impl<'i> Named<'i> {
    fn new(profile: &Profile, statements: &'i [Statement], instances: &'i [Instance]) -> Self {
        let label = |instance: &'i Instance| Some((words::normal(instance.label.as_ref()?), instance));
        let labels: BTreeMap<String, &Instance> = instances.iter().filter_map(label).collect();
        let mut named = Named { labels, beside: BTreeMap::new() };
        for entry in &profile.entries {
            let said = &statements[entry.statement];
            let label = entry.instance.as_ref().map_or(said.value.word(), |instance| &instance.label);
            // `default: northwind-ca` is a choice among the others; an item of a list is of the one that it names.
            let at_item = said.path.len() > 1 && said.path[said.path.len() - 2].index;
            let is_name = matches!(&*words::normal(&said.name().text), "name" | "instance" | "id" | "key" | "label");
            if entry.instance.is_none() && !at_item && !is_name {
                continue;
            }
            let Some(instance) = named.labels.get(&words::normal(label)).copied() else { continue };
            let one = named.beside.entry(container(said, said.path.len() - 1)).or_insert(Some(instance));
            *one = one.filter(|known| known.label == instance.label);
        }
        named
    }

    /// The instance that a setting names: by itself, by its keys, or by what stands beside it or beside a map or
    /// list that it is in.
    fn of(&self, said: &'i Statement) -> Option<&'i Instance> {
        let label = |text: &str| self.labels.get(&words::normal(text)).copied();
        let keys = said.path.iter().rev().filter(|name| !name.index);
        let depths = (1..said.path.len()).rev();
        let beside = |depth: usize| self.beside.get(&container(said, depth)).copied().flatten();
        label(said.value.word())
            .or_else(|| keys.into_iter().find_map(|name| label(&name.text)))
            .or_else(|| depths.into_iter().find_map(beside))
    }
}

fn container(said: &Statement, depth: usize) -> Container<'_> {
    (said.file, said.scope, said.path[..depth].iter().map(|name| &*name.text).collect())
}

/// Whether the policy lets an instance go without webhooks.
pub fn may_lack_webhooks(instance: &Instance, policy: &Policy) -> bool {
    instance.label.as_ref().is_some_and(|label| policy.without_webhooks(label).is_some())
}
