//! Names of programs: what the same file, an imported one or another of the tree says of them.

use std::collections::HashMap;

use crate::fact::{Facts, Import, Piece, ReferenceKind, Said, Value};
use crate::source::{FileId, Sources};

use super::statements::Statement;
use super::units::parent;

/// Names that stand for names that stand for names: longer chains are not followed.
const DEPTH: usize = 6;
/// The names at the end of a path by which another file may call it.
const TAIL: usize = 4;
/// More definitions of one name than this tell nothing.
const DEFINITIONS: usize = 64;

/// Where every name of every program is said.
#[derive(Default)]
pub(super) struct Symbols<'a> {
    /// By the file and the whole path.
    own: HashMap<(FileId, String), Vec<usize>>,
    /// By two and more names at the end of a path.
    tails: HashMap<String, Vec<usize>>,
    imports: Imports<'a>,
    values: HashMap<usize, &'a Value>,
}

impl<'a> Symbols<'a> {
    pub fn new(sources: &'a Sources, facts: &'a [Facts], statements: &'a [Statement]) -> Self {
        let mut symbols = Symbols { imports: Imports::new(sources, facts), ..Symbols::default() };
        let programs = statements.iter().enumerate().filter(|(_, said)| said.said == Said::Program);
        for (at, said) in programs {
            let names: Vec<&str> = said.path.iter().map(|name| &*name.text).collect();
            symbols.own.entry((said.file, names.join("."))).or_default().push(at);
            if !said.purpose.is_silent() {
                let longest = names.len().min(TAIL);
                for length in 2..=longest {
                    symbols.tails.entry(names[names.len() - length..].join(".")).or_default().push(at);
                }
            }
            symbols.values.insert(at, &said.value);
        }
        symbols
    }

    /// What may say what a name means that is used in `file`.
    pub fn candidates(&self, file: FileId, name: &str) -> Vec<usize> {
        self.find(file, name, DEPTH)
    }

    fn find(&self, file: FileId, name: &str, depth: usize) -> Vec<usize> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        if let Some(found) = self.own.get(&(file, name.to_owned())) {
            return found.clone();
        }
        // `const config = SETTINGS.flinks; config.url`
        for (at, _) in name.rmatch_indices('.') {
            let (outer, rest) = (&name[..at], &name[at..]);
            let Some(aliases) = self.own.get(&(file, outer.to_owned())) else { continue };
            let found: Vec<usize> = aliases
                .iter()
                .filter_map(|alias| self.alias(*alias).filter(|other| *other != outer))
                .flat_map(|other| self.find(file, &format!("{other}{rest}"), depth))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        let imported = self.imported(file, name, depth);
        if !imported.is_empty() {
            return imported;
        }
        self.tail(name).to_vec()
    }

    /// The name that a name stands for, where it is nothing but another name.
    fn alias(&self, at: usize) -> Option<&'a str> {
        match self.values.get(&at)?.pieces.as_slice() {
            [Piece::Reference(reference)] if reference.kind == ReferenceKind::Symbol => Some(&reference.name),
            _ => None,
        }
    }

    fn imported(&self, file: FileId, name: &str, depth: usize) -> Vec<usize> {
        let (first, rest) = name.split_once('.').map_or((name, ""), |(first, rest)| (first, rest));
        let Some(import) = self.imports.get(file, first) else { return Vec::new() };
        let dotted = |outer: &str| match (outer, rest) {
            ("", rest) => rest.to_owned(),
            (outer, "") => outer.to_owned(),
            (outer, rest) => format!("{outer}.{rest}"),
        };
        let own = import.name.as_deref().unwrap_or("");
        let mut names = vec![dotted(own)];
        if own.is_empty() || own == "default" {
            names.extend(["default", "exports", ""].map(dotted));
        } else {
            names.extend([format!("exports.{}", dotted(own)), format!("default.{}", dotted(own))]);
        }
        names.retain(|name| !name.is_empty());
        let find = |file: FileId| {
            names.iter().map(|name| self.find(file, name, depth)).find(|found| !found.is_empty()).unwrap_or_default()
        };
        let mut found: Vec<usize> =
            self.modules(file, &import.from.value).into_iter().filter(|other| *other != file).flat_map(find).collect();
        // `from app import settings`: the name itself is a module.
        if found.is_empty() && !own.is_empty() && !rest.is_empty() {
            let module = format!("{}.{own}", import.from.value.trim_end_matches('.'));
            let files = self.modules(file, &module).into_iter().filter(|other| *other != file);
            found = files.flat_map(|other| self.find(other, rest, depth)).collect();
        }
        found
    }

    /// What any file says of a name that at least two names lead to: `FlinksHosts.CA`.
    pub fn tail(&self, name: &str) -> &[usize] {
        if !name.contains('.') {
            return &[];
        }
        let names: Vec<&str> = name.split('.').collect();
        let tail = names[names.len().saturating_sub(TAIL)..].join(".");
        self.tails.get(&tail).filter(|found| found.len() <= DEFINITIONS).map_or(&[][..], Vec::as_slice)
    }

    /// The files of a module that a file imports.
    pub fn modules(&self, file: FileId, from: &str) -> Vec<FileId> {
        self.imports.modules.of(file, from)
    }
}

/// What every file imports, and the files that can be imported.
#[derive(Default)]
pub(super) struct Imports<'a> {
    by_local: HashMap<FileId, HashMap<&'a str, &'a Import>>,
    modules: Modules<'a>,
}

impl<'a> Imports<'a> {
    pub fn new(sources: &'a Sources, facts: &'a [Facts]) -> Self {
        let importing = facts.iter().filter(|facts| !facts.imports.is_empty());
        let by_local = importing
            .map(|facts| (facts.file, facts.imports.iter().map(|import| (&*import.local, import)).collect()))
            .collect();
        Imports { by_local, modules: Modules::new(sources, facts) }
    }

    /// The files of a module that a file takes in.
    pub fn files(&self, file: FileId, from: &str) -> Vec<FileId> {
        self.modules.of(file, from)
    }

    fn get(&self, file: FileId, local: &str) -> Option<&'a Import> {
        self.by_local.get(&file)?.get(local).copied()
    }

    /// The path, without its extension, of the file that a name is imported from, where no such file was read.
    pub fn unread(&self, file: FileId, name: &str) -> Option<String> {
        let import = self.get(file, name.split('.').next()?)?;
        self.modules.of(file, &import.from.value).is_empty().then(|| self.modules.path(file, &import.from.value))?
    }
}

/// The files of the tree by the names under which programs import them.
#[derive(Default)]
struct Modules<'a> {
    paths: HashMap<FileId, &'a str>,
    /// By the last part of their paths, without extension.
    by_name: HashMap<&'a str, Vec<(FileId, &'a str)>>,
}

impl<'a> Modules<'a> {
    fn new(sources: &'a Sources, facts: &[Facts]) -> Self {
        let mut modules = Modules::default();
        for facts in facts {
            let path = sources.path(facts.file);
            modules.paths.insert(facts.file, path);
            let stem = stem(path);
            let name = stem.rsplit('/').next().unwrap_or(stem);
            modules.by_name.entry(name).or_default().push((facts.file, stem));
        }
        modules
    }

    /// The path without extension that a module has, from the file that imports it; without its root where it has one.
    fn path(&self, file: FileId, module: &str) -> Option<String> {
        let folder = parent(self.paths.get(&file)?);
        let module = module.trim_end_matches(".js").trim_end_matches(".ts").trim_end_matches(".dart");
        if module.starts_with("./") || module.starts_with("../") || module == "." || module == ".." {
            return joined(folder, module);
        }
        if module.starts_with('.') {
            // `from ..config import x`: each dot beyond the first is a folder up.
            let rest = module.trim_start_matches('.');
            let up = "../".repeat(module.len() - rest.len() - 1);
            return joined(folder, &format!("{up}{}", rest.replace('.', "/")));
        }
        let plain =
            if module.contains('/') { module.to_owned() } else { module.replace("::", "/").replace(['.', '\\'], "/") };
        let roots = ["@/", "~/", "#/", "$lib/", "@app/", "src/", "crate/", "package:"];
        let bare = roots.iter().find_map(|root| plain.strip_prefix(root)).unwrap_or(&plain);
        Some(bare.to_owned())
    }

    fn of(&self, file: FileId, module: &str) -> Vec<FileId> {
        let Some(path) = self.path(file, module) else { return Vec::new() };
        let path = stem_of_folder(&path);
        let name = path.rsplit('/').next().unwrap_or(path);
        let relative = module.starts_with('.');
        let fits = |known: &str| {
            known == path || !relative && known.strip_suffix(path).is_some_and(|rest| rest.ends_with('/'))
        };
        let found = self.by_name.get(name).into_iter().flatten();
        let found: Vec<FileId> = found.filter(|(_, stem)| fits(stem)).map(|(file, _)| *file).collect();
        if found.is_empty() && !relative { self.of_package(module) } else { found }
    }

    /// The files of a package of the same tree: `@northwind/hosts` is `packages/hosts/src/index.ts`.
    fn of_package(&self, module: &str) -> Vec<FileId> {
        let name = module.strip_prefix('@').and_then(|scoped| scoped.split_once('/')).map_or(module, |(_, name)| name);
        let (package, inner) = name.split_once('/').map_or((name, ""), |(package, inner)| (package, inner));
        if package.is_empty() || name.contains(['.', ':', '\\']) {
            return Vec::new();
        }
        let forms = ["", "/src", "/lib"].map(|folder| match inner {
            "" => format!("{package}{folder}"),
            inner => format!("{package}{folder}/{inner}"),
        });
        let found = forms.iter().flat_map(|form| {
            let last = form.rsplit('/').next().unwrap_or(form);
            let known = self.by_name.get(last).into_iter().flatten();
            known.filter(move |(_, stem)| stem.strip_suffix(form.as_str()).is_some_and(|rest| rest.ends_with('/')))
        });
        found.map(|(file, _)| *file).collect()
    }
}

/// A path without its extension, and without the name that stands for its folder.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let dot = name.rfind('.').filter(|at| *at > 0);
    let bare = &path[..path.len() - name.len() + dot.unwrap_or(name.len())];
    stem_of_folder(bare)
}

fn stem_of_folder(path: &str) -> &str {
    ["/index", "/__init__", "/mod"].iter().find_map(|name| path.strip_suffix(name)).unwrap_or(path)
}

fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
