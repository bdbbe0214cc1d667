#!/usr/bin/env python3
"""Runs flinks-lint and ripgrep in turns on generated trees and prints the medians: compare.py TREES ROUNDS"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LINTER = os.environ.get("LINTER", str(HERE.parent / "target/release/flinks-lint")).split()
RIPGREP = ["rg", "--no-require-git", "-i", "-c", r"fin\.ag|flinks|login_?id"]


def measure(command):
    """Wall seconds, CPU seconds and peak MiB of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    trees, rounds = Path(sys.argv[1]), int(sys.argv[2])
    print(f"{'files':>7} {'':12} {'wall ms':>9} {'CPU ms':>9} {'peak MiB':>9}")
    for files in (50_000, 3_000, 20):
        tree = trees / f"t{files}"
        if not tree.exists():
            subprocess.run([sys.executable, str(HERE / "make_tree.py"), str(tree), str(files)], check=True)
        runs = {"flinks-lint": [], "ripgrep": []}
        for at in range(rounds + 1):
            for name, command in (("flinks-lint", LINTER), ("ripgrep", RIPGREP)):
                figures = measure([*command, str(tree)])
                if at > 0:  # the first of each warms the cache
                    runs[name].append(figures)
        medians = {name: [statistics.median(column) for column in zip(*figures)] for name, figures in runs.items()}
        for name, (wall, cpu, memory) in medians.items():
            print(f"{files:>7} {name:12} {wall * 1000:9.1f} {cpu * 1000:9.1f} {memory:9.1f}")
        ours, theirs = medians["flinks-lint"], medians["ripgrep"]
        ratios = " ".join(f"{mine / other if other else float('nan'):8.2f}x" for mine, other in zip(ours, theirs))
        print(f"{files:>7} {'ratio':12} {ratios}")


main()
