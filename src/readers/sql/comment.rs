//! What people write beside a table: the comment above it, and whatever in it speaks of Flinks.

use std::ops::Range;

use super::reading::Reading;
use super::token::Kind;
use crate::source::Spanned;
use crate::vocabulary::login::speaks_of_flinks;

/// Longer comments than this are essays: not about one table.
const LONGEST: usize = 4_000;

impl Reading<'_> {
    /// The comment that describes what a statement says. Comments and values that name Flinks go first,
    /// since they are what gives a plain `login_id` its meaning; then the comment above the statement.
    pub(super) fn comment_about(&self, statement: Range<usize>) -> Option<Spanned<String>> {
        let first = self.token(statement.start)?.range().start;
        let last = self.token(statement.end.checked_sub(1)?)?.range().end;
        let above = self.above(first);
        let of_flinks = |comment: &Spanned<String>| speaks_of_flinks(&comment.value);
        if above.as_ref().is_some_and(of_flinks) {
            return above;
        }
        self.inside(first..last).or_else(|| self.literal(statement)).or(above)
    }

    /// The comments that stand directly above an offset, without an empty line between.
    fn above(&self, offset: usize) -> Option<Spanned<String>> {
        let count = self.comments.partition_point(|comment| comment.end <= offset);
        let mut start = offset;
        let mut first = count;
        while first > 0 && self.touches(first - 1, start) {
            first -= 1;
            start = self.comments[first].start;
            if offset - start > LONGEST {
                return None;
            }
        }
        // A comment behind code belongs to that code.
        let owner = |at: usize| self.begins_line(self.comments[at].start);
        while first < count && !owner(first) {
            first += 1;
        }
        if first == count {
            return None;
        }
        let lines: Vec<&str> =
            self.comments[first..count].iter().map(|comment| self.text[comment.clone()].trim()).collect();
        let range = self.trimmed(self.comments[first].start..self.comments[count - 1].end);
        Some(Spanned::new(lines.join(" "), (self.place)(range)))
    }

    /// Whether a comment ends on the line before `offset`, or on its line.
    fn touches(&self, comment: usize, offset: usize) -> bool {
        let between = &self.text[self.comments[comment].end..offset];
        let only_marks = between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '/' | '*' | '#'));
        only_marks && between.matches('\n').count() <= 1
    }

    fn begins_line(&self, offset: usize) -> bool {
        let before = self.text[..offset].chars().rev().take_while(|c| *c != '\n');
        before.into_iter().all(|c| c.is_whitespace() || matches!(c, '-' | '/' | '*' | '#'))
    }

    /// A comment inside the statement, or behind its last line, that speaks of Flinks.
    fn inside(&self, range: Range<usize>) -> Option<Spanned<String>> {
        let rest = self.text[range.end..].char_indices().take(LONGEST);
        let line = rest.into_iter().find(|(_, c)| *c == '\n').map_or(range.end, |(length, _)| range.end + length);
        let from = self.comments.partition_point(|comment| comment.start < range.start);
        let inside = self.comments[from..].iter().take_while(|comment| comment.start < line);
        let found = inside
            .into_iter()
            .filter(|comment| comment.len() <= LONGEST)
            .find(|comment| speaks_of_flinks(&self.text[(*comment).clone()]))?;
        let range = self.trimmed(found.clone());
        Some(Spanned::new(self.text[range.clone()].to_owned(), (self.place)(range)))
    }

    /// A string in the statement that speaks of Flinks: a default, a check, MySQL's `COMMENT '…'`.
    pub(super) fn literal(&self, statement: Range<usize>) -> Option<Spanned<String>> {
        let is_literal = |at: usize| match self.tokens[at].kind {
            Kind::Literal => true,
            // MySQL and SQLite take double quotes for strings, too.
            Kind::Quoted => at > 0 && (self.is_any(at - 1, &["default", "comment"]) || self.is_mark(at - 1, b'=')),
            _ => false,
        };
        let found = statement.map(|at| (at, self.tokens[at])).find(|(at, token)| {
            is_literal(*at) && token.range().len() <= LONGEST && speaks_of_flinks(self.slice(*token))
        })?;
        Some(self.vendor_in(found.1.range()))
    }

    /// The vendor's name as a value of the rows that stand behind a token: `VALUES ('flinks', …)`.
    pub(super) fn literal_in_rows(&self, before: usize) -> Option<Spanned<String>> {
        let from = self.token(before.checked_sub(1)?)?.range().end;
        let rows = self.rows.get(self.rows.partition_point(|rows| rows.start < from))?;
        let values = head(&self.text[rows.clone()], LONGEST);
        // Only `VALUES` may stand between the columns and their rows.
        let is_near = rows.start - from <= 16;
        let quoted = values.match_indices(['\'', '"']).filter_map(|(at, quote)| {
            let value = &values[at + 1..];
            let length = head(value, 64).find(quote)?;
            Some(rows.start + at + 1..rows.start + at + 1 + length)
        });
        let found = quoted.filter(|_| is_near).find(|value| speaks_of_flinks(&self.text[value.clone()]))?;
        Some(self.vendor_in(found))
    }

    /// The vendor's name in a value, and nothing else of it: a value may be a credential.
    fn vendor_in(&self, value: Range<usize>) -> Spanned<String> {
        let text = self.text[value.clone()].to_ascii_lowercase();
        let found = ["flinks", "private.fin.ag"].iter().find_map(|word| Some((text.find(word)?, word.len())));
        let (at, length) = found.unwrap_or((0, 0));
        let range = value.start + at..(value.start + at + length).min(value.end);
        Spanned::new(self.text[range.clone()].to_owned(), (self.place)(range))
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }
}

/// The first bytes of a text, up to the character that they would cut.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
