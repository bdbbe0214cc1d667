//! Byte offsets and the protocol's lines and characters: UTF-8 where the client can, else UTF-16.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

/// How the client counts the characters of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    Utf8,
    Utf16,
}

impl Counting {
    /// UTF-8 if it is offered: no counting at all. UTF-16 is what every client can.
    pub fn choose(offered: Option<&[PositionEncodingKind]>) -> Counting {
        let utf8 = offered.is_some_and(|kinds| kinds.contains(&PositionEncodingKind::UTF8));
        if utf8 { Counting::Utf8 } else { Counting::Utf16 }
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Counting::Utf8 => PositionEncodingKind::UTF8,
            Counting::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Counting::Utf8 => text.len(),
            Counting::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A text whose lines can be found.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    counting: Counting,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str, counting: Counting) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts, counting }
    }

    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let character = self.counting.length(&self.text[self.starts[line]..offset]);
        Position { line: line as u32, character: character as u32 }
    }

    pub fn range(&self, range: std::ops::Range<usize>) -> Range {
        Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The offset of a position; what lies behind the end of a line or of the text is its end.
    pub fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return self.text.len() };
        let end = self.starts.get(position.line as usize + 1).map_or(self.text.len(), |next| next - 1);
        let line = &self.text[start..end];
        let wanted = position.character as usize;
        let mut counted = 0;
        for (at, c) in line.char_indices() {
            if counted >= wanted {
                return start + at;
            }
            counted += self.counting.length(c.encode_utf8(&mut [0; 4]));
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_the_client_does() {
        let text = "a\né😀b\n";
        for (counting, character) in [(Counting::Utf8, 6), (Counting::Utf16, 3)] {
            let lines = Lines::new(text, counting);
            let b = text.find('b').unwrap();
            assert_eq!(lines.position(b), Position { line: 1, character });
            assert_eq!(lines.offset(Position { line: 1, character }), b);
            assert_eq!(lines.offset(Position { line: 1, character: 99 }), b + 1);
            assert_eq!(lines.offset(Position { line: 9, character: 0 }), text.len());
        }
    }
}
