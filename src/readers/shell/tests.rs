//! Shell scripts as they are written, and what is read of them.

use super::*;
use crate::fact::{Piece, ReferenceKind};
use crate::source::FileId;

/// A script's settings, a line each: scope's environment, path, sense and value.
pub(crate) fn shown(text: &str) -> Vec<String> {
    let source = Source::new(FileId(0), "deploy.sh", text);
    let facts = read(&source);
    for setting in &facts.settings {
        assert_eq!(source.slice(setting.name().span).trim_matches(['"', '\'']), &*setting.name().text, "{text}");
    }
    facts.settings.iter().map(|setting| line(setting, &facts)).collect()
}

pub(crate) fn line(setting: &Setting, facts: &Facts) -> String {
    let path: Vec<&str> = setting.path.iter().map(|name| &*name.text).collect();
    let environment =
        facts.scope(setting.scope).environment.as_ref().map_or(String::new(), |e| format!("{}: ", e.value));
    let sense = match setting.said {
        Said::Variable => "",
        Said::Key => "key ",
        Said::Default => "default ",
        Said::Allowed => "allowed ",
        Said::Program => "program ",
        Said::Replaced => "replaced ",
    };
    format!("{environment}{sense}{}={}", path.join("."), value(&setting.value))
}

pub(crate) fn value(value: &Value) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.expose().to_owned(),
        Piece::Reference(reference) => {
            let mark = match reference.kind {
                ReferenceKind::Named => "",
                ReferenceKind::Stored => "!",
                ReferenceKind::Computed => "?",
                ReferenceKind::Symbol => "@",
            };
            let fallback =
                reference.fallback.as_ref().map_or(String::new(), |found| format!("|{}", self::value(found)));
            format!("[{mark}{}{fallback}]", reference.name)
        }
    };
    value.pieces.iter().map(piece).collect()
}

#[test]
fn what_a_script_sets_itself() {
    let script = r#"
#!/bin/sh
# export FLINKS_DECOY=x
export A="https://${B:-x}/v3" C='$d'$e D
declare -x F=1
local G=2
readonly H=3
X=y npm run build
: "${I:=default}"
: ${J:=https://toolbox-api.private.fin.ag}
echo "K=1"
L+=more
urls=([ca]=one [us]=two)
export N=$(pass show n)
"#;
    assert_eq!(
        shown(script),
        [
            "A=https://[B|x]/v3",
            "C=$d[e]",
            "F=1",
            "G=2",
            "H=3",
            "X=y",
            "default I=default",
            "default J=https://toolbox-api.private.fin.ag",
            "key urls.ca=one",
            "key urls.us=two",
            "N=[!pass show n]",
        ]
    );
}

/// Deploy scripts rarely export: the platform's own command line sets the variable.
#[test]
fn what_commands_set_elsewhere() {
    for (command, expected) in [
        ("docker run -e A=b --env \"C=$D\" -eX --env=E=f image G=h", &["A=b", "C=[D]", "E=f"][..]),
        ("sudo docker run --name web -e A=b", &["A=b"]),
        ("docker build --build-arg A=b .", &["A=b"]),
        ("heroku config:set A=b C='d e' -a app", &["A=b", "C=d e"]),
        ("fly secrets set A=b", &["A=b"]),
        ("echo \"v\" | vercel env add NAME production", &["production: NAME=v"]),
        ("printf '%s' \"$X\" | vercel env add NAME", &["NAME=[X]"]),
        ("vercel env add NAME preview <<< v", &["preview: NAME=v"]),
        ("gh secret set X --body y --env prod", &["prod: X=y"]),
        ("gh variable set X -b \"$Y\"", &["X=[Y]"]),
        ("wrangler secret put X <<< \"y\"", &["X=y"]),
        ("gcloud run deploy web --set-env-vars=A=b,C=d,e", &["A=b", "C=d,e"]),
        ("gcloud run deploy web --update-env-vars '^;^A=b,c;C=d'", &["A=b,c", "C=d"]),
        ("gcloud run deploy web --region us-central1", &["key region=us-central1"]),
        ("gcloud run deploy web --set-secrets A=flinks:latest", &["A=[!flinks:latest]"]),
        ("az webapp config appsettings set -g x --settings A=b C=d --name n", &["A=b", "C=d"]),
        ("az keyvault secret set --name n --value v", &["n=v"]),
        ("aws ssm put-parameter --name /prod/x --value y --type String", &["/prod/x=y"]),
        ("kubectl create secret generic x --from-literal=A=b --from-literal C=d", &["A=b", "C=d"]),
        ("kubectl -n prod set env deploy/x A=b", &["A=b"]),
        ("helm upgrade x . --set flinks.us.apiUrl=https://a,b=c", &["key flinks.us.apiUrl=https://a", "key b=c"]),
        ("terraform apply -var 'a=b' -var=\"c=$D\"", &["key a=b", "key c=[D]"]),
        ("flutter build apk --dart-define=A=b", &["A=b"]),
        ("cf set-env app A b", &["A=b"]),
        ("eb setenv A=b", &["A=b"]),
        ("npx cross-env A=b node x", &["A=b"]),
        ("curl -s -H 'flinks-auth-key: X' https://a/b?c=d", &["key curl=https://a/b?c=d", "key flinks-auth-key=X"]),
        (
            "T=$(curl \"$BASE/x\" -H \"Authorization: Bearer $K\")",
            &[
                "T=[!curl \"$BASE/x\" -H \"Authorization: Bearer $K\"]",
                "key curl=[BASE]/x",
                "key Authorization=Bearer [K]",
            ],
        ),
    ] {
        assert_eq!(shown(command), expected, "{command}");
    }
}

/// Values written into an env file are settings of whoever reads the file.
#[test]
fn env_files_written_by_scripts() {
    assert_eq!(shown("cat > .env <<EOF\nA=v$X\n# D=1\nB=\"q\"\nEOF\n"), ["A=v[X]", "B=q"]);
    assert_eq!(shown("cat <<'EOF' > app/.env.production\nA=v$X\nEOF\n"), ["A=v$X"]);
    assert_eq!(shown("echo \"A=$B\" >> \"$GITHUB_ENV\""), ["A=[B]"]);
    assert_eq!(shown("{ echo A=b; echo C=d; } > .env"), ["A=b", "C=d"]);
    assert_eq!(shown("fly secrets import <<EOF\nA=b\nEOF\n"), ["A=b"]);
    assert_eq!(shown("tee .env <<EOF\nA=b\nEOF\n"), ["A=b"]);
    assert_eq!(shown("cat <<EOF\nA=b\nEOF\n"), Vec::<String>::new());
}

#[test]
fn files_that_hold_here_too() {
    let source = Source::new(FileId(0), "x.sh", "source ./.env.production\ndocker run --env-file us.env x\n");
    let facts = read(&source);
    let uses: Vec<_> = facts.scopes.iter().flat_map(|scope| scope.uses.iter().map(|used| used.value.clone())).collect();
    assert_eq!(uses, [Bundle::File(".env.production".into()), Bundle::File("us.env".into())]);
}

/// A negated condition says the word of the other branch.
#[test]
fn branches_say_their_environment() {
    for (script, expected) in [
        ("if [ \"$ENV\" = production ]; then A=1; else A=2; fi; B=3", &["production: A=1", "A=2", "B=3"][..]),
        ("if [[ $APP_ENV != \"prod\" ]]; then A=1; else A=2; fi", &["A=1", "prod: A=2"]),
        ("if ! [ \"$ENV\" = dev ]; then A=1; else A=2; fi", &["A=1", "dev: A=2"]),
        ("if test \"$ENV\" = dev; then A=1; fi", &["dev: A=1"]),
        (
            "if [ $ENV = dev ]; then A=1; elif [ $ENV == prod ]; then A=2; else A=3; fi",
            &["dev: A=1", "prod: A=2", "A=3"],
        ),
        ("case \"$ENV\" in prod|production) A=1 ;; dev|staging) A=2 ;; *) A=3 ;; esac", &["prod: A=1", "A=2", "A=3"]),
        ("[ \"$ENV\" = prod ] && export A=1", &["prod: A=1"]),
        ("[ \"$ENV\" = prod ] || export A=1", &["A=1"]),
        ("if [[ $ENV == prod && -n $X ]]; then A=1; else A=2; fi", &["prod: A=1", "A=2"]),
        ("if [[ $E == prod || $E == production ]]; then A=1; fi", &["prod: A=1"]),
        ("if [ $E = prod ] || [ $E = dev ]; then A=1; fi", &["A=1"]),
        ("case $C in us|usa) A=1 ;; esac", &["C=us", "A=1"]),
        ("if [ \"x$ENV\" = xprod ]; then A=1; fi", &["A=1"]),
        ("if [ \"$COUNTRY\" = us ]; then A=1; fi", &["COUNTRY=us", "A=1"]),
    ] {
        assert_eq!(shown(script), expected, "{script}");
    }
}

/// What a variable is set to where it was found unset is its default, as in `${X:=…}`.
#[test]
fn defaults_under_a_condition() {
    assert_eq!(shown("if [ -z \"$A\" ]; then\n export A=b C=d\nfi\nA=e"), ["default A=b", "C=d", "A=e"]);
    assert_eq!(shown("[ -z \"${A:-}\" ] && A=b"), ["default A=b"]);
    assert_eq!(shown("[[ -n $A ]] || A=b"), ["default A=b"]);
    assert_eq!(shown("[ -n \"$A\" ] && A=b"), ["A=b"]);
}

/// A script inside YAML lies in lines that are indented there; its places are those of the file.
#[test]
fn an_embedded_script_keeps_its_places() {
    let file = "run: |\n  export A=\"b \\\n  c\"\n";
    let source = Source::new(FileId(0), "x.yml", file);
    let mut builder = crate::text::TextBuilder::new(FileId(0));
    builder.verbatim("export A=\"b \\\n", 9);
    builder.verbatim("c\"\n", 25);
    let mut facts = Facts::new(FileId(0));
    script(&builder.finish(9..28), ScopeId::FILE, &mut facts);
    let setting = &facts.settings[0];
    assert_eq!(value(&setting.value), "b c");
    assert_eq!(source.slice(setting.value.span), "b \\\n  c");
    let Piece::Text(text) = &setting.value.pieces[0] else { panic!() };
    assert_eq!(source.slice(text.span_of(2..3)), "c");
}

/// Files are cut off anywhere, nested without end, or one long line; reading goes on and ends.
#[test]
fn hostile_scripts_end() {
    let script = "if [ \"$ENV\" = é ]; then export A=\"${B:-'x'}$(c \"d\")\" <<EOF\n$x\nEOF\ncase $X in a) b;; esac fi";
    for at in (0..script.len()).filter(|at| script.is_char_boundary(*at)) {
        read(&Source::new(FileId(0), "x.sh", &script[..at]));
    }
    for piece in
        ["$(", "(", "{ ", "if x; then ", "${A:-", "\"$(", "a && ", "case x in a) ", "[ $E = p ] && ", "`", "$'", "<<E "]
    {
        read(&Source::new(FileId(0), "x.sh", piece.repeat(10_000)));
    }
    for piece in ["x", "$A", "\\\"", "A=b ", "${", "-e A=b "] {
        let line = format!("docker run \"{}", piece.repeat(1_000_000 / piece.len()));
        read(&Source::new(FileId(0), "x.sh", line));
    }
}

#[test]
fn scripts_without_extension_are_told_by_their_first_line() {
    let reads_it = |path: &str, text: &str| reads(&Source::new(FileId(0), path, text));
    assert!(reads_it("bin/deploy", "#!/usr/bin/env -S bash -e\n"));
    assert!(reads_it("bin/deploy", "#!/bin/sh\n"));
    assert!(reads_it(".profile", ""));
    assert!(!reads_it("bin/deploy", "#!/usr/bin/env python3\n"));
    assert!(!reads_it("x.fish", ""));
}
