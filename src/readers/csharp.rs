//! C#.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "C#", reads: |source| has_extension(source, &["cs"]), read };

static GRAMMAR: Grammar = Grammar::new("C#", || tree_sitter_c_sharp::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("csharp.scm"));

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
            outline(
                r#"var a = $"https://{instance}-api.{b.C,3:x}" + @"d ""e"" \f" + $@"g ""{h}"" i" + """i "j" """ + "k\"l";"#
            ),
            [
                r#"a = join(template('https://' instance '-api.' b.C) 'd "e" \f' template('g "' h '" i') 'i "j" ' 'k"l')"#
            ]
        );
        assert_eq!(
            outline(
                r#"var a = Environment.GetEnvironmentVariable("B") ?? c["Flinks:Host"] ?? d.GetValue<string>("e", "f");"#
            ),
            ["a = (Environment.GetEnvironmentVariable('B') ?? (c['Flinks:Host'] ?? d.GetValue<string>('e' 'f')))"]
        );
        assert_eq!(
            outline(r#"var a = new Dictionary<string, B> { ["ca"] = "c", [D.Us] = e };"#),
            ["a = map('ca': 'c' D.Us: e)"]
        );
        assert_eq!(
            outline(r#"var a = new Dictionary<string, string>() { { "ca", "b" }, { "us", c } };"#),
            ["a = map('ca': 'b' 'us': c)"]
        );
        assert_eq!(
            outline(r#"var a = new List<string> { "b" }; string[] c = { "d" }; var e = new[] { f }; G h = ["i", j];"#),
            ["a = List<string>('b')", "c: string[] = list('d')", "e = list(f)", "h: G = list('i' j)"]
        );
        assert_eq!(
            outline(r#"var a = new Client("b", key: c) { Timeout = "d" }; E f = new("g");"#),
            ["a = Client('b' key=c Timeout='d')", "f: E = new('g')"]
        );
        assert_eq!(outline(r#"var a = new { login_id = b, c.D, E = "f" };"#), ["a = map(login_id: b c.D E: 'f')"]);
        assert_eq!(
            outline(
                r#"class A { string B(string c) { if (c == null) return null; else if (c != "ca" || !d) { throw new E("f"); } return g is "h" ? i?.J["k"] : (L)m; } }"#
            ),
            [
                "class A {function B(c: string) {if (c == null) return null else if ((c != 'ca') ?? not d) {return E('f')} return if (g == 'h') i.J['k'] else m}}"
            ]
        );
        assert_eq!(
            outline(
                r#"switch (a) { case "ca": case "qc": return "b"; case string s when s.C == 2: d(); break; default: e("f"); break; }"#
            ),
            ["switch a ['ca': {}] ['qc': {return 'b'}] [string: if (s.C == 2) {d()}] [else: {e('f')}]"]
        );
        assert_eq!(
            outline(
                r#"var a = b switch { "ca" or "qc" => "c", D.Us when e => "f", { Code: "g" } => h, _ => throw new I("j") };"#
            ),
            ["a = switch b ['ca' 'qc': {'c'}] [D.Us: if e {'f'}] [map(Code: 'g'): {h}] [else: {return I('j')}]"]
        );
        assert_eq!(
            outline(
                r#"[Table("a"), B] public class C : D<E>, F { [Key] public int G { get; set; } [Column("h")] public string? I { get; init; } = j!; public string K => "l"; public string M { get { return "n"; } } }"#
            ),
            [
                "@Table('a') @B class C(D F) {@Key @set G: int @Column('h') @init I: string? = j K: string = 'l' M: string = function() {return 'n'}}"
            ]
        );
        assert_eq!(
            outline(
                r#"class A(B c) : D(c, "e") { const string F = "g"; private readonly H i = j, k; public A([L(M = "n")] string o = "p") : base("q") { this.r = o; } }"#
            ),
            [
                "class A(D(c 'e'))<c: B> {@const F: string = 'g' i = j k function A(@L(M='n') o: string = 'p') {base('q') {this.r = o}}}"
            ]
        );
        assert_eq!(
            outline(r#"record A([property: B("c")] string D, string E = "f") : G(D);"#),
            ["class A(G(D))<@B('c') D: string E: string = 'f'> {}"]
        );
        assert_eq!(outline(r#"enum A { [B(C = "d")] CA, US = 2 }"#), ["class A {@B(C='d') CA US = 2}"]);
        assert_eq!(
            outline(r#"modelBuilder.Entity<A>(b => { b.Property(c => c.LoginId).HasColumnName("d"); });"#),
            ["modelBuilder.Entity<A>(function(b) {b.Property(function(c) gives c.LoginId).HasColumnName('d')})"]
        );
        assert_eq!(
            outline(
                r#"class A : Migration { protected override void Up(B c) => c.CreateTable(name: "d", columns: e => new { login_id = e.Column<string>(maxLength: 64) }); }"#
            ),
            [
                "class A(Migration) {@override function Up(c: B) gives c.CreateTable(name='d' columns=function(e) gives map(login_id: e.Column<string>(maxLength=64)))}"
            ]
        );
        assert_eq!(
            outline(r#"app.MapPost("/a/{country}", async (B c, string d) => await e.F(c, "g"));"#),
            ["app.MapPost('/a/{country}' function(c: B d: string) gives e.F(c 'g'))"]
        );
        assert_eq!(
            outline("class A {\n#if DEBUG\n const string B = \"c\";\n#else\n const string B = \"d\";\n#endif\n}"),
            ["class A {if DEBUG @const B: string = 'c' else {@const B: string = 'd'}}"]
        );
        assert_eq!(
            outline("using A.B; using C = D.E; namespace F { class G { } }"),
            ["import  from A.B", "import all as C from D.E", "{class G {}}"]
        );
        assert_eq!(
            outline(r#"class A { void B( { "c" ; } string D() { return "kept"; } }"#),
            ["class A {function B() {} function D() {return 'kept'}}"]
        );
    }
}
