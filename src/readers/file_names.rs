//! File names without the endings that only say how a file comes about: `app.ini.j2` and `app.ini.example` are `app.ini`.

use crate::source::Source;

/// Endings of templates and of samples.
const ENDINGS: &[&str] = &[
    "j2", "jinja", "jinja2", "erb", "epp", "tmpl", "tpl", "template", "mustache", "hbs", "ejs", "gotmpl", "ctmpl",
    "eex", "example", "sample", "dist", "default", "in", "bak", "backup", "orig", "old",
];

/// The name of a file in lower case, without endings of templates and samples.
pub fn plain_name(source: &Source) -> String {
    let mut name = source.file_name().to_ascii_lowercase();
    while let Some((stem, ending)) = name.rsplit_once('.') {
        if stem.is_empty() || !ENDINGS.contains(&ending) {
            break;
        }
        name.truncate(stem.len());
    }
    name
}

/// Whether the plain name ends in one of these extensions.
pub fn has_plain_extension(source: &Source, extensions: &[&str]) -> bool {
    let name = plain_name(source);
    name.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

/// Whether the file lies in a folder of this name, at any depth.
pub fn in_folder(source: &Source, folder: &str) -> bool {
    source.path.rsplit_once('/').is_some_and(|(folders, _)| folders.split('/').any(|name| name == folder))
}

/// The path below the scanned root of what a file calls `relative`; `None` where it leads out of the root.
pub fn beside(source: &Source, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.path.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn endings_of_templates_fall_away() {
        let name = |path: &str| plain_name(&Source::new(FileId(0), path, ""));
        assert_eq!(name("roles/web/App.ini.j2"), "app.ini");
        assert_eq!(name("phpunit.xml.dist"), "phpunit.xml");
        assert_eq!(name(".env.production.erb"), ".env.production");
        assert_eq!(name(".in"), ".in");
    }

    #[test]
    fn a_path_beside_a_file_stays_below_the_root() {
        let source = Source::new(FileId(0), "deploy/units/web.service", "");
        assert_eq!(beside(&source, "../us.env").as_deref(), Some("deploy/us.env"));
        assert_eq!(beside(&source, "../../../us.env"), None);
    }
}
