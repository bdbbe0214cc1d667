//! ArgoCD Applications and Flux HelmReleases: Helm values said in a Kubernetes object.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{embedded, helm, kustomize, paths};
use crate::fact::{Bundle, Deployed, Said, ScopeId};
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::At;

pub(super) fn read_argo(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    if let Some(name) = name {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    let spec = at.find(&["spec", "template", "spec"]).or_else(|| at.get("spec"));
    let Some(spec) = spec else { return };
    // An Application lives in ArgoCD's own namespace; where it deploys to says more.
    let namespace = spec.find(&["destination", "namespace"]).and_then(At::text);
    if let Some(namespace) = namespace.filter(|_| !labelled(at)) {
        sheet.scope(scope).environment = None;
        sheet.set_environment(scope, namespace);
    }
    let sources = spec.get("source").into_iter().chain(spec.get("sources").into_iter().flat_map(At::items));
    for source in sources {
        if let Some(helm) = source.get("helm") {
            read_helm(sheet, helm, scope);
        }
        if let Some(kustomize) = source.get("kustomize") {
            kustomize::read_patches(sheet, kustomize, scope);
        }
        sheet.variables(source.find(&["plugin", "env"]), scope, Habit::BRACED);
    }
}

fn labelled(at: At<'_>) -> bool {
    ["env", "environment"].iter().any(|label| at.find(&["metadata", "labels", label]).is_some())
}

fn read_helm(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    if let Some(values) = at.get("valuesObject") {
        helm::read_values(sheet, values, scope);
    }
    if let Some(values) = at.get("values") {
        read_text_or_map(sheet, values, scope);
    }
    for parameter in at.get("parameters").into_iter().flat_map(At::items) {
        if let (Some(name), Some(value)) = (parameter.get("name").and_then(At::text), parameter.get("value")) {
            sheet.value(scope, name_of(name), value, Said::Key, Notation::Braced);
            sheet.take(parameter);
        }
    }
}

pub(super) fn read_release(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    if let Some(name) = at.find(&["metadata", "name"]).and_then(At::text) {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    let namespace = at.find(&["spec", "targetNamespace"]).and_then(At::text);
    if let Some(namespace) = namespace.filter(|_| !labelled(at)) {
        sheet.set_environment(scope, namespace);
    }
    for values in [&["spec", "values"][..], &["spec", "valuesContent"]].iter().filter_map(|path| at.find(path)) {
        read_text_or_map(sheet, values, scope);
    }
}

/// Flux applies a folder of the repository, with variables that it fills into the manifests.
pub(super) fn read_kustomization(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    let Some(spec) = at.get("spec") else { return };
    if let Some(path) = spec.get("path").and_then(At::text) {
        // The path begins at the repository's root, whatever folder this file lies in.
        let root = Source::new(sheet.source.id, "", "");
        if let Some(folder) = paths::beside(&root, path.expose().trim_start_matches('/')) {
            sheet.uses(scope, Bundle::Folder(folder), path.span());
        }
    }
    if let Some(namespace) = spec.get("targetNamespace").and_then(At::text).filter(|_| !labelled(at)) {
        sheet.set_environment(scope, namespace);
    }
    sheet.variables(spec.find(&["postBuild", "substitute"]), scope, Habit::BRACED);
    for from in spec.find(&["postBuild", "substituteFrom"]).into_iter().flat_map(At::items) {
        let (Some(kind), Some(name)) = (from.get("kind").and_then(At::word), from.get("name").and_then(At::text))
        else {
            continue;
        };
        let bundle = if kind == "Secret" { Bundle::Secret } else { Bundle::ConfigMap };
        sheet.uses(scope, bundle(name.expose().to_owned()), name.span());
    }
    kustomize::read_patches(sheet, spec, scope);
}

/// Values are written as a map, or as a text that is one.
fn read_text_or_map(sheet: &mut Sheet<'_>, values: At<'_>, scope: ScopeId) {
    let Some(text) = values.text() else { return helm::read_values(sheet, values, scope) };
    embedded::read_yaml(sheet, scope, text, |inner, tree| {
        for root in tree.roots() {
            helm::read_values(inner, root, ScopeId::FILE);
        }
    });
    sheet.take(values);
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// Values may be a map, a text that is one, or parameters; the namespace tells where they hold.
    #[test]
    fn values_in_an_object_are_values() {
        let file = "
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: pay-prod, namespace: argocd}
spec:
  destination: {namespace: production}
  source:
    helm:
      parameters: [{name: flinks.host, value: acme-ca-api.private.fin.ag}]
      valuesObject: {env: {FLINKS_CA_INSTANCE: acme-ca}}
      values: |
        env:
          FLINKS_US_INSTANCE: acme-us
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: pay, namespace: staging}
spec:
  values:
    env: [{name: FLINKS_INSTANCE, value: toolbox}]
";
        assert_eq!(
            shown("apps/pay.yaml", file.trim_start()),
            "
Application pay-prod < file, unit item pay-prod, environment production
HelmRelease pay < file, unit item pay, environment staging
Application pay-prod | namespace = argocd
Application pay-prod | FLINKS_CA_INSTANCE = acme-ca (variable)
Application pay-prod | FLINKS_US_INSTANCE = acme-us (variable)
Application pay-prod | flinks.host = acme-ca-api.private.fin.ag
Application pay-prod | apiVersion = argoproj.io/v1alpha1
Application pay-prod | kind = Application
Application pay-prod | metadata.name = pay-prod
Application pay-prod | spec.destination.namespace = production
HelmRelease pay | namespace = staging
HelmRelease pay | FLINKS_INSTANCE = toolbox (variable)
HelmRelease pay | apiVersion = helm.toolkit.fluxcd.io/v2
HelmRelease pay | kind = HelmRelease
HelmRelease pay | metadata.name = pay
"
        );
    }

    /// What Flux fills in decides which host a base names.
    #[test]
    fn flux_fills_in_variables() {
        let file = "
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: pay, namespace: flux-system}
spec:
  path: ./deploy/base
  targetNamespace: payments-production
  postBuild:
    substitute: {FLINKS_INSTANCE: acme-us}
    substituteFrom: [{kind: Secret, name: keys}]
";
        assert_eq!(
            shown("clusters/prod/pay.yaml", file.trim_start()),
            "
Kustomization pay < file, environment payments-production, uses folder deploy/base, uses Secret keys
Kustomization pay | namespace = flux-system
Kustomization pay | FLINKS_INSTANCE = acme-us (variable)
Kustomization pay | apiVersion = kustomize.toolkit.fluxcd.io/v1
Kustomization pay | kind = Kustomization
Kustomization pay | metadata.name = pay
Kustomization pay | spec.path = ./deploy/base
Kustomization pay | spec.targetNamespace = payments-production
Kustomization pay | spec.postBuild.substituteFrom.0.kind = Secret
Kustomization pay | spec.postBuild.substituteFrom.0.name = keys
"
        );
    }
}
