//! Texts that a call fills in: `"https://%s-api…" % x`, `format("…{}…", x)`, `String.format`, `"…{x}…".replace("{x}", y)`.

use super::syntax::{Call, Is, Node};
use crate::fact::Piece;
use crate::readers::template::{self, Notation};
use crate::text::Text;

/// The pieces of a text that a call fills in, if it does.
pub fn pieces(call: &Call, read: &dyn Fn(&Node) -> Vec<Piece>) -> Option<Vec<Piece>> {
    let name = call.name()?.value;
    let lower = name.to_ascii_lowercase();
    match lower.trim_end_matches('!') {
        "format" | "formatted" | "sprintf" | "fprintf" | "printf" | "%" | "interpolate" | "format_args" | "f" => {
            filled(call, read)
        }
        "replace" | "replaceall" | "gsub" | "sub" | "replacingoccurrences" | "str_replace" | "strtr" => {
            replaced(call, read)
        }
        // `new URL("/v3", base)`, `URI.join(base, "/v3")`
        "url" if call.arguments.len() == 2 => {
            let mut arguments = call.positional();
            let (path, base) = (arguments.next()?, arguments.next()?);
            Some(read(base).into_iter().chain(read(path)).collect())
        }
        "join" | "urljoin" | "concat" | "resolve" | "combine" | "uriwithpath" => joined(call, read),
        _ => None,
    }
}

/// Whether a call gives a text that its arguments fill in.
pub fn fills(call: &Call) -> bool {
    pieces(call, &|_| Vec::new()).is_some()
}

/// `urljoin(base, "/v3")`, `"a".concat(b)`: one after another. Lists joined by something are no address.
fn joined(call: &Call, read: &dyn Fn(&Node) -> Vec<Piece>) -> Option<Vec<Piece>> {
    let positional: Vec<&Node> = call.positional().collect();
    let on_text = call.object().filter(|_| call.is_called("concat")).into_iter();
    // `URI.join(…)` and `urljoin(…)` say themselves what they join.
    let names: Vec<String> = call.names().iter().map(|name| name.to_ascii_lowercase()).collect();
    let is_address =
        names.iter().any(|name| matches!(name.as_str(), "urljoin" | "uri" | "url" | "urls" | "uriwithpath"))
            || positional.iter().any(|node| matches!(node.is, Is::Text(_) | Is::Template(_) | Is::Join(_)));
    let parts: Vec<&Node> = on_text.chain(positional).collect();
    (is_address && parts.len() > 1 && !parts.iter().any(|part| matches!(part.is, Is::List(_))))
        .then(|| parts.into_iter().flat_map(read).collect())
}

/// Where a format has a hole, and what is said of it.
struct Hole<'t> {
    start: usize,
    end: usize,
    /// The name or number in it; empty for the next argument.
    key: &'t str,
}

fn filled(call: &Call, read: &dyn Fn(&Node) -> Vec<Piece>) -> Option<Vec<Piece>> {
    let mut positional: Vec<&Node> = call.positional().collect();
    let object = call.object().and_then(Node::text);
    let format = match object {
        Some(text) => text,
        // `String.format(LOCALE, "…", x)`
        None => {
            let at = positional.iter().position(|node| node.text().is_some())?;
            let text = positional[at].text()?;
            positional.drain(..=at);
            text
        }
    };
    // `"%s-%s" % (a, b)` and `% [a, b]`
    if let [only] = positional.as_slice()
        && let Is::List(items) = &only.is
    {
        positional = items.iter().collect();
    }
    let named = |key: &str| {
        let keyword =
            call.arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|name| *name.text == *key));
        keyword.map(|argument| &argument.value).or_else(|| positional.iter().find_map(|node| node.entry(&[key])))
    };
    let all = format.expose();
    let mut pieces = Vec::new();
    let (mut from, mut next) = (0, 0);
    while let Some(hole) = hole(all, from) {
        let argument = if hole.key.is_empty() {
            next += 1;
            positional.get(next - 1).copied()
        } else if let Ok(number) = hole.key.parse::<usize>() {
            let counted_from_one = all[hole.start..].starts_with('%');
            number.checked_sub(usize::from(counted_from_one)).and_then(|at| positional.get(at).copied())
        } else {
            named(hole.key)
        };
        let literal = format.part(from..hole.start);
        pieces.extend((!literal.is_empty()).then_some(Piece::Text(literal)));
        match argument {
            Some(argument) => pieces.extend(read(argument)),
            // `format!("https://{instance}-api…")` of Rust takes the name itself.
            None if hole.key.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                let start = hole.start + all[hole.start..hole.end].find(hole.key).unwrap_or(0);
                let span = format.span_of(start..start + hole.key.len());
                pieces.extend(read(&Node::new(span, Is::Name(hole.key.into()))));
            }
            None => {
                let part = format.part(hole.start..hole.end);
                pieces.extend(template::value(&part, Notation::Braced).pieces);
            }
        }
        from = hole.end;
    }
    let rest = format.part(from..all.len());
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    Some(pieces)
}

/// The next hole: `%s`, `%1$s`, `%{name}`, `%(name)s`, `%<name>s`, `%@`, `{}`, `{0}`, `{name}`.
fn hole(all: &str, from: usize) -> Option<Hole<'_>> {
    let mut at = from;
    while let Some(start) = all[at..].find(['%', '{']).map(|found| at + found) {
        let rest = &all[start..];
        if rest.starts_with('{') {
            if let Some(end) = rest.find('}') {
                let inner = &rest[1..end];
                let key = inner.split([':', '!', ',']).next().unwrap_or("").trim();
                if inner.len() <= 64 && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
                    return Some(Hole { start, end: start + end + 1, key });
                }
            }
        } else if let Some(hole) = percent(all, start) {
            return Some(hole);
        }
        at = start + 1;
    }
    None
}

fn percent(all: &str, start: usize) -> Option<Hole<'_>> {
    let rest = &all[start + 1..];
    for (open, close, letters) in [('{', '}', 0), ('(', ')', 1), ('<', '>', 1)] {
        if rest.starts_with(open) {
            let end = rest.find(close)?;
            return Some(Hole { start, end: start + 1 + end + 1 + letters, key: &rest[1..end] })
                .filter(|hole| all.is_char_boundary(hole.end.min(all.len())) && hole.end <= all.len());
        }
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (key, letter) = match rest[digits..].strip_prefix('$') {
        Some(after) if digits > 0 => (&rest[..digits], after),
        _ => ("", rest),
    };
    let kind = letter.chars().next().filter(|c| matches!(c, 's' | 'd' | 'v' | 'q' | '@' | 'S'))?;
    let end = start + 1 + (rest.len() - letter.len()) + kind.len_utf8();
    Some(Hole { start, end, key })
}

/// `"https://{instance}-api…".replace("{instance}", x)`
fn replaced(call: &Call, read: &dyn Fn(&Node) -> Vec<Piece>) -> Option<Vec<Piece>> {
    let positional: Vec<&Node> = call.positional().collect();
    let (what, with, into) = match (call.object(), positional.as_slice()) {
        // PHP: `str_replace('{x}', $x, $template)`
        (None, [what, with, into]) => (*what, *with, *into),
        (Some(object), [what, with]) => (*what, *with, object),
        (Some(object), [what]) => (*what, call.named(&["with"])?, object),
        _ => return None,
    };
    let what = what.text()?.expose();
    if what.is_empty() {
        return None;
    }
    let mut pieces = Vec::new();
    for piece in read(into) {
        match piece {
            // The notation of the template took it for a hole: it is this one.
            Piece::Reference(reference) if !reference.name.is_empty() && what.contains(&*reference.name) => {
                pieces.extend(read(with));
            }
            Piece::Text(text) => put(&text, what, with, read, &mut pieces),
            other => pieces.push(other),
        }
    }
    Some(pieces)
}

fn put(text: &Text, what: &str, with: &Node, read: &dyn Fn(&Node) -> Vec<Piece>, pieces: &mut Vec<Piece>) {
    let mut from = 0;
    for (at, _) in text.expose().match_indices(what).take(16) {
        let before = text.part(from..at);
        pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
        pieces.extend(read(with));
        from = at + what.len();
    }
    let rest = text.part(from..text.len());
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
}
