//! The model itself, findings or none: profiles, their instances and components, webhooks, regions, stores.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{Labelled, Ledger, Location, Tool};
use super::{Look, Shown, Verdict, json};
use crate::finding::Confidence;
use crate::lint;
use crate::model::Model;
use crate::secret::cover;
use crate::source::Sources;
use crate::vocabulary::credentials;
use crate::vocabulary::{Country, Environment};

mod ownership;
mod text;
mod view;

/// Changes when a field goes or changes its meaning. New fields leave it as it is.
pub const SCHEMA_VERSION: &str = "1";

/// The map of a codebase: which profile uses which Flinks instance with which settings, and where loginIds are stored.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Map<'a> {
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: &'static str,
    pub tool: Tool,
    /// By unit and environment. Profiles without a setting of Flinks and without a region are left out.
    pub profiles: Vec<Profile<'a>>,
    /// Where loginIds are stored, in the order of their places.
    pub stores: Vec<Store<'a>>,
    pub ledger: Ledger<'a>,
    /// With which code the run ends: 0, or 3 where nothing was scanned.
    pub exit_code: u8,
}

/// One environment of one deployable unit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Profile<'a> {
    /// For people: `production of api`.
    pub name: String,
    /// What is deployed by itself: a folder, perhaps one item in it; `.` is the scanned root.
    pub unit: String,
    /// Null for the files that say none.
    pub environment: Option<Environment>,
    /// What says the environment.
    pub because: Vec<Labelled<'a>>,
    pub instances: Vec<Instance<'a>>,
    /// Webhooks that are set up for no country in particular.
    pub webhooks_for_no_country: Vec<Component<'a>>,
    /// Settings that no host, name or country binds to an instance, by what their names share.
    pub unbound: Vec<Unbound<'a>>,
    pub regions: Vec<Region<'a>>,
}

/// A Flinks instance in use in a profile.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Instance<'a> {
    /// `northwind-ca`; null where only the country is known.
    pub label: Option<&'a str>,
    /// Null for sandboxes, and for instances of which nothing says the country.
    pub country: Option<Country>,
    pub sandbox: bool,
    /// Where the policy declares the instance's country.
    pub declared: Option<Location<'a>>,
    /// Where the policy says that it has no webhooks, and why.
    pub without_webhooks: Option<Labelled<'a>>,
    /// What shows the instance and its country.
    pub evidence: Vec<Labelled<'a>>,
    /// Those that every instance has, missing or not, and others that are there.
    pub components: Vec<Component<'a>>,
}

/// A part of what describes an instance.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Component<'a> {
    /// `API host`, `iframe host`, `customerId`, `secret key`, `x-api-key`, `bearer token`, `webhook`, `webhook secret`,
    /// `instance name`, or `host` where nothing says which of the two it is.
    pub component: &'static str,
    pub state: State,
    /// Where a literal does not hold for sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
    /// Where its value comes from, if it is not in the tree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference<'a>>,
    /// Other instances of the tree that have the same literal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared_with: Vec<String>,
    /// The settings that say it, each followed by the places that fill it in.
    pub said: Vec<Location<'a>>,
}

/// Whether a component is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Its value stands in the tree.
    Literal,
    /// Its value comes from elsewhere: a secret store, the platform, a variable.
    Supplied,
    /// A host of which a part is not known.
    Unresolved,
    Placeholder,
    Empty,
    Missing,
}

/// In what sense a literal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It is said where no environment is known, and nothing says otherwise.
    Assumed,
    /// It holds only if nobody sets the name.
    Fallback,
}

/// A value that is said elsewhere.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Reference<'a> {
    pub kind: ReferenceKind,
    /// Left out where it may be more than a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceKind {
    /// A variable, parameter or key.
    Named,
    /// Kept in a secret store or by the platform.
    Stored,
    /// An expression, a command's output.
    Computed,
}

/// Settings of one slot that belong to no known instance.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unbound<'a> {
    /// What their names share: `flinks`, `flinks pay us`.
    pub slot: String,
    pub country: Option<Country>,
    pub components: Vec<Component<'a>>,
}

/// A cloud region that a setting chooses.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Region<'a> {
    pub region: &'static str,
    pub provider: &'static str,
    pub country: Country,
    /// The name of the setting that says it.
    pub key: &'a str,
    pub said: Location<'a>,
}

/// A table, collection or document type that holds loginIds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Store<'a> {
    pub name: &'a str,
    pub kind: StoreKind,
    /// The folder whose database it is in; empty for the scanned root.
    pub home: &'a str,
    pub confidence: Confidence,
    /// The columns or fields that hold loginIds.
    pub columns: Vec<Column<'a>>,
    /// Whether anything beside a loginId tells which instance issued it.
    pub origin: Origin,
    /// The places that tell it, or that show that nothing does.
    pub because: Vec<Labelled<'a>>,
    /// The other places of the same store.
    pub places: Vec<Labelled<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Column<'a> {
    pub name: &'a str,
    pub said: Location<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    Table,
    Model,
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    Said,
    Unsaid,
    /// A parent row may tell it, but the parent is not in the tree.
    Unknown,
}

/// The JSON Schema of [`Map`].
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Map<'static>>()
}

/// As a table for people.
pub fn text(model: &Model, sources: &Sources, ledger: &lint::Ledger, look: &Look) -> String {
    let shown = shown(sources, ledger, look);
    masked(&text::draw(&view::map(model, &shown), &shown), model, sources)
}

/// As JSON.
pub fn json(model: &Model, sources: &Sources, ledger: &lint::Ledger, look: &Look) -> String {
    let shown = shown(sources, ledger, look);
    // There is nothing in a map that JSON cannot say.
    let map = serde_json::to_string_pretty(&view::map(model, &shown)).unwrap_or_default() + "\n";
    masked(&map, model, sources)
}

/// A map without the keys that somebody put where an instance's name, a unit or a slot belongs.
fn masked(map: &str, model: &Model, sources: &Sources) -> String {
    let mut found = credentials::find_keys(map);
    let entries = model.profiles.iter().flat_map(|described| &described.profile.entries);
    // Labels are in lower case, in which a key of letters looks like a word.
    let keys: BTreeSet<String> = entries
        .filter_map(|entry| entry.instance.as_ref())
        .map(|instance| sources.slice(instance.span))
        .flat_map(|text| credentials::find_keys(text).into_iter().map(|range| text[range].to_ascii_lowercase()))
        .collect();
    let lower = if keys.is_empty() { String::new() } else { map.to_ascii_lowercase() };
    found.extend(keys.iter().flat_map(|key| lower.match_indices(key).map(|(at, key)| at..at + key.len())));
    cover(map, &credentials::joined(map, found))
}

/// Whether anything was read at all.
pub fn verdict(ledger: &lint::Ledger) -> Verdict {
    if ledger.read == 0 { Verdict::NothingScanned } else { Verdict::Clean }
}

/// An outcome without findings. The map takes places from its sources and never their text, so they need no mask.
fn shown<'a>(sources: &'a Sources, ledger: &'a lint::Ledger, look: &'a Look) -> Shown<'a> {
    Shown {
        look,
        sources,
        ledger,
        findings: Vec::new(),
        suppressed: Vec::new(),
        baseline: None,
        counts: super::Counts::default(),
    }
}

fn labelled<'a>(label: &'a crate::finding::Label, shown: &Shown<'a>) -> Labelled<'a> {
    Labelled { location: json::location(label.place, shown), label: &label.text }
}
