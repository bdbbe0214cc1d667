//! Which parts of a long program are worth a parse: those that say something of Flinks, and what they are made of.
//!
//! A program of a hundred functions names Flinks in two. Parsing takes most of the time that a relevant file costs, so
//! of long files only the statements of the outermost level are parsed that have a word of Flinks, that define a name which
//! such a one uses, that import, or that are short constants. Short files, and those whose outermost level
//! cannot be told by its lines alone, are parsed whole.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use crate::vocabulary::published;

/// Shorter files are parsed whole.
const SHORT: usize = 2 << 10;
/// A constant of its own line.
const CONSTANT: usize = 240;
/// Definitions of definitions are followed for so many steps.
const ROUNDS: usize = 4;
/// Where more than this share of a file is wanted, all of it is.
const MOST: usize = 3;

/// The parts of a text that are worth a parse; `None` for all of it.
pub fn relevant(text: &str) -> Option<Vec<Range<usize>>> {
    if text.len() < SHORT || text.contains('\r') || unclear().is_match(text) {
        return None;
    }
    let chunks = chunks(text)?;
    let mut wanted: Vec<bool> = chunks.iter().map(|chunk| triggers().is_match(&text[chunk.clone()])).collect();
    if !wanted.contains(&true) {
        return None;
    }
    let mut used: HashSet<&str> = HashSet::new();
    let mut fresh: Vec<usize> = (0..chunks.len()).filter(|at| wanted[*at]).collect();
    for _ in 0..ROUNDS {
        for at in fresh.drain(..) {
            used.extend(words(&text[chunks[at].clone()]));
        }
        for (at, chunk) in chunks.iter().enumerate().filter(|(at, _)| !wanted[*at]) {
            let chunk = &text[chunk.clone()];
            if at == 0
                || is_import(chunk)
                || is_constant(chunk)
                || defined(chunk).is_some_and(|name| used.contains(name))
            {
                fresh.push(at);
            }
        }
        if fresh.is_empty() {
            break;
        }
        fresh.iter().for_each(|at| wanted[*at] = true);
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    for chunk in chunks.into_iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(chunk, _)| chunk) {
        match parts.last_mut() {
            Some(last) if last.end == chunk.start => last.end = chunk.end,
            _ => parts.push(chunk),
        }
    }
    let length: usize = parts.iter().map(Range::len).sum();
    (length < text.len() / 4 * MOST).then_some(parts)
}

/// The words of Flinks, what a name of a loginId or of a webhook is made of, and where a program says its region.
fn triggers() -> &'static Regex {
    static WORDS: OnceLock<Regex> = OnceLock::new();
    WORDS.get_or_init(|| {
        let published = published::all().iter().map(|published| regex::escape(&published.value));
        let words = [
            r"fin\.ag",
            "flinks",
            "log_?in_?id",
            "hook",
            "toolbox",
            r#"region(?:s|_name)?["' ]*[.:=(]"#,
            r"amazonaws\.com",
        ];
        let words = words.map(str::to_owned);
        let all: Vec<String> = words.into_iter().chain(published).collect();
        RegexBuilder::new(&all.join("|")).case_insensitive(true).unicode(false).build().expect("a constant pattern")
    })
}

/// Texts that may have lines at their margin: here-documents; and lines that choose others: `#if`.
fn unclear() -> &'static Regex {
    static UNCLEAR: OnceLock<Regex> = OnceLock::new();
    UNCLEAR.get_or_init(|| {
        Regex::new(r##"(?m)\br#+"|<<[-~<]?["'A-Z_]|^[ \t]*#[ \t]*(if|else|elif|endif|region)\b|^=begin|^__END__"##)
            .expect("a constant pattern")
    })
}

/// The statements of the outermost level: each begins at the margin, with the comments and marks above it.
/// `None` where a text in several lines is not closed.
fn chunks(text: &str) -> Option<Vec<Range<usize>>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut leads = true;
    let (mut ticks, mut triples) = (0, 0);
    for line in text.split_inclusive('\n') {
        let open = ticks % 2 == 1 || triples % 2 == 1;
        let begins = !open && begins(line);
        if begins && !leads && at > start {
            chunks.push(start..at);
            start = at;
        }
        if begins || line.trim().is_empty() {
            leads = (leads || begins) && is_lead(line) || line.trim().is_empty() && leads;
        }
        // A text that goes on in the next line, or a quote that is no quote: nobody can tell by the line alone.
        let quotes = line.replace("\\\"", "").bytes().filter(|byte| *byte == b'"').count();
        if quotes % 2 == 1 && !line.contains("\"\"\"") {
            return None;
        }
        ticks += line.bytes().filter(|byte| *byte == b'`').count();
        triples += line.matches("\"\"\"").count() + line.matches("'''").count();
        at += line.len();
    }
    if start < at {
        chunks.push(start..at);
    }
    (ticks % 2 == 0 && triples % 2 == 0).then_some(chunks)
}

/// Whether a line begins a statement: it stands at the margin and closes or continues none.
fn begins(line: &str) -> bool {
    const CONTINUES: &[&str] = &[
        "else",
        "elif",
        "elsif",
        "elseif",
        "except",
        "finally",
        "rescue",
        "ensure",
        "end",
        "when",
        "case",
        "catch",
        "then",
        "and",
        "or",
        "where",
        "extends",
        "implements",
        "with",
    ];
    let first = line.chars().next();
    if first.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '}' | ')' | ']' | '.' | ',' | '|' | '&' | '?' | ':' | '+' | '*' | '<' | '>' | ';' | '=')
    }) {
        return false;
    }
    let word = line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    !CONTINUES.contains(&word)
}

/// Comments, decorators and attributes belong to what stands below them.
fn is_lead(line: &str) -> bool {
    ["//", "#", "--", "/*", "@", "["].iter().any(|mark| line.starts_with(mark))
}

fn is_import(chunk: &str) -> bool {
    const STARTS: &[&str] = &[
        "import ",
        "from ",
        "use ",
        "using ",
        "require",
        "package ",
        "namespace ",
        "alias ",
        "export * ",
        "part ",
        "mod ",
    ];
    STARTS.iter().any(|start| chunk.starts_with(start)) || chunk.len() <= CONSTANT && chunk.contains("require(")
}

fn is_constant(chunk: &str) -> bool {
    chunk.len() <= CONSTANT && chunk.contains('=') && chunk.contains(['"', '\'', '`']) && !chunk.contains(['(', '{'])
}

/// The name that a statement defines, or that it begins with.
fn defined(chunk: &str) -> Option<&str> {
    const BEFORE: &[&str] = &[
        "export",
        "default",
        "const",
        "let",
        "var",
        "function",
        "async",
        "class",
        "def",
        "fn",
        "pub",
        "crate",
        "static",
        "final",
        "public",
        "private",
        "protected",
        "internal",
        "func",
        "type",
        "struct",
        "interface",
        "module",
        "object",
        "val",
        "abstract",
        "data",
        "enum",
        "impl",
        "trait",
        "declare",
        "sealed",
        "override",
        "open",
        "suspend",
        "defmodule",
        "defp",
        "self",
        "late",
        "mut",
        "unsafe",
        "readonly",
        "partial",
        "extension",
        "actor",
        "protocol",
        "if",
        "for",
    ];
    let line = chunk.lines().find(|line| !line.trim().is_empty() && !is_lead(line))?;
    words(line).find(|word| !BEFORE.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        relevant(text).map_or("all".to_owned(), |parts| parts.into_iter().map(|part| &text[part]).collect())
    }

    /// Two functions of a long file matter: the one that names a Flinks host, and what it takes the company from.
    #[test]
    fn what_a_relevant_statement_uses_is_kept() {
        let idle: String = (0..200).map(|at| format!("function idle{at}(a) {{\n  return a * {at}\n}}\n\n")).collect();
        let head = "import { a } from './a'\n";
        let company = "function company() {\n  return 'acme'\n}\n\n";
        let used = "// the host\nexport const host = () => `https://${company()}-ca-api.private.fin.ag`\n";
        let text = format!("{head}{idle}{company}{idle}{used}{idle}");
        assert_eq!(kept(&text), format!("{head}{company}{used}"));
        assert_eq!(kept(used), "all");
        // Lines of a text in several lines are no statements; where it is not closed, all is read.
        assert_eq!(kept(&format!("{text}const sql = `\n")), "all");
    }

    #[test]
    fn what_continues_a_statement_belongs_to_it() {
        let filler = "x = y(1)\n".repeat(600);
        let branch = "if country == 'US':\n    host = flinks\nelse:\n    host = other\n";
        assert_eq!(kept(&format!("\"a\"\n{filler}{branch}{filler}")), format!("\"a\"\n{branch}"));
    }
}
