//! Files written within files: an `application.yml` in a ConfigMap, a patch in a Kustomization, values in an Application.

use super::sheet::Sheet;
use crate::fact::{Facts, ScopeId};
use crate::readers::{embedded, yaml};
use crate::source::Source;
use crate::text::Text;
use crate::tree::Tree;

/// Longer texts are not read as files: what they hold is parsed and laid over the outer file once more.
const LONGEST: usize = 1 << 20;

/// Reads a text as the file of this name that it becomes. Says whether there is a format of that name.
pub(super) fn read_file(sheet: &mut Sheet<'_>, scope: ScopeId, name: &str, text: &Text) -> bool {
    text.len() <= LONGEST && embedded::read(sheet.source, name, text, scope, sheet.facts)
}

/// Reads a text of YAML as `read` understands its documents.
pub(super) fn read_yaml(sheet: &mut Sheet<'_>, scope: ScopeId, text: &Text, read: impl FnOnce(&mut Sheet<'_>, &Tree)) {
    if text.len() > LONGEST {
        return;
    }
    // It has the path of the file it stands in, so that paths in it lead to the same places.
    let source = Source::new(sheet.source.id, sheet.source.path.clone(), text.expose());
    let (tree, problems) = yaml::tree(&source);
    let mut facts = Facts::new(source.id);
    facts.problems = problems;
    let mut inner = Sheet::new(&source, &mut facts);
    read(&mut inner, &tree);
    inner.rest(&tree);
    embedded::add(facts, text, scope, sheet.facts);
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
