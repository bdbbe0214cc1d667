//! `.env` files: `KEY=value` lines of many flavours, and what direnv reads.

use crate::fact::{Facts, Name, Problem, Said, ScopeId, Setting};
use crate::readers::file_names::{in_folder, plain_name};
use crate::readers::quoting::{self, Unquoted, Unquoter, closing_quote, is_name};
use crate::readers::template::Notation;
use crate::readers::written::{Written, comment};
use crate::readers::{Reader, repeated};
use crate::source::Source;

pub const READER: Reader = Reader { name: "dotenv", reads, read };

/// Endings of what is about the environment but in another language: `.env.ts`, `env.d.ts`.
const OTHER_LANGUAGES: &[&str] = &[
    "js",
    "mjs",
    "cjs",
    "ts",
    "mts",
    "cts",
    "tsx",
    "jsx",
    "json",
    "jsonc",
    "json5",
    "yml",
    "yaml",
    "toml",
    "py",
    "rb",
    "php",
    "go",
    "rs",
    "java",
    "kt",
    "cs",
    "swift",
    "dart",
    "ex",
    "exs",
    "sh",
    "bash",
    "zsh",
    "fish",
    "ps1",
    "bat",
    "md",
    "txt",
    "html",
    "xml",
    "vue",
    "tf",
    "hcl",
    "sql",
    "lock",
    "gpg",
    "age",
    "cfg",
    "ini",
    "conf",
    "properties",
    "cmd",
    "nix",
    "tfvars",
    "c",
    "h",
    "cpp",
    "lua",
    "csv",
    "log",
    "rst",
    "adoc",
];

/// What may follow `env.` in a name without a leading dot, where any language's files are called `env.…` too.
const ENVIRONMENTS: &[&str] = &[
    "prod",
    "prd",
    "production",
    "live",
    "release",
    "stage",
    "stg",
    "staging",
    "uat",
    "qa",
    "preprod",
    "dev",
    "devel",
    "development",
    "local",
    "debug",
    "test",
    "testing",
    "ci",
    "e2e",
    "preview",
    "sandbox",
    "demo",
    "ca",
    "canada",
    "us",
    "usa",
    "docker",
    "list",
    "defaults",
    "secrets",
    "shared",
    "common",
    "base",
    "api",
    "web",
    "app",
    "vars",
];

fn reads(source: &Source) -> bool {
    let name = plain_name(source);
    if matches!(&*name, ".env" | ".envrc" | ".flaskenv" | "dotenv" | "env" | "env.list" | ".vars") {
        return true;
    }
    // Cookiecutter's Django keeps `.envs/.production/.django`.
    let in_envs = in_folder(source, ".envs") || in_folder(source, "envs");
    if in_envs && name.strip_prefix('.').is_some_and(|name| !name.contains('.')) {
        return true;
    }
    let parts: Vec<&str> = name.split('.').collect();
    let last = *parts.last().unwrap_or(&"");
    if let Some(rest) = name.strip_prefix(".env") {
        let goes_on = rest.starts_with(['.', '-', '_']) || rest.starts_with("rc.");
        return goes_on && !OTHER_LANGUAGES.contains(&last);
    }
    if last == "env" || (name.starts_with('.') && (last == "vars" || parts.get(2) == Some(&"vars"))) {
        return true;
    }
    let environment = |part: &str| part.split(['-', '_']).all(|word| ENVIRONMENTS.contains(&word));
    match parts.iter().position(|part| *part == "env") {
        Some(at) => parts.len() > at + 1 && parts[at + 1..].iter().all(|part| environment(part)),
        None => false,
    }
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    let shell = plain_name(source).starts_with(".envrc");
    let all = Written::all(source);
    let mut at = 0;
    while at < all.text.len() {
        let rest = &all.text[at..];
        let end = at + rest.find('\n').unwrap_or(rest.len());
        let next = Lines { all, line_end: end, shell }.read(at, &mut facts);
        at = next.max(end) + 1;
    }
    repeated::lines(source.text(), &mut facts.settings);
    facts
}

/// A logical line: where its first line ends, within the whole text that a quote may run into.
struct Lines<'a> {
    all: Written<'a>,
    line_end: usize,
    shell: bool,
}

impl Lines<'_> {
    /// Reads the settings of the line at `at`; returns where the last one ends.
    fn read(&self, at: usize, facts: &mut Facts) -> usize {
        let line = self.all.part(at..self.line_end).trim();
        if line.is_empty() || line.text.starts_with('#') {
            return self.line_end;
        }
        let exported = line.after("export").filter(|rest| rest.text.starts_with(char::is_whitespace));
        let mut rest = exported.map_or(line, Written::trim_start);
        let Some((name, value)) = name_of(rest, self.shell) else {
            if !self.shell && half_a_setting(rest.text) {
                facts.problems.push(Problem {
                    span: rest.span(facts.file),
                    reason: "a line has a name and a value but no `=`".into(),
                });
            }
            return self.line_end;
        };
        let mut end = self.setting(name, value.start, facts);
        // A shell line may set several: `export A=b C=d`.
        while self.shell && end < self.line_end {
            rest = self.all.part(end..self.line_end);
            rest = rest.from(rest.text.len() - rest.text.trim_start_matches([' ', '\t', ';', '&']).len());
            rest = rest.after("export ").map_or(rest, Written::trim_start);
            match name_of(rest, true) {
                Some((name, value)) => end = self.setting(name, value.start, facts),
                None => break,
            }
        }
        end
    }

    fn setting(&self, name: Written<'_>, from: usize, facts: &mut Facts) -> usize {
        let (value, end) = self.value(from, facts);
        facts.settings.push(Setting {
            scope: ScopeId::FILE,
            path: vec![Name::key(name.text, name.span(facts.file))],
            value: value.value(Notation::Shell),
            said: Said::Variable,
        });
        end
    }

    /// The value that begins at `from`, and where it ends.
    fn value(&self, from: usize, facts: &mut Facts) -> (Unquoted, usize) {
        let blank = self.all.part(from..self.line_end);
        let rest = blank.trim();
        let quoted = rest.text.starts_with(['"', '\'', '`']);
        if quoted || self.shell {
            return self.word(rest.start, facts);
        }
        // `KEY= # comment` is empty, `KEY=#1` is not.
        let from = usize::from(rest.start == blank.start && rest.text.starts_with('#'));
        let mark = comment(&rest.text[from..], &['#']).filter(|mark| from == 0 || *mark > 0);
        let plain = mark.map_or(rest, |mark| rest.to(from + mark)).trim_end();
        (quoting::bare(plain, facts.file), self.line_end)
    }

    /// A value with quotes, as shells read one: `"https://"$HOST'/v3'` is one value.
    fn word(&self, start: usize, facts: &mut Facts) -> (Unquoted, usize) {
        let text = self.all.text;
        let mut unquoter = Unquoter::new(facts.file);
        let mut at = start;
        let mut inside = None;
        while at < self.line_end {
            let c = text[at..].chars().next().unwrap_or(' ');
            inside = None;
            match c {
                '"' | '\'' | '`' => match self.quote(at, at == start) {
                    Some(close) => {
                        self.quoted(at, close, &mut unquoter);
                        inside = (at == start).then_some(at + 1..close);
                        at = close + 1;
                        if close > self.line_end {
                            break;
                        }
                    }
                    None if at == start => return self.unterminated(start, facts),
                    None => {
                        unquoter.verbatim(self.all.part(at..at + 1));
                        at += 1;
                    }
                },
                '$' => {
                    let end = hole_end(&text[at..self.line_end]).map_or(at + 1, |length| at + length);
                    unquoter.verbatim(self.all.part(at..end));
                    at = end;
                }
                '\\' if self.shell => {
                    let next = text[at + 1..self.line_end].chars().next().map_or(0, char::len_utf8);
                    unquoter.escaped(self.all.part(at..at + 1 + next), "\"'\\$` #;&");
                    at += 1 + next;
                }
                ';' | '&' | '|' if self.shell => break,
                c if c.is_whitespace() => break,
                c => {
                    unquoter.verbatim(self.all.part(at..at + c.len_utf8()));
                    at += c.len_utf8();
                }
            }
        }
        let range = inside.unwrap_or(start..at);
        let end = if self.shell || at > self.line_end { at } else { self.line_end };
        (unquoter.finish(range), end)
    }

    /// Where the quote at `open` closes. It may run over lines only if nothing but a comment follows it there:
    /// else it was never closed, and the quote found belongs to another setting.
    fn quote(&self, open: usize, first: bool) -> Option<usize> {
        if !first {
            return closing_quote(&self.all.text[..self.line_end], open);
        }
        let close = closing_quote(self.all.text, open)?;
        let after = self.all.text[close + 1..].lines().next().unwrap_or("").trim();
        (close < self.line_end || after.is_empty() || after.starts_with('#')).then_some(close)
    }

    fn quoted(&self, open: usize, close: usize, unquoter: &mut Unquoter) {
        let inside = self.all.part(open + 1..close);
        match self.all.text.as_bytes()[open] {
            b'"' if self.shell => unquoter.escaped(inside, "\"\\$`"),
            b'"' => unquoter.escaped(inside, "nrt\"\\$`"),
            b'\'' => unquoter.literal(inside),
            // A shell runs what stands between backticks.
            _ if self.shell => {
                unquoter.decoded("$(", open);
                unquoter.verbatim(inside);
                unquoter.decoded(")", close);
            }
            _ => unquoter.verbatim(inside),
        }
    }

    /// An open quote costs its own line alone: what follows the quote there is the value.
    fn unterminated(&self, open: usize, facts: &mut Facts) -> (Unquoted, usize) {
        let rest = self.all.part(open + 1..self.line_end);
        let plain = comment(rest.text, &['#']).map_or(rest, |mark| rest.to(mark)).trim_end();
        facts.problems.push(Problem {
            span: self.all.part(open..open + 1).span(facts.file),
            reason: "a quote is opened and not closed".into(),
        });
        (quoting::bare(plain, facts.file), self.line_end)
    }
}

/// The name of a setting and what follows its `=`, or its `: ` as some flavours have it.
fn name_of(line: Written<'_>, shell: bool) -> Option<(Written<'_>, Written<'_>)> {
    let separator = line.text.find(['=', ':'])?;
    let name = line.to(separator);
    let value = line.from(separator + 1);
    if line.text.as_bytes()[separator] == b':' && (shell || !value.text.starts_with([' ', '\t'])) {
        return None;
    }
    let trimmed = if shell { name } else { name.trim_end() };
    is_name(trimmed.text).then_some((trimmed, value))
}

/// `FLINKS_CA_URL https://…`: a name in capitals, a blank, more.
fn half_a_setting(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(char::is_whitespace) else { return false };
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.contains('_') && name.chars().all(capitals) && !rest.trim().is_empty()
}

/// The length of `${…}` or `$(…)` at the beginning of `text`: blanks inside do not end a word.
fn hole_end(text: &str) -> Option<usize> {
    let (open, close) = match text.as_bytes().get(1)? {
        b'{' => (b'{', b'}'),
        b'(' => (b'(', b')'),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().skip(1).take(256) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Piece, Value};
    use crate::source::FileId;

    fn shown(value: &Value) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(reference) => match &reference.fallback {
                Some(fallback) => format!("[{}|{}]", reference.name, shown(fallback)),
                None => format!("[{}]", reference.name),
            },
        };
        value.pieces.iter().map(piece).collect()
    }

    fn settings(path: &str, text: &str) -> (Vec<String>, usize) {
        let facts = read(&Source::new(FileId(0), path, text));
        let show = |setting: &Setting| format!("{}={}", setting.path[0].text, shown(&setting.value));
        (facts.settings.iter().map(show).collect(), facts.problems.len())
    }

    #[test]
    fn names_of_files() {
        let reads = |path: &str| reads(&Source::new(FileId(0), path, ""));
        for path in [
            ".env",
            "app/.env.production",
            ".env.production.local",
            "prod.env",
            ".envrc",
            ".flaskenv",
            ".dev.vars",
            ".dev.vars.production",
            "env.production",
            "us.env.j2",
            ".env.staging.erb",
            ".env-us",
            "web.env.prod",
            ".env.example",
            "env.us-prod",
        ] {
            assert!(reads(path), "{path}");
        }
        for path in
            [".env.ts", "env.d.ts", ".env.json", "env.rb", "environment.prod", "env.mjs", "config.vars", ".environment"]
        {
            assert!(!reads(path), "{path}");
        }
    }

    /// Each flavour of the format has its own idea of these lines; what they agree on is read, and the rest as most do.
    #[test]
    fn values_of_every_flavour() {
        for (line, expected) in [
            ("A=b", "A=b"),
            ("  export A = b # c", "A=b"),
            ("A=b#c", "A=b#c"),
            ("A=#c", "A=#c"),
            ("A= # c", "A="),
            ("A=", "A="),
            ("A: b c", "A=b c"),
            ("flinks.ca.url=x", "flinks.ca.url=x"),
            ("A='${B} # c' # d", "A=${B} # c"),
            ("A='op://x/y'", "A=[op://x/y]"),
            ("A=\"x\\n\\\"y\\\" \\\\ \\$B\"", "A=x\n\"y\" \\ $B"),
            ("A=`b \"c\" ${D}`", "A=b \"c\" [D]"),
            ("A=${B:-https://c}/v3", "A=[B|https://c]/v3"),
            ("A=\"${B:-c d}\"", "A=[B|c d]"),
            ("A={\"b\": \"c\"}", "A={\"b\": \"c\"}"),
            ("A=it's", "A=it's"),
            ("A=b\r", "A=b"),
        ] {
            assert_eq!(settings(".env", line), (vec![expected.to_owned()], 0), "{line}");
        }
    }

    #[test]
    fn values_run_over_lines_in_quotes() {
        let (found, problems) = settings(".env", "A=\"-----BEGIN\nMII=\n-----END\" # c\nB='x\ny'\nC=1");
        assert_eq!((found, problems), (vec!["A=-----BEGIN\nMII=\n-----END".into(), "B=x\ny".into(), "C=1".into()], 0));
    }

    /// A forgotten quote must not hide the settings below it.
    #[test]
    fn an_open_quote_costs_its_own_line() {
        let (found, problems) = settings(".env", "A=\"b\nC=d\nE=\"f\"\nG='h # i");
        assert_eq!((found, problems), (vec!["A=b".into(), "C=d".into(), "E=f".into(), "G=h".into()], 2));
    }

    #[test]
    fn lines_that_set_nothing() {
        let text = "source_up\nJUST_A_NAME\n[section]\n{% if x %}\nhttps://a/b\n= 1\n1A=2\nFLINKS_URL https://a";
        assert_eq!(settings(".env", text), (vec![], 1));
    }

    /// direnv's file is a shell script: a line may set several variables, and a value ends at a blank.
    #[test]
    fn direnv() {
        let text = "dotenv .env.us\nexport A=b C=\"d\"'e' # f\nPATH_add bin\nG=$(pass show h i); export J=k\nL=`m n`\nif [ x ]; then";
        let expected = ["A=b", "C=de", "G=[pass show h i]", "J=k", "L=[m n]"];
        assert_eq!(settings(".envrc", text), (expected.map(str::to_owned).to_vec(), 0));
    }
}
