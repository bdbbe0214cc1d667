//! `config show`: what holds, and who says so: the policy's line, an option, or nobody.

use std::fmt::Write;

use super::{DeclaredProfile, Level, Policy};
use crate::secret::cover;
use crate::source::{Source, Span};
use crate::vocabulary::credentials;

/// What holds beside the policy.
#[derive(Default)]
pub struct Beside<'a> {
    /// The policy as a file, to name its lines.
    pub source: Option<&'a Source>,
    /// Every rule with the level that its page gives it.
    pub rules: &'a [(&'a str, Level)],
    /// What options of the command line say: the key, its value, the option as typed. They win over the policy.
    pub options: &'a [(&'a str, String, &'a str)],
    /// Only what concerns this file, by its path below the scanned root.
    pub for_path: Option<&'a str>,
}

/// The configuration in effect, each value with its origin.
pub fn show(policy: &Policy, beside: &Beside<'_>) -> String {
    let mut page = Page { source: beside.source, text: String::new() };
    match beside.for_path {
        Some(path) => page.path(policy, path),
        None => page.everything(policy, beside),
    }
    // Somebody may have pasted a credential where a name or a reason belongs.
    cover(&page.text, &credentials::find(&page.text))
}

const DEFAULT: &str = "default";

struct Page<'a> {
    source: Option<&'a Source>,
    text: String,
}

type Row = (String, String, String);

impl Page<'_> {
    fn everything(&mut self, policy: &Policy, beside: &Beside<'_>) {
        let path = self.source.map_or("none", |source| &source.path);
        let _ = writeln!(self.text, "policy: {path}");
        if let Some(version) = policy.required_version() {
            let _ = writeln!(self.text, "required-version: {} [{}]", version.value, self.origin(version.span));
        }
        let options =
            beside.options.iter().map(|(key, value, option)| ((*key).into(), value.clone(), (*option).into()));
        self.section("command line", options.collect());
        let instances = self.instances(policy);
        self.section("instances", instances);
        let profiles = policy.profiles().iter().flat_map(|profile| {
            let said = |glob: &str| if glob.starts_with('!') { "taken out of it".into() } else { said_of(profile) };
            profile.paths.iter().map(move |glob| (glob.value.clone(), said(&glob.value), glob.span))
        });
        let profiles = profiles.map(|(glob, said, span)| (glob, said, self.origin(span))).collect();
        self.section("profiles", profiles);
        let residencies = self.residencies(policy);
        self.section("residency", residencies);
        let stores = policy.stores().iter().map(|store| {
            let said = format!("{}: {}", store.country.value.code(), store.reason.value);
            (store.name.value.clone(), said, self.origin(store.span))
        });
        let stores = stores.collect();
        self.section("stores", stores);
        let scan = self.scan(policy);
        self.section("scan", scan);
        let rules = beside.rules.iter().map(|(rule, level)| match policy.declared_level(rule) {
            Some(said) => ((*rule).into(), said.level.value.name().into(), self.origin(said.level.span)),
            None => ((*rule).into(), level.name().into(), DEFAULT.into()),
        });
        let rules = rules.collect();
        self.section("rules", rules);
        let exceptions = self.exceptions(policy, None);
        self.section("exceptions", exceptions);
    }

    fn path(&mut self, policy: &Policy, path: &str) {
        let _ = writeln!(self.text, "{path}");
        let excluded = policy.excludes().matched(path);
        let looked_at = match excluded {
            Some(glob) => ("looked at".into(), format!("no, `{}` excludes it", glob.value), self.origin(glob.span)),
            None => ("looked at".into(), "yes, unless git ignores it".into(), DEFAULT.into()),
        };
        self.section("scan", vec![looked_at]);
        let profile = self.profile(policy, path);
        self.section("profile", profile);
        let exceptions = self.exceptions(policy, Some(path));
        self.section("exceptions that may cover it", exceptions);
    }

    fn profile(&self, policy: &Policy, path: &str) -> Vec<Row> {
        let by_names = || "by its own names".to_owned();
        let matching: Vec<&DeclaredProfile> =
            policy.profiles().iter().filter(|profile| profile.paths.matches(path)).collect();
        let Some((profile, overruled)) = matching.split_last() else {
            return vec![("environment, country, unit".into(), by_names(), DEFAULT.into())];
        };
        let glob = profile.paths.matched(path);
        let because =
            glob.map(|glob| ("because".into(), format!("`{}` takes it in", glob.value), self.origin(glob.span)));
        let row = |key: &str, said: Option<(&str, Span)>| match said {
            Some((value, span)) => (key.into(), value.into(), self.origin(span)),
            None => (key.into(), by_names(), DEFAULT.into()),
        };
        let mut rows = vec![
            row("environment", profile.environment.as_ref().map(|said| (said.value.name(), said.span))),
            row("country", profile.country.as_ref().map(|said| (said.value.code(), said.span))),
            row("unit", profile.unit.as_ref().map(|said| (said.value.as_str(), said.span))),
        ];
        rows.extend(because);
        rows.extend(overruled.iter().rev().map(|other| {
            ("overruled".into(), format!("{}: a later profile takes it in", said_of(other)), self.origin(other.span))
        }));
        rows
    }

    fn instances(&self, policy: &Policy) -> Vec<Row> {
        let mut rows = Vec::new();
        for instance in policy.instances() {
            let mut say = |what: String, span| rows.push((instance.label.value.clone(), what, self.origin(span)));
            say(instance.country.value.code().into(), instance.country.span);
            for host in &instance.hosts {
                say(format!("also {}", host.value), host.span);
            }
            if let Some(first) = instance.fingerprints.first() {
                say(format!("owns {} by fingerprint", count(instance.fingerprints.len(), "credential")), first.span);
            }
            if let Some(reason) = &instance.without_webhooks {
                say(format!("without webhooks: {}", reason.value), reason.span);
            }
        }
        rows
    }

    fn residencies(&self, policy: &Policy) -> Vec<Row> {
        let row = |country: crate::vocabulary::Country| match policy.residency(country) {
            Some(residency) => {
                let regions: Vec<&str> = residency.regions.iter().map(|region| region.value.as_str()).collect();
                (country.code().into(), regions.join(", "), self.origin(residency.country.span))
            }
            None => (country.code().into(), format!("regions of {}", country.name()), DEFAULT.into()),
        };
        crate::vocabulary::Country::ALL.into_iter().map(row).collect()
    }

    fn scan(&self, policy: &Policy) -> Vec<Row> {
        let excludes =
            policy.excludes().iter().map(|glob| ("exclude".into(), glob.value.clone(), self.origin(glob.span)));
        let mut rows: Vec<Row> = excludes.collect();
        rows.push(match policy.max_file_size() {
            Some(size) => ("max-file-size".into(), count(size.value as usize, "byte"), self.origin(size.span)),
            None => ("max-file-size".into(), count(super::MAX_FILE_SIZE as usize, "byte"), DEFAULT.into()),
        });
        rows
    }

    fn exceptions(&self, policy: &Policy, path: Option<&str>) -> Vec<Row> {
        let concerns = |exception: &&super::Exception| {
            path.is_none_or(|path| exception.path.is_empty() || exception.path.matches(path))
        };
        let row = |exception: &super::Exception| {
            let mut said: Vec<String> = exception.path.iter().map(|glob| format!("in `{}`", glob.value)).collect();
            said.extend(exception.subject.as_ref().map(|subject| format!("about `{}`", subject.value)));
            said.extend(exception.until.as_ref().map(|until| format!("until {}", until.value)));
            said.extend(exception.owner.as_ref().map(|owner| format!("owned by {}", owner.value)));
            let said = format!("{}: {}", said.join(", "), exception.reason.value);
            (exception.rule.value.clone(), said, self.origin(exception.span))
        };
        policy.exceptions().iter().filter(concerns).map(row).collect()
    }

    fn origin(&self, span: Span) -> String {
        match self.source {
            Some(source) => format!("{}:{}", source.path, source.line_index(span.start as usize) + 1),
            None => "policy".into(),
        }
    }

    fn section(&mut self, title: &str, rows: Vec<Row>) {
        let _ = write!(self.text, "\n{title}\n");
        if rows.is_empty() {
            self.text.push_str("  none\n");
        }
        let width =
            |column: fn(&Row) -> &str| rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0).min(60);
        let (keys, values) = (width(|row| &row.0), width(|row| &row.1));
        for (key, value, origin) in &rows {
            let _ = writeln!(self.text, "  {key:keys$}  {value:values$}  [{origin}]");
        }
    }
}

fn said_of(profile: &DeclaredProfile) -> String {
    let environment = profile.environment.as_ref().map(|said| said.value.name().to_owned());
    let country = profile.country.as_ref().map(|said| said.value.code().to_owned());
    let unit = profile.unit.as_ref().map(|said| format!("unit {}", said.value));
    environment.into_iter().chain(country).chain(unit).collect::<Vec<_>>().join(", ")
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
