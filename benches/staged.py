#!/usr/bin/env python3
"""What `check --staged` costs beyond git itself: staged.py PROGRAM [FILES] [ROUNDS]

Makes a repository of FILES files (default: 3000), stages a change of one of them, and compares, warm and in turns, the wall
and CPU time of `flinks-lint check --staged`, of the same git commands on their own, and of a plain `flinks-lint check`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIT = [
    "git rev-parse --is-bare-repository --is-inside-work-tree --show-cdup --absolute-git-dir",
    "git ls-files --stage -z --debug",
    "git ls-tree -r -z --full-tree HEAD",
    "git cat-file --batch --buffer </dev/null",
]


def timed(command, folder):
    start = time.perf_counter()
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=sink, shell=isinstance(command, str))
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - start) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main():
    program = Path(sys.argv[1]).resolve()
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, Path(__file__).parent / "make_tree.py", folder, str(files)], check=True, stdout=subprocess.DEVNULL)
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
        for command in [["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]]:
            subprocess.run(git + command, cwd=folder, check=True)
        # What was written in the same moment as the index counts as touched.
        time.sleep(1.1)
        subprocess.run(git + ["update-index", "--force-write-index", "--refresh"], cwd=folder, check=True)
        changed = subprocess.run(["git", "grep", "-lI", "fin.ag"], cwd=folder, check=True, capture_output=True, text=True)
        with open(Path(folder) / changed.stdout.splitlines()[0], "a", encoding="utf-8") as file:
            file.write("\n")
        subprocess.run(git + ["add", "-A"], cwd=folder, check=True)
        asked = {
            "check --staged": [str(program), "check", "--staged", "--quiet"],
            "check": [str(program), "check", "--quiet"],
            "git alone": "; ".join(GIT),
            "git status": "git status --porcelain",
        }
        times = {name: [] for name in asked}
        for _ in range(rounds + 1):
            for name, command in asked.items():
                times[name].append(timed(command, folder))
        for name, measured in times.items():
            wall, cpu = (statistics.median(column) for column in zip(*measured[1:]))
            print(f"{name:16} {wall:7.1f} ms wall {cpu:7.1f} ms CPU")


main()
