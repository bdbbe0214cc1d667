//! Flinks hosts in a text: instance hosts by their grammar, the others by `hosts.toml`.
//!
//! The grammar is that of docs.flinks.com/guides/getting-started/instances:
//! `{company}[-ca|-us][-wealth]-{api|iframe}.private.fin.ag`. A company's name may itself have hyphens.

mod imitations;

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

/// What is odd about a host of [`HostKind::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// `acme-ca.private.fin.ag`: the instance that it seems to mean.
    WithoutRole { instance: String },
    /// On a Flinks domain, named by no Flinks document.
    Undocumented { first: String },
    /// On somebody else's domain, made to look like one of Flinks.
    LookAlike { first: String },
}

impl Oddity {
    /// What is odd about an unknown host, by its name.
    pub fn of(name: &str) -> Oddity {
        let first = name.split('.').next().unwrap_or_default().to_owned();
        let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if let Some(instance) = name.strip_suffix(".private.fin.ag").filter(|front| is_plain(front)) {
            return Oddity::WithoutRole { instance: instance.to_owned() };
        }
        let is_own =
            DOMAINS.iter().any(|own| name.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
        if is_own && (name.is_ascii() || name.contains(HOLE)) {
            Oddity::Undocumented { first }
        } else {
            Oddity::LookAlike { first }
        }
    }
}

/// Domains of Flinks.
const DOMAINS: &[&str] = &["fin.ag", "flinks.com", "flinks.io", "flinksapp.com", "flinksapp.dev"];

/// Whether a name is as random as a credential: one that was put in the wrong place, and must not be shown.
fn is_key(name: &str) -> bool {
    let count = |of: fn(&u8) -> bool| name.bytes().filter(of).count();
    let mixed = count(u8::is_ascii_uppercase) >= 3 && count(u8::is_ascii_lowercase) >= 3;
    name.len() >= 15 && (mixed || count(u8::is_ascii_digit) >= 5)
}

fn is_placeholder_company(company: &str) -> bool {
    // `your-bank`, `yourorg`: whatever is yours is still to be filled in.
    if company == "your" || company.starts_with("your-") {
        return true;
    }
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
        "yourbank",
        "yourorg",
        "yourorganization",
        "yourapp",
        "yourclient",
        "yoursubdomain",
        "subdomain",
        "tenant",
        "dummy",
        "fake",
        "sample",
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

#[derive(Deserialize)]
struct Known {
    host: Vec<Row>,
    pages: Pages,
}

/// Hosts that are for people, by their first word.
#[derive(Deserialize)]
struct Pages {
    words: Vec<String>,
    domains: Vec<String>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| toml::from_str(include_str!("hosts.toml")).expect("a test reads this file"))
}

impl Known {
    fn kind(&self, name: &str) -> HostKind {
        let is_page = |word: &str, domain: &str| {
            self.pages.words.iter().any(|known| known == word) && self.pages.domains.iter().any(|known| known == domain)
        };
        match self.host.iter().find(|row| row.name == name).map(|row| row.kind) {
            Some(RowKind::Sandbox) => HostKind::Sandbox,
            Some(RowKind::Product) => HostKind::Product,
            Some(RowKind::Site | RowKind::Named) => HostKind::Site,
            None if name.split_once('.').is_some_and(|(word, domain)| is_page(word, domain)) => HostKind::Site,
            None => HostKind::Unknown,
        }
    }

    /// Whether a name with unknown parts may turn out to be one of these.
    fn may_be(&self, name: &str) -> bool {
        let fits = |known: &str| {
            let mut rest = known;
            let mut parts = name.split(HOLE);
            let first = parts.next().unwrap_or_default();
            let Some(after) = rest.strip_prefix(first) else { return false };
            rest = after;
            let last = parts.next_back().unwrap_or_default();
            for part in parts {
                let Some(at) = rest.find(part) else { return false };
                rest = &rest[at + part.len()..];
            }
            rest.len() >= last.len() && rest.ends_with(last)
        };
        self.host.iter().any(|row| fits(&row.name))
    }
}

/// Every Flinks host in a text.
pub fn find(text: &str) -> Vec<Host> {
    if text.is_ascii() && !text.bytes().any(|byte| byte == b'.') {
        return Vec::new();
    }
    let mut hosts: Vec<Host> = named(text).into_iter().filter_map(|range| host(text, range)).collect();
    let imitations = imitations::find(text, &hosts);
    if !imitations.is_empty() {
        hosts.extend(imitations);
        hosts.sort_by_key(|host| host.range.start);
    }
    hosts
}

/// Names on the domains of Flinks, the letters of which may be others that fold to them. Labels may be in any script:
/// who looks for them by a pattern with all letters of Unicode pays for its making in every run, so they are taken up
/// from the domain backwards.
fn named(text: &str) -> Vec<Range<usize>> {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        let domains: Vec<String> =
            DOMAINS.iter().chain(["flinks.freshdesk.com"].iter()).map(|name| regex::escape(name)).collect();
        Regex::new(&format!("(?i){}", domains.join("|"))).expect("a constant pattern")
    });
    let is_part = |c: char| c.is_alphabetic() || c.is_ascii_digit() || matches!(c, '_' | '*' | '-' | HOLE);
    let mut found: Vec<Range<usize>> = Vec::new();
    for domain in pattern.find_iter(text) {
        let mut start = domain.start();
        while let Some(before) = text[..start].strip_suffix('.') {
            let label: usize = before.chars().rev().take_while(|c| is_part(*c)).map(char::len_utf8).sum();
            if label == 0 {
                break;
            }
            start = before.len() - label;
        }
        // `flinks.com.fin.ag` is one name.
        while found.last().is_some_and(|other| start < other.end) {
            found.pop();
        }
        found.push(start..domain.end());
    }
    found
}

fn host(text: &str, mut range: Range<usize>) -> Option<Host> {
    let mut before = text[..range.start].chars().next_back();
    // `https%3A%2F%2Facme-ca-api…`: what an escape stands for is no part of a name.
    let escape = text[range.clone()].bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if before == Some('%') && escape {
        range.start += 2;
        before = Some('/');
    }
    let name = text[range.clone()].to_ascii_lowercase();
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
    // `https://acme-ca-api.private.fin.ag@evil.example`: the host is what stands behind the user.
    let behind_user = after.strip_prefix('@').filter(|_| text[..range.start].ends_with("://")).map(|rest| {
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).map(char::len_utf8).sum::<usize>()
    });
    if let Some(length) = behind_user.filter(|length| *length > 0 && name.ends_with("private.fin.ag")) {
        let range = range.start..range.end + 1 + length;
        return Some(Host { name: text[range.clone()].to_ascii_lowercase(), range, kind: HostKind::Unknown });
    }
    if !longer.is_empty() {
        // `flinks.com.example` is somebody else's host. It is a look-alike where a host of an instance or product is
        // imitated, and neither that of a file nor of one's own network.
        let is_host =
            name.ends_with("private.fin.ag") || matches!(known().kind(&name), HostKind::Product | HostKind::Sandbox);
        let imitated = is_host && !imitations::is_harmless(longer);
        let range = range.start..range.end + 1 + longer.len();
        return imitated.then(|| Host {
            name: text[range.clone()].to_ascii_lowercase(),
            range,
            kind: HostKind::Unknown,
        });
    }
    // `com.flinks.io` is the name of a package.
    let reversed = matches!(name.split('.').next(), Some("com" | "io" | "org" | "net" | "dev" | "ca"));
    if reversed && !text[..range.start].ends_with("//") {
        return None;
    }
    let mut kind = classify(&text[range.clone()], &name)?;
    // `%s-api`, `%(instance)s-api`, `%1$s-api`, `$INSTANCE-api`: a format still to be filled in.
    let verb = name.split('-').next().is_some_and(|verb| matches!(verb, "s" | "d" | "v" | "@"));
    if before == Some('$') || matches!(before, Some('%' | ')')) && verb {
        kind = match kind {
            HostKind::Instance { role, .. } => HostKind::Instance { label: None, role },
            HostKind::Unknown => return None,
            other => other,
        };
    }
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
            _ if may_have_role(front) => return Some(HostKind::Instance { label: None, role: Role::Api }),
            _ if is_unfilled(&written[..front.len()]) || is_placeholder_company(front) => return None,
            _ => return Some(HostKind::Unknown),
        };
        if label.contains(HOLE) || is_unfilled(&written[..label.len()]) {
            return Some(HostKind::Instance { label: None, role });
        }
        return Some(match Label::parse(&written[..label.len()]) {
            Some(label) => HostKind::Instance { label: Some(label), role },
            None => HostKind::Unknown,
        });
    }
    if name.contains('*') {
        return Some(HostKind::Wildcard);
    }
    if name == "fin.ag" || name.ends_with(".fin.ag") {
        return (name != "fin.ag" && !name.contains(HOLE)).then_some(HostKind::Unknown);
    }
    if name.contains(HOLE) {
        return (!known().may_be(name)).then_some(HostKind::Unknown);
    }
    Some(known().kind(name))
}

/// Whether the unknown end of a label may hold its role.
fn may_have_role(front: &str) -> bool {
    let Some(at) = front.rfind(HOLE) else { return false };
    let end = &front[at + HOLE.len_utf8()..];
    ["-api", "-iframe"].iter().any(|role| role.ends_with(end))
}

/// Whether a label stands for one that is still to come, or for a credential in the wrong place: nothing before the
/// role, `YOUR_COMPANY`, `__INSTANCE__`.
fn is_unfilled(written: &str) -> bool {
    let bare = written.trim_matches('_').replace('_', "-").to_ascii_lowercase();
    let is_token = written.starts_with("__")
        || written.contains('_') && !written.bytes().any(|byte| byte.is_ascii_lowercase())
        || written.contains('_') && is_placeholder_company(&bare);
    bare.is_empty() || is_token || is_key(written)
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

    /// What is wrong with a host decides what is to be written instead.
    #[test]
    fn unknown_hosts_are_odd_in_three_ways() {
        let without_role = Oddity::WithoutRole { instance: "acme-ca".into() };
        assert_eq!(Oddity::of("acme-ca.private.fin.ag"), without_role);
        assert_eq!(Oddity::of("api.flinks.com"), Oddity::Undocumented { first: "api".into() });
        for host in
            ["acme-ca-api.private.fin.ag.evil.example", "acme-ca-api.private.f1n.ag", "acme-ca-api.private-fin.ag"]
        {
            assert_eq!(one(&format!("https://{host}/v3")), HostKind::Unknown, "{host}");
            assert_eq!(Oddity::of(host), Oddity::LookAlike { first: "acme-ca-api".into() }, "{host}");
        }
        assert_eq!(one("https://acme-ca-api.private.f\u{456}n.ag/v3"), HostKind::Unknown);
        assert_eq!(one("https://acme-ca-api.private.fin.ag@evil.example/v3"), HostKind::Unknown);
        assert_eq!(one("https://\u{FFFC}-api.flinks.io/v3"), HostKind::Unknown);
        assert_eq!(one("https://\u{FFFC}-ca.private.fin.ag"), HostKind::Unknown);
    }

    /// Files, packages, other people's hosts and formats that are still to be filled in.
    #[test]
    fn what_only_resembles_an_unknown_host() {
        let silent = [
            "/etc/ssl/acme-ca-api.private.fin.ag.pem",
            "toolbox-api.private.fin.ag.localhost:8080",
            "com.flinks.io",
            "https://payments-api.private.bank.example",
            "https://\u{FFFC}.flinks.com",
            "https://__COMPANY__.private.fin.ag",
        ];
        for text in silent {
            assert_eq!(find(text), [], "{text}");
        }
        let open = HostKind::Instance { label: None, role: Role::Api };
        for front in ["{company}", "<company>", "%s", "%(instance)s", "YOUR_COMPANY", "__INSTANCE__", "$INSTANCE", ""] {
            assert_eq!(one(&format!("https://{front}-api.private.fin.ag/v3")), open, "{front}");
        }
        assert_eq!(one("https://\u{FFFC}.private.fin.ag"), open);
        assert_eq!(one("redirect=https%3A%2F%2Facme-ca-api.private.fin.ag"), one("acme-ca-api.private.fin.ag"));
        assert_eq!(one("https://*.fin.ag"), HostKind::Wildcard);
        assert_eq!(one("https://status.flinks.com"), HostKind::Site);
        assert!(label("https://your-bank-api.private.fin.ag").placeholder);
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
