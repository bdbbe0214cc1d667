//! From a grammar's tree to the program that all languages share, by the roles that the query file gives.
//!
//! | role | parts |
//! |---|---|
//! | `text` | `part`, `escape`, `raw` (no escapes in it), `doubled` (a quote in it is written twice), `dollars` (`$name` in it is a value), `hole` (a value); without parts: all of it without its quotes |
//! | | `around`, captured on the text itself: its constant parts have no nodes, they are what stands around the others |
//! | `symbol`, `word`, `name` | a symbol or atom is text; numbers, truths and nothing are words |
//! | `member`, `index` | `object`, `name` or `key` |
//! | `call` | `callee`, or `object` and `name`; `type`s in angles or brackets, `argument`s, a trailing `block` |
//! | `argument` | `name`, `value` (outside of a call: a `bind`); `keywords` with `item`s (pairs) are several of them |
//! | `selector` | what follows the value that it is taken of, as a sibling: `name`, `key`, or `arguments` with `argument`s |
//! | `items` | `item`s: a list, or a map if there is a pair among them; `map` is always one |
//! | | an item of a `map` that is captured as `value` too is that of the item before it |
//! | `pairs` | `item`s of a map: a key, its value, a key, its value |
//! | `pair` | `key`, `value` |
//! | `join` | `part`s of a string put one after another |
//! | `either`, `both` | `left`, `right`: `??`, `\|\|`, `or`; `&&`, `and` |
//! | `not` | `value` |
//! | `equal`, `unequal` | `left`, `right` |
//! | `choice`, `unless` | `test`s (several: all must hold), `then`, `else` (several: each an `elif` or the last `else`) |
//! | `switch`, `case` | `subject`, `case`s; `value`s (none: the default), `test` (a guard), `body` |
//! | | choices and switches may have what is done `before` their test: it stands before them |
//! | `bind`, `parameter` | `name`, `value`, `type`, `mark`s; several names with as many values or none: several binds; `otherwise`: what is done where there is no value |
//! | `append` | `name`, `value`: `+=`, a bind to what it was and the value behind that |
//! | `function` | `name`, `parameter`s, `body` (a block) or `value` (what it gives back; of several the last), `mark`s; `default`: what the parameter before it is without an argument; `of`: the class that it belongs to, where it is written outside of it |
//! | `class` | `name`, `base`s, `parameter`s that are fields, `body` (its members), `mark`s |
//! | `mark` | `value`: a decorator or annotation; one that stands alone belongs to what follows it |
//! | `marked` | `mark`s and the `value` that they belong to |
//! | `return` | `value`s (several: a list, without the `nil` or `true` at its end) |
//! | `import` | `from` (several: from the first to the last) with `name`s, `all` or `default`; or `module`s |
//! | `imported` | `name`, `alias` |
//! | `inner` | `value`: what only wraps it says nothing |
//! | `group` | `item`s, one after another |
//! | `several` | `item`s, each for itself among what stands beside them: `a \| b` of a case |
//! | `skip` | passed by |
//!
//! A node without a role is what is in it.

use std::collections::HashSet;

use tree_sitter::{Node as Raw, Tree};

use super::query::{Roled, Roles};
use super::syntax::{Argument, Bind, Call, Case, Class, Function, Import, Imported, Is, Node, Switch};
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
    let build = Build { roles, source };
    let root = build.node(tree.root_node(), 0);
    let span = source.span(0..source.text().len());
    let comments = grammar::walk(tree.root_node()).filter(|node| node.is_extra() && node.kind().contains("comment"));
    let comments = comments.map(|node| build.span(node)).collect();
    Program { root: root.unwrap_or(Node::new(span, Is::Group(Vec::new()))), comments }
}

pub(super) struct Build<'b> {
    roles: &'b Roles,
    source: &'b Source,
}

type Parts<'r, 'tree> = Roled<'r, 'tree>;

impl<'b> Build<'b> {
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
            "symbol" => Is::Text(self.symbol(raw)),
            "word" => Is::Word(self.slice(raw).into()),
            "name" => Is::Name(self.slice(raw).into()),
            "member" => match roled.part("name") {
                Some(name) => Is::Member(boxed("object"), self.name(name)),
                None => return part("object"),
            },
            "index" => Is::Index(boxed("object"), boxed("key")),
            "call" => self.call(&roled, span, depth),
            "items" => {
                let items = self.all(roled.parts("item"), depth);
                let keyed = items.iter().any(|item| matches!(item.is, Is::Pair(..)));
                if keyed { Is::Map(items) } else { Is::List(items) }
            }
            "map" if roled.part("value").is_some() => Is::Map(self.valued(&roled, depth)),
            "map" => Is::Map(self.all(roled.parts("item"), depth)),
            "pairs" => {
                let mut items = self.all(roled.parts("item"), depth).into_iter();
                let pairs = std::iter::from_fn(|| Some(pair(items.next()?, items.next()?)));
                Is::Map(pairs.collect())
            }
            "pair" => Is::Pair(boxed("key"), boxed("value")),
            "join" => self.join(raw, depth),
            "either" => Is::Either(boxed("left"), boxed("right")),
            "both" => Is::Both(boxed("left"), boxed("right")),
            "not" => Is::Not(boxed("value")),
            "equal" => Is::Compare(true, boxed("left"), boxed("right")),
            "unequal" => Is::Compare(false, boxed("left"), boxed("right")),
            "choice" => self.behind(&roled, span, self.choice(&roled, span, false, depth), depth),
            "unless" => self.behind(&roled, span, self.choice(&roled, span, true, depth), depth),
            "switch" => {
                let cases = roled.parts("case").filter_map(|case| self.case(case, depth + 1)).collect();
                let switch = Is::Switch(Box::new(Switch { subject: part("subject"), cases }));
                self.behind(&roled, span, switch, depth)
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
            "default" => Is::Bind(Box::new(Bind {
                target: Node::new(span, Is::Name("default".into())),
                value: part("value"),
                type_name: None,
                marks: Vec::new(),
            })),
            // Whatever stands one after another, as its own group: a block.
            "group" | "several" => Is::Group(self.all(roled.parts("item"), depth)),
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
    fn each<'tree>(&self, raw: impl Iterator<Item = Raw<'tree>>, depth: usize) -> Vec<(bool, Node)> {
        let mut nodes: Vec<(bool, Node)> = Vec::new();
        let mut marks = Vec::new();
        for raw in raw {
            let roled = self.role(raw);
            match (roled.as_ref().map(|roled| roled.role), nodes.last_mut()) {
                (Some("selector"), Some((_, last))) => {
                    self.select(last, &roled.expect("it has a role"), self.span(raw), depth);
                }
                (Some("mark"), _) => marks.extend(self.node(raw, depth + 1)),
                (role, _) => {
                    let Some(mut node) = self.node(raw, depth + 1) else { continue };
                    mark(&mut node, std::mem::take(&mut marks));
                    const MAY_BE_SEVERAL: &[&str] =
                        &["bind", "parameter", "choice", "unless", "switch", "import", "several"];
                    nodes.push((role.is_some_and(|role| MAY_BE_SEVERAL.contains(&role)), node));
                }
            }
        }
        nodes
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
                    let callee = Node::new(object.span, is);
                    Is::Call(Box::new(Call { callee, types: Vec::new(), arguments, block }))
                }
            }
        } else {
            object.is
        };
        *last = Node::new(whole, is);
    }

    pub(super) fn name(&self, raw: Raw<'_>) -> Name {
        let text = self.slice(raw);
        let range = grammar::range(raw, self.source.text());
        // `:name`, `'name'`, `$name`, `@name`: the marks are no part of it.
        let bare = text.trim_start_matches([':', '\'', '"', '$', '@', '`', '#', '.', '?']);
        let start = range.start + (text.len() - bare.len());
        let bare = bare.trim_end_matches([':', '\'', '"', '`', '!', '?']);
        Name::key(bare, self.source.span(start..start + bare.len()))
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
        for (part, node, range) in self.pieces(raw, roled) {
            if part == "hole" {
                nodes.extend(run.take().map(finished));
                let inner = self.node(node, depth + 1);
                let unknown = || Node::new(self.span(node), Is::Group(Vec::new()));
                nodes.push(inner.unwrap_or_else(unknown));
                continue;
            }
            let written = &self.source.text()[range.clone()];
            if part == "dollar" {
                nodes.extend(run.take().map(finished));
                nodes.push(Node::new(self.source.span(range), Is::Name(written[1..].into())));
                continue;
            }
            let (builder, whole) =
                run.get_or_insert_with(|| (TextBuilder::new(self.source.id), range.start..range.start));
            whole.end = range.end;
            if part == "escape" {
                let decoded = escapes::decode(self.source.id, self.source.text(), range, Dialect::Json);
                builder.copy(&decoded, 0..decoded.len());
            } else if part == "doubled" {
                let mut from = range.start;
                for piece in written.split_inclusive("\"\"") {
                    let bare = piece.strip_suffix("\"\"").map_or(piece, |bare| &piece[..bare.len() + 1]);
                    builder.verbatim(bare, from);
                    from += piece.len();
                }
            } else if part == "raw" || !written.contains('\\') || grammar::children(node).is_empty() {
                builder.verbatim(written, range.start);
            } else {
                // Python keeps the escapes inside of the constant part.
                let decoded = escapes::decode(self.source.id, self.source.text(), range, Dialect::Json);
                builder.copy(&decoded, 0..decoded.len());
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
        let types = roled.parts("type").map(|node| Spanned::new(self.slice(node).to_owned(), self.span(node)));
        let arguments = self.arguments(roled, depth);
        let block = roled.part("block").and_then(|block| self.node(block, depth + 1));
        match callee.is {
            // A lambda behind the call that is there already.
            Is::Call(mut call) if arguments.is_empty() && block.is_some() && call.block.is_none() => {
                call.block = block;
                Is::Call(call)
            }
            is => {
                let callee = Node::new(callee.span, is);
                Is::Call(Box::new(Call { callee, types: types.collect(), arguments, block }))
            }
        }
    }

    fn arguments(&self, roled: &Parts<'_, '_>, depth: usize) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        for raw in roled.parts("argument") {
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
                _ => arguments.extend(self.node(raw, depth + 1).map(|value| Argument { name: None, value })),
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
        let test = self.all(roled.parts("test"), depth).into_iter().reduce(both).unwrap_or_else(nothing);
        let test = if negated { Node::new(test.span, Is::Not(Box::new(test))) } else { test };
        let then = group(self.all(roled.parts("then"), depth)).unwrap_or_else(nothing);
        // `elif` after `elif`: each is the other of the one before.
        let mut other = None;
        for (_, clause) in self.each(roled.parts("else"), depth).into_iter().rev() {
            other = Some(match clause.is {
                Is::Choice(test, then, None) => Node::new(clause.span, Is::Choice(test, then, other.map(Box::new))),
                _ => clause,
            });
        }
        Is::Choice(Box::new(test), Box::new(then), other.map(Box::new))
    }

    /// What is done before a test, and the test.
    fn behind(&self, roled: &Parts<'_, '_>, span: Span, is: Is, depth: usize) -> Is {
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
        let body = Node::new(self.span(raw), Is::Group(body));
        let test = roled.part("test").and_then(|test| self.node(test, depth + 1));
        let body = match test {
            Some(test) => Node::new(body.span, Is::Choice(test.into(), body.into(), None)),
            None => body,
        };
        Some(Case { values: self.all(roled.parts("value"), depth), body })
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
        let type_name = roled.part("type").map(|node| {
            let name = self.slice(node).trim_start_matches([':', ' ']);
            let start = self.span(node).end as usize - name.len();
            Spanned::new(name.to_owned(), self.source.span(start..start + name.len()))
        });
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
        let one = |mut nodes: Vec<Node>| match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(Node::new(nodes[0].span.to(nodes[nodes.len() - 1].span), Is::Group(nodes))),
        };
        let body = one(self.all(roled.parts("body"), depth));
        let mut values = self.all(roled.parts("value"), depth);
        if let Some(last) = values.pop() {
            values.push(if values.is_empty() { last } else { given_back(last) });
        }
        let value = one(values);
        // `x => { … }` has a block and no value, though the grammar calls both its body.
        let is_block = value.as_ref().is_some_and(|value| matches!(value.is, Is::Group(_)));
        let is_value = value.is_some() && !is_block;
        let body = value.or(body).unwrap_or(Node::new(span, Is::Group(Vec::new())));
        let mut parameters = self.all(roled.parts("parameter"), depth);
        for default in self.all(roled.parts("default"), depth) {
            let before = parameters.iter_mut().rfind(|parameter| parameter.span.end <= default.span.start);
            if let Some(Node { is: Is::Bind(bind), .. }) = before {
                bind.value = Some(default);
            }
        }
        let function = Is::Function(Box::new(Function {
            name: roled.part("name").map(|name| self.name(name)),
            parameters,
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
