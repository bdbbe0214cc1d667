//! What can be done about a finding: the changes that mend it, and an exception with a reason.

use std::collections::HashMap;
use std::path::Path;

use gen_lsp_types::{CodeAction, CodeActionKind, TextEdit, WorkspaceEdit};

use super::buffers::{Buffers, uri_of};
use super::position::{Counting, Lines};
use crate::finding::Place;
use crate::fixes::{self, Fix, REASON, Safety};
use crate::lint::{Outcome, Reported};
use crate::policy::ABOUT_EXCEPTIONS;

/// Where actions are to be carried out.
pub struct Desk<'d> {
    pub root: &'d Path,
    pub outcome: &'d Outcome,
    pub buffers: &'d Buffers,
    pub counting: Counting,
}

impl Desk<'_> {
    /// The actions for a finding, what mends it first.
    pub fn actions(&self, finding: &Reported) -> Vec<CodeAction> {
        let mended = finding.fix.as_ref().and_then(|fix| self.action(fix, finding));
        let except = || {
            let Place::At(span) = finding.primary.place else { return None };
            fixes::except(self.outcome.sources.get(span.file), span, finding.rule, REASON)
        };
        let exception = (!ABOUT_EXCEPTIONS.contains(&finding.rule)).then(except).flatten();
        mended.into_iter().chain(exception.and_then(|fix| self.action(&fix, finding))).collect()
    }

    fn action(&self, fix: &Fix, finding: &Reported) -> Option<CodeAction> {
        let source = self.outcome.sources.get(fix.file());
        let path = self.root.join(&*source.path);
        let text = self.buffers.text(&path, source);
        // The editor has gone on since the tree was judged: its places are no longer ours.
        if text.len() != source.text().len() {
            return None;
        }
        let lines = Lines::new(text, self.counting);
        let edit = |edit: &fixes::Edit| TextEdit { range: lines.range(edit.span.range()), new_text: edit.text.clone() };
        let edits = fix.edits.iter().map(edit).collect();
        let changes = HashMap::from([(uri_of(&path)?, edits)]);
        Some(CodeAction {
            title: format!("{} ({})", fix.title, finding.rule),
            kind: Some(CodeActionKind::QuickFix),
            is_preferred: Some(fix.safety == Safety::Safe),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        })
    }
}
