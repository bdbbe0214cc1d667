//! Seeds: the rows of Flinks instances that a deployment begins with. Each row says its columns as settings.

use std::ops::Range;

use super::token::{self, Kind, Token};
use super::values::items;
use crate::fact::{Facts, Name, Said, ScopeId, Setting};
use crate::readers::template::{self, Notation};
use crate::source::Source;
use crate::text::Text;
use crate::vocabulary::{hosts, names, words};

/// Settings of one file at most.
const SETTINGS: usize = 5_000;
/// Tokens of one `UPDATE` at most.
const LONGEST: usize = 400;

/// Whether a file holds seeds by its path: `db/seeds.sql`, `seeds/flinks_instances.sql`. What a migration wrote is
/// past, and nobody mends it there.
pub(super) fn are_in(path: &str) -> bool {
    let words = words::plain(path);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    has(&["seed", "seeds", "seeder", "seeders", "seeding"]) && !has(&["migration", "migrations", "migrate"])
}

pub(super) fn read(source: &Source, facts: &mut Facts) {
    let found = token::tokens(source.text());
    let mut seeds = Seeds { source, tokens: &found.tokens, rows: 0, facts };
    for at in 0..seeds.tokens.len() {
        if seeds.facts.settings.len() > SETTINGS {
            return;
        }
        if seeds.is(at, "insert") && seeds.is(at + 1, "into") {
            seeds.insert(at + 2, &found.rows);
        } else if seeds.is(at, "update") {
            seeds.update(at + 1);
        }
    }
}

struct Seeds<'s> {
    source: &'s Source,
    tokens: &'s [Token],
    rows: usize,
    facts: &'s mut Facts,
}

/// A column and what it is given.
type Given = (Range<usize>, Range<usize>);

impl<'s> Seeds<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.tokens.get(at).map_or("", |token| &self.source.text()[token.range()])
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word) && self.word(at).eq_ignore_ascii_case(word)
    }

    fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Quoted))
    }

    /// The last part of the name of a table, and what follows it.
    fn table(&self, mut at: usize) -> Option<(Range<usize>, usize)> {
        while self.is_name(at) && self.is_mark(at + 1, b'.') {
            at += 2;
        }
        self.is_name(at).then(|| (self.tokens[at].range(), at + 1))
    }

    /// `t (a, b) VALUES ('…', '…'), ('…', '…')`
    fn insert(&mut self, at: usize, rows: &[Range<usize>]) {
        let Some((table, open)) = self.table(at).filter(|(_, open)| self.is_mark(*open, b'(')) else { return };
        let mut columns = Vec::new();
        let mut at = open + 1;
        while self.is_name(at) {
            columns.push(self.tokens[at].range());
            at += 1 + usize::from(self.is_mark(at + 1, b','));
        }
        if !self.is_mark(at, b')') || !self.is(at + 1, "values") {
            return;
        }
        let behind = self.tokens[at + 1].range().end;
        let Some(rows) = rows.iter().find(|rows| rows.start == behind) else { return };
        let text = &self.source.text()[..rows.end];
        let mut from = rows.start;
        while let Some(open) = text[from..].find('(').filter(|_| self.facts.settings.len() <= SETTINGS) {
            let values = items(text, from + open + 1);
            let Some(last) = values.last() else { return };
            from = last.end;
            self.row(&table, columns.iter().cloned().zip(values).collect());
        }
    }

    /// `t SET a = '…', b = '…' WHERE country = 'US'`
    fn update(&mut self, at: usize) {
        let Some((table, at)) = self.table(at).filter(|(_, at)| self.is(*at, "set")) else { return };
        let (mut given, mut asks) = (Vec::new(), false);
        for at in (at..self.tokens.len().min(at + LONGEST)).take_while(|at| !self.is_mark(*at, b';')) {
            asks |= self.is(at, "where");
            let is_literal = self.tokens.get(at + 2).is_some_and(|token| token.kind == Kind::Literal);
            if self.is_name(at) && self.is_mark(at + 1, b'=') && is_literal {
                let value = self.tokens[at + 2].range();
                // A host that is asked for is the one that goes.
                if asks && !hosts::find(self.word(at + 2)).is_empty() {
                    continue;
                }
                given.push((self.tokens[at].range(), value.start - 1..value.end + 1));
            }
        }
        self.row(&table, given);
    }

    fn row(&mut self, table: &Range<usize>, given: Vec<Given>) {
        let text = self.source.text();
        let has_host = given.iter().any(|(_, value)| !hosts::find(&text[value.clone()]).is_empty());
        if !has_host && !names::says_flinks(&text[table.clone()]) {
            return;
        }
        self.rows += 1;
        let table = Name::key(&text[table.clone()], self.source.span(table.clone()));
        for (column, value) in given {
            let written = &text[value.clone()];
            let bare = written.trim();
            let Some(inner) = bare.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else { continue };
            let start = value.start + (written.len() - written.trim_start().len()) + 1;
            let value = template::value(&Text::verbatim(inner, self.source.id, start), Notation::Braced);
            let row = Name::index(self.rows, table.span);
            let path = vec![table.clone(), row, Name::key(&text[column.clone()], self.source.span(column))];
            self.facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Key });
        }
    }
}
