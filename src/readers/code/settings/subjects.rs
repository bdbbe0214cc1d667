//! Variables that hold a country though their names do not say so: `switch (c) { case "CA": …; case "US": … }`.

use std::collections::{HashMap, HashSet};

use crate::fact::Name;
use crate::readers::branches::Compared;
use crate::readers::code::condition;
use crate::readers::code::syntax::{Is, Node};
use crate::vocabulary::{Country, countries};

/// Words of countries that are no others: `us` may be we, `CA` may be California.
const PLAIN: &[&str] = &["US", "USA", "United States", "UNITED_STATES", "Canada", "CANADA", "canada", "usa"];

/// The names that a program compares with words of both countries, and with no more than a few others.
pub fn of_countries(root: &Node) -> HashSet<String> {
    let mut words: HashMap<String, HashSet<String>> = HashMap::new();
    let mut note = |said: &Compared| {
        words.entry(said.name.text.to_string()).or_default().insert(said.word.expose().to_owned());
    };
    for node in root.walk() {
        match &node.is {
            Is::Choice(test, ..) => {
                let verdict = condition::read(test);
                verdict.holds.iter().chain(&verdict.else_holds).for_each(&mut note);
            }
            Is::Switch(switch) => {
                for case in &switch.cases {
                    condition::of_case(switch.subject.as_ref(), &case.values).holds.iter().for_each(&mut note);
                }
            }
            _ => {}
        }
    }
    let has =
        |words: &HashSet<String>, country: Country| words.iter().any(|word| countries::of_value(word) == Some(country));
    let both = |words: &HashSet<String>| Country::ALL.iter().all(|country| has(words, *country));
    words.into_iter().filter(|(_, words)| both(words)).map(|(name, _)| name).collect()
}

/// What is compared, under the name of a country where it is one.
pub fn plain(said: &Compared, subjects: &HashSet<String>) -> Compared {
    let word = said.word.expose();
    let is_country = countries::of_value(word).is_some() && !said.is_environment();
    if is_country && (PLAIN.contains(&word) || subjects.contains(&*said.name.text)) {
        return Compared { name: Name::key("country", said.name.span), word: said.word.clone() };
    }
    said.clone()
}
