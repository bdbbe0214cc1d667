//! Files that git tracks although they are ignored: they are part of the codebase all the same.
//!
//! Git is only asked to list its index, which needs neither hooks nor filters nor the contents of any file; every
//! setting of the scanned repository that could make git start a program is switched off besides. What the walk met
//! is taken from that list; what is left is tracked, and was ignored.

use std::env;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// What git says.
pub enum Answer {
    /// Below the folder, with `/`, as git writes them.
    Paths(Vec<Vec<u8>>),
    /// Why it could not be asked.
    Trouble(String),
}

/// Git at work, beside the walk.
pub struct Question {
    child: Child,
    listing: Receiver<Option<Vec<u8>>>,
}

/// A hostile repository can make git wait for ever, by a pipe in the place of a file that it reads.
const PATIENCE: Duration = Duration::from_secs(10);

/// No index of a real repository is longer; what is, is cut off and not believed.
const LONGEST: u64 = 512 << 20;

const LOST: &str = "ignored files among the tracked ones were not read";

/// Whether a folder lies in a repository.
pub fn has_repository(folder: &Path) -> bool {
    folder.ancestors().any(|above| above.join(".git").symlink_metadata().is_ok())
}

/// Asks git for the tracked files below a folder.
///
/// # Errors
/// A remark for the ledger, where there is no git.
pub fn ask(folder: &Path) -> Result<Question, String> {
    let git = program(folder).ok_or_else(|| format!("there is no git to ask: {LOST}"))?;
    let mut child = command(&git, folder).spawn().map_err(|_| format!("git does not start: {LOST}"))?;
    let (sender, listing) = channel();
    let output = child.stdout.take();
    std::thread::spawn(move || {
        let mut listed = Vec::new();
        let whole = output.is_some_and(|output| {
            output.take(LONGEST).read_to_end(&mut listed).is_ok() && (listed.len() as u64) < LONGEST
        });
        // Nobody listens any more once patience has run out.
        let _ = sender.send(whole.then_some(listed));
    });
    Ok(Question { child, listing })
}

impl Question {
    /// Waits for the answer.
    pub fn answer(mut self) -> Answer {
        let listed = self.listing.recv_timeout(PATIENCE);
        if !matches!(listed, Ok(Some(_))) {
            // It may have ended by itself in the meantime, which is as good.
            let _ = self.child.kill();
        }
        let ended_well = self.child.wait().is_ok_and(|status| status.success());
        match listed {
            Ok(Some(listed)) if ended_well => Answer::Paths(split(&listed)),
            Err(RecvTimeoutError::Timeout) => Answer::Trouble(format!("git does not answer: {LOST}")),
            _ => Answer::Trouble(format!("git would not list tracked files: {LOST}")),
        }
    }
}

fn split(listed: &[u8]) -> Vec<Vec<u8>> {
    listed.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(<[u8]>::to_vec).collect()
}

/// Git on the search path, by its full name: a relative entry of the path would find one in the scanned tree.
fn program(folder: &Path) -> Option<PathBuf> {
    let name = format!("git{}", env::consts::EXE_SUFFIX);
    let mut places = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>().into_iter();
    places.find_map(|place| {
        let program = place.join(&name);
        (place.is_absolute() && !place.starts_with(folder) && program.is_file()).then_some(program)
    })
}

fn command(git: &Path, folder: &Path) -> Command {
    let mut command = Command::new(git);
    command.arg("--no-pager").arg("--literal-pathspecs");
    for setting in [
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.untrackedCache=false",
        // A folder that merely looks like a repository brings settings of its own.
        "safe.bareRepository=explicit",
        "protocol.allow=never",
    ] {
        command.args(["-c", setting]);
    }
    command.args(["ls-files", "-z", "--cached"]).current_dir(folder);
    command.env_clear();
    for kept in ["PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SystemRoot"] {
        if let Some(value) = env::var_os(kept) {
            command.env(kept, value);
        }
    }
    // A partial clone would fetch what a sparse index lacks, and `remote.*.uploadpack` is a program.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}
