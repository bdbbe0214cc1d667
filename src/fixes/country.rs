//! A field for the country beside a stored loginId, in the language of the schema.

use super::comment::{indent, line_end};
use super::{Edit, Fix, Safety};
use crate::source::{Source, Span};

/// How a field for the country is written beside one of loginIds.
struct Form {
    /// Endings of file names.
    endings: &'static [&'static str],
    /// What the line of the loginId has, in lower case: one of them.
    has: &'static [&'static str],
    field: &'static str,
    /// Whether it stands above the loginId: where fields are parted by commas, the last has none.
    above: bool,
}

const FORMS: &[Form] = &[
    Form { endings: &["prisma"], has: &["string"], field: "country String", above: false },
    Form {
        endings: &["sql"],
        has: &["char", "text", "uuid", "string", "uniqueidentifier"],
        field: "country char(2) NOT NULL,",
        above: true,
    },
    Form { endings: &["py"], has: &["= models."], field: "country = models.CharField(max_length=2)", above: false },
    Form { endings: &["py"], has: &[": mapped["], field: "country: Mapped[str]", above: false },
    Form {
        endings: &["py"],
        has: &["= column(", "= db.column("],
        field: "country = Column(String(2), nullable=False)",
        above: false,
    },
    Form {
        endings: &["ts", "js"],
        has: &["type: string", "type: datatypes."],
        field: "country: { type: String, required: true },",
        above: true,
    },
    Form { endings: &["cs"], has: &["{ get;"], field: "public required string Country { get; set; }", above: false },
    Form { endings: &["ex", "exs"], has: &["field :", "field("], field: "field :country, :string", above: false },
    Form {
        endings: &["rb"],
        has: &["t.string", "t.uuid", "t.text"],
        field: "t.string :country, limit: 2, null: false",
        above: false,
    },
    Form { endings: &["php"], has: &["$table->"], field: "$table->char('country', 2);", above: false },
];

/// The change, where the line is in a notation that is known. Steps of a migration that has run are not changed.
pub fn add(source: &Source, beside: Span) -> Option<Fix> {
    let path = source.path.to_ascii_lowercase();
    if path.contains("migrat") || path.contains("/versions/") || path.contains("changelog") {
        return None;
    }
    let line = source.line_range(source.line_index(beside.start as usize));
    let written = &source.text()[line.clone()];
    let lower = written.to_ascii_lowercase();
    let ending = path.rsplit('.').next()?;
    let fits = |form: &&Form| form.endings.contains(&ending) && form.has.iter().any(|has| lower.contains(has));
    let form = FORMS.iter().find(fits)?;
    // A whole table on one line is not taken apart.
    let own = source.text()[line.start..beside.start as usize].trim_start();
    if own.contains(['(', '{']) && ending == "sql" || own.contains(';') {
        return None;
    }
    // Sequelize says types as it does for the field beside it.
    let field = if lower.contains("type: datatypes.") {
        "country: { type: DataTypes.STRING(2), allowNull: false },"
    } else {
        form.field
    };
    let (indent, end) = (indent(written), line_end(source));
    let edit = if form.above {
        Edit { span: source.span(line.start..line.start), text: format!("{indent}{field}{end}") }
    } else {
        Edit { span: source.span(line.end..line.end), text: format!("{end}{indent}{field}") }
    };
    Fix::new("Add `country` beside the loginId", Safety::Suggested, vec![edit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixes::apply;
    use crate::source::FileId;

    fn added(name: &str, text: &str, field: &str) -> Option<String> {
        let source = Source::new(FileId(0), name, text);
        let at = text.find(field)?;
        let fix = add(&source, source.span(at..at + field.len()))?;
        Some(apply(text, &fix.edits.iter().collect::<Vec<_>>()).0)
    }

    #[test]
    fn a_field_in_the_language_of_the_schema() {
        let sql = "CREATE TABLE bank (\n  id int,\n  flinks_login_id uuid\n);\n";
        let mended = "CREATE TABLE bank (\n  id int,\n  country char(2) NOT NULL,\n  flinks_login_id uuid\n);\n";
        assert_eq!(added("db/schema.sql", sql, "flinks_login_id").unwrap(), mended);
        let prisma = "model Bank {\n  flinksLoginId String @unique\n}\n";
        let mended = "model Bank {\n  flinksLoginId String @unique\n  country String\n}\n";
        assert_eq!(added("schema.prisma", prisma, "flinksLoginId").unwrap(), mended);
    }

    #[test]
    fn what_has_run_or_stands_on_one_line_is_left_alone() {
        assert_eq!(added("db/migrations/001.sql", "CREATE TABLE a (\n  login_id uuid\n);", "login_id"), None);
        assert_eq!(added("a.sql", "CREATE TABLE a (login_id uuid);", "login_id"), None);
    }
}
