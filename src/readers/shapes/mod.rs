//! Shapes: the meaning of structured files that is not in their syntax alone (compose, Kubernetes, CI, platforms).
//!
//! A shape opens the blocks of a file, says which of its maps and lists are environment variables,
//! defaults or allow-lists, and leaves everything else as plain keys, so that nothing is lost.

pub mod allow_list;
mod ansible;
mod azure_pipelines;
pub mod base64;
mod ci;
mod circleci;
mod cloud_build;
mod cloudformation;
mod compose;

mod ecs;
mod embedded;
mod github;
mod gitlab;
mod gitops;
mod helm;
mod kubernetes;
mod kustomize;
mod paths;
mod platforms;
mod render;
mod sealed;
mod serverless;
mod sheet;
#[cfg(test)]
pub(in crate::readers) mod shown;
mod tools;
mod variables;
mod web;
mod workload;
mod wrangler;

use crate::fact::{Facts, Problem};
use crate::readers::{document, repeated};
use crate::source::Source;
use crate::tree::Tree;

/// One kind of structured file.
pub struct Shape {
    pub name: &'static str,
    /// Whether a file is of this kind, from its path and what stands at its top.
    pub fits: fn(&Source, &Tree) -> bool,
    pub read: fn(&Source, &Tree, &mut Facts),
}

/// Every shape, the more specific before the more general: the first that fits reads the file.
pub const SHAPES: &[Shape] = &[
    kustomize::SHAPE,
    kubernetes::SHAPE,
    github::SHAPE,
    gitlab::SHAPE,
    circleci::SHAPE,
    azure_pipelines::SHAPE,
    ci::BITBUCKET,
    ci::BUILDKITE,
    ci::DRONE,
    ci::TRAVIS,
    cloud_build::SHAPE,
    serverless::SHAPE,
    cloudformation::SHAPE,
    cloudformation::DEPLOYMENT,
    ecs::SHAPE,
    render::SHAPE,
    platforms::FLY,
    platforms::HEROKU,
    platforms::APP_ENGINE,
    platforms::DIGITAL_OCEAN,
    platforms::AZURE_FUNCTIONS,
    web::VERCEL,
    web::NETLIFY,
    wrangler::SHAPE,
    tools::LAUNCH_SETTINGS,
    tools::EDITOR,
    tools::PROCESS_MANAGER,
    tools::PULUMI,
    crate::readers::liquibase::SHAPE,
    ansible::SHAPE,
    compose::SHAPE,
    helm::SHAPE,
];

/// What a structured file says: read by the first shape that fits, else as a plain document.
pub fn read(source: &Source, tree: &Tree, problems: Vec<Problem>) -> Facts {
    let mut facts = match SHAPES.iter().find(|shape| (shape.fits)(source, tree)) {
        None => document::read(source, tree, problems),
        Some(shape) => {
            let mut facts = Facts { problems, ..Facts::new(source.id) };
            (shape.read)(source, tree, &mut facts);
            facts
        }
    };
    repeated::entries(source, tree, &mut facts);
    facts
}

/// Whether a file's name is this one, whatever its case, with `.yml` or `.yaml` behind it.
fn is_yaml_named(source: &Source, stem: &str) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    [".yml", ".yaml"].iter().any(|ending| name.strip_suffix(ending) == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::shown::shown;

    /// More tools take a list of variables than have a shape.
    #[test]
    fn lists_of_variables_in_other_documents() {
        let file = "
steps:
  - name: node
    env: [FLINKS_INSTANCE=acme-ca, lower=x]
substitutions: {_FLINKS: acme}
";
        assert_eq!(
            shown("cloudbuild.yaml", file.trim_start()),
            "
file | steps.0.name = node
file | steps.0.env.FLINKS_INSTANCE = acme-ca (variable)
file | steps.0.env.1 = lower=x
file | substitutions._FLINKS = acme
"
        );
    }
}
