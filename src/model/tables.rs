//! Tables as they are after every migration: changes applied in order, dumps and models joined to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Change, Facts, Field, Record, RecordKind};
use crate::model::migrations::{Location, Turn};
use crate::source::{FileId, Spanned};
use crate::vocabulary::words::{normal, plain};

/// What a table is called, in the form in which two spellings are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Empty for the schema that everybody means: `public`, `dbo`.
    pub schema: String,
    pub name: String,
}

impl Key {
    /// `public.bank_connections`, `BankConnection` and `"BankConnections"` are the same.
    pub fn of(name: &str, schema: Option<&str>) -> Key {
        let cut = name.rfind('.').filter(|dot| !name[*dot..].contains('}'));
        let (said, own) = cut.map_or((None, name), |dot| (Some(&name[..dot]), &name[dot + 1..]));
        let schema = said.or(schema).unwrap_or("").to_ascii_lowercase();
        let usual = ["public", "dbo", "main", "app"].contains(&schema.as_str()) || schema.contains(['{', '$', '<']);
        let mut words = plain(own);
        if let Some(last) = words.last_mut() {
            *last = singular(last);
        }
        Key { schema: if usual { String::new() } else { schema }, name: words.join("_") }
    }
}

/// `connections` → `connection`, `identities` → `identity`, `addresses` → `address`, `status` stays.
fn singular(word: &str) -> String {
    if word == "people" {
        return "person".into();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hisses = |stem: &&str| ["ss", "x", "ch", "sh", "zz", "us"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("es").filter(hisses) {
        return stem.into();
    }
    match word.strip_suffix('s') {
        Some(stem) if !["s", "u", "i"].iter().any(|end| stem.ends_with(end)) => stem.into(),
        _ => word.into(),
    }
}

/// A column and everywhere it is said.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub field: Field,
    /// From the place that a person would change to the one that a tool writes.
    pub said: Vec<(Role, Spanned<String>)>,
}

impl Column {
    fn new(field: Field, role: Role) -> Self {
        Column { said: vec![(role, field.name.clone())], field }
    }

    /// Its name where a person would change it.
    pub fn first(&self) -> &Spanned<String> {
        &self.said[0].1
    }

    /// Its names: the stored one, and that in the program.
    pub fn names(&self) -> impl Iterator<Item = &Spanned<String>> {
        std::iter::once(&self.field.name).chain(&self.field.stored_as)
    }

    pub fn is_called(&self, name: &str) -> bool {
        let name = normal(name);
        self.names().any(|own| normal(&own.value) == name)
    }

    /// The type without its length or list mark.
    pub fn base_type(&self) -> &str {
        let name = self.field.type_name.as_deref().unwrap_or("");
        name.trim_end_matches("[]")
    }

    fn join(&mut self, other: Column) {
        self.said.extend(other.said);
        self.field.stored_as = self.field.stored_as.take().or(other.field.stored_as);
        self.field.type_name = self.field.type_name.take().or(other.field.type_name);
        self.field.required = self.field.required.or(other.field.required);
        self.field.references = self.field.references.take().or(other.field.references);
    }
}

/// In what a thing is said, the one that a person would change first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Model,
    Migration,
    Dump,
}

/// A table and everything said about it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub kind: RecordKind,
    /// Where it is named as it is made, by what.
    pub named: Vec<(Role, Spanned<String>)>,
    /// Where it is made under a name that it has no longer.
    pub formerly: Vec<Spanned<String>>,
    pub columns: Vec<Column>,
    pub inherits: Vec<Spanned<String>>,
    pub comments: Vec<Spanned<String>>,
    /// Titles of the blocks it is said in: `schema us`.
    pub schemas: Vec<Spanned<String>>,
    /// Whether it is seen being made; if not, it may have columns that are not in the tree.
    pub is_whole: bool,
    /// Columns that a migration took away, with the place.
    pub dropped: Vec<Spanned<String>>,
}

impl Table {
    fn new(kind: RecordKind) -> Self {
        Table {
            kind,
            named: Vec::new(),
            formerly: Vec::new(),
            columns: Vec::new(),
            inherits: Vec::new(),
            comments: Vec::new(),
            schemas: Vec::new(),
            is_whole: false,
            dropped: Vec::new(),
        }
    }

    /// A table of which only a name is known.
    pub fn unseen(name: Spanned<String>) -> Self {
        Table { named: vec![(Role::Dump, name)], ..Table::new(RecordKind::Table) }
    }

    /// A field that is written to it.
    pub fn write(&mut self, name: &Spanned<String>) {
        let field = Field { name: name.clone(), stored_as: None, type_name: None, required: None, references: None };
        self.add(field, Role::Dump);
    }

    /// The name that a person would look for.
    pub fn name(&self) -> &Spanned<String> {
        &self.named[0].1
    }

    fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.is_called(name))
    }

    fn add(&mut self, field: Field, role: Role) {
        self.dropped.retain(|dropped| normal(&dropped.value) != normal(&field.name.value));
        match self.column_mut(&field.name.value) {
            Some(column) => column.join(Column::new(field, role)),
            None => self.columns.push(Column::new(field, role)),
        }
    }

    fn drop_column(&mut self, name: &Spanned<String>) {
        self.columns.retain(|column| !column.is_called(&name.value));
        self.dropped.push(name.clone());
    }

    fn join(&mut self, other: Table) {
        let taken_away = |column: &Column| self.dropped.iter().any(|dropped| column.is_called(&dropped.value));
        let kept: Vec<Column> = other.columns.into_iter().filter(|column| !taken_away(column)).collect();
        for column in kept {
            let known = |own: &&mut Column| own.names().any(|name| column.is_called(&name.value));
            match self.columns.iter_mut().find(known) {
                Some(own) => own.join(column),
                None => self.columns.push(column),
            }
        }
        // A script of changes alone, outside of the migrations, changes what the others show.
        if !other.is_whole {
            self.columns.retain(|column| !other.dropped.iter().any(|dropped| column.is_called(&dropped.value)));
            self.dropped.extend(other.dropped);
        }
        self.named.extend(other.named);
        self.formerly.extend(other.formerly);
        self.inherits.extend(other.inherits);
        self.comments.extend(other.comments);
        self.schemas.extend(other.schemas);
        self.is_whole |= other.is_whole;
    }
}

/// A row that is written somewhere.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub key: Key,
    pub target: Spanned<String>,
    pub fields: Vec<Spanned<String>>,
}

/// The tables of one database.
#[derive(Debug, Default)]
pub(super) struct Database {
    pub tables: BTreeMap<Key, Table>,
    /// Names of models whose tables are called otherwise, and former names of tables.
    aliases: BTreeMap<Key, Key>,
    pub gone: BTreeSet<Key>,
    pub writes: Vec<Write>,
}

/// A file's records and where it belongs.
pub(super) struct Part<'f> {
    pub facts: &'f Facts,
    pub location: Location,
}

impl Database {
    /// Applies what all files of one database say: first the migrations in their order, then the states.
    pub fn of(parts: &[Part<'_>]) -> Database {
        let mut histories: BTreeMap<(Role, &str), Vec<(&Option<Turn>, FileId, &Facts)>> = BTreeMap::new();
        for part in parts {
            let location = &part.location;
            let role = if location.step.is_some() { Role::Migration } else { Role::Dump };
            histories.entry((role, &location.history)).or_default().push((&location.step, part.facts.file, part.facts));
        }
        let mut whole = Database::default();
        for ((role, _), mut files) in histories {
            files.sort_by_key(|(turn, file, _)| ((*turn).clone(), *file));
            let mut history = Database::default();
            for (_, _, facts) in files {
                for record in &facts.records {
                    history.apply(record, facts, role);
                }
            }
            whole.join(history, role);
        }
        for table in whole.tables.values_mut() {
            table.named.sort_by_key(|(role, name)| (*role, name.span));
            for column in &mut table.columns {
                column.said.sort_by_key(|(role, name)| (*role, name.span));
            }
        }
        whole
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
        let elsewhere = |other: &&Key| {
            other.name == key.name && (key.schema.is_empty() || other.schema.is_empty()) && other.schema != "auth"
        };
        if key.schema == "auth" {
            return None;
        }
        let mut found = self.tables.keys().filter(elsewhere);
        found.next().filter(|_| found.next().is_none())
    }

    fn apply(&mut self, record: &Record, facts: &Facts, role: Role) {
        let title = facts.scope(record.scope).title.as_ref();
        let schema = title.and_then(|title| title.value.strip_prefix("schema "));
        let name = record.stored_as.as_ref().unwrap_or(&record.name);
        let said = Key::of(&name.value, schema);
        let key = self.find(&said).cloned().unwrap_or_else(|| said.clone());
        let role = if record.kind == RecordKind::Model { Role::Model } else { role };
        match &record.change {
            Change::Write { fields } => {
                let (target, fields) = (record.name.clone(), fields.clone());
                self.writes.push(Write { key: said, target, fields });
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
        let table = self.tables.entry(key).or_insert_with(|| Table::new(record.kind));
        table.comments.extend(record.comment.clone());
        table.schemas.extend(title.cloned());
        if table.named.is_empty() || matches!(record.change, Change::Create { .. }) {
            table.named.push((role, record.name.clone()));
        }
        table.change(&record.change, role);
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
        self.aliases.insert(from.clone(), key.clone());
        self.gone.remove(&key);
        self.tables.insert(key, table);
    }

    fn join(&mut self, other: Database, role: Role) {
        self.writes.extend(other.writes);
        for (key, table) in other.tables {
            if role != Role::Migration && self.gone.contains(&key) {
                continue;
            }
            let known = self.find(&key).cloned().unwrap_or(key);
            match self.tables.get_mut(&known) {
                Some(own) => own.join(table),
                None => {
                    self.tables.insert(known, table);
                }
            }
        }
        self.aliases.extend(other.aliases);
        // A script that clears a database is no state of it; only migrations take tables away.
        if role == Role::Migration {
            self.gone.extend(other.gone);
        }
    }
}

impl Table {
    fn change(&mut self, change: &Change, role: Role) {
        match change {
            Change::Create { fields, inherits } => {
                // Made a second time, it stays as it is: `IF NOT EXISTS`.
                if !self.is_whole {
                    self.inherits.extend(inherits.iter().cloned());
                    for field in fields {
                        self.add(field.clone(), role);
                    }
                }
                self.is_whole = true;
            }
            Change::AddField(field) => self.add(field.clone(), role),
            Change::DropField(name) => self.drop_column(name),
            Change::RenameField { from, to } => self.rename_column(from, to, role),
            Change::AlterField { name, required, references } => {
                if let Some(column) = self.column_mut(&name.value) {
                    column.field.required = required.or(column.field.required);
                    column.field.references = references.clone().or(column.field.references.take());
                }
            }
            Change::Drop | Change::RenameTo(_) | Change::Describe | Change::Write { .. } => {}
        }
    }

    fn rename_column(&mut self, from: &Spanned<String>, to: &Spanned<String>, role: Role) {
        let old = self.columns.iter().position(|column| column.is_called(&from.value));
        let field = match old {
            Some(at) => Field { name: to.clone(), stored_as: None, ..self.columns.remove(at).field },
            None => Field { name: to.clone(), stored_as: None, type_name: None, required: None, references: None },
        };
        self.dropped.push(from.clone());
        self.add(field, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_table_are_equal() {
        let key = Key::of("bank_connections", None);
        for name in ["public.bank_connections", "BankConnection", "BankConnections", "dbo.BANK_CONNECTIONS"] {
            assert_eq!(Key::of(name, None), key, "{name}");
        }
        assert_ne!(Key::of("us.bank_connections", None), key);
        assert_eq!(Key::of("bank_connections", Some("us")), Key::of("us.bank_connections", None));
        for (plural, one) in
            [("identities", "identity"), ("addresses", "address"), ("status", "status"), ("boxes", "box")]
        {
            assert_eq!(singular(plural), one);
        }
    }
}
