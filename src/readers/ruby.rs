//! Ruby, its build files among it.

use super::code::Language;
use super::grammar::Grammar;
use super::{Reader, code, has_extension};
use crate::fact::Facts;
use crate::source::Source;

pub const READER: Reader = Reader { name: "Ruby", reads, read };

static GRAMMAR: Grammar = Grammar::new("Ruby", || tree_sitter_ruby::LANGUAGE.into());

pub static LANGUAGE: Language = Language::new(&GRAMMAR, include_str!("ruby.scm")).giving_last();

fn reads(source: &Source) -> bool {
    has_extension(source, &["rb", "rake", "gemspec", "jbuilder"])
        || matches!(source.file_name(), "Rakefile" | "Gemfile" | "config.ru")
}

fn read(source: &Source) -> Facts {
    code::read(source, &LANGUAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::code::outline::of;
    use crate::source::FileId;

    #[test]
    fn what_a_program_is_made_of() {
        let outline = |text| of(&LANGUAGE, text);
        assert_eq!(
            outline("a = \"https://#{@b}-api\\n\" + 'c' \"d\""),
            ["a = join(template('https://' self.b '-api\n') 'c' 'd')"]
        );
        assert_eq!(
            outline("'https://%{a}-api' % { a: b }; format('%s', c)"),
            ["'https://%{a}-api'.%(map('a': b))", "format('%s' c)"]
        );
        assert_eq!(
            outline("HOSTS = { ca: 'a', \"us\" => B, **c, d: }.freeze\nHOSTS[country.to_sym] || %w[e f]"),
            ["HOSTS = map('ca': 'a' 'us': B c 'd': d)", "(HOSTS[country] ?? list('e' 'f'))"]
        );
        assert_eq!(
            outline("ENV.fetch('A', 'b'); ENV.fetch('A') { 'b' }; ENV['A'] ||= 'b'"),
            ["ENV.fetch('A' 'b')", "ENV.fetch('A') do function() {'b'}", "ENV['A'] = 'b'"]
        );
        assert_eq!(
            outline("if a == :ca && !b\n  'c'\nelsif Rails.env.production?\n  d 'e'\nelse\n  f; g\nend"),
            ["if ((a == 'ca') and not b) {'c'} else if Rails.env.production {d('e')} else {f g}"]
        );
        assert_eq!(
            outline("case a\nwhen 'ca', :CA then b\nwhen Country::US\n  c\nelse raise D, 'e'\nend"),
            ["switch a ['ca' 'CA': {b}] [Country.US: {c}] [else: {return list(D 'e')}]"]
        );
        assert_eq!(
            outline("case a\nin { country: 'ca' } then b\nin 'us' | 'usa' if c then d\nin other then e\nend"),
            ["switch a [map('country': 'ca'): {b}] ['us' 'usa': if c {d}] [else: {e}]"]
        );
        assert_eq!(
            outline("def a(b, c = 'd', e:, f: 'g', **h)\n  return 'i' unless b&.j\n  @k ||= b ? c : e\nend"),
            ["function a(b c = 'd' e f = 'g' h) {if not b.j return 'i' self.k = if b c else e}"]
        );
        assert_eq!(
            outline("module A\n  class B < C::D\n    attr_reader :e\n    def self.f = new(g: 'h')\n  end\nend"),
            ["class A {class B(C.D) {attr_reader('e') function f() new(g='h')}}"]
        );
        assert_eq!(
            outline(
                "class A < ActiveRecord::Migration[7.0]\n  def change\n    create_table :logins, id: :uuid do |t|\n      t.string :login_id, null: false\n    end\n  end\nend"
            ),
            [
                "class A(ActiveRecord.Migration[7.0]) {function change() {create_table('logins' id='uuid') do function(t) {t.string('login_id' null=false)}}}"
            ]
        );
        assert_eq!(
            outline("Flinks::Client.new(instance: 'a', **b)\nFlinks.configure do |c|\n  c.host = 'd'\nend"),
            ["Flinks.Client(instance='a' b)", "Flinks.configure() do function(c) {c.host = 'd'}"]
        );
        assert_eq!(outline("-> (a, b = 'c') { a }; d.map(&:e)"), ["function(a b = 'c') {a}", "d.map()"]);
        assert_eq!(outline("def broken(\n  a = 'b'\nend\nc = 'd'"), ["function broken(a = 'b') {}", "c = 'd'"]);
    }

    /// The text of a heredoc stands below the line that uses it.
    #[test]
    fn heredocs() {
        assert_eq!(
            of(&LANGUAGE, "a(<<~B.squish, <<-'C')\n  b #{d}\nB\n  c #{d}\nC\ne"),
            ["a(template('\n  b ' d '\n') '\n  c #{d}\n')", "e"]
        );
    }

    #[test]
    fn build_files_are_ruby() {
        let is_ruby = |path| reads(&Source::new(FileId(0), path, ""));
        assert!(["Gemfile", "a/Rakefile", "config.ru", "a.gemspec", "lib/tasks/a.rake"].into_iter().all(is_ruby));
        assert!(!is_ruby("Gemfile.lock"));
    }
}
