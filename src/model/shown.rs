//! LoginIds that are put where people and other systems can read them.

use std::collections::HashMap;

use crate::fact::Sink;
use crate::finding::{Confidence, Label, Place};
use crate::source::FileId;

use super::Codebase;

/// A loginId of Flinks that others can read.
#[derive(Debug, Clone)]
pub struct Shown {
    pub sink: Sink,
    /// How it is known to be one of Flinks, where its own name does not say so.
    pub context: Vec<Label>,
    pub confidence: Confidence,
}

pub fn shown(_codebase: &Codebase<'_>, _hosts: &HashMap<FileId, Place>) -> Vec<Shown> {
    Vec::new()
}
