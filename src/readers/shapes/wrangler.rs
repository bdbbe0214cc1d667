//! Cloudflare Wrangler: variables of the Worker and of its environments, which do not inherit them.

use super::Shape;
use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Facts, ScopeId};
use crate::source::Source;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape {
    name: "wrangler",
    fits: |source, _| {
        let name = source.file_name();
        name.starts_with("wrangler.") && [".toml", ".json", ".jsonc"].iter().any(|ending| name.ends_with(ending))
    },
    read,
};

/// Variables at the top hold for the Worker without an environment only, so they lie in a block beside the
/// environments, not around them: <https://developers.cloudflare.com/workers/wrangler/configuration/#non-inheritable-keys>.
fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        if let Some((name, variables)) = root.get_entry("vars").filter(|(_, variables)| variables.is_map()) {
            let scope = sheet.open_titled(ScopeId::FILE, "top-level environment".to_owned(), name.span());
            sheet.variables(Some(variables), scope, Habit::BRACED);
            sheet.keys(variables, scope, &[]);
        }
        for (name, environment) in root.get("env").map(At::entries).unwrap_or_default() {
            if environment.is_map() && !sheet.is_full() {
                let scope = sheet.open(ScopeId::FILE, "environment", name);
                sheet.set_environment(scope, name);
                sheet.variables(environment.get("vars"), scope, Habit::BRACED);
                sheet.keys(environment, scope, &[]);
            }
        }
    }
    sheet.rest(tree);
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A production environment that repeats no variable has none, however many the top says.
    #[test]
    fn environments_inherit_no_variables() {
        let file = r#"
name = "pay"
[vars]
FLINKS_INSTANCE = "toolbox"
[env.production]
route = "x"
[env.production.vars]
FLINKS_INSTANCE = "acme-ca"
FLINKS = { us = { host = "acme-us-api.private.fin.ag" } }
[env]
bad = 1
"#;
        assert_eq!(
            shown("wrangler.toml", file.trim_start()),
            "
top-level environment < file
environment production < file, environment production
top-level environment | FLINKS_INSTANCE = toolbox (variable)
environment production | FLINKS_INSTANCE = acme-ca (variable)
environment production | FLINKS.us.host = acme-us-api.private.fin.ag (variable)
environment production | route = x
file | name = pay
file | env.bad = 1
"
        );
    }
}
