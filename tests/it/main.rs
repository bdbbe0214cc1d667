//! The tests that look at the linter from outside, in one binary.

mod baseline;
mod changes;
mod cli;
mod docs;
mod editor;
mod floors;
mod formats;
mod map;
mod mending;
mod hostile;
mod outputs;
mod pages;
mod projects;
mod readers;
mod readme;
mod records;
mod rulebook;
mod scratch;
mod secrets;
mod steps;
mod workspace;
