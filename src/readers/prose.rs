//! Documentation: nothing is set by it, but what it shows may be real.

use super::{Reader, has_extension, remarks};
use crate::fact::{Facts, Within};
use crate::source::Source;

pub const READER: Reader = Reader { name: "prose", reads, read };

fn reads(source: &Source) -> bool {
    has_extension(
        source,
        &["md", "mdx", "markdown", "rst", "adoc", "asciidoc", "txt", "org", "tex", "ipynb", "http", "rest", "hurl"],
    ) || source.file_name().eq_ignore_ascii_case("readme")
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    remarks::lines(source, &remarks::all_lines(source), Within::Prose, &mut facts);
    facts
}
