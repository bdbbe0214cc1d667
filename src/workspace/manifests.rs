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

/// Whether a file may say in which region its unit runs or keeps data: configuration, and those programs that by their
/// paths set up clients, stores or machines.
pub fn may_say_region(path: &str) -> bool {
    if !is_program(path) {
        return !path.ends_with(".sql") && !path.ends_with(".prisma");
    }
    let lower = path.to_ascii_lowercase();
    [
        "aws",
        "s3",
        "dynamo",
        "storage",
        "bucket",
        "blob",
        "cosmos",
        "config",
        "settings",
        "client",
        "database",
        "/db",
        "firebase",
        "functions",
        "infra",
        "stack",
        "cdk",
        "pulumi",
        "deploy",
        "cloud",
        "region",
        "queue",
        "sqs",
        "lambda",
        "bin/",
        "lib/",
        "sst.",
        "index.",
        "app.",
        "main.",
        "program.",
        "startup.",
        "services",
        "route.",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a file is a platform's own, whose regions are called by words of everyday: `fly.toml`, `render.yaml`.
pub fn is_of_platform(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("fly.") || name.starts_with("fly-") || name.starts_with("render.") || path.contains(".do/")
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

/// Whether a file is what a test run or a linter reported, this one or another. It quotes what it speaks of, and sets
/// nothing.
pub fn is_report(name: &str, bytes: &[u8]) -> bool {
    /// Far enough for the root element, or the first keys.
    const HEAD: usize = 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let has = |marks: &[&str]| marks.iter().all(|mark| head.contains(mark));
    match name.rsplit('.').next() {
        Some("xml") => has(&["<testsuite"]) || has(&["<checkstyle"]),
        Some("sarif") => true,
        Some("json") => {
            let head = head.trim_start();
            let sarif = head.starts_with('{') && has(&["\"$schema\"", "sarif"]) && has(&["\"2.1.0\""]);
            let code_quality = head.starts_with('[') && has(&["\"type\": \"issue\"", "\"check_name\""]);
            let own = head.starts_with('{') && has(&["\"schema_version\"", "\"name\": \"flinks-lint\""]);
            sarif || code_quality || own
        }
        Some("jsonl") => head.starts_with("{\"type\":\"finding\",\"rule\":"),
        _ => false,
    }
}
