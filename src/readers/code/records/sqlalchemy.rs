//! SQLAlchemy and SQLModel: classes and tables with columns; Alembic's migrations.

use super::python::{base, is_foreign, truth_of};
use super::{Made, Mapper, Seen, change_in, field, schema};
use crate::fact::{Change, Facts, Field, Migration, RecordKind, ScopeId};
use crate::readers::code::syntax::{Bind, Call, Class, Is, Node};
use crate::source::{Span, Spanned};

pub const MODELS: Mapper = Mapper {
    name: "SQLAlchemy",
    languages: &["Python"],
    signs: &["Column(", "mapped_column", "Mapped[", "SQLModel"],
    read: models,
};
pub const ALEMBIC: Mapper =
    Mapper { name: "Alembic", languages: &["Python"], signs: &["op.", "batch_op"], read: alembic };

fn models(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        if let Some(made) = model(class, seen) {
            seen.create(made, node, facts);
        }
    }
    // `links = Table("links", metadata, Column("login_id", …))`
    for node in seen.nodes() {
        let Is::Bind(bind) = &node.is else { continue };
        let (Some(own), Some(call)) = (bind.target.word(), bind.value.as_ref().and_then(Node::call)) else { continue };
        let columns: Vec<Field> =
            call.positional().filter_map(|node| column_of_call(None, node.call()?, seen)).collect();
        if call.is_called("Table") && !columns.is_empty() {
            let stored_as = call.positional().next().and_then(|node| seen.text(node));
            let schema = call.named(&["schema"]).and_then(|node| seen.text(node));
            seen.create(Made { stored_as, schema, ..Made::new(RecordKind::Model, own, columns) }, node, facts);
        }
    }
}

fn model(class: &Class, seen: &Seen<'_>) -> Option<Made> {
    let name = class.name.as_ref()?;
    let bases: Vec<Spanned<String>> = class.bases.iter().filter_map(base).collect();
    let is_sqlmodel = seen.uses("sqlmodel") || bases.iter().any(|base| base.value == "SQLModel");
    let is_table = class.marks.iter().any(|mark| match &mark.is {
        Is::Bind(bind) => {
            bind.target.word().is_some_and(|word| word.value == "table")
                && bind.value.as_ref().and_then(truth_of) == Some(true)
        }
        _ => false,
    });
    let member = |wanted: &str| {
        class.body.iter().find_map(|node| match &node.is {
            Is::Bind(bind) => bind.target.word().filter(|word| word.value == wanted).and(bind.value.as_ref()),
            _ => None,
        })
    };
    let mut fields = Vec::new();
    for node in &class.body {
        if let Is::Bind(bind) = &node.is {
            fields.extend(column(bind, is_sqlmodel && !bases.is_empty(), seen));
        }
    }
    let stored_as = member("__tablename__").and_then(|node| seen.text(node));
    if fields.is_empty() && stored_as.is_none() && !is_table {
        return None;
    }
    let is_abstract = member("__abstract__").and_then(truth_of) == Some(true);
    let of_flask =
        class.bases.iter().any(|base| base.chain().is_some_and(|chain| chain.len() == 2 && &*chain[1].text == "Model"));
    let kind = if !is_abstract && (stored_as.is_some() || is_table || of_flask) {
        RecordKind::Model
    } else {
        RecordKind::Part
    };
    let arguments = member("__table_args__");
    let options = arguments.and_then(|node| match &node.is {
        Is::List(items) => items.last(),
        _ => Some(node),
    });
    let in_schema = options.and_then(|options| options.entry(&["schema"])).and_then(|node| seen.text(node));
    let mut made = Made::new(kind, Spanned::new(name.text.to_string(), name.span), fields);
    (made.stored_as, made.schema) = (stored_as, in_schema);
    made.inherits = bases.into_iter().filter(|base| !is_foreign(&base.value, seen)).collect();
    Some(made)
}

/// `login_id: Mapped[str] = mapped_column(…)`, `login_id = Column(…)`, SQLModel's `login_id: str`.
fn column(bind: &Bind, by_type: bool, seen: &Seen<'_>) -> Option<Field> {
    let own = bind.target.word().filter(|word| !word.value.starts_with("__") && word.value != "model_config")?;
    let written = bind.type_name.as_ref().map_or("", |own| own.value.as_str());
    let may_be_null = written.contains("Optional[") || written.contains("None");
    let call = bind.value.as_ref().and_then(Node::call);
    if call.is_some_and(|call| {
        matches!(
            call.name().map(|name| name.value),
            Some("relationship" | "Relationship" | "synonym" | "column_property" | "association_proxy")
        )
    }) {
        return None;
    }
    let is_mapped = written.starts_with("Mapped[") || written.contains(".Mapped[");
    let found = call.and_then(|call| column_of_call(Some(own.clone()), call, seen));
    let mut found = match found {
        Some(found) => found,
        None if by_type && bind.type_name.is_some() && !written.contains("ClassVar") => {
            let mut found = field(own);
            // `Field(foreign_key="users.id")`
            let key = call.and_then(|call| call.named(&["foreign_key"])).and_then(|node| seen.text(node));
            found.references = key.map(|key| before_dot(&key));
            found.required = Some(!may_be_null);
            let listed = written.starts_with("list[") || written.starts_with("List[");
            if listed {
                return None;
            }
            found
        }
        None if is_mapped && call.is_none() => Field { required: Some(!may_be_null), ..field(own) },
        None => return None,
    };
    if is_mapped {
        let said = call.and_then(|call| call.named(&["nullable"])).and_then(truth_of);
        found.required = Some(said.map_or(!may_be_null, |may| !may));
    }
    Some(found)
}

/// `Column("login_id", String(64), ForeignKey("users.id"), nullable=False)`
fn column_of_call(own: Option<Spanned<String>>, call: &Call, seen: &Seen<'_>) -> Option<Field> {
    if !matches!(call.name()?.value, "Column" | "mapped_column" | "db_column") {
        return None;
    }
    let first = call.positional().next().filter(|node| node.text().is_some()).and_then(|node| seen.text(node));
    let (name, stored_as) = match own {
        Some(own) => (own, first.or_else(|| call.named(&["name"]).and_then(|node| seen.text(node)))),
        None => (first?, None),
    };
    let mut found = Field { stored_as, ..field(name) };
    let is_key = call.named(&["primary_key"]).and_then(truth_of) == Some(true);
    found.required = Some(call.named(&["nullable"]).and_then(truth_of).map_or(is_key, |may| !may));
    let given = || call.positional().filter(|node| node.text().is_none());
    let keys = || given().filter_map(Node::call).find(|inner| inner.is_called("ForeignKey"));
    found.references = keys().and_then(|key| referred(key.positional().next()?, seen));
    let kind = given().find(|node| {
        !node.call().is_some_and(|call| {
            matches!(call.name().map(|name| name.value), Some("ForeignKey" | "Identity" | "Computed" | "Sequence"))
        })
    });
    found.type_name = kind.or_else(|| call.named(&["type_"])).and_then(super::node::type_name);
    Some(found)
}

/// `"users.id"`, `User.id`
fn referred(node: &Node, seen: &Seen<'_>) -> Option<Spanned<String>> {
    match seen.text(node) {
        Some(text) => Some(before_dot(&text)),
        None => super::target(node, true),
    }
}

/// `public.users` of `public.users.id`.
fn before_dot(text: &Spanned<String>) -> Spanned<String> {
    let table = text.value.rsplit_once('.').map_or(text.value.as_str(), |(table, _)| table);
    let start = text.span.start as usize;
    Spanned::new(table.to_owned(), Span::new(text.span.file, start, start + table.len()))
}

fn alembic(seen: &Seen<'_>, facts: &mut Facts) {
    let said = |name: &str| seen.bound.get(name).copied().flatten().and_then(|bind| bind.value.as_ref());
    if let Some(id) = said("revision").and_then(Node::text) {
        let after = match said("down_revision").map(|node| &node.is) {
            Some(Is::Text(text)) => vec![text.expose().to_owned()],
            Some(Is::List(items)) => items.iter().filter_map(|item| Some(item.text()?.expose().to_owned())).collect(),
            _ => Vec::new(),
        };
        facts.migration = Some(Migration { id: id.expose().to_owned(), after });
    }
    // `with op.batch_alter_table("links") as batch_op:` tells the table of what follows.
    let mut batch: Option<(String, Spanned<String>, ScopeId)> = None;
    for node in seen.nodes() {
        match &node.is {
            Is::Bind(bind) => {
                let Some(call) = bind.value.as_ref().and_then(Node::call) else { continue };
                if call.is_called("batch_alter_table")
                    && let (Some(own), Some(table)) =
                        (bind.target.word(), call.positional().next().and_then(|node| seen.text(node)))
                {
                    let scope = schema(call.named(&["schema"]).and_then(|node| seen.text(node)), facts);
                    batch = Some((own.value, table, scope));
                }
            }
            Is::Call(call) => {
                let Some(object) = call.object().and_then(Node::word) else { continue };
                match &batch {
                    Some((own, table, scope)) if *own == object.value => {
                        let (table, scope) = (table.clone(), *scope);
                        operation(call, node, Some((table, scope)), seen, facts);
                    }
                    _ if matches!(object.value.as_str(), "op" | "operations" | "ops") => {
                        operation(call, node, None, seen, facts)
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn operation(call: &Call, node: &Node, batch: Option<(Spanned<String>, ScopeId)>, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name().map(|name| name.value) else { return };
    let given: Vec<&Node> = call.positional().collect();
    if name == "create_table" {
        let Some(table) = given.first().and_then(|node| seen.text(node)) else { return };
        let mut columns: Vec<Field> =
            given[1..].iter().filter_map(|node| column_of_call(None, node.call()?, seen)).collect();
        // `sa.ForeignKeyConstraint(["user_id"], ["users.id"])`
        for key in
            given[1..].iter().filter_map(|node| node.call()).filter(|call| call.is_called("ForeignKeyConstraint"))
        {
            let of = |at: usize| match key.positional().nth(at).map(|node| &node.is) {
                Some(Is::List(items)) => items.first().and_then(|node| seen.text(node)),
                _ => None,
            };
            if let (Some(own), Some(to)) = (of(0), of(1))
                && let Some(column) = columns.iter_mut().find(|column| column.name.value == own.value)
            {
                column.references = Some(before_dot(&to));
            }
        }
        let schema = call.named(&["schema"]).and_then(|node| seen.text(node));
        return seen.create(Made { schema, ..Made::new(RecordKind::Table, table, columns) }, node, facts);
    }
    // In a batch the table is said before.
    let (table, rest, scope) = match batch {
        Some((table, scope)) => (table, &given[..], scope),
        None => {
            let at = usize::from(matches!(name, "create_foreign_key"));
            let Some(table) =
                given.get(at).copied().or_else(|| call.named(&["table_name"])).and_then(|node| seen.text(node))
            else {
                return;
            };
            let scope = schema(call.named(&["schema"]).and_then(|node| seen.text(node)), facts);
            (table, given.get(1..).unwrap_or_default(), scope)
        }
    };
    let text = |at: usize, names: &[&str]| {
        call.named(names).or_else(|| rest.get(at).copied()).and_then(|node| seen.text(node))
    };
    let said = match name {
        "add_column" => rest.first().and_then(|node| column_of_call(None, node.call()?, seen)).map(Change::AddField),
        "drop_column" => text(0, &["column_name"]).map(Change::DropField),
        "alter_column" => {
            let Some(own) = text(0, &["column_name"]) else { return };
            if let Some(to) = call.named(&["new_column_name"]).and_then(|node| seen.text(node)) {
                Some(Change::RenameField { from: own, to })
            } else {
                let required = call.named(&["nullable"]).and_then(truth_of).map(|may| !may);
                Some(Change::AlterField { name: own, required, references: None })
            }
        }
        "rename_table" => text(0, &["new_table_name"]).map(Change::RenameTo),
        "drop_table" => Some(Change::Drop),
        "create_foreign_key" => {
            let first = |at: usize| match rest.get(at).map(|node| &node.is) {
                Some(Is::List(items)) => items.first().and_then(|node| seen.text(node)),
                _ => None,
            };
            match (
                rest.get(usize::from(given.len() > rest.len())).and_then(|node| seen.text(node)),
                first(1).or_else(|| first(2)),
            ) {
                (Some(to), Some(name)) => Some(Change::AlterField { name, required: None, references: Some(to) }),
                _ => None,
            }
        }
        _ => None,
    };
    said.into_iter().for_each(|said| change_in(scope, &table, said, facts));
}
