//! The thread that judges the tree, one state of it after another.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::cli::{Options, pipeline};
use crate::lint::Outcome;

/// What is to be judged: a root, and the files that are not as the disk has them.
pub struct Task {
    pub root: PathBuf,
    pub unsaved: BTreeMap<String, Vec<u8>>,
}

/// What came of it; a failure in words.
pub struct Judged {
    pub root: PathBuf,
    pub outcome: Result<Outcome, String>,
}

/// Starts the thread. Of tasks that wait for one root only the last is done. It ends with its sender.
pub fn start(options: Options) -> (Sender<Task>, Receiver<Judged>) {
    let (give, tasks) = unbounded::<Task>();
    let (done, results) = unbounded();
    thread::spawn(move || {
        while let Ok(first) = tasks.recv() {
            let mut waiting: BTreeMap<PathBuf, Task> = BTreeMap::new();
            for task in std::iter::once(first).chain(tasks.try_iter()) {
                waiting.insert(task.root.clone(), task);
            }
            for (root, task) in waiting {
                let options = Options { paths: vec![root.clone()], unsaved: task.unsaved, ..options.clone() };
                let outcome = pipeline::check(&options).map_err(|failure| failure.to_string());
                if done.send(Judged { root, outcome }).is_err() {
                    return;
                }
            }
        }
    });
    (give, results)
}
