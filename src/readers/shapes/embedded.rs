//! Files written within files: an `application.yml` in a ConfigMap, a patch in a Kustomization, values in an Application.

use super::sheet::Sheet;
use crate::fact::{Facts, Name, Piece, Problem, Reference, Scope, ScopeId, Setting, Value};
use crate::readers::{document, has_extension, json, reader_of, yaml};
use crate::source::{Source, Span, Spanned};
use crate::text::Text;
use crate::tree::Tree;

/// Longer texts are not read as files: what they hold is parsed and laid over the outer file once more.
const LONGEST: usize = 1 << 20;

/// Reads a text as the file of this name that it becomes. Says whether there is a format of that name.
pub(super) fn read_file(sheet: &mut Sheet<'_>, scope: ScopeId, name: &str, text: &Text) -> bool {
    let Some(source) = source(sheet.source, name, text) else { return false };
    let facts = if has_extension(&source, &["yml", "yaml"]) {
        let (tree, problems) = yaml::tree(&source);
        document::read(&source, &tree, problems)
    } else if has_extension(&source, &["json"]) {
        let (tree, problems) = json::tree(&source);
        document::read(&source, &tree, problems)
    } else {
        // None of these formats holds files of its own, so this goes no deeper.
        let Some(reader) = reader_of(&source) else { return false };
        (reader.read)(&source)
    };
    take_in(sheet, scope, text, facts);
    true
}

/// Reads a text of YAML as `read` understands its documents.
pub(super) fn read_yaml(sheet: &mut Sheet<'_>, scope: ScopeId, text: &Text, read: impl FnOnce(&mut Sheet<'_>, &Tree)) {
    let Some(source) = source(sheet.source, "embedded.yml", text) else { return };
    let (tree, problems) = yaml::tree(&source);
    let mut facts = Facts::new(source.id);
    facts.problems = problems;
    let mut inner = Sheet::new(&source, &mut facts);
    read(&mut inner, &tree);
    inner.rest(&tree);
    take_in(sheet, scope, text, facts);
}

/// The text as a file beside the one it stands in, so that paths in it lead to the same places.
fn source(outer: &Source, name: &str, text: &Text) -> Option<Source> {
    let folder = outer.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    (text.len() <= LONGEST).then(|| Source::new(outer.id, path, text.expose()))
}

/// Adds facts whose places are places in the decoded `text`: the file's own scope is `scope` here.
fn take_in(sheet: &mut Sheet<'_>, scope: ScopeId, text: &Text, inner: Facts) {
    let moved = Moved { outer: text };
    let mut scopes = vec![scope];
    for (at, block) in inner.scopes.into_iter().enumerate() {
        let block = moved.scope(block, &scopes, scope);
        if at > 0 {
            scopes.push(sheet.facts.open(block));
        } else if block.environment.is_some() {
            sheet.scope(scope).environment = block.environment;
        }
    }
    for setting in inner.settings {
        if sheet.is_full() {
            return;
        }
        let scope = scopes.get(setting.scope.0 as usize).copied().unwrap_or(scope);
        let path = setting.path.into_iter().map(|name| Name { span: moved.span(name.span), ..name }).collect();
        sheet.facts.settings.push(Setting { scope, path, value: moved.value(setting.value), said: setting.said });
    }
    let problems = inner.problems.into_iter();
    sheet.facts.problems.extend(problems.map(|problem| Problem { span: moved.span(problem.span), ..problem }));
}

/// Places in a decoded text as places in the file.
struct Moved<'t> {
    outer: &'t Text,
}

impl Moved<'_> {
    fn span(&self, span: Span) -> Span {
        self.outer.span_of(span.range())
    }

    fn spanned<T>(&self, spanned: Spanned<T>) -> Spanned<T> {
        Spanned { span: self.span(spanned.span), ..spanned }
    }

    fn scope(&self, scope: Scope, scopes: &[ScopeId], outermost: ScopeId) -> Scope {
        let parent = scope.parent.and_then(|parent| scopes.get(parent.0 as usize).copied());
        Scope {
            parent: Some(parent.unwrap_or(outermost)),
            title: scope.title.map(|title| self.spanned(title)),
            unit: scope.unit.map(|unit| self.spanned(unit)),
            environment: scope.environment.map(|environment| self.spanned(environment)),
            provides: scope.provides,
            uses: scope.uses.into_iter().map(|used| self.spanned(used)).collect(),
        }
    }

    fn value(&self, value: Value) -> Value {
        let piece = |piece| match piece {
            Piece::Text(text) => Piece::Text(text.within(self.outer)),
            Piece::Reference(reference) => Piece::Reference(self.reference(reference)),
        };
        Value { span: self.span(value.span), pieces: value.pieces.into_iter().map(piece).collect() }
    }

    /// Fallbacks within fallbacks are few: the notation that made them is bounded.
    fn reference(&self, reference: Reference) -> Reference {
        let fallback = reference.fallback.map(|fallback| Box::new(self.value(*fallback)));
        Reference { span: self.span(reference.span), fallback, ..reference }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A whole configuration may hide in one value, and its places must still be shown.
    #[test]
    fn files_in_secrets() {
        let file = r#"
apiVersion: v1
kind: Secret
metadata: {name: app}
data:
  config.json: eyJmbGlua3MiOnsidXMiOnsiaG9zdCI6ImFjbWUtdXMifX19
stringData:
  settings.json: |
    {"flinks": {"ca": {"host": "https:\/\/acme-ca-api.private.fin.ag"}}}
"#;
        assert_eq!(
            shown("k8s/env.yaml", file.trim_start()),
            "
Secret app < file, provides Secret app
Secret app | flinks.ca.host = https://acme-ca-api.private.fin.ag
Secret app | flinks.us.host = acme-us
Secret app | apiVersion = v1
Secret app | kind = Secret
Secret app | metadata.name = app
"
        );
    }
}
