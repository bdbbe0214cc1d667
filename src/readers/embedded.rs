//! Files within files (an `application.yml` in a ConfigMap's data): read by their own reader, placed in the outer file.

use crate::fact::{Facts, Name, Piece, Reference, ScopeId, Setting, Value};
use crate::source::{Source, Span, Spanned};
use crate::text::Text;
use crate::vocabulary::names;

/// What separates the outer file's path from the inner file's name.
const WITHIN: &str = "!/";
/// Files within files within files are not followed.
const DEPTH: usize = 2;

/// Adds to `scope` what an embedded file says, by the reader of its name. False where no reader knows it.
pub fn read(source: &Source, name: &str, text: &Text, scope: ScopeId, facts: &mut Facts) -> bool {
    if source.path.matches(WITHIN).count() >= DEPTH {
        return false;
    }
    let path = format!("{}{WITHIN}{name}", source.path);
    let Some(inner) = super::read(&Source::new(source.id, path, text.expose())) else { return false };
    add(inner, text, scope, facts);
    true
}

/// Adds to `scope` what was read from the decoded `text`.
pub fn add(inner: Facts, text: &Text, scope: ScopeId, facts: &mut Facts) {
    let place = Place { outer: text };
    let first = facts.scopes.len() as u32;
    // The inner file's own scope is the one it is embedded in.
    let moved = |id: ScopeId| if id == ScopeId::FILE { scope } else { ScopeId(first + id.0 - 1) };
    let mut blocks = inner.scopes.into_iter();
    // A document with a condition (Spring) says where it holds.
    if let Some(environment) = blocks.next().and_then(|file| file.environment) {
        let span = place.span(environment.span);
        facts.scope_mut(scope).environment = Some(Spanned { span, ..environment });
    }
    for mut block in blocks {
        block.parent = block.parent.map(moved);
        place.spanned(&mut block.title);
        place.spanned(&mut block.unit);
        place.spanned(&mut block.environment);
        block.uses.iter_mut().for_each(|used| used.span = place.span(used.span));
        facts.open(block);
    }
    for setting in inner.settings {
        let path = setting.path.into_iter().map(|name| Name { span: place.span(name.span), ..name }).collect();
        let value = place.value(setting.value);
        facts.settings.push(Setting { scope: moved(setting.scope), path, value, said: setting.said });
    }
    // That a text is a file was a guess. A wrong one matters only where something of Flinks may be missed.
    let matters = names::mentions_flinks(text.expose());
    for mut problem in inner.problems.into_iter().filter(|_| matters) {
        problem.span = place.span(problem.span);
        facts.problems.push(problem);
    }
}

/// Moves places in the inner text to the outer file.
struct Place<'t> {
    outer: &'t Text,
}

impl Place<'_> {
    fn span(&self, span: Span) -> Span {
        let clamp = |offset: u32| (offset as usize).min(self.outer.len());
        self.outer.span_of(clamp(span.start)..clamp(span.end))
    }

    fn spanned<T>(&self, spanned: &mut Option<Spanned<T>>) {
        if let Some(spanned) = spanned {
            spanned.span = self.span(spanned.span);
        }
    }

    /// Fallbacks of fallbacks are few (see `template`), so the recursion is shallow.
    fn value(&self, value: Value) -> Value {
        let piece = |piece: Piece| match piece {
            Piece::Text(text) => Piece::Text(text.within(self.outer)),
            Piece::Reference(reference) => Piece::Reference(Reference {
                span: self.span(reference.span),
                fallback: reference.fallback.map(|fallback| Box::new(self.value(*fallback))),
                ..reference
            }),
        };
        Value { span: self.span(value.span), pieces: value.pieces.into_iter().map(piece).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::yaml;
    use crate::source::FileId;

    /// A host in the `application.yml` of a ConfigMap must be underlined in the manifest.
    #[test]
    fn a_file_in_a_block_scalar_keeps_its_places() {
        let text = "data:\n  application.yml: |\n    flinks:\n      url: \"https://${X:-a}.b\\u002dc\"\n    ---\n    k: >\n      v\n      w\n";
        let source = Source::new(FileId(0), "configmap.yaml", text);
        let (tree, _) = yaml::tree(&source);
        let inner = tree.roots().next().and_then(|root| root.find(&["data", "application.yml"])).unwrap();
        let mut facts = Facts::new(source.id);
        assert!(read(&source, "application.yml", inner.text().unwrap(), ScopeId::FILE, &mut facts));
        let [url, k] = facts.settings.as_slice() else { panic!("two settings") };
        assert_eq!(source.slice(url.name().span), "url");
        assert_eq!(source.slice(url.value.span), "https://${X:-a}.b\\u002dc");
        assert_eq!(source.slice(url.value.references().next().unwrap().span), "${X:-a}");
        let Some(Piece::Text(rest)) = url.value.pieces.last() else { panic!("text") };
        assert_eq!((rest.expose(), source.slice(rest.span_of(3..4))), (".b-c", "c"));
        assert_eq!((k.value.word(), source.slice(k.value.span)), ("v w", "v\n      w"));
        assert_eq!(facts.scope(k.scope).parent, Some(ScopeId::FILE));
    }
}
