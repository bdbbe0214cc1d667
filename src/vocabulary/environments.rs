//! Words that name an environment, in identifiers, file names and folders, from `environments.toml`.

use std::ops::Range;

use super::Environment;
use super::data::list;
use super::words::{self, Word};

const FILE: &str = include_str!("environments.toml");

/// The words of the rulebook. `release` counts only in `Web.Release.config`.
const WORDS: [(Environment, &[&str]); 5] = [
    (Environment::Production, list!(FILE, "production")),
    (Environment::Staging, list!(FILE, "staging")),
    (Environment::Development, list!(FILE, "development")),
    (Environment::Test, list!(FILE, "test")),
    (Environment::Preview, list!(FILE, "preview")),
];

/// Words before an environment's that turn it into another or into none: `non-prod`, `pre-prod`.
const NEGATIONS: &[&str] = list!(FILE, "negation");

/// What makes `live` another word.
const AFTER_LIVE: &[&str] = list!(FILE, "after-live");

/// The environment of one word.
pub fn of_word(word: &str) -> Option<Environment> {
    let says = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    WORDS.iter().find(|(_, words)| says(words)).map(|(environment, _)| *environment)
}

/// An environment and the part of the identifier that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub environment: Environment,
    pub range: Range<usize>,
}

fn sayings(words: &[Word]) -> Vec<Saying> {
    let mut found: Vec<Saying> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(environment) = of_word(&word.text) else { continue };
        let before = at.checked_sub(1).map(|before| &words[before]);
        let after = words.get(at + 1).map_or("", |after| after.text.as_str());
        if word.text == "live" && AFTER_LIVE.contains(&after) {
            continue;
        }
        match before.map(|word| word.text.as_str()) {
            Some(negation) if NEGATIONS.contains(&negation) => return Vec::new(),
            Some("pre") if environment == Environment::Production => found.push(Saying {
                environment: Environment::Staging,
                range: before.map_or(0, |word| word.range.start)..word.range.end,
            }),
            Some("deploy" | "branch" | "pr") if environment == Environment::Preview => {
                found.push(Saying { environment, range: word.range.clone() });
            }
            _ => found.push(Saying { environment, range: word.range.clone() }),
        }
    }
    found
}

/// One environment out of several words: `.env.production.local` is production, `test-prod` says nothing.
fn agreed(mut found: Vec<Saying>, words: &[Word]) -> Option<Saying> {
    if found.len() > 1 {
        let local = |saying: &Saying| words.iter().any(|word| word.range == saying.range && word.text == "local");
        found.retain(|saying| !local(saying));
    }
    let first = found.first()?.clone();
    found.iter().all(|saying| saying.environment == first.environment).then_some(first)
}

/// The environment that an identifier says with any of its words: `values-prod`, `FLINKS_PROD_API_URL`.
pub fn anywhere(identifier: &str) -> Option<Saying> {
    let words = words::words(identifier);
    agreed(sayings(&words), &words)
}

/// The environment that an identifier says as a whole: `production`, `deploy-prod`, `us-development`. Other words
/// than environments, countries and a few that mean "settings of" make it say nothing.
pub fn whole(identifier: &str) -> Option<Saying> {
    const AROUND: &[&str] = list!(FILE, "around");
    let words = words::words(identifier);
    let around = |word: &Word| {
        of_word(&word.text).is_some()
            || AROUND.contains(&word.text.as_str())
            || super::countries::of_word(&word.text).is_some()
            || REGION_WORDS.contains(&word.text.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    if words.is_empty() || !words.iter().all(around) {
        return None;
    }
    agreed(sayings(&words), &words)
}

/// Parts of cloud regions' names: `prod-us-east-1`.
const REGION_WORDS: &[&str] = list!(FILE, "region-part");

/// Words that mean an environment in a file's name but too often something else in a variable's.
const NOT_IN_NAMES: &[&str] = list!(FILE, "not-in-names");

/// The environment that a variable's own name says: `FLINKS_API_URL_PROD`.
pub fn in_name(name: &str) -> Option<Saying> {
    let words = words::words(name);
    let mut found = sayings(&words);
    found.retain(|saying| {
        !words.iter().any(|word| word.range == saying.range && NOT_IN_NAMES.contains(&word.text.as_str()))
    });
    agreed(found, &words)
}

/// Names of settings whose value is the environment, compared as [`words::normal`] spells them.
const BUILD_SETTINGS: &[&str] = list!(FILE, "build-setting");
const FRAMEWORK_SETTINGS: &[&str] = list!(FILE, "framework-setting");
const DEPLOYMENT_SETTINGS: &[&str] = list!(FILE, "deployment-setting");

/// Whether a setting of this name says its environment.
pub fn is_setting(name: &str) -> bool {
    let normal = words::normal(name);
    [BUILD_SETTINGS, FRAMEWORK_SETTINGS, DEPLOYMENT_SETTINGS].iter().any(|settings| settings.contains(&normal.as_str()))
}

/// How much such a setting tells: staging runs in the production mode of its tools, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// `NODE_ENV`, which libraries ask for, not people.
    Build,
    /// The mode of a framework.
    Framework,
    /// The name of what is deployed.
    Deployment,
}

/// How much a setting of [`is_setting`] tells.
pub fn weight(name: &str) -> Weight {
    let normal = words::normal(name);
    let is_in = |settings: &[&str]| settings.contains(&normal.as_str());
    if is_in(BUILD_SETTINGS) {
        Weight::Build
    } else if is_in(FRAMEWORK_SETTINGS) {
        Weight::Framework
    } else {
        Weight::Deployment
    }
}

/// The environment that the value of such a setting says.
pub fn of_value(value: &str) -> Option<Environment> {
    let value = value.trim();
    if value.starts_with('!') || value.contains(',') {
        return None;
    }
    // Netlify's context of every branch but the one of production.
    if value == "branch-deploy" {
        return Some(Environment::Preview);
    }
    whole(value).map(|saying| saying.environment)
}

/// The environment in which a condition holds: as [`of_value`], and production for `!dev`, which is what is shipped.
pub fn of_condition(word: &str) -> Option<Environment> {
    match word.trim().strip_prefix('!') {
        Some(refused) => (of_word(refused) == Some(Environment::Development)).then_some(Environment::Production),
        None => of_value(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_by_any_of_its_words_and_not_by_its_negation() {
        for name in [
            ".env.production",
            "values-prod.yaml",
            "appsettings.Production.json",
            "prd.tfvars",
            ".env.production.local",
        ] {
            assert_eq!(anywhere(name).map(|saying| saying.environment), Some(Environment::Production), "{name}");
        }
        for name in
            ["non-prod.yaml", "values.yaml", "products.json", "reproduction.yml", "test-prod.env", "livechat.yml"]
        {
            assert_eq!(anywhere(name), None, "{name}");
        }
        assert_eq!(anywhere("pre-prod.env").map(|saying| saying.environment), Some(Environment::Staging));
    }

    #[test]
    fn a_folder_or_key_says_it_only_as_a_whole() {
        for key in ["production", "deploy-prod", "us-development", "prod-us-east-1", "prod_ca"] {
            assert!(whole(key).is_some(), "{key}");
        }
        for key in ["release-notes", "live-demo", "dev-tools", "production-checklist", "local-storage", "default"] {
            assert_eq!(whole(key), None, "{key}");
        }
    }
}
