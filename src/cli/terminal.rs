//! What the terminal can show: colours, links, and how many columns.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    pub fn on_stdout(self) -> bool {
        self.on(AutoStream::choice(&io::stdout()))
    }

    pub fn on_stderr(self) -> bool {
        self.on(AutoStream::choice(&io::stderr()))
    }

    /// `detected` has looked at NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM and the stream.
    fn on(self, detected: ColorChoice) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => detected != ColorChoice::Never || forced(),
        }
    }
}

/// FORCE_COLOR is of Node's world and unknown to anstream. NO_COLOR wins over it.
fn forced() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let off = std::env::var_os("FORCE_COLOR").is_some_and(|value| value == "0" || value == "false");
    set("FORCE_COLOR") && !off && !set("NO_COLOR")
}

/// Says something on standard error. If nobody listens there, there is nobody to tell.
pub fn complain(colour: bool, text: &str) {
    let stderr = io::stderr().lock();
    let _ = if colour { writeln!(AutoStream::always(stderr), "{text}") } else { writeln!({ stderr }, "{text}") };
}

/// Lets a panic say where it happened and nothing else: its message may hold a piece of a scanned file.
pub fn report_panics_without_their_message() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        let version = env!("CARGO_PKG_VERSION");
        complain(false, &format!("flinks-lint {version} met a fault of its own at {place}; please report this line"));
    }));
}

/// Whether the terminal is known to take links; others print them as rubbish.
pub fn hyperlinks() -> bool {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let program = variable("TERM_PROGRAM");
    let known = ["iTerm.app", "WezTerm", "vscode", "ghostty"].contains(&program.as_str())
        || variable("VTE_VERSION").parse::<u32>().is_ok_and(|version| version >= 5000)
        || variable("TERM") == "xterm-kitty"
        || !variable("WT_SESSION").is_empty();
    io::stdout().is_terminal() && variable("CI").is_empty() && known
}

/// Columns for source lines. A report that goes to a file is the same on every machine.
pub fn width() -> usize {
    const READABLE: std::ops::RangeInclusive<usize> = 60..=240;
    let columns = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = if io::stdout().is_terminal() { columns() } else { None };
    width.unwrap_or(140).clamp(*READABLE.start(), *READABLE.end())
}
