//! Conditionals of HCL: `var.environment == "prod" ? a : b` says `a` under the word that it is compared with.

use tree_sitter::Node;

use super::File;
use super::How;
use super::expression::Expressions;
use crate::fact::Name;
use crate::readers::chosen::names_an_instance;
use crate::readers::grammar;
use crate::readers::written::Written;
use crate::vocabulary::{countries, environments};

impl File<'_, '_> {
    /// Says what a value with a conditional in it comes to where the word of its condition holds. What it comes to
    /// elsewhere is left open: the `else` of production is no environment in particular.
    pub(super) fn conditional(&mut self, path: &mut Vec<Name>, node: Node<'_>, how: How) {
        let Some(conditional) = only_conditional(node) else { return };
        let Some([condition, ..]) = parts(conditional) else { return };
        let Some((word, equal)) = self.compared(condition) else { return };
        let says = environments::whole(&word.text).is_some() || countries::of_value(&word.text).is_some();
        let expressions = Expressions { chosen: Some((conditional.start_byte(), equal)), ..self.expressions };
        let value = expressions.value(node, how.depth);
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
pub(super) fn parts(conditional: Node<'_>) -> Option<[Node<'_>; 3]> {
    let parts = grammar::children(conditional).into_iter().filter(|part| part.kind() == "expression");
    <[Node<'_>; 3]>::try_from(parts.collect::<Vec<_>>()).ok()
}

/// The conditional in an expression, if there is one and only one.
fn only_conditional(node: Node<'_>) -> Option<Node<'_>> {
    let mut found = None;
    let mut walk = grammar::walk(node);
    while let Some(inner) = walk.next() {
        if inner.kind() == "conditional" && found.replace(inner).is_some() {
            return None;
        }
    }
    found
}
