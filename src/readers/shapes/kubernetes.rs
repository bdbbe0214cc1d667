//! Kubernetes manifests: one block per object, ConfigMaps and Secrets as what workloads take their variables from.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, base64, embedded, gitops, workload};
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
    let items = at.get("items").filter(|items| items.is_list());
    match (at.get("kind").and_then(At::word), items) {
        (Some("List"), Some(items)) if depth > 0 => {
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
        "SealedSecret" => read_sealed_secret(sheet, at, scope, name),
        "ExternalSecret" | "ClusterExternalSecret" => read_external_secret(sheet, at, scope, name),
        "SecretProviderClass" => read_provider_class(sheet, at, scope),
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
fn read_data(sheet: &mut Sheet<'_>, data: Option<At<'_>>, scope: ScopeId) {
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

/// The values are encrypted: present, not knowable.
fn read_sealed_secret(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    let target = at.find(&["spec", "template", "metadata", "name"]).and_then(At::text).or(name);
    provide_secret(sheet, scope, target);
    for (key, value) in at.find(&["spec", "encryptedData"]).map(At::entries).unwrap_or_default() {
        set_stored(sheet, scope, key, &[target.map_or("", |name| name.expose()), key.expose()], value);
    }
    read_data(sheet, at.find(&["spec", "template", "data"]), scope);
}

fn read_external_secret(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    let spec = at.get("externalSecretSpec").or_else(|| at.find(&["spec", "externalSecretSpec"])).or(at.get("spec"));
    let Some(spec) = spec else { return };
    let target = spec.find(&["target", "name"]).and_then(At::text).or(name);
    provide_secret(sheet, scope, target);
    read_data(sheet, spec.find(&["target", "template", "data"]), scope);
    for item in spec.get("data").into_iter().flat_map(At::items) {
        let Some(key) = item.get("secretKey").and_then(At::text) else { continue };
        if sheet.says(scope, key.expose()) {
            continue;
        }
        let Some(remote) = item.get("remoteRef") else { continue };
        let part = |name| remote.get(name).and_then(At::word).unwrap_or("");
        set_stored(sheet, scope, key, &[part("key"), part("property")], remote);
        sheet.take(item);
    }
}

/// The Azure, AWS and GCP drivers: what is mounted can also become a Secret.
fn read_provider_class(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    for object in at.find(&["spec", "secretObjects"]).into_iter().flat_map(At::items) {
        provide_secret(sheet, scope, object.get("secretName").and_then(At::text));
        for item in object.get("data").into_iter().flat_map(At::items) {
            let Some(key) = item.get("key").and_then(At::text) else { continue };
            let locator = item.get("objectName").and_then(At::word).unwrap_or("");
            set_stored(sheet, scope, key, &[locator], item);
        }
    }
}

fn provide_secret(sheet: &mut Sheet<'_>, scope: ScopeId, name: Option<&Text>) {
    if let Some(name) = name {
        sheet.scope(scope).provides.push(Bundle::Secret(name.expose().to_owned()));
    }
}

fn set_stored(sheet: &mut Sheet<'_>, scope: ScopeId, key: &Text, locator: &[&str], at: At<'_>) {
    if !sheet.is_full() {
        let locator: Vec<&str> = locator.iter().copied().filter(|part| !part.is_empty()).collect();
        sheet.set_stored(scope, name_of(key), &locator.join("/"), at.span(), Said::Variable);
    }
    sheet.take(at);
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
container web | FLINKS_CA_HOST = [host] (variable)
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

    /// Keys that an operator fills in are present; hosts that a policy lets through are not reached.
    #[test]
    fn kept_listed_and_allowing_objects() {
        let file = r#"
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: flinks-us}
spec:
  target: {name: flinks-us-keys}
  data:
    - secretKey: FLINKS_US_SECRET_KEY
      remoteRef: {key: prod/flinks/us, property: secret}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: flinks-ca}
spec:
  encryptedData:
    FLINKS_CA_SECRET_KEY: AgBy3i4OJSWK
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: {name: sync}
    spec:
      jobTemplate:
        spec:
          template:
            spec:
              containers:
                - name: sync
                  env: [{name: FLINKS_INSTANCE, value: acme-ca}, 7, {name: EMPTY}]
  - apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: flinks}
    spec: {hosts: [toolbox-api.private.fin.ag]}
  - apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        nginx.ingress.kubernetes.io/configuration-snippet: "add_header X \"frame-src https://toolbox-iframe.private.fin.ag\";"
    spec: {rules: null}
"#;
        assert_eq!(
            shown("k8s/more.yaml", file.trim_start()),
            r#"
ExternalSecret flinks-us < file, provides Secret flinks-us-keys
SealedSecret flinks-ca < file, provides Secret flinks-ca
CronJob sync < file, unit item sync
ServiceEntry flinks < file
Ingress web < file
ExternalSecret flinks-us | FLINKS_US_SECRET_KEY = [!prod/flinks/us/secret] (variable)
ExternalSecret flinks-us | apiVersion = external-secrets.io/v1
ExternalSecret flinks-us | kind = ExternalSecret
ExternalSecret flinks-us | metadata.name = flinks-us
ExternalSecret flinks-us | spec.target.name = flinks-us-keys
SealedSecret flinks-ca | FLINKS_CA_SECRET_KEY = [!flinks-ca/FLINKS_CA_SECRET_KEY] (variable)
SealedSecret flinks-ca | apiVersion = bitnami.com/v1alpha1
SealedSecret flinks-ca | kind = SealedSecret
SealedSecret flinks-ca | metadata.name = flinks-ca
CronJob sync | FLINKS_INSTANCE = acme-ca (variable)
CronJob sync | EMPTY =  (variable)
CronJob sync | apiVersion = batch/v1
CronJob sync | kind = CronJob
CronJob sync | metadata.name = sync
CronJob sync | spec.jobTemplate.spec.template.spec.containers.0.name = sync
CronJob sync | spec.jobTemplate.spec.template.spec.containers.0.env.1 = 7
ServiceEntry flinks | hosts.0 = toolbox-api.private.fin.ag (allowed)
ServiceEntry flinks | apiVersion = networking.istio.io/v1
ServiceEntry flinks | kind = ServiceEntry
ServiceEntry flinks | metadata.name = flinks
Ingress web | annotations.nginx.ingress.kubernetes.io/configuration-snippet = add_header X "frame-src https://toolbox-iframe.private.fin.ag"; (allowed)
Ingress web | apiVersion = networking.k8s.io/v1
Ingress web | kind = Ingress
Ingress web | metadata.name = web
Ingress web | spec.rules =
file | apiVersion = v1
file | kind = List
"#
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
}
