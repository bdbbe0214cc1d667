//! GitLab CI: global and job variables, templates that jobs extend, and the environment a job deploys to.

use std::collections::{HashMap, HashSet};

use super::Shape;
use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Deployed, Facts, ScopeId};
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::{At, NodeId, Tree};

pub const SHAPE: Shape = Shape { name: "gitlab ci", fits, read };

/// GitLab itself allows eleven levels of `extends`.
const EXTENDS: usize = 11;
/// Bases of one job at most.
const BASES: usize = 100;
/// Top-level keys that are no jobs.
const RESERVED: &[&str] = &[
    "default",
    "image",
    "services",
    "stages",
    "variables",
    "include",
    "workflow",
    "before_script",
    "after_script",
    "cache",
    "spec",
];

/// Jobs and templates by name.
type Jobs<'t> = HashMap<&'t str, At<'t>>;

fn fits(source: &Source, _tree: &Tree) -> bool {
    let path = source.path.to_ascii_lowercase();
    let ending = [".gitlab-ci.yml", ".gitlab-ci.yaml", "gitlab-ci.yml", "gitlab-ci.yaml"];
    ending.iter().any(|ending| path.ends_with(ending))
        || (format!("/{path}").contains("/.gitlab/ci/") && [".yml", ".yaml"].iter().any(|end| path.ends_with(end)))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    let roots: Vec<At<'_>> = tree.roots().collect();
    for root in &roots {
        read_variables(&mut sheet, &roots, root.get("variables"), ScopeId::FILE, Habit::SHELL);
        read_rules(&mut sheet, root.get("workflow"), ScopeId::FILE);
    }
    let jobs: Vec<(&Text, At<'_>)> =
        roots.iter().flat_map(|root| root.entries()).filter(|job| is_job(job.0, job.1)).collect();
    let by_name: Jobs<'_> = jobs.iter().map(|(name, job)| (name.expose(), *job)).collect();
    let mut used = HashSet::new();
    for (name, job) in jobs.iter().filter(|job| !is_template(job.0)) {
        read_job(&mut sheet, &roots, &by_name, name, *job, &mut used);
    }
    for (name, template) in jobs.iter().filter(|job| is_template(job.0)) {
        if used.contains(&template.id) || is_read(&sheet, *template) {
            // What it sets was read where it holds.
            sheet.take(*template);
        } else {
            read_job(&mut sheet, &roots, &by_name, name, *template, &mut HashSet::new());
        }
    }
    sheet.rest(tree);
}

fn is_job(name: &Text, job: At<'_>) -> bool {
    job.is_map() && !RESERVED.contains(&name.expose())
}

fn is_template(name: &Text) -> bool {
    name.expose().starts_with('.')
}

fn read_job(
    sheet: &mut Sheet<'_>,
    roots: &[At<'_>],
    jobs: &Jobs<'_>,
    name: &Text,
    job: At<'_>,
    used: &mut HashSet<NodeId>,
) {
    if sheet.is_full() {
        return;
    }
    let scope = sheet.open(ScopeId::FILE, if is_template(name) { "template" } else { "job" }, name);
    let bases = bases(jobs, job, used);
    read_variables(sheet, roots, job.get("variables"), scope, Habit::SHELL);
    for base in &bases {
        read_variables(sheet, roots, base.get("variables"), scope, Habit::SHELL.beneath());
    }
    let environment = std::iter::once(job).chain(bases).find_map(|at| at.get("environment"));
    if is_template(name) {
        // Nothing runs under a template's name.
        read_rules(sheet, Some(job), scope);
        return sheet.keys(job, scope, &[]);
    }
    if environment.is_some() {
        sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    }
    sheet.set_environment(scope, name);
    if let Some(at) = environment {
        let tier = at.get("deployment_tier").and_then(At::text);
        if let Some(text) = at.text().or_else(|| at.get("name")?.text()) {
            sheet.scope(scope).environment = None;
            sheet.set_environment(scope, text);
        }
        if let Some(tier) = tier.filter(|_| sheet.scope(scope).environment.is_none()) {
            sheet.set_environment(scope, tier);
        }
    }
    for key in ["before_script", "script", "after_script"] {
        sheet.script(job.get(key), scope);
    }
    read_rules(sheet, Some(job), scope);
    sheet.keys(job, scope, &[]);
}

/// Whether all that a template sets was read in the jobs that merge it or refer to it.
fn is_read(sheet: &Sheet<'_>, template: At<'_>) -> bool {
    let variables = template.get("variables").map(At::entries).unwrap_or_default();
    !variables.is_empty() && variables.iter().all(|(_, value)| sheet.is_taken(*value))
}

/// The jobs and templates that a job extends, the nearest (and among several the last, which wins) first.
fn bases<'t>(jobs: &Jobs<'t>, job: At<'t>, used: &mut HashSet<NodeId>) -> Vec<At<'t>> {
    let mut found: Vec<At<'t>> = Vec::new();
    let mut level = vec![job];
    for _ in 0..EXTENDS {
        let mut next = Vec::new();
        for extends in level.iter().filter_map(|at| at.get("extends")) {
            let mut names: Vec<&str> = extends.word().into_iter().chain(extends.items().filter_map(At::word)).collect();
            names.reverse();
            for base in names.iter().filter_map(|name| jobs.get(name).copied()) {
                if found.len() < BASES && base.id != job.id && !found.iter().any(|seen| seen.id == base.id) {
                    used.insert(base.id);
                    found.push(base);
                    next.push(base);
                }
            }
        }
        level = next;
    }
    found
}

/// A map of variables, or `!reference [.template, variables]`, also as one of a list.
fn read_variables(sheet: &mut Sheet<'_>, roots: &[At<'_>], at: Option<At<'_>>, scope: ScopeId, habit: Habit) {
    let Some(at) = at else { return };
    match referred(roots, at) {
        Some(target) => {
            sheet.take(at);
            sheet.variables(Some(target), scope, habit);
        }
        None if at.is_map() => {
            for (name, value) in at.entries() {
                let target = referred(roots, value).unwrap_or(value);
                sheet.variable(name, target, scope, habit);
                sheet.take(value);
            }
        }
        None => {
            for item in at.items() {
                let target = referred(roots, item).unwrap_or(item);
                sheet.variables(Some(target), scope, habit);
            }
        }
    }
}

fn referred<'t>(roots: &[At<'t>], at: At<'t>) -> Option<At<'t>> {
    if at.tag()?.trim_start_matches('!') != "reference" {
        return None;
    }
    let path: Vec<&str> = at.items().filter_map(At::word).collect();
    roots.iter().find_map(|root| root.find(&path)).filter(|_| !path.is_empty())
}

/// `rules: [{if: …, variables: {…}}]`: a block for each condition.
fn read_rules(sheet: &mut Sheet<'_>, at: Option<At<'_>>, scope: ScopeId) {
    for rule in at.and_then(|at| at.get("rules")).into_iter().flat_map(At::items) {
        let Some(variables) = rule.get("variables").filter(|_| !sheet.is_full()) else { continue };
        let inner = match rule.get("if").and_then(At::text) {
            Some(condition) => sheet.open(scope, "rule", condition),
            None => sheet.open_titled(scope, "rule".to_owned(), rule.span()),
        };
        sheet.variables(Some(variables), inner, Habit::SHELL);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A template says nothing by itself: what it sets holds in the jobs that extend, merge or refer to it.
    #[test]
    fn jobs_take_over_what_they_extend() {
        let file = r#"
stages: [deploy]
default: {image: node}
variables:
  FLINKS_INSTANCE: {value: acme-ca, description: which}
.base: &base
  variables: {FLINKS_US_API_URL: "https://acme-us-api.private.fin.ag", LEVEL: base}
  environment: production
.vars:
  variables: {FLINKS_CA_HOST: acme-ca-api.private.fin.ag}
.unused:
  variables: {FLINKS_X: y}
deploy-us:
  extends: [.base]
  variables: {LEVEL: own, FLINKS_URL: "https://$FLINKS_INSTANCE-api.private.fin.ag"}
  script: [echo hi]
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
      variables: {FLINKS_MODE: live}
review:
  <<: *base
  variables: !reference [.vars, variables]
  environment: {name: review/$CI_COMMIT_REF_SLUG, deployment_tier: development}
loop: {extends: loop, variables: null}
"#;
        assert_eq!(
            shown(".gitlab-ci.yml", file.trim_start()),
            r#"
job deploy-us < file, unit item deploy-us, environment production
rule $CI_COMMIT_BRANCH == "main" < job deploy-us
job review < file, unit item review, environment development
job loop < file, environment loop
template .unused < file
file | FLINKS_INSTANCE = acme-ca (variable)
job deploy-us | LEVEL = own (variable)
job deploy-us | FLINKS_URL = https://[FLINKS_INSTANCE]-api.private.fin.ag (variable)
job deploy-us | FLINKS_US_API_URL = https://acme-us-api.private.fin.ag (variable)
rule $CI_COMMIT_BRANCH == "main" | FLINKS_MODE = live (variable)
job deploy-us | extends.0 = .base
job deploy-us | script.0 = echo hi
job deploy-us | rules.0.if = $CI_COMMIT_BRANCH == "main"
job review | FLINKS_CA_HOST = acme-ca-api.private.fin.ag (variable)
job review | environment.name = review/$CI_COMMIT_REF_SLUG
job review | environment.deployment_tier = development
job loop | extends = loop
job loop | variables =
template .unused | FLINKS_X = y (variable)
file | stages.0 = deploy
file | default.image = node
"#
        );
    }
}
