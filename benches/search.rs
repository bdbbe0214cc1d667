//! How fast a file is searched for the words of Flinks: one that has none, and one that has them at its end.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flinks_lint::workspace::speaks_of_flinks;

/// Code of no meaning with the letters, dashes and hexadecimal digits that make a search stop and look.
fn code(length: usize) -> Vec<u8> {
    const LINES: [&str; 4] = [
        "const final = await finance.link({ loginId, flag: 'finag' }, 0x43387ca5);\n",
        "    \"id\": \"3d5266a8-0000-4000-8de6-000000000000\",\n",
        "// the flow of linked fingers\n",
        "export class Finagle extends Flint { private readonly limits: Map<string, number>; }\n",
    ];
    LINES.iter().cycle().flat_map(|line| line.bytes()).take(length).collect()
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    for length in [3 << 10, 1 << 20] {
        let without = code(length);
        let mut with = without.clone();
        with.extend(b"https://acme-ca-api.private.fin.ag\n");
        group.throughput(Throughput::Bytes(length as u64));
        group.bench_function(format!("{length} bytes without a word"), |bencher| {
            bencher.iter(|| speaks_of_flinks("src/a.ts", black_box(&without)));
        });
        group.bench_function(format!("{length} bytes with one at the end"), |bencher| {
            bencher.iter(|| speaks_of_flinks("src/a.ts", black_box(&with)));
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
