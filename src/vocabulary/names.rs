//! What a setting is, from the words of its path (`names.toml`): the API host, a secret key, a webhook… of which slot.

use std::ops::Range;

use super::data::list;
use super::words::{self, Word};
use super::{environments, published};

const FILE: &str = include_str!("names.toml");

/// A part of what describes one instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    ApiHost,
    IframeHost,
    /// A host whose role only its value tells.
    Host,
    Instance,
    CustomerId,
    SecretKey,
    XApiKey,
    Bearer,
    WebhookUrl,
    WebhookSecret,
    /// A single-use token: no credential of the instance.
    AuthorizeToken,
    /// `country: us` beside the others.
    Country,
    /// `NODE_ENV` and kin.
    Environment,
    /// `demo=true` as an option.
    Demo,
    /// The integrator's own address.
    Redirect,
}

impl Component {
    pub fn is_host(self) -> bool {
        matches!(self, Component::ApiHost | Component::IframeHost | Component::Host | Component::Instance)
    }

    pub fn is_webhook(self) -> bool {
        matches!(self, Component::WebhookUrl | Component::WebhookSecret)
    }

    /// Keys that must stay secret.
    pub fn is_secret(self) -> bool {
        matches!(self, Component::SecretKey | Component::XApiKey | Component::Bearer | Component::WebhookSecret)
    }

    /// What belongs to one instance alone.
    pub fn is_credential(self) -> bool {
        self == Component::CustomerId || self.is_secret()
    }

    /// For people.
    pub fn noun(self) -> &'static str {
        match self {
            Component::ApiHost => "API host",
            Component::IframeHost => "iframe host",
            Component::Host => "host",
            Component::Instance => "instance name",
            Component::CustomerId => "customerId",
            Component::SecretKey => "secret key",
            Component::XApiKey => "x-api-key",
            Component::Bearer => "bearer token",
            Component::WebhookUrl => "webhook",
            Component::WebhookSecret => "webhook secret",
            Component::AuthorizeToken => "authorize token",
            Component::Country => "country",
            Component::Environment => "environment",
            Component::Demo => "demo switch",
            Component::Redirect => "redirect URL",
        }
    }
}

/// The phrases that name a component. Their words may be taken out of a name wherever they stand.
const PHRASES: &[(Component, &[&str])] = &[
    (Component::XApiKey, list!(FILE, "x-api-key")),
    (Component::SecretKey, list!(FILE, "secret-key")),
    (Component::Bearer, list!(FILE, "bearer")),
    (Component::AuthorizeToken, list!(FILE, "authorize-token")),
    (Component::CustomerId, list!(FILE, "customer-id")),
    (Component::IframeHost, list!(FILE, "iframe-host")),
    (Component::Instance, list!(FILE, "instance")),
    (Component::ApiHost, list!(FILE, "api-host")),
    (Component::Host, list!(FILE, "host")),
    (Component::Country, list!(FILE, "country")),
    (Component::Demo, list!(FILE, "demo")),
];

/// Words that make a name speak *about* a component: `FLINKS_API_KEY_HEADER`, `webhookTimeout`.
const ABOUT: &[&str] = list!(FILE, "about");

/// Words before a key that ask whether there is one: `FLINKS_USE_API_KEY`.
const ABOUT_BEFORE: &[&str] = list!(FILE, "about-before");

/// Whose webhooks `FLINKS_CA_ALERTS_SLACK_WEBHOOK` and its like are: what goes out to them, not what Flinks sends.
const VENDORS: &[&str] = list!(FILE, "other-vendor");

/// Names that only wrap: the name above them says what it is.
const NEUTRAL: &[&str] = list!(FILE, "neutral");

/// `FLINKS_API_KEY_HEADER_PROD`: about a component wherever they stand in the name.
const ABOUT_ANYWHERE: &[&str] = list!(FILE, "about-anywhere");

const REDIRECT: &[&str] = list!(FILE, "redirect");

/// What may follow a phrase without making it another.
const TAIL: &[&str] = list!(FILE, "tail");

const WEBHOOK: &[&str] = list!(FILE, "webhook");
const WEBHOOK_SECRET: &[&str] = list!(FILE, "webhook-secret");
const WEBHOOK_ADDRESS: &[&str] = list!(FILE, "webhook-address");
const WEBHOOK_FILLER: &[&str] = list!(FILE, "webhook-filler");

/// What the words of a path say.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pub component: Option<Component>,
    /// The words that are left once component, country, environment and wrapping are taken out: which slot.
    pub stem: Vec<String>,
    /// Whether a word of it is `flinks`.
    pub flinks: bool,
    /// Whether it goes to somebody else, as what is said beside it shows.
    pub of_others: bool,
}

/// Whether a word means Flinks: `cufflinks` and `reflinks` are other words.
pub fn is_flinks(word: &str) -> bool {
    word == "flinks"
}

/// Whether an identifier or a path has the word.
pub fn says_flinks(identifier: &str) -> bool {
    words::words(identifier).iter().any(|word| is_flinks(&word.text))
}

/// Whether a text has the word Flinks, a Flinks domain or a published value, and not just `cufflinks`, `FlinkSession`
/// or `pdfLinks`.
pub fn mentions_flinks(text: &str) -> bool {
    /// Longer names are cut: what is in question is the word around a place.
    const NEAR: usize = 64;
    let lower = text.to_ascii_lowercase();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_own_word = |at: usize| {
        let end = at + "flinks".len();
        let start = at - lower.as_bytes()[..at].iter().rev().take(NEAR).take_while(|byte| is_name(byte)).count();
        let end = end + lower.as_bytes()[end..].iter().take(NEAR).take_while(|byte| is_name(byte)).count();
        says_flinks(&text[start..end])
    };
    lower.contains("fin.ag")
        || lower.match_indices("flinks").any(|(at, _)| is_own_word(at))
        || published::all().iter().any(|published| lower.contains(&published.value.to_ascii_lowercase()))
}

/// Reads the names of a path, outermost first (positions of lists left out by the caller).
pub fn read(path: &[&str]) -> Reading {
    let segments: Vec<Vec<Word>> = path.iter().map(|name| words::words(name)).collect();
    let found = component(&segments);
    let mut reading = Reading {
        component: found.as_ref().map(|found| found.component),
        stem: Vec::new(),
        flinks: segments.iter().flatten().any(|word| is_flinks(&word.text)),
        of_others: false,
    };
    for (at, segment) in segments.iter().enumerate() {
        for (index, word) in segment.iter().enumerate() {
            let taken = found.as_ref().is_some_and(|found| found.takes(at, index));
            if !taken && !is_noise(word) {
                reading.stem.push(word.text.clone());
            }
        }
    }
    reading
}

/// Words that belong to no slot: countries and environments are said apart, prefixes of front ends mean nothing.
fn is_noise(word: &Word) -> bool {
    const WRAPPERS: &[&str] = list!(FILE, "noise");
    super::countries::of_word(&word.text).is_some()
        || environments::of_word(&word.text).is_some()
        || WRAPPERS.contains(&word.text.as_str())
}

struct Found {
    component: Component,
    segment: usize,
    range: Range<usize>,
    /// A role word of the segment above (`api: {url: …}`) that belongs to it.
    above: Option<usize>,
}

impl Found {
    fn takes(&self, segment: usize, word: usize) -> bool {
        (segment == self.segment && self.range.contains(&word)) || self.above == Some(segment)
    }
}

fn component(segments: &[Vec<Word>]) -> Option<Found> {
    let family = |words: &[Word]| words.iter().any(|word| WEBHOOK.contains(&word.text.as_str()));
    for (at, segment) in segments.iter().enumerate().rev() {
        if neutral(segment) {
            continue;
        }
        let named: Vec<&str> = segment.iter().map(|word| word.text.as_str()).collect();
        if environments::is_setting(&named.join("_")) {
            return Some(Found {
                component: Component::Environment,
                segment: at,
                range: 0..segment.len(),
                above: None,
            });
        }
        // `FLINKS_US_SECRET_NAME` names a secret of a store: it is about one. So is whatever times out or is enabled.
        // A demo that is enabled is a demo.
        let demo = named.windows(2).any(|pair| matches!(pair, ["demo", "mode" | "enabled"] | ["enable", "demo"]));
        if demo {
            return Some(Found { component: Component::Demo, segment: at, range: 0..segment.len(), above: None });
        }
        let about = segment.last().is_some_and(|word| ABOUT.contains(&word.text.as_str()))
            && !named.ends_with(&["instance", "name"])
            || named.iter().any(|word| ABOUT_ANYWHERE.contains(word));
        if about {
            return None;
        }
        if named.iter().any(|word| REDIRECT.contains(word)) && !family(segment) {
            return Some(Found { component: Component::Redirect, segment: at, range: 0..segment.len(), above: None });
        }
        if family(segment) && segment.iter().any(|word| VENDORS.contains(&word.text.as_str())) {
            return None;
        }
        let above_is_webhook =
            at > 0 && segments[..at].iter().rev().find(|above| !neutral(above)).is_some_and(|above| family(above));
        if family(segment) || above_is_webhook {
            // `webhooks: [{instance: northwind-ca, url: …}]`: whose it is.
            let whose = matches!(named.as_slice(), ["instance"] | ["instance", "name" | "id"]);
            if !whose {
                return webhook(at, segment, family(segment));
            }
        }
        let (component, range) = phrase(segment)?;
        if component.is_credential() && named[..range.start].iter().any(|word| ABOUT_BEFORE.contains(word)) {
            return None;
        }
        let above = role_above(segments, at, component);
        let component = match (component, above) {
            (Component::Host, Some((_, role))) => role,
            (other, _) => other,
        };
        return Some(Found { component, segment: at, range, above: above.map(|(above, _)| above) });
    }
    None
}

/// Nothing in it but countries, environments and words that only wrap.
fn neutral(segment: &[Word]) -> bool {
    segment.iter().all(|word| {
        super::countries::of_word(&word.text).is_some()
            || environments::of_word(&word.text).is_some()
            || matches!(word.text.as_str(), "united" | "states")
            || NEUTRAL.contains(&word.text.as_str())
    })
}

/// `api: {url: …}` and `iframe: {host: …}`: the name above says the role.
fn role_above(segments: &[Vec<Word>], at: usize, component: Component) -> Option<(usize, Component)> {
    if component != Component::Host {
        return None;
    }
    let above = segments[..at].iter().rposition(|segment| !neutral(segment))?;
    match segments[above].as_slice() {
        [word] if word.text == "api" => Some((above, Component::ApiHost)),
        [word] if word.text == "iframe" || word.text == "widget" => Some((above, Component::IframeHost)),
        _ => None,
    }
}

fn webhook(at: usize, segment: &[Word], own: bool) -> Option<Found> {
    let has = |list: &[&str]| segment.iter().any(|word| list.contains(&word.text.as_str()));
    let secret = has(WEBHOOK_SECRET) && !has(&["url", "uri", "path"]);
    let address = has(WEBHOOK_ADDRESS);
    let component = if secret {
        Component::WebhookSecret
    } else if address || own {
        Component::WebhookUrl
    } else if segment.iter().any(|word| super::countries::of_word(&word.text).is_some()) {
        // `webhooks: {northwind-ca: …}`: keyed by instance.
        let range = 0..segment.len();
        return Some(Found { component: Component::WebhookUrl, segment: at, range, above: None });
    } else {
        return None;
    };
    let taken = |word: &Word| {
        [WEBHOOK, WEBHOOK_SECRET, WEBHOOK_ADDRESS, WEBHOOK_FILLER].iter().any(|list| list.contains(&word.text.as_str()))
    };
    let start = segment.iter().position(taken)?;
    let end = segment.iter().rposition(taken)? + 1;
    Some(Found { component, segment: at, range: start..end, above: None })
}

/// The last phrase of a segment; of phrases that end alike the longest.
fn phrase(segment: &[Word]) -> Option<(Component, Range<usize>)> {
    for end in (1..=segment.len()).rev() {
        let last = segment[end - 1].text.as_bytes().last();
        let phrases =
            PHRASES.iter().flat_map(|(component, phrases)| phrases.iter().map(|phrase| (*component, *phrase)));
        let near = phrases.filter(|(_, phrase)| phrase.as_bytes().last() == last);
        let ending = near.filter_map(|(component, phrase)| Some((component, ends_with(&segment[..end], phrase)?)));
        if let Some((component, length)) = ending.max_by_key(|(_, length)| *length) {
            return Some((component, end - length..end));
        }
        // `SECRET_NAME`, `API_PATH`: a phrase inside counts only if what follows is a country or environment.
        if !is_tail(&segment[end - 1]) {
            return None;
        }
    }
    None
}

/// How many words a phrase has, where these end with it.
fn ends_with(words: &[Word], phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    for (at, word) in words.iter().rev().enumerate() {
        rest = rest.strip_suffix(word.text.as_str())?;
        if rest.is_empty() {
            return Some(at + 1);
        }
        rest = rest.strip_suffix(' ')?;
    }
    None
}

fn is_tail(word: &Word) -> bool {
    is_noise(word)
        || is_flinks(&word.text)
        || word.text.chars().all(|c| c.is_ascii_digit())
        || TAIL.contains(&word.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &[&str]) -> String {
        let reading = read(path);
        format!("{:?} {}", reading.component, reading.stem.join("+"))
    }

    /// Code bases on Apache Flink and shops of cuff links must not be listed as speaking of Flinks.
    #[test]
    fn other_words_are_no_mention() {
        for text in ["FLINKS_URL=x", "import flinks", "flinksLoginId", "é flinks", "https://a.private.FIN.AG"] {
            assert!(mentions_flinks(text), "{text}");
        }
        for text in ["cufflinks", "FlinkSession", "pdfLinks: []", "flinksqlé", ""] {
            assert!(!mentions_flinks(text), "{text}");
        }
    }

    #[test]
    fn identifiers_of_public_integrations() {
        for (path, expected) in [
            (&["FLINKS_CA_API_URL"][..], "Some(ApiHost) flinks"),
            (&["FLINKS_SECRET_KEY_CA"], "Some(SecretKey) flinks"),
            (&["secretKeyUS"], "Some(SecretKey) "),
            (&["FLINKS_BASE_URL"], "Some(Host) flinks"),
            (&["NEXT_PUBLIC_FLINKS_CONNECT_URL"], "Some(IframeHost) flinks"),
            (&["FLINKS_X_API_KEY"], "Some(XApiKey) flinks"),
            (&["FLINKS_AUTH_KEY"], "Some(SecretKey) flinks"),
            (&["FLINKS_CLIENT_ID"], "Some(CustomerId) flinks"),
            (&["FLINKS_INSTANCE"], "Some(Instance) flinks"),
            (&["FLINKS_WEBHOOK_HMAC_SECRET"], "Some(WebhookSecret) flinks"),
            (&["FLINKS_US_WEBHOOK_URL"], "Some(WebhookUrl) flinks"),
            (&["FLINKS_REDIRECT_URL"], "Some(Redirect) "),
            (&["FLINKS_AUTHORIZE_TOKEN"], "Some(AuthorizeToken) flinks"),
            (&["BaseFlinksUri"], "Some(Host) flinks"),
            (&["flinks", "us", "secret"], "Some(SecretKey) flinks"),
            (&["flinks", "api", "ca"], "Some(ApiHost) flinks"),
            (&["flinks", "api", "url"], "Some(ApiHost) flinks"),
            (&["flinks", "hosts", "US"], "Some(Host) flinks"),
            (&["flinks", "pay", "client_secret"], "Some(SecretKey) flinks+pay"),
            (&["flinks", "webhooks", "ca"], "Some(WebhookUrl) flinks"),
            (&["flinks", "ca", "webhook", "url"], "Some(WebhookUrl) flinks"),
            (&["flinks", "webhook", "enabled"], "None flinks+enabled"),
            (&["FLINKS_WEBHOOK_SIGNATURE_HEADER"], "None flinks+signature+header"),
            (&["FLINKS_API_KEY_HEADER"], "None flinks+key+header"),
            (&["FLINKS_ENV"], "Some(Environment) "),
            (&["FLINKS_SANDBOX_CUSTOMER_ID"], "Some(CustomerId) flinks+sandbox"),
        ] {
            assert_eq!(shown(path), expected, "{path:?}");
        }
    }
}
