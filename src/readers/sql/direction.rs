//! Up and down: the half of a migration that takes it back is not how the database is.

use std::ops::Range;

/// Whether a file takes a migration back, by its name or folder.
pub(super) fn leads_down(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = name.split_once(".sql").map_or(name, |(stem, _)| stem);
    let ends = ["down", "rollback", "undo", "revert"];
    // Flyway's undo scripts: `U1_2__drop.sql`.
    let flyway = stem
        .strip_prefix('u')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains("__"));
    let named = ends
        .iter()
        .any(|end| stem.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with(['.', '_', '-'])));
    let folder = ["down", "rollback", "rollbacks", "undo", "revert", "downs"];
    flyway || named || folders.split('/').any(|part| folder.contains(&part))
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Up,
    Down,
}

/// The parts of a text that stand under a comment such as `-- migrate:down`.
pub(super) fn down_parts(text: &str, comments: &[Range<usize>]) -> Vec<Range<usize>> {
    // Liquibase writes its rollbacks in comments: `--rollback …` heads nothing.
    let liquibase = comments
        .first()
        .is_some_and(|first| text[first.clone()].trim().to_ascii_lowercase().starts_with("liquibase formatted sql"));
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for comment in comments {
        match direction(&text[comment.clone()], liquibase) {
            Some(Direction::Down) if heads_comments(text, comment) => {}
            Some(Direction::Down) => open = open.or(Some(comment.end)),
            Some(Direction::Up) => {
                if let Some(start) = open.take() {
                    parts.push(start..comment.start);
                }
            }
            None => {}
        }
    }
    parts.extend(open.map(|start| start..text.len()));
    parts
}

/// `-- Rollback:` above statements in comments heads those alone; a tool's marker holds to the end.
fn heads_comments(text: &str, heading: &Range<usize>) -> bool {
    let by_hand = !text[heading.clone()].contains([':', '+', '!', '@']) || text[heading.clone()].trim().ends_with(':');
    let below =
        text[heading.end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '/' | '=' | '-'));
    let below_at = text.len() - below.len();
    let line = text[heading.end..below_at].rsplit('\n').next().unwrap_or("");
    by_hand && line.contains("--")
}

fn direction(comment: &str, liquibase: bool) -> Option<Direction> {
    if comment.len() > 200 {
        return None;
    }
    let said = comment.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '!' | '@'));
    let said = said.to_ascii_lowercase();
    let mut words = said.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    match (first, second) {
        // dbmate, and its options behind the word.
        ("migrate:down", _) => Some(Direction::Down),
        ("migrate:up", _) => Some(Direction::Up),
        // goose, sql-migrate.
        ("+goose" | "+migrate", Some("down")) => Some(Direction::Down),
        ("+goose" | "+migrate", Some("up")) => Some(Direction::Up),
        // Play, MyBatis.
        ("!downs" | "@down" | "@undo" | "@downs", _) => Some(Direction::Down),
        ("!ups" | "@up" | "@ups", _) => Some(Direction::Up),
        // node-pg-migrate, and headings by hand.
        ("down", None | Some("migration")) => Some(Direction::Down),
        ("up", None | Some("migration")) => Some(Direction::Up),
        ("rollback" | "undo" | "revert", None | Some("migration")) if !liquibase => Some(Direction::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_take_back_are_told_by_name() {
        for path in [
            "db/migrations/001_add.down.sql",
            "migrations/2024-01-01_add/down.sql",
            "db/U1_2__x.sql",
            "a_down.sql",
            "db/revert/flinks.sql",
        ] {
            assert!(leads_down(path), "{path}");
        }
        for path in ["db/migrations/001_breakdown.sql", "db/V1__users.sql", "db/users.sql", "shutdown.sql", "db/u1.sql"]
        {
            assert!(!leads_down(path), "{path}");
        }
    }

    #[test]
    fn headings_of_every_tool_are_known() {
        for heading in [" migrate:down", " +goose Down", " +migrate Down", " --- !Downs", " //@UNDO", " Down Migration"]
        {
            assert!(direction(heading, false) == Some(Direction::Down), "{heading}");
        }
        assert!(direction("rollback not required", true).is_none());
        assert!(direction(" down payments of a loan", false).is_none());
    }
}
