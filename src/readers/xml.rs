//! XML settings: `web.config`, `app.config`, `pom.xml`, Android resources, property lists, MSBuild, Spring, PHPUnit and kin.

use crate::fact::{Facts, Name, Said, Scope, ScopeId, Setting, Value};
use crate::readers::file_names::has_plain_extension;
use crate::readers::markup::{self, Attribute, Element};
use crate::readers::template::Notation;
use crate::readers::{Reader, allow, conf, dotted, liquibase};
use crate::source::{Source, Spanned};
use crate::text::Text;

pub const READER: Reader = Reader { name: "xml", reads, read };

const ALWAYS: &[&str] = &["xml", "plist", "csproj", "vbproj", "fsproj", "proj", "resx", "pubxml", "pom"];
/// Extensions that other formats have too.
const IF_TAGGED: &[&str] = &["config", "props", "targets", "settings", "entitlements", "nuspec", "user", "jnlp", "wxs"];

fn reads(source: &Source) -> bool {
    let tagged = || source.text().trim_start_matches('\u{feff}').trim_start().starts_with('<');
    let declared = || conf::is_xml(source.text()) && has_plain_extension(source, &["conf"]);
    has_plain_extension(source, ALWAYS) || declared() || (has_plain_extension(source, IF_TAGGED) && tagged())
}

/// Settings read of one file at most.
const LEAVES: usize = 100_000;
/// Paths with more steps are not recorded.
const DEPTH: usize = 32;

fn read(source: &Source) -> Facts {
    let elements = markup::elements(source);
    let mut document = Document { source, elements: &elements, steps: Vec::new(), scopes: Vec::new() };
    let mut facts = Facts::new(source.id);
    liquibase::read_elements(&elements, source.id, &mut facts);
    for (id, element) in elements.iter().enumerate() {
        // Parents come first, so theirs are known.
        let scope = document.scope(element, &mut facts);
        document.scopes.push(scope);
        let steps = document.steps(id);
        document.steps.push(steps);
        if facts.settings.len() < LEAVES {
            document.settings(id, &mut facts);
        }
    }
    facts
}

struct Document<'a> {
    source: &'a Source,
    elements: &'a [Element<'a>],
    /// The steps that each element adds to the paths of what is in it.
    steps: Vec<Vec<Name>>,
    scopes: Vec<ScopeId>,
}

/// Attributes that name what an element sets, and those that say what it is set to.
const NAMES: &[&str] = &["key", "name", "Key", "Name"];
const VALUES: &[&str] = &["value", "connectionString", "Value", "defaultValue", "val"];
/// Elements that do the same for the element around them.
const NAME_TAGS: &[&str] = &["name", "param-name", "env-entry-name", "key", "propertyName"];
const VALUE_TAGS: &[&str] = &["value", "param-value", "env-entry-value", "defaultValue", "Value"];

impl<'a> Document<'a> {
    fn parent(&self, element: &Element<'a>) -> Option<&'a Element<'a>> {
        element.parent.map(|parent| &self.elements[parent])
    }

    fn children(&self, element: &Element<'a>) -> impl Iterator<Item = &'a Element<'a>> {
        let elements = self.elements;
        element.children.clone().into_iter().map(move |child| &elements[child])
    }

    /// The text of a short child of one of these names. Only the first children are looked at.
    fn child_text(&self, element: &Element<'a>, tags: &[&str]) -> Option<Text> {
        let children = element.children.iter().take(16).map(|child| &self.elements[*child]);
        let child = children.into_iter().find(|child| tags.contains(&child.tag.text) && child.children.is_empty())?;
        child.text(self.source.id).map(|text| text.text)
    }

    fn named<'e>(&self, element: &'e Element<'a>) -> Option<&'e Attribute<'a>> {
        NAMES.iter().find_map(|name| element.attribute(name)).filter(|attribute| !attribute.value.is_empty())
    }

    fn valued<'e>(&self, element: &'e Element<'a>) -> Option<&'e Attribute<'a>> {
        VALUES.iter().find_map(|name| element.attribute(name))
    }

    /// The names of the key that an attribute gives.
    fn key(&self, attribute: &Attribute<'a>) -> Vec<Name> {
        dotted::names(&attribute.decoded(self.source.id).text, &['.', ':'])
    }

    fn tag(&self, element: &Element<'a>) -> Vec<Name> {
        dotted::names(&element.tag.to_text(self.source.id), &['.'])
    }

    /// The block that an element stands in, opened by it if it is for one environment.
    fn scope(&self, element: &Element<'a>, facts: &mut Facts) -> ScopeId {
        let outer = element.parent.map_or(ScopeId::FILE, |parent| self.scopes[parent]);
        let Some(environment) = self.environment(element) else { return outer };
        facts.open(Scope {
            parent: Some(outer),
            title: Some(Spanned::new(format!("profile {}", environment.value), environment.span)),
            environment: Some(environment),
            ..Scope::default()
        })
    }

    /// Maven's `<profile><id>prod</id>`, Spring's `<beans profile="prod">`, MSBuild's `Condition="'$(Configuration)'=='Release'"`.
    fn environment(&self, element: &Element<'a>) -> Option<Spanned<String>> {
        let file = self.source.id;
        let attribute = |name: &str| element.attribute(name).map(|attribute| attribute.decoded(file).text);
        let word = match element.tag.text {
            "profile" => self.child_text(element, &["id"]),
            "beans" => attribute("profile"),
            "springProfile" => attribute("name"),
            _ => None,
        };
        let word = word.or_else(|| compared(&attribute("Condition")?));
        let word = word.filter(|word| !word.expose().contains('!') && !word.is_empty())?;
        Some(Spanned::new(word.expose().to_owned(), word.span()))
    }

    /// What an element adds to the path of what is in it.
    fn steps(&self, id: usize) -> Vec<Name> {
        let element = &self.elements[id];
        if let Some(steps) = self.listed(id) {
            return steps;
        }
        if let Some(name) = self.child_text(element, NAME_TAGS).filter(|_| self.holds_value(element)) {
            return dotted::names(&name, &['.', ':']);
        }
        let named = self.named(element).map(|attribute| self.key(attribute));
        match named {
            Some(key) if self.holds_value(element) || element.has_text() => key,
            Some(key) => [self.tag(element), key].concat(),
            None => {
                let item = self.item(id).map(|at| Name::index(at, element.tag.span(self.source.id)));
                self.tag(element).into_iter().chain(item).collect()
            }
        }
    }

    /// The position of a record among others of its kind: `<instance country="US" …/>` beside another `<instance>`.
    fn item(&self, id: usize) -> Option<usize> {
        let element = &self.elements[id];
        let record = element.attributes.len() > 1 || element.children.len() > 1;
        let parent = self.parent(element).filter(|_| record)?;
        let at = parent.children.binary_search(&id).ok()?;
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| parent.children.get(at));
        let alike = beside.into_iter().any(|other| self.elements[*other].tag.text == element.tag.text);
        alike.then_some(at)
    }

    /// Whether one of an element's children is its value.
    fn holds_value(&self, element: &Element<'a>) -> bool {
        element.children.len() <= 16 && self.children(element).any(|child| VALUE_TAGS.contains(&child.tag.text))
    }

    /// Steps in property lists, whose keys stand before their values: `<key>X</key><string>y</string>`.
    fn listed(&self, id: usize) -> Option<Vec<Name>> {
        let element = &self.elements[id];
        if element.tag.text == "plist" {
            return Some(Vec::new());
        }
        let parent = self.parent(element)?;
        match parent.tag.text {
            "dict" => {
                let before = self.before(id, parent)?;
                let key = before.text(self.source.id).filter(|_| before.tag.text == "key");
                Some(key.map_or_else(Vec::new, |key| dotted::names(&key.text, &[])))
            }
            "plist" => Some(Vec::new()),
            "array" if PLIST_VALUES.contains(&element.tag.text) => {
                let at = parent.children.binary_search(&id).unwrap_or(0);
                Some(vec![Name::index(at, element.tag.span(self.source.id))])
            }
            _ => None,
        }
    }

    fn before(&self, id: usize, parent: &Element<'a>) -> Option<&'a Element<'a>> {
        let at = parent.children.binary_search(&id).ok()?;
        parent.children.get(at.checked_sub(1)?).map(|before| &self.elements[*before])
    }

    /// The path down to an element, its own steps included; `None` if it is too deep.
    fn path(&self, id: Option<usize>) -> Option<Vec<Name>> {
        let mut chain = Vec::new();
        let mut at = id;
        while let Some(id) = at {
            chain.push(id);
            at = self.elements[id].parent;
            if chain.len() > DEPTH {
                return None;
            }
        }
        Some(chain.iter().rev().flat_map(|id| self.steps[*id].iter().cloned()).collect())
    }

    fn settings(&self, id: usize, facts: &mut Facts) {
        let element = &self.elements[id];
        let file = self.source.id;
        if let (Some(name), Some(value)) = (self.named(element), self.valued(element)) {
            let value = value.decoded(file).value(Notation::Braced);
            let key = name.decoded(file).text;
            if is_variable(element, self.parent(element)) {
                self.push(id, vec![Name::key(key.expose(), key.span())], value, Said::Variable, facts);
            } else if let Some(mut path) = self.path(element.parent) {
                path.extend(self.key(name));
                let said = if allow::lists(key.expose()) { Said::Allowed } else { Said::Key };
                self.push(id, path, value, said, facts);
            }
            return;
        }
        let name_of_another = NAME_TAGS.contains(&element.tag.text)
            && self.parent(element).is_some_and(|parent| parent.tag.text == "dict" || self.holds_value(parent));
        if name_of_another
            || element.tag.text == "plist"
            || (element.attributes.is_empty() && !element.children.is_empty())
        {
            return;
        }
        if let Some(path) = self.path(Some(id)) {
            self.text(id, &path, facts);
            self.attributes(id, &path, facts);
        }
    }

    /// The text of an element without others in it.
    fn text(&self, id: usize, path: &[Name], facts: &mut Facts) {
        let element = &self.elements[id];
        let value = match (element.tag.text, element.text(self.source.id)) {
            (_, Some(text)) if element.children.is_empty() => text.value(Notation::Braced),
            ("true" | "false", None) => Value::literal(element.tag.to_text(self.source.id)),
            _ => return,
        };
        let mut path = path.to_vec();
        // `<setting name="X"><value>y</value>` is the setting X.
        let of_parent = VALUE_TAGS.contains(&element.tag.text) && element.parent.is_some() && path.len() > 1;
        if of_parent {
            path.truncate(path.len() - self.steps[id].len());
        }
        let variables = path.iter().rev().nth(1).is_some_and(|name| {
            matches!(&*name.text, "EnvironmentVariables" | "LSEnvironment" | "environmentVariables")
        });
        let said = match element.tag.text {
            // Android's network security configuration.
            "domain" if self.parent(element).is_some_and(|parent| parent.tag.text == "domain-config") => Said::Allowed,
            _ if variables => Said::Variable,
            _ if path.last().is_some_and(|name| allow::lists(&name.text)) => Said::Allowed,
            _ => Said::Key,
        };
        if said == Said::Variable {
            path.drain(..path.len() - 1);
        }
        self.push(id, path, value, said, facts);
    }

    fn attributes(&self, id: usize, path: &[Name], facts: &mut Facts) {
        let element = &self.elements[id];
        let allowed = matches!(element.tag.text, "access" | "allow-navigation" | "allow-intent");
        let said = if allowed { Said::Allowed } else { Said::Key };
        let naming = self.named(element).map(|attribute| attribute.name.start);
        for attribute in element.attributes.iter().filter(|attribute| Some(attribute.name.start) != naming) {
            let about_xml = matches!(attribute.prefix, "xmlns" | "xdt" | "xsi" | "tools" | "xml")
                || matches!(attribute.name.text, "xmlns" | "Condition" | "serializeAs" | "translatable");
            if about_xml || attribute.name.text.len() > 256 {
                continue;
            }
            let name = Name::key(attribute.name.text, attribute.name.span(self.source.id));
            let value = attribute.decoded(self.source.id).value(Notation::Braced);
            self.push(id, [path, &[name]].concat(), value, said, facts);
        }
    }

    fn push(&self, id: usize, path: Vec<Name>, value: Value, said: Said, facts: &mut Facts) {
        if !path.is_empty() && path.len() <= DEPTH {
            facts.settings.push(Setting { scope: self.scopes[id], path, value, said });
        }
    }
}

const PLIST_VALUES: &[&str] = &["dict", "array", "string", "integer", "real", "true", "false", "date", "data"];

/// Elements that set a variable of the environment: of ASP.NET Core, IDE run configurations, PHPUnit.
fn is_variable(element: &Element<'_>, parent: Option<&Element<'_>>) -> bool {
    let parent = parent.map_or("", |parent| parent.tag.text);
    match element.tag.text {
        "environmentVariable" | "env" | "EnvironmentVariable" => true,
        "server" => parent == "php",
        "add" | "variable" => parent == "environmentVariables",
        _ => false,
    }
}

/// The literal of `'$(Configuration)' == 'Release'`, a platform after it left out.
fn compared(condition: &Text) -> Option<Text> {
    let all = condition.expose();
    let names = ["$(Configuration", "Environment", "$(Env"].iter().any(|name| all.contains(name));
    let equals = all.find("==").filter(|_| names && !all.contains(" or ") && !all.contains(" Or "))?;
    let open = equals + all[equals..].find('\'')? + 1;
    let length = all[open..].find(['\'', '|'])?;
    Some(condition.part(open..open + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new(FileId(0), "a.xml", text);
        let facts = read(&source);
        let show = |setting: &Setting| {
            let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
            let environment = facts.scope(setting.scope).environment.as_ref().map_or("", |word| &*word.value);
            let mark = match setting.said {
                Said::Variable => "$",
                Said::Allowed => "~",
                _ => "",
            };
            format!("{environment}{mark}{}={}", path.join("/"), source.slice(setting.value.span))
        };
        facts.settings.iter().map(show).collect()
    }

    #[test]
    fn dot_net() {
        let text = r#"<?xml version="1.0"?><configuration xmlns:xdt="x"><appSettings><add key="Flinks:US:Url" value="https://a?b=1&amp;c" xdt:Transform="Replace"/><!-- <add key="No" value="no"/> --></appSettings>
        <connectionStrings><add name="Db" connectionString="Server=x"/></connectionStrings>
        <applicationSettings><setting name="FlinksUrl" serializeAs="String"><value>https://b</value></setting></applicationSettings>
        <environmentVariables><environmentVariable name="FLINKS_K" value="k"/></environmentVariables>
        <customHeaders><add name="Content-Security-Policy" value="frame-src z"/></customHeaders></configuration>"#;
        assert_eq!(
            shown(text),
            [
                "configuration/appSettings/Flinks/US/Url=https://a?b=1&amp;c",
                "configuration/connectionStrings/Db=Server=x",
                "configuration/applicationSettings/FlinksUrl=https://b",
                "$FLINKS_K=k",
                "~configuration/customHeaders/Content-Security-Policy=frame-src z",
            ]
        );
    }

    #[test]
    fn android_maven_plist_and_pairs() {
        assert_eq!(
            shown(r#"<resources><string name="flinks_url">https://a</string></resources>"#),
            ["resources/flinks_url=https://a"]
        );
        assert_eq!(
            shown(r#"<manifest><meta-data android:name="flinks.key" android:value="k"/></manifest>"#),
            ["manifest/flinks/key=k"]
        );
        let maven = "<project><properties><u>d</u></properties><profiles><profile><id>prod</id><properties><u>p</u></properties></profile></profiles></project>";
        assert_eq!(
            shown(maven),
            [
                "project/properties/u=d",
                "prodproject/profiles/profile/id=prod",
                "prodproject/profiles/profile/properties/u=p"
            ]
        );
        let plist = "<plist><dict><key>Url</key><string>a</string><key>On</key><true/><key>List</key><array><string>b</string></array><key>LSEnvironment</key><dict><key>K</key><string>v</string></dict></dict></plist>";
        assert_eq!(shown(plist), ["Url=a", "On=true", "List/0=b", "$K=v"]);
        let pairs = "<c><property><name>a.b</name><value>1</value></property><context-param><param-name>k</param-name><param-value>2</param-value></context-param></c>";
        assert_eq!(shown(pairs), ["c/a/b=1", "c/k=2"]);
    }

    /// `$(Configuration)` says the environment as `Web.Release.config` does by its name.
    #[test]
    fn conditions_of_msbuild() {
        let text = r#"<Project><PropertyGroup Condition="'$(Configuration)|$(Platform)' == 'Release|x86'"><U>a</U></PropertyGroup></Project>"#;
        assert_eq!(shown(text), ["ReleaseProject/PropertyGroup/U=a"]);
    }

    /// One fault costs one element; a template's quotes and brackets are its own.
    #[test]
    fn broken_and_templated() {
        assert_eq!(
            shown(r#"<a><b x="1><c y="2"/><d>3 & 4</d><e>5"#),
            ["a/b/x=1", "a/b/c/y=2", "a/b/d=3 & 4", "a/b/e=5"]
        );
        assert_eq!(
            shown(r#"<a b="<%= ENV["X"] %>"><c>https://<%= x %>-api</c><!-- open"#)[..2],
            ["a/b=<%= ENV[\"X\"] %>", "a/c=https://<%= x %>-api"]
        );
        assert_eq!(shown("<a>1</b></a></a><c>2</c>"), ["a=1", "c=2"]);
        assert_eq!(shown("<a><![CDATA[x<y]]></a>"), ["a=x<y"]);
    }
}
