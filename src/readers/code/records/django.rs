//! Django, and mappers that say fields as it does (Tortoise, Peewee, MongoEngine, Beanie): models, and Django's migrations.

use super::python::{base, is_foreign, truth_of};
use super::{Made, Mapper, Seen, change, field, target};
use crate::fact::{Change, Facts, Field, Migration, RecordKind};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper = Mapper {
    name: "Django",
    languages: &["Python"],
    signs: &["Field(", "ForeignKey", "migrations.", "Document)"],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        if class.bases.iter().filter_map(Node::word).any(|word| word.value == "Migration") {
            migration(class, seen, facts);
        } else if let Some(made) = model(class, seen) {
            seen.create(made, node, facts);
        }
    }
}

/// The user of Django's own, or of whoever takes its place.
const USER: &str = "django.contrib.auth.user";

fn model(class: &Class, seen: &Seen<'_>) -> Option<Made> {
    let name = class.name.as_ref()?;
    let bases: Vec<Spanned<String>> = class.bases.iter().filter_map(base).collect();
    let is_base = |names: &[&str]| bases.iter().any(|base| names.contains(&base.value.as_str()));
    let is_document =
        is_base(&["Document", "DynamicDocument", "EmbeddedDocument"]) || seen.uses("beanie") && is_base(&["Document"]);
    let mut fields = Vec::new();
    for node in &class.body {
        let Is::Bind(bind) = &node.is else { continue };
        let Some(own) = bind.target.word() else { continue };
        match bind.value.as_ref().and_then(Node::call) {
            Some(call) => fields.extend(column(own, call, seen)),
            // Beanie's documents have their fields by annotation.
            None if is_document && bind.type_name.is_some() => fields.push(field(own)),
            None => {}
        }
    }
    let meta = class.body.iter().find_map(|node| match &node.is {
        Is::Class(inner) if inner.name.as_ref().is_some_and(|name| matches!(&*name.text, "Meta" | "Settings")) => {
            Some(inner)
        }
        _ => None,
    });
    let option = |names: &[&str]| {
        meta.into_iter().flat_map(|meta| &meta.body).find_map(|node| match &node.is {
            Is::Bind(bind) => {
                bind.target.word().filter(|word| names.contains(&word.value.as_str())).and(bind.value.as_ref())
            }
            _ => None,
        })
    };
    // MongoEngine: `meta = {'collection': 'x', 'abstract': True}`.
    let meta_map = class.body.iter().find_map(|node| match &node.is {
        Is::Bind(bind) if bind.target.word().is_some_and(|word| word.value == "meta") => bind.value.as_ref(),
        _ => None,
    });
    if fields.is_empty() {
        return None;
    }
    let is_abstract = option(&["abstract"])
        .and_then(truth_of)
        .or_else(|| meta_map.and_then(|map| map.entry(&["abstract"])).and_then(truth_of))
        == Some(true)
        || bases.is_empty()
        || is_base(&["EmbeddedDocument"])
        || name.text.ends_with("Mixin");
    let kind = match (is_abstract, is_document) {
        (true, _) => RecordKind::Part,
        (false, true) => RecordKind::Document,
        (false, false) => RecordKind::Model,
    };
    let stored = option(&["db_table", "table_name", "table", "name"])
        .or_else(|| meta_map.and_then(|map| map.entry(&["collection"])));
    let mut made = Made::new(kind, Spanned::new(name.text.to_string(), name.span), fields);
    made.stored_as = stored.and_then(|node| seen.text(node));
    made.inherits =
        bases.into_iter().filter(|base| !is_foreign(&base.value, seen) && base.value != "BaseModel").collect();
    Some(made)
}

/// `models.CharField(max_length=64, null=True, db_column="login_id")`
fn column(name: Spanned<String>, call: &Call, seen: &Seen<'_>) -> Option<Field> {
    let kind = call.name()?.value;
    let relation = matches!(
        kind,
        "ForeignKey" | "OneToOneField" | "ForeignKeyField" | "ReferenceField" | "TreeForeignKey" | "ParentalKey"
    );
    // Forms, serializers and schemas have such fields, too.
    let from = call.object().and_then(Node::word).map(|word| word.value);
    let is_contract = matches!(
        from.as_deref(),
        Some("serializers" | "forms" | "filters" | "graphene" | "ma" | "wtforms" | "marshmallow" | "f" | "ser")
    );
    let imported_contract = from.is_none()
        && ["rest_framework", "django.forms", "wtforms", "marshmallow", "django_filters"]
            .iter()
            .any(|module| seen.imports.iter().any(|(from, local)| from.value.starts_with(module) && *local == kind));
    if is_contract
        || imported_contract
        || !(relation || kind.ends_with("Field") && kind != "Field")
        || kind.contains("ManyToMany")
    {
        return None;
    }
    let mut found = field(name);
    let stored = call.named(&["db_column", "column_name", "source_field", "db_field"]);
    found.stored_as = stored.and_then(|node| seen.text(node));
    let may_be_null = call.named(&["null"]).and_then(truth_of);
    let required = call.named(&["required"]).and_then(truth_of);
    found.required = Some(
        !may_be_null.unwrap_or(false) && required.unwrap_or(!matches!(from.as_deref(), Some("me" | "mongoengine"))),
    );
    if relation {
        let to = call.positional().next().or_else(|| call.named(&["to", "model", "model_name"]));
        found.references = to.and_then(|to| referred(to, seen));
    } else {
        found.type_name = Some(kind.trim_end_matches("Field").to_lowercase());
    }
    Some(found)
}

fn referred(to: &Node, seen: &Seen<'_>) -> Option<Spanned<String>> {
    let is_user = match &to.is {
        Is::Member(_, name) => &*name.text == "AUTH_USER_MODEL",
        Is::Call(call) => call.is_called("get_user_model"),
        Is::Name(name) => {
            &**name == "User"
                && seen.imports.iter().any(|(from, local)| *local == "User" && from.value.starts_with("django."))
        }
        Is::Text(text) => text.expose() == "auth.User",
        _ => false,
    };
    let user = seen.follow(to);
    let is_user = is_user || user.call().is_some_and(|call| call.is_called("get_user_model"));
    if is_user {
        return Some(Spanned::new(USER.to_owned(), to.span));
    }
    target(to, false)
}

/// `class Migration(migrations.Migration): dependencies = […]; operations = […]`
fn migration(class: &Class, seen: &Seen<'_>, facts: &mut Facts) {
    let member = |name: &str| {
        class.body.iter().find_map(|node| match &node.is {
            Is::Bind(bind) => bind.target.word().filter(|word| word.value == name).and(bind.value.as_ref()),
            _ => None,
        })
    };
    let path: Vec<&str> = seen.source.path.split('/').collect();
    if let [.., app, _, file] = path.as_slice() {
        let id = |app: &str, name: &str| format!("{app}.{name}");
        let after = items(member("dependencies")).iter().filter_map(|node| match &node.is {
            Is::List(parts) => Some(id(parts.first()?.text()?.expose(), parts.get(1)?.text()?.expose())),
            _ => None,
        });
        facts.migration = Some(Migration { id: id(app, file.trim_end_matches(".py")), after: after.collect() });
    }
    for node in items(member("operations")) {
        operation(node, seen, facts);
    }
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.is) {
        Some(Is::List(items)) => items,
        _ => &[],
    }
}

fn operation(node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(call) = node.call() else { return };
    let Some(kind) = call.name() else { return };
    let argument = |at: usize, names: &[&str]| call.named(names).or_else(|| call.positional().nth(at));
    let text = |at: usize, names: &[&str]| argument(at, names).and_then(|node| seen.text(node));
    match kind.value {
        "CreateModel" => {
            let Some(name) = text(0, &["name"]) else { return };
            let fields = items(argument(1, &["fields"])).iter().filter_map(|pair| {
                let Is::List(parts) = &pair.is else { return None };
                column(parts.first()?.word()?, parts.get(1)?.call()?, seen)
            });
            let fields = fields.collect();
            let options = argument(2, &["options"]);
            let stored = options.and_then(|options| options.entry(&["db_table"])).and_then(|node| seen.text(node));
            if options.and_then(|options| options.entry(&["abstract"])).and_then(truth_of) == Some(true) {
                return;
            }
            let mut made = Made { stored_as: stored, ..Made::new(RecordKind::Table, name, fields) };
            let bases = items(call.named(&["bases"])).iter().filter_map(|node| node.word());
            made.inherits = bases
                .filter(|base| !is_foreign(&base.value, seen) && base.value != "Model" && base.value.contains('.'))
                .collect();
            seen.create(made, node, facts);
        }
        "AddField" => {
            let (Some(model), Some(name)) = (text(0, &["model_name"]), text(1, &["name"])) else { return };
            let added = argument(2, &["field"]).and_then(Node::call).and_then(|call| column(name, call, seen));
            added.into_iter().for_each(|field| change(&model, Change::AddField(field), facts));
        }
        "AlterField" => {
            let (Some(model), Some(name)) = (text(0, &["model_name"]), text(1, &["name"])) else { return };
            let altered = argument(2, &["field"]).and_then(Node::call).and_then(|call| column(name, call, seen));
            if let Some(Field { name, required, references, .. }) = altered {
                change(&model, Change::AlterField { name, required, references }, facts);
            }
        }
        "RemoveField" => {
            if let (Some(model), Some(name)) = (text(0, &["model_name"]), text(1, &["name"])) {
                change(&model, Change::DropField(name), facts);
            }
        }
        "RenameField" => {
            let (from, to) = (text(1, &["old_name"]), text(2, &["new_name"]));
            if let (Some(model), Some(from), Some(to)) = (text(0, &["model_name"]), from, to) {
                change(&model, Change::RenameField { from, to }, facts);
            }
        }
        "RenameModel" => {
            if let (Some(from), Some(to)) = (text(0, &["old_name"]), text(1, &["new_name"])) {
                change(&from, Change::RenameTo(to), facts);
            }
        }
        "DeleteModel" => text(0, &["name"]).into_iter().for_each(|name| change(&name, Change::Drop, facts)),
        "SeparateDatabaseAndState" => {
            // What is told to the database alone is SQL most of the time.
            let both = [call.named(&["state_operations"]), call.named(&["database_operations"])];
            let said = both.into_iter().find(|list| !items(*list).is_empty()).flatten();
            items(said).iter().for_each(|node| operation(node, seen, facts));
        }
        _ => {}
    }
}
