//! Conditions of programs: which variable is compared with which word, and in which branch they are equal.

use super::environment;
use super::syntax::{Call, Is, Node};
use crate::fact::Name;
use crate::readers::branches::{Compared, means_the_same};
use crate::readers::chosen::word_of_condition;
use crate::text::Text;

/// What a condition says of its two branches.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Holds where the condition is true.
    pub holds: Vec<Compared>,
    /// Holds where it is false: what a `!=` compares with.
    pub else_holds: Vec<Compared>,
    /// The variable that is unset where it is true: `if (!url)`.
    pub unset: Option<Name>,
    /// The variable that is unset where it is false: `if (url)`.
    pub set: Option<Name>,
    /// Whether anything tells an environment or a country at all.
    pub known: bool,
    /// Whether it is one of several conditions that must hold together.
    pub together: bool,
}

/// More comparisons than this in one condition are not looked at.
const COMPARISONS: usize = 16;

/// Reads a test.
pub fn read(test: &Node) -> Verdict {
    let mut verdict = of(test, &mut COMPARISONS.clone());
    verdict.known = !verdict.holds.is_empty() || !verdict.else_holds.is_empty();
    verdict.holds.retain(Compared::tells);
    verdict.else_holds.retain(Compared::tells);
    verdict
}

fn of(test: &Node, left: &mut usize) -> Verdict {
    if *left == 0 {
        return Verdict::default();
    }
    *left -= 1;
    match &test.is {
        Is::Not(inner) => negated(of(inner, left)),
        Is::Both(one, other) => {
            let (mut one, other) = (of(one, left), of(other, left));
            one.holds.extend(other.holds);
            // `a && b` is false when either is: neither word is then known to be the variable's.
            Verdict { else_holds: Vec::new(), unset: one.unset.or(other.unset), set: None, together: true, ..one }
        }
        Is::Either(one, other) => {
            let (one, other) = (of(one, left), of(other, left));
            let same = agreeing(&one.holds, &other.holds);
            let holds = if same { one.holds } else { Vec::new() };
            // Where `a || b` is false, both are.
            let else_holds = one.else_holds.into_iter().chain(other.else_holds).collect();
            Verdict { holds, else_holds, ..Verdict::default() }
        }
        Is::Compare(equal, one, other) => {
            let verdict = compared(one, other);
            if *equal { verdict } else { negated(verdict) }
        }
        Is::Call(call) => of_call(call, test, left),
        Is::Name(_) | Is::Member(..) | Is::Index(..) => bare(test),
        Is::Group(nodes) if nodes.len() == 1 => of(&nodes[0], left),
        _ => Verdict::default(),
    }
}

fn negated(verdict: Verdict) -> Verdict {
    Verdict { holds: verdict.else_holds, else_holds: verdict.holds, unset: verdict.set, set: verdict.unset, ..verdict }
}

fn agreeing(one: &[Compared], other: &[Compared]) -> bool {
    let (Some(first), Some(second)) = (one.first(), other.first()) else { return false };
    means_the_same(first.word.expose(), second.word.expose())
}

/// A variable on one side and a word on the other.
fn compared(one: &Node, other: &Node) -> Verdict {
    // Python's `country in ("US", "USA")`.
    for (variable, list) in [(one, other), (other, one)] {
        if matches!(list.is, Is::List(_)) {
            return among(list, variable);
        }
    }
    for (variable, word) in [(one, other), (other, one)] {
        if is_nothing(word) {
            return Verdict { unset: variable_of(variable), ..Verdict::default() };
        }
        match &word.is {
            Is::Word(truth) if matches!(truth.to_ascii_lowercase().as_str(), "true" | "1") => return bare(variable),
            Is::Word(truth) if matches!(truth.to_ascii_lowercase().as_str(), "false" | "0") => {
                return negated(bare(variable));
            }
            _ => {}
        }
    }
    let equals = |variable: &Node, word: &Node| {
        let compared = Compared { name: variable_of(variable)?, word: constant(word)? };
        Some(Verdict { holds: vec![compared], ..Verdict::default() })
    };
    let text = |node: &Node| node.text().is_some();
    let found = if text(one) { equals(other, one) } else { equals(one, other).or_else(|| equals(other, one)) };
    found.unwrap_or_default()
}

fn is_nothing(node: &Node) -> bool {
    match &node.is {
        Is::Word(word) => matches!(&**word, "null" | "undefined" | "None" | "nil" | "NULL" | "NULL_STRING"),
        Is::Name(name) => matches!(&**name, "undefined" | "nil" | "None"),
        Is::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// A word that stands for itself: a string, an enumeration's member (`Country.US`), a constant called so.
fn constant(node: &Node) -> Option<Text> {
    let word = match &node.is {
        Is::Text(text) => text.clone(),
        Is::Member(_, name) => Text::verbatim(name.text.clone(), name.span.file, name.span.start as usize),
        Is::Name(name) if name.starts_with(char::is_uppercase) => {
            Text::verbatim(name.clone(), node.span.file, node.span.start as usize)
        }
        Is::Call(call) => return constant(plain(call)?),
        _ => return None,
    };
    let shape = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.');
    (!word.is_empty() && word.len() <= 64 && word.expose().chars().all(shape)).then_some(word)
}

/// What a call only changes in form: `country.toUpperCase()`, `str(country)`.
fn plain(call: &Call) -> Option<&Node> {
    let name = call.name()?.value.to_ascii_lowercase();
    const FORMS: &[&str] = &[
        "tolowercase",
        "touppercase",
        "toupper",
        "tolower",
        "lower",
        "upper",
        "downcase",
        "upcase",
        "trim",
        "strip",
        "tostring",
        "to_s",
        "to_sym",
        "string",
        "str",
        "tolowerinvariant",
        "toupperinvariant",
        "name",
        "strtolower",
        "strtoupper",
        "to_lowercase",
        "to_uppercase",
        "to_ascii_lowercase",
        "as_str",
        "as_deref",
        "lowercase",
        "uppercase",
        "lowercased",
        "uppercased",
        "casefold",
        "presence",
        "value",
        "unwrap",
    ];
    if !FORMS.contains(&name.as_str()) {
        return None;
    }
    call.object()
        .filter(|object| !matches!(&object.is, Is::Name(name) if matches!(&**name, "strings" | "String")))
        .or_else(|| call.positional().next())
}

/// The name of a variable, of what is read from the environment, or of a getter without arguments.
fn variable_of(node: &Node) -> Option<Name> {
    if let Some(read) = environment::read(node) {
        return Some(Name::key(read.name, node.span));
    }
    match &node.is {
        Is::Name(name) => Some(Name::key(name.clone(), node.span)),
        Is::Member(_, name) => Some(name.clone()),
        Is::Index(_, key) => key.text().map(|key| Name::key(key.expose(), key.span())),
        Is::Call(call) => match plain(call) {
            Some(inner) => variable_of(inner),
            None => {
                let name = call.name().filter(|_| call.arguments.is_empty())?;
                Some(Name::key(name.value, name.span))
            }
        },
        Is::Either(left, _) => variable_of(left),
        Is::Group(nodes) if nodes.len() == 1 => variable_of(&nodes[0]),
        _ => None,
    }
}

/// A truth called after what it tells: `isProduction`, `IS_US`, `DEBUG`, `kReleaseMode`, `__DEV__`.
fn bare(test: &Node) -> Verdict {
    let Some(name) = variable_of(test) else { return Verdict::default() };
    let mut verdict = Verdict { set: Some(name.clone()), ..Verdict::default() };
    verdict.holds.extend(truth(&name));
    // What is built to be shipped is built without it.
    if matches!(&*name.text, "kDebugMode" | "__DEV__" | "DEBUG" | "DEV" | "debug_assertions") {
        verdict.else_holds.push(said_by(&name, "!debug"));
    }
    verdict
}

fn truth(name: &Name) -> Option<Compared> {
    // `kReleaseMode` of Flutter, `import.meta.env.PROD` of Vite.
    let range = match &*name.text {
        "kReleaseMode" | "RELEASE" => return Some(said_by(name, "production")),
        "kDebugMode" | "__DEV__" | "DEBUG" | "debug" | "debug_assertions" => return Some(said_by(name, "development")),
        text => word_of_condition(text)?,
    };
    let exact = (name.span.end - name.span.start) as usize == name.text.len();
    let start = if exact { name.span.start as usize + range.start } else { name.span.start as usize };
    let word = Text::verbatim(&name.text[range], name.span.file, start);
    Some(Compared { name: name.clone(), word })
}

fn said_by(name: &Name, word: &str) -> Compared {
    Compared { name: name.clone(), word: Text::standing_for(word, name.span) }
}

fn of_call(call: &Call, test: &Node, left: &mut usize) -> Verdict {
    let Some(name) = call.name() else { return Verdict::default() };
    let lower = name.value.to_ascii_lowercase();
    let lower = lower.trim_end_matches(['?', '!']).replace('_', "");
    let first = call.positional().next();
    match (lower.as_str(), call.object(), first) {
        (
            "equals" | "equalsignorecase" | "eq" | "eql" | "is" | "isequal" | "same" | "equal",
            Some(object),
            Some(other),
        ) if !matches!(&object.is, Is::Name(name) if matches!(&**name, "Objects" | "String" | "Object")) => {
            compared(object, other)
        }
        ("equals" | "equal" | "matches" | "equalfold" | "equalsignorecase" | "is", _, Some(one)) => {
            call.positional().nth(1).map_or_else(Verdict::default, |other| compared(one, other))
        }
        // `["US", "USA"].includes(country)`
        ("includes" | "contains" | "include" | "incl" | "in", Some(object), Some(other)) => among(object, other),
        ("inarray" | "in", _, Some(one)) => {
            call.positional().nth(1).map_or_else(Verdict::default, |list| among(list, one))
        }
        (
            "isempty" | "isblank" | "blank" | "empty" | "isnullorempty" | "isnullorwhitespace" | "nil" | "isnull"
            | "none",
            object,
            other,
        ) => {
            let variable = other.or(object).and_then(variable_of);
            Verdict { unset: variable, ..Verdict::default() }
        }
        ("present" | "isset" | "ispresent" | "issome" | "any", object, other) => {
            Verdict { set: other.or(object).and_then(variable_of), ..Verdict::default() }
        }
        // `App::environment('production')`, `env.IsEnvironment("Production")`, `profiles("prod")`
        (
            "environment" | "isenvironment" | "acceptsprofiles" | "matchesprofiles" | "env" | "isprofile",
            _,
            Some(word),
        ) => {
            let Some(word) = constant(word) else { return Verdict::default() };
            let names = Name::key("environment", name.span);
            Verdict { holds: vec![Compared { name: names, word }], ..Verdict::default() }
        }
        // Rust's `cfg!(debug_assertions)`.
        ("bool" | "boolean" | "parseboolean" | "cfg", _, Some(inner)) => of(inner, left),
        _ => bare(test),
    }
}

/// A variable among words that mean the same.
fn among(list: &Node, variable: &Node) -> Verdict {
    let Is::List(items) = &list.is else { return Verdict::default() };
    let words: Option<Vec<Text>> = items.iter().map(constant).collect();
    let compared = words.as_deref().and_then(|words| one_of(&variable_of(variable)?, words));
    Verdict { holds: compared.into_iter().collect(), ..Verdict::default() }
}

/// The word that all of several stand for.
fn one_of(name: &Name, words: &[Text]) -> Option<Compared> {
    let first = words.first()?;
    let same = words.iter().all(|other| means_the_same(first.expose(), other.expose()));
    same.then(|| Compared { name: name.clone(), word: first.clone() })
}

/// What holds in a case of a switch on a subject.
pub fn of_case(subject: Option<&Node>, values: &[Node]) -> Verdict {
    let Some(subject) = subject else {
        // A switch on nothing is a chain of conditions.
        return match values {
            [test] => read(test),
            _ => Verdict::default(),
        };
    };
    // Swift's `case .us:`.
    let word = |node: &Node| match &node.is {
        Is::Name(name) => Some(Text::verbatim(name.clone(), node.span.file, node.span.start as usize)),
        _ => constant(node),
    };
    let words: Option<Vec<Text>> = values.iter().map(word).collect();
    let name = variable_of(subject).unwrap_or_else(|| Name::key("case", subject.span));
    let compared = words.as_deref().and_then(|words| one_of(&name, words));
    let known = compared.as_ref().is_some_and(Compared::tells);
    Verdict { holds: compared.into_iter().filter(Compared::tells).collect(), known, ..Verdict::default() }
}

/// What holds in a clause of a function that asks for certain arguments: `def host("US")`.
pub fn of_clause(parameters: &[Node]) -> Verdict {
    let texts = parameters.iter().filter(|parameter| parameter.text().is_some());
    let name = |word: &Node| Name::key("country", word.span);
    let holds: Vec<Compared> =
        texts.filter_map(|text| Some(Compared { name: name(text), word: constant(text)? })).collect();
    let known = holds.iter().any(Compared::tells);
    Verdict { holds: holds.into_iter().filter(Compared::tells).collect(), known, ..Verdict::default() }
}

/// The word of a mark or a base that says where a class or function holds: `@Profile("prod")`.
pub fn of_mark(mark: &Node) -> Option<Compared> {
    let call = mark.call()?;
    let name = call.name()?;
    if name.value == "cfg" {
        return of_build(call.positional().next()?);
    }
    if !matches!(name.value, "Profile" | "ActiveProfiles" | "IfBuildProfile" | "Environment") {
        return None;
    }
    let first = call.positional().next().or_else(|| call.named(&["value"]))?;
    let word = match &first.is {
        Is::List(items) => match items.as_slice() {
            [only] => only.text()?,
            _ => return None,
        },
        _ => first.text()?,
    };
    let word = word.clone();
    Some(Compared { name: Name::key("profile", name.span), word })
}

/// `#[cfg(debug_assertions)]` and `#[cfg(not(debug_assertions))]` of Rust.
fn of_build(test: &Node) -> Option<Compared> {
    let debug = |node: &Node| match &node.is {
        Is::Name(name) if &**name == "debug_assertions" => Some(Name::key(name.clone(), node.span)),
        _ => None,
    };
    if let Some(name) = debug(test) {
        return Some(said_by(&name, "development"));
    }
    let call = test.call().filter(|call| call.is_called("not"))?;
    call.positional().next().and_then(debug).map(|name| said_by(&name, "!debug"))
}

/// Whether what is said under a mark is a test: `#[cfg(test)]`, `@Test`.
pub fn is_test(mark: &Node) -> bool {
    let Some(word) = mark
        .call()
        .and_then(|call| call.name().map(|name| name.value.to_owned()))
        .or_else(|| mark.word().map(|word| word.value))
    else {
        return false;
    };
    match word.as_str() {
        "cfg" => mark.call().is_some_and(|call| {
            call.positional().any(|argument| argument.word().is_some_and(|word| word.value == "test"))
        }),
        "Test" | "test" | "TestConfiguration" | "SpringBootTest" | "TestFixture" | "TestClass" | "Fact" => true,
        _ => false,
    }
}
