//! A finding in plain lines, for formats that have one field for all of it.

use std::borrow::Cow;

use super::{Shown, visible};
use crate::finding::{Label, Place};
use crate::lint::{Cover, Reported};

/// So many places are listed; nobody reads more of them in an annotation.
const LISTED: usize = 20;
/// So many characters of one line are kept: runners and viewers cut longer ones in the middle of a word, or refuse them.
const LONG: usize = 2_000;

/// Everything in lines: the fault, the places that prove it, what to do, how sure it is.
pub(super) fn lines(finding: &Reported, shown: &Shown<'_>) -> Vec<String> {
    let fault = std::iter::once(message(finding, shown));
    let help = Some(&finding.help).filter(|help| !help.is_empty()).map(|help| clipped(&format!("help: {help}")));
    let confidence = format!("confidence: {}", finding.confidence.name());
    fault.chain(evidence(finding, shown)).chain(help).chain([confidence]).collect()
}

/// The fault and what the primary place says, in a line.
pub(super) fn message(finding: &Reported, shown: &Shown<'_>) -> String {
    clipped(&shown.message(finding))
}

/// The places that prove it, each with what it says: `deploy/app.yml:2:16: ...`.
pub(super) fn evidence(finding: &Reported, shown: &Shown<'_>) -> Vec<String> {
    let line = |label: &Label| clipped(&format!("{}: {}", shown.place(label), shown.said(label)));
    let listed = finding.related.iter().take(LISTED).map(line);
    let more = finding.related.len().saturating_sub(LISTED);
    listed.chain((more > 0).then(|| format!("and {more} more"))).collect()
}

/// Why a finding does not count, in a line.
pub(super) fn cover(cover: &Cover, shown: &Shown<'_>) -> String {
    match cover {
        Cover::Exception(exception) => clipped(&format!("excepted in {}: {}", shown.place(exception), exception.text)),
        Cover::Baseline { .. } => clipped(&known(cover)),
    }
}

/// `known since the baseline: moves in March (platform)`.
pub(super) fn known(cover: &Cover) -> String {
    let Cover::Baseline { reason, owner } = cover else { return String::new() };
    let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let owner = owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
    format!("known since the baseline{reason}{owner}")
}

/// Where a format wants a line and a column: from 1, and 1 where the file's name says it.
pub(super) fn line_column(label: &Label, shown: &Shown<'_>) -> (usize, usize) {
    match label.place {
        Place::At(span) if shown.sources.has(span.file) => {
            let at = shown.sources.get(span.file).line_column(span.start as usize);
            (at.line, at.column)
        }
        _ => (1, 1),
    }
}

/// One line that steers no terminal, cut where nobody reads on.
fn clipped(text: &str) -> String {
    let line: Cow<'_, str> = visible::line(text);
    match line.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}
