//! Exceptions written and removed.

use super::comment::{indent, line_end, marks};
use super::{Edit, Fix, Safety};
use crate::source::{Source, Span};

/// An exception from a rule above the line of a place, with the reason still to be written.
pub fn except(source: &Source, place: Span, rule: &str, reason: &str) -> Option<Fix> {
    let (opens, closes) = marks(source)?;
    let line = source.line_range(source.line_index(place.start as usize));
    let indent = indent(&source.text()[line.clone()]).to_owned();
    let text = format!("{indent}{opens}flinks-lint: ignore[{rule}] {reason}{closes}{}", line_end(source));
    let edit = Edit { span: source.span(line.start..line.start), text };
    Fix::new(format!("Except this from `{rule}`, with a reason"), Safety::Suggested, vec![edit])
}

/// Removes an exception with its comment, and with its line where that is all of the line.
pub fn remove(source: &Source, comment: Span) -> Option<Fix> {
    let text = source.text();
    let line = source.line_range(source.line_index(comment.start as usize));
    let before = text.get(line.start..comment.start as usize)?.trim_end();
    let rest = text.get(comment.end as usize..line.end)?;
    let range = match (before.is_empty(), rest.trim().is_empty()) {
        (true, true) => {
            let next = text[line.end..].find('\n').map_or(line.end, |at| line.end + at + 1);
            line.start..next
        }
        (false, true) => line.start + before.len()..line.end,
        (_, false) => line.start + before.len()..comment.end as usize,
    };
    let edit = Edit { span: source.span(range), text: String::new() };
    Fix::new("Delete the exception", Safety::Safe, vec![edit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixes::apply;
    use crate::readers::directive;
    use crate::source::FileId;

    fn removed(text: &str) -> String {
        let source = Source::new(FileId(0), "a", text);
        let comment = directive::read(&source)[0].comment;
        let fix = remove(&source, comment).unwrap();
        apply(text, &fix.edits.iter().collect::<Vec<_>>()).0
    }

    #[test]
    fn an_exception_goes_with_what_is_only_there_for_it() {
        assert_eq!(removed("A=1\n# flinks-lint: ignore[a] why\nB=2\n"), "A=1\nB=2\n");
        assert_eq!(removed("A=1\r\n# flinks-lint: ignore[a] why\r\nB=2\r\n"), "A=1\r\nB=2\r\n");
        assert_eq!(removed("a: 1 # flinks-lint: ignore[a] why\nb: 2\n"), "a: 1\nb: 2\n");
        assert_eq!(removed("<a/> <!-- flinks-lint: ignore[a] why -->\n"), "<a/>\n");
        assert_eq!(removed("f(/* flinks-lint: ignore[a] why */ b)\n"), "f( b)\n");
        assert_eq!(removed("# flinks-lint: ignore[a] why"), "");
        assert_eq!(removed("{{- /* flinks-lint: ignore[a] why */ -}}\na: 1\n"), "a: 1\n");
        assert_eq!(removed("/* flinks-lint: ignore[a] why\n   and more */\nb\n"), "/*\n   and more */\nb\n");
    }

    /// What is written has to be understood, in every syntax.
    #[test]
    fn an_exception_that_is_written_is_read_again() {
        for name in ["a.env", ".env.production", "a.yml", "a.ts", "a.sql", "a.xml", "a.ini", "Dockerfile", "a.rb"] {
            let source = Source::new(FileId(0), name, "x\n  y\n");
            let fix = except(&source, source.span(4..5), "country-mismatch", "the smoke test needs it").unwrap();
            let (text, _) = apply(source.text(), &fix.edits.iter().collect::<Vec<_>>());
            let again = Source::new(FileId(0), name, text.as_str());
            let read = directive::read(&again);
            assert_eq!(read.len(), 1, "{name}: {text}");
            assert_eq!((read[0].malformed.as_deref(), &read[0].lines), (None, &(1..=2)), "{name}: {text}");
            assert!(text.contains("\n  ") && text.ends_with("\n  y\n"), "{name}: {text}");
        }
        assert!(except(&Source::new(FileId(0), "a.json", "{}"), Span::new(FileId(0), 0, 1), "a", "b").is_none());
    }
}
