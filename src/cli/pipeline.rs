//! From options to an outcome: reads the policy and the tree, builds the model, judges it.

use std::path::Path;

use super::baseline as known;
use super::{Failure, Options, Plain, PolicyChoice, change};
use crate::fact::Facts;
use crate::lint::{self, Outcome, Scan};
use crate::model::{ByFile, Model, wanted};
use crate::policy::{self, Broken, Date, Level, MAX_FILE_SIZE, Misplaced, Policy};
use crate::report::{Look, Verdict, map as map_report};
use crate::rules;
use crate::source::{FileId, Source};
use crate::workspace::{self, PolicyFile, PolicyTrouble, Request, Root, Workspace};

/// Reads the tree and judges it.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub fn check(options: &Options) -> Result<Outcome, Failure> {
    let (judged, before) = match options.change.compares() {
        true => change::judge(options)?,
        false => (judge(options)?, None),
    };
    let root = judged.root.clone();
    let mut outcome = without_known(judged, options)?;
    if let Some(before) = before {
        outcome = lint::introduced(outcome, &before.outcomes, before.with);
    }
    change::within_list(outcome, &root, options)
}

/// Sets apart what the baseline knows.
fn without_known(judged: Judged, options: &Options) -> Result<Outcome, Failure> {
    if options.no_baseline {
        return Ok(judged.outcome);
    }
    let file = known::file(options, &judged.root)?;
    if !file.exists {
        return match &options.baseline {
            None => Ok(judged.outcome),
            Some(path) => Err(Failure::io("read", path, &std::io::ErrorKind::NotFound.into())
                .help("write it: `flinks-lint baseline --baseline FILE`")),
        };
    }
    let baseline = known::read(&file)?;
    let scope = known::scope(&file, &baseline, &judged);
    Ok(lint::against(judged.outcome, &baseline, &scope, &file.shown))
}

/// A tree that was judged, and what was looked at for it.
pub(super) struct Judged {
    pub outcome: Outcome,
    pub root: Root,
    /// Files over the size limit.
    pub too_large: Vec<String>,
    /// The rules that ran.
    pub rules: Vec<&'static str>,
}

/// Reads the tree and judges it, without a baseline.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub(super) fn judge(options: &Options) -> Result<Judged, Failure> {
    judged(build(options)?, options)
}

/// Judges a tree that was read.
///
/// # Errors
/// Where the date of today is none.
pub(super) fn judged(mut built: Built, options: &Options) -> Result<Judged, Failure> {
    let scan = std::mem::take(&mut built.workspace.scan);
    judged_as(scan, &built, options)
}

/// Judges a tree that another is still to be compared with.
///
/// # Errors
/// Where the date of today is none.
pub(super) fn judged_beside(built: &Built, options: &Options) -> Result<Judged, Failure> {
    judged_as(built.workspace.scan.clone(), built, options)
}

fn judged_as(scan: Scan, built: &Built, options: &Options) -> Result<Judged, Failure> {
    let runs = |rule: &&str| built.model.policy.level(rule) != Some(Level::Off);
    let rules: Vec<&'static str> = options.rules.iter().copied().filter(runs).collect();
    let today =
        Date::parse(options.today.as_str()).map_err(|why| Failure::new("cannot read the date of today", why))?;
    let whole = built.workspace.whole && !built.model.policy.lies_above();
    let how = lint::Options { rules: rules.clone(), today, whole };
    let outcome = lint::lint(scan, &built.facts, &built.model, &how);
    Ok(Judged { outcome, root: built.root.clone(), too_large: built.workspace.too_large.clone(), rules })
}

/// Reads the tree and writes down which profile uses which instance.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub fn map(options: &Options, format: Plain, look: &Look) -> Result<(String, Verdict), Failure> {
    let built = build(options)?;
    let scan = &built.workspace.scan;
    let draw = match format {
        Plain::Text => map_report::text,
        Plain::Json => map_report::json,
    };
    let text = draw(&built.model, &scan.sources, &scan.ledger, look);
    Ok((text, map_report::verdict(&scan.ledger)))
}

/// A tree that was read and the model of it.
pub struct Built {
    root: Root,
    pub workspace: Workspace,
    facts: Vec<Facts>,
    pub model: Model,
}

/// Rounds of looking for names that the rounds before left open.
const ROUNDS: usize = 3;

/// Has as many threads read as were asked for.
pub(super) fn use_threads(options: &Options) {
    if let Some(threads) = options.threads {
        // A pool that is there already keeps its size; the answer is the same with any.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

/// Reads the tree and concludes what it amounts to, without judging it.
///
/// # Errors
/// Where the policy or a named path cannot be read.
pub fn build(options: &Options) -> Result<Built, Failure> {
    use_threads(options);
    let root = match &options.stdin_filename {
        Some(_) => Root { folder: Path::new(".").to_path_buf(), paths: Vec::new(), whole: false, above: String::new() },
        None => workspace::root(&options.paths).map_err(|unreadable| io_failure(&unreadable))?,
    };
    let (source, policy) = read_policy(options.isolated, options.config.as_deref(), &root.folder)?;
    let workspace = read_tree(options, &root, &policy)?;
    model(root, workspace, source, policy, None)
}

/// Builds the model of a tree. What another says with the same words in the same place is not read again.
///
/// # Errors
/// Where a policy lies where none may.
pub(super) fn model(
    root: Root,
    mut workspace: Workspace,
    source: Option<Source>,
    policy: Policy,
    beside: Option<&Built>,
) -> Result<Built, Failure> {
    let other = beside.map(|other| &other.workspace);
    let beside = beside.map(|other| (&other.workspace.scan.sources, other.facts.as_slice()));
    for path in &workspace.nested_policies {
        policy::nested(path).map_err(|misplaced| misplaced_failure(&misplaced))?;
    }
    let mut facts = Vec::new();
    lint::read_beside(&mut workspace.scan, &mut facts, beside);
    let mut known = ByFile::default();
    let mut model = lint::sketch(&workspace.scan, &facts, policy, &mut known);
    for _ in 0..ROUNDS {
        let scan = &workspace.scan;
        let wanted = wanted::wanted(&model, &facts, &scan.sources, &scan.layered_env, &scan.manifests);
        if workspace.reread_beside(&wanted, other) == 0 {
            break;
        }
        lint::read_beside(&mut workspace.scan, &mut facts, beside);
        model = lint::sketch(&workspace.scan, &facts, model.policy, &mut known);
    }
    let model = lint::complete(&workspace.scan, &facts, model);
    // The policy is a source too: findings underline what they break, and no reader takes it for a setting.
    workspace.scan.sources = std::mem::take(&mut workspace.scan.sources).with_policy(source);
    Ok(Built { root, workspace, facts, model })
}

fn read_tree(options: &Options, root: &Root, policy: &Policy) -> Result<Workspace, Failure> {
    if let Some(name) = &options.stdin_filename {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(|error| Failure::new("cannot read standard input", error.kind().to_string()))?;
        return Ok(Workspace::from_stdin(name, bytes));
    }
    Ok(workspace::read(root, &request(options, policy)))
}

/// What is read under a policy.
pub(super) fn request(options: &Options, policy: &Policy) -> Request {
    let declared = policy.max_file_size().map(|size| size.value);
    Request {
        paths: options.paths.clone(),
        threads: options.threads,
        max_file_size: options.max_file_size.or(declared).unwrap_or(MAX_FILE_SIZE),
        no_ignore: options.no_ignore,
        excludes: policy.excludes().clone(),
        not_judged: options.baseline.as_ref().and_then(|path| std::path::absolute(path).ok()),
        unsaved: options.unsaved.clone(),
    }
}

/// The policy and the file it was read from.
fn read_policy(isolated: bool, config: Option<&Path>, root: &Path) -> Result<(Option<Source>, Policy), Failure> {
    let found = match named_policy(isolated, config)? {
        None if !isolated => workspace::policy_file(root).map_err(policy_failure)?,
        named => named,
    };
    self::policy(found)
}

/// The policy that was named, if there is to be one.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn named_policy(isolated: bool, config: Option<&Path>) -> Result<Option<PolicyFile>, Failure> {
    let Some(path) = config.filter(|_| !isolated) else { return Ok(None) };
    let bytes = workspace::read_file(path).map_err(|unreadable| io_failure(&unreadable))?;
    Ok(Some(PolicyFile { path: path.to_string_lossy().into_owned(), bytes, above: String::new() }))
}

/// The policy that a file says, and the file.
///
/// # Errors
/// Where it is none.
pub(super) fn policy(found: Option<PolicyFile>) -> Result<(Option<Source>, Policy), Failure> {
    let Some(PolicyFile { path, bytes, above }) = found else { return Ok((None, Policy::default())) };
    let source = Source::decode(FileId::POLICY, path.as_str(), bytes)
        .map_err(|_| Failure::new(format!("cannot read {path}"), "it is no text"))?;
    let known: Vec<&str> = rules::all().iter().map(|rule| rule.id).collect();
    let policy = policy::read(&source, &known).map_err(|broken| broken_failure(&broken))?;
    Ok((Some(source), policy.for_root_in(&above)))
}

fn broken_failure(broken: &Broken) -> Failure {
    let shown = Source::new(FileId::POLICY, broken.path.as_str(), broken.text());
    let many = match broken.faults.len() {
        1 => "one line of it is not a policy's".to_owned(),
        count => format!("{count} places of it are not a policy's"),
    };
    let failure = Failure::new(format!("cannot read {}", broken.path), many);
    let failure = broken.faults.iter().fold(failure, |failure, fault| {
        let failure = failure.at(&shown, fault.span.range(), fault.message.clone());
        fault.others.iter().fold(failure, |failure, (span, text)| failure.at(&shown, span.range(), text.clone()))
    });
    match broken.faults.iter().find_map(|fault| fault.help.clone()) {
        Some(help) => failure.help(help),
        None => failure,
    }
}

pub(super) fn policy_failure(trouble: PolicyTrouble) -> Failure {
    match trouble {
        PolicyTrouble::Misplaced(misplaced) => misplaced_failure(&misplaced),
        PolicyTrouble::Unreadable(unreadable) => io_failure(&unreadable),
    }
}

fn misplaced_failure(misplaced: &Misplaced) -> Failure {
    let (doing, why) = match misplaced {
        Misplaced::Both => {
            ("cannot choose a policy", format!("the root holds {} and {}", policy::NAMES[0], policy::NAMES[1]))
        }
        Misplaced::Nested(path) => {
            return Failure::new(format!("cannot use {path}"), "a policy lies in the scanned root only")
                .help("move what it says to the root's policy, or exclude its folder there");
        }
    };
    Failure::new(doing, why).help("keep one of the two")
}

pub(super) fn io_failure(unreadable: &workspace::Unreadable) -> Failure {
    Failure::io("read", &unreadable.path, &unreadable.why)
}

/// The policy in effect, with the place that says each part of it; only what applies to `path` if it is given.
///
/// # Errors
/// Where the policy cannot be read.
pub fn show_policy(choice: &PolicyChoice, path: Option<&Path>) -> Result<String, Failure> {
    let root = workspace::root(&[Path::new(".").to_path_buf()]).map_err(|unreadable| io_failure(&unreadable))?;
    let (source, policy) = read_policy(choice.isolated, choice.file().as_deref(), &root.folder)?;
    let rules: Vec<(&str, Level)> = rules::all().iter().map(|rule| (rule.id, level(rule.severity))).collect();
    let path = path.map(|path| path.to_string_lossy().replace('\\', "/"));
    let path = path.as_deref().map(|path| path.trim_start_matches("./"));
    Ok(policy::show(&policy, &policy::Beside { source: source.as_ref(), rules: &rules, options: &[], for_path: path }))
}

fn level(severity: crate::finding::Severity) -> Level {
    match severity {
        crate::finding::Severity::Error => Level::Error,
        crate::finding::Severity::Warning => Level::Warning,
        crate::finding::Severity::Note => Level::Note,
    }
}

/// The JSON Schema of the policy file.
pub fn policy_schema() -> serde_json::Value {
    let known: Vec<&str> = rules::all().iter().map(|rule| rule.id).collect();
    policy::schema(&known)
}
