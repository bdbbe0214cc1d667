//! What a shape has read of a file so far: the facts, and the nodes that are accounted for.

use std::collections::HashSet;

use crate::fact::{Bundle, Facts, Name, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value};
use crate::readers::settings::{self, Flatten};
use crate::readers::shell;
use crate::readers::template::Notation;
use crate::source::{Source, Span, Spanned};
use crate::text::Text;
use crate::tree::{At, NodeId, Tree};
use crate::vocabulary::{hosts, names};

/// Scopes opened for one file at most: lists of aliases multiply, real files stay far below.
const SCOPES: usize = 20_000;

pub(super) struct Sheet<'f> {
    pub source: &'f Source,
    pub facts: &'f mut Facts,
    /// Nodes that were read in a sense of their own: plain keys leave them out.
    taken: HashSet<NodeId>,
    /// Variables by the scope that says them.
    said: HashSet<(ScopeId, Box<str>)>,
    /// What blocks take over from elsewhere.
    used: HashSet<(ScopeId, Bundle)>,
}

impl<'f> Sheet<'f> {
    pub fn new(source: &'f Source, facts: &'f mut Facts) -> Self {
        Sheet { source, facts, taken: HashSet::new(), said: HashSet::new(), used: HashSet::new() }
    }

    /// Whether reading has to end here: the file holds more than any real one.
    pub fn is_full(&self) -> bool {
        settings::is_full(self.facts) || self.facts.scopes.len() > SCOPES
    }

    /// Opens a block inside another, named for people as `{what} {name}` with the name's place.
    pub fn open(&mut self, parent: ScopeId, what: &str, name: &Text) -> ScopeId {
        self.open_titled(parent, format!("{what} {}", name.expose()), name.span())
    }

    pub fn open_titled(&mut self, parent: ScopeId, title: String, span: Span) -> ScopeId {
        let title = Some(Spanned::new(title, span));
        self.facts.open(Scope { parent: Some(parent), title, ..Scope::default() })
    }

    pub fn scope(&mut self, id: ScopeId) -> &mut Scope {
        self.facts.scope_mut(id)
    }

    /// Says which environment a block is for, if the text is a plain word; what has holes is not said.
    pub fn set_environment(&mut self, scope: ScopeId, text: &Text) {
        let word = text.expose().trim();
        if !word.is_empty() && !word.contains(['$', '{', '<', '\n']) {
            let text = text.trimmed();
            self.scope(scope).environment = Some(Spanned::new(text.expose().to_owned(), text.span()));
        }
    }

    pub fn uses(&mut self, scope: ScopeId, bundle: Bundle, span: Span) {
        if self.used.insert((scope, bundle.clone())) {
            self.scope(scope).uses.push(Spanned::new(bundle, span));
        }
    }

    /// Leaves a node out of the plain keys.
    pub fn take(&mut self, at: At<'_>) {
        self.taken.insert(at.id);
    }

    pub fn is_taken(&self, at: At<'_>) -> bool {
        self.taken.contains(&at.id)
    }

    /// Whether a variable of this name was set in the block itself.
    pub fn says(&self, scope: ScopeId, name: &str) -> bool {
        self.said.contains(&(scope, name.into()))
    }

    /// Adds one setting of a single name.
    pub fn set(&mut self, scope: ScopeId, name: Name, value: Value, said: Said) {
        self.said.insert((scope, name.text.clone()));
        self.facts.settings.push(Setting { scope, path: vec![name], value, said });
    }

    /// Adds a setting whose value is kept where nobody can see it here.
    pub fn set_stored(&mut self, scope: ScopeId, name: Name, locator: &str, span: Span, said: Said) {
        let reference = Reference { kind: ReferenceKind::Stored, name: locator.into(), span, fallback: None };
        self.set(scope, name, Value::reference(reference), said);
    }

    /// Reads a value, or a map of them, under a short name.
    pub fn value(&mut self, scope: ScopeId, name: Name, at: At<'_>, said: Said, notation: Notation) {
        self.said.insert((scope, name.text.clone()));
        let how = Flatten { scope, said, notation, prefix: &[name] };
        settings::flatten_value(at, &how, &|_| false, self.facts);
        self.take(at);
    }

    /// Reads what a script sets of Flinks, given as a text or as a list of commands. Hosts in it are found in the text
    /// itself, which stays a key.
    pub fn script(&mut self, at: Option<At<'_>>, scope: ScopeId) {
        let commands = at.into_iter().flat_map(|at| std::iter::once(at).chain(at.items()));
        for command in commands.filter_map(At::text).filter(|text| names::says_flinks(text.expose())) {
            if self.is_full() {
                return;
            }
            let before = self.facts.settings.len();
            shell::script(command, scope, self.facts);
            let set = self.facts.settings.split_off(before);
            let is_bare = |setting: &Setting| {
                names::says_flinks(&setting.name().text) && hosts::find(setting.value.word()).is_empty()
            };
            self.facts.settings.extend(set.into_iter().filter(is_bare));
        }
    }

    /// Reads all under a node that is not read yet as plain keys of a block, below the keys `prefix`.
    pub fn keys(&mut self, at: At<'_>, scope: ScopeId, prefix: &[Name]) {
        self.all(at, scope, Said::Key, prefix);
    }

    /// Reads all under a node as hosts that are let through.
    pub fn allowed(&mut self, at: At<'_>, scope: ScopeId) {
        self.all(at, scope, Said::Allowed, &[]);
    }

    fn all(&mut self, at: At<'_>, scope: ScopeId, said: Said, prefix: &[Name]) {
        if !self.is_taken(at) {
            let how = Flatten { scope, said, notation: Notation::Braced, prefix };
            let taken = &self.taken;
            settings::flatten_except(at, &how, &|at| taken.contains(&at.id), self.facts);
            self.take(at);
        }
    }

    /// Reads what nothing else read, as plain keys of the file.
    pub fn rest(&mut self, tree: &Tree) {
        for root in tree.roots() {
            self.keys(root, ScopeId::FILE, &[]);
        }
    }
}
