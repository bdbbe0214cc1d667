//! Logging commands of Azure Pipelines: every finding is an issue of the job.
//!
//! Form and escapes are those of
//! <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>.

use std::io;

use super::{Item, Shown, Verdict, ledger, plain};
use crate::finding::Severity;

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if shown.verdict() == Verdict::NothingScanned {
        writeln!(out, "##vso[task.logissue type=error;]Nothing was scanned: not one file was read.")?;
    }
    for item in shown.gravest_first() {
        writeln!(out, "{}", issue(&item, shown))?;
    }
    if shown.look.quiet {
        return Ok(());
    }
    writeln!(out, "flinks-lint: {}", ledger::summary(shown))
}

/// There are errors and warnings; what is less is a line of the log.
fn issue(item: &Item<'_>, shown: &Shown<'_>) -> String {
    let finding = item.finding;
    let level = match item.level() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => {
            let line = format!("{}: note[{}] {}", shown.place(&finding.primary), finding.rule, item.line(shown));
            return harmless(&super::visible::line(&line));
        }
    };
    let (line, column) = plain::line_column(&finding.primary, shown);
    let properties = [
        ("type", level.to_owned()),
        ("sourcepath", shown.path(finding.primary.place.file()).to_owned()),
        ("linenumber", line.to_string()),
        ("columnnumber", column.to_string()),
        ("code", finding.rule.to_owned()),
    ];
    let properties: String = properties.iter().map(|(name, value)| format!("{name}={};", property(value))).collect();
    format!("##vso[task.logissue {properties}]{}", data(&item.lines(shown).join("\n")))
}

/// What stands behind the bracket.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

/// The agent takes `##vso[` and `##[` for commands anywhere in a line.
fn harmless(line: &str) -> String {
    line.replace("##", "# #")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_property_is_escaped() {
        assert_eq!(property("a;b]c\r\n100%"), "a%3Bb%5Dc%0D%0A100%AZP25");
        assert_eq!(harmless("##vso[task.setvariable variable=PATH]x"), "# #vso[task.setvariable variable=PATH]x");
    }
}
