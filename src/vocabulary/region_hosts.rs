//! Addresses that name their region: hosts of databases and buckets, ARNs, connection names of Cloud SQL.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use serde::Deserialize;

use super::patterns::{any_of, in_any_case};
use super::regions::{Region, file, named};

/// What lies at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    Database,
    Bucket,
    Queue,
    /// A program, which may be another's.
    Application,
}

/// A row of `regions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Host {
    domain: String,
    begins: Option<String>,
    has: Option<String>,
    holds: Holds,
    #[allow(dead_code, reason = "the source is for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arns {
    database: Vec<String>,
    queue: Vec<String>,
    #[allow(dead_code, reason = "the source is for the reader of the file")]
    source: String,
}

/// An address in a text, and the region that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The part that names the region.
    pub range: Range<usize>,
    pub region: Region,
    pub holds: Holds,
    /// What stands behind the host: the path of a file is no endpoint.
    pub has_path: bool,
}

/// Every address in a text that names its region.
pub fn find(text: &str) -> Vec<Address> {
    let mut found = hosts(text);
    found.extend(arns(text));
    found.extend(connection_name(text));
    found.sort_by_key(|address| address.range.start);
    found
}

fn hosts(text: &str) -> Vec<Address> {
    static HOST: OnceLock<Regex> = OnceLock::new();
    if !domains().is_match(text) {
        return Vec::new();
    }
    let host = HOST.get_or_init(|| in_any_case(r"[a-z0-9][a-z0-9._-]*\.[a-z]{2,}"));
    host.find_iter(text).filter_map(|found| host_address(text, found.range())).collect()
}

/// Most texts have none of them, and are left at once.
fn domains() -> &'static AhoCorasick {
    static DOMAINS: OnceLock<AhoCorasick> = OnceLock::new();
    DOMAINS.get_or_init(|| any_of(file().host.iter().map(|row| &row.domain)))
}

fn host_address(text: &str, range: Range<usize>) -> Option<Address> {
    let lower = text[range.clone()].to_ascii_lowercase();
    let row = file().host.iter().find(|row| {
        let above = lower.strip_suffix(row.domain.as_str()).and_then(|above| above.strip_suffix('.'));
        let Some(above) = above else { return false };
        let labels = || above.split(['.', '-']);
        row.begins.as_ref().is_none_or(|begins| above.starts_with(begins.as_str()))
            && row.has.as_ref().is_none_or(|has| {
                let part = above.split('.').any(|label| label == has || label.starts_with(&format!("{has}-")));
                part || labels().any(|label| label == has)
            })
    })?;
    let above = &lower[..lower.len() - row.domain.len() - 1];
    let (at, region) = region_in(above, &row.domain)?;
    // Mail, logins, images and logs have hosts of the same domain, and their rows are not in the table.
    let rest = &text[range.end..];
    let path = rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    let has_path = path
        .strip_prefix('/')
        .is_some_and(|path| path.split(['?', '"', ' ']).next().is_some_and(|path| path.contains('.')));
    Some(Address { range: range.start + at.start..range.start + at.end, region, holds: row.holds, has_path })
}

/// The longest name of a region that stands between dots and hyphens in the labels of a host.
fn region_in(labels: &str, domain: &str) -> Option<(Range<usize>, Region)> {
    let edges: Vec<usize> = std::iter::once(0)
        .chain(labels.match_indices(['.', '-']).flat_map(|(at, _)| [at, at + 1]))
        .chain([labels.len()])
        .collect();
    let mut best: Option<(Range<usize>, Region)> = None;
    for (at, start) in edges.iter().enumerate() {
        for end in edges[at + 1..].iter().filter(|end| **end > *start) {
            let part = &labels[*start..*end];
            if part.contains('.') || part.starts_with('-') || part.ends_with('-') {
                continue;
            }
            let Some(region) = named(part).or_else(|| short(part, domain)) else { continue };
            if best.as_ref().is_none_or(|(range, _)| range.len() < part.len()) {
                best = Some((*start..*end, region));
            }
        }
    }
    best
}

/// A form that only the hosts of one domain have.
fn short(part: &str, domain: &str) -> Option<Region> {
    super::regions::on_platform(part, domain)
}

/// `arn:aws:dynamodb:us-east-1:123456789012:table/x`.
fn arns(text: &str) -> Vec<Address> {
    static ARN: OnceLock<Regex> = OnceLock::new();
    if !text.contains("arn:aws") {
        return Vec::new();
    }
    let arn = ARN.get_or_init(|| {
        Regex::new(r"\barn:aws(?:-us-gov)?:([a-z0-9-]+):([a-z]{2}(?:-gov)?-[a-z]+-[0-9]):").expect("a constant pattern")
    });
    let found = arn.captures_iter(text).filter_map(|found| {
        let (service, name) = (found.get(1)?.as_str(), found.get(2)?);
        let is = |services: &[String]| services.iter().any(|known| known == service);
        let holds = match () {
            () if is(&file().arn.database) => Holds::Database,
            () if is(&file().arn.queue) => Holds::Queue,
            () => return None,
        };
        Some(Address { range: name.range(), region: named(name.as_str())?, holds, has_path: false })
    });
    found.collect()
}

/// `project:northamerica-northeast1:db`, as Cloud SQL names an instance; also in `/cloudsql/…` and `host=/cloudsql/…`.
fn connection_name(text: &str) -> Option<Address> {
    static NAME: OnceLock<Regex> = OnceLock::new();
    if text.bytes().filter(|byte| *byte == b':').count() < 2 {
        return None;
    }
    let name = NAME.get_or_init(|| {
        Regex::new(
            r"(?:^|/cloudsql/|=)[a-z][a-z0-9-]{4,28}[a-z0-9]:([a-z]+-[a-z]+[0-9]+):[a-z][a-z0-9-]*(?:$|[?&/,=\s])",
        )
        .expect("a constant pattern")
    });
    let found = name.captures(text)?.get(1)?;
    let region = named(found.as_str()).filter(|region| region.provider == "Google Cloud")?;
    Some(Address { range: found.range(), region, holds: Holds::Database, has_path: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(&str, &str, Holds)> {
        find(text).into_iter().map(|found| (&text[found.range.clone()], found.region.name, found.holds)).collect()
    }

    #[test]
    fn hosts_of_databases_and_buckets() {
        let database = |text| shown(text).first().map(|found| (found.1, found.2));
        let is = |name| Some((name, Holds::Database));
        assert_eq!(database("postgres://u:p@db.c1x.ca-central-1.rds.amazonaws.com:5432/app"), is("ca-central-1"));
        assert_eq!(database("aws-0-us-east-1.pooler.supabase.com"), is("us-east-1"));
        assert_eq!(database("ep-cool-1234.us-east-2.aws.neon.tech"), is("us-east-2"));
        assert_eq!(database("acct.canada-central.azure.snowflakecomputing.com"), is("canada-central"));
        assert_eq!(database("bank.x1.0001.use1.cache.amazonaws.com:6379"), is("use1"));
        assert_eq!(database("acct-eastus.documents.azure.com:443"), is("eastus"));
        assert_eq!(database("lending-prod:northamerica-northeast1:main"), is("northamerica-northeast1"));
        assert_eq!(database("postgres:///app?host=/cloudsql/lending-prod:us-central1:main"), is("us-central1"));
        assert_eq!(database("arn:aws:dynamodb:us-east-1:123456789012:table/links"), is("us-east-1"));
        assert_eq!(shown("https://nw.tor1.digitaloceanspaces.com"), [("tor1", "tor1", Holds::Bucket)]);
        assert_eq!(shown("https://nw.s3.us-east-1.amazonaws.com")[0].2, Holds::Bucket);
        assert_eq!(shown("app-x.canadacentral-01.azurewebsites.net")[0].1, "canadacentral");
    }

    /// Images, mail, logins and certificates lie where they lie: no banking data is kept there.
    #[test]
    fn other_services_tell_nothing() {
        for text in [
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
            "email-smtp.us-east-1.amazonaws.com",
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc",
            "arn:aws:acm:us-east-1:123456789012:certificate/x",
            "northamerica-northeast1-docker.pkg.dev/nw/app",
            "db.internal.example.com",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
