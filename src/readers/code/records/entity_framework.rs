//! Entity Framework Core: entities told by `DbSet`, attributes or the fluent API, and migrations.

use std::collections::BTreeMap;

use super::{Made, Mapper, Seen, change_in, field, links, mark_name, schema, target, truth};
use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::code::syntax::{Bind, Call, Class, Function, Is, Node};
use crate::source::{Span, Spanned};

pub const MAPPER: Mapper = Mapper {
    name: "Entity Framework",
    languages: &["C#"],
    signs: &[
        "DbSet<",
        "[Table",
        "[Key",
        "IEntityTypeConfiguration",
        "Entity<",
        "igrationBuilder",
        "get; set;",
        "BsonElement",
        "get; init;",
    ],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    // What a designer keeps shows the state at a past migration.
    if seen.source.path.ends_with(".Designer.cs") || seen.source.path.ends_with("ModelSnapshot.cs") {
        return;
    }
    for (class, node) in seen.classes() {
        entity(class, node, seen, facts);
        configuration(class, seen, facts);
    }
    for (call, node) in seen.calls() {
        match call.name().map(|name| name.value) {
            // `builder.Entity<Link>(e => { … })`, `builder.Entity<Link>().Property(…)`
            Some("Entity") if !call.types.is_empty() => {
                if let Some(Is::Function(function)) = call.positional().next().map(|node| &node.is) {
                    fluent(&bare(&call.types[0]), function, seen, facts);
                }
            }
            Some(_) => {
                let chain = links(node);
                let root = chain.last().filter(|root| root.is_called("Entity") && !root.types.is_empty());
                if let Some(root) = root
                    && chain.len() > 1
                    && std::ptr::eq(chain[0], call)
                {
                    statement(&bare(&root.types[0]), &chain[..chain.len() - 1], seen, facts);
                }
                if call
                    .object()
                    .and_then(Node::word)
                    .is_some_and(|word| word.value.to_lowercase().ends_with("migrationbuilder"))
                {
                    migrate(call, node, seen, facts);
                }
            }
            None => {}
        }
    }
}

/// `Link` of `DbSet<Link?>`, `List<Link>`.
fn bare(own: &Spanned<String>) -> Spanned<String> {
    let text = own.value.as_str();
    let inner = text.rsplit(['<', '.']).next().unwrap_or(text);
    let name = inner.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let at = name.as_ptr() as usize - text.as_ptr() as usize;
    let start = own.span.start as usize + at;
    Spanned::new(name.to_owned(), Span::new(own.span.file, start, start + name.len()))
}

fn marked<'m>(marks: &'m [Node], names: &[&str]) -> Option<&'m Node> {
    marks
        .iter()
        .find(|mark| mark_name(mark).is_some_and(|name| names.contains(&name.value.trim_end_matches("Attribute"))))
}

/// A class that is an entity, or may be one: what a `DbSet` or the fluent API elsewhere says of it makes it a store.
fn entity(class: &Class, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = &class.name else { return };
    let name = Spanned::new(name.text.to_string(), name.span);
    if class.bases.iter().filter_map(Node::word).any(|base| base.value.ends_with("DbContext")) {
        sets(class, facts);
        return;
    }
    let members: Vec<&Bind> = class
        .body
        .iter()
        .filter_map(|node| match &node.is {
            Is::Bind(bind) => Some(&**bind),
            _ => None,
        })
        .collect();
    let says = |names: &[&str]| members.iter().any(|bind| marked(&bind.marks, names).is_some());
    let table = marked(&class.marks, &["Table"]);
    let is_told = table.is_some()
        || says(&["Key", "ForeignKey", "Column"])
        || marked(&class.marks, &["Index", "PrimaryKey", "Keyless"]).is_some();
    let is_document = says(&["BsonId", "BsonElement"])
        || marked(&class.marks, &["BsonCollection", "BsonIgnoreExtraElements"]).is_some();
    let is_set = seen.source.text().contains(&format!("DbSet<{}>", name.value))
        || seen.source.text().contains(&format!("EntityTypeBuilder<{}>", name.value))
        || seen.source.text().contains(&format!("Entity<{}>", name.value));
    let mut made = Made::new(RecordKind::Model, name, Vec::new());
    made.kind = match (is_document, is_told || is_set) {
        (true, _) => RecordKind::Document,
        (false, true) => RecordKind::Model,
        // Whether it is an entity, its context tells.
        (false, false) => RecordKind::Part,
    };
    if made.kind == RecordKind::Part && !may_be_entity(class, &members) {
        return;
    }
    if let Some(call) = table.and_then(Node::call) {
        made.stored_as = call.positional().next().and_then(|node| seen.text(node));
        made.schema = call.named(&["Schema"]).and_then(|node| seen.text(node));
    }
    for bind in members {
        made.fields.extend(property(bind, class, seen));
    }
    let foreign = ["Entity", "object"];
    let bases = class.bases.iter().filter_map(|base| target(base, false)).filter(|base| {
        let is_interface = base.value.starts_with('I') && base.value.chars().nth(1).is_some_and(char::is_uppercase);
        !is_interface && !foreign.contains(&base.value.as_str()) && !base.value.starts_with("Identity")
    });
    made.inherits = bases.collect();
    if !made.fields.is_empty() {
        seen.create(made, node, facts);
    }
}

/// Classes of properties with a key; what is called a request, a response or a command is none.
fn may_be_entity(class: &Class, members: &[&Bind]) -> bool {
    let name = class.name.as_ref().map_or("", |name| &*name.text);
    const CONTRACTS: &[&str] = &[
        "Dto",
        "DTO",
        "Request",
        "Response",
        "Command",
        "Query",
        "ViewModel",
        "Event",
        "Message",
        "Options",
        "Settings",
        "Result",
        "Payload",
        "Args",
        "Controller",
        "Service",
    ];
    !CONTRACTS.iter().any(|end| name.ends_with(end)) && members.iter().any(|bind| bind.type_name.is_some())
}

fn property(bind: &Bind, class: &Class, seen: &Seen<'_>) -> Option<Field> {
    let own = bind.target.word()?;
    let written = bind.type_name.as_ref()?;
    let is_other =
        marked(&bind.marks, &["NotMapped", "JsonIgnore", "BsonIgnore", "static", "const", "InverseProperty"]).is_some();
    let kind = written.value.trim_end_matches('?');
    let is_list = ["ICollection<", "List<", "IList<", "IEnumerable<", "HashSet<", "IReadOnlyCollection<", "DbSet<"]
        .iter()
        .any(|start| kind.starts_with(start));
    if is_other || is_list {
        return None;
    }
    let mut found = field(own.clone());
    found.type_name = Some(kind.to_lowercase());
    let column = marked(&bind.marks, &["Column", "BsonElement"]).and_then(Node::call);
    found.stored_as = column.and_then(|call| seen.text(call.positional().next()?));
    let may_be_null = written.value.ends_with('?');
    let is_key = marked(&bind.marks, &["Required", "Key", "BsonId"]).is_some();
    found.required = Some(is_key || !may_be_null);
    // `public User User { get; set; }` beside `public Guid UserId`: the row's parent.
    let of_property = |name: &str| {
        class.body.iter().find_map(|node| match &node.is {
            Is::Bind(other) if other.target.word().is_some_and(|word| word.value == name) => {
                other.type_name.as_ref().map(bare)
            }
            _ => None,
        })
    };
    let key = marked(&bind.marks, &["ForeignKey"]).and_then(Node::call).and_then(|call| call.positional().next());
    let named = key.and_then(|node| {
        node.text()
            .map(|text| text.expose().to_owned())
            .or_else(|| node.call()?.positional().next()?.word().map(|word| word.value))
    });
    let by_name = own.value.strip_suffix("Id").map(str::to_owned);
    found.references = named.or(by_name).and_then(|name| of_property(&name));
    Some(found)
}

/// `public DbSet<Link> Links { get; set; }`: the class is an entity, and its table is called so.
fn sets(class: &Class, facts: &mut Facts) {
    for node in &class.body {
        let Is::Bind(bind) = &node.is else { continue };
        let Some(own) = bind.type_name.as_ref().filter(|own| own.value.contains("DbSet<")) else { continue };
        let entity = bare(own);
        let stored = bind.target.word();
        tell(&entity, stored, facts);
    }
}

/// Says that a class is an entity: whatever fields it has are said where it stands.
fn tell(entity: &Spanned<String>, stored_as: Option<Spanned<String>>, facts: &mut Facts) {
    let (kind, scope, change) = (RecordKind::Model, ScopeId::FILE, Change::Describe);
    facts.records.push(Record { scope, kind, name: entity.clone(), stored_as, change, comment: None });
}

/// `class LinkConfiguration : IEntityTypeConfiguration<Link>`
fn configuration(class: &Class, seen: &Seen<'_>, facts: &mut Facts) {
    for node in &class.body {
        let Is::Function(function) = &node.is else { continue };
        let parameter = function.parameters.iter().find_map(|node| match &node.is {
            Is::Bind(bind) => bind.type_name.as_ref().filter(|own| own.value.contains("EntityTypeBuilder<")),
            _ => None,
        });
        if let Some(own) = parameter {
            fluent(&bare(own), function, seen, facts);
        }
    }
}

/// The statements on a builder of an entity.
fn fluent(entity: &Spanned<String>, function: &Function, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(builder) = function.parameters.first().and_then(|node| match &node.is {
        Is::Bind(bind) => bind.target.word(),
        _ => node.word(),
    }) else {
        return;
    };
    let mut open = vec![&function.body];
    while let Some(node) = open.pop() {
        let chain = links(node);
        let on_builder = chain.last().and_then(|root| root.object()).and_then(Node::word);
        if on_builder.is_some_and(|word| word.value == builder.value) {
            statement(entity, &chain, seen, facts);
        } else {
            open.extend(node.children().into_iter().rev());
        }
    }
}

fn statement(entity: &Spanned<String>, chain: &[&Call], seen: &Seen<'_>, facts: &mut Facts) {
    let Some(root) = chain.last() else { return };
    let Some(name) = root.name().map(|name| name.value) else { return };
    let says = |wanted: &str| chain.iter().find(|call| call.is_called(wanted)).copied();
    let required = |call: &Call| call.positional().next().and_then(truth).unwrap_or(true);
    let say = |change: Change, facts: &mut Facts| {
        let (kind, scope) = (RecordKind::Model, ScopeId::FILE);
        facts.records.push(Record { scope, kind, name: entity.clone(), stored_as: None, change, comment: None });
    };
    match name {
        "ToTable" | "ToView" | "ToContainer" | "ToCollection" => {
            tell(entity, root.positional().next().and_then(|node| seen.text(node)), facts);
        }
        "Property" => {
            let Some(own) = root.positional().next().and_then(chosen) else { return };
            let stored = says("HasColumnName").and_then(|call| seen.text(call.positional().next()?));
            let required = says("IsRequired").map(required);
            say(Change::AddField(Field { stored_as: stored, required, ..field(own) }), facts);
        }
        "HasOne" => {
            let to = root.types.first().map(bare).or_else(|| root.positional().next().and_then(chosen));
            let key = says("HasForeignKey").and_then(|call| chosen(call.positional().next()?));
            let required = says("IsRequired").map(required);
            if let (Some(to), Some(key)) = (to, key) {
                say(Change::AddField(Field { references: Some(to), required, ..field(key) }), facts);
            }
        }
        "Ignore" => {
            if let Some(own) = root.positional().next().and_then(chosen) {
                say(Change::DropField(own), facts);
            }
        }
        _ => {}
    }
}

/// `x => x.LoginId`, `"LoginId"`
fn chosen(node: &Node) -> Option<Spanned<String>> {
    match &node.is {
        Is::Function(function) => function.body.word(),
        _ => node.word(),
    }
}

fn migrate(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name().map(|name| name.value) else { return };
    let text = |names: &[&str]| call.named(names).and_then(|node| seen.text(node));
    let first = || call.positional().next().and_then(|node| seen.text(node));
    let in_schema = text(&["schema"]);
    match name {
        "CreateTable" => {
            let Some(table) = text(&["name"]).or_else(first) else { return };
            let mut fields: BTreeMap<u32, Field> = BTreeMap::new();
            if let Some(Is::Function(function)) = call.named(&["columns"]).map(|node| &node.is) {
                for (own, value) in function.body.entries() {
                    let Some(column) = value.call() else { continue };
                    let stored = column.named(&["name"]).and_then(|node| seen.text(node));
                    let field = column_of(Field { stored_as: stored, ..field(own) }, column);
                    fields.insert(field.name.span.start, field);
                }
            }
            let mut fields: Vec<Field> = fields.into_values().collect();
            let keys = call.named(&["constraints"]).into_iter().flat_map(Node::walk).filter_map(Node::call);
            for key in keys.filter(|call| call.is_called("ForeignKey")) {
                let column = key.named(&["column"]).and_then(chosen);
                let to = key.named(&["principalTable"]).and_then(|node| seen.text(node));
                if let Some(column) = column {
                    fields
                        .iter_mut()
                        .filter(|field| field.name.value == column.value)
                        .for_each(|field| field.references.clone_from(&to));
                }
            }
            seen.create(Made { schema: in_schema, ..Made::new(RecordKind::Table, table, fields) }, node, facts);
            return;
        }
        "RenameTable" => {
            if let (Some(table), Some(to)) = (text(&["name"]).or_else(first), text(&["newName"])) {
                change_in(ScopeId::FILE, &table, Change::RenameTo(to), facts);
            }
            return;
        }
        "DropTable" => {
            text(&["name"])
                .or_else(first)
                .into_iter()
                .for_each(|table| change_in(ScopeId::FILE, &table, Change::Drop, facts));
            return;
        }
        _ => {}
    }
    let mut given = call.positional().filter_map(|node| seen.text(node));
    let (own, table) = (text(&["name", "column"]).or_else(|| given.next()), text(&["table"]).or_else(|| given.next()));
    let Some(table) = table else { return };
    let said = match name {
        "AddColumn" => own.map(|own| Change::AddField(column_of(field(own), call))),
        "AlterColumn" => own.map(|own| column_of(field(own), call)).map(|field| Change::AlterField {
            name: field.name,
            required: field.required,
            references: None,
        }),
        "DropColumn" => own.map(Change::DropField),
        "RenameColumn" => own.zip(text(&["newName"])).map(|(from, to)| Change::RenameField { from, to }),
        "AddForeignKey" => {
            let (column, to) = (text(&["column"]), text(&["principalTable"]));
            column.map(|name| Change::AlterField { name, required: None, references: to })
        }
        _ => None,
    };
    let scope = schema(in_schema, facts);
    said.into_iter().for_each(|said| change_in(scope, &table, said, facts));
}

fn column_of(found: Field, call: &Call) -> Field {
    let required = call.named(&["nullable"]).and_then(truth).is_none_or(|may| !may);
    let own = call.types.first().map(|own| own.value.to_lowercase());
    Field { required: Some(required), type_name: own, ..found }
}
