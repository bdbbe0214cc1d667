//! Contents as git stores them, many in one go.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::mpsc::{SyncSender, sync_channel};

use rayon::prelude::*;

use super::{Git, PATIENCE};

/// The contents of a file.
pub enum Blob {
    Bytes(Vec<u8>),
    TooLarge,
    /// A partial clone does not have it, or git would not show it.
    Missing,
}

/// So many may wait to be looked at: they are held in memory.
const WAITING: usize = 64;

/// Shows each of these contents to `look`, from several threads, in no order. What is over the limit is not kept.
pub fn read(git: &Git, blobs: &[&str], limit: u64, look: impl Fn(usize, Blob) + Sync) {
    if blobs.is_empty() {
        return;
    }
    let seen = Mutex::new(vec![false; blobs.len()]);
    // In buffers, as all questions are asked before the first answer is waited for. Never `--textconv` or `--filters`.
    let mut command = git.command(&["cat-file", "--batch", "--buffer"]);
    if let Ok(mut child) = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn() {
        let (sender, answers) = sync_channel(WAITING);
        let (questions, answered) = (child.stdin.take(), child.stdout.take());
        let names: String = blobs.iter().flat_map(|blob| [blob, "\n"]).collect();
        std::thread::spawn(move || {
            // It ends early where git does.
            let _ = questions.map(|stream| BufWriter::new(stream).write_all(names.as_bytes()));
        });
        let count = blobs.len();
        std::thread::spawn(move || {
            let _ = answered.map(|stream| receive(BufReader::new(stream), count, limit, &sender));
        });
        let next = move || answers.recv_timeout(PATIENCE).ok();
        std::iter::from_fn(next).par_bridge().for_each(|(at, blob)| {
            if let Ok(mut seen) = seen.lock() {
                seen[at] = true;
            }
            look(at, blob);
        });
        let _ = child.kill();
        let _ = child.wait();
    }
    let seen = seen.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    for (at, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
        look(at, Blob::Missing);
    }
}

/// Reads `NAME SP TYPE SP SIZE LF CONTENTS LF`, or `NAME SP missing LF`, as often as was asked.
fn receive(mut stream: impl BufRead, count: usize, limit: u64, to: &SyncSender<(usize, Blob)>) -> io::Result<()> {
    for at in 0..count {
        let mut head = Vec::new();
        (&mut stream).take(1024).read_until(b'\n', &mut head)?;
        let head = String::from_utf8_lossy(&head);
        let mut words = head.trim_end().rsplit(' ');
        let size = words.next().and_then(|size| size.parse::<u64>().ok());
        let blob = match (size, words.next()) {
            (Some(size), Some("blob")) if size <= limit => {
                let mut bytes = Vec::new();
                (&mut stream).take(size).read_to_end(&mut bytes)?;
                if bytes.len() as u64 != size {
                    return Ok(());
                }
                skip(&mut stream, 1)?;
                Blob::Bytes(bytes)
            }
            (Some(size), kind) => {
                skip(&mut stream, size.saturating_add(1))?;
                if kind == Some("blob") { Blob::TooLarge } else { Blob::Missing }
            }
            (None, _) if head.trim_end().ends_with(" missing") => Blob::Missing,
            (None, _) => return Ok(()),
        };
        if to.send((at, blob)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn skip(stream: &mut impl Read, bytes: u64) -> io::Result<()> {
    io::copy(&mut stream.take(bytes), &mut io::sink()).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(stream: &[u8], count: usize, limit: u64) -> Vec<(usize, Option<Vec<u8>>)> {
        let (sender, receiver) = sync_channel(WAITING);
        receive(stream, count, limit, &sender).unwrap();
        drop(sender);
        let bytes = |blob| match blob {
            Blob::Bytes(bytes) => Some(bytes),
            Blob::TooLarge | Blob::Missing => None,
        };
        receiver.into_iter().map(|(at, blob)| (at, bytes(blob))).collect()
    }

    /// Contents may look like the heads of others.
    #[test]
    fn contents_are_told_by_their_size() {
        let stream = b"aa blob 10\nbb blob 2\n\nbb missing\ncc blob 3\nabc\ndd tree 4\nabcd\nee blob 0\n\n";
        assert_eq!(
            received(stream, 5, 10),
            [
                (0, Some(b"bb blob 2\n".to_vec())),
                (1, None),
                (2, Some(b"abc".to_vec())),
                (3, None),
                (4, Some(Vec::new()))
            ]
        );
        assert_eq!(received(stream, 2, 9), [(0, None), (1, None)]);
    }

    #[test]
    fn what_breaks_off_is_not_believed() {
        assert_eq!(received(b"aa blob 10\nbb blo", 2, 10), []);
        assert_eq!(received(b"", 1, 10), []);
    }
}
