//! The definitions that hold in one profile: which of all settings of a name is meant.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::{Builder, Key, last_part, shape};
use crate::fact::{Piece, Reference, ReferenceKind, Said};
use crate::model::statements::Statement;
use crate::model::units::parent;
use crate::resolve::{Definition, Definitions, Trust};
use crate::source::{FileId, Span};
use crate::vocabulary::{names, words};

/// The definitions that hold in one profile.
pub(super) struct InForce<'b> {
    pub builder: &'b Builder<'b>,
    pub key: &'b Key,
    pub members: HashSet<usize>,
    /// What names stand for in a file, once it was looked for.
    pub known: RefCell<HashMap<(Box<str>, FileId), Nearest>>,
}

/// The nearest definition of a name, if there is one.
pub(super) type Nearest = Option<(Nearness, usize)>;

/// Definitions of one name that refer to themselves are not followed beyond this number: each would look at all others.
const SELF_REFERRING: usize = 1000;

/// How near a definition is, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    Profile,
    SameFile,
    ComposeEnv,
    Base,
    OtherUnit,
    OtherBase,
    Default,
}

/// Whether a setting does no more than take the value of the same name from outside: `X: ${X}` of another service.
fn passes_on(said: &Statement, reference: &Reference) -> bool {
    let [Piece::Reference(other)] = said.value.pieces.as_slice() else { return false };
    let alike = other.kind == ReferenceKind::Named && other.fallback.is_none() && other.name == reference.name;
    alike && words::normal(&other.name) == words::normal(&said.name().text)
}

impl Definitions for InForce<'_> {
    fn define(&self, reference: &Reference) -> Option<Definition<'_>> {
        if reference.kind == ReferenceKind::Symbol {
            return self.symbol(reference);
        }
        let name = words::normal(&reference.name);
        if let Some(known) = self.known.borrow().get(&(reference.name.clone(), reference.span.file)) {
            let (nearness, at) = (*known)?;
            return Some(self.definition(nearness, at));
        }
        let candidates = self.builder.candidates(reference, &name)?;
        let itself = self.builder.self_referring.contains(&name)
            || self.builder.self_referring.contains(&words::normal(last_part(&reference.name)));
        if itself && candidates.len() > SELF_REFERRING {
            return None;
        }
        let nearest = self.nearest(&candidates, reference, &name);
        if !itself {
            self.known.borrow_mut().insert((reference.name.clone(), reference.span.file), nearest);
        }
        let (nearness, at) = nearest?;
        Some(self.definition(nearness, at))
    }
}

impl InForce<'_> {
    /// What a name of a program stands for, if all that may say it agree.
    fn symbol(&self, reference: &Reference) -> Option<Definition<'_>> {
        let builder = self.builder;
        let found = builder.symbols.candidates(reference.span.file, &reference.name);
        let of = |at: &usize| builder.statements[*at].environment.as_ref().map(|saying| saying.environment);
        let other = |at: &usize| !builder.statements[*at].value.span.contains(reference.span);
        let (own, any): (Vec<usize>, Vec<usize>) = found
            .into_iter()
            .filter(|at| other(at) && (of(at).is_none() || of(at) == self.key.1))
            .partition(|at| of(at).is_some());
        let pool = if own.is_empty() { any } else { own };
        if let Some(at) = self.one(&pool, reference.span) {
            return Some(Definition { value: &builder.statements[at].value, trust: Trust::Said });
        }
        if !pool.is_empty() || !names::says_flinks(&reference.name) {
            return None;
        }
        // `settings.FLINKS_URL`, `config.flinks.url`: an object that is filled from configuration.
        let mut rest = Some(&*reference.name);
        while let Some(name) = rest.filter(|name| names::says_flinks(name)) {
            let named = Reference { kind: ReferenceKind::Named, name: name.into(), ..reference.clone() };
            if let Some(found) = self.define(&named) {
                return Some(found);
            }
            rest = name.split_once('.').map(|(_, rest)| rest);
        }
        None
    }

    fn definition(&self, nearness: Nearness, at: usize) -> Definition<'_> {
        let said = &self.builder.statements[at];
        let trust = match nearness {
            Nearness::Default => Trust::Fallback,
            _ if said.said == Said::Default => Trust::Fallback,
            Nearness::Profile | Nearness::SameFile | Nearness::ComposeEnv => Trust::Said,
            Nearness::Base | Nearness::OtherUnit | Nearness::OtherBase => Trust::Assumed,
        };
        Definition { value: &said.value, trust }
    }

    fn nearest(&self, candidates: &[usize], reference: &Reference, name: &str) -> Nearest {
        let mut best: Option<(Nearness, Vec<usize>)> = None;
        for at in candidates {
            let said = &self.builder.statements[*at];
            // A name passed on under its own name is no definition of itself.
            if said.value.span.contains(reference.span) || passes_on(said, reference) {
                continue;
            }
            let Some(nearness) = self.nearness(*at, said, reference.span, name) else { continue };
            match &mut best {
                Some((known, _)) if *known < nearness => {}
                Some((known, found)) if *known == nearness => found.push(*at),
                _ => best = Some((nearness, vec![*at])),
            }
        }
        let (nearness, found) = best?;
        Some((nearness, self.one(&found, reference.span)?))
    }

    fn nearness(&self, at: usize, said: &Statement, from: Span, name: &str) -> Option<Nearness> {
        if self.members.contains(&at) && said.said != Said::Default {
            return Some(Nearness::Profile);
        }
        let environment = said.environment.as_ref().map(|saying| saying.environment);
        let same_unit = said.unit.folder == self.key.0.folder;
        if said.said == Said::Default {
            return (same_unit && (environment.is_none() || environment == self.key.1)).then_some(Nearness::Default);
        }
        if environment.is_some() && environment != self.key.1 {
            return None;
        }
        if environment.is_none() && said.file == from.file {
            return Some(Nearness::SameFile);
        }
        if environment.is_none() && self.is_compose_env(said.file, from.file) {
            return Some(Nearness::ComposeEnv);
        }
        if same_unit {
            return Some(Nearness::Base);
        }
        if !name.contains("flinks") {
            return None;
        }
        Some(if environment == self.key.1 { Nearness::OtherUnit } else { Nearness::OtherBase })
    }

    /// Compose fills in its files from the `.env` beside them.
    fn is_compose_env(&self, env: FileId, compose: FileId) -> bool {
        let (env, compose) = (self.builder.sources.path(env), self.builder.sources.path(compose));
        let name = compose.rsplit('/').next().unwrap_or("");
        env.rsplit('/').next() == Some(".env") && parent(env) == parent(compose) && name.contains("compose")
    }

    /// The definition to take out of several of equal nearness: the same file's, or the one that all agree on.
    fn one(&self, found: &[usize], from: Span) -> Option<usize> {
        let here: Vec<usize> =
            found.iter().copied().filter(|at| self.builder.statements[*at].file == from.file).collect();
        let pool = if here.is_empty() { found } else { &here };
        let first = *pool.first()?;
        let shape_of = |at: usize| shape(&self.builder.statements[at]);
        pool.iter().all(|at| shape_of(*at) == shape_of(first)).then_some(first)
    }
}
