//! Stored loginIds with nothing beside them that says which instance or country issued them.

use crate::fact::RecordKind;
use crate::finding::{Confidence, Finding, Label, Severity};
use crate::model::stores::{Origin, Store};

/// The places that show two instances against one store: two countries, or the sandbox and a private one.
pub struct TwoInstances {
    pub labels: Vec<Label>,
}

pub fn check(stores: &[Store], two_instances: Option<&TwoInstances>) -> Vec<Finding> {
    stores.iter().filter_map(|store| judge(store, two_instances)).collect()
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
    let where_looked = if confidence == Confidence::Unknown { " in the tree" } else { "" };
    let label = format!("`{}` is stored with nothing{where_looked} that says which instance issued it", login.value);
    let finding = Finding::at(login.span, label)
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
