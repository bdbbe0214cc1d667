//! From options to an outcome: the one seam between the command line and the floors below.

use std::path::Path;

use super::{Failure, Options, Plain, PolicyChoice};
use crate::lint::Outcome;

/// Reads the tree, judges it.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub fn check(options: &Options) -> Result<Outcome, Failure> {
    Err(Failure::new(format!("cannot check {}", options.paths[0].display()), "the floors are not joined yet"))
}

/// Reads the tree and writes down which profile uses which instance.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub fn map(options: &Options, _format: Plain) -> Result<String, Failure> {
    Err(Failure::new(format!("cannot map {}", options.paths[0].display()), "the floors are not joined yet"))
}

/// The policy in effect, with the place that says each part of it; only what applies to `path` if it is given.
///
/// # Errors
/// Where the policy cannot be read.
pub fn show_policy(_policy: &PolicyChoice, _path: Option<&Path>) -> Result<String, Failure> {
    Err(Failure::new("cannot show the policy", "the floors are not joined yet"))
}

/// The JSON Schema of the policy file.
///
/// # Errors
/// None, once the policy's type is joined.
pub fn policy_schema() -> Result<schemars::Schema, Failure> {
    Err(Failure::new("cannot print the policy's schema", "the floors are not joined yet"))
}
