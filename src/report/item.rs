//! A finding as formats take it that know no suppression: what is covered is a note that says why.

use super::{Shown, plain};
use crate::finding::{Confidence, Severity};
use crate::lint::{Cover, Reported};

/// A finding, and what covers it if anything does.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub finding: &'a Reported,
    pub cover: Option<&'a Cover>,
}

impl<'a> Shown<'a> {
    /// All that is shown, in the order of the report.
    pub(super) fn items(&self) -> impl Iterator<Item = Item<'a>> {
        let open = self.findings.iter().map(|finding| Item { finding, cover: None });
        open.chain(self.suppressed.iter().map(|under| Item { finding: &under.finding, cover: Some(&under.cover) }))
    }

    /// All that is shown; what a viewer cuts off is the least.
    pub(super) fn gravest_first(&self) -> Vec<Item<'a>> {
        let mut items: Vec<Item<'a>> = self.items().collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.level()));
        items
    }
}

impl Item<'_> {
    /// Its severity; what never fails a run is no more than a note or a warning to those who know severities only.
    pub fn level(&self) -> Severity {
        match (self.cover, self.finding.confidence) {
            (Some(_), _) => Severity::Note,
            (None, Confidence::Unknown) => self.finding.severity.min(Severity::Warning),
            (None, _) => self.finding.severity,
        }
    }

    /// The rule, for a heading.
    pub fn title(&self) -> String {
        let covered = if self.cover.is_some() { "suppressed: " } else { "" };
        format!("{covered}{}", self.finding.rule)
    }

    /// The fault in a line.
    pub fn line(&self, shown: &Shown<'_>) -> String {
        let covered = if self.cover.is_some() { "suppressed: " } else { "" };
        format!("{covered}{}", plain::message(self.finding, shown))
    }

    /// Everything in lines.
    pub fn lines(&self, shown: &Shown<'_>) -> Vec<String> {
        let mut lines = plain::lines(self.finding, shown);
        lines.extend(self.cover.map(|cover| plain::cover(cover, shown)));
        lines
    }
}
