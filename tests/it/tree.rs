//! Judging a folder or files in memory as the program does.

use std::path::Path;

use flinks_lint::lint::{self, Ledger, Options, Outcome, Scan};
use flinks_lint::policy::{Date, Policy};
use flinks_lint::rules;
use flinks_lint::source::Sources;

/// The outcome for a folder of the disk.
pub fn lint_folder(folder: &Path) -> Outcome {
    let mut files = Vec::new();
    walk(folder, folder, &mut files);
    let manifests = files.iter().map(|(path, _)| path.clone()).filter(|path| path.ends_with("package.json") || path.ends_with("Chart.yaml") || path.ends_with(".tf")).collect();
    let sources = Sources::in_memory(files.iter().map(|(a, b)| (a.as_str(), b.as_str())));
    let scan = Scan { sources, manifests, layered_env: vec![], ledger: Ledger { read: files.len(), seen: files.len(), ..Ledger::default() } };
    lint_scan(scan)
}

fn lint_scan(mut scan: Scan) -> Outcome {
    let facts = lint::read(&mut scan);
    let model = lint::model(&scan, &facts, Policy::default());
    let rules = rules::all().iter().map(|rule| rule.id).collect();
    let today = Date::parse("2026-11-21").unwrap();
    lint::lint(scan, &facts, &model, &Options { rules, today, whole: true })
}

fn walk(dir: &Path, root: &Path, out: &mut Vec<(String, String)>) {
    for e in std::fs::read_dir(dir).unwrap() { let e = e.unwrap().path();
        if e.is_dir() { walk(&e, root, out) } else if let Ok(t) = std::fs::read_to_string(&e) { out.push((e.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), t)); } }
}
