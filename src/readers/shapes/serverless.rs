//! Serverless Framework: the variables of the provider and its functions.

use super::sheet::Sheet;
use super::variables::Habit;
use super::{Shape, cloudformation};
use crate::fact::{Facts, ScopeId};
use crate::readers::has_extension;
use crate::source::Source;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "serverless", fits, read };

fn fits(source: &Source, tree: &Tree) -> bool {
    let named = source.file_name().to_ascii_lowercase().starts_with("serverless");
    let runs = |root: At<'_>| root.get("provider").is_some() && root.get("service").is_some();
    has_extension(source, &["yml", "yaml", "json"])
        && tree.roots().any(|root| {
            let functions = root.get("functions").is_some();
            (named && (functions || root.get("provider").is_some())) || (runs(root) && functions)
        })
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let mut sheet = Sheet::new(source, facts);
    for root in tree.roots() {
        if let Some(stage) = root.find(&["provider", "stage"]).and_then(At::text) {
            sheet.set_environment(ScopeId::FILE, stage);
        }
        sheet.variables(root.find(&["provider", "environment"]), ScopeId::FILE, Habit::BRACED);
        let functions = root.get("functions");
        let listed = functions.into_iter().flat_map(At::items).flat_map(At::entries);
        for (name, function) in functions.map(At::entries).unwrap_or_default().into_iter().chain(listed) {
            if function.is_map() && !sheet.is_full() {
                let scope = sheet.open(ScopeId::FILE, "function", name);
                sheet.variables(function.get("environment"), scope, Habit::BRACED);
                sheet.keys(function, scope, &[]);
            }
        }
        let resources = root.get("resources");
        for part in resources.into_iter().chain(resources.into_iter().flat_map(At::items)) {
            cloudformation::read_template(&mut sheet, part);
        }
    }
    sheet.rest(tree);
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;

    /// The stage is the environment; tables are stores.
    #[test]
    fn functions_add_to_the_provider() {
        let file = "
service: pay
provider:
  name: aws
  stage: prod
  region: us-east-1
  environment:
    FLINKS_API_URL: https://${self:custom.instance}-api.private.fin.ag
functions:
  hook:
    handler: x.y
    environment: {FLINKS_US_SECRET: '${ssm:/prod/flinks/us}'}
  none: null
custom: {instance: acme-ca}
resources:
  Resources:
    Links:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: links-${self:provider.stage}
        AttributeDefinitions: [{AttributeName: flinksLoginId, AttributeType: S}]
        KeySchema: [{AttributeName: flinksLoginId, KeyType: HASH}]
";
        assert_eq!(
            shown("serverless.yml", file.trim_start()),
            "
file, environment prod
function hook < file
resource Links < file
file | FLINKS_API_URL = https://[custom.instance]-api.private.fin.ag (variable)
function hook | FLINKS_US_SECRET = [!/prod/flinks/us] (variable)
function hook | handler = x.y
resource Links | Type = AWS::DynamoDB::Table
resource Links | Properties.TableName = links-[provider.stage]
resource Links | Properties.AttributeDefinitions.0.AttributeName = flinksLoginId
resource Links | Properties.AttributeDefinitions.0.AttributeType = S
resource Links | Properties.KeySchema.0.AttributeName = flinksLoginId
resource Links | Properties.KeySchema.0.KeyType = HASH
file | service = pay
file | provider.name = aws
file | provider.stage = prod
file | provider.region = us-east-1
file | functions.none =
file | custom.instance = acme-ca
record Links (flinksLoginId)
"
        );
    }
}
