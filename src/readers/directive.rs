//! Inline exceptions: `flinks-lint: ignore[rule-id] reason` in a comment of any syntax.

use crate::fact::Directive;
use crate::readers::written::Written;
use crate::source::{FileId, Source, Spanned};

const MARKER: &str = "flinks-lint:";
/// What editors write for a reason that is still to come. An exception that says nothing else is malformed.
pub const REASON: &str = "REASON";
/// Mentions looked at on one line; no line has more comments.
const MENTIONS: usize = 8;
/// Comments that may stand between an exception and what it is about.
const COMMENTS: usize = 32;

/// The exceptions of a file, in order.
pub fn read(source: &Source) -> Vec<Directive> {
    let text = source.text();
    let mut directives = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find(MARKER).map(|offset| from + offset) {
        let line = source.line_index(found);
        let range = source.line_range(line);
        let written = Written { text: &text[range.clone()], start: range.start };
        let mentions = written.text.match_indices(MARKER).map(|(at, _)| at).take(MENTIONS);
        directives.extend(mentions.filter_map(|at| directive(source, line, written, at)).next());
        from = range.end.max(found + MARKER.len());
    }
    directives
}

/// How a comment begins, and how it ends where it does not end with the line.
struct Mark {
    opens: &'static str,
    closes: &'static [&'static str],
    place: Place,
}

/// Where on a line a mark begins a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Anywhere but in a string.
    Anywhere,
    /// At the beginning of the line only.
    First,
}

const fn mark(opens: &'static str, closes: &'static [&'static str], place: Place) -> Mark {
    Mark { opens, closes, place }
}

/// The marks of all syntaxes, longer ones before those that they end in.
const MARKS: &[Mark] = &[
    mark("<!--", &["-->"], Place::Anywhere),
    mark("<%--", &["--%>"], Place::Anywhere),
    mark("{{!--", &["--}}"], Place::Anywhere),
    mark("{{--", &["--}}"], Place::Anywhere),
    mark("--[[", &["]]"], Place::Anywhere),
    mark("<%#", &["-%>", "%>"], Place::Anywhere),
    mark("{#-", &["-#}", "#}"], Place::Anywhere),
    mark("{{!", &["}}"], Place::Anywhere),
    mark("/**", &["*/}}", "*/}", "*/"], Place::Anywhere),
    mark("/*", &["*/ -}}", "*/ }}", "*/}}", "*/}", "*/"], Place::Anywhere),
    mark("(*", &["*)"], Place::Anywhere),
    mark("@*", &["*@"], Place::Anywhere),
    mark("{#", &["-#}", "#}"], Place::Anywhere),
    mark("{-", &["-}"], Place::Anywhere),
    mark("<#", &["#>"], Place::Anywhere),
    mark("//!", &[], Place::Anywhere),
    mark("//", &[], Place::Anywhere),
    mark("--", &[], Place::Anywhere),
    mark("#", &[], Place::Anywhere),
    mark(";", &[], Place::Anywhere),
    mark("%", &[], Place::Anywhere),
    mark("'", &[], Place::Anywhere),
    mark("*", &["*/"], Place::First),
    mark("!", &[], Place::First),
    mark("..", &[], Place::First),
    mark("REM", &[], Place::First),
    mark("rem", &[], Place::First),
    mark("Rem", &[], Place::First),
    mark("dnl", &[], Place::First),
];

/// The directive at `at` of a line, if a comment begins right before it.
fn directive(source: &Source, index: usize, line: Written<'_>, at: usize) -> Option<Directive> {
    let before = line.text[..at].trim_end();
    let mark = MARKS.iter().find(|mark| before.ends_with(mark.opens))?;
    // `##` and `///` begin a comment where their first character stands.
    let repeated = mark.opens.chars().next().filter(|_| mark.closes.is_empty() && mark.opens.len() <= 2);
    let opens = &before[..before.len() - mark.opens.len()];
    let opens = repeated.map_or(opens, |c| opens.trim_end_matches(c));
    if !begins_comment(mark, opens, &line.text[before.len()..], at - before.len()) {
        return None;
    }
    let body = line.from(at);
    let close =
        mark.closes.iter().filter_map(|close| Some((body.text.find(close)?, close.len()))).min_by_key(|found| found.0);
    let after = close.map_or("", |(at, length)| &body.text[at + length..]);
    let body = close.map_or(body, |(at, _)| body.to(at)).trim_end();
    let mut directive = parse(body, source.id)?;
    directive.comment = match close {
        Some((end, length)) => {
            let end = at + end + length;
            // Go's templates and JSX have braces round the comments of their host language.
            let braced = mark.opens.starts_with("/*") && line.text[..end].ends_with('}');
            let start = if braced { opens.trim_end_matches(['{', '-', ' ', '\t']) } else { opens }.len();
            line.part(start..end).span(source.id)
        }
        None if mark.closes.is_empty() || mark.place == Place::First => {
            line.part(opens.len()..at + body.text.len()).span(source.id)
        }
        None => directive.span,
    };
    // `{{- /*` of Go's templates and `{/*` of JSX.
    let alone = opens.trim_end_matches(['{', '-', ' ', '\t']).trim().is_empty() && after.trim().is_empty();
    directive.lines = index..=if alone { next_line(source, index, mark) } else { index };
    Some(directive)
}

/// Whether a comment begins with this mark, what stands on the line before it and after it being given.
fn begins_comment(mark: &Mark, before: &str, after: &str, blanks: usize) -> bool {
    let first = before.trim().is_empty();
    if mark.place == Place::First {
        return first;
    }
    match mark.opens {
        // `https://` is no comment.
        "//" if before.ends_with(':') => false,
        // A quotation mark that begins a string is closed again.
        "'" => (first || before.ends_with(char::is_whitespace)) && (blanks > 0 || !after.contains('\'')),
        // `50%` and `${x%…}` are no comments.
        "%" | "--" | ";" if !first && !before.ends_with([' ', '\t', ';', ',', '}', ')']) => mark.opens == ";",
        _ => !in_string(before, after),
    }
}

/// Whether a quote is open at the end of `before` that `after` closes.
fn in_string(before: &str, after: &str) -> bool {
    let mut open = None;
    let mut previous = ' ';
    let mut escaped = false;
    for (at, c) in before.char_indices() {
        match open {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some((quote, _)) if c == quote => open = None,
            // `don't` opens nothing.
            None if matches!(c, '"' | '`') || (c == '\'' && !previous.is_alphanumeric()) => open = Some((c, at)),
            _ => {}
        }
        previous = c;
    }
    open.is_some_and(|(quote, _)| after.contains(quote))
}

/// The line that an exception which stands alone is about: the next one that is no such comment itself.
fn next_line(source: &Source, index: usize, mark: &Mark) -> usize {
    let is_comment = |line: &str| {
        let line = line.trim();
        let whole =
            mark.closes.is_empty() || mark.opens == "*" || mark.closes.iter().any(|close| line.ends_with(close));
        line.starts_with(mark.opens) && whole
    };
    let last = source.line_starts().len() - 1;
    let comments = (index + 1..=last).take(COMMENTS);
    let skipped = comments.take_while(|line| is_comment(&source.text()[source.line_range(*line)])).count();
    (index + 1 + skipped).min(last.max(index))
}

/// Reads the text from the marker to the end of its comment; `None` where the words are prose.
fn parse(body: Written<'_>, file: FileId) -> Option<Directive> {
    let mut directive = Directive {
        span: body.span(file),
        comment: body.span(file),
        rules: Vec::new(),
        reason: None,
        until: None,
        lines: 0..=0,
        malformed: None,
    };
    let rest = body.from(MARKER.len()).trim_start();
    let length =
        rest.text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.text.len());
    let (verb, rest) = (rest.to(length), rest.from(length));
    if verb.text != "ignore" {
        let fault = unknown_verb(verb.text, rest.text)?;
        directive.malformed = Some(fault);
        return Some(directive);
    }
    if let Err(fault) = arguments(rest, file, &mut directive) {
        directive.malformed = Some(fault.to_owned());
    }
    Some(directive)
}

/// Verbs by which other linters are silenced.
const VERBS: &[&str] = &[
    "disable",
    "enable",
    "allow",
    "deny",
    "off",
    "on",
    "skip",
    "suppress",
    "noqa",
    "nolint",
    "nosec",
    "exclude",
    "expect",
    "ok",
    "accept",
    "except",
    "exception",
    "disable-line",
    "disable-next-line",
    "ignore-line",
    "ignore-next-line",
    "ignore-file",
    "ignore-next",
    "ignore-start",
    "ignore-end",
];

/// What is wrong with a verb; `None` where the words only speak of the tool.
fn unknown_verb(verb: &str, after: &str) -> Option<String> {
    let lower = verb.to_ascii_lowercase();
    let near = strsim::damerau_levenshtein(&lower[..lower.len().min(24)], "ignore") <= 2;
    let meant =
        near || VERBS.contains(&lower.as_str()) || after.trim_start().starts_with('[') || after.starts_with('(');
    meant.then(|| match verb {
        "" => "does not say what to do".to_owned(),
        verb if verb.len() <= 24 => format!("says `{verb}`, which is no directive"),
        _ => "is no directive".to_owned(),
    })
}

/// What is written where the reason is still to come, by an editor's action or a template.
const STANDS_FOR_REASON: &[&str] = &[REASON, "TODO", "FIXME", "<reason>"];

/// `[rule-id, …] reason until=YYYY-MM-DD`.
fn arguments(rest: Written<'_>, file: FileId, directive: &mut Directive) -> Result<(), &'static str> {
    let inside = rest.trim_start().after("[").ok_or("names no rule")?;
    let close = inside.text.find(']').ok_or("has a bracket that is not closed")?;
    for rule in split(inside.to(close), ',') {
        let rule = rule.trim();
        directive.rules.push(Spanned::new(rule.text.to_owned(), rule.span(file)));
    }
    let tail = inside.from(close + 1);
    let (reason, until) = reason(tail);
    directive.until = until.map(|until| Spanned::new(until.text.to_owned(), until.span(file)));
    if reason.text.contains(char::is_alphanumeric) && !STANDS_FOR_REASON.contains(&reason.text) {
        directive.reason = Some(Spanned::new(reason.text.to_owned(), reason.span(file)));
    }
    if inside.to(close).trim().is_empty() {
        directive.rules.clear();
        return Err("names no rule in its brackets");
    }
    let is_id = |id: &str| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if directive.rules.iter().any(|rule| matches!(&*rule.value, "*" | "all")) {
        return Err("excuses every rule: an exception names each");
    }
    if !directive.rules.iter().all(|rule| is_id(&rule.value)) {
        return Err("has in its brackets what is no list of rule ids");
    }
    if directive.reason.is_none() {
        return Err("gives no reason");
    }
    Ok(())
}

fn split(written: Written<'_>, separator: char) -> impl Iterator<Item = Written<'_>> {
    let mut at = 0;
    written.text.split(separator).map(move |part| {
        let start = at;
        at += part.len() + separator.len_utf8();
        written.part(start..start + part.len())
    })
}

/// The reason and the date of a tail; `until` may stand before or after the reason.
fn reason(tail: Written<'_>) -> (Written<'_>, Option<Written<'_>>) {
    let plain = |written: Written<'_>| -> (usize, usize) {
        let trimmed = written.text.trim_start_matches([':', '-', '–', '—', ' ', '\t', ',']);
        let from = written.text.len() - trimmed.len();
        let length = trimmed.trim_end_matches([' ', '\t', ',', '(', '–', '—']).len();
        (from, from + length)
    };
    let cut = |written: Written<'_>| -> (usize, usize) { plain(written) };
    let until = tail.text.match_indices("until").find(|(at, word)| {
        let before = &tail.text[..*at];
        let after = &tail.text[at + word.len()..];
        let own = before.is_empty() || before.ends_with([' ', '\t', '(', ',', ';']);
        // `until=` is the form; `until 2027-…` is read where a year follows, since reasons use the word too.
        let dated = after.starts_with('=')
            || after.trim_start_matches([' ', ':']).starts_with("20") && after.starts_with([' ', ':']);
        own && dated
    });
    let Some((at, word)) = until else {
        let (from, to) = cut(tail);
        return (tail.part(from..to.max(from)), None);
    };
    let date = tail.from(at + word.len());
    let skipped = date.text.len() - date.text.trim_start_matches(['=', ' ', ':']).len();
    let date = date.from(skipped);
    let length = date.text.find([' ', '\t', ')', ',', ';']).unwrap_or(date.text.len());
    let (before, after) = (tail.to(at), date.from(length));
    let after = after.from(after.text.len() - after.text.trim_start_matches([')', ',', ';', '.']).len());
    let (from, to) = cut(before);
    let reason = if to > from {
        before.part(from..to)
    } else {
        let (from, to) = cut(after);
        after.part(from..to.max(from))
    };
    (reason, Some(date.to(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Source, Vec<Directive>) {
        let source = Source::new(FileId(0), "a", text);
        let directives = read(&source);
        (source, directives)
    }

    /// Every comment syntax; closers are no part of the reason.
    #[test]
    fn every_comment_mark() {
        for (open, close) in [
            ("#", ""),
            ("//", ""),
            ("--", ""),
            (";", ""),
            ("<!--", "-->"),
            ("/*", "*/"),
            ("/**", "*/"),
            (" *", ""),
            ("{{/*", "*/}}"),
            ("{{- /*", "*/ -}}"),
            ("{#", "#}"),
            ("<%#", "%>"),
            ("%", ""),
            ("'", ""),
            ("REM", ""),
            ("!", ""),
            ("..", ""),
            ("{/*", "*/}"),
            ("<%--", "--%>"),
            ("///", ""),
            ("##", ""),
            ("@*", "*@"),
        ] {
            let text = format!("{open} flinks-lint: ignore[a-b, c] why not {close}\nx");
            let (source, found) = read_text(&text);
            assert_eq!(found.len(), 1, "{text}");
            let directive = &found[0];
            assert_eq!(directive.malformed, None, "{text}");
            assert_eq!(source.slice(directive.span), "flinks-lint: ignore[a-b, c] why not", "{text}");
            assert_eq!(source.slice(directive.reason.as_ref().unwrap().span), "why not", "{text}");
            assert_eq!(source.slice(directive.rules[1].span), "c");
            assert_eq!(directive.lines, 0..=1, "{text}");
        }
    }

    #[test]
    fn until_stands_in_either_form_and_place() {
        for text in [
            "# flinks-lint: ignore[a] why until=2027-01-31",
            "# flinks-lint: ignore[a] why (until 2027-01-31)",
            "# flinks-lint: ignore[a] why (until=2027-01-31)",
            "# flinks-lint:ignore[a] until=2027-01-31 why",
            "# flinks-lint: ignore[a]: why, until=2027-01-31",
        ] {
            let (source, found) = read_text(text);
            assert_eq!(found[0].malformed, None, "{text}");
            assert_eq!(source.slice(found[0].until.as_ref().unwrap().span), "2027-01-31", "{text}");
            assert_eq!(found[0].reason.as_ref().unwrap().value, "why", "{text}");
        }
        let (_, found) = read_text("# flinks-lint: ignore[a] kept until the move is done");
        assert_eq!((found[0].until.is_none(), found[0].malformed.is_none()), (true, true));
    }

    #[test]
    fn malformed_ones_say_why() {
        for text in [
            "# flinks-lint: ignore why",
            "# flinks-lint: ignore[] why",
            "# flinks-lint: ignore[a]",
            "# flinks-lint: ignore[a] -",
            "# flinks-lint: ignore[a] REASON",
            "# flinks-lint: disable",
            "# flinks-lint: ingore[a] why",
            "# flinks-lint: ignore[a why",
            "# flinks-lint: ignore[*] why",
            "# flinks-lint: ignore[a,] why",
        ] {
            let (_, found) = read_text(text);
            assert!(found.len() == 1 && found[0].malformed.is_some(), "{text}");
        }
    }

    #[test]
    fn prose_and_strings_are_no_directives() {
        for text in [
            "# run flinks-lint before you push",
            "- id: flinks-lint: x",
            "# flinks-lint: checks that countries stay apart",
            "let s = \"# flinks-lint: ignore[a] why\";",
            "let s = 'flinks-lint: ignore[a] why';",
            "msg = \"flinks-lint: ignore[a] why\"",
            "flinks-lint: ignore[a] why",
            "see https://flinks-lint: ignore[a] why",
        ] {
            assert!(read_text(text).1.is_empty(), "{text}");
        }
    }

    /// After code it covers its own line; alone it covers the next line of content, past its like.
    #[test]
    fn lines_covered() {
        let lines = |text: &str| read_text(text).1.into_iter().map(|directive| directive.lines).collect::<Vec<_>>();
        assert_eq!(lines("a=1 # flinks-lint: ignore[a] it's why\nb=2"), [0..=0]);
        assert_eq!(lines("don't # flinks-lint: ignore[a] it's why\nb=2"), [0..=0]);
        assert_eq!(lines("# flinks-lint: ignore[a] why\n# flinks-lint: ignore[b] why\n# more\nb=2\n"), [0..=3, 1..=3]);
        assert_eq!(lines("/* flinks-lint: ignore[a] why */ b=2\nc"), [0..=0]);
        assert_eq!(lines("# flinks-lint: ignore[a] why"), [0..=0]);
        assert_eq!(lines("# flinks-lint: ignore[a] why\r\nb=2\r\n"), [0..=1]);
    }
}
