//! The checks of a declared instance: its label, hosts and fingerprints, each of which is its alone.

use std::collections::HashMap;

use super::Check;
use crate::policy::file::{At, InstanceEntry};
use crate::policy::{Instance, Policy};
use crate::source::{Span, Spanned};
use crate::vocabulary::Country;

/// `webhooks`, `reason` and `without-webhooks`, as written.
type Webhooks = (Option<At<bool>>, Option<At<String>>, Option<At<String>>);

impl Check<'_> {
    pub(super) fn instance(&mut self, entry: At<InstanceEntry>) -> Option<Instance> {
        let span = self.source.span(entry.range());
        let entry = entry.value;
        let country = entry.country.map(|country| self.word(country));
        let label = entry.name.map(|name| self.label(name, country.as_ref().map(|country| country.value)));
        let hosts = entry.hosts.into_iter().filter_map(|host| self.host(host)).collect();
        let fingerprints = entry.fingerprints.into_iter().filter_map(|hex| self.fingerprint(hex)).collect();
        let told = (entry.webhooks, entry.reason, entry.without_webhooks);
        let without_webhooks = self.without_webhooks(told, &span);
        Some(Instance { span, label: label?, country: country?, hosts, fingerprints, without_webhooks })
    }

    /// The reason for no webhooks, said in one key or in two.
    fn without_webhooks(&mut self, told: Webhooks, instance: &Span) -> Option<Spanned<String>> {
        let (webhooks, reason, short) = told;
        if let (Some(short), Some(webhooks)) = (&short, &webhooks) {
            let first = self.source.span(short.range());
            let message = "`webhooks` and `without-webhooks` say the same thing";
            self.faults
                .add(webhooks.range(), message)
                .beside(first, "said here, too")
                .help("write `webhooks = false` and `reason = \"…\"`, and delete `without-webhooks`");
        }
        match (webhooks, reason) {
            (Some(webhooks), None)
                if !webhooks.value && short.is_none() && !self.faults.took_from(&instance.range()) =>
            {
                let message = "`webhooks = false` has no `reason`";
                self.faults.add(webhooks.range(), message).help("write `reason = \"…\"`: why it has no webhooks");
                None
            }
            (Some(webhooks), Some(reason)) if !webhooks.value => Some(self.said(reason, "reason")),
            (_, Some(reason)) => {
                let message = "`reason` has no `webhooks = false` that it is for";
                self.faults.add(reason.range(), message).help("write `webhooks = false`, or delete the reason");
                None
            }
            _ => short.map(|reason| self.said(reason, "without-webhooks")),
        }
    }

    fn label(&mut self, name: At<String>, country: Option<Country>) -> Spanned<String> {
        let label = self.text(name);
        let (range, name) = (label.span.range(), label.value.as_str());
        let role = ["-api", "-iframe"].into_iter().find_map(|role| name.strip_suffix(role));
        let said =
            Country::ALL.into_iter().find(|country| name.ends_with(&format!("-{}", country.code().to_lowercase())));
        let well_formed = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if let Some((host, _)) = name.split_once('.') {
            let bare = host.trim_end_matches("-api").trim_end_matches("-iframe").to_owned();
            self.faults.add(range, "the name of an instance is a label, not a host").help(format!("write \"{bare}\""));
        } else if let Some(bare) = role {
            let message = "the name of an instance goes without `-api` and `-iframe`";
            self.faults.add(range, message).help(format!("write \"{bare}\""));
        } else if name.is_empty() || !well_formed {
            let message = "the name of an instance is lower-case letters, digits and `-`";
            self.faults.add(range, message).help("write the label before `-api` in its host");
        } else if name == "toolbox" || name.starts_with("toolbox-") {
            let message = "the shared sandbox has no country, whatever its name says";
            self.faults.add(range, message).help("delete this [[instance]]");
        } else if let (Some(said), Some(country)) = (said, country)
            && said != country
        {
            let message = format!("the name \"{name}\" says {}, its country is {}", said.code(), country.code());
            let help = format!("write country = \"{}\", or mend the name", said.code());
            self.faults.add(range, message).help(help);
        }
        label
    }

    fn host(&mut self, host: At<String>) -> Option<Spanned<String>> {
        let host = self.text(host).map(|host| host.to_ascii_lowercase());
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if host.value.contains('.') && host.value.chars().all(allowed) && !host.value.starts_with('.') {
            return Some(host);
        }
        if host.value.contains('@') {
            self.faults.hide(host.span.range());
        }
        let bare = host.value.split_once("://").map_or(host.value.as_str(), |(_, rest)| rest);
        let bare = bare.split(['/', ':', '?', '@']).next().unwrap_or_default();
        let plain = bare.contains('.') && bare.chars().all(allowed);
        let help = if plain {
            format!("write \"{bare}\"")
        } else {
            "write a host such as \"northwind-api.private.fin.ag\"".into()
        };
        self.faults.add(host.span.range(), "a host stands without scheme, port, path and `*`").help(help);
        None
    }

    fn fingerprint(&mut self, hex: At<String>) -> Option<Spanned<String>> {
        let hex = self.text(hex);
        let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if hex.value.len() == 64 && hex.value.chars().all(digit) {
            return Some(hex);
        }
        // It may be the credential itself: neither shown nor quoted.
        self.faults.hide(hex.span.range());
        let count = hex.value.chars().count();
        let message = if hex.value.len() == 64 && hex.value.chars().all(|c| c.is_ascii_hexdigit()) {
            "a fingerprint is written in lower case".to_owned()
        } else {
            format!("a fingerprint is 64 hexadecimal digits, this is {count} characters")
        };
        let help = "write the SHA-256 of the credential in lower-case hexadecimal, never the credential";
        self.faults.add(hex.span.range(), message).help(help);
        None
    }

    pub(super) fn enter(&mut self, policy: &mut Policy, instance: Instance) {
        let at = policy.instances.len();
        policy.instances.push(instance);
        let Policy { instances, by_label, by_host, by_fingerprint, .. } = policy;
        let instance = &instances[at];
        self.own(by_label, instances, at, std::slice::from_ref(&instance.label), "instance");
        self.own(by_host, instances, at, &instance.hosts, "host");
        self.own(by_fingerprint, instances, at, &instance.fingerprints, "fingerprint");
    }

    /// Enters what belongs to one instance alone.
    fn own(
        &mut self,
        owners: &mut HashMap<String, usize>,
        instances: &[Instance],
        at: usize,
        values: &[Spanned<String>],
        noun: &str,
    ) {
        for value in values {
            let Some(owner) = owners.insert(value.value.clone(), at) else { continue };
            let first = &instances[owner];
            let mut said = std::iter::once(&first.label).chain(&first.hosts).chain(&first.fingerprints);
            let place = said.find(|said| said.value == value.value).map_or(first.span, |said| said.span);
            let twice = if owner == at || noun == "instance" { "twice" } else { "for two instances" };
            let message = format!("this {noun} is declared {twice}");
            self.faults
                .add(value.span.range(), message)
                .beside(place, "first declared here")
                .help("delete one of the two");
        }
    }
}
