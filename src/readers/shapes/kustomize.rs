//! Kustomizations: the bases that hold here, generated ConfigMaps and Secrets, and inline patches.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, embedded, is_yaml_named, kubernetes, paths};
use crate::fact::{Bundle, Facts, ScopeId};
use crate::readers::has_extension;
use crate::source::{Source, Span};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "kustomize", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let kind = |root: At<'_>| root.get("kind").and_then(At::word).map(str::to_owned);
    source.file_name() == "Kustomization"
        || is_yaml_named(source, "kustomization")
        || tree.roots().any(|root| {
            let ours = root.get("apiVersion").and_then(At::word).is_some_and(|it| it.starts_with("kustomize.config"));
            ours && matches!(kind(root).as_deref(), Some("Kustomization" | "Component"))
        })
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_root(&mut sheet, root);
    }
    sheet.rest(tree);
}

fn read_root(sheet: &mut Sheet<'_>, root: At<'_>) {
    let taken_in = ["resources", "bases", "components", "crds"].iter().filter(|_| !changes_by_position(root));
    for resource in taken_in.filter_map(|key| root.get(key)).flat_map(At::items).filter_map(At::text) {
        use_path(sheet, ScopeId::FILE, resource);
    }
    read_labels(sheet, root);
    for (key, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for generator in root.get(key).into_iter().flat_map(At::items) {
            read_generator(sheet, generator, kind);
        }
    }
    read_patches(sheet, root, ScopeId::FILE);
}

/// Whether it replaces variables of its bases by their position in a list, or whole maps of them. What is left of a
/// base cannot be told then, so nothing of it is taken to hold here.
fn changes_by_position(root: At<'_>) -> bool {
    let items = |key: &'static str| root.get(key).into_iter().flat_map(At::items);
    let in_file = items("patchesJson6902").any(|item| item.get("path").is_some());
    let inline =
        ["patches", "patchesJson6902"].into_iter().flat_map(items).filter_map(|item| item.get("patch")?.text());
    let generators = ["configMapGenerator", "secretGenerator"].into_iter().flat_map(items);
    let replaces = |generator: At<'_>| generator.get("behavior").and_then(At::word) == Some("replace");
    in_file || inline.map(Text::expose).any(is_json_patch_of_variables) || generators.into_iter().any(replaces)
}

/// RFC 6902: a list of operations on paths such as `/spec/template/spec/containers/0/env/0/value`.
fn is_json_patch_of_variables(patch: &str) -> bool {
    let operates = patch.contains("op:") || patch.contains("\"op\"");
    operates && ["/env", "/data", "/stringData", "/spec/values"].iter().any(|path| patch.contains(path))
}

/// A file of manifests, or a folder with a Kustomization of its own.
fn use_path(sheet: &mut Sheet<'_>, scope: ScopeId, text: &Text) {
    let Some(path) = paths::beside(sheet.source, text.expose()) else { return };
    let last = path.rsplit('/').next().unwrap_or("");
    let file = [".yaml", ".yml", ".json"].iter().any(|ending| last.to_ascii_lowercase().ends_with(ending));
    // `github.com/acme/base` is an address without its scheme.
    if file {
        sheet.uses(scope, Bundle::File(path), text.span());
    } else if !text.expose().split('/').next().unwrap_or("").contains(".com") {
        sheet.uses(scope, Bundle::Folder(path), text.span());
    }
}

fn read_labels(sheet: &mut Sheet<'_>, root: At<'_>) {
    let pairs = root.get("labels").into_iter().flat_map(At::items).filter_map(|item| item.get("pairs"));
    let common: Vec<At<'_>> = root.get("commonLabels").into_iter().chain(pairs).collect();
    let label = ["environment", "env"].iter().find_map(|key| common.iter().find_map(|map| map.get(key)?.text()));
    if let Some(text) = label.or_else(|| root.get("namespace")?.text()) {
        sheet.set_environment(ScopeId::FILE, text);
    }
    let labels = crate::fact::Name::key("labels", root.span());
    for map in common {
        sheet.keys(map, ScopeId::FILE, &[labels_name(root, &labels)]);
    }
}

/// The key under which labels stand here, with its place.
fn labels_name(root: At<'_>, otherwise: &crate::fact::Name) -> crate::fact::Name {
    let entry = root.get_entry("commonLabels").or_else(|| root.get_entry("labels"));
    entry.map_or_else(|| otherwise.clone(), |(key, _)| crate::fact::Name { text: "labels".into(), ..name_of(key) })
}

fn read_generator(sheet: &mut Sheet<'_>, generator: At<'_>, kind: &str) {
    let Some(name) = generator.get("name").and_then(At::text) else { return };
    let scope = sheet.open(ScopeId::FILE, kind, name);
    let bundle = if kind == "Secret" { Bundle::Secret } else { Bundle::ConfigMap };
    sheet.scope(scope).provides.push(bundle(name.expose().to_owned()));
    sheet.variables(generator.get("literals"), scope, Habit::BRACED);
    let one = generator.get("env").into_iter();
    let files = ["envs", "files"].iter().filter_map(|key| generator.get(key)).flat_map(At::items);
    for file in one.chain(files).filter_map(At::text) {
        if let Some((path, span)) = generated_from(sheet.source, file) {
            sheet.uses(scope, Bundle::File(path), span);
        }
    }
    sheet.keys(generator, scope, &[]);
}

/// `config.yml` or `application.yml=config.yml`.
fn generated_from(source: &Source, file: &Text) -> Option<(String, Span)> {
    let start = file.expose().find('=').map_or(0, |equals| equals + 1);
    let path = file.part(start..file.len());
    Some((paths::beside(source, path.expose())?, path.span()))
}

/// Patches that name a file hold here as that file; inline ones are read where they stand.
pub(super) fn read_patches(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    let lists = ["patches", "patchesStrategicMerge", "patchesJson6902"].iter().filter_map(|key| at.get(key));
    for item in lists.flat_map(At::items) {
        let path = item.get("path").or(Some(item)).and_then(At::text);
        let path = path.filter(|text| has_yaml_ending(sheet.source, text));
        if let Some(path) = path {
            use_path(sheet, scope, path);
        }
        match item.get("patch").or_else(|| item.text().map(|_| item)) {
            Some(patch) if path.is_none() && !sheet.is_full() => read_patch(sheet, patch, scope),
            _ => {}
        }
    }
}

fn read_patch(sheet: &mut Sheet<'_>, patch: At<'_>, scope: ScopeId) {
    let Some(text) = patch.text() else { return };
    embedded::read_yaml(sheet, scope, text, |inner, tree| {
        for root in tree.roots() {
            kubernetes::read_patch(inner, root);
        }
    });
    sheet.take(patch);
}

fn has_yaml_ending(source: &Source, text: &Text) -> bool {
    let named = Source::new(source.id, text.expose().trim(), "");
    !text.expose().trim().contains('\n') && has_extension(&named, &["yaml", "yml", "json"])
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// The country of an overlay is often said by nothing but a label, and its host by a patch alone.
    #[test]
    fn an_overlay_says_its_base_its_generators_and_its_patches() {
        let file = r#"
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: payments-prod
commonLabels: {country: us}
resources: [../../base, extra.yaml, "github.com/acme/base?ref=v1"]
configMapGenerator:
  - name: flinks
    behavior: merge
    literals: [FLINKS_API_URL=https://acme-us-api.private.fin.ag, NODE_ENV=production]
    envs: [flinks.env]
secretGenerator:
  - name: keys
    env: ../secret.env
    files: [application.yml=app.yml]
patches:
  - path: replicas.yaml
  - target: {kind: Deployment}
    patch: |-
      - op: replace
        path: /data/FLINKS_US_HOST
        value: acme-us-api.private.fin.ag
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: {name: FLINKS_CA_HOST, value: acme-ca-api.private.fin.ag}
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: flinks}
      data:
        FLINKS_CA_INSTANCE: acme-ca
"#;
        assert_eq!(
            shown("k8s/overlays/prod/kustomization.yaml", file.trim_start()),
            "
file, environment payments-prod, uses file k8s/overlays/prod/replicas.yaml
ConfigMap flinks < file, provides ConfigMap flinks, uses file k8s/overlays/prod/flinks.env
Secret keys < file, provides Secret keys, uses file k8s/overlays/secret.env, uses file k8s/overlays/prod/app.yml
ConfigMap flinks < file, provides ConfigMap flinks
file | labels.country = us
ConfigMap flinks | FLINKS_API_URL = https://acme-us-api.private.fin.ag (variable)
ConfigMap flinks | NODE_ENV = production (variable)
ConfigMap flinks | name = flinks
ConfigMap flinks | behavior = merge
ConfigMap flinks | envs.0 = flinks.env
Secret keys | name = keys
Secret keys | env = ../secret.env
Secret keys | files.0 = application.yml=app.yml
file | FLINKS_US_HOST = acme-us-api.private.fin.ag (variable)
file | FLINKS_CA_HOST = acme-ca-api.private.fin.ag (variable)
file | 0.op = replace
file | 0.path = /data/FLINKS_US_HOST
file | 1.op = add
file | 1.path = /spec/template/spec/containers/0/env/-
ConfigMap flinks | FLINKS_CA_INSTANCE = acme-ca (variable)
ConfigMap flinks | apiVersion = v1
ConfigMap flinks | kind = ConfigMap
ConfigMap flinks | metadata.name = flinks
file | apiVersion = kustomize.config.k8s.io/v1beta1
file | kind = Kustomization
file | namespace = payments-prod
file | resources.0 = ../../base
file | resources.1 = extra.yaml
file | resources.2 = github.com/acme/base?ref=v1
file | patches.0.path = replicas.yaml
file | patches.1.target.kind = Deployment
"
        );
    }
}
