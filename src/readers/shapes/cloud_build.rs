//! Google Cloud Build: steps that each run one command, whose program is the last part of its image's name.

use super::sheet::Sheet;
use super::{Shape, is_yaml_named};
use crate::fact::{Facts, ScopeId};
use crate::readers::shell;
use crate::source::Source;
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "cloud build", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let is_step =
        |step: At<'_>| step.get("name").is_some() && (step.get("args").is_some() || step.get("env").is_some());
    let has_steps = |root: At<'_>| root.get("steps").into_iter().flat_map(At::items).any(is_step);
    is_yaml_named(source, "cloudbuild") && tree.roots().any(has_steps)
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for step in tree.roots().flat_map(|root| root.get("steps").into_iter().flat_map(At::items)) {
        read_step(&mut sheet, step);
    }
    sheet.rest(tree);
}

fn read_step(sheet: &mut Sheet<'_>, step: At<'_>) {
    let Some(list) = step.get("args") else { return };
    let program = |text: &Text| {
        let image = text.expose().split(['@', ':']).next().unwrap_or("").len();
        let start = text.expose()[..image].rfind('/').map_or(0, |at| at + 1);
        text.part(start..image)
    };
    let entry = step.get("entrypoint").and_then(At::text).or(step.get("name").and_then(At::text)).map(program);
    let args: Vec<&Text> = list.items().filter_map(At::text).collect();
    let Some(entry) = entry else { return };
    // What it does is told by its first words: `gcloud run deploy`.
    let plain = args.iter().map(|text| text.expose()).filter(|word| !word.contains([' ', '=', '\n'])).take(3);
    let title = std::iter::once(entry.expose()).chain(plain).collect::<Vec<_>>().join(" ");
    let scope = sheet.open_titled(ScopeId::FILE, title, entry.span());
    let before = sheet.facts.settings.len();
    if shell::is_shell(entry.expose()) {
        sheet.script(Some(list), scope);
    } else {
        let words: Vec<Text> = std::iter::once(entry).chain(args.into_iter().cloned()).collect();
        shell::command(&words, scope, sheet.facts);
    }
    if sheet.facts.settings.len() > before {
        sheet.take(list);
    }
}
