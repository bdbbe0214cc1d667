//! What files say, place by place, without judgement.

use crate::source::{FileId, Span, Spanned};
use crate::text::Text;
use crate::vocabulary::sinks::SinkKind;

/// All that one file says.
#[derive(Debug, Clone)]
pub struct Facts {
    pub file: FileId,
    /// The blocks of the file; the first is the file itself.
    pub scopes: Vec<Scope>,
    pub settings: Vec<Setting>,
    pub records: Vec<Record>,
    pub directives: Vec<Directive>,
    /// Names with values in texts that set nothing: comments, documentation, messages.
    pub remarks: Vec<Remark>,
    /// The names that it takes from other files of a program.
    pub imports: Vec<Import>,
    /// The modules that a program takes in, whatever it takes of them; not those of which it takes only types.
    pub modules: Vec<Spanned<String>>,
    /// What it says of where parts of it run or are sent.
    pub parts: Vec<Part>,
    /// The values that it gives along to pages, their parts, and whoever asks.
    pub handed: Vec<Handed>,
    /// What of it is put where people and other systems can read it.
    pub sinks: Vec<Sink>,
    /// The enumerations whose values are both countries of Flinks, by name: `enum Site { CA, US }`.
    pub enumerations: Vec<String>,
    /// Whether it is a program: where it lies says less of its database than where a schema file lies.
    pub is_program: bool,
    /// Its turn among migrations, where it says that itself.
    pub migration: Option<Migration>,
    /// What could not be understood. The rest of the file is in the fields above.
    pub problems: Vec<Problem>,
}

impl Facts {
    pub fn new(file: FileId) -> Self {
        Facts {
            file,
            scopes: vec![Scope::default()],
            settings: Vec::new(),
            records: Vec::new(),
            directives: Vec::new(),
            remarks: Vec::new(),
            imports: Vec::new(),
            modules: Vec::new(),
            parts: Vec::new(),
            handed: Vec::new(),
            sinks: Vec::new(),
            enumerations: Vec::new(),
            is_program: false,
            migration: None,
            problems: Vec::new(),
        }
    }

    /// Adds a block and says how to refer to it.
    pub fn open(&mut self, scope: Scope) -> ScopeId {
        self.scopes.push(scope);
        ScopeId(self.scopes.len() as u32 - 1)
    }

    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }

    pub fn count(&self) -> usize {
        self.settings.len() + self.records.len() + self.directives.len() + self.sinks.len()
    }
}

/// A block of one file, by its place in [`Facts::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub u32);

impl ScopeId {
    /// The file itself.
    pub const FILE: ScopeId = ScopeId(0);
}

/// A block whose meaning is not in the syntax alone: a compose service, a CI job, a workload, a
/// document with an activation condition. What an outer block sets holds in the inner ones, unless
/// they set it again.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub parent: Option<ScopeId>,
    /// For people: `service web`, `job deploy`, `ConfigMap flinks`.
    pub title: Option<Spanned<String>>,
    /// Set where the block is deployed by itself.
    pub unit: Option<Spanned<Deployed>>,
    /// The word that names its environment, as written: `production`, `prod-ca`, `${ENV}` is not said.
    pub environment: Option<Spanned<String>>,
    /// The word that names an environment which it is not: the `else` of a check for `production`, a document for `!prod`.
    pub excludes: Option<Spanned<String>>,
    /// The names under which other blocks and files can take its settings.
    pub provides: Vec<Bundle>,
    /// The settings of elsewhere that hold here too; later ones win, own settings win over all.
    pub uses: Vec<Spanned<Bundle>>,
}

/// What is deployed by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deployed {
    /// The project in this folder, by its path below the scanned root.
    Folder(String),
    /// A named item of the file: a compose service, a Render service, a job.
    Item(String),
}

/// A set of settings that has a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bundle {
    /// A file, by its path below the scanned root.
    File(String),
    /// All files of a folder (a Kustomize base), by its path below the scanned root.
    Folder(String),
    ConfigMap(String),
    /// A Kubernetes Secret.
    Secret(String),
}

/// A name with a value.
#[derive(Debug, Clone)]
pub struct Setting {
    pub scope: ScopeId,
    /// The keys that lead to it, outermost first; the last is its own name. Never empty.
    pub path: Vec<Name>,
    pub value: Value,
    pub said: Said,
}

impl Setting {
    /// Its own name.
    pub fn name(&self) -> &Name {
        self.path.last().expect("a setting has a name")
    }

    /// The name and the value together, when they stand in one file.
    pub fn span(&self) -> Span {
        let name = self.name().span;
        if name.file == self.value.span.file { name.to(self.value.span) } else { self.value.span }
    }
}

/// One step of a setting's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written: `FLINKS_CA_API_URL`, `baseUrl`; the position for an item of a list.
    pub text: Box<str>,
    pub span: Span,
    /// Whether it is a position in a list.
    pub index: bool,
}

/// The names of a path with dots between them, as programs write them.
pub fn dotted(path: &[Name]) -> String {
    let names: Vec<&str> = path.iter().map(|name| &*name.text).collect();
    names.join(".")
}

impl Name {
    pub fn key(text: impl Into<Box<str>>, span: Span) -> Self {
        Name { text: text.into(), span, index: false }
    }

    /// The place of a call of a program, whose arguments are said together.
    pub fn call(number: usize, span: Span) -> Self {
        Name { text: format!("#{number}").into(), span, index: true }
    }

    /// Whether it is the place of a call.
    pub fn is_call(&self) -> bool {
        self.index && self.text.starts_with('#')
    }

    pub fn index(at: usize, span: Span) -> Self {
        Name { text: at.to_string().into(), span, index: true }
    }
}

/// In what sense a setting is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// An environment variable is set: a `.env` line, a compose `environment` entry, ConfigMap data, `ENV`, `export`.
    Variable,
    /// A key of a configuration document has this value.
    Key,
    /// A parameter has this value if nobody sets it: a Terraform variable's or CloudFormation parameter's
    /// default, a Dockerfile `ARG`.
    Default,
    /// Hosts that are let through: a CSP, a CORS list, an egress rule.
    Allowed,
    /// A program says it: a constant, a field, an argument, what a function gives back.
    Program,
    /// It is said once more further down, so that it holds nowhere.
    Replaced,
}

/// What a setting is set to: literal text, references, or both in turn.
#[derive(Debug, Clone)]
pub struct Value {
    /// All of it, without quotes.
    pub span: Span,
    pub pieces: Vec<Piece>,
}

impl Value {
    pub fn literal(text: Text) -> Self {
        let span = text.span();
        let pieces = if text.is_empty() { Vec::new() } else { vec![Piece::Text(text)] };
        Value { span, pieces }
    }

    pub fn reference(reference: Reference) -> Self {
        Value { span: reference.span, pieces: vec![Piece::Reference(reference)] }
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text, where there is nothing else.
    pub fn as_literal(&self) -> Option<&Text> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The literal text for looking at words (`production`, `us`); empty where it is not literal.
    pub fn word(&self) -> &str {
        self.as_literal().map_or("", |text| text.expose().trim())
    }

    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Reference(reference) => Some(reference),
            Piece::Text(_) => None,
        })
    }
}

/// A part of a value.
#[derive(Debug, Clone)]
pub enum Piece {
    Text(Text),
    Reference(Reference),
}

/// A value that is said elsewhere.
#[derive(Debug, Clone)]
pub struct Reference {
    pub kind: ReferenceKind,
    /// What is referred to, without the notation: `FLINKS_INSTANCE`, `flinks.base-url`, `secret/prod/flinks/us`.
    pub name: Box<str>,
    /// The whole reference as written, with its notation.
    pub span: Span,
    /// The value if it is not set: `${X:-fallback}`.
    pub fallback: Option<Box<Value>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// A variable, parameter or key that the tree may define: `${X}`, `var.x`, `.Values.a.b`.
    Named,
    /// A value kept outside the tree, present but not knowable: a Vault path, `secrets.X`, `secretKeyRef`.
    Stored,
    /// Anything else: an expression, a command's output.
    Computed,
    /// A name of a program, with all names that lead to it: `FLINKS.hosts.ca`. Its own file, one that it imports, or
    /// another of the tree may tell what it is.
    Symbol,
}

/// A name that a program takes from another file.
#[derive(Debug, Clone)]
pub struct Import {
    /// The name here.
    pub local: Box<str>,
    /// The module as it is written: `./config`, `app.settings`.
    pub from: Spanned<String>,
    /// The name there; `None` for the whole module.
    pub name: Option<Box<str>>,
}

/// A name with a value where nothing is set by it.
#[derive(Debug, Clone)]
pub struct Remark {
    /// As it would be said: `# FLINKS_SECRET_KEY=…` is a variable that is not set.
    pub setting: Setting,
    pub within: Within,
    /// What is written near by that tells what it is about: the word Flinks, hosts of Flinks, words for environments.
    pub beside: Vec<Spanned<String>>,
}

/// In what kind of text a remark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// A comment of any syntax.
    Comment,
    /// Documentation and docstrings.
    Prose,
    /// The value of a setting: an address with its parameters, a header in one text with its name.
    Value,
}

/// A part of a file with what it says of where that runs or is sent: `"use client"`, `getServerSideProps`, `<script>`,
/// `buildConfigField`. `vocabulary/exposure.toml` knows what each means.
#[derive(Debug, Clone)]
pub struct Part {
    pub span: Span,
    pub by: Spanned<String>,
}

/// A value that a server gives along: in the props of a page, in an answer, to a template, as an attribute of an element.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The value.
    pub span: Span,
    /// What takes it along, as written: `getServerSideProps`, `res.json`, `<div>`, `<Connect>`.
    pub by: Spanned<String>,
    pub to: HandedTo,
}

/// Who gets a value that is given along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandedTo {
    /// The browser, with the page or as an answer: a row of `vocabulary/handed.toml` by its framework.
    Browser(&'static str),
    /// A component of this name: it may be one that runs in the browser.
    Component,
}

/// A value that may be a loginId, given to a log, a tracker, a store of the browser, an address: see
/// `vocabulary/sinks.toml`.
#[derive(Debug, Clone)]
pub struct Sink {
    pub kind: SinkKind,
    /// What takes it, as written: `console.log`, `localStorage.setItem`, `href`.
    pub into: Spanned<String>,
    /// The name of the value, with all names that lead to it: `loginId`, `event.data.loginId`; or the key under which
    /// it is put there.
    pub given: Spanned<String>,
    /// Whether it is a part of what is given: `event.data` holds `event.data.loginId`.
    pub whole: bool,
    /// The named things around it, the innermost first: functions, classes, components.
    pub around: Vec<Spanned<String>>,
    /// What in the program around it speaks of Flinks.
    pub context: Option<Spanned<String>>,
}

/// A migration's own name, and those that it follows: `revision` and `down_revision`, `dependencies`.
#[derive(Debug, Clone)]
pub struct Migration {
    pub id: String,
    pub after: Vec<String>,
}

/// Something said about a type of stored record: a table, a model, a document schema.
#[derive(Debug, Clone)]
pub struct Record {
    pub scope: ScopeId,
    pub kind: RecordKind,
    /// As written, without quotes: `public.bank_connections`, `BankConnection`.
    pub name: Spanned<String>,
    /// The stored name where it is said apart: `@@map("bank_connections")`.
    pub stored_as: Option<Spanned<String>>,
    pub change: Change,
    /// A comment that describes it, if there is one: context for what its fields mean.
    pub comment: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// A table of a relational database, said in DDL.
    Table,
    /// A model or entity of a mapper that becomes a table.
    Model,
    /// A key-value or document table: DynamoDB, a collection.
    Document,
    /// Fields that other records take over: a mixin, an abstract class, an embedded value. It is no store itself.
    Part,
}

/// What is said about a record type. Files of migrations are applied one after another.
#[derive(Debug, Clone)]
pub enum Change {
    /// It has these fields.
    Create {
        fields: Vec<Field>,
        /// Tables whose columns and rows it shares: `INHERITS`, `PARTITION OF`.
        inherits: Vec<Spanned<String>>,
        /// Tables whose columns it is made with, for rows of its own: `LIKE`, `CLONE`, `AS SELECT *`.
        copies: Vec<Spanned<String>>,
    },
    AddField(Field),
    DropField(Spanned<String>),
    RenameField {
        from: Spanned<String>,
        to: Spanned<String>,
    },
    RenameTo(Spanned<String>),
    /// A field's nullability or reference changes: `SET NOT NULL`, `ADD FOREIGN KEY`.
    AlterField {
        name: Spanned<String>,
        required: Option<bool>,
        references: Option<Spanned<String>>,
    },
    Drop,
    /// Its comment, or that of one of its fields, is said apart: `COMMENT ON TABLE`.
    Describe,
    /// A row is written with these fields: `INSERT INTO … (…)`.
    Write {
        fields: Vec<Written>,
    },
}

/// A field that is written.
#[derive(Debug, Clone)]
pub struct Written {
    pub name: Spanned<String>,
    /// What it is given, where that is a name or a parameter: `login.id`, `${loginId}`, `:login_id`, `$2`. Never a constant.
    pub holds: Option<Spanned<String>>,
}

/// A field, column or attribute.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: Spanned<String>,
    /// The stored name where it is said apart: `@map("login_id")`.
    pub stored_as: Option<Spanned<String>>,
    /// The type as written, lower-cased.
    pub type_name: Option<String>,
    /// Whether a row always has it; `None` where nothing says.
    pub required: Option<bool>,
    /// The record type it refers to.
    pub references: Option<Spanned<String>>,
}

/// An inline exception: `flinks-lint: ignore[rule-id, …] reason`.
#[derive(Debug, Clone)]
pub struct Directive {
    /// The whole directive, from `flinks-lint:` to the end of the reason.
    pub span: Span,
    /// The comment that it is alone in, with its marks; the directive itself where something else is in it.
    pub comment: Span,
    pub rules: Vec<Spanned<String>>,
    pub reason: Option<Spanned<String>>,
    /// `until=YYYY-MM-DD`, as written.
    pub until: Option<Spanned<String>>,
    /// The lines (0-based) that it covers: its own and, if it stands alone, the one below.
    pub lines: std::ops::RangeInclusive<usize>,
    /// Why it cannot be understood.
    pub malformed: Option<String>,
}

/// A part of a file that could not be understood.
#[derive(Debug, Clone)]
pub struct Problem {
    pub span: Span,
    /// One clause that continues "could not be read in part:", without values of the file.
    pub reason: String,
}
