//! Temporary.
#[test]
fn dump() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir("/tmp/shin").unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let _ = std::fs::create_dir("/tmp/shout");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.contains(&only) { continue; }
        let text = std::fs::read_to_string(&file).unwrap();
        let (path, body) = text.split_once('\n').unwrap();
        let out = std::panic::catch_unwind(|| super::shown::shown(path, body)).unwrap_or("PANIC".into());
        std::fs::write(format!("/tmp/shout/{name}"), &out).unwrap();
        println!("=== {name}{out}");
    }
}
