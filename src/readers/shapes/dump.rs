//! Temporary.
#[test]
fn dump() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir("/tmp/shin").unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let _ = std::fs::create_dir("/tmp/shout");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.contains(&only) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let (path, body) = text.split_once('\n').unwrap();
        let out = std::panic::catch_unwind(|| super::shown::shown(path, body)).unwrap_or("PANIC".into());
        std::fs::write(format!("/tmp/shout/{name}"), &out).unwrap();
        println!("=== {name}{out}");
    }
}
#[test]
fn cross() {
    use crate::source::*;
    let files: Vec<_> = std::fs::read_dir("/tmp/shin").unwrap().map(|it| it.unwrap().path()).collect();
    let mut n = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (path, body) = text.split_once('\n').unwrap();
        let whole: Vec<usize> = (0..=body.len()).filter(|at| body.is_char_boundary(*at)).collect();
        for at in whole {
            if at % 7 != 0 && at != body.len() {
                continue;
            }
            for (variant, body) in [
                body[..at].to_owned(),
                format!("{}null{}", &body[..at], &body[at..]),
                format!("{}[a, é={{}}]\n{}", &body[..at], &body[at..]),
            ]
            .iter()
            .enumerate()
            {
                let source = Source::new(FileId(0), path, &**body);
                let Some(reader) = crate::readers::reader_of(&source) else { continue };
                let facts = (reader.read)(&source);
                for s in &facts.settings {
                    assert!(s.value.span.end as usize <= body.len());
                    source.slice(s.value.span);
                }
                if variant == 0 && at == body.len() {
                    let (tree, _) = crate::readers::yaml::tree(&source);
                    for shape in super::SHAPES {
                        let mut facts = crate::fact::Facts::new(FileId(0));
                        (shape.read)(&source, &tree, &mut facts);
                        n += facts.settings.len();
                    }
                }
            }
        }
    }
    println!("{n}");
}
#[test]
fn bomb() {
    use crate::source::*;
    let mut text = String::from("x: &e {A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8}\ny: &c\n");
    for _ in 0..300 {
        text.push_str("- {name: a, env: *e}\n- {name: b, env: *e}\n");
    }
    text.push_str("apiVersion: v1\nkind: List\nitems:\n- &d {apiVersion: a, kind: Deployment, metadata: {name: x}, spec: {containers: *c}}\n");
    for _ in 0..600 {
        text.push_str("- *d\n");
    }
    let source = Source::new(FileId(0), "a.yaml", &*text);
    let t = std::time::Instant::now();
    let facts = (crate::readers::reader_of(&source).unwrap().read)(&source);
    println!("{:?} {} {}", t.elapsed(), facts.settings.len(), facts.scopes.len());
    for (path, line) in [
        ("docker-compose.yml", "  s{}: {image: x, extends: s0, environment: [A=b], env_file: a.env}\n"),
        (".gitlab-ci.yml", "  s{}: {extends: s0, variables: {A: b}}\n"),
    ] {
        let mut text = String::from(if path.starts_with("d") { "services:\n" } else { "" });
        for at in 0..20000 {
            let l = line.replace("{}", &at.to_string());
            text.push_str(if path.starts_with("d") { &l } else { l.trim_start() });
        }
        let source = Source::new(FileId(0), path, &*text);
        let t = std::time::Instant::now();
        let (tree, _) = crate::readers::yaml::tree(&source);
        let parsed = t.elapsed();
        let facts = super::read(&source, &tree, vec![]);
        println!("{path} {parsed:?} {:?} {} {} {}", t.elapsed(), facts.settings.len(), facts.scopes.len(), text.len());
    }
}
