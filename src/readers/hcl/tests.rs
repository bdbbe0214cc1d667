//! Terraform as it is written, and what is read of it.

use super::*;
use crate::fact::{Bundle, Change};
use crate::readers::shell::tests::line;
use crate::source::FileId;

fn facts(text: &str) -> (Source, Facts) {
    let source = Source::new(FileId(0), "main.tf", text);
    let facts = read(&source);
    for setting in &facts.settings {
        for name in setting.path.iter().filter(|name| !name.index && !name.text.contains('\\')) {
            assert_eq!(source.slice(name.span), &*name.text, "{text}");
        }
    }
    (source, facts)
}

fn shown(text: &str) -> Vec<String> {
    let (_, facts) = facts(text);
    facts.settings.iter().map(|setting| line(setting, &facts)).collect()
}

#[test]
fn parameters_and_their_values() {
    assert_eq!(
        shown("variable \"x\" {\n type = string\n default = \"a\" }\nvariable \"y\" { sensitive = true }\n"),
        ["default x=a"]
    );
    assert_eq!(
        shown("variable \"m\" { default = { us = \"a\", \"ca\" : \"b\" } }"),
        ["default m.us=a", "default m.ca=b"]
    );
    assert_eq!(shown("locals {\n a = 1\n b = { c = true }\n}"), ["key a=1", "key b.c=true"]);
    assert_eq!(shown("# x = 1\nx = \"a\"\ny = [\"b\", null]\n"), ["key x=a", "key y.0=b"]);
    assert_eq!(shown("inputs = { a = \"b\" }"), ["key a=b"]);
}

#[test]
fn strings_with_holes() {
    for (expression, expected) in [
        ("\"https://${var.flinks_instance}-api\"", "https://[flinks_instance]-api"),
        ("var.x", "[x]"),
        ("local.m[\"us\"]", "[m.us]"),
        ("local.m[var.country]", "[?m.*]"),
        ("each.value", "[?each.value]"),
        ("data.aws_ssm_parameter.x.value", "[!aws_ssm_parameter.x.value]"),
        ("module.app.url", "[!module.app.url]"),
        ("aws_lb.x.dns_name", "[!aws_lb.x.dns_name]"),
        ("var.prod ? \"a\" : \"b\"", "[?var.prod ?]"),
        ("lookup(var.m, \"us\", \"d\")", "[m.us|d]"),
        ("coalesce(var.a, \"b\")", "[a|b]"),
        ("templatefile(\"x\", {})", "[?templatefile]"),
        ("format(\"https://%s-api\", var.x)", "https://[x]-api"),
        ("get_env(\"X\", \"d\")", "[X|d]"),
        ("sensitive(\"a\")", "a"),
        (r#""a \"b\" \\ \u0063 $${d}""#, r#"a "b" \ c ${d}"#),
        ("(\"a\")", "a"),
        ("12", "12"),
        ("\"op://vault/x\"", "[!op://vault/x]"),
    ] {
        assert_eq!(shown(&format!("a = {expression}\n")), [format!("key a={expected}")], "{expression}");
    }
}

#[test]
fn here_documents_keep_their_places() {
    let (source, facts) = facts("a = <<-EOT\n    one ${var.x} \"q\"\n      two\n  EOT\nb = <<E\n x\nE\n");
    assert_eq!(line(&facts.settings[0], &facts), "key a=one [x] \"q\"\n  two\n");
    assert_eq!(line(&facts.settings[1], &facts), "key b= x\n");
    let crate::fact::Piece::Text(text) = &facts.settings[0].value.pieces[2] else { panic!() };
    let at = text.expose().find("two").unwrap();
    assert_eq!(source.slice(text.span_of(at..at + 3)), "two");
}

/// Whatever way a platform takes environment variables, they are variables.
#[test]
fn environments_of_workloads() {
    for (text, expected) in [
        (
            "resource \"aws_lambda_function\" \"f\" {\n environment {\n variables = { A = \"b\", C = var.d }\n }\n}",
            &["A=b", "C=[d]"][..],
        ),
        ("resource \"google_cloudfunctions_function\" \"f\" { environment_variables = { A = \"b\" } }", &["A=b"]),
        ("resource \"x\" \"y\" {\n env {\n name = \"A\"\n value = \"b\"\n }\n}", &["A=b"]),
        (
            "resource \"x\" \"y\" {\n env {\n name = \"A\"\n value_from {\n secret_key_ref {\n name = \"s\"\n key = \"k\"\n }\n }\n }\n}",
            &["A=[!s/k]"],
        ),
        // Two secrets of which only the version is written out are not one secret.
        (
            "resource \"x\" \"y\" {\n env {\n name = \"A\"\n value_source {\n secret_key_ref {\n secret = s.us.id\n version = \"latest\"\n }\n }\n }\n}",
            &["A=[!s.us.id]"],
        ),
        ("resource \"azurerm_linux_web_app\" \"w\" { app_settings = merge(local.c, { A = \"b\" }) }", &["A=b"]),
        (
            "resource \"aws_ecs_task_definition\" \"t\" {\n container_definitions = jsonencode([{\n name = \"web\"\n \
             environment = [{ name = \"A\", value = \"b\" }]\n secrets = [{ name = \"C\", valueFrom = \"arn:x\" }]\n }])\n}",
            &["key resource.aws_ecs_task_definition.t.container_definitions.0.name=web", "A=b", "C=[!arn:x]"],
        ),
        ("resource \"x\" \"y\" {\n dynamic \"env\" {\n for_each = { A = \"b\" }\n content {}\n }\n}", &["A=b"]),
        ("job \"j\" {\n task \"t\" {\n env {\n A = \"b\"\n }\n }\n}", &["A=b"]),
        (
            "job \"j\" {\n task \"t\" {\n template {\n data = <<E\nA=b\n C={{ key \"x\" }}\nE\n env = true\n }\n }\n}",
            &["A=b", "C=[!key \"x\"]"],
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// A secret is looked up by the name that the store knows, in the environment that it is set for.
#[test]
fn values_with_a_name_of_their_own() {
    let shown = |text: &str| shown(text).into_iter().find(|line| !line.contains("key ")).unwrap();
    assert_eq!(shown("resource \"aws_ssm_parameter\" \"x\" {\n name = \"/prod/u\"\n value = \"v\"\n}"), "/prod/u=v");
    assert_eq!(
        shown("resource \"github_actions_secret\" \"x\" {\n secret_name = \"A\"\n plaintext_value = var.b\n}"),
        "A=[b]"
    );
    assert_eq!(
        shown(
            "resource \"vercel_project_environment_variable\" \"x\" {\n key = \"A\"\n value = \"b\"\n target = [\"production\"]\n}"
        ),
        "production: A=b"
    );
    assert_eq!(shown("resource \"heroku_app_config_association\" \"x\" { vars = { A = \"b\" } }"), "A=b");
}

#[test]
fn config_maps_are_provided_and_used() {
    let (_, facts) = facts(
        "resource \"kubernetes_config_map\" \"c\" {\n metadata {\n name = \"flinks\"\n }\n data = { A = \"b\" }\n}\n\
         resource \"kubernetes_deployment\" \"d\" {\n spec {\n env_from {\n config_map_ref {\n name = \"flinks\"\n }\n }\n }\n}",
    );
    let bundle = Bundle::ConfigMap("flinks".into());
    assert!(facts.scopes.iter().any(|scope| scope.provides.contains(&bundle)));
    assert!(facts.scopes.iter().any(|scope| scope.uses.iter().any(|used| used.value == bundle)));
    assert!(facts.settings.iter().any(|setting| line(setting, &facts) == "A=b"));
}

#[test]
fn blocks_and_modules() {
    assert_eq!(
        shown(
            "module \"app\" {\n source = \"./modules/app\"\n country = \"us\"\n api_host = \"h\"\n environment = \"prod\"\n}"
        ),
        [
            "prod: key module.app.source=./modules/app",
            "prod: key module.app.country=us",
            "prod: key module.app.api_host=h",
            "prod: key module.app.environment=prod",
        ]
    );
    assert_eq!(
        shown(
            "terraform {\n backend \"s3\" {\n region = \"us-east-1\"\n }\n}\nprovider \"aws\" { region = \"ca-central-1\" }"
        ),
        ["key terraform.backend.s3.region=us-east-1", "key provider.aws.region=ca-central-1"]
    );
    assert_eq!(
        shown("resource \"x\" \"y\" {\n cors {\n allowed_origins = [\"https://a\"]\n }\n}"),
        ["allowed resource.x.y.cors.allowed_origins.0=https://a"]
    );
}

/// Definitions are often written in the format that the platform wants, holes of Terraform and all.
#[test]
fn files_in_here_documents() {
    for (text, expected) in [
        (
            "resource \"aws_ecs_task_definition\" \"t\" {\n container_definitions = <<JSON\n[{\"name\": \"web\", \
             \"environment\": [{\"name\": \"A\", \"value\": \"https://${var.b}\"}]}]\nJSON\n}",
            "A=https://[b]",
        ),
        (
            "resource \"helm_release\" \"h\" {\n values = [<<-YAML\n    flinks:\n      url: b\n  YAML\n ]\n}",
            "key flinks.url=b",
        ),
        ("resource \"aws_instance\" \"i\" {\n user_data = <<-E\n  #!/bin/bash\n  export A=b\n  E\n}", "A=b"),
        (
            "resource \"kubernetes_config_map\" \"c\" {\n data = {\n \"app.properties\" = <<E\na.b=c\nE\n }\n}",
            "key a.b=c",
        ),
        ("resource \"helm_release\" \"h\" {\n set {\n name = \"a.b\"\n value = \"c\"\n }\n}", "key a.b=c"),
    ] {
        assert!(shown(text).iter().any(|line| line == expected), "{text}: {:?}", shown(text));
    }
}

#[test]
fn tables_of_documents() {
    let (_, facts) = facts(
        "resource \"aws_dynamodb_table\" \"t\" {\n name = \"flinks_logins\"\n hash_key = \"login_id\"\n attribute {\n name = \"login_id\"\n type = \"S\"\n }\n}",
    );
    let record = &facts.records[0];
    let Change::Create { fields, .. } = &record.change else { panic!() };
    assert_eq!((record.name.value.as_str(), fields[0].name.value.as_str()), ("flinks_logins", "login_id"));
}

#[test]
fn hostile_files_end() {
    let text = "variable \"é\" { default = \"a${var.b}c\" }\nx = <<-E\n  ${lookup(var.m, \"k\")}\n  E\nr \"a\" { e { n = [1, { a = b }] } }\n";
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        facts(&text[..at]);
    }
    for piece in ["[", "{ a = ", "(", "a { ", "\"${", "f(", "a = {\n", "a = <<E\n", "!", "a.b[", "x ? "] {
        facts(&format!("a = {}", piece.repeat(10_000)));
        facts(&piece.repeat(10_000));
    }
    facts(&format!("a = \"{}\"", "x".repeat(1_000_000)));
    facts(&format!("a = \"{}\"", "${var.x}".repeat(100_000)));
    facts(&format!("a = \"{}", "$${".repeat(300_000)));
}
