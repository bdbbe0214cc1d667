use flinks_lint::lint::*;
use flinks_lint::source::*;
use std::path::Path;
fn walk(dir: &Path, root: &Path, out: &mut Vec<(String, String)>) {
    for e in std::fs::read_dir(dir).unwrap() { let e = e.unwrap().path();
        if e.is_dir() { walk(&e, root, out) } else if let Ok(t) = std::fs::read_to_string(&e) { out.push((e.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), t)); } }
}
#[test]
fn try_it() {
    let Ok(dir) = std::env::var("TRY") else { return };
    let mut files = Vec::new();
    walk(Path::new(&dir), Path::new(&dir), &mut files);
    let manifests = files.iter().map(|(p, _)| p.clone()).filter(|p| p.ends_with("package.json") || p.ends_with("Chart.yaml") || p.ends_with(".tf")).collect();
    let sources = Sources::in_memory(files.iter().map(|(a, b)| (a.as_str(), b.as_str())));
    let mut scan = Scan { sources, manifests, layered_env: vec![], ledger: Ledger { read: files.len(), seen: files.len(), ..Default::default() } };
    let facts = read(&mut scan);
    if std::env::var("FACTS").is_ok() { for f in &facts { for s in &f.settings { println!("{} {:?} {:?}", scan.sources.path(f.file), s.path.iter().map(|n| &*n.text).collect::<Vec<_>>(), s.value.pieces); } } }
    let m = model(&scan, &facts, Default::default());
    if std::env::var("MODEL").is_ok() { for p in &m.profiles { println!("== {}", p.profile.name()); for s in &p.slots { println!("  slot {:?}", s.name()); for e in &s.entries { let st = m.statement(p.entry(*e)); println!("     {} {:?} {:?}", st.key, st.component(), p.entry(*e).instance.as_ref().map(|i| i.label.clone())); } } } }
    let rules = flinks_lint::rules::all().iter().map(|r| r.id).collect();
    let out = lint(scan, &facts, &m, &Options { rules, today: flinks_lint::policy::Date::parse("2026-11-21").unwrap(), whole: true });
    let look = flinks_lint::report::Look::default();
    let mut buf = Vec::new();
    flinks_lint::report::renderer("text").unwrap().render(&out, &look, &mut buf).unwrap();
    println!("{}", String::from_utf8_lossy(&buf));
}
