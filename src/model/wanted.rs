//! What the files with a word of Flinks leave open, for a second look at those without: names that nothing defines,
//! env files that someone may take in, tables that a later migration may change.

use std::collections::{BTreeSet, HashSet};

use crate::fact::{Bundle, Change, Facts, Field, Piece, RecordKind, ReferenceKind, Said, Scope, Value, Written};
use crate::source::{FileId, Sources};
use crate::vocabulary::hosts;
use crate::vocabulary::login::{held_login, login_name};
use crate::vocabulary::{Environment, headers, names, paths, region_uses, words};

use super::exposure;
use super::layers::{self, Family};
use super::stores::Origin;
use super::symbols::{self, Imports};
use super::units::{Folders, parent};
use super::{Described, Model};

/// Names to look for, each as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Variables and keys: to be looked for in configuration of the units that refer to them.
    pub settings: BTreeSet<String>,
    /// The folders of those units.
    pub units: BTreeSet<String>,
    /// Env files and ConfigMaps that others may take in: to be looked for in files that can.
    pub bundles: BTreeSet<String>,
    /// Files that others take in, by their paths.
    pub files: BTreeSet<String>,
    /// Tables, in any case: to be looked for in schemas and migrations.
    pub tables: BTreeSet<String>,
    /// Base layers that speak of Flinks: what lies over them decides where they hold, by being there.
    pub layers: Layers,
    /// Modules that programs import and that were not read, by their paths without extension, maybe without the root
    /// that they are imported from.
    pub modules: BTreeSet<String>,
    /// Types of the fields of stores that do not say their country, in lower case: enumerations have files of their own.
    pub types: BTreeSet<String>,
    /// Hosts that the policy declares: to be looked for everywhere, in any case.
    pub hosts: BTreeSet<String>,
    /// Units that use an instance of a country: where they run and keep their data is to be looked for in their files.
    pub regions: RegionUnits,
    /// The own names of folders whose manifests speak of Flinks: to be looked for in Kustomizations that take them in.
    pub bases: BTreeSet<String>,
}

/// Families of files of which a base layer was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layers {
    families: HashSet<Family>,
    layered_env: Vec<String>,
    /// Folders of modules that those of environments take over: `settings/base.py` under `settings/production.py`.
    modules: HashSet<String>,
}

impl Layers {
    pub fn is_empty(&self) -> bool {
        self.families.is_empty() && self.modules.is_empty()
    }

    /// Whether a file is an environment's layer over one of these: `values-prod.yaml` over `values.yaml`.
    pub fn lie_under(&self, path: &str) -> bool {
        !self.is_empty()
            && paths::environment(path).is_some()
            // `docker-compose.prod.yml` may as well stand alone; without a word of Flinks nothing shows that it does not.
            && !path.contains("compose")
            && (self.modules.contains(parent(path))
                || layers::family(path, &self.layered_env).is_some_and(|family| self.families.contains(&family)))
    }
}

/// Units whose regions matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegionUnits {
    units: BTreeSet<String>,
    folders: Folders,
}

impl RegionUnits {
    fn new(model: &Model, folders: Folders) -> Self {
        let of_country = |described: &&Described| described.country_instances().next().is_some();
        let used = model.profiles.iter().filter(of_country).map(|described| described.profile.unit.folder.clone());
        let keeping = model.stores.iter().filter(|store| region_uses::country_of_store(store.title()).is_some());
        let declared =
            model.stores.iter().filter(|store| store.names.iter().any(|name| model.policy.store(name).is_some()));
        RegionUnits { units: used.chain(keeping.chain(declared).map(|store| store.unit.clone())).collect(), folders }
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Whether a file is of one of these units, and may be deployed.
    pub fn hold(&self, path: &str) -> bool {
        self.units.contains(self.folders.of(path)) && !paths::purpose(path).is_silent()
    }
}

/// What is left open.
pub fn wanted(
    model: &Model,
    facts: &[Facts],
    sources: &Sources,
    layered_env: &[String],
    manifests: &[String],
) -> Wanted {
    let mut wanted = Wanted {
        modules: modules(model, facts, sources),
        bundles: bundles(facts, sources),
        files: files(facts, sources),
        tables: tables(model, facts, sources),
        types: types(model, facts),
        layers: base_layers(model, sources, layered_env),
        bases: bases(model, sources),
        hosts: declared_hosts(model),
        regions: RegionUnits::new(model, Folders::new(manifests.iter().map(String::as_str))),
        ..Wanted::default()
    };
    wanted.files.extend(exposure::unread(&model.exposed, &model.statements));
    let defined: HashSet<&str> = model.statements.iter().map(|said| said.key.as_str()).collect();
    for said in model.statements.iter().filter(|said| !said.purpose.is_silent()) {
        for reference in said.value.references().filter(|reference| reference.kind == ReferenceKind::Named) {
            // A name that says Flinks stands only in files that have the word, and those were read.
            let open =
                !names::says_flinks(&reference.name) && !defined.contains(words::normal(&reference.name).as_str());
            if open && (said.flinks || speaks_of_hosts(&said.value)) {
                let own = reference.name.rsplit('.').next().unwrap_or(&reference.name);
                wanted.settings.insert(own.to_owned());
                wanted.units.insert(said.unit.folder.clone());
            }
        }
    }
    wanted
}

impl Wanted {
    /// What is not among what was looked for already.
    #[must_use]
    pub fn beyond(&self, earlier: &Wanted) -> Wanted {
        let names = |own: &BTreeSet<String>, others: &BTreeSet<String>| own.difference(others).cloned().collect();
        // More units to look in: all names are new there.
        let same_place = self.units.is_subset(&earlier.units);
        Wanted {
            settings: if same_place { names(&self.settings, &earlier.settings) } else { self.settings.clone() },
            units: self.units.clone(),
            bundles: names(&self.bundles, &earlier.bundles),
            files: names(&self.files, &earlier.files),
            tables: names(&self.tables, &earlier.tables),
            layers: if self.layers == earlier.layers { Layers::default() } else { self.layers.clone() },
            modules: names(&self.modules, &earlier.modules),
            types: names(&self.types, &earlier.types),
            hosts: names(&self.hosts, &earlier.hosts),
            regions: if self.regions == earlier.regions { RegionUnits::default() } else { self.regions.clone() },
            bases: names(&self.bases, &earlier.bases),
        }
    }

    /// Whether a file is a module that some program imports.
    pub fn is_module(&self, path: &str) -> bool {
        let stem = symbols::stem(path);
        let own = stem.rsplit('/').next().unwrap_or(stem);
        if !self.types.is_empty() && self.types.contains(&own.to_lowercase()) {
            return true;
        }
        if self.modules.is_empty() {
            return false;
        }
        let ends = stem.match_indices('/').map(|(at, _)| &stem[at + 1..]);
        std::iter::once(stem).chain(ends).any(|end| self.modules.contains(end))
    }
}

/// Modules that may tell what a name in a setting of Flinks is, or what the row above a stored loginId has.
fn modules(model: &Model, facts: &[Facts], sources: &Sources) -> BTreeSet<String> {
    let imports = Imports::new(sources, facts);
    let mut modules = BTreeSet::new();
    for said in model.statements.iter().filter(|said| said.said == Said::Program && !said.purpose.is_silent()) {
        // `headers={"x-api-key": DATA_KEY}`: where the key is written is of interest too.
        let header = headers::is_credential(&said.name().text);
        if !said.flinks && !header && !speaks_of_hosts(&said.value) {
            continue;
        }
        let names = said.value.references().filter(|reference| reference.kind == ReferenceKind::Symbol);
        modules.extend(names.filter_map(|name| imports.unread(said.file, &name.name)));
    }
    for store in &model.stores {
        let Origin::Unknown(parents) = &store.origin else { continue };
        let parents = parents.iter().filter(|parent| sources.has(parent.place.file()));
        for parent in parents {
            let name = sources.slice(parent.place.span());
            modules.extend(imports.unread(parent.place.file(), name));
            // By the name of its file, where the import does not say: `User.java`, `user.entity.ts`.
            let own = own_name(name);
            let files = spellings(&own).into_iter().filter(|name| !name.is_empty() && own.len() > 2);
            modules.extend(files.flat_map(|name| [format!("{name}.entity"), format!("{name}.model"), name]));
        }
    }
    modules
}

/// The types of the fields that stand beside loginIds whose country nothing says.
fn types(model: &Model, facts: &[Facts]) -> BTreeSet<String> {
    let unsaid = model.stores.iter().filter(|store| !matches!(store.origin, Origin::Said(_)));
    let files: HashSet<FileId> = unsaid.map(|store| store.login_id().span.file).collect();
    let known: HashSet<String> =
        facts.iter().flat_map(|facts| &facts.enumerations).map(|name| name.to_lowercase()).collect();
    let records = facts.iter().filter(|facts| files.contains(&facts.file)).flat_map(|facts| &facts.records);
    let fields = records.flat_map(|record| match &record.change {
        Change::Create { fields, .. } => fields.as_slice(),
        _ => &[],
    });
    let types = fields.filter_map(|field| field.type_name.as_deref()).map(|name| name.trim_end_matches('?'));
    let is_plain = |name: &str| matches!(name, "string" | "text" | "uuid" | "guid" | "date" | "time" | "enum" | "json");
    let is_name =
        |name: &&str| name.len() > 2 && !is_plain(name) && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    types.filter(is_name).filter(|name| !known.contains(*name)).map(str::to_owned).collect()
}

/// The files that say something of Flinks for no environment of their own.
fn files_of_any_environment(model: &Model) -> BTreeSet<FileId> {
    let said = model.statements.iter().filter(|said| !said.purpose.is_silent() && said.environment.is_none());
    said.filter(|said| said.flinks || speaks_of_hosts(&said.value)).map(|said| said.file).collect()
}

fn base_layers(model: &Model, sources: &Sources, layered_env: &[String]) -> Layers {
    let files = files_of_any_environment(model).into_iter();
    let paths: Vec<&str> = files.map(|file| sources.path(file)).collect();
    let families = paths.iter().filter_map(|path| layers::family(path, layered_env)).collect();
    let modules = paths.iter().filter(|path| layers::is_base_module(path)).map(|path| parent(path).to_owned());
    Layers { families, layered_env: layered_env.to_vec(), modules: modules.collect() }
}

fn bases(model: &Model, sources: &Sources) -> BTreeSet<String> {
    let files = files_of_any_environment(model).into_iter().map(|file| sources.path(file));
    let manifests = files.filter(|path| path.ends_with(".yaml") || path.ends_with(".yml"));
    let folders = manifests.filter_map(|path| parent(path).rsplit('/').next().filter(|name| !name.is_empty()));
    folders.map(str::to_owned).collect()
}

/// Hosts of instances that have no word of Flinks.
fn declared_hosts(model: &Model) -> BTreeSet<String> {
    let declared = model.policy.instances().iter().flat_map(|instance| &instance.hosts);
    declared.map(|host| host.value.clone()).filter(|host| hosts::find(host).is_empty()).collect()
}

/// Files that are taken in and were not read: `env_file: ./shared.env`.
fn files(facts: &[Facts], sources: &Sources) -> BTreeSet<String> {
    let known: HashSet<&str> = sources.iter().map(|source| &*source.path).collect();
    let uses = facts.iter().flat_map(|facts| &facts.scopes).flat_map(|scope| &scope.uses);
    let files = uses.filter_map(|used| match &used.value {
        Bundle::File(path) if !known.contains(path.as_str()) => Some(path.clone()),
        _ => None,
    });
    files.collect()
}

fn bundles(facts: &[Facts], sources: &Sources) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for facts in facts {
        let path = sources.path(facts.file);
        // Production may take in the file of another environment, and is looked for; its own files are known.
        if paths::purpose(path).is_silent() || paths::environment(path) == Some(Environment::Production) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let provided = facts.scopes.iter().flat_map(|scope| &scope.provides).filter_map(|provided| match provided {
            Bundle::ConfigMap(name) | Bundle::Secret(name) => Some(name.as_str()),
            _ => None,
        });
        let env_file = Some(name).filter(|name| name.contains("env"));
        let unseen = |name: &&str| !names::says_flinks(name);
        wanted.extend(provided.chain(env_file).filter(unseen).map(str::to_owned));
    }
    wanted.extend(beside_bundles_of_flinks(facts));
    wanted
}

/// ConfigMaps that a workload takes in beside one that was read: they may say its environment.
fn beside_bundles_of_flinks(facts: &[Facts]) -> Vec<String> {
    let scopes = || facts.iter().flat_map(|facts| &facts.scopes);
    let provided: HashSet<&Bundle> = scopes().flat_map(|scope| &scope.provides).collect();
    let takes_flinks = |scope: &&Scope| scope.uses.iter().any(|used| provided.contains(&used.value));
    let unseen = scopes().filter(takes_flinks).flat_map(|scope| &scope.uses).filter_map(|used| match &used.value {
        Bundle::ConfigMap(name) if !provided.contains(&used.value) => Some(name.clone()),
        _ => None,
    });
    unseen.collect()
}

/// Stores that a migration without a word of Flinks may change either way, and the parents that may know their country.
fn tables(model: &Model, facts: &[Facts], sources: &Sources) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    let own = own_name;
    for store in &model.stores {
        let (Origin::Said(parents) | Origin::Unsaid(parents) | Origin::Unknown(parents)) = &store.origin;
        store.names.iter().for_each(|name| wanted.extend(spellings(&own(name))));
        // What the policy declares stands in no file of the tree.
        let parents = parents.iter().filter(|parent| sources.has(parent.place.file()));
        wanted.extend(parents.flat_map(|parent| spellings(&own(sources.slice(parent.place.span())))));
    }
    // A class that may be stored: its context tells.
    let is_login = |field: &Field| login_name(&field.name.value).is_some();
    for record in facts.iter().flat_map(|facts| &facts.records).filter(|record| record.kind == RecordKind::Part) {
        if let Change::Create { fields, .. } = &record.change
            && fields.iter().any(is_login)
        {
            wanted.extend(spellings(&own(&record.name.value)));
        }
    }
    // What a loginId is written to may be told by a schema that says nothing of Flinks.
    let holds = |field: &Written| field.holds.as_ref().is_some_and(|held| held_login(&held.value).is_some());
    for record in facts.iter().flat_map(|facts| &facts.records) {
        if let Change::Write { fields } = &record.change
            && fields.iter().any(holds)
        {
            wanted.extend(spellings(&own(&record.name.value)));
        }
    }
    wanted.retain(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    wanted
}

/// A table's name without its schema and quotes.
fn own_name(name: &str) -> String {
    name.rsplit(['.', ' ', ':']).next().unwrap_or(name).trim_matches(['"', '`', '[', ']']).to_owned()
}

/// A table as frameworks spell it: `BankConnection`, `bank_connection`, `bank_connections`, `BankConnections`.
fn spellings(name: &str) -> Vec<String> {
    let normal = words::normal(name);
    let plural = |one: &str| match (one.strip_suffix('y'), one.ends_with('s')) {
        (_, true) => one.to_owned(),
        (Some(stem), _) => format!("{stem}ies"),
        _ => format!("{one}s"),
    };
    let singular = |many: &str| match (many.strip_suffix("ies"), many.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) if stem.len() > 2 => stem.to_owned(),
        _ => many.to_owned(),
    };
    let run_together = normal.replace('_', "");
    let one = singular(&normal);
    let mut all =
        vec![name.to_owned(), plural(name), plural(&normal), singular(&run_together), run_together, one, normal];
    all.sort();
    all.dedup();
    all
}

/// Whether a value is an address on a Flinks domain, perhaps with holes.
fn speaks_of_hosts(value: &Value) -> bool {
    let shown: String = value
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(_) => hosts::HOLE.to_string(),
        })
        .collect();
    !hosts::find(&shown).is_empty()
}
