//! Tables that are classes whose members are columns, each a chain of calls: Exposed, Slick, Drift.

use super::{Made, Mapper, Seen, field, target};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper = Mapper {
    name: "Exposed, Slick, Drift",
    languages: &["Kotlin", "Scala", "Dart"],
    signs: &["Table(", "Table[", "extends Table"],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        if let Some(made) = table(class, seen) {
            seen.create(made, node, facts);
        }
    }
}

fn table(class: &Class, seen: &Seen<'_>) -> Option<Made> {
    let name = class.name.as_ref()?;
    let is_table = |base: &&Node| {
        let called = base.call().map_or(*base, |call| &call.callee);
        called.word().is_some_and(|word| word.value == "Table" || word.value.ends_with("Table"))
    };
    let base = class.bases.iter().find(is_table)?;
    let given = || base.call().into_iter().flat_map(Call::positional);
    let mut texts = given().filter_map(|node| seen.text(node));
    let mut made = Made::new(RecordKind::Model, Spanned::new(name.text.to_string(), name.span), Vec::new());
    made.stored_as = texts.next();
    // Slick: `Table[X](tag, Some("us"), "links")`
    made.schema = given()
        .filter_map(Node::call)
        .find(|call| call.is_called("Some"))
        .and_then(|call| seen.text(call.positional().next()?));
    let mut keys: Vec<(String, Spanned<String>)> = Vec::new();
    for member in &class.body {
        let (own, value) = match &member.is {
            Is::Bind(bind) => (bind.target.word(), bind.value.as_ref()),
            Is::Function(function) => (
                function.name.as_ref().map(|name| Spanned::new(name.text.to_string(), name.span)),
                given_back(&function.body),
            ),
            _ => continue,
        };
        let (Some(own), Some(value)) = (own, value) else { continue };
        if own.value == "tableName" {
            made.stored_as = seen.text(value).or(made.stored_as.take());
            continue;
        }
        // Slick: `foreignKey("fk", userId, users)(_.id)`
        if let Some(call) = chain(value).into_iter().find(|call| call.is_called("foreignKey")) {
            let (column, to) = (
                call.positional().nth(1).and_then(Node::word),
                call.positional().nth(2).and_then(|node| queried(node, seen)),
            );
            keys.extend(column.map(|column| column.value).zip(to));
            continue;
        }
        made.fields.extend(column(own, value, seen));
    }
    for (column, to) in keys {
        for field in made.fields.iter_mut().filter(|field| field.name.value == column) {
            field.references = Some(to.clone());
        }
    }
    (!made.fields.is_empty()).then_some(made)
}

/// `TableQuery[Users]`, or a name that is set to it.
fn queried(node: &Node, seen: &Seen<'_>) -> Option<Spanned<String>> {
    let call = seen.follow(node).call().filter(|call| call.is_called("TableQuery"));
    call.and_then(|call| call.types.first().cloned()).or_else(|| target(node, false))
}

fn given_back(body: &Node) -> Option<&Node> {
    match &body.is {
        Is::Return(value) => value.as_deref(),
        Is::Group(nodes) => nodes.last().and_then(given_back),
        _ => Some(body),
    }
}

/// The calls of a chain, the outermost first, through what is called once more: `text()()`.
fn chain(node: &Node) -> Vec<&Call> {
    let mut found = Vec::new();
    let mut node = Some(node);
    while let Some(call) = node.and_then(Node::call) {
        if call.name().is_some() {
            found.push(call);
        }
        node = call.object().or(match &call.callee.is {
            Is::Call(_) => Some(&call.callee),
            _ => None,
        });
    }
    found
}

fn column(own: Spanned<String>, value: &Node, seen: &Seen<'_>) -> Option<Field> {
    const OTHERS: &[&str] = &[
        "PrimaryKey",
        "index",
        "uniqueIndex",
        "foreignKey",
        "primaryKey",
        "mapTo",
        "check",
        "Set",
        "List",
        "listOf",
        "setOf",
    ];
    let chain = chain(value);
    let root = *chain.last()?;
    let kind = root.name()?.value;
    if OTHERS.contains(&kind) || kind.starts_with(char::is_uppercase) {
        return None;
    }
    let is_drift = seen.language == "Dart";
    let says = |names: &[&str]| chain.iter().any(|call| names.iter().any(|name| call.is_called(name)));
    let stored = if is_drift {
        chain.iter().find(|call| call.is_called("named")).and_then(|call| seen.text(call.positional().next()?))
    } else {
        Some(seen.text(root.positional().next()?)?)
    };
    let types: Vec<&str> = root.types.iter().map(|own| own.value.as_str()).collect();
    let mut found = Field { stored_as: stored, ..field(own) };
    found.type_name = types.first().map_or_else(|| Some(kind.to_lowercase()), |own| Some(own.to_lowercase()));
    let optional = says(&["nullable", "optReference", "optional"]) || types.iter().any(|own| own.starts_with("Option"));
    found.required = Some(!optional);
    let refers = chain
        .iter()
        .find(|call| matches!(call.name().map(|name| name.value), Some("references" | "reference" | "optReference")));
    found.references = refers.and_then(|call| {
        let at = usize::from(!call.is_called("references"));
        let to = call.positional().nth(at)?;
        target(to, matches!(&to.is, Is::Member(_, name) if &*name.text == "id"))
    });
    Some(found)
}
