//! Ansible playbooks: the variables of plays and tasks, and the hosts a play runs on.

use super::Shape;
use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use crate::fact::{Facts, Said, ScopeId};
use crate::readers::has_extension;
use crate::readers::template::Notation;
use crate::source::Source;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "ansible", fits, read };

/// How many items of a list are looked at to see whether it is a playbook.
const LOOK: usize = 50;
/// Blocks of tasks within each other.
const BLOCKS: usize = 8;

fn fits(source: &Source, tree: &Tree) -> bool {
    let play = |item: At<'_>| item.get("hosts").is_some() || item.get("import_playbook").is_some();
    let tasks = format!("/{}", source.path).contains("/tasks/") || format!("/{}", source.path).contains("/handlers/");
    let task = |item: At<'_>| item.get("environment").is_some_and(|it| it.is_map()) || item.get("vars").is_some();
    has_extension(source, &["yml", "yaml"])
        && tree.roots().any(|root| root.items().take(LOOK).any(|item| play(item) || (tasks && task(item))))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for play in tree.roots().flat_map(At::items).filter(|play| play.is_map()) {
        if play.get("hosts").is_none() {
            read_task(&mut sheet, play, ScopeId::FILE, BLOCKS);
            continue;
        }
        let scope = open(&mut sheet, ScopeId::FILE, "play", play);
        if let Some(hosts) = play.get("hosts").and_then(|hosts| hosts.text().or_else(|| hosts.items().next()?.text())) {
            sheet.set_environment(scope, hosts);
        }
        read_variables(&mut sheet, play, scope);
        for key in ["pre_tasks", "tasks", "post_tasks", "handlers", "roles"] {
            read_tasks(&mut sheet, play.get(key), scope, BLOCKS);
        }
        sheet.keys(play, scope, &[]);
    }
    sheet.rest(tree);
}

fn open(sheet: &mut Sheet<'_>, parent: ScopeId, what: &str, at: At<'_>) -> ScopeId {
    match ["name", "hosts", "role"].iter().find_map(|key| at.get(key)?.text()) {
        _ if sheet.is_full() => parent,
        Some(name) => sheet.open(parent, what, name),
        None => sheet.open_titled(parent, what.to_owned(), at.span()),
    }
}

fn read_variables(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId) {
    sheet.variables(at.get("environment"), scope, Habit::BRACED);
    for (name, value) in at.get("vars").map(At::entries).unwrap_or_default() {
        if !sheet.is_full() {
            sheet.value(scope, name_of(name), value, Said::Key, Notation::Braced);
        }
    }
}

fn read_tasks(sheet: &mut Sheet<'_>, tasks: Option<At<'_>>, scope: ScopeId, depth: usize) {
    for task in tasks.into_iter().flat_map(At::items) {
        read_task(sheet, task, scope, depth);
    }
}

/// A task with variables of its own is a block; a `block:` holds tasks.
fn read_task(sheet: &mut Sheet<'_>, task: At<'_>, scope: ScopeId, depth: usize) {
    if depth == 0 || sheet.is_full() || !task.is_map() {
        return;
    }
    let has_own = ["environment", "vars"].iter().any(|key| task.get(key).is_some_and(|it| it.is_map() || it.is_list()));
    let inner = if has_own { open(sheet, scope, "task", task) } else { scope };
    if has_own {
        read_variables(sheet, task, inner);
    }
    for key in ["block", "rescue", "always"] {
        read_tasks(sheet, task.get(key), inner, depth - 1);
    }
    if has_own {
        sheet.keys(task, inner, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// The group of hosts is what says production.
    #[test]
    fn plays_and_tasks() {
        let file = r#"
- hosts: production
  vars: {flinks_instance: acme-us}
  environment: {FLINKS_API_URL: "https://{{ flinks_instance }}-api.private.fin.ag"}
  tasks:
    - name: run
      command: x
      environment: {FLINKS_SECRET: "{{ vault_flinks }}"}
    - block: [{name: inner, shell: y, vars: {a: b}}]
- import_playbook: x.yml
"#;
        assert_eq!(
            shown("deploy/site.yml", file.trim_start()),
            "
play production < file, environment production
task run < play production
task inner < play production
play production | FLINKS_API_URL = https://[flinks_instance]-api.private.fin.ag (variable)
play production | flinks_instance = acme-us
task run | FLINKS_SECRET = [vault_flinks] (variable)
task run | name = run
task run | command = x
task inner | a = b
task inner | name = inner
task inner | shell = y
play production | hosts = production
file | 1.import_playbook = x.yml
"
        );
    }
}
