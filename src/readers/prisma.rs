//! Prisma schemas: models with their fields and relations, embedded types, and where the database is.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::fact::{
    Change, Facts, Field, Name, Record, RecordKind, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value,
};
use crate::readers::{Reader, has_extension};
use crate::source::{Source, Spanned};
use crate::text::Text;
use crate::vocabulary::login::speaks_of_flinks;
use crate::vocabulary::origin;

pub const READER: Reader = Reader { name: "prisma", reads: |source| has_extension(source, &["prisma"]), read };

fn read(source: &Source) -> Facts {
    let mut schema = Schema { source, facts: Facts::new(source.id), types: HashMap::new(), models: HashSet::new() };
    let blocks = blocks(source.text());
    for block in &blocks {
        match block.keyword {
            "type" => {
                let fields = schema.fields(block);
                schema.types.insert(block.name(source).to_owned(), fields);
            }
            "model" => {
                schema.models.insert(block.name(source).to_owned());
            }
            "enum" => {
                let member = |line: &Range<usize>| source.text()[line.clone()].split_whitespace().next();
                let members: Vec<&str> = block.lines.iter().filter_map(member).collect();
                if origin::are_both_countries(&members) {
                    schema.facts.enumerations.push(block.name(source).to_owned());
                }
            }
            _ => {}
        }
    }
    for block in &blocks {
        match block.keyword {
            "model" => schema.model(block),
            "datasource" => schema.datasource(block),
            _ => {}
        }
    }
    schema.facts
}

/// `model Name { … }`, by lines.
struct Block<'t> {
    keyword: &'t str,
    name: Range<usize>,
    lines: Vec<Range<usize>>,
    /// The comment lines directly above it, with their marks.
    above: Vec<Range<usize>>,
}

impl Block<'_> {
    fn name<'s>(&self, source: &'s Source) -> &'s str {
        &source.text()[self.name.clone()]
    }
}

/// The blocks of a schema. A line whose brackets are still open goes on in the next one.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut above: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    let mut open = 0isize;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let code = code_of(line);
        if inside {
            let depth = open;
            open = (open + balance(code)).max(0);
            let lines = &mut blocks.last_mut().expect("inside a block").lines;
            match lines.last_mut() {
                Some(last) if depth > 0 => last.end = range.end,
                _ if code.trim() == "}" => inside = false,
                _ => lines.push(range),
            }
            continue;
        }
        if line.trim_start().starts_with("//") {
            above.push(range);
            continue;
        }
        if let Some(block) = header(text, range.start, code) {
            inside = !code.trim_end().ends_with('}');
            open = 0;
            blocks.push(Block { above: std::mem::take(&mut above), ..block });
        }
        above.clear();
    }
    blocks
}

fn header<'t>(text: &'t str, start: usize, code: &str) -> Option<Block<'t>> {
    let mut words = code.split_whitespace();
    let (keyword, name) = (words.next()?, words.next()?.trim_end_matches('{'));
    code.contains('{').then_some(())?;
    let keyword_at = start + code.find(keyword)?;
    let name_at = keyword_at + keyword.len() + code[code.find(keyword)? + keyword.len()..].find(name)?;
    Some(Block {
        keyword: &text[keyword_at..keyword_at + keyword.len()],
        name: name_at..name_at + name.len(),
        lines: Vec::new(),
        above: Vec::new(),
    })
}

/// A line without the comment at its end.
fn code_of(line: &str) -> &str {
    let mut quoted = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if at == 0 || bytes[at - 1] != b'\\' => quoted = !quoted,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'/') => return &line[..at],
            _ => {}
        }
    }
    line
}

fn balance(code: &str) -> isize {
    let (mut depth, mut quoted) = (0, false);
    for byte in code.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'(' | b'[' if !quoted => depth += 1,
            b')' | b']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth
}

struct Schema<'s> {
    source: &'s Source,
    facts: Facts,
    /// Embedded types of MongoDB by name.
    types: HashMap<String, Vec<Field>>,
    models: HashSet<String>,
}

/// One field's line, taken apart.
struct Line {
    field: Field,
    is_list: bool,
    /// The scalar fields of this model that a relation is kept in.
    kept_in: Vec<String>,
    is_relation: bool,
}

impl Schema<'_> {
    fn text(&self, range: Range<usize>) -> &str {
        &self.source.text()[range]
    }

    fn spanned(&self, range: Range<usize>) -> Spanned<String> {
        Spanned::new(self.text(range.clone()).to_owned(), self.source.span(range))
    }

    fn model(&mut self, block: &Block<'_>) {
        let mut stored_as = None;
        let mut scope = ScopeId::FILE;
        for line in block.lines.clone() {
            let code = code_of(self.text(line.clone())).trim();
            if code.starts_with("@@map") {
                stored_as = self.quoted(line);
            } else if code.starts_with("@@schema")
                && let Some(schema) = self.quoted(line)
            {
                let title = Some(schema.map(|name| format!("schema {name}")));
                scope = self.facts.open(Scope { parent: Some(ScopeId::FILE), title, ..Scope::default() });
            }
        }
        let change = Change::Create { fields: self.fields(block), inherits: Vec::new(), copies: Vec::new() };
        let (name, comment) = (self.spanned(block.name.clone()), self.comment(block));
        self.facts.records.push(Record { scope, kind: RecordKind::Model, name, stored_as, change, comment });
    }

    /// The stored fields of a model: scalars, with the relations that are kept in them, and embedded types.
    fn fields(&self, block: &Block<'_>) -> Vec<Field> {
        let lines: Vec<Line> = block.lines.iter().filter_map(|line| self.field(line.clone())).collect();
        let mut relations: HashMap<&str, &Line> = HashMap::new();
        for relation in &lines {
            for name in &relation.kept_in {
                relations.entry(name).or_insert(relation);
            }
        }
        let mut fields = Vec::new();
        for line in &lines {
            let type_name = line.field.references.as_ref().map(|model| model.value.as_str()).unwrap_or("");
            if line.is_relation || self.models.contains(type_name) {
                continue;
            }
            let relation = relations.get(line.field.name.value.as_str());
            let references = relation.and_then(|relation| relation.field.references.clone());
            let embedded = self.types.get(type_name).filter(|_| !line.is_list);
            fields.push(Field { references, ..line.field.clone() });
            fields.extend(embedded.into_iter().flatten().cloned());
        }
        fields
    }

    /// `name Type? @attributes`. Its type's name is put where it refers to, until it is known what it is.
    fn field(&self, range: Range<usize>) -> Option<Line> {
        let text = self.text(range.clone());
        let code = code_of(text.lines().next().unwrap_or(""));
        let word = |from: usize| {
            let start = from + code[from..].len() - code[from..].trim_start().len();
            let length = code[start..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len() - start);
            (length > 0).then_some(start..start + length)
        };
        let name = word(0)?;
        let kind = word(name.end)?;
        let after = &code[kind.end..];
        let is_list = after.starts_with("[]");
        let absolute = |inner: &Range<usize>| range.start + inner.start..range.start + inner.end;
        let attributes = &text[kind.end..];
        let map = attributes.find("@map").and_then(|at| self.quoted(range.start + kind.end + at..range.end));
        let is_relation = attributes.contains("@relation");
        let kept_in = if is_relation { list_of(attributes, "fields") } else { Vec::new() };
        let native = attributes.find("@db.").map(|at| attributes[at + 4..].split_whitespace().next().unwrap_or(""));
        let mut type_name = code[kind.clone()].to_lowercase();
        if is_list {
            type_name.push_str("[]");
        } else if let Some(native) = native.filter(|native| native.eq_ignore_ascii_case("uuid")) {
            type_name = native.to_lowercase();
        }
        let field = Field {
            name: self.spanned(absolute(&name)),
            stored_as: map,
            type_name: Some(type_name),
            required: Some(!is_list && !after.starts_with('?')),
            references: Some(self.spanned(absolute(&kind))),
        };
        Some(Line { field, is_list, kept_in, is_relation })
    }

    /// The first text in quotes.
    fn quoted(&self, range: Range<usize>) -> Option<Spanned<String>> {
        let text = self.text(range.clone());
        let start = text.find('"')? + 1;
        let length = text[start..].find('"')?;
        Some(self.spanned(range.start + start..range.start + start + length))
    }

    /// The comment above a model, or what in it speaks of Flinks: a comment, a default.
    fn comment(&self, block: &Block<'_>) -> Option<Spanned<String>> {
        let bare = |range: &Range<usize>| {
            let text = self.text(range.clone());
            let inner = text.trim_start().trim_start_matches('/').trim();
            let start = range.start + (inner.as_ptr() as usize - text.as_ptr() as usize);
            start..start + inner.len()
        };
        let above = block.above.first().zip(block.above.last()).map(|(first, last)| {
            let lines: Vec<&str> = block.above.iter().map(|line| self.text(bare(line))).collect();
            Spanned::new(lines.join(" "), self.source.span(bare(first).start..bare(last).end))
        });
        if above.as_ref().is_some_and(|comment| speaks_of_flinks(&comment.value)) {
            return above;
        }
        let inside = block.lines.iter().find_map(|line| {
            let text = self.text(line.clone());
            let comment = code_of(text).len()..text.len();
            let default = text.find("@default(").map(|at| at..at + text[at..].find(')').unwrap_or(text.len() - at));
            [Some(comment), default].into_iter().flatten().find(|part| speaks_of_flinks(&text[part.clone()])).map(
                |part| {
                    let part = line.start + part.start..line.start + part.end;
                    self.spanned(if self.text(part.clone()).starts_with("//") { bare(&part) } else { part })
                },
            )
        });
        inside.or(above)
    }

    /// `url = env("DATABASE_URL")` in a datasource.
    fn datasource(&mut self, block: &Block<'_>) {
        for line in &block.lines {
            let text = self.text(line.clone());
            let code = code_of(text);
            let Some((key, value)) = code.split_once('=') else { continue };
            let Some(quoted) = self.quoted(line.clone()) else { continue };
            let key_start = line.start + (code.len() - code.trim_start().len());
            let key = Name::key(key.trim(), self.source.span(key_start..key_start + key.trim().len()));
            let section = Name::key(self.text(block.name.clone()), self.source.span(block.name.clone()));
            let value = if value.trim_start().starts_with("env(") {
                let start = line.start + code.len() - value.trim_start().len();
                let span = self.source.span(start..start + value.trim().len());
                let (kind, name) = (ReferenceKind::Named, quoted.value.into());
                Value::reference(Reference { kind, name, span, fallback: None })
            } else {
                let start = quoted.span.start as usize;
                Value::literal(Text::verbatim(quoted.value, self.source.id, start))
            };
            let path = vec![section, key];
            self.facts.settings.push(Setting { scope: ScopeId::FILE, path, value, said: Said::Key });
        }
    }
}

/// The names of `fields: [a, b]`.
fn list_of(attributes: &str, key: &str) -> Vec<String> {
    let Some(at) = attributes.find(&format!("{key}:")) else { return Vec::new() };
    let rest = &attributes[at..];
    let inner = rest.find('[').and_then(|open| Some(&rest[open + 1..open + rest[open..].find(']')?]));
    inner.unwrap_or("").split(',').map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn facts(text: &str) -> (Source, Facts) {
        let source = Source::new(FileId(0), "prisma/schema.prisma", text);
        let facts = read(&source);
        (source, facts)
    }

    fn fields(record: &Record) -> &[Field] {
        match &record.change {
            Change::Create { fields, .. } => fields,
            _ => &[],
        }
    }

    const SCHEMA: &str = r#"
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL") // the app's
}

/// A bank linked
/// through an aggregator.
model BankConnection {
  id       String  @id @default(uuid())
  loginId  String  @map("flinks_login_id") @db.Uuid
  tags     String[]
  userId   String?
  provider Provider @default(FLINKS)
  user     User?   @relation(
    fields: [userId],
    references: [id]
  )
  place    Place
  @@map("bank_connections")
}

model User {
  id   String @id
  banks BankConnection[]
}

type Place {
  country String
}

enum Provider {
  FLINKS
}
"#;

    #[test]
    fn a_model_has_its_stored_fields() {
        let (source, facts) = facts(SCHEMA);
        let bank = &facts.records[0];
        assert_eq!(bank.name.value, "BankConnection");
        assert_eq!(bank.stored_as.as_ref().unwrap().value, "bank_connections");
        let names: Vec<&str> = fields(bank).iter().map(|field| field.name.value.as_str()).collect();
        assert_eq!(names, ["id", "loginId", "tags", "userId", "provider", "place", "country"]);
        for field in fields(bank) {
            assert_eq!(source.slice(field.name.span), field.name.value);
        }
        let login = &fields(bank)[1];
        assert_eq!((login.required, login.type_name.as_deref()), (Some(true), Some("uuid")));
        assert_eq!(source.slice(login.stored_as.as_ref().unwrap().span), "flinks_login_id");
        let user = &fields(bank)[3];
        assert_eq!((user.required, user.references.as_ref().unwrap().value.as_str()), (Some(false), "User"));
        assert!(bank.comment.as_ref().unwrap().value.contains("FLINKS"), "a default names the vendor");
        assert_eq!(fields(&facts.records[1]).len(), 1, "a list of another model is stored there");
    }

    #[test]
    fn the_datasource_says_where_the_database_is() {
        let (source, facts) = facts(SCHEMA);
        let url = &facts.settings[1];
        assert_eq!(&*url.name().text, "url");
        assert_eq!(&*url.value.references().next().unwrap().name, "DATABASE_URL");
        assert_eq!(source.slice(url.value.span), "env(\"DATABASE_URL\")");
    }

    #[test]
    fn broken_schemas_are_read_as_far_as_they_go() {
        for text in ["model", "model {", "model A {\n x", "model A {\n @@map(\"", "}\n{", "model A { id Int }"] {
            facts(text);
        }
    }
}
