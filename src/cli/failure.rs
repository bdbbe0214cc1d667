//! Failures of ours: what we were doing, to which file, what stopped us, what to try.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::source::Source;

/// Why a run could not be carried out. It is drawn as findings are, and ends the run with exit code 2.
pub struct Failure(Box<Parts>);

/// Boxed, so that a `Result` with a failure stays small.
struct Parts {
    doing: String,
    why: String,
    help: Option<String>,
    source: Option<Source>,
    labels: Vec<LabeledSpan>,
}

impl Failure {
    /// `cannot read flinks-lint.toml` and `it is a folder`.
    pub fn new(doing: impl Into<String>, why: impl Into<String>) -> Self {
        let (doing, why) = (doing.into(), why.into());
        Failure(Box::new(Parts { doing, why, help: None, source: None, labels: Vec::new() }))
    }

    /// What the operating system answered about a file: `read`, `write`.
    pub fn io(verb: &str, path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(format!("cannot {verb} {}", path.display()), why)
    }

    /// What to try.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Underlines the place in a file of ours that stopped us. The first place is the main one.
    pub fn at(mut self, source: &Source, range: Range<usize>, label: impl Into<String>) -> Self {
        let span = miette::SourceSpan::new(range.start.into(), range.len());
        let label = Some(label.into());
        let first = self.0.labels.is_empty();
        self.0.source.get_or_insert_with(|| source.clone());
        self.0.labels.push(match first {
            true => LabeledSpan::new_primary_with_span(label, span),
            false => LabeledSpan::new_with_span(label, span),
        });
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.doing, self.0.why)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({self})")
    }
}

impl std::error::Error for Failure {}

impl Diagnostic for Failure {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Error)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Look;
    use crate::report::draw::{Drawn, Pencil};
    use crate::source::FileId;

    /// A policy that cannot be read is explained as a finding is: place, reason, remedy.
    #[test]
    fn a_failure_underlines_what_stopped_us() {
        let policy = Source::new(FileId(0), "flinks-lint.toml", "[policy]\nregion = \"ca\"\n");
        let failure = Failure::new("cannot read flinks-lint.toml", "it has an unknown key")
            .at(&policy, 9..15, "is no key of a policy")
            .help("write `regions`");
        let pencil = Pencil::new(&Look::default());
        assert_eq!(
            Drawn(&failure, &pencil).to_string(),
            "\
error: cannot read flinks-lint.toml: it has an unknown key
 --> flinks-lint.toml:2:1
  |
2 | region = \"ca\"
  | ^^^^^^ is no key of a policy
  |
  = help: write `regions`"
        );
    }
}
