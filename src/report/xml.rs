//! XML as reports write it: indented, and without the characters that XML has no way to say.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

/// A document, written by `root`.
pub(super) fn document(
    out: &mut dyn io::Write,
    root: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    root(&mut writer)?;
    out.write_all(&writer.into_inner())?;
    writeln!(out)
}

/// Text without what XML 1.0 leaves out of its `Char` production: such a character cannot even be escaped.
pub(super) fn sayable(text: &str) -> String {
    let is_char =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().map(|c| if is_char(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_say_is_replaced() {
        assert_eq!(sayable("a\u{0}b\u{FFFE}c\nd🔑"), "a\u{FFFD}b\u{FFFD}c\nd🔑");
    }
}
