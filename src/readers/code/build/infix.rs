//! Operators in the order in which they bind, for grammars that nest them otherwise (Swift's reads `a == (b && c)`).

use tree_sitter::Node as Raw;

use super::{Build, DEPTH};
use crate::readers::code::syntax::{Is, Node};

/// What binds loosest comes first; signs that are not here are comparisons.
const LOOSEST_FIRST: &[&[&str]] = &[&["||"], &["&&"], &[], &["??"], &["+", "-"]];

impl Build<'_, '_> {
    /// `left`, `sign` and `right` of an operation, each side of which may be one too.
    pub(super) fn infix(&self, raw: Raw<'_>, depth: usize) -> Option<Node> {
        let (mut operands, mut signs) = (Vec::new(), Vec::new());
        self.flatten(raw, depth, &mut operands, &mut signs);
        regroup(operands, &signs, 0)
    }

    fn flatten(&self, raw: Raw<'_>, depth: usize, operands: &mut Vec<Node>, signs: &mut Vec<String>) {
        let roled = self.role(raw).filter(|roled| roled.role == "infix" && depth < DEPTH);
        let sides = roled.and_then(|roled| Some((roled.part("left")?, roled.part("sign")?, roled.part("right")?)));
        if let Some((left, sign, right)) = sides {
            self.flatten(left, depth + 1, operands, signs);
            signs.push(self.slice(sign).to_owned());
            self.flatten(right, depth + 1, operands, signs);
        } else {
            let nothing = Node::new(self.span(raw), Is::Group(Vec::new()));
            operands.push(self.node(raw, depth + 1).unwrap_or(nothing));
        }
    }
}

/// One operand more than signs.
fn regroup(mut operands: Vec<Node>, signs: &[String], level: usize) -> Option<Node> {
    if signs.is_empty() || level == LOOSEST_FIRST.len() {
        let span = operands.first()?.span.to(operands.last()?.span);
        return if operands.len() == 1 { operands.pop() } else { Some(Node::new(span, Is::Group(operands))) };
    }
    let is_here = |sign: &str| match LOOSEST_FIRST[level] {
        [] => !LOOSEST_FIRST.iter().any(|signs| signs.contains(&sign)),
        signs => signs.contains(&sign),
    };
    let mut result: Option<(Node, &str)> = None;
    let mut from = 0;
    for at in (0..=signs.len()).filter(|at| signs.get(*at).is_none_or(|sign| is_here(sign))) {
        let rest = operands.split_off(at + 1 - from);
        let side = regroup(std::mem::replace(&mut operands, rest), &signs[from..at], level + 1)?;
        let next = signs.get(at).map_or("", String::as_str);
        let node = match result {
            Some((left, sign)) => operation(left, sign, side),
            None => side,
        };
        result = Some((node, next));
        from = at + 1;
    }
    result.map(|(node, _)| node)
}

fn operation(left: Node, sign: &str, right: Node) -> Node {
    let span = left.span.to(right.span);
    let is = match sign {
        "||" | "??" => Is::Either(left.into(), right.into()),
        "&&" => Is::Both(left.into(), right.into()),
        "==" | "===" => Is::Compare(true, left.into(), right.into()),
        "!=" | "!==" => Is::Compare(false, left.into(), right.into()),
        "+" => match left.is {
            Is::Join(mut parts) => {
                parts.push(right);
                Is::Join(parts)
            }
            is => Is::Join(vec![Node::new(left.span, is), right]),
        },
        _ => Is::Group(vec![left, right]),
    };
    Node::new(span, is)
}
