//! Where a program runs, as far as it says so itself: the modules that it takes in, directives, hooks, and functions that
//! only a server or a build calls.

use super::syntax::{Import, Is, Node};
use crate::fact::{Facts, Part};
use crate::source::{Source, Spanned};
use crate::vocabulary::exposure;

/// Functions whose first statement may be a directive, of one program at most.
const PARTS: usize = 10_000;

/// Adds to `facts` the modules of a program, and what it says of where its parts run.
pub fn read(root: &Node, source: &Source, facts: &mut Facts) {
    if let Some(by) = directive(root) {
        facts.parts.push(Part { span: source.span(0..source.text().len()), by });
    }
    for node in root.walk() {
        if facts.parts.len() > PARTS {
            break;
        }
        match &node.is {
            Is::Import(import) if !is_of_types(import, source, node) => facts.modules.push(import.from.clone()),
            Is::Function(function) => {
                let own = function.name.as_ref().map(|name| Spanned::new(name.text.to_string(), name.span));
                let by = own.filter(|name| exposure::part(&name.value).is_some()).or_else(|| directive(&function.body));
                facts.parts.extend(by.map(|by| Part { span: node.span, by }));
            }
            Is::Bind(bind) => {
                let function = bind.value.as_ref().filter(|value| matches!(value.is, Is::Function(_)));
                let by = bind.target.word().filter(|name| exposure::part(&name.value).is_some());
                facts.parts.extend(function.zip(by).map(|(_, by)| Part { span: node.span, by }));
            }
            Is::Call(call) => {
                let Some(name) = call.name() else { continue };
                if matches!(name.value, "require" | "importScripts")
                    && let Some(module) = call.positional().next().and_then(Node::text)
                {
                    facts.modules.push(Spanned::new(module.expose().to_owned(), module.span()));
                }
                if let Some(part) = exposure::part(name.value) {
                    let span = if part.whole { source.span(0..source.text().len()) } else { node.span };
                    facts.parts.push(Part { span, by: Spanned::new(name.value.to_owned(), name.span) });
                }
            }
            _ => {}
        }
    }
}

/// The directive that a program or a function begins with: `"use client"`.
fn directive(body: &Node) -> Option<Spanned<String>> {
    let first = match &body.is {
        Is::Group(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(body),
    };
    let texts = first.iter().map_while(Node::text);
    let known = texts.into_iter().find(|text| text.expose().starts_with("use "))?;
    exposure::part(known.expose())?;
    Some(Spanned::new(known.expose().to_owned(), known.span()))
}

/// `import type { Account } from "./flinks"`: nothing of it is there when the program runs.
fn is_of_types(import: &Import, source: &Source, node: &Node) -> bool {
    let written = source.slice(node.span);
    written.starts_with("import type ") || written.starts_with("export type ") || import.from.value.ends_with(".d.ts")
}
