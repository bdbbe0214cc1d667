//! What must not be opened: pipes and devices in the place of ignore files, and paths that lead through links.

use std::path::{Component, Path, PathBuf};

/// An ignore file of the linter's own, with the syntax of `.gitignore`.
pub const OWN_IGNORE_FILE: &str = ".flinks-lint-ignore";

/// Folders in which version control keeps its own affairs.
pub fn is_version_control(name: &std::ffi::OsStr) -> bool {
    [".git", ".hg", ".svn", ".jj"].iter().any(|folder| name == *folder)
}

/// The ignore file of a folder that is a pipe or a device: whoever opens it waits for ever, or reads for ever.
pub fn trap(folder: &Path) -> Option<PathBuf> {
    let is_trap = |name: &&str| {
        // Most folders have none of these, so the usual cost is a failed look-up each.
        folder.join(name).metadata().is_ok_and(|found| !found.is_file() && !found.is_dir())
    };
    let in_folder = [".gitignore", ".ignore", OWN_IGNORE_FILE];
    let in_git = [".git/info/exclude", ".git/commondir"];
    let found = in_folder.into_iter().find(is_trap).or_else(|| {
        let is_repository = folder.join(".git").symlink_metadata().is_ok();
        in_git.into_iter().filter(|_| is_repository).find(is_trap)
    });
    found.map(|name| folder.join(name))
}

/// A path below a root as git lists it, if it stays below the root by its text.
pub fn below(listed: &[u8]) -> Option<PathBuf> {
    let path = from_bytes(listed)?;
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

/// A path of the bytes that git keeps.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have names that are no Unicode, and git lists none")]
pub fn from_bytes(listed: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(std::ffi::OsStr::from_bytes(listed)))
}

#[cfg(not(unix))]
pub fn from_bytes(listed: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(listed).ok().map(PathBuf::from)
}

/// Whether a path below a root is a regular file that is reached through folders alone, with no link among them and
/// no trap in them.
pub fn is_plain_file(root: &Path, below: &Path) -> bool {
    let mut path = root.to_path_buf();
    for part in below.parent().into_iter().flat_map(Path::components) {
        path.push(part);
        if !path.symlink_metadata().is_ok_and(|found| found.is_dir()) || trap(&path).is_some() {
            return false;
        }
    }
    root.join(below).symlink_metadata().is_ok_and(|found| found.is_file())
}
