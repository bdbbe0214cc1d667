//! What a file's path says about it: test, example, documentation, generated; environment and country by name and folder.

use super::words;
use super::{Country, Environment, countries, environments};

/// What a file is for, as far as its path tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It takes part in what is deployed, as far as can be told.
    Deployed,
    /// Tests, fixtures, mocks, recordings.
    Test,
    /// `.env.example`, `samples/`.
    Example,
    Documentation,
    /// Build output, generated clients, vendored code.
    Generated,
}

impl Purpose {
    /// Only what may be deployed is judged.
    pub fn is_silent(self) -> bool {
        self != Purpose::Deployed
    }
}

/// How the folders of test projects end: `Lending.UnitTests`, `LendrUITests`.
const TEST_PROJECTS: &[&str] = &[".tests", ".test", ".unittests", ".integrationtests", "uitests", "runnertests"];

const TEST_FOLDERS: &[&str] = &[
    "step_definitions",
    "cucumber",
    ".storybook",
    "pacts",
    "mock-server",
    "fakes",
    "test-utils",
    "test",
    "tests",
    "testing",
    "spec",
    "specs",
    "__tests__",
    "__mocks__",
    "__fixtures__",
    "__snapshots__",
    "fixtures",
    "fixture",
    "mocks",
    "mock",
    "cassettes",
    "e2e",
    "cypress",
    "testdata",
    "test-data",
    "test_data",
    "androidtest",
    "unittest",
    "unittests",
    "integration-tests",
    "integration_tests",
    "integrationtest",
    "recordings",
    "stubs",
    "wiremock",
    "playwright",
    "factories",
];

const EXAMPLE_FOLDERS: &[&str] = &["example", "examples", "sample", "samples", "demo-app", "templates-example"];

const DOCUMENTATION_FOLDERS: &[&str] = &["doc", "docs", "documentation", "wiki", "adr", "rfcs", "runbooks"];

/// What is shown to people, in each of their languages.
const PROSE_FOLDERS: &[&str] = &["i18n", "l10n", "locales", "locale", "translations", "lang"];

/// Programs that test, by the beginnings of the names of their settings.
const TEST_PROGRAMS: &[&str] = &["cypress.", "playwright.", "jest.", "vitest.", "wdio."];

const GENERATED_FOLDERS: &[&str] = &[
    "node_modules",
    "vendor",
    "third_party",
    "thirdparty",
    "third-party",
    "dist",
    "coverage",
    ".next",
    ".nuxt",
    ".output",
    ".svelte-kit",
    "__generated__",
    "generated",
    "gen",
    "bower_components",
    "site-packages",
    ".venv",
    "venv",
    "pods",
    ".gradle",
    ".terraform",
    ".serverless",
    "cdk.out",
    ".dart_tool",
    ".pub-cache",
    "htmlcov",
    ".yarn",
];

/// What a file is for, from its path below the scanned root.
pub fn purpose(path: &str) -> Purpose {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = match lower.rsplit_once('/') {
        Some((folders, name)) => (folders, name),
        None => ("", lower.as_str()),
    };
    let folders: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
    let any = |list: &[&str]| folders.iter().any(|folder| list.contains(folder));
    if any(GENERATED_FOLDERS) || is_generated_name(name) || is_build_output(&folders) {
        return Purpose::Generated;
    }
    if any(TEST_FOLDERS)
        || folders.iter().any(|folder| TEST_PROJECTS.iter().any(|end| folder.ends_with(end)))
        || is_test_name(name)
        // Steps of Cucumber and Behave; the settings that Rails takes while it is tested.
        || folders.ends_with(&["features", "steps"])
        || folders.ends_with(&["features", "support"])
        || name == "test.rb" && folders.ends_with(&["config", "environments"])
    {
        return Purpose::Test;
    }
    if folders.iter().enumerate().any(|(at, folder)| EXAMPLE_FOLDERS.contains(folder) && !is_package(&folders, at))
        || is_example_name(name)
    {
        return Purpose::Example;
    }
    if any(DOCUMENTATION_FOLDERS) || any(PROSE_FOLDERS) || is_document_name(name) {
        return Purpose::Documentation;
    }
    Purpose::Deployed
}

/// Whether a file is a pipeline of a CI system: it says what is done, not what runs.
pub fn is_pipeline(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        ".github/workflows/",
        ".gitea/workflows/",
        ".forgejo/workflows/",
        ".circleci/",
        ".buildkite/",
        ".woodpecker/",
        ".github/actions/",
    ];
    const NAMES: &[&str] = &[
        ".gitlab-ci.yml",
        ".gitlab-ci.yaml",
        "azure-pipelines.yml",
        "azure-pipelines.yaml",
        "bitbucket-pipelines.yml",
        ".travis.yml",
        ".drone.yml",
        "cloudbuild.yaml",
        "cloudbuild.yml",
        "buildspec.yml",
        "buildspec.yaml",
        "Jenkinsfile",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES.contains(&name)
        || FOLDERS.iter().any(|folder| path.starts_with(folder) || path.contains(&format!("/{folder}")))
}

/// Whether a file gathers the settings of a program: `config/services.php`, `app/settings.py`, `src/config.ts`.
pub fn is_settings(path: &str) -> bool {
    const FOLDERS: &[&str] = &["config", "configs", "configuration", "conf", "settings"];
    const NAMES: &[&str] = &["config", "configuration", "settings", "appsettings", "env", "environment"];
    let lower = path.to_ascii_lowercase();
    let mut parts = lower.split('/').rev();
    let name = parts.next().unwrap_or_default();
    let stem = name.trim_start_matches('.').split('.').next().unwrap_or_default();
    NAMES.contains(&stem) || parts.any(|folder| FOLDERS.contains(&folder))
}

/// Whether a folder is the name of an organization in a package: `src/main/java/com/example/payments`.
fn is_package(folders: &[&str], at: usize) -> bool {
    let is =
        |at: Option<usize>, list: &[&str]| at.and_then(|at| folders.get(at)).is_some_and(|name| list.contains(name));
    let languages = ["java", "kotlin", "scala", "groovy"];
    let before = at.checked_sub(1);
    is(before, &languages)
        || is(before, &["com", "org", "net", "io", "dev", "app", "ca", "me"]) && is(at.checked_sub(2), &languages)
}

/// `build/static/js`, `target/classes`: output, where `build/Dockerfile` is not.
fn is_build_output(folders: &[&str]) -> bool {
    const OUTPUT: &[&str] = &[
        "static",
        "generated",
        "intermediates",
        "outputs",
        "tmp",
        "classes",
        "lib",
        "server",
        "client",
        "debug",
        "release",
        "reports",
        "resources",
        "assets",
    ];
    folders
        .windows(2)
        .any(|pair| matches!(pair[0], "build" | "target" | "out" | "bin" | "obj") && OUTPUT.contains(&pair[1]))
}

fn is_generated_name(name: &str) -> bool {
    [".min.js", ".min.css", ".map", ".pb.go", "_pb2.py", ".g.dart", ".freezed.dart", ".designer.cs", ".g.cs"]
        .iter()
        .any(|end| name.ends_with(end))
        || name.contains(".generated.")
}

fn is_test_name(name: &str) -> bool {
    let stem_ends = |end: &str| name.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(end));
    name.contains(".test.")
        || name.contains(".spec.")
        || name.contains(".mock.")
        || name.contains(".fixture.")
        || name.contains(".stories.")
        || stem_ends("_test")
        || stem_ends("_spec")
        || stem_ends("-test")
        || stem_ends("-spec")
        || stem_ends("e2e-spec")
        || name.starts_with("test_")
        || name == "conftest.py"
        || name == "tests.rs"
        || TEST_PROGRAMS.iter().any(|program| name.starts_with(program))
        || matches!(name, "test.exs" | "karma.conf.js" | "phpunit.xml" | "phpunit.xml.dist" | "pytest.ini" | "tox.ini")
        || matches!(name, "noxfile.py" | "appsettings.test.json" | "appsettings.testing.json")
        || name == ".env.test"
        || name.starts_with(".env.test.")
}

fn is_example_name(name: &str) -> bool {
    const MARKS: &[&str] = &["example", "sample", "dist", "template", "tmpl", "tpl", "defaults-example", "skel"];
    let parts: Vec<&str> = name.split(['.', '-', '_']).filter(|part| !part.is_empty()).collect();
    // `settings.json.dist` and `example.env`; a lone `template.yaml` is a SAM template, no example.
    let marked = |part: &&str| matches!(*part, "example" | "sample" | "examples" | "samples");
    parts.iter().any(marked)
        || (parts.len() > 1 && name.contains("env") && parts.last().is_some_and(|last| MARKS.contains(last)))
        || name.ends_with(".dist")
}

fn is_document_name(name: &str) -> bool {
    const ENDS: &[&str] =
        &[".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".org", ".tex", ".ipynb", ".http", ".rest"];
    name.starts_with("readme")
        || name.starts_with("changelog")
        || (ENDS.iter().any(|end| name.ends_with(end)) && name != "cmakelists.txt")
}

/// The environment that a file's name says, or the nearest folder that says one.
pub fn environment(path: &str) -> Option<Environment> {
    environment_said(path).map(|(environment, _)| environment)
}

/// The environment that a path says, and the part of it, name or folder, that does.
pub fn environment_said(path: &str) -> Option<(Environment, &str)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let own = environments::anywhere(stem_for_environment(name));
    // A compiled configuration of .NET is `Release`, and only there.
    if name.eq_ignore_ascii_case("web.release.config") || name.eq_ignore_ascii_case("app.release.config") {
        return Some((Environment::Production, name));
    }
    if let Some(saying) = own {
        return Some((saying.environment, name));
    }
    // Android builds what lies in `src/release` into the published application, and nothing else.
    if let Some(at) = path.find("src/release/").filter(|at| *at == 0 || path[..*at].ends_with('/')) {
        return Some((Environment::Production, &path[at + 4..at + 11]));
    }
    let folders = path.split('/').rev().skip(1);
    folders.filter_map(|folder| Some((environments::whole(folder)?.environment, folder))).next()
}

/// The part of a file's name in which words may say an environment. `ci.yml` of a CI system says none: jobs do.
fn stem_for_environment(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    if matches!(
        lower.as_str(),
        "ci.yml" | "ci.yaml" | ".gitlab-ci.yml" | "test.yml" | "test.yaml" | "release.yml" | "release.yaml"
    ) {
        return "";
    }
    name
}

/// The country that a file's name or a folder says, the innermost first.
pub fn country(path: &str) -> Option<Country> {
    let name = path.rsplit('/').next()?;
    let stem = name.trim_start_matches('.');
    let stem = stem.split('.').filter(|part| !is_extension(part)).collect::<Vec<_>>().join(".");
    if let Some(country) = of_part(&stem) {
        return Some(country);
    }
    let folders: Vec<&str> = path.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let says = |at: &usize| !begins_package(folders, *at);
    (0..folders.len()).rev().filter(says).find_map(|at| of_part(folders[at]))
}

/// Whether a folder is the first of a package's name, which is that of a domain turned round: `java/ca/northwind` is
/// of a company, and of no country.
pub fn begins_package(folders: &[&str], at: usize) -> bool {
    const ROOTS: &[&str] = &["java", "kotlin", "scala", "groovy", "resources", "src", "main", "test"];
    let domain = matches!(folders[at], "ca" | "us");
    domain && at > 0 && ROOTS.contains(&folders[at - 1]) && folders.contains(&"src")
}

fn is_extension(part: &str) -> bool {
    const EXTENSIONS: &[&str] = &[
        "yml",
        "yaml",
        "json",
        "toml",
        "env",
        "ini",
        "cfg",
        "conf",
        "properties",
        "xml",
        "config",
        "tf",
        "tfvars",
        "hcl",
        "sh",
        "js",
        "ts",
        "tsx",
        "jsx",
        "py",
        "rb",
        "php",
        "java",
        "kt",
        "cs",
        "go",
        "rs",
        "ex",
        "exs",
        "swift",
        "dart",
        "scala",
        "j2",
        "erb",
        "tpl",
        "mjs",
        "cjs",
        "jsonc",
        "json5",
        "mk",
        "service",
        "sql",
        "dockerfile",
    ];
    EXTENSIONS.contains(&part.to_ascii_lowercase().as_str())
}

/// A part of a path says a country only with words around it that go with one: `us`, `us-development`, `flinks.ca`.
fn of_part(part: &str) -> Option<Country> {
    const AROUND: &[&str] = &[
        "flinks",
        "config",
        "configuration",
        "settings",
        "env",
        "instance",
        "instances",
        "app",
        "api",
        "web",
        "values",
        "deploy",
        "deployment",
        "service",
        "backend",
        "server",
        "country",
        "region",
        "application",
        "appsettings",
        "docker",
        "compose",
        "terraform",
        "stack",
        "cluster",
        "credentials",
        "secrets",
        "vars",
        "client",
        "provider",
        "banking",
        "connect",
        "webhook",
        "webhooks",
        "overlay",
        "tenant",
        "market",
        "site",
        "profile",
        "auto",
        "pulumi",
        "fly",
        "wrangler",
        "united",
        "states",
        "constants",
        "hosts",
        "integration",
    ];
    if part.eq_ignore_ascii_case("i18n") || part.is_empty() {
        return None;
    }
    let saying = countries::only(part)?;
    let words = words::words(part);
    let goes = |word: &words::Word| {
        AROUND.contains(&word.text.as_str())
            || countries::of_word(&word.text).is_some()
            || environments::of_word(&word.text).is_some()
    };
    // `taskdef-us.json`, `us-cluster/`: at an end of the name, the country is what tells it from others of its kind.
    let named: Vec<&words::Word> =
        words.iter().filter(|word| !word.text.starts_with(|c: char| c.is_ascii_digit())).collect();
    let is_country = |word: &&&words::Word| countries::of_word(&word.text).is_some();
    let at_an_end = named.first().filter(is_country).or(named.last().filter(is_country)).is_some();
    (at_an_end || words.iter().all(goes)).then_some(saying.country)
}

/// Whether files of translations or certificates lie here, where `ca` and `us` are no countries of instances.
pub fn is_country_trap(path: &str) -> bool {
    const TRAPS: &[&str] = &[
        "locale",
        "locales",
        "i18n",
        "l10n",
        "lang",
        "langs",
        "languages",
        "translations",
        "messages",
        "certs",
        "cert",
        "ssl",
        "tls",
        "pki",
        "certificates",
        "easyrsa",
        "states",
    ];
    path.to_ascii_lowercase().split(['/', '.']).any(|part| TRAPS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes() {
        for (path, expected) in [
            (".env.production", Purpose::Deployed),
            (".env.example", Purpose::Example),
            ("config/settings.json.dist", Purpose::Example),
            ("template.yaml", Purpose::Deployed),
            ("tests/fixtures/prod.env", Purpose::Test),
            ("src/app.spec.ts", Purpose::Test),
            ("docs/setup.yml", Purpose::Documentation),
            ("README.md", Purpose::Documentation),
            ("node_modules/x/.env.production", Purpose::Generated),
            ("build/Dockerfile", Purpose::Deployed),
            ("build/static/js/main.js", Purpose::Generated),
            ("latest/prod.env", Purpose::Deployed),
            ("cypress.env.json", Purpose::Test),
            ("features/steps/flinks.py", Purpose::Test),
            ("src/features/flinks/client.ts", Purpose::Deployed),
            ("config/environments/test.rb", Purpose::Test),
            ("i18n/en.json", Purpose::Documentation),
            ("src/main/java/com/example/flinks/Client.java", Purpose::Deployed),
            ("src/main/java/com/northwind/examples/Client.java", Purpose::Example),
        ] {
            assert_eq!(purpose(path), expected, "{path}");
        }
    }

    #[test]
    fn environments_by_name_and_by_folder() {
        for (path, expected) in [
            (".env.production", Some(Environment::Production)),
            ("src/main/resources/application-prod.yml", Some(Environment::Production)),
            ("deploy/overlays/prod/kustomization.yaml", Some(Environment::Production)),
            ("prod/staging.env", Some(Environment::Staging)),
            ("Web.Release.config", Some(Environment::Production)),
            (".github/workflows/ci.yml", None),
            ("release/notes.yml", None),
            (".env", None),
            ("app-prod-api/config.yml", Some(Environment::Production)),
            ("app/src/release/res/values/strings.xml", Some(Environment::Production)),
        ] {
            assert_eq!(environment(path), expected, "{path}");
        }
    }

    #[test]
    fn countries_by_name_and_by_folder() {
        assert_eq!(country("config/us.yml"), Some(Country::UnitedStates));
        assert_eq!(country(".env.us"), Some(Country::UnitedStates));
        assert_eq!(country("deployment/us-development/app.env"), Some(Country::UnitedStates));
        assert_eq!(country("config/ca/flinks.json"), Some(Country::Canada));
        assert_eq!(country("src/main/java/ca/northwind/flinks/Client.java"), None);
        assert_eq!(country("app/src/main/kotlin/ca/northwind/us/Client.kt"), Some(Country::UnitedStates));
        assert_eq!(country("pages/contact_us.json"), None);
        assert_eq!(country("prod-us-east-1/app.env"), None);
    }
}
