//! The files that are open in the editor, as they stand there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{Counting, Lines};

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

/// The path of a file's address; `None` for what lies on no disk.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    uri.to_file_path().ok()
}

/// The address of a file below a folder.
pub fn uri_of(root: &Path, path: &str) -> Option<Uri> {
    Uri::from_file_path(root.join(path)).ok()
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

    /// The open files below a folder, by their paths from it.
    pub fn below(&self, root: &Path) -> BTreeMap<String, Vec<u8>> {
        let below = self.texts.iter().filter_map(|(path, buffer)| {
            let path = path.strip_prefix(root).ok()?.to_str()?;
            Some((path.replace(std::path::MAIN_SEPARATOR, "/"), buffer.text.clone().into_bytes()))
        });
        below.collect()
    }
}
