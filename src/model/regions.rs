//! The regions that a profile chooses: what lies or runs in each, and by which key.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::fact::{Facts, Name, Said, ScopeId};
use crate::finding::Label;
use crate::resolve::Trust;
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::names::Component;
use crate::vocabulary::region_hosts::{self, Holds};
use crate::vocabulary::region_uses::{self, Use};
use crate::vocabulary::regions::{self, Region};
use crate::vocabulary::{Environment, paths, words};

use super::entries::{Entry, reaches};
use super::profiles::Profile;
use super::statements::Statement;
use super::{Described, Model};

/// A region that a setting of a profile chooses.
#[derive(Debug, Clone)]
pub struct RegionUse {
    /// In the profile's entries.
    pub entry: usize,
    pub region: Region,
    /// The text that names it.
    pub span: Span,
    /// The references that lead to it, outermost first.
    pub via: Vec<Span>,
    /// The name of the setting, as written.
    pub key: String,
    /// `None` where nothing lies there that could be banking data: certificates, mail, images, states, other vendors.
    pub holds: Option<Use>,
    pub trust: Trust,
    /// Whether an address names it, and not a key of its own.
    pub by_address: bool,
    /// What is there, where another place than the setting's tells.
    pub because: Option<Label>,
}

impl RegionUse {
    /// ``is a U.S. region (AWS), chosen by `AWS_REGION` ``: the predicate of its place.
    pub fn label(&self) -> Label {
        let provider = self.region.provider;
        let is = match self.region.country {
            Some(country) => format!("is a {} region ({provider})", country.adjective()),
            None => format!("is a region of neither country ({provider})"),
        };
        let by = if self.by_address {
            format!("named by the address in `{}`", self.key)
        } else {
            format!("chosen by `{}`", self.key)
        };
        Label::at(self.span, format!("{is}, {by}"))
    }
}

/// What files say around the settings that choose regions, found once for all profiles.
pub struct Surroundings<'s> {
    sources: &'s Sources,
    statements: &'s [Statement],
    scopes: HashMap<FileId, &'s Facts>,
    /// Files that speak to a machine which only stands in for a cloud.
    emulated: HashSet<FileId>,
    /// Providers of Terraform with a name of their own, by the block that they are said in, and those names that
    /// something keeping data goes by.
    aliases: HashMap<Span, String>,
    used_aliases: HashMap<(String, String), Span>,
    /// Blocks of pipelines in which something is put into service.
    deploying: HashSet<(FileId, ScopeId)>,
    /// Lists of a program's own that name regions of several countries.
    choices: HashSet<(FileId, Span)>,
}

impl<'s> Surroundings<'s> {
    pub fn new(sources: &'s Sources, facts: &'s [Facts], statements: &'s [Statement]) -> Self {
        let mut around = Surroundings {
            sources,
            statements,
            scopes: facts.iter().map(|facts| (facts.file, facts)).collect(),
            emulated: HashSet::new(),
            aliases: HashMap::new(),
            used_aliases: HashMap::new(),
            deploying: HashSet::new(),
            choices: HashSet::new(),
        };
        around.look();
        around
    }

    fn look(&mut self) {
        let mut listed: HashMap<(FileId, Span), HashSet<Option<crate::vocabulary::Country>>> = HashMap::new();
        for said in self.statements.iter().filter(|said| said.may_hold()) {
            let literal = || {
                said.value.pieces.iter().filter_map(|piece| match piece {
                    crate::fact::Piece::Text(text) => Some(text.expose()),
                    crate::fact::Piece::Reference(_) => None,
                })
            };
            if literal().any(region_uses::is_emulator) {
                self.emulated.insert(said.file);
            }
            let names: Vec<&str> = said.path.iter().map(|name| &*name.text).collect();
            match names.as_slice() {
                ["provider", _, "alias"] => {
                    self.aliases.insert(said.path[0].span, said.value.word().to_owned());
                }
                ["resource", kind, name, "provider"] => {
                    let words = words::plain(kind).into_iter().chain(words::plain(name)).collect::<Vec<_>>();
                    let keeps = region_uses::of_words(words.iter().map(String::as_str))
                        .is_some_and(|holds| holds != Use::Program);
                    let alias = said.value.references().next().and_then(|reference| reference.name.rsplit('.').next());
                    if let Some(alias) = alias.filter(|_| keeps) {
                        self.used_aliases
                            .entry((said.unit.folder.clone(), alias.to_owned()))
                            .or_insert(said.value.span);
                    }
                }
                _ => {}
            }
            if let [.., list, item] = said.path.as_slice()
                && item.index
                && !item.is_call()
                && let Some(region) = regions::named(said.value.word())
            {
                listed.entry((said.file, list.span)).or_default().insert(region.country);
            }
            if paths::is_pipeline(self.sources.path(said.file)) && literal().any(region_uses::deploys) {
                self.put_into_service(said.file, said.scope);
            }
        }
        self.choices = listed.into_iter().filter(|(_, countries)| countries.len() > 1).map(|(list, _)| list).collect();
        for (file, facts) in &self.scopes.clone() {
            if !paths::is_pipeline(self.sources.path(*file)) {
                continue;
            }
            for (at, scope) in facts.scopes.iter().enumerate() {
                let titled = scope.title.as_ref().is_some_and(|title| region_uses::deploys(&title.value));
                if titled || scope.unit.is_some() {
                    self.put_into_service(*file, ScopeId(at as u32));
                }
            }
        }
    }

    /// Notes a block of a pipeline and all around it.
    fn put_into_service(&mut self, file: FileId, scope: ScopeId) {
        let facts = self.scopes[&file];
        let around = std::iter::successors(Some(scope), |scope| facts.scope(*scope).parent);
        self.deploying.extend(around.take(DEEPEST).map(|scope| (file, scope)));
    }

    /// The regions of a profile, in the order of its entries.
    pub fn regions(&self, profile: &Profile) -> Vec<RegionUse> {
        let entries = profile.entries.iter().enumerate();
        let mut found: Vec<RegionUse> = entries.flat_map(|(at, entry)| self.of_entry(at, entry)).collect();
        // An application's own database is the one whose name has nothing else in it, where there is such a one.
        let statement = |found: &RegionUse| &self.statements[profile.entries[found.entry].statement];
        let is_plain = |found: &RegionUse| {
            statement(found).path.iter().filter(|name| !name.index).all(|name| region_uses::is_own_name(&name.text))
        };
        let has_plain = found.iter().any(|found| found.by_address && is_plain(found));
        for other in found.iter_mut().filter(|found| found.by_address) {
            if has_plain && !is_plain(other) && !statement(other).flinks {
                other.holds = None;
            }
        }
        for assumed in found.iter_mut().filter(|found| found.trust == Trust::Fallback) {
            // Nobody says it: it is only what is taken where the name is not set.
            assumed.holds = None;
        }
        let told: HashSet<Span> = found.iter().filter(|found| found.holds.is_some()).map(|found| found.span).collect();
        let mut seen = HashSet::new();
        found.retain(|found| (found.holds.is_some() || !told.contains(&found.span)) && seen.insert(found.span));
        found
    }

    fn of_entry(&self, at: usize, entry: &Entry) -> Vec<RegionUse> {
        let said = &self.statements[entry.statement];
        let Some(name) = self.key_of(said) else { return Vec::new() };
        let name = &name;
        if !reaches(said) {
            return Vec::new();
        }
        let region = |region: Region, range: Range<usize>, by_address: bool| {
            let origin = entry.resolved.origins(range.clone()).into_iter().next()?;
            Some(RegionUse {
                entry: at,
                region,
                span: origin.span,
                via: origin.via,
                key: if by_address { address_key(said, name) } else { name.text.to_string() },
                holds: None,
                trust: entry.resolved.trust(range),
                by_address,
                because: self.used_by(said),
            })
        };
        let text = entry.resolved.expose();
        // An account of Snowflake is called as its host is.
        let account = format!("{text}.snowflakecomputing.com");
        let key = name.text.to_ascii_lowercase();
        let is_account = key.contains("snowflake") && key.contains("account") && entry.resolved.is_known();
        let addressed = if is_account && !text.contains("snowflakecomputing") { &account } else { text };
        if let Some(chosen) = self.chosen(said, name, entry) {
            let whole = 0..text.len().max(1);
            let use_ = match region(chosen, whole, false) {
                Some(found) => found,
                // A constant of a library stands where its text would.
                None => RegionUse {
                    entry: at,
                    region: chosen,
                    span: said.value.span,
                    via: Vec::new(),
                    key: name.text.to_string(),
                    holds: None,
                    trust: Trust::Said,
                    by_address: false,
                    because: None,
                },
            };
            let holds = self.use_of(said, name);
            return vec![RegionUse { holds, ..use_ }];
        }
        let addresses = region_hosts::find(addressed).into_iter().filter_map(|address| {
            let holds = self.held_at(said, name, &address);
            Some(RegionUse { holds, ..region(address.region, address.range, true)? })
        });
        let commands = regions::in_commands(text).into_iter().filter_map(|(range, chosen)| {
            let named = text[..range.start].rsplit("--").next().unwrap_or("").trim_end_matches(['=', ' ', '"', '\'']);
            let found = region(chosen, range, false)?;
            let deploys = region_uses::deploys(text) && !paths::purpose(self.sources.path(said.file)).is_silent();
            let holds = deploys.then_some(Use::Program);
            Some(RegionUse { holds, key: format!("--{named}"), ..found })
        });
        addresses.chain(commands).collect()
    }

    /// The name that tells what a setting is: its own, or the one above it where that only says `value`, or that of the call
    /// that it is given to.
    fn key_of(&self, said: &Statement) -> Option<Name> {
        let mut keys = said.path.iter().rev().filter(|name| !name.index);
        let own = keys.next();
        if said.said == Said::Program && said.name().index {
            let called = self.callee(said).filter(|name| regions::is_key(&name.text) || own.is_none());
            return called.or_else(|| own.cloned());
        }
        let own = own?;
        let above = keys.next().filter(|above| regions::is_key(&above.text) && regions::is_value_of_key(&own.text));
        Some(above.unwrap_or(own).clone())
    }

    /// The name of the call that a value is written in: `withRegion` of `….withRegion("us-east-1")`.
    fn callee(&self, said: &Statement) -> Option<Name> {
        const LONGEST: u32 = 80;
        let Span { file, start, .. } = said.value.span;
        let source = self.sources.get(file);
        let from = source.floor_boundary(start.saturating_sub(LONGEST) as usize);
        let before =
            source.text().get(from..start as usize)?.trim_end_matches(['"', '\'', '`', ' ']).strip_suffix('(')?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
        let name = &before[before
            .rfind(|c| !is_name(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
        let end = from + before.len();
        let name = name.trim_start_matches(['.', ':']);
        (!name.is_empty()).then(|| Name::key(name, Span::new(file, end - name.len(), end)))
    }

    /// The region that a setting chooses by its name or by a constant of a library.
    fn chosen(&self, said: &Statement, name: &Name, entry: &Entry) -> Option<Region> {
        let symbols = || said.value.references().filter(|_| said.said == Said::Program);
        if let Some(region) = symbols().find_map(|reference| regions::constant(&reference.name)) {
            return Some(region);
        }
        if !entry.resolved.is_known() {
            return None;
        }
        if !regions::is_key(&name.text) {
            return None;
        }
        let around = self.words_around(said);
        regions::chosen(&name.text, entry.resolved.expose(), around.iter().map(String::as_str))
    }

    /// The words of the keys above a setting and of its file.
    fn words_around(&self, said: &Statement) -> Vec<String> {
        let above = said.path.iter().filter(|name| !name.index).flat_map(|name| words::plain(&name.text));
        let path = self.sources.path(said.file).trim_start_matches('.');
        above.chain(words::plain(path)).collect()
    }

    /// What a setting's region is for, by the words of its keys and of the call that it is given to.
    fn use_of(&self, said: &Statement, name: &Name) -> Option<Use> {
        let of_keys = said.path.iter().filter(|name| !name.index).flat_map(|name| words::plain(&name.text));
        let mut words: Vec<String> = of_keys.collect();
        if regions::is_value_of_key(&said.name().text) {
            words.retain(|word| word != "static");
        }
        words.extend(words::plain(&name.text));
        words.extend(self.words_of_call(said));
        words.extend(self.words_of_block(said));
        let holds = region_uses::of_words(words.iter().map(String::as_str))?;
        let chosen_elsewhere = said.path.iter().any(|name| region_uses::is_choice(&name.text));
        let list = said.path.iter().rev().find(|part| part.span == name.span).map(|name| (said.file, name.span));
        let of_program = said.said == Said::Program && list.is_some_and(|list| self.choices.contains(&list));
        let fits = !chosen_elsewhere && !of_program && !self.is_emulated(said) && !self.is_aside(said);
        fits.then_some(holds)
    }

    /// Whether what a setting says serves something else than the program and its data.
    fn is_aside(&self, said: &Statement) -> bool {
        let path = self.sources.path(said.file);
        if paths::is_pipeline(path) && !self.is_of_deployment(said) {
            return true;
        }
        self.aliases.contains_key(&said.path[0].span) && self.used_by(said).is_none()
    }

    /// What keeps its data where a provider of Terraform with a name of its own has it.
    fn used_by(&self, said: &Statement) -> Option<Label> {
        let alias = self.aliases.get(&said.path[0].span)?;
        let used = self.used_aliases.get(&(said.unit.folder.clone(), alias.clone()))?;
        Some(Label::at(*used, "keeps its data there"))
    }

    /// Whether the job of a pipeline that a setting stands in puts something into service.
    fn is_of_deployment(&self, said: &Statement) -> bool {
        let facts = self.scopes[&said.file];
        let chain: Vec<ScopeId> =
            std::iter::successors(Some(said.scope), |scope| facts.scope(*scope).parent).take(DEEPEST).collect();
        // The job is the outermost block in the file.
        let job = if chain.len() > 1 { chain[chain.len() - 2] } else { chain[0] };
        self.deploying.contains(&(said.file, job))
    }

    fn is_emulated(&self, said: &Statement) -> bool {
        self.emulated.contains(&said.file)
    }

    /// The words of the call that a setting is an argument of: `boto3.client("ses", region_name=…)`.
    fn words_of_call(&self, said: &Statement) -> Vec<String> {
        const LONGEST: u32 = 320;
        let calls = said.path.iter().filter(|name| name.is_call());
        let until = said.name().span.start.min(said.value.span.start);
        let text = |call: &Name| {
            let (file, start) = (call.span.file, call.span.start);
            let near = file == said.file && start < until && until - start < LONGEST;
            near.then(|| self.sources.slice(Span { file, start, end: until }))
        };
        calls.filter_map(text).flat_map(words::plain).collect()
    }

    /// The words of the step or job that a setting of a pipeline stands in.
    fn words_of_block(&self, said: &Statement) -> Vec<String> {
        let title = self.scopes[&said.file].scope(said.scope).title.as_ref();
        let is_step = title.filter(|title| title.value.starts_with("step ") || title.value.starts_with("resource "));
        is_step.map(|title| words::plain(&title.value)).unwrap_or_default()
    }

    /// What lies at an address, if it is the application's own.
    fn held_at(&self, said: &Statement, name: &Name, address: &region_hosts::Address) -> Option<Use> {
        let words: Vec<String> =
            said.path.iter().filter(|name| !name.index).flat_map(|name| words::plain(&name.text)).collect();
        region_uses::of_words(words.iter().map(String::as_str))?;
        if region_uses::is_choice(&name.text) || self.is_emulated(said) {
            return None;
        }
        match address.holds {
            Holds::Database => Some(Use::Database),
            Holds::Queue => Some(Use::Queue),
            // A picture on a page lies in a bucket, too.
            Holds::Bucket => (!address.has_path && region_uses::is_own_name(&name.text)).then_some(Use::Bucket),
            Holds::Application => {
                let of_flinks =
                    matches!(said.component(), Some(Component::WebhookUrl | Component::Redirect)) && said.flinks;
                (of_flinks || region_uses::is_own_address(&name.text)).then_some(Use::Program)
            }
        }
    }
}

/// A setting as people know it: with the key above it, where its own name is a word of everyday.
fn address_key(said: &Statement, name: &Name) -> String {
    let above =
        said.path.iter().rev().filter(|part| !part.index && part.span != name.span).map(|part| &part.text).next();
    match above {
        Some(above) if words::plain(&name.text).len() == 1 => format!("{above}.{}", name.text),
        _ => name.text.to_string(),
    }
}

/// A region that holds in a profile, and the profile that it is said in: its own, or that of no environment in its unit.
#[derive(Debug, Clone, Copy)]
pub struct Held<'m> {
    pub described: &'m Described,
    pub found: &'m RegionUse,
}

impl Held<'_> {
    pub fn entry(&self) -> &Entry {
        self.described.entry(self.found.entry)
    }
}

impl Model {
    /// The profile of no environment that one of the same unit stands on, if it is deployed: what no file of an environment says
    /// holds there.
    pub fn base_of(&self, described: &Described) -> Option<&Described> {
        let profile = &described.profile;
        let is_base = |other: &&Described| other.profile.environment.is_none() && other.profile.unit == profile.unit;
        let deployed =
            matches!(profile.environment, Some(Environment::Production | Environment::Staging | Environment::Preview));
        self.profiles.iter().find(is_base).filter(|_| deployed)
    }

    /// The regions in force in a profile in which banking data may lie.
    pub fn regions_in_force<'m>(&'m self, described: &'m Described) -> Vec<Held<'m>> {
        let counted = |described: &'m Described| {
            let counted = described.regions.iter().filter(|found| found.holds.is_some());
            counted.map(move |found| Held { described, found })
        };
        let over: Vec<&Described> = match described.profile.environment {
            // What every production sets again holds in none of them.
            None => self.profiles.iter().filter(|other| self.stands_over(other, described)).collect(),
            Some(_) => Vec::new(),
        };
        let own = counted(described).filter(|held| !over.iter().any(|over| self.sets_again(over, held)));
        let base = self.base_of(described).into_iter().flat_map(counted);
        let base = base.filter(|held| !self.sets_again(described, held));
        let said: HashSet<Span> = counted(described).map(|held| held.found.span).collect();
        own.chain(base.filter(|held| !said.contains(&held.found.span))).collect()
    }

    fn stands_over(&self, other: &Described, base: &Described) -> bool {
        let has_production =
            || self.profiles.iter().any(|any| any.profile.unit == base.profile.unit && any.profile.is_production());
        let same_unit = other.profile.unit == base.profile.unit && other.profile.environment.is_some();
        same_unit && (other.profile.is_production() || !has_production())
    }

    /// Whether a profile sets what another says of a region: under the same keys, or beside it in the same file.
    fn sets_again(&self, described: &Described, held: &Held<'_>) -> bool {
        let said = self.statement(held.entry());
        let same_key = |entry: &Entry| {
            let other = self.statement(entry);
            entry.statement != held.entry().statement && other.key == said.key
        };
        let beside = |other: &RegionUse| {
            let other = self.statement(described.entry(other.entry));
            other.span() != said.span() && other.file == said.file && other.name().text == said.name().text
        };
        described.profile.entries.iter().any(same_key) || described.regions.iter().any(beside)
    }
}

/// Blocks within blocks beyond this are no longer told apart.
const DEEPEST: usize = 64;
