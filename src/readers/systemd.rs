//! systemd units, their drop-ins and Podman's quadlets: `Environment=`, `EnvironmentFile=`.

use crate::fact::{Bundle, Deployed, Facts, Name, Said, ScopeId, Setting};
use crate::readers::file_names::{beside, has_plain_extension, plain_name};
use crate::readers::ini::{self, Dialect, Entry};
use crate::readers::quoting::{self, Unquoted};
use crate::readers::template::Notation;
use crate::readers::written::Written;
use crate::readers::{Reader, repeated};
use crate::source::{FileId, Source, Spanned};

pub const READER: Reader = Reader { name: "systemd", reads, read };

const EXTENSIONS: &[&str] =
    &["service", "socket", "timer", "mount", "target", "path", "slice", "container", "pod", "kube", "quadlet"];

fn reads(source: &Source) -> bool {
    drop_in(source).is_some()
        || (has_plain_extension(source, EXTENSIONS) && source.text().lines().any(|line| line.starts_with('[')))
}

/// The unit that a drop-in adds to: `web.service.d/override.conf` is for `web.service`.
fn drop_in(source: &Source) -> Option<&str> {
    let (folders, name) = source.path.rsplit_once('/')?;
    let unit = folders.rsplit('/').next()?.strip_suffix(".d")?;
    let extension = unit.rsplit_once('.')?.1;
    (EXTENSIONS.contains(&extension) && name.contains(".conf")).then_some(unit)
}

fn read(source: &Source) -> Facts {
    // Comments stand on lines of their own only.
    let dialect = Dialect { comments: &[], xcode: false, colons: false, backslashes: true };
    let mut facts = Facts::new(source.id);
    let entries = ini::entries(source, &dialect);
    let unit = drop_in(source).map_or_else(|| plain_name(source), str::to_owned);
    let place = entries.iter().find_map(|entry| entry.section).unwrap_or(Written::all(source).to(0));
    facts.scope_mut(ScopeId::FILE).unit = Some(Spanned::new(Deployed::Item(unit), place.span(source.id)));
    for entry in &entries {
        match entry.key.text {
            "Environment" => facts.settings.extend(assignments(entry, char::is_whitespace, source.id)),
            "EnvironmentFile" => environment_file(source, entry, &mut facts),
            _ => {
                let mut path = ini::section_path(entry.section, &facts);
                path.push(Name::key(entry.key.text, entry.key.span(source.id)));
                let value = ini::value(entry, &dialect, &facts).value(Notation::Braced);
                facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Key });
            }
        }
    }
    repeated::lines(source.text(), facts.settings.iter_mut().filter(|setting| setting.said == Said::Variable));
    facts
}

/// The variables of `A=b "C=d e"`, over all lines of the value.
pub(super) fn assignments(entry: &Entry<'_>, separates: impl Fn(char) -> bool, file: FileId) -> Vec<Setting> {
    let words = entry.lines.iter().flat_map(|line| quoting::words(*line, &separates, file));
    words.filter_map(|word| variable(&word)).collect()
}

fn variable(word: &Unquoted) -> Option<Setting> {
    let (name, value) = word.assignment()?;
    Some(Setting {
        scope: ScopeId::FILE,
        path: vec![Name::key(name.expose(), name.span())],
        value: value.value(Notation::Braced),
        said: Said::Variable,
    })
}

/// `EnvironmentFile=-/etc/flinks/us.env`: the path is one of the machine, so the tree's file of that name beside
/// the unit is taken for it.
fn environment_file(source: &Source, entry: &Entry<'_>, facts: &mut Facts) {
    let line = entry.lines[0].trim_end();
    let path = line.after("-").unwrap_or(line);
    if path.is_empty() || path.text.contains(['%', '*', '$', '{']) {
        return;
    }
    let relative = match path.text.starts_with('/') {
        true => path.text.rsplit('/').next().unwrap_or(""),
        false => path.text,
    };
    if let Some(file) = beside(source, relative).filter(|_| !relative.is_empty()) {
        let uses = Spanned::new(Bundle::File(file), path.span(source.id));
        facts.scope_mut(ScopeId::FILE).uses.push(uses);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A unit is deployed by itself; its drop-in is the same unit, and its files of variables lie beside it.
    #[test]
    fn units_drop_ins_and_files_of_variables() {
        let text = "[Service]\nEnvironment=\"A=b c\" D=e\nEnvironmentFile=-/etc/flinks/us.env\nEnvironmentFile=/etc/%i.env\nExecStart=/bin/x \\\n  --url https://y # not a comment\n";
        let source = Source::new(FileId(0), "deploy/web.service.d/us.conf", text);
        assert!(reads(&source));
        let facts = read(&source);
        let own = facts.scope(ScopeId::FILE);
        assert_eq!(own.unit.as_ref().unwrap().value, Deployed::Item("web.service".into()));
        let uses: Vec<&Bundle> = own.uses.iter().map(|bundle| &bundle.value).collect();
        assert_eq!(uses, [&Bundle::File("deploy/web.service.d/us.env".into())]);
        let names: Vec<&str> = facts.settings.iter().map(|setting| &*setting.name().text).collect();
        assert_eq!(names, ["A", "D", "ExecStart"]);
        assert_eq!(facts.settings[2].value.word(), "/bin/x --url https://y # not a comment");
    }
}
