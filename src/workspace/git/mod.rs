//! Git, asked safely: only to read its own books, with everything switched off that could make it start a program.
//!
//! Only plumbing is asked: lists of the index and of trees, contents as they are stored, ancestors of revisions. None of
//! them runs hooks, filters, aliases, pagers or drivers of diffs. What a setting of the scanned repository could still
//! start (a monitor of the file system, a transport that fetches what a partial clone lacks) is overridden on the command
//! line, which no file of settings outdoes.

mod blobs;
mod listing;
mod repository;
pub mod tracked;

pub use blobs::Blob;
pub use listing::{Entry, Indexed, Kind, Stat};
pub use repository::Repository;

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// A hostile repository can make git wait for ever, by a pipe in the place of a file that it reads.
const PATIENCE: Duration = Duration::from_secs(10);

/// No index of a real repository is longer; what is, is cut off and not believed.
const LONGEST: u64 = 512 << 20;

/// So much of a complaint is listened to.
const COMPLAINT: u64 = 4 << 10;

/// Why git gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is none on the search path.
    Absent,
    DoesNotStart,
    DoesNotAnswer,
    /// In its own words.
    Refuses(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Absent => write!(f, "there is no git to ask"),
            Trouble::DoesNotStart => write!(f, "git does not start"),
            Trouble::DoesNotAnswer => write!(f, "git does not answer"),
            Trouble::Refuses(words) if words.is_empty() => write!(f, "git refuses, and does not say why"),
            Trouble::Refuses(words) => write!(f, "git says: {words}"),
        }
    }
}

impl std::error::Error for Trouble {}

/// The program, and the folder in which it is asked.
#[derive(Debug, Clone)]
pub struct Git {
    program: PathBuf,
    folder: PathBuf,
    /// What it is told by its environment: which repository, which index.
    told: Vec<(&'static str, OsString)>,
}

impl Git {
    /// # Errors
    /// Where there is no git.
    pub fn in_folder(folder: &Path) -> Result<Git, Trouble> {
        let program = program(folder).ok_or(Trouble::Absent)?;
        Ok(Git { program, folder: folder.to_path_buf(), told: Vec::new() })
    }

    /// Tells it something by its environment.
    fn told(mut self, name: &'static str, value: impl Into<OsString>) -> Git {
        self.told.push((name, value.into()));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--no-pager").arg("--literal-pathspecs").arg("--no-replace-objects");
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
        command.args(arguments).current_dir(&self.folder);
        command.env_clear();
        for kept in ["PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SystemRoot", "GIT_CONFIG_GLOBAL"] {
            if let Some(value) = env::var_os(kept) {
                command.env(kept, value);
            }
        }
        // A partial clone would fetch what it lacks, and `remote.*.uploadpack` is a program.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        // Its complaints are read, and shown to everybody in the same words.
        command.env("LC_ALL", "C");
        command.envs(self.told.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Begins a question, so that other work can be done until it is answered.
    ///
    /// # Errors
    /// Where git does not start.
    pub fn begin(&self, arguments: &[&str]) -> Result<Question, Trouble> {
        let mut child = self.command(arguments).spawn().map_err(|_| Trouble::DoesNotStart)?;
        let answer = listen(child.stdout.take(), LONGEST);
        let complaint = listen(child.stderr.take(), COMPLAINT);
        Ok(Question { child, answer, complaint })
    }

    /// Asks and waits.
    ///
    /// # Errors
    /// Where git does not start, does not answer, or refuses.
    pub fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Trouble> {
        self.begin(arguments)?.answer()
    }
}

/// Reads a stream to its end beside the caller; `None` if it is longer than is believed.
fn listen(stream: Option<impl Read + Send + 'static>, longest: u64) -> Receiver<Option<Vec<u8>>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut heard = Vec::new();
        let whole = stream.is_some_and(|stream| {
            stream.take(longest).read_to_end(&mut heard).is_ok() && (heard.len() as u64) < longest
        });
        // Nobody listens any more once patience has run out.
        let _ = sender.send(whole.then_some(heard));
    });
    receiver
}

/// Git at work.
pub struct Question {
    child: Child,
    answer: Receiver<Option<Vec<u8>>>,
    complaint: Receiver<Option<Vec<u8>>>,
}

impl Question {
    /// Waits for the answer.
    ///
    /// # Errors
    /// Where it does not come, or git refuses.
    pub fn answer(mut self) -> Result<Vec<u8>, Trouble> {
        let heard = self.answer.recv_timeout(PATIENCE);
        if !matches!(heard, Ok(Some(_))) {
            // It may have ended by itself in the meantime, which is as good.
            let _ = self.child.kill();
        }
        let ended_well = self.child.wait().is_ok_and(|status| status.success());
        match heard {
            Ok(Some(heard)) if ended_well => Ok(heard),
            Err(RecvTimeoutError::Timeout) => Err(Trouble::DoesNotAnswer),
            _ => Err(Trouble::Refuses(self.complaint())),
        }
    }

    /// The line in which git says why it gives up.
    fn complaint(&self) -> String {
        let heard = self.complaint.recv_timeout(PATIENCE).ok().flatten().unwrap_or_default();
        let text = String::from_utf8_lossy(&heard);
        let fatal = text.lines().find_map(|line| line.strip_prefix("fatal: "));
        fatal.or_else(|| text.lines().next()).unwrap_or_default().chars().filter(|c| !c.is_control()).collect()
    }
}

/// Git on the search path, by its full name: a relative entry of the path would find one in the scanned tree, and so may one
/// that leads into the repository.
fn program(folder: &Path) -> Option<PathBuf> {
    let repositories = folder.ancestors().filter(|above| above.join(".git").symlink_metadata().is_ok());
    let folder = repositories.last().unwrap_or(folder);
    let name = format!("git{}", env::consts::EXE_SUFFIX);
    let mut places = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>().into_iter();
    places.find_map(|place| {
        let program = place.join(&name);
        (place.is_absolute() && !place.starts_with(folder) && program.is_file()).then_some(program)
    })
}

/// A variable of the environment that is set to something.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| value != OsStr::new(""))
}
