//! A program as every language can say it: names, calls, maps, conditions. What a reader of a language makes, and what
//! settings and records are found in.

use crate::fact::Name;
use crate::source::{Span, Spanned};
use crate::text::Text;

/// A part of a program, with its place.
#[derive(Debug, Clone)]
pub struct Node {
    pub span: Span,
    pub is: Is,
}

/// What a part of a program is.
#[derive(Debug, Clone)]
pub enum Is {
    /// A string constant, decoded; a symbol or atom (`:us`) is one too.
    Text(Text),
    /// A string with values in it: constants and others in turn.
    Template(Vec<Node>),
    /// Strings put one after another: `a + b`, `a . b`, `a <> b`.
    Join(Vec<Node>),
    /// A number, a truth value, nothing: as written.
    Word(Box<str>),
    Name(Box<str>),
    /// `object.name`, `object->name`, `object::name`.
    Member(Box<Node>, Name),
    /// `object[key]`.
    Index(Box<Node>, Box<Node>),
    Call(Box<Call>),
    /// An object literal, a dictionary, a hash, an array with keys. Items without a key are spread.
    Map(Vec<Node>),
    /// One entry of a map.
    Pair(Box<Node>, Box<Node>),
    List(Vec<Node>),
    /// All that is in another map or list: `...base`, `**base`.
    Spread(Box<Node>),
    /// The right side where the left is not there: `a ?? b`, `a || b`, `a or b`.
    Either(Box<Node>, Box<Node>),
    /// Both must hold.
    Both(Box<Node>, Box<Node>),
    Not(Box<Node>),
    /// Whether two sides are equal, or (`false`) unequal.
    Compare(bool, Box<Node>, Box<Node>),
    /// `if`, a ternary, a guard: test, what holds then, what holds otherwise.
    Choice(Box<Node>, Box<Node>, Option<Box<Node>>),
    Switch(Box<Switch>),
    /// A variable, constant, field or property, with or without a value; an assignment.
    Bind(Box<Bind>),
    Function(Box<Function>),
    Class(Box<Class>),
    Return(Option<Box<Node>>),
    Import(Import),
    Block(Box<Block>),
    /// What stands one after another, and whatever has no role of its own.
    Group(Vec<Node>),
}

/// A call, a constructor, or a macro.
#[derive(Debug, Clone)]
pub struct Call {
    pub callee: Node,
    /// What it is called for, as written: `Account` of `Entity<Account>()`.
    pub types: Vec<Spanned<String>>,
    pub arguments: Vec<Argument>,
    /// A trailing block or lambda: `create_table :x do |t| … end`.
    pub block: Option<Node>,
}

#[derive(Debug, Clone)]
pub struct Argument {
    /// The keyword it is given under.
    pub name: Option<Name>,
    pub value: Node,
}

#[derive(Debug, Clone)]
pub struct Switch {
    pub subject: Option<Node>,
    pub cases: Vec<Case>,
}

#[derive(Debug, Clone)]
pub struct Case {
    /// What the subject is compared with; none for the default.
    pub values: Vec<Node>,
    pub body: Node,
}

#[derive(Debug, Clone)]
pub struct Bind {
    /// What is set: a name, a member, an element.
    pub target: Node,
    pub value: Option<Node>,
    /// Its type, as written.
    pub type_name: Option<Spanned<String>>,
    /// Decorators, annotations, attributes, struct tags, modifiers.
    pub marks: Vec<Node>,
}

#[derive(Debug, Clone)]
pub struct Function {
    pub name: Option<Name>,
    /// Each a [`Bind`] whose value is the default.
    pub parameters: Vec<Node>,
    pub body: Node,
    /// The body is the value that it gives back: `x => …`, `fun x() = …`.
    pub is_value: bool,
    pub marks: Vec<Node>,
}

/// A class, struct, record, interface, module, object, trait: names with members.
#[derive(Debug, Clone)]
pub struct Class {
    pub name: Option<Name>,
    pub bases: Vec<Node>,
    /// Parameters of its first line, where they are fields.
    pub parameters: Vec<Node>,
    pub body: Vec<Node>,
    pub marks: Vec<Node>,
}

/// Statements that hold for themselves: a stage of a pipeline, the steps that variables are set for.
#[derive(Debug, Clone)]
pub struct Block {
    /// For people: `stage Deploy`.
    pub title: Spanned<String>,
    /// The word of its title that names an environment.
    pub environment: Option<Spanned<String>>,
    /// Its name, where it is deployed by itself.
    pub unit: Option<Spanned<String>>,
    pub body: Node,
}

/// Names taken from elsewhere in the tree.
#[derive(Debug, Clone)]
pub struct Import {
    /// `./config`, `app.settings`, `com.northwind.Flinks`, without quotes.
    pub from: Spanned<String>,
    pub names: Vec<Imported>,
}

#[derive(Debug, Clone)]
pub struct Imported {
    /// The name there; `None` for all of it, under one name.
    pub name: Option<Box<str>>,
    /// The name here.
    pub local: Box<str>,
}

impl Node {
    pub fn new(span: Span, is: Is) -> Self {
        Node { span, is }
    }

    /// The text of a string constant.
    pub fn text(&self) -> Option<&Text> {
        match &self.is {
            Is::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A string constant or a bare name, as a word: `"us"`, `:us`, `Country.US` by its last part.
    pub fn word(&self) -> Option<Spanned<String>> {
        let (word, span) = match &self.is {
            Is::Text(text) => (text.expose(), text.span()),
            Is::Name(name) => (&**name, self.span),
            Is::Member(_, name) => (&*name.text, name.span),
            _ => return None,
        };
        Some(Spanned::new(word.to_owned(), span))
    }

    /// The names of a dotted chain, outermost first: `process.env.X`, `FLINKS["us"].host`. `None` where anything else
    /// is in it.
    pub fn chain(&self) -> Option<Vec<Name>> {
        let mut names = Vec::new();
        let mut node = self;
        loop {
            match &node.is {
                Is::Name(name) => {
                    names.push(Name::key(name.clone(), node.span));
                    names.reverse();
                    return Some(names);
                }
                Is::Member(object, name) => {
                    names.push(name.clone());
                    node = object;
                }
                Is::Index(object, key) => {
                    let text = key.text()?;
                    names.push(Name::key(text.expose(), text.span()));
                    node = object;
                }
                _ => return None,
            }
        }
    }

    pub fn call(&self) -> Option<&Call> {
        match &self.is {
            Is::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The nodes directly inside, in the order of the text.
    pub fn children(&self) -> Vec<&Node> {
        match &self.is {
            Is::Text(_) | Is::Word(_) | Is::Name(_) | Is::Import(_) => Vec::new(),
            Is::Template(parts) | Is::Join(parts) | Is::Map(parts) | Is::List(parts) | Is::Group(parts) => {
                parts.iter().collect()
            }
            Is::Member(object, _) => vec![object],
            Is::Index(left, right)
            | Is::Pair(left, right)
            | Is::Either(left, right)
            | Is::Both(left, right)
            | Is::Compare(_, left, right) => vec![left, right],
            Is::Not(inner) | Is::Spread(inner) => vec![inner],
            Is::Choice(test, then, other) => {
                [test, then].into_iter().map(AsRef::as_ref).chain(other.as_deref()).collect()
            }
            Is::Call(call) => std::iter::once(&call.callee)
                .chain(call.arguments.iter().map(|argument| &argument.value))
                .chain(&call.block)
                .collect(),
            Is::Switch(switch) => {
                let cases = switch.cases.iter().flat_map(|case| case.values.iter().chain([&case.body]));
                switch.subject.iter().chain(cases).collect()
            }
            Is::Bind(bind) => bind.marks.iter().chain([&bind.target]).chain(&bind.value).collect(),
            Is::Function(function) => {
                function.marks.iter().chain(&function.parameters).chain([&function.body]).collect()
            }
            Is::Class(class) => {
                class.marks.iter().chain(&class.bases).chain(&class.parameters).chain(&class.body).collect()
            }
            Is::Return(value) => value.as_deref().into_iter().collect(),
            Is::Block(block) => vec![&block.body],
        }
    }

    /// This node and every node under it, parents before children.
    pub fn walk(&self) -> impl Iterator<Item = &Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(node.children().into_iter().rev());
            Some(node)
        })
    }
}

impl Call {
    /// The names of what is called, outermost first, chained calls included: `knex.schema.createTable`, and
    /// `z.string().default` as `z`, `string`, `default`.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut node = &self.callee;
        loop {
            match &node.is {
                Is::Name(name) => {
                    names.push(&**name);
                    break;
                }
                Is::Member(object, name) => {
                    names.push(&*name.text);
                    node = object;
                }
                Is::Index(object, _) => node = object,
                Is::Call(call) => node = &call.callee,
                _ => break,
            }
        }
        names.reverse();
        names
    }

    /// The name of what is called, without what it belongs to: `createTable`.
    pub fn name(&self) -> Option<Spanned<&str>> {
        match &self.callee.is {
            Is::Name(name) => Some(Spanned::new(&**name, self.callee.span)),
            Is::Member(_, name) => Some(Spanned::new(&*name.text, name.span)),
            _ => None,
        }
    }

    pub fn is_called(&self, name: &str) -> bool {
        self.name().is_some_and(|own| own.value == name)
    }

    /// What it is called on: `users` of `users.insert(…)`.
    pub fn object(&self) -> Option<&Node> {
        match &self.callee.is {
            Is::Member(object, _) => Some(object),
            _ => None,
        }
    }

    /// The arguments that are given by their position.
    pub fn positional(&self) -> impl Iterator<Item = &Node> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| &argument.value)
    }

    /// The argument of a keyword, or of a key in a map among the arguments.
    pub fn named(&self, names: &[&str]) -> Option<&Node> {
        let keyword = self
            .arguments
            .iter()
            .find(|argument| argument.name.as_ref().is_some_and(|name| names.contains(&&*name.text)));
        keyword.map(|argument| &argument.value).or_else(|| self.positional().find_map(|value| value.entry(names)))
    }
}

impl Node {
    /// The value of a key of a map.
    pub fn entry(&self, keys: &[&str]) -> Option<&Node> {
        self.entries().find(|(key, _)| keys.contains(&key.value.as_str())).map(|(_, value)| value)
    }

    /// The entries of a map whose keys are words.
    pub fn entries(&self) -> impl Iterator<Item = (Spanned<String>, &Node)> {
        let items: &[Node] = match &self.is {
            Is::Map(items) => items,
            _ => &[],
        };
        items.iter().filter_map(|item| match &item.is {
            Is::Pair(key, value) => Some((key.word()?, &**value)),
            _ => None,
        })
    }
}
