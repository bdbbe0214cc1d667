//! The policy: what this codebase promises of its instances, profiles, regions and exceptions, every value with its place.

mod check;
mod date;
mod fault;
mod file;
mod globs;
mod place;
mod shape;
mod show;
mod version;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub use date::Date;
pub use fault::{Broken, Fault};
pub use file::{Level, schema};
pub use globs::Globs;
pub use place::{Misplaced, NAMES, choose, is_policy_name, nested};
pub use show::{Beside, show};
pub use version::THIS as VERSION;

use crate::secret::Secret;
use crate::source::{FileId, Source, Span, Spanned};
use crate::vocabulary::words::normal;
use crate::vocabulary::{Country, Environment};

/// A policy that documents every key. Shown in the manual, read by tests.
pub const EXAMPLE: &str = include_str!("example.toml");

/// Files over this many bytes are skipped, unless the policy says otherwise.
pub const MAX_FILE_SIZE: u64 = 4 << 20;

/// Rules of the exceptions themselves. Their findings cannot be excepted: that would be an exception that nobody
/// could lose.
pub const ABOUT_EXCEPTIONS: [&str; 3] = ["unused-exception", "expired-exception", "malformed-exception"];

/// A checked policy. Nobody checks its values again. The default promises nothing.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    file: Option<FileId>,
    /// Whether it lies above the scanned root.
    lies_above: bool,
    required_version: Option<Spanned<String>>,
    instances: Vec<Instance>,
    by_label: HashMap<String, usize>,
    by_host: HashMap<String, usize>,
    by_fingerprint: HashMap<String, usize>,
    profiles: Vec<DeclaredProfile>,
    residencies: Vec<Residency>,
    stores: Vec<DeclaredStore>,
    excludes: Globs,
    max_file_size: Option<Spanned<u64>>,
    levels: BTreeMap<String, DeclaredLevel>,
    exceptions: Vec<Exception>,
}

/// A declared instance.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The header of its table.
    pub span: Span,
    pub label: Spanned<String>,
    pub country: Spanned<Country>,
    /// In lower case.
    pub hosts: Vec<Spanned<String>>,
    /// SHA-256 in lower-case hexadecimal.
    pub fingerprints: Vec<Spanned<String>>,
    /// Set where it is meant to have no webhooks: the reason.
    pub without_webhooks: Option<Spanned<String>>,
}

/// Files that are declared to belong to an environment, a country or a unit.
#[derive(Debug, Clone)]
pub struct DeclaredProfile {
    /// The header of its table.
    pub span: Span,
    pub paths: Globs,
    pub environment: Option<Spanned<Environment>>,
    pub country: Option<Spanned<Country>>,
    pub unit: Option<Spanned<String>>,
}

/// Where the data of one country may lie.
#[derive(Debug, Clone)]
pub struct Residency {
    /// The place is that of the country's table.
    pub country: Spanned<Country>,
    /// Names in lower case, with `*` for any characters.
    pub regions: Vec<Spanned<String>>,
}

impl Residency {
    /// The entry that permits a region.
    pub fn permits(&self, region: &str) -> Option<&Spanned<String>> {
        let region = region.to_ascii_lowercase();
        self.regions.iter().find(|permitted| matches_stars(&permitted.value, &region))
    }
}

/// A store that is of one country by agreement.
#[derive(Debug, Clone)]
pub struct DeclaredStore {
    pub span: Span,
    pub name: Spanned<String>,
    pub country: Spanned<Country>,
    pub reason: Spanned<String>,
}

/// The level of a rule, and the rule's id as it stands in the policy.
#[derive(Debug, Clone)]
pub struct DeclaredLevel {
    pub rule: Span,
    pub level: Spanned<Level>,
}

/// A finding that is meant.
#[derive(Debug, Clone)]
pub struct Exception {
    /// The header of its table.
    pub span: Span,
    pub rule: Spanned<String>,
    /// At most one glob.
    pub path: Globs,
    /// With `*` for any characters.
    pub subject: Option<Spanned<String>>,
    pub reason: Spanned<String>,
    pub owner: Option<Spanned<String>>,
    /// The last day on which it holds.
    pub until: Option<Spanned<Date>>,
}

impl Exception {
    /// Whether it is about a finding with places in these files and this subject. The rule is the caller's to compare.
    pub fn covers<'a>(&self, mut files: impl Iterator<Item = &'a str>, subject: &str) -> bool {
        let path = self.path.is_empty() || files.any(|path| self.path.matches(path));
        path && self.subject.as_ref().is_none_or(|covered| matches_stars(&covered.value, subject))
    }
}

/// Reads and checks a policy. `known` are the ids of all rules.
///
/// # Errors
/// Everything that is wrong with it, together.
pub fn read(source: &Source, known: &[&str]) -> Result<Policy, Broken> {
    check::read(source, known)
}

impl Policy {
    /// The policy for a scanned root that lies below its file: its globs are relative to the file.
    #[must_use]
    pub fn for_root_in(mut self, folder: &str) -> Policy {
        self.lies_above = !folder.is_empty();
        self.excludes.begin_in(folder);
        self.profiles.iter_mut().for_each(|profile| profile.paths.begin_in(folder));
        self.exceptions.iter_mut().for_each(|exception| exception.path.begin_in(folder));
        self
    }

    /// Whether it lies above the scanned root, and speaks of files outside of it.
    pub fn lies_above(&self) -> bool {
        self.lies_above
    }

    /// The file it was read from; `None` for the empty policy.
    pub fn file(&self) -> Option<FileId> {
        self.file
    }

    /// The versions of the linter that understand the policy, as written. This one is among them.
    pub fn required_version(&self) -> Option<&Spanned<String>> {
        self.required_version.as_ref()
    }

    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// The instance with this label, whatever its case.
    pub fn instance(&self, label: &str) -> Option<&Instance> {
        self.by_label.get(&label.to_ascii_lowercase()).map(|at| &self.instances[*at])
    }

    /// The instance that declares this host beside those that its label gives it.
    pub fn instance_of_host(&self, host: &str) -> Option<&Instance> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.by_host.get(&host).map(|at| &self.instances[*at])
    }

    /// The declared hosts in a text, in its order, each with its instance. A host below or beside a declared one is another.
    pub fn hosts_in(&self, text: &str) -> Vec<(Range<usize>, &Instance)> {
        if self.by_host.is_empty() {
            return Vec::new();
        }
        let lower = text.to_ascii_lowercase();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let stands_alone = |range: &Range<usize>| {
            let before = lower[..range.start].chars().next_back();
            let mut after = lower[range.end..].chars();
            let next = after.next();
            let goes_on = next.is_some_and(is_part) || next == Some('.') && after.next().is_some_and(is_part);
            let is_mail = before == Some('@') && !lower[..range.start].contains("://");
            !goes_on && !is_mail && !before.is_some_and(|c| is_part(c) || c == '.')
        };
        let mut found = Vec::new();
        for instance in &self.instances {
            for host in &instance.hosts {
                let places = lower.match_indices(host.value.as_str()).map(|(at, host)| at..at + host.len());
                found.extend(places.filter(stands_alone).map(|range| (range, instance)));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    /// The instance that owns the credential with this SHA-256 in lower-case hexadecimal.
    pub fn instance_of_fingerprint(&self, hex: &str) -> Option<&Instance> {
        self.by_fingerprint.get(hex).map(|at| &self.instances[*at])
    }

    /// The instance that owns a credential, and the fingerprint that says so. Computed only where there are any.
    pub fn owner(&self, credential: impl FnOnce() -> Option<Secret>) -> Option<(&Instance, &Spanned<String>)> {
        if self.by_fingerprint.is_empty() {
            return None;
        }
        let hex = credential()?.fingerprint();
        let instance = self.instance_of_fingerprint(&hex)?;
        Some((instance, instance.fingerprints.iter().find(|declared| declared.value == hex)?))
    }

    pub fn country_of(&self, label: &str) -> Option<&Spanned<Country>> {
        self.instance(label).map(|instance| &instance.country)
    }

    /// The reason why an instance has no webhooks, where the policy gives one.
    pub fn without_webhooks(&self, label: &str) -> Option<&Spanned<String>> {
        self.instance(label)?.without_webhooks.as_ref()
    }

    pub fn profiles(&self) -> &[DeclaredProfile] {
        &self.profiles
    }

    /// The last profile that takes in a file, from its path below the scanned root.
    pub fn profile_of(&self, path: &str) -> Option<&DeclaredProfile> {
        self.profiles.iter().rev().find(|profile| profile.paths.matches(path))
    }

    /// Where the data of a country may lie, if the policy says so.
    pub fn residency(&self, country: Country) -> Option<&Residency> {
        self.residencies.iter().find(|residency| residency.country.value == country)
    }

    pub fn stores(&self) -> &[DeclaredStore] {
        &self.stores
    }

    /// The declared store of this name, in any spelling. One declared without its schema is found with it, too.
    pub fn store(&self, name: &str) -> Option<&DeclaredStore> {
        let own = name.rsplit('.').next().unwrap_or(name);
        let named = |store: &&DeclaredStore, name: &str| normal(&store.name.value) == normal(name);
        self.stores
            .iter()
            .find(|store| named(store, name))
            .or_else(|| self.stores.iter().find(|store| named(store, own)))
    }

    /// What is not looked at.
    pub fn excludes(&self) -> &Globs {
        &self.excludes
    }

    /// Files over this many bytes are skipped.
    pub fn max_file_size(&self) -> Option<&Spanned<u64>> {
        self.max_file_size.as_ref()
    }

    pub fn level(&self, rule: &str) -> Option<Level> {
        self.declared_level(rule).map(|declared| declared.level.value)
    }

    pub fn declared_level(&self, rule: &str) -> Option<&DeclaredLevel> {
        self.levels.get(rule)
    }

    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }
}

/// Whether a text is what is written, `*` standing for any characters. Linear but for the number of stars.
fn matches_stars(written: &str, text: &str) -> bool {
    let mut parts = written.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests;
