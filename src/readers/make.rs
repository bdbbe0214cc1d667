//! Makefiles: variables, exported ones, target-specific ones, and the conditionals around them.
//!
//! Scanned by hand: variables are lines, and the grammar at hand loses those inside conditionals it cannot close.

use std::collections::{HashMap, HashSet};

use crate::fact::{Bundle, Facts, Name, Reference, ReferenceKind, Said, Scope, ScopeId, Setting, Value};
use crate::readers::Reader;
use crate::readers::file_names::{beside, plain_name};
use crate::readers::quoting::{self, Unquoted, Unquoter, is_name};
use crate::readers::shell;
use crate::readers::template::{self, Notation};
use crate::readers::written::Written;
use crate::source::{FileId, Source, Spanned};

pub const READER: Reader = Reader { name: "make", reads, read };

/// Conditionals nested deeper are read as if they were not there.
const DEPTH: usize = 32;

fn reads(source: &Source) -> bool {
    let name = plain_name(source);
    let makefile = ["makefile", "gnumakefile", "bsdmakefile"]
        .iter()
        .any(|base| name.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    makefile || name.ends_with(".mk") || name.ends_with(".mak") || name.ends_with(".make")
}

fn read(source: &Source) -> Facts {
    let mut make = Make {
        source,
        facts: Facts::new(source.id),
        exported: HashSet::new(),
        all_exported: false,
        blocks: Vec::new(),
        targets: HashMap::new(),
        rule: None,
    };
    let mut defining = false;
    let mut lines = Written::all(source).lines();
    while let Some(line) = lines.next() {
        let mut logical = vec![line];
        while logical.last().is_some_and(|line| line.text.ends_with('\\')) {
            match lines.next() {
                Some(next) => logical.push(next),
                None => break,
            }
        }
        let word = line.text.split_whitespace().next().unwrap_or("");
        // Definitions are text for later.
        match word {
            "endef" => defining = false,
            _ if defining => {}
            _ if line.text.starts_with('\t') => make.recipe(&logical),
            "define" => defining = true,
            _ => make.line(&logical),
        }
    }
    make.finish()
}

/// What is known while a Makefile is read.
struct Make<'a> {
    source: &'a Source,
    facts: Facts,
    exported: HashSet<&'a str>,
    all_exported: bool,
    /// The open conditionals, innermost last.
    blocks: Vec<Block>,
    targets: HashMap<(&'a str, ScopeId), ScopeId>,
    /// The target of the rule whose recipe may follow.
    rule: Option<Written<'a>>,
}

/// A conditional: the block of its current branch, the word that its `else` would be about, and the one that it would not.
struct Block {
    scope: ScopeId,
    outer: ScopeId,
    otherwise: Option<Spanned<String>>,
    excludes: Option<Spanned<String>>,
}

impl<'a> Make<'a> {
    fn scope(&self) -> ScopeId {
        self.blocks.last().map_or(ScopeId::FILE, |block| block.scope)
    }

    fn line(&mut self, logical: &[Written<'a>]) {
        let line = logical[0].trim();
        let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
        match word {
            "" => {}
            "ifeq" | "ifneq" | "ifdef" | "ifndef" => {
                let outer = self.scope();
                self.branch(word, line, outer);
            }
            _ if word == "else" || (word.starts_with("else") && line.text.trim_end() == "else") => self.otherwise(line),
            "endif" => {
                self.blocks.pop();
            }
            _ if line.text.starts_with('#') => {}
            "include" | "-include" | "sinclude" => self.include(line),
            "export" if rest.trim().is_empty() => self.all_exported = true,
            "export" if !rest.contains('=') => self.exported.extend(rest.split_whitespace()),
            _ => {
                self.rule(line);
                self.variable(logical);
            }
        }
    }

    /// `deploy-prod: build`: what follows is its recipe.
    fn rule(&mut self, line: Written<'a>) {
        let colon = line.text.find(':').filter(|colon| !line.text[*colon..].starts_with(":="));
        self.rule = colon.map(|colon| line.to(colon).trim()).filter(|target| is_name(target.text));
    }

    /// Recipes are shell: what they set holds for their target.
    fn recipe(&mut self, logical: &[Written<'a>]) {
        let (Some(target), Some(last)) = (self.rule, logical.last()) else { return };
        let lines = Written { text: &self.source.text()[logical[0].start..last.end()], start: logical[0].start };
        let command = lines.from(lines.text.len() - lines.text.trim_start_matches(['\t', ' ', '@', '-', '+']).len());
        // `$$` is the shell's `$`, which a shell reads as something else.
        if command.text.contains('=') && !command.text.contains("$$") {
            let parent = self.scope();
            let scope = self.target(target, parent);
            shell::script(&command.to_text(self.facts.file), scope, &mut self.facts);
        }
    }

    /// Makefiles take `.env` files in as they are.
    fn include(&mut self, line: Written<'a>) {
        let file = self.facts.file;
        for word in quoting::words(line, char::is_whitespace, file).iter().skip(1) {
            let path = word.text.expose();
            if path.contains(['$', '*', '%', '#']) {
                return;
            }
            if let Some(path) = beside(self.source, path) {
                let uses = Spanned::new(Bundle::File(path), word.text.span());
                let scope = self.scope();
                self.facts.scope_mut(scope).uses.push(uses);
            }
        }
    }

    /// Opens the branch of a conditional: `ifeq ($(ENV),production)` stands for that environment.
    fn branch(&mut self, word: &str, line: Written<'a>, outer: ScopeId) {
        let compared =
            compared(line).map(|literal| Spanned::new(literal.text.to_owned(), literal.span(self.facts.file)));
        let (now, otherwise) = match word {
            "ifeq" => (compared, None),
            "ifneq" => (None, compared),
            _ => (None, None),
        };
        let scope = self.open(now.clone(), otherwise.clone(), outer);
        self.blocks.push(Block { scope, outer, otherwise, excludes: now });
    }

    fn otherwise(&mut self, line: Written<'a>) {
        let Some(block) = self.blocks.pop() else { return };
        let rest = line.from("else".len()).trim();
        let word = rest.text.split([' ', '\t', '(']).next().unwrap_or("");
        if word.starts_with("if") {
            let outer = self.open(None, block.excludes, block.outer);
            self.branch(word, rest, outer);
            return;
        }
        let scope = self.open(block.otherwise, block.excludes, block.outer);
        self.blocks.push(Block { scope, outer: block.outer, otherwise: None, excludes: None });
    }

    /// A block for an environment; where none is said, a block all the same, so that the branches of one
    /// conditional do not overwrite each other.
    fn open(
        &mut self,
        environment: Option<Spanned<String>>,
        excludes: Option<Spanned<String>>,
        parent: ScopeId,
    ) -> ScopeId {
        if self.blocks.len() >= DEPTH {
            return parent;
        }
        let title = environment.clone().map(|word| Spanned::new(format!("branch {}", word.value), word.span));
        self.facts.open(Scope { parent: Some(parent), title, environment, excludes, ..Scope::default() })
    }

    /// The block of a target's variables.
    fn target(&mut self, target: Written<'a>, parent: ScopeId) -> ScopeId {
        if let Some(scope) = self.targets.get(&(target.text, parent)) {
            return *scope;
        }
        let word = Spanned::new(target.text.to_owned(), target.span(self.facts.file));
        let scope = self.open(Some(word), None, parent);
        self.targets.insert((target.text, parent), scope);
        scope
    }

    fn variable(&mut self, logical: &[Written<'a>]) {
        let first = logical[0];
        let first = if logical.len() > 1 { first.to(first.text.len() - 1) } else { first }.trim_start();
        let Some(equals) = first.text.find('=') else { return };
        let left = first.to(equals);
        let operator = left.text.len() - left.text.trim_end_matches([':', '?', '+', '!']).len();
        let mark = &left.text[left.text.len() - operator..];
        let mut left = left.to(left.text.len() - operator).trim();
        let mut scope = self.scope();
        // A variable of one target: `production: export FLINKS_URL = …`.
        if let Some(colon) = left.text.find(':') {
            let target = left.to(colon).trim();
            left = left.from(colon + 1).trim();
            if !is_name(target.text) || left.is_empty() {
                return;
            }
            scope = self.target(target, scope);
        }
        let mut exported = false;
        while let Some((word, rest)) = left.text.split_once(char::is_whitespace) {
            match word {
                "export" => exported = true,
                "override" | "private" => {}
                _ => return,
            }
            left = left.from(left.text.len() - rest.len()).trim_start();
        }
        if !is_name(left.text) {
            return;
        }
        if exported {
            self.exported.insert(left.text);
        }
        let file = self.facts.file;
        let value = value(first.from(equals + 1), logical, file);
        let value = match mark {
            "!" => command(&value),
            _ => alternative(&value).unwrap_or_else(|| value.value(Notation::Braced)),
        };
        let said = if mark == "?" { Said::Default } else { Said::Key };
        let path = vec![Name::key(left.text, left.span(file))];
        self.facts.settings.push(Setting { scope, path, value, said });
    }

    /// What is exported anywhere in the file is a variable of the environment.
    fn finish(mut self) -> Facts {
        for setting in &mut self.facts.settings {
            let exported = self.all_exported || self.exported.contains(&*setting.path[0].text);
            if exported && setting.said == Said::Key {
                setting.said = Said::Variable;
            }
        }
        self.facts
    }
}

/// What `X != command` is set to.
fn command(value: &Unquoted) -> Value {
    Value::reference(Reference {
        kind: ReferenceKind::Computed,
        name: value.text.expose().into(),
        span: value.text.span(),
        fallback: None,
    })
}

/// `$(or $(X),default)`: a variable, and what holds where it is not set.
fn alternative(value: &Unquoted) -> Option<Value> {
    const OR: &str = "$(or ";
    let all = value.text.expose();
    let (first, fallback) = all.strip_prefix(OR)?.strip_suffix(')')?.split_once(',')?;
    let name = first.trim().strip_prefix('$')?;
    let name = name
        .strip_prefix('(')
        .and_then(|name| name.strip_suffix(')'))
        .or_else(|| name.strip_prefix('{')?.strip_suffix('}'))?;
    let from = all.len() - 1 - fallback.len();
    let fallback = template::value(&value.text.part(from..all.len() - 1).trimmed(), Notation::Braced);
    let reference = |name: &str| Reference {
        kind: ReferenceKind::Named,
        name: name.into(),
        span: value.text.span(),
        fallback: Some(Box::new(fallback)),
    };
    is_name(name).then(|| Value::reference(reference(name)))
}

/// The value over all its lines, without comments.
fn value(first: Written<'_>, logical: &[Written<'_>], file: FileId) -> Unquoted {
    let mut unquoter = Unquoter::new(file);
    let (mut start, mut end) = (None, first.trim().start);
    for number in 0..logical.len() {
        let line = if number == 0 { first } else { logical[number] };
        let line = if number > 0 && number + 1 < logical.len() { line.to(line.text.len() - 1) } else { line };
        let mark = hash(line.text);
        let line = mark.map_or(line, |at| line.to(at)).trim();
        if !line.is_empty() {
            if start.is_some() {
                unquoter.decoded(" ", logical[number].start - 1);
            }
            unquoter.escaped(line, "#");
            start.get_or_insert(line.start);
            end = line.end();
        }
        if mark.is_some() {
            break;
        }
    }
    unquoter.finish(start.unwrap_or(end)..end)
}

/// A comment begins at any `#` that no backslash stands before.
fn hash(text: &str) -> Option<usize> {
    text.match_indices('#').map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))
}

/// The literal that `ifeq ($(X),literal)` or `ifeq "$(X)" "literal"` compares with.
fn compared(line: Written<'_>) -> Option<Written<'_>> {
    let from = line.text.find(['(', '"', '\'', ' '])?;
    let inside = line.from(from).trim();
    let inside = inside.after("(").and_then(|inside| Some(inside.to(inside.text.rfind(')')?))).unwrap_or(inside);
    let literal = inside.text.rsplit([',', ' ', '(', ')']).next()?;
    let literal = inside.from(inside.text.len() - literal.len());
    let literal = literal.after("\"").or_else(|| literal.after("'")).unwrap_or(literal);
    let literal = literal.to(literal.text.trim_end_matches(['"', '\'']).len());
    is_name(literal.text).then_some(literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "Makefile", text);
        let facts = read(&source);
        let show = |setting: &Setting| {
            let environment = facts.scope(setting.scope).environment.as_ref().map_or("", |word| &*word.value);
            format!("{environment}/{}={} {:?}", setting.path[0].text, source.slice(setting.value.span), setting.said)
        };
        facts.settings.iter().map(show).collect()
    }

    /// Only what is exported reaches the programs that a recipe runs.
    #[test]
    fn exported_variables_defaults_and_recipes() {
        let text = "A := 1 # c\nB ?= 2\nexport A\nexport C = x \\\n  y\nall: A\n\t@D=4 run\n\tE=$$X run\ndefine E\nF = 1\nendef\n# G = 1\n";
        assert_eq!(shown(text), ["/A=1 Variable", "/B=2 Default", "/C=x \\\n  y Variable", "all/D=4 Variable"]);
    }

    /// Branches of a conditional and targets are environments of their own.
    #[test]
    fn branches_and_targets_say_their_environment() {
        let text = "ifeq ($(ENV),production)\nU = p\nelse ifeq ($(ENV), staging)\nU = s\nelse\nU = o\nendif\nprod: U = q\nV = 1\n";
        assert_eq!(shown(text), ["production/U=p Key", "staging/U=s Key", "/U=o Key", "prod/U=q Key", "/V=1 Key"]);
    }

    /// A list of sources in a conditional is no environment, and a stray `endif` breaks nothing.
    #[test]
    fn odd_lines_are_passed_over() {
        assert_eq!(shown("endif\nelse\nA B = 1\n$(X): = 2\nx::=1\nifeq\nX=1"), ["/x=1 Key", "/X=1 Key"]);
    }

    #[test]
    fn included_files_are_used() {
        let source = Source::new(FileId(0), "app/Makefile", "-include .env ../us.env $(X) # c\n");
        let uses: Vec<Bundle> = read(&source).scopes[0].uses.iter().map(|uses| uses.value.clone()).collect();
        assert_eq!(uses, [Bundle::File("app/.env".into()), Bundle::File("us.env".into())]);
    }

    /// make's way to say a default: the default is in force wherever nobody sets the variable.
    #[test]
    fn alternatives_are_fallbacks() {
        let source = Source::new(FileId(0), "Makefile", "U = $(or $(FLINKS_URL), https://x)\nV = $(or a,b)\n");
        let facts = read(&source);
        let reference = facts.settings[0].value.references().next().unwrap();
        let fallback = reference.fallback.as_ref().unwrap();
        assert_eq!(
            (&*reference.name, fallback.word(), source.slice(fallback.span)),
            ("FLINKS_URL", "https://x", "https://x")
        );
    }
}
