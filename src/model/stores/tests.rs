//! Every clause of `login-id-without-country`, as a small tree.

use super::*;
use crate::readers;

fn found(files: &[(&str, &str)]) -> Vec<Store> {
    found_in(files, &StoreContext::BARE)
}

fn found_in(files: &[(&str, &str)], context: &StoreContext<'_>) -> Vec<Store> {
    let sources = Sources::in_memory(files.iter().copied());
    let facts: Vec<Facts> = sources.iter().filter_map(readers::read).collect();
    let stores = stores(&facts, &sources, context);
    for store in &stores {
        assert_eq!(sources.slice(store.login_id().span), store.login_id().value, "a loginId's place is exact");
    }
    stores
}

/// `flagged bank.flinks_login_id`, `said …`, `unknown …`, with `?` where it is only likely.
fn verdicts(files: &[(&str, &str)]) -> Vec<String> {
    found(files).iter().map(verdict).collect()
}

fn verdict(store: &Store) -> String {
    let origin = match store.origin {
        Origin::Said(_) => "said",
        Origin::Unsaid(_) => "flagged",
        Origin::Unknown(_) => "unknown",
    };
    let doubt = if store.confidence == Confidence::Likely { "?" } else { "" };
    format!("{origin}{doubt} {}.{}", store.name.value, store.login_id().value)
}

fn of_schema(sql: &str) -> Vec<String> {
    verdicts(&[("db/schema.sql", sql)])
}

fn is_flagged(sql: &str) {
    let found = of_schema(sql);
    assert!(found.len() == 1 && found[0].starts_with("flagged"), "{sql}: {found:?}");
}

fn is_said(sql: &str) {
    let found = of_schema(sql);
    assert!(found.len() == 1 && found[0].starts_with("said"), "{sql}: {found:?}");
}

fn is_silent(sql: &str) {
    assert_eq!(of_schema(sql), [""; 0], "{sql}");
}

#[test]
fn a_table_that_keeps_a_login_id_alone_is_flagged() {
    is_flagged("CREATE TABLE bank (id int, flinks_login_id text NOT NULL, created_at timestamp);");
    is_flagged("CREATE TABLE bank (id int, \"flinksLoginId\" uuid);");
    is_flagged("CREATE TABLE bank (id int, flinks_login_id_encrypted bytea);");
    is_flagged("CREATE TABLE bank (id int, flinks_login_ids text[]);");
}

#[test]
fn these_columns_say_where_it_came_from() {
    for column in [
        "country",
        "country_code",
        "instance",
        "flinks_instance",
        "instance_id",
        "region",
        "jurisdiction",
        "data_residency",
        "market",
    ] {
        is_said(&format!("CREATE TABLE bank (flinks_login_id text, {column} text);"));
    }
    is_said("CREATE TABLE bank (flinks_login_id text, fi int REFERENCES flinks_instances (id));");
}

#[test]
fn these_columns_do_not() {
    for column in [
        "environment",
        "is_sandbox",
        "provider",
        "currency",
        "province",
        "locale",
        "tenant",
        "phone_country_code",
        "billing_country",
        "institution_country",
    ] {
        is_flagged(&format!("CREATE TABLE bank (flinks_login_id text, {column} text);"));
    }
}

/// A foreign key, a counter or a time only has a login in its name.
#[test]
fn other_columns_of_logins_are_no_login_ids() {
    for column in [
        "flinks_login_attempts int",
        "flinks_login_url text",
        "flinks_login_at timestamptz",
        "flinks_login_count bigint",
        "last_login_id text",
        "flinks_login boolean",
        "cufflinks_login_id text",
        "flinks_login_id bigint",
    ] {
        is_silent(&format!("CREATE TABLE flinks_things ({column});").replace("flinks_things", "things"));
    }
    is_silent("CREATE TABLE bank (login_id int REFERENCES logins (id), flinks_account_id text);");
}

/// Where the loginId is a reference, the row that it refers to is the store.
#[test]
fn a_foreign_key_leads_to_the_store() {
    let found = of_schema(
        "CREATE TABLE flinks_logins (id uuid PRIMARY KEY, login_id text);\n\
         CREATE TABLE account (flinks_login_id uuid NOT NULL REFERENCES flinks_logins (id));",
    );
    assert_eq!(found, ["flagged flinks_logins.login_id"]);
    let found = of_schema(
        "CREATE TABLE flinks_logins (id uuid PRIMARY KEY, at timestamp);\n\
         CREATE TABLE account (flinks_login_id uuid NOT NULL REFERENCES flinks_logins (id));",
    );
    assert_eq!(found, ["flagged? flinks_logins.id"]);
}

#[test]
fn a_plain_login_id_needs_a_flinks_context() {
    is_silent("CREATE TABLE bank (login_id text);");
    is_flagged("CREATE TABLE flinks_connections (login_id text);");
    is_flagged("CREATE TABLE flinks.connections (login_id text);");
    is_flagged("CREATE TABLE bank (login_id text, flinks_account_id text);");
    is_flagged("CREATE TABLE bank (login_id text, provider text DEFAULT 'flinks');");
    is_flagged("CREATE TABLE bank (login_id text, provider varchar(9) DEFAULT \"flinks\");");
    is_flagged("CREATE TABLE bank (login_id text, provider ENUM('plaid', 'flinks'));");
    is_flagged("-- Connections to Flinks.\nCREATE TABLE bank (login_id text);");
    is_flagged("CREATE TABLE bank (login_id text);\nCOMMENT ON COLUMN bank.login_id IS 'from Flinks';");
    is_silent("CREATE TABLE cufflinks (login_id text);");
    is_silent("CREATE TABLE flinks_staff_sessions (login_id text);");
    is_flagged("CREATE TABLE flinks_sessions (login_id text);");
    is_silent("-- Flinks connections.\nCREATE TABLE bank (id int);\nCREATE TABLE shop (login_id text);");
    assert_eq!(verdicts(&[("flinks/schema.sql", "CREATE TABLE bank (login_id text);")]), ["flagged bank.login_id"]);
}

/// What people sign in with is called so, too.
#[test]
fn a_record_of_another_matter_stops_the_files_context() {
    let sql = "CREATE TABLE staff_sessions (login_id text);\nCREATE TABLE user_logins (login_id text);\n\
        CREATE TABLE bank_links (login_id text);\nCREATE TABLE people (login_id text, password_hash text);";
    let uses = |_: FileId| Some(Place::Named(FileId(0)));
    let context = StoreContext { uses_flinks: &uses, ..StoreContext::BARE };
    let found: Vec<String> = found_in(&[("db/schema.sql", sql)], &context).iter().map(verdict).collect();
    assert_eq!(found, ["flagged? bank_links.login_id"]);
}

#[test]
fn a_migrations_name_is_no_context_for_its_other_tables() {
    let sql = "CREATE TABLE console_users (login_id text);\nCREATE TABLE bank (login_id text);";
    assert_eq!(verdicts(&[("db/migrations/002_add_flinks.sql", sql)]), [""; 0]);
    assert_eq!(verdicts(&[("prisma/migrations/2024_flinks/migration.sql", sql)]), [""; 0]);
}

#[test]
fn a_parent_that_every_row_has_tells_the_country() {
    let users = "CREATE TABLE users (id int PRIMARY KEY, country char(2) NOT NULL);";
    is_said(&format!("{users} CREATE TABLE bank (user_id int NOT NULL REFERENCES users, flinks_login_id text);"));
    is_flagged(&format!("{users} CREATE TABLE bank (user_id int REFERENCES users (id), flinks_login_id text);"));
    is_flagged(&format!("{users} CREATE TABLE bank (user_id int NOT NULL, flinks_login_id text);"));
    is_said(&format!(
        "{users} CREATE TABLE account (id int, user_id int NOT NULL, FOREIGN KEY (user_id) REFERENCES users (id));\n\
         CREATE TABLE bank (account_id int NOT NULL REFERENCES account (id), flinks_login_id text);"
    ));
    is_said(&format!(
        "{users} CREATE TABLE bank (user_id int, flinks_login_id text);\n\
         ALTER TABLE bank ALTER COLUMN user_id SET NOT NULL;\n\
         ALTER TABLE ONLY bank ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id);"
    ));
    is_flagged(
        "CREATE TABLE users (id int, billing_country text);\n\
         CREATE TABLE bank (user_id int NOT NULL REFERENCES users (id), flinks_login_id text);",
    );
    is_flagged(
        "CREATE TABLE institutions (id int, country text);\n\
         CREATE TABLE bank (inst int NOT NULL REFERENCES institutions (id), flinks_login_id text);",
    );
    // A row that refers to its own kind leads nowhere.
    is_flagged("CREATE TABLE bank (id int, up int NOT NULL REFERENCES bank (id), flinks_login_id text);");
}

#[test]
fn a_parent_that_is_not_in_the_tree_leaves_it_unknown() {
    let bank = |parent: &str| {
        of_schema(&format!("CREATE TABLE bank (u uuid NOT NULL REFERENCES {parent} (id), flinks_login_id text);"))
    };
    assert_eq!(bank("customers"), ["unknown bank.flinks_login_id"]);
    assert_eq!(bank("auth.users"), ["flagged bank.flinks_login_id"]);
    assert_eq!(bank("auth_user"), ["flagged bank.flinks_login_id"]);
    assert_eq!(bank("institutions"), ["flagged bank.flinks_login_id"]);
    // `auth.users` is not the application's own table of that name.
    let found = of_schema(
        "CREATE TABLE public.users (id uuid, country text);\n\
         CREATE TABLE bank (u uuid NOT NULL REFERENCES auth.users (id), flinks_login_id text);",
    );
    assert_eq!(found, ["flagged bank.flinks_login_id"]);
}

#[test]
fn a_table_per_country_needs_no_column() {
    is_said("CREATE TABLE ca_connections (flinks_login_id text);");
    is_said("CREATE TABLE us.connections (flinks_login_id text);");
    is_said("SET search_path TO us;\nCREATE TABLE connections (flinks_login_id text);");
    is_flagged("CREATE TABLE contact_us (flinks_login_id text);");
    assert!(verdicts(&[("db/us/schema.sql", "CREATE TABLE bank (flinks_login_id text);")])[0].starts_with("said"));
    let declared = |name: &str| (name == "bank").then(|| Label::on(Place::Named(FileId(0)), "declared"));
    let context = StoreContext { declared: &declared, ..StoreContext::BARE };
    let found = found_in(&[("db/schema.sql", "CREATE TABLE bank (flinks_login_id text);")], &context);
    assert!(verdict(&found[0]).starts_with("said"));
}

#[test]
fn columns_may_be_taken_over() {
    let found = of_schema(
        "CREATE TABLE base (country text);\nCREATE TABLE bank (flinks_login_id text) INHERITS (base);\n\
         CREATE TABLE logins (LIKE base, flinks_login_id text);",
    );
    assert_eq!(found, ["said bank.flinks_login_id", "said logins.flinks_login_id"]);
    let found = of_schema(
        "CREATE TABLE bank (flinks_login_id text) PARTITION BY LIST (x);\nCREATE TABLE bank_a PARTITION OF bank DEFAULT;",
    );
    assert_eq!(found, ["flagged bank.flinks_login_id"], "a partition is a part of the one store");
    is_said("CREATE TYPE place AS (country text);\nCREATE TABLE bank (flinks_login_id text, at place);");
}

const CREATE: &str = "CREATE TABLE bank (id int, flinks_login_id text);";

#[test]
fn stores_are_judged_after_every_migration() {
    let after = |name: &str, sql: &str| verdicts(&[("db/migrations/001_a.sql", CREATE), (name, sql)]);
    let add = "ALTER TABLE bank ADD COLUMN country text;";
    assert_eq!(after("db/migrations/002_b.sql", add), ["said bank.flinks_login_id"]);
    assert_eq!(after("db/migrations/002_b.down.sql", add), ["flagged bank.flinks_login_id"]);
    assert_eq!(
        after("db/migrations/002_b.sql", "ALTER TABLE bank DROP COLUMN flinks_login_id;"),
        [""; 0],
        "a column that is gone is not stored"
    );
    assert_eq!(after("db/migrations/002_b.sql", "DROP TABLE bank;"), [""; 0]);
    assert_eq!(
        after("db/migrations/002_b.sql", "ALTER TABLE bank RENAME TO ca_bank;"),
        ["said ca_bank.flinks_login_id"]
    );
    assert_eq!(after("db/migrations/002_b.sql", "ALTER TABLE bank RENAME flinks_login_id TO token;"), [""; 0]);
    let later = [
        ("db/migrations/9_a.sql", "CREATE TABLE bank (flinks_login_id text, country text);"),
        ("db/migrations/10_b.sql", "ALTER TABLE bank DROP COLUMN country;"),
    ];
    let found = found(&later);
    assert_eq!(verdict(&found[0]), "flagged bank.flinks_login_id");
    let Origin::Unsaid(reasons) = &found[0].origin else { panic!("flagged") };
    assert_eq!(reasons[0].text, "is gone from here on");
}

/// SQLite cannot change a table: it makes a new one and gives it the old name.
#[test]
fn a_table_that_is_made_anew_is_the_same() {
    let found = verdicts(&[
        ("migrations/1_a.sql", CREATE),
        (
            "migrations/2_b.sql",
            "CREATE TABLE new_bank (id int, flinks_login_id text, country text);\n\
             INSERT INTO new_bank (id, flinks_login_id) SELECT id, flinks_login_id FROM bank;\n\
             DROP TABLE bank;\nALTER TABLE new_bank RENAME TO bank;",
        ),
    ]);
    assert_eq!(found, ["said bank.flinks_login_id"]);
}

const MODEL: &str = "model Bank {\n  id Int @id\n  flinksLoginId String @map(\"flinks_login_id\")\n}\n";

#[test]
fn migrations_dump_and_model_are_one_store() {
    let found = found(&[
        ("prisma/migrations/20240101_a/migration.sql", CREATE),
        ("prisma/schema.prisma", MODEL),
        ("db/structure.sql", "CREATE TABLE public.bank (id int, flinks_login_id text);"),
        ("scripts/seed.sql", "INSERT INTO bank (flinks_login_id) VALUES ('x');"),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].login_id().value, "flinksLoginId", "the model is what a person changes");
    let places: Vec<&str> = found[0].places.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(
        places,
        [
            "is the store",
            "is the same store, in a migration",
            "is the same store, in a schema file",
            "is written to here"
        ]
    );
}

/// A dump may be older than the migrations, and a model newer.
#[test]
fn the_newest_state_counts() {
    let migrations = ("db/migrations/001_a.sql", CREATE);
    let add = ("db/migrations/002_b.sql", "ALTER TABLE bank ADD country text;");
    let drop = ("db/migrations/003_c.sql", "ALTER TABLE bank DROP COLUMN country;");
    let dump = ("db/schema.sql", "CREATE TABLE bank (id int, flinks_login_id text, country text);");
    assert_eq!(verdicts(&[migrations, add, ("db/schema.sql", CREATE)]), ["said bank.flinks_login_id"]);
    assert_eq!(verdicts(&[migrations, add, drop, dump]), ["flagged bank.flinks_login_id"]);
    assert_eq!(verdicts(&[migrations, dump]), ["said bank.flinks_login_id"]);
    assert_eq!(verdicts(&[("prisma/schema.prisma", MODEL), dump]), ["said Bank.flinksLoginId"]);
}

/// The old table makes way under another name, and goes.
#[test]
fn a_table_under_a_former_name_is_another() {
    let found = verdicts(&[
        ("migrations/1_a.sql", CREATE),
        (
            "migrations/2_b.sql",
            "ALTER TABLE bank RENAME TO bank_old;\nCREATE TABLE bank (flinks_login_id text, country text);\n\
             DROP TABLE bank_old;",
        ),
        ("migrations/3_c.sql", "ALTER TABLE bank RENAME COLUMN country TO billing_country;"),
    ]);
    assert_eq!(found, ["flagged bank.flinks_login_id"]);
}

#[test]
fn a_table_per_country_may_be_a_template() {
    is_said("CREATE TABLE {{ country }}_bank (flinks_login_id text);");
    is_flagged("CREATE TABLE {{ prefix }}_bank (flinks_login_id text);");
}

#[test]
fn unrelated_databases_are_apart() {
    let found = verdicts(&[
        ("services/a/migrations/001_a.sql", CREATE),
        ("services/b/migrations/001_a.sql", "CREATE TABLE bank (flinks_login_id text, country text);"),
    ]);
    assert_eq!(found, ["flagged bank.flinks_login_id", "said bank.flinks_login_id"]);
}

#[test]
fn relations_of_models_count_when_they_are_required() {
    let model = |user: &str| {
        let text = format!(
            "model Bank {{\n id Int @id\n flinksLoginId String\n userId Int{user}\n user User{user} @relation(fields: [userId], references: [id])\n}}\n\
             model User {{\n id Int @id\n country String\n banks Bank[]\n}}\n"
        );
        verdicts(&[("prisma/schema.prisma", &text)])
    };
    assert_eq!(model(""), ["said Bank.flinksLoginId"]);
    assert_eq!(model("?"), ["flagged Bank.flinksLoginId"]);
    let list = "model FlinksInstance {\n id Int @id\n logins FlinksLogin[]\n}\nmodel FlinksLogin {\n id Int @id\n loginId String\n}\n";
    assert_eq!(verdicts(&[("prisma/schema.prisma", list)]), ["flagged FlinksLogin.loginId"]);
}

/// A column that permits both countries and nothing else tells the row, whatever it is called.
#[test]
fn a_column_of_both_countries_is_one_of_the_country() {
    let table = |rest: &str| format!("CREATE TABLE conn (id int, flinks_login_id text, origin {rest});");
    for origin in [
        "char(2) CHECK (origin IN ('CA','US'))",
        "char(2) NOT NULL, CONSTRAINT c CHECK (origin IN ('CA','US'))",
        "text CHECK (origin = ANY (ARRAY['CA'::text, 'US'::text]))",
        "ENUM('CA','US') NOT NULL",
    ] {
        assert_eq!(of_schema(&table(origin)), ["said conn.flinks_login_id"], "{origin}");
    }
    let nation = "CREATE TYPE nation AS ENUM ('ca', 'us');\n";
    assert_eq!(of_schema(&format!("{nation}{}", table("nation NOT NULL"))), ["said conn.flinks_login_id"]);
    is_flagged(&table("char(2) CHECK (origin IN ('CA','NY','TX'))"));
    is_flagged(&table("text CHECK (origin IN ('web','app'))"));
}

/// MySQL's other comments may be indented, and stand behind a column.
#[test]
fn comments_of_mysql_take_no_column_with_them() {
    is_flagged("CREATE TABLE `x` (\n  id int,\n  # note\n  flinks_login_id text\n);");
    is_flagged("CREATE TABLE x (\n  id int, # the id\n  flinks_login_id text # of the connection\n);");
    is_flagged("CREATE TABLE x (\n  flag int DEFAULT (5 # 3),\n  flinks_login_id text);");
}

/// A schema may be kept in a folder of files, and a model's back relation is no field of its table.
#[test]
fn a_schema_of_many_files_is_one() {
    let bank = |extra: &str| {
        format!(
            "model Bank {{\n id Int @id\n flinksLoginId String\n userId Int\n {extra}\n\
             user User @relation(fields: [userId], references: [id])\n}}\n"
        )
    };
    let user = "model User {\n id Int @id\n banks Bank[]\n country Country\n}\nenum Country {\n CA\n US\n}\n";
    let without = "model User {\n id Int @id\n}\nmodel Region {\n id Int @id\n bankId Int\n}\n";
    let judged =
        |bank: &str, user: &str| verdicts(&[("prisma/schema/bank.prisma", bank), ("prisma/schema/user.prisma", user)]);
    assert_eq!(judged(&bank(""), user), ["said Bank.flinksLoginId"]);
    assert_eq!(judged(&bank("region Region?"), without), ["flagged Bank.flinksLoginId"]);
}

#[test]
fn what_is_written_without_a_schema_is_a_store_too() {
    let insert = "INSERT INTO bank_items (user_id, flinks_login_id) VALUES (1, 2);";
    assert_eq!(of_schema(insert), ["flagged? bank_items.flinks_login_id"]);
    assert_eq!(of_schema("INSERT INTO t (flinks_login_id, country) VALUES (1, 2);"), ["said? t.flinks_login_id"]);
    is_silent("INSERT INTO t (login_id) VALUES (1);");
    is_silent("INSERT INTO t (login_id, note) VALUES (1, 'cufflinks');");
    assert_eq!(of_schema("INSERT INTO t (vendor, login_id) VALUES ('flinks', ?);"), ["flagged? t.login_id"]);
    is_flagged("CREATE TABLE t (vendor text, login_id text); INSERT INTO t (vendor, login_id) VALUES ('flinks', ?);");
    is_silent("CREATE TEMP TABLE t (flinks_login_id text); INSERT INTO t (flinks_login_id) VALUES (1);");
    assert_eq!(of_schema("ALTER TABLE t ADD COLUMN flinks_login_id text;"), ["flagged? t.flinks_login_id"]);
}

#[test]
fn silent_files_define_nothing() {
    let silent = |_: FileId| true;
    let context = StoreContext { is_silent: &silent, ..StoreContext::BARE };
    assert!(found_in(&[("tests/schema.sql", CREATE)], &context).is_empty());
}

/// A dump shows the table, and later migrations only what they change in it.
#[test]
fn migrations_may_begin_after_the_dump() {
    let dump = "CREATE TABLE users (id int, country text);\nCREATE TABLE bank (user_id int, flinks_login_id text);";
    let change = "ALTER TABLE bank ALTER COLUMN user_id SET NOT NULL;\n\
        ALTER TABLE bank ADD FOREIGN KEY (user_id) REFERENCES users (id);";
    assert_eq!(verdicts(&[("db/schema.sql", dump), ("db/migrations/001_a.sql", "")]), ["flagged bank.flinks_login_id"]);
    assert_eq!(
        verdicts(&[("db/schema.sql", dump), ("db/migrations/001_a.sql", change)]),
        ["said bank.flinks_login_id"]
    );
}

/// Terraform and CloudFormation declare only the keys, and one table in every environment's folder.
#[test]
fn a_document_table_is_one_store_wherever_it_is_declared() {
    use crate::fact::{Change, Field, Record, ScopeId};
    let text = "flinks-logins loginId";
    let sources = Sources::in_memory([("envs/dev/main.tf", text), ("envs/prod/main.tf", text)]);
    let table = |source: &crate::source::Source| {
        let spanned = |range: std::ops::Range<usize>| Spanned::new(text[range.clone()].to_owned(), source.span(range));
        let field = Field {
            name: spanned(14..21),
            stored_as: None,
            type_name: Some("s".into()),
            required: Some(true),
            references: None,
        };
        let mut facts = Facts::new(source.id);
        facts.records.push(Record {
            scope: ScopeId::FILE,
            kind: RecordKind::Document,
            name: spanned(0..13),
            stored_as: None,
            change: Change::Create { fields: vec![field], inherits: Vec::new(), copies: Vec::new() },
            comment: None,
        });
        facts
    };
    let facts: Vec<Facts> = sources.iter().map(table).collect();
    let found = stores(&facts, &sources, &StoreContext::BARE);
    assert_eq!(found.iter().map(verdict).collect::<Vec<_>>(), ["flagged? flinks-logins.loginId"]);
}
