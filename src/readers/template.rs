//! Values with holes: `${VAR:-default}`, `{{ .Values.x }}`, `<%= ENV["X"] %>`, `$(VAR)`, `op://vault/item`… in any format.

use crate::fact::{Piece, Reference, ReferenceKind, Value};
use crate::source::Span;
use crate::text::Text;

/// Which notations a format knows besides those that are read everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `${X}`, `{{ x }}`, `<%= x %>`, `$(X)`, `#{X}`, `%{X}`, `{x}` in URLs.
    Braced,
    /// Those, and a bare `$X` as shells, Docker and dotenv files have it.
    Shell,
}

/// Deeper nesting of defaults (`${A:-${B:-…}}`) is not followed.
const DEPTH: usize = 6;

/// Splits a text into what is literal and what is said elsewhere.
pub fn value(text: &Text, notation: Notation) -> Value {
    split(text, notation, DEPTH)
}

fn split(text: &Text, notation: Notation, depth: usize) -> Value {
    let span = text.span();
    if text.is_empty() {
        return Value { span, pieces: Vec::new() };
    }
    if let Some(reference) = locator(text) {
        return Value { span, pieces: vec![Piece::Reference(reference)] };
    }
    let all = text.expose();
    let mut pieces = Vec::new();
    // `{instance}` and `<instance>` mean something only in addresses; JSON and markup have them too.
    let address = all.contains("://") || all.contains("fin.ag");
    let mut literal_from = 0;
    let mut at = 0;
    let mut patience = UNCLOSED;
    while let Some(found) = all[at..].find(['$', '{', '<', '#', '%']).map(|offset| at + offset) {
        let Some(hole) = hole_at(all, found, notation, address) else {
            let opened = ["${", "$(", "{{", "<%", "#{", "%{"].iter().any(|open| all[found..].starts_with(open));
            patience -= usize::from(opened);
            if patience == 0 {
                break;
            }
            at = found + if all[found..].starts_with("$$") { 2 } else { 1 };
            continue;
        };
        if literal_from < found {
            pieces.push(Piece::Text(text.part(literal_from..found)));
        }
        pieces.push(Piece::Reference(reference(text, &hole, notation, depth)));
        at = hole.end;
        literal_from = at;
    }
    if literal_from < all.len() {
        pieces.push(Piece::Text(text.part(literal_from..all.len())));
    }
    Value { span, pieces }
}

/// A hole: where it begins and ends in the text, and the expression inside.
struct Hole {
    start: usize,
    end: usize,
    inner: std::ops::Range<usize>,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `${…}`
    Dollar,
    /// `${{ … }}` and `{{ … }}`
    Mustache,
    /// `<%= … %>`
    Erb,
    /// `$(…)`
    Paren,
    /// `$X`, `#{x}`, `%{x}`, `%(x)s`, `{x}`
    Plain,
    /// `<instance>`
    Blank,
}

/// Holes opened and not closed in one text, after which no further ones are looked for.
const UNCLOSED: usize = 500;

/// A hole that is longer is text: what is opened and never closed costs no look at all of a long text.
const LONGEST: usize = 4096;

fn hole_at(all: &str, start: usize, notation: Notation, address: bool) -> Option<Hole> {
    let mut end = (start + LONGEST).min(all.len());
    while !all.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &all[start..end];
    let hole = |open: usize, close: usize, closing: usize, form| Hole {
        start,
        end: start + close + closing,
        inner: start + open..start + close,
        form,
    };
    if let Some(after) = rest.strip_prefix("${{") {
        return after.find("}}").map(|close| hole(3, 3 + close, 2, Form::Mustache));
    }
    if rest.starts_with("${") {
        return closing(rest, 2, b'{', b'}').map(|close| hole(2, close, 1, Form::Dollar));
    }
    if rest.starts_with("$(") {
        return closing(rest, 2, b'(', b')').map(|close| hole(2, close, 1, Form::Paren));
    }
    if rest.starts_with('$') && notation == Notation::Shell {
        let length = identifier_length(&rest[1..], false);
        return (length > 0).then(|| hole(1, 1 + length, 0, Form::Plain));
    }
    if rest.starts_with("{{") {
        let open = if rest.starts_with("{{{") { 3 } else { 2 };
        let close = open + rest[open..].find("}}")?;
        let closing = if rest[close..].starts_with("}}}") { 3 } else { 2 };
        return Some(hole(open, close, closing, Form::Mustache));
    }
    if let Some(inner) = rest.strip_prefix("<%") {
        let open = 2 + inner.find(|c| !matches!(c, '=' | '-'))?;
        let close = open + rest[open..].find("%>")?;
        return Some(hole(open, close, 2, Form::Erb));
    }
    if rest.starts_with("#{") || rest.starts_with("%{") {
        return closing(rest, 2, b'{', b'}').map(|close| hole(2, close, 1, Form::Plain));
    }
    if rest.starts_with("%(") && rest.contains(")s") {
        let close = rest.find(")s")?;
        return (identifier_length(&rest[2..close], true) == close - 2).then(|| hole(2, close, 2, Form::Plain));
    }
    // `%env(FLINKS_URL)%` of Symfony, `%env(resolve:FLINKS_URL)%` where it is changed before it is used.
    if rest.starts_with("%env(") {
        let close = rest.find(")%")?;
        let open = rest[..close].rfind([':', '(']).map_or(close, |before| before + 1);
        let is_name = identifier_length(&rest[open..close], false) == close - open;
        return (is_name && open < close).then(|| hole(open, close, 2, Form::Plain));
    }
    if let Some(inner) = rest.strip_prefix('%') {
        let length = identifier_length(inner, false);
        let shouted = rest[1..1 + length].bytes().all(|byte| !byte.is_ascii_lowercase());
        return (length > 1 && shouted && rest[1 + length..].starts_with('%'))
            .then(|| hole(1, 1 + length, 1, Form::Plain));
    }
    if address && (rest.starts_with('{') || rest.starts_with('<')) {
        let length = identifier_length(&rest[1..], true);
        let (close, form) = if rest.starts_with('{') { ('}', Form::Plain) } else { ('>', Form::Blank) };
        return (length > 0 && rest[1 + length..].starts_with(close)).then(|| hole(1, 1 + length, 1, form));
    }
    None
}

/// The offset of the bracket that closes the one before `from`.
fn closing(text: &str, from: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 1usize;
    for (offset, byte) in text.bytes().enumerate().skip(from) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(offset);
            }
        }
    }
    None
}

fn identifier_length(text: &str, dotted: bool) -> usize {
    let part = |(at, c): (usize, char)| {
        c.is_ascii_alphabetic() || c == '_' || (at > 0 && (c.is_ascii_digit() || (dotted && matches!(c, '.' | '-'))))
    };
    text.char_indices().take_while(|(at, c)| part((*at, *c))).map(|(_, c)| c.len_utf8()).sum()
}

fn reference(text: &Text, hole: &Hole, notation: Notation, depth: usize) -> Reference {
    let span = text.span_of(hole.start..hole.end);
    let inner = text.part(hole.inner.clone());
    let (kind, name, fallback) = match hole.form {
        Form::Dollar => dollar(&inner),
        Form::Mustache => mustache(inner.expose()),
        Form::Erb => erb(inner.expose()),
        Form::Paren => paren(inner.expose()),
        Form::Plain => plain(inner.expose()),
        Form::Blank => (ReferenceKind::Computed, inner.expose().to_owned(), None),
    };
    let fallback = fallback.filter(|_| depth > 0).map(|range| Box::new(split(&inner.part(range), notation, depth - 1)));
    Reference { kind, name: name.into(), span, fallback }
}

type Read = (ReferenceKind, String, Option<std::ops::Range<usize>>);

/// `${X}`, `${X:-default}`, `${a.b:default}` (Spring), `${var.x}`, `${env:X, 'default'}`, `${ssm:/path}`.
fn dollar(inner: &Text) -> Read {
    let all = inner.expose();
    let length = identifier_length(all, true);
    // `X-default` is the shell's default without a colon, unless the name itself has a hyphen (Spring's `a.b-c`).
    let shell_name = identifier_length(all, false);
    if shell_name > 0
        && all[shell_name..].starts_with('-')
        && all[..shell_name].bytes().all(|b| !b.is_ascii_lowercase())
    {
        return (ReferenceKind::Named, all[..shell_name].to_owned(), Some(shell_name + 1..all.len()));
    }
    let (name, rest) = all.split_at(length);
    if length == 0 {
        return (ReferenceKind::Computed, all.trim().to_owned(), None);
    }
    if rest.is_empty() {
        let (kind, name) = namespaced(name);
        return (kind, name, None);
    }
    if let Some(scheme) = SERVERLESS.iter().find(|scheme| scheme.0 == name && rest.starts_with(':')) {
        let body = &rest[1..];
        let end = body.find(',').unwrap_or(body.len());
        let fallback = body[end..].find(|c| !matches!(c, ',' | ' ' | '\'' | '"')).map(|offset| {
            let start = length + 1 + end + offset;
            start..all.trim_end_matches(['\'', '"', ' ']).len().max(start)
        });
        return (scheme.1, body[..end].trim().to_owned(), fallback);
    }
    for mark in [":-", ":=", "-", "=", ":?", "?", ":+", "+"] {
        if let Some(after) = rest.strip_prefix(mark) {
            let start = all.len() - after.len();
            let fallback = mark.ends_with(['-', '=']).then_some(start..all.len());
            return (ReferenceKind::Named, name.to_owned(), fallback);
        }
    }
    if rest.starts_with(':') {
        return (ReferenceKind::Named, name.to_owned(), Some(length + 1..all.len()));
    }
    (ReferenceKind::Computed, all.trim().to_owned(), None)
}

/// Serverless and other `${scheme:name}` variables.
const SERVERLESS: &[(&str, ReferenceKind)] = &[
    ("env", ReferenceKind::Named),
    ("self", ReferenceKind::Named),
    ("opt", ReferenceKind::Computed),
    ("param", ReferenceKind::Named),
    ("ssm", ReferenceKind::Stored),
    ("cf", ReferenceKind::Stored),
    ("s3", ReferenceKind::Stored),
    ("file", ReferenceKind::Computed),
    ("secrets", ReferenceKind::Stored),
    ("secret", ReferenceKind::Stored),
    ("vault", ReferenceKind::Stored),
    ("sm", ReferenceKind::Stored),
    ("op", ReferenceKind::Stored),
    ("aws", ReferenceKind::Computed),
];

/// A dotted name: a prefix says where it lives.
fn namespaced(name: &str) -> (ReferenceKind, String) {
    const NAMED: &[&str] = &["var.", "local.", "env.", "process.env.", ".Values.", "Values.", "import.meta.env."];
    const STORED: &[&str] = &["secrets.", "vars.", "data.", "module.", "vault.", "secret."];
    if let Some(prefix) = NAMED.iter().find(|prefix| name.starts_with(**prefix)) {
        return (ReferenceKind::Named, name[prefix.len()..].to_owned());
    }
    if let Some(prefix) = STORED.iter().find(|prefix| name.starts_with(**prefix)) {
        return (ReferenceKind::Stored, name[prefix.len()..].to_owned());
    }
    (ReferenceKind::Named, name.to_owned())
}

/// Functions of Helm through which a value passes with its meaning kept.
const FUNCTIONS: &[&str] = &["default", "tpl", "required", "quote", "squote", "toString", "trim", "lower", "upper"];

/// Words of Go templates after which no one value is named.
const CONTROL: &[&str] = &[
    "if",
    "else",
    "end",
    "range",
    "with",
    "define",
    "block",
    "template",
    "include",
    "printf",
    "ternary",
    "toYaml",
    "not",
    "and",
    "or",
    "eq",
    "ne",
    "index",
    "randAlphaNum",
];

/// `{{ .Values.a.b | default "x" }}`, `{{ name }}`, `${{ secrets.X }}`, `{{ lookup("env", "X") }}`.
fn mustache(inner: &str) -> Read {
    let trimmed = inner.trim_matches(|c: char| c.is_whitespace() || c == '-');
    let fallback = inner.find("default").and_then(|at| quoted(inner, at + "default".len()));
    let first = trimmed.split(['|', ' ', '(']).find(|word| !word.is_empty()).unwrap_or("");
    if CONTROL.contains(&first) {
        return (ReferenceKind::Computed, trimmed.to_owned(), None);
    }
    let name = if FUNCTIONS.contains(&first) {
        trimmed.split([' ', '(', ')']).find(|word| word.starts_with(".Values.") || word.starts_with("$.Values."))
    } else {
        Some(first)
    };
    let name = name.unwrap_or("").trim_start_matches('$');
    if first == "lookup" || first == "env" || first == "getenv" || first == "requiredEnv" {
        return match last_quoted(trimmed) {
            Some(name) if !trimmed.contains("hashi_vault") => (ReferenceKind::Named, name.to_owned(), fallback),
            _ => (ReferenceKind::Stored, trimmed.to_owned(), None),
        };
    }
    // `{{ secret "prod/flinks/us" }}` of Vault agents, `{{ key "x" }}` of Consul: a call, its words those of a store.
    if trimmed.strip_prefix(first).is_some_and(|rest| rest.trim_start().starts_with(['"', '\''])) {
        return (ReferenceKind::Stored, trimmed.to_owned(), fallback);
    }
    let plain = name.strip_prefix('.').unwrap_or(name);
    if !plain.is_empty() && identifier_length(plain, true) == plain.len() {
        if ["Release.", "Chart.", "github.", "inputs.", "matrix.", "needs.", "steps.", "item."]
            .iter()
            .any(|prefix| plain.starts_with(prefix))
        {
            return (ReferenceKind::Computed, plain.to_owned(), fallback);
        }
        let (kind, name) = namespaced(plain);
        return (kind, name, fallback);
    }
    (ReferenceKind::Computed, trimmed.to_owned(), fallback)
}

/// `<%= ENV["X"] %>`, `<%= ENV.fetch("X", "default") %>`, `<%= Rails.application.credentials.dig(:flinks, :us) %>`.
fn erb(inner: &str) -> Read {
    let trimmed = inner.trim();
    if let Some(at) = inner.find("ENV")
        && let Some(name) = quoted(inner, at)
    {
        let fallback = quoted(inner, name.end + 1);
        return (ReferenceKind::Named, inner[name].to_owned(), fallback);
    }
    let stored = trimmed.contains("credentials") || trimmed.contains("secrets") || trimmed.contains("vault");
    let kind = if stored { ReferenceKind::Stored } else { ReferenceKind::Computed };
    (kind, trimmed.to_owned(), None)
}

/// `$(NAME)` of Kubernetes, Azure and make; `$(pass show flinks/us)` of shells.
fn paren(inner: &str) -> Read {
    let name = inner.trim();
    if !name.is_empty() && identifier_length(name, true) == name.len() {
        return (ReferenceKind::Named, name.to_owned(), None);
    }
    (ReferenceKind::Stored, name.to_owned(), None)
}

fn plain(inner: &str) -> Read {
    let name = inner.trim();
    if !name.is_empty() && identifier_length(name, true) == name.len() {
        let (kind, name) = namespaced(name);
        return (kind, name, None);
    }
    if name.starts_with("ENV") {
        return erb(inner);
    }
    (ReferenceKind::Computed, name.to_owned(), None)
}

/// The inside of the first quoted string at or after `from`.
fn quoted(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let open = from + text.get(from..)?.find(['"', '\''])?;
    let quote = text[open..].chars().next()?;
    let close = open + 1 + text[open + 1..].find(quote)?;
    Some(open + 1..close)
}

fn last_quoted(text: &str) -> Option<&str> {
    let mut last = None;
    let mut from = 0;
    while let Some(range) = quoted(text, from) {
        from = range.end + 1;
        last = Some(&text[range]);
    }
    last
}

/// Beginnings of values that are kept in a store, not here.
const STORES: &[&str] = &[
    "op://",
    "doppler://",
    "vault://",
    "vault:",
    "secret://",
    "secrets://",
    "sm://",
    "gsm://",
    "gcp-secret://",
    "awssm://",
    "aws-sm://",
    "ssm://",
    "ssm:",
    "akv://",
    "azkv://",
    "keyvault://",
    "bws://",
    "infisical://",
    "pass://",
    "ref+",
    "keyring:",
    "keychain:",
    "secretsmanager:",
    "arn:aws:secretsmanager:",
    "arn:aws:ssm:",
    "arn:aws-us-gov:secretsmanager:",
    "arn:aws:kms:",
    "{{resolve:",
    "@Microsoft.KeyVault(",
    "berglas://",
    "sops://",
    "kms://",
    "ENC[",
    "EV[",
    "$ANSIBLE_VAULT;",
    "encrypted:",
    "secretref:",
];

/// A value that as a whole says where in a secret store the real one is, or is encrypted.
fn locator(text: &Text) -> Option<Reference> {
    let all = text.expose().trim();
    if let Some(name) = all.strip_prefix("env:").filter(|name| identifier_length(name, false) == name.len()) {
        return Some(named(ReferenceKind::Named, name, text.span()));
    }
    let google = all.starts_with("projects/") && all.contains("/secrets/");
    let stored = google || STORES.iter().any(|store| all.starts_with(store));
    stored.then(|| named(ReferenceKind::Stored, all, text.span()))
}

fn named(kind: ReferenceKind, name: &str, span: Span) -> Reference {
    Reference { kind, name: name.into(), span, fallback: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// A value in one line: text as it is, references as `[name]`, `[name|fallback]`, stored ones as `[!name]`, others `[?name]`.
    fn shown(value: &Value) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.expose().to_owned(),
            Piece::Reference(reference) => {
                let mark = match reference.kind {
                    ReferenceKind::Named => "",
                    ReferenceKind::Stored => "!",
                    ReferenceKind::Computed => "?",
                    ReferenceKind::Symbol => "@",
                };
                let fallback = reference.fallback.as_ref().map_or(String::new(), |value| format!("|{}", shown(value)));
                format!("[{mark}{}{fallback}]", reference.name)
            }
        };
        value.pieces.iter().map(piece).collect()
    }

    fn read(text: &str) -> String {
        shown(&value(&Text::verbatim(text, FileId(0), 0), Notation::Shell))
    }

    #[test]
    fn every_notation_of_a_hole() {
        for (text, expected) in [
            ("https://${FLINKS_INSTANCE}-api.private.fin.ag/v3", "https://[FLINKS_INSTANCE]-api.private.fin.ag/v3"),
            ("$HOST/v3", "[HOST]/v3"),
            ("${A:-https://b}", "[A|https://b]"),
            ("${A:-${B:-c}}", "[A|[B|c]]"),
            ("${A-c}", "[A|c]"),
            ("${flinks.base-url:https://x}", "[flinks.base-url|https://x]"),
            ("${var.flinks_instance}-api", "[flinks_instance]-api"),
            ("${env:X, 'd'}", "[X|d]"),
            ("${ssm:/prod/flinks/us}", "[!/prod/flinks/us]"),
            ("${{ secrets.FLINKS_US_SECRET }}", "[!FLINKS_US_SECRET]"),
            ("${{ env.HOST }}/v3", "[HOST]/v3"),
            ("{{ .Values.flinks.host }}", "[flinks.host]"),
            ("{{ .Values.flinks.host | default \"toolbox\" | quote }}", "[flinks.host|toolbox]"),
            ("{{ flinks_instance }}-api", "[flinks_instance]-api"),
            ("{{ lower .Values.flinks.host }}", "[flinks.host]"),
            ("{{ include \"flinks.host\" . }}", "[?include \"flinks.host\" .]"),
            ("{{- if .x }}a{{ end }}", "[?if .x]a[?end]"),
            ("{{ lookup('env', 'X') }}", "[X]"),
            ("<%= ENV.fetch(\"X\", 'd') %>", "[X|d]"),
            ("<%= ENV['X'] %>", "[X]"),
            ("$(FLINKS_HOST)", "[FLINKS_HOST]"),
            ("$(pass show flinks/us)", "[!pass show flinks/us]"),
            ("%(host)s/v3", "[host]/v3"),
            ("%FLINKS_HOST%", "[FLINKS_HOST]"),
            ("https://{instance}-api.private.fin.ag", "https://[instance]-api.private.fin.ag"),
            ("https://<instance>-api.private.fin.ag", "https://[?instance]-api.private.fin.ag"),
            ("op://prod/flinks-us/secret", "[!op://prod/flinks-us/secret]"),
            ("@Microsoft.KeyVault(SecretUri=https://x)", "[!@Microsoft.KeyVault(SecretUri=https://x)]"),
            ("env:FLINKS_HOST", "[FLINKS_HOST]"),
            ("$${NOT_ONE}", "$${NOT_ONE}"),
            ("100% {json: 1}", "100% {json: 1}"),
            ("pa$$word", "pa$$word"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    /// `${A:-…}` opened and never closed is text, however long.
    #[test]
    fn an_open_hole_is_text() {
        assert_eq!(read("${A:-b"), "${A:-b");
        assert_eq!(read("{{ a"), "{{ a");
    }
}
