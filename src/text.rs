//! Decoded text that remembers which bytes of the file every part of it came from, and does not print itself.

use std::fmt;

use crate::source::{FileId, Span};

/// The text of a scalar, decoded (quotes and escapes gone).
///
/// Any text may turn out to be a credential, so `Debug` shows only its length; [`Text::expose`] is the
/// one way in, and what a report shows of it passes through [`crate::secret`].
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    text: Box<str>,
    span: Span,
    /// Where pieces of the text begin: (offset in `text`, offset in the file). Between two entries the
    /// two run in step. Empty when all of it is as written, from `span.start` on.
    jumps: Box<[(u32, u32)]>,
}

impl Text {
    /// Text that stands in the file exactly so, from `start` on.
    pub fn verbatim(text: impl Into<Box<str>>, file: FileId, start: usize) -> Self {
        let text = text.into();
        let span = Span::new(file, start, start + text.len());
        Text { text, span, jumps: Box::default() }
    }

    /// Text that stands for the whole of `span`, without a mapping of its parts.
    pub fn standing_for(text: impl Into<Box<str>>, span: Span) -> Self {
        Text { text: text.into(), span, jumps: Box::new([(0, span.start), (0, u32::MAX)]) }
    }

    /// The decoded text. Look at it to decide; never put it into a message.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// All that was written for it, without quotes.
    pub fn span(&self) -> Span {
        self.span
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The place in the file of a part of the decoded text.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        let mapped = match &*self.jumps {
            [] => Some((self.span.start as usize + range.start, self.span.start as usize + range.end)),
            jumps if jumps.last().is_some_and(|jump| jump.1 == u32::MAX) => None,
            jumps => {
                let raw = |offset: usize, inclusive: bool| {
                    let at = jumps.partition_point(|jump| {
                        let begins = jump.0 as usize;
                        if inclusive { begins <= offset } else { begins < offset }
                    });
                    let (begins, file) = jumps[at.saturating_sub(1)];
                    file as usize + (offset - begins as usize)
                };
                Some((raw(range.start, true), raw(range.end, false)))
            }
        };
        match mapped {
            Some((start, end)) => {
                let (low, high) = (self.span.start as usize, self.span.end as usize);
                Span::new(self.span.file, start.clamp(low, high), end.clamp(low, high))
            }
            None => self.span,
        }
    }

    /// A part of the text as a text of its own, places kept.
    pub fn part(&self, range: std::ops::Range<usize>) -> Text {
        if range == (0..self.text.len()) {
            return self.clone();
        }
        let text: Box<str> = self.text[range.clone()].into();
        let span = self.span_of(range.clone());
        if self.jumps.is_empty() {
            return Text { text, span, jumps: Box::default() };
        }
        if self.jumps.last().is_some_and(|jump| jump.1 == u32::MAX) {
            return Text::standing_for(text, span);
        }
        let first = self.jumps.partition_point(|jump| jump.0 as usize <= range.start);
        let inside = self.jumps[first..].iter().take_while(|jump| (jump.0 as usize) < range.end);
        let jumps =
            std::iter::once((0, span.start)).chain(inside.map(|jump| (jump.0 - range.start as u32, jump.1))).collect();
        Text { text, span, jumps }
    }

    /// This text, which was read from the decoded text of another, with its places in the file of that other.
    pub fn within(&self, outer: &Text) -> Text {
        let clamp = |offset: u32| (offset as usize).min(outer.len());
        let span = outer.span_of(clamp(self.span.start)..clamp(self.span.end));
        let unmapped = |text: &Text| text.jumps.last().is_some_and(|jump| jump.1 == u32::MAX);
        if unmapped(self) || unmapped(outer) {
            return Text::standing_for(self.text.clone(), span);
        }
        let whole = [(0, self.span.start)];
        let own: &[(u32, u32)] = if self.jumps.is_empty() { &whole } else { &self.jumps };
        let mut jumps = Vec::new();
        for (at, (begins, from)) in own.iter().enumerate() {
            let next = own.get(at + 1).map_or(self.text.len() as u32, |next| next.0);
            let to = from + (next - begins);
            jumps.push((*begins, outer.span_of(clamp(*from)..clamp(*from)).start));
            let first = outer.jumps.partition_point(|jump| jump.0 <= *from);
            let inside = outer.jumps[first..].iter().take_while(|jump| jump.0 < to);
            jumps.extend(inside.map(|jump| (begins + (jump.0 - from), jump.1)));
        }
        Text { text: self.text.clone(), span, jumps: jumps.into_boxed_slice() }
    }

    /// The text without blanks at its ends.
    pub fn trimmed(&self) -> Text {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.part(start..end)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes at {}..{})", self.text.len(), self.span.start, self.span.end)
    }
}

/// Builds a [`Text`] from decoded pieces as a reader walks over the raw bytes.
pub struct TextBuilder {
    file: FileId,
    text: String,
    jumps: Vec<(u32, u32)>,
}

impl TextBuilder {
    pub fn new(file: FileId) -> Self {
        TextBuilder { file, text: String::new(), jumps: Vec::new() }
    }

    /// Adds text that stands in the file as it is, at `start`.
    pub fn verbatim(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        let runs_on =
            self.jumps.last().is_some_and(|jump| jump.1 as usize + (self.text.len() - jump.0 as usize) == start);
        if !runs_on {
            self.jumps.push((self.text.len() as u32, start as u32));
        }
        self.text.push_str(text);
    }

    /// Adds what an escape at `start` stands for.
    pub fn decoded(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        self.jumps.push((self.text.len() as u32, start as u32));
        self.text.push_str(text);
    }

    /// Adds a part of another text, every piece with the place it has there.
    pub fn copy(&mut self, text: &Text, range: std::ops::Range<usize>) {
        match &*text.jumps {
            [] => self.verbatim(&text.text[range.clone()], text.span.start as usize + range.start),
            jumps if jumps.last().is_some_and(|jump| jump.1 == u32::MAX) => {
                self.decoded(&text.text[range], text.span.start as usize);
            }
            jumps => {
                let mut at = jumps.partition_point(|jump| jump.0 as usize <= range.start).saturating_sub(1);
                let mut from = range.start;
                while from < range.end && at < jumps.len() {
                    let next = jumps.get(at + 1).map_or(text.text.len(), |jump| jump.0 as usize).min(range.end);
                    self.verbatim(&text.text[from..next], jumps[at].1 as usize + (from - jumps[at].0 as usize));
                    (from, at) = (next, at + 1);
                }
            }
        }
    }

    /// The text, written over `range` of the file.
    pub fn finish(self, range: std::ops::Range<usize>) -> Text {
        let span = Span::new(self.file, range.start, range.end);
        let as_written = match self.jumps.as_slice() {
            [] => true,
            [only] => only.1 == span.start && self.text.len() == range.len(),
            _ => false,
        };
        let jumps = if as_written { Box::default() } else { self.jumps.into_boxed_slice() };
        Text { text: self.text.into_boxed_str(), span, jumps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    /// `a\u002db.c` decodes to `a-b.c`; the place of `b.c` is still exact.
    #[test]
    fn parts_of_escaped_text_keep_their_places() {
        let raw = r"a\u002db.c";
        let mut builder = TextBuilder::new(FILE);
        builder.verbatim("a", 10);
        builder.decoded("-", 11);
        builder.verbatim("b.c", 17);
        let text = builder.finish(10..10 + raw.len());
        assert_eq!(text.expose(), "a-b.c");
        assert_eq!(text.span_of(2..5), Span::new(FILE, 17, 20));
        assert_eq!(text.part(1..5).span_of(1..2), Span::new(FILE, 17, 18));
        assert_eq!(text.span_of(0..2).range(), 10..12);
    }

    /// A script inside YAML is read as a text whose lines lie apart in the file; what is built from it keeps its places.
    #[test]
    fn a_copy_keeps_the_places_of_the_original() {
        let mut builder = TextBuilder::new(FILE);
        builder.verbatim("ab", 10);
        builder.verbatim("cd", 20);
        let lines = builder.finish(10..22);
        let mut builder = TextBuilder::new(FILE);
        builder.copy(&lines, 1..3);
        let text = builder.finish(11..21);
        assert_eq!(text.expose(), "bc");
        assert_eq!((text.span_of(0..1).range(), text.span_of(1..2).range()), (11..12, 20..21));
    }

    /// A document within a block scalar: what is escaped there twice is still found.
    #[test]
    fn texts_within_texts_lead_back_to_the_file() {
        let mut outer = TextBuilder::new(FILE);
        outer.verbatim("k: \"a", 100);
        outer.verbatim("\\nb\"", 110);
        let outer = outer.finish(100..115);
        let mut inner = TextBuilder::new(FILE);
        inner.verbatim("a", 4);
        inner.decoded("\n", 5);
        inner.verbatim("b", 7);
        let inner = inner.finish(4..8).within(&outer);
        assert_eq!(inner.expose(), "a\nb");
        assert_eq!(inner.span_of(0..1).range(), 104..105);
        assert_eq!(inner.span_of(2..3).range(), 112..113);
        assert_eq!(inner.span().range(), 104..113);
    }

    #[test]
    fn a_text_does_not_print_itself() {
        let text = Text::verbatim("canary-value", FILE, 0);
        assert!(!format!("{text:?}").contains("canary"));
    }
}
