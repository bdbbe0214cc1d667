//! Dart.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Dart", reads: |source| has_extension(source, &["dart"]), read };

static GRAMMAR: Grammar = Grammar::new("Dart", || tree_sitter_dart::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("dart.scm"));

fn read(source: &Source) -> Facts {
    code::read(source, &LANGUAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::code::outline::of;

    #[test]
    fn what_a_program_is_made_of() {
        let outline = |text: &str| of(&LANGUAGE, text);
        let body = |text: &str| outline(&format!("void f() {{ {text} }}"));
        assert_eq!(
            outline("import 'a/b.dart'; import 'c.dart' as d; import 'e.dart' show F;"),
            ["import all as b.dart from a/b.dart", "import all as d from c.dart", "import F from e.dart"]
        );
        assert_eq!(
            outline(r#"const host = 'https://$instance-api' '/v3/${a.b}', raw = r'c\n';"#),
            ["host = join(template('https://' instance '-api') template('/v3/' a.b))", r"raw = 'c\n'"]
        );
        assert_eq!(
            outline(r#"final Map<String, String> hosts = {'CA': 'a\u{e9}', Country.us.name: b + 'c', ...d};"#),
            ["hosts: Map<String, String> = map('CA': 'aé' Country.us.name: join(b 'c') d)"]
        );
        assert_eq!(
            outline("enum Country { ca('CA', host: 'x'), us('US'); const Country(this.code); final String code; }"),
            ["class Country {ca = map('CA' host: 'x') us = 'US' function Country(code) {} code: String}"]
        );
        assert_eq!(
            outline(
                "class Logins extends Table { TextColumn get loginId => text().named('login_id')(); @override String get tableName => 'logins'; }"
            ),
            [
                "class Logins(Table) {function loginId() gives text().named('login_id')() @override function tableName() gives 'logins'}"
            ]
        );
        assert_eq!(
            outline(
                "@freezed class Login with _$L { const factory Login({@JsonKey(name: 'LoginId') required String loginId, @Default('CA') String c}) = _L; }"
            ),
            [
                "@freezed class Login(_$L) {function Login(@JsonKey(name='LoginId') loginId: String @Default('CA') c: String) {}}"
            ]
        );
        assert_eq!(
            outline(
                "@Entity(tableName: 'logins') class L { @ColumnInfo(name: 'login_id') final String? loginId; L(this.loginId, {String env = 'dev'}) : url = 'https://$env'; factory L.of(Map j) => L(j['LoginId'] as String, env: 'x'); }"
            ),
            [
                "@Entity(tableName='logins') class L {@ColumnInfo(name='login_id') loginId: String? function L(loginId env: String = 'dev') url = template('https://' env) function L(j: Map) gives L(j['LoginId'] env='x')}"
            ]
        );
        assert_eq!(
            body(
                "final host = dotenv.env['FLINKS_HOST'] ?? 'toolbox'; const id = String.fromEnvironment('ID', defaultValue: 'x');"
            ),
            [
                "function f() {host = (dotenv.env['FLINKS_HOST'] ?? 'toolbox') id = String.fromEnvironment('ID' defaultValue='x')}"
            ]
        );
        assert_eq!(
            body("if (country == 'CA' && !debug) { return 'a'; } else if (env != 'prod') x = 'b'; else throw E('c');"),
            [
                "function f() {if ((country == 'CA') and not debug) {return 'a'} else if (env != 'prod') x = 'b' else return E('c')}"
            ]
        );
        assert_eq!(
            body(
                "switch (country) { case 'CA': case Country.us: return 'a'; case 'MX' || 'BR' when prod: x ??= 'b'; break; default: x += 'c'; }"
            ),
            [
                "function f() {switch country ['CA': {}] [Country.us: {return 'a'}] ['MX' 'BR': if prod {x = 'b'}] [else: {x = join(x 'c')}]}"
            ]
        );
        assert_eq!(
            body("final u = switch (country) { 'CA' => 'a', Country.us => 'b', _ => 'c' };"),
            ["function f() {u = switch country ['CA': {'a'}] [Country.us: {'b'}] [else: {'c'}]}"]
        );
        assert_eq!(
            body("final c = FlinksClient(customerId: 'x', env: env.instance, onDone: (r) => go('y'));"),
            ["function f() {c = FlinksClient(customerId='x' env=env.instance onDone=function(r) gives go('y'))}"]
        );
        assert_eq!(
            body("var c = A()..host = 'b'..connect('c'); final t = isProd ? 'p' : list[0];"),
            ["function f() {c = {A() host = 'b' connect('c')} t = if isProd 'p' else list[0]}"]
        );
        assert_eq!(
            body("await db.collection('logins').doc(id).set({'loginId': login!.id, 'n': [1]});"),
            ["function f() {db.collection('logins').doc(id).set(map('loginId': login.id 'n': list(1)))}"]
        );
        assert_eq!(
            body("int? g(String a, [b = 'c']) => h(a); var i = (x) { return x; }; this.j?.k = l;"),
            ["function f() {function g(a: String b) gives h(a) i = function(x) {return x} this.j.k = l}"]
        );
    }
}
