//! Swift.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Swift", reads: |source| has_extension(source, &["swift"]), read };

static GRAMMAR: Grammar = Grammar::new("Swift", || tree_sitter_swift::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("swift.scm")).giving_last();

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
        assert_eq!(
            outline("import Foundation\nlet host: String = \"https://\\(instance)-api\" + x, b = #\"r\\n\"#"),
            [
                "import all as Foundation from Foundation",
                "host: String = join(template('https://' instance '-api') x)",
                r"b = 'r\n'"
            ]
        );
        assert_eq!(
            outline("let hosts = [\"CA\": \"a\\u{e9}\", Country.us.rawValue: base]\nlet h = hosts[\"CA\"]"),
            ["hosts = map('CA': 'aé' Country.us.rawValue: base)", "h = hosts['CA']"]
        );
        assert_eq!(
            outline(r#"let id = ProcessInfo.processInfo.environment["FLINKS_ID"] ?? "abc" + d"#),
            ["id = (ProcessInfo.processInfo.environment['FLINKS_ID'] ?? join('abc' d))"]
        );
        assert_eq!(
            outline(r#"let a = country == "CA" && env != "prod" || !c"#),
            ["a = (((country == 'CA') and (env != 'prod')) ?? not c)"]
        );
        assert_eq!(
            outline("let t = isProd ? \"p\" : \"s\"\nurl += \"/v3\"\nself.x = .toolbox"),
            ["t = if isProd 'p' else 's'", "url = join(url '/v3')", "self.x = self.toolbox"]
        );
        assert_eq!(
            outline(
                "if country == \"CA\" { use(\"ca\") } else if let v = env[\"X\"], v != \"y\" { use(v) } else { use(\"d\") }\nif x {} else { use(\"e\") }"
            ),
            [
                "if (country == 'CA') {use('ca')} else if (v = env['X'] and (v != 'y')) {use(v)} else {use('d')}",
                "if x {} else {use('e')}"
            ]
        );
        assert_eq!(
            outline(
                "func host(for country: String = \"CA\", id: Int) -> String? {\n  guard let c = find(country) as? String, c == \"us\" else { return \"none\" }\n  return c\n}"
            ),
            [
                "function host(country: String = 'CA' id: Int) {if not (c = find(country) and (c == 'us')) {return 'none'} return c}"
            ]
        );
        assert_eq!(
            outline(
                "switch country {\ncase .ca, .mx: use(\"a\")\ncase \"us\" where isProd: throw E.bad(\"b\")\ncase _: break\n}"
            ),
            ["switch country [ca mx: {use('a')}] ['us': if isProd {return E.bad('b')}] [else: {}]"]
        );
        assert_eq!(
            outline(
                "#if DEBUG\nlet host = \"sandbox\"\n#elseif !STAGING\nlet host = \"stage\"\n#else\nlet host = \"prod\"\n#endif"
            ),
            ["if DEBUG {host = 'sandbox'} else if not STAGING {host = 'stage'} else {host = 'prod'}"]
        );
        assert_eq!(
            outline(r#"let client = FlinksClient(customerId: "x", instance: .toolbox, list: [.a]) { r in done("b") }"#),
            ["client = FlinksClient(customerId='x' instance=toolbox list=list(a)) do function(r) {done('b')}"]
        );
        assert_eq!(
            outline(
                "@Model final class Login: NSManagedObject { @Field(key: \"login_id\") var loginId: String?\n  var host: String { \"h\" }\n  init(a: String = \"b\") { self.a = a } }"
            ),
            [
                "@Model class Login(NSManagedObject) {@Field(key='login_id') loginId: String? function host() {'h'} function init(a: String = 'b') {self.a = a}}"
            ]
        );
        assert_eq!(
            outline("enum Country: String { case ca = \"CA\", us\n  case other(name: String) }"),
            ["class Country(String) {ca = 'CA' us other}"]
        );
        assert_eq!(
            outline(
                "extension Login { static let table = Table(\"logins\")\n static let id = Expression<String>(\"login_id\") }"
            ),
            ["class Login {table = Table('logins') id = Expression('login_id')}"]
        );
        assert_eq!(
            outline(r#"db.collection("logins").document(id).setData(["loginId": login!.id, "n": ["a": 1]])"#),
            ["db.collection('logins').document(id).setData(map('loginId': login.id 'n': map('a': 1)))"]
        );
        assert_eq!(
            outline("let s = String(format: \"https://%@-api\", instance)\nlet q = \"\"\"\n  a \\(b)\n  \"\"\""),
            ["s = String(format='https://%@-api' instance)", "q = template('\n  a ' b '\n  ')"]
        );
    }
}
