//! Kubernetes manifests: one block per object, ConfigMaps and Secrets as what workloads take their variables from.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, base64, gitops, workload};
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

/// Entries are variables; those that are whole files are plain text under the file's name.
fn read_data(sheet: &mut Sheet<'_>, data: Option<At<'_>>, scope: ScopeId) {
    for (key, value) in data.map(At::entries).unwrap_or_default() {
        if value.text().is_some_and(|text| is_file(key, text)) {
            sheet.value(scope, name_of(key), value, Said::Key, Notation::Braced);
        } else {
            sheet.variable(key, value, scope, Habit::BRACED);
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
        sheet.set_stored(scope, name_of(key), &locator.join("/"), at.span());
    }
    sheet.take(at);
}

/// A JSON patch (RFC 6902) or a part of an object, said in a Kustomization: what it sets.
pub(super) fn read_patch(sheet: &mut Sheet<'_>, patch: At<'_>, scope: ScopeId) {
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
