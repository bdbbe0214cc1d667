//! flinks-lint, the program: which command does what, and how a run ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use flinks_lint::cli::{Cli, Command, Failure, Options, baseline, check, init, show, terminal, terminal::Colour};
use flinks_lint::lsp;
use flinks_lint::report::Look;
use flinks_lint::report::draw::{Drawn, Pencil};

fn main() -> ExitCode {
    terminal::report_panics_without_their_message();
    let cli = Cli::parse();
    // A fault of ours ends the run as any other failure does, not with the code of findings or a signal.
    match catch_unwind(AssertUnwindSafe(|| run(&cli))) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(failure)) => fail(&failure, colour(&cli)),
        Err(_) => ExitCode::from(2),
    }
}

fn run(cli: &Cli) -> Result<u8, Failure> {
    match &cli.command {
        None => check::run(&cli.check),
        Some(Command::Check(check)) => check::run(check),
        Some(Command::Baseline(known)) => baseline::run(known),
        Some(Command::Map(map)) => show::map(map),
        Some(Command::Explain(explain)) => show::explain(explain),
        Some(Command::Rules(listing)) => show::rules(listing),
        Some(Command::Config(config)) => show::config(config),
        Some(Command::Init(asked)) => init::run(asked),
        Some(Command::Lsp(served)) => lsp::run(&Options::of_folder(".".into(), &served.policy)),
        Some(Command::Schema { what }) => show::schema(*what),
        Some(Command::Completions { shell }) => show::completions(*shell),
        Some(Command::Man) => show::man(),
        Some(Command::Version { json }) => show::version(*json),
    }
}

fn colour(cli: &Cli) -> Colour {
    match &cli.command {
        None => cli.check.show.color,
        Some(Command::Check(check)) => check.show.color,
        Some(_) => Colour::Auto,
    }
}

fn fail(failure: &Failure, colour: Colour) -> ExitCode {
    let look = Look { colour: colour.on_stderr(), ..Look::default() };
    terminal::complain(look.colour, &Drawn(failure, &Pencil::new(&look)).to_string());
    ExitCode::from(2)
}
