//! Conditionals of HCL: `var.environment == "prod" ? a : b` says `a` under the word that it is compared with.

use tree_sitter::Node;

use super::File;
use super::How;
use super::expression::DEPTH;
use crate::fact::{Name, Piece, Value};
use crate::readers::grammar;
use crate::readers::written::Written;
use crate::vocabulary::{countries, environments, hosts, published};

impl File<'_, '_> {
    /// Says what a conditional comes to where the word of its condition holds. What it comes to elsewhere is left open:
    /// the `else` of production is no environment in particular.
    pub(super) fn conditional(&mut self, path: &mut Vec<Name>, node: Node<'_>, how: How) {
        let Some((condition, yes, no)) = branches(node) else { return };
        let Some((word, equal)) = self.compared(condition) else { return };
        let says = environments::whole(&word.text).is_some() || countries::of_value(&word.text).is_some();
        let branch = if equal { yes } else { no };
        let value = self.expressions.value(branch, how.depth + 1);
        if says && names_an_instance(&value) {
            path.push(word);
            self.say(path.clone(), value, how);
            path.pop();
        }
    }

    /// The word of `x == "word"`, and whether the condition holds where they are equal.
    fn compared(&self, condition: Node<'_>) -> Option<(Name, bool)> {
        let range = grammar::range(condition, self.source().text());
        let written = Written { text: self.expressions.slice(condition), start: range.start };
        let (operator, equal) = match (written.text.split_once("=="), written.text.split_once("!=")) {
            (Some((left, _)), None) => (left.len(), true),
            (None, Some((left, _))) => (left.len(), false),
            _ => return None,
        };
        let (left, right) = (written.to(operator).trim(), written.from(operator + 2).trim());
        let quoted = |side: Written<'_>| side.text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).is_some();
        let literal = [left, right].into_iter().find(|side| quoted(*side) && side.text.len() > 2)?;
        let word = literal.part(1..literal.text.len() - 1);
        let plain = word.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        plain.then(|| (Name::key(word.text, word.span(self.source().id)), equal))
    }
}

/// Condition, value where it holds, value where it does not.
fn branches(node: Node<'_>) -> Option<(Node<'_>, Node<'_>, Node<'_>)> {
    let mut node = node;
    for _ in 0..DEPTH {
        let children = grammar::children(node);
        match children.as_slice() {
            [only] if only.kind() == "conditional" => {
                let parts = grammar::children(*only);
                let parts: Vec<Node<'_>> = parts.into_iter().filter(|part| part.kind() == "expression").collect();
                return <[Node<'_>; 3]>::try_from(parts).ok().map(|[condition, yes, no]| (condition, yes, no));
            }
            [only] if only.kind() == "expression" => node = *only,
            _ => return None,
        }
    }
    None
}

/// Other values may be chosen by a condition without saying less where they are not looked at.
fn names_an_instance(value: &Value) -> bool {
    value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => {
            let label = hosts::Label::parse(text.expose());
            !hosts::find(text.expose()).is_empty()
                || !published::find(text.expose()).is_empty()
                || label.is_some_and(|label| label.sandbox || label.country.is_some())
        }
        Piece::Reference(_) => false,
    })
}
