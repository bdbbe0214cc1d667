//! Readers: each turns one format into facts. A reader never fails: it returns what it found and what it could not read.

pub mod allow;
pub mod batch;
mod branches;
pub mod chosen;
pub mod code;
mod comments;
pub mod conf;
pub mod dart;
pub mod csharp;
pub(crate) mod directive;
pub mod dockerfile;
pub mod document;
pub mod dotenv;
pub mod dotted;
pub mod elixir;
pub mod embedded;
mod escapes;
pub mod file_names;
pub mod go;
mod gradle;
pub mod grammar;
mod graphql;
pub mod groovy;
pub mod hcl;
pub mod hocon;
mod html;
pub mod ini;
pub mod java;
pub mod javascript;
pub mod json;
pub mod kotlin;
mod liquibase;
pub mod make;
pub mod markup;
mod mask;
mod pem;
pub mod php;
pub mod powershell;
pub mod prisma;
pub mod properties;
mod prose;
mod protobuf;
pub mod python;
pub mod quoting;
pub mod ruby;
mod remarks;
mod repeated;
pub mod rust;
pub mod scala;
pub mod settings;
pub mod shapes;
pub mod shell;
pub mod spring;
pub mod sql;
pub mod swift;
pub mod systemd;
pub mod template;
mod template_branches;
pub mod toml;
pub mod typescript;
pub mod web_server;
pub mod written;
pub mod xml;
pub mod yaml;

use crate::fact::{Facts, Said};
use crate::source::Source;

/// One format: which files are written in it, and how to read them.
pub struct Reader {
    pub name: &'static str,
    /// Whether a file is this reader's, from its path below the scanned root and, where the name does
    /// not tell, its text.
    pub reads: fn(&Source) -> bool,
    pub read: fn(&Source) -> Facts,
}

/// Every reader, the more specific before the more general: the first that claims a file reads it.
pub const READERS: &[Reader] = &[
    yaml::READER,
    protobuf::READER,
    json::READER,
    toml::READER,
    sql::READER,
    prisma::READER,
    graphql::READER,
    dotenv::READER,
    systemd::READER,
    properties::READER,
    make::READER,
    xml::READER,
    hocon::READER,
    web_server::READER,
    ini::READER,
    hcl::READER,
    dockerfile::READER,
    powershell::READER,
    batch::READER,
    shell::READER,
    html::READER,
    javascript::READER,
    typescript::READER,
    python::READER,
    ruby::READER,
    php::READER,
    elixir::READER,
    go::READER,
    rust::READER,
    swift::READER,
    dart::READER,
    java::READER,
    kotlin::READER,
    gradle::READER,
    groovy::READER,
    scala::READER,
    csharp::READER,
    pem::READER,
    prose::READER,
];

/// The reader of a file, if any.
pub fn reader_of(source: &Source) -> Option<&'static Reader> {
    READERS.iter().find(|reader| (reader.reads)(source))
}

/// What a file says, inline exceptions included. `None` if no reader knows its format.
pub fn read(source: &Source) -> Option<Facts> {
    let reader = reader_of(source)?;
    let mut facts = (reader.read)(source);
    // A program knows its own branches.
    if !facts.is_program {
        template_branches::apply(source, &mut facts);
    }
    // `ALLOWED_ORIGINS` lets hosts through in every format, and so does the text of a Content-Security-Policy.
    for setting in &mut facts.settings {
        if shapes::allow_list::is_allow_list(&setting.path) || shapes::allow_list::is_policy(&setting.value) {
            setting.said = Said::Allowed;
        }
    }
    facts.directives = directive::read(source);
    remarks::read(source, reader.name, &mut facts);
    Some(facts)
}

/// Whether a file's name ends so, whatever its case.
pub(crate) fn has_extension(source: &Source, extensions: &[&str]) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    extensions.iter().any(|extension| name.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.')))
}
