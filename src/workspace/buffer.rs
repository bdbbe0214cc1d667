//! One buffer for the bytes of one file after the other.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Grows to the largest file met, which the size limit bounds, and is never cleared: files overwrite each other.
#[derive(Default)]
pub struct Buffer {
    bytes: Vec<u8>,
}

/// Nine files in ten fit, so that they cost no look at their size.
const FIRST: usize = 64 << 10;

impl Buffer {
    /// A file's bytes; `None` where it is over the limit, of which no more than the beginning is read.
    pub fn fill(&mut self, path: &Path, limit: u64) -> io::Result<Option<&[u8]>> {
        let mut file = File::open(path)?;
        if self.bytes.is_empty() {
            self.bytes.resize(FIRST, 0);
        }
        let mut filled = 0;
        loop {
            if filled == self.bytes.len() && !self.grow(&file, limit)? {
                return Ok(None);
            }
            match file.read(&mut self.bytes[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok((filled as u64 <= limit).then(|| &self.bytes[..filled]))
    }

    /// Makes room for the whole file and a byte more, which tells its end; false where it is over the limit.
    fn grow(&mut self, file: &File, limit: u64) -> io::Result<bool> {
        let filled = self.bytes.len();
        // A file may grow while it is read: the limit holds for what was read, too.
        let length = file.metadata()?.len().max(filled as u64);
        if length > limit {
            return Ok(false);
        }
        self.bytes.resize(usize::try_from(length).unwrap_or(filled) + FIRST, 0);
        Ok(true)
    }
}
