//! Bad input through the whole program: a clear end in bounded time and memory, and the rest of the tree still judged.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Generous, for a slow and busy machine without optimisation: what is not linear takes minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A fault that must be found whatever else lies in the tree.
const KNOWN: &str = "FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n";

fn run(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let start = Instant::now();
    // Two gibibytes of addresses: threads' stacks and code count too.
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v 2097152; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_flinks-lint")])
        .args(arguments)
        .current_dir(folder)
        .env_remove("FLINKS_LINT_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    // Whoever does not read standard input closes it.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    let output = child.wait_with_output().expect("an end");
    assert!(start.elapsed() < PATIENCE, "{arguments:?} took {:?}", start.elapsed());
    output
}

/// What a small file may take: the rest of the budget is for large trees.
#[test]
#[cfg(target_os = "linux")]
fn a_small_file_costs_little() {
    let bomb = (1..40).fold("flinks0: &a0 [x, x]\n".to_owned(), |text, at| {
        let aliases = vec![format!("*a{}", at - 1); 10].join(", ");
        format!("{text}a{at}: &a{at} [{aliases}]\n")
    });
    let deep = format!("{}\"x\"{}", "{\"flinks\":".repeat(10_000), "}".repeat(10_000));
    for (path, text) in [("bomb.yml", bomb), ("deep.json", deep)] {
        let tree = tempfile::tempdir().expect("a folder");
        fs::write(tree.path().join(path), text).expect("a file");
        let start = Instant::now();
        // Threads' stacks are addresses too, so that one thread reads.
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 204800; exec \"$0\" check --threads 1", env!("CARGO_BIN_EXE_flinks-lint")])
            .current_dir(tree.path())
            .output()
            .expect("a shell");
        assert_eq!(output.status.code(), Some(0), "{path}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(start.elapsed() < Duration::from_secs(10), "{path} took {:?}", start.elapsed());
    }
}

/// A tree with a known fault and these files, judged: the fault is found.
fn judge(name: &str, files: &[(&str, &[u8])]) -> String {
    let tree = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    fs::create_dir_all(tree.path().join("known")).expect("a folder");
    fs::write(tree.path().join("known/package.json"), "{}").expect("a file");
    fs::write(tree.path().join("known/.env.production"), KNOWN).expect("a file");
    judged(name, tree.path())
}

fn judged(name: &str, tree: &Path) -> String {
    let output = run(tree, &["check", "--format", "concise"], b"");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}: {complaint}");
    assert!(said.contains("known/.env.production:1:"), "{name}: {said}{complaint}");
    said
}

#[test]
fn nesting_without_end() {
    let deep = 10_000;
    let files = [
        ("a.yml", "flinks: ".to_owned() + &"[".repeat(deep)),
        ("b.yml", "# flinks\n".to_owned() + &"{a: ".repeat(deep)),
        ("c.json", "{\"flinks\":".repeat(deep)),
        ("d.toml", format!("flinks = {}", "[".repeat(deep))),
        ("e.toml", "flinks = {{ x }\n".repeat(50_000)),
        ("f.xml", "<flinks>".repeat(deep)),
        ("g.tf", "flinks = {".repeat(deep)),
        ("h.tf", format!("flinks = {}", "(".repeat(deep))),
        ("i.hocon", "flinks {".repeat(deep)),
        ("j.sql", format!("CREATE TABLE flinks (login_id INT CHECK {}", "(".repeat(deep))),
        ("k.sh", "export FLINKS=$(".repeat(deep)),
        ("l.sh", "if flinks; then\n".repeat(deep)),
        ("Dockerfile", format!("FROM a\nENV FLINKS={}", "${A:-".repeat(deep))),
        (".env", format!("FLINKS={}", "${A:-".repeat(deep))),
        ("m.ps1", "$flinks = @{ a = ".repeat(deep)),
        ("n.prisma", "model Flinks { a ".repeat(deep)),
        ("o.mk", format!("FLINKS = {}", "$(A".repeat(deep))),
        ("p.nginx", "server { # flinks\n".repeat(deep)),
    ];
    for (path, text) in &files {
        judge(path, &[(path, text.as_bytes())]);
    }
}

#[test]
fn what_refers_to_itself() {
    let bomb = (1..40).fold("flinks0: &a0 [x, x]\n".to_owned(), |text, at| {
        let aliases = vec![format!("*a{}", at - 1); 10].join(", ");
        format!("{text}a{at}: &a{at} [{aliases}]\n")
    });
    let doubled: String =
        (0..40).map(|at| format!("FLINKS_{at}={}\n", format!("${{FLINKS_{}}}", at + 1).repeat(20))).collect();
    judge(
        "loops",
        &[
            (".env.production", b"FLINKS_A=$FLINKS_B\nFLINKS_B=$FLINKS_A\nFLINKS_API_URL=https://$FLINKS_A-api.private.fin.ag\n"),
            ("doubled/.env.production", format!("{doubled}FLINKS_40=\n").as_bytes()),
            ("bomb.yml", bomb.as_bytes()),
            ("self.yml", b"flinks: &a\n  <<: *a\n  b: *a\n"),
            ("docker-compose.yml", b"services:\n  a:\n    env_file: docker-compose.yml\n    environment:\n      FLINKS: x\n    extends: {file: docker-compose.yml, service: a}\n"),
            ("kustomization.yaml", b"resources: [.]\nbases: [../]\nconfigMapGenerator:\n- name: flinks\n  envs: [kustomization.yaml]\n"),
            ("main.tf", b"locals {\n  flinks_a = local.flinks_b\n  flinks_b = \"${local.flinks_a}${local.flinks_a}\"\n}\n"),
            ("a.sql", b"CREATE TABLE flinks (flinks_login_id TEXT, p INT NOT NULL REFERENCES flinks(id)) INHERITS (flinks);\n"),
        ],
    );
}

#[test]
fn much_of_everything() {
    let long = "x".repeat(3 << 20);
    let lines: String = (0..200_000).map(|at| format!("FLINKS_{at}=v\n")).collect();
    let chain: String = (0..50_000).map(|at| format!("FLINKS_{at}=${{FLINKS_{}}}\n", at + 1)).collect();
    let services: String = (0..1_000)
        .map(|at| format!("  s{at}:\n    environment:\n      FLINKS_US_API_URL: https://a{at}-us-api.private.fin.ag\n"))
        .collect();
    for (path, text) in [
        ("long/.env.production", format!("FLINKS={long}")),
        ("long.json", format!("{{\"flinks\":\"{long}\",\"b\":[{}1]}}", "1,".repeat(200_000))),
        ("long.yml", format!("flinks: \"{long}\"\n")),
        ("lines/.env.production", lines),
        ("chain/.env.production", chain),
        ("docker-compose.prod.yml", format!("services:\n{services}")),
    ] {
        judge(path, &[(path, text.as_bytes())]);
    }
}

#[test]
fn many_units() {
    let tree = tempfile::tempdir().expect("a folder");
    for at in 0..1_000 {
        let folder = tree.path().join(format!("app{at}"));
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("package.json"), "{}").expect("a file");
        fs::write(folder.join(".env.production"), KNOWN).expect("a file");
    }
    fs::create_dir(tree.path().join("known")).expect("a folder");
    fs::write(tree.path().join("known/.env.production"), KNOWN).expect("a file");
    judged("many units", tree.path());
}

#[test]
fn text_that_is_none() {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(KNOWN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let said = judge(
        "bytes",
        &[
            (
                "latin/.env.production",
                b"FLINKS_NAME=caf\xE9\xFF\xFE\nFLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n",
            ),
            ("wide/.env.production", &utf16),
            ("wide/package.json", b"{}"),
            ("latin/package.json", b"{}"),
            ("odd/.env", b"\xFF\xFEflinks\xD8"),
            ("nul/.env", b"FLINKS=\0\0\0"),
            ("late.env", &[b"FLINKS=a\n".repeat(2000), b"\0\0FLINKS_B=\0".to_vec()].concat()),
            (
                "lone.json",
                br#"{"flinks": "\ud800", "\udfff": "\ud800\ud800", "n": 1e999999, "m": -99999999999999999999999999}"#,
            ),
            ("number.toml", b"flinks = 99999999999999999999999999\nb = 1e99999\nc = 0x\nd = 9999-99-99\n"),
            ("number.yml", b"flinks: 0o99999999999999999999999\nb: .inf\nc: 9999-99-99\n"),
            ("bom.yml", b"\xEF\xBB\xBF\xEF\xBB\xBFflinks: a\n"),
        ],
    );
    assert!(said.contains("latin/.env.production:2:") && said.contains("wide/.env.production:1:"), "{said}");
}

#[cfg(unix)]
#[test]
fn files_that_are_none() {
    use std::os::unix::fs::symlink;
    let tree = tempfile::tempdir().expect("a folder");
    let known = tree.path().join("known");
    fs::create_dir(&known).expect("a folder");
    fs::write(known.join(".env.production"), KNOWN).expect("a file");
    symlink(".", tree.path().join("loop")).expect("a link");
    symlink("flinks.env", tree.path().join("flinks.env")).expect("a link");
    symlink("/dev/zero", tree.path().join("zero.env")).expect("a link");
    assert!(Command::new("mkfifo").arg(tree.path().join("pipe.env")).status().expect("mkfifo").success());
    let big = fs::File::create(tree.path().join("big.env")).expect("a file");
    big.set_len(100 << 20).expect("100 MiB");
    fs::write(tree.path().join("new\nline\u{1b}[31m.env"), "FLINKS_US_API_URL=https://acme-ca-api.private.fin.ag\n")
        .expect("a file");
    let said = judged("special files", tree.path());
    assert!(!said.contains('\u{1b}') && said.contains("new␊line␛[31m.env:1:"), "{said}");
}

#[test]
fn policies_broken_in_every_way() {
    let deep = "[".repeat(10_000);
    let broken: Vec<Vec<u8>> = [
        "b = {{ x }\n".repeat(50_000),
        format!("a = {deep}"),
        format!("{deep}a"),
        vec!["a"; 10_000].join("."),
        vec!["a"; 10_000].join(".") + " = 1",
        "a = {b = ".repeat(10_000),
        "[[instance]]\n".repeat(20_000),
        "[rules\n".to_owned(),
        "rules = 1\n".to_owned(),
        "[rules]\nno-such-rule = \"error\"\n".to_owned(),
        "[instance]\n".to_owned(),
        "[[exception]]\nreason = \"\"\n".to_owned(),
        "[[exception]]\nrule = \"*\"\n".to_owned(),
        "a = \"\"\"".to_owned(),
        "a = '''".repeat(3_001),
        "required-version = \">=99\"\n".to_owned(),
        "[scan]\nmax-file-size = \"99999999999999999999GiB\"\n".to_owned(),
        format!("[scan]\nexclude = [\"{}\"]\n", "{a,".repeat(5_000)),
        "\u{feff}\u{feff}= 1".to_owned(),
        "=".repeat(50_000),
    ]
    .map(String::into_bytes)
    .into_iter()
    .chain([b"\0\0\0".to_vec(), b"\xFF\xFE\xD8".to_vec(), b"a = \"\xFF\"\n".to_vec()])
    .collect();
    for policy in broken {
        let tree = tempfile::tempdir().expect("a folder");
        fs::write(tree.path().join("flinks-lint.toml"), &policy).expect("a file");
        fs::write(tree.path().join(".env.production"), KNOWN).expect("a file");
        let begins = String::from_utf8_lossy(&policy[..policy.len().min(30)]).into_owned();
        for arguments in [&["check"][..], &["config", "show"]] {
            let output = run(tree.path(), arguments, b"");
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{begins:?}: {complaint}");
            assert!(complaint.starts_with("error: cannot read flinks-lint.toml: "), "{begins:?}: {complaint}");
        }
        // Whoever sets the policy aside has the tree judged.
        assert_eq!(run(tree.path(), &["--isolated"], b"").status.code(), Some(1), "{begins:?}");
    }
}

#[test]
fn standard_input_of_any_kind() {
    let tree = tempfile::tempdir().expect("a folder");
    let read =
        |name: &str, bytes: &[u8]| run(tree.path(), &["check", "-", "--stdin-filename", name], bytes).status.code();
    assert_eq!(read(".env.production", KNOWN.as_bytes()), Some(1));
    assert_eq!(read(".env.production", b""), Some(0));
    assert_eq!(read(".env.production", b"\0\0"), Some(3));
    assert_eq!(read("new\nline/\u{1b}.env.production", KNOWN.as_bytes()), Some(1));
    assert_eq!(read("a.json", "{\"flinks\":".repeat(10_000).as_bytes()), Some(0));
    assert_eq!(read("no-such-format.xyz", b"flinks"), Some(0));
}
