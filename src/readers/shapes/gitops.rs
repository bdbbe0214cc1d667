//! ArgoCD Applications and Flux HelmReleases: Helm values said in a Kubernetes object.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{embedded, helm, kustomize};
use crate::fact::{Deployed, Said, ScopeId};
use crate::readers::template::Notation;
use crate::source::Spanned;
use crate::text::Text;
use crate::tree::At;

pub(super) fn read_argo(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    if let Some(name) = name {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    let spec = at.find(&["spec", "template", "spec"]).or_else(|| at.get("spec"));
    let Some(spec) = spec else { return };
    // An Application lives in ArgoCD's own namespace; where it deploys to says more.
    if let Some(namespace) = spec.find(&["destination", "namespace"]).and_then(At::text) {
        if !labelled(at) {
            sheet.scope(scope).environment = None;
            sheet.set_environment(scope, namespace);
        }
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
}
