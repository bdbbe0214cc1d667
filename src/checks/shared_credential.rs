//! One credential that is used for two instances.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Label, Place};
use crate::model::{Credential, Identity, Model};
use crate::source::Span;
use crate::vocabulary::Environment;

use super::steps::Steps;
use super::{Check, confidence_of, profile_labels};

pub const CHECK: Check = Check { rule: "shared-credential", check };

fn check(model: &Model) -> Vec<Finding> {
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let mut findings = Vec::new();
    for group in groups(model) {
        let Some(shared) = Shared::of(&group) else { continue };
        // A variable whose value is known is told by its value, and a chain of variables by its first.
        let places: Vec<Span> =
            [&shared.first, &shared.second].iter().flat_map(|used| [used.written, used.origin]).collect();
        if places.iter().any(|place| told.contains(place)) {
            continue;
        }
        told.extend(group.iter().flat_map(|used| [used.written, used.origin]));
        findings.push(shared.finding(model));
    }
    findings
}

/// The uses of one credential: of a literal anywhere, of a reference where it means the same.
fn groups(model: &Model) -> Vec<Vec<&Credential>> {
    let mut values: BTreeMap<&Identity, Vec<&Credential>> = BTreeMap::new();
    let mut references: BTreeMap<(&Identity, Option<Environment>), Vec<&Credential>> = BTreeMap::new();
    for used in &model.credentials {
        let group = match &used.identity {
            Identity::Value(_) => values.entry(&used.identity).or_default(),
            Identity::Reference { .. } => references.entry((&used.identity, used.environment)).or_default(),
        };
        if group.len() < MOST {
            group.push(used);
        }
    }
    let several = |group: &Vec<&Credential>| group.iter().any(|used| group.iter().any(|other| is_shared(used, other)));
    let mut references: Vec<Vec<&Credential>> =
        references.into_values().filter(several).flat_map(|group| rooms(&group)).collect();
    // The nearer to the settings a reference stands, the better it tells.
    references.sort_by_key(|group| group.iter().map(|used| used.via.len()).max());
    values.into_values().filter(several).chain(references).collect()
}

/// So many uses of one credential are compared.
const MOST: usize = 1000;

/// Whether two uses of one credential are of two instances, and neither is where the other has it from.
fn is_shared(used: &Credential, other: &Credential) -> bool {
    used.holder.is_other_than(&other.holder) && !used.is_read_by(other)
}

/// Uses of one reference, parted where it means another credential.
fn rooms<'m>(group: &[&'m Credential]) -> Vec<Vec<&'m Credential>> {
    let mut left: Vec<&Credential> = group.to_vec();
    let mut rooms = Vec::new();
    while !left.is_empty() {
        let mut room = vec![left.remove(0)];
        let mut at = 0;
        while at < room.len() {
            let (met, apart) = left.into_iter().partition(|used| used.meets(room[at]));
            left = apart;
            room.extend::<Vec<&Credential>>(met);
            at += 1;
        }
        rooms.push(room);
    }
    rooms
}

/// A credential and two of its places that are of two instances, or the one place that is.
struct Shared<'m> {
    group: &'m [&'m Credential],
    /// Where each use is shown.
    place: fn(&Credential) -> Span,
    first: &'m Credential,
    second: &'m Credential,
}

impl<'m> Shared<'m> {
    fn of(group: &'m [&'m Credential]) -> Option<Self> {
        let is_value = matches!(group.first()?.identity, Identity::Value(_));
        let by_origin: fn(&Credential) -> Span = |used| used.origin;
        let by_use: fn(&Credential) -> Span = |used| used.written;
        let apart = |place| Self::in_two_places(group, place);
        let shared = if is_value { apart(by_origin).or_else(|| apart(by_use)) } else { apart(by_use) };
        shared.or_else(|| Self::in_one_place(group, by_origin))
    }

    /// Two places, each of one instance alone.
    fn in_two_places(group: &'m [&'m Credential], place: fn(&Credential) -> Span) -> Option<Self> {
        let mut by_place: BTreeMap<Span, Vec<&Credential>> = BTreeMap::new();
        for used in group {
            by_place.entry(place(used)).or_default().push(used);
        }
        let is_of_one = |uses: &&Vec<&Credential>| !uses.iter().any(|used| used.holder.is_other_than(&uses[0].holder));
        let mut alone: Vec<&Credential> = by_place.values().filter(is_of_one).map(|uses| uses[0]).collect();
        // What the sandbox has from another instance is what is to be changed.
        alone.sort_by_key(|used| (used.holder.sandbox, place(used)));
        let second_to = |first: &&&Credential| alone.iter().copied().find(|used| is_shared(used, first));
        let first = *alone.iter().find(|first| second_to(first).is_some())?;
        Some(Shared { group, place, first, second: second_to(&&first)? })
    }

    /// One place that several layers, environments or units hand to different instances.
    fn in_one_place(group: &'m [&'m Credential], place: fn(&Credential) -> Span) -> Option<Self> {
        // What lies under all environments is judged in those.
        let told = group.iter().any(|used| used.environment.is_some());
        let uses: Vec<&Credential> = group.iter().copied().filter(|used| !told || used.environment.is_some()).collect();
        uses.iter().enumerate().find_map(|(at, first)| {
            let differs = |used: &&&Credential| is_shared(used, first) && place(used) == place(first);
            let second = uses[at + 1..].iter().find(differs)?;
            Some(Shared { group, place, first, second })
        })
    }

    fn finding(&self, model: &Model) -> Finding {
        let (first, second) = (self.first, self.second);
        let noun = second.component.noun();
        let (owner, user) = (first.holder.name(), second.holder.name());
        let here = (self.place)(second);
        let one_place = (self.place)(first) == here;
        let (text, help) = if one_place {
            (format!("is the {noun} of {owner} and of {user}"), format!("set a {noun} of its own for each instance"))
        } else {
            (format!("is also the {noun} of {owner}"), format!("use the {noun} of {user} here"))
        };
        let confidence = first.trust.max(second.trust);
        Finding::at(here, text.clone())
            .steps(self.steps(model, &text))
            .because_all(self.uses())
            .because_all(self.definitions())
            .because_all(self.group.iter().flat_map(|used| used.holder.evidence.clone()))
            .because_all(self.proofs(model))
            .help(help)
            .about(format!("{noun} · {owner} · {user}"))
            .evidence([second.identity.fingerprint()])
            .confidence(confidence_of(confidence))
    }

    /// Every other place, each with whose it is.
    fn uses(&self) -> Vec<Label> {
        let mut uses: Vec<&Credential> = self.group.to_vec();
        uses.sort_by_key(|used| (!std::ptr::eq(*used, self.first), (self.place)(used)));
        let label = |used: &Credential| {
            let text = format!("is the {} of {}", used.component.noun(), used.holder.name());
            Label::at((self.place)(used), text)
        };
        uses.into_iter().map(label).collect()
    }

    /// What the references lead to.
    fn definitions(&self) -> Vec<Label> {
        let led = self.group.iter().filter(|used| used.written != used.origin);
        let place = |used: &&Credential| if (self.place)(used) == used.origin { used.written } else { used.origin };
        led.map(|used| {
            Label::at(
                place(used),
                if (self.place)(used) == used.origin { "refers to it" } else { "is what both stand for" },
            )
        })
        .collect()
    }

    /// What says that the uses hold in their profiles.
    fn proofs(&self, model: &Model) -> Vec<Label> {
        let known = [self.first, self.second].into_iter().filter(|used| used.environment.is_some());
        known
            .flat_map(|used| {
                let described = &model.profiles[used.profile];
                profile_labels(model, described, described.entry(used.entry))
            })
            .collect()
    }

    /// From the profile to the value, once for either instance.
    fn steps(&self, model: &Model, conclusion: &str) -> Vec<Label> {
        let mut steps = Vec::new();
        for used in [self.first, self.second] {
            let described = &model.profiles[used.profile];
            let (slot, entry) = (&described.slots[used.slot], described.entry(used.entry));
            let chain = Steps::to(model, described, entry).slot(slot, entry).value(entry, &used.via, used.trust);
            steps.extend(chain.evidence(&used.holder.evidence).end());
        }
        steps.push(Label::on(Place::At((self.place)(self.second)), format!("this {conclusion}")));
        super::steps::distinct(steps)
    }
}
