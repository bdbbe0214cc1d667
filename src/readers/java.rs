//! Java.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Java", reads: |source| has_extension(source, &["java"]), read };

static GRAMMAR: Grammar = Grammar::new("Java", || tree_sitter_java::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("java.scm"));

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
            outline("class A { static final String B = \"c\" + d + \"\\n\"; String e = \"\"\"\n  f\n  \"\"\"; }"),
            ["class A {@static @final B: String = join('c' d '\n') e: String = '\n  f\n  '}"]
        );
        assert_eq!(
            outline(r#"class A { String b = System.getenv().getOrDefault("C", "d"), e; }"#),
            ["class A {b = System.getenv().getOrDefault('C' 'd') e}"]
        );
        assert_eq!(
            outline(
                r#"class A { String b = String.format("https://%s-api.private.fin.ag/v3/%s", instance, this.customer); }"#
            ),
            ["class A {b: String = String.format('https://%s-api.private.fin.ag/v3/%s' instance this.customer)}"]
        );
        assert_eq!(
            outline(
                r#"class A { Map<String, String> b = Map.of("ca", c, "us", "d"); List<String> e = List.of("f"); String[] g = {"h"}; }"#
            ),
            [
                "class A {b: Map<String, String> = map('ca': c 'us': 'd') e: List<String> = list('f') g: String[] = list('h')}"
            ]
        );
        assert_eq!(
            outline(r#"class A { Object b = Map.ofEntries(entry(Country.CA, "c"), Map.entry(Country.US, "d")); }"#),
            ["class A {b: Object = map(Country.CA: 'c' Country.US: 'd')}"]
        );
        assert_eq!(
            outline(
                r#"class A { String b(String country) { if (country == null) return null; else if (!country.equals("ca") || c) { throw new D("e" + country); } return f ? "g" : h.i(); } }"#
            ),
            [
                "class A {function b(country: String) {if (country == null) return null else if (not country.equals('ca') ?? c) {return D(join('e' country))} return if f 'g' else h.i()}}"
            ]
        );
        assert_eq!(
            outline(r#"class A { void b() { switch (c) { case "ca": case "qc": d(); break; default: e("f"); } } }"#),
            ["class A {function b() {switch c ['ca': {}] ['qc': {d()}] [else: {e('f')}]}}"]
        );
        assert_eq!(
            outline(
                r#"class A { String b = switch (c) { case CA, QC -> "d"; case String s when s.isEmpty() -> { yield "e"; } default -> throw new F(); }; }"#
            ),
            [
                "class A {b: String = switch c [CA QC: {'d'}] [String: if s.isEmpty() {{return 'e'}}] [else: {return F()}]}"
            ]
        );
        assert_eq!(
            outline(
                r#"class A { void b() { var c = new Client.Builder<D>("e").host(f).build(); c.g(h -> { i("j"); }, K::new); l += "m"; } }"#
            ),
            [
                "class A {function b() {c = Client.Builder<D>('e').host(f).build() c.g(function(h) {i('j')} K) l = join(l 'm')}}"
            ]
        );
        assert_eq!(
            outline(
                r#"@Entity @Table(name = "a", indexes = @Index(columnList = "b")) class C extends D<E> implements F { @Id Long g; @Column(name = "h", nullable = false) private transient String i = j; }"#
            ),
            [
                "@Entity @Table(name='a' indexes=Index(columnList='b')) class C(D F) {@Id g: Long @Column(name='h' nullable=false) @transient i: String = j}"
            ]
        );
        assert_eq!(
            outline(r#"class A { A(@Value("${flinks.base-url:b}") String c, final D e) { super(c); this.f = c; } }"#),
            ["class A {function A(@Value('${flinks.base-url:b}') c: String @final e: D) {super(c) this.f = c}}"]
        );
        assert_eq!(
            outline(r#"enum A { CA("b"), @C US("d", "e"); final String f; A(String g) { f = g; } }"#),
            ["class A {CA = 'b' @C US = {'d' 'e'} @final f: String function A(g: String) {f = g}}"]
        );
        assert_eq!(
            outline(r#"record A(@B("c") String d) implements E { static String f = "g"; }"#),
            ["class A(E)<@B('c') d: String> {@static f: String = 'g'}"]
        );
        assert_eq!(
            outline(r#"interface A extends B<C, D> { @Query("e") F g(@Param("h") String i); }"#),
            ["class A(B) {@Query('e') function g(@Param('h') i: String) {}}"]
        );
        assert_eq!(
            outline("import a.b.C; import static a.b.C.D; import a.b.*;"),
            ["import all as C from a.b.C", "import D from a.b.C", "import all as * from a.b"]
        );
        assert_eq!(
            outline(
                r#"class A { void b() { try (var c = d("e")) { f("g"); } catch (H | I j) { k("l"); } for (String m : List.of("n")) { o(m); } } }"#
            ),
            ["class A {function b() {{c: var = d('e') {f('g')} {k('l')}} {list('n') {o(m)}}}}"]
        );
        assert_eq!(
            outline(r#"class A { void b( { "c" ; } String d() { return "kept"; } }"#),
            ["class A {function b() {'c'} function d() {return 'kept'}}"]
        );
    }
}
