//! Canary credentials planted in every format, in every place where people put them, and looked for in every output.
//!
//! A value of a setting that is named for a secret is never shown, whatever it looks like; elsewhere it is known by its
//! looks. Reasons of exceptions are shown, because they are written to be read: only keys in them are masked.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use flinks_lint::finding::Confidence;
use flinks_lint::lint::{self, Options};
use flinks_lint::policy::{Date, Policy};
use flinks_lint::readers::{self, READERS};
use flinks_lint::report::{FailOn, Look, RENDERERS, map};
use flinks_lint::rules;
use flinks_lint::source::{FileId, Source};
use flinks_lint::workspace::Workspace;

/// A made-up credential. Those that look like keys are known anywhere, the others by the name of their setting.
struct Canary {
    value: &'static str,
    looks_like_one: bool,
}

const fn key(value: &'static str) -> Canary {
    Canary { value, looks_like_one: true }
}

const fn text(value: &'static str) -> Canary {
    Canary { value, looks_like_one: false }
}

const CANARIES: &[Canary] = &[
    key("7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7"),
    key("9f8e7d6c5b4a39281706f5e4d3c2b1a0"),
    key("q7Zk2Vx9Lm4Tb1Wp"),
    key("k3j9x2m5q8w1z7t"),
    key("Qm9+xV/7Zk3m+Tz0Lw4Pd2sR8=="),
    key("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.x3Vb9-QaZ_kW7u2m"),
    key("aGkLmNoPqRsTuVwXyZbC"),
    text("zebra \"quilt\" d'mangq thimble"),
    text("пароль-clé-秘密鍵-ünïcöde"),
    text("pa$wörd$KIWI$tail9"),
    text("plumq7x"),
    text(
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n\
         Vb3nQz8LkW2mXp5RtYhGjDfSaQwErTyUiOpLkJhGfDsAzXcVbNm1q2W3e4R5t6\n-----END PRIVATE KEY-----",
    ),
];

/// What a canary's output must not hold: five characters of it in a row, forwards or backwards, plain or in base64.
fn traces(canary: &str) -> BTreeSet<String> {
    let encoded = base64(canary.as_bytes());
    let backwards: String = canary.chars().rev().collect();
    let mut traces = BTreeSet::new();
    for spelling in [canary, &backwards, &encoded] {
        for line in spelling.lines().filter(|line| !line.starts_with("-----")) {
            let characters: Vec<char> = line.to_lowercase().chars().collect();
            traces.extend(characters.windows(5).map(|five| five.iter().collect::<String>()));
        }
    }
    // What anybody writes, and what paths and hosts of the samples hold.
    traces.retain(|five| five.contains(|c: char| c.is_alphanumeric()));
    traces
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let digit = |at: usize| match at <= chunk.len() {
            true => char::from(DIGITS[(bits >> (18 - 6 * at)) as usize & 63]),
            false => '=',
        };
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

fn assert_no_trace(canary: &str, output: &str, of: &str) {
    // The identity of a finding is a digest, in which five characters of anything may turn up.
    let digests =
        regex::Regex::new(r#""?(?:fingerprint|evidence|[A-Za-z/]+/v\d+)"?\s*[:=]\s*"[0-9a-f]{32,64}(?:-\d+)?""#)
            .expect("a pattern");
    let lower = digests.replace_all(output, "").to_lowercase();
    for trace in traces(canary) {
        if let Some(at) = lower.find(&trace) {
            let around: Vec<char> = lower[..at].chars().rev().take(60).collect();
            let before: String = around.into_iter().rev().collect();
            let after: String = lower[at..].chars().take(60).collect();
            panic!("{of}: {trace:?} of {canary:?} is shown: …{before}⟨{after}…");
        }
    }
}

/// How a format says a setting, and where it says it.
struct Format {
    reader: &'static str,
    path: &'static str,
    /// Before and after all settings.
    frame: (&'static str, &'static str),
    setting: fn(&str, &str) -> String,
    /// Before and after a comment.
    comment: (&'static str, &'static str),
}

fn json(value: &str) -> String {
    serde_json::to_string(value).expect("text")
}

/// The value on one line, as formats without escapes have it.
fn plain(value: &str) -> String {
    value.replace('\n', "\\n")
}

const HASH: (&str, &str) = ("# ", "\n");
const SLASHES: (&str, &str) = ("  // ", "\n");

const FORMATS: &[Format] = &[
    Format {
        reader: "dotenv",
        path: ".env.production",
        frame: ("", ""),
        setting: |key, value| format!("{key}=\"{}\"\n", value.replace('"', "\\\"")),
        comment: HASH,
    },
    Format {
        reader: "dotenv",
        path: "deploy/.env.production",
        frame: ("", ""),
        setting: |key, value| format!("export {key}={}\n", plain(value)),
        comment: HASH,
    },
    Format {
        reader: "YAML",
        path: "config/production.yml",
        frame: ("flinks:\n", ""),
        setting: |key, value| format!("  {key}: {}\n", json(value)),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "YAML",
        path: "config/block.production.yml",
        frame: ("flinks:\n", ""),
        setting: |key, value| format!("  {key}: |-\n    {}\n", value.replace('\n', "\n    ")),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "YAML",
        path: "overlays/production/secret.yaml",
        frame: ("apiVersion: v1\nkind: Secret\nmetadata:\n  name: flinks\ndata:\n", ""),
        setting: |key, value| format!("  {key}: {}\n", base64(value.as_bytes())),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "YAML",
        path: "docker-compose.prod.yml",
        frame: ("services:\n  web:\n    image: northwind\n    environment:\n", ""),
        setting: |key, value| format!("      - {}\n", json(&format!("{key}={value}"))),
        comment: ("      # ", "\n"),
    },
    Format {
        reader: "JSON",
        path: "config/production.json",
        frame: ("{\n", "\"end\": 1}\n"),
        setting: |key, value| format!("  {}: {},\n", json(key), json(value)),
        comment: ("  // ", "\n"),
    },
    // On one line, as build tools write it: the finding and every canary stand side by side.
    Format {
        reader: "JSON",
        path: "config/minified.production.json",
        frame: ("{\"flinks\":{", "\"end\":1}}"),
        setting: |key, value| format!("{}:{},", json(key), json(value)),
        comment: ("/* ", " */"),
    },
    Format {
        reader: "TOML",
        path: "config/production.toml",
        frame: ("[flinks]\n", ""),
        setting: |key, value| format!("{key} = {}\n", json(value)),
        comment: HASH,
    },
    Format {
        reader: "systemd",
        path: "deploy/production/northwind.service",
        frame: ("[Service]\n", ""),
        setting: |key, value| format!("Environment=\"{key}={}\"\n", plain(value).replace('"', "\\\"")),
        comment: HASH,
    },
    Format {
        reader: "properties",
        path: "application-prod.properties",
        frame: ("", ""),
        setting: |key, value| format!("{key}={}\n", plain(value)),
        comment: HASH,
    },
    Format {
        reader: "make",
        path: "deploy/production/flinks.mk",
        frame: ("", ""),
        setting: |key, value| format!("export {key} = {}\n", plain(value).replace('$', "$$")),
        comment: HASH,
    },
    Format {
        reader: "xml",
        path: "Web.Release.config",
        frame: ("<configuration><appSettings>\n", "</appSettings></configuration>\n"),
        setting: |key, value| {
            let value = value.replace('"', "&quot;").replace('\n', "&#10;");
            format!("<add key=\"{key}\" value=\"{value}\" />\n")
        },
        comment: ("<!-- ", " -->\n"),
    },
    Format {
        reader: "hocon",
        path: "conf/application.production.hocon",
        frame: ("flinks {\n", "}\n"),
        setting: |key, value| format!("  {key} = {}\n", json(value)),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "web server",
        path: "deploy/production/flinks.nginx",
        frame: ("server {\n", "}\n"),
        setting: |key, value| format!("  fastcgi_param {key} \"{}\";\n", value.replace('"', "\\\"")),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "ini",
        path: "config/production.ini",
        frame: ("[flinks]\n", ""),
        setting: |key, value| format!("{key} = {}\n", plain(value)),
        comment: ("; ", "\n"),
    },
    Format {
        reader: "HCL",
        path: "prod.tfvars",
        frame: ("", ""),
        setting: |key, value| format!("{} = {}\n", key.to_lowercase(), json(value)),
        comment: HASH,
    },
    Format {
        reader: "HCL",
        path: "production/main.tf",
        frame: ("locals {\n", "}\n"),
        setting: |key, value| {
            format!("  {} = <<-EOT\n    {}\n  EOT\n", key.to_lowercase(), value.replace('\n', "\n    "))
        },
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "Dockerfile",
        path: "deploy/production/Dockerfile",
        frame: ("FROM debian\n", ""),
        setting: |key, value| format!("ENV {key}=\"{}\"\n", plain(value).replace('"', "\\\"")),
        comment: HASH,
    },
    Format {
        reader: "PowerShell",
        path: "deploy/production/flinks.ps1",
        frame: ("", ""),
        setting: |key, value| format!("$env:{key} = '{}'\n", value.replace('\'', "''")),
        comment: HASH,
    },
    Format {
        reader: "batch",
        path: "deploy/production/flinks.bat",
        frame: ("@echo off\n", ""),
        setting: |key, value| format!("set \"{key}={}\"\n", plain(value)),
        comment: ("REM ", "\n"),
    },
    Format {
        reader: "shell",
        path: "deploy/production/flinks.sh",
        frame: ("#!/bin/sh\n", ""),
        setting: |key, value| format!("export {key}='{}'\n", value.replace('\'', "'\\''")),
        comment: HASH,
    },
    // Records: the finding is a loginId, and the canary stands on its line.
    Format {
        reader: "sql",
        path: "db/schema.sql",
        frame: ("CREATE TABLE flinks_connections (flinks_login_id TEXT, ", "id INT);\n"),
        setting: |key, value| format!("{} TEXT DEFAULT '{}', ", key.to_lowercase(), value.replace('\'', "''")),
        comment: ("/* ", " */"),
    },
    Format {
        reader: "prisma",
        path: "prisma/schema.prisma",
        frame: ("model FlinksConnection {\n  id Int @id\n  flinksLoginId String ", "}\n"),
        setting: |key, value| format!("@map(\"login_id\") // {} = {}\n  ", key.to_lowercase(), json(value)),
        comment: ("// ", "\n  "),
    },
    Format {
        reader: "HTML",
        path: "public/production/index.html",
        frame: ("<!doctype html>\n<head>\n", "</head>\n"),
        setting: |key, value| {
            let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('\n', "&#10;");
            format!("<meta name=\"{key}\" content=\"{value}\">\n")
        },
        comment: ("<!-- ", " -->\n"),
    },
    Format {
        reader: "HTML",
        path: "src/production/Connect.vue",
        frame: ("<script>\nexport default {\n", "}\n</script>\n<template><p>{{ title }}</p></template>\n"),
        setting: |key, value| format!("  {}: {},\n", json(key), json(value)),
        comment: ("  // ", "\n"),
    },
    Format {
        reader: "HTML",
        path: "app/views/production/show.html.erb",
        frame: ("<section\n", "></section>\n"),
        setting: |key, value| {
            let value = plain(value).replace('\'', "\\'").replace('"', "&quot;");
            format!("  data-{key}=\"<%= ENV.fetch('NOT_SET', '{value}') %>\"\n")
        },
        comment: ("", "\n"),
    },
    Format {
        reader: "JavaScript",
        path: "config/production.js",
        frame: ("module.exports = {\n", "};\n"),
        setting: |key, value| format!("  {}: {},\n", json(key), json(value)),
        comment: ("  // ", "\n"),
    },
    Format {
        reader: "TypeScript",
        path: "src/environments/environment.prod.ts",
        frame: ("export const environment: Record<string, string> = {\n", "};\n"),
        setting: |key, value| format!("  {}: `{}`,\n", json(key), value.replace('\\', "").replace("${", "\\${")),
        comment: ("  /* ", " */\n"),
    },
    Format {
        reader: "Python",
        path: "app/settings/production.py",
        frame: ("FLINKS = {\n", "}\n"),
        setting: |key, value| format!("    {}: {},\n", json(key), json(value)),
        comment: ("    # ", "\n"),
    },
    Format {
        reader: "Ruby",
        path: "config/environments/production.rb",
        frame: ("FLINKS = {\n", "}.freeze\n"),
        setting: |key, value| format!("  {} => '{}',\n", json(key), value.replace('\'', "\\'")),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "PHP",
        path: "config/production.php",
        frame: ("<?php\n\nreturn [\n", "];\n"),
        setting: |key, value| format!("    '{key}' => '{}',\n", value.replace('\'', "\\'")),
        comment: ("    // ", "\n"),
    },
    Format {
        reader: "Go",
        path: "config/production.go",
        frame: ("package config\n\nvar Production = map[string]string{\n", "}\n"),
        setting: |key, value| format!("\t\"{key}\": {},\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "Rust",
        path: "src/config/production.rs",
        frame: ("", ""),
        setting: |key, value| format!("pub const {key}: &str = {};\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "Swift",
        path: "Sources/Production.swift",
        frame: ("enum Production {\n", "}\n"),
        setting: |key, value| format!("  static let {key} = {}\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "Dart",
        path: "lib/config/production.dart",
        frame: ("", ""),
        setting: |key, value| format!("const {key} = {};\n", json(value).replace('$', "\\$")),
        comment: SLASHES,
    },
    Format {
        reader: "Java",
        path: "src/main/java/Production.java",
        frame: ("class Production {\n", "}\n"),
        setting: |key, value| format!("  static final String {key} = {};\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "Kotlin",
        path: "src/main/kotlin/Production.kt",
        frame: ("object Production {\n", "}\n"),
        setting: |key, value| format!("  const val {key} = {}\n", json(value).replace('$', "\\$")),
        comment: SLASHES,
    },
    Format {
        reader: "Groovy",
        path: "deploy/prod/Jenkinsfile",
        frame: ("pipeline {\n  environment {\n", "  }\n}\n"),
        setting: |key, value| format!("    {key} = {}\n", json(value).replace('$', "\\$")),
        comment: SLASHES,
    },
    Format {
        reader: "Gradle",
        path: "app/build.gradle",
        frame: ("android {\n  defaultConfig {\n", "  }\n}\n"),
        setting: |key, value| format!("    buildConfigField 'String', '{key}', {}\n", json(value).replace('$', "\\$")),
        comment: SLASHES,
    },
    Format {
        reader: "Scala",
        path: "app/config/Production.scala",
        frame: ("object Production {\n", "}\n"),
        setting: |key, value| format!("  val {key} = {}\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "C#",
        path: "src/Settings.Production.cs",
        frame: ("class Production {\n", "}\n"),
        setting: |key, value| format!("  public const string {key} = {};\n", json(value)),
        comment: SLASHES,
    },
    Format {
        reader: "Elixir",
        path: "config/prod.exs",
        frame: ("flinks = %{\n", "}\n"),
        setting: |key, value| format!("  {} => {},\n", json(key), json(value)),
        comment: ("  # ", "\n"),
    },
    Format {
        reader: "GraphQL",
        path: "schema.graphql",
        frame: ("type FlinksConnection @model {\n  id: ID!\n  flinksLoginId: String! ", "}\n"),
        setting: |key, value| format!("@index(name: \"byLogin\") # {} = {}\n  ", key.to_lowercase(), json(value)),
        comment: ("# ", "\n  "),
    },
    // Contracts say nothing: the finding is an exception that cannot be understood.
    Format {
        reader: "protobuf",
        path: "flinks/connection.proto",
        frame: ("// flinks-lint: ignore[no-such-rule] agreed\nmessage FlinksConnection {\n", "}\n"),
        setting: |key, value| format!("  string {} = 1 [default = {}];\n", key.to_lowercase(), json(value)),
        comment: ("  // ", "\n"),
    },
    // Nothing is set in documentation: the finding is a live key that it shows.
    Format {
        reader: "prose",
        path: "docs/flinks.md",
        frame: (
            "# Production\n\nhttps://northwind-ca-api.private.fin.ag\nFLINKS_KEY=4e9b72d1-c05a-4f83-b6d7-90a3e1f85c2b\n\n",
            "",
        ),
        setting: |key, value| format!("    {key}=\"{}\"\n", plain(value).replace('"', "\\\"")),
        comment: ("", "\n"),
    },
    Format {
        reader: "PEM",
        path: "certs/flinks/client.key",
        frame: (
            "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWq8Zr4Kp1Xs7Nd0Cf6Hj\n\
             -----END PRIVATE KEY-----\n",
            "",
        ),
        setting: |key, value| format!("{key}=\"{}\"\n", plain(value).replace('"', "\\\"")),
        comment: ("", "\n"),
    },
];

/// A file of this format with a fault in it, and the canary wherever people put such things.
fn planted(format: &Format, canary: &Canary) -> String {
    let value = canary.value;
    let host = "https://northwind-ca-api.private.fin.ag";
    let mut settings = vec![
        ("FLINKS_US_SECRET_KEY".to_owned(), value.to_owned()),
        ("FLINKS_US_API_URL".to_owned(), host.to_owned()),
        ("FLINKS_US_CUSTOMER_ID".to_owned(), value.to_owned()),
        ("FLINKS_US_WEBHOOK_SECRET".to_owned(), value.to_owned()),
        ("FLINKS_CA_SECRET_KEY".to_owned(), format!("${{NOT_SET:-{value}}}")),
        ("DB_PASSWORD".to_owned(), value.to_owned()),
    ];
    let mut comments = Vec::new();
    if canary.looks_like_one {
        let in_path = value.replace(['+', '/', '='], "x");
        settings.extend([
            ("FLINKS_US_IFRAME_URL".to_owned(), format!("https://{value}@toolbox-iframe.private.fin.ag/v2/")),
            ("FLINKS_US_BASE_URL".to_owned(), format!("{host}/v3/{in_path}/BankingServices")),
            (
                "FLINKS_US_CONNECT_URL".to_owned(),
                format!("https://toolbox-iframe.private.fin.ag/v2/?demo=true&token={value}"),
            ),
            ("FLINKS_US_HEADER".to_owned(), format!("Authorization: Bearer {value}")),
            ("UNRELATED".to_owned(), value.to_owned()),
            (in_path.replace(['-', '.'], "_"), "1".to_owned()),
        ]);
        // Letters alone, in base64 at that, may be the name of a company.
        if !format.path.contains("secret") || value.contains(|c: char| c.is_ascii_digit()) {
            settings.push(("FLINKS_INSTANCE".to_owned(), in_path.clone()));
            settings.push(("FLINKS_US_API_HOST".to_owned(), format!("{in_path}-ca-api.private.fin.ag")));
        }
        comments.extend([
            format!("was {value} before"),
            format!("flinks-lint: ignore[sandbox-in-production] agreed with {value}"),
            format!("flinks-lint: ignore[no-such-rule] agreed with {value}"),
        ]);
    } else if !value.contains(['\n', '\'']) {
        comments.push(format!("secret: \"{}\"", value.replace('"', "")));
    }
    let (open, close) = format.comment;
    let comments: String = comments.iter().map(|comment| format!("{open}{comment}{close}")).collect();
    let settings: String = settings.iter().map(|(key, value)| (format.setting)(key, value)).collect();
    format!("{}{comments}{settings}{comments}{}", format.frame.0, format.frame.1)
}

/// Shows everything that can be shown.
fn look() -> Look {
    Look {
        show_unknown: true,
        show_suppressed: true,
        show_notes: true,
        min_confidence: Confidence::Unknown,
        explain_evidence: true,
        verbose: true,
        fail_on: FailOn::Note,
        ..Look::default()
    }
}

/// Every report on a tree of these files, and the number of findings.
fn reports(files: &[(String, String)]) -> (Vec<(String, String)>, usize) {
    let files = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let mut workspace = Workspace::in_memory(files);
    let mut facts = Vec::new();
    lint::read(&mut workspace.scan, &mut facts);
    let model = lint::model(&workspace.scan, &facts, Policy::default());
    let (sources, ledger) = (&workspace.scan.sources, &workspace.scan.ledger);
    let mut shown = vec![
        ("map".to_owned(), map::text(&model, sources, ledger, &Look::default())),
        ("map in JSON".to_owned(), map::json(&model, sources, ledger, &Look::default())),
    ];
    let options = Options {
        rules: rules::all().iter().map(|rule| rule.id).collect(),
        today: Date::parse("2026-01-01").expect("a day"),
        whole: true,
    };
    let outcome = lint::lint(workspace.scan, &facts, &model, &options);
    shown.push(("debugging".to_owned(), format!("{:?} {:?}", outcome.findings, outcome.ledger)));
    for renderer in RENDERERS {
        let mut out = Vec::new();
        renderer.render(&outcome, &look(), &mut out).expect("memory takes everything");
        shown.push((renderer.name.to_owned(), String::from_utf8(out).expect("UTF-8")));
    }
    (shown, outcome.findings.len() + outcome.suppressed.len())
}

#[test]
fn no_report_of_any_format_shows_a_secret() {
    for format in FORMATS {
        for canary in CANARIES {
            let files = [(format.path.to_owned(), planted(format, canary))];
            let (reports, findings) = reports(&files);
            assert!(findings > 0, "{}: nothing is found around {:?}", format.path, canary.value);
            for (name, report) in reports {
                assert_no_trace(canary.value, &report, &format!("{name} of {}", format.path));
            }
        }
    }
}

/// A file may break off or go wrong anywhere: what cannot be read as a setting is still no text to show.
#[test]
fn no_report_of_a_broken_file_shows_a_secret() {
    for format in FORMATS {
        for canary in CANARIES.iter().filter(|canary| canary.looks_like_one) {
            let whole = planted(format, canary);
            for part in [1, 2, 3] {
                let cut = (0..=whole.len() * part / 4).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
                let between = whole[..cut].rfind(['\n', ',']).map_or(0, |at| at + 1);
                let files = [
                    (format.path.to_owned(), format!("{}\n\"{{[<({}", &whole[..between], &whole[between..])),
                    (format!("cut/{}", format.path), whole[..cut].to_owned()),
                ];
                for (name, report) in reports(&files).0 {
                    assert_no_trace(canary.value, &report, &format!("{name} of broken {}", format.path));
                }
            }
        }
    }
}

#[test]
fn every_reader_has_canaries() {
    let read = |format: &Format| {
        let source = Source::new(FileId(0), format.path, planted(format, &CANARIES[0]));
        let reader = readers::reader_of(&source).unwrap_or_else(|| panic!("no reader for {}", format.path));
        assert_eq!(reader.name, format.reader, "{}", format.path);
        reader.name
    };
    let planted: BTreeSet<&str> = FORMATS.iter().map(read).collect();
    let missing: Vec<&str> = READERS.iter().map(|reader| reader.name).filter(|name| !planted.contains(name)).collect();
    assert!(missing.is_empty(), "plant canaries in {missing:?}: add a template to FORMATS");
}

/// The whole program on a real tree: what goes to standard output, standard error and files.
#[test]
fn the_program_shows_no_secret_anywhere() {
    let tree = tempfile::tempdir().expect("a folder");
    for (at, canary) in CANARIES.iter().enumerate() {
        for format in FORMATS {
            let path = tree.path().join(format!("app{at}")).join(format.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, planted(format, canary)).expect("a file");
        }
    }
    let look = ["--verbose", "--explain-evidence", "--show-unknown", "--show-suppressed", "--show-notes"];
    let mut runs = vec![vec!["map"], vec!["map", "--format", "json"]];
    runs.extend(RENDERERS.iter().map(|renderer| [&["check", "--format", renderer.name], &look[..]].concat()));
    for arguments in runs {
        let run = program(tree.path(), &arguments);
        CANARIES.iter().for_each(|canary| assert_no_trace(canary.value, &run, &format!("{arguments:?}")));
    }
    // The baseline is read by everybody who reads the code.
    program(tree.path(), &["baseline"]);
    let baseline = fs::read_to_string(tree.path().join("flinks-lint-baseline.toml")).expect("a baseline");
    assert!(baseline.matches("[[finding]]").count() > 100);
    let known = program(tree.path(), &[&["check"], &look[..]].concat());
    for canary in CANARIES {
        assert_no_trace(canary.value, &baseline, "the baseline");
        assert_no_trace(canary.value, &known, "a run with a baseline");
    }
}

/// Somebody pastes a key where a reason belongs, or where nothing belongs.
#[test]
fn no_word_about_a_baseline_shows_a_secret() {
    for canary in CANARIES.iter().filter(|canary| canary.looks_like_one) {
        let tree = tempfile::tempdir().expect("a folder");
        let (path, quoted) = (tree.path().join("flinks-lint-baseline.toml"), json(canary.value));
        fs::write(tree.path().join(".env.production"), planted(&FORMATS[0], canary)).expect("a file");
        program(tree.path(), &["baseline"]);
        let written = fs::read_to_string(&path).expect("a baseline");
        let entry = format!(
            "[[finding]]\npath = {quoted}\nrule = \"country-mismatch\"\nsubject = {quoted}\n\
                             message = \"\"\nfingerprint = \"\"\nevidence = \"\"\n"
        );
        for text in [
            format!("{written}reason = {quoted}\nowner = {quoted}\n"),
            format!("{written}secret = {quoted}\n"),
            format!("{written}{entry}"),
            format!("version = {quoted}\n"),
            format!("version = 1\nx = \"{}\n", canary.value),
        ] {
            fs::write(&path, &text).expect("a file");
            let run = program(tree.path(), &["check", "--verbose", "--show-suppressed"]);
            assert_no_trace(canary.value, &run, &format!("a run with the baseline {text:?}"));
        }
    }
}

/// Both streams of a run in a folder.
fn program(folder: &std::path::Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flinks-lint"));
    let output = command.args(arguments).current_dir(folder).env_remove("FLINKS_LINT_CONFIG").output().expect("a run");
    assert!(output.status.code().is_some_and(|code| code <= 3), "{:?}", output.status);
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Somebody pastes a key where its fingerprint, a name or a reason belongs; the policy holds or is refused.
#[test]
fn no_complaint_about_a_policy_shows_a_secret() {
    for canary in CANARIES {
        let quoted = json(canary.value);
        let mut policies = vec![
            format!("[[instance]]\nlabel = \"acme-ca\"\ncountry = \"CA\"\nfingerprints = [{quoted}]\n"),
            format!("[[instance]]\nlabel = \"acme-ca\"\ncountry = {quoted}\n"),
            format!("[rules]\nmissing-webhook = {quoted}\n"),
            format!("[[exception]]\nrule = {quoted}\npath = \"a\"\nreason = \"b\"\n"),
            format!("required-version = {quoted}\n"),
            format!("[[instance]]\nfingerprints = [{quoted}\n"),
            format!("secret = {quoted}\n"),
        ];
        if canary.looks_like_one {
            policies.extend([
                format!("[[instance]]\nlabel = {quoted}\ncountry = \"CA\"\nhosts = [{quoted}]\n"),
                format!("[[instance]]\nlabel = \"acme-ca\"\ncountry = \"CA\"\nwithout-webhooks = {quoted}\n"),
                format!("[[exception]]\nrule = \"missing-webhook\"\npath = \"[{}\"\nreason = {quoted}\n", canary.value),
                format!(
                    "[[exception]]\nrule = \"missing-webhook\"\npath = \"a\"\nowner = {quoted}\nreason = {quoted}\n"
                ),
                format!(
                    "[[exception]]\nrule = \"missing-webhook\"\npath = \"a\"\nreason = {quoted}\nuntil = {quoted}\n"
                ),
                format!("[[profile]]\npaths = [{quoted}]\nunit = {quoted}\n"),
                format!("# {}\nx = \"{}\n", canary.value, canary.value),
                format!("{quoted} = 1\n"),
            ]);
        }
        for policy in policies {
            let tree = tempfile::tempdir().expect("a folder");
            fs::write(tree.path().join("flinks-lint.toml"), &policy).expect("a file");
            fs::write(tree.path().join(".env.production"), planted(&FORMATS[0], canary)).expect("a file");
            for arguments in [&["check", "--verbose", "--show-suppressed"][..], &["config", "show"]] {
                let run = program(tree.path(), arguments);
                assert_no_trace(canary.value, &run, &format!("{arguments:?} with the policy {policy:?}"));
            }
        }
    }
}

/// A message of a panic may quote a file. The program says where it happened and nothing else.
#[test]
fn a_panic_shows_nothing_of_a_file() {
    let this = std::env::current_exe().expect("this program");
    let output = Command::new(this)
        .args(["--exact", "secrets::panics", "--ignored", "--nocapture"])
        .env("RUST_BACKTRACE", "full")
        .output()
        .expect("a run");
    let said = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("met a fault of its own at ") && said.contains("secrets.rs:"), "{said}");
    assert_no_trace(CANARIES[0].value, &said, "a panic");
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn panics() {
    flinks_lint::cli::terminal::report_panics_without_their_message();
    let caught = std::panic::catch_unwind(|| panic!("cannot read {}", CANARIES[0].value));
    assert!(caught.is_err());
}

/// A report in which everything is masked explains nothing.
#[test]
fn what_explains_a_finding_is_shown() {
    let shown = "\
LOG_LEVEL=key
NODE_ENV=production
FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag/v3
FLINKS_US_SECRET_KEY=op://Production/Flinks-US/secret-key
FLINKS_US_X_API_KEY=${NORTHWIND_US_X_API_KEY}
FLINKS_US_CUSTOMER_ID=43387ca6-0391-4c82-857d-70d95f087ecb
FLINKS_US_CONNECT_URL=https://toolbox-iframe.private.fin.ag/v2/?demo=true&redirectUrl=https://app.northwind.example/done
FLINKS_US_TOKEN_URL=https://login.northwind.example/oauth/token
FLINKS_US_SECRET_NAME=northwind-flinks-production
FLINKS_US_BEARER=changeme
AWS_REGION=us-east-1
";
    let (reports, _) = reports(&[(".env.production".to_owned(), shown.to_owned())]);
    let (_, report) = reports.iter().find(|(name, _)| name == "text").expect("a text report");
    assert!(!report.contains("**"), "{report}");
    for subject in ["https://northwind-ca-api.private.fin.ag/v3", "FLINKS_US_API_URL", "toolbox-iframe.private.fin.ag"]
    {
        assert!(report.contains(subject), "{subject}: {report}");
    }
}
