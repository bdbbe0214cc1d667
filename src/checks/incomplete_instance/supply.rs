//! What a profile supplies to each of its instances: by settings of the instance, by settings for all, or by a store
//! that is taken over as a whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Bundle, Said, ScopeId};
use crate::model::{Described, Entry, Instance, Model, Slot, State, Statement};
use crate::vocabulary::Country;
use crate::vocabulary::hosts::{HOLE, HostKind, Role};
use crate::vocabulary::names::Component;

/// A setting that supplies a part of an instance.
#[derive(Clone, Copy)]
pub(super) struct Part<'m> {
    pub entry: &'m Entry,
    /// Whether its slot says the country itself; the settings beside an untagged host may be meant for all.
    pub of_country: bool,
}

/// Whose a setting is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// The settings of this slot are an instance's that a host in it tells, by the slot's place in the profile.
    Slot(usize),
    Country(Country),
    Everybody,
}

pub(super) struct Supply<'m> {
    supplied: BTreeMap<(Whose, Component), Part<'m>>,
    /// Settings that are there and supply nothing.
    unset: BTreeMap<(Whose, Component), &'m Entry>,
    /// Whether keys may come from a store that is taken over as a whole, and whether hosts may.
    keys_elsewhere: bool,
    hosts_elsewhere: bool,
}

impl<'m> Supply<'m> {
    pub(super) fn of(model: &'m Model, described: &'m Described) -> Self {
        let mut supply =
            Supply { supplied: BTreeMap::new(), unset: BTreeMap::new(), keys_elsewhere: false, hosts_elsewhere: false };
        let here = std::iter::once(described);
        // What holds whatever the environment is: the program itself, and its base settings.
        let unit = &described.profile.unit;
        let around = model.profiles.iter().filter(|other| {
            other.profile.environment.is_none()
                && other.profile.unit.folder == unit.folder
                && !std::ptr::eq(*other, described)
        });
        let told = described.profile.entries.iter().any(|entry| {
            let said = model.statement(entry);
            said.said == Said::Variable && said.flinks && entry.state.is_present()
        });
        for other in here.chain(around) {
            let is_here = std::ptr::eq(other, described);
            supply.take(model, other, told, is_here);
            supply.keys_elsewhere |= takes_a_store(model, other);
            let is_file = |bundle: &Bundle| matches!(bundle, Bundle::File(_) | Bundle::ConfigMap(_));
            supply.hosts_elsewhere |= other.profile.absent.iter().any(is_file);
        }
        supply.keys_elsewhere |= supply.hosts_elsewhere;
        supply
    }

    fn take(&mut self, model: &'m Model, described: &'m Described, told: bool, is_here: bool) {
        let chosen = chosen(model, described);
        for (at, slot) in described.slots.iter().enumerate().filter(|(_, slot)| slot.is_of_connect()) {
            let of_instance = described.instances.iter().any(|instance| instance.slots.contains(&at));
            for entry in slot.entries.iter().map(|at| described.entry(*at)) {
                let said = model.statement(entry);
                // What stands beside a choice of hosts goes with either.
                let beside = entry.hosts.is_empty() && said.own_tag().is_none() && said.scope == ScopeId::FILE;
                let is_for_all = beside && slot.item.as_ref().is_some_and(|item| chosen.contains(item.as_str()));
                let whose = if is_for_all {
                    Some(Whose::Everybody)
                } else {
                    whose(slot, entry, of_instance.then_some(at), is_here)
                };
                let Some(whose) = whose else { continue };
                let supplies = supplies(said, entry, told && is_here, is_here);
                for component in parts(said, entry) {
                    if supplies {
                        let part = Part { entry, of_country: slot.country.is_some() || !entry.refers.is_empty() };
                        self.supplied.entry((whose, component)).or_insert(part);
                    } else if is_here && matches!(entry.state, State::Empty | State::Placeholder) {
                        self.unset.entry((whose, component)).or_insert(entry);
                    }
                }
            }
        }
    }

    fn all_of(instance: &Instance, country: Country) -> Vec<Whose> {
        let slots = instance.slots.iter().map(|at| Whose::Slot(*at));
        slots.chain([Whose::Country(country), Whose::Everybody]).collect()
    }

    /// Whether an instance has a part: its own, or one that is for all.
    pub(super) fn has(&self, instance: &Instance, country: Country, component: Component) -> bool {
        let whose = Self::all_of(instance, country);
        let has = |component: Component| whose.iter().any(|whose| self.supplied.contains_key(&(*whose, component)));
        // The name of an instance gives both of its hosts.
        match component {
            Component::ApiHost | Component::IframeHost => has(component) || has(Component::Host),
            Component::Host => has(Component::Host) || has(Component::ApiHost) || has(Component::IframeHost),
            _ => has(component),
        }
    }

    /// The setting by which a sibling has a part, where it is its own.
    pub(super) fn demanded(&self, sibling: &Instance, component: Component) -> Option<Part<'m>> {
        sibling.slots.iter().find_map(|at| self.supplied.get(&(Whose::Slot(*at), component)).copied())
    }

    pub(super) fn unset(&self, instance: &Instance, country: Country, component: Component) -> Option<&'m Entry> {
        let whose = Self::all_of(instance, country).into_iter().filter(|whose| *whose != Whose::Everybody);
        whose.into_iter().find_map(|whose| self.unset.get(&(whose, component)).copied())
    }

    /// Whether the tree does not hold all that may supply a part.
    pub(super) fn may_be_elsewhere(&self, component: Component) -> bool {
        if component.is_host() { self.hosts_elsewhere } else { self.keys_elsewhere }
    }
}

/// The maps, objects and calls of programs that have one of several hosts under one name, each on a condition:
/// `baseUrl: country === "US" ? US_URL : CA_URL`.
fn chosen<'m>(model: &'m Model, described: &'m Described) -> BTreeSet<&'m str> {
    let mut hosts: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for slot in &described.slots {
        let Some(item) = slot.item.as_deref() else { continue };
        for entry in slot.entries.iter().map(|at| described.entry(*at)) {
            let said = model.statement(entry);
            let instance = entry.instance.as_ref().filter(|_| said.said == Said::Program);
            if let Some(instance) = instance {
                hosts.entry((item, &said.key)).or_default().insert(&instance.label);
            }
        }
    }
    hosts.into_iter().filter(|(_, labels)| labels.len() > 1).map(|((item, _), _)| item).collect()
}

/// Whether keys come from a store as a whole, without their names: `envFrom` of a Secret that is not in the tree,
/// `dataFrom` of an ExternalSecret.
fn takes_a_store(model: &Model, described: &Described) -> bool {
    let is_whole =
        |said: &Statement| said.path.iter().any(|name| &*name.text == "dataFrom") || said.key == "spring_config_import";
    !described.profile.absent.is_empty()
        || described.profile.entries.iter().any(|entry| is_whole(model.statement(entry)))
}

fn whose(slot: &Slot, entry: &Entry, of_instance: Option<usize>, is_here: bool) -> Option<Whose> {
    let mut referred = entry.refers.iter().map(|tag| tag.country);
    let first = referred.next();
    let referred = first.filter(|first| referred.all(|other| other == *first));
    match (slot.country, of_instance) {
        (_, Some(at)) if is_here => Some(Whose::Slot(at)),
        (Some(country), _) => Some(Whose::Country(country)),
        (None, _) if referred.is_some() => referred.map(Whose::Country),
        (None, None) => Some(Whose::Everybody),
        // Of some instance of another profile.
        (None, Some(_)) => entry.instance.as_ref().and_then(|instance| instance.country).map(Whose::Country),
    }
}

/// Whether a setting gives its part a value.
fn supplies(said: &Statement, entry: &Entry, told: bool, is_here: bool) -> bool {
    let names_host = |kind: &HostKind| matches!(kind, HostKind::Instance { label: Some(_), .. });
    if entry.hosts.iter().any(|used| names_host(&used.host.kind)) {
        return true;
    }
    // `__FLINKS_US_SECRET__` is filled in on the way to production; `changeme` is forgotten.
    let text = entry.resolved.expose().trim();
    let is_token = ["__", "{{", "<%", "#{", "@"].iter().any(|start| text.starts_with(start));
    let is_present = entry.state.is_present() || entry.state == State::Placeholder && is_token;
    // Where the tree tells the environment, a program that reads a name shows that it is expected, not that it is there.
    let is_template = !entry.hosts.is_empty();
    let only_read = (told || !is_here)
        && said.said == Said::Program
        && entry.state == State::Supplied
        && !said.in_settings_file
        && !is_template;
    is_present && !only_read
}

/// The parts of an instance that a setting says.
fn parts(said: &Statement, entry: &Entry) -> Vec<Component> {
    let mut parts: Vec<Component> = Vec::new();
    for used in &entry.hosts {
        let HostKind::Instance { label, role } = &used.host.kind else { continue };
        // The role may be in the unknown part, too: `${FLINKS_INSTANCE}.private.fin.ag`.
        let open = label.is_none() && !used.host.name.contains("-api.") && !used.host.name.contains("-iframe.");
        parts.push(match role {
            _ if open => Component::Host,
            Role::Api => Component::ApiHost,
            Role::Iframe => Component::IframeHost,
        });
    }
    if parts.is_empty() {
        parts.extend(match said.component() {
            Some(Component::Host | Component::Instance) => Some(Component::Host),
            Some(
                part @ (Component::ApiHost
                | Component::IframeHost
                | Component::CustomerId
                | Component::SecretKey
                | Component::XApiKey
                | Component::Bearer),
            ) => Some(part),
            _ => None,
        });
    }
    if said.component().is_none_or(Component::is_host) && has_customer_id(entry.resolved.expose()) {
        parts.push(Component::CustomerId);
    }
    parts
}

/// Whether an address holds the customerId: `/v3/{customerId}/BankingServices`, `customerId={customerId}`.
fn has_customer_id(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let in_path = lower.split_once("/v3/").is_some_and(|(_, rest)| {
        let segment = rest.split(['/', '?']).next().unwrap_or_default();
        segment.contains(HOLE) || segment.len() == 36
    });
    in_path || lower.contains("customerid=")
}
