//! Docker Compose files: one block per service, with its variables and the env files it takes over.

use std::collections::HashMap;

use super::Shape;
use super::paths;
use super::sheet::Sheet;
use super::variables::Habit;
use crate::fact::{Bundle, Deployed, Facts, ScopeId};
use crate::readers::document;
use crate::source::{Source, Span, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "compose", fits, read };

/// `$X` is expanded; a bare name passes the variable of the shell through.
const HABIT: Habit = Habit::SHELL.passing_through();
/// A service that extends one that extends one…: further than this nobody goes.
const EXTENDS: usize = 8;

/// Services by name.
type Services<'t> = HashMap<&'t str, At<'t>>;

fn fits(source: &Source, tree: &Tree) -> bool {
    if !document::is_named(source, &["yml", "yaml", "json"]) {
        return false;
    }
    let name = source.file_name().to_ascii_lowercase();
    let named = ["compose.", "compose-", "docker-compose"].iter().any(|start| name.starts_with(start))
        || name.contains(".compose.")
        || name.contains("-compose.");
    let services = || tree.roots().filter_map(|root| root.get("services")).filter(|services| services.is_map());
    let runs = |service: At<'_>| service.get("image").is_some() || service.get("build").is_some();
    (named && services().next().is_some())
        || services().any(|services| services.entries().iter().any(|(_, service)| runs(*service)))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for services in tree.roots().filter_map(|root| root.get("services")) {
        let entries = services.entries();
        let by_name: Services<'_> = entries.iter().map(|(name, service)| (name.expose(), *service)).collect();
        for (name, service) in entries.into_iter().filter(|(_, service)| service.is_map()) {
            read_service(&mut sheet, &by_name, name, service);
        }
    }
    sheet.rest(tree);
}

fn read_service(sheet: &mut Sheet<'_>, services: &Services<'_>, name: &Text, service: At<'_>) {
    let scope = sheet.open(ScopeId::FILE, "service", name);
    sheet.scope(scope).unit = Some(unit(sheet.source, name, service));
    sheet.variables(service.get("environment"), scope, HABIT);
    sheet.variables(service.find(&["build", "args"]), scope, HABIT.beneath());
    let mut chain = Vec::new();
    let mut base = Some(service);
    for _ in 0..EXTENDS {
        let Some(extended) = base.and_then(|at| extended(sheet, services, at, scope)) else { break };
        sheet.variables(extended.get("environment"), scope, HABIT.beneath());
        chain.push(extended);
        base = Some(extended);
    }
    // Later ones win, so the env files of the outermost base come first.
    for at in chain.into_iter().rev().chain([service]) {
        use_env_files(sheet, at, scope);
    }
    sheet.keys(service, scope, &[]);
}

/// A built service is the project in its folder; one that names an image is known by its own name.
fn unit(source: &Source, name: &Text, service: At<'_>) -> Spanned<Deployed> {
    let build = service.get("build");
    let context = build.and_then(|build| build.text().or_else(|| build.get("context")?.text()));
    let folder = context.and_then(|context| Some((paths::beside(source, context.expose())?, context.span())));
    match folder {
        Some((folder, span)) => Spanned::new(Deployed::Folder(folder), span),
        None => Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()),
    }
}

/// `env_file` as a path, a list of paths, or a list of `{path, required}`.
fn use_env_files(sheet: &mut Sheet<'_>, service: At<'_>, scope: ScopeId) {
    let Some(files) = service.get("env_file") else { return };
    let path = |at: At<'_>| -> Option<(String, Span)> {
        let text = at.text().or_else(|| at.get("path")?.text())?;
        Some((paths::beside(sheet.source, text.expose())?, text.span()))
    };
    let found: Vec<_> = path(files).into_iter().chain(files.items().filter_map(path)).collect();
    for (file, span) in found {
        sheet.uses(scope, Bundle::File(file), span);
    }
}

/// The service of the same file that this one extends. One of another file is named as used.
fn extended<'t>(sheet: &mut Sheet<'_>, services: &Services<'t>, service: At<'t>, scope: ScopeId) -> Option<At<'t>> {
    let extends = service.get("extends")?;
    if let Some(file) = extends.get("file").and_then(At::text) {
        let path = paths::beside(sheet.source, file.expose())?;
        if path != *sheet.source.path {
            sheet.uses(scope, Bundle::File(path), file.span());
            return None;
        }
    }
    let name = extends.word().or_else(|| extends.get("service")?.word())?;
    services.get(name).copied().filter(|base| base.id != service.id)
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    #[test]
    fn services_say_their_variables_files_and_folders() {
        let file = "
x-flinks: &flinks
  FLINKS_CA_API_URL: https://acme-ca-api.private.fin.ag
services:
  api:
    build:
      context: ../api
      args: [FLINKS_CA_HOST=acme-ca]
    env_file: [../.env, {path: ./prod.env, required: false}]
    environment:
      <<: *flinks
      FLINKS_US_API_URL: https://${INSTANCE:-acme-us}-api.private.fin.ag
      FLINKS_US_SECRET_KEY:
    ports: ['80:80']
  worker:
    extends: {service: api}
    image: acme/worker
    environment:
      - NODE_ENV=production
      - FLINKS_CA_SECRET_KEY
      - FLINKS_CA_API_URL=$OTHER
";
        assert_eq!(
            shown("deploy/docker-compose.yml", file),
            "
service api < file, unit folder api, uses file .env, uses file deploy/prod.env
service worker < file, unit item worker, uses file .env, uses file deploy/prod.env
service api | FLINKS_US_API_URL = https://[INSTANCE|acme-us]-api.private.fin.ag (variable)
service api | FLINKS_US_SECRET_KEY = [FLINKS_US_SECRET_KEY] (variable)
service api | FLINKS_CA_API_URL = https://acme-ca-api.private.fin.ag (variable)
service api | FLINKS_CA_HOST = acme-ca (variable)
service api | build.context = ../api
service api | env_file.0 = ../.env
service api | env_file.1.path = ./prod.env
service api | env_file.1.required = false
service api | ports.0 = 80:80
service worker | NODE_ENV = production (variable)
service worker | FLINKS_CA_SECRET_KEY = [FLINKS_CA_SECRET_KEY] (variable)
service worker | FLINKS_CA_API_URL = [OTHER] (variable)
service worker | FLINKS_US_API_URL = https://[INSTANCE|acme-us]-api.private.fin.ag (variable)
service worker | FLINKS_US_SECRET_KEY = [FLINKS_US_SECRET_KEY] (variable)
service worker | extends.service = api
service worker | image = acme/worker
"
        );
    }

    /// Half-written files must cost nothing and lose nothing.
    #[test]
    fn odd_services_do_no_harm() {
        let file = "
services:
  a:
    image: x
    environment: FLINKS
    env_file: 3
    extends: a
  b: null
  c: {build: 'https://github.com/acme/api.git', environment: [1, {FLINKS_X: y}], extends: {service: d}}
  d: {extends: c}
";
        assert_eq!(
            shown("compose.yaml", file),
            "
service a < file, unit item a, uses file 3
service c < file, unit item c
service d < file, unit item d
service a | image = x
service a | environment = FLINKS
service a | env_file = 3
service a | extends = a
service c | FLINKS_X = y (variable)
service c | build = https://github.com/acme/api.git
service c | environment.0 = 1
service c | extends.service = d
service d | FLINKS_X = y (variable)
service d | extends = c
file | services.b =
"
        );
        assert_eq!(shown("compose.yaml", "services: null\n"), "\nfile | services =\n");
    }
}
