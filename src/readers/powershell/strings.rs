//! Strings of PowerShell: `'…'` as it is, `"…"` with variables put in.

use std::ops::Range;

use crate::fact::{Piece, Reference, ReferenceKind, Value};
use crate::readers::powershell::Scanner;
use crate::readers::template::{self, Notation};
use crate::text::TextBuilder;

impl Scanner<'_> {
    /// `'…'`, in which `''` is a quote.
    pub(super) fn literal(&mut self) -> Value {
        let start = self.at + 1;
        let mut text = TextBuilder::new(self.source.id);
        let mut at = start;
        loop {
            let close = self.all[at..].find('\'').map_or(self.all.len(), |offset| at + offset);
            text.verbatim(&self.all[at..close], at);
            if !self.all[close..].starts_with("''") {
                self.at = (close + 1).min(self.all.len());
                let text = text.finish(start..close);
                let dollar = text.expose().contains('$');
                return if dollar { Value::literal(text) } else { template::value(&text, Notation::Braced) };
            }
            text.verbatim("'", close);
            at = close + 2;
        }
    }

    /// `"…"`, in which variables are put in and a backtick escapes.
    pub(super) fn expandable(&mut self) -> Value {
        let start = self.at + 1;
        let mut pieces = Vec::new();
        let mut text = TextBuilder::new(self.source.id);
        let mut from = start;
        let mut at = start;
        while let Some(stop) = self.all[at..].find(['"', '`', '$']).map(|offset| at + offset) {
            text.verbatim(&self.all[at..stop], at);
            let rest = &self.all[stop..];
            at = match rest.as_bytes()[0] {
                b'"' if rest.starts_with("\"\"") => {
                    text.verbatim("\"", stop);
                    stop + 2
                }
                b'"' => {
                    at = stop;
                    break;
                }
                b'`' => {
                    let length = rest[1..].chars().next().map_or(0, char::len_utf8);
                    text.verbatim(&rest[1..1 + length], stop + 1);
                    stop + 1 + length
                }
                _ => match hole(self.all, stop) {
                    Some((end, kind, name)) => {
                        let built = std::mem::replace(&mut text, TextBuilder::new(self.source.id));
                        push_text(built, from..stop, &mut pieces);
                        let span = self.source.span(stop..end);
                        pieces.push(Piece::Reference(Reference { kind, name: name.into(), span, fallback: None }));
                        from = end;
                        end
                    }
                    None => {
                        text.verbatim("$", stop);
                        stop + 1
                    }
                },
            };
        }
        // Without a closing quote the text is what the loop has read.
        let end = if self.all[at..].starts_with('"') { at } else { self.all.len() };
        push_text(text, from..end.max(from), &mut pieces);
        self.at = (end + 1).min(self.all.len());
        match pieces.as_slice() {
            [Piece::Text(text)] if !text.expose().contains('$') => template::value(text, Notation::Braced),
            _ => Value { span: self.source.span(start..end), pieces },
        }
    }
}

fn push_text(text: TextBuilder, range: Range<usize>, pieces: &mut Vec<Piece>) {
    let text = text.finish(range);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The name after a `$`, without `env:` or braces, and whether it was one of the environment.
pub(super) fn variable_name(all: &str, at: usize) -> (Range<usize>, bool) {
    let mut start = at + 1;
    if all[start..].starts_with('{') {
        start += 1;
    }
    let prefix = |word: &str| all.get(start..start + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let environment = prefix("env:");
    if let Some(scope) = ["env:", "script:", "global:", "local:"].into_iter().find(|word| prefix(word)) {
        start += scope.len();
    }
    let name = &all[start..];
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (start..start + length, environment)
}

/// `$x`, `$env:X`, `${x}`, `$(…)` within a string: where it ends and what it refers to.
fn hole(all: &str, at: usize) -> Option<(usize, ReferenceKind, String)> {
    if all[at..].starts_with("$(") {
        // A command in a string is short; looking further for each one would be quadratic.
        let close = all.bytes().enumerate().skip(at).take(512).find(|(_, byte)| *byte == b')')?.0;
        let inner = all.get(at + 2..close)?.trim();
        let (range, _) = variable_name(inner, 0);
        let plain = inner.starts_with('$') && range.end == inner.len();
        let (kind, name) = if plain { (ReferenceKind::Named, &inner[range]) } else { (ReferenceKind::Computed, inner) };
        return Some((close + 1, kind, name.to_owned()));
    }
    let (range, _) = variable_name(all, at);
    if range.is_empty() {
        return None;
    }
    let braced = all[at..].starts_with("${");
    if braced && !all[range.end..].starts_with('}') {
        return None;
    }
    Some((range.end + usize::from(braced), ReferenceKind::Named, all[range].to_owned()))
}
