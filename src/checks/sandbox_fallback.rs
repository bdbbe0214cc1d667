//! Defaults that are the sandbox: where a setting is forgotten, production talks to it and nobody notices.

use std::collections::BTreeMap;

use crate::fact::Said;
use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::{Described, Entry, Model, Statement, entries};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::{Environment, words};

use super::sandbox::{self, Reach};
use super::steps::Steps;
use super::{Check, profile_labels};

pub const CHECK: Check = Check { rule: "sandbox-fallback", check };

fn check(model: &Model) -> Vec<Finding> {
    // One finding a default: templates that it flows into are its other places.
    let mut found: BTreeMap<Span, Vec<(&Described, Reach<'_>)>> = BTreeMap::new();
    for described in &model.profiles {
        let environment = described.profile.environment;
        if environment.is_some() && !described.profile.is_production() {
            continue;
        }
        for entry in &described.profile.entries {
            let said = model.statement(entry);
            // A parameter's default counts where production leaves it in force.
            let parameter = said.said == Said::Default && environment.is_none();
            let elsewhere = said.excluded == Some(Environment::Production);
            if !entries::reaches(said) || parameter || elsewhere || overridden(model, described, entry) {
                continue;
            }
            for reach in sandbox::reaches(model, entry, Trust::Fallback) {
                found.entry(reach.span).or_default().push((described, reach));
            }
        }
    }
    found.into_values().filter_map(|reaches| finding(model, reaches)).collect()
}

/// Whether production sets what the default stands in for: in every production profile that has the setting, another
/// value holds.
fn overridden(model: &Model, described: &Described, entry: &Entry) -> bool {
    if described.profile.environment.is_some() {
        return false;
    }
    let unit = &described.profile.unit.folder;
    let production = model.profiles.iter().filter(|other| other.profile.is_production());
    let mut seen = false;
    let is_layer = |other: &&Described| {
        other.profile.unit.folder == *unit || sets(model, other, entry) || calls(model, other, unit)
    };
    for other in production.filter(is_layer) {
        let same = other.profile.entries.iter().find(|same| same.statement == entry.statement);
        let held = same.is_some_and(|same| sandbox::reaches(model, same, Trust::Fallback).is_empty());
        if !held && !sets(model, other, entry) {
            return false;
        }
        seen = true;
    }
    seen
}

/// Whether a profile sets one of the names that a setting refers to.
fn sets(model: &Model, described: &Described, entry: &Entry) -> bool {
    entry.resolved.references.iter().any(|met| {
        let name = words::normal(&met.name);
        let by = |other: &Entry| {
            let said = model.statement(other);
            other.state.is_present() && (said.key == name || is_argument(said, &name))
        };
        described.profile.entries.iter().any(|other| other.statement != entry.statement && by(other))
    })
}

/// Whether a setting is what a module of Terraform is given for its variable of this name.
fn is_argument(said: &Statement, variable: &str) -> bool {
    is_of_module(said) && words::normal(&said.name().text) == variable
}

/// Whether a profile takes in the module of Terraform that lies in this folder: `source = "../../modules/flinks"`.
fn calls(model: &Model, described: &Described, folder: &str) -> bool {
    let own = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let said = described.profile.entries.iter().map(|entry| model.statement(entry));
    let mut sources = said.filter(|said| is_of_module(said) && &*said.name().text == "source");
    sources.any(|said| !folder.is_empty() && own(said.value.word()) == own(folder))
}

fn is_of_module(said: &Statement) -> bool {
    said.path.first().is_some_and(|block| &*block.text == "module")
}

fn finding(model: &Model, reaches: Vec<(&Described, Reach<'_>)>) -> Option<Finding> {
    // The setting that has the default itself comes before those that are filled in with it.
    let nearest = reaches.iter().min_by_key(|(_, reach)| reach.via.len())?;
    let (described, first) = nearest;
    let said = model.statement(first.entry);
    let others =
        reaches.iter().filter(|(_, reach)| reach.entry.statement != first.entry.statement).map(|(_, reach)| {
            let said = model.statement(reach.entry);
            Label::at(said.name().span, "is filled in with it")
        });
    let asked = first.via.last().map(|span| Label::at(*span, "may be unset"));
    let held = described.profile.environment.iter().flat_map(|_| profile_labels(model, described, first.entry));
    let steps = Steps::to(model, described, first.entry)
        .value(first.entry, &first.via, Trust::Fallback)
        .then(Place::At(first.span), "the default reaches the shared sandbox")
        .end();
    Some(
        Finding::at(first.span, first.text.clone())
            .steps(steps)
            .because_all(asked)
            .because_all(held)
            .because_all(others.take(8))
            .help("fail where the setting is missing, or give the sandbox in development only")
            .about(format!("{} · {}", described.profile.unit.name(), said.key))
            .evidence([first.text.clone()])
            .confidence(Confidence::Certain),
    )
}
