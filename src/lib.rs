//! flinks-lint: text goes in at the bottom, findings come out at the top.
//!
//! The modules stand in reading order: each uses only those above it (held by `tests/it/floors.rs`).
//! `ARCHITECTURE.md` is the guided tour.

#![forbid(unsafe_code)]

pub mod source;
pub mod text;
pub mod secret;
pub mod vocabulary;
pub mod fact;
pub mod tree;
pub mod readers;
pub mod policy;
pub mod resolve;
pub mod finding;
pub mod model;
pub mod rules;
pub mod checks;
pub mod exceptions;
pub mod baseline;
pub mod fixes;
pub mod lint;
pub mod report;
pub mod workspace;
pub mod cli;
pub mod lsp;
