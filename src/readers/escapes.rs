//! The escapes of JSON and TOML strings, decoded so that every part of the text knows its place.

use std::ops::Range;

use crate::source::FileId;
use crate::text::{Text, TextBuilder};

/// Whose escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// JSON and JSON5: `\` before a line's end joins the two lines.
    Json,
    /// TOML: it also takes the blanks that begin the next.
    Toml,
}

/// The inside of a quoted string. What is no escape stays as it is written.
pub(super) fn decode(file: FileId, text: &str, range: Range<usize>, dialect: Dialect) -> Text {
    let mut builder = TextBuilder::new(file);
    let mut from = range.start;
    let mut at = range.start;
    while let Some(offset) = text[at..range.end].find('\\') {
        let found = at + offset;
        let Some((decoded, length)) = escape(&text[found..range.end], dialect) else {
            at = found + 1;
            continue;
        };
        builder.verbatim(&text[from..found], from);
        if let Some(c) = decoded {
            builder.decoded(c.encode_utf8(&mut [0; 4]), found);
        }
        at = found + length;
        from = at;
    }
    builder.verbatim(&text[from..range.end], from);
    builder.finish(range)
}

/// The character that an escape stands for, if any, and the bytes it takes.
fn escape(written: &str, dialect: Dialect) -> Option<(Option<char>, usize)> {
    let rest = written.strip_prefix('\\')?;
    let kind = rest.chars().next()?;
    let one = |c| Some((Some(c), 1 + kind.len_utf8()));
    match kind {
        'n' => one('\n'),
        't' => one('\t'),
        'r' => one('\r'),
        'b' => one('\u{8}'),
        'f' => one('\u{c}'),
        'v' if dialect == Dialect::Json => one('\u{b}'),
        '0' if dialect == Dialect::Json => one('\0'),
        'e' if dialect == Dialect::Toml => one('\u{1b}'),
        'x' => hexadecimal(rest, 2).map(|code| (char::from_u32(code), 4)),
        'u' => unicode(rest),
        'U' => hexadecimal(rest, 8).map(|code| (char::from_u32(code), 10)),
        _ if kind.is_whitespace() => joint(rest, dialect).map(|length| (None, 1 + length)),
        _ => one(kind),
    }
}

fn hexadecimal(rest: &str, digits: usize) -> Option<u32> {
    let digits = rest.get(1..1 + digits)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Four digits, or twice four for a character beyond them.
fn unicode(rest: &str) -> Option<(Option<char>, usize)> {
    // `\u{1F600}` of programs.
    if let Some((digits, _)) = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 6)?;
        return Some((char::from_u32(code), 4 + digits.len()));
    }
    let high = hexadecimal(rest, 4)?;
    if (0xD800..0xDC00).contains(&high) {
        let low = hexadecimal(rest.get(5..)?.strip_prefix('\\')?, 4).filter(|low| (0xDC00..0xE000).contains(low))?;
        return Some((char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12));
    }
    Some((char::from_u32(high), 6))
}

/// The bytes behind a backslash that joins two lines.
fn joint(rest: &str, dialect: Dialect) -> Option<usize> {
    match dialect {
        Dialect::Json if rest.starts_with("\r\n") => Some(2),
        Dialect::Json => rest.starts_with('\n').then_some(1),
        Dialect::Toml => {
            let length = rest.len() - rest.trim_start().len();
            rest[..length].contains('\n').then_some(length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str, dialect: Dialect) -> String {
        decode(FileId(0), text, 0..text.len(), dialect).expose().to_owned()
    }

    #[test]
    fn escapes_of_both_dialects() {
        assert_eq!(decoded(r#"a\"b\\c\u002dd\ud83d\ude00\/\x41\u{2d}"#, Dialect::Json), "a\"b\\c-d😀/A-");
        assert_eq!(decoded("a\\\n   b", Dialect::Json), "a   b");
        assert_eq!(decoded("a\\  \r\n  \n  b\r\nc", Dialect::Toml), "ab\r\nc");
    }

    /// Half a pair, too few digits, a backslash at the end: all stay as they are written.
    #[test]
    fn what_is_no_escape_stays() {
        for text in [r"\ud83d!", r"\u12", r"\x4", r"\U0000002", "a\\"] {
            assert_eq!(decoded(text, Dialect::Json), text);
        }
    }
}
