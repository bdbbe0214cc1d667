//! What is meant by `.conf`, which a dozen programs write in their own way: told by the name, else by the text.

use crate::readers::file_names::{has_plain_extension, in_folder, plain_name};
use crate::source::Source;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Apache,
    Caddy,
    Hocon,
    Ini,
}

/// Lines looked at: a file shows early what it is.
const LINES: usize = 400;

/// The kind of a configuration file whose name leaves it open; `None` for files that are no such.
pub fn kind(source: &Source) -> Option<Kind> {
    let name = plain_name(source);
    match &*name {
        "caddyfile" => return Some(Kind::Caddy),
        ".htaccess" | "httpd.conf" | "apache2.conf" | "apache.conf" => return Some(Kind::Apache),
        "nginx.conf" => return Some(Kind::Nginx),
        _ => {}
    }
    if has_plain_extension(source, &["hocon"]) {
        return Some(Kind::Hocon);
    }
    if has_plain_extension(source, &["nginx", "nginxconf", "vhost"]) {
        return Some(by_text(source.text()).filter(|kind| *kind == Kind::Apache).unwrap_or(Kind::Nginx));
    }
    if has_plain_extension(source, &["caddyfile"]) {
        return Some(Kind::Caddy);
    }
    if matches!(&*name, "reference.conf") || (name.starts_with("application") && name.ends_with(".conf")) {
        let other = by_text(source.text()).filter(|kind| matches!(kind, Kind::Nginx | Kind::Apache));
        return other.or(Some(Kind::Hocon));
    }
    let site = ["sites-available", "sites-enabled"].iter().any(|folder| in_folder(source, folder));
    if (has_plain_extension(source, &["conf"]) || site) && !is_xml(source.text()) {
        return Some(by_text(source.text()).unwrap_or(Kind::Ini));
    }
    None
}

/// Whether a text says that it is XML; Apache's sections begin with `<` too.
pub fn is_xml(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<?xml") || text.starts_with("<!DOCTYPE")
}

/// Directives that only Apache has.
const APACHE: &[&str] = &[
    "header",
    "requestheader",
    "setenv",
    "setenvif",
    "passenv",
    "proxypass",
    "proxypassreverse",
    "rewriterule",
    "rewriteengine",
    "rewritecond",
    "define",
    "servername",
    "serveralias",
    "documentroot",
    "listen",
    "loadmodule",
    "include",
    "includeoptional",
    "redirect",
    "redirectmatch",
    "options",
    "require",
    "allowoverride",
];

/// Judges by the first line that tells; a block tells only together with what stands in it.
fn by_text(text: &str) -> Option<Kind> {
    let mut weak = None;
    for line in text.lines().take(LINES).map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('#') || line.starts_with("{{") || line.starts_with("{%") {
            continue;
        }
        if line.starts_with('[') && line.ends_with(']') {
            return Some(Kind::Ini);
        }
        if line.starts_with('<') {
            return Some(Kind::Apache);
        }
        if line.starts_with("//") {
            return Some(Kind::Hocon);
        }
        let first = line.split([' ', '\t', '=', ':', '{', ';']).next().unwrap_or("");
        let assigned = line[first.len()..].trim_start().starts_with(['=', ':']) || line.contains("+=");
        if assigned {
            let braces = line.ends_with(['{', '[']) || line.contains("${?") || weak.is_some();
            if braces {
                return Some(Kind::Hocon);
            }
            if first.contains('.') && line.contains('"') {
                weak = Some(Kind::Hocon);
            }
        } else if first.is_empty() {
        } else if line.ends_with(';') || line.ends_with("; }") {
            return Some(Kind::Nginx);
        } else if line.ends_with('{') {
            weak = Some(if is_nginx_block(first) { Kind::Nginx } else { Kind::Hocon });
        } else if APACHE.contains(&first.to_ascii_lowercase().as_str()) && line.contains([' ', '\t']) {
            return Some(if first == "include" && is_hocon_include(line) { Kind::Hocon } else { Kind::Apache });
        }
    }
    weak
}

fn is_nginx_block(first: &str) -> bool {
    [
        "http",
        "server",
        "location",
        "upstream",
        "events",
        "map",
        "geo",
        "if",
        "stream",
        "types",
        "limit_except",
        "split_clients",
    ]
    .contains(&first)
}

/// `include "base"`, `include file("x")`, `include required(…)`.
fn is_hocon_include(line: &str) -> bool {
    let rest = line["include".len()..].trim_start();
    ["\"", "file(", "required(", "classpath(", "url("].iter().any(|mark| rest.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn one_ending_and_many_languages() {
        let told = |path: &str, text: &str| kind(&Source::new(FileId(0), path, text));
        assert_eq!(told("conf.d/web.conf", "# x\nserver {\n  listen 80;\n}\n"), Some(Kind::Nginx));
        assert_eq!(told("web.conf", "upstream flinks_us {\n server a:443;\n}"), Some(Kind::Nginx));
        assert_eq!(told("web.conf", "SetEnv FLINKS_URL https://x"), Some(Kind::Apache));
        assert_eq!(told("web.conf", "<VirtualHost *:80>"), Some(Kind::Apache));
        assert_eq!(told("akka.conf", "server {\n  host = \"x\"\n}"), Some(Kind::Hocon));
        assert_eq!(told("prod.conf", "include \"application\"\nflinks.url = \"x\""), Some(Kind::Hocon));
        assert_eq!(told("prod.conf", "flinks {\n us { url: x }\n}"), Some(Kind::Hocon));
        assert_eq!(told("supervisord.conf", "[program:web]\ncommand=x"), Some(Kind::Ini));
        assert_eq!(told("flinks.conf", "url = https://x\n"), Some(Kind::Ini));
        assert_eq!(told("Caddyfile", ""), Some(Kind::Caddy));
        assert_eq!(told("fonts.conf", "<?xml version=\"1.0\"?>"), None);
        assert_eq!(told("a.yaml", "x: y"), None);
    }
}
