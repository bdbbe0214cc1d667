//! Dockerfiles: `ENV`, `ARG` and `LABEL` of every stage, and what `RUN` lines set.

use std::collections::HashMap;
use std::ops::Range;

use tree_sitter::Node;

use crate::fact::{Facts, Name, Said, Scope, ScopeId, Setting, Value};
use crate::readers::grammar::{self, Grammar};
use crate::readers::shell::{self, word::Word};
use crate::readers::{Reader, has_extension, repeated};
use crate::source::{Source, Spanned};
use crate::text::{Text, TextBuilder};

pub const READER: Reader = Reader { name: "Dockerfile", reads, read };

static CONTAINERFILE: Grammar = Grammar::new("Dockerfile", || tree_sitter_containerfile::LANGUAGE.into());

fn reads(source: &Source) -> bool {
    let name = source.file_name().to_ascii_lowercase();
    let stem = name.split(['.', '-', '_']).next().unwrap_or("");
    matches!(stem, "dockerfile" | "containerfile") && !name.ends_with(".dockerignore")
        || has_extension(source, &["dockerfile", "containerfile"])
}

fn read(source: &Source) -> Facts {
    let mut facts = Facts::new(source.id);
    let Some(tree) = CONTAINERFILE.parse_source(source, &mut facts) else { return facts };
    let text = Text::verbatim(source.text(), source.id, 0);
    let mut image = Image {
        source,
        text: &text,
        facts: &mut facts,
        scope: ScopeId::FILE,
        stages: HashMap::new(),
        variables: Vec::new(),
    };
    let mut walk = grammar::walk(tree.root_node());
    while let Some(node) = walk.next() {
        // A line that is not understood holds the instructions of the lines around it.
        if !matches!(node.kind(), "source_file" | "ERROR" | "onbuild_instruction") {
            walk.skip_children();
            image.instruction(node);
        }
    }
    let variables = image.variables;
    let is_variable = |(at, setting)| variables.binary_search(&at).is_ok().then_some(setting);
    repeated::lines(source.text(), facts.settings.iter_mut().enumerate().filter_map(is_variable));
    facts
}

struct Image<'s> {
    source: &'s Source,
    text: &'s Text,
    facts: &'s mut Facts,
    /// The stage that the next instruction belongs to; the file before the first `FROM`.
    scope: ScopeId,
    stages: HashMap<String, ScopeId>,
    /// What `ENV` sets, by its place among the settings.
    variables: Vec<usize>,
}

impl Image<'_> {
    fn instruction(&mut self, node: Node<'_>) {
        match node.kind() {
            "from_instruction" => self.stage(node),
            "env_instruction" => self.pairs(node, "name", Said::Variable),
            "label_instruction" => self.pairs(node, "key", Said::Key),
            "arg_instruction" => self.arguments(node),
            "run_instruction" => self.run(node),
            // `curl` of a health check reaches a host as any other does.
            "cmd_instruction" | "entrypoint_instruction" | "healthcheck_instruction" => self.run(node),
            _ => {}
        }
    }

    /// `FROM image AS name`. A stage that begins from an earlier one keeps what is set there.
    fn stage(&mut self, node: Node<'_>) {
        let slice = |node| grammar::slice(node, self.source.text()).to_owned();
        let image = grammar::child(node, "image_spec");
        let alias = node.child_by_field_name("as");
        let parent = image.and_then(|image| self.stages.get(&slice(image).to_lowercase()).copied());
        let title = alias.or(image).map(|name| {
            let range = grammar::range(name, self.source.text());
            Spanned::new(format!("stage {}", slice(name)), self.source.span(range))
        });
        let parent = Some(parent.unwrap_or(ScopeId::FILE));
        self.scope = self.facts.open(Scope { parent, title, ..Scope::default() });
        if let Some(alias) = alias {
            self.stages.insert(slice(alias).to_lowercase(), self.scope);
        }
    }

    /// `ENV A=b C="d e"`, `ENV A b c`, `LABEL a.b="c"`.
    fn pairs(&mut self, node: Node<'_>, key: &str, said: Said) {
        for pair in grammar::children(node).into_iter().filter(|pair| pair.kind().ends_with("_pair")) {
            let Some(name) = pair.child_by_field_name(key) else { continue };
            self.pair(pair, name, said);
        }
    }

    /// `ARG X=default`. Without a default nothing is said.
    fn arguments(&mut self, node: Node<'_>) {
        for pair in grammar::children(node).into_iter().filter(|pair| pair.kind() == "arg_pair") {
            let Some(name) = pair.child_by_field_name("name") else { continue };
            if grammar::slice(pair, self.source.text()).contains('=') {
                self.pair(pair, name, Said::Default);
            }
        }
    }

    fn pair(&mut self, pair: Node<'_>, name: Node<'_>, said: Said) {
        let all = self.source.text();
        let (whole, key) = (grammar::range(pair, all), grammar::range(name, all));
        let assigned = all[key.end..whole.end].starts_with('=');
        let rest = &all[key.end..whole.end];
        let start = if assigned { key.end + 1 } else { whole.end - rest.trim_start_matches([' ', '\t']).len() };
        let key = unquoted(all, key);
        let path = vec![Name::key(&all[key.clone()], self.source.span(key))];
        let value = self.value(start..whole.end, assigned);
        if said == Said::Variable {
            self.variables.push(self.facts.settings.len());
        }
        self.facts.settings.push(Setting { scope: self.scope, path, value, said });
    }

    fn value(&self, range: Range<usize>, assigned: bool) -> Value {
        let raw = &self.source.text()[range.clone()];
        // In `ENV KEY some words` quotes inside the text stay; only those around all of it go.
        if assigned || raw.starts_with(['"', '\'']) {
            Word::read(self.text, range).value()
        } else {
            Word::quoted(self.text, range).value()
        }
    }

    /// A `RUN` line is a script; its comment lines are taken out before the shell sees it.
    fn run(&mut self, node: Node<'_>) {
        for part in grammar::walk(node) {
            match part.kind() {
                "shell_command" => {
                    let script = self.without_comments(part);
                    shell::script(&script, self.scope, self.facts);
                }
                "heredoc_content" => {
                    let range = grammar::range(part, self.source.text());
                    shell::script(&self.text.part(range), self.scope, self.facts);
                }
                _ => {}
            }
        }
    }

    fn without_comments(&self, command: Node<'_>) -> Text {
        let all = self.source.text();
        let whole = grammar::range(command, all);
        let mut built = TextBuilder::new(self.source.id);
        let mut from = whole.start;
        for node in grammar::walk(command).filter(|node| node.kind() == "comment") {
            let comment = grammar::range(node, all);
            built.verbatim(&all[from..comment.start.max(from)], from);
            from = comment.end.max(from);
        }
        built.verbatim(&all[from..whole.end], from);
        built.finish(whole)
    }
}

/// A label's key may stand in quotes.
fn unquoted(all: &str, range: Range<usize>) -> Range<usize> {
    let quoted = range.len() >= 2 && all[range.clone()].starts_with(['"', '\'']);
    if quoted { range.start + 1..range.end - 1 } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::shell::tests::line;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let facts = read(&Source::new(FileId(0), "Dockerfile", text));
        let title = |scope| facts.scope(scope).title.as_ref().map_or("", |title| &*title.value);
        facts.settings.iter().map(|found| format!("{}> {}", title(found.scope), line(found, &facts))).collect()
    }

    #[test]
    fn every_form_of_a_setting() {
        let text = "ARG V=1\nARG NONE\nFROM node:${V} AS build\n# ENV FLINKS_DECOY=x\nENV A=b C=\"d e\" \\\n    F='g$h'\n\
            ENV SPACED some \"quoted\" ${V:-x}\nLABEL a.b=\"c\"\nFROM build\nENV G=https://${B:-x}/v3\n";
        assert_eq!(
            shown(text),
            [
                "> default V=1",
                "stage build> A=b",
                "stage build> C=d e",
                "stage build> F=g$h",
                "stage build> SPACED=some \"quoted\" [V|x]",
                "stage build> key a.b=c",
                "stage build> G=https://[B|x]/v3",
            ]
        );
    }

    /// Docker takes the comment lines out of a continued command before the shell sees it.
    #[test]
    fn run_lines_are_scripts() {
        let text = "FROM x\nRUN export A=b && \\\n # no X=y\n  C=d npm run\nRUN <<EOF\nexport E=f\nEOF\nRUN --mount=type=x export G=h\n";
        assert_eq!(shown(text), ["stage x> A=b", "stage x> C=d", "stage x> E=f", "stage x> G=h"]);
    }

    /// A stage inherits from the stage that it names.
    #[test]
    fn stages_stand_on_stages() {
        let facts = read(&Source::new(FileId(0), "Dockerfile", "FROM a AS base\nENV A=b\nFROM base AS web\nFROM c\n"));
        let parents: Vec<_> = facts.scopes.iter().map(|scope| scope.parent.map(|parent| parent.0)).collect();
        assert_eq!(parents, [None, Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn hostile_files_end() {
        let text = "ARG é=1\nFROM a AS b\nENV A=\"b é\" \\\n C='d'\nRUN <<E\nx\nE\nLABEL \"a\"=\"b\"\nENV K v w\n";
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            read(&Source::new(FileId(0), "Dockerfile", &text[..at]));
        }
        for piece in ["ENV A=\"", "RUN $(", "\\\n", "<<E ", "ENV A=$A$", "FROM a AS a\n", "ENV A=b\n# c\n"] {
            read(&Source::new(FileId(0), "Dockerfile", piece.repeat(10_000)));
        }
        read(&Source::new(FileId(0), "Dockerfile", format!("ENV A={}", "x".repeat(1_000_000))));
    }

    #[test]
    fn names_of_dockerfiles() {
        let reads_it = |path: &str| reads(&Source::new(FileId(0), path, ""));
        for path in ["Dockerfile", "a/Dockerfile.prod", "web.dockerfile", "Containerfile", "Dockerfile-us"] {
            assert!(reads_it(path), "{path}");
        }
        assert!(!reads_it("Dockerfile.dockerignore") && !reads_it("docker.md"));
    }
}
