//! What makes a key one of Flinks: its name, its file or block, or the Flinks host that it stands beside.

use std::collections::HashMap;

use crate::fact::{Facts, Name, Piece, ReferenceKind, Said, ScopeId, Within};
use crate::finding::{Label, Place};
use crate::model::slots::container_names;
use crate::model::statements::{Remarked, Statement};
use crate::model::{Codebase, Described};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::vocabulary::hosts::{self, Host, HostKind};
use crate::vocabulary::keys::{self, Kind};
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::paths::Purpose;
use crate::vocabulary::{Environment, environments, headers};

use super::{names_of, texts};

/// Why a key is one of Flinks.
#[derive(Debug, Clone)]
pub struct Because {
    /// Set where it is not the name itself.
    pub label: Option<Label>,
    pub certain: bool,
    /// What shows that it is in use: an instance of one's own, production.
    pub live: Vec<Label>,
}

/// The hosts that are said in a map, a call, a function or a file.
#[derive(Debug, Default, Clone, Copy)]
struct Around {
    flinks: Option<Span>,
    private: Option<Span>,
    /// Whether another host is spoken to.
    others: bool,
}

type Key = (FileId, Option<ScopeId>, String);

/// A command and a request in a text have no more lines.
const LINES: usize = 24;

pub struct Contexts<'c> {
    sources: &'c Sources,
    facts: HashMap<FileId, &'c Facts>,
    around: HashMap<Key, Around>,
    /// The hosts among the settings at the top of a file, by what their names have in common with their keys'.
    stems: HashMap<(FileId, ScopeId, Vec<String>), Span>,
}

impl<'c> Contexts<'c> {
    pub fn new(
        codebase: &Codebase<'c>,
        statements: &[Statement],
        remarks: &[Remarked],
        profiles: &[Described],
    ) -> Self {
        let facts = codebase.facts.iter().map(|facts| (facts.file, facts)).collect();
        let mut contexts = Contexts { sources: codebase.sources, facts, around: HashMap::new(), stems: HashMap::new() };
        for said in statements.iter().filter(|said| said.said != Said::Allowed) {
            contexts.look(said);
        }
        for entry in profiles.iter().flat_map(|described| &described.profile.entries) {
            let said = &statements[entry.statement];
            for used in entry.hosts.iter().filter(|_| said.said != Said::Allowed) {
                contexts.note(said, &used.host, used.span);
            }
        }
        // An address in a comment is where what is commented out beside it goes.
        for remark in remarks.iter().filter(|remark| remark.within == Within::Value) {
            contexts.look(&remark.statement);
        }
        contexts
    }

    /// Notes the hosts in the literal texts of a setting.
    fn look(&mut self, said: &Statement) {
        let own = matches!(said.component(), Some(Component::Redirect | Component::WebhookUrl));
        // `axios.create({ baseURL: process.env.BUREAU_URL, … })`
        if let Some(Piece::Reference(host)) = said.value.pieces.first()
            && said.said == Said::Program
            && said.component().is_some_and(Component::is_host)
            && host.kind == ReferenceKind::Named
            && !said.reading.flinks
            && !names::says_flinks(&host.name)
            && !container_names(said).is_empty()
        {
            let key = self.key(said, container_names(said).len());
            // What stands around without a host of Flinks ends the search for one further out.
            self.around.entry(key).or_default();
        }
        for text in texts(&said.value) {
            let all = text.expose();
            if !all.contains('.') {
                continue;
            }
            let found = hosts::find(all);
            for host in &found {
                let span = text.span_of(host.range.clone());
                self.note(said, host, span);
            }
            let template = found.is_empty() && all.contains(".private.fin.ag");
            if template {
                self.add(said, |around| around.flinks = around.flinks.or(Some(text.span())));
            }
            if found.is_empty() && !template && !own && all.contains("://") && !all.contains("localhost") {
                self.add(said, |around| around.others = true);
            }
        }
    }

    fn note(&mut self, said: &Statement, host: &Host, span: Span) {
        if matches!(host.kind, HostKind::Site | HostKind::Wildcard) {
            return;
        }
        let private = is_private(host).then_some(span);
        self.add(said, |around| {
            around.flinks = around.flinks.or(Some(span));
            around.private = around.private.or(private);
        });
        if said.path.len() == 1 {
            let stem = said.reading.stem.clone();
            self.stems.entry((said.file, said.scope, stem)).or_insert(span);
        }
    }

    /// Notes something for everything that a setting stands in.
    fn add(&mut self, said: &Statement, note: impl Fn(&mut Around)) {
        for depth in 0..=said.path.len() {
            note(self.around.entry(self.key(said, depth)).or_default());
        }
    }

    fn key(&self, said: &Statement, depth: usize) -> Key {
        let path: Vec<&str> = said.path[..depth].iter().map(|name| &*name.text).collect();
        // The branches of a program are one thing; documents of one file are not.
        let scope = (!self.is_program(said.file)).then_some(said.scope);
        (said.file, scope, path.join("\u{1f}"))
    }

    fn is_program(&self, file: FileId) -> bool {
        self.facts.get(&file).is_some_and(|facts| facts.is_program)
    }

    /// Why what a setting keeps is Flinks', if it is.
    pub fn of(&self, said: &Statement, kind: Kind) -> Option<Because> {
        let (label, certain) = self.reason(said, kind)?;
        Some(Because { label, certain, live: self.live(said) })
    }

    fn reason(&self, said: &Statement, kind: Kind) -> Option<(Option<Label>, bool)> {
        if said.reading.flinks {
            return Some((None, true));
        }
        if let Some(title) = self.title(said) {
            return Some((Some(Label::at(title, "is of Flinks")), true));
        }
        let header = names_of(said).last().is_some_and(|own| headers::is_credential(own));
        let own = keys::is_the_applications_own(&names_of(said)) || said.reading.of_others;
        if kind == Kind::Key && !header || own {
            return None;
        }
        if let Some(host) = self.host_beside(said, header || kind == Kind::PrivateKey) {
            return Some((Some(Label::at(host, "is the Flinks host beside it")), false));
        }
        let others = self.around.get(&self.key(said, 0)).is_some_and(|around| around.others && around.flinks.is_none());
        // `jwt.sign(claims, secret)`: a folder about Flinks has secrets of its application, too.
        let apart = said.value.references().any(|reference| keys::is_the_applications_own(&[&reference.name]));
        let by_file = said.flinks && !others && !apart;
        by_file.then(|| (Some(Label::on(Place::Named(said.file), "is of Flinks by its path")), false))
    }

    /// Whether the request of a header in a text goes to somebody else: the address of its command, or else the one
    /// above it in its paragraph.
    fn goes_elsewhere(&self, said: &Statement) -> bool {
        if !headers::is_credential(&said.name().text) {
            return false;
        }
        let (source, span) = (self.sources.get(said.file), said.name().span);
        let own = source.line_index(span.start as usize);
        let line = |at: usize| &source.text()[source.line_range(at)];
        let goes_on = |at: usize| line(at).trim_end().ends_with('\\');
        let last = source.line_index(source.text().len());
        let start = (0..own).rev().take(LINES).take_while(|at| goes_on(*at)).last().unwrap_or(own);
        let end = (own..last).take(LINES).find(|at| !goes_on(*at)).unwrap_or(own);
        let above = (0..start).rev().take(LINES).take_while(|at| !line(*at).trim().trim_matches('#').is_empty());
        let address = (start..=end).chain(above).map(line).find(|line| line.contains("://"));
        address.is_some_and(|line| hosts::find(line).is_empty() && !line.contains("fin.ag"))
    }

    fn is_on_line(&self, one: Span, other: Span) -> bool {
        let source = self.sources.get(one.file);
        source.line_index(one.start as usize) == source.line_index(other.start as usize)
    }

    /// The title of a block that says Flinks: `Secret flinks-us`.
    fn title(&self, said: &Statement) -> Option<Span> {
        let facts = self.facts.get(&said.file)?;
        let mut next = Some(said.scope);
        for _ in 0..facts.scopes.len() {
            let scope = facts.scope(next?);
            if let Some(title) = scope.title.as_ref().filter(|title| is_title_of_flinks(&title.value)) {
                return Some(title.span);
            }
            next = scope.parent;
        }
        None
    }

    /// The Flinks host in the nearest map, call, function or file that names a host at all, if it names no other.
    fn host_beside(&self, said: &Statement, anywhere: bool) -> Option<Span> {
        let whole_file = anywhere || self.is_program(said.file);
        // What one call is given goes where that call goes; the hosts of other calls around it prove nothing.
        // A call that only sets a header says nothing of where the request goes.
        let call = said.path.iter().position(Name::is_call);
        let call = call.filter(|call| self.is_program(said.file) && said.path.len() > call + 2);
        let outermost = call.map_or(usize::from(!whole_file), |call| call + 1);
        for depth in (outermost..=said.path.len()).rev() {
            if let Some(around) = self.around.get(&self.key(said, depth)) {
                return around.flinks.filter(|_| !around.others);
            }
        }
        let stem = (said.file, said.scope, said.reading.stem.clone());
        self.stems.get(&stem).copied().filter(|_| said.path.len() == 1)
    }

    /// The Flinks host among what the same call is given.
    pub fn host_of_call(&self, said: &Statement) -> Option<Span> {
        self.around.get(&self.key(said, said.path.len() - 1))?.private
    }

    /// What shows that a setting of documentation is a live one.
    fn live(&self, said: &Statement) -> Vec<Label> {
        let beside = (0..said.path.len()).rev().find_map(|depth| self.around.get(&self.key(said, depth))?.private);
        let production = said.environment.as_ref().filter(|saying| saying.environment == Environment::Production);
        let host = beside.map(|span| Label::at(span, "is an instance of your own"));
        host.into_iter().chain(production.map(|saying| saying.because.clone())).collect()
    }

    /// The same for what is not set.
    pub fn of_remark(&self, remark: &Remarked, kind: Kind) -> Option<Because> {
        let said = &remark.statement;
        let mut live: Vec<Label> = remark.beside.iter().filter_map(shows_use).take(2).collect();
        live.extend(
            said.environment
                .iter()
                .filter(|saying| saying.environment == Environment::Production)
                .map(|saying| saying.because.clone()),
        );
        if said.purpose == Purpose::Documentation && live.is_empty() {
            live = self.live(said);
        }
        if remark.within == Within::Value {
            let address = matches!(&*said.name().text, "http" | "https");
            let (label, certain) = if address || said.path.len() > 1 {
                let near =
                    |from: usize| (from..said.path.len()).rev().find_map(|at| self.around.get(&self.key(said, at)));
                if near(1).is_some_and(|around| around.others && around.flinks.is_none()) {
                    return None;
                }
                let host = near(0).and_then(|around| around.flinks.filter(|_| !around.others));
                match host {
                    Some(host) => (Some(Label::at(host, "is the Flinks host beside it")), true),
                    None if address => return None,
                    None => self.reason(said, kind)?,
                }
            } else {
                self.reason(said, kind)?
            };
            return Some(Because { label, certain, live });
        }
        if said.reading.flinks {
            return Some(Because { label: None, certain: true, live });
        }
        if self.goes_elsewhere(said) {
            return None;
        }
        let header = headers::is_credential(&said.name().text);
        let of_flinks = |word: &&Spanned<String>| {
            // A name that says little says enough only on one line with the word.
            let near = kind != Kind::Key || header || self.is_on_line(word.span, said.name().span);
            near && is_of_flinks(&word.value)
        };
        let by_word = remark.beside.iter().find(of_flinks);
        let (label, certain) = match by_word {
            Some(word) => (Some(Label::at(word.span, "says that it is of Flinks")), false),
            None => self.reason(said, kind)?,
        };
        Some(Because { label, certain, live })
    }
}

/// `Secret flinks-us`, and not `Secret flinks-db`.
fn is_title_of_flinks(title: &str) -> bool {
    names::says_flinks(title) && !keys::is_of_another(&[title])
}

fn is_private(host: &Host) -> bool {
    match &host.kind {
        HostKind::Instance { label: Some(label), .. } => !label.sandbox && !label.placeholder,
        _ => false,
    }
}

fn is_of_flinks(word: &str) -> bool {
    names::is_flinks(word) || hosts::find(word).iter().any(|host| host.kind != HostKind::Site)
}

/// A word near a text that shows that what it says is in use.
fn shows_use(word: &Spanned<String>) -> Option<Label> {
    if environments::of_word(&word.value) == Some(Environment::Production) {
        return Some(Label::at(word.span, "says production"));
    }
    let own = hosts::find(&word.value).iter().any(is_private);
    own.then(|| Label::at(word.span, "is an instance of your own"))
}
