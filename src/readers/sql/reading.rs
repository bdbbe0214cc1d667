//! A cursor over tokens: words, names and lists of SQL.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::token::{Kind, Token};
use crate::fact::{Facts, Field, Problem, ScopeId};
use crate::source::{Span, Spanned};

/// The reading of one text, from its first token to its last.
pub(super) struct Reading<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    pub comments: Vec<Range<usize>>,
    pub rows: Vec<Range<usize>>,
    pub at: usize,
    pub place: &'t dyn Fn(Range<usize>) -> Span,
    pub scope: ScopeId,
    pub facts: &'t mut Facts,
    /// Composite types of this text: a column of such a type has their fields.
    pub types: HashMap<String, Vec<Field>>,
    /// Enums of this text, with their values as they are written: a column of such a type permits these.
    pub enums: HashMap<String, String>,
    /// Writes that were said already: a seed says the same one a thousand times.
    pub writes: HashSet<String>,
    /// Temporary tables and views of this text: what is written into them is not kept there.
    pub unstored: HashSet<String>,
    /// The target of the `MERGE` that is being read.
    pub merging: Option<Spanned<String>>,
}

/// Tokens that one statement takes at most: enough for the widest table, too few to read a broken file again and again.
const LONGEST: usize = 10_000;

/// A name of one or more parts, and how many tokens it takes.
pub(super) struct Named {
    pub name: Spanned<String>,
    pub tokens: usize,
}

impl<'t> Reading<'t> {
    pub fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    pub fn slice(&self, token: Token) -> &'t str {
        &self.text[token.range()]
    }

    /// Whether the token is this keyword.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Word && self.slice(token).eq_ignore_ascii_case(word))
    }

    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// Whether these keywords follow one another.
    pub fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.is(at + offset, word))
    }

    pub fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// Takes keywords if they come next.
    pub fn take(&mut self, words: &[&str]) -> bool {
        let comes = self.are(self.at, words);
        if comes {
            self.at += words.len();
        }
        comes
    }

    /// Takes `IF EXISTS` or `IF NOT EXISTS`.
    pub fn take_if_exists(&mut self) {
        if !self.take(&["if", "not", "exists"]) {
            self.take(&["if", "exists"]);
        }
    }

    /// The name that begins at a token: `a`, `"b".c`, `{{ schema }}.d`, `prefix_${x}`.
    pub fn name_at(&self, at: usize) -> Option<Named> {
        let first = self.token(at)?;
        let mut value = String::new();
        let (mut next, mut last) = (at, first);
        loop {
            let mut part = self.token(next).filter(|token| is_name(token.kind))?;
            value.push_str(self.slice(part));
            next += 1;
            // A hole and the word that it runs into are one name.
            while let Some(more) = self.token(next) {
                let glued = more.range().start == part.range().end
                    && (part.kind == Kind::Hole && is_name(more.kind)
                        || more.kind == Kind::Hole && part.kind == Kind::Word);
                if !glued {
                    break;
                }
                value.push_str(self.slice(more));
                part = more;
                next += 1;
            }
            last = if is_name(part.kind) { part } else { last };
            if !self.is_mark(next, b'.') {
                break;
            }
            // SQL Server lets a schema out: `db..table`.
            let dots = if self.is_mark(next + 1, b'.') { 2 } else { 1 };
            if !self.token(next + dots).is_some_and(|token| is_name(token.kind)) {
                break;
            }
            value.push('.');
            next += dots;
        }
        let span = (self.place)(first.range().start..last.range().end);
        Some(Named { name: Spanned::new(value, span), tokens: next - at })
    }

    /// Takes the name that comes next.
    pub fn take_name(&mut self) -> Option<Spanned<String>> {
        let named = self.name_at(self.at)?;
        self.at += named.tokens;
        Some(named.name)
    }

    /// The token of the bracket that closes the one at `open`, if it comes before the statement ends.
    pub fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open).take(LONGEST) {
            match token.kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at);
                    }
                }
                Kind::Mark(b';') => return None,
                _ => {}
            }
        }
        None
    }

    /// The ranges of tokens between the commas of a list, without those in brackets inside it.
    pub fn items(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut items = Vec::new();
        let (mut depth, mut start) = (0usize, range.start);
        for at in range.clone() {
            match self.tokens[at].kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                Kind::Mark(b',') if depth == 0 => {
                    items.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        items.push(start..range.end);
        items.retain(|item| !item.is_empty());
        items
    }

    /// The names in a bracketed list that opens at a token: columns of a key or of an `INSERT`.
    pub fn names_in(&self, open: usize) -> Option<(Vec<Spanned<String>>, usize)> {
        let close = self.closing(open)?;
        let names = self.items(open + 1..close).into_iter().filter_map(|item| Some(self.name_at(item.start)?.name));
        Some((names.collect(), close + 1))
    }

    /// Where the statement ends that goes on at a token: at `;` or where another one begins, for some
    /// dialects need no `;`. Brackets are passed over.
    pub fn statement_end(&self, from: usize) -> usize {
        let (mut depth, mut cases) = (0usize, 0usize);
        let end = self.tokens.len().min(from + LONGEST);
        for at in from..end {
            match self.tokens[at].kind {
                Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                Kind::Mark(b';') => return at,
                Kind::Word if depth == 0 && self.is(at, "case") => cases += 1,
                Kind::Word if depth == 0 && cases > 0 && self.is(at, "end") => cases -= 1,
                Kind::Word if depth == 0 && self.begins_statement(at) => return at,
                _ => {}
            }
        }
        end
    }

    fn begins_statement(&self, at: usize) -> bool {
        const ALONE: &[&str] = &["go", "exec", "execute", "grant", "print", "commit", "declare", "end", "create"];
        self.is_any(at, ALONE)
            || (self.is_any(at, &["alter", "drop", "rename", "truncate"]) && self.is(at + 1, "table"))
            || self.are(at, &["insert", "into"])
            || self.are(at, &["comment", "on"])
            || (self.is(at, "update") && self.is(at + 2, "set"))
    }

    /// The text of a range of tokens, in lower case, its blanks one each.
    pub fn written(&self, range: Range<usize>) -> String {
        let text = &self.text[self.tokens[range.start].range().start..self.tokens[range.end - 1].range().end];
        text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn problem(&mut self, at: usize, reason: &str) {
        if let Some(token) = self.token(at) {
            let span = (self.place)(token.range());
            self.facts.problems.push(Problem { span, reason: reason.into() });
        }
    }
}

fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Quoted | Kind::Hole)
}
