//! How a server gives values along to a browser, from `handed.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::sinks::stands_on;

/// A function whose result is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Result {
    #[serde(default)]
    functions: Vec<String>,
    /// The marks of functions that are called so anyhow.
    #[serde(default)]
    marks: Vec<String>,
    /// The key of the result that is sent; all of it where there is none.
    pub under: Option<String>,
    #[serde(default)]
    paths: Vec<String>,
    pub framework: String,
    pub source: String,
}

/// A call that answers a request or fills in a page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    #[serde(default)]
    objects: Vec<String>,
    calls: Vec<String>,
    /// Whether it names a template, which may be that of something else than a page.
    #[serde(default)]
    pub page: bool,
    pub framework: String,
    pub source: String,
}

/// A member that pages are filled from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    objects: Vec<String>,
    names: Vec<String>,
    pub framework: String,
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub source: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    result: Vec<Result>,
    call: Vec<Call>,
    member: Vec<Member>,
    wrappers: Words,
    #[serde(rename = "no-page")]
    no_page: Words,
}

fn known() -> &'static File {
    static KNOWN: OnceLock<File> = OnceLock::new();
    KNOWN.get_or_init(|| toml::from_str(include_str!("handed.toml")).expect("a test reads this file"))
}

/// The row of a function whose result is sent, by its name and the path of its file.
pub fn result(name: &str, path: &str) -> Option<&'static Result> {
    let path = format!("/{path}");
    let lies = |row: &Result| row.paths.is_empty() || row.paths.iter().any(|part| path.contains(part.as_str()));
    known().result.iter().find(|row| row.functions.iter().any(|known| known == name) && lies(row))
}

/// The row of a function under a mark of this name.
pub fn marked(mark: &str) -> Option<&'static Result> {
    known().result.iter().find(|row| row.marks.iter().any(|known| known == mark))
}

/// The row of a call, by the names that lead to it, outermost first.
pub fn call(names: &[&str]) -> Option<&'static Call> {
    let (last, outer) = names.split_last()?;
    known().call.iter().find(|row| row.calls.iter().any(|known| known == last) && stands_on(&row.objects, outer))
}

/// The row of a member that is set, by the names that lead to it.
pub fn member(names: &[&str]) -> Option<&'static Member> {
    let (last, outer) = names.split_last()?;
    let is = |known: &String| known == last || known == "*";
    known().member.iter().find(|row| !outer.is_empty() && row.names.iter().any(is) && stands_on(&row.objects, outer))
}

/// Whether a call leaves what it is given as it is.
pub fn wraps(name: &str) -> bool {
    known().wrappers.words.iter().any(|known| known == name)
}

/// Whether the name of a template may be that of a page.
pub fn is_page(template: &str) -> bool {
    let name = template.trim_end_matches(".j2").trim_end_matches(".erb").trim_end_matches(".tmpl");
    !known().no_page.words.iter().any(|ending| name.ends_with(ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_source() {
        let File { result, call, member, wrappers, no_page } = known();
        let sources = (result.iter().map(|row| &row.source))
            .chain(call.iter().map(|row| &row.source))
            .chain(member.iter().map(|row| &row.source))
            .chain([&wrappers.source, &no_page.source]);
        assert!(sources.into_iter().all(|source| !source.is_empty()));
    }

    #[test]
    fn what_is_sent_is_told_from_what_is_not() {
        assert!(call(&["res", "json"]).is_some() && call(&["JSON", "json"]).is_none());
        assert!(result("loader", "app/routes/connect.tsx").is_some() && result("loader", "src/loader.ts").is_none());
        assert!(member(&["gon", "key"]).is_some() && member(&["gon"]).is_none());
        assert!(is_page("connect.html") && is_page("flinks/connect") && !is_page("nginx.conf.j2"));
    }
}
