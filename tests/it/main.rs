//! The tests that look at the linter from outside, in one binary.

mod cli;
mod outputs;
mod projects;
mod readers;
mod readme;
mod records;
mod workspace;
