//! Lists of words in the data files beside the modules, read while the program is compiled.
//!
//! A data file is TOML of few forms: tables with a `source` and lists of plain strings. `list!` reads one of them into a
//! constant, so that a word costs nothing at the start and as little as one written in the code. A test holds every
//! file against the real parser.

/// The strings of a list: `list!(FILE, "header")` those of `words` in the table `[header]`,
/// `list!(FILE, "header", "products")` those of another list in it. What is not there does not compile.
macro_rules! list {
    ($file:expr, $table:literal) => {
        $crate::vocabulary::data::list!($file, $table, "words")
    };
    ($file:expr, $table:literal, $key:literal) => {{
        const COUNT: usize = $crate::vocabulary::data::count($file, $table, $key);
        const LIST: [&str; COUNT] = $crate::vocabulary::data::strings($file, $table, $key);
        &LIST
    }};
}

pub(super) use list;

/// How many strings a list has.
pub(super) const fn count(file: &str, table: &str, key: &str) -> usize {
    let mut at = start(file, table, key);
    let mut count = 0;
    while let Some((_, end)) = next(file.as_bytes(), at) {
        at = end + 1;
        count += 1;
    }
    count
}

/// The strings of a list that has so many.
pub(super) const fn strings<'f, const COUNT: usize>(file: &'f str, table: &str, key: &str) -> [&'f str; COUNT] {
    let mut at = start(file, table, key);
    let mut found = [""; COUNT];
    let mut count = 0;
    while let Some((start, end)) = next(file.as_bytes(), at) {
        found[count] = file.split_at(end).0.split_at(start).1;
        at = end + 1;
        count += 1;
    }
    found
}

/// Where the first item of a list may stand.
const fn start(file: &str, table: &str, key: &str) -> usize {
    let (bytes, table, key) = (file.as_bytes(), table.as_bytes(), key.as_bytes());
    let mut inside = false;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'[' {
            assert!(!inside, "the table has no such list");
            let end = at + 1 + table.len();
            inside = is_at(bytes, at + 1, table) && is_at(bytes, end, b"]");
        } else if inside && is_at(bytes, at, key) && is_at(bytes, at + key.len(), b" = [") {
            return at + key.len() + 4;
        }
        at = line_end(bytes, at) + 1;
    }
    panic!("the file has no such table")
}

/// The next string of a list, without its quotes; `None` at the bracket that closes the list.
const fn next(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    while bytes[at] != b'"' {
        match bytes[at] {
            b']' => return None,
            b'#' => at = line_end(bytes, at),
            _ => at += 1,
        }
    }
    let start = at + 1;
    at = start;
    while bytes[at] != b'"' {
        assert!(bytes[at] != b'\\', "strings of data files have no escapes");
        at += 1;
    }
    Some((start, at))
}

const fn is_at(bytes: &[u8], at: usize, wanted: &[u8]) -> bool {
    if at + wanted.len() > bytes.len() {
        return false;
    }
    let mut offset = 0;
    while offset < wanted.len() {
        if bytes[at + offset] != wanted[offset] {
            return false;
        }
        offset += 1;
    }
    true
}

const fn line_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'\n' {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Module and data file.
    const FILES: &[(&str, &str)] = &[
        (include_str!("placeholders.rs"), include_str!("placeholders.toml")),
        (include_str!("countries.rs"), include_str!("countries.toml")),
        (include_str!("headers.rs"), include_str!("headers.toml")),
        (include_str!("names.rs"), include_str!("names.toml")),
        (include_str!("environments.rs"), include_str!("environments.toml")),
        (include_str!("credentials.rs"), include_str!("credentials.toml")),
        (include_str!("login.rs"), include_str!("login.toml")),
        (include_str!("origin.rs"), include_str!("origin.toml")),
    ];

    /// The list as the compiler reads it, without knowing beforehand how long it is.
    fn read<'f>(file: &'f str, table: &str, key: &str) -> Vec<&'f str> {
        let mut at = start(file, table, key);
        let mut found = Vec::new();
        while let Some((start, end)) = next(file.as_bytes(), at) {
            found.push(&file[start..end]);
            at = end + 1;
        }
        assert_eq!(found.len(), count(file, table, key));
        found
    }

    #[test]
    fn every_file_is_toml_with_sources_and_says_what_the_compiler_reads() {
        for (module, file) in FILES {
            let tables: toml::Table = toml::from_str(file).expect("a data file is TOML");
            assert!(!tables.is_empty());
            for (name, table) in &tables {
                let table = table.as_table().unwrap_or_else(|| panic!("{name} is no table"));
                let source = table.get("source").and_then(toml::Value::as_str);
                assert!(source.is_some_and(|source| !source.is_empty()), "[{name}] says no source");
                for (key, list) in table.iter().filter(|(key, _)| *key != "source") {
                    let list = list.as_array().unwrap_or_else(|| panic!("[{name}] {key} is no list"));
                    let expected: Vec<&str> = list.iter().map(|item| item.as_str().expect("a string")).collect();
                    assert_eq!(read(file, name, key), expected, "[{name}] {key}");
                    let mut once = expected.clone();
                    once.sort_unstable();
                    once.dedup();
                    assert_eq!(once.len(), expected.len(), "[{name}] {key} says a word twice");
                    let asked = if key == "words" { format!("\"{name}\")") } else { format!("\"{name}\", \"{key}\")") };
                    assert!(module.contains(&asked), "no module reads [{name}] {key}");
                }
            }
        }
    }
}
