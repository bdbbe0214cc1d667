//! What is wrong with a policy file: all of it together, each with its exact place and what to write instead.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::secret::cover;
use crate::source::{Source, Span};
use crate::vocabulary::credentials;

/// One thing wrong with the policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub span: Span,
    /// 1-based.
    pub line: usize,
    /// A clause without values that might be credentials: `unknown key "region", did you mean "regions"?`
    pub message: String,
    /// Places that explain it, each with a predicate: the other of two duplicates.
    pub others: Vec<(Span, String)>,
    /// One thing to do, in the imperative.
    pub help: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Fault {}

impl Diagnostic for Fault {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label =
            |text: &str, span: Span| LabeledSpan::new(Some(text.to_owned()), span.start as usize, span.range().len());
        let others = self.others.iter().map(move |(span, text)| label(text, *span));
        Some(Box::new(std::iter::once(LabeledSpan::underline(self.span.range())).chain(others)))
    }
}

/// A policy file that cannot be used, with everything that is wrong with it.
#[derive(Debug, Clone)]
pub struct Broken {
    pub path: String,
    /// In the order of the file; never empty.
    pub faults: Vec<Fault>,
    /// The file's text to draw from, with the same offsets as the file. What might be a credential is masked:
    /// somebody may have pasted one where its fingerprint belongs.
    shown: String,
}

impl Broken {
    pub(super) fn new(source: &Source, mut faults: Vec<Fault>, secret: &[Range<usize>]) -> Self {
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        faults.dedup_by_key(|fault| (fault.span, fault.message.clone()));
        Broken { path: source.path.to_string(), faults, shown: shown(source.text(), secret) }
    }

    /// The masked text that reports draw from.
    pub fn text(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.faults.iter().enumerate() {
            let newline = if at == 0 { "" } else { "\n" };
            write!(f, "{newline}cannot read {}: {fault}", self.path)?;
        }
        Ok(())
    }
}

impl std::error::Error for Broken {}

impl Diagnostic for Broken {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.shown)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.faults.iter().map(|fault| fault as &dyn Diagnostic)))
    }
}

/// What a file is checked into: its faults so far, and the places whose text must not be shown.
pub(super) struct Faults<'s> {
    pub source: &'s Source,
    found: Vec<Fault>,
    secret: Vec<Range<usize>>,
    unparsed: Vec<Range<usize>>,
    taken: BTreeSet<usize>,
}

impl<'s> Faults<'s> {
    pub fn new(source: &'s Source) -> Self {
        Faults { source, found: Vec::new(), secret: Vec::new(), unparsed: Vec::new(), taken: BTreeSet::new() }
    }

    /// Adds what the parser could not read.
    pub fn add_unparsed(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Fault {
        self.unparsed.push(range.clone());
        self.add(range, message)
    }

    pub fn add(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Fault {
        let span = self.source.span(range);
        let line = self.source.line_index(span.start as usize) + 1;
        self.found.push(Fault { span, line, message: masked(message), others: Vec::new(), help: None });
        self.found.last_mut().expect("just pushed")
    }

    pub fn hide(&mut self, range: Range<usize>) {
        self.secret.push(range);
    }

    /// A value for a message, if it is too short for a secret. What nobody expects there may be one, so it is hidden.
    pub fn quoted(&mut self, text: &str, range: Range<usize>) -> String {
        if text.chars().count() < 5 {
            return format!(" \"{text}\"");
        }
        self.hide(range);
        String::new()
    }

    /// Whether the parser stumbled at this place already: one slip is one fault.
    pub fn is_unparsed(&self, range: &Range<usize>) -> bool {
        self.unparsed.iter().any(|known| known.start <= range.end && range.start <= known.end)
    }

    /// Something that did not fit was taken out at this offset.
    pub fn took(&mut self, offset: usize) {
        self.taken.insert(offset);
    }

    /// Whether something was taken out of the table with this header, so that what it lacks is a consequence.
    pub fn took_from(&self, header: &Range<usize>) -> bool {
        let rest = self.source.text().get(header.end..).unwrap_or_default();
        let end = header.end + rest.find("\n[").unwrap_or(rest.len());
        !self.unparsed.is_empty() || self.taken.range(header.start..end).next().is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn into_broken(self) -> Broken {
        Broken::new(self.source, self.found, &self.secret)
    }
}

impl Fault {
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(masked(help));
        self
    }

    pub(super) fn beside(&mut self, span: Span, predicate: impl Into<String>) -> &mut Self {
        self.others.push((span, predicate.into()));
        self
    }
}

/// The text with every possible credential masked, byte for byte.
fn shown(text: &str, secret: &[Range<usize>]) -> String {
    let mut hidden: Vec<Range<usize>> = secret.to_vec();
    hidden.extend(credentials::find(text));
    hidden.extend(pasted(text));
    cover(text, &credentials::joined(text, hidden))
}

/// What stands behind `fingerprints`, also where a slip keeps the parser from reading it.
fn pasted(text: &str) -> Vec<Range<usize>> {
    let lists = text.match_indices("fingerprints").filter_map(|(at, key)| {
        let start = at + key.len() + text[at + key.len()..].find(|c: char| !matches!(c, ' ' | '=' | '[' | '\n'))?;
        let end = text[start..].find(']').into_iter().chain(text[start..].find("\n[")).min();
        Some(start..end.map_or(text.len(), |end| start + end))
    });
    credentials::joined(text, lists.collect())
}

/// A clause that may quote what was written, masked.
fn masked(text: impl Into<String>) -> String {
    let text = text.into();
    cover(&text, &credentials::find(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offsets of faults refer to the file, so a mask must not move anything.
    #[test]
    fn the_shown_text_keeps_every_offset() {
        let text = "a = \"clé-secrète\"\nfingerprints = [\"7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7\"] # b\n";
        let at = text.find("clé").unwrap();
        let pasted = at..at + "clé-secrète".len();
        let shown = shown(text, std::slice::from_ref(&pasted));
        assert_eq!(shown.len(), text.len());
        assert!(!shown.contains("secr") && !shown.contains("1c0b6e"), "{shown}");
        assert!(shown.ends_with("\"] # b\n") && shown.starts_with("a = \""), "{shown}");
    }

    #[test]
    fn names_and_hosts_stay_readable() {
        let text = "rule = \"sandbox-in-production\"\nhosts = [\"northwind-ca-api.private.fin.ag\"]\n";
        assert_eq!(shown(text, &[]), text);
    }
}
