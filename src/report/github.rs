//! Workflow commands of GitHub Actions: every finding is an annotation on its line.
//!
//! Form, escapes and limits are those of
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands> and of the runner's own
//! `ActionCommand`. Paths are below the scanned root: scan the repository's own.

use std::io;

use super::{Item, Shown, Verdict, ledger, plain};
use crate::finding::{Place, Severity};

/// GitHub shows so many annotations of one level from one step, the first ones.
const SHOWN_BY_GITHUB: usize = 10;

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if shown.verdict() == Verdict::NothingScanned {
        writeln!(out, "::error title=flinks-lint::Nothing was scanned: not one file was read.")?;
    }
    let items = shown.gravest_first();
    for item in &items {
        writeln!(out, "{}", command(item, shown))?;
    }
    if shown.look.quiet {
        return Ok(());
    }
    // No line of ours but commands may read as one: this one holds counts only.
    writeln!(out, "flinks-lint: {}", ledger::summary(shown))?;
    let most = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| items.iter().filter(|item| item.level() == severity).count());
    if most.into_iter().any(|count| count > SHOWN_BY_GITHUB) {
        let limit = "GitHub shows the first 10 annotations of a level; all of them are in this log.";
        writeln!(out, "flinks-lint: {limit}")?;
    }
    Ok(())
}

fn command(item: &Item<'_>, shown: &Shown<'_>) -> String {
    let finding = item.finding;
    let level = match item.level() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (line, column) = plain::line_column(&finding.primary, shown);
    let mut properties =
        vec![("file", shown.path(finding.primary.place.file()).to_owned()), ("line", line.to_string())];
    if let Place::At(span) = finding.primary.place
        && shown.sources.has(span.file)
    {
        let end = shown.sources.get(span.file).line_column(span.end as usize);
        properties.push(("endLine", end.line.to_string()));
        properties.push(("col", column.to_string()));
        // The checks behind annotations take columns only of places on one line.
        if end.line == line {
            properties.push(("endColumn", end.column.to_string()));
        } else {
            properties.pop();
        }
    }
    properties.push(("title", item.title()));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{level} {}::{}", properties.join(","), data(&item.lines(shown).join("\n")))
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file's name must end neither its property nor the command.
    #[test]
    fn what_ends_a_property_is_escaped() {
        assert_eq!(property("a,b:c\r\n100%"), "a%2Cb%3Ac%0D%0A100%25");
        assert_eq!(data("a: b, c\n::error::100%"), "a: b, c%0A::error::100%25");
    }
}
