//! Groovy: programs, and the pipelines of Jenkins that are written in it.
//!
//! It is parsed by hand: the grammar that there is for tree-sitter loses its way at `?:`, which half of all files have.

mod expression;
mod parse;
mod pipeline;
mod text;

use super::code::Language;
use super::code::build::Program;
use super::{Reader, code, has_extension};
use crate::source::Source;

pub const READER: Reader = Reader { name: "Groovy", reads, read: |source| code::read(source, &LANGUAGE) };

pub static LANGUAGE: Language = Language::by_hand("Groovy", program).giving_last();

/// `Jenkinsfile`, `Jenkinsfile.deploy`, `deploy.jenkinsfile`, `vars/deployApi.groovy`.
fn reads(source: &Source) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    let is_pipeline = name.strip_prefix("jenkinsfile").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let is_other = [".md", ".txt", ".sh", ".yml", ".yaml", ".json"].iter().any(|ending| name.ends_with(ending));
    is_pipeline && !is_other || has_extension(source, &["groovy", "jenkinsfile", "jenkins", "gvy"])
}

fn program(source: &Source) -> Program {
    let (mut root, comments) = parse::program(source);
    pipeline::understand(&mut root, source);
    Program { root, comments }
}

#[cfg(test)]
mod tests;
