//! Go: GORM's structs, ent's schemas, structs with columns whose file has SQL for their table.

use super::{Made, Mapper, Seen, field, links};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Bind, Class, Function, Is, Node};
use crate::source::{Span, Spanned};
use crate::text::Text;

pub const MAPPER: Mapper = Mapper {
    name: "GORM, ent",
    languages: &["Go"],
    signs: &["gorm", "TableName()", "ent.", "bun:", "bson:", "dynamodbav:"],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    let classes = seen.classes();
    // The methods of a struct stand apart from it.
    let method = |name: &str, wanted: &str| {
        classes.iter().filter(|(class, _)| is_called(class, name)).flat_map(|(class, _)| &class.body).find_map(|node| {
            match &node.is {
                Is::Function(function) if function.name.as_ref().is_some_and(|own| &*own.text == wanted) => {
                    Some(&**function)
                }
                _ => None,
            }
        })
    };
    for (class, node) in &classes {
        let Some(name) = &class.name else { continue };
        let own = Spanned::new(name.text.to_string(), name.span);
        let table = method(&name.text, "TableName").and_then(given_back).and_then(|node| seen.text(node));
        let binds: Vec<&Bind> = class
            .body
            .iter()
            .filter_map(|node| match &node.is {
                Is::Bind(bind) => Some(&**bind),
                _ => None,
            })
            .collect();
        let embeds = |wanted: &str| {
            class
                .bases
                .iter()
                .filter_map(Node::chain)
                .any(|chain| chain.iter().map(|name| &*name.text).collect::<Vec<_>>().join(".") == wanted)
        };
        let tagged = |key: &str| binds.iter().any(|bind| tag(bind, key).is_some());
        if embeds("ent.Schema") {
            let mut made = Made::new(RecordKind::Model, own, Vec::new());
            made.fields = method(&name.text, "Fields").map_or(Vec::new(), |function| ent_fields(function, seen));
            made.fields.extend(method(&name.text, "Edges").map_or(Vec::new(), |function| ent_edges(function, seen)));
            if !made.fields.is_empty() {
                seen.create(made, node, facts);
            }
            continue;
        }
        if binds.is_empty() {
            continue;
        }
        let bson = tagged("bson") || tagged("dynamodbav");
        if !(tagged("gorm")
            || tagged("bun")
            || embeds("gorm.Model")
            || embeds("bun.BaseModel")
            || table.is_some()
            || bson)
        {
            continue;
        }
        let kind = if bson && table.is_none() && !tagged("gorm") { RecordKind::Part } else { RecordKind::Model };
        let mut made = Made::new(kind, own, Vec::new());
        made.stored_as = table;
        for bind in &binds {
            // `bun.BaseModel` with `bun:"table:links"`.
            if let Some(said) = tag(bind, "bun").and_then(|text| option(&text, "table")) {
                made.stored_as = Some(said);
                continue;
            }
            made.fields.extend(column(bind, &binds));
        }
        let bases = class.bases.iter().filter(|base| matches!(base.is, Is::Name(_))).filter_map(Node::word);
        made.inherits = bases.collect();
        if !made.fields.is_empty() {
            seen.create(made, node, facts);
        }
    }
}

fn is_called(class: &Class, name: &str) -> bool {
    class.name.as_ref().is_some_and(|own| &*own.text == name)
}

fn given_back(function: &Function) -> Option<&Node> {
    function.body.walk().find_map(|node| match &node.is {
        Is::Return(Some(value)) => Some(&**value),
        _ => None,
    })
}

/// The text of a key in a struct tag.
fn tag(bind: &Bind, key: &str) -> Option<Text> {
    bind.marks.iter().filter_map(Node::text).find_map(|text| {
        let all = text.expose();
        let from = all.find(&format!("{key}:\""))? + key.len() + 2;
        let end = from + all[from..].find('"')?;
        Some(text.part(from..end))
    })
}

/// `column:login_id` in a tag.
fn option(tag: &Text, key: &str) -> Option<Spanned<String>> {
    let all = tag.expose();
    let lower = all.to_ascii_lowercase();
    let from = lower.find(&format!("{key}:"))? + key.len() + 1;
    let end = from + all[from..].find([';', ',']).unwrap_or(all.len() - from);
    let part = tag.part(from..end);
    Some(Spanned::new(part.expose().to_owned(), part.span()))
}

fn column(bind: &Bind, all: &[&Bind]) -> Option<Field> {
    let own = bind.target.word()?;
    let written = bind.type_name.as_ref();
    let kind = written.map_or("", |own| own.value.as_str());
    let tag = ["gorm", "bun", "db"].iter().find_map(|key| tag(bind, key));
    let said = tag.as_ref().map_or("", |text| text.expose());
    if said.split([';', ',']).any(|part| part.trim() == "-") || kind.starts_with("[]") && !kind.contains("byte") {
        return None;
    }
    let says = |word: &str| said.to_ascii_lowercase().split([';', ',']).any(|part| part.trim() == word);
    let mut found = field(own.clone());
    found.stored_as = tag.as_ref().and_then(|tag| {
        option(tag, "column").or_else(|| {
            // `bun:"login_id,notnull"`, `db:"login_id"`
            let first = tag.expose().split(',').next().unwrap_or("");
            let is_name = !first.is_empty()
                && !first.contains([':', ';', ' '])
                && !["not null", "unique", "index", "primaryKey", "primarykey", "embedded"].contains(&first);
            is_name.then(|| Spanned::new(first.to_owned(), tag.part(0..first.len()).span()))
        })
    });
    found.type_name = Some(kind.trim_start_matches('*').to_lowercase());
    found.required =
        Some(says("not null") || says("notnull") || says("primarykey") || says("primary_key") || says("pk"));
    // `UserID` beside `User User`: the row's parent.
    let parent = own.value.strip_suffix("ID").or(own.value.strip_suffix("Id")).and_then(|stem| {
        let is_parent = |other: &&&Bind| {
            let name = other.target.word().map(|word| word.value);
            name.as_deref() == Some(stem)
                || self::tag(other, "gorm")
                    .and_then(|text| option(&text, "foreignkey"))
                    .is_some_and(|key| key.value == own.value)
        };
        all.iter().find(is_parent)?.type_name.as_ref()
    });
    found.references = parent.map(bare);
    Some(found)
}

fn bare(own: &Spanned<String>) -> Spanned<String> {
    let name = own.value.trim_start_matches(['*', '[', ']']).rsplit('.').next().unwrap_or("");
    let start = own.span.end as usize - name.len();
    Spanned::new(name.to_owned(), Span::new(own.span.file, start, start + name.len()))
}

/// `field.String("login_id").Optional()`
fn ent_fields(function: &Function, seen: &Seen<'_>) -> Vec<Field> {
    let Some(Is::List(items)) = given_back(function).map(|node| &node.is) else { return Vec::new() };
    let one = |node: &Node| {
        let chain = links(node);
        let root = chain.last()?;
        let name = seen.text(root.positional().next()?)?;
        let says = |wanted: &[&str]| chain.iter().any(|call| wanted.iter().any(|name| call.is_called(name)));
        let stored = chain
            .iter()
            .find(|call| call.is_called("StorageKey"))
            .and_then(|call| seen.text(call.positional().next()?));
        let type_name = root.name().map(|name| name.value.to_lowercase());
        Some(Field { stored_as: stored, type_name, required: Some(!says(&["Optional", "Nillable"])), ..field(name) })
    };
    items.iter().filter_map(one).collect()
}

/// `edge.From("user", User.Type).Ref("links").Unique().Required()`
fn ent_edges(function: &Function, seen: &Seen<'_>) -> Vec<Field> {
    let Some(Is::List(items)) = given_back(function).map(|node| &node.is) else { return Vec::new() };
    let one = |node: &Node| {
        let chain = links(node);
        let root = chain.last()?;
        let says = |wanted: &str| chain.iter().any(|call| call.is_called(wanted));
        if !says("Unique") {
            return None;
        }
        let name = seen.text(root.positional().next()?)?;
        let to = super::target(root.positional().nth(1)?, true);
        let key =
            chain.iter().find(|call| call.is_called("Field")).and_then(|call| seen.text(call.positional().next()?));
        Some(Field { stored_as: key, references: to, required: Some(says("Required")), ..field(name) })
    };
    items.iter().filter_map(one).collect()
}
