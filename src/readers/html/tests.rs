//! What pages say, in every dialect of markup.

use super::*;
use crate::source::FileId;

/// `path=value`, with references in brackets.
fn shown(path: &str, text: &str) -> Vec<String> {
    let source = Source::new(FileId(0), path, text);
    let facts = crate::readers::read(&source).expect("a reader");
    facts.settings.iter().map(|setting| setting_shown(&facts, setting)).collect()
}

fn setting_shown(facts: &Facts, setting: &Setting) -> String {
    let names: Vec<&str> = setting.path.iter().filter(|name| !name.index).map(|name| &*name.text).collect();
    let environment = facts.scope(setting.scope).environment.as_ref().map_or("", |word| &*word.value);
    let mark = if setting.said == Said::Allowed { "~" } else { "" };
    format!("{environment}{mark}{}={}", names.join("/"), value_shown(&setting.value))
}

fn value_shown(value: &Value) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.expose().to_owned(),
        Piece::Reference(reference) => {
            let fallback =
                reference.fallback.as_ref().map_or(String::new(), |value| format!("|{}", value_shown(value)));
            format!("[{}{fallback}]", reference.name)
        }
    };
    value.pieces.iter().map(piece).collect()
}

#[test]
fn addresses_and_names_of_pages() {
    assert_eq!(
        shown(
            "a.html",
            "<a class='b' href=\"https://c?d=1&amp;e=2\">f</a><!-- <iframe src=\"g\"> --><img SRC=h alt=i>"
        ),
        ["a/href=https://c?d=1&e=2", "img/SRC=h"]
    );
    assert_eq!(
        shown("a.html", "<meta http-equiv=\"Content-Security-Policy\" content=\"frame-src b\"><meta name=c content=d>"),
        ["~meta/Content-Security-Policy=frame-src b", "meta/c=d"]
    );
    assert_eq!(
        shown("a.html", "<div data-flinks-url='b' hidden></div><flinks-connect instance='c' class='d' onload='e'/>"),
        ["div/flinks-url=b", "flinks-connect/instance=c"]
    );
}

#[test]
fn scripts_of_pages() {
    assert_eq!(
        shown("a.html", "<script>const a = 'b' // c</script><script type=module>const d = a</script>"),
        ["a=b", "d=[a]"]
    );
    assert_eq!(
        shown("a.html", "<script type=\"application/json\">{\"a\": \"b\"}</script><script type=x>c</script>"),
        ["a=b"]
    );
    assert_eq!(shown("a.html", "<script>\"é\"; const a = `x${b}\\n`;</script>"), ["a=x[b]\n"]);
}

/// A template fills in what a script or an attribute leaves open, quotes and all.
#[test]
fn holes_of_templates() {
    assert_eq!(
        shown(
            "a.html.j2",
            "<iframe src=\"https://{{ flinks_instance }}-iframe\"></iframe><script>a = \"{{ b | default(\"c\") }}\\n-d\"; e = {{ f }};</script>"
        ),
        ["a=[b|c]\n-d", "e=[f]", "iframe/src=https://[flinks_instance]-iframe"]
    );
    assert_eq!(
        shown(
            "a.html.erb",
            "<% if a %><iframe src=\"<%= ENV.fetch(\"B\", \"c\") %>/d?e=<%= @f -%>\"></iframe><% end %>"
        ),
        ["iframe/src=[B|c]/d?e=[f]"]
    );
    assert_eq!(
        shown(
            "a.erb",
            "<%= tag.iframe src: \"https://#{ENV['A']}-b\" %><%# no %><% c = 'd' %></p><p data-e='<%= c %>'>"
        ),
        ["src=https://[A]-b", "c=d", "p/e=[c]"]
    );
    assert_eq!(
        shown(
            "a.blade.php",
            "<iframe src=\"{{ config('services.flinks.url') }}/x\"></iframe><a href='{!! env('A', 'b') !!}'>{{-- no --}}</a>"
        ),
        ["iframe/src=[services.flinks.url]/x", "a/href=[A|b]"]
    );
    assert_eq!(
        shown(
            "a.ejs",
            "<% const a = process.env.B %><iframe src='https://<%= a %>-c'></iframe><script>const d = '<%- a %>'</script>"
        ),
        ["d=[a]", "a=[B]", "iframe/src=https://[a]-c"]
    );
    assert_eq!(
        shown("a.cshtml", "@* no *@<iframe src=\"@Configuration[\"Flinks:Url\"]?a=@(Model.B)\"></iframe>"),
        ["iframe/src=[Flinks:Url]?a=[Model.B]"]
    );
}

/// Code around markup says where the markup holds.
#[test]
fn conditions_around_markup() {
    assert_eq!(
        shown(
            "a.html.erb",
            "<% if Rails.env.production? %><iframe src=\"a\"/><% else %><iframe src='<%= \"b\" %>'/><% end %><a href=\"c\">"
        ),
        ["productioniframe/src=a", "iframe/src=b", "a/href=c"]
    );
    assert_eq!(
        shown("a.ejs", "<% if (process.env.NODE_ENV === 'production') { %><a href=\"a\"></a><% } %><a href=\"b\"></a>"),
        ["productiona/href=a", "a/href=b"]
    );
    assert_eq!(
        shown("a.erb", "<%= form_with do |f| %><a href=\"a\"></a><% end %><% broken( %><a href=\"b\"></a>"),
        ["a/href=a", "a/href=b"]
    );
}

#[test]
fn components() {
    assert_eq!(
        shown(
            "a.vue",
            "<template><iframe :src=\"`https://${instance}-b`\" v-if='c' @load='d'/></template><script setup lang='ts'>const instance: string = import.meta.env.VITE_A</script>"
        ),
        ["instance=[VITE_A]", "iframe/src=https://[instance]-b"]
    );
    assert_eq!(
        shown(
            "a.vue",
            "<template><iframe v-bind:src=\"url\"/></template><script>export default { data() { return { host: 'b' } }, computed: { url() { return `https://${this.host}` } } }</script>"
        ),
        [
            "default/data/host=b",
            "default/computed/url=https://[default.data.host]",
            "iframe/src=[default.computed.url]"
        ]
    );
    assert_eq!(
        shown(
            "a.svelte",
            "<script>import { a } from './b'; let c = 'd';</script><iframe src={`https://${c}-e`} title=\"f\"></iframe><Flinks demo={true} url=\"https://{c}-g\"/>"
        ),
        ["c=d", "iframe/src=https://[c]-e", "Flinks/demo=true", "Flinks/url=https://[c]-g"]
    );
    assert_eq!(
        shown("a.astro", "---\nconst a = import.meta.env.B ?? 'c';\n---\n<iframe src={a}></iframe>"),
        ["a=[B|c]", "iframe/src=[a]"]
    );
    assert_eq!(
        shown("a.vue", "<template><iframe :src=\"isProduction ? 'https://a' : 'https://b'\"/></template>"),
        ["Productioniframe/src=https://a", "iframe/src=https://b"]
    );
}

#[test]
fn what_is_broken_costs_what_it_touches() {
    assert_eq!(shown("a.html", "<a href=\"b\"><p <iframe src=c></a href=d>")[0], "a/href=b");
    assert_eq!(shown("a.html", "<script>const a = 'b"), Vec::<String>::new());
    assert_eq!(shown("a.vue", "<iframe :src=\"'a\" /><iframe src=\"b\" />").last().unwrap(), "iframe/src=b");
}
