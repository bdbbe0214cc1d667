//! flinks-lint: text goes in at the bottom, findings come out at the top.
//!
//! The modules stand in reading order: each uses only those above it (held by `tests/it/floors.rs`).
//! `ARCHITECTURE.md` is the guided tour.

#![forbid(unsafe_code)]

pub mod fact;
pub mod readers;
pub mod secret;
pub mod source;
pub mod text;
pub mod tree;
pub mod vocabulary;
// pub mod policy;
// pub mod resolve;
pub mod checks;
pub mod finding;
pub mod lint;
pub mod model;
pub mod rules;
// pub mod report;
// pub mod workspace;
// pub mod cli;
