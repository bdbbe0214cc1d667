//! What of a codebase reaches a browser or an app that people install: settings by their names, by the block of a
//! configuration that they stand in, and by where their file goes or runs.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::fact::{Facts, Handed, HandedTo, Part, Piece, Reference, ReferenceKind, Said, Value};
use crate::finding::{Label, Place};
use crate::source::{FileId, Span};
use crate::vocabulary::exposure::{self, Side};
use crate::vocabulary::names::Component;
use crate::vocabulary::paths;

use super::Codebase;
use super::statements::Statement;
use super::symbols::Imports;
use super::units::parent;

/// A manifest that says where the programs of its folder run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Platform {
    /// Its path below the scanned root.
    pub manifest: String,
    /// Its row in the vocabulary.
    pub row: usize,
}

/// How a setting reaches a browser or an app.
#[derive(Debug, Clone)]
pub struct Exposure {
    /// Never the server.
    pub side: Side,
    pub framework: &'static str,
    pub way: Way,
    /// What shows it, where that stands elsewhere: the directive, the import, the tag, the manifest.
    pub because: Vec<Label>,
    /// A manifest that shows it and was not read so far.
    pub unread: Option<String>,
    /// Whether the text says so; otherwise it is inferred.
    pub certain: bool,
}

impl Exposure {
    /// Whether a server fills it in before it is sent: a page's markup, and what it gives along.
    pub fn is_filled_in(&self) -> bool {
        self.framework == "HTML" || matches!(self.way, Way::Handed)
    }

    /// Whether it counts though nothing is written there: an option of a build, whose value another notation fills in.
    pub fn even_empty(&self) -> bool {
        matches!(self.way, Way::Given) && self.framework == "Flutter"
    }
}

/// By what a setting is exposed.
#[derive(Debug, Clone)]
pub enum Way {
    /// The name of a variable, its own or one that it takes.
    Name {
        variable: String,
        /// How the name begins that gives it away; empty where the module does that it is taken from.
        prefix: String,
        /// Where it is set or taken.
        span: Span,
        /// Whether it is set there.
        own: bool,
    },
    /// The block of a configuration, or the call of a build, that it is given to.
    Given,
    /// What a server gives along: the props of a page, an answer, an attribute of an element.
    Handed,
    /// The file, or the part of it, that it stands in.
    Place,
}

/// The exposures of every setting that has any.
pub fn exposed(codebase: &Codebase<'_>, statements: &[Statement]) -> BTreeMap<usize, Vec<Exposure>> {
    let tree = Tree::new(codebase);
    let mut found = BTreeMap::new();
    for (at, said) in statements.iter().enumerate().filter(|(_, said)| said.may_hold() && said.said != Said::Allowed) {
        let named = by_name(said).into_iter().chain(tree.built(said));
        // Where it stands matters of keys only.
        let is_key = said.component().is_some_and(Component::is_secret);
        let ways: Vec<Exposure> = named.chain(is_key.then(|| tree.around(said)).flatten()).collect();
        if !ways.is_empty() {
            found.insert(at, ways);
        }
    }
    found
}

/// The variables whose names give their values away: the setting's own, and those that its value takes.
fn by_name(said: &Statement) -> Vec<Exposure> {
    let mut found = Vec::new();
    let own = said.name();
    if let Some(prefix) = exposure::prefix(&own.text).filter(|_| !own.index) {
        found.push(exposure_by_name(prefix, &own.text, own.span, true));
    }
    references(&said.value, &mut |reference| {
        let name = reference.name.rsplit(['.', ':', '/']).next().unwrap_or(&reference.name);
        let is_name = matches!(reference.kind, ReferenceKind::Named | ReferenceKind::Symbol);
        if let Some(prefix) = exposure::prefix(name).filter(|_| is_name) {
            found.push(exposure_by_name(prefix, name, reference.span, false));
        }
    });
    found
}

fn exposure_by_name(prefix: &'static exposure::Prefix, name: &str, span: Span, own: bool) -> Exposure {
    Exposure {
        side: prefix.side,
        framework: &prefix.framework,
        way: Way::Name { variable: name.to_owned(), prefix: prefix.name.clone(), span, own },
        because: Vec::new(),
        unread: None,
        certain: true,
    }
}

/// The references of a value, those of fallbacks included.
fn references(value: &Value, take: &mut dyn FnMut(&Reference)) {
    for piece in &value.pieces {
        let Piece::Reference(reference) = piece else { continue };
        take(reference);
        if let Some(fallback) = &reference.fallback {
            references(fallback, take);
        }
    }
}

/// Where a file goes or runs, and what shows it.
#[derive(Debug, Clone)]
struct Runs {
    side: Side,
    framework: &'static str,
    because: Vec<Label>,
    unread: Option<String>,
    certain: bool,
}

/// The files of the tree by where they run.
struct Tree<'t> {
    codebase: &'t Codebase<'t>,
    facts: HashMap<FileId, &'t Facts>,
    /// The parts of every file, by where they begin.
    parts: HashMap<FileId, Vec<&'t Part>>,
    runs: HashMap<FileId, Runs>,
    imports: Imports<'t>,
}

impl<'t> Tree<'t> {
    fn new(codebase: &'t Codebase<'t>) -> Self {
        let facts: HashMap<FileId, &Facts> = codebase.facts.iter().map(|facts| (facts.file, facts)).collect();
        let sorted = |facts: &'t Facts| {
            let mut parts: Vec<&Part> = facts.parts.iter().collect();
            parts.sort_by_key(|part| part.span.start);
            (facts.file, parts)
        };
        let parts = codebase.facts.iter().map(sorted).collect();
        let imports = Imports::new(codebase.sources, codebase.facts);
        let mut tree = Tree { codebase, facts, parts, runs: HashMap::new(), imports };
        for facts in codebase.facts {
            if let Some(runs) = tree.own(facts) {
                tree.runs.insert(facts.file, runs);
            }
        }
        tree.follow();
        tree
    }

    /// The names that a setting takes from a module whose values are built in: `@env`.
    fn built(&self, said: &Statement) -> Vec<Exposure> {
        let Some(facts) = self.facts.get(&said.file) else { return Vec::new() };
        let mut found = Vec::new();
        references(&said.value, &mut |reference| {
            let (first, rest) = reference.name.split_once('.').unwrap_or((&reference.name, ""));
            let import = facts.imports.iter().find(|import| &*import.local == first);
            let known = import.and_then(|import| exposure::values(&import.from.value));
            if let (Some(import), Some(known), ReferenceKind::Symbol) = (import, known, reference.kind) {
                let variable = if rest.is_empty() { import.name.as_deref().unwrap_or(first) } else { rest };
                let text = format!("is what {} builds in", known.framework);
                found.push(Exposure {
                    side: known.side,
                    framework: &known.framework,
                    way: Way::Name {
                        variable: variable.to_owned(),
                        prefix: String::new(),
                        span: reference.span,
                        own: false,
                    },
                    because: vec![Label::at(import.from.span, text)],
                    unread: None,
                    certain: true,
                });
            }
        });
        found
    }

    /// What exposes a setting by where it stands.
    fn around(&self, said: &Statement) -> Option<Exposure> {
        let facts = self.facts.get(&said.file)?;
        if let Some(handed) = self.handed(facts, said) {
            return Some(handed);
        }
        let innermost = self.innermost(said);
        if let Some((part, known)) = innermost.and_then(|part| Some((part, exposure::part(&part.by.value)?))) {
            // A hook shows only what nothing else says.
            if !known.whole || part.by.value.starts_with("use ") {
                return self.by_part(part, known).filter(|found| found.side != Side::Server);
            }
        }
        if let Some(block) = self.block(said) {
            return Some(block);
        }
        let runs = self.runs.get(&said.file).filter(|runs| runs.side != Side::Server)?;
        Some(Exposure {
            side: runs.side,
            framework: runs.framework,
            way: Way::Place,
            because: runs.because.clone(),
            unread: runs.unread.clone(),
            certain: runs.certain && !facts.parts.iter().any(on_server),
        })
    }

    /// What a server gives along, where a setting is that.
    fn handed(&self, facts: &Facts, said: &Statement) -> Option<Exposure> {
        let place = said.value_span();
        facts
            .handed
            .iter()
            .filter(|handed| handed.span.contains(place))
            .find_map(|handed| self.given(facts, said, handed))
    }

    fn given(&self, facts: &Facts, said: &Statement, handed: &Handed) -> Option<Exposure> {
        let exposure = |framework: &'static str, because: Vec<Label>, certain: bool| Exposure {
            side: Side::Browser,
            framework,
            way: Way::Handed,
            because,
            unread: None,
            certain,
        };
        match handed.to {
            // Where it goes is said by the markup around it.
            HandedTo::Browser(_) if handed.by.value == "markup" => {
                let part = self.innermost(said)?;
                let around = self.by_part(part, exposure::part(&part.by.value)?)?;
                (around.side == Side::Browser).then_some(Exposure { way: Way::Handed, ..around })
            }
            HandedTo::Browser(framework) => {
                let gives = Label::at(handed.by.span, "gives it along to the browser");
                Some(exposure(framework, vec![gives], true))
            }
            HandedTo::Component => {
                let runs = self.component(facts, handed).filter(|runs| runs.side == Side::Browser)?;
                let own = self.runs.get(&said.file).is_none_or(|own| own.side == Side::Server);
                let gives = Label::at(handed.by.span, "is given it, and runs in the browser");
                let because = std::iter::once(gives).chain(runs.because.iter().cloned()).collect();
                own.then(|| exposure(runs.framework, because, runs.certain))
            }
        }
    }

    /// Where a component runs that a file takes in.
    fn component(&self, facts: &Facts, handed: &Handed) -> Option<&Runs> {
        let first = handed.by.value.split('.').next()?;
        let import = facts.imports.iter().find(|import| &*import.local == first)?;
        self.imports.files(facts.file, &import.from.value).iter().find_map(|file| self.runs.get(file))
    }

    /// The innermost part of its file that a setting stands in.
    fn innermost(&self, said: &Statement) -> Option<&'t Part> {
        let parts = self.parts.get(&said.file)?;
        let place = said.value_span();
        let covers = |part: &&&Part| part.span.contains(place) || part.span.contains(said.name().span);
        let before = parts.partition_point(|part| part.span.start <= place.start);
        let near = parts[..before].iter().rev().take(NEAR).chain(parts.iter().take(NEAR));
        near.filter(covers).min_by_key(|part| part.span.end - part.span.start).copied()
    }

    fn by_part(&self, part: &Part, known: &'static exposure::Part) -> Option<Exposure> {
        let text = match part.by.value.as_str() {
            "markup" => "is sent to the browser with the page".to_owned(),
            "use client" => "sends this module to the browser".to_owned(),
            _ => format!("puts what it is given into the {}", known.side.noun()),
        };
        let way = if known.whole || part.by.value == "markup" { Way::Place } else { Way::Given };
        Some(Exposure {
            side: known.side,
            framework: &known.framework,
            way,
            because: vec![Label::at(part.by.span, text)],
            unread: None,
            certain: true,
        })
    }

    fn block(&self, said: &Statement) -> Option<Exposure> {
        let path = self.codebase.sources.path(said.file);
        let file_name = path.rsplit('/').next().unwrap_or(path);
        let names: Vec<&str> = said.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
        let (block, at) = exposure::block(file_name, &names)?;
        let key = at.and_then(|at| said.path.iter().filter(|name| !name.index).nth(at));
        let place = key.map_or(Place::Named(said.file), |key| Place::At(key.span));
        let text = format!("is what {} gives to the {}", block.framework, block.side.noun());
        Some(Exposure {
            side: block.side,
            framework: &block.framework,
            way: Way::Given,
            because: vec![Label::on(place, text)],
            unread: None,
            certain: true,
        })
    }

    /// What a file says of itself: by its directive, its path, what it takes in, its hooks, its manifest.
    fn own(&self, facts: &Facts) -> Option<Runs> {
        let path = self.codebase.sources.path(facts.file);
        if paths::purpose(path).is_silent() {
            return None;
        }
        let whole = |directive: bool| {
            facts.parts.iter().find_map(|part| {
                let known = exposure::part(&part.by.value).filter(|known| known.whole)?;
                let of_file = part.by.value.starts_with("use ") == directive && part.span.start == 0;
                of_file.then_some((part, known))
            })
        };
        if let Some((part, known)) = whole(true) {
            let says = Label::at(part.by.span, format!("sends this module to the {}", known.side.noun()));
            return Some(Runs::certain(known.side, &known.framework, says));
        }
        // A script that takes in what only a server has is not what is sent, wherever it lies.
        let of_server = facts
            .modules
            .iter()
            .any(|module| exposure::module(&module.value).is_some_and(|known| known.side == Side::Server));
        if let Some(place) = exposure::place(path).filter(|place| !of_server || place.side == Side::Server) {
            let text = match place.side {
                Side::Browser => "goes to the browser by its path",
                Side::App => "is built into the app by its path",
                Side::Server => "runs on a server by its path",
            };
            let says = Label::on(Place::Named(facts.file), text);
            return Some(Runs::certain(place.side, &place.framework, says));
        }
        let modules = || facts.modules.iter().filter_map(|module| Some((module, exposure::module(&module.value)?)));
        // A program that takes in what only a server has runs there, whatever else it takes in.
        let server = modules().find(|(_, known)| known.side == Side::Server);
        let app = || modules().find(|(_, known)| known.side == Side::App);
        if let Some((module, known)) = server.or_else(app) {
            let text = match known.side {
                Side::Server => "is only for servers".to_owned(),
                _ => format!("makes this a part of the {}", known.side.noun()),
            };
            return Some(Runs::certain(known.side, &known.framework, Label::at(module.span, text)));
        }
        // Where React runs is said by the app around it first.
        if let Some(runs) = self.by_manifest(path, |side| side != Side::Browser) {
            return Some(runs);
        }
        if let Some((part, known)) = whole(false) {
            let text = format!("works only in the {}", known.side.noun());
            return Some(Runs::certain(known.side, &known.framework, Label::at(part.by.span, text)));
        }
        if let Some((module, known)) = modules().next() {
            let text = format!("makes this a part of what the {} runs", known.side.noun());
            return Some(Runs::certain(known.side, &known.framework, Label::at(module.span, text)));
        }
        self.by_manifest(path, |_| true)
    }

    /// The nearest manifest at or above a file that speaks of it.
    fn by_manifest(&self, path: &str, is_wanted: impl Fn(Side) -> bool) -> Option<Runs> {
        let speaking = self.codebase.platforms.iter().filter_map(|platform| {
            let row = exposure::manifest(platform.row);
            let folder = parent(&platform.manifest);
            let inside = if folder.is_empty() { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
            (row.speaks_of(inside) && is_wanted(row.side)).then_some((folder.len(), platform, row))
        });
        // Of the rows of one manifest the first tells.
        let (_, platform, row) = speaking.min_by_key(|(depth, platform, _)| (usize::MAX - depth, platform.row))?;
        let nearer = |other: &String| {
            let folder = parent(other);
            let own = parent(&platform.manifest);
            folder.len() > own.len() && path.starts_with(folder) && path[folder.len()..].starts_with('/')
        };
        // A package of its own below it is another thing.
        let name = platform.manifest.rsplit('/').next().unwrap_or("");
        let same_kind = |other: &&String| other.rsplit('/').next() == Some(name);
        if self.codebase.manifests.iter().filter(same_kind).any(nearer) {
            return None;
        }
        let file = self.codebase.sources.iter().find(|source| *source.path == platform.manifest).map(|file| file.id);
        let text = format!("makes this a part of {}", row.framework);
        Some(Runs {
            side: row.side,
            framework: &row.framework,
            because: file.map(|file| Label::on(Place::Named(file), text)).into_iter().collect(),
            unread: file.is_none().then(|| platform.manifest.clone()),
            certain: false,
        })
    }

    /// What a module of the browser takes in goes there with it, unless it is kept on the server.
    fn follow(&mut self) {
        let mut open: VecDeque<FileId> =
            self.runs.iter().filter(|(_, runs)| runs.side != Side::Server).map(|(file, _)| *file).collect();
        open.make_contiguous().sort();
        while let Some(file) = open.pop_front() {
            let (Some(facts), Some(runs)) = (self.facts.get(&file).copied(), self.runs.get(&file).cloned()) else {
                continue;
            };
            // What lies in a folder that is sent takes nothing else along.
            if !facts.is_program {
                continue;
            }
            for module in &facts.modules {
                for other in self.imports.files(file, &module.value) {
                    let silent = paths::purpose(self.codebase.sources.path(other)).is_silent();
                    if silent || self.runs.contains_key(&other) || !self.facts.contains_key(&other) {
                        continue;
                    }
                    let taken = Label::at(module.span, format!("brings it along to the {}", runs.side.noun()));
                    let mut because = vec![taken];
                    because.extend(runs.because.iter().cloned());
                    because.truncate(CHAIN);
                    self.runs.insert(other, Runs { because, certain: false, ..runs.clone() });
                    open.push_back(other);
                }
            }
        }
    }
}

/// Whether a part of a file stays on a server: a page with `getServerSideProps` has names that only that uses.
fn on_server(part: &Part) -> bool {
    exposure::part(&part.by.value).is_some_and(|known| known.side == Side::Server)
}

/// So many parts are looked at before a place, and at the beginning of its file.
const NEAR: usize = 256;

/// Links of a chain of imports that are shown.
const CHAIN: usize = 6;

impl Runs {
    fn certain(side: Side, framework: &'static str, because: Label) -> Self {
        Runs { side, framework, because: vec![because], unread: None, certain: true }
    }
}

/// The manifests that show where something runs and were not read so far.
pub fn unread(exposed: &BTreeMap<usize, Vec<Exposure>>, statements: &[Statement]) -> Vec<String> {
    let secret = |at: &usize| statements[*at].component().is_some_and(Component::is_secret);
    let ways = exposed.iter().filter(|(at, _)| secret(at)).flat_map(|(_, ways)| ways);
    ways.filter_map(|way| way.unread.clone()).collect()
}
