#!/bin/sh
# Holds flinks-lint against ripgrep on trees of 50,000, 3,000 and 20 files: wall, CPU and peak memory, as ratios.
# Usage: benches/compare.sh [ROUNDS]. The trees are made once, from a fixed seed, in $TREES (default: target/trees).
set -eu
cd "$(dirname "$0")/.."
cargo build --release --quiet
if ! command -v rg >/dev/null && ! [ -x target/tools/bin/rg ]; then
    cargo install --quiet --root target/tools ripgrep
fi
PATH="$PWD/target/tools/bin:$PATH" exec python3 benches/compare.py "${TREES:-target/trees}" "${1:-7}"
