//! "Did you mean": the nearest of the words that would have been right.

/// Longer words are nobody's misspelling, and comparing them costs the product of the lengths.
const LONGEST: usize = 64;

/// The word of `known` that was probably meant: one with the same letters but for a few, or one of
/// which it is the beginning or the continuation, as `prod` of `production` and `Canada` of `CA`. `None` where nothing is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = plain(word);
    // Of two letters none can be wrong: `UK` is no slip for `US`.
    let allowed = word.chars().count() / 3;
    let distance = |candidate: &&'a str| {
        let candidate = plain(candidate);
        let begins_so = word.len() >= 3 && candidate.starts_with(&word) || word.starts_with(&candidate);
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        if begins_so { distance.min(1) } else { distance }
    };
    known
        .into_iter()
        .map(|candidate| (distance(&candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Case and the kind of separator are not what people misremember about a word.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [&str; 3] = ["country-mismatch", "missing-webhook", "sandbox-in-production"];

    #[test]
    fn a_slip_and_a_beginning_lead_to_the_word() {
        assert_eq!(nearest("missing-webhooks", RULES), Some("missing-webhook"));
        assert_eq!(nearest("COUNTRY_MISMATCH", RULES), Some("country-mismatch"));
        assert_eq!(nearest("Canada", ["US", "CA"]), Some("CA"));
        assert_eq!(nearest("sandbox", RULES), Some("sandbox-in-production"));
    }

    /// A wrong guess is worse than none: it sends the reader to another rule.
    #[test]
    fn what_is_far_from_all_has_no_nearest() {
        assert_eq!(nearest("sql-injection", RULES), None);
        assert_eq!(nearest("", RULES), None);
        assert_eq!(nearest(&"m".repeat(10_000), RULES), None);
    }
}
