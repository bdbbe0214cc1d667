//! `--staged`, `--since` and `--files-from`: what a change introduces or worsens, told by git without anything of the
//! scanned repository being run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const BAD: &str = "FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n";
const GOOD: &str = "FLINKS_US_API_URL=https://northwind-us-api.private.fin.ag\n";

/// A repository to play with.
struct Repository {
    folder: TempDir,
    /// The work tree: the folder, or one within.
    top: PathBuf,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().to_path_buf();
        let repository = Repository { folder, top };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn with(files: &[(&str, &str)]) -> Self {
        let repository = Repository::new();
        repository.write(files);
        repository.commit();
        repository
    }

    /// Writes files. A folder with a `prod/a.env` is deployed by itself, so that each of them has a finding of its own.
    fn write(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            if let Some(unit) = path.strip_suffix("/prod/a.env") {
                self.write(&[(&format!("{unit}/package.json"), "{}")]);
            }
            let path = self.top.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "--no-verify", "-m", "x"]);
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.git_may_fail(arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn git_may_fail(&self, arguments: &[&str]) -> Output {
        git(&self.top).args(arguments).output().unwrap()
    }

    fn check(&self, arguments: &[&str]) -> Report {
        check(&self.top, arguments)
    }
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "a").env(format!("GIT_{who}_EMAIL"), "a@example.org");
    }
    command.args(["-c", "protocol.file.allow=always", "-c", "core.fsmonitor=false"]);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
}

/// How a run ended.
struct Report {
    code: Option<i32>,
    /// `path:line rule`.
    findings: Vec<String>,
    json: serde_json::Value,
    complaint: String,
}

fn check(folder: &Path, arguments: &[&str]) -> Report {
    report(program(folder).args(arguments).output().unwrap())
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flinks-lint"));
    command.current_dir(folder).args(["check", "--format", "json", "--today", "2026-11-21"]);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GIT_") || name.starts_with("PRE_COMMIT")) {
        command.env_remove(name);
    }
    command.env_remove("FLINKS_LINT_CONFIG");
    command
}

fn report(output: Output) -> Report {
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let finding = |finding: &serde_json::Value| {
        let (path, line) = (&finding["primary"]["path"], &finding["primary"]["start"]["line"]);
        format!("{}:{line} {}", path.as_str().unwrap(), finding["rule"].as_str().unwrap())
    };
    let findings = json["findings"].as_array().map(|all| all.iter().map(finding).collect()).unwrap_or_default();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    Report { code: output.status.code(), findings, json, complaint }
}

impl Report {
    fn remarks(&self) -> String {
        self.json["ledger"]["remarks"].to_string()
    }

    fn known(&self) -> u64 {
        self.json["ledger"]["compared"]["known"].as_u64().expect("it was compared")
    }
}

const FAULT: &str = ".env.production:1 country-mismatch";

/// What is committed is what counts, not what lies on disk.
#[test]
fn the_index_is_judged_and_not_the_work_tree() {
    let repository = Repository::with(&[(".env.production", GOOD)]);
    repository.write(&[(".env.production", BAD)]);
    repository.git(&["add", "-A"]);
    repository.write(&[(".env.production", GOOD)]);
    let report = repository.check(&["--staged"]);
    assert_eq!((report.code, report.findings), (Some(1), vec![FAULT.to_owned()]), "{}", report.complaint);

    let repository = Repository::with(&[(".env.production", GOOD), ("a.md", "")]);
    repository.write(&[(".env.production", BAD), ("a.md", "x")]);
    repository.git(&["add", "a.md"]);
    let report = repository.check(&["--staged"]);
    assert_eq!((report.code, report.findings.len()), (Some(0), 0));
    assert_eq!(repository.check(&[]).findings, [FAULT]);
}

/// The same bytes on disk as in the index give the same findings as a plain run, place by place; and once they are
/// committed they are old.
#[test]
fn a_first_commit_is_judged_as_a_plain_run_judges_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = Repository::new();
    for project in fs::read_dir(root.join("tests/projects")).unwrap().map(Result::unwrap) {
        copy(&project.path().join("repo"), &repository.top.join(project.file_name()));
    }
    copy(&root.join("examples/northwind"), &repository.top.join("northwind"));
    repository.git(&["add", "-A", "-f"]);
    let (plain, staged) = (repository.check(&["."]), repository.check(&["--staged"]));
    assert!(plain.findings.len() > 50, "{} {}", plain.findings.len(), plain.complaint);
    assert_eq!(plain.json["findings"], staged.json["findings"]);
    repository.commit();
    let since = repository.check(&["--since", "HEAD"]);
    assert_eq!(since.findings, [""; 0]);
    // Notes are known, too.
    assert_eq!(since.known() as usize, repository.check(&["--show-notes", "."]).findings.len());
}

/// Copies a codebase without its policy, which may lie in a root only.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy(&from, &to);
        } else if !entry.file_name().to_string_lossy().ends_with("flinks-lint.toml") {
            fs::copy(from, to).unwrap();
        }
    }
}

/// An empty commit, and one of pictures alone, are nothing to complain of; an index of which all is kept out is.
#[test]
fn an_empty_index_is_no_failure() {
    let repository = Repository::new();
    let commit = |repository: &Repository| {
        report(program(&repository.top).arg("--staged").env("GIT_INDEX_FILE", ".git/index").output().unwrap())
    };
    assert_eq!(commit(&repository).code, Some(0));
    repository.write(&[("a.png", "\0\0")]);
    repository.git(&["add", "-A"]);
    assert_eq!(commit(&repository).code, Some(0));
    let repository = Repository::new();
    repository.write(&[("a.env", BAD), ("flinks-lint.toml", "[scan]\nexclude = [\"*\"]\n")]);
    repository.git(&["add", "-A"]);
    let report = commit(&repository);
    assert_eq!((report.code, report.json["ledger"]["skipped"]["excluded"].as_u64()), (Some(3), Some(2)));
}

/// What nobody touches is an old matter. What a change breaks elsewhere is not, be it a deletion.
#[test]
fn a_finding_shows_where_it_is_though_another_file_changed() {
    let repository = Repository::with(&[
        (".env.production", BAD),
        (
            "deploy/prod/api.env",
            "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\nFLINKS_CA_WEBHOOK_URL=https://a.example/ca\n",
        ),
        (
            "deploy/prod/hooks.env",
            "FLINKS_US_API_URL=https://northwind-us-api.private.fin.ag\nFLINKS_US_WEBHOOK_URL=https://a.example/us\n",
        ),
    ]);
    repository.write(&[("deploy/prod/hooks.env", GOOD)]);
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert_eq!(report.findings, ["deploy/prod/hooks.env:1 missing-webhook"]);
    assert_eq!((report.known(), report.code), (1, Some(1)));
}

/// A table without a country is worth a warning, and an error once there are two instances.
#[test]
fn what_becomes_graver_is_reported() {
    let table = "CREATE TABLE flinks_logins (id INT, flinks_login_id TEXT);\n";
    let repository = Repository::with(&[
        ("db/schema.sql", table),
        ("deploy/prod/ca.env", "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n"),
    ]);
    repository.write(&[("a.md", "x")]);
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert_eq!((report.findings.len(), report.known()), (0, 1));
    repository.write(&[("deploy/prod/us.env", GOOD)]);
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert_eq!(report.findings, ["db/schema.sql:1 login-id-without-country"]);
}

/// A file that is moved brings nothing new, whatever folder its findings are about.
#[test]
fn a_rename_brings_nothing_new() {
    let files = [("web/package.json", "{}"), ("web/.env.production", BAD), ("old/.env.production", BAD)];
    let repository = Repository::with(&files);
    repository.git(&["mv", "web", "site"]);
    repository.write(&[("old/package.json", "{}")]);
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert_eq!((report.findings.len(), report.known()), (0, 2), "{:?}", report.findings);
    // A copy is a second fault; nobody can tell which of the two is the copy.
    repository.write(&[("more/.env.production", BAD), ("more/package.json", "{}")]);
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]).findings.len(), 1);
}

/// The second of two faults that look the same is the one that was added, though it stands before the first.
#[test]
fn of_twins_the_new_one_is_reported() {
    let repository = Repository::with(&[("z/prod/a.env", BAD)]);
    repository.write(&[("a/prod/a.env", BAD)]);
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert!(report.findings.iter().all(|finding| finding.starts_with("a/")), "{:?}", report.findings);
}

/// An exception that goes lets its finding through; one that is no longer needed is found.
#[test]
fn exceptions_come_and_go() {
    let excepted = format!("# flinks-lint: ignore[country-mismatch] a move until=2027-01-01\n{BAD}");
    let repository = Repository::with(&[(".env.production", &excepted)]);
    repository.write(&[(".env.production", BAD)]);
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]).findings, [FAULT]);
    repository.write(&[(".env.production", &excepted.replace("-ca-", "-us-"))]);
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]).findings, [".env.production:1 unused-exception"]);
}

/// The policy of each version holds in it, and one that could not be read then is mended by this commit.
#[test]
fn each_version_has_its_policy() {
    let repository =
        Repository::with(&[(".env.production", BAD), ("flinks-lint.toml", "[rules]\ncountry-mismatch = \"off\"\n")]);
    repository.write(&[("flinks-lint.toml", "")]);
    let unstaged = repository.check(&["--staged"]);
    assert_eq!((unstaged.code, unstaged.findings.len()), (Some(0), 0));
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]).findings, [FAULT]);
    repository.write(&[("flinks-lint.toml", "[nonsense]\n")]);
    repository.git(&["add", "-A"]);
    let broken = repository.check(&["--staged"]);
    assert!(broken.code == Some(2) && broken.complaint.contains("flinks-lint.toml"), "{}", broken.complaint);
    repository.commit();
    repository.write(&[("flinks-lint.toml", "")]);
    repository.git(&["add", "-A"]);
    assert_eq!(repository.check(&["--staged"]).findings, [""; 0]);
}

/// Passing because nothing was looked at is what a check must never do: with `--all-files` in CI nothing is staged.
#[test]
fn where_nothing_is_staged_all_is_reported_but_in_a_commit() {
    let repository = Repository::with(&[(".env.production", BAD)]);
    let by_hand = repository.check(&["--staged"]);
    assert_eq!(by_hand.findings, [FAULT]);
    assert!(by_hand.remarks().contains("nothing is staged"), "{}", by_hand.remarks());
    let amended =
        report(program(&repository.top).arg("--staged").env("GIT_INDEX_FILE", ".git/index").output().unwrap());
    assert_eq!((amended.code, amended.findings.len()), (Some(0), 0));
}

/// `git commit FILE` commits from an index of its own.
#[test]
fn the_index_of_the_commit_under_way_is_judged() {
    let repository = Repository::with(&[(".env.production", GOOD), ("a.md", "")]);
    repository.write(&[(".env.production", BAD), ("a.md", "x")]);
    let program = env!("CARGO_BIN_EXE_flinks-lint");
    let hook = repository.top.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\nexec {program} check --staged --quiet\n")).unwrap();
    executable(&hook);
    let refused = repository.git_may_fail(&["commit", "-m", "x", ".env.production"]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&[refused.stdout, refused.stderr].concat()).into_owned();
    assert!(said.contains("error[country-mismatch]: things used together say different countries"), "{said}");
    repository.git(&["commit", "-q", "-m", "x", "a.md"]);
    assert!(!repository.git_may_fail(&["commit", "-q", "-a", "-m", "x"]).status.success());
    repository.write(&[(".env.production", &format!("# mended\n{GOOD}"))]);
    repository.git(&["commit", "-q", "-a", "-m", "x"]);
}

#[cfg(unix)]
fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_: &Path) {}

/// In a conflict our side is judged. A merge introduces nothing that either side has already.
#[test]
fn a_merge_introduces_what_neither_side_has() {
    let repository = Repository::with(&[(".env.production", GOOD), ("a.txt", "base\n")]);
    repository.git(&["switch", "-q", "-c", "other"]);
    repository.write(&[("other/prod/a.env", BAD), ("a.txt", "theirs\n"), (".env.production", &format!("# x\n{GOOD}"))]);
    repository.commit();
    repository.git(&["switch", "-q", "main"]);
    repository.write(&[("a.txt", "ours\n"), (".env.production", BAD)]);
    repository.commit();
    assert!(!repository.git_may_fail(&["merge", "-q", "other"]).status.success());
    let conflict = repository.check(&["--staged"]);
    assert!(conflict.remarks().contains(".env.production is in conflict, and our side of it was judged"));
    assert_eq!((conflict.findings.len(), conflict.known()), (0, 2), "{:?}", conflict.findings);
    repository.write(&[("a.txt", "both\n"), (".env.production", BAD), ("new/prod/a.env", BAD)]);
    repository.git(&["add", "-A"]);
    let merged = repository.check(&["--staged"]);
    assert_eq!(merged.findings, ["new/prod/a.env:1 country-mismatch"], "{}", merged.remarks());
}

/// Wherever a commit is made from, the whole of its repository is judged, and nothing of another.
#[test]
fn work_trees_submodules_and_folders() {
    let repository = Repository::with(&[("a.md", ""), ("sub/a.md", "")]);
    repository.write(&[(".env.production", BAD)]);
    repository.git(&["add", "-A"]);
    // A folder that is not named is no part of the question; one that is, is all of it.
    assert_eq!(check(&repository.top.join("sub"), &["--staged"]).findings, [FAULT]);
    assert_eq!(check(&repository.top.join("sub"), &["--staged", "."]).findings, [""; 0]);
    assert_eq!(repository.check(&["--staged", "sub"]).findings, [""; 0]);

    let linked = repository.folder.path().join("linked");
    repository.git(&["worktree", "add", "-q", linked.to_str().unwrap()]);
    fs::write(linked.join(".env.production"), GOOD).unwrap();
    assert!(git(&linked).args(["add", "-A"]).status().unwrap().success());
    assert_eq!(check(&linked, &["--staged"]).code, Some(0));
    fs::write(linked.join(".env.production"), BAD).unwrap();
    assert!(git(&linked).args(["add", "-A"]).status().unwrap().success());
    assert_eq!(check(&linked, &["--staged"]).findings, [FAULT]);

    let inner = Repository::with(&[(".env.production", BAD)]);
    let outer = Repository::with(&[("a.md", "")]);
    outer.git(&["submodule", "add", "-q", inner.top.to_str().unwrap(), "inner"]);
    let report = outer.check(&["--staged"]);
    assert_eq!((report.code, report.findings.len()), (Some(0), 0));
    assert_eq!(report.json["ledger"]["skipped"]["submodule"].as_u64(), Some(1));
    outer.commit();
    assert_eq!(outer.check(&["--since", "HEAD~1"]).findings, [""; 0]);
    let within = outer.top.join("inner");
    fs::create_dir_all(within.join("web/prod")).unwrap();
    fs::write(within.join("web/package.json"), "{}").unwrap();
    fs::write(within.join("web/prod/a.env"), BAD).unwrap();
    assert!(git(&within).args(["add", "web"]).status().unwrap().success());
    assert_eq!(check(&within, &["--staged"]).findings, ["web/prod/a.env:1 country-mismatch"]);
}

#[test]
fn where_there_is_no_work_tree_it_says_so() {
    let outside = tempfile::tempdir().unwrap();
    let report = check(outside.path(), &["--staged"]);
    assert_eq!(report.code, Some(2));
    assert!(report.complaint.contains("the folder lies in no work tree"), "{}", report.complaint);
    assert!(git(outside.path()).args(["init", "-q", "--bare"]).status().unwrap().success());
    let report = check(outside.path(), &["--since", "main"]);
    assert!(report.complaint.contains("this is a bare repository"), "{}", report.complaint);
    let repository = Repository::with(&[("a.md", "")]);
    let report = repository.check(&["--since", "no-such-branch"]);
    assert!(report.complaint.contains("cannot find the revision `no-such-branch`"), "{}", report.complaint);
    assert_eq!(repository.check(&["--since", "--output=x"]).code, Some(2));
    repository.git(&["checkout", "-q", "--orphan", "island"]);
    repository.write(&[("a.md", "another")]);
    repository.commit();
    let report = repository.check(&["--since", "main"]);
    assert!(report.complaint.contains("no commit that both it and HEAD follow"), "{}", report.complaint);
}

/// What a sparse checkout leaves out is committed all the same.
#[test]
fn a_sparse_checkout_is_judged_whole() {
    let host = "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n";
    let repository = Repository::with(&[("away/prod/a.env", BAD), ("here/a.env", host)]);
    repository.git(&["sparse-checkout", "set", "--no-cone", "/here/"]);
    assert!(!repository.top.join("away").exists());
    repository.write(&[("here/prod/a.env", BAD)]);
    assert_eq!(repository.check(&["--since", "HEAD"]).findings, ["here/prod/a.env:1 country-mismatch"]);
    repository.git(&["add", "here"]);
    let report = repository.check(&["--staged"]);
    assert_eq!(report.findings, ["here/prod/a.env:1 country-mismatch"]);
    assert_eq!(report.known(), 1);
}

/// `git add -N` announces a file; the commit does not have it.
#[test]
fn what_is_only_meant_to_be_added_is_not_judged() {
    let repository = Repository::with(&[("a.md", "")]);
    repository.write(&[(".env.production", BAD), ("a.md", "x")]);
    repository.git(&["add", "-N", ".env.production"]);
    repository.git(&["add", "a.md"]);
    let report = repository.check(&["--staged"]);
    assert_eq!((report.findings.len(), report.json["ledger"]["seen"].as_u64()), (0, Some(1)));
}

#[cfg(unix)]
#[test]
fn strange_names_are_compared() {
    use std::os::unix::ffi::OsStrExt;
    let repository = Repository::with(&[("two\nlines/prod/a.env", BAD)]);
    let folder = repository.top.join(std::ffi::OsStr::from_bytes(b"caf\xE9"));
    fs::create_dir_all(folder.join("prod")).unwrap();
    fs::write(folder.join("prod/a.env"), BAD).unwrap();
    fs::write(folder.join("package.json"), "{}").unwrap();
    repository.git(&["add", "-A"]);
    let report = repository.check(&["--staged"]);
    assert_eq!(report.findings, ["caf\u{FFFD}/prod/a.env:1 country-mismatch"]);
    assert_eq!(report.known(), 1);
    // The work tree may be gone: the index has it all.
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(repository.check(&["--staged"]).findings.len(), 1);
}

/// Ignore files of tools hold in every version as they do on disk; those of git say nothing of what is tracked.
#[test]
fn ignored_files_are_left_out_as_on_disk() {
    let repository = Repository::with(&[("a.md", "")]);
    repository.write(&[
        (".gitignore", "*.env\n"),
        (".flinks-lint-ignore", "told/\n"),
        ("told/prod/a.env", BAD),
        ("prod/a.env", BAD),
    ]);
    repository.git(&["add", "-A", "-f"]);
    assert_eq!(repository.check(&["--staged"]).findings, ["prod/a.env:1 country-mismatch"]);
    repository.commit();
    fs::remove_file(repository.top.join(".flinks-lint-ignore")).unwrap();
    assert_eq!(repository.check(&["--since", "HEAD"]).findings, ["told/prod/a.env:1 country-mismatch"]);
}

/// What a filter makes of a file on disk is not what is committed.
#[cfg(unix)]
#[test]
fn contents_are_those_that_git_stores() {
    let repository = Repository::with(&[("a.md", "")]);
    repository.git(&["config", "filter.mend.clean", "sed s/northwind-ca/northwind-us/"]);
    repository.write(&[(".gitattributes", "*.production filter=mend\n"), (".env.production", BAD)]);
    std::thread::sleep(std::time::Duration::from_millis(20));
    repository.git(&["add", "-A"]);
    repository.git(&["update-index", "--refresh"]);
    assert_eq!(repository.check(&["--staged"]).findings, [""; 0]);
    assert_eq!(repository.check(&[]).findings, [FAULT]);
}

/// The work tree against the place where the branches part: what main got since then is nobody's fault here.
#[test]
fn since_is_the_merge_base_against_the_work_tree() {
    let repository = Repository::with(&[("old/prod/a.env", BAD)]);
    repository.git(&["switch", "-q", "-c", "feature"]);
    repository.write(&[("committed/prod/a.env", BAD)]);
    repository.commit();
    repository.git(&["switch", "-q", "main"]);
    repository.write(&[("old/prod/a.env", GOOD)]);
    repository.commit();
    repository.git(&["switch", "-q", "feature"]);
    repository.write(&[("untracked/prod/a.env", BAD), (".gitignore", "ignored/\n"), ("ignored/prod/a.env", BAD)]);
    let report = repository.check(&["--since", "main"]);
    let found = ["committed/prod/a.env:1 country-mismatch", "untracked/prod/a.env:1 country-mismatch"];
    assert_eq!(report.findings, found);
    assert_eq!(report.known(), 1);
    // pre-commit asks so before a push, and in CI with `--from-ref`.
    let pushed = program(&repository.top)
        .arg("--staged")
        .env("PRE_COMMIT_FROM_REF", "main")
        .env("PRE_COMMIT_TO_REF", "feature")
        .output();
    assert_eq!(self::report(pushed.unwrap()).findings, found[..1]);
}

#[test]
fn a_list_of_files_bounds_the_report_and_not_the_model() {
    let repository = Repository::with(&[
        ("package.json", "{}"),
        ("config/flinks.yml", "us:\n  apiUrl: https://${FLINKS_US_INSTANCE}-api.private.fin.ag\n"),
        ("prod/a.env", "FLINKS_US_INSTANCE=northwind-ca\n"),
        ("other/prod/a.env", BAD),
    ]);
    let list = |bytes: &[u8], arguments: &[&str]| {
        let mut child = program(&repository.top)
            .args(["--files-from", "-"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        report(child.wait_with_output().unwrap())
    };
    let all = repository.check(&[]).findings;
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(list(b"other/prod/a.env\n", &[]).findings, ["other/prod/a.env:1 country-mismatch"]);
    assert_eq!(list(b"./prod/a.env\0", &[]).findings, ["prod/a.env:1 country-mismatch"]);
    // A file that is evidence is a place of the finding as well.
    assert_eq!(list(b"config/flinks.yml", &[]).findings, ["prod/a.env:1 country-mismatch"]);
    assert_eq!(list(b"prod/a.env\0other/prod/a.env\0", &[]).findings, all);
    let nothing = list(b"", &[]);
    assert_eq!((nothing.code, nothing.findings.len()), (Some(0), 0));
    assert_eq!(list(b"prod/a.env\n", &["other"]).code, Some(2), "a list relative to another folder");
    repository.write(&[("flinks-lint.toml", "[scan]\nexclude = [\"other\"]\n"), ("list", "other/prod/a.env\n")]);
    assert_eq!(repository.check(&["--files-from", "list"]).findings, [""; 0]);
    assert_eq!(repository.check(&["-", "--stdin-filename", "a", "--staged"]).code, Some(2));
}

/// Every program that a setting of the repository could name would leave a mark.
#[cfg(unix)]
#[test]
fn nothing_of_a_hostile_repository_is_run() {
    let repository = Repository::with(&[(".env.production", GOOD), ("b/prod/a.env", GOOD), ("c.bin", "x")]);
    let mark = repository.folder.path().join("marks");
    fs::create_dir(&mark).unwrap();
    let evil = repository.top.join("evil");
    fs::write(&evil, format!("#!/bin/sh\ntouch {0}/$(basename $0)-$$\ncat\n", mark.display())).unwrap();
    executable(&evil);
    let evil = evil.to_str().unwrap();
    repository.write(&[(".env.production", BAD), (".gitattributes", "* filter=evil diff=evil merge=evil text=auto\n")]);
    repository.git(&["add", ".env.production"]);
    repository.write(&[("b/prod/a.env", BAD), ("c.bin", "y")]);
    let hooks = repository.top.join("hooks");
    fs::create_dir(&hooks).unwrap();
    for hook in ["post-index-change", "fsmonitor-watchman", "pre-commit", "reference-transaction", "post-checkout"] {
        fs::copy(evil, hooks.join(hook)).unwrap();
    }
    let mut config = fs::OpenOptions::new().append(true).open(repository.top.join(".git/config")).unwrap();
    let included = repository.top.join("included");
    let settings = format!(
        "[core]\n fsmonitor = {evil}\n hooksPath = {hooks}\n pager = {evil}\n editor = {evil}\n sshCommand = {evil}\n\
         askPass = {evil}\n gitProxy = {evil}\n alternateRefsCommand = {evil}\n untrackedCache = true\n\
         [filter \"evil\"]\n clean = {evil}\n smudge = {evil}\n process = {evil}\n required = true\n\
         [diff]\n external = {evil}\n[diff \"evil\"]\n textconv = {evil}\n command = {evil}\n\
         [merge \"evil\"]\n driver = {evil}\n[pager]\n ls-files = {evil}\n ls-tree = {evil}\n cat-file = {evil}\n\
         rev-parse = {evil}\n[alias]\n ls-files = !{evil}\n cat-file = !{evil}\n rev-parse = !{evil}\n\
         [credential]\n helper = !{evil}\n[gpg]\n program = {evil}\n[interactive]\n diffFilter = {evil}\n\
         [uploadpack]\n packObjectsHook = {evil}\n[trace2]\n eventTarget = {mark}/trace\n\
         [extensions]\n partialClone = origin\n[remote \"origin\"]\n url = ext::{evil}\n promisor = true\n\
         uploadpack = {evil}\n vcs = evil\n[includeIf \"gitdir:/\"]\n path = {included}\n[include]\n path = {included}\n",
        hooks = hooks.display(),
        mark = mark.display(),
        included = included.display(),
    );
    config.write_all(settings.as_bytes()).unwrap();
    fs::write(included, format!("[core]\n fsmonitor = {evil}\n pager = {evil}\n")).unwrap();
    let marks = || fs::read_dir(&mark).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    let report = repository.check(&["--staged"]);
    assert_eq!(report.findings, [FAULT], "{}", report.complaint);
    assert_eq!(repository.check(&["--since", "HEAD"]).findings, [FAULT, "b/prod/a.env:1 country-mismatch"]);
    // A content that is not there would have to be fetched.
    let blob = repository.git(&["rev-parse", ":.env.production"]);
    fs::remove_file(repository.top.join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    fs::remove_file(repository.top.join(".env.production")).unwrap();
    assert_eq!(repository.check(&["--staged"]).findings, [".env.production:1 unreadable-file"]);
    assert_eq!(marks(), [""; 0], "a setting of the scanned repository ran a program");
    // The settings are real: git itself runs them.
    let _ = Command::new("git").args(["status"]).current_dir(&repository.top).output().unwrap();
    assert!(!marks().is_empty(), "the marks would show");
}

/// A pipe in the place of a file of git's makes git wait for ever, and not us.
#[cfg(unix)]
#[test]
fn a_repository_that_holds_git_up_is_given_up() {
    let repository = Repository::with(&[("a.env", GOOD)]);
    fs::remove_file(repository.top.join(".git/index")).unwrap();
    assert!(Command::new("mkfifo").arg(repository.top.join(".git/index")).status().unwrap().success());
    let report = repository.check(&["--staged"]);
    assert_eq!(report.code, Some(2));
    assert!(report.complaint.contains("git does not answer"), "{}", report.complaint);
}
