#!/usr/bin/env python3
"""Adds up what the test runs said and closes with the line "N passed, N failed".

Reads meson's testlog.json files (counting the cases that a cmocka program reports, or one for a
program that reports none) and the fuzzers' log ("name ok|failed" a line). Every failure and every
skipped test is named above the closing line.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import re
import sys


def count_program(record):
    """(passed, failed, skipped) of one test program."""
    out = record.get("stdout", "") + record.get("stderr", "")
    passed = sum(int(n) for n in re.findall(r"^\[  PASSED  \] (\d+) test", out, re.M))
    failed = sum(int(n) for n in re.findall(r"^\[  FAILED  \] (\d+) test", out, re.M))
    skipped = sum(int(n) for n in re.findall(r"^\[  SKIPPED \] (\d+) test", out, re.M))
    if record["result"] == "SKIP":
        return 0, 0, 1
    if record["result"] != "OK":
        return passed, max(failed, 1), skipped
    return max(passed, 0 if skipped else 1), failed, skipped


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        try:
            lines = open(path, encoding="utf-8").read().splitlines()
        except OSError as error:
            print(f"FAILED {path}: {error.strerror}")
            failed += 1
            continue
        for line in lines:
            if path.endswith(".json"):
                record = json.loads(line)
                p, f, s = count_program(record)
                name = f"{path.split('/')[0]} {record['name']}"
                if s:
                    reason = re.findall(r"^skipped: (.*)$", record.get("stdout", ""), re.M)
                    print(f"SKIPPED {name}: {'; '.join(reason) or 'no reason given'}")
            else:
                name, verdict = line.split()
                p, f, s = (1, 0, 0) if verdict == "ok" else (0, 1, 0)
            if f:
                print(f"FAILED {name}")
            passed, failed, skipped = passed + p, failed + f, skipped + s
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
