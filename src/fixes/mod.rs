//! Remedies turned into changes of the text, and changes applied: by `--fix`, as a patch, and in editors.

mod comment;
mod country;
mod exception;
mod setting;

use crate::finding::Remedy;
use crate::source::{FileId, Sources, Span};

pub use crate::readers::directive::REASON;
pub use exception::except;

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: the title of an editor's action.
    pub title: String,
    pub safety: Safety,
    /// In one file, in order and apart.
    pub edits: Vec<Edit>,
}

/// Whether a change may be made without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It changes nothing but the linter's own comments.
    Safe,
    /// A person has to finish or to check it.
    Suggested,
}

/// Text in the place of other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Fix {
    fn new(title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Option<Fix> {
        (!edits.is_empty()).then(|| Fix { title: title.into(), safety, edits })
    }

    /// The file that it changes.
    pub fn file(&self) -> FileId {
        self.edits[0].span.file
    }
}

/// The change that a remedy asks for, where its file is in a notation that can be written.
pub fn fix(remedy: &Remedy, sources: &Sources) -> Option<Fix> {
    match remedy {
        Remedy::RemoveException(comment) => exception::remove(sources.get(comment.file), *comment),
        Remedy::Rewrite { span, text } => {
            let edits = vec![Edit { span: *span, text: text.clone() }];
            Fix::new(format!("Write `{text}`"), Safety::Safe, edits)
        }
        Remedy::AddSetting { name, like, below } => setting::add(sources, name, *like, *below),
        Remedy::AddCountry { beside } => country::add(sources.get(beside.file), *beside),
    }
}

/// A text with changes made, from the last to the first. Of two that overlap the later one is left out, and the number
/// of those that were made is told.
pub fn apply(text: &str, edits: &[&Edit]) -> (String, usize) {
    let mut edits: Vec<&Edit> = edits.to_vec();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup();
    let mut changed = String::with_capacity(text.len());
    let (mut at, mut made) = (0, 0);
    for edit in edits {
        let range = edit.span.range();
        let Some(kept) = text.get(at..range.start).filter(|_| text.get(range.clone()).is_some()) else { continue };
        changed.push_str(kept);
        changed.push_str(&edit.text);
        at = range.end;
        made += 1;
    }
    changed.push_str(&text[at..]);
    (changed, made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_overlap_are_not_both_made() {
        let edit = |start, end, text: &str| Edit { span: Span::new(FileId(0), start, end), text: text.into() };
        let (a, b, c) = (edit(0, 3, "x"), edit(2, 4, "y"), edit(5, 5, "z"));
        assert_eq!(apply("abcdef", &[&c, &b, &a]), ("xdezf".to_owned(), 2));
        assert_eq!(apply("abc", &[&edit(2, 9, "x")]), ("abc".to_owned(), 0));
    }
}
