//! Changes only: what is compared, and the outcome of it.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::pipeline::{self, Built, Judged};
use super::{Failure, Options};
use crate::lint::{self, Outcome};
use crate::policy::Policy;
use crate::source::Source;
use crate::workspace::listed::listed;
use crate::workspace::versions::{self, Looked, State, Version, Versions};
use crate::workspace::{self, Root, Trouble};

/// Which findings are reported, where not all are.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Changes only")]
pub struct Change {
    /// Report what the next commit introduces or worsens.
    ///
    /// The staged contents are judged and not those of the work tree, all of them and not only those that change, and
    /// compared with HEAD: a change that breaks something elsewhere is reported where it shows. Where nothing is staged and no
    /// commit is under way, the whole index is judged and all findings are reported. Without PATHS the whole repository
    /// is judged.
    #[arg(long, conflicts_with = "since")]
    pub staged: bool,
    /// Report what was introduced or worsened since REF.
    ///
    /// The work tree is compared with the commit where REF and HEAD part. Without PATHS the whole repository is judged.
    #[arg(long, value_name = "REF")]
    pub since: Option<String>,
    /// Report findings with a place in the files that are listed in FILE; `-` is standard input.
    ///
    /// All of PATHS is judged whatever the list. Its names end in NUL if there is any, else in newlines, and are relative to
    /// the current folder: `git diff --name-only -z | flinks-lint check --files-from -`.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
}

impl Change {
    /// Whether two versions are compared.
    pub fn compares(&self) -> bool {
        self.staged || self.since.is_some()
    }

    /// # Errors
    /// Where standard input cannot be what it would have to be.
    pub fn fits(&self, stdin_is_a_file: bool) -> Result<(), Failure> {
        if !stdin_is_a_file || !(self.compares() || self.files_from.is_some()) {
            return Ok(());
        }
        let why = "--staged, --since and --files-from ask about a tree, and `-` is one file";
        Err(Failure::new("cannot read standard input", why).help("name the folder that holds the code"))
    }
}

/// Two versions of which one is judged by what is new in it.
struct Comparison {
    after: State,
    before: Vec<State>,
    /// What is said of it.
    with: String,
}

/// What was there before a change.
pub(super) struct Before {
    /// One for each version that it follows.
    pub outcomes: Vec<Outcome>,
    pub with: String,
}

/// Judges a changed codebase, and what was there before.
///
/// # Errors
/// Where there is no work tree of git, or no such revision, or the policy cannot be read.
pub(super) fn judge(options: &Options) -> Result<(Judged, Option<Before>), Failure> {
    pipeline::use_threads(options);
    let root = workspace::root(&options.paths).map_err(|unreadable| pipeline::io_failure(&unreadable))?;
    let versions = versions::versions(root, options.paths_are_named).map_err(|trouble| no_versions(&trouble))?;
    let comparison = match &options.change.since {
        Some(revision) => since(&versions, revision)?,
        None => staged(&versions)?,
    };
    let listed = |state: &State| versions.version(state.clone()).map_err(|trouble| no_versions(&trouble));
    let mut after = listed(&comparison.after)?;
    let before = comparison.before.iter().map(listed).collect::<Result<Vec<_>, _>>()?;
    let nothing_staged = comparison.after == State::Index
        && !versions.repository.in_hook
        && before.first().is_some_and(|head| head.is_same(&after));
    let (source, policy) = policy_of(&mut after, options)?;
    let root = &versions.root;
    let (mut built, looked) = read(&after, root, options, (source.clone(), policy.clone()), None)?;
    if nothing_staged {
        // A check that passes because it was asked about nothing would pass for ever.
        let remark = "nothing is staged, so that all findings of the index are reported";
        built.workspace.scan.ledger.remarks.push(remark.to_owned());
        return Ok((pipeline::judged(built, options)?, None));
    }
    let judged = pipeline::judged_beside(&built, options)?;
    let mut outcomes = Vec::new();
    // Where nothing is found now, nothing can be new, whatever was there before.
    let is_clean = judged.outcome.findings.is_empty() && judged.outcome.suppressed.is_empty();
    for mut version in before.into_iter().filter(|_| !is_clean) {
        // A policy that could not be read then is no reason to report everything now.
        let then = policy_of(&mut version, options).unwrap_or_else(|_| (source.clone(), policy.clone()));
        let (built, _) = read(&version, root, options, then, Some((&built, &looked)))?;
        outcomes.push(pipeline::judged(built, options)?.outcome);
    }
    Ok((judged, Some(Before { outcomes, with: comparison.with })))
}

fn read(
    version: &Version<'_>,
    root: &Root,
    options: &Options,
    (source, policy): (Option<Source>, Policy),
    beside: Option<(&Built, &Looked)>,
) -> Result<(Built, Looked), Failure> {
    let request = pipeline::request(options, &policy);
    let (mut workspace, looked) = version.read(&request, beside.map(|(_, looked)| looked));
    if beside.is_some() {
        // What was wrong before is not to be mended any more.
        workspace.nested_policies.clear();
    }
    Ok((pipeline::model(root.clone(), workspace, source, policy, beside.map(|(built, _)| built))?, looked))
}

fn policy_of(version: &mut Version<'_>, options: &Options) -> Result<(Option<Source>, Policy), Failure> {
    let found = match pipeline::named_policy(options.isolated, options.config.as_deref())? {
        None if !options.isolated => version.policy_file().map_err(pipeline::policy_failure)?,
        named => named,
    };
    pipeline::policy(found)
}

/// What the next commit changes, or what a caller of the hook says that it is about.
fn staged(versions: &Versions) -> Result<Comparison, Failure> {
    let of_caller = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    // pre-commit says so where it is asked about commits that were made: before a push, and with `--from-ref`.
    if let (Some(from), Some(to)) = (of_caller("PRE_COMMIT_FROM_REF"), of_caller("PRE_COMMIT_TO_REF")) {
        let (one, other) = (commit(versions, &from)?, commit(versions, &to)?);
        let parted = versions.repository.merge_base(&one, &other).map_err(|trouble| no_versions(&trouble))?;
        let before = parted.unwrap_or(one);
        let with = format!("{}, where {from} and {to} part", short(&before));
        return Ok(Comparison { after: State::Commit(other), before: vec![State::Commit(before)], with });
    }
    let merged = versions.repository.merged();
    let with = match (versions.has_head(), merged.is_empty()) {
        (false, _) => "nothing, as there is no commit yet",
        (true, true) => "HEAD",
        (true, false) => "HEAD and what is being merged",
    };
    let before = std::iter::once(State::Head).chain(merged.into_iter().map(State::Commit)).collect();
    Ok(Comparison { after: State::Index, before, with: with.to_owned() })
}

fn since(versions: &Versions, revision: &str) -> Result<Comparison, Failure> {
    let (one, head) = (commit(versions, revision)?, commit(versions, "HEAD")?);
    let parted = versions.repository.merge_base(&one, &head).map_err(|trouble| no_versions(&trouble))?;
    let Some(before) = parted else {
        let why = "this clone has no commit that both it and HEAD follow";
        let help = "fetch more of the history: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout";
        return Err(Failure::new(format!("cannot compare with {revision}"), why).help(help));
    };
    let with = if before == one {
        format!("{revision} ({})", short(&before))
    } else {
        format!("{}, where {revision} and HEAD part", short(&before))
    };
    Ok(Comparison { after: State::WorkTree, before: vec![State::Commit(before)], with })
}

fn commit(versions: &Versions, revision: &str) -> Result<String, Failure> {
    versions.repository.commit(revision).ok_or_else(|| {
        Failure::new(format!("cannot find the revision `{revision}`"), "this clone has none of that name")
            .help("fetch it, or name a branch, tag or commit that is here")
    })
}

fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

fn no_versions(trouble: &Trouble) -> Failure {
    let why = match trouble {
        Trouble::Refuses(words) => words.clone(),
        trouble => trouble.to_string(),
    };
    Failure::new("cannot compare versions", why).help("run it in a work tree of git, or without --staged and --since")
}

/// Leaves the findings with a place in the files that were listed.
///
/// # Errors
/// Where the list cannot be read, or names no file of the tree.
pub fn within_list(mut outcome: Outcome, root: &Root, options: &Options) -> Result<Outcome, Failure> {
    let Some(file) = &options.change.files_from else { return Ok(outcome) };
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::new("cannot read standard input", error.kind().to_string()))?;
    } else {
        bytes = workspace::read_file(file).map_err(|unreadable| pipeline::io_failure(&unreadable))?;
    }
    let listed = listed(&bytes, root);
    if listed.inside.is_empty() && listed.outside > 0 {
        // A list that is relative to another folder would pass for ever.
        let why = "none of its files lies in the tree that is judged";
        let help = "write them relative to the current folder, such as with `git diff --relative`";
        return Err(Failure::new(format!("cannot use the list of {}", file.display()), why).help(help));
    }
    if listed.outside > 0 {
        let remark = format!("{} of the listed files lie outside of the tree that was judged", listed.outside);
        outcome.ledger.remarks.push(remark);
    }
    let files: BTreeSet<String> = listed.inside;
    Ok(lint::within(outcome, &files))
}
