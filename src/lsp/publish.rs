//! Findings as diagnostics, file by file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Range, Uri,
};

use super::buffers::{Buffers, path_of, uri_of};
use super::position::{Counting, Lines};
use crate::finding::{Confidence, Label, Place, Severity};
use crate::lint::{Outcome, Reported};
use crate::rules;

/// The diagnostics of an outcome, by file. Files without any are not among them.
pub fn diagnostics(
    root: &Path,
    outcome: &Outcome,
    buffers: &Buffers,
    counting: Counting,
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let mut found: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    let places = Places { root, outcome, buffers, counting };
    for finding in outcome.findings.iter().filter(|finding| finding.confidence != Confidence::Unknown) {
        let Some((uri, range)) = places.of(&finding.primary) else { continue };
        let Some(path) = path_of(&uri) else { continue };
        found.entry(path).or_default().push(diagnostic(finding, range, &places));
    }
    found
}

/// Where labels stand in the editor.
struct Places<'p> {
    root: &'p Path,
    outcome: &'p Outcome,
    buffers: &'p Buffers,
    counting: Counting,
}

impl Places<'_> {
    fn of(&self, label: &Label) -> Option<(Uri, Range)> {
        let source = self.outcome.sources.get(label.place.file());
        let path = self.root.join(&*source.path);
        let text = self.buffers.text(&path, source);
        let range = match label.place {
            Place::At(span) => span.range(),
            // What the file's name says is shown on its first line.
            Place::Named(_) => 0..text.find('\n').unwrap_or(text.len()),
        };
        Some((uri_of(&path)?, Lines::new(text, self.counting).range(range)))
    }
}

fn diagnostic(finding: &Reported, range: Range, places: &Places<'_>) -> Diagnostic {
    let related = finding.related.iter().filter_map(|label| {
        let (uri, range) = places.of(label)?;
        Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: label.text.clone() })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    Diagnostic {
        range,
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(finding.rule.to_owned())),
        code_description: rules::get(finding.rule)
            .and_then(|rule| rule.source.as_deref())
            .map(Uri::from)
            .map(|href| CodeDescription { href }),
        source: Some("flinks-lint".to_owned()),
        message: Message::String(format!("{}\n{}", finding.message(), finding.help)),
        tags: None,
        related_information: (!related.is_empty()).then_some(related),
        data: Some(serde_json::Value::String(finding.fingerprint.clone())),
    }
}
