//! The statements of files that were read, kept while a second look adds others.

use rayon::prelude::*;

use super::{Remarked, Statement, Surroundings};
use crate::fact::Remark;
use crate::model::Codebase;
use crate::model::units::Folders;
use crate::policy::Policy;

/// What the settings of each file say, without what other files add to it: kept while more files are read.
#[derive(Debug, Clone, Default)]
pub struct ByFile(Vec<(Vec<Statement>, Vec<Remarked>)>);

impl ByFile {
    /// Reads the files behind those that are known.
    pub(in crate::model) fn read(&mut self, codebase: &Codebase<'_>, folders: &Folders, policy: &Policy) {
        let of_file = |facts| {
            let around = Surroundings::new(codebase, facts, folders, policy);
            let remarked = |remark: &Remark| Remarked {
                statement: around.statement(&remark.setting),
                within: remark.within,
                beside: remark.beside.clone(),
            };
            (around.statements(), facts.remarks.iter().map(remarked).collect())
        };
        self.0.par_extend(codebase.facts[self.0.len()..].par_iter().map(of_file));
    }

    /// All that is known, in the order of the files.
    pub(in crate::model) fn all(&self) -> (Vec<Statement>, Vec<Remarked>) {
        let statements = self.0.iter().flat_map(|(statements, _)| statements);
        let remarks = self.0.iter().flat_map(|(_, remarks)| remarks);
        (statements.cloned().collect(), remarks.cloned().collect())
    }
}
