//! Whether a plain `login_id` is one of Flinks: what its record says of itself, then what its file says.

use super::Judge;
use crate::finding::{Confidence, Label, Place};
use crate::model::databases::Write;
use crate::model::migrations::locate;
use crate::model::tables::{Column, Key, Table};
use crate::source::{FileId, Spanned};
use crate::vocabulary::login::{
    LoginName, held_login, is_of_staff, is_other_matter, is_sign_in_field, speaks_of_flinks,
};

impl Judge<'_> {
    /// What puts a plain `login_id` into a Flinks context.
    pub(super) fn about_flinks(&self, key: &Key, table: &Table, login: &Column) -> Option<(Label, Confidence)> {
        if let Some(label) = own_words(table) {
            return Some((label, Confidence::Certain));
        }
        let signs_in = |column: &Column| column.names().any(|name| is_sign_in_field(&name.value));
        if table.columns.iter().any(signs_in) {
            return None;
        }
        if let Some(label) = comment(table).or_else(|| sibling(table, login)).or_else(|| self.written_with(key, login))
        {
            return Some((label, Confidence::Certain));
        }
        if table.named.iter().any(|(_, name)| is_other_matter(&name.value)) {
            return None;
        }
        let files = || table.named.iter().map(|(_, name)| name.span.file).chain([login.first().span.file]);
        if let Some(file) = files().find(|file| self.module_speaks(*file)) {
            return Some((Label::on(Place::Named(file), "the file's path names Flinks"), Confidence::Certain));
        }
        let place = files().find_map(|file| (self.context.uses_flinks)(file))?;
        Some((Label::on(place, "the file uses Flinks"), Confidence::Likely))
    }

    /// A row whose loginId is written beside the vendor's name.
    fn written_with(&self, key: &Key, login: &Column) -> Option<Label> {
        let holds = |write: &&&Write| write.fields.iter().any(|field| login.is_called(&field.name.value));
        let writes = self.written.get(&(self.home, key))?;
        let vendor = writes.iter().filter(holds).find_map(|write| write.vendor.as_ref())?;
        speaks_of_flinks(&vendor.value).then(|| Label::at(vendor.span, "is written beside the loginId"))
    }

    /// What tells that a loginId kept under another name is one of Flinks: the value's own name, what is written
    /// beside it, the table, the file that writes it.
    pub(super) fn carried_of_flinks(
        &self,
        key: &Key,
        table: &Table,
        column: &Column,
        write: &Write,
        held: &Spanned<String>,
    ) -> Option<Vec<Label>> {
        let flow = Label::at(held.span, format!("is a loginId of Flinks, kept as `{}`", column.field.name.value));
        if held_login(&held.value) == Some(LoginName::Flinks) {
            return Some(vec![flow]);
        }
        if table.named.iter().any(|(_, name)| is_other_matter(&name.value)) {
            return None;
        }
        let flow = Label { text: format!("is a loginId, kept as `{}`", column.field.name.value), ..flow };
        let file = write.target.span.file;
        let beside = write.vendor.as_ref().filter(|vendor| speaks_of_flinks(&vendor.value));
        let why = beside
            .map(|vendor| Label::at(vendor.span, "says that it is one of Flinks"))
            .or_else(|| self.about_flinks(key, table, column).map(|(label, _)| label))
            .or_else(|| {
                let named = self.module_speaks(file);
                named.then(|| Label::on(Place::Named(file), "the file's path names Flinks"))
            })
            .or_else(|| Some(Label::on((self.context.uses_flinks)(file)?, "the file uses Flinks")))?;
        Some(vec![flow, why])
    }

    /// Whether a folder names Flinks, or the file itself, unless that is a migration: its name says what
    /// is changed in it, not what its other tables are about.
    fn module_speaks(&self, file: FileId) -> bool {
        let path = self.sources.path(file);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let location = locate(path);
        if location.step.is_none() {
            return speaks_of_flinks(folder) || speaks_of_flinks(name);
        }
        // A folder below the history's own is a single migration's.
        speaks_of_flinks(&location.history)
    }
}

fn own_words(table: &Table) -> Option<Label> {
    let names = table.named.iter().map(|(_, name)| name).chain(&table.schemas).chain(&table.stored_as);
    let found = names.into_iter().find(|name| speaks_of_flinks(&name.value) && !is_of_staff(&name.value))?;
    Some(Label::at(found.span, "is about Flinks by its name"))
}

fn comment(table: &Table) -> Option<Label> {
    let found = table.comments.iter().find(|comment| speaks_of_flinks(&comment.value))?;
    Some(Label::at(found.span, "says that it is about Flinks"))
}

fn sibling(table: &Table, login: &Column) -> Option<Label> {
    let others = table.columns.iter().filter(|column| column.first().span != login.first().span);
    let found = others.flat_map(Column::names).find(|name| speaks_of_flinks(&name.value))?;
    Some(Label::at(found.span, "says that the row is about Flinks"))
}
