//! JavaScript and JSX.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader =
    Reader { name: "JavaScript", reads: |source| has_extension(source, &["js", "jsx", "mjs", "cjs", "es6"]), read };

static GRAMMAR: Grammar = Grammar::new("JavaScript", || tree_sitter_javascript::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(
    &GRAMMAR,
    concat!(include_str!("ecmascript.scm"), include_str!("javascript.scm"), include_str!("jsx.scm")),
);

fn read(source: &Source) -> Facts {
    code::read(source, &LANGUAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::code::outline::of;

    #[test]
    fn what_a_program_is_made_of() {
        let outline = |text| of(&LANGUAGE, text);
        assert_eq!(outline("const a = `x${b.c}y` + 'z';"), ["a = join(template('x' b.c 'y') 'z')"]);
        assert_eq!(outline("const { a, b: c } = require('./d');"), ["map(a b: c) = require('./d')"]);
        assert_eq!(
            outline("x.y = { a, 'b-c': 1, [D]: e ?? 'f', ...g };"),
            ["x.y = map(a 'b-c': 1 D: (e ?? 'f') ...g)"]
        );
        assert_eq!(outline("new Client({ a: b }, 'c')"), ["Client(map(a: b) 'c')"]);
        assert_eq!(
            outline("if (a === 'b' && !c) { return d } else if (e) f(); else g()"),
            ["if ((a == 'b') and not c) {return d} else if e f() else g()"]
        );
        assert_eq!(outline("const f = (a = 'b') => a ? b : c"), ["f = function(a = 'b') gives if a b else c"]);
        assert_eq!(
            outline("switch (a) { case 'b': case C: return d; default: e() }"),
            ["switch a ['b': {}] [C: {return d}] [else: {e()}]"]
        );
        assert_eq!(
            outline("class A extends B { c = 'd'; e(f) { this.g = f } }"),
            ["class A(B) {c = 'd' function e(f) {this.g = f}}"]
        );
        assert_eq!(outline("import a, { b as c } from 'd'"), ["import b as c, default as a from d"]);
        assert_eq!(outline("export default { a: 'b' }"), ["default = map(a: 'b')"]);
        assert_eq!(outline("<iframe src={a} title='b' />"), ["iframe(src=a title='b')"]);
    }
}
