//! Inline exceptions: those that hold, those that cannot be understood, and the findings on their lines.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Found, Given, Held, MALFORMED, Scope};
use crate::fact::Directive;
use crate::finding::{Finding, Place, Remedy};
use crate::policy::{ABOUT_EXCEPTIONS, Date};
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::nearest::nearest;

/// Those that can be understood, one for each rule they name, in the order of their places. What cannot is told in
/// `about` and covers nothing: an exception that might mean something else must not silence anything.
pub(super) fn exceptions<'a>(given: &Given<'a>, about: &mut Vec<Found>) -> Vec<Held<'a>> {
    let mut directives: Vec<&Directive> = given.directives.to_vec();
    directives.sort_by_key(|directive| directive.span);
    let mut held = Vec::new();
    for directive in directives {
        let mut problem = |span: Span, label: String, help: &str| {
            let path = given.sources.path(directive.span.file);
            let rules: Vec<&str> = directive.rules.iter().map(|rule| rule.value.as_str()).collect();
            let remedy = mended(directive, given);
            let finding =
                Finding::at(span, label).about(format!("{path} {}", rules.join(" "))).help(help).remedy(remedy);
            about.push(Found { rule: MALFORMED, finding });
        };
        match understand(directive) {
            Ok((reason, until)) => {
                for rule in &directive.rules {
                    match unfit(&rule.value, given.known) {
                        None => held.push(Held {
                            scope: Scope::Lines(directive),
                            rule: &rule.value,
                            rule_span: rule.span,
                            reason,
                            until: directive.until.as_ref().map(|until| until.span),
                            expired: until.is_some_and(|until| until < given.today),
                            covers: Vec::new(),
                        }),
                        Some((label, help)) => problem(rule.span, label, &help),
                    }
                }
            }
            Err((span, label, help)) => problem(span, label, help),
        }
    }
    held
}

/// The list of a directive's rules without one of them.
pub(super) fn without(directive: &Directive, rule: &str) -> Option<Remedy> {
    let (first, last) = (directive.rules.first()?, directive.rules.last()?);
    let others: Vec<&str> =
        directive.rules.iter().map(|rule| rule.value.as_str()).filter(|other| *other != rule).collect();
    (!others.is_empty()).then(|| Remedy::Rewrite { span: first.span.to(last.span), text: others.join(", ") })
}

/// A directive in its right form, where only the form is wrong: a misspelt verb, round brackets, capitals or empty
/// places in the list of rules.
fn mended(directive: &Directive, given: &Given<'_>) -> Option<Remedy> {
    directive.malformed.as_ref()?;
    let rest = given.sources.slice(directive.span).strip_prefix("flinks-lint:")?.trim_start();
    let open = rest.find(['[', '('])?;
    let verb = rest[..open].trim();
    let near = strsim::damerau_levenshtein(&verb.to_ascii_lowercase(), "ignore") <= 2;
    let close = open + rest[open..].find([']', ')'])?;
    let ids = rest[open + 1..close].split([',', ' ']).map(|id| id.trim().to_ascii_lowercase().replace('_', "-"));
    let ids: Vec<String> = ids.filter(|id| !id.is_empty()).collect();
    let known = !ids.is_empty() && ids.iter().all(|id| unfit(id, given.known).is_none());
    let reason = rest[close + 1..].trim();
    let says = reason.contains(char::is_alphanumeric);
    (near && verb.len() < 16 && known && says).then(|| Remedy::Rewrite {
        span: directive.span,
        text: format!("flinks-lint: ignore[{}] {reason}", ids.join(", ")),
    })
}

const FORM: &str = "write `flinks-lint: ignore[rule-id] reason`";

/// The reason and the last day of a directive, or the place that is at fault, its predicate and what to do.
fn understand(directive: &Directive) -> Result<(&str, Option<Date>), (Span, String, &'static str)> {
    if let Some(why) = &directive.malformed {
        return Err((directive.span, why.clone(), FORM));
    }
    if directive.rules.is_empty() {
        return Err((directive.span, "names no rule".into(), FORM));
    }
    let until = match &directive.until {
        None => None,
        Some(written) => match Date::parse(&written.value) {
            Ok(date) => Some(date),
            Err(why) => return Err((written.span, why.into(), "write a day such as `until=2027-01-31`")),
        },
    };
    match &directive.reason {
        Some(reason) if !reason.value.trim().is_empty() => Ok((&reason.value, until)),
        _ => Err((directive.span, "gives no reason".into(), "say why it is meant, after the bracket")),
    }
}

/// Why a rule cannot be excepted here: a predicate of its id, and what to do.
fn unfit(rule: &str, known: &[&str]) -> Option<(String, String)> {
    if ABOUT_EXCEPTIONS.contains(&rule) {
        return Some(("cannot be excepted".into(), "mend the exception that is found at fault".into()));
    }
    if known.contains(&rule) {
        return None;
    }
    if matches!(rule, "*" | "all") {
        return Some(("is no rule: an exception names each".into(), "write the ids of the rules".into()));
    }
    let can_be_excepted = known.iter().copied().filter(|rule| !ABOUT_EXCEPTIONS.contains(rule));
    Some(match nearest(rule, can_be_excepted) {
        Some(meant) => (format!("is no rule, did you mean `{meant}`?"), format!("write `{meant}`")),
        None => ("is no rule".into(), "see `flinks-lint rules` for their ids".into()),
    })
}

/// Findings by the lines of their evidence.
pub(super) struct Places {
    by_line: BTreeMap<(FileId, usize), Vec<usize>>,
}

impl Places {
    pub(super) fn of(found: &[Found], sources: &Sources) -> Self {
        let mut by_line: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, found) in found.iter().enumerate() {
            for label in std::iter::once(&found.finding.primary).chain(&found.finding.related) {
                // What a file's name says stands on no line. A block counts where it begins: a comment deep
                // inside it speaks of its own line.
                let Place::At(span) = label.place else { continue };
                let line = sources.get(span.file).line_index(span.start as usize);
                by_line.entry((span.file, line)).or_default().push(at);
            }
        }
        Places { by_line }
    }

    /// The findings with evidence on these lines, in order.
    pub(super) fn on(&self, file: FileId, lines: &RangeInclusive<usize>) -> Vec<usize> {
        if lines.is_empty() {
            return Vec::new();
        }
        let lines = self.by_line.range((file, *lines.start())..=(file, *lines.end()));
        let mut found: Vec<usize> = lines.flat_map(|(_, found)| found).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
