//! A setting without its value, in the notation of another: the name that an instance lacks and its sibling has.

use super::comment::{indent, line_end};
use super::{Edit, Fix, Safety};
use crate::source::{Source, Sources, Span};

/// Adds `name` below a setting, written as the setting whose name stands at `like`. Only in notations in which a setting
/// is a line.
pub fn add(sources: &Sources, name: &str, like: Span, below: Span) -> Option<Fix> {
    let source = sources.get(below.file);
    let form = form(sources.get(like.file), like)?;
    if like.file != below.file && ending(source) != ending(sources.get(like.file)) {
        return None;
    }
    let line = source.line_range(source.line_index(below.end.saturating_sub(1).max(below.start) as usize));
    let written = &source.text()[line.clone()];
    // A value over several lines is no line of its own.
    if source.line_index(below.start as usize) != source.line_index(line.start)
        || written.trim_start().starts_with("- ")
    {
        return None;
    }
    let indent = indent(written);
    let (mut edits, mut tail) = (Vec::new(), "");
    if form.is_json {
        // In JSON all but the last are followed by a comma.
        if written.trim_end().ends_with(',') {
            tail = ",";
        } else {
            let end = line.start + written.trim_end().len();
            edits.push(Edit { span: source.span(end..end), text: ",".to_owned() });
        }
    }
    let end = line_end(source);
    let text = format!("{end}{indent}{}{name}{}{tail}", form.before, form.after);
    edits.push(Edit { span: source.span(line.end..line.end), text });
    Fix::new(format!("Add `{name}`, to be filled in"), Safety::Suggested, edits)
}

/// How a setting is written round its name.
struct Form {
    /// `export `, `"`.
    before: String,
    /// `=`, `: ""`, `" = ""`.
    after: &'static str,
    is_json: bool,
}

fn ending(source: &Source) -> &str {
    let name = source.file_name();
    if name.starts_with(".env") { "env" } else { name.rsplit('.').next().unwrap_or(name) }
}

fn form(source: &Source, name: Span) -> Option<Form> {
    let line = source.line_range(source.line_index(name.start as usize));
    let before = source.text().get(line.start..name.start as usize)?.trim_start();
    let after = source.text().get(name.end as usize..line.end)?;
    let quoted = |quote: char| before.ends_with(quote) && after.starts_with(quote);
    let ending = ending(source).to_ascii_lowercase();
    let form = |before: &str, after| Some(Form { before: before.to_owned(), after, is_json: false });
    match ending.as_str() {
        "env" | "sh" | "bash" if matches!(before, "" | "export ") && after.starts_with('=') => form(before, "="),
        "properties" | "ini" | "cfg" | "conf" if before.is_empty() && after.trim_start().starts_with('=') => {
            form("", "=")
        }
        "yml" | "yaml" if before.is_empty() && after.starts_with(':') => form("", ": \"\""),
        "toml" | "tfvars" | "tf" | "hcl" if before.is_empty() && after.trim_start().starts_with('=') => {
            form("", " = \"\"")
        }
        "json" | "jsonc" if quoted('"') && before == "\"" => {
            Some(Form { before: "\"".to_owned(), after: "\": \"\"", is_json: true })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixes::apply;

    fn added(name: &str, text: &str, like: &str, below: &str, new: &str) -> Option<String> {
        let sources = Sources::in_memory([(name, text)]);
        let file = sources.iter().next()?.id;
        let span = |part: &str| text.find(part).map(|at| Span::new(file, at, at + part.len()));
        let fix = add(&sources, new, span(like)?, span(below)?)?;
        Some(apply(text, &fix.edits.iter().collect::<Vec<_>>()).0)
    }

    #[test]
    fn the_notation_is_that_of_the_sibling() {
        let env = "CA_HOOK=/ca\nexport US_URL=x # why\n";
        assert_eq!(
            added(".env", env, "CA_HOOK", "US_URL=x", "US_HOOK").unwrap(),
            "CA_HOOK=/ca\nexport US_URL=x # why\nUS_HOOK=\n"
        );
        let yaml = "ca:\n  hook: /ca\nus:\n  url: x\n";
        assert_eq!(
            added("a.yml", yaml, "hook", "url: x", "hook").unwrap(),
            "ca:\n  hook: /ca\nus:\n  url: x\n  hook: \"\"\n"
        );
        let json = "{\n  \"caHook\": \"/ca\",\n  \"usUrl\": \"x\"\n}\n";
        let mended = "{\n  \"caHook\": \"/ca\",\n  \"usUrl\": \"x\",\n  \"usHook\": \"\"\n}\n";
        assert_eq!(added("a.json", json, "caHook", "usUrl\": \"x", "usHook").unwrap(), mended);
        assert_eq!(added("a.toml", "a = 1\nb = 2\n", "a", "b = 2", "c").unwrap(), "a = 1\nb = 2\nc = \"\"\n");
    }

    /// In a program a setting is more than a line.
    #[test]
    fn programs_are_left_alone() {
        assert_eq!(added("a.ts", "const a = { b: 1 };\n", "b", "b: 1", "c"), None);
    }
}
