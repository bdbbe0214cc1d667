//! ArgoCD Applications and Flux HelmReleases: Helm values said in a Kubernetes object.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{helm, kustomize};
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
        helm::read_values(sheet, values, scope);
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
        helm::read_values(sheet, values, scope);
    }
}
