#!/bin/sh
# What others install and run: the action, the workflows and recipes against their schemas, the action's own steps as a runner
# has them, and the wheel, built from what `cargo package` packs and nothing else, in an environment of its own.
# Validators come from PyPI into a scratch environment, or are found in the folder that FLINKS_LINT_VALIDATORS names, as for
# tests/validate-reports.sh. FLINKS_LINT names the program, or it is built. Without a network it says SKIPPED and exits 0.
# Usage: tests/packaging/run.sh [schemas|context|steps|wheel]... [default: all]
set -eu
cd "$(dirname "$0")/../.."
source=$PWD
[ $# -gt 0 ] || set -- schemas context steps wheel

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tools=${FLINKS_LINT_VALIDATORS:-$scratch/tools}

skip() {
    echo "packaging: SKIPPED: $1"
    exit 0
}
fail() {
    echo "packaging: FAILED: $*"
    [ ! -f "$scratch/said" ] || cat "$scratch/said"
    exit 1
}

command -v python3 >/dev/null || skip "there is no python3"
if [ ! -x "$tools/python/bin/check-jsonschema" ]; then
    { python3 -m venv "$tools/python" && "$tools/python/bin/pip" install --quiet check-jsonschema==0.39.0; } \
        >"$scratch/said" 2>&1 || skip "check-jsonschema cannot be installed"
fi
python=$tools/python/bin/python

schemas() {
    check=$tools/python/bin/check-jsonschema
    "$check" --quiet --builtin-schema vendor.github-actions action.yml
    "$check" --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
    # The recipes of the book, by the paths that they name.
    "$python" - "$scratch/recipes" <<'PYTHON'
import pathlib, re, sys
for path, text in re.findall(r"^```yaml (\S+)\n(.*?)^```$", open("docs/ci.md").read(), re.M | re.S):
    file = pathlib.Path(sys.argv[1], path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
PYTHON
    cd "$scratch/recipes"
    "$check" --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
    "$check" --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml
    "$check" --quiet --builtin-schema vendor.circle-ci .circleci/config.yml
    "$check" --quiet --builtin-schema vendor.azure-pipelines --regex-variant nonunicode --data-transform azure-pipelines azure-pipelines.yml
    cd "$source"
    # What a recipe gives to the action is an input of it.
    "$python" - action.yml "$scratch"/recipes/.github/workflows/*.yml .github/workflows/*.yml <<'PYTHON'
import sys
from ruamel.yaml import YAML
read = lambda path: YAML(typ="safe").load(open(path))
inputs = set(read(sys.argv[1])["inputs"])
for path in sys.argv[2:]:
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            if "flinks-lint@" in step.get("uses", "") or step.get("uses") == "./":
                unknown = set(step.get("with", {})) - inputs
                assert not unknown, f"{path}: the action has no {unknown}"
PYTHON
    echo "packaging: action, workflows and recipes keep their schemas"
}

# What the container is built from is a package that cargo takes.
context() {
    left_out=$(sed -n 's,^/,,p' .dockerignore | paste -s -d '|' -)
    mkdir "$scratch/context"
    git ls-files -z | grep -z -v -E "^($left_out)(/|$)" | tar --null -cf - -T - | tar -xf - -C "$scratch/context"
    cargo metadata --quiet --offline --no-deps --format-version 1 --manifest-path "$scratch/context/Cargo.toml" \
        >/dev/null 2>"$scratch/said" || fail "the container's context is no package"
    echo "packaging: the container is built from a whole package"
}

program() {
    program=${FLINKS_LINT:-}
    if [ -z "$program" ]; then
        cargo build --quiet --locked
        program=${CARGO_TARGET_DIR:-$source/target}/debug/flinks-lint
    fi
    mkdir -p "$scratch/bin"
    ln -sf "$program" "$scratch/bin/flinks-lint"
}

# step NAME INPUT=VALUE...: what the runner does with a step of action.yml: inputs that are not given have their default, each
# `env` entry is filled in and nothing of it is run, and the script is given to bash as the runner does.
step() {
    "$python" - "$@" <<'PYTHON'
import os, re, subprocess, sys
from ruamel.yaml import YAML
action = YAML(typ="safe").load(open("action.yml"))
inputs = {name: str(about.get("default", "")) for name, about in action["inputs"].items()}
given = dict(argument.split("=", 1) for argument in sys.argv[2:])
assert given.keys() <= inputs.keys(), given
inputs |= given
context = {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": os.getcwd()}
step = next(step for step in action["runs"]["steps"] if step["name"] == sys.argv[1])
assert "${{" not in step["run"], "an expression within a script is run"
filled = {name: re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda it: context[it[1]], str(value)) for name, value in step["env"].items()}
script = os.path.join(os.environ["RUNNER_TEMP"], "step.sh")
open(script, "w").write(step["run"])
command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
sys.exit(subprocess.run(command, env=os.environ | filled, cwd=os.environ["GITHUB_WORKSPACE"]).returncode)
PYTHON
}

# runner: a fresh environment of a runner, over a copy of an example.
runner() {
    rm -rf "$scratch/runner"
    mkdir -p "$scratch/runner/temp"
    cp -R "examples/$1" "$scratch/runner/work"
    touch "$scratch/runner/summary" "$scratch/runner/path"
    export GITHUB_ACTIONS=true CI=true RUNNER_OS=Linux RUNNER_TEMP="$scratch/runner/temp" GITHUB_PATH="$scratch/runner/path" \
        GITHUB_WORKSPACE="$scratch/runner/work" GITHUB_STEP_SUMMARY="$scratch/runner/summary"
}

# gives CODE INPUT=VALUE...: the step Check exits with it.
gives() {
    wanted=$1 && shift
    code=0
    PATH=$scratch/bin:$PATH step Check "$@" >"$scratch/said" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || fail "Check $*: exit code $code, not $wanted"
}

steps() {
    program
    (
        runner northwind
        PATH=$scratch/bin:$PATH step "Install flinks-lint" version=none >"$scratch/said" 2>&1 || fail "Install"
        gives 1
        grep -q '^::error file=deploy/prod/flinks.env,line=10,' "$scratch/said" || fail "no annotation"
        grep -q 'country-mismatch' "$GITHUB_STEP_SUMMARY" || fail "no summary"
        "$python" -c 'import json, sys; assert len(json.load(open(sys.argv[1]))["runs"][0]["results"]) == 4' \
            "$GITHUB_WORKSPACE/flinks-lint.sarif" || fail "no SARIF"
        gives 0 fail-on=never
        gives 1 path=docker-compose.prod.yml sarif=other.sarif "arguments=--rule sandbox-in-production --show-notes"
        [ -s "$GITHUB_WORKSPACE/other.sarif" ] || fail "no SARIF where it was asked for"
        # Text of an input is text.
        gives 2 "path=\$(touch $scratch/runner/run-a)" "arguments=; touch $scratch/runner/run-b"
        gives 2 "since=\`touch $scratch/runner/run-a\`"
        [ ! -e "$scratch/runner/run-a" ] && [ ! -e "$scratch/runner/run-b" ] || fail "an input was run"
        gives 2 arguments=--unknown

        runner northwind-mended
        gives 0
        # A pull request: only what it brings.
        cd "$GITHUB_WORKSPACE"
        export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$scratch/gitconfig"
        git config --file "$GIT_CONFIG_GLOBAL" user.name runner
        git config --file "$GIT_CONFIG_GLOBAL" user.email runner@example.org
        echo 'FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag' >old.prod.env
        git init --quiet && git add . && git commit --quiet -m before
        cd "$source"
        gives 1
        gives 0 since=HEAD
        echo 'FLINKS_CA_API_URL=https://northwind-us-api.private.fin.ag' >"$GITHUB_WORKSPACE/new.prod.env"
        gives 1 since=HEAD
    )
    echo "packaging: the action's steps do what they say"
}

wheel() {
    # --locked and without the network where everything is there; the index is asked otherwise.
    cargo package --quiet --no-verify --allow-dirty --locked --target-dir "$scratch/packed" >"$scratch/said" 2>&1 || fail "cargo package"
    mkdir "$scratch/crate"
    tar -xzf "$scratch"/packed/package/flinks-lint-*.crate -C "$scratch/crate" --strip-components 1
    # Quick to build, and of the same parts.
    export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    begun=$(date +%s)
    export CARGO_TARGET_DIR="${FLINKS_LINT_WHEEL_TARGET:-$scratch/target}"
    # As the action installs it.
    (
        runner northwind
        cd "$scratch/crate"
        cp "$source/action.yml" .
        step "Install flinks-lint" version=source
    ) >"$scratch/said" 2>&1 || fail "the wheel cannot be built"
    bin=$(cat "$scratch/runner/path")
    [ "$("$bin/flinks-lint" version)" = "$("$bin/python" -c 'import importlib.metadata as m; print("flinks-lint", m.version("flinks-lint"))')" ] ||
        fail "the wheel and the program are of different versions"
    code=0
    "$bin/flinks-lint" check examples/northwind >"$scratch/said" 2>&1 || code=$?
    [ $code = 1 ] || fail "the program of the wheel: exit code $code"
    "$bin/flinks-lint" explain country-mismatch >/dev/null
    echo "packaging: the wheel is built from what is packed and runs, $(($(date +%s) - begun)) s"
}

for part; do "$part"; done
