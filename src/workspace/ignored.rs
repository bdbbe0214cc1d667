//! What the ignore files of tools leave out of a version that is not on disk. Those of git say nothing of files that it
//! tracks.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::guard::OWN_IGNORE_FILE;

/// Whether a file of this name is an ignore file of tools.
pub fn is_ignore_file(name: &str) -> bool {
    name == OWN_IGNORE_FILE || name == ".ignore"
}

/// The ignore files of a version, deepest folder first; those of the linter's own win over the others.
#[derive(Default)]
pub struct Ignored {
    own: Vec<(String, Gitignore)>,
    others: Vec<(String, Gitignore)>,
}

impl Ignored {
    /// Reads ignore files, each with its path.
    pub fn new(mut files: Vec<(String, Vec<u8>)>) -> Ignored {
        files.sort_by_key(|(path, _)| std::cmp::Reverse(path.matches('/').count()));
        let mut ignored = Ignored::default();
        for (path, bytes) in files {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let mut builder = GitignoreBuilder::new("");
            for line in String::from_utf8_lossy(&bytes).lines() {
                // A broken pattern is the author's affair.
                let _ = builder.add_line(None, line);
            }
            let Ok(patterns) = builder.build() else { continue };
            let list = if name == OWN_IGNORE_FILE { &mut ignored.own } else { &mut ignored.others };
            list.push((folder.to_owned(), patterns));
        }
        ignored
    }

    /// Whether a file, or a folder that leads to it, is left out.
    pub fn leaves_out(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        !(self.own.is_empty() && self.others.is_empty())
            && ends.into_iter().any(|end| self.names(&path[..end], end < path.len()))
    }

    fn names(&self, path: &str, is_folder: bool) -> bool {
        let says = |(folder, patterns): &(String, Gitignore)| {
            let below = match folder.as_str() {
                "" => path,
                folder => path.strip_prefix(folder)?.strip_prefix('/')?,
            };
            let said = patterns.matched(Path::new(below), is_folder);
            (!said.is_none()).then(|| said.is_ignore())
        };
        self.own.iter().chain(&self.others).find_map(says).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As on disk: a folder that is left out takes along what lies in it, the nearest file decides, ours above all.
    #[test]
    fn ignore_files_hold_below_their_folders() {
        let files = [
            (".flinks-lint-ignore", "told/\n!kept.log\n"),
            (".ignore", "*.log\n/vendor\n"),
            ("a/.ignore", "!*.log\nb\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let ignored = Ignored::new(files.to_vec());
        for out in ["told/a.env", "x/told/a/b.env", "x.log", "vendor/x", "a/b", "a/b/c.env"] {
            assert!(ignored.leaves_out(out), "{out}");
        }
        for kept in ["told", "kept.log", "a/x.log", "b", "a/vendor/x"] {
            assert!(!ignored.leaves_out(kept), "{kept}");
        }
    }
}
