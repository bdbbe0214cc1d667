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

mod blocks;
mod calls;
mod flat;
mod imports;
mod infix;
mod strings;
mod tokens;

use std::collections::{HashMap, HashSet};

use tree_sitter::{Node as Raw, Tree};

use flat::{Each, Flat};

use super::query::{Roled, Roles};
use super::syntax::{Bind, Case, Class, Is, Node, Switch};
use crate::fact::Name;
use crate::readers::grammar;
use crate::source::{Source, Span};

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
        self.with_role(raw, self.role(raw), depth)
    }

    /// A node whose role was asked for already.
    pub(super) fn with_role<'tree>(
        &self,
        raw: Raw<'tree>,
        roled: Option<Parts<'_, 'tree>>,
        depth: usize,
    ) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        let Some(roled) = roled else { return self.plain(raw, depth) };
        let span = self.span(raw);
        // Programs lie deep in one another: what is called here for each depth keeps little on the stack.
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
            "call" => self.call(&roled, span, depth),
            "tokens" => return self.bracketed(raw, depth),
            "argument" if roled.part("name").is_none() => return self.plain(raw, depth),
            "join" => self.join(raw, depth),
            "infix" => return self.infix(raw, depth),
            // Whatever stands one after another, as its own group: a block.
            "group" => Is::Group(self.all(roled.parts("item"), depth)),
            "both" | "either" | "equal" | "index" | "member" | "not" | "pair" | "spread" | "unequal" => {
                return self.operator(&roled, span, depth);
            }
            "items" | "map" | "pairs" | "words" => return self.collection(&roled, span, depth),
            "append" | "argument" | "bind" | "choice" | "class" | "function" | "import" | "marked" | "parameter"
            | "return" | "several" | "switch" | "unless" => return self.statement(&roled, span, depth),
            // What only wraps: a parenthesis, a type assertion, `await`.
            "inner" | "mark" => return roled.part("value").and_then(|value| self.node(value, depth + 1)),
            _ => return self.plain(raw, depth),
        };
        Some(Node::new(span, is))
    }

    /// Members, comparisons and what else has one side or two.
    fn operator(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Option<Node> {
        let part = |name: &str| roled.part(name).and_then(|part| self.node(part, depth + 1));
        let boxed = |name: &str| Box::new(part(name).unwrap_or(Node::new(span, Is::Group(Vec::new()))));
        let is = match roled.role {
            "member" => match roled.part("name") {
                Some(name) if roled.part("object").is_none() => {
                    Is::Member(Box::new(Node::new(span, Is::Name("self".into()))), self.name(name))
                }
                Some(name) => Is::Member(boxed("object"), self.name(name)),
                None => return part("object"),
            },
            "index" => Is::Index(boxed("object"), boxed("key")),
            "pair" => match (roled.part("key"), roled.part("value")) {
                (Some(key), None) => {
                    let name = self.name(key);
                    Is::Pair(boxed("key"), Box::new(Node::new(name.span, Is::Name(name.text))))
                }
                _ => Is::Pair(boxed("key"), boxed("value")),
            },
            "either" => Is::Either(boxed("left"), boxed("right")),
            "both" => Is::Both(boxed("left"), boxed("right")),
            "not" => Is::Not(boxed("value")),
            "spread" => Is::Spread(boxed("value")),
            "equal" => Is::Compare(true, boxed("left"), boxed("right")),
            "unequal" => Is::Compare(false, boxed("left"), boxed("right")),
            _ => return None,
        };
        Some(Node::new(span, is))
    }

    /// Maps and lists.
    fn collection(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Option<Node> {
        let is = match roled.role {
            "items" => {
                let items = self.all(roled.parts("item"), depth);
                let items: Vec<Node> = items.into_iter().map(as_pair).collect();
                let keyed = items.iter().any(|item| matches!(item.is, Is::Pair(..)));
                if keyed { Is::Map(items) } else { Is::List(items) }
            }
            "words" => Is::List(roled.parts("part").flat_map(|part| self.words(part)).collect()),
            "map" if roled.part("value").is_some() && roled.part("key").is_none() => Is::Map(self.valued(roled, depth)),
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
            _ => return None,
        };
        Some(Node::new(span, is))
    }

    /// What is set, chosen, defined or given back.
    fn statement(&self, roled: &Parts<'_, '_>, span: Span, depth: usize) -> Option<Node> {
        let part = |name: &str| roled.part(name).and_then(|part| self.node(part, depth + 1));
        let boxed = |name: &str| Box::new(part(name).unwrap_or(Node::new(span, Is::Group(Vec::new()))));
        let is = match roled.role {
            "choice" => self.with_before(roled, span, self.choice(roled, span, false, depth), depth),
            "unless" => self.with_before(roled, span, self.choice(roled, span, true, depth), depth),
            "switch" => {
                let mut cases: Vec<Case> = roled.parts("case").filter_map(|case| self.case(case, depth + 1)).collect();
                let subject = part("subject");
                // `true` as the last of several tests is the default.
                let is_true = |value: &Node| matches!(&value.is, Is::Word(word) if &**word == "true");
                if let (None, Some(last)) = (&subject, cases.last_mut()) {
                    last.values.retain(|value| !is_true(value));
                }
                let switch = Is::Switch(Box::new(Switch { subject, cases }));
                self.with_before(roled, span, switch, depth)
            }
            "argument" if roled.part("name").is_some() => self.bind(roled, span, depth),
            "bind" | "parameter" => self.bind(roled, span, depth),
            "append" => {
                let joined = Node::new(span, Is::Join(part("name").into_iter().chain(part("value")).collect()));
                Is::Bind(Box::new(Bind {
                    target: *boxed("name"),
                    value: Some(joined),
                    type_name: None,
                    marks: Vec::new(),
                }))
            }
            "function" => self.function(roled, span, depth),
            "class" => Is::Class(Box::new(Class {
                name: roled.part("name").map(|name| self.name(name)),
                bases: self.all(roled.parts("base"), depth),
                parameters: self.all(roled.parts("parameter"), depth),
                body: self.all(roled.parts("body"), depth),
                marks: self.marks(roled, depth),
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
            "import" => return Some(self.imports(roled, span)),
            "marked" => {
                let mut value = part("value")?;
                mark(&mut value, self.marks(roled, depth));
                return Some(value);
            }
            "several" => Is::Group(self.with_defaults(roled, "item", depth)),
            _ => return None,
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
                ("mark", roled) => marks.extend(self.with_role(raw, roled, depth + 1)),
                ("when", Some(roled)) => flat.when(self.flat_test(&roled, depth)),
                ("orwhen" | "otherwise", Some(roled)) => flat.otherwise(self.flat_test(&roled, depth)),
                ("end", _) => flat.end(self.span(raw)),
                (_, roled) => {
                    let Some(mut node) = self.with_role(raw, roled, depth + 1) else { continue };
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

    pub(super) fn name(&self, raw: Raw<'_>) -> Name {
        let text = self.slice(raw).trim_end();
        let range = grammar::range(raw, self.source.text());
        // `:name`, `'name'`, `$name`, `@name`: the marks are no part of it.
        let bare = text.trim_start_matches([':', '\'', '"', '$', '@', '`', '#', '.', '?']);
        let start = range.start + (text.len() - bare.len());
        let bare = bare.trim_end_matches([':', '\'', '"', '`', '!', '?']);
        Name::key(bare, self.source.span(start..start + bare.len()))
    }
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
