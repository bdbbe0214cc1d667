//! The disk: walks a tree, searches every file for words of Flinks, and keeps the few that have one.
//!
//! Paths of results are relative to the root, with `/`. The root is the folder that was named; for files or several
//! paths it is the current folder if all of them lie in it, else the folder that they share.

mod manifests;
mod tracked;
mod triggers;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::lint::{Ledger, Scan, Skip};
use crate::policy::{self, Globs};
use crate::source::{FileId, Source, Sources};

pub use triggers::Wanted;

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
}

/// Finds the root of what was named.
///
/// # Errors
/// Where a path does not exist or cannot be looked at.
pub fn root(paths: &[PathBuf]) -> Result<Root, Unreadable> {
    let mut absolute = Vec::new();
    for path in paths {
        let found = fs::metadata(path).map_err(|why| Unreadable { path: path.clone(), why })?;
        let full = std::path::absolute(path).map_err(|why| Unreadable { path: path.clone(), why })?;
        absolute.push((plain(&full), found.is_dir()));
    }
    if let [(folder, true)] = absolute.as_slice() {
        return Ok(Root { folder: folder.clone(), paths: vec![folder.clone()], whole: true });
    }
    let paths: Vec<PathBuf> = absolute.into_iter().map(|(path, _)| path).collect();
    let here = std::env::current_dir().unwrap_or_default();
    let folder = if paths.iter().all(|path| path.starts_with(&here)) { here } else { shared(&paths) };
    let whole = paths.contains(&folder);
    Ok(Root { folder, paths, whole })
}

/// A path without `.` and `..`, by its text alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn shared(paths: &[PathBuf]) -> PathBuf {
    let mut shared = paths[0].parent().unwrap_or(&paths[0]).to_path_buf();
    while !paths.iter().all(|path| path.starts_with(&shared)) {
        if !shared.pop() {
            break;
        }
    }
    shared
}

/// The policy file of a root: its name and bytes, if there is one.
///
/// # Errors
/// Where both names are there, or it cannot be read.
pub fn policy_file(root: &Path) -> Result<Option<(String, Vec<u8>)>, PolicyTrouble> {
    let names = policy::NAMES.iter().copied().filter(|name| root.join(name).is_file());
    let Some(name) = policy::choose(names).map_err(PolicyTrouble::Misplaced)? else { return Ok(None) };
    let bytes = read_file(&root.join(name)).map_err(PolicyTrouble::Unreadable)?;
    Ok(Some((name.to_owned(), bytes)))
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
        match Source::decode(FileId(0), path.as_str(), bytes) {
            Ok(source) => files.push((path, source)),
            Err(crate::source::Undecodable::Binary) => *ledger.skipped.entry(Skip::Binary).or_default() += 1,
            Err(crate::source::Undecodable::BrokenUtf16) => {
                ledger.unreadable.push((path, "its byte order mark says UTF-16, and the rest is none".to_owned()));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    ledger.unreadable.sort();
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
            ledger,
        },
        candidates: sorted(found.candidates),
        nested_policies: sorted(found.policies),
    }
}

impl Workspace {
    /// Standard input under a name, and nothing else of the tree.
    pub fn from_stdin(name: &str, bytes: Vec<u8>) -> Workspace {
        Workspace::in_memory([(name.to_owned(), bytes)])
    }

    /// Files held in memory, searched and kept as those of a disk.
    pub fn in_memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Workspace {
        let mut found = walk::Found::default();
        let mut texts = BTreeMap::new();
        for (path, bytes) in files {
            found.ledger.seen += 1;
            texts.insert(path, bytes);
        }
        let mut sources = Vec::new();
        for (path, bytes) in texts {
            let kept = found.look(&path, &bytes);
            if !kept {
                continue;
            }
            match Source::decode(FileId(sources.len() as u32), path.as_str(), bytes) {
                Ok(source) => sources.push(source),
                Err(_) => *found.ledger.skipped.entry(Skip::Binary).or_default() += 1,
            }
        }
        Workspace {
            root: PathBuf::new(),
            whole: true,
            scan: Scan {
                sources: Sources::new(sources),
                manifests: found.manifests,
                layered_env: found.layered_env,
                ledger: found.ledger,
            },
            candidates: Vec::new(),
            nested_policies: Vec::new(),
        }
    }

    /// Reads files once more that had no word of Flinks, for the names that others refer to. Adds those that have one
    /// to the sources and says how many.
    pub fn reread(&mut self, names: &[String]) -> usize {
        let Some(wanted) = Wanted::new(names) else { return 0 };
        let mut added = 0;
        let mut left = Vec::new();
        for path in std::mem::take(&mut self.candidates) {
            let bytes = fs::read(self.root.join(&path)).unwrap_or_default();
            if !wanted.is_in(&bytes) {
                left.push(path);
                continue;
            }
            if let Ok(source) = Source::decode(FileId(0), path.as_str(), bytes) {
                self.scan.sources.add(source);
                added += 1;
            }
        }
        self.candidates = left;
        added
    }

    /// What was looked at.
    pub fn ledger(&self) -> &Ledger {
        &self.scan.ledger
    }
}
