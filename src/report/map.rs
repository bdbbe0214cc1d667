//! The model itself, findings or none: profiles, their instances and components, webhooks, stores.

use crate::lint::Ledger;
use crate::model::Model;
use crate::source::Sources;

/// As a table for people.
pub fn text(model: &Model, _sources: &Sources, _ledger: &Ledger) -> String {
    model.profiles.iter().map(|described| described.profile.name() + "\n").collect()
}

/// As JSON.
pub fn json(_model: &Model, _sources: &Sources, _ledger: &Ledger) -> String {
    "{}".to_owned()
}
