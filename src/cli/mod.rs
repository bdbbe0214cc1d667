//! The command line: what can be typed, said once for help, man page and completions.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::report::RENDERERS;

pub mod baseline;
pub mod change;
pub mod check;
pub mod failure;
pub mod init;
pub mod mend;
mod options;
pub mod output;
pub mod pipeline;
pub mod show;
pub mod terminal;

pub use failure::Failure;
pub use options::{Options, Today};

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing at or above the fail level
  1  findings at or above the fail level
  2  the run failed: usage, an unreadable policy, input or output
  3  nothing was scanned: not one file was read";

const MAP_EXIT_CODES: &str = "\
Exit codes:
  0  the map is drawn, whatever it shows
  2  the run failed: usage, an unreadable policy, input or output
  3  nothing was scanned: not one file was read";

const BASELINE_HELP: &str = "\
The file has an entry for every finding: its rule, path and subject, a message for people, and the fingerprints by \
which the finding is known again. It has no line numbers, dates or values, so that it changes only when a finding \
does. `reason` and `owner` of an entry are yours, and are kept. An entry whose finding is gone is dropped, where the \
run looked at all of its files; entries of other files stay. An entry follows a finding whose lines moved or whose \
file was moved; a second place that says the same, another value, and a finding that became more severe are reported.

`flinks-lint check` uses the baseline that lies in the root, and says how many findings it knows: `--show-suppressed` \
shows them, `--no-baseline` does without.

Exit codes:
  0  the baseline is written
  2  the run failed: usage, an unreadable policy or baseline, input or output
  3  nothing was scanned: not one file was read, and nothing is written";

/// Checks that a codebase keeps its Flinks instances, countries and environments apart.
///
/// Without a command it checks: `flinks-lint src` is `flinks-lint check src`, and `flinks-lint` alone checks
/// the current folder. It reads files and nothing else: no network, no program of the tree is run.
#[derive(Debug, Parser)]
#[command(name = "flinks-lint", version, args_conflicts_with_subcommands = true)]
#[command(after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub check: Check,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report what is mixed up (the default).
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    /// Write down the findings that are known, so that only new ones fail a run.
    #[command(after_help = BASELINE_HELP)]
    Baseline(Baseline),
    /// Show which profile uses which instance, with findings or without.
    #[command(after_help = MAP_EXIT_CODES)]
    Map(Map),
    /// Print a rule's page: the reason, examples, and how to fix it.
    Explain(Explain),
    /// List the rules.
    Rules(Listing),
    /// Show the policy as it is understood.
    #[command(subcommand)]
    Config(Config),
    /// Write a policy with the instances, countries and profiles of the tree.
    Init(Init),
    /// Serve an editor: the Language Server Protocol over standard input and output.
    Lsp(Lsp),
    /// Print a JSON Schema.
    Schema {
        /// Of what.
        #[arg(value_enum, default_value_t = Schema::Policy)]
        what: Schema,
    },
    /// Print the completions of a shell.
    Completions { shell: clap_complete::Shell },
    /// Print the manual page.
    Man,
    /// Print the version.
    Version {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub scan: Scan,
    #[command(flatten)]
    pub change: change::Change,
    #[command(flatten)]
    pub judge: Judge,
    #[command(flatten)]
    pub show: Show,
    #[command(flatten)]
    pub mend: mend::Mend,
}

#[derive(Debug, Args)]
pub struct Baseline {
    #[command(flatten)]
    pub scan: Scan,
    /// The file to write [default: flinks-lint-baseline.toml at the root]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Only drop entries whose finding is gone; add none.
    #[arg(long)]
    pub prune: bool,
}

#[derive(Debug, Args)]
pub struct Map {
    /// The format of the map.
    #[arg(short, long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
    #[command(flatten)]
    pub scan: Scan,
    /// Show what every conclusion rests on.
    #[arg(long)]
    pub explain_evidence: bool,
    /// List what was not read or not understood.
    #[arg(short, long)]
    pub verbose: bool,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's id, such as `country-mismatch`.
    pub rule: String,
    /// The format of the page.
    #[arg(short, long, value_enum, default_value_t = PageFormat::Text)]
    pub format: PageFormat,
}

#[derive(Debug, Args)]
pub struct Listing {
    /// The format of the list.
    #[arg(short, long, value_enum, default_value_t = Plain::Text)]
    pub format: Plain,
}

#[derive(Debug, Subcommand)]
pub enum Config {
    /// Print the policy in effect, and where each part of it is said.
    Show {
        /// Only what applies to this file.
        #[arg(long = "for", value_name = "PATH", value_hint = ValueHint::FilePath)]
        path: Option<PathBuf>,
        #[command(flatten)]
        policy: PolicyChoice,
    },
}

#[derive(Debug, Args)]
pub struct Init {
    /// The root of the codebase.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath, default_value = ".")]
    pub folder: PathBuf,
    /// Print the policy instead of writing `flinks-lint.toml`.
    #[arg(long)]
    pub stdout: bool,
    /// Replace the policy that is there.
    #[arg(long, conflicts_with = "stdout")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Lsp {
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// What editors pass; standard input and output are used in any case.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// What is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is read")]
pub struct Scan {
    /// Files and folders to read; `-` reads standard input [default: .]
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath, help_heading = "Arguments")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub policy: PolicyChoice,
    /// Read ignored files too.
    ///
    /// Without it, what `.gitignore`, `.ignore` and git's own excludes leave out is not read, unless git tracks it.
    #[arg(long)]
    pub no_ignore: bool,
    /// Skip larger files, in bytes or as 500K, 10M.
    #[arg(long, value_name = "SIZE", value_parser = options::size)]
    pub max_file_size: Option<u64>,
    /// The path that standard input stands for; its name tells the format.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,
    /// Threads to read with [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// The date by which exceptions expire, as YYYY-MM-DD [default: today]
    ///
    /// With a fixed date the same tree gives the same report on every day.
    #[arg(long, value_name = "DATE", value_parser = Today::parse)]
    pub today: Option<Today>,
}

#[derive(Debug, Args)]
pub struct PolicyChoice {
    /// The policy file [default: flinks-lint.toml or .flinks-lint.toml at the root]
    ///
    /// The environment variable FLINKS_LINT_CONFIG names it too; this flag wins.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no policy file at all.
    #[arg(long)]
    pub isolated: bool,
}

/// What counts.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts")]
pub struct Judge {
    /// Apply only this rule (repeatable).
    #[arg(long = "rule", value_name = "ID")]
    pub rules: Vec<String>,
    /// Leave this rule out (repeatable).
    #[arg(long = "exclude-rule", value_name = "ID")]
    pub excluded_rules: Vec<String>,
    /// The least severity that fails the run.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Level::Error)]
    pub fail_on: Level,
    /// Exit with 0 even if there are findings.
    ///
    /// A run that failed still exits with 2, and one that scanned nothing with 3.
    #[arg(long)]
    pub exit_zero: bool,
    /// Leave out findings that are less sure.
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Sureness::Likely)]
    pub min_confidence: Sureness,
    /// The findings that are known [default: flinks-lint-baseline.toml at the root]
    ///
    /// They are not reported and fail no run. See `flinks-lint baseline --help`.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,
    /// Report known findings too.
    #[arg(long)]
    pub no_baseline: bool,
}

/// What is shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is shown")]
pub struct Show {
    /// The format on standard output [default: text]
    #[arg(short, long, value_parser = PossibleValuesParser::new(RENDERERS.iter().map(|renderer| renderer.name)))]
    pub format: Option<String>,
    /// Write a report to a file too (repeatable); `-` is standard output.
    ///
    /// Several formats can be had of one run: `--output sarif=lint.sarif --output junit=lint.xml`.
    #[arg(short, long, value_name = "FORMAT=FILE", value_parser = output::Target::parse)]
    pub output: Vec<output::Target>,
    /// Show findings of which a value could not be resolved; they never fail a run.
    #[arg(long)]
    pub show_unknown: bool,
    /// Show findings under an exception or in the baseline, with the reason.
    #[arg(long)]
    pub show_suppressed: bool,
    /// Show notes.
    #[arg(long)]
    pub show_notes: bool,
    /// Show the steps by which each finding was concluded.
    #[arg(long)]
    pub explain_evidence: bool,
    /// Print findings only.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// List what was not read or not understood.
    #[arg(short, long)]
    pub verbose: bool,
    /// Colours.
    ///
    /// `auto` follows NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR and whether this is a terminal.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = terminal::Colour::Auto)]
    pub color: terminal::Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Plain {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    Text,
    Markdown,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// The JSON report.
    Report,
    /// The JSON map.
    Map,
    /// The policy file.
    Policy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sureness {
    Likely,
    Certain,
}
