//! Scala.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader =
    Reader { name: "Scala", reads: |source| has_extension(source, &["scala", "sc", "sbt"]), read };

static GRAMMAR: Grammar = Grammar::new("Scala", || tree_sitter_scala::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("scala.scm")).giving_last();

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
            outline(r#"val a = s"https://$instance-api.${b.c}\n" + """d\n""""#),
            ["a = join(template('https://' instance '-api.' b.c '\n') 'd\\n')"]
        );
        assert_eq!(
            outline("val a = sys.env.getOrElse(\"B\", \"c\")\nval d = e getOrElse \"f\""),
            ["a = sys.env.getOrElse('B' 'c')", "d = (e ?? 'f')"]
        );
        assert_eq!(
            outline("val a: Map[String, B] = Map(\"ca\" -> \"c\", Country.US -> d)\nval e = Seq(\"f\", g)"),
            ["a: Map[String, B] = map('ca': 'c' Country.US: d)", "e = list('f' g)"]
        );
        assert_eq!(
            outline(
                r#"def a(b: String, @C("d") e: F = "g")(implicit h: I): String = { if (b == null) return "early"; "last" }"#
            ),
            ["function a(b: String @C('d') e: F = 'g' h: I) {if (b == null) return 'early' 'last'}"]
        );
        assert_eq!(
            outline(r#"def a = if (b == "ca" && !c) "d" else if (e != f || g) h("i") else "j""#),
            ["function a() gives if ((b == 'ca') and not c) 'd' else if ((e != f) ?? g) h('i') else 'j'"]
        );
        assert_eq!(
            outline(
                r#"a match { case "ca" | "qc" => "b"; case C.US if d => e("f"); case G("h") => i; case _ => throw new J(s"k $a") }"#
            ),
            ["switch a ['ca' 'qc': {'b'}] [C.US: if d {e('f')}] [G('h'): {i}] [else: {return J(template('k ' a))}]"]
        );
        assert_eq!(
            outline("val a = Client(host = \"b\", c)\nval d = new Client[E](\"f\") { val g = \"h\" }\nval i = new J"),
            ["a = Client(host='b' c)", "d = Client<E>('f') do {g = 'h'}", "i = J()"]
        );
        assert_eq!(
            outline(r#"a.map { b => c("d"); "e" }.recover { case f: G => "h" }.foreach(_ + "i")"#),
            ["a.map() do function(b) {c('d') return 'e'}.recover() do switch [G: {'h'}].foreach(join(_ 'i'))"]
        );
        assert_eq!(
            outline(r#"@Entity case class A(@Column("b") c: Option[String] = Some("d")) extends E("f") with G"#),
            ["@Entity class A(E('f') G)<@Column('b') c: Option[String] = Some('d')> {}"]
        );
        assert_eq!(
            outline(
                r#"class A(tag: Tag) extends Table[B](tag, "c") { def d = column[String]("e", O.PrimaryKey); def * = (d, f) <> (B.tupled, B.unapply) }"#
            ),
            [
                "class A(Table(tag 'c'))<tag: Tag> {function d() gives column<String>('e' O.PrimaryKey) function *() gives list(d f).<>(list(B.tupled B.unapply))}"
            ]
        );
        assert_eq!(
            outline(r#"object A extends B { private lazy val c = config.get[String]("flinks.host") }"#),
            ["class A(B) {c = config.get<String>('flinks.host')}"]
        );
        assert_eq!(
            outline("name := \"a\"\nlibraryDependencies += \"b\" %% \"c\" % d"),
            ["name = 'a'", "libraryDependencies = join(libraryDependencies 'b'.%%('c').%(d))"]
        );
        assert_eq!(
            outline("sql\"SELECT ${a.b}\"\nval c = uri\"https://$d\""),
            ["sql(template('SELECT ' a.b))", "c = uri(template('https://' d))"]
        );
        assert_eq!(
            outline("import a.b.C\nimport a.b.{D, E => F}\nimport a.b._"),
            ["import all as C from a.b.C", "import D, E as F from a.b", "import all as _ from a.b"]
        );
        assert_eq!(
            outline(
                "enum A(val b: String):\n  case Ca extends A(\"c\")\n  case D, E\n\ndef f(g: H) =\n  if g then \"i\"\n  else \"j\""
            ),
            ["class A<b: String> {Ca = A('c') D E}", "function f(g: H) {if g 'i' else 'j'}"]
        );
        assert_eq!(
            outline("for { a <- b(\"c\"); d = \"e\" } yield f(a)\ntry g(\"h\") catch { case i: J => k(\"l\") }"),
            ["{{a = b('c') d = 'e'} f(a)}", "{g('h') switch [J: {k('l')}]}"]
        );
        assert_eq!(
            outline("class A {\n  def b( = { \"c\" }\n  def d() = \"kept\"\n}"),
            ["class A {function b() {'c'} function d() gives 'kept'}"]
        );
    }
}
