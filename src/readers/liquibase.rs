//! Liquibase changelogs in XML, YAML and JSON: the tables that their changes make, alter and drop.

use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::markup::Element;
use crate::readers::settings;
use crate::readers::shapes::Shape;
use crate::readers::{document, sql};
use crate::source::{FileId, Source, Spanned};
use crate::text::Text;
use crate::tree::{At, Tree};

pub const SHAPE: Shape = Shape { name: "liquibase changelog", fits, read };

/// Columns of one change at most.
const COLUMNS: usize = 4_096;

/// Attributes by name.
type Values = Vec<(String, Text)>;

/// One change: `createTable`, `addColumn`…
struct Step<'s> {
    kind: &'s str,
    values: Values,
    columns: Vec<Values>,
}

fn fits(_source: &Source, tree: &Tree) -> bool {
    tree.roots().any(|root| root.get("databaseChangeLog").is_some_and(At::is_list))
}

fn read(source: &Source, tree: &Tree, facts: &mut Facts) {
    let problems = std::mem::take(&mut facts.problems);
    *facts = document::read(source, tree, problems);
    let items = tree.roots().filter_map(|root| root.get("databaseChangeLog")).flat_map(At::items);
    let changes = items.filter_map(|item| item.find(&["changeSet", "changes"])).flat_map(At::items);
    for (kind, body) in changes.flat_map(At::entries) {
        if settings::is_full(facts) {
            return;
        }
        let columns = body.get("columns").into_iter().flat_map(At::items).take(COLUMNS);
        let columns = columns.map(|item| values_of(item.get("column").unwrap_or(item))).collect();
        Step { kind: kind.expose(), values: values_of(body), columns }.say(facts);
    }
}

/// The scalars of a map, and those of its constraints.
fn values_of(map: At<'_>) -> Values {
    let inner = map.get("constraints").map(At::entries).unwrap_or_default();
    let entries = map.entries().into_iter().chain(inner);
    entries.filter_map(|(key, value)| Some((key.expose().to_owned(), value.text()?.clone()))).collect()
}

/// Reads the changes of an XML changelog.
pub(super) fn read_elements(elements: &[Element<'_>], file: FileId, facts: &mut Facts) {
    if elements.first().is_none_or(|root| root.tag.text != "databaseChangeLog") {
        return;
    }
    let values = |element: &Element<'_>| -> Values {
        let inner =
            element.children.iter().map(|child| &elements[*child]).find(|child| child.tag.text == "constraints");
        let attributes = element.attributes.iter().chain(inner.into_iter().flat_map(|inner| &inner.attributes));
        attributes.map(|own| (own.name.text.to_owned(), own.decoded(file).text)).collect()
    };
    for element in elements {
        // A change stands in a changeSet itself; what stands in its rollback is undone.
        if element.parent.is_none_or(|parent| elements[parent].tag.text != "changeSet") {
            continue;
        }
        let children = element.children.iter().map(|child| &elements[*child]);
        let columns = children.filter(|child| child.tag.text == "column").take(COLUMNS).map(values).collect();
        let mut step = Step { kind: element.tag.text, values: values(element), columns };
        if let Some(text) = element.text(file) {
            step.values.push(("sql".to_owned(), text.text));
        }
        step.say(facts);
    }
}

fn get<'v>(values: &'v Values, name: &str) -> Option<&'v Text> {
    values.iter().find(|(key, text)| key == name && !text.is_empty()).map(|(_, text)| text)
}

fn spanned(text: &Text) -> Spanned<String> {
    Spanned::new(text.expose().trim().to_owned(), text.span())
}

fn field(values: &Values) -> Option<Field> {
    let is =
        |name: &str, wanted: &str| get(values, name).is_some_and(|text| text.expose().eq_ignore_ascii_case(wanted));
    let required = if is("nullable", "false") || is("primaryKey", "true") { Some(true) } else { Some(false) };
    // `references="users(id)"`.
    let references = get(values, "referencedTableName").or_else(|| get(values, "references")).map(|text| {
        let table = text.expose().split('(').next().unwrap_or_default().trim_end();
        Spanned::new(table.to_owned(), text.span_of(0..table.len()))
    });
    Some(Field {
        name: spanned(get(values, "name")?),
        stored_as: None,
        type_name: get(values, "type").map(|text| text.expose().to_lowercase()),
        required,
        references,
    })
}

impl Step<'_> {
    fn say(self, facts: &mut Facts) {
        if self.kind == "sql" {
            if let Some(text) = get(&self.values, "sql") {
                sql::statements(text, ScopeId::FILE, facts);
            }
            return;
        }
        let tables = ["tableName", "baseTableName", "oldTableName"];
        let Some(table) = tables.iter().find_map(|name| get(&self.values, name)) else { return };
        let mut name = spanned(table);
        if let Some(schema) = get(&self.values, "schemaName").or_else(|| get(&self.values, "baseTableSchemaName")) {
            name.value = format!("{}.{}", schema.expose().trim(), name.value);
        }
        let comment = get(&self.values, "remarks").map(spanned);
        for change in self.changes() {
            let (name, comment) = (name.clone(), comment.clone());
            let kind = RecordKind::Table;
            facts.records.push(Record { scope: ScopeId::FILE, kind, name, stored_as: None, change, comment });
        }
    }

    fn changes(&self) -> Vec<Change> {
        let value = |name: &str| get(&self.values, name).map(spanned);
        let alter = |required, references| {
            let names = value("columnName").or_else(|| value("baseColumnNames"));
            let alter = |name| Change::AlterField { name, required, references };
            names.map(alter).into_iter().collect()
        };
        match self.kind {
            "createTable" => {
                let fields = self.columns.iter().filter_map(field).collect();
                vec![Change::Create { fields, inherits: Vec::new(), copies: Vec::new() }]
            }
            "addColumn" => self.columns.iter().filter_map(field).map(Change::AddField).collect(),
            "dropColumn" => {
                let listed = self.columns.iter().filter_map(|column| get(column, "name")).map(spanned);
                value("columnName").into_iter().chain(listed).map(Change::DropField).collect()
            }
            "renameColumn" => match (value("oldColumnName"), value("newColumnName")) {
                (Some(from), Some(to)) => vec![Change::RenameField { from, to }],
                _ => Vec::new(),
            },
            "renameTable" => value("newTableName").map(Change::RenameTo).into_iter().collect(),
            "dropTable" => vec![Change::Drop],
            "setTableRemarks" => vec![Change::Describe],
            "addNotNullConstraint" => alter(Some(true), None),
            "dropNotNullConstraint" => alter(Some(false), None),
            "addForeignKeyConstraint" => alter(None, value("referencedTableName")),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers;
    use crate::source::{Sources, Span};

    fn shown(path: &str, text: &str) -> Vec<String> {
        let sources = Sources::in_memory([(path, text)]);
        let facts = readers::read(sources.iter().next().expect("a file")).expect("a reader");
        let slice = |span: Span| sources.slice(span).to_owned();
        let line = |record: &Record| match &record.change {
            Change::Create { fields, .. } => {
                let fields: Vec<String> = fields.iter().map(|field| slice(field.name.span)).collect();
                format!("{} has {}", slice(record.name.span), fields.join(" "))
            }
            Change::AddField(field) => format!("{} gets {}", slice(record.name.span), slice(field.name.span)),
            Change::DropField(name) => format!("{} loses {}", slice(record.name.span), slice(name.span)),
            Change::AlterField { name, required, references } => {
                let to = references.as_ref().map(|to| to.value.as_str());
                format!("{} {} {required:?} {to:?}", slice(record.name.span), slice(name.span))
            }
            _ => slice(record.name.span),
        };
        facts.records.iter().map(line).collect()
    }

    const EXPECTED: &[&str] =
        &["bank has id flinks_login_id", "bank gets country", "bank user_id None Some(\"users\")"];

    /// The three notations say the same; a rollback says what is undone.
    #[test]
    fn changes_in_xml_and_yaml() {
        let xml = r#"<databaseChangeLog><changeSet id="1" author="a">
<createTable tableName="bank"><column name="id" type="int"/><column name="flinks_login_id" type="varchar(36)"/></createTable>
<addColumn tableName="bank"><column name="country" type="char(2)"/></addColumn>
<addForeignKeyConstraint baseTableName="bank" baseColumnNames="user_id" referencedTableName="users"/>
<rollback><dropColumn tableName="bank" columnName="country"/></rollback>
</changeSet></databaseChangeLog>"#;
        assert_eq!(shown("db/changelog/1.xml", xml), EXPECTED);
        let yaml = "databaseChangeLog:\n- changeSet:\n    id: 1\n    changes:\n    - createTable:\n        tableName: bank\n        columns:\n        - column: {name: id, type: int}\n        - column: {name: flinks_login_id, type: text}\n    - addColumn: {tableName: bank, columns: [{column: {name: country, type: text}}]}\n    - addForeignKeyConstraint: {baseTableName: bank, baseColumnNames: user_id, referencedTableName: users}\n    rollback:\n    - dropColumn: {tableName: bank, columnName: country}\n";
        assert_eq!(shown("db/changelog/1.yaml", yaml), EXPECTED);
    }
}
