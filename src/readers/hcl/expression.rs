//! Expressions of HCL: strings with holes, references, maps and lists; what is computed stays a hole.

use std::ops::Range;

use tree_sitter::Node;

use crate::fact::{Name, Piece, Reference, ReferenceKind, Value};
use crate::readers::grammar;
use crate::readers::template::{self, Notation};
use crate::source::Source;
use crate::text::{Text, TextBuilder};

/// Deeper expressions than this are holes.
pub(super) const DEPTH: usize = 40;

/// What an expression comes to.
pub(super) enum Meaning<'tree> {
    Null,
    Value(Value),
    /// Keys with their values' nodes.
    Map(Vec<(Name, Node<'tree>)>),
    List(Vec<Node<'tree>>),
}

/// Reads the expressions of one file.
#[derive(Clone, Copy)]
pub(super) struct Expressions<'s> {
    pub source: &'s Source,
    /// Where a conditional begins, and which of its values is taken; the others are holes.
    pub chosen: Option<(usize, bool)>,
}

impl<'s> Expressions<'s> {
    pub fn slice(&self, node: Node<'_>) -> &'s str {
        grammar::slice(node, self.source.text())
    }

    fn range(&self, node: Node<'_>) -> Range<usize> {
        grammar::range(node, self.source.text())
    }

    /// What an `expression` node comes to.
    pub fn meaning<'tree>(&self, node: Node<'tree>, depth: usize) -> Meaning<'tree> {
        let terms = grammar::children(node);
        let Some(first) = terms.first().copied().filter(|_| depth < DEPTH) else {
            return Meaning::Value(self.computed(node));
        };
        match (first.kind(), terms.len()) {
            ("expression", 1) => self.meaning(first, depth + 1),
            ("literal_value", 1) => self.literal(first),
            ("template_expr", 1) => Meaning::Value(self.template(first, depth)),
            ("collection_value", 1) => self.collection(first),
            ("variable_expr", _) => Meaning::Value(self.chain(node, &terms, depth)),
            ("function_call", 1) => self.call(first, depth),
            ("conditional", 1) => match (self.chosen, super::conditional::parts(first)) {
                (Some((at, holds)), Some([_, yes, no])) if at == first.start_byte() => {
                    self.meaning(if holds { yes } else { no }, depth + 1)
                }
                _ => Meaning::Value(self.computed(node)),
            },
            _ => Meaning::Value(self.computed(node)),
        }
    }

    /// The value of an expression that is neither a map nor a list.
    pub fn value(&self, node: Node<'_>, depth: usize) -> Value {
        match self.meaning(node, depth) {
            Meaning::Value(value) => value,
            Meaning::Null => Value { span: self.source.span(self.range(node)), pieces: Vec::new() },
            Meaning::Map(_) | Meaning::List(_) => self.computed(node),
        }
    }

    /// The text of a string without holes.
    pub fn text(&self, node: Node<'_>) -> Option<Text> {
        self.value(node, 0).as_literal().cloned()
    }

    fn reference(&self, kind: ReferenceKind, name: &str, node: Node<'_>) -> Value {
        let span = self.source.span(self.range(node));
        Value::reference(Reference { kind, name: name.into(), span, fallback: None })
    }

    fn computed(&self, node: Node<'_>) -> Value {
        let written = self.slice(node);
        let name = written.split(['(', '[', '{', '"', '\n']).next().unwrap_or("").trim();
        // `local.tenants[var.country]`: one of the values of a map.
        let of_map = !name.is_empty() && written.ends_with(']') && written[name.len()..].starts_with('[');
        let map = name.strip_prefix("local.").or_else(|| name.strip_prefix("var.")).filter(|_| of_map);
        let whole = map.map_or_else(|| name.to_owned(), |map| format!("{map}.*"));
        self.reference(ReferenceKind::Computed, &whole, node)
    }

    fn literal<'tree>(&self, node: Node<'tree>) -> Meaning<'tree> {
        let Some(inner) = grammar::children(node).into_iter().next() else { return Meaning::Null };
        match inner.kind() {
            "null_lit" => Meaning::Null,
            "string_lit" => Meaning::Value(self.whole(self.string(inner), inner)),
            _ => Meaning::Value(Value::literal(grammar::verbatim(inner, self.source))),
        }
    }

    /// A string or label: what is between its quotes.
    pub fn string(&self, node: Node<'_>) -> Text {
        let range = self.between_quotes(node);
        let mut text = TextBuilder::new(self.source.id);
        self.decode(range.clone(), &mut text);
        text.finish(range)
    }

    fn between_quotes(&self, node: Node<'_>) -> Range<usize> {
        let range = self.range(node);
        let raw = &self.source.text()[range.clone()];
        let open = usize::from(raw.starts_with('"'));
        let close = usize::from(raw.len() > 1 && raw.ends_with('"'));
        range.start + open..range.end - close
    }

    /// A text without holes of HCL may have those of another notation, unless a dollar in it was escaped.
    fn whole(&self, text: Text, node: Node<'_>) -> Value {
        let escaped = ["$${", "%%{"].iter().any(|escape| self.slice(node).contains(escape));
        if escaped { Value::literal(text) } else { template::value(&text, Notation::Braced) }
    }

    /// Takes the escapes out of a part of a quoted string.
    fn decode(&self, range: Range<usize>, text: &mut TextBuilder) {
        let all = &self.source.text()[..range.end];
        let mut at = range.start;
        while at < range.end {
            let stop = all[at..].find(['\\', '$', '%']).map_or(range.end, |offset| at + offset);
            text.verbatim(&all[at..stop], stop - (stop - at));
            at = stop + self.escape(&all[stop..], stop, text);
        }
    }

    /// Decodes what begins with an escape's first character; says how long it was.
    fn escape(&self, rest: &str, at: usize, text: &mut TextBuilder) -> usize {
        let mut characters = rest.chars();
        let Some(first) = characters.next() else { return 0 };
        if rest.starts_with("$${") || rest.starts_with("%%{") {
            text.verbatim(&rest[1..3], at + 1);
            return 3;
        }
        let Some(next) = characters.next().filter(|_| first == '\\') else {
            text.verbatim(&rest[..first.len_utf8()], at);
            return first.len_utf8();
        };
        let digits = match next {
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits > 0 {
            let code =
                rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
            if let Some(code) = code {
                text.decoded(code.encode_utf8(&mut [0; 4]), at);
                return 2 + digits;
            }
        }
        match next {
            'n' => text.decoded("\n", at),
            't' => text.decoded("\t", at),
            'r' => text.decoded("\r", at),
            _ => text.verbatim(&rest[1..1 + next.len_utf8()], at + 1),
        }
        1 + next.len_utf8()
    }

    /// `"https://${var.x}-api…"` and here-documents.
    fn template(&self, node: Node<'_>, depth: usize) -> Value {
        let Some(inner) = grammar::children(node).into_iter().next() else { return self.computed(node) };
        let heredoc = inner.kind() == "heredoc_template";
        let range = if heredoc { self.heredoc_lines(inner) } else { self.between_quotes(inner) };
        let indent = if heredoc && self.slice(inner).starts_with("<<-") { self.indent(range.clone()) } else { 0 };
        let mut pieces = Vec::new();
        let mut from = range.start;
        for part in grammar::children(inner) {
            if !matches!(part.kind(), "template_interpolation" | "template_directive") {
                continue;
            }
            let hole = self.range(part);
            self.literal_part(from..hole.start.max(from), heredoc, indent, &mut pieces);
            self.hole(part, depth, &mut pieces);
            from = hole.end.max(from);
        }
        self.literal_part(from..range.end.max(from), heredoc, indent, &mut pieces);
        let span = self.source.span(range);
        match pieces.as_slice() {
            [Piece::Text(text)] => self.whole(text.clone(), inner),
            _ => Value { span, pieces },
        }
    }

    fn literal_part(&self, range: Range<usize>, heredoc: bool, indent: usize, pieces: &mut Vec<Piece>) {
        let mut text = TextBuilder::new(self.source.id);
        if heredoc {
            self.dedent(range.clone(), indent, &mut text);
        } else {
            self.decode(range.clone(), &mut text);
        }
        let text = text.finish(range);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
    }

    fn hole(&self, part: Node<'_>, depth: usize, pieces: &mut Vec<Piece>) {
        let inner = grammar::child(part, "expression");
        let value = inner.map_or_else(|| self.computed(part), |inner| self.value(inner, depth + 1));
        let span = self.source.span(self.range(part));
        match <[Piece; 1]>::try_from(value.pieces) {
            Ok([Piece::Reference(reference)]) => pieces.push(Piece::Reference(Reference { span, ..reference })),
            Ok([text]) => pieces.push(text),
            Err(several) => pieces.extend(several),
        }
    }

    /// A here-document as it is written, holes and all.
    pub fn lines(&self, node: Node<'_>) -> Option<Text> {
        let template = grammar::child(node, "template_expr")?;
        let range = self.heredoc_lines(grammar::child(template, "heredoc_template")?);
        Some(Text::verbatim(&self.source.text()[range.clone()], self.source.id, range.start))
    }

    /// The lines of a here-document, up to the one that ends it.
    fn heredoc_lines(&self, node: Node<'_>) -> Range<usize> {
        let range = self.range(node);
        let raw = &self.source.text()[range.clone()];
        let start = raw.find('\n').map_or(raw.len(), |newline| newline + 1);
        let end = raw.rfind('\n').map_or(raw.len(), |newline| newline + 1);
        range.start + start..range.start + end.max(start)
    }

    /// What all lines have in front: `<<-` takes it away.
    fn indent(&self, range: Range<usize>) -> usize {
        let lines = self.source.text()[range].lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).min().unwrap_or(0)
    }

    fn dedent(&self, range: Range<usize>, indent: usize, text: &mut TextBuilder) {
        let all = self.source.text();
        let mut at = range.start;
        for line in all[range].split_inclusive('\n') {
            let begins = at == 0 || all.as_bytes()[at - 1] == b'\n';
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            let skip = if begins { indent.min(blanks) } else { 0 };
            text.verbatim(&line[skip..], at + skip);
            at += line.len();
        }
    }

    fn collection<'tree>(&self, node: Node<'tree>) -> Meaning<'tree> {
        let Some(inner) = grammar::children(node).into_iter().next() else { return Meaning::Null };
        if inner.kind() == "tuple" {
            let items = grammar::children(inner).into_iter().filter(|item| item.kind() == "expression");
            return Meaning::List(items.collect());
        }
        let elements = grammar::children(inner).into_iter().filter(|element| element.kind() == "object_elem");
        Meaning::Map(elements.filter_map(|element| self.element(element)).collect())
    }

    fn element<'tree>(&self, node: Node<'tree>) -> Option<(Name, Node<'tree>)> {
        let (key, value) = (node.child_by_field_name("key")?, node.child_by_field_name("val")?);
        let quoted = grammar::children(key).into_iter().next().filter(|first| first.kind() == "literal_value");
        let name = match quoted.and_then(|literal| grammar::child(literal, "string_lit")) {
            Some(string) => {
                let text = self.string(string);
                Name::key(text.expose(), text.span())
            }
            None => grammar::name(key, self.source),
        };
        Some((name, value))
    }

    /// `var.x`, `local.m["us"]`, `data.aws_ssm_parameter.x.value`.
    fn chain(&self, node: Node<'_>, terms: &[Node<'_>], depth: usize) -> Value {
        let root = self.slice(terms[0]);
        let mut path: Vec<String> = Vec::new();
        for term in &terms[1..] {
            match self.step(*term, depth) {
                Some(step) => path.push(step),
                None => return self.computed(node),
            }
        }
        let kind = match root {
            "var" | "local" if !path.is_empty() => return self.reference(ReferenceKind::Named, &path.join("."), node),
            "each" | "count" | "self" | "path" | "terraform" => ReferenceKind::Computed,
            // Nomad and Packer know plain names of variables.
            _ if path.is_empty() && root.bytes().all(|byte| !byte.is_ascii_lowercase()) => ReferenceKind::Named,
            _ if path.is_empty() => ReferenceKind::Computed,
            _ => ReferenceKind::Stored,
        };
        let name = std::iter::once(root.to_owned()).chain(path).collect::<Vec<_>>().join(".");
        self.reference(kind, name.strip_prefix("data.").unwrap_or(&name), node)
    }

    /// One step of a chain, if it is written out: `.x`, `["x"]`, `[0]`.
    fn step(&self, term: Node<'_>, depth: usize) -> Option<String> {
        match term.kind() {
            "get_attr" => Some(self.slice(grammar::child(term, "identifier")?).to_owned()),
            "index" => {
                let index = grammar::children(term).into_iter().next()?;
                let Some(inner) = grammar::child(index, "expression") else {
                    return Some(self.slice(index).trim_start_matches('.').to_owned());
                };
                Some(self.value(inner, depth + 1).as_literal()?.expose().to_owned())
            }
            _ => None,
        }
    }

    fn call<'tree>(&self, node: Node<'tree>, depth: usize) -> Meaning<'tree> {
        let name = grammar::child(node, "identifier").map_or("", |name| self.slice(name));
        let arguments = grammar::child(node, "function_arguments");
        let arguments: Vec<Node<'tree>> = arguments.map(grammar::children).unwrap_or_default();
        let arguments: Vec<Node<'tree>> = arguments.into_iter().filter(|each| each.kind() == "expression").collect();
        let value = match (name, arguments.as_slice()) {
            ("jsonencode" | "yamlencode" | "tomap" | "toset" | "tolist" | "sensitive" | "nonsensitive", [only])
            | ("tostring" | "trimspace" | "lower" | "nullif", [only]) => return self.meaning(*only, depth + 1),
            ("trimsuffix" | "trimprefix", [first, _]) => self.value(*first, depth + 1),
            ("merge", maps) => return self.merged(node, maps, depth),
            ("concat", lists) => return self.joined(node, lists, depth),
            ("lookup", [map, key, rest @ ..]) => self.lookup(node, *map, *key, rest.first().copied(), depth),
            ("coalesce" | "try", [first, rest @ ..]) if rest.len() == 1 => self.either(node, *first, rest[0], depth),
            ("get_env" | "env" | "getenv", [variable, rest @ ..]) => match self.text(*variable) {
                Some(variable) => {
                    let value = self.reference(ReferenceKind::Named, variable.expose(), node);
                    self.with_fallback(value, rest.first().copied(), depth)
                }
                None => self.computed(node),
            },
            ("format", [pattern, rest @ ..]) => self.formatted(node, *pattern, rest, depth),
            _ => self.computed(node),
        };
        Meaning::Value(value)
    }

    fn merged<'tree>(&self, node: Node<'tree>, maps: &[Node<'tree>], depth: usize) -> Meaning<'tree> {
        let mut all = Vec::new();
        for map in maps {
            if let Meaning::Map(entries) = self.meaning(*map, depth + 1) {
                // Later maps win.
                all.retain(|(name, _): &(Name, _)| !entries.iter().any(|(own, _)| own.text == name.text));
                all.extend(entries);
            }
        }
        if all.is_empty() { Meaning::Value(self.computed(node)) } else { Meaning::Map(all) }
    }

    fn joined<'tree>(&self, node: Node<'tree>, lists: &[Node<'tree>], depth: usize) -> Meaning<'tree> {
        let mut all = Vec::new();
        for list in lists {
            if let Meaning::List(items) = self.meaning(*list, depth + 1) {
                all.extend(items);
            }
        }
        if all.is_empty() { Meaning::Value(self.computed(node)) } else { Meaning::List(all) }
    }

    fn named(value: &Value) -> Option<&Reference> {
        match value.pieces.as_slice() {
            [Piece::Reference(reference)] if reference.kind == ReferenceKind::Named => Some(reference),
            _ => None,
        }
    }

    fn with_fallback(&self, mut value: Value, fallback: Option<Node<'_>>, depth: usize) -> Value {
        if let [Piece::Reference(reference)] = value.pieces.as_mut_slice() {
            reference.fallback = fallback.map(|node| Box::new(self.value(node, depth + 1)));
        }
        value
    }

    fn lookup(&self, node: Node<'_>, map: Node<'_>, key: Node<'_>, default: Option<Node<'_>>, depth: usize) -> Value {
        let (map, key) = (self.value(map, depth + 1), self.text(key));
        match (Self::named(&map), key) {
            (Some(map), Some(key)) => {
                let name = format!("{}.{}", map.name, key.expose());
                self.with_fallback(self.reference(ReferenceKind::Named, &name, node), default, depth)
            }
            _ => self.computed(node),
        }
    }

    /// `coalesce(var.x, "default")`
    fn either(&self, node: Node<'_>, first: Node<'_>, second: Node<'_>, depth: usize) -> Value {
        let value = self.value(first, depth + 1);
        match Self::named(&value) {
            Some(found) => {
                self.with_fallback(self.reference(ReferenceKind::Named, &found.name, node), Some(second), depth)
            }
            None => self.computed(node),
        }
    }

    /// `format("https://%s-api.private.fin.ag", var.instance)`
    fn formatted(&self, node: Node<'_>, pattern: Node<'_>, arguments: &[Node<'_>], depth: usize) -> Value {
        let Some(pattern) = self.text(pattern) else { return self.computed(node) };
        let all = pattern.expose();
        if all.matches('%').count() != all.matches("%s").count() || all.matches("%s").count() != arguments.len() {
            return self.computed(node);
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for (text, argument) in all.split("%s").zip(arguments.iter().map(Some).chain([None])) {
            if !text.is_empty() {
                pieces.push(Piece::Text(pattern.part(at..at + text.len())));
            }
            at += text.len() + "%s".len();
            pieces.extend(argument.map(|argument| self.value(*argument, depth + 1).pieces).unwrap_or_default());
        }
        Value { span: self.source.span(self.range(node)), pieces }
    }
}
