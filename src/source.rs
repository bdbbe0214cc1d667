//! Where things are said: files, byte ranges in them, and lines and columns for people.

use std::sync::OnceLock;

/// A file of the scanned tree, by its place in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

impl FileId {
    /// The policy file, which is read before the tree and is no part of it.
    pub const POLICY: FileId = FileId(u32::MAX);
}

/// A half-open byte range in the decoded text of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both, which must lie in one file.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file);
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and the place that says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    pub fn as_ref(&self) -> Spanned<&T> {
        Spanned { value: &self.value, span: self.span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// How the bytes on disk became text. Spans always refer to the decoded text; reports translate
/// offsets back to the bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 behind a byte order mark, which is not part of the text.
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    /// Not valid UTF-8: every byte is one character of ISO 8859-1.
    Latin1,
}

/// Why bytes could not be turned into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A NUL byte near the start, as in images and object files.
    Binary,
    /// A UTF-16 byte order mark in front of what is not UTF-16.
    BrokenUtf16,
}

/// One file: its path below the scanned root (always with `/`) and its decoded text.
#[derive(Debug, Clone)]
pub struct Source {
    pub id: FileId,
    pub path: Box<str>,
    pub encoding: Encoding,
    text: Box<str>,
    line_starts: OnceLock<Vec<u32>>,
}

/// A place as people count: 1-based line and column, the column in Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

impl Source {
    /// A file whose text is already at hand.
    pub fn new(id: FileId, path: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        Source { id, path: path.into(), encoding: Encoding::Utf8, text: text.into(), line_starts: OnceLock::new() }
    }

    /// Decodes a file's bytes: UTF-8 with or without a byte order mark, UTF-16 with one, else Latin-1.
    ///
    /// # Errors
    /// [`Undecodable`] for binary files and broken UTF-16.
    pub fn decode(id: FileId, path: impl Into<Box<str>>, bytes: Vec<u8>) -> Result<Self, Undecodable> {
        let (encoding, text) = decode(bytes)?;
        Ok(Source { encoding, ..Source::new(id, path, text) })
    }

    /// The same file with another text of the same length, or with none.
    pub fn with_text(&self, text: &str) -> Self {
        Source { encoding: self.encoding, ..Source::new(self.id, self.path.clone(), text) }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.id, range.start, range.end)
    }

    /// The text under a span, clamped to the file and to character boundaries.
    pub fn slice(&self, span: Span) -> &str {
        let end = self.floor_boundary(span.end as usize);
        let start = self.floor_boundary(span.start as usize).min(end);
        &self.text[start..end]
    }

    /// The nearest character boundary at or before `offset`.
    pub fn floor_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// Byte offsets at which lines start; `\n` ends a line, and so does the end of the file.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect()
        })
    }

    /// The 0-based index of the line that holds `offset`.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The byte range of a line by its 0-based index, without its line ending.
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let start = starts.get(index).map_or(self.text.len(), |start| *start as usize);
        let end = starts.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        let line = self.text[start..end].trim_end_matches('\n');
        let line = line.strip_suffix('\r').unwrap_or(line);
        start..start + line.len()
    }

    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.floor_boundary(offset);
        let line = self.line_index(offset);
        let start = self.line_starts()[line] as usize;
        LineColumn { line: line + 1, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The offset in the file's own bytes of an offset in its decoded text.
    pub fn byte_offset(&self, offset: usize) -> usize {
        let offset = self.floor_boundary(offset);
        match self.encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf8Bom => offset + 3,
            Encoding::Latin1 => self.text[..offset].chars().count(),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                2 + 2 * self.text[..offset].chars().map(char::len_utf16).sum::<usize>()
            }
        }
    }
}

fn decode(bytes: Vec<u8>) -> Result<(Encoding, String), Undecodable> {
    let utf16 = |encoding, word: fn([u8; 2]) -> u16| {
        if !bytes.len().is_multiple_of(2) {
            return Err(Undecodable::BrokenUtf16);
        }
        let words: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| word([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&words).map_err(|_| Undecodable::BrokenUtf16)?;
        Ok((encoding, text))
    };
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return utf16(Encoding::Utf16Le, u16::from_le_bytes);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return utf16(Encoding::Utf16Be, u16::from_be_bytes);
    }
    if bytes[..bytes.len().min(8192)].contains(&0) {
        return Err(Undecodable::Binary);
    }
    let (encoding, body) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(body) => (Encoding::Utf8Bom, body.to_vec()),
        None => (Encoding::Utf8, bytes),
    };
    match String::from_utf8(body) {
        Ok(text) => Ok((encoding, text)),
        Err(broken) => {
            let latin = broken.as_bytes().iter().map(|byte| char::from(*byte)).collect();
            Ok((Encoding::Latin1, latin))
        }
    }
}

/// Every file that was read, addressed by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    policy: Option<Source>,
}

impl Sources {
    /// Files in the order of their ids.
    pub fn new(files: Vec<Source>) -> Self {
        debug_assert!(files.iter().enumerate().all(|(at, file)| file.id.0 as usize == at));
        Sources { files, policy: None }
    }

    /// Files of a small tree held in memory, as tests and pages have them.
    pub fn in_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut files: Vec<(&str, &str)> = files.into_iter().collect();
        files.sort();
        let source = |(at, (path, text)): (usize, (&str, &str))| Source::new(FileId(at as u32), path, text);
        Sources { files: files.into_iter().enumerate().map(source).collect(), policy: None }
    }

    pub fn push(&mut self, path: impl Into<Box<str>>, text: impl Into<Box<str>>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(Source::new(id, path, text));
        id
    }

    /// Adds a file that was read later than the others, under an id of its own.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(Source { id, ..source });
        id
    }

    /// Adds the policy file, under [`FileId::POLICY`].
    pub fn with_policy(mut self, policy: Option<Source>) -> Self {
        self.policy = policy;
        self
    }

    /// Whether there is a file of this id.
    pub fn has(&self, id: FileId) -> bool {
        (id.0 as usize) < self.files.len() || (id == FileId::POLICY && self.policy.is_some())
    }

    pub fn policy(&self) -> Option<&Source> {
        self.policy.as_ref()
    }

    /// The file of this id.
    ///
    /// # Panics
    /// If the id is of other sources.
    pub fn get(&self, id: FileId) -> &Source {
        match &self.policy {
            Some(policy) if id == FileId::POLICY => policy,
            _ => &self.files[id.0 as usize],
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn path(&self, id: FileId) -> &str {
        &self.get(id).path
    }

    pub fn by_path(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| &*file.path == path)
    }

    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).slice(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Source {
        Source::decode(FileId(0), "a", bytes.to_vec()).unwrap()
    }

    #[test]
    fn columns_count_code_points_and_crlf_ends_no_line_early() {
        let source = Source::new(FileId(0), "a", "é=1\r\nключ=значение\r\n");
        let at = source.text().find("значение").unwrap();
        assert_eq!(source.line_column(at), LineColumn { line: 2, column: 6 });
        assert_eq!(&source.text()[source.line_range(0)], "é=1");
    }

    #[test]
    fn offsets_of_every_encoding_lead_back_to_the_bytes() {
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("é=x".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let source = decoded(&utf16);
        assert_eq!((source.encoding, source.text()), (Encoding::Utf16Le, "é=x"));
        assert_eq!(source.byte_offset(source.text().find('x').unwrap()), 6);

        let source = decoded(b"\xEF\xBB\xBFa=1");
        assert_eq!((source.encoding, source.byte_offset(2)), (Encoding::Utf8Bom, 5));

        let source = decoded(b"caf\xE9=1");
        assert_eq!((source.encoding, source.text()), (Encoding::Latin1, "café=1"));
        assert_eq!(source.byte_offset(source.text().find('1').unwrap()), 5);
    }

    #[test]
    fn binaries_are_told_by_a_nul() {
        assert_eq!(Source::decode(FileId(0), "a", b"\x7fELF\0\0".to_vec()).unwrap_err(), Undecodable::Binary);
    }
}
