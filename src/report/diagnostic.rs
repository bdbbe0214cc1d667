//! A finding as a `miette::Diagnostic`: one main file with its labels, and the evidence of other files as advice.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::{Shown, doubt, plain};
use crate::finding::{Label, Place, Severity};
use crate::lint::{Cover, Reported, Suppressed};
use crate::source::Source;
use crate::{rules, source::FileId};

/// A finding with the sources that it speaks of.
pub struct FindingDiagnostic<'a> {
    finding: &'a Reported,
    headline: String,
    severity: miette::Severity,
    main: Main<'a>,
    evidence: Vec<Advice<'a>>,
}

/// What the diagnostic's own file says.
struct Main<'a> {
    source: Option<&'a Source>,
    labels: Vec<LabeledSpan>,
}

/// A piece of evidence that lies elsewhere: in another file, or in no text at all.
#[derive(Debug)]
pub struct Advice<'a> {
    message: String,
    /// What kind of remark it is, where it is no evidence: such remarks come last.
    kind: Option<&'static str>,
    source: Option<&'a Source>,
    labels: Vec<LabeledSpan>,
}

impl<'a> FindingDiagnostic<'a> {
    pub fn new(finding: &'a Reported, shown: &Shown<'a>) -> Self {
        let severity = match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        };
        let (main, mut evidence) = places(finding, shown);
        if shown.look.explain_evidence && !finding.steps.is_empty() {
            evidence.push(Advice::remark("steps", steps(&finding.steps, shown)));
        }
        evidence.extend(doubt(finding.confidence).map(|doubt| Advice::remark("confidence", doubt.to_owned())));
        FindingDiagnostic { finding, headline: finding.headline.to_owned(), severity, main, evidence }
    }

    /// A finding that does not count: shown as a note, with the place and the reason of the exception, or what the
    /// baseline says of it.
    pub fn suppressed(suppressed: &'a Suppressed, shown: &Shown<'a>) -> Self {
        let mut diagnostic = FindingDiagnostic::new(&suppressed.finding, shown);
        diagnostic.severity = miette::Severity::Advice;
        diagnostic.headline = format!("suppressed: {}", suppressed.finding.headline);
        match &suppressed.cover {
            Cover::Exception(exception) => diagnostic.add(exception, shown),
            known @ Cover::Baseline { .. } => diagnostic.evidence.push(Advice::remark("baseline", plain::known(known))),
        }
        diagnostic
    }

    fn add(&mut self, label: &Label, shown: &Shown<'a>) {
        let own = self.main.source.is_some_and(|source| source.id == label.place.file());
        match (own, label.place) {
            (true, Place::At(span)) => self.main.labels.push(labelled(span, &label.text)),
            _ => self.evidence.extend(advice(label, shown)),
        }
    }
}

/// The labels of the primary's file, and one piece of advice for every label elsewhere.
fn places<'a>(finding: &Reported, shown: &Shown<'a>) -> (Main<'a>, Vec<Advice<'a>>) {
    let file = finding.primary.place.file();
    let mut main = Main { source: source(file, shown), labels: Vec::new() };
    let mut evidence = Vec::new();
    match finding.primary.place {
        Place::At(span) if main.source.is_some() => {
            let range = span.range();
            main.labels.push(LabeledSpan::new_primary_with_span(
                Some(finding.primary.text.clone()),
                SourceSpan::new(range.start.into(), range.len()),
            ));
        }
        _ => evidence.extend(advice(&finding.primary, shown)),
    }
    for label in &finding.related {
        match label.place {
            Place::At(span) if span.file == file && main.source.is_some() => {
                main.labels.push(labelled(span, &label.text));
            }
            _ => evidence.extend(advice(label, shown)),
        }
    }
    (main, evidence)
}

fn labelled(span: crate::source::Span, text: &str) -> LabeledSpan {
    LabeledSpan::new(Some(text.to_owned()), span.range().start, span.range().len())
}

fn advice<'a>(label: &Label, shown: &Shown<'a>) -> Option<Advice<'a>> {
    match (label.place, source(label.place.file(), shown)) {
        (Place::At(span), Some(source)) => Some(Advice {
            message: label.text.clone(),
            kind: None,
            source: Some(source),
            labels: vec![labelled(span, &label.text)],
        }),
        (place, _) => Some(Advice::note(format!("{}: {}", shown.path(place.file()), label.text))),
    }
}

fn source<'a>(file: FileId, shown: &Shown<'a>) -> Option<&'a Source> {
    shown.sources.has(file).then(|| shown.sources.get(file))
}

/// The inference as a numbered list.
fn steps(steps: &[Label], shown: &Shown<'_>) -> String {
    let step = |(at, label): (usize, &Label)| format!("\n{}. {} ({})", at + 1, label.text, shown.place(label));
    std::iter::once("concluded so".to_owned()).chain(steps.iter().enumerate().map(step)).collect()
}

impl Advice<'_> {
    fn note(message: String) -> Self {
        Advice { message, kind: None, source: None, labels: Vec::new() }
    }

    fn remark(kind: &'static str, message: String) -> Self {
        Advice { kind: Some(kind), ..Advice::note(message) }
    }
}

impl fmt::Display for FindingDiagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl fmt::Debug for FindingDiagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FindingDiagnostic").field("rule", &self.finding.rule).finish_non_exhaustive()
    }
}

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FindingDiagnostic<'_> {}
impl std::error::Error for Advice<'_> {}

impl Diagnostic for FindingDiagnostic<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.finding.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.finding.help.is_empty()).then(|| Box::new(&self.finding.help) as Box<dyn fmt::Display>)
    }

    /// The rule's page: its source on the web where there is one, else its path in the repository.
    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let rule = rules::get(self.finding.rule)?;
        Some(Box::new(rule.source.clone().unwrap_or_else(|| rule.path())))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.main.source.map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.main.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.evidence.iter().map(|advice| advice as &dyn Diagnostic)))
    }
}

impl Diagnostic for Advice<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.kind.map(|kind| Box::new(kind) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// Whole lines, found by the index of line starts: miette's own implementations count from the file's
/// first byte for every label.
impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let last = self.line_starts().len() - 1;
        let start = self.floor_boundary(span.offset());
        let end = self.floor_boundary(span.offset().saturating_add(span.len()));
        let first_line = self.line_index(start).saturating_sub(context_lines_before);
        let last_line = self.line_index(end).saturating_add(context_lines_after).min(last);
        let range = self.line_range(first_line).start..self.line_range(last_line).end;
        let covered = SourceSpan::new(range.start.into(), range.len());
        let lines = last_line - first_line + 1;
        let data = &self.text().as_bytes()[range];
        let path = self.path.to_string();
        Ok(Box::new(MietteSpanContents::new_named(path, data, covered, first_line, 0, lines)))
    }
}
