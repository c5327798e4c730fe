#!/usr/bin/env python3
"""A look never waits: its record has a turn of its own, and stands before the answer leaves.

    looks.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import io
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys

import town
import trail
from town import same


class WritingTurn:
    """Whoever holds it lets no change through, like an import at work."""

    def __init__(self, t, program="ledger"):
        self.server = None
        if t.server:
            url = f"{t.server.rsplit('/', 1)[0]}/sesshu_{program}"
            self.server = subprocess.Popen(["psql", "-qAtX", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.server.stdin.write("BEGIN; SELECT pg_advisory_xact_lock(5310);\n")
            self.server.stdin.flush()
            same(self.server.stdout.readline(), "\n", "the turn is taken")
        else:
            self.link = sqlite3.connect(os.path.join(t.data, f"{program}.db"), isolation_level=None)
            self.link.execute("BEGIN IMMEDIATE")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.communicate("ROLLBACK;\n")
        else:
            self.link.execute("ROLLBACK")
            self.link.close()


def rows(t, *words):
    done = t.run("ledger", "audit", "read", *words)
    same(done.returncode, 0, done.stderr)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def a_town(t):
    t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.night()
    t.submits([t.sheet("花子", "MR", "2026-05-12")])


def a_look_goes_on_while_somebody_writes(t):
    a_town(t)
    with WritingTurn(t):
        done = t.run("ledger", "show", t.number("花子"))
        same(done.returncode, 0, done.stderr)
        assert "花子" in done.stdout, done.stdout
        listed = t.run("ledger", "due")
        same(listed.returncode, 0, listed.stderr)
        refused = t.run("ledger", "show", "12")
        same(refused.returncode, 2, "also what is refused has its record")
        found = rows(t, t.number("花子"))
        same([(r["操作"], r["結果"]) for r in found if r["操作"] == "show"], [("show", "done")], "the record stands")
        same(t.run("ledger", "grant", "jiro", "read").returncode, 2, "a change waits, and is told so")
    same(t.run("ledger", "grant", "jiro", "read").returncode, 0, "and goes on afterwards")


def what_was_answered_was_recorded(t):
    """Killed when the first byte of the answer is there: the record is there too."""
    a_town(t)
    for killed in range(1, 6):
        command = [t.sesshu + "-ledger", "show", t.number("花子"), "--data", t.data, "--as-of", t.today, "--operator", "hanako"]
        command += ["--store", t.server] if t.server else []
        look = subprocess.Popen(command, stdout=subprocess.PIPE)
        same(len(look.stdout.read(1)), 1, "an answer")
        look.send_signal(signal.SIGKILL)
        look.wait()
        look.stdout.close()
        same(sum(r["操作"] == "show" for r in rows(t, t.number("花子"))), killed, "its record")


def both_are_read_as_one_by_time(t):
    a_town(t)
    t.run("ledger", "show", t.number("花子"))
    t.run("ledger", "grant", "jiro", "read")
    t.run("ledger", "show", t.number("花子"))
    found = [r["操作"] for r in rows(t)]
    same(found[-3:], ["show", "grant", "show"], "in the order in which it was done")
    numbers = [r["証跡番号"] for r in rows(t)]
    same(len(set(numbers)), len(numbers), "each its own number")


def set_back(t, looks, act):
    """One of the trails goes back to before `act`, database and file of heads together."""
    name = "ledger-looks" if looks else "ledger"
    heads = os.path.join(t.data, name + ".trail")
    schema = "looks" if looks else "public"
    kept = {}
    if t.server:
        count = trail.as_administrator(t, "sesshu_ledger", f"SELECT max(leaf_no) FROM {schema}.audit_leaf").strip()
    else:
        for path in (os.path.join(t.data, name + end) for end in (".db", ".db-wal")):
            if os.path.exists(path):
                kept[path] = shutil.copy(path, path + ".kept")
    shutil.copy(heads, heads + ".kept")
    act()
    if t.server:
        trail.as_administrator(t, "sesshu_ledger", f"ALTER TABLE {schema}.audit_leaf DISABLE TRIGGER ALL;"
                               f"DELETE FROM {schema}.audit_leaf WHERE leaf_no > {count}")
    for path, copy in kept.items():
        shutil.copy(copy, path)
    shutil.copy(heads + ".kept", heads)


def neither_trail_is_cut_alone(t):
    a_town(t)

    def a_day():
        t.run("ledger", "show", t.number("花子"))
        t.run("ledger", "grant", "saburo", "read")
        t.run("ledger", "show", t.number("花子"))

    set_back(t, True, a_day)
    t.run("ledger", "grant", "shiro", "read")  # work goes on over the gap
    said = t.run("ledger", "audit", "verify")
    same(said.returncode, 1, said.stdout)
    assert "閲覧の証跡" in said.stdout and "もう一方の証跡" in said.stdout, said.stdout
    return False


def nor_the_changes(t):
    a_town(t)

    def a_day():
        t.run("ledger", "grant", "saburo", "read")
        t.run("ledger", "show", t.number("花子"))

    set_back(t, False, a_day)
    said = t.run("ledger", "audit", "verify")
    same(said.returncode, 1, said.stdout)
    assert "もう一方の証跡" in said.stdout, said.stdout
    return False


def who_keeps_the_end_outside_sees_both_cut(t):
    """Database and data directory go back together to this morning: what was kept outside says otherwise."""
    a_town(t)
    log = os.path.join(t.folder, "log")
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(log)
    told.setblocking(False)
    os.environ["SESSHU_WITNESS"] = log
    morning = os.path.join(t.folder, "morning")
    shutil.copytree(t.data, morning)
    if t.server:
        count = trail.as_administrator(t, "sesshu_ledger", "SELECT max(leaf_no) FROM audit_leaf").strip()
    t.run("ledger", "grant", "saburo", "read")
    t.run("ledger", "show", t.number("花子"))
    noon = shutil.copy(os.path.join(t.data, "ledger.trail"), os.path.join(t.folder, "noon.trail"))
    with open(os.path.join(t.folder, "journal"), "w", encoding="utf-8") as journal:
        try:
            while True:
                journal.write("Oct 01 09:00:00 office " + told.recv(4096).decode() + "\n")
        except BlockingIOError:
            pass
    for kept in (noon, journal.name):
        said = t.run("ledger", "audit", "verify", "--witness", kept)
        same(said.returncode, 0, said.stdout + said.stderr)
    if t.server:
        for table in ("public.audit_leaf", "public.audit_tally", "looks.audit_leaf"):
            trail.as_administrator(t, "sesshu_ledger", f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        trail.as_administrator(t, "sesshu_ledger", f"DELETE FROM audit_leaf WHERE leaf_no > {count};"
                               f"DELETE FROM audit_tally WHERE leaf_no > {count}; DELETE FROM looks.audit_leaf"
                               f" WHERE other_no > {count}; DELETE FROM staff_duty WHERE granted_record > {count};"
                               "DELETE FROM staff WHERE name = 'saburo'")
        for name in ("ledger.trail", "ledger-looks.trail"):
            shutil.copy(os.path.join(morning, name), os.path.join(t.data, name))
    else:
        shutil.rmtree(t.data)
        shutil.copytree(morning, t.data)
    for kept in (noon, journal.name):
        said = t.run("ledger", "audit", "verify", "--witness", kept)
        same(said.returncode, 1, said.stdout + said.stderr)
        assert "外に残された控え" in said.stdout, said.stdout
    del os.environ["SESSHU_WITNESS"]
    told.close()
    # Nothing inside the office says so: tell() finds its trail whole.


def looks_that_are_gone_are_missed(t):
    a_town(t)
    t.run("ledger", "show", t.number("花子"))
    if t.server:
        return
    for end in ("", "-wal", "-shm"):
        path = os.path.join(t.data, "ledger-looks.db" + end)
        if os.path.exists(path):
            os.rename(path, path + ".kept")
    for words in (("show", t.number("花子")), ("due",), ("upgrade",)):
        done = t.run("ledger", *words)
        same(done.returncode, 2, done.stdout)
        assert "閲覧の証跡" in done.stderr, done.stderr
    same(t.run("init").returncode, 2, "nor is it begun anew")
    os.rename(os.path.join(t.data, "ledger-looks.db.kept"), os.path.join(t.data, "ledger-looks.db"))


if __name__ == "__main__":
    sys.exit(town.tell([
        a_look_goes_on_while_somebody_writes,
        what_was_answered_was_recorded,
        both_are_read_as_one_by_time,
        neither_trail_is_cut_alone,
        nor_the_changes,
        who_keeps_the_end_outside_sees_both_cut,
        looks_that_are_gone_are_missed,
    ], sys.argv[1]))
