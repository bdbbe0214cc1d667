//! GitHub Actions: the variables of a workflow, its jobs and their steps, and the environment a job deploys to.

use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use super::{Shape, is_yaml_named};
use crate::fact::{Deployed, Facts, Said, ScopeId};
use crate::readers::shell;
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "github actions", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let path = format!("/{}", source.path);
    let workflow = [".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/"];
    let action = is_yaml_named(source, "action") && tree.roots().any(|root| root.get("runs").is_some());
    action || workflow.iter().any(|folder| path.contains(&format!("/{folder}")))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        sheet.variables(root.get("env"), ScopeId::FILE, Habit::BRACED);
        for trigger in ["workflow_call", "workflow_dispatch"] {
            read_inputs(&mut sheet, root.find(&["on", trigger, "inputs"]));
        }
        read_inputs(&mut sheet, root.get("inputs"));
        for (name, job) in root.get("jobs").map(At::entries).unwrap_or_default() {
            read_job(&mut sheet, name, job);
        }
        read_steps(&mut sheet, root.find(&["runs", "steps"]), ScopeId::FILE);
    }
    sheet.rest(tree);
}

/// Inputs of a reusable workflow or an action, with the value they have if nobody gives one.
fn read_inputs(sheet: &mut Sheet<'_>, inputs: Option<At<'_>>) {
    for (name, input) in inputs.map(At::entries).unwrap_or_default() {
        if let Some(default) = input.get("default").filter(|_| !sheet.is_full()) {
            sheet.value(ScopeId::FILE, name_of(name), default, Said::Default, Notation::Braced);
        }
    }
}

fn read_job(sheet: &mut Sheet<'_>, name: &Text, job: At<'_>) {
    if !job.is_map() || sheet.is_full() {
        return;
    }
    let scope = sheet.open(ScopeId::FILE, "job", name);
    let environment = job.get("environment");
    if environment.is_some() {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    let called = || ["environment", "env", "stage"].iter().find_map(|input| job.get("with")?.get(input)?.text());
    let said = environment.and_then(|at| at.text().or_else(|| at.get("name")?.text()));
    sheet.set_environment(scope, said.or_else(called).unwrap_or(name));
    sheet.variables(job.get("env"), scope, Habit::BRACED);
    sheet.variables(job.get("secrets"), scope, Habit::BRACED);
    sheet.variables(job.find(&["container", "env"]), scope, Habit::BRACED);
    for (name, service) in job.get("services").map(At::entries).unwrap_or_default() {
        let inner = sheet.open(scope, "service", name);
        sheet.variables(service.get("env"), inner, Habit::BRACED);
    }
    read_steps(sheet, job.get("steps"), scope);
    sheet.keys(job, scope, &[]);
}

fn read_steps(sheet: &mut Sheet<'_>, steps: Option<At<'_>>, job: ScopeId) {
    for (index, step) in steps.into_iter().flat_map(At::items).enumerate() {
        if !step.is_map() || sheet.is_full() {
            continue;
        }
        let name = ["name", "id", "uses"].iter().find_map(|key| step.get(key)?.text());
        let scope = match name {
            Some(name) => sheet.open(job, "step", name),
            None => sheet.open_titled(job, format!("step {}", index + 1), step.span()),
        };
        sheet.variables(step.get("env"), scope, Habit::BRACED);
        let is_bash = step.get("shell").and_then(At::word).is_none_or(shell::is_shell);
        sheet.script(step.get("run").filter(|_| is_bash), scope);
        sheet.keys(step, scope, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A deploy job is told by its environment; one with an expression for it is not said.
    #[test]
    fn jobs_inherit_and_steps_add() {
        let file = "
on:
  workflow_call:
    inputs:
      flinks_host: {type: string, default: toolbox-api.private.fin.ag}
env:
  FLINKS_INSTANCE: acme-ca
jobs:
  test:
    services: {db: {image: postgres, env: {POSTGRES_DB: x}}}
    steps:
      - run: echo $FLINKS_INSTANCE
        env: {FLINKS_SECRET: '${{ secrets.FLINKS_TEST }}'}
  deploy:
    environment: {name: production, url: https://x.example}
    strategy:
      matrix:
        include:
          - {country: us, instance: acme-us}
    env:
      FLINKS_US_API_URL: https://${{ matrix.instance }}-api.private.fin.ag
    steps:
      - uses: acme/deploy@v1
        name: Ship
        with: {api-url: https://acme-us-api.private.fin.ag}
  call:
    uses: ./.github/workflows/x.yml
    with: {environment: staging}
    secrets: {FLINKS_KEY: '${{ secrets.FLINKS_US_KEY }}'}
  dynamic:
    environment: ${{ inputs.env }}
    env: FOO
    steps: null
";
        assert_eq!(
            shown(".github/workflows/deploy.yml", file.trim_start()),
            "
job test < file, environment test
service db < job test
step 1 < job test
job deploy < file, unit item deploy, environment production
step Ship < job deploy
job call < file, environment staging
job dynamic < file, unit item dynamic
file | FLINKS_INSTANCE = acme-ca (variable)
file | flinks_host = toolbox-api.private.fin.ag (default)
service db | POSTGRES_DB = x (variable)
step 1 | FLINKS_SECRET = [!FLINKS_TEST] (variable)
step 1 | run = echo $FLINKS_INSTANCE
job test | services.db.image = postgres
job deploy | FLINKS_US_API_URL = https://[?matrix.instance]-api.private.fin.ag (variable)
step Ship | uses = acme/deploy@v1
step Ship | name = Ship
step Ship | with.api-url = https://acme-us-api.private.fin.ag
job deploy | environment.name = production
job deploy | environment.url = https://x.example
job deploy | strategy.matrix.include.0.country = us
job deploy | strategy.matrix.include.0.instance = acme-us
job call | FLINKS_KEY = [!FLINKS_US_KEY] (variable)
job call | uses = ./.github/workflows/x.yml
job call | with.environment = staging
job dynamic | environment = [?inputs.env]
job dynamic | env = FOO
job dynamic | steps =
file | on.workflow_call.inputs.flinks_host.type = string
"
        );
    }
}
