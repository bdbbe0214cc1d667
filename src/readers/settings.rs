//! From a tree to settings: every leaf with the keys that lead to it, and list items that are a name and a value.

use crate::fact::{Facts, Name, Piece, Reference, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers::chosen::{names_an_instance, word_of_condition};
use crate::readers::shapes::allow_list;
use crate::readers::template::{self, Notation};
use crate::text::Text;
use crate::tree::{At, Kind};

/// Leaves read of one file at most: a bomb of aliases ends here, a real file never does.
const LEAVES: usize = 200_000;
/// Every leaf repeats the names above it; many leaves far down are no configuration, but cost memory.
const NAMES: usize = 2_000_000;
/// Deeper trees than this are cut off.
const DEPTH: usize = 128;

/// How the leaves of a tree become settings.
#[derive(Debug, Clone)]
pub struct Flatten<'p> {
    pub scope: ScopeId,
    pub said: Said,
    pub notation: Notation,
    /// Keys that stand before the tree's own.
    pub prefix: &'p [Name],
}

impl Flatten<'_> {
    /// Leaves of a configuration document.
    pub const KEYS: Flatten<'static> =
        Flatten { scope: ScopeId::FILE, said: Said::Key, notation: Notation::Braced, prefix: &[] };
    /// Environment variables.
    pub const VARIABLES: Flatten<'static> =
        Flatten { scope: ScopeId::FILE, said: Said::Variable, notation: Notation::Shell, prefix: &[] };

    pub fn in_scope(mut self, scope: ScopeId) -> Self {
        self.scope = scope;
        self
    }
}

/// Adds a setting for every leaf under `at`.
pub fn flatten(at: At<'_>, how: &Flatten<'_>, facts: &mut Facts) {
    flatten_except(at, how, &|_| false, facts);
}

/// Adds the setting that a path leads to, or those under it if `at` has leaves of its own. Unlike
/// [`flatten`], `at` may as a whole stand for one value: `{secretKeyRef: …}`, `{Fn::Sub: …}`.
pub(super) fn flatten_value(at: At<'_>, how: &Flatten<'_>, skip: &dyn Fn(At<'_>) -> bool, facts: &mut Facts) {
    let mut path = Path::new(how.prefix);
    leaf_or_walk(at, how, skip, &mut path, facts);
}

/// Whether as many settings were read of one file as will be.
pub(super) fn is_full(facts: &Facts) -> bool {
    facts.settings.len() > LEAVES
}

/// Adds a setting for every leaf under `at`, but for the nodes that something else reads.
pub fn flatten_except(at: At<'_>, how: &Flatten<'_>, skip: &dyn Fn(At<'_>) -> bool, facts: &mut Facts) {
    let mut path = Path::new(how.prefix);
    walk(at, how, skip, &mut path, facts);
}

fn walk(at: At<'_>, how: &Flatten<'_>, skip: &dyn Fn(At<'_>) -> bool, path: &mut Path, facts: &mut Facts) {
    if path.names.len() > DEPTH || is_full(facts) || skip(at) {
        return;
    }
    if let Some((name, value)) = named_item(at) {
        path.push(Name::key(name.expose(), name.span()));
        leaf_or_walk(value, how, skip, path, facts);
        path.pop();
        return;
    }
    match &at.node().kind {
        Kind::Map(_) => {
            for (key, value) in at.entries() {
                path.push(Name::key(key.expose(), key.span()));
                leaf_or_walk(value, how, skip, path, facts);
                path.pop();
            }
        }
        Kind::List(_) => {
            // Every tool that starts programs has such a list, and there are more of them than shapes.
            let variables = path.names.last().is_some_and(|key| VARIABLE_LISTS.contains(&&*key.text));
            for (index, item) in at.items().enumerate().filter(|(_, item)| !skip(*item)) {
                match assignment(item) {
                    Some((name, text)) if how.said == Said::Variable || (variables && is_shouted(&name.text)) => {
                        let how = Flatten { said: Said::Variable, ..how.clone() };
                        path.push(name);
                        add(path, template::value(&text, how.notation), &how, facts);
                        path.pop();
                    }
                    _ => {
                        let named = named_item(item).is_some();
                        if !named {
                            path.push(Name::index(index, item.span()));
                        }
                        leaf_or_walk(item, how, skip, path, facts);
                        if !named {
                            path.pop();
                        }
                    }
                }
            }
        }
        Kind::Scalar(_) | Kind::Null => leaf_or_walk(at, how, skip, path, facts),
    }
}

fn leaf_or_walk(at: At<'_>, how: &Flatten<'_>, skip: &dyn Fn(At<'_>) -> bool, path: &mut Path, facts: &mut Facts) {
    if path.names.len() > DEPTH || is_full(facts) || skip(at) {
        return;
    }
    if let Some(reference) = elsewhere(at) {
        add(path, Value::reference(reference), how, facts);
        return;
    }
    if let Some(value) = intrinsic(at, how.notation) {
        add(path, value, how, facts);
        if let Some((word, value)) = chosen(at, how.notation) {
            path.push(word);
            add(path, value, how, facts);
            path.pop();
        }
        return;
    }
    match &at.node().kind {
        Kind::Scalar(text) => add(path, tagged(at, text, how.notation), how, facts),
        Kind::Null => add(path, Value { span: at.span(), pieces: Vec::new() }, how, facts),
        _ => walk(at, how, skip, path, facts),
    }
}

/// The keys that lead to a node, and for each whether it lies in an allow-list.
struct Path {
    names: Vec<Name>,
    allowed: Vec<bool>,
}

impl Path {
    fn new(prefix: &[Name]) -> Self {
        let mut path = Path { names: Vec::new(), allowed: Vec::new() };
        prefix.iter().for_each(|name| path.push(name.clone()));
        path
    }

    /// A key is looked at once, not again for every leaf below it.
    fn push(&mut self, name: Name) {
        let outer = self.names.iter().rev().find(|outer| !outer.index);
        let allowed = self.allowed.last().copied().unwrap_or(false) || allow_list::opens(outer, &name);
        self.names.push(name);
        self.allowed.push(allowed);
    }

    fn pop(&mut self) {
        self.names.pop();
        self.allowed.pop();
    }
}

fn add(path: &Path, value: Value, how: &Flatten<'_>, facts: &mut Facts) {
    if !path.names.is_empty() && facts.settings.len() * path.names.len() <= NAMES {
        let allowed = path.allowed.last().copied().unwrap_or(false) || allow_list::is_policy(&value);
        let said = if allowed { Said::Allowed } else { how.said };
        facts.settings.push(Setting { scope: how.scope, path: path.names.clone(), value, said });
    }
}

/// `!If [IsProd, value, other]`: the value where the condition holds, under the word that names it.
fn chosen(at: At<'_>, notation: Notation) -> Option<(Name, Value)> {
    let branches = if at.tag() == Some("!If") { at } else { at.get("Fn::If")? };
    let (condition, held) = (branches.items().next()?.text()?, branches.items().nth(1)?);
    let word = condition.part(word_of_condition(condition.expose())?);
    let value = intrinsic(held, notation).or_else(|| Some(tagged(held, held.text()?, notation)))?;
    names_an_instance(&value).then(|| (Name::key(word.expose(), word.span()), value))
}

/// A function of CloudFormation that stands for one value: `!Sub`, `Fn::Join`, `!If` and kin, as a tag or as a key.
fn intrinsic(at: At<'_>, notation: Notation) -> Option<Value> {
    let (function, argument) = match (at.tag().and_then(|tag| tag.strip_prefix('!')), &at.node().kind) {
        (Some(function), Kind::List(_)) => (function, at),
        (_, Kind::Map(entries)) if entries.len() == 1 => {
            let entry = at.entries().into_iter().next()?;
            (entry.0.expose().strip_prefix("Fn::")?, entry.1)
        }
        _ => return None,
    };
    let computed = Reference { kind: ReferenceKind::Computed, name: function.into(), span: at.span(), fallback: None };
    match function {
        "Sub" => {
            let text = argument.text().or_else(|| argument.items().next()?.text())?;
            Some(substituted(template::value(text, notation), argument.items().nth(1), notation))
        }
        "Join" => Some(joined(argument, notation).unwrap_or_else(|| Value::reference(computed))),
        "If" | "FindInMap" | "Select" | "Split" | "GetAtt" | "Transform" | "Cidr" | "Base64" | "ImportValue" => {
            Some(Value::reference(computed))
        }
        _ => None,
    }
}

/// `[text, {X: value}]`: the text with the values that are given beside it.
fn substituted(value: Value, given: Option<At<'_>>, notation: Notation) -> Value {
    let Some(given) = given else { return value };
    let mut pieces = Vec::with_capacity(value.pieces.len());
    for piece in value.pieces {
        let said = match &piece {
            Piece::Reference(reference) => given.get(&reference.name),
            Piece::Text(_) => None,
        };
        match said.map(|said| (elsewhere(said), said.text().map(|text| tagged(said, text, notation)))) {
            Some((Some(reference), _)) => pieces.push(Piece::Reference(reference)),
            Some((None, Some(inner))) => pieces.extend(inner.pieces),
            _ => pieces.push(piece),
        }
    }
    Value { span: value.span, pieces }
}

/// `[delimiter, [part, part, …]]` as one value.
fn joined(argument: At<'_>, notation: Notation) -> Option<Value> {
    let mut arguments = argument.items();
    let delimiter = arguments.next()?.text()?;
    let parts = arguments.next().filter(|parts| parts.is_list())?;
    let mut pieces = Vec::new();
    for (index, part) in parts.items().enumerate() {
        if index > 0 && !delimiter.is_empty() {
            pieces.push(Piece::Text(delimiter.clone()));
        }
        match (elsewhere(part), part.text()) {
            (Some(reference), _) => pieces.push(Piece::Reference(reference)),
            (None, Some(text)) => pieces.extend(tagged(part, text, notation).pieces),
            (None, None) => return None,
        }
    }
    Some(Value { span: argument.span(), pieces })
}

/// A scalar under a tag: `!Ref X` and `!ImportValue` refer, `!vault` is encrypted, the rest is text with holes.
pub(super) fn tagged(at: At<'_>, text: &Text, notation: Notation) -> Value {
    let refer =
        |kind, name: &str| Value::reference(Reference { kind, name: name.into(), span: at.span(), fallback: None });
    match at.tag().unwrap_or("") {
        "!Ref" => refer(ReferenceKind::Named, text.expose()),
        "!ImportValue" | "!GetAtt" | "!vault" | "!encrypted" | "!secret" => refer(ReferenceKind::Stored, text.expose()),
        "!env" | "!ENV" | "!env_var" if !text.expose().contains(['$', '{']) => {
            refer(ReferenceKind::Named, text.expose())
        }
        _ => template::value(text, notation),
    }
}

/// Keys whose lists of `KEY=value` are environment variables wherever they stand.
const VARIABLE_LISTS: &[&str] = &["env", "environment", "envs", "env_vars", "envVars", "Env"];

fn is_shouted(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// `KEY=value` as an item of a list, as compose and CI files have it.
pub(super) fn assignment(item: At<'_>) -> Option<(Name, Text)> {
    let text = item.text()?;
    let equals = text.expose().find('=')?;
    let name = text.part(0..equals).trimmed();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if name.is_empty() || !name.expose().chars().all(is_name) {
        return None;
    }
    Some((Name::key(name.expose(), name.span()), text.part(equals + 1..text.len())))
}

/// The name that an item of a list of environment variables sets, as `A_B=c` or as `{name: A_B, value: c}`.
pub(super) fn variable_of(item: At<'_>) -> Option<Name> {
    let assigned = || assignment(item).filter(|(_, value)| !value.expose().contains(' ')).map(|(name, _)| name);
    let named = || named_item(item).map(|(name, _)| Name::key(name.expose(), name.span()));
    assigned().or_else(named).filter(|name| is_shouted(&name.text) && name.text.contains('_'))
}

const NAME_KEYS: &[&str] = &["name", "Name", "key", "Key", "variable", "ParameterKey"];
const VALUE_KEYS: &[&str] = &["value", "Value", "valueFrom", "ValueFrom", "ParameterValue", "defaultValue"];

/// A map that is one named value: `{name: X, value: y}`, `{key: X, valueFrom: …}`, `{name: X, secure: …}`.
fn named_item(at: At<'_>) -> Option<(&Text, At<'_>)> {
    if !at.is_map() {
        return None;
    }
    let name = NAME_KEYS.iter().find_map(|key| at.get(key))?.text()?;
    let value = VALUE_KEYS.iter().find_map(|key| at.get(key))?;
    Some((name, value))
}

/// Keys under which a map says where the value is kept.
const LOCATORS: &[&str] = &[
    "secretKeyRef",
    "configMapKeyRef",
    "fromSecret",
    "from_secret",
    "fromDatabase",
    "fromService",
    "secretRef",
    "Ref",
    "Fn::GetAtt",
    "Fn::ImportValue",
    "fromParameter",
    "vault",
    "fieldRef",
    "resourceFieldRef",
];

/// The reference that a map stands for: `{secretKeyRef: {name: x, key: y}}`, `{Ref: X}`.
pub(super) fn elsewhere(at: At<'_>) -> Option<Reference> {
    if !at.is_map() {
        return None;
    }
    let inner = at.get("valueFrom").filter(|inner| inner.is_map()).unwrap_or(at);
    let entries = inner.entries();
    let (key, target) = entries.iter().find(|(key, _)| LOCATORS.contains(&key.expose()))?;
    if entries.len() > 1 && inner.id == at.id {
        return None;
    }
    let parts: Vec<&str> = match target.word() {
        Some(word) => vec![word],
        None => ["name", "key", "property", "fieldPath", "resource"]
            .iter()
            .filter_map(|part| target.get(part)?.word())
            .collect(),
    };
    let kind = match key.expose() {
        "Ref" => ReferenceKind::Named,
        "configMapKeyRef" => ReferenceKind::Named,
        "fieldRef" | "resourceFieldRef" => ReferenceKind::Computed,
        _ => ReferenceKind::Stored,
    };
    // A ConfigMap's key that is written as a variable is one in the tree. `host` is in many maps, so that
    // the map's name belongs to it.
    let shouted = |key: &&str| is_shouted(key);
    let name = match key.expose() {
        "configMapKeyRef" => parts.last().copied().filter(shouted).map_or_else(|| parts.join("/"), str::to_owned),
        _ => parts.join("/"),
    };
    Some(Reference { kind, name: name.into(), span: target.span(), fallback: None })
}
