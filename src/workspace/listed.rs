//! Lists of files that other programs write: `git diff --name-only`, `find -print0`.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::{Root, guard};

/// The files of a list that lie below a root.
#[derive(Debug)]
pub struct Listed {
    /// Below the root, with `/`, as results have them.
    pub inside: BTreeSet<String>,
    /// How many lie elsewhere.
    pub outside: usize,
}

/// Reads a list and finds its files below a root; they are relative to the current folder.
pub fn listed(bytes: &[u8], root: &Root) -> Listed {
    let here = std::env::current_dir().unwrap_or_default();
    let (mut inside, mut outside) = (BTreeSet::new(), 0);
    for path in paths(bytes, |path| path.symlink_metadata().is_ok()) {
        let full = plain(&here.join(path));
        match full.strip_prefix(&root.folder) {
            Ok(below) => {
                inside.insert(super::walk::shown(below));
            }
            Err(_) => outside += 1,
        }
    }
    Listed { inside, outside }
}

/// The paths of a list. With a NUL in it every name ends in one; without, every name is a line. A line in quotes is a name
/// as git writes strange ones, unless a file is called so.
fn paths(bytes: &[u8], is_there: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let decoded = unicode(bytes);
    let bytes = decoded.as_deref().unwrap_or(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    if bytes.contains(&0) {
        return bytes.split(|byte| *byte == 0).filter(|path| !path.is_empty()).filter_map(guard::from_bytes).collect();
    }
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let path = |line: &[u8]| {
        let path = guard::from_bytes(line)?;
        let quoted = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\""));
        match quoted.filter(|_| !is_there(&path)).and_then(unquoted) {
            Some(name) => guard::from_bytes(&name),
            None => Some(path),
        }
    };
    lines.filter(|line| !line.is_empty()).filter_map(path).collect()
}

/// What a shell of Windows writes: UTF-16, which is full of NULs.
fn unicode(bytes: &[u8]) -> Option<Vec<u8>> {
    let word: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let words: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| word([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&words).into_bytes())
}

/// The name in git's quotes, which are those of C: `caf\303\251`, `two\nlines`.
fn unquoted(quoted: &[u8]) -> Option<Vec<u8>> {
    let mut name = Vec::new();
    let mut rest = quoted;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            name.push(*first);
            continue;
        }
        let (escaped, after) = rest.split_first()?;
        rest = after;
        name.push(match escaped {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'a' => 7,
            b'b' => 8,
            b'v' => 11,
            b'f' => 12,
            b'"' | b'\\' => *escaped,
            b'0'..=b'3' => {
                let (octal, after) = rest.split_at_checked(2)?;
                rest = after;
                let digits = [*escaped, octal[0], octal[1]];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()?
            }
            _ => return None,
        });
    }
    Some(name)
}

/// A path without `.` and `..`, by its text.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &[u8]) -> Vec<PathBuf> {
        paths(list, |path| path == Path::new("\"here\""))
    }

    #[test]
    fn a_nul_decides() {
        assert_eq!(read(b"a\nb\0c\0"), [Path::new("a\nb"), Path::new("c")]);
        assert_eq!(read(b"a\r\n\nb"), [Path::new("a"), Path::new("b")]);
        assert!(read(b"").is_empty());
    }

    /// A name that is taken by its quotes is not found, and its findings would be lost.
    #[test]
    fn names_in_the_quotes_of_git_are_read() {
        let list = b"\"caf\\303\\251.env\"\n\"two\\nlines\"\n\"here\"\n\"odd\\q\"\n";
        assert_eq!(read(list), ["café.env", "two\nlines", "\"here\"", "\"odd\\q\""].map(Path::new));
    }

    #[test]
    fn windows_writes_lists_in_utf_16() {
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("a\r\nb\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&wide), [Path::new("a"), Path::new("b")]);
        assert_eq!(read(b"\xEF\xBB\xBFa\n"), [Path::new("a")]);
    }
}
