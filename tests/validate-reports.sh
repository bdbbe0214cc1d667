#!/bin/sh
# Holds the reports against their schemas: SARIF against the official one, JUnit against that of Jenkins' xUnit plugin,
# GitLab's against our words for its documentation (GitLab has no more than a few required keys), JSON against ours.
# The official schemas and the validators are fetched from the package registries into a scratch folder,
# or found in the folder that FLINKS_LINT_VALIDATORS names. Without a network it says SKIPPED and exits 0.
set -eu
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tools=${FLINKS_LINT_VALIDATORS:-$scratch/tools}
mkdir -p "$tools" "$scratch/reports/schema"

skip() {
    echo "validate-reports: SKIPPED: $1"
    exit 0
}

if [ ! -x "$tools/python/bin/check-jsonschema" ]; then
    command -v python3 >/dev/null || skip "there is no python3"
    { python3 -m venv "$tools/python" && "$tools/python/bin/pip" install --quiet check-jsonschema==0.39.0; } \
        >"$scratch/log" 2>&1 || skip "check-jsonschema cannot be installed"
fi
validator=$tools/python/bin/check-jsonschema

# pytest's tests carry junit-10.xsd (MIT, (c) 2014 Gregory Boissinot) of the plugin.
if [ ! -f "$tools/junit-10.xsd" ]; then
    { "$tools/python/bin/pip" install --quiet xmlschema==4.3.2 &&
        "$tools/python/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$scratch/pytest" pytest==9.2.0 &&
        tar -xzf "$scratch"/pytest/pytest-*.tar.gz -C "$scratch/pytest" &&
        cp "$scratch"/pytest/pytest-*/testing/example_scripts/junit-10.xsd "$tools/junit-10.xsd"; } \
        >"$scratch/log" 2>&1 || skip "the JUnit schema cannot be installed"
fi

package=node_modules/@microsoft/sarif-multitool-linux
if [ ! -d "$tools/$package" ]; then
    command -v npm >/dev/null || skip "there is no npm"
    (cd "$tools" && npm install --silent --no-audit --no-fund --ignore-scripts \
        @microsoft/sarif-multitool-linux@5.7.0) >"$scratch/log" 2>&1 || skip "the SARIF schema cannot be installed"
fi
schema=$(find "$tools/$package" -name 'sarif-2.1.0.json' | head -n 1)
[ -n "$schema" ] || skip "the package holds no SARIF schema"

FLINKS_LINT_REPORTS=$scratch/reports cargo test --quiet --test it outputs::reports_for_validators >"$scratch/log" 2>&1 ||
    { cat "$scratch/log"; exit 1; }

"$validator" --schemafile "$schema" "$scratch"/reports/*.sarif
"$validator" --schemafile "$scratch/reports/schema/report.json" "$scratch"/reports/*.json

"$validator" --schemafile tests/schemas/gitlab-code-quality.json "$scratch"/reports/*.gitlab
"$tools/python/bin/xmlschema-validate" --schema "$tools/junit-10.xsd" "$scratch"/reports/*.junit

# GitHub's own rules, and those of the standard's authors. The tool exits with 0 whatever it finds.
multitool=$tools/$package/Sarif.Multitool
if [ -x "$multitool" ] || chmod +x "$multitool" 2>/dev/null; then
    for report in "$scratch"/reports/*.sarif; do
        "$multitool" validate "$report" --rule-kind 'Sarif;Ghas' --level 'Error;Warning' \
            -o "$scratch/verdict.sarif" --log ForceOverwrite >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
        "$tools/python/bin/python" - "$report" "$scratch/verdict.sarif" <<'PYTHON'
import json, os, sys
report, verdict = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8-sig"))
results = [result for run in verdict["runs"] for result in run.get("results", [])]
for result in results:
    message = result["message"]
    print(os.path.basename(report), result["ruleId"], result.get("level", "warning"),
          message.get("text") or " | ".join(message.get("arguments", [])))
sys.exit(any(result.get("level", "warning") == "error" for result in results))
PYTHON
    done
fi
echo "validate-reports: the reports keep their schemas"
