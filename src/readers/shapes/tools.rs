//! Tools that start programs with variables: .NET launch profiles, editors and agents, PM2; and Pulumi's stacks.

use super::Shape;
use super::sheet::Sheet;
use super::variables::{Habit, name_of};
use crate::fact::{Facts, Said, ScopeId};
use crate::readers::has_extension;
use crate::readers::template::Notation;
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

pub const LAUNCH_SETTINGS: Shape = Shape {
    name: ".NET launch settings",
    fits: |source, tree| {
        source.file_name().eq_ignore_ascii_case("launchSettings.json")
            && tree.roots().any(|root| root.get("profiles").is_some())
    },
    read: |source, tree, facts| {
        each(source, tree, facts, "profile", |root| named(root, "profiles"), &["environmentVariables"]);
    },
};

/// Servers that an editor or agent starts (`mcpServers`), and what `launch.json` and dev containers run.
pub const EDITOR: Shape = Shape {
    name: "editor",
    fits: |source, tree| {
        has_extension(source, &["json", "jsonc"])
            && tree.roots().any(|root| {
                let starts = |at: At<'_>| at.get("command").is_some();
                let servers =
                    |key: &str| root.get(key).is_some_and(|it| it.entries().iter().any(|(_, at)| starts(*at)));
                let launches = source.file_name() == "launch.json" && root.get("configurations").is_some();
                servers("mcpServers") || servers("servers") || launches || root.get("containerEnv").is_some()
            })
    },
    read: read_editor,
};

pub const PROCESS_MANAGER: Shape = Shape {
    name: "pm2",
    fits: |source, tree| {
        has_extension(source, &["json", "yml", "yaml", "json5"])
            && tree.roots().any(|root| {
                let mut apps = root.get("apps").into_iter().flat_map(At::items);
                apps.any(|app| app.get("script").is_some())
            })
    },
    read: read_process_manager,
};

pub const PULUMI: Shape = Shape {
    name: "pulumi",
    fits: |source, tree| {
        source.file_name().to_ascii_lowercase().starts_with("pulumi.")
            && has_extension(source, &["yaml", "yml"])
            && tree.roots().any(|root| root.get("config").is_some_and(|config| config.is_map()))
    },
    read: read_pulumi,
};

/// The entries of a map of things by name.
fn named<'t>(root: At<'t>, key: &str) -> Vec<(&'t Text, At<'t>)> {
    root.get(key).map(At::entries).unwrap_or_default()
}

/// A list of things that say their own name.
fn listed<'t>(root: At<'t>, key: &str) -> Vec<(&'t Text, At<'t>)> {
    let items = root.get(key).into_iter().flat_map(At::items);
    items.filter_map(|item| Some((item.get("name")?.text()?, item))).collect()
}

type Find = for<'t> fn(At<'t>) -> Vec<(&'t Text, At<'t>)>;

/// Opens a block for each thing found and reads the variables under its keys.
fn each(source: &Source, tree: &Tree, facts: &mut Facts, what: &str, find: Find, keys: &[&str]) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        blocks(&mut sheet, what, find(root), keys);
    }
    sheet.rest(tree);
}

fn blocks(sheet: &mut Sheet<'_>, what: &str, found: Vec<(&Text, At<'_>)>, keys: &[&str]) {
    for (name, at) in found {
        if at.is_map() && !sheet.is_full() {
            let scope = sheet.open(ScopeId::FILE, what, name);
            for key in keys {
                sheet.variables(at.get(key), scope, Habit::BRACED);
            }
            sheet.keys(at, scope, &[]);
        }
    }
}

fn read_editor(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        blocks(&mut sheet, "server", named(root, "mcpServers"), &["env"]);
        blocks(&mut sheet, "server", named(root, "servers"), &["env"]);
        blocks(&mut sheet, "launch", listed(root, "configurations"), &["env"]);
        for key in ["containerEnv", "remoteEnv"] {
            sheet.variables(root.get(key), ScopeId::FILE, Habit::BRACED);
        }
    }
    sheet.rest(tree);
}

/// `env` holds always, `env_production` where PM2 is started with `--env production`.
fn read_process_manager(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for (name, app) in tree.roots().flat_map(|root| listed(root, "apps")) {
        if sheet.is_full() {
            break;
        }
        let scope = sheet.open(ScopeId::FILE, "app", name);
        sheet.variables(app.get("env"), scope, Habit::BRACED);
        for (key, variables) in app.entries() {
            if let Some(environment) = key.expose().strip_prefix("env_").filter(|_| variables.is_map()) {
                let word = key.part(key.len() - environment.len()..key.len());
                let inner = sheet.open(scope, "environment", &word);
                sheet.set_environment(inner, &word);
                sheet.variables(Some(variables), inner, Habit::BRACED);
            }
        }
        sheet.keys(app, scope, &[]);
    }
    sheet.rest(tree);
}

/// `config: {acme:flinksApiUrl: …, acme:flinksSecret: {secure: …}}`: the namespace stays in the name.
fn read_pulumi(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for (name, value) in tree.roots().flat_map(|root| named(root, "config")) {
        if sheet.is_full() {
            break;
        }
        if value.is_map() && value.get("secure").is_some() {
            sheet.set_stored(ScopeId::FILE, name_of(name), name.expose(), value.span(), Said::Key);
            sheet.take(value);
        } else {
            let plain = value.get("value").or_else(|| value.get("default")).unwrap_or(value);
            sheet.value(ScopeId::FILE, name_of(name), plain, Said::Key, Notation::Braced);
        }
    }
    sheet.rest(tree);
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// Each profile starts the program with its own variables.
    #[test]
    fn launch_profiles() {
        let file = r#"
{"profiles": {"Acme": {"commandName": "Project", "environmentVariables": {"ASPNETCORE_ENVIRONMENT": "Development", "Flinks__Host": "toolbox-api.private.fin.ag"}}, "IIS": null}}
"#;
        assert_eq!(
            shown("api/Properties/launchSettings.json", file.trim_start()),
            "
profile Acme < file
profile Acme | ASPNETCORE_ENVIRONMENT = Development (variable)
profile Acme | Flinks__Host = toolbox-api.private.fin.ag (variable)
profile Acme | commandName = Project
file | profiles.IIS =
"
        );
    }

    /// Agents start servers with credentials in their variables.
    #[test]
    fn servers_of_agents() {
        let file = r#"
{"mcpServers": {"flinks": {"command": "npx", "env": {"FLINKS_INSTANCE": "toolbox"}}}}
"#;
        assert_eq!(
            shown(".mcp.json", file.trim_start()),
            "
server flinks < file
server flinks | FLINKS_INSTANCE = toolbox (variable)
server flinks | command = npx
"
        );
    }

    /// `env_production` is the production environment, `env` the base of all.
    #[test]
    fn environments_of_pm2() {
        let file = r#"
{"apps": [{"name": "api", "script": "a.js", "env": {"FLINKS_INSTANCE": "toolbox"}, "env_production": {"FLINKS_INSTANCE": "acme-ca"}}]}
"#;
        assert_eq!(
            shown("ecosystem.json", file.trim_start()),
            "
app api < file
environment production < app api, environment production
app api | FLINKS_INSTANCE = toolbox (variable)
environment production | FLINKS_INSTANCE = acme-ca (variable)
app api | name = api
app api | script = a.js
"
        );
    }

    /// A secure value is encrypted; the namespace is part of the name.
    #[test]
    fn stacks_of_pulumi() {
        let file = "
secretsprovider: awskms://x
config:
  aws:region: us-east-1
  acme:flinksApiUrl: https://acme-us-api.private.fin.ag
  acme:flinksSecret: {secure: AAABAK}
  acme:flinks: {ca: {host: acme-ca-api.private.fin.ag}}
";
        assert_eq!(
            shown("Pulumi.prod.yaml", file.trim_start()),
            "
file | aws:region = us-east-1
file | acme:flinksApiUrl = https://acme-us-api.private.fin.ag
file | acme:flinksSecret = [!acme:flinksSecret]
file | acme:flinks.ca.host = acme-ca-api.private.fin.ag
file | secretsprovider = awskms://x
"
        );
    }
}
