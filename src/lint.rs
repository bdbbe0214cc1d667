//! From facts to a report's content: builds the model, runs the checks, applies levels and exceptions, sorts and masks.

use std::collections::BTreeMap;

use crate::fact::Problem;
use crate::finding::{Confidence, Label, Severity};
use crate::source::{FileId, Sources};

/// Everything that a report shows. Its sources are masked: no credential's value is left in them.
#[derive(Debug)]
pub struct Outcome {
    /// Sorted by file, place and rule.
    pub findings: Vec<Reported>,
    /// Findings under an exception, with the reason that was given.
    pub suppressed: Vec<Suppressed>,
    /// The files that findings speak of, with every credential masked, character by character.
    pub sources: Sources,
    pub ledger: Ledger,
}

/// A finding as it is shown: of one rule, with its severity, its exact places and its identity.
#[derive(Debug, Clone)]
pub struct Reported {
    pub rule: &'static str,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The fault, the same for every finding of the rule.
    pub headline: &'static str,
    pub primary: Label,
    pub related: Vec<Label>,
    /// The inference, one step after another.
    pub steps: Vec<Label>,
    pub help: String,
    /// What it is about, without lines or values.
    pub subject: String,
    /// Survives moved lines, changes when a value changes. Lower-case hexadecimal, 32 digits.
    pub fingerprint: String,
}

impl Reported {
    /// The whole message in a line: the fault, and what the primary place says.
    pub fn message(&self) -> String {
        format!("{}: {}", self.headline, self.primary.text)
    }
}

#[derive(Debug, Clone)]
pub struct Suppressed {
    pub finding: Reported,
    /// Where the exception stands and the reason it gives.
    pub exception: Label,
}

/// What was looked at, what was not, and why. Printed with every report: scanning nothing is never a pass.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Files met on the walk, read or not.
    pub seen: usize,
    /// Files whose bytes were searched for words of Flinks.
    pub read: usize,
    /// Files that have such a word and were read by a reader, by the reader's name.
    pub understood: BTreeMap<&'static str, usize>,
    /// Files that have such a word and are in no format that a reader knows.
    pub no_reader: Vec<FileId>,
    /// Files not read, by reason.
    pub skipped: BTreeMap<Skip, usize>,
    /// Files that could not be read though they are regular files, with the reason; each is also a finding.
    pub unreadable: Vec<(String, String)>,
    /// Parts of files that could not be understood.
    pub problems: Vec<Problem>,
    /// Facts found.
    pub facts: usize,
    /// Remarks about the run itself: no git to ask for tracked files, and the like.
    pub remarks: Vec<String>,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Skip {
    Binary,
    /// Over the size limit.
    TooLarge,
    /// A lock file or source map: long, generated, and never says anything of Flinks.
    Generated,
    /// A symbolic link that leads out of the root, or to what was seen already.
    Link,
    /// A pipe, socket or device.
    Special,
    /// Excluded by the policy.
    Excluded,
}
