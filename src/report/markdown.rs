//! Markdown for a job's summary or a comment: counts, then a table of findings with their evidence.
//!
//! GitHub drops a summary of more than a mebibyte whole
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits>),
//! so the gravest findings stand first and what is too much is counted.

use std::io;

use super::{Item, Shown, Verdict, ledger, visible};

/// Bytes that the table may take.
const ROOM: usize = 900_000;

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## flinks-lint\n")?;
    match shown.verdict() {
        Verdict::NothingScanned => {
            writeln!(out, "**Nothing was scanned**: not one file was read, so nothing can be said about this tree.")?;
        }
        _ => writeln!(out, "{}", prose(&ledger::summary(shown)))?,
    }
    table(&shown.gravest_first(), shown, out)?;
    if shown.look.quiet {
        return Ok(());
    }
    writeln!(out)?;
    // A line of its own each: Markdown would run them together.
    for line in ledger::coverage(shown).into_iter().chain(ledger::stale(shown)) {
        writeln!(out, "{}<br>", prose(line.trim_start()))?;
    }
    Ok(())
}

fn table(items: &[Item<'_>], shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| | Rule | Place | Finding |\n|---|---|---|---|")?;
    let mut room = ROOM;
    for (at, item) in items.iter().enumerate() {
        let row = row(item, shown);
        let Some(left) = room.checked_sub(row.len()) else {
            return writeln!(out, "\n{} more are not shown here.", items.len() - at);
        };
        room = left;
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn row(item: &Item<'_>, shown: &Shown<'_>) -> String {
    let finding = item.finding;
    let level = if item.cover.is_some() { "suppressed" } else { finding.severity.name() };
    let place = code(&visible::line(&shown.place(&finding.primary)));
    let lines: Vec<String> = item.lines(shown).iter().map(|line| prose(line)).collect();
    format!("| {level} | {} | {place} | {} |", code(finding.rule), lines.join("<br>"))
}

/// A sentence of a report: what stands between its backticks is code, and nothing else in it is markup.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let part = |(at, part): (usize, &&str)| match (at % 2, part.is_empty()) {
        (0, _) => escaped(part),
        (_, true) => "\\`\\`".to_owned(),
        _ => code(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Code in a cell of a table: the fence is longer than any run of backticks inside, and a bar would end the cell.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{blank}{}{blank}{fence}", text.replace('|', "\\|"))
}

/// Text in which nothing is markup: a backslash before every sign that may be one, and no mention of anybody.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_backticks_is_code() {
        assert_eq!(prose("`A_B` is *here* | <b>"), "`A_B` is \\*here\\* \\| &lt;b&gt;");
        assert_eq!(prose("an odd ` one"), "an odd \\` one");
    }

    /// A file's name must not end the cell or the code.
    #[test]
    fn code_ends_where_it_is_meant_to() {
        assert_eq!(code("a``b|c"), "```a``b\\|c```");
        assert_eq!(code("`x`"), "`` `x` ``");
    }

    #[test]
    fn nobody_is_mentioned() {
        assert_eq!(escaped("@everyone"), "@\u{2060}everyone");
    }
}
