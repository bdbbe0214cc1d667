//! PowerShell as it is written, and what is read of it.

use super::*;
use crate::readers::shell::tests::line;
use crate::source::FileId;

fn shown(text: &str) -> Vec<String> {
    let source = Source::new(FileId(0), "a.ps1", text);
    let facts = read(&source);
    for setting in &facts.settings {
        assert_eq!(source.slice(setting.name().span), &*setting.name().text, "{text}");
    }
    facts.settings.iter().map(|setting| line(setting, &facts)).collect()
}

#[test]
fn every_form_of_a_setting() {
    for (text, expected) in [
        ("$env:X = \"y\"", &["X=y"][..]),
        ("$Env:X='a $b ''c'''", &["X=a $b 'c'"]),
        ("${env:X} = \"https://$env:H-api/${p}`\"q`\" $(Get-X)\"", &["X=https://[H]-api/[p]\"q\" [?Get-X]"]),
        ("[Environment]::SetEnvironmentVariable(\"X\", 'y', 'Machine')", &["X=y"]),
        ("[System.Environment]::SetEnvironmentVariable('X',$env:Y)", &["X=[Y]"]),
        ("$url = \"https://a\"; $n = 3", &["key url=https://a", "key n=3"]),
        ("param([string]$Url = \"https://a\")\n$b = 'c'", &["default Url=https://a", "key b=c"]),
        ("$f = @{ ca = @{ url = 'a' }\n 'us-url' = \"b\" }", &["key f.ca.url=a", "key f.us-url=b"]),
        (
            "Invoke-RestMethod -Uri \"https://a/$x\" -Headers @{ 'flinks-auth-key' = $k }",
            &["key Uri=https://a/[x]", "key flinks-auth-key=[k]"],
        ),
        ("# $env:D = 'x'\n<# $env:D = 'x' #>\nWrite-Host \"`$env:D = 'x'\"\n@'\n$env:D = 'x'\n'@", &[]),
        ("$a = \"b\" + $c", &["key a=[?]"]),
        ("if ($a -eq 'b') { $env:X = 'y' }", &["a=b", "X=y"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// A negated condition says the word of the other branch.
#[test]
fn branches_say_their_environment() {
    for (text, expected) in [
        ("if ($Env -eq \"prod\") { $a = 'b' } else { $a = 'c' }\n$d = 1", &["prod: key a=b", "key a=c", "key d=1"][..]),
        ("if ($env:APP_ENV -ne 'prod') { $a = 'b' }\nelse { $a = 'c' }", &["key a=b", "prod: key a=c"]),
        ("if ($c -eq 'us') { $a = 'b' } elseif ($c -eq 'ca') { $a = 'd' }", &["c=us", "key a=b", "c=ca", "key a=d"]),
        ("if ($x) { $a = 'b' } else { $a = 'c' }", &["key a=b", "key a=c"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn hostile_files_end() {
    let text =
        "param($é = \"a`\"$($b)\")\n$env:X = @{ 'k' = \"v$x\" }\n[Environment]::SetEnvironmentVariable('é', \"b\")";
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        shown(&text[..at]);
    }
    for piece in [
        "@{ a = ",
        "\"$(",
        "$",
        "${",
        "[",
        "(",
        "$a='",
        "`",
        "@\"",
        "<#",
        "-uri ",
        "é = ",
        "$a = \"${b",
        "if ($a -eq 'b') {",
        "} else {",
    ] {
        shown(&piece.repeat(20_000));
    }
    shown(&format!("$a = \"{}\"", "x".repeat(1_000_000)));
}
