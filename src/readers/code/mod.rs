//! Programs: what they set, choose, read from the environment and store, whatever their language.
//!
//! A language is a grammar and a query file that says which nodes are calls, maps, classes…: `build` turns its trees
//! into the one [`syntax`] of all languages, in which everything else is found.

pub mod build;
mod condition;
mod environment;
mod format;
mod link;
mod marks;
#[cfg(test)]
pub mod outline;
pub mod query;
pub mod records;
mod settings;
pub mod syntax;
mod value;

use std::sync::OnceLock;

use crate::fact::Facts;
use crate::readers::grammar::Grammar;
use crate::source::Source;

use build::Program;
use query::Roles;

/// A programming language.
pub struct Language {
    pub grammar: &'static Grammar,
    /// The text of `readers/<language>.scm`.
    queries: &'static str,
    /// Whether a function gives back what its last expression comes to.
    pub gives_last: bool,
    roles: OnceLock<Option<Roles>>,
}

/// What a program says.
pub fn read(source: &Source, language: &'static Language) -> Facts {
    let mut facts = Facts::new(source.id);
    if let Some(program) = language.program(source, &mut facts) {
        settings::read(&program.root, language, &mut facts);
        link::symbols(&mut facts);
        facts.is_program = true;
        records::read(&program, source, language.grammar.name, &mut facts);
    }
    facts
}

impl Language {
    pub const fn new(grammar: &'static Grammar, queries: &'static str) -> Self {
        Language { grammar, queries, gives_last: false, roles: OnceLock::new() }
    }

    /// A language whose functions give back what their last expression comes to.
    pub const fn giving_last(mut self) -> Self {
        self.gives_last = true;
        self
    }

    /// The roles, compiled when they are first used. `None` where they are broken, which the tests would show.
    fn roles(&'static self) -> Option<&'static Roles> {
        self.roles.get_or_init(|| Roles::compile(&self.grammar.language(), self.queries).ok()).as_ref()
    }

    /// The program that a source is, broken parts and all.
    pub fn program(&'static self, source: &Source, facts: &mut Facts) -> Option<Program> {
        let roles = self.roles()?;
        let tree = self.grammar.parse_source(source, facts)?;
        Some(build::program(&tree, roles, source))
    }
}
