//! LoginIds in logs, trackers, stores of the browser and addresses: whoever reads those holds the key to an account.

use crate::finding::{Finding, Label};
use crate::model::{Model, Shown};
use crate::vocabulary::sinks::SinkKind;

use super::Check;
use super::steps::{distinct, whole};

pub const CHECK: Check = Check { rule: "login-id-in-browser", check };

fn check(model: &Model) -> Vec<Finding> {
    model.shown.iter().map(judge).collect()
}

fn judge(shown: &Shown) -> Finding {
    let sink = &shown.sink;
    let (does, help) = words(sink.kind);
    let is = if sink.whole { "holds a loginId" } else { "is a loginId" };
    let text = format!("{is} that {}", does.replace("{}", &format!("`{}`", sink.into.value)));
    let into = Label::at(sink.into.span, takes(sink.kind));
    let mut steps = vec![Label::at(sink.given.span, format!("`{}` is the name of a loginId", sink.given.value))];
    steps.extend(shown.context.iter().map(whole));
    steps.push(whole(&into));
    Finding::at(sink.given.span, text)
        .steps(distinct(steps))
        .because_all(shown.context.iter().cloned())
        .help(help)
        .about(format!("{} · {}", sink.around.first().map_or("", |name| &name.value), sink.into.value))
        .evidence([sink.given.value.clone()])
        .confidence(shown.confidence)
}

/// What a sink does with what it is given, and what to do instead.
fn words(kind: SinkKind) -> (&'static str, &'static str) {
    match kind {
        SinkKind::Log => ("{} writes to a log", "log an id of your own, or the loginId masked"),
        SinkKind::Storage => {
            ("{} leaves to every script of the page", "keep it on your server, and let the page know an id of your own")
        }
        SinkKind::Cookie => (
            "{} keeps in a cookie that scripts can read",
            "keep it on your server, or in a cookie with `HttpOnly` that only the server reads",
        ),
        SinkKind::Analytics => ("{} sends to an analytics service", "send an id of your own instead"),
        SinkKind::Tracking => ("{} sends to a monitoring service", "send an id of your own instead"),
        SinkKind::Address => (
            "{} shows in the address of a page",
            "put an id of your own into the address, and look the loginId up on the server",
        ),
    }
}

/// What a sink is: the predicate of its name.
fn takes(kind: SinkKind) -> &'static str {
    match kind {
        SinkKind::Log => "writes to a log",
        SinkKind::Storage => "keeps it in the browser",
        SinkKind::Cookie => "keeps it in a cookie that scripts can read",
        SinkKind::Analytics => "sends to an analytics service",
        SinkKind::Tracking => "sends to a monitoring service",
        SinkKind::Address => "leads to a page",
    }
}
