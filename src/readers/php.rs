//! PHP, and the page around it.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension, html};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "PHP", reads: |source| has_extension(source, &["php", "phtml"]), read };

static GRAMMAR: Grammar = Grammar::new("PHP", || tree_sitter_php::LANGUAGE_PHP.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("php.scm"));

fn read(source: &Source) -> Facts {
    let mut facts = code::read(source, &LANGUAGE);
    let text = source.text().trim();
    if !text.starts_with("<?php") || text.trim_end_matches("?>").contains("?>") {
        html::around_php(source, &mut facts);
        code::symbols(&mut facts);
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::code::outline::of;

    #[test]
    fn what_a_program_is_made_of() {
        let outline = |text: &str| of(&LANGUAGE, &format!("<?php {text}"));
        assert_eq!(
            outline(r#"$a = "https://{$this->b()}-$c[0]\n" . 'it\'s' . D;"#),
            ["a = join(template('https://' this.b() '-' c[0] '\n') 'it's' D)"]
        );
        assert_eq!(
            outline("$a = <<<EOT\n b {$c}\n d\n$e\nEOT;\n$f = <<<'EOT'\n g $h\n i\nEOT;"),
            ["a = template(' b ' c '\n d\n' e)", "f = ' g $h\n i'"]
        );
        assert_eq!(
            outline("return ['ca' => ['url' => env('A', 'b')], Country::US => getenv('C') ?: 'd', ...$e];"),
            ["return map('ca': map('url': env('A' 'b')) Country.US: (getenv('C') ?? 'd') e)"]
        );
        assert_eq!(
            outline("$a = $hosts[$country] ?? $_ENV['B']; $a ??= sprintf('%s', $c); $a .= 'd';"),
            ["a = (hosts[country] ?? _ENV['B'])", "a = sprintf('%s' c)", "a = join(a 'd')"]
        );
        assert_eq!(
            outline("if ($a === 'ca' && !$b) { $c = 'd'; } elseif ($a != 'us') return 'e'; else { f(); g(); }"),
            ["if ((a == 'ca') and not b) {c = 'd'} else if (a != 'us') return 'e' else {f() g()}"]
        );
        assert_eq!(
            outline("switch ($a) { case 'ca': $b = 'c'; break; default: throw new D(\"e $a\"); }"),
            ["switch a ['ca': {b = 'c'}] [else: {return D(template('e ' a))}]"]
        );
        assert_eq!(
            outline("$a = match ($b) { 'ca', Country::CA => 'c', default => throw new D('e') };"),
            ["a = switch b ['ca' Country.CA: {'c'}] [else: {return D('e')}]"]
        );
        assert_eq!(
            outline("$a = match (true) { $b === 'ca' => 'c', default => $d ? 'e' : 'f' };"),
            ["a = switch [(b == 'ca'): {'c'}] [else: {if d 'e' else 'f'}]"]
        );
        assert_eq!(
            outline("$a = new \\GuzzleHttp\\Client(['base_uri' => $b]); new Client(instance: 'c', id: $d);"),
            ["a = Client(map('base_uri': b))", "Client(instance='c' id=d)"]
        );
        assert_eq!(
            outline(
                "#[ORM\\Entity, ORM\\Table(name: 'logins')] final class A extends B { const C = 'd', E = 'f'; #[ORM\\Column(name: 'login_id')] private ?string $loginId = null; protected $fillable = ['login_id']; }"
            ),
            [
                "@Entity() @Table(name='logins') class A(B) {{C = 'd' E = 'f'} @Column(name='login_id') loginId: ?string = null fillable = list('login_id')}"
            ]
        );
        assert_eq!(
            outline(
                "class A { public function __construct(private readonly string $b = 'c', ?D $d = null) { $this->e = self::F . static::$g; } }"
            ),
            ["class A {function __construct(@private b: string = 'c' d: ?D = null) {this.e = join(self.F static.g)}}"]
        );
        assert_eq!(
            outline(
                "return new class extends Migration { public function up(): void { Schema::create('logins', function (Blueprint $t) { $t->string('login_id')->unique(); }); } };"
            ),
            [
                "return class(Migration) {function up() {Schema.create('logins' function(t: Blueprint) {t.string('login_id').unique()})}}"
            ]
        );
        assert_eq!(
            outline("enum A: string { case CA = 'ca'; case US = 'us'; } $b = fn($c = 'd') => A::CA->value;"),
            ["class A {CA = 'ca' US = 'us'}", "b = function(c = 'd') gives A.CA.value"]
        );
        assert_eq!(
            outline("namespace A; use B\\C\\D as E; use F\\{G, H}; use I;"),
            ["import D as E from B\\C", "import G, H from F", "import all as I from I"]
        );
        assert_eq!(
            of(&LANGUAGE, "<a href=\"https://b\"><?= $c ?></a><?php if ($d): ?> e <?php endif;"),
            ["c", "if d {}"]
        );
        assert_eq!(outline("function broken( { $a = 'b'; } $c = 'd';"), ["function broken() {a = 'b'}", "c = 'd'"]);
    }
}
