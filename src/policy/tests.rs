//! What a policy says, and what is said of a broken one.

use super::*;
use crate::source::Sources;

const KNOWN: [&str; 4] = ["country-mismatch", "login-id-without-country", "sandbox-in-production", "missing-webhook"];

fn sources(text: &str) -> Sources {
    Sources::in_memory([("flinks-lint.toml", text)])
}

fn policy(text: &str) -> Policy {
    match read(sources(text).by_path("flinks-lint.toml").unwrap(), &KNOWN) {
        Ok(policy) => policy,
        Err(broken) => panic!("{broken}"),
    }
}

fn broken(text: &str) -> Broken {
    read(sources(text).by_path("flinks-lint.toml").unwrap(), &KNOWN).unwrap_err()
}

/// Each fault as `underlined text: message`.
fn faults(text: &str) -> Vec<String> {
    let said = |fault: &Fault| format!("{} -> {}", &text[fault.span.range()], fault.message);
    broken(text).faults.iter().map(said).collect()
}

/// The form that every failure of ours has: what we were doing, to which file, what stopped us, what to try.
#[test]
fn an_unknown_key_is_told_with_the_nearest_one() {
    let text = "# regions\n[residency]\nUS = { regions = [\"us-*\"] }\nCA = { region = [\"ca-*\"] }\n";
    let broken = broken(text);
    assert_eq!(
        broken.to_string().lines().last().unwrap(),
        "cannot read flinks-lint.toml: line 4: unknown key \"region\", did you mean \"regions\"?"
    );
    assert_eq!(broken.faults.last().unwrap().help.as_deref(), Some("the keys here are `regions`"));
}

/// Whoever mends a policy wants to do it once.
#[test]
fn all_faults_are_told_together_in_the_order_of_the_file() {
    let text = r#"
required_version = ">=0.1"
[[instance]]
name = "northwind-ca-api.private.fin.ag"
country = "UK"
[[instance]]
name = "acme-us"
country = "CA"
hosts = "https://acme.example"
[[profile]]
paths = ["deploy/[live"]
environment = "prod"
[scan]
max-file-size = 4
[rules]
missing-webhooks = "off"
country-mismatch = "warn"
[[exception]]
rule = "*"
reason = " "
until = "2027-02-30"
"#;
    assert_eq!(
        faults(text),
        [
            "required_version -> unknown key \"required_version\", did you mean \"required-version\"?",
            "northwind-ca-api.private.fin.ag -> the name of an instance is a label, not a host",
            "UK -> unknown country \"UK\"",
            "acme-us -> the name \"acme-us\" says US, its country is CA",
            "\"https://acme.example\" -> `hosts` takes a list of texts, not a text",
            "deploy/[live -> \"deploy/[live\" is no glob: unclosed character class; missing ']'",
            "prod -> unknown environment \"prod\", did you mean \"production\"?",
            "4 -> `max-file-size` takes a text in quotes, not an integer",
            "missing-webhooks -> unknown rule \"missing-webhooks\", did you mean \"missing-webhook\"?",
            "warn -> unknown level \"warn\", did you mean \"warning\"?",
            "[[exception]] -> this [[exception]] covers everything",
            "* -> an exception names one rule",
            "  -> `reason` is empty",
            "2027-02-30 -> `until` is not in the calendar",
        ]
    );
}

#[test]
fn what_is_missing_is_underlined_at_its_table() {
    let text = "[[instance]]\nname = \"northwind\"\n[[exception]]\nrule = \"missing-webhook\"\npath = \"a\"\n";
    assert_eq!(
        faults(text),
        ["[[instance]] -> this [[instance]] has no `country`", "[[exception]] -> this [[exception]] has no `reason`"]
    );
    let help = broken(text).faults[0].help.clone().unwrap();
    assert_eq!(help, "write `country = …` with \"CA\" or \"US\": the country whose data it holds");
}

#[test]
fn the_wrong_kind_of_value_is_told_with_the_right_one() {
    let said = |text: &str| {
        let fault = broken(text).faults.remove(0);
        format!("{}; {}", fault.message, fault.help.unwrap())
    };
    assert_eq!(
        said("[instance]\nname = \"a\"\n"),
        "`instance` takes a list of tables, not a table; write `[[instance]]`"
    );
    assert_eq!(said("instance = [\"a\"]\n"), "an item of `instance` is a table, not a text; write `[[instance]]`");
    assert_eq!(said("rules = \"off\"\n"), "`rules` takes a table, not a text; write `[rules]`");
    assert_eq!(
        said("[rules]\nmissing-webhook = false\n"),
        "`missing-webhook` takes a word in quotes, not true or false; write `missing-webhook = …` with \"off\", \"note\", \"warning\" or \"error\""
    );
    assert_eq!(
        said("[[profile]]\npaths = [\"!a\"]\nunit = \"a\"\n"),
        "\"!a\" takes out what nothing took in; write a glob before it that takes in more"
    );
    assert_eq!(
        said("[scan]\nexclude = [1]\n"),
        "an item of `exclude` is a text in quotes, not an integer; write `exclude = [\"…\"]`"
    );
}

/// What a report needs of a failure of ours is what it needs of a finding.
#[test]
fn a_broken_policy_is_a_diagnostic() {
    use miette::Diagnostic;
    let broken = broken("[rules]\nx = \"off\"\n");
    assert!(broken.source_code().is_some());
    let faults: Vec<_> = broken.related().unwrap().collect();
    assert_eq!(faults[0].help().unwrap().to_string(), "see `flinks-lint rules` for their ids");
    let label = faults[0].labels().unwrap().next().unwrap();
    assert_eq!((label.offset(), label.len()), (8, 1));
}

#[test]
fn labels_are_not_hosts_and_the_sandbox_is_no_instance() {
    let text = "[[instance]]\nname = \"acme-ca-api\"\ncountry = \"CA\"\n[[instance]]\nname = \"toolbox-us\"\ncountry = \"US\"\n\
                [[instance]]\nname = \"acme-us-api.private.fin.ag\"\ncountry = \"US\"\n[[instance]]\nname = \"Acme\"\ncountry = \"US\"\n";
    let helps: Vec<_> = broken(text).faults.into_iter().map(|fault| fault.help.unwrap()).collect();
    assert_eq!(
        helps,
        [
            "write \"acme-ca\"",
            "delete this [[instance]]",
            "write \"acme-us\"",
            "write the label before `-api` in its host"
        ]
    );
}

#[test]
fn what_belongs_to_one_instance_belongs_to_no_other() {
    let hex = "ab".repeat(32);
    let text = format!(
        "[[instance]]\nname = \"a\"\ncountry = \"CA\"\nhosts = [\"x.example\"]\nfingerprints = [\"{hex}\"]\n\
         [[instance]]\nname = \"b\"\ncountry = \"US\"\nhosts = [\"X.example\"]\nfingerprints = [\"{hex}\"]\n\
         [[instance]]\nname = \"a\"\ncountry = \"CA\"\n"
    );
    let found = faults(&text);
    assert_eq!(found[0], "X.example -> this host is declared for two instances");
    assert_eq!(found[1], format!("{hex} -> this fingerprint is declared for two instances"));
    assert_eq!(found[2], "a -> this instance is declared twice");
    let others = &broken(&text).faults[0].others;
    assert_eq!(&text[others[0].0.range()], "x.example");
}

/// A value pasted where its fingerprint belongs, or under a key that the policy does not have, must not be
/// shown by the very error that refuses it.
#[test]
fn a_credential_pasted_into_the_policy_is_not_shown() {
    let canary = "canary-4f1d9b0e-secret-key-7731";
    for text in [
        format!("[[instance]]\nname = \"a\"\ncountry = \"CA\"\nfingerprints = [\"{canary}\"]\n"),
        format!("[[instance]]\nname = \"a\"\ncountry = \"CA\"\nsecret-key = \"{canary}\"\n"),
        format!("[[instance]]\nname = \"a\"\ncountry = \"CA\"\nkeys = {{ a = [\"{canary}\"] }}\n"),
        format!("[[instance]]\nname = \"a\"\ncountry = \"CA\"\nsecret-key = {canary}\n"),
        "[[instance]]\nname = \"a\"\ncountry = \"CA\"\nfingerprints = [\"canary-short\"]\n".to_owned(),
    ] {
        let broken = broken(&text);
        let shown = format!("{broken}{broken:?}{}", broken.text());
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(broken.text().len(), text.len());
    }
}

/// A linter that is too old does not know the keys of a newer policy: they are no faults.
#[test]
fn a_policy_for_another_version_is_refused_for_that_alone() {
    let text = "required-version = \">=99\"\nquantum = true\n";
    assert_eq!(faults(text), [format!(">=99 -> this is flinks-lint {VERSION}, the policy asks for >=99")]);
    assert_eq!(faults("required-version = \"0.1\"\n"), ["0.1 -> `required-version` \"0.1\" is no version"]);
}

/// One slip is one fault: what the parser lost is not also missing.
#[test]
fn slips_in_the_syntax_do_not_multiply() {
    assert_eq!(
        faults("[[instance]]\nname = \"a\"\ncountry = CA\nhost = []\n"),
        [
            "CA -> string values must be quoted, expected literal string",
            "host -> unknown key \"host\", did you mean \"hosts\"?"
        ]
    );
    assert_eq!(
        faults("[[exception]]\nrule = \"missing-webhook\"\nreason = \"r\"\npath = \"a\"\nuntil = 2027-02-30\n"),
        ["2027-02-30 -> broken date, expected day between 01 and 28"]
    );
    assert_eq!(faults("[rules]\nmissing-webhook = \"off\"\nmissing-webhook = \"note\"\n").len(), 1);
    for text in ["[", "[[instance]\nname = 1", "a", "= 1", "\u{feff}[rules", "x = \"abc", "{{ tpl }}\n"] {
        assert!(!faults(text).is_empty(), "{text}");
    }
}

/// Thousands of brackets cost an error, not a stack.
#[test]
fn deep_nesting_is_an_error() {
    let deep = format!("instance = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!broken(&deep).faults.is_empty());
    let tables = format!("[rules{}]", ".a".repeat(100_000));
    assert!(!broken(&tables).faults.is_empty());
}

#[test]
fn a_level_for_exceptions_themselves_may_be_set_but_no_exception_made() {
    assert_eq!(policy("[rules]\nunused-exception = \"error\"\n").level("unused-exception"), Some(Level::Error));
    let text = "[[exception]]\nrule = \"unused-exception\"\npath = \"a\"\nreason = \"r\"\n";
    assert_eq!(faults(text), ["unused-exception -> findings about exceptions cannot be excepted"]);
}

#[test]
fn the_same_exception_twice_is_a_slip() {
    let one = "[[exception]]\nrule = \"missing-webhook\"\npath = \"a\"\nreason = \"r\"\n";
    assert_eq!(faults(&format!("{one}{one}")), ["[[exception]] -> this exception is declared twice"]);
}

/// What is meant has a reason, and a reason is for something.
#[test]
fn no_webhooks_and_the_reason_go_together() {
    let instance = |keys: &str| format!("[[instance]]\nname = \"acme-us\"\ncountry = \"US\"\n{keys}\n");
    let told = |keys: &str| policy(&instance(keys)).without_webhooks("acme-us").map(|reason| reason.value.clone());
    assert_eq!(told("webhooks = false\nreason = \"a pilot\"").as_deref(), Some("a pilot"));
    assert_eq!(told("without-webhooks = \"a pilot\"").as_deref(), Some("a pilot"));
    assert_eq!(told("webhooks = true"), None);
    let faults = |keys: &str| faults(&instance(keys));
    assert_eq!(faults("webhooks = false"), ["false -> `webhooks = false` has no `reason`"]);
    let alone = ["\"a pilot\" -> `reason` has no `webhooks = false` that it is for"];
    assert_eq!(faults("reason = \"a pilot\""), alone);
    assert_eq!(faults("webhooks = true\nreason = \"a pilot\""), alone);
    let twice = "webhooks = false\nreason = \"a\"\nwithout-webhooks = \"b\"";
    assert_eq!(faults(twice), ["false -> `webhooks` and `without-webhooks` say the same thing"]);
    let quoted = "webhooks = \"no\"\nreason = \"a pilot\"";
    assert_eq!(faults(quoted)[0], "\"no\" -> `webhooks` takes true or false, not a text");
}

#[test]
fn the_example_says_what_it_documents() {
    let sources = sources(EXAMPLE);
    let policy = policy(EXAMPLE);
    assert_eq!(policy.country_of("northwind").unwrap().value, Country::Canada);
    assert_eq!(sources.slice(policy.country_of("northwind-us").unwrap().span), "US");
    assert_eq!(policy.instance_of_host("Bank-Data.northwind.example.").unwrap().label.value, "northwind");
    let fingerprint = crate::secret::Secret::new("foo").fingerprint();
    assert_eq!(policy.instance_of_fingerprint(&fingerprint).unwrap().label.value, "northwind-ca");
    let reason = policy.without_webhooks("northwind-us").unwrap();
    assert_eq!(sources.slice(reason.span), "polls every night instead");
    let short = policy.without_webhooks("northwind").unwrap();
    assert_eq!(sources.slice(short.span), "is switched off at the end of the year");
    assert!(policy.without_webhooks("northwind-ca").is_none());

    let west = policy.profile_of("deploy/live-west/values.yaml").unwrap();
    assert_eq!(
        (west.unit.as_ref().unwrap().value.as_str(), west.country.as_ref().unwrap().value),
        ("api", Country::Canada)
    );
    let live = policy.profile_of("deploy/live-east/values.yaml").unwrap();
    assert_eq!((live.environment.as_ref().unwrap().value, live.country.as_ref()), (Environment::Production, None));
    assert!(policy.profile_of("deploy/live-demo/values.yaml").is_none());

    assert!(policy.residency(Country::UnitedStates).unwrap().permits("US-East-1").is_some());
    assert!(policy.residency(Country::Canada).unwrap().permits("us-east-1").is_none());
    assert_eq!(policy.store("public.BankConnections").unwrap().country.value, Country::Canada);
    assert!(policy.store("bank_accounts").is_none());
    assert!(policy.excludes().matches("third_party/x/.env"));
    assert_eq!(policy.max_file_size().unwrap().value, 4 << 20);
    assert_eq!((policy.level("missing-webhook"), policy.level("country-mismatch")), (Some(Level::Warning), None));

    let [exception] = policy.exceptions() else { panic!("one exception") };
    assert_eq!(exception.until.as_ref().unwrap().value, Date::new(2027, 1, 31).unwrap());
    assert!(exception.covers(["x", "deploy/live-west/.env"].into_iter(), "api production smoke FLINKS"));
    assert!(!exception.covers(["x"].into_iter(), "api production smoke FLINKS"));
    assert!(!exception.covers(["deploy/live-west/.env"].into_iter(), "api production FLINKS"));
}

#[test]
fn every_value_has_its_exact_place() {
    let text = "[[exception]]\nrule = 'missing-webhook'\nsubject = \"\"\"a\nb\"\"\"\nreason = \"caf\\u00e9\"\nuntil = \"2027-01-31\"\n";
    let (sources, policy) = (sources(text), policy(text));
    let exception = &policy.exceptions()[0];
    assert_eq!(sources.slice(exception.span), "[[exception]]");
    assert_eq!(sources.slice(exception.rule.span), "missing-webhook");
    assert_eq!(sources.slice(exception.subject.as_ref().unwrap().span), "a\nb");
    assert_eq!(sources.slice(exception.reason.span), "\"caf\\u00e9\"", "an escaped text is all that was written");
    assert_eq!(sources.slice(exception.until.as_ref().unwrap().span), "2027-01-31");
}

/// The example is the documentation of every key, and the schema the description of each.
#[test]
fn every_key_is_described_and_shown_by_the_example() {
    fn keys(schema: &serde_json::Value, found: &mut Vec<String>) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{key} has no description");
            assert!(!property.to_string().contains("null"), "{key} cannot be null in TOML");
            found.push(key.clone());
            keys(property, found);
            keys(&property["items"], found);
        }
    }
    let mut found = Vec::new();
    keys(&schema(&[]), &mut found);
    assert!(found.len() > 25, "{found:?}");
    let said = |key: &&String| {
        EXAMPLE.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with(&format!("{key} ="))
                || line.trim_matches(['[', ']']) == key.as_str()
                || line.contains(&format!("{{ {key} ="))
        })
    };
    let missing: Vec<_> = found.iter().filter(|key| !said(key)).collect();
    assert!(missing.is_empty(), "the example does not show {missing:?}");
    assert!(schema(&[]).get("$id").is_none());
    let offered = &schema(&KNOWN)["properties"]["exception"]["items"]["properties"]["rule"]["enum"];
    assert_eq!(offered.as_array().unwrap().len(), KNOWN.len());
}

#[test]
fn the_empty_policy_promises_nothing() {
    let policy = Policy::default();
    assert!(
        policy.country_of("northwind").is_none() && policy.profile_of("a").is_none() && !policy.excludes().matches("a")
    );
    assert!(read(sources("# nothing yet\n").by_path("flinks-lint.toml").unwrap(), &KNOWN).is_ok());
}

#[test]
fn stars_stand_for_any_characters() {
    for (written, text) in
        [("a*", "abc"), ("*c", "abc"), ("a*b*c", "a-b-b-c"), ("*", ""), ("abc", "abc"), ("*b*", "abc")]
    {
        assert!(matches_stars(written, text), "{written} {text}");
    }
    for (written, text) in [("a*", "bac"), ("ab*ba", "aba"), ("abc", "abcd"), ("a*c*b", "abc"), ("", "a")] {
        assert!(!matches_stars(written, text), "{written} {text}");
    }
}

#[test]
fn the_effective_configuration_names_the_origin_of_each_value() {
    let (sources, policy) = (sources(EXAMPLE), policy(EXAMPLE));
    let rules = [("country-mismatch", Level::Error), ("missing-webhook", Level::Error)];
    let options = [("fail-on", "warning".to_owned(), "--fail-on warning")];
    let beside =
        Beside { source: sources.by_path("flinks-lint.toml"), rules: &rules, options: &options, for_path: None };
    let shown = show(&policy, &beside);
    for line in [
        "  fail-on  warning  [--fail-on warning]",
        "  country-mismatch  error    [default]",
        "  missing-webhook   warning  [flinks-lint.toml:57]",
        "  CA  ca-central-1, ca-west-1  [flinks-lint.toml:42]",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
}

#[test]
fn the_configuration_of_a_path_says_why() {
    let (sources, policy) = (sources(EXAMPLE), policy(EXAMPLE));
    let beside = Beside {
        source: sources.by_path("flinks-lint.toml"),
        for_path: Some("deploy/live-west/values.yaml"),
        ..Beside::default()
    };
    assert_eq!(
        show(&policy, &beside),
        "\
deploy/live-west/values.yaml

scan
  looked at  yes, unless git ignores it  [default]

profile
  environment  production                               [flinks-lint.toml:36]
  country      CA                                       [flinks-lint.toml:37]
  unit         api                                      [flinks-lint.toml:38]
  because      `deploy/live-west/**` takes it in        [flinks-lint.toml:35]
  overruled    production: a later profile takes it in  [flinks-lint.toml:30]

exceptions that may cover it
  sandbox-in-production  in `deploy/live-west/**`, about `*smoke*`, until 2027-01-31, owned by platform@northwind.example: the smoke test calls the sandbox on purpose  [flinks-lint.toml:60]
"
    );
    let beside = Beside { for_path: Some("src/config.ts"), ..beside };
    assert!(show(&policy, &beside).contains("by its own names"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// A policy in the middle of being edited is the policy that a linter meets most.
    #[test]
    fn half_written_policies_are_faults_with_places_and_no_panic(
        from in 0..EXAMPLE.len(), length in 0..60_usize, inserted in "[\\[\\]{}=\"'#\\\\,.é\u{1F600}\n a-z0-9*!-]{0,6}"
    ) {
        let mut text = EXAMPLE.to_owned();
        text.replace_range(from..(from + length).min(EXAMPLE.len()), &inserted);
        if let Err(broken) = read(sources(&text).by_path("flinks-lint.toml").unwrap(), &KNOWN) {
            assert!(!broken.faults.is_empty());
            assert_eq!(broken.text().len(), text.len());
            for fault in &broken.faults {
                assert!(text.get(fault.span.range()).is_some(), "{fault:?}");
            }
        }
    }
}
