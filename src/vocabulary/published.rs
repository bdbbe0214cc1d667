//! Published sandbox values, from `published.toml`: known to everybody, so no secrets, and never right in production.

use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    pub kind: Kind,
    pub value: String,
    /// The Flinks page that prints it, or `code`.
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    CustomerId,
    SecretKey,
    XApiKey,
    AuthorizeToken,
    LoginId,
    Bearer,
}

impl Kind {
    /// What the value is, for people.
    pub fn noun(self) -> &'static str {
        match self {
            Kind::CustomerId => "customerId",
            Kind::SecretKey => "secret key",
            Kind::XApiKey => "x-api-key",
            Kind::AuthorizeToken => "sample authorize token",
            Kind::LoginId => "sample loginId",
            Kind::Bearer => "bearer token",
        }
    }
}

#[derive(Deserialize)]
struct File {
    value: Vec<Published>,
}

/// All of them.
pub fn all() -> &'static [Published] {
    static ALL: OnceLock<Vec<Published>> = OnceLock::new();
    ALL.get_or_init(|| {
        let file: File = toml::from_str(include_str!("published.toml")).expect("a test reads this file");
        file.value
    })
}

/// The published values that stand in a text, with their places, whatever their case.
pub fn find(text: &str) -> Vec<(&'static Published, std::ops::Range<usize>)> {
    if text.len() < 15 {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let whole = |start: usize, end: usize| {
        let bytes = lower.as_bytes();
        let part = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        !part(start.checked_sub(1)) && !part(Some(end))
    };
    let mut found = Vec::new();
    for published in all() {
        let needle = published.value.to_ascii_lowercase();
        if let Some(start) = lower.find(&needle).filter(|start| whole(*start, start + needle.len())) {
            found.push((published, start..start + needle.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_value_is_found_in_a_url_and_in_capitals() {
        let url = "https://toolbox-api.private.fin.ag/v3/43387CA6-0391-4C82-857D-70D95F087ECB/BankingServices";
        let found = find(url);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0.kind, Kind::CustomerId);
        assert!(all().iter().all(|published| !published.source.is_empty()));
    }
}
