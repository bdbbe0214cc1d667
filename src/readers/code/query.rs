//! The query files beside the readers, compiled to a table by kind: which nodes are calls, maps, classes, and which
//! of their parts is what.
//!
//! They are tree-sitter queries (a test compiles each with tree-sitter's own engine), read here with a simpler meaning: a
//! node has the role of the first pattern that fits, a pattern of a child takes every child that fits, and of
//! alternatives in brackets the first that fits is taken. That
//! needs no automaton: tree-sitter's takes tens of milliseconds to make for the patterns of one language, this
//! takes a tenth of one.

mod parse;

use std::cell::OnceCell;

use tree_sitter::{Language, Node};

use parse::Parse;

/// The patterns of one language.
#[derive(Debug)]
pub struct Roles {
    patterns: Vec<Pattern>,
    /// The patterns that a kind of node may fit, in the order of the file, by the number of the kind.
    by_kind: Vec<Vec<u16>>,
    /// Those that fit any kind.
    anywhere: Vec<u16>,
}

/// A node's role and its parts.
#[derive(Debug, Clone)]
pub struct Roled<'q, 'tree> {
    /// `call`, `map`, `class`: the capture of the whole node.
    pub role: &'q str,
    parts: Vec<(&'q str, Node<'tree>)>,
}

impl<'tree> Roled<'_, 'tree> {
    /// The first part of a name: `roled.part("callee")` for `@call.callee`.
    pub fn part(&self, name: &str) -> Option<Node<'tree>> {
        self.parts.iter().find(|(part, _)| *part == name).map(|(_, node)| *node)
    }

    /// All parts of a name, in the order of the text.
    pub fn parts<'r>(&'r self, name: &'r str) -> impl Iterator<Item = Node<'tree>> + use<'r, 'tree> {
        self.parts.iter().filter(move |(part, _)| *part == name).map(|(_, node)| *node)
    }

    /// All parts, in the order of the text.
    pub fn all(&self) -> &[(&str, Node<'tree>)] {
        &self.parts
    }
}

#[derive(Debug, Default)]
struct Pattern {
    kinds: Kinds,
    children: Vec<Child>,
    /// `(a (b) .)`: nothing that has a name stands behind what the last child took.
    closed: bool,
    /// Whether the places of its children count.
    anchored: bool,
    /// The names it is captured under.
    captures: Vec<String>,
    /// Those of a part, without the role in front of the dot.
    parts: Vec<String>,
    conditions: Vec<Condition>,
}

#[derive(Debug, Default)]
enum Kinds {
    /// `_`: any node at all.
    #[default]
    Any,
    /// `(_)`: any node that has a name in the grammar.
    Named,
    These(Vec<u16>),
    /// `[ … ]` of patterns with parts of their own.
    OneOf(Vec<Pattern>),
}

#[derive(Debug)]
struct Child {
    field: Option<u16>,
    /// `!field`: it must not be there.
    absent: bool,
    optional: bool,
    /// `(a) . (b)`: nothing that has a name stands between it and what the child before took.
    next: bool,
    /// `(a) . (b)*`: or what it took itself.
    repeated: bool,
    pattern: Pattern,
}

/// `(#any-of? @part "a" "b")`
#[derive(Debug)]
struct Condition {
    part: String,
    /// Without the role in front of the dot.
    short: String,
    words: Vec<String>,
    negated: bool,
}

/// Why a query file cannot be read: the place and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed {
    pub at: usize,
    pub what: &'static str,
}

impl Roles {
    /// # Errors
    /// [`Malformed`] where the text is no query, or uses what this engine does not know.
    pub fn compile(language: &Language, text: &str) -> Result<Roles, Malformed> {
        let mut parse = Parse::new(language, text);
        let mut roles =
            Roles { patterns: Vec::new(), by_kind: vec![Vec::new(); language.node_kind_count()], anywhere: Vec::new() };
        while parse.skip_blanks().is_some() {
            let mut pattern = parse.pattern()?;
            if pattern.captures.is_empty() {
                return Err(parse.malformed("a pattern without a role"));
            }
            pattern.prepare();
            let at = roles.patterns.len() as u16;
            match &pattern.kinds {
                Kinds::Any | Kinds::Named => roles.anywhere.push(at),
                _ => {
                    for kind in pattern.own_kinds() {
                        // An error has the last number there is.
                        if let Some(patterns) = roles.by_kind.get_mut(usize::from(kind)) {
                            patterns.push(at);
                        }
                    }
                }
            }
            roles.patterns.push(pattern);
        }
        Ok(roles)
    }

    /// Whether any node may have a role.
    pub fn has(&self, role: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.captures[0] == role)
    }

    /// The role of a node, if it has one.
    pub fn of<'tree>(&self, node: Node<'tree>, text: &str) -> Option<Roled<'_, 'tree>> {
        let own = self.by_kind.get(usize::from(node.kind_id())).map_or(&[][..], Vec::as_slice);
        if own.is_empty() && self.anywhere.is_empty() {
            return None;
        }
        let children = OnceCell::new();
        let mut parts = Vec::new();
        own.iter().chain(&self.anywhere).find_map(|at| {
            let pattern = &self.patterns[usize::from(*at)];
            parts.clear();
            let fits = pattern.fits(node, &children, &mut parts) && pattern.holds(node, &parts, text);
            fits.then(|| {
                if parts.len() > 1 {
                    parts.sort_by_key(|(_, node)| (node.start_byte(), node.end_byte()));
                }
                Roled { role: pattern.captures[0].as_str(), parts: std::mem::take(&mut parts) }
            })
        })
    }
}

/// The children of a node with the fields that they stand in, asked for once.
type Children<'tree> = OnceCell<Vec<(Option<u16>, Node<'tree>)>>;

fn children<'c, 'tree>(node: Node<'tree>, cell: &'c Children<'tree>) -> &'c [(Option<u16>, Node<'tree>)] {
    cell.get_or_init(|| {
        let mut cursor = node.walk();
        let mut children = Vec::with_capacity(node.child_count().min(1024) as usize);
        if cursor.goto_first_child() {
            loop {
                if !cursor.node().is_extra() {
                    children.push((cursor.field_id().map(std::num::NonZeroU16::get), cursor.node()));
                }
                if !cursor.goto_next_sibling() {
                    break;
                }
            }
        }
        children
    })
}

impl Pattern {
    /// Works out once what is asked for at every node.
    fn prepare(&mut self) {
        let part = |name: &String| name.split_once('.').map(|(_, part)| part.to_owned());
        self.parts = self.captures.iter().filter_map(part).collect();
        self.anchored = self.closed || self.children.iter().any(|child| child.next || child.repeated);
        for condition in &mut self.conditions {
            condition.short = part(&condition.part).unwrap_or_default();
        }
        self.children.iter_mut().for_each(|child| child.pattern.prepare());
        if let Kinds::OneOf(patterns) = &mut self.kinds {
            patterns.iter_mut().for_each(Pattern::prepare);
        }
    }

    fn own_kinds(&self) -> Vec<u16> {
        match &self.kinds {
            Kinds::These(kinds) => kinds.clone(),
            Kinds::OneOf(patterns) => patterns.iter().flat_map(Pattern::own_kinds).collect(),
            Kinds::Any | Kinds::Named => Vec::new(),
        }
    }

    fn fits<'q, 'tree>(
        &'q self,
        node: Node<'tree>,
        own: &Children<'tree>,
        parts: &mut Vec<(&'q str, Node<'tree>)>,
    ) -> bool {
        let before = parts.len();
        let kind = match &self.kinds {
            Kinds::Any => true,
            Kinds::Named => node.is_named(),
            Kinds::These(kinds) => kinds.contains(&node.kind_id()),
            Kinds::OneOf(patterns) => patterns.iter().any(|pattern| pattern.fits(node, own, parts)),
        };
        let fits = kind && (self.children.is_empty() || self.children_fit(children(node, own), parts));
        if fits {
            parts.extend(self.parts.iter().map(|name| (name.as_str(), node)));
        } else {
            parts.truncate(before);
        }
        fits
    }

    /// The common case: places do not count.
    fn each_fits<'q, 'tree>(
        &'q self,
        children: &[(Option<u16>, Node<'tree>)],
        parts: &mut Vec<(&'q str, Node<'tree>)>,
    ) -> bool {
        self.children.iter().all(|child| {
            let mut found = false;
            for (field, node) in children {
                if child.field.is_none_or(|wanted| *field == Some(wanted)) {
                    found |= child.pattern.fits(*node, &OnceCell::new(), parts);
                }
            }
            if child.absent { !found } else { found || child.optional }
        })
    }

    fn children_fit<'q, 'tree>(
        &'q self,
        children: &[(Option<u16>, Node<'tree>)],
        parts: &mut Vec<(&'q str, Node<'tree>)>,
    ) -> bool {
        if !self.anchored {
            return self.each_fits(children, parts);
        }
        let nameless = |range: std::ops::Range<usize>| children[range].iter().all(|(_, node)| !node.is_named());
        // Where the child after an anchor may begin: behind each that the child before took, nowhere if it took none.
        let mut starts = vec![0];
        self.children.iter().enumerate().all(|(number, child)| {
            let may_be_followed = !self.closed || number + 1 < self.children.len();
            let mut ends = Vec::new();
            for (at, (field, node)) in children.iter().enumerate() {
                let wanted = child.field.is_none_or(|wanted| *field == Some(wanted));
                let follows = |starts: &[usize]| {
                    let nearest = starts[..starts.partition_point(|start| *start <= at)].last();
                    nearest.is_some_and(|start| nameless(*start..at))
                };
                let placed = !child.next || follows(&starts) || (child.repeated && follows(&ends));
                let closes = may_be_followed || nameless(at + 1..children.len());
                if wanted && placed && closes && child.pattern.fits(*node, &OnceCell::new(), parts) {
                    ends.push(at + 1);
                }
            }
            let fits = if child.absent { ends.is_empty() } else { !ends.is_empty() || child.optional };
            starts = if child.absent { std::mem::take(&mut starts) } else { ends };
            fits
        })
    }

    fn holds(&self, node: Node<'_>, parts: &[(&str, Node<'_>)], text: &str) -> bool {
        self.conditions.iter().all(|condition| {
            let is_one_of = |node: &Node<'_>| condition.words.iter().any(|word| *word == text[node.byte_range()]);
            // The role stands for the node itself.
            let is_own = self.captures.contains(&condition.part) && is_one_of(&node);
            let mut named = parts.iter().filter(|(name, _)| *name == condition.short);
            let is_one = is_own || named.any(|(_, node)| is_one_of(node));
            is_one != condition.negated
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::grammar::{self, Grammar};

    static BASH: Grammar = Grammar::new("shell", || tree_sitter_bash::LANGUAGE.into());

    fn roles(queries: &str) -> Roles {
        Roles::compile(&tree_sitter_bash::LANGUAGE.into(), queries).unwrap()
    }

    fn shown(queries: &str, text: &str) -> Vec<String> {
        let roles = roles(queries);
        let tree = BASH.parse(text).unwrap();
        let found = grammar::walk(tree.root_node()).filter_map(|node| {
            let roled = roles.of(node, text)?;
            let parts = roled.all().iter().map(|(name, node)| format!(" {name}={}", grammar::slice(*node, text)));
            Some(format!("{}{}", roled.role, parts.collect::<String>()))
        });
        found.collect()
    }

    #[test]
    fn a_pattern_takes_every_child_that_fits() {
        let queries = "; calls\n(command name: (_) @call.name argument: (_)? @call.argument) @call";
        assert_eq!(shown(queries, "a b c"), ["call name=a argument=b argument=c"]);
        assert_eq!(shown(queries, "a"), ["call name=a"]);
    }

    #[test]
    fn the_first_pattern_that_fits_gives_the_role() {
        let queries = r#"
            (command name: (command_name) @x.name (#any-of? @x.name "set" "put")) @x
            (command name: [(command_name (word) @y.name)]) @y
            (variable_assignment !index) @z
        "#;
        assert_eq!(shown(queries, "put 1; get 2; A=1"), ["x name=put", "y name=get", "z"]);
    }

    /// Grammars do not name every part: an anchor tells the first from the next and the last.
    #[test]
    fn anchors_tell_places() {
        let queries = "(command . (_) @a.first . (_) @a.second .) @a (command . (_) @b.first) @b";
        assert_eq!(shown(queries, "x y; x y z"), ["a first=x second=y", "b first=x"]);
        let queries = "(command . (_) @a.first . (_)* @a.other) @a";
        assert_eq!(shown(queries, "x y z"), ["a first=x other=y other=z"]);
        let queries = "(command . (_) @a.first (_) @a.last .) @a";
        assert_eq!(shown(queries, "x y z"), ["a first=x last=z"]);
    }

    #[test]
    fn a_condition_may_be_on_the_node_itself() {
        let queries = r#"((word) @a (#any-of? @a "x" "y")) (word) @b"#;
        assert_eq!(shown(queries, "x z"), ["a", "b"]);
    }

    #[test]
    fn what_is_misspelt_is_told() {
        let compile = |queries| Roles::compile(&tree_sitter_bash::LANGUAGE.into(), queries).unwrap_err().what;
        assert_eq!(compile("(comand) @a"), "a kind that the grammar does not have");
        assert_eq!(compile("(command nam: (_)) @a"), "a field that the grammar does not have");
        assert_eq!(compile("(command"), "a parenthesis that is not closed");
    }
}
