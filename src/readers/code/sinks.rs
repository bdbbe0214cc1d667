//! Values that may be loginIds and are put where people and other systems can read them.

use super::build::Program;
use crate::fact::Facts;
use crate::source::Source;

pub fn read(_program: &Program, _source: &Source, _language: &'static str, _facts: &mut Facts) {}
