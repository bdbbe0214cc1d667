//! References and templates worked out against definitions: what is not defined stays a hole, never a guess.

use std::ops::Range;

use crate::fact::{Piece, Reference, ReferenceKind, Value};
use crate::source::Span;
use crate::text::Text;
use crate::vocabulary::hosts::HOLE;

/// Definitions longer chains than this are not followed.
const DEPTH: usize = 8;
/// A resolved value is cut off here: `A=$B$B`, `B=$C$C`… would double at every step.
const LENGTH: usize = 16 * 1024;
/// No more references than this are followed for one value, for the same reason where the text stays empty.
const REFERENCES: usize = 1024;

/// Where a name is defined.
pub trait Definitions {
    /// The value that a reference stands for, if the tree says one and only one.
    fn define(&self, reference: &Reference) -> Option<Definition<'_>>;
}

/// A definition that was found.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'d> {
    pub value: &'d Value,
    pub trust: Trust,
}

/// How far a part of a resolved value can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// It is said so for this profile.
    Said,
    /// It is said where no environment is known, and nothing says otherwise.
    Assumed,
    /// It holds only if nobody sets the name.
    Fallback,
}

/// A value with its references worked out as far as the tree allows.
#[derive(Clone)]
pub struct Resolved {
    text: String,
    segments: Vec<Segment>,
    /// Every reference met, in order, those inside of definitions included.
    pub references: Vec<Met>,
}

#[derive(Clone)]
struct Segment {
    range: Range<usize>,
    /// The literal it came from; a hole has none.
    origin: Option<Text>,
    /// Where a hole stands.
    hole: Option<Span>,
    /// The references that led here, outermost first.
    via: Vec<Span>,
    trust: Trust,
}

/// A reference met on the way.
#[derive(Debug, Clone)]
pub struct Met {
    pub kind: ReferenceKind,
    pub name: Box<str>,
    pub span: Span,
    pub defined: bool,
}

/// A part of a resolved value that stands in one place: a literal, or a hole.
#[derive(Debug, Clone)]
pub struct Single<'r> {
    pub span: Span,
    /// The references that lead to it, outermost first.
    pub via: Vec<&'r Met>,
    /// What is not defined, where it is a hole.
    pub hole: Option<&'r Met>,
    pub trust: Trust,
}

/// A part of a resolved value that a person can look at.
#[derive(Debug, Clone)]
pub struct Origin {
    pub span: Span,
    pub via: Vec<Span>,
    pub trust: Trust,
}

impl Resolved {
    /// The text with [`HOLE`] for every unknown part. To decide with, never to print.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether a name of the program stands at a place.
    pub fn is_symbol(&self, span: Span) -> bool {
        self.references.iter().any(|met| met.span == span && met.kind == ReferenceKind::Symbol)
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether every part is known.
    pub fn is_known(&self) -> bool {
        self.segments.iter().all(|segment| segment.origin.is_some())
    }

    /// The least trust among the parts of a range.
    pub fn trust(&self, range: Range<usize>) -> Trust {
        self.touched(&range).map(|segment| segment.trust).max().unwrap_or(Trust::Said)
    }

    /// The places that a part of the text came from.
    pub fn origins(&self, range: Range<usize>) -> Vec<Origin> {
        let origin = |segment: &Segment| {
            let start = range.start.max(segment.range.start) - segment.range.start;
            let end = range.end.min(segment.range.end) - segment.range.start;
            let span = match (&segment.origin, segment.hole) {
                (Some(text), _) => text.span_of(start..end),
                (None, Some(hole)) => hole,
                (None, None) => return None,
            };
            Some(Origin { span, via: segment.via.clone(), trust: segment.trust })
        };
        self.touched(&range).filter_map(origin).collect()
    }

    /// A part of the text, if it is of one piece.
    pub fn single(&self, range: Range<usize>) -> Option<Single<'_>> {
        let mut touched = self.touched(&range);
        let segment = touched.next().filter(|_| touched.next().is_none())?;
        let met = |span: Span| self.references.iter().find(|met| met.span == span);
        let via = segment.via.iter().filter_map(|span| met(*span)).collect();
        let span = self.origins(range.clone()).into_iter().next()?.span;
        Some(Single { span, via, hole: segment.hole.and_then(met), trust: segment.trust })
    }

    fn touched(&self, range: &Range<usize>) -> impl Iterator<Item = &Segment> {
        let range = range.clone();
        self.segments.iter().filter(move |segment| segment.range.start < range.end && range.start < segment.range.end)
    }
}

impl std::fmt::Debug for Resolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Resolved({} bytes, {} references)", self.text.len(), self.references.len())
    }
}

/// Works out a value.
pub fn resolve(value: &Value, definitions: &dyn Definitions) -> Resolved {
    let mut resolved = Resolved { text: String::new(), segments: Vec::new(), references: Vec::new() };
    let mut walk = Walk { definitions, resolved: &mut resolved, via: Vec::new(), names: Vec::new() };
    walk.value(value, Trust::Said);
    resolved
}

struct Walk<'w> {
    definitions: &'w dyn Definitions,
    resolved: &'w mut Resolved,
    via: Vec<Span>,
    /// What led here: a name of a program may stand for the variable that is called the same.
    names: Vec<(ReferenceKind, Box<str>)>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, trust: Trust) {
        for piece in &value.pieces {
            if self.resolved.text.len() > LENGTH || self.resolved.references.len() > REFERENCES {
                return;
            }
            match piece {
                Piece::Text(text) => {
                    let start = self.resolved.text.len();
                    self.resolved.text.push_str(text.expose());
                    self.push(start, Some(text.clone()), None, trust);
                }
                Piece::Reference(reference) => self.reference(reference, trust),
            }
        }
    }

    fn reference(&mut self, reference: &Reference, trust: Trust) {
        let own = (reference.kind, reference.name.clone());
        let followed = self.names.len() < DEPTH && !self.names.contains(&own);
        let named = matches!(reference.kind, ReferenceKind::Named | ReferenceKind::Symbol);
        let definition = if followed && named { self.definitions.define(reference) } else { None };
        let met = Met {
            kind: reference.kind,
            name: reference.name.clone(),
            span: reference.span,
            defined: definition.is_some(),
        };
        self.resolved.references.push(met);
        let (value, trust) = match (definition, &reference.fallback) {
            (Some(definition), _) => (definition.value, trust.max(definition.trust)),
            (None, Some(fallback)) if followed => (&**fallback, Trust::Fallback),
            _ => {
                let start = self.resolved.text.len();
                self.resolved.text.push(HOLE);
                self.push(start, None, Some(reference.span), trust);
                return;
            }
        };
        self.via.push(reference.span);
        self.names.push(own);
        self.value(value, trust);
        self.names.pop();
        self.via.pop();
    }

    fn push(&mut self, start: usize, origin: Option<Text>, hole: Option<Span>, trust: Trust) {
        let range = start..self.resolved.text.len();
        if !range.is_empty() {
            self.resolved.segments.push(Segment { range, origin, hole, via: self.via.clone(), trust });
        }
    }
}

/// No definitions at all.
pub struct Nothing;

impl Definitions for Nothing {
    fn define(&self, _reference: &Reference) -> Option<Definition<'_>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::readers::template::{Notation, value};
    use crate::source::FileId;

    struct Map(HashMap<&'static str, Value>);

    impl Definitions for Map {
        fn define(&self, reference: &Reference) -> Option<Definition<'_>> {
            self.0.get(&*reference.name).map(|value| Definition { value, trust: Trust::Said })
        }
    }

    fn text(file: u32, text: &str) -> Value {
        value(&Text::verbatim(text, FileId(file), 0), Notation::Shell)
    }

    /// The label of a host may come from another file than its domain; both places are known.
    #[test]
    fn a_template_knows_where_each_part_came_from() {
        let map = Map(HashMap::from([("INSTANCE", text(1, "northwind-ca"))]));
        let resolved = resolve(&text(0, "https://${INSTANCE}-api.private.fin.ag/${ID}"), &map);
        assert_eq!(resolved.expose(), "https://northwind-ca-api.private.fin.ag/\u{FFFC}");
        let origins = resolved.origins(8..20);
        assert_eq!((origins[0].span, origins.len()), (Span::new(FileId(1), 0, 12), 1));
        assert_eq!(origins[0].via, [Span::new(FileId(0), 8, 19)]);
    }

    #[test]
    fn loops_and_doublings_end() {
        let map = Map(HashMap::from([("A", text(0, "${B}")), ("B", text(0, "${A}"))]));
        assert_eq!(resolve(&text(0, "$A"), &map).expose(), "\u{FFFC}");
        let bomb = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let doubled = |next: &str| text(0, &format!("${next}").repeat(64));
        let map = Map(bomb.windows(2).map(|pair| (pair[0], doubled(pair[1]))).collect());
        assert!(resolve(&text(0, "$A"), &map).expose().len() < 2 * LENGTH);
        let map = Map(map.0.into_iter().chain([("H", text(0, ""))]).collect());
        assert!(resolve(&text(0, "$A"), &map).references.len() < 2 * REFERENCES);
    }
}
