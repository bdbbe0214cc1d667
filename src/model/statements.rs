//! Every setting with what its surroundings say of it: unit, environment, countries, and what its name means.

mod known;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::fact::{Facts, Name, Said, Scope, ScopeId, Setting, Value, Within};
use crate::finding::{Label, Place};
use crate::policy::Policy;
use crate::source::{FileId, Span, Spanned};
use crate::vocabulary::environments::Weight;
use crate::vocabulary::names::{self, Component, Reading};
use crate::vocabulary::paths::{self, Purpose};
use crate::vocabulary::{Country, Environment, countries, environments, placeholders, words};

use super::Codebase;
use super::containers::{Container, containers, is_of_states, may_be_california, without_state};
use super::readings::{by_reference, by_scheme, key, may_be_address, route};
use super::units::{Folders, Unit};

pub use known::ByFile;

/// A setting and its surroundings.
#[derive(Debug, Clone)]
pub struct Statement {
    pub file: FileId,
    pub scope: ScopeId,
    pub path: Vec<Name>,
    pub value: Value,
    pub said: Said,
    pub unit: Unit,
    pub environment: Option<Saying>,
    /// The environment that its block says it is not of.
    pub excluded: Option<Environment>,
    pub tags: Vec<Tag>,
    pub reading: Reading,
    /// The joined words of its path, by which layers override and references find it.
    pub key: String,
    pub purpose: Purpose,
    /// Whether its file is one of settings: what a program reads there from its environment is supplied to it.
    pub in_settings_file: bool,
    /// Whether its path, or its file's, says Flinks.
    pub flinks: bool,
}

/// An environment and what says it.
#[derive(Debug, Clone)]
pub struct Saying {
    pub environment: Environment,
    pub because: Label,
    /// The same as a clause: its file lies in `prod`.
    pub how: String,
    /// A setting beside it says so (`NODE_ENV=development`), which a layer above may set otherwise.
    pub overridable: bool,
}

/// A country that something says of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub country: Country,
    pub place: Place,
    /// By what: the predicate of a label.
    pub says: String,
    pub by: TagBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagBy {
    /// Its own name.
    Name,
    /// Its value: a route for one country's webhooks.
    Value,
    /// A key above it.
    Key,
    /// A setting beside it.
    Sibling,
    /// The block it stands in.
    Scope,
    /// The policy.
    Policy,
    /// The file's name or folder.
    File,
}

impl Statement {
    pub fn name(&self) -> &Name {
        self.path.last().expect("a setting has a name")
    }

    /// The keys of the maps that it stands in, spelt as [`Statement::key`] is, outermost first.
    pub fn keys_above(&self) -> impl Iterator<Item = String> {
        let names: Vec<String> =
            self.path.iter().filter(|name| !name.index).map(|name| words::normal(&name.text)).collect();
        (1..names.len()).map(move |end| names[..end].join("_"))
    }

    /// Whether it may be deployed and is not set once more further down.
    pub fn may_hold(&self) -> bool {
        !self.purpose.is_silent() && self.said != Said::Replaced
    }

    pub fn component(&self) -> Option<Component> {
        self.reading.component
    }

    /// The whole setting, name and value.
    pub fn span(&self) -> Span {
        let name = self.name().span;
        if name.file == self.value.span.file { name.to(self.value.span) } else { self.value.span }
    }

    /// The place of the value; of the name where the value is empty.
    pub fn value_span(&self) -> Span {
        if self.value.span.is_empty() { self.name().span } else { self.value.span }
    }

    /// The tag of its own name, if it has one.
    pub fn own_tag(&self) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.by == TagBy::Name)
    }

    /// The country that the nearest thing says.
    pub fn country(&self) -> Option<Country> {
        self.tags.first().map(|tag| tag.country)
    }
}

/// What a file says without setting it, and what stands near.
#[derive(Debug, Clone)]
pub struct Remarked {
    pub statement: Statement,
    pub within: Within,
    pub beside: Vec<Spanned<String>>,
}

/// Lists whose items are called after countries, and after environments.
const OF_COUNTRIES: &[&str] = &["countries", "regions", "markets", "jurisdictions", "instances", "flinks", "sites"];
const OF_ENVIRONMENTS: &[&str] = &["environments", "envs", "stages", "profiles"];

/// Whether a setting is what an item of such a list is called: `countries: [{name: us, …}]`.
fn calls_item(setting: &Setting, name: &str, lists: &[&str]) -> bool {
    let [.., list, item, _] = setting.path.as_slice() else { return false };
    item.index
        && matches!(name, "name" | "code" | "id" | "key" | "slug" | "label")
        && words::plain(&list.text).iter().any(|word| lists.contains(&word.as_str()))
}

/// What one file says around its settings.
struct Surroundings<'a> {
    facts: &'a Facts,
    path: &'a str,
    /// The same with the folders above the scanned root.
    whole_path: String,
    folders: &'a Folders,
    policy: &'a Policy,
    purpose: Purpose,
    is_settings_file: bool,
    file_says_flinks: bool,
    /// The environment that its path says, and the part of the path that does.
    environment_of_file: OnceCell<Option<(Environment, String)>>,
    tag_of_file: OnceCell<Option<Tag>>,
    /// Settings that say an environment or a country, by the container they stand in.
    environments: HashMap<Container, Vec<Beside>>,
    countries: HashMap<Container, Vec<(Country, Span)>>,
    /// The maps with a key that is an environment's word: `live`, `test`.
    sections: HashSet<Container>,
    /// The names of which one word stands for a U.S. state, with that word left out, by the container.
    states: HashSet<(Container, String)>,
}

/// A setting whose value is an environment: `NODE_ENV=production`.
struct Beside {
    environment: Environment,
    name: Box<str>,
    span: Span,
    /// Whether it is the environment's own name, and no framework's mode.
    strong: bool,
    weight: Weight,
}

impl Beside {
    fn saying(&self) -> Saying {
        Saying {
            environment: self.environment,
            because: Label::at(self.span, format!("says {}", self.environment.name())),
            how: format!("`{}` says so", self.name),
            overridable: true,
        }
    }
}

/// The one of two that tells more; the nearer of two that tell as much.
fn heavier<'b>(near: Option<&'b Beside>, far: &'b Beside) -> Option<&'b Beside> {
    Some(near.filter(|near| near.weight >= far.weight).unwrap_or(far))
}

impl<'a> Surroundings<'a> {
    fn new(codebase: &Codebase<'a>, facts: &'a Facts, folders: &'a Folders, policy: &'a Policy) -> Self {
        let path = codebase.sources.path(facts.file);
        let whole_path =
            [codebase.above, path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let mut around = Surroundings {
            facts,
            path,
            whole_path,
            folders,
            policy,
            purpose: paths::purpose(path),
            is_settings_file: paths::is_settings(path),
            file_says_flinks: path.split('/').any(names::says_flinks),
            environment_of_file: OnceCell::new(),
            tag_of_file: OnceCell::new(),
            environments: HashMap::new(),
            countries: HashMap::new(),
            sections: HashSet::new(),
            states: HashSet::new(),
        };
        around.look();
        around
    }

    /// Finds what siblings say, once for the whole file.
    fn look(&mut self) {
        let mut states: HashMap<(Container, String), (BTreeSet<String>, bool)> = HashMap::new();
        let mut known: HashMap<&str, Vec<(String, String)>> = HashMap::new();
        let may_be_california = self.facts.settings.iter().flat_map(|setting| &setting.path).any(may_be_california);
        for setting in self.facts.settings.iter().filter(|setting| setting.said != Said::Replaced) {
            let depth = setting.path.len() - 1;
            let name = &setting.path[depth].text;
            let containers = containers(setting);
            for at in (0..=depth).filter(|at| !setting.path[*at].index) {
                let name = &setting.path[at].text;
                if at < depth && environments::of_word(name).is_some() {
                    self.sections.insert(containers[at]);
                }
                if !may_be_california {
                    continue;
                }
                for (rest, word) in known.entry(name).or_insert_with(|| without_state(name)) {
                    let (words, named) = states.entry((containers[at], rest.clone())).or_default();
                    words.insert(word.clone());
                    *named |= at > 0 && is_of_states(&setting.path[at - 1].text);
                }
            }
            let word = setting.value.word();
            let normal = words::normal(name);
            let called = calls_item(setting, &normal, OF_ENVIRONMENTS);
            if (called || environments::is_setting(name))
                && let Some(environment) = environments::of_value(word)
            {
                let strong = called || normal == "environment" || normal == "env";
                let weight = environments::weight(name);
                let saying = Beside { environment, name: name.clone(), span: setting.span(), strong, weight };
                self.environments.entry(containers[depth]).or_default().push(saying);
            }
            let says_country = matches!(
                normal.as_str(),
                "country"
                    | "country_code"
                    | "jurisdiction"
                    | "data_residency"
                    | "residency"
                    | "market"
                    | "region"
                    | "flinks_country"
            ) || calls_item(setting, &normal, OF_COUNTRIES);
            if says_country && let Some(country) = countries::of_value(word) {
                // Labels are said of the whole block that bears them.
                let of_block = |name: &Name| matches!(&*name.text, "labels" | "annotations" | "tags" | "commonLabels");
                let of_block = depth > 0 && of_block(&setting.path[depth - 1]);
                let at = if of_block { Container::top(setting.scope) } else { containers[depth] };
                let turned = self.facts.scope(setting.scope).title.as_ref();
                let turned = turned.is_some_and(|title| title.value.starts_with("unless "));
                let place = if turned { setting.value.span } else { saying(setting) };
                self.countries.entry(at).or_default().push((country, place));
            }
        }
        states.retain(|_, (words, named)| countries::are_states(words.iter().map(String::as_str), *named));
        self.states = states.into_keys().collect();
    }

    fn statements(&self) -> Vec<Statement> {
        self.facts.settings.iter().map(|setting| self.statement(setting)).collect()
    }

    fn statement(&self, setting: &Setting) -> Statement {
        let named: Vec<&str> = setting.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
        let mut reading = names::read(&named);
        if setting.said == Said::Program {
            by_reference(&mut reading, &setting.value);
            if reading.component == Some(Component::WebhookUrl) && !may_be_address(setting) {
                reading.component = None;
            }
        }
        by_scheme(&mut reading, setting);
        if reading.component.is_some_and(Component::is_secret) && placeholders::is_flag(setting.value.word()) {
            reading.component = None;
        }
        let route = route(setting, &reading);
        let mut tags = self.tags(setting);
        if let Some(route) = &route {
            reading.component = Some(Component::WebhookUrl);
            reading.flinks = true;
            tags = route.clone().map_or(tags, |tag| vec![tag]);
        }
        let flinks = reading.flinks || self.file_says_flinks;
        let key = key(setting);
        Statement {
            file: self.facts.file,
            scope: setting.scope,
            path: setting.path.clone(),
            value: setting.value.clone(),
            said: setting.said,
            unit: self.unit(setting.scope),
            environment: self.environment(setting),
            excluded: self.scopes(setting.scope).find_map(|(_, scope)| scope.excludes.as_ref()).and_then(refused),
            tags,
            reading,
            key,
            purpose: self.purpose,
            in_settings_file: self.is_settings_file,
            flinks,
        }
    }

    fn scopes(&self, id: ScopeId) -> impl Iterator<Item = (ScopeId, &'a Scope)> + use<'a> {
        let facts = self.facts;
        let mut next = Some(id);
        let mut left = facts.scopes.len();
        std::iter::from_fn(move || {
            let id = next?;
            left = left.checked_sub(1)?;
            let scope = facts.scope(id);
            next = scope.parent;
            Some((id, scope))
        })
    }

    fn unit(&self, scope: ScopeId) -> Unit {
        let declared = self.policy.profile_of(self.path).and_then(|profile| profile.unit.as_ref());
        match declared {
            Some(declared) => Unit { folder: declared.value.clone(), item: None },
            None => self.folders.unit(self.path, self.deployed(scope)),
        }
    }

    fn deployed(&self, scope: ScopeId) -> Option<&'a crate::fact::Deployed> {
        self.scopes(scope).find_map(|(_, scope)| scope.unit.as_ref()).map(|unit| &unit.value)
    }

    /// The environment of a setting: the nearest thing that says one.
    fn environment(&self, setting: &Setting) -> Option<Saying> {
        let around = self.environment_around(setting);
        let name = setting.path.last()?;
        if name.index || environments::is_setting(&name.text) {
            return around;
        }
        let own = environments::in_name(&name.text).map(|saying| Saying {
            environment: saying.environment,
            because: Label::at(part_of(name, &saying.range), format!("says {}", saying.environment.name())),
            how: format!("the name `{}` says so", name.text),
            overridable: false,
        });
        match (own, around) {
            (Some(own), None) => Some(own),
            // A name can take a setting out of production, not into it: `.env.development` wins over `FLINKS_PROD_URL`.
            (Some(own), Some(around)) if own.environment != Environment::Production => {
                Some(if around.environment == own.environment { around } else { own })
            }
            (_, around) => around,
        }
    }

    fn environment_around(&self, setting: &Setting) -> Option<Saying> {
        let around = self.environment_said_around(setting)?;
        let excluded = self.is_excluded(setting.scope, around.environment);
        let is_sandbox = around.environment == Environment::Production && self.is_sandbox_section(setting);
        Some(around).filter(|_| !excluded && !is_sandbox)
    }

    /// Whether a setting stands in a section for the sandbox beside one of an environment: it is what the latter is not.
    fn is_sandbox_section(&self, setting: &Setting) -> bool {
        let above = setting.path.split_last().map_or(&[][..], |(_, above)| above);
        let containers = containers(setting);
        let is_sandbox = |at: &usize| above[*at].text.eq_ignore_ascii_case("sandbox");
        (0..above.len()).filter(is_sandbox).any(|at| self.sections.contains(&containers[at]))
    }

    /// Whether a block says that it is not of this environment, whatever its file or the blocks around it say.
    fn is_excluded(&self, scope: ScopeId, environment: Environment) -> bool {
        let excluded = |word: &Spanned<String>| refused(word) == Some(environment);
        self.scopes(scope).any(|(_, scope)| scope.excludes.as_ref().is_some_and(excluded))
    }

    fn environment_said_around(&self, setting: &Setting) -> Option<Saying> {
        let mut weak = None;
        let containers = containers(setting);
        for depth in (0..setting.path.len()).rev() {
            for beside in self.environments.get(&containers[depth]).into_iter().flatten() {
                // `NODE_ENV=production` is how staging runs too: what names the file or the job is stronger.
                if beside.strong && depth > 0 {
                    return Some(beside.saying());
                }
                weak = heavier(weak, beside);
            }
            let above = depth.checked_sub(1).map(|above| &setting.path[above]).filter(|name| !name.index);
            if let Some((name, saying)) = above.and_then(|name| Some((name, environments::whole(&name.text)?))) {
                let because = Label::at(part_of(name, &saying.range), format!("says {}", saying.environment.name()));
                let how = format!("it stands under `{}`", name.text);
                return Some(Saying { environment: saying.environment, because, how, overridable: false });
            }
            // `buildTypes { release { … } }`: what is shipped.
            let release = depth.checked_sub(2).map(|above| (&setting.path[above], &setting.path[above + 1]));
            if let Some((_, name)) =
                release.filter(|(outer, name)| &*outer.text == "buildTypes" && &*name.text == "release")
            {
                let because = Label::at(name.span, "says production");
                let how = "it is the build that is released".to_owned();
                return Some(Saying { environment: Environment::Production, because, how, overridable: false });
            }
            // `hosts: {production: …}`: the setting's own name is the key that says it.
            if depth + 1 == setting.path.len() && !setting.path[depth].index {
                let name = &setting.path[depth];
                let bare = words::words(&name.text).len() == 1 && environments::of_word(&name.text).is_some();
                if bare && depth > 0 {
                    let environment = environments::of_word(&name.text)?;
                    let because = Label::at(name.span, format!("says {}", environment.name()));
                    let how = format!("its key is `{}`", name.text);
                    return Some(Saying { environment, because, how, overridable: false });
                }
            }
        }
        let scoped = self.scopes(setting.scope).find_map(|(_, scope)| {
            let said = scope.environment.as_ref()?;
            let environment = environments::of_condition(&said.value)?;
            let because = Label::at(said.span, says_by_condition(said, environment));
            let how = "the block that it stands in says so".to_owned();
            Some(Saying { environment, because, how, overridable: false })
        });
        if scoped.is_some() {
            return scoped;
        }
        if let Some(declared) = self.policy.profile_of(self.path).and_then(|profile| profile.environment.as_ref()) {
            let because = Label::at(declared.span, format!("declares it {}", declared.value.name()));
            let how = "the policy declares it".to_owned();
            return Some(Saying { environment: declared.value, because, how, overridable: false });
        }
        let said = self.environment_of_file.get_or_init(|| {
            paths::environment_said(&self.whole_path).map(|(environment, part)| (environment, part.to_owned()))
        });
        if let Some((environment, part)) = said {
            let environment = *environment;
            let because = Label::on(Place::Named(self.facts.file), format!("{} by its path", environment.name()));
            let verb = if self.path.ends_with(part.as_str()) { "is called" } else { "lies in" };
            let how = format!("its file {verb} `{part}`");
            return Some(Saying { environment, because, how, overridable: false });
        }
        let around =
            self.scopes(setting.scope).skip(1).filter_map(|(id, _)| self.environments.get(&Container::top(id)));
        let weak = around.flatten().fold(weak, heavier)?;
        let by_mode = weak.environment == Environment::Production && weak.weight < Weight::Deployment;
        self.named_block(setting.scope).filter(|_| by_mode).or_else(|| Some(weak.saying()))
    }

    /// The environment that the name of a service, a stage or an application says, other than production.
    fn named_block(&self, scope: ScopeId) -> Option<Saying> {
        self.scopes(scope).find_map(|(_, scope)| {
            let title = scope.title.as_ref()?;
            // An image, as Docker calls a stage without a name, is not what is run in it.
            let (_, name) = title.value.split_once(' ').filter(|(_, name)| !name.contains(['/', ':', '@']))?;
            let said = environments::whole(name).or_else(|| environments::in_name(name))?.environment;
            let because = Label::at(title.span, format!("is named for {}", said.name()));
            let how = format!("the name `{name}` says so");
            let saying = Saying { environment: said, because, how, overridable: false };
            (said != Environment::Production).then_some(saying)
        })
    }

    /// The countries that are said of a setting, the nearest first; the further ones only where the nearer say none.
    fn tags(&self, setting: &Setting) -> Vec<Tag> {
        let last = setting.path.len() - 1;
        let containers = containers(setting);
        for depth in (0..setting.path.len()).rev() {
            let name = &setting.path[depth];
            if !name.index {
                let mut found = countries::all(&name.text);
                if !self.states.is_empty() {
                    let at = containers[depth];
                    found.retain(|saying| !self.is_state(at, &name.text, &saying.range));
                }
                match found.as_slice() {
                    [] => {}
                    [first, rest @ ..] if rest.iter().all(|other| other.country == first.country) => {
                        let (by, says) = if depth == last {
                            (TagBy::Name, format!("is named for {}", first.country.name()))
                        } else {
                            (TagBy::Key, format!("is named for {}", first.country.name()))
                        };
                        let place = Place::At(part_of(name, &first.range));
                        return vec![Tag { country: first.country, place, says, by }];
                    }
                    // A name that says both says neither.
                    _ => return Vec::new(),
                }
            }
            if let Some(tag) = self.sibling(containers[depth]) {
                return vec![tag];
            }
        }
        self.scope_tag(setting).or_else(|| self.file_tag()).into_iter().collect()
    }

    /// Whether the word at `range` is California's among the names beside it.
    fn is_state(&self, at: Container, name: &str, range: &std::ops::Range<usize>) -> bool {
        let is_word = |word: &str| name[range.clone()].eq_ignore_ascii_case(word);
        let mut found = without_state(name).into_iter().filter(|(_, word)| is_word(word));
        found.any(|(rest, _)| self.states.contains(&(at, rest)))
    }

    fn sibling(&self, at: Container) -> Option<Tag> {
        let found = self.countries.get(&at)?;
        let (country, span) = *found.first()?;
        found.iter().all(|(other, _)| *other == country).then(|| Tag {
            country,
            place: Place::At(span),
            says: format!("says {}", country.name()),
            by: TagBy::Sibling,
        })
    }

    fn scope_tag(&self, setting: &Setting) -> Option<Tag> {
        for (at, (id, scope)) in self.scopes(setting.scope).enumerate() {
            if at > 0
                && let Some(tag) = self.sibling(Container::top(id))
            {
                return Some(Tag { by: TagBy::Scope, ..tag });
            }
            for said in [scope.environment.as_ref(), scope.title.as_ref()].into_iter().flatten() {
                if let Some(saying) = countries::only(&said.value) {
                    return Some(Tag {
                        country: saying.country,
                        place: Place::At(said.span),
                        says: format!("is named for {}", saying.country.name()),
                        by: TagBy::Scope,
                    });
                }
            }
        }
        None
    }

    fn file_tag(&self) -> Option<Tag> {
        self.tag_of_file.get_or_init(|| self.find_file_tag()).clone()
    }

    fn find_file_tag(&self) -> Option<Tag> {
        if let Some(declared) = self.policy.profile_of(self.path).and_then(|profile| profile.country.as_ref()) {
            let says = format!("declares it {}", declared.value.adjective());
            return Some(Tag { country: declared.value, place: Place::At(declared.span), says, by: TagBy::Policy });
        }
        let country = paths::country(&self.whole_path).filter(|_| !paths::is_country_trap(self.path))?;
        let says = format!("of {} by its path", country.name());
        Some(Tag { country, place: Place::Named(self.facts.file), says, by: TagBy::File })
    }
}

fn refused(word: &Spanned<String>) -> Option<Environment> {
    environments::of_condition(&word.value)
}

/// How the word of a block says its environment: as it stands, or by what holds there.
fn says_by_condition(said: &Spanned<String>, environment: Environment) -> String {
    let is_written = (said.span.end - said.span.start) as usize == said.value.len();
    match said.value.starts_with('!') {
        true if is_written => format!("holds in {}", environment.name()),
        true => format!("is off in {}", environment.name()),
        false => format!("says {}", environment.name()),
    }
}

/// The place of a setting that says a country: all of it, or its value where that stands away from its name, as the
/// word of a `case` does.
fn saying(setting: &Setting) -> Span {
    const BESIDE: u32 = 24;
    let (name, value) = (setting.name().span, setting.value.span);
    let apart = name.file != value.file || value.start > name.end + BESIDE;
    if apart { value } else { setting.span() }
}

/// The place of a part of a name, exact where the name stands as written.
pub fn part_of(name: &Name, range: &std::ops::Range<usize>) -> Span {
    if (name.span.end - name.span.start) as usize == name.text.len() {
        let start = name.span.start as usize;
        return Span::new(name.span.file, start + range.start, start + range.end);
    }
    name.span
}
