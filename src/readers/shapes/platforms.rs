//! Platforms that run applications: Fly, Heroku, App Engine, DigitalOcean and Azure Functions.

use super::Shape;
use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Deployed, Facts, ScopeId};
use crate::readers::has_extension;
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const FLY: Shape = Shape {
    name: "fly",
    fits: |source, _| {
        source.file_name().starts_with("fly.") && has_extension(source, &["toml", "json", "yaml"])
            || (source.file_name().starts_with("fly-") && has_extension(source, &["toml"]))
    },
    read: |source, tree, facts| each_root(source, tree, facts, read_fly),
};

pub const HEROKU: Shape = Shape {
    name: "heroku",
    fits: |source, tree| source.file_name() == "app.json" && tree.roots().any(is_heroku),
    read: |source, tree, facts| each_root(source, tree, facts, read_heroku),
};

pub const APP_ENGINE: Shape = Shape {
    name: "app engine",
    fits: |source, tree| {
        let named = source.file_name().starts_with("app.") || source.file_name().ends_with("app.yaml");
        // Firebase App Hosting is the same people's.
        let hosting = source.file_name().starts_with("apphosting");
        let told = |root: At<'_>| {
            (hosting && root.get("env").is_some())
                || (named && root.get("runtime").is_some())
                || root.get("env_variables").is_some_and(|it| it.is_map())
        };
        has_extension(source, &["yaml", "yml"])
            && tree.roots().any(told)
            && tree.roots().all(|root| root.get("services").is_none())
    },
    read: |source, tree, facts| each_root(source, tree, facts, read_app_engine),
};

pub const DIGITAL_OCEAN: Shape = Shape {
    name: "digitalocean",
    fits: |source, tree| {
        format!("/{}", source.path).contains("/.do/")
            || tree.roots().any(|root| components(root).any(|it| it.1.get("envs").is_some()))
    },
    read: |source, tree, facts| each_root(source, tree, facts, read_digital_ocean),
};

pub const AZURE_FUNCTIONS: Shape = Shape {
    name: "azure functions",
    fits: |source, tree| {
        source.file_name().to_ascii_lowercase().ends_with("local.settings.json")
            && tree.roots().any(|root| root.get("Values").is_some())
    },
    read: |source, tree, facts| {
        each_root(source, tree, facts, |sheet, root| sheet.variables(root.get("Values"), ScopeId::FILE, Habit::BRACED));
    },
};

fn each_root(source: &Source, tree: &Tree, facts: &mut Facts, read: fn(&mut Sheet<'_>, At<'_>)) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read(&mut sheet, root);
    }
    sheet.rest(tree);
}

fn set_unit(sheet: &mut Sheet<'_>, scope: ScopeId, name: &Text) {
    sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
}

/// Each file is an application of its own, also several in one folder.
fn read_fly(sheet: &mut Sheet<'_>, root: At<'_>) {
    if let Some(app) = root.get("app").and_then(At::text) {
        set_unit(sheet, ScopeId::FILE, app);
        sheet.scope(ScopeId::FILE).title = Some(Spanned::new(format!("app {}", app.expose()), app.span()));
    }
    sheet.variables(root.get("env"), ScopeId::FILE, Habit::BRACED);
    sheet.variables(root.find(&["build", "args"]), ScopeId::FILE, Habit::BRACED.beneath());
}

/// Expo and others keep an `app.json` too.
fn is_heroku(root: At<'_>) -> bool {
    let ours = ["buildpacks", "formation", "addons", "stack", "environments", "env"];
    root.get("expo").is_none() && ours.iter().any(|key| root.get(key).is_some())
}

/// `environments.test` and `environments.review` say their own variables over the application's.
fn read_heroku(sheet: &mut Sheet<'_>, root: At<'_>) {
    sheet.variables(root.get("env"), ScopeId::FILE, Habit::BRACED);
    for (name, environment) in root.get("environments").map(At::entries).unwrap_or_default() {
        if environment.is_map() && !sheet.is_full() {
            let scope = sheet.open(ScopeId::FILE, "environment", name);
            sheet.set_environment(scope, name);
            sheet.variables(environment.get("env"), scope, Habit::BRACED);
            sheet.keys(environment, scope, &[]);
        }
    }
}

fn read_app_engine(sheet: &mut Sheet<'_>, root: At<'_>) {
    if let Some(service) = root.get("service").and_then(At::text) {
        set_unit(sheet, ScopeId::FILE, service);
    }
    sheet.variables(root.get("env_variables"), ScopeId::FILE, Habit::BRACED);
    sheet.variables(root.get("env"), ScopeId::FILE, Habit::BRACED);
    sheet.variables(root.get("build_env_variables"), ScopeId::FILE, Habit::BRACED.beneath());
}

/// The components of a DigitalOcean app, with what each is called there.
fn components<'t>(root: At<'t>) -> impl Iterator<Item = (&'static str, At<'t>)> {
    const KINDS: &[(&str, &str)] = &[
        ("services", "service"),
        ("workers", "worker"),
        ("jobs", "job"),
        ("static_sites", "site"),
        ("functions", "function"),
    ];
    let root = root.get("spec").unwrap_or(root);
    KINDS
        .iter()
        .flat_map(move |(key, what)| root.get(key).into_iter().flat_map(At::items).map(move |item| (*what, item)))
}

fn read_digital_ocean(sheet: &mut Sheet<'_>, root: At<'_>) {
    let app = root.get("spec").unwrap_or(root);
    sheet.variables(app.get("envs"), ScopeId::FILE, Habit::BRACED);
    for (what, component) in components(root) {
        let Some(name) = component.get("name").and_then(At::text).filter(|_| !sheet.is_full()) else { continue };
        let scope = sheet.open(ScopeId::FILE, what, name);
        set_unit(sheet, scope, name);
        sheet.variables(component.get("envs"), scope, Habit::BRACED);
        sheet.keys(component, scope, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// Variables of the app hold in all components; encrypted ones are present, not known.
    #[test]
    fn digitalocean_components() {
        let file = r#"
name: pay
region: nyc
envs: [{key: FLINKS_INSTANCE, value: acme-ca}]
services:
  - name: api
    envs: [{key: FLINKS_US_SECRET, type: SECRET, value: "EV[1:abc:def]"}, {key: FLINKS_US_KEY, scope: RUN_TIME, type: SECRET}]
"#;
        assert_eq!(
            shown(".do/app.yaml", file.trim_start()),
            "
service api < file, unit item api
file | FLINKS_INSTANCE = acme-ca (variable)
service api | FLINKS_US_SECRET = [!EV[1:abc:def]] (variable)
service api | FLINKS_US_KEY = [!FLINKS_US_KEY] (variable)
service api | name = api
file | name = pay
file | region = nyc
"
        );
    }

    /// The service is what is deployed, several in one folder.
    #[test]
    fn app_engine_services() {
        let file = "
runtime: nodejs20
service: pay
env_variables: {FLINKS_INSTANCE: acme-us}
";
        assert_eq!(
            shown("api/app.prod.yaml", file.trim_start()),
            "
file, unit item pay
file | FLINKS_INSTANCE = acme-us (variable)
file | runtime = nodejs20
file | service = pay
"
        );
    }

    /// Only the test and review environments say themselves; the rest is production or not said.
    #[test]
    fn heroku_environments() {
        let file = r#"
{"name": "pay", "buildpacks": [], "env": {"FLINKS_INSTANCE": "acme-ca", "FLINKS_SECRET": {"description": "key", "required": true},
 "FLINKS_US": {"value": "acme-us"}}, "environments": {"test": {"env": {"FLINKS_INSTANCE": "toolbox"}}, "review": 3}}
"#;
        assert_eq!(
            shown("app.json", file.trim_start()),
            "
environment test < file, environment test
file | FLINKS_INSTANCE = acme-ca (variable)
file | FLINKS_SECRET = [!FLINKS_SECRET] (variable)
file | FLINKS_US = acme-us (variable)
environment test | FLINKS_INSTANCE = toolbox (variable)
file | name = pay
file | environments.review = 3
"
        );
    }

    /// `Values` are what the program sees as variables.
    #[test]
    fn azure_functions_values() {
        let file = r#"
{"IsEncrypted": false, "Values": {"Flinks__Us__ApiUrl": "https://acme-us-api.private.fin.ag"}}
"#;
        assert_eq!(
            shown("api/local.settings.json", file.trim_start()),
            "
file | Flinks__Us__ApiUrl = https://acme-us-api.private.fin.ag (variable)
file | IsEncrypted = false
"
        );
    }

    /// Two files in one folder are two applications.
    #[test]
    fn fly_apps() {
        let file = r#"
app = "pay-prod"
primary_region = "iad"
[env]
FLINKS_INSTANCE = "acme-us"
[build.args]
NODE_ENV = "production"
"#;
        assert_eq!(
            shown("fly.production.toml", file.trim_start()),
            "
app pay-prod, unit item pay-prod
app pay-prod | FLINKS_INSTANCE = acme-us (variable)
app pay-prod | NODE_ENV = production (variable)
app pay-prod | app = pay-prod
app pay-prod | primary_region = iad
"
        );
    }

    /// A secret goes by its own name, by which two variables that share it are seen.
    #[test]
    fn app_hosting_secrets() {
        let file = "
runConfig: {cpu: 1}
env:
  - {variable: FLINKS_INSTANCE, value: acme-ca, availability: [RUNTIME]}
  - {variable: FLINKS_SECRET_KEY, secret: flinksSecret}
";
        assert_eq!(
            shown("apphosting.yaml", file.trim_start()),
            "
file | FLINKS_INSTANCE = acme-ca (variable)
file | FLINKS_SECRET_KEY = [!flinksSecret] (variable)
file | runConfig.cpu = 1
"
        );
    }
}
