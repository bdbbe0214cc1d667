//! Baselines of a few made-up findings: what is known again, what is stale, what an update keeps.

use super::*;

/// A finding of one slot in a file of one unit.
fn finding(path: &str, unit: &str, evidence: &str) -> Entry {
    let of = if unit.is_empty() { String::new() } else { format!(" of {unit}") };
    let subject = format!("production{of} · FLINKS");
    Entry {
        path: path.into(),
        rule: "country-mismatch".into(),
        fingerprint: format!("{subject} {evidence}"),
        subject,
        message: "things used together say different countries".into(),
        evidence: evidence.into(),
        ..Entry::default()
    }
}

fn all(entries: &[&Entry]) -> Vec<Entry> {
    entries.iter().map(|entry| (*entry).clone()).collect()
}

fn baseline(entries: &[&Entry]) -> Baseline {
    Baseline { entries: all(entries) }
}

/// A run on the whole of the baseline's folder.
fn whole() -> Scope {
    Scope { scanned: vec![String::new()], rules: vec!["country-mismatch"], ..Scope::default() }
}

fn known(present: &[&Entry], entries: &[&Entry], scope: &Scope) -> Vec<Option<usize>> {
    compare(&all(present), &baseline(entries), scope).known
}

#[test]
fn a_finding_is_known_by_its_fingerprint_wherever_it_stands() {
    let (here, there) = (finding("a.env", "", "key"), finding("b.env", "", "key"));
    assert_eq!(known(&[&here], &[&here], &whole()), [Some(0)]);
    assert_eq!(known(&[&there], &[&here], &whole()), [Some(0)]);
}

#[test]
fn another_value_is_another_finding() {
    let (old, new) = (finding("a.env", "", "key"), finding("a.env", "", "other key"));
    let matches = compare(&all(&[&new]), &baseline(&[&old]), &whole());
    assert_eq!(matches, Matches { known: vec![None], stale: vec![0] });
}

/// Otherwise one known fault would let in all its copies.
#[test]
fn an_entry_stands_for_one_finding_and_its_own_place_comes_first() {
    let (old, new) = (finding("b.env", "", "key"), finding("a.env", "", "key"));
    assert_eq!(known(&[&new, &old], &[&old], &whole()), [None, Some(0)]);
}

#[test]
fn a_moved_file_keeps_its_entry() {
    let old = finding("services/api/.env", "services/api", "key");
    let new = finding("apps/api/.env", "apps/api", "key");
    let moved = Scope { gone: ["services/api/.env".to_owned()].into(), ..whole() };
    assert_eq!(known(&[&new], &[&old], &moved), [Some(0)]);
    // The file is still there, and was mended: the other one is new.
    assert_eq!(known(&[&new], &[&old], &whole()), [None]);
    let renamed = finding("apps/api/other.env", "apps/api", "key");
    assert_eq!(known(&[&renamed], &[&old], &moved), [None]);
}

/// The environment is no part of the folder: what was known in staging is not known in production.
#[test]
fn a_moved_finding_is_of_the_same_environment() {
    let old = finding("a/.env", "a", "key");
    let staging = Entry { subject: "staging of a · FLINKS".into(), fingerprint: "staging".into(), ..old };
    let production = finding("a/.env", "a", "key");
    assert_eq!(known(&[&production], &[&staging], &whole()), [None]);
}

#[test]
fn a_folder_that_is_scanned_by_itself_knows_its_findings() {
    let old = finding("services/api/.env", "services/api", "key");
    let seen_from_inside = finding("services/api/.env", "", "key");
    let inside = Scope { above: "services/api".into(), scanned: vec!["services/api".into()], ..whole() };
    assert_eq!(known(&[&seen_from_inside], &[&old], &inside), [Some(0)]);
    // And an update from there leaves the entry as the whole tree sees it.
    let updated = update(&all(&[&seen_from_inside]), &baseline(&[&old]), &inside, Update::Rewrite);
    assert_eq!(updated.baseline, baseline(&[&old]));
}

#[test]
fn an_entry_is_stale_only_where_all_its_files_were_scanned() {
    let of_api = finding("api/.env", "", "a");
    let of_both = Entry { also: vec!["deploy/app.yml".into()], ..finding("api/.env", "", "b") };
    let of_web = finding("web/.env", "", "c");
    let entries = baseline(&[&of_api, &of_both, &of_web]);
    let stale = |scope: &Scope| compare(&[], &entries, scope).stale;
    let scanned = |paths: &[&str]| Scope { scanned: paths.iter().map(|path| (*path).into()).collect(), ..whole() };
    assert_eq!(stale(&whole()), [0, 1, 2]);
    assert_eq!(stale(&scanned(&["api"])), [0]);
    assert_eq!(stale(&scanned(&["api", "deploy"])), [0, 1]);
    assert!(stale(&scanned(&["ap"])).is_empty());
    assert_eq!(stale(&Scope { unread: ["web".to_owned()].into(), ..whole() }), [0, 1]);
    assert!(stale(&Scope { rules: vec!["missing-webhook"], ..whole() }).is_empty());
}

#[test]
fn what_became_more_severe_is_no_longer_covered() {
    let of = |severity| Entry { severity, ..finding("a.env", "", "key") };
    let (warning, error) = (of(Some(Severity::Warning)), of(Some(Severity::Error)));
    assert!(!warning.covers(&error) && error.covers(&warning) && of(None).covers(&error));
    // Pruning does not accept it, writing the baseline anew does.
    let severity = |how| {
        let updated = update(&all(&[&error]), &baseline(&[&warning]), &whole(), how);
        updated.baseline.entries[0].severity
    };
    assert_eq!(severity(Update::Prune), Some(Severity::Warning));
    assert_eq!(severity(Update::Rewrite), Some(Severity::Error));
}

#[test]
fn an_update_keeps_what_people_wrote() {
    let old = Entry { reason: Some("moves in March".into()), owner: Some("platform".into()), ..finding("a", "", "x") };
    let now = Entry { message: "said otherwise".into(), ..finding("a", "", "x") };
    let updated = update(&all(&[&now]), &baseline(&[&old]), &whole(), Update::Rewrite);
    let entry = &updated.baseline.entries[0];
    assert_eq!((entry.reason.as_deref(), entry.owner.as_deref()), (Some("moves in March"), Some("platform")));
    assert_eq!(entry.message, "said otherwise");
}

#[test]
fn pruning_drops_and_adds_nothing() {
    let (gone, stays, new) = (finding("a", "", "x"), finding("b", "", "y"), finding("c", "", "z"));
    let known = baseline(&[&gone, &stays]);
    let updated = update(&all(&[&stays, &new]), &known, &whole(), Update::Prune);
    assert_eq!(updated, Updated { baseline: baseline(&[&stays]), added: 0, removed: 1 });
    let updated = update(&all(&[&stays, &new]), &known, &whole(), Update::Rewrite);
    assert_eq!(updated, Updated { baseline: baseline(&[&stays, &new]), added: 1, removed: 1 });
}

#[test]
fn a_file_is_sorted_and_read_back() {
    let hostile = Entry {
        also: vec!["b\n[[finding]]".into()],
        severity: Some(Severity::Warning),
        reason: Some("\"quoted\" \\ and \u{1b}".into()),
        ..finding("z\n\"'''.env", "", "x")
    };
    let (first, second) = (finding("a.env", "", "key"), hostile);
    let text = write(&baseline(&[&second, &first]));
    assert_eq!(text, write(&baseline(&[&first, &second])));
    assert_eq!(read(&text), Ok(baseline(&[&first, &second])));
}

#[test]
fn another_version_or_another_file_is_refused() {
    assert_eq!(read("version = 2\nanything = { goes = 1 }\n"), Err(Unreadable::Version(Some(2))));
    assert_eq!(read("version = \"1\"\n"), Err(Unreadable::Version(None)));
    assert_eq!(read(""), Err(Unreadable::Version(None)));
    assert_eq!(read("version = 1\n\n[[finding]]\npath = \"a\"\nline = 7\n"), Err(Unreadable::Line(5)));
    assert_eq!(read("version = 1\nx = [\n"), Err(Unreadable::Line(2)));
    let deep = format!("version = 1\nx = {}", "[".repeat(100_000));
    assert!(matches!(read(&deep), Err(Unreadable::Line(2))));
    assert_eq!(read("version = 1\n"), Ok(Baseline::default()));
}
