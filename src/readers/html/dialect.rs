//! Kinds of pages: how each writes its holes, and in which language.

use std::ops::Range;

use super::holes::Notation;
use crate::readers::code::Language;
use crate::readers::{elixir, javascript, php, ruby, typescript};
use crate::source::Source;

/// A kind of page.
pub struct Dialect {
    /// Endings of files of its own.
    endings: &'static [&'static str],
    pub notation: Notation,
    /// The language of what stands in its holes; without one they are read as everywhere.
    pub holes: Option<&'static Language>,
    /// Whether what stands in them, put together, is a program.
    pub code: bool,
    /// Whether that program's conditions hold for the markup between its parts.
    pub steers: bool,
    /// Whether that language wants tags around its code.
    pub tagged: bool,
    /// The language of its scripts and of attributes that are expressions.
    pub scripts: &'static Language,
    /// Whether its markup uses the names of its script.
    pub component: bool,
    /// Whether a script may stand above the markup, between `---` and `---`.
    pub front_matter: bool,
}

/// A template whose language is not known.
const fn plain(endings: &'static [&'static str]) -> Dialect {
    Dialect {
        endings,
        notation: Notation::Templates,
        holes: None,
        code: false,
        steers: false,
        tagged: false,
        scripts: &typescript::LANGUAGE,
        component: false,
        front_matter: false,
    }
}

const fn component(endings: &'static [&'static str], notation: Notation) -> Dialect {
    Dialect { notation, holes: Some(&typescript::LANGUAGE), component: true, ..plain(endings) }
}

static PAGE: Dialect =
    plain(&["html", "htm", "xhtml", "shtml", "jsp", "jspx", "aspx", "ascx", "gohtml", "ftl", "vm", "mjml"]);

static VUE: Dialect = component(&["vue"], Notation::Mustaches);

static SVELTE: Dialect = component(&["svelte"], Notation::Braces);

static ASTRO: Dialect = Dialect {
    holes: Some(&typescript::WITH_MARKUP),
    code: true,
    scripts: &typescript::WITH_MARKUP,
    front_matter: true,
    ..component(&["astro"], Notation::Braces)
};

static ERB: Dialect = Dialect { holes: Some(&ruby::LANGUAGE), code: true, steers: true, ..plain(&["erb", "rhtml"]) };

static EJS: Dialect =
    Dialect { holes: Some(&javascript::LANGUAGE), code: true, steers: true, ..plain(&["ejs", "eta"]) };

static BLADE: Dialect = Dialect { holes: Some(&php::LANGUAGE), code: true, tagged: true, ..plain(&["blade.php"]) };

static RAZOR: Dialect = Dialect {
    notation: Notation::At,
    // Members, indexes and `??` are the same in both.
    holes: Some(&javascript::LANGUAGE),
    ..plain(&["cshtml", "razor"])
};

static TEMPLATE: Dialect = plain(&[
    "jinja",
    "jinja2",
    "j2",
    "njk",
    "nunjucks",
    "twig",
    "hbs",
    "handlebars",
    "mustache",
    "liquid",
    "tmpl",
    "tpl",
    "gotmpl",
    "template",
    "hjs",
]);

static EEX: Dialect = Dialect { holes: Some(&elixir::LANGUAGE), ..plain(&["eex", "heex", "leex"]) };

/// What a PHP file writes around its code.
pub static PHP: Dialect = Dialect { notation: Notation::Php, holes: Some(&php::LANGUAGE), tagged: true, ..plain(&[]) };

static DIALECTS: &[&Dialect] = &[&PAGE, &VUE, &SVELTE, &ASTRO, &ERB, &EJS, &BLADE, &RAZOR, &EEX, &TEMPLATE];

/// Endings that name what becomes of a template.
const PAGES: &[&str] = &["html", "htm", "xhtml", "vue", "svelte"];

/// The kind of page that a file is, if it is one.
pub fn of(source: &Source) -> Option<&'static Dialect> {
    let name = source.file_name().to_ascii_lowercase();
    let (dialect, stem) = DIALECTS.iter().find_map(|dialect| {
        let stem = |ending: &&str| name.strip_suffix(*ending)?.strip_suffix('.');
        Some((*dialect, dialect.endings.iter().find_map(stem)?))
    })?;
    // `_login.html.erb` and `login.erb`; `database.yml.erb` and `nginx.conf.j2` are no pages.
    let of_all = [&TEMPLATE, &ERB, &EEX].iter().any(|known| std::ptr::eq(dialect, *known));
    let is_page = match stem.rsplit_once('.') {
        Some((_, ending)) if of_all => PAGES.contains(&ending),
        None if of_all => source.text().contains("</") || source.text().contains("/>"),
        _ => true,
    };
    (is_page && !stem.is_empty()).then_some(dialect)
}

/// The script above an Astro page.
pub fn front_matter(source: &Source) -> Option<Range<usize>> {
    let text = source.text();
    let start = text.len() - text.trim_start().len();
    let body = start + text[start..].strip_prefix("---").map(|_| 3)?;
    let end = body + text[body..].find("\n---")?;
    Some(body..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn pages_are_told_by_their_names() {
        let is = |path: &str, text: &str| of(&Source::new(FileId(0), path, text)).is_some();
        for path in ["a.html", "a.vue", "a.html.erb", "a.blade.php", "a.html.j2", "a.twig.html", "A.CSHTML", "a.ejs"] {
            assert!(is(path, ""), "{path}");
        }
        assert!(is("a.j2", "<p></p>") && !is("a.j2", "a = b"));
        for path in ["a.yml.erb", "a.conf.j2", "a.php", "a.txt.erb", ".html", "a.js.erb"] {
            assert!(!is(path, "<p></p>"), "{path}");
        }
    }
}
