//! A table and all that is said about it, changed step by step.

use crate::fact::{Change, Field, RecordKind};
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
    pub fn new(kind: RecordKind) -> Self {
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

    /// Takes over what another history says of the same table.
    pub fn join(&mut self, other: Table) {
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

impl Table {
    pub fn change(&mut self, change: &Change, role: Role) {
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
