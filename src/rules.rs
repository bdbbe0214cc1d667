//! The rules: pages of `rules/`, built into the program, and what their front matter declares.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// A rule as its page declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    pub id: &'static str,
    /// The folder of its page: `residency`, `storage`, `environments`, `webhooks`, `browser`, `engine`.
    pub theme: &'static str,
    /// The fault, the headline of every finding: no capital, no full stop.
    pub summary: String,
    pub severity: Severity,
    /// The version that brought it.
    pub since: String,
    /// The page of Flinks that the rule rests on.
    pub source: Option<String>,
    /// The whole page, front matter included.
    pub page: &'static str,
}

macro_rules! pages {
    ($($theme:literal / $id:literal),* $(,)?) => {
        &[$(($theme, $id, include_str!(concat!("../rules/", $theme, "/", $id, ".md")))),*]
    };
}

/// Theme, id and text of every page.
const PAGES: &[(&str, &str, &str)] = pages![
    "residency" / "country-mismatch",
    "residency" / "incomplete-instance",
    "residency" / "host-without-country",
    "storage" / "login-id-without-country",
    "environments" / "sandbox-in-production",
    "environments" / "sandbox-fallback",
    "environments" / "mixed-instances",
    "environments" / "unknown-host",
    "webhooks" / "missing-webhook",
    "browser" / "credential-in-browser",
    "browser" / "login-id-in-browser",
    "engine" / "unused-exception",
    "engine" / "expired-exception",
    "engine" / "malformed-exception",
    "engine" / "unreadable-file",
];

/// Every rule, in the order of the book.
pub fn all() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| PAGES.iter().filter_map(|(theme, id, page)| rule(theme, id, page).ok()).collect())
}

/// The rule of this id.
pub fn get(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}

/// The id that is spelt most like this one, if any is near.
pub fn nearest(id: &str) -> Option<&'static str> {
    let distance = |rule: &Rule| strsim::jaro_winkler(rule.id, id);
    let near = all().iter().max_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(near) > 0.75).then_some(near.id)
}

impl Rule {
    /// The page without its front matter: what a person reads.
    pub fn body(&self) -> &'static str {
        split(self.page).map_or(self.page, |(_, body)| body.trim_start())
    }

    /// The text under a `## ` heading of the page.
    pub fn section(&self, heading: &str) -> Option<&'static str> {
        let body = self.body();
        let heading = format!("## {heading}");
        let (_, section) = body[body.find(&heading)? + heading.len()..].split_once('\n')?;
        let end = section.find("\n## ").unwrap_or(section.len());
        Some(section[..end].trim())
    }

    /// Where the page lies in the repository.
    pub fn path(&self) -> String {
        format!("rules/{}/{}.md", self.theme, self.id)
    }
}

/// What the front matter of a page must say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    summary: String,
    severity: Severity,
    since: String,
    source: Option<String>,
}

fn rule(theme: &'static str, id: &'static str, page: &'static str) -> Result<Rule, String> {
    let (front, _) = split(page).ok_or("no front matter")?;
    let FrontMatter { summary, severity, since, source } =
        serde_yaml::from_str(front).map_err(|error| error.to_string())?;
    Ok(Rule { id, theme, summary, severity, since, source, page })
}

/// Front matter and body. A checkout on Windows may have given the page CRLF.
fn split(page: &str) -> Option<(&str, &str)> {
    let rest = page.strip_prefix("---\n").or_else(|| page.strip_prefix("---\r\n"))?;
    let end = rest.find("\n---")?;
    let body = rest[end + 4..].split_once('\n').map_or("", |(_, body)| body);
    Some((&rest[..end + 1], body))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page whose front matter does not parse would silently drop its rule.
    #[test]
    fn every_page_declares_a_rule_in_the_words_of_the_book() {
        for (theme, id, page) in PAGES {
            let rule = rule(theme, id, page).unwrap_or_else(|why| panic!("{id}: {why}"));
            assert!(rule.body().starts_with(&format!("# {id}\n")), "{id}: the heading is its id");
            assert!(!rule.summary.ends_with('.'), "{id}: a headline has no full stop");
            assert!(rule.summary.starts_with(char::is_lowercase), "{id}: a headline has no capital");
            assert!(rule.section("Why it matters").is_some_and(|text| !text.is_empty()), "{id}");
            assert!(rule.section("How to fix it").is_some_and(|text| !text.is_empty()), "{id}");
            assert!(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(rule.path()).is_file(), "{id}");
        }
        assert_eq!(all().len(), PAGES.len());
    }

    #[test]
    fn a_misspelt_id_finds_its_neighbour() {
        assert_eq!(nearest("country-missmatch"), Some("country-mismatch"));
        assert_eq!(nearest("sandbox-in-prod"), Some("sandbox-in-production"));
        assert_eq!(nearest("xyzzy"), None);
    }
}
