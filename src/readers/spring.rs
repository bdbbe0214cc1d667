//! Spring's profiles: the condition under which a document of a file holds.

use crate::source::Spanned;
use crate::text::Text;
use crate::vocabulary::Environment;
use crate::vocabulary::environments;

/// What a condition says of the environment.
#[derive(Debug, Default)]
pub struct Condition {
    /// The word of the environment in which it holds; of production, where that is one of several.
    pub environment: Option<Spanned<String>>,
    /// The word of the one in which it does not hold: `!prod`.
    pub excludes: Option<Spanned<String>>,
}

/// Reads the words of `on-profile`: any of several profiles, each an expression of its own. `active` is the profile
/// that the file itself makes active, in which a document of other profiles does not hold.
pub fn condition<'t>(words: impl IntoIterator<Item = &'t Text>, active: Option<&Text>) -> Condition {
    let words: Vec<Text> = words.into_iter().flat_map(alternatives).collect();
    if let [only] = words.as_slice()
        && let Some(refused) = only.expose().strip_prefix('!').filter(|word| is_plain(word))
    {
        let word = only.part(only.len() - refused.len()..only.len());
        return Condition { environment: None, excludes: Some(spanned(&word.trimmed())) };
    }
    if !words.iter().all(|word| is_plain(word.expose())) {
        return Condition::default();
    }
    let said: Vec<Text> = words.iter().filter_map(environment).collect();
    let is_production = |word: &&Text| environments::of_value(word.expose()) == Some(Environment::Production);
    let alone = words.first().filter(|_| words.len() == 1);
    let environment = said.iter().find(is_production).or(said.first()).or(alone);
    let excludes = active.filter(|_| said.is_empty()).map(spanned);
    Condition { environment: environment.map(spanned), excludes }
}

fn spanned(word: &Text) -> Spanned<String> {
    Spanned::new(word.expose().to_owned(), word.span())
}

/// The parts of `staging | prod` and of `staging, prod`.
fn alternatives(words: &Text) -> Vec<Text> {
    let mut from = 0;
    let mut found = Vec::new();
    let ends = words.expose().match_indices([',', '|']).map(|(at, _)| at);
    for end in ends.chain([words.len()]) {
        found.push(words.part(from..end).trimmed());
        from = (end + 1).min(words.len());
    }
    found.retain(|word| !word.is_empty());
    found
}

/// What must hold together counts as a whole, `us & prod`, or by the part that says an environment.
fn environment(word: &Text) -> Option<Text> {
    let says = |word: &Text| environments::of_value(word.expose()).is_some();
    if says(word) {
        return Some(word.clone());
    }
    let mut from = 0;
    word.expose().split('&').find_map(|part| {
        let text = word.part(from..from + part.len()).trimmed();
        from += part.len() + 1;
        says(&text).then_some(text)
    })
}

fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '&' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(words: &[&str]) -> (Option<String>, Option<String>) {
        let words: Vec<Text> = words.iter().map(|word| Text::verbatim(*word, FileId(0), 0)).collect();
        let active = Text::verbatim("prod", FileId(0), 100);
        let found = condition(&words, Some(&active));
        (found.environment.map(|word| word.value), found.excludes.map(|word| word.value))
    }

    /// A document of several profiles belongs to production if that is one of them. What it is in the others, the
    /// linter leaves open.
    #[test]
    fn one_of_several_profiles() {
        for words in [&["staging | prod"][..], &["staging,prod"], &["staging", "prod"], &["prod & blue"]] {
            assert_eq!(read(words), (Some("prod".to_owned()), None), "{words:?}");
        }
        assert_eq!(read(&["us & prod"]), (Some("us & prod".to_owned()), None));
        assert_eq!(read(&["dev | test"]), (Some("dev".to_owned()), None));
    }

    /// What holds under another profile than the active one does not hold together with it.
    #[test]
    fn what_a_condition_excludes() {
        assert_eq!(read(&["!prod"]), (None, Some("prod".to_owned())));
        assert_eq!(read(&["sandbox"]), (Some("sandbox".to_owned()), Some("prod".to_owned())));
        assert_eq!(read(&["blue", "green"]), (None, Some("prod".to_owned())));
        assert_eq!(read(&["staging"]), (Some("staging".to_owned()), None));
        assert_eq!(read(&["!(dev | test)"]), (None, None));
    }
}
