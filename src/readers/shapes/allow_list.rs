//! Lists of hosts that are let through (CSP, CORS, egress rules): they allow, they do not reach.

use crate::fact::{Name, Piece, Value};
use crate::vocabulary::words;

/// Whether the keys that lead to a setting say that it only lets hosts through.
pub fn is_allow_list(path: &[Name]) -> bool {
    let keys: Vec<&Name> = path.iter().filter(|name| !name.index).collect();
    keys.last().is_some_and(|own| are_origins(&own.text))
        || (0..keys.len()).any(|at| opens(at.checked_sub(1).map(|outer| keys[outer]), keys[at]))
}

/// `ORIGINS`, `flinksOrigins`, `frame_ancestors`: who may ask. Maps under such a name may be what is asked: the origins
/// behind a CDN, one for each country.
fn are_origins(name: &str) -> bool {
    words::plain(name).last().is_some_and(|last| matches!(last.as_str(), "origins" | "ancestors"))
}

/// Whether an allow-list begins with this key, which stands below `outer`.
pub fn opens(outer: Option<&Name>, name: &Name) -> bool {
    if name.index {
        return false;
    }
    let words = words::plain(&name.text);
    lets_through(&words) || outer.is_some_and(|outer| is_image_source(&outer.text, &words))
}

/// Words that alone make a key an allow-list.
const ALONE: &[&str] = &["cors", "csp", "whitelist", "allowlist", "whitelisted", "allowlisted", "egress", "safelist"];

/// Runs of words that do.
const PHRASES: &[&[&str]] = &[
    &["content", "security", "policy"],
    &["allow", "list"],
    &["white", "list"],
    &["no", "proxy"],
    &["remote", "patterns"],
    &["host", "permissions"],
    &["allow", "navigation"],
    &["access", "control", "allow"],
    &["form", "action"],
    &["frame", "ancestors"],
    &["matches", "origins"],
    // Rules of a cloud's firewall.
    &["rules", "source"],
    &["target", "fqdns"],
    &["destination", "fqdns"],
    &["firewall", "domain"],
    // Domains that an application's own pages may open, in its manifest.
    &["bound", "domains"],
    &["associated", "domains"],
];

/// Beginnings of the directives of a Content-Security-Policy that name sources: `connect-src`, `frameSrc`.
const SOURCES: &[&str] = &[
    "connect", "frame", "default", "script", "style", "img", "font", "child", "worker", "media", "object", "manifest",
];

/// `allowedHosts`, `trusted_origins`, `permitted-domains`.
const PERMISSIONS: &[&str] =
    &["allowed", "allow", "permitted", "trusted", "accepted", "approved", "authorized", "safe", "valid", "expected"];
/// Those of them that may stand alone.
const PERMITTED: &[&str] = &["allow", "allowed", "permitted", "trusted"];
const PLACES: &[&str] = &[
    "host",
    "hosts",
    "hostname",
    "hostnames",
    "origin",
    "origins",
    "domain",
    "domains",
    "url",
    "urls",
    "uri",
    "uris",
    "ip",
    "ips",
    "fqdn",
    "fqdns",
    "sites",
    "endpoints",
    "frames",
    "iframe",
    "iframes",
    "referrers",
];

fn lets_through(words: &[String]) -> bool {
    let pair = |first: &[&str], second: &[&str]| {
        words.windows(2).any(|pair| first.contains(&pair[0].as_str()) && second.contains(&pair[1].as_str()))
    };
    words.iter().any(|word| ALONE.contains(&word.as_str()))
        || matches!(words, [only] if PERMITTED.contains(&only.as_str()))
        || PHRASES.iter().any(|phrase| words.windows(phrase.len()).any(|run| run.iter().eq(phrase.iter())))
        || pair(SOURCES, &["src", "sources"])
        || pair(PERMISSIONS, PLACES)
        // `allowed_redirect_hosts`, `ALLOWED_CORS_ORIGINS`: one word between them.
        || words.windows(3).any(|run| PERMISSIONS.contains(&run[0].as_str()) && PLACES.contains(&run[2].as_str()))
}

/// `images.domains` of Next.js.
fn is_image_source(outer: &str, words: &[String]) -> bool {
    words == ["domains"] && outer.eq_ignore_ascii_case("images")
}

/// Whether a value is the text of a Content-Security-Policy, whatever its key is called.
pub fn is_policy(value: &Value) -> bool {
    value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => has_directive(text.expose()),
        Piece::Reference(_) => false,
    })
}

fn has_directive(text: &str) -> bool {
    text.match_indices("-src ").any(|(at, _)| {
        let start = text[..at].rfind(|c: char| !c.is_ascii_lowercase()).map_or(0, |before| before + 1);
        // A directive begins the text or follows another one, a blank or a quote.
        let before = text[..start].chars().next_back();
        SOURCES.contains(&&text[start..at]) && before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};
    use crate::text::Text;

    fn path(dotted: &str) -> Vec<Name> {
        dotted.split('/').map(|key| Name::key(key, Span::new(FileId(0), 0, 0))).collect()
    }

    #[test]
    fn keys_that_let_hosts_through() {
        for dotted in [
            "headers/Content-Security-Policy",
            "csp/connect-src",
            "helmet/directives/frameSrc/0",
            "CORS_ORIGINS",
            "server/cors/origins",
            "ALLOWED_HOSTS",
            "django/CSRF_TRUSTED_ORIGINS",
            "allowedRedirectUris",
            "egress/rules/0/host",
            "NO_PROXY",
            "images/domains",
            "images/remotePatterns/0/hostname",
            "ipWhitelist",
            "Access-Control-Allow-Origin",
            "rule_group/rules_source/rules_source_list/targets/0",
            "rule/target_fqdns/0",
            "plugins/0/config/allow/0",
            "ORIGINS",
            "security/trusted",
            "frameAncestors",
            "TRUSTED_FRAMES",
            "app/frame-sources",
            "EXPECTED_ORIGIN",
        ] {
            assert!(is_allow_list(&path(dotted)), "{dotted}");
        }
    }

    /// A host that is reached must not hide behind a likely-looking word.
    #[test]
    fn keys_that_reach_hosts() {
        for dotted in [
            "FLINKS_API_URL",
            "probe/targets/0",
            "flinks/baseUrl",
            "allow_production",
            "src",
            "frame/url",
            "proxy/url",
            "email/domains",
            "distribution/origins/0/domain_name",
            "FLINKS_ORIGINS/CA",
            "flinks/origin",
            "default/sources",
        ] {
            assert!(!is_allow_list(&path(dotted)), "{dotted}");
        }
    }

    #[test]
    fn a_policy_is_told_by_its_directives() {
        let policy = |text: &str| is_policy(&Value::literal(Text::verbatim(text, FileId(0), 0)));
        assert!(policy("default-src 'self'; frame-src https://toolbox-iframe.private.fin.ag"));
        assert!(policy("add_header \"connect-src https://a.example\""));
        assert!(!policy("see my-frame-src dir"));
        assert!(!policy("https://toolbox-api.private.fin.ag"));
    }
}
