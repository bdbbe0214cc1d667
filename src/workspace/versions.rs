//! Versions of a codebase: what the index, a commit or the work tree holds, each read as the tree on disk would be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::git::{Blob, Entry, Indexed, Kind, Repository, Stat, Trouble};
use super::ignored::{self, Ignored};
use super::stored::{Place, Store};
use super::walk::{self, Found};
use super::{PolicyFile, PolicyTrouble, Request, Root, Workspace, assemble, guard, manifests};
use crate::lint::Skip;
use crate::policy;
use crate::vocabulary::paths;

/// The versions of the codebase below a root.
pub struct Versions {
    pub repository: Repository,
    pub root: Root,
    index: Vec<Indexed>,
    /// What the commit of HEAD holds; `None` before the first.
    head: Option<Vec<Entry>>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Index,
    /// With all that lies in it and is not ignored.
    WorkTree,
    /// The commit of HEAD; nothing before the first.
    Head,
    Commit(String),
}

/// What a version holds, by the paths below the top of the repository.
pub struct Version<'v> {
    versions: &'v Versions,
    state: State,
    files: BTreeMap<String, Place>,
    links: BTreeSet<String>,
    submodules: BTreeSet<String>,
    /// What is to be said of the version itself.
    remarks: Vec<String>,
}

/// What was found in the files of a version, for another that has the same files.
pub struct Looked {
    found: Found,
    /// The contents of each file that are known to be those of git, by the path below the root.
    blobs: BTreeMap<String, Box<str>>,
    /// What decides which files are looked at.
    decisive: BTreeMap<String, Box<str>>,
}

/// The root of a run that compares versions: what was named, else the whole repository.
///
/// # Errors
/// Where a folder lies in no work tree.
pub fn versions(root: Root, named: bool) -> Result<Versions, Trouble> {
    let repository = Repository::of(&root.folder)?;
    let (index, head) = repository.index_and_head()?;
    if named || repository.prefix.as_os_str().is_empty() {
        return Ok(Versions { repository, root, index, head });
    }
    let top = repository.top.clone();
    Ok(Versions { repository: repository.whole(), root: Root::new(top.clone(), vec![top], true), index, head })
}

impl Versions {
    /// What a version holds.
    ///
    /// # Errors
    /// Where git does not list it.
    pub fn version(&self, state: State) -> Result<Version<'_>, Trouble> {
        let mut version = Version {
            versions: self,
            state: state.clone(),
            files: BTreeMap::new(),
            links: BTreeSet::new(),
            submodules: BTreeSet::new(),
            remarks: Vec::new(),
        };
        match &state {
            State::Head => version.take_commit(self.head.as_deref().unwrap_or_default()),
            State::Commit(commit) => version.take_commit(&self.repository.tree(commit)?),
            State::Index | State::WorkTree => version.take_index(),
        }
        Ok(version)
    }

    /// Whether there is a commit yet.
    pub fn has_head(&self) -> bool {
        self.head.is_some()
    }

    /// A path below the top as one below the root, if it is among those that were asked for.
    fn below_root(&self, path: &str) -> Option<String> {
        let below = Path::new(path).strip_prefix(&self.repository.prefix).ok()?;
        let full = self.root.folder.join(below);
        self.root.paths.iter().any(|asked| full.starts_with(asked)).then(|| walk::shown(below))
    }
}

impl Version<'_> {
    /// Whether both have the same files with the same contents.
    pub fn is_same(&self, other: &Version<'_>) -> bool {
        let same = |((path, place), (other_path, other)): ((&String, &Place), (&String, &Place))| {
            path == other_path && place.blob == other.blob
        };
        self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(same)
    }

    fn take(&mut self, entry: &Entry, stat: Option<Stat>) {
        // A path that leads out of the repository is nobody's file.
        let Some(below) = guard::below(&entry.path) else { return };
        let path = walk::shown(&below);
        match entry.kind {
            Kind::Link => drop(self.links.insert(path)),
            Kind::Submodule => drop(self.submodules.insert(path)),
            Kind::File => {
                let file = self.versions.repository.top.join(below);
                self.files.insert(path, Place { file, blob: entry.blob.clone(), stat });
            }
        }
    }

    fn take_index(&mut self) {
        let mut conflicts = BTreeSet::new();
        for indexed in &self.versions.index {
            if indexed.stage != 0 && self.state == State::Index {
                conflicts.insert(String::from_utf8_lossy(&indexed.entry.path).into_owned());
            }
            // Of a conflict our own side is judged; git commits neither it nor what is only meant to be added.
            if matches!(indexed.stage, 0 | 2) && !indexed.intended {
                let stat = indexed.stat.filter(|_| indexed.stage == 0 && !indexed.left_out);
                self.take(&indexed.entry, stat);
            }
        }
        let said = |path: String| format!("{path} is in conflict, and our side of it was judged");
        self.remarks.extend(conflicts.into_iter().map(said));
    }

    fn take_commit(&mut self, entries: &[Entry]) {
        let indexed = self.versions.index.iter().filter(|indexed| indexed.stage == 0 && !indexed.left_out);
        let by_path: BTreeMap<&[u8], &Indexed> = indexed.map(|indexed| (&*indexed.entry.path, indexed)).collect();
        for entry in entries {
            let same = by_path.get(&*entry.path).filter(|indexed| indexed.entry.blob == entry.blob);
            self.take(entry, same.and_then(|indexed| indexed.stat));
        }
    }

    /// The policy that holds in the root: its own, or that of the nearest folder above it.
    ///
    /// # Errors
    /// Where both names are there, or it cannot be read.
    pub fn policy_file(&mut self) -> Result<Option<PolicyFile>, PolicyTrouble> {
        if self.state == State::WorkTree {
            return super::policy_file(&self.versions.root.folder);
        }
        let prefix: Vec<String> =
            self.versions.repository.prefix.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        for climbed in 0..=prefix.len() {
            let (folder, above) = prefix.split_at(prefix.len() - climbed);
            let above = above.join("/");
            // A fixture has the policy that it brings along.
            if climbed > 0 && paths::purpose(&format!("{above}/")).is_silent() {
                break;
            }
            let at = |name: &str| folder.iter().map(|part| format!("{part}/")).collect::<String>() + name;
            let is_there = |name: &&str| self.files.contains_key(&at(name)) || self.links.contains(&at(name));
            let names = policy::NAMES.iter().copied().filter(is_there);
            if let Some(name) = policy::choose(names).map_err(PolicyTrouble::Misplaced)? {
                let bytes = self.contents(&at(name)).map_err(PolicyTrouble::Unreadable)?;
                return Ok(Some(PolicyFile { path: format!("{}{name}", "../".repeat(climbed)), bytes, above }));
            }
            let on_disk = |name: &&&str| self.versions.repository.top.join(at(name)).is_file();
            if let Some(name) = policy::NAMES.iter().find(on_disk).filter(|_| self.state == State::Index) {
                self.remarks.push(format!("{} is not staged, and was not used", at(name)));
            }
        }
        Ok(None)
    }

    fn contents(&self, path: &str) -> Result<Vec<u8>, super::Unreadable> {
        let top = &self.versions.repository.top;
        let missing = || super::Unreadable { path: top.join(path), why: std::io::ErrorKind::NotFound.into() };
        let Some(place) = self.files.get(path).filter(|place| !place.is_untouched()) else {
            // A link leads to what lies on disk, wherever that is; a device would be read for ever.
            let path = top.join(path);
            return if path.is_file() { super::read_file(&path) } else { Err(missing()) };
        };
        let found = Mutex::new(None);
        self.versions.repository.blobs(&[&*place.blob], super::MAX_FILE_SIZE, |_, blob| {
            if let (Blob::Bytes(bytes), Ok(mut found)) = (blob, found.lock()) {
                *found = Some(bytes);
            }
        });
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.ok_or_else(missing)
    }

    /// Reads the version. What was found in a file of another version is not looked for again.
    pub fn read(&self, request: &Request, other: Option<&Looked>) -> (Workspace, Looked) {
        let decisive = self.decisive();
        let (mut found, places) = match self.state {
            State::WorkTree => self.walk(request),
            _ => (Found::default(), self.places(request)),
        };
        let mut blobs: BTreeMap<String, Box<str>> =
            places.iter().map(|(path, place)| (path.clone(), place.blob.clone())).collect();
        let store = Store { repository: self.versions.repository.clone(), places };
        let shared = other.filter(|other| other.decisive == decisive);
        let is_shared = |path: &str| {
            let blob = blobs.get(path);
            blob.is_some() && shared.is_some_and(|other| other.blobs.get(path) == blob)
        };
        if let Some(other) = shared {
            found = other.found.clone();
            found.retain(is_shared);
        }
        let same: BTreeSet<String> = store.places.keys().filter(|path| is_shared(path)).cloned().collect();
        let own: Vec<&str> = store.places.keys().map(String::as_str).filter(|path| !same.contains(*path)).collect();
        self.look(&mut found, &own, &store, request);
        if self.state == State::WorkTree {
            blobs.extend(self.untouched());
        }
        found.ledger.remarks.extend(self.remarks.iter().cloned());
        let looked = Looked { found: found.clone(), blobs, decisive };
        let workspace = assemble(&self.versions.root, request, found, Some(store));
        (Workspace { same, ..workspace }, looked)
    }

    /// The files that decide which others are looked at. In a work tree one that was touched has no name of git's.
    fn decisive(&self) -> BTreeMap<String, Box<str>> {
        let decides = |path: &&String| {
            let name = path.rsplit('/').next().unwrap_or(path);
            ignored::is_ignore_file(name) || policy::is_policy_name(name)
        };
        let files = self.files.iter().filter(|(path, _)| decides(path));
        let blob = |place: &Place| match self.state == State::WorkTree && !place.is_untouched() {
            true => "touched".into(),
            false => place.blob.clone(),
        };
        files.map(|(path, place)| (path.clone(), blob(place))).collect()
    }

    /// The work tree, without submodules: they are of other repositories, and a commit has nothing of them. What a sparse
    /// checkout leaves out comes from the index.
    fn walk(&self, request: &Request) -> (Found, BTreeMap<String, Place>) {
        let mut found = walk::walk(&self.versions.root, request);
        let submodules: Vec<String> =
            self.submodules.iter().filter_map(|path| Some(self.versions.below_root(path)? + "/")).collect();
        found.retain(|path| !submodules.iter().any(|submodule| path.starts_with(submodule.as_str())));
        let left_out: BTreeSet<String> =
            self.versions.index.iter().filter(|indexed| indexed.left_out).filter_map(path_of).collect();
        let mut places = self.places(request);
        places.retain(|_, place| {
            let below = place.file.strip_prefix(&self.versions.repository.top).map(walk::shown);
            below.is_ok_and(|below| left_out.contains(&below)) && place.file.symlink_metadata().is_err()
        });
        (found, places)
    }

    /// The tracked files of the work tree that are as the index has them.
    fn untouched(&self) -> BTreeMap<String, Box<str>> {
        let files: Vec<(&String, &Place)> = self.files.iter().collect();
        let known = |(path, place): &(&String, &Place)| {
            Some((self.versions.below_root(path)?, place.blob.clone())).filter(|_| place.is_untouched())
        };
        files.par_iter().filter_map(known).collect()
    }

    /// The files to look at, by their paths below the root.
    fn places(&self, request: &Request) -> BTreeMap<String, Place> {
        let ignored = if request.no_ignore { Ignored::default() } else { self.ignored() };
        let wanted = self
            .files
            .iter()
            .filter(|(path, _)| !walk::is_internal(Path::new(path.as_str())) && !ignored.leaves_out(path));
        wanted.filter_map(|(path, place)| Some((self.versions.below_root(path)?, place.clone()))).collect()
    }

    fn ignored(&self) -> Ignored {
        let is_one = |path: &&String| ignored::is_ignore_file(path.rsplit('/').next().unwrap_or(path));
        let paths = self.files.keys().filter(is_one);
        Ignored::new(paths.filter_map(|path| Some((path.clone(), self.contents(path).ok()?))).collect())
    }

    fn look(&self, found: &mut Found, paths: &[&str], store: &Store, request: &Request) {
        let mut read = Vec::new();
        for path in paths {
            found.ledger.seen += 1;
            if manifests::is_generated(path.rsplit('/').next().unwrap_or(path)) {
                found.skip(Skip::Generated);
            } else if is_excluded(path, request) {
                found.skip(Skip::Excluded);
            } else if request.not_judged.is_some()
                && request.not_judged == store.places.get(*path).map(|it| it.file.clone())
            {
                found.ledger.read += 1;
            } else {
                read.push(*path);
            }
        }
        if self.state != State::WorkTree {
            self.count_others(found);
        }
        let all = Mutex::new(std::mem::take(found));
        let join = |one: Found| all.lock().unwrap_or_else(PoisonError::into_inner).join(one);
        let matters = |path: &str, bytes: &[u8]| {
            let mut one = Found::default();
            let kept = one.look(path, bytes);
            if !kept {
                join(one);
            }
            kept
        };
        store.read(&read, request.max_file_size, matters, |path, blob| {
            let mut one = Found::default();
            match blob {
                Blob::Bytes(bytes) => {
                    if one.look(path, &bytes) {
                        one.kept.push((path.to_owned(), bytes));
                    }
                }
                Blob::TooLarge => one.too_large(path.to_owned()),
                Blob::Missing => {
                    let why = "git does not have its contents here".to_owned();
                    one.ledger.unreadable.push((path.to_owned(), why));
                }
            }
            join(one);
        });
        *found = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    }

    fn count_others(&self, found: &mut Found) {
        for (paths, skip) in [(&self.links, Skip::Link), (&self.submodules, Skip::Submodule)] {
            for _ in paths.iter().filter(|path| self.versions.below_root(path).is_some()) {
                found.ledger.seen += 1;
                found.skip(skip);
            }
        }
    }
}

fn path_of(indexed: &Indexed) -> Option<String> {
    guard::below(&indexed.entry.path).map(|below| walk::shown(&below))
}

/// Whether the policy excludes a file or a folder that leads to it.
fn is_excluded(path: &str, request: &Request) -> bool {
    let excludes = &request.excludes;
    let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    !excludes.is_empty() && ends.any(|end| excludes.matches(&path[..end]))
}
