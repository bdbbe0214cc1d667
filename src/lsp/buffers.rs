//! The files that are open in the editor, as they stand there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::position::{Counting, Lines};
use crate::source::Source;

/// Open files by their path on disk.
#[derive(Debug, Default, Clone)]
pub struct Buffers {
    texts: BTreeMap<PathBuf, Buffer>,
}

#[derive(Debug, Clone)]
struct Buffer {
    text: String,
    version: i32,
}

/// What stands in an address as it is: the unreserved characters of RFC 3986, and those that part a path.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

/// The path of a file's address (RFC 8089); `None` for what lies on no disk of this machine.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_ref().strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(rest.strip_prefix('/')?).decode_utf8().ok()?;
    // `file:///C:/code` has its drive behind the slash.
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    Some(if has_drive { PathBuf::from(&*path) } else { PathBuf::from(format!("/{path}")) })
}

/// The address of a file; `None` where its path is no Unicode.
pub fn uri_of(path: &Path) -> Option<Uri> {
    let path = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let encoded = utf8_percent_encode(path.trim_start_matches('/'), ENCODED);
    Some(Uri::from(format!("file:///{encoded}")))
}

impl Buffers {
    pub fn open(&mut self, uri: &Uri, text: String, version: i32) {
        if let Some(path) = path_of(uri) {
            self.texts.insert(path, Buffer { text, version });
        }
    }

    /// Makes the changes that an editor tells, in their order.
    pub fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        counting: Counting,
    ) {
        let Some(buffer) = path_of(uri).and_then(|path| self.texts.get_mut(&path)) else { return };
        buffer.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    buffer.text = whole.text
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let lines = Lines::new(&buffer.text, counting);
                    let (start, end) = (lines.offset(part.range.start), lines.offset(part.range.end));
                    buffer.text.replace_range(start..end.max(start), &part.text);
                }
            }
        }
    }

    pub fn close(&mut self, uri: &Uri) {
        if let Some(path) = path_of(uri) {
            self.texts.remove(&path);
        }
    }

    /// The text and version of a file, if it is open.
    pub fn get(&self, path: &Path) -> Option<(&str, i32)> {
        self.texts.get(path).map(|buffer| (buffer.text.as_str(), buffer.version))
    }

    /// The text that the editor shows of a file: its own, or else the one that was judged.
    pub fn text<'t>(&'t self, path: &Path, judged: &'t Source) -> &'t str {
        self.get(path).map_or(judged.text(), |(text, _)| text)
    }

    /// The open files below a folder, by their paths from it.
    pub fn below(&self, root: &Path) -> BTreeMap<String, Vec<u8>> {
        let below = self.texts.iter().filter_map(|(path, buffer)| {
            let path = path.strip_prefix(root).ok()?.to_str()?;
            Some((path.replace(std::path::MAIN_SEPARATOR, "/"), buffer.text.clone().into_bytes()))
        });
        below.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths() {
        for (path, uri) in [
            ("/code/a b/é.env", "file:///code/a%20b/%C3%A9.env"),
            ("/code/[id]/#x.ts", "file:///code/%5Bid%5D/%23x.ts"),
        ] {
            assert_eq!(uri_of(Path::new(path)), Some(Uri::from(uri)));
            assert_eq!(path_of(&Uri::from(uri)), Some(PathBuf::from(path)));
        }
        assert_eq!(path_of(&Uri::from("file:///c%3A/code/a.env")), Some(PathBuf::from("c:/code/a.env")));
        assert_eq!(path_of(&Uri::from("untitled:Untitled-1")), None);
        assert_eq!(path_of(&Uri::from("file://elsewhere/code/a.env")), None);
    }
}
