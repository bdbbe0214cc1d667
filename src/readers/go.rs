//! Go.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Go", reads: |source| has_extension(source, &["go"]), read };

static GRAMMAR: Grammar = Grammar::new("Go", || tree_sitter_go::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("go.scm"));

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
        let body = |text: &str| outline(&format!("func f() {{\n{text}\n}}"));
        assert_eq!(
            outline("import (\n\t\"os\"\n\tcfg \"github.com/northwind/app/config\"\n)\nimport \"a/b\""),
            [
                "import all as os from os",
                "import all as cfg from github.com/northwind/app/config",
                "import all as b from a/b"
            ]
        );
        assert_eq!(
            outline("const (\n\tHost, Port = \"h\\n\", `p`\n\tEnv env = \"x\"\n)"),
            ["Host = 'h\n'", "Port = 'p'", "Env: env = 'x'"]
        );
        assert_eq!(
            outline(r#"var hosts = map[string]string{"CA": "ca" + x, US: fmt.Sprintf("https://%s-api", instance)}"#),
            ["hosts = map('CA': join('ca' x) US: fmt.Sprintf('https://%s-api' instance))"]
        );
        assert_eq!(
            outline(
                "type Config struct {\n\tgorm.Model\n\tHost string `env:\"FLINKS_HOST\" envDefault:\"toolbox\"`\n\tA, B *int\n\tIn struct { C string `json:\"c\"` }\n}"
            ),
            [
                r#"class Config(gorm.Model) {@'env:"FLINKS_HOST" envDefault:"toolbox"' Host: string A: *int B: *int In = class {@'json:"c"' C: string}}"#
            ]
        );
        assert_eq!(
            outline(r#"func (Login) TableName() string { return "logins" }"#),
            ["class Login {function TableName() {return 'logins'}}"]
        );
        assert_eq!(
            outline("func (c *Client) Host(country string) (string, error) { return c.hosts[country], nil }"),
            ["class Client {function Host(c: *Client country: string) {return c.hosts[country]}}"]
        );
        assert_eq!(
            outline("type Store interface { Base; Save(id string) error }"),
            ["class Store(Base) {function Save(id: string) {}}"]
        );
        assert_eq!(
            body("host, ok := os.LookupEnv(\"FLINKS_HOST\")\nif !ok || host == \"\" { host = \"toolbox\" }"),
            ["function f() {host = os.LookupEnv('FLINKS_HOST') if (not ok ?? (host == '')) {host = 'toolbox'}}"]
        );
        assert_eq!(
            body(r#"if v := os.Getenv("X"); v != "" { return v } else if c { a, b = "a", "b" } else { s += "d" }"#),
            [
                "function f() {v = os.Getenv('X') if (v != '') {return v} else if c {a = 'a' b = 'b'} else {s = join(s 'd')}}"
            ]
        );
        assert_eq!(
            body(
                "switch country {\ncase \"CA\", models.US:\n\treturn \"ca\"\ncase x:\ndefault:\n\tpanic(\"unknown\")\n}"
            ),
            ["function f() {switch country ['CA' models.US: {return 'ca'}] [x: {}] [else: {return}]}"]
        );
        assert_eq!(
            body(r#"switch { case env == "production": host = "p" }"#),
            ["function f() {switch [(env == 'production'): {host = 'p'}]}"]
        );
        assert_eq!(
            body(r#"c := flinks.New(&flinks.Options{ID: "x", Instance: os.Getenv("I")}, WithX("y"))"#),
            ["function f() {c = flinks.New(flinks.Options(ID='x' Instance=os.Getenv('I')) WithX('y'))}"]
        );
        assert_eq!(
            body(r#"db.Model(&Login{}).Where("login_id = ?", id).Updates(map[string]any{"login_id": id})"#),
            ["function f() {db.Model(Login()).Where('login_id = ?' id).Updates(map('login_id': id))}"]
        );
        assert_eq!(
            body(r#"for _, e := range []Env{{Name: "a"}} { go func(x string) { use(e, x) }("b") }"#),
            ["function f() {{list(map(Name: 'a')) {function(x: string) {use(e x)}('b')}}}"]
        );
        assert_eq!(
            body(r#"x := gin.H{"LoginId": v.(string), "b": []byte("c")}"#),
            ["function f() {x = map('LoginId': v 'b': 'c')}"]
        );
        assert_eq!(
            body("if country == \"CA\" { return \"a\" }\nx := y +"),
            ["function f() {if (country == 'CA') {return 'a'} x = y}"]
        );
    }
}
