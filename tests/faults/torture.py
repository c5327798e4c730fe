#!/usr/bin/env python3
"""Kills, fills up and breaks the disk under what changes an office, at every point there is, and breaks its line to
the database server.

The shim (fault_shim.c) numbers the points; this driver runs the same command once per point on a
fresh copy of the same data and holds what a reader sees afterwards against two pictures: before the
command, and after it. Nothing else may ever be seen, and running the command again must always lead
to the picture "after". Of files that leave (letters), those of a batch that is not committed are never
seen under their names, and after the next start no draft is left.

    torture.py BUILD SAMPLE [SCENARIO]...    SAMPLE points of each kind, evenly spread; 0 tries all
    SESSHU_TEST_POSTGRESQL=URL   keeps the office on this server, which is nobody else's
    TORTURE_SECONDS=N            stops after N seconds (and says what was left out)
"""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import engines

BUILD = pathlib.Path(sys.argv[1]).resolve()
SAMPLE = int(sys.argv[2])
DEADLINE = time.monotonic() + float(os.environ.get("TORTURE_SECONDS", "1e9"))
SHIM = BUILD / "tests" / "libfault_shim.so"
RESIDENTS, SEED = 300, 11
ENGINE = engines.Postgresql(os.environ["SESSHU_TEST_POSTGRESQL"]) if "SESSHU_TEST_POSTGRESQL" in os.environ else engines.Sqlite()
LETTER_POINTS = ENGINE.letter_points
TARO = 1 if os.geteuid() == 0 else None  # a second login, without which nobody approves


def run(program, *args, env=None):
    return subprocess.run([BUILD / program, *map(str, args), *ENGINE.store], env={**os.environ, **(env or {})},
                          capture_output=True, text=True, timeout=600)


def must(program, *args, env=None):
    result = run(program, *args, env=env)
    if result.returncode not in (0, 1):
        sys.exit(f"{program} {' '.join(map(str, args))}: exit {result.returncode}\n{result.stderr}")
    return result.stdout


class Scenario:
    def __init__(self, name, base, program, arguments, ignored=None, env=None, once=False, last=0, out="out", adds=False, sample=None):
        """`ignored`: tables in which a command that comes to do nothing may honestly add a row. `out`: where letters leave to.
        `once`: what is done is refused a second time. `last`: of the points at the end none is left out.
        `adds`: done again, it does the same once more: what is done is looked at as it is.
        `sample`: fewer points than elsewhere in the sampled run."""
        self.name, self.base, self.program, self.arguments = name, base, program, arguments
        self.ignored, self.env = ignored and re.compile(ignored), env or {}
        self.once, self.last, self.out, self.adds = once, last, out, adds
        self.sample = SAMPLE and (sample or SAMPLE)
        self.work = base.parent / f"{name}-try"
        self.tried, self.failures = 0, []

    def watched(self):
        """What is seen before it and after it, and how many points there are."""
        self.fresh()
        self.before = self.seen(self.work)
        self.after = self.counted()
        self.letters, self.lists = self.left("papers-*", "dispatch-*"), self.error_lists()

    def seen(self, data):
        return ENGINE.picture(data, self.ignored)

    def left(self, *patterns):
        """Files that have left for people."""
        out = self.work / self.out
        return sorted(f.name for pattern in patterns for f in out.glob(pattern) if not f.name.endswith((".draft", ".unfinished")))

    def error_lists(self):
        """What the lists of refused rows say, but for the numbers of their records."""
        return {f.name: [line.rsplit(",", 1)[0] for line in f.read_text("utf-8").splitlines()]
                for f in (self.work / "errors").glob("*.csv")}

    def drafts(self):
        return [str(f) for f in self.work.rglob("*") if f.name.endswith((".draft", ".unfinished"))]

    def fresh(self):
        shutil.rmtree(self.work, ignore_errors=True)
        ENGINE.copy(self.base, self.work, self.program.removeprefix("sesshu-"))

    def go(self, **faults):
        env = {f"SESSHU_FAULT_{k.upper()}": str(v) for k, v in faults.items()}
        env |= {"LD_PRELOAD": str(SHIM), "SESSHU_FAULT_UNDER": str(self.work)} | ENGINE.shim | self.env
        arguments = [str(a).replace("DATA", str(self.work)) for a in self.arguments]
        done = run(self.program, *arguments, "--data", self.work, env=env)
        ENGINE.settled(self.program.removeprefix("sesshu-"))
        return done

    def counted(self):
        self.fresh()
        counts = self.work.parent / "counts"
        counts.unlink(missing_ok=True)
        result = self.go(count=counts)
        if result.returncode not in (0, 1):
            sys.exit(f"{self.name}: exit {result.returncode}\n{result.stderr}")
        self.status = result.returncode
        points, reads, messages, *commits = counts.read_text().splitlines()[-1].split()
        self.counts = {"kill": int(points), "full": int(points), "read": int(reads), "lost": int(messages)}
        commits = [tuple(map(int, c.split(":"))) for c in commits]
        self.commits = {"kill": [point for point, _ in commits[-2:]], "lost": [message for _, message in commits[-2:]]}
        return self.seen(self.work)

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
        seen = self.seen(self.work)
        if self.left("papers-*", "dispatch-*") and seen != self.after:
            return self.wrong(kind, n, f"letters without their record: {self.left('*')}")
        if seen != self.before and seen != self.after:
            return self.wrong(kind, n, f"half of it is visible: {difference(self.before, seen)}")
        if kind != "kill" and result.returncode in (0, 1) and seen != self.after:
            return self.wrong(kind, n, "said it was done and it was not")
        trail = run(self.program, "audit", "verify", "--data", self.work)
        if not self.trail_agrees(trail):
            return self.wrong(kind, n, f"the trail does not agree: {trail.stdout}{trail.stderr[-300:]}")
        if self.adds and seen == self.after:
            must("sesshu-ledger", "grant", "jiro", "read", "--data", self.work)  # whoever comes next names the papers
            return self.left("papers-*", "dispatch-*") == self.letters and not self.drafts() or self.wrong(kind, n, "unfinished")
        again = self.go()
        if again.returncode not in (0, self.status) and not (self.once and seen == self.after):
            return self.wrong(kind, n, f"cannot be repeated: {again.stderr[-300:]}")
        if self.seen(self.work) != self.after:
            return self.wrong(kind, n, f"repeated, it differs: {difference(self.after, self.seen(self.work))}")
        if self.left("papers-*", "dispatch-*") != self.letters:
            return self.wrong(kind, n, f"other letters: {self.left('*')}")
        if self.error_lists() != self.lists:
            return self.wrong(kind, n, f"other lists of errors: {self.error_lists()}")
        if self.drafts():
            self.wrong(kind, n, f"drafts stay: {self.drafts()}")

    def trail_agrees(self, verified):
        return verified.returncode == 0

    def all(self):
        self.watched()
        for kind in ENGINE.kinds:
            count = self.counts[kind]
            chosen = range(1, count + 1)
            if self.sample and count > self.sample:
                chosen = {1 + (2 * i + 1) * count // (2 * self.sample) for i in range(self.sample)}
                chosen |= set(range(max(1, count - self.last), count + 1)) | set(self.commits.get(kind, ()))
            done = 0
            for n in sorted(chosen):
                if time.monotonic() > DEADLINE:
                    break
                self.one(kind, n)
                done += 1
            print(f"{self.name} {kind}: {count} points, {done} tried")


class Restore(Scenario):
    """Into an empty place. What is still arriving is no office: no command opens it, and nobody sees its rows."""

    def seen(self, data):
        names = ENGINE.settings(data, self.program.removeprefix("sesshu-"))
        return super().seen(data) if "keys" in names and "arriving" not in names else {}

    def trail_agrees(self, verified):
        return verified.returncode == (0 if self.seen(self.work) else 2)


def difference(a, b):
    return [f"{key}: {len(a.get(key, []))} rows / {len(b.get(key, []))}" for key in sorted(a.keys() | b.keys())
            if a.get(key) != b.get(key)][:5]


class Register:
    """The addressee's program on data of its own, which answers the ledger under test."""

    def __init__(self, data):
        self.process = subprocess.Popen([BUILD / "sesshu-addressee", "serve", "--port", "0", "--data", data, *ENGINE.store],
                                        stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        place = re.search(r"[0-9.]+:[0-9]+", self.process.stdout.readline())
        return {"SESSHU_ADDRESSEE": place.group(0)}

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def copied(base, name):
    data = base.parent / name
    ENGINE.copy(base, data)
    return data


def asked(base):
    """An office in which Taro may approve a dose that we have asked for; the number of the request."""
    data = copied(base, "asked")
    ((number,),) = ENGINE.rows(data, "ledger", "SELECT addressee_no FROM person ORDER BY person_id LIMIT 1")
    must("sesshu", "ledger", "grant", "taro", "approve", "--data", data)
    must("sesshu", "ledger", "account", "taro", TARO, "--data", data)
    said = must("sesshu", "ledger", "enter", number, "--vaccine", "MR", "--day", "2026-06-01", "--lot", "Y001",
                "--source", "母子健康手帳", "--reason", "転入前の記録", "--data", data)
    ENGINE.keep(data)
    return data, re.search(r"申請 (\d+)", said).group(1)


def sent(base):
    """A ledger that has written letters; the number of the batch."""
    data = copied(base, "sent")
    must("sesshu-ledger", "notices", "--out", data / "out", "--vaccine", "VAR", "--data", data)
    ENGINE.keep(data)
    return data, next((data / "out").glob("papers-N*.pdf")).stem.removeprefix("papers-")


def backed_up(base, folder):
    """A copy with the key that opens it, and an empty place beside it. Nothing else is left of the office."""
    ENGINE.copy(base, base.parent / "backed")
    base = base.parent / "backed"
    must("sesshu-ledger", "backup", "--to", folder, "--data", base)
    shutil.copy2(base / "keys" / "ledger.kek", folder / "keys" / "ledger.kek")
    empty = folder.parent / "empty"
    empty.mkdir(mode=0o700)
    ENGINE.forget()
    return empty


def with_bad_rows(feed, folder):
    """The same file, in which some rows cannot be taken: its list must be there whenever the file is."""
    lines = feed.read_bytes().split(b"\n")
    for i in range(5, len(lines) - 1, len(lines) // 4):
        cells = lines[i].split(b",")
        lines[i] = b",".join(cells[:3] + [b"77"] + cells[4:])
    folder.mkdir()
    (folder / feed.name).write_bytes(b"\n".join(lines))
    return folder / feed.name


def scenarios(top):
    city, base = top / "city", top / "base"
    must("sesshu", "city", "--residents", RESIDENTS, "--seed", SEED, "--out", city)
    feeds = sorted(city.glob("JUKI_*_ALL_*.csv"))
    ENGINE.forget()
    must("sesshu", "init", "--practice", "--data", base)
    ENGINE.keep(base)
    yield Scenario("import", base, "sesshu-addressee", ["import", with_bad_rows(feeds[0], top / "bad")])
    yield Scenario("grant", base, "sesshu-ledger", ["grant", "taro", "approve"])

    imported = copied(base, "imported")
    must("sesshu", "addressee", "import", *feeds, "--data", imported)
    ENGINE.keep(imported)
    differences = sorted(city.glob("JUKI_*_DIF_*.csv"))
    yield Scenario("difference", imported, "sesshu-addressee", ["import", differences[0]])
    with Register(copied(imported, "register")) as env:
        yield Scenario("sync", imported, "sesshu-ledger", ["sync"], ignored="^(act|sync_batch)$", env=env)

    synced = copied(imported, "synced")
    must("sesshu", "ledger", "sync", "--data", synced)
    ENGINE.keep(synced)
    submissions = sorted(city.glob("YOSHIN_*.csv"), key=lambda p: p.stat().st_size)
    # The first file of a ledger is staged in the turn; the ones after it from a picture.
    yield Scenario("intake_first", synced, "sesshu-ledger", ["intake", submissions[-2]])
    full = copied(synced, "full")
    must("sesshu", "ledger", "intake", submissions[-2], "--data", full)
    ENGINE.keep(full)
    yield Scenario("intake", full, "sesshu-ledger", ["intake", submissions[-1]])
    yield Scenario("notices", full, "sesshu-ledger", ["notices", "--out", "DATA/out", "--vaccine", "VAR"],
                   ignored="^(act|notice_run|notice_file)$", last=LETTER_POINTS)
    if TARO is not None:
        data, number = asked(full)
        yield Scenario("approve", data, "sesshu-ledger", ["approvals", "approve", number],
                       env={"SESSHU_FAULT_LOGIN": str(TARO)}, once=True)
    data, batch = sent(full)
    yield Scenario("withdraw", data, "sesshu-ledger", ["withdraw", batch, "--reason", "印刷しない"], once=True, sample=SAMPLE and min(SAMPLE, 6), out="none")
    yield Scenario("reprint", data, "sesshu-ledger", ["notices", "--reprint", batch, "--out", "DATA/again"],
                   ignored="^(act|notice_run|notice_file)$", last=SAMPLE and LETTER_POINTS // 4, out="again", adds=True, sample=SAMPLE and min(SAMPLE, 6))
    # Numbers go on from the moment at which it was put back, which is another one each time.
    yield Restore("restore", backed_up(data, top / "copy"), "sesshu-ledger", ["restore", "--from", top / "copy"], ignored="^given_number$", once=True,
                  sample=SAMPLE and min(SAMPLE, 8))


def main():
    tried, failures, wanted = 0, [], sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        for scenario in scenarios(pathlib.Path(folder)):
            if not wanted or scenario.name in wanted:
                scenario.all()
            for line in scenario.failures:
                print("FAILED " + line, flush=True)
            tried += scenario.tried
            failures += scenario.failures

    print(f"{tried - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not tried else 0


sys.exit(main())
