//! Stored loginIds with nothing beside them that says which instance or country issued them.

use crate::fact::RecordKind;
use crate::finding::{Confidence, Finding, Label, Place, Remedy, Severity};
use crate::model::stores::{Origin, Store};
use crate::model::{Model, TwoInstances};

use super::Check;
use super::steps::{distinct, whole};

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
    let where_looked = if confidence == Confidence::Unknown { " in the tree" } else { "" };
    let label = format!("`{}` is stored with nothing{where_looked} that says which instance issued it", login.value);
    let finding = Finding::at(login.span, label)
        .steps(steps(store, reasons, instances))
        .because_all(store.places.iter().cloned())
        .because_all(reasons.iter().cloned())
        .because_all(store.context.iter().cloned())
        .because_all(instances.iter().cloned())
        .help(help(store, confidence))
        .about(store.title())
        .evidence([login.value.clone()])
        .confidence(confidence)
        .severity(severity)
        .remedy(Some(Remedy::AddCountry { beside: login.span }));
    Some(finding)
}

/// From the store to its loginId, to what might have said where it came from, and to the instances there are.
fn steps(store: &Store, reasons: &[Label], instances: &[Label]) -> Vec<Label> {
    let title = store.title();
    let login = store.login_id();
    let mut steps = vec![Label::at(store.name.span, format!("`{title}` is a store"))];
    steps.extend(store.places.iter().filter(|place| place.place != Place::At(store.name.span)).map(whole));
    steps.extend(store.context.iter().map(whole));
    steps.push(Label::at(login.span, format!("`{}` holds a loginId of Flinks", login.value)));
    steps.extend(reasons.iter().map(whole));
    steps.extend(instances.iter().map(whole));
    let text = match store.origin {
        Origin::Unknown(_) => "what the tree shows does not say which instance issued it",
        Origin::Said(_) | Origin::Unsaid(_) => "nothing beside it says which instance issued it",
    };
    steps.push(Label::at(login.span, text));
    distinct(steps)
}

fn help(store: &Store, confidence: Confidence) -> String {
    let name = store.title();
    match (store.kind, confidence) {
        (_, Confidence::Unknown) => {
            format!("add `flinks_instance` or `country` (NOT NULL) to `{name}`, unless a parent row has it")
        }
        (RecordKind::Document, _) => format!("keep `flinks_instance` or `country` with every item of `{name}`"),
        _ => format!("add `flinks_instance` or `country` (NOT NULL) to `{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Label;
    use crate::model::stores::{StoreContext, stores};
    use crate::readers;
    use crate::source::Sources;

    fn findings(sql: &str, two_instances: Option<&TwoInstances>) -> Vec<Finding> {
        let sources = Sources::in_memory([("db/schema.sql", sql)]);
        let facts: Vec<_> = sources.iter().filter_map(readers::read).collect();
        let stores = stores(&facts, &sources, &StoreContext::BARE);
        stores.iter().filter_map(|store| judge(store, two_instances)).collect()
    }

    const BANK: &str = "CREATE TABLE public.bank (flinks_login_id text);";

    #[test]
    fn a_store_is_one_finding_that_names_what_to_add() {
        let found = findings(BANK, None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Some(Severity::Warning));
        assert_eq!(
            found[0].primary.text,
            "`flinks_login_id` is stored with nothing that says which instance issued it"
        );
        assert_eq!(found[0].help, "add `flinks_instance` or `country` (NOT NULL) to `bank`");
        assert_eq!(
            (found[0].subject.as_str(), found[0].evidence.as_slice()),
            ("bank", &["flinks_login_id".to_owned()][..])
        );
    }

    /// With one instance in sight it is a debt; with two, rows are lost today.
    #[test]
    fn two_instances_make_it_an_error() {
        let place = findings(BANK, None)[0].primary.place;
        let elsewhere = Label { place: crate::finding::Place::Named(place.file()), text: "is the other".into() };
        let found = findings(BANK, Some(&TwoInstances { labels: vec![elsewhere.clone()] }));
        assert_eq!(found[0].severity, Some(Severity::Error));
        assert!(found[0].related.contains(&elsewhere));
    }

    #[test]
    fn a_parent_outside_of_the_tree_is_only_unknown() {
        let found = findings("CREATE TABLE bank (u int NOT NULL REFERENCES shops (id), flinks_login_id text);", None);
        assert_eq!(found[0].confidence, Confidence::Unknown);
        assert!(found[0].related.iter().any(|label| label.text == "is not in the tree"));
    }
}
