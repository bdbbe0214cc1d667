//! A setting in force in a profile: its value worked out, and the hosts and instance names in it.

use crate::fact::{Piece, ReferenceKind, Said, Value};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::resolve::{Met, Resolved, Trust};
use crate::secret::Secret;
use crate::source::Span;
use crate::vocabulary::hosts::{self, Host, HostKind, Role};
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{Country, countries, placeholders};

use super::statements::Statement;

/// A setting in force in a profile.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in [`super::Model::statements`].
    pub statement: usize,
    pub resolved: Resolved,
    /// The Flinks hosts in its value.
    pub hosts: Vec<HostUse>,
    /// The instance it names, where it is an instance name or a host.
    pub instance: Option<InstanceUse>,
    pub state: State,
    /// The instance whose credential it is, as the policy declares by its fingerprint.
    pub owner: Option<Owner>,
    /// Set where it comes from a layer below: what says that the layer holds here.
    pub layer: Option<Label>,
    /// The countries in the words of what it refers to.
    pub refers: Vec<ReferenceTag>,
}

/// Whether a setting supplies a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A literal.
    Literal,
    /// Supplied from elsewhere: a secret store, the platform, a variable.
    Supplied,
    Empty,
    Placeholder,
}

impl State {
    pub fn is_present(&self) -> bool {
        matches!(self, State::Literal | State::Supplied)
    }
}

/// A Flinks host in a resolved value.
#[derive(Debug, Clone)]
pub struct HostUse {
    pub host: Host,
    /// The text that decides which host it is: the label, where it was written.
    pub span: Span,
    /// The templates that lead to it, outermost first.
    pub via: Vec<Span>,
    /// The name of a program that stands for it, where it is used.
    pub symbol: Option<Span>,
    pub trust: Trust,
}

/// An instance that a setting names.
#[derive(Debug, Clone)]
pub struct InstanceUse {
    /// `northwind-ca`.
    pub label: String,
    pub country: Option<Country>,
    /// Where the policy says the country.
    pub declared: Option<Span>,
    pub sandbox: bool,
    pub role: Option<Role>,
    pub span: Span,
    pub via: Vec<Span>,
    /// The name of a program that stands for it, where it is used: what is wrong there is to be changed there.
    pub symbol: Option<Span>,
    pub trust: Trust,
}

/// The declared owner of a credential.
#[derive(Debug, Clone)]
pub struct Owner {
    pub label: String,
    pub country: Country,
    /// The fingerprint in the policy.
    pub declared: Span,
    /// The credential.
    pub span: Span,
}

impl Owner {
    /// ``belongs to `northwind-us`, a U.S. instance``: the predicate of its place.
    pub fn is_of(&self) -> String {
        format!("belongs to `{}`, a {} instance", self.label, self.country.adjective())
    }

    /// The line of the policy that says so.
    pub fn promise(&self) -> Label {
        Label::at(self.declared, format!("is declared the fingerprint of a credential of `{}`", self.label))
    }
}

impl InstanceUse {
    /// `` `northwind-ca` is a Canadian instance``: the predicate of its place.
    pub fn is_of(&self, country: Country) -> String {
        format!("`{}` is a {} instance", self.label, country.adjective())
    }
}

/// A country said by the words of a reference.
#[derive(Debug, Clone)]
pub struct ReferenceTag {
    pub country: Country,
    pub span: Span,
    /// A variable's or key path's name is certain, a path in a secret store is likely.
    pub certain: bool,
    /// Whether its name is that of a key or a customerId.
    pub credential: bool,
}

impl Entry {
    pub fn new(statement: usize, said: &Statement, resolved: Resolved, policy: &Policy) -> Entry {
        let hosts = host_uses(said, &resolved, policy);
        let instance = instance(said, &resolved, &hosts, policy);
        let state = state(&said.value, &resolved);
        let refers = reference_tags(&said.value);
        let mut entry = Entry { statement, resolved, hosts, instance, state, owner: None, layer: None, refers };
        entry.owner = entry.declared_owner(policy);
        entry
    }

    fn declared_owner(&self, policy: &Policy) -> Option<Owner> {
        let (instance, fingerprint) = policy.owner(|| self.secret())?;
        let origin = self.resolved.origins(0..self.resolved.expose().len()).into_iter().next()?;
        Some(Owner {
            label: instance.label.value.clone(),
            country: instance.country.value,
            declared: fingerprint.span,
            span: origin.span,
        })
    }

    /// Its value as a credential, where it is a literal one.
    pub fn secret(&self) -> Option<Secret> {
        let known = self.state == State::Literal && self.resolved.is_known();
        known.then(|| Secret::new(self.resolved.expose().trim()))
    }

    /// The labels that prove how a host or instance came about.
    pub fn trail(via: &[Span]) -> Vec<Label> {
        via.iter().map(|span| Label::at(*span, "is filled in here")).collect()
    }
}

/// The hosts in a text: those of Flinks, and those that the policy declares to be an instance's.
fn hosts_in(said: &Statement, text: &str, policy: &Policy) -> Vec<Host> {
    let mut found = hosts::find(text);
    for (range, instance) in policy.hosts_in(text) {
        let iframe = said.component() == Some(Component::IframeHost) || is_iframe(&text[range.clone()]);
        let role = if iframe { Role::Iframe } else { Role::Api };
        let label = hosts::Label {
            name: instance.label.value.clone(),
            country: Some(instance.country.value),
            sandbox: false,
            placeholder: false,
        };
        found.retain(|host| host.range.end <= range.start || range.end <= host.range.start);
        let name = text[range.clone()].to_ascii_lowercase();
        found.push(Host { name, range, kind: HostKind::Instance { label: Some(label), role } });
    }
    found.sort_by_key(|host| host.range.start);
    found
}

/// Whether a host says of itself that it is an iframe's.
fn is_iframe(host: &str) -> bool {
    host.to_ascii_lowercase().contains("iframe")
}

fn host_uses(said: &Statement, resolved: &Resolved, policy: &Policy) -> Vec<HostUse> {
    let found = hosts_in(said, resolved.expose(), policy).into_iter();
    found
        .filter_map(|host| {
            // The label decides which instance it is; the domain may stand in a template elsewhere.
            let label_end = host.name.find(['.']).unwrap_or(host.name.len());
            let deciding = match &host.kind {
                HostKind::Instance { label: Some(label), .. } if host.name.starts_with(&label.name) => {
                    host.range.start..host.range.start + label.name.len().min(label_end)
                }
                _ => host.range.clone(),
            };
            let origins = resolved.origins(deciding.clone());
            let (first, last) = (origins.first()?, origins.last()?);
            let trust = resolved.trust(host.range.clone());
            let whole = resolved.origins(host.range.clone());
            let one_piece = whole.len() == 1;
            let span = if one_piece {
                whole[0].span
            } else if first.span.file == last.span.file && origins.iter().all(|origin| origin.via == first.via) {
                first.span.to(last.span)
            } else {
                // The part that says the country or the sandbox is the one to change.
                last.span
            };
            let via = if one_piece {
                whole[0].via.clone()
            } else {
                origins.iter().flat_map(|origin| origin.via.clone()).collect()
            };
            // Where only a part of the label stands elsewhere, the rest is written here.
            let symbol =
                symbol(resolved, &via).filter(|first| origins.iter().all(|origin| origin.via.first() == Some(first)));
            Some(HostUse { host, span, via, symbol, trust })
        })
        .collect()
}

/// The first of the references that lead to a value, if it is a name of the program itself.
fn symbol(resolved: &Resolved, via: &[Span]) -> Option<Span> {
    let first = *via.first()?;
    let is_first = |met: &&Met| met.span == first && met.kind == ReferenceKind::Symbol;
    resolved.references.iter().find(is_first).map(|met| met.span)
}

fn instance(said: &Statement, resolved: &Resolved, hosts: &[HostUse], policy: &Policy) -> Option<InstanceUse> {
    for host in hosts {
        if let HostKind::Instance { label: Some(label), role } = &host.host.kind {
            let declared = policy.country_of(&label.name);
            return Some(InstanceUse {
                label: label.name.clone(),
                country: declared.map(|declared| declared.value).or(label.country),
                declared: declared.map(|declared| declared.span),
                sandbox: label.sandbox,
                role: Some(*role),
                span: host.span,
                via: host.via.clone(),
                symbol: host.symbol,
                trust: host.trust,
            })
            .filter(|_| !label.placeholder);
        }
    }
    if said.component() != Some(Component::Instance) || !said.flinks || !resolved.is_known() || !hosts.is_empty() {
        return None;
    }
    // The variable may hold the role too: `FLINKS_INSTANCE=toolbox-api`.
    let text = resolved.expose().trim();
    let lower = text.to_ascii_lowercase();
    let (bare, role) = match (lower.strip_suffix("-api"), lower.strip_suffix("-iframe")) {
        (Some(bare), _) => (bare, Some(Role::Api)),
        (_, Some(bare)) => (bare, Some(Role::Iframe)),
        _ => (lower.as_str(), None),
    };
    // As it is written: a credential that was put here by mistake is told by its mixed case.
    let label = hosts::Label::parse(&text[..bare.len()])
        .filter(|label| !label.placeholder && !placeholders::is_placeholder(text))?;
    // `ca` and `us` alone are the countries themselves, a number says how many, and a GUID is some other kind of identifier.
    if countries::of_value(bare).is_some()
        || bare.bytes().all(|byte| byte.is_ascii_digit())
        || (bare.len() == 36 && bare.matches('-').count() == 4)
    {
        return None;
    }
    let declared = policy.country_of(&label.name);
    let start = resolved.expose().len() - resolved.expose().trim_start().len();
    let origin = resolved.origins(start..start + text.len()).into_iter().next_back()?;
    Some(InstanceUse {
        label: label.name.clone(),
        country: declared.map(|declared| declared.value).or(label.country),
        declared: declared.map(|declared| declared.span),
        sandbox: label.sandbox,
        role,
        span: origin.span,
        symbol: symbol(resolved, &origin.via),
        via: origin.via,
        trust: resolved.trust(0..resolved.expose().len()),
    })
}

fn state(value: &Value, resolved: &Resolved) -> State {
    if value.is_empty() || (resolved.is_known() && resolved.expose().trim().is_empty()) {
        return State::Empty;
    }
    if value.references().next().is_some() && !resolved.is_known() {
        return State::Supplied;
    }
    if placeholders::is_placeholder(resolved.expose()) { State::Placeholder } else { State::Literal }
}

/// The countries in the words of references. An expression's words say nothing: it may choose between both.
fn reference_tags(value: &Value) -> Vec<ReferenceTag> {
    let mut tags = Vec::new();
    for piece in &value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        if reference.kind == ReferenceKind::Computed {
            continue;
        }
        if let Some(saying) = countries::only(&reference.name) {
            let variable = reference.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
            let named: Vec<&str> = reference.name.split('.').collect();
            let credential = names::read(&named).component.is_some_and(Component::is_credential);
            tags.push(ReferenceTag { country: saying.country, span: reference.span, certain: variable, credential });
        }
    }
    tags
}

/// Whether a setting takes part in what a profile reaches: lists of what is let through do not.
pub fn reaches(said: &Statement) -> bool {
    said.said != Said::Allowed
}

/// A place to show for an instance, and what makes it of its country.
pub fn country_labels(instance: &InstanceUse) -> Vec<Label> {
    if instance.sandbox {
        let text = format!("`{}` is the shared sandbox", instance.label);
        return std::iter::once(Label::at(instance.span, text)).chain(Entry::trail(&instance.via)).collect();
    }
    let Some(country) = instance.country else {
        return vec![Label::at(instance.span, format!("`{}` says no country", instance.label))];
    };
    let mut labels = vec![Label::at(instance.span, instance.is_of(country))];
    if let Some(declared) = instance.declared {
        labels.push(Label {
            place: Place::At(declared),
            text: format!("`{}` is declared {}", instance.label, country.adjective()),
        });
    }
    labels.extend(Entry::trail(&instance.via));
    labels
}
