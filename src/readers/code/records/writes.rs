//! Rows and documents that a program writes, where their target and fields are plain.

mod documents;
mod held;
mod keys;

use documents::{document, hash, item};
pub(super) use held::{held, plain};

use super::{Mapper, Seen, links};
use crate::fact::{Change, Facts, Record, RecordKind, ScopeId, Written};
use crate::readers::code::syntax::{Bind, Call, Is, Node};
use crate::source::{Span, Spanned};
use crate::vocabulary::login::{held_login, login_name, speaks_of_flinks};

pub const MAPPER: Mapper = Mapper { name: "writes", languages: &[], signs: &["ogin", "LOGIN"], read };

/// Objects in objects deeper than this are not looked into.
const DEPTH: usize = 6;
/// Fields of one row at most.
const FIELDS: usize = 512;

/// A row on its way into a store.
struct Row {
    kind: RecordKind,
    target: Spanned<String>,
    fields: Vec<Written>,
    /// It takes in what is not seen here.
    is_open: bool,
}

fn read(seen: &Seen<'_>, facts: &mut Facts) {
    for (call, node) in seen.calls() {
        let found = blocked(call, seen)
            .or_else(|| row(call, seen))
            .or_else(|| constructed(call, seen))
            .or_else(|| set(call, seen));
        let Some(mut row) = found else { continue };
        let is_login = |field: &Written| {
            let holds = field.holds.as_ref().is_some_and(|held| held_login(&held.value).is_some());
            holds || login_name(&field.name.value).is_some()
        };
        if row.fields.is_empty() || row.kind == RecordKind::Model && !row.fields.iter().any(is_login) {
            continue;
        }
        // What else the row has may say where it came from: then only a store that is seen tells.
        if row.is_open {
            row.kind = RecordKind::Model;
        }
        row.say(node, seen, facts);
    }
    for node in seen.nodes() {
        if let Is::Bind(bind) = &node.is
            && let Some(row) = assigned(bind, seen)
        {
            row.say(node, seen, facts);
        }
    }
}

impl Row {
    fn say(self, node: &Node, seen: &Seen<'_>, facts: &mut Facts) {
        let comment = seen.about_writing(node);
        let change = Change::Write { fields: self.fields };
        let scope = ScopeId::FILE;
        facts.records.push(Record { scope, kind: self.kind, name: self.target, stored_as: None, change, comment });
    }
}

impl Seen<'_> {
    /// What tells that a row is of Flinks: a value in it, what it stands in, what the file takes in.
    pub(in crate::readers::code) fn about_writing(&self, node: &Node) -> Option<Spanned<String>> {
        let texts = node.walk().filter_map(Node::text).filter(|text| text.len() < 80);
        let value = texts.map(|text| Spanned::new(text.expose().to_owned(), text.span())).find(|text| {
            matches!(text.value.to_ascii_lowercase().as_str(), "flinks" | "flinks_connect" | "flinks-connect")
        });
        value.or_else(|| self.around(node.span)).or_else(|| {
            let imported =
                self.imports.iter().find(|(from, local)| speaks_of_flinks(&from.value) || speaks_of_flinks(local));
            imported.map(|(from, local)| {
                let text = if speaks_of_flinks(&from.value) { from.value.clone() } else { (*local).to_owned() };
                Spanned::new(text, from.span)
            })
        })
    }

    /// The innermost named thing around a place that speaks of Flinks.
    fn around(&self, place: Span) -> Option<Spanned<String>> {
        let mut found = None;
        let mut node = self.root;
        loop {
            let name = match &node.is {
                Is::Class(class) => class.name.as_ref(),
                Is::Function(function) => function.name.as_ref(),
                _ => None,
            };
            let name = name.map(|name| Spanned::new(name.text.to_string(), name.span)).or_else(|| match &node.is {
                Is::Bind(bind) => bind.target.word(),
                Is::Pair(key, _) => key.word(),
                _ => None,
            });
            found = name.filter(|name| speaks_of_flinks(&name.value)).or(found);

            match node.children().into_iter().find(|child| child.span.contains(place) && child.span != place) {
                Some(child) => node = child,
                None => return found,
            }
        }
    }
}

/// Methods that write what they are given.
const INSERTS: &[&str] = &[
    "create",
    "createMany",
    "insert",
    "insertOne",
    "insertMany",
    "insertGetId",
    "insertOrIgnore",
    "add",
    "set",
    "save",
    "put",
    "values",
    "bulkCreate",
    "insert_one",
    "insert_many",
    "insert_all",
    "forceCreate",
    "createOrUpdate",
    "insertAsync",
    "InsertOne",
    "InsertOneAsync",
    "AddAsync",
    "Add",
    "Create",
    "push",
    "build",
    "new",
    "bulk_create",
    "persist",
    "insert_many",
    "upsert_all",
    "make",
    "fill",
    "merge",
    "findOrCreate",
    "createQuietly",
    "addDocument",
    "setData",
];
/// Methods that change rows: what comes first may choose them.
const UPDATES: &[&str] = &[
    "update",
    "upsert",
    "updateOne",
    "updateMany",
    "findOneAndUpdate",
    "findByIdAndUpdate",
    "replaceOne",
    "update_one",
    "update_many",
    "replace_one",
    "find_one_and_update",
    "updateAll",
    "update_all",
    "update_columns",
    "update_column",
    "UpdateOne",
    "Updates",
    "UpdateOneAsync",
    "findOneAndReplace",
    "updateQuietly",
    "assign_attributes",
];
/// Methods that choose a row and give it values: both are written.
const BOTH: &[&str] = &[
    "updateOrCreate",
    "firstOrCreate",
    "update_or_create",
    "get_or_create",
    "find_or_create_by",
    "find_or_initialize_by",
    "updateOrInsert",
    "firstOrNew",
    "create_or_find_by",
];

fn row(call: &Call, seen: &Seen<'_>) -> Option<Row> {
    let name = call.name()?.value;
    if let Some(row) = item(call, seen).or_else(|| document(name, call, seen)).or_else(|| hash(name, call, seen)) {
        return Some(row);
    }
    let is_update = UPDATES.contains(&name);
    if !is_update && !INSERTS.contains(&name) && !BOTH.contains(&name) {
        return None;
    }
    let (kind, target) = target_of(name, call, seen)?;
    let mut fields = Fields { seen, nested: kind == RecordKind::Document, found: Vec::new(), is_open: false };
    let above = fields.nested.then(|| keys::above(call, seen)).flatten();
    let all = BOTH.contains(&name);
    for argument in &call.arguments {
        let value = seen.follow(&argument.value);
        match &argument.name {
            Some(key)
                if matches!(
                    &*key.text,
                    "data" | "create" | "update" | "values" | "defaults" | "attributes" | "document" | "set"
                ) =>
            {
                fields.take(value, DEPTH);
            }
            Some(key)
                if !matches!(
                    &*key.text,
                    "where" | "filter" | "unique_by" | "on_conflict" | "returning" | "using" | "validate"
                ) =>
            {
                fields.put(Spanned::new(key.text.to_string(), key.span), &argument.value, DEPTH);
            }
            Some(_) => {}
            None => match value
                .entry(&["data"])
                .or_else(|| value.entry(&["create"]).filter(|_| value.entry(&["where"]).is_some()))
            {
                // Prisma: `{ where, create, update }`, `{ data }`.
                Some(data) => {
                    fields.take(seen.follow(data), DEPTH);
                    value.entry(&["update"]).into_iter().for_each(|update| fields.take(seen.follow(update), DEPTH));
                }
                None => fields.take(value, DEPTH),
            },
        }
        // What follows are options, or for a mere update what is looked for.
        let done = !fields.found.is_empty() && argument.name.is_none();
        if done && !all && !is_filter(name) {
            break;
        }
    }
    if is_filter(name) {
        // `updateOne(filter, { $set: … })`
        let change = call.positional().nth(1).map(|node| seen.follow(node))?;
        fields.found.clear();
        fields.take(change, DEPTH);
    }
    if !fields.found.is_empty() {
        fields.found.extend(above);
    }
    Some(Row { kind, target, is_open: fields.is_open, fields: fields.found })
}

fn is_filter(name: &str) -> bool {
    matches!(
        name,
        "updateOne"
            | "updateMany"
            | "findOneAndUpdate"
            | "findByIdAndUpdate"
            | "replaceOne"
            | "update_one"
            | "update_many"
            | "replace_one"
            | "find_one_and_update"
            | "findOneAndReplace"
            | "UpdateOne"
            | "UpdateOneAsync"
    )
}

/// The fields of a row.
struct Fields<'f, 's> {
    seen: &'f Seen<'s>,
    /// Whether objects in it are parts of the document.
    nested: bool,
    found: Vec<Written>,
    is_open: bool,
}

impl Fields<'_, '_> {
    fn take(&mut self, node: &Node, depth: usize) {
        let Some(depth) = depth.checked_sub(1).filter(|_| self.found.len() < FIELDS) else { return };
        match &node.is {
            Is::Map(items) => {
                for item in items {
                    match &item.is {
                        Is::Pair(key, value) => match key.word() {
                            Some(key) if key.value.starts_with('$') => self.take(self.seen.follow(value), depth),
                            Some(key) => self.put(key, value, depth),
                            None => self.is_open = true,
                        },
                        Is::Name(name) => {
                            let name = Spanned::new(super::super::value::bare(name).to_owned(), item.span);
                            let holds = held(item, self.seen).unwrap_or_else(|| name.clone());
                            self.found.push(Written { holds: Some(holds), name });
                        }
                        Is::Spread(inner) => {
                            let spread = self.seen.follow(inner);
                            if matches!(spread.is, Is::Map(_)) { self.take(spread, depth) } else { self.is_open = true }
                        }
                        _ => self.is_open = true,
                    }
                }
            }
            // Diesel: `(links::login_id.eq(login.id), …)`
            Is::List(items) if items.iter().any(|item| item.call().is_some_and(|call| call.is_called("eq"))) => {
                for call in items.iter().filter_map(Node::call).filter(|call| call.is_called("eq")) {
                    if let (Some(name), Some(value)) = (call.object().and_then(Node::word), call.positional().next()) {
                        self.put(name, value, depth);
                    }
                }
            }
            Is::List(items) => items.iter().take(2).for_each(|item| self.take(self.seen.follow(item), depth)),
            // `marshall({ … })`, `hashMapOf(…)`, `new Model({ … })`, `bson.M{…}`
            Is::Call(call) if !call.arguments.is_empty() => {
                for argument in &call.arguments {
                    match &argument.name {
                        Some(name) => self.put(Spanned::new(name.text.to_string(), name.span), &argument.value, depth),
                        None if matches!(argument.value.is, Is::Map(_) | Is::List(_)) => {
                            self.take(&argument.value, depth)
                        }
                        None => {
                            if let Is::Pair(key, value) = &argument.value.is {
                                key.word().into_iter().for_each(|key| self.put(key, value, depth));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, name: Spanned<String>, value: &Node, depth: usize) {
        // DynamoDB says the type of a value around it: `{ S: loginId }`.
        let typed = value.entry(&["S"]).filter(|_| value.entries().count() == 1);
        let value = typed.unwrap_or(value);
        let holds = held(value, self.seen).or_else(|| plain(value));
        if self.nested && keys::is_key(&name.value) {
            self.found.extend(keys::origin(self.seen.follow(value)));
        }
        self.found.push(Written { name, holds });
        if self.nested {
            let inner = self.seen.follow(value);
            if matches!(inner.is, Is::Map(_)) {
                self.take(inner, depth);
            }
        }
    }
}

/// What a call writes to.
fn target_of(name: &str, call: &Call, seen: &Seen<'_>) -> Option<(RecordKind, Spanned<String>)> {
    let object = call.object()?;
    let followed = seen.follow(object);
    for link in links(followed) {
        let Some(own) = link.name().map(|name| name.value) else { continue };
        let first = link.positional().next();
        let text = first.and_then(|node| seen.text(node));
        match (own, first, text) {
            ("collection" | "Collection" | "getCollection" | "GetCollection" | "get_collection", _, Some(text)) => {
                return Some((RecordKind::Document, text));
            }
            (
                "from" | "table" | "into" | "insertInto" | "updateTable" | "replaceInto" | "insert_into" | "Table",
                _,
                Some(text),
            ) => {
                return Some((RecordKind::Table, text));
            }
            // Drizzle's and SQLAlchemy's `insert(table).values(…)`.
            ("insert" | "update", Some(table), _) if matches!(name, "values" | "set") => {
                return Some((RecordKind::Model, table.word()?));
            }
            ("insert_into" | "into", Some(table), None)
                if matches!(name, "values" | "insert" | "insertOnConflictUpdate") =>
            {
                return Some((RecordKind::Model, super::target(table, true)?));
            }
            ("getRepository" | "getModel" | "model" | "getModelForClass" | "Model", Some(model), _) => {
                return Some((RecordKind::Model, super::target(model, false)?));
            }
            // `knex('links').insert(…)`
            (_, _, Some(text))
                if matches!(link.callee.is, Is::Name(_)) && matches!(name, "insert" | "update" | "upsert") =>
            {
                let is_handle = own.starts_with(char::is_lowercase) && link.arguments.len() == 1;
                return is_handle.then_some((RecordKind::Table, text));
            }
            _ => {}
        }
    }
    let given = call.positional().next();
    // `db.insert('links', { … })`, `$wpdb->update('links', [ … ])`
    if let Some(text) = given.and_then(|node| seen.text(node))
        && matches!(name, "insert" | "update" | "replace" | "upsert")
        && call.positional().skip(1).any(|node| matches!(seen.follow(node).is, Is::Map(_)))
    {
        return Some((RecordKind::Table, text));
    }
    // `manager.save(BankConnection, { … })`
    if let Some(Is::Name(model)) = given.map(|node| &node.is)
        && model.starts_with(char::is_uppercase)
        && !model.chars().all(|c| c.is_uppercase() || c == '_')
        && call.arguments.len() > 1
    {
        return Some((RecordKind::Model, given?.word()?));
    }
    // `link = BankLink.find_by(…)`, `val link: BankLink`
    if let Some(class) = class_of(object, seen) {
        return Some((RecordKind::Model, class));
    }
    let chain = match &object.is {
        Is::Call(inner) => inner.callee.chain()?,
        _ => object.chain()?,
    };
    let words: Vec<&str> = chain.iter().map(|name| &*name.text).collect();
    let kept = words.iter().rposition(|word| {
        !matches!(
            *word,
            "objects"
                | "query"
                | "where"
                | "unscoped"
                | "unguarded"
                | "prototype"
                | "session"
                | "model"
                | "entities"
                | "aio"
                | "sudo"
                | "new"
        )
    })?;
    let own = &chain[kept];
    let is_mongo = matches!(name, "insertOne" | "insertMany" | "insert_one" | "insert_many") || is_filter(name);
    let spanned = |text: &str| {
        Spanned::new(
            text.to_owned(),
            Span::new(own.span.file, own.span.start as usize, own.span.start as usize + text.len()),
        )
    };
    let bare = super::super::value::bare(&own.text);
    // `db.links.insert_one(…)`
    if is_mongo
        && kept > 0
        && bare.starts_with(char::is_lowercase)
        && words[..kept]
            .iter()
            .any(|word| word.to_ascii_lowercase().ends_with("db") || *word == "mongo" || *word == "database")
    {
        return Some((RecordKind::Document, spanned(bare)));
    }
    // `prisma.bankConnection.create({ data })`
    let is_prisma = kept > 0
        && bare.starts_with(char::is_lowercase)
        && call.positional().next().is_some_and(|node| {
            let map = seen.follow(node);
            let says = |key: &str| map.entry(&[key]).is_some();
            says("data") || says("create") && says("update")
        })
        && ["create", "createMany", "update", "updateMany", "upsert", "createManyAndReturn"].contains(&name);
    if is_prisma || words[..kept].iter().any(|word| word.to_ascii_lowercase().contains("prisma")) {
        return Some((RecordKind::Table, spanned(bare)));
    }
    // Handles of whole databases, and what keeps nothing.
    const HANDLES: &[&str] = &[
        "Repo", "DB", "Object", "Array", "Map", "Set", "JSON", "Promise", "Cookies", "Http", "Cache", "Redis", "Log",
        "Logger", "Session", "db", "tx", "em", "manager", "session", "Rails", "Schema", "Response", "Request",
    ];
    if HANDLES.contains(&bare) {
        return None;
    }
    // Drift: `LinksCompanion.insert(…)`
    let bare = bare.strip_suffix("Companion").unwrap_or(bare);
    if bare.starts_with(char::is_uppercase) {
        return Some((RecordKind::Model, spanned(bare)));
    }
    // `this.connectionRepository.save({ … })`
    let suffixes =
        ["Repository", "Repo", "Model", "Collection", "Dao", "DAO", "_repository", "_repo", "_collection", "_dao"];
    if let Some(stem) = suffixes.iter().find_map(|suffix| bare.strip_suffix(suffix)).filter(|stem| !stem.is_empty()) {
        return Some((RecordKind::Model, spanned(stem)));
    }
    // A form or a cache is set and added to as well.
    if kept == 0 && matches!(name, "set" | "add" | "push" | "put" | "merge" | "Add" | "values") {
        return None;
    }
    // `db.links.add({ … })`, `user.bank_connections.create(…)`, `link.update(…)`: by what it is called.
    Some((RecordKind::Model, spanned(bare)))
}

/// `new BankConnection({ … })`, `BankConnection(login_id=…)`, `%BankConnection{…}`: a row of that model, if it is one.
fn constructed(call: &Call, seen: &Seen<'_>) -> Option<Row> {
    // What describes records is none.
    const DESCRIBING: &[&str] = &["Schema", "EntitySchema", "Table", "TableColumn", "Column", "Object", "Model"];
    let target = call.callee.word().filter(|word| word.value.starts_with(char::is_uppercase))?;
    if DESCRIBING.contains(&target.value.as_str()) {
        return None;
    }
    let mut fields = Fields { seen, nested: false, found: Vec::new(), is_open: false };
    for argument in &call.arguments {
        match &argument.name {
            Some(name) => fields.put(Spanned::new(name.text.to_string(), name.span), &argument.value, DEPTH),
            // A method of C# or Go may have such a name, too, and takes a map.
            None if matches!((&call.callee.is, &argument.value.is), (Is::Name(_), Is::Map(_))) => {
                fields.take(&argument.value, DEPTH);
            }
            None => {}
        }
    }
    let body = call.block.as_ref().filter(|block| matches!(block.is, Is::Map(_)));
    body.into_iter().for_each(|body| fields.take(body, DEPTH));
    Some(Row { kind: RecordKind::Model, target, is_open: true, fields: fields.found })
}

/// `link.setItemId(login.getId())`, `Link.builder().itemId(login.getId())`
fn set(call: &Call, seen: &Seen<'_>) -> Option<Row> {
    let own = call.name()?;
    let [only] = call.arguments.as_slice() else { return None };
    let held = held(&only.value, seen)?;
    let object = call.object()?;
    let setter = own.value.strip_prefix("set").filter(|rest| rest.starts_with(char::is_uppercase));
    let is_builder =
        |root: &&&Call| matches!(root.name().map(|name| name.value), Some("builder" | "newBuilder" | "toBuilder"));
    let builder = links(object).last().filter(is_builder).and_then(|root| root.object()).and_then(Node::word);
    let (name, target) = match (setter, builder) {
        (_, Some(class)) => (own.value, class),
        (Some(name), None) => {
            let class = class_of(object, seen).or_else(|| object.word().filter(|word| word.value != "this"))?;
            (name, class)
        }
        (None, None) => return None,
    };
    let start = own.span.end as usize - name.len();
    let name = Spanned::new(name.to_owned(), Span::new(own.span.file, start, own.span.end as usize));
    Some(Row { kind: RecordKind::Model, target, is_open: true, fields: vec![Written { name, holds: Some(held) }] })
}

/// Exposed: `Links.insert { it[loginId] = login.id }`
fn blocked(call: &Call, seen: &Seen<'_>) -> Option<Row> {
    let name = call.name()?.value;
    if !matches!(
        name,
        "insert" | "insertAndGetId" | "update" | "upsert" | "insertIgnore" | "replace" | "batchInsert" | "new"
    ) {
        return None;
    }
    let target = call.object()?.word().filter(|word| word.value.starts_with(char::is_uppercase))?;
    let block = call.block.as_ref()?;
    let mut fields = Vec::new();
    for node in block.walk() {
        let Is::Bind(bind) = &node.is else { continue };
        let name = match &bind.target.is {
            Is::Index(_, key) => key.word(),
            // Exposed's entities: `Link.new { itemId = login.id }`
            Is::Name(_) => bind.target.word(),
            Is::Member(_, name) => Some(Spanned::new(name.text.to_string(), name.span)),
            _ => None,
        };
        if let (Some(name), Some(value)) = (name, &bind.value) {
            let holds = held(value, seen).or_else(|| plain(value));
            fields.push(Written { name, holds });
        }
    }
    (!fields.is_empty()).then_some(Row { kind: RecordKind::Model, target, is_open: true, fields })
}

/// `connection.provider_item_id = login.id`: a row of what `connection` is, or of what it is called.
fn assigned(bind: &Bind, seen: &Seen<'_>) -> Option<Row> {
    let (Is::Member(object, name), Some(value)) = (&bind.target.is, &bind.value) else { return None };
    let held = held(value, seen)?;
    let own = object.word().filter(|word| {
        !matches!(word.value.as_str(), "this" | "self" | "$this" | "exports" | "state" | "props" | "window")
    })?;
    let target = class_of(object, seen).unwrap_or_else(|| {
        let bare = super::super::value::bare(&own.value);
        Spanned::new(bare.to_owned(), own.span)
    });
    let name = Spanned::new(name.text.to_string(), name.span);
    Some(Row { kind: RecordKind::Model, target, is_open: true, fields: vec![Written { name, holds: Some(held) }] })
}

/// The class of what a name is set to here, by its type or by what makes it.
fn class_of(object: &Node, seen: &Seen<'_>) -> Option<Spanned<String>> {
    let Is::Name(name) = &object.is else { return None };
    let bind = seen.bound.get(super::super::value::bare(name)).copied().flatten()?;
    let is_class = |name: &str| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    if let Some(own) = &bind.type_name {
        let bare = own.value.split(['<', '?', '[', ' ', '|']).next().unwrap_or("");
        if is_class(bare) {
            return Some(Spanned::new(bare.to_owned(), own.span));
        }
    }
    bind.value.as_ref()?.walk().find_map(|node| match &node.is {
        Is::Name(name) if is_class(name) => node.word(),
        _ => None,
    })
}
