//! ECS task definitions: the variables and secrets of each container.

use super::Shape;
use super::sheet::Sheet;
use super::variables::{Habit, first_of};
use crate::fact::{Deployed, Facts, ScopeId};
use crate::source::{Source, Spanned};
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "ecs task definition", fits, read };

fn fits(_source: &Source, tree: &Tree) -> bool {
    tree.roots().any(|root| definition(root).is_some())
}

/// The task definition itself: a file of its own, an answer of the command line, or a list of containers.
fn definition(root: At<'_>) -> Option<At<'_>> {
    let has = |at: &At<'_>| at.get("containerDefinitions").is_some_and(At::is_list);
    Some(root).filter(has).or_else(|| root.get("taskDefinition").filter(has))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for definition in tree.roots().filter_map(definition) {
        if let Some(family) = definition.get("family").and_then(At::text) {
            let unit = Deployed::Item(family.expose().to_owned());
            sheet.scope(ScopeId::FILE).unit = Some(Spanned::new(unit, family.span()));
        }
        read_containers(&mut sheet, definition, ScopeId::FILE);
    }
    sheet.rest(tree);
}

/// Reads `containerDefinitions`, as JSON has it, or `ContainerDefinitions`, as CloudFormation has it.
pub(super) fn read_containers(sheet: &mut Sheet<'_>, definition: At<'_>, parent: ScopeId) {
    let containers = first_of(definition, &["containerDefinitions", "ContainerDefinitions"]);
    for container in containers.into_iter().flat_map(At::items).filter(|container| container.is_map()) {
        if sheet.is_full() {
            return;
        }
        let scope = match first_of(container, &["name", "Name"]).and_then(At::text) {
            Some(name) => sheet.open(parent, "container", name),
            None => sheet.open_titled(parent, "container".to_owned(), container.span()),
        };
        // Docker expands nothing here: `$X` is what the program sees.
        sheet.variables(first_of(container, &["environment", "Environment"]), scope, Habit::BRACED);
        sheet.variables(first_of(container, &["secrets", "Secrets"]), scope, Habit::BRACED);
        sheet.keys(container, scope, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A plain parameter name in `valueFrom` is where a secret lies, not its value.
    #[test]
    fn secrets_of_containers_are_kept() {
        let file = r#"
{"family": "pay-prod", "containerDefinitions": [
  {"name": "web", "environment": [{"name": "FLINKS_INSTANCE", "value": "acme-us"}],
   "secrets": [{"name": "FLINKS_US_SECRET", "valueFrom": "/prod/flinks/us"}]}, 4]}
"#;
        assert_eq!(
            shown("task-definition.json", file.trim_start()),
            "
file, unit item pay-prod
container web < file
container web | FLINKS_INSTANCE = acme-us (variable)
container web | FLINKS_US_SECRET = [!/prod/flinks/us] (variable)
container web | name = web
file | family = pay-prod
file | containerDefinitions.1 = 4
"
        );
    }
}
