//! The language server, driven by a client that speaks the protocol over standard input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::scratch::tree;

struct Client {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
    /// What was told between answers.
    heard: Vec<Value>,
}

impl Client {
    fn start(root: &Path, encodings: &[&str]) -> Client {
        let mut server = Command::new(env!("CARGO_BIN_EXE_flinks-lint"))
            .args(["lsp", "--stdio"])
            .env_remove("FLINKS_LINT_CONFIG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let (input, output) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut client = Client { server, input, output, asked: 0, heard: Vec::new() };
        let greeting = client.ask(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": uri(root, ""),
                "capabilities": { "general": { "positionEncodings": encodings } },
            }),
        );
        assert_eq!(greeting["serverInfo"]["name"], "flinks-lint");
        assert_eq!(greeting["capabilities"]["positionEncoding"], encodings[0]);
        client.tell("initialized", &json!({}));
        client
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server hung up");
            if line.trim().is_empty() {
                break;
            }
            if let Some(number) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = number.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{message}");
                return message["result"].clone();
            }
            self.heard.push(message);
        }
    }

    /// The next diagnostics of a file that are as wanted.
    fn diagnostics(&mut self, uri: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let message = if self.heard.is_empty() { self.read() } else { self.heard.remove(0) };
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                let found = message["params"]["diagnostics"].as_array().unwrap();
                if wanted(found) {
                    return found.clone();
                }
            }
        }
    }

    fn leave(mut self) {
        self.ask("shutdown", &Value::Null);
        self.tell("exit", &Value::Null);
        assert!(self.server.wait().unwrap().success());
    }
}

fn uri(root: &Path, path: &str) -> String {
    let full = root.join(path);
    format!("file://{}", full.to_str().unwrap().trim_end_matches('/'))
}

const CANADA: &str = "FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag\n";
const MIXED: &str = "# é😀\nFLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag\n";

/// What is wrong only together with another file is told while it is typed, and goes when it is mended.
#[test]
fn findings_follow_what_is_typed() {
    let folder = tree(&[("deploy/us.env", "FLINKS_US_API_URL=https://northwind-us-api.private.fin.ag\n")]);
    let root = folder.path().canonicalize().unwrap();
    let mut client = Client::start(&root, &["utf-16"]);
    let file = uri(&root, "deploy/us.env");
    client.tell(
        "textDocument/didOpen",
        &json!({ "textDocument": { "uri": file, "languageId": "dotenv", "version": 1, "text": MIXED } }),
    );
    let found = client.diagnostics(&file, |found| !found.is_empty());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "country-mismatch");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 26 }));
    assert!(!found[0]["relatedInformation"].as_array().unwrap().is_empty());

    let at = json!({ "line": 1, "character": 30 });
    let hover = client.ask("textDocument/hover", &json!({ "textDocument": { "uri": file }, "position": at }));
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("**country-mismatch**") && text.contains("1. "), "{text}");

    let actions = client.ask(
        "textDocument/codeAction",
        &json!({ "textDocument": { "uri": file }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } }),
    );
    let edit = &actions[0]["edit"]["changes"][&file][0];
    assert_eq!(edit["newText"], "# flinks-lint: ignore[country-mismatch] REASON\n");
    assert_eq!(edit["range"]["start"], json!({ "line": 1, "character": 0 }));

    // The word after the emoji is changed: the places of the client are counted in UTF-16.
    let ca = json!({ "start": { "line": 1, "character": 36 }, "end": { "line": 1, "character": 38 } });
    client.tell(
        "textDocument/didChange",
        &json!({
            "textDocument": { "uri": file, "version": 2 },
            "contentChanges": [{ "range": ca, "text": "us" }],
        }),
    );
    client.diagnostics(&file, <[Value]>::is_empty);
    client.leave();
}

/// A file that is on no disk yet is part of the workspace.
#[test]
fn a_new_buffer_is_judged_with_the_files_around_it() {
    let folder = tree(&[(".env", CANADA)]);
    let root = folder.path().canonicalize().unwrap();
    let mut client = Client::start(&root, &["utf-8"]);
    let file = uri(&root, "new.prisma");
    let model = "model Bank {\n  id Int @id\n  flinksLoginId String\n}\n";
    client.tell(
        "textDocument/didOpen",
        &json!({ "textDocument": { "uri": file, "languageId": "prisma", "version": 1, "text": model } }),
    );
    let found = client.diagnostics(&file, |found| !found.is_empty());
    assert_eq!(found[0]["code"], "login-id-without-country");
    let range = found[0]["range"].clone();
    let actions = client.ask(
        "textDocument/codeAction",
        &json!({ "textDocument": { "uri": file }, "range": range, "context": { "diagnostics": [] } }),
    );
    let edit = &actions[0]["edit"]["changes"][&file][0];
    assert_eq!(edit["newText"], "\n  country String");
    client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": file } }));
    client.diagnostics(&file, <[Value]>::is_empty);
    client.leave();
}

#[test]
fn what_is_not_understood_is_answered() {
    let folder = tree(&[(".env", CANADA)]);
    let root = folder.path().canonicalize().unwrap();
    let mut client = Client::start(&root, &["utf-8"]);
    client.write(&json!({ "jsonrpc": "2.0", "id": 77, "method": "textDocument/rename", "params": {} }));
    loop {
        let message = client.read();
        if message["id"] == 77 {
            assert_eq!(message["error"]["code"], -32601);
            break;
        }
    }
    client.tell("textDocument/didChange", &json!({ "nonsense": true }));
    client.leave();
}
