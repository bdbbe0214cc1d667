//! Settings that are said once more in the same place: the last one holds, and the others hold nowhere.

use std::collections::{HashMap, HashSet};

use crate::fact::{Facts, Name, Said, ScopeId, Setting};
use crate::readers::settings::variable_of;
use crate::readers::template_branches;
use crate::source::{Source, Span};
use crate::tree::{At, Kind, Tree};
use crate::vocabulary::words;

/// Of lines that set one name, the last holds, as in env files. `text` is the file's, for the branches of its template.
pub fn lines<'s>(text: &str, settings: impl IntoIterator<Item = &'s mut Setting>) {
    let controls = template_branches::controls(text);
    let mut last: HashMap<(ScopeId, Vec<Box<str>>), &mut Setting> = HashMap::new();
    for setting in settings {
        let path = setting.path.iter().map(|name| name.text.clone()).collect();
        let (again, name) = (!builds_on_itself(setting), setting.name().span);
        if let Some(before) = last.insert((setting.scope, path), setting).filter(|_| again)
            && !is_between(&controls, before.name().span, name)
        {
            before.said = Said::Replaced;
        }
    }
}

/// `PATH=$PATH:/opt`: what was said before is still in it.
pub fn builds_on_itself(setting: &Setting) -> bool {
    let own = words::normal(&setting.name().text);
    setting.value.references().any(|reference| words::normal(&reference.name) == own)
}

/// Of the entries of a map with one key, and of the variables of a list with one name, the last holds.
pub fn entries(source: &Source, tree: &Tree, facts: &mut Facts) {
    let controls = template_branches::controls(source.text());
    let pairs = tree.nodes().flat_map(repeated);
    let replaced: HashSet<Span> =
        pairs.filter(|(name, again)| !is_between(&controls, *name, *again)).map(|(name, _)| name).collect();
    if replaced.is_empty() {
        return;
    }
    let is_replaced = |name: &Name| replaced.contains(&name.span);
    for setting in facts.settings.iter_mut().filter(|setting| setting.said != Said::Allowed) {
        if setting.path.iter().any(is_replaced) {
            setting.said = Said::Replaced;
        }
    }
}

/// The names that are said once more in a map or a list of variables, each with where it is said next.
fn repeated(at: At<'_>) -> Vec<(Span, Span)> {
    let mut last: HashMap<&str, Span> = HashMap::new();
    match &at.node().kind {
        Kind::Map(entries) if entries.len() > 1 => {
            let own = entries.iter().filter(|entry| !entry.merge).map(|entry| &entry.key);
            own.filter_map(|key| Some((last.insert(key.expose(), key.span())?, key.span()))).collect()
        }
        Kind::List(items) if items.len() > 1 => {
            let names: Option<Vec<Name>> = at.items().map(variable_of).collect();
            let names = names.unwrap_or_default();
            names.iter().filter_map(|name| Some((last.insert(&name.text, name.span)?, name.span))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a template may choose between two places.
fn is_between(controls: &[usize], one: Span, other: Span) -> bool {
    let (from, to) = (one.range().start, other.range().start);
    controls.get(controls.partition_point(|at| *at < from)).is_some_and(|at| *at < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{dotenv, yaml};
    use crate::source::FileId;

    fn holding(facts: &Facts) -> Vec<&str> {
        let holds = facts.settings.iter().filter(|setting| setting.said != Said::Replaced);
        holds.map(|setting| setting.value.word()).collect()
    }

    /// Every loader of env files lets the last line win; one that adds to itself keeps both.
    #[test]
    fn the_last_line_holds() {
        let read = |text: &str| (dotenv::READER.read)(&Source::new(FileId(0), ".env", text));
        assert_eq!(holding(&read("A=1\nB=2\nA=3\n")), ["2", "3"]);
        assert_eq!(read("A=1\nA=$A:2\n").settings[0].said, Said::Variable);
    }

    /// YAML's parsers let the last key win. The branches of a template are no repetition.
    #[test]
    fn the_last_entry_holds() {
        let read = |text: &str| (yaml::READER.read)(&Source::new(FileId(0), "a.yml", text));
        assert_eq!(holding(&read("f: {a: 1}\nf:\n  a: 2\n")), ["2"]);
        assert_eq!(holding(&read("env:\n- A_B=1\n- A_B=2\n- {name: A_B, value: 3}\n")), ["3"]);
        assert_eq!(holding(&read("{{ if .x }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n")), ["1", "2"]);
        assert_eq!(holding(&read("- {host: 1}\n- {host: 2}\n")), ["1", "2"]);
    }
}
