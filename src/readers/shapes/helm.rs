//! Helm values: the maps and lists in them that become environment variables of containers.

use super::sheet::Sheet;
use super::variables::Habit;
use super::{Shape, workload};
use crate::fact::{Facts, ScopeId};
use crate::readers::document;
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "helm values", fits, read };

/// Charts of charts of charts: variables deeper than this are read as plain keys.
const DEPTH: usize = 6;

fn fits(source: &Source, _tree: &Tree) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    document::is_named(source, &["yaml", "yml"])
        && (["/values/", "/helmfile"].iter().any(|part| format!("/{}", source.path).contains(part))
            || name.starts_with("values")
            || ["values.yaml", "values.yml"].iter().any(|end| name.ends_with(end)))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_values(&mut sheet, root, ScopeId::FILE);
    }
    sheet.rest(tree);
}

/// Reads the variables in some values; the rest is left to the plain keys.
pub(super) fn read_values(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    walk(sheet, at, scope, DEPTH);
}

const VARIABLE_KEYS: &[&str] = &[
    "env",
    "envs",
    "extraEnv",
    "extraEnvs",
    "extraEnvVars",
    "envVars",
    "environment",
    "environmentVariables",
    "additionalEnv",
    "additionalEnvVars",
    "secretEnv",
    "envSecrets",
    "config",
    "configMap",
    "secrets",
    "secret",
];

fn walk(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, depth: usize) {
    if depth == 0 || !at.is_map() || sheet.is_full() {
        return;
    }
    workload::read_env_from(sheet, at.get("envFrom"), scope);
    for (key, value) in at.entries() {
        if VARIABLE_KEYS.contains(&key.expose()) && are_variables(value) {
            sheet.variables(Some(value), scope, Habit::BRACED);
        } else if value.is_map() && !sheet.is_taken(value) {
            let inner = if says_variables(value) { open(sheet, scope, key, value) } else { scope };
            walk(sheet, value, inner, depth - 1);
            if inner != scope {
                sheet.keys(value, inner, &[super::variables::name_of(key)]);
            }
        }
    }
}

/// A component of the chart, such as `api:` beside `worker:`, that has variables of its own.
fn open(sheet: &mut Sheet<'_>, scope: ScopeId, key: &Text, _value: At<'_>) -> ScopeId {
    sheet.open(scope, "values of", key)
}

fn says_variables(at: At<'_>) -> bool {
    VARIABLE_KEYS.iter().any(|key| at.get(key).is_some_and(are_variables))
}

/// Lists of named values, and maps whose keys are written as variables are: `env: {name: prod}` is none.
fn are_variables(at: At<'_>) -> bool {
    let shouted = |text: &str| text.contains(|c: char| c.is_ascii_uppercase()) && !text.contains(char::is_lowercase);
    if at.is_list() {
        let named =
            |item: At<'_>| item.get("name").or_else(|| item.get("key")).is_some_and(|name| name.text().is_some());
        let assigned =
            |item: At<'_>| item.word().is_some_and(|word| word.split_once('=').is_some_and(|it| shouted(it.0)));
        return at.items().next().is_some() && at.items().all(|item| named(item) || assigned(item));
    }
    let entries = at.entries();
    !entries.is_empty() && entries.iter().all(|(key, _)| shouted(key.expose()))
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// Two components of one chart may use two instances, so their variables must not fall together.
    #[test]
    fn components_have_variables_of_their_own() {
        let file = r#"
global: {region: us-east-1}
env:
  FLINKS_INSTANCE: acme-us
  FLINKS_SECRET_KEY: {secretKeyRef: {name: flinks, key: us}}
api:
  env:
    - {name: FLINKS_API_URL, value: https://acme-us-api.private.fin.ag}
  envFrom: [{secretRef: {name: api-keys}}]
  image: {tag: "1"}
worker:
  extraEnvVars: [{name: FLINKS_API_URL, value: https://acme-ca-api.private.fin.ag}]
environment: {name: production}
flinks: {ca: {host: acme-ca-api.private.fin.ag}}
"#;
        assert_eq!(
            shown("charts/pay/values-prod.yaml", file.trim_start()),
            "
values of api < file, uses Secret api-keys
values of worker < file
file | FLINKS_INSTANCE = acme-us (variable)
file | FLINKS_SECRET_KEY = [!flinks/us] (variable)
values of api | FLINKS_API_URL = https://acme-us-api.private.fin.ag (variable)
values of api | api.image.tag = 1
values of worker | FLINKS_API_URL = https://acme-ca-api.private.fin.ag (variable)
file | global.region = us-east-1
file | environment.name = production
file | flinks.ca.host = acme-ca-api.private.fin.ag
"
        );
    }
}
