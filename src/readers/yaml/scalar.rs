//! Decoded YAML scalars laid over what was written, so that every part of them knows its place.

use std::ops::Range;

use crate::source::{FileId, Span};
use crate::text::{Text, TextBuilder};

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// `|` and `>`.
    Block,
}

/// The file's text, and the same with templates masked, as the parser saw it.
#[derive(Clone, Copy)]
pub(super) struct Pages<'t> {
    pub file: FileId,
    pub original: &'t str,
    pub masked: &'t str,
}

impl Pages<'_> {
    /// The scalar that the parser decoded from `range` (without quotes), with the real text where
    /// templates were masked.
    pub(super) fn text(self, decoded: &str, range: Range<usize>, style: Style) -> Text {
        let range = if style == Style::Block { self.without_last_newline(range) } else { range };
        if &self.masked[range.clone()] == decoded && style != Style::Double && style != Style::Single {
            return Text::verbatim(&self.original[range.clone()], self.file, range.start);
        }
        let builder = TextBuilder::new(self.file);
        let mut walk = Walk { pages: self, at: range.start, end: range.end, style, indent: 0, run: None, builder };
        if walk.over(decoded) {
            return walk.builder.finish(range);
        }
        let span = Span::new(self.file, range.start, range.end);
        let written = &self.original[range.clone()];
        Text::standing_for(if written == &self.masked[range] { decoded } else { written }, span)
    }

    fn without_last_newline(self, range: Range<usize>) -> Range<usize> {
        let kept = self.masked[range.clone()].trim_end_matches(['\n', '\r']).len();
        range.start..range.start + kept
    }
}

/// A walk over the decoded text and the written text side by side.
struct Walk<'t> {
    pages: Pages<'t>,
    /// Where in the written text we are, and where it ends.
    at: usize,
    end: usize,
    style: Style,
    /// Blanks before the content of each line of a block scalar.
    indent: usize,
    /// Where a stretch began that is written as it is decoded.
    run: Option<usize>,
    builder: TextBuilder,
}

impl Walk<'_> {
    /// Whether the two agree to the end.
    fn over(&mut self, decoded: &str) -> bool {
        if self.style == Style::Block {
            let line = self.pages.masked[..self.at].rfind('\n').map_or(0, |newline| newline + 1);
            self.indent = self.at - line;
        }
        let mut rest = decoded;
        while let Some(c) = rest.chars().next() {
            if self.template() {
                // The mask is as long as the template, so the decoded text runs in step with it.
                let hidden = self.hidden();
                if !rest.starts_with(&self.pages.masked[self.at..hidden]) {
                    return false;
                }
                rest = &rest[hidden - self.at..];
                self.restore(hidden);
                continue;
            }
            rest = &rest[c.len_utf8()..];
            if !self.step(c, rest) {
                return false;
            }
        }
        self.flush();
        // Blanks and line ends may be left that stand for nothing, and line joints of double quotes.
        self.pages.masked[self.at..self.end].bytes().all(|byte| byte.is_ascii_whitespace() || byte == b'\\')
    }

    /// One decoded character; `rest` is what follows it.
    fn step(&mut self, c: char, rest: &str) -> bool {
        let written = &self.pages.masked[self.at..self.end];
        match self.style {
            Style::Double if written.starts_with('\\') => return self.escape(c, rest),
            Style::Single if c == '\'' => {
                self.flush();
                self.builder.decoded("'", self.at);
                self.at += 2;
                return written.starts_with("''");
            }
            _ => {}
        }
        if matches!(c, ' ' | '\n') && self.breaks_here() {
            return self.fold(c, rest);
        }
        if c == '\n' {
            // Newlines that lead or end a block scalar and lie outside of what is walked over.
            self.flush();
            self.builder.decoded("\n", self.at);
            return self.style == Style::Block;
        }
        if !written.starts_with(c) {
            return false;
        }
        self.run.get_or_insert(self.at);
        self.at += c.len_utf8();
        true
    }

    /// Whether nothing but blanks stands between here and the end of the line, and the line does end.
    fn breaks_here(&self) -> bool {
        let written = &self.pages.masked.as_bytes()[self.at..self.end];
        let blanks = match self.style {
            Style::Block => 0,
            _ => written.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count(),
        };
        matches!(written.get(blanks), Some(b'\n' | b'\r'))
    }

    /// A line's end that stands for a blank or a newline. Where no further newline is decoded, empty
    /// lines and indentation up to the next content stand for it too.
    fn fold(&mut self, c: char, rest: &str) -> bool {
        self.flush();
        self.builder.decoded(if c == ' ' { " " } else { "\n" }, self.at);
        self.end_line();
        while !rest.starts_with('\n') && self.breaks_here() {
            self.end_line();
        }
        true
    }

    /// Over the blanks at the end of this line, the line's end, and the next line's indentation.
    fn end_line(&mut self) {
        let bytes = self.pages.masked.as_bytes();
        while self.at < self.end && matches!(bytes[self.at], b' ' | b'\t') {
            self.at += 1;
        }
        if self.at < self.end && bytes[self.at] == b'\r' {
            self.at += 1;
        }
        if self.at < self.end && bytes[self.at] == b'\n' {
            self.at += 1;
        }
        let most = if self.style == Style::Block { self.indent } else { usize::MAX };
        let mut skipped = 0;
        while self.at < self.end && skipped < most && matches!(bytes[self.at], b' ' | b'\t') {
            self.at += 1;
            skipped += 1;
        }
    }

    /// An escape of a double-quoted scalar.
    fn escape(&mut self, c: char, rest: &str) -> bool {
        let bytes = self.pages.masked.as_bytes();
        if matches!(bytes.get(self.at + 1), Some(b'\n' | b'\r')) {
            // An escaped line end stands for nothing.
            self.flush();
            self.at += 1;
            self.end_line();
            return if self.at < self.end { self.step(c, rest) } else { false };
        }
        let length = escape_length(bytes.get(self.at + 1).copied());
        if self.at + length > self.end {
            return false;
        }
        self.flush();
        self.builder.decoded(c.encode_utf8(&mut [0; 4]), self.at);
        self.at += length;
        true
    }

    /// Whether a masked template begins here.
    fn template(&self) -> bool {
        self.at < self.end && self.pages.masked.as_bytes()[self.at] != self.pages.original.as_bytes()[self.at]
    }

    /// Where the masked stretch that begins here ends.
    fn hidden(&self) -> usize {
        let (masked, original) = (self.pages.masked.as_bytes(), self.pages.original.as_bytes());
        let same = |at: &usize| masked[*at] == original[*at] && masked[*at] != b'_';
        let mut end = (self.at..self.end).find(same).unwrap_or(self.end);
        while !self.pages.original.is_char_boundary(end) {
            end += 1;
        }
        end
    }

    /// Takes what was masked up to `end` as it is written; inside quotes, its escapes are decoded.
    fn restore(&mut self, end: usize) {
        let escape = match self.style {
            Style::Double => "\\\"",
            Style::Single => "''",
            _ => "",
        };
        while self.at < end {
            let rest = &self.pages.original[self.at..end];
            if !escape.is_empty() && rest.starts_with(escape) {
                self.take_original();
                self.builder.decoded(&escape[1..], self.at);
                self.at += escape.len();
            } else {
                self.run.get_or_insert(self.at);
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.take_original();
    }

    fn take_original(&mut self) {
        self.flush();
    }

    fn flush(&mut self) {
        if let Some(start) = self.run.take() {
            self.builder.verbatim(&self.pages.original[start..self.at], start);
        }
    }
}

/// The bytes of an escape, its backslash included, by the byte after that.
fn escape_length(kind: Option<u8>) -> usize {
    match kind {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        // An escaped character of several bytes is not YAML; the walk fails on it and says so.
        _ => 2,
    }
}
