#!/usr/bin/env python3
"""An office moves from one database to another and back, and nothing of it is lost.

    move.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
import time

import town
from town import same


def a_month(t):
    t.moves_in("花子", "2025-05-10", sex=2)
    t.moves_in("太郎", "2024-02-03", house=2, protected=True)
    t.moves_in("次郎", "2023-07-07", house=3, 氏名="見本　髙士")
    t.night()
    t.submits([t.sheet("花子", "MR", "2026-05-12"), t.sheet("太郎", "ヒブ", "2024-06-01"), t.sheet("花子", "謎", "2026-05-12")])


def what_is_known(t):
    return [t.run("ledger", "show", t.number(name), "--format", "json").stdout for name in t.people] + [
        t.run("ledger", "due", "--format", "csv").stdout.split("\n")[1:]]


def nobody_moves_to_where_he_lives(t):
    a_month(t)
    done = t.run("move", "--to", t.server or "sqlite")
    same(done.returncode, 2, done.stdout)
    assert "同じ場所" in done.stderr, done.stderr
    assert "--to" in t.run("move").stderr


def a_move_takes_the_right_of_administration(t):
    t.run("grant", "太郎", "read")
    done = t.run("move", "--to", "sqlite", operator="太郎")
    same(done.returncode, 2, done.stdout)
    assert "admin" in done.stderr, done.stderr


def an_office_moves_there_and_back(t):
    if not t.server:
        return
    a_month(t)
    before, server = what_is_known(t), t.server
    moved = t.run("move", "--to", "sqlite")
    same(moved.returncode, 0, moved.stderr)
    assert "元と同じであることを確かめました" in moved.stdout, moved.stdout

    # What was left behind is closed: two offices would part.
    left = t.run("ledger", "show", t.number("花子"))
    same(left.returncode, 2, left.stdout)
    assert "移して" in left.stderr, left.stderr
    again = t.run("move", "--to", "sqlite")
    same(again.returncode, 0, again.stderr)
    assert "もう移して" in again.stdout, again.stdout
    # Nor does it write into the trail that goes on elsewhere.
    for mistyped in ("sqlite:///", "nowhere", "postgresql://a:b@127.0.0.1/x"):
        refused = t.run("move", "--to", mistyped)
        assert refused.returncode == 2 and "--to" in refused.stderr and "--store" not in refused.stderr, refused.stderr

    t.server = None
    same(what_is_known(t), before, "on SQLite the same is known")
    same(t.run("audit", "verify").returncode, 0, "the trail is one")
    t.happens("花子", 31, "2026-10-02", 町丁目="浅野二丁目")
    t.today = "2026-10-03"
    t.night()
    later = what_is_known(t)

    # Back: not onto what still lies there.
    refused = t.run("move", "--to", server)
    same(refused.returncode, 2, refused.stdout)
    assert "すでに業務のデータ" in refused.stderr, refused.stderr
    same(what_is_known(t), later, "a refused move leaves the office where it is")
    t.server = server
    t.forget_databases()
    t.server = None
    moved = t.run("move", "--to", server)
    same(moved.returncode, 0, moved.stderr)
    t.server = server
    same(what_is_known(t), later, "on PostgreSQL the same is known")
    kept = t.run("audit", "verify")
    same(kept.returncode, 0, kept.stderr)
    assert "書き換えられる状態" not in kept.stdout, kept.stdout


def opens(t, store):
    t.server = store
    done = t.run("ledger", "show", t.number("花子"), "--format", "json")
    assert done.returncode == 0 or "移して" in done.stderr or "途中" in done.stderr or "まだ業務の" in done.stderr \
        or "がないか、つながりません" in done.stderr or "古い版" in done.stderr, done.stderr
    return done.stdout if done.returncode == 0 else None


def nobody_is_connected(server):
    """A server ends what a killed client had begun, or finishes its commit, a moment later."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'sesshu\\_%' AND pid <> pg_backend_pid() AND datname <> 'sesshu_test'"
    while subprocess.run(["psql", "-qAtX", server, "-c", asked], capture_output=True, text=True, check=True).stdout.strip() != "0":
        time.sleep(0.02)


def a_move_that_is_killed_leaves_one_office(t):
    """Killed at any moment: never two that can be opened, and the same command again brings the office over."""
    if not t.server:
        return
    a_month(t)
    server, before = t.server, t.run("ledger", "show", t.number("花子"), "--format", "json").stdout
    command = [t.sesshu, "ledger", "move", "--to", "sqlite", "--data", t.data, "--as-of", t.today, "--operator", "hanako", "--store", server]
    for wait in (0.01, 0.03, 0.05, 0.07, 0.09, 0.12, 0.16, 0.2, 0.3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        nobody_is_connected(server)
        here, there = opens(t, server), opens(t, None)
        assert not (here and there), f"killed after {wait} s: two offices"
        if there:
            break
        for end in ("", "-wal", "-shm"):  # as the message asks for
            if here and os.path.exists(os.path.join(t.data, "ledger.db" + end)):
                os.remove(os.path.join(t.data, "ledger.db" + end))
    t.server = server
    done = t.run("ledger", "move", "--to", "sqlite")
    assert done.returncode == 0 or there, done.stderr
    same(opens(t, None), before, "what is known came over")
    same(opens(t, server), None, "what was left is closed")
    same(t.run("addressee", "move", "--to", "sqlite").returncode, 0, "the other system follows")
    t.server = None


STORIES = [a_move_that_is_killed_leaves_one_office, nobody_moves_to_where_he_lives, a_move_takes_the_right_of_administration, an_office_moves_there_and_back]

if __name__ == "__main__":
    sys.exit(town.tell(STORIES, sys.argv[1]))
