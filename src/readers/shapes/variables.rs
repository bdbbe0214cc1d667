//! Environment variables in structured files: maps, lists of `KEY=value`, lists of a name and a value.

use super::sheet::Sheet;
use crate::fact::{Name, Reference, ReferenceKind, Said, ScopeId, Value};
use crate::readers::settings;
use crate::readers::template::{self, Notation};
use crate::text::Text;
use crate::tree::{At, Kind};

/// How a platform treats its variables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habit {
    pub notation: Notation,
    /// Whether a name without a value takes the value that whoever starts it has under that name.
    pub passes_through: bool,
    /// Whether values that the block says already stay.
    pub beneath: bool,
}

impl Habit {
    /// Nothing but `${X}` and the platform's own brackets is expanded.
    pub const BRACED: Habit = Habit { notation: Notation::Braced, passes_through: false, beneath: false };
    /// `$X` is expanded too.
    pub const SHELL: Habit = Habit { notation: Notation::Shell, passes_through: false, beneath: false };

    /// For what a block takes over from elsewhere and may say itself.
    pub const fn beneath(mut self) -> Habit {
        self.beneath = true;
        self
    }

    pub const fn passing_through(mut self) -> Habit {
        self.passes_through = true;
        self
    }
}

const NAME_KEYS: &[&str] = &["name", "Name", "key", "Key", "variable"];
const VALUE_KEYS: &[&str] = &["value", "Value", "default"];
const SOURCE_KEYS: &[&str] = &["valueFrom", "ValueFrom", "value_from", "valueSource"];
/// Items that take over a whole group of variables.
const TAKEN_OVER_KEYS: &[&str] = &["fromGroup", "group", "template"];
/// Keys that say that the platform has the value.
const KEPT_KEYS: &[&str] = &[
    "sync",
    "generateValue",
    "fromDatabase",
    "fromService",
    "secure",
    "from_secret",
    "fromSecret",
    "secret",
    "type",
    "generator",
    "required",
    "description",
];

impl Sheet<'_> {
    /// Reads variables of a block. What is no variable (a number in a list, a bare text) is left to the plain keys.
    pub fn variables(&mut self, at: Option<At<'_>>, scope: ScopeId, habit: Habit) {
        let Some(at) = at.filter(|_| !self.is_full()) else { return };
        match &at.node().kind {
            Kind::Map(_) => self.variable_map(at, scope, habit),
            Kind::List(_) => {
                for item in at.items() {
                    self.variable_item(item, scope, habit);
                }
            }
            Kind::Scalar(_) | Kind::Null => {}
        }
    }

    fn variable_map(&mut self, at: At<'_>, scope: ScopeId, habit: Habit) {
        for (key, value) in at.entries() {
            self.variable(key, value, scope, habit);
        }
    }

    /// One item of a list of variables.
    pub fn variable_item(&mut self, item: At<'_>, scope: ScopeId, habit: Habit) {
        if let Some((name, text)) = settings::assignment(item) {
            let value = template::value(&text, habit.notation);
            self.add_variable(name, value, scope, habit);
            self.take(item);
        } else if let Some(text) = item.text() {
            if habit.passes_through && is_name(text.expose()) {
                self.add_variable(name_of(text), passed_through(text), scope, habit);
                self.take(item);
            }
        } else if let Some(name) = first_of(item, NAME_KEYS).and_then(At::text) {
            self.named_variable(name, item, scope, habit);
        } else if item.is_map() && first_of(item, TAKEN_OVER_KEYS).is_none() {
            self.variable_map(item, scope, habit);
        }
    }

    /// `{name: X, value: y}`, `{key: X, valueFrom: …}`, `{key: X, sync: false}`.
    fn named_variable(&mut self, name: &Text, item: At<'_>, scope: ScopeId, habit: Habit) {
        if let Some(value) = first_of(item, VALUE_KEYS) {
            self.variable(name, value, scope, habit);
        } else if let Some(source) = first_of(item, SOURCE_KEYS) {
            self.add_variable(name_of(name), kept(source), scope, habit);
        } else if KEPT_KEYS.iter().any(|key| item.get(key).is_some()) {
            let locator = first_of(item, &["secret", "fromSecret", "from_secret"]).and_then(At::word);
            let reference = stored(locator.unwrap_or(name.expose()), item);
            self.add_variable(name_of(name), Value::reference(reference), scope, habit);
        } else {
            self.add_variable(name_of(name), Value { span: item.span(), pieces: Vec::new() }, scope, habit);
        }
        self.take(item);
    }

    /// One name and its value: a scalar, `{value: …, description: …}`, a reference, or a map of its own.
    pub fn variable(&mut self, name: &Text, value: At<'_>, scope: ScopeId, habit: Habit) {
        if self.is_full() || (habit.beneath && self.says(scope, name.expose())) {
            self.take(value);
            return;
        }
        if matches!(value.node().kind, Kind::Null) && habit.passes_through {
            self.add_variable(name_of(name), passed_through(name), scope, habit);
        } else if let Some(inner) = value.is_map().then(|| first_of(value, VALUE_KEYS)).flatten() {
            self.value(scope, name_of(name), inner, Said::Variable, habit.notation);
        } else if value.is_map() && settings::elsewhere(value).is_none() && is_kept(value) {
            self.add_variable(name_of(name), Value::reference(stored(name.expose(), value)), scope, habit);
        } else {
            self.value(scope, name_of(name), value, Said::Variable, habit.notation);
        }
        self.take(value);
    }

    /// `A=1 B="2 3"` in one text, or a list of those.
    pub fn words(&mut self, at: Option<At<'_>>, scope: ScopeId) {
        let Some(at) = at else { return };
        for row in std::iter::once(at).chain(at.items()) {
            let Some(text) = row.text() else { continue };
            for range in words(text.expose()) {
                let word = text.part(range);
                let Some(equals) = word.expose().find('=').filter(|_| !self.is_full()) else { continue };
                let value = unquoted(&word.part(equals + 1..word.len()));
                let name = name_of(&word.part(0..equals));
                self.set(scope, name, template::value(&value, Notation::Shell), Said::Variable);
                self.take(row);
            }
        }
    }

    fn add_variable(&mut self, name: Name, value: Value, scope: ScopeId, habit: Habit) {
        let hidden = habit.beneath && self.says(scope, &name.text);
        if !hidden && !self.is_full() {
            self.set(scope, name, value, Said::Variable);
        }
    }
}

/// The name of a variable, with its place.
pub(super) fn name_of(text: &Text) -> Name {
    Name::key(text.expose(), text.span())
}

/// The value of the first of these keys that a map has.
pub(super) fn first_of<'t>(at: At<'t>, keys: &[&str]) -> Option<At<'t>> {
    if at.is_map() { keys.iter().find_map(|key| at.get(key)) } else { None }
}

/// Whether a map only describes a value that the platform has.
fn is_kept(value: At<'_>) -> bool {
    let entries = value.entries();
    !entries.is_empty() && entries.iter().all(|(key, inner)| KEPT_KEYS.contains(&key.expose()) && !inner.is_map())
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

fn passed_through(name: &Text) -> Value {
    let kind = ReferenceKind::Named;
    Value::reference(Reference { kind, name: name.expose().into(), span: name.span(), fallback: None })
}

fn stored(name: &str, at: At<'_>) -> Reference {
    Reference { kind: ReferenceKind::Stored, name: name.into(), span: at.span(), fallback: None }
}

/// `valueFrom` says where a value is kept: as a text (an ARN, a parameter's name) or as a map.
fn kept(source: At<'_>) -> Value {
    if let Some(reference) = settings::elsewhere(source) {
        return Value::reference(reference);
    }
    match source.text() {
        Some(text) => Value::reference(stored(text.expose(), source)),
        None => {
            let kind = ReferenceKind::Computed;
            Value::reference(Reference { kind, name: "valueFrom".into(), span: source.span(), fallback: None })
        }
    }
}

fn unquoted(text: &Text) -> Text {
    let within = |mark| text.len() > 1 && text.expose().starts_with(mark) && text.expose().ends_with(mark);
    if within('"') || within('\'') { text.part(1..text.len() - 1) } else { text.clone() }
}

/// Words of a shell's line: blanks within quotes do not part them.
fn words(line: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut start, mut quote) = (Vec::new(), None, None);
    for (at, c) in line.char_indices() {
        if quote.is_none() && c.is_whitespace() {
            found.extend(start.take().map(|start| start..at));
            continue;
        }
        start.get_or_insert(at);
        quote = match quote {
            None if c == '"' || c == '\'' => Some(c),
            Some(open) if open == c => None,
            held => held,
        };
    }
    // An open quote is not closed by the end of the line.
    found.extend(start.filter(|_| quote.is_none()).map(|start| start..line.len()));
    found
}
