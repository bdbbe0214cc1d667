//! Cloud regions and the country each lies in, from `regions.toml`, and the names of settings that choose one.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Country;
use super::words;

/// A region that a setting chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub provider: &'static str,
    /// As the provider spells it, without the letter of a zone.
    pub name: &'static str,
    pub country: Country,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    provider: String,
    country: Country,
    names: Vec<String>,
    #[serde(default)]
    only_named_region: bool,
    #[allow(dead_code, reason = "the source is for the reader of the file")]
    source: String,
}

fn groups() -> &'static [Group] {
    #[derive(Deserialize)]
    struct File {
        group: Vec<Group>,
    }
    static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();
    GROUPS.get_or_init(|| toml::from_str::<File>(include_str!("regions.toml")).expect("a test reads this file").group)
}

/// The region that a setting of this name and value chooses.
pub fn chosen(name: &str, value: &str) -> Option<Region> {
    let words = words::plain(name);
    let says = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let named_region = says(&["region", "regions"]);
    if !named_region && !says(&["location", "locations", "zone", "zones"]) {
        return None;
    }
    let value = value.trim().to_ascii_lowercase();
    let zoneless = without_zone(&value);
    groups().iter().filter(|group| named_region || !group.only_named_region).find_map(|group| {
        let name = group.names.iter().find(|name| **name == value || Some(name.as_str()) == zoneless)?;
        Some(Region { provider: &group.provider, name, country: group.country })
    })
}

/// A zone is a region and a letter: `ca-central-1a`, `us-east4-b`.
fn without_zone(value: &str) -> Option<&str> {
    let bare = value.strip_suffix(|c: char| c.is_ascii_lowercase())?;
    let bare = bare.strip_suffix('-').unwrap_or(bare);
    bare.ends_with(|c: char| c.is_ascii_digit()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, value: &str) -> Option<&'static str> {
        chosen(name, value).map(|region| region.country.code())
    }

    #[test]
    fn regions_and_their_zones_lie_in_a_country() {
        assert_eq!(code("AWS_REGION", "ca-central-1"), Some("CA"));
        assert_eq!(code("availabilityZone", "us-east-1a"), Some("US"));
        assert_eq!(code("zone", "northamerica-northeast1-b"), Some("CA"));
        assert_eq!(code("location", "Canada Central"), Some("CA"));
        assert_eq!(code("primary_region", "yyz"), Some("CA"));
    }

    /// A prefix proves nothing, and neither does a word that happens to be a region's name somewhere.
    #[test]
    fn what_only_looks_like_a_region_is_none() {
        assert_eq!(code("region", "northamerica-south1"), None);
        assert_eq!(code("location", "virginia"), None);
        assert_eq!(code("host", "us-east-1"), None);
        assert_eq!(code("region", "ca"), None);
    }

    #[test]
    fn every_name_is_of_one_country() {
        let mut seen = std::collections::HashMap::new();
        for group in groups() {
            for name in &group.names {
                assert_eq!(*name, name.to_lowercase());
                assert_eq!(*seen.entry(name).or_insert(group.country), group.country, "{name}");
            }
        }
    }
}
