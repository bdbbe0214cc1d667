//! What a setting is by its names and its value together: which component, under which key, whether an address of
//! webhooks.

use crate::fact::{Name, Piece, ReferenceKind, Said, Setting, Value};
use crate::finding::Place;
use crate::source::Span;
use crate::vocabulary::names::{self, Component, Reading};
use crate::vocabulary::{Country, countries, routes, words};

use super::statements::{Tag, TagBy};

/// What a program calls a value may say less than what it takes: `const secret = process.env.FLINKS_US_SECRET`.
pub(super) fn by_reference(reading: &mut Reading, value: &Value) {
    let [Piece::Reference(reference)] = value.pieces.as_slice() else { return };
    if reference.kind == ReferenceKind::Computed || reading.component.is_some() && reading.flinks {
        return;
    }
    let named: Vec<&str> = reference.name.split(['.', ':', '/']).collect();
    let other = names::read(&named);
    // `post("/hooks", handleFlinksWebhook)`: what takes webhooks in is not where.
    let is_address = |name: &str| {
        let last = words::plain(name).pop().unwrap_or_default();
        matches!(last.as_str(), "url" | "urls" | "uri" | "endpoint" | "path" | "route")
    };
    let is_handler = reference.kind == ReferenceKind::Symbol && !is_address(&reference.name);
    if other.component == Some(Component::WebhookUrl) && is_handler {
        return;
    }
    reading.flinks |= other.flinks;
    reading.component = reading.component.or(other.component.filter(|_| other.flinks));
}

/// `Authorization: Bearer …` is a bearer token, whatever the header is called.
pub(super) fn by_scheme(reading: &mut Reading, setting: &Setting) {
    let is_header = matches!(&*words::normal(&setting.name().text), "authorization" | "http_authorization");
    let Some(Piece::Text(first)) = setting.value.pieces.first().filter(|_| is_header) else { return };
    let text = first.expose().trim_start();
    let is_bearer = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer "));
    if is_bearer && reading.component.is_none() {
        reading.component = Some(Component::Bearer);
    }
}

/// Whether a program's setting under a name of webhooks may be where they go: not all that stands in a class called
/// `FlinksWebhookHandler` is.
pub(super) fn may_be_address(setting: &Setting) -> bool {
    let Some(name) = setting.path.iter().rev().find(|name| !name.index) else { return true };
    let own = names::read(&[&name.text]).component.is_some() && !setting.name().index;
    let of_country = !countries::all(&name.text).is_empty();
    let from_outside = setting.value.references().any(|reference| reference.kind == ReferenceKind::Named);
    let is_path = setting.value.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.expose().contains('/'),
        Piece::Reference(_) => false,
    });
    own || of_country || from_outside || is_path || setting.value.is_empty()
}

/// Whether a setting that its name does not explain is a route for Flinks' webhooks, and the country that the route
/// says: `path: /webhooks/flinks/ca`, `location /webhooks/flinks/ca { … }`, a URL in a list.
pub(super) fn route(setting: &Setting, reading: &Reading) -> Option<Option<Tag>> {
    let name = setting.name();
    let open = matches!(reading.component, None | Some(Component::Host | Component::Redirect));
    if setting.said == Said::Allowed || !(open || name.index && reading.component == Some(Component::WebhookUrl)) {
        return None;
    }
    let tag = |country: Country, span: Span| Tag {
        country,
        place: Place::At(span),
        says: format!("is the route of {}", country.name()),
        by: TagBy::Value,
    };
    if let Some(text) = setting.value.as_literal() {
        // `flinks_webhook_countries = ["ca"]`.
        let listed = name.index && reading.component == Some(Component::WebhookUrl);
        if let Some(country) = countries::of_value(text.expose()).filter(|_| listed) {
            return Some(Some(tag(country, setting.value.span)));
        }
        if let Some(route) = routes::webhook_route(text.expose()) {
            return Some(route.country.map(|(country, range)| tag(country, text.span_of(range))));
        }
    }
    let key = |name: &Name| !name.index && name.text.starts_with(['/', '^', '=', '~']);
    let found = setting.path.iter().rev().filter(|name| key(name));
    // The countries of keys are told already.
    found.into_iter().find_map(|name| routes::webhook_route(&name.text)).map(|_| None)
}

/// The joined words of a setting's path. The items of a program's lists and its calls are different things.
pub(super) fn key(setting: &Setting) -> String {
    let names = setting.path.iter().filter(|name| setting.said == Said::Program || !name.index);
    names.map(|name| words::normal(&name.text)).collect::<Vec<_>>().join("_")
}
