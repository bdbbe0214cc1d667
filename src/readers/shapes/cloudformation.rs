//! CloudFormation and SAM templates: parameters, the variables of what runs, parameters and secrets it makes, its tables.

use super::sheet::Sheet;
use super::variables::{Habit, first_of, name_of};
use super::{Shape, ecs, embedded};
use crate::fact::{Change, Facts, Field, Name, Record, RecordKind, Said, ScopeId};
use crate::readers::template::Notation;
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "cloudformation", fits, read };

/// `samconfig.toml`: the parameters that each environment is deployed with.
pub const DEPLOYMENT: Shape = Shape {
    name: "sam deployment",
    fits: |source, _| source.file_name().starts_with("samconfig."),
    read: read_deployment,
};

/// How many resources are looked at to see whether a file has any.
const LOOK: usize = 50;

fn fits(_source: &Source, tree: &Tree) -> bool {
    let holds = |resources: At<'_>| resources.entries().iter().take(LOOK).any(|(_, resource)| is_resource(*resource));
    tree.roots().any(|root| {
        root.get("AWSTemplateFormatVersion").is_some()
            || root.get("Resources").map_or_else(|| is_resource(root) || holds(root), holds)
    })
}

fn is_resource(at: At<'_>) -> bool {
    let kind = at.get("Type").and_then(At::word).unwrap_or("");
    kind.starts_with("AWS::") || kind.starts_with("Custom::")
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        read_template(&mut sheet, root);
        if root.get("Resources").is_none() {
            read_fragment(&mut sheet, root);
        }
    }
    sheet.rest(tree);
}

/// Resources alone, or a single one: a file that a template or a `serverless.yml` takes in.
fn read_fragment(sheet: &mut Sheet<'_>, root: At<'_>) {
    if let (true, Some(kind)) = (is_resource(root), root.get("Type").and_then(At::text)) {
        return read_resource(sheet, kind, root);
    }
    for (name, resource) in root.entries().into_iter().filter(|(_, resource)| is_resource(*resource)) {
        read_resource(sheet, name, resource);
    }
}

fn read_deployment(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for (name, environment) in tree.roots().flat_map(At::entries) {
        if !environment.is_map() || sheet.is_full() {
            continue;
        }
        let scope = sheet.open(ScopeId::FILE, "environment", name);
        sheet.set_environment(scope, name);
        for (_, command) in environment.entries() {
            let overrides = command.find(&["parameters", "parameter_overrides"]);
            sheet.words(overrides, scope);
        }
        sheet.keys(environment, scope, &[]);
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
    if let Some(text) = properties.get(value_key).and_then(At::text).filter(|text| is_json(text)) {
        // A secret of several values is one JSON text.
        embedded::read_file(sheet, scope, "secret.json", text);
        properties.get(value_key).into_iter().for_each(|value| sheet.take(value));
    } else if let Some(value) = properties.get(value_key) {
        sheet.value(scope, name, value, Said::Key, Notation::Braced);
    } else if let Some(generated) = properties.get("GenerateSecretString") {
        let locator = named.unwrap_or(id).expose().to_owned();
        sheet.set_stored(scope, name, &locator, generated.span(), Said::Key);
    }
}

fn is_json(text: &Text) -> bool {
    let text = text.expose().trim();
    text.starts_with('{') && text.ends_with('}') && text.contains('"')
}

/// A table has a key and a few indexes; each attribute named is one of theirs.
const FIELDS: usize = 100;

fn read_table(sheet: &mut Sheet<'_>, scope: ScopeId, id: &Text, properties: At<'_>) {
    let stored_as = properties.get("TableName").and_then(|name| name.text().or_else(|| name.get("Fn::Sub")?.text()));
    let mut fields: Vec<Field> = Vec::new();
    let keys = key_attributes(properties);
    let simple = properties.get("PrimaryKey").into_iter();
    let defined = properties.get("AttributeDefinitions").into_iter().flat_map(At::items);
    let schema = properties.get("KeySchema").into_iter().flat_map(At::items);
    for attribute in defined.chain(schema).chain(simple) {
        let Some(name) = first_of(attribute, &["AttributeName", "Name"]).and_then(At::text) else { continue };
        if fields.len() < FIELDS && !fields.iter().any(|field| field.name.value == name.expose()) {
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
        change: Change::Create { fields, inherits: Vec::new(), copies: Vec::new() },
        comment: None,
    });
}

fn key_attributes(properties: At<'_>) -> Vec<&str> {
    let schema = properties.get("KeySchema").into_iter().flat_map(At::items);
    let simple = properties.find(&["PrimaryKey", "Name"]).and_then(At::word);
    schema.filter_map(|key| key.get("AttributeName")?.word()).chain(simple).collect()
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// A host is seldom written whole: `!Sub`, `!Join` and a parameter make it up.
    #[test]
    fn resources_say_variables_parameters_and_tables() {
        let file = r#"
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  FlinksInstance: {Type: String, Default: toolbox}
  NoDefault: {Type: String}
Mappings: {Stage: {prod: {Host: acme-ca-api.private.fin.ag}}}
Globals: {Function: {Environment: {Variables: {FLINKS_CA_HOST: acme-ca-api.private.fin.ag}}}}
Resources:
  Hook:
    Type: AWS::Serverless::Function
    Properties:
      Handler: x
      Environment:
        Variables:
          FLINKS_API_URL: !Sub https://${FlinksInstance}-api.private.fin.ag
          FLINKS_URL: {"Fn::Sub": ["https://${I}-api.private.fin.ag", {I: x}]}
          FLINKS_JOINED: !Join ["", ["https://", !Ref FlinksInstance, "-api.private.fin.ag"]]
          FLINKS_IF: !If [Prod, a, b]
          FLINKS_REF: !Ref FlinksInstance
          FLINKS_SECRET: "{{resolve:secretsmanager:flinks/us}}"
  Param:
    Type: AWS::SSM::Parameter
    Properties: {Name: /prod/flinks/us/host, Value: acme-us-api.private.fin.ag, Type: String}
  Keys:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: flinks/ca, GenerateSecretString: {PasswordLength: 32}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{Name: FLINKS_CA_INSTANCE, Value: acme-ca}]
          Secrets: [{Name: FLINKS_CA_SECRET, ValueFrom: /prod/flinks/ca}]
  Runner:
    Type: AWS::AppRunner::Service
    Properties: {SourceConfiguration: {ImageRepository: {ImageConfiguration: {RuntimeEnvironmentVariables: [{Name: FLINKS_US_INSTANCE, Value: acme-us}]}}}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: bank_links
      AttributeDefinitions: [{AttributeName: login_id, AttributeType: S}, {AttributeName: country, AttributeType: S}]
      KeySchema: [{AttributeName: login_id, KeyType: HASH}]
  Odd: null
  Odd2: {Type: AWS::Lambda::Function, Properties: {Environment: 3}}
"#;
        assert_eq!(
            shown("infra/template.yaml", file.trim_start()),
            "
resource Hook < file
resource Param < file
resource Keys < file
resource Task < file
container web < resource Task
resource Runner < file
resource Table < file
resource Odd2 < file
file | FlinksInstance = toolbox (default)
file | FLINKS_CA_HOST = acme-ca-api.private.fin.ag (variable)
resource Hook | FLINKS_API_URL = https://[FlinksInstance]-api.private.fin.ag (variable)
resource Hook | FLINKS_URL = https://x-api.private.fin.ag (variable)
resource Hook | FLINKS_JOINED = https://[FlinksInstance]-api.private.fin.ag (variable)
resource Hook | FLINKS_IF = [?If] (variable)
resource Hook | FLINKS_REF = [FlinksInstance] (variable)
resource Hook | FLINKS_SECRET = [!{{resolve:secretsmanager:flinks/us}}] (variable)
resource Hook | Type = AWS::Serverless::Function
resource Hook | Properties.Handler = x
resource Param | /prod/flinks/us/host = acme-us-api.private.fin.ag
resource Param | Type = AWS::SSM::Parameter
resource Keys | flinks/ca = [!flinks/ca]
resource Keys | Type = AWS::SecretsManager::Secret
resource Keys | Properties.Name = flinks/ca
resource Keys | Properties.GenerateSecretString.PasswordLength = 32
container web | FLINKS_CA_INSTANCE = acme-ca (variable)
container web | FLINKS_CA_SECRET = [!/prod/flinks/ca] (variable)
container web | Name = web
resource Task | Type = AWS::ECS::TaskDefinition
resource Runner | FLINKS_US_INSTANCE = acme-us (variable)
resource Runner | Type = AWS::AppRunner::Service
resource Table | Type = AWS::DynamoDB::Table
resource Table | Properties.TableName = bank_links
resource Table | Properties.AttributeDefinitions.0.AttributeName = login_id
resource Table | Properties.AttributeDefinitions.0.AttributeType = S
resource Table | Properties.AttributeDefinitions.1.AttributeName = country
resource Table | Properties.AttributeDefinitions.1.AttributeType = S
resource Table | Properties.KeySchema.0.AttributeName = login_id
resource Table | Properties.KeySchema.0.KeyType = HASH
resource Odd2 | Type = AWS::Lambda::Function
resource Odd2 | Properties.Environment = 3
file | AWSTemplateFormatVersion = 2010-09-09
file | Parameters.FlinksInstance.Type = String
file | Parameters.NoDefault.Type = String
file | Mappings.Stage.prod.Host = acme-ca-api.private.fin.ag
file | Resources.Odd =
record bank_links (login_id, country)
"
        );
    }

    /// The default of a parameter is harmless where every environment overrides it.
    #[test]
    fn deployments_override_parameters() {
        let file = r#"
version = 0.1
[prod.deploy.parameters]
region = "us-east-1"
parameter_overrides = "FlinksInstance=acme-ca Name=\"two words\""
[staging.deploy.parameters]
parameter_overrides = ["FlinksInstance=toolbox"]
"#;
        assert_eq!(
            shown("samconfig.toml", file.trim_start()),
            "
environment prod < file, environment prod
environment staging < file, environment staging
environment prod | FlinksInstance = acme-ca (variable)
environment prod | Name = two words (variable)
environment prod | deploy.parameters.region = us-east-1
environment staging | FlinksInstance = toolbox (variable)
file | version = 0.1
"
        );
    }

    /// A store is often said in a file that the template only takes in.
    #[test]
    fn resources_in_a_file_of_their_own() {
        let file = "
LinksTable:
  Type: AWS::DynamoDB::Table
  Properties:
    AttributeDefinitions: [{AttributeName: flinks_login_id, AttributeType: S}]
Note: text
";
        assert_eq!(
            shown("resources/links.yml", file.trim_start()),
            "
resource LinksTable < file
resource LinksTable | Type = AWS::DynamoDB::Table
resource LinksTable | Properties.AttributeDefinitions.0.AttributeName = flinks_login_id
resource LinksTable | Properties.AttributeDefinitions.0.AttributeType = S
file | Note = text
record LinksTable (flinks_login_id)
"
        );
    }
}
