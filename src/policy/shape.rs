//! Holds what was written against the schema: unknown keys, wrong types, missing keys, all of them at once.
//!
//! serde stops at the first error. So whatever does not fit the schema is reported and taken out here, and serde
//! reads the rest, which fits. The schema that editors use is thereby the one that checks.

use serde_json::Value as Schema;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::fault::Faults;
use crate::vocabulary::nearest::nearest;

/// Takes out of `root` what does not fit and reports it. `whole` says that nothing was lost while parsing, so
/// that a missing key is truly missing.
pub(super) fn fit(root: &mut Spanned<DeTable<'_>>, schema: &Schema, whole: bool, faults: &mut Faults<'_>) {
    let span = root.span();
    let table = std::mem::take(root.get_mut());
    let mut value = Spanned::new(span, DeValue::Table(table));
    Shape { faults, whole, in_list: false }.fits(&mut value, schema, "policy");
    if let DeValue::Table(table) = value.into_inner() {
        *root.get_mut() = table;
    }
}

type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;

/// Keeps the entries of a table that pass.
fn keep<'i>(table: &mut DeTable<'i>, mut passes: impl FnMut(&Key<'i>, &mut Spanned<DeValue<'i>>) -> bool) {
    let entries = std::mem::take(table).into_iter();
    *table = entries.filter_map(|(name, mut value)| passes(&name, &mut value).then_some((name, value))).collect();
}

struct Shape<'f, 's> {
    faults: &'f mut Faults<'s>,
    whole: bool,
    /// Whether the value at hand is an item of a list.
    in_list: bool,
}

impl Shape<'_, '_> {
    /// Whether a value fits once its misfits are taken out. The depth is that of the schema: what the schema does
    /// not know is not entered.
    fn fits<'i>(&mut self, value: &mut Spanned<DeValue<'i>>, schema: &Schema, key: &str) -> bool {
        let span = value.span();
        let fits = match (value.get_mut(), schema["type"].as_str()) {
            (DeValue::Table(table), Some("object")) => {
                let outside = std::mem::replace(&mut self.in_list, false);
                let noun = if outside { format!("this [[{key}]]") } else { format!("`{key}`") };
                self.fit_table(table, span.clone(), schema, &noun);
                self.in_list = outside;
                true
            }
            (DeValue::Array(items), Some("array")) => {
                let all = std::mem::replace(items, DeArray::new()).into_iter();
                let outside = std::mem::replace(&mut self.in_list, true);
                let fitting = all.filter_map(|mut item| self.fits(&mut item, &schema["items"], key).then_some(item));
                *items = fitting.collect::<DeArray<'i>>();
                self.in_list = outside;
                true
            }
            _ if self.faults.is_unparsed(&span) => false,
            (DeValue::Datetime(_), Some("string")) if schema["format"] == "date" => true,
            (DeValue::Boolean(_), Some("boolean")) => true,
            (DeValue::String(text), _) if !choices(schema).is_empty() => {
                self.is_choice(text, span.clone(), schema, key)
            }
            (DeValue::String(_), Some("string")) => true,
            (written, _) => {
                let (expected, written) = (expected(schema), article(written.type_str()));
                if self.in_list {
                    let message = format!("an item of `{key}` is {expected}, not {written}");
                    self.faults.add(span.clone(), message).help(item_example(schema, key));
                } else {
                    let message = format!("`{key}` takes {expected}, not {written}");
                    self.faults.add(span.clone(), message).help(example(schema, key));
                }
                false
            }
        };
        if !fits {
            self.faults.took(span.start);
        }
        fits
    }

    fn fit_table(&mut self, table: &mut DeTable<'_>, span: std::ops::Range<usize>, schema: &Schema, noun: &str) {
        let Some(properties) = schema["properties"].as_object() else {
            return keep(table, |name, value| self.fits(value, &schema["additionalProperties"], name.get_ref()));
        };
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Schema::as_str);
        for missing in required.filter(|name| self.whole && !table.contains_key(*name)) {
            let help = format!("{}: {}", example(&properties[missing], missing), first_sentence(&properties[missing]));
            self.faults.add(span.clone(), format!("{noun} has no `{missing}`")).help(help);
        }
        keep(table, |name, value| match properties.get(name.get_ref().as_ref()) {
            Some(property) => self.fits(value, property, name.get_ref()),
            None => {
                self.unknown_key(name, value, properties.keys().map(String::as_str));
                self.faults.took(name.span().start);
                false
            }
        });
    }

    fn unknown_key<'k>(
        &mut self,
        name: &Key<'_>,
        value: &Spanned<DeValue<'_>>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        // Whatever stands there, nobody knows that it is no credential.
        self.faults.hide(value.span());
        let list: Vec<&str> = known.clone().collect();
        let help = format!("the keys here are {}", and(&list));
        let message = match nearest(name.get_ref(), known) {
            Some(meant) => format!("unknown key \"{}\", did you mean \"{meant}\"?", name.get_ref()),
            None => format!("unknown key \"{}\"", name.get_ref()),
        };
        self.faults.add(name.span(), message).help(help);
    }

    fn is_choice(&mut self, text: &str, span: std::ops::Range<usize>, schema: &Schema, key: &str) -> bool {
        let choices = choices(schema);
        if choices.contains(&text) {
            return true;
        }
        let noun = schema["title"].as_str().unwrap_or(key);
        let message = match nearest(text, choices.iter().copied()) {
            Some(meant) => format!("unknown {noun} \"{text}\", did you mean \"{meant}\"?"),
            None => format!("unknown {noun}{}", self.faults.quoted(text, span.clone())),
        };
        let quoted: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
        self.faults
            .add(super::check::inside_quotes(self.faults.source.text(), span, text), message)
            .help(format!("write {}", or(&quoted)));
        false
    }
}

/// The words that a value may be, if the schema lists them.
fn choices(schema: &Schema) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Schema::as_str);
    let described = schema["oneOf"].as_array().into_iter().flatten();
    listed.chain(described.flat_map(|one| one["const"].as_str().into_iter().chain(choices(one)))).collect()
}

fn is_list_of_tables(schema: &Schema) -> bool {
    schema["type"] == "array" && schema["items"]["type"] == "object"
}

/// What a value of the schema is, in words.
fn expected(schema: &Schema) -> &'static str {
    match schema["type"].as_str() {
        _ if !choices(schema).is_empty() => "a word in quotes",
        Some("object") => "a table",
        Some("boolean") => "true or false",
        Some("array") if is_list_of_tables(schema) => "a list of tables",
        Some("array") => "a list of texts",
        _ if schema["format"] == "date" => "a date",
        _ => "a text in quotes",
    }
}

/// What to write for a key.
fn example(schema: &Schema, key: &str) -> String {
    let choices: Vec<String> = choices(schema).iter().map(|choice| format!("\"{choice}\"")).collect();
    match schema["type"].as_str() {
        _ if !choices.is_empty() => format!("write `{key} = …` with {}", or(&choices)),
        Some("object") => format!("write `[{key}]`"),
        Some("boolean") => format!("write `{key} = false` or `{key} = true`"),
        Some("array") if is_list_of_tables(schema) => format!("write `[[{key}]]`"),
        Some("array") => format!("write `{key} = [\"…\"]`"),
        _ if schema["format"] == "date" => format!("write `{key} = 2027-01-31`"),
        _ => format!("write `{key} = \"…\"`"),
    }
}

/// What to write for a list of such items.
fn item_example(schema: &Schema, key: &str) -> String {
    if schema["type"] == "object" { format!("write `[[{key}]]`") } else { format!("write `{key} = [\"…\"]`") }
}

fn article(toml_type: &str) -> String {
    match toml_type {
        "array" => "a list".into(),
        "integer" => "an integer".into(),
        "string" => "a text".into(),
        "boolean" => "true or false".into(),
        "datetime" => "a date".into(),
        other => format!("a {other}"),
    }
}

fn first_sentence(schema: &Schema) -> String {
    let description = schema["description"].as_str().unwrap_or_default();
    let sentence = description.split_inclusive(". ").next().unwrap_or_default().trim_end().trim_end_matches('.');
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn and(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    joined(&quoted, "and")
}

fn or(words: &[String]) -> String {
    joined(words, "or")
}

fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
