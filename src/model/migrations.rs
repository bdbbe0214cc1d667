//! The order of schema files: which of them follow one another as migrations, and which show a state.

use std::collections::HashMap;

use crate::fact::Migration;
use crate::vocabulary::words::plain;

/// Where a schema file belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The folder whose database it speaks of.
    pub home: String,
    /// Files of one history are applied one after another. A file that shows a state is a history of its own.
    pub history: String,
    /// Its turn in that history; `None` for a state.
    pub step: Option<Turn>,
}

/// The turn of a migration: of its numbered folders, outermost first, then of itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn(Vec<Rank>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `init.sql` beside numbered files comes before them.
    First(String),
    Numbered(Vec<u128>, String),
    Last(String),
}

/// Folders whose files are applied one after another.
const MIGRATIONS: &[&str] = &[
    "migrations",
    "migration",
    "migrate",
    "versions",
    "changelog",
    "changelogs",
    "changes",
    "changesets",
    "evolutions",
    "patches",
    "deltas",
    "upgrades",
    "drizzle",
    "docker-entrypoint-initdb.d",
];

/// Folders that say "database" or "code" and not whose.
const GENERIC: &[&str] = &[
    "db",
    "database",
    "databases",
    "sql",
    "schema",
    "schemas",
    "prisma",
    "supabase",
    "resources",
    "main",
    "src",
    "flyway",
    "liquibase",
    "ddl",
    "tables",
    "table",
    "dump",
    "dumps",
    "init",
    "initdb",
    "up",
    "alembic",
    "deploy",
    "sqitch",
    "scripts",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "sqlite",
    "mssql",
    "sqlserver",
    "oracle",
    "pg",
    "data",
    "entities",
    "entity",
    "models",
    "model",
    "domain",
    "persistence",
    "storage",
    "store",
    "repository",
    "internal",
    "default",
    "conf",
    "config",
    "docker",
    "app",
    "lib",
    "seeds",
    "seed",
];

/// Migrations in the order that they say themselves; where they say none, they stay as they are. A migration comes
/// behind the last of those that it follows.
pub fn in_said_order<T>(files: Vec<T>, said: impl Fn(&T) -> Option<&Migration>) -> Vec<T> {
    if files.iter().all(|file| said(file).is_none()) {
        return files;
    }
    let ids: HashMap<String, usize> =
        files.iter().enumerate().filter_map(|(at, file)| Some((said(file)?.id.clone(), at))).collect();
    let before: Vec<Vec<usize>> = files
        .iter()
        .map(|file| {
            said(file).map_or(Vec::new(), |own| own.after.iter().filter_map(|id| ids.get(id).copied()).collect())
        })
        .collect();
    let mut order = Vec::with_capacity(files.len());
    let mut state = vec![State::Waits; files.len()];
    for first in 0..files.len() {
        // Each with those that it follows before it; a circle is cut where it closes.
        let mut open = vec![first];
        while let Some(&at) = open.last() {
            let next = before[at].iter().copied().find(|before| state[*before] == State::Waits && *before != at);
            match next.filter(|_| state[at] != State::Placed) {
                Some(next) => {
                    state[at] = State::Open;
                    open.push(next);
                }
                None => {
                    if state[at] != State::Placed {
                        state[at] = State::Placed;
                        order.push(at);
                    }
                    open.pop();
                }
            }
        }
    }
    let mut files: Vec<Option<T>> = files.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| files[at].take()).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Waits,
    Open,
    Placed,
}

/// Where a schema file belongs, by its path below the scanned root.
pub fn locate(path: &str) -> Location {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let among = parts.iter().rposition(|part| MIGRATIONS.contains(&part.to_ascii_lowercase().as_str()));
    let is_sql = !name.to_ascii_lowercase().ends_with(".prisma");
    let is_step = is_sql && (among.is_some() || heads_with_version(name));
    Location {
        home: home(&parts),
        history: if is_step { history(&parts) } else { path.to_owned() },
        step: is_step.then(|| turn(&parts, name, among.is_some())),
    }
}

/// The folder above everything that only says "database".
fn home(parts: &[&str]) -> String {
    let says_nothing = |part: &&str| {
        let part = part.to_ascii_lowercase();
        GENERIC.contains(&part.as_str()) || MIGRATIONS.contains(&part.as_str()) || version(&part, false).is_some()
    };
    let kept = parts.iter().rposition(|part| !says_nothing(part)).map_or(0, |at| at + 1);
    parts[..kept].join("/")
}

/// The folder of a migration, without the numbered ones that belong to single steps.
fn history(parts: &[&str]) -> String {
    let kept = parts.iter().rposition(|part| version(part, false).is_none()).map_or(0, |at| at + 1);
    parts[..kept].join("/")
}

fn turn(parts: &[&str], name: &str, among_migrations: bool) -> Turn {
    let own = parts.iter().rposition(|part| version(part, false).is_none()).map_or(0, |at| at + 1);
    let folders = parts[own..].iter().map(|part| rank(part, false));
    Turn(folders.chain([rank(name, among_migrations)]).collect())
}

fn rank(name: &str, anywhere: bool) -> Rank {
    const FIRST: &[&str] = &["init", "initial", "schema", "structure", "baseline", "create", "setup", "base"];
    let lower = name.to_ascii_lowercase();
    match version(&lower, anywhere) {
        Some(numbers) => Rank::Numbered(numbers, lower),
        None if plain(&lower).first().is_some_and(|word| FIRST.contains(&word.as_str())) => Rank::First(lower),
        None => Rank::Last(lower),
    }
}

fn heads_with_version(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.split_once(".sql").map_or(lower.as_str(), |(stem, _)| stem);
    let only_number = !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit());
    version(stem, false).is_some() && (stem.contains(['_', '-', '.']) || only_number)
}

/// The numbers of a version: `20240101120000_x`, `V1_2__x`, `001-x`, `1.10.2_x`, `2024_01_01_120000_x`;
/// `anywhere` also those of `changelog-1.2`.
fn version(name: &str, anywhere: bool) -> Option<Vec<u128>> {
    let name = name.strip_suffix(".sql").unwrap_or(name);
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = match bytes.first() {
        Some(first) if first.is_ascii_digit() => Some(0),
        Some(b'v' | b'V') if is_digit(1) => Some(1),
        _ => None,
    };
    let mut at = starts.or_else(|| anywhere.then(|| (1..bytes.len()).find(|at| is_digit(*at)))?)?;
    let mut numbers = Vec::new();
    loop {
        let from = at;
        while is_digit(at) {
            at += 1;
        }
        numbers.push(name[from..at].parse().unwrap_or(u128::MAX));
        let goes_on = matches!(bytes.get(at), Some(b'_' | b'.' | b'-')) && is_digit(at + 1);
        if !goes_on {
            return Some(numbers);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(paths: &[&str]) {
        let turns: Vec<_> = paths.iter().map(|path| locate(path).step.expect("a step")).collect();
        assert!(turns.is_sorted(), "{paths:?}");
        assert!(paths.iter().all(|path| locate(path).history == locate(paths[0]).history), "{paths:?}");
    }

    /// Names sort otherwise than versions: `V10` after `V9`, `1.10` after `1.9`.
    #[test]
    fn migrations_follow_their_numbers() {
        in_order(&[
            "db/migration/V1__a.sql",
            "db/migration/V1_2__a.sql",
            "db/migration/V1_10__a.sql",
            "db/migration/V2__a.sql",
        ]);
        in_order(&["m/migrations/9_z.sql", "m/migrations/10_a.sql"]);
        in_order(&["supabase/migrations/20240101120000_b.sql", "supabase/migrations/20240301000000_a.sql"]);
        in_order(&["prisma/migrations/20240101_a/migration.sql", "prisma/migrations/20240201_b/migration.sql"]);
        in_order(&["migrations/2024-01-01-000000_x/up.sql", "migrations/2024-01-02-000000_a/up.sql"]);
        in_order(&["migrations/init.sql", "migrations/001_a.sql", "migrations/zero.sql"]);
        in_order(&["conf/evolutions/default/2.sql", "conf/evolutions/default/10.sql"]);
        in_order(&["db/01-schema.sql", "db/02-more.sql"]);
        in_order(&["sql/2.sql", "sql/10.sql"]);
    }

    #[test]
    fn what_migrations_say_of_their_order_counts() {
        let said = |id: &str, after: &[&str]| Migration {
            id: id.to_owned(),
            after: after.iter().map(|id| (*id).to_owned()).collect(),
        };
        let files = vec![said("a", &["c"]), said("b", &["a"]), said("c", &[]), said("d", &["d", "x"])];
        let ids: Vec<String> = in_said_order(files, |file| Some(file)).into_iter().map(|file| file.id).collect();
        assert_eq!(ids, ["c", "a", "b", "d"]);
        let circle = vec![said("a", &["b"]), said("b", &["a"])];
        assert_eq!(in_said_order(circle, |file| Some(file)).len(), 2);
    }

    #[test]
    fn dumps_and_schemas_show_a_state() {
        for path in ["db/schema.sql", "db/structure.sql", "prisma/schema.prisma", "sql/users.sql"] {
            assert_eq!(locate(path).step, None, "{path}");
        }
    }

    #[test]
    fn a_database_belongs_to_the_folder_above() {
        assert_eq!(locate("services/billing/src/main/resources/db/migration/V1__a.sql").home, "services/billing");
        assert_eq!(locate("prisma/migrations/20240101_a/migration.sql").home, locate("prisma/schema.prisma").home);
        assert_eq!(locate("db/schema.sql").home, "");
        assert_eq!(locate("migrations/us/001_a.sql").home, "migrations/us");
    }
}
