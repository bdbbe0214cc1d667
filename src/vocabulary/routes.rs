//! Addresses at which Flinks' webhooks are taken in: `/webhooks/flinks/ca`, and whose they are by their own words.

use std::ops::Range;

use super::Country;
use super::countries;
use super::words;

/// An address of Flinks' webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The country that a step of the path says, and where; `None` where none says one, or several do.
    pub country: Option<(Country, Range<usize>)>,
}

/// Longer texts are no addresses.
const LONGEST: usize = 300;

/// Reads a value or key as an address of Flinks' webhooks: a path with a step that says webhook and one that
/// says Flinks, perhaps behind a method or a host. Files and images that are merely called so are none.
pub fn webhook_route(text: &str) -> Option<Route> {
    let lower = text.to_ascii_lowercase();
    if text.len() > LONGEST || !lower.contains("hook") || !lower.contains("flinks") {
        return None;
    }
    let start = path_start(text)?;
    let path = &text[start..];
    let last = path.trim_end_matches(['$', '/', '`', ')', '"', '\'']).rsplit('/').next().unwrap_or("");
    let file = last.rsplit_once('.').is_some_and(|(stem, kind)| {
        !stem.is_empty() && (1..=5).contains(&kind.len()) && kind.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if file {
        return None;
    }
    let steps: Vec<(usize, &str)> = steps(path).collect();
    let says = |list: &[&str]| {
        steps.iter().any(|(_, step)| words::plain(step).iter().any(|word| list.contains(&word.as_str())))
    };
    if !says(&["webhook", "webhooks", "hook", "hooks"]) || !says(&["flinks"]) {
        return None;
    }
    let mut found: Option<(Country, Range<usize>)> = None;
    let mut several = path.contains(['{', '*', '[', '<', '$', ':']) && !path.ends_with('$');
    for (at, step) in steps {
        for saying in countries::all(step) {
            several |= found.as_ref().is_some_and(|(country, _)| *country != saying.country);
            found = Some((saying.country, start + at + saying.range.start..start + at + saying.range.end));
        }
    }
    Some(Route { country: found.filter(|_| !several) })
}

/// The path of an address, without its host and method.
pub fn path(text: &str) -> Option<&str> {
    path_start(text).map(|start| &text[start..])
}

/// Where the path of an address begins: behind a host, a method, a matcher's bracket, or at once.
fn path_start(text: &str) -> Option<usize> {
    if let Some(scheme) = text.find("://") {
        let host = scheme + 3;
        return Some(host + text[host..].find('/')?);
    }
    let slash = text.find('/')?;
    let before = text[..slash].trim_end();
    let method = before.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '|' | ','));
    let matcher = before.ends_with(['`', '(', '^', '=', '~', '"', '\'']);
    (method || matcher).then_some(slash)
}

/// The steps of a path, each with its place.
fn steps(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '&' | '=' | '`' | '"' | '\'' | '(' | ')' | '|');
    path.split(ends).map(move |step| (step.as_ptr() as usize - path.as_ptr() as usize, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(text: &str) -> Option<Option<&'static str>> {
        webhook_route(text).map(|route| route.country.map(|(country, _)| country.code()))
    }

    #[test]
    fn a_step_of_the_path_says_whose_it_is() {
        for (text, expected) in [
            ("/webhooks/flinks/ca", Some("CA")),
            ("POST /webhooks/flinks/us", Some("US")),
            ("https://hooks.northwind.example/flinks/webhook?country=us", Some("US")),
            ("/api/flinks-webhook-ca/", Some("CA")),
            ("PathPrefix(`/hooks/flinks/us`)", Some("US")),
            ("^/webhooks/flinks/ca$", Some("CA")),
            ("https://northwind.ca/webhooks/flinks", None),
            ("/webhooks/flinks/{country}", None),
            ("/webhooks/flinks/ca/{type}", None),
            ("^/webhooks/flinks/(ca|us)$", None),
        ] {
            assert_eq!(country(text), Some(expected), "{text}");
        }
    }

    /// What is called after webhooks need not take any in.
    #[test]
    fn files_images_and_other_vendors_are_no_routes() {
        for text in [
            "src/webhooks/flinks/ca.handler",
            "/app/webhooks/flinks/ca.js",
            "registry.example/flinks-webhook-ca:1.2",
            "/webhooks/stripe/ca",
            "/flinks/ca/status",
            "see webhooks/flinks/ca",
        ] {
            assert_eq!(country(text), None, "{text}");
        }
    }
}
