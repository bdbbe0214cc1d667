//! How fast a file is read in every format and language: the settings sample of each, said over and over.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flinks_lint::readers;
use flinks_lint::readers::code::query::Roles;
use flinks_lint::source::{FileId, Source};

/// Long enough that what is done once a file does not count.
const LENGTH: usize = 256 << 10;

fn languages(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let mut samples: Vec<_> =
        fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path()).collect();
    samples.sort();
    let mut group = criterion.benchmark_group("languages");
    group.sample_size(10);
    for path in samples {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        if name.ends_with(".expected") || !name.starts_with("settings.") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a sample");
        let source = Source::new(FileId(0), name, text.repeat(1 + LENGTH / text.len()));
        let Some(reader) = readers::reader_of(&source) else { continue };
        group.throughput(Throughput::Bytes(source.text().len() as u64));
        group.bench_function(format!("{} ({name})", reader.name), |bencher| {
            bencher.iter(|| readers::read(black_box(&source)));
        });
    }
    group.finish();
}

/// What it costs to make a query file ready, once a language and run: tree-sitter's engine beside ours.
fn queries(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("queries");
    group.sample_size(10);
    let files: [(&str, tree_sitter::Language, &str); 3] = [
        ("Python", tree_sitter_python::LANGUAGE.into(), include_str!("../src/readers/python.scm")),
        ("Go", tree_sitter_go::LANGUAGE.into(), include_str!("../src/readers/go.scm")),
        ("C#", tree_sitter_c_sharp::LANGUAGE.into(), include_str!("../src/readers/csharp.scm")),
    ];
    for (name, language, text) in files {
        group.bench_function(format!("{name}, ours"), |bencher| {
            bencher.iter(|| Roles::compile(&language, black_box(text)).expect("a query"));
        });
        group.bench_function(format!("{name}, tree-sitter's"), |bencher| {
            bencher.iter(|| tree_sitter::Query::new(&language, black_box(text)).expect("a query"));
        });
    }
    group.finish();
}

criterion_group!(benches, languages, queries);
criterion_main!(benches);
