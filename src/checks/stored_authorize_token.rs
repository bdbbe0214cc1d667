//! Single-use tokens that are kept: the first session uses them up, and every later one fails.

use crate::finding::{Confidence, Finding, Label, Place};
use crate::model::Model;
use crate::model::written::{How, Written};
use crate::vocabulary::keys::Kind;

use super::Check;
use super::steps;

pub const CHECK: Check = Check { rule: "stored-authorize-token", check };

/// One finding a place.
fn check(model: &Model) -> Vec<Finding> {
    let kept = |written: &&Written| {
        written.kind == Kind::AuthorizeToken
            && !written.purpose.is_silent()
            && matches!(written.how, How::Set | How::Default)
    };
    model.written.iter().filter(kept).map(finding).collect()
}

fn finding(written: &Written) -> Finding {
    let told = vec![
        Label::at(written.name.span, format!("`{}` keeps an authorize token", written.name.text)),
        Label::on(Place::At(written.span), "its value is one token, not made anew for each session"),
    ];
    Finding::at(written.span, "is one authorize token: the first session uses it up")
        .steps(steps::distinct(told))
        .because_all(written.because.label.clone())
        .because_all(written.uses.iter().cloned())
        .help("ask `/GenerateAuthorizeToken` for a new one in every session, on the server")
        .about(format!("{} · {}", written.unit.name(), written.key))
        .evidence([written.secret.fingerprint()])
        .confidence(if written.because.certain { Confidence::Certain } else { Confidence::Likely })
}
