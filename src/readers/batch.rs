//! Windows batch files: `set X=y` and `setx X y`.

use std::ops::Range;

use crate::fact::{Facts, Name, Said, ScopeId, Setting};
use crate::readers::template::{self, Notation};
use crate::readers::{Reader, has_extension};
use crate::source::Source;
use crate::text::Text;

pub const READER: Reader = Reader { name: "batch", reads, read };

fn reads(source: &Source) -> bool {
    has_extension(source, &["bat", "cmd"])
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    for line in 0..source.line_starts().len() {
        let range = source.line_range(line);
        for command in commands(&source.text()[range.clone()]) {
            read_command(source, range.start + command.start..range.start + command.end, &mut facts);
        }
    }
    facts
}

/// The commands of a line: `set A=b && set C=d`, `if x (set A=b) else (set A=c)`.
fn commands(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut grouped) = (0, false, 0usize);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'&' if !quoted => {
                found.push(start..at);
                start = at + 1;
            }
            // A bracket groups commands where one may begin, and is a character in a value.
            b'(' if !quoted && !assigns(&line[start..at]) => {
                grouped += 1;
                start = at + 1;
            }
            b')' if !quoted && grouped > 0 => {
                grouped -= 1;
                found.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(start..line.len());
    found
}

/// Whether a command is one that sets something, from its first word.
fn assigns(command: &str) -> bool {
    let word = command.trim_start_matches([' ', '\t', '@']).get(..3).unwrap_or("");
    word.eq_ignore_ascii_case("set") || word.eq_ignore_ascii_case("rem") || word.starts_with("::")
}

fn read_command(source: &Source, range: Range<usize>, facts: &mut Facts) {
    let raw = &source.text()[range.clone()];
    let body = raw.trim_start_matches([' ', '\t', '@']);
    let start = range.start + raw.len() - body.len();
    let Some((verb, rest)) = body.split_once([' ', '\t']) else { return };
    let after = start + verb.len() + 1;
    if verb.eq_ignore_ascii_case("setx") {
        return setx(source, after, rest, facts);
    }
    if !verb.eq_ignore_ascii_case("set") {
        return;
    }
    // `/p` asks a person, `/a` computes.
    let rest = rest.trim_start();
    if rest.starts_with('/') {
        return;
    }
    let end = range.end;
    let from = end - rest.len();
    // Quotes around the whole assignment are syntax; quotes around the value alone are part of it, though nobody means that.
    let inner = match rest.strip_prefix('"').and_then(|inner| inner.rfind('"')) {
        Some(close) => from + 1..from + 1 + close,
        None => from..end,
    };
    let Some(equals) = source.text()[inner.clone()].find('=') else { return };
    let value = inner.start + equals + 1..inner.end;
    say(source, inner.start..inner.start + equals, value, facts);
}

/// `setx X y /M`, `setx X "y z"`.
fn setx(source: &Source, start: usize, rest: &str, facts: &mut Facts) {
    let name = start + rest.len() - rest.trim_start().len();
    let body = rest.trim_start();
    let Some((word, value)) = body.split_once([' ', '\t']) else { return };
    let at = name + word.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let length = match value.strip_prefix('"') {
        Some(inner) => inner.find('"').map_or(value.len(), |close| close + 2),
        None => value.find([' ', '\t']).unwrap_or(value.len()),
    };
    say(source, name..name + word.len(), at..at + length, facts);
}

fn say(source: &Source, name: Range<usize>, value: Range<usize>, facts: &mut Facts) {
    let name = Text::verbatim(&source.text()[name.clone()], source.id, name.start).trimmed();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if name.is_empty() || !name.expose().chars().all(plain) {
        return;
    }
    let value = Text::verbatim(&source.text()[value.clone()], source.id, value.start).trimmed();
    let quoted = value.len() >= 2 && value.expose().starts_with('"') && value.expose().ends_with('"');
    let value = if quoted { value.part(1..value.len() - 1) } else { value };
    facts.settings.push(Setting {
        scope: ScopeId::FILE,
        path: vec![Name::key(name.expose(), name.span())],
        value: template::value(&value, Notation::Braced),
        said: Said::Variable,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::shell::tests::line;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let facts = read(&Source::new(FileId(0), "a.bat", text));
        facts.settings.iter().map(|setting| line(setting, &facts)).collect()
    }

    #[test]
    fn every_form_of_a_setting() {
        let text = "@echo off\r\nREM set FLINKS_DECOY=x\r\n:: set FLINKS_DECOY=x\r\n@set A=b\r\nset \"C=d & e\"\r\n\
            SET F=https://%HOST%/v3\r\nif x (set G=h)\r\nsetx I \"j k\" /M\r\nsetx L m\r\nset /p N=ask\r\n";
        assert_eq!(shown(text), ["A=b", "C=d & e", "F=https://[HOST]/v3", "G=h", "I=j k", "L=m"]);
        assert_eq!(shown("set A=(b) & set C=d"), ["A=(b)", "C=d"]);
    }

    #[test]
    fn hostile_files_end() {
        for piece in ["set ", "set \"", "setx a ", "set A=%B%", "&", "set é="] {
            let text = piece.repeat(20_000);
            read(&Source::new(FileId(0), "a.cmd", &*text));
            for at in (0..60).filter(|at| text.is_char_boundary(*at)) {
                read(&Source::new(FileId(0), "a.cmd", &text[..at]));
            }
        }
    }
}
