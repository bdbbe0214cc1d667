//! The steps of an inference, each a whole phrase with its place: from profile to value to contradiction.

use crate::finding::{Label, Place};
use crate::model::{Described, Entry, InstanceUse, Model, Slot, Tag, TagBy, Unit};
use crate::resolve::Trust;
use crate::source::Span;
use crate::vocabulary::names::Component;

/// A chain of steps under construction.
pub struct Steps<'m> {
    model: &'m Model,
    described: &'m Described,
    steps: Vec<Label>,
}

impl<'m> Steps<'m> {
    /// Begins with how a setting came into its profile: its unit, its environment, its layer.
    pub fn to(model: &'m Model, described: &'m Described, entry: &Entry) -> Self {
        let said = model.statement(entry);
        let profile = &described.profile;
        let mut steps = vec![Label::on(Place::Named(said.file), unit(&profile.unit))];
        match (&said.environment, profile.environment) {
            (Some(saying), Some(environment)) if saying.environment == environment => {
                let text = format!("the environment is {}: {}", environment.name(), saying.how);
                steps.push(Label::on(saying.because.place, text));
            }
            (_, Some(environment)) => {
                // The setting says no environment itself: it holds in that of another, for the reason of its layer.
                let saying = described.profile.entries.iter().find_map(|entry| {
                    let saying = model.statement(entry).environment.as_ref();
                    saying.filter(|saying| saying.environment == environment)
                });
                steps.extend(saying.map(|saying| {
                    let text = format!("the environment is {}: {}", environment.name(), of_another(&saying.how));
                    Label::on(saying.because.place, text)
                }));
                if entry.layer.is_none() {
                    let text = format!("the setting says no environment itself, and {} uses it", environment.name());
                    steps.push(Label::at(said.name().span, text));
                }
            }
            (_, None) => {
                steps.push(Label::on(Place::Named(said.file), "no environment is said, so it may be any"));
            }
        }
        if let Some(layer) = &entry.layer {
            steps.push(Label::on(layer.place, format!("the setting is of a layer below: this {}", layer.text)));
        }
        Steps { model, described, steps }
    }

    /// How a setting came into its slot, and the slot to its country.
    pub fn slot(mut self, slot: &Slot, entry: &Entry) -> Self {
        let said = self.model.statement(entry);
        let text = format!("the slot is `{}`: its settings share that part of their names", name(slot));
        self.steps.push(Label::at(said.name().span, text));
        let tag = said.tags.first().or_else(|| {
            slot.entries.iter().find_map(|at| self.model.statement(self.described.entry(*at)).tags.first())
        });
        if let Some(tag) = tag.filter(|tag| slot.country == Some(tag.country)) {
            self.steps.push(Label::on(tag.place, format!("the slot is of {}: {}", tag.country.name(), by(tag))));
        }
        self
    }

    /// How the value of a setting came about: the references that lead to it, and how far it can be relied on.
    pub fn value(mut self, entry: &Entry, via: &[Span], trust: Trust) -> Self {
        let said = self.model.statement(entry);
        let what = said.component().map_or("a setting", Component::noun);
        let text = format!("`{}` sets {}", said.name().text, article(what));
        self.steps.push(Label::at(said.name().span, text));
        let filled = via.iter().map(|span| Label::at(*span, "this part of it is filled in from its definition"));
        self.steps.extend(filled);
        let doubt = match trust {
            Trust::Said => None,
            Trust::Assumed => Some("its definition says no environment: that it holds here is inferred"),
            Trust::Fallback => Some("nothing in the tree sets it, so its default is taken"),
        };
        self.steps.extend(doubt.map(|doubt| Label::at(said.value_span(), doubt)));
        self
    }

    /// Which instance a value names, and what says its country.
    pub fn instance(mut self, used: &InstanceUse) -> Self {
        self.steps.extend(instance(used));
        self
    }

    pub fn then(mut self, place: Place, text: impl Into<String>) -> Self {
        self.steps.push(Label::on(place, text));
        self
    }

    /// Evidence that is told already, as steps.
    pub fn evidence<'l>(mut self, labels: impl IntoIterator<Item = &'l Label>) -> Self {
        self.steps.extend(labels.into_iter().map(whole));
        self
    }

    /// The steps, each once.
    pub fn end(self) -> Vec<Label> {
        distinct(self.steps)
    }
}

/// Each step once, at its first place in the chain.
pub fn distinct(steps: Vec<Label>) -> Vec<Label> {
    let mut kept: Vec<Label> = Vec::new();
    for step in steps {
        if !kept.contains(&step) {
            kept.push(step);
        }
    }
    kept
}

/// A label's predicate as a phrase that stands alone.
pub fn whole(label: &Label) -> Label {
    let has_subject = label.text.starts_with('`') || label.text.starts_with("the ");
    let text = if has_subject { label.text.clone() } else { format!("this {}", label.text) };
    Label::on(label.place, text)
}

fn instance(used: &InstanceUse) -> Vec<Label> {
    let name = &used.label;
    let by_name = match (used.sandbox, used.country) {
        (true, _) => format!("`{name}` is the shared sandbox by its name, of no country"),
        (_, Some(country)) if used.declared.is_none() => {
            format!("`{name}` is a {} instance by its name", country.adjective())
        }
        (_, Some(_)) => format!("`{name}` is the instance"),
        (_, None) => format!("`{name}` is an instance whose name says no country"),
    };
    let mut steps = vec![Label::at(used.span, by_name)];
    if let (Some(declared), Some(country)) = (used.declared, used.country) {
        steps.push(Label::at(declared, format!("the policy declares `{name}` {}", country.adjective())));
    }
    steps
}

/// A slot's name, Flinks said first.
pub fn name(slot: &Slot) -> String {
    let name = slot.name();
    if slot.stem.is_empty() && name != "flinks" { format!("flinks {name}") } else { name }
}

fn unit(unit: &Unit) -> String {
    match (&unit.item, unit.folder.as_str()) {
        (Some(item), "") => format!("the unit is `{item}`, which is deployed by itself"),
        (Some(item), folder) => format!("the unit is `{item}` in `{folder}`, which is deployed by itself"),
        (None, "") => "the unit is `.`: nothing nearer to this file is deployed by itself".to_owned(),
        (None, folder) => format!("the unit is `{folder}`, which is deployed by itself"),
    }
}

/// A clause about a setting's own file, said of another setting's.
fn of_another(how: &str) -> String {
    how.strip_prefix("its file ").map_or_else(|| how.to_owned(), |rest| format!("this file {rest}"))
}

fn by(tag: &Tag) -> &'static str {
    match tag.by {
        TagBy::Name => "the setting's own name says so",
        TagBy::Value => "the route itself says so",
        TagBy::Key => "the key above it says so",
        TagBy::Sibling => "the setting beside it says so",
        TagBy::Scope => "the block that it stands in says so",
        TagBy::Policy => "the policy declares it",
        TagBy::File => "the file's path says so",
    }
}

fn article(noun: &str) -> String {
    match noun {
        "a setting" => noun.to_owned(),
        _ => format!("the {noun}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// A step is read without the underlined text beside it, so it needs a subject of its own.
    #[test]
    fn evidence_becomes_whole_phrases() {
        let step = |text: &str| whole(&Label::at(Span::new(FileId(0), 0, 1), text)).text;
        assert_eq!(step("is the store"), "this is the store");
        assert_eq!(step("`acme-ca` is a Canadian instance"), "`acme-ca` is a Canadian instance");
        assert_eq!(step("the webhook of `acme-ca`"), "the webhook of `acme-ca`");
    }

    #[test]
    fn a_step_is_said_once() {
        let label = || Label::at(Span::new(FileId(0), 0, 1), "this is the store");
        assert_eq!(distinct(vec![label(), label()]).len(), 1);
    }
}
