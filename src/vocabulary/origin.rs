//! Names in stored records that say which country or instance a row came from, and those that do not.
//!
//! The words and their sources are in `origin.toml`.

use super::data::list;
use crate::vocabulary::words::plain;
use crate::vocabulary::{Country, countries};

const FILE: &str = include_str!("origin.toml");

/// Whether a field's name says which country or instance a row belongs to.
pub fn says_origin(name: &str) -> bool {
    let words = plain(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let whole = words.join("_");
    if WHOLE.contains(&whole.as_str()) {
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

/// Whether a field's type says which country or instance a row belongs to, the name saying nothing against it:
/// `origin Country`, `issued_in country_enum`, `origin enum('CA', 'US')`; a person's nationality and a bank's country are
/// none.
pub fn type_says_origin(name: &str, type_name: &str) -> bool {
    let is_row = may_say_origin(name);
    if is_row && lists_countries(type_name) {
        return true;
    }
    let type_name = plain(type_name);
    let own = type_name.iter().rev().skip_while(|word| ["enum", "type", "t", "kind"].contains(&word.as_str()));
    let own: Vec<&str> = own.map(String::as_str).collect();
    is_row && !own.is_empty() && says_origin(&own.into_iter().rev().collect::<Vec<_>>().join("_"))
}

/// Whether the values that a type permits, as they stand in quotes, are those of both countries.
fn lists_countries(type_name: &str) -> bool {
    are_both_countries(&type_name.split('\'').skip(1).step_by(2).collect::<Vec<_>>())
}

/// Whether values are codes of countries or names of one country's each, both of Flinks' among them: `CA` and `US`,
/// `northwind-ca` and `northwind-us`.
pub fn are_both_countries(values: &[&str]) -> bool {
    let country = |value: &str| countries::of_value(value).or_else(|| Some(countries::only(value)?.country));
    let is_code = |value: &&str| value.len() == 2 || country(value).is_some();
    let of = |wanted: Country| values.iter().any(|value| country(value) == Some(wanted));
    values.len() > 1 && values.iter().all(is_code) && of(Country::Canada) && of(Country::UnitedStates)
}

/// Whether a field may be of an enumeration of both countries without speaking of another's country: `site`, `origin`,
/// and not `billing_country`.
pub fn may_say_origin(name: &str) -> bool {
    const OTHERS: &[&str] = list!(FILE, "not-of-row");
    !plain(name).iter().any(|word| NOUNS.contains(&word.as_str()) || OTHERS.contains(&word.as_str()))
}

/// Names that say it as a whole.
const WHOLE: &[&str] = list!(FILE, "whole");

/// What a row may say of where it belongs.
const NOUNS: &[&str] = list!(FILE, "noun");

/// Words that leave it the row's own country. `phone_country_code`, `billing_country` and
/// `institution_country` speak of something else, and so does every other word.
const ROW_QUALIFIERS: &[&str] = list!(FILE, "of-row");

/// How a country or instance is written.
const NOTATIONS: &[&str] = list!(FILE, "notation");

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

/// Whether a loop's expression goes over countries or instances: `toset(["ca", "us"])`, `var.flinks_instances`.
pub fn goes_over_origins(expression: &str) -> bool {
    let words = plain(expression);
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let noun = words.iter().any(|word| NOUNS.contains(&word.strip_suffix('s').unwrap_or(word)));
    noun || has("countries") || has("ca") && has("us") || has("canada") && (has("usa") || has("states"))
}

/// Whether a table holds Flinks instances: a reference to it says the instance.
pub fn holds_instances(table: &str) -> bool {
    let words = plain(table);
    let is_instance = |word: &String| word == "instance" || word == "instances";
    const KNOWN: &[&str] = list!(FILE, "instance-table");
    words.iter().any(is_instance) && words.iter().all(|word| is_instance(word) || KNOWN.contains(&word.as_str()))
}

/// Whether the rows of a table have a country that is not the connection's: a bank's, an address's.
pub fn country_is_its_own(table: &str) -> bool {
    const OTHERS: &[&str] = list!(FILE, "own-country");
    plain(table).last().is_some_and(|word| OTHERS.contains(&word.as_str()))
}

/// Framework tables of users, which have no country: Supabase, Django, ASP.NET Identity, WordPress, Keycloak, Neon.
pub fn is_stock_user_table(name: &str) -> bool {
    const STOCK: &[&str] = list!(FILE, "stock-user-table");
    STOCK.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_type_of_both_countries_tells_the_row() {
        assert!(type_says_origin("origin", "enum('ca','us')"));
        assert!(type_says_origin("origin", "char(2) check (origin in ('ca', 'us', 'mx'))"));
        assert!(!type_says_origin("billing", "enum('ca','us')"));
        assert!(!type_says_origin("state", "enum('ca','ny','tx')"));
        assert!(!type_says_origin("origin", "enum('web','app','ca','us')"));
    }

    #[test]
    fn countries_are_told_from_other_words() {
        assert!(names_country("ca_connections") && names_country("schema us"));
        assert!(!names_country("contact_us") && !names_country("status") && !names_country("ca_certs"));
    }
}
