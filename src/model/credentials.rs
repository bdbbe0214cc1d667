//! The credentials in use: which value or which reference each is, and whose instance it is used for.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::fact::{Facts, ReferenceKind, Said, ScopeId};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::resolve::{Met, Trust};
use crate::secret::Secret;
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::hosts::HOLE;
use crate::vocabulary::names::{self, Component};
use crate::vocabulary::{Country, Environment, countries, words};

use super::entries::{Entry, InstanceUse, country_labels};
use super::slots::Slot;
use super::statements::{Statement, Tag};
use super::{Codebase, Described, canonical, columns};

/// A credential in use in a profile.
#[derive(Debug, Clone)]
pub struct Credential {
    pub component: Component,
    pub identity: Identity,
    /// The instance that it is used for.
    pub holder: Holder,
    /// By their places in the model.
    pub profile: usize,
    pub slot: usize,
    pub entry: usize,
    pub environment: Option<Environment>,
    /// Where its own setting says it: the value, or the reference to it.
    pub written: Span,
    /// Where that leads to: the literal, or the last reference.
    pub origin: Span,
    pub via: Vec<Span>,
    pub trust: Trust,
    pub room: Room,
}

/// What tells one credential from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// A literal.
    Value(Secret),
    /// A reference to what nobody can see here.
    Reference {
        /// In the spelling in which two references to one thing are equal.
        locator: String,
        /// Whether it means the same wherever it is said: a path of a secret store does, a variable does not.
        absolute: bool,
    },
}

impl Identity {
    /// What a finding is remembered by, without a value.
    pub fn fingerprint(&self) -> String {
        match self {
            Identity::Value(secret) => secret.fingerprint(),
            Identity::Reference { locator, .. } => locator.clone(),
        }
    }
}

/// Whose a credential is: the instance that a host of its slot names, or one of which only the country is known.
#[derive(Debug, Clone)]
pub struct Holder {
    pub label: Option<String>,
    /// `None` for sandboxes, and for a legacy instance of which nothing says its country.
    pub country: Option<Country>,
    pub sandbox: bool,
    /// What shows it.
    pub evidence: Vec<Label>,
}

impl Holder {
    /// Whether it is certainly another instance: sandboxes are not told from one another, and where only a country is
    /// known it is compared with a country.
    pub fn is_other_than(&self, other: &Holder) -> bool {
        match (&self.label, &other.label) {
            (Some(label), Some(than)) => label != than && !(self.sandbox && other.sandbox),
            _ => matches!((self.country, other.country), (Some(country), Some(than)) if country != than),
        }
    }

    /// Whether both are of one company and differ by the environment alone: a program that has a host for each has one
    /// variable that is set for the one or the other.
    fn is_stage_of(&self, other: &Holder) -> bool {
        let (Some(label), Some(than)) = (&self.label, &other.label) else { return self.sandbox || other.sandbox };
        self.sandbox != other.sandbox || without_stage(label) == without_stage(than)
    }

    /// For people: `` `northwind-us` ``, `the U.S. instance`, ``the sandbox `toolbox` ``.
    pub fn name(&self) -> String {
        match (&self.label, self.country) {
            (Some(label), _) if self.sandbox => format!("the sandbox `{label}`"),
            (Some(label), _) => format!("`{label}`"),
            (None, Some(country)) => format!("the {} instance", country.adjective()),
            (None, None) => "an instance".to_owned(),
        }
    }
}

/// The label of an instance without the words that name an environment: `northwind-uat-ca`, `northwindstg-ca`.
fn without_stage(label: &str) -> String {
    const STAGES: &[&str] =
        &["stg", "staging", "uat", "dev", "qa", "test", "preprod", "prod", "sandbox", "demo", "live"];
    let own = |part: &str| {
        let stem = STAGES.iter().find_map(|stage| part.strip_suffix(stage)).filter(|stem| stem.len() > 2);
        stem.unwrap_or(part).to_owned()
    };
    let parts = label.split('-').filter(|part| !STAGES.contains(part));
    parts.map(own).collect::<Vec<String>>().join("-")
}

/// Where a reference is said: a name means one thing in one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub file: FileId,
    pub program: bool,
    pub statement: usize,
    /// The words that name the environment, as written: GitHub keeps `production-ca` and `production-us` apart.
    stage: Option<String>,
    /// The namespace of a Kubernetes object.
    namespace: Option<String>,
    /// The folder of its file.
    folder: String,
    /// The joined words of the setting's path.
    key: String,
}

impl Credential {
    /// Whether one of the two only reads what the other sets.
    pub fn is_read_by(&self, other: &Credential) -> bool {
        self.origin == other.origin && self.via.is_empty() != other.via.is_empty()
    }

    /// Whether one reference, said in two places, is one credential there.
    pub fn meets(&self, other: &Credential) -> bool {
        let (room, with) = (&self.room, &other.room);
        let apart = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let absolute = matches!(self.identity, Identity::Reference { absolute: true, .. });
        if self.environment != other.environment
            || apart(&room.stage, &with.stage)
            || apart(&room.namespace, &with.namespace)
            || !absolute && self.holder.is_stage_of(&other.holder)
        {
            return false;
        }
        if self.profile == other.profile {
            // Two files that set one name are said for one another, not together: `deploy/ca.env`, `deploy/us.env`.
            let is_direct = |used: &Credential| used.origin.file == used.room.file;
            let apart = room.key != with.key && is_direct(self) && is_direct(other);
            return room.file == with.file || absolute || room.program && with.program || apart;
        }
        // Two workloads of one namespace whose manifests lie side by side take one Secret.
        let is_beside = room.namespace.is_some() && room.namespace == with.namespace && room.folder == with.folder;
        // Two items of one file, filled in at once; a setting that both take in is filled in for each.
        (room.file == with.file || is_beside)
            && !room.program
            && !with.program
            && (room.statement != with.statement || absolute)
    }
}

/// Every use of a credential whose instance is known.
pub fn find(
    codebase: &Codebase<'_>,
    statements: &[Statement],
    profiles: &[Described],
    policy: &Policy,
) -> Vec<Credential> {
    let rooms = Rooms::new(codebase, statements);
    let mut found = Vec::new();
    for (profile, described) in profiles.iter().enumerate() {
        for (slot, of_slot) in described.slots.iter().enumerate() {
            for at in &of_slot.entries {
                let entry = described.entry(*at);
                let said = &statements[entry.statement];
                let uses = uses(codebase.sources, said, entry);
                if uses.is_empty() {
                    continue;
                }
                let mut holders: Vec<Holder> =
                    holder(described, slot, of_slot, entry, statements).into_iter().collect();
                if holders.iter().all(|holder| holder.label.is_none()) {
                    let hosts = of_slot.entries.iter().map(|at| &statements[described.entry(*at).statement]);
                    let of_file = |host: &&Statement| host.file == said.file && host.scope == said.scope;
                    let scopes = &rooms.facts[&said.file].scopes;
                    let rows =
                        hosts.filter(of_file).flat_map(|host| columns::holders(host, statements, scopes, policy));
                    holders.extend(rows);
                }
                for holder in holders {
                    if !is_of_flinks(said, of_slot, &holder) || is_contradicted(entry, &holder) {
                        continue;
                    }
                    let room = rooms.of(entry.statement, said);
                    found.extend(uses.iter().map(|used| Credential {
                        component: used.component,
                        identity: used.identity.clone(),
                        holder: holder.clone(),
                        profile,
                        slot,
                        entry: *at,
                        environment: described.profile.environment,
                        written: used.via.first().copied().unwrap_or(used.origin),
                        origin: used.origin,
                        via: used.via.clone(),
                        trust: used.trust,
                        room: room.clone(),
                    }));
                }
            }
        }
    }
    found
}

/// Whose the settings of a slot are; `None` where they name several instances, or contradict themselves.
fn holder(described: &Described, at: usize, slot: &Slot, entry: &Entry, statements: &[Statement]) -> Option<Holder> {
    // A sandbox that is taken where nobody sets a name shows nothing of the key beside it.
    let counts = |used: &&InstanceUse| !(used.sandbox && used.trust == Trust::Fallback);
    let instances = slot.entries.iter().filter_map(|at| described.entry(*at).instance.as_ref());
    let named: Vec<&InstanceUse> = instances.filter(counts).collect();
    let labels: BTreeSet<&str> = named.iter().map(|used| used.label.as_str()).collect();
    if labels.len() > 1 {
        return None;
    }
    let tag = statements[entry.statement].tags.first().or_else(|| {
        let mut entries = slot.entries.iter().map(|at| &statements[described.entry(*at).statement]);
        entries.find_map(|said| said.tags.first())
    });
    let tag = tag.filter(|tag| slot.country == Some(tag.country)).map(tag_label);
    if let Some(used) = named.first() {
        let disagrees =
            !used.sandbox && used.country.is_some() && slot.country.is_some() && used.country != slot.country;
        let country = if used.sandbox { None } else { used.country.or(slot.country) };
        return (!disagrees).then(|| Holder {
            label: Some(used.label.clone()),
            country,
            sandbox: used.sandbox,
            evidence: country_labels(used),
        });
    }
    if let Some(country) = slot.country {
        let mut of_slot = described.instances.iter().filter(|known| known.label.is_some() && known.slots.contains(&at));
        let instance = of_slot.next().filter(|_| of_slot.next().is_none());
        if let Some(shared) = instance.filter(|known| known.sandbox) {
            let (label, evidence) = (shared.label.clone(), shared.evidence.clone());
            return Some(Holder { label, country: None, sandbox: true, evidence });
        }
        let instance = instance.filter(|known| known.country == Some(country));
        let evidence = tag.into_iter().chain(instance.into_iter().flat_map(|known| known.evidence.clone())).collect();
        let label = instance.and_then(|known| known.label.clone());
        return Some(Holder { label, country: Some(country), sandbox: false, evidence });
    }
    if let Some(owner) = &entry.owner {
        let evidence = vec![owner.promise()];
        let label = Some(owner.label.clone());
        return Some(Holder { label, country: Some(owner.country), sandbox: false, evidence });
    }
    only(described, slot)
}

/// The one instance of a profile: a key that says nothing of its own is used for it.
fn only(described: &Described, slot: &Slot) -> Option<Holder> {
    let [instance] = described.instances.as_slice() else { return None };
    let alike = instance.slots.iter().any(|at| described.slots[*at].stem == slot.stem);
    let named = described.profile.entries.iter().filter_map(|entry| entry.instance.as_ref());
    let is_fallback = named.into_iter().all(|used| used.trust == Trust::Fallback);
    (alike && instance.label.is_some() && !is_fallback).then(|| Holder {
        label: instance.label.clone(),
        country: instance.country,
        sandbox: instance.sandbox,
        evidence: instance.evidence.clone(),
    })
}

fn tag_label(tag: &Tag) -> Label {
    Label::on(tag.place, tag.says.clone())
}

/// Whether the words of its reference, or the policy, say that it is of another instance: that is a fault of its own.
fn is_contradicted(entry: &Entry, holder: &Holder) -> bool {
    let by_words = holder
        .country
        .is_some_and(|country| !entry.refers.is_empty() && entry.refers.iter().all(|tag| tag.country != country));
    let by_policy = entry.owner.as_ref().is_some_and(|owner| {
        let country = holder.country.is_some_and(|country| country != owner.country);
        country || !holder.sandbox && holder.label.as_ref().is_some_and(|label| *label != owner.label)
    });
    by_words || by_policy
}

/// Words of names that stand beside those of Flinks and mean another's keys, or keys of one's own.
const OF_OTHERS: &[&str] = &[
    "plaid",
    "stripe",
    "twilio",
    "dwolla",
    "akoya",
    "mx",
    "finicity",
    "yodlee",
    "inverite",
    "vopay",
    "sentry",
    "datadog",
    "segment",
    "sendgrid",
    "mailgun",
    "slack",
    "github",
    "gitlab",
    "google",
    "azure",
    "aws",
    "gcp",
    "auth0",
    "okta",
    "cognito",
    "firebase",
    "supabase",
    "redis",
    "postgres",
    "mysql",
    "database",
    "db",
    "smtp",
    "mail",
    "jwt",
    "session",
    "cookie",
    "csrf",
    "encryption",
    "encrypt",
    "cipher",
    "hash",
    "salt",
    "pepper",
    "storage",
    "bucket",
    "queue",
    "kafka",
    "oauth2",
    "admin",
    "internal",
];

/// Whether a key is one of Flinks: what stands beside a Flinks host under a name of its own is somebody else's.
fn is_of_flinks(said: &Statement, slot: &Slot, holder: &Holder) -> bool {
    let own = words::plain(&said.name().text);
    let of_others = |word: &String| OF_OTHERS.contains(&word.as_str());
    let named = said.reading.flinks || slot.stem.is_empty() || holder.label.is_some();
    // `clientSecret: process.env.KEYCLOAK_CLIENT_SECRET`
    let refers_elsewhere = said.value.references().any(|reference| {
        let named: Vec<&str> = reference.name.split('.').collect();
        let reading = names::read(&named);
        is_shouted(named.last().unwrap_or(&"")) && !reading.flinks && !reading.stem.is_empty()
    });
    named && !own.iter().chain(&said.reading.stem).any(of_others) && (said.reading.flinks || !refers_elsewhere)
}

/// One credential in a setting.
struct Use {
    component: Component,
    identity: Identity,
    origin: Span,
    via: Vec<Span>,
    trust: Trust,
}

fn uses(sources: &Sources, said: &Statement, entry: &Entry) -> Vec<Use> {
    let text = entry.resolved.expose();
    let mut parts: Vec<(Component, Range<usize>)> = customer_ids(entry);
    if let Some(component) = said.component().filter(|component| component.is_credential()) {
        let is_basic = text.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic "));
        let component = if is_basic { Component::SecretKey } else { component };
        parts.push((component, canonical::bare(text)));
    }
    parts.into_iter().flat_map(|(component, range)| part(sources, said, entry, component, range)).collect()
}

/// The customerIds in addresses of instances: `…fin.ag/v3/<customerId>/BankingServices`, `…?customerId=<customerId>`.
fn customer_ids(entry: &Entry) -> Vec<(Component, Range<usize>)> {
    let text = entry.resolved.expose();
    let mut found = Vec::new();
    for host in &entry.hosts {
        let Some(rest) = text.get(host.host.range.end..) else { continue };
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>')).unwrap_or(rest.len());
        let lower = rest[..end].to_ascii_lowercase();
        let in_path = lower.find("/v").and_then(|at| {
            let digits = lower[at + 2..].bytes().take_while(u8::is_ascii_digit).count();
            let first = lower[..at].bytes().all(|byte| byte == b':' || byte.is_ascii_digit());
            let start = at + 2 + digits + 1;
            (first && digits > 0 && lower[at + 2 + digits..].starts_with('/')).then_some(start)
        });
        let in_query = lower.find("customerid=").map(|at| at + "customerid=".len());
        for start in [in_path, in_query].into_iter().flatten() {
            let length = lower[start..].find(['/', '?', '&', '#', ';', ')', ',']).unwrap_or(lower.len() - start);
            let from = host.host.range.end + start;
            found.push((Component::CustomerId, from..from + length));
        }
    }
    found
}

/// The literal or the references that a part of a value is.
fn part(sources: &Sources, said: &Statement, entry: &Entry, component: Component, range: Range<usize>) -> Vec<Use> {
    let text = &entry.resolved.expose()[range.clone()];
    let Some(single) = entry.resolved.single(range.clone()) else {
        // Put together of several pieces, all of them known.
        let trust = entry.resolved.trust(range);
        let forms = if text.contains(HOLE) { Vec::new() } else { canonical::forms(text) };
        let identity = |form: String| Identity::Value(Secret::new(&form));
        let used =
            |form| Use { component, identity: identity(form), origin: said.value_span(), via: Vec::new(), trust };
        return forms.into_iter().map(used).collect();
    };
    let via: Vec<Span> = single.via.iter().map(|met| met.span).collect();
    let is_fallback = single.via.iter().any(|met| !met.defined);
    let used = |identity: Identity, origin: Span, via: &[Span]| Use {
        component,
        identity,
        origin,
        via: via.to_vec(),
        trust: single.trust,
    };
    let mut found = Vec::new();
    if single.hole.is_none() {
        let literals = canonical::forms(text).into_iter();
        found.extend(literals.map(|form| used(Identity::Value(Secret::new(&form)), single.span, &via)));
    }
    // What holds only where nobody sets the name is no reference that both follow.
    if is_fallback || single.hole.is_some() && text.chars().count() != 1 {
        return found;
    }
    let whole = single.via.iter().chain(&single.hole).enumerate();
    for (at, met) in whole {
        if let Some(identity) = identity(sources, said, met) {
            found.push(used(identity, met.span, &via[..at]));
        }
    }
    found
}

/// What a reference refers to, if it is the same wherever the reference stands.
fn identity(sources: &Sources, said: &Statement, met: &Met) -> Option<Identity> {
    let written = if sources.has(met.span.file) { sources.slice(met.span) } else { "" };
    let own = met.name.rsplit('.').next().unwrap_or(&met.name);
    let relative = |locator: String| Identity::Reference { locator, absolute: false };
    match met.kind {
        ReferenceKind::Named => {
            let fixed = is_shouted(&met.name)
                || names::says_flinks(&met.name)
                || ["var.", "local.", ".Values."].iter().any(|root| written.contains(root));
            let is_open = is_relative(written) || met.name.contains(['$', '{', '%', '*', '#']);
            (fixed && !is_open).then(|| relative(format!("name {}", words::normal(&met.name))))
        }
        // `settings.FLINKS_SECRET_KEY`: an object that is filled from outside, and constants that the platform gives.
        ReferenceKind::Symbol => {
            let of_itself = met.name.starts_with("this.") || met.name.starts_with("self.");
            let fixed = !met.defined && is_shouted(own) && names::says_flinks(&met.name) && !of_itself;
            fixed.then(|| relative(format!("name {}", words::normal(own))))
        }
        ReferenceKind::Stored => {
            let is_kept = written.is_empty() || !met.span.contains(said.name().span);
            // The platform has it under the name of the setting, for each item its own: `sync: false`.
            let last = met.name.rsplit('/').next().unwrap_or(&met.name);
            let unsaid = words::normal(&met.name) == words::normal(&said.name().text) && !written.contains(last);
            let locator = locator(&met.name);
            (is_kept && !unsaid && !has_hole(&locator))
                .then(|| Identity::Reference { absolute: is_absolute(&locator), locator: format!("store {locator}") })
        }
        ReferenceKind::Computed => None,
    }
}

fn is_shouted(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase()) && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a template's name hangs on the block around it: `{{ .secretKey }}` within `with`, `{{ $item.key }}`,
/// `{customerId}` that a program fills in.
fn is_relative(written: &str) -> bool {
    const ROOTS: &[&str] = &[".Values.", "$.Values.", ".Env.", "$.Env."];
    let inner = written.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '(' | '-'));
    let hangs = written.starts_with("{{") && inner.starts_with(['.', '$']);
    let filled_in = (written.starts_with('{') && !written.starts_with("{{")) || written.starts_with(['<', '%']);
    filled_in && !written.starts_with("<%") || hangs && !ROOTS.iter().any(|root| written.contains(root))
}

/// A path in a store without what may stand or not.
fn locator(name: &str) -> String {
    name.trim().trim_end_matches('/').to_owned()
}

/// Whether a part of a path in a store is filled in where it is used.
fn has_hole(locator: &str) -> bool {
    let written = locator.strip_prefix("{{resolve:").map_or(locator, |inner| inner.trim_end_matches('}'));
    written.contains(['$', '{', '*', '<', HOLE]) || written.contains("%s") || written.contains("each.")
}

/// Whether a store's path is one and the same for all who name it. The name of a Kubernetes Secret is one of a namespace,
/// that of a CI secret one of a repository, and a parameter's path one of an account and region.
fn is_absolute(locator: &str) -> bool {
    const STORES: &[&str] = &["vault:", "arn:", "@Microsoft.KeyVault(", "projects/"];
    locator.contains("://") || STORES.iter().any(|store| locator.starts_with(store))
}

/// What tells the room of a setting.
struct Rooms<'c> {
    facts: HashMap<FileId, &'c Facts>,
    namespaces: HashMap<(FileId, ScopeId), String>,
    sources: &'c Sources,
}

impl<'c> Rooms<'c> {
    fn new(codebase: &Codebase<'c>, statements: &[Statement]) -> Self {
        let named = statements.iter().filter(|said| said.path.len() == 1 && &*said.name().text == "namespace");
        let namespaces = named.map(|said| ((said.file, said.scope), said.value.word().to_owned())).collect();
        let facts = codebase.facts.iter().map(|facts| (facts.file, facts)).collect();
        Rooms { facts, namespaces, sources: codebase.sources }
    }

    fn of(&self, statement: usize, said: &Statement) -> Room {
        let facts = self.facts[&said.file];
        let around = || std::iter::successors(Some(said.scope), |scope| facts.scope(*scope).parent).take(DEEPEST);
        let of_scope = around().find_map(|scope| facts.scope(scope).environment.as_ref());
        Room {
            file: said.file,
            program: said.said == Said::Program,
            statement,
            stage: of_scope.map(|word| word.value.to_lowercase()).or_else(|| stage_of_keys(said)),
            namespace: around().find_map(|scope| self.namespaces.get(&(said.file, scope)).cloned()),
            key: said.key.clone(),
            folder: super::units::parent(self.sources.path(said.file)).to_owned(),
        }
    }
}

/// Blocks within blocks beyond this are no longer told apart.
const DEEPEST: usize = 64;

/// The key above that says the environment: `production_ca`.
fn stage_of_keys(said: &Statement) -> Option<String> {
    let saying = said.environment.as_ref().filter(|saying| !saying.overridable)?;
    let Place::At(place) = saying.because.place else { return None };
    let above = said.path.split_last().map_or(&[][..], |(_, above)| above);
    let name = above.iter().find(|name| name.span.contains(place))?;
    countries::only(&name.text).is_some().then(|| name.text.to_lowercase())
}
