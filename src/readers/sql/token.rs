//! SQL cut into tokens, whatever the dialect: every quote and comment style, templates, psql commands and dumped data.

use std::ops::Range;

/// One token. The range of quoted ones is what stands between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or plain identifier.
    Word,
    /// An identifier in `"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// A string.
    Literal,
    Number,
    /// A template's hole that stands for an identifier or a value: `{{ schema }}`, `${schema}`, `<%= schema %>`.
    Hole,
    /// Any other character.
    Mark(u8),
}

impl Token {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The tokens and the comments of a text; comments are the ranges between their marks.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    pub comments: Vec<Range<usize>>,
    /// The rows of `INSERT`s, which are passed over.
    pub rows: Vec<Range<usize>>,
}

/// Bodies in bodies deeper than this are left as one string.
const DEPTH: usize = 4;

/// Cuts a text into tokens, in time linear in its length. What is left open at the end is passed over.
pub(super) fn tokens(text: &str) -> Tokens {
    let mut lexer = Lexer { text, bytes: text.as_bytes(), backslash: is_mysql(text), ..Lexer::default() };
    lexer.run(0..text.len(), 0);
    lexer.found
}

/// MySQL reads `\'` as a quote inside a string; the others end the string there.
fn is_mysql(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(64 * 1024)];
    let says = |word: &[u8]| head.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    says(b"engine=") || says(b"auto_increment") || says(b"/*!4") || says(b"mysql dump")
}

#[derive(Default)]
struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    found: Tokens,
    backslash: bool,
    /// What ends a statement besides `;`, as a client's `DELIMITER` command sets it.
    delimiter: Option<&'t str>,
    /// Closers that are known not to come any more before an end: a search for them need not run twice.
    exhausted: Vec<(&'static str, usize)>,
    /// The statement is an `INSERT`: its rows are passed over.
    inserting: bool,
    /// The statement is a `COPY … FROM stdin`: data lines follow it.
    copying: bool,
}

impl<'t> Lexer<'t> {
    fn run(&mut self, range: Range<usize>, depth: usize) {
        let known = self.exhausted.len();
        let mut at = range.start;
        while at < range.end {
            let next = self.step(at, range.end, depth);
            debug_assert!(next > at);
            at = next.max(at + 1);
        }
        self.exhausted.truncate(known);
    }

    /// What a search for a closer finds, unless it is known that it finds nothing.
    fn search(&mut self, closer: &'static str, end: usize, find: impl FnOnce(&Self) -> Option<usize>) -> Option<usize> {
        if self.exhausted.contains(&(closer, end)) {
            return None;
        }
        let found = find(self);
        if found.is_none() {
            self.exhausted.push((closer, end));
        }
        found
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        self.found.tokens.push(Token { kind, start: range.start as u32, end: range.end as u32 });
    }

    fn rest(&self, at: usize, end: usize) -> &'t [u8] {
        &self.bytes[at..end.max(at)]
    }

    /// Reads what begins at `at` and says where it ends.
    fn step(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let rest = self.rest(at, end);
        if let Some(delimiter) = self.delimiter.filter(|delimiter| rest.starts_with(delimiter.as_bytes())) {
            self.end_statement(at);
            return at + delimiter.len();
        }
        match rest[0] {
            b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            b'-' if rest.starts_with(b"--") => self.line_comment(at + 2, end),
            b'#' if self.is_hash_comment(at, end) => self.line_comment(at + 1, end),
            b'/' if rest.starts_with(b"/*") => self.block_comment(at, end),
            b'{' if rest.starts_with(b"{{") => self.hole(at, end, "}}"),
            b'{' if rest.starts_with(b"{%") => self.close(at, end, "%}").unwrap_or(at + 2),
            b'{' if rest.starts_with(b"{#") => self.close(at, end, "#}").unwrap_or(at + 2),
            b'<' if rest.starts_with(b"<%=") => self.hole(at, end, "%>"),
            b'<' if rest.starts_with(b"<%") => self.close(at, end, "%>").unwrap_or(at + 2),
            b'$' if rest.starts_with(b"${") => self.hole(at, end, "}"),
            b'$' => self.dollar(at, end, depth),
            b'\'' => self.string(at, end, self.backslash, depth),
            b'"' => self.quoted(at, end, b'"'),
            b'`' => self.quoted(at, end, b'`'),
            b'[' => self.bracket(at, end),
            b'\\' if self.starts_line(at) => self.line_end(at, end),
            b';' => {
                self.push(Kind::Mark(b';'), at..at + 1);
                let copied = self.copying;
                self.inserting = false;
                self.copying = false;
                if copied { self.after_data(at + 1, end) } else { at + 1 }
            }
            b'0'..=b'9' => {
                let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.').count();
                self.push(Kind::Number, at..at + length);
                at + length
            }
            byte if is_word(byte) => self.word(at, end, depth),
            byte => {
                self.push(Kind::Mark(byte), at..at + 1);
                at + 1
            }
        }
    }

    fn end_statement(&mut self, at: usize) {
        self.push(Kind::Mark(b';'), at..at + 1);
        self.inserting = false;
        self.copying = false;
    }

    fn word(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let rest = self.rest(at, end);
        let length = rest.iter().take_while(|byte| is_word(**byte)).count();
        let (word, after) = (&self.text[at..at + length], at + length);
        // N'…', E'…', B'…', X'…', _utf8'…': the prefix belongs to the string.
        if after < end && self.bytes[after] == b'\'' && (length == 1 || word.starts_with('_')) {
            let escapes = self.backslash || word.eq_ignore_ascii_case("e");
            return self.string(after, end, escapes, depth);
        }
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        if is("delimiter") && self.starts_line(at) {
            let line = self.line_end(at, end);
            let chosen = self.text[after..line].trim();
            self.delimiter = (!chosen.is_empty() && chosen != ";").then_some(chosen);
            return line;
        }
        if is("stdin") && self.last_word_is("from") {
            self.copying = true;
        }
        self.push(Kind::Word, at..after);
        if is("insert") || is("replace") {
            self.inserting = true;
        } else if self.inserting && (is("values") || is("value")) {
            self.inserting = false;
            return self.rows(after, end);
        }
        after
    }

    fn last_word_is(&self, word: &str) -> bool {
        self.found
            .tokens
            .last()
            .is_some_and(|token| token.kind == Kind::Word && self.text[token.range()].eq_ignore_ascii_case(word))
    }

    /// Passes over the rows of an `INSERT`: bracketed lists with commas between them.
    fn rows(&mut self, at: usize, end: usize) -> usize {
        let after = self.after_rows(at, end);
        self.found.rows.push(at..after);
        after
    }

    fn after_rows(&mut self, at: usize, end: usize) -> usize {
        let mut at = at;
        loop {
            let from = self.blanks(at, end);
            if self.bytes.get(from) != Some(&b'(') || from >= end {
                return at;
            }
            let Some(after) = self.search(")", end, |lexer| lexer.row(from, end)) else { return at };
            let next = self.blanks(after, end);
            if next < end && self.bytes[next] == b',' {
                at = next + 1;
            } else {
                return after;
            }
        }
    }

    /// The end of a bracketed list that opens at `at`.
    fn row(&self, at: usize, end: usize) -> Option<usize> {
        let (mut depth, mut at) = (0usize, at);
        while at < end {
            match self.bytes[at] {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                quote @ (b'\'' | b'"') => at = self.closing_quote(at + 1, end, quote, self.backslash)?,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn blanks(&self, at: usize, end: usize) -> usize {
        at + self.rest(at, end).iter().take_while(|byte| byte.is_ascii_whitespace()).count()
    }

    /// Where the quote that is open at `at` closes; a doubled quote does not close it.
    fn closing_quote(&self, at: usize, end: usize, quote: u8, backslash: bool) -> Option<usize> {
        let mut at = at;
        while at < end {
            match self.bytes[at] {
                b'\\' if backslash => at += 1,
                byte if byte == quote => {
                    if at + 1 < end && self.bytes[at + 1] == quote {
                        at += 1;
                    } else {
                        return Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn string(&mut self, at: usize, end: usize, backslash: bool, depth: usize) -> usize {
        let Some(close) = self.search("'", end, |lexer| lexer.closing_quote(at + 1, end, b'\'', backslash)) else {
            return at + 1;
        };
        if depth < DEPTH && self.is_run() {
            self.push(Kind::Mark(b';'), at..at + 1);
            self.run(at + 1..close, depth + 1);
            self.end_statement(close);
        } else {
            self.push(Kind::Literal, at + 1..close);
        }
        close + 1
    }

    /// Whether the string that comes is run as SQL: `EXECUTE '…'`, `EXEC('…')`, `sp_executesql N'…'`.
    fn is_run(&self) -> bool {
        let word_at = |back: usize| {
            let token = self.found.tokens.len().checked_sub(back).map(|at| self.found.tokens[at])?;
            (token.kind == Kind::Word).then(|| &self.text[token.range()])
        };
        let opens = self.found.tokens.last().is_some_and(|token| token.kind == Kind::Mark(b'('));
        let runs = |word: &str| {
            ["execute", "exec", "sp_executesql", "immediate"].iter().any(|other| word.eq_ignore_ascii_case(other))
        };
        word_at(if opens { 2 } else { 1 }).is_some_and(runs)
    }

    fn quoted(&mut self, at: usize, end: usize, quote: u8) -> usize {
        let name = if quote == b'"' { "\"" } else { "`" };
        match self.search(name, end, |lexer| lexer.closing_quote(at + 1, end, quote, false)) {
            Some(close) => {
                self.push(Kind::Quoted, at + 1..close);
                close + 1
            }
            None => at + 1,
        }
    }

    /// `[name]` is an identifier; `text[]` and `int[3]` are arrays.
    fn bracket(&mut self, at: usize, end: usize) -> usize {
        let inner =
            self.rest(at + 1, end).iter().take(256).position(|byte| matches!(byte, b']' | b'\n' | b';' | b'\''));
        let close = inner.map(|length| at + 1 + length).filter(|close| self.bytes[*close] == b']');
        match close {
            Some(close) if close > at + 1 && !self.bytes[at + 1].is_ascii_digit() => {
                self.push(Kind::Quoted, at + 1..close);
                close + 1
            }
            _ => {
                self.push(Kind::Mark(b'['), at..at + 1);
                at + 1
            }
        }
    }

    /// `$tag$ … $tag$`: a body that is run is cut into tokens itself, any other is a string.
    fn dollar(&mut self, at: usize, end: usize, depth: usize) -> usize {
        let rest = self.rest(at, end);
        let name = rest[1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let is_tag = rest.get(name + 1) == Some(&b'$') && !rest.get(1).is_some_and(u8::is_ascii_digit);
        if !is_tag {
            self.push(Kind::Mark(b'$'), at..at + 1);
            return at + 1;
        }
        let tag = &self.text[at..at + name + 2];
        let open = at + tag.len();
        let other_half = |lexer: &Self| lexer.text[open..end].find(tag).map(|length| open + length);
        // Without its other half there is no use in looking for another tag: read on inside it.
        let Some(close) = self.search("$", end, other_half) else {
            self.end_statement(at);
            return open;
        };
        let is_body = ["do", "as", "plpgsql", "sql", "execute"].iter().any(|word| self.last_word_is(word));
        if is_body && depth < DEPTH {
            self.end_statement(at);
            self.run(open..close, depth + 1);
            self.end_statement(close);
        } else {
            self.push(Kind::Literal, open..close);
        }
        close + tag.len()
    }

    fn line_comment(&mut self, at: usize, end: usize) -> usize {
        let line = self.line_end(at, end);
        self.found.comments.push(at..line);
        line.max(at)
    }

    fn block_comment(&mut self, at: usize, end: usize) -> usize {
        match self.close(at, end, "*/") {
            Some(after) => {
                self.found.comments.push(at + 2..after - 2);
                after
            }
            None => at + 2,
        }
    }

    fn hole(&mut self, at: usize, end: usize, closer: &'static str) -> usize {
        match self.close(at, end, closer) {
            Some(after) => {
                self.push(Kind::Hole, at..after);
                after
            }
            None => at + 2,
        }
    }

    /// The end of the next `closer` behind the two characters that open it.
    fn close(&mut self, at: usize, end: usize, closer: &'static str) -> Option<usize> {
        let from = (at + 2).min(end);
        self.search(closer, end, |lexer| {
            let rest = lexer.text.get(from..end)?;
            rest.find(closer).map(|length| from + length + closer.len())
        })
    }

    fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.bytes[at - 1] == b'\n'
    }

    fn line_end(&self, at: usize, end: usize) -> usize {
        self.rest(at, end).iter().position(|byte| *byte == b'\n').map_or(end, |length| at + length)
    }

    /// `#` begins a comment in MySQL and in Play's evolutions; elsewhere it is part of an operator or a name. An operator
    /// stands between two operands on one line.
    fn is_hash_comment(&self, at: usize, end: usize) -> bool {
        let next = self.bytes.get(at + 1).filter(|_| at + 1 < end);
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let before = self.bytes[..at].iter().rev().find(|byte| !blank(byte));
        let is_apart = before.is_none_or(|byte| matches!(byte, b'\n' | b',' | b'(' | b';'));
        let is_behind = || self.bytes[at - 1] == b' ' && !self.goes_on(at + 1, end);
        next.is_none_or(|byte| matches!(byte, b' ' | b'#' | b'!' | b'-' | b'\n' | b'\t')) && (is_apart || is_behind())
    }

    /// Whether the rest of a line ends as an expression inside of a definition does. No comment behind a column is long.
    fn goes_on(&self, at: usize, end: usize) -> bool {
        const LONG: usize = 256;
        let line = self.rest(at, self.line_end(at, end.min(at + LONG))).trim_ascii_end();
        if line.len() == LONG {
            return true;
        }
        line.ends_with(b",") || line.ends_with(b")") || line.ends_with(b";")
    }

    /// Passes over data lines up to the line `\.`.
    fn after_data(&mut self, at: usize, end: usize) -> usize {
        let last = self.search("\n\\.", end, |lexer| lexer.text[at..end].find("\n\\.").map(|length| at + length + 1));
        last.map_or(at, |line| self.line_end(line, end))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'#') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).tokens.iter().map(|token| (token.kind, &text[token.range()])).collect()
    }

    #[test]
    fn every_dialect_quotes_names_its_own_way() {
        let names = kinds("a \"b c\" `d` [e f] text[] int[3]");
        let quoted: Vec<_> = names.iter().filter(|(kind, _)| *kind == Kind::Quoted).map(|(_, text)| *text).collect();
        assert_eq!(quoted, ["b c", "d", "e f"]);
    }

    /// A body that is run says as much as the file; a text in dollar quotes says nothing.
    #[test]
    fn bodies_are_looked_into_and_texts_are_not() {
        let body = kinds("DO $x$ BEGIN CREATE TABLE a (b int); END $x$;");
        assert!(body.contains(&(Kind::Word, "CREATE")));
        let text = kinds("COMMENT ON TABLE a IS $$don't CREATE$$;");
        assert!(!text.contains(&(Kind::Word, "CREATE")));
    }

    #[test]
    fn delimiters_of_mysql_clients_are_no_quotes() {
        let found = kinds("DELIMITER $$\nCREATE PROCEDURE p() BEGIN END$$\nDELIMITER ;\nCREATE TABLE t (a int);");
        assert_eq!(found.iter().filter(|(_, text)| *text == "CREATE").count(), 2);
    }

    /// Dumps are long: their data costs no tokens.
    #[test]
    fn data_is_passed_over() {
        let copy = kinds("COPY public.t (a, b) FROM stdin;\n1\tit's; CREATE TABLE\n\\.\n\nSELECT 1;");
        assert_eq!(copy.last(), Some(&(Kind::Mark(b';'), ";")));
        assert!(!copy.iter().any(|(_, text)| *text == "CREATE"));
        let insert = kinds("INSERT INTO t (a) VALUES ('x)''(', 1),\n (2, 3) ON CONFLICT DO NOTHING");
        assert_eq!(insert.last(), Some(&(Kind::Word, "NOTHING")));
        assert!(!insert.iter().any(|(kind, _)| matches!(kind, Kind::Literal | Kind::Number)));
    }

    #[test]
    fn open_ends_cost_one_search_each() {
        let hostile = "'\"`/* {{ ${ <%= $a$ [".repeat(20_000);
        assert!(tokens(&hostile).tokens.len() < hostile.len());
    }
}
