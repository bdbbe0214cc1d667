//! The baseline: findings that are known and do not count, one entry each, in a file that people read and review.
//!
//! A finding is known again by what it is about, never by its line:
//! 1. by its fingerprint, which is of rule, subject and values, the entry of the same path first;
//! 2. else by rule, values and subject without the folder of its unit, where the entry has the same path, or where the
//!    entry's file is gone and one of the same name says it now: the file was moved, or a folder was scanned by itself.
//!
//! An entry stands for one finding. The second place that says the same is new. Where what the tree shows makes a
//! finding more severe than its entry says, it counts again.

mod file;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

pub use file::{Unreadable, read, write};

/// The file's name, in the root.
pub const NAME: &str = "flinks-lint-baseline.toml";

/// How findings are known again. Another number is another way, and its file cannot be used.
pub const VERSION: i64 = 1;

/// A known finding. The order of fields is that of the file, and of its sorting.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Below the folder of the baseline.
    pub path: String,
    pub rule: String,
    pub subject: String,
    /// For people.
    pub message: String,
    /// Other files that prove it, sorted: only where all were scanned can the entry be called stale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Set where the rule's severity depends on what the tree shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Of rule, subject and values.
    pub fingerprint: String,
    /// Of rule and values.
    pub evidence: String,
    /// Why it is left for now. Written by people, kept across updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who will mend it. Written by people, kept across updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

impl Entry {
    /// Whether a finding that it knows is no more severe than it was.
    pub fn covers(&self, present: &Entry) -> bool {
        match (self.severity, present.severity) {
            (Some(known), Some(present)) => present <= known,
            _ => true,
        }
    }

    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The entries of a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    pub entries: Vec<Entry>,
}

/// What a run looked at, in the paths of the baseline.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The folders that lead from the baseline to the scanned root, with `/`; empty if it lies there.
    pub above: String,
    /// Files and folders that were scanned; an empty path is everything.
    pub scanned: Vec<String>,
    /// Files and folders that could not be read, or were passed over as too large: nothing can be said of them.
    pub unread: BTreeSet<String>,
    /// Files of entries that are no longer there.
    pub gone: BTreeSet<String>,
    /// The rules that ran.
    pub rules: Vec<&'static str>,
}

impl Scope {
    /// A path below the scanned root as the baseline has it.
    pub fn path(&self, below_root: &str) -> String {
        match self.above.as_str() {
            "" => below_root.to_owned(),
            above => format!("{above}/{below_root}"),
        }
    }

    fn is_whole(&self) -> bool {
        self.scanned.iter().any(String::is_empty)
    }

    fn holds(&self, path: &str) -> bool {
        let below = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str());
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.scanned.iter().any(below) && !self.unread.iter().any(below)
    }

    /// Whether an entry would have been met if its finding were still there.
    fn judges(&self, entry: &Entry) -> bool {
        let files = std::iter::once(&entry.path).chain(&entry.also);
        self.rules.contains(&entry.rule.as_str()) && files.into_iter().all(|path| self.holds(path))
    }
}

/// Which finding is which entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The entry of every finding that has one.
    pub known: Vec<Option<usize>>,
    /// The entries whose finding is gone, of those that can be judged.
    pub stale: Vec<usize>,
}

/// Finds the entry of every finding.
pub fn compare(present: &[Entry], baseline: &Baseline, scope: &Scope) -> Matches {
    let entries = &baseline.entries;
    let mut known = vec![None; present.len()];
    let mut free: Vec<bool> = vec![true; entries.len()];
    let gone = |entry: &Entry| scope.gone.contains(&entry.path);
    let mut by = |key: &dyn Fn(&Entry) -> Vec<String>, fits: &dyn Fn(&Entry, &Entry) -> bool| {
        let mut waiting: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate().filter(|(at, _)| free[*at]) {
            waiting.entry(key(entry)).or_default().push(at);
        }
        for (finding, known) in present.iter().zip(&mut known).filter(|(_, known)| known.is_none()) {
            let Some(waiting) = waiting.get_mut(&key(finding)) else { continue };
            let Some(first) = waiting.iter().position(|at| fits(&entries[*at], finding)) else { continue };
            let at = waiting.remove(first);
            free[at] = false;
            *known = Some(at);
        }
    };
    let place = |entry: &Entry| vec![entry.rule.clone(), entry.fingerprint.clone(), entry.path.clone()];
    let fault = |entry: &Entry| vec![entry.rule.clone(), entry.fingerprint.clone()];
    let elsewhere = |entry: &Entry| vec![entry.rule.clone(), entry.evidence.clone(), without_folder(entry)];
    by(&place, &|_, _| true);
    by(&fault, &|_, _| true);
    by(&elsewhere, &|entry, finding| {
        entry.path == finding.path || gone(entry) && entry.file_name() == finding.file_name()
    });
    let stale = (0..entries.len()).filter(|at| free[*at] && scope.judges(&entries[*at])).collect();
    Matches { known, stale }
}

/// The subject without the folder of its unit: `production of services/api · FLINKS` is `production · FLINKS` in a file
/// below `services/api`.
fn without_folder(entry: &Entry) -> String {
    let folders: Vec<&str> = entry.path.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let longest_first = (1..=folders.len()).rev().flat_map(|length| folders.windows(length));
    let parts: Vec<&str> = entry.subject.split(" · ").collect();
    for folder in longest_first.map(|folder| folder.join("/")).chain([".".to_owned()]) {
        let bare = |part: &&str| match part.strip_suffix(&folder) {
            Some("") => Some(String::new()),
            Some(rest) => rest.strip_suffix(" of ").map(str::to_owned),
            None => None,
        };
        if let Some((first, others)) = parts.split_first()
            && let Some(bare) = bare(first)
        {
            return std::iter::once(bare.as_str()).chain(others.iter().copied()).collect::<Vec<_>>().join(" · ");
        }
    }
    entry.subject.clone()
}

/// What an update does with findings that are not in the baseline yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// They become entries.
    Rewrite,
    /// They stay out: entries only go.
    Prune,
}

/// A baseline after an update, and what the update did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Updated {
    pub baseline: Baseline,
    pub added: usize,
    pub removed: usize,
}

/// Brings a baseline up to date with the findings of a run. What the run did not look at stays as it is.
pub fn update(present: &[Entry], baseline: &Baseline, scope: &Scope, how: Update) -> Updated {
    let matches = compare(present, baseline, scope);
    let mut updated = Updated { removed: matches.stale.len(), ..Updated::default() };
    let mut entries = Vec::new();
    let mut free: BTreeSet<usize> = (0..baseline.entries.len()).collect();
    for (finding, known) in present.iter().zip(&matches.known) {
        match known {
            Some(at) => {
                free.remove(at);
                entries.push(refreshed(&baseline.entries[*at], finding, scope, how));
            }
            None if how == Update::Rewrite => {
                updated.added += 1;
                entries.push(finding.clone());
            }
            None => {}
        }
    }
    let left = free.into_iter().filter(|at| !matches.stale.contains(at));
    entries.extend(left.map(|at| baseline.entries[at].clone()));
    entries.sort();
    updated.baseline = Baseline { entries };
    updated
}

/// An entry as its finding is now, with what people wrote. A part of the tree is seen from another root, where units and
/// evidence may have other names: there the entry stays, if its file does.
fn refreshed(entry: &Entry, finding: &Entry, scope: &Scope, how: Update) -> Entry {
    let worsened = !entry.covers(finding);
    let severity = if worsened && how == Update::Prune { entry.severity } else { finding.severity };
    let whole = scope.is_whole() || entry.path != finding.path;
    let now = if whole { finding.clone() } else { entry.clone() };
    Entry { severity, reason: entry.reason.clone(), owner: entry.owner.clone(), ..now }
}
