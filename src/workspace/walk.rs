//! The walk: every file of the tree is met once, read into a buffer that is used again, and searched.

use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};

use super::buffer::Buffer;
use super::git::tracked::{self, Question};
use super::{Request, Root, guard, manifests, reason, triggers};
use crate::baseline;
use crate::lint::{Ledger, Skip};
use crate::model::exposure::Platform;
use crate::policy;
use crate::vocabulary::{exposure, paths};

/// What one thread, and in the end all of them, found.
#[derive(Default, Clone)]
pub struct Found {
    /// Files with a word of Flinks.
    pub kept: Vec<(String, Vec<u8>)>,
    pub manifests: Vec<String>,
    /// Manifests whose framework lays `.env.<environment>` over `.env`.
    pub layered_env: Vec<String>,
    /// Manifests that say where the programs of their folder run.
    pub platforms: Vec<Platform>,
    pub candidates: Vec<String>,
    /// Policy files below the root's own.
    pub policies: Vec<String>,
    /// Files over the size limit.
    pub too_large: Vec<String>,
    /// What was met, files and folders, by the hash of its path: eight bytes for each, however long the path.
    met: Vec<u64>,
    pub ledger: Ledger,
}

impl Found {
    pub fn join(&mut self, other: Found) {
        self.kept.extend(other.kept);
        self.manifests.extend(other.manifests);
        self.layered_env.extend(other.layered_env);
        self.platforms.extend(other.platforms);
        self.candidates.extend(other.candidates);
        self.policies.extend(other.policies);
        self.too_large.extend(other.too_large);
        self.met.extend(other.met);
        self.ledger.remarks.extend(other.ledger.remarks);
        self.ledger.seen += other.ledger.seen;
        self.ledger.read += other.ledger.read;
        self.ledger.unreadable.extend(other.ledger.unreadable);
        for (skip, count) in other.ledger.skipped {
            *self.ledger.skipped.entry(skip).or_default() += count;
        }
    }

    pub fn skip(&mut self, skip: Skip) {
        *self.ledger.skipped.entry(skip).or_default() += 1;
    }

    /// Leaves a file out for its size.
    pub fn too_large(&mut self, path: String) {
        self.skip(Skip::TooLarge);
        if manifests::may_define(path.rsplit('/').next().unwrap_or(&path)) {
            self.ledger.remarks.push(format!("{path} is over the size limit and was not read"));
        }
        self.too_large.push(path);
    }

    /// Leaves files out again. What was counted stays counted.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.kept.retain(|(path, _)| keep(path));
        self.ledger.unreadable.retain(|(path, _)| keep(path));
        self.platforms.retain(|platform| keep(&platform.manifest));
        for paths in
            [&mut self.manifests, &mut self.layered_env, &mut self.candidates, &mut self.policies, &mut self.too_large]
        {
            paths.retain(|path| keep(path));
        }
    }

    /// Looks at a file's bytes: whether it is to be kept, and what its name says.
    pub fn look(&mut self, path: &str, bytes: &[u8]) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.note(path, name, bytes);
        let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        if !utf16 && memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() {
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
        // It tells of findings in the words of Flinks, and is no part of what is judged.
        if name == baseline::NAME {
            return false;
        }
        if triggers::speaks_of_flinks(path, bytes) {
            return !manifests::is_report(name, bytes);
        }
        if !manifests::may_define(name) {
            return false;
        }
        // `config/flinks.yml` has no need to say Flinks once more inside.
        if triggers::path_is_of_flinks(path) {
            return true;
        }
        self.candidates.push(path.to_owned());
        false
    }

    fn note(&mut self, path: &str, name: &str, bytes: &[u8]) {
        if manifests::is_manifest(name) {
            self.manifests.push(path.to_owned());
            let rows = exposure::manifests(name, bytes);
            self.platforms.extend(rows.into_iter().map(|row| Platform { manifest: path.to_owned(), row }));
            if manifests::layers_env(name, bytes) {
                self.layered_env.push(path.to_owned());
            }
        }
    }
}

/// What all threads of a walk share.
struct Walk<'w> {
    root: &'w Root,
    request: &'w Request,
    /// With keys of its own for every run, so that nobody can make a file that passes for another.
    hashes: RandomState,
    all: Mutex<Found>,
}

/// One thread of the walk. It hands over what it found when it ends.
struct Visitor<'w> {
    walk: &'w Walk<'w>,
    found: Found,
    buffer: Buffer,
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        let mut all = self.walk.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.join(std::mem::take(&mut self.found));
    }
}

impl<'s, 'w: 's> ParallelVisitorBuilder<'s> for &'w Walk<'w> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 's> {
        Box::new(self.visitor())
    }
}

impl ParallelVisitor for Visitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        match entry {
            Ok(entry) => self.meet(&entry),
            Err(error) => {
                self.complain(&error);
                WalkState::Continue
            }
        }
    }
}

/// Walks the paths of a root.
pub fn walk(root: &Root, request: &Request) -> Found {
    let walk = Walk { root, request, hashes: RandomState::new(), all: Mutex::default() };
    let (outer, inner) = nested(&root.paths);
    // Files that were named are read whether ignored or not; only folders have tracked files to ask for.
    let ask = !request.no_ignore && outer.iter().any(|path| path.is_dir()) && tracked::has_repository(&root.folder);
    let asked = ask.then(|| tracked::ask(&root.folder));
    walk.run(&outer);
    // What lies below another path and was named all the same may have been ignored there.
    walk.run(&walk.not_met(inner));
    match asked.map(|asked| asked.map(Question::answer)) {
        Some(Ok(Ok(paths))) => walk.read_tracked(&paths, &outer),
        Some(Ok(Err(remark)) | Err(remark)) => walk.visitor().found.ledger.remarks.push(remark),
        None => {}
    }
    walk.read_unsaved();
    walk.all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The paths that lie below no other, and those that do; none twice.
fn nested(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut sorted = paths.to_vec();
    sorted.sort();
    sorted.dedup();
    let lies_below = |path: &PathBuf| {
        path.ancestors().skip(1).any(|above| sorted.binary_search_by(|one| one.as_path().cmp(above)).is_ok())
    };
    let (inner, outer) = sorted.iter().cloned().partition(lies_below);
    (outer, inner)
}

impl<'w> Walk<'w> {
    fn visitor(&'w self) -> Visitor<'w> {
        Visitor { walk: self, found: Found::default(), buffer: Buffer::default() }
    }

    fn run(&'w self, paths: &[PathBuf]) {
        let (trapped, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
            paths.iter().partition(|path| guard::trap(path).is_some());
        let traps = Arc::new(Mutex::new(trapped.into_iter().cloned().collect::<Vec<PathBuf>>()));
        if let Some(mut builder) = self.builder(&paths) {
            let found = Arc::clone(&traps);
            builder.filter_entry(move |entry| is_walked(entry, &found));
            let mut visitors: &Walk = self;
            builder.build_parallel().visit(&mut visitors);
        }
        let traps = std::mem::take(&mut *traps.lock().unwrap_or_else(PoisonError::into_inner));
        let mut visitor = self.visitor();
        for folder in traps {
            let why = "one of its ignore files is a pipe or a device".to_owned();
            visitor.found.ledger.unreadable.push((relative(&folder, self.root), why));
        }
    }

    fn builder(&self, paths: &[&PathBuf]) -> Option<WalkBuilder> {
        let (first, others) = paths.split_first()?;
        let mut builder = WalkBuilder::new(first);
        for path in others {
            builder.add(path);
        }
        let obey = !self.request.no_ignore;
        builder
            .hidden(false)
            .parents(obey)
            .ignore(obey)
            .git_ignore(obey)
            .git_global(obey)
            .git_exclude(obey)
            .require_git(false)
            .follow_links(false)
            .threads(self.threads());
        if obey {
            builder.add_custom_ignore_filename(guard::OWN_IGNORE_FILE);
        }
        Some(builder)
    }

    fn threads(&self) -> usize {
        // Beyond eight the walk waits for the kernel's locks more than it gains.
        self.request.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get().min(8)))
    }

    fn not_met(&self, mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.met.sort_unstable();
        paths.retain(|path| all.met.binary_search(&self.hash(path)).is_err());
        paths
    }

    fn hash(&self, path: &Path) -> u64 {
        self.hashes.hash_one(path.as_os_str().as_encoded_bytes())
    }

    /// Reads the tracked files that the walk left out because git ignores them. What the ignore files of tools say
    /// holds for tracked files too: they are written for tools such as this one.
    fn read_tracked(&'w self, listed: &[Vec<u8>], walked: &[PathBuf]) {
        let full = |below: &PathBuf| self.root.folder.join(below);
        let wanted = listed.iter().filter_map(|path| guard::below(path)).map(|below| full(&below));
        let left = self.not_met(wanted.filter(|path| walked.iter().any(|walked| path.starts_with(walked))).collect());
        if left.is_empty() {
            return;
        }
        let Some(mut builder) = self.builder(&[&self.root.folder]) else { return };
        builder.parents(false).git_ignore(false).git_global(false).git_exclude(false);
        let mut matchers = builder.build_matchers();
        let mut visitor = self.visitor();
        for path in left {
            let Ok(below) = path.strip_prefix(&self.root.folder) else { continue };
            if !guard::is_plain_file(&self.root.folder, below) || is_internal(below) {
                continue;
            }
            if matchers.iter_mut().any(|matcher| matcher.matched(below, false).is_ignore()) {
                continue;
            }
            visitor.found.ledger.seen += 1;
            visitor.read(&path);
        }
    }

    /// Takes in the files of an editor that are on no disk yet.
    fn read_unsaved(&'w self) {
        let full = |below: &String| self.root.folder.join(below);
        let new = self.request.unsaved.keys().map(full).filter(|path| path.symlink_metadata().is_err());
        let mut visitor = self.visitor();
        for path in new {
            visitor.found.ledger.seen += 1;
            visitor.read(&path);
        }
    }

    fn excludes(&self, relative: &str) -> bool {
        let excludes = &self.request.excludes;
        !excludes.is_empty() && excludes.matches(relative)
    }
}

pub fn is_internal(below: &Path) -> bool {
    below.iter().any(guard::is_version_control)
}

/// Keeps the walk out of what is no part of the codebase, and from folders that would hold it for ever.
fn is_walked(entry: &DirEntry, traps: &Mutex<Vec<PathBuf>>) -> bool {
    if guard::is_version_control(entry.file_name()) {
        return false;
    }
    if entry.file_type().is_some_and(|kind| kind.is_dir()) && guard::trap(entry.path()).is_some() {
        traps.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_path_buf());
        return false;
    }
    true
}

impl Visitor<'_> {
    fn complain(&mut self, error: &ignore::Error) {
        // A broken pattern in an ignore file is the author's affair; git says nothing of it either.
        let Some(why) = error.io_error() else { return };
        let path = path_of(error).map_or_else(|| ".".to_owned(), |path| relative(path, self.walk.root));
        self.found.ledger.unreadable.push((path, reason(why)));
    }

    fn meet(&mut self, entry: &DirEntry) -> WalkState {
        let Some(kind) = entry.file_type() else { return WalkState::Continue };
        let path = entry.path();
        self.found.met.push(self.walk.hash(path));
        if kind.is_dir() {
            let excluded = entry.depth() > 0 && self.walk.excludes(&relative(path, self.walk.root));
            if excluded {
                self.found.skip(Skip::Excluded);
                return WalkState::Skip;
            }
            return WalkState::Continue;
        }
        self.found.ledger.seen += 1;
        if kind.is_file() {
            self.read(path);
        } else if kind.is_symlink() {
            self.found.skip(Skip::Link);
        } else {
            self.found.skip(Skip::Special);
        }
        WalkState::Continue
    }

    /// Keeps what an editor holds, if it is worth it.
    fn keep(&mut self, path: String, bytes: Vec<u8>) {
        if self.found.look(&path, &bytes) {
            self.found.kept.push((path, bytes));
        }
    }

    fn read(&mut self, path: &Path) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return };
        if manifests::is_generated(&name) {
            return self.found.skip(Skip::Generated);
        }
        let relative = relative(path, self.walk.root);
        if self.walk.excludes(&relative) {
            return self.found.skip(Skip::Excluded);
        }
        if self.walk.request.not_judged.as_deref() == Some(path) {
            self.found.ledger.read += 1;
            return;
        }
        if let Some(bytes) = self.walk.request.unsaved.get(&relative) {
            return self.keep(relative, bytes.clone());
        }
        match self.buffer.fill(path, self.walk.request.max_file_size) {
            Ok(Some(bytes)) => {
                if self.found.look(&relative, bytes) {
                    self.found.kept.push((relative, bytes.to_vec()));
                }
            }
            Ok(None) => self.found.too_large(relative),
            Err(error) => self.found.ledger.unreadable.push((relative, reason(&error))),
        }
    }
}

/// A path as results have it: below the root.
fn relative(path: &Path, root: &Root) -> String {
    let text = shown(path.strip_prefix(&root.folder).unwrap_or(path));
    if text.is_empty() { ".".to_owned() } else { text }
}

/// A path with `/`. A name that is no Unicode is shown as near as can be.
pub fn shown(below: &Path) -> String {
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
