//! What a region is chosen for, by the words around it: a database, a bucket, the program; or something that keeps no
//! banking data, whose place says nothing.

use super::{Country, countries, environments, words};

/// What lies or runs in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    Database,
    Bucket,
    Queue,
    /// The program, or all that has no region of its own.
    Program,
}

const DATABASES: &[&str] = &[
    "database",
    "databases",
    "db",
    "rds",
    "sql",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "aurora",
    "dynamo",
    "dynamodb",
    "mongo",
    "mongodb",
    "mongodbatlas",
    "atlas",
    "redis",
    "elasticache",
    "cosmos",
    "cosmosdb",
    "spanner",
    "firestore",
    "snowflake",
    "bigquery",
    "redshift",
    "docdb",
    "documentdb",
    "neon",
    "planetscale",
    "supabase",
    "cassandra",
    "keyspaces",
    "opensearch",
    "elasticsearch",
    "datasource",
    "bigtable",
];

const BUCKETS: &[&str] =
    &["s3", "bucket", "buckets", "blob", "spaces", "gcs", "storage", "s3client", "minio", "r2", "objectstorage"];

const QUEUES: &[&str] =
    &["sqs", "queue", "queues", "kafka", "msk", "kinesis", "pubsub", "servicebus", "eventhub", "rabbitmq"];

/// Services that keep no banking data, or are someone else's: certificates and what a CDN requires, mail and messages to
/// people, sign-in, logs and monitoring, images of containers, states of Terraform, and other vendors.
const ASIDE: &[&str] = &[
    // Certificates, content delivery, names of hosts.
    "acm",
    "cert",
    "certs",
    "certificate",
    "certificates",
    "cloudfront",
    "cdn",
    "edge",
    "waf",
    "wafv2",
    "route53",
    "dns",
    "lambdaedge",
    "fastly",
    "akamai",
    "frontdoor",
    // Mail, messages, calls.
    "ses",
    "sesv2",
    "sesclient",
    "mail",
    "mailer",
    "mails",
    "email",
    "emails",
    "smtp",
    "sns",
    "sms",
    "twilio",
    "sendgrid",
    "mailgun",
    "postmark",
    "pinpoint",
    "pusher",
    "ably",
    "slack",
    // Sign-in.
    "cognito",
    "auth0",
    "okta",
    "clerk",
    "workos",
    "entra",
    "b2c",
    "userpool",
    "sso",
    // Logs, monitoring, tracing, errors, statistics of use.
    "log",
    "logs",
    "logging",
    "logger",
    "awslogs",
    "cloudwatch",
    "monitor",
    "monitoring",
    "metrics",
    "alarm",
    "alarms",
    "alerts",
    "xray",
    "trace",
    "tracing",
    "telemetry",
    "otel",
    "datadog",
    "dd",
    "newrelic",
    "honeycomb",
    "grafana",
    "loki",
    "splunk",
    "sumo",
    "sumologic",
    "logtail",
    "papertrail",
    "sentry",
    "bugsnag",
    "rollbar",
    "insights",
    "appinsights",
    "segment",
    "amplitude",
    "mixpanel",
    "posthog",
    "heap",
    "audit",
    "cloudtrail",
    "budget",
    "budgets",
    "billing",
    "cur",
    // Images, packages, state, builds.
    "ecr",
    "registry",
    "artifact",
    "artifacts",
    "artifactregistry",
    "acr",
    "gcr",
    "codeartifact",
    "packer",
    "ami",
    "image",
    "images",
    "tfstate",
    "statefile",
    "terraform",
    "terragrunt",
    "lock",
    "locks",
    "codebuild",
    "cache_bucket",
    "runner",
    "runners",
    "sccache",
    "turbo",
    // What is public anyway.
    "assets",
    "asset",
    "static",
    "website",
    "public",
    "fonts",
    "marketing",
    "docs",
    "downloads",
    // Other vendors and their machines.
    "stripe",
    "plaid",
    "algolia",
    "bedrock",
    "openai",
    "anthropic",
    "textract",
    "rekognition",
    "polly",
    "translate",
    "launchdarkly",
    "statsig",
    "contentful",
    "sanity",
    "salesforce",
    "hubspot",
    "zendesk",
    "intercom",
    "shopify",
    "maps",
    "geocoding",
    "chime",
    // Regions of people and of trade, and jobs of Apache Flink.
    "sales",
    "territory",
    "office",
    "offices",
    "team",
    "address",
    "shipping",
    "weather",
    "timezone",
    "flink",
    "jobmanager",
    "taskmanager",
    // Tests and machines that are not there.
    "localstack",
    "mock",
    "fake",
    "emulator",
    "test",
    "tests",
];

/// Types of Terraform and CloudFormation resources that keep no banking data, by words of the type.
fn is_aside(word: &str) -> bool {
    ASIDE.contains(&word)
}

/// What a region is for by the words around it, its own name last; `None` where that keeps no banking data.
pub fn of_words<'w>(words: impl IntoIterator<Item = &'w str> + Clone) -> Option<Use> {
    if words.clone().into_iter().any(is_aside) {
        return None;
    }
    let is = |list: &[&str]| words.clone().into_iter().any(|word| list.contains(&word));
    Some(match () {
        () if is(DATABASES) => Use::Database,
        () if is(QUEUES) => Use::Queue,
        () if is(BUCKETS) => Use::Bucket,
        () => Use::Program,
    })
}

/// Words that any application may have in the name of its own database.
const OWN_DATABASE: &[&str] = &[
    "url",
    "uri",
    "dsn",
    "host",
    "hosts",
    "hostname",
    "endpoint",
    "address",
    "server",
    "connection",
    "connections",
    "string",
    "conn",
    "connectionstring",
    "connectionstrings",
    "primary",
    "default",
    "defaultconnection",
    "main",
    "writer",
    "reader",
    "read",
    "write",
    "replica",
    "replicas",
    "direct",
    "pooler",
    "pooled",
    "pool",
    "prisma",
    "non",
    "pooling",
    "shadow",
    "spring",
    "data",
    "jdbc",
    "r2dbc",
    "sqlalchemy",
    "django",
    "typeorm",
    "sequelize",
    "knex",
    "hibernate",
    "ado",
    "ef",
    "app",
    "application",
    "api",
    "backend",
    "service",
    "core",
    "web",
    "worker",
    "env",
    "config",
    "settings",
    "production",
    "username",
    "name",
    "engine",
    "cluster",
    "cloud",
    "instance",
    "resource",
    "aws",
    "gcp",
    "google",
    "azure",
    "arn",
    "table",
    "tables",
    "cache",
    "session",
    "sessions",
    "celery",
    "broker",
    "sidekiq",
    "result",
    "kv",
    "store",
    "pg",
    "pghost",
    "my",
    "ssl",
    "tls",
    "no",
    "unpooled",
    "flinks",
    "bank",
    "banking",
    "lending",
    "loans",
    "loan",
    "accounts",
    "client",
    "clients",
    "datasources",
    "repo",
    "repository",
    "secrets",
    "variables",
    "environment",
    "values",
    "global",
    "spec",
    "credentials",
    "properties",
    "parameters",
    "port",
    "vpc",
    "private",
    "internal",
    "master",
    "base",
    "sqlserver",
    "mssql",
    "account",
    "locator",
    "project",
    "id",
    "connectionname",
    "proxy",
    "adapter",
    "development",
    "staging",
    "id",
];

/// Whether a setting's name, or all keys that lead to it, are those of an application's own database, bucket or queue, as
/// far as their words tell.
pub fn is_own_name(name: &str) -> bool {
    words::plain(name).iter().all(|word| {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_in = |list: &&[&str]| list.contains(&bare) || list.contains(&word.as_str());
        let known = [OWN_DATABASE, DATABASES, BUCKETS, QUEUES].iter().any(is_in);
        known || bare.is_empty() || environments::of_word(bare).is_some() || countries::of_word(bare).is_some()
    })
}

/// Names of a program's own address.
pub fn is_own_address(name: &str) -> bool {
    let name = words::normal(name);
    let own =
        ["app_url", "public_url", "site_url", "website_hostname", "nextauth_url", "app_base_url", "public_base_url"];
    own.contains(&name.as_str())
        || ["webhook_base_url", "callback_base_url", "app_host", "public_host"].contains(&name.as_str())
}

/// Whether the words of a name say that several regions may be meant, of which one is chosen elsewhere.
pub fn is_choice(name: &str) -> bool {
    let whole = ["options", "enum", "choices", "allowed_values"];
    let any = ["supported", "allowed", "available", "valid", "all", "permitted", "blocked", "denied"];
    whole.contains(&words::normal(name).as_str()) || words::plain(name).iter().any(|word| any.contains(&word.as_str()))
}

/// The country of a store, if its name says one.
pub fn country_of_store(name: &str) -> Option<Country> {
    countries::only(name).map(|saying| saying.country)
}

/// Whether a command or the name of a job puts something into service.
pub fn deploys(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "deploy",
        "release",
        "production",
        "terraform apply",
        "terragrunt",
        "pulumi up",
        "helm upgrade",
        "helm install",
        "kubectl ",
        "gcloud run",
        "gcloud app",
        "gcloud functions",
        "update-service",
        "update-function-code",
        "serverless ",
        "flyctl",
        "fly deploy",
        "eb ",
        "az webapp",
        "az containerapp",
        "eksctl",
        "rollout",
        "copilot ",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether a value leads to a machine that only stands in for a cloud: LocalStack, MinIO, an emulator.
pub fn is_emulator(text: &str) -> bool {
    if !["local", "Local", "minio", "elasticmq", "127.0.0.1", "host.docker"].iter().any(|part| text.contains(part)) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    ["localstack", "dynamodb-local", "elasticmq", "minio", "://localhost", "://127.0.0.1", "://host.docker.internal"]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_a_region_is_for() {
        assert_eq!(of_words(["aws", "region"]), Some(Use::Program));
        assert_eq!(
            of_words(["resource", "aws", "db", "instance", "main", "availability", "zone"]),
            Some(Use::Database)
        );
        assert_eq!(of_words(["s3", "region"]), Some(Use::Bucket));
        assert_eq!(of_words(["ses", "region"]), None);
        assert_eq!(of_words(["sentry", "region"]), None);
    }

    /// Options of a client are set; options of a form are chosen from.
    #[test]
    fn choices_are_told_by_their_names() {
        assert!(is_choice("SUPPORTED_REGIONS") && is_choice("AllowedValues") && is_choice("options"));
        assert!(!is_choice("CosmosClientOptions") && !is_choice("AWS_REGION"));
    }

    #[test]
    fn names_of_an_applications_own_database() {
        for name in
            ["DATABASE_URL", "POSTGRES_PRISMA_URL", "DB_HOST", "spring.datasource.url", "CA_DATABASE_URL", "REDIS_URL"]
                .into_iter()
                .chain(["S3_URL", "S3_ENDPOINT", "BUCKET_URL"])
        {
            assert!(is_own_name(name), "{name}");
        }
        for name in ["ANALYTICS_DATABASE_URL", "WORDPRESS_DB_HOST", "PARTNER_DB_URL", "METABASE_URL"] {
            assert!(!is_own_name(name), "{name}");
        }
    }
}
