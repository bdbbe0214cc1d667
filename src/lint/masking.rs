//! What may be shown of the scanned files: every credential masked, character by character, so that places stay true.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::fact::{Piece, Reference, Value};
use crate::finding::{Finding, Place};
use crate::model::{Model, Statement};
use crate::secret::{cover, veil};
use crate::source::{FileId, Sources};
use crate::vocabulary::credentials;
use crate::vocabulary::names::Component;

/// A copy of the sources with the text of the shown files masked. Of files that are only counted in, lines and columns
/// are left; of all others nothing.
pub fn mask(
    sources: &Sources,
    model: &Model,
    shown: impl Iterator<Item = FileId>,
    counted_in: impl Iterator<Item = FileId>,
) -> Sources {
    let shown: BTreeSet<FileId> = shown.collect();
    let counted_in: BTreeSet<FileId> = counted_in.collect();
    let mut settings = secret_values(model, &shown);
    let masked = sources.iter().map(|source| match (shown.contains(&source.id), counted_in.contains(&source.id)) {
        (true, _) => source.with_text(&covered(source.text(), settings.remove(&source.id).unwrap_or_default())),
        (false, true) => source.with_text(&veil(source.text())),
        (false, false) => source.with_text(""),
    });
    let policy = sources.policy().filter(|_| shown.contains(&FileId::POLICY));
    let policy = policy.map(|policy| policy.with_text(&covered(policy.text(), Vec::new())));
    Sources::new(masked.collect()).with_policy(policy)
}

/// What looks like a credential at the places of a finding, in lower case: messages may spell it so.
pub fn keys_at(sources: &Sources, finding: &Finding) -> BTreeSet<String> {
    /// No label quotes more than this of a file.
    const QUOTABLE: usize = 4096;
    let labels = std::iter::once(&finding.primary).chain(&finding.related).chain(&finding.steps);
    let spans = labels.filter_map(|label| match label.place {
        Place::At(span) if sources.has(span.file) && span.range().len() < QUOTABLE => Some(sources.slice(span)),
        _ => None,
    });
    spans.flat_map(|text| credentials::find(text).into_iter().map(|range| text[range].to_ascii_lowercase())).collect()
}

/// A message, masked as the files are: names of files, blocks and keys may hold what they must not.
pub fn message(text: String, keys: &BTreeSet<String>) -> String {
    let mut found = credentials::find(&text);
    if !keys.is_empty() {
        let lower = text.to_ascii_lowercase();
        found.extend(keys.iter().flat_map(|key| lower.match_indices(key).map(|(at, key)| at..at + key.len())));
    }
    if found.is_empty() { text } else { cover(&text, &credentials::joined(&text, found)) }
}

/// A text without the values at `known` and without all else that looks like a credential.
fn covered(text: &str, mut known: Vec<Range<usize>>) -> String {
    known.retain(|range| text.get(range.clone()).is_some());
    known.extend(credentials::find(text));
    cover(text, &credentials::joined(text, known))
}

/// The literal values of settings whose names say that they are secret, by file.
fn secret_values(model: &Model, shown: &BTreeSet<FileId>) -> HashMap<FileId, Vec<Range<usize>>> {
    let mut found: HashMap<FileId, Vec<Range<usize>>> = HashMap::new();
    let remarks = model.remarks.iter().map(|remark| &remark.statement);
    for said in model.statements.iter().chain(remarks).filter(|said| shown.contains(&said.value.span.file)) {
        let is_entry =
            said.value.as_literal().is_some_and(|text| credentials::is_entry(&said.name().text, text.expose()));
        if is_secret(said) && !is_entry {
            collect(&said.value, found.entry(said.value.span.file).or_default());
        }
    }
    found
}

fn is_secret(said: &Statement) -> bool {
    let component = said.component();
    component.is_some_and(|component| component.is_credential() || component == Component::AuthorizeToken)
        || credentials::is_named_secret(&said.name().text)
        // `secrets: {flinks: …}`, `credentials: {us: …}`: the key above says it.
        || component.is_none() && said.path.iter().rev().skip(1).take(2).any(|above| says_secrets(&above.text))
}

fn says_secrets(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "secret" | "secrets" | "credential" | "credentials" | "passwords" | "tokens" | "keys")
}

fn collect(value: &Value, found: &mut Vec<Range<usize>>) {
    // `pa$word` was read as a text and a reference, and is neither.
    if value.pieces.len() > 1 && value.references().any(is_bare) {
        found.push(value.span.range());
        return;
    }
    for piece in &value.pieces {
        match piece {
            Piece::Text(text) if credentials::may_show(text.expose()) => {}
            Piece::Text(text) => found.push(text.span().range()),
            Piece::Reference(reference) => {
                if let Some(fallback) = &reference.fallback {
                    collect(fallback, found);
                }
            }
        }
    }
}

/// `$name`, without the braces that make a reference plain to see.
fn is_bare(reference: &Reference) -> bool {
    (reference.span.end - reference.span.start) as usize <= reference.name.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_masked_and_places_stay() {
        let text = "# old key: 7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7 ✓";
        let masked = covered(text, Vec::new());
        assert_eq!(masked, "# old key: 7d********************************d7 ✓");
        assert_eq!(masked.len(), text.len());
    }

    /// What a setting says and what a shape finds in it is one value with one mask.
    #[test]
    fn overlapping_finds_are_one_mask() {
        let text = "KEY=q7Zk2Vx9Lm4Tb1Wp tail of it";
        assert_eq!(covered(text, std::iter::once(4..text.len()).collect()), "KEY=q7************** **** ** it");
    }
}
