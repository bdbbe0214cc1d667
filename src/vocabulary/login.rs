//! Names of loginIds in stored records, and what makes a plain `login_id` one of Flinks.
//!
//! The words and their sources are in `login.toml`.

use super::data::list;
use crate::vocabulary::words::plain;

const FILE: &str = include_str!("login.toml");

/// Whether a text has the word Flinks. `cufflinks`, `reflinks`, `flinkSql` and `flinkstreaming` are other
/// words, and this linter's own name says nothing of what it stands beside.
pub fn speaks_of_flinks(text: &str) -> bool {
    // A Flinks host in a comment speaks of it, too.
    if text.contains(".private.fin.ag") {
        return true;
    }
    let is_near = text.as_bytes().windows(6).any(|window| window.eq_ignore_ascii_case(b"flinks"));
    let words = if is_near { login_words(text) } else { Vec::new() };
    words.iter().enumerate().any(|(at, word)| word == "flinks" && words.get(at + 1).is_none_or(|next| next != "lint"))
}

/// What people write as one word begins so.
const RUN_TOGETHER: &[&str] = list!(FILE, "run-together");

/// The words of a name, those taken apart that people run together: `flinks_loginid`, `flinksloginid`.
fn login_words(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in plain(name) {
        let mut rest = word.as_str();
        let is_run_together = RUN_TOGETHER.iter().any(|start| rest.starts_with(start));
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
const IDENTIFIERS: &[&str] = list!(FILE, "identifier");
/// Words for the form in which it is kept.
const FORMS: &[&str] = list!(FILE, "form");
/// Words that may stand before a bare `login_id` without making another thing of it.
const BEFORE: &[&str] = list!(FILE, "before");

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

/// What the name of a value says: `login.id`, `data.LoginId`, `:login_id` are loginIds, whatever keeps them.
pub fn held_login(value: &str) -> Option<LoginName> {
    let bare = value.trim_start_matches(['$', ':', '@', '?']);
    let parts: Vec<&str> =
        bare.split(['.', '>', '[', ']', '?', '!', '"', '\'']).filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('-')).filter(|part| !part.is_empty()).collect();
    let last = parts.last()?;
    // `login.id`: the last name says what of it, the one before what it is of.
    let is_part = ["id", "guid", "uuid", "value"].iter().any(|word| last.eq_ignore_ascii_case(word));
    let own = login_name(last).or_else(|| {
        let before = parts.len().checked_sub(2).map(|at| parts[at]).filter(|_| is_part)?;
        login_name(&format!("{before}_{last}"))
    })?;
    if parts.iter().any(|part| speaks_of_flinks(part)) { Some(LoginName::Flinks) } else { Some(own) }
}

/// Types that hold no loginId, which is a GUID: numbers, truths and times.
pub fn can_hold_login_id(type_name: Option<&str>) -> bool {
    let Some(name) = type_name else { return true };
    const OTHERS: &[&str] = list!(FILE, "no-guid");
    let first = name.trim_start_matches("pg_catalog.").split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    // Oracle and DynamoDB write numbers `number(10)` and `n`.
    !OTHERS.contains(&first) && name != "n"
}

/// Whether a record's own name tells of another matter than banking: signing in, staff, consoles.
pub fn is_other_matter(record: &str) -> bool {
    const WHOLE: &[&str] = list!(FILE, "other-matter");
    // A bank's login or session is banking; a bank's staff is not.
    const OF_BANKS: &[&str] = list!(FILE, "bank");
    const TWO_SIDED: &[&str] = list!(FILE, "two-sided");
    let mut words = plain(record);
    if words.iter().any(|word| OF_BANKS.contains(&word.as_str())) {
        words.retain(|word| !TWO_SIDED.contains(&word.as_str()));
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let in_turn = |first: &str, second: &str| are_in_turn(&words, first, second);
    has(WHOLE) || in_turn("sign", "in") || in_turn("sign", "ins") || in_turn("sign", "on")
}

fn are_in_turn(words: &[String], first: &str, second: &str) -> bool {
    words.windows(2).any(|pair| pair[0] == first && pair[1] == second)
}

/// Whether the name of a function or class tells of signing in, where a login_id is somebody's name.
pub fn signs_in(name: &str) -> bool {
    const WORDS: &[&str] = list!(FILE, "sign-in");
    let words = plain(name);
    let in_turn = |first: &str, second: &str| are_in_turn(&words, first, second);
    !speaks_of_flinks(name)
        && (is_of_staff(name)
            || words.iter().any(|word| WORDS.contains(&word.as_str()))
            || in_turn("sign", "in")
            || in_turn("sign", "up")
            || in_turn("log", "in"))
}

/// Whether the name of a value tells that the loginId was masked, hashed or enciphered, or that a row of one's own is
/// meant: `loginIdHash`, `login.id` of an entity that has a `loginId` besides.
pub fn is_made_over(value: &str) -> bool {
    const WORDS: &[&str] = list!(FILE, "made-over");
    let bare = value.trim_start_matches(['$', '@', ':']);
    let own_row = matches!(bare, "login.id" | "login.Id" | "login.getId" | "login->id");
    own_row || plain(value).iter().any(|word| WORDS.contains(&word.as_str()))
}

/// Whether a record's own name tells that it is about people who work with Flinks, whose logins are their own.
pub fn is_of_staff(record: &str) -> bool {
    const STAFF: &[&str] = list!(FILE, "staff");
    plain(record).iter().any(|word| STAFF.contains(&word.as_str()))
}

/// Whether a sibling field tells that a `login_id` is what somebody signs in with.
pub fn is_sign_in_field(name: &str) -> bool {
    const FIELDS: &[&str] = list!(FILE, "sign-in-field");
    plain(name).iter().any(|word| FIELDS.contains(&word.as_str()))
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
    fn values_are_known_by_the_names_that_lead_to_them() {
        for value in ["login.id", "data.LoginId", "loginId", ":login_id", "@LoginId", "event.Login.Id", "$loginId"] {
            assert_eq!(held_login(value), Some(LoginName::Bare), "{value}");
        }
        for value in ["flinks.login.id", "flinksLogin.id", "flinksLoginId", "$flinks->loginId", "flinks['LoginId']"] {
            assert_eq!(held_login(value), Some(LoginName::Flinks), "{value}");
        }
        for value in ["login", "user.id", "login.name", "id", "?2", "login.attempts", "loginCount"] {
            assert_eq!(held_login(value), None, "{value}");
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
    }
}
