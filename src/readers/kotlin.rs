//! Kotlin.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Kotlin", reads: |source| has_extension(source, &["kt", "kts"]), read };

static GRAMMAR: Grammar = Grammar::new("Kotlin", || tree_sitter_kotlin_ng::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("kotlin.scm"));

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
            outline(r#"val a = "https://$instance-api.${b.c}/\$d" + """e\n$f""""#),
            [r#"a = join(template('https://' instance '-api.' b.c '/$d') template('e\n' f))"#]
        );
        assert_eq!(outline(r#"val a = System.getenv("B") ?: "c""#), ["a = (System.getenv('B') ?? 'c')"]);
        assert_eq!(
            outline("val a = mapOf(\"ca\" to \"b\", Country.US to c)\nval d = listOf(\"e\", f)"),
            ["a = map('ca': 'b' Country.US: c)", "d = list('e' f)"]
        );
        assert_eq!(outline(r#"val a = b?.c!!["d"].e as F"#), ["a = b.c['d'].e"]);
        assert_eq!(
            outline(
                "fun a(b: String, @C(\"d\") e: F = \"g\"): String? {\n  if (b == \"ca\" && !h) return \"i\"\n  else if (e !== j) { throw K(\"l\") } else m()\n}"
            ),
            [
                "function a(b: String @C('d') e: F = 'g') {if ((b == 'ca') and not h) return 'i' else if (e != j) {return K('l')} else m()}"
            ]
        );
        assert_eq!(
            outline(
                r#"fun a(b: C) = when (b) { C.CA, "qc" -> "d"; is E -> { f("g") }; in listOf("h") -> i; else -> error("j") }"#
            ),
            [
                "function a(b: C) gives switch b [C.CA 'qc': {'d'}] [E: {{f('g')}}] [list('h'): {i}] [else: {error('j')}]"
            ]
        );
        assert_eq!(
            outline("val a = when { b == \"c\" -> \"d\"\n else -> e }\nval f = if (g) \"h\" else i"),
            ["a = switch [(b == 'c'): {'d'}] [else: {e}]", "f = if g 'h' else i"]
        );
        assert_eq!(
            outline(r#"val a = Client(host = "b", c) { timeout = "d" }"#),
            ["a = Client(host='b' c) do function() gives timeout = 'd'"]
        );
        assert_eq!(
            outline("val a = load<B>(\"c\")\nd.map { e -> f(\"g\"); \"h\" }.forEach { i(\"j\") }"),
            ["a = {{load B} 'c'}", "d.map() do function(e) {f('g') return 'h'}.forEach() do function() gives i('j')"]
        );
        assert_eq!(
            outline(
                "@Entity(tableName = \"a\")\ndata class B(@PrimaryKey val c: Long, @ColumnInfo(name = \"d\") val e: String? = \"f\") : G<H>(\"i\"), J"
            ),
            [
                "@Entity(tableName='a') @data class B(G('i') J)<@PrimaryKey c: Long @ColumnInfo(name='d') e: String? = 'f'> {}"
            ]
        );
        assert_eq!(
            outline(
                "object A : Table(\"b\") {\n  val c = varchar(\"d\", 64).nullable()\n  override val e: F by lazy { \"g\" }\n}"
            ),
            ["class A(Table('b')) {c = varchar('d' 64).nullable() @override e: F = lazy() do function() gives 'g'}"]
        );
        assert_eq!(
            outline(
                "class A {\n  companion object { const val B = \"c\" }\n  val d get() = \"e\"\n  init { f(\"g\") }\n  constructor(h: I = \"j\") : super(h, \"k\") { l() }\n}"
            ),
            ["class A {class {@const B = 'c'} d = 'e' {f('g')} function constructor(h: I = 'j') {super(h 'k') {l()}}}"]
        );
        assert_eq!(
            outline("enum class A(val b: String) {\n  CA(\"c\"),\n  @D US(b = \"e\");\n  fun f() = \"g\"\n}"),
            ["@enum class A<b: String> {CA = 'c' @D US = 'e' function f() gives 'g'}"]
        );
        assert_eq!(
            outline("a.b = \"c\"\nd[\"e\"] = f\ng += \"h\"\nval i = object : J(\"k\") { val l = \"m\" }"),
            ["a.b = 'c'", "d['e'] = f", "g = join(g 'h')", "i = class(J('k')) {l = 'm'}"]
        );
        assert_eq!(
            outline("import a.b.C\nimport a.d.E as F\nimport a.*"),
            ["import all as C from a.b.C", "import all as F from a.d.E", "import all as * from a"]
        );
        assert_eq!(
            outline("run { if (a) return@run \"b\" }\nval c = d ?: return null"),
            ["run() do function() gives if a return 'b'", "c = (d ?? return null)"]
        );
        assert_eq!(
            outline("fun a() {\n  val b = foo(\n  val c = \"kept\"\n}\nfun d() = \"kept\""),
            ["function a() {b = 'kept'}", "function d() gives 'kept'"]
        );
    }
}
