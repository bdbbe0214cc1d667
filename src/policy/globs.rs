//! Lists of globs as `.gitignore` reads them, relative to the policy file, each with its place.

use std::borrow::Cow;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::source::Spanned;

/// Globs that were tried out. `deploy` is a folder of that name at any depth with all below it, `/deploy` only
/// the one beside the policy, `!deploy/demo` takes out again what an earlier glob took in.
#[derive(Debug, Clone)]
pub struct Globs {
    written: Vec<Spanned<String>>,
    compiled: Gitignore,
    /// The folders that lead from the policy file to the scanned root.
    above: String,
}

impl Default for Globs {
    fn default() -> Self {
        Globs { written: Vec::new(), compiled: Gitignore::empty(), above: String::new() }
    }
}

impl Globs {
    /// Compiles globs, each of which [`check`] has passed.
    pub(super) fn new(written: Vec<Spanned<String>>) -> Self {
        let mut builder = builder();
        for glob in &written {
            // Checked before; a glob that still fails matches nothing.
            let _ = builder.add_line(None, &glob.value);
        }
        let compiled = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Globs { written, compiled, above: String::new() }
    }

    /// Has the paths that are asked about begin in a folder below the policy file.
    pub(super) fn begin_in(&mut self, folder: &str) {
        folder.clone_into(&mut self.above);
    }

    /// The glob that takes in a file, from its path below the scanned root.
    pub fn matched(&self, path: &str) -> Option<&Spanned<String>> {
        let path = path.trim_start_matches('/');
        let path = if self.above.is_empty() { Cow::Borrowed(path) } else { format!("{}/{path}", self.above).into() };
        match self.compiled.matched_path_or_any_parents(&*path, false) {
            Match::Ignore(glob) => self.written.iter().rev().find(|written| is(glob.original(), &written.value)),
            Match::Whitelist(_) | Match::None => None,
        }
    }

    pub fn matches(&self, path: &str) -> bool {
        self.matched(path).is_some()
    }

    /// As written, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.written.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

/// Blanks at the end of a glob do not count, save for one behind a backslash.
fn is(original: &str, written: &str) -> bool {
    original == written || original == written.trim_end()
}

fn builder() -> GitignoreBuilder {
    let mut builder = GitignoreBuilder::new("");
    // An unclosed `[` would stand for itself; in a policy it is a slip.
    builder.allow_unclosed_class(false);
    builder
}

/// What keeps a text from being a glob of the policy, as a clause that follows it, and what to write.
pub(super) fn check(glob: &str) -> Result<(), (String, &'static str)> {
    let path = glob.strip_prefix('!').unwrap_or(glob);
    if path.trim_matches(['/', ' ', '\t']).is_empty() {
        return Err(("names no file".into(), "write a glob such as \"deploy/**\""));
    }
    if glob.starts_with('#') {
        return Err(("is read as a comment".into(), "write `\\#` for a name that begins so"));
    }
    let mut after_backslash = path.split('\\').skip(1).filter_map(|rest| rest.chars().next());
    if after_backslash.any(char::is_alphanumeric) {
        return Err(("parts folders with `\\`".into(), "write `/` on every system"));
    }
    let absolute = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    if absolute || path.split('/').any(|part| part == "..") {
        return Err(("leads out of the scanned root".into(), "write a path below the folder of this file"));
    }
    if path.split('/').next() == Some(".") {
        return Err(("begins with `./`, which matches nothing".into(), "write `/` for the folder of this file"));
    }
    match builder().add_line(None, glob) {
        Ok(_) => Ok(()),
        Err(ignore::Error::Glob { err, .. }) => Err((format!("is no glob: {err}"), "escape the character with `\\`")),
        Err(_) => Err(("is no glob".into(), "write a glob such as \"deploy/**\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn globs(written: &[&str]) -> Globs {
        let spanned = |(at, glob): (usize, &&str)| Spanned::new((*glob).to_owned(), Span::new(FileId(0), at, at + 1));
        Globs::new(written.iter().enumerate().map(spanned).collect())
    }

    #[test]
    fn globs_read_as_in_gitignore() {
        let live = globs(&["deploy/live-*/**", "/infra", "*.prod.env", "!deploy/live-demo/**"]);
        assert!(live.matches("deploy/live-ca/a/b.yaml"));
        assert!(live.matches("infra/main.tf") && !live.matches("apps/infra/main.tf"));
        assert!(live.matches("apps/web/ca.prod.env"));
        assert!(!live.matches("deploy/live-demo/b.yaml"), "taken out again");
        assert!(!live.matches("deploy/stage/b.yaml"));
    }

    #[test]
    fn the_glob_that_matched_is_the_last_one() {
        assert!(globs(&["a\\ ", "b  "]).matches("a ") && globs(&["a\\ ", "b  "]).matches("b"));
        let globs = globs(&["deploy/**", "deploy/live/**"]);
        assert_eq!(globs.matched("deploy/live/a").unwrap().span.start, 1);
        assert_eq!(globs.matched("deploy/a").unwrap().span.start, 0);
    }

    /// A glob that can match nothing is a promise that nobody keeps.
    #[test]
    fn globs_that_match_nothing_are_refused() {
        for glob in ["", "/", "#x", "deploy\\live", "../other/**", "a[b", "C:/work", "./deploy"] {
            assert!(check(glob).is_err(), "{glob}");
        }
        for glob in ["deploy", "a/{b,c}/**", "!x", "\\#x", "a[b]", "**"] {
            assert!(check(glob).is_ok(), "{glob}: {:?}", check(glob));
        }
    }
}
