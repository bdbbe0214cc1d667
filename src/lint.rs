//! From facts to a report's content: builds the model, runs the checks, applies levels and exceptions, sorts and masks.

mod changes;
mod explained;
mod known;
mod masking;

pub use changes::{Comparison, introduced, within};
pub use known::{against, entries};

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::baseline::Entry;
use crate::checks;
use crate::exceptions::{self, Found, Given};
use crate::fact::{Directive, Facts, Problem};
use crate::finding::{Confidence, Finding, Label, Place, Severity};
use crate::fixes::{self, Fix};
use crate::model::exposure::Platform;
use crate::model::{ByFile, Codebase, Model};
use crate::policy::{Date, Level, Policy};
use crate::readers;
use crate::rules;
use crate::secret::hex;
use crate::source::{FileId, Source, Sources, Span};
use crate::vocabulary::{names, paths};

/// What was read of a tree: the files with a word of Flinks, and what the others tell by their names.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    pub sources: Sources,
    /// Paths of files that mark deployable units.
    pub manifests: Vec<String>,
    /// Folders whose framework lays `.env.<environment>` over `.env`.
    pub layered_env: Vec<String>,
    /// Manifests that say where the programs of their folder run, sorted.
    pub platforms: Vec<Platform>,
    /// The folders that lead to the scanned root from that of the repository; empty for its own.
    pub above: String,
    pub ledger: Ledger,
}

/// What the caller wants of a run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ids of the rules to run, the policy's `off` aside.
    pub rules: Vec<&'static str>,
    /// The day by which exceptions expire.
    pub today: Date,
    /// Whether the whole root was read: only then can an exception be called unused.
    pub whole: bool,
}

/// Reads the files of a scan that `known` does not cover yet, in the order of the files. The ledger learns which
/// reader understood what.
pub fn read(scan: &mut Scan, known: &mut Vec<Facts>) {
    read_beside(scan, known, None);
}

/// The same, where another version of the codebase was read already, with these sources and facts: what it has of the same
/// file, under the same id, is not read again.
pub fn read_beside(scan: &mut Scan, known: &mut Vec<Facts>, beside: Option<(&Sources, &[Facts])>) {
    let files: Vec<&Source> = scan.sources.iter().skip(known.len()).collect();
    let read: Vec<(Option<&'static str>, Option<Facts>)> =
        files.par_iter().map(|source| read_one(source, beside)).collect();
    for (source, (reader, facts)) in files.iter().zip(read) {
        match reader {
            Some(reader) => *scan.ledger.understood.entry(reader).or_default() += 1,
            None if names::mentions_flinks(source.text()) => scan.ledger.no_reader.push(source.id),
            None => {}
        }
        let facts = facts.unwrap_or_else(|| Facts::new(source.id));
        scan.ledger.facts += facts.count();
        scan.ledger.problems.extend(facts.problems.iter().cloned());
        known.push(facts);
    }
}

/// Reads one file. A reader's own fault costs that file, says so, and shows nothing of its text.
fn read_one(source: &Source, beside: Option<(&Sources, &[Facts])>) -> (Option<&'static str>, Option<Facts>) {
    let Some(reader) = readers::reader_of(source) else { return (None, None) };
    let same = |(sources, facts): (&Sources, &[Facts])| {
        let other = sources.has(source.id).then(|| sources.get(source.id))?;
        let is_same = (&other.path, other.text()) == (&source.path, source.text());
        facts.get(source.id.0 as usize).filter(|_| is_same).cloned()
    };
    if let Some(facts) = beside.and_then(same) {
        return (Some(reader.name), Some(facts));
    }
    (Some(reader.name), unless_it_panics(source, reader.name, || readers::read(source)))
}

fn unless_it_panics(source: &Source, reader: &str, read: impl FnOnce() -> Option<Facts>) -> Option<Facts> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let mut facts = Facts::new(source.id);
        let reason = format!("the {reader} reader stopped at a fault of its own; please report it");
        facts.problems.push(Problem { span: source.span(0..0), reason });
        Some(facts)
    })
}

/// Builds the model of a scan.
pub fn model(scan: &Scan, facts: &[Facts], policy: Policy) -> Model {
    complete(scan, facts, sketch(scan, facts, policy, &mut ByFile::default()))
}

/// Builds as much of the model of a scan as tells what is still to be read. What it reads is `known` the next time.
pub fn sketch(scan: &Scan, facts: &[Facts], policy: Policy, known: &mut ByFile) -> Model {
    Model::sketch(&codebase(scan, facts), policy, known)
}

/// Adds to a sketch of the same scan and facts what it lacks of a model.
pub fn complete(scan: &Scan, facts: &[Facts], sketch: Model) -> Model {
    sketch.complete(&codebase(scan, facts))
}

fn codebase<'s>(scan: &'s Scan, facts: &'s [Facts]) -> Codebase<'s> {
    Codebase {
        sources: &scan.sources,
        facts,
        manifests: &scan.manifests,
        layered_env: &scan.layered_env,
        platforms: &scan.platforms,
        above: &scan.above,
    }
}

/// Judges a model.
pub fn lint(mut scan: Scan, facts: &[Facts], model: &Model, options: &Options) -> Outcome {
    let policy = &model.policy;
    let runs = |rule: &&str| policy.level(rule) != Some(Level::Off);
    let ran: Vec<&'static str> = options.rules.iter().copied().filter(runs).collect();
    let mut found = Vec::new();
    for check in checks::CHECKS.iter().filter(|check| ran.contains(&check.rule)) {
        found.extend((check.check)(model).into_iter().map(|finding| Found { rule: check.rule, finding }));
    }
    if ran.contains(&UNREADABLE) {
        found.extend(unreadable(&mut scan));
    }
    let directives = directives(&scan.sources, facts);
    let known: Vec<&str> = rules::all().iter().map(|rule| rule.id).collect();
    let given = Given {
        sources: &scan.sources,
        directives: &directives,
        policy,
        today: options.today,
        known: &known,
        ran: &ran,
        whole: options.whole,
    };
    let applied = exceptions::apply(explained::without_explained(distinct(found), &scan.sources), &given);
    let about = applied.about.into_iter().filter(|found| ran.contains(&found.rule));
    let mut findings: Vec<Reported> =
        applied.kept.into_iter().chain(about).filter_map(|found| report(found, &scan.sources, policy)).collect();
    let mut suppressed: Vec<Suppressed> = applied
        .suppressed
        .into_iter()
        .filter_map(|(found, exception)| {
            let exception = Label { text: masking::message(exception.text, &BTreeSet::new()), ..exception };
            Some(Suppressed { finding: report(found, &scan.sources, policy)?, cover: Cover::Exception(exception) })
        })
        .collect();
    tell_apart(&mut findings);
    findings.sort_by(|a, b| order(&scan.sources, a, b));
    suppressed.sort_by(|a, b| order(&scan.sources, &a.finding, &b.finding));
    let shown = findings.iter().chain(suppressed.iter().map(|suppressed| &suppressed.finding)).flat_map(places);
    let exceptions = suppressed.iter().filter_map(|suppressed| match &suppressed.cover {
        Cover::Exception(exception) => Some(exception.place.file()),
        Cover::Baseline { .. } => None,
    });
    let problems = scan.ledger.problems.iter().map(|problem| problem.span.file);
    let sources = masking::mask(&scan.sources, model, shown.chain(exceptions), problems);
    Outcome { findings, suppressed, baseline: None, sources, ledger: scan.ledger }
}

const UNREADABLE: &str = "unreadable-file";

/// Inline exceptions of the files that are judged: documentation only shows how they are written.
fn directives<'f>(sources: &Sources, facts: &'f [Facts]) -> Vec<&'f Directive> {
    let judged = facts.iter().filter(|facts| !paths::purpose(sources.path(facts.file)).is_silent());
    judged.flat_map(|facts| &facts.directives).collect()
}

fn places(finding: &Reported) -> impl Iterator<Item = FileId> {
    let labels = finding.related.iter().chain(&finding.steps);
    std::iter::once(&finding.primary).chain(labels).map(|label| label.place.file())
}

/// Joins a check's finding with the page of its rule.
fn report(found: Found, sources: &Sources, policy: &Policy) -> Option<Reported> {
    let Found { rule, finding } = found;
    let page = rules::get(rule)?;
    let severity = match policy.level(rule) {
        Some(Level::Off) => return None,
        Some(Level::Error) => Severity::Error,
        Some(Level::Warning) => Severity::Warning,
        Some(Level::Note) => Severity::Note,
        None => finding.severity.unwrap_or(page.severity),
    };
    let fingerprint = fingerprint(rule, &finding.subject, &finding.evidence);
    let identity = Identity {
        fingerprint: fingerprint.clone(),
        evidence: self::fingerprint(rule, "", &finding.evidence),
        severity: finding.severity,
    };
    let keys = masking::keys_at(sources, &finding);
    let masked = |label: Label| Label { text: masking::message(label.text, &keys), ..label };
    Some(Reported {
        rule: page.id,
        severity,
        confidence: finding.confidence,
        headline: &page.summary,
        primary: masked(finding.primary),
        related: finding.related.into_iter().map(masked).collect(),
        steps: finding.steps.into_iter().map(masked).collect(),
        help: masking::message(finding.help, &keys),
        subject: masking::message(finding.subject, &keys),
        fingerprint,
        identity,
        fix: finding.remedy.and_then(|remedy| fixes::fix(&remedy, sources)),
    })
}

/// Names a finding by its rule, subject and values: neither lines nor the order of files matter.
fn fingerprint(rule: &str, subject: &str, evidence: &[String]) -> String {
    let mut evidence = evidence.to_vec();
    evidence.sort();
    let mut digest = Sha256::new();
    for part in [rule, subject].into_iter().chain(evidence.iter().map(String::as_str)) {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    hex(&digest.finalize()[..16])
}

/// One fault, one finding: a setting that several profiles share is told once, by the profile that proves most.
fn distinct(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    let mut at: HashMap<(&'static str, Place), usize> = HashMap::new();
    for found in found {
        match at.get(&(found.rule, found.finding.primary.place)) {
            Some(known) if kept[*known].finding.related.len() < found.finding.related.len() => kept[*known] = found,
            Some(_) => {}
            None => {
                at.insert((found.rule, found.finding.primary.place), kept.len());
                kept.push(found);
            }
        }
    }
    kept
}

/// Two places with one subject and one value are two findings: the second is told apart by its number.
fn tell_apart(findings: &mut [Reported]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    findings.sort_by_key(|finding| finding.primary.place);
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = fingerprint(finding.rule, &finding.fingerprint, &[count.to_string()]);
        }
    }
}

fn order(sources: &Sources, a: &Reported, b: &Reported) -> Ordering {
    let path = |finding: &Reported| sources.path(finding.primary.place.file()).to_owned();
    let within = |finding: &Reported| (finding.primary.place.span().start, finding.rule);
    path(a).cmp(&path(b)).then_with(|| within(a).cmp(&within(b))).then_with(|| a.fingerprint.cmp(&b.fingerprint))
}

/// Files that are there and could not be read, each a finding on the file as a whole.
fn unreadable(scan: &mut Scan) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, reason) in &scan.ledger.unreadable {
        let file = scan.sources.push(path.clone(), "");
        let mut finding = Finding::at(Span::new(file, 0, 0), "").help("make it readable, or exclude it in the policy");
        finding.primary = Label::on(Place::Named(file), format!("could not be read: {reason}"));
        let finding = finding.about(path.clone()).evidence([reason.clone()]);
        found.push(Found { rule: UNREADABLE, finding });
    }
    found
}

/// Everything that a report shows. Its sources are masked: no credential's value is left in them.
#[derive(Debug)]
pub struct Outcome {
    /// Sorted by file, place and rule.
    pub findings: Vec<Reported>,
    /// Findings under an exception or in the baseline, with the reason that was given.
    pub suppressed: Vec<Suppressed>,
    /// What the baseline came to, where there is one.
    pub baseline: Option<Compared>,
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
    pub identity: Identity,
    /// What would mend it, where that is a change of one file.
    pub fix: Option<Fix>,
}

/// By what a baseline knows a finding again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Of rule, subject and values. Two places may have the same.
    pub fingerprint: String,
    /// Of rule and values: it stays when the folder of the unit is renamed.
    pub evidence: String,
    /// Set where the rule's severity depends on what the tree shows. What the policy makes of it does not count here.
    pub severity: Option<Severity>,
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
    pub cover: Cover,
}

/// Why a finding does not count.
#[derive(Debug, Clone)]
pub enum Cover {
    /// Where the exception stands and the reason it gives.
    Exception(Label),
    /// An entry of the baseline, with what somebody wrote there.
    Baseline { reason: Option<String>, owner: Option<String> },
}

impl Cover {
    pub fn is_baseline(&self) -> bool {
        matches!(self, Cover::Baseline { .. })
    }
}

/// What the comparison with a baseline showed, beside the findings that it covers.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// The file, as it is to be shown.
    pub path: String,
    /// Entries whose finding is gone, in the order of the file.
    pub stale: Vec<Entry>,
    /// Findings that it knows and that became more severe than it says: they count.
    pub worsened: usize,
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
    /// Set where only what a change introduces is reported.
    pub compared: Option<Comparison>,
}

impl Ledger {
    /// Whether not one file was read though some might have been. An index without files is no wonder of a first commit,
    /// and one of pictures alone was looked at.
    pub fn is_empty(&self) -> bool {
        let kept_out = || self.skipped.contains_key(&Skip::Excluded) || !self.unreadable.is_empty();
        self.read == 0 && (self.compared.is_none() || kept_out())
    }
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
    /// Of another repository: a commit has only its name.
    Submodule,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One file's bad luck costs that file, and its text is not what a panic talks about.
    #[test]
    fn a_panicking_reader_costs_its_file_only() {
        let source = Source::new(FileId(0), "a.env", "KEY=hunter2");
        let facts = unless_it_panics(&source, "dotenv", || panic!("at {}", source.text())).unwrap();
        assert_eq!(facts.problems[0].reason, "the dotenv reader stopped at a fault of its own; please report it");
    }
}
