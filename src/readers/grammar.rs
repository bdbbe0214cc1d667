//! The one way to parse with a tree-sitter grammar: parsers that are reused, a budget for hostile files, walks without recursion.

use std::cell::RefCell;
use std::ops::{ControlFlow, Range};

use tree_sitter::{Language, Node, ParseOptions, ParseState, Parser, Point, Tree};

use crate::fact::{Facts, Name, Problem};
use crate::source::Source;
use crate::text::Text;

/// A grammar: the tables of one language. Made once, as a `static`.
pub struct Grammar {
    pub name: &'static str,
    language: fn() -> Language,
}

impl Grammar {
    pub const fn new(name: &'static str, language: fn() -> Language) -> Self {
        Grammar { name, language }
    }

    pub fn language(&self) -> Language {
        (self.language)()
    }

    /// The tree of a text, broken parts and all. `None` where parsing took more than its budget.
    pub fn parse(&'static self, text: &str) -> Option<Tree> {
        PARSER.with(|parser| {
            let mut parser = parser.borrow_mut();
            parser.set_language(&(self.language)()).ok()?;
            parse_within(&mut parser, text, budget(text.len()))
        })
    }

    /// The tree of some parts of a text, in order, as if nothing else were there. Places are those in the text.
    pub fn parse_parts(&'static self, text: &str, parts: &[Range<usize>]) -> Option<Tree> {
        PARSER.with(|parser| {
            let mut parser = parser.borrow_mut();
            parser.set_language(&(self.language)()).ok()?;
            // Nobody asks these trees for rows and columns.
            let point = |at: usize| Point::new(0, at);
            let range = |part: &Range<usize>| tree_sitter::Range {
                start_byte: part.start,
                end_byte: part.end,
                start_point: point(part.start),
                end_point: point(part.end),
            };
            let ranges: Vec<tree_sitter::Range> = parts.iter().map(range).collect();
            parser.set_included_ranges(&ranges).ok()?;
            let length: usize = parts.iter().map(Range::len).sum();
            let tree = parse_within(&mut parser, text, budget(length));
            parser.set_included_ranges(&[]).ok()?;
            tree
        })
    }

    /// The tree of a whole file; a file over budget becomes a problem among the facts.
    pub fn parse_source(&'static self, source: &Source, facts: &mut Facts) -> Option<Tree> {
        let tree = self.parse(source.text());
        if tree.is_none() {
            let reason = format!("its {} takes too long to parse", self.name);
            facts.problems.push(Problem { span: source.span(0..0), reason });
        }
        tree
    }
}

thread_local! {
    // One parser for all languages: what it keeps between files are buffers, and changing the language is free.
    static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
}

/// How many times the parser may report progress. It does so about every hundred tokens, some sixty times in a
/// millisecond: half a second for a file of usual size. Counted in steps and not by the clock, so that the
/// same file gives the same facts on a busy machine.
fn budget(length: usize) -> usize {
    20_000 + length / 25
}

fn parse_within(parser: &mut Parser, text: &str, budget: usize) -> Option<Tree> {
    let bytes = text.as_bytes();
    let mut steps = 0usize;
    let mut watch = |_: &ParseState| {
        steps += 1;
        if steps > budget { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut watch);
    let tree = parser.parse_with_options(&mut |at, _| &bytes[at.min(bytes.len())..], None, Some(options));
    // A parser that was stopped would go on where it was, with the next file.
    parser.reset();
    tree
}

/// Every node under a node and the node itself, parents before children; bounded by the tree, not by the stack.
pub fn walk(node: Node<'_>) -> Walk<'_> {
    Walk { cursor: node.walk(), state: State::Start }
}

/// See [`walk`].
pub struct Walk<'tree> {
    cursor: tree_sitter::TreeCursor<'tree>,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Start,
    Descend,
    Pass,
    Done,
}

impl Walk<'_> {
    /// Leaves out what is below the node that came last.
    pub fn skip_children(&mut self) {
        if self.state == State::Descend {
            self.state = State::Pass;
        }
    }

    fn forward(&mut self) -> bool {
        match self.state {
            State::Start => return true,
            State::Done => return false,
            State::Descend if self.cursor.goto_first_child() => return true,
            State::Descend | State::Pass => {}
        }
        loop {
            if self.cursor.goto_next_sibling() {
                return true;
            }
            if !self.cursor.goto_parent() {
                return false;
            }
        }
    }
}

impl<'tree> Iterator for Walk<'tree> {
    type Item = Node<'tree>;

    fn next(&mut self) -> Option<Node<'tree>> {
        self.state = if self.forward() { State::Descend } else { State::Done };
        (self.state == State::Descend).then(|| self.cursor.node())
    }
}

/// The named children of a node, comments left out, in order. Linear, where asking for them one by one is not.
pub fn children<'tree>(node: Node<'tree>) -> Vec<Node<'tree>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| !child.is_extra() || child.is_error()).collect()
}

/// All children of a node, with the field each stands in: for keywords and operators too.
pub fn fields<'tree>(node: Node<'tree>) -> Vec<(Option<&'tree str>, Node<'tree>)> {
    let mut cursor = node.walk();
    let mut found = Vec::new();
    if cursor.goto_first_child() {
        loop {
            found.push((cursor.field_name(), cursor.node()));
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    found
}

/// The first named child of a kind.
pub fn child<'tree>(node: Node<'tree>, kind: &str) -> Option<Node<'tree>> {
    children(node).into_iter().find(|child| child.kind() == kind)
}

/// A node's bytes, moved to character boundaries: scanners written in C may stop inside a character.
pub fn range(node: Node<'_>, text: &str) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let end = floor(node.end_byte());
    floor(node.start_byte()).min(end)..end
}

/// What is written for a node.
pub fn slice<'s>(node: Node<'_>, text: &'s str) -> &'s str {
    &text[range(node, text)]
}

/// What is written for a node, as it is: for names, numbers and strings without escapes.
pub fn verbatim(node: Node<'_>, source: &Source) -> Text {
    let range = range(node, source.text());
    Text::verbatim(&source.text()[range.clone()], source.id, range.start)
}

/// A node as one step of a setting's path.
pub fn name(node: Node<'_>, source: &Source) -> Name {
    let range = range(node, source.text());
    Name::key(&source.text()[range.clone()], source.span(range))
}

#[cfg(test)]
mod tests {
    use super::*;

    static HCL: Grammar = Grammar::new("HCL", || tree_sitter_hcl::LANGUAGE.into());

    /// A hundred thousand open brackets are deeper than any stack.
    #[test]
    fn depth_costs_no_stack() {
        let text = format!("a = {}", "[".repeat(100_000));
        let tree = HCL.parse(&text).unwrap();
        assert!(walk(tree.root_node()).count() > 100_000);
    }

    /// The parser is shared: a stopped file must leave nothing behind for the next one.
    #[test]
    fn a_stopped_parse_is_forgotten() {
        let mut parser = Parser::new();
        parser.set_language(&tree_sitter_hcl::LANGUAGE.into()).unwrap();
        let long = "a = [1, 2, 3]\n".repeat(1000);
        assert!(parse_within(&mut parser, &long, 1).is_none());
        let tree = parse_within(&mut parser, "b = 1", 100).unwrap();
        assert_eq!(tree.root_node().end_byte(), 5);
    }

    #[test]
    fn a_walk_can_pass_by() {
        let text = "a { b = 1 }\nc = 2";
        let tree = HCL.parse(text).unwrap();
        let mut walk = walk(tree.root_node());
        let mut keys = Vec::new();
        while let Some(node) = walk.next() {
            if node.kind() == "block" {
                walk.skip_children();
            }
            if node.kind() == "attribute" {
                keys.push(slice(node, text));
            }
        }
        assert_eq!(keys, ["c = 2"]);
    }
}
