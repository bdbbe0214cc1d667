//! Azure Pipelines: variables of the pipeline, its stages, jobs and steps, and the environment a deployment goes to.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, paths};
use crate::fact::{Bundle, Deployed, Facts, Said, ScopeId};
use crate::readers::has_extension;
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "azure pipelines", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    if !has_extension(source, &["yml", "yaml"]) {
        return false;
    }
    let path = source.path.to_ascii_lowercase();
    let named =
        path.contains("azure-pipelines") || path.contains(".azuredevops/") || path.contains(".azure-pipelines/");
    let folder = format!("/{path}").contains("/pipelines/");
    let parts = ["stages", "jobs", "steps", "variables", "parameters", "extends"];
    let is_pipeline =
        |root: At<'_>| parts.iter().any(|part| root.get(part).is_some_and(|at| at.is_list() || at.is_map()));
    let telling = |root: At<'_>| {
        let begins =
            root.get("pool").is_some() || root.get("trigger").is_some() || root.get("stages").is_some_and(At::is_list);
        let first = |key: &str, name: &str| {
            root.get(key).and_then(|list| list.items().next()).is_some_and(|item| item.get(name).is_some())
        };
        begins && is_pipeline(root) && (first("stages", "stage") || first("jobs", "job") || first("jobs", "deployment"))
    };
    tree.roots()
        .any(|root| (named && is_pipeline(root)) || (folder && is_pipeline(root) && telling(root)) || telling(root))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_parameters(&mut sheet, root);
        read_variables(&mut sheet, root, ScopeId::FILE);
        for stage in items(root, "stages") {
            let scope = open(&mut sheet, ScopeId::FILE, stage, &["stage"]);
            if let Some(name) = stage.get("stage").and_then(At::text) {
                sheet.set_environment(scope, name);
            }
            read_variables(&mut sheet, stage, scope);
            read_jobs(&mut sheet, stage, scope);
            sheet.keys(stage, scope, &[]);
        }
        read_jobs(&mut sheet, root, ScopeId::FILE);
        read_steps(&mut sheet, root, ScopeId::FILE);
    }
    sheet.rest(tree);
}

fn items<'t>(at: At<'t>, key: &str) -> impl Iterator<Item = At<'t>> {
    at.get(key).into_iter().flat_map(At::items).filter(|item| item.is_map())
}

fn open(sheet: &mut Sheet<'_>, parent: ScopeId, at: At<'_>, kinds: &[&str]) -> ScopeId {
    let named = kinds.iter().find_map(|kind| Some((*kind, at.get(kind)?.text()?)));
    match named {
        _ if sheet.is_full() => parent,
        Some((kind, name)) => sheet.open(parent, kind, name),
        None => sheet.open_titled(parent, (*kinds.first().unwrap_or(&"block")).to_owned(), at.span()),
    }
}

/// `parameters: [{name: x, default: y}]`
fn read_parameters(sheet: &mut Sheet<'_>, root: At<'_>) {
    for parameter in items(root, "parameters") {
        if let (Some(name), Some(default)) = (parameter.get("name").and_then(At::text), parameter.get("default")) {
            sheet.value(ScopeId::FILE, name_of(name), default, Said::Default, Notation::Braced);
        }
    }
}

/// A map, or a list of `{name, value}`, `{group}` and `{template}`; templates are files beside this one.
fn read_variables(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    let Some(variables) = at.get("variables") else { return };
    if variables.is_map() {
        return sheet.variables(Some(variables), scope, Habit::BRACED);
    }
    for item in variables.items() {
        if item.get("name").is_some() {
            sheet.variable_item(item, scope, Habit::BRACED);
        } else if let Some(file) = item.get("template").and_then(At::text)
            && let Some(path) = paths::beside(sheet.source, file.expose())
        {
            sheet.uses(scope, Bundle::File(path), file.span());
        }
    }
}

fn read_jobs(sheet: &mut Sheet<'_>, at: At<'_>, stage: ScopeId) {
    for job in items(at, "jobs") {
        let scope = open(sheet, stage, job, &["job", "deployment", "template"]);
        let environment = job.get("environment");
        let said = environment.and_then(|at| at.text().or_else(|| at.get("name")?.text()));
        let name = ["deployment", "job"].iter().find_map(|kind| job.get(kind)?.text());
        if let (Some(name), Some(_)) = (name, environment) {
            sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
        }
        // A stage `production` with a job `deploy`: the job's name would hide the stage's.
        let own = said.or_else(|| name.filter(|_| sheet.scope(stage).environment.is_none()));
        if let Some(text) = own {
            sheet.set_environment(scope, text);
        }
        read_variables(sheet, job, scope);
        read_steps(sheet, job, scope);
        for strategy in job.get("strategy").map(At::entries).unwrap_or_default() {
            for (_, phase) in strategy.1.entries() {
                read_steps(sheet, phase, scope);
            }
        }
        sheet.keys(job, scope, &[]);
    }
}

fn read_steps(sheet: &mut Sheet<'_>, at: At<'_>, job: ScopeId) {
    for step in items(at, "steps") {
        let script = step.get("script").or_else(|| step.get("bash"));
        let Some(variables) = step.get("env").filter(|_| !sheet.is_full()) else {
            sheet.script(script, job);
            continue;
        };
        let name = ["displayName", "task", "name"].iter().find_map(|key| step.get(key)?.text());
        let scope = match name {
            Some(name) => sheet.open(job, "step", name),
            None => sheet.open_titled(job, "step".to_owned(), step.span()),
        };
        sheet.variables(Some(variables), scope, Habit::BRACED);
        sheet.script(script, scope);
        sheet.keys(step, scope, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A job within a production stage deploys to production whatever the job is called.
    #[test]
    fn stages_and_deployments_say_their_environment() {
        let file = r#"
trigger: [main]
variables:
  - group: flinks-prod
  - {name: FLINKS_INSTANCE, value: acme-ca}
  - template: vars/prod.yml
stages:
  - stage: production
    variables: {FLINKS_US_URL: "https://$(FLINKS_INSTANCE)-api.private.fin.ag"}
    jobs:
      - deployment: ship
        environment: prod-us
        strategy:
          runOnce:
            deploy:
              steps:
                - script: go
                  displayName: Go
                  env: {FLINKS_SECRET: $(FlinksSecret)}
      - job: notify
        steps: [null, 3]
"#;
        assert_eq!(
            shown("azure-pipelines.yml", file.trim_start()),
            "
file, uses file vars/prod.yml
stage production < file, environment production
deployment ship < stage production, unit item ship, environment prod-us
step Go < deployment ship
job notify < stage production
file | FLINKS_INSTANCE = acme-ca (variable)
stage production | FLINKS_US_URL = https://[FLINKS_INSTANCE]-api.private.fin.ag (variable)
step Go | FLINKS_SECRET = [FlinksSecret] (variable)
step Go | script = go
step Go | displayName = Go
deployment ship | deployment = ship
deployment ship | environment = prod-us
job notify | job = notify
job notify | steps.0 =
job notify | steps.1 = 3
stage production | stage = production
file | trigger.0 = main
file | variables.0.group = flinks-prod
file | variables.2.template = vars/prod.yml
"
        );
    }
}
