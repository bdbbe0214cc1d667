//! Rust.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Rust", reads: |source| has_extension(source, &["rs"]), read };

static GRAMMAR: Grammar = Grammar::new("Rust", || tree_sitter_rust::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("rust.scm")).giving_last();

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
        let body = |text: &str| outline(&format!("fn f() {{ {text} }}"));
        assert_eq!(
            outline("use crate::config::{HOST, Other as Mine}; use super::models::*; use std::env;"),
            [
                "import HOST, Other as Mine from crate::config",
                "import all as * from super::models",
                "import env from std"
            ]
        );
        assert_eq!(
            outline(r##"pub const HOST: &str = r#"https://a"#; static B: &[&str] = &["b\n", C];"##),
            ["HOST: &str = 'https://a'", "B: &[&str] = list('b\n' C)"]
        );
        assert_eq!(
            outline(
                r#"#[derive(Queryable)] #[diesel(table_name = logins)] pub struct Login { #[serde(rename = "LoginId", default = "d")] pub login_id: Option<String>, x: u8 }"#
            ),
            [
                "@derive(Queryable) @diesel(table_name=logins) class Login {@serde(rename='LoginId' default='d') login_id: Option<String> x: u8}"
            ]
        );
        assert_eq!(
            outline(r#"enum Country { #[serde(rename = "CA")] Ca, Us = 2, Other { name: String } }"#),
            ["class Country {@serde(rename='CA') Ca Us = 2 class Other {name: String}}"]
        );
        assert_eq!(
            outline(
                r#"impl Store for Login { const T: &'static str = "logins"; fn host(&self, a: &str) -> String { a.to_string() } }"#
            ),
            ["class Login(Store) {T: &'static str = 'logins' function host(a: &str) {a}}"]
        );
        assert_eq!(
            outline("table! { logins (id) { id -> Integer, login_id -> Nullable<Varchar>, } }"),
            ["table(logins(id) do map(id: Integer login_id: {Nullable Varchar}))"]
        );
        assert_eq!(
            outline(r#"lazy_static! { static ref HOST: String = env::var("FLINKS_HOST").unwrap_or("toolbox"); }"#),
            ["HOST = env.var('FLINKS_HOST').unwrap_or('toolbox')"]
        );
        assert_eq!(
            outline(r#"#[cfg(debug_assertions)] const URL: &str = "a"; mod prod { pub const URL: &str = "b"; }"#),
            ["@cfg(debug_assertions) URL: &str = 'a'", "class prod {URL: &str = 'b'}"]
        );
        assert_eq!(
            body(r#"let host = std::env::var("FLINKS_HOST").unwrap_or_else(|_| "toolbox".to_string());"#),
            ["function f() {host = std.env.var('FLINKS_HOST').unwrap_or_else(function() gives 'toolbox')}"]
        );
        assert_eq!(
            body(r#"let u = format!("https://{}-api.private.fin.ag/{id}", self.instance, id = x::y(1)?);"#),
            ["function f() {u = format('https://{}-api.private.fin.ag/{id}' self.instance id=x.y(1))}"]
        );
        assert_eq!(
            body(
                r#"match country { "ca" | "CA" => "a".into(), Country::Us if env == "prod" => { b() } Some(x) => x, _ => return Err(e) }"#
            ),
            [
                "function f() {switch country ['ca' 'CA': {'a'}] [Country.Us: if (env == 'prod') {{b()}}] [x: {x}] [else: {return Err(e)}]}"
            ]
        );
        assert_eq!(
            body(
                r#"if env == "production" && !debug { "p" } else if let Ok(h) = env::var("X") { h } else { String::from("s") }"#
            ),
            ["function f() {if ((env == 'production') and not debug) {'p'} else if h = env.var('X') {h} else {'s'}}"]
        );
        assert_eq!(
            body(r#"let Some(login) = find(&id) else { return Ok("x".into()) }; s += "y";"#),
            ["function f() {login = (find(id) ?? {return 'x'}) s = join(s 'y')}"]
        );
        assert_eq!(
            body(
                r#"let c = Client::builder().base_url(env!("URL")).build()?; let d = Config { host: "h", instance, ..Default::default() };"#
            ),
            [
                "function f() {c = Client.builder().base_url(env('URL')).build() d = Config(host='h' instance=instance Default.default())}"
            ]
        );
        assert_eq!(
            body(r#"let m = HashMap::from([("CA", "a"), ("US", b)]); let h = m["CA"];"#),
            ["function f() {m = HashMap.from(list(list('CA' 'a') list('US' b))) h = m['CA']}"]
        );
        assert_eq!(
            body(r#"sqlx::query!("INSERT INTO logins (login_id) VALUES ($1)", login.id).execute(&pool).await?;"#),
            ["function f() {sqlx.query('INSERT INTO logins (login_id) VALUES ($1)' login.id).execute(pool)}"]
        );
        assert_eq!(
            body(r#"post(&json!({ "LoginId": login.id(), "n": [1, { "a": !b }], "c": d == "e" }))"#),
            ["function f() {post(map('LoginId': login.id() 'n': list(1 map('a': not b)) 'c': (d == 'e')))}"]
        );
        assert_eq!(
            body(r#"if a { return } let x = vec![A { b: "c" }, d[0]]; bail!("no")"#),
            ["function f() {if a {return} x = list(A(b='c') d[0]) return}"]
        );
    }
}
