//! Java `.properties` files, Spring's documents and profiles in them included.

use std::collections::HashMap;

use crate::fact::{Facts, Name, Said, Scope, ScopeId, Setting};
use crate::readers::file_names::has_plain_extension;
use crate::readers::quoting::{Unquoted, Unquoter};
use crate::readers::template::Notation;
use crate::readers::written::Written;
use crate::readers::{Reader, dotted, repeated, spring};
use crate::source::{FileId, Source, Span, Spanned};

pub const READER: Reader = Reader { name: "properties", reads, read };

fn reads(source: &Source) -> bool {
    // `.props` is MSBuild's too, in XML.
    has_plain_extension(source, &["properties"])
        || (has_plain_extension(source, &["props"]) && !source.text().trim_start().starts_with('<'))
}

/// The keys under which Spring says for which profile a document is.
const PROFILES: &[&str] = &["spring.config.activate.on-profile", "spring.profiles"];

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    let mut document = Vec::new();
    let mut lines = Written::all(source).lines().peekable();
    while let Some(line) = lines.next() {
        if matches!(line.text.trim_end(), "#---" | "!---") {
            close(std::mem::take(&mut document), &mut facts);
            continue;
        }
        let start = line.trim_start();
        if start.is_empty() || start.text.starts_with(['#', '!']) {
            continue;
        }
        let mut logical = vec![start];
        while logical.last().is_some_and(|line| continues(line.text)) {
            match lines.next() {
                Some(next) => logical.push(next.trim_start()),
                None => break,
            }
        }
        document.extend(setting(&logical, source.id));
    }
    close(document, &mut facts);
    repeated::lines(source.text(), &mut facts.settings);
    facts
}

/// Whether an odd number of backslashes ends the line.
fn continues(line: &str) -> bool {
    (line.len() - line.trim_end_matches('\\').len()) % 2 == 1
}

/// Adds the settings of a document. One that is for a profile is a block of its own, under the file.
fn close(document: Vec<Setting>, facts: &mut Facts) {
    let find = |settings: &[Setting], keys: &[&str]| {
        settings.iter().find_map(|setting| {
            let key: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            keys.contains(&key.join(".").as_str()).then(|| setting.value.as_literal().cloned()).flatten()
        })
    };
    let scope = match find(&document, PROFILES) {
        None => ScopeId::FILE,
        Some(profile) => {
            let active = find(&facts.settings, &["spring.profiles.active"]);
            let spring::Condition { environment, excludes } = spring::condition([&profile], active.as_ref());
            facts.open(Scope {
                parent: Some(ScopeId::FILE),
                title: Some(Spanned::new(format!("profile {}", profile.expose()), profile.span())),
                environment,
                excludes,
                ..Scope::default()
            })
        }
    };
    let mut profiles: HashMap<Box<str>, ScopeId> = HashMap::new();
    for mut setting in document {
        setting.scope = scope;
        // Quarkus: `%prod.flinks.url` is `flinks.url` in that profile.
        if let Some(profile) = quarkus_profile(&setting.path) {
            let open = || {
                let environment = Some(profile.clone());
                facts.open(Scope { parent: Some(scope), environment, ..Scope::default() })
            };
            setting.scope = *profiles.entry(profile.value.as_str().into()).or_insert_with(open);
            setting.path.remove(0);
        }
        facts.settings.push(setting);
    }
}

fn quarkus_profile(path: &[Name]) -> Option<Spanned<String>> {
    let [first, _, ..] = path else { return None };
    let profile = first.text.strip_prefix('%').filter(|profile| !profile.is_empty())?;
    let span = Span { start: first.span.start + 1, ..first.span };
    Some(Spanned::new(profile.to_owned(), span))
}

/// The setting of a logical line, given as the lines that it is written in.
fn setting(lines: &[Written<'_>], file: FileId) -> Option<Setting> {
    let first = lines[0];
    let key_end = key_end(first.text);
    let path = dotted::names(&unescaped(&[first.to(key_end)], file).text, &['.']);
    if path.is_empty() {
        return None;
    }
    let rest = first.from(key_end).trim_start();
    let rest = rest.after("=").or_else(|| rest.after(":")).unwrap_or(rest).trim_start();
    let value: Vec<Written<'_>> = std::iter::once(rest).chain(lines[1..].iter().copied()).collect();
    let value = unescaped(&value, file).value(Notation::Braced);
    Some(Setting { scope: ScopeId::FILE, path, value, said: Said::Key })
}

/// Where the key ends: at the first `=`, `:` or blank that no backslash stands before.
fn key_end(line: &str) -> usize {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '=' | ':' | ' ' | '\t' | '\u{c}' => return at,
            _ => {}
        }
    }
    line.len()
}

/// The text of lines that are one, escapes decoded. Blanks at its end belong to a value in Java; no address
/// or key has them, so they are cut off.
fn unescaped(lines: &[Written<'_>], file: FileId) -> Unquoted {
    let mut unquoter = Unquoter::new(file);
    let last = lines.len() - 1;
    let start = lines.iter().find(|line| !matches!(line.text, "" | "\\")).map_or(lines[0].start, |line| line.start);
    for (number, line) in lines.iter().enumerate() {
        let line = match number == last {
            true => line.trim_end(),
            false => line.to(line.text.len() - usize::from(continues(line.text))),
        };
        decode(line, &mut unquoter);
    }
    let end = lines[last].trim_end().end().max(start);
    unquoter.finish(start..end)
}

fn decode(line: Written<'_>, unquoter: &mut Unquoter) {
    let mut from = 0;
    while let Some(backslash) = line.text[from..].find('\\').map(|offset| from + offset) {
        unquoter.verbatim(line.part(from..backslash));
        let rest = &line.text[backslash + 1..];
        let start = line.start + backslash;
        let Some(c) = rest.chars().next() else { return };
        from = backslash + 1 + c.len_utf8();
        match c {
            'n' => unquoter.decoded("\n", start),
            'r' => unquoter.decoded("\r", start),
            't' => unquoter.decoded("\t", start),
            'f' => unquoter.decoded("\u{c}", start),
            'u' => match unicode(rest) {
                Some((decoded, length)) => {
                    unquoter.decoded(decoded.encode_utf8(&mut [0; 4]), start);
                    from = backslash + 1 + length;
                }
                None => unquoter.decoded("u", start),
            },
            _ => unquoter.verbatim(line.part(backslash + 1..from)),
        }
    }
    unquoter.verbatim(line.from(from));
}

/// The character of `uXXXX`, or of two such that are one pair, and how many bytes say it after the backslash.
pub(super) fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix('u')?.get(..4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(text)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, 5));
    }
    let second = unit(text.get(5..)?.strip_prefix('\\')?)?;
    let pair = char::decode_utf16([first, second]).next()?.ok()?;
    Some((pair, 11))
}

/// The steps of a key as one word, for tests and messages.
#[cfg(test)]
fn joined(path: &[Name]) -> String {
    path.iter().map(|name| &*name.text).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> (Source, Facts) {
        let source = Source::new(FileId(0), "application.properties", text);
        let facts = read(&source);
        (source, facts)
    }

    /// The forms of the specification of `java.util.Properties.load`.
    #[test]
    fn separators_continuations_and_escapes() {
        let (source, facts) = facts(
            "a.b=1\n c : 2\nd 3\n# no=1\n! no=1\ne=x\\\n   y\nk\\:1=caf\\u00e9.x\\uD83D\\uDE00\nlone\np=C\\:\\\\x  \n",
        );
        let all: Vec<(String, String)> =
            facts.settings.iter().map(|s| (joined(&s.path), s.value.word().to_owned())).collect();
        let expected =
            [("a.b", "1"), ("c", "2"), ("d", "3"), ("e", "xy"), ("k:1", "café.x😀"), ("lone", ""), ("p", "C:\\x")];
        let expected: Vec<(String, String)> = expected.map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec();
        assert_eq!(all, expected);
        let text = facts.settings[4].value.as_literal().unwrap();
        let at = text.expose().find(".x").unwrap();
        assert_eq!(source.slice(text.span_of(at..at + 2)), ".x");
        assert_eq!(source.slice(facts.settings[0].path[1].span), "b");
    }

    /// A document for a profile must not set the file's base values.
    #[test]
    fn documents_for_profiles_are_blocks() {
        let (_, facts) = facts("a=1\n#---\nspring.config.activate.on-profile=prod\na=2\n#---\nb=3\n");
        let scopes: Vec<(u32, &str)> = facts.settings.iter().map(|s| (s.scope.0, s.value.word())).collect();
        assert_eq!(scopes, [(0, "1"), (1, "prod"), (1, "2"), (0, "3")]);
        assert_eq!(facts.scopes[1].environment.as_ref().unwrap().value, "prod");
    }

    /// Quarkus says the profile in the key.
    #[test]
    fn profiles_in_keys() {
        let (source, facts) = facts("flinks.url=a\n%prod.flinks.url=b\n%prod.x=c\n%y=d\n");
        let scopes: Vec<(u32, String)> = facts.settings.iter().map(|s| (s.scope.0, joined(&s.path))).collect();
        let expected = [(0, "flinks.url"), (1, "flinks.url"), (1, "x"), (0, "%y")];
        assert_eq!(scopes, expected.map(|(scope, path)| (scope, path.to_owned())));
        assert_eq!(source.slice(facts.scopes[1].environment.as_ref().unwrap().span), "prod");
    }
}
