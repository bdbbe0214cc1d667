//! Render blueprints: the variables of each service, and the groups that services share.

use std::collections::{HashMap, HashSet};

use super::sheet::Sheet;
use super::variables::Habit;
use super::{Shape, is_yaml_named};
use crate::fact::{Deployed, Facts, ScopeId};
use crate::source::{Source, Spanned};
use crate::tree::{At, Tree};
use crate::vocabulary::environments;

pub const SHAPE: Shape = Shape { name: "render", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let blueprint = |root: At<'_>| {
        let services = root.get("services").into_iter().flat_map(At::items);
        root.get("envVarGroups").is_some() || services.take(20).any(|service| service.get("envVars").is_some())
    };
    is_yaml_named(source, "render") || tree.roots().any(blueprint)
}

/// Groups of variables by name.
type Groups<'t> = HashMap<&'t str, At<'t>>;

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        let environments: Vec<At<'_>> =
            items(root, "projects").flat_map(|project| items(project, "environments")).collect();
        let places = || std::iter::once(root).chain(environments.iter().copied());
        let listed = places().flat_map(|place| items(place, "envVarGroups"));
        let groups: Groups<'_> = listed.filter_map(|group| Some((group.get("name")?.word()?, group))).collect();
        let mut used = HashSet::new();
        for place in places() {
            let outer = match place.get("name").and_then(At::text).filter(|_| place.id != root.id) {
                Some(name) => {
                    let scope = sheet.open(ScopeId::FILE, "environment", name);
                    sheet.set_environment(scope, name);
                    scope
                }
                None => ScopeId::FILE,
            };
            for service in items(place, "services") {
                read_service(&mut sheet, service, outer, &groups, &mut used);
            }
            read_groups(&mut sheet, place, outer, &used);
        }
    }
    sheet.rest(tree);
}

fn items<'t>(at: At<'t>, key: &str) -> impl Iterator<Item = At<'t>> {
    at.get(key).into_iter().flat_map(At::items)
}

fn read_service<'t>(
    sheet: &mut Sheet<'_>,
    service: At<'t>,
    outer: ScopeId,
    groups: &Groups<'t>,
    used: &mut HashSet<&'t str>,
) {
    let Some(name) = service.get("name").and_then(At::text).filter(|_| !sheet.is_full()) else { return };
    let scope = sheet.open(outer, "service", name);
    sheet.scope(scope).unit = Some(Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    sheet.variables(service.get("envVars"), scope, Habit::BRACED);
    for from in items(service, "envVars").filter_map(|item| item.get("fromGroup")?.word()) {
        if let Some(group) = groups.get(from) {
            used.insert(from);
            // A service that takes `flinks-production` over is in production.
            let name = group.get("name").and_then(At::text).filter(|name| environments::whole(name.expose()).is_some());
            if let Some(name) = name.filter(|_| sheet.scope(scope).environment.is_none()) {
                sheet.set_environment(scope, name);
            }
            sheet.variables(group.get("envVars"), scope, Habit::BRACED.beneath());
        }
    }
    sheet.keys(service, scope, &[]);
}

/// A group that no service of the file takes over is still there.
fn read_groups(sheet: &mut Sheet<'_>, place: At<'_>, outer: ScopeId, used: &HashSet<&str>) {
    for group in items(place, "envVarGroups") {
        let Some(name) = group.get("name").and_then(At::text).filter(|_| !sheet.is_full()) else { continue };
        if !used.contains(name.expose()) {
            let scope = sheet.open(outer, "group", name);
            sheet.variables(group.get("envVars"), scope, Habit::BRACED);
            sheet.keys(group, scope, &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A group holds in every service that takes it over, beneath what the service says itself.
    #[test]
    fn services_take_over_groups() {
        let file = "
envVarGroups:
  - name: shared
    envVars: [{key: FLINKS_CA_API_URL, value: https://acme-ca-api.private.fin.ag}, {key: LEVEL, value: group}]
  - name: lonely
    envVars: [{key: X, value: y}]
services:
  - type: web
    name: api
    region: oregon
    envVars:
      - {key: FLINKS_US_SECRET, sync: false}
      - {key: SALT, generateValue: true}
      - {key: DB, fromDatabase: {name: db, property: connectionString}}
      - {key: LEVEL, value: own}
      - fromGroup: shared
  - 7
";
        assert_eq!(
            shown("render.yaml", file.trim_start()),
            "
service api < file, unit item api
group lonely < file
service api | FLINKS_US_SECRET = [!FLINKS_US_SECRET] (variable)
service api | SALT = [!SALT] (variable)
service api | DB = [!DB] (variable)
service api | LEVEL = own (variable)
service api | FLINKS_CA_API_URL = https://acme-ca-api.private.fin.ag (variable)
service api | type = web
service api | name = api
service api | region = oregon
service api | envVars.4.fromGroup = shared
group lonely | X = y (variable)
group lonely | name = lonely
file | envVarGroups.0.name = shared
file | services.1 = 7
"
        );
    }
}
