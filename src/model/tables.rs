//! Tables as they are after every migration: changes applied in order, dumps and models joined to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Change, Facts, Field, Record, RecordKind};
use crate::model::migrations::Location;
use crate::source::Spanned;
use crate::vocabulary::words::{normal, plain};

/// What a table is called, in the form in which two spellings are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub name: String,
    /// Empty for the schema that everybody means: `public`, `dbo`.
    pub schema: String,
}

impl Key {
    /// `public.bank_connections`, `BankConnection`, `"BankConnections"` and `${prefix}_bank_connections` are the same.
    pub fn of(name: &str, schema: Option<&str>) -> Key {
        let literal = without_holes(name);
        let (said, own) = literal.rsplit_once('.').map_or((None, literal.as_str()), |(said, own)| (Some(said), own));
        let schema = said.filter(|said| !said.is_empty()).or(schema).unwrap_or("").to_ascii_lowercase();
        let usual = ["public", "dbo", "main", "app"].contains(&schema.as_str());
        // A name that is nothing but a hole is known by that.
        let mut words = if plain(own).is_empty() { plain(name) } else { plain(own) };
        if let Some(last) = words.last_mut() {
            *last = singular(last);
        }
        Key { name: words.join("_"), schema: if usual { String::new() } else { schema } }
    }
}

/// A name without its templates' holes: `${…}`, `{{ … }}`, `<%= … %>`.
fn without_holes(name: &str) -> String {
    let mut rest = name;
    let mut literal = String::new();
    while let Some(open) = rest.find(['{', '<']) {
        let closer = if rest[open..].starts_with('<') { '>' } else { '}' };
        let Some(length) = rest[open..].find(closer) else { break };
        literal.push_str(rest[..open].trim_end_matches(['$', '#', '%']));
        rest = rest[open + length..].trim_start_matches(closer);
    }
    literal.push_str(rest);
    literal
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
    /// It is only changed there, and made elsewhere.
    Change,
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
            let mut history = Database::default();
            for part in files {
                for record in part.records() {
                    history.apply(record, part.facts, role);
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
        if key.schema == "auth" {
            return None;
        }
        let from = Key { name: key.name.clone(), schema: String::new() };
        let same_name = self.tables.range(from..).map(|(other, _)| other).take_while(|other| other.name == key.name);
        let mut found =
            same_name.filter(|other| (key.schema.is_empty() || other.schema.is_empty()) && other.schema != "auth");
        found.next().filter(|_| found.next().is_none())
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
        self.renamed.remove(&key);
        let table = self.tables.entry(key).or_insert_with(|| Table::new(record.kind));
        table.comments.extend(record.comment.clone());
        table.schemas.extend(title.cloned());
        let is_made = matches!(record.change, Change::Create { .. });
        if is_made || table.named.is_empty() {
            table.named.push((if is_made { role } else { Role::Change }, record.name.clone()));
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
                let is_whole = self.is_whole;
                let gone = self.dropped.iter().any(|dropped| normal(&dropped.value) == normal(&name.value));
                match self.column_mut(&name.value) {
                    Some(column) => {
                        column.field.required = required.or(column.field.required);
                        column.field.references = references.clone().or(column.field.references.take());
                    }
                    // The table is made in another history: there the column is, too.
                    None if !is_whole && !gone => {
                        let field = Field { required: *required, references: references.clone(), ..unseen(name) };
                        self.columns.push(Column::new(field, Role::Change));
                    }
                    None => {}
                }
            }
            Change::Drop | Change::RenameTo(_) | Change::Describe | Change::Write { .. } => {}
        }
    }

    fn rename_column(&mut self, from: &Spanned<String>, to: &Spanned<String>, role: Role) {
        let old = self.columns.iter().position(|column| column.is_called(&from.value));
        let field = match old {
            Some(at) => Field { name: to.clone(), stored_as: None, ..self.columns.remove(at).field },
            None => unseen(to),
        };
        self.dropped.push(from.clone());
        self.add(field, role);
    }
}

/// A field of which nothing but the name is known.
fn unseen(name: &Spanned<String>) -> Field {
    Field { name: name.clone(), stored_as: None, type_name: None, required: None, references: None }
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
