//! What looks like a credential wherever it stands: in comments, URLs, messages, minified lines.
//!
//! It decides what a report may show, so where it cannot tell it takes a text for a credential. Names, hosts, paths and
//! references are told apart from keys, for a report in which everything is masked helps nobody.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::data::list;
use super::{hosts, placeholders, published, words};

const FILE: &str = include_str!("credentials.toml");

/// Words of a name that say that its value is secret, of Flinks or of anybody else.
pub const SECRET_WORDS: &[&str] = list!(FILE, "secret");

/// Last words of a name by which it speaks of a secret and does not hold it: `secretName`, `TOKEN_URL`.
const ABOUT_SECRETS: &[&str] = list!(FILE, "about");

/// Whether the value of a setting of this name is to be taken for a secret.
pub fn is_named_secret(name: &str) -> bool {
    let words = words::plain(name);
    let about = words.last().is_some_and(|last| ABOUT_SECRETS.contains(&last.as_str()));
    // `forInfoDictionaryKey: "…"`, `forKey: "…"` of Swift.
    let about = about || words.len() > 1 && words.first().is_some_and(|first| first == "for");
    let customer = words.windows(2).any(|pair| pair[0] == "customer" && matches!(pair[1].as_str(), "id" | "guid"));
    !about && (customer || words.iter().any(|word| SECRET_WORDS.contains(&word.as_str())))
}

/// Whether a value may be shown although its name says that it is secret: published values, placeholders, addresses.
pub fn may_show(text: &str) -> bool {
    let bare = text.trim();
    let published_whole = published::find(bare).iter().any(|(_, range)| range.len() == bare.len());
    // What is secret inside an address is found by its shape.
    let address = bare.starts_with("http") && !bare.contains('@') && !hosts::find(bare).is_empty();
    let placeholder = placeholders::is_placeholder(bare) && bare.len() < 60 && random_parts(bare).is_empty();
    // What stands before a bearer token that is filled in: the scheme of the header.
    let scheme = ["bearer", "basic"].iter().any(|scheme| bare.eq_ignore_ascii_case(scheme));
    published_whole || placeholder || address || scheme || matches!(bare, "true" | "false")
}

/// The places of what looks like a credential, in order, none within or right beside another.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut ranges = random_parts(text);
    // Most texts have none of the words that a pattern begins with, and few runs need them all.
    let lower = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    for pattern in CERTAIN.iter().filter(|pattern| has(pattern.words)) {
        let found = pattern.regex().captures_iter(text).filter_map(|found| found.name("value"));
        ranges.extend(found.map(|part| part.range()));
    }
    if has(HEADER.words) {
        ranges.extend(HEADER.regex().captures_iter(text).filter_map(|found| {
            let part = found.name("value")?;
            (!part.as_str().bytes().all(|byte| byte.is_ascii_lowercase())).then(|| part.range())
        }));
    }
    for pattern in [&NAMED, &COLUMN].into_iter().filter(|pattern| has(pattern.words)) {
        ranges.extend(named(text, pattern.regex()));
    }
    ranges.extend(rows(text));
    let secret = |range: &Range<usize>| {
        let value = &text[range.clone()];
        !is_reference(value) && !published::find(value).iter().any(|(_, found)| found.len() == value.len())
    };
    ranges.retain(secret);
    joined(text, ranges)
}

/// The places of what looks like a credential by itself, whatever stands before it: for texts of our own, which name
/// components without saying their values.
pub fn find_keys(text: &str) -> Vec<Range<usize>> {
    let mut ranges = random_parts(text);
    let lower = text.to_ascii_lowercase();
    let certain = CERTAIN[..2].iter().filter(|pattern| pattern.words.iter().any(|word| lower.contains(word)));
    let shapes = certain.flat_map(|pattern| pattern.regex().find_iter(text));
    ranges.extend(shapes.map(|found| found.range()));
    ranges.retain(|range| !may_show(&text[range.clone()]));
    joined(text, ranges)
}

/// A pattern that is made when it is first used.
struct Pattern {
    /// One of these, in lower case, is in every text that has it.
    words: &'static [&'static str],
    pattern: &'static str,
    made: OnceLock<Regex>,
}

impl Pattern {
    const fn new(words: &'static [&'static str], pattern: &'static str) -> Self {
        Pattern { words, pattern, made: OnceLock::new() }
    }

    fn regex(&self) -> &Regex {
        self.made.get_or_init(|| Regex::new(self.pattern).expect("a constant pattern"))
    }
}

/// Secrets whatever they look like; first those that are known by their shape alone.
static CERTAIN: [Pattern; 5] = [
    Pattern::new(&["-"], r"(?P<value>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})"),
    Pattern::new(&["eyj"], r"(?P<value>eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)*)"),
    Pattern::new(&["-----begin"], r"-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----(?P<value>[^-]+)"),
    // A password may have an `@` of its own; a host has none.
    Pattern::new(&["://"], r#"://(?:[^\s/:@"'<>]{0,64}:)?(?P<value>[^\s/"'<>]+)@"#),
    Pattern::new(&["fin.ag"], r#"(?i)fin\.ag(?::\d+)?/v\d+/(?P<value>[^\s/"'?#&<>{}:,;)\]]{5,})"#),
];

static HEADER: Pattern =
    Pattern::new(&["bearer", "ba"], r#"(?i)\b(?:bearer|basic)[ \t]+(?P<value>[^\s"'`,;<>{}$]{8,})"#);

/// A column or field with its default: `secret_key TEXT DEFAULT '…'`, `secretKey String @default("…")`.
static COLUMN: Pattern = Pattern::new(
    &["default"],
    r#"(?ix)
    (?P<name>[a-z0-9_]*(?:secret|token|key|passw|passphrase|pwd|auth|credential|customer|bearer)[a-z0-9_]*)
    ["`\]]? \x20 [^'",;=\n]{0,80}? default \x20* \(? \x20* (?: '(?P<single>(?:[^'\n]|'')*) | "(?P<double>[^"\n]*) )
    "#,
);

static NAMED: Pattern = Pattern::new(
    &["=", ":"],
    r#"(?ix)
    (?P<name>[a-z0-9_.-]*(?:secret|token|key|passw|passphrase|pwd|auth|sig|credential|customer|bearer|hmac|dsn)[a-z0-9_-]*)
    [\\"'\]]{0,3} [\x20\t]* (?: => | := | == | [=:] ) [\x20\t]*
    (?: \\?"(?P<double>(?:[^"\\\n]|\\.)*) | '(?P<single>[^'\n]*) | (?P<bare>[^\s"'&;,<>{}()\]\[]+) )
    "#,
);

/// Values behind a name that says secret: `key=…`, `"secret": "…"`, `x-api-key: …`.
fn named<'t>(text: &'t str, pattern: &'t Regex) -> impl Iterator<Item = Range<usize>> + 't {
    pattern.captures_iter(text).filter_map(|found| {
        let name = found.name("name")?.as_str();
        let quoted = found.name("double").or_else(|| found.name("single"));
        let part = quoted.or_else(|| found.name("bare"))?;
        let (value, quoted) = (part.as_str(), quoted.is_some());
        let called = !quoted && is_called(&text[part.end()..]);
        // `secretKey: country === "US" ? … : …`
        let behind = text[part.end()..].trim_start_matches(' ');
        let compared = !quoted && ["==", "!=", "? "].iter().any(|sign| behind.starts_with(sign));
        let short = value.chars().count() < SHORTEST;
        // `<add key="Flinks:ApiUrl" value="…"/>`: the key is the name of the setting.
        let followed = || text[part.end()..].trim_start_matches(['"', '\'']).trim_start().starts_with("value=");
        let attribute = quoted && name == "key" && random_parts(value).is_empty() && followed();
        let shown = short
            || attribute
            || called
            || compared
            || may_show(value)
            || is_plain(name, value)
            || (quoted && is_reference(value));
        (is_named_secret(name) && !shown).then(|| part.range())
    })
}

/// The texts of rows that are inserted: data of people, whatever the columns are called.
fn rows(text: &str) -> Vec<Range<usize>> {
    static ROWS: OnceLock<Regex> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        Regex::new(r"(?i)\binsert\s+into\s[^;']+?\bvalues\s*\((?P<rows>(?:[^;']|'(?:[^']|'')*')*)")
            .expect("a constant pattern")
    });
    static TEXTS: OnceLock<Regex> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| Regex::new(r"'(?P<value>(?:[^']|'')*)'").expect("a constant pattern"));
    let mut found = Vec::new();
    for row in rows.captures_iter(text).filter_map(|found| found.name("rows")) {
        let values = texts.captures_iter(row.as_str()).filter_map(|found| found.name("value"));
        let long = values.filter(|value| value.as_str().chars().count() >= SHORTEST && !may_show(value.as_str()));
        found.extend(long.map(|value| row.start() + value.start()..row.start() + value.end()));
    }
    found
}

/// Shorter values behind a name are words of some notation: `key: id`.
const SHORTEST: usize = 5;

/// Words that stand behind names of secrets and are none.
const PLAIN: &[&str] = list!(FILE, "plain");

/// Whether a call goes on behind its name: `get(…`, `get<string>(…`.
fn is_called(behind: &str) -> bool {
    let types = || behind.strip_prefix('<')?.split_once('>').filter(|(types, _)| types.len() < SHORTEST * 8);
    behind.starts_with(['(', '[']) || types().is_some_and(|(_, rest)| rest.starts_with('('))
}

/// Whether a value under the lone name `key` is the name or path of an entry in a store: `key: lending/prod/flinks-us`.
pub fn is_entry(name: &str, value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    words::plain(name) == ["key"] && value.bytes().all(plain)
}

/// A variable's name, a path, a name of an entry in a secret store.
fn is_plain(name: &str, value: &str) -> bool {
    let variable = value.contains('_') && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    // `key: api-key` names an entry; only a lone `key` is that much used for names.
    let entry = is_entry(name, value);
    let path = value.starts_with(['/', '.']) && random_parts(value).is_empty();
    // `BuildConfig.FLINKS_SECRET_KEY`
    let member = value.rsplit_once('.').is_some_and(|(outer, own)| {
        outer.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
            && own.contains('_')
            && own.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    });
    let property = member || ADDRESSED.iter().any(|start| value.starts_with(start)) && random_parts(value).is_empty();
    variable || entry || path || property || PLAIN.contains(&value.to_ascii_lowercase().as_str())
}

/// Beginnings of expressions that say where a value is to be found.
const ADDRESSED: &[&str] = list!(FILE, "addressed");

/// Whether a text is no value but says where one is to be found.
fn is_reference(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['"', '\'']);
    let opened = ["${", "$(", "{{", "{%", "<%", "#{", "%{", "@Microsoft.", "!Ref", "!Sub", "arn:"];
    let variable = text.strip_prefix('$').is_some_and(|name| {
        name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    });
    let scheme = text.split_once("://").is_some_and(|(scheme, rest)| {
        matches!(scheme, "op" | "vault" | "doppler" | "ssm" | "secretsmanager" | "bws" | "gcp-sm" | "awssm" | "gcpsm")
            && !rest.is_empty()
    });
    // `env:FLINKS_US_SECRET_KEY`, `ssm:/prod/flinks/us/key`, `vault:secret/flinks/us#key`.
    let locator = text.split_once(':').is_some_and(|(store, rest)| match store {
        "env" => {
            rest.contains('_')
                && rest.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'0'..=b'9' | b'_'))
        }
        "ssm" | "vault" => rest.contains('/'),
        _ => false,
    });
    let store = ["secretsmanager:", "sm:", "ref+", "secretref:"].iter().any(|store| text.starts_with(store));
    let locator = (locator || store) && random_parts(text).is_empty();
    variable || scheme || locator || opened.iter().any(|open| text.starts_with(open)) && random_parts(text).is_empty()
}

/// Runs of letters and digits by turns, as in keys; words, paths and constants' names are none.
fn random_parts(text: &str) -> Vec<Range<usize>> {
    static TOKENS: OnceLock<Regex> = OnceLock::new();
    let tokens = TOKENS.get_or_init(|| Regex::new(r"[A-Za-z0-9+/_-]{12,}={0,2}").expect("a constant pattern"));
    tokens.find_iter(text).flat_map(|token| chunks(token.as_str(), token.start())).collect()
}

/// The random parts of a token, which words in it (`/BankingServices/`, `northwind-`) keep apart.
fn chunks(token: &str, offset: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut chunk: Option<Range<usize>> = None;
    let mut at = 0;
    for part in token.split_inclusive(['/', '_', '-', '+']) {
        let word = part.trim_end_matches(['/', '_', '-', '+']);
        let end = at + word.len();
        if is_wordy(word) {
            found.extend(chunk.take());
        } else if !word.is_empty() {
            chunk = Some(chunk.map_or(at, |chunk| chunk.start)..end);
        }
        at += part.len();
    }
    found.extend(chunk);
    found.retain(|range| is_random(&token[range.clone()]));
    found.into_iter().map(|range| offset + range.start..offset + range.end).collect()
}

/// Whether it is a word of a name or path: letters in the order of a language's, `v3`, `ca`.
fn is_wordy(part: &str) -> bool {
    let version = part.strip_prefix('v').is_some_and(|number| number.len() == 1);
    let letters = part.len() >= 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    version || matches!(part, "ca" | "us" | "CA" | "US") || (letters && !changes_case_often(part))
}

fn is_random(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = bytes.len() - digits;
    let kind = |byte: &u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let switches = bytes.windows(2).filter(|pair| kind(&pair[0]) != kind(&pair[1])).count();
    match bytes.len() {
        0..12 => false,
        12..20 => {
            (digits >= 2 && letters >= 3 && switches >= 4 && switches * 4 >= bytes.len())
                || letters == 0 && digits >= 16
        }
        _ => (digits >= 3 && letters >= 3) || letters == 0 || changes_case_often(text),
    }
}

/// Capitals begin words in names; in keys they stand anywhere.
fn changes_case_often(text: &str) -> bool {
    let letters: Vec<u8> = text.bytes().filter(u8::is_ascii_alphabetic).collect();
    let switches =
        letters.windows(2).filter(|pair| pair[0].is_ascii_uppercase() != pair[1].is_ascii_uppercase()).count();
    letters.len() >= 12 && switches * 100 >= letters.len() * 42
}

/// Ranges in order, those that overlap or nearly touch made one: two masks side by side would show four characters in a
/// row from the midst of one value.
pub fn joined(text: &str, mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end || touch(&text[last.end..range.start]) => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}

fn touch(gap: &str) -> bool {
    gap.len() <= 2 && !gap.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '@' | '/' | '&' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    /// In `appSettings` the name of a setting is the value of an attribute, and a report without names explains nothing.
    #[test]
    fn an_attribute_that_names_a_setting_is_no_key() {
        assert!(found(r#"<add key="Flinks:ApiUrl" value="https://acme-ca-api.private.fin.ag"/>"#).is_empty());
        assert_eq!(found(r#"<add key="Hunter:Two" other="x"/>"#), ["Hunter:Two"]);
        assert_eq!(found("key=Hunter:Two value=3"), ["Hunter:Two"]);
    }

    #[test]
    fn keys_of_every_shape_are_found() {
        for key in [
            "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
            "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
            "q7Zk2Vx9Lm4Tb1Wp",
            "k3j9x2m5q8w1z7t",
            "Qm9+xV/7Zk3m+Tz0Lw4Pd2sR8==",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.x3Vb9-QaZ_k",
        ] {
            for text in [format!("# was {key} ✓"), format!("{{\"a\":1,\"b\":\"{key}\",\"c\":2}}"), format!("a/{key}/b")]
            {
                assert_eq!(found(&text).len(), 1, "{text}");
                assert!(key.trim_end_matches('=').len() <= found(&text)[0].len(), "{text}: {:?}", found(&text));
            }
        }
    }

    #[test]
    fn keys_are_told_by_what_stands_before_them() {
        for (text, value) in [
            ("postgres://app:hunter2@db/x", "hunter2"),
            ("https://hunter2@northwind-ca-api.private.fin.ag", "hunter2"),
            ("postgres://app:p@ssw0rd@db/x", "p@ssw0rd"),
            ("api_key=abcdef123", "abcdef123"),
            ("x-api-key: hunter2", "hunter2"),
            ("\"secretKeyUS\": \"correct horse\", \"country\": \"ca\"", "correct horse"),
            ("https://x.private.fin.ag/v3/hunter2/BankingServices", "hunter2"),
            ("https://x.example/?key=hunter2&country=ca", "hunter2"),
            ("Authorization: Bearer q7Zk2Vx9", "q7Zk2Vx9"),
            ("flinks_login_id TEXT, secret_key TEXT DEFAULT 'correct ''horse'", "correct ''horse"),
            ("secretKey String @default(\"hunter2\")", "hunter2"),
            ("INSERT INTO flinks (country, note) VALUES ('ca', 'it''s; hunter2'), ('us', '')", "it''s; hunter2"),
        ] {
            assert_eq!(found(text), [value], "{text}");
        }
    }

    /// A report in which names, hosts and references are masked explains nothing.
    #[test]
    fn what_explains_a_finding_is_shown() {
        for text in [
            "https://northwind-ca-api.private.fin.ag/v3/43387ca6-0391-4c82-857d-70d95f087ecb/BankingServices",
            "FLINKS_US_SECRET_KEY=${FLINKS_US_SECRET_KEY}",
            "secretKeyRef: {name: flinks-us, key: api-key}",
            "secretName: northwind-flinks-production",
            "key: flinks-us-secret",
            "key: lending/prod/flinks-us",
            "secretKey: await secrets.get(\"lending/flinks\")",
            "xApiKey: config.get<string>(\"flinks.us.xApiKey\")",
            "secret_key = data.aws_secretsmanager_secret_version.flinks_us.secret_string",
            "object(forInfoDictionaryKey: \"FlinksSecretKey\")",
            "secretKey: awssm://lending/flinks-us",
            "src/main/resources/application-production.yml",
            "LOG_LEVEL=key",
            "token_url: https://login.example/oauth/token",
            "op://Production/Flinks US/secret key",
            "secret_key = \"env:FLINKS_US_SECRET_KEY\"",
            "webhook_secret = \"vault:secret/prod/flinks/us#webhook\"",
            "customer_id = \"ssm:/prod/flinks/us/customer-id\"",
            "secret_key: vault:secret/data/flinks#secret_key",
            "https://northwind-us-iframe.private.fin.ag/v2/?demo=true&redirectUrl=https://app.northwind.example/done",
            "secrets: inherit",
            "FLINKS_SECRET_KEY: your-secret-key",
            "kubernetes.io/ingress.class: nginx-internal-production",
            "getAccountsDetailAsyncRequestMapper",
            "arn:aws:secretsmanager:ca-central-1:123456789012:secret:flinks/ca",
            "2026-01-02T03:04:05Z",
            "image: registry.example/northwind/connect:2026.01.02",
            "flinks_secret_key VARCHAR(64) NOT NULL",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn names_about_secrets_are_no_names_of_secrets() {
        assert!(
            ["FLINKS_US_SECRET_KEY", "xApiKey", "dbPassword", "customer-id", "HMAC"].map(is_named_secret) == [true; 5]
        );
        assert!(["secretName", "TOKEN_URL", "keyboard", "monkey", "authEndpoint"].map(is_named_secret) == [false; 5]);
    }
}
