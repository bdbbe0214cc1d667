//! Mongoose: schemas with their nested objects, and the models that are made of them.

use super::node::type_name;
use super::{ECMASCRIPT, Made, Mapper, Seen, field, target, truth};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper = Mapper { name: "Mongoose", languages: ECMASCRIPT, signs: &["ongoose", "Schema("], read };

/// Objects in objects deeper than this are not looked into.
const DEPTH: usize = 8;

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    if !seen.uses("mongoose") {
        return;
    }
    let models = models(seen);
    for node in seen.nodes() {
        match &node.is {
            Is::Bind(bind) => {
                let Some((name, value)) = bind.target.word().zip(bind.value.as_ref()) else { continue };
                if let Some(call) = schema_call(value) {
                    schema(name, call, node, &models, seen, facts);
                }
            }
            // `mongoose.model('X', new Schema({ … }))`
            Is::Call(call) if makes_model(call) => {
                let inner = call.positional().nth(1).and_then(schema_call);
                let name = call.positional().next().and_then(|node| seen.text(node));
                if let (Some(inner), Some(name)) = (inner, name) {
                    let made = Made { stored_as: collection(inner, Some(call), seen), ..of(name, inner, seen) };
                    seen.create(made, node, facts);
                }
            }
            _ => {}
        }
    }
}

/// A model by the name of its schema.
struct Model<'s> {
    schema: String,
    name: Spanned<String>,
    call: &'s Call,
}

fn makes_model(call: &Call) -> bool {
    call.is_called("model") || call.is_called("discriminator")
}

fn models<'s>(seen: &Seen<'s>) -> Vec<Model<'s>> {
    let model = |call: &'s Call| {
        let mut given = call.positional();
        let name = seen.text(given.next()?)?;
        let schema = given.next()?.word()?.value;
        Some(Model { schema, name, call })
    };
    seen.calls().into_iter().filter(|(call, _)| makes_model(call)).filter_map(|(call, _)| model(call)).collect()
}

/// `new Schema({ … })`, `new mongoose.Schema({ … }, { … })`
fn schema_call(node: &Node) -> Option<&Call> {
    let call = node.call().filter(|call| call.is_called("Schema"))?;
    call.positional().next().map(|_| call)
}

fn schema(own: Spanned<String>, call: &Call, node: &Node, models: &[Model<'_>], seen: &Seen<'_>, facts: &mut Facts) {
    let model = models.iter().find(|model| model.schema == own.value);
    // A schema that other schemas take in is made a model by nobody.
    let bare = own.value.trim_end_matches("Schema");
    let alone = Spanned::new(bare.to_owned(), own.span);
    let (name, kind) = match model {
        Some(model) => (model.name.clone(), RecordKind::Document),
        None if is_taken_in(&own.value, seen) => (alone, RecordKind::Part),
        None => (alone, RecordKind::Document),
    };
    if name.value.is_empty() {
        return;
    }
    let made = Made { kind, stored_as: collection(call, model.map(|model| model.call), seen), ..of(name, call, seen) };
    seen.create(made, node, facts);
}

fn is_taken_in(name: &str, seen: &Seen<'_>) -> bool {
    let schemas = seen.calls().into_iter().filter(|(call, _)| call.is_called("Schema"));
    schemas
        .filter_map(|(call, _)| call.positional().next())
        .any(|map| map.walk().any(|node| matches!(&node.is, Is::Name(other) if &**other == name)))
}

fn of(name: Spanned<String>, call: &Call, seen: &Seen<'_>) -> Made {
    let mut made = Made::new(RecordKind::Document, name, Vec::new());
    if let Some(map) = call.positional().next() {
        fields(seen.follow(map), seen, DEPTH, &mut made);
    }
    made
}

fn collection(schema: &Call, model: Option<&Call>, seen: &Seen<'_>) -> Option<Spanned<String>> {
    let said = schema.positional().nth(1).and_then(|options| seen.follow(options).entry(&["collection"]));
    said.or_else(|| model.and_then(|call| call.positional().nth(2))).and_then(|node| seen.text(node))
}

/// The fields of an object, those of the objects in it included.
fn fields(map: &Node, seen: &Seen<'_>, depth: usize, made: &mut Made) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Is::Map(items) = &map.is else { return };
    for item in items {
        match &item.is {
            Is::Pair(key, value) => {
                let Some(name) = key.word() else { continue };
                made.fields.push(one(name, value));
                inner(value, seen, depth, made);
            }
            Is::Spread(inner) => fields(seen.follow(inner), seen, depth, made),
            _ => {}
        }
    }
}

/// What is in a field: an object, a list of them, another schema.
fn inner(value: &Node, seen: &Seen<'_>, depth: usize, made: &mut Made) {
    match &value.is {
        Is::Map(_) => match value.entry(&["type"]) {
            Some(kind) if !matches!(kind.is, Is::Map(_)) || value.entry(&["required", "default", "_id"]).is_some() => {
                inner(kind, seen, depth, made);
            }
            _ => fields(value, seen, depth, made),
        },
        Is::List(items) => items.iter().take(1).for_each(|item| inner(item, seen, depth, made)),
        Is::Call(call) if call.is_called("Schema") => {
            if let Some(map) = call.positional().next() {
                fields(seen.follow(map), seen, depth, made);
            }
        }
        Is::Name(name) if name.ends_with("Schema") => {
            let followed = seen.follow(value);
            match schema_call(followed).and_then(|call| call.positional().next()) {
                Some(map) => fields(seen.follow(map), seen, depth, made),
                None => made.inherits.push(Spanned::new(name.trim_end_matches("Schema").to_owned(), value.span)),
            }
        }
        _ => {}
    }
}

fn one(name: Spanned<String>, value: &Node) -> Field {
    let value = match &value.is {
        Is::List(items) => items.first().unwrap_or(value),
        _ => value,
    };
    let mut found = field(name);
    let is_options = value.entry(&["type", "ref"]).is_some();
    found.type_name = match &value.is {
        Is::Map(_) if !is_options => Some("object".to_owned()),
        _ => type_name(value),
    };
    let required = value.entry(&["required"]).and_then(truth);
    found.required = Some(is_options && required.unwrap_or(false));
    found.references = value.entry(&["ref"]).filter(|_| is_options).and_then(|node| target(node, false));
    found
}
