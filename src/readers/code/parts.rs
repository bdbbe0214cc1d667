//! Which parts of a long program are worth a parse: those that say something of Flinks, what they are made of, and what
//! is made of them.
//!
//! A program of a hundred functions names Flinks in two. Parsing takes most of the time that a relevant file costs, so
//! of long files only the statements of the outermost level are parsed that have a word of Flinks, that define a name which
//! such a one uses, that use a constant which says it, that import, or that are short constants; and so it is with the
//! functions of long classes. Short files, and those whose lines alone do not tell their levels, are parsed whole.

mod levels;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use crate::vocabulary::patterns::in_any_case;
use crate::vocabulary::published;
use levels::{Frame, Piece};

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
    let levels = levels::read(text, &|part| triggers().is_match(part))?;
    let mut choice = Choice { text, pieces: &levels.pieces, frames: &levels.frames, wanted: Vec::new() };
    choice.wanted = choice.pieces.iter().map(|piece| choice.speaks(piece)).collect();
    if !choice.wanted.contains(&true) {
        return None;
    }
    choice.follow();
    let parts = choice.parts();
    let length: usize = parts.iter().map(Range::len).sum();
    (length < text.len() / 4 * MOST).then_some(parts)
}

/// What of a program is wanted so far.
struct Choice<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    frames: &'t [Frame],
    /// By piece.
    wanted: Vec<bool>,
}

impl<'t> Choice<'t> {
    fn of(&self, piece: &Piece) -> &'t str {
        &self.text[piece.range.clone()]
    }

    /// Whether a piece is wanted for what it says itself. In a class, whatever is no function counts as much as its
    /// head: a column of a record has no word of Flinks.
    fn speaks(&self, piece: &Piece) -> bool {
        let text = self.of(piece);
        triggers().is_match(text)
            || piece.frame.is_some() && (text.len() <= CONSTANT || !is_function(text) || members().is_match(text))
    }

    /// Adds what the wanted pieces use, and what uses the constants that are wanted for their words.
    fn follow(&mut self) {
        let mut used: HashSet<&str> = HashSet::new();
        let mut said: HashSet<&str> = HashSet::new();
        let mut fresh: Vec<usize> = (0..self.pieces.len()).filter(|at| self.wanted[*at]).collect();
        for round in 0..ROUNDS {
            let mut opened = HashSet::new();
            for at in fresh.drain(..) {
                let piece = &self.pieces[at];
                let text = self.of(piece);
                let before = used.len();
                used.extend(levels::words(text));
                if used.len() > before {
                    opened.extend(self.frames_used(piece));
                }
                // A constant that is only used says nothing of Flinks, and its users need not either.
                let says = round == 0 && text.len() <= CONSTANT && triggers().is_match(text);
                if says || said.contains(levels::defined(text).unwrap_or_default()) {
                    said.extend(levels::defined(text));
                }
            }
            for (at, piece) in self.pieces.iter().enumerate().filter(|(at, _)| !self.wanted[*at]) {
                let text = self.of(piece);
                if piece.range.start == 0
                    || piece.frame.is_some_and(|frame| opened.contains(&frame))
                    || piece.frame.is_none() && (is_import(text) || is_constant(text))
                    || levels::defined(text).is_some_and(|name| used.contains(name))
                    || !said.is_empty() && levels::words(text).any(|word| said.contains(word))
                {
                    fresh.push(at);
                }
            }
            if fresh.is_empty() {
                break;
            }
            fresh.iter().for_each(|at| self.wanted[*at] = true);
        }
    }

    /// The classes that a piece outside of them uses: of those, all counts.
    fn frames_used(&self, piece: &Piece) -> Vec<usize> {
        let text = self.of(piece);
        let inside =
            |frame: usize| std::iter::successors(piece.frame, |at| self.frames[*at].parent).any(|own| own == frame);
        let names = |frame: &Frame| {
            let name = levels::defined(&self.text[frame.head.clone()]);
            name.is_some_and(|name| levels::words(text).any(|word| word == name))
        };
        (0..self.frames.len()).filter(|at| !inside(*at) && names(&self.frames[*at])).collect()
    }

    /// The wanted pieces, each in the heads and feet of its classes, put together where they touch.
    fn parts(&self) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> = Vec::new();
        let mut framed = vec![false; self.frames.len()];
        for (piece, _) in self.pieces.iter().zip(&self.wanted).filter(|(_, wanted)| **wanted) {
            all.push(piece.range.clone());
            let mut at = piece.frame;
            while let Some(frame) = at.filter(|frame| !std::mem::replace(&mut framed[*frame], true)) {
                all.extend([self.frames[frame].head.clone(), self.frames[frame].foot.clone()]);
                at = self.frames[frame].parent;
            }
        }
        all.sort_by_key(|part| (part.start, part.end));
        let mut parts: Vec<Range<usize>> = Vec::new();
        for part in all.into_iter().filter(|part| !part.is_empty()) {
            match parts.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => parts.push(part),
            }
        }
        parts
    }
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
            // `region = "…"`, `aws_region: process.env.X`, `Regions.US_EAST_1`, and not `region: 3` or `region = pick(a)`.
            r#"region(?:s|_name)?["' ]*(?:[:=(] ?[{\[]|[:=(][ -~]*(?:["'`]|env|conf|sett|regions?\.|var\.|$)|\.(?:of\b|from|get|[a-z]+_[a-z]))"#,
            r"amazonaws\.com",
        ];
        let words = words.map(str::to_owned);
        let all: Vec<String> = words.into_iter().chain(published).collect();
        in_any_case(&all.join("|"))
    })
}

/// Texts that may have lines at their margin: here-documents; and lines that choose others: `#if`.
fn unclear() -> &'static Regex {
    static UNCLEAR: OnceLock<Regex> = OnceLock::new();
    UNCLEAR.get_or_init(|| {
        let pattern = r##"r#+"|<<[-~<]?["'A-Z_]|^[ 	]*#(?:if|else|elif|elseif|endif)|^=begin|^__END__"##;
        RegexBuilder::new(pattern).multi_line(true).unicode(false).build().expect("a constant pattern")
    })
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

/// Whether a member is a function with a body of several lines.
fn is_function(chunk: &str) -> bool {
    let Some(line) = levels::own_line(chunk) else { return false };
    let before = line.split('(').next().unwrap_or(line);
    line.starts_with("def ") || before.len() < line.len() && !before.contains('=')
}

/// What a member of a class may do to a store without a word of Flinks.
fn members() -> &'static Regex {
    static WORDS: OnceLock<Regex> = OnceLock::new();
    WORDS.get_or_init(|| in_any_case("(?:add|create|alter|rename|drop)_?(?:column|field|table)"))
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

    /// Of a long class that is not about Flinks, the fields stay and of the functions those that say something, those
    /// that they use, and those that use a constant which says something.
    #[test]
    fn long_classes_are_taken_apart() {
        let idle: String = (0..40).map(|at| format!("    private long idle{at}(long a) {{\n        var total = sum(a, {at});\n        var mean = total / 2 + sum(a, 3) + sum(a, 4) + sum(a, 5) + sum(a, 6) + sum(a, 7);\n        var deviation = root(mean, total) + sum(a, 8) + sum(a, 9);\n        return total * mean * deviation;\n    }}\n\n")).collect();
        let head = "package acme;\n\nclass Main {\n    private String country;\n";
        let host = "    private String base = \"https://acme-ca-api.private.fin.ag\";\n\n";
        let call =
            "    String call() {\n        return http.get(base + path(), header(\"x-api-key\", key));\n    }\n\n";
        let path = "    String path() {\n        return \"/v3/\" + customer;\n    }\n\n";
        let long = |function: &str| function.replace("{\n", &format!("{{\n        // {}\n", "as agreed ".repeat(25)));
        let (call, path) = (long(call), long(path));
        let text = format!("{head}{idle}{host}{idle}{call}{path}{idle}}}\n");
        assert_eq!(kept(&text), format!("{head}{host}{call}{path}}}\n"));
        // One that is called after Flinks stays whole, and so does one whose lines do not tell what is in it.
        assert_eq!(kept(&text.replace("class Main", "class FlinksClient")), "all");
        assert_eq!(kept(&text.replace("        return \"/v3/\"", "  }\n        return \"/v3/\"")), "all");
    }
}
