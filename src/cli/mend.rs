//! `--fix` and `--diff`: changes made, or shown as a patch.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use similar::TextDiff;

use super::{Failure, Options, output};
use crate::fixes::{self, Edit, Fix, Safety};
use crate::lint::Outcome;
use crate::source::{Encoding, FileId, Source};
use crate::workspace;

/// What is mended.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is mended")]
pub struct Mend {
    /// Make the changes that are safe: exceptions that cover nothing go, malformed ones are put right.
    ///
    /// `--fix=suggest --diff` shows what else could be changed: settings and fields to be filled in. A change never
    /// touches the value of a credential.
    #[arg(long, value_name = "WHICH", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    pub fix: Option<Which>,
    /// Print the changes as a patch instead of making them.
    #[arg(long, requires = "fix")]
    pub diff: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// What changes nothing but the linter's own comments.
    Safe,
    /// Everything that can be suggested; only with --diff.
    Suggest,
}

impl Mend {
    /// # Errors
    /// Where suggestions are to be made unseen.
    pub fn checked(&self) -> Result<Option<Which>, Failure> {
        match (self.fix, self.diff) {
            (Some(Which::Suggest), false) => {
                Err(Failure::new("cannot make what is only suggested", "a person has to finish it").help("add --diff"))
            }
            (which, _) => Ok(which),
        }
    }
}

/// The changes of an outcome by file, those of one finding together.
fn by_file(outcome: &Outcome, which: Which) -> BTreeMap<FileId, Vec<&Fix>> {
    let mut fixes: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    let wanted = |fix: &&Fix| which == Which::Suggest || fix.safety == Safety::Safe;
    for fix in outcome.findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(wanted) {
        fixes.entry(fix.file()).or_default().push(fix);
    }
    fixes
}

/// Makes the safe changes. The number of them, and of files that were changed.
///
/// # Errors
/// Where a file cannot be written.
pub fn make(outcome: &Outcome, options: &Options) -> Result<(usize, usize), Failure> {
    let root = folder(options)?;
    let (mut made, mut files) = (0, 0);
    for (file, fixes) in by_file(outcome, Which::Safe) {
        let path = root.join(&*outcome.sources.get(file).path);
        let Some((source, text)) = unchanged(outcome, file, &path, &fixes) else { continue };
        let edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        let (changed, count) = fixes::apply(&text, &edits);
        let mark = if source.encoding == Encoding::Utf8Bom { "\u{FEFF}" } else { "" };
        output::replace(&path, format!("{mark}{changed}").as_bytes())
            .map_err(|error| Failure::io("write", &path, &error))?;
        made += count;
        files += 1;
    }
    Ok((made, files))
}

/// The changes as a patch in the unified format, as `git apply` and `patch -p1` take it. Where a line around a change
/// holds a credential less is shown around it; where the changed line itself does, it is masked, and the patch says so.
///
/// # Errors
/// Where the root cannot be read.
pub fn patch(outcome: &Outcome, which: Which, options: &Options) -> Result<String, Failure> {
    let root = folder(options)?;
    let mut patch = String::new();
    for (file, fixes) in by_file(outcome, which) {
        let shown = outcome.sources.get(file);
        let path = root.join(&*shown.path);
        let Some((_, text)) = unchanged(outcome, file, &path, &fixes) else { continue };
        let edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        let name = &shown.path;
        let diff = |text: &str, radius: usize| {
            let (changed, _) = fixes::apply(text, &edits);
            let diff = TextDiff::from_lines(text, changed.as_str());
            diff.unified_diff().context_radius(radius).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
        };
        let whole = (0..=3).rev().map(|radius| (diff(&text, radius), diff(shown.text(), radius)));
        let plain = whole.into_iter().find(|(whole, masked)| whole == masked);
        match plain {
            Some((whole, _)) => patch.push_str(&whole),
            None => {
                patch.push_str("# a credential in the next change is masked: make it by hand\n");
                patch.push_str(&diff(shown.text(), 0));
            }
        }
    }
    Ok(patch)
}

fn folder(options: &Options) -> Result<PathBuf, Failure> {
    let root =
        workspace::root(&options.paths).map_err(|unreadable| Failure::io("read", &unreadable.path, &unreadable.why))?;
    Ok(root.folder)
}

/// A file as it lies on the disk, if it is still what was judged where it is to be changed.
fn unchanged(outcome: &Outcome, file: FileId, path: &Path, fixes: &[&Fix]) -> Option<(Source, String)> {
    let judged = outcome.sources.get(file);
    let source = Source::decode(file, judged.path.clone(), fs::read(path).ok()?).ok()?;
    let plain = matches!(source.encoding, Encoding::Utf8 | Encoding::Utf8Bom);
    let same = source.text().len() == judged.text().len()
        && fixes.iter().flat_map(|fix| &fix.edits).all(|edit| source.slice(edit.span) == judged.slice(edit.span));
    let text = source.text().to_owned();
    (plain && same).then_some((source, text))
}
