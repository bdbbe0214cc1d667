//! What an expression comes to, as far as it is text: constants, names, reads of the environment, and how they are put
//! together.

use super::format;
use super::syntax::{Call, Is, Node};
use super::{environment, environment::Read};
use crate::fact::{Name, Piece, Reference, ReferenceKind, Value};
use crate::readers::template::{self, Notation};
use crate::source::Span;
use crate::text::Text;

/// Deeper expressions than this are not looked into.
const DEPTH: usize = 24;
/// Pieces of one value at most.
const PIECES: usize = 512;

/// How expressions are read in one place of a program.
#[derive(Clone, Copy)]
pub struct Values<'v> {
    /// The names that lead to the class around it, which `this` and `self` mean.
    pub class: &'v [Name],
    /// The choice whose one side is meant, and whether it is the first.
    pub chosen: Option<(Span, bool)>,
}

impl<'v> Values<'v> {
    pub fn of(&self, node: &Node) -> Value {
        Value { span: self.span(node), pieces: self.pieces(node, DEPTH) }
    }

    /// The place of a value: without the quotes, where it has some.
    fn span(&self, node: &Node) -> Span {
        match &node.is {
            Is::Text(text) => text.span(),
            Is::Choice(_, then, Some(other)) => match self.chosen.filter(|(choice, _)| *choice == node.span) {
                Some((_, true)) => self.span(then),
                Some((_, false)) => self.span(other),
                None => node.span,
            },
            _ => node.span,
        }
    }

    pub(super) fn pieces(&self, node: &Node, depth: usize) -> Vec<Piece> {
        let Some(depth) = depth.checked_sub(1) else { return vec![unknown(node.span)] };
        if let Some(read) = environment::read(node) {
            return vec![self.outside(node.span, read, depth)];
        }
        match &node.is {
            Is::Text(text) => template::value(text, Notation::Braced).pieces,
            Is::Template(parts) | Is::Join(parts) => {
                let mut pieces = Vec::new();
                for part in parts {
                    match &part.is {
                        // Between its values a template is as it is written.
                        Is::Text(text) if matches!(node.is, Is::Template(_)) => {
                            pieces.extend((!text.is_empty()).then(|| Piece::Text(text.clone())));
                        }
                        _ => pieces.extend(self.pieces(part, depth)),
                    }
                    if pieces.len() > PIECES {
                        break;
                    }
                }
                pieces
            }
            Is::Word(word) => {
                if matches!(&**word, "null" | "undefined" | "None" | "nil" | "NULL") {
                    return Vec::new();
                }
                vec![Piece::Text(Text::verbatim(word.clone(), node.span.file, node.span.start as usize))]
            }
            Is::Either(left, right) => self.either(left, right, depth),
            Is::Choice(_, then, Some(other)) => match self.chosen.filter(|(choice, _)| *choice == node.span) {
                Some((_, true)) => self.pieces(then, depth),
                Some((_, false)) => self.pieces(other, depth),
                None => vec![unknown(node.span)],
            },
            Is::Call(call) => self.call(call, node, depth),
            Is::Group(nodes) if nodes.len() == 1 => self.pieces(&nodes[0], depth),
            Is::Name(_) | Is::Member(..) => vec![self.symbol(node)],
            Is::Index(object, _) => vec![self.element(object, node)],
            _ => vec![unknown(node.span)],
        }
    }

    /// A value of the environment, with what it is where it is not set.
    fn outside(&self, span: Span, read: Read<'_>, depth: usize) -> Piece {
        let fallback = read.fallback.map(|node| Value { span: self.span(node), pieces: self.pieces(node, depth) });
        // `|| ''` and `?? undefined` are no value to fall back on.
        let fallback = fallback.filter(|value| !value.is_empty()).map(Box::new);
        Piece::Reference(Reference { kind: read.kind, name: read.name.into(), span, fallback })
    }

    /// The first of several that is there.
    fn either(&self, left: &Node, right: &Node, depth: usize) -> Vec<Piece> {
        let mut pieces = self.pieces(left, depth);
        match pieces.as_mut_slice() {
            [Piece::Reference(reference)] => {
                let value = Value { span: self.span(right), pieces: self.pieces(right, depth) };
                fall_back(reference, value);
                pieces
            }
            [] => self.pieces(right, depth),
            _ => pieces,
        }
    }

    fn call(&self, call: &Call, node: &Node, depth: usize) -> Vec<Piece> {
        if let Some(formatted) = format::pieces(call, &|node| self.pieces(node, depth)) {
            return formatted;
        }
        if let Some(inner) = same(call) {
            return self.pieces(inner, depth);
        }
        // A constructor or a factory: what is taken of its value may be told where it is defined.
        let chain = call
            .callee
            .chain()
            .filter(|chain| chain.last().is_some_and(|name| name.text.starts_with(char::is_uppercase)));
        match chain {
            Some(_) => vec![self.symbol(&call.callee)],
            None => vec![self.given_back(call, node.span)],
        }
    }

    /// What a function gives back that is given nothing: `link` knows whether the file says it.
    fn given_back(&self, call: &Call, span: Span) -> Piece {
        let mut piece = unknown(span);
        let bare = call.arguments.is_empty() && call.block.is_none() && call.callee.chain().is_some();
        if let (Piece::Reference(reference), Piece::Reference(callee)) = (&mut piece, self.symbol(&call.callee))
            && bare
        {
            reference.name = format!("{}()", callee.name).into();
        }
        piece
    }

    /// An element of a map: of one that is chosen while the program runs it is only known whose.
    fn element(&self, object: &Node, node: &Node) -> Piece {
        match (node.chain(), self.symbol(object)) {
            (None, Piece::Reference(outer)) if outer.kind == ReferenceKind::Symbol => {
                let name = format!("{}.*", outer.name).into();
                Piece::Reference(Reference { kind: ReferenceKind::Computed, name, span: node.span, fallback: None })
            }
            _ => self.symbol(node),
        }
    }

    /// A name of the program.
    fn symbol(&self, node: &Node) -> Piece {
        let Some(chain) = node.chain() else { return unknown(node.span) };
        let own = matches!(&*chain[0].text, "this" | "self" | "$this" | "@" | "static" | "cls") && chain.len() > 1;
        let class = if own { self.class } else { &[] };
        let rest = if own { &chain[1..] } else { &chain[..] };
        let names: Vec<&str> = class.iter().chain(rest).map(|name| bare(&name.text)).collect();
        let name = names.join(".").into();
        Piece::Reference(Reference { kind: ReferenceKind::Symbol, name, span: node.span, fallback: None })
    }
}

/// A name without the mark that a language puts before variables.
pub fn bare(name: &str) -> &str {
    name.trim_start_matches(['$', '@', '#'])
}

/// Gives a reference what it is where it is not set; behind a fallback that is itself a reference, that one.
fn fall_back(reference: &mut Reference, value: Value) {
    if value.is_empty() {
        return;
    }
    match &mut reference.fallback {
        None => reference.fallback = Some(Box::new(value)),
        Some(inner) => {
            if let [Piece::Reference(inner)] = inner.pieces.as_mut_slice() {
                fall_back(inner, value);
            }
        }
    }
}

fn unknown(span: Span) -> Piece {
    Piece::Reference(Reference { kind: ReferenceKind::Computed, name: "…".into(), span, fallback: None })
}

/// What a call leaves as it is, or changes only in form: `x.trim()`, `new URL(x)`, `x.to_string()`, `Uri.parse(x)`.
pub fn same(call: &Call) -> Option<&Node> {
    const ON: &[&str] = &[
        "trim",
        "strip",
        "toString",
        "to_s",
        "to_string",
        "to_owned",
        "into",
        "as_str",
        "clone",
        "unwrap",
        "expect",
        "rstrip",
        "trimEnd",
        "trimStart",
        "chomp",
        "freeze",
        "toLowerCase",
        "lower",
        "trim_end_matches",
        "as_ref",
        "html_safe",
        "ToString",
        "Trim",
        "TrimEnd",
        "trimEnd",
        "removeSuffix",
        "absoluteString",
        "href",
        "get",
        "value",
        "orElseThrow",
        "build",
        "decode",
        "encode",
        "dup",
        "unicode",
        "then",
        "delete_suffix",
        "unwrap_or_default",
        "presence",
        "toURL",
        "toURI",
        "host",
        "as_deref",
        "cloned",
        "optional",
        "url",
        "min",
        "nonempty",
    ];
    const OF: &[&str] = &[
        "String",
        "str",
        "URL",
        "URI",
        "Uri",
        "Url",
        "parse",
        "encodeURI",
        "encodeURIComponent",
        "format_url",
        "rtrim",
        "trim",
        "strip",
        "of",
        "create",
        "parseUrl",
        "url",
        "Some",
        "Ok",
        "ofNullable",
        "trimEnd",
        "TrimRight",
        "TrimSuffix",
        "Text",
        "text",
        "quote",
        "untrailingslashit",
        "trailingslashit",
        "mark_safe",
        "string",
        "TrimSpace",
        "HttpUrl",
        "AnyHttpUrl",
        "SecretStr",
        "pathlib",
        "removeTrailingSlash",
        "stripTrailingSlash",
        "requireNonNull",
        "freeze",
        "Object",
        "lazy",
        "memo",
        "computed",
        "ref",
        "raw",
    ];
    let name = call.name()?.value;
    let first = call.positional().next();
    // `URL(string: "https://…")`
    if let ("URL" | "NSURL" | "URLComponents", [only]) = (name, call.arguments.as_slice()) {
        let is_text = only.name.as_ref().is_none_or(|name| &*name.text == "string");
        return is_text.then_some(&only.value);
    }
    match (call.object(), first) {
        (Some(object), None) if ON.contains(&name) && call.block.is_none() => Some(object),
        (Some(object), Some(argument))
            if matches!(
                name,
                "trim"
                    | "strip"
                    | "rstrip"
                    | "TrimEnd"
                    | "trimEnd"
                    | "trim_end_matches"
                    | "chomp"
                    | "removeSuffix"
                    | "removesuffix"
                    | "delete_suffix"
                    | "expect"
            ) && argument.text().is_some() =>
        {
            Some(object)
        }
        (_, Some(argument)) if OF.contains(&name) && call.arguments.len() <= 2 && call.block.is_none() => {
            Some(argument)
        }
        _ => None,
    }
}

/// The names that lead to a value, outermost first: `event.data.loginId`, `payload["LoginId"]`. What is neither a name nor
/// one behind another is `other`'s to tell, with the depth that is left.
pub(super) fn dotted(node: &Node, depth: usize, other: &dyn Fn(&Node, usize) -> Option<String>) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let behind = |object: &Node, name: &str| match dotted(object, depth, other) {
        Some(before) => format!("{before}.{name}"),
        None => name.to_owned(),
    };
    match &node.is {
        Is::Name(name) => Some(bare(name).to_owned()),
        Is::Member(object, name) => Some(behind(object, &name.text)),
        Is::Index(object, key) => Some(behind(object, key.text()?.expose())),
        Is::Either(left, _) => dotted(left, depth, other),
        Is::Group(nodes) if nodes.len() == 1 => dotted(&nodes[0], depth, other),
        _ => other(node, depth),
    }
}
