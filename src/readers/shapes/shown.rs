//! Facts of a shape in a few lines, for tests to compare.

use crate::fact::{Bundle, Change, Deployed, Facts, Piece, ReferenceKind, Said, ScopeId, Setting, Value};
use crate::readers;
use crate::source::{FileId, Source, Span};

/// What the shape that fits a file says of it: first its blocks, then its settings, then its records.
pub(in crate::readers) fn shown(path: &str, text: &str) -> String {
    let source = Source::new(FileId(0), path, text);
    let reader = readers::reader_of(&source).expect("a structured file");
    let facts = (reader.read)(&source);
    check_places(&source, &facts);
    let scopes = (1..facts.scopes.len()).map(|at| scope_line(&facts, ScopeId(at as u32)));
    let file = Some(scope_line(&facts, ScopeId::FILE)).filter(|line| line.contains(','));
    let settings = facts.settings.iter().map(|setting| setting_line(&facts, setting));
    let records = facts.records.iter().map(|record| match &record.change {
        Change::Create { fields, .. } => {
            let fields: Vec<&str> = fields.iter().map(|field| field.name.value.as_str()).collect();
            format!("record {} ({})", record.name.value, fields.join(", "))
        }
        _ => record.name.value.clone(),
    });
    let lines: Vec<String> = file.into_iter().chain(scopes).chain(settings).chain(records).collect();
    format!("\n{}\n", lines.join("\n"))
}

/// Names and literal values must lie where the file says them.
fn check_places(source: &Source, facts: &Facts) {
    let slice = |span: Span| source.slice(span).to_owned();
    // What was decoded from base64 stands for all of it; escapes are not written as they are meant.
    let says = |written: &str, text: &str| {
        written.contains(text) || written.contains('\\') || super::base64::decode(written).is_some()
    };
    for setting in &facts.settings {
        for name in setting.path.iter().filter(|name| !name.index && &*name.text != "labels") {
            assert!(says(&slice(name.span), &name.text), "{}", name.text);
        }
        if let Some(text) = setting.value.as_literal() {
            assert!(says(&slice(text.span()), text.expose().lines().next().unwrap_or("")), "{}", text.expose());
        }
    }
    for environment in facts.scopes.iter().filter_map(|scope| scope.environment.as_ref()) {
        assert_eq!(slice(environment.span), environment.value);
    }
}

fn scope_line(facts: &Facts, id: ScopeId) -> String {
    let scope = facts.scope(id);
    let parent = scope.parent.map_or(String::new(), |parent| format!(" < {}", title(facts, parent)));
    let unit = scope.unit.iter().map(|unit| match &unit.value {
        Deployed::Folder(path) => format!(", unit folder {path}"),
        Deployed::Item(name) => format!(", unit item {name}"),
    });
    let environment = scope.environment.iter().map(|word| format!(", environment {}", word.value));
    let provides = scope.provides.iter().map(|bundle| format!(", provides {}", bundle_name(bundle)));
    let uses = scope.uses.iter().map(|bundle| format!(", uses {}", bundle_name(&bundle.value)));
    let rest: String = unit.chain(environment).chain(provides).chain(uses).collect();
    format!("{}{parent}{rest}", title(facts, id))
}

fn title(facts: &Facts, id: ScopeId) -> String {
    let scope = facts.scope(id);
    let otherwise = if id == ScopeId::FILE { "file" } else { "untitled" };
    scope.title.as_ref().map_or(otherwise.to_owned(), |title| title.value.clone())
}

fn bundle_name(bundle: &Bundle) -> String {
    match bundle {
        Bundle::File(path) => format!("file {path}"),
        Bundle::Folder(path) => format!("folder {path}"),
        Bundle::ConfigMap(name) => format!("ConfigMap {name}"),
        Bundle::Secret(name) => format!("Secret {name}"),
    }
}

fn setting_line(facts: &Facts, setting: &Setting) -> String {
    let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
    let said = match setting.said {
        Said::Key => "",
        Said::Variable => " (variable)",
        Said::Default => " (default)",
        Said::Allowed => " (allowed)",
        Said::Program => " (program)",
        Said::Replaced => " (replaced)",
    };
    format!("{} | {} = {}{said}", title(facts, setting.scope), path.join("."), value(&setting.value))
        .replace("= (", "=(")
        .trim_end()
        .replace("=(", "= (")
}

/// Text as it is, references as `[name]`, `[name|fallback]`, stored ones as `[!name]`, others `[?name]`.
fn value(value_: &Value) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.expose().trim_end().replace('\n', "\\n"),
        Piece::Reference(reference) => {
            let mark = match reference.kind {
                ReferenceKind::Named => "",
                ReferenceKind::Stored => "!",
                ReferenceKind::Computed => "?",
                ReferenceKind::Symbol => "@",
            };
            let fallback = reference.fallback.as_ref().map_or(String::new(), |inner| format!("|{}", value(inner)));
            format!("[{mark}{}{fallback}]", reference.name)
        }
    };
    value_.pieces.iter().map(piece).collect()
}
