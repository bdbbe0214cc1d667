//! One record sample, said once in every format: all must yield the same facts, and no damage to them may hurt.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use flinks_lint::fact::{Change, Facts, Field, Record};
use flinks_lint::readers;
use flinks_lint::source::{FileId, Source, Span, Spanned};
use flinks_lint::vocabulary::words;
use proptest::prelude::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/readers")
}

/// `tests/readers/record.*`.
fn samples() -> Vec<Source> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder of samples")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .filter(|name| name.starts_with("record.") && name != "record.expected")
        .collect();
    names.sort();
    let sample = |(at, name): (usize, &String)| {
        let bytes = fs::read(folder().join(name)).expect("a sample");
        Source::decode(FileId(at as u32), name.as_str(), bytes).expect("a sample in text")
    };
    names.iter().enumerate().map(sample).collect()
}

/// `bank_connection.user_id required -> user`: as every format means it, however it spells names.
fn lines(facts: &Facts) -> BTreeSet<String> {
    let singular = |name: &str| {
        let own = name.rsplit('.').next().unwrap_or(name);
        words::normal(own).trim_end_matches('s').to_owned()
    };
    let line = |record: &Record, field: &Field| {
        let table = singular(&record.stored_as.as_ref().unwrap_or(&record.name).value);
        let name = words::normal(&field.stored_as.as_ref().unwrap_or(&field.name).value);
        let required = if field.required == Some(true) { " required" } else { "" };
        let to = field.references.as_ref().map_or(String::new(), |to| format!(" -> {}", singular(&to.value)));
        format!("{table}.{name}{required}{to}")
    };
    let fields = |record: &Record| match &record.change {
        Change::Create { fields, .. } => fields.iter().map(|field| line(record, field)).collect(),
        _ => Vec::new(),
    };
    facts.records.iter().flat_map(fields).collect()
}

#[test]
fn every_format_says_the_same() {
    let expected = fs::read_to_string(folder().join("record.expected")).expect("the expected records");
    let expected: BTreeSet<String> = expected.lines().map(str::to_owned).collect();
    for source in samples() {
        let facts = readers::read(&source).unwrap_or_else(|| panic!("no reader for {}", source.path));
        assert_eq!(lines(&facts), expected, "{}", source.path);
        assert!(facts.problems.is_empty(), "{}: {:?}", source.path, facts.problems);
    }
}

/// Every name of a record, with what it says.
fn names(record: &Record) -> Vec<&Spanned<String>> {
    let mut names = vec![&record.name];
    names.extend(&record.stored_as);
    match &record.change {
        Change::Create { fields, inherits, copies } => {
            names.extend(fields.iter().flat_map(names_of_field));
            names.extend(inherits.iter().chain(copies));
        }
        Change::AddField(field) => names.extend(names_of_field(field)),
        Change::DropField(name) | Change::RenameTo(name) => names.push(name),
        Change::RenameField { from, to } => names.extend([from, to]),
        Change::AlterField { name, references, .. } => names.extend(std::iter::once(name).chain(references)),
        Change::Write { fields } => names.extend(fields.iter().map(|field| &field.name)),
        Change::Drop | Change::Describe => {}
    }
    names
}

fn names_of_field(field: &Field) -> Vec<&Spanned<String>> {
    std::iter::once(&field.name).chain(&field.stored_as).chain(&field.references).collect()
}

#[test]
fn every_format_knows_the_places() {
    let bare = |text: &str| text.replace(['"', '`', '[', ']'], "");
    for source in samples() {
        let facts = readers::read(&source).expect("a reader");
        for name in facts.records.iter().flat_map(names) {
            // What a framework adds by itself (`id`, the `_id` behind `user`) stands where it is implied.
            let slice = bare(source.slice(name.span));
            let is_implied = name.value == "id" || name.value == format!("{slice}_id");
            assert!(is_implied || slice == name.value, "{}: {slice} is no place of {}", source.path, name.value);
        }
    }
}

/// Every place lies within the text and begins and ends with a character.
fn assert_sound(source: &Source) {
    let Some(facts) = readers::read(source) else { return };
    let check =
        |span: Span| assert!(source.text().get(span.range()).is_some(), "{:?} in {}", span.range(), source.path);
    facts.records.iter().flat_map(names).for_each(|name| check(name.span));
    facts.records.iter().flat_map(|record| &record.comment).for_each(|comment| check(comment.span));
    facts.problems.iter().for_each(|problem| check(problem.span));
}

fn damaged(source: &Source, text: String) -> Source {
    Source::new(source.id, source.path.clone(), text)
}

#[test]
fn truncated_samples_are_read() {
    for source in samples() {
        for (at, _) in source.text().char_indices() {
            assert_sound(&damaged(&source, source.text()[..at].to_owned()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Characters that open or close something, put anywhere, cost only what they touch.
    #[test]
    fn samples_with_noise_are_read(which in 0usize..5, places in prop::collection::vec((0usize..2000, 0usize..24), 1..6)) {
        const NOISE: [&str; 24] = [
            "'", "\"", "`", "[", "]", "(", ")", "$$", "$a$", "/*", "*/", "--", "{{", "}}", "${", "<%", "%>", ";", "\\", "\n",
            "é", "{", "}", "CREATE TABLE ",
        ];
        let samples = samples();
        let source = &samples[which % samples.len()];
        let mut text = source.text().to_owned();
        for (at, noise) in places {
            let mut at = at % (text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, NOISE[noise]);
        }
        assert_sound(&damaged(source, text));
    }
}
