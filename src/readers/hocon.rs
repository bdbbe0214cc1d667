//! HOCON: Lightbend's `application.conf`, `reference.conf` and `*.hocon`.
//!
//! Scanned by hand with a stack: broken files are read as far as they make sense.

use std::collections::HashMap;

use crate::fact::{Facts, Name, Piece, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers::conf::{self, Kind};
use crate::readers::quoting::{Unquoter, closing_quote};
use crate::readers::template::Notation;
use crate::readers::written::Written;
use crate::readers::{Reader, allow, dotted, properties};
use crate::source::Source;

pub const READER: Reader = Reader { name: "hocon", reads, read };

fn reads(source: &Source) -> bool {
    conf::kind(source) == Some(Kind::Hocon)
}

/// Paths with more steps are not recorded.
const DEPTH: usize = 64;

fn read(source: &Source) -> Facts {
    let mut hocon = Hocon {
        all: Written::all(source),
        at: 0,
        line_end: 0,
        path: Vec::new(),
        frames: vec![Frame { before: 0, item: None }],
        facts: Facts::new(source.id),
        said: HashMap::new(),
    };
    while hocon.step() {}
    hocon.facts
}

/// An open object or list.
struct Frame {
    /// How long the path was outside of it.
    before: usize,
    /// The position of the next item, if it is a list.
    item: Option<usize>,
}

struct Hocon<'a> {
    all: Written<'a>,
    at: usize,
    line_end: usize,
    path: Vec<Name>,
    frames: Vec<Frame>,
    facts: Facts,
    /// Where each path was last set, for `key = ${?X}` after `key = default`.
    said: HashMap<String, usize>,
}

impl<'a> Hocon<'a> {
    fn rest(&self) -> &'a str {
        &self.all.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads a bracket, an item or an entry. Returns whether there is more.
    fn step(&mut self) -> bool {
        self.skip(true);
        let Some(c) = self.peek() else { return false };
        match c {
            ',' => self.at += 1,
            '}' | ']' => {
                self.at += 1;
                self.close();
            }
            '{' => {
                let steps = self.item();
                self.open(steps, false);
            }
            '[' => {
                let steps = self.item();
                self.open(steps, true);
            }
            _ if self.frames.last().is_some_and(|frame| frame.item.is_some()) => {
                let steps = self.item();
                self.scalar(steps);
            }
            _ => self.entry(),
        }
        true
    }

    /// Skips blanks and comments, and line ends where they mean nothing.
    fn skip(&mut self, lines: bool) {
        loop {
            let rest = self.rest();
            let blank = |c: char| c.is_whitespace() && (lines || c != '\n') || c == '\u{feff}';
            self.at += rest.len() - rest.trim_start_matches(blank).len();
            let rest = self.rest();
            if !rest.starts_with('#') && !rest.starts_with("//") {
                return;
            }
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    /// A bracket may open on a line below its `=`; other values may not.
    fn skip_to_bracket(&mut self) {
        self.skip(false);
        let here = self.at;
        self.skip(true);
        if !self.rest().starts_with(['{', '[']) {
            self.at = here;
        }
    }

    /// Where the current line ends; looked for once a line.
    fn line_end(&mut self) -> usize {
        if self.at > self.line_end || self.line_end == 0 {
            self.line_end = self.at + self.rest().find('\n').unwrap_or(self.rest().len());
        }
        self.line_end
    }

    /// The step to the next item, where the innermost bracket is a list's.
    fn item(&mut self) -> Vec<Name> {
        let here = self.all.part(self.at..self.at).span(self.facts.file);
        let Some(item) = self.frames.last_mut().and_then(|frame| frame.item.as_mut()) else { return Vec::new() };
        *item += 1;
        vec![Name::index(*item - 1, here)]
    }

    fn open(&mut self, steps: Vec<Name>, list: bool) {
        self.at += 1;
        self.frames.push(Frame { before: self.path.len(), item: list.then_some(0) });
        if self.path.len() < DEPTH {
            self.path.extend(steps);
        }
    }

    fn close(&mut self) {
        if self.frames.len() > 1 {
            let frame = self.frames.pop().map_or(0, |frame| frame.before);
            self.path.truncate(frame);
        }
    }

    /// `key = value`, `key : value`, `key += value`, `key { … }`.
    fn entry(&mut self) {
        let steps = self.key();
        self.skip(false);
        let rest = self.rest();
        let separator = ["+=", "=", ":"].iter().find(|mark| rest.starts_with(**mark));
        match separator {
            Some(mark) => {
                self.at += mark.len();
                self.skip_to_bracket();
            }
            None if rest.starts_with('{') => {}
            None if rest.starts_with([',', '}', ']']) => return,
            // `include "x"` and what is no entry at all.
            None => {
                self.at = self.line_end();
                return;
            }
        }
        match self.peek() {
            Some('{') => self.open(steps, false),
            Some('[') => self.open(steps, true),
            _ => self.scalar(steps),
        }
    }

    /// A key: words and quoted words, parted by dots.
    fn key(&mut self) -> Vec<Name> {
        let mut steps = Vec::new();
        let file = self.facts.file;
        while let Some(c) = self.peek() {
            let from = self.at;
            if c == '"' {
                let line_end = self.line_end();
                let close = closing_quote(&self.all.text[..line_end], from).unwrap_or(line_end);
                let inside = self.all.part(from + 1..close);
                if inside.text.len() <= 256 && !inside.is_empty() {
                    steps.push(Name::key(inside.text, inside.span(file)));
                }
                self.at = (close + 1).min(line_end);
                continue;
            }
            let ends = |c: char| matches!(c, '"' | '=' | ':' | '{' | '}' | '[' | ']' | ',' | '\n' | '#') || c == '+';
            let length = self.rest().find(ends).unwrap_or(self.rest().len());
            if length == 0 {
                break;
            }
            let word = self.all.part(from..from + length).trim();
            steps.extend(dotted::names(&word.to_text(file), &['.']));
            self.at = from + length;
        }
        // What can neither be a key nor end one would be met for ever.
        if steps.is_empty() && self.peek().is_some_and(|c| matches!(c, '+' | '#')) {
            self.at += 1;
        }
        steps
    }

    /// A value that is no object and no list: pieces in a row, up to the end of the line or a bracket.
    fn scalar(&mut self, steps: Vec<Name>) {
        let mut unquoter = Unquoter::new(self.facts.file);
        let start = self.at;
        let mut end = start;
        let mut only_quotes = None;
        while let Some(c) = self.peek() {
            let from = self.at;
            let rest = self.rest();
            let first = end == start && unquoter.is_empty();
            let blank_before = self.all.text[..from].ends_with(char::is_whitespace);
            if matches!(c, '\n' | ',' | '}' | ']' | '{')
                || c == '#'
                || (rest.starts_with("//") && (first || blank_before))
            {
                break;
            }
            if c.is_whitespace() {
                self.at += c.len_utf8();
                continue;
            }
            // Blanks between two pieces belong to the value.
            unquoter.verbatim(self.all.part(end..from));
            only_quotes = None;
            if c == '"' {
                only_quotes = self.quoted(&mut unquoter).filter(|_| first);
            } else if let Some(hole) = hole_length(rest) {
                self.substitution(hole, &mut unquoter);
            } else {
                let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | '{' | '#' | '"' | '$');
                let length = rest[c.len_utf8()..].find(ends).map_or(rest.len(), |offset| c.len_utf8() + offset);
                unquoter.verbatim(self.all.part(from..from + length));
                self.at = from + length;
            }
            end = self.at;
        }
        let range = only_quotes.unwrap_or(start..end);
        let value = unquoter.finish(range).value(Notation::Braced);
        // `${defaults} { … }` takes over an object and changes it: what counts are the changes.
        match self.peek() {
            Some('{') => self.open(steps, false),
            _ => self.set(steps, value),
        }
    }

    /// A quoted string, or one in three quotes; returns its inside. `${x}` in it is text.
    fn quoted(&mut self, unquoter: &mut Unquoter) -> Option<std::ops::Range<usize>> {
        let from = self.at;
        let text = self.all.text;
        if let Some(close) = text[from..].strip_prefix("\"\"\"").and_then(|inside| inside.find("\"\"\"")) {
            let inside = from + 3..from + 3 + close;
            unquoter.literal(self.all.part(inside.clone()));
            self.at = inside.end + 3;
            return Some(inside);
        }
        let line_end = self.line_end();
        match closing_quote(&text[..line_end], from) {
            Some(close) => {
                decode(self.all.part(from + 1..close), unquoter);
                self.at = close + 1;
                Some(from + 1..close)
            }
            // An open quote costs its own line.
            None => {
                unquoter.verbatim(self.all.part(from + 1..line_end).trim_end());
                self.at = line_end;
                Some(from + 1..line_end)
            }
        }
    }

    /// `${x}` and `${?x}`, which are the same reference.
    fn substitution(&mut self, length: usize, unquoter: &mut Unquoter) {
        let hole = self.all.part(self.at..self.at + length);
        self.at += length;
        if hole.text.starts_with("${?") {
            unquoter.verbatim(hole.to(2));
            unquoter.verbatim(hole.from(3));
        } else {
            unquoter.verbatim(hole);
        }
    }

    fn set(&mut self, steps: Vec<Name>, mut value: Value) {
        let path: Vec<Name> = self.path.iter().cloned().chain(steps).collect();
        if path.is_empty() || path.len() > DEPTH {
            return;
        }
        let key: String = path.iter().flat_map(|name| [&*name.text, "\u{0}"]).collect();
        // `key = ${?X}` keeps what `key` was before where X is not set: that is X's fallback.
        if let (Some(earlier), Some(Piece::Reference(reference))) = (self.said.get(&key), value.pieces.first_mut()) {
            let optional = self.all.text[reference.span.range()].starts_with("${?");
            let earlier_value = &self.facts.settings[*earlier].value;
            if optional && reference.kind == ReferenceKind::Named && fallbacks(earlier_value) < FALLBACKS {
                reference.fallback = Some(Box::new(self.facts.settings[*earlier].value.clone()));
                self.facts.settings[*earlier].path = path;
                self.facts.settings[*earlier].value = value;
                return;
            }
        }
        self.said.insert(key, self.facts.settings.len());
        let said = if allow::lists(path.last().map_or("", |name| &name.text)) { Said::Allowed } else { Said::Key };
        self.facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said });
    }
}

/// No reference is longer.
const HOLE: usize = 512;

/// The length of `${…}` at the beginning of `text`.
fn hole_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("${")?;
    let close = inside.bytes().take(HOLE).position(|byte| matches!(byte, b'}' | b'\n'))?;
    (inside.as_bytes()[close] == b'}').then_some(close + 3)
}

/// Longer chains of `key = ${?X}` are cut.
const FALLBACKS: usize = 6;

/// How many references stand behind each other, each for when the one before is not set.
fn fallbacks(value: &Value) -> usize {
    let mut count = 0;
    let mut value = value;
    while let Some(Piece::Reference(reference)) = value.pieces.first() {
        let Some(inner) = reference.fallback.as_deref().filter(|_| count < FALLBACKS) else { break };
        count += 1;
        value = inner;
    }
    count
}

/// The inside of a JSON string.
fn decode(inside: Written<'_>, unquoter: &mut Unquoter) {
    let mut from = 0;
    while let Some(backslash) = inside.text[from..].find('\\').map(|offset| from + offset) {
        unquoter.literal(inside.part(from..backslash));
        let rest = &inside.text[backslash + 1..];
        let start = inside.start + backslash;
        let Some(c) = rest.chars().next() else { return };
        let (decoded, length) = match c {
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'b' => ('\u{8}', 1),
            'f' => ('\u{c}', 1),
            'u' => properties::unicode(rest).unwrap_or(('u', 1)),
            c => {
                from = backslash + 1 + c.len_utf8();
                unquoter.literal(inside.part(backslash + 1..from));
                continue;
            }
        };
        unquoter.decoded(decoded.encode_utf8(&mut [0; 4]), start);
        from = backslash + 1 + length;
    }
    unquoter.literal(inside.from(from));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "application.conf", text);
        let show = |setting: &Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            format!("{} = {}", path.join("."), show_value(&setting.value))
        };
        read(&source).settings.iter().map(show).collect()
    }

    fn show_value(value: &Value) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(reference) => match &reference.fallback {
                Some(value) => format!("[{}|{}]", reference.name, show_value(value)),
                None => format!("[{}]", reference.name),
            },
        };
        value.pieces.iter().map(piece).collect()
    }

    #[test]
    fn objects_lists_dotted_keys_and_comments() {
        let text = "# a = 1\n// b = 2\ninclude \"x\"\nflinks {\n us.url = https://x/v3 // c\n \"ca\" : { key: a b # c\n }\n}\nlist = [ { n = 1 }, 2\n 3 ]\nd\n=\n{ e=1 }";
        let expected =
            ["flinks.us.url = https://x/v3", "flinks.ca.key = a b", "list.0.n = 1", "list.1 = 2", "list.2 = 3"];
        assert_eq!(shown(text)[..5], expected);
    }

    /// A host put together from pieces is one value, and only `${…}` outside of quotes refers.
    #[test]
    fn concatenation() {
        assert_eq!(shown("u = \"https://\"${instance}\"-api.x\"/v3")[0], "u = https://[instance]-api.x/v3");
        assert_eq!(shown("u = \"a ${b}\"")[0], "u = a ${b}");
        assert_eq!(shown("u = \"\"\"a \"b\" c\"\"\"")[0], "u = a \"b\" c");
    }

    /// An environment variable that may replace a default leaves the default in force where it is not set.
    #[test]
    fn optional_references_fall_back_to_what_was_said_before() {
        assert_eq!(shown("a.u = \"x\"\na { u = ${?FLINKS_URL} }"), ["a.u = [FLINKS_URL|x]"]);
        let many = "u = 1\n".to_owned() + &"u = ${?X}\n".repeat(50);
        assert!(!shown(&many).is_empty());
    }

    /// An open quote costs its line, a stray bracket nothing.
    #[test]
    fn broken_files_are_read_on() {
        assert_eq!(shown("}\na = \"x\nb = 2\n]\nc = 3 + +\n+\n= 4"), ["a = x", "b = 2", "c = 3 + +"]);
    }
}
