//! Names of a program that lead to what the same file says of them.

use std::collections::{HashMap, HashSet};

use crate::fact::{Facts, Name, Piece, ReferenceKind, Value};

/// Gives every symbol that is told in its own file the whole path that leads there: the nearest around it.
pub fn symbols(facts: &mut Facts) {
    let mut known: HashSet<String> = HashSet::new();
    for setting in &facts.settings {
        let mut path = String::new();
        for name in &setting.path {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&name.text);
            known.insert(path.clone());
        }
    }
    // SvelteKit gives variables of the environment as names of a module.
    let variables = facts.imports.iter().filter(|import| import.from.value.starts_with("$env/static/"));
    let variables: HashMap<Box<str>, Box<str>> =
        variables.filter_map(|import| Some((import.local.clone(), import.name.clone()?))).collect();
    let given = given_back(facts);
    let mut settings = std::mem::take(&mut facts.settings);
    for setting in &mut settings {
        if !variables.is_empty() {
            read(&mut setting.value, &variables);
        }
        let (around, own) = setting.path.split_at(setting.path.len() - 1);
        link(&mut setting.value, around, &own[0], &known);
        give_back(&mut setting.value, around, &given);
    }
    facts.settings = settings;
}

/// The functions that give back nothing but one address each, by the names that lead to them.
fn given_back(facts: &Facts) -> HashSet<String> {
    let mut given: HashSet<String> = HashSet::new();
    let mut others: HashSet<String> = HashSet::new();
    for setting in &facts.settings {
        let names: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
        let path = names.join(".");
        let is_address = setting.value.as_literal().is_some_and(|text| text.expose().contains("://"));
        if !is_address || !given.insert(path.clone()) {
            others.insert(path);
        }
    }
    given.retain(|path| !others.contains(path));
    given
}

/// Reads what a function gives back where it is called without arguments.
fn give_back(value: &mut Value, around: &[Name], given: &HashSet<String>) {
    for piece in &mut value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        let Some(name) = reference.name.strip_suffix("()").filter(|_| reference.kind == ReferenceKind::Computed) else {
            continue;
        };
        let outer = |depth: usize| around[..depth].iter().map(|name| format!("{}.", name.text)).collect::<String>();
        let found = (0..=around.len()).rev().map(|depth| outer(depth) + name).find(|path| given.contains(path));
        if let Some(path) = found {
            reference.kind = ReferenceKind::Symbol;
            reference.name = path.into();
        }
    }
}

/// Reads variables of the environment where their names stand.
fn read(value: &mut Value, variables: &HashMap<Box<str>, Box<str>>) {
    for piece in &mut value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        if let Some(fallback) = &mut reference.fallback {
            read(fallback, variables);
        }
        let variable = variables.get(&reference.name).filter(|_| reference.kind == ReferenceKind::Symbol);
        if let Some(name) = variable {
            reference.kind = ReferenceKind::Named;
            reference.name = name.clone();
        }
    }
}

fn link(value: &mut Value, around: &[Name], own: &Name, known: &HashSet<String>) {
    for piece in &mut value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        if let Some(fallback) = &mut reference.fallback {
            link(fallback, around, own, known);
        }
        if reference.kind != ReferenceKind::Symbol {
            continue;
        }
        let first = reference.name.split('.').next().unwrap_or("");
        for depth in (0..=around.len()).rev() {
            let outer: Vec<&str> = around[..depth].iter().map(|name| &*name.text).collect();
            let at =
                |name: &str| if outer.is_empty() { name.to_owned() } else { format!("{}.{name}", outer.join(".")) };
            // `{ baseUrl: baseUrl }` means the outer one.
            let itself = depth == around.len() && *reference.name == *own.text;
            if !itself && (known.contains(&at(&reference.name)) || known.contains(&at(first))) {
                reference.name = at(&reference.name).into();
                break;
            }
        }
    }
}
