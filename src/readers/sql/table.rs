//! `CREATE TABLE` and `CREATE TYPE`: columns, keys and the tables whose columns are taken over.

use std::ops::Range;

use super::reading::Reading;
use super::token::Kind;
use crate::fact::{Change, Field};
use crate::source::Spanned;

/// What the items between a table's brackets come to.
#[derive(Default)]
pub(super) struct Body {
    pub fields: Vec<Field>,
    pub inherits: Vec<Spanned<String>>,
    pub copies: Vec<Spanned<String>>,
}

impl Reading<'_> {
    /// Reads what `CREATE` creates, if that is a table or a composite type.
    pub(super) fn create(&mut self) {
        let start = self.at;
        self.at += 1;
        let mut is_temporary = false;
        // `OR REPLACE GLOBAL TEMPORARY`, `UNLOGGED`, `EXTERNAL`, `FOREIGN`: a few words at most.
        for _ in 0..6 {
            if self.take(&["view"]) {
                self.take_if_exists();
                let view = self.take_name();
                self.unstored.extend(view.map(|name| name.value.to_lowercase()));
                return;
            }
            if self.is_any(self.at, &["table", "type"]) {
                break;
            }
            const MODIFIERS: &[&str] = &[
                "or",
                "replace",
                "global",
                "local",
                "unlogged",
                "external",
                "foreign",
                "transient",
                "hybrid",
                "column",
                "private",
                "temp",
                "temporary",
                "managed",
                "dynamic",
                "immutable",
                "sharded",
                "duplicated",
            ];
            if !self.is_any(self.at, MODIFIERS) {
                return;
            }
            is_temporary |= self.is_any(self.at, &["temp", "temporary"]);
            self.at += 1;
        }
        if self.take(&["type"]) {
            self.create_type();
        } else if self.take(&["table"]) {
            self.create_table(start, is_temporary);
        }
    }

    fn create_table(&mut self, start: usize, is_temporary: bool) {
        self.take_if_exists();
        let Some(name) = self.take_name() else { return };
        let mut body = Body::default();
        if self.is_mark(self.at, b'(') {
            body = self.column_list();
        }
        let end = self.statement_end(self.at);
        self.behind_columns(end, &mut body);
        let comment = self.comment_about(start..end);
        self.at = end;
        // SQL Server's temporary tables are named with a hash.
        if is_temporary || name.value.starts_with('#') {
            self.unstored.insert(name.value.to_lowercase());
        } else {
            let Body { fields, inherits, copies } = body;
            self.say(name, Change::Create { fields, inherits, copies }, comment);
        }
    }

    /// `CREATE TYPE address AS (…)`: a column of that type holds its fields. One `AS ENUM (…)` permits its values.
    fn create_type(&mut self) {
        let Some(name) = self.take_name() else { return };
        if !self.take(&["as"]) {
            return;
        }
        if let Some(values) = self.is(self.at, "enum").then(|| self.bracketed(self.at + 1)).flatten() {
            self.enums.insert(name.value.to_lowercase(), values);
        } else if self.is_mark(self.at, b'(') {
            let body = self.column_list();
            self.types.insert(name.value.to_lowercase(), body.fields);
        }
    }

    /// What stands in the brackets that open at a token, as it is written. A long list is no list of countries.
    fn bracketed(&self, open: usize) -> Option<String> {
        const LONGEST: usize = 64;
        let close = self.is_mark(open, b'(').then(|| self.closing(open)).flatten()?;
        (close - open < LONGEST).then(|| self.written(open..close + 1))
    }

    /// What a `CHECK` in a range demands, as it is written.
    fn check(&self, range: Range<usize>) -> Option<String> {
        self.outside_brackets(range).into_iter().find(|at| self.is(*at, "check")).and_then(|at| self.bracketed(at + 1))
    }

    /// The list of columns and keys that opens at the cursor.
    fn column_list(&mut self) -> Body {
        let mut body = Body::default();
        let close = self.closing(self.at).unwrap_or_else(|| {
            self.problem(self.at, "a list of columns is not closed");
            self.statement_end(self.at + 1)
        });
        if self.is_any(self.at + 1, &["select", "with"]) {
            self.selected(self.at + 1..close, &mut body);
        } else {
            for item in self.items(self.at + 1..close) {
                self.item(item, &mut body);
            }
        }
        self.at = close + 1;
        body
    }

    /// What follows the columns, or stands instead of them: `INHERITS`, `PARTITION OF`, `LIKE`, `AS SELECT`.
    fn behind_columns(&mut self, end: usize, body: &mut Body) {
        let mut at = self.at;
        while at < end {
            if self.are(at, &["partition", "of"]) {
                body.inherits.extend(self.name_at(at + 2).map(|named| named.name));
                at += 2;
            } else if self.is(at, "inherits") && self.is_mark(at + 1, b'(') {
                body.inherits.extend(self.names_in(at + 1).into_iter().flat_map(|(names, _)| names));
                at += 1;
            } else if self.is_any(at, &["like", "clone"]) {
                body.copies.extend(self.name_at(at + 1).map(|named| named.name));
            } else if self.is(at, "select") {
                self.selected(at..end, body);
                return;
            }
            at += 1;
        }
    }

    /// `SELECT a, b AS c, t.* FROM t`: the table that is made of it has these columns.
    fn selected(&mut self, range: Range<usize>, body: &mut Body) {
        let Some(select) = range.clone().find(|at| self.is(*at, "select")) else { return };
        let mut depth = 0usize;
        let from = (select..range.end).find(|at| {
            match self.tokens[*at].kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is(*at, "from")
        });
        let first = if self.is_any(select + 1, &["distinct", "all"]) { select + 2 } else { select + 1 };
        for item in self.items(first..from.unwrap_or(range.end).max(first)) {
            let last = item.end - 1;
            if self.is_mark(last, b'*') {
                body.copies.extend(from.and_then(|from| self.name_at(from + 1)).map(|named| named.name));
            } else if let Some(named) = self.name_at(last) {
                body.fields.push(plain_field(named.name));
            }
        }
    }

    /// One item of a list of columns: a column, a key, or `LIKE t`.
    pub(super) fn item(&mut self, item: Range<usize>, body: &mut Body) {
        if self.is(item.start, "like") && item.len() > 1 && !self.is_type_like(item.start + 1) {
            body.copies.extend(self.name_at(item.start + 1).map(|named| named.name));
        } else if self.is_constraint(item.clone()) {
            self.constraint(item, &mut body.fields);
        } else if let Some(field) = self.column(item) {
            let embedded = field.type_name.as_deref().and_then(|name| self.types.get(name)).cloned();
            body.fields.push(field);
            body.fields.extend(embedded.into_iter().flatten());
        }
    }

    /// A column may be called `like`; a type that takes a length follows it then.
    fn is_type_like(&self, at: usize) -> bool {
        self.is_any(at, &["text", "varchar", "int", "integer", "boolean", "bool", "char", "nvarchar", "bigint"])
    }

    /// Whether an item is a key or a check and no column.
    pub(super) fn is_constraint(&self, item: Range<usize>) -> bool {
        let (at, next) = (item.start, item.start + 1);
        let opens = |at: usize| at < item.end && self.is_mark(at, b'(');
        if self.is_any(at, &["constraint", "foreign", "primary", "exclude"]) {
            return self.is(at, "constraint") || opens(next) || self.is_any(next, &["key", "using"]);
        }
        if self.is_any(at, &["check", "unique", "partition"]) {
            return opens(next) || self.is_any(next, &["key", "index", "by"]) || opens(next + 1);
        }
        if self.is_any(at, &["key", "index", "fulltext", "spatial"]) {
            // `KEY by_login (login_id)` is an index, `key varchar(64)` a column.
            let of_columns = |open: usize| opens(open) && self.token(open + 1).is_some_and(|t| t.kind != Kind::Number);
            return of_columns(next) || of_columns(next + 1) || self.is_any(next, &["key", "index"]);
        }
        self.are(at, &["period", "for"])
    }

    /// What a key of the whole table says of its columns.
    pub(super) fn constraint(&self, item: Range<usize>, fields: &mut [Field]) {
        // Wider tables have no checks by hand, and each check looks at all columns.
        if fields.len() < 256
            && let Some(check) = self.check(item.clone())
        {
            self.restrict(item.clone(), &check, fields);
        }
        for column in self.key_columns(item) {
            let same = |field: &&mut Field| field.name.value.eq_ignore_ascii_case(&column.name.value);
            if let Some(field) = fields.iter_mut().find(same) {
                field.required = column.required.or(field.required);
                field.references = column.references.or(field.references.take());
            }
        }
    }

    /// A check of the whole table that names one column says which values that column permits.
    fn restrict(&self, item: Range<usize>, check: &str, fields: &mut [Field]) {
        let named = |field: &&mut Field| {
            let is_it = |at: usize| {
                let token = self.tokens[at];
                let is_name = matches!(token.kind, Kind::Word | Kind::Quoted);
                is_name && self.slice(token).eq_ignore_ascii_case(&field.name.value)
            };
            item.clone().any(is_it)
        };
        let mut named = fields.iter_mut().filter(named);
        if let (Some(field), None) = (named.next(), named.next()) {
            let type_name = field.type_name.take().unwrap_or_default();
            field.type_name = Some(format!("{type_name} check {check}"));
        }
    }

    /// The columns of `PRIMARY KEY (…)` and `FOREIGN KEY (…) REFERENCES t`, as the key makes them.
    pub(super) fn key_columns(&self, item: Range<usize>) -> Vec<Field> {
        let Some(key) =
            item.clone().find(|at| self.are(*at, &["primary", "key"]) || self.are(*at, &["foreign", "key"]))
        else {
            return Vec::new();
        };
        let is_primary = self.is(key, "primary");
        let Some(open) = (key..item.end).find(|at| self.is_mark(*at, b'(')) else { return Vec::new() };
        let references = self.references(open..item.end);
        let names = self.names_in(open).map_or(Vec::new(), |(names, _)| names);
        names
            .into_iter()
            .map(|name| Field {
                required: is_primary.then_some(true),
                references: if is_primary { None } else { references.clone() },
                ..plain_field(name)
            })
            .collect()
    }

    fn references(&self, range: Range<usize>) -> Option<Spanned<String>> {
        let at = range.clone().find(|at| self.is(*at, "references"))?;
        Some(self.name_at(at + 1)?.name)
    }

    /// A column's definition: its name, its type, and what stands behind the type.
    pub(super) fn column(&self, item: Range<usize>) -> Option<Field> {
        let first = self.token(item.start)?;
        if !matches!(first.kind, Kind::Word | Kind::Quoted | Kind::Hole) {
            return None;
        }
        let named = self.name_at(item.start)?;
        let from = item.start + named.tokens;
        let to = (from..item.end).find(|at| self.ends_type(*at)).unwrap_or(item.end);
        let own = (from < to).then(|| self.written(from..to));
        let permitted = own.as_ref().and_then(|own| self.enums.get(own)).map(|values| format!(" enum {values}"));
        let permitted = permitted.or_else(|| Some(format!(" check {}", self.check(to..item.end)?)));
        let type_name = own.map(|own| own + &permitted.unwrap_or_default());
        let counts_up = type_name.as_deref().is_some_and(|name| name.ends_with("serial"));
        let required = self
            .outside_brackets(to..item.end)
            .into_iter()
            .any(|at| self.are(at, &["not", "null"]) || self.are(at, &["primary", "key"]) || self.is(at, "identity"));
        Some(Field {
            type_name,
            required: Some(required || counts_up),
            references: self.references(to..item.end),
            ..plain_field(named.name)
        })
    }

    /// The tokens of a range that stand in no brackets: a check's condition is none of the column's own words.
    fn outside_brackets(&self, range: Range<usize>) -> Vec<usize> {
        let mut depth = 0usize;
        let outside = |at: &usize| {
            match self.tokens[*at].kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        };
        range.filter(outside).collect()
    }

    fn ends_type(&self, at: usize) -> bool {
        const ENDS: &[&str] = &[
            "constraint",
            "not",
            "null",
            "default",
            "primary",
            "unique",
            "check",
            "references",
            "collate",
            "generated",
            "as",
            "identity",
            "auto_increment",
            "autoincrement",
            "comment",
            "on",
            "encode",
            "sparse",
            "masked",
            "encrypted",
            "visible",
            "invisible",
            "storage",
            "compression",
            "charset",
            "first",
            "after",
            "key",
            "foreign",
            "rowguidcol",
            "encrypt",
            "codec",
            "options",
        ];
        self.is_any(at, ENDS) || self.are(at, &["character", "set"])
    }
}

/// A column of which nothing but the name is known.
pub(super) fn plain_field(name: Spanned<String>) -> Field {
    Field { name, stored_as: None, type_name: None, required: None, references: None }
}
