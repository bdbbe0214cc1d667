//! Reports: the outcome of a run, shown as text for people, as JSON and SARIF for programs, and as CI services take it.

use std::io;

use crate::finding::{Confidence, Label, Place, Severity};
use crate::lint::{Compared, Ledger, Outcome, Reported, Suppressed};
use crate::source::{FileId, Sources};

mod azure;
mod checkstyle;
mod concise;
pub mod diagnostic;
pub mod draft;
pub mod draw;
mod github;
mod gitlab;
mod item;
pub mod json;
mod junit;
pub mod map;
mod ledger;
mod markdown;
mod plain;
pub mod sarif;
mod text;
pub mod visible;
mod xml;

use item::Item;
pub use ledger::many;

/// One way to show an outcome.
pub struct Renderer {
    pub name: &'static str,
    draw: fn(&Shown<'_>, &mut dyn io::Write) -> io::Result<()>,
}

/// Every format, as `--format` and `--output` name them.
pub const RENDERERS: &[Renderer] = &[
    Renderer { name: "text", draw: text::draw },
    Renderer { name: "concise", draw: concise::draw },
    Renderer { name: "json", draw: json::draw },
    Renderer { name: "jsonl", draw: json::draw_lines },
    Renderer { name: "sarif", draw: sarif::draw },
    Renderer { name: "github", draw: github::draw },
    Renderer { name: "markdown", draw: markdown::draw },
    Renderer { name: "gitlab", draw: gitlab::draw },
    Renderer { name: "junit", draw: junit::draw },
    Renderer { name: "azure", draw: azure::draw },
    Renderer { name: "checkstyle", draw: checkstyle::draw },
];

/// The format of this name.
pub fn renderer(name: &str) -> Option<&'static Renderer> {
    RENDERERS.iter().find(|renderer| renderer.name == name)
}

impl Renderer {
    /// Writes the report.
    ///
    /// # Errors
    /// Whatever `out` answers.
    pub fn render(&self, outcome: &Outcome, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
        (self.draw)(&Shown::new(outcome, look), out)
    }
}

/// From which severity on findings fail a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    Note,
    Warning,
    #[default]
    Error,
    Never,
}

impl FailOn {
    fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Note => true,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Error => severity >= Severity::Error,
            FailOn::Never => false,
        }
    }
}

/// How to show, and what of it.
#[derive(Debug, Clone)]
pub struct Look {
    pub colour: bool,
    pub hyperlinks: bool,
    /// Draw frames in Unicode instead of ASCII.
    pub unicode: bool,
    /// Columns that source lines may take.
    pub width: usize,
    /// Show findings of which a value could not be resolved.
    pub show_unknown: bool,
    /// Show findings under an exception or in the baseline, with the reason.
    pub show_suppressed: bool,
    pub show_notes: bool,
    pub min_confidence: Confidence,
    /// Show the steps of every inference.
    pub explain_evidence: bool,
    /// Findings only.
    pub quiet: bool,
    /// The ledger in full.
    pub verbose: bool,
    pub version: &'static str,
    pub fail_on: FailOn,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            colour: false,
            hyperlinks: false,
            unicode: false,
            width: 140,
            show_unknown: false,
            show_suppressed: false,
            show_notes: false,
            min_confidence: Confidence::Likely,
            explain_evidence: false,
            quiet: false,
            verbose: false,
            version: env!("CARGO_PKG_VERSION"),
            fail_on: FailOn::default(),
        }
    }
}

/// What of an outcome is shown. Every format sees findings only through it, so that all show the same.
pub struct Shown<'a> {
    pub look: &'a Look,
    pub sources: &'a Sources,
    pub ledger: &'a Ledger,
    /// In the order of the outcome.
    pub findings: Vec<&'a Reported>,
    /// Empty unless they are asked for.
    pub suppressed: Vec<&'a Suppressed>,
    /// What the baseline came to, where there is one.
    pub baseline: Option<&'a Compared>,
    pub counts: Counts,
}

/// How many findings there are: shown by severity, and hidden by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Under an exception, shown or not.
    pub suppressed: usize,
    /// In the baseline, shown or not.
    pub baselined: usize,
    pub hidden_unknown: usize,
    pub hidden_notes: usize,
    /// Below `--min-confidence`.
    pub hidden_unsure: usize,
}

/// What a run comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    Findings,
    NothingScanned,
}

impl Verdict {
    pub fn exit_code(self) -> u8 {
        match self {
            Verdict::Clean => 0,
            Verdict::Findings => 1,
            Verdict::NothingScanned => 3,
        }
    }
}

impl<'a> Shown<'a> {
    pub fn new(outcome: &'a Outcome, look: &'a Look) -> Self {
        let baselined = outcome.suppressed.iter().filter(|under| under.cover.is_baseline()).count();
        let suppressed = outcome.suppressed.len() - baselined;
        let mut counts = Counts { suppressed, baselined, ..Counts::default() };
        let findings = outcome.findings.iter().filter(|finding| count(finding, look, &mut counts)).collect();
        let suppressed = if look.show_suppressed { outcome.suppressed.iter().collect() } else { Vec::new() };
        let baseline = outcome.baseline.as_ref();
        Shown { look, sources: &outcome.sources, ledger: &outcome.ledger, findings, suppressed, baseline, counts }
    }

    pub fn verdict(&self) -> Verdict {
        let fails =
            |finding: &&Reported| finding.confidence > Confidence::Unknown && self.look.fail_on.fails(finding.severity);
        if self.ledger.is_empty() {
            Verdict::NothingScanned
        } else if self.findings.iter().any(fails) {
            Verdict::Findings
        } else {
            Verdict::Clean
        }
    }

    /// A file's path below the scanned root.
    fn path(&self, file: FileId) -> &'a str {
        if self.sources.has(file) { self.sources.path(file) } else { "?" }
    }

    /// A label with its subject, for reports that do not draw the source: `` `KEY` is … ``.
    fn said(&self, label: &Label) -> String {
        const READABLE: usize = 60;
        let subject = match label.place {
            Place::At(span) if self.sources.has(span.file) => self.sources.slice(span),
            _ => "",
        };
        let quotable = (1..=READABLE).contains(&subject.len()) && !subject.contains(['\n', '\r', '`']);
        // A label that names its subject needs none in front.
        if quotable && !label.text.is_empty() && !label.text.starts_with('`') {
            visible::line(&format!("`{subject}` {}", label.text)).into_owned()
        } else {
            visible::line(&label.text).into_owned()
        }
    }

    /// The whole message in a line: the fault, and what the primary place says.
    fn message(&self, finding: &Reported) -> String {
        match self.said(&finding.primary).as_str() {
            "" => finding.headline.to_owned(),
            said => format!("{}: {said}", finding.headline),
        }
    }

    /// A label as `path:line:column`, or the path alone where the file's name says it.
    fn place(&self, label: &Label) -> String {
        let path = self.path(label.place.file());
        match label.place {
            Place::At(span) if self.sources.has(span.file) => {
                let at = self.sources.get(span.file).line_column(span.start as usize);
                format!("{path}:{}:{}", at.line, at.column)
            }
            _ => path.to_owned(),
        }
    }
}

/// Whether a finding is shown; counted either way.
fn count(finding: &Reported, look: &Look, counts: &mut Counts) -> bool {
    // A run that fails on notes shows them: an exit code without a visible reason helps nobody.
    let notes = look.show_notes || look.fail_on == FailOn::Note;
    let hidden = if finding.confidence == Confidence::Unknown && !look.show_unknown {
        &mut counts.hidden_unknown
    } else if finding.confidence > Confidence::Unknown && finding.confidence < look.min_confidence {
        &mut counts.hidden_unsure
    } else if finding.severity == Severity::Note && !notes {
        &mut counts.hidden_notes
    } else {
        let shown = match finding.severity {
            Severity::Error => &mut counts.errors,
            Severity::Warning => &mut counts.warnings,
            Severity::Note => &mut counts.notes,
        };
        *shown += 1;
        return true;
    };
    *hidden += 1;
    false
}

/// What a confidence means, where it is not certain.
fn doubt(confidence: Confidence) -> Option<&'static str> {
    match confidence {
        Confidence::Certain => None,
        Confidence::Likely => Some("likely (one step is inferred, the text does not say it)"),
        Confidence::Unknown => Some("unknown (a value could not be resolved; this never fails a run)"),
    }
}
