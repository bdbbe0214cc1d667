//! Where a program puts values that people and other systems can read then, from `sinks.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::words;

/// Where people and other systems can read a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SinkKind {
    /// `localStorage`, `sessionStorage`: every script of the page reads it.
    Storage,
    /// A cookie that scripts can read.
    Cookie,
    Analytics,
    /// Reports of errors, traces and metrics.
    Tracking,
    Log,
    /// The address of a page.
    Address,
}

/// A call that puts what it is given there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub kind: SinkKind,
    #[serde(default)]
    objects: Vec<String>,
    calls: Vec<String>,
    /// The only argument that is looked at.
    pub argument: Option<usize>,
    /// Whether the key under which the value is kept comes first.
    #[serde(default)]
    pub keyed: bool,
    /// Whether it is a store that keeps its own state.
    #[serde(default)]
    pub kept: bool,
    pub library: String,
    pub source: String,
}

/// A member that is set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub kind: SinkKind,
    objects: Vec<String>,
    names: Vec<String>,
    pub library: String,
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sink: Vec<Row>,
    member: Vec<Member>,
}

fn known() -> &'static File {
    static KNOWN: OnceLock<File> = OnceLock::new();
    KNOWN.get_or_init(|| toml::from_str(include_str!("sinks.toml")).expect("a test reads this file"))
}

/// The sink that a call is, by the names that lead to it, outermost first.
pub fn call(names: &[&str]) -> Option<&'static Row> {
    let (last, outer) = names.split_last()?;
    let bare = last.trim_end_matches(['!', '?']);
    let is = |known: &String| known == last || known == bare || known == "*";
    known().sink.iter().find(|row| row.calls.iter().any(is) && stands_on(&row.objects, outer))
}

/// The sink that a member is which is set, by the names that lead to it.
pub fn member(names: &[&str]) -> Option<&'static Member> {
    let (last, outer) = names.split_last()?;
    let is = |known: &String| known == last || known == "*";
    let found = |row: &&Member| !outer.is_empty() && row.names.iter().any(is) && stands_on(&row.objects, outer);
    known().member.iter().find(found)
}

/// Whether what a call is made on is one of these.
pub(super) fn stands_on(objects: &[String], outer: &[&str]) -> bool {
    let Some(own) = outer.last() else { return objects.is_empty() };
    let two = outer.len().checked_sub(2).map(|at| format!("{}.{own}", outer[at]));
    let bare = own.trim_start_matches(['$', '@', '_', ':']).trim_end_matches(':');
    objects.iter().any(|known| match known.strip_prefix('~') {
        Some(word) => words::plain(own).last().is_some_and(|last| last == word) || bare.eq_ignore_ascii_case(word),
        None => known.eq_ignore_ascii_case(bare) || two.as_deref().is_some_and(|two| known.eq_ignore_ascii_case(two)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_known_by_what_they_are_made_on() {
        for (names, expected) in [
            (&["console", "log"][..], Some(SinkKind::Log)),
            (&["this", "logger", "info"], Some(SinkKind::Log)),
            (&["auditLogger", "warn"], Some(SinkKind::Log)),
            (&["Rails", "logger", "info"], Some(SinkKind::Log)),
            (&["System", "out", "println"], Some(SinkKind::Log)),
            (&["println"], Some(SinkKind::Log)),
            (&["window", "localStorage", "setItem"], Some(SinkKind::Storage)),
            (&["Sentry", "setTag"], Some(SinkKind::Tracking)),
            (&["posthog", "capture"], Some(SinkKind::Analytics)),
            (&["router", "push"], Some(SinkKind::Address)),
            (&["localStorage", "getItem"], None),
            (&["catalog", "info"], None),
            (&["items", "push"], None),
            (&["out", "println"], None),
            (&["Math", "log"], None),
        ] {
            assert_eq!(call(names).map(|row| row.kind), expected, "{names:?}");
        }
        assert_eq!(member(&["document", "cookie"]).map(|row| row.kind), Some(SinkKind::Cookie));
        assert_eq!(member(&["window", "location", "href"]).map(|row| row.kind), Some(SinkKind::Address));
        assert!(member(&["location"]).is_none());
    }

    #[test]
    fn every_row_has_its_source() {
        let File { sink, member } = known();
        let sources = sink.iter().map(|row| &row.source).chain(member.iter().map(|row| &row.source));
        assert!(sources.into_iter().all(|source| !source.is_empty()));
    }
}
