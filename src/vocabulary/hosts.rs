//! Flinks hosts in a text: instance hosts by their grammar, the others by `hosts.toml`.
//!
//! The grammar is that of docs.flinks.com/guides/getting-started/instances:
//! `{company}[-ca|-us][-wealth]-{api|iframe}.private.fin.ag`. A company's name may itself have hyphens.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::Country;

/// Stands in a text for a part that is not known.
pub const HOLE: char = '\u{FFFC}';

/// A Flinks host in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// As written, lower-cased; unknown parts as [`HOLE`].
    pub name: String,
    /// The whole host in the text.
    pub range: Range<usize>,
    pub kind: HostKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostKind {
    /// The API or iframe of an instance; its label is `None` where a part of it is unknown.
    Instance { label: Option<Label>, role: Role },
    /// A shared sandbox that is no `private.fin.ag` instance.
    Sandbox,
    /// A product's host that says no country.
    Product,
    /// Documentation, help, dashboard, or a host that a document only names.
    Site,
    /// On a Flinks domain, and named by no Flinks document; or a look-alike.
    Unknown,
    /// A pattern that stands for many hosts: `*.private.fin.ag`.
    Wildcard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Api,
    Iframe,
}

/// An instance's name: `northwind-ca`, `toolbox`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// Without product and role: `northwind-ca`.
    pub name: String,
    /// The country that the name says.
    pub country: Option<Country>,
    /// Toolbox and its kin: they have no country, whatever their name says.
    pub sandbox: bool,
    /// Names of the documentation (`yourcompany`, `instance`): nobody's.
    pub placeholder: bool,
}

impl Label {
    /// Reads an instance's name as it stands in front of `-api` or as the value of a setting.
    pub fn parse(written: &str) -> Option<Label> {
        let written = written.trim();
        let name = written.to_ascii_lowercase();
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(fits) || name.starts_with('-') || name.ends_with('-') || is_key(written)
        {
            return None;
        }
        // Where `-wealth` stands beside the country is not documented; both orders are read.
        let name = name.strip_suffix("-wealth").unwrap_or(&name);
        let bare = name.replace("-wealth-", "-");
        let (company, country) = match bare.rsplit_once('-') {
            Some((company, "ca")) => (company, Some(Country::Canada)),
            Some((company, "us")) => (company, Some(Country::UnitedStates)),
            _ => (bare.as_str(), None),
        };
        let sandbox = company == "toolbox" || company.starts_with("toolbox-");
        let placeholder = is_placeholder_company(company);
        Some(Label { name: bare.clone(), country: country.filter(|_| !sandbox), sandbox, placeholder })
    }
}

/// Whether a name is as random as a credential: one that was put in the wrong place, and must not be shown.
fn is_key(name: &str) -> bool {
    let count = |of: fn(&u8) -> bool| name.bytes().filter(of).count();
    let mixed = count(u8::is_ascii_uppercase) >= 3 && count(u8::is_ascii_lowercase) >= 3;
    name.len() >= 15 && (mixed || count(u8::is_ascii_digit) >= 5)
}

fn is_placeholder_company(company: &str) -> bool {
    const NAMES: &[&str] = &[
        "company",
        "yourcompany",
        "your-company",
        "yourname",
        "your-name",
        "yourinstance",
        "your-instance",
        "instance",
        "instancename",
        "instance-name",
        "companyname",
        "company-name",
        "customer",
        "client",
        "example",
        "xxx",
        "xxxx",
        "foo",
        "bar",
        "mycompany",
        "my-company",
        "myinstance",
        "my-instance",
        "private-instance",
        "placeholder",
        "changeme",
    ];
    NAMES.contains(&company)
}

#[derive(Deserialize)]
struct Row {
    name: String,
    kind: RowKind,
    #[allow(dead_code, reason = "the source is for the reader of the file")]
    source: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum RowKind {
    Sandbox,
    Product,
    Site,
    Named,
}

fn known() -> &'static [Row] {
    #[derive(Deserialize)]
    struct File {
        host: Vec<Row>,
    }
    static KNOWN: OnceLock<Vec<Row>> = OnceLock::new();
    KNOWN.get_or_init(|| toml::from_str::<File>(include_str!("hosts.toml")).expect("a test reads this file").host)
}

/// Every Flinks host in a text.
pub fn find(text: &str) -> Vec<Host> {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    if !text.is_ascii() || text.bytes().any(|byte| byte == b'.') {
        let pattern = PATTERN.get_or_init(|| {
            let parts = r"[\p{Alphabetic}0-9_*\x{FFFC}-]";
            let domains =
                r"private\.fin\.ag|fin\.ag|flinks\.com|flinks\.io|flinksapp\.com|flinksapp\.dev|flinks\.freshdesk\.com";
            Regex::new(&format!(r"(?i)(?:{parts}+\.)*(?:{domains})")).expect("a constant pattern")
        });
        return pattern.find_iter(text).filter_map(|found| host(text, found.range())).collect();
    }
    Vec::new()
}

fn host(text: &str, range: Range<usize>) -> Option<Host> {
    let name = text[range.clone()].to_ascii_lowercase();
    let before = text[..range.start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    // An e-mail address is no host, unless it is the user part of a URL.
    if before == Some('@') && !text[..range.start].contains("://") {
        return None;
    }
    let after = &text[range.end..];
    let next = after.chars().next();
    if next.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let longer: String = after
        .strip_prefix('.')
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')).collect())
        .unwrap_or_default();
    let longer = longer.trim_end_matches('.');
    if !longer.is_empty() {
        // `flinks.com.example` is somebody else's host. It is a look-alike where the private domain is imitated.
        let imitated = name.ends_with("private.fin.ag");
        let range = range.start..range.end + 1 + longer.len();
        return imitated.then(|| Host {
            name: text[range.clone()].to_ascii_lowercase(),
            range,
            kind: HostKind::Unknown,
        });
    }
    let kind = classify(&text[range.clone()], &name)?;
    Some(Host { name, range, kind })
}

fn classify(written: &str, name: &str) -> Option<HostKind> {
    if let Some(front) = name.strip_suffix("private.fin.ag") {
        let Some(front) = front.strip_suffix('.') else { return Some(HostKind::Wildcard) };
        if front.contains('*') {
            return Some(HostKind::Wildcard);
        }
        // The role may be unknown too: `${FLINKS_INSTANCE}.private.fin.ag` with `toolbox-api` in the variable.
        let (label, role) = match (front.strip_suffix("-api"), front.strip_suffix("-iframe")) {
            (Some(label), _) => (label, Role::Api),
            (_, Some(label)) => (label, Role::Iframe),
            _ if front.contains(HOLE) => return Some(HostKind::Instance { label: None, role: Role::Api }),
            _ => return Some(HostKind::Unknown),
        };
        if label.contains(HOLE) {
            return Some(HostKind::Instance { label: None, role });
        }
        return Some(match Label::parse(&written[..label.len()]) {
            Some(label) => HostKind::Instance { label: Some(label), role },
            None => HostKind::Unknown,
        });
    }
    if name == "fin.ag" || name.ends_with(".fin.ag") {
        return (name != "fin.ag").then_some(HostKind::Unknown);
    }
    if name.contains('*') {
        return Some(HostKind::Wildcard);
    }
    if name.contains(HOLE) {
        return None;
    }
    let row = known().iter().find(|row| row.name == name);
    Some(match row.map(|row| row.kind) {
        Some(RowKind::Sandbox) => HostKind::Sandbox,
        Some(RowKind::Product) => HostKind::Product,
        Some(RowKind::Site | RowKind::Named) => HostKind::Site,
        None => HostKind::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> HostKind {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap().kind
    }

    fn label(text: &str) -> Label {
        match one(text) {
            HostKind::Instance { label: Some(label), .. } => label,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn the_country_is_the_last_word_of_the_label() {
        assert_eq!(label("https://northwind-ca-api.private.fin.ag/v3").country, Some(Country::Canada));
        assert_eq!(label("HTTPS://ACME-RETAIL-US-IFRAME.PRIVATE.FIN.AG").country, Some(Country::UnitedStates));
        assert_eq!(label("https://america-api.private.fin.ag").country, None);
        assert_eq!(label("https://acme-ca-wealth-api.private.fin.ag").name, "acme-ca");
    }

    /// A sandbox has no country, whatever its name says.
    #[test]
    fn toolbox_and_its_kin_are_sandboxes() {
        for host in ["toolbox-api", "toolbox-us-api", "toolbox-wealth-iframe", "toolbox-ca-iframe"] {
            let label = label(&format!("{host}.private.fin.ag"));
            assert!(label.sandbox && label.country.is_none(), "{host}");
        }
        assert_eq!(one("https://sandbox.flinks.io/v3"), HostKind::Sandbox);
        assert!(!label("toolboxed-api.private.fin.ag").sandbox);
    }

    #[test]
    fn look_alikes_and_roleless_hosts_are_unknown() {
        assert_eq!(one("https://acme-ca-api.private.fin.ag.evil.example/v3"), HostKind::Unknown);
        assert_eq!(one("https://acme-ca.private.fin.ag"), HostKind::Unknown);
        assert_eq!(one("https://api.flinks.com/v3"), HostKind::Unknown);
    }

    #[test]
    fn holes_wildcards_sentences_and_strangers() {
        assert_eq!(one("https://\u{FFFC}-api.private.fin.ag"), HostKind::Instance { label: None, role: Role::Api });
        assert_eq!(one("frame-src https://*.private.fin.ag;"), HostKind::Wildcard);
        assert_eq!(one("see docs.flinks.com."), HostKind::Site);
        assert_eq!(find("https://cufflinks.com and pdflinks.io"), []);
        assert_eq!(find("support@flinks.com"), []);
    }
}
