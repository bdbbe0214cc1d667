//! What would mend a finding, as far as settings tell.

use crate::fact::Said;
use crate::finding::Remedy;
use crate::model::Statement;
use crate::vocabulary::{Country, countries};

/// A setting for one country after the model of its sibling's: below the last of the settings that the country has in
/// the same file, or in one of the same notation.
pub(super) fn setting_like(like: &Statement, country: Country, own: &[&Statement]) -> Option<Remedy> {
    if !matches!(like.said, Said::Variable | Said::Key) || like.name().index {
        return None;
    }
    let in_file = own.iter().filter(|said| said.file == like.file && said.said == like.said);
    let below = in_file.max_by_key(|said| said.span()).or_else(|| {
        let elsewhere = own.iter().filter(|said| said.said == like.said && said.path.len() == like.path.len());
        elsewhere.max_by_key(|said| said.span())
    })?;
    let name = name_for(&like.name().text, country);
    let above =
        |said: &Statement| said.path[..said.path.len() - 1].iter().map(|name| name.text.clone()).collect::<Vec<_>>();
    // A name that says no country must stand in another map, or it would be set twice.
    if *name == *like.name().text && below.file == like.file && above(below) == above(like) {
        return None;
    }
    Some(Remedy::AddSetting { name, like: like.name().span, below: below.span() })
}

/// A name with the words of another country.
fn name_for(name: &str, country: Country) -> String {
    let mut new = String::with_capacity(name.len());
    let mut at = 0;
    for saying in countries::all(name) {
        let word = &name[saying.range.clone()];
        new.push_str(&name[at..saying.range.start]);
        new.push_str(&word_for(word, country));
        at = saying.range.end;
    }
    new.push_str(&name[at..]);
    new
}

fn word_for(word: &str, country: Country) -> String {
    const PAIRS: [(&str, &str); 3] = [("ca", "us"), ("canada", "usa"), ("canadian", "american")];
    let lower = word.to_ascii_lowercase();
    let pair = PAIRS.iter().find(|(canadian, american)| *canadian == lower || *american == lower).unwrap_or(&PAIRS[0]);
    let other = if country == Country::Canada { pair.0 } else { pair.1 };
    if word.chars().all(|c| !c.is_lowercase()) {
        return other.to_uppercase();
    }
    let capital = word.starts_with(char::is_uppercase);
    if capital { format!("{}{}", other[..1].to_uppercase(), &other[1..]) } else { other.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_words_of_the_other_country() {
        let us = |name| name_for(name, Country::UnitedStates);
        assert_eq!(us("FLINKS_CA_WEBHOOK_URL"), "FLINKS_US_WEBHOOK_URL");
        assert_eq!(us("webhookUrlCa"), "webhookUrlUs");
        assert_eq!(us("canadianWebhook"), "americanWebhook");
        assert_eq!(name_for("FLINKS_USA_KEY", Country::Canada), "FLINKS_CANADA_KEY");
        assert_eq!(us("webhook_url"), "webhook_url");
    }
}
