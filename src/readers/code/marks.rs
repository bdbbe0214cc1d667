//! What decorators, annotations and tags say of a field, and calls that set a name.

use super::environment;
use super::syntax::{Call, Class, Is, Node};
use crate::fact::{Name, Reference, ReferenceKind, Value};
use crate::readers::template::{self, Notation};
use crate::text::Text;

/// The value that marks give a field: `@Value("${flinks.url:…}")`, `` `env:"FLINKS_URL" envDefault:"…"` ``.
pub fn value(marks: &[Node]) -> Option<Value> {
    marks.iter().find_map(|mark| match mark.text() {
        Some(tag) => tagged(tag),
        None => annotated(mark.call()?),
    })
}

/// `@DefaultValue("…")` of a field that configuration fills.
pub fn default_value(marks: &[Node]) -> Option<Value> {
    let call = marks.iter().filter_map(Node::call).find(|call| call.is_called("DefaultValue"))?;
    Some(template::value(call.positional().next()?.text()?, Notation::Braced))
}

fn annotated(call: &Call) -> Option<Value> {
    let name = call.name()?.value;
    // `#[arg(long, env = "FLINKS_URL", default_value = "…")]`
    if matches!(name, "arg" | "clap" | "structopt") {
        let variable = call.named(&["env"])?.text()?;
        let fallback = call.named(&["default_value"]).and_then(Node::text);
        let fallback = fallback.map(|text| template::value(text, Notation::Braced)).filter(|value| !value.is_empty());
        return Some(read(variable.expose(), variable, fallback));
    }
    if !matches!(name, "Value" | "ConfigProperty" | "ConfigValue" | "Env" | "Envvar" | "Autowire" | "Property") {
        return None;
    }
    let first = call.positional().next().or_else(|| call.named(&["value", "name", "param", "env"]))?;
    let text = first.text()?;
    if text.expose().contains("${") || text.expose().contains("#{") {
        return Some(template::value(text, Notation::Braced));
    }
    let fallback = call.named(&["defaultValue", "default"]).and_then(Node::text);
    let fallback = fallback.map(|text| template::value(text, Notation::Braced)).filter(|value| !value.is_empty());
    // `%env(FLINKS_URL)%` of Symfony.
    let key = text.expose().trim_start_matches("%env(").trim_end_matches(")%");
    (name != "Property" || fallback.is_some()).then(|| read(key, text, fallback))
}

fn read(name: &str, at: &Text, fallback: Option<Value>) -> Value {
    let fallback = fallback.map(Box::new);
    Value::reference(Reference { kind: ReferenceKind::Named, name: name.into(), span: at.span(), fallback })
}

/// The tag of a Go field: pairs of a key and a quoted text.
fn tagged(tag: &Text) -> Option<Value> {
    let name = part(tag, &["env", "envconfig", "mapstructure", "koanf", "conf", "yaml", "toml"])?;
    let key = name.part(0..name.expose().find(',').unwrap_or(name.len()));
    let fallback = part(tag, &["envDefault", "default", "env-default"]).filter(|text| !text.is_empty());
    let fallback = fallback.map(|text| template::value(&text, Notation::Braced));
    let inline = name.expose().find("default=").map(|at| name.part(at + "default=".len()..name.len()));
    let fallback = fallback.or_else(|| inline.map(|text| template::value(&text, Notation::Braced)));
    Some(read(key.expose(), &key, fallback))
}

fn part(tag: &Text, keys: &[&str]) -> Option<Text> {
    let all = tag.expose();
    keys.iter().find_map(|key| {
        let opening = format!("{key}:\"");
        let at = all
            .match_indices(&opening)
            .map(|(at, _)| at)
            .find(|at| *at == 0 || all[..*at].ends_with([' ', '\t', '`']))?;
        let from = at + opening.len();
        let end = all[from..].find('"')?;
        Some(tag.part(from..from + end))
    })
}

/// The prefix of the variables that fill the fields of a class of settings, if it is one.
pub fn settings_prefix(class: &Class) -> Option<String> {
    section(class).or_else(|| variables_prefix(class))
}

/// The section of the configuration that fills a class: `@ConfigurationProperties("flinks")`, `FlinksOptions` of .NET,
/// whose properties may be set.
fn section(class: &Class) -> Option<String> {
    let marked = class.marks.iter().filter_map(Node::call).find(|call| call.is_called("ConfigurationProperties"));
    if let Some(call) = marked {
        let prefix = call.positional().next().or_else(|| call.named(&["prefix", "value"]))?.text()?;
        return Some(format!("{}.", prefix.expose()));
    }
    let name = &class.name.as_ref()?.text;
    let stem = name.strip_suffix("Options").or_else(|| name.strip_suffix("Settings"))?;
    let settable = |node: &Node| matches!(&node.is, Is::Bind(bind) if may_be_set(&bind.marks));
    (!stem.is_empty() && class.body.iter().any(settable)).then(|| format!("{stem}."))
}

/// Whether a property of .NET may be set from outside.
pub fn may_be_set(marks: &[Node]) -> bool {
    marks.iter().any(|mark| matches!(&mark.is, Is::Name(name) if matches!(&**name, "set" | "init")))
}

/// The name of the variable or key that fills a field of such a class.
pub fn filled_from(prefix: &str, field: &str) -> String {
    let name = format!("{prefix}{field}");
    if prefix.ends_with('.') { name } else { name.to_ascii_uppercase() }
}

fn variables_prefix(class: &Class) -> Option<String> {
    let bases = class.bases.iter().filter_map(Node::word);
    bases.map(|base| base.value).find(|base| base == "BaseSettings" || base == "Environ")?;
    let prefix = class.body.iter().flat_map(Node::walk).find_map(|node| match &node.is {
        Is::Call(call) => call.named(&["env_prefix"])?.text().cloned(),
        Is::Bind(bind) => {
            let is_prefix = bind.target.word().is_some_and(|word| word.value == "env_prefix");
            bind.value.as_ref().filter(|_| is_prefix)?.text().cloned()
        }
        Is::Map(_) => node.entry(&["env_prefix"])?.text().cloned(),
        _ => None,
    });
    Some(prefix.map_or_else(String::new, |prefix| prefix.expose().to_owned()))
}

/// The name and the default of a call that declares one: `option :api_endpoint, default: proc { "…" }`,
/// `add_argument("--flinks-url", default="…")`.
pub fn declaration(call: &Call) -> Option<(Name, &Node)> {
    let text = call.positional().find_map(Node::text)?;
    let key = text.expose().trim_start_matches('-');
    let key = key.split([' ', '=', ',', '<', '[']).next().unwrap_or(key);
    let default = call
        .arguments
        .iter()
        .find(|argument| {
            argument
                .name
                .as_ref()
                .is_some_and(|name| matches!(&*name.text, "default" | "default_value" | "defaultValue"))
        })
        .map(|argument| &argument.value);
    // `flag.String("flinks-url", "…", "…")`, `viper.SetDefault("flinks.url", "…")`
    let behind = || positional_default(call).filter(|_| is_default_setter(call));
    let default = default.or_else(behind)?;
    if !environment::is_key(key) || environment::is_read(call) {
        return None;
    }
    let start = text.expose().find(key)?;
    Some((Name::key(key, text.span_of(start..start + key.len())), environment::given(default)?))
}

/// Whether a call gives a name what it is where nobody says it, behind that name.
fn is_default_setter(call: &Call) -> bool {
    let names = call.names();
    let of_flags =
        names.iter().rev().nth(1).is_some_and(|name| matches!(*name, "flag" | "pflag" | "flags" | "flagset" | "fs"));
    names.last().is_some_and(|name| {
        matches!(*name, "SetDefault" | "setdefault" | "set_default") || of_flags && name.starts_with("String")
    })
}

fn positional_default(call: &Call) -> Option<&Node> {
    call.positional().skip_while(|node| node.text().is_none()).nth(1)
}

/// The name and the value of a call that sets one: `define('FLINKS_URL', '…')`, `buildConfigField("String", "X", "…")`.
pub fn setter(call: &Call) -> Option<(Name, &Node)> {
    const SETTERS: &[&str] = &[
        "define",
        "buildConfigField",
        "resValue",
        "setProperty",
        "setenv",
        "putenv",
        "set_env",
        "put_env",
        "addEnvironment",
        "environmentVariable",
        "setEnv",
        "systemProperty",
        "set_var",
        "Setenv",
        "SetEnvironmentVariable",
        "manifestPlaceholders",
        "default",
    ];
    let name = call.name()?.value;
    if !SETTERS.contains(&name) {
        return None;
    }
    let arguments: Vec<&Node> = call.positional().collect();
    let [.., key, value] = arguments.as_slice() else { return None };
    let text = key.text()?;
    let is_key = environment::is_key(text.expose());
    is_key.then(|| (Name::key(text.expose(), text.span()), *value))
}
