//! Pages and templates over HTML, Vue and Svelte components among them: their scripts, and the addresses in their
//! attributes.

mod component;
mod dialect;
mod holes;

use std::ops::Range;

use tree_sitter::Node as Raw;

use super::code::syntax::{Is, Node};
use super::code::{self, Language, environment};
use super::grammar::{self, Grammar};
use super::template::{self, Notation};
use super::written::Written;
use super::{Reader, embedded, javascript, markup, typescript};
use crate::fact::{
    Facts, Handed, HandedTo, Name, Part, Piece, Reference, ReferenceKind, Said, ScopeId, Setting, Sink, Value,
};
use crate::source::{Source, Span, Spanned};
use crate::text::Text;

use dialect::Dialect;
use holes::{Hole, Kind};

pub const READER: Reader = Reader { name: "HTML", reads: |source| dialect::of(source).is_some(), read };

static GRAMMAR: Grammar = Grammar::new("HTML", || tree_sitter_html::LANGUAGE.into());

/// Elements whose attributes are read, of one file at most.
const ELEMENTS: usize = 20_000;

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    if let Some(dialect) = dialect::of(source) {
        add(source, dialect, &mut facts);
        // Where the code around markup is read, it says itself where its branches end.
        if !dialect.steers {
            crate::readers::template_branches::apply(source, &mut facts);
        }
    }
    code::symbols(&mut facts);
    facts.is_program = true;
    facts
}

/// Adds what the page says that a PHP file writes around its code.
pub fn around_php(source: &Source, facts: &mut Facts) {
    add(source, &dialect::PHP, facts);
}

fn add(source: &Source, dialect: &'static Dialect, facts: &mut Facts) {
    let holes = holes::find(source.text(), dialect.notation);
    let mut hidden = holes::hidden(source.text(), &holes);
    let head = dialect::front_matter(source).filter(|_| dialect.front_matter);
    if let Some(head) = &head {
        hidden.replace_range(..head.end, &"_".repeat(head.end));
    }
    let hidden = source.with_text(&hidden);
    let Some(tree) = GRAMMAR.parse_source(&hidden, facts) else { return };
    let (elements, scripts) = parts(tree.root_node(), hidden.text());
    let code = source.with_text(&code_of(source, dialect, &holes, &elements));
    let mut page = Page { source, dialect, holes, hidden, code, planted: Vec::new(), facts };
    if let Some(head) = head {
        let language = page.dialect.scripts;
        code::read_parts(source, language, &[head], page.facts);
    }
    page.filled_in();
    page.scripts(&scripts);
    if !dialect.steers {
        page.code(&elements, &scripts);
    }
    for (at, element) in elements.iter().enumerate() {
        page.element(at, element);
    }
    if dialect.steers {
        page.code(&elements, &scripts);
    }
    if dialect.component {
        component::members(page.facts);
    }
}

/// A tag that opens an element.
struct Element {
    tag: Range<usize>,
    attributes: Vec<Attribute>,
}

struct Attribute {
    name: Range<usize>,
    /// Without its quotes.
    value: Range<usize>,
    quoted: bool,
}

struct Script {
    element: Element,
    text: Range<usize>,
}

fn parts(root: Raw<'_>, text: &str) -> (Vec<Element>, Vec<Script>) {
    let (mut elements, mut scripts) = (Vec::new(), Vec::new());
    for node in grammar::walk(root) {
        match node.kind() {
            "start_tag" | "self_closing_tag" if elements.len() < ELEMENTS => elements.extend(element(node, text)),
            "script_element" => {
                let tag = grammar::child(node, "start_tag").and_then(|tag| element(tag, text));
                let body = grammar::child(node, "raw_text").map(|body| grammar::range(body, text));
                scripts.extend(tag.zip(body).map(|(element, text)| Script { element, text }));
            }
            _ => {}
        }
    }
    (elements, scripts)
}

fn element(node: Raw<'_>, text: &str) -> Option<Element> {
    let mut attributes = Vec::new();
    let mut tag = None;
    for child in grammar::children(node) {
        match child.kind() {
            "tag_name" => tag = Some(grammar::range(child, text)),
            "attribute" => attributes.extend(attribute(child, text)),
            _ => {}
        }
    }
    Some(Element { tag: tag?, attributes })
}

fn attribute(node: Raw<'_>, text: &str) -> Option<Attribute> {
    let name = grammar::range(grammar::child(node, "attribute_name")?, text);
    let bare = grammar::child(node, "attribute_value").map(|value| (grammar::range(value, text), false));
    let quoted = || {
        let all = grammar::range(grammar::child(node, "quoted_attribute_value")?, text);
        (all.len() >= 2).then_some((all.start + 1..all.end - 1, true))
    };
    let (value, quoted) = bare.or_else(quoted)?;
    Some(Attribute { name, value, quoted })
}

/// The text with what opens and closes its holes in the way of their language, and with a parenthesis for each quote
/// around an attribute that is an expression.
fn code_of(source: &Source, dialect: &Dialect, holes: &[Hole], elements: &[Element]) -> String {
    let mut bytes = source.text().as_bytes().to_vec();
    for hole in holes {
        let (opens, closes) = (hole.range.start..hole.inner.start, hole.inner.end..hole.range.end);
        if hole.is == Kind::Comment {
            bytes[hole.range.clone()].fill(b' ');
            continue;
        }
        bytes[opens.clone()].fill(b' ');
        bytes[closes.clone()].fill(b' ');
        if dialect.tagged {
            bytes[opens.start..opens.start + 2].copy_from_slice(b"<?");
            bytes[closes.start..closes.start + 2].copy_from_slice(b"?>");
        } else if let Some(last) = bytes.get_mut(closes.end - 1).filter(|_| !closes.is_empty()) {
            // What follows is another statement.
            *last = b'\n';
        }
    }
    for attribute in elements.iter().flat_map(|element| &element.attributes).filter(|attribute| attribute.quoted) {
        if spelling(&source.text()[attribute.name.clone()]).is_some_and(|spelling| spelling.bound) {
            bytes[attribute.value.start - 1] = b'(';
            bytes[attribute.value.end] = b')';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Page<'p> {
    source: &'p Source,
    dialect: &'static Dialect,
    holes: Vec<Hole>,
    /// The text without its holes.
    hidden: Source,
    /// The text as the language of its holes has it.
    code: Source,
    /// Attributes that hold where the code around them lets them: their values' places, names and values.
    planted: Vec<(Range<usize>, Vec<Name>, Node)>,
    facts: &'p mut Facts,
}

impl Page<'_> {
    /// What a server puts into the page is sent with it.
    fn filled_in(&mut self) {
        if self.dialect.component {
            return;
        }
        for hole in self.holes.iter().filter(|hole| hole.is == Kind::Value) {
            let by = Spanned::new("markup".to_owned(), self.source.span(hole.range.clone()));
            let to = HandedTo::Browser("HTML");
            self.facts.handed.push(Handed { span: self.source.span(hole.range.clone()), by, to });
        }
    }

    fn text(&self, range: Range<usize>) -> &str {
        &self.source.text()[range]
    }

    fn name(&self, range: Range<usize>) -> Name {
        Name::key(self.text(range.clone()), self.source.span(range))
    }

    fn holes_in(&self, range: &Range<usize>) -> &[Hole] {
        let first = self.holes.partition_point(|hole| hole.range.start < range.start);
        let count = self.holes[first..].partition_point(|hole| hole.range.start < range.end);
        &self.holes[first..first + count]
    }

    /// What an attribute is set to, if it is written without holes.
    fn plain(&self, element: &Element, name: &str) -> Option<&str> {
        let named = |attribute: &&Attribute| self.text(attribute.name.clone()).eq_ignore_ascii_case(name);
        let value = element.attributes.iter().find(named)?.value.clone();
        self.holes_in(&value).is_empty().then(|| self.text(value))
    }

    fn scripts(&mut self, scripts: &[Script]) {
        for script in scripts {
            let first = self.facts.settings.len();
            self.sent(&script.element, &script.text);
            let lang = self.plain(&script.element, "lang").unwrap_or("").to_ascii_lowercase();
            let kind = self.plain(&script.element, "type").unwrap_or("").to_ascii_lowercase();
            let is = |words: &[&str]| words.iter().any(|word| kind.ends_with(word));
            let language: &'static Language = match lang.as_str() {
                "ts" | "typescript" => &typescript::LANGUAGE,
                "tsx" => &typescript::WITH_MARKUP,
                _ if is(&["typescript"]) => &typescript::LANGUAGE,
                _ if kind.is_empty() || is(&["module", "javascript", "ecmascript", "babel", "jsx"]) => {
                    &javascript::LANGUAGE
                }
                _ if kind.contains("json") || is(&["importmap"]) => {
                    let text =
                        Text::verbatim(&self.hidden.text()[script.text.clone()], self.source.id, script.text.start);
                    embedded::read(self.source, "script.json", &text, ScopeId::FILE, self.facts);
                    self.fill(first);
                    continue;
                }
                _ => continue,
            };
            code::read_parts(&self.hidden, language, std::slice::from_ref(&script.text), self.facts);
            self.fill(first);
        }
    }

    /// Notes a part of an element that every reader of the page is sent.
    fn sent(&mut self, element: &Element, part: &Range<usize>) {
        let by = Spanned::new("markup".to_owned(), self.source.span(element.tag.clone()));
        self.facts.parts.push(Part { span: self.source.span(part.clone()), by });
    }

    /// Puts the holes back into what was said since.
    fn fill(&mut self, first: usize) {
        if self.holes.is_empty() {
            return;
        }
        let mut settings = self.facts.settings.split_off(first);
        for setting in &mut settings {
            self.fill_value(&mut setting.value);
        }
        self.facts.settings.extend(settings);
    }

    fn fill_value(&self, value: &mut Value) {
        for piece in std::mem::take(&mut value.pieces) {
            match piece {
                Piece::Text(text) => self.fill_text(&text, &mut value.pieces),
                Piece::Reference(mut reference) => {
                    let own = self.holes_in(&reference.span.range()).first();
                    let own =
                        own.filter(|_| reference.name.starts_with("__") && reference.name.trim_matches('_').is_empty());
                    match own {
                        Some(hole) => value.pieces.extend(self.hole(hole)),
                        None => {
                            if let Some(fallback) = &mut reference.fallback {
                                self.fill_value(fallback);
                            }
                            value.pieces.push(Piece::Reference(reference));
                        }
                    }
                }
            }
        }
    }

    fn fill_text(&self, text: &Text, pieces: &mut Vec<Piece>) {
        let mut from = 0;
        for hole in self.holes_in(&text.span().range()) {
            // Where in the text its mask stands: escapes in front of it have moved it.
            let starts = text.expose()[from..].match_indices('_').map(|(at, _)| from + at);
            let start = starts.into_iter().find(|at| text.span_of(*at..*at + 1).start as usize == hole.range.start);
            let Some(start) = start else { continue };
            let before = text.part(from..start);
            pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
            pieces.extend(self.hole(hole));
            from = (start + hole.range.len()).min(text.len());
        }
        let rest = text.part(from..text.len());
        pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    }

    /// What a hole gives: by the language of the holes, or as every format reads templates.
    fn hole(&self, hole: &Hole) -> Vec<Piece> {
        let said = self.hole_node(hole).map(|node| code::value(&node).pieces);
        let unknown = |pieces: &Vec<Piece>| matches!(pieces.as_slice(), [Piece::Reference(only)] if only.kind == ReferenceKind::Computed && only.fallback.is_none());
        match said {
            Some(pieces) if !unknown(&pieces) => pieces,
            said => {
                let written = Written { text: self.text(hole.range.clone()), start: hole.range.start };
                let mut pieces = template::value(&written.to_text(self.source.id), Notation::Braced).pieces;
                pieces.iter_mut().for_each(of_configuration);
                let is_read = pieces.iter().all(|piece| matches!(piece, Piece::Reference(_)));
                if is_read && !pieces.is_empty() { pieces } else { said.unwrap_or_else(|| vec![self.unknown(hole)]) }
            }
        }
    }

    fn unknown(&self, hole: &Hole) -> Piece {
        let span = self.source.span(hole.range.clone());
        Piece::Reference(Reference { kind: ReferenceKind::Computed, name: "…".into(), span, fallback: None })
    }

    fn hole_node(&self, hole: &Hole) -> Option<Node> {
        let language = self.dialect.holes.filter(|_| hole.is == Kind::Value)?;
        let part = if self.dialect.tagged { hole.range.clone() } else { hole.inner.clone() };
        code::expression(&self.code, language, part)
    }

    /// The code between the markup, where it makes one program.
    fn code(&mut self, elements: &[Element], scripts: &[Script]) {
        let Some(language) = self.dialect.holes.filter(|_| self.dialect.code) else { return };
        let values = elements.iter().flat_map(|element| element.attributes.iter().map(|attribute| &attribute.value));
        let mut taken: Vec<&Range<usize>> = values.chain(scripts.iter().map(|script| &script.text)).collect();
        taken.sort_by_key(|range| range.start);
        let is_taken = |hole: &Hole| {
            let before = taken.partition_point(|range| range.start <= hole.range.start);
            before.checked_sub(1).is_some_and(|at| taken[at].end >= hole.range.end)
        };
        let code = |hole: &&Hole| match hole.is {
            Kind::Control => !self.dialect.steers || !is_taken(hole),
            Kind::Value => !is_taken(hole),
            Kind::Comment => false,
        };
        let mut parts: Vec<Range<usize>> = self.holes.iter().filter(code).map(|hole| hole.range.clone()).collect();
        let mut bytes = self.code.text().as_bytes().to_vec();
        let mut planted = code::Planted::new();
        for (range, path, value) in std::mem::take(&mut self.planted) {
            // A text of the same length, as a statement of its own.
            bytes[range.start - 1] = b'"';
            bytes[range.clone()].fill(b'_');
            bytes[range.end] = b'"';
            let next = range.end + 1..range.end + 2;
            let is_free = bytes.get(next.start).is_some_and(u8::is_ascii) && self.holes_in(&next).is_empty();
            if is_free {
                bytes[next.start] = b'\n';
            }
            parts.push(range.start - 1..if is_free { next.end } else { next.start });
            planted.insert(self.source.span(range).start, (path, value));
        }
        parts.sort_by_key(|part| part.start);
        let code = self.code.with_text(&String::from_utf8_lossy(&bytes));
        code::read_around(&code, language, &parts, planted, self.facts);
    }

    fn element(&mut self, at: usize, element: &Element) {
        let tag = self.name(element.tag.clone());
        let path = [tag.clone(), Name::index(at, tag.span)];
        let own = tag.text.to_ascii_lowercase();
        if let Some((name, value)) = self.named(&own, element) {
            self.sent(element, &value.value);
            return self.set(&path, name, value, false);
        }
        let is_component = tag.text.contains('-') || tag.text.starts_with(|c: char| c.is_uppercase());
        for attribute in &element.attributes {
            let Some(spelling) = spelling(self.text(attribute.name.clone())) else { continue };
            let start = attribute.name.start + spelling.name.start;
            let name = self.name(start..start + spelling.name.len());
            let lower = name.text.to_ascii_lowercase();
            let is_data = lower.starts_with("data-") && lower.len() > 5;
            let name = if is_data { self.name(start + 5..start + spelling.name.len()) } else { name };
            let is_address = is_data || ADDRESSES.contains(&lower.as_str());
            if is_address || (is_component || lower == "to") && !STYLE.contains(&lower.as_str()) {
                self.sent(element, &attribute.value);
                self.set(&path, name, attribute, spelling.bound);
            }
        }
    }

    /// What an element sets under a name that one of its attributes gives: `<meta name="x" content="y">`.
    fn named<'e>(&self, tag: &str, element: &'e Element) -> Option<(Name, &'e Attribute)> {
        let (names, value): (&[&str], &str) = match tag {
            "meta" => (&["http-equiv", "name", "property", "itemprop"], "content"),
            "input" | "param" => (&["name", "id"], "value"),
            _ => return None,
        };
        let find = |name: &str| {
            let named = |attribute: &&Attribute| self.text(attribute.name.clone()).eq_ignore_ascii_case(name);
            element.attributes.iter().find(named)
        };
        let name = names.iter().find_map(|name| find(name))?.value.clone();
        let value = find(value)?;
        (!name.is_empty() && name.len() <= 128 && self.holes_in(&name).is_empty()).then(|| (self.name(name), value))
    }

    fn set(&mut self, path: &[Name], name: Name, attribute: &Attribute, bound: bool) {
        let path = [path, &[name]].concat();
        let range = attribute.value.clone();
        if bound {
            let part = if attribute.quoted { range.start - 1..range.end + 1 } else { range };
            let expression = code::expression(&self.code, self.dialect.scripts, part);
            if let Some(node) = expression {
                let language = self.dialect.scripts;
                let address = code::attribute(&node, &path[path.len() - 1], self.source, language.name);
                self.facts.sinks.extend(address);
                code::say(&node, path, self.dialect.scripts, self.facts);
            }
            return;
        }
        let address = self.address(&path[path.len() - 1], &range);
        self.facts.sinks.extend(address);
        let written = Written { text: self.text(range.clone()), start: range.start };
        let holes = self.holes_in(&range);
        if self.dialect.holes.is_none() || holes.is_empty() && !self.dialect.steers {
            let mut value = markup::decoded(written, self.source.id).value(Notation::Braced);
            value.pieces.iter_mut().for_each(of_configuration);
            return self.push(path, value);
        }
        match (self.filled(written, holes), self.dialect.holes) {
            (Some(node), Some(_)) if self.dialect.steers && attribute.quoted && !range.is_empty() => {
                self.planted.push((range, path, node));
            }
            (Some(node), Some(language)) => code::say(&node, path, language, self.facts),
            _ => {
                let mut pieces = Vec::new();
                for part in split(written, holes) {
                    match part {
                        Stretch::Text(text) => pieces.push(Piece::Text(markup::decoded(text, self.source.id).text)),
                        Stretch::Hole(hole) if hole.is == Kind::Comment => {}
                        Stretch::Hole(hole) => pieces.extend(self.hole(hole)),
                    }
                }
                self.push(path, Value { span: written.span(self.source.id), pieces });
            }
        }
    }

    /// The loginId in the address that an attribute leads to, by the code in its holes.
    fn address(&self, name: &Name, range: &Range<usize>) -> Option<Sink> {
        let (holes, language) = (self.holes_in(range), self.dialect.holes?);
        if holes.is_empty() {
            return None;
        }
        let written = Written { text: self.text(range.clone()), start: range.start };
        code::attribute(&self.filled(written, holes)?, name, self.source, language.name)
    }

    /// A value whose holes can all be told in their language, as an expression of it.
    fn filled(&self, written: Written<'_>, holes: &[Hole]) -> Option<Node> {
        let mut nodes = Vec::new();
        for part in split(written, holes) {
            match part {
                Stretch::Text(text) => {
                    let text = markup::decoded(text, self.source.id).text;
                    nodes.push(Node::new(text.span(), Is::Text(text)));
                }
                Stretch::Hole(hole) if hole.is == Kind::Comment => {}
                Stretch::Hole(hole) => {
                    nodes.push(self.hole_node(hole).filter(|node| !matches!(node.is, Is::Group(_)))?)
                }
            }
        }
        let span: Span = written.span(self.source.id);
        match <[Node; 1]>::try_from(nodes) {
            Ok([only]) => Some(only),
            Err(nodes) => Some(Node::new(span, Is::Template(nodes))),
        }
    }

    fn push(&mut self, path: Vec<Name>, value: Value) {
        self.facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Program });
    }
}

/// `{{ config.FLINKS_URL }}` and `{{ settings.FLINKS_URL }}` are what the environment calls so.
fn of_configuration(piece: &mut Piece) {
    let Piece::Reference(reference) = piece else { return };
    let name = ["config.", "settings.", "env."].iter().find_map(|prefix| reference.name.strip_prefix(prefix));
    if let Some(name) = name.filter(|name| environment::shouted(name)) {
        reference.name = name.into();
    }
}

/// Attributes that are addresses, or part of one.
const ADDRESSES: &[&str] = &["src", "href", "action", "formaction", "data"];
/// Attributes of components that only say how they look.
const STYLE: &[&str] = &["class", "style", "id", "key", "ref", "slot", "is", "class:list"];

/// How an attribute's name is spelt.
struct Spelling {
    /// Its own part of it.
    name: Range<usize>,
    /// Whether its value is an expression of the component.
    bound: bool,
}

/// `:src`, `v-bind:src`, `[src]`, `th:src`, `ng-src`: an attribute; `@click`, `v-if`, `onclick`: none.
fn spelling(name: &str) -> Option<Spelling> {
    let all = name.len();
    let from = |prefix: &str| prefix.len()..all;
    for prefix in ["v-bind:", "x-bind:", ":"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            let end = rest.find('.').map_or(all, |at| prefix.len() + at);
            return (end > prefix.len()).then_some(Spelling { name: prefix.len()..end, bound: true });
        }
    }
    for prefix in ["[attr.", "["] {
        if name.starts_with(prefix) && name.ends_with(']') && all > prefix.len() + 1 {
            return Some(Spelling { name: prefix.len()..all - 1, bound: true });
        }
    }
    let other = ["@", "#", "(", "*", "v-", "on", "x-", "use:", "bind:this", "set:", "client:"];
    if other.iter().any(|prefix| name.starts_with(prefix)) || name.trim_matches('_').is_empty() {
        return None;
    }
    let prefixes = ["th:", "xlink:", "bind:", "data-ng-", "ng-"];
    let range = prefixes.iter().find(|prefix| name.starts_with(**prefix)).map_or(0..all, |prefix| from(prefix));
    Some(Spelling { name: range, bound: false })
}

enum Stretch<'p> {
    Text(Written<'p>),
    Hole(&'p Hole),
}

/// A value by its holes and what stands between them.
fn split<'p>(written: Written<'p>, holes: &'p [Hole]) -> Vec<Stretch<'p>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for hole in holes {
        let start = hole.range.start.saturating_sub(written.start).min(written.text.len());
        if from < start {
            parts.push(Stretch::Text(written.part(from..start)));
        }
        parts.push(Stretch::Hole(hole));
        from = (hole.range.end - written.start).min(written.text.len());
    }
    if from < written.text.len() {
        parts.push(Stretch::Text(written.from(from)));
    }
    parts
}

#[cfg(test)]
mod tests;
