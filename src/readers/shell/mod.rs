//! Shell scripts: assignments, exports, and what the arguments of well-known commands set elsewhere.

mod commands;
mod condition;
mod table;
pub mod word;

use tree_sitter::Node;

use crate::fact::{Bundle, Facts, Name, Said, Scope, ScopeId, Setting, Value};
use crate::readers::branches::{self, Compared};
use crate::readers::file_names::has_plain_extension;
use crate::readers::grammar::{self, Grammar};
use crate::readers::{Reader, repeated};
use crate::source::{Source, Spanned};
use crate::text::Text;
use word::Word;

pub const READER: Reader = Reader { name: "shell", reads, read };

static BASH: Grammar = Grammar::new("shell", || tree_sitter_bash::LANGUAGE.into());

/// Start-up files that have no extension.
const NAMES: &[&str] = &[
    ".profile",
    ".bash_profile",
    ".bashrc",
    ".bash_aliases",
    ".zshrc",
    ".zshenv",
    ".zprofile",
    ".kshrc",
    ".xprofile",
    "profile",
    "bashrc",
];

fn reads(source: &Source) -> bool {
    let name = source.file_name();
    if is_procfile(name)
        || has_plain_extension(source, &["sh", "bash", "zsh", "ksh", "ash", "dash", "envsh"])
        || NAMES.contains(&name)
    {
        return true;
    }
    let first = source.text().lines().next().unwrap_or("");
    !name.trim_start_matches('.').contains('.') && first.starts_with("#!") && is_shell(first)
}

/// `#!/bin/sh -e`, `#!/usr/bin/env -S bash`.
pub fn is_shell(shebang: &str) -> bool {
    let programs =
        shebang.trim_start_matches("#!").split_whitespace().map(|word| word.rsplit('/').next().unwrap_or(word));
    let program = programs.into_iter().find(|word| *word != "env" && !word.starts_with('-'));
    matches!(program, Some("sh" | "bash" | "zsh" | "ksh" | "ash" | "dash"))
}

/// `Procfile`, `Procfile.dev` of Heroku, Foreman and their like.
fn is_procfile(name: &str) -> bool {
    name == "Procfile" || name.starts_with("Procfile.")
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    if is_procfile(source.file_name()) {
        processes(source, &mut facts);
        return facts;
    }
    script(&Text::verbatim(source.text(), source.id, 0), ScopeId::FILE, &mut facts);
    facts
}

/// The commands of a Procfile, each behind the name of its process: `web: FLINKS_URL=… bundle exec puma`.
fn processes(source: &Source, facts: &mut Facts) {
    let mut at = 0;
    for line in source.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((name, command)) = line.split_once(':').filter(|_| !line.starts_with('#')) else { continue };
        let title = Spanned::new(format!("process {}", name.trim()), source.span(start..start + name.len()));
        let scope = facts.open(Scope { parent: Some(ScopeId::FILE), title: Some(title), ..Scope::default() });
        let from = start + name.len() + 1;
        script(&Text::verbatim(command, source.id, from), scope, facts);
    }
}

/// Reads a script that may stand inside another file: a step of a workflow, a `RUN` line, a recipe.
pub fn script(text: &Text, scope: ScopeId, facts: &mut Facts) {
    let Some(tree) = BASH.parse(text.expose()) else {
        let reason = "its shell script takes too long to parse".to_owned();
        facts.problems.push(crate::fact::Problem { span: text.span_of(0..0), reason });
        return;
    };
    let mut walk = Walk { script: text, facts, open: Vec::new(), unset: Vec::new() };
    walk.open.push((tree.root_node(), Within { scope, nested: 0, unset: None }));
    while let Some((node, within)) = walk.open.pop() {
        walk.read(node, within);
    }
}

/// Reads one command that is given word by word, as its program gets them.
pub fn command(words: &[Text], scope: ScopeId, facts: &mut Facts) {
    let words: Vec<Word> = words.iter().map(|text| Word::quoted(text, 0..text.len())).collect();
    commands::read(&words, None, scope, facts);
}

/// Reads `KEY=value` lines, as a here-document writes them into an env file.
pub fn env_lines(lines: &Text, literal: bool, scope: ScopeId, facts: &mut Facts) {
    let all = lines.expose();
    let mut at = 0;
    for line in all.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = start.max(at + line.trim_end().len());
        at += line.len();
        let begin = if all[start..end].starts_with("export ") { start + "export ".len() } else { start };
        let length = word::identifier(&all[begin..end]);
        if length == 0 || !all[begin + length..end].starts_with('=') {
            continue;
        }
        let name = Name::key(&all[begin..begin + length], lines.span_of(begin..begin + length));
        let raw = begin + length + 1..end;
        let value = if literal { Value::literal(lines.part(raw)) } else { Word::read(lines, raw).value() };
        facts.settings.push(Setting { scope, path: vec![name], value, said: Said::Variable });
    }
}

/// Where a node stands.
#[derive(Debug, Clone, Copy)]
struct Within {
    scope: ScopeId,
    /// How many `$(…)` are around it.
    nested: u8,
    /// The condition `[ -z "$X" ]` around it, by its place in [`Walk::unset`].
    unset: Option<usize>,
}

/// An `if` with its clauses.
#[derive(Default)]
struct Chain<'tree> {
    clauses: Vec<Node<'tree>>,
    /// Whether any condition so far compares a variable with a word.
    known: bool,
    /// What holds where every condition so far was false.
    refuted: Vec<Compared>,
}

/// A command inside of more substitutions than this is not read: each level reads its text again.
const NESTED: u8 = 8;
/// Of more assignments one after another than this, only the last are compared.
const ASSIGNMENTS: usize = 64;

struct Walk<'s, 'tree> {
    script: &'s Text,
    facts: &'s mut Facts,
    /// What is still to be read, the next on top.
    open: Vec<(Node<'tree>, Within)>,
    /// Variables that a condition found to be unset.
    unset: Vec<Box<str>>,
}

impl<'tree> Walk<'_, 'tree> {
    fn slice(&self, node: Node<'_>) -> &str {
        grammar::slice(node, self.script.expose())
    }

    fn word(&self, node: Node<'_>) -> Word {
        Word::read(self.script, grammar::range(node, self.script.expose()))
    }

    fn later(&mut self, nodes: impl DoubleEndedIterator<Item = Node<'tree>>, within: Within) {
        self.open.extend(nodes.rev().map(|node| (node, within)));
    }

    fn read(&mut self, node: Node<'tree>, mut within: Within) {
        match node.kind() {
            "comment" | "raw_string" | "heredoc_start" | "heredoc_end" | "word" | "regex" => return,
            "arithmetic_expansion" | "subscript" => return,
            "if_statement" => return self.branches(node, within),
            "case_statement" => return self.cases(node, within),
            "list" => return self.list(node, within),
            "pipeline" => return self.pipeline(node, within),
            "redirected_statement" => return self.redirected(node, None, within),
            "command" => self.command(node, None, within),
            "variable_assignment" => self.assignment(node, within),
            "expansion" => self.default(node, within),
            "command_substitution" | "process_substitution" => within.nested += 1,
            _ => {}
        }
        if within.nested <= NESTED {
            self.later(grammar::children(node).into_iter(), within);
        }
    }

    /// `X=value`. What `+=` adds to is not known here.
    fn assignment(&mut self, node: Node<'_>, within: Within) {
        let (Some(name), Some(value)) = (node.child_by_field_name("name"), node.child_by_field_name("value")) else {
            return;
        };
        let whole = grammar::range(node, self.script.expose());
        let name_range = grammar::range(name, self.script.expose());
        let adds = self.script.expose()[name_range.end..whole.end].starts_with("+=");
        if name.kind() != "variable_name" || adds {
            return;
        }
        let name = Name::key(&self.script.expose()[name_range.clone()], self.script.span_of(name_range));
        match value.kind() {
            "array" => self.array(name, value, within),
            _ => {
                let value = self.word(value).value();
                let unset = within.unset.is_some_and(|at| self.unset[at] == name.text);
                let said = if unset { Said::Default } else { Said::Variable };
                let run = self.run_of_assignments(node);
                self.say(vec![name], value, said, within.scope);
                let run = run.map(|run| self.script.span_of(run..run));
                let of_run = |setting: &&mut Setting| {
                    let at = setting.name().span;
                    setting.scope == within.scope && run.is_some_and(|run| at.file == run.file && at.start >= run.start)
                };
                repeated::lines("", self.facts.settings.iter_mut().rev().take(ASSIGNMENTS).rev().filter(of_run));
            }
        }
    }

    /// Where the assignments begin that stand before this one with no command between them that could use what they set.
    fn run_of_assignments(&self, node: Node<'_>) -> Option<usize> {
        let parent = node.parent()?;
        let statement = if parent.kind() == "declaration_command" { parent } else { node };
        if statement.parent()?.kind() == "command" {
            return None;
        }
        let before = std::iter::successors(Some(statement), Node::prev_named_sibling);
        let run = before.take(ASSIGNMENTS).take_while(|node| {
            matches!(node.kind(), "variable_assignment" | "variable_assignments" | "declaration_command" | "comment")
        });
        run.last().map(|first| first.start_byte()).filter(|first| *first < statement.start_byte())
    }

    /// Within the branch where a variable is unset, what it is set to is its default.
    fn unset(&mut self, variable: Option<Name>, within: Within) -> Within {
        let Some(variable) = variable else { return within };
        self.unset.push(variable.text);
        Within { unset: Some(self.unset.len() - 1), ..within }
    }

    /// `urls=([ca]=… [us]=…)` and `hosts=(a b)`.
    fn array(&mut self, name: Name, node: Node<'_>, within: Within) {
        for (index, item) in grammar::children(node).into_iter().enumerate() {
            let word = self.word(item);
            let keyed = word.word().strip_prefix('[').and_then(|rest| rest.find("]=").map(|close| 1..close + 1));
            let (key, value) = match keyed {
                Some(key) => {
                    let text = word.text.part(key.clone());
                    (Name::key(text.expose(), text.span()), word.value_of(key.end + 2..word.text.len()))
                }
                None => (Name::index(index, word.text.span()), word.value()),
            };
            self.say(vec![name.clone(), key], value, Said::Key, within.scope);
        }
    }

    /// `: "${X:=default}"`: sets X if nobody has.
    fn default(&mut self, node: Node<'_>, within: Within) {
        let fields = grammar::fields(node);
        if !fields.iter().any(|(_, part)| matches!(part.kind(), ":=" | "=")) {
            return;
        }
        let word = self.word(node);
        let Some(reference) = word.references().next() else { return };
        let Some(variable) = fields.iter().find(|(_, part)| part.kind() == "variable_name") else { return };
        if let Some(fallback) = reference.fallback.as_deref() {
            let range = grammar::range(variable.1, self.script.expose());
            let name = Name::key(&*reference.name, self.script.span_of(range));
            self.say(vec![name], fallback.clone(), Said::Default, within.scope);
        }
    }

    fn say(&mut self, path: Vec<Name>, value: Value, said: Said, scope: ScopeId) {
        self.facts.settings.push(Setting { scope, path, value, said });
    }

    fn command(&mut self, node: Node<'tree>, fed: Option<&Word>, within: Within) {
        let mut words = Vec::new();
        let mut here = None;
        for (field, child) in grammar::fields(node) {
            match (field, child.kind()) {
                (Some("name" | "argument"), _) => words.push(self.word(child)),
                (Some("redirect"), "herestring_redirect") => {
                    here = grammar::children(child).into_iter().next_back().map(|text| self.word(text));
                }
                _ => {}
            }
        }
        commands::read(&words, here.as_ref().or(fed), within.scope, self.facts);
    }

    /// `printf '%s' "$X" | vercel env add NAME`: what is printed is what the next command reads.
    fn pipeline(&mut self, node: Node<'tree>, within: Within) {
        let mut fed = None;
        for child in grammar::children(node) {
            match child.kind() {
                "command" => {
                    self.command(child, fed.as_ref(), within);
                    fed = self.printed(child);
                    self.later(grammar::children(child).into_iter(), within);
                }
                "redirected_statement" => {
                    self.redirected(child, fed.as_ref(), within);
                    fed = None;
                }
                _ => {
                    fed = None;
                    self.open.push((child, within));
                }
            }
        }
    }

    /// What `echo` and `printf` print: their last argument.
    fn printed(&self, command: Node<'_>) -> Option<Word> {
        let children = grammar::children(command);
        let name = children.iter().find(|child| child.kind() == "command_name")?;
        if !matches!(self.slice(*name), "echo" | "printf" | "print") {
            return None;
        }
        let last = children.last().filter(|last| last.id() != name.id())?;
        Some(self.word(*last))
    }

    /// A command with redirections: what is written into an env file is set for whoever reads that file.
    fn redirected(&mut self, node: Node<'tree>, fed: Option<&Word>, within: Within) {
        let parts = grammar::fields(node);
        let body = parts.iter().find(|(field, _)| *field == Some("body")).map(|(_, body)| *body);
        let command = body.filter(|body| body.kind() == "command");
        let here = parts.iter().find(|(_, part)| part.kind() == "heredoc_redirect").map(|(_, part)| *part);
        let mut redirects: Vec<Node<'_>> = parts.iter().map(|(_, part)| *part).collect();
        redirects.extend(here.iter().flat_map(|here| grammar::children(*here)));
        let files = redirects.iter().filter(|part| part.kind() == "file_redirect");
        let to_env = files.filter_map(|file| file.child_by_field_name("destination")).any(|to| self.is_env_file(to));
        let tee = command.is_some_and(|command| {
            let words = grammar::children(command);
            words.first().is_some_and(|name| self.slice(*name) == "tee")
                && words[1..].iter().any(|word| self.is_env_file(*word))
        });
        let imports = command.is_some_and(|command| commands::reads_lines(self.slice(command)));
        if to_env || tee || imports {
            match here {
                Some(here) => self.here_document(here, within),
                None => self.printed_lines(command.or(body), within),
            }
        }
        match command {
            Some(command) => {
                self.command(command, fed, within);
                self.later(grammar::children(command).into_iter(), within);
            }
            None => self.open.extend(body.map(|body| (body, within))),
        }
    }

    fn is_env_file(&self, path: Node<'_>) -> bool {
        let word = self.word(path);
        let name = word.word().rsplit('/').next().unwrap_or("");
        name.starts_with(".env")
            || name.ends_with(".env")
            || word.word().contains("GITHUB_ENV")
            || word.word().contains("BASH_ENV")
    }

    fn here_document(&mut self, here: Node<'_>, within: Within) {
        let parts = grammar::children(here);
        let find = |kind| parts.iter().find(|part| part.kind() == kind);
        let (Some(start), Some(body)) = (find("heredoc_start"), find("heredoc_body")) else { return };
        let all = self.script.expose();
        let from = grammar::range(*body, all).start;
        let to = find("heredoc_end").map_or(grammar::range(*body, all).end, |end| grammar::range(*end, all).start);
        let literal = self.slice(*start).starts_with(['"', '\'', '\\']);
        env_lines(&self.script.part(from..to.max(from)), literal, within.scope, self.facts);
    }

    /// `echo "A=$B" >> .env` and `{ echo A=b; echo C=d; } > .env`
    fn printed_lines(&mut self, body: Option<Node<'tree>>, within: Within) {
        let Some(body) = body else { return };
        let grouped = matches!(body.kind(), "compound_statement" | "subshell");
        for command in if grouped { grammar::children(body) } else { vec![body] } {
            let Some(word) = self.printed(command) else { continue };
            if let Some((name, value)) = word.assignment() {
                let value = word.value_of(value);
                self.say(vec![name], value, Said::Variable, within.scope);
            }
        }
    }

    /// A block for a branch, with what its condition says.
    fn branch(&mut self, title: &str, says: &[Compared], within: Within) -> Within {
        Within { scope: branches::open(title, says, None, within.scope, self.facts), ..within }
    }

    /// `if … then … elif … else … fi`
    fn branches(&mut self, node: Node<'tree>, within: Within) {
        let mut later = Vec::new();
        let mut chain = Chain::default();
        self.clause(node, &mut chain, within, &mut later);
        for clause in std::mem::take(&mut chain.clauses) {
            if clause.kind() == "else_clause" {
                let inside = if chain.known { self.branch("unless", &chain.refuted, within) } else { within };
                later.extend(grammar::children(clause).into_iter().map(|node| (node, inside)));
            } else {
                self.clause(clause, &mut chain, within, &mut later);
            }
        }
        self.open.extend(later.into_iter().rev());
    }

    /// One condition and its body.
    fn clause(
        &mut self,
        node: Node<'tree>,
        chain: &mut Chain<'tree>,
        within: Within,
        later: &mut Vec<(Node<'tree>, Within)>,
    ) {
        let parts = grammar::fields(node);
        let then = parts.iter().position(|(_, part)| part.kind() == "then").unwrap_or(parts.len());
        let tests: Vec<Node<'_>> = parts[..then].iter().map(|(_, part)| *part).filter(Node::is_named).collect();
        let verdict = match tests.as_slice() {
            [test] => condition::read(*test, self.script),
            _ => condition::Verdict::default(),
        };
        later.extend(tests.into_iter().map(|test| (test, within)));
        // A condition that compares nothing makes no difference to what is set under it.
        let known = !verdict.holds.is_empty() || !verdict.else_holds.is_empty();
        let inside = if known { self.branch("if", &verdict.holds, within) } else { within };
        let inside = self.unset(verdict.unset, inside);
        chain.known |= known;
        chain.refuted.extend(verdict.else_holds);
        for (_, part) in parts.into_iter().skip(then).filter(|(_, part)| part.is_named()) {
            match part.kind() {
                "elif_clause" | "else_clause" => chain.clauses.push(part),
                _ => later.push((part, inside)),
            }
        }
    }

    /// `[ "$ENV" = production ] && export X=y`
    fn list(&mut self, node: Node<'tree>, within: Within) {
        let parts = grammar::fields(node);
        let operator = parts.iter().map(|(_, part)| part.kind()).find(|kind| matches!(*kind, "&&" | "||"));
        let sides: Vec<Node<'_>> = parts.iter().map(|(_, part)| *part).filter(Node::is_named).collect();
        let [left, right] = sides.as_slice() else { return self.later(sides.into_iter(), within) };
        let verdict = condition::read(*left, self.script);
        let (says, unset) = match operator {
            Some("&&") => (verdict.holds, verdict.unset),
            _ => (verdict.else_holds, verdict.set),
        };
        let inside = if says.is_empty() { within } else { self.branch("if", &says, within) };
        let inside = self.unset(unset, inside);
        self.open.push((*right, inside));
        self.open.push((*left, within));
    }

    /// `case "$ENV" in prod) … ;; *) … ;; esac`
    fn cases(&mut self, node: Node<'tree>, within: Within) {
        let name = node.child_by_field_name("value").and_then(|value| self.word(value).variable());
        let mut later = Vec::new();
        for item in grammar::children(node).into_iter().filter(|child| child.kind() == "case_item") {
            let (mut patterns, mut body) = (Vec::new(), Vec::new());
            for (field, part) in grammar::fields(item) {
                match field {
                    Some("value") => patterns.push(self.word(part)),
                    _ if part.is_named() => body.push(part),
                    _ => {}
                }
            }
            let says: Vec<_> = name.as_ref().and_then(|name| condition::one_of(name, &patterns)).into_iter().collect();
            let inside = if name.is_some() { self.branch("case", &says, within) } else { within };
            later.extend(body.into_iter().map(|node| (node, inside)));
        }
        self.open.extend(later.into_iter().rev());
    }
}

/// Adds what a command says that it reads: `source .env`, `--env-file x`.
fn uses_file(path: &Word, scope: ScopeId, facts: &mut Facts) {
    let plain = path.word().strip_prefix("./").unwrap_or(path.word());
    if path.is_literal() && !plain.is_empty() {
        let bundle = Bundle::File(plain.to_owned());
        facts.scope_mut(scope).uses.push(Spanned::new(bundle, path.text.span()));
    }
}

#[cfg(test)]
pub(in crate::readers) mod tests;
