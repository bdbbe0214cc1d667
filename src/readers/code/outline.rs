//! A program in one line a statement, for the tests of the readers.

use std::sync::{Mutex, PoisonError};

use super::Language;
use super::query::Roles;
use super::syntax::{Is, Node};
use crate::fact::Facts;
use crate::source::{FileId, Source};

/// The statements of a text.
pub fn of(language: &'static Language, text: &str) -> Vec<String> {
    check(language);
    let source = Source::new(FileId(0), "text", text);
    let program = language.program(&source, &mut Facts::new(source.id)).expect("a program");
    match &program.root.is {
        Is::Group(nodes) => nodes.iter().map(shown).collect(),
        _ => vec![shown(&program.root)],
    }
}

/// Whether the query file can be read, by us and by tree-sitter. That takes it half a second: once for each language.
fn check(language: &'static Language) {
    let super::Parse::Grammar(grammar, queries) = language.parse else { return };
    static CHECKED: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    let mut checked = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    if checked.contains(&queries) {
        return;
    }
    if let Err(malformed) = Roles::compile(&grammar.language(), queries) {
        let around = &queries[..malformed.at];
        panic!("{} behind `{}`", malformed.what, &around[around.len().saturating_sub(80)..]);
    }
    // What tree-sitter makes of the same text: the file is a query as every tool reads it.
    if let Err(error) = tree_sitter::Query::new(&grammar.language(), queries) {
        panic!("{error}");
    }
    checked.push(queries);
}

fn all(nodes: &[Node]) -> String {
    nodes.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn shown(node: &Node) -> String {
    match &node.is {
        Is::Text(text) => format!("'{}'", text.expose()),
        Is::Template(parts) => format!("template({})", all(parts)),
        Is::Join(parts) => format!("join({})", all(parts)),
        Is::Word(word) => word.to_string(),
        Is::Name(name) => name.to_string(),
        Is::Member(object, name) => format!("{}.{}", shown(object), name.text),
        Is::Index(object, key) => format!("{}[{}]", shown(object), shown(key)),
        Is::Call(call) => {
            let argument = |argument: &super::syntax::Argument| match &argument.name {
                Some(name) => format!("{}={}", name.text, shown(&argument.value)),
                None => shown(&argument.value),
            };
            let arguments: Vec<String> = call.arguments.iter().map(argument).collect();
            let block = call.block.as_ref().map_or(String::new(), |block| format!(" do {}", shown(block)));
            let types: Vec<&str> = call.types.iter().map(|name| name.value.as_str()).collect();
            let types = if types.is_empty() { String::new() } else { format!("<{}>", types.join(", ")) };
            format!("{}{types}({}){block}", shown(&call.callee), arguments.join(" "))
        }
        Is::Map(items) => format!("map({})", all(items)),
        Is::Pair(key, value) => format!("{}: {}", shown(key), shown(value)),
        Is::List(items) => format!("list({})", all(items)),
        Is::Either(left, right) => format!("({} ?? {})", shown(left), shown(right)),
        Is::Both(left, right) => format!("({} and {})", shown(left), shown(right)),
        Is::Spread(inner) => format!("...{}", shown(inner)),
        Is::Not(inner) => format!("not {}", shown(inner)),
        Is::Compare(equal, left, right) => {
            format!("({} {} {})", shown(left), if *equal { "==" } else { "!=" }, shown(right))
        }
        Is::Choice(test, then, other) => {
            let other = other.as_ref().map_or(String::new(), |other| format!(" else {}", shown(other)));
            format!("if {} {}{other}", shown(test), shown(then))
        }
        Is::Switch(switch) => {
            let case = |case: &super::syntax::Case| {
                let values = if case.values.is_empty() { "else".to_owned() } else { all(&case.values) };
                format!(" [{values}: {}]", shown(&case.body))
            };
            let subject = switch.subject.as_ref().map_or(String::new(), |subject| format!(" {}", shown(subject)));
            format!("switch{subject}{}", switch.cases.iter().map(case).collect::<String>())
        }
        Is::Bind(bind) => {
            let type_name = bind.type_name.as_ref().map_or(String::new(), |name| format!(": {}", name.value));
            let value = bind.value.as_ref().map_or(String::new(), |value| format!(" = {}", shown(value)));
            format!("{}{}{type_name}{value}", marks(&bind.marks), shown(&bind.target))
        }
        Is::Function(function) => {
            let name = function.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
            let gives = if function.is_value { "gives " } else { "" };
            let head = format!("{}function{name}({})", marks(&function.marks), all(&function.parameters));
            format!("{head} {gives}{}", shown(&function.body))
        }
        Is::Class(class) => {
            let name = class.name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
            let bases = if class.bases.is_empty() { String::new() } else { format!("({})", all(&class.bases)) };
            let parameters =
                if class.parameters.is_empty() { String::new() } else { format!("<{}>", all(&class.parameters)) };
            format!("{}class{name}{bases}{parameters} {{{}}}", marks(&class.marks), all(&class.body))
        }
        Is::Return(value) => value.as_ref().map_or("return".to_owned(), |value| format!("return {}", shown(value))),
        Is::Import(import) => {
            let name = |imported: &super::syntax::Imported| match &imported.name {
                Some(name) if *name == imported.local => name.to_string(),
                Some(name) => format!("{name} as {}", imported.local),
                None => format!("all as {}", imported.local),
            };
            let names: Vec<String> = import.names.iter().map(name).collect();
            format!("import {} from {}", names.join(", "), import.from.value)
        }
        Is::Block(block) => format!("[{}] {}", block.title.value, shown(&block.body)),
        Is::Group(nodes) => format!("{{{}}}", all(nodes)),
    }
}

fn marks(marks: &[Node]) -> String {
    marks.iter().map(|mark| format!("@{} ", shown(mark))).collect()
}
