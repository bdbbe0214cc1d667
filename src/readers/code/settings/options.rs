//! Calls that each set one thing of what they are made on, and say by their own name which: `client.setBaseUrl(…)`,
//! `builder.secretKey(…)`, `flinks.New(flinks.WithBaseURL(…))`.

use crate::fact::Name;
use crate::readers::code::syntax::{Call, Is, Node};
use crate::source::Span;
use crate::vocabulary::names::{self, Component};

/// How the names of such calls begin.
const PREFIXES: &[&str] = &["set_", "with_", "set", "with", "Set", "With"];

/// No key and no address is shorter; shorter texts are what a look-up is given: `client.secretKey("us")`.
const SHORTEST: usize = 8;

/// What a call sets, where its name begins as those of setters do.
pub fn set(call: &Call) -> Option<(Name, &Node)> {
    let name = call.name()?;
    let prefix = PREFIXES.iter().find(|prefix| {
        let rest = name.value.strip_prefix(**prefix);
        rest.is_some_and(|rest| prefix.ends_with('_') || rest.starts_with(char::is_uppercase))
    })?;
    of(call, name.value, name.span, prefix.len())
}

/// What a call of a chain sets, whatever its name begins with.
pub fn chained(call: &Call) -> Option<(Name, &Node)> {
    let name = call.name()?;
    set(call).or_else(|| of(call, name.value, name.span, 0))
}

/// The names that lead to what a setter sets, as if it were assigned: `client.setBaseUrl(…)` is `client.baseUrl = …`.
pub fn assigned(call: &Call) -> Option<(Vec<Name>, &Node)> {
    let (name, value) = set(call)?;
    let mut names = call.object()?.chain()?;
    names.push(name);
    Some((names, value))
}

fn of<'c>(call: &'c Call, name: &str, span: Span, from: usize) -> Option<(Name, &'c Node)> {
    let [only] = call.arguments.as_slice() else { return None };
    let may_be = match &only.value.is {
        Is::Text(text) => text.len() >= SHORTEST,
        Is::Map(_) | Is::List(_) | Is::Function(_) | Is::Class(_) | Is::Pair(..) | Is::Word(_) => false,
        _ => true,
    };
    let own = &name[from..];
    let component = names::read(&[own]).component.filter(|_| only.name.is_none() && may_be && call.block.is_none())?;
    let counts = matches!(
        component,
        Component::ApiHost
            | Component::IframeHost
            | Component::Host
            | Component::CustomerId
            | Component::SecretKey
            | Component::XApiKey
            | Component::Bearer
            | Component::WebhookSecret
    );
    let is_written = (span.end - span.start) as usize == name.len();
    let span = if is_written { Span::new(span.file, span.start as usize + from, span.end as usize) } else { span };
    counts.then(|| (Name::key(own, span), &only.value))
}
