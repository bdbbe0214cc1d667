//! Hosts on other people's domains that are made to look like an instance's: a letter off, a hyphen for a dot.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::{DOMAINS, Host, HostKind};

/// Where the instances of Flinks are.
const IMITATED: &str = "private.fin.ag";

/// Hosts with an instance's first label whose domain is almost `private.fin.ag`, beside those that are `known`.
pub(super) fn find(text: &str, known: &[Host]) -> Vec<Host> {
    let lower = text.to_ascii_lowercase();
    let apart =
        |range: &Range<usize>| known.iter().all(|host| host.range.end <= range.start || range.end <= host.range.start);
    let mut roles = ["-api.", "-iframe."].iter().flat_map(|role| lower.match_indices(role));
    if !roles.any(|(at, role)| apart(&(at..at + role.len()))) {
        return Vec::new();
    }
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        let part = r"[\p{Alphabetic}0-9_-]";
        Regex::new(&format!(r"{part}+-(?i:api|iframe)\.((?:{part}+\.)+{part}+)")).expect("a constant pattern")
    });
    let found = pattern.captures_iter(text).filter_map(|captures| {
        let (whole, domain) = (captures.get(0)?, captures.get(1)?);
        let before = text[..whole.start()].chars().next_back();
        let stands_alone = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '@'));
        let name = whole.as_str().to_lowercase();
        (stands_alone && imitates(&domain.as_str().to_lowercase())).then(|| Host {
            name,
            range: whole.range(),
            kind: HostKind::Unknown,
        })
    });
    found.filter(|host| apart(&host.range)).collect()
}

fn imitates(domain: &str) -> bool {
    let is_own = |own: &str| domain == own || domain.strip_suffix(own).is_some_and(|rest| rest.ends_with('.'));
    if DOMAINS.iter().any(|own| is_own(own)) {
        return false;
    }
    let near = strsim::levenshtein(&skeleton(domain), &skeleton(IMITATED)) <= 1;
    // `private-fin-ag.evil.example`
    let spelt: String = domain.chars().filter(|c| c.is_alphanumeric()).collect();
    let beginning: String = IMITATED.chars().filter(|c| c.is_alphanumeric()).collect();
    let longer = spelt.starts_with(&beginning) && domain.rsplit_once('.').is_some_and(|(_, last)| !is_harmless(last));
    near || longer
}

/// Letters by what they look like. From the confusables of Unicode (UTS 39), those of the letters in question.
fn skeleton(name: &str) -> String {
    let look = |c: char| match c {
        '1' | 'l' | '\u{456}' | '\u{131}' => 'i',
        '\u{430}' | '\u{251}' => 'a',
        '\u{435}' => 'e',
        '\u{440}' => 'p',
        '\u{475}' => 'v',
        '\u{433}' => 'r',
        '\u{578}' => 'n',
        '\u{261}' | 'q' => 'g',
        other => other,
    };
    name.chars().map(look).collect()
}

/// Whether what follows a host's name makes it the name of a file, or a name in one's own network.
pub(super) fn is_harmless(longer: &str) -> bool {
    const FILES: &[&str] = &[
        "pem", "crt", "cer", "csr", "key", "p12", "pfx", "jks", "conf", "json", "har", "log", "txt", "yml", "yaml",
        "xml", "html", "http", "md", "env", "toml", "sh", "js", "ts", "py", "rb", "php", "tf", "zone", "db",
    ];
    // RFC 6761, RFC 6762 and `.internal` of ICANN; `cluster.local` is Kubernetes'.
    const OWN: &[&str] = &["localhost", "local", "internal", "test", "invalid", "lan"];
    let lower = longer.to_ascii_lowercase();
    let last = lower.rsplit('.').next().unwrap_or_default();
    OWN.contains(&last) || !lower.contains('.') && FILES.contains(&last)
}
