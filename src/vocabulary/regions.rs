//! Cloud regions and the country each lies in, from `regions.toml`, and the names of settings that choose one.

use std::collections::HashMap;
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
    /// `None` for those of neither country.
    pub country: Option<Country>,
}

impl Region {
    /// Its name, and that of the cloud which it is in: `aws_ca_central_1` is `ca-central-1`.
    pub fn spellings(&self) -> Vec<String> {
        let bare = |name: &str| {
            let name = name.replace('_', "-").replace(' ', "");
            let of_cloud =
                ["aws-", "gcp-", "azure-"].iter().find_map(|cloud| name.strip_prefix(cloud).map(str::to_owned));
            of_cloud.unwrap_or(name)
        };
        let same = groups()
            .iter()
            .flat_map(|group| &group.names)
            .filter(|other| squeezed(other) == squeezed(&bare(self.name)));
        let mut all = vec![self.name.to_owned(), bare(self.name)];
        all.extend(same.cloned());
        all.dedup();
        all
    }

    /// A region of the same provider in a country, if it has one there.
    pub fn of_same_provider(&self, country: Country) -> Option<&'static str> {
        let of_provider = |group: &&Group| group.provider == self.provider && group.country == Some(country);
        groups().iter().find(of_provider).map(|group| group.names[0].as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    provider: String,
    country: Option<Country>,
    names: Vec<String>,
    #[serde(default)]
    platform: Vec<String>,
    #[allow(dead_code, reason = "the source is for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    group: Vec<Group>,
    pub(super) host: Vec<super::region_hosts::Host>,
    pub(super) arn: super::region_hosts::Arns,
}

pub(super) fn file() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| toml::from_str::<File>(include_str!("regions.toml")).expect("a test reads this file"))
}

fn groups() -> &'static [Group] {
    &file().group
}

/// Names that stand for themselves wherever they are written, by how they are spelt and without what parts their words.
fn distinct() -> &'static HashMap<String, Region> {
    static NAMES: OnceLock<HashMap<String, Region>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        for group in groups().iter().filter(|group| group.platform.is_empty()) {
            for name in &group.names {
                let region = Region { provider: &group.provider, name, country: group.country };
                names.entry(name.clone()).or_insert(region);
            }
        }
        names
    })
}

/// A name without what parts its words: `US_EAST_1` and `USEast1` are one.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Names that can be looked for in any text, without those that are ordinary words.
pub fn searchable() -> impl Iterator<Item = &'static str> {
    distinct()
        .keys()
        .map(String::as_str)
        .filter(|name| name.contains(|c: char| c.is_ascii_digit() || c == '-') || name.len() > 5)
}

/// The region of this name, as it is written in a text, whatever is set to it.
pub fn named(name: &str) -> Option<Region> {
    distinct().get(name.to_ascii_lowercase().as_str()).copied()
}

/// Whether a name speaks of a region.
pub fn is_key(name: &str) -> bool {
    let any = ["region", "regions", "location", "locations", "zone", "zones"];
    words::plain(name).iter().any(|word| any.contains(&word.as_str()))
}

/// Whether a name only says that it is the value of the key above it: `location: { defaultValue: … }`.
pub fn is_value_of_key(name: &str) -> bool {
    matches!(words::normal(name).as_str(), "static" | "value" | "default" | "default_value" | "name" | "id" | "slug")
}

/// The region that a setting of this name and value chooses. `around` are the words of the keys above it and of its file:
/// they tell the platform whose names are words of everyday.
pub fn chosen<'w>(name: &str, value: &str, around: impl IntoIterator<Item = &'w str>) -> Option<Region> {
    let own = words::plain(name);
    let says = |any: &[&str]| own.iter().any(|word| any.contains(&word.as_str()));
    let named_region = says(&["region", "regions"]);
    if !named_region && !says(&["location", "locations", "zone", "zones"]) {
        return None;
    }
    let value = value.trim().to_ascii_lowercase();
    let zoneless = without_zone(&value);
    let known = |name: &str| distinct().get(name).copied();
    if let Some(region) = known(&value).or_else(|| zoneless.and_then(known)) {
        return Some(region);
    }
    let around: Vec<&str> = around.into_iter().collect();
    let on_platform = |group: &&Group| {
        named_region
            && group.platform.iter().any(|word| around.contains(&word.as_str()) || own.iter().any(|own| own == word))
    };
    groups().iter().filter(on_platform).find_map(|group| {
        let name = group.names.iter().find(|name| **name == value)?;
        Some(Region { provider: &group.provider, name, country: group.country })
    })
}

/// The region that a name is on one platform alone.
pub(super) fn on_platform(name: &str, platform: &str) -> Option<Region> {
    let of_platform = |group: &&Group| group.platform.iter().any(|word| word == platform);
    groups().iter().filter(of_platform).find_map(|group| {
        let name = group.names.iter().find(|known| *known == name)?;
        Some(Region { provider: &group.provider, name, country: group.country })
    })
}

/// The region that a constant of an SDK stands for: `Region.US_EAST_1`, `RegionEndpoint.USEast1`,
/// `AzureLocation.CanadaCentral`, `Regions.EastUS`.
pub fn constant(name: &str) -> Option<Region> {
    let (types, own) = name.rsplit_once(['.', ':'])?;
    let types = types.rsplit(['.', ':']).find(|part| !part.is_empty())?;
    let of_regions =
        words::plain(types).iter().any(|word| matches!(word.as_str(), "region" | "regions" | "location" | "locations"));
    let own = squeezed(own);
    let named = |region: &&Region| squeezed(region.name) == own || own == azure_turned(region.name);
    let mut found: Vec<&Region> = distinct().values().filter(|_| of_regions).filter(named).collect();
    found.sort_by_key(|region| (region.provider != "AWS", region.provider, region.name.contains(' '), region.name));
    found.first().map(|region| **region)
}

/// Azure's library for Java says the side last: `Region.US_EAST`.
fn azure_turned(name: &str) -> String {
    let sides = ["north", "south", "east", "west", "central"];
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &name[digits.len()..];
    let Some(side) = digits.strip_suffix("us").filter(|side| sides.contains(side)) else { return String::new() };
    format!("us{side}{number}")
}

/// A zone is a region and a letter: `ca-central-1a`, `us-east4-b`.
fn without_zone(value: &str) -> Option<&str> {
    let bare = value.strip_suffix(|c: char| c.is_ascii_lowercase())?;
    let bare = bare.strip_suffix('-').unwrap_or(bare);
    bare.ends_with(|c: char| c.is_ascii_digit()).then_some(bare)
}

/// A region in the words of a command: `gcloud run deploy api --region us-central1`.
pub fn in_commands(text: &str) -> Vec<(std::ops::Range<usize>, Region)> {
    static OPTION: OnceLock<regex::Regex> = OnceLock::new();
    let option = OPTION.get_or_init(|| {
        regex::Regex::new(r#"(?:^|\s)--(?:aws-|primary-)?(?:region|location|zone)(?:=|\s+)["']?([A-Za-z0-9-]+)"#)
            .expect("a constant pattern")
    });
    if !text.contains("--") {
        return Vec::new();
    }
    let found = option.captures_iter(text).filter_map(|found| {
        let name = found.get(1)?;
        let lower = name.as_str().to_ascii_lowercase();
        let region = named(&lower).or_else(|| without_zone(&lower).and_then(named))?;
        Some((name.range(), region))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, value: &str) -> Option<&'static str> {
        chosen(name, value, []).and_then(|region| region.country).map(Country::code)
    }

    #[test]
    fn regions_and_their_zones_lie_in_a_country() {
        assert_eq!(code("AWS_REGION", "ca-central-1"), Some("CA"));
        assert_eq!(code("availabilityZone", "us-east-1a"), Some("US"));
        assert_eq!(code("zone", "northamerica-northeast1-b"), Some("CA"));
        assert_eq!(code("location", "Canada Central"), Some("CA"));
        assert_eq!(code("regionName", "US_EAST_1"), Some("US"));
        assert_eq!(code("FLY_REGION", "yyz"), Some("CA"));
    }

    /// A prefix proves nothing, and neither does a word that happens to be a region's name somewhere.
    #[test]
    fn what_only_looks_like_a_region_is_none() {
        assert_eq!(code("region", "northamerica-south1"), None);
        assert_eq!(code("location", "virginia"), None);
        assert_eq!(code("region", "virginia"), None);
        assert_eq!(code("host", "us-east-1"), None);
        assert_eq!(code("region", "ca"), None);
        assert_eq!(chosen("region", "eu-west-1", []).map(|region| region.country), Some(None));
    }

    #[test]
    fn platforms_tell_what_everyday_words_mean() {
        let on = |platform: &str, value: &str| chosen("region", value, [platform]).map(|region| region.provider);
        assert_eq!(on("render", "ohio"), Some("Render"));
        assert_eq!(on("heroku", "ohio"), None);
        assert_eq!(on("fly", "iad"), Some("Fly.io"));
    }

    #[test]
    fn constants_of_libraries() {
        let code = |name: &str| constant(name).and_then(|region| region.country).map(Country::code);
        assert_eq!(code("Region.US_EAST_1"), Some("US"));
        assert_eq!(code("Amazon.RegionEndpoint.CACentral1"), Some("CA"));
        assert_eq!(code("AzureLocation.CanadaCentral"), Some("CA"));
        assert_eq!(code("Region.US_EAST"), Some("US"));
        assert_eq!(code("Status.US_EAST_1"), None);
    }

    #[test]
    fn commands_name_their_region() {
        let found = in_commands("gcloud run deploy api --region=us-central1 --zone northamerica-northeast1-a");
        assert_eq!(
            found.iter().map(|(_, region)| region.name).collect::<Vec<_>>(),
            ["us-central1", "northamerica-northeast1"]
        );
    }

    /// The policy speaks of a cloud's region; a database on that cloud spells it in its own way.
    #[test]
    fn spellings_of_one_region() {
        let spelt = |name: &str| named(name).unwrap().spellings();
        assert!(spelt("aws_ca_central_1").contains(&"ca-central-1".to_owned()));
        assert!(spelt("canada central").contains(&"canadacentral".to_owned()));
        assert!(spelt("aws-us-east-1").contains(&"us-east-1".to_owned()));
    }

    #[test]
    fn every_name_is_of_one_country() {
        let mut seen = HashMap::new();
        for group in groups() {
            assert!(group.source.starts_with("https://"), "{}", group.provider);
            for name in &group.names {
                assert_eq!(*name, name.to_lowercase());
                assert_eq!(*seen.entry(name).or_insert(group.country), group.country, "{name}");
            }
        }
    }
}
