//! Files that say something by being there: what marks a deployable unit, what is generated, what may define a name.

/// Whether a file marks the folder of a deployable unit.
pub fn is_manifest(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "package.json",
        "Cargo.toml",
        "pyproject.toml",
        "setup.py",
        "setup.cfg",
        "requirements.txt",
        "Pipfile",
        "manage.py",
        "Gemfile",
        "config.ru",
        "composer.json",
        "artisan",
        "go.mod",
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "mix.exs",
        "pubspec.yaml",
        "Package.swift",
        "build.sbt",
        "deno.json",
        "deno.jsonc",
        "Dockerfile",
        "Containerfile",
        "Chart.yaml",
        "fly.toml",
        "serverless.yml",
        "serverless.yaml",
        "serverless.ts",
        "wrangler.toml",
        "wrangler.json",
        "wrangler.jsonc",
        "app.yaml",
        "vercel.json",
        "netlify.toml",
        "Procfile",
        "Pulumi.yaml",
        "app.json",
        "samconfig.toml",
        "cdk.json",
        "host.json",
    ];
    const ENDS: &[&str] = &[".csproj", ".fsproj", ".vbproj", ".tf"];
    // `Dockerfile.worker`, `fly.staging.toml`: one unit each.
    const STARTS: &[(&str, &str)] =
        &[("Dockerfile.", ""), ("Containerfile.", ""), ("fly.", ".toml"), ("app.", ".yaml"), ("wrangler.", ".toml")];
    NAMES.contains(&name)
        || ENDS.iter().any(|end| name.ends_with(end))
        || STARTS.iter().any(|(start, end)| name.starts_with(start) && name.ends_with(end))
}

/// Whether a manifest names a framework that lays `.env.<environment>` over `.env`.
pub fn layers_env(name: &str, bytes: &[u8]) -> bool {
    const NODE: &[&str] = &[
        "\"next\"",
        "\"vite\"",
        "\"react-scripts\"",
        "\"nuxt\"",
        "\"gatsby\"",
        "\"expo\"",
        "\"@sveltejs/kit\"",
        "\"astro\"",
        "\"dotenv-flow\"",
        "\"@vue/cli-service\"",
        "\"@remix-run/dev\"",
        "\"dotenv-cli\"",
        "\"env-cmd\"",
        "\"@redwoodjs/core\"",
        "\"@dotenvx/dotenvx\"",
        "\"bun-types\"",
    ];
    let names = match name {
        "package.json" => NODE,
        "composer.json" => &["symfony/dotenv", "symfony/framework-bundle"][..],
        "Gemfile" => &["dotenv-rails", "dotenv"][..],
        _ => return false,
    };
    let text = String::from_utf8_lossy(bytes);
    names.iter().any(|framework| text.contains(framework))
}

/// Long, generated and never of Flinks: not even searched.
pub fn is_generated(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "Cargo.lock",
        "poetry.lock",
        "uv.lock",
        "Pipfile.lock",
        "composer.lock",
        "Gemfile.lock",
        "go.sum",
        "mix.lock",
        "pubspec.lock",
        "Podfile.lock",
        "packages.lock.json",
        "flake.lock",
        "bun.lock",
        "bun.lockb",
        ".terraform.lock.hcl",
        "gradle.lockfile",
    ];
    NAMES.contains(&name) || [".map", ".min.js", ".min.css"].iter().any(|end| name.ends_with(end))
}

/// Programs: modules that others import, migrations and models.
const PROGRAMS: &[&str] = &[
    ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".py", ".rb", ".php", ".ex", ".exs", ".java", ".kt",
    ".kts", ".scala", ".cs", ".go", ".rs", ".swift", ".dart", ".vue", ".svelte",
];

/// Whether a file is a program, which defines nothing for others but what they import.
pub fn is_program(name: &str) -> bool {
    PROGRAMS.iter().any(|end| name.ends_with(end))
}

/// Whether a file without a word of Flinks may still define what another refers to, or change a table of another.
pub fn may_define(name: &str) -> bool {
    const ENDS: &[&str] = &[
        ".env",
        ".yml",
        ".yaml",
        ".json",
        ".jsonc",
        ".toml",
        ".tf",
        ".tfvars",
        ".hcl",
        ".properties",
        ".ini",
        ".cfg",
        ".conf",
        ".config",
        ".xml",
        ".sql",
        ".prisma",
        ".sh",
        ".mk",
        ".hocon",
        ".envrc",
        ".service",
        ".yml.erb",
        ".yaml.erb",
        ".yml.j2",
        ".yaml.j2",
        ".env.j2",
    ];
    const NAMES: &[&str] = &["Dockerfile", "Containerfile", "Makefile", ".envrc", "Procfile", "build.gradle"];
    name.starts_with(".env")
        || name.starts_with("Dockerfile")
        || NAMES.contains(&name)
        || ENDS.iter().any(|end| name.ends_with(end))
        || is_program(name)
}

/// Whether it says tables: what is looked for in it are their names.
pub fn is_schema(path: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    let changelog = || path.contains("changelog") || path.contains("liquibase");
    ends(&[".sql", ".prisma", ".ddl", ".psql", ".pgsql", ".mysql", ".tsql", ".plsql", ".cql"])
        || ends(&[".xml", ".yaml", ".yml"]) && changelog()
        || is_program(path) && is_of_records(path)
}

/// Folders and files in which programs say what is stored.
fn is_of_records(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    [
        "migrat",
        "schema",
        "model",
        "entit",
        "domain",
        "tables",
        "/db/",
        "database",
        "persistence",
        "alembic",
        "versions/",
        "storage",
        "context",
        "/data/",
        "repositor",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether it can take in env files and ConfigMaps of others: compose files, workloads, units of systemd.
pub fn takes_bundles(path: &str) -> bool {
    [".yml", ".yaml", ".service", ".tf", ".nomad"].iter().any(|end| path.ends_with(end))
}

/// Whether a file is a Kustomization: it may take in the folder of another.
pub fn is_kustomization(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}
