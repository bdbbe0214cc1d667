//! Programs: what they set, choose, read from the environment and store, whatever their language.
//!
//! A language is a grammar and a query file that says which nodes are calls, maps, classes…: `build` turns its trees
//! into the one [`syntax`] of all languages, in which everything else is found.

pub mod build;
mod condition;
pub mod environment;
mod file_routes;
mod format;
mod handed;
mod link;
mod marks;
mod matters;
mod mounted;
#[cfg(test)]
pub mod outline;
mod parts;
pub mod query;
pub mod records;
mod settings;
mod sides;
mod sinks;
pub mod syntax;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;
use std::sync::OnceLock;

use crate::fact::{Facts, Problem, Value};
use crate::readers::grammar::Grammar;
use crate::source::Source;

use build::Program;
use query::Roles;
use syntax::{Is, Node};

pub use link::symbols;
pub use settings::{Planted, say};
pub use sinks::attribute;

/// A programming language.
pub struct Language {
    pub name: &'static str,
    parse: Parse,
    /// Whether a function gives back what its last expression comes to.
    pub gives_last: bool,
    roles: OnceLock<Option<Roles>>,
}

/// How a language is parsed.
enum Parse {
    /// By a grammar and the text of `readers/<language>.scm`.
    Grammar(&'static Grammar, &'static str),
    ByHand(fn(&Source) -> Program),
}

/// What a program says.
pub fn read(source: &Source, language: &'static Language) -> Facts {
    let mut facts = Facts::new(source.id);
    let by_hand = matches!(language.parse, Parse::ByHand(_));
    let program = match parts::relevant(source.text()).filter(|_| !by_hand) {
        Some(parts) => language.parts(source, &parts, &mut facts),
        None => language.program(source, &mut facts),
    };
    if let Some(mut program) = program {
        leave_out_tests(&mut program.root);
        let local = settings::read(&program.root, language, &mut facts);
        file_routes::read(source, &program.root, &mut facts);
        sides::read(&program.root, source, &mut facts);
        handed::read(&program.root, source, &mut facts);
        link::symbols(&mut facts);
        matters::retain(&mut facts, &local);
        mounted::read(&program.root, &mut facts);
        facts.is_program = true;
        records::read(&program, source, language.name, &mut facts);
        sinks::read(&program, source, language.name, &mut facts);
    }
    facts
}

/// Takes out what is a test by its own marks: `#[cfg(test)] mod tests { … }`.
fn leave_out_tests(node: &mut Node) {
    let is_test = |node: &Node| match &node.is {
        Is::Class(class) => class.marks.iter().any(condition::is_test),
        Is::Function(function) => function.marks.iter().any(condition::is_test),
        _ => false,
    };
    if is_test(node) {
        node.is = Is::Group(Vec::new());
    }
    match &mut node.is {
        Is::Group(nodes) => nodes.iter_mut().for_each(leave_out_tests),
        Is::Class(class) => class.body.iter_mut().for_each(leave_out_tests),
        _ => {}
    }
}

/// What parts of a file say that are written in a language, without links between its names: for pages, whose parts
/// are programs of several.
pub fn read_parts(source: &Source, language: &'static Language, parts: &[Range<usize>], facts: &mut Facts) {
    read_around(source, language, parts, Planted::new(), facts);
}

/// The same for a program that other values stand between: they hold where its conditions do.
pub fn read_around(
    source: &Source,
    language: &'static Language,
    parts: &[Range<usize>],
    planted: Planted,
    facts: &mut Facts,
) {
    let Some(first) = parts.first() else { return };
    if let Some(program) = language.parts(source, parts, facts) {
        settings::read_from(&program.root, language, first.start, planted, facts);
        sides::read(&program.root, source, facts);
        handed::read(&program.root, source, facts);
        sinks::read(&program, source, language.name, facts);
    }
}

/// The expression that a part of a file is.
pub fn expression(source: &Source, language: &'static Language, part: Range<usize>) -> Option<Node> {
    let program = language.parts(source, &[part], &mut Facts::new(source.id))?;
    let is_nothing = matches!(&program.root.is, Is::Group(nodes) if nodes.is_empty());
    (!is_nothing).then_some(program.root)
}

/// What an expression comes to.
pub fn value(node: &Node) -> Value {
    value::Values { class: &[], chosen: None }.of(node)
}

impl Language {
    pub const fn new(grammar: &'static Grammar, queries: &'static str) -> Self {
        let parse = Parse::Grammar(grammar, queries);
        Language { name: grammar.name, parse, gives_last: false, roles: OnceLock::new() }
    }

    /// A language without a grammar.
    pub const fn by_hand(name: &'static str, program: fn(&Source) -> Program) -> Self {
        Language { name, parse: Parse::ByHand(program), gives_last: false, roles: OnceLock::new() }
    }

    /// A language whose functions give back what their last expression comes to.
    pub const fn giving_last(mut self) -> Self {
        self.gives_last = true;
        self
    }

    /// The grammar and the roles, compiled when they are first used. `None` where they are broken, which the tests
    /// would show.
    fn roles(&'static self) -> Option<(&'static Grammar, &'static Roles)> {
        let Parse::Grammar(grammar, queries) = self.parse else { return None };
        let roles = self.roles.get_or_init(|| Roles::compile(&grammar.language(), queries).ok());
        Some((grammar, roles.as_ref()?))
    }

    /// The program that parts of a source are.
    fn parts(&'static self, source: &Source, parts: &[Range<usize>], facts: &mut Facts) -> Option<Program> {
        let (grammar, roles) = self.roles()?;
        let Some(tree) = grammar.parse_parts(source.text(), parts) else {
            let reason = format!("its {} takes too long to parse", self.name);
            facts.problems.push(Problem { span: source.span(0..0), reason });
            return None;
        };
        Some(build::program(&tree, roles, source))
    }

    /// The program that a source is, broken parts and all.
    pub fn program(&'static self, source: &Source, facts: &mut Facts) -> Option<Program> {
        if let Parse::ByHand(program) = self.parse {
            return Some(program(source));
        }
        let (grammar, roles) = self.roles()?;
        let tree = grammar.parse_source(source, facts)?;
        Some(build::program(&tree, roles, source))
    }
}
