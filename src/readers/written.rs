//! Pieces of a file exactly as they are written, each with the place where it begins; and its lines.

use std::ops::Range;

use crate::source::{FileId, Source, Span};
use crate::text::Text;

/// A piece of a file. It has no `Debug`: it may hold a credential.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub text: &'a str,
    /// Where it begins in the file.
    pub start: usize,
}

impl<'a> Written<'a> {
    /// The whole of a file.
    pub fn all(source: &'a Source) -> Self {
        Written { text: source.text(), start: 0 }
    }

    /// Where it ends in the file.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    pub fn part(self, range: Range<usize>) -> Self {
        Written { text: &self.text[range.clone()], start: self.start + range.start }
    }

    pub fn from(self, at: usize) -> Self {
        self.part(at..self.text.len())
    }

    pub fn to(self, at: usize) -> Self {
        self.part(0..at)
    }

    pub fn trim_start(self) -> Self {
        self.from(self.text.len() - self.text.trim_start().len())
    }

    pub fn trim_end(self) -> Self {
        self.to(self.text.trim_end().len())
    }

    pub fn trim(self) -> Self {
        self.trim_start().trim_end()
    }

    /// What follows `prefix`, if it begins so.
    pub fn after(self, prefix: &str) -> Option<Self> {
        self.text.starts_with(prefix).then(|| self.from(prefix.len()))
    }

    pub fn to_text(self, file: FileId) -> Text {
        Text::verbatim(self.text, file, self.start)
    }

    pub fn span(self, file: FileId) -> Span {
        Span::new(file, self.start, self.end())
    }

    /// Its lines without their endings, `\n` or `\r\n`.
    pub fn lines(self) -> impl Iterator<Item = Written<'a>> {
        let mut at = self.start;
        self.text.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            let line = line.strip_suffix('\n').unwrap_or(line);
            Written { text: line.strip_suffix('\r').unwrap_or(line), start }
        })
    }
}

/// The offset at which a comment begins: one of `marks` at the beginning or after a blank.
pub fn comment(text: &str, marks: &[char]) -> Option<usize> {
    let mut blank_before = true;
    for (at, c) in text.char_indices() {
        if blank_before && marks.contains(&c) {
            return Some(at);
        }
        blank_before = c.is_whitespace();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_they_begin_whatever_ends_them() {
        let all = Written { text: "a\r\nbc\n\nd", start: 10 };
        let lines: Vec<(&str, usize)> = all.lines().map(|line| (line.text, line.start)).collect();
        assert_eq!(lines, [("a", 10), ("bc", 13), ("", 16), ("d", 17)]);
    }
}
