//! How a comment of one line is written in a file.

use crate::source::Source;

/// What opens and what closes a comment.
pub type Marks = (&'static str, &'static str);

/// Endings of names, and the marks of their languages' comments.
const BY_EXTENSION: &[(&[&str], Marks)] = &[
    (
        &[
            "env",
            "yml",
            "yaml",
            "toml",
            "py",
            "rb",
            "sh",
            "bash",
            "zsh",
            "properties",
            "conf",
            "tf",
            "tfvars",
            "hcl",
            "ex",
            "exs",
            "pl",
            "r",
            "mk",
            "cfg",
            "ps1",
            "psm1",
            "dockerfile",
            "service",
            "graphql",
            "nix",
        ],
        ("# ", ""),
    ),
    (
        &[
            "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "java", "kt", "kts", "scala", "cs", "go", "rs",
            "swift", "dart", "php", "c", "cpp", "groovy", "gradle", "prisma", "proto", "jsonc", "json5", "bicep",
            "scss", "hocon",
        ],
        ("// ", ""),
    ),
    (&["sql", "lua", "hs"], ("-- ", "")),
    (&["html", "xml", "vue", "svelte", "md", "plist", "config", "csproj", "props"], ("<!-- ", " -->")),
    (&["ini"], ("; ", "")),
];

/// Names without an ending that tells.
const BY_NAME: &[&str] = &["dockerfile", "containerfile", "makefile", "gemfile", "procfile", "rakefile", "vagrantfile"];

/// The marks of a file's comments; `None` where it has none, as JSON.
pub fn marks(source: &Source) -> Option<Marks> {
    let name = source.file_name().to_ascii_lowercase();
    if name == ".env" || name.starts_with(".env.") || name.ends_with(".env") || name.starts_with("env.") {
        return Some(("# ", ""));
    }
    if BY_NAME.iter().any(|known| name == *known || name.starts_with(&format!("{known}."))) {
        return Some(("# ", ""));
    }
    let ending = name.rsplit_once('.')?.1;
    BY_EXTENSION.iter().find(|(endings, _)| endings.contains(&ending)).map(|(_, marks)| *marks)
}

/// The blanks that a line begins with.
pub fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How the lines of a file end.
pub fn line_end(source: &Source) -> &'static str {
    if source.text().contains("\r\n") { "\r\n" } else { "\n" }
}
