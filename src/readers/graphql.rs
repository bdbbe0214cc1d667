//! GraphQL schemas. Inputs, payloads and plain types are contracts and store nothing; a type with `@model` (Amplify)
//! becomes a table.

use std::ops::Range;

use crate::fact::{Change, Facts, Field, Record, RecordKind, ScopeId};
use crate::readers::{Reader, has_extension};
use crate::source::{Source, Spanned};

pub const READER: Reader =
    Reader { name: "GraphQL", reads: |source| has_extension(source, &["graphql", "gql", "graphqls"]), read };

fn read(source: &Source) -> Facts {
    let tokens = tokens(source.text());
    let mut schema = Schema { source, tokens: &tokens, at: 0 };
    let types = schema.types();
    let tables: Vec<&str> = types.iter().filter(|found| found.is_model).map(|found| &*found.name.value).collect();
    let mut facts = Facts::new(source.id);
    for found in types.iter().filter(|found| found.is_model) {
        let fields = found.fields.iter().filter_map(|member| field(member, &tables)).collect();
        let change = Change::Create { fields, inherits: Vec::new(), copies: Vec::new() };
        facts.records.push(Record {
            scope: ScopeId::FILE,
            kind: RecordKind::Document,
            name: found.name.clone(),
            stored_as: None,
            change,
            comment: found.comment.clone(),
        });
    }
    facts
}

/// A stored field. What others hold of this type, and what a relation is kept in, is told by the fields that keep it.
fn field(member: &Member, tables: &[&str]) -> Option<Field> {
    let type_name = &*member.type_name.value;
    if member.is_list && tables.contains(&type_name) {
        return None;
    }
    let references = tables.contains(&type_name).then(|| member.type_name.clone());
    let mut lower = type_name.to_lowercase();
    if member.is_list {
        lower.push_str("[]");
    }
    Some(Field {
        name: member.name.clone(),
        stored_as: None,
        type_name: Some(lower),
        required: Some(member.required),
        references,
    })
}

/// A type of objects.
struct Type {
    name: Spanned<String>,
    comment: Option<Spanned<String>>,
    is_model: bool,
    fields: Vec<Member>,
}

struct Member {
    name: Spanned<String>,
    type_name: Spanned<String>,
    is_list: bool,
    required: bool,
}

enum Kind {
    Name,
    /// A text, in one quote or three.
    Text,
    Sign,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// The tokens of a schema, without blanks, commas and comments.
fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let (kind, length) = match bytes[at] {
            b'#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'"' if rest.starts_with("\"\"\"") => {
                (Kind::Text, rest[3..].find("\"\"\"").map_or(rest.len(), |end| end + 6))
            }
            b'"' => (Kind::Text, quoted(rest)),
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                (Kind::Name, rest.find(|c| !is_name(c)).unwrap_or(rest.len()))
            }
            byte if byte.is_ascii_whitespace() || byte == b',' => {
                at += 1;
                continue;
            }
            _ => (Kind::Sign, rest.chars().next().map_or(1, char::len_utf8)),
        };
        tokens.push(Token { kind, range: at..at + length });
        at += length;
    }
    tokens
}

/// The length of a text in one quote, which ends with its line at the latest.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

struct Schema<'s> {
    source: &'s Source,
    tokens: &'s [Token],
    at: usize,
}

impl<'s> Schema<'s> {
    fn slice(&self, at: usize) -> &'s str {
        self.tokens.get(at).map_or("", |token| &self.source.text()[token.range.clone()])
    }

    fn here(&self) -> &'s str {
        self.slice(self.at)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.here() == word;
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> Option<Spanned<String>> {
        let token = self.tokens.get(self.at).filter(|token| matches!(token.kind, Kind::Name))?;
        self.at += 1;
        Some(Spanned::new(self.source.text()[token.range.clone()].to_owned(), self.source.span(token.range.clone())))
    }

    /// The description in front of a definition.
    fn text(&mut self) -> Option<Spanned<String>> {
        let token = self.tokens.get(self.at).filter(|token| matches!(token.kind, Kind::Text))?;
        self.at += 1;
        let all = &self.source.text()[token.range.clone()];
        let bare = all.trim_matches('"');
        let start = token.range.start + (all.len() - all.trim_start_matches('"').len());
        let inner = bare.trim();
        let start = start + (bare.len() - bare.trim_start().len());
        (!inner.is_empty()).then(|| Spanned::new(inner.to_owned(), self.source.span(start..start + inner.len())))
    }

    fn types(&mut self) -> Vec<Type> {
        let mut types = Vec::new();
        let mut comment = None;
        while self.at < self.tokens.len() {
            if let Some(text) = self.text() {
                comment = Some(text);
                continue;
            }
            if self.here() == "type" && self.slice(self.at.wrapping_sub(1)) != "extend" {
                self.at += 1;
                types.extend(self.type_of(comment.take()));
            } else if matches!(self.here(), "{" | "(" | "[") {
                // What belongs to another definition.
                self.skip();
                comment = None;
            } else {
                self.at += 1;
            }
        }
        types
    }

    fn type_of(&mut self, comment: Option<Spanned<String>>) -> Option<Type> {
        let name = self.name()?;
        let mut is_model = false;
        while self.at < self.tokens.len() && self.here() != "{" {
            match self.here() {
                "@" => is_model |= self.directive() == "model",
                // Another definition: this one has no fields.
                "type" | "input" | "enum" | "interface" | "union" | "scalar" | "extend" | "schema" | "}" => break,
                _ => self.at += 1,
            }
        }
        let fields = if self.eat("{") { self.fields() } else { Vec::new() };
        Some(Type { name, comment, is_model, fields })
    }

    fn fields(&mut self) -> Vec<Member> {
        let mut fields = Vec::new();
        while self.at < self.tokens.len() && !self.eat("}") {
            if self.text().is_some() {
                continue;
            }
            match self.name() {
                Some(name) => fields.extend(self.field(name)),
                None => self.skip(),
            }
        }
        fields
    }

    /// `(arguments): [Type!]! @directive`, behind the name.
    fn field(&mut self, name: Spanned<String>) -> Option<Member> {
        if self.here() == "(" {
            self.skip();
        }
        if !self.eat(":") {
            return None;
        }
        let mut is_list = false;
        while self.eat("[") {
            is_list = true;
        }
        let type_name = self.name()?;
        let mut required = false;
        loop {
            match self.here() {
                "!" => required = true,
                "]" => required = false,
                _ => break,
            }
            self.at += 1;
        }
        let mut is_kept_elsewhere = false;
        while self.here() == "@" {
            is_kept_elsewhere |= matches!(self.directive(), "hasMany" | "hasOne" | "manyToMany" | "connection");
        }
        (!is_kept_elsewhere).then_some(Member { name, type_name, is_list, required })
    }

    /// Passes by `@name(…)`, and says the name.
    fn directive(&mut self) -> &'s str {
        self.at += 1;
        let name = self.here();
        self.at += 1;
        if self.here() == "(" {
            self.skip();
        }
        name
    }

    /// Passes by a token, or by all that stands in its brackets.
    fn skip(&mut self) {
        let mut depth = 0usize;
        while self.at < self.tokens.len() {
            match self.here() {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let facts = read(&Source::new(FileId(0), "schema.graphql", text));
        let field = |field: &Field| {
            let required = if field.required == Some(true) { "!" } else { "" };
            let to = field.references.as_ref().map_or(String::new(), |to| format!(" -> {}", to.value));
            format!("{}: {}{required}{to}", field.name.value, field.type_name.as_deref().unwrap_or(""))
        };
        let record = |record: &Record| {
            let Change::Create { fields, .. } = &record.change else { return String::new() };
            let fields: Vec<String> = fields.iter().map(field).collect();
            let comment = record.comment.as_ref().map_or(String::new(), |text| format!("({}) ", text.value));
            format!("{comment}{}: {}", record.name.value, fields.join(", "))
        };
        facts.records.iter().map(record).collect()
    }

    /// Only what Amplify makes a table of is stored.
    #[test]
    fn contracts_are_silent() {
        let text = "input A { flinksLoginId: ID! } type B { loginId: ID } extend type C @model { d: E }\n\
                    type Query { login(loginId: ID = \"{\"): B } # type D @model { e: F }";
        assert_eq!(shown(text), Vec::<String>::new());
    }

    #[test]
    fn models() {
        let text = r#"
            """ Accounts "linked" """
            type Login implements Node & Entity @model(timestamps: {createdAt: "x"}) @auth(rules: [{allow: owner}]) {
              "its id" id: ID! @primaryKey(sortKeyFields: ["flinksLoginId"])
              flinksLoginId: String! # kept
              tags: [String!]
              days(first: Int = 3): [Day!]!
              user: User! @belongsTo(fields: ["userId"])
            }
            type User @model { id: ID!, logins: [Login] @hasMany(indexName: "byUser"), bank: Bank @hasOne }
            type Bank @model type Day { on: String }
        "#;
        assert_eq!(
            shown(text),
            [
                "(Accounts \"linked\") Login: id: id!, flinksLoginId: string!, tags: string[], days: day[]!, user: user! -> User",
                "User: id: id!",
                "Bank: ",
            ]
        );
    }
}
