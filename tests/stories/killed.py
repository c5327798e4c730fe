#!/usr/bin/env python3
"""Killed in the middle, a command has done nothing or everything, and the next one goes on.

    killed.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

`make torture` tries every point on SQLite; here some points of each command on either engine: of what it writes
into the data directory, before and behind its commit.
"""
# SPDX-License-Identifier: Apache-2.0
import glob
import os
import re
import shutil
import subprocess
import sys

import approvals
import town
import trail_rows
from town import same

POINTS = 5


def program(t, name, words, env):
    command = [f"{t.sesshu}-{name}", *words, "--data", t.data, "--as-of", t.today, "--operator", "hanako"]
    command += ["--store", t.server] if t.server else []
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **env})


def faulty(t, name, words, env, **fault):
    shim = {"LD_PRELOAD": os.path.join(os.path.dirname(t.sesshu), "tests", "libfault_shim.so"), "SESSHU_FAULT_UNDER": t.data}
    shim |= {f"SESSHU_FAULT_{k.upper()}": str(v) for k, v in fault.items()}
    return program(t, name, words, {**env, **shim})


def killed_here_and_there(t, name, next_words, count, env=None, again=(0, 1)):
    """`next_words()`: a command that was not done yet; `count()`: what it changes."""
    counts = os.path.join(t.folder, "counts")
    whole = next_words()
    done = faulty(t, name, whole, env or {}, count=counts)
    assert done.returncode in (0, 1), done.stderr
    with open(counts, encoding="utf-8") as f:
        points = max(int(line.split()[0]) for line in f)
    os.unlink(counts)
    assert points > 1, (name, whole)
    for point in sorted({1 + i * (points - 1) // (POINTS - 1) for i in range(POINTS)}):
        words = next_words()
        before = count()
        killed = faulty(t, name, words, env or {}, kill=point)
        between = count()
        trail = t.run(name, "audit", "verify")
        same(trail.returncode, 0, (words, point, trail.stdout, trail.stderr))
        repeated = program(t, name, words, env or {})
        assert repeated.returncode in again, (words, point, repeated.stderr)
        after = count()
        assert killed.returncode in (-9, 0, 1), (words, point, killed.returncode, killed.stderr)
        assert between in (before, after), (words, point, before, between, after)
        assert after != before, (words, point, before, after)


def ready(t):
    return os.path.exists(os.path.join(os.path.dirname(t.sesshu), "tests", "libfault_shim.so"))


def a_grant(t):
    names = iter(f"p{n}" for n in range(100))
    if ready(t):
        killed_here_and_there(t, "ledger", lambda: ["grant", next(names), "read"],
                              lambda: t.rows("SELECT count(*) FROM staff_duty"))


def fed(t):
    """The register's file of the day, written and not imported."""
    t.happens("花子", 31, "2026-09-30")
    t.moves_in(f"子{t.feeds}", "2025-05-10", house=t.feeds + 2)
    real, t.run = t.run, lambda *words, **more: subprocess.CompletedProcess(words, 0, "", "")
    t.arrives()
    t.run = real
    return max(glob.glob(os.path.join(t.folder, "JUKI_*.csv")), key=os.path.getmtime)


class Register:
    """The addressee program, serving on its own, so that nothing but the ledger is killed."""

    def __init__(self, t):
        command = [f"{t.sesshu}-addressee", "serve", "--port", "0", "--data", t.data, "--operator", "hanako"]
        command += ["--store", t.server] if t.server else []
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return {"SESSHU_ADDRESSEE": re.search(r"[0-9.]+:[0-9]+", self.process.stdout.readline()).group(0)}

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def an_import_and_a_sync(t):
    if not ready(t):
        return
    t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.night()
    killed_here_and_there(t, "addressee", lambda: ["import", fed(t)], lambda: files_of(t), again=(0, 1))
    same(t.run("ledger", "sync").returncode, 0, "and the ledger goes on")

    def another_day():
        path = fed(t)
        done = t.run("addressee", "import", path)
        assert done.returncode in (0, 1), done.stderr
        return ["sync"]

    with Register(t) as env:
        killed_here_and_there(t, "ledger", another_day,
                              lambda: t.rows("SELECT count(*) FROM resident_version"), env)


def files_of(t):
    return trail_rows.sql(t, "addressee", "SELECT count(*) FROM feed_file")


def an_intake(t):
    if not ready(t):
        return
    t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.night()
    days = iter(f"2026-{month:02d}-{day:02d}" for month in range(1, 10) for day in (3, 17))
    killed_here_and_there(t, "ledger",
                          lambda: ["intake", t.write_file([t.sheet("花子", "INF", next(days))]), "--outcome", "/dev/null"],
                          lambda: t.rows("SELECT (SELECT count(*) FROM intake_row), (SELECT count(*) FROM dose)"))


def an_approval(t):
    """Another login asks for a dose by hand, and whoever approves is killed: once or not at all."""
    if not ready(t) or not approvals.TARO:
        return
    approvals.opened(t)
    same(t.run("ledger", "grant", "taro", "enter").returncode, 0, "he asks")
    days = iter(f"2026-0{month}-{day:02d}" for month in range(1, 9) for day in (3, 17))

    def another_request():
        asked = approvals.as_taro(t, "ledger", "enter", t.number("花子"), "--vaccine", "MR", "--day", next(days), "--lot", "Y001",
                                  "--source", "母子健康手帳", "--reason", "転入前の記録")
        same(asked.returncode, 1, asked.stderr)
        return ["approvals", "approve", re.search(r"申請 (\d+)", asked.stdout).group(1)]

    killed_here_and_there(t, "ledger", another_request, lambda: t.rows("SELECT count(*) FROM dose"), again=(0, 2))


def a_withdrawal_and_a_restore(t):
    """Letters taken back, and an office brought back, on either engine."""
    if not ready(t):
        return
    days = iter(f"2025-{month:02d}-10" for month in range(1, 10))

    def another_batch():
        t.moves_in(f"子{t.feeds}", next(days), house=t.feeds + 2)
        t.night()
        out = os.path.join(t.folder, f"out{t.feeds}")
        os.mkdir(out, 0o700)
        done = t.run("ledger", "notices", "--out", out, "--vaccine", "MR1")
        assert done.returncode in (0, 1), done.stderr
        (papers,) = glob.glob(os.path.join(out, "papers-N*.pdf"))
        return ["withdraw", os.path.basename(papers)[len("papers-"):-len(".pdf")], "--reason", "印刷しない"]

    killed_here_and_there(t, "ledger", another_batch, lambda: t.rows("SELECT count(*) FROM notice WHERE to_act < 2147483647"),
                          again=(0, 2))
    known = t.rows("SELECT count(*) FROM notice")
    copy = os.path.join(t.folder, "copy")
    same(t.run("backup", "--to", copy).returncode, 0, "a copy")
    for name in ("ledger", "addressee"):
        shutil.copy2(os.path.join(t.data, "keys", name + ".kek"), os.path.join(copy, "keys"))
    counts = os.path.join(t.folder, "counts")

    def brought_back(**fault):
        """Into a new place, killed there; then once more, until it is whole."""
        t.data = os.path.join(t.folder, f"again {fault}")
        if t.server:
            t.forget_databases()
        killed = faulty(t, "ledger", ["restore", "--from", copy], {}, **fault)
        if killed.returncode != 0:
            whole = t.run("ledger", "audit", "verify")
            done = program(t, "ledger", ["restore", "--from", copy], {})
            same((whole.returncode == 0) or (done.returncode == 0), True, (fault, whole.stderr, done.stderr))
        same(t.rows("SELECT count(*) FROM notice"), known, fault)
        trail = t.run("ledger", "audit", "verify")
        same(trail.returncode, 0, (fault, trail.stdout))

    brought_back(count=counts)
    with open(counts, encoding="utf-8") as f:
        points = max(int(line.split()[0]) for line in f)
    for point in (points // 3, points * 2 // 3, points - 1):
        brought_back(kill=point)
    same(t.run("addressee", "restore", "--from", copy).returncode, 0, "and the register")


if __name__ == "__main__":
    sys.exit(town.tell([a_grant, an_import_and_a_sync, an_intake, an_approval, a_withdrawal_and_a_restore], sys.argv[1]))
