//! CircleCI: the variables of jobs, executors and steps, and the contexts under which workflows run jobs.

use std::collections::HashMap;

use super::Shape;
use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Facts, ScopeId};
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "circleci", fits, read };

fn fits(source: &Source, _tree: &Tree) -> bool {
    format!("/{}", source.path).contains("/.circleci/")
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        let runs = runs(root);
        for (name, job) in root.get("jobs").map(At::entries).unwrap_or_default() {
            read_job(&mut sheet, root, name, job, &runs);
        }
        for (name, executor) in root.get("executors").map(At::entries).unwrap_or_default() {
            if let Some(scope) = opened(&mut sheet, ScopeId::FILE, "executor", name, executor) {
                read_machine(&mut sheet, executor, scope, Habit::BRACED);
                sheet.keys(executor, scope, &[]);
            }
        }
        for (name, command) in root.get("commands").map(At::entries).unwrap_or_default() {
            if let Some(scope) = opened(&mut sheet, ScopeId::FILE, "command", name, command) {
                read_steps(&mut sheet, command.get("steps"), scope);
                sheet.keys(command, scope, &[]);
            }
        }
    }
    sheet.rest(tree);
}

fn opened(sheet: &mut Sheet<'_>, parent: ScopeId, what: &str, name: &Text, at: At<'_>) -> Option<ScopeId> {
    (at.is_map() && !sheet.is_full()).then(|| sheet.open(parent, what, name))
}

/// A job as a workflow runs it: with contexts and parameters.
struct Run<'t> {
    /// What says most of where it runs: its context, else the name it has there.
    word: Option<&'t Text>,
    at: Option<At<'t>>,
}

type Runs<'t> = HashMap<&'t str, Vec<Run<'t>>>;

fn runs(root: At<'_>) -> Runs<'_> {
    let workflows = root.get("workflows").map(At::entries).unwrap_or_default();
    let listed = workflows.into_iter().filter_map(|(_, workflow)| workflow.get("jobs")).flat_map(At::items);
    let mut runs = Runs::new();
    for item in listed {
        if let Some(job) = item.word() {
            runs.entry(job).or_default().push(Run { word: None, at: None });
        }
        for (job, at) in item.entries() {
            let context =
                at.get("context").and_then(|context| context.text().or_else(|| context.items().next()?.text()));
            let word = context.or_else(|| at.get("name")?.text());
            runs.entry(job.expose()).or_default().push(Run { word, at: Some(at) });
        }
    }
    runs
}

fn read_job(sheet: &mut Sheet<'_>, root: At<'_>, name: &Text, job: At<'_>, runs: &Runs<'_>) {
    let Some(scope) = opened(sheet, ScopeId::FILE, "job", name, job) else { return };
    sheet.set_environment(scope, name);
    read_machine(sheet, job, scope, Habit::BRACED);
    let executor = job.get("executor").and_then(|at| at.word().or_else(|| at.get("name")?.word()));
    if let Some(executor) = executor.and_then(|name| root.get("executors")?.get(name)) {
        read_machine(sheet, executor, scope, Habit::BRACED.beneath());
    }
    read_steps(sheet, job.get("steps"), scope);
    match runs.get(name.expose()).map_or(&[][..], Vec::as_slice) {
        // The only run of a job says where the job itself runs.
        [Run { word: Some(word), .. }] => sheet.set_environment(scope, word),
        [_] => {}
        several => {
            for run in several {
                read_run(sheet, run, scope);
            }
        }
    }
    sheet.keys(job, scope, &[]);
}

fn read_run(sheet: &mut Sheet<'_>, run: &Run<'_>, job: ScopeId) {
    let (Some(word), Some(at)) = (run.word, run.at) else { return };
    if !sheet.is_full() {
        let inner = sheet.open(job, "run", word);
        sheet.set_environment(inner, word);
        sheet.keys(at, inner, &[]);
    }
}

/// Variables of a job or executor and of its first image, in which the steps run.
fn read_machine(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, habit: Habit) {
    sheet.variables(at.get("environment"), scope, habit);
    let image = at.get("docker").and_then(|images| images.items().next());
    sheet.variables(image.and_then(|image| image.get("environment")), scope, habit.beneath());
}

fn read_steps(sheet: &mut Sheet<'_>, steps: Option<At<'_>>, job: ScopeId) {
    for step in steps.into_iter().flat_map(At::items) {
        for (kind, inner) in step.entries() {
            let command = if inner.is_map() { inner.get("command") } else { Some(inner) };
            let command = command.filter(|_| kind.expose() == "run");
            let Some(variables) = inner.get("environment").filter(|_| !sheet.is_full()) else {
                sheet.script(command, job);
                continue;
            };
            let name = inner.get("name").and_then(At::text).unwrap_or(kind);
            let scope = sheet.open(job, "step", name);
            sheet.variables(Some(variables), scope, Habit::BRACED);
            sheet.script(command, scope);
            sheet.keys(inner, scope, &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// CircleCI has no environments: production secrets come from a context.
    #[test]
    fn a_context_says_where_a_job_runs() {
        let file = "
version: 2.1
executors:
  node: {docker: [{image: node, environment: {FLINKS_INSTANCE: acme-ca}}]}
jobs:
  build:
    executor: node
    environment: {NODE_ENV: test}
    steps: [checkout, {run: {name: go, command: make, environment: {FLINKS_SECRET: x}}}]
  deploy:
    docker: [{image: node}]
    environment: [FLINKS_US_HOST=acme-us-api.private.fin.ag]
    steps: []
workflows:
  main:
    jobs:
      - build
      - deploy: {name: deploy-prod, context: [flinks-production]}
";
        assert_eq!(
            shown(".circleci/config.yml", file.trim_start()),
            "
job build < file, environment build
step go < job build
job deploy < file, environment flinks-production
executor node < file
job build | NODE_ENV = test (variable)
job build | FLINKS_INSTANCE = acme-ca (variable)
step go | FLINKS_SECRET = x (variable)
step go | name = go
step go | command = make
job build | executor = node
job build | steps.0 = checkout
job deploy | FLINKS_US_HOST = acme-us-api.private.fin.ag (variable)
job deploy | docker.0.image = node
executor node | FLINKS_INSTANCE = acme-ca (variable)
executor node | docker.0.image = node
file | version = 2.1
file | workflows.main.jobs.0 = build
file | workflows.main.jobs.1.deploy.name = deploy-prod
file | workflows.main.jobs.1.deploy.context.0 = flinks-production
"
        );
    }
}
