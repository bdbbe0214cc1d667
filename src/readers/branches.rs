//! Branches of scripts and programs: what a condition compares, and the block in which it holds.

use crate::fact::{Facts, Name, Said, Scope, ScopeId, Setting, Value};
use crate::source::Spanned;
use crate::text::Text;
use crate::vocabulary::{countries, environments, words};

/// Branches inside of more branches than this belong to the outer one.
const BRANCHES: usize = 32;

/// A variable that has a certain value within a branch.
#[derive(Debug, Clone)]
pub struct Compared {
    pub name: Name,
    pub word: Text,
}

impl Compared {
    /// Whether the variable says which environment this is.
    pub fn is_environment(&self) -> bool {
        let last = environments::is_setting(&self.name.text);
        last || environments::of_condition(self.word.expose()).is_some()
    }

    /// Whether the word is that of an environment or a country.
    pub fn tells(&self) -> bool {
        environments::of_condition(self.word.expose()).is_some()
            || countries::of_value(self.word.expose()).is_some() && !self.is_of_something_else()
    }

    /// `ca` is a language too, and a state.
    fn is_of_something_else(&self) -> bool {
        const OTHERS: &[&str] = &[
            "lang",
            "language",
            "locale",
            "culture",
            "state",
            "province",
            "currency",
            "timezone",
            "extension",
            "nationality",
            "citizenship",
            "passport",
            "phone",
        ];
        words::plain(&self.name.text).iter().any(|word| OTHERS.contains(&word.as_str()))
    }
}

/// Whether two words are one, or name one environment or one country.
pub fn means_the_same(one: &str, other: &str) -> bool {
    let environment = |word: &str| environments::whole(word).map(|saying| saying.environment);
    let (environment_of_one, country_of_one) = (environment(one), countries::of_word(&one.to_lowercase()));
    one.eq_ignore_ascii_case(other)
        || environment_of_one.is_some() && environment_of_one == environment(other)
        || country_of_one.is_some() && country_of_one == countries::of_word(&other.to_lowercase())
}

/// A block for a branch, with what its condition says and what it refutes; the outer block where branches lie too deep.
pub fn open(title: &str, says: &[Compared], refutes: Option<&Compared>, outer: ScopeId, facts: &mut Facts) -> ScopeId {
    let around = std::iter::successors(Some(outer), |scope| facts.scope(*scope).parent);
    if around.take(BRANCHES + 1).count() > BRANCHES {
        return outer;
    }
    let title = says.first().map(|said| Spanned::new(format!("{title} {}", said.name.text), said.word.span()));
    let environment = says.iter().find(|said| said.is_environment());
    let environment = environment.map(|said| Spanned::new(said.word.expose().to_owned(), said.word.span()));
    let excludes = refutes.filter(|said| said.is_environment());
    let excludes = excludes.map(|said| Spanned::new(said.word.expose().to_owned(), said.word.span()));
    let scope = facts.open(Scope { parent: Some(outer), title, environment, excludes, ..Scope::default() });
    for said in says.iter().filter(|said| !said.is_environment()) {
        let value = Value::literal(said.word.clone());
        facts.settings.push(Setting { scope, path: vec![plain(&said.name)], value, said: Said::Variable });
    }
    scope
}

/// A variable by what it tells, whatever it belongs to: `bankCountry`, and what an enumeration of countries calls itself.
fn plain(name: &Name) -> Name {
    let itself = matches!(&*name.text, "self" | "this" | "$this");
    let words = words::plain(&name.text);
    let of_country =
        words.iter().any(|word| word == "country") || words.last().is_some_and(|word| word == "jurisdiction");
    if itself || of_country && words.len() > 1 { Name::key("country", name.span) } else { name.clone() }
}
