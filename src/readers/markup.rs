//! Elements of XML, read tolerantly: templated, truncated and ill-formed files yield what they still say.
//!
//! A strict parser loses a whole `web.config` for one `&` or one `<%= … %>`; here that costs one element.

use std::collections::HashSet;

use crate::readers::quoting::{Unquoted, Unquoter};
use crate::readers::written::Written;
use crate::source::{FileId, Source};

/// An element. The elements of a file stand in the order in which they open.
pub struct Element<'a> {
    /// Without a namespace's prefix.
    pub tag: Written<'a>,
    pub attributes: Vec<Attribute<'a>>,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    text: Vec<Text<'a>>,
}

pub struct Attribute<'a> {
    pub prefix: &'a str,
    /// Without a namespace's prefix.
    pub name: Written<'a>,
    pub value: Written<'a>,
}

struct Text<'a> {
    written: Written<'a>,
    /// In CDATA nothing is escaped.
    raw: bool,
}

impl<'a> Element<'a> {
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes.iter().find(|attribute| attribute.name.text == name)
    }

    /// Whether there is text directly inside, and no element.
    pub fn has_text(&self) -> bool {
        self.children.is_empty() && !self.text.is_empty()
    }

    /// The text directly inside, trimmed; `None` if there is none but blanks.
    pub fn text(&self, file: FileId) -> Option<Unquoted> {
        let mut pieces: Vec<(Written<'a>, bool)> = self.text.iter().map(|text| (text.written, text.raw)).collect();
        let first = pieces.first_mut()?;
        first.0 = first.0.trim_start();
        let last = pieces.last_mut()?;
        last.0 = last.0.trim_end();
        let (start, end) = (pieces.first()?.0.start, pieces.last()?.0.end());
        let mut unquoter = Unquoter::new(file);
        for (piece, raw) in pieces {
            if raw { unquoter.verbatim(piece) } else { unescape(piece, &mut unquoter) }
        }
        (!unquoter.is_empty()).then(|| unquoter.finish(start..end))
    }
}

impl Attribute<'_> {
    pub fn decoded(&self, file: FileId) -> Unquoted {
        decoded(self.value, file)
    }
}

/// What an attribute's value stands for.
pub fn decoded(value: Written<'_>, file: FileId) -> Unquoted {
    let mut unquoter = Unquoter::new(file);
    unescape(value, &mut unquoter);
    unquoter.finish(value.start..value.end())
}

/// Decodes the five entities of XML and character references; others are text.
fn unescape(written: Written<'_>, unquoter: &mut Unquoter) {
    let mut from = 0;
    let mut at = 0;
    while let Some(mark) = written.text[at..].find('&').map(|offset| at + offset) {
        at = mark + 1;
        let Some((decoded, length)) = entity(&written.text[mark + 1..]) else { continue };
        unquoter.verbatim(written.part(from..mark));
        unquoter.decoded(decoded.encode_utf8(&mut [0; 4]), written.start + mark);
        at = mark + 1 + length;
        from = at;
    }
    unquoter.verbatim(written.from(from));
}

/// The character of an entity after its `&`, and how long it is with its `;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let c = match &text[..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}

/// The elements of a file.
pub fn elements(source: &Source) -> Vec<Element<'_>> {
    let mut scanner = Scanner {
        all: Written::all(source),
        at: 0,
        text_from: 0,
        elements: Vec::new(),
        open: Vec::new(),
        missing: HashSet::new(),
    };
    while scanner.step() {}
    scanner.elements
}

struct Scanner<'a> {
    all: Written<'a>,
    at: usize,
    /// Where the text before `at` begins.
    text_from: usize,
    elements: Vec<Element<'a>>,
    /// The elements not closed yet, innermost last.
    open: Vec<usize>,
    /// Closings that do not come any more, so that nobody looks for them again.
    missing: HashSet<&'static str>,
}

/// How far up a closing tag looks for its element: who forgets more closings is not helped.
const REACH: usize = 16;

impl<'a> Scanner<'a> {
    /// Reads the next tag and the text before it. Returns whether there is more.
    fn step(&mut self) -> bool {
        let Some(found) = self.all.text[self.at..].find('<').map(|offset| self.at + offset) else {
            self.end_text(self.all.text.len());
            return false;
        };
        let rest = &self.all.text[found..];
        self.at = found;
        if rest.starts_with("<!--") {
            self.skip_to(found, "-->");
        } else if rest.starts_with("<?") {
            self.skip_to(found, "?>");
        } else if rest.starts_with("<![CDATA[") {
            self.character_data(found);
        } else if rest.starts_with("<!") {
            let subset = rest.bytes().take(4096).take_while(|byte| *byte != b'>').any(|byte| byte == b'[');
            self.skip_to(found, if subset { "]>" } else { ">" });
        } else if rest.starts_with("<%") {
            // A template's hole is text.
            self.at = self.find(found, "%>").map_or(found + 2, |end| end + 2);
        } else if rest.starts_with("</") {
            self.end_text(found);
            self.close(found);
        } else if rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.end_text(found);
            self.open(found);
        } else {
            self.at = found + 1;
        }
        true
    }

    /// The next place of a closing, at or after `from`.
    fn find(&mut self, from: usize, closing: &'static str) -> Option<usize> {
        if self.missing.contains(closing) {
            return None;
        }
        let found = self.all.text[from..].find(closing);
        if found.is_none() {
            self.missing.insert(closing);
        }
        found.map(|offset| from + offset)
    }

    /// Skips what begins at `found`; if it never ends, only its first character.
    fn skip_to(&mut self, found: usize, closing: &'static str) {
        match self.find(found, closing) {
            Some(end) => {
                self.end_text(found);
                self.at = end + closing.len();
                self.text_from = self.at;
            }
            None => self.at = found + 1,
        }
    }

    fn character_data(&mut self, found: usize) {
        let Some(end) = self.find(found, "]]>") else {
            self.at = found + 1;
            return;
        };
        self.end_text(found);
        self.add_text(self.all.part(found + 9..end.max(found + 9)), true);
        self.at = end + 3;
        self.text_from = self.at;
    }

    /// Gives the text before `end` to the innermost open element.
    fn end_text(&mut self, end: usize) {
        let text = self.all.part(self.text_from.min(end)..end);
        self.text_from = end;
        if !text.text.trim().is_empty() {
            self.add_text(text, false);
        }
    }

    fn add_text(&mut self, written: Written<'a>, raw: bool) {
        if let Some(element) = self.open.last() {
            self.elements[*element].text.push(Text { written, raw });
        }
    }

    fn close(&mut self, found: usize) {
        let rest = self.all.from(found + 2);
        let length = rest.text.find(['>', '<', '\n']).unwrap_or(rest.text.len());
        let (_, tag) = parted(rest.to(length).trim());
        let elements = &self.elements;
        let depth = self.open.iter().rev().take(REACH).position(|open| elements[*open].tag.text == tag.text);
        if let Some(depth) = depth {
            self.open.truncate(self.open.len() - depth - 1);
        }
        self.at = found + 2 + length + usize::from(rest.text[length..].starts_with('>'));
        self.text_from = self.at;
    }

    fn open(&mut self, found: usize) {
        let rest = &self.all.text[found + 1..];
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(rest.len());
        let (_, tag) = parted(self.all.part(found + 1..found + 1 + length));
        self.at = found + 1 + length;
        let (attributes, empty) = self.attributes();
        let id = self.elements.len();
        let parent = self.open.last().copied();
        if let Some(parent) = parent {
            self.elements[parent].children.push(id);
        }
        self.elements.push(Element { tag, attributes, parent, children: Vec::new(), text: Vec::new() });
        if !empty {
            self.open.push(id);
        }
        self.text_from = self.at;
    }

    /// The attributes up to the end of the tag, and whether the tag closes its element itself.
    fn attributes(&mut self) -> (Vec<Attribute<'a>>, bool) {
        let mut attributes = Vec::new();
        loop {
            let rest = &self.all.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.all.text[self.at..];
            match rest.chars().next() {
                None => return (attributes, true),
                Some('>') => {
                    self.at += 1;
                    return (attributes, false);
                }
                Some('/') if rest[1..].starts_with('>') => {
                    self.at += 2;
                    return (attributes, true);
                }
                // The next tag begins: this one was never ended.
                Some('<') if !rest.starts_with("<%") => return (attributes, false),
                Some('<') => self.at = self.find(self.at, "%>").map_or(self.at + 2, |end| end + 2),
                Some(_) => attributes.extend(self.attribute()),
            }
        }
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let rest = self.all.from(self.at);
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '<' | '/' | '"' | '\'');
        let length = rest.text.find(ends).unwrap_or(rest.text.len());
        let written = rest.to(length);
        let after = rest.from(length).trim_start();
        let Some(value) = after.after("=").map(Written::trim_start).filter(|_| length > 0) else {
            let step = rest.text.chars().next().map_or(1, char::len_utf8);
            self.at += length.max(step);
            return None;
        };
        let (prefix, name) = parted(written);
        let (value, end) = self.attribute_value(value);
        self.at = end;
        Some(Attribute { prefix, name, value })
    }

    /// A value and where it ends. A quote that does not close before the next tag is no quote.
    fn attribute_value(&mut self, from: Written<'a>) -> (Written<'a>, usize) {
        let quote = from.text.chars().next().filter(|c| matches!(c, '"' | '\''));
        let mut at = 1;
        while let Some(quote) = quote {
            let Some(found) = from.text[at..].find([quote, '<', '{']).map(|offset| at + offset) else { break };
            let rest = &from.text[found..];
            if rest.starts_with(quote) {
                let value = from.part(1..found);
                return (value, from.start + found + 1);
            }
            // Quotes inside of a template's hole are its own.
            let hole = [("<%", "%>"), ("{{", "}}")].iter().find(|hole| rest.starts_with(hole.0));
            at = match hole.and_then(|hole| self.find(from.start + found, hole.1)) {
                Some(end) => end + 2 - from.start,
                None if rest.starts_with('<') && hole.is_none() => break,
                None => found + 1,
            };
        }
        let plain = from.from(usize::from(quote.is_some()));
        let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '<' | '"' | '\'');
        let length = plain.text.find(ends).unwrap_or(plain.text.len());
        (plain.to(length), plain.start + length)
    }
}

/// A name apart: a namespace's prefix and the rest.
fn parted(name: Written<'_>) -> (&str, Written<'_>) {
    match name.text.split_once(':') {
        Some((prefix, rest)) if !rest.is_empty() => (prefix, name.from(prefix.len() + 1)),
        _ => ("", name),
    }
}
