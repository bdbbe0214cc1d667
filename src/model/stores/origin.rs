//! What tells the country or instance of a row: its own fields, what it inherits, its table, its parents.

use std::collections::BTreeSet;

use super::{Judge, Origin};
use crate::finding::{Label, Place};
use crate::model::databases::{Database, Write};
use crate::model::tables::{Column, Key, Table};
use crate::source::Spanned;
use crate::vocabulary::login::login_name;
use crate::vocabulary::origin::{
    country_is_its_own, holds_instances, hole_names_origin, is_stock_user_table, may_say_origin, names_country,
    says_origin, type_says_origin,
};
use crate::vocabulary::paths;

/// Parents of parents that are looked at: more than any schema needs, and an end to loops.
const DEPTH: usize = 8;

/// Whether a table is a framework's own table of users.
pub(super) fn is_stock(table: &Table) -> bool {
    table.named.iter().any(|(_, name)| is_stock_user_table(&name.value))
}

impl<'j> Judge<'j> {
    /// What tells the origin of a store's rows.
    pub(super) fn origin(&self, key: &Key, table: &Table) -> Origin {
        if let Some(label) = self.said_by(table) {
            return Origin::Said(vec![label]);
        }
        let mut walk =
            Walk { judge: self, seen: BTreeSet::from([key.clone()]), missing: Vec::new(), without: Vec::new() };
        if let Some(steps) = walk.inherited(table, DEPTH).or_else(|| walk.parents(table, DEPTH)) {
            return Origin::Said(steps);
        }
        let dropped = table.dropped.iter().filter(|dropped| says_origin(&dropped.value));
        let dropped = dropped.map(|name| Label::at(name.span, "is gone from here on"));
        if walk.missing.is_empty() {
            Origin::Unsaid(dropped.chain(walk.without).chain(self.may_be_null(table)).collect())
        } else {
            Origin::Unknown(dropped.chain(walk.missing).collect())
        }
    }

    /// The place where a table itself says it: a field, a reference to an instance, its name, its schema,
    /// its folder, the policy.
    fn said_by(&self, table: &Table) -> Option<Label> {
        let instance = |column: &Column| {
            let to = column.field.references.as_ref().filter(|to| holds_instances(&to.value))?;
            Some(Label::at(to.span, "refers to the instance"))
        };
        let field = |column: &Column| {
            let type_name = column.base_type();
            let is_both = self.enumerations.contains(type_name.trim_end_matches(['?', '!']));
            let by_type = |name: &Spanned<String>| {
                type_says_origin(&name.value, type_name) || is_both && may_say_origin(&name.value)
            };
            let said = column.names().find(|name| says_origin(&name.value) || by_type(name));
            let name = said.filter(|_| !self.is_relation(column))?;
            Some(Label::at(name.span, "says where it came from"))
        };
        let columns = || table.columns.iter();
        columns()
            .find_map(field)
            .or_else(|| columns().find_map(instance))
            .or_else(|| of_one_country(table))
            .or_else(|| self.in_folder_of_country(table))
            .or_else(|| table.named.iter().find_map(|(_, name)| (self.context.declared)(&name.value)))
    }

    /// A database per country is kept in a folder per country.
    fn in_folder_of_country(&self, table: &Table) -> Option<Label> {
        let in_country = |name: &Spanned<String>| {
            let folder = self.sources.path(name.span.file).rsplit_once('/').map_or("", |(folder, _)| folder);
            let folders: Vec<&str> = folder.split('/').collect();
            let says = |at: usize| names_country(folders[at]) && !paths::begins_package(&folders, at);
            (0..folders.len()).any(says)
        };
        let all = table.named.iter().all(|(_, name)| in_country(name));
        let file = table.named.first().filter(|_| all)?.1.span.file;
        Some(Label::on(Place::Named(file), "the folder is of one country"))
    }

    /// Parents that would tell it, if every row had one.
    fn may_be_null(&self, table: &Table) -> Vec<Label> {
        let optional = table.columns.iter().filter(|column| column.field.required != Some(true));
        let label = |column: &Column| {
            let (key, parent) = self.parent(column)?;
            if of_another(key, parent) {
                return None;
            }
            self.said_by(parent)?;
            let name = &parent.name().value;
            Some(Label::at(column.first().span, format!("may be null, so `{name}` does not always tell the country")))
        };
        optional.filter_map(label).collect()
    }

    /// The table that a column refers to, in this database or the only other one that has it.
    fn parent(&self, column: &Column) -> Option<(&'j Key, &'j Table)> {
        self.lookup(&column.field.references.as_ref()?.value)
    }

    fn lookup(&self, name: &str) -> Option<(&'j Key, &'j Table)> {
        let key = Key::of(name, None);
        let in_database = |database: &'j Database| database.tables.get_key_value(database.referred(&key)?);
        in_database(self.database).or_else(|| {
            let mut others = self.databases.values().filter_map(in_database);
            others.next().filter(|_| others.next().is_none())
        })
    }
}

/// Whether the country of a table's rows is a bank's or an address's. A table of loginIds may be called `bank`.
fn of_another(key: &Key, table: &Table) -> bool {
    let holds_logins = table.columns.iter().flat_map(Column::names).any(|name| login_name(&name.value).is_some());
    country_is_its_own(&key.name) && !holds_logins
}

fn of_one_country(table: &Table) -> Option<Label> {
    let names = table.named.iter().map(|(_, name)| name).chain(&table.schemas);
    let found = names.into_iter().find(|name| names_country(&name.value) || hole_names_origin(&name.value))?;
    Some(Label::at(found.span, "is of one country"))
}

/// A walk from a table to the rows above it.
struct Walk<'w, 'j> {
    judge: &'w Judge<'j>,
    seen: BTreeSet<Key>,
    /// Parents that are not in the tree.
    missing: Vec<Label>,
    /// Parents that do not say it either.
    without: Vec<Label>,
}

impl Walk<'_, '_> {
    /// The steps to a table above, whose columns this one takes over, that says it.
    fn inherited(&mut self, table: &Table, depth: usize) -> Option<Vec<Label>> {
        if depth == 0 {
            return None;
        }
        table.inherits.iter().find_map(|name| {
            let Some((key, above)) = self.judge.lookup(&name.value) else {
                self.missing.push(Label::at(name.span, "is not in the tree"));
                return None;
            };
            self.visit(key, above, Label::at(name.span, "takes over its columns"), depth)
        })
    }

    /// The steps to a parent row that says it, by relations that are never null.
    fn parents(&mut self, table: &Table, depth: usize) -> Option<Vec<Label>> {
        if depth == 0 {
            return None;
        }
        let required = |column: &&Column| column.field.required == Some(true);
        table.columns.iter().filter(required).find_map(|column| {
            let to = column.field.references.as_ref()?;
            let Some((key, parent)) = self.judge.parent(column) else {
                if !is_stock_user_table(&to.value) && !country_is_its_own(&Key::of(&to.value, None).name) {
                    self.missing.push(Label::at(to.span, "is not in the tree"));
                }
                return None;
            };
            if of_another(key, parent) {
                return None;
            }
            self.visit(key, parent, Label::at(column.first().span, format!("always refers to `{}`", to.value)), depth)
        })
    }

    fn visit(&mut self, key: &Key, table: &Table, step: Label, depth: usize) -> Option<Vec<Label>> {
        if !self.seen.insert(key.clone()) {
            return None;
        }
        if let Some(label) = self.judge.said_by(table) {
            return Some(vec![step, label]);
        }
        let above = self.inherited(table, depth - 1).or_else(|| self.parents(table, depth - 1));
        if let Some(steps) = above {
            return Some(std::iter::once(step).chain(steps).collect());
        }
        let name = table.name();
        if table.is_whole || is_stock(table) {
            self.without.push(Label::at(name.span, "does not say it either"));
        } else {
            self.missing.push(Label::at(name.span, "is made outside of the tree"));
        }
        None
    }
}

impl Table {
    /// A table that is known only by what is written to it.
    pub(super) fn written(writes: &[&Write]) -> Table {
        let mut table = Table { kind: writes[0].kind, ..Table::unseen(writes[0].target.clone()) };
        for write in writes {
            for field in &write.fields {
                table.write(&field.name);
            }
            table.comments.extend(write.vendor.clone());
        }
        table
    }
}
