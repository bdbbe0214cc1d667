//! Which settings keep a key, of which kind, and whose.

use super::names::{self, Component};
use super::{countries, credentials, environments, words};

/// What a written key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    SecretKey,
    ClientSecret,
    XApiKey,
    Bearer,
    WebhookSecret,
    PrivateKey,
    /// Its name says that it is secret, and no more.
    Key,
    /// A token for one session: no key, but written out it is as wrong.
    AuthorizeToken,
}

impl Kind {
    /// For people.
    pub fn noun(self) -> &'static str {
        match self {
            Kind::SecretKey => "secret key",
            Kind::ClientSecret => "client secret",
            Kind::XApiKey => "x-api-key",
            Kind::Bearer => "bearer token",
            Kind::WebhookSecret => "webhook secret",
            Kind::PrivateKey => "private key",
            Kind::Key => "key",
            Kind::AuthorizeToken => "authorize token",
        }
    }
}

/// Words by which a key belongs to something else that an integration has: its database, its sessions, its cloud.
const OTHERS: &[&str] = &[
    "ably",
    "adyen",
    "airtable",
    "algolia",
    "amplitude",
    "amqp",
    "analytics",
    "anthropic",
    "apns",
    "appsflyer",
    "argyle",
    "auth0",
    "aws",
    "azure",
    "belvo",
    "braintree",
    "braze",
    "bugsnag",
    "bureau",
    "captcha",
    "cloudflare",
    "cloudinary",
    "codat",
    "cognito",
    "contentful",
    "cookie",
    "cookies",
    "csrf",
    "database",
    "datadog",
    "db",
    "discord",
    "django",
    "docker",
    "docusign",
    "elastic",
    "encryption",
    "equifax",
    "experian",
    "facebook",
    "fcm",
    "finicity",
    "firebase",
    "fullstory",
    "gcp",
    "geocoding",
    "github",
    "gitlab",
    "google",
    "grafana",
    "growthbook",
    "gsheet",
    "hcaptcha",
    "heap",
    "honeycomb",
    "hotjar",
    "hubspot",
    "intercom",
    "internal",
    "jira",
    "jumio",
    "jwt",
    "kafka",
    "klaviyo",
    "laravel",
    "launchdarkly",
    "ldap",
    "ledger",
    "licence",
    "license",
    "lithic",
    "loggly",
    "logrocket",
    "mailchimp",
    "mailgun",
    "mandrill",
    "mapbox",
    "maps",
    "marqeta",
    "messagebird",
    "mixpanel",
    "moneris",
    "mongo",
    "mongodb",
    "mx",
    "mysql",
    "newrelic",
    "nextauth",
    "npm",
    "okta",
    "onesignal",
    "onfido",
    "openai",
    "optimizely",
    "pagerduty",
    "papertrail",
    "paypal",
    "pendo",
    "persona",
    "pg",
    "plaid",
    "postgres",
    "postgresql",
    "posthog",
    "postmark",
    "pubnub",
    "pusher",
    "quickbooks",
    "rabbitmq",
    "rails",
    "recaptcha",
    "redis",
    "registry",
    "rollbar",
    "s3",
    "salesforce",
    "saltedge",
    "sanity",
    "segment",
    "sendgrid",
    "sentry",
    "session",
    "sessions",
    "sftp",
    "slack",
    "smtp",
    "snowflake",
    "socure",
    "sparkpost",
    "sql",
    "square",
    "ssh",
    "state",
    "statsig",
    "stripe",
    "sumsub",
    "supabase",
    "teams",
    "telemetry",
    "tink",
    "transunion",
    "truelayer",
    "trulioo",
    "truv",
    "turnstile",
    "twilio",
    "unleash",
    "vapid",
    "vault",
    "veriff",
    "vonage",
    "vopay",
    "weather",
    "xero",
    "yodlee",
    "zendesk",
    "zoho",
    "zumrails",
];

/// Names that frameworks give to the key of the application itself.
const OWN: &[&str] = &[
    "app_key",
    "app_secret",
    "auth_secret",
    "cookie_secret",
    "encryption_key",
    "jwt_secret",
    "jwt_secret_key",
    "secret",
    "secret_key",
    "secret_key_base",
    "session_secret",
    "signing_key",
];

/// Words that turn a key into one of a map, a cache or a table, or into one that everybody may know.
const OF_DATA: &[&str] =
    &["cache", "foreign", "idempotency", "partition", "primary", "public", "publishable", "query", "sort", "storage"];

/// Last words of names of keys that are not of [`Component`]: `FLINKS_KEY`, `pay_password`.
const SECRET: &[&str] = &[
    "apikey",
    "auth",
    "authorization",
    "bearer",
    "credential",
    "credentials",
    "hmac",
    "key",
    "keys",
    "passphrase",
    "passwd",
    "password",
    "pem",
    "pwd",
    "secret",
    "secrets",
    "token",
    "tokens",
    "xapikey",
];

/// Last words of names of what is known of a key and is none.
const OF_KEYS: &[&str] = &[
    "alias",
    "checksum",
    "digest",
    "fingerprint",
    "format",
    "guid",
    "hash",
    "id",
    "identifier",
    "ids",
    "kid",
    "label",
    "sha",
    "sha1",
    "sha256",
    "size",
    "thumbprint",
    "uuid",
];

/// Whether a setting belongs to something else than Flinks, as its own name and the one around it say.
pub fn is_of_another(path: &[&str]) -> bool {
    path.iter().rev().take(2).any(|name| {
        let words = words::plain(name);
        // `aws_ssm_parameter` is what keeps the key, not whose it is.
        let keeps = words.first().is_some_and(|first| matches!(first.as_str(), "aws" | "azurerm" | "google"));
        let vendor = words.iter().any(|word| OTHERS.contains(&word.as_str()));
        vendor && !(keeps && words.len() > 2)
    })
}

/// Whether a name says by itself which key it is; `SECRET_KEY` of Django and its like do not.
pub fn is_the_applications_own(path: &[&str]) -> bool {
    let named: Vec<String> = path.iter().map(|name| words::normal(name)).collect();
    named.last().is_some_and(|own| OWN.contains(&own.as_str())) && named.len() < 2
}

/// What is kept under a name, whoever it belongs to. Names that only speak of keys keep none.
pub fn kind(path: &[&str]) -> Option<Kind> {
    let own = words::plain(path.last()?);
    let has = |word: &str| own.iter().any(|own| own == word);
    let of_key = own.last().is_some_and(|last| OF_KEYS.contains(&last.as_str()));
    if of_key || own.iter().any(|word| OF_DATA.contains(&word.as_str())) || !says_secret(path) {
        return None;
    }
    if has("private") && (has("key") || has("pem")) {
        return Some(Kind::PrivateKey);
    }
    match names::read(path).component {
        Some(Component::SecretKey) => {
            let client = own.windows(2).any(|pair| pair == ["client", "secret"]);
            Some(if client { Kind::ClientSecret } else { Kind::SecretKey })
        }
        Some(Component::XApiKey) => Some(Kind::XApiKey),
        Some(Component::Bearer) => Some(Kind::Bearer),
        Some(Component::WebhookSecret) => Some(Kind::WebhookSecret),
        Some(Component::AuthorizeToken) => Some(Kind::AuthorizeToken),
        Some(Component::CustomerId) => None,
        Some(Component::Country | Component::Environment | Component::Demo | Component::Redirect) => None,
        _ if has("authorization") => Some(Kind::Bearer),
        _ => Some(Kind::Key),
    }
}

/// Whether the name of a path, or the one above it where it only sorts, is that of something secret.
fn says_secret(path: &[&str]) -> bool {
    let names = path.iter().rev().map(|name| (*name, words::plain(name)));
    let mut told = names.skip_while(|(_, words)| words.iter().all(|word| sorts(word)));
    told.next().is_some_and(|(name, words)| {
        let last = words.iter().rev().find(|word| !sorts(word) && !names::is_flinks(word));
        credentials::is_named_secret(name) && last.is_some_and(|last| SECRET.contains(&last.as_str()))
    })
}

/// Words that tell one key from another of its kind.
fn sorts(word: &str) -> bool {
    const SORTS: &[&str] = &[
        "b64",
        "base64",
        "current",
        "default",
        "encoded",
        "key1",
        "key2",
        "legacy",
        "literal",
        "new",
        "old",
        "plain",
        "previous",
        "primary",
        "raw",
        "sandbox",
        "secondary",
        "string",
        "text",
        "toolbox",
        "val",
        "value",
    ];
    countries::of_word(word).is_some()
        || environments::of_word(word).is_some()
        || SORTS.contains(&word)
        || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands before a credential in an `Authorization` header.
pub fn scheme(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    ["bearer ", "basic ", "token "]
        .iter()
        .find(|scheme| lower.starts_with(**scheme))
        .map_or(0, |scheme| scheme.len() + text[scheme.len()..].len() - text[scheme.len()..].trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_name() {
        for (path, expected) in [
            (&["FLINKS_US_SECRET_KEY"][..], Some(Kind::SecretKey)),
            (&["flinks", "pay", "client_secret"], Some(Kind::ClientSecret)),
            (&["headers", "x-api-key"], Some(Kind::XApiKey)),
            (&["FLINKS_WEBHOOK_HMAC_SECRET"], Some(Kind::WebhookSecret)),
            (&["flinks", "upload", "privateKey"], Some(Kind::PrivateKey)),
            (&["headers", "Authorization"], Some(Kind::Bearer)),
            (&["flinks", "secretKey", "us"], Some(Kind::SecretKey)),
            (&["FLINKS_KEY"], Some(Kind::Key)),
            (&["FLINKS_CUSTOMER_ID"], None),
            (&["FLINKS_AUTHORIZE_TOKEN"], Some(Kind::AuthorizeToken)),
            (&["flinks", "cacheKey"], None),
            (&["FLINKS_SECRET_NAME"], None),
            (&["FLINKS_PUBLIC_KEY"], None),
            (&["flinks_key_id"], None),
            (&["flinks", "secretProviderClass"], None),
            (&["FLINKS_SECRET_KEY_US_PROD"], Some(Kind::SecretKey)),
            (&["aws_secret_version", "flinks", "secret_string"], Some(Kind::Key)),
        ] {
            assert_eq!(kind(path), expected, "{path:?}");
        }
    }

    #[test]
    fn keys_of_others() {
        assert!(is_of_another(&["flinks", "DB_PASSWORD"]) && is_of_another(&["stripe", "secretKey"]));
        assert!(!is_of_another(&["FLINKS_API_KEY"]) && !is_of_another(&["aws_ssm_parameter", "flinks_secret_key"]));
        assert!(is_the_applications_own(&["SECRET_KEY"]) && !is_the_applications_own(&["flinks", "secret_key"]));
    }

    #[test]
    fn the_scheme_of_a_header_is_no_part_of_its_key() {
        assert_eq!(["Bearer q7", "basic  q7", "q7"].map(scheme), [7, 7, 0]);
    }
}
