//! PowerShell: environment variables, variables, hash tables and the addresses that are called.

mod strings;

use std::ops::Range;

use crate::fact::{Facts, Name, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value};
use crate::readers::{Reader, has_extension};
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::vocabulary::environments;
use strings::variable_name;

pub const READER: Reader = Reader { name: "PowerShell", reads, read };

fn reads(source: &Source) -> bool {
    has_extension(source, &["ps1", "psm1", "psd1"])
}

fn read(source: &Source) -> Facts {
    let mut scanner = Scanner {
        source,
        all: source.text(),
        at: 0,
        open: Vec::new(),
        parens: 0,
        param: None,
        facts: Facts::new(source.id),
        scope: ScopeId::FILE,
        branch: None,
        otherwise: None,
    };
    while scanner.at < scanner.all.len() {
        scanner.step();
    }
    scanner.facts
}

/// Tables inside of more braces than this have no names in front.
const DEPTH: usize = 64;

/// A variable and a word: what holds within a branch.
type Compared = (Name, Text);

/// What the two branches of an `if` say.
#[derive(Default)]
struct Branch {
    holds: Option<Compared>,
    else_holds: Option<Compared>,
}

/// An open brace.
enum Brace {
    Block,
    /// The body of an `if`: the scope around it, and what its `else` says.
    Branch(ScopeId, Option<Compared>),
    /// `@{`, and what it is assigned to.
    Table(Option<Name>),
}

struct Scanner<'s> {
    source: &'s Source,
    all: &'s str,
    at: usize,
    open: Vec<Brace>,
    parens: usize,
    /// Within `param( … )`: how many parentheses were open in front of it.
    param: Option<usize>,
    facts: Facts,
    scope: ScopeId,
    /// The condition whose body comes next.
    branch: Option<Branch>,
    /// What an `else` would say, right after the body of an `if`.
    otherwise: Option<Option<Compared>>,
}

impl<'s> Scanner<'s> {
    fn rest(&self) -> &'s str {
        &self.all[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        match first {
            '<' if rest.starts_with("<#") => self.skip_past("#>"),
            '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
            '@' if rest.starts_with("@\"") => self.skip_past("\n\"@"),
            '@' if rest.starts_with("@'") => self.skip_past("\n'@"),
            '@' if rest.starts_with("@{") => self.table(None),
            '{' => self.open_block(),
            '}' => self.close_block(),
            '(' => {
                self.parens += 1;
                self.at += 1;
            }
            ')' => {
                self.parens = self.parens.saturating_sub(1);
                self.param = self.param.filter(|outside| *outside < self.parens);
                self.at += 1;
            }
            '`' => self.at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '$' => self.variable(),
            '"' | '\'' => self.quoted_key(),
            '[' => self.class(),
            _ if first.is_alphabetic() || first == '_' || first == '-' => self.word(),
            _ => self.at += first.len_utf8(),
        }
    }

    fn open_block(&mut self) {
        self.at += 1;
        let Some(branch) = self.branch.take().filter(|_| self.open.len() < DEPTH) else {
            return self.open.push(Brace::Block);
        };
        self.open.push(Brace::Branch(self.scope, branch.else_holds));
        let says_environment = |(name, word): &Compared| {
            environments::is_setting(&name.text) || environments::whole(word.expose()).is_some()
        };
        let title = branch.holds.as_ref().map(|(name, _)| Spanned::new(format!("if {}", name.text), name.span));
        let environment = branch.holds.as_ref().filter(|holds| says_environment(holds));
        let environment = environment.map(|(_, word)| Spanned::new(word.expose().to_owned(), word.span()));
        let known = environment.is_some();
        self.scope = self.facts.open(Scope { parent: Some(self.scope), title, environment, ..Scope::default() });
        if let Some((name, word)) = branch.holds.filter(|_| !known) {
            self.say(vec![name], Value::literal(word), Said::Variable);
        }
    }

    fn close_block(&mut self) {
        self.at += 1;
        if let Some(Brace::Branch(outer, else_holds)) = self.open.pop() {
            self.scope = outer;
            self.otherwise = Some(else_holds);
        }
    }

    /// `if ($env:ENVIRONMENT -eq "production")`; other conditions make no difference to what is set under them.
    fn condition(&mut self) {
        let body = self.rest().trim_start();
        let Some(inner) = body.strip_prefix('(').map(str::trim_start).filter(|inner| inner.starts_with('$')) else {
            return;
        };
        let (name, _) = variable_name(self.all, self.all.len() - inner.len());
        let after = self.all[name.end..].trim_start();
        let operator = after.get(..3).unwrap_or("").to_ascii_lowercase();
        let equal = match operator.as_str() {
            "-eq" => true,
            "-ne" => false,
            _ => return,
        };
        let quoted = after[3..].trim_start();
        let Some(quote) = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return };
        let start = self.all.len() - quoted.len() + 1;
        let Some(length) = self.all[start..].find([quote, '\n', '$', '`']) else { return };
        let end = start + length;
        let rest = self.all[end..].strip_prefix(quote).map(str::trim_start).and_then(|rest| rest.strip_prefix(')'));
        if let (Some(rest), false) = (rest, name.is_empty()) {
            let said = (self.name(name), Text::verbatim(&self.all[start..end], self.source.id, start));
            self.branch = Some(match equal {
                true => Branch { holds: Some(said), ..Branch::default() },
                false => Branch { else_holds: Some(said), ..Branch::default() },
            });
            self.at = self.all.len() - rest.len();
        }
    }

    fn say(&mut self, path: Vec<Name>, value: Value, said: Said) {
        self.facts.settings.push(Setting { scope: self.scope, path, value, said });
    }

    fn skip_past(&mut self, end: &str) {
        self.at += self.rest()[1..].find(end).map_or(self.rest().len(), |offset| 1 + offset + end.len());
    }

    fn table(&mut self, name: Option<Name>) {
        self.open.push(if self.open.len() < DEPTH { Brace::Table(name) } else { Brace::Block });
        self.at += "@{".len();
    }

    /// The names of the tables around, outermost first.
    fn tables(&self) -> Vec<Name> {
        let around = self.open.iter().rev().map_while(|brace| match brace {
            Brace::Table(name) => Some(name.clone()),
            Brace::Block | Brace::Branch(..) => None,
        });
        let mut names: Vec<Name> = around.flatten().collect();
        names.reverse();
        names
    }

    fn name(&self, range: Range<usize>) -> Name {
        Name::key(&self.all[range.clone()], self.source.span(range))
    }

    /// `$env:X = …`, `$x = …`; anything else that begins with a variable is passed by.
    fn variable(&mut self) {
        let (range, environment) = variable_name(self.all, self.at);
        self.at =
            range.end + usize::from(self.all[range.end..].starts_with('}') && self.all[self.at..].starts_with("${"));
        if range.is_empty() {
            self.at = self.at.max(range.start).max(range.end);
            return;
        }
        let said = match (environment, self.param) {
            (true, _) => Said::Variable,
            (false, Some(_)) => Said::Default,
            (false, None) => Said::Key,
        };
        let name = self.name(range);
        self.assigned(name, said, false);
    }

    /// What follows `=`, if that is what comes next.
    fn assigned(&mut self, name: Name, said: Said, in_table: bool) {
        let rest = self.rest();
        let body = rest.trim_start_matches([' ', '\t']);
        if !body.starts_with('=') || body.starts_with("==") {
            return;
        }
        let body = body[1..].trim_start_matches([' ', '\t']);
        self.at = self.all.len() - body.len();
        if body.starts_with("@{") {
            return self.table(Some(name));
        }
        let Some(value) = self.value() else { return };
        let mut path = if in_table { self.tables() } else { Vec::new() };
        path.push(name);
        self.say(path, value, said);
    }

    /// A string, a variable or a number; calls and sums are passed by.
    fn value(&mut self) -> Option<Value> {
        let rest = self.rest();
        let start = self.at;
        let value = match rest.chars().next()? {
            '"' if rest.starts_with("\"") => self.expandable(),
            '\'' => self.literal(),
            '$' => {
                let (range, _) = variable_name(self.all, self.at);
                let braced = rest.starts_with("${") && self.all[range.end..].starts_with('}');
                self.at = range.end + usize::from(braced);
                self.at = self.at.max(start + 1);
                let name = self.all[range].into();
                let span = self.source.span(start..self.at);
                Value::reference(Reference { kind: ReferenceKind::Named, name, span, fallback: None })
            }
            '0'..='9' => {
                let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
                self.at += length;
                Value::literal(Text::verbatim(&rest[..length], self.source.id, start))
            }
            _ => return None,
        };
        // `"a" + $b` and `$x.y` come to something else than what was read.
        let after = self.rest().trim_start_matches([' ', '\t']);
        let ends = after.is_empty() || after.starts_with([';', '\n', '\r', '}', ')', ',', '#', '|']);
        if ends {
            return Some(value);
        }
        let span = self.source.span(start..self.at);
        Some(Value::reference(Reference { kind: ReferenceKind::Computed, name: "".into(), span, fallback: None }))
    }

    /// `"flinks-auth-key" = …` in a table; any other string is passed by.
    fn quoted_key(&mut self) {
        let start = self.at + 1;
        let value = if self.rest().starts_with('"') { self.expandable() } else { self.literal() };
        let end = self.at.saturating_sub(1).max(start);
        if matches!(self.open.last(), Some(Brace::Table(_))) && value.as_literal().is_some() {
            let name = self.name(start..end);
            self.assigned(name, Said::Key, true);
        }
    }

    /// A key of a table, `param`, or `-Uri` of a request.
    fn word(&mut self) {
        let rest = self.rest();
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = first
            + rest[first..]
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
                .unwrap_or(rest.len() - first);
        let range = self.at..self.at + length;
        let word = &self.all[range.clone()];
        self.at = range.end;
        if matches!(self.open.last(), Some(Brace::Table(_))) && !word.starts_with('-') {
            let name = self.name(range);
            return self.assigned(name, Said::Key, true);
        }
        let otherwise = self.otherwise.take();
        if word.eq_ignore_ascii_case("if") || word.eq_ignore_ascii_case("elseif") {
            return self.condition();
        }
        if let Some(holds) = otherwise.filter(|_| word.eq_ignore_ascii_case("else")) {
            self.branch = Some(Branch { holds, ..Branch::default() });
            return;
        }
        if word.eq_ignore_ascii_case("param") {
            self.param = self.param.or(Some(self.parens));
        }
        if word.eq_ignore_ascii_case("-uri") {
            self.at = self.all.len() - self.rest().trim_start_matches([' ', '\t', ':']).len();
            if self.rest().starts_with(['"', '\'', '$']) {
                let name = self.name(range.start + 1..range.end);
                if let Some(value) = self.request_address() {
                    self.say(vec![name], value, Said::Key);
                }
            }
        }
    }

    /// An argument ends at a blank, where an assigned value goes on.
    fn request_address(&mut self) -> Option<Value> {
        match self.rest().chars().next()? {
            '"' => Some(self.expandable()),
            '\'' => Some(self.literal()),
            _ => None,
        }
    }

    /// `[Environment]::SetEnvironmentVariable("X", "y", "Machine")`
    fn class(&mut self) {
        self.at += 1;
        let end = (self.at + 80..).find(|end| self.all.is_char_boundary(*end.min(&self.all.len()))).unwrap_or(self.at);
        let near = self.all[self.at..end.min(self.all.len())].to_ascii_lowercase();
        let Some(length) = ["environment]::setenvironmentvariable(", "system.environment]::setenvironmentvariable("]
            .into_iter()
            .find(|call| near.starts_with(call))
            .map(str::len)
        else {
            return;
        };
        self.at += length;
        self.parens += 1;
        self.blanks();
        let start = self.at + 1;
        let name = match self.rest().chars().next() {
            Some('"') => self.expandable(),
            Some('\'') => self.literal(),
            _ => return,
        };
        let end = self.at.saturating_sub(1).max(start);
        self.blanks();
        if name.as_literal().is_none() || !self.rest().starts_with(',') {
            return;
        }
        self.at += 1;
        self.blanks();
        let name = self.name(start..end);
        if let Some(value) = self.value() {
            self.say(vec![name], value, Said::Variable);
        }
    }

    fn blanks(&mut self) {
        self.at = self.all.len() - self.rest().trim_start().len();
    }
}

#[cfg(test)]
mod tests;
