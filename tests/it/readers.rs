//! One settings sample, said once in every format: all must yield the same facts, and no damage to them may hurt.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use flinks_lint::fact::{Facts, Piece, Reference, ReferenceKind, Setting, Value};
use flinks_lint::readers::{self, READERS};
use flinks_lint::source::{FileId, Source, Span};
use flinks_lint::text::Text;
use flinks_lint::vocabulary::words;
use proptest::prelude::*;

/// Readers of formats that hold no settings, or only those of one kind, and so have no settings sample.
const WITHOUT_SETTINGS: &[&str] = &["Gradle", "sql", "prisma", "GraphQL", "protobuf"];

/// Samples of formats that are told by a file's path rather than by its ending.
const PLACES: &[(&str, &str)] = &[];

/// `tests/readers/settings.*`, each under the path that its reader knows it by.
fn samples() -> Vec<Source> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of samples")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .filter(|name| name.starts_with("settings.") && name != "settings.expected")
        .collect();
    names.sort();
    let sample = |(at, name): (usize, &String)| {
        let path = PLACES.iter().find(|place| place.0 == name).map_or(name.as_str(), |place| place.1);
        let bytes = fs::read(folder.join(name)).expect("a sample");
        Source::decode(FileId(at as u32), path, bytes).expect("a sample in text")
    };
    names.iter().enumerate().map(sample).collect()
}

fn expected() -> Vec<(String, String)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/readers/settings.expected");
    let text = fs::read_to_string(path).expect("the expected settings");
    let line = |line: &str| line.split_once(" = ").map(|(path, value)| (path.to_owned(), value.to_owned()));
    text.lines().map(|text| line(text).expect("path = value")).collect()
}

/// The names of a setting's path as one identifier in words, positions in lists left out.
fn path(setting: &Setting) -> String {
    let names: Vec<&str> = setting.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
    words::normal(&names.join("_"))
}

/// A value in one line: text as it is, references as `[name|fallback]`, stored ones as `[!name]`, others `[?name]`.
fn shown(value: &Value) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.expose().to_owned(),
        Piece::Reference(reference) => shown_reference(reference),
    };
    value.pieces.iter().map(piece).collect()
}

fn shown_reference(reference: &Reference) -> String {
    let mark = match reference.kind {
        ReferenceKind::Named => "",
        ReferenceKind::Stored => "!",
        ReferenceKind::Computed => "?",
        ReferenceKind::Symbol => "@",
    };
    let fallback = reference.fallback.as_ref().map_or(String::new(), |value| format!("|{}", shown(value)));
    format!("[{mark}{}{fallback}]", words::normal(&reference.name))
}

#[test]
fn every_format_says_the_same() {
    let expected = expected();
    for source in samples() {
        let facts = readers::read(&source).unwrap_or_else(|| panic!("no reader for {}", source.path));
        let mut said: Vec<(String, String)> =
            facts.settings.iter().map(|said| (path(said), shown(&said.value))).collect();
        // What a format must wrap around its settings is no part of their names.
        for (name, _) in &mut said {
            let wrapped = |full: &&String| name.ends_with(&format!("_{full}"));
            if let Some(full) = expected.iter().map(|(full, _)| full).find(wrapped) {
                *name = full.clone();
            }
        }
        said.sort();
        assert_eq!(said, expected, "{}", source.path);
        assert!(facts.problems.is_empty(), "{}: {:?}", source.path, facts.problems);
    }
}

#[test]
fn every_format_knows_the_places() {
    for source in samples() {
        let facts = readers::read(&source).expect("a reader");
        for setting in &facts.settings {
            for name in setting.path.iter().filter(|name| !name.index) {
                assert_eq!(source.slice(name.span), &*name.text, "a name's place in {}", source.path);
            }
            each_text(&setting.value, &mut |text| assert_words_in_place(&source, text));
        }
    }
}

/// Escapes and folded lines move what follows them; every plain word must still be where the text says.
fn assert_words_in_place(source: &Source, text: &Text) {
    let all = text.expose();
    let mut at = 0;
    for word in all.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let length = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len();
        let written = source.slice(text.span_of(at..at + length));
        // The word in which a sample hides an escape on purpose.
        if !written.contains('\\') {
            assert_eq!(written, &all[at..at + length], "a word's place in {}", source.path);
        }
        at += word.len();
    }
}

fn each_text(value: &Value, look: &mut impl FnMut(&Text)) {
    for piece in &value.pieces {
        match piece {
            Piece::Text(text) => look(text),
            Piece::Reference(reference) => {
                if let Some(fallback) = &reference.fallback {
                    each_text(fallback, look);
                }
            }
        }
    }
}

#[test]
fn every_format_has_a_sample() {
    let read: BTreeSet<&str> = samples()
        .iter()
        .filter_map(readers::reader_of)
        .map(|reader| reader.name)
        .chain(WITHOUT_SETTINGS.iter().copied())
        .collect();
    let missing: Vec<&str> = READERS.iter().map(|reader| reader.name).filter(|name| !read.contains(name)).collect();
    assert!(missing.is_empty(), "add tests/readers/settings.* for {missing:?}");
}

/// Every place lies within the text and begins and ends with a character.
fn assert_sound(source: &Source, facts: &Facts) {
    let check = |span: Span| {
        let range = span.range();
        assert!(source.text().get(range.clone()).is_some(), "{}: {range:?} of {}", source.path, source.text().len());
    };
    for setting in &facts.settings {
        assert!(!setting.path.is_empty());
        setting.path.iter().for_each(|name| check(name.span));
        check(setting.value.span);
        for piece in &setting.value.pieces {
            match piece {
                Piece::Text(text) => check(text.span()),
                Piece::Reference(reference) => check(reference.span),
            }
        }
    }
    facts.problems.iter().for_each(|problem| check(problem.span));
}

fn read_damaged(path: &str, text: &str) {
    let source = Source::new(FileId(0), path, text);
    if let Some(facts) = readers::read(&source) {
        assert_sound(&source, &facts);
    }
}

/// A file may end anywhere: on a full disk, in a half-done download, in an editor.
#[test]
fn truncated_files_are_read_as_far_as_they_go() {
    for sample in samples() {
        let cuts = (0..sample.text().len()).filter(|at| sample.text().is_char_boundary(*at));
        for cut in cuts {
            read_damaged(&sample.path, &sample.text()[..cut]);
            read_damaged(&sample.path, &sample.text()[cut..]);
        }
    }
}

/// What syntax is made of, so that random text is likelier to be nearly right.
const CRUMBS: &[&str] = &[
    "\n", "\r\n", "  ", "\t", ":", ": ", "- ", "=", "\"", "'", "\\", "\\u00", "{{", "}}", "{%", "%}", "<%=", "%>",
    "${", "}", "{", "[", "]", "[[", "|", ">-", "#", "---\n", "&a ", "*a", "<<: ", "!t ", ",", "a", "é", "😀", "\"\"\"",
    "'''", "//", "/*", "*/", "<a", "/>", "<!--", "-->", "\u{2028}", "\u{feff}", "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_is_no_danger(crumbs in prop::collection::vec(prop::sample::select(CRUMBS), 0..60), text in "\\PC{0,20}") {
        let mut all = crumbs.concat();
        let middle = all.char_indices().nth(all.chars().count() / 2).map_or(0, |(at, _)| at);
        all.insert_str(middle, &text);
        for sample in samples() {
            read_damaged(&sample.path, &all);
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_no_danger(at in 0usize..2000, crumb in prop::sample::select(CRUMBS), eaten in 0usize..4) {
        for sample in samples() {
            let start = sample.floor_boundary(at % (sample.text().len() + 1));
            let end = sample.floor_boundary(start + eaten).max(start);
            let mut text = sample.text().to_owned();
            text.replace_range(start..end, crumb);
            read_damaged(&sample.path, &text);
        }
    }
}

/// What calls for an end.
const BEGINNINGS: &[&str] = &["a: {", "a = [", "{\"a\": ", "<a b=\"", "${a:-", "a = \"b\n", "b = {{ x }\n", "a {\n"];

/// One thing over and over: nesting that never ends, quotes that never close, in every format.
#[test]
fn repetition_is_read_in_every_format() {
    let mut paths: Vec<String> = samples().iter().map(|sample| sample.path.to_string()).collect();
    paths.extend(["schema.sql", "schema.prisma", "schema.graphql"].map(str::to_owned));
    for path in paths {
        for crumb in CRUMBS.iter().chain(BEGINNINGS) {
            read_damaged(&path, &crumb.repeat(6_000 / crumb.len()));
        }
    }
}

/// Files made to exhaust a reader cost time and memory in proportion to their size.
#[test]
fn hostile_files_are_read_to_their_end() {
    let deep = 10_000;
    let indented: String = (0..1_000).map(|depth| format!("{}k:\n", " ".repeat(depth))).collect();
    let bomb = (1..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, at| {
        let aliases = vec![format!("*a{}", at - 1); 10].join(", ");
        format!("{text}a{at}: &a{at} [{aliases}]\n")
    });
    let hollow = bomb.replace("[x, x]", "[]");
    let long = "x".repeat(10 << 20);
    let files = [
        ("deep.yml", "[".repeat(deep)),
        ("deep.yml", "- ".repeat(deep)),
        ("deep.yml", "{a: ".repeat(deep)),
        ("deep.yml", indented),
        ("deep.json", "[".repeat(deep)),
        ("deep.json", "{\"a\":".repeat(deep)),
        ("deep.toml", format!("a = {}", "[".repeat(deep))),
        ("deep.toml", vec!["a"; deep].join(".") + " = 1"),
        ("deep.toml", format!("[{}]", vec!["a"; deep].join("."))),
        ("bomb.yml", bomb),
        ("bomb.yml", hollow),
        ("bomb.yml", "a: &a [*a, *a, *a, *a]\n".to_owned()),
        ("long.yml", format!("a: {long}\n")),
        ("long.yml", format!("a: \"{long}\\n\"\n")),
        ("long.yml", format!("a: |\n{}", "  some text\n".repeat(200_000))),
        ("long.yml", format!("a: |\n{}", "  {{ x }} ${y} <%\n".repeat(20_000))),
        ("long.yml", format!("a: {}", "{{ x }".repeat(100_000))),
        ("long.yml", format!("\t{}", "a: 'b ".repeat(100_000))),
        ("long.yml", "---\na: [\n".repeat(20_000)),
        ("long.json", format!("{{\"a\": \"{long}\"}}")),
        ("long.json", "{\"a\": \"b\n".repeat(50_000)),
        ("long.json", "{\"a\":1}\n".repeat(20_000)),
        ("long.toml", format!("a = \"{long}\"")),
        ("long.toml", "a = \"b\n".repeat(20_000)),
        ("long.toml", "[a]\nb = {{ x }\n".repeat(10_000)),
        ("long.env", format!("A=\"{long}\\\"\n")),
        ("long.env", "A=\"b\n".repeat(20_000)),
        ("long.env", "A=\"b\nB='c\nC=`d\n".repeat(10_000)),
        ("long.env", format!("A=\"{}\"", "\\$".repeat(20_000))),
        ("long.env", format!("A=\"{}", "\"${".repeat(20_000))),
        (".envrc", "export A=b C=d; ".repeat(20_000)),
        (".envrc", format!("A={}", "$(`".repeat(20_000))),
        ("long.ini", format!("[{long}]\n{}", "a=b\n".repeat(10_000))),
        ("long.ini", format!("a =\n{}", "  b = c\n".repeat(20_000))),
        ("long.ini", format!("a = b\n{}", "  b c\n".repeat(20_000))),
        ("long.ini", format!("environment={}", "A=\"b',".repeat(20_000))),
        ("long.service", format!("[S]\nEnvironment={}", "\"A=b\\\n".repeat(20_000))),
        ("long.properties", "a\\\n".repeat(40_000)),
        ("long.properties", format!("{}=1", "a.".repeat(100_000))),
        ("long.properties", format!("a={}", "\\u00e9".repeat(40_000))),
        ("deep.xml", "<a>".repeat(20_000)),
        ("deep.xml", format!("<a name=\"{}\">{}", "x".repeat(10_000), "<b>c</b>".repeat(10_000))),
        ("long.xml", "<a b=\"".repeat(20_000)),
        ("long.xml", "<a b=\"{{ <%".repeat(10_000)),
        ("long.xml", "<!--<![CDATA[<?<!DOCTYPE [".repeat(10_000)),
        ("long.xml", format!("<a>{}</a>", "&amp;&x<%".repeat(20_000))),
        ("long.xml", "<a></b>".repeat(20_000)),
        ("long.xml", format!("<a>{}</a>", "<b/>".repeat(40_000))),
        ("long.xml", format!("<dict>{}</dict>", "<key>a</key><true/>".repeat(10_000))),
        ("deep.hocon", "a {".repeat(20_000)),
        ("deep.hocon", "[".repeat(20_000)),
        ("long.hocon", "a = ${?A}\n".repeat(10_000)),
        ("long.hocon", format!("a = {}", "\"b\"".repeat(40_000))),
        ("long.hocon", format!("a = {}", "${".repeat(40_000))),
        ("long.hocon", format!("a = {}", "\"\"\"".repeat(20_001))),
        ("long.hocon", "a =\n#\n".repeat(20_000)),
        ("long.nginx", "a {".repeat(20_000)),
        ("long.nginx", "a \"b;\n".repeat(20_000)),
        ("long.nginx", "a 'b \"c ${".repeat(20_000)),
        (".htaccess", "<A".repeat(20_000)),
        (".htaccess", "a \\\n".repeat(20_000)),
        ("Caddyfile", "a {$".repeat(20_000)),
        ("long.mk", "ifeq (a,b)\nA = b\n".repeat(10_000)),
        ("long.mk", "a: A = b\n".repeat(10_000)),
        ("long.mk", "A = b \\\n".repeat(40_000)),
        ("long.mk", format!("A = {}", "$(".repeat(40_000))),
        ("long.env", "# flinks-lint: ignore[a] b\n".repeat(10_000)),
        ("long.env", "flinks-lint: \"# flinks-lint: ".repeat(10_000)),
        ("long.env", format!("# flinks-lint: ignore[{}] b", "a,".repeat(40_000))),
    ];
    for (path, text) in files {
        // What is not linear takes minutes here, and is noticed.
        read_damaged(path, &text);
    }
}
