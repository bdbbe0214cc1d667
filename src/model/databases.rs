//! The tables of one database as they are after every migration, with dumps and models joined to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Change, Facts, Record, RecordKind, Written};
use crate::model::migrations::{self, Location};
use crate::model::tables::{Key, Role, Table};
use crate::source::Spanned;

/// Tables that one is made like at most, and columns of each: an end to what copies of copies cost.
const COPIES: usize = 4;
const COPIED: usize = 256;

/// Parts of parts that are looked into.
const PARTS_DEEP: usize = 4;

/// A row that is written somewhere.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub key: Key,
    pub target: Spanned<String>,
    pub fields: Vec<Written>,
    pub kind: RecordKind,
    /// A value that names the vendor.
    pub vendor: Option<Spanned<String>>,
}

/// The tables of one database.
#[derive(Debug, Default)]
pub(super) struct Database {
    pub tables: BTreeMap<Key, Table>,
    /// Names of models whose tables are called otherwise.
    aliases: BTreeMap<Key, Key>,
    /// Former names of tables.
    renamed: BTreeMap<Key, Key>,
    gone: BTreeSet<Key>,
    pub writes: Vec<Write>,
}

/// A file's records and where it belongs.
pub(super) struct Part<'f> {
    pub facts: &'f Facts,
    pub location: Location,
    /// Whether its document tables are meant, or all the others.
    pub documents: bool,
}

impl<'f> Part<'f> {
    pub fn records(&self) -> impl Iterator<Item = &'f Record> {
        let documents = self.documents;
        self.facts.records.iter().filter(move |record| (record.kind == RecordKind::Document) == documents)
    }
}

impl Database {
    /// Applies what all files of one database say: first the migrations in their order, then the states.
    pub fn of(parts: &[Part<'_>]) -> Database {
        let mut histories: BTreeMap<(Role, &str), Vec<&Part<'_>>> = BTreeMap::new();
        for part in parts {
            let location = &part.location;
            let role = if location.step.is_some() { Role::Migration } else { Role::Dump };
            histories.entry((role, &location.history)).or_default().push(part);
        }
        let mut whole = Database::default();
        for ((role, _), mut files) in histories {
            files.sort_by(|a, b| (&a.location.step, a.facts.file).cmp(&(&b.location.step, b.facts.file)));
            let files = migrations::in_said_order(files, |part| part.facts.migration.as_ref());
            let mut history = Database::default();
            for part in files {
                for record in part.records() {
                    history.apply(record, part.facts, role);
                }
            }
            whole.join(history, role);
        }
        whole.take_over_parts();
        for table in whole.tables.values_mut() {
            table.named.sort_by_key(|(role, name)| (*role, name.span));
            for column in &mut table.columns {
                column.said.sort_by_key(|(role, name)| (*role, name.span));
            }
        }
        whole
    }

    /// Gives every table the fields of the mixins, abstract classes and embedded values that it is made of.
    fn take_over_parts(&mut self) {
        for _ in 0..PARTS_DEEP {
            let mut changes: Vec<(Key, Vec<Spanned<String>>, Vec<Table>)> = Vec::new();
            for (key, table) in &self.tables {
                let part = |name: &Spanned<String>| {
                    let found = self.tables.get_key_value(self.find(&Key::of(&name.value, None))?)?;
                    (found.1.kind == RecordKind::Part && found.0 != key).then(|| found.1.clone())
                };
                let (mut kept, mut parts) = (Vec::new(), Vec::new());
                for name in &table.inherits {
                    match part(name) {
                        Some(part) => parts.push(part),
                        None => kept.push(name.clone()),
                    }
                }
                if !parts.is_empty() {
                    changes.push((key.clone(), kept, parts));
                }
            }
            if changes.is_empty() {
                return;
            }
            for (key, kept, parts) in changes {
                let Some(table) = self.tables.get_mut(&key) else { continue };
                table.inherits = kept;
                parts.iter().for_each(|part| table.take_over(part));
            }
        }
    }

    /// The table of that name, by its stored or its program's name, with or without its schema.
    pub fn find(&self, key: &Key) -> Option<&Key> {
        if let Some((found, _)) = self.tables.get_key_value(key) {
            return Some(found);
        }
        if let Some(alias) = self.aliases.get(key).and_then(|alias| self.tables.get_key_value(alias)) {
            return Some(alias.0);
        }
        // `auth.users` is another table than `users`.
        if key.schema == "auth" {
            return None;
        }
        let from = Key { name: key.name.clone(), schema: String::new() };
        let same_name = self.tables.range(from..).map(|(other, _)| other).take_while(|other| other.name == key.name);
        let mut found =
            same_name.filter(|other| (key.schema.is_empty() || other.schema.is_empty()) && other.schema != "auth");
        if let Some(one) = found.next() {
            return Some(one).filter(|_| found.next().is_none());
        }
        self.run_together(key)
    }

    /// Django and Mongoose write all words of a name together: `bankconnection`.
    fn run_together(&self, key: &Key) -> Option<&Key> {
        let squeezed = |name: &str| name.replace('_', "");
        let is_one_word = !key.name.contains('_');
        let name = squeezed(&key.name);
        let fits = |other: &Key| {
            (is_one_word || !other.name.contains('_'))
                && other.name.len() >= name.len()
                && (key.schema.is_empty() || other.schema.is_empty() || key.schema == other.schema)
                && squeezed(&other.name) == name
        };
        let tables = self.tables.keys().filter(|other| fits(other));
        let aliases =
            self.aliases.iter().filter(|(alias, _)| fits(alias)).filter_map(|(_, to)| self.tables.get_key_value(to));
        let mut found = tables.chain(aliases.map(|(key, _)| key));
        let first = found.next()?;
        Some(first).filter(|_| found.all(|other| other == first))
    }

    /// The table that is referred to so, maybe by a name that it had when the reference was made.
    pub fn referred(&self, key: &Key) -> Option<&Key> {
        self.find(key).or_else(|| self.renamed.get(key).and_then(|now| self.find(now)))
    }

    /// Whether a table of that name is or was there.
    pub fn knows(&self, key: &Key) -> bool {
        self.referred(key).is_some() || self.renamed.contains_key(key) || self.gone.contains(key)
    }

    fn apply(&mut self, record: &Record, facts: &Facts, role: Role) {
        let title = facts.scope(record.scope).title.as_ref();
        let schema = title.and_then(|title| title.value.strip_prefix("schema "));
        let name = record.stored_as.as_ref().unwrap_or(&record.name);
        let said = Key::of(&name.value, schema);
        let key = self.find(&said).cloned().unwrap_or_else(|| said.clone());
        let role = if matches!(record.kind, RecordKind::Model | RecordKind::Part) { Role::Model } else { role };
        match &record.change {
            Change::Write { fields } => {
                let (target, fields, vendor) = (record.name.clone(), fields.clone(), record.comment.clone());
                self.writes.push(Write { key: said, target, fields, kind: record.kind, vendor });
                return;
            }
            Change::Drop => {
                self.tables.remove(&key);
                self.gone.insert(key);
                return;
            }
            Change::RenameTo(to) => return self.rename(&key, to, record, schema, role),
            _ => {}
        }
        if record.stored_as.is_some() {
            self.aliases.insert(Key::of(&record.name.value, schema), key.clone());
        }
        self.gone.remove(&key);
        self.renamed.remove(&key);
        let copied = self.copied(record, schema);
        let table = self.tables.entry(key).or_insert_with(|| Table::new(record.kind));
        if table.kind == RecordKind::Part {
            table.kind = record.kind;
        }
        if !table.is_whole {
            copied.iter().for_each(|(other, named)| table.copy(other, named, role));
        }
        // A script may change a table a thousand times; a few comments tell what it is about.
        if table.comments.len() < 100 {
            table.comments.extend(record.comment.clone());
            table.schemas.extend(title.cloned());
        }
        if table.stored_as.len() < 100 {
            table.stored_as.extend(record.stored_as.clone());
        }
        let is_made = matches!(record.change, Change::Create { .. });
        if is_made || table.named.is_empty() {
            table.named.push((if is_made { role } else { Role::Change }, record.name.clone()));
        }
        table.change(&record.change, role);
    }

    /// The tables whose columns a new one is made with.
    fn copied(&self, record: &Record, schema: Option<&str>) -> Vec<(Table, Spanned<String>)> {
        let Change::Create { copies, .. } = &record.change else { return Vec::new() };
        let other = |name: &Spanned<String>| {
            let other = self.tables.get(self.referred(&Key::of(&name.value, schema))?)?;
            (other.columns.len() <= COPIED).then(|| (other.clone(), name.clone()))
        };
        copies.iter().take(COPIES).filter_map(other).collect()
    }

    fn rename(&mut self, from: &Key, to: &Spanned<String>, record: &Record, schema: Option<&str>, role: Role) {
        let mut key = Key::of(&to.value, schema);
        // The new name stays in the old one's schema if it names none.
        if !to.value.contains('.') {
            key.schema.clone_from(&from.schema);
        }
        let mut table = self.tables.remove(from).unwrap_or_else(|| Table::new(record.kind));
        table.formerly.extend(std::mem::take(&mut table.named).into_iter().map(|(_, name)| name));
        table.named.push((role, to.clone()));
        self.renamed.insert(from.clone(), key.clone());
        self.renamed.remove(&key);
        self.gone.remove(&key);
        self.tables.insert(key, table);
    }

    fn join(&mut self, other: Database, role: Role) {
        self.writes.extend(other.writes);
        for (key, table) in other.tables {
            if role != Role::Migration && self.gone.contains(&key) {
                continue;
            }
            let known = self.referred(&key).cloned().unwrap_or(key);
            match self.tables.get_mut(&known) {
                Some(own) => own.join(table),
                None => {
                    self.tables.insert(known, table);
                }
            }
        }
        self.aliases.extend(other.aliases);
        self.renamed.extend(other.renamed);
        // A script that clears a database is no state of it; only migrations take tables away.
        if role == Role::Migration {
            self.gone.extend(other.gone);
        }
    }
}
