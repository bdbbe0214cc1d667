//! Files that git tracks although they are ignored: they are part of the codebase all the same.
//!
//! Git is only asked to read its index, with every setting that could run a program switched off.

use std::path::Path;
use std::process::{Command, Stdio};

/// What git says.
pub enum Answer {
    /// Below the folder, with `/`.
    Paths(Vec<String>),
    /// No repository: nothing to ask.
    NoRepository,
    /// Why it could not be asked.
    Trouble(String),
}

/// The tracked files below a folder that ignore rules match.
pub fn ignored_yet_tracked(folder: &Path) -> Answer {
    if !folder.ancestors().any(|above| above.join(".git").exists()) {
        return Answer::NoRepository;
    }
    let asked = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false"])
        .args(["--no-pager", "--literal-pathspecs", "ls-files", "-z", "--cached", "--ignored", "--exclude-standard"])
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match asked {
        Ok(output) if output.status.success() => {
            let paths = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
            Answer::Paths(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
        }
        Ok(_) => Answer::Trouble("git would not list tracked files; ignored ones among them were not read".to_owned()),
        Err(_) => Answer::Trouble("there is no git to ask; files that are tracked and ignored were not read".to_owned()),
    }
}
