//! Kubernetes manifests: one block per object, ConfigMaps and Secrets as what workloads take their variables from.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, base64, embedded, gitops, sealed, workload};
use crate::fact::{Bundle, Facts, Said, ScopeId};
use crate::readers::template::{self, Notation};
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "kubernetes", fits, read };

/// Lists of lists of objects are not followed further.
const LISTS: usize = 3;

fn fits(_source: &Source, tree: &Tree) -> bool {
    tree.roots().any(is_object)
}

fn is_object(at: At<'_>) -> bool {
    ["apiVersion", "kind"].iter().all(|key| at.get(key).is_some_and(|value| value.text().is_some()))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_listed(&mut sheet, root, LISTS);
    }
    sheet.rest(tree);
}

fn read_listed(sheet: &mut Sheet<'_>, at: At<'_>, depth: usize) {
    let kind = at.get("kind").and_then(At::word);
    // Parameters of an OpenShift template have a value if nobody gives one.
    for parameter in at.get("parameters").into_iter().flat_map(At::items).filter(|_| kind == Some("Template")) {
        if let (Some(name), Some(value)) = (parameter.get("name").and_then(At::text), parameter.get("value")) {
            sheet.value(ScopeId::FILE, name_of(name), value, Said::Default, Notation::Braced);
        }
    }
    let items = at.get("items").or_else(|| at.get("objects")).filter(|items| items.is_list());
    match (kind, items) {
        (Some("List" | "Template"), Some(items)) if depth > 0 => {
            for item in items.items().take_while(|_| depth > 0) {
                read_listed(sheet, item, depth - 1);
            }
        }
        _ if is_object(at) => read_object(sheet, at),
        _ => {}
    }
}

/// Reads one object into a block of its own.
pub(super) fn read_object(sheet: &mut Sheet<'_>, at: At<'_>) {
    let Some(kind) = at.get("kind").and_then(At::text).filter(|_| !sheet.is_full()) else { return };
    let name = at.find(&["metadata", "name"]).or_else(|| at.find(&["metadata", "generateName"])).and_then(At::text);
    let scope = match name {
        Some(name) => sheet.open(ScopeId::FILE, kind.expose(), name),
        None => sheet.open_titled(ScopeId::FILE, kind.expose().to_owned(), kind.span()),
    };
    read_metadata(sheet, at, scope);
    match kind.expose() {
        "ConfigMap" => read_config_map(sheet, at, scope, name),
        "Secret" => read_secret(sheet, at, scope, name),
        "SealedSecret" => sealed::read_sealed_secret(sheet, at, scope, name),
        "ExternalSecret" | "ClusterExternalSecret" => sealed::read_external_secret(sheet, at, scope, name),
        "SecretProviderClass" => sealed::read_provider_class(sheet, at, scope),
        "NetworkPolicy"
        | "CiliumNetworkPolicy"
        | "CiliumClusterwideNetworkPolicy"
        | "ServiceEntry"
        | "AuthorizationPolicy"
        | "EgressNetworkPolicy"
        | "EgressFirewall"
        | "GlobalNetworkPolicy"
        | "AdminNetworkPolicy"
        | "Sidecar" => {
            for spec in ["spec", "specs"].iter().filter_map(|key| at.get(key)) {
                sheet.allowed(spec, scope);
            }
        }
        "Application" | "ApplicationSet" => gitops::read_argo(sheet, at, scope, name),
        "Kustomization" => gitops::read_kustomization(sheet, at, scope),
        "HelmRelease" | "HelmChart" | "HelmChartConfig" => gitops::read_release(sheet, at, scope),
        _ => workload::read(sheet, at, scope, name),
    }
    sheet.keys(at, scope, &[]);
}

/// Labels that name an environment.
const ENVIRONMENT_LABELS: &[&str] = &[
    "environment",
    "env",
    "app.kubernetes.io/environment",
    "tags.datadoghq.com/env",
    "app.kubernetes.io/env",
    "stage",
];

/// Labels stay settings with a short path, so that `country: us` stands beside what it speaks of. The
/// environment is what a label says, else what the namespace is called: the model knows which words mean one.
fn read_metadata(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    let Some(metadata) = at.get("metadata") else { return };
    let template = at.find(&["spec", "template", "metadata", "labels"]);
    let labels = metadata.get("labels");
    let labelled =
        |labels: Option<At<'_>>| ENVIRONMENT_LABELS.iter().find_map(|label| labels?.get(label)?.text()).cloned();
    let namespace = || metadata.get("namespace").and_then(At::text).cloned();
    if let Some(text) = labelled(labels).or_else(|| labelled(template)).or_else(namespace) {
        sheet.set_environment(scope, &text);
    }
    for key in ["labels", "annotations"] {
        if let Some((name, inner)) = metadata.get_entry(key).filter(|(_, inner)| inner.is_map()) {
            sheet.keys(inner, scope, &[name_of(name)]);
        }
    }
    if let Some((name, namespace)) = metadata.get_entry("namespace") {
        sheet.value(scope, name_of(name), namespace, Said::Key, Notation::Braced);
    }
}

fn read_config_map(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    if let Some(name) = name {
        sheet.scope(scope).provides.push(Bundle::ConfigMap(name.expose().to_owned()));
    }
    read_data(sheet, at.get("data"), scope);
}

/// Entries are variables; those that are whole files are read as such, or are plain text under the file's name.
pub(super) fn read_data(sheet: &mut Sheet<'_>, data: Option<At<'_>>, scope: ScopeId) {
    for (key, value) in data.map(At::entries).unwrap_or_default() {
        if sheet.is_full() {
            return;
        }
        match value.text().filter(|text| is_file(key, text)) {
            Some(text) if embedded::read_file(sheet, scope, key.expose(), text) => sheet.take(value),
            Some(_) => sheet.value(scope, name_of(key), value, Said::Key, Notation::Braced),
            None => sheet.variable(key, value, scope, Habit::BRACED),
        }
    }
}

fn is_file(key: &Text, value: &Text) -> bool {
    const FILES: &[&str] = &["yml", "yaml", "json", "properties", "env", "toml", "ini", "conf", "xml", "js", "sh"];
    let extension = key.expose().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| FILES.contains(&extension.as_str())) || value.expose().trim().contains('\n')
}

fn read_secret(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    if let Some(name) = name {
        sheet.scope(scope).provides.push(Bundle::Secret(name.expose().to_owned()));
    }
    read_data(sheet, at.get("stringData"), scope);
    for (key, value) in at.get("data").map(At::entries).unwrap_or_default() {
        match value.text().and_then(decoded) {
            Some(_) if sheet.is_full() || sheet.says(scope, key.expose()) => sheet.take(value),
            Some(text) if is_file(key, &text) && embedded::read_file(sheet, scope, key.expose(), &text) => {
                sheet.take(value);
            }
            Some(text) => {
                sheet.set(scope, name_of(key), template::value(&text, Notation::Braced), Said::Variable);
                sheet.take(value);
            }
            // A hole of a template, a placeholder, or bytes.
            None => sheet.variable(key, value, scope, Habit::BRACED),
        }
    }
}

/// Base64 in the place of the encoded text. A line end at its end comes of `echo` and belongs to nobody.
fn decoded(text: &Text) -> Option<Text> {
    let plain = base64::decode(text.expose())?;
    Some(Text::standing_for(plain.trim_end_matches(['\n', '\r']), text.span()))
}

/// A JSON patch (RFC 6902) or a part of an object, said in a Kustomization: what it sets.
pub(super) fn read_patch(sheet: &mut Sheet<'_>, patch: At<'_>) {
    let scope = ScopeId::FILE;
    if is_object(patch) {
        read_object(sheet, patch);
    }
    for operation in patch.items() {
        let (Some(path), Some(value)) = (operation.get("path").and_then(At::text), operation.get("value")) else {
            continue;
        };
        let last = path.expose().rsplit('/').next().unwrap_or("");
        let position = last == "-" || last.bytes().all(|byte| byte.is_ascii_digit());
        if path.expose().contains("/env") && position {
            sheet.variable_item(value, scope, Habit::BRACED);
        } else if ["/data/", "/stringData/"].iter().any(|data| path.expose().starts_with(data)) {
            let name = path.part(path.len() - last.len()..path.len());
            sheet.variable(&name, value, scope, Habit::BRACED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A workload takes its variables from a ConfigMap and a Secret, whose base64 is no encryption.
    #[test]
    fn objects_say_what_they_hold_and_take_over() {
        let file = r#"
apiVersion: v1
kind: ConfigMap
metadata:
  name: flinks-us
  namespace: payments-prod
  labels: {app: pay, country: us}
data:
  FLINKS_US_API_URL: https://acme-us-api.private.fin.ag
  application.yml: |
    flinks:
      host: acme-us-api.private.fin.ag
---
apiVersion: v1
kind: Secret
metadata: {name: flinks-keys, labels: {environment: production}}
stringData:
  FLINKS_CA_SECRET_KEY: ${CA_KEY}
data:
  FLINKS_US_INSTANCE: YWNtZS11cwo=
  FLINKS_US_SECRET_KEY: changeme
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    spec:
      volumes: [{name: c, configMap: {name: mounted}}]
      initContainers:
        - name: migrate
          env: [{name: MODE, value: migrate}]
      containers:
        - name: web
          image: acme/web
          envFrom:
            - configMapRef: {name: flinks-us}
            - secretRef: {name: flinks-keys}
          env:
            - name: FLINKS_CA_API_URL
              value: "https://$(FLINKS_INSTANCE)-api.private.fin.ag"
            - name: FLINKS_CA_SECRET_KEY
              valueFrom: {secretKeyRef: {name: flinks-ca, key: secret}}
            - name: FLINKS_CA_HOST
              valueFrom: {configMapKeyRef: {name: flinks-ca, key: host}}
            - name: POD
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
"#;
        assert_eq!(
            shown("deploy/prod/flinks.yaml", file.trim_start()),
            "
ConfigMap flinks-us < file, environment payments-prod, provides ConfigMap flinks-us
Secret flinks-keys < file, environment production, provides Secret flinks-keys
Deployment web < file, unit item web, uses ConfigMap mounted
container web < Deployment web, uses ConfigMap flinks-us, uses Secret flinks-keys
container migrate < Deployment web
ConfigMap flinks-us | labels.app = pay
ConfigMap flinks-us | labels.country = us
ConfigMap flinks-us | namespace = payments-prod
ConfigMap flinks-us | FLINKS_US_API_URL = https://acme-us-api.private.fin.ag (variable)
ConfigMap flinks-us | flinks.host = acme-us-api.private.fin.ag
ConfigMap flinks-us | apiVersion = v1
ConfigMap flinks-us | kind = ConfigMap
ConfigMap flinks-us | metadata.name = flinks-us
Secret flinks-keys | labels.environment = production
Secret flinks-keys | FLINKS_CA_SECRET_KEY = [CA_KEY] (variable)
Secret flinks-keys | FLINKS_US_INSTANCE = acme-us (variable)
Secret flinks-keys | FLINKS_US_SECRET_KEY = changeme (variable)
Secret flinks-keys | apiVersion = v1
Secret flinks-keys | kind = Secret
Secret flinks-keys | metadata.name = flinks-keys
container web | FLINKS_CA_API_URL = https://[FLINKS_INSTANCE]-api.private.fin.ag (variable)
container web | FLINKS_CA_SECRET_KEY = [!flinks-ca/secret] (variable)
container web | FLINKS_CA_HOST = [flinks-ca/host] (variable)
container web | POD = [?metadata.name] (variable)
container web | name = web
container web | image = acme/web
container migrate | MODE = migrate (variable)
container migrate | name = migrate
Deployment web | apiVersion = apps/v1
Deployment web | kind = Deployment
Deployment web | metadata.name = web
Deployment web | spec.replicas = 2
Deployment web | spec.template.spec.volumes.0.name = c
Deployment web | spec.template.spec.volumes.0.configMap.name = mounted
"
        );
    }

    /// What is not shaped as Kubernetes has it stays a plain key.
    #[test]
    fn odd_objects_do_no_harm() {
        let file = r#"
apiVersion: v1
kind: ConfigMap
metadata: null
data: [1, 2]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: 3, labels: x}
spec: {template: {spec: {containers: [null, 4, {name: [x], env: "string", envFrom: {a: b}}]}}}
"#;
        assert_eq!(
            shown("k8s/odd.yaml", file.trim_start()),
            "
ConfigMap < file
Deployment 3 < file, unit item 3
ConfigMap | apiVersion = v1
ConfigMap | kind = ConfigMap
ConfigMap | metadata =
ConfigMap | data.0 = 1
ConfigMap | data.1 = 2
Deployment 3 | apiVersion = apps/v1
Deployment 3 | kind = Deployment
Deployment 3 | metadata.name = 3
Deployment 3 | metadata.labels = x
Deployment 3 | spec.template.spec.containers.0 =
Deployment 3 | spec.template.spec.containers.1 = 4
Deployment 3 | spec.template.spec.containers.2.name.0 = x
Deployment 3 | spec.template.spec.containers.2.env = string
Deployment 3 | spec.template.spec.containers.2.envFrom.a = b
"
        );
    }

    /// A name that a chart makes up still joins what provides and what uses.
    #[test]
    fn templates_have_parameters() {
        let file = r#"
apiVersion: template.openshift.io/v1
kind: Template
parameters: [{name: FLINKS_INSTANCE, value: toolbox}, {name: X}]
objects:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: '{{ include "x" . }}-config'}
    data: {FLINKS_HOST: "${FLINKS_INSTANCE}-api.private.fin.ag"}
"#;
        assert_eq!(
            shown("openshift/pay.yml", file.trim_start()),
            r#"
ConfigMap {{ include "x" . }}-config < file, provides ConfigMap {{ include "x" . }}-config
file | FLINKS_INSTANCE = toolbox (default)
ConfigMap {{ include "x" . }}-config | FLINKS_HOST = [FLINKS_INSTANCE]-api.private.fin.ag (variable)
ConfigMap {{ include "x" . }}-config | apiVersion = v1
ConfigMap {{ include "x" . }}-config | kind = ConfigMap
ConfigMap {{ include "x" . }}-config | metadata.name = [?include "x" .]-config
file | apiVersion = template.openshift.io/v1
file | kind = Template
file | parameters.1.name = X
"#
        );
    }
}
