//! Checks: small pure functions that look in the model for what the rules forbid. Each bears the name of its rule's page.

mod committed_credential;
mod country_mismatch;
mod credential_in_browser;
mod host_without_country;
mod incomplete_instance;
mod login_id_in_browser;
mod login_id_without_country;
mod missing_webhook;
mod mixed_instances;
mod region_mismatch;
mod remedies;
mod sandbox;
mod sandbox_fallback;
mod sandbox_in_production;
mod shared_credential;
mod steps;
mod unknown_host;
mod stored_authorize_token;

use crate::finding::{Confidence, Finding, Label};
use crate::model::{Described, Entry, InstanceUse, Model};
use crate::resolve::Trust;

/// A check, joined by name with the page of its rule.
pub struct Check {
    pub rule: &'static str,
    pub check: fn(&Model) -> Vec<Finding>,
}

/// Every check, in the order of the rulebook.
pub const CHECKS: &[Check] = &[
    country_mismatch::CHECK,
    login_id_without_country::CHECK,
    sandbox_in_production::CHECK,
    missing_webhook::CHECK,
    sandbox_fallback::CHECK,
    mixed_instances::CHECK,
    incomplete_instance::CHECK,
    host_without_country::CHECK,
    unknown_host::CHECK,
    shared_credential::CHECK,
    committed_credential::CHECK,
    stored_authorize_token::CHECK,
    credential_in_browser::CHECK,
    login_id_in_browser::CHECK,
    region_mismatch::CHECK,
];

/// What says that the entry is part of its profile: its environment, and the layer that it holds through.
fn profile_labels(model: &Model, described: &Described, entry: &Entry) -> Vec<Label> {
    let said = model.statement(entry);
    let environment = described.profile.environment;
    let own = said.environment.as_ref().filter(|saying| Some(saying.environment) == environment);
    let own = own.map(|saying| saying.because.clone());
    let from_profile = || described.profile.because.first().cloned();
    entry.layer.clone().into_iter().chain(own.or_else(from_profile)).collect()
}

/// Findings of profiles, without those of files of no environment that an environment of the same unit has told already.
fn once(found: Vec<(&Described, Finding)>) -> Vec<Finding> {
    let is_told = |described: &Described, finding: &Finding| {
        let told = |(other, told): &(&Described, Finding)| {
            other.profile.environment.is_some()
                && other.profile.unit.folder == described.profile.unit.folder
                && finding.evidence.iter().all(|value| told.evidence.contains(value))
        };
        described.profile.environment.is_none() && found.iter().any(told)
    };
    let told: Vec<bool> = found.iter().map(|(described, finding)| is_told(described, finding)).collect();
    found.into_iter().zip(told).filter(|(_, told)| !told).map(|((_, finding), _)| finding).collect()
}

fn confidence_of(trust: Trust) -> Confidence {
    match trust {
        Trust::Said => Confidence::Certain,
        Trust::Assumed | Trust::Fallback => Confidence::Likely,
    }
}

/// The country that an instance is of, by its own name or the policy.
fn instance_country(entry: &Entry) -> Option<(&InstanceUse, crate::vocabulary::Country)> {
    let instance = entry.instance.as_ref().filter(|instance| !instance.sandbox)?;
    Some((instance, instance.country?))
}
