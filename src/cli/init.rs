//! `flinks-lint init`: a first policy from what the tree says.

use std::path::Path;

use super::{Failure, Init, Options, PolicyChoice, output, pipeline, terminal};
use crate::policy;
use crate::report::draft;

/// Writes the policy, or prints it.
///
/// # Errors
/// Where there is one already, the tree cannot be read, or the file not be written.
pub fn run(asked: &Init) -> Result<u8, Failure> {
    let there = policy::NAMES.iter().map(|name| asked.folder.join(name)).find(|file| file.is_file());
    if let Some(file) = there.as_ref().filter(|_| !asked.stdout && !asked.force) {
        let name = file.display();
        return Err(Failure::new(format!("cannot write {name}"), "there is one already")
            .help("print a draft with --stdout, or replace it with --force"));
    }
    // What a policy says today is not what the tree says.
    let choice = PolicyChoice { config: None, isolated: true };
    let built = pipeline::build(&Options::of_folder(asked.folder.clone(), &choice))?;
    let text = draft::draft(&built.model, &built.workspace.scan.sources, policy::VERSION);
    if asked.stdout {
        output::to_stdout(false, |out| out.write_all(text.as_bytes()))?;
        return Ok(0);
    }
    let file = there.unwrap_or_else(|| asked.folder.join(policy::NAMES[0]));
    output::replace(&file, text.as_bytes()).map_err(|error| Failure::io("write", &file, &error))?;
    terminal::complain(false, &format!("flinks-lint: wrote {}", shown(&file)));
    Ok(0)
}

fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}
