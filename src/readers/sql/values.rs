//! What rows are written with, as far as a value is a name, a parameter or a template's hole.

use std::ops::Range;

use super::reading::Reading;
use crate::source::Spanned;

/// Values longer than this are no plain names.
const LONGEST: usize = 160;
/// Columns of one row at most.
const COLUMNS: usize = 1_024;

impl Reading<'_> {
    /// What the first row behind a token gives to each column.
    pub(super) fn first_row(&self, behind: usize) -> Vec<Option<Spanned<String>>> {
        let from = behind.checked_sub(1).and_then(|before| self.token(before)).map_or(0, |token| token.range().end);
        let rows = self.rows.get(self.rows.partition_point(|rows| rows.start < from));
        // `OVERRIDING SYSTEM VALUE`, `OUTPUT inserted.id` may stand between the columns and their rows.
        let Some(rows) = rows.filter(|rows| rows.start - from <= 80) else { return Vec::new() };
        let text = &self.text[rows.clone()];
        let Some(open) = text.find('(') else { return Vec::new() };
        items(text, open + 1)
            .into_iter()
            .map(|item| self.held(rows.start + item.start..rows.start + item.end))
            .collect()
    }

    /// A value that is a name or a parameter. A parameter without a name is told by its number: `?2`.
    pub(super) fn held(&self, range: Range<usize>) -> Option<Spanned<String>> {
        let written = &self.text[range.clone()];
        let bare = written.trim().trim_matches(['\'', '"']);
        let start = range.start + (bare.as_ptr() as usize - written.as_ptr() as usize);
        let span = (self.place)(start..start + bare.len());
        let quoted = bare.len() < written.trim().len();
        // `$1::uuid`, `?::text`.
        let bare = bare.split("::").next().unwrap_or(bare);
        if bare.is_empty() || bare.len() > LONGEST {
            return None;
        }
        if bare == "?" || bare == "%s" {
            let before = self.text[..start].matches(bare).count();
            return Some(Spanned::new(format!("?{}", before + 1), span));
        }
        let hole = bare.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let named = bare.strip_prefix("%(").and_then(|rest| rest.strip_suffix(")s"));
        let is_name = |text: &str| {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '>' | '?' | '!');
            !text.is_empty() && text.chars().all(plain) && !text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        };
        let marked =
            bare.strip_prefix([':', '@', '$']).filter(|rest| rest.chars().all(char::is_alphanumeric) || is_name(rest));
        let found = match (hole.or(named), marked) {
            (Some(inner), _) if !inner.contains(['{', '}']) => inner.trim().to_owned(),
            (Some(_), _) => return None,
            (None, Some(_)) if !quoted => bare.to_owned(),
            (None, None) if !quoted && is_name(bare) => bare.to_owned(),
            _ => return None,
        };
        Some(Spanned::new(found, span))
    }
}

/// The ranges between the commas of a list that is open at `from`.
pub(super) fn items(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut quote) = (0usize, from, None);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match (byte, quote) {
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'\'' | b'"', None) => quote = Some(byte),
            (b'(' | b'{' | b'[', None) => depth += 1,
            (b')', None) if depth == 0 => {
                found.push(start..at);
                return found;
            }
            (b')' | b'}' | b']', None) => depth = depth.saturating_sub(1),
            (b',', None) if depth == 0 => {
                found.push(start..at);
                start = at + 1;
                if found.len() > COLUMNS {
                    return found;
                }
            }
            _ => {}
        }
    }
    found
}
