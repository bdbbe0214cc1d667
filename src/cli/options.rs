//! What was typed, checked once into what a run needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::CommandFactory;

use super::change::Change;
use super::{Baseline, Check, Cli, Failure, Judge, Level, Map, PolicyChoice, Scan, Show, Sureness, terminal};
use crate::finding::Confidence;
use crate::report::{FailOn, Look};
use crate::rules;

/// All that decides what a run reads and judges.
#[derive(Debug, Clone)]
pub struct Options {
    /// Never empty. `-` is standard input, and then the only one.
    pub paths: Vec<PathBuf>,
    /// The path that standard input stands for; set if and only if it is to be read.
    pub stdin_filename: Option<String>,
    /// The policy file that was asked for; else it is looked for at the root, unless `isolated`.
    pub config: Option<PathBuf>,
    pub isolated: bool,
    pub no_ignore: bool,
    pub max_file_size: Option<u64>,
    pub threads: Option<usize>,
    pub today: Today,
    /// Which findings are reported, where not all are.
    pub change: Change,
    /// Whether the paths were typed, or are the current folder by default.
    pub paths_are_named: bool,
    /// The ids of the rules that run, in the order of the book.
    pub rules: Vec<&'static str>,
    /// The baseline file that was asked for; else it is looked for at the root.
    pub baseline: Option<PathBuf>,
    pub no_baseline: bool,
    /// Files that are not as the disk has them, by their paths below the root: an editor's buffers.
    pub unsaved: BTreeMap<String, Vec<u8>>,
}

impl Options {
    /// A run over a folder with every rule, as an editor and `init` want it.
    pub fn of_folder(folder: PathBuf, policy: &PolicyChoice) -> Self {
        Options {
            paths: vec![folder],
            stdin_filename: None,
            config: policy.file(),
            isolated: policy.isolated,
            no_ignore: false,
            max_file_size: None,
            threads: None,
            today: Today::now(),
            rules: rules::all().iter().map(|rule| rule.id).collect(),
            baseline: None,
            no_baseline: false,
            change: Change::default(),
            paths_are_named: true,
            unsaved: BTreeMap::new(),
        }
    }

    /// # Errors
    /// Where an id is no rule's, or standard input has no name.
    pub fn check(check: &Check) -> Result<Self, Failure> {
        let options = Options {
            rules: chosen(&check.judge)?,
            change: check.change.clone(),
            baseline: check.judge.baseline.clone(),
            no_baseline: check.judge.no_baseline,
            ..scan(&check.scan)?
        };
        options.change.fits(options.stdin_filename.is_some())?;
        Ok(options)
    }

    /// # Errors
    /// Where a part of the tree is to be read from standard input: nobody could tell what else is in it.
    pub fn baseline(baseline: &Baseline) -> Result<Self, Failure> {
        let options = Options { baseline: baseline.baseline.clone(), ..scan(&baseline.scan)? };
        match options.stdin_filename {
            None => Ok(options),
            Some(_) => Err(Failure::new("cannot write a baseline", "standard input is not the tree that it is of")
                .help("name the folder that holds the code")),
        }
    }

    /// # Errors
    /// Where standard input has no name.
    pub fn map(map: &Map) -> Result<Self, Failure> {
        scan(&map.scan)
    }
}

impl PolicyChoice {
    /// The policy file that is named by flag or environment.
    pub fn file(&self) -> Option<PathBuf> {
        let from_environment = || std::env::var_os("FLINKS_LINT_CONFIG").filter(|name| !name.is_empty());
        match (&self.config, self.isolated) {
            (_, true) => None,
            (Some(file), _) => Some(file.clone()),
            (None, _) => from_environment().map(PathBuf::from),
        }
    }
}

fn scan(scan: &Scan) -> Result<Options, Failure> {
    misplaced_command(&scan.paths)?;
    let here = || vec![PathBuf::from(".")];
    let paths = if scan.paths.is_empty() { here() } else { scan.paths.clone() };
    Ok(Options {
        stdin_filename: stdin(&paths, scan.stdin_filename.as_deref())?,
        paths,
        config: scan.policy.file(),
        isolated: scan.policy.isolated,
        no_ignore: scan.no_ignore,
        max_file_size: scan.max_file_size,
        threads: scan.threads.map(Into::into),
        today: scan.today.clone().unwrap_or_else(Today::now),
        change: Change::default(),
        paths_are_named: !scan.paths.is_empty(),
        rules: rules::all().iter().map(|rule| rule.id).collect(),
        baseline: None,
        no_baseline: false,
        unsaved: BTreeMap::new(),
    })
}

/// After a flag, `check` is a path as good as any; where there is no such path, a command was meant.
fn misplaced_command(paths: &[PathBuf]) -> Result<(), Failure> {
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let named = paths.iter().filter_map(|path| path.to_str()).find(|path| names.contains(path));
    match named {
        Some(name) if !Path::new(name).exists() => {
            Err(Failure::new(format!("cannot read {name}"), "there is no such file or folder")
                .help(format!("write the command first: `flinks-lint {name} …`")))
        }
        _ => Ok(()),
    }
}

fn stdin(paths: &[PathBuf], name: Option<&str>) -> Result<Option<String>, Failure> {
    let reads = paths.iter().any(|path| path == Path::new("-"));
    let doing = "cannot read standard input";
    match (reads, name) {
        (false, None) => Ok(None),
        (false, Some(_)) => {
            Err(Failure::new(doing, "--stdin-filename is given and `-` is not").help("write `-` as the only path"))
        }
        (true, _) if paths.len() > 1 => {
            Err(Failure::new(doing, "other paths are given too").help("write `-` as the only path"))
        }
        (true, None) => Err(Failure::new(doing, "it has no name, and the name tells the format")
            .help("name it, such as `--stdin-filename .env.production`")),
        (true, Some(name)) => Ok(Some(name.replace('\\', "/").trim_start_matches("./").to_owned())),
    }
}

fn chosen(judge: &Judge) -> Result<Vec<&'static str>, Failure> {
    let known = |ids: &[String]| ids.iter().map(|id| known(id)).collect::<Result<Vec<_>, _>>();
    let (only, excluded) = (known(&judge.rules)?, known(&judge.excluded_rules)?);
    let runs = |id: &&str| (only.is_empty() || only.contains(id)) && !excluded.contains(id);
    let rules: Vec<&str> = rules::all().iter().map(|rule| rule.id).filter(runs).collect();
    if rules.is_empty() {
        let why = "--rule and --exclude-rule together leave none";
        return Err(Failure::new("cannot choose rules", why).help("leave one of the two flags out"));
    }
    Ok(rules)
}

/// The rule's id, or a failure that names the nearest.
pub(super) fn known(id: &str) -> Result<&'static str, Failure> {
    if let Some(rule) = rules::get(id) {
        return Ok(rule.id);
    }
    let failure = Failure::new(format!("cannot find the rule `{id}`"), "there is none of that id");
    Err(match rules::nearest(id) {
        Some(near) => failure.help(format!("write `{near}`, or see `flinks-lint rules`")),
        None => failure.help("see `flinks-lint rules`"),
    })
}

impl Show {
    /// How the report on standard output looks.
    pub fn look(&self, judge: &Judge) -> Look {
        let colour = self.color.on_stdout();
        Look {
            colour,
            hyperlinks: colour && terminal::hyperlinks(),
            width: terminal::width(),
            show_unknown: self.show_unknown,
            show_suppressed: self.show_suppressed,
            show_notes: self.show_notes,
            min_confidence: match judge.min_confidence {
                Sureness::Likely => Confidence::Likely,
                Sureness::Certain => Confidence::Certain,
            },
            explain_evidence: self.explain_evidence,
            quiet: self.quiet,
            verbose: self.verbose,
            fail_on: match (judge.exit_zero, judge.fail_on) {
                (true, _) | (_, Level::Never) => FailOn::Never,
                (_, Level::Error) => FailOn::Error,
                (_, Level::Warning) => FailOn::Warning,
                (_, Level::Note) => FailOn::Note,
            },
            ..Look::default()
        }
    }
}

/// A number of bytes: `1048576`, `500K`, `10M`, `1GiB`.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err("write a number of bytes, or one with K, M or G".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write a number of bytes, or one with K, M or G".to_owned())?;
    number.checked_mul(factor).ok_or_else(|| "that is more than can be counted".to_owned())
}

/// A date as `YYYY-MM-DD`, which sorts as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Today(String);

impl Today {
    /// # Errors
    /// For what is no date of the calendar.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || "write a date as YYYY-MM-DD".to_owned();
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(wrong());
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().map_err(|_| wrong());
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        if (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day) {
            Ok(Today(text.to_owned()))
        } else {
            Err("there is no such day".to_owned())
        }
    }

    /// The day of the system clock, in UTC: the same everywhere.
    pub fn now() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Today::of_day((seconds / 86_400) as i64)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Days since 1970-01-01, by Howard Hinnant's `civil_from_days`.
    fn of_day(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Today(format!("{year:04}-{month:02}-{day:02}"))
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(Today::of_day(0).as_str(), "1970-01-01");
        assert_eq!(Today::of_day(19_782).as_str(), "2024-02-29");
        assert_eq!(Today::of_day(20_453).as_str(), "2025-12-31");
    }

    /// An exception that ends on a day that does not exist would never end.
    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(Today::parse("2024-02-29").is_ok());
        for wrong in ["2025-02-29", "2025-13-01", "2025-1-1", "tomorrow", "2025-00-10", "２０２５-01-01"] {
            assert!(Today::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("10M"), Ok(10 << 20));
        assert_eq!(size("512"), Ok(512));
        assert!(size("ten").is_err());
        assert!(size("99999999999G").is_err());
    }

    #[test]
    fn standard_input_needs_a_name() {
        let dash = [PathBuf::from("-")];
        assert!(stdin(&dash, None).is_err());
        assert_eq!(stdin(&dash, Some("./a/.env")).unwrap(), Some("a/.env".to_owned()));
        assert!(stdin(&[PathBuf::from("."), PathBuf::from("-")], Some("x")).is_err());
        assert!(stdin(&[PathBuf::from(".")], Some("x")).is_err());
    }
}
