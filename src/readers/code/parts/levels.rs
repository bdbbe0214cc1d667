//! The levels of a program by its lines: the statements at its margin, and the members of its long classes.

use std::ops::Range;

use super::SHORT;

/// A program taken apart.
pub struct Levels {
    /// In the order of the text.
    pub pieces: Vec<Piece>,
    pub frames: Vec<Frame>,
}

/// A statement of the outermost level, or a member of a class, with the comments and marks above it.
pub struct Piece {
    pub range: Range<usize>,
    /// The class that it is a member of.
    pub frame: Option<usize>,
}

/// What stands around the members of a class.
pub struct Frame {
    /// From the comments and marks above it to where its body begins.
    pub head: Range<usize>,
    /// The bracket or word that closes it; empty where only the indentation does.
    pub foot: Range<usize>,
    pub parent: Option<usize>,
}

struct Line<'t> {
    text: &'t str,
    at: usize,
    /// Bytes of blanks before it.
    indent: usize,
    /// Whether a text that began further up goes on in it.
    inside: bool,
}

impl<'t> Line<'t> {
    fn bare(&self) -> &'t str {
        self.text.trim()
    }

    fn is_blank(&self) -> bool {
        self.bare().is_empty()
    }

    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn begins_at(&self, level: usize) -> bool {
        !self.inside && self.indent == level && begins(self.text.trim_start())
    }
}

/// Takes a program apart. A class whose head `speaks` is of one piece, like one whose lines are not laid out as usual.
/// `None` where a text in several lines is not closed.
pub fn read(text: &str, speaks: &dyn Fn(&str) -> bool) -> Option<Levels> {
    let lines = lines(text)?;
    let mut read = Read { text, lines: &lines, speaks, levels: Levels { pieces: Vec::new(), frames: Vec::new() } };
    read.level(0..lines.len(), 0, None);
    Some(read.levels)
}

fn lines(text: &str) -> Option<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    let mut at = 0;
    let (mut ticks, mut triples) = (0, 0);
    for line in text.split_inclusive('\n') {
        let inside = ticks % 2 == 1 || triples % 2 == 1;
        lines.push(Line { text: line, at, indent: line.len() - line.trim_start().len(), inside });
        // A text that goes on in the next line, or a quote that is no quote: nobody can tell by the line alone.
        let bytes = line.as_bytes();
        let quoted = |at: usize| bytes[at] == b'"' && (at == 0 || bytes[at - 1] != b'\\');
        let quotes = (0..bytes.len()).filter(|at| quoted(*at)).count();
        if quotes % 2 == 1 && !line.contains("\"\"\"") {
            return None;
        }
        ticks += bytes.iter().filter(|byte| **byte == b'`').count();
        triples += line.matches("\"\"\"").count() + line.matches("'''").count();
        at += line.len();
    }
    (ticks % 2 == 0 && triples % 2 == 0).then_some(lines)
}

struct Read<'t, 'r> {
    text: &'t str,
    lines: &'r [Line<'t>],
    speaks: &'r dyn Fn(&str) -> bool,
    levels: Levels,
}

/// Where the parts of a class are, by line.
struct Body {
    lines: Range<usize>,
    indent: usize,
}

impl Read<'_, '_> {
    fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        match (self.lines.get(lines.start), lines.is_empty()) {
            (Some(first), false) => first.at..self.lines[lines.end - 1].end(),
            (Some(first), true) => first.at..first.at,
            (None, _) => self.text.len()..self.text.len(),
        }
    }

    /// Takes apart the lines of one level.
    fn level(&mut self, lines: Range<usize>, indent: usize, frame: Option<usize>) {
        let mut start = lines.start;
        let mut leads = true;
        for at in lines.clone() {
            let line = &self.lines[at];
            let begins = line.begins_at(indent);
            if begins && !leads && at > start {
                self.statement(start..at, indent, frame);
                start = at;
            }
            if begins || line.is_blank() {
                leads = (leads || begins) && is_lead(line.bare()) || line.is_blank() && leads;
            }
        }
        if start < lines.end {
            self.statement(start..lines.end, indent, frame);
        }
    }

    fn statement(&mut self, lines: Range<usize>, indent: usize, parent: Option<usize>) {
        let range = self.bytes(lines.clone());
        let body = if range.len() > SHORT { self.body(&lines, indent) } else { None };
        let Some(body) = body else {
            self.levels.pieces.push(Piece { range, frame: parent });
            return;
        };
        let head = self.bytes(lines.start..body.lines.start);
        if (self.speaks)(&self.text[head.clone()]) {
            self.levels.pieces.push(Piece { range, frame: parent });
            return;
        }
        let foot = self.bytes(body.lines.end..lines.end);
        let frame = self.levels.frames.len();
        self.levels.frames.push(Frame { head, foot, parent });
        self.level(body.lines, body.indent, Some(frame));
    }

    /// The body of a class, if a statement is one whose members all stand at one margin.
    fn body(&self, lines: &Range<usize>, indent: usize) -> Option<Body> {
        let own = lines.clone().find(|at| !self.lines[*at].is_blank() && !is_lead(self.lines[*at].bare()))?;
        if !is_class(self.lines[own].bare()) {
            return None;
        }
        let filled = |at: &usize| !self.lines[*at].is_blank();
        let last = lines.clone().rev().find(filled)?;
        let is_foot = self.lines[last].indent == indent && matches!(self.lines[last].bare(), "}" | "end" | "};");
        let end = if is_foot { last } else { lines.end };
        let opens = |at: usize| {
            let line = self.lines[at].bare();
            line.ends_with(['{', ':']) || line.ends_with(" do") || is_foot && self.lines[last].bare() == "end"
        };
        let opening = (own..end).find(|at| opens(*at))?;
        let first = (opening + 1..end).find(filled)?;
        let inner = self.lines[first].indent;
        // A line that was moved to the margin, as comments are, belongs to what it stands in; a bracket there closes more
        // than the lines tell.
        let deeper = |at: usize| {
            let line = &self.lines[at];
            line.is_blank() || line.inside || line.indent >= inner || !closes(line.bare())
        };
        (inner > indent && (own..=opening).all(|at| self.lines[at].indent >= indent) && (opening + 1..end).all(deeper))
            .then_some(Body { lines: opening + 1..end, indent: inner })
    }
}

/// Words before the name of what a statement defines.
const BEFORE: &[&str] = &[
    "export",
    "default",
    "const",
    "let",
    "var",
    "function",
    "async",
    "class",
    "def",
    "fn",
    "pub",
    "crate",
    "static",
    "final",
    "public",
    "private",
    "protected",
    "internal",
    "func",
    "fun",
    "type",
    "struct",
    "interface",
    "module",
    "object",
    "val",
    "abstract",
    "data",
    "enum",
    "impl",
    "trait",
    "declare",
    "sealed",
    "override",
    "open",
    "suspend",
    "defmodule",
    "defp",
    "self",
    "late",
    "mut",
    "unsafe",
    "readonly",
    "partial",
    "extension",
    "actor",
    "protocol",
    "if",
    "for",
];

/// Words that open what has members.
const CLASSES: &[&str] = &[
    "class",
    "interface",
    "object",
    "trait",
    "struct",
    "impl",
    "module",
    "namespace",
    "extension",
    "record",
    "protocol",
    "enum",
    "defmodule",
    "mixin",
    "actor",
];

/// Words that may stand before one of those.
const MODIFIERS: &[&str] = &[
    "export",
    "default",
    "abstract",
    "public",
    "sealed",
    "static",
    "final",
    "partial",
    "data",
    "open",
    "internal",
    "private",
    "protected",
    "pub",
    "declare",
    "case",
    "override",
    "companion",
    "inner",
    "base",
    "unsafe",
];

fn is_class(line: &str) -> bool {
    words(line).find(|word| !MODIFIERS.contains(word)).is_some_and(|word| CLASSES.contains(&word))
}

/// The line of a piece below its comments and marks.
pub fn own_line(piece: &str) -> Option<&str> {
    piece.lines().map(str::trim).find(|line| !line.is_empty() && !is_lead(line) && !line.starts_with('*'))
}

/// The name that a statement defines, or that it begins with.
pub fn defined(chunk: &str) -> Option<&str> {
    let line = own_line(chunk)?;
    // `func (c *Client) Accounts(…)`
    let line = line.strip_prefix("func (").and_then(|rest| rest.split_once(')')).map_or(line, |(_, rest)| rest.trim());
    let head = line.split('(').next().unwrap_or(line).trim_end();
    // `public Mono<String> accounts(…)`, and not `const accounts = all(…)` or `accounts.add(…)`.
    if head.len() < line.len() && !head.contains('=') && head.contains(char::is_whitespace) {
        let name = head.trim_end_matches(['>', '<', ',', ' ']);
        return words(name).last();
    }
    words(line).find(|word| !BEFORE.contains(word))
}

/// Whether a line ends a block that began further up.
fn closes(line: &str) -> bool {
    line.starts_with(['}', ')', ']']) || line == "end"
}

/// Whether a line begins a statement: it stands at the margin and closes or continues none.
fn begins(line: &str) -> bool {
    const CONTINUES: &[&str] = &[
        "else",
        "elif",
        "elsif",
        "elseif",
        "except",
        "finally",
        "rescue",
        "ensure",
        "end",
        "when",
        "case",
        "catch",
        "then",
        "and",
        "or",
        "where",
        "extends",
        "implements",
        "with",
    ];
    let first = line.chars().next();
    if first.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '{' | '}' | ')' | ']' | '.' | ',' | '|' | '&' | '?' | ':' | '+' | '*' | '<' | '>' | ';' | '='
            )
    }) {
        return false;
    }
    let word = line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    !CONTINUES.contains(&word)
}

/// Comments, decorators and attributes belong to what stands below them.
fn is_lead(line: &str) -> bool {
    ["//", "#", "--", "/*", "@", "["].iter().any(|mark| line.starts_with(mark))
}

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.len() > 1)
}
