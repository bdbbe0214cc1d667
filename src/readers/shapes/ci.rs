//! Smaller CI systems: Bitbucket Pipelines, Buildkite, Drone and Travis.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, is_yaml_named};
use crate::fact::{Deployed, Facts, Said, ScopeId};
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::tree::{At, Tree};

pub const BITBUCKET: Shape = Shape {
    name: "bitbucket pipelines",
    fits: |source, _| is_yaml_named(source, "bitbucket-pipelines"),
    read: |source, tree, facts| {
        each_root(source, tree, facts, |sheet, root| read_bitbucket(sheet, root, ScopeId::FILE, NESTED))
    },
};

pub const BUILDKITE: Shape = Shape {
    name: "buildkite",
    fits: |source, _| {
        format!("/{}", source.path).contains("/.buildkite/") || source.file_name().starts_with("buildkite.y")
    },
    read: |source, tree, facts| each_root(source, tree, facts, read_buildkite),
};

pub const DRONE: Shape = Shape {
    name: "drone",
    fits: |source, _| {
        [".drone", ".woodpecker"].iter().any(|name| is_yaml_named(source, name))
            || format!("/{}", source.path).contains("/.woodpecker/")
    },
    read: |source, tree, facts| each_root(source, tree, facts, read_drone),
};

pub const TRAVIS: Shape = Shape {
    name: "travis",
    fits: |source, _| is_yaml_named(source, ".travis"),
    read: |source, tree, facts| each_root(source, tree, facts, read_travis),
};

fn each_root(source: &Source, tree: &Tree, facts: &mut Facts, read: fn(&mut Sheet<'_>, At<'_>)) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read(&mut sheet, root);
    }
    sheet.rest(tree);
}

/// Branches, stages and parallel groups within each other.
const NESTED: usize = 10;

/// Steps stand under `step:` anywhere; `deployment:` of a step or a stage is its environment.
fn read_bitbucket(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, depth: usize) {
    if depth == 0 || sheet.is_full() || sheet.is_taken(at) {
        return;
    }
    for item in at.items() {
        read_bitbucket(sheet, item, scope, depth - 1);
    }
    for (key, value) in at.entries() {
        match key.expose() {
            "step" | "stage" if value.is_map() => {
                let inner = match value.get("name").and_then(At::text) {
                    Some(name) => sheet.open(scope, key.expose(), name),
                    None => sheet.open_titled(scope, key.expose().to_owned(), key.span()),
                };
                read_deployment(sheet, value, inner);
                sheet.script(value.get("script"), inner);
                read_bitbucket(sheet, value, inner, depth - 1);
                sheet.keys(value, inner, &[]);
            }
            "variables" if value.is_map() => sheet.variables(Some(value), scope, Habit::SHELL),
            "variables" => read_defaults(sheet, value, scope),
            "definitions" => {}
            _ => read_bitbucket(sheet, value, scope, depth - 1),
        }
    }
}

fn read_deployment(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    if let Some(deployment) = at.get("deployment").and_then(At::text) {
        sheet.set_environment(scope, deployment);
        let unit = Deployed::Item(deployment.expose().to_owned());
        sheet.scope(scope).unit = Some(Spanned::new(unit, deployment.span()));
    }
}

/// Variables that a person is asked for: `[{name: X, default: y}]`.
fn read_defaults(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    for item in at.items() {
        if let (Some(name), Some(default)) = (item.get("name").and_then(At::text), item.get("default")) {
            sheet.value(scope, name_of(name), default, Said::Default, Notation::Shell);
            sheet.take(item);
        }
    }
}

fn read_buildkite(sheet: &mut Sheet<'_>, root: At<'_>) {
    sheet.variables(root.get("env"), ScopeId::FILE, Habit::SHELL);
    let steps: Vec<At<'_>> = if root.is_list() { root.items().collect() } else { list(root, "steps") };
    let grouped: Vec<At<'_>> = steps.iter().flat_map(|step| list(*step, "steps")).collect();
    for step in steps.into_iter().chain(grouped) {
        let name = ["label", "name", "key"].iter().find_map(|key| step.get(key)?.text());
        let command = step.get("command").or_else(|| step.get("commands"));
        let says = step.get("env").or(command).is_some();
        let Some(name) = name.filter(|_| says && !sheet.is_full()) else { continue };
        let scope = sheet.open(ScopeId::FILE, "step", name);
        sheet.set_environment(scope, name);
        sheet.variables(step.get("env"), scope, Habit::SHELL);
        sheet.script(command, scope);
        sheet.keys(step, scope, &[]);
    }
}

fn list<'t>(at: At<'t>, key: &str) -> Vec<At<'t>> {
    at.get(key).into_iter().flat_map(At::items).collect()
}

fn read_drone(sheet: &mut Sheet<'_>, root: At<'_>) {
    let scope = match root.get("name").and_then(At::text).filter(|_| !sheet.is_full()) {
        Some(name) => sheet.open(ScopeId::FILE, "pipeline", name),
        None => ScopeId::FILE,
    };
    if let Some(name) = root.get("name").and_then(At::text) {
        sheet.set_environment(scope, name);
    }
    sheet.variables(root.get("environment"), scope, Habit::BRACED);
    for step in list(root, "steps").into_iter().chain(list(root, "services")) {
        let Some(name) = step.get("name").and_then(At::text).filter(|_| !sheet.is_full()) else { continue };
        let inner = sheet.open(scope, "step", name);
        sheet.variables(step.get("environment"), inner, Habit::BRACED);
        sheet.script(step.get("commands"), inner);
        sheet.keys(step, inner, &[]);
    }
    sheet.keys(root, scope, &[]);
}

fn read_travis(sheet: &mut Sheet<'_>, root: At<'_>) {
    if let Some(env) = root.get("env") {
        let global = env.get("global").or_else(|| env.get("jobs").is_none().then_some(env));
        read_rows(sheet, global, ScopeId::FILE);
        for key in ["jobs", "matrix"] {
            read_cells(sheet, env.get(key));
        }
    }
    for jobs in ["jobs", "matrix"].iter().filter_map(|key| root.get(key)) {
        for job in list(jobs, "include") {
            let Some(env) = job.get("env").filter(|_| !sheet.is_full()) else { continue };
            let name = ["name", "stage"].iter().find_map(|key| job.get(key)?.text());
            let scope = match name {
                Some(name) => sheet.open(ScopeId::FILE, "job", name),
                None => sheet.open_titled(ScopeId::FILE, "job".to_owned(), job.span()),
            };
            if let Some(name) = name {
                sheet.set_environment(scope, name);
            }
            read_rows(sheet, Some(env), scope);
            sheet.keys(job, scope, &[]);
        }
    }
}

/// Texts, or a map; `{secure: …}` is encrypted and names nothing.
fn read_rows(sheet: &mut Sheet<'_>, at: Option<At<'_>>, scope: ScopeId) {
    sheet.words(at, scope);
    sheet.variables(at.filter(|at| at.is_map() && at.get("secure").is_none()), scope, Habit::SHELL);
}

/// Each row of a matrix is a run of its own.
fn read_cells(sheet: &mut Sheet<'_>, rows: Option<At<'_>>) {
    for row in rows.into_iter().flat_map(At::items) {
        if !sheet.is_full() {
            let scope = sheet.open_titled(ScopeId::FILE, "job".to_owned(), row.span());
            read_rows(sheet, Some(row), scope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// Steps stand at any depth; a deployment is their environment.
    #[test]
    fn bitbucket_steps_say_their_deployment() {
        let file = "
pipelines:
  branches:
    main:
      - step:
          name: Ship
          deployment: production
          script:
            - pipe: acme/deploy:1
              variables: {FLINKS_INSTANCE: acme-us}
  custom:
    manual:
      - variables: [{name: FLINKS_COUNTRY, default: us}]
      - step: null
";
        assert_eq!(
            shown("bitbucket-pipelines.yml", file.trim_start()),
            "
step Ship < file, unit item production, environment production
step Ship | FLINKS_INSTANCE = acme-us (variable)
step Ship | name = Ship
step Ship | deployment = production
step Ship | script.0.pipe = acme/deploy:1
file | FLINKS_COUNTRY = us (default)
file | pipelines.custom.manual.1.step =
"
        );
    }

    /// The label is all that says where a step deploys.
    #[test]
    fn buildkite_steps_add_to_the_pipeline() {
        let file = "
env: {FLINKS_INSTANCE: acme-ca}
steps:
  - {label: deploy production, command: x, env: {FLINKS_HOST: $FLINKS_INSTANCE-api.private.fin.ag}}
  - wait
";
        assert_eq!(
            shown(".buildkite/pipeline.yml", file.trim_start()),
            "
step deploy production < file, environment deploy production
file | FLINKS_INSTANCE = acme-ca (variable)
step deploy production | FLINKS_HOST = [FLINKS_INSTANCE]-api.private.fin.ag (variable)
step deploy production | label = deploy production
step deploy production | command = x
file | steps.1 = wait
"
        );
    }

    /// A secret is named, its value is elsewhere.
    #[test]
    fn drone_secrets_are_kept() {
        let file = "
kind: pipeline
name: production
steps:
  - name: ship
    environment: {FLINKS_KEY: {from_secret: flinks_us}, FLINKS_INSTANCE: acme-us}
";
        assert_eq!(
            shown(".drone.yml", file.trim_start()),
            "
pipeline production < file, environment production
step ship < pipeline production
step ship | FLINKS_KEY = [!flinks_us] (variable)
step ship | FLINKS_INSTANCE = acme-us (variable)
step ship | name = ship
pipeline production | kind = pipeline
pipeline production | name = production
"
        );
    }

    /// One text may set several variables, and a quote may stay open.
    #[test]
    fn travis_rows_hold_several_variables() {
        let file = r#"
language: ruby
env:
  global:
    - FLINKS_INSTANCE=acme-ca NAME="two words"
    - secure: abc
  jobs:
    - FLINKS_COUNTRY=us
jobs:
  include: [{stage: deploy, env: "FLINKS_X='é"}]
"#;
        assert_eq!(
            shown(".travis.yml", file.trim_start()),
            "
job < file
job deploy < file, environment deploy
file | FLINKS_INSTANCE = acme-ca (variable)
file | NAME = two words (variable)
job | FLINKS_COUNTRY = us (variable)
job deploy | stage = deploy
job deploy | env = FLINKS_X='é
file | language = ruby
file | env.global.1.secure = abc
"
        );
    }
}
