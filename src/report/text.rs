//! For people: every finding drawn with its evidence, then what was looked at, counts, and the next command.

use std::io;

use super::diagnostic::FindingDiagnostic;
use super::draw::{Drawn, Pencil};
use super::{Shown, ledger};

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let pencil = Pencil::new(shown.look);
    for finding in &shown.findings {
        writeln!(out, "{}\n", Drawn(&FindingDiagnostic::new(finding, shown), &pencil))?;
    }
    for suppressed in &shown.suppressed {
        writeln!(out, "{}\n", Drawn(&FindingDiagnostic::suppressed(suppressed, shown), &pencil))?;
    }
    if shown.look.quiet {
        return Ok(());
    }
    write!(out, "{}", ledger::closing(shown))
}
