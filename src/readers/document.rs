//! Configuration documents without a shape of their own: every leaf is a setting, every document a scope.

use super::has_extension;
use super::settings::{Flatten, flatten};
use super::spring::{self, Condition};
use crate::fact::{Facts, Problem, Scope, ScopeId};
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

/// Endings of files that become what the ending before them says.
const TEMPLATES: &[&str] =
    &["erb", "j2", "jinja", "jinja2", "tpl", "gotmpl", "tmpl", "template", "example", "sample", "dist", "mustache"];

/// Whether a file's name has one of these extensions, or would once its template is filled in.
pub(super) fn is_named(source: &Source, extensions: &[&str]) -> bool {
    if has_extension(source, extensions) {
        return true;
    }
    let name = source.file_name().to_ascii_lowercase();
    let stem = TEMPLATES.iter().find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'));
    stem.is_some_and(|stem| {
        extensions.iter().any(|extension| stem.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.')))
    })
}

/// Every leaf of every document.
pub fn read(source: &Source, tree: &Tree, problems: Vec<Problem>) -> Facts {
    let mut facts = Facts::new(source.id);
    facts.problems = problems;
    for (root, scope) in scopes(tree, &mut facts) {
        flatten(root, &Flatten::KEYS.in_scope(scope), &mut facts);
    }
    facts
}

/// A scope for each document of a file that has several; the file's own for a single one. A document
/// with an activation condition (Spring) lies within the first that has none, whose settings hold in it.
pub fn scopes<'t>(tree: &'t Tree, facts: &mut Facts) -> Vec<(At<'t>, ScopeId)> {
    let roots: Vec<At<'t>> = tree.roots().collect();
    if let [only] = roots.as_slice() {
        if let Some(Condition { environment, excludes }) = condition(*only, None) {
            let file = facts.scope_mut(ScopeId::FILE);
            (file.environment, file.excludes) = (environment, excludes);
        }
        return vec![(*only, ScopeId::FILE)];
    }
    let active = roots.iter().filter(|root| condition(**root, None).is_none()).find_map(|root| active(*root));
    let conditions: Vec<Option<Condition>> = roots.iter().map(|root| condition(*root, active)).collect();
    let any = conditions.iter().any(Option::is_some);
    let mut base = None;
    let mut scopes = vec![ScopeId::FILE; roots.len()];
    let mut open = |at: usize, parent, Condition { environment, excludes }| {
        scopes[at] = facts.open(Scope { parent: Some(parent), environment, excludes, ..Scope::default() });
        scopes[at]
    };
    for at in (0..roots.len()).filter(|at| conditions[*at].is_none()) {
        let scope = open(at, ScopeId::FILE, Condition::default());
        base.get_or_insert(scope);
    }
    let base = base.filter(|_| any).unwrap_or(ScopeId::FILE);
    for (at, condition) in conditions.into_iter().enumerate() {
        if let Some(condition) = condition {
            open(at, base, condition);
        }
    }
    roots.into_iter().zip(scopes).collect()
}

/// The condition under which a document holds; `active` is the profile that the file makes active.
fn condition(root: At<'_>, active: Option<&Text>) -> Option<Condition> {
    const CONDITIONS: &[&[&str]] = &[
        &["spring", "config", "activate", "on-profile"],
        &["spring", "config", "activate", "onProfile"],
        &["spring", "profiles"],
    ];
    let condition = CONDITIONS.iter().find_map(|path| dotted(root, path)).filter(|at| !at.is_map())?;
    Some(spring::condition(condition.text().into_iter().chain(condition.items().filter_map(At::text)), active))
}

/// The profile that a document makes active.
fn active<'t>(root: At<'t>) -> Option<&'t Text> {
    dotted(root, &["spring", "profiles", "active"])?.text()
}

/// The value at the end of a path whose steps may be keys of their own or joined by dots.
pub fn dotted<'t>(at: At<'t>, path: &[&str]) -> Option<At<'t>> {
    if path.is_empty() {
        return Some(at);
    }
    (1..=path.len()).find_map(|steps| dotted(at.get(&path[..steps].join("."))?, &path[steps..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers;
    use crate::source::FileId;

    fn environments(text: &str) -> Vec<(Option<u32>, Option<String>)> {
        let facts = readers::yaml::READER.read;
        let facts = facts(&Source::new(FileId(0), "application.yml", text));
        let scope = |scope: &Scope| {
            (scope.parent.map(|parent| parent.0), scope.environment.as_ref().map(|word| word.value.clone()))
        };
        facts.scopes.iter().map(scope).collect()
    }

    /// Spring keeps several profiles in one file; the document without a condition holds in all of them,
    /// also when it comes last.
    #[test]
    fn documents_with_a_condition_lie_in_the_one_without() {
        let text = "spring.config.activate.on-profile: prod\n---\na: b\n---\nspring:\n  profiles: [staging]\n";
        let within_base = |word: &str| (Some(1), Some(word.to_owned()));
        assert_eq!(environments(text), [(None, None), (Some(0), None), within_base("prod"), within_base("staging")]);
    }

    /// A negation names no environment, but is a condition all the same. Profiles that must all be active are all said.
    #[test]
    fn negations_name_no_environment() {
        let text = "a: b\n---\nspring:\n  config:\n    activate:\n      on-profile: '!prod'\n";
        assert_eq!(environments(text), [(None, None), (Some(0), None), (Some(1), None)]);
        assert_eq!(environments("spring.profiles.active: prod\n"), [(None, None)]);
        assert_eq!(environments("spring.profiles: us & prod\n"), [(None, Some("us & prod".to_owned()))]);
        assert_eq!(environments("spring.profiles: prod\n"), [(None, Some("prod".to_owned()))]);
    }

    #[test]
    fn templates_are_named_by_what_they_become() {
        let named = |path: &str| is_named(&Source::new(FileId(0), path, ""), &["yml", "yaml"]);
        for path in ["a.yml", "a.YAML", "config/database.yml.erb", "a.yaml.j2", "a.yml.tmpl", "secrets.sops.yaml"] {
            assert!(named(path), "{path}");
        }
        assert!(!named("yml") && !named("a.yml.bak") && !named("a.erb"));
    }
}
