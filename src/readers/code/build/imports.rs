//! Names that a program takes from other files.

use tree_sitter::Node as Raw;

use super::{Build, Parts};
use crate::readers::code::syntax::{Import, Imported, Is, Node};
use crate::source::{Span, Spanned};

impl Build<'_, '_> {
    /// `import.from` with `import.name`s, `import.all`, `import.default`; or `import.module`s.
    pub(super) fn imports(&self, roled: &Parts<'_, '_>, span: Span) -> Node {
        let from = roled.part("from").zip(roled.parts("from").last()).map(|(first, last)| {
            let whole = self.span(first).to(self.span(last));
            let written = &self.source.text()[whole.start as usize..whole.end as usize];
            Spanned::new(written.trim_matches(['"', '\'', '`']).to_owned(), whole)
        });
        let named = |raw: Raw<'_>| {
            let own = self.role(raw).filter(|own| own.role == "imported");
            let name = own.as_ref().and_then(|own| own.part("name")).unwrap_or(raw);
            let local = self.bare(own.as_ref().and_then(|own| own.part("alias")).unwrap_or(name));
            // `github.com/northwind/config` is `config` here.
            let local = local.rsplit(['/', ':']).next().unwrap_or(&local).to_owned();
            (self.bare(name), local, self.span(name))
        };
        let mut imports = Vec::new();
        if let Some(from) = from {
            let mut names: Vec<Imported> = Vec::new();
            for raw in roled.parts("name") {
                let (name, local, _) = named(raw);
                names.push(Imported { name: Some(name.into()), local: local.into() });
            }
            let all = roled.parts("all").map(|raw| Imported { name: None, local: self.bare(raw).into() });
            names.extend(all);
            let default = roled
                .parts("default")
                .map(|raw| Imported { name: Some("default".into()), local: self.bare(raw).into() });
            names.extend(default);
            imports.push(Import { from, names });
        }
        for raw in roled.parts("module") {
            let (module, local, span) = named(raw);
            let names = vec![Imported { name: None, local: local.into() }];
            imports.push(Import { from: Spanned::new(module, span), names });
        }
        for raw in roled.parts("path") {
            let (path, name) = self.slice(raw).rsplit_once('.').unwrap_or((self.slice(raw), self.slice(raw)));
            let local = roled.part("alias").map_or(name, |alias| self.slice(alias));
            let names = vec![Imported { name: Some(name.into()), local: local.into() }];
            imports.push(Import { from: Spanned::new(path.to_owned(), self.span(raw)), names });
        }
        let mut nodes: Vec<Node> = imports.into_iter().map(|import| Node::new(span, Is::Import(import))).collect();
        if nodes.len() == 1 { nodes.remove(0) } else { Node::new(span, Is::Group(nodes)) }
    }

    /// What is written, without quotes.
    pub(super) fn bare(&self, raw: Raw<'_>) -> String {
        self.slice(raw).trim_matches(['"', '\'', '`']).to_owned()
    }
}
