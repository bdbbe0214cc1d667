//! One line for every finding: `path:line:column: error[rule] message`.

use std::io;

use super::{Shown, Verdict, ledger, visible};
use crate::lint::Reported;

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in &shown.findings {
        writeln!(out, "{}", line(finding, finding.severity.name(), shown))?;
    }
    for suppressed in &shown.suppressed {
        writeln!(out, "{}", line(&suppressed.finding, "suppressed", shown))?;
    }
    if shown.look.quiet {
        return Ok(());
    }
    let ledger = shown.ledger;
    match shown.verdict() {
        Verdict::NothingScanned => writeln!(out, "Nothing was scanned: 0 of {} files read.", ledger.seen),
        _ => writeln!(out, "{} {} of {} read.", ledger::summary(shown), ledger.read, ledger::many(ledger.seen, "file")),
    }
}

fn line(finding: &Reported, level: &str, shown: &Shown<'_>) -> String {
    let place = shown.place(&finding.primary);
    let line = format!("{place}: {level}[{}] {}", finding.rule, shown.message(finding));
    visible::line(&line).into_owned()
}
