//! What a check reports: a place, what is wrong there, the places that prove it, and one thing to do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::{FileId, Sources, Span};

/// How grave a finding is. An error fails a run by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A value could not be resolved: listed on request, never fails a run.
    Unknown,
    /// One inference step.
    Likely,
    /// The text says so.
    Certain,
}

impl Confidence {
    /// `certain`, `likely` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Likely => "likely",
            Confidence::Unknown => "unknown",
        }
    }
}

/// Where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In the text.
    At(Span),
    /// By the file's own name or folder.
    Named(FileId),
}

impl Place {
    pub fn file(self) -> FileId {
        match self {
            Place::At(span) => span.file,
            Place::Named(file) => file,
        }
    }

    /// For people: `deploy/prod.env:3`, or the path alone where the name says it.
    pub fn shown(self, sources: &Sources) -> String {
        let source = sources.get(self.file());
        match self {
            Place::At(span) => format!("{}:{}", source.path, source.line_column(span.start as usize).line),
            Place::Named(_) => source.path.to_string(),
        }
    }

    /// The text it is said by; the very start of the file where its name says it.
    pub fn span(self) -> Span {
        match self {
            Place::At(span) => span,
            Place::Named(file) => Span { file, start: 0, end: 0 },
        }
    }
}

/// A place and the predicate of which its text is the subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

impl Label {
    pub fn at(span: Span, text: impl Into<String>) -> Self {
        Label { place: Place::At(span), text: text.into() }
    }

    pub fn on(place: Place, text: impl Into<String>) -> Self {
        Label { place, text: text.into() }
    }
}

/// What a check found. Rule id, severity and headline are added by the engine, from the rule's page.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The text that a person would change.
    pub primary: Label,
    /// Every place that proves it, in the order in which a person would read them.
    pub related: Vec<Label>,
    /// The inference, one step after another: what was concluded, from which place. Shown on request.
    pub steps: Vec<Label>,
    /// One thing to do, in the imperative.
    pub help: String,
    pub confidence: Confidence,
    /// Set where the rule's severity depends on what the tree shows.
    pub severity: Option<Severity>,
    /// What it is about, without lines or values: unit, profile, slot. It names the finding over time.
    pub subject: String,
    /// The values that make it wrong, for the fingerprint only: credentials by their own fingerprint.
    pub evidence: Vec<String>,
    /// What would mend it, where that can be said of the text alone.
    pub remedy: Option<Remedy>,
}

/// What mends a finding. A remedy never holds a value of the scanned files, and changes none that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The comment of an exception that covers nothing goes.
    RemoveException(Span),
    /// A part of an exception is written another way.
    Rewrite { span: Span, text: String },
    /// A setting without a value, of this name, in the notation of one like it, below another.
    AddSetting { name: String, like: Span, below: Span },
    /// A field for the country beside the one of this name.
    AddCountry { beside: Span },
}

impl Finding {
    pub fn at(span: Span, label: impl Into<String>) -> Self {
        Finding {
            primary: Label::at(span, label),
            related: Vec::new(),
            steps: Vec::new(),
            help: String::new(),
            confidence: Confidence::Certain,
            severity: None,
            subject: String::new(),
            evidence: Vec::new(),
            remedy: None,
        }
    }

    pub fn because(mut self, label: Label) -> Self {
        if label.place != self.primary.place && !self.related.iter().any(|other| other.place == label.place) {
            self.related.push(label);
        }
        self
    }

    pub fn because_all(self, labels: impl IntoIterator<Item = Label>) -> Self {
        labels.into_iter().fold(self, Finding::because)
    }

    pub fn steps(mut self, steps: impl IntoIterator<Item = Label>) -> Self {
        self.steps.extend(steps);
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    pub fn evidence(mut self, evidence: impl IntoIterator<Item = String>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    pub fn remedy(mut self, remedy: Option<Remedy>) -> Self {
        self.remedy = remedy;
        self
    }
}
