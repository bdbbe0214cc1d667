//! Corners of SQL that real schemas have.

use super::*;
use crate::fact::{Change, Record};
use crate::source::FileId;

fn read_text(text: &str) -> (Source, Facts) {
    read_at("db/schema.sql", text)
}

fn read_at(path: &str, text: &str) -> (Source, Facts) {
    let source = Source::new(FileId(0), path, text);
    let facts = read(&source);
    (source, facts)
}

/// Every fact in a line, places checked on the way.
fn said(text: &str) -> Vec<String> {
    let (source, facts) = read_text(text);
    facts.records.iter().map(|record| line(&source, record)).collect()
}

fn line(source: &Source, record: &Record) -> String {
    let name = &record.name.value;
    let written = source.slice(record.name.span);
    let bare = |text: &str| text.replace(['"', '`', '[', ']'], "");
    assert!(
        bare(written).contains(&bare(name)) || matches!(record.change, Change::Describe),
        "{written} is not {name}"
    );
    let field = |field: &crate::fact::Field| {
        assert_eq!(source.slice(field.name.span), field.name.value);
        let required = match field.required {
            Some(true) => "!",
            Some(false) => "",
            None => "?",
        };
        let references = field.references.as_ref().map_or(String::new(), |to| format!(">{}", to.value));
        format!("{}{required}{references}", field.name.value)
    };
    let names = |names: &[crate::source::Spanned<String>]| {
        names.iter().map(|name| name.value.clone()).collect::<Vec<_>>().join(" ")
    };
    match &record.change {
        Change::Create { fields, inherits, copies } => {
            let inherits: Vec<_> = inherits.iter().chain(copies).cloned().collect();
            let fields: Vec<String> = fields.iter().map(field).collect();
            let from = if inherits.is_empty() { String::new() } else { format!(" from {}", names(&inherits)) };
            format!("create {name}: {}{from}", fields.join(" "))
        }
        Change::AddField(added) => format!("add {name}: {}", field(added)),
        Change::DropField(dropped) => format!("drop {name}.{}", dropped.value),
        Change::RenameField { from, to } => format!("rename {name}.{} {}", from.value, to.value),
        Change::RenameTo(to) => format!("rename {name} {}", to.value),
        Change::AlterField { name: column, required, references } => {
            let references = references.as_ref().map_or(String::new(), |to| format!(">{}", to.value));
            format!("alter {name}.{} {required:?}{references}", column.value)
        }
        Change::Drop => format!("drop {name}"),
        Change::Describe => format!("describe {name}"),
        Change::Write { fields } => {
            let fields: Vec<_> = fields.iter().map(|field| field.name.clone()).collect();
            format!("write {name}: {}", names(&fields))
        }
    }
}

#[test]
fn tables_of_every_dialect() {
    let postgres = "CREATE TABLE IF NOT EXISTS public.\"Bank\" (\n  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),\n  \
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, -- who\n  note varchar(20) DEFAULT 'a, b',\n  \
        CONSTRAINT one UNIQUE (user_id), key text, period int, CHECK (id > 0)\n);";
    assert_eq!(said(postgres), ["create public.Bank: id! user_id!>users note key period"]);

    assert_eq!(said("CREATE TABLE a (b int REFERENCES c CHECK (d IS NOT NULL));"), ["create a: b>c"]);

    let mysql = "CREATE TABLE `bank` (`id` int(11) NOT NULL AUTO_INCREMENT, `login_id` varchar(64) COLLATE utf8_bin,\n\
        `user_id` int, PRIMARY KEY (`id`), KEY `by_login` (`login_id`), UNIQUE KEY x (`user_id`),\n\
        CONSTRAINT `f` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)) ENGINE=InnoDB COMMENT='it\\'s Flinks';";
    assert_eq!(said(mysql), ["create bank: id! login_id user_id>users"]);
    let (_, facts) = read_text(mysql);
    assert_eq!(facts.records[0].comment.as_ref().unwrap().value, "Flinks", "no more of a value than the name");

    let server = "IF NOT EXISTS (SELECT 1)\nBEGIN\nCREATE TABLE [dbo].[Bank] ([Id] INT IDENTITY(1,1) NOT NULL, \
        [LoginId] NVARCHAR(64) NULL, CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC)) ON [PRIMARY]\nEND\nGO\n\
        CREATE TABLE #t (a int)\nCREATE TABLE Two (a int)\nGO";
    assert_eq!(said(server), ["create dbo.Bank: Id! LoginId", "create Two: a"]);

    let oracle = "CREATE TABLE bank (login_id VARCHAR2(64 CHAR) NOT NULL ENABLE, n NUMBER(10,0));\n/\n";
    assert_eq!(said(oracle), ["create bank: login_id! n"]);
    assert_eq!(said("CREATE TABLE t(id, login_id)"), ["create t: id login_id"]);
}

#[test]
fn tables_that_take_over_columns() {
    assert_eq!(said("CREATE TABLE a (LIKE b INCLUDING ALL, c int);"), ["create a: c from b"]);
    assert_eq!(said("CREATE TABLE a (c int) INHERITS (b, s.d);"), ["create a: c from b s.d"]);
    assert_eq!(said("CREATE TABLE a PARTITION OF b FOR VALUES IN ('x');"), ["create a:  from b"]);
    assert_eq!(said("CREATE TABLE a AS SELECT x, t.y AS z, f(a, b) w FROM b t;"), ["create a: x? z? w?"]);
    assert_eq!(said("CREATE TABLE a AS SELECT * FROM b;"), ["create a:  from b"]);
    assert_eq!(said("CREATE TYPE p AS (country text);\nCREATE TABLE a (x p NOT NULL);"), ["create a: x! country"]);
}

/// Nothing of this is stored.
#[test]
fn what_is_no_table_is_silent() {
    for text in [
        "CREATE TEMP TABLE a (flinks_login_id text);",
        "CREATE VIEW v AS SELECT flinks_login_id FROM t;",
        "CREATE MATERIALIZED VIEW v AS SELECT flinks_login_id FROM t;",
        "CREATE INDEX i ON t (flinks_login_id);",
        "CREATE FUNCTION f(p_flinks_login_id text) RETURNS void AS $$ BEGIN PERFORM 1; END $$ LANGUAGE plpgsql;",
        "CREATE POLICY p ON t USING (flinks_login_id = '1');",
        "-- CREATE TABLE a (b int);",
        "/* CREATE TABLE a (b int); */ SELECT 'CREATE TABLE a (b int)';",
        "CREATE TYPE dbo.Rows AS TABLE (flinks_login_id text);",
        "DECLARE @t TABLE (flinks_login_id text);",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn alterations_of_every_dialect() {
    assert_eq!(
        said(
            "ALTER TABLE ONLY public.t ADD COLUMN IF NOT EXISTS a text NOT NULL, ADD b int, DROP COLUMN IF EXISTS c CASCADE;"
        ),
        ["add public.t: a!", "add public.t: b", "drop public.t.c"]
    );
    assert_eq!(said("ALTER TABLE t ADD (a int, b int NOT NULL);"), ["add t: a", "add t: b!"]);
    assert_eq!(said("ALTER TABLE t ADD a int NULL, b int NOT NULL\nGO"), ["add t: a", "add t: b!"]);
    assert_eq!(said("ALTER TABLE t ADD a int AFTER b, ALGORITHM=INPLACE, LOCK=NONE;"), ["add t: a"]);
    assert_eq!(said("ALTER TABLE t DROP COLUMN a, b;"), ["drop t.a", "drop t.b"]);
    assert_eq!(said("ALTER TABLE t DROP CONSTRAINT a, DROP FOREIGN KEY b, DROP INDEX c;"), [""; 0]);
    assert_eq!(
        said("ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t RENAME c TO d;"),
        ["rename t.a b", "rename t.c d"]
    );
    assert_eq!(
        said("ALTER TABLE t RENAME TO u; RENAME TABLE a TO b, c TO d;"),
        ["rename t u", "rename a b", "rename c d"]
    );
    assert_eq!(said("ALTER TABLE `t` CHANGE `a` `b` varchar(9) NOT NULL;"), ["rename t.a b", "alter t.b Some(true)"]);
    assert_eq!(said("ALTER TABLE t MODIFY a int NOT NULL;"), ["alter t.a Some(true)"]);
    assert_eq!(
        said("ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER b DROP NOT NULL, ALTER c TYPE text;"),
        ["alter t.a Some(true)", "alter t.b Some(false)", "alter t.c None"]
    );
    assert_eq!(said("ALTER TABLE t ALTER COLUMN a NVARCHAR(9) NULL\nGO"), ["alter t.a Some(false)"]);
    assert_eq!(
        said("ALTER TABLE ONLY t\n    ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES public.u(id) ON DELETE SET NULL;"),
        ["alter t.a None>public.u"]
    );
    assert_eq!(
        said("ALTER TABLE t WITH CHECK ADD CONSTRAINT x FOREIGN KEY([a]) REFERENCES [dbo].[u] ([id])\nGO"),
        ["alter t.a None>dbo.u"]
    );
    assert_eq!(said("EXEC sp_rename 'dbo.t.a', 'b', 'COLUMN';"), ["rename dbo.t.a b"]);
    assert_eq!(said("EXEC sp_rename N'[dbo].[t]', N'u'\nGO"), ["rename dbo.t u"]);
    assert_eq!(said("DROP TABLE IF EXISTS a, b CASCADE;"), ["drop a", "drop b"]);
}

#[test]
fn blocks_and_strings_that_are_run() {
    let block =
        "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT 1) THEN\n    ALTER TABLE t ADD COLUMN a text;\n  END IF;\nEND $$;";
    assert_eq!(said(block), ["add t: a"]);
    assert_eq!(said("EXEC('ALTER TABLE t ADD a int')"), ["add t: a"]);
    assert_eq!(said("BEGIN EXECUTE IMMEDIATE 'ALTER TABLE t ADD (a int)'; END;"), ["add t: a"]);
}

#[test]
fn writes_name_their_columns() {
    assert_eq!(
        said("INSERT INTO a.t AS x (b, \"c\") VALUES (1, 2) ON CONFLICT (b) DO UPDATE SET c = 3;"),
        ["write a.t: b c"]
    );
    assert_eq!(said("INSERT OR IGNORE INTO t (b) SELECT 1;"), ["write t: b"]);
    assert_eq!(said("UPDATE t x SET x.b = CASE WHEN 1 THEN 2 END, c = 3 WHERE d = 4;"), ["write t: b c"]);
    assert_eq!(said("MERGE INTO t USING s ON 1 = 1 WHEN NOT MATCHED THEN INSERT (b) VALUES (1);"), ["write t: b"]);
    assert_eq!(said("COPY t (a, b) FROM stdin;\n1\t2\n\\.\n"), ["write t: a b"]);
    assert_eq!(said("INSERT INTO t VALUES (1);"), [""; 0]);
}

#[test]
fn only_the_way_up_counts() {
    assert_eq!(said("-- migrate:up\nCREATE TABLE a (b int);\n-- migrate:down\nDROP TABLE a;"), ["create a: b"]);
    assert_eq!(
        said(
            "--liquibase formatted sql\n--changeset x:1\nCREATE TABLE a (b int);\n--rollback DROP TABLE a;\n--changeset x:2\nDROP TABLE c;"
        ),
        ["create a: b", "drop c"]
    );
    assert_eq!(said("CREATE TABLE a (b int);\n-- Down\nDROP TABLE a;"), ["create a: b"]);
    // Advice in comments heads nothing.
    assert_eq!(said("-- Rollback:\n-- DROP TABLE a;\nCREATE TABLE a (b int);"), ["create a: b"]);
    assert_eq!(said("-- ==== DOWN ====\n-- ====\n\nDROP TABLE a;"), [""; 0]);
    let (_, facts) = read_at("db/migrations/001_a.down.sql", "DROP TABLE a;");
    assert!(facts.records.is_empty());
}

#[test]
fn templates_stand_for_names() {
    assert_eq!(
        said("CREATE TABLE {{ schema }}.bank ({% if x %} a int, {% endif %} b text);"),
        ["create {{ schema }}.bank: a b"]
    );
    assert_eq!(said("CREATE TABLE ${prefix}_bank (a int);"), ["create ${prefix}_bank: a"]);
}

/// A plain `login_id` has its meaning from what stands beside it.
#[test]
fn comments_belong_to_the_table_below() {
    let (source, facts) = read_text(
        "-- Schema of the shop.\n\n-- Logins at\n-- Flinks.\nCREATE TABLE a (b int);\nCREATE TABLE c (d text DEFAULT 'flinks');\n\
         CREATE TABLE e (f int);\nCOMMENT ON COLUMN public.e.f IS 'of Flinks';",
    );
    let comments: Vec<_> = facts.records.iter().map(|r| r.comment.as_ref().map(|c| c.value.as_str())).collect();
    assert_eq!(comments, [Some("Logins at Flinks."), Some("flinks"), None, Some("of Flinks")]);
    assert_eq!(source.slice(facts.records[0].comment.as_ref().unwrap().span), "Logins at\n-- Flinks.");
    assert_eq!(facts.records[3].name.value, "public.e");
}

#[test]
fn a_chosen_schema_holds_for_what_follows() {
    let (_, facts) = read_text("CREATE TABLE a (b int);\nSET search_path TO us;\nCREATE TABLE c (d int);");
    assert_eq!(facts.records[0].scope, ScopeId::FILE);
    assert_eq!(facts.scope(facts.records[1].scope).title.as_ref().unwrap().value, "schema us");
}

/// A string in a program is decoded, and still every place is where it is written.
#[test]
fn places_in_decoded_text_are_exact() {
    let raw = r#"INSERT INTO t (\"login_id\") VALUES (1)"#;
    let mut builder = crate::text::TextBuilder::new(FileId(0));
    let (mut at, mut chars) = (0, raw.split(r#"\""#).peekable());
    while let Some(part) = chars.next() {
        builder.verbatim(part, at);
        at += part.len();
        if chars.peek().is_some() {
            builder.decoded("\"", at);
            at += 2;
        }
    }
    let text = builder.finish(0..raw.len());
    let mut facts = Facts::new(FileId(0));
    statements(&text, ScopeId::FILE, &mut facts);
    let Change::Write { fields } = &facts.records[0].change else { panic!("a write") };
    assert_eq!(&raw[fields[0].name.span.range()], "login_id");
}

/// Values are looked at a few bytes at a time, and never cut a character.
#[test]
fn values_in_any_script_are_passed_over() {
    for shift in 0..4 {
        let value = format!("{}{}", "x".repeat(shift), "é€😀".repeat(2_000));
        let text = format!("INSERT INTO t (a) VALUES ('{value}', 'flinks');");
        assert_eq!(said(&text), ["write t: a"]);
    }
}

#[test]
fn broken_and_hostile_text_costs_little() {
    for text in
        ["CREATE TABLE", "CREATE TABLE a (", "ALTER TABLE t ADD", "INSERT INTO t (", "CREATE TABLE a (b int,", "("]
    {
        read_text(text);
        read_text(&text.repeat(5_000));
    }
    let (_, facts) = read_text("CREATE TABLE a (b int");
    assert_eq!(facts.problems.len(), 1);
}
