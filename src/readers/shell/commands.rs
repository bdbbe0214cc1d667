//! Well-known commands whose arguments set variables somewhere else: containers, platforms, secret stores, deploy tools.

use std::ops::Range;

use crate::fact::{Deployed, Facts, Name, Part, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value};
use crate::readers::shell::table::{APART, COMMANDS, Environment, Form, WRAPPERS};
use crate::readers::shell::{uses_file, word::Word};
use crate::source::Spanned;
use crate::vocabulary::exposure;

/// Commands that read `A=b` lines.
pub fn reads_lines(command: &str) -> bool {
    const IMPORTS: &[&str] = &["secrets import", "secrets upload", "secrets bulk", "env import", "config:import"];
    let head = command.get(..command.len().min(120)).unwrap_or(command);
    IMPORTS.iter().any(|import| head.contains(import))
}

/// Adds what one command sets. `fed` is what comes to it through a pipe or a here-string.
pub fn read(words: &[Word], fed: Option<&Word>, scope: ScopeId, facts: &mut Facts) {
    let first = words.iter().position(|word| !WRAPPERS.contains(&word.word())).unwrap_or(words.len());
    let words = &words[first..];
    let Some(name) = words.first() else { return };
    match name.word().rsplit('/').next().unwrap_or("") {
        "source" | "." => {
            if let Some(path) = words.get(1) {
                uses_file(path, scope, facts);
            }
        }
        "curl" | "wget" | "http" | "https" | "xh" => request(words, scope, facts),
        "set" if words.get(1).is_some_and(|flag| matches!(flag.word(), "-x" | "-gx" | "-Ux" | "-xg")) => {
            Sets { words, scope, facts }.pair(&words[2..], 0);
        }
        program => {
            for (begins, forms) in COMMANDS.iter().filter(|(begins, _)| begins[0] == program) {
                if let Some(after) = starts(words, begins) {
                    apply(begins, forms, &words[after..], fed, scope, facts);
                    // The table has the longer beginning first.
                    return;
                }
            }
        }
    }
}

/// Reads the arguments in all the forms that the command knows.
fn apply(begins: &[&str], forms: &[Form], words: &[Word], fed: Option<&Word>, scope: ScopeId, facts: &mut Facts) {
    let apart = APART.contains(&begins[0]);
    let before = facts.settings.len();
    let inside = if apart { own_scope(begins, words, scope, facts) } else { scope };
    let mut sets = Sets { words, scope: inside, facts };
    forms.iter().for_each(|form| sets.read(form, fed));
    if apart && facts.settings.len() == before && facts.scope(inside).uses.is_empty() {
        facts.scopes.pop();
    }
}

/// `kubectl create secret generic NAME`, `kubectl create configmap NAME`.
fn created(words: &[Word]) -> Option<&Word> {
    let at = match words.first()?.word() {
        "secret" => 2,
        "configmap" | "cm" => 1,
        _ => return None,
    };
    words.get(at).filter(|name| name.is_literal() && !name.word().starts_with('-'))
}

fn own_scope(begins: &[&str], words: &[Word], parent: ScopeId, facts: &mut Facts) -> ScopeId {
    let sets = Sets { words, scope: parent, facts };
    let named = sets.options(&["--name"]).into_iter().next().filter(|(word, _)| word.is_literal());
    let named = named.map(|(word, range)| word.text.part(range));
    if let (["kubectl", "create"], Some(name)) = (begins, created(words)) {
        let title = Some(Spanned::new(format!("{} {}", words[0].word(), name.word()), name.text.span()));
        return facts.open(Scope { parent: Some(parent), title, ..Scope::default() });
    }
    // `vault kv put secret/flinks/us …`: the path says whose the keys are.
    let path = || words.iter().find(|word| word.is_literal() && !word.word().starts_with('-'));
    if let ("vault", Some(path)) = (begins[0], path()) {
        let title = Some(Spanned::new(format!("vault {}", path.word()), path.text.span()));
        return facts.open(Scope { parent: Some(parent), title, ..Scope::default() });
    }
    let unit = named.as_ref().map(|name| Spanned::new(Deployed::Item(name.expose().to_owned()), name.span()));
    let title = named.or_else(|| words.first().map(|word| word.text.part(0..0)));
    let title =
        title.map(|at| Spanned::new(format!("{} {}", begins.join(" "), at.expose()).trim().to_owned(), at.span()));
    facts.open(Scope { parent: Some(parent), title, unit, ..Scope::default() })
}

/// Where a command's arguments begin, if it begins so; options may stand between its words: `kubectl -n x set env`.
fn starts(words: &[Word], begins: &[&str]) -> Option<usize> {
    let mut at = 1;
    for begin in &begins[1..] {
        let mut skipped = false;
        loop {
            let word = words.get(at)?.word();
            at += 1;
            if word == *begin {
                break;
            }
            let option = word.starts_with('-');
            if !option && !skipped {
                return None;
            }
            // An option may have its value in the next word.
            skipped = option && !word.contains('=');
        }
    }
    Some(at)
}

/// The arguments of one command, and where what they set goes.
struct Sets<'w, 'f> {
    words: &'w [Word],
    scope: ScopeId,
    facts: &'f mut Facts,
}

impl<'w> Sets<'w, '_> {
    fn read(&mut self, form: &Form, fed: Option<&Word>) {
        match form {
            Form::Option { names, list, stored, said } => {
                for (word, range) in self.options(names) {
                    for part in parts(word, range, *list) {
                        self.given(names, word);
                        self.assign(word, part, *stored, *said);
                    }
                }
            }
            Form::Words { names } => self.words_after(names),
            Form::Arguments => {
                for word in self.words.iter().filter(|word| !word.word().starts_with('-')) {
                    self.assign(word, 0..word.text.len(), false, Said::Variable);
                }
            }
            Form::Pair(at) => self.pair(self.words, *at),
            Form::Named { at, value, environment } => self.named(*at, value, environment, fed),
            Form::Options { name, value } => self.named_options(name, value),
            Form::Keys { names } => {
                for (word, range) in self.options(names) {
                    for part in parts(word, range, true) {
                        self.keys(word, part);
                    }
                }
            }
            Form::Key { names } => {
                for name in *names {
                    self.key(name);
                }
            }
            Form::File { names } => {
                for (word, range) in self.options(names) {
                    if range.start == 0 {
                        uses_file(word, self.scope, self.facts);
                    }
                }
            }
        }
    }

    /// The values of an option: the next word, or what follows `=` in the same one.
    fn options(&self, names: &[&str]) -> Vec<(&'w Word, Range<usize>)> {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let all = word.word();
            if names.contains(&all) {
                found.extend(self.words.get(at + 1).map(|next| (next, 0..next.text.len())));
                continue;
            }
            let glued = names.iter().find(|name| all.strip_prefix(**name).is_some_and(|rest| rest.starts_with('=')));
            if let Some(name) = glued {
                found.push((word, name.len() + 1..all.len()));
            }
        }
        found
    }

    /// An option as a key, named as it is without its hyphens.
    fn key(&mut self, option: &str) {
        let Some(at) = self.words.iter().position(|word| {
            word.word().strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        }) else {
            return;
        };
        let plain = option.trim_start_matches('-');
        let name = Name::key(plain, self.words[at].text.span_of(option.len() - plain.len()..option.len()));
        if let Some((word, range)) = self.options(&[option]).into_iter().next() {
            self.say(vec![name], word.value_of(range), Said::Key, self.scope);
        }
    }

    /// Notes what an option takes that puts it into an application.
    fn given(&mut self, names: &[&str], word: &Word) {
        if let Some(name) = names.iter().find(|name| exposure::part(name).is_some()) {
            let by = Spanned::new((*name).to_owned(), word.text.span());
            self.facts.parts.push(Part { span: word.text.span(), by });
        }
    }

    fn words_after(&mut self, names: &[&str]) {
        let mut on = false;
        for word in self.words {
            let all = word.word();
            if all.starts_with('-') {
                on = names.contains(&all);
            } else if on {
                self.assign(word, 0..word.text.len(), false, Said::Variable);
            }
        }
    }

    /// `NAME=value` at a part of a word.
    fn assign(&mut self, word: &Word, range: Range<usize>, stored: bool, said: Said) {
        let part = &word.word()[range.clone()];
        let Some(equals) = part.find('=') else { return };
        let name = part[..equals].trim_start();
        let start = range.start + equals - name.len();
        if name.is_empty()
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '/'))
        {
            return;
        }
        let name = Name::key(name, word.text.span_of(start..range.start + equals));
        let value = range.start + equals + 1..range.end;
        // `secret_key=@us.key`: a file's contents.
        let value = if stored || word.word()[value.clone()].starts_with('@') {
            let text = word.text.part(value);
            let name = text.expose().into();
            Value::reference(Reference { kind: ReferenceKind::Stored, name, span: text.span(), fallback: None })
        } else {
            word.value_of(value)
        };
        self.say(vec![name], value, said, self.scope);
    }

    /// `flinks.us.apiUrl=…` as helm has it.
    fn keys(&mut self, word: &Word, range: Range<usize>) {
        let part = &word.word()[range.clone()];
        let Some(equals) = part.find('=') else { return };
        let mut path = Vec::new();
        let mut at = range.start;
        for key in part[..equals].split('.') {
            path.push(Name::key(key, word.text.span_of(at..at + key.len())));
            at += key.len() + 1;
        }
        let value = word.value_of(range.start + equals + 1..range.end);
        self.say(path, value, Said::Key, self.scope);
    }

    fn plain_arguments(&self) -> Vec<&'w Word> {
        let mut found = Vec::new();
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            if !word.word().starts_with('-') {
                found.push(word);
            } else if !word.word().contains('=') && takes_a_value(word.word()) {
                words.next();
            }
        }
        found
    }

    fn pair(&mut self, words: &[Word], at: usize) {
        let plain: Vec<&Word> = words.iter().filter(|word| !word.word().starts_with('-')).collect();
        if let (Some(name), Some(value)) = (plain.get(at), plain.get(at + 1)) {
            self.say(vec![name.name()], value.value(), Said::Variable, self.scope);
        }
    }

    fn named(&mut self, at: usize, value: &[&str], environment: &Environment, fed: Option<&Word>) {
        let plain = self.plain_arguments();
        let Some(name) = plain.get(at) else { return };
        let given = self.options(value).into_iter().next().map(|(word, range)| word.value_of(range));
        // What reads nothing else gets its value from somewhere.
        let somewhere = || {
            let span = name.text.span();
            Value::reference(Reference { kind: ReferenceKind::Computed, name: "…".into(), span, fallback: None })
        };
        let fed = fed.map(Word::value).or_else(|| value.is_empty().then(somewhere));
        let Some(value) = given.or(fed) else { return };
        let word = match environment {
            Environment::Option(option) => self.options(&[option]).into_iter().next(),
            Environment::Argument(at) => plain.get(*at).map(|word| (*word, 0..word.text.len())),
        };
        let word = word.filter(|(word, _)| word.is_literal()).map(|(word, range)| word.text.part(range));
        let scope = match word {
            Some(word) => self.facts.open(Scope {
                parent: Some(self.scope),
                environment: Some(Spanned::new(word.expose().to_owned(), word.span())),
                ..Scope::default()
            }),
            None => self.scope,
        };
        self.say(vec![name.name()], value, Said::Variable, scope);
    }

    fn named_options(&mut self, name: &str, value: &str) {
        let name = self.options(&[name]).into_iter().next();
        let value = self.options(&[value]).into_iter().next();
        if let (Some((name, range)), Some((value, of))) = (name, value) {
            let name = name.text.part(range);
            self.say(vec![Name::key(name.expose(), name.span())], value.value_of(of), Said::Variable, self.scope);
        }
    }

    fn say(&mut self, path: Vec<Name>, value: Value, said: Said, scope: ScopeId) {
        self.facts.settings.push(Setting { scope, path, value, said });
    }
}

/// Options of `gh`, `vercel` and `wrangler` that have a value in the next word.
fn takes_a_value(option: &str) -> bool {
    const ALONE: &[&str] = &["--sensitive", "--force", "-f", "-y", "--yes", "--user", "-u", "--no-store", "-"];
    !ALONE.contains(&option)
}

/// The parts of a list; gcloud lets it begin with `^;^` to say which character stands between them.
fn parts(word: &Word, range: Range<usize>, list: bool) -> Vec<Range<usize>> {
    if !list {
        return vec![range];
    }
    let all = &word.word()[range.clone()];
    let own = all.strip_prefix('^').and_then(|rest| rest.find('^').map(|close| &rest[..close]));
    let (separator, skip) = own.filter(|own| !own.is_empty()).map_or((",", 0), |own| (own, own.len() + 2));
    let mut at = range.start + skip;
    let mut found: Vec<Range<usize>> = Vec::new();
    for part in all[skip..].split(separator) {
        match found.last_mut() {
            // A comma inside a value: what follows has no `=` of its own.
            Some(last) if !part.contains('=') => last.end = at + part.len(),
            _ => found.push(at..at + part.len()),
        }
        at += part.len() + separator.len();
    }
    found
}

/// `curl -H 'flinks-auth-key: X' https://…`: the address and its headers belong together.
fn request(words: &[Word], scope: ScopeId, facts: &mut Facts) {
    let address = |word: &&Word| word.word().contains("://") || word.word().starts_with('$');
    let Some(first) = words[1..].iter().find(address) else { return };
    let scope = facts.open(Scope {
        parent: Some(scope),
        title: Some(Spanned::new("request".to_owned(), words[0].text.span())),
        ..Scope::default()
    });
    for word in words[1..].iter().filter(|word| word.word().contains("://") || std::ptr::eq(*word, first)) {
        // A header or body may hold an address too; only what begins with one is called.
        if word.word().starts_with(|c: char| c.is_ascii_alphabetic() || c == '$') && !word.word().contains(": ") {
            let path = vec![words[0].name()];
            facts.settings.push(Setting { scope, path, value: word.value(), said: Said::Key });
        }
    }
    let sets = Sets { words, scope, facts };
    let headers = sets.options(&["-H", "--header"]);
    let user = sets.options(&["-u", "--user"]);
    for (word, range) in headers {
        header(word, range, scope, facts);
    }
    for (word, range) in user {
        let path = vec![Name::key("user", word.text.span_of(range.clone()))];
        facts.settings.push(Setting { scope, path, value: word.value_of(range), said: Said::Key });
    }
}

fn header(word: &Word, range: Range<usize>, scope: ScopeId, facts: &mut Facts) {
    let all = &word.word()[range.clone()];
    let Some(colon) = all.find(':') else { return };
    let name = all[..colon].trim();
    if name.is_empty() {
        return;
    }
    let name = Name::key(name, word.text.span_of(range.start..range.start + colon));
    let value = range.start + colon + 1;
    let blanks = all[colon + 1..].len() - all[colon + 1..].trim_start().len();
    let value = word.value_of(value + blanks..range.end);
    facts.settings.push(Setting { scope, path: vec![name], value, said: Said::Key });
}
