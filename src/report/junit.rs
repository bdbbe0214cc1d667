//! JUnit XML, as every CI takes it: a test case for every finding, and one for the scan itself.
//!
//! It keeps the schema of Jenkins' xUnit plugin (`junit-10.xsd`), the strictest that is in use: that has no place for a
//! file and a line but the names. What would fail the run is a failure, so that report and exit code agree.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{FailOn, Item, Shown, Verdict, ledger, visible, xml};
use crate::finding::Confidence;

/// What a test case comes to.
enum Ending {
    Passed,
    Failed,
    /// Under an exception, in the baseline, or not known for sure: shown, and no reason to fail.
    Skipped(String),
}

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let cases: Vec<(Item<'_>, Ending)> = shown.items().map(|item| (item, ending(&item, shown))).collect();
    let count = |of: fn(&Ending) -> bool| cases.iter().filter(|(_, ending)| of(ending)).count().to_string();
    let tests = (cases.len() + 1).to_string();
    let failures = count(|ending| matches!(ending, Ending::Failed));
    let skipped = count(|ending| matches!(ending, Ending::Skipped(_)));
    let nothing = shown.verdict() == Verdict::NothingScanned;
    let errors = if nothing { "1" } else { "0" };
    xml::document(out, |writer| {
        let totals = [("tests", tests.as_str()), ("failures", failures.as_str()), ("errors", errors)];
        let root = writer.create_element("testsuites").with_attribute(("name", "flinks-lint")).with_attributes(totals);
        root.write_inner_content(|writer| {
            let suite = writer.create_element("testsuite").with_attribute(("name", "flinks-lint"));
            let suite = suite.with_attributes(totals).with_attribute(("skipped", skipped.as_str()));
            suite.write_inner_content(|writer| {
                scan(nothing, shown, writer)?;
                cases.iter().try_for_each(|(item, ending)| case(item, ending, shown, writer))
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn ending(item: &Item<'_>, shown: &Shown<'_>) -> Ending {
    // A run that is told never to fail is judged as any other: the report is for those who want to know.
    let level = if shown.look.fail_on == FailOn::Never { FailOn::Error } else { shown.look.fail_on };
    match item.cover {
        Some(cover) => Ending::Skipped(super::plain::cover(cover, shown)),
        None if item.finding.confidence == Confidence::Unknown => {
            Ending::Skipped("a value could not be resolved; this never fails a run".to_owned())
        }
        None if level.fails(item.finding.severity) => Ending::Failed,
        None => Ending::Passed,
    }
}

/// The scan itself: a report without a test case is taken for a broken one.
fn scan(nothing: bool, shown: &Shown<'_>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let said = xml::sayable(&ledger::coverage(shown).join("\n"));
    let case = writer.create_element("testcase").with_attributes([("name", "scan"), ("classname", "flinks-lint")]);
    case.write_inner_content(|writer| {
        if nothing {
            let error = writer.create_element("error");
            let why = "nothing was scanned: not one file was read";
            error.with_attributes([("type", "nothing-scanned"), ("message", why)]).write_empty()?;
        }
        writer.create_element("system-out").write_text_content(BytesText::new(&said))?;
        Ok(())
    })?;
    Ok(())
}

fn case(item: &Item<'_>, ending: &Ending, shown: &Shown<'_>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let finding = item.finding;
    let place = shown.place(&finding.primary);
    let name = xml::sayable(&visible::line(&format!("{} at {place}", finding.rule)));
    let path = xml::sayable(&visible::line(shown.path(finding.primary.place.file())));
    let (message, lines) = (xml::sayable(&item.line(shown)), xml::sayable(&item.lines(shown).join("\n")));
    let case = writer.create_element("testcase");
    let case = case.with_attributes([("name", name.as_str()), ("classname", path.as_str())]);
    case.write_inner_content(|writer| {
        let text = BytesText::new(&lines);
        match ending {
            Ending::Failed => {
                let kind = format!("{}: {}", finding.severity.name(), finding.rule);
                let failure = writer.create_element("failure");
                let failure = failure.with_attributes([("type", kind.as_str()), ("message", message.as_str())]);
                failure.write_text_content(text)?;
            }
            Ending::Skipped(why) => {
                let why = xml::sayable(why);
                writer.create_element("skipped").with_attribute(("message", why.as_str())).write_text_content(text)?;
            }
            Ending::Passed => {
                let said = format!("{}: {lines}", finding.severity.name());
                writer.create_element("system-out").write_text_content(BytesText::new(&said))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}
