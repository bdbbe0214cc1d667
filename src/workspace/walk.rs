//! The walk: every file of the tree is met once, read into a buffer that is used again, and searched.

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::tracked::{self, Answer};
use super::{Request, Root, manifests, reason, triggers};
use crate::lint::{Ledger, Skip};
use crate::policy;
use crate::vocabulary::paths;

/// What one thread, and in the end all of them, found.
#[derive(Default)]
pub struct Found {
    /// Files with a word of Flinks.
    pub kept: Vec<(String, Vec<u8>)>,
    pub manifests: Vec<String>,
    pub layered_env: Vec<String>,
    pub candidates: Vec<String>,
    /// Policy files below the root's own.
    pub policies: Vec<String>,
    pub ledger: Ledger,
}

impl Found {
    fn join(&mut self, other: Found) {
        self.kept.extend(other.kept);
        self.manifests.extend(other.manifests);
        self.layered_env.extend(other.layered_env);
        self.candidates.extend(other.candidates);
        self.policies.extend(other.policies);
        self.ledger.seen += other.ledger.seen;
        self.ledger.read += other.ledger.read;
        self.ledger.unreadable.extend(other.ledger.unreadable);
        for (skip, count) in other.ledger.skipped {
            *self.ledger.skipped.entry(skip).or_default() += count;
        }
    }

    fn skip(&mut self, skip: Skip) {
        *self.ledger.skipped.entry(skip).or_default() += 1;
    }

    /// Looks at a file's bytes: whether it is to be kept, and what its name says.
    pub fn look(&mut self, path: &str, bytes: &[u8]) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.note(path, name, bytes);
        let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        if !utf16 && bytes[..bytes.len().min(8192)].contains(&0) {
            self.skip(Skip::Binary);
            return false;
        }
        self.ledger.read += 1;
        if policy::is_policy_name(name) {
            if path.contains('/') && !paths::purpose(path).is_silent() {
                self.policies.push(path.to_owned());
            }
            return false;
        }
        if triggers::speaks_of_flinks(path, bytes) {
            return true;
        }
        if manifests::may_define(name) {
            self.candidates.push(path.to_owned());
        }
        false
    }

    fn note(&mut self, path: &str, name: &str, bytes: &[u8]) {
        if manifests::is_manifest(name) {
            self.manifests.push(path.to_owned());
            if manifests::layers_env(name, bytes) {
                self.layered_env.push(path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned());
            }
        }
    }
}

/// Hands over what a thread found when the thread ends.
struct Gathering<'g> {
    found: RefCell<Found>,
    buffer: RefCell<Vec<u8>>,
    all: &'g Mutex<Found>,
}

impl Drop for Gathering<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.all.lock() {
            all.join(self.found.take());
        }
    }
}

/// Walks the paths of a root.
pub fn walk(root: &Root, request: &Request) -> Found {
    let all = Mutex::new(Found::default());
    let answer = std::thread::scope(|scope| {
        let asked = (!request.no_ignore && root.whole).then(|| scope.spawn(|| tracked::ignored_yet_tracked(&root.folder)));
        builder(root, request).build_parallel().run(|| {
            let gathering = Gathering { found: RefCell::default(), buffer: RefCell::default(), all: &all };
            Box::new(move |entry| {
                gathering.found.borrow_mut().meet(entry, root, request, &mut gathering.buffer.borrow_mut())
            })
        });
        asked.and_then(|asked| asked.join().ok())
    });
    let mut found = all.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    match answer {
        Some(Answer::Paths(paths)) => found.add_tracked(paths, root, request),
        Some(Answer::Trouble(remark)) => found.ledger.remarks.push(remark),
        Some(Answer::NoRepository) | None => {}
    }
    found
}

fn builder(root: &Root, request: &Request) -> WalkBuilder {
    let mut builder = WalkBuilder::new(&root.paths[0]);
    for path in &root.paths[1..] {
        builder.add(path);
    }
    let obey = !request.no_ignore;
    builder
        .hidden(false)
        .parents(obey)
        .ignore(obey)
        .git_ignore(obey)
        .git_global(obey)
        .git_exclude(obey)
        .require_git(false)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .threads(request.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get().min(8))));
    builder
}

impl Found {
    fn meet(
        &mut self,
        entry: Result<DirEntry, ignore::Error>,
        root: &Root,
        request: &Request,
        buffer: &mut Vec<u8>,
    ) -> WalkState {
        match entry {
            Ok(entry) => self.meet_entry(&entry, root, request, buffer),
            Err(error) => {
                self.complain(&error, root);
                WalkState::Continue
            }
        }
    }

    fn complain(&mut self, error: &ignore::Error, root: &Root) {
        let why = error.io_error().map_or_else(|| "it could not be walked".to_owned(), reason);
        let path = path_of(error).map_or_else(|| ".".to_owned(), |path| relative(path, root));
        // A broken pattern in an ignore file is the author's affair; git says nothing of it either.
        if error.io_error().is_some() {
            self.ledger.unreadable.push((path, why));
        }
    }

    fn meet_entry(&mut self, entry: &DirEntry, root: &Root, request: &Request, buffer: &mut Vec<u8>) -> WalkState {
        let Some(kind) = entry.file_type() else { return WalkState::Continue };
        let path = entry.path();
        if kind.is_dir() {
            let excluded = entry.depth() > 0 && request.excludes.matches(&relative(path, root));
            return if excluded { WalkState::Skip } else { WalkState::Continue };
        }
        self.ledger.seen += 1;
        if kind.is_symlink() && entry.depth() > 0 {
            self.skip(Skip::Link);
        } else if kind.is_file() || (kind.is_symlink() && path.is_file()) {
            self.read(path, root, request, buffer);
        } else {
            self.skip(Skip::Special);
        }
        WalkState::Continue
    }

    fn read(&mut self, path: &Path, root: &Root, request: &Request, buffer: &mut Vec<u8>) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return };
        if manifests::is_generated(&name) {
            return self.skip(Skip::Generated);
        }
        let relative = relative(path, root);
        if request.excludes.matches(&relative) {
            return self.skip(Skip::Excluded);
        }
        match fill(path, request.max_file_size, buffer) {
            Ok(true) => {
                if self.look(&relative, buffer) {
                    self.kept.push((relative, buffer.clone()));
                }
            }
            Ok(false) => {
                self.skip(Skip::TooLarge);
                if manifests::may_define(&name) {
                    self.ledger.remarks.push(format!("{relative} is over the size limit and was not read"));
                }
            }
            Err(error) => self.ledger.unreadable.push((relative, reason(&error))),
        }
    }

    /// Reads the tracked files that the walk left out because they are ignored.
    fn add_tracked(&mut self, paths: Vec<String>, root: &Root, request: &Request) {
        let mut buffer = Vec::new();
        for path in paths {
            let full = root.folder.join(&path);
            match full.symlink_metadata() {
                Ok(found) if found.is_file() => {
                    self.ledger.seen += 1;
                    self.read(&full, root, request, &mut buffer);
                }
                _ => {}
            }
        }
    }
}

/// Reads a file whole into the buffer; false where it is over the limit.
fn fill(path: &Path, limit: u64, buffer: &mut Vec<u8>) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Ok(false);
    }
    buffer.clear();
    buffer.reserve(length as usize + 1);
    // A file may grow while it is read: the limit holds for what is read, too.
    file.by_ref().take(limit + 1).read_to_end(buffer)?;
    Ok(buffer.len() as u64 <= limit)
}

fn relative(path: &Path, root: &Root) -> String {
    let below = path.strip_prefix(&root.folder).unwrap_or(path);
    let text = below.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
