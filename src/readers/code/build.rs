//! From a grammar's tree to the program that all languages share, by the roles that the query file gives.
//!
//! | role | parts |
//! |---|---|
//! | `text` | `part`, `escape`, `raw` (no escapes in it), `doubled` (a quote in it is written twice), `dollars` (`$name` in it is a value), `hole` (a value); without parts: all of it without its quotes |
//! | | `around`, captured on the text itself: its constant parts have no nodes, they are what stands around the others |
//! | `heredoc` | where a text is used that stands further down, beside the syntax: the next `text` that is an extra |
//! | `symbol`, `word`, `name` | a symbol or atom is text; numbers, truths and nothing are words |
//! | `path` | a name with dots in it: members of one another |
//! | `member`, `index` | `object`, `name` or `key`; a member without an object is one of `self` |
//! | `call` | `callee`, or `object` and `name`; `type`s in angles or brackets, `argument`s (`named`: the one before it is the name of the next), a trailing `block` |
//! | `argument` | `name`, `value` (outside of a call: a `bind`); `keywords` with `item`s (pairs) are several of them |
//! | `selector` | what follows the value that it is taken of, as a sibling: `name`, `key`, or `arguments` with `argument`s |
//! | `words` | `part`: a list of the words in it |
//! | `items` | `item`s: a list, or a map if there is a pair among them; `map` is always one, and may have `key`s and `value`s in turn |
//! | | an item of a `map` that is captured as `value` too is that of the item before it |
//! | `pairs` | `item`s of a map: a key, its value, a key, its value |
//! | `pair` | `key`, `value`; without a value it is what the key names |
//! | `join` | `part`s of a string put one after another |
//! | `either`, `both` | `left`, `right`: `??`, `\|\|`, `or`; `&&`, `and` |
//! | `not`, `spread` | `value`; `...base` |
//! | `equal`, `unequal` | `left`, `right` |
//! | `infix` | `left`, `sign`, `right`: any operator, where the grammar nests them by another precedence |
//! | `choice`, `unless` | `test`s (several: all must hold), `then`, `else` (several: each an `elif` or the last `else`); `bound`: what the test before it names is the test behind it, or equals it since `case`; `branch`es are `then` before the `turn`, `else` behind it |
//! | `when`, `orwhen`, `otherwise`, `end` | `#if` and its like, flat among what they choose: `test`s, or `any` of them, or `not` |
//! | `switch`, `case` | `subject`, `case`s; `value`s (none: the default), a guard as `test`, `body` |
//! | | choices and switches may have what is done `before` their test: it stands before them |
//! | `bind`, `parameter` | `name`, `value`, `type`, `mark`s; several names with as many values or none: several binds; `one` for `name`: each has its own type and value behind it; `otherwise`: what is done where there is no value |
//! | `append` | `name`, `value`: `+=`, a bind to what it was and the value behind that |
//! | `function` | `name`, `parameter`s, `body` (a block) or `value` (what it gives back; of several the last), a guard as `test`, `mark`s; `of`: the class that it belongs to, where it is written outside of it; `default`: of the parameter before it |
//! | `class` | `name`, `base`s, `parameter`s that are fields, `body` (its members), `mark`s |
//! | `mark` | `value`: a decorator or annotation; one that stands alone belongs to what follows it |
//! | `marked` | `mark`s and the `value` that they belong to |
//! | `return` | `value`s (several: a list, without the `nil` or `true` at its end) |
//! | `import` | `from` (several: from the first to the last) with `name`s, `all` or `default`; or `module`s; or `path`s whose last part is the name |
//! | `imported` | `name`, `alias` |
//! | `inner` | `value`: what only wraps it says nothing |
//! | `group` | `item`s, one after another |
//! | `several` | `item`s, each for itself among what stands beside them: `a \| b` of a case; parameters with a `default` behind them or a `marking` before |
//! | `tokens` | what the grammar does not take apart, in its brackets: the arguments of a macro (see `tokens.rs`) |
//! | `skip` | passed by |
//!
//! A node without a role is what is in it.

use std::collections::{HashMap, HashSet};

use tree_sitter::{Node as Raw, Tree};

use super::flat::{Each, Flat};
use super::query::{Roled, Roles};
use super::syntax::{Argument, Bind, Call, Case, Class, Function, Import, Imported, Is, Node, Switch};
use super::tokens;
use crate::fact::Name;
use crate::readers::escapes::{self, Dialect};
use crate::readers::grammar;
use crate::source::{Source, Span, Spanned};
use crate::text::{Text, TextBuilder};

/// Deeper nesting than this is left out: no program that people write has it.
pub(super) const DEPTH: usize = 160;
/// Parts of one string at most that are put together of others.
const PARTS: usize = 4096;

/// A program and its comments.
pub struct Program {
    pub root: Node,
    /// The places of its comments, in order.
    pub comments: Vec<Span>,
}

/// Reads a tree by its roles.
pub fn program(tree: &Tree, roles: &Roles, source: &Source) -> Program {
    let build = Build { roles, source, heredocs: heredocs(tree, roles, source.text()) };
    let root = build.node(tree.root_node(), 0);
    let span = source.span(0..source.text().len());
    let comments = grammar::walk(tree.root_node()).filter(|node| node.is_extra() && node.kind().contains("comment"));
    let comments = comments.map(|node| build.span(node)).collect();
    Program { root: root.unwrap_or(Node::new(span, Is::Group(Vec::new()))), comments }
}

pub(super) struct Build<'b, 't> {
    roles: &'b Roles,
    source: &'b Source,
    /// The text of each node that says where one is used.
    heredocs: HashMap<usize, Raw<'t>>,
}

/// The texts that stand beside the syntax, by the nodes that use them: both come in the same order.
fn heredocs<'t>(tree: &'t Tree, roles: &Roles, text: &str) -> HashMap<usize, Raw<'t>> {
    let mut used = Vec::new();
    let mut bodies = Vec::new();
    if roles.has("heredoc") {
        for node in grammar::walk(tree.root_node()) {
            match roles.of(node, text).map(|roled| roled.role) {
                Some("heredoc") => used.push(node.id()),
                Some("text") if node.is_extra() => bodies.push(node),
                _ => {}
            }
        }
    }
    used.into_iter().zip(bodies).collect()
}

type Parts<'r, 'tree> = Roled<'r, 'tree>;

impl<'b> Build<'b, '_> {
    pub(super) fn span(&self, node: Raw<'_>) -> Span {
        self.source.span(grammar::range(node, self.source.text()))
    }

    pub(super) fn slice(&self, node: Raw<'_>) -> &'b str {
        grammar::slice(node, self.source.text())
    }

    pub(super) fn role<'tree>(&self, node: Raw<'tree>) -> Option<Parts<'b, 'tree>> {
        self.roles.of(node, self.source.text())
    }

    pub(super) fn node(&self, raw: Raw<'_>, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        let Some(roled) = self.role(raw) else { return self.plain(raw, depth) };
        let span = self.span(raw);
        let part = |name: &str| roled.part(name).and_then(|part| self.node(part, depth + 1));
        let boxed = |name: &str| Box::new(part(name).unwrap_or(Node::new(span, Is::Group(Vec::new()))));
        let is = match roled.role {
            "skip" => return None,
            "text" => self.text(raw, &roled, depth),
            "heredoc" => match self.heredocs.get(&raw.id()) {
                Some(body) => return self.node(*body, depth + 1),
                None => return None,
            },
            "symbol" => Is::Text(self.symbol(raw)),
            "word" => Is::Word(self.slice(raw).into()),
            "name" => Is::Name(self.slice(raw).into()),
            "path" => return Some(self.path(raw)),
            "member" => match roled.part("name") {
                Some(name) if roled.part("object").is_none() => {
                    Is::Member(Box::new(Node::new(span, Is::Name("self".into()))), self.name(name))
                }
                Some(name) => Is::Member(boxed("object"), self.name(name)),
                None => return part("object"),
            },
            "index" => Is::Index(boxed("object"), boxed("key")),
            "call" => self.call(&roled, span, depth),
            "items" => {
                let items = self.all(roled.parts("item"), depth);
                let items: Vec<Node> = items.into_iter().map(as_pair).collect();
                let keyed = items.iter().any(|item| matches!(item.is, Is::Pair(..)));
                if keyed { Is::Map(items) } else { Is::List(items) }
            }
            "words" => Is::List(roled.parts("part").flat_map(|part| self.words(part)).collect()),
            "map" if roled.part("value").is_some() && roled.part("key").is_none() => {
                Is::Map(self.valued(&roled, depth))
            }
            "pairs" => {
                let mut items = self.all(roled.parts("item"), depth).into_iter();
                let pairs = std::iter::from_fn(|| Some(pair(items.next()?, items.next()?)));
                Is::Map(pairs.collect())
            }
            "map" => {
                let mut items = self.all(roled.parts("item"), depth);
                for (key, value) in roled.parts("key").zip(roled.parts("value")) {
                    let (Some(key), Some(value)) = (self.node(key, depth + 1), self.node(value, depth + 1)) else {
                        continue;
                    };
                    items.push(pair(key, value));
                }
                Is::Map(items)
            }
            "pair" => match (roled.part("key"), roled.part("value")) {
                (Some(key), None) => {
                    let name = self.name(key);
                    Is::Pair(boxed("key"), Box::new(Node::new(name.span, Is::Name(name.text))))
                }
                _ => Is::Pair(boxed("key"), boxed("value")),
            },
            "join" => self.join(raw, depth),
            "infix" => return self.infix(raw, depth),
            "either" => Is::Either(boxed("left"), boxed("right")),
            "both" => Is::Both(boxed("left"), boxed("right")),
            "not" => Is::Not(boxed("value")),
            "spread" => Is::Spread(boxed("value")),
            "equal" => Is::Compare(true, boxed("left"), boxed("right")),
            "unequal" => Is::Compare(false, boxed("left"), boxed("right")),
            "choice" => self.with_before(&roled, span, self.choice(&roled, span, false, depth), depth),
            "unless" => self.with_before(&roled, span, self.choice(&roled, span, true, depth), depth),
            "switch" => {
                let mut cases: Vec<Case> = roled.parts("case").filter_map(|case| self.case(case, depth + 1)).collect();
                let subject = part("subject");
                // `true` as the last of several tests is the default.
                let is_true = |value: &Node| matches!(&value.is, Is::Word(word) if &**word == "true");
                if let (None, Some(last)) = (&subject, cases.last_mut()) {
                    last.values.retain(|value| !is_true(value));
                }
                let switch = Is::Switch(Box::new(Switch { subject, cases }));
                self.with_before(&roled, span, switch, depth)
            }
            "argument" if roled.part("name").is_some() => self.bind(&roled, span, depth),
            "bind" | "parameter" => self.bind(&roled, span, depth),
            "append" => {
                let joined = Node::new(span, Is::Join(part("name").into_iter().chain(part("value")).collect()));
                Is::Bind(Box::new(Bind {
                    target: *boxed("name"),
                    value: Some(joined),
                    type_name: None,
                    marks: Vec::new(),
                }))
            }
            "function" => self.function(&roled, span, depth),
            "class" => Is::Class(Box::new(Class {
                name: roled.part("name").map(|name| self.name(name)),
                bases: self.all(roled.parts("base"), depth),
                parameters: self.all(roled.parts("parameter"), depth),
                body: self.all(roled.parts("body"), depth),
                marks: self.marks(&roled, depth),
            })),
            "return" => {
                let mut values = self.all(roled.parts("value"), depth);
                // Go's `return host, nil` gives back the host.
                while values.len() > 1 && matches!(values[values.len() - 1].is, Is::Word(_)) {
                    values.pop();
                }
                let several = values.len() > 1;
                let value = if several { Some(Node::new(span, Is::List(values))) } else { values.pop() };
                Is::Return(value.map(Box::new))
            }
            "import" => return Some(self.imports(&roled, span)),
            // What only wraps: a parenthesis, a type assertion, `await`.
            "inner" | "mark" => return part("value"),
            "marked" => {
                let mut value = part("value")?;
                mark(&mut value, self.marks(&roled, depth));
                return Some(value);
            }
            "tokens" => return self.bracketed(raw, depth),
            // Whatever stands one after another, as its own group: a block.
            "group" => Is::Group(self.all(roled.parts("item"), depth)),
            "several" => Is::Group(self.with_defaults(&roled, "item", depth)),
            _ => return self.plain(raw, depth),
        };
        Some(Node::new(span, is))
    }

    /// A node without a role: what is in it, or the one thing that is.
    fn plain(&self, raw: Raw<'_>, depth: usize) -> Option<Node> {
        let mut inside = self.all(grammar::children(raw).into_iter(), depth);
        match inside.len() {
            0 => None,
            1 => inside.pop(),
            _ => Some(Node::new(self.span(raw), Is::Group(inside))),
        }
    }

    /// Several nodes, each with the selectors that follow it; what says several things at once is those things.
    fn all<'tree>(&self, raw: impl Iterator<Item = Raw<'tree>>, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        for node in self.each(raw, depth) {
            match node {
                (true, Node { is: Is::Group(several), .. }) => nodes.extend(several),
                (_, node) => nodes.push(node),
            }
        }
        nodes
    }

    /// Several nodes, and whether the parts of each, if it is a group, may as well stand by themselves.
    fn each<'tree>(&self, raw: impl Iterator<Item = Raw<'tree>>, depth: usize) -> Vec<Each> {
        const MAY_BE_SEVERAL: &[&str] = &["bind", "parameter", "choice", "unless", "switch", "import", "several"];
        let mut flat = Flat::new();
        let mut marks = Vec::new();
        let mut end = None;
        for raw in raw {
            end = Some(self.span(raw));
            let roled = self.role(raw);
            let role = roled.as_ref().map_or("", |roled| roled.role);
            match (role, roled) {
                ("selector", Some(roled)) if !flat.nodes().is_empty() => {
                    if let Some((_, last)) = flat.nodes().last_mut() {
                        self.select(last, &roled, self.span(raw), depth);
                    }
                }
                ("mark", _) => marks.extend(self.node(raw, depth + 1)),
                ("when", Some(roled)) => flat.when(self.flat_test(&roled, depth)),
                ("orwhen" | "otherwise", Some(roled)) => flat.otherwise(self.flat_test(&roled, depth)),
                ("end", _) => flat.end(self.span(raw)),
                _ => {
                    let Some(mut node) = self.node(raw, depth + 1) else { continue };
                    mark(&mut node, std::mem::take(&mut marks));
                    flat.nodes().push((MAY_BE_SEVERAL.contains(&role), node));
                }
            }
        }
        end.map_or(Vec::new(), |end| flat.finish(end))
    }

    /// The test of a `#if`.
    fn flat_test(&self, roled: &Parts<'_, '_>, depth: usize) -> Option<Node> {
        let tests = |name: &str| self.all(roled.parts(name), depth).into_iter();
        let joined = |left: Node, right: Node, is: fn(Box<Node>, Box<Node>) -> Is| {
            Node::new(left.span.to(right.span), is(left.into(), right.into()))
        };
        let not = || tests("not").next().map(|test| Node::new(test.span, Is::Not(test.into())));
        let any = || tests("any").reduce(|left, right| joined(left, right, Is::Either));
        tests("test").reduce(|left, right| joined(left, right, Is::Both)).or_else(any).or_else(not)
    }

    /// The items of a map whose values are told from its keys by what stands before them.
    fn valued(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Node> {
        let values: HashSet<usize> = roled.parts("value").map(|value| value.id()).collect();
        let mut items: Vec<Node> = Vec::new();
        for raw in roled.parts("item") {
            let Some(node) = self.node(raw, depth + 1) else { continue };
            let key = if values.contains(&raw.id()) { items.pop() } else { None };
            items.push(match key {
                Some(key) => pair(key, node),
                None => node,
            });
        }
        items
    }

    fn marks(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Node> {
        roled.parts("mark").filter_map(|mark| self.node(mark, depth + 1)).collect()
    }

    /// Dart and its like put what is taken of a value beside it: `.name`, `[key]`, `(arguments)`.
    fn select(&self, last: &mut Node, roled: &Parts<'_, '_>, span: Span, depth: usize) {
        let object = std::mem::replace(last, Node::new(span, Is::Group(Vec::new())));
        let whole = object.span.to(span);
        let object = Box::new(object);
        let is = if let Some(name) = roled.part("name") {
            Is::Member(object, self.name(name))
        } else if let Some(key) = roled.part("key").and_then(|key| self.node(key, depth + 1)) {
            Is::Index(object, Box::new(key))
        } else if roled.part("arguments").is_some() || roled.part("block").is_some() {
            let arguments = self.arguments(roled, depth);
            let block = roled.part("block").and_then(|block| self.node(block, depth + 1));
            match (object.is, &arguments[..]) {
                // A lambda behind the call that is there already.
                (Is::Call(mut call), []) if block.is_some() && call.block.is_none() => {
                    call.block = block;
                    Is::Call(call)
                }
                (is, _) => {
                    Is::Call(Box::new(Call { callee: Node::new(object.span, is), types: Vec::new(), arguments, block }))
                }
            }
        } else {
            object.is
        };
        *last = Node::new(whole, is);
    }

    pub(super) fn name(&self, raw: Raw<'_>) -> Name {
        let text = self.slice(raw).trim_end();
        let range = grammar::range(raw, self.source.text());
        // `:name`, `'name'`, `$name`, `@name`: the marks are no part of it.
        let bare = text.trim_start_matches([':', '\'', '"', '$', '@', '`', '#', '.', '?']);
        let start = range.start + (text.len() - bare.len());
        let bare = bare.trim_end_matches([':', '\'', '"', '`', '!', '?']);
        Name::key(bare, self.source.span(start..start + bare.len()))
    }

    /// `App.Flinks.Client`, where the grammar takes it for one token.
    fn path(&self, raw: Raw<'_>) -> Node {
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

    fn symbol(&self, raw: Raw<'_>) -> Text {
        let name = self.name(raw);
        Text::verbatim(name.text, self.source.id, name.span.start as usize)
    }

    /// A string: its constant parts with their escapes, and the values between them.
    fn text(&self, raw: Raw<'_>, roled: &Parts<'_, '_>, depth: usize) -> Is {
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
    fn pieces<'r, 'tree>(
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
    fn words(&self, raw: Raw<'_>) -> Vec<Node> {
        let text = self.slice(raw);
        let start = grammar::range(raw, self.source.text()).start;
        // Each is a part of the text, so that how far it stands from its beginning is known.
        let place = |word: &str| start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let texts = text.split_whitespace().map(|word| Text::verbatim(word, self.source.id, place(word)));
        texts.map(|text| Node::new(text.span(), Is::Text(text))).collect()
    }

    /// Python keeps the escapes inside of the constant part: `\\n`, and `{{` for one sign.
    fn constant(&self, raw: Raw<'_>, builder: &mut TextBuilder) {
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
    fn unquoted(&self, raw: Raw<'_>) -> Text {
        let (inside, is_raw) = self.inside(raw);
        let written = &self.source.text()[inside.clone()];
        if is_raw || !written.contains('\\') {
            return Text::verbatim(written, self.source.id, inside.start);
        }
        escapes::decode(self.source.id, self.source.text(), inside, Dialect::Json)
    }

    /// The inside of the quotes of a string, and whether backslashes are nothing special there.
    fn inside(&self, raw: Raw<'_>) -> (std::ops::Range<usize>, bool) {
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
    fn join(&self, raw: Raw<'_>, depth: usize) -> Is {
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

    fn call(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let callee = match (roled.part("callee"), roled.part("object"), roled.part("name")) {
            (Some(callee), ..) => self.node(callee, depth + 1),
            (None, Some(object), Some(name)) => self.node(object, depth + 1).map(|object| {
                let whole = object.span.to(self.span(name));
                Node::new(whole, Is::Member(Box::new(object), self.name(name)))
            }),
            (None, object, Some(name)) => {
                let name = self.name(name);
                let bare = Node::new(name.span, Is::Name(name.text.clone()));
                Some(match object {
                    // What it is called on has no name: the method is still told.
                    Some(_) => Node::new(name.span, Is::Member(Box::new(bare), name)),
                    None => bare,
                })
            }
            (None, Some(object), None) => self.node(object, depth + 1),
            _ => None,
        };
        let callee = callee.unwrap_or(Node::new(span, Is::Group(Vec::new())));
        let mut arguments = self.arguments(roled, depth);
        let mut blocks = self.all(roled.parts("block"), depth).into_iter();
        let block = blocks.next();
        // Of several, the first is the block.
        arguments.extend(blocks.map(|value| Argument { name: None, value }));
        let callee = match (callee.is, &arguments[..]) {
            // A lambda behind the call that is there already.
            (Is::Call(mut call), []) if block.is_some() && call.block.is_none() => {
                call.block = block;
                return Is::Call(call);
            }
            (is, _) => Node::new(callee.span, is),
        };
        let types =
            roled.parts("type").map(|node| Spanned::new(self.slice(node).to_owned(), self.span(node))).collect();
        Is::Call(Box::new(Call { callee, types, arguments, block }))
    }

    fn arguments(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        // Where a grammar has no field for what is called, a pattern of any child takes it for an argument too.
        let callee = roled.part("callee");
        let mut pending = None;
        for (part, raw) in roled.all().iter().filter(|(_, raw)| callee != Some(*raw)) {
            match *part {
                "argument" => {}
                "named" => {
                    let word = arguments.pop().and_then(|argument| argument.value.word());
                    pending = word.map(|word| Name::key(word.value, word.span));
                    continue;
                }
                _ => continue,
            }
            let raw = *raw;
            let before = arguments.len();
            let own = self.role(raw);
            match own.as_ref().map(|own| own.role) {
                Some("selector") => {
                    let own = own.expect("it has a role");
                    if let Some(last) = arguments.last_mut() {
                        self.select(&mut last.value, &own, self.span(raw), depth);
                    }
                }
                Some("argument") => {
                    let own = own.expect("it has a role");
                    let mut values = self.all(own.parts("value"), depth);
                    let value = if values.len() > 1 {
                        Some(Node::new(self.span(raw), Is::Group(values)))
                    } else {
                        values.pop()
                    };
                    let name = own.part("name").map(|name| self.name(name));
                    arguments.extend(value.map(|value| Argument { name, value }));
                }
                // Ruby and Elixir give keywords as the pairs of a hash without braces.
                Some("pair") => {
                    let Some(Node { is: Is::Pair(key, value), .. }) = self.node(raw, depth + 1) else { continue };
                    let name = key.word().map(|word| Name::key(word.value, word.span));
                    arguments.push(Argument { name, value: *value });
                }
                Some("keywords") => {
                    let pairs = self.all(own.expect("it has a role").parts("item"), depth);
                    for pair in pairs {
                        let Is::Pair(key, value) = pair.is else { continue };
                        let name = key.word().map(|word| Name::key(word.value, word.span));
                        arguments.push(Argument { name, value: *value });
                    }
                }
                Some("tokens") => {
                    arguments.extend(self.tokens(raw, depth + 1).into_iter().map(tokens::argument));
                }
                _ => arguments.extend(self.node(raw, depth + 1).map(|value| Argument { name: None, value })),
            }
            if let Some(argument) = arguments.get_mut(before).filter(|_| pending.is_some()) {
                argument.name = pending.take();
            }
        }
        arguments
    }

    fn choice(&self, roled: &Parts<'_, '_>, span: Span, negated: bool, depth: usize) -> Is {
        let nothing = || Node::new(span, Is::Group(Vec::new()));
        let group = |mut nodes: Vec<Node>| match nodes.len() {
            1 => nodes.pop(),
            0 => None,
            _ => Some(Node::new(span, Is::Group(nodes))),
        };
        let both = |left: Node, right: Node| Node::new(left.span.to(right.span), Is::Both(left.into(), right.into()));
        let test = self.tests(roled, depth).into_iter().reduce(both).unwrap_or_else(nothing);
        let test = if negated { Node::new(test.span, Is::Not(Box::new(test))) } else { test };
        let turn = roled.part("turn").map_or(usize::MAX, |turn| turn.start_byte());
        let branches = |after: bool| roled.parts("branch").filter(move |raw| (raw.start_byte() > turn) == after);
        let then = self.all(roled.parts("then").chain(branches(false)), depth);
        let then = group(then).unwrap_or_else(nothing);
        // `elif` after `elif`: each is the other of the one before.
        let mut other = None;
        for (_, clause) in self.each(roled.parts("else").chain(branches(true)), depth).into_iter().rev() {
            other = Some(match clause.is {
                Is::Choice(test, then, None) => Node::new(clause.span, Is::Choice(test, then, other.map(Box::new))),
                _ => clause,
            });
        }
        Is::Choice(Box::new(test), Box::new(then), other.map(Box::new))
    }

    /// The tests of a choice, all of which must hold: `if let host = env["X"], country == "ca"`.
    fn tests(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Node> {
        let mut tests: Vec<Node> = Vec::new();
        let mut target = None;
        // How many tests there were before `case`.
        let mut case = None;
        for (part, raw) in roled.all() {
            match *part {
                "case" => case = Some(tests.len()),
                "bound" => target = tests.drain(case.unwrap_or(tests.len().saturating_sub(1))..).next(),
                "test" => {
                    let own = self.role(*raw).filter(|own| own.role == "selector");
                    if let (Some(own), Some(last)) = (own, tests.last_mut()) {
                        self.select(last, &own, self.span(*raw), depth);
                        continue;
                    }
                    let Some(node) = self.node(*raw, depth + 1) else { continue };
                    tests.push(match target.take() {
                        Some(target) => {
                            let span = target.span.to(node.span);
                            if case.take().is_some() {
                                tests.push(Node::new(span, Is::Compare(true, node.into(), target.into())));
                                continue;
                            }
                            let bind = Bind { target, value: Some(node), type_name: None, marks: Vec::new() };
                            Node::new(span, Is::Bind(Box::new(bind)))
                        }
                        None => node,
                    });
                }
                _ => {}
            }
        }
        tests
    }

    /// What is done before a test, and the test.
    fn with_before(&self, roled: &Parts<'_, '_>, span: Span, is: Is, depth: usize) -> Is {
        let mut nodes = self.all(roled.parts("before"), depth);
        if nodes.is_empty() {
            return is;
        }
        nodes.push(Node::new(span, is));
        Is::Group(nodes)
    }

    fn case(&self, raw: Raw<'_>, depth: usize) -> Option<Case> {
        let roled = self.role(raw).filter(|roled| roled.role == "case")?;
        let body = self.all(roled.parts("body"), depth);
        let body = self.guarded(Node::new(self.span(raw), Is::Group(body)), &roled, depth);
        let mut values = self.all(roled.parts("value"), depth);
        // `_` takes all that is left.
        if values.iter().all(|value| matches!(&value.is, Is::Name(name) if **name == *"_")) {
            values.clear();
        }
        Some(Case { values, body })
    }

    /// What holds only where a guard lets it: `case x if y`.
    fn guarded(&self, body: Node, roled: &Parts<'_, '_>, depth: usize) -> Node {
        match roled.part("test").and_then(|test| self.node(test, depth + 1)) {
            Some(test) => Node::new(body.span, Is::Choice(Box::new(test), Box::new(body), None)),
            None => body,
        }
    }

    fn bind(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let target = |name: Raw<'_>| {
            // A field's name need have no role of its own.
            self.node(name, depth + 1).unwrap_or_else(|| {
                let name = self.name(name);
                Node::new(name.span, Is::Name(name.text))
            })
        };
        let mut targets: Vec<Node> = roled.parts("name").map(target).collect();
        let mut values = self.all(roled.parts("value"), depth);
        let type_of = |node: Raw<'_>| {
            let name = self.slice(node).trim_start_matches([':', ' ']);
            let start = self.span(node).end as usize - name.len();
            Spanned::new(name.to_owned(), self.source.span(start..start + name.len()))
        };
        let type_name = roled.part("type").map(type_of);
        if roled.part("one").is_some() {
            let mut binds: Vec<Bind> = Vec::new();
            // A type before the first name is the type of all.
            let mut common = None;
            for (part, raw) in roled.all() {
                match (*part, binds.last_mut()) {
                    ("one", _) => binds.push(Bind {
                        target: target(*raw),
                        value: None,
                        type_name: common.clone(),
                        marks: self.marks(roled, depth),
                    }),
                    ("type", None) => common = Some(type_of(*raw)),
                    ("type", Some(bind)) => bind.type_name = Some(type_of(*raw)),
                    ("value", Some(bind)) => bind.value = self.node(*raw, depth + 1),
                    _ => {}
                }
            }
            let node = |bind: Bind| {
                let end = bind.value.as_ref().map_or(bind.target.span, |value| value.span);
                Node::new(bind.target.span.to(end), Is::Bind(Box::new(bind)))
            };
            let mut binds: Vec<Node> = binds.into_iter().map(node).collect();
            return if binds.len() == 1 { binds.remove(0).is } else { Is::Group(binds) };
        }
        let bind = |target: Node, value: Option<Node>| {
            let marks = self.marks(roled, depth);
            Is::Bind(Box::new(Bind { target, value, type_name: type_name.clone(), marks }))
        };
        // `a, b string`, `a, b = 1, 2`: each is a bind of its own. Of `a, err := f()` the first is told.
        if targets.len() > 1 && (values.is_empty() || values.len() == targets.len()) {
            let mut values = values.into_iter();
            let binds = targets.into_iter().map(|target| Node::new(target.span, bind(target, values.next())));
            return Is::Group(binds.collect());
        }
        let value = if values.len() > 1 {
            let whole = values[0].span.to(values[values.len() - 1].span);
            Some(Node::new(whole, Is::Group(values)))
        } else {
            values.pop()
        };
        // Rust's `let … else { … }`.
        let otherwise = roled.part("otherwise").and_then(|other| self.node(other, depth + 1));
        let value = match (value, otherwise) {
            (Some(value), Some(other)) => {
                Some(Node::new(value.span.to(other.span), Is::Either(value.into(), other.into())))
            }
            (value, _) => value,
        };
        targets.truncate(1);
        bind(targets.pop().unwrap_or(Node::new(span, Is::Group(Vec::new()))), value)
    }

    fn function(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Is {
        let mut bodies = self.all(roled.parts("body"), depth);
        let one = |mut nodes: Vec<Node>| match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(Node::new(nodes[0].span.to(nodes[nodes.len() - 1].span), Is::Group(nodes))),
        };
        let mut values = self.all(roled.parts("value"), depth);
        if let Some(last) = values.pop() {
            values.push(if values.is_empty() { last } else { given_back(last) });
        }
        let value = one(values);
        // `x => { … }` has a block and no value, though the grammar calls both its body.
        let is_value = bodies.is_empty() && value.as_ref().is_some_and(|value| !matches!(value.is, Is::Group(_)));
        bodies.extend(value);
        let body = if bodies.len() == 1 { bodies.remove(0) } else { Node::new(span, Is::Group(bodies)) };
        let body = self.guarded(body, roled, depth);
        let function = Is::Function(Box::new(Function {
            name: roled.part("name").map(|name| self.name(name)),
            parameters: self.with_defaults(roled, "parameter", depth),
            body,
            is_value,
            marks: self.marks(roled, depth),
        }));
        let Some(class) = roled.part("of") else { return function };
        Is::Class(Box::new(Class {
            name: Some(self.name(class)),
            bases: Vec::new(),
            parameters: Vec::new(),
            body: vec![Node::new(span, function)],
            marks: Vec::new(),
        }))
    }

    /// Parameters, each with the default and the marks that stand beside it in Swift and Dart.
    fn with_defaults(&self, roled: &Parts<'_, '_>, name: &str, depth: usize) -> Vec<Node> {
        if roled.part("default").or(roled.part("marking")).is_none() {
            return self.all(roled.parts(name), depth);
        }
        let mut parameters: Vec<Node> = Vec::new();
        let mut marks = Vec::new();
        for (part, raw) in roled.all() {
            match (*part, parameters.last_mut()) {
                ("default", Some(Node { is: Is::Bind(bind), .. })) => bind.value = self.node(*raw, depth + 1),
                ("marking", _) => marks.extend(self.node(*raw, depth + 1)),
                (part, _) if part == name && self.role(*raw).is_some_and(|own| own.role == "mark") => {
                    marks.extend(self.node(*raw, depth + 1));
                }
                (part, _) if part == name => {
                    let mut own = self.all(std::iter::once(*raw), depth);
                    if let Some(first) = own.first_mut() {
                        mark(first, std::mem::take(&mut marks));
                    }
                    parameters.extend(own);
                }
                _ => {}
            }
        }
        parameters
    }

    /// `import.from` with `import.name`s, `import.all`, `import.default`; or `import.module`s.
    fn imports(&self, roled: &Parts<'_, '_>, span: Span) -> Node {
        let from = roled.part("from").zip(roled.parts("from").last()).map(|(first, last)| {
            let whole = self.span(first).to(self.span(last));
            let written = &self.source.text()[whole.start as usize..whole.end as usize];
            Spanned::new(written.trim_matches(['"', '\'', '`']).to_owned(), whole)
        });
        let named = |raw: Raw<'_>| {
            let own = self.role(raw).filter(|own| own.role == "imported");
            let name = own.as_ref().and_then(|own| own.part("name")).unwrap_or(raw);
            let local = self.bare(own.as_ref().and_then(|own| own.part("alias")).unwrap_or(name));
            // `github.com/northwind/config` is `config` here.
            let local = local.rsplit(['/', ':']).next().unwrap_or(&local).to_owned();
            (self.bare(name), local, self.span(name))
        };
        let mut imports = Vec::new();
        if let Some(from) = from {
            let mut names: Vec<Imported> = Vec::new();
            for raw in roled.parts("name") {
                let (name, local, _) = named(raw);
                names.push(Imported { name: Some(name.into()), local: local.into() });
            }
            let all = roled.parts("all").map(|raw| Imported { name: None, local: self.bare(raw).into() });
            names.extend(all);
            let default = roled
                .parts("default")
                .map(|raw| Imported { name: Some("default".into()), local: self.bare(raw).into() });
            names.extend(default);
            imports.push(Import { from, names });
        }
        for raw in roled.parts("module") {
            let (module, local, span) = named(raw);
            let names = vec![Imported { name: None, local: local.into() }];
            imports.push(Import { from: Spanned::new(module, span), names });
        }
        for raw in roled.parts("path") {
            let (path, name) = self.slice(raw).rsplit_once('.').unwrap_or((self.slice(raw), self.slice(raw)));
            let local = roled.part("alias").map_or(name, |alias| self.slice(alias));
            let names = vec![Imported { name: Some(name.into()), local: local.into() }];
            imports.push(Import { from: Spanned::new(path.to_owned(), self.span(raw)), names });
        }
        let mut nodes: Vec<Node> = imports.into_iter().map(|import| Node::new(span, Is::Import(import))).collect();
        if nodes.len() == 1 { nodes.remove(0) } else { Node::new(span, Is::Group(nodes)) }
    }

    /// What is written, without quotes.
    fn bare(&self, raw: Raw<'_>) -> String {
        self.slice(raw).trim_matches(['"', '\'', '`']).to_owned()
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

/// The last of several expressions, where it is what they come to.
fn given_back(node: Node) -> Node {
    let is_statement = matches!(node.is, Is::Return(_) | Is::Bind(_) | Is::Class(_) | Is::Import(_));
    if is_statement { node } else { Node::new(node.span, Is::Return(Some(Box::new(node)))) }
}

fn pair(key: Node, value: Node) -> Node {
    Node::new(key.span.to(value.span), Is::Pair(Box::new(key), Box::new(value)))
}

/// An item that has a name is an entry: `ca("CA", host: "x")` of an enumeration.
fn as_pair(item: Node) -> Node {
    match item.is {
        Is::Bind(bind) if bind.value.is_some() => {
            let value = bind.value.expect("it is some");
            Node::new(item.span, Is::Pair(Box::new(bind.target), Box::new(value)))
        }
        is => Node::new(item.span, is),
    }
}

/// Gives marks to what they stand before.
fn mark(node: &mut Node, marks: Vec<Node>) {
    match &mut node.is {
        Is::Bind(bind) => bind.marks.extend(marks),
        Is::Function(function) => function.marks.extend(marks),
        Is::Class(class) => class.marks.extend(marks),
        // `@Column String a, b`
        Is::Group(nodes) => nodes.iter_mut().for_each(|node| mark(node, marks.clone())),
        _ => {}
    }
}

fn finished((builder, written): (TextBuilder, std::ops::Range<usize>)) -> Node {
    let text = builder.finish(written);
    Node::new(text.span(), Is::Text(text))
}
