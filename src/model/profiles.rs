//! Profiles: the settings in force in one environment of one unit, layers and references included.

mod fold;
mod in_force;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::fact::{Bundle, Facts, Reference, ReferenceKind, Said, Scope, ScopeId};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::resolve;
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::names::Component;
use crate::vocabulary::{Environment, paths, words};

use super::entries::Entry;
use super::layers::{self, Family};
use super::statements::Statement;
use super::symbols::Symbols;
use super::units::{Unit, parent};
use fold::{fold, shape};
use in_force::InForce;

/// One environment of one deployable unit.
#[derive(Debug)]
pub struct Profile {
    pub unit: Unit,
    /// `None` for the files that say none.
    pub environment: Option<Environment>,
    /// What says the environment, each thing once.
    pub because: Vec<Label>,
    pub entries: Vec<Entry>,
    /// What its blocks take over as a whole and the tree does not hold: an env file, a Kubernetes Secret.
    pub absent: BTreeSet<Bundle>,
}

impl Profile {
    pub fn is_production(&self) -> bool {
        self.environment == Some(Environment::Production)
    }

    /// For people: `production of api`.
    pub fn name(&self) -> String {
        let environment = self.environment.map_or("any environment", Environment::name);
        if self.unit.folder.is_empty() && self.unit.item.is_none() {
            environment.to_owned()
        } else {
            format!("{environment} of {}", self.unit.name())
        }
    }
}

type Key = (Unit, Option<Environment>);

/// Groups all settings that may be deployed into profiles.
pub fn build(
    sources: &Sources,
    facts: &[Facts],
    statements: &[Statement],
    layered_env: &[String],
    policy: &Policy,
) -> Vec<Profile> {
    let builder = Builder::new(sources, facts, statements, layered_env);
    let (members, lying_under) = builder.members();
    let mut absent = builder.absent();
    let profile = |(key, own): (&Key, &Vec<usize>)| {
        let profile = builder.profile(key, own, &members, &lying_under, policy);
        Profile { absent: absent.remove(key).unwrap_or_default(), ..profile }
    };
    members.iter().map(profile).collect()
}

/// A block with what it takes from other files and blocks.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Taker {
    key: Key,
    file: FileId,
    /// Of that, what is in force in its profile for being taken.
    layer: Vec<usize>,
    used: BTreeSet<usize>,
    /// Where a module says what it takes over.
    from: Option<Span>,
}

/// What says that a setting of elsewhere holds in a profile.
type LyingUnder = BTreeMap<(Key, usize), Label>;

struct Builder<'a> {
    sources: &'a Sources,
    statements: &'a [Statement],
    symbols: Symbols<'a>,
    scopes: HashMap<FileId, &'a Facts>,
    families: HashMap<FileId, Option<Family>>,
    /// Settings by the joined words of their path and of every end of it.
    by_key: HashMap<String, Vec<usize>>,
    /// Names whose own definitions refer to them: `A=${A:-x}`.
    self_referring: HashSet<String>,
    /// Settings without an environment that refer to a name.
    templates: HashMap<String, Vec<usize>>,
    /// Settings without an environment that may be deployed, by their block and by the family of their file.
    loose_by_scope: HashMap<(FileId, ScopeId), Vec<usize>>,
    loose_by_family: HashMap<&'a str, HashMap<Family, Vec<usize>>>,
    /// Of the settings inside a block, the last of those that say the most of their environment.
    inside: HashMap<(FileId, ScopeId), usize>,
    first_of_file: HashMap<FileId, usize>,
    /// Units with items that set nothing differently are one unit.
    folded: HashMap<Unit, Unit>,
    /// The settings that belong to a bundle.
    bundles: HashMap<Bundle, Vec<usize>>,
}

impl<'a> Builder<'a> {
    fn new(sources: &'a Sources, facts: &'a [Facts], statements: &'a [Statement], layered_env: &[String]) -> Self {
        let symbols = Symbols::new(sources, facts, statements);
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut self_referring = HashSet::new();
        // A variable is not what a program calls so: `FLINKS_URL = os.environ["FLINKS_URL"]`.
        let defining = |statement: &Statement| statement.may_hold() && statement.said != Said::Program;
        for (at, statement) in statements.iter().enumerate().filter(|(_, statement)| defining(statement)) {
            let names: Vec<String> =
                statement.path.iter().filter(|name| !name.index).map(|name| words::normal(&name.text)).collect();
            let mut referred = referred(&statement.value);
            referred.extend(statement.value.references().map(|reference| words::normal(last_part(&reference.name))));
            // `provider "aws" { region = … }` of Terraform is no definition of `var.aws_region`.
            let ends = if is_of_terraform(statement) { 1 } else { 6 };
            for start in (0..names.len()).rev().take(6).rev().take(ends) {
                let key = names[start..].join("_");
                if referred.contains(&key) {
                    self_referring.insert(key.clone());
                }
                by_key.entry(key).or_default().push(at);
            }
        }
        let scopes: HashMap<FileId, &Facts> = facts.iter().map(|facts| (facts.file, facts)).collect();
        let families =
            facts.iter().map(|facts| (facts.file, layers::family(sources.path(facts.file), layered_env))).collect();
        let mut builder = Builder {
            sources,
            statements,
            symbols,
            families,
            by_key,
            self_referring,
            templates: HashMap::new(),
            loose_by_scope: HashMap::new(),
            loose_by_family: HashMap::new(),
            inside: HashMap::new(),
            first_of_file: HashMap::new(),
            folded: fold(statements),
            bundles: bundles(sources, &scopes, statements),
            scopes,
        };
        builder.index();
        builder
    }

    /// Notes where every setting is to be looked for, so that no profile has to look at all of them.
    fn index(&mut self) {
        for (at, said) in self.statements.iter().enumerate() {
            self.first_of_file.entry(said.file).or_insert(at);
            for scope in self.ancestors(said.file, said.scope) {
                let known = self.inside.entry((said.file, scope)).or_insert(at);
                if said.environment.is_some() || self.statements[*known].environment.is_none() {
                    *known = at;
                }
            }
            // `NODE_ENV=development` in a base file is a value like others: the layer over it may say otherwise.
            let loose = said.environment.as_ref().is_none_or(|saying| saying.overridable) && said.may_hold();
            if let Some(family) = self.families.get(&said.file).and_then(Option::as_ref).filter(|_| loose) {
                let of_folder = self.loose_by_family.entry(&said.unit.folder).or_default();
                of_folder.entry(family.clone()).or_default().push(at);
            }
            if said.environment.is_some() {
                continue;
            }
            for name in self.referred(&said.value, FOLLOWED).into_iter().filter(|_| said.said != Said::Replaced) {
                self.templates.entry(name).or_default().push(at);
            }
            if said.may_hold() {
                self.loose_by_scope.entry((said.file, said.scope)).or_default().push(at);
            }
        }
    }

    /// The names that a value refers to, those included that its program's names stand for.
    fn referred(&self, value: &crate::fact::Value, depth: usize) -> HashSet<String> {
        let mut names = referred(value);
        let symbols = value.references().filter(|reference| reference.kind == ReferenceKind::Symbol);
        for symbol in symbols.filter(|_| depth > 0) {
            for at in self.symbols.candidates(symbol.span.file, &symbol.name).into_iter().take(FOLLOWED) {
                names.extend(self.referred(&self.statements[at].value, depth - 1));
            }
        }
        names
    }

    /// A block and those around it, from the inside out.
    fn ancestors(&self, file: FileId, scope: ScopeId) -> impl Iterator<Item = ScopeId> + use<'a> {
        let facts = self.scopes[&file];
        std::iter::successors(Some(scope), |scope| facts.scope(*scope).parent).take(DEEPEST)
    }

    fn unit(&self, statement: &Statement) -> Unit {
        self.folded.get(&statement.unit).cloned().unwrap_or_else(|| statement.unit.clone())
    }

    /// Which settings belong to which profile by what they say themselves, or by being taken into one.
    fn members(&self) -> (BTreeMap<Key, Vec<usize>>, LyingUnder) {
        let mut members: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        let mut taken: HashSet<usize> = HashSet::new();
        let mut takers: Vec<Taker> = Vec::new();
        for (file, facts) in &self.scopes {
            for (at, scope) in facts.scopes.iter().enumerate().filter(|(_, scope)| !scope.uses.is_empty()) {
                let Some(key) = self.key_of_scope(*file, ScopeId(at as u32)) else { continue };
                let taker = self.taker(key, *file, scope);
                taken.extend(&taker.layer);
                takers.push(taker);
            }
        }
        let based: Vec<Taker> = self.scopes.values().filter_map(|facts| self.based_on(facts)).collect();
        for (at, statement) in self.statements.iter().enumerate() {
            if !statement.may_hold() || taken.contains(&at) && statement.environment.is_none() {
                continue;
            }
            let key = (self.unit(statement), statement.environment.as_ref().map(|saying| saying.environment));
            members.entry(key).or_default().push(at);
        }
        takers.extend(based);
        takers.sort();
        let mut lying_under = LyingUnder::new();
        for taker in takers {
            let own = members.entry(taker.key.clone()).or_default();
            // What the block sets itself wins over what it takes from elsewhere. Another file of the unit is not the block:
            // `overlays/us/secret.yaml` says nothing of `overlays/ca`.
            let outside = own.iter().filter(|at| !taker.used.contains(at) && self.statements[**at].file == taker.file);
            let keys: HashSet<&str> = outside.map(|at| self.statements[*at].key.as_str()).collect();
            let added: Vec<usize> =
                taker.layer.into_iter().filter(|at| !keys.contains(self.statements[*at].key.as_str())).collect();
            if let Some(from) = taker.from {
                let label = Label::at(from, "takes it over");
                lying_under.extend(added.iter().map(|at| ((taker.key.clone(), *at), label.clone())));
            }
            own.extend(added);
        }
        for own in members.values_mut() {
            own.sort_unstable();
            own.dedup();
        }
        (members, lying_under)
    }

    /// What blocks take over that is not in the tree, by the profile of the block.
    fn absent(&self) -> HashMap<Key, BTreeSet<Bundle>> {
        let mut absent: HashMap<Key, BTreeSet<Bundle>> = HashMap::new();
        for (file, facts) in &self.scopes {
            for (at, scope) in facts.scopes.iter().enumerate() {
                let is_open =
                    |bundle: &&Bundle| !matches!(bundle, Bundle::Folder(_)) && !self.bundles.contains_key(*bundle);
                let open: Vec<&Bundle> = scope.uses.iter().map(|used| &used.value).filter(is_open).collect();
                if open.is_empty() {
                    continue;
                }
                let Some(key) = self.key_of_scope(*file, ScopeId(at as u32)) else { continue };
                absent.entry(key).or_default().extend(open.into_iter().cloned());
            }
        }
        absent
    }

    /// A module of one environment that takes over all of another: `from .base import *`, `{ ...base }`.
    fn based_on(&self, facts: &Facts) -> Option<Taker> {
        let stars = || facts.imports.iter().filter(|import| &*import.local == "*").map(|import| &import.from);
        let from = Some(stars().next()?.span);
        let key = self.key_of_scope(facts.file, ScopeId::FILE).filter(|key| key.1.is_some())?;
        let files: HashSet<FileId> = stars().flat_map(|from| self.symbols.modules(facts.file, &from.value)).collect();
        let said = self.statements.iter().enumerate().filter(|(_, said)| files.contains(&said.file));
        let used: BTreeSet<usize> = said.map(|(at, _)| at).collect();
        let is_loose = |at: &usize| {
            let said = &self.statements[*at];
            said.environment.is_none() && !said.purpose.is_silent() && said.scope == ScopeId::FILE
        };
        let layer = used.iter().copied().filter(is_loose).collect();
        Some(Taker { key, file: facts.file, layer, used, from })
    }

    /// What a block takes from elsewhere: of two files that set one name, the later wins.
    fn taker(&self, key: Key, file: FileId, scope: &Scope) -> Taker {
        let mut taker = Taker { key, file, layer: Vec::new(), used: BTreeSet::new(), from: None };
        let mut set: HashSet<&str> = HashSet::new();
        for bundle in scope.uses.iter().rev() {
            let used: &[usize] = self.bundles.get(&bundle.value).map_or(&[], Vec::as_slice);
            let in_force = used.iter().filter(|at| {
                let said = &self.statements[**at];
                !set.contains(said.key.as_str()) && self.is_layer(said, &taker.key, &bundle.value)
            });
            taker.layer.extend(in_force);
            taker.used.extend(used);
            set.extend(used.iter().map(|at| self.statements[*at].key.as_str()));
        }
        taker.layer.sort_unstable();
        taker
    }

    /// A setting without an environment takes the one of the block that uses it. Production that loads the file of
    /// another environment has its settings all the same.
    fn is_layer(&self, said: &Statement, key: &Key, bundle: &Bundle) -> bool {
        let production = key.1 == Some(Environment::Production) && matches!(bundle, Bundle::File(_));
        let own = said.environment.is_none() || (production && said.said == Said::Variable);
        own && said.may_hold()
    }

    /// The settings that a reference may mean, by its name or, where a notation adds the road to it, by its last part:
    /// `.Values.api.env.FLINKS_HOST`, the key of a ConfigMap as `map/key`.
    fn candidates(&self, reference: &Reference, name: &str) -> Option<Cow<'_, [usize]>> {
        if let Some((map, key)) = reference.name.split_once('/') {
            let inside = self.bundles.get(&Bundle::ConfigMap(map.to_owned()))?;
            let key = words::normal(key);
            return Some(inside.iter().copied().filter(|at| self.statements[*at].key == key).collect());
        }
        if let Some(found) = self.by_key.get(name) {
            return Some(Cow::Borrowed(found));
        }
        // `config('services.flinks.url')`, where a program says `flinks: { url: … }`.
        let dotted = reference.name.replace(':', ".");
        let told = std::iter::successors(Some(dotted.as_str()), |name| Some(name.split_once('.')?.1));
        if let Some(found) = told.map(|name| self.symbols.tail(name)).find(|found| !found.is_empty()) {
            return Some(Cow::Borrowed(found));
        }
        let own = reference.name.rsplit('.').next().filter(|own| *own != &*reference.name)?;
        let shouted = own.bytes().all(|byte| !byte.is_ascii_lowercase());
        self.by_key.get(&words::normal(own)).filter(|_| shouted).map(|found| Cow::Borrowed(found.as_slice()))
    }

    /// The profile of a block, as its own settings have it or, where it has none, as its file says.
    fn key_of_scope(&self, file: FileId, scope: ScopeId) -> Option<Key> {
        if paths::purpose(self.sources.path(file)).is_silent() {
            return None;
        }
        let at = self.inside.get(&(file, scope)).or_else(|| self.first_of_file.get(&file))?;
        let said = &self.statements[*at];
        Some((self.unit(said), said.environment.as_ref().map(|said| said.environment)))
    }

    fn profile(
        &self,
        key: &Key,
        own: &[usize],
        members: &BTreeMap<Key, Vec<usize>>,
        lying_under: &LyingUnder,
        policy: &Policy,
    ) -> Profile {
        let mut layered: Vec<(usize, Option<Label>)> =
            own.iter().map(|at| (*at, lying_under.get(&(key.clone(), *at)).cloned())).collect();
        if key.1.is_some() {
            let base = self.layers_below(key, own);
            layered.extend(base.into_iter().map(|(at, because)| (at, Some(because))));
        }
        let scope = InForce {
            builder: self,
            key,
            members: layered.iter().map(|(at, _)| *at).collect(),
            known: RefCell::default(),
        };
        if key.1.is_some() {
            let known: HashSet<usize> = scope.members.clone();
            layered.extend(self.routes(key, members).filter(|at| !known.contains(at)).map(|at| (at, None)));
            let filled = self.templates_filled_by(key, own, &known, members);
            layered.extend(filled.into_iter().map(|at| (at, None)));
        }
        let mut because: Vec<Label> = Vec::new();
        let entries = layered
            .into_iter()
            .map(|(at, layer)| {
                let said = &self.statements[at];
                if let Some(saying) = said.environment.as_ref().filter(|saying| Some(saying.environment) == key.1)
                    && !because.iter().any(|label| label.place == saying.because.place)
                {
                    because.push(saying.because.clone());
                }
                let mut entry = Entry::new(at, said, resolve::resolve(&said.value, &scope), policy);
                entry.layer = layer;
                entry
            })
            .collect();
        Profile { unit: key.0.clone(), environment: key.1, because, entries, absent: BTreeSet::new() }
    }

    /// Settings without an environment that hold here too, because their layer lies under one of this profile's.
    fn layers_below(&self, key: &Key, own: &[usize]) -> Vec<(usize, Label)> {
        let set_here: HashSet<&str> = own.iter().map(|at| self.statements[*at].key.as_str()).collect();
        let files: HashSet<FileId> = own.iter().map(|at| self.statements[*at].file).collect();
        let over: HashMap<&Family, FileId> =
            sorted(&files).into_iter().filter_map(|file| Some((self.families.get(&file)?.as_ref()?, file))).collect();
        // An outer block of the same file holds in the inner ones.
        let mut outer: BTreeMap<(FileId, ScopeId), (FileId, ScopeId)> = BTreeMap::new();
        let scopes: HashSet<(FileId, ScopeId)> =
            own.iter().map(|at| (self.statements[*at].file, self.statements[*at].scope)).collect();
        for (file, inner) in scopes {
            for scope in self.ancestors(file, inner).skip(1) {
                let nearest = outer.entry((file, scope)).or_insert((file, inner));
                *nearest = (*nearest).min((file, inner));
            }
        }
        let mut found: BTreeMap<usize, Label> = BTreeMap::new();
        for (scope, (file, inner)) in &outer {
            let label = self.inheriting(*file, *inner, key.1);
            let held = self.loose_by_scope.get(scope).into_iter().flatten();
            // What a program says around a branch is not what it says in it.
            let inherited = |said: &Statement| said.unit.folder == key.0.folder && said.said != Said::Program;
            for at in held.filter(|at| inherited(&self.statements[**at])) {
                found.insert(*at, label.clone());
            }
        }
        let families = self.loose_by_family.get(key.0.folder.as_str());
        for (family, layer) in &over {
            let below = families.and_then(|families| families.get(*family)).into_iter().flatten();
            let gives_way = |at: &&usize| {
                let said = &self.statements[**at];
                said.file != *layer && said.environment.as_ref().is_none_or(|saying| Some(saying.environment) != key.1)
            };
            for at in below.filter(gives_way) {
                let text = "lies over it and does not set it".to_owned();
                found.insert(*at, Label { place: Place::Named(*layer), text });
            }
        }
        // `flinks: null` in a layer takes away all that the layers below say under it.
        let own = own.iter().map(|at| &self.statements[*at]);
        let emptied: HashSet<&str> = own.filter(|said| said.value.is_empty()).map(|said| said.key.as_str()).collect();
        found.retain(|at, _| {
            let said = &self.statements[*at];
            !set_here.contains(said.key.as_str()) && !said.keys_above().any(|above| emptied.contains(above.as_str()))
        });
        found.into_iter().collect()
    }

    /// What says that an inner block has what is set around it.
    fn inheriting(&self, file: FileId, inner: ScopeId, environment: Option<Environment>) -> Label {
        let inner = self.scopes[&file].scope(inner);
        let (place, text) = match (&inner.title, &inner.environment, environment) {
            (Some(title), ..) => (Place::At(title.span), "inherits it".to_owned()),
            (None, Some(said), Some(environment)) => {
                (Place::At(said.span), format!("says {}, and inherits it", environment.name()))
            }
            _ => (Place::Named(file), "inherits it".to_owned()),
        };
        Label { place, text }
    }

    /// The routes that a program of the unit takes webhooks in by: it runs in every environment.
    fn routes<'m>(
        &self,
        key: &Key,
        members: &'m BTreeMap<Key, Vec<usize>>,
    ) -> impl Iterator<Item = usize> + use<'m, 'a, '_> {
        let base = members.get(&(Unit { folder: key.0.folder.clone(), item: None }, None));
        let is_route = |at: &usize| {
            let said = &self.statements[*at];
            let is_webhook = said.component() == Some(Component::WebhookUrl);
            said.said == Said::Program && is_webhook && said.value.word().starts_with('/') && said.excluded.is_none()
        };
        base.into_iter().flatten().copied().filter(is_route)
    }

    /// Templates without an environment that this profile's own definitions fill in.
    fn templates_filled_by(
        &self,
        key: &Key,
        own: &[usize],
        known: &HashSet<usize>,
        members: &BTreeMap<Key, Vec<usize>>,
    ) -> Vec<usize> {
        let defined: HashSet<&str> = own.iter().map(|at| self.statements[*at].key.as_str()).collect();
        let base = members.get(&(Unit { folder: key.0.folder.clone(), item: None }, None));
        let base: &[usize] = base.map_or(&[], Vec::as_slice);
        let (mut here, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
        for name in &defined {
            for at in self.templates.get(*name).into_iter().flatten() {
                let said = &self.statements[*at];
                if known.contains(at) || defined.contains(said.key.as_str()) {
                    continue;
                }
                // A name that says Flinks means the same in every unit that does not define it itself.
                let anywhere = !said.purpose.is_silent() && said.unit.folder != key.0.folder && name.contains("flinks");
                if base.binary_search(at).is_ok() {
                    here.insert(*at);
                } else if anywhere {
                    elsewhere.insert(*at);
                }
            }
        }
        let used_with: Vec<usize> = here.iter().flat_map(|at| self.used_with(*at, base)).collect();
        here.extend(used_with.into_iter().filter(|at| !known.contains(at)));
        here.into_iter().chain(elsewhere).collect()
    }

    /// The keys that a program uses together with a template, which hold wherever it is filled in.
    fn used_with(&self, template: usize, base: &[usize]) -> Vec<usize> {
        let with = &self.statements[template];
        let names = |said: &Statement, depth: usize| -> Vec<(Box<str>, Span)> {
            said.path[..depth].iter().map(|name| (name.text.clone(), name.span)).collect()
        };
        let depth = with.path.len() - 1;
        let around = names(with, depth);
        let is_key = |at: &usize| {
            let said = &self.statements[*at];
            said.said == Said::Program
                && (said.file, said.scope) == (with.file, with.scope)
                && said.path.len() > depth
                && said.component().is_some_and(|component| component.is_credential() || component.is_webhook())
                && said.value.as_literal().is_none()
                && names(said, depth) == around
        };
        if with.said != Said::Program {
            return Vec::new();
        }
        base.iter().copied().filter(is_key).collect()
    }
}

/// Whether a setting is one of Terraform itself, which no name refers to.
fn is_of_terraform(said: &Statement) -> bool {
    said.path.len() > 2 && matches!(&*said.path[0].text, "provider" | "terraform")
}

/// Names of programs that stand for one another are followed so far, and so many of one name.
const FOLLOWED: usize = 4;

/// Blocks within blocks beyond this are no longer told apart.
const DEEPEST: usize = 64;

/// `KEY` of `map/KEY` and `.Values.KEY`.
fn last_part(name: &str) -> &str {
    name.rsplit(['.', '/']).next().unwrap_or(name)
}

/// The names that a value refers to.
fn referred(value: &crate::fact::Value) -> HashSet<String> {
    value.references().map(|reference| words::normal(&reference.name)).collect()
}

fn sorted(files: &HashSet<FileId>) -> Vec<FileId> {
    let mut files: Vec<FileId> = files.iter().copied().collect();
    files.sort();
    files
}

/// The settings of every bundle that some block uses.
pub(super) fn bundles(
    sources: &Sources,
    scopes: &HashMap<FileId, &Facts>,
    statements: &[Statement],
) -> HashMap<Bundle, Vec<usize>> {
    let used: HashSet<&Bundle> =
        scopes.values().flat_map(|facts| &facts.scopes).flat_map(|scope| &scope.uses).map(|used| &used.value).collect();
    let mut by_file: HashMap<FileId, Vec<Bundle>> = HashMap::new();
    let mut bundles: HashMap<Bundle, Vec<usize>> = HashMap::new();
    for (at, said) in statements.iter().enumerate() {
        let of_file = by_file.entry(said.file).or_insert_with(|| {
            let path = sources.path(said.file);
            let folders =
                std::iter::successors(Some(parent(path)), |folder| (!folder.is_empty()).then(|| parent(folder)));
            let folders = folders.map(|folder| Bundle::Folder(folder.to_owned()));
            folders.chain([Bundle::File(path.to_owned())]).filter(|bundle| used.contains(bundle)).collect()
        });
        let around = std::iter::successors(Some(said.scope), |scope| scopes[&said.file].scope(*scope).parent);
        let provided = around.take(DEEPEST).flat_map(|scope| &scopes[&said.file].scope(scope).provides);
        for bundle in of_file.iter().chain(provided) {
            bundles.entry(bundle.clone()).or_default().push(at);
        }
    }
    bundles
}
