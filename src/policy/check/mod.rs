//! From the policy as written to the policy that holds: every value checked once, every fault told.

mod instance;

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use toml::de::DeTable;

use super::fault::{Broken, Faults};
use super::file::{At, ExceptionEntry, Level, PolicyFile, ProfileEntry, ResidencyEntry, StoreEntry, Written, schema};
use super::{ABOUT_EXCEPTIONS, DeclaredLevel, DeclaredProfile, DeclaredStore, Exception, Policy, Residency};
use super::{Date, Globs, globs, shape, version};
use crate::readers::toml as toml_reader;
use crate::source::{Source, Span, Spanned};
use crate::vocabulary::Country;
use crate::vocabulary::nearest::nearest;

pub(super) fn read(source: &Source, known: &[&str]) -> Result<Policy, Broken> {
    let mut faults = Faults::new(source);
    if let Some(at) = toml_reader::deepest(source.text()) {
        faults.add_unparsed(at..at + 1, "brackets are open too deep").help("close the brackets above");
        return Err(faults.into_broken());
    }
    let (table, slips) = DeTable::parse_recoverable(source.text());
    if let Err((range, message)) = version_fits(source, table.get_ref()) {
        faults.add(range, message).help("install a version that fits, or change `required-version`");
        return Err(faults.into_broken());
    }
    let written = loose(table, &slips, &mut faults);
    let mut check = Check { source, known, faults };
    let policy = check.policy(written);
    if check.faults.is_empty() { Ok(policy) } else { Err(check.faults.into_broken()) }
}

/// Where an older linter reads a newer policy, everything else that it would report is a consequence.
fn version_fits(source: &Source, table: &DeTable<'_>) -> Result<(), (Range<usize>, String)> {
    let Some(asked) = table.get("required-version") else { return Ok(()) };
    match asked.get_ref().as_str() {
        Some(versions) if version::fits(versions, version::THIS) == Some(false) => {
            let message = format!("this is flinks-lint {}, the policy asks for {versions}", version::THIS);
            Err((inside_quotes(source.text(), asked.span(), versions), message))
        }
        _ => Ok(()),
    }
}

/// More slips than this in the syntax are one slip with consequences.
const MOST_SLIPS: usize = 20;

fn loose(mut table: toml::Spanned<DeTable<'_>>, slips: &[toml::de::Error], faults: &mut Faults<'_>) -> PolicyFile {
    for slip in slips.iter().take(MOST_SLIPS) {
        faults.add_unparsed(slip.span().unwrap_or(0..0), slip.message().replacen("invalid ", "broken ", 1));
    }
    shape::fit(&mut table, &schema(&[]), slips.is_empty(), faults);
    let deserializer = toml::de::Deserializer::from(table);
    match PolicyFile::deserialize(deserializer) {
        Ok(written) => written,
        Err(error) => {
            // What fits the schema fits the types; a test holds the two together. The error's own words are not
            // used: they may quote a value.
            faults.add(error.span().unwrap_or(0..0), "not the shape of a policy");
            PolicyFile::default()
        }
    }
}

/// Narrows the range of a text to what is inside its quotes, where that is all of it as it is.
pub(super) fn inside_quotes(text: &str, range: Range<usize>, value: &str) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    match raw.find(value) {
        Some(at) if !value.is_empty() && raw.len() == value.len() + 2 * at => {
            range.start + at..range.start + at + value.len()
        }
        _ => range,
    }
}

struct Check<'s> {
    source: &'s Source,
    known: &'s [&'s str],
    faults: Faults<'s>,
}

impl Check<'_> {
    fn policy(&mut self, written: PolicyFile) -> Policy {
        let mut policy = Policy {
            file: Some(self.source.id),
            required_version: written.required_version.map(|version| self.version(version)),
            profiles: written.profile.into_iter().filter_map(|profile| self.profile(profile)).collect(),
            residencies: self.residencies(written.residency),
            stores: written.store.into_iter().filter_map(|store| self.store(store)).collect(),
            excludes: self.globs(written.scan.exclude),
            max_file_size: written.scan.max_file_size.and_then(|size| self.size(size)),
            exceptions: written.exception.into_iter().filter_map(|exception| self.exception(exception)).collect(),
            ..Policy::default()
        };
        for (rule, level) in written.rules {
            self.level(&mut policy, rule, level);
        }
        for instance in written.instance {
            if let Some(instance) = self.instance(instance) {
                self.enter(&mut policy, instance);
            }
        }
        self.each_once(policy.stores.iter().map(|store| (store.name.value.clone(), store.name.span)), "store");
        let key = |exception: &Exception| {
            let paths: Vec<&str> = exception.path.iter().map(|glob| glob.value.as_str()).collect();
            format!(
                "{}\0{paths:?}\0{:?}",
                exception.rule.value,
                exception.subject.as_ref().map(|subject| &subject.value)
            )
        };
        self.each_once(policy.exceptions.iter().map(|exception| (key(exception), exception.span)), "exception");
        policy
    }

    fn each_once(&mut self, keys: impl Iterator<Item = (String, Span)>, noun: &str) {
        let mut first = HashMap::new();
        for (key, span) in keys {
            let before = *first.entry(key).or_insert(span);
            if before != span {
                let message = format!("this {noun} is declared twice");
                self.faults
                    .add(span.range(), message)
                    .beside(before, "first declared here")
                    .help("delete one of the two");
            }
        }
    }

    fn version(&mut self, asked: At<String>) -> Spanned<String> {
        let asked = self.text(asked);
        if version::fits(&asked.value, version::THIS).is_none() {
            let quoted = self.faults.quoted(&asked.value, asked.span.range());
            let message = format!("`required-version`{quoted} is no version");
            self.faults.add(asked.span.range(), message).help("write bounds such as \">=0.1\" or \">=0.1, <2\"");
        }
        asked
    }

    fn profile(&mut self, entry: At<ProfileEntry>) -> Option<DeclaredProfile> {
        let range = entry.range();
        let entry = entry.value;
        let silent = entry.environment.is_none() && entry.country.is_none() && entry.unit.is_none();
        if silent && !self.faults.took_from(&range) {
            let help = "write `environment`, `country` or `unit`";
            self.faults.add(range.clone(), "this [[profile]] says nothing of its paths").help(help);
        }
        if entry.paths.as_ref().is_some_and(Vec::is_empty) && !self.faults.took_from(&range) {
            let help = "write a glob such as \"deploy/live-*/**\"";
            self.faults.add(range.clone(), "this [[profile]] has no path").help(help);
        }
        Some(DeclaredProfile {
            span: self.source.span(range),
            paths: self.globs(entry.paths?),
            environment: entry.environment.map(|environment| self.word(environment)),
            country: entry.country.map(|country| self.word(country)),
            unit: entry.unit.map(|unit| self.said(unit, "unit")),
        })
    }

    fn residencies(&mut self, entry: ResidencyEntry) -> Vec<Residency> {
        let said = [(Country::Canada, entry.canada), (Country::UnitedStates, entry.united_states)];
        let mut residencies = Vec::new();
        for (country, regions) in said {
            let Some(regions) = regions else { continue };
            let range = regions.range();
            let Some(regions) = regions.value.regions else { continue };
            let regions: Vec<_> = regions.into_iter().map(|region| self.region(region)).collect();
            if regions.is_empty() && !self.faults.took_from(&range) {
                let message = format!("no region is left for {} data", country.adjective());
                self.faults.add(range.clone(), message).help("write one, or delete the line");
            }
            residencies.push(Residency { country: Spanned::new(country, self.source.span(range)), regions });
        }
        residencies
    }

    fn region(&mut self, region: At<String>) -> Spanned<String> {
        let region = self.said(region, "regions").map(|region| region.to_ascii_lowercase());
        if region.value.contains(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '*')) {
            let message = "a region is letters, digits, `-` and `*`";
            self.faults
                .add(region.span.range(), message)
                .help("write it as the cloud does: \"ca-central-1\", \"us-*\"");
        }
        region
    }

    fn store(&mut self, entry: At<StoreEntry>) -> Option<DeclaredStore> {
        let span = self.source.span(entry.range());
        let name = entry.value.name.map(|name| self.said(name, "name"));
        let country = entry.value.country.map(|country| self.word(country));
        let reason = entry.value.reason.map(|reason| self.said(reason, "reason"));
        Some(DeclaredStore { span, name: name?, country: country?, reason: reason? })
    }

    fn level(&mut self, policy: &mut Policy, rule: At<String>, level: At<Level>) {
        let rule = self.text(rule);
        if !ABOUT_EXCEPTIONS.contains(&rule.value.as_str()) {
            self.is_rule(&rule);
        }
        let level = self.word(level);
        policy.levels.insert(rule.value, DeclaredLevel { rule: rule.span, level });
    }

    fn exception(&mut self, entry: At<ExceptionEntry>) -> Option<Exception> {
        let range = entry.range();
        let entry = entry.value;
        let rule = entry.rule.map(|rule| self.excepted_rule(rule));
        if entry.path.is_none() && entry.subject.is_none() && !self.faults.took_from(&range) {
            let help = "write `path`, `subject` or both; to turn the rule off, write its level under [rules]";
            self.faults.add(range.clone(), "this [[exception]] covers everything").help(help);
        }
        let reason = entry.reason.map(|reason| self.said(reason, "reason"));
        let path = self.globs(entry.path.into_iter().collect());
        let subject = entry.subject.map(|subject| self.said(subject, "subject"));
        let owner = entry.owner.map(|owner| self.said(owner, "owner"));
        let until = entry.until.and_then(|until| self.date(until));
        Some(Exception { span: self.source.span(range), rule: rule?, path, subject, reason: reason?, owner, until })
    }

    fn excepted_rule(&mut self, rule: At<String>) -> Spanned<String> {
        let rule = self.text(rule);
        if rule.value == "*" || rule.value.is_empty() {
            self.faults.add(rule.span.range(), "an exception names one rule").help("write the id of the rule");
        } else if ABOUT_EXCEPTIONS.contains(&rule.value.as_str()) {
            let message = "findings about exceptions cannot be excepted";
            self.faults.add(rule.span.range(), message).help("mend the exception that is found at fault");
        } else {
            self.is_rule(&rule);
        }
        rule
    }

    fn is_rule(&mut self, id: &Spanned<String>) {
        if self.known.contains(&id.value.as_str()) {
            return;
        }
        let message = match nearest(&id.value, self.known.iter().copied()) {
            Some(meant) => format!("unknown rule \"{}\", did you mean \"{meant}\"?", id.value),
            None => format!("unknown rule{}", self.faults.quoted(&id.value, id.span.range())),
        };
        self.faults.add(id.span.range(), message).help("see `flinks-lint rules` for their ids");
    }

    fn date(&mut self, written: At<Written>) -> Option<Spanned<Date>> {
        let range = inside_quotes(self.source.text(), written.range(), &written.value.0);
        match Date::parse(&written.value.0) {
            Ok(date) => Some(Spanned::new(date, self.source.span(range))),
            Err(reason) => {
                let message = format!("`until` {reason}");
                self.faults.add(range, message).help("write a day such as 2027-01-31");
                None
            }
        }
    }

    fn size(&mut self, written: At<String>) -> Option<Spanned<u64>> {
        let written = self.text(written);
        let bytes = bytes(&written.value);
        if bytes.is_none() {
            let help = "write a number and a unit, such as \"4MiB\" or \"500KB\"";
            self.faults.add(written.span.range(), "`max-file-size` is not a size").help(help);
        }
        bytes.map(|bytes| Spanned::new(bytes, written.span))
    }

    fn globs(&mut self, written: Vec<At<String>>) -> Globs {
        let written: Vec<_> = written.into_iter().map(|glob| self.text(glob)).collect();
        for (at, glob) in written.iter().enumerate() {
            if let Err((reason, help)) = globs::check(&glob.value) {
                self.faults.add(glob.span.range(), format!("\"{}\" {reason}", glob.value)).help(help);
            } else if at == 0 && glob.value.starts_with('!') {
                let message = format!("\"{}\" takes out what nothing took in", glob.value);
                self.faults.add(glob.span.range(), message).help("write a glob before it that takes in more");
            }
        }
        Globs::new(written)
    }

    /// A text that must say something.
    fn said(&mut self, text: At<String>, key: &str) -> Spanned<String> {
        let text = self.text(text);
        if text.value.trim().is_empty() {
            let help = if key.ends_with("reason") || key == "without-webhooks" {
                "say why, in a sentence"
            } else {
                "write it, or delete the key"
            };
            self.faults.add(text.span.range(), format!("`{key}` is empty")).help(help);
        }
        text
    }

    fn place(&self, text: &At<String>) -> Range<usize> {
        inside_quotes(self.source.text(), text.range(), &text.value)
    }

    fn text(&self, text: At<String>) -> Spanned<String> {
        let range = self.place(&text);
        Spanned::new(text.value, self.source.span(range))
    }

    /// One of a few words: its place is inside the quotes.
    fn word<T>(&self, at: At<T>) -> Spanned<T> {
        let range = at.range();
        let raw = self.source.text().get(range.clone()).unwrap_or_default();
        let word = raw.trim_matches(['"', '\'']);
        Spanned::new(at.value, self.source.span(inside_quotes(self.source.text(), range, word)))
    }
}

/// A size in bytes: `4MiB`, `500 KB`, `1000`.
fn bytes(written: &str) -> Option<u64> {
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let unit: u64 = match written[digits..].trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "kib" => 1 << 10,
        "mb" => 1_000_000,
        "mib" => 1 << 20,
        "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => return None,
    };
    written[..digits].parse::<u64>().ok()?.checked_mul(unit).filter(|bytes| *bytes > 0)
}
