//! Text of scanned files made safe to print: what would move the cursor or turn the line round is shown instead.

use std::borrow::Cow;

/// The character that stands for this one on a terminal, always one for one so that columns stay true.
fn replacement(c: char) -> Option<char> {
    match c {
        // U+2400 to U+241F are pictures of the control characters, in their order.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('\u{2421}'),
        // C1 controls: U+009B alone starts an escape sequence on some terminals.
        '\u{80}'..='\u{9F}'
        // Marks that turn or hide text, the means of "trojan source" attacks.
        | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E007F}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

/// A path, label or message in one line.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| replacement(c).is_some()) {
        text.chars().map(|c| replacement(c).unwrap_or(c)).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// A line of source, tabs kept: whoever draws it widens them.
pub fn source(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| if c == '\t' { None } else { replacement(c) };
    if text.chars().any(|c| hidden(c).is_some()) {
        text.chars().map(|c| hidden(c).unwrap_or(c)).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// A message that may have several lines.
pub fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scanned file must not be able to paint over the report about it.
    #[test]
    fn nothing_that_steers_a_terminal_passes() {
        let hostile = "a\x1b[31m\u{9b}31m\u{202e}\u{2066}\u{200f}\r\n\u{7f}z";
        let shown = line(hostile);
        assert_eq!(shown.chars().count(), hostile.chars().count());
        assert!(shown.chars().all(|c| replacement(c).is_none()), "{shown:?}");
        assert_eq!(source("a\tb\x1b"), "a\tb␛");
        assert_eq!(lines("a\nb\x07"), "a\nb␇");
    }

    #[test]
    fn ordinary_text_of_any_language_is_left_alone() {
        for text in ["clé secrète", "秘密鍵", "🔑 ключ", "👩\u{200d}💻"] {
            assert_eq!(line(text), text);
        }
    }
}
