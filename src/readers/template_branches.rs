//! Branches of templates around settings: `{{ if eq .Values.env "prod" }}`, `{% if env == 'prod' %}`,
//! `<% if Rails.env.production? %>`. Parsers of the format below see none of it.

use std::collections::HashMap;
use std::ops::Range;

use crate::fact::{Facts, Scope, ScopeId};
use crate::source::{Source, Spanned};
use crate::vocabulary::{Environment, environments, words};

/// What opens and closes a template's own words.
const TAGS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];
/// A tag that is not closed within so many bytes is text.
const LONGEST: usize = 1024;
/// Branches within each other, and branches of one file, beyond which no more are told apart.
const DEPTH: usize = 16;
const BRANCHES: usize = 10_000;

/// Puts every setting that stands in a branch on the environment into a block that says so.
pub fn apply(source: &Source, facts: &mut Facts) {
    let text = source.text();
    if facts.settings.is_empty() || !TAGS.iter().any(|(open, _)| text.contains(open)) {
        return;
    }
    let found = Branches::read(text);
    if found.branches.is_empty() {
        return;
    }
    let mut opened: HashMap<(ScopeId, usize), ScopeId> = HashMap::new();
    for at in 0..facts.settings.len() {
        let (span, outer) = (facts.settings[at].name().span, facts.settings[at].scope);
        let Some(innermost) = found.at(span.range().start).filter(|_| span.file == source.id) else { continue };
        let mut chain: Vec<usize> = std::iter::successors(Some(innermost), |at| found.branches[*at].outer).collect();
        chain.reverse();
        facts.settings[at].scope = chain.into_iter().fold(outer, |parent, branch| {
            *opened.entry((parent, branch)).or_insert_with(|| {
                let said = |word: &Range<usize>| Spanned::new(text[word.clone()].to_owned(), source.span(word.clone()));
                let Branch { environment, excludes, .. } = &found.branches[branch];
                let (environment, excludes) = (environment.as_ref().map(said), excludes.as_ref().map(said));
                facts.open(Scope { parent: Some(parent), environment, excludes, ..Scope::default() })
            })
        });
    }
}

/// Where a template may go on differently: the beginnings of its tags of control.
pub fn controls(text: &str) -> Vec<usize> {
    tags(text).into_iter().filter(|tag| tag.control(text) != Control::None).map(|tag| tag.start).collect()
}

/// What stands between two tags, and the environment that it is for, or is not for: both as places of the words.
struct Branch {
    outer: Option<usize>,
    environment: Option<Range<usize>>,
    excludes: Option<Range<usize>>,
}

struct Branches {
    branches: Vec<Branch>,
    /// From where on which branch holds.
    from: Vec<(usize, Option<usize>)>,
}

/// A construct that is open: an `if` with what its `else` is about, or another one that only has to be closed.
struct Open {
    outer: Option<usize>,
    /// Of the conditions so far: what holds and what does not hold where they are false.
    otherwise: Condition,
    is_condition: bool,
}

/// What a condition says: the word of an environment, and whether it holds or not.
#[derive(Clone, Default)]
struct Condition {
    holds: Option<Range<usize>>,
    refuted: Option<Range<usize>>,
}

impl Branches {
    fn read(text: &str) -> Self {
        let mut found = Branches { branches: Vec::new(), from: Vec::new() };
        let mut open: Vec<Open> = Vec::new();
        let mut now: Option<usize> = None;
        for tag in tags(text) {
            if found.branches.len() > BRANCHES {
                break;
            }
            match tag.control(text) {
                Control::None => continue,
                Control::Other => open.push(Open { outer: now, otherwise: Condition::default(), is_condition: false }),
                Control::If(negated) => {
                    let condition = condition(text, tag.inner.clone(), negated);
                    let outer = now;
                    now = found.branch(outer, &condition, open.len());
                    let otherwise = Condition { holds: condition.refuted, refuted: condition.holds };
                    open.push(Open { outer, otherwise, is_condition: true });
                }
                Control::ElseIf => {
                    let Some(last) = open.last_mut().filter(|last| last.is_condition) else { continue };
                    let condition = condition(text, tag.inner.clone(), false);
                    // What was refuted before is refuted here, too, if nothing is said instead.
                    let own = Condition {
                        holds: condition.holds.clone(),
                        refuted: condition.refuted.or_else(|| last.otherwise.refuted.clone()),
                    };
                    let refuted = last.otherwise.refuted.take();
                    last.otherwise = Condition { holds: None, refuted: of_production(text, refuted, condition.holds) };
                    let outer = last.outer;
                    now = found.branch(outer, &own, open.len());
                }
                Control::Else => {
                    let Some(last) = open.last().filter(|last| last.is_condition) else { continue };
                    let (outer, otherwise) = (last.outer, last.otherwise.clone());
                    now = found.branch(outer, &otherwise, open.len());
                }
                Control::End => now = open.pop().and_then(|last| last.outer),
            }
            found.from.push((tag.end, now));
        }
        found
    }

    /// Begins a branch; the one around it where nothing is said of the environment.
    fn branch(&mut self, outer: Option<usize>, condition: &Condition, depth: usize) -> Option<usize> {
        let Condition { holds: environment, refuted: excludes } = condition.clone();
        if depth >= DEPTH || environment.is_none() && excludes.is_none() {
            return outer;
        }
        self.branches.push(Branch { outer, environment, excludes });
        Some(self.branches.len() - 1)
    }

    fn at(&self, place: usize) -> Option<usize> {
        let after = self.from.partition_point(|(from, _)| *from <= place);
        self.from[after.checked_sub(1)?].1
    }
}

/// Of two words, the one of production.
fn of_production(text: &str, one: Option<Range<usize>>, other: Option<Range<usize>>) -> Option<Range<usize>> {
    let is = |word: &Range<usize>| environments::of_value(&text[word.clone()]) == Some(Environment::Production);
    match (one, other) {
        (Some(one), Some(other)) => Some(if is(&other) { other } else { one }),
        (one, other) => one.or(other),
    }
}

struct Tag {
    start: usize,
    inner: Range<usize>,
    end: usize,
    kind: usize,
}

fn tags(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(['{', '<']) {
        let start = at + offset;
        at = start + 1;
        let Some(kind) = TAGS.iter().position(|(open, _)| text[start..].starts_with(open)) else { continue };
        let (from, closer) = (start + 2, TAGS[kind].1.as_bytes());
        let window = &text.as_bytes()[from..text.len().min(from + LONGEST)];
        let Some(length) = window.windows(2).position(|pair| pair == closer) else { continue };
        let inner = &text[from..from + length];
        let trimmed = inner.trim_matches(['-', '~', '+', ' ', '\t', '\n', '\r']);
        let begin = from + (trimmed.as_ptr() as usize - inner.as_ptr() as usize);
        found.push(Tag { start, inner: begin..begin + trimmed.len(), end: from + length + 2, kind });
        at = from + length + 2;
    }
    found
}

/// What a tag does to the flow of its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    None,
    /// The condition may be negated by its word: `unless`.
    If(bool),
    ElseIf,
    Else,
    End,
    Other,
}

impl Tag {
    fn control(&self, text: &str) -> Control {
        let inner = &text[self.inner.clone()];
        let mut words = inner.split(|c: char| c.is_whitespace() || c == '(').filter(|word| !word.is_empty());
        let (first, second) = (words.next().unwrap_or(""), words.next());
        match first {
            "if" => Control::If(false),
            "unless" => Control::If(true),
            "else" if second == Some("if") => Control::ElseIf,
            "elif" | "elsif" | "elseif" => Control::ElseIf,
            "else" | "}else{" => Control::Else,
            "end" => Control::End,
            _ if self.kind == 1 && first.starts_with("end") => Control::End,
            "for" | "range" | "with" | "define" | "block" | "case" | "while" | "begin" | "macro" | "call"
            | "filter" | "raw" => Control::Other,
            _ if self.kind == 2 && (inner.ends_with(" do") || inner.contains(" do |")) => Control::Other,
            _ => Control::None,
        }
    }
}

/// The environment that a condition asks for, where it asks for one and nothing else can make it true.
fn condition(text: &str, place: Range<usize>, negated: bool) -> Condition {
    let all = &text[place.clone()];
    let tokens = words::plain(all);
    let says = |word: &str| tokens.iter().any(|token| token == word);
    if says("or") || says("in") || all.contains("||") {
        return Condition::default();
    }
    let Some(word) = asked(all) else { return Condition::default() };
    let not = all.contains("!=") || says("ne") || says("not") || all.contains(" !") || all.contains("(!");
    let word = place.start + word.start..place.start + word.end;
    // `a && b` is false where either is.
    let several = says("and") || all.contains("&&");
    match (negated != not, several) {
        (false, _) => Condition { holds: Some(word), refuted: None },
        (true, false) => Condition { holds: None, refuted: Some(word) },
        (true, true) => Condition::default(),
    }
}

/// The word of an environment in `Rails.env.production?`, or the quoted one that a variable is compared with.
fn asked(condition: &str) -> Option<Range<usize>> {
    if let Some(question) = condition.find('?') {
        let start = condition[..question].rfind('.')? + 1;
        let before = condition[..start - 1].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        let is_environment = environments::of_word(&condition[start..question]).is_some();
        return (is_environment && matches!(before, "env" | "environment")).then_some(start..question);
    }
    let mut quoted = condition.match_indices(['"', '\'']).map(|(at, _)| at);
    let mut found = None;
    while let (Some(open), Some(close)) = (quoted.next(), quoted.next()) {
        let word = &condition[open + 1..close];
        let before = &condition[..open];
        // `ENV['APP_ENV']` names the variable.
        if before.ends_with('[') || environments::of_value(word).is_none() {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(open + 1..close);
    }
    let word = found?;
    let names =
        condition.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| *name != &condition[word.clone()]);
    let about_environment = names.into_iter().any(environments::is_setting);
    let is_production = environments::of_value(&condition[word.clone()]) == Some(Environment::Production);
    (about_environment || is_production).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::dotenv;
    use crate::source::FileId;

    /// Every setting with the environment that its branch is for, or is not for.
    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "a.env", text);
        let mut facts = (dotenv::READER.read)(&source);
        apply(&source, &mut facts);
        let show = |setting: &crate::fact::Setting| {
            let scope = facts.scope(setting.scope);
            let word = |word: &Option<Spanned<String>>| word.as_ref().map_or(String::new(), |word| word.value.clone());
            format!(
                "{}={} {}!{}",
                setting.name().text,
                setting.value.word(),
                word(&scope.environment),
                word(&scope.excludes)
            )
        };
        facts.settings.iter().map(show).collect()
    }

    #[test]
    fn three_languages_of_templates() {
        for (open, other, end) in [
            ("{% if env == 'prod' %}", "{% else %}", "{% endif %}"),
            ("{{- if eq .Values.env \"prod\" }}", "{{- else }}", "{{- end }}"),
            ("<% if ENV['APP_ENV'] == 'prod' %>", "<% else %>", "<% end %>"),
        ] {
            let text = format!("{open}\nA=1\n{other}\nA=2\n{end}\nB=3\n");
            assert_eq!(shown(&text), ["A=1 prod!", "A=2 !prod", "B=3 !"], "{open}");
        }
        assert_eq!(shown("<% unless Rails.env.production? %>\nA=1\n<% end %>\n"), ["A=1 !production"]);
        assert_eq!(shown("{% if env != 'prod' %}\nA=1\n{% else %}\nA=2\n{% endif %}\n"), ["A=1 !prod", "A=2 prod!"]);
    }

    /// Loops close, too, and a choice between several leaves all that were refused behind it.
    #[test]
    fn what_is_around_and_between() {
        let text = "{% if env == 'prod' %}\n{% for x in y %}\nA=1\n{% endfor %}\n{% elif env == 'staging' %}\nB=2\n{% else %}\nC=3\n{% endif %}\n";
        assert_eq!(shown(text), ["A=1 prod!", "B=2 staging!prod", "C=3 !prod"]);
    }

    /// A level of a log is no environment, and one of two conditions may be the other.
    #[test]
    fn conditions_that_say_nothing() {
        for condition in ["log == 'debug'", "env == 'prod' or env == 'dev'", "flinks.enabled", "env in ['prod', 'dev']"]
        {
            assert_eq!(shown(&format!("{{% if {condition} %}}\nA=1\n{{% endif %}}\n")), ["A=1 !"], "{condition}");
        }
    }
}
