#!/usr/bin/env python3
"""docs/ja/first-day.md walked as a stranger would: each command typed, each file written, each answer compared.

    first_day.py SESSHU PAGE

A block `sh` is typed, the `text` after it must come (… stands for anything, a line of its own for any lines); a block with a file's
name is written under that name; `console` is not walked.
SPDX-License-Identifier: Apache-2.0
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

DONE = "end-of-block"


class Stranger:
    def __init__(self, sesshu):
        self.folder = tempfile.mkdtemp(prefix="sesshu-story.")
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SESSHU_")}
        kept["PATH"] = os.path.dirname(os.path.abspath(sesshu)) + ":" + kept["PATH"]
        self.shell = subprocess.Popen(["bash", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      cwd=self.folder, env=kept, text=True, encoding="utf-8")

    def types(self, lines):
        self.shell.stdin.write(f"{lines}\necho {DONE}; pwd\n")
        self.shell.stdin.flush()
        said = []
        while (line := self.shell.stdout.readline()).rstrip("\n") != DONE:
            assert line, "the shell ended: " + "".join(said)
            said.append(line)
        self.place = self.shell.stdout.readline().rstrip("\n")
        return "".join(said)

    def writes(self, name, text):
        with open(os.path.join(self.place, name), "w", encoding="utf-8") as f:
            f.write(text)

    def leaves(self):
        self.shell.stdin.close()
        self.shell.wait(timeout=60)
        shutil.rmtree(self.folder)


def pattern(expected):
    lines = [".*?" if line == "…" else re.escape(line).replace("…", "[^\n]*") for line in expected.rstrip("\n").split("\n")]
    return re.compile("\n".join(lines) + "\n?", re.S)


def walk(stranger, page):
    answer, steps = "", 0
    for head, block in re.findall(r"^```(\S+(?: \S+)?)\n(.*?)^```$", page, re.M | re.S):
        kind, _, name = head.partition(" ")
        steps += 1
        if kind == "sh":
            answer = stranger.types(block)
            assert not re.search(r"\[E_\w+\]|command not found|No such file", answer), f"step {steps}: {block}{answer}"
        elif kind == "text":
            assert pattern(block).fullmatch(answer), f"step {steps}: it said\n{answer}and the page\n{block}"
        elif name:
            stranger.writes(name, block)
        else:
            assert kind == "console", f"step {steps}: a block of no known kind: {head}"
    return steps


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as f:
        text = f.read()
    someone = Stranger(sys.argv[1])
    try:
        count = walk(someone, text)
        assert count > 20, count
        assert len(os.listdir(os.path.join(someone.place, "letters"))) == 4, "papers, labels and two dispatch lists"
        print(f"ok   {count} steps of the first day")
    finally:
        someone.leaves()
