//! What one line of a program says, in the idioms of every language.

use crate::readers::shapes::shown::shown;

/// The settings of a text, one a line, without the blocks that they stand in.
fn said(path: &str, text: &str) -> Vec<String> {
    let lines = shown(path, text);
    let settings = lines.lines().filter_map(|line| line.split_once(" | ")).map(|(_, setting)| setting);
    settings.map(|setting| setting.trim_end_matches(" (program)").to_owned()).collect()
}

/// The settings with the blocks that they stand in.
fn with_blocks(path: &str, text: &str) -> Vec<String> {
    let lines = shown(path, text);
    lines
        .lines()
        .filter(|line| line.contains(" | "))
        .map(|line| line.trim_end_matches(" (program)").to_owned())
        .collect()
}

/// `[X]` is a name of the environment or of configuration, `[X|d]` one with a fallback.
#[test]
fn the_environment_is_read_in_every_idiom() {
    for (path, line, value) in [
        ("a.ts", "const url = process.env.X_URL", "[X_URL]"),
        ("a.ts", "const url = process.env['X_URL'] ?? 'd'", "[X_URL|d]"),
        ("a.ts", "const url = import.meta.env.VITE_X || 'd'", "[VITE_X|d]"),
        ("a.ts", "const url = Deno.env.get('X_URL')", "[X_URL]"),
        ("a.ts", "const url = getEnvironmentVariable('X_URL')", "[X_URL]"),
        ("a.ts", "const url = requireEnv('X_URL').trim()", "[X_URL]"),
        ("a.ts", "const url = this.configService.get<string>('X_URL', 'd')", "[X_URL|d]"),
        ("a.ts", "const url = config.get('x.url')", "[x.url]"),
        ("a.ts", "const url = c.env.X_URL", "[X_URL]"),
        ("a.ts", "const url = process.env.X ? process.env.X : 'd'", "[X|d]"),
        ("a.py", "url = os.environ['X_URL']", "[X_URL]"),
        ("a.py", "url = os.getenv('X_URL', 'd')", "[X_URL|d]"),
        ("a.py", "url = os.environ.get('X_URL') or 'd'", "[X_URL|d]"),
        ("a.py", "url = config('X_URL', default='d')", "[X_URL|d]"),
        ("a.py", "url = env.str('X_URL', 'd')", "[X_URL|d]"),
        ("a.rb", "url = ENV['X_URL']", "[X_URL]"),
        ("a.rb", "url = ENV.fetch('X_URL', 'd')", "[X_URL|d]"),
        ("a.rb", "url = ENV.fetch('X_URL') { 'd' }", "[X_URL|d]"),
        ("a.rb", "url = Rails.application.credentials.dig(:x, :url)", "[!x.url]"),
        ("a.php", "<?php $url = getenv('X_URL') ?: 'd';", "[X_URL|d]"),
        ("a.php", "<?php $url = env('X_URL', 'd');", "[X_URL|d]"),
        ("a.php", "<?php $url = $_ENV['X_URL'] ?? 'd';", "[X_URL|d]"),
        ("a.ex", "url = System.get_env(\"X_URL\", \"d\")", "[X_URL|d]"),
        ("a.ex", "url = Application.get_env(:app, :x)[:url]", "[x.url]"),
        ("a.ex", "url = System.fetch_env!(\"X_URL\")", "[X_URL]"),
        ("A.java", "class A { String url = System.getenv(\"X_URL\"); }", "[X_URL]"),
        ("A.java", "class A { @Value(\"${x.url:d}\") String url; }", "[x.url|d]"),
        ("A.java", "class A { String url = env.getProperty(\"x.url\", \"d\"); }", "[x.url|d]"),
        ("A.kt", "val url = System.getenv(\"X_URL\") ?: \"d\"", "[X_URL|d]"),
        ("A.cs", "class A { string url = Environment.GetEnvironmentVariable(\"X_URL\") ?? \"d\"; }", "[X_URL|d]"),
        ("A.cs", "class A { string url = configuration[\"X:Url\"]; }", "[X:Url]"),
        ("A.cs", "class A { string url = configuration.GetValue<string>(\"X:Url\", \"d\"); }", "[X:Url|d]"),
        ("a.go", "package a\nvar url = os.Getenv(\"X_URL\")", "[X_URL]"),
        ("a.go", "package a\nvar url = viper.GetString(\"x.url\")", "[x.url]"),
        ("a.go", "package a\ntype A struct { url string `env:\"X_URL\" envDefault:\"d\"` }", "[X_URL|d]"),
        ("a.rs", "fn a() { let url = std::env::var(\"X_URL\").unwrap_or_else(|_| \"d\".into()); }", "[X_URL|d]"),
        ("a.rs", "fn a() { let url = env!(\"X_URL\"); }", "[X_URL]"),
        ("a.dart", "const url = String.fromEnvironment('X_URL', defaultValue: 'd');", "[X_URL|d]"),
        ("a.dart", "final url = dotenv.env['X_URL'] ?? 'd';", "[X_URL|d]"),
        ("a.swift", "let url = ProcessInfo.processInfo.environment[\"X_URL\"] ?? \"d\"", "[X_URL|d]"),
        ("A.scala", "object A { val url = sys.env.getOrElse(\"X_URL\", \"d\") }", "[X_URL|d]"),
    ] {
        let lines = said(path, line);
        let found = lines
            .iter()
            .any(|said| said.split_once(" = ").is_some_and(|(name, said)| name.ends_with("url") && said == value));
        assert!(found, "{line}\n{lines:#?}");
    }
}

/// However a host is put together, what is known of it is in its place and the rest is a hole.
#[test]
fn hosts_are_put_together_in_every_idiom() {
    for (path, line) in [
        ("a.ts", "const url = `https://${name}-api.x.y/v3`"),
        ("a.ts", "const url = 'https://' + name + '-api.x.y/v3'"),
        ("a.ts", "const url = 'https://{name}-api.x.y/v3'.replace('{name}', name)"),
        ("a.py", "url = f\"https://{name}-api.x.y/v3\""),
        ("a.py", "url = \"https://{}-api.x.y/v3\".format(name)"),
        ("a.py", "url = \"https://{who}-api.x.y/v3\".format(who=name)"),
        ("a.py", "url = \"https://%s-api.x.y/v3\" % name"),
        ("a.rb", "url = \"https://#{name}-api.x.y/v3\""),
        ("a.rb", "url = \"https://%{who}-api.x.y/v3\" % { who: name }"),
        ("a.rb", "url = format('https://%s-api.x.y/v3', name)"),
        ("a.php", "<?php $url = \"https://{$name}-api.x.y/v3\";"),
        ("a.php", "<?php $url = 'https://' . $name . '-api.x.y/v3';"),
        ("a.php", "<?php $url = sprintf('https://%s-api.x.y/v3', $name);"),
        ("a.ex", "url = \"https://#{name}-api.x.y/v3\""),
        ("A.java", "class A { String url = String.format(\"https://%s-api.x.y/v3\", name); }"),
        ("A.java", "class A { String url = \"https://\" + name + \"-api.x.y/v3\"; }"),
        ("A.kt", "val url = \"https://$name-api.x.y/v3\""),
        ("A.scala", "object A { val url = s\"https://$name-api.x.y/v3\" }"),
        ("A.cs", "class A { string url = $\"https://{name}-api.x.y/v3\"; }"),
        ("A.cs", "class A { string url = string.Format(\"https://{0}-api.x.y/v3\", name); }"),
        ("a.go", "package a\nvar url = fmt.Sprintf(\"https://%s-api.x.y/v3\", name)"),
        ("a.go", "package a\nvar url = \"https://\" + name + \"-api.x.y/v3\""),
        ("a.rs", "fn a() { let url = format!(\"https://{}-api.x.y/v3\", name); }"),
        ("a.rs", "fn a() { let url = format!(\"https://{name}-api.x.y/v3\"); }"),
        ("a.swift", "let url = \"https://\\(name)-api.x.y/v3\""),
        ("a.dart", "final url = 'https://$name-api.x.y/v3';"),
    ] {
        let lines = said(path, line);
        let is_hole = |said: &str| matches!(said, "[@name]" | "[name]" | "[@A.name]");
        let found = lines.iter().any(|said| {
            let value = said.split_once(" = https://").and_then(|(_, rest)| rest.strip_suffix("-api.x.y/v3"));
            value.is_some_and(is_hole)
        });
        assert!(found, "{line}\n{lines:#?}");
    }
}

/// What a condition says of each of its branches, and of what follows one that ends.
#[test]
fn branches_know_their_condition() {
    let block =
        |path, text| with_blocks(path, text).into_iter().filter(|line| line.contains(".host = ")).collect::<Vec<_>>();
    let both = ["if country | f.host = a", "unless | f.host = b"];
    let first = |lines: Vec<String>| lines.first().cloned().unwrap_or_default();
    assert_eq!(
        first(block(
            "a.ts",
            "function f(country) { let host; if (country === 'US') { host = 'a' } else { host = 'b' } }"
        )),
        both[0]
    );
    assert_eq!(
        first(block("a.py", "def f(country):\n  if country == 'US':\n    host = 'a'\n  else:\n    host = 'b'\n")),
        both[0]
    );
    // Turned round: what is equal holds in the other branch.
    let turned =
        block("a.ts", "function f(country) { let host; if (country !== 'US') { host = 'a' } else { host = 'b' } }");
    assert_eq!(turned, ["untitled | f.host = a", "unless country | f.host = b"]);
    let guard = block("a.rb", "def f(country)\n  return g unless country == 'US'\n  host = 'a'\nend\n");
    assert_eq!(guard, ["unless country | f.host = a"]);
    for (path, text) in [
        ("a.ts", "function f(c) { let host; switch (c.country) { case 'US': case 'USA': host = 'a'; break } }"),
        ("a.ts", "function f(country) { let host; if (['US', 'USA'].includes(country)) { host = 'a' } }"),
        ("a.ts", "function f(country) { let host; if (country?.toUpperCase() === Country.US) { host = 'a' } }"),
        ("a.go", "package a\nfunc f(country string) { switch country { case \"US\": host := \"a\" } }"),
        ("a.rs", "fn f(country: &str) { match country { \"US\" => { let host = \"a\"; } _ => {} } }"),
        ("A.java", "class f { void f(String country) { if (\"US\".equals(country)) { String host = \"a\"; } } }"),
        (
            "a.ex",
            "defmodule f do\n  def f(country) do\n    case country do\n      \"US\" -> host = \"a\"\n    end\n  end\nend",
        ),
    ] {
        let lines = block(path, text);
        assert!(lines.iter().any(|line| line.contains("country | ")), "{text}\n{lines:#?}");
    }
}
