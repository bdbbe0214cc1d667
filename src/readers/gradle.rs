//! Gradle builds in Groovy: what `buildConfigField` and `resValue` put into an Android application, in the blocks around it.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::Reader;
use super::template::{self, Notation};
use crate::fact::{Facts, Name, Part, Reference, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::source::{Source, Spanned};
use crate::text::Text;

pub const READER: Reader = Reader { name: "Gradle", reads: |source| source.file_name().ends_with(".gradle"), read };

/// Blocks in blocks deeper than this are not told apart.
const DEPTH: usize = 32;

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    facts.is_program = true;
    let mut blocks: Vec<Name> = Vec::new();
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let code = line.split(" //").next().unwrap_or(line);
        if code.trim_start().starts_with("//") {
            continue;
        }
        line_of(source, start, code, &mut blocks, &mut facts);
    }
    facts
}

/// One line: its fields, each in the blocks that are open where it stands.
fn line_of(source: &Source, start: usize, code: &str, blocks: &mut Vec<Name>, facts: &mut Facts) {
    static FIELD: OnceLock<Regex> = OnceLock::new();
    let pattern = FIELD.get_or_init(|| {
        let pattern = r#"\b(?P<call>buildConfigField|resValue)\s*\(?\s*["']\w+["']\s*,\s*["'](?P<name>\w+)["']\s*,\s*(?P<value>[^\n;]+)"#;
        Regex::new(pattern).expect("a constant pattern")
    });
    let mut from = 0;
    for found in pattern.captures_iter(code) {
        let whole = found.get(0).expect("the whole match").range();
        follow(source, start + from, &code[from..whole.start], blocks);
        // `defaultConfig { resValue(…) }`
        let end = code[whole.clone()].find(" }").map_or(whole.end, |at| whole.start + at);
        field(source, start, &found, end, blocks, facts);
        from = end;
    }
    follow(source, start + from, &code[from..], blocks);
}

/// Blocks that a line opens and closes.
fn follow(source: &Source, start: usize, code: &str, blocks: &mut Vec<Name>) {
    let mut from = 0;
    for (at, brace) in code.match_indices(['{', '}']) {
        if code[..at].ends_with('$') {
            continue;
        }
        if brace == "{" && blocks.len() < DEPTH {
            let name = &code[from..at];
            let word = name.trim().trim_end_matches(')').trim_matches(['\'', '"']);
            let word = word.rsplit(['(', ' ', '\'', '"', '{']).next().unwrap_or("");
            let begin = start + from + name.rfind(word).unwrap_or(0);
            blocks.push(Name::key(word, source.span(begin..begin + word.len())));
        } else if brace == "}" {
            blocks.pop();
        }
        from = at + 1;
    }
}

/// `buildConfigField "String", "FLINKS_URL", "\"https://…\""`, up to `end`.
fn field(source: &Source, start: usize, found: &Captures<'_>, end: usize, blocks: &[Name], facts: &mut Facts) {
    let (Some(call), Some(name), Some(value)) = (found.name("call"), found.name("name"), found.name("value")) else {
        return;
    };
    let span = |range: Range<usize>| source.span(start + range.start..start + range.end);
    let name = Name::key(name.as_str(), span(name.range()));
    let path = blocks.iter().filter(|name| !name.text.is_empty()).cloned().chain([name]).collect();
    let text = value.as_str().get(..end.saturating_sub(value.start())).unwrap_or(value.as_str());
    let value = written(source, start + value.start(), text);
    facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Program });
    let by = Spanned::new(call.as_str().to_owned(), span(call.range()));
    facts.parts.push(Part { span: span(call.start()..end), by });
}

/// A text in its quotes, perhaps in a second pair that the generated code wants; or an expression.
fn written(source: &Source, start: usize, value: &str) -> Value {
    let value = value.trim_end();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let end = quote.and_then(|quote| value.rfind(quote)).filter(|end| *end > 0);
    if let Some(end) = end {
        let inner = &value[1..end];
        let bare = inner.trim_start_matches(['\\', '"']);
        let begin = 1 + (inner.len() - bare.len());
        let bare = bare.trim_end_matches(['\\', '"']);
        return template::value(&Text::verbatim(bare, source.id, start + begin), Notation::Braced);
    }
    static READ: OnceLock<Regex> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let pattern = r#"(?:getenv|property|findProperty|getProperty|environmentVariable|gradleProperty)\s*\(?\s*["'](?P<name>[\w.]+)["']"#;
        Regex::new(pattern).expect("a constant pattern")
    });
    let named = read.captures(value).and_then(|found| found.name("name"));
    let kind = if named.is_some() { ReferenceKind::Named } else { ReferenceKind::Computed };
    let name = named.map_or("…", |name| name.as_str()).into();
    let span = source.span(start..start + value.len());
    Value::reference(Reference { kind, name, span, fallback: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn fields_are_said_in_their_blocks() {
        let text = "android {\n  buildTypes {\n    release {\n      buildConfigField 'String', 'A', '\"x-${b}\"'\n    }\n  }\n  defaultConfig { resValue(\"string\", \"c\", System.getenv(\"D\")) }\n}\n";
        let facts = read(&Source::new(FileId(0), "app/build.gradle", text));
        let said: Vec<String> = facts
            .settings
            .iter()
            .map(|said| said.path.iter().map(|name| &*name.text).collect::<Vec<_>>().join("/"))
            .collect();
        assert_eq!(said, ["android/buildTypes/release/A", "android/defaultConfig/c"]);
        assert_eq!(facts.settings[0].value.pieces.len(), 2);
        assert_eq!(facts.settings[1].value.references().next().map(|reference| &*reference.name), Some("D"));
        assert_eq!(facts.parts.len(), 2);
    }
}
