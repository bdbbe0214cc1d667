//! The lists that git gives of its index and of a tree, with what it remembers of the files on disk.

use std::fs::Metadata;

/// A file of a tree or of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Below the top of the work tree, with `/`, as the bytes that git keeps.
    pub path: Vec<u8>,
    pub kind: Kind,
    /// The name of its contents, in hexadecimal.
    pub blob: Box<str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Link,
    /// A commit of another repository.
    Submodule,
}

/// An entry of the index.
#[derive(Debug, Clone)]
pub struct Indexed {
    pub entry: Entry,
    /// 0; in a conflict 1 for the ancestor, 2 for our side, 3 for theirs.
    pub stage: u8,
    /// Whether it is only meant to be added: no commit would have it.
    pub intended: bool,
    /// Whether a sparse checkout leaves it out of the work tree.
    pub left_out: bool,
    /// How the file on disk looked when it held these contents.
    pub stat: Option<Stat>,
}

/// What git compares to tell whether a file was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    changed: (i64, i64),
    modified: (i64, i64),
    inode: u32,
    size: u32,
}

impl Stat {
    #[cfg(unix)]
    pub fn of(found: &Metadata) -> Option<Stat> {
        use std::os::unix::fs::MetadataExt;
        // Git keeps the lower half of both numbers.
        Some(Stat {
            changed: (found.ctime(), found.ctime_nsec()),
            modified: (found.mtime(), found.mtime_nsec()),
            inode: found.ino() as u32,
            size: found.size() as u32,
        })
    }

    /// Elsewhere nothing is taken for untouched, and contents are those that git stores.
    #[cfg(not(unix))]
    pub fn of(_: &Metadata) -> Option<Stat> {
        None
    }

    /// Whether the file was written before another. One that was written at the same moment may have been touched
    /// afterwards without a trace: <https://git-scm.com/docs/racy-git>.
    pub fn is_older_than(&self, other: &Stat) -> bool {
        self.modified < other.modified
    }
}

/// Flags of the index, from git's `read-cache.h`.
const INTENT_TO_ADD: u32 = 1 << 29;
const SKIP_WORKTREE: u32 = 1 << 30;

/// Reads `ls-files --stage -z --debug`.
pub fn index(listed: &[u8]) -> Vec<Indexed> {
    let mut entries = Vec::new();
    let mut rest = listed;
    while let Some((line, after)) = split_at(rest, 0) {
        let (described, after) = described(after);
        rest = after;
        let Some((head, path)) = split_at(line, b'\t') else { continue };
        let mut words = head.split(|byte| *byte == b' ').map(|word| std::str::from_utf8(word).unwrap_or_default());
        let (mode, blob, stage) = (words.next(), words.next(), words.next());
        let Some(kind) = mode.and_then(kind) else { continue };
        let number = |at: usize| described.get(at).copied().unwrap_or_default();
        let flags = described.last().copied().unwrap_or_default() as u32;
        let stat = (described.len() == NUMBERS).then(|| Stat {
            changed: (number(0) as i64, number(1) as i64),
            modified: (number(2) as i64, number(3) as i64),
            inode: number(5) as u32,
            size: number(8) as u32,
        });
        entries.push(Indexed {
            entry: Entry { path: path.to_vec(), kind, blob: blob.unwrap_or_default().into() },
            stage: stage.and_then(|stage| stage.parse().ok()).unwrap_or_default(),
            intended: flags & INTENT_TO_ADD != 0,
            left_out: flags & SKIP_WORKTREE != 0,
            stat,
        });
    }
    entries
}

/// Seconds and nanoseconds of ctime and of mtime, dev, ino, uid, gid, size, flags.
const NUMBERS: usize = 10;

/// The numbers that `--debug` writes under an entry, the last of them in hexadecimal, and what comes behind.
fn described(mut rest: &[u8]) -> (Vec<u64>, &[u8]) {
    let mut numbers = Vec::new();
    while let Some((line, after)) = rest.strip_prefix(b"  ").and_then(|indented| split_at(indented, b'\n')) {
        rest = after;
        let line = std::str::from_utf8(line).unwrap_or_default();
        for field in line.split('\t') {
            let Some((name, values)) = field.split_once(": ") else { continue };
            let radix = if name == "flags" { 16 } else { 10 };
            numbers.extend(values.split(':').filter_map(|value| u64::from_str_radix(value.trim(), radix).ok()));
        }
    }
    (numbers, rest)
}

/// Reads `ls-tree -r -z`.
pub fn tree(listed: &[u8]) -> Vec<Entry> {
    let entry = |line: &[u8]| {
        let (head, path) = split_at(line, b'\t')?;
        let mut words = std::str::from_utf8(head).ok()?.split(' ');
        let (mode, _, blob) = (words.next()?, words.next()?, words.next()?);
        Some(Entry { path: path.to_vec(), kind: kind(mode)?, blob: blob.into() })
    };
    listed.split(|byte| *byte == 0).filter_map(entry).collect()
}

fn kind(mode: &str) -> Option<Kind> {
    match mode {
        "120000" => Some(Kind::Link),
        "160000" => Some(Kind::Submodule),
        mode if mode.starts_with("100") => Some(Kind::File),
        _ => None,
    }
}

fn split_at(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let found = memchr::memchr(at, bytes)?;
    Some((&bytes[..found], &bytes[found + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names may hold anything but a NUL; what stands under an entry must not be taken for the next one's name.
    #[test]
    fn an_index_is_read_with_its_strange_names() {
        let numbers = "  ctime: 5:1\n  mtime: 7:2\n  dev: 65024\tino: 10199098\n  uid: 0\tgid: 0\n  size: 4\tflags: ";
        let listed = format!(
            "100644 aa 0\ta.env\0{numbers}0\n100755 bb 2\t  ctime: 1\n\0{numbers}40000000\n160000 cc 0\tsub\0{numbers}20004000\n"
        );
        let read = index(listed.as_bytes());
        let shown = read.iter().map(|it| (&it.entry.path[..], it.entry.kind, it.stage, it.intended, it.left_out));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                (&b"a.env"[..], Kind::File, 0, false, false),
                (b"  ctime: 1\n", Kind::File, 2, false, true),
                (b"sub", Kind::Submodule, 0, true, false),
            ]
        );
        assert_eq!(read[0].stat, Some(Stat { changed: (5, 1), modified: (7, 2), inode: 10_199_098, size: 4 }));
    }

    #[test]
    fn a_tree_is_read_with_its_strange_names() {
        let read = tree(b"100644 blob aa\ta\n\tb\x00120000 blob bb\tlink\0");
        assert_eq!(read[0], Entry { path: b"a\n\tb".to_vec(), kind: Kind::File, blob: "aa".into() });
        assert_eq!((read[1].kind, read.len()), (Kind::Link, 2));
    }
}
