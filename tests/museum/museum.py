#!/usr/bin/env python3
"""The museum of failures: what went wrong elsewhere in public, each as a small patch against this tree, with the test that
must go red by it.

    museum.py check TREE           every patch still fits (part of `make check`)
    museum.py run TREE [F01 ...]   in a scratch copy: the tests are green, and each patch turns its own red (`make museum`)

A patch begins with what happened and how it is made again, then `program:` (what is built and run) and `red:` (the test in it).
Whoever changes the lines that a patch takes away makes it anew; a failure that cannot be made again has lost its guard.
SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 90  # seconds of one program; who hangs is red too


class Exhibit:
    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.path, self.name = path, path.stem
        self.words = text.partition("\nprogram:")[0].replace("\n", " ")
        self.program = re.search(r"^program: (\S+)$", text, re.M)[1]
        self.red = re.search(r"^red: (\S+)$", text, re.M)[1]


def apply(tree, exhibit, *how):
    done = subprocess.run(["git", "apply", *how, str(exhibit.path)], cwd=tree, capture_output=True, text=True)
    return done.returncode == 0, done.stderr.strip()


def check(tree, exhibits):
    bad = 0
    for exhibit in exhibits:
        fits, why = apply(tree, exhibit, "--check")
        if not fits:
            print(f"{exhibit.name}: {why}")
        bad += not fits
    print(f"{len(exhibits)} failures, {bad} that do not fit any more")
    return bad


def build(scratch, programs):
    subprocess.run(["ninja", "-C", scratch / "build", "--quiet", *programs], check=True)


def failed(scratch, exhibit):
    """The tests of the program that go red; {red} too where it does not come to its end."""
    try:
        done = subprocess.run([scratch / "build" / exhibit.program], capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {exhibit.red}
    said = done.stdout + done.stderr
    red = set(re.findall(r"^\[  FAILED  \] (\w+)$", said, re.M))
    if done.returncode < 0:  # ended by an assert: the test that was running
        red.add(re.findall(r"^\[ RUN      \] (\w+)$", said, re.M)[-1])
    return red


def copied(tree, scratch):
    """The tree as it is tracked, without what was built."""
    names = subprocess.run(["git", "-C", tree, "ls-files", "-z"], capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        (scratch / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(tree / name, scratch / name, follow_symlinks=False)
    subprocess.run(["git", "init", "--quiet", scratch], check=True)  # patches are laid as in a tree of its own
    subprocess.run(["meson", "setup", scratch / "build", scratch], check=True, stdout=subprocess.DEVNULL)


def run(tree, exhibits):
    with tempfile.TemporaryDirectory(prefix="museum.") as folder:
        scratch = pathlib.Path(folder) / "tree"
        scratch.mkdir()
        copied(tree, scratch)
        build(scratch, sorted({e.program for e in exhibits}))
        bad = [e.name for e in exhibits if e.red in failed(scratch, e)]
        for name in bad:
            print(f"{name}: its test is red without it")
        for exhibit in exhibits:
            assert apply(scratch, exhibit)[0], exhibit.name
            build(scratch, [exhibit.program])
            red = exhibit.red in failed(scratch, exhibit)
            assert apply(scratch, exhibit, "--reverse")[0], exhibit.name
            print(f"{exhibit.name}: {exhibit.red} is {'red' if red else 'GREEN: nothing guards it'}", flush=True)
            bad += [] if red else [exhibit.name]
        return len(bad)


def main():
    way, tree, chosen = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), set(sys.argv[3:])
    os.environ.setdefault("MALLOC_PERTURB_", "1")
    os.environ.setdefault("CC_LD", "gold")  # as tools/build.sh
    exhibits = [e for e in map(Exhibit, sorted(HERE.glob("*.patch"))) if not chosen or e.name in chosen]
    assert exhibits
    sys.exit(1 if (check if way == "check" else run)(tree, exhibits) else 0)


main()
