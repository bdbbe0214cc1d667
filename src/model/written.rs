//! Credentials of Flinks that are written out: set, taken where nothing is set, commented out, shown, or part of a text.

mod context;

use std::collections::HashMap;

use regex::Regex;
use std::sync::OnceLock;

use crate::fact::{Name, Piece, Reference, ReferenceKind, Value, Within};
use crate::finding::Label;
use crate::resolve::Trust;
use crate::secret::Secret;
use crate::source::{FileId, Sources, Span};
use crate::text::Text;
use crate::vocabulary::keys::{self, Kind};
use crate::vocabulary::paths::{self, Purpose};
use crate::vocabulary::{names, published, real};

use super::statements::{Remarked, Statement};
use super::units::Unit;
use super::{Codebase, Described, Entry};
use context::{Because, Contexts};

/// A credential in plain text.
#[derive(Debug, Clone)]
pub struct Written {
    pub secret: Secret,
    pub kind: Kind,
    /// The value; its first line where it has several.
    pub span: Span,
    /// The name that it is said under.
    pub name: Name,
    /// The same with the names above it, spelt as [`Statement::key`] is.
    pub key: String,
    pub unit: Unit,
    pub how: How,
    /// Whether it stands in base64.
    pub encoded: bool,
    pub purpose: Purpose,
    /// What makes it a credential of Flinks.
    pub because: Because,
    /// What uses it by another name.
    pub uses: Vec<Label>,
}

/// In what sense it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    Set,
    /// It holds where nothing else is set.
    Default,
    Comment,
    /// In documentation, beside what shows that it is in use.
    Prose,
}

/// Longer texts are no addresses.
const LONGEST: usize = 4096;

/// Finds them all, in the order of files and places.
pub fn find(
    codebase: &Codebase<'_>,
    statements: &[Statement],
    remarks: &[Remarked],
    profiles: &[Described],
) -> Vec<Written> {
    let contexts = Contexts::new(codebase, statements, remarks, profiles);
    let mut finder = Finder { sources: codebase.sources, contexts, found: HashMap::new() };
    statements.iter().for_each(|said| finder.statement(said));
    for described in profiles {
        for entry in &described.profile.entries {
            finder.entry(&statements[entry.statement], entry, described.profile.is_production());
        }
    }
    remarks.iter().for_each(|remark| finder.remark(remark));
    let mut found: Vec<Written> = finder.found.into_values().collect();
    found.sort_by_key(|written| written.span);
    // What a text holds is also the text's.
    found.dedup_by(|next, known| {
        next.secret == known.secret && next.span.file == known.span.file && next.span.start < known.span.end
    });
    found
}

struct Finder<'f> {
    sources: &'f Sources,
    contexts: Contexts<'f>,
    found: HashMap<(FileId, u32), Written>,
}

impl Finder<'_> {
    /// What a setting is literally set to.
    fn statement(&mut self, said: &Statement) {
        let asks = said.value.references().any(|reference| reference.fallback.is_some());
        if !asks && !texts(&said.value).any(|text| real::may_be_key(text.expose())) {
            return;
        }
        let kind = kind_of(said).filter(|kind| counts(*kind, said));
        if let Some(kind) = kind {
            for piece in &said.value.pieces {
                match piece {
                    Piece::Text(text) => self.literal(said, kind, text, How::Set),
                    Piece::Reference(_) => {}
                }
            }
        }
        for reference in said.value.references() {
            self.fallback(said, kind, reference);
        }
        if kind.is_none() && said.reading.component.is_none() {
            self.argument(said);
        }
    }

    /// A key among the arguments of a call that says Flinks and is given a host of it: `new FlinksClient(host, id, key)`.
    fn argument(&mut self, said: &Statement) {
        let [.., call, own] = &said.path[..] else { return };
        let Some(text) = said.value.as_literal().filter(|_| call.is_call() && own.index && !own.is_call()) else {
            return;
        };
        // Identifiers are GUIDs, and secret keys may be.
        let is_guid = text.len() == 36 && text.expose().matches('-').count() == 4;
        if is_guid || !said.reading.flinks || !real::is_real(text.expose()) || !counts(Kind::Key, said) {
            return;
        }
        let Some(host) = self.contexts.host_of_call(said) else { return };
        let label = Some(Label::at(host, "is the Flinks host that it is given with"));
        let because = Because { label, certain: false, live: Vec::new() };
        self.add(said, Kind::Key, text.expose(), text.span(), How::Set, because, Vec::new());
    }

    /// `${X:-…}`, `process.env.X || "…"`: the name that is asked for tells more than the one that is set.
    fn fallback(&mut self, said: &Statement, kind: Option<Kind>, reference: &Reference) {
        let Some(fallback) = &reference.fallback else { return };
        let asked: Vec<&str> = reference.name.split(['.', ':', '/']).collect();
        let own = keys::kind(&asked).filter(|_| !keys::is_of_another(&asked));
        let Some(kind) = own.or(kind) else { return };
        let mut said = said.clone();
        if names::says_flinks(&reference.name) {
            said.reading.flinks = true;
        }
        for piece in &fallback.pieces {
            match piece {
                Piece::Text(text) => self.literal(&said, kind, text, How::Default),
                Piece::Reference(inner) => self.fallback(&said, Some(kind), inner),
            }
        }
    }

    fn literal(&mut self, said: &Statement, kind: Kind, text: &Text, how: How) {
        let trimmed = text.trimmed();
        let from = keys::scheme(trimmed.expose());
        let value = trimmed.part(from..trimmed.len());
        if !real::is_real(value.expose()) {
            return;
        }
        let kind = if real::is_private_key(value.expose()) { Kind::PrivateKey } else { kind };
        let Some(because) = self.contexts.of(said, kind) else { return };
        let how = if said.purpose == Purpose::Documentation { How::Prose } else { how };
        if how == How::Prose && because.live.is_empty() {
            return;
        }
        self.add(said, kind, value.expose(), value.span(), how, because, Vec::new());
    }

    /// What a setting is set to by way of other names.
    fn entry(&mut self, said: &Statement, entry: &Entry, production: bool) {
        self.token_in_address(said, entry);
        if !entry.resolved.is_known() || !real::may_be_key(entry.resolved.expose()) {
            return;
        }
        let Some(kind) = kind_of(said).filter(|kind| counts(*kind, said)) else { return };
        let text = entry.resolved.expose();
        let start = text.len() - text.trim_start().len();
        let start = start + keys::scheme(text.trim());
        let range = start..text.trim_end().len().max(start);
        let value = &text[range.clone()];
        let sample = || published::find(value).iter().any(|(known, _)| known.kind == published::Kind::AuthorizeToken);
        let shown = kind == Kind::AuthorizeToken && production && sample();
        if !(real::is_real(value) || shown) {
            return;
        }
        let [origin] = &entry.resolved.origins(range.clone())[..] else { return };
        let Some(because) = self.contexts.of(said, kind) else { return };
        let kind = if real::is_private_key(value) { Kind::PrivateKey } else { kind };
        let how = if entry.resolved.trust(range) == Trust::Fallback { How::Default } else { How::Set };
        let elsewhere = !said.value.span.contains(origin.span) && said.value.span != origin.span;
        let uses = elsewhere.then(|| Label::at(said.name().span, format!("uses it as the {}", kind.noun())));
        self.add(said, kind, value, origin.span, how, because, uses.into_iter().collect());
    }

    /// `?authorizeToken=…` in an address, whatever its parts came from.
    fn token_in_address(&mut self, said: &Statement, entry: &Entry) {
        static PARAMETER: OnceLock<Regex> = OnceLock::new();
        let parameter = PARAMETER.get_or_init(|| {
            Regex::new(r"(?i)[?&]authorize_?token=(?P<value>[^&\s#'\x22\x{FFFC}]+)").expect("a constant pattern")
        });
        let text = entry.resolved.expose();
        let says = text.contains("oken=") && text.len() <= LONGEST;
        if !says || entry.hosts.is_empty() && !said.flinks {
            return;
        }
        let Some(value) = parameter.captures(text).and_then(|found| found.name("value")) else { return };
        let real = real::is_real(value.as_str());
        let Some(origin) = entry.resolved.origins(value.range()).into_iter().next().filter(|_| real) else { return };
        let because = Because { label: None, certain: true, live: Vec::new() };
        self.add(said, Kind::AuthorizeToken, value.as_str(), origin.span, How::Set, because, Vec::new());
    }

    /// What stands in a text that sets nothing.
    fn remark(&mut self, remark: &Remarked) {
        let said = &remark.statement;
        let how = match remark.within {
            _ if said.purpose == Purpose::Documentation => How::Prose,
            Within::Comment => How::Comment,
            Within::Prose => How::Prose,
            Within::Value => How::Set,
        };
        let user = remark.within == Within::Value && matches!(&*said.name().text, "http" | "https");
        let kind = if user { Some(Kind::Key) } else { kind_of(said) };
        let Some(kind) = kind.filter(|kind| user || counts(*kind, said)) else { return };
        let Some(text) = said.value.as_literal().map(Text::trimmed) else { return };
        let value = text.part(keys::scheme(text.expose())..text.len());
        if !real::is_real(value.expose()) || (kind == Kind::AuthorizeToken && how != How::Set) {
            return;
        }
        let kind = if real::is_private_key(value.expose()) { Kind::PrivateKey } else { kind };
        let Some(because) = self.contexts.of_remark(remark, kind) else { return };
        if how == How::Prose && because.live.is_empty() {
            return;
        }
        self.add(said, kind, value.expose(), value.span(), how, because, Vec::new());
    }

    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        said: &Statement,
        kind: Kind,
        value: &str,
        span: Span,
        how: How,
        because: Because,
        uses: Vec<Label>,
    ) {
        let span = self.first_line(span);
        let written = Written {
            secret: secret(value, kind),
            kind,
            span,
            name: said.name().clone(),
            key: said.key.clone(),
            unit: said.unit.clone(),
            how,
            encoded: {
                let written = self.sources.slice(span);
                let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
                !value.is_empty() && !written.contains(value.trim()) && written.bytes().all(base64)
            },
            purpose: paths::purpose(self.sources.path(span.file)),
            because,
            uses: Vec::new(),
        };
        let known = self.found.entry((span.file, span.start)).or_insert(written);
        for label in uses {
            if !known.uses.contains(&label) {
                known.uses.push(label);
            }
        }
    }

    fn first_line(&self, span: Span) -> Span {
        let written = self.sources.slice(span);
        let length = written.find('\n').unwrap_or(written.len());
        Span::new(span.file, span.start as usize, span.start as usize + written[..length].trim_end().len())
    }
}

/// The value, of a private key only its digits: its lines are broken here and there.
fn secret(value: &str, kind: Kind) -> Secret {
    match kind {
        Kind::PrivateKey => {
            let bare = value.replace("\\n", "").replace("\\r", "");
            Secret::new(&bare.split_whitespace().collect::<String>())
        }
        _ => Secret::new(value.trim().trim_matches(['"', '\'', '`'])),
    }
}

/// The names of a setting's path, positions in lists left out.
fn names_of(said: &Statement) -> Vec<&str> {
    said.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect()
}

/// What a setting keeps, by its names or by what it is read from.
fn kind_of(said: &Statement) -> Option<Kind> {
    let own = keys::kind(&names_of(said));
    own.or_else(|| {
        let [Piece::Reference(reference)] = &said.value.pieces[..] else { return None };
        let asked: Vec<&str> = reference.name.split(['.', ':', '/']).collect();
        keys::kind(&asked).filter(|_| reference.kind != ReferenceKind::Computed)
    })
}

/// Whether a key may be one of Flinks by its names.
fn counts(kind: Kind, said: &Statement) -> bool {
    kind == Kind::AuthorizeToken || !keys::is_of_another(&names_of(said))
}

/// The literal texts of a value.
pub(super) fn texts(value: &Value) -> impl Iterator<Item = &Text> {
    value.pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Reference(_) => None,
    })
}
