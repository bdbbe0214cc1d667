//! Things used together that say different countries.

use std::collections::BTreeSet;

use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::entries::ReferenceTag;
use crate::model::entries::country_labels;
use crate::model::{Described, Entry, Model, Slot, State, Tag, TagBy};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::Country;
use crate::vocabulary::names::Component;

use super::steps::Steps;
use super::{Check, confidence_of, instance_country, profile_labels};

pub const CHECK: Check = Check { rule: "country-mismatch", check };

fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for described in &model.profiles {
        for slot in &described.slots {
            findings.extend(within(model, described, slot));
            findings.extend(beside(model, described, slot));
        }
        findings.extend(across(model, described));
    }
    once(findings)
}

/// Where a name stands for what is wrong itself, its use is no fault of its own.
fn once(findings: Vec<Finding>) -> Vec<Finding> {
    let places: Vec<(Place, String)> =
        findings.iter().map(|finding| (finding.primary.place, finding.help.clone())).collect();
    let defined = |finding: &Finding| {
        let here = (finding.primary.place, &finding.help);
        let is_other = |(place, help): &&(Place, String)| (*place, help) != here && *help == finding.help;
        let proves = |place: Place| finding.related.iter().any(|label| label.place == place);
        let used = finding.primary.text.starts_with("stands for");
        places.iter().filter(is_other).find(|(place, _)| used && proves(*place)).map(|(place, _)| *place)
    };
    let (uses, mut kept): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| defined(finding).is_some());
    for used in uses {
        let of = |finding: &&mut Finding| Some(finding.primary.place) == defined(&used);
        if let Some(finding) = kept.iter_mut().find(of) {
            finding.related.push(used.primary);
        }
    }
    kept
}

/// Something in a slot that says a country, and where.
struct Claim<'m> {
    entry: &'m Entry,
    country: Country,
    span: Span,
    text: String,
    confidence: Confidence,
    /// Whether the words of a reference say it, and not an instance's name.
    by_reference: bool,
}

/// A contradiction inside one slot: its name, its hosts and what it refers to say different countries.
fn within(model: &Model, described: &Described, slot: &Slot) -> Option<Finding> {
    let hosts = host_claims(described, slot);
    let references = reference_claims(model, described, slot);
    let (expected, wrong) = match slot.country {
        Some(country) => {
            (country, hosts.iter().chain(&references).filter(|claim| claim.country != country).collect::<Vec<_>>())
        }
        None => {
            let first = hosts.first()?;
            // What one name is set to twice is one or the other, and not used together.
            let key = |claim: &Claim<'_>| &model.statement(claim.entry).key;
            let together = |claim: &&Claim<'_>| claim.by_reference || key(claim) != key(first);
            let others = hosts.iter().chain(&references).filter(|claim| claim.country != first.country);
            (first.country, others.filter(together).collect())
        }
    };
    let first = *wrong.first()?;
    let only_references = wrong.iter().all(|claim| claim.by_reference);
    if slot.country.is_none() && only_references && !references.iter().any(|claim| claim.country == expected) {
        // Every key that says a country says the other one: the host is what is wrong (see `across`).
        return None;
    }
    let confidence = first.confidence;
    let mut finding = Finding::at(first.span, first.text.clone());
    finding = finding.because_all(instance_labels(first));
    finding = finding.because_all(wrong.iter().filter_map(|claim| Some(claim.entry.owner.as_ref()?.promise())));
    // What the contradiction is with: the tag of the slot, or the host that came first.
    finding = match slot.country {
        Some(_) => finding.because_all(tag_labels(model, described, slot, first)),
        None => finding.because_all(hosts.first().map(|claim| Label::at(claim.span, claim.text.clone()))),
    };
    finding = finding.because_all(wrong.iter().skip(1).map(|claim| Label::at(claim.span, claim.text.clone())));
    finding = finding.because_all(wrong.iter().skip(1).flat_map(|claim| trail(claim.entry)));
    finding = finding.because_all(agreeing(model, described, slot, expected, &wrong));
    finding = finding
        .because_all(described.profile.environment.iter().flat_map(|_| profile_labels(model, described, first.entry)));
    let steps = steps_within(model, described, slot, first, &hosts, expected);
    let help = help(slot, first, expected);
    let evidence = wrong.iter().map(|claim| format!("{}={}", claim_subject(model, claim), claim.text));
    Some(
        finding
            .steps(steps)
            .help(help)
            .about(format!("{} · {}", described.profile.name(), slot.name()))
            .evidence(evidence.collect::<Vec<_>>())
            .confidence(confidence),
    )
}

/// From the profile to the slot's country, and to the first thing that contradicts it.
fn steps_within(
    model: &Model,
    described: &Described,
    slot: &Slot,
    wrong: &Claim<'_>,
    hosts: &[Claim<'_>],
    expected: Country,
) -> Vec<Label> {
    let mut steps = Steps::to(model, described, wrong.entry).slot(slot, wrong.entry);
    // Without a country of its own the slot is of that of the host which stands first.
    let first_host = hosts.first().filter(|_| slot.country.is_none());
    if let Some(instance) = first_host.and_then(|host| host.entry.instance.as_ref()) {
        steps = steps.instance(instance);
    }
    steps = claimed(steps, wrong);
    let slot = super::steps::name(slot);
    let (adjective, expected) = (wrong.country.adjective(), expected.adjective());
    let contradiction = match (wrong.entry.instance.as_ref().filter(|_| !wrong.by_reference), first_host) {
        (Some(_), Some(_)) => format!("a {adjective} host contradicts the {expected} one of the slot `{slot}`"),
        (Some(_), None) => format!("a {adjective} instance contradicts the slot `{slot}`"),
        (None, _) if wrong.entry.owner.is_some() => {
            format!("a {adjective} credential contradicts the slot `{slot}`, which is {expected}")
        }
        (None, _) => format!("a {adjective} reference contradicts the slot `{slot}`, which is {expected}"),
    };
    steps.then(Place::At(wrong.span), contradiction).end()
}

/// How a setting says its country: by the instance that it names, or by the words of what it refers to.
fn claimed<'m>(steps: Steps<'m>, claim: &Claim<'_>) -> Steps<'m> {
    match (claim.entry.instance.as_ref().filter(|_| !claim.by_reference), &claim.entry.owner) {
        (Some(instance), _) => steps.value(claim.entry, &instance.via, instance.trust).instance(instance),
        (None, Some(owner)) => {
            let steps = steps.value(claim.entry, &[], Trust::Said).evidence([&owner.promise()]);
            steps.then(Place::At(claim.span), format!("this {}", claim.text))
        }
        (None, None) => {
            let text = format!("the words of this reference say {}", claim.country.name());
            steps.value(claim.entry, &[], Trust::Said).then(Place::At(claim.span), text)
        }
    }
}

fn claim_subject(model: &Model, claim: &Claim<'_>) -> String {
    model.statement(claim.entry).key.clone()
}

/// What shows an instance and its country besides the place of the claim itself.
fn instance_labels(claim: &Claim<'_>) -> Vec<Label> {
    let labels = claim.entry.instance.iter().filter(|_| !claim.by_reference).flat_map(country_labels);
    labels.filter(|label| label.place != Place::At(claim.span)).collect()
}

/// The templates that a host was filled into.
fn trail(entry: &Entry) -> Vec<Label> {
    entry.instance.iter().flat_map(|instance| Entry::trail(&instance.via)).collect()
}

fn host_claims<'m>(described: &'m Described, slot: &Slot) -> Vec<Claim<'m>> {
    let entries = slot.entries.iter().map(|at| described.entry(*at));
    entries
        .filter_map(|entry| {
            let (instance, country) = instance_country(entry)?;
            // A name of the program is changed where it is used, a variable of the environment where it is set.
            let is_symbol = |span: &Span| entry.resolved.is_symbol(*span);
            let symbol = instance.symbol.filter(|_| instance.via.iter().all(is_symbol));
            // A reference whose own name says what it leads to is what was chosen wrongly.
            let named = || entry.refers.iter().find(|tag| tag.country == country && instance.via.contains(&tag.span));
            let (span, text) = match symbol.or_else(|| Some(named()?.span)) {
                Some(used) => (used, format!("stands for `{}`, a {} instance", instance.label, country.adjective())),
                None => (instance.span, instance.is_of(country)),
            };
            Some(Claim { entry, country, span, text, confidence: confidence_of(instance.trust), by_reference: false })
        })
        .collect()
}

/// The countries of the credentials that the policy knows, and in the words of what the slot's settings refer to, unless
/// the value turns out to be of the slot's own.
fn reference_claims<'m>(model: &Model, described: &'m Described, slot: &Slot) -> Vec<Claim<'m>> {
    let mut claims = Vec::new();
    for entry in slot.entries.iter().map(|at| described.entry(*at)) {
        if let Some(owner) = entry.owner.as_ref().filter(|_| entry.instance.is_none()) {
            let confidence = Confidence::Certain;
            let (country, span, text) = (owner.country, owner.span, owner.is_of());
            claims.push(Claim { entry, country, span, text, confidence, by_reference: false });
            continue;
        }
        // What leads to a host is judged by the host; `…/v3/${FLINKS_US_CUSTOMER_ID}` behind it is a key of its own.
        let beside = |tag: &&ReferenceTag| match &entry.instance {
            None => true,
            Some(instance) => tag.credential && instance.span != tag.span && !instance.via.contains(&tag.span),
        };
        let tags: Vec<&ReferenceTag> = entry.refers.iter().filter(beside).collect();
        let countries: BTreeSet<Country> = tags.iter().map(|tag| tag.country).collect();
        let component = model.statement(entry).component();
        if countries.len() != 1 || component == Some(Component::Redirect) {
            continue;
        }
        let tag = tags[0];
        let text = format!("is named for {}", tag.country.name());
        let confidence = if tag.certain { Confidence::Certain } else { Confidence::Likely };
        claims.push(Claim { entry, country: tag.country, span: tag.span, text, confidence, by_reference: true });
    }
    claims
}

/// What says the slot's country: the tag of the setting that contradicts it.
fn tag_labels(model: &Model, described: &Described, slot: &Slot, claim: &Claim<'_>) -> Vec<Label> {
    let own = model.statement(claim.entry).tags.first();
    let any = slot.entries.iter().find_map(|at| model.statement(described.entry(*at)).tags.first());
    own.or(any).map(|tag| Label { place: tag.place, text: tag.says.clone() }).into_iter().collect()
}

/// The other parts of the slot: what the wrong one is used together with.
fn agreeing(model: &Model, described: &Described, slot: &Slot, expected: Country, wrong: &[&Claim<'_>]) -> Vec<Label> {
    let mut labels = Vec::new();
    for entry in slot.entries.iter().map(|at| described.entry(*at)) {
        if wrong.iter().any(|claim| std::ptr::eq(claim.entry, entry)) {
            continue;
        }
        let said = model.statement(entry);
        let Some(component) = said.component() else { continue };
        if let Some((instance, country)) = instance_country(entry) {
            labels.push(Label::at(instance.span, instance.is_of(country)));
        } else if component.is_credential() || component.is_webhook() {
            let text = match said.country() {
                Some(country) if country == expected => format!("is the {} {}", country.adjective(), component.noun()),
                _ => format!("is the {} used with it", component.noun()),
            };
            labels.push(Label::at(said.name().span, text));
        }
    }
    labels.truncate(4);
    labels
}

fn help(slot: &Slot, claim: &Claim<'_>, expected: Country) -> String {
    match (claim.entry.instance.as_ref().filter(|_| !claim.by_reference), slot.country) {
        (Some(instance), Some(_)) => {
            match instance.label.strip_suffix(&format!("-{}", claim.country.code().to_lowercase())) {
                Some(company) => format!(
                    "use `{company}-{}` here, or move the setting to where {} is configured",
                    expected.code().to_lowercase(),
                    claim.country.name()
                ),
                None => format!("use the {} instance here", expected.adjective()),
            }
        }
        (Some(_), None) => "use the API host and the iframe host of one instance together".to_owned(),
        (None, _) if claim.entry.owner.is_some() => {
            format!("use the credential of the {} instance here", expected.adjective())
        }
        (None, _) => format!("refer to the {} value here", expected.adjective()),
    }
}

/// A host whose file, block or sibling says its country, and beside it no keys but those named for the other.
fn beside(model: &Model, described: &Described, slot: &Slot) -> Option<Finding> {
    let country = slot.country?;
    let hosts = host_claims(described, slot);
    let host = hosts.first()?;
    let around = model.statement(host.entry).tags.first()?;
    let by_name = |tag: &Tag| matches!(tag.by, TagBy::Name | TagBy::Key);
    if by_name(around) || hosts.iter().any(|claim| claim.country != country) {
        return None;
    }
    let same = |other: &&Slot| other.stem == slot.stem && other.item == slot.item;
    let together = |entry: &&Entry| {
        let (said, with) = (model.statement(entry), model.statement(host.entry));
        said.file == with.file && said.scope == with.scope && entry.state != State::Empty
    };
    let entries: Vec<&Entry> = described
        .slots
        .iter()
        .filter(same)
        .flat_map(|slot| slot.entries.iter().map(|at| described.entry(*at)))
        .filter(together)
        .collect();
    let (foreign, own): (Vec<&Entry>, Vec<&Entry>) = entries
        .into_iter()
        .partition(|entry| model.statement(entry).tags.iter().any(|tag| by_name(tag) && tag.country != country));
    let is = |entry: &Entry, what: fn(Component) -> bool| model.statement(entry).component().is_some_and(what);
    let own_key = own.iter().any(|entry| is(entry, Component::is_secret) && !refers_only_to(entry, country.other()));
    let own_host = foreign.iter().any(|entry| instance_country(entry).is_some());
    let keys: Vec<&Entry> = foreign.into_iter().filter(|entry| is(entry, Component::is_credential)).collect();
    let first = *keys.first().filter(|_| !own_key && !own_host)?;
    let named = |entry: &Entry| {
        let said = model.statement(entry);
        let noun = said.component().map_or("key", Component::noun);
        (said.name().span, format!("is the {} {noun}", country.other().adjective()))
    };
    let (span, text) = named(first);
    let noun = model.statement(first).component().map_or("key", Component::noun);
    let lacking = format!("no {} key stands beside the host, which is {}", country.adjective(), country.adjective());
    let steps = claimed(Steps::to(model, described, host.entry).slot(slot, host.entry), host);
    let steps = steps.then(Place::At(span), text.clone()).then(Place::At(host.span), lacking);
    Some(
        Finding::at(span, text.clone())
            .steps(steps.end())
            .because(Label::at(host.span, host.text.clone()))
            .because_all(trail(host.entry))
            .because(Label::on(around.place, around.says.clone()))
            .because_all(keys.iter().skip(1).map(|entry| named(entry)).map(|(span, text)| Label::at(span, text)))
            .because_all(described.profile.environment.iter().flat_map(|_| profile_labels(model, described, first)))
            .help(format!("set the {} {noun} here", country.adjective()))
            .about(format!("{} · {}", described.profile.name(), slot.name()))
            .evidence([host.text.clone(), text])
            .confidence(host.confidence),
    )
}

/// An untagged host in a profile whose only keys are of the other country.
fn across(model: &Model, described: &Described) -> Vec<Finding> {
    let untagged = described.slots.iter().filter(|slot| slot.country.is_none());
    untagged.filter_map(|slot| Family::of(model, described, slot)?.finding()).collect()
}

/// The slots of one name in one profile, seen from the untagged one that has the hosts.
struct Family<'m> {
    model: &'m Model,
    described: &'m Described,
    slot: &'m Slot,
    host: Claim<'m>,
    untagged: Vec<&'m Slot>,
    tagged: Vec<&'m Slot>,
}

impl<'m> Family<'m> {
    /// `None` where the hosts disagree, or where several untagged slots have one: nobody can say which keys go with which.
    fn of(model: &'m Model, described: &'m Described, slot: &'m Slot) -> Option<Self> {
        let host = host_claims(described, slot).into_iter().next()?;
        let same = |other: &&Slot| other.stem == slot.stem && other.item == slot.item;
        let (untagged, tagged): (Vec<&Slot>, Vec<&Slot>) =
            described.slots.iter().filter(same).partition(|slot| slot.country.is_none());
        let hosts: Vec<Claim<'_>> = untagged.iter().flat_map(|slot| host_claims(described, slot)).collect();
        let with_hosts = untagged.iter().filter(|slot| !host_claims(described, slot).is_empty()).count();
        let agree = hosts.iter().all(|claim| claim.country == host.country);
        (agree && with_hosts == 1).then_some(Family { model, described, slot, host, untagged, tagged })
    }

    fn finding(&self) -> Option<Finding> {
        let other = self.host.country.other();
        let has_own_host = self.tagged.iter().any(|slot| !host_claims(self.described, slot).is_empty());
        if has_own_host || self.tagged.iter().any(|slot| slot.country == Some(self.host.country)) {
            return None;
        }
        let keys = self.keys_of(other);
        let agreeing = self.entries(&self.untagged).any(|entry| refers_only_to(entry, self.host.country));
        let only_webhooks = !agreeing && keys.iter().all(|entry| self.is(entry, Component::is_webhook));
        if keys.is_empty() || (self.has_a_key_of_its_own(other) && !only_webhooks) {
            return None;
        }
        let steps = self.steps(&keys, other);
        let proof = keys.iter().map(|entry| {
            let said = self.model.statement(entry);
            let noun = said.component().map_or("key", Component::noun);
            let span = entry.refers.first().map_or(said.name().span, |tag| tag.span);
            Label::at(span, format!("is the {} {noun}", other.adjective()))
        });
        let environment = self.described.profile.environment.iter();
        let finding = Finding::at(self.host.span, self.host.text.clone())
            .steps(steps)
            .because_all(proof)
            .because_all(instance_labels(&self.host))
            .because_all(environment.flat_map(|_| profile_labels(self.model, self.described, self.host.entry)))
            .help(format!(
                "use the host of the {} instance, or the {} keys",
                other.adjective(),
                self.host.country.adjective()
            ))
            .about(format!("{} · {}", self.described.profile.name(), self.slot.name()))
            .evidence([self.host.text.clone()])
            .confidence(self.host.confidence);
        Some(finding)
    }

    /// From the profile to the host, to the keys beside it, and to what they lack.
    fn steps(&self, keys: &[&Entry], other: Country) -> Vec<Label> {
        let steps = Steps::to(self.model, self.described, self.host.entry).slot(self.slot, self.host.entry);
        let mut steps = claimed(steps, &self.host);
        for entry in keys {
            let said = self.model.statement(entry);
            let noun = said.component().map_or("key", Component::noun);
            let (span, what) = match (said.own_tag(), entry.refers.first()) {
                (None, Some(tag)) => (tag.span, "what it refers to"),
                (Some(_), _) => (said.name().span, "its name"),
                (None, None) => (said.name().span, "what stands round it"),
            };
            steps = steps.then(Place::At(span), format!("the {noun} is {} by {what}", other.adjective()));
        }
        let (host, keys) = (self.host.country.adjective(), other.adjective());
        let text = format!("the {keys} keys have no host of their own: they go with this one, which is {host}");
        steps.then(Place::At(self.host.span), text).end()
    }

    fn is(&self, entry: &Entry, what: fn(Component) -> bool) -> bool {
        self.model.statement(entry).component().is_some_and(what)
    }

    fn entries<'a>(&'a self, slots: &'a [&'m Slot]) -> impl Iterator<Item = &'m Entry> + 'a {
        let entries = slots.iter().flat_map(|slot| slot.entries.iter().map(|at| self.described.entry(*at)));
        entries.filter(|entry| entry.state != State::Empty)
    }

    /// What belongs to one instance and is said to be of a country, by its name or by what it refers to.
    fn keys_of(&self, country: Country) -> Vec<&'m Entry> {
        // `curl https://…/v3/$FLINKS_US_CUSTOMER_ID`: an address may hold one.
        let belongs = |entry: &&Entry| {
            self.is(entry, |component| component.is_credential() || component.is_webhook())
                || entry.refers.iter().any(|tag| tag.credential)
        };
        let tagged = self.entries(&self.tagged);
        let referring = self.entries(&self.untagged).filter(|entry| refers_only_to(entry, country));
        tagged.chain(referring).filter(belongs).collect()
    }

    /// Whether a key goes with the host, since nothing says otherwise of it.
    fn has_a_key_of_its_own(&self, other: Country) -> bool {
        let is_key = |component| matches!(component, Component::SecretKey | Component::XApiKey | Component::Bearer);
        self.entries(&self.untagged).any(|entry| self.is(entry, is_key) && !refers_only_to(entry, other))
    }
}

fn refers_only_to(entry: &Entry, country: Country) -> bool {
    !entry.refers.is_empty() && entry.refers.iter().all(|tag| tag.country == country)
}
