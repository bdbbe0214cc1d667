//! Hosts of web sites: Vercel and Netlify.

use super::Shape;
use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use crate::fact::{Facts, Said, ScopeId};
use crate::source::Source;
use crate::tree::{At, Tree};

pub const VERCEL: Shape = Shape {
    name: "vercel",
    fits: |source, _| matches!(source.file_name(), "vercel.json" | "now.json") || is_vercel_variant(source),
    read: read_vercel,
};

pub const NETLIFY: Shape =
    Shape { name: "netlify", fits: |source, _| source.file_name() == "netlify.toml", read: read_netlify };

/// `vercel.production.json`, given with `--local-config`.
fn is_vercel_variant(source: &Source) -> bool {
    let name = source.file_name();
    name.starts_with("vercel.") && name.ends_with(".json")
}

/// `@name` is a secret that Vercel keeps.
fn read_vercel(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        for path in [&["env"][..], &["build", "env"]] {
            let Some(variables) = root.find(path) else { continue };
            for (name, value) in variables.entries() {
                match value.word().and_then(|word| word.strip_prefix('@')) {
                    Some(_) if sheet.is_full() => {}
                    Some(secret) => {
                        sheet.set_stored(ScopeId::FILE, name_of(name), secret, value.span(), Said::Variable);
                        sheet.take(value);
                    }
                    None => sheet.variable(name, value, ScopeId::FILE, Habit::BRACED.beneath()),
                }
            }
        }
    }
    sheet.rest(tree);
}

/// What `[build]` says holds in every context that does not say it again.
fn read_netlify(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        sheet.variables(root.find(&["build", "environment"]), ScopeId::FILE, Habit::BRACED);
        for (name, context) in root.get("context").map(At::entries).unwrap_or_default() {
            if context.is_map() && !sheet.is_full() {
                let scope = sheet.open(ScopeId::FILE, "context", name);
                sheet.set_environment(scope, name);
                sheet.variables(context.get("environment"), scope, Habit::BRACED);
                sheet.keys(context, scope, &[]);
            }
        }
    }
    sheet.rest(tree);
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// An `@name` is a secret that Vercel keeps; a policy in a header lets hosts through.
    #[test]
    fn vercel_secrets_and_policies() {
        let file = r#"
{"env": {"FLINKS_INSTANCE": "acme-us", "FLINKS_SECRET": "@flinks-secret"}, "build": {"env": {"NODE_ENV": "production"}},
 "headers": [{"source": "/", "headers": [{"key": "Content-Security-Policy", "value": "frame-src https://toolbox-iframe.private.fin.ag"}]}]}
"#;
        assert_eq!(
            shown("vercel.json", file.trim_start()),
            "
file | FLINKS_INSTANCE = acme-us (variable)
file | FLINKS_SECRET = [!flinks-secret] (variable)
file | NODE_ENV = production (variable)
file | headers.0.source = /
file | headers.0.headers.Content-Security-Policy = frame-src https://toolbox-iframe.private.fin.ag (allowed)
"
        );
    }

    /// A context says over again what the build says.
    #[test]
    fn netlify_contexts() {
        let file = r#"
[build]
command = "x"
[build.environment]
FLINKS_INSTANCE = "toolbox"
[context.production.environment]
FLINKS_INSTANCE = "acme-ca"
[context.deploy-preview]
environment = 3
[[headers]]
for = "/*"
[headers.values]
Content-Security-Policy = "frame-src https://toolbox-iframe.private.fin.ag"
"#;
        assert_eq!(
            shown("netlify.toml", file.trim_start()),
            "
context production < file, environment production
context deploy-preview < file, environment deploy-preview
file | FLINKS_INSTANCE = toolbox (variable)
context production | FLINKS_INSTANCE = acme-ca (variable)
context deploy-preview | environment = 3
file | build.command = x
file | headers.0.for = /*
file | headers.0.values.Content-Security-Policy = frame-src https://toolbox-iframe.private.fin.ag (allowed)
"
        );
    }
}
