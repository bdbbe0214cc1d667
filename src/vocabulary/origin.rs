//! Names in stored records: which field is a Flinks loginId, and which says the country or instance it came from.
//!
//! Source: the rule `login-id-without-country`, and the columns met in public integrations.

use crate::vocabulary::words::plain;

/// Whether a text has the word Flinks. `cufflinks`, `reflinks`, `flinkSql` and `flinkstreaming` are other
/// words, and this linter's own name says nothing of what it stands beside.
pub fn speaks_of_flinks(text: &str) -> bool {
    let is_near = text.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"flinks"));
    let words = if is_near { login_words(text) } else { Vec::new() };
    words.iter().enumerate().any(|(at, word)| word == "flinks" && words.get(at + 1).is_none_or(|next| next != "lint"))
}

/// The words of a name, those taken apart that people run together: `flinks_loginid`, `flinksloginid`.
fn login_words(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in plain(name) {
        let mut rest = word.as_str();
        let is_run_together = ["flinkslogin", "flinksid", "flinksaccount", "loginid", "loginguid", "loginuuid"]
            .iter()
            .any(|start| rest.starts_with(start));
        if is_run_together {
            for part in ["flinks", "login"] {
                if let Some(after) = rest.strip_prefix(part) {
                    found.push(part.to_owned());
                    rest = after;
                }
            }
        }
        if !rest.is_empty() {
            found.push(rest.to_owned());
        }
    }
    found
}

/// What a field's name says of a loginId.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginName {
    /// It is a Flinks loginId: `flinks_login_id`.
    Flinks,
    /// It is a loginId of somebody: `login_id`. What stands around it must tell.
    Bare,
}

/// Words that an identifier's value goes by.
const IDENTIFIERS: &[&str] =
    &["id", "ids", "guid", "guids", "uuid", "uuids", "ref", "refs", "reference", "identifier", "key"];
/// Words for the form in which it is kept.
const FORMS: &[&str] = &[
    "encrypted",
    "enc",
    "cipher",
    "ciphertext",
    "crypt",
    "sealed",
    "hash",
    "hashed",
    "digest",
    "hmac",
    "bidx",
    "index",
    "bytes",
    "blob",
    "value",
    "text",
    "string",
    "token",
    "tokenized",
    "masked",
    "plain",
    "raw",
    "v1",
    "v2",
    "fk",
];
/// Words that may stand before a bare `login_id` without making another thing of it.
const BEFORE: &[&str] = &["bank", "connection", "external", "provider", "aggregator", "item", "the", "current", "ibv"];

/// Whether a field's name is that of a loginId. `flinks_login_attempts`, `flinks_login_url` and
/// `last_login_id` are not.
pub fn login_name(name: &str) -> Option<LoginName> {
    let words = login_words(name);
    let login = words.iter().rposition(|word| word == "login" || word == "logins")?;
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let (before, after) = (&words[..login], &words[login + 1..]);
    let is_identifier = after.iter().any(|word| is(IDENTIFIERS, word));
    if !after.iter().all(|word| is(IDENTIFIERS, word) || is(FORMS, word)) {
        return None;
    }
    let named = before.iter().any(|word| word == "flinks");
    let is_kept =
        after.is_empty() && words[login] == "login" || after.iter().any(|word| is(FORMS, word) && word != "token");
    if named && (is_identifier || is_kept) {
        return Some(LoginName::Flinks);
    }
    let is_plain = before.iter().all(|word| is(BEFORE, word) || is(FORMS, word));
    (is_identifier && is_plain).then_some(LoginName::Bare)
}

/// Types that hold no loginId, which is a GUID: numbers, truths and times.
pub fn can_hold_login_id(type_name: Option<&str>) -> bool {
    let Some(name) = type_name else { return true };
    const OTHERS: &[&str] = &[
        "bool",
        "boolean",
        "bit",
        "int",
        "integer",
        "bigint",
        "smallint",
        "tinyint",
        "mediumint",
        "serial",
        "bigserial",
        "smallserial",
        "int2",
        "int4",
        "int8",
        "number",
        "numeric",
        "decimal",
        "float",
        "double",
        "real",
        "money",
        "date",
        "time",
        "timetz",
        "timestamp",
        "timestamptz",
        "datetime",
        "datetime2",
        "datetimeoffset",
        "smalldatetime",
        "interval",
        "year",
        "bigincrements",
        "increments",
        "long",
        "short",
    ];
    let first = name.trim_start_matches("pg_catalog.").split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    // Oracle and DynamoDB write numbers `number(10)` and `n`.
    !OTHERS.contains(&first) && name != "n"
}

/// Whether a field's name says which country or instance a row belongs to.
pub fn says_origin(name: &str) -> bool {
    let words = plain(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let whole = words.join("_");
    if ["is_us", "is_usa", "is_american", "is_ca", "is_canada", "is_canadian", "pays", "code_pays"]
        .contains(&whole.as_str())
    {
        return true;
    }
    if host_of_flinks(&words) {
        return true;
    }
    let Some(noun) = words.iter().rposition(|word| NOUNS.contains(word)) else { return false };
    let (before, after) = (&words[..noun], &words[noun + 1..]);
    let of_row = |word: &&str| ROW_QUALIFIERS.contains(word) || NOUNS.contains(word);
    before.iter().all(of_row) && after.iter().all(|word| NOTATIONS.contains(word) || of_row(word))
}

/// What a row may say of where it belongs.
const NOUNS: &[&str] = &[
    "country",
    "countries",
    "instance",
    "region",
    "jurisdiction",
    "residency",
    "market",
    "countrycode",
    "juridiction",
];

/// Words that leave it the row's own country. `phone_country_code`, `billing_country` and
/// `institution_country` speak of something else, and so does every other word.
const ROW_QUALIFIERS: &[&str] = &[
    "flinks",
    "data",
    "login",
    "connection",
    "connect",
    "link",
    "item",
    "row",
    "record",
    "source",
    "origin",
    "issuing",
    "issuer",
    "issued",
    "by",
    "in",
    "of",
    "the",
    "operating",
    "legal",
    "regulatory",
    "service",
    "hosting",
    "home",
    "api",
    "user",
    "customer",
    "client",
    "member",
    "applicant",
    "borrower",
    "account",
    "consumer",
    "company",
    "business",
    "organization",
    "organisation",
    "org",
    "merchant",
    "residence",
    "ibv",
    "aggregator",
    "partition",
    "shard",
    "storage",
    "tenant",
];

/// How a country or instance is written.
const NOTATIONS: &[&str] = &[
    "code", "codes", "id", "ids", "iso", "iso2", "iso3", "alpha2", "alpha3", "alpha", "2", "3", "name", "key", "slug",
    "label", "uuid", "guid", "ref", "enum", "host", "url", "domain", "cd", "short", "fk", "iso3166",
];

/// `flinks_host`, `flinks_api_url`: the host names the instance.
fn host_of_flinks(words: &[&str]) -> bool {
    let is_place = words.last().is_some_and(|word| ["host", "domain", "hostname", "url"].contains(word));
    let is_known = |word: &&str| ["flinks", "api", "base", "host", "domain", "hostname", "url"].contains(word);
    words.contains(&"flinks") && is_place && words.iter().all(is_known)
}

/// Whether a table, schema, database or folder is itself of one country: `ca_connections`, schema `us`.
pub fn names_country(name: &str) -> bool {
    let words = plain(name);
    (0..words.len()).any(|at| {
        let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
        let after = words.get(at + 1).map_or("", String::as_str);
        match words[at].as_str() {
            "canada" | "canadian" | "usa" | "american" => true,
            "united" => after == "states",
            // `contact_us`, `about_us`.
            "us" => !["contact", "about", "with", "join", "follow", "why", "tell", "email"].contains(&before),
            // Certificate authorities.
            "ca" => !["cert", "certs", "bundle", "file", "chain", "certificate", "certificates"].contains(&after),
            _ => false,
        }
    })
}

/// Whether a template makes a table per country or instance: `${var.country}-logins`, `{{ region }}.logins`.
pub fn hole_names_origin(name: &str) -> bool {
    let holes = name.match_indices(['{', '<']).filter_map(|(open, _)| {
        let rest = &name[open..];
        Some(&rest[..rest.find(['}', '>'])?])
    });
    let mut holes = holes.take(8);
    holes.any(|hole| plain(hole).iter().any(|word| NOUNS.contains(&word.as_str())))
}

/// Whether a table holds Flinks instances: a reference to it says the instance.
pub fn holds_instances(table: &str) -> bool {
    let words = plain(table);
    let is_instance = |word: &String| word == "instance" || word == "instances";
    let known = ["flinks", "bank", "api", "aggregator", "provider", "connect", "ibv", "regional", "country"];
    words.iter().any(is_instance) && words.iter().all(|word| is_instance(word) || known.contains(&word.as_str()))
}

/// Whether the rows of a table have a country that is not the connection's: a bank's, an address's.
pub fn country_is_its_own(table: &str) -> bool {
    const OTHERS: &[&str] = &[
        "institution",
        "institutions",
        "bank",
        "banks",
        "provider",
        "providers",
        "currency",
        "currencies",
        "address",
        "addresses",
        "phone",
        "phones",
        "locale",
        "locales",
        "language",
        "languages",
        "branch",
        "branches",
        "employer",
        "employers",
        "timezone",
        "timezones",
        "province",
        "provinces",
    ];
    plain(table).last().is_some_and(|word| OTHERS.contains(&word.as_str()))
}

/// Framework tables of users, which have no country: Supabase, Django, ASP.NET Identity, WordPress, Keycloak, Neon.
pub fn is_stock_user_table(name: &str) -> bool {
    const STOCK: &[&str] = &[
        "auth.users",
        "auth_user",
        "django.contrib.auth.user",
        "aspnetusers",
        "dbo.aspnetusers",
        "wp_users",
        "user_entity",
        "next_auth.users",
        "neon_auth.users_sync",
        "public.auth_user",
        "identityuser",
    ];
    STOCK.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a record's own name tells of another matter than banking: signing in, staff, consoles.
pub fn is_other_matter(record: &str) -> bool {
    const WHOLE: &[&str] = &[
        "signin",
        "signins",
        "signon",
        "sso",
        "auth",
        "authentication",
        "console",
        "staff",
        "admin",
        "admins",
        "session",
        "sessions",
        "operator",
        "operators",
        "audit",
        "audits",
        "credential",
        "credentials",
        "password",
        "passwords",
        "oauth",
        "saml",
        "mfa",
        "otp",
        "employee",
        "employees",
        "employer",
        "player",
        "players",
        "game",
        "games",
        "login",
        "logins",
        "teller",
        "tellers",
        "workforce",
        "backoffice",
        "authorizenet",
    ];
    // A bank's login or session is banking; a bank's staff is not.
    const OF_BANKS: &[&str] =
        &["bank", "banking", "aggregator", "aggregation", "ibv", "institution", "connection", "connections"];
    const TWO_SIDED: &[&str] = &["login", "logins", "session", "sessions", "credential", "credentials", "auth"];
    let mut words = plain(record);
    if words.iter().any(|word| OF_BANKS.contains(&word.as_str())) {
        words.retain(|word| !TWO_SIDED.contains(&word.as_str()));
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let in_turn = |first: &str, second: &str| words.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    has(WHOLE) || in_turn("sign", "in") || in_turn("sign", "ins") || in_turn("sign", "on")
}

/// Whether a sibling field tells that a `login_id` is what somebody signs in with.
pub fn is_sign_in_field(name: &str) -> bool {
    plain(name)
        .iter()
        .any(|word| ["password", "passwd", "pwd", "passcode", "mfa", "otp", "totp"].contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_ids_are_known_by_name() {
        for name in [
            "flinks_login_id",
            "flinksLoginId",
            "FlinksLoginID",
            "flinks_login_id_encrypted",
            "encrypted_flinks_login_id",
            "flinks_login_ids",
            "flinksLoginIDs",
            "flinks_loginid",
            "flinksloginid",
            "flinks_login",
            "flinks_login_guid",
            "FLINKS_LOGIN_ID",
            "user_flinks_login_id",
            "flinks_login_id_hash",
        ] {
            assert_eq!(login_name(name), Some(LoginName::Flinks), "{name}");
        }
        for name in ["login_id", "loginId", "LoginId", "login_id_encrypted", "login_ids", "login_guid", "loginid"] {
            assert_eq!(login_name(name), Some(LoginName::Bare), "{name}");
        }
        for name in [
            "last_login_id",
            "flinks_login_attempts",
            "flinks_login_url",
            "flinks_login_at",
            "flinks_login_count",
            "login",
            "last_login",
            "login_token",
            "flinks_account_id",
            "cufflinks_id",
            "flinks_login_status",
            "login_attempt_id",
            "flinks_login_id_updated_at",
            "flinks_last_login_at",
            "user_login_id",
        ] {
            assert_eq!(login_name(name), None, "{name}");
        }
    }

    #[test]
    fn the_rulebooks_words_count_and_the_others_do_not() {
        for name in [
            "country",
            "country_code",
            "instance",
            "flinks_instance",
            "instance_id",
            "region",
            "jurisdiction",
            "data_residency",
            "market",
            "flinksInstanceId",
            "countryCode",
            "residency_region",
            "flinks_country",
            "COUNTRY_ISO2",
            "issuing_country",
            "flinks_api_host",
        ] {
            assert!(says_origin(name), "{name}");
        }
        for name in [
            "environment",
            "is_sandbox",
            "provider",
            "currency",
            "province",
            "locale",
            "tenant",
            "phone_country_code",
            "billing_country",
            "institution_country",
            "tenant_id",
            "bank_country",
            "workflow_instance_id",
            "instance_type",
            "market_value",
            "aws_region",
            "country_count",
            "marketing_opt_in",
            "iframe_origin",
            "webhook_url",
        ] {
            assert!(!says_origin(name), "{name}");
        }
    }

    #[test]
    fn near_words_are_other_words() {
        assert!(speaks_of_flinks("flinksLogin"));
        assert!(speaks_of_flinks("-- Flinks' logins"));
        for text in [
            "cufflinks",
            "reflinks",
            "flinkSql",
            "flinkstreaming",
            "pdfLinks",
            "FlinkSession",
            "flinks-lint: ignore[x]",
        ] {
            assert!(!speaks_of_flinks(text), "{text}");
        }
        assert!(names_country("ca_connections") && names_country("schema us"));
        assert!(!names_country("contact_us") && !names_country("status") && !names_country("ca_certs"));
    }
}
