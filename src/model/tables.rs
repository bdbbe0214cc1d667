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
    /// Its names in the form in which two spellings are equal.
    normals: Vec<String>,
}

/// Columns of one table at most, and places of one thing: more than any database allows, and an end to
/// what a broken file costs.
const COLUMNS: usize = 4_096;

impl Column {
    fn new(field: Field, role: Role) -> Self {
        let names = std::iter::once(&field.name).chain(&field.stored_as);
        let normals = names.map(|name| normal(&name.value)).collect();
        Column { said: vec![(role, field.name.clone())], normals, field }
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
        self.is_normally(&normal(name))
    }

    fn is_normally(&self, normal: &str) -> bool {
        self.normals.iter().any(|own| own == normal)
    }

    fn is_same(&self, other: &Column) -> bool {
        other.normals.iter().any(|name| self.is_normally(name))
    }

    /// The type without its length or list mark.
    pub fn base_type(&self) -> &str {
        let name = self.field.type_name.as_deref().unwrap_or("");
        name.trim_end_matches("[]")
    }

    fn join(&mut self, other: Column) {
        self.said.extend(other.said);
        self.said.truncate(COLUMNS);
        self.normals.extend(other.normals);
        self.normals.dedup();
        self.normals.truncate(4);
        self.field.stored_as = self.field.stored_as.take().or(other.field.stored_as);
        // What a model says of the values of a plain column is more than the column's own type.
        let lists = |name: &Option<String>| name.as_ref().is_some_and(|name| name.starts_with("enum("));
        let own = self.field.type_name.take();
        self.field.type_name =
            if lists(&other.field.type_name) { other.field.type_name } else { own.or(other.field.type_name) };
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
    /// Its stored names, where they are said apart.
    pub stored_as: Vec<Spanned<String>>,
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
            stored_as: Vec::new(),
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

    /// Is made with the columns of another, as they are now; each is said where the other is named.
    pub fn copy(&mut self, other: &Table, named: &Spanned<String>, role: Role) {
        for column in &other.columns {
            let name = Spanned::new(column.field.name.value.clone(), named.span);
            self.add(Field { name, references: None, ..column.field.clone() }, role);
        }
    }

    /// Has the fields of a part, each said where the part says it.
    pub fn take_over(&mut self, part: &Table) {
        for column in &part.columns {
            self.put(column.clone());
        }
        for name in &part.inherits {
            if !self.inherits.iter().any(|own| own.value == name.value) && self.inherits.len() < COLUMNS {
                self.inherits.push(name.clone());
            }
        }
    }

    /// The name that a person would look for.
    pub fn name(&self) -> &Spanned<String> {
        &self.named[0].1
    }

    fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        let name = normal(name);
        self.columns.iter_mut().find(|column| column.is_normally(&name))
    }

    fn add(&mut self, field: Field, role: Role) {
        let column = Column::new(field, role);
        self.dropped.retain(|dropped| !column.is_called(&dropped.value));
        self.put(column);
    }

    fn put(&mut self, column: Column) {
        let known = self.columns.iter().position(|own| own.is_same(&column));
        match known {
            Some(at) => self.columns[at].join(column),
            None if self.columns.len() < COLUMNS => self.columns.push(column),
            None => {}
        }
    }

    fn drop_column(&mut self, name: &Spanned<String>) {
        let dropped = normal(&name.value);
        self.columns.retain(|column| !column.is_normally(&dropped));
        self.took_away(name);
    }

    fn took_away(&mut self, name: &Spanned<String>) {
        if self.dropped.len() < 100 {
            self.dropped.push(name.clone());
        }
    }

    /// Takes over what another history says of the same table.
    pub fn join(&mut self, other: Table) {
        let taken_away = |column: &Column| self.dropped.iter().any(|dropped| column.is_called(&dropped.value));
        let kept: Vec<Column> = other.columns.into_iter().filter(|column| !taken_away(column)).collect();
        for column in kept {
            self.put(column);
        }
        // A script of changes alone, outside of the migrations, changes what the others show.
        if !other.is_whole {
            self.columns.retain(|column| !other.dropped.iter().any(|dropped| column.is_called(&dropped.value)));
            self.dropped.extend(other.dropped);
        }
        self.named.extend(other.named);
        // What a context or a migration tells of a class makes it a store.
        if self.kind == RecordKind::Part {
            self.kind = other.kind;
        }
        self.stored_as.extend(other.stored_as);
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
            Change::Create { fields, inherits, copies } => {
                // Made a second time, it stays as it is: `IF NOT EXISTS`.
                if !self.is_whole {
                    self.inherits.extend(inherits.iter().chain(copies).cloned());
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
                        self.add(field, Role::Change);
                    }
                    None => {}
                }
            }
            Change::Drop | Change::RenameTo(_) | Change::Describe | Change::Write { .. } => {}
        }
    }

    fn rename_column(&mut self, from: &Spanned<String>, to: &Spanned<String>, role: Role) {
        let former = normal(&from.value);
        let old = self.columns.iter().position(|column| column.is_normally(&former));
        let field = match old {
            Some(at) => Field { name: to.clone(), stored_as: None, ..self.columns.remove(at).field },
            None => unseen(to),
        };
        self.took_away(from);
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
