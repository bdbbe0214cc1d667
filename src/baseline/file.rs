//! The file of a baseline: TOML, sorted, without lines, dates or values.

use serde::{Deserialize, Serialize};

use super::{Baseline, Entry, VERSION};
use crate::readers;

/// Why a file cannot be used as a baseline. Nothing of its text is told: whatever stands there, nobody knows that it is no
/// credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is of another version, as it is written there; `None` where it says none.
    Version(Option<i64>),
    /// A line, from 1, that no baseline has.
    Line(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i64,
    #[serde(default)]
    finding: Vec<Entry>,
}

const HEADER: &str = "\
# Findings of flinks-lint that are known and do not fail a run. Written by `flinks-lint baseline`, which keeps
# `reason` and `owner` of every entry: write there why it is left for now, and who will mend it.

";

/// # Errors
/// Where it is of another version, or no baseline.
pub fn read(text: &str) -> Result<Baseline, Unreadable> {
    // The parser may overflow its stack on brackets that are never closed; a baseline has no more than one in another.
    if let Some(at) = readers::toml::deepest(text) {
        return Err(Unreadable::Line(line(text, at)));
    }
    let at = |error: &toml::de::Error| Unreadable::Line(line(text, error.span().map_or(0, |span| span.start)));
    // The version first: a later one may have anything else in it.
    let table: toml::Table = toml::from_str(text).map_err(|error| at(&error))?;
    match table.get("version").map(toml::Value::as_integer) {
        Some(Some(VERSION)) => {}
        Some(version) => return Err(Unreadable::Version(version)),
        None => return Err(Unreadable::Version(None)),
    }
    let file: File = toml::from_str(text).map_err(|error| at(&error))?;
    let mut entries = file.finding;
    // Somebody may have merged two by hand.
    entries.sort();
    Ok(Baseline { entries })
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The same entries give the same bytes.
pub fn write(baseline: &Baseline) -> String {
    let mut entries = baseline.entries.clone();
    entries.sort();
    let file = File { version: VERSION, finding: entries };
    let body = toml::to_string(&file).unwrap_or_else(|_| format!("version = {VERSION}\n"));
    format!("{HEADER}{body}")
}
