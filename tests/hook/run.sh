#!/bin/sh
# The hook as people have it: `pre-commit` installs it from a clone of this repository into a scratch repository, and git
# commits with it. Usage: tests/hook/run.sh [HOOK...], each one of .pre-commit-hooks.yaml [default: flinks-lint-system].
# pre-commit comes from PyPI into a scratch environment, or is found in the folder that FLINKS_LINT_PRE_COMMIT names; the
# program of the system hook is FLINKS_LINT, or is built. Without a network it says SKIPPED and exits 0.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || set -- flinks-lint-system

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
environment=${FLINKS_LINT_PRE_COMMIT:-$scratch/environment}
if [ ! -x "$environment/bin/pre-commit" ]; then
    command -v python3 >/dev/null || { echo "hook: SKIPPED: there is no python3"; exit 0; }
    { python3 -m venv "$environment" && "$environment/bin/pip" install --quiet pre-commit==4.7.0; } \
        >"$scratch/log" 2>&1 || { echo "hook: SKIPPED: pre-commit cannot be installed"; exit 0; }
fi
program=${FLINKS_LINT:-}
if [ -z "$program" ]; then
    cargo build --quiet --locked --manifest-path "$source/Cargo.toml"
    program=${CARGO_TARGET_DIR:-$source/target}/debug/flinks-lint
fi
mkdir "$scratch/bin"
ln -s "$program" "$scratch/bin/flinks-lint"
PATH=$scratch/bin:$environment/bin:$PATH
# What whoever runs this has set up must not show.
export PATH HOME="$scratch/home" PRE_COMMIT_HOME="$scratch/cache" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$scratch/gitconfig"
mkdir "$HOME"
owner=$(getent passwd "$(id -un)" 2>/dev/null | cut -d: -f6)
export CARGO_HOME="${CARGO_HOME:-$owner/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$owner/.rustup}"
# The hooks that compile do so once together, and without what only makes the program fast.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$source/target}/hooks"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT
git config --file "$GIT_CONFIG_GLOBAL" user.name hook
git config --file "$GIT_CONFIG_GLOBAL" user.email hook@example.org
git config --file "$GIT_CONFIG_GLOBAL" init.defaultBranch main
git config --file "$GIT_CONFIG_GLOBAL" protocol.file.allow always

pre-commit validate-manifest "$source/.pre-commit-hooks.yaml"

# What is installed is what is committed; in between, what lies there counts.
hooks=$scratch/hooks
git clone --quiet "$source" "$hooks"
(cd "$source" && git ls-files -z -c -o --exclude-standard | tar --null --ignore-failed-read -cf - -T - 2>/dev/null) | tar -xf - -C "$hooks"
git -C "$hooks" add -A
git -C "$hooks" commit --quiet --allow-empty -m "as it lies there"
revision=$(git -C "$hooks" rev-parse HEAD)

bad='FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag'
good='FLINKS_US_API_URL=https://northwind-us-api.private.fin.ag'

fail() {
    echo "hook: FAILED: $*"
    cat "$scratch/said"
    exit 1
}
# accepted WHAT COMMAND...: the command, a commit, is let through.
accepted() {
    what=$1 && shift
    "$@" >"$scratch/said" 2>&1 || fail "$what: refused"
    echo "hook:   accepted: $what"
}
# refused WHAT WORD COMMAND...: the command is refused, and its output has the word.
refused() {
    what=$1 && word=$2 && shift 2
    if "$@" >"$scratch/said" 2>&1; then fail "$what: accepted"; fi
    grep -qF -- "$word" "$scratch/said" || fail "$what: nothing says $word"
    echo "hook:   refused: $what"
}
commit() { git commit -q -m "$@"; }
put() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

for hook; do
    echo "hook: $hook"
    work=$scratch/work-$hook
    git init --quiet "$work"
    cd "$work"
    cat >.pre-commit-config.yaml <<EOF
repos:
  - repo: $hooks
    rev: $revision
    hooks:
      - id: $hook
EOF
    pre-commit install --install-hooks >"$scratch/said" 2>&1 || fail "it cannot be installed"

    accepted "an empty commit in an empty repository" commit x --allow-empty
    git add .
    accepted "the first files" commit x

    put .env.production "$bad"
    git add .
    refused "a crossing" "error[country-mismatch]: things used together say different countries" commit x
    grep -qF ' --> .env.production:1:' "$scratch/said" || fail "the report shows no place"
    put .env.production "$good"
    refused "a fix that is not staged" country-mismatch commit x
    git add .
    accepted "the fix" commit x
    put .env.production "$bad"
    put notes.md "x"
    git add notes.md
    accepted "a crossing that is not staged" commit x
    refused "the same by commit -a" country-mismatch commit x -a
    refused "the same by its name" country-mismatch commit x .env.production
    git checkout -q .

    commit x -q --no-verify --allow-empty
    put old/prod/a.env "$bad"
    git add . && commit x --no-verify
    put notes.md "y"
    git add .
    accepted "an old crossing elsewhere" commit x
    git mv old moved
    accepted "an old crossing that is moved" commit x

    put deploy/prod/ca.env 'FLINKS_CA_API_URL=https://northwind-ca-api.private.fin.ag
FLINKS_CA_WEBHOOK_URL=https://app.example/ca'
    put deploy/prod/us.env "$good
FLINKS_US_WEBHOOK_URL=https://app.example/us"
    put deploy/prod/hooks.env 'FLINKS_US_WEBHOOK_SECRET=op://prod/us/webhook'
    git add .
    accepted "two instances with their webhooks" commit x
    git rm -q deploy/prod/hooks.env
    accepted "a deletion that breaks nothing" commit x
    put deploy/prod/us.env "$good"
    git add .
    refused "a webhook that is taken away" missing-webhook commit x
    git reset -q --hard

    git worktree add -q "$scratch/linked-$hook"
    cd "$scratch/linked-$hook"
    put web/.env.production "$bad"
    git add .
    refused "a crossing in a linked work tree" country-mismatch commit x
    put web/.env.production "$good"
    git add .
    accepted "the fix in a linked work tree" commit x

    cd "$work"
    git switch -q -c other
    put other/prod/a.env "$bad"
    put notes.md "theirs"
    git add . && commit x --no-verify
    git switch -q -
    put notes.md "ours"
    git add . && commit x
    git merge -q other >/dev/null 2>&1 && fail "a conflict was wanted"
    put notes.md "both"
    git add .
    accepted "a merge of what others did" commit x
    git switch -q -c third HEAD~1
    put notes.md "third"
    git add . && commit x
    git merge -q other >/dev/null 2>&1 && fail "a conflict was wanted"
    put notes.md "both"
    put merge/prod/a.env "$bad"
    git add .
    refused "a crossing that the merge itself brings" "merge/prod/a.env" commit x
    git merge --abort

    git -c core.hooksPath=/dev/null submodule add -q "$work" inner >"$scratch/said" 2>&1 || fail "no submodule"
    accepted "a submodule with old crossings" commit x
    cp .pre-commit-config.yaml inner/
    cd inner
    pre-commit install >"$scratch/said" 2>&1 || fail "it cannot be installed in a submodule"
    put sub/prod/a.env "$bad"
    git add .
    refused "a crossing in a submodule" country-mismatch commit x
    put sub/prod/a.env "$good"
    git add .
    accepted "the fix in a submodule" commit x

    cd "$work"
    git submodule deinit -q --force inner
    git checkout -q --force .
    refused "old crossings under --all-files" country-mismatch pre-commit run --all-files
    accepted "the same since the last commit" pre-commit run --from-ref HEAD~1 --to-ref HEAD
done
echo "hook: all is as it must be"
