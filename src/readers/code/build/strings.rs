//! Strings: their constant parts with what escapes stand for, the values between them, and strings put together.

use tree_sitter::Node as Raw;

use super::{Build, PARTS, Parts};
use crate::fact::Name;
use crate::readers::code::syntax::{Is, Node};
use crate::readers::escapes::{self, Dialect};
use crate::readers::grammar;
use crate::text::{Text, TextBuilder};

impl Build<'_, '_> {
    /// `App.Flinks.Client`, where the grammar takes it for one token.
    pub(super) fn path(&self, raw: Raw<'_>) -> Node {
        let text = self.slice(raw);
        let start = grammar::range(raw, self.source.text()).start;
        let span = |end: usize| self.source.span(start..start + end);
        let mut end = text.find('.').unwrap_or(text.len());
        let mut node = Node::new(span(end), Is::Name(text[..end].trim().into()));
        while end < text.len() {
            let from = end + 1;
            end = text[from..].find('.').map_or(text.len(), |length| from + length);
            let name = Name::key(text[from..end].trim(), self.source.span(start + from..start + end));
            node = Node::new(span(end), Is::Member(Box::new(node), name));
        }
        node
    }

    pub(super) fn symbol(&self, raw: Raw<'_>) -> Text {
        let name = self.name(raw);
        Text::verbatim(name.text, self.source.id, name.span.start as usize)
    }

    /// A string: its constant parts with their escapes, and the values between them.
    pub(super) fn text(&self, raw: Raw<'_>, roled: &Parts<'_, '_>, depth: usize) -> Is {
        let mut nodes: Vec<Node> = Vec::new();
        let mut run: Option<(TextBuilder, std::ops::Range<usize>)> = None;
        if roled.all().is_empty() {
            return Is::Text(self.unquoted(raw));
        }
        // Where the part before ends, and whether it was a value.
        let mut before: Option<(usize, bool)> = None;
        let around = roled.part("around").is_some();
        for (part, node, range) in self.pieces(raw, roled) {
            let is_hole = part == "hole";
            let (last, was_hole) = before.replace((range.end, is_hole)).unwrap_or((range.start, is_hole));
            // PHP leaves the ends of lines to nobody.
            let between = &self.source.text()[last.min(range.start)..range.start];
            let blank = if was_hole {
                range.start - (between.len() - between.trim_end().len())..range.start
            } else {
                last..last + (between.len() - between.trim_start().len())
            };
            if !around && self.source.text()[blank.clone()].contains('\n') && !(was_hole && is_hole) {
                let (builder, written) =
                    run.get_or_insert_with(|| (TextBuilder::new(self.source.id), blank.start..blank.start));
                builder.verbatim(&self.source.text()[blank.clone()], blank.start);
                written.end = blank.end;
            }
            if is_hole {
                nodes.extend(run.take().map(finished));
                let inner = self.node(node, depth + 1);
                let unknown = || Node::new(self.span(node), Is::Group(Vec::new()));
                nodes.push(inner.unwrap_or_else(unknown));
                continue;
            }
            let text = &self.source.text()[range.clone()];
            if part == "dollar" {
                nodes.extend(run.take().map(finished));
                nodes.push(Node::new(self.source.span(range), Is::Name(text[1..].into())));
                continue;
            }
            let (builder, written) =
                run.get_or_insert_with(|| (TextBuilder::new(self.source.id), range.start..range.start));
            written.end = range.end;
            if part == "escape" {
                let decoded = escapes::decode(self.source.id, self.source.text(), range, Dialect::Json);
                builder.copy(&decoded, 0..decoded.len());
            } else if part == "doubled" {
                let mut from = range.start;
                for piece in text.split_inclusive("\"\"") {
                    let bare = piece.strip_suffix("\"\"").map_or(piece, |bare| &piece[..bare.len() + 1]);
                    builder.verbatim(bare, from);
                    from += piece.len();
                }
            } else if part == "raw" {
                builder.verbatim(text, range.start);
            } else {
                self.constant(node, builder);
            }
        }
        nodes.extend(run.map(finished));
        match <[Node; 1]>::try_from(nodes) {
            Ok([Node { is: Is::Text(text), .. }]) => Is::Text(text),
            Ok([only]) => Is::Template(vec![only]),
            Err(nodes) if nodes.is_empty() => Is::Text(self.unquoted(raw)),
            Err(nodes) => Is::Template(nodes),
        }
    }

    /// The parts of a string with their places, and what stands around them where the grammar has no nodes for it.
    pub(super) fn pieces<'r, 'tree>(
        &self,
        raw: Raw<'tree>,
        roled: &'r Parts<'r, 'tree>,
    ) -> Vec<(&'r str, Raw<'tree>, std::ops::Range<usize>)> {
        let is_piece = |part: &str| matches!(part, "part" | "escape" | "raw" | "doubled" | "dollars" | "hole");
        let whole = roled.part("around").map(|_| self.inside(raw).0);
        let mut from = whole.as_ref().map_or(0, |inside| inside.start);
        let mut pieces = Vec::new();
        for (part, node) in roled.all().iter().take(PARTS).filter(|(part, _)| is_piece(part)) {
            let is_whole = node.id() == raw.id();
            let range = if is_whole { self.inside(raw).0 } else { grammar::range(*node, self.source.text()) };
            if whole.is_some() && from < range.start {
                pieces.push(("raw", raw, from..range.start));
            }
            from = range.end;
            match pieces.last_mut() {
                Some(("dollars", _, before)) if *part == "dollars" && before.end == range.start => {
                    before.end = range.end
                }
                _ => pieces.push((*part, *node, range)),
            }
        }
        if roled.part("dollars").is_some() {
            let apart = |(part, node, range): (&'r str, Raw<'tree>, std::ops::Range<usize>)| {
                let ranges = if part == "dollars" { dollars(self.source.text(), range) } else { vec![(part, range)] };
                ranges.into_iter().map(move |(part, range)| (part, node, range))
            };
            return pieces.into_iter().flat_map(apart).collect();
        }
        if let Some(inside) = whole.filter(|inside| from < inside.end) {
            pieces.push(("raw", raw, from..inside.end));
        }
        pieces
    }

    /// `~w(ca us)`
    pub(super) fn words(&self, raw: Raw<'_>) -> Vec<Node> {
        let text = self.slice(raw);
        let start = grammar::range(raw, self.source.text()).start;
        // Each is a part of the text, so that how far it stands from its beginning is known.
        let place = |word: &str| start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let texts = text.split_whitespace().map(|word| Text::verbatim(word, self.source.id, place(word)));
        texts.map(|text| Node::new(text.span(), Is::Text(text))).collect()
    }

    /// Python keeps the escapes inside of the constant part: `\\n`, and `{{` for one sign.
    pub(super) fn constant(&self, raw: Raw<'_>, builder: &mut TextBuilder) {
        let text = self.source.text();
        let range = grammar::range(raw, text);
        let mut from = range.start;
        for escape in grammar::children(raw) {
            let escape = grammar::range(escape, text);
            builder.verbatim(&text[from..escape.start], from);
            if text[escape.clone()].starts_with('\\') {
                let decoded = escapes::decode(self.source.id, text, escape.clone(), Dialect::Json);
                builder.copy(&decoded, 0..decoded.len());
            } else {
                let sign = text[escape.clone()].chars().next().map_or(0, char::len_utf8);
                builder.verbatim(&text[escape.start..escape.start + sign], escape.start);
            }
            from = escape.end;
        }
        builder.verbatim(&text[from..range.end], from);
    }

    /// A string whose grammar does not take it apart: without its quotes, escapes decoded where it may have any.
    pub(super) fn unquoted(&self, raw: Raw<'_>) -> Text {
        let (inside, is_raw) = self.inside(raw);
        let written = &self.source.text()[inside.clone()];
        if is_raw || !written.contains('\\') {
            return Text::verbatim(written, self.source.id, inside.start);
        }
        escapes::decode(self.source.id, self.source.text(), inside, Dialect::Json)
    }

    /// The inside of the quotes of a string, and whether backslashes are nothing special there.
    pub(super) fn inside(&self, raw: Raw<'_>) -> (std::ops::Range<usize>, bool) {
        let written = self.slice(raw);
        let start = grammar::range(raw, self.source.text()).start;
        let Some(open) = written.find(['"', '\'', '`', '/']) else {
            return (start..start + written.len(), true);
        };
        let quote = written[open..].chars().next().unwrap_or('"');
        let count = written[open..].chars().take_while(|c| *c == quote).count();
        // C# writes a quote twice behind `@`, and has no more than one around.
        let is_one = written[..open].contains('@');
        let count = if count >= 3 && !is_one { 3.min(count) } else { 1 };
        let is_raw = quote == '`' || written[..open].contains(['r', 'R', '@', '#', '~']);
        let end = written.rfind(quote).map_or(written.len(), |at| (at + 1).saturating_sub(count));
        let from = (open + count).min(written.len());
        (start + from..start + end.max(from), is_raw)
    }

    /// Strings put together, however deep to the left the grammar nests them.
    pub(super) fn join(&self, raw: Raw<'_>, depth: usize) -> Is {
        let mut open = vec![raw];
        let mut parts = Vec::new();
        while let Some(raw) = open.pop() {
            match self.role(raw).filter(|roled| roled.role == "join") {
                Some(roled) if open.len() < PARTS => {
                    let inner: Vec<Raw<'_>> = roled.parts("part").collect();
                    open.extend(inner.into_iter().rev());
                }
                _ => parts.extend(self.node(raw, depth + 1)),
            }
        }
        Is::Join(parts)
    }
}

/// Takes `$name` out of a constant: Kotlin's grammar does not see it.
fn dollars(text: &str, range: std::ops::Range<usize>) -> Vec<(&'static str, std::ops::Range<usize>)> {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    let mut pieces = Vec::new();
    let mut from = range.start;
    for (at, _) in text[range.clone()].match_indices('$') {
        let at = range.start + at;
        let name = &text[at + 1..range.end];
        if name.starts_with(is_first) {
            let length = name.find(|c: char| !is_first(c) && !c.is_numeric()).unwrap_or(name.len());
            pieces.push(("raw", from..at));
            from = at + 1 + length;
            pieces.push(("dollar", at..from));
        }
    }
    pieces.push(("raw", from..range.end));
    pieces.retain(|(_, range)| !range.is_empty());
    pieces
}

fn finished((builder, written): (TextBuilder, std::ops::Range<usize>)) -> Node {
    let text = builder.finish(written);
    Node::new(text.span(), Is::Text(text))
}
