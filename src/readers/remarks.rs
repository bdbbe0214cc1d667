//! Names with values in texts that set nothing: what is commented out, what documentation shows, headers and addresses
//! inside of other values.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::comments;
use super::template::{self, Notation};
use super::written::Written;
use crate::fact::{Facts, Name, Piece, Remark, Said, ScopeId, Setting, Value, Within};
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::vocabulary::patterns::any_of;
use crate::vocabulary::{credentials, environments, hosts, names, real, words};

/// Remarks of one file at most.
const REMARKS: usize = 2_000;
/// Longer lines are no comments that a person wrote.
const LINE: usize = 4_096;
/// So many lines before and behind a line are beside it.
const NEAR: usize = 3;

/// Adds what a file's comments, docstrings and values say besides.
pub(super) fn read(source: &Source, reader: &str, facts: &mut Facts) {
    let of_values: Vec<Remark> = facts.settings.iter().flat_map(within_value).take(REMARKS).collect();
    facts.remarks.extend(of_values);
    lines(source, &comments::find(source, reader), Within::Comment, facts);
    lines(source, &comments::docstrings(source, reader), Within::Prose, facts);
}

/// Adds what the lines of a text say.
pub(super) fn lines(source: &Source, lines: &[Range<usize>], within: Within, facts: &mut Facts) {
    let file = source.id;
    let mut named: Option<(usize, Name)> = None;
    let neighbours = if within == Within::Comment { Neighbours::new(source, facts) } else { Neighbours::default() };
    for (at, range) in lines.iter().enumerate() {
        if facts.remarks.len() >= REMARKS {
            return;
        }
        let written = Written { text: &source.text()[range.clone()], start: range.start };
        let follows = named.as_ref().is_some_and(|(line, _)| line + 1 == at);
        let next = || lines.get(at + 1).map_or("", |next| &source.text()[next.clone()]);
        let opens = written.text.contains("name") && next().contains("value");
        let may_hold =
            (follows || hints().is_match(written.text)) && written.text.split_whitespace().any(real::may_be_key);
        if written.text.len() > LINE || !may_hold && !opens && !written.text.contains("-----") {
            continue;
        }
        for (name, value) in said(written.text) {
            let value = written.part(value);
            let mut key = Name::key(&written.text[name.clone()], written.part(name).span(file));
            // `- name: X` and below it `value: y`.
            match &*key.text {
                "name" | "key" => named = Some((at, Name::key(value.text, value.span(file)))),
                "value" => {
                    if let Some((_, above)) = named.take().filter(|(line, _)| line + 1 == at) {
                        key = above;
                    }
                }
                _ => {}
            }
            if !tells(&key.text, value.text) {
                continue;
            }
            let value = template::value(&value.to_text(file), Notation::Braced);
            let (scope, mut path) = neighbours.place(source, range.start);
            path.push(key);
            let setting = Setting { scope, path, value, said: Said::Variable };
            facts.remarks.push(Remark { setting, within, beside: beside(source, lines, at, facts.is_program) });
        }
        let keys = private_key(source, lines, at);
        facts.remarks.extend(keys.map(|setting| Remark {
            setting,
            within,
            beside: beside(source, lines, at, facts.is_program),
        }));
    }
}

/// Where the settings of a file stand. What is commented out stands where its neighbours do.
#[derive(Default)]
struct Neighbours {
    /// Line, indentation, block and the names that lead there, in the order of lines.
    settings: Vec<(usize, usize, ScopeId, Vec<Name>)>,
}

impl Neighbours {
    fn new(source: &Source, facts: &Facts) -> Self {
        let place = |setting: &Setting| {
            let (own, above) = setting.path.split_last()?;
            let line = source.line_index(own.span.start as usize);
            let range = source.line_range(line);
            let indentation = indentation(&source.text()[range]);
            Some((line, indentation, setting.scope, above.to_vec()))
        };
        let own = |setting: &&Setting| setting.name().span.file == source.id && !setting.name().index;
        let mut settings: Vec<_> = facts.settings.iter().filter(own).take(REMARKS).filter_map(place).collect();
        settings.sort_by_key(|setting| setting.0);
        Neighbours { settings }
    }

    /// The block and the names of the nearest setting that is as far to the right as a comment or what it says.
    fn place(&self, source: &Source, comment: usize) -> (ScopeId, Vec<Name>) {
        let line = source.line_index(comment);
        let range = source.line_range(line);
        let text = &source.text()[range.clone()];
        let mark = indentation(text);
        let inside = comment - range.start + indentation(&source.text()[comment..range.end.max(comment)]);
        let aligned =
            |column: usize| column == mark || mark == 0 && inside > 2 && (inside - 2..=inside).contains(&column);
        let from = self.settings.partition_point(|setting| setting.0 + 2 * NEAR < line);
        let near = self.settings[from..].iter().take_while(|setting| setting.0 <= line + 2 * NEAR);
        let nearest = near.filter(|setting| aligned(setting.1)).min_by_key(|setting| setting.0.abs_diff(line));
        nearest.map_or((ScopeId::FILE, Vec::new()), |(_, _, scope, above)| (*scope, above.clone()))
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A private key that begins on a line and goes on over the next ones.
fn private_key(source: &Source, lines: &[Range<usize>], at: usize) -> Option<Setting> {
    const LONGEST: usize = 8_192;
    let range = lines[at].clone();
    let begin = range.start + source.text()[range].find("-----BEGIN ")?;
    let limit = source.floor_boundary(begin + LONGEST);
    let key = &source.text()[begin..limit];
    let title =
        key[11..].find("-----").map(|end| 11..11 + end).filter(|title| key[title.clone()].ends_with("PRIVATE KEY"))?;
    let end = key.find("-----END ").map(|end| end + key[end..].find('\n').unwrap_or(key.len() - end))?;
    let name = Name::key(&key[title.clone()], source.span(begin + title.start..begin + title.end));
    // The marks of the comment stand between its lines.
    let kept: String =
        key[..end].lines().map(|line| line.trim_start_matches(['#', '/', '*', ' ', ';', '\t'])).collect();
    let text = Text::standing_for(kept, source.span(begin..begin + end));
    Some(Setting { scope: ScopeId::FILE, path: vec![name], value: Value::literal(text), said: Said::Variable })
}

/// Whether a name or a value may say anything of a credential.
fn tells(name: &str, value: &str) -> bool {
    credentials::is_named_secret(name)
        || names::says_flinks(name)
        || value.contains("fin.ag")
        || value.contains("uthorize")
}

/// What every line has that [`tells`] anything: most have none of it, and are passed by.
fn hints() -> &'static AhoCorasick {
    static HINTS: OnceLock<AhoCorasick> = OnceLock::new();
    HINTS.get_or_init(|| {
        let words = credentials::SECRET_WORDS.iter().copied();
        any_of(words.chain(["customer", "flinks", "fin.ag", "uthorize"]))
    })
}

/// What stands near a line that tells what it is about.
fn beside(source: &Source, lines: &[Range<usize>], at: usize, is_program: bool) -> Vec<Spanned<String>> {
    let line = |at: usize| source.line_index(lines[at].start);
    let here = line(at);
    let near = |other: &usize| line(*other).abs_diff(here) <= NEAR;
    let first = (0..=at).rev().take(NEAR + 1).take_while(near).last().unwrap_or(at);
    let last = (at..lines.len()).take(NEAR + 1).take_while(near).last().unwrap_or(at);
    let code = if is_program { code_around(source, here) } else { Vec::new() };
    let headings = (0..first).rev().take(40).find(|at| source.text()[lines[*at].clone()].trim_start().starts_with('#'));
    let mut found = Vec::new();
    for range in headings.into_iter().chain(first..=last).map(|at| lines[at].clone()).chain(code) {
        let text = &source.text()[range.clone()];
        if text.len() > LINE {
            continue;
        }
        let span = |part: Range<usize>| source.span(range.start + part.start..range.start + part.end);
        let of_flinks = hosts::find(text);
        found.extend(of_flinks.iter().map(|host| Spanned::new(host.name.clone(), span(host.range.clone()))));
        for word in words::words(text) {
            let in_host = of_flinks.iter().any(|host| host.range.contains(&word.range.start));
            let tells = names::is_flinks(&word.text) || environments::of_word(&word.text).is_some();
            if tells && !in_host {
                found.push(Spanned::new(word.text, span(word.range)));
            }
        }
    }
    found
}

/// The lines of code right before and behind a line.
fn code_around(source: &Source, line: usize) -> Vec<Range<usize>> {
    let last = source.line_starts().len() - 1;
    let lines = (line.saturating_sub(2)..=(line + 2).min(last)).filter(|other| *other != line);
    lines.map(|line| source.line_range(line)).collect()
}

/// What the text of a value says besides: `flinks-auth-key: …`, `https://…?apiKey=…`.
fn within_value(setting: &Setting) -> Vec<Remark> {
    let texts = setting.value.pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Reference(_) => None,
    });
    let mut found = Vec::new();
    for text in texts.filter(|text| text.len() >= SHORTEST && text.len() <= LINE) {
        let all = text.expose();
        if !all.contains([':', '=']) {
            continue;
        }
        let document = if all.trim_start().starts_with('{') { said(all) } else { Vec::new() };
        for (name, value) in document.into_iter().chain(parameters(all)).chain(headers(all)) {
            let mut path = setting.path.clone();
            path.push(Name::key(&all[name.clone()], text.span_of(name)));
            let value = template::value(&text.part(value), Notation::Braced);
            let setting = Setting { scope: setting.scope, path, value, said: setting.said };
            found.push(Remark { setting, within: Within::Value, beside: Vec::new() });
        }
    }
    found
}

/// No name with a credential is shorter.
const SHORTEST: usize = 16;

/// A name and its value.
type Mention = (Range<usize>, Range<usize>);

/// The parameters of an address, and what stands before its host: `?apiKey=…`, `https://user:secret@…`.
fn parameters(text: &str) -> Vec<Mention> {
    static PARAMETER: OnceLock<Regex> = OnceLock::new();
    let parameter = PARAMETER.get_or_init(|| {
        Regex::new(r"[?&;](?P<name>[A-Za-z][A-Za-z0-9_.-]*)=(?P<value>[^&\s#'\x22;]+)|(?P<scheme>https?)://(?:[^\s/:@]*:)?(?P<user>[^\s/:@]{12,})@")
            .expect("a constant pattern")
    });
    let whole = text.contains("://") || text.contains("fin.ag");
    let captures = whole.then(|| parameter.captures_iter(text)).into_iter().flatten();
    captures
        .filter_map(|found| {
            let name = found.name("name").or_else(|| found.name("scheme"))?;
            let value = found.name("value").or_else(|| found.name("user"))?;
            Some((name.range(), value.range()))
        })
        .collect()
}

/// Headers in a text with their names.
fn headers(text: &str) -> Vec<Mention> {
    static HEADER: OnceLock<Regex> = OnceLock::new();
    let header = HEADER.get_or_init(|| {
        Regex::new(r"(?i)\b(?P<name>flinks-auth-key|x-api-key|authorization)['\x22]?\s*:\s*['\x22]?(?P<value>(?:(?:bearer|basic)\s+)?[^\s'\x22,;\\]+)")
            .expect("a constant pattern")
    });
    let captures = header.captures_iter(text);
    captures.filter_map(|found| Some((found.name("name")?.range(), found.name("value")?.range()))).collect()
}

/// Names and values in a line of a comment or of prose: assignments, headers, attributes, elements, arguments.
fn said(line: &str) -> Vec<Mention> {
    static PATTERNS: OnceLock<[Regex; 4]> = OnceLock::new();
    let patterns = PATTERNS.get_or_init(|| {
        [
            // `key = "…"`, `key: string = '…'`, `"key": "…"`, `key => …`, `header: Bearer …`
            r#"(?P<name>[A-Za-z_][\w.-]*(?::{1,2}[A-Za-z_][\w.-]*)*)[\]"'`*]{0,4}\s*(?::\s*[A-Za-z_][\w.<>\[\]]*\??\s*=|=>|:=|\?=|=|:)\s*(?:(?i:bearer|basic)\s+)?(?:["'`](?P<quoted>[^"'`\n]+)["'`]|(?P<bare>[^\s"'`,;<>(){}\[\]]+))"#,
            // `<add key="Flinks:Secret" value="…"/>`
            r#"(?:key|name)\s*=\s*["'](?P<name>[^"']+)["']\s+value\s*=\s*["'](?P<bare>[^"']+)["']"#,
            // `<SecretKey>…</SecretKey>`
            r"<(?P<name>[A-Za-z_][\w.:-]*)>(?P<bare>[^<\s]+)</",
            // `setenv("FLINKS_SECRET", "…")`
            r#"["'](?P<name>[A-Za-z_][\w.:-]*)["']\s*,\s*["'](?P<bare>[^"'\n]+)["']"#,
        ]
        .map(|pattern| Regex::new(pattern).expect("a constant pattern"))
    });
    let mut found = Vec::new();
    for pattern in patterns {
        for captures in pattern.captures_iter(line) {
            let value = captures.name("quoted").or_else(|| captures.name("bare"));
            if let (Some(name), Some(value)) = (captures.name("name"), value) {
                found.push((name.range(), value.range()));
            }
        }
    }
    found.extend(headers(line));
    found.extend(parameters(line));
    found.sort_by_key(|(name, value)| (value.start, name.start));
    found.dedup_by_key(|(_, value)| value.clone());
    found
}

/// A whole file of prose.
pub(super) fn all_lines(source: &Source) -> Vec<Range<usize>> {
    (0..source.line_starts().len()).map(|line| source.line_range(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_of_comments() {
        for (line, name, value) in [
            (" FLINKS_SECRET_KEY=abc", "FLINKS_SECRET_KEY", "abc"),
            ("const key: string = \"abc\";", "key", "abc"),
            ("\"secretKey\": \"abc\",", "secretKey", "abc"),
            (":secret => 'abc'", "secret", "abc"),
            ("x-api-key: abc", "x-api-key", "abc"),
            ("Authorization: Bearer abc", "Authorization", "abc"),
            ("Flinks:SecretKey=abc", "Flinks:SecretKey", "abc"),
            ("Flinks__SecretKey: abc", "Flinks__SecretKey", "abc"),
            ("<add key=\"Flinks:Key\" value=\"abc\"/>", "Flinks:Key", "abc"),
            ("<SecretKey>abc</SecretKey>", "SecretKey", "abc"),
            ("setenv('SECRET', 'abc')", "SECRET", "abc"),
            ("headers[\"x-api-key\"] = \"abc\"", "x-api-key", "abc"),
        ] {
            let found = said(line);
            let is = |(had, said): &Mention| &line[had.clone()] == name && &line[said.clone()] == value;
            assert!(
                found.iter().any(is),
                "{line}: {:?}",
                found.iter().map(|f| (&line[f.0.clone()], &line[f.1.clone()])).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn credentials_in_addresses() {
        let text = "https://app:q7Zk2Vx9Lm4Tb1Wp@acme-ca-api.private.fin.ag/v3?apiKey=abc&demo=true";
        let found: Vec<(&str, &str)> =
            parameters(text).into_iter().map(|(name, value)| (&text[name], &text[value])).collect();
        assert_eq!(found, [("https", "q7Zk2Vx9Lm4Tb1Wp"), ("apiKey", "abc"), ("demo", "true")]);
    }
}
