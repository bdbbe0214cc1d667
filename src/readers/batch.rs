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
        // Several commands on a line: `set A=b && set C=d`.
        let range = source.line_range(line);
        let mut start = range.start;
        for part in source.text()[range].split('&') {
            command(source, start..start + part.len(), &mut facts);
            start += part.len() + 1;
        }
    }
    facts
}

fn command(source: &Source, range: Range<usize>, facts: &mut Facts) {
    let raw = &source.text()[range.clone()];
    let body = raw.trim_start_matches([' ', '\t', '@', '(', ')']);
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
        assert_eq!(shown(text)[..1], ["A=b"]);
        assert!(shown(text).contains(&"F=https://[HOST]/v3".to_owned()));
        assert!(shown(text).contains(&"I=j k".to_owned()) && shown(text).contains(&"L=m".to_owned()));
        assert!(!shown(text).iter().any(|line| line.contains("DECOY") || line.starts_with('N')));
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
