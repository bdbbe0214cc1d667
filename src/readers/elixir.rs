//! Elixir.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Elixir", reads: |source| has_extension(source, &["ex", "exs"]), read };

static GRAMMAR: Grammar = Grammar::new("Elixir", || tree_sitter_elixir::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("elixir.scm")).giving_last();

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
            outline("a = \"https://#{b}-api\\n\" <> ~s(c) <> d; ~w(ca us)a"),
            ["a = join(template('https://' b '-api\n') 'c' d)", "list('ca' 'us')"]
        );
        assert_eq!(
            outline("config :app, App.Flinks, url: System.get_env(\"A\", \"b\"), c: %{\"ca\" => d, us: 'e'}"),
            ["config('app' App.Flinks url=System.get_env('A' 'b') c=map('ca': d 'us': 'e'))"]
        );
        assert_eq!(
            outline("@hosts %{ca: \"a\"}\n@hosts[country] || Map.get(@hosts, :us) || opts.host"),
            ["hosts = map('ca': 'a')", "((self.hosts[country] ?? Map.get(self.hosts 'us')) ?? opts.host)"]
        );
        assert_eq!(
            outline("if config_env() == :prod and not a do\n  b \"c\"\nelse\n  d()\n  e()\nend"),
            ["if ((config_env() == 'prod') and not a) b('c') else {d() e()}"]
        );
        assert_eq!(
            outline("a = if b != \"ca\", do: \"c\", else: d\nunless a, do: raise(\"e\")"),
            ["a = if (b != 'ca') 'c' else d", "if not a return 'e'"]
        );
        assert_eq!(
            outline(
                "case a do\n  \"ca\" -> \"b\"\n  :us when c -> d\n  other ->\n    e(other)\n    raise F, \"g\"\nend"
            ),
            ["switch a ['ca': {'b'}] ['us': if c {d}] [else: {e(other) return list(F 'g')}]"]
        );
        assert_eq!(
            outline("cond do\n  a in [\"ca\", :ca] -> \"b\"\n  true -> \"c\"\nend"),
            ["switch [(a == list('ca' 'ca')): {'b'}] [else: {'c'}]"]
        );
        assert_eq!(
            outline(
                "defmodule App.Flinks do\n  @moduledoc \"Doc\"\n  use Tesla, url: \"a\"\n  alias App.{Repo, User}\n  alias App.Login, as: L\n  def host(\"ca\"), do: \"b\"\n  def host(c \\\\ \"d\") when c == \"us\" do\n    @e\n  end\nend"
            ),
            [
                "class App.Flinks {use(Tesla url='a') import Repo, User from App import Login as L from App function host('ca') gives 'b' function host(c = 'd') if (c == 'us') {self.e}}"
            ]
        );
        assert_eq!(
            outline("\"a\" |> String.replace(\"b\", c) |> Repo.insert!(on_conflict: :nothing) |> d"),
            ["d(Repo.insert(String.replace('a' 'b' c) on_conflict='nothing'))"]
        );
        assert_eq!(
            outline("%App.Login{login_id: id}\n%{a | b: \"c\"}\n{:ok, x} = Client.new(instance: \"d\")"),
            ["App.Login(login_id=id)", "map(a 'b': 'c')", "list('ok' x) = Client.new(instance='d')"]
        );
        assert_eq!(
            outline("create table(:logins, primary_key: false) do\n  add :login_id, :string, null: false\nend"),
            ["create(table('logins' primary_key=false)) do {add('login_id' 'string' null=false)}"]
        );
        assert_eq!(
            outline("with {:ok, a} <- b(\"c\") do\n  a\nelse\n  _ -> \"d\"\nend"),
            ["with(list('ok' a) = b('c')) do {a {_ {'d'}}}"]
        );
        assert_eq!(
            outline("Enum.map(a, fn b -> b.c end); Enum.each(a, fn \"d\" -> 1; _ -> 2 end)"),
            ["Enum.map(a function(b) {b.c})", "Enum.each(a switch ['d': {1}] [else: {2}])"]
        );
        assert_eq!(
            outline("a = \"b\"\ndef f(]) do\n  c = \"d\"\nend\ne = \"f\"").last().map(String::as_str),
            Some("e = 'f'")
        );
    }
}
