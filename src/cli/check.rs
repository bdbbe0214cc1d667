//! `flinks-lint check`: read, judge, report.

use super::mend::{self, Which};
use super::{Check, Failure, Options, output, pipeline, terminal};
use crate::report::{Shown, Verdict, many};

/// The exit code of the run, after every report is written.
///
/// # Errors
/// Where the options contradict each other, the tree cannot be judged, or a report cannot be written.
pub fn run(check: &Check) -> Result<u8, Failure> {
    let options = Options::check(check)?;
    let format = output::on_stdout(&check.show)?.name;
    let which = check.mend.checked()?;
    let mut outcome = pipeline::check(&options)?;
    if let Some(which) = which.filter(|_| check.mend.diff) {
        let patch = mend::patch(&outcome, which, &options)?;
        output::to_stdout(false, |out| out.write_all(patch.as_bytes()))?;
        return Ok(0);
    }
    if which == Some(Which::Safe) && options.stdin_filename.is_none() {
        let (made, files) = mend::make(&outcome, &options)?;
        if made > 0 {
            terminal::complain(
                false,
                &format!("flinks-lint: made {} in {}", many(made, "change"), many(files, "file")),
            );
            outcome = pipeline::check(&options)?;
        }
    }
    let look = check.show.look(&check.judge);
    output::write(&outcome, &check.show, &look)?;
    let verdict = Shown::new(&outcome, &look).verdict();
    // Reports for programs and quiet ones do not say it in words, and a person must learn why the run failed.
    if verdict == Verdict::NothingScanned && (format != "text" || look.quiet) {
        terminal::complain(false, "flinks-lint: nothing was scanned: not one file was read");
    }
    Ok(verdict.exit_code())
}
