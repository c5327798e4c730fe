#!/usr/bin/env python3
"""Keys and certificates are replaced while the office goes on working.

    keys.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import os
import re
import sys

import town
from town import same

NUMBERS = {"花子": "000000123455", "太郎": "000000987654", "次郎": "000009722815"}
town.FEED.append("個人番号")


def moves_in(t, name, **more):
    t.moves_in(name, "2025-05-10", 個人番号=NUMBERS[name], **more)


def keys(t, what, status=0):
    done = t.run("addressee", "keys", what)
    same(done.returncode, status, done.stderr)
    return done.stdout + done.stderr


def old_values(t):
    return int(re.search(r"保護している値 (\d+) 件", keys(t, "status")).group(1))


def files_under(folder):
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as f:
                yield name, f.read()


def what_was_sealed_moves_to_the_new_key_and_the_old_one_goes(t):
    moves_in(t, "花子")
    moves_in(t, "太郎", protected=True, house=2)
    t.night()
    same(old_values(t), 0, "nothing is old in a new office")

    assert "世代 2" in keys(t, "rotate")
    old = old_values(t)
    assert old >= 3, old  # two numbers and a hidden place
    assert "先に keys reseal" in keys(t, "retire", status=2)
    assert f"{old} 件を鍵の世代 2 に移しました" in keys(t, "reseal")
    same(old_values(t), 0, "all of it moved")
    assert "0 件を" in keys(t, "reseal")  # nothing is moved twice
    assert "消しました" in keys(t, "retire")
    assert "最も古い世代 2" in keys(t, "status")

    # The office works on: a protected person's place is opened, numbers are recognised.
    t.today = "2026-10-02"
    t.happens("太郎", 31, "2026-10-01", 町丁目="浅野二丁目")
    moves_in(t, "次郎", house=3)
    t.night()
    t.today = "2026-10-03"
    t.happens("太郎", 92, "2026-10-02", 支援措置="")
    t.night()
    assert "次郎" in t.run("ledger", "show", t.number("次郎")).stdout


def a_program_that_never_sealed_rotates_too(t):
    moves_in(t, "花子")
    t.night()
    done = t.run("keys", "rotate")
    same(done.returncode, 0, done.stderr)
    assert "addressee" in done.stdout and "ledger" in done.stdout, done.stdout
    t.today = "2026-10-02"
    moves_in(t, "太郎")
    t.night()


def only_who_may_give_rights_touches_keys(t):
    moves_in(t, "花子")
    t.night()
    t.run("grant", "saburo", "read")
    for command in (("keys", "rotate"), ("keys", "status"), ("tls", "renew")):
        done = t.run("addressee", *command, operator="saburo")
        same(done.returncode, 2, done.stdout)
    assert "世代 1" in keys(t, "status")
    assert "どれか" in keys(t, "burn", status=2)


def certificates_are_looked_at_and_renewed(t):
    moves_in(t, "花子")
    t.night()
    done = t.run("tls", "status")
    same(done.returncode, 0, done.stderr)
    same(len(re.findall(r"あと \d{3} 日", done.stdout)), 2, done.stdout)
    before = {name: text for name, text in files_under(os.path.join(t.data, "tls"))}
    done = t.run("tls", "renew")
    same(done.returncode, 0, done.stderr)
    after = {name: text for name, text in files_under(os.path.join(t.data, "tls"))}
    for name in ("ledger.key", "ledger.crt", "addressee.key", "addressee.crt", "pins"):
        assert before[name] != after[name], name
    same(before["ca.key"], after["ca.key"], "the authority stays")
    same(after["pins"].count(b"\n"), 2, "one key for each role")
    same(sorted(after), sorted(before), "and nothing lies beside them")
    t.today = "2026-10-02"
    moves_in(t, "太郎")
    t.night()  # they still know each other


if __name__ == "__main__":
    sys.exit(town.tell([
        what_was_sealed_moves_to_the_new_key_and_the_old_one_goes,
        a_program_that_never_sealed_rotates_too,
        only_who_may_give_rights_touches_keys,
        certificates_are_looked_at_and_renewed,
    ], sys.argv[1]))
