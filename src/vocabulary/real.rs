//! Which texts are real keys: by shape and randomness, never by guessing words.
//!
//! What a report may show is decided in [`super::credentials`], where a text that cannot be told is taken for a key. Here
//! it is the other way round: a finding is an accusation, so what may as well be a placeholder is one.

use std::sync::OnceLock;

use regex::Regex;

use super::{credentials, placeholders, published};

/// Whether a text is a private key in PEM (RFC 7468), and not the frame of one.
pub fn is_private_key(text: &str) -> bool {
    static PEM: OnceLock<Regex> = OnceLock::new();
    let pem = PEM.get_or_init(|| {
        Regex::new(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?P<body>[^-]*)").expect("a constant pattern")
    });
    pem.captures_iter(text).filter_map(|found| found.name("body")).any(|body| {
        let digits: String = body.as_str().replace("\\n", "").replace("\\r", "");
        let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
        // The shortest, of an elliptic curve, has 64 digits.
        let base64 = digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=\\:,".contains(&byte));
        digits.len() >= 60 && base64 && !is_invented(&digits)
    })
}

/// Whether a text is a real key: random, and neither published, encrypted, a placeholder nor another vendor's.
pub fn is_real(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'', '`']);
    if !may_be_key(text) {
        return false;
    }
    if is_private_key(text) {
        return true;
    }
    let told = text.contains(char::is_whitespace)
        || text.contains("://")
        || text.starts_with(['/', '.', '~', '<', '{', '$', '%', '@']);
    let published = || published::find(text).iter().any(|(_, found)| found.len() == text.len());
    let masked = || ["***", "...", "…", "•", "###", "___"].iter().any(|mask| text.contains(mask));
    if told || masked() || is_encrypted(text) || is_foreign(text) {
        return false;
    }
    if placeholders::is_placeholder(text) || published() || says_invented(text) {
        return false;
    }
    let parts = credentials::find_keys(text);
    let random = parts.iter().any(|range| !is_invented(&text[range.clone()]));
    random && !is_invented(text) || parts.is_empty() && is_mixed(text)
}

/// No key of Flinks is shorter: bearer tokens have 15 characters.
const SHORTEST: usize = 12;
/// Longer texts are no keys; private keys have some thousand characters.
const LONGEST: usize = 16 * 1024;

/// Whether a text may be a key by its length.
pub fn may_be_key(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.trim().len())
}

/// Letters of both cases, digits and signs, and no word among them.
fn is_mixed(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().filter(|byte| is(byte)).count();
    let (lower, upper) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    let (digits, signs) = (has(u8::is_ascii_digit), has(u8::is_ascii_punctuation));
    let longest = text.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max().unwrap_or(0);
    text.is_ascii() && text.len() >= 15 && lower > 1 && upper > 1 && digits > 1 && signs > 1 && longest < 4
}

/// How encrypted values begin: SOPS, eyaml and Jasypt, Ansible, Vault's transit, Fernet, Spring Cloud Config, KMS, ASP.NET
/// data protection, ejson, dotenvx, age and PGP, git-crypt, Pulumi, sealed secrets (the session key's length comes first).
const ENCRYPTED: &[&str] = &[
    "enc[",
    "enc(",
    "enc:",
    "enc~",
    "$ansible_vault",
    "vault:v",
    "gaaaaa",
    "{cipher}",
    "{aes",
    "aqica",
    "cfdj8",
    "ej[1:",
    "encrypted:",
    "-----begin age",
    "-----begin pgp",
    "\0gitcrypt",
    "v1:",
    "agb",
    "aga",
    "secure:",
    "$2a$",
    "$2b$",
    "$argon2",
    "sha256:",
    "sha256-",
];

/// Whether a value is there and cannot be read.
pub fn is_encrypted(text: &str) -> bool {
    let lower: String = text.trim_start().chars().take(24).collect::<String>().to_ascii_lowercase();
    ENCRYPTED.iter().any(|start| match *start {
        // Three letters are chance in a short text.
        "agb" | "aga" | "aqica" | "gaaaaa" => lower.starts_with(start) && text.len() >= 80,
        _ => lower.starts_with(start),
    })
}

/// How keys of other vendors begin, from their documentation: Stripe, AWS, GitHub, GitLab, Slack, SendGrid, Google, Square,
/// Shopify, npm, PyPI, DigitalOcean, Vault, Linear, Anthropic, OpenAI, Plaid.
const FOREIGN: &[&str] = &[
    "sk_live_",
    "sk_test_",
    "pk_live_",
    "pk_test_",
    "rk_live_",
    "rk_test_",
    "whsec_",
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "SG.",
    "AIza",
    "ya29.",
    "sq0",
    "shpat_",
    "npm_",
    "pypi-",
    "dop_v1_",
    "hvs.",
    "lin_api_",
    "sk-",
    "access-sandbox-",
    "access-production-",
    "access-development-",
];

fn is_foreign(text: &str) -> bool {
    FOREIGN.iter().any(|start| text.starts_with(start))
}

/// Words in a value that say that it is none.
fn says_invented(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "example",
        "sample",
        "dummy",
        "fake",
        "mock",
        "placeholder",
        "changeme",
        "redacted",
        "insecure",
        "invalid",
        "notreal",
        "replace",
        "yourkey",
        "foobar",
        "deadbeef",
        "cafebabe",
        "badc0ffee",
        "lorem",
        "fixture",
    ];
    let lower = text.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) || EXAMPLES.contains(&lower.as_str())
}

/// Identifiers that documents show: RFC 4122 and 9562, Wikipedia, the `uuid` package of npm, Swagger.
const EXAMPLES: &[&str] = &[
    "123e4567-e89b-12d3-a456-426614174000",
    "123e4567-e89b-12d3-a456-426655440000",
    "550e8400-e29b-41d4-a716-446655440000",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "3fa85f64-5717-4562-b3fc-2c963f66afa6",
];

/// Whether the characters of a text follow each other as on a keyboard or in a count: `12345678-1234-…`, `a1b2c3d4`,
/// `aaaaaaaa-bbbb-…`. Of a random text a quarter does by chance.
fn is_invented(text: &str) -> bool {
    let characters: Vec<i32> =
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| i32::from(byte.to_ascii_lowercase())).collect();
    if characters.len() < 8 {
        return true;
    }
    let step = |from: i32, to: i32| {
        to - from == 1
            || from == i32::from(b'9') && matches!(to, 48 | 97)
            || from == i32::from(b'f') && matches!(to, 48 | 49)
    };
    let follows = |at: &usize| {
        let (here, next) = (characters[*at], characters[*at - 1]);
        let near = (here - next).abs() <= 1 || step(next, here);
        near || *at > 1 && step(characters[*at - 2], here)
    };
    let followed = (1..characters.len()).filter(follows).count();
    let mut distinct = characters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    followed * 100 >= (characters.len() - 1) * 60 || distinct.len() < 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_keys() {
        for text in [
            "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
            "7D1C0B6E52F34B0E9F530C8B2A6E41D7",
            "e3b7a90c41d852f6b80a1c9e73d4f265",
            "q7Zk2Vx9Lm4Tb1Wp",
            "k3j9x2m5q8w1z7t",
            "Qm9+xV/7Zk3m+Tz0Lw4Pd2sR8==",
            "Kp9#mQ2$vL7!xR4@",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.x3Vb9-QaZ_kW7u2m",
            "flinks_live_7f3a9c1e5b2d8046",
            "dc-k3j9x2m5q8w1z7t4v6b0n8c2x",
            "northwind:7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
        ] {
            assert!(is_real(text), "{text}");
        }
    }

    #[test]
    fn what_stands_for_a_key() {
        for text in [
            "",
            "changeme",
            "hunter2",
            "your-secret-key-goes-here",
            "dev-secret-for-tests",
            "local-development-webhook-secret",
            "super-secret-value-2024",
            "flinks/production/us/secret-key",
            "FLINKS_US_SECRET_KEY",
            "11111111-1111-1111-1111-111111111111",
            "00000000-0000-0000-0000-000000000001",
            "11111111-2222-3333-4444-555555555555",
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "12345678-1234-1234-1234-123456789012",
            "01234567-89ab-cdef-0123-456789abcdef",
            "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
            "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d",
            "abcdef12-3456-7890-abcd-ef1234567890",
            "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx",
            "deadbeef-dead-beef-dead-beefdeadbeef",
            "123e4567-e89b-12d3-a456-426614174000",
            "550e8400-e29b-41d4-a716-446655440000",
            "0123456789abcdef0123456789abcdef",
            "abcdefghijklmnopqrstuvwxyz123456",
            "c4569c54-e167-4d34-8de6-f4113bc82414",
            "3D5266A8-B697-48D4-8DE6-52E2E2662ACC",
            "ENC[AES256_GCM,data:q7Zk2Vx9Lm4Tb1Wp,iv:Qm9,tag:x,type:str]",
            "$ANSIBLE_VAULT;1.1;AES256",
            "vault:v1:q7Zk2Vx9Lm4Tb1WpQm9xV7Zk3mTz0Lw4Pd2sR8",
            "{cipher}7f3a9c1e5b2d80467f3a9c1e5b2d8046",
            "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt",
            "https://northwind-ca-api.private.fin.ag/v3",
            "/run/secrets/7f3a9c1e5b2d8046",
            "7d1c****-****-****-****-********41d7",
            "example-7f3a9c1e5b2d8046",
            "test-7f3a9c1e5b2d8046",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuVb3nQz8LkW2mXp5RtYhGj\n-----END PUBLIC KEY-----",
        ] {
            assert!(!is_real(text), "{text}");
        }
    }
}
