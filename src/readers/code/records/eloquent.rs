//! PHP beside Laravel's migrations: what Eloquent's models say of their tables; tables built by Doctrine's schema and Phinx.

use super::{Mapper, Seen, change, field, links, truth};
use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::code::syntax::{Call, Class, Is, Node};
use crate::source::Spanned;

pub const MAPPER: Mapper =
    Mapper { name: "Eloquent", languages: &["PHP"], signs: &["fillable", "addColumn", "Column("], read };

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (class, node) in seen.classes() {
        model(class, node, seen, facts);
    }
    for (call, _) in seen.calls() {
        built(call, seen, facts);
    }
}

/// `protected $table = 'bank_connections'; protected $fillable = ['login_id'];`
fn model(class: &Class, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = &class.name else { return };
    let member = |wanted: &str| {
        class.body.iter().find_map(|node| match &node.is {
            Is::Bind(bind) => {
                bind.target.word().filter(|word| word.value.trim_start_matches('$') == wanted).and(bind.value.as_ref())
            }
            _ => None,
        })
    };
    let Some(Is::List(fillable)) = member("fillable").map(|node| &node.is) else { return };
    let stored_as = member("table").and_then(|node| seen.text(node));
    let name = Spanned::new(name.text.to_string(), name.span);
    let comment = seen.about(node);
    for own in fillable.iter().filter_map(Node::word) {
        let (kind, scope, change) = (RecordKind::Model, ScopeId::FILE, Change::AddField(field(own)));
        let (name, stored_as, comment) = (name.clone(), stored_as.clone(), comment.clone());
        facts.records.push(Record { scope, kind, name, stored_as, change, comment });
    }
}

/// `$table->addColumn('login_id', 'string', ['notnull' => false])` on what `createTable('x')` or `table('x')` gave.
fn built(call: &Call, seen: &Seen<'_>, facts: &mut Facts) {
    let Some(name) = call.name().map(|name| name.value) else { return };
    if !matches!(name, "addColumn" | "removeColumn" | "dropColumn" | "renameColumn" | "changeColumn") {
        return;
    }
    let Some(object) = call.object() else { return };
    let mut chain = links(object);
    if let Some(root) = chain.last().and_then(|root| root.object()).or(Some(object)).map(|node| seen.follow(node)) {
        chain.extend(links(root));
    }
    let makes =
        |call: &&&Call| matches!(call.name().map(|name| name.value), Some("createTable" | "getTable" | "table"));
    let Some(table) = chain.iter().find(makes).and_then(|call| seen.text(call.positional().next()?)) else { return };
    let word = |at: usize| call.positional().nth(at).and_then(|node| seen.text(node));
    let column = || {
        let options = call.positional().nth(2);
        let says = |key: &str| options.and_then(|options| options.entry(&[key])).and_then(truth);
        let required = says("notnull").or_else(|| says("null").map(|may| !may)).unwrap_or(true);
        Some(Field {
            required: Some(required),
            type_name: word(1).map(|kind| kind.value.to_lowercase()),
            ..field(word(0)?)
        })
    };
    let said = match name {
        "addColumn" => column().map(Change::AddField),
        "changeColumn" => {
            column().map(|said| Change::AlterField { name: said.name, required: said.required, references: None })
        }
        "renameColumn" => word(0).zip(word(1)).map(|(from, to)| Change::RenameField { from, to }),
        _ => word(0).map(Change::DropField),
    };
    said.into_iter().for_each(|said| change(&table, said, facts));
}
