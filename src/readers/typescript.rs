//! TypeScript and TSX.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader =
    Reader { name: "TypeScript", reads: |source| has_extension(source, &["ts", "tsx", "mts", "cts"]), read };

static GRAMMAR: Grammar = Grammar::new("TypeScript", || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into());
static GRAMMAR_WITH_MARKUP: Grammar = Grammar::new("TSX", || tree_sitter_typescript::LANGUAGE_TSX.into());

pub static LANGUAGE: Language =
    Language::new(&GRAMMAR, concat!(include_str!("ecmascript.scm"), include_str!("typescript.scm")));

/// `<X>y` is an element there and no type assertion.
pub static WITH_MARKUP: Language = Language::new(
    &GRAMMAR_WITH_MARKUP,
    concat!(include_str!("ecmascript.scm"), include_str!("typescript.scm"), include_str!("jsx.scm")),
);

fn read(source: &Source) -> Facts {
    code::read(source, if has_extension(source, &["tsx"]) { &WITH_MARKUP } else { &LANGUAGE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::code::outline::of;

    #[test]
    fn what_a_program_is_made_of() {
        let outline = |text| of(&LANGUAGE, text);
        assert_eq!(outline("const a: Record<X, string> = { b: 'c' } as const;"), ["a = map(b: 'c')"]);
        assert_eq!(
            outline("@Entity('a') export class B extends C { @Column({ name: 'd' }) e!: string; f = g!; }"),
            ["@Entity('a') class B(C) {@Column(map(name: 'd')) e: string f = g}"]
        );
        assert_eq!(outline("enum A { B = 'c' }"), ["class A {B = 'c'}"]);
        assert_eq!(
            outline("function f(a: string = 'b', c?: D): E { return a }"),
            ["function f(a: string = 'b' c: D) {return a}"]
        );
        assert_eq!(of(&WITH_MARKUP, "const a = <B c={d} />;"), ["a = B(c=d)"]);
    }
}
