//! The walk on trees that nobody would want to meet: each costs bounded time, says so, and the rest is still read.
#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use flinks_lint::lint::Skip;
use flinks_lint::model::wanted::Wanted;
use flinks_lint::workspace::{self, MAX_FILE_SIZE, Request, Workspace};
use tempfile::TempDir;

const LINE: &str = "FLINKS_API_URL=https://acme-ca-api.private.fin.ag\n";

fn tree(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn request(paths: &[&Path]) -> Request {
    Request {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        threads: Some(2),
        max_file_size: MAX_FILE_SIZE,
        no_ignore: false,
        excludes: Default::default(),
        not_judged: None,
        unsaved: Default::default(),
    }
}

fn read(paths: &[&Path]) -> Workspace {
    let request = request(paths);
    workspace::read(&workspace::root(&request.paths).unwrap(), &request)
}

fn kept(workspace: &Workspace) -> Vec<&str> {
    workspace.scan.sources.iter().map(|source| &*source.path).collect()
}

fn skipped(workspace: &Workspace, skip: Skip) -> usize {
    workspace.ledger().skipped.get(&skip).copied().unwrap_or_default()
}

fn run(program: &str, arguments: &[&str], folder: &Path) {
    let done = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A pipe has no end, and opening one waits for a writer; the same pipe as an ignore file holds up whoever obeys it.
#[test]
fn pipes_and_devices_are_never_opened() {
    let tree = tree(&[("a.env", LINE.as_bytes()), ("held/b.env", LINE.as_bytes()), ("endless/c.env", LINE.as_bytes())]);
    run("mkfifo", &["pipe", "held/.gitignore"], tree.path());
    symlink("/dev/zero", tree.path().join("zero.env")).unwrap();
    symlink("/dev/zero", tree.path().join("endless/.flinks-lint-ignore")).unwrap();
    let read = read(&[tree.path()]);
    assert_eq!(kept(&read), ["a.env"]);
    assert_eq!((skipped(&read, Skip::Special), skipped(&read, Skip::Link)), (1, 1));
    let unreadable: Vec<&str> = read.ledger().unreadable.iter().map(|(path, _)| &**path).collect();
    assert_eq!(unreadable, ["endless", "held"]);
}

/// Links make loops and lead out of the root; what they lead to inside of it is met by its own name.
#[test]
fn links_are_counted_and_not_followed() {
    let outside = tree(&[("secret.env", LINE.as_bytes())]);
    let tree = tree(&[("a/b.env", LINE.as_bytes())]);
    symlink("..", tree.path().join("a/loop")).unwrap();
    symlink("itself", tree.path().join("itself")).unwrap();
    symlink(outside.path(), tree.path().join("out")).unwrap();
    symlink(outside.path().join("secret.env"), tree.path().join("out.env")).unwrap();
    symlink("a/b.env", tree.path().join("again.env")).unwrap();
    let read = read(&[tree.path()]);
    assert_eq!(kept(&read), ["a/b.env"]);
    assert_eq!(skipped(&read, Skip::Link), 5);
}

/// A link that a person names is meant.
#[test]
fn a_root_that_is_a_link_is_read() {
    let tree = tree(&[("real/a.env", LINE.as_bytes())]);
    symlink("real", tree.path().join("link")).unwrap();
    assert_eq!(kept(&read(&[&tree.path().join("link")])), ["a.env"]);
}

/// Root reads everything, so the test says nothing there.
#[test]
fn what_may_not_be_read_is_reported_and_the_rest_read() {
    let tree = tree(&[("a.env", LINE.as_bytes()), ("locked/b.env", LINE.as_bytes()), ("c.env", LINE.as_bytes())]);
    let lock = |path: &str, mode| {
        fs::set_permissions(tree.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    lock("locked", 0o000);
    lock("c.env", 0o000);
    if fs::read_dir(tree.path().join("locked")).is_err() {
        let read = read(&[tree.path()]);
        assert_eq!(kept(&read), ["a.env"]);
        let denied = |path: &str| (path.to_owned(), "permission denied".to_owned());
        assert_eq!(read.ledger().unreadable, [denied("c.env"), denied("locked")]);
        assert!(workspace::root(&[tree.path().join("locked")]).is_err(), "a named folder that cannot be listed");
    }
    lock("locked", 0o755);
}

/// A sparse file costs nothing to make and would cost all memory to read.
#[test]
fn a_huge_file_is_told_by_its_size() {
    let tree = tree(&[("a.env", LINE.as_bytes())]);
    fs::File::create(tree.path().join("dump.sql")).unwrap().set_len(100 << 20).unwrap();
    let read = read(&[tree.path()]);
    assert_eq!((kept(&read), skipped(&read, Skip::TooLarge)), (vec!["a.env"], 1));
    assert_eq!(read.too_large, ["dump.sql"]);
    assert_eq!(read.ledger().remarks, ["dump.sql is over the size limit and was not read"]);
}

/// The limit is inclusive, and holds for files that fill the first buffer as for those that do not.
#[test]
fn the_limit_is_exact() {
    for limit in [100, 64 << 10, 200 << 10] {
        let exact = [LINE.as_bytes(), &vec![b'#'; limit - LINE.len()]].concat();
        let over = [&exact[..], b"#"].concat();
        let tree = tree(&[("exact.env", &exact), ("over.env", &over)]);
        let request = Request { max_file_size: limit as u64, ..request(&[tree.path()]) };
        let read = workspace::read(&workspace::root(&request.paths).unwrap(), &request);
        assert_eq!((kept(&read), skipped(&read, Skip::TooLarge)), (vec!["exact.env"], 1), "{limit}");
    }
}

/// Editors on Windows write UTF-16, old ones Latin-1, and some files are no text at all.
#[test]
fn every_encoding_is_searched() {
    let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(LINE.encode_utf16().flat_map(bytes)).collect()
    };
    let tree = tree(&[
        ("be.env", &wide([0xFE, 0xFF], u16::to_be_bytes)),
        ("le.env", &wide([0xFF, 0xFE], u16::to_le_bytes)),
        ("latin.env", b"# caf\xE9\nFLINKS_SECRET=x\n"),
        ("broken.env", b"\xC3\x28\xFF FLINKS_SECRET=x\n"),
        ("crlf.env", b"A=1\r\nFLINKS_SECRET=x\r\n"),
        ("nul.env", b"FLINKS\0SECRET\0"),
        ("empty.env", b""),
        ("torn.env", b"\xFF\xFEf\0l\0i\0n\0k\0s\0\x00\xD8"),
    ]);
    fs::create_dir(tree.path().join("nothing")).unwrap();
    let read = read(&[tree.path()]);
    assert_eq!(kept(&read), ["be.env", "broken.env", "crlf.env", "latin.env", "le.env"]);
    assert!(read.scan.sources.by_path("be.env").unwrap().text().starts_with(LINE));
    assert_eq!(skipped(&read, Skip::Binary), 1);
    assert_eq!(read.ledger().unreadable[0].0, "torn.env");
}

/// Names are bytes on Unix; a strange one is read all the same and shown as near as can be.
#[test]
fn strange_names_are_read() {
    let tree = tree(&[("two\nlines.env", LINE.as_bytes())]);
    fs::write(tree.path().join(std::ffi::OsStr::from_bytes(b"caf\xE9.env")), LINE).unwrap();
    assert_eq!(kept(&read(&[tree.path()])), ["caf\u{FFFD}.env", "two\nlines.env"]);
}

/// Ten thousand folders in each other are deeper than a path can be long: what can be reached is read.
#[test]
fn a_bottomless_tree_ends_at_the_longest_path() {
    const DEPTH: usize = 10_000;
    let tree = tree(&[("z.env", LINE.as_bytes()), ("d/low.env", LINE.as_bytes())]);
    let (chain, above) = (tree.path().join("d"), tree.path().join("above"));
    for _ in 0..DEPTH {
        fs::create_dir(&above).unwrap();
        fs::rename(&chain, above.join("d")).unwrap();
        fs::rename(&above, &chain).unwrap();
    }
    let read = read(&[tree.path()]);
    // Taken apart from the top, as no path reaches the bottom.
    for _ in 0..DEPTH {
        fs::rename(chain.join("d"), &above).unwrap();
        fs::remove_dir(&chain).unwrap();
        fs::rename(&above, &chain).unwrap();
    }
    assert_eq!(kept(&read), ["z.env"]);
    assert_eq!(read.ledger().unreadable.len(), 1);
}

/// A file that git tracks is part of the codebase though an ignore rule names it; one that a tool is told to ignore
/// is not. Nothing in the repository's settings may start a program.
#[test]
fn tracked_files_are_read_and_git_runs_nothing() {
    let tree = tree(&[
        ("tracked.env", LINE.as_bytes()),
        ("loose.env", LINE.as_bytes()),
        ("told/vendored.env", LINE.as_bytes()),
        ("moved/away.env", LINE.as_bytes()),
        (".flinks-lint-ignore", b"told/\n"),
    ]);
    let pwned = tree.path().join("pwned");
    let touch = format!("touch {}", pwned.display());
    let git = |arguments: &[&str]| run("git", arguments, tree.path());
    git(&["init", "-q"]);
    git(&["add", "tracked.env", "told", "moved"]);
    fs::write(tree.path().join(".gitignore"), "*.env\n*.sh\n").unwrap();
    fs::write(tree.path().join(".gitattributes"), "* filter=evil diff=evil\n").unwrap();
    let outside = self::tree(&[("away.env", LINE.as_bytes())]);
    fs::remove_dir_all(tree.path().join("moved")).unwrap();
    symlink(outside.path(), tree.path().join("moved")).unwrap();
    let hooks = tree.path().join("hooks");
    fs::create_dir(&hooks).unwrap();
    fs::write(hooks.join("post-index-change"), format!("#!/bin/sh\n{touch}\n")).unwrap();
    fs::set_permissions(hooks.join("post-index-change"), fs::Permissions::from_mode(0o755)).unwrap();
    for (key, value) in [
        ("core.hooksPath", "hooks"),
        ("filter.evil.clean", &*touch),
        ("filter.evil.smudge", &touch),
        ("diff.evil.textconv", &touch),
        ("core.pager", &touch),
        ("pager.ls-files", "true"),
        ("alias.ls-files", &format!("!{touch}")),
        ("core.sshCommand", &touch),
        ("remote.origin.uploadpack", &touch),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", "."),
        ("core.fsmonitor", &touch),
    ] {
        git(&["-c", "core.fsmonitor=false", "config", key, value]);
    }
    let read = read(&[tree.path()]);
    assert!(!pwned.exists(), "a setting of the scanned repository ran a program");
    assert_eq!(kept(&read), ["tracked.env"]);
    assert_eq!(read.ledger().remarks, [""; 0]);
}

/// Pre-commit names files; those of one folder have the folder as their root, and an ignored one was meant.
#[test]
fn named_files_are_read_whether_ignored_or_not() {
    let tree = tree(&[(".gitignore", b"*.env\n"), ("a/b.env", LINE.as_bytes()), ("a/c/d.env", LINE.as_bytes())]);
    let at = |path: &str| tree.path().join(path);
    assert_eq!(kept(&read(&[&at("a/b.env"), &at("a/c/d.env"), &at("a/b.env")])), ["b.env", "c/d.env"]);
    // Below a folder that is named too, a file is read once, ignored or not.
    let both = read(&[tree.path(), &at("a/b.env"), &at(".gitignore")]);
    assert_eq!((kept(&both), both.ledger().seen), (vec!["a/b.env"], 2));
}

/// A path that is not there is a mistake in the command, not an empty tree.
#[test]
fn a_path_that_is_not_there_is_named() {
    let error = workspace::root(&["no/such/path".into()]).unwrap_err();
    assert_eq!(error.to_string(), "cannot read no/such/path: there is no such file or folder");
}

/// Reports are compared between machines: the threads may not show.
#[test]
fn any_number_of_threads_gives_the_same() {
    let files: Vec<(String, String)> =
        (0..300).map(|at| (format!("d{}/f{at}.env", at % 17), format!("{LINE}# {at}\n"))).collect();
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (&**path, text.as_bytes())).collect();
    let tree = tree(&borrowed);
    let with = |threads| {
        let request = Request { threads: Some(threads), ..request(&[tree.path()]) };
        let read = workspace::read(&workspace::root(&request.paths).unwrap(), &request);
        read.scan.sources.iter().map(|source| (source.id, source.path.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(with(1).len(), 300);
    assert_eq!(with(1), with(4));
}

/// What a template refers to is often defined where nobody says Flinks: by name, or by the name of the file.
#[test]
fn wanted_names_are_found_in_a_second_reading() {
    let files = |list: &[(&str, &str)]| -> Vec<(String, Vec<u8>)> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    };
    let mut workspace = Workspace::in_memory(files(&[
        ("app.env", LINE),
        ("base.env", "INSTANCE=acme-ca\n"),
        ("config/flinks.yml", "secret: x\n"),
        ("cufflinks/shop.yml", "gold: 1\n"),
        ("deploy/shared.env", "X=1\n"),
        ("other.env", "MY_INSTANCE=1\n"),
        ("src/a.ts", "const INSTANCE = 1\n"),
    ]));
    assert_eq!(kept(&workspace), ["app.env", "config/flinks.yml"]);
    let wanted = |names: &[&str]| Wanted {
        settings: names.iter().map(|name| (*name).to_owned()).collect(),
        units: [String::new()].into(),
        ..Wanted::default()
    };
    assert_eq!(
        workspace.reread(&Wanted { files: ["deploy/shared.env".to_owned()].into(), ..wanted(&["INSTANCE"]) }),
        2
    );
    assert_eq!(kept(&workspace)[2..], ["base.env", "deploy/shared.env"]);
    assert_eq!(workspace.reread(&wanted(&["INSTANCE"])), 0);
}
