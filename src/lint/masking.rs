//! What may be shown of the scanned files: every credential masked, character by character, so that places stay true.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::fact::Piece;
use crate::model::Model;
use crate::source::{FileId, Source, Sources};
use crate::vocabulary::hosts;
use crate::vocabulary::names::Component;
use crate::vocabulary::{placeholders, published, words};

/// A copy of the sources with the text of the shown files masked, and that of all others left out.
pub fn mask(sources: &Sources, model: &Model, shown: impl Iterator<Item = FileId>) -> Sources {
    let shown: BTreeSet<FileId> = shown.collect();
    let masked = sources.iter().map(|source| {
        if !shown.contains(&source.id) {
            return source.with_text("");
        }
        let mut ranges = settings_to_mask(source, model);
        ranges.extend(shapes_to_mask(source.text()));
        source.with_text(&cover(source.text(), ranges))
    });
    let policy = sources.policy().map(|policy| policy.with_text(&cover(policy.text(), shapes_to_mask(policy.text()))));
    Sources::new(masked.collect()).with_policy(policy)
}

/// The literal values of settings whose names say that they are secret, of Flinks or of anybody else.
fn settings_to_mask(source: &Source, model: &Model) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for said in model.statements.iter().filter(|said| said.file == source.id) {
        let secret =
            said.component().is_some_and(|component| component.is_secret() || component == Component::CustomerId)
                || words::plain(&said.name().text).iter().any(|word| SECRET_WORDS.contains(&word.as_str()));
        if !secret {
            continue;
        }
        for piece in &said.value.pieces {
            if let Piece::Text(text) = piece {
                if may_show(text.expose()) {
                    continue;
                }
                ranges.push(text.span().range());
            }
        }
    }
    ranges
}

const SECRET_WORDS: &[&str] = &[
    "secret",
    "secrets",
    "key",
    "token",
    "password",
    "passwd",
    "pwd",
    "bearer",
    "hmac",
    "credential",
    "credentials",
    "auth",
    "authorization",
    "passphrase",
    "private",
    "dsn",
    "salt",
    "signature",
];

/// Published values, placeholders, plain hosts and short words are no secrets.
fn may_show(text: &str) -> bool {
    let bare = text.trim();
    let published_whole = published::find(bare).iter().any(|(_, range)| range.len() == bare.len());
    let address =
        bare.starts_with("http") && !bare.contains('@') && !bare.contains('?') && !hosts::find(bare).is_empty();
    published_whole || placeholders::is_placeholder(bare) || address || matches!(bare, "true" | "false")
}

/// What looks like a credential wherever it stands: in comments, URLs, minified lines.
fn shapes_to_mask(text: &str) -> Vec<Range<usize>> {
    static SHAPES: OnceLock<Regex> = OnceLock::new();
    let shapes = SHAPES.get_or_init(|| {
        Regex::new(
            r#"(?ix)
            (?P<guid> \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b )
            | (?P<jwt> \beyJ[a-z0-9_-]{8,}(?:\.[a-z0-9_-]+)* )
            | ://[^\s/:@"']*:(?P<userinfo>[^\s/@"']+)@
            | (?:secret|token|key|password|passwd|auth|signature|sig)[a-z_]*["']?\s*[=:]\s*["']?(?P<named>[^\s"'&;,${}<>]{6,})
            | \b(?:bearer|basic)\s+(?P<header>[a-z0-9+/_=.-]{8,})
            | (?P<long> [a-z0-9+/]{20,}={0,2} )
            "#,
        )
        .expect("a constant pattern")
    });
    let mut ranges = Vec::new();
    for found in shapes.captures_iter(text) {
        let group = ["guid", "jwt", "userinfo", "named", "header", "long"]
            .iter()
            .find_map(|name| Some((*name, found.name(name)?)));
        let Some((name, part)) = group else { continue };
        let value = part.as_str();
        if may_show(value) || (name == "long" && !is_random(value)) || (name == "named" && is_plain(value)) {
            continue;
        }
        ranges.push(part.range());
    }
    ranges
}

/// Letters and digits by turns, as in keys; not a long word, a path or a constant's name.
fn is_random(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let upper = value.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = value.bytes().filter(u8::is_ascii_lowercase).count();
    value.matches('/').count() < 3 && digits >= 3 && (upper + lower) >= 3
}

/// A name, a host or a path that stands behind `key:` is no key.
fn is_plain(value: &str) -> bool {
    let named = value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        || value.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.'));
    named || value.starts_with("http") || value.starts_with('/') || value.contains("fin.ag") || value.contains('(')
}

/// Replaces characters by as many others of the same length in bytes, so that no place moves.
fn cover(text: &str, mut ranges: Vec<Range<usize>>) -> String {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut covered = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        let (start, end) = (range.start.max(at), range.end.min(text.len()));
        if start >= end {
            continue;
        }
        covered.push_str(&text[at..start]);
        let value = &text[start..end];
        let length = value.chars().filter(|c| !c.is_whitespace()).count();
        let shown = if length >= 16 && start == range.start { 2 } else { 0 };
        for (index, c) in value.chars().enumerate() {
            let count = value.chars().count();
            covered.push(if c.is_whitespace() || index < shown || index + shown >= count {
                c
            } else {
                star(c.len_utf8())
            });
        }
        at = end;
    }
    covered.push_str(&text[at..]);
    covered
}

fn star(length: usize) -> char {
    match length {
        1 => '*',
        2 => '×',
        3 => '※',
        _ => '🞶',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> String {
        cover(text, shapes_to_mask(text))
    }

    #[test]
    fn shapes_are_masked_and_places_stay() {
        let text = "# old key: 7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7 ✓";
        let masked = covered(text);
        assert_eq!(masked, "# old key: 7d********************************d7 ✓");
        assert_eq!(masked.len(), text.len());
        assert_eq!(covered("postgres://app:hunter2@db/x"), "postgres://app:*******@db/x");
        assert_eq!(covered("api_key=abcdef123"), "api_key=*********");
    }

    #[test]
    fn names_hosts_and_published_values_are_shown() {
        for text in [
            "https://northwind-ca-api.private.fin.ag/v3/43387ca6-0391-4c82-857d-70d95f087ecb/BankingServices",
            "FLINKS_US_SECRET_KEY=${FLINKS_US_SECRET_KEY}",
            "secretKeyRef: flinks-us",
            "src/main/resources/application-production.yml",
        ] {
            assert_eq!(covered(text), text);
        }
    }
}
