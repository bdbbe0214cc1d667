//! A first policy, drafted from what a tree says: instances, countries and profiles, each with the place that says it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::finding::{Label, Place};
use crate::model::{Described, Model};
use crate::source::Sources;
use crate::vocabulary::{Country, Environment};

/// The text of a policy file.
pub fn draft(model: &Model, sources: &Sources, version: &str) -> String {
    let mut text = String::from(
        "# What this codebase promises of its Flinks instances. Drafted by `flinks-lint init` from the tree.\n\n",
    );
    let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
    let _ = writeln!(text, "required-version = \">={minor}\"");
    let instances = instances(model);
    if instances.is_empty() {
        text.push_str("\n# No instance is named in the tree: declare each that is used.\n# [[instance]]\n# name = \"northwind-ca\"\n# country = \"CA\"\n");
    }
    for (label, found) in &instances {
        let place = found.evidence.as_ref().map(|label| label.place.shown(sources)).unwrap_or_default();
        let _ = write!(text, "\n# Used in {place}.\n");
        match found.country {
            Some(country) => {
                let _ = write!(text, "[[instance]]\nname = {} # {place}\n", quoted(label));
                let _ = writeln!(text, "country = \"{}\" # the name says so", country.code());
            }
            None => {
                let _ = write!(
                    text,
                    "# Nothing says its country: choose, and uncomment.\n# [[instance]]\n# name = {}\n",
                    quoted(label)
                );
                text.push_str("# country = \"CA\"\n");
            }
        }
    }
    for ((environment, country), paths) in profiles(model, sources) {
        let _ = write!(text, "\n# Told by the names of these files.\n[[profile]]\npaths = [\n");
        for path in paths {
            let _ = writeln!(text, "  {}, # its name or folder says so", quoted(&format!("/{}", escaped(&path))));
        }
        let _ = writeln!(text, "]\nenvironment = \"{}\"", environment.name());
        if let Some(country) = country {
            let _ = writeln!(text, "country = \"{}\" # its name or folder says so", country.code());
        }
    }
    text
}

struct Found {
    country: Option<Country>,
    evidence: Option<Label>,
}

/// The instances of one's own, by name.
fn instances(model: &Model) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let all = model.profiles.iter().flat_map(|described| &described.instances).filter(|instance| !instance.sandbox);
    for instance in all {
        if let Some(label) = &instance.label {
            let evidence = instance.evidence.first().cloned();
            found.entry(label.clone()).or_insert(Found { country: instance.country, evidence });
        }
    }
    found
}

type Profiles = BTreeMap<(Environment, Option<Country>), BTreeSet<String>>;

/// The files whose names or folders tell their environment, by what they tell.
fn profiles(model: &Model, sources: &Sources) -> Profiles {
    let mut found = Profiles::new();
    for described in &model.profiles {
        let Some(environment) = described.profile.environment else { continue };
        for path in told_by_name(model, described, sources) {
            found.entry((environment, None)).or_default().insert(path);
        }
    }
    found
}

fn told_by_name(model: &Model, described: &Described, sources: &Sources) -> BTreeSet<String> {
    let said = described.profile.entries.iter().map(|entry| model.statement(entry)).filter(|said| said.flinks);
    let told = said.filter(|said| {
        let saying = said.environment.as_ref();
        saying.is_some_and(|saying| saying.because.place == Place::Named(said.file))
    });
    told.map(|said| sources.path(said.file).to_owned()).collect()
}

/// A name as a string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A path as a glob that means it alone.
fn escaped(path: &str) -> String {
    path.chars().flat_map(|c| if matches!(c, '*' | '?' | '[' | ']' | '\\') { vec!['\\', c] } else { vec![c] }).collect()
}
