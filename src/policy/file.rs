//! The policy file as it may be written: what is required is so in the schema alone, so that one fault hides no other.
//! Its comments are the descriptions in the JSON Schema and in the manual.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::ABOUT_EXCEPTIONS;
use crate::vocabulary::{Country, Environment};

/// What this codebase promises: its instances and their countries, which paths are which profile, where data
/// may lie, and what is excepted, with the reason. Lies in the scanned root as `flinks-lint.toml`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "flinks-lint policy")]
pub(super) struct PolicyFile {
    /// The versions of flinks-lint that understand this file, such as ">=0.1" or ">=0.1, <2".
    pub required_version: Option<At<String>>,
    /// The Flinks instances of this codebase, one [[instance]] each.
    pub instance: Vec<At<InstanceEntry>>,
    /// Which paths belong to which environment, country or unit, where names do not tell. The last that matches a
    /// path counts.
    pub profile: Vec<At<ProfileEntry>>,
    /// The cloud and database regions in which the data of each country may lie.
    pub residency: ResidencyEntry,
    /// Stores that are of one country although nothing in their schema says so.
    pub store: Vec<At<StoreEntry>>,
    /// Which files are looked at.
    pub scan: ScanEntry,
    /// How grave the findings of a rule are, by rule id.
    pub rules: BTreeMap<At<String>, At<Level>>,
    /// What is meant although a rule speaks against it. An exception that covers nothing is reported, and so is one
    /// whose day has passed.
    pub exception: Vec<At<ExceptionEntry>>,
}

/// One Flinks deployment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct InstanceEntry {
    /// The label before `-api` and `-iframe` in its hosts: "northwind-ca" for northwind-ca-api.private.fin.ag.
    #[schemars(required)]
    pub name: Option<At<String>>,
    /// The country whose data it holds. A label without `-ca` or `-us` has its country from here alone.
    #[schemars(required)]
    pub country: Option<At<Country>>,
    /// Further hosts that are this instance: legacy and vanity names, without scheme and path.
    #[serde(default)]
    pub hosts: Vec<At<String>>,
    /// SHA-256 in lower-case hexadecimal of its customerId, keys and secrets. A credential with such a fingerprint is
    /// this instance's wherever it is found; the value itself does not belong in this file.
    #[serde(default)]
    pub fingerprints: Vec<At<String>>,
    /// Whether it has webhooks. `false` takes it out of `missing-webhook`, with a reason.
    pub webhooks: Option<At<bool>>,
    /// Why this instance has no webhooks, where `webhooks = false`: "polls every night instead".
    pub reason: Option<At<String>>,
    /// The same in one key: why this instance has no webhooks.
    pub without_webhooks: Option<At<String>>,
}

/// What the files under some paths belong to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProfileEntry {
    /// Globs as in .gitignore, relative to this file.
    #[schemars(required)]
    pub paths: Option<Vec<At<String>>>,
    /// The environment that these files configure.
    pub environment: Option<At<Environment>>,
    /// The country of everything there.
    pub country: Option<At<Country>>,
    /// The name of the deployable unit that these files belong to.
    pub unit: Option<At<String>>,
}

/// Regions by country.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ResidencyEntry {
    /// Where Canadian data may lie.
    #[serde(rename = "CA")]
    pub canada: Option<At<RegionsEntry>>,
    /// Where U.S. data may lie.
    #[serde(rename = "US")]
    pub united_states: Option<At<RegionsEntry>>,
}

/// The regions of one country.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RegionsEntry {
    /// Names of regions; `*` stands for any characters: "ca-central-1", "us-*".
    #[schemars(required)]
    pub regions: Option<Vec<At<String>>>,
}

/// A store of loginIds that is per country by agreement.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct StoreEntry {
    /// The table, collection or document type: "bank_connections", "billing.bank_connections".
    #[schemars(required)]
    pub name: Option<At<String>>,
    /// The country whose instance issued every loginId in it.
    #[schemars(required)]
    pub country: Option<At<Country>>,
    /// How it is kept to that country.
    #[schemars(required)]
    pub reason: Option<At<String>>,
}

/// Which files are looked at.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ScanEntry {
    /// Globs as in .gitignore, relative to this file, of what is not looked at.
    pub exclude: Vec<At<String>>,
    /// Files over this size are skipped and counted: "4MiB", "500KB".
    pub max_file_size: Option<At<String>>,
}

/// A finding that is meant, and why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ExceptionEntry {
    /// The id of the one rule that it is made from.
    #[schemars(required)]
    pub rule: Option<At<String>>,
    /// A glob as in .gitignore, relative to this file: covers a finding with a place in such a file.
    pub path: Option<At<String>>,
    /// The subject of the finding, as shown in the JSON report; `*` stands for any characters.
    pub subject: Option<At<String>>,
    /// Why it is meant.
    #[schemars(required)]
    pub reason: Option<At<String>>,
    /// Who answers for it.
    pub owner: Option<At<String>>,
    /// The last day on which it holds: 2027-01-31.
    pub until: Option<At<Written>>,
}

/// How grave the findings of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "level")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Shown in full listings.
    Note,
    /// Shown; fails a run on request.
    Warning,
    /// Fails a run.
    Error,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A value and the bytes of the file that say it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At<T> {
    pub value: T,
    pub range: (usize, usize),
}

impl<T> At<T> {
    pub fn range(&self) -> Range<usize> {
        self.range.0..self.range.1
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(deserializer)?;
        let Range { start, end } = spanned.span();
        Ok(At { value: spanned.into_inner(), range: (start, end) })
    }
}

// In the schema a value is what it is, with or without its place.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A date as it was written, in quotes or without.
pub(super) struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Ok(Written(text)),
            toml::Value::Datetime(date) => Ok(Written(date.to_string())),
            _ => Err(serde::de::Error::custom("not a date")),
        }
    }
}

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// The JSON Schema of the policy file. Where rule ids are given, editors offer and check them.
pub fn schema(known: &[&str]) -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RecursiveTransform(without_null))
        .with_transform(RecursiveTransform(in_one_line));
    let mut schema = settings.into_generator().into_root_schema_for::<PolicyFile>().to_value();
    if !known.is_empty() {
        let of_findings: Vec<&str> = known.iter().copied().filter(|rule| !ABOUT_EXCEPTIONS.contains(rule)).collect();
        let all: Vec<&str> = of_findings.iter().copied().chain(ABOUT_EXCEPTIONS).collect();
        schema["properties"]["rules"]["propertyNames"] = json!({ "enum": all });
        schema["properties"]["exception"]["items"]["properties"]["rule"]["enum"] = json!(of_findings);
    }
    schema
}

/// TOML has no null: a key that may be left out is left out.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if object.get("default").is_some_and(|default| default.is_null() || default == &json!([]) || default.is_object()) {
        object.remove("default");
    }
    if let Some(Value::Array(types)) = object.get("type") {
        let said: Vec<Value> = types.iter().filter(|name| *name != "null").cloned().collect();
        if let [one] = said.as_slice() {
            object.insert("type".into(), one.clone());
        }
    }
    if let Some(Value::Array(choices)) = object.get_mut("enum") {
        choices.retain(|choice| !choice.is_null());
    }
    let Some(Value::Array(either)) = object.get("anyOf") else { return };
    let mut said = either.iter().filter(|schema| schema["type"] != "null");
    if let (Some(Value::Object(only)), None) = (said.next().cloned(), said.next()) {
        object.remove("anyOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
        without_null(schema);
    }
}

/// Descriptions are wrapped in this file and nowhere else.
fn in_one_line(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
}
