//! Functions and classes: what their parameters fall back on, and what is said inside of them.

use super::{Walk, Within, members, named};
use crate::fact::{Name, Value};
use crate::readers::branches::{self, Compared};
use crate::readers::code::syntax::{Class, Function, Is, Node};
use crate::readers::code::{condition, marks};
use crate::vocabulary::words;

impl Walk<'_> {
    pub(super) fn function(&mut self, function: &Function, within: &Within) {
        if function.marks.iter().any(condition::is_test) {
            return;
        }
        for mark in &function.marks {
            self.statement(mark, within);
        }
        let around = self.marked(&function.marks, within);
        let around = self.branch("clause", &condition::of_clause(&function.parameters), true, &around);
        let mut inside = around.under(function.name.clone());
        // The default export of JavaScript is called so, too.
        let may_be = |name: &Name| &*name.text != "default" || self.language.gives_last;
        let is_default =
            |name: &&Name| may_be(name) && words::plain(&name.text).first().is_some_and(|word| word == "default");
        inside.default = function.name.as_ref().filter(is_default).cloned().or(inside.default);
        inside.function = Some(inside.path.len());
        for parameter in &function.parameters {
            self.parameter(parameter, &inside);
        }
        if function.is_value {
            self.give(&function.body, &inside);
        } else if self.language.gives_last {
            self.result(&function.body, &inside);
        } else {
            self.statement(&function.body, &inside);
        }
    }

    /// What a parameter is where nobody gives it.
    pub(super) fn parameter(&mut self, parameter: &Node, within: &Within) {
        let Is::Bind(bind) = &parameter.is else { return };
        if let Is::Map(items) = &bind.target.is {
            // `({ baseUrl = "https://…" } = {})`
            items.iter().for_each(|item| self.parameter(item, within));
            return;
        }
        let Is::Name(name) = &bind.target.is else { return };
        let inside = within.under(Some(Name::key(name.clone(), bind.target.span)));
        if let Some(prefix) = within.settings.as_ref().filter(|prefix| prefix.ends_with('.')) {
            let fallback = match &bind.value {
                Some(default) => Some(self.values(&inside).of(default)),
                None => marks::default_value(&bind.marks),
            };
            let fallback = fallback.filter(|value| !value.is_empty());
            let reference = named(&marks::filled_from(prefix, name), bind.target.span, fallback);
            return self.emit(Value::reference(reference), &inside);
        }
        match &bind.value {
            Some(default) => self.fallback(&Name::key(name.clone(), bind.target.span), default, &inside),
            None => {
                if let Some(value) = marks::value(&bind.marks) {
                    self.emit(value, &inside);
                }
            }
        }
    }

    pub(super) fn class(&mut self, class: &Class, within: &Within) {
        if class.marks.iter().any(condition::is_test) {
            return;
        }
        for mark in &class.marks {
            self.statement(mark, within);
        }
        let mut inside = self.marked(&class.marks, within).under(class.name.clone());
        inside.class = inside.path.len();
        inside.settings = marks::settings_prefix(class);
        for parameter in &class.parameters {
            self.parameter(parameter, &inside);
        }
        match members(class) {
            Some(members) => self.block(&members, &inside),
            None => self.block(&class.body, &inside),
        }
    }

    /// The block that marks put a class or function in: `@Profile("prod")`. Routes are told by marks, too.
    pub(super) fn marked(&mut self, marks: &[Node], within: &Within) -> Within {
        let says: Vec<Compared> = marks.iter().filter_map(condition::of_mark).filter(Compared::tells).collect();
        if says.is_empty() {
            return within.clone();
        }
        let scope = branches::open("profile", &says, None, within.scope, self.facts);
        Within { scope, ..within.clone() }
    }
}
