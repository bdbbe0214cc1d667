//! HCL: Terraform, OpenTofu, Terragrunt, Packer and Nomad files.

mod conditional;
mod expression;
mod resource;

use tree_sitter::Node;

use crate::fact::{Facts, Name, Piece, Reference, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers::grammar::{self, Grammar};
use crate::readers::{Reader, embedded, has_extension, shell};
use crate::source::Source;
use expression::{DEPTH, Expressions, Meaning};

pub const READER: Reader = Reader { name: "HCL", reads, read };

static HCL: Grammar = Grammar::new("HCL", || tree_sitter_hcl::LANGUAGE.into());

fn reads(source: &Source) -> bool {
    has_extension(source, &["tf", "tfvars", "hcl", "tofu", "nomad"])
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    let Some(tree) = HCL.parse_source(source, &mut facts) else { return facts };
    let mut file = File { expressions: Expressions { source, chosen: None }, facts: &mut facts };
    let mut walk = grammar::walk(tree.root_node());
    while let Some(node) = walk.next() {
        match node.kind() {
            // What stands around a part that is not understood is read all the same.
            "config_file" | "body" | "ERROR" => {}
            "block" => {
                walk.skip_children();
                file.top_block(node);
            }
            "attribute" => {
                walk.skip_children();
                file.top_attribute(node);
            }
            _ => walk.skip_children(),
        }
    }
    facts
}

/// How the leaves of an expression are said.
#[derive(Clone, Copy)]
struct How {
    scope: ScopeId,
    said: Said,
    depth: usize,
}

impl How {
    fn keys(scope: ScopeId) -> Self {
        How { scope, said: Said::Key, depth: 0 }
    }

    fn deeper(self) -> Self {
        How { depth: self.depth + 1, ..self }
    }
}

/// Keys whose map is the environment of what is run.
const ENVIRONMENTS: &[&str] = &[
    "environment_variables",
    "environment",
    "env",
    "env_vars",
    "env_variables",
    "app_settings",
    "site_config",
    "config_vars",
    "sensitive_config_vars",
    "secret_environment_variables",
    "build_environment_variables",
    "container_environment",
    "secrets",
    "plain_text_bindings",
];

/// Keys that let hosts through.
const ALLOWED: &[&str] =
    &["allowed_origins", "allow_origins", "cors_allowed_origins", "content_security_policy", "allowed_hosts"];

struct File<'s, 'f> {
    expressions: Expressions<'s>,
    facts: &'f mut Facts,
}

impl<'s> File<'s, '_> {
    fn source(&self) -> &'s Source {
        self.expressions.source
    }

    /// An attribute's name and its expression.
    fn attribute<'tree>(&self, node: Node<'tree>) -> Option<(Name, Node<'tree>)> {
        let name = grammar::child(node, "identifier")?;
        Some((grammar::name(name, self.source()), grammar::child(node, "expression")?))
    }

    /// `a = …` of a `.tfvars` file; `inputs = { … }` of Terragrunt.
    fn top_attribute(&mut self, node: Node<'_>) {
        let Some((name, value)) = self.attribute(node) else { return };
        let how = How::keys(ScopeId::FILE);
        match self.expressions.meaning(value, 0) {
            Meaning::Map(entries) if &*name.text == "inputs" => {
                entries.into_iter().for_each(|(name, value)| self.emit(&mut vec![name], value, how));
            }
            _ => self.emit(&mut vec![name], value, how),
        }
    }

    /// A block's type and labels, as steps of a path.
    fn head(&self, block: Node<'_>) -> Vec<Name> {
        let parts = grammar::children(block).into_iter();
        let head = parts.take_while(|part| matches!(part.kind(), "identifier" | "string_lit"));
        head.map(|part| match part.kind() {
            "string_lit" => {
                let text = self.expressions.string(part);
                Name::key(text.expose(), text.span())
            }
            _ => grammar::name(part, self.source()),
        })
        .collect()
    }

    fn top_block(&mut self, block: Node<'_>) {
        let head = self.head(block);
        let words: Vec<&str> = head.iter().map(|name| &*name.text).collect();
        match words.as_slice() {
            ["variable", _] => {
                let default = self.attributes(block).into_iter().find(|(name, _)| &*name.text == "default");
                if let Some((_, value)) = default {
                    let how = How { said: Said::Default, ..How::keys(ScopeId::FILE) };
                    self.emit(&mut vec![head[1].clone()], value, how);
                }
            }
            ["locals"] => {
                for (name, value) in self.attributes(block) {
                    self.emit(&mut vec![name], value, How::keys(ScopeId::FILE));
                }
            }
            _ => self.block(block, head, ScopeId::FILE, 0),
        }
    }

    /// The attributes that stand directly in a block.
    fn attributes<'tree>(&self, block: Node<'tree>) -> Vec<(Name, Node<'tree>)> {
        let Some(body) = grammar::child(block, "body") else { return Vec::new() };
        let attributes = grammar::children(body).into_iter().filter(|part| part.kind() == "attribute");
        attributes.filter_map(|part| self.attribute(part)).collect()
    }

    /// The blocks that stand directly in a block, with their types and labels.
    fn blocks<'tree>(&self, block: Node<'tree>) -> Vec<(Vec<Name>, Node<'tree>)> {
        let Some(body) = grammar::child(block, "body") else { return Vec::new() };
        let blocks = grammar::children(body).into_iter().filter(|part| part.kind() == "block");
        blocks.map(|part| (self.head(part), part)).filter(|(head, _)| !head.is_empty()).collect()
    }

    /// A block of any kind; `path` is its type and labels behind those of the blocks around it.
    fn block(&mut self, block: Node<'_>, mut path: Vec<Name>, scope: ScopeId, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let scope = self.open(block, &path, scope);
        let taken = self.special(block, &path, scope);
        for (name, value) in self.attributes(block) {
            if taken.contains(&&*name.text) {
                continue;
            }
            path.push(name);
            self.emit(&mut path, value, How::keys(scope));
            path.pop();
        }
        for (head, inner) in self.blocks(block) {
            let words: Vec<&str> = head.iter().map(|name| &*name.text).collect();
            match words.as_slice() {
                ["env" | "environment" | "environment_variable" | "env_vars"] => self.environment(inner, scope),
                ["environment_variables" | "secret_environment_variables"] => self.environment(inner, scope),
                ["dynamic", name] if ENVIRONMENTS.contains(name) || *name == "environment_variable" => {
                    self.dynamic(inner, scope);
                }
                [kind] if taken.contains(kind) => {}
                ["template"] if self.says(inner, "env", "true") => self.env_template(inner, scope),
                _ => {
                    let deeper = path.iter().cloned().chain(head).collect();
                    self.block(inner, deeper, scope, depth + 1);
                }
            }
        }
    }

    fn find<'tree>(&self, block: Node<'tree>, name: &str) -> Option<Node<'tree>> {
        self.attributes(block).into_iter().find(|(key, _)| &*key.text == name).map(|(_, value)| value)
    }

    fn says(&self, block: Node<'_>, name: &str, value: &str) -> bool {
        self.find(block, name).is_some_and(|found| self.expressions.slice(found) == value)
    }

    /// `env { name = … value = … }`, `environment { variables = {…} }`, `env { A = "b" }`.
    fn environment(&mut self, block: Node<'_>, scope: ScopeId) {
        let attributes = self.attributes(block);
        let find = |name: &str| attributes.iter().find(|(key, _)| &*key.text == name).map(|(_, value)| *value);
        if let Some(name) = find("name").or_else(|| find("key")).filter(|_| find("variables").is_none()) {
            let value = find("value").map(|value| self.expressions.value(value, 0));
            let value = value.or_else(|| self.elsewhere(block));
            if let (Some(name), Some(value)) = (self.expressions.text(name), value) {
                self.say(vec![Name::key(name.expose(), name.span())], value, How::keys(scope).variable());
            }
            return;
        }
        for (name, value) in attributes {
            match &*name.text {
                "variables" => self.variables(value, scope),
                _ => self.emit(&mut vec![name], value, How::keys(scope).variable()),
            }
        }
        for (_, inner) in self.blocks(block) {
            self.nested_environment(inner, scope);
        }
    }

    /// A block of named values inside one called `environment`; no deeper.
    fn nested_environment(&mut self, block: Node<'_>, scope: ScopeId) {
        let (name, value) = (self.find(block, "name"), self.find(block, "value"));
        let name = name.and_then(|name| self.expressions.text(name));
        if let (Some(name), Some(value)) = (name, value) {
            let value = self.expressions.value(value, 0);
            self.say(vec![Name::key(name.expose(), name.span())], value, How::keys(scope).variable());
        }
    }

    /// `value_from { secret_key_ref { name = … key = … } }`: kept in a store.
    fn elsewhere(&self, block: Node<'_>) -> Option<Value> {
        let (_, source) = self.blocks(block).into_iter().next()?;
        let (head, reference) = self.blocks(source).into_iter().next()?;
        let parts = ["name", "secret", "key"].iter().filter_map(|name| self.find(reference, name));
        let parts: Vec<String> = parts.map(|part| self.locator(part)).filter(|part| !part.is_empty()).collect();
        let config = &*head[0].text == "config_map_key_ref";
        let (kind, name) = match parts.last() {
            Some(key) if config => (ReferenceKind::Named, key.clone()),
            _ => (ReferenceKind::Stored, parts.join("/")),
        };
        let span = self.source().span(grammar::range(reference, self.source().text()));
        Some(Value::reference(Reference { kind, name: name.into(), span, fallback: None }))
    }

    /// What tells one kept value from another: its literal name, or the resource that has it.
    fn locator(&self, node: Node<'_>) -> String {
        let value = self.expressions.value(node, 0);
        match (value.as_literal(), value.references().next()) {
            (Some(text), _) => text.expose().to_owned(),
            (None, Some(reference)) => reference.name.to_string(),
            (None, None) => String::new(),
        }
    }

    /// `dynamic "env" { for_each = { A = "b" } … }`
    fn dynamic(&mut self, block: Node<'_>, scope: ScopeId) {
        if let Some(each) = self.find(block, "for_each") {
            self.variables(each, scope);
        }
    }

    /// Nomad's `template { data = <<EOF … EOF env = true }`.
    fn env_template(&mut self, block: Node<'_>, scope: ScopeId) {
        let Some(lines) = self.find(block, "data").and_then(|data| self.expressions.lines(data)) else { return };
        let before = self.facts.settings.len();
        shell::env_lines(&lines, false, scope, self.facts);
        // `{{ key "x" }}` and `{{ .Data.data.x }}` come from Consul and Vault.
        let pieces = self.facts.settings[before..].iter_mut().flat_map(|setting| &mut setting.value.pieces);
        for piece in pieces {
            if let Piece::Reference(reference) = piece {
                let written = self.expressions.source.slice(reference.span);
                if let Some(inner) = written.strip_prefix("{{").and_then(|inner| inner.strip_suffix("}}")) {
                    reference.kind = ReferenceKind::Stored;
                    reference.name = inner.trim().into();
                }
            }
        }
    }

    /// A map or a list of named values, each of them an environment variable.
    fn variables(&mut self, node: Node<'_>, scope: ScopeId) {
        let how = How::keys(scope).variable();
        match self.expressions.meaning(node, 0) {
            Meaning::Map(entries) => {
                for (name, value) in entries {
                    self.emit(&mut vec![name], value, how.deeper());
                }
            }
            Meaning::List(items) => {
                for item in items {
                    self.emit(&mut Vec::new(), item, how.deeper());
                }
            }
            Meaning::Value(_) | Meaning::Null => {}
        }
    }

    fn say(&mut self, path: Vec<Name>, value: Value, how: How) {
        if !path.is_empty() {
            self.facts.settings.push(Setting { scope: how.scope, path, value, said: how.said });
        }
    }

    /// A setting for every leaf of an expression.
    fn emit(&mut self, path: &mut Vec<Name>, node: Node<'_>, how: How) {
        if how.depth > DEPTH {
            return;
        }
        let key = path.iter().rfind(|name| !name.index).map_or("", |name| &*name.text).to_owned();
        if self.embedded(&key, node, how.scope) {
            return;
        }
        let how = if ALLOWED.contains(&&*key) { How { said: Said::Allowed, ..how } } else { how };
        match self.expressions.meaning(node, how.depth) {
            Meaning::Null => {}
            Meaning::Value(value) => {
                self.say(path.clone(), value, how);
                self.conditional(path, node, how);
            }
            Meaning::Map(_) if how.said == Said::Key && ENVIRONMENTS.contains(&&*key) => {
                self.variables(node, how.scope);
            }
            Meaning::Map(entries) => match self.named_item(&entries) {
                Some((name, value)) => {
                    path.push(name);
                    self.say(path.clone(), value, how);
                    path.pop();
                }
                None => {
                    for (name, value) in entries {
                        path.push(name);
                        self.emit(path, value, how.deeper());
                        path.pop();
                    }
                }
            },
            Meaning::List(items) => self.list(path, &key, node, items, how),
        }
    }

    /// A here-document that is a file of another format: definitions in JSON, values in YAML, a start-up script.
    fn embedded(&mut self, key: &str, node: Node<'_>, scope: ScopeId) -> bool {
        let Some(lines) = self.expressions.lines(node) else { return false };
        let begins = lines.expose().trim_start();
        if begins.starts_with("#!") {
            let shell = begins.lines().next().is_some_and(shell::is_shell);
            if shell {
                shell::script(&lines, scope, self.facts);
            }
            return shell;
        }
        let name = match key {
            _ if begins.starts_with(['{', '[']) && !begins.starts_with("{{") => "definitions.json",
            "yaml_body" | "manifest" | "values" | "user_data" => "values.yaml",
            _ if begins.starts_with("---") => "values.yaml",
            _ if key.contains('.') => key,
            _ => return false,
        };
        let before = self.facts.settings.len();
        let read = embedded::read(self.source(), name, &lines, scope, self.facts);
        for setting in &mut self.facts.settings[before..] {
            container_variable(setting);
        }
        read
    }

    fn list(&mut self, path: &mut Vec<Name>, key: &str, node: Node<'_>, items: Vec<Node<'_>>, how: How) {
        let named = |item: &Node<'_>| match self.expressions.meaning(*item, how.depth) {
            Meaning::Map(entries) => self.named_item(&entries).is_some(),
            _ => false,
        };
        if how.said == Said::Key && ENVIRONMENTS.contains(&key) && items.first().is_some_and(named) {
            return self.variables(node, how.scope);
        }
        for (index, item) in items.into_iter().enumerate() {
            let span = self.source().span(grammar::range(item, self.source().text()));
            path.push(Name::index(index, span));
            self.emit(path, item, how.deeper());
            path.pop();
        }
    }

    /// `{ name = "X", value = … }`, `{ name = "X", valueFrom = … }`: one named value.
    fn named_item(&self, entries: &[(Name, Node<'_>)]) -> Option<(Name, Value)> {
        let find = |keys: &[&str]| entries.iter().find(|(key, _)| keys.contains(&&*key.text)).map(|(_, node)| *node);
        let name = self.expressions.text(find(&["name", "key", "Name"])?)?;
        let name = Name::key(name.expose(), name.span());
        if let Some(value) = find(&["value", "Value"]) {
            return Some((name, self.expressions.value(value, 0)));
        }
        let from = find(&["valueFrom", "value_from"])?;
        let span = self.expressions.value(from, 0).span;
        let kept = self.locator(from).into();
        let reference = Reference { kind: ReferenceKind::Stored, name: kept, span, fallback: None };
        Some((name, Value::reference(reference)))
    }
}

/// In the list of containers that a task definition is, `environment` and `secrets` hold variables.
fn container_variable(setting: &mut Setting) {
    let [container, list, _] = setting.path.as_slice() else { return };
    if container.index && matches!(&*list.text, "environment" | "secrets") {
        if &*list.text == "secrets" {
            let name = setting.value.word().into();
            let span = setting.value.span;
            setting.value = Value::reference(Reference { kind: ReferenceKind::Stored, name, span, fallback: None });
        }
        setting.path.drain(..2);
        setting.said = Said::Variable;
    }
}

impl How {
    fn variable(self) -> Self {
        How { said: Said::Variable, ..self }
    }
}

#[cfg(test)]
mod tests;
