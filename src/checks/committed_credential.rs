//! Credentials of Flinks that are written in a file: whoever reads the repository can use them.

use std::collections::BTreeMap;

use crate::finding::{Confidence, Finding, Label, Place, Severity};
use crate::model::Model;
use crate::model::written::{How, Written};
use crate::secret::Secret;
use crate::vocabulary::keys::Kind;
use crate::vocabulary::paths::Purpose;

use super::Check;
use super::steps;

pub const CHECK: Check = Check { rule: "committed-credential", check };

/// One finding a value, wherever it is written.
fn check(model: &Model) -> Vec<Finding> {
    let mut values: BTreeMap<&Secret, Vec<&Written>> = BTreeMap::new();
    for written in model.written.iter().filter(|written| written.kind != Kind::AuthorizeToken) {
        values.entry(&written.secret).or_default().push(written);
    }
    values.into_values().filter_map(|places| finding(&places)).collect()
}

fn finding(places: &[&Written]) -> Option<Finding> {
    // What is in force is to be changed first.
    let first = places.iter().min_by_key(|written| (!may_be_deployed(written), written.how, written.span))?;
    let others = places.iter().filter(|written| written.span != first.span);
    let also = others.clone().map(|written| Label::at(written.span, written_too(written)));
    let uses = places.iter().flat_map(|written| written.uses.iter().cloned());
    let deployed = may_be_deployed(first);
    let help = match deployed {
        true => "have Flinks replace it, and read the new one from a secret store",
        false => "write a placeholder here, and have Flinks replace the key if it was ever in use",
    };
    let confidence = if first.because.certain { Confidence::Certain } else { Confidence::Likely };
    let finding = Finding::at(first.span, is_written(first))
        .steps(told(first))
        .because_all(first.because.label.clone())
        .because_all(live(first))
        .because_all(uses)
        .because_all(also)
        .help(help)
        .about(format!("{} · {}", first.unit.name(), first.key))
        .evidence([first.secret.fingerprint()])
        .confidence(confidence);
    Some(if deployed { finding } else { finding.severity(Severity::Note) })
}

fn may_be_deployed(written: &Written) -> bool {
    !matches!(written.purpose, Purpose::Test | Purpose::Example | Purpose::Generated)
}

fn is_written(written: &Written) -> String {
    let noun = written.kind.noun();
    let article = if written.kind == Kind::XApiKey { "an" } else { "a" };
    format!("is {article} {noun}{}", circumstance(written))
}

fn written_too(written: &Written) -> String {
    format!("is the same{}", circumstance(written))
}

fn circumstance(written: &Written) -> &'static str {
    match (written.how, written.purpose) {
        (How::Comment, _) => ", commented out",
        (How::Prose, _) => ", in documentation",
        (_, Purpose::Test) => ", in a test",
        (_, Purpose::Example) => ", in an example",
        (_, Purpose::Generated) => ", in generated code",
        (How::Set, _) if written.encoded => " in base64, which encrypts nothing",
        (How::Default, _) => ", taken where nothing is set",
        (How::Set, _) => " in plain text",
    }
}

/// Documentation shows keys that open nothing, unless something beside them says otherwise.
fn live(written: &Written) -> Vec<Label> {
    if written.how == How::Prose { written.because.live.clone() } else { Vec::new() }
}

fn told(written: &Written) -> Vec<Label> {
    let named = Label::at(written.name.span, format!("`{}` names a {}", written.name.text, written.kind.noun()));
    let of_flinks = match &written.because.label {
        Some(label) => steps::whole(label),
        None => Label::at(written.name.span, "the name says Flinks"),
    };
    let random = "its value is random: no placeholder, no reference, not encrypted, and published by nobody";
    let mut found = vec![named, of_flinks];
    found.extend(live(written).iter().map(steps::whole));
    found.push(Label::on(Place::At(written.span), random));
    steps::distinct(found)
}
