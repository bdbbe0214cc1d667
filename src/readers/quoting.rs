//! Text out of quotes: escapes decoded, and which `$` are plain characters because a quote or an escape says so.

use std::ops::Range;

use crate::fact::{Piece, Value};
use crate::readers::template::{self, Notation};
use crate::readers::written::Written;
use crate::source::FileId;
use crate::text::{Text, TextBuilder};

/// A text whose quotes are gone.
#[derive(Clone)]
pub struct Unquoted {
    pub text: Text,
    /// Where in it stand `$` that begin no reference.
    dollars: Vec<usize>,
}

impl Unquoted {
    /// The text with its references read.
    pub fn value(&self, notation: Notation) -> Value {
        if self.dollars.is_empty() {
            return template::value(&self.text, notation);
        }
        let mut joined = Joined { text: &self.text, pieces: Vec::new(), literal_from: 0 };
        let ends = self.dollars.iter().copied().chain([self.text.len()]);
        let mut from = 0;
        for end in ends {
            joined.add(from..end, notation);
            // `{x}` after a plain `$` is as plain.
            let plain = if self.text.expose()[end..].starts_with("${") { 2 } else { 1 };
            from = (end + plain).min(self.text.len());
        }
        joined.finish()
    }

    /// The name and the value of an assignment `NAME=value`.
    pub fn assignment(&self) -> Option<(Text, Unquoted)> {
        let equals = self.text.expose().find('=')?;
        let name = self.text.part(0..equals).trimmed();
        let from = equals + 1;
        let dollars = self.dollars.iter().filter(|at| **at >= from).map(|at| at - from).collect();
        is_name(name.expose()).then(|| (name, Unquoted { text: self.text.part(from..self.text.len()), dollars }))
    }
}

/// Whether this is the name of a variable; a few tools allow dots and hyphens.
pub fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.len() <= 256 && text.chars().all(part)
}

/// Reads a text part by part; what is literal at the seams becomes one piece again.
struct Joined<'t> {
    text: &'t Text,
    pieces: Vec<Piece>,
    literal_from: usize,
}

impl Joined<'_> {
    fn add(&mut self, range: Range<usize>, notation: Notation) {
        if range.start >= range.end {
            return;
        }
        let value = template::value(&self.text.part(range.clone()), notation);
        if value.references().next().is_none() {
            return;
        }
        let literal = |piece: Option<&Piece>| match piece {
            Some(Piece::Text(text)) => text.len(),
            _ => 0,
        };
        let (first, last) = (literal(value.pieces.first()), literal(value.pieces.last()));
        self.literal_to(range.start + first);
        let inner = value.pieces.len() - usize::from(last > 0);
        self.pieces.extend(value.pieces.into_iter().take(inner).skip(usize::from(first > 0)));
        self.literal_from = range.end - last;
    }

    fn literal_to(&mut self, end: usize) {
        if self.literal_from < end {
            self.pieces.push(Piece::Text(self.text.part(self.literal_from..end)));
        }
    }

    fn finish(mut self) -> Value {
        self.literal_to(self.text.len());
        Value { span: self.text.span(), pieces: self.pieces }
    }
}

/// Puts a text together from what is written in and between quotes.
pub struct Unquoter {
    file: FileId,
    builder: TextBuilder,
    length: usize,
    dollars: Vec<usize>,
}

impl Unquoter {
    pub fn new(file: FileId) -> Self {
        Unquoter { file, builder: TextBuilder::new(file), length: 0, dollars: Vec::new() }
    }

    pub fn file(&self) -> FileId {
        self.file
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds what stands there as it is.
    pub fn verbatim(&mut self, written: Written<'_>) {
        self.builder.verbatim(written.text, written.start);
        self.length += written.text.len();
    }

    /// Adds what something at `start` stands for.
    pub fn decoded(&mut self, text: &str, start: usize) {
        self.builder.decoded(text, start);
        self.length += text.len();
    }

    /// Adds text in which no `$` begins a reference, save for `${{ … }}`, which is filled in before anyone sees quotes.
    pub fn literal(&mut self, written: Written<'_>) {
        let dollars = written.text.match_indices('$').map(|(at, _)| at);
        let plain = dollars.filter(|at| !written.text[*at..].starts_with("${{"));
        self.dollars.extend(plain.map(|at| self.length + at));
        self.verbatim(written);
    }

    /// Adds the inside of double quotes: a backslash before one of `escapes` is an escape, others are text.
    pub fn escaped(&mut self, inside: Written<'_>, escapes: &str) {
        let mut from = 0;
        let mut at = 0;
        while let Some(backslash) = inside.text[at..].find('\\').map(|offset| at + offset) {
            let Some(c) = inside.text[backslash + 1..].chars().next() else { break };
            at = backslash + 1 + c.len_utf8();
            if !escapes.contains(c) {
                continue;
            }
            self.verbatim(inside.part(from..backslash));
            if c == '$' {
                self.dollars.push(self.length);
            }
            let decoded = match c {
                'n' => "\n",
                'r' => "\r",
                't' => "\t",
                _ => &inside.text[backslash + 1..at],
            };
            self.decoded(decoded, inside.start + backslash);
            from = at;
        }
        self.verbatim(inside.from(from));
    }

    /// The text, written over `range` of the file.
    pub fn finish(self, range: Range<usize>) -> Unquoted {
        Unquoted { text: self.builder.finish(range), dollars: self.dollars }
    }
}

/// Text as it is written, without quotes of its own.
pub fn bare(written: Written<'_>, file: FileId) -> Unquoted {
    Unquoted { text: written.to_text(file), dollars: Vec::new() }
}

/// The offset of the quote that closes the one at `open`; only double quotes know escapes.
pub fn closing_quote(text: &str, open: usize) -> Option<usize> {
    let quote = text.as_bytes()[open];
    if quote != b'"' {
        return text[open + 1..].find(char::from(quote)).map(|offset| open + 1 + offset);
    }
    let mut at = open + 1;
    while let Some(found) = text[at..].find(['"', '\\']).map(|offset| at + offset) {
        if text.as_bytes()[found] == b'"' {
            return Some(found);
        }
        at = found + 1 + text[found + 1..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// Words between separators, in which `"…"` and `'…'` keep separators together: `A=b "C=d e"`, `A="b",C='d'`.
pub fn words(all: Written<'_>, separates: impl Fn(char) -> bool, file: FileId) -> Vec<Unquoted> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = all.text[at..].find(|c| !separates(c)).map(|offset| at + offset) {
        let (word, next) = word(all, start, &separates, file);
        words.push(word);
        at = next;
    }
    words
}

/// The word that begins at `start`, and where it ends.
pub fn word(all: Written<'_>, start: usize, separates: impl Fn(char) -> bool, file: FileId) -> (Unquoted, usize) {
    let mut unquoter = Unquoter::new(file);
    let mut at = start;
    let mut only_quotes = None;
    while let Some(c) = all.text[at..].chars().next() {
        let close = if matches!(c, '"' | '\'') { closing_quote(all.text, at) } else { None };
        if let Some(close) = close {
            let inside = all.part(at + 1..close);
            if c == '"' {
                unquoter.escaped(inside, "\"\\'")
            } else {
                unquoter.literal(inside)
            }
            only_quotes = (at == start).then_some((at + 1)..close);
            at = close + 1;
            continue;
        }
        if separates(c) {
            break;
        }
        // A run of plain characters, in one step.
        let run = all.text[at + c.len_utf8()..].find(|c| separates(c) || matches!(c, '"' | '\''));
        let end = run.map_or(all.text.len(), |offset| at + c.len_utf8() + offset);
        unquoter.verbatim(all.part(at..end));
        only_quotes = None;
        at = end;
    }
    let inside = only_quotes.unwrap_or(start..at);
    (unquoter.finish(all.start + inside.start..all.start + inside.end), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    /// supervisor, systemd and direnv all write assignments so; the places must lead into the quotes.
    #[test]
    fn assignments_in_words() {
        let all = Written { text: r#"A=b "C=d e" F="g,h" 'I=$J'"#, start: 100 };
        let found = words(all, char::is_whitespace, FILE);
        let pairs: Vec<(String, String, Range<usize>)> = found
            .iter()
            .filter_map(Unquoted::assignment)
            .map(|(name, value)| (name.expose().into(), value.text.expose().into(), value.text.span().range()))
            .collect();
        assert_eq!(pairs[0], ("A".into(), "b".into(), 102..103));
        assert_eq!(pairs[1], ("C".into(), "d e".into(), 107..110));
        assert_eq!((&*pairs[2].1, pairs[2].2.clone()), ("g,h", 115..118));
        let single = found[3].assignment().unwrap().1;
        assert!(single.value(Notation::Shell).as_literal().is_some());
    }

    /// `pa\$word` is one literal, and a real reference beside an escaped dollar is still one.
    #[test]
    fn escaped_dollars_are_text() {
        let read = |text: &str| {
            let mut unquoter = Unquoter::new(FILE);
            unquoter.escaped(Written { text, start: 0 }, "\"\\$");
            unquoter.finish(0..text.len()).value(Notation::Shell)
        };
        let literal = read(r"pa\$word");
        assert_eq!(literal.as_literal().unwrap().expose(), "pa$word");
        let mixed = read(r"a\$b${C}d\${e}");
        let shown: Vec<String> = mixed
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.expose().to_owned(),
                Piece::Reference(reference) => format!("[{}]", reference.name),
            })
            .collect();
        assert_eq!(shown, ["a$b", "[C]", "d${e}"]);
    }
}
