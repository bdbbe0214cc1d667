//! `flinks-lint baseline`: read, judge, write down what is known.

use super::output::{replace, to_stdout};
use super::pipeline::{self, Judged};
use super::{Baseline as Arguments, Failure, Options, terminal};
use crate::baseline::{self, Baseline, Scope, Unreadable, Update};
use crate::lint;
use crate::workspace::{self, BaselineFile, Root};

/// The exit code of the run, after the baseline is written.
///
/// # Errors
/// Where the tree cannot be judged, or the baseline cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let options = Options::baseline(arguments)?;
    let judged = pipeline::judge(&options)?;
    if judged.outcome.ledger.read == 0 {
        terminal::complain(false, "flinks-lint: nothing was scanned: not one file was read; no baseline is written");
        return Ok(3);
    }
    let file = file(&options, &judged.root)?;
    let known = match (file.exists, arguments.prune) {
        (true, _) => read(&file)?,
        (false, false) => Baseline::default(),
        (false, true) => {
            let why = "there is no such file";
            return Err(
                Failure::new(format!("cannot prune {}", file.shown), why).help("leave `--prune` out to write it")
            );
        }
    };
    let scope = scope(&file, &known, &judged);
    let present = lint::entries(&judged.outcome, &scope);
    let how = if arguments.prune { Update::Prune } else { Update::Rewrite };
    let updated = baseline::update(&present, &known, &scope, how);
    write(&file, &updated.baseline)?;
    let findings = match updated.baseline.entries.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let said = format!("{}: {findings}; {} added, {} removed.\n", file.shown, updated.added, updated.removed);
    to_stdout(false, |out| out.write_all(said.as_bytes()))?;
    Ok(0)
}

/// Where the baseline of a run lies.
///
/// # Errors
/// Where the root has no place on this machine.
pub(super) fn file(options: &Options, root: &Root) -> Result<BaselineFile, Failure> {
    let folder = std::path::absolute(&root.folder).map_err(|error| Failure::io("find", &root.folder, &error))?;
    Ok(workspace::baseline_file(&folder, options.baseline.as_deref()))
}

/// # Errors
/// Where it cannot be read, or is no baseline that this program knows.
pub(super) fn read(file: &BaselineFile) -> Result<Baseline, Failure> {
    let bytes = workspace::read_file(&file.path).map_err(|unreadable| pipeline::io_failure(&unreadable))?;
    let doing = format!("cannot use {}", file.shown);
    const ANEW: &str = "restore the file, or delete it and write it anew: `flinks-lint baseline`";
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(doing.as_str(), "it is no text").help(ANEW))?;
    baseline::read(text.strip_prefix('\u{FEFF}').unwrap_or(&text)).map_err(|unreadable| match unreadable {
        Unreadable::Version(Some(version)) => {
            let why = format!("it is of version {version}, and this flinks-lint knows version {}", baseline::VERSION);
            Failure::new(doing, why)
                .help("use the flinks-lint that wrote it, or delete it and write it anew: `flinks-lint baseline`")
        }
        Unreadable::Version(None) => {
            Failure::new(doing, "it does not say its version").help(format!("write `version = {}`", baseline::VERSION))
        }
        Unreadable::Line(line) => {
            Failure::new(doing, format!("line {line} is not what `flinks-lint baseline` writes")).help(ANEW)
        }
    })
}

/// What a run looked at, as the baseline sees it.
pub(super) fn scope(file: &BaselineFile, baseline: &Baseline, judged: &Judged) -> Scope {
    let scope = Scope { above: file.above.clone(), rules: judged.rules.clone(), ..Scope::default() };
    let below = |path: &String| match path.as_str() {
        "" => scope.above.clone(),
        path => scope.path(path),
    };
    let unreadable = judged.outcome.ledger.unreadable.iter().map(|(path, _)| path);
    let unread = unreadable.chain(&judged.too_large).map(below).collect();
    let scanned = judged.root.walked().iter().map(below).collect();
    let gone = file.gone(baseline.entries.iter().map(|entry| entry.path.as_str()));
    Scope { scanned, unread, gone, ..scope }
}

fn write(file: &BaselineFile, baseline: &Baseline) -> Result<(), Failure> {
    // A link in a tree of somebody else must not lead the pen out of it, nor a pipe hold it.
    if file.path.symlink_metadata().is_ok_and(|met| !met.is_file()) {
        return Err(Failure::new(format!("cannot write {}", file.shown), "it is a link, a folder or a device")
            .help("name a file of its own: `--baseline FILE`"));
    }
    replace(&file.path, baseline::write(baseline).as_bytes()).map_err(|error| Failure::io("write", &file.path, &error))
}
