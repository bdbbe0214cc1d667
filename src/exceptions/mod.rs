//! Exceptions applied to findings, and what there is to find in the exceptions: unused, expired, malformed.

mod inline;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fact::Directive;
use crate::finding::{Finding, Label, Remedy};
use crate::policy::{Date, Exception, Policy};
use crate::source::{Sources, Span};

pub const UNUSED: &str = "unused-exception";
pub const EXPIRED: &str = "expired-exception";
pub const MALFORMED: &str = "malformed-exception";

/// A finding and the rule it is of.
#[derive(Debug, Clone)]
pub struct Found {
    pub rule: &'static str,
    pub finding: Finding,
}

/// What exceptions are judged by.
pub struct Given<'a> {
    pub sources: &'a Sources,
    /// Inline exceptions of all files whose findings are reported.
    pub directives: &'a [&'a Directive],
    pub policy: &'a Policy,
    /// An exception holds on its last day and not on the next.
    pub today: Date,
    /// The ids of all rules.
    pub known: &'a [&'a str],
    /// The rules that ran: an exception from another may be needed all the same.
    pub ran: &'a [&'a str],
    /// Whether the whole root was looked at. Where only a part was, the evidence may lie in the other, and no
    /// exception is called unused.
    pub whole: bool,
}

/// Findings after exceptions.
#[derive(Debug, Default)]
pub struct Applied {
    pub kept: Vec<Found>,
    /// Each with the first exception that covers it: where it stands, and the reason it gives.
    pub suppressed: Vec<(Found, Label)>,
    /// What was found in the exceptions themselves. No exception covers these.
    pub about: Vec<Found>,
}

/// Parts findings into those that stay and those that are meant.
pub fn apply(found: Vec<Found>, given: &Given<'_>) -> Applied {
    let mut about = Vec::new();
    let mut exceptions = inline::exceptions(given, &mut about);
    exceptions.extend(given.policy.exceptions().iter().map(|exception| Held::of_policy(exception, given)));

    let places = inline::Places::of(&found, given.sources);
    let mut suppressed_by: Vec<Option<usize>> = vec![None; found.len()];
    for (at, exception) in exceptions.iter_mut().enumerate() {
        exception.covers = match &exception.scope {
            Scope::Lines(directive) => places.on(directive.span.file, &directive.lines),
            Scope::Policy(declared) => (0..found.len()).filter(|at| covers(declared, &found[*at], given)).collect(),
        };
        exception.covers.retain(|finding| found[*finding].rule == exception.rule);
        if !exception.expired {
            for finding in &exception.covers {
                suppressed_by[*finding].get_or_insert(at);
            }
        }
    }
    about.extend(expired(&exceptions, &found, given));
    if given.whole {
        about.extend(unused(&exceptions, given));
    }
    let mut applied = Applied { about, ..Applied::default() };
    for (found, by) in found.into_iter().zip(suppressed_by) {
        match by {
            Some(at) => applied.suppressed.push((found, exceptions[at].label())),
            None => applied.kept.push(found),
        }
    }
    applied
}

/// An exception from one rule, and the findings it covers.
struct Held<'a> {
    scope: Scope<'a>,
    rule: &'a str,
    /// The id of the rule as written.
    rule_span: Span,
    reason: &'a str,
    until: Option<Span>,
    expired: bool,
    covers: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Scope<'a> {
    Lines(&'a Directive),
    Policy(&'a Exception),
}

impl<'a> Held<'a> {
    fn of_policy(declared: &'a Exception, given: &Given<'_>) -> Self {
        Held {
            scope: Scope::Policy(declared),
            rule: &declared.rule.value,
            rule_span: declared.rule.span,
            reason: &declared.reason.value,
            until: declared.until.as_ref().map(|until| until.span),
            expired: declared.until.as_ref().is_some_and(|until| until.value < given.today),
            covers: Vec::new(),
        }
    }

    /// All of it: the comment, or the header of its table.
    fn span(&self) -> Span {
        match self.scope {
            Scope::Lines(directive) => directive.span,
            Scope::Policy(declared) => declared.span,
        }
    }

    fn label(&self) -> Label {
        Label::at(self.span(), self.reason)
    }

    /// What it is about, for the finding's identity: it survives moved lines.
    fn subject(&self, sources: &Sources) -> String {
        match self.scope {
            Scope::Lines(directive) => format!("{} {}", sources.path(directive.span.file), self.rule),
            Scope::Policy(declared) => {
                let path = declared.path.iter().map(|glob| glob.value.as_str());
                let subject = declared.subject.iter().map(|subject| subject.value.as_str());
                std::iter::once(self.rule).chain(path).chain(subject).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

fn covers(declared: &Exception, found: &Found, given: &Given<'_>) -> bool {
    let places = std::iter::once(&found.finding.primary).chain(&found.finding.related);
    let files = places.map(|label| given.sources.path(label.place.file()));
    declared.rule.value == found.rule && declared.covers(files, &found.finding.subject)
}

fn expired(exceptions: &[Held<'_>], found: &[Found], given: &Given<'_>) -> Vec<Found> {
    // One comment with several rules has one day, and is told once.
    let mut by_day: BTreeMap<Span, Vec<&Held<'_>>> = BTreeMap::new();
    for exception in exceptions.iter().filter(|exception| exception.expired) {
        by_day.entry(exception.until.unwrap_or(exception.span())).or_default().push(exception);
    }
    let finding = |(day, together): (Span, Vec<&Held<'_>>)| {
        let covered = together.iter().flat_map(|exception| {
            let again = |at: &usize| {
                let place = found[*at].finding.primary.place;
                Label::on(place, format!("`{}` is reported here again", exception.rule))
            };
            exception.covers.iter().map(again)
        });
        let help = if together.iter().all(|exception| exception.covers.is_empty()) {
            "delete the exception: it covers nothing any more"
        } else {
            "renew `until` or mend the finding"
        };
        let finding = Finding::at(day, "has passed")
            .because_all(covered)
            .because(Label::at(together[0].span(), format!("gives the reason: {}", together[0].reason)))
            .about(together[0].subject(given.sources))
            .evidence([together[0].reason.to_owned()])
            .help(help);
        Found { rule: EXPIRED, finding }
    };
    by_day.into_iter().map(finding).collect()
}

fn unused(exceptions: &[Held<'_>], given: &Given<'_>) -> Vec<Found> {
    let is_unused = |exception: &&Held<'_>| {
        exception.covers.is_empty() && !exception.expired && given.ran.contains(&exception.rule)
    };
    let unused: Vec<&Held<'_>> = exceptions.iter().filter(is_unused).collect();
    let mut unused_of = HashMap::<Span, usize>::new();
    for exception in &unused {
        *unused_of.entry(exception.span()).or_default() += 1;
    }
    let mut told = HashSet::new();
    let finding = |exception: &&Held<'_>| {
        let all = match exception.scope {
            Scope::Lines(directive) => unused_of[&directive.span] == directive.rules.len(),
            Scope::Policy(_) => true,
        };
        let span = if all { exception.span() } else { exception.rule_span };
        let (label, help) = match (exception.scope, all) {
            (Scope::Lines(_), true) => ("covers no finding on its line or the line below", "delete the exception"),
            (Scope::Lines(_), false) => ("covers no finding", "delete this rule from the exception"),
            (Scope::Policy(_), _) => ("covers no finding", "delete the exception"),
        };
        let remedy = match exception.scope {
            Scope::Lines(directive) if all => Some(Remedy::RemoveException(directive.comment)),
            Scope::Lines(directive) => inline::without(directive, exception.rule),
            Scope::Policy(_) => None,
        };
        told.insert(span).then(|| {
            let finding = Finding::at(span, label)
                .about(exception.subject(given.sources))
                .evidence([exception.reason.to_owned()])
                .help(help)
                .remedy(remedy);
            Found { rule: UNUSED, finding }
        })
    };
    unused.iter().filter_map(finding).collect()
}
