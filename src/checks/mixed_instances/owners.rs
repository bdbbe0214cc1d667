//! A credential that is not among those that the policy declares for its slot's instance.

use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Entry, State};
use crate::policy::Instance;
use crate::resolve::Trust;
use crate::vocabulary::names::Component;
use crate::vocabulary::published;

use super::super::steps::Steps;
use super::Parts;

/// A credential of another instance, or of nobody's.
struct Stranger<'m> {
    entry: &'m Entry,
    label: Label,
    promise: Label,
    confidence: Confidence,
}

pub(super) fn finding(parts: &Parts<'_>) -> Option<Finding> {
    let (declared, shown) = declared(parts)?;
    let entries = parts.slot.entries.iter().map(|at| parts.described.entry(*at));
    let strangers: Vec<Stranger<'_>> = entries.filter_map(|entry| stranger(parts, entry, declared)).collect();
    let first = strangers.first()?;
    let said = parts.model.statement(first.entry);
    let noun = said.component().map_or("credential", Component::noun);
    let contradiction = format!("it is used together with `{}`", declared.label.value);
    let steps = Steps::to(parts.model, parts.described, first.entry)
        .slot(parts.slot, first.entry)
        .value(first.entry, &[], Trust::Said)
        .evidence([&first.promise])
        .then(first.label.place, contradiction)
        .end();
    let evidence = strangers.iter().filter_map(|stranger| {
        Some(format!("{}={}", parts.key(stranger.entry), stranger.entry.secret()?.fingerprint()))
    });
    Some(
        Finding::at(first.label.place.span(), first.label.text.clone())
            .steps(steps)
            .because(shown)
            .because(first.promise.clone())
            .because_all(strangers.iter().skip(1).flat_map(|other| [other.label.clone(), other.promise.clone()]))
            .because_all(parts.environment(first.entry))
            .help(format!("use the {noun} of `{}` here, or list its fingerprint in the policy", declared.label.value))
            .about(parts.subject())
            .evidence(evidence.collect::<Vec<_>>())
            .confidence(first.confidence),
    )
}

/// The instance of the slot, where the policy lists its credentials, and what shows that it is the slot's.
fn declared<'m>(parts: &Parts<'m>) -> Option<(&'m Instance, Label)> {
    let of_host = parts.hosts.first().map(|part| {
        let shown = Label::at(part.instance.span, format!("`{}` is the instance", part.instance.label));
        (part.instance.label.as_str(), shown)
    });
    let at = parts.described.slots.iter().position(|slot| std::ptr::eq(slot, parts.slot));
    let of_slot = || {
        let instance =
            parts.described.instances.iter().find(|instance| at.is_some_and(|at| instance.slots.contains(&at)))?;
        Some((instance.label.as_deref()?, instance.evidence.first()?.clone()))
    };
    let (label, shown) = of_host.or_else(of_slot)?;
    let one = parts.hosts.iter().all(|part| part.instance.label == label);
    let instance = parts.model.policy.instance(label).filter(|_| one)?;
    (!instance.fingerprints.is_empty()).then_some((instance, shown))
}

fn stranger<'m>(parts: &Parts<'_>, entry: &'m Entry, declared: &Instance) -> Option<Stranger<'m>> {
    let is_credential = parts.model.statement(entry).component().is_some_and(Component::is_credential);
    let text = entry.resolved.expose();
    let open = entry.state != State::Literal || entry.resolved.trust(0..text.len()) == Trust::Fallback;
    if open || !published::find(text).is_empty() || !is_credential && entry.owner.is_none() || entry.instance.is_some()
    {
        return None;
    }
    let fingerprint = entry.secret()?.fingerprint();
    if declared.fingerprints.iter().any(|known| known.value == fingerprint) {
        return None;
    }
    match &entry.owner {
        // Of another country it is `country-mismatch`.
        Some(owner) if owner.country != declared.country.value => None,
        Some(owner) => {
            let label = Label::at(owner.span, format!("belongs to `{}`, another instance", owner.label));
            Some(Stranger { entry, label, promise: owner.promise(), confidence: Confidence::Certain })
        }
        None => {
            let span = entry.resolved.origins(0..text.len()).first()?.span;
            let label = Label::at(span, format!("is not declared as one of `{}`", declared.label.value));
            let first = declared.fingerprints.first()?;
            let promise =
                Label::on(Place::At(first.span), format!("are the credentials of `{}`", declared.label.value));
            Some(Stranger { entry, label, promise, confidence: Confidence::Likely })
        }
    }
}
