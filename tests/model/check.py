#!/usr/bin/env python3
"""Every state of exchange.pml is visited by Spin: nothing wrong is in it, and where one check is left out, Spin finds what goes wrong.

    check.py MODEL

SPDX-License-Identifier: Apache-2.0"""
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SAFE, DRAINS = "safe", "drains"  # what is asked of the model
PAIR = {"ONE": 0, "OTHER": 1}
TAKEN_BACK = {"ONE": 0, "OTHER": 2}  # the other by an answer without people

WHOLE = [
    (SAFE, PAIR, []), (SAFE, TAKEN_BACK, []), (SAFE, {"ONE": 1, "OTHER": 2}, []),
    (DRAINS, {"ONE": 0}, []), (DRAINS, {"ONE": 1}, []),
    # A core that errs gives nothing away: whoever answers looks for himself.
    (SAFE, TAKEN_BACK, ["NO_ALLOWED_BY_CORE"]),
]
BROKEN = [
    (SAFE, PAIR, [left_out]) for left_out in (
        "NO_TOLD_ONCE", "NO_TOO_LATE", "NO_COMPARED", "NO_FROM_PROVIDER", "NO_LIST_BEHIND", "NO_LIST_OLDER", "NO_EXPIRED",
        "NO_USED", "NO_SIGNED", "NO_FOR_ME", "NO_OTHER_PERSON", "NO_LOOK_AGAIN")
] + [
    (SAFE, TAKEN_BACK, ["NO_ALLOWED_BY_CORE", "NO_ALLOWED_BY_PROVIDER"]),
    (DRAINS, {"ONE": 0}, ["NO_ASKING_AGAIN"]),
]


def errors_of(model, asked, numbers, left_out):
    """How many errors Spin finds (it stops at the first), and in how many states."""
    with tempfile.TemporaryDirectory() as folder:
        lossy = ["-DLOSSY"] if asked == DRAINS else []
        names = [f"-D{name}={value}" for name, value in numbers.items()] + [f"-D{name}" for name in left_out]
        run = lambda *words: subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout
        run("spin", "-a", *lossy, *names, str(model))
        run("cc", "-O1", "-w", "-DNFAIR=3" if lossy else "-DSAFETY", "-o", "pan", "pan.c")
        said = run("./pan", "-m100000", *(["-a", "-f"] if lossy else ["-E"]))
    errors, states = re.search(r"errors: (\d+)", said), re.search(r"(\d+) states, stored", said)
    if not errors or "max search depth too small" in said:
        raise RuntimeError(said)
    return int(errors[1]), int(states[1])


def main(model):
    if not shutil.which("spin"):
        print("Spin is not installed here")
        return 77
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        cases = [(case, pool.submit(errors_of, model, *case)) for case in WHOLE + BROKEN]
        for case, found in cases:
            errors, states = found.result()
            right = (errors > 0) == (case in BROKEN)
            wrong += not right
            print("ok  " if right else "NOT ok", *case, f"{errors} errors in {states} states")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
