//! What reaches the shared sandbox: its hosts and instance names, its published values, the demo switch.

use crate::model::{Entry, Model, Statement};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::hosts::HostKind;
use crate::vocabulary::names::Component;
use crate::vocabulary::published::{self, Kind};

/// A part of a setting that reaches the sandbox.
pub struct Reach<'m> {
    pub entry: &'m Entry,
    pub span: Span,
    pub via: Vec<Span>,
    pub text: String,
    pub help: &'static str,
}

/// What of a setting reaches a sandbox, by parts that can be relied on just so far.
pub fn reaches<'m>(model: &Model, entry: &'m Entry, wanted: Trust) -> Vec<Reach<'m>> {
    let said = model.statement(entry);
    let mut found = Vec::new();
    let counts = |trust: Trust| trust == wanted;
    const HOST_HELP: &str = "use the host of your own instance in production";
    for used in entry.hosts.iter().filter(|used| counts(used.trust)) {
        let what = match &used.host.kind {
            HostKind::Sandbox => "a sandbox of Flinks",
            HostKind::Instance { label: Some(label), .. } if label.sandbox => "the shared sandbox",
            _ => continue,
        };
        let text = format!("`{}` is {what}", used.host.name);
        // A name of the program is changed where it is used; a default is where it is written, and so is a variable.
        let is_symbol = |span: &Span| entry.resolved.is_symbol(*span);
        let used_at = used.symbol.filter(|_| wanted == Trust::Said && used.via.iter().all(is_symbol));
        match used_at {
            Some(span) => {
                let text = format!("stands for `{}`, {what}", used.host.name);
                let via = used.via.iter().copied().filter(|via| *via != span).chain([used.span]).collect();
                found.push(Reach { entry, span, via, text, help: HOST_HELP });
            }
            None => found.push(Reach { entry, span: used.span, via: used.via.clone(), text, help: HOST_HELP }),
        }
    }
    if let Some(instance) =
        entry.instance.as_ref().filter(|instance| instance.sandbox && entry.hosts.is_empty() && counts(instance.trust))
    {
        let text = format!("`{}` is the shared sandbox", instance.label);
        let help = "name your own instance in production";
        found.push(Reach { entry, span: instance.span, via: instance.via.clone(), text, help });
    }
    let text = entry.resolved.expose();
    // The sample of a token for one session is `stored-authorize-token`'s.
    for (value, range) in published::find(text).into_iter().filter(|(value, _)| value.kind != Kind::AuthorizeToken) {
        if !counts(entry.resolved.trust(range.clone())) {
            continue;
        }
        if let Some(origin) = entry.resolved.origins(range).into_iter().next() {
            let text = match value.kind {
                Kind::LoginId => "is the loginId of the documentation's examples".to_owned(),
                kind => format!("is the sandbox's published {}", kind.noun()),
            };
            let help = "use the value of your own instance in production";
            found.push(Reach { entry, span: origin.span, via: origin.via, text, help });
        }
    }
    found.extend(demo(said, entry, wanted));
    found
}

/// `demo=true` in an address of a Flinks host, or the option that adds it.
fn demo<'m>(said: &Statement, entry: &'m Entry, wanted: Trust) -> Option<Reach<'m>> {
    const HELP: &str = "remove the demo switch in production";
    let text = entry.resolved.expose();
    let on = |value: &str| matches!(value.trim().to_ascii_lowercase().as_str(), "true" | "1" | "yes" | "on");
    let known = entry.resolved.is_known() && entry.resolved.trust(0..text.len()) == wanted;
    if said.component() == Some(Component::Demo) && said.flinks && known && on(text) {
        let text = "switches the demo on".to_owned();
        return Some(Reach { entry, span: said.span(), via: Vec::new(), text, help: HELP });
    }
    let about_flinks = said.flinks || !entry.hosts.is_empty();
    let range = about_flinks.then(|| demo_parameter(text)).flatten()?;
    let origin = entry.resolved.origins(range.clone()).into_iter().next()?;
    if entry.resolved.trust(range) != wanted {
        return None;
    }
    Some(Reach { entry, span: origin.span, via: origin.via, text: "switches the demo on".to_owned(), help: HELP })
}

/// The place of `demo=true` or `demoOutbound=true` among an address's parameters.
fn demo_parameter(text: &str) -> Option<std::ops::Range<usize>> {
    let lower = text.to_ascii_lowercase();
    for parameter in ["demo=true", "demooutbound=true", "demoobe=true"] {
        let mut from = 0;
        while let Some(start) = lower[from..].find(parameter).map(|at| from + at) {
            let end = start + parameter.len();
            let before = start.checked_sub(1).map_or(b'?', |before| lower.as_bytes()[before]);
            let after = lower.as_bytes().get(end).copied().unwrap_or(b'&');
            if matches!(before, b'?' | b'&' | b';' | b' ' | b'"') && !after.is_ascii_alphanumeric() {
                return Some(start..end);
            }
            from = end;
        }
    }
    None
}
