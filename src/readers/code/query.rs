//! The query files beside the readers, compiled to a table by kind: which nodes are calls, maps, classes, and which
//! of their parts is what.
//!
//! They are tree-sitter queries (a test compiles each with tree-sitter's own engine), read here with a simpler meaning: a
//! node has the role of the first pattern that fits, a pattern of a child takes every child that fits, and of
//! alternatives in brackets the first that fits is taken. That
//! needs no automaton: tree-sitter's takes tens of milliseconds to make for the patterns of one language, this
//! takes a tenth of one.

use std::cell::OnceCell;
use std::collections::HashMap;

use tree_sitter::{Language, Node};

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
        let mut parse = Parse { language, kinds: kinds(language), text, at: 0 };
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

/// The numbers of all kinds that have a name.
fn kinds(language: &Language) -> HashMap<&str, Vec<u16>> {
    let mut kinds: HashMap<&str, Vec<u16>> = HashMap::new();
    let all = 0..language.node_kind_count() as u16;
    for kind in all.filter(|kind| language.node_kind_is_named(*kind)) {
        if let Some(name) = language.node_kind_for_id(kind) {
            kinds.entry(name).or_default().push(kind);
        }
    }
    kinds
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

/// Reads the text of a query.
struct Parse<'p> {
    language: &'p Language,
    kinds: HashMap<&'p str, Vec<u16>>,
    text: &'p str,
    at: usize,
}

impl<'p> Parse<'p> {
    fn malformed(&self, what: &'static str) -> Malformed {
        Malformed { at: self.at, what }
    }

    fn rest(&self) -> &'p str {
        &self.text[self.at..]
    }

    /// The next character that is neither blank nor in a comment.
    fn skip_blanks(&mut self) -> Option<char> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            match self.rest().chars().next() {
                Some(';') => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                other => return other,
            }
        }
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.skip_blanks() == Some(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn word(&mut self) -> &'p str {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '?' | '/');
        let rest = self.rest();
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        // A `?` at the end of a kind or capture says that it is optional.
        let word = &rest[..end];
        let bare = word.trim_end_matches('?');
        self.at -= word.len() - bare.len();
        bare
    }

    fn quoted(&mut self) -> Result<String, Malformed> {
        let mut word = String::new();
        let mut escaped = false;
        for (at, c) in self.rest().char_indices().skip(1) {
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    self.at += at + 1;
                    return Ok(word);
                }
                _ => {
                    word.push(c);
                    escaped = false;
                }
            }
        }
        Err(self.malformed("a quote that is not closed"))
    }

    fn pattern(&mut self) -> Result<Pattern, Malformed> {
        let mut pattern = match self.skip_blanks() {
            Some('(') if self.rest()[1..].trim_start().starts_with('(') => self.grouping()?,
            Some('(') => self.node()?,
            Some('[') => self.alternatives()?,
            Some('"') => {
                let word = self.quoted()?;
                let kind = self.language.id_for_node_kind(&word, false);
                Pattern { kinds: Kinds::These(self.known(kind, &word)?), ..Pattern::default() }
            }
            Some('_') => {
                self.at += 1;
                Pattern::default()
            }
            _ => return Err(self.malformed("no pattern")),
        };
        while self.skip_blanks() == Some('@') {
            self.at += 1;
            pattern.captures.push(self.word().to_owned());
        }
        Ok(pattern)
    }

    /// `((kind) @role (#eq? @role "b"))`
    fn grouping(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        let mut pattern = self.pattern()?;
        while self.skip_blanks() == Some('(') {
            let condition = self.condition()?;
            pattern.conditions.push(condition);
        }
        if self.eat(')') { Ok(pattern) } else { Err(self.malformed("a parenthesis that is not closed")) }
    }

    fn known(&self, kind: u16, _name: &str) -> Result<Vec<u16>, Malformed> {
        if kind == 0 { Err(self.malformed("a kind that the grammar does not have")) } else { Ok(vec![kind]) }
    }

    /// `(kind field: (…) (…)? (#eq? @a "b"))`
    fn node(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        self.skip_blanks();
        let word = self.word();
        let mut pattern = Pattern { kinds: self.kinds(word)?, ..Pattern::default() };
        let mut anchored = false;
        loop {
            match self.skip_blanks() {
                Some(')') => {
                    self.at += 1;
                    pattern.closed = anchored;
                    return Ok(pattern);
                }
                Some('.') => {
                    self.at += 1;
                    anchored = true;
                }
                Some('(') if self.rest()[1..].trim_start().starts_with('#') => {
                    let condition = self.condition()?;
                    pattern.conditions.push(condition);
                }
                Some('!') => {
                    self.at += 1;
                    let field = self.field()?;
                    let pattern_of_any = Pattern::default();
                    pattern.children.push(Child {
                        field: Some(field),
                        absent: true,
                        optional: false,
                        next: false,
                        repeated: false,
                        pattern: pattern_of_any,
                    });
                }
                Some(_) => {
                    let child = Child { next: std::mem::take(&mut anchored), ..self.child()? };
                    pattern.children.push(child);
                }
                None => return Err(self.malformed("a parenthesis that is not closed")),
            }
        }
    }

    /// All kinds of a name: grammars may have several, aliases of one another.
    fn kinds(&self, word: &str) -> Result<Kinds, Malformed> {
        if word == "_" {
            return Ok(Kinds::Named);
        }
        let kinds = self.kinds.get(word).cloned().unwrap_or_else(|| self.subtypes(word));
        if kinds.is_empty() {
            Err(self.malformed("a kind that the grammar does not have"))
        } else {
            Ok(Kinds::These(kinds))
        }
    }

    /// A supertype stands for its kinds, and they for theirs.
    fn subtypes(&self, word: &str) -> Vec<u16> {
        let mut kinds = Vec::new();
        let mut open = vec![self.language.id_for_node_kind(word, true)];
        while let Some(kind) = open.pop().filter(|kind| *kind != 0) {
            for subtype in self.language.subtypes_for_supertype(kind) {
                if !kinds.contains(subtype) {
                    kinds.push(*subtype);
                    open.push(*subtype);
                }
            }
        }
        kinds
    }

    fn field(&mut self) -> Result<u16, Malformed> {
        let word = self.word();
        let id = self.language.field_id_for_name(word);
        id.map(std::num::NonZeroU16::get).ok_or_else(|| self.malformed("a field that the grammar does not have"))
    }

    fn child(&mut self) -> Result<Child, Malformed> {
        let named = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let is_field = named.is_some_and(|end| end > 0 && self.rest()[end..].starts_with(':'));
        let field = if is_field { Some(self.field()?) } else { None };
        if is_field {
            self.at += 1;
        }
        let pattern = self.pattern()?;
        let mut child = Child { field, absent: false, optional: false, next: false, repeated: false, pattern };
        // The sign stands before the capture: `(a)? @b`.
        while let Some(sign @ ('?' | '*' | '+')) = self.rest().chars().next() {
            self.at += 1;
            child.optional = sign != '+';
            child.repeated = sign != '?';
            while self.skip_blanks() == Some('@') {
                self.at += 1;
                child.pattern.captures.push(self.word().to_owned());
            }
        }
        Ok(child)
    }

    fn alternatives(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        let mut patterns = Vec::new();
        while !self.eat(']') {
            if self.skip_blanks().is_none() {
                return Err(self.malformed("a bracket that is not closed"));
            }
            patterns.push(self.pattern()?);
        }
        let plain = |pattern: &Pattern| {
            pattern.children.is_empty() && pattern.captures.is_empty() && matches!(pattern.kinds, Kinds::These(_))
        };
        let kinds = if patterns.iter().all(plain) {
            Kinds::These(patterns.iter().flat_map(Pattern::own_kinds).collect())
        } else {
            Kinds::OneOf(patterns)
        };
        Ok(Pattern { kinds, ..Pattern::default() })
    }

    /// `(#eq? @a "b")`, `(#any-of? @a "b" "c")` and their negations.
    fn condition(&mut self) -> Result<Condition, Malformed> {
        self.eat('(');
        self.eat('#');
        let operator = self.word();
        let negated = match operator {
            "eq" | "any-of" => false,
            "not-eq" | "not-any-of" => true,
            _ => return Err(self.malformed("a predicate that is not known here")),
        };
        self.eat('?');
        if !self.eat('@') {
            return Err(self.malformed("a predicate without a capture"));
        }
        let part = self.word().to_owned();
        let mut words = Vec::new();
        while !self.eat(')') {
            if self.skip_blanks() != Some('"') {
                return Err(self.malformed("a predicate with something else than words"));
            }
            words.push(self.quoted()?);
        }
        Ok(Condition { part, short: String::new(), words, negated })
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
