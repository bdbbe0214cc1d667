//! One pass over a text's statements: what creates, changes, drops, describes or fills a table.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::direction;
use super::reading::Reading;
use super::token::{self, Kind};
use crate::fact::{Change, Facts, Record, RecordKind, Scope, ScopeId, Written};
use crate::source::{Span, Spanned};

/// Schemas chosen in one file at most.
const SCHEMAS: usize = 1_000;

pub(super) fn read(text: &str, place: &dyn Fn(Range<usize>) -> Span, scope: ScopeId, facts: &mut Facts) {
    let mut found = token::tokens(text);
    let down = direction::down_parts(text, &found.comments);
    let leads_up = |start: usize| {
        let before = down.partition_point(|part| part.start <= start);
        before == 0 || !down[before - 1].contains(&start)
    };
    found.tokens.retain(|token| leads_up(token.range().start));
    found.comments.retain(|comment| leads_up(comment.start));
    let mut reading = Reading {
        text,
        tokens: found.tokens,
        comments: found.comments,
        rows: found.rows,
        at: 0,
        place,
        scope,
        facts,
        types: HashMap::new(),
        enums: HashMap::new(),
        writes: HashSet::new(),
        unstored: HashSet::new(),
        merging: None,
    };
    while reading.at < reading.tokens.len() {
        let before = reading.at;
        reading.statement();
        reading.at = reading.at.max(before + 1);
    }
}

impl Reading<'_> {
    /// Reads a statement if one begins here, and leaves the cursor behind what it understood.
    fn statement(&mut self) {
        let at = self.at;
        if self.is_any(at, &["create", "alter", "drop", "rename"]) {
            self.definition();
        } else if self.is_any(at, &["insert", "replace", "update", "merge", "copy"]) {
            self.write();
        } else if self.are(at, &["comment", "on"]) {
            self.description();
        } else if self.is(at, "sp_rename") {
            self.sp_rename();
        } else if self.is_any(at, &["use", "set"]) && (at == 0 || self.ends_statement(at - 1)) {
            self.schema();
        }
    }

    fn ends_statement(&self, at: usize) -> bool {
        self.is_mark(at, b';') || self.is(at, "go")
    }

    fn definition(&mut self) {
        let at = self.at;
        if self.is(at, "create") {
            self.create();
        } else if self.are(at, &["alter", "table"]) || self.are(at, &["alter", "foreign", "table"]) {
            self.alter_table();
        } else if self.are(at, &["drop", "table"]) {
            self.drop_table();
        } else if self.are(at, &["rename", "table"]) {
            self.rename_tables();
        }
    }

    /// Adds what is said about a table.
    pub(super) fn say(&mut self, name: Spanned<String>, change: Change, comment: Option<Spanned<String>>) {
        let kind = RecordKind::Table;
        self.facts.records.push(Record { scope: self.scope, kind, name, stored_as: None, change, comment });
    }

    fn drop_table(&mut self) {
        self.at += 2;
        self.take_if_exists();
        while let Some(name) = self.take_name() {
            self.say(name, Change::Drop, None);
            if !self.is_mark(self.at, b',') {
                break;
            }
            self.at += 1;
        }
    }

    /// MySQL: `RENAME TABLE a TO b, c TO d`.
    fn rename_tables(&mut self) {
        self.at += 2;
        while let Some(from) = self.take_name() {
            if !self.take(&["to"]) {
                break;
            }
            let Some(to) = self.take_name() else { break };
            self.say(from, Change::RenameTo(to), None);
            if !self.is_mark(self.at, b',') {
                break;
            }
            self.at += 1;
        }
    }

    /// SQL Server: `EXEC sp_rename 'dbo.t.old', 'new', 'COLUMN'`.
    fn sp_rename(&mut self) {
        self.at += 1;
        let end = self.statement_end(self.at);
        let literals: Vec<_> =
            (self.at..end).filter(|at| self.tokens[*at].kind == Kind::Literal).map(|at| self.tokens[at]).collect();
        self.at = end;
        let [old, new, rest @ ..] = literals.as_slice() else { return };
        let place = self.place;
        let bare = |text: &str, start: usize| {
            let inner = text.trim_matches(['[', ']', '"']);
            let start = start + (inner.as_ptr() as usize - text.as_ptr() as usize);
            Spanned::new(inner.replace("].[", ".").replace(['[', ']', '"'], ""), place(start..start + inner.len()))
        };
        let to = bare(self.slice(*new), new.range().start);
        let text = self.slice(*old);
        let is_column = rest.first().is_some_and(|kind| self.slice(*kind).eq_ignore_ascii_case("column"));
        let is_other = rest.first().is_some_and(|kind| !self.slice(*kind).eq_ignore_ascii_case("object"));
        if is_column {
            let Some(dot) = text.rfind('.') else { return };
            let table = bare(&text[..dot], old.range().start);
            let from = bare(&text[dot + 1..], old.range().start + dot + 1);
            self.say(table, Change::RenameField { from, to }, None);
        } else if !is_other {
            let table = bare(text, old.range().start);
            self.say(table, Change::RenameTo(to), None);
        }
    }

    /// `COMMENT ON TABLE t IS '…'`, `COMMENT ON COLUMN t.c IS '…'`.
    fn description(&mut self) {
        self.at += 2;
        let is_column = self.is(self.at, "column");
        if !is_column && !self.is(self.at, "table") {
            return;
        }
        self.at += 1;
        let Some(mut name) = self.take_name() else { return };
        if is_column {
            let Some((table, _)) = name.value.rsplit_once('.') else { return };
            name = Spanned::new(table.to_owned(), name.span);
        }
        if !self.take(&["is"]) {
            return;
        }
        let Some(text) = self.token(self.at).filter(|token| token.kind == Kind::Literal) else { return };
        let comment = Spanned::new(self.slice(text).to_owned(), (self.place)(text.range()));
        self.say(name, Change::Describe, Some(comment));
    }

    /// `USE x`, `SET search_path TO x`, `SET SCHEMA 'x'`: the tables that follow lie there.
    fn schema(&mut self) {
        let chooses = self.take(&["use"])
            || self.take(&["set", "search_path"])
            || self.take(&["set", "local", "search_path"])
            || self.take(&["set", "schema"]);
        if !chooses || self.facts.scopes.len() > SCHEMAS {
            return;
        }
        if self.is_mark(self.at, b'=') || self.is(self.at, "to") {
            self.at += 1;
        }
        let Some(token) = self.token(self.at) else { return };
        if matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Literal) {
            let title = Spanned::new(format!("schema {}", self.slice(token)), (self.place)(token.range()));
            let parent = Some(ScopeId::FILE);
            self.scope = self.facts.open(Scope { parent, title: Some(title), ..Scope::default() });
        }
    }

    /// `INSERT INTO t (…)`, `UPDATE t SET …`, `MERGE INTO t … INSERT (…)`, `COPY t (…) FROM`.
    fn write(&mut self) {
        let at = self.at;
        if self.is(at, "merge") {
            self.at += 1;
            self.take(&["into"]);
            self.merging = self.take_name();
        } else if self.is(at, "update") {
            self.update();
        } else if self.is(at, "copy") {
            self.at += 1;
            self.written_into();
        } else {
            self.insert();
        }
    }

    fn insert(&mut self) {
        self.at += 1;
        if self.is_mark(self.at, b'(') {
            if let Some(target) = self.merging.clone() {
                self.written_columns(target);
            }
            return;
        }
        while self.is_any(self.at, &["ignore", "low_priority", "delayed", "or", "replace", "abort", "rollback", "fail"])
        {
            self.at += 1;
        }
        if self.take(&["into"]) {
            self.written_into();
        }
    }

    fn written_into(&mut self) {
        let Some(target) = self.take_name() else { return };
        if self.take(&["as"]) {
            self.at += 1;
        }
        if self.is_mark(self.at, b'(') {
            self.written_columns(target);
        } else if self.take(&["set"]) {
            self.assigned(target);
        }
    }

    fn written_columns(&mut self, target: Spanned<String>) {
        let Some((fields, after)) = self.names_in(self.at) else { return };
        self.at = after;
        let vendor = self.literal_in_rows(after).or_else(|| self.literal(after..self.statement_end(after)));
        let mut values = self.first_row(after).into_iter();
        let fields = fields.into_iter().map(|name| Written { name, holds: values.next().flatten() }).collect();
        self.wrote(target, fields, vendor);
    }

    fn update(&mut self) {
        self.at += 1;
        self.take(&["only"]);
        if self.is(self.at, "set") {
            return;
        }
        let Some(target) = self.take_name() else { return };
        // An alias may stand between.
        let set = (0..3).find(|ahead| self.is(self.at + ahead, "set"));
        if let Some(ahead) = set {
            self.at += ahead + 1;
            self.assigned(target);
        }
    }

    /// The columns on the left of `a = …, b = …`.
    fn assigned(&mut self, target: Spanned<String>) {
        let end = self.statement_end(self.at);
        let vendor = self.literal(self.at..end);
        let fields = self.items(self.at..end).into_iter().filter_map(|item| {
            let named = self.name_at(item.start)?;
            let equals = item.start + named.tokens;
            let ends = |at: &usize| self.is_any(*at, &["where", "from", "returning", "on"]);
            let end = (equals + 1..item.end).find(ends).unwrap_or(item.end);
            let (first, last) = (self.token(equals + 1), self.token(end.checked_sub(1)?));
            let value = first.zip(last).map(|(first, last)| first.range().start..last.range().end);
            let holds = value.filter(|value| value.start < value.end).and_then(|value| self.held(value));
            self.is_mark(equals, b'=').then(|| Written { name: last_part(named.name), holds })
        });
        let fields = fields.collect();
        self.wrote(target, fields, vendor);
    }

    fn wrote(&mut self, target: Spanned<String>, fields: Vec<Written>, vendor: Option<Spanned<String>>) {
        let is_kept = !target.value.starts_with(['#', '@']) && !self.unstored.contains(&target.value.to_lowercase());
        let columns: Vec<&str> = fields.iter().map(|field| field.name.value.as_str()).collect();
        if is_kept && !fields.is_empty() && self.writes.insert(format!("{}({})", target.value, columns.join(","))) {
            self.say(target, Change::Write { fields }, vendor);
        }
    }
}

/// `t.login_id` → `login_id`, with its place.
fn last_part(name: Spanned<String>) -> Spanned<String> {
    match name.value.rfind('.') {
        Some(dot) => {
            let value = name.value[dot + 1..].to_owned();
            let start = (name.span.end as usize).saturating_sub(value.len());
            Spanned { span: Span::new(name.span.file, start, name.span.end as usize), value }
        }
        None => name,
    }
}
