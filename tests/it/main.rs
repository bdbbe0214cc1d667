//! The tests that look at the linter from outside, in one binary.

mod outputs;
mod projects;
mod readers;
mod tree;
mod r#try;
