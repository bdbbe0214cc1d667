//! Small trees on disk, and the program run in them.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder of these files.
pub fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(path, text)| write(folder.path(), path, text));
    folder
}

/// Writes a file below a folder.
pub fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// What the program answers in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("FLINKS_LINT_CONFIG")
        .output()
        .expect("the program starts")
}
