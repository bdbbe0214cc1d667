//! Tables of documents: DynamoDB by AWS CDK, validators of MongoDB's collections.

use super::{ECMASCRIPT, Made, Mapper, Seen, field};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const CDK: Mapper =
    Mapper { name: "AWS CDK", languages: &[], signs: &["partitionKey", "partition_key", "PartitionKey"], read: cdk };
pub const VALIDATORS: Mapper =
    Mapper { name: "collection validators", languages: ECMASCRIPT, signs: &["jsonSchema"], read: validators };

/// `new dynamodb.Table(this, 'Links', { tableName, partitionKey: { name: 'loginId', … }, sortKey })`
fn cdk(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        if !matches!(
            call.name().map(|name| name.value),
            Some("Table" | "TableV2" | "TableProps" | "addGlobalSecondaryIndex")
        ) {
            continue;
        }
        let Some(partition) = call.named(&["partitionKey", "partition_key", "PartitionKey"]) else { continue };
        let id = call.positional().nth(1).and_then(|node| seen.text(node));
        let said = call.named(&["tableName", "table_name", "TableName"]).map(|node| seen.follow(node));
        let stored = said.and_then(|node| match &node.is {
            // A table per country or stage: its name as it is written.
            Is::Template(_) | Is::Join(_) => {
                Some(Spanned::new(seen.source.slice(node.span).trim_matches(['`', '"', '\'']).to_owned(), node.span))
            }
            _ => seen.text(node),
        });
        let Some(name) = stored.or(id) else { continue };
        let sort = call.named(&["sortKey", "sort_key", "SortKey"]);
        let keys = [Some(partition), sort].into_iter().flatten().filter_map(|key| attribute(key, seen));
        let made = Made::new(RecordKind::Document, name, keys.collect());
        if !made.fields.is_empty() {
            seen.create(made, node, facts);
        }
    }
}

fn attribute(key: &Node, seen: &Seen<'_>) -> Option<Field> {
    let key = seen.follow(key);
    let name = key.entry(&["name"]).or_else(|| key.call().and_then(|call: &Call| call.named(&["name"])))?;
    Some(Field { required: Some(true), ..field(seen.text(name)?) })
}

/// `db.createCollection('x', { validator: { $jsonSchema: { properties: { … } } } })`
fn validators(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        let name = match call.name().map(|name| name.value) {
            Some("createCollection") => call.positional().next().and_then(|node| seen.text(node)),
            Some("command" | "runCommand") => call.named(&["collMod", "create"]).and_then(|node| seen.text(node)),
            _ => None,
        };
        let schema =
            call.named(&["validator"]).map(|node| seen.follow(node)).and_then(|node| node.entry(&["$jsonSchema"]));
        let (Some(name), Some(schema)) = (name, schema.map(|node| seen.follow(node))) else { continue };
        let mut fields = Vec::new();
        properties(schema, seen, 8, &mut fields);
        seen.create(Made::new(RecordKind::Document, name, fields), node, facts);
    }
}

fn properties(schema: &Node, seen: &Seen<'_>, depth: usize, fields: &mut Vec<Field>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Some(map) = schema.entry(&["properties"]) else { return };
    for (name, options) in seen.follow(map).entries() {
        let type_name = options.entry(&["bsonType", "type"]).and_then(Node::word).map(|word| word.value.to_lowercase());
        fields.push(Field { type_name, ..field(name) });
        properties(options, seen, depth, fields);
        if let Some(items) = options.entry(&["items"]) {
            properties(items, seen, depth, fields);
        }
    }
}
