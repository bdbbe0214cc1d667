//! The walk and the search alone, on a tree given by name: `cargo bench --bench walk_only -- FOLDER [THREADS]`.

use std::path::PathBuf;
use std::time::Instant;

use flinks_lint::workspace::{self, MAX_FILE_SIZE, Request};

fn main() {
    // Cargo puts a `--bench` of its own behind the arguments.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        println!("usage: cargo bench --bench walk_only -- FOLDER [THREADS]");
        return;
    };
    let request = Request {
        paths: vec![folder],
        threads: arguments.next().and_then(|threads| threads.parse().ok()),
        max_file_size: MAX_FILE_SIZE,
        no_ignore: false,
        excludes: Default::default(),
        not_judged: None,
        unsaved: Default::default(),
    };
    let start = Instant::now();
    let root = workspace::root(&request.paths).expect("a folder that can be read");
    let found = workspace::read(&root, &request);
    let ledger = found.ledger();
    println!(
        "{} files seen, {} searched, {} kept, in {:?}",
        ledger.seen,
        ledger.read,
        found.scan.sources.len(),
        start.elapsed()
    );
}
