//! nginx, Apache (`.htaccess` included) and Caddy: directives and the blocks they stand in.

use crate::fact::{Facts, Name, Said, ScopeId, Setting};
use crate::readers::conf::{self, Kind};
use crate::readers::quoting::{self, Unquoted, Unquoter, closing_quote};
use crate::readers::template::Notation;
use crate::readers::written::Written;
use crate::readers::{Reader, allow};
use crate::source::Source;

pub const READER: Reader = Reader { name: "web server", reads, read };

fn reads(source: &Source) -> bool {
    matches!(conf::kind(source), Some(Kind::Nginx | Kind::Apache | Kind::Caddy))
}

/// Blocks nested deeper are not told apart.
const DEPTH: usize = 32;

fn read(source: &Source) -> Facts {
    let kind = conf::kind(source).unwrap_or(Kind::Nginx);
    let mut facts = Facts::new(source.id);
    let mut statements = Statements { all: Written::all(source), at: 0, kind };
    // The length of the path outside of each open block.
    let mut blocks: Vec<usize> = Vec::new();
    let mut path: Vec<Name> = Vec::new();
    while let Some(statement) = statements.next() {
        let words = &statement.words;
        match statement.end {
            End::Opens => {
                blocks.push(path.len());
                if blocks.len() <= DEPTH {
                    path.extend(block(words, source));
                }
            }
            End::Closes | End::Directive => {
                directive(words, &path, source, &mut facts);
                let closed = if statement.end == End::Closes { blocks.pop() } else { None };
                path.truncate(closed.unwrap_or(path.len()));
            }
        }
    }
    facts
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Directive,
    Opens,
    Closes,
}

/// The words of a directive or of the head of a block. A closing bracket may have none.
struct Statement<'a> {
    words: Vec<Argument<'a>>,
    end: End,
}

/// A word as it is written, quotes included.
type Argument<'a> = Written<'a>;

struct Statements<'a> {
    all: Written<'a>,
    at: usize,
    kind: Kind,
}

impl<'a> Statements<'a> {
    fn next(&mut self) -> Option<Statement<'a>> {
        let mut words: Vec<Argument<'a>> = Vec::new();
        let done = |words, end| Some(Statement { words, end });
        loop {
            let rest = &self.all.text[self.at..];
            let Some(c) = rest.chars().next() else {
                return if words.is_empty() { None } else { done(words, End::Directive) };
            };
            let line_ends = self.kind != Kind::Nginx;
            match c {
                '\n' if line_ends && !words.is_empty() => {
                    self.at += 1;
                    return done(words, End::Directive);
                }
                '\\' if line_ends && rest[1..].trim_start_matches([' ', '\r']).starts_with('\n') => {
                    self.at += 1 + rest[1..].find('\n').unwrap_or(0) + 1;
                }
                c if c.is_whitespace() => self.at += c.len_utf8(),
                '#' if self.kind != Kind::Apache || words.is_empty() => {
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                ';' if !line_ends => {
                    self.at += 1;
                    return done(words, End::Directive);
                }
                '{' if self.kind == Kind::Nginx || (self.kind == Kind::Caddy && ends_line(&rest[1..])) => {
                    self.at += 1;
                    return done(words, End::Opens);
                }
                '}' if self.kind != Kind::Apache => {
                    self.at += 1;
                    return done(words, End::Closes);
                }
                '<' if self.kind == Kind::Apache && words.is_empty() => return Some(self.tag(rest)),
                _ => words.push(self.word()),
            }
        }
    }

    /// `<VirtualHost *:443>` and `</VirtualHost>`.
    fn tag(&mut self, rest: &'a str) -> Statement<'a> {
        let line = rest.lines().next().unwrap_or("");
        let length = line.find('>').unwrap_or(line.len());
        let inside = self.all.part(self.at + 1..self.at + length.max(1));
        self.at += (length + 1).min(rest.len()).max(1);
        while !self.all.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        if inside.text.starts_with('/') {
            return Statement { words: Vec::new(), end: End::Closes };
        }
        Statement { words: arguments(inside), end: End::Opens }
    }

    fn word(&mut self) -> Argument<'a> {
        let start = self.at;
        let rest = self.all.text;
        while let Some(c) = rest[self.at..].chars().next() {
            let quote = matches!(c, '"' | '\'') || (c == '`' && self.kind == Kind::Caddy);
            if quote && self.at == start {
                // A quote closes on its line; nginx's may run on, and an open one is a character.
                let limit = if self.kind == Kind::Nginx { rest.len() } else { line_end(rest, self.at) };
                if let Some(close) = closing_quote(&rest[..limit], self.at) {
                    self.at = close + 1;
                    break;
                }
            }
            let next = self.at + c.len_utf8();
            if self.hole(c) {
                self.at = hole_end(rest, self.at).unwrap_or(next);
                continue;
            }
            let ends = match self.kind {
                Kind::Nginx => matches!(c, ';' | '{' | '}'),
                _ => false,
            };
            if c.is_whitespace() || (ends && self.at > start) {
                break;
            }
            self.at = next;
            if c == '\\' && self.kind == Kind::Nginx {
                self.at += rest[next..].chars().next().map_or(0, char::len_utf8);
            }
        }
        self.all.part(start..self.at)
    }

    /// Whether a character may begin a hole in which brackets and blanks end no word.
    fn hole(&self, c: char) -> bool {
        c == '$' || c == '%' || (c == '{' && self.kind == Kind::Caddy)
    }
}

fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

fn line_end(text: &str, from: usize) -> usize {
    from + text[from..].find('\n').unwrap_or(text.len() - from)
}

/// The end of `${…}`, `%{…}` or `{…}` at `at`.
fn hole_end(text: &str, at: usize) -> Option<usize> {
    let open = at + usize::from(!text[at..].starts_with('{'));
    if !text[open..].starts_with('{') {
        return None;
    }
    let close = text[open..].bytes().take(256).position(|byte| matches!(byte, b'}' | b'\n'))?;
    (text.as_bytes()[open + close] == b'}').then_some(open + close + 1)
}

/// The words of a head on one line.
fn arguments(line: Written<'_>) -> Vec<Argument<'_>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let quoted = rest.text.starts_with('"').then(|| closing_quote(rest.text, 0)).flatten();
        let end = quoted.map_or_else(|| rest.text.find(char::is_whitespace).unwrap_or(rest.text.len()), |at| at + 1);
        words.push(rest.to(end));
        rest = rest.from(end).trim_start();
    }
    words
}

/// The steps of a block: its name, and what it is for where that tells it from its like: `location /us/`.
fn block(words: &[Argument<'_>], source: &Source) -> Vec<Name> {
    let Some(first) = words.first() else { return Vec::new() };
    let mut steps = vec![name(*first, source)];
    let Some((second, last)) = words.get(1).zip(words.last()) else { return steps };
    let condition =
        Written { text: source.slice(second.span(source.id).to(last.span(source.id))), start: second.start };
    let what = match (first.text, words.len()) {
        // `map $country $flinks_host`: the second is what the keys inside decide.
        ("map" | "geo" | "split_clients", _) => *last,
        // What holds when something is *not* so has no name.
        ("if" | "If" | "location" | "@not", _) if condition.text.contains("!=") || condition.text.contains("!~") => {
            return steps;
        }
        _ => condition,
    };
    if what.text.len() <= 256 {
        steps.push(name(what, source));
    }
    steps
}

/// A word as a name: without quotes and without the `$` of a variable.
fn name(word: Argument<'_>, source: &Source) -> Name {
    let inside = unquoted(word, source).text;
    let from = usize::from(inside.expose().starts_with('$'));
    let text = inside.part(from..inside.len());
    Name::key(text.expose(), text.span())
}

fn unquoted(word: Argument<'_>, source: &Source) -> Unquoted {
    let quote = word.text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let inside = quote.filter(|quote| word.text.len() > 1 && word.text.ends_with(*quote));
    let mut unquoter = Unquoter::new(source.id);
    match inside {
        Some('"' | '\'') => unquoter.escaped(word.part(1..word.text.len() - 1), "\"\\'"),
        Some(_) => unquoter.verbatim(word.part(1..word.text.len() - 1)),
        None => environment_holes(word, &mut unquoter),
    }
    let edge = usize::from(inside.is_some());
    unquoter.finish(word.start + edge..word.end() - edge)
}

/// Caddy writes `{$NAME:default}` and `{env.NAME}` for variables of the environment.
fn environment_holes(word: Argument<'_>, unquoter: &mut Unquoter) {
    let mut from = 0;
    while let Some(hole) = word.text[from..].find("{$").map(|offset| from + offset) {
        unquoter.verbatim(word.part(from..hole));
        unquoter.decoded("${", word.start + hole);
        from = hole + 2;
    }
    unquoter.verbatim(word.from(from));
}

/// Directives whose first argument names what the second sets.
const NAMED: &[&str] = &[
    "set",
    "define",
    "proxypass",
    "proxypassreverse",
    "redirect",
    "redirectmatch",
    "rewrite",
    "error_page",
    "alias",
    "scriptalias",
    "handle_path",
    "redir",
    "perl_set",
    "js_set",
    "set_by_lua",
];

/// Directives that set a variable of the environment.
const VARIABLES: &[&str] =
    &["setenv", "fastcgi_param", "uwsgi_param", "scgi_param", "passenger_env_var", "passengerenvvar", "env"];

/// Directives that set a header, named by an argument.
const HEADERS: &[&str] = &[
    "add_header",
    "more_set_headers",
    "proxy_set_header",
    "grpc_set_header",
    "header",
    "requestheader",
    "header_up",
    "header_down",
    "request_header",
];

/// What may stand between `Header` and the header's name.
const HEADER_WORDS: &[&str] =
    &["always", "onsuccess", "set", "append", "add", "merge", "setifempty", "edit", "unset", "echo", "note"];

fn directive(words: &[Argument<'_>], path: &[Name], source: &Source, facts: &mut Facts) {
    let Some((first, rest)) = words.split_first() else { return };
    let own = first.text.to_ascii_lowercase();
    if VARIABLES.contains(&own.as_str()) {
        facts.settings.extend(variable(rest, source));
        return;
    }
    // `SetEnvIf Host ^us FLINKS_URL=https://…`: what it sets stands behind the condition.
    if matches!(own.as_str(), "setenvif" | "setenvifnocase" | "setenvifexpr") {
        facts.settings.extend(rest.iter().skip(1).filter_map(|word| variable(&[*word], source)));
        return;
    }
    let (key, values, said) = if HEADERS.contains(&own.as_str()) {
        let before = |word: &str| HEADER_WORDS.contains(&word) || word.starts_with(['/', '@', '*']);
        let skip = rest.iter().take_while(|word| before(&word.text.to_ascii_lowercase())).count();
        let Some((header, values)) = rest[skip..].split_first() else { return };
        let key = name(*header, source);
        let said =
            if allow::lists(key.text.trim_start_matches(['+', '-', '?', '>'])) { Said::Allowed } else { Said::Key };
        (key, values.get(..1).unwrap_or(values), said)
    } else if NAMED.contains(&own.as_str()) && rest.len() > 1 {
        (name(rest[0], source), &rest[1..], Said::Key)
    } else {
        let key = name(*first, source);
        // In Caddy's `header { … }` and in maps of headers a name stands alone.
        let said = if allow::lists(&key.text) { Said::Allowed } else { Said::Key };
        (key, rest, said)
    };
    let value = match values {
        [] => return,
        [only] => unquoted(*only, source).value(Notation::Shell),
        [one, .., last] => {
            let all = Written { text: &source.text()[one.start..last.end()], start: one.start };
            quoting::bare(all, source.id).value(Notation::Shell)
        }
    };
    let path = path.iter().cloned().chain([key]).collect();
    facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said });
}

/// `SetEnv NAME value`, `fastcgi_param NAME value;`, `env NAME=value;`.
fn variable(words: &[Argument<'_>], source: &Source) -> Option<Setting> {
    let (key, value) = match words {
        [assigned] => {
            let (name, value) = unquoted(*assigned, source).assignment()?;
            (Name::key(name.expose(), name.span()), value)
        }
        [key, value, ..] => (name(*key, source), unquoted(*value, source)),
        [] => return None,
    };
    let value = value.value(Notation::Shell);
    Some(Setting { scope: ScopeId::FILE, path: vec![key], value, said: Said::Variable })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), path, text);
        let show = |setting: &Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            format!("{} = {} {:?}", path.join("|"), source.slice(setting.value.span), setting.said)
        };
        read(&source).settings.iter().map(show).collect()
    }

    #[test]
    fn nginx_directives_blocks_and_maps() {
        let text = "env A=b;\n# x y;\nmap $country $flinks_host {\n  default https://d;\n  US \"https://u\"; # c\n}\nserver {\n  location /us/ {\n    proxy_pass https://x/${y};\n    add_header Content-Security-Policy \"frame-src\n      https://z\" always;\n    fastcgi_param FLINKS_K k;\n    set $x 'y z';\n }}\n";
        let expected = [
            "A = b Variable",
            "map|flinks_host|default = https://d Key",
            "map|flinks_host|US = https://u Key",
            "server|location|/us/|proxy_pass = https://x/${y} Key",
            "server|location|/us/|Content-Security-Policy = frame-src\n      https://z Allowed",
            "FLINKS_K = k Variable",
            "server|location|/us/|x = y z Key",
        ];
        assert_eq!(shown("nginx.conf", text), expected);
    }

    #[test]
    fn apache_directives_and_sections() {
        let text = "SetEnv FLINKS_URL \"https://x\"\n# SetEnv NO 1\n<VirtualHost us.example:443>\n  ProxyPass /flinks https://y \\\n    retry=0\n  Header always set Content-Security-Policy \"frame-src z\"\n</VirtualHost>\nDefine host h\n";
        let expected = [
            "FLINKS_URL = https://x Variable",
            "VirtualHost|us.example:443|/flinks = https://y \\\n    retry=0 Key",
            "VirtualHost|us.example:443|Content-Security-Policy = frame-src z Allowed",
            "host = h Key",
        ];
        assert_eq!(shown(".htaccess", text), expected);
    }

    #[test]
    fn caddy_sites_and_variables() {
        let text = "us.example {\n  reverse_proxy {$FLINKS_URL:https://x}\n  header {\n    Content-Security-Policy \"frame-src z\"\n  }\n}\n";
        let expected = [
            "us.example|reverse_proxy = {$FLINKS_URL:https://x} Key",
            "us.example|header|Content-Security-Policy = frame-src z Allowed",
        ];
        assert_eq!(shown("Caddyfile", text), expected);
        let source = Source::new(FileId(0), "Caddyfile", text);
        let facts = read(&source);
        assert_eq!(&*facts.settings[0].value.references().next().unwrap().name, "FLINKS_URL");
    }

    /// An open quote in nginx is a character: the directives below are still read.
    #[test]
    fn an_open_quote_costs_its_word() {
        assert_eq!(shown("nginx.conf", "set $a \"b;\nset $c d;"), ["a = \"b Key", "c = d Key"]);
        assert_eq!(shown("nginx.conf", "}}{{;;"), Vec::<String>::new());
    }
}
