//! What the facts amount to: which profile uses which instance with which settings, who receives its webhooks,
//! where loginIds are stored. Inert, built once, everything with its evidence.

mod canonical;
mod columns;
mod containers;
pub mod credentials;
mod databases;
pub mod entries;
pub mod exposure;
pub mod instances;
mod labels;
mod layers;
mod lent;
pub mod migrations;
pub mod profiles;
mod readings;
pub mod regions;
mod requests;
pub mod shown;
pub mod slots;
pub mod statements;
pub mod stores;
mod symbols;
mod tables;
mod units;
pub mod wanted;
pub mod written;

use std::collections::{BTreeMap, HashMap};

use crate::fact::{Facts, Piece};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::source::{FileId, Sources};
use crate::vocabulary::hosts::{self, HostKind};
use crate::vocabulary::{Country, paths};

use units::Folders;

pub use credentials::{Credential, Holder, Identity};
pub use entries::{Entry, HostUse, InstanceUse, Owner, State};
pub use exposure::{Exposure, Way};
pub use instances::{Instance, Webhook};
pub use profiles::Profile;
pub use regions::RegionUse;
pub use shown::Shown;
pub use slots::Slot;
pub use statements::{ByFile, Remarked, Saying, Statement, Tag, TagBy};
pub use stores::Store;
pub use units::Unit;
pub use written::Written;

/// What a model is built from.
pub struct Codebase<'c> {
    pub sources: &'c Sources,
    /// In the order of their files.
    pub facts: &'c [Facts],
    /// Paths of files that mark deployable units.
    pub manifests: &'c [String],
    /// Folders whose framework lays `.env.<environment>` over `.env`.
    pub layered_env: &'c [String],
    /// Manifests that say where the programs of their folder run.
    pub platforms: &'c [exposure::Platform],
    /// The folders that lead to the scanned root from that of the repository. They tell of an environment and a country
    /// as those below it do, and not what a file is for.
    pub above: &'c str,
}

/// The conclusions.
#[derive(Debug)]
pub struct Model {
    pub policy: Policy,
    pub statements: Vec<Statement>,
    /// What comments, documentation and the texts of values say besides.
    pub remarks: Vec<Remarked>,
    /// By unit and environment.
    pub profiles: Vec<Described>,
    /// Every use of a credential whose instance is known.
    pub credentials: Vec<Credential>,
    /// The credentials of Flinks that are written out, and the single-use tokens.
    pub written: Vec<Written>,
    /// Where loginIds are stored.
    pub stores: Vec<Store>,
    /// What shows that the tree uses instances of two countries, or the sandbox beside an instance of its own.
    pub two_instances: Option<TwoInstances>,
    /// The settings that reach a browser or an app, by their place among the statements.
    pub exposed: BTreeMap<usize, Vec<Exposure>>,
    /// The loginIds that are put where people and other systems read them.
    pub shown: Vec<Shown>,
}

/// A profile and what its settings describe.
#[derive(Debug)]
pub struct Described {
    pub profile: Profile,
    pub slots: Vec<Slot>,
    pub instances: Vec<Instance>,
    pub webhooks: Vec<Webhook>,
    /// In the order of the entries.
    pub regions: Vec<RegionUse>,
}

/// Two instances in one tree.
#[derive(Debug, Clone)]
pub struct TwoInstances {
    pub labels: Vec<Label>,
}

impl Described {
    pub fn entry(&self, at: usize) -> &Entry {
        &self.profile.entries[at]
    }

    /// Whether two instances are one company's, as far as their names tell: `northwind-uat-ca` is no sibling of
    /// `northwind-us` where there is a `northwind-ca`.
    pub fn are_paired(&self, one: &Instance, other: &Instance) -> bool {
        let (Some(own), Some(others)) = (one.company(), other.company()) else { return true };
        let has = |country: Option<Country>, company: &str| {
            self.instances
                .iter()
                .any(|instance| instance.country == country && instance.company().is_some_and(|known| known == company))
        };
        own == others || !has(one.country, others) && !has(other.country, own)
    }

    /// The instances of countries, sandboxes aside.
    pub fn country_instances(&self) -> impl Iterator<Item = (&Instance, Country)> {
        self.instances
            .iter()
            .filter_map(|instance| Some((instance, instance.country?)))
            .filter(|(instance, _)| !instance.sandbox)
    }
}

impl Model {
    /// Concludes what the facts amount to, but for [`Model::complete`]: enough to say what is still to be looked for.
    /// What an earlier sketch of fewer files read is not read again.
    pub fn sketch(codebase: &Codebase<'_>, policy: Policy, known: &mut ByFile) -> Model {
        let folders = units::Folders::new(codebase.manifests.iter().map(String::as_str));
        known.read(codebase, &folders, &policy);
        let (mut statements, remarks) = known.all();
        labels::mark(&mut statements);
        requests::leave_out_keys_of_others(&mut statements);
        lent::lend(codebase.sources, codebase.facts, &mut statements);
        let profiles = profiles::build(codebase.sources, codebase.facts, &statements, codebase.layered_env, &policy);
        let around = regions::Surroundings::new(codebase.sources, codebase.facts, &statements);
        let profiles: Vec<Described> = profiles
            .into_iter()
            .map(|profile| {
                let slots = slots::build(&profile, &statements);
                let instances = instances::instances(&profile, &slots, &statements);
                let webhooks = instances::webhooks(&profile, &slots, &statements, &instances);
                let regions = around.regions(&profile);
                Described { profile, slots, instances, webhooks, regions }
            })
            .collect();
        let two_instances = two_instances(&profiles);
        let hosts = hosts_by_file(&statements);
        let stores = find_stores(codebase, &hosts, &folders, &policy);
        let exposed = exposure::exposed(codebase, &statements);
        let shown = shown::shown(codebase, &hosts);
        let (credentials, written) = (Vec::new(), Vec::new());
        Model { policy, statements, remarks, profiles, credentials, written, stores, two_instances, exposed, shown }
    }

    /// Adds what only checks ask for, once nothing more will be read.
    #[must_use]
    pub fn complete(self, codebase: &Codebase<'_>) -> Model {
        let credentials = credentials::find(codebase, &self.statements, &self.profiles, &self.policy);
        let written = written::find(codebase, &self.statements, &self.remarks, &self.profiles);
        Model { credentials, written, ..self }
    }

    pub fn statement(&self, entry: &Entry) -> &Statement {
        &self.statements[entry.statement]
    }
}

/// The first Flinks host that each file uses.
fn hosts_by_file(statements: &[Statement]) -> HashMap<FileId, Place> {
    let mut hosts: HashMap<FileId, Place> = HashMap::new();
    for said in statements {
        let literals = said.value.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            Piece::Reference(_) => None,
        });
        for text in literals {
            if let Some(host) = hosts::find(text.expose()).into_iter().find(|host| host.kind != HostKind::Site) {
                hosts.entry(said.file).or_insert(Place::At(text.span_of(host.range)));
            }
        }
    }
    hosts
}

fn find_stores(
    codebase: &Codebase<'_>,
    hosts: &HashMap<FileId, Place>,
    folders: &Folders,
    policy: &Policy,
) -> Vec<Store> {
    let sources = codebase.sources;
    let context = stores::StoreContext {
        is_silent: &|file| paths::purpose(sources.path(file)).is_silent(),
        uses_flinks: &|file| hosts.get(&file).copied(),
        unit: &|path| Some(folders.of(path).to_owned()).filter(|folder| !folder.is_empty()),
        declared: &|name| {
            let declared = policy.store(name)?;
            let text = format!("is declared {}: {}", declared.country.value.adjective(), declared.reason.value);
            Some(Label::at(declared.span, text))
        },
    };
    stores::stores(codebase.facts, sources, &context)
}

/// Instances of two countries anywhere in the tree, or the sandbox and an instance of its own in one profile.
fn two_instances(profiles: &[Described]) -> Option<TwoInstances> {
    let mut by_country: BTreeMap<Country, Label> = BTreeMap::new();
    for (instance, country) in profiles.iter().flat_map(Described::country_instances) {
        if let Some(label) = instance.evidence.first() {
            by_country.entry(country).or_insert_with(|| label.clone());
        }
    }
    if by_country.len() > 1 {
        return Some(TwoInstances { labels: by_country.into_values().collect() });
    }
    profiles.iter().find_map(|described| {
        let sandbox = described.instances.iter().find(|instance| instance.sandbox)?.evidence.first();
        let own = described.instances.iter().find(|instance| !instance.sandbox)?.evidence.first();
        let labels: Vec<Label> = [sandbox, own].into_iter().flatten().cloned().collect();
        (labels.len() == 2).then_some(TwoInstances { labels })
    })
}
