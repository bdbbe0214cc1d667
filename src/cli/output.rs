//! Where reports go: standard output, and files that are replaced whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Show};
use crate::lint::Outcome;
use crate::report::{Look, RENDERERS, Renderer, renderer};

/// `FORMAT=FILE` of `--output`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    format: &'static str,
    /// `-` for standard output.
    file: PathBuf,
}

impl Target {
    /// # Errors
    /// For what is not `FORMAT=FILE` with a known format.
    pub fn parse(text: &str) -> Result<Self, String> {
        let names: Vec<&str> = RENDERERS.iter().map(|renderer| renderer.name).collect();
        let (format, file) = text.split_once('=').ok_or("write FORMAT=FILE, such as `sarif=flinks-lint.sarif`")?;
        let renderer =
            renderer(format).ok_or_else(|| format!("there is no format `{format}`, only {}", names.join(", ")))?;
        if file.is_empty() {
            return Err("write the file's name after `=`, or `-` for standard output".to_owned());
        }
        Ok(Target { format: renderer.name, file: file.into() })
    }

    fn is_stdout(&self) -> bool {
        self.file == Path::new("-")
    }
}

/// The format that goes to standard output.
///
/// # Errors
/// Where two reports would.
pub fn on_stdout(show: &Show) -> Result<&'static Renderer, Failure> {
    let mut formats: Vec<&str> =
        show.output.iter().filter(|target| target.is_stdout()).map(|target| target.format).collect();
    formats.extend(show.format.as_deref());
    match formats.as_slice() {
        [] => Ok(&RENDERERS[0]),
        [format] => Ok(renderer(format).unwrap_or(&RENDERERS[0])),
        [first, second, ..] => {
            let why = format!("both {first} and {second} would go to standard output");
            Err(Failure::new("cannot write the reports", why).help("give one of them a file: `--output FORMAT=FILE`"))
        }
    }
}

/// Writes every report that was asked for.
///
/// # Errors
/// Where a file or standard output does not take it. A pipe that was closed is no error: its reader has enough.
pub fn write(outcome: &Outcome, show: &Show, look: &Look) -> Result<(), Failure> {
    let stdout = on_stdout(show)?;
    write_files(outcome, show, look)?;
    to_stdout(look.colour, |out| stdout.render(outcome, look, out))
}

/// Writes the reports that go to files, without colours and as wide on every machine.
///
/// # Errors
/// Where a file does not take it.
pub fn write_files(outcome: &Outcome, show: &Show, look: &Look) -> Result<(), Failure> {
    let in_file = Look { colour: false, hyperlinks: false, width: Look::default().width, ..look.clone() };
    for target in show.output.iter().filter(|target| !target.is_stdout()) {
        let mut report = Vec::new();
        let rendered = renderer(target.format).map(|renderer| renderer.render(outcome, &in_file, &mut report));
        rendered.transpose().map_err(|error| Failure::io("write", &target.file, &error))?;
        replace(&target.file, &report).map_err(|error| Failure::io("write", &target.file, &error))?;
    }
    Ok(())
}

/// Writes to standard output. A closed pipe ends it quietly.
///
/// # Errors
/// Whatever else standard output answers, such as a full disk.
pub fn to_stdout(colour: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let stdout = io::stdout().lock();
    // On Windows this turns escape sequences on; elsewhere it passes them through.
    let mut out: Box<dyn Write> = if colour {
        Box::new(BufWriter::new(anstream::AutoStream::always(stdout)))
    } else {
        Box::new(BufWriter::with_capacity(1 << 16, stdout))
    };
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io("write to", Path::new("standard output"), &error))
        }
        _ => Ok(()),
    }
}

/// Puts a file in its place by renaming, so that nobody ever reads half of it.
pub(super) fn replace(file: &Path, contents: &[u8]) -> io::Result<()> {
    // A device or pipe, such as /dev/stderr, is written to: renaming would replace it by a file. So is
    // what a link leads to.
    if fs::symlink_metadata(file).is_ok_and(|met| !met.is_file()) {
        return fs::write(file, contents);
    }
    let name = file.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", std::process::id()));
    let temporary = file.with_file_name(temporary);
    let written = fs::File::create_new(&temporary)
        .and_then(|mut new| new.write_all(contents).and_then(|()| new.sync_all()))
        .and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_format_and_a_file() {
        let target = Target::parse("sarif=out/a=b.sarif").unwrap();
        assert_eq!((target.format, target.file.as_path()), ("sarif", Path::new("out/a=b.sarif")));
        for wrong in ["out.json", "yaml=x", "json="] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }

    /// A report that fails half-way must not leave a half-written one, nor its scratch file.
    #[test]
    fn files_are_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.json");
        replace(&file, b"first").unwrap();
        replace(&file, b"second").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"second");
        assert!(replace(&folder.path().join("no/such/report.json"), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
