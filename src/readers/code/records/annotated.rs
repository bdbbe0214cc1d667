//! Classes whose marks say that they are stored: TypeORM, MikroORM, sequelize-typescript, Mongoose's decorators,
//! JPA, Spring Data, Room, Doctrine.

use super::node::{is_required, type_name};
use super::{ECMASCRIPT, Made, Mapper, Seen, field, mark_name, target, truth};
use crate::fact::{Facts, Field, RecordKind};
use crate::readers::code::syntax::{Bind, Call, Class, Is, Node};
use crate::source::Spanned;

pub const TYPEORM: Mapper = Mapper {
    name: "decorators",
    languages: ECMASCRIPT,
    signs: &[
        "@Column",
        "@Property",
        "@Prop",
        "@prop",
        "@PrimaryKey",
        "@PrimaryColumn",
        "@PrimaryGeneratedColumn",
        "@ManyToOne",
    ],
    read: |seen, facts| read(&SCRIPT, seen, facts),
};
pub const JPA: Mapper = Mapper {
    name: "JPA",
    languages: &["Java", "Kotlin", "Scala", "Groovy"],
    signs: &[
        "@Entity",
        "@Table",
        "@Document",
        "@MappedSuperclass",
        "@Embeddable",
        "@MappedEntity",
        "@RedisHash",
        "@DynamoDbBean",
        "@DynamoDBTable",
    ],
    read: |seen, facts| read(&JVM, seen, facts),
};
pub const DOCTRINE: Mapper = Mapper {
    name: "Doctrine",
    languages: &["PHP"],
    signs: &["Entity", "MappedSuperclass", "Embeddable", "Document"],
    read: |seen, facts| read(&PHP, seen, facts),
};

pub const DART: Mapper = Mapper {
    name: "Isar, Hive, Floor",
    languages: &["Dart"],
    signs: &["@collection", "@Collection", "@HiveType", "@Entity", "@entity"],
    read: |seen, facts| read(&ON_DEVICE, seen, facts),
};

/// What marks mean in one family of frameworks.
struct Dialect {
    records: &'static [&'static str],
    documents: &'static [&'static str],
    parts: &'static [&'static str],
    /// Marks of fields that are stored; where there are none, every field of a record is.
    fields: &'static [&'static str],
    /// Marks of fields that are not stored here.
    others: &'static [&'static str],
    /// Whether a column without a word of it may not be null.
    columns_required: bool,
    /// Whether the first text of a column's mark is its name.
    named_first: bool,
}

const SCRIPT: Dialect = Dialect {
    records: &["Entity", "Table", "ChildEntity"],
    documents: &["Schema", "modelOptions", "ModelOptions"],
    parts: &["Embeddable"],
    fields: &[
        "Column",
        "PrimaryColumn",
        "PrimaryGeneratedColumn",
        "CreateDateColumn",
        "UpdateDateColumn",
        "DeleteDateColumn",
        "VersionColumn",
        "ObjectIdColumn",
        "Property",
        "PrimaryKey",
        "Enum",
        "Prop",
        "prop",
        "ManyToOne",
        "OneToOne",
        "ForeignKey",
        "Embedded",
        "SerializedPrimaryKey",
        "Reference",
    ],
    others: &["OneToMany", "ManyToMany", "HasMany", "HasOne", "BelongsToMany", "BelongsTo", "RelationId"],
    columns_required: true,
    named_first: false,
};
const JVM: Dialect = Dialect {
    records: &["Entity", "Table", "MappedEntity"],
    documents: &["Document", "RedisHash", "DynamoDbBean", "DynamoDBTable", "Container"],
    parts: &["MappedSuperclass", "Embeddable"],
    fields: &[],
    others: &[
        "Transient",
        "OneToMany",
        "ManyToMany",
        "Ignore",
        "Relation",
        "static",
        "const",
        "MappedCollection",
        "ElementCollection",
    ],
    columns_required: false,
    named_first: true,
};
const ON_DEVICE: Dialect = Dialect {
    records: &["collection", "Collection", "HiveType", "Entity", "entity"],
    documents: &[],
    parts: &["embedded", "Embedded"],
    fields: &[],
    others: &["ignore", "Ignore", "ignored", "Transient", "static", "Backlink"],
    columns_required: false,
    named_first: true,
};
const PHP: Dialect = Dialect {
    records: &["Entity", "Table"],
    documents: &["Document"],
    parts: &["MappedSuperclass", "Embeddable", "EmbeddedDocument"],
    fields: &["Column", "Id", "ManyToOne", "OneToOne", "JoinColumn", "Embedded", "Field"],
    others: &["OneToMany", "ManyToMany"],
    columns_required: true,
    named_first: true,
};

fn read(dialect: &Dialect, seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        if let Some(made) = record(dialect, class, seen) {
            seen.create(made, node, facts);
        }
    }
}

fn marked<'m>(marks: &'m [Node], names: &[&str]) -> Option<&'m Node> {
    marks.iter().find(|mark| mark_name(mark).is_some_and(|name| names.contains(&name.value.as_str())))
}

fn record(dialect: &Dialect, class: &Class, seen: &Seen<'_>) -> Option<Made> {
    let name = class.name.as_ref()?;
    let name = Spanned::new(name.text.to_string(), name.span);
    let is_marked = |names: &[&str]| marked(&class.marks, names).is_some();
    let kind = if is_marked(dialect.parts) || abstract_entity(class) {
        RecordKind::Part
    } else if is_marked(dialect.documents) || made_a_document(&name.value, seen) {
        RecordKind::Document
    } else if is_marked(dialect.records) {
        RecordKind::Model
    } else if !dialect.fields.is_empty() && seen.is_script() {
        // A base class whose fields are marked, without a table of its own.
        RecordKind::Part
    } else {
        return None;
    };
    let mut made = Made::new(kind, name, Vec::new());
    for node in class.parameters.iter().chain(&class.body).chain(promoted(class)) {
        if let Is::Bind(bind) = &node.is {
            one(dialect, bind, seen, &mut made);
        }
    }
    if made.fields.is_empty() && made.inherits.is_empty() {
        return None;
    }
    (made.stored_as, made.schema) = stored_as(dialect, class, seen);
    // Room: `foreignKeys = [ForeignKey(entity = User::class, childColumns = ["userId"])]`
    let keys =
        class.marks.iter().flat_map(Node::walk).filter_map(Node::call).filter(|call| call.is_called("ForeignKey"));
    for key in keys {
        let to = key.named(&["entity"]).and_then(|node| target(node, false));
        let column = key.named(&["childColumns"]).and_then(|node| node.walk().find_map(|node| seen.text(node)));
        if let Some(column) = column {
            let own = |field: &&mut Field| {
                field.name.value == column.value
                    || field.stored_as.as_ref().is_some_and(|own| own.value == column.value)
            };
            made.fields.iter_mut().filter(own).for_each(|field| field.references.clone_from(&to));
        }
    }
    const FRAMEWORK: &[&str] =
        &["BaseEntity", "Model", "Document", "TimeStamps", "Serializable", "PanacheEntity", "PanacheEntityBase"];
    let bases = class.bases.iter().filter_map(|base| target(base.call().map_or(base, |call| &call.callee), false));
    // Interfaces have no columns, and neither has what comes from a package.
    let is_own = |base: &Spanned<String>| !FRAMEWORK.contains(&base.value.as_str()) && !seen.is_foreign(&base.value);
    let is_known = |base: &Spanned<String>| {
        seen.is_script()
            || seen.classes().iter().any(|(other, _)| other.name.as_ref().is_some_and(|name| *name.text == *base.value))
            || base.value.contains("Entity")
            || base.value.starts_with("Base")
            || base.value.starts_with("Abstract")
            || base.value.ends_with("Base")
    };
    made.inherits.extend(bases.filter(is_own).filter(is_known));
    Some(made)
}

fn abstract_entity(class: &Class) -> bool {
    marked(&class.marks, &["Entity"]).and_then(Node::call).and_then(|call| call.named(&["abstract"])).and_then(truth)
        == Some(true)
}

/// `SchemaFactory.createForClass(X)`, `getModelForClass(X)`
fn made_a_document(name: &str, seen: &Seen<'_>) -> bool {
    seen.is_script()
        && seen.calls().iter().any(|(call, _)| {
            let makes = call.is_called("getModelForClass") || call.is_called("buildSchema");
            makes && call.positional().next().and_then(Node::word).is_some_and(|word| word.value == name)
        })
}

/// Fields that a constructor's parameters are.
fn promoted(class: &Class) -> impl Iterator<Item = &Node> {
    let constructors = class.body.iter().filter_map(|node| match &node.is {
        Is::Function(function) if function.name.as_ref().is_some_and(|name| &*name.text == "__construct") => {
            Some(function)
        }
        _ => None,
    });
    constructors.flat_map(|function| &function.parameters)
}

/// The table that marks name, and its schema.
fn stored_as(dialect: &Dialect, class: &Class, seen: &Seen<'_>) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
    let (mut name, mut schema) = (None, None);
    let wanted = [dialect.records, dialect.documents].concat();
    let marks =
        class.marks.iter().filter(|mark| mark_name(mark).is_some_and(|name| wanted.contains(&name.value.as_str())));
    for call in marks.filter_map(Node::call) {
        let is_entity = call.is_called("Entity") && dialect.named_first;
        let options = call.named(&["schemaOptions"]);
        let said = options
            .and_then(|options| options.entry(&["collection"]))
            .or_else(|| call.named(&["tableName", "collection", "containerName"]))
            .or_else(|| call.named(&["name", "value"]).filter(|_| !is_entity))
            .or_else(|| call.positional().next().filter(|node| node.text().is_some()));
        name = said.and_then(|node| seen.text(node)).or(name);
        schema = call.named(&["schema"]).and_then(|node| seen.text(node)).or(schema);
    }
    (name, schema)
}

fn one(dialect: &Dialect, bind: &Bind, seen: &Seen<'_>, made: &mut Made) {
    let is_stored = if dialect.fields.is_empty() {
        marked(&bind.marks, dialect.others).is_none()
    } else {
        marked(&bind.marks, dialect.fields).is_some() && marked(&bind.marks, dialect.others).is_none()
    };
    let Some(name) = bind.target.word().filter(|_| is_stored) else { return };
    let call = |names: &[&str]| marked(&bind.marks, names).and_then(Node::call);
    let own_type = bind.type_name.as_ref();
    // A value of several fields: `@Embedded`, TypeORM's `@Column(() => Place)`.
    let part = call(&["Column", "Embedded"])
        .and_then(|call| call.positional().next())
        .filter(|node| matches!(node.is, Is::Function(_)));
    if part.is_some() || marked(&bind.marks, &["Embedded", "EmbeddedId"]).is_some() {
        let said = part
            .or_else(|| {
                call(&["Embedded"])
                    .and_then(|call| call.named(&["class", "entity"]).or_else(|| call.positional().next()))
            })
            .and_then(|node| target(node, false));
        made.inherits.extend(said.or_else(|| own_type.map(bare_type)));
        return;
    }
    let mut found = field(name);
    found.type_name = own_type.map(|own| bare_type(own).value.to_lowercase());
    let options: Vec<&Call> = bind.marks.iter().filter_map(Node::call).collect();
    let is_relation =
        marked(&bind.marks, &["ManyToOne", "OneToOne", "DBRef", "DocumentReference", "Reference"]).is_some();
    if let Some(relation) =
        marked(&bind.marks, &["ManyToOne", "OneToOne", "ForeignKey", "DBRef", "DocumentReference", "Reference"])
    {
        let call = relation.call();
        // The other side keeps the column.
        if call.is_some_and(|call| call.named(&["mappedBy"]).is_some()) {
            return;
        }
        let options = call.and_then(|call| call.named(&["targetEntity", "entity"]));
        let to =
            options.or_else(|| call.and_then(|call| call.positional().next())).and_then(|node| target(node, false));
        found.references = to.or_else(|| own_type.map(bare_type));
        found.type_name = None;
    }
    for call in &options {
        let Some(name) = call.name() else { continue };
        match name.value {
            "Column" | "PrimaryColumn" | "Property" | "Prop" | "prop" | "PrimaryKey" | "Field" | "ColumnInfo"
            | "Enum" | "JoinColumn" | "ManyToOne" | "OneToOne" | "CreateDateColumn" | "UpdateDateColumn" | "Id"
            | "MappedProperty" | "DynamoDbAttribute" | "Reference" => {
                let said = call.named(&["name", "field", "fieldName", "joinColumn", "db_name"]);
                let first = call.positional().next().filter(|_| dialect.named_first || name.value == "JoinColumn");
                let said = said.or(first).filter(|node| node.text().is_some());
                found.stored_as = said.and_then(|node| seen.text(node)).or(found.stored_as.take());
                let written = call.positional().find(|node| matches!(node.is, Is::Map(_)));
                let no = |names: &[&str]| call.named(names).and_then(truth).map(|may| !may);
                let required = written.and_then(is_required).or_else(|| no(&["nullable", "optional", "allowNull"]));
                let required = required.or_else(|| call.named(&["required"]).and_then(truth));
                found.required = match (found.required, required) {
                    // `optional = false` beside a join column that says nothing.
                    (Some(true), _) => Some(true),
                    (own, said) => said.or(own),
                };
                let refers = call.named(&["ref"]).and_then(|node| target(node, false));
                found.references = found.references.take().or(refers);
                let kind = call
                    .named(&["type", "columnDefinition"])
                    .or_else(|| call.positional().next().filter(|_| !dialect.named_first));
                let kind = kind.filter(|node| node.text().is_some()).and_then(type_name).filter(|_| !is_relation);
                found.type_name = kind.or(found.type_name.take());
            }
            "AllowNull" => found.required = Some(call.positional().next().and_then(truth) == Some(false)),
            _ => {}
        }
    }
    if marked(
        &bind.marks,
        &[
            "NotNull",
            "NonNull",
            "NotBlank",
            "NotEmpty",
            "Id",
            "EmbeddedId",
            "PrimaryKey",
            "PrimaryColumn",
            "PrimaryGeneratedColumn",
        ],
    )
    .is_some()
    {
        found.required = Some(true);
    }
    found.required = found.required.or_else(|| Some(unsaid(dialect, bind, is_relation, seen)));
    made.fields.push(found);
}

/// Whether a row always has a field of which the marks say nothing.
fn unsaid(dialect: &Dialect, bind: &Bind, is_relation: bool, seen: &Seen<'_>) -> bool {
    let own = bind.type_name.as_ref().map_or("", |own| own.value.as_str());
    let may_be_null = own.ends_with('?')
        || own.starts_with('?')
        || own.contains("null")
        || own.contains("undefined")
        || own.starts_with("Option");
    if seen.language == "Kotlin" {
        return !own.is_empty() && !may_be_null;
    }
    let is_mongo = marked(&bind.marks, &["Prop", "prop"]).is_some();
    let is_sequelize = seen.uses("sequelize-typescript");
    let relations_required = seen.uses("@mikro-orm");
    match is_relation {
        true => relations_required && !may_be_null,
        false => dialect.columns_required && !may_be_null && !is_mongo && !is_sequelize,
    }
}

/// `User`, without what a type says besides its name: `Ref<User>`, `User?`, `com.x.User`, `Relation<User>`.
fn bare_type(own: &Spanned<String>) -> Spanned<String> {
    let text = own.value.as_str();
    let inner = text
        .find('<')
        .and_then(|open| Some(&text[open + 1..text.rfind('>').filter(|close| *close > open)?]))
        .unwrap_or(text);
    let one = inner.split('|').next().unwrap_or(inner);
    let one = one.rsplit('.').next().unwrap_or(one);
    let one = one.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let start = own.span.start as usize + (one.as_ptr() as usize - text.as_ptr() as usize);
    let exact = (own.span.end - own.span.start) as usize == text.len();
    let span = if exact { crate::source::Span::new(own.span.file, start, start + one.len()) } else { own.span };
    Spanned::new(one.to_owned(), span)
}
