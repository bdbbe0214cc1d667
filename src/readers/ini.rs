//! INI files and their kin: `[section]`, `key = value`; `.npmrc`, `.cnf`, `.xcconfig`, PHP-FPM pools, supervisor, uwsgi, tox.

use crate::fact::{Facts, Name, Said, ScopeId, Setting};
use crate::readers::conf::{self, Kind};
use crate::readers::file_names::{has_plain_extension, in_folder, plain_name};
use crate::readers::quoting::{self, Unquoted, Unquoter, closing_quote};
use crate::readers::template::Notation;
use crate::readers::written::{Written, comment};
use crate::readers::{Reader, dotted, systemd};
use crate::source::Source;

pub const READER: Reader = Reader { name: "ini", reads, read };

const EXTENSIONS: &[&str] = &["ini", "cfg", "cnf", "xcconfig", "desktop", "inf", "prefs", "editorconfig"];

const NAMES: &[&str] = &[
    ".npmrc",
    ".pypirc",
    ".gitconfig",
    ".editorconfig",
    ".s3cfg",
    ".boto",
    ".my.cnf",
    ".coveragerc",
    ".flake8",
    ".pylintrc",
    ".buckconfig",
    ".gitmodules",
    ".netrc.ini",
    "pip.conf",
];

fn reads(source: &Source) -> bool {
    has_plain_extension(source, EXTENSIONS)
        || NAMES.contains(&&*plain_name(source))
        || (in_folder(source, ".aws") && matches!(source.file_name(), "credentials" | "config"))
        || conf::kind(source) == Some(Kind::Ini)
}

fn read(source: &Source) -> Facts {
    let xcode = has_plain_extension(source, &["xcconfig"]);
    let dialect = Dialect {
        comments: if xcode { &[] } else { &[';', '#'] },
        xcode,
        colons: !xcode && !plain_name(source).ends_with("npmrc"),
        backslashes: false,
    };
    let mut facts = Facts::new(source.id);
    let entries = entries(source, &dialect);
    for entry in &entries {
        add(entry, &dialect, &mut facts);
    }
    facts
}

/// What differs between tools that all write `key = value`.
pub(super) struct Dialect {
    /// What begins a comment after a value.
    pub comments: &'static [char],
    /// Xcode's settings: `//` comments, and `$()` that keeps the slashes of a URL apart.
    pub xcode: bool,
    /// Whether `key: value` is read.
    pub colons: bool,
    /// Whether a backslash at the end of a line continues it.
    pub backslashes: bool,
}

/// A key with its value, which may run over lines.
pub(super) struct Entry<'a> {
    /// The name of the section, empty before the first.
    pub section: Option<Written<'a>>,
    /// The key under which this one stands indented: tox's `setenv =`.
    pub parent: Option<Written<'a>>,
    pub key: Written<'a>,
    /// The lines of the value, without blanks before them; at least one.
    pub lines: Vec<Written<'a>>,
}

/// The entries of a file, in order.
pub(super) fn entries<'a>(source: &'a Source, dialect: &Dialect) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut section = None;
    // The indentation of the key whose value further indented lines continue.
    let mut open: Option<usize> = None;
    let mut continues = false;
    for raw in Written::all(source).lines() {
        let line = raw.trim();
        let backslash = dialect.backslashes && line.text.ends_with('\\');
        // Blanks at the end stay for now, so that a line ends where its newline or backslash stands.
        let text = if backslash { line.to(line.text.len() - 1) } else { raw.from(line.start - raw.start) };
        if is_comment(line.text, dialect) {
            continue;
        }
        let indent = line.start - raw.start;
        if let (true, Some(entry)) = (continues, entries.last_mut()) {
            entry.lines.push(text);
        } else if line.is_empty() {
        } else if let Some(name) = section_name(line) {
            section = Some(name);
            open = None;
        } else if open.is_some_and(|key| indent > key) && !entries.is_empty() {
            nested(&mut entries, text);
        } else if let Some((key, value)) = assignment(text, dialect) {
            open = Some(indent);
            entries.push(Entry { section, parent: None, key, lines: vec![value.trim_start()] });
        } else {
            open = None;
        }
        continues = backslash && !entries.is_empty() && (continues || open.is_some());
    }
    entries
}

fn is_comment(line: &str, dialect: &Dialect) -> bool {
    line.starts_with(['#', ';'])
        || ["{%", "<%", "{{-", "{{/*", "{{#"].iter().any(|mark| line.starts_with(mark))
        || (dialect.xcode && line.starts_with("//"))
}

/// `[name]`, without what some tools write behind it.
fn section_name(line: Written<'_>) -> Option<Written<'_>> {
    let inside = line.after("[")?;
    let close = inside.text.find(']')?;
    let after = inside.text[close + 1..].trim_start();
    (after.is_empty() || after.starts_with(['#', ';'])).then(|| inside.to(close))
}

/// A line indented under a key: an assignment of its own, or more of the key's value.
fn nested<'a>(entries: &mut Vec<Entry<'a>>, line: Written<'a>) {
    let Some(last) = entries.last_mut() else { return };
    let found = line.text.find('=').map(|equals| (line.to(equals).trim_end(), line.from(equals + 1)));
    let named = found.filter(|(name, _)| {
        // pytest-env marks defaults and raw values: `D:NAME=value`.
        quoting::is_name(name.text.trim_start_matches("D:").trim_start_matches("R:"))
    });
    let Some((name, value)) = named else {
        last.lines.push(line);
        return;
    };
    let prefix = name.text.len() - name.text.trim_start_matches("D:").trim_start_matches("R:").len();
    let alone = last.lines.iter().all(|line| line.trim().is_empty());
    let parent = last.parent.or(alone.then_some(last.key));
    // supervisor goes on with `NAME="value"` on lines of one value.
    if parent.is_none() && is_environment(last.key.text) {
        last.lines.push(line);
        return;
    }
    let section = last.section;
    if alone && last.parent.is_none() {
        entries.pop();
    }
    entries.push(Entry { section, parent, key: name.from(prefix), lines: vec![value.trim_start()] });
}

/// The key and what follows its `=` or `:`.
fn assignment<'a>(line: Written<'a>, dialect: &Dialect) -> Option<(Written<'a>, Written<'a>)> {
    let split = |at: usize| (line.to(at).trim_end(), line.from(at + 1));
    let equals = line.text.find('=');
    let colon = line.text.find(':').filter(|at| dialect.colons && equals.is_none_or(|equals| *at < equals));
    // A colon ends a key of one word; that of `https://` and `C:\` ends none.
    let by_colon = colon
        .map(split)
        .filter(|(key, value)| !key.text.contains(char::is_whitespace) && !value.text.starts_with(['/', '\\']));
    let found = by_colon.or_else(|| equals.map(split));
    found.filter(|(key, _)| !key.is_empty() && key.text.len() <= 256 && !key.text.contains("://"))
}

/// Keys whose values are environment variables, in whatever tool.
fn is_environment(key: &str) -> bool {
    matches!(
        key.to_ascii_lowercase().as_str(),
        "env" | "environment" | "envs" | "setenv" | "set_env" | "raw_env" | "pass_env_vars"
    )
}

fn add(entry: &Entry<'_>, dialect: &Dialect, facts: &mut Facts) {
    let file = facts.file;
    let variable = |name: Name, value| Setting { scope: ScopeId::FILE, path: vec![name], value, said: Said::Variable };
    let name = |written: Written<'_>| Name::key(written.text, written.span(file));
    let value = value(entry, dialect, facts);
    if entry.parent.is_some_and(|parent| is_environment(parent.text)) {
        facts.settings.push(variable(name(entry.key), value.value(Notation::Shell)));
        return;
    }
    if is_environment(entry.key.text) {
        let variables = systemd::assignments(entry, |c| c == ',' || c.is_whitespace(), file);
        if !variables.is_empty() {
            facts.settings.extend(variables);
            return;
        }
    }
    let mut path = section_path(entry.section, facts);
    if let Some(parent) = entry.parent {
        path.push(name(parent));
    }
    let key = dotted::names(&entry.key.to_text(file), &['.']);
    // PHP-FPM: `env[NAME] = value`.
    if let ([_, own], true) = (key.as_slice(), entry.key.text.starts_with("env[")) {
        facts.settings.push(variable(own.clone(), value.value(Notation::Shell)));
        return;
    }
    path.extend(key);
    if !path.is_empty() {
        let value = value.value(Notation::Braced);
        facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Key });
    }
}

/// `[flinks.ca]`, `[remote "us"]` and `[program:flinks]` as steps. Of Zend's `[staging : production]` the first part.
pub(super) fn section_path(section: Option<Written<'_>>, facts: &Facts) -> Vec<Name> {
    // A section's name is looked at for each of its keys: one without end is none.
    let Some(section) = section.filter(|section| section.text.len() <= 512) else { return Vec::new() };
    let own = section.text.find(" : ").map_or(section, |at| section.to(at)).trim();
    dotted::names(&own.to_text(facts.file), &['.', ':', '"', ' '])
}

/// The value without quotes and comments; further lines joined to it.
pub(super) fn value(entry: &Entry<'_>, dialect: &Dialect, facts: &Facts) -> Unquoted {
    let file = facts.file;
    let first = entry.lines[0];
    let mut unquoter = Unquoter::new(file);
    if let [only] = entry.lines.as_slice() {
        let only = only.trim_end();
        if let Some(close) = quoted(only, dialect) {
            let inside = only.part(1..close);
            match only.text.as_bytes()[0] {
                b'"' => unquoter.escaped(inside, "\"\\"),
                _ => unquoter.verbatim(inside),
            }
            return unquoter.finish(inside.start..inside.end());
        }
    }
    let lines = entry.lines.iter().map(|line| (uncommented(*line, dialect), line.end()));
    let mut lines = lines.skip_while(|(line, _)| line.is_empty()).peekable();
    let start = lines.peek().map_or(first.start, |(line, _)| line.start);
    let mut end = start;
    while let Some((line, line_end)) = lines.next() {
        add_line(line, dialect, &mut unquoter);
        end = if line.is_empty() { end } else { line.end() };
        if lines.peek().is_some() {
            unquoter.decoded(if dialect.backslashes { " " } else { "\n" }, line_end);
            end = line_end;
        }
    }
    unquoter.finish(start..end)
}

/// Xcode takes `//` for a comment, so URLs are written `https:/$()/host`: the empty hole is no part of them.
fn add_line(line: Written<'_>, dialect: &Dialect, unquoter: &mut Unquoter) {
    let mut from = 0;
    while let Some(hole) = line.text[from..].find("$()").filter(|_| dialect.xcode).map(|offset| from + offset) {
        unquoter.verbatim(line.part(from..hole));
        from = hole + 3;
    }
    unquoter.verbatim(line.from(from));
}

/// The end of the quote that holds the whole value, comments apart.
fn quoted(line: Written<'_>, dialect: &Dialect) -> Option<usize> {
    if !line.text.starts_with(['"', '\'']) {
        return None;
    }
    let close = closing_quote(line.text, 0)?;
    let after = line.text[close + 1..].trim_start();
    (after.is_empty() || after.starts_with(dialect.comments)).then_some(close)
}

fn uncommented<'a>(line: Written<'a>, dialect: &Dialect) -> Written<'a> {
    let mark = if dialect.xcode { line.text.find("//") } else { comment(line.text, dialect.comments) };
    mark.map_or(line, |at| line.to(at)).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), path, text);
        let show = |setting: &Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            let mark = if setting.said == Said::Variable { "$" } else { "" };
            format!("{mark}{}={}", path.join("/"), source.slice(setting.value.span))
        };
        read(&source).settings.iter().map(show).collect()
    }

    #[test]
    fn sections_keys_and_comments() {
        let text = "a=1\n[b.c]\n; d = 2\nd : 2 ; x\nlong key = 3\n[remote \"us\"]\n\turl = https://x#y # z\n\tfetch = +f:g\n[staging : production]\ne.f = \"g \\\"h\\\"\" # i\njust words\n";
        let expected = [
            "a=1",
            "b/c/d=2",
            "b/c/long key=3",
            "remote/us/url=https://x#y",
            "remote/us/fetch=+f:g",
            "staging/e/f=g \\\"h\\\"",
        ];
        assert_eq!(shown("a.ini", text), expected);
    }

    /// A list of hosts goes on below its key; assignments below a key are settings of their own.
    #[test]
    fn indented_lines() {
        let text = "[testenv]\nhosts =\n  a\n  b\nsetenv =\n  A = b\n  C = d\npasses = x\n[pytest]\nenv =\n  D:E=f\n";
        assert_eq!(shown("tox.ini", text), ["testenv/hosts=a\n  b", "$A=b", "$C=d", "testenv/passes=x", "$E=f"]);
    }

    #[test]
    fn variables_of_supervisor_uwsgi_and_fpm() {
        let text = "[program:web]\nenvironment=A=\"b,c\",D='e',\n  F=g\n[uwsgi]\nenv = H=i\n[www]\nenv[J] = k\n";
        assert_eq!(shown("a.ini", text), ["$A=b,c", "$D=e", "$F=g", "$H=i", "$J=k"]);
    }

    #[test]
    fn npm_and_colons() {
        assert_eq!(shown(".npmrc", "//r.example/:_authToken=${T}"), ["//r/example/:_authToken=${T}"]);
        assert_eq!(shown("a.ini", "url https://x?a=b\nk:https://y"), ["k=https://y"]);
    }
}
