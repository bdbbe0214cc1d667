//! Keys and certificates in PEM (RFC 7468).

use super::{Reader, has_extension};
use crate::fact::{Facts, Name, Said, ScopeId, Setting, Value};
use crate::source::Source;
use crate::text::Text;

pub const READER: Reader = Reader {
    name: "PEM",
    reads: |source| has_extension(source, &["pem", "key", "pk8", "crt"]) && source.text().contains("-----BEGIN "),
    read,
};

/// Blocks of one file at most.
const BLOCKS: usize = 64;

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    let text = source.text();
    for (begin, _) in text.match_indices("-----BEGIN ").take(BLOCKS) {
        let title = begin + "-----BEGIN ".len();
        let Some(length) = text[title..].find("-----") else { break };
        let end = text[begin..].find("-----END ").map_or(text.len(), |end| {
            let end = begin + end;
            text[end..].find('\n').map_or(text.len(), |line| end + line)
        });
        let name = Name::key(&text[title..title + length], source.span(title..title + length));
        let value = Value::literal(Text::verbatim(&text[begin..end], source.id, begin));
        facts.settings.push(Setting { scope: ScopeId::FILE, path: vec![name], value, said: Said::Key });
    }
    facts
}
