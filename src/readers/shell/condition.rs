//! Conditions of a shell: which variable is compared with which word, and in which branch they are equal.

use tree_sitter::Node;

use crate::fact::Name;
use crate::readers::branches::{Compared, means_the_same};
use crate::readers::grammar;
use crate::readers::shell::word::Word;
use crate::text::Text;

/// What a condition says of its two branches.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Holds where the condition is true.
    pub holds: Vec<Compared>,
    /// Holds where it is false: what a `!=` compares with.
    pub else_holds: Vec<Compared>,
    /// The variable that is unset where it is true: `[ -z "$X" ]`.
    pub unset: Option<Name>,
    /// The variable that is unset where it is false: `[ -n "$X" ]`.
    pub set: Option<Name>,
}

/// More comparisons than this in one condition are not looked at.
const COMPARISONS: usize = 16;

/// Reads a test: `[ "$ENV" = production ]`, `[[ $A == x && $B != y ]]`, `! test "$ENV" = dev`.
pub fn read(node: Node<'_>, script: &Text) -> Verdict {
    let mut verdict = Verdict::default();
    let mut negated = false;
    let mut open = vec![node];
    let mut seen = 0;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > COMPARISONS {
            return Verdict::default();
        }
        match node.kind() {
            "test_command" | "parenthesized_expression" | "redirected_statement" => {
                open.extend(grammar::children(node))
            }
            "negated_command" | "unary_expression" if grammar::slice(node, script.expose()).starts_with('!') => {
                negated = !negated;
                open.extend(grammar::children(node));
            }
            "unary_expression" => match grammar::slice(node, script.expose()).get(..2) {
                Some("-z") => verdict.unset = tested(node, script),
                Some("-n") => verdict.set = tested(node, script),
                _ => {}
            },
            "binary_expression" => match operator(node) {
                "&&" | "-a" => open.extend(grammar::children(node)),
                "||" | "-o" => verdict.holds.extend(either(node, script)),
                "=" | "==" => verdict.holds.extend(compared(&grammar::children(node), script)),
                "!=" => verdict.else_holds.extend(compared(&grammar::children(node), script)),
                _ => return Verdict::default(),
            },
            "list" if grammar::fields(node).iter().any(|(_, part)| part.kind() == "&&") => {
                open.extend(grammar::children(node));
            }
            "list" => verdict.holds.extend(either(node, script)),
            "command" => test(node, script, &mut verdict),
            _ => {}
        }
    }
    // `a && b` is false when either is: neither word is then known to be the variable's.
    if seen > 2 && verdict.holds.len() + verdict.else_holds.len() > 1 {
        if negated {
            return Verdict::default();
        }
        verdict.else_holds.clear();
    }
    if negated {
        std::mem::swap(&mut verdict.holds, &mut verdict.else_holds);
        std::mem::swap(&mut verdict.unset, &mut verdict.set);
    }
    verdict
}

/// The variable of `-z "$X"` and `-n "${X:-}"`.
fn tested(node: Node<'_>, script: &Text) -> Option<Name> {
    let last = grammar::children(node).into_iter().next_back()?;
    Word::read(script, grammar::range(last, script.expose())).variable()
}

fn operator<'tree>(node: Node<'tree>) -> &'tree str {
    node.child_by_field_name("operator").map_or("", |operator| operator.kind())
}

/// `test "$ENV" = production`
fn test(node: Node<'_>, script: &Text, verdict: &mut Verdict) {
    let parts = grammar::children(node);
    let [name, left, sign, right] = parts.as_slice() else { return };
    if grammar::slice(*name, script.expose()) != "test" {
        return;
    }
    let found = compared(&[*left, *right], script);
    match grammar::slice(*sign, script.expose()) {
        "=" | "==" => verdict.holds.extend(found),
        "!=" => verdict.else_holds.extend(found),
        _ => {}
    }
}

/// A variable on one side and a word on the other, also where both carry an `x` against being empty.
fn compared(sides: &[Node<'_>], script: &Text) -> Option<Compared> {
    let words: Vec<Word> = sides
        .iter()
        .filter(|side| side.kind() != "test_operator")
        .map(|side| Word::read(script, grammar::range(*side, script.expose())))
        .collect();
    let [left, right] = words.as_slice() else { return None };
    let (variable, word) = if right.is_literal() { (left, right) } else { (right, left) };
    equals(&variable.variable()?, word)
}

fn equals(name: &Name, word: &Word) -> Option<Compared> {
    let plain = word.is_literal() && !word.word().is_empty() && !word.word().contains(['*', '?', '[', ' ']);
    plain.then(|| Compared { name: name.clone(), word: word.text.clone() })
}

/// The word that all patterns of a case stand for: `prod|production` is one environment, `dev|staging` are two.
pub fn one_of(name: &Name, patterns: &[Word]) -> Option<Compared> {
    let first = equals(name, patterns.first()?)?;
    let same = |other: &Word| equals(name, other).is_some() && means_the_same(other.word(), first.word.expose());
    patterns[1..].iter().all(same).then_some(first)
}

/// `$E == prod || $E == production`: one of two words that mean the same.
fn either(node: Node<'_>, script: &Text) -> Option<Compared> {
    let mut open = vec![node];
    let mut found: Vec<Compared> = Vec::new();
    for _ in 0..COMPARISONS {
        let Some(node) = open.pop() else { break };
        let sides = grammar::children(node);
        match node.kind() {
            "binary_expression" if matches!(operator(node), "||" | "-o") => open.extend(sides),
            "binary_expression" if matches!(operator(node), "=" | "==") => found.push(compared(&sides, script)?),
            "test_command" | "parenthesized_expression" | "list" => open.extend(sides),
            "test_operator" => {}
            _ => return None,
        }
    }
    let first = found.pop().filter(|_| open.is_empty())?;
    let same = |other: &Compared| {
        other.name.text == first.name.text && means_the_same(other.word.expose(), first.word.expose())
    };
    found.iter().all(same).then_some(first)
}
