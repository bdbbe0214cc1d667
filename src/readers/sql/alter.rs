//! `ALTER TABLE`: columns added, dropped, renamed, changed, and keys added later.

use std::ops::Range;

use super::reading::Reading;
use super::table::Body;
use crate::fact::{Change, Field};
use crate::source::Spanned;

/// What an item without a verb of its own goes on with: SQL Server's `ADD a int, b int`, `DROP COLUMN a, b`.
#[derive(Clone, Copy, PartialEq)]
enum Verb {
    Add,
    Drop,
    Modify,
    Other,
}

impl Reading<'_> {
    pub(super) fn alter_table(&mut self) {
        let start = self.at;
        self.at += if self.is(start + 1, "table") { 2 } else { 3 };
        self.take_if_exists();
        self.take(&["only"]);
        let Some(table) = self.take_name() else { return };
        if self.is_mark(self.at, b'*') {
            self.at += 1;
        }
        // SQL Server says before a key whether the rows that are there must hold to it.
        let _ = self.take(&["with", "check"]) || self.take(&["with", "nocheck"]);
        let end = self.statement_end(self.at);
        let mut comment = self.comment_about(start..end);
        let mut verb = Verb::Other;
        for item in self.items(self.at..end) {
            self.at = item.start;
            if self.take(&["set", "schema"]) {
                // It lies in another schema from now on: under another name.
                let own = table.value.rsplit('.').next().unwrap_or_default().to_owned();
                if let Some(schema) = self.take_name() {
                    let to = Spanned::new(format!("{}.{own}", schema.value), schema.span);
                    self.say(table.clone(), Change::RenameTo(to), comment.take());
                }
                continue;
            }
            for change in self.action(item, &mut verb) {
                self.say(table.clone(), change, comment.take());
            }
        }
        self.at = end;
    }

    /// What one action changes.
    fn action(&mut self, item: Range<usize>, verb: &mut Verb) -> Vec<Change> {
        if self.take(&["add"]) {
            *verb = Verb::Add;
        } else if self.take(&["drop"]) {
            *verb = Verb::Drop;
        } else if self.take(&["modify"]) {
            *verb = Verb::Modify;
        } else if self.take(&["rename"]) {
            *verb = Verb::Other;
            return self.rename().into_iter().collect();
        } else if self.take(&["change"]) {
            *verb = Verb::Other;
            return self.change_column(item.end);
        } else if self.take(&["alter"]) {
            *verb = Verb::Other;
            return self.alter_column(item.end).into_iter().collect();
        }
        let rest = self.at..item.end;
        // MySQL's options stand among the actions: `ALGORITHM=INPLACE`.
        if self.is_mark(self.at + 1, b'=') {
            return Vec::new();
        }
        match verb {
            Verb::Add => self.add(rest),
            Verb::Drop => self.drop(rest),
            Verb::Modify => self.modify(rest),
            Verb::Other => Vec::new(),
        }
    }

    fn add(&mut self, rest: Range<usize>) -> Vec<Change> {
        if self.is_constraint(rest.clone()) {
            return self.key_columns(rest).into_iter().map(altered).collect();
        }
        self.take(&["column"]);
        self.take_if_exists();
        let rest = self.at..rest.end;
        if !self.is_mark(self.at, b'(') {
            let mut body = Body::default();
            self.item(rest, &mut body);
            return body.fields.into_iter().map(Change::AddField).collect();
        }
        let close = self.closing(self.at).unwrap_or(rest.end);
        let mut body = Body::default();
        for item in self.items(self.at + 1..close) {
            self.item(item, &mut body);
        }
        body.fields.into_iter().map(Change::AddField).collect()
    }

    fn drop(&mut self, rest: Range<usize>) -> Vec<Change> {
        const OTHERS: &[&str] = &["constraint", "index", "key", "primary", "foreign", "check", "partition", "default"];
        if !self.take(&["column"]) && self.is_any(self.at, OTHERS) {
            return Vec::new();
        }
        self.take_if_exists();
        if self.is_mark(self.at, b'(') {
            let names = self.names_in(self.at).map_or(Vec::new(), |(names, _)| names);
            return names.into_iter().map(Change::DropField).collect();
        }
        if self.at >= rest.end {
            return Vec::new();
        }
        self.take_name().map(Change::DropField).into_iter().collect()
    }

    /// MySQL: `MODIFY [COLUMN] c type NOT NULL`; Oracle: `MODIFY (c NOT NULL, d NULL)`.
    fn modify(&mut self, rest: Range<usize>) -> Vec<Change> {
        self.take(&["column"]);
        if self.is_mark(self.at, b'(') {
            let close = self.closing(self.at).unwrap_or(rest.end);
            let items = self.items(self.at + 1..close);
            return items.into_iter().filter_map(|item| self.column(item)).map(altered).collect();
        }
        self.column(self.at..rest.end).map(altered).into_iter().collect()
    }

    fn rename(&mut self) -> Option<Change> {
        if self.take(&["to"]) || self.take(&["as"]) {
            return self.take_name().map(Change::RenameTo);
        }
        if self.is_any(self.at, &["index", "key", "constraint"]) {
            return None;
        }
        self.take(&["column"]);
        let from = self.take_name()?;
        self.take(&["to"]).then_some(())?;
        Some(Change::RenameField { from, to: self.take_name()? })
    }

    /// MySQL: `CHANGE [COLUMN] old new type NOT NULL`.
    fn change_column(&mut self, end: usize) -> Vec<Change> {
        self.take(&["column"]);
        let Some(from) = self.take_name() else { return Vec::new() };
        let Some(field) = self.column(self.at..end) else { return Vec::new() };
        let to = field.name.clone();
        let renamed = !from.value.eq_ignore_ascii_case(&to.value);
        let rename = renamed.then_some(Change::RenameField { from, to });
        rename.into_iter().chain([altered(field)]).collect()
    }

    fn alter_column(&mut self, end: usize) -> Option<Change> {
        if self.is_any(self.at, &["index", "constraint", "check"]) {
            return None;
        }
        self.take(&["column"]);
        let name = self.take_name()?;
        let required = match () {
            () if self.are(self.at, &["set", "not", "null"]) => Some(true),
            () if self.are(self.at, &["drop", "not", "null"]) => Some(false),
            () if self.is_any(self.at, &["set", "drop", "type", "add", "restart"]) => None,
            // SQL Server repeats the whole type: without `NOT NULL` the column may be null.
            () => Some((self.at..end).any(|at| self.are(at, &["not", "null"]))),
        };
        Some(Change::AlterField { name, required, references: None })
    }
}

fn altered(field: Field) -> Change {
    Change::AlterField { name: field.name, required: field.required, references: field.references }
}
