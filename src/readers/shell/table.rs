//! The commands that set variables elsewhere, and the form in which each says them.

use crate::fact::Said;

/// How a command says what it sets.
pub(super) enum Form {
    /// `A=b` after one of these options; with a comma between several where `list` is set.
    Option { names: &'static [&'static str], list: bool, stored: bool, said: Said },
    /// `A=b C=d` after the option, up to the next one.
    Words { names: &'static [&'static str] },
    /// `A=b C=d` as arguments.
    Arguments,
    /// A name and its value as the arguments at this place.
    Pair(usize),
    /// A name as the argument at this place; the value is in an option or comes through a pipe. The environment
    /// is in another option or argument.
    Named { at: usize, value: &'static [&'static str], environment: Environment },
    /// The name and the value in an option each.
    Options { name: &'static str, value: &'static str },
    /// `a.b=c,d=e` after the option: keys of a document.
    Keys { names: &'static [&'static str] },
    /// The option is itself a key: `--region us-central1`.
    Key { names: &'static [&'static str] },
    /// A file of `A=b` lines.
    File { names: &'static [&'static str] },
}

pub(super) enum Environment {
    Option(&'static str),
    Argument(usize),
}

const fn option(names: &'static [&'static str]) -> Form {
    Form::Option { names, list: false, stored: false, said: Said::Variable }
}

const fn list(names: &'static [&'static str]) -> Form {
    Form::Option { names, list: true, stored: false, said: Said::Variable }
}

const RUN: &[Form] = &[option(&["-e", "--env"]), Form::File { names: &["--env-file"] }];
const BUILD: &[Form] = &[option(&["--build-arg"])];
/// A name whose value comes through a pipe.
const FED: Form = Form::Named { at: 0, value: &[], environment: Environment::Option("--env") };
const SECRET: Form = Form::Named { at: 0, value: &["--body", "-b"], environment: Environment::Option("--env") };

/// Commands by the words they begin with.
pub(super) const COMMANDS: &[(&[&str], &[Form])] = &[
    (&["docker", "run"], RUN),
    (&["docker", "create"], RUN),
    (&["docker", "exec"], RUN),
    (&["docker", "service"], &[option(&["-e", "--env", "--env-add"]), Form::File { names: &["--env-file"] }]),
    (&["docker", "compose", "run"], RUN),
    (&["docker", "compose", "build"], BUILD),
    (&["docker", "compose"], &[Form::File { names: &["--env-file"] }]),
    (&["docker", "buildx", "build"], BUILD),
    (&["docker", "build"], BUILD),
    (&["docker", "secret", "create"], &[FED]),
    (&["podman", "secret", "create"], &[FED]),
    (&["vault", "kv", "put"], &[Form::Arguments]),
    (&["vault", "kv", "patch"], &[Form::Arguments]),
    (&["vault", "write"], &[Form::Arguments]),
    (&["docker-compose", "run"], RUN),
    (&["docker-compose", "build"], BUILD),
    (&["docker-compose"], &[Form::File { names: &["--env-file"] }]),
    (&["podman", "run"], RUN),
    (&["podman", "build"], BUILD),
    (&["buildah"], BUILD),
    (&["nerdctl", "run"], RUN),
    (&["heroku", "config:set"], &[Form::Arguments]),
    (&["heroku", "config:add"], &[Form::Arguments]),
    (&["fly", "secrets", "set"], &[Form::Arguments]),
    (&["flyctl", "secrets", "set"], &[Form::Arguments]),
    (&["fly", "deploy"], &[option(&["-e", "--env", "--build-arg"])]),
    (&["flyctl", "deploy"], &[option(&["-e", "--env", "--build-arg"])]),
    (&["railway", "variables"], &[option(&["--set"]), Form::Arguments]),
    (&["eb", "setenv"], &[Form::Arguments]),
    (&["dokku", "config:set"], &[Form::Arguments]),
    (&["convox", "env", "set"], &[Form::Arguments]),
    (&["doppler", "secrets", "set"], &[Form::Arguments]),
    (&["supabase", "secrets", "set"], &[Form::Arguments]),
    (&["netlify", "env:set"], &[Form::Pair(0)]),
    (&["sst", "secret", "set"], &[Form::Pair(0)]),
    (&["pulumi", "config", "set"], &[Form::Pair(0)]),
    (&["cf", "set-env"], &[Form::Pair(1)]),
    (&["setenv"], &[Form::Pair(0)]),
    (&["vercel", "env", "add"], &[Form::Named { at: 0, value: &["--value"], environment: Environment::Argument(1) }]),
    (&["vercel", "deploy"], &[option(&["-e", "--env", "-b", "--build-env"])]),
    (&["gh", "secret", "set"], &[SECRET]),
    (&["gh", "variable", "set"], &[SECRET]),
    (&["wrangler", "secret", "put"], &[SECRET]),
    (&["kubectl", "set", "env"], &[option(&["-e", "--env"]), Form::Arguments]),
    (&["kubectl", "create"], &[option(&["--from-literal"]), Form::File { names: &["--from-env-file"] }]),
    (&["oc", "set", "env"], &[option(&["-e", "--env"]), Form::Arguments]),
    (&["gcloud", "secrets", "create"], &[FED]),
    (&["gcloud", "secrets", "versions", "add"], &[FED]),
    (
        &["gcloud"],
        &[
            list(&["--set-env-vars", "--update-env-vars", "--set-build-env-vars", "--update-build-env-vars"]),
            Form::Option {
                names: &["--set-secrets", "--update-secrets"],
                list: true,
                stored: true,
                said: Said::Variable,
            },
            Form::Key { names: &["--region"] },
        ],
    ),
    (&["az", "keyvault", "secret", "set"], &[Form::Options { name: "--name", value: "--value" }]),
    (
        &["az"],
        &[Form::Words {
            names: &[
                "--settings",
                "--slot-settings",
                "--env-vars",
                "--set-env-vars",
                "--replace-env-vars",
                "--environment-variables",
                "--secure-environment-variables",
                "--setting-names",
            ],
        }],
    ),
    (&["aws", "ssm", "put-parameter"], &[Form::Options { name: "--name", value: "--value" }]),
    (
        &["aws", "secretsmanager"],
        &[
            Form::Options { name: "--name", value: "--secret-string" },
            Form::Options { name: "--secret-id", value: "--secret-string" },
        ],
    ),
    (&["aws", "cloudformation", "deploy"], &[Form::Words { names: &["--parameter-overrides"] }]),
    (&["sam", "deploy"], &[Form::Words { names: &["--parameter-overrides"] }]),
    (&["helm"], &[Form::Keys { names: &["--set", "--set-string"] }]),
    (&["terraform"], &[Form::Option { names: &["-var", "--var"], list: false, stored: false, said: Said::Key }]),
    (&["tofu"], &[Form::Option { names: &["-var", "--var"], list: false, stored: false, said: Said::Key }]),
    (&["terragrunt"], &[Form::Option { names: &["-var", "--var"], list: false, stored: false, said: Said::Key }]),
    (&["flutter"], &[option(&["--dart-define"]), Form::File { names: &["--dart-define-from-file"] }]),
    (&["dart"], &[option(&["--define", "-D"])]),
    (&["firebase", "functions:config:set"], &[Form::Arguments]),
    (&["env"], &[Form::Arguments]),
    (&["cross-env"], &[Form::Arguments]),
];

/// Commands in front of the one that matters.
pub(super) const WRAPPERS: &[&str] =
    &["sudo", "exec", "command", "time", "nohup", "npx", "pnpm", "yarn", "bunx", "dlx", "doas"];

/// Commands whose every call describes something of its own, complete: a container, a release, a service.
pub(super) const APART: &[&str] = &[
    "kubectl",
    "docker",
    "docker-compose",
    "podman",
    "nerdctl",
    "gcloud",
    "helm",
    "terraform",
    "tofu",
    "terragrunt",
    "vault",
];
