//! Profiles: the settings in force in one environment of one unit, layers and references included.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::fact::{Bundle, Facts, Reference, Said, Scope, ScopeId};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::resolve::{self, Definition, Definitions, Trust};
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::{Environment, paths, words};

use super::entries::Entry;
use super::layers::{self, Family};
use super::statements::Statement;
use super::units::{Unit, parent};

/// One environment of one deployable unit.
#[derive(Debug)]
pub struct Profile {
    pub unit: Unit,
    /// `None` for the files that say none.
    pub environment: Option<Environment>,
    /// What says the environment, each thing once.
    pub because: Vec<Label>,
    pub entries: Vec<Entry>,
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
    let members = builder.members();
    members.iter().map(|(key, own)| builder.profile(key, own, &members, policy)).collect()
}

/// A block with what it takes from other files and blocks.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Taker {
    key: Key,
    /// Of that, what is in force in its profile for being taken.
    layer: Vec<usize>,
    used: BTreeSet<usize>,
}

struct Builder<'a> {
    sources: &'a Sources,
    statements: &'a [Statement],
    scopes: HashMap<FileId, &'a Facts>,
    families: HashMap<FileId, Option<Family>>,
    /// Settings by the joined words of their path and of every end of it.
    by_key: HashMap<String, Vec<usize>>,
    /// Units with items that set nothing differently are one unit.
    folded: HashMap<Unit, Unit>,
    /// The settings that belong to a bundle.
    bundles: HashMap<Bundle, Vec<usize>>,
}

impl<'a> Builder<'a> {
    fn new(sources: &'a Sources, facts: &'a [Facts], statements: &'a [Statement], layered_env: &[String]) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, statement) in statements.iter().enumerate().filter(|(_, statement)| !statement.purpose.is_silent()) {
            let names: Vec<String> =
                statement.path.iter().filter(|name| !name.index).map(|name| words::normal(&name.text)).collect();
            for start in (0..names.len()).rev().take(6) {
                by_key.entry(names[start..].join("_")).or_default().push(at);
            }
        }
        let scopes: HashMap<FileId, &Facts> = facts.iter().map(|facts| (facts.file, facts)).collect();
        let families =
            facts.iter().map(|facts| (facts.file, layers::family(sources.path(facts.file), layered_env))).collect();
        let folded = fold(statements);
        let bundles = bundles(sources, &scopes, statements);
        Builder { sources, statements, scopes, families, by_key, folded, bundles }
    }

    fn unit(&self, statement: &Statement) -> Unit {
        self.folded.get(&statement.unit).cloned().unwrap_or_else(|| statement.unit.clone())
    }

    /// Which settings belong to which profile by what they say themselves, or by being taken into one.
    fn members(&self) -> BTreeMap<Key, Vec<usize>> {
        let mut members: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        let mut taken: HashSet<usize> = HashSet::new();
        let mut takers: Vec<Taker> = Vec::new();
        for (file, facts) in &self.scopes {
            for (at, scope) in facts.scopes.iter().enumerate().filter(|(_, scope)| !scope.uses.is_empty()) {
                let Some(key) = self.key_of_scope(*file, ScopeId(at as u32)) else { continue };
                let taker = self.taker(key, scope);
                taken.extend(&taker.layer);
                takers.push(taker);
            }
        }
        for (at, statement) in self.statements.iter().enumerate() {
            if statement.purpose.is_silent() || taken.contains(&at) && statement.environment.is_none() {
                continue;
            }
            let key = (self.unit(statement), statement.environment.as_ref().map(|saying| saying.environment));
            members.entry(key).or_default().push(at);
        }
        takers.sort();
        for taker in takers {
            let own = members.entry(taker.key).or_default();
            // What the block sets itself wins over what it takes from elsewhere.
            let outside = own.iter().filter(|at| !taker.used.contains(at));
            let keys: HashSet<&str> = outside.map(|at| self.statements[*at].key.as_str()).collect();
            let added: Vec<usize> =
                taker.layer.into_iter().filter(|at| !keys.contains(self.statements[*at].key.as_str())).collect();
            own.extend(added);
        }
        for own in members.values_mut() {
            own.sort_unstable();
            own.dedup();
        }
        members
    }

    /// What a block takes from elsewhere: of two files that set one name, the later wins.
    fn taker(&self, key: Key, scope: &Scope) -> Taker {
        let mut taker = Taker { key, layer: Vec::new(), used: BTreeSet::new() };
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
        own && !said.purpose.is_silent()
    }

    /// The settings that a reference may mean, by its name or, where a notation adds the road to it, by its last part:
    /// `.Values.api.env.FLINKS_HOST`, the key of a ConfigMap as `map/key`.
    fn candidates(&self, reference: &Reference, name: &str) -> Option<Vec<usize>> {
        if let Some((map, key)) = reference.name.split_once('/') {
            let inside = self.bundles.get(&Bundle::ConfigMap(map.to_owned()))?;
            let key = words::normal(key);
            return Some(inside.iter().copied().filter(|at| self.statements[*at].key == key).collect());
        }
        if let Some(found) = self.by_key.get(name) {
            return Some(found.clone());
        }
        let own = reference.name.rsplit('.').next().filter(|own| *own != &*reference.name)?;
        let shouted = own.bytes().all(|byte| !byte.is_ascii_lowercase());
        self.by_key.get(&words::normal(own)).filter(|_| shouted).cloned()
    }

    /// The profile of a block, as its own settings have it or, where it has none, as its file says.
    fn key_of_scope(&self, file: FileId, scope: ScopeId) -> Option<Key> {
        if paths::purpose(self.sources.path(file)).is_silent() {
            return None;
        }
        let inside = |statement: &&Statement| statement.file == file && self.is_within(file, statement.scope, scope);
        let of =
            |statement: &Statement| (self.unit(statement), statement.environment.as_ref().map(|said| said.environment));
        if let Some(statement) = self.statements.iter().filter(inside).max_by_key(|said| said.environment.is_some()) {
            return Some(of(statement));
        }
        let beside = self.statements.iter().find(|statement| statement.file == file);
        beside.map(of)
    }

    fn is_within(&self, file: FileId, inner: ScopeId, outer: ScopeId) -> bool {
        let facts = self.scopes[&file];
        let mut next = Some(inner);
        for _ in 0..=facts.scopes.len() {
            match next {
                Some(id) if id == outer => return true,
                Some(id) => next = facts.scope(id).parent,
                None => return false,
            }
        }
        false
    }

    fn profile(&self, key: &Key, own: &[usize], members: &BTreeMap<Key, Vec<usize>>, policy: &Policy) -> Profile {
        let mut layered: Vec<(usize, Option<Label>)> = own.iter().map(|at| (*at, None)).collect();
        if key.1.is_some() {
            let base = self.layers_below(key, own);
            layered.extend(base.into_iter().map(|(at, because)| (at, Some(because))));
        }
        let scope = InForce { builder: self, key, members: layered.iter().map(|(at, _)| *at).collect() };
        if key.1.is_some() {
            let known: HashSet<usize> = scope.members.clone();
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
        Profile { unit: key.0.clone(), environment: key.1, because, entries }
    }

    /// Settings without an environment that hold here too, because their layer lies under one of this profile's.
    fn layers_below(&self, key: &Key, own: &[usize]) -> Vec<(usize, Label)> {
        let set_here: HashSet<&str> = own.iter().map(|at| self.statements[*at].key.as_str()).collect();
        let files: HashSet<FileId> = own.iter().map(|at| self.statements[*at].file).collect();
        let over: HashMap<&Family, FileId> =
            sorted(&files).into_iter().filter_map(|file| Some((self.families.get(&file)?.as_ref()?, file))).collect();
        let scopes: HashSet<(FileId, ScopeId)> =
            own.iter().map(|at| (self.statements[*at].file, self.statements[*at].scope)).collect();
        let mut found = Vec::new();
        for (at, said) in self.statements.iter().enumerate() {
            let elsewhere = said.purpose.is_silent() || set_here.contains(said.key.as_str());
            // `NODE_ENV=development` in a base file is a value like others: the layer over it may say otherwise.
            let settled = said
                .environment
                .as_ref()
                .is_some_and(|saying| !saying.overridable || Some(saying.environment) == key.1);
            if elsewhere || settled || said.unit.folder != key.0.folder {
                continue;
            }
            let family = self.families.get(&said.file).and_then(Option::as_ref);
            if let Some(layer) = family.and_then(|family| over.get(family)).filter(|layer| **layer != said.file) {
                let text = "lies over it and does not set it".to_owned();
                found.push((at, Label { place: Place::Named(*layer), text }));
                continue;
            }
            if said.environment.is_some() {
                continue;
            }
            // An outer block of the same file holds in the inner ones.
            let inner = scopes.iter().filter(|(file, scope)| {
                *file == said.file && *scope != said.scope && self.is_within(*file, *scope, said.scope)
            });
            if let Some((file, scope)) = inner.min() {
                let inner = self.scopes[file].scope(*scope);
                let (place, text) = match (&inner.title, &inner.environment, key.1) {
                    (Some(title), ..) => (Place::At(title.span), "inherits it".to_owned()),
                    (None, Some(said), Some(environment)) => {
                        (Place::At(said.span), format!("says {}, and inherits it", environment.name()))
                    }
                    _ => (Place::Named(*file), "inherits it".to_owned()),
                };
                found.push((at, Label { place, text }));
            }
        }
        found
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
        let anywhere = self.statements.iter().enumerate().filter(|(_, said)| {
            said.environment.is_none() && !said.purpose.is_silent() && said.unit.folder != key.0.folder
        });
        let fills = |at: &usize, flinks_only: bool| {
            let said = &self.statements[*at];
            !known.contains(at)
                && !defined.contains(said.key.as_str())
                && said.value.references().any(|reference| {
                    let name = words::normal(&reference.name);
                    defined.contains(name.as_str()) && (!flinks_only || name.contains("flinks"))
                })
        };
        let mut found: Vec<usize> = base.into_iter().flatten().filter(|at| fills(at, false)).copied().collect();
        // A name that says Flinks means the same in every unit that does not define it itself.
        found.extend(anywhere.map(|(at, _)| at).filter(|at| fills(at, true)));
        found
    }
}

fn sorted(files: &HashSet<FileId>) -> Vec<FileId> {
    let mut files: Vec<FileId> = files.iter().copied().collect();
    files.sort();
    files
}

/// What an item sets in which environment.
type Values<'s> = HashMap<(&'s str, Option<Environment>), String>;

/// Items of one folder that set the same names to the same values are one unit with the folder itself.
fn fold(statements: &[Statement]) -> HashMap<Unit, Unit> {
    let mut items: BTreeMap<&str, BTreeMap<&Unit, Values<'_>>> = BTreeMap::new();
    for said in statements.iter().filter(|said| said.unit.item.is_some() && said.flinks) {
        let environment = said.environment.as_ref().map(|saying| saying.environment);
        let values = items.entry(&said.unit.folder).or_default().entry(&said.unit).or_default();
        values.insert((&said.key, environment), shape(said));
    }
    let mut folded = HashMap::new();
    for said in statements.iter().filter(|said| said.unit.item.is_some()) {
        let folder = &said.unit.folder;
        let conflict = items.get(folder.as_str()).is_some_and(|units| {
            let mut seen: HashMap<&(&str, Option<Environment>), &String> = HashMap::new();
            units.values().flatten().any(|(key, value)| seen.insert(key, value).is_some_and(|other| other != value))
        });
        if !conflict {
            folded.insert(said.unit.clone(), Unit { folder: folder.clone(), item: None });
        }
    }
    folded
}

/// A value in a form that two equal ones share.
fn shape(said: &Statement) -> String {
    said.value
        .pieces
        .iter()
        .map(|piece| match piece {
            crate::fact::Piece::Text(text) => text.expose().to_owned(),
            crate::fact::Piece::Reference(reference) => format!("\u{0}{}", reference.name),
        })
        .collect()
}

fn bundles(
    sources: &Sources,
    scopes: &HashMap<FileId, &Facts>,
    statements: &[Statement],
) -> HashMap<Bundle, Vec<usize>> {
    let mut bundles: HashMap<Bundle, Vec<usize>> = HashMap::new();
    for (at, said) in statements.iter().enumerate() {
        let path = sources.path(said.file);
        bundles.entry(Bundle::File(path.to_owned())).or_default().push(at);
        let mut folder = parent(path);
        loop {
            bundles.entry(Bundle::Folder(folder.to_owned())).or_default().push(at);
            if folder.is_empty() {
                break;
            }
            folder = parent(folder);
        }
        let mut next = Some(said.scope);
        for _ in 0..32 {
            let Some(id) = next else { break };
            let scope = scopes[&said.file].scope(id);
            for provided in &scope.provides {
                bundles.entry(provided.clone()).or_default().push(at);
            }
            next = scope.parent;
        }
    }
    bundles
}

/// The definitions that hold in one profile.
struct InForce<'b> {
    builder: &'b Builder<'b>,
    key: &'b Key,
    members: HashSet<usize>,
}

/// How near a definition is, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Profile,
    SameFile,
    ComposeEnv,
    Base,
    OtherUnit,
    OtherBase,
    Default,
}

impl Definitions for InForce<'_> {
    fn define(&self, reference: &Reference) -> Option<Definition<'_>> {
        let name = words::normal(&reference.name);
        let candidates = self.builder.candidates(reference, &name)?;
        let mut best: Option<(Nearness, Vec<usize>)> = None;
        for at in candidates {
            let said = &self.builder.statements[at];
            // A name passed on under its own name is no definition of itself.
            if said.value.span.contains(reference.span) {
                continue;
            }
            let Some(nearness) = self.nearness(at, said, reference.span, &name) else { continue };
            match &mut best {
                Some((known, _)) if *known < nearness => {}
                Some((known, found)) if *known == nearness => found.push(at),
                _ => best = Some((nearness, vec![at])),
            }
        }
        let (nearness, found) = best?;
        let at = self.one(&found, reference.span)?;
        let said = &self.builder.statements[at];
        let trust = match nearness {
            Nearness::Default => Trust::Fallback,
            _ if said.said == Said::Default => Trust::Fallback,
            Nearness::Profile | Nearness::SameFile | Nearness::ComposeEnv => Trust::Said,
            Nearness::Base | Nearness::OtherUnit | Nearness::OtherBase => Trust::Assumed,
        };
        Some(Definition { value: &said.value, trust })
    }
}

impl InForce<'_> {
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
