//! Reads of the environment and of configuration, in the idiom of any language: `process.env.X`, `os.getenv("X", d)`,
//! `ENV.fetch("X")`, `env('X', d)`, `configuration["Flinks:BaseUrl"]`, `credentials.dig(:flinks, :key)`.

use super::syntax::{Call, Is, Node};
use crate::fact::ReferenceKind;
use crate::vocabulary::words;

/// A value that is said outside of the program.
pub struct Read<'n> {
    /// Named where the tree may define it, stored where it is kept in a store of secrets.
    pub kind: ReferenceKind,
    pub name: String,
    /// What it is where it is not set.
    pub fallback: Option<&'n Node>,
}

/// Whose members are environment variables.
const ENVIRONMENTS: &[&str] = &["env", "environ", "environment", "_env", "_server"];

/// Whose elements and getters are configuration, as words of a name.
const CONFIGURATIONS: &[&str] = &[
    "env",
    "getenv",
    "environ",
    "environment",
    "config",
    "configuration",
    "cfg",
    "conf",
    "settings",
    "viper",
    "dotenv",
    "properties",
    "props",
    "appsettings",
    "secrets",
    "parameters",
];

/// Names of calls that give a value of configuration by its key.
const GETTERS: &[&str] = &[
    "get",
    "fetch",
    "var",
    "str",
    "string",
    "url",
    "getstring",
    "getvalue",
    "value",
    "getproperty",
    "getoptional",
    "getorthrow",
    "getorelse",
    "getordefault",
    "getrequired",
    "getrequiredstring",
    "lookup",
    "require",
    "required",
    "read",
    "find",
    "getsection",
    "getrequiredproperty",
    "valueof",
    "nonempty",
    "resolve",
    "getstringorelse",
    "getraw",
];

/// Names of calls that give something else where the value before them is missing.
const FALLBACKS: &[&str] = &[
    "unwrap_or",
    "unwrap_or_else",
    "orElse",
    "orelse",
    "getOrElse",
    "or_else",
    "ifEmpty",
    "ifBlank",
    "default",
    "withDefault",
    "orEmpty",
    "DefaultIfEmpty",
    "prefault",
    "catch",
    "GetValueOrDefault",
    "defaultIfEmpty",
];

/// What a part of a program reads from outside, if that is what it does.
pub fn read(node: &Node) -> Option<Read<'_>> {
    match &node.is {
        Is::Member(object, name) => {
            let of_environment = is_environment(object) && (shouted(&name.text) || is_own(object));
            if of_environment {
                return Some(named(&name.text));
            }
            credentials(node)
        }
        Is::Index(object, key) => {
            let key = key.text()?.expose();
            if let Some(outer) = read(object).filter(|outer| outer.fallback.is_none()) {
                // `Application.get_env(:app, :flinks)[:url]`
                let whole = format!("{}.{key}", outer.name);
                return is_key(key).then_some(Read { name: whole, ..outer });
            }
            if (is_environment(object) || is_configuration(object, key)) && is_key(key) {
                return Some(named(key));
            }
            credentials(node)
        }
        Is::Call(call) => of_call(call),
        Is::Choice(test, then, Some(other)) => {
            // `process.env.X ? process.env.X : "default"`
            let (tested, taken) = (read(test)?, read(then)?);
            (tested.name == taken.name && tested.fallback.is_none())
                .then_some(Read { fallback: Some(&**other), ..taken })
        }
        _ => None,
    }
}

fn named(name: &str) -> Read<'_> {
    Read { kind: ReferenceKind::Named, name: name.to_owned(), fallback: None }
}

/// Whether a name is written as environment variables are.
pub fn shouted(name: &str) -> bool {
    name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a text may be the key of a setting.
pub fn is_key(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-' | '/');
    !text.is_empty()
        && text.len() <= 160
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/'))
        && text.chars().all(part)
        && !text.contains("://")
}

fn is_environment(object: &Node) -> bool {
    let last = match &object.is {
        Is::Name(name) => &**name,
        Is::Member(_, name) => &*name.text,
        // `Platform.environment()`, `ProcessInfo.processInfo.environment`
        Is::Call(call) => return call.name().is_some_and(|name| is_one(name.value, ENVIRONMENTS)),
        _ => return false,
    };
    is_one(last, ENVIRONMENTS)
}

/// `configuration["Flinks:Us:BaseUrl"]` of .NET, `current_app.config["FLINKS_URL"]` of Flask.
fn is_configuration(object: &Node, key: &str) -> bool {
    match &object.is {
        Is::Name(name) => key.contains(':') && speaks_of(name, CONFIGURATIONS),
        Is::Member(outer, name) => {
            let of_application =
                matches!(&outer.is, Is::Name(outer) if matches!(&**outer, "app" | "current_app" | "application"));
            key.contains(':') && speaks_of(&name.text, CONFIGURATIONS) || of_application && &*name.text == "config"
        }
        _ => false,
    }
}

fn is_one(name: &str, list: &[&str]) -> bool {
    let bare = name.trim_start_matches(['$', '@']);
    list.iter().any(|known| known.eq_ignore_ascii_case(bare))
}

/// `process.env` and `import.meta.env` hold nothing else, however a name in them is written.
fn is_own(object: &Node) -> bool {
    let Is::Member(outer, _) = &object.is else { return false };
    matches!(&outer.is, Is::Name(name) if matches!(&**name, "process" | "import.meta" | "Bun" | "Deno"))
}

/// `Rails.application.credentials.flinks[:us][:secret]`: encrypted, and only its path is told.
fn credentials(node: &Node) -> Option<Read<'_>> {
    let chain = node.chain()?;
    let at = chain.iter().position(|name| &*name.text == "credentials")?;
    let tail: Vec<&str> = chain[at + 1..].iter().map(|name| &*name.text).collect();
    let kept = at > 0 && !tail.is_empty() && &*chain[0].text == "Rails";
    kept.then(|| Read { kind: ReferenceKind::Stored, name: tail.join("."), fallback: None })
}

fn of_call(call: &Call) -> Option<Read<'_>> {
    let name = call.name()?.value;
    if let Some(read) = with_fallback(call, name) {
        return Some(read);
    }
    // `Bundle.main.object(forInfoDictionaryKey: "FlinksApiUrl")`
    let in_info = call
        .arguments
        .iter()
        .find(|argument| argument.name.as_ref().is_some_and(|name| &*name.text == "forInfoDictionaryKey"));
    if let Some(key) = in_info.and_then(|argument| argument.value.text()).filter(|key| is_key(key.expose())) {
        return Some(named(key.expose()));
    }
    let names = call.names();
    if name == "dig" || name == "dig!" {
        let keys: Vec<&str> = call.positional().map(|key| Some(key.text()?.expose())).collect::<Option<_>>()?;
        let stored = names.iter().any(|name| matches!(*name, "credentials" | "secrets"));
        let kind = if stored { ReferenceKind::Stored } else { ReferenceKind::Named };
        let configured = stored || names.iter().any(|name| speaks_of(name, CONFIGURATIONS));
        return (configured && !keys.is_empty()).then(|| Read { kind, name: keys.join("."), fallback: None });
    }
    let object = names.len().checked_sub(2).map(|at| names[at]);
    let stored = is_secret_getter(name, object);
    let configured = stored || is_getter(name, object);
    if !configured {
        return None;
    }
    const NAMED_KEYS: &[&str] = &["SecretId", "secret_id", "secretId", "Name", "name", "path", "key", "secretName"];
    let mut positional = call.positional().filter(|argument| !matches!(argument.is, Is::Word(_) | Is::Map(_)));
    let first = positional.next().or_else(|| call.named(NAMED_KEYS))?;
    let second = positional.next();
    // `Application.get_env(:app, :flinks)`: the first says whose it is.
    let of_application = object == Some("Application");
    let (key, default) = if of_application { (second?, positional.next()) } else { (first, second) };
    let key = key.text()?.expose();
    if !is_key(key) {
        return None;
    }
    const DEFAULTS: &[&str] = &["default", "defaultValue", "default_value", "fallback", "def", "defaultvalue"];
    let default = default.or_else(|| call.named(DEFAULTS)).or_else(|| call.block.as_ref().and_then(given));
    let kind = if stored { ReferenceKind::Stored } else { ReferenceKind::Named };
    Some(Read { kind, name: key.to_owned(), fallback: default })
}

/// Whether a call reads a value from outside.
pub fn is_read(call: &Call) -> bool {
    of_call(call).is_some()
}

/// What a block gives back: `ENV.fetch("X") { "default" }`.
pub fn given(block: &Node) -> Option<&Node> {
    match &block.is {
        // `proc { "…" }`, `lambda: "…"`, `Lazy.new { "…" }`
        Is::Call(call) if call.block.is_some() && call.arguments.is_empty() => given(call.block.as_ref()?),
        Is::Function(function) => given(&function.body),
        Is::Group(nodes) => given(nodes.last()?),
        Is::Return(value) => value.as_deref(),
        _ => Some(block),
    }
}

/// `env::var("X").unwrap_or("d".into())`, `Optional.ofNullable(System.getenv("X")).orElse("d")`.
fn with_fallback<'n>(call: &'n Call, name: &str) -> Option<Read<'n>> {
    // `cmp.Or(os.Getenv("X"), "d")`, `Objects.requireNonNullElse(System.getenv("X"), "d")`
    const FIRST_OF: &[&str] = &[
        "Or",
        "coalesce",
        "Coalesce",
        "firstNonEmpty",
        "FirstNonEmpty",
        "firstNonNull",
        "firstNonBlank",
        "requireNonNullElse",
        "defaultString",
        "defaultIfBlank",
        "defaultIfEmpty",
        "defaultIfNull",
    ];
    if FIRST_OF.contains(&name)
        && let [first, default, ..] = call.positional().collect::<Vec<_>>().as_slice()
        && let Some(outer) = read(first).filter(|outer| outer.fallback.is_none())
    {
        return Some(Read { fallback: given(default), ..outer });
    }
    if !FALLBACKS.contains(&name) {
        return None;
    }
    let outer = read(call.object()?).or_else(|| {
        let inner = call.object()?.call()?;
        read(inner.positional().next()?)
    })?;
    let default = call.positional().next().or(call.block.as_ref())?;
    Some(Read { fallback: given(default), ..outer })
}

fn speaks_of(name: &str, list: &[&str]) -> bool {
    words::plain(name).iter().any(|word| list.contains(&word.as_str()))
}

/// `getenv`, `requireEnv`, `GetEnvironmentVariable`, `config.get`, `settings.value`, `env`.
fn is_getter(name: &str, object: Option<&str>) -> bool {
    let plain = words::plain(name);
    let is = |list: &[&str]| plain.iter().any(|word| list.contains(&word.as_str()));
    let of_environment =
        is(&["env", "environ", "environment", "getenv"]) && !is(&["set", "put", "delete", "is", "has"]);
    let of_configuration = plain.len() == 1 && is(&["config", "configuration", "setting", "settings"])
        || is(&["get", "fetch", "read", "require", "load", "must", "lookup"])
            && is(&["config", "configuration", "setting", "property"]);
    let bare = name.to_ascii_lowercase();
    let getter = GETTERS.contains(&bare.trim_end_matches(['!', '?']).replace('_', "").as_str());
    of_environment
        || of_configuration
        || getter && object.is_some_and(|object| speaks_of(object, CONFIGURATIONS))
        || matches!(name, "fromEnvironment")
}

/// `credentials('flinks-us-key')` of Jenkins, `getSecret("flinks-us-key")`, `secretsManager.getSecretValue(SecretId=…)`, `vault.read("secret/flinks")`.
fn is_secret_getter(name: &str, object: Option<&str>) -> bool {
    let plain = words::plain(name);
    let is = |list: &[&str]| plain.iter().any(|word| list.contains(&word.as_str()));
    let getting = is(&["get", "fetch", "read", "access", "load", "require", "retrieve", "resolve", "use"]);
    name == "credentials" && object.is_none()
        || getting && is(&["secret", "secrets", "ssm", "vault"])
        || (getting || is(&["logical"]))
            && object.is_some_and(|object| speaks_of(object, &["vault", "ssm", "keyvault"]))
}
