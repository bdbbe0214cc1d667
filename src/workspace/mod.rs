//! The disk: walks a tree, searches every file for words of Flinks, and keeps the few that have one.
//!
//! Paths of results are relative to the root, with `/`. The root is the folder that was named; for files or several
//! paths it is the current folder if all of them lie in it, else the folder that they share. What lies above it, up to
//! the repository's own folder, tells nothing but the policy and the words of its folders.

mod buffer;
mod git;
mod guard;
mod ignored;
pub mod listed;
mod manifests;
mod stored;
mod triggers;
pub mod versions;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::baseline;
use crate::lint::{Ledger, Scan, Skip};
use crate::model::exposure::Platform;
use crate::model::wanted::Wanted;
use crate::policy::{self, Globs};
use crate::source::{FileId, Source, Sources, Undecodable};
use crate::vocabulary::paths;

use git::Blob;
pub use git::Trouble;
use stored::Store;
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
    /// The baseline, where it has a name of its own: it tells of findings, and is no part of what is judged.
    pub not_judged: Option<PathBuf>,
    /// Files that are not as the disk has them, by their paths below the root.
    pub unsaved: BTreeMap<String, Vec<u8>>,
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
    /// The bytes of candidates that are not as on the disk.
    held: BTreeMap<String, Vec<u8>>,
    /// Where git keeps those of a version that is not the one on disk.
    store: Option<Store>,
    /// What was looked for once more, round by round, and the files that had it.
    searched: Vec<(Wanted, BTreeSet<String>)>,
    /// Files that another version has with the same contents.
    same: BTreeSet<String>,
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
    for (climbed, folder) in reach(root).enumerate() {
        let names = policy::NAMES.iter().copied().filter(|name| folder.join(name).is_file());
        if let Some(name) = policy::choose(names).map_err(PolicyTrouble::Misplaced)? {
            let bytes = read_file(&folder.join(name)).map_err(PolicyTrouble::Unreadable)?;
            let path = format!("{}{name}", "../".repeat(climbed));
            return Ok(Some(PolicyFile { path, bytes, above: below(root, folder) }));
        }
    }
    Ok(None)
}

/// A root and the folders above it whose files hold there too: no further than the repository's own.
fn reach(root: &Path) -> impl Iterator<Item = &Path> {
    let mut ended = false;
    root.ancestors().enumerate().map_while(move |(climbed, folder)| {
        // A fixture has what it brings along.
        let foreign = climbed > 0 && paths::purpose(&format!("{}/", below(root, folder))).is_silent();
        if ended || foreign {
            return None;
        }
        ended = is_repository(folder);
        Some(folder)
    })
}

fn is_repository(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// Where a baseline lies, or is to lie.
#[derive(Debug, Clone)]
pub struct BaselineFile {
    pub path: PathBuf,
    /// The same as reports show it: as it was named, else from the root.
    pub shown: String,
    /// Whether it is there.
    pub exists: bool,
    /// The folder that its paths begin at.
    pub folder: PathBuf,
    /// The folders that lead from there to the scanned root, with `/`.
    pub above: String,
}

/// The baseline of a root: the nearest in it or above it, no further than the repository's own folder. Where there is
/// none, its place is that folder, and the root itself outside of a repository. A file that is named may lie anywhere; its
/// paths begin at that same place.
pub fn baseline_file(root: &Path, named: Option<&Path>) -> BaselineFile {
    // A pipe or a device of that name would hold the run for ever.
    let found = reach(root).find(|folder| folder.join(baseline::NAME).is_file());
    let repository = || reach(root).find(|folder| is_repository(folder));
    let folder = match named {
        Some(_) => repository().unwrap_or(root),
        None => found.or_else(repository).unwrap_or(root),
    };
    let path = named.map_or_else(|| folder.join(baseline::NAME), Path::to_path_buf);
    let above = below(root, folder);
    let shown = match named {
        Some(named) => named.to_string_lossy().into_owned(),
        None => {
            let climbed = above.split('/').filter(|part| !part.is_empty()).count();
            format!("{}{}", "../".repeat(climbed), baseline::NAME)
        }
    };
    let exists = if named.is_some() { path.exists() } else { path.is_file() };
    BaselineFile { path, shown, exists, folder: folder.to_path_buf(), above }
}

impl BaselineFile {
    /// Of these paths below its folder, those at which nothing lies any more.
    pub fn gone<'p>(&self, paths: impl Iterator<Item = &'p str>) -> BTreeSet<String> {
        let is_gone = |path: &&str| self.folder.join(path.trim_start_matches('/')).symlink_metadata().is_err();
        paths.filter(is_gone).map(str::to_owned).collect()
    }
}

impl Root {
    /// What is walked, below the root and with `/`; an empty path is all of it.
    pub fn walked(&self) -> Vec<String> {
        if self.whole { vec![String::new()] } else { self.paths.iter().map(|path| below(path, &self.folder)).collect() }
    }
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
    assemble(root, request, walk::walk(root, request), None)
}

/// Decodes what was found, in one order whatever the order in which it was met.
fn assemble(root: &Root, request: &Request, found: walk::Found, store: Option<Store>) -> Workspace {
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
            layered_env: sorted(found.layered_env.iter().map(|manifest| folder_of(manifest)).collect()),
            platforms: platforms(found.platforms),
            above: root.above.clone(),
            ledger,
        },
        candidates: sorted(found.candidates),
        held: request.unsaved.clone(),
        store,
        searched: Vec::new(),
        same: BTreeSet::new(),
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
                layered_env: found.layered_env.iter().map(|manifest| folder_of(manifest)).collect(),
                platforms: platforms(found.platforms),
                above: String::new(),
                ledger: found.ledger,
            },
            candidates: found.candidates,
            held,
            store: None,
            searched: Vec::new(),
            same: BTreeSet::new(),
            max_file_size: MAX_FILE_SIZE,
            too_large: Vec::new(),
            nested_policies: found.policies,
        }
    }

    /// Reads files once more that had no word of Flinks, for the names that others refer to. Adds those that have one,
    /// or are called by one, to the sources and says how many. After three rounds there are no more.
    pub fn reread(&mut self, wanted: &Wanted) -> usize {
        self.reread_beside(wanted, None)
    }

    /// The same, where another version was read already: what is looked for in both, in files that both have, is known.
    pub fn reread_beside(&mut self, wanted: &Wanted, other: Option<&Workspace>) -> usize {
        let fresh = self.searched.iter().fold(wanted.clone(), |wanted, (earlier, _)| wanted.beyond(earlier));
        let sought = SoughtAgain::new(&fresh);
        if self.searched.len() == ROUNDS || sought.is_empty() {
            return 0;
        }
        let known = other.and_then(|other| Some((other, other.found_for(&self.searched, wanted)?)));
        let is_known = |path: &str| known.is_some() && self.same.contains(path);
        let candidates = std::mem::take(&mut self.candidates);
        let held = self.take_stored(candidates.iter().filter(|path| !is_known(path)), &sought);
        let again = |buffer: &mut buffer::Buffer, path: &String| match known {
            Some((other, had)) if is_known(path) => {
                had.contains(path).then(|| other.scan.sources.by_path(path).cloned())?
            }
            _ => self.read_again(path, &sought, &held, buffer),
        };
        let read: Vec<Option<Source>> = candidates.par_iter().map_init(buffer::Buffer::default, again).collect();
        let before = self.scan.sources.len();
        let mut found = BTreeSet::new();
        for (path, source) in candidates.into_iter().zip(read) {
            match source {
                Some(source) => {
                    self.scan.sources.add(source);
                    found.insert(path);
                }
                None => self.candidates.push(path),
            }
        }
        self.searched.push((wanted.clone(), found));
        self.scan.sources.len() - before
    }

    /// The files that had what is wanted, if it was looked for here after the same rounds.
    fn found_for(&self, before: &[(Wanted, BTreeSet<String>)], wanted: &Wanted) -> Option<&BTreeSet<String>> {
        let (same, found) = self.searched.get(before.len())?;
        let rounds = self.searched.iter().zip(before);
        (same == wanted && rounds.into_iter().all(|(here, there)| here.0 == there.0)).then_some(found)
    }

    /// Takes from git the candidates that turn out to be wanted.
    fn take_stored<'c>(
        &self,
        candidates: impl Iterator<Item = &'c String>,
        sought: &SoughtAgain<'_>,
    ) -> BTreeMap<String, Vec<u8>> {
        let Some(store) = &self.store else { return BTreeMap::new() };
        let may_be = |path: &&str| store.has(path) && sought.may_be_in(path);
        let paths: Vec<&str> = candidates.map(String::as_str).filter(may_be).collect();
        let taken = Mutex::new(BTreeMap::new());
        let matters = |path: &str, bytes: &[u8]| sought.is_in(path, bytes);
        store.read(&paths, self.max_file_size, matters, |path, blob| {
            if let (Blob::Bytes(bytes), Ok(mut taken)) = (blob, taken.lock()) {
                taken.insert(path.to_owned(), bytes);
            }
        });
        taken.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// A candidate that turns out to be wanted.
    fn read_again(
        &self,
        path: &str,
        sought: &SoughtAgain<'_>,
        taken: &BTreeMap<String, Vec<u8>>,
        buffer: &mut buffer::Buffer,
    ) -> Option<Source> {
        if !sought.may_be_in(path) {
            return None;
        }
        let stored = self.store.as_ref().is_some_and(|store| store.has(path));
        let bytes = match self.held.get(path).or_else(|| taken.get(path)) {
            Some(bytes) => bytes,
            None if stored => return None,
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

/// The folder of a file, by its path.
fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
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
