//! Stored loginIds with nothing beside them that says which instance or country issued them.

use crate::fact::RecordKind;
use crate::finding::{Confidence, Finding, Label, Severity};
use crate::model::stores::{Origin, Store};
use crate::model::{Model, TwoInstances};

use super::Check;

pub const CHECK: Check = Check { rule: "login-id-without-country", check };

fn check(model: &Model) -> Vec<Finding> {
    model.stores.iter().filter_map(|store| judge(store, model.two_instances.as_ref())).collect()
}

fn judge(store: &Store, two_instances: Option<&TwoInstances>) -> Option<Finding> {
    let (reasons, confidence) = match &store.origin {
        Origin::Said(_) => return None,
        Origin::Unsaid(reasons) => (reasons, store.confidence),
        Origin::Unknown(reasons) => (reasons, Confidence::Unknown),
    };
    let severity = if two_instances.is_some() { Severity::Error } else { Severity::Warning };
    let login = store.login_id();
    let instances = two_instances.map_or(&[][..], |two| &two.labels);
    let finding = Finding::at(login.span, "is stored with nothing that says which instance issued it")
        .because_all(store.places.iter().cloned())
        .because_all(reasons.iter().cloned())
        .because_all(store.context.iter().cloned())
        .because_all(instances.iter().cloned())
        .help(help(store, confidence))
        .about(store.name.value.clone())
        .evidence([login.value.clone()])
        .confidence(confidence)
        .severity(severity);
    Some(finding)
}

fn help(store: &Store, confidence: Confidence) -> String {
    let name = &store.name.value;
    match (store.kind, confidence) {
        (_, Confidence::Unknown) => {
            format!("add `flinks_instance` or `country` (NOT NULL) to `{name}`, unless a parent row has it")
        }
        (RecordKind::Document, _) => format!("keep `flinks_instance` or `country` with every item of `{name}`"),
        _ => format!("add `flinks_instance` or `country` (NOT NULL) to `{name}`"),
    }
}
