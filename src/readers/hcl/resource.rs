//! Blocks of Terraform and Nomad that mean more than their keys: workloads, named secrets, config maps, tables.

use tree_sitter::Node;

use crate::fact::{Bundle, Change, Deployed, Field, Name, Record, RecordKind, Scope, ScopeId};
use crate::readers::grammar;
use crate::readers::hcl::expression::Meaning;
use crate::readers::hcl::{File, How};
use crate::source::Spanned;
use crate::text::Text;
use crate::vocabulary::origin::goes_over_origins;

/// Types of resources that run something: each has an environment of its own.
const WORKLOADS: &[&str] = &[
    "aws_lambda_function",
    "aws_ecs_task_definition",
    "aws_apprunner_service",
    "aws_elastic_beanstalk_environment",
    "aws_codebuild_project",
    "aws_amplify_",
    "aws_batch_job_definition",
    "google_cloud_run",
    "google_cloudfunctions",
    "google_app_engine",
    "azurerm_container",
    "kubernetes_deployment",
    "kubernetes_stateful_set",
    "kubernetes_daemon",
    "kubernetes_cron_job",
    "kubernetes_job",
    "kubernetes_pod",
    "fly_",
    "heroku_",
    "render_",
    "digitalocean_app",
    "cloudflare_worker",
    "docker_container",
    "docker_service",
    "helm_release",
];

/// A resource that is one named value: the beginning of its type, and the keys where its name, its value and the
/// environment that it is for can stand.
type Named = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const NAMED: &[Named] = &[
    ("aws_ssm_parameter", &["name"], &["value", "insecure_value"], &[]),
    ("aws_secretsmanager_secret", &["name", "secret_id"], &["secret_string", "value"], &[]),
    ("google_secret_manager_secret", &["secret_id", "secret"], &["secret_data"], &[]),
    ("azurerm_key_vault_secret", &["name"], &["value"], &[]),
    ("azurerm_app_configuration_key", &["key"], &["value"], &["label"]),
    ("github_", &["secret_name", "variable_name"], &["plaintext_value", "value"], &["environment"]),
    ("vercel_", &["key"], &["value"], &["target"]),
    ("gitlab_", &["key"], &["value"], &["environment_scope"]),
    ("netlify_environment_variable", &["key"], &["value"], &["context"]),
    ("doppler_secret", &["name"], &["value"], &["config"]),
    ("cloudflare_workers_secret", &["name"], &["secret_text"], &[]),
    ("railway_variable", &["name"], &["value"], &["environment_id"]),
    ("vault_", &["path", "name"], &["data_json"], &[]),
    ("tfe_variable", &["key"], &["value"], &[]),
    ("fly_secret", &["name"], &["value"], &[]),
];

impl File<'_, '_> {
    /// The scope of a block that is one, else that of the block around it.
    pub(super) fn open(&mut self, block: Node<'_>, path: &[Name], outer: ScopeId) -> ScopeId {
        let words: Vec<&str> = path.iter().map(|name| &*name.text).collect();
        let last = path.last().expect("a block has a type");
        let titled = |title: String| Some(Spanned::new(title, last.span));
        let scope = match words.as_slice() {
            ["resource", kind, label] if is_workload(kind) => Scope {
                title: titled(format!("resource {kind}.{label}")),
                unit: Some(Spanned::new(Deployed::Item((*label).to_owned()), last.span)),
                uses: self.taken_over(block),
                ..Scope::default()
            },
            ["resource", kind, label] if kind.starts_with("kubernetes_config_map") => Scope {
                title: titled(format!("resource {kind}.{label}")),
                provides: self
                    .metadata_name(block)
                    .map(|name| Bundle::ConfigMap(name.expose().to_owned()))
                    .into_iter()
                    .collect(),
                ..Scope::default()
            },
            ["resource", kind, label] if kind.starts_with("kubernetes_secret") => Scope {
                title: titled(format!("resource {kind}.{label}")),
                provides: self
                    .metadata_name(block)
                    .map(|name| Bundle::Secret(name.expose().to_owned()))
                    .into_iter()
                    .collect(),
                ..Scope::default()
            },
            ["module", label] => Scope { title: titled(format!("module {label}")), ..Scope::default() },
            [.., "task", label] if words.contains(&"job") => Scope {
                title: titled(format!("task {label}")),
                unit: Some(Spanned::new(Deployed::Item((*label).to_owned()), last.span)),
                ..Scope::default()
            },
            _ => return outer,
        };
        let environment = ["environment", "env", "stage"].iter().find_map(|name| self.find(block, name));
        let environment = environment.and_then(|value| self.expressions.text(value)).map(spanned);
        self.facts.open(Scope { parent: Some(outer), environment, ..scope })
    }

    /// What a block says besides its keys; the keys that are wholly read are handed back.
    pub(super) fn special(&mut self, block: Node<'_>, path: &[Name], scope: ScopeId) -> &'static [&'static str] {
        let ["resource", kind, _] = path.iter().map(|name| &*name.text).collect::<Vec<_>>()[..] else { return &[] };
        let kind = kind.to_owned();
        match kind.as_str() {
            "aws_dynamodb_table" => self.table(block, &path[2], scope),
            "azurerm_cosmosdb_sql_container" => self.container(block, &path[2], scope),
            "heroku_app_config_association" => return self.maps(block, &["vars", "sensitive_vars"], scope),
            _ if kind.starts_with("kubernetes_config_map") || kind.starts_with("kubernetes_secret") => {
                return self.maps(block, &["data", "string_data"], scope);
            }
            "helm_release" => {
                self.helm_values(block, scope);
                return &["set", "set_sensitive"];
            }
            _ => self.named_value(&kind, block, scope),
        }
        &[]
    }

    fn maps(&mut self, block: Node<'_>, names: &'static [&'static str], scope: ScopeId) -> &'static [&'static str] {
        for name in names {
            if let Some(map) = self.find(block, name) {
                self.variables(map, scope);
            }
        }
        names
    }

    /// `set { name = "flinks.apiUrl" value = … }`
    fn helm_values(&mut self, block: Node<'_>, scope: ScopeId) {
        for (head, inner) in self.blocks(block) {
            if !matches!(&*head[0].text, "set" | "set_sensitive") {
                continue;
            }
            let name = self.find(inner, "name").and_then(|name| self.expressions.text(name));
            let (Some(name), Some(value)) = (name, self.find(inner, "value")) else { continue };
            let mut at = 0;
            let mut path = Vec::new();
            for key in name.expose().split('.') {
                path.push(Name::key(key, name.span_of(at..at + key.len())));
                at += key.len() + 1;
            }
            let value = self.expressions.value(value, 0);
            self.say(path, value, How::keys(scope));
        }
    }

    /// A parameter or secret is known by its own name, not by that of the resource.
    fn named_value(&mut self, kind: &str, block: Node<'_>, scope: ScopeId) {
        let Some((_, names, values, environments)) = NAMED.iter().find(|entry| kind.starts_with(entry.0)) else {
            return;
        };
        let find = |keys: &[&str]| keys.iter().find_map(|key| self.find(block, key));
        let (Some(name), Some(value)) = (find(names), find(values)) else { return };
        let environment = find(environments).and_then(|node| self.only_word(node)).map(spanned);
        let Some(name) = self.expressions.text(name) else { return };
        let scope = match environment {
            Some(word) if word.value != "*" => {
                self.facts.open(Scope { parent: Some(scope), environment: Some(word), ..Scope::default() })
            }
            _ => scope,
        };
        let path = vec![Name::key(name.expose(), name.span())];
        self.emit(&mut path.clone(), value, How::keys(scope).variable());
    }

    /// A literal, or the only item of a list: `target = ["production"]`.
    fn only_word(&self, node: Node<'_>) -> Option<Text> {
        match self.expressions.meaning(node, 0) {
            Meaning::List(items) if items.len() == 1 => self.expressions.text(items[0]),
            Meaning::List(_) => None,
            _ => self.expressions.text(node),
        }
    }

    fn metadata_name(&self, block: Node<'_>) -> Option<Text> {
        let metadata = self.blocks(block).into_iter().find(|(head, _)| &*head[0].text == "metadata")?;
        self.expressions.text(self.find(metadata.1, "name")?)
    }

    /// `env_from { config_map_ref { name = "x" } }`, anywhere in a workload.
    fn taken_over(&self, block: Node<'_>) -> Vec<Spanned<Bundle>> {
        let mut uses = Vec::new();
        for node in grammar::walk(block).filter(|node| node.kind() == "block") {
            let head = self.head(node);
            let bundle: fn(String) -> Bundle = match head.first().map(|name| &*name.text) {
                Some("config_map_ref") => Bundle::ConfigMap,
                Some("secret_ref") => Bundle::Secret,
                _ => continue,
            };
            if let Some(name) = self.find(node, "name").and_then(|name| self.expressions.text(name)) {
                uses.push(Spanned::new(bundle(name.expose().to_owned()), name.span()));
            }
        }
        uses
    }

    /// A container of documents, with the fields that its partition and unique keys name: `/loginId`, `/owner/country`.
    fn container(&mut self, block: Node<'_>, label: &Name, scope: ScopeId) {
        let name = self.find(block, "name").and_then(|name| self.expressions.text(name)).map(spanned);
        let name = name.unwrap_or_else(|| Spanned::new(label.text.to_string(), label.span));
        let unique = self.blocks(block).into_iter().filter(|(head, _)| &*head[0].text == "unique_key");
        let unique: Vec<Node<'_>> = unique.filter_map(|(_, key)| self.find(key, "paths")).collect();
        let partition = ["partition_key_path", "partition_key_paths"].iter().filter_map(|key| self.find(block, key));
        let mut fields = Vec::new();
        for node in partition.chain(unique) {
            let paths = match self.expressions.meaning(node, 0) {
                Meaning::List(items) => items,
                _ => vec![node],
            };
            for text in paths.into_iter().filter_map(|path| self.expressions.text(path)) {
                let path = text.expose().trim_end_matches('/');
                let start = path.rfind('/').map_or(0, |slash| slash + 1);
                let name = Spanned::new(path[start..].to_owned(), text.span_of(start..path.len()));
                fields.push(Field { name, stored_as: None, type_name: None, required: None, references: None });
            }
        }
        let change = Change::Create { fields, inherits: Vec::new(), copies: Vec::new() };
        let record = Record { scope, kind: RecordKind::Document, name, stored_as: None, change, comment: None };
        self.facts.records.push(record);
    }

    /// A table of documents, with the attributes that it names: those of its keys.
    fn table(&mut self, block: Node<'_>, label: &Name, scope: ScopeId) {
        let name = self.find(block, "name").and_then(|name| self.expressions.text(name)).map(spanned);
        let mut name = name.unwrap_or_else(|| Spanned::new(label.text.to_string(), label.span));
        // A table of each country: its name has a hole for it.
        let over = self.find(block, "for_each").map(|over| self.expressions.slice(over));
        if let Some(node) = self.find(block, "name").filter(|_| over.is_some_and(goes_over_origins)) {
            let written = self.expressions.slice(node).trim_matches('"');
            let each = written.replace("each.key", "each.country").replace("each.value", "each.country");
            if each != written {
                name = Spanned::new(each, name.span);
            }
        }
        let attributes = self.blocks(block).into_iter().filter(|(head, _)| &*head[0].text == "attribute");
        let fields = attributes.filter_map(|(_, attribute)| {
            let name = self.expressions.text(self.find(attribute, "name")?)?;
            let kind = self.find(attribute, "type").and_then(|kind| self.expressions.text(kind));
            Some(Field {
                name: spanned(name),
                stored_as: None,
                type_name: kind.map(|kind| kind.expose().to_lowercase()),
                required: None,
                references: None,
            })
        });
        let change = Change::Create { fields: fields.collect(), inherits: Vec::new(), copies: Vec::new() };
        let record = Record { scope, kind: RecordKind::Document, name, stored_as: None, change, comment: None };
        self.facts.records.push(record);
    }
}

fn spanned(text: Text) -> Spanned<String> {
    Spanned::new(text.expose().to_owned(), text.span())
}

fn is_workload(kind: &str) -> bool {
    let one_value = kind.ends_with("_variable") || kind.ends_with("_secret");
    let azure = kind.starts_with("azurerm_") && kind.contains("app") && !kind.contains("app_configuration");
    !one_value && (azure || WORKLOADS.iter().any(|prefix| kind.starts_with(prefix)))
}
