//! Words of a shell: quotes and escapes taken away, variables and commands inside them kept as references.

use std::ops::Range;

use crate::fact::{Name, Piece, Reference, ReferenceKind, Value};
use crate::readers::template::{self, Notation};
use crate::source::Span;
use crate::text::{Text, TextBuilder};

/// Deeper nesting of defaults (`${A:-${B:-…}}`) is not followed.
const DEPTH: usize = 6;

/// A word as the command gets it, but with its variables still unset.
#[derive(Debug)]
pub struct Word {
    /// Without quotes; references stand in it as they are written.
    pub text: Text,
    marks: Vec<Mark>,
}

/// A part of a word that is not plain text.
#[derive(Debug)]
struct Mark {
    range: Range<usize>,
    kind: MarkKind,
}

#[derive(Debug)]
enum MarkKind {
    /// `'…'` and `\$`: a dollar in it is a dollar.
    Fixed,
    Reference(Reference),
}

impl Word {
    /// Reads the word written at `range` of a script.
    pub fn read(script: &Text, range: Range<usize>) -> Word {
        Decoder::new(script, range.clone(), DEPTH).decode(range, false)
    }

    /// Reads what stands between double quotes, or in a here-document: quotes inside are characters.
    pub fn quoted(script: &Text, range: Range<usize>) -> Word {
        Decoder::new(script, range.clone(), DEPTH).decode(range, true)
    }

    pub fn word(&self) -> &str {
        self.text.expose()
    }

    /// Whether all of it is written here.
    pub fn is_literal(&self) -> bool {
        !self.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Reference(_)))
    }

    pub fn name(&self) -> Name {
        Name::key(self.word(), self.text.span())
    }

    pub fn value(&self) -> Value {
        self.value_of(0..self.text.len())
    }

    /// The variable that the word is, and nothing else: `"$ENV"`, `${NODE_ENV:-dev}`.
    pub fn variable(&self) -> Option<Name> {
        let [Mark { range, kind: MarkKind::Reference(reference) }] = self.marks.as_slice() else { return None };
        let at = self.word().find(&*reference.name)?;
        (*range == (0..self.text.len()))
            .then(|| Name::key(&*reference.name, self.text.span_of(at..at + reference.name.len())))
    }

    /// Its references, wherever they stand in it.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Reference(reference) => Some(reference),
            MarkKind::Fixed => None,
        })
    }

    /// What a part of the word is set to: `A=value` is a name and a value in one word.
    pub fn value_of(&self, range: Range<usize>) -> Value {
        let text = self.text.part(range.clone());
        let first = self.marks.partition_point(|mark| mark.range.start < range.start);
        let inside = || self.marks[first..].iter().take_while(|mark| mark.range.end <= range.end);
        let has_reference = inside().any(|mark| matches!(mark.kind, MarkKind::Reference(_)));
        let dollar = |mark: &Mark| self.text.expose()[mark.range.clone()].contains('$');
        if !has_reference {
            // Without a dollar that the shell would miss, other notations may stand here: Jinja, secret stores.
            let fixed = inside().any(dollar);
            return if fixed { Value::literal(text) } else { template::value(&text, Notation::Braced) };
        }
        let mut pieces = Vec::new();
        let mut plain_from = range.start;
        for mark in inside() {
            let MarkKind::Reference(reference) = &mark.kind else { continue };
            self.plain(plain_from..mark.range.start, &mut pieces);
            pieces.push(Piece::Reference(reference.clone()));
            plain_from = mark.range.end;
        }
        self.plain(plain_from..range.end, &mut pieces);
        Value { span: text.span(), pieces }
    }

    fn plain(&self, range: Range<usize>, pieces: &mut Vec<Piece>) {
        if !range.is_empty() {
            pieces.push(Piece::Text(self.text.part(range)));
        }
    }

    /// `NAME=value`: the name and the range of the value.
    pub fn assignment(&self) -> Option<(Name, Range<usize>)> {
        let all = self.word();
        let equals = all.find('=')?;
        let name = &all[..equals];
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
        (plain && !name.starts_with('-'))
            .then(|| (Name::key(name, self.text.span_of(0..equals)), equals + 1..all.len()))
    }
}

/// Walks once over the raw bytes of a word.
struct Decoder<'s> {
    script: &'s Text,
    all: &'s str,
    built: TextBuilder,
    length: usize,
    marks: Vec<Mark>,
    depth: usize,
    /// A bracket was opened that nothing closes: looking for the end of each one would be quadratic.
    open: bool,
}

impl<'s> Decoder<'s> {
    fn new(script: &'s Text, range: Range<usize>, depth: usize) -> Self {
        let built = TextBuilder::new(script.span().file);
        Decoder { script, all: &script.expose()[..range.end], built, length: 0, marks: Vec::new(), depth, open: false }
    }

    fn copy(&mut self, range: Range<usize>) {
        self.length += range.len();
        self.built.copy(self.script, range);
    }

    fn decode(mut self, range: Range<usize>, quoted: bool) -> Word {
        let mut inside = quoted;
        let mut at = range.start;
        while at < range.end {
            at = match self.all.as_bytes()[at] {
                b'"' if !quoted => {
                    inside = !inside;
                    at + 1
                }
                b'\'' if !inside => self.single(at),
                b'\\' => self.escape(at, inside),
                b'$' => self.dollar(at, inside),
                b'`' => self.backticks(at),
                _ => self.run(at),
            };
        }
        let span = self.script.span_of(trimmed_quotes(self.all, range));
        Word { text: self.built.finish(span.range()), marks: self.marks }
    }

    /// Everything up to the next character that means something.
    fn run(&mut self, at: usize) -> usize {
        let first = self.all[at..].chars().next().map_or(1, char::len_utf8);
        let next = self.all[at + first..].find(['"', '\'', '\\', '$', '`']);
        let end = next.map_or(self.all.len(), |offset| at + first + offset);
        self.copy(at..end);
        end
    }

    fn mark(&mut self, from: usize, kind: MarkKind) {
        self.marks.push(Mark { range: from..self.length, kind });
    }

    fn single(&mut self, at: usize) -> usize {
        let close = self.all[at + 1..].find('\'').map_or(self.all.len(), |offset| at + 1 + offset);
        let from = self.length;
        self.copy(at + 1..close);
        self.mark(from, MarkKind::Fixed);
        close + 1
    }

    fn escape(&mut self, at: usize, quoted: bool) -> usize {
        let rest = &self.all[at + 1..];
        if let Some(newline) = ["\n", "\r\n"].into_iter().find(|newline| rest.starts_with(*newline)) {
            return at + 1 + newline.len();
        }
        let Some(next) = rest.chars().next() else { return at + 1 };
        let from = self.length;
        let keeps_backslash = quoted && !matches!(next, '"' | '\\' | '$' | '`');
        let end = at + 1 + next.len_utf8();
        self.copy(if keeps_backslash { at } else { at + 1 }..end);
        if next == '$' {
            self.mark(from, MarkKind::Fixed);
        }
        end
    }

    fn backticks(&mut self, at: usize) -> usize {
        let close = self.all[at + 1..].find('`').map(|offset| at + 1 + offset);
        let Some(close) = close else { return self.run(at) };
        self.refer(at..close + 1, ReferenceKind::Stored, self.all[at + 1..close].trim().to_owned(), None)
    }

    fn refer(&mut self, range: Range<usize>, kind: ReferenceKind, name: String, fallback: Option<Value>) -> usize {
        let from = self.length;
        let span: Span = self.script.span_of(range.clone());
        self.copy(range.clone());
        let reference = Reference { kind, name: name.into(), span, fallback: fallback.map(Box::new) };
        self.mark(from, MarkKind::Reference(reference));
        range.end
    }

    fn dollar(&mut self, at: usize, quoted: bool) -> usize {
        let rest = &self.all[at + 1..];
        let next = rest.chars().next().unwrap_or(' ');
        match next {
            '\'' if !quoted => self.ansi(at + 1),
            '"' if !quoted => at + 1,
            // `${{ secrets.X }}` is put in by a CI system before a shell sees it.
            '{' if rest.starts_with("{{") => match rest.find("}}") {
                Some(close) => self.ci(at..at + 1 + close + 2),
                None => self.run(at),
            },
            '{' if !self.open => match closing(self.all, at + 2, b'{', b'}') {
                Some(close) => self.braced(at..close + 1),
                None => self.unclosed(at),
            },
            '(' if !self.open => match closing(self.all, at + 2, b'(', b')') {
                Some(close) => self.command(at..close + 1),
                None => self.unclosed(at),
            },
            c if c.is_ascii_alphabetic() || c == '_' => {
                let name = &rest[..identifier(rest)];
                self.refer(at..at + 1 + name.len(), ReferenceKind::Named, name.to_owned(), None)
            }
            '0'..='9' | '@' | '*' | '#' | '?' | '!' => {
                self.refer(at..at + 2, ReferenceKind::Computed, next.to_string(), None)
            }
            _ => self.run(at),
        }
    }

    fn unclosed(&mut self, at: usize) -> usize {
        self.open = true;
        self.run(at)
    }

    /// `$'…'`, in which `\n` and `\'` are characters.
    fn ansi(&mut self, quote: usize) -> usize {
        let from = self.length;
        let mut at = quote + 1;
        while at < self.all.len() {
            let stop = self.all[at..].find(['\'', '\\']).map_or(self.all.len(), |offset| at + offset);
            self.copy(at..stop);
            at = stop;
            let Some(escaped) = self.all[at..].strip_prefix('\\').and_then(|rest| rest.chars().next()) else { break };
            let file = self.script.span_of(at..at + 1).start as usize;
            let stands_for = match escaped {
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                _ => &self.all[at + 1..at + 1 + escaped.len_utf8()],
            };
            self.length += stands_for.len();
            self.built.decoded(stands_for, file);
            at += 1 + escaped.len_utf8();
        }
        self.mark(from, MarkKind::Fixed);
        at + 1
    }

    fn ci(&mut self, range: Range<usize>) -> usize {
        let text = self.script.part(range.clone());
        let value = template::value(&text, Notation::Braced);
        match value.references().next() {
            Some(found) => {
                let fallback = found.fallback.as_deref().cloned();
                self.refer(range, found.kind, found.name.to_string(), fallback)
            }
            None => self.run(range.start),
        }
    }

    fn command(&mut self, range: Range<usize>) -> usize {
        let inner = self.all[range.start + 2..range.end - 1].trim().to_owned();
        let arithmetic = inner.starts_with('(');
        let kind = if arithmetic { ReferenceKind::Computed } else { ReferenceKind::Stored };
        self.refer(range, kind, inner, None)
    }

    /// `${X}`, `${X:-default}`, `${X%/}`, `${1:-default}`.
    fn braced(&mut self, range: Range<usize>) -> usize {
        let inner = range.start + 2..range.end - 1;
        let body = &self.all[inner.clone()];
        let length = identifier(body);
        let (name, rest) = body.split_at(length.max(body.bytes().take_while(u8::is_ascii_digit).count()));
        let named = if length > 0 { ReferenceKind::Named } else { ReferenceKind::Computed };
        // Cutting off a slash leaves the same address.
        if matches!(rest, "" | "%/" | "%%/") && !name.is_empty() {
            return self.refer(range, named, name.to_owned(), None);
        }
        for mark in [":-", ":=", "-", "="] {
            if let Some(default) = rest.strip_prefix(mark).filter(|_| !name.is_empty()) {
                let fallback = (self.depth > 0).then(|| self.default(inner.end - default.len()..inner.end));
                return self.refer(range, named, name.to_owned(), fallback);
            }
        }
        if rest.starts_with(":?") || rest.starts_with('?') {
            return self.refer(range, named, name.to_owned(), None);
        }
        self.refer(range, ReferenceKind::Computed, body.to_owned(), None)
    }

    fn default(&self, range: Range<usize>) -> Value {
        Decoder::new(self.script, range.clone(), self.depth - 1).decode(range, false).value()
    }
}

/// A word's span is what is inside the quotes, where one pair of them is all around it.
fn trimmed_quotes(all: &str, range: Range<usize>) -> Range<usize> {
    let raw = &all[range.clone()];
    for quote in ['"', '\''] {
        let inner = raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if inner.is_some_and(|inner| !inner.contains(quote) || quote == '"' && !has_bare_quote(inner)) {
            return range.start + 1..range.end - 1;
        }
    }
    range
}

fn has_bare_quote(inner: &str) -> bool {
    let mut escaped = false;
    inner.bytes().any(|byte| {
        let bare = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        bare
    })
}

/// The offset of the bracket that closes the one before `from`; brackets between single quotes do not count.
fn closing(text: &str, from: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 1usize;
    for (offset, byte) in text.bytes().enumerate().skip(from) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(offset);
            }
        }
    }
    None
}

/// How long the identifier at the start of a text is.
pub fn identifier(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(value: &Value) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(reference) => {
                let mark = match reference.kind {
                    ReferenceKind::Named => "",
                    ReferenceKind::Stored => "!",
                    ReferenceKind::Computed => "?",
                    ReferenceKind::Symbol => "@",
                };
                let fallback = reference.fallback.as_ref().map_or(String::new(), |value| format!("|{}", shown(value)));
                format!("[{mark}{}{fallback}]", reference.name)
            }
        };
        value.pieces.iter().map(piece).collect()
    }

    fn read(raw: &str) -> String {
        let script = Text::verbatim(raw, FileId(0), 0);
        shown(&Word::read(&script, 0..raw.len()).value())
    }

    #[test]
    fn quotes_escapes_and_references() {
        for (raw, expected) in [
            (r#""a b""#, "a b"),
            (r#"'$X'"#, "$X"),
            (r#"a'b'"c"d"#, "abcd"),
            (r#""say \"$X\" \n""#, r#"say "[X]" \n"#),
            (r"\$X", "$X"),
            (r#"https://${X}-api/$Y"#, "https://[X]-api/[Y]"),
            (r#"${X:-"https://b"}"#, "[X|https://b]"),
            (r#""${A:-${B:-c}}""#, "[A|[B|c]]"),
            (r#"${BASE%/}/v3"#, "[BASE]/v3"),
            (r#"${1:-toolbox}"#, "[?1|toolbox]"),
            (r#"$1/x"#, "[?1]/x"),
            (r#""$(pass show "x y")""#, r#"[!pass show "x y"]"#),
            ("`pass x`", "[!pass x]"),
            (r"$'a\'b'", "a'b"),
            ("${{ secrets.X }}", "[!X]"),
            ("op://vault/x", "[!op://vault/x]"),
            ("'op://vault/x'", "[!op://vault/x]"),
            ("${A", "${A"),
            ("a$", "a$"),
        ] {
            assert_eq!(read(raw), expected, "{raw}");
        }
    }

    /// A report underlines what is inside the quotes, and a part of it where only a part is wrong.
    #[test]
    fn places_are_those_of_the_file() {
        let raw = r#"A="x\"y z""#;
        let script = Text::verbatim(raw, FileId(0), 0);
        let word = Word::read(&script, 2..raw.len());
        assert_eq!(word.text.span().range(), 3..9);
        assert_eq!(word.text.span_of(2..3).range(), 6..7);
    }
}
