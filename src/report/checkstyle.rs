//! Checkstyle XML, as Jenkins and many viewers of warnings take it: findings by file.

use std::io;

use super::{Item, Shown, plain, visible, xml};
use crate::finding::Severity;

pub(super) fn draw(shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut items: Vec<Item<'_>> = shown.items().collect();
    // Suppressed findings come behind the others, and a file is named once.
    items.sort_by_key(|item| shown.path(item.finding.primary.place.file()));
    let path = |item: &Item<'_>| shown.path(item.finding.primary.place.file());
    xml::document(out, |writer| {
        // The version of the format that everybody reads, which is that of the tool that brought it.
        let root = writer.create_element("checkstyle").with_attribute(("version", "4.3"));
        if items.is_empty() {
            return root.write_empty().map(|_| ());
        }
        root.write_inner_content(|writer| {
            for of_file in items.chunk_by(|a, b| path(a) == path(b)) {
                let name = xml::sayable(&visible::line(path(&of_file[0])));
                writer.create_element("file").with_attribute(("name", name.as_str())).write_inner_content(
                    |writer| {
                        for item in of_file {
                            let (line, column) = plain::line_column(&item.finding.primary, shown);
                            let message = xml::sayable(&item.lines(shown).join("; "));
                            writer
                                .create_element("error")
                                .with_attribute(("line", line.to_string().as_str()))
                                .with_attribute(("column", column.to_string().as_str()))
                                .with_attribute(("severity", severity(item)))
                                .with_attribute(("message", message.as_str()))
                                .with_attribute(("source", format!("flinks-lint.{}", item.finding.rule).as_str()))
                                .write_empty()?;
                        }
                        Ok(())
                    },
                )?;
            }
            Ok(())
        })
        .map(|_| ())
    })
}

fn severity(item: &Item<'_>) -> &'static str {
    match item.level() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}
