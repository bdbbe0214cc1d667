//! SQL in the strings of a program, in whatever language: each is read as a file of it would be.

use std::collections::HashSet;

use super::{Mapper, Seen};
use crate::fact::{Change, Facts, ScopeId};
use crate::readers::code::syntax::{Call, Is, Node};
use crate::readers::sql;
use crate::source::{Span, Spanned};
use crate::text::{Text, TextBuilder};

pub const MAPPER: Mapper = Mapper {
    name: "SQL",
    languages: &[],
    signs: &[
        "CREATE",
        "ALTER",
        "INSERT",
        "UPDATE",
        "MERGE",
        "create table",
        "alter table",
        "insert into",
        "update ",
        "Insert into",
    ],
    read,
};

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    let mut done: HashSet<Span> = HashSet::new();
    // A call's arguments give the values of the statement's parameters.
    for (call, _) in seen.calls() {
        if call.is_called("RunSQL") {
            continue;
        }
        for argument in &call.arguments {
            let node = seen.follow(&argument.value);
            say(node, Some(call), seen, &mut done, facts);
        }
    }
    for node in seen.nodes() {
        say(node, None, seen, &mut done, facts);
    }
}

fn say(node: &Node, call: Option<&Call>, seen: &Seen<'_>, done: &mut HashSet<Span>, facts: &mut Facts) {
    if done.contains(&node.span) {
        return;
    }
    let Some(text) = statement(node) else { return };
    // What it is put together of is not read again.
    done.extend(node.walk().map(|part| part.span));
    let first = facts.records.len();
    sql::statements(&text, ScopeId::FILE, facts);
    let about = seen.about_writing(node);
    for record in &mut facts.records[first..] {
        let Change::Write { fields } = &mut record.change else { continue };
        if let Some(call) = call {
            fields.iter_mut().for_each(|field| parameter(&mut field.holds, call, node, seen));
        }
        record.comment = record.comment.take().or_else(|| about.clone());
    }
}

/// The text of a statement that says tables or writes rows, its values as holes.
fn statement(node: &Node) -> Option<Text> {
    let first = first_text(node)?;
    if !may_say_tables(first) {
        return None;
    }
    let text = match &node.is {
        Is::Text(text) => text.clone(),
        _ => {
            let mut builder = TextBuilder::new(node.span.file);
            put(node, &mut builder);
            builder.finish(node.span.range())
        }
    };
    says_tables(text.expose()).then_some(text)
}

fn first_text(node: &Node) -> Option<&str> {
    match &node.is {
        Is::Text(text) => Some(text.expose()),
        Is::Template(parts) | Is::Join(parts) => parts.iter().find_map(first_text),
        _ => None,
    }
}

fn put(node: &Node, builder: &mut TextBuilder) {
    match &node.is {
        Is::Text(text) => builder.copy(text, 0..text.len()),
        Is::Template(parts) | Is::Join(parts) if first_text(node).is_some() => {
            parts.iter().for_each(|part| put(part, builder));
        }
        _ => {
            let name = super::writes::plain(node).map_or("x".to_owned(), |name| name.value);
            let (start, end) = (node.span.start as usize, node.span.end as usize);
            builder.decoded("${", start);
            builder.decoded(&name, start);
            builder.decoded("}", end.saturating_sub(1));
        }
    }
}

/// Whether a text begins as such a statement does.
fn may_say_tables(text: &str) -> bool {
    const FIRST: &[&str] = &[
        "create", "alter", "drop", "rename", "insert", "replace", "merge", "comment", "update", "begin", "set",
        "pragma", "with",
    ];
    let text = text.trim_start();
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    text.starts_with("--") || text.starts_with("/*") || FIRST.iter().any(|first| word.eq_ignore_ascii_case(first))
}

/// Whether a text is SQL that makes, changes or fills a table.
fn says_tables(text: &str) -> bool {
    let mut rest = text.trim_start();
    // Comments in front of it.
    while rest.starts_with("--") || rest.starts_with("/*") {
        let end =
            if rest.starts_with("--") { rest.find('\n').map(|at| at + 1) } else { rest.find("*/").map(|at| at + 2) };
        rest = rest[end.unwrap_or(rest.len())..].trim_start();
    }
    let words: Vec<String> = rest
        .split(|c: char| c.is_whitespace() || c == '(')
        .filter(|word| !word.is_empty())
        .take(4)
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["create", rest @ ..] => rest.iter().take(3).any(|word| *word == "table"),
        ["alter" | "drop" | "rename", "table", ..] | ["alter", "foreign", "table", ..] => true,
        ["insert" | "replace", rest @ ..] => rest.iter().take(3).any(|word| *word == "into"),
        ["merge", ..] | ["comment", "on", ..] => true,
        ["update", _, ..] => rest.to_ascii_lowercase().contains(" set") || rest.to_ascii_lowercase().contains("\nset"),
        ["begin" | "begin;" | "set" | "pragma", ..] => {
            let text = rest.to_ascii_lowercase();
            ["create table", "alter table", "insert into"].iter().any(|words| text.contains(words))
        }
        ["with", ..] => rest.to_ascii_lowercase().contains("insert into"),
        _ => false,
    }
}

/// What a parameter of a statement is given: `$2` and `?2` by their turn, `:login_id` and `@LoginId` by their name.
fn parameter(holds: &mut Option<Spanned<String>>, call: &Call, statement: &Node, seen: &Seen<'_>) {
    let Some(held) = holds.as_ref() else { return };
    let number = held.value.strip_prefix(['$', '?', ':']).and_then(|rest| rest.parse::<usize>().ok());
    let behind = call
        .arguments
        .iter()
        .map(|argument| &argument.value)
        .skip_while(|node| seen.follow(node).span != statement.span);
    let given: Vec<&Node> = behind.skip(1).collect();
    // What is bound to the statement later: `.bind(login.id)`, `ps.setString(1, loginId)`, `AddWithValue("@x", loginId)`.
    if given.is_empty()
        && let Some(value) = bound(&held.value, number, call, seen)
    {
        *holds = super::writes::held(value, seen);
        return;
    }
    let value = match number {
        Some(number) => {
            let at = number.checked_sub(1);
            // `[a, b]`, `(a, b)`, or one argument each.
            let list = given.iter().map(|node| seen.follow(node)).find_map(|node| match &node.is {
                Is::List(items) => Some(items.iter().collect::<Vec<_>>()),
                Is::Group(items) if items.len() > 1 => Some(items.iter().collect()),
                _ => None,
            });
            let values = list.unwrap_or(given);
            at.and_then(|at| values.get(at).copied())
        }
        None => {
            let name = held.value.trim_start_matches([':', '@', '$']).to_owned();
            let mut maps = given.iter().map(|node| seen.follow(node));
            maps.find_map(|node| node.entry(&[&name])).or_else(|| call.named(&[&name]))
        }
    };
    match value.and_then(|node| super::writes::held(node, seen)) {
        Some(value) => *holds = Some(value),
        None if number.is_some() => *holds = None,
        None => {}
    }
}

/// The value that is bound to a parameter apart from the statement.
fn bound<'s>(name: &str, number: Option<usize>, statement: &Call, seen: &'s Seen<'_>) -> Option<&'s Node> {
    let start = statement.callee.span.start;
    let chained = seen.calls().into_iter().filter_map(|(_, node)| {
        let chain = super::links(node);
        let is_its = chain.iter().any(|call| call.callee.span == statement.callee.span);
        let binds =
            chain.iter().rev().filter(|call| call.is_called("bind")).filter_map(|call| call.positional().next());
        is_its.then(|| binds.collect::<Vec<_>>())
    });
    let longest = chained.max_by_key(Vec::len).unwrap_or_default();
    if let Some(value) = number.and_then(|number| longest.get(number.checked_sub(1)?)) {
        return Some(value);
    }
    // `db.prepare('…').run(user, loginId)`, `$statement->execute([':login' => $loginId])`
    let is_statement = |node: &Node| {
        let prepared = |call: &&Call| call.callee.span == statement.callee.span;
        super::links(node).iter().any(prepared) || super::links(seen.follow(node)).iter().any(prepared)
    };
    const RUNS: &[&str] =
        &["run", "execute", "exec", "all", "get", "query", "executeUpdate", "Exec", "QueryRow", "ExecContext"];
    let runs = |call: &&Call| {
        call.name().is_some_and(|name| RUNS.contains(&name.value)) && call.object().is_some_and(is_statement)
    };
    if let Some(run) = seen.calls().into_iter().map(|(call, _)| call).find(runs) {
        let given: Vec<&Node> = run.positional().collect();
        let list = given.iter().find_map(|node| match &node.is {
            Is::List(items) => Some(items.iter().collect::<Vec<&Node>>()),
            _ => None,
        });
        let bare = |name: &str| name.trim_start_matches([':', '@', '$']).to_owned();
        let value = match number {
            Some(number) => number.checked_sub(1).and_then(|at| list.unwrap_or(given).get(at).copied()),
            None => given
                .iter()
                .find_map(|map| map.entries().find(|(key, _)| bare(&key.value) == bare(name)).map(|(_, value)| value)),
        };
        if value.is_some() {
            return value;
        }
    }
    seen.calls().into_iter().filter(|(call, _)| call.callee.span.start > start).find_map(|(call, _)| {
        let own = call.name()?.value;
        let mut given = call.positional();
        let (key, value) = (given.next()?, given.next()?);
        let fits = match (&key.is, number) {
            (Is::Word(word), Some(number)) => {
                word.parse() == Ok(number) && (own.starts_with("set") || own.starts_with("bind"))
            }
            (Is::Text(text), None) => {
                const NAMING: &[&str] =
                    &["AddWithValue", "Add", "bindValue", "bindParam", "bind", "setParameter", "addValue", "param"];
                let bare = |name: &str| name.trim_start_matches([':', '@', '$']).to_owned();
                NAMING.contains(&own) && bare(text.expose()) == bare(name)
            }
            _ => false,
        };
        fits.then_some(value)
    })
}
