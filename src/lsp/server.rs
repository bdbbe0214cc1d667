//! The conversation: what the client asks and tells, and what it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, never, select};
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider, Contents, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover, HoverParams, HoverProvider, InitializeParams,
    MarkupContent, MarkupKind, PublishDiagnosticsParams, Save, ServerCapabilities, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::actions::Desk;
use super::buffers::{Buffers, path_of, uri_of};
use super::judge::{self, Judged, Task};
use super::position::{Counting, Lines};
use super::{hover, publish};
use crate::cli::{Failure, Options};
use crate::lint::Outcome;
use crate::source::FileId;

/// So long the client must be quiet before the tree is judged again.
const QUIET: Duration = Duration::from_millis(120);

/// Serves a client on standard input and output until it says goodbye. The exit code.
///
/// # Errors
/// Where the client does not speak the protocol.
pub fn run(options: &Options) -> Result<u8, Failure> {
    let (connection, threads) = Connection::stdio();
    let served = serve(&connection, options);
    drop(connection);
    let joined = threads.join();
    served?;
    joined.map_err(|error| Failure::new("cannot talk to the editor", error.kind().to_string()))?;
    Ok(0)
}

/// The same over any connection.
///
/// # Errors
/// Where the client does not speak the protocol.
pub fn serve(connection: &Connection, options: &Options) -> Result<(), Failure> {
    let broken = |error: lsp_server::ProtocolError| Failure::new("cannot talk to the editor", error.to_string());
    let (id, params) = connection.initialize_start().map_err(broken)?;
    let params: InitializeParams = serde_json::from_value(params)
        .map_err(|error| Failure::new("cannot talk to the editor", format!("its greeting is malformed: {error}")))?;
    let counting = Counting::choose(
        params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref()),
    );
    let greeting = serde_json::json!({
        "capabilities": capabilities(counting),
        "serverInfo": { "name": "flinks-lint", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, greeting).map_err(broken)?;
    let (tasks, judged) = judge::start(options.clone());
    let roots = roots(&params);
    let mut server = Server {
        connection,
        counting,
        dirty: roots.iter().cloned().collect(),
        roots,
        buffers: Buffers::default(),
        tasks,
        judged,
        outcomes: BTreeMap::new(),
        shown: BTreeMap::new(),
    };
    server.listen()
}

fn capabilities(counting: Counting) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(counting.kind()),
        text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(Save::Bool(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProvider::Bool(true)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// The folders of the workspace; the one that the client was started in where it names none.
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let value = serde_json::to_value(params).unwrap_or_default();
    let named = value["workspaceFolders"].as_array().into_iter().flatten().filter_map(|folder| folder["uri"].as_str());
    let paths = |uri: &str| path_of(&Uri::from(uri));
    let mut roots: Vec<PathBuf> = named.filter_map(paths).collect();
    if roots.is_empty() {
        roots.extend(value["rootUri"].as_str().and_then(paths));
    }
    if roots.is_empty() {
        roots.extend(std::env::current_dir());
    }
    roots
}

struct Server<'c> {
    connection: &'c Connection,
    counting: Counting,
    roots: Vec<PathBuf>,
    buffers: Buffers,
    /// Roots in which something has changed since they were last given to be judged.
    dirty: BTreeSet<PathBuf>,
    tasks: Sender<Task>,
    judged: Receiver<Judged>,
    outcomes: BTreeMap<PathBuf, Outcome>,
    /// The files of each root that have diagnostics in the editor.
    shown: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// Whether the conversation goes on.
enum Next {
    Listen,
    Leave,
}

impl Server<'_> {
    fn listen(&mut self) -> Result<(), Failure> {
        loop {
            let quiet = if self.dirty.is_empty() { never() } else { crossbeam_channel::after(QUIET) };
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(message) => if let Next::Leave = self.hear(message)? { return Ok(()) },
                    Err(_) => return Ok(()),
                },
                recv(self.judged) -> judged => if let Ok(judged) = judged { self.take(judged) },
                recv(quiet) -> _ => self.give(),
            }
        }
    }

    fn hear(&mut self, message: Message) -> Result<Next, Failure> {
        match message {
            Message::Request(request) => {
                let left = self.connection.handle_shutdown(&request);
                if left.map_err(|error| Failure::new("cannot talk to the editor", error.to_string()))? {
                    return Ok(Next::Leave);
                }
                self.answer(request);
            }
            Message::Notification(notification) => self.note(notification),
            Message::Response(_) => {}
        }
        Ok(Next::Listen)
    }

    fn answer(&self, request: Request) {
        let response = match request.method.as_str() {
            "textDocument/hover" => reply(request, |params: HoverParams| self.hover(&params)),
            "textDocument/codeAction" => reply(request, |params: CodeActionParams| self.actions(&params)),
            method => {
                let message = format!("there is no `{method}` here");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
            }
        };
        self.send(Message::Response(response));
    }

    fn note(&mut self, notification: Notification) {
        match notification.method.as_str() {
            "textDocument/didOpen" => {
                if let Some(params) = told::<DidOpenTextDocumentParams>(notification) {
                    let document = params.text_document;
                    self.buffers.open(&document.uri, document.text, document.version);
                    self.changed(&document.uri);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = told::<DidChangeTextDocumentParams>(notification) {
                    let uri = params.text_document.text_document_identifier.uri;
                    self.buffers.change(&uri, params.text_document.version, params.content_changes, self.counting);
                    self.changed(&uri);
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = told::<DidCloseTextDocumentParams>(notification) {
                    self.buffers.close(&params.text_document.uri);
                    self.changed(&params.text_document.uri);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "initialized" => {
                self.dirty.extend(self.roots.iter().cloned());
            }
            _ => {}
        }
    }

    fn changed(&mut self, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        let roots = self.roots.iter().filter(|root| path.starts_with(root));
        self.dirty.extend(roots.cloned());
    }

    fn give(&mut self) {
        for root in std::mem::take(&mut self.dirty) {
            let unsaved = self.buffers.below(&root);
            // A judge that is gone has told why; the client is still answered.
            let _ = self.tasks.send(Task { root, unsaved });
        }
    }

    fn take(&mut self, judged: Judged) {
        let Judged { root, outcome } = judged;
        match outcome {
            Ok(outcome) => {
                self.publish(&root, &outcome);
                self.outcomes.insert(root, outcome);
            }
            Err(why) => self.notify("window/showMessage", &serde_json::json!({ "type": 1, "message": why })),
        }
    }

    fn publish(&mut self, root: &Path, outcome: &Outcome) {
        let found = publish::diagnostics(root, outcome, &self.buffers, self.counting);
        let now: BTreeSet<PathBuf> = found.keys().cloned().collect();
        let before = self.shown.insert(root.to_path_buf(), now.clone()).unwrap_or_default();
        let cleared = before.difference(&now).map(|path| (path.clone(), Vec::new()));
        for (path, diagnostics) in cleared.chain(found).collect::<Vec<_>>() {
            let Some(uri) = uri_of(&path) else { continue };
            let version = self.buffers.get(&path).map(|(_, version)| version);
            self.notify("textDocument/publishDiagnostics", &PublishDiagnosticsParams { uri, version, diagnostics });
        }
    }

    /// The judged root that a file lies in, and the file in its outcome.
    fn judged_file(&self, uri: &Uri) -> Option<(&Path, &Outcome, FileId)> {
        let path = path_of(uri)?;
        let (root, outcome) = self.outcomes.iter().find(|(root, _)| path.starts_with(root))?;
        let below = path.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        let file = outcome.sources.iter().find(|source| *source.path == *below)?.id;
        Some((root, outcome, file))
    }

    fn lines_of<'s>(&'s self, root: &Path, outcome: &'s Outcome, file: FileId) -> Lines<'s> {
        let source = outcome.sources.get(file);
        Lines::new(self.buffers.text(&root.join(&*source.path), source), self.counting)
    }

    fn hover(&self, params: &HoverParams) -> Option<Hover> {
        let at = &params.text_document_position_params;
        let (root, outcome, file) = self.judged_file(&at.text_document.uri)?;
        let lines = self.lines_of(root, outcome, file);
        let found = hover::at(outcome, file, lines.offset(at.position));
        let markup = MarkupContent { kind: MarkupKind::Markdown, value: hover::markdown(outcome, &found) };
        (!found.is_empty()).then_some(Hover { contents: Contents::MarkupContent(markup), range: None })
    }

    fn actions(&self, params: &CodeActionParams) -> Vec<serde_json::Value> {
        let Some((root, outcome, file)) = self.judged_file(&params.text_document.uri) else { return Vec::new() };
        let lines = self.lines_of(root, outcome, file);
        let (start, end) = (lines.offset(params.range.start), lines.offset(params.range.end));
        let desk = Desk { root, outcome, buffers: &self.buffers, counting: self.counting };
        let here = outcome.findings.iter().filter(|finding| {
            let span = finding.primary.place.span();
            span.file == file && (span.start as usize) <= end && start <= span.end as usize
        });
        let actions = here.flat_map(|finding| desk.actions(finding));
        actions.filter_map(|action| serde_json::to_value(action).ok()).collect()
    }

    fn notify(&self, method: &str, params: &impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    fn send(&self, message: Message) {
        // A client that hung up hears no more; the loop ends at its next turn.
        let _ = self.connection.sender.send(message);
    }
}

fn told<P: DeserializeOwned>(notification: Notification) -> Option<P> {
    serde_json::from_value(notification.params).ok()
}

fn reply<P: DeserializeOwned, R: Serialize>(request: Request, answer: impl FnOnce(P) -> R) -> Response {
    match serde_json::from_value(request.params) {
        Ok(params) => Response::new_ok(request.id, answer(params)),
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
