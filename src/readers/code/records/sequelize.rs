//! Sequelize: `define`, `Model.init`, associations, migrations by `queryInterface`.

use super::node::{Unsaid, fields, of_options};
use super::{ECMASCRIPT, Made, Mapper, Seen, change_in, field, schema, target};
use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper =
    Mapper { name: "Sequelize", languages: ECMASCRIPT, signs: &["equelize", "queryInterface", "DataTypes"], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        let Some(name) = call.name() else { continue };
        match name.value {
            "define" => define(call, node, seen, facts),
            "init" => init(call, node, seen, facts),
            "belongsTo" => belongs_to(call, facts),
            _ if on_interface(call) => migrate(name.value, call, seen, facts),
            _ => {}
        }
    }
}

/// `sequelize.define('BankConnection', { … }, { tableName: 'bank_connections' })`
fn define(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let mut given = call.positional();
    let (Some(name), Some(map)) = (given.next().and_then(|node| seen.text(node)), given.next()) else { return };
    model(name, seen.follow(map), given.next().map(|options| seen.follow(options)), node, seen, facts);
}

/// `BankConnection.init({ … }, { sequelize, tableName })`
fn init(call: &Call, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let mut given = call.positional();
    let (Some(map), Some(options)) = (given.next(), given.next().map(|options| seen.follow(options))) else { return };
    let own =
        call.object().and_then(Node::word).filter(|word| !matches!(word.value.as_str(), "super" | "this" | "Model"));
    let said = options.entry(&["modelName"]).and_then(|node| seen.text(node));
    let around = seen.classes().into_iter().find(|(_, class)| class.span.contains(node.span));
    let around =
        around.and_then(|(class, _)| class.name.as_ref()).map(|name| Spanned::new(name.text.to_string(), name.span));
    let Some(name) = own.or(said).or(around) else { return };
    model(name, seen.follow(map), Some(options), node, seen, facts);
}

fn model(name: Spanned<String>, map: &Node, options: Option<&Node>, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    if !matches!(map.is, Is::Map(_)) {
        return;
    }
    let text = |key: &str| options.and_then(|options| options.entry(&[key])).and_then(|node| seen.text(node));
    let made = Made {
        stored_as: text("tableName"),
        schema: text("schema"),
        ..Made::new(RecordKind::Model, name, fields(map, Unsaid::Nullable, seen))
    };
    seen.create(made, node, facts);
}

/// `BankConnection.belongsTo(models.User, { foreignKey: { name: 'userId', allowNull: false } })`
fn belongs_to(call: &Call, facts: &mut Facts) {
    let Some(own) = call.object().and_then(Node::word) else { return };
    let Some(to) = call.positional().next().and_then(|node| target(node, false)) else { return };
    let key = call.named(&["foreignKey"]);
    let said = key.and_then(|key| match &key.is {
        Is::Map(_) => {
            let name = key.entry(&["name", "fieldName", "field"])?.word()?;
            Some(Field { stored_as: None, ..of_options(name, key, Unsaid::Nullable) })
        }
        _ => Some(field(key.word()?)),
    });
    let mut said = said.unwrap_or_else(|| field(Spanned::new(format!("{}Id", to.value), to.span)));
    said.references = Some(to);
    let (kind, scope) = (RecordKind::Model, ScopeId::FILE);
    facts.records.push(Record {
        scope,
        kind,
        name: own,
        stored_as: None,
        change: Change::AddField(said),
        comment: None,
    });
}

fn on_interface(call: &Call) -> bool {
    let object = call.object().and_then(Node::word);
    object.is_some_and(|object| {
        let word = object.value.to_ascii_lowercase();
        matches!(word.as_str(), "queryinterface" | "qi" | "context" | "query" | "getqueryinterface")
            || word.ends_with("interface")
    }) || call.object().and_then(Node::call).is_some_and(|inner| inner.is_called("getQueryInterface"))
}

fn migrate(name: &str, call: &Call, seen: &Seen<'_>, facts: &mut Facts) {
    let given: Vec<&Node> = call.positional().map(|node| seen.follow(node)).collect();
    let Some((table, in_schema)) = given.first().and_then(|node| table(node, seen)) else { return };
    let word = |at: usize| given.get(at).and_then(|node| node.word());
    let said = match (name, given.get(1)) {
        ("createTable", Some(map)) => {
            let made =
                Made { schema: in_schema, ..Made::new(RecordKind::Table, table, fields(map, Unsaid::Nullable, seen)) };
            let comment = seen.about(given[1]);
            let scope = schema(made.schema, facts);
            let change = Change::Create { fields: made.fields, inherits: Vec::new(), copies: Vec::new() };
            facts.records.push(Record {
                scope,
                kind: RecordKind::Table,
                name: made.name,
                stored_as: None,
                change,
                comment,
            });
            return;
        }
        ("addColumn", _) => {
            let (Some(name), Some(options)) = (word(1), given.get(2)) else { return };
            Change::AddField(of_options(name, options, Unsaid::Nullable))
        }
        ("removeColumn", _) => match word(1) {
            Some(name) => Change::DropField(name),
            None => return,
        },
        ("renameColumn", _) => match (word(1), word(2)) {
            (Some(from), Some(to)) => Change::RenameField { from, to },
            _ => return,
        },
        ("changeColumn", _) => {
            let (Some(name), Some(options)) = (word(1), given.get(2)) else { return };
            let said = of_options(name, options, Unsaid::Nullable);
            Change::AlterField { name: said.name, required: said.required, references: said.references }
        }
        ("renameTable", _) => match word(1) {
            Some(to) => Change::RenameTo(to),
            None => return,
        },
        ("dropTable", _) => Change::Drop,
        _ => return,
    };
    let scope = schema(in_schema, facts);
    change_in(scope, &table, said, facts);
}

/// `'bank_connections'`, `{ tableName: 'bank_connections', schema: 'us' }`
fn table(node: &Node, seen: &Seen<'_>) -> Option<(Spanned<String>, Option<Spanned<String>>)> {
    match &node.is {
        Is::Map(_) => {
            let name = seen.text(node.entry(&["tableName"])?)?;
            Some((name, node.entry(&["schema"]).and_then(|node| seen.text(node))))
        }
        _ => Some((seen.text(node)?, None)),
    }
}
