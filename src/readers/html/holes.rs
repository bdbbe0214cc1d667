//! What templates put into a page: where each hole stands, and whether it gives a value, steers or only comments.

use std::ops::Range;

/// What a template puts in, with what opens and closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    pub range: Range<usize>,
    /// Without what opens and closes it.
    pub inner: Range<usize>,
    pub is: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Value,
    Control,
    Comment,
}

/// How a kind of page writes its holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `<%= x %>`, `{{ x }}`, `{!! x !!}`, `{% if x %}`, `<?= $x ?>`: one template language or another.
    Templates,
    /// `{{ x }}` outside of scripts.
    Mustaches,
    /// `{x}` outside of scripts.
    Braces,
    /// `@x`, `@(x)`, `@{ … }`.
    At,
    /// `<?= $x ?>`
    Php,
}

/// A hole that is longer is text.
const LONGEST: usize = 8192;
/// Holes opened and not closed in one file, after which no further ones are looked for.
const UNCLOSED: usize = 500;

/// What opens a hole, what closes it, and what it then is. The longer ones come first.
const TEMPLATES: &[(&str, &[&str], Kind)] = &[
    ("<%--", &["--%>"], Kind::Comment),
    ("<%#", &["%>"], Kind::Comment),
    ("<%!", &["%>"], Kind::Control),
    ("<%@", &["%>"], Kind::Control),
    ("<%=", &["%>"], Kind::Value),
    ("<%", &["%>"], Kind::Control),
    ("{{{", &["}}}"], Kind::Value),
    ("{{!--", &["--}}"], Kind::Comment),
    ("{{--", &["--}}"], Kind::Comment),
    ("{{!", &["}}"], Kind::Comment),
    ("{{/*", &["*/}}"], Kind::Comment),
    ("{{#", &["}}"], Kind::Control),
    ("{{/", &["}}"], Kind::Control),
    ("{{^", &["}}"], Kind::Control),
    ("{{>", &["}}"], Kind::Control),
    ("{{", &["}}"], Kind::Value),
    ("{!!", &["!!}"], Kind::Value),
    ("{%", &["%}"], Kind::Control),
    ("{#", &["#}"], Kind::Comment),
    ("<?=", &["?>"], Kind::Value),
    ("<?php", &["?>"], Kind::Control),
];

impl Notation {
    fn brackets(self) -> &'static [(&'static str, &'static [&'static str], Kind)] {
        match self {
            Notation::Templates => TEMPLATES,
            Notation::Mustaches => &[("{{", &["}}"], Kind::Value)],
            Notation::Php => &[("<?=", &["?>"], Kind::Value), ("<?", &["?>"], Kind::Control)],
            Notation::Braces | Notation::At => &[],
        }
    }

    /// Whether what stands in scripts and style sheets is theirs alone.
    fn spares_scripts(self) -> bool {
        matches!(self, Notation::Mustaches | Notation::Braces)
    }
}

/// The holes of a page, in order. None lies in a comment of the markup.
pub fn find(text: &str, notation: Notation) -> Vec<Hole> {
    let mut holes = Vec::new();
    let mut patience = UNCLOSED;
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '{', '@']).map(|offset| at + offset) {
        let rest = &text[found..];
        at = found + 1;
        if let Some(end) = skipped(rest, notation) {
            at = found + end;
            continue;
        }
        if patience == 0 {
            continue;
        }
        match hole(text, found, notation) {
            Found::Hole(hole) => {
                at = hole.range.end;
                holes.push(hole);
            }
            Found::Unclosed => patience -= 1,
            Found::Nothing => {}
        }
    }
    holes
}

enum Found {
    Hole(Hole),
    Unclosed,
    Nothing,
}

/// The length of what holds no holes: a comment; a script, where it is only a script.
fn skipped(rest: &str, notation: Notation) -> Option<usize> {
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|end| end + 3);
    }
    if !notation.spares_scripts() {
        return None;
    }
    ["script", "style"].into_iter().find_map(|tag| {
        let named = rest.get(1..=tag.len())?.eq_ignore_ascii_case(tag);
        let opens = named && !rest[1 + tag.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        // Attributes in front of the script are markup like any other, and hold no holes there.
        opens.then(|| rest.find(&format!("</{tag}")))?
    })
}

fn hole(text: &str, start: usize, notation: Notation) -> Found {
    let mut end = (start + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text[start..end];
    match notation {
        Notation::Braces => braces(rest, start),
        Notation::At => at_sign(text, rest, start),
        _ => {
            let Some((open, closes, is)) = notation.brackets().iter().find(|bracket| rest.starts_with(bracket.0))
            else {
                return Found::Nothing;
            };
            let body = &rest[open.len()..];
            let close = closes.iter().filter_map(|close| Some((body.find(close)?, close.len()))).min();
            let Some((length, closing)) = close else { return Found::Unclosed };
            let written = &body[..length];
            // `<%-`, `-%>` and their like only trim what is around them.
            let inner = written.strip_prefix(['-', '_', '~']).unwrap_or(written);
            let is = if *open == "<%" && written.starts_with('-') && inner.starts_with(' ') {
                // EJS: unescaped output. ERB takes it for code, which gives the same.
                Kind::Value
            } else if *open == "{{" && is_control(inner) {
                Kind::Control
            } else {
                *is
            };
            let from = start + open.len() + (written.len() - inner.len());
            let inner = inner.strip_suffix(['-', '_', '~']).unwrap_or(inner);
            let range = start..start + open.len() + length + closing;
            Found::Hole(Hole { range, inner: from..from + inner.len(), is })
        }
    }
}

/// `{{ if x }}` of Go, `{{else}}` of Handlebars.
fn is_control(inner: &str) -> bool {
    let inner = inner.trim();
    let word = inner.split([' ', '(']).next().unwrap_or("");
    matches!(word, "if" | "else" | "end" | "range" | "with" | "define" | "block" | "template")
}

/// `{x}`, `{#if x}`, `{@html x}`
fn braces(rest: &str, start: usize) -> Found {
    if !rest.starts_with('{') {
        return Found::Nothing;
    }
    let Some(end) = balanced(rest, 0, b'{', b'}') else { return Found::Unclosed };
    let inner = &rest[1..end];
    let is = match inner.trim_start().chars().next() {
        Some('#' | ':' | '@') => Kind::Control,
        Some('/') if inner.trim_start().starts_with("/*") => Kind::Comment,
        Some('/') => Kind::Control,
        Some('.') => Kind::Control,
        _ => Kind::Value,
    };
    Found::Hole(Hole { range: start..start + end + 1, inner: start + 1..start + end, is })
}

/// `@Model.Url`, `@Configuration["Flinks:Url"]`, `@(x ?? y)`, `@{ … }`, `@* … *@`
fn at_sign(text: &str, rest: &str, start: usize) -> Found {
    let Some(body) = rest.strip_prefix('@') else { return Found::Nothing };
    let hole = |length: usize, inner: Range<usize>, is| {
        Found::Hole(Hole { range: start..start + length, inner: start + inner.start..start + inner.end, is })
    };
    // `@@` is a sign, and `name@example.com` an address.
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '@') || body.starts_with('@') {
        return Found::Nothing;
    }
    if body.starts_with('*') {
        return match body.find("*@") {
            Some(end) => hole(end + 3, 2..end + 1, Kind::Comment),
            None => Found::Unclosed,
        };
    }
    for (open, close, is) in [(b'(', b')', Kind::Value), (b'{', b'}', Kind::Control)] {
        if body.as_bytes().first() == Some(&open) {
            return match balanced(rest, 1, open, close) {
                Some(end) => hole(end + 1, 2..end, is),
                None => Found::Unclosed,
            };
        }
    }
    let end = 1 + expression_length(body);
    let word = body.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    const WORDS: &[&str] = &[
        "if",
        "else",
        "for",
        "foreach",
        "while",
        "switch",
        "using",
        "model",
        "inject",
        "page",
        "section",
        "functions",
        "code",
        "addTagHelper",
        "inherits",
        "media",
        "import",
        "keyframes",
        "charset",
        "supports",
        "attribute",
    ];
    if end == 1 || WORDS.contains(&word) {
        return Found::Nothing;
    }
    hole(end, 1..end, Kind::Value)
}

/// The length of names, calls and indexes that follow one another.
fn expression_length(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    loop {
        let name = text[at..].find(|c| !is_part(c)).unwrap_or(text.len() - at);
        at += name;
        let rest = &text[at..];
        let next = match rest.as_bytes().first() {
            Some(b'.') if rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') && name > 0 => at + 1,
            Some(b'.') if rest[1..].starts_with(|c: char| c.is_alphabetic()) && at > 0 => at + 1,
            Some(b'(') if at > 0 => match balanced(text, at, b'(', b')') {
                Some(end) => end + 1,
                None => return at,
            },
            Some(b'[') if at > 0 => match balanced(text, at, b'[', b']') {
                Some(end) => end + 1,
                None => return at,
            },
            _ => return at,
        };
        at = next;
    }
}

/// The place of the bracket that closes the one at `from`; what stands in quotes does not count.
fn balanced(text: &str, from: usize, open: u8, close: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut quote, mut at) = (0usize, None, from);
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(_) if byte == b'\\' => at += 1,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if byte == open => depth += 1,
            None if byte == close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            None => {}
        }
        at += 1;
    }
    None
}

/// The text with every hole as a word of the same length, which no parser of markup or scripts minds.
pub fn hidden(text: &str, holes: &[Hole]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for hole in holes {
        bytes[hole.range.clone()].fill(b'_');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, notation: Notation) -> Vec<String> {
        let mark = |kind| match kind {
            Kind::Value => "=",
            Kind::Control => "!",
            Kind::Comment => "#",
        };
        find(text, notation).iter().map(|hole| format!("{}{}", mark(hole.is), &text[hole.inner.clone()])).collect()
    }

    #[test]
    fn templates() {
        assert_eq!(
            shown(
                "<%= a %><% b -%><%# c %>{{ d }}{{{e}}}{% f %}{# g #}{{!-- h --}}{!! i !!}<?= $j ?>",
                Notation::Templates
            ),
            ["= a ", "! b ", "# c ", "= d ", "=e", "! f ", "# g ", "# h ", "= i ", "= $j "]
        );
        assert_eq!(shown("<!-- {{ a }} --> {{ if b }} {{ open", Notation::Templates), ["! if b "]);
    }

    /// What is a brace in a script is none of the page's.
    #[test]
    fn components() {
        let text = "<script lang=\"ts\">f({{a: 1}})</script><p>{{ b }}</p>";
        assert_eq!(shown(text, Notation::Mustaches), ["= b "]);
        let text = "<script>{a}</script><a href={`x${b(\"}\")}`}>{#if c}{d}{/if}</a>";
        assert_eq!(shown(text, Notation::Braces), ["=`x${b(\"}\")}`", "!#if c", "=d", "!/if"]);
    }

    #[test]
    fn razor() {
        let text = "@* no *@ <a href=\"https://@(a.B)-c\" b=\"@C[\"D:E\"].F x@y.example\">@{ g } @if (h) { }";
        assert_eq!(shown(text, Notation::At), ["# no ", "=a.B", "=C[\"D:E\"].F", "! g "]);
    }
}
