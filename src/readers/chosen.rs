//! Values that a condition chooses: they are said under the word for which the condition holds.

use std::ops::Range;

use crate::fact::{Piece, Value};
use crate::vocabulary::{countries, environments, hosts, published, words};

/// Whether a value tells an instance. Others may be chosen by a condition without saying less where no one looks.
pub fn names_an_instance(value: &Value) -> bool {
    let shown: String = value
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(_) => hosts::HOLE.to_string(),
        })
        .collect();
    let label = hosts::Label::parse(&shown);
    !hosts::find(&shown).is_empty()
        || !published::find(&shown).is_empty()
        || label.is_some_and(|label| label.sandbox || label.country.is_some())
}

/// The environment or country in the name of a condition: `IsProd`, `InUs`. `NotProd` and `IsProdOrStaging` have none.
pub fn word_of_condition(name: &str) -> Option<Range<usize>> {
    let words = words::words(name);
    let lead = words.first().filter(|word| matches!(word.text.as_str(), "is" | "in" | "for" | "use" | "when"));
    let rest = &name[lead.map_or(0, |word| word.range.end)..];
    let from = name.len() - rest.len();
    let says = environments::whole(rest).is_some() || countries::of_value(rest).is_some();
    says.then_some(from..name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name is all that is looked at; one that is turned round says nothing.
    #[test]
    fn names_of_conditions() {
        let word = |name: &'static str| word_of_condition(name).map(|range| &name[range]);
        assert_eq!(word("IsProd"), Some("Prod"));
        assert_eq!(word("InUS"), Some("US"));
        assert_eq!(word("Production"), Some("Production"));
        for name in ["NotProd", "IsNotProd", "IsProdOrStaging", "HasWebhook", ""] {
            assert_eq!(word(name), None, "{name}");
        }
    }
}
