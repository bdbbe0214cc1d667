//! Serverless Framework: the variables of the provider and its functions.

use super::sheet::Sheet;
use super::variables::Habit;
use super::{Shape, cloudformation};
use crate::fact::{Facts, ScopeId};
use crate::readers::has_extension;
use crate::source::Source;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "serverless", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let named = source.file_name().to_ascii_lowercase().starts_with("serverless");
    let runs = |root: At<'_>| root.get("provider").is_some() && root.get("service").is_some();
    has_extension(source, &["yml", "yaml", "json"])
        && tree.roots().any(|root| (named && root.is_map()) || (runs(root) && root.get("functions").is_some()))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        if let Some(stage) = root.find(&["provider", "stage"]).and_then(At::text) {
            sheet.set_environment(ScopeId::FILE, stage);
        }
        sheet.variables(root.find(&["provider", "environment"]), ScopeId::FILE, Habit::BRACED);
        let functions = root.get("functions");
        let listed = functions.into_iter().flat_map(At::items).flat_map(At::entries);
        for (name, function) in functions.map(At::entries).unwrap_or_default().into_iter().chain(listed) {
            if function.is_map() && !sheet.is_full() {
                let scope = sheet.open(ScopeId::FILE, "function", name);
                sheet.variables(function.get("environment"), scope, Habit::BRACED);
                sheet.keys(function, scope, &[]);
            }
        }
        let resources = root.get("resources");
        for part in resources.into_iter().chain(resources.into_iter().flat_map(At::items)) {
            cloudformation::read_template(&mut sheet, part);
        }
    }
    sheet.rest(tree);
}
