//! Slots: the settings that together describe one instance in one profile.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::fact::{Name, Said, ScopeId};
use crate::source::FileId;
use crate::vocabulary::hosts::{HostKind, Role};
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{Country, countries, environments, words};

use super::entries::Entry;
use super::profiles::Profile;
use super::statements::Statement;

/// The settings that together describe one instance.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What its settings have in common once component and country are taken out: `flinks`, `flinks pay`.
    pub stem: String,
    /// The country that names, keys, siblings or files say.
    pub country: Option<Country>,
    /// Set for an item of a list: which one, for slots that are said inside it to be held together.
    pub item: Option<String>,
    /// In its profile, in reading order.
    pub entries: Vec<usize>,
}

impl Slot {
    /// The other products have hosts, keys and webhooks of their own, Pay in Canada only.
    pub fn is_of_connect(&self) -> bool {
        !self.stem.split(' ').any(|word| matches!(word, "pay" | "payments" | "eft" | "geft" | "outbound" | "upload"))
    }

    /// For people and for subjects: `flinks`, `flinks us`.
    pub fn name(&self) -> String {
        let country = self.country.map(|country| country.code().to_lowercase());
        let parts = [Some(self.stem.clone()).filter(|stem| !stem.is_empty()), country];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() { "flinks".to_owned() } else { name }
    }
}

/// What makes settings of different files the same slot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    stem: Vec<String>,
    /// An item of a list belongs to its own file only.
    item: Option<(FileId, String)>,
    country: Option<Country>,
}

/// Groups the settings of a profile.
pub fn build(profile: &Profile, statements: &[Statement]) -> Vec<Slot> {
    let bound = bound_containers(profile, statements);
    let mut groups: BTreeMap<Key, BTreeMap<(FileId, u32), Vec<usize>>> = BTreeMap::new();
    for (at, entry) in profile.entries.iter().enumerate() {
        let said = &statements[entry.statement];
        if !is_member(said, entry, &bound) {
            continue;
        }
        groups.entry(key(said)).or_default().entry((said.file, said.scope.0)).or_default().push(at);
    }
    let mut slots: Vec<Slot> =
        groups.into_iter().flat_map(|(key, parts)| join(&key, parts, profile, statements)).collect();
    slots.sort_by_key(|slot| slot.entries.first().copied());
    slots
}

/// Maps that hold a Flinks host: generic names beside it (`customerId`, `secretKey`) are bound to it.
fn bound_containers(profile: &Profile, statements: &[Statement]) -> HashSet<(FileId, u32, Vec<Box<str>>)> {
    let hosts = profile.entries.iter().filter(|entry| entry.hosts.iter().any(is_instance_host));
    hosts.map(|entry| container(&statements[entry.statement])).filter(|(_, _, path)| !path.is_empty()).collect()
}

fn is_instance_host(host: &super::entries::HostUse) -> bool {
    matches!(host.host.kind, HostKind::Instance { .. })
}

fn container(said: &Statement) -> (FileId, u32, Vec<Box<str>>) {
    let path = container_names(said).iter().map(|name| name.text.clone()).collect();
    (said.file, said.scope.0, path)
}

/// The names that lead to the map, object or call that a setting is said in. What only sorts its parts is inside of
/// it: `{ headers: { "x-api-key": … } }`, `{ us: { … } }`.
pub(super) fn container_names(said: &Statement) -> &[Name] {
    const PARTS: &[&str] = &[
        "headers",
        "header",
        "host",
        "hosts",
        "url",
        "urls",
        "keys",
        "key",
        "credentials",
        "secrets",
        "endpoints",
        "api",
        "iframe",
        "auth",
        "options",
        "params",
        "instances",
        "instance",
        "webhooks",
        "webhook",
        "common",
        "defaults",
        "body",
        "united",
        "states",
    ];
    let mut end = said.path.len() - 1;
    if said.said == Said::Program {
        // An item of a list is a thing of its own; an argument is one of its call's.
        let item = said.path.last().is_some_and(|own| own.index);
        if item && !(end > 0 && said.path[end - 1].is_call()) {
            return &said.path;
        }
        let sorts = |name: &Name| {
            let words = words::plain(&name.text);
            !name.index
                && words.iter().all(|word| {
                    PARTS.contains(&word.as_str())
                        || countries::of_word(word).is_some()
                        || environments::of_word(word).is_some()
                })
        };
        let exported = |name: &Name| matches!(&*name.text, "exports" | "default");
        while end > 0 && (end > 1 && sorts(&said.path[end - 1]) || end == 1 && exported(&said.path[0])) {
            end -= 1;
        }
    }
    &said.path[..end]
}

fn is_member(said: &Statement, entry: &Entry, bound: &HashSet<(FileId, u32, Vec<Box<str>>)>) -> bool {
    if !super::entries::reaches(said) {
        return false;
    }
    if entry.hosts.iter().any(is_instance_host) || entry.instance.is_some() {
        return !matches!(said.component(), Some(Component::Redirect));
    }
    if entry.owner.is_some() {
        return true;
    }
    let Some(component) = said.component() else { return false };
    let part = component.is_host() || component.is_credential() || component.is_webhook();
    part && (said.flinks || bound.contains(&container(said)))
}

fn key(said: &Statement) -> Key {
    if said.said == Said::Program {
        return key_in_program(said);
    }
    let words = &said.reading.stem;
    let from = words.iter().position(|word| word == "flinks").unwrap_or(0);
    // A host under a name of its own (`BANKING_ORIGIN`) is told by the whole name.
    let mut stem: Vec<String> = words[from..].iter().filter(|word| *word != "flinks").cloned().collect();
    stem.sort();
    stem.dedup();
    let item = said.path.iter().rposition(|name| name.index).map(|at| {
        let path: Vec<&str> = said.path[..=at].iter().map(|name| &*name.text).collect();
        (said.file, path.join("/"))
    });
    let country = said.tags.first().map(|tag| tag.country);
    Key { stem, item, country }
}

/// A program says the settings of one instance in one place: a map, an object, a class, a call.
fn key_in_program(said: &Statement) -> Key {
    let container = container_names(said);
    let inner = said.path[container.len()..].iter().filter(|name| !name.index).map(|name| &*name.text);
    let mut stem = names::read(&inner.collect::<Vec<_>>()).stem;
    stem.retain(|word| !matches!(word.as_str(), "flinks" | "common"));
    stem.sort();
    stem.dedup();
    let path: Vec<&str> = container.iter().map(|name| &*name.text).collect();
    Key { stem, item: Some((said.file, path.join("/"))), country: said.country() }
}

/// Parts from several files and blocks are one slot unless they contradict each other in one component.
fn join(
    key: &Key,
    parts: BTreeMap<(FileId, u32), Vec<usize>>,
    profile: &Profile,
    statements: &[Statement],
) -> Vec<Slot> {
    let stem = key.stem.join(" ");
    let slot = |mut entries: Vec<usize>| {
        entries.sort_unstable();
        let item = key.item.as_ref().map(|(file, path)| format!("{}:{path}", file.0));
        Slot { stem: stem.clone(), country: key.country, item, entries }
    };
    let mut values: BTreeMap<Component, BTreeSet<String>> = BTreeMap::new();
    for at in parts.values().flatten() {
        let entry = &profile.entries[*at];
        // A host is one whatever its setting is called: `curl https://…`.
        let component = match entry.instance.as_ref().and_then(|instance| instance.role) {
            Some(Role::Api) => Some(Component::ApiHost),
            Some(Role::Iframe) => Some(Component::IframeHost),
            None => statements[entry.statement].component(),
        };
        let (Some(component), Some(value)) = (component, comparable(entry)) else { continue };
        values.entry(component).or_default().insert(value);
    }
    let conflict = values.values().any(|values| values.len() > 1) || are_workloads_apart(&parts, profile, statements);
    if conflict && parts.len() > 1 {
        return parts.into_values().map(slot).collect();
    }
    vec![slot(parts.into_values().flatten().collect())]
}

/// Whether parts are said in workloads of their own that reach different instances: an API service on the one, a front end
/// on the other.
fn are_workloads_apart(
    parts: &BTreeMap<(FileId, u32), Vec<usize>>,
    profile: &Profile,
    statements: &[Statement],
) -> bool {
    let mut labels: BTreeMap<(FileId, u32), BTreeSet<&str>> = BTreeMap::new();
    for (workload, entry) in
        parts.iter().flat_map(|(key, part)| part.iter().map(move |at| (*key, &profile.entries[*at])))
    {
        let is_variable = statements[entry.statement].said == Said::Variable && workload.1 != ScopeId::FILE.0;
        if let Some(instance) = entry.instance.as_ref().filter(|_| is_variable) {
            labels.entry(workload).or_default().insert(&instance.label);
        }
    }
    let mut all = labels.values();
    let first = all.next();
    first.is_some_and(|first| all.any(|other| other.is_disjoint(first)))
}

/// What two settings of one component must share to describe the same instance.
fn comparable(entry: &Entry) -> Option<String> {
    if let Some(instance) = &entry.instance {
        return Some(instance.label.clone());
    }
    Some(entry.secret()?.fingerprint())
}
