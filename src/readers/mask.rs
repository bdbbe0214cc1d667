//! Templates inside YAML and JSON (`{{ }}`, `{% %}`, `<% %>`) hidden, byte for byte, from parsers that know nothing of them.

use std::borrow::Cow;

/// Openings of templates and what closes them.
const HOLES: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>")];
/// A template that is not closed within so many bytes is text.
const LONGEST: usize = 4096;
/// Templates opened and not closed in one file, after which no further ones are looked for.
const UNCLOSED: usize = 2000;

/// The text with every template replaced by as many bytes, so that places stay true: `_` where a value
/// stands, newlines where a line holds nothing else (an empty line is harmless anywhere, even inside a
/// block scalar, where blanks or a comment would end it).
pub(super) fn yaml(text: &str) -> Cow<'_, str> {
    if !HOLES.iter().any(|(open, _)| text.contains(open)) && !text.contains("#{") {
        return Cow::Borrowed(text);
    }
    let holes = Holes { text, patience: UNCLOSED };
    let mut masker = Masker { text, bytes: text.as_bytes().to_vec(), holes, awaits: None };
    let mut block = None;
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let inside = block.is_some_and(|parent| indent > parent);
        if line.trim().is_empty() || inside || line[indent..].starts_with('#') {
            at = end + 1;
            continue;
        }
        match masker.line(at, end) {
            // Templates alone on their line neither end nor open a block scalar.
            Line::Control(next) => at = next,
            Line::Content(next) => {
                let line = &text[at..line_end(text, at)];
                masker.awaits = line.trim_end().ends_with([':', '-']).then_some(indent);
                block = block_parent(line);
                at = next;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&masker.bytes).into_owned())
}

/// The text of a JSON or TOML file with templates replaced by as many bytes: a string where a value is
/// expected, `_` inside strings, blanks elsewhere.
pub(super) fn values(text: &str) -> Cow<'_, str> {
    if !HOLES.iter().any(|(open, _)| text.contains(open)) {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut holes = Holes { text, patience: UNCLOSED };
    let mut quoted = false;
    let mut at = 0;
    while at < text.len() {
        match text.as_bytes()[at] {
            b'\\' if quoted => at += 2,
            b'\n' => (quoted, at) = (false, at + 1),
            b'"' => (quoted, at) = (!quoted, at + 1),
            b'{' | b'<' => {
                let Some(end) = holes.chain(at) else {
                    at += 1;
                    continue;
                };
                let value = !quoted && value_expected(text, at);
                bytes[at..end].fill(if quoted || value { b'_' } else { b' ' });
                if value {
                    (bytes[at], bytes[end - 1]) = (b'"', b'"');
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn value_expected(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let control = text[at..].starts_with("{%") || is_control(&text[at..]);
    !control && before.ends_with([':', '=', '[', ','])
}

struct Masker<'t> {
    text: &'t str,
    bytes: Vec<u8>,
    holes: Holes<'t>,
    /// The indentation of the last line, if it ended in `:` or `-`, so that a value may follow below it.
    awaits: Option<usize>,
}

/// What a line was, and where to go on.
enum Line {
    Control(usize),
    Content(usize),
}

impl Masker<'_> {
    fn line(&mut self, start: usize, end: usize) -> Line {
        if let Some(close) = self.alone(start) {
            self.bytes[start..close].fill(b'\n');
            return Line::Control(line_end(self.text, close) + 1);
        }
        let mut at = start;
        let mut end = end;
        while at < end {
            let found = match self.text.as_bytes()[at] {
                b'{' | b'<' => self.inline(start, at),
                b'#' => token(self.text, start, at),
                _ => None,
            };
            match found {
                Some(close) => {
                    if !self.text[..at].ends_with('$') {
                        let lines = writes_lines(&self.text[at..close]);
                        self.bytes[at..close].fill(if lines { b' ' } else { b'_' });
                    }
                    at = close;
                    end = line_end(self.text, close);
                }
                None => at += 1,
            }
        }
        Line::Content(end + 1)
    }

    /// The end of the templates that have this line, or these lines, to themselves and stand for no value.
    fn alone(&mut self, start: usize) -> Option<usize> {
        let mut at = start + blanks(&self.text[start..]);
        let open = at;
        while let Some(end) = self.holes.end(at) {
            at = end + blanks(&self.text[end..]);
        }
        let all = at > open && matches!(self.text.as_bytes().get(at), None | Some(b'\n' | b'\r'));
        let deeper = self.awaits.is_some_and(|indent| open - start > indent);
        let value = deeper && !is_control(&self.text[open..]) && !writes_lines(&self.text[open..at]);
        (all && !value).then_some(at)
    }

    /// The end of the template that begins at `at`. One that goes on over the end of the line must be a
    /// value's beginning, or any stray `{{` would swallow what follows.
    fn inline(&mut self, line: usize, at: usize) -> Option<usize> {
        let end = self.holes.end(at)?;
        let before = self.text[line..at].trim_end();
        let leads = before.is_empty() || before.ends_with([':', '-', '"', '\'', '$']);
        (leads || !self.text[at..end].contains('\n')).then_some(end)
    }
}

/// `#{NAME}` or `#{NAME}#` where a value stands, as deployment tools replace it; a comment to YAML.
fn token(text: &str, line: usize, at: usize) -> Option<usize> {
    if !text[line..at].trim_end().ends_with([':', '-']) {
        return None;
    }
    let name = text[at..].strip_prefix("#{")?;
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))?;
    if length == 0 || !name[length..].starts_with('}') {
        return None;
    }
    let end = at + 2 + length + 1;
    Some(if text[end..].starts_with('#') { end + 1 } else { end })
}

/// Finds where templates end.
struct Holes<'t> {
    text: &'t str,
    patience: usize,
}

impl Holes<'_> {
    /// The end of the template that begins at `at`, if one does.
    fn end(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let (open, close) = HOLES.iter().find(|(open, _)| self.patience > 0 && rest.starts_with(open))?;
        let mut limit = LONGEST.min(rest.len());
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let Some(length) = rest[..limit].get(open.len()..).and_then(|inner| inner.find(close)) else {
            self.patience -= 1;
            return None;
        };
        let end = at + open.len() + length + close.len();
        // `{{{ x }}}` closes with three.
        let triple = rest.starts_with("{{{") && self.text[end..].starts_with('}');
        Some(if triple { end + 1 } else { end })
    }

    /// The end of the templates that stand here without a gap.
    fn chain(&mut self, at: usize) -> Option<usize> {
        let mut end = self.end(at)?;
        while let Some(next) = self.end(end) {
            end = next;
        }
        Some(end)
    }
}

/// Words with which a template begins that yields no single value.
const CONTROL: &[&str] =
    &["if", "else", "end", "range", "with", "define", "block", "template", "include", "toYaml", "for", "set"];

/// Whether the template at the beginning of `text` steers the output, or writes more than a value.
fn is_control(text: &str) -> bool {
    let Some(inner) = text.strip_prefix("{{").or_else(|| text.strip_prefix("<%=")) else { return true };
    let inner = inner.trim_start_matches(['-', ' ', '\t', '\n', '\r']);
    let word = inner.find(|c: char| !c.is_alphanumeric()).map_or(inner, |end| &inner[..end]);
    let assigns = inner.starts_with('$') && inner.split("}}").next().is_some_and(|all| all.contains(":="));
    CONTROL.contains(&word) || assigns || inner.starts_with("/*") || inner.starts_with('!')
}

/// Whether a template stands for lines of YAML rather than for a value.
fn writes_lines(template: &str) -> bool {
    template.contains("indent ") || template.contains("toYaml") || template.contains("to_nice_yaml")
}

/// The column that the content of the block scalar opened by this line must exceed.
fn block_parent(line: &str) -> Option<usize> {
    let code = line.find(" #").map_or(line, |comment| &line[..comment]).trim_end();
    let header = code.rfind(['|', '>'])?;
    let indicators = &code[header + 1..];
    if indicators.len() > 2 || !indicators.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9')) {
        return None;
    }
    let before = &code[..header];
    let mut column = blanks(before);
    loop {
        let rest = &before[column..];
        if rest.is_empty() {
            return Some(column.saturating_sub(1));
        }
        match rest.strip_prefix("- ") {
            Some(item) if item.trim().is_empty() || item.trim_start().starts_with('!') => return Some(column),
            Some(item) => column += 2 + blanks(item),
            None => break,
        }
    }
    before[column..].contains(": ").then_some(column)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn line_end(text: &str, at: usize) -> usize {
    text[at.min(text.len())..].find('\n').map_or(text.len(), |offset| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let masked = yaml(text).into_owned();
        assert_eq!(masked.len(), text.len(), "{text}");
        masked
    }

    #[test]
    fn values_become_words_and_control_becomes_nothing() {
        assert_eq!(masked("a: {{ .x }}\n"), "a: ________\n");
        assert_eq!(masked("{{- if .x }}\na: b\n"), format!("{}a: b\n", "\n".repeat(13)));
        assert_eq!(masked("a: <%= x %>é{% y %}"), "a: ________é_______");
        assert_eq!(masked("a:\n  {{ .x }}\n"), "a:\n  ________\n");
        assert_eq!(masked("a:\n  {{ toYaml .x }}\n"), format!("a:\n{}\n", "\n".repeat(17)));
        assert_eq!(masked("a: {{ x | nindent 2 }}\n  b: c"), format!("a: {}\n  b: c", " ".repeat(19)));
        assert_eq!(masked("a: #{X}#\nb: c #{X}\n"), "a: _____\nb: c #{X}\n");
    }

    /// Expressions of GitHub are YAML as they are, and may go over several lines of a block scalar.
    #[test]
    fn what_yaml_reads_by_itself_stays() {
        for text in
            ["a: ${{ x }}", "a: |\n  {{ x }}\n   ${{\n  y }}\n", "- |\n {{ x }}\n", "# {{ x }}\n", "a: {{ open\nb: c"]
        {
            assert_eq!(masked(text), text);
        }
    }

    /// A control line at the margin does not end the block scalar around it.
    #[test]
    fn a_control_line_stays_in_its_block() {
        let text = "k: |\n  a\n{{ if x }}\n  {{ b }}\n{{ end }}\nc: {{ d }}\n";
        let masked = masked(text);
        assert!(masked.contains("  {{ b }}") && masked.ends_with("c: _______\n"));
    }

    #[test]
    fn templates_in_json_become_strings() {
        let text = r#"{"a": {{ x }}, "b{{ "y" }}": 1, {{ if z }}"c": 2{{ end }} }"#;
        assert_eq!(values(text), r#"{"a": "_____", "b_________": 1,           "c": 2          }"#);
    }
}
