//! Kubernetes objects whose values an operator fills in: SealedSecret, ExternalSecret, SecretProviderClass.

use super::kubernetes::read_data;
use super::sheet::Sheet;
use super::variables::name_of;
use crate::fact::{Bundle, Said, ScopeId};
use crate::text::Text;
use crate::tree::At;

/// The values are encrypted: present, not knowable.
pub(super) fn read_sealed_secret(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    let target = at.find(&["spec", "template", "metadata", "name"]).and_then(At::text).or(name);
    provide_secret(sheet, scope, target);
    for (key, value) in at.find(&["spec", "encryptedData"]).map(At::entries).unwrap_or_default() {
        set_stored(sheet, scope, key, &[target.map_or("", |name| name.expose()), key.expose()], value);
    }
    read_data(sheet, at.find(&["spec", "template", "data"]), scope);
}

pub(super) fn read_external_secret(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
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
pub(super) fn read_provider_class(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
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

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

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
}
