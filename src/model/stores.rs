//! Where loginIds are stored, and whether anything there says which instance issued them.

mod context;
mod origin;

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Change, Facts, Record, RecordKind, Written};
use crate::finding::{Confidence, Label, Place};
use crate::model::databases::{Database, Part, Write};
use crate::model::migrations::{Location, locate};
use crate::model::tables::{Column, Key, Role, Table};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::vocabulary::login::{LoginName, can_hold_login_id, held_login, login_name, speaks_of_flinks};
use crate::vocabulary::words::normal;

/// What the rest of the model knows, as far as stores ask for it.
pub struct StoreContext<'c> {
    /// Whether a file says nothing of the product: tests, documentation, fixtures, generated clients.
    pub is_silent: &'c dyn Fn(FileId) -> bool,
    /// The place where a file uses a Flinks host or endpoint.
    pub uses_flinks: &'c dyn Fn(FileId) -> Option<Place>,
    /// The folder of the deployable unit that a path lies in.
    pub unit: &'c dyn Fn(&str) -> Option<String>,
    /// Where the policy declares that a store (by its table's name) is of one country.
    pub declared: &'c dyn Fn(&str) -> Option<Label>,
}

impl StoreContext<'_> {
    /// Nothing but the files themselves is known.
    pub const BARE: StoreContext<'static> =
        StoreContext { is_silent: &|_| false, uses_flinks: &|_| None, unit: &|_| None, declared: &|_| None };
}

/// A table, collection or document type that holds Flinks loginIds.
#[derive(Debug, Clone)]
pub struct Store {
    /// Its name, where it is made or written.
    pub name: Spanned<String>,
    /// Every name that it goes by: the table's, the model's.
    pub names: Vec<String>,
    pub kind: RecordKind,
    /// The folder whose database it is in; two services may each have a table of one name.
    pub home: String,
    /// The folder of the deployable unit that its place is in.
    pub unit: String,
    /// The fields that hold loginIds, the first being the one to speak of. Never empty.
    pub login_ids: Vec<Spanned<String>>,
    pub origin: Origin,
    /// The other places of the same store, and what each is.
    pub places: Vec<Label>,
    /// How it is known to be about Flinks, where the field's own name does not say so.
    pub context: Vec<Label>,
    /// Likely where the table itself is not seen, or the context is only the file's.
    pub confidence: Confidence,
}

impl Store {
    /// Its name without the schema that everybody means.
    pub fn title(&self) -> &str {
        let name = self.name.value.as_str();
        ["public.", "dbo.", "main."].iter().find_map(|schema| name.strip_prefix(schema)).unwrap_or(name)
    }

    pub fn login_id(&self) -> &Spanned<String> {
        &self.login_ids[0]
    }
}

/// What tells the country or instance of a store's rows.
#[derive(Debug, Clone)]
pub enum Origin {
    /// It is said: the steps that lead to where, the last being the place that says it.
    Said(Vec<Label>),
    /// Nothing says it, as far as these places show.
    Unsaid(Vec<Label>),
    /// A parent row may say it, but the parent is not in the tree.
    Unknown(Vec<Label>),
}

/// Every store of loginIds, in the order of their places.
pub fn stores(facts: &[Facts], sources: &Sources, context: &StoreContext<'_>) -> Vec<Store> {
    let databases = databases(facts, sources, context);
    let Rows { written, unknown } = rows(&databases);
    let mut found = Vec::new();
    let enumerations: BTreeSet<String> =
        facts.iter().flat_map(|facts| &facts.enumerations).map(|name| name.to_lowercase()).collect();
    let enumerations = &enumerations;
    for (home, database) in &databases {
        let written = &written;
        let databases = &databases;
        let referred = referred(database);
        let referred = &referred;
        let judge = Judge { home, database, databases, written, referred, enumerations, sources, context };
        found.extend(judge.stores());
        let targets = unknown.iter().filter(|(target, _)| target.0 == home);
        found.extend(targets.filter_map(|((_, key), writes)| judge.unseen_store(key, writes)));
    }
    found.sort_by_key(|store| (store.login_id().span, store.name.span));
    found
}

type Databases = BTreeMap<String, Database>;

/// The databases of a tree, each by the folder whose it is. Document tables have names of their own
/// wherever they are declared, so they all lie in one.
fn databases(facts: &[Facts], sources: &Sources, context: &StoreContext<'_>) -> Databases {
    let spoken = facts.iter().filter(|facts| !facts.records.is_empty() && !(context.is_silent)(facts.file));
    let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut located = Vec::new();
    for facts in spoken {
        let path = sources.path(facts.file);
        let unit = (context.unit)(path).unwrap_or_default();
        let mut location = locate(path);
        // Models show a state, wherever they lie.
        let is_model = |record: &Record| {
            matches!(record.kind, RecordKind::Model | RecordKind::Part)
                && !matches!(record.change, Change::Write { .. })
        };
        if facts.is_program && facts.records.iter().any(is_model) {
            location = Location { history: path.to_owned(), step: None, ..location };
        }
        if unit.len() > location.home.len() {
            location.home.clone_from(&unit);
        }
        let homes = homes.entry(unit.clone()).or_default();
        if !facts.is_program {
            homes.insert(location.home.clone());
        }
        located.push((unit, facts, location));
    }
    let mut parts: BTreeMap<String, Vec<Part<'_>>> = BTreeMap::new();
    for (unit, facts, mut location) in located {
        let documents = Location { home: DOCUMENTS.to_owned(), ..location.clone() };
        let homes = &homes[&unit];
        if let Some(above) = one_above_the_other(homes) {
            location.home = above;
        } else if facts.is_program {
            // What a program says is of its unit's database, wherever in it the program lies.
            let only = homes.iter().next().filter(|_| homes.len() == 1);
            location.home = only.cloned().unwrap_or(unit);
        }
        parts.entry(DOCUMENTS.to_owned()).or_default().push(Part { facts, location: documents, documents: true });
        parts.entry(location.home.clone()).or_default().push(Part { facts, location, documents: false });
    }
    parts.into_iter().map(|(home, parts)| (home, Database::of(&parts))).collect()
}

/// The home of all document tables; no folder is called so.
const DOCUMENTS: &str = "//documents";

/// `db/schema.sql` beside `backend/migrations`: two folders of one unit, one inside the other, are one
/// database. Of three and more nobody can say.
fn one_above_the_other(homes: &BTreeSet<String>) -> Option<String> {
    let mut homes = homes.iter();
    let (first, second) = (homes.next()?, homes.next()?);
    let is_inside = first.is_empty() || second.strip_prefix(first.as_str()).is_some_and(|rest| rest.starts_with('/'));
    (homes.next().is_none() && is_inside).then(|| first.clone())
}

/// Looks at the tables of one database.
struct Judge<'j> {
    home: &'j str,
    database: &'j Database,
    databases: &'j Databases,
    written: &'j BTreeMap<Target<'j>, Vec<&'j Write>>,
    /// Tables whose key others keep as a loginId, with a place where they do.
    referred: &'j BTreeMap<&'j Key, Span>,
    /// The enumerations of both countries, in lower case.
    enumerations: &'j BTreeSet<String>,
    sources: &'j Sources,
    context: &'j StoreContext<'j>,
}

/// A column that holds loginIds.
struct LoginColumn<'t> {
    column: &'t Column,
    context: Vec<Label>,
    confidence: Confidence,
}

impl<'j> Judge<'j> {
    fn stores(&self) -> Vec<Store> {
        let tables = self.database.tables.iter().filter(|(_, table)| table.kind != RecordKind::Part);
        let written = |key| self.written.get(&(self.home, key)).map_or(&[][..], Vec::as_slice);
        tables.filter_map(|(key, table)| self.store(key, table, written(key))).collect()
    }

    fn store(&self, key: &Key, table: &Table, writes: &[&Write]) -> Option<Store> {
        let columns = self.login_columns(key, table, writes);
        let first = columns.first()?;
        let login_ids = columns.iter().map(|login| login.column.first().clone()).collect();
        let names = table.named.iter().map(|(_, name)| name).chain(&table.stored_as);
        let seen = if table.is_whole && table.kind != RecordKind::Document || origin::is_stock(table) {
            Confidence::Certain
        } else {
            Confidence::Likely
        };
        Some(Store {
            name: table.name().clone(),
            names: names.map(|name| name.value.clone()).collect(),
            kind: table.kind,
            home: self.home.trim_start_matches(DOCUMENTS).to_owned(),
            unit: (self.context.unit)(self.sources.path(table.name().span.file)).unwrap_or_default(),
            login_ids,
            origin: self.origin(key, table),
            places: self.places(key, table, first.column),
            context: first.context.clone(),
            confidence: seen.min(first.confidence),
        })
    }

    /// The store that a target of writes is, though no schema in the tree knows it.
    fn unseen_store(&self, key: &Key, writes: &[&Write]) -> Option<Store> {
        // What a program calls a model need not be stored at all.
        if writes.iter().all(|write| write.kind == RecordKind::Model) {
            return None;
        }
        let store = self.store(key, &Table::written(writes), writes)?;
        let places = writes[1..].iter().map(|write| Label::at(write.target.span, "is written to here, too"));
        Some(Store { places: places.collect(), confidence: Confidence::Likely, ..store })
    }

    /// The columns that hold loginIds: those named so; where there are none, plain `login_id`s if the
    /// record is about Flinks; else those that a loginId is written to; else the key of a table of logins that others
    /// refer to.
    fn login_columns<'t>(&self, key: &Key, table: &'t Table, writes: &[&Write]) -> Vec<LoginColumn<'t>> {
        let candidates = |wanted: LoginName| {
            table.columns.iter().filter(move |column| {
                let is_wanted = column.names().any(|name| login_name(&name.value) == Some(wanted));
                is_wanted && can_hold_login_id(Some(column.base_type())) && self.holds_itself(column)
            })
        };
        let named: Vec<LoginColumn<'t>> = candidates(LoginName::Flinks)
            .map(|column| LoginColumn { column, context: Vec::new(), confidence: Confidence::Certain })
            .collect();
        if !named.is_empty() || says_login_itself(key, table) {
            return named;
        }
        let bare: Vec<LoginColumn<'t>> = candidates(LoginName::Bare)
            .filter_map(|column| {
                let (context, confidence) = self.about_flinks(key, table, column)?;
                Some(LoginColumn { column, context: vec![context], confidence })
            })
            .collect();
        if !bare.is_empty() {
            return bare;
        }
        let carried = self.carried(key, table, writes);
        if carried.is_empty() { self.referred_key(key, table).into_iter().collect() } else { carried }
    }

    /// The columns of another name that a loginId is written to.
    fn carried<'t>(&self, key: &Key, table: &'t Table, writes: &[&Write]) -> Vec<LoginColumn<'t>> {
        let mut found: Vec<LoginColumn<'t>> = Vec::new();
        let fields = writes.iter().flat_map(|write| write.fields.iter().map(move |field| (*write, field)));
        for (write, field) in fields {
            let Some(held) = field.holds.as_ref().filter(|held| held_login(&held.value).is_some()) else { continue };
            let column = table.columns.iter().find(|column| column.is_called(&field.name.value));
            let fits = |column: &&Column| can_hold_login_id(Some(column.base_type())) && self.holds_itself(column);
            let Some(column) = column.filter(fits) else { continue };
            // What is called a loginId and is none of Flinks was looked at already.
            let is_named = column.names().any(|name| login_name(&name.value).is_some());
            let is_known = found.iter().any(|known| known.column.first().span == column.first().span);
            if is_named || is_known {
                continue;
            }
            if let Some(context) = self.carried_of_flinks(key, table, column, write, held) {
                found.push(LoginColumn { column, context, confidence: Confidence::Likely });
            }
        }
        found
    }

    /// Whether a column holds the loginId itself and does not refer to the row that does.
    fn holds_itself(&self, column: &Column) -> bool {
        column.field.references.is_none() && !self.is_relation(column)
    }

    /// Whether a model's field stands for another record: its type is one.
    fn is_relation(&self, column: &Column) -> bool {
        column.said.iter().any(|(role, _)| *role == Role::Model)
            && self.database.find(&Key::of(column.base_type(), None)).is_some()
    }

    /// The key of `flinks_logins(id, …)`, if other tables keep it as a loginId.
    fn referred_key<'t>(&self, key: &Key, table: &'t Table) -> Option<LoginColumn<'t>> {
        if !speaks_of_flinks(&key.name) || !key.name.contains("login") {
            return None;
        }
        let from = self.referred.get(key)?;
        let column = table.columns.iter().find(|column| column.is_called("id"))?;
        let context = Label::at(*from, "keeps it as a loginId");
        let fits = can_hold_login_id(Some(column.base_type())) && self.holds_itself(column);
        fits.then_some(LoginColumn { column, context: vec![context], confidence: Confidence::Likely })
    }

    /// The other places of a store, each with what it is.
    fn places(&self, key: &Key, table: &Table, login: &Column) -> Vec<Label> {
        let first = login.first().span;
        let mut places: Vec<Label> = Vec::new();
        for (at, (role, name)) in table.named.iter().enumerate() {
            let text = match (at, role) {
                (0, _) => "is the store",
                (_, Role::Model) => "is the same store, as a model",
                (_, Role::Migration) => "is the same store, in a migration",
                (_, Role::Dump) => "is the same store, in a schema file",
                (_, Role::Change) => "is the same store, changed here",
            };
            places.push(Label::at(name.span, text));
        }
        places
            .extend(table.formerly.iter().map(|name| Label::at(name.span, "is the same store, under its former name")));
        let elsewhere = login.said[1..].iter().filter(|(_, name)| name.span.file != first.file);
        let covered = |file: FileId| table.named.iter().any(|(_, name)| name.span.file == file);
        let added = elsewhere.filter(|(_, name)| !covered(name.span.file));
        places.extend(added.map(|(_, name)| Label::at(name.span, "is the same field")));
        places.extend(self.writes(key, table));
        places
    }

    /// Where rows of this store are written, here or in code of another folder.
    fn writes(&self, key: &Key, table: &Table) -> Vec<Label> {
        let holds = |write: &&Write| {
            let is_login = |field: &Written| {
                let holds = field.holds.as_ref().is_some_and(|held| held_login(&held.value).is_some());
                let is_named = login_name(&field.name.value).is_some() || holds;
                is_named && table.columns.iter().any(|column| column.is_called(&field.name.value))
            };
            write.fields.iter().any(is_login)
        };
        let mut files = BTreeSet::new();
        let writes = self.written.get(&(self.home, key)).into_iter().flatten().copied();
        writes
            .filter(holds)
            .filter(|write| files.insert(write.target.span.file))
            .map(|write| Label::at(write.target.span, "is written to here"))
            .collect()
    }
}

/// Whether a table has a loginId of Flinks by name, even if it only refers to it: then a plain
/// `login_id` beside it is something else. The table's own key (`FlinksLoginKey` of `FlinksLogin`) is neither.
fn says_login_itself(key: &Key, table: &Table) -> bool {
    let named = |column: &Column| column.names().any(|name| login_name(&name.value) == Some(LoginName::Flinks));
    let own_key = |column: &Column| {
        let is_own = |name: &Spanned<String>| {
            let word = normal(&name.value);
            word.strip_prefix(key.name.as_str()).is_some_and(|rest| matches!(rest, "_id" | "_key" | "_guid" | "_uuid"))
        };
        column.field.references.is_none() && column.names().any(is_own)
    };
    table.columns.iter().any(|column| named(column) && !own_key(column))
}

/// A table by the home of its database.
type Target<'d> = (&'d str, &'d Key);

/// Every row that is written, by its target.
struct Rows<'d> {
    /// Rows of tables in the tree.
    written: BTreeMap<Target<'d>, Vec<&'d Write>>,
    /// Rows whose target no schema in the tree knows.
    unknown: BTreeMap<Target<'d>, Vec<&'d Write>>,
}

/// A row belongs to its own database's table, or to that of the only other one that has it.
fn rows(databases: &Databases) -> Rows<'_> {
    let mut rows = Rows { written: BTreeMap::new(), unknown: BTreeMap::new() };
    for (home, database) in databases {
        for write in &database.writes {
            let mut others =
                databases.iter().filter_map(|(home, other)| Some((home.as_str(), other.find(&write.key)?)));
            let own = database.find(&write.key).map(|key| (home.as_str(), key));
            let target = own.or_else(|| others.next().filter(|_| others.next().is_none()));
            if let Some(target) = target {
                rows.written.entry(target).or_default().push(write);
            } else if !databases.values().any(|database| database.knows(&write.key)) {
                rows.unknown.entry((home, &write.key)).or_default().push(write);
            }
        }
    }
    rows
}

/// The tables whose key another one keeps as a loginId.
fn referred(database: &Database) -> BTreeMap<&Key, Span> {
    let columns = database.tables.values().flat_map(|table| &table.columns);
    let refers = columns.filter_map(|column| {
        let to = column.field.references.as_ref()?;
        let name = column.names().find(|name| login_name(&name.value) == Some(LoginName::Flinks))?;
        Some((database.referred(&Key::of(&to.value, None))?, name.span))
    });
    let mut found = BTreeMap::new();
    refers.for_each(|(key, span)| {
        found.entry(key).or_insert(span);
    });
    found
}

#[cfg(test)]
mod tests;
