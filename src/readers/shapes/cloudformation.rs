//! CloudFormation and SAM templates: parameters, the variables of what runs, parameters and secrets it makes, its tables.

use super::sheet::Sheet;
use super::variables::{Habit, first_of, name_of};
use super::{Shape, ecs};
use crate::fact::{Change, Facts, Field, Name, Record, RecordKind, Said, ScopeId};
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "cloudformation", fits, read };

/// How many resources are looked at to see whether a file has any.
const LOOK: usize = 50;

fn fits(_source: &Source, tree: &Tree) -> bool {
    let aws = |resource: &(&Text, At<'_>)| {
        let kind = resource.1.get("Type").and_then(At::word).unwrap_or("");
        kind.starts_with("AWS::") || kind.starts_with("Custom::")
    };
    tree.roots().any(|root| {
        root.get("AWSTemplateFormatVersion").is_some()
            || root.get("Resources").is_some_and(|resources| resources.entries().iter().take(LOOK).any(aws))
    })
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_template(&mut sheet, root);
    }
    sheet.rest(tree);
}

/// Reads the parts of a template, wherever it stands.
pub(super) fn read_template(sheet: &mut Sheet<'_>, root: At<'_>) {
    for (name, parameter) in root.get("Parameters").map(At::entries).unwrap_or_default() {
        if let Some(default) = parameter.get("Default").filter(|_| !sheet.is_full()) {
            sheet.value(ScopeId::FILE, name_of(name), default, Said::Default, Notation::Braced);
        }
    }
    for (_, global) in root.get("Globals").map(At::entries).unwrap_or_default() {
        sheet.variables(global.find(&["Environment", "Variables"]), ScopeId::FILE, Habit::BRACED);
    }
    for (name, resource) in root.get("Resources").map(At::entries).unwrap_or_default() {
        read_resource(sheet, name, resource);
    }
}

fn read_resource(sheet: &mut Sheet<'_>, name: &Text, resource: At<'_>) {
    let (Some(kind), false) = (resource.get("Type").and_then(At::word), sheet.is_full()) else { return };
    let scope = sheet.open(ScopeId::FILE, "resource", name);
    if let Some(properties) = resource.get("Properties") {
        match kind {
            "AWS::SSM::Parameter" => read_named(sheet, scope, name, properties, "Value"),
            "AWS::SecretsManager::Secret" => read_named(sheet, scope, name, properties, "SecretString"),
            "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" | "AWS::Serverless::SimpleTable" => {
                read_table(sheet, scope, name, properties);
            }
            _ => {
                ecs::read_containers(sheet, properties, scope);
                read_variables(sheet, properties, scope, VARIABLES_DEPTH);
            }
        }
    }
    sheet.keys(resource, scope, &[]);
}

/// App Runner keeps its variables five keys below a resource's properties; nothing keeps them deeper.
const VARIABLES_DEPTH: usize = 6;
const VARIABLE_KEYS: &[&str] =
    &["Environment", "EnvironmentVariables", "RuntimeEnvironmentVariables", "RuntimeEnvironmentSecrets", "Variables"];

fn read_variables(sheet: &mut Sheet<'_>, at: At<'_>, scope: ScopeId, depth: usize) {
    if depth == 0 || sheet.is_full() {
        return;
    }
    for (key, value) in at.entries() {
        // Container definitions are read as such, in blocks of their own.
        if sheet.is_taken(value) || key.expose() == "ContainerDefinitions" {
            continue;
        }
        let variables = value.get("Variables").filter(|inner| inner.is_map()).unwrap_or(value);
        if !VARIABLE_KEYS.contains(&key.expose()) {
            read_variables(sheet, value, scope, depth - 1);
        } else if variables.is_list() || (variables.is_map() && are_values(variables)) {
            sheet.variables(Some(variables), scope, Habit::BRACED);
        } else {
            read_variables(sheet, value, scope, depth - 1);
        }
    }
}

/// `Environment: {ComputeType: …, EnvironmentVariables: […]}` of CodeBuild is no map of variables.
fn are_values(map: At<'_>) -> bool {
    !VARIABLE_KEYS.iter().any(|key| map.get(key).is_some())
}

/// A parameter or secret that has a name and a value: the setting goes by that name.
fn read_named(sheet: &mut Sheet<'_>, scope: ScopeId, id: &Text, properties: At<'_>, value_key: &str) {
    let named = properties.get("Name").and_then(|name| name.text().or_else(|| name.get("Fn::Sub")?.text()));
    let name: Name = name_of(named.unwrap_or(id));
    if let Some(value) = properties.get(value_key) {
        sheet.value(scope, name, value, Said::Key, Notation::Braced);
    } else if let Some(generated) = properties.get("GenerateSecretString") {
        let locator = named.unwrap_or(id).expose().to_owned();
        sheet.set_stored(scope, name, &locator, generated.span());
    }
}

fn read_table(sheet: &mut Sheet<'_>, scope: ScopeId, id: &Text, properties: At<'_>) {
    let stored_as = properties.get("TableName").and_then(|name| name.text().or_else(|| name.get("Fn::Sub")?.text()));
    let mut fields: Vec<Field> = Vec::new();
    let keys = key_attributes(properties);
    let simple = properties.get("PrimaryKey").into_iter();
    let defined = properties.get("AttributeDefinitions").into_iter().flat_map(At::items);
    let schema = properties.get("KeySchema").into_iter().flat_map(At::items);
    for attribute in defined.chain(schema).chain(simple) {
        let Some(name) = first_of(attribute, &["AttributeName", "Name"]).and_then(At::text) else { continue };
        if !fields.iter().any(|field| field.name.value == name.expose()) {
            let kind = first_of(attribute, &["AttributeType", "Type"]).and_then(At::word);
            fields.push(Field {
                name: Spanned::new(name.expose().to_owned(), name.span()),
                stored_as: None,
                type_name: kind.map(str::to_lowercase),
                // A row always has the table's own key; an index only lists the rows that have its keys.
                required: keys.contains(&name.expose()).then_some(true),
                references: None,
            });
        }
    }
    let name = stored_as.filter(|name| !name.expose().contains('$')).unwrap_or(id);
    sheet.facts.records.push(Record {
        scope,
        kind: RecordKind::Document,
        name: Spanned::new(name.expose().to_owned(), name.span()),
        stored_as: None,
        change: Change::Create { fields, inherits: Vec::new() },
        comment: None,
    });
}

fn key_attributes(properties: At<'_>) -> Vec<&str> {
    let schema = properties.get("KeySchema").into_iter().flat_map(At::items);
    let simple = properties.find(&["PrimaryKey", "Name"]).and_then(At::word);
    schema.filter_map(|key| key.get("AttributeName")?.word()).chain(simple).collect()
}
