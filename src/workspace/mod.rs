//! The disk: walks a tree, searches every file for words of Flinks, and keeps the few that have one.
//!
//! Paths of results are relative to the root, with `/`. The root is the folder that was named; for files or several
//! paths it is the current folder if all of them lie in it, else the folder that they share. What lies above it, up to
//! the repository's own folder, tells nothing but the policy and the words of its folders.

mod buffer;
mod guard;
mod manifests;
mod tracked;
mod triggers;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::lint::{Ledger, Scan, Skip};
use crate::model::exposure::Platform;
use crate::model::wanted::Wanted;
use crate::policy::{self, Globs};
use crate::source::{FileId, Source, Sources, Undecodable};
use crate::vocabulary::paths;

use triggers::SoughtAgain;
pub use triggers::speaks_of_flinks;

/// Four mebibytes. Configuration, schemas and code that people write are far below it; above it are dumps, bundles and
/// recordings, and the memory of a run stays a matter of the few files that speak of Flinks.
pub const MAX_FILE_SIZE: u64 = 4 << 20;

/// So often files are read again: a name, what it refers to, and what that refers to.
const ROUNDS: usize = 3;

/// What to read.
#[derive(Debug, Clone)]
pub struct Request {
    /// Folders and files, as typed. Never empty.
    pub paths: Vec<PathBuf>,
    /// `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// In bytes; larger files are skipped.
    pub max_file_size: u64,
    /// Whether `.gitignore` and kin are disregarded.
    pub no_ignore: bool,
    /// What the policy excludes.
    pub excludes: Globs,
}

/// What was read, and what may be read again.
#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    /// Whether all of the root was walked.
    pub whole: bool,
    pub scan: Scan,
    /// Files that may define what others refer to, without a word of Flinks, sorted.
    candidates: Vec<String>,
    /// The bytes of candidates that lie on no disk.
    held: BTreeMap<String, Vec<u8>>,
    rounds: usize,
    max_file_size: u64,
    /// Files over the size limit, sorted: for those who ask.
    pub too_large: Vec<String>,
    /// Policy files that do not lie in the root.
    pub nested_policies: Vec<String>,
}

/// A path that was named and cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub why: io::Error,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), reason(&self.why))
    }
}

impl std::error::Error for Unreadable {}

/// An error of the operating system in words that are the same everywhere.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::InvalidFilename => "its name is too long".to_owned(),
        _ => error.kind().to_string(),
    }
}

/// Where a run begins: the root of the paths, and the paths below it.
#[derive(Debug, Clone)]
pub struct Root {
    pub folder: PathBuf,
    /// The paths to walk; the root itself if it is the only one.
    pub paths: Vec<PathBuf>,
    pub whole: bool,
    /// The folders that lead to it from that of the repository, with `/`.
    pub above: String,
}

impl Root {
    fn new(folder: PathBuf, paths: Vec<PathBuf>, whole: bool) -> Self {
        let mut above = below(&folder, &anchor(&folder));
        // A fixture that is scanned by itself is a repository of its own.
        if paths::purpose(&format!("{above}/")).is_silent() {
            above.clear();
        }
        Root { folder, paths, whole, above }
    }
}

/// The folder from which paths tell what they tell: that of the repository; without one that of the nearest policy, else
/// the current folder where the root lies in it.
fn anchor(root: &Path) -> PathBuf {
    let holding = |names: &[&str]| {
        let holds = |folder: &&Path| names.iter().any(|name| folder.join(name).symlink_metadata().is_ok());
        root.ancestors().find(holds).map(Path::to_path_buf)
    };
    let here = || std::env::current_dir().ok().filter(|here| root.starts_with(here));
    holding(&[".git"]).or_else(|| holding(&policy::NAMES)).or_else(here).unwrap_or_else(|| root.to_path_buf())
}

/// The way from a folder to one below it, with `/`.
fn below(folder: &Path, above: &Path) -> String {
    let rest = folder.strip_prefix(above).unwrap_or(Path::new(""));
    rest.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Finds the root of what was named.
///
/// # Errors
/// Where a path does not exist or cannot be looked at.
pub fn root(paths: &[PathBuf]) -> Result<Root, Unreadable> {
    let mut absolute = Vec::new();
    for path in paths {
        let found = locate(path).map_err(|why| Unreadable { path: path.clone(), why })?;
        absolute.push(found);
    }
    if let [(folder, true)] = absolute.as_slice() {
        return Ok(Root::new(folder.clone(), vec![folder.clone()], true));
    }
    let paths: Vec<PathBuf> = absolute.into_iter().map(|(path, _)| path).collect();
    let here = std::env::current_dir().unwrap_or_default();
    let folder = if paths.iter().all(|path| path.starts_with(&here)) { here } else { shared(&paths) };
    let whole = paths.contains(&folder);
    Ok(Root::new(folder, paths, whole))
}

/// The full path of what was named, and whether it is a folder. A link that is named is followed, once, here.
fn locate(path: &Path) -> io::Result<(PathBuf, bool)> {
    let is_folder = fs::metadata(path)?.is_dir();
    let is_link = path.symlink_metadata()?.is_symlink();
    // What `..` leads to behind a link cannot be told by the text.
    let climbs = path.components().any(|part| part == Component::ParentDir);
    let full = if is_link || climbs { fs::canonicalize(path)? } else { std::path::absolute(path)? };
    if is_folder {
        // A folder that was named and cannot be listed fails the run, unlike one below it.
        fs::read_dir(&full)?;
    }
    // `absolute` keeps a slash at the end, and paths are compared by their bytes.
    Ok((full.components().filter(|part| *part != Component::CurDir).collect(), is_folder))
}

fn shared(paths: &[PathBuf]) -> PathBuf {
    let first = &paths[0];
    let mut shared = if first.is_dir() { first.clone() } else { first.parent().unwrap_or(first).to_path_buf() };
    while !paths.iter().all(|path| path.starts_with(&shared)) {
        if !shared.pop() {
            break;
        }
    }
    shared
}

/// The policy file that holds in a root.
pub struct PolicyFile {
    /// Its path from the root: `flinks-lint.toml`, `../../flinks-lint.toml`.
    pub path: String,
    pub bytes: Vec<u8>,
    /// The folders that lead from it to the root.
    pub above: String,
}

/// The policy file of a root, or else that of the nearest folder above it, no further than the repository's own.
///
/// # Errors
/// Where both names are there, or it cannot be read.
pub fn policy_file(root: &Path) -> Result<Option<PolicyFile>, PolicyTrouble> {
    for (climbed, folder) in root.ancestors().enumerate() {
        // A fixture has the policy that it brings along.
        if climbed > 0 && paths::purpose(&format!("{}/", below(root, folder))).is_silent() {
            break;
        }
        let names = policy::NAMES.iter().copied().filter(|name| folder.join(name).is_file());
        if let Some(name) = policy::choose(names).map_err(PolicyTrouble::Misplaced)? {
            let bytes = read_file(&folder.join(name)).map_err(PolicyTrouble::Unreadable)?;
            let path = format!("{}{name}", "../".repeat(climbed));
            return Ok(Some(PolicyFile { path, bytes, above: below(root, folder) }));
        }
        if folder.join(".git").symlink_metadata().is_ok() {
            break;
        }
    }
    Ok(None)
}

/// Why there is no one policy file to read.
#[derive(Debug)]
pub enum PolicyTrouble {
    Misplaced(policy::Misplaced),
    Unreadable(Unreadable),
}

/// The bytes of a file that was named.
///
/// # Errors
/// Where it cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Unreadable> {
    fs::read(path).map_err(|why| Unreadable { path: path.to_path_buf(), why })
}

/// Walks and searches.
pub fn read(root: &Root, request: &Request) -> Workspace {
    let found = walk::walk(root, request);
    let mut files: Vec<(String, Source)> = Vec::new();
    let mut ledger = found.ledger;
    for (path, bytes) in found.kept {
        let decoded = Source::decode(FileId(0), path.as_str(), bytes);
        files.extend(note_undecodable(&mut ledger, &path, decoded).map(|source| (path, source)));
    }
    // Two names that are no Unicode may look the same; then the text decides, so that order is the same every time.
    files.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.text().cmp(b.1.text())));
    ledger.unreadable.sort();
    ledger.unreadable.dedup();
    ledger.remarks.sort();
    let mut sources = Sources::default();
    for (_, source) in files {
        sources.add(source);
    }
    let sorted = |mut paths: Vec<String>| {
        paths.sort();
        paths.dedup();
        paths
    };
    Workspace {
        root: root.folder.clone(),
        whole: root.whole,
        scan: Scan {
            sources,
            manifests: sorted(found.manifests),
            layered_env: sorted(found.layered_env),
            platforms: platforms(found.platforms),
            above: root.above.clone(),
            ledger,
        },
        candidates: sorted(found.candidates),
        held: BTreeMap::new(),
        rounds: 0,
        max_file_size: request.max_file_size,
        too_large: sorted(found.too_large),
        nested_policies: sorted(found.policies),
    }
}

impl Workspace {
    /// Standard input under a name, and nothing else: the tree around that name is not read.
    pub fn from_stdin(name: &str, bytes: Vec<u8>) -> Workspace {
        let name = if std::path::MAIN_SEPARATOR == '/' { name.to_owned() } else { name.replace('\\', "/") };
        let name = name.trim_start_matches("./").to_owned();
        // One file is never the whole of a tree, and where it lies is the caller's affair.
        Workspace { whole: false, nested_policies: Vec::new(), ..Workspace::in_memory([(name, bytes)]) }
    }

    /// Files held in memory, searched and kept as those of a disk.
    pub fn in_memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Workspace {
        let mut found = walk::Found::default();
        let mut held: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        found.ledger.seen = held.len();
        let mut sources = Sources::default();
        held.retain(|path, bytes| {
            if found.look(path, bytes) {
                let decoded = Source::decode(FileId(0), path.as_str(), std::mem::take(bytes));
                note_undecodable(&mut found.ledger, path, decoded.map(|source| sources.add(source)));
                return false;
            }
            found.candidates.last() == Some(path)
        });
        Workspace {
            root: PathBuf::new(),
            whole: true,
            scan: Scan {
                sources,
                manifests: found.manifests,
                layered_env: found.layered_env,
                platforms: platforms(found.platforms),
                above: String::new(),
                ledger: found.ledger,
            },
            candidates: found.candidates,
            held,
            rounds: 0,
            max_file_size: MAX_FILE_SIZE,
            too_large: Vec::new(),
            nested_policies: found.policies,
        }
    }

    /// Reads files once more that had no word of Flinks, for the names that others refer to. Adds those that have one,
    /// or are called by one, to the sources and says how many. After three rounds there are no more.
    pub fn reread(&mut self, wanted: &Wanted) -> usize {
        let sought = SoughtAgain::new(wanted);
        if self.rounds == ROUNDS || sought.is_empty() {
            return 0;
        }
        self.rounds += 1;
        let candidates = std::mem::take(&mut self.candidates);
        let again = |buffer: &mut buffer::Buffer, path: &String| self.read_again(path, &sought, buffer);
        let read: Vec<Option<Source>> = candidates.par_iter().map_init(buffer::Buffer::default, again).collect();
        let before = self.scan.sources.len();
        for (path, source) in candidates.into_iter().zip(read) {
            match source {
                Some(source) => {
                    self.scan.sources.add(source);
                }
                None => self.candidates.push(path),
            }
        }
        self.scan.sources.len() - before
    }

    /// A candidate that turns out to be wanted.
    fn read_again(&self, path: &str, sought: &SoughtAgain<'_>, buffer: &mut buffer::Buffer) -> Option<Source> {
        if !sought.may_be_in(path) {
            return None;
        }
        let bytes = match self.held.get(path) {
            Some(bytes) => bytes,
            // It could be read a moment ago; what is gone since then has nothing to say.
            None => buffer.fill(&self.root.join(path), self.max_file_size).ok()??,
        };
        sought.is_in(path, bytes).then(|| Source::decode(FileId(0), path, bytes.to_vec()).ok())?
    }

    /// What was looked at.
    pub fn ledger(&self) -> &Ledger {
        &self.scan.ledger
    }
}

fn platforms(mut found: Vec<Platform>) -> Vec<Platform> {
    found.sort();
    found
}

fn note_undecodable<T>(ledger: &mut Ledger, path: &str, decoded: Result<T, Undecodable>) -> Option<T> {
    match decoded {
        Ok(decoded) => return Some(decoded),
        Err(Undecodable::Binary) => *ledger.skipped.entry(Skip::Binary).or_default() += 1,
        Err(Undecodable::BrokenUtf16) => {
            let why = "its byte order mark says UTF-16, and the rest is none";
            ledger.unreadable.push((path.to_owned(), why.to_owned()));
        }
    }
    None
}
