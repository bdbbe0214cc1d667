//! From the model to the map: only names, places and states, never a value.

use std::collections::{BTreeMap, BTreeSet};

use super::ownership::{self, Owned, Shared};
use super::{Column, Component, Holds, Instance, Map, Origin, Profile, Reference, ReferenceKind, Region, State, Store};
use super::{StoreKind, Unbound, labelled, verdict};
use crate::fact;
use crate::finding::{Label, Place};
use crate::model::{self, Described, Entry, Model, stores};
use crate::report::json::{self, Labelled};
use crate::report::{Shown, map};
use crate::resolve::Trust;
use crate::source::{FileId, Span};
use crate::vocabulary::names::Component as Part;
use crate::vocabulary::regions;

/// What an instance has, in the order of the table.
const PARTS: &[Part] = &[
    Part::Instance,
    Part::ApiHost,
    Part::IframeHost,
    Part::Host,
    Part::CustomerId,
    Part::SecretKey,
    Part::XApiKey,
    Part::Bearer,
    Part::WebhookUrl,
    Part::WebhookSecret,
];

pub fn map<'a>(model: &'a Model, shown: &Shown<'a>) -> Map<'a> {
    let owned: Vec<Owned> = model.profiles.iter().map(|described| ownership::divide(model, described)).collect();
    let mut shared = Shared::default();
    for (described, owned) in model.profiles.iter().zip(&owned) {
        shared.learn(model, described, owned);
    }
    let view = View { model, shown, shared };
    let profiles = model.profiles.iter().zip(&owned).filter_map(|(described, owned)| view.profile(described, owned));
    Map {
        schema_version: map::SCHEMA_VERSION,
        tool: json::tool(shown),
        profiles: profiles.collect(),
        stores: model.stores.iter().map(|store| view.store(store)).collect(),
        ledger: json::ledger(shown),
        exit_code: verdict(shown.ledger).exit_code(),
    }
}

struct View<'v, 'a> {
    model: &'a Model,
    shown: &'v Shown<'a>,
    shared: Shared,
}

impl<'a> View<'_, 'a> {
    fn profile(&self, described: &'a Described, owned: &Owned) -> Option<Profile<'a>> {
        let profile = &described.profile;
        let regions = self.regions(described);
        if described.slots.is_empty() && described.instances.is_empty() && regions.is_empty() {
            return None;
        }
        let instances = described.instances.iter().enumerate();
        let none = Vec::new();
        let unbound = owned.unbound.iter().map(|(slot, entries)| {
            let slot = &described.slots[*slot];
            Unbound { slot: slot.name(), country: slot.country, components: self.present(described, entries) }
        });
        Some(Profile {
            name: profile.name(),
            unit: profile.unit.name(),
            environment: profile.environment,
            because: profile.because.iter().map(|label| labelled(label, self.shown)).collect(),
            instances: instances
                .map(|(at, instance)| self.instance(described, instance, owned.of_instance.get(&at).unwrap_or(&none)))
                .collect(),
            webhooks_for_no_country: self.present(described, &owned.common_webhooks),
            unbound: unbound.collect(),
            regions,
        })
    }

    fn instance(&self, described: &'a Described, instance: &'a model::Instance, entries: &[usize]) -> Instance<'a> {
        let label = instance.label.as_deref();
        let policy = &self.model.policy;
        let declared = label.and_then(|label| policy.country_of(label)).map(|declared| declared.span);
        let declared = declared.or_else(|| {
            let uses = entries.iter().filter_map(|at| described.entry(*at).instance.as_ref());
            uses.filter(|used| Some(used.label.as_str()) == label).find_map(|used| used.declared)
        });
        let reason = label.and_then(|label| policy.without_webhooks(label));
        let parts = self.by_part(described, entries);
        let components = PARTS.iter().filter_map(|part| match parts.get(&position(*part)) {
            Some(entries) => Some(self.component(*part, entries, Some(instance))),
            // An instance may do without these two: its hosts tell its name.
            None if matches!(part, Part::Instance | Part::Host) => None,
            None => Some(missing(*part)),
        });
        Instance {
            label,
            country: instance.country,
            sandbox: instance.sandbox,
            declared: declared.map(|span| json::location(Place::At(span), self.shown)),
            without_webhooks: reason.map(|reason| Labelled {
                location: json::location(Place::At(reason.span), self.shown),
                label: &reason.value,
            }),
            evidence: instance.evidence.iter().map(|label| labelled(label, self.shown)).collect(),
            components: components.collect(),
        }
    }

    /// The components that some settings say.
    fn present(&self, described: &'a Described, entries: &[usize]) -> Vec<Component<'a>> {
        let parts = self.by_part(described, entries);
        let present = PARTS.iter().filter_map(|part| Some((*part, parts.get(&position(*part))?)));
        present.map(|(part, entries)| self.component(part, entries, None)).collect()
    }

    /// Settings by the place of what they describe in [`PARTS`].
    fn by_part(&self, described: &'a Described, entries: &[usize]) -> BTreeMap<usize, Vec<&'a Entry>> {
        let mut parts: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
        for entry in entries.iter().map(|at| described.entry(*at)) {
            if let Some(part) = ownership::component(entry, self.model.statement(entry)) {
                parts.entry(position(part)).or_default().push(entry);
            }
        }
        parts
    }

    fn component(&self, part: Part, entries: &[&'a Entry], instance: Option<&model::Instance>) -> Component<'a> {
        let state = entries.iter().map(|entry| state(part, entry)).min().unwrap_or(State::Missing);
        let best = || entries.iter().copied().filter(|entry| self::state(part, entry) == state);
        let trust = best().map(|entry| entry.resolved.trust(0..entry.resolved.expose().len())).min();
        let holds = match trust.filter(|_| state == State::Literal) {
            None | Some(Trust::Said) => None,
            Some(Trust::Assumed) => Some(Holds::Assumed),
            Some(Trust::Fallback) => Some(Holds::Fallback),
        };
        let open = matches!(state, State::Supplied | State::Unresolved);
        let others: BTreeSet<String> = instance
            .into_iter()
            .flat_map(|instance| entries.iter().flat_map(|entry| self.shared.others(self.model, entry, instance)))
            .collect();
        Component {
            component: part.noun(),
            state,
            holds,
            reference: best().filter(|_| open).find_map(reference),
            shared_with: others.into_iter().collect(),
            said: self.places(entries).into_iter().map(|span| json::location(Place::At(span), self.shown)).collect(),
        }
    }

    /// Every setting, and after it what fills it in; one place a line.
    fn places(&self, entries: &[&Entry]) -> Vec<Span> {
        let mut seen: BTreeSet<(FileId, usize)> = BTreeSet::new();
        let mut spans: Vec<Span> = Vec::new();
        for entry in entries {
            let said = self.model.statement(entry);
            let own = if said.name().index { said.value_span() } else { said.name().span };
            let whole = 0..entry.resolved.expose().len();
            let origins = match &entry.instance {
                Some(instance) => vec![instance.span],
                None => entry.resolved.origins(whole).into_iter().map(|origin| origin.span).collect(),
            };
            let filled = origins.into_iter().filter(|span| !said.value.span.contains(*span));
            for span in std::iter::once(own).chain(filled) {
                let line = self.shown.sources.get(span.file).line_index(span.start as usize);
                if seen.insert((span.file, line)) {
                    spans.push(span);
                }
            }
        }
        spans
    }

    fn regions(&self, described: &'a Described) -> Vec<Region<'a>> {
        let found = described.regions.iter().filter_map(|found| {
            let said = json::location(Place::At(found.span), self.shown);
            let regions::Region { provider, name: region, country } = found.region;
            Some(Region { region, provider, country: country?, key: &found.key, said })
        });
        found.collect()
    }

    fn store(&self, store: &'a stores::Store) -> Store<'a> {
        let (origin, because) = match &store.origin {
            stores::Origin::Said(labels) => (Origin::Said, labels),
            stores::Origin::Unsaid(labels) => (Origin::Unsaid, labels),
            stores::Origin::Unknown(labels) => (Origin::Unknown, labels),
        };
        let all = |labels: &'a [Label]| labels.iter().map(|label| labelled(label, self.shown)).collect();
        let columns = store
            .login_ids
            .iter()
            .map(|column| Column { name: &column.value, said: json::location(Place::At(column.span), self.shown) });
        Store {
            name: store.title(),
            kind: match store.kind {
                fact::RecordKind::Table => StoreKind::Table,
                fact::RecordKind::Model | fact::RecordKind::Part => StoreKind::Model,
                fact::RecordKind::Document => StoreKind::Document,
            },
            home: &store.home,
            confidence: store.confidence,
            columns: columns.collect(),
            origin,
            because: all(because),
            places: all(&store.places),
        }
    }
}

fn position(part: Part) -> usize {
    PARTS.iter().position(|other| *other == part).unwrap_or(PARTS.len())
}

fn missing(part: Part) -> Component<'static> {
    let component = part.noun();
    Component {
        component,
        state: State::Missing,
        holds: None,
        reference: None,
        shared_with: Vec::new(),
        said: Vec::new(),
    }
}

fn state(part: Part, entry: &Entry) -> State {
    match entry.state {
        model::State::Literal => State::Literal,
        // The rest of a host may be open, as long as its label is known.
        model::State::Supplied if part.is_host() && entry.instance.is_some() => State::Literal,
        model::State::Supplied if part.is_host() => State::Unresolved,
        model::State::Supplied => State::Supplied,
        model::State::Placeholder => State::Placeholder,
        model::State::Empty => State::Empty,
    }
}

/// What a value waits for: the innermost reference that nothing in the tree defines.
fn reference(entry: &Entry) -> Option<Reference<'_>> {
    let met = entry.resolved.references.iter().find(|met| !met.defined)?;
    let kind = match met.kind {
        fact::ReferenceKind::Named => ReferenceKind::Named,
        fact::ReferenceKind::Stored => ReferenceKind::Stored,
        fact::ReferenceKind::Computed | fact::ReferenceKind::Symbol => ReferenceKind::Computed,
    };
    let name = Some(&*met.name).filter(|name| kind != ReferenceKind::Computed && is_name(name));
    Some(Reference { kind, name })
}

/// Whether a reference's text is the name of something, and no expression, address with a password, or key.
fn is_name(text: &str) -> bool {
    const READABLE: usize = 80;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | ':' | '#');
    let random = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        part.len() >= 20 && digits >= 4 || part.len() >= 32
    };
    (1..=READABLE).contains(&text.len())
        && text.chars().all(fits)
        && !text.split(['/', '.', ':', '#']).any(|part| random(part) && !part.contains('_'))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    /// The map shows names of variables and paths of stores; whatever may be a value stays out.
    #[test]
    fn only_names_are_shown_of_references() {
        for name in
            ["FLINKS_CA_SECRET_KEY", "secret/prod/flinks/ca", "flinks.ca.secret-key", "prod/flinks-ca/x-api-key"]
        {
            assert!(is_name(name), "{name}");
        }
        for other in ["cat /run/key", "user:p@ss", "0f8fad5b-d9cb-469f-a165-70867728950e", "a=b", ""] {
            assert!(!is_name(other), "{other}");
        }
    }
}
