//! One repository with its work tree: where it lies, what its index and its commits hold.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::listing::{self, Entry, Indexed, Stat};
use super::{Blob, Git, Trouble, blobs, set};

/// A repository that has a work tree.
#[derive(Debug, Clone)]
pub struct Repository {
    git: Git,
    /// The folder of its work tree.
    pub top: PathBuf,
    /// The folders that lead from there to the one that was asked about.
    pub prefix: PathBuf,
    /// Its own folder: `.git`, or what a linked work tree or a submodule has instead.
    folder: PathBuf,
    index: PathBuf,
    /// Whether git itself asked: a commit is under way.
    pub in_hook: bool,
}

/// A merge of more is somebody's joke; each costs a model.
const MERGED: usize = 8;

impl Repository {
    /// The repository whose work tree holds a folder.
    ///
    /// # Errors
    /// Where there is none, or git does not answer.
    pub fn of(folder: &Path) -> Result<Repository, Trouble> {
        let folder = fs::canonicalize(folder).map_err(|error| Trouble::Refuses(super::super::reason(&error)))?;
        let git = Git::in_folder(&folder)?;
        Repository::found(&git, &folder).or_else(|trouble| match elsewhere(&git) {
            Some(git) => Repository::found(&git, &folder),
            None => Err(trouble),
        })
    }

    fn found(git: &Git, folder: &Path) -> Result<Repository, Trouble> {
        let asked = ["rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--show-cdup", "--absolute-git-dir"];
        let told = git.ask(&asked).map_err(in_our_words)?;
        // The last may be a path with lines of its own.
        let mut lines = told.splitn(4, |byte| *byte == b'\n');
        let (bare, inside) = (lines.next() == Some(b"true"), lines.next() == Some(b"true"));
        let (up, own) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let own = super::super::guard::from_bytes(own.strip_suffix(b"\n").unwrap_or(own));
        let Some(own) = own.filter(|_| inside && !bare) else {
            return Err(Trouble::Refuses(if bare { BARE } else { OUTSIDE }.to_owned()));
        };
        let climbed = up.split(|byte| *byte == b'/').filter(|step| *step == b"..").count();
        let top = folder.ancestors().nth(climbed).ok_or_else(|| Trouble::Refuses(OUTSIDE.to_owned()))?.to_path_buf();
        let prefix = folder.strip_prefix(&top).map(Path::to_path_buf).unwrap_or_default();
        let named = index_of_hook(&top);
        let index = named.clone().unwrap_or_else(|| own.join("index"));
        let git = Git { folder: top.clone(), ..git.clone() };
        let git = match &named {
            Some(index) => git.told("GIT_INDEX_FILE", index.clone()),
            None => git,
        };
        Ok(Repository { git, top, prefix, folder: own, index, in_hook: named.is_some() })
    }

    /// The same, asked about as a whole.
    pub fn whole(self) -> Repository {
        Repository { prefix: PathBuf::new(), ..self }
    }

    /// What the index holds and, asked at the same time, what the commit of HEAD holds; that is `None` before the first.
    ///
    /// # Errors
    /// Where git does not list the index.
    pub fn index_and_head(&self) -> Result<(Vec<Indexed>, Option<Vec<Entry>>), Trouble> {
        let index = self.git.begin(&["ls-files", "--stage", "-z", "--debug"])?;
        let head = self.git.begin(&LS_TREE.map(|word| if word == TREE { "HEAD" } else { word }))?;
        let mut entries = listing::index(&index.answer()?);
        let written = fs::metadata(&self.index).ok().as_ref().and_then(Stat::of);
        for entry in &mut entries {
            entry.stat = entry.stat.filter(|stat| written.is_some_and(|written| stat.is_older_than(&written)));
        }
        match head.answer() {
            Ok(listed) => Ok((entries, Some(listing::tree(&listed)))),
            Err(trouble) if self.commit("HEAD").is_some() => Err(trouble),
            Err(_) => Ok((entries, None)),
        }
    }

    /// What a commit holds.
    ///
    /// # Errors
    /// Where git does not list it.
    pub fn tree(&self, commit: &str) -> Result<Vec<Entry>, Trouble> {
        Ok(listing::tree(&self.git.ask(&LS_TREE.map(|word| if word == TREE { commit } else { word }))?))
    }

    /// The commits that are being merged into HEAD.
    pub fn merged(&self) -> Vec<String> {
        let merging = self.folder.join("MERGE_HEAD");
        // A pipe in its place would be read for ever.
        let is_list = merging.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() < 4096);
        let listed = if is_list { fs::read_to_string(merging).unwrap_or_default() } else { String::new() };
        listed.lines().take(MERGED).filter_map(|line| self.commit(line)).collect()
    }

    /// The commit that a revision names.
    pub fn commit(&self, revision: &str) -> Option<String> {
        // What looks like an option is one to git, wherever it stands.
        if revision.is_empty() || revision.starts_with('-') {
            return None;
        }
        let name = format!("{revision}^{{commit}}");
        let told = self.git.ask(&["rev-parse", "--verify", "--quiet", &name]).ok()?;
        String::from_utf8(told).ok().map(|told| told.trim_end().to_owned())
    }

    /// The commit at which two lines of history part.
    ///
    /// # Errors
    /// Where there is none, or none that this clone has.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, Trouble> {
        match self.git.ask(&["merge-base", one, other]) {
            Ok(told) => Ok(String::from_utf8_lossy(&told).lines().next().map(str::to_owned)),
            // It ends with 1 and says nothing where there is none.
            Err(Trouble::Refuses(words)) if words.is_empty() => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Shows contents to `look`, from several threads, in no order.
    pub fn blobs(&self, names: &[&str], limit: u64, look: impl Fn(usize, Blob) + Sync) {
        blobs::read(&self.git, names, limit, look);
    }
}

const TREE: &str = "";
const LS_TREE: [&str; 5] = ["ls-tree", "-r", "-z", "--full-tree", TREE];

const BARE: &str = "this is a bare repository: it has no work tree, and no index to commit from";
const OUTSIDE: &str = "the folder lies in no work tree";

fn in_our_words(trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::Refuses(words) if words.contains("bare repository") => Trouble::Refuses(BARE.to_owned()),
        Trouble::Refuses(words) if words.contains("not a git repository") => Trouble::Refuses(OUTSIDE.to_owned()),
        trouble => trouble,
    }
}

/// A repository that lies apart from its work tree, as whoever keeps a home folder in git has it. Its hooks are told by
/// the environment, and nothing else leads to it.
fn elsewhere(git: &Git) -> Option<Git> {
    let (folder, tree) = (full(set("GIT_DIR")?), full(set("GIT_WORK_TREE")?));
    Some(git.clone().told("GIT_DIR", folder).told("GIT_WORK_TREE", tree))
}

/// The index that git tells its hooks of: not its usual one in `git commit FILE`. It is that of the repository in which
/// they run, so that it counts only for that one.
fn index_of_hook(top: &Path) -> Option<PathBuf> {
    let index = set("GIT_INDEX_FILE")?;
    let here = env::current_dir().and_then(fs::canonicalize).ok()?;
    // Git takes a relative one from the top of the work tree, where it runs hooks.
    here.starts_with(top).then(|| top.join(index)).filter(|_| nearest_is(&here, top))
}

/// Whether no other repository lies between.
fn nearest_is(folder: &Path, top: &Path) -> bool {
    let between = folder.ancestors().take_while(|above| *above != top);
    !between.into_iter().any(|above| above.join(".git").symlink_metadata().is_ok())
}

fn full(path: impl Into<PathBuf>) -> PathBuf {
    let path = path.into();
    let full = env::current_dir().map(|here| here.join(&path)).unwrap_or(path);
    full.components().filter(|part| *part != Component::CurDir).collect()
}
