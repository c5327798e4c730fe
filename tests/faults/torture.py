#!/usr/bin/env python3
"""Kills, fills up and breaks the disk under an import and an intake, at every point there is.

The shim (fault_shim.c) numbers the points; this driver runs the same command once per point on a
fresh copy of the same data and holds what a reader sees afterwards against two pictures: before the
command, and after it. Nothing else may ever be seen, and running the command again must always lead
to the picture "after".

    torture.py BUILD SAMPLE      SAMPLE points of each kind, evenly spread; 0 tries all
    TORTURE_SECONDS=N            stops after N seconds (and says what was left out)
"""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1]).resolve()
SAMPLE = int(sys.argv[2])
DEADLINE = time.monotonic() + float(os.environ.get("TORTURE_SECONDS", "1e9"))
SHIM = BUILD / "tests" / "libfault_shim.so"
RESIDENTS, SEED = 300, 11
# Bookkeeping that honestly differs between a run and a repeated run.
OWN_TABLES = re.compile(r"^(audit|job|staff|schema_migration|sqlite_|operator|right)")
OWN_COLUMNS = re.compile(r"(_at$|^known_from$|^known_to$|^hash$|^audit|leaf|^job|sealed|nonce|^individual_no|^epoch$|^record_no$)")


def run(program, *args, env=None):
    return subprocess.run([BUILD / program, *map(str, args)], env={**os.environ, **(env or {})},
                          capture_output=True, text=True, timeout=600)


def must(program, *args):
    result = run(program, *args)
    if result.returncode not in (0, 1):
        sys.exit(f"{program} {' '.join(map(str, args))}: exit {result.returncode}\n{result.stderr}")


def picture(data):
    """What a reader sees: every row of every business table of every database in the folder."""
    seen = {}
    for path in sorted(data.glob("*.db")):
        db = sqlite3.connect(path)
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            if OWN_TABLES.match(table):
                continue
            columns = [c[1] for c in db.execute(f'PRAGMA table_info("{table}")') if not OWN_COLUMNS.search(c[1])]
            listed = ", ".join(f'"{c}"' for c in columns) or "1"
            seen[path.name, table] = sorted(map(repr, db.execute(f'SELECT {listed} FROM "{table}"')))
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            seen[path.name, "integrity"] = ["broken"]
        db.close()
    return seen


class Scenario:
    def __init__(self, name, base, program, arguments):
        self.name, self.base, self.program, self.arguments = name, base, program, arguments
        self.work = base.parent / f"{name}-try"
        self.tried, self.failures = 0, []
        self.before = picture(base)
        self.after = self.counted()

    def fresh(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.base, self.work)

    def go(self, **faults):
        env = {f"SESSHU_FAULT_{k.upper()}": str(v) for k, v in faults.items()}
        if faults:
            env |= {"LD_PRELOAD": str(SHIM), "SESSHU_FAULT_UNDER": str(self.work)}
        return run(self.program, *self.arguments, "--data", self.work, env=env)

    def counted(self):
        self.fresh()
        counts = self.work.parent / "counts"
        counts.unlink(missing_ok=True)
        result = self.go(count=counts)
        if result.returncode not in (0, 1):
            sys.exit(f"{self.name}: exit {result.returncode}\n{result.stderr}")
        self.status = result.returncode
        self.points, self.reads = map(int, counts.read_text().splitlines()[-1].split())
        return picture(self.work)

    def wrong(self, kind, n, words):
        self.failures.append(f"{self.name} {kind} at {n}: {words}")

    def one(self, kind, n):
        self.fresh()
        result = self.go(**{kind: n})
        self.tried += 1
        if kind == "kill" and result.returncode != -signal.SIGKILL:
            return self.wrong(kind, n, f"was not killed (exit {result.returncode})")
        if kind != "kill" and result.returncode not in (0, 1, 2):
            return self.wrong(kind, n, f"exit {result.returncode} {result.stderr[-300:]}")
        if result.returncode == 2 and not result.stderr.strip():
            return self.wrong(kind, n, "stopped without a word")
        seen = picture(self.work)
        if seen != self.before and seen != self.after:
            return self.wrong(kind, n, f"half of it is visible: {difference(self.before, seen)}")
        if kind != "kill" and result.returncode in (0, 1) and seen != self.after:
            return self.wrong(kind, n, "said it was done and it was not")
        trail = run(self.program, "audit", "verify", "--data", self.work)
        if trail.returncode != 0:
            return self.wrong(kind, n, f"the trail does not agree: {trail.stdout}{trail.stderr[-300:]}")
        again = self.go()
        if again.returncode not in (0, self.status):
            return self.wrong(kind, n, f"cannot be repeated: {again.stderr[-300:]}")
        if picture(self.work) != self.after:
            self.wrong(kind, n, f"repeated, it differs: {difference(self.after, picture(self.work))}")

    def all(self):
        for kind, count in (("kill", self.points), ("full", self.points), ("read", self.reads)):
            chosen = range(1, count + 1)
            if SAMPLE and count > SAMPLE:
                chosen = sorted({1 + i * (count - 1) // (SAMPLE - 1) for i in range(SAMPLE)})
            done = 0
            for n in chosen:
                if time.monotonic() > DEADLINE:
                    break
                self.one(kind, n)
                done += 1
            print(f"{self.name} {kind}: {count} points, {done} tried")


def difference(a, b):
    return [f"{key}: {len(a.get(key, []))} rows / {len(b.get(key, []))}" for key in sorted(a.keys() | b.keys())
            if a.get(key) != b.get(key)][:5]


def main():
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        city, base = top / "city", top / "base"
        must("sesshu", "city", "--residents", RESIDENTS, "--seed", SEED, "--out", city)
        feeds = sorted(city.glob("JUKI_*_ALL_*.csv"))
        must("sesshu", "init", "--data", base)
        scenarios = [Scenario("import", base, "sesshu-addressee", ["import", feeds[0]])]
        scenarios[0].all()

        full = top / "full"
        shutil.copytree(base, full)
        must("sesshu", "addressee", "import", *feeds, "--data", full)
        must("sesshu", "ledger", "sync", "--data", full)
        submissions = sorted(city.glob("YOSHIN_*.csv"), key=lambda p: p.stat().st_size)
        scenarios.append(Scenario("intake", full, "sesshu-ledger", ["intake", submissions[-1]]))
        scenarios[1].all()

    failures = [f for s in scenarios for f in s.failures]
    for line in failures:
        print("FAILED " + line)
    tried = sum(s.tried for s in scenarios)
    print(f"{tried - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not tried else 0


sys.exit(main())
