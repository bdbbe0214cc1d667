//! PowerShell: environment variables, variables, hash tables and the addresses that are called.

use std::ops::Range;

use crate::fact::{Facts, Name, Piece, Reference, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers::template::{self, Notation};
use crate::readers::{Reader, has_extension};
use crate::source::Source;
use crate::text::{Text, TextBuilder};

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
    };
    while scanner.at < scanner.all.len() {
        scanner.step();
    }
    scanner.facts
}

/// Tables inside of more braces than this have no names in front.
const DEPTH: usize = 64;

/// An open brace.
enum Brace {
    Block,
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
            '{' => {
                self.open.push(Brace::Block);
                self.at += 1;
            }
            '}' => {
                self.open.pop();
                self.at += 1;
            }
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
            Brace::Block => None,
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
        self.facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said });
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

    /// `'…'`, in which `''` is a quote.
    fn literal(&mut self) -> Value {
        let start = self.at + 1;
        let mut text = TextBuilder::new(self.source.id);
        let mut at = start;
        loop {
            let close = self.all[at..].find('\'').map_or(self.all.len(), |offset| at + offset);
            text.verbatim(&self.all[at..close], at);
            if !self.all[close..].starts_with("''") {
                self.at = (close + 1).min(self.all.len());
                let text = text.finish(start..close);
                let dollar = text.expose().contains('$');
                return if dollar { Value::literal(text) } else { template::value(&text, Notation::Braced) };
            }
            text.verbatim("'", close);
            at = close + 2;
        }
    }

    /// `"…"`, in which variables are put in and a backtick escapes.
    fn expandable(&mut self) -> Value {
        let start = self.at + 1;
        let mut pieces = Vec::new();
        let mut text = TextBuilder::new(self.source.id);
        let mut from = start;
        let mut at = start;
        while let Some(stop) = self.all[at..].find(['"', '`', '$']).map(|offset| at + offset) {
            text.verbatim(&self.all[at..stop], at);
            let rest = &self.all[stop..];
            at = match rest.as_bytes()[0] {
                b'"' if rest.starts_with("\"\"") => {
                    text.verbatim("\"", stop);
                    stop + 2
                }
                b'"' => {
                    at = stop;
                    break;
                }
                b'`' => {
                    let length = rest[1..].chars().next().map_or(0, char::len_utf8);
                    text.verbatim(&rest[1..1 + length], stop + 1);
                    stop + 1 + length
                }
                _ => match hole(self.all, stop) {
                    Some((end, kind, name)) => {
                        let built = std::mem::replace(&mut text, TextBuilder::new(self.source.id));
                        push_text(built, from..stop, &mut pieces);
                        let span = self.source.span(stop..end);
                        pieces.push(Piece::Reference(Reference { kind, name: name.into(), span, fallback: None }));
                        from = end;
                        end
                    }
                    None => {
                        text.verbatim("$", stop);
                        stop + 1
                    }
                },
            };
        }
        // Without a closing quote the text is what the loop has read.
        let end = if self.all[at..].starts_with('"') { at } else { self.all.len() };
        push_text(text, from..end.max(from), &mut pieces);
        self.at = (end + 1).min(self.all.len());
        match pieces.as_slice() {
            [Piece::Text(text)] if !text.expose().contains('$') => template::value(text, Notation::Braced),
            _ => Value { span: self.source.span(start..end), pieces },
        }
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
        if word.eq_ignore_ascii_case("param") {
            self.param = self.param.or(Some(self.parens));
        }
        if word.eq_ignore_ascii_case("-uri") {
            self.at = self.all.len() - self.rest().trim_start_matches([' ', '\t', ':']).len();
            if self.rest().starts_with(['"', '\'', '$']) {
                let name = self.name(range.start + 1..range.end);
                if let Some(value) = self.request_address() {
                    self.facts.settings.push(Setting {
                        scope: ScopeId::FILE,
                        path: vec![name],
                        value,
                        said: Said::Key,
                    });
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
            self.facts.settings.push(Setting { scope: ScopeId::FILE, path: vec![name], value, said: Said::Variable });
        }
    }

    fn blanks(&mut self) {
        self.at = self.all.len() - self.rest().trim_start().len();
    }
}

fn push_text(text: TextBuilder, range: Range<usize>, pieces: &mut Vec<Piece>) {
    let text = text.finish(range);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The name after a `$`, without `env:` or braces, and whether it was one of the environment.
fn variable_name(all: &str, at: usize) -> (Range<usize>, bool) {
    let mut start = at + 1;
    if all[start..].starts_with('{') {
        start += 1;
    }
    let prefix = |word: &str| all.get(start..start + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let environment = prefix("env:");
    if let Some(scope) = ["env:", "script:", "global:", "local:"].into_iter().find(|word| prefix(word)) {
        start += scope.len();
    }
    let name = &all[start..];
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (start..start + length, environment)
}

/// `$x`, `$env:X`, `${x}`, `$(…)` within a string: where it ends and what it refers to.
fn hole(all: &str, at: usize) -> Option<(usize, ReferenceKind, String)> {
    if all[at..].starts_with("$(") {
        // A command in a string is short; looking further for each one would be quadratic.
        let close = all.bytes().enumerate().skip(at).take(512).find(|(_, byte)| *byte == b')')?.0;
        let inner = all.get(at + 2..close)?.trim();
        let (range, _) = variable_name(inner, 0);
        let plain = inner.starts_with('$') && range.end == inner.len();
        let (kind, name) = if plain { (ReferenceKind::Named, &inner[range]) } else { (ReferenceKind::Computed, inner) };
        return Some((close + 1, kind, name.to_owned()));
    }
    let (range, _) = variable_name(all, at);
    if range.is_empty() {
        return None;
    }
    let braced = all[at..].starts_with("${");
    if braced && !all[range.end..].starts_with('}') {
        return None;
    }
    Some((range.end + usize::from(braced), ReferenceKind::Named, all[range].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::shell::tests::line;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "a.ps1", text);
        let facts = read(&source);
        for setting in &facts.settings {
            assert_eq!(source.slice(setting.name().span), &*setting.name().text, "{text}");
        }
        facts.settings.iter().map(|setting| line(setting, &facts)).collect()
    }

    #[test]
    fn every_form_of_a_setting() {
        for (text, expected) in [
            ("$env:X = \"y\"", &["X=y"][..]),
            ("$Env:X='a $b ''c'''", &["X=a $b 'c'"]),
            ("${env:X} = \"https://$env:H-api/${p}`\"q`\" $(Get-X)\"", &["X=https://[H]-api/[p]\"q\" [?Get-X]"]),
            ("[Environment]::SetEnvironmentVariable(\"X\", 'y', 'Machine')", &["X=y"]),
            ("[System.Environment]::SetEnvironmentVariable('X',$env:Y)", &["X=[Y]"]),
            ("$url = \"https://a\"; $n = 3", &["key url=https://a", "key n=3"]),
            ("param([string]$Url = \"https://a\")\n$b = 'c'", &["default Url=https://a", "key b=c"]),
            ("$f = @{ ca = @{ url = 'a' }\n 'us-url' = \"b\" }", &["key f.ca.url=a", "key f.us-url=b"]),
            (
                "Invoke-RestMethod -Uri \"https://a/$x\" -Headers @{ 'flinks-auth-key' = $k }",
                &["key Uri=https://a/[x]", "key flinks-auth-key=[k]"],
            ),
            ("# $env:D = 'x'\n<# $env:D = 'x' #>\nWrite-Host \"`$env:D = 'x'\"\n@'\n$env:D = 'x'\n'@", &[]),
            ("$a = \"b\" + $c", &["key a=[?]"]),
            ("if ($a -eq 'b') { $env:X = 'y' }", &["X=y"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn hostile_files_end() {
        let text =
            "param($é = \"a`\"$($b)\")\n$env:X = @{ 'k' = \"v$x\" }\n[Environment]::SetEnvironmentVariable('é', \"b\")";
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            shown(&text[..at]);
        }
        for piece in ["@{ a = ", "\"$(", "$", "${", "[", "(", "$a='", "`", "@\"", "<#", "-uri ", "é = ", "$a = \"${b"]
        {
            shown(&piece.repeat(20_000));
        }
        shown(&format!("$a = \"{}\"", "x".repeat(1_000_000)));
    }
}
