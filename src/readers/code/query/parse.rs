//! The text of a query file, read into patterns.

use std::collections::HashMap;

use tree_sitter::Language;

use super::{Child, Condition, Kinds, Malformed, Pattern};

/// Reads the text of a query.
pub(super) struct Parse<'p> {
    language: &'p Language,
    kinds: HashMap<&'p str, Vec<u16>>,
    text: &'p str,
    at: usize,
}

impl<'p> Parse<'p> {
    pub fn new(language: &'p Language, text: &'p str) -> Self {
        Parse { language, kinds: kinds(language), text, at: 0 }
    }

    pub fn malformed(&self, what: &'static str) -> Malformed {
        Malformed { at: self.at, what }
    }

    fn rest(&self) -> &'p str {
        &self.text[self.at..]
    }

    /// The next character that is neither blank nor in a comment.
    pub fn skip_blanks(&mut self) -> Option<char> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            match self.rest().chars().next() {
                Some(';') => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                other => return other,
            }
        }
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.skip_blanks() == Some(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn word(&mut self) -> &'p str {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '?' | '/');
        let rest = self.rest();
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        // A `?` at the end of a kind or capture says that it is optional.
        let word = &rest[..end];
        let bare = word.trim_end_matches('?');
        self.at -= word.len() - bare.len();
        bare
    }

    fn quoted(&mut self) -> Result<String, Malformed> {
        let mut word = String::new();
        let mut escaped = false;
        for (at, c) in self.rest().char_indices().skip(1) {
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    self.at += at + 1;
                    return Ok(word);
                }
                _ => {
                    word.push(c);
                    escaped = false;
                }
            }
        }
        Err(self.malformed("a quote that is not closed"))
    }

    pub fn pattern(&mut self) -> Result<Pattern, Malformed> {
        let mut pattern = match self.skip_blanks() {
            Some('(') if self.rest()[1..].trim_start().starts_with('(') => self.grouping()?,
            Some('(') => self.node()?,
            Some('[') => self.alternatives()?,
            Some('"') => {
                let word = self.quoted()?;
                let kind = self.language.id_for_node_kind(&word, false);
                Pattern { kinds: Kinds::These(self.known(kind, &word)?), ..Pattern::default() }
            }
            Some('_') => {
                self.at += 1;
                Pattern::default()
            }
            _ => return Err(self.malformed("no pattern")),
        };
        while self.skip_blanks() == Some('@') {
            self.at += 1;
            pattern.captures.push(self.word().to_owned());
        }
        Ok(pattern)
    }

    /// `((kind) @role (#eq? @role "b"))`
    fn grouping(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        let mut pattern = self.pattern()?;
        while self.skip_blanks() == Some('(') {
            let condition = self.condition()?;
            pattern.conditions.push(condition);
        }
        if self.eat(')') { Ok(pattern) } else { Err(self.malformed("a parenthesis that is not closed")) }
    }

    fn known(&self, kind: u16, _name: &str) -> Result<Vec<u16>, Malformed> {
        if kind == 0 { Err(self.malformed("a kind that the grammar does not have")) } else { Ok(vec![kind]) }
    }

    /// `(kind field: (…) (…)? (#eq? @a "b"))`
    fn node(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        self.skip_blanks();
        let word = self.word();
        let mut pattern = Pattern { kinds: self.kinds(word)?, ..Pattern::default() };
        let mut anchored = false;
        loop {
            match self.skip_blanks() {
                Some(')') => {
                    self.at += 1;
                    pattern.closed = anchored;
                    return Ok(pattern);
                }
                Some('.') => {
                    self.at += 1;
                    anchored = true;
                }
                Some('(') if self.rest()[1..].trim_start().starts_with('#') => {
                    let condition = self.condition()?;
                    pattern.conditions.push(condition);
                }
                Some('!') => {
                    self.at += 1;
                    let field = self.field()?;
                    let pattern_of_any = Pattern::default();
                    pattern.children.push(Child {
                        field: Some(field),
                        absent: true,
                        optional: false,
                        next: false,
                        repeated: false,
                        pattern: pattern_of_any,
                    });
                }
                Some(_) => {
                    let child = Child { next: std::mem::take(&mut anchored), ..self.child()? };
                    pattern.children.push(child);
                }
                None => return Err(self.malformed("a parenthesis that is not closed")),
            }
        }
    }

    /// All kinds of a name: grammars may have several, aliases of one another.
    fn kinds(&self, word: &str) -> Result<Kinds, Malformed> {
        if word == "_" {
            return Ok(Kinds::Named);
        }
        let kinds = self.kinds.get(word).cloned().unwrap_or_else(|| self.subtypes(word));
        if kinds.is_empty() {
            Err(self.malformed("a kind that the grammar does not have"))
        } else {
            Ok(Kinds::These(kinds))
        }
    }

    /// A supertype stands for its kinds, and they for theirs.
    fn subtypes(&self, word: &str) -> Vec<u16> {
        let mut kinds = Vec::new();
        let mut open = vec![self.language.id_for_node_kind(word, true)];
        while let Some(kind) = open.pop().filter(|kind| *kind != 0) {
            for subtype in self.language.subtypes_for_supertype(kind) {
                if !kinds.contains(subtype) {
                    kinds.push(*subtype);
                    open.push(*subtype);
                }
            }
        }
        kinds
    }

    fn field(&mut self) -> Result<u16, Malformed> {
        let word = self.word();
        let id = self.language.field_id_for_name(word);
        id.map(std::num::NonZeroU16::get).ok_or_else(|| self.malformed("a field that the grammar does not have"))
    }

    fn child(&mut self) -> Result<Child, Malformed> {
        let named = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let is_field = named.is_some_and(|end| end > 0 && self.rest()[end..].starts_with(':'));
        let field = if is_field { Some(self.field()?) } else { None };
        if is_field {
            self.at += 1;
        }
        let pattern = self.pattern()?;
        let mut child = Child { field, absent: false, optional: false, next: false, repeated: false, pattern };
        // The sign stands before the capture: `(a)? @b`.
        while let Some(sign @ ('?' | '*' | '+')) = self.rest().chars().next() {
            self.at += 1;
            child.optional = sign != '+';
            child.repeated = sign != '?';
            while self.skip_blanks() == Some('@') {
                self.at += 1;
                child.pattern.captures.push(self.word().to_owned());
            }
        }
        Ok(child)
    }

    fn alternatives(&mut self) -> Result<Pattern, Malformed> {
        self.at += 1;
        let mut patterns = Vec::new();
        while !self.eat(']') {
            if self.skip_blanks().is_none() {
                return Err(self.malformed("a bracket that is not closed"));
            }
            patterns.push(self.pattern()?);
        }
        let plain = |pattern: &Pattern| {
            pattern.children.is_empty() && pattern.captures.is_empty() && matches!(pattern.kinds, Kinds::These(_))
        };
        let kinds = if patterns.iter().all(plain) {
            Kinds::These(patterns.iter().flat_map(Pattern::own_kinds).collect())
        } else {
            Kinds::OneOf(patterns)
        };
        Ok(Pattern { kinds, ..Pattern::default() })
    }

    /// `(#eq? @a "b")`, `(#any-of? @a "b" "c")` and their negations.
    fn condition(&mut self) -> Result<Condition, Malformed> {
        self.eat('(');
        self.eat('#');
        let operator = self.word();
        let negated = match operator {
            "eq" | "any-of" => false,
            "not-eq" | "not-any-of" => true,
            _ => return Err(self.malformed("a predicate that is not known here")),
        };
        self.eat('?');
        if !self.eat('@') {
            return Err(self.malformed("a predicate without a capture"));
        }
        let part = self.word().to_owned();
        let mut words = Vec::new();
        while !self.eat(')') {
            if self.skip_blanks() != Some('"') {
                return Err(self.malformed("a predicate with something else than words"));
            }
            words.push(self.quoted()?);
        }
        Ok(Condition { part, short: String::new(), words, negated })
    }
}

/// The numbers of all kinds that have a name.
fn kinds(language: &Language) -> HashMap<&str, Vec<u16>> {
    let mut kinds: HashMap<&str, Vec<u16>> = HashMap::new();
    let all = 0..language.node_kind_count() as u16;
    for kind in all.filter(|kind| language.node_kind_is_named(*kind)) {
        if let Some(name) = language.node_kind_for_id(kind) {
            kinds.entry(name).or_default().push(kind);
        }
    }
    kinds
}
