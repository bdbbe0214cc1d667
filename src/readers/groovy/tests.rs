//! What Groovy reads as, and what pipelines amount to.

use super::*;
use crate::readers::code::outline::of;

fn outline(text: &str) -> Vec<String> {
    of(&LANGUAGE, text)
}

#[test]
fn what_a_program_is_made_of() {
    assert_eq!(
        outline("def a = 'b\\n' + \"c ${d.e ?: 'f'} $g.h\" + '''i\nj'''"),
        ["a = join('b\n' template('c ' (d.e ?? 'f') ' ' g.h) 'i\nj')"]
    );
    assert_eq!(
        outline("final Map<String, String> a = [ca: b, 'us': 'c', (D.e): [1, f[\"g\"]]]\nString h = a?.us"),
        ["a: Map<String, String> = map(ca: b 'us': 'c' D.e: list(1 f['g']))", "h: String = a.us"]
    );
    assert_eq!(
        outline("def a(String b = 'c', d) {\n  if (b == 'ca' && !d) return 'e'\n  else { throw new F(\"g\") }\n}"),
        ["function a(b: String = 'c' d) {if ((b == 'ca') and not d) return 'e' else {return F('g')}}"]
    );
    assert_eq!(
        outline("switch (a) {\n  case 'ca': case 'qc': b('c'); break\n  default: return 'd'\n}"),
        ["switch a ['ca' 'qc': {b('c') break}] [else: {return 'd'}]"]
    );
    assert_eq!(
        outline("a.each { b, c -> d(e: c) }\nf ca: { g 'h' }, us: { i() }\nj.k = l ? 'm' : n"),
        [
            "a.each() do function(b c) {d(e=c)}",
            "f(ca=function() {g('h')} us=function() {i()})",
            "j.k = if l 'm' else n"
        ]
    );
    assert_eq!(
        outline("import a.b.C as D\nclass E {\n  static final String F = 'g'\n  String h() { F }\n}"),
        ["import all as D from a.b.C", "class E {F: String = 'g' function h() {F}}"]
    );
    assert_eq!(
        outline("@Library('a') _\n@Field def b = /c\\d/\nd = e\n  .f()\n  .g { h }"),
        ["_", "b = 'c\\d'", "d = e.f().g() do {h}"]
    );
    assert_eq!(outline("def a = b(\ndef c = 'kept'\n} ) def d = 'kept'"), ["a = b(def c)", "'kept'", "d = 'kept'"]);
}

#[test]
fn what_a_pipeline_sets() {
    let text = "pipeline {
  environment { A = 'b'; C = credentials('d'); E = \"$A-f\" }
  stages {
    stage('Deploy prod') {
      when { environment name: 'G', value: 'h' }
      steps { withEnv([\"I=${j}/k\", 'L=m']) { sh 'make' } }
    }
    stage('n') { steps { parallel ca: { withCredentials([string(credentialsId: 'o', variable: 'P')]) { sh \"export FLINKS_Q=$R\" } } } }
  }
}";
    assert_eq!(
        outline(text),
        ["{{env.A = 'b' env.C = credentials('d') env.E = template(env.A '-f')} \
          {[stage Deploy prod] if (G == 'h') {{} {[step withEnv] {env.I = template(j '/k') env.L = 'm' {{}}}}} \
          [stage n] {{{[branch ca] {[step withCredentials] {env.P = credentials('o') {{env.FLINKS_Q = env.R}}}}}}}}}"]
    );
}
