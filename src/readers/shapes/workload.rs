//! Kubernetes workloads (Deployment, CronJob, Knative Service, Rollout…): the variables of their containers.

use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Bundle, Deployed, ScopeId};
use crate::source::Spanned;
use crate::text::Text;
use crate::tree::At;

/// Where kinds of workloads keep the description of their pods.
const POD_SPECS: &[&[&str]] = &[
    &["spec", "jobTemplate", "spec", "template", "spec"],
    &["spec", "template", "spec"],
    &["spec", "template", "template", "spec"],
    &["spec", "podTemplate", "spec"],
    &["spec", "jobTargetRef", "template", "spec"],
    &["spec"],
];

/// Reads an object that runs containers; does nothing for others.
pub(super) fn read(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, name: Option<&Text>) {
    let has_containers = |spec: &At<'_>| spec.get("containers").is_some_and(At::is_list);
    let Some(pod) = POD_SPECS.iter().filter_map(|path| at.find(path)).find(has_containers) else { return };
    // In a chart's template the release names it: what is deployed is the chart.
    if let Some(name) = name.filter(|name| !name.expose().contains("{{")) {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    use_volumes(sheet, pod, scope);
    let lists = ["containers", "initContainers"].iter().filter_map(|key| pod.get(key));
    let containers: Vec<At<'_>> = lists.flat_map(At::items).filter(|container| container.is_map()).collect();
    let alone = containers.len() == 1;
    for container in containers {
        if sheet.is_full() {
            return;
        }
        let inner = match container.get("name").and_then(At::text) {
            Some(name) if !alone => sheet.open(scope, "container", name),
            _ => scope,
        };
        read_container(sheet, container, inner);
        if inner != scope {
            sheet.keys(container, inner, &[]);
        }
    }
}

fn read_container(sheet: &mut Sheet<'_>, container: At<'_>, scope: ScopeId) {
    read_env_from(sheet, container.get("envFrom"), scope);
    // `$(NAME)` is expanded, which every notation knows.
    sheet.variables(container.get("env"), scope, Habit::BRACED);
}

/// `envFrom: [{configMapRef: {name: x}}, {secretRef: {name: y}}]`
pub(super) fn read_env_from(sheet: &mut Sheet<'_>, list: Option<At<'_>>, scope: ScopeId) {
    let named = |item: At<'_>, key: &str| item.find(&[key, "name"]).and_then(At::text).cloned();
    for item in list.into_iter().flat_map(At::items) {
        if let Some(name) = named(item, "configMapRef") {
            sheet.uses(scope, Bundle::ConfigMap(name.expose().to_owned()), name.span());
            sheet.take(item);
        }
        if let Some(name) = named(item, "secretRef") {
            sheet.uses(scope, Bundle::Secret(name.expose().to_owned()), name.span());
            sheet.take(item);
        }
    }
}

/// A mounted ConfigMap or Secret holds for the pod too. Where several of a kind are mounted, their keys
/// are files in different folders and would hide each other, so none is taken over.
fn use_volumes(sheet: &mut Sheet<'_>, pod: At<'_>, scope: ScopeId) {
    let volumes: Vec<At<'_>> = pod.get("volumes").into_iter().flat_map(At::items).collect();
    let mounted = |path: &[&str]| {
        let mut names = volumes.iter().filter_map(|volume| volume.find(path)?.text());
        names.next().filter(|_| names.next().is_none())
    };
    if let Some(name) = mounted(&["configMap", "name"]) {
        sheet.uses(scope, Bundle::ConfigMap(name.expose().to_owned()), name.span());
    }
    if let Some(name) = mounted(&["secret", "secretName"]) {
        sheet.uses(scope, Bundle::Secret(name.expose().to_owned()), name.span());
    }
}
