//! Files that git tracks although they are ignored: they are part of the codebase all the same.
//!
//! What the walk met is taken from git's list; what is left is tracked, and was ignored.

use std::path::Path;

use super::{Git, Trouble};

const LOST: &str = "ignored files among the tracked ones were not read";

/// Git at work, beside the walk.
pub struct Question(super::Question);

/// Whether a folder lies in a repository.
pub fn has_repository(folder: &Path) -> bool {
    folder.ancestors().any(|above| above.join(".git").symlink_metadata().is_ok())
}

/// Asks git for the tracked files below a folder.
///
/// # Errors
/// A remark for the ledger, where there is no git.
pub fn ask(folder: &Path) -> Result<Question, String> {
    let git = Git::in_folder(folder).map_err(|trouble| remark(&trouble))?;
    git.begin(&["ls-files", "-z", "--cached"]).map(Question).map_err(|trouble| remark(&trouble))
}

impl Question {
    /// Waits for the paths below the folder, with `/`, as git writes them.
    ///
    /// # Errors
    /// A remark for the ledger, where they do not come.
    pub fn answer(self) -> Result<Vec<Vec<u8>>, String> {
        let listed = self.0.answer().map_err(|trouble| remark(&trouble))?;
        Ok(listed.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(<[u8]>::to_vec).collect())
    }
}

fn remark(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refuses(_) => format!("git would not list tracked files: {LOST}"),
        trouble => format!("{trouble}: {LOST}"),
    }
}
