//! The pipelines of Jenkins, declarative and scripted: which variables hold in which stages and steps.

use std::collections::HashSet;

use crate::fact::{Facts, Name, Piece, Said, ScopeId, Setting};
use crate::readers::code::syntax::{Bind, Block, Call, Is, Node};
use crate::readers::shell;
use crate::source::{Source, Span, Spanned};
use crate::text::Text;
use crate::vocabulary::{environments, names};

/// Turns the steps of pipelines into what they amount to: variables that are set, in blocks.
pub(super) fn understand(root: &mut Node, source: &Source) {
    let mut pipeline = Pipeline { source, set: HashSet::new() };
    pipeline.read(root, false);
    pipeline.refer(root);
}

struct Pipeline<'s> {
    source: &'s Source,
    /// The variables of the environment that it sets.
    set: HashSet<Box<str>>,
}

/// Steps and sections that only hold what is in them.
const AROUND: &[&str] = &[
    "stages",
    "steps",
    "script",
    "node",
    "dir",
    "timeout",
    "retry",
    "timestamps",
    "ansiColor",
    "container",
    "catchError",
    "sshagent",
    "ws",
    "lock",
    "podTemplate",
    "post",
    "always",
    "success",
    "failure",
    "matrix",
    "waitUntil",
    "nodejs",
    "configFileProvider",
];

impl Pipeline<'_> {
    /// Reads what is in a node, within a declarative pipeline or not.
    fn read(&mut self, node: &mut Node, declarative: bool) {
        let span = node.span;
        if let Is::Call(call) = &mut node.is {
            let name = call.name().filter(|_| call.object().is_none()).map(|name| name.value.to_owned());
            if let Some(is) = self.step(name.as_deref().unwrap_or(""), call, span, declarative) {
                node.is = is;
                return;
            }
        }
        match &mut node.is {
            Is::Group(nodes) | Is::Map(nodes) | Is::List(nodes) => {
                nodes.iter_mut().for_each(|node| self.read(node, declarative));
            }
            Is::Pair(_, value) | Is::Return(Some(value)) => self.read(value, declarative),
            Is::Function(function) => self.read(&mut function.body, declarative),
            Is::Class(class) => class.body.iter_mut().for_each(|node| self.read(node, declarative)),
            Is::Choice(_, then, other) => {
                self.read(then, declarative);
                other.iter_mut().for_each(|other| self.read(other, declarative));
            }
            Is::Switch(switch) => switch.cases.iter_mut().for_each(|case| self.read(&mut case.body, declarative)),
            Is::Bind(bind) => {
                if let Is::Member(object, name) = &bind.target.is
                    && matches!(&object.is, Is::Name(object) if &**object == "env")
                {
                    self.set.insert(name.text.clone());
                }
                bind.value.iter_mut().for_each(|value| self.read(value, declarative));
            }
            Is::Call(call) => {
                call.arguments.iter_mut().for_each(|argument| self.read(&mut argument.value, declarative));
                call.block.iter_mut().for_each(|block| self.read(block, declarative));
            }
            _ => {}
        }
    }

    /// What a step amounts to, if it is one.
    fn step(&mut self, name: &str, call: &mut Call, span: Span, declarative: bool) -> Option<Is> {
        match name {
            "pipeline" => Some(self.body(call, true)?.is),
            "environment" if declarative => {
                let Is::Group(nodes) = call.block.take()?.is else { return None };
                let nodes = nodes.into_iter().filter_map(|node| match node.is {
                    Is::Bind(bind) => self.variable(bind.target.word()?, bind.value?),
                    _ => None,
                });
                Some(Is::Group(nodes.collect()))
            }
            "withEnv" => {
                let mut nodes = Vec::new();
                for given in items(call) {
                    nodes.extend(assigned(given).and_then(|(name, value)| self.variable(name, value)));
                }
                nodes.push(self.body(call, declarative)?);
                Some(block("step withEnv".to_owned(), call.callee.span, span, nodes))
            }
            "withCredentials" => {
                let mut nodes = Vec::new();
                for given in items(call).into_iter().filter_map(Node::call) {
                    nodes.extend(self.credentials(given));
                }
                nodes.push(self.body(call, declarative)?);
                Some(block("step withCredentials".to_owned(), call.callee.span, span, nodes))
            }
            "stage" => {
                let title = call.positional().next()?.text()?.clone();
                let tests = conditions(call.block.as_ref()?);
                let body = self.body(call, declarative)?;
                let body = tests
                    .into_iter()
                    .fold(body, |body, test| Node::new(body.span, Is::Choice(Box::new(test), Box::new(body), None)));
                Some(named("stage", &title, span, body))
            }
            "parallel" => {
                let mut branches: Vec<(Text, Node)> = Vec::new();
                for argument in &call.arguments {
                    match &argument.name {
                        Some(name) => {
                            let start = name.span.start as usize;
                            let title = Text::verbatim(name.text.clone(), name.span.file, start);
                            branches.push((title, argument.value.clone()));
                        }
                        None => {
                            let own = argument.value.entries();
                            branches.extend(
                                own.map(|(key, value)| (Text::standing_for(key.value, key.span), value.clone())),
                            );
                        }
                    }
                }
                if branches.is_empty() {
                    return Some(self.body(call, declarative)?.is);
                }
                let branch = |(title, mut body): (Text, Node)| {
                    self.read(&mut body, declarative);
                    let is = named("branch", &title, body.span, opened(body));
                    Node::new(span, is)
                };
                Some(Is::Group(branches.into_iter().map(branch).collect()))
            }
            "sh" => {
                let script = call.named(&["script"]).or_else(|| call.positional().next())?;
                let nodes = self.script(script);
                Some(Is::Group(nodes))
            }
            "when" | "options" | "triggers" if declarative && call.block.is_some() => Some(Is::Group(Vec::new())),
            _ if AROUND.contains(&name) && call.block.is_some() => Some(self.body(call, declarative)?.is),
            _ => None,
        }
    }

    /// What stands in the block of a step.
    fn body(&mut self, call: &mut Call, declarative: bool) -> Option<Node> {
        let mut body = call.block.take()?;
        self.read(&mut body, declarative);
        Some(opened(body))
    }

    /// `env.NAME = value`
    fn variable(&mut self, name: Spanned<String>, value: Node) -> Option<Node> {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        if name.value.is_empty() || !name.value.chars().all(is_name) {
            return None;
        }
        let span = name.span.to(value.span);
        let name = Name::key(name.value, name.span);
        self.set.insert(name.text.clone());
        let environment = Box::new(Node::new(name.span, Is::Name("env".into())));
        let target = Node::new(name.span, Is::Member(environment, name));
        let bind = Bind { target, value: Some(value), type_name: None, marks: Vec::new() };
        Some(Node::new(span, Is::Bind(Box::new(bind))))
    }

    /// `string(credentialsId: 'flinks-us', variable: 'FLINKS_KEY')`, `usernamePassword(…, passwordVariable: '…')`
    fn credentials(&mut self, given: &Call) -> Vec<Node> {
        let Some(id) = given.named(&["credentialsId"]) else { return Vec::new() };
        let is_variable = |name: &Name| name.text.ends_with("ariable");
        let given = given.arguments.iter().filter(|argument| argument.name.as_ref().is_some_and(is_variable));
        let stored = || {
            let callee = Node::new(id.span, Is::Name("credentials".into()));
            let argument = crate::readers::code::syntax::Argument { name: None, value: id.clone() };
            let call = Call { callee, types: Vec::new(), arguments: vec![argument], block: None };
            Node::new(id.span, Is::Call(Box::new(call)))
        };
        given.filter_map(|argument| self.variable(argument.value.word()?, stored())).collect()
    }

    /// What a script of a step sets of Flinks.
    fn script(&mut self, node: &Node) -> Vec<Node> {
        let written = self.source.slice(node.span);
        let inside = match node.is {
            Is::Text(_) => written,
            _ => written.trim_matches('"'),
        };
        if !matches!(node.is, Is::Text(_) | Is::Template(_)) || !names::says_flinks(inside) {
            return Vec::new();
        }
        let start = node.span.start as usize + (written.len() - written.trim_start_matches('"').len());
        let start = if matches!(node.is, Is::Text(_)) { node.span.start as usize } else { start };
        let mut facts = Facts::new(self.source.id);
        shell::script(&Text::verbatim(inside, self.source.id, start), ScopeId::FILE, &mut facts);
        facts.settings.into_iter().filter_map(|setting| self.said(setting)).collect()
    }

    fn said(&mut self, setting: Setting) -> Option<Node> {
        let piece = |piece: Piece| match piece {
            Piece::Text(text) => Node::new(text.span(), Is::Text(text)),
            Piece::Reference(reference) => {
                let name = Name::key(reference.name, reference.span);
                let environment = Node::new(reference.span, Is::Name("env".into()));
                Node::new(reference.span, Is::Member(Box::new(environment), name))
            }
        };
        let mut pieces: Vec<Node> = setting.value.pieces.into_iter().map(piece).collect();
        let value = if pieces.len() == 1 { pieces.pop()? } else { Node::new(setting.value.span, Is::Template(pieces)) };
        let mut path = setting.path.into_iter().filter(|name| !name.index);
        let first = path.next()?;
        if setting.said == Said::Variable {
            return self.variable(Spanned::new(first.text.to_string(), first.span), value);
        }
        let first = Node::new(first.span, Is::Name(first.text));
        let target = path.fold(first, |object, name| Node::new(name.span, Is::Member(Box::new(object), name)));
        let bind = Bind { target, value: Some(value), type_name: None, marks: Vec::new() };
        Some(Node::new(setting.value.span, Is::Bind(Box::new(bind))))
    }

    /// A name without `env.` in front is a variable of the environment where one of that name is set.
    fn refer(&self, node: &mut Node) {
        if self.set.is_empty() {
            return;
        }
        match &mut node.is {
            Is::Name(name) if self.set.contains(name) => {
                let name = Name::key(name.clone(), node.span);
                let environment = Box::new(Node::new(node.span, Is::Name("env".into())));
                node.is = Is::Member(environment, name);
            }
            Is::Bind(bind) => bind.value.iter_mut().for_each(|value| self.refer(value)),
            Is::Block(block) => self.refer(&mut block.body),
            Is::Function(function) => self.refer(&mut function.body),
            Is::Class(class) => class.body.iter_mut().for_each(|node| self.refer(node)),
            Is::Group(nodes) | Is::Map(nodes) | Is::List(nodes) | Is::Template(nodes) | Is::Join(nodes) => {
                nodes.iter_mut().for_each(|node| self.refer(node));
            }
            Is::Pair(_, value) | Is::Return(Some(value)) | Is::Not(value) => self.refer(value),
            Is::Either(left, right) | Is::Both(left, right) | Is::Compare(_, left, right) | Is::Index(left, right) => {
                self.refer(left);
                self.refer(right);
            }
            Is::Choice(test, then, other) => {
                self.refer(test);
                self.refer(then);
                other.iter_mut().for_each(|other| self.refer(other));
            }
            Is::Switch(switch) => {
                switch.subject.iter_mut().for_each(|subject| self.refer(subject));
                switch.cases.iter_mut().for_each(|case| self.refer(&mut case.body));
            }
            Is::Call(call) => {
                call.arguments.iter_mut().for_each(|argument| self.refer(&mut argument.value));
                call.block.iter_mut().for_each(|block| self.refer(block));
            }
            _ => {}
        }
    }
}

/// The body of a closure.
fn opened(node: Node) -> Node {
    match node.is {
        Is::Function(function) if function.name.is_none() => function.body,
        is => Node::new(node.span, is),
    }
}

/// The items of the list that a step is given.
fn items(call: &Call) -> Vec<&Node> {
    let lists = call.positional().filter_map(|given| match &given.is {
        Is::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().collect()
}

/// `"NAME=value"` with or without values in it.
fn assigned(node: &Node) -> Option<(Spanned<String>, Node)> {
    let (first, rest): (&Text, &[Node]) = match &node.is {
        Is::Text(text) => (text, &[]),
        Is::Template(parts) => (parts.first()?.text()?, &parts[1..]),
        _ => return None,
    };
    let at = first.expose().find('=')?;
    let name = Spanned::new(first.expose()[..at].to_owned(), first.span_of(0..at));
    let value = first.part(at + 1..first.len());
    if rest.is_empty() {
        return Some((name, Node::new(value.span(), Is::Text(value))));
    }
    let constant = (!value.is_empty()).then(|| Node::new(value.span(), Is::Text(value)));
    let parts: Vec<Node> = constant.into_iter().chain(rest.iter().cloned()).collect();
    Some((name, Node::new(parts[0].span.to(node.span), Is::Template(parts))))
}

fn block(title: String, place: Span, span: Span, nodes: Vec<Node>) -> Is {
    let body = Node::new(span, Is::Group(nodes));
    Is::Block(Box::new(Block { title: Spanned::new(title, place), environment: None, unit: None, body }))
}

/// A stage, or a branch of several that run beside each other: each is deployed by itself.
fn named(what: &str, title: &Text, span: Span, body: Node) -> Is {
    let name = title.expose();
    let environment = environments::in_name(name);
    let environment =
        environment.map(|said| Spanned::new(name[said.range.clone()].to_owned(), title.span_of(said.range)));
    let unit = Some(Spanned::new(name.to_owned(), title.span()));
    let title = Spanned::new(format!("{what} {name}"), title.span());
    let body = Node::new(span, body.is);
    Is::Block(Box::new(Block { title, environment, unit, body }))
}

/// What must hold for a stage to run: `when { environment name: 'DEPLOY_ENV', value: 'production' }`,
/// `when { expression { params.COUNTRY == 'us' } }`.
fn conditions(stage: &Node) -> Vec<Node> {
    let in_block = |node: &Node| match &node.is {
        Is::Group(nodes) => nodes.clone(),
        _ => Vec::new(),
    };
    let mut tests = Vec::new();
    let whens = in_block(stage).into_iter().filter_map(|node| match node.is {
        Is::Call(call) if call.is_called("when") => call.block,
        _ => None,
    });
    for condition in whens.flat_map(|block| in_block(&block)) {
        let Some(call) = condition.call() else { continue };
        if call.is_called("expression") {
            tests.extend(call.block.as_ref().map(in_block).and_then(|mut nodes| nodes.pop()));
        } else if let (true, Some(name), Some(value)) =
            (call.is_called("environment"), call.named(&["name"]), call.named(&["value"]))
            && let Some(word) = name.word()
        {
            let variable = Node::new(word.span, Is::Name(word.value.into()));
            let is = Is::Compare(true, Box::new(variable), Box::new(value.clone()));
            tests.push(Node::new(condition.span, is));
        }
    }
    tests
}
