//! A parser of Groovy's statements: declarations, conditions, classes, calls without parentheses. What it does not know
//! is passed by, a character at a time at worst.

use std::ops::Range;

use crate::fact::Name;
use crate::readers::code::syntax::{Bind, Call, Case, Class, Function, Import, Imported, Is, Node, Switch};
use crate::source::{Source, Span, Spanned};

/// Expressions in expressions deeper than this are not read.
const DEPTH: usize = 96;
/// Parameters longer than this are those of no function.
const PARAMETERS: usize = 2000;

/// The program, and the places of its comments.
pub(super) fn program(source: &Source) -> (Node, Vec<Span>) {
    let mut parse = Parse { source, all: source.text(), at: 0, depth: 0, enclosed: false, comments: Vec::new() };
    let mut nodes = Vec::new();
    while parse.at < parse.all.len() {
        nodes.extend(parse.statements());
        // A brace that nothing opened.
        parse.at += parse.rest().chars().next().map_or(0, char::len_utf8);
    }
    (Node::new(parse.span(0..parse.all.len()), Is::Group(nodes)), parse.comments)
}

pub(super) struct Parse<'s> {
    pub source: &'s Source,
    pub all: &'s str,
    pub at: usize,
    depth: usize,
    /// Within parentheses or brackets, where an end of line means nothing.
    pub enclosed: bool,
    comments: Vec<Span>,
}

impl<'s> Parse<'s> {
    pub(super) fn rest(&self) -> &'s str {
        &self.all[self.at..]
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.source.span(range)
    }

    pub(super) fn since(&self, start: usize, is: Is) -> Node {
        Node::new(self.span(start..self.at.max(start)), is)
    }

    /// Reads with or without ends of lines, one level deeper.
    pub(super) fn nested<T>(&mut self, enclosed: bool, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= DEPTH {
            return None;
        }
        let outer = std::mem::replace(&mut self.enclosed, enclosed);
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        self.enclosed = outer;
        found
    }

    pub(super) fn blanks(&mut self) {
        self.skip(self.enclosed);
    }

    pub(super) fn skip(&mut self, lines: bool) {
        loop {
            let rest = self.rest();
            let length = match rest.as_bytes() {
                [b'\n', ..] if !lines => return,
                [b' ' | b'\t' | b'\r' | b'\n', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                [b'/', b'/', ..] | [b'#', b'!', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => rest[2..].find("*/").map_or(rest.len(), |length| length + 4),
                _ => return,
            };
            let is_new = self.comments.last().is_none_or(|last| (last.end as usize) <= self.at);
            if rest.starts_with(['/', '#']) && is_new {
                self.comments.push(self.span(self.at..self.at + length));
            }
            self.at += length;
        }
    }

    /// Takes a sign, if it comes next.
    pub(super) fn takes(&mut self, sign: &str) -> bool {
        self.blanks();
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len() } else { 0 };
        is
    }

    /// The word that comes next.
    pub(super) fn word(&self) -> &'s str {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &rest[..length] }
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let is = self.word() == word;
        self.at += if is { word.len() } else { 0 };
        is
    }

    /// Statements up to a brace that closes, or the end.
    pub(super) fn statements(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            self.skip(true);
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with('}') {
                return nodes;
            }
            let start = self.at;
            if matches!(self.word(), "case" | "default") && self.is_case() {
                return nodes;
            }
            nodes.extend(self.nested(false, Self::statement));
            if self.at == start {
                self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            }
        }
    }

    fn is_case(&self) -> bool {
        self.word() == "case" || self.rest()["default".len()..].trim_start().starts_with([':', '-'])
    }

    /// `{ … }`
    pub(super) fn block(&mut self) -> Option<Node> {
        self.skip(true);
        let start = self.at;
        if !self.takes("{") {
            return None;
        }
        let nodes = self.nested(false, |parse| Some(parse.statements())).unwrap_or_default();
        self.skip(true);
        self.takes("}");
        Some(self.since(start, Is::Group(nodes)))
    }

    /// A block or one statement.
    fn body(&mut self) -> Node {
        self.skip(true);
        let start = self.at;
        let body = if self.rest().starts_with('{') { self.block() } else { self.nested(false, Self::statement) };
        body.unwrap_or_else(|| self.since(start, Is::Group(Vec::new())))
    }

    /// `( … )` around one expression.
    fn condition(&mut self) -> Node {
        let start = self.at;
        let open = self.takes("(");
        let test = self.nested(true, |parse| {
            let test = parse.expression();
            parse.blanks();
            test
        });
        if open && !self.takes(")") {
            self.at = self.rest().find(['\n', '{', ')']).map_or(self.all.len(), |length| self.at + length);
            self.takes(")");
        }
        test.unwrap_or_else(|| self.since(start, Is::Group(Vec::new())))
    }

    fn statement(&mut self) -> Option<Node> {
        let start = self.at;
        let word = self.word();
        match word {
            "import" | "package" => return self.import(),
            "if" => {
                self.at += word.len();
                self.blanks();
                let test = self.condition();
                let then = self.body();
                let behind = self.at;
                self.skip(true);
                self.takes(";");
                self.skip(true);
                let other = if self.takes_word("else") { Some(Box::new(self.body())) } else { None };
                self.at = if other.is_some() { self.at } else { behind };
                return Some(self.since(start, Is::Choice(Box::new(test), Box::new(then), other)));
            }
            "switch" => return self.switch(),
            "return" | "throw" => {
                self.at += word.len();
                self.blanks();
                let value = self.command().map(Box::new);
                return Some(self.since(start, Is::Return(value)));
            }
            "for" | "while" | "catch" | "synchronized" => {
                self.at += word.len();
                self.blanks();
                if self.rest().starts_with('(') {
                    self.condition();
                }
                return Some(self.body());
            }
            "try" | "else" | "finally" | "do" => {
                self.at += word.len();
                return Some(self.body());
            }
            "class" | "interface" | "enum" | "trait" => return self.class(),
            "public" | "private" | "protected" | "static" | "final" | "abstract" | "transient" => {
                self.at += word.len();
                self.blanks();
                return self.nested(false, Self::statement);
            }
            _ => {}
        }
        if self.rest().starts_with('{') {
            return self.block();
        }
        if self.takes("@") {
            return self.annotation();
        }
        self.declaration().or_else(|| {
            self.at = start;
            self.assignment()
        })
    }

    /// `@Field def hosts = …`, `@Library('shared') _`: what is annotated stands for itself.
    fn annotation(&mut self) -> Option<Node> {
        self.name();
        if self.rest().starts_with('(') {
            self.arguments();
        }
        self.skip(true);
        self.nested(false, Self::statement)
    }

    fn import(&mut self) -> Option<Node> {
        let start = self.at;
        let line = self.rest().find('\n').unwrap_or(self.rest().len());
        let text = self.rest()[..line].split(';').next().unwrap_or("").trim_end();
        self.at += line;
        let path = text.strip_prefix("import ")?.trim_start();
        let path = path.strip_prefix("static ").unwrap_or(path).trim_start();
        let from = start + (text.len() - path.len());
        let (path, alias) =
            path.split_once(" as ").map_or((path, None), |(path, alias)| (path.trim(), Some(alias.trim())));
        let local = alias.or_else(|| path.rsplit('.').next())?.into();
        let names = vec![Imported { name: None, local }];
        let from = Spanned::new(path.to_owned(), self.span(from..from + path.len()));
        Some(self.since(start, Is::Import(Import { from, names })))
    }

    fn class(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += self.word().len();
        self.blanks();
        let name = self.name();
        self.at = self.rest().find('{').map_or(self.all.len(), |length| self.at + length);
        let body = match self.block()?.is {
            Is::Group(body) => body,
            _ => Vec::new(),
        };
        let class = Class { name: Some(name), bases: Vec::new(), parameters: Vec::new(), body, marks: Vec::new() };
        Some(self.since(start, Is::Class(Box::new(class))))
    }

    fn switch(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += "switch".len();
        self.blanks();
        let subject = Some(self.condition());
        self.skip(true);
        let mut cases = Vec::new();
        let mut values = Vec::new();
        if self.takes("{") {
            loop {
                self.skip(true);
                let before = self.at;
                let is_default = self.takes_word("default");
                if !is_default && !self.takes_word("case") {
                    break;
                }
                self.blanks();
                let value = if is_default { None } else { self.nested(false, Self::sum) };
                if is_default {
                    values.clear();
                }
                values.extend(value);
                let arrow = self.takes("->");
                let _ = arrow || self.takes(":");
                let body = self.nested(false, |parse| Some(parse.statements())).unwrap_or_default();
                if self.at == before {
                    break;
                }
                // `case 'us': case 'usa': …` are one.
                if !body.is_empty() {
                    let body = self.since(before, Is::Group(body));
                    cases.push(Case { values: std::mem::take(&mut values), body });
                }
            }
            self.skip(true);
            self.takes("}");
        }
        Some(self.since(start, Is::Switch(Box::new(Switch { subject, cases }))))
    }

    /// `def x = …`, `String x = …`, `Map<String, String> x`, `def f(a, b) { … }`. Nothing where it is none.
    fn declaration(&mut self) -> Option<Node> {
        let start = self.at;
        let kind = self.type_name()?;
        self.blanks();
        let name = if self.word().is_empty() || self.at == start { return None } else { self.name() };
        let after = self.rest().trim_start_matches([' ', '\t']);
        let is_def = matches!(&*kind.value, "def" | "var" | "void");
        if after.starts_with('(') {
            return if is_head(after) { self.function(start, name) } else { None };
        }
        let sets = after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=~");
        let is_bare = is_def && after.starts_with(['\n', ';', '}', '\r']);
        if !sets && !is_bare {
            return None;
        }
        let value = if self.takes("=") {
            self.skip(true);
            self.command()
        } else {
            None
        };
        let target = Node::new(name.span, Is::Name(name.text));
        let type_name = Some(kind).filter(|_| !is_def);
        Some(self.since(start, Is::Bind(Box::new(Bind { target, value, type_name, marks: Vec::new() }))))
    }

    /// `String`, `Map<String, String>`, `byte[]`, `def`.
    fn type_name(&mut self) -> Option<Spanned<String>> {
        let start = self.at;
        loop {
            if self.word().is_empty() {
                return None;
            }
            self.at += self.word().len();
            if !self.rest().starts_with('.') {
                break;
            }
            self.at += 1;
        }
        if self.rest().starts_with('<') {
            let inside = self.rest().find(['\n', '(', '{', '=']).unwrap_or(self.rest().len());
            self.at += self.rest()[..inside].rfind('>')? + 1;
        }
        if self.rest().starts_with("[]") {
            self.at += 2;
        }
        let text = self.all[start..self.at].to_owned();
        let is_word = matches!(text.as_str(), "return" | "in" | "as" | "instanceof" | "new" | "else" | "assert");
        (!is_word && self.rest().starts_with([' ', '\t'])).then(|| Spanned::new(text, self.span(start..self.at)))
    }

    /// The parameters and the body of a function.
    fn function(&mut self, start: usize, name: Name) -> Option<Node> {
        self.blanks();
        let mut parameters = Vec::new();
        self.takes("(");
        self.nested(true, |parse| {
            while !parse.takes(")") {
                let before = parse.at;
                let type_name = parse.type_name();
                if type_name.is_none() {
                    parse.at = before;
                }
                parse.blanks();
                let name = parse.name();
                let value = if parse.takes("=") { parse.expression() } else { None };
                let target = Node::new(name.span, Is::Name(name.text));
                let bind = Bind { target, value, type_name, marks: Vec::new() };
                parameters.push(parse.since(before, Is::Bind(Box::new(bind))));
                parse.takes(",");
                if parse.at == before {
                    return None;
                }
            }
            Some(())
        })?;
        self.skip(true);
        if self.takes_word("throws") {
            self.at += self.rest().find(['{', '\n']).unwrap_or(self.rest().len());
        }
        let body = self.block()?;
        let function = Function { name: Some(name), parameters, body, is_value: false, marks: Vec::new() };
        Some(self.since(start, Is::Function(Box::new(function))))
    }

    /// An expression, a call without parentheses, or what is set to one.
    fn assignment(&mut self) -> Option<Node> {
        let start = self.at;
        let target = self.command()?;
        let added = self.takes("+=");
        let sets = added || !self.rest().starts_with("==") && !self.rest().starts_with("=~") && self.takes("=");
        if !sets {
            return Some(target);
        }
        self.skip(true);
        let value = self.command()?;
        let value = match added {
            true => Node::new(target.span.to(value.span), Is::Join(vec![target.clone(), value])),
            false => value,
        };
        let bind = Bind { target, value: Some(value), type_name: None, marks: Vec::new() };
        Some(self.since(start, Is::Bind(Box::new(bind))))
    }

    /// An expression, or a call without parentheses: `sh 'make'`, `parallel ca: { … }, us: { … }`.
    fn command(&mut self) -> Option<Node> {
        let start = self.at;
        let callee = self.expression()?;
        if self.enclosed || !matches!(callee.is, Is::Name(_) | Is::Member(..)) {
            return Some(callee);
        }
        self.blanks();
        let is_word = !matches!(self.word(), "" | "in" | "as" | "instanceof" | "else");
        if !is_word && !self.rest().starts_with(['"', '\'', '[', '$']) && !self.rest().starts_with(char::is_numeric) {
            return Some(callee);
        }
        let mut arguments = Vec::new();
        loop {
            let before = self.at;
            arguments.extend(self.argument());
            if self.at == before || !self.takes(",") {
                break;
            }
            self.skip(true);
        }
        let call = Call { callee, types: Vec::new(), arguments, block: None };
        Some(self.since(start, Is::Call(Box::new(call))))
    }
}

/// Whether what stands in parentheses is the head of a function: a body follows.
fn is_head(text: &str) -> bool {
    let mut open = 0usize;
    for (at, sign) in text.char_indices().take(PARAMETERS) {
        match sign {
            '(' => open += 1,
            ')' if open == 1 => return text[at + 1..].trim_start().starts_with(['{', 't']),
            ')' => open -= 1,
            _ => {}
        }
    }
    false
}
