//! Environments that a block takes in: a workload is in production if an env file or ConfigMap that it loads says so.

use std::collections::HashMap;

use crate::fact::{Bundle, Facts, ScopeId};
use crate::source::{FileId, Sources};
use crate::vocabulary::environments;

use super::profiles::bundles;
use super::statements::{Saying, Statement};

/// Gives the settings of blocks without an environment the one that their bundles say.
pub fn lend(sources: &Sources, facts: &[Facts], statements: &mut [Statement]) {
    let scopes: HashMap<FileId, &Facts> = facts.iter().map(|facts| (facts.file, facts)).collect();
    let bundles = bundles(sources, &scopes, statements);
    let mut lent: HashMap<(FileId, ScopeId), Saying> = HashMap::new();
    for facts in facts {
        for (at, scope) in facts.scopes.iter().enumerate().filter(|(_, scope)| !scope.uses.is_empty()) {
            // A folder holds several workloads, each with an environment of its own.
            let one = scope.uses.iter().map(|used| &used.value).filter(|used| !matches!(used, Bundle::Folder(_)));
            let used = one.filter_map(|used| bundles.get(used)).flatten();
            let said = used.filter_map(|at| says_environment(&statements[*at]));
            // Of two that tell as much, the later bundle wins.
            if let Some((_, saying)) = said.max_by_key(|(weight, _)| *weight) {
                lent.insert((facts.file, ScopeId(at as u32)), saying);
            }
        }
    }
    if lent.is_empty() {
        return;
    }
    for said in statements.iter_mut().filter(|said| said.environment.is_none()) {
        let facts = scopes[&said.file];
        let around = std::iter::successors(Some(said.scope), |scope| facts.scope(*scope).parent);
        said.environment = around.take(facts.scopes.len()).find_map(|scope| lent.get(&(said.file, scope)).cloned());
    }
}

/// The environment that a setting is the name of, and how much it tells.
fn says_environment(said: &Statement) -> Option<(environments::Weight, Saying)> {
    let name = &said.name().text;
    let environment = environments::of_value(said.value.word()).filter(|_| environments::is_setting(name))?;
    let saying = said.environment.as_ref().filter(|saying| saying.environment == environment && said.may_hold())?;
    let how = format!("`{name}` says so in what it takes in");
    Some((environments::weight(name), Saying { how, overridable: true, ..saying.clone() }))
}
