//! Where a file's comments stand, in every syntax, and which texts of it are documentation.

use std::ops::Range;

use crate::source::Source;

/// How the comments of a format begin and end.
struct Syntax {
    /// Marks that make a comment of the rest of the line.
    lines: &'static [Line],
    /// Marks that open and close.
    blocks: &'static [(&'static str, &'static str)],
    /// What quotes texts, in which no comment begins.
    quotes: &'static [u8],
}

#[derive(Clone, Copy)]
enum Line {
    /// After a blank or at the beginning of the line: `#`.
    AfterBlank(&'static str),
    /// Anywhere but behind a colon: `//`, which addresses have too.
    Anywhere(&'static str),
    /// At the beginning of the line only.
    First(&'static str),
}

/// Nobody comments on longer lines: a tool wrote them.
const LONGEST: usize = 64 * 1024;

const QUOTES: &[u8] = b"\"'";
const TEMPLATES: &[(&str, &str)] =
    &[("{{/*", "*/}}"), ("{{- /*", "*/"), ("{#", "#}"), ("{{!--", "--}}"), ("<%#", "%>")];
const C: Syntax = Syntax { lines: &[Line::Anywhere("//")], blocks: &[("/*", "*/")], quotes: b"\"'`" };
const HASH: Syntax = Syntax { lines: &[Line::AfterBlank("#")], blocks: TEMPLATES, quotes: QUOTES };
const BOTH: Syntax =
    Syntax { lines: &[Line::Anywhere("//"), Line::AfterBlank("#")], blocks: &[("/*", "*/")], quotes: QUOTES };
const SQL: Syntax = Syntax { lines: &[Line::AfterBlank("--")], blocks: &[("/*", "*/")], quotes: b"'" };
const INI: Syntax = Syntax { lines: &[Line::First(";"), Line::AfterBlank("#")], blocks: TEMPLATES, quotes: QUOTES };
const PROPERTIES: Syntax = Syntax { lines: &[Line::First("#"), Line::First("!")], blocks: &[], quotes: &[] };
const XML: Syntax = Syntax { lines: &[], blocks: &[("<!--", "-->")], quotes: &[] };
const HTML: Syntax = Syntax {
    lines: &[Line::Anywhere("//")],
    blocks: &[
        ("<!--", "-->"),
        ("<%--", "--%>"),
        ("<%#", "%>"),
        ("{{--", "--}}"),
        ("{{!--", "--}}"),
        ("@*", "*@"),
        ("{#", "#}"),
        ("/*", "*/"),
    ],
    quotes: b"\"'`",
};
const BATCH: Syntax =
    Syntax { lines: &[Line::First("rem "), Line::First("REM "), Line::First("::")], blocks: &[], quotes: b"\"" };
const POWERSHELL: Syntax = Syntax { lines: &[Line::AfterBlank("#")], blocks: &[("<#", "#>")], quotes: QUOTES };
const NONE: Syntax = Syntax { lines: &[], blocks: &[], quotes: &[] };

/// The syntax of what a reader reads, by the reader's name.
fn syntax(reader: &str) -> &'static Syntax {
    match reader {
        "JavaScript" | "TypeScript" | "Go" | "Rust" | "Swift" | "Dart" | "Java" | "Kotlin" | "Scala" | "C#"
        | "prisma" | "protobuf" | "JSON" => &C,
        "YAML" | "TOML" | "dotenv" | "systemd" | "make" | "Dockerfile" | "shell" | "Python" | "Ruby" | "Elixir"
        | "GraphQL" | "web server" => &HASH,
        "PHP" | "HCL" | "hocon" => &BOTH,
        "sql" => &SQL,
        "ini" => &INI,
        "properties" => &PROPERTIES,
        "xml" => &XML,
        "HTML" => &HTML,
        "batch" => &BATCH,
        "PowerShell" => &POWERSHELL,
        _ => &NONE,
    }
}

/// The texts of a file's comments, line by line, without the marks that begin and end them.
pub(super) fn find(source: &Source, reader: &str) -> Vec<Range<usize>> {
    let syntax = syntax(reader);
    let mut begins = [false; 256];
    let lines = syntax.lines.iter().map(|line| match *line {
        Line::AfterBlank(mark) | Line::Anywhere(mark) | Line::First(mark) => mark,
    });
    let marks = lines.chain(syntax.blocks.iter().map(|(open, _)| *open));
    marks.filter_map(|mark| mark.bytes().next()).for_each(|byte| begins[usize::from(byte)] = true);
    let mut scan = Scan { text: source.text(), syntax, begins, found: Vec::new() };
    let mut at = 0;
    while at < scan.text.len() {
        at = scan.line(at);
    }
    scan.found
}

/// Texts in three quotes that stand alone: docstrings.
pub(super) fn docstrings(source: &Source, reader: &str) -> Vec<Range<usize>> {
    if !matches!(reader, "Python" | "Elixir") {
        return Vec::new();
    }
    let text = source.text();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("\"\"\"").map(|offset| at + offset) {
        let begin = open + 3;
        let Some(close) = text[begin..].find("\"\"\"").map(|offset| begin + offset) else { break };
        let line = text[..open].rfind('\n').map_or(0, |newline| newline + 1);
        let before = text[line..open].trim();
        let alone =
            before.is_empty() || matches!(before, "r" | "u" | "@doc" | "@moduledoc" | "@doc ~S" | "@moduledoc ~S");
        if alone {
            found.extend(lines_of(text, begin..close));
        }
        at = close + 3;
    }
    found
}

fn lines_of(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    })
}

struct Scan<'t> {
    text: &'t str,
    syntax: &'static Syntax,
    /// The bytes by which a comment may begin.
    begins: [bool; 256],
    found: Vec<Range<usize>>,
}

impl Scan<'_> {
    /// Looks at one line, and at all that a comment which begins on it covers; gives back where to go on.
    fn line(&mut self, start: usize) -> usize {
        let end = self.text[start..].find('\n').map_or(self.text.len(), |offset| start + offset);
        if end - start > LONGEST {
            return end + 1;
        }
        let bytes = self.text.as_bytes();
        let mut quote = None;
        let mut at = start;
        while at < end {
            let byte = bytes[at];
            match quote {
                Some(_) if byte == b'\\' => at += 1,
                Some(open) if open == byte => quote = None,
                Some(_) => {}
                None => {
                    let begins = self.begins[usize::from(byte)];
                    if let Some((open, close)) = begins.then(|| self.block_at(at)).flatten() {
                        let begin = at + open.len();
                        let closed = self.text[begin..].find(close).map(|offset| begin + offset);
                        let until = closed.unwrap_or(self.text.len());
                        self.found.extend(lines_of(self.text, begin..until));
                        return closed.map_or(self.text.len(), |closed| closed + close.len());
                    }
                    if let Some(mark) = begins.then(|| self.line_at(start, at)).flatten() {
                        self.found.push(at + mark..end);
                        return end + 1;
                    }
                    // `don't` opens nothing.
                    let apostrophe = byte == b'\'' && at > start && bytes[at - 1].is_ascii_alphanumeric();
                    if self.syntax.quotes.contains(&byte)
                        && !apostrophe
                        && self.text[at + 1..end].contains(byte as char)
                    {
                        quote = Some(byte);
                    }
                }
            }
            at += 1;
        }
        end + 1
    }

    fn block_at(&self, at: usize) -> Option<(&'static str, &'static str)> {
        let rest = &self.text.as_bytes()[at..];
        self.syntax.blocks.iter().copied().find(|(open, _)| rest.starts_with(open.as_bytes()))
    }

    /// The length of the mark by which the rest of a line is a comment.
    fn line_at(&self, start: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let first = || bytes[start..at].iter().all(u8::is_ascii_whitespace);
        self.syntax.lines.iter().find_map(|line| {
            let (mark, holds) = match *line {
                Line::AfterBlank(mark) => (mark, at == start || bytes[at - 1].is_ascii_whitespace()),
                Line::Anywhere(mark) => (mark, at == start || bytes[at - 1] != b':'),
                Line::First(mark) => (mark, first()),
            };
            (holds && bytes[at..].starts_with(mark.as_bytes())).then_some(mark.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{READERS, reader_of};
    use crate::source::FileId;

    fn comments(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), path, text);
        let reader = reader_of(&source).expect("a reader");
        find(&source, reader.name).into_iter().map(|range| text[range].trim().to_owned()).collect()
    }

    #[test]
    fn comments_of_every_syntax() {
        for (path, text) in [
            ("a.ts", "const a = 1; // here\n"),
            ("a.go", "/* here\n*/ x"),
            ("a.py", "a = \"#no\" # here\n"),
            ("a.yml", "a: b#no # here\n"),
            (".env", "# here\nA=b\n"),
            ("a.sql", "SELECT '--no'; -- here\n"),
            ("a.xml", "<a/><!-- here -->"),
            ("a.vue", "<template><!-- here --></template>"),
            ("a.ini", "; here\n[a]\n"),
            ("a.properties", "! here\na=b # no\n"),
            ("a.php", "<?php # here\n"),
            ("a.tf", "a = \"http://no\" # here\n"),
            ("a.ps1", "<# here #>"),
            ("a.bat", "REM here\n"),
        ] {
            let found = comments(path, text);
            assert_eq!(found.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>(), ["here"], "{path}");
        }
    }

    #[test]
    fn addresses_and_texts_are_no_comments() {
        assert!(comments("a.ts", "const a = \"//x\"; const b = https://x; `# y`\n").is_empty());
        assert!(comments("a.py", "\"\"\"x\"\"\"\n").is_empty());
    }

    /// A reader without a syntax would keep silent about what is commented out.
    #[test]
    fn every_reader_has_its_comments() {
        for reader in READERS.iter().filter(|reader| !matches!(reader.name, "prose" | "PEM")) {
            assert!(!std::ptr::eq(syntax(reader.name), &NONE), "{}", reader.name);
        }
    }
}
