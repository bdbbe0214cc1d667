//! The map for people: a table for every instance, within 100 columns wherever paths allow.

use super::{Component, Holds, Instance, Map, Origin, Profile, ReferenceKind, State, Store, StoreKind, Unbound};
use crate::report::json::{Labelled, Location};
use crate::report::{Shown, ledger, visible};
use crate::vocabulary::Country;

const WIDTH: usize = 100;
/// Of the first column: the longest component's name and a gap.
const FIRST: usize = 16;
const SECOND_AT: usize = 4 + FIRST;
/// Longer texts of the second column push what stands beside them below.
const SECOND: usize = 44;
/// More reasons than these are shown on request.
const REASONS: usize = 4;

pub(super) fn draw(map: &Map<'_>, shown: &Shown<'_>) -> String {
    let mut page = Page { text: String::new(), explained: shown.look.explain_evidence };
    for profile in &map.profiles {
        page.profile(profile);
    }
    if !map.stores.is_empty() {
        page.line(0, "stores of loginIds");
        map.stores.iter().for_each(|store| page.store(store));
        page.text.push('\n');
    }
    if map.profiles.is_empty() && map.stores.is_empty() && shown.ledger.read > 0 {
        page.line(0, "Nothing of Flinks is set or stored here.\n");
    }
    for line in ledger::coverage(shown) {
        page.wrapped(0, &line);
    }
    page.text
}

/// What a component is called, what it is, and where.
type Row<'r> = (&'r str, String, Vec<String>);

struct Page {
    text: String,
    explained: bool,
}

impl Page {
    fn profile(&mut self, profile: &Profile<'_>) {
        self.line(0, &profile.name);
        let shown = if self.explained { profile.because.len() } else { profile.because.len().min(REASONS) };
        for label in &profile.because[..shown] {
            self.wrapped(2, &format!("because {}", reason(label)));
        }
        match profile.because.len() - shown {
            0 => {}
            more => self.line(2, &format!("and {more} more (--explain-evidence shows them)")),
        }
        if profile.environment.is_none() {
            self.line(2, "no environment is said");
        }
        for instance in &profile.instances {
            self.instance(instance);
        }
        if !profile.webhooks_for_no_country.is_empty() {
            self.line(2, "webhooks for no country in particular");
            self.table(&profile.webhooks_for_no_country);
        }
        profile.unbound.iter().for_each(|unbound| self.unbound(unbound));
        if !profile.regions.is_empty() {
            self.line(2, "regions");
        }
        for region in &profile.regions {
            let what = format!("{} ({}), by {}", country(region.country), region.provider, region.key);
            self.rows(&[(region.region, what, vec![place(&region.said)])]);
        }
        self.text.push('\n');
    }

    fn instance(&mut self, instance: &Instance<'_>) {
        self.wrapped(2, &title(instance));
        if let Some(reason) = &instance.without_webhooks {
            let text = format!("without webhooks: {} ({})", reason.label, place(&reason.location));
            self.wrapped(4, &text);
        }
        if self.explained {
            for label in &instance.evidence {
                self.wrapped(4, &format!("because {}", reason(label)));
            }
        }
        self.table(&instance.components);
    }

    fn unbound(&mut self, unbound: &Unbound<'_>) {
        self.line(2, &format!("{}: of no known instance", unbound.slot));
        self.table(&unbound.components);
    }

    /// A row for every component that is there, and one for all that are not.
    fn table(&mut self, components: &[Component<'_>]) {
        let (missing, present): (Vec<_>, Vec<_>) =
            components.iter().partition(|component| component.state == State::Missing);
        let row = |component: &&Component<'_>| {
            (component.component, described(component), component.said.iter().map(place).collect())
        };
        self.rows(&present.iter().map(row).collect::<Vec<_>>());
        if !missing.is_empty() {
            let names: Vec<&str> = missing.iter().map(|component| component.component).collect();
            self.rows(&[("missing", names.join(", "), Vec::new())]);
        }
    }

    /// Three columns, the second as wide as it needs to be.
    fn rows(&mut self, rows: &[Row<'_>]) {
        let longest = rows.iter().map(|(_, second, _)| second.chars().count()).filter(|length| *length <= SECOND).max();
        let third = SECOND_AT + longest.unwrap_or(0).max(20) + 2;
        for (first, second, places) in rows {
            let row = format!("    {:<FIRST$}{}", visible::line(first), visible::line(second));
            let used = row.chars().count();
            let fits = |place: &String| third + place.chars().count() <= WIDTH;
            let beside = places.first().filter(|place| fits(place) && used + 2 <= third);
            match beside {
                Some(place) => self.line(0, &format!("{row}{}{place}", " ".repeat(third - used))),
                None => self.wrapped_at(&row, &" ".repeat(SECOND_AT)),
            }
            // Where the third column has no room it goes below.
            for place in &places[usize::from(beside.is_some())..] {
                self.line(if fits(place) { third } else { SECOND_AT }, place);
            }
        }
    }

    fn store(&mut self, store: &Store<'_>) {
        let kind = match store.kind {
            StoreKind::Table => "table",
            StoreKind::Model => "model",
            StoreKind::Document => "document",
        };
        self.wrapped(2, &format!("{} ({kind})", store.name));
        for column in &store.columns {
            self.rows(&[(column.name, "holds loginIds".to_owned(), vec![place(&column.said)])]);
        }
        let (origin, reasons) = match store.origin {
            Origin::Said => ("said by", true),
            Origin::Unsaid => ("unsaid", self.explained),
            Origin::Unknown => ("unknown", true),
        };
        self.rows(&[("origin", origin.to_owned(), Vec::new())]);
        for label in store.because.iter().filter(|_| reasons) {
            self.wrapped(SECOND_AT, &reason(label));
        }
        let places = if self.explained { &store.places[..] } else { &[] };
        for label in places {
            self.wrapped(4, &reason(label));
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(&visible::lines(text));
        self.text.push('\n');
    }

    fn wrapped(&mut self, indent: usize, text: &str) {
        let first = format!("{}{}", " ".repeat(indent), visible::line(text));
        self.wrapped_at(&first, &" ".repeat(indent + 2));
    }

    /// A line broken between words; a word that is too long, such as a path, stays whole.
    fn wrapped_at(&mut self, text: &str, indent: &str) {
        let start = text.len() - text.trim_start().len();
        let mut line = text[..start].to_owned();
        let mut length = line.len();
        for (at, word) in text[start..].split(' ').enumerate() {
            let added = word.chars().count();
            if at > 0 && length + 1 + added > WIDTH {
                self.text.push_str(line.trim_end());
                self.text.push('\n');
                line = indent.to_owned();
                length = indent.len();
            } else if at > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += added;
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

fn title(instance: &Instance<'_>) -> String {
    let name = match (instance.label, instance.country) {
        (Some(label), _) => label.to_owned(),
        (None, Some(country)) => format!("the {} instance, whose name is not known", country.adjective()),
        (None, None) => "an instance".to_owned(),
    };
    let of = match (instance.sandbox, instance.country) {
        (true, _) => "the shared sandbox".to_owned(),
        (false, Some(country)) => self::country(country).to_owned(),
        (false, None) => "no country is said".to_owned(),
    };
    let declared = instance.declared.as_ref().map_or(String::new(), |at| format!(", declared in {}", place(at)));
    match (instance.label, instance.sandbox) {
        (None, false) => format!("{name}{declared}"),
        _ => format!("{name} ({of}{declared})"),
    }
}

fn country(country: Country) -> &'static str {
    match country {
        Country::Canada => "Canada",
        Country::UnitedStates => "U.S.",
    }
}

/// What a component is, without its value.
fn described(component: &Component<'_>) -> String {
    let reference = component.reference.as_ref();
    let name = reference.and_then(|reference| reference.name);
    let kind = reference.map(|reference| reference.kind);
    let state = match (component.state, kind) {
        (State::Literal, _) => match component.holds {
            None => "literal".to_owned(),
            Some(Holds::Assumed) => "literal, of no known environment".to_owned(),
            Some(Holds::Fallback) => "literal, if nobody sets it".to_owned(),
        },
        (State::Supplied, Some(ReferenceKind::Named)) => format!("from {}", name.unwrap_or("a variable")),
        (State::Supplied, Some(ReferenceKind::Stored)) => match name {
            Some(name) => format!("stored: {name}"),
            None => "stored elsewhere".to_owned(),
        },
        (State::Supplied, _) => "computed".to_owned(),
        (State::Unresolved, _) => match name {
            Some(name) => format!("unresolved: {name}"),
            None => "unresolved".to_owned(),
        },
        (State::Placeholder, _) => "placeholder".to_owned(),
        (State::Empty, _) => "empty".to_owned(),
        (State::Missing, _) => "missing".to_owned(),
    };
    match component.shared_with.as_slice() {
        [] => state,
        others => format!("{state}, shared with {}", others.join(", ")),
    }
}

/// `path: production by its path`, `path:4 says production`.
fn reason(label: &Labelled<'_>) -> String {
    let joint = if label.location.whole_file { ":" } else { "" };
    format!("{}{joint} {}", place(&label.location), label.label)
}

/// `path:line`, or the path alone where the file's name says it.
fn place(location: &Location<'_>) -> String {
    let path = visible::line(location.path);
    if location.whole_file { path.into_owned() } else { format!("{path}:{}", location.start.line) }
}
