//! Python.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Python", reads: |source| has_extension(source, &["py"]), read };

static GRAMMAR: Grammar = Grammar::new("Python", || tree_sitter_python::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("python.scm"));

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
        assert_eq!(
            outline(r#"a = "x" 'y' + f"https://{self.b}-api{{c}}\n{d!r:>3}" + r"\d""#),
            ["a = join('x' 'y' template('https://' self.b '-api{c}\n' d) '\\d')"]
        );
        assert_eq!(outline("a = '%s-api' % b; '{}'.format(c, d=e)"), ["a = '%s-api'.%(b)", "'{}'.format(c d=e)"]);
        assert_eq!(
            outline("A = os.environ.get('B', 'c') or os.environ['D']"),
            ["A = (os.environ.get('B' 'c') ?? os.environ['D'])"]
        );
        assert_eq!(
            outline("A: dict[Country, str] = {'ca': 'b', Country.US: c, **d}\ne = A[country]"),
            ["A: dict[Country, str] = map('ca': 'b' Country.US: c d)", "e = A[country]"]
        );
        assert_eq!(
            outline("if a == 'ca' and not b:\n    c = 'd'\nelif a in ('us', 'usa'): e()\nelse:\n    f(); g()"),
            ["if ((a == 'ca') and not b) {c = 'd'} else if (a == list('us' 'usa')) {e()} else {f() g()}"]
        );
        assert_eq!(
            outline(
                "match a:\n    case 'ca' | 'CA': return b\n    case Country.US if c is None: d = 'e'\n    case other: raise F('g')"
            ),
            ["switch a ['ca' 'CA': {return b}] [Country.US: if (c == None) {d = 'e'}] [else: {return F('g')}]"]
        );
        assert_eq!(outline("a = b if c != 'prod' else d"), ["a = if (c != 'prod') b else d"]);
        assert_eq!(
            outline(
                "def f(a, b: str, c='d', *e, g: int = 1) -> str:\n    if not a:\n        return\n    return h, 'i'"
            ),
            ["function f(a b: str c = 'd' e g: int = 1) {if not a {return} return list(h 'i')}"]
        );
        assert_eq!(
            outline(
                "@dataclass(frozen=True)\nclass Login(SQLModel, table=True):\n    \"\"\"Doc.\"\"\"\n    login_id: Mapped[str] = mapped_column(String(64), unique=True)\n    country: str\n    @property\n    def a(self): return self.b"
            ),
            [
                "@table = True @dataclass(frozen=True) class Login(SQLModel) {'Doc.' login_id: Mapped[str] = mapped_column(String(64) unique=True) country: str @property function a(self) {return self.b}}"
            ]
        );
        assert_eq!(
            outline("op.create_table('logins', sa.Column('login_id', sa.String(), nullable=False), schema='a')"),
            ["op.create_table('logins' sa.Column('login_id' sa.String() nullable=False) schema='a')"]
        );
        assert_eq!(outline("with Client(url='a') as b: await b.c(*d, **e)"), ["b = Client(url='a')", "{b.c(d e)}"]);
        assert_eq!(outline("a = lambda b, c='d': b\na += 'e'"), ["a = function(b c = 'd') gives b", "a = join(a 'e')"]);
        assert_eq!(
            outline("from .settings import A, B as C\nfrom . import d\nimport e.f as g"),
            ["import A, B as C from .settings", "import d from .", "import all as g from e.f"]
        );
        assert_eq!(outline("a = 'b'\ndef broken(:\nc = 'd'"), ["a = 'b'", "function broken() {}", "c = 'd'"]);
    }
}
