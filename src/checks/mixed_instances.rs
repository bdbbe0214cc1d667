//! One slot with the hosts, keys or published values of two instances.

mod owners;

use std::collections::{BTreeSet, HashSet};

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, InstanceUse, Model, Slot};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::hosts::{HostKind, Role};
use crate::vocabulary::published::{self, Kind};

use super::missing_webhook::lies_under_production;
use super::steps::Steps;
use super::{Check, confidence_of, profile_labels};

pub const CHECK: Check = Check { rule: "mixed-instances", check };

fn check(model: &Model) -> Vec<Finding> {
    let judged = model.profiles.iter().filter(|described| !lies_under_production(model, described));
    judged.flat_map(|described| described.slots.iter().filter_map(|slot| finding(model, described, slot))).collect()
}

/// Every place of these findings: what they speak of is told.
pub(super) fn places(model: &Model) -> HashSet<Place> {
    let labels = |finding: Finding| std::iter::once(finding.primary).chain(finding.related);
    check(model).into_iter().flat_map(labels).map(|label| label.place).collect()
}

/// One fault a slot: its hosts, or else what is used with them.
fn finding(model: &Model, described: &Described, slot: &Slot) -> Option<Finding> {
    let slot = Parts::of(model, described, slot);
    slot.hosts().or_else(|| slot.published()).or_else(|| owners::finding(&slot))
}

/// A slot and what in it is of an instance.
struct Parts<'m> {
    model: &'m Model,
    described: &'m Described,
    slot: &'m Slot,
    hosts: Vec<Part<'m>>,
    published: Vec<Published<'m>>,
}

/// A host, or the name of an instance.
#[derive(Clone, Copy)]
struct Part<'m> {
    entry: &'m Entry,
    instance: &'m InstanceUse,
}

/// A value that Flinks prints in its documents for the sandbox.
struct Published<'m> {
    entry: &'m Entry,
    span: Span,
    via: Vec<Span>,
    kind: Kind,
}

impl<'m> Parts<'m> {
    fn of(model: &'m Model, described: &'m Described, slot: &'m Slot) -> Self {
        let entries = || {
            let entries = slot.entries.iter().map(|at| described.entry(*at));
            // A parameter's default is what holds if nobody sets it.
            entries.filter(|entry| model.statement(entry).said != Said::Default)
        };
        let hosts = entries().filter_map(part).collect();
        let published = entries().flat_map(published_in).collect();
        Parts { model, described, slot, hosts, published }
    }

    /// An API host and an iframe host of which neither goes with the other.
    fn hosts(&self) -> Option<Finding> {
        let of = |role: Option<Role>| self.hosts.iter().filter(move |part| part.instance.role == role);
        let labels = |role: Option<Role>| of(role).map(|part| part.instance.label.as_str()).collect::<BTreeSet<&str>>();
        let pairs = [(Some(Role::Api), Some(Role::Iframe)), (None, Some(Role::Iframe)), (None, Some(Role::Api))];
        pairs.into_iter().find_map(|(one, other)| {
            // Several of one role are a choice: what goes together in it is not said.
            if !labels(one).is_disjoint(&labels(other)) {
                return None;
            }
            let (first, second) = (of(one).next()?, of(other).next()?);
            let together = self.model.statement(first.entry).key != self.model.statement(second.entry).key;
            (together && self.is_fault(first, second)).then(|| self.of_hosts(*first, *second))
        })
    }

    fn is_fault(&self, first: &Part<'_>, second: &Part<'_>) -> bool {
        let countries: BTreeSet<_> =
            [first.instance.country, second.instance.country, self.slot.country].into_iter().flatten().collect();
        match (first.instance.sandbox, second.instance.sandbox) {
            (true, true) => false,
            (false, false) => countries.len() < 2,
            // In production the sandbox itself is the fault.
            _ => !self.described.profile.is_production() && countries.len() < 2,
        }
    }

    fn of_hosts(&self, first: Part<'m>, second: Part<'m>) -> Finding {
        // Beside keys of the sandbox it is the private host that is out of place; what a layer sets itself may be
        // changed there, what it takes from below may not.
        let is_set_over = first.entry.layer.is_none() && second.entry.layer.is_some();
        let is_private_among_published = first.is_private() && second.instance.sandbox && !self.published.is_empty();
        let (with, wrong) = if is_set_over || is_private_among_published { (second, first) } else { (first, second) };
        let (span, text) = wrong.told("another instance");
        let (with_span, with_text) = with.told("one instance");
        let others = self
            .hosts
            .iter()
            .filter(|part| part.instance.label != wrong.instance.label)
            .map(|part| part.told("one instance"));
        let published =
            self.published.iter().filter(|_| !with.is_private() || !wrong.is_private()).map(Published::label);
        let contradiction = format!("it is used together with `{}`, another instance", with.instance.label);
        let steps = self.steps(wrong.entry, wrong.instance, &wrong.instance.via, wrong.instance.trust);
        let steps = steps.instance(with.instance).then(Place::At(span), contradiction).end();
        let both = [&with, &wrong].map(|part| part.instance.trust);
        let evidence = [&with, &wrong].map(|part| format!("{}={}", self.key(part.entry), part.instance.label));
        Finding::at(span, text)
            .steps(steps)
            .because(Label::at(with_span, with_text))
            .because_all(wrong.trail().chain(with.trail()))
            .because_all(others.map(|(span, text)| Label::at(span, text)))
            .because_all(published)
            .because_all(self.environment(wrong.entry))
            .because_all(self.environment(with.entry))
            .help(help(&with, &wrong))
            .about(self.subject())
            .evidence(evidence)
            .confidence(both.into_iter().map(confidence_of).min().unwrap_or(Confidence::Certain))
    }

    /// Published values of the sandbox beside a private host.
    fn published(&self) -> Option<Finding> {
        if self.described.profile.is_production() || !self.hosts.iter().all(Part::is_private) {
            return None;
        }
        let (host, first) = (self.hosts.first()?, self.published.first()?);
        let (host_span, host_text) = host.told("a private instance");
        let label = first.label();
        let text = format!("the sandbox's key is used together with `{}`", host.instance.label);
        let steps = self.steps(first.entry, host.instance, &first.via, Trust::Said).evidence([&label]);
        let evidence =
            self.published.iter().map(|published| format!("{}={}", self.key(published.entry), published.kind.noun()));
        Some(
            Finding::at(first.span, label.text.clone())
                .steps(steps.then(Place::At(first.span), text).end())
                .because(Label::at(host_span, host_text))
                .because_all(host.trail().chain(Entry::trail(&first.via)))
                .because_all(self.published.iter().skip(1).map(Published::label))
                .because_all(self.environment(first.entry))
                .because_all(self.environment(host.entry))
                .help(format!("use the {} of `{}` here, or the sandbox's host", first.kind.noun(), host.instance.label))
                .about(self.subject())
                .evidence(evidence.collect::<Vec<_>>())
                .confidence(confidence_of(host.instance.trust)),
        )
    }

    fn steps(&self, entry: &'m Entry, used: &InstanceUse, via: &[Span], trust: Trust) -> Steps<'m> {
        Steps::to(self.model, self.described, entry).slot(self.slot, entry).value(entry, via, trust).instance(used)
    }

    /// What says the environment of a setting, where one is said.
    fn environment(&self, entry: &Entry) -> Vec<Label> {
        let said = self.described.profile.environment.is_some();
        if said { profile_labels(self.model, self.described, entry) } else { Vec::new() }
    }

    fn key(&self, entry: &Entry) -> String {
        self.model.statement(entry).key.clone()
    }

    fn subject(&self) -> String {
        format!("{} · {}", self.described.profile.name(), self.slot.name())
    }
}

impl Part<'_> {
    fn is_private(&self) -> bool {
        !self.instance.sandbox
    }

    /// The place to change, and its predicate: a name of the program where it is used, a variable where it is set.
    fn told(&self, whose: &str) -> (Span, String) {
        let instance = self.instance;
        let is_symbol = |span: &Span| self.entry.resolved.is_symbol(*span);
        let what = match (instance.sandbox, instance.role) {
            (true, _) => "the shared sandbox".to_owned(),
            (false, Some(Role::Api)) => format!("the API of {whose}"),
            (false, Some(Role::Iframe)) => format!("the iframe of {whose}"),
            (false, None) => whose.to_owned(),
        };
        match instance.symbol.filter(|_| instance.via.iter().all(is_symbol)) {
            Some(span) => (span, format!("stands for `{}`, {what}", instance.label)),
            None => (instance.span, format!("`{}` is {what}", instance.label)),
        }
    }

    fn trail(&self) -> impl Iterator<Item = Label> {
        let (span, _) = self.told("");
        let definition = Label::at(self.instance.span, format!("`{}` is said here", self.instance.label));
        Entry::trail(&self.instance.via)
            .into_iter()
            .chain([definition])
            .filter(move |label| label.place != Place::At(span))
    }
}

impl Published<'_> {
    fn label(&self) -> Label {
        Label::at(self.span, format!("is the sandbox's published {}", self.kind.noun()))
    }
}

/// The instance that a setting names, if it names only one and is more than a default.
fn part(entry: &Entry) -> Option<Part<'_>> {
    let instance = entry.instance.as_ref().filter(|instance| instance.trust != Trust::Fallback)?;
    let is_other = |kind: &HostKind| matches!(kind, HostKind::Instance { label: Some(label), .. } if label.name != instance.label && !label.placeholder);
    let only = !entry.hosts.iter().any(|used| is_other(&used.host.kind));
    only.then_some(Part { entry, instance })
}

fn published_in(entry: &Entry) -> Vec<Published<'_>> {
    let found = published::find(entry.resolved.expose()).into_iter();
    let keys = found.filter(|(value, range)| {
        let is_key = matches!(value.kind, Kind::CustomerId | Kind::SecretKey | Kind::XApiKey | Kind::Bearer);
        is_key && entry.resolved.trust(range.clone()) != Trust::Fallback
    });
    keys.filter_map(|(value, range)| {
        let origin = entry.resolved.origins(range).into_iter().next()?;
        Some(Published { entry, span: origin.span, via: origin.via, kind: value.kind })
    })
    .collect()
}

fn help(with: &Part<'_>, wrong: &Part<'_>) -> String {
    let role = |part: &Part<'_>| match part.instance.role {
        Some(Role::Api) => "API host",
        Some(Role::Iframe) => "iframe host",
        None => "name",
    };
    let (own, other) = (role(wrong), role(with));
    format!("use the {own} of `{}` here, or the {other} of `{}` beside it", with.instance.label, wrong.instance.label)
}
