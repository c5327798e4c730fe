#!/usr/bin/env python3
"""Every night the office looks after itself: changes, trail, certificates, a copy; and old copies go.

    nightly.py SESSHU NIGHTLY     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sqlite3
import subprocess
import sys

import town
from town import same

NIGHTLY = sys.argv[2]


def runs(t, keep=2):
    told = {"SESSHU": t.sesshu, "SESSHU_DATA": t.data, "SESSHU_BACKUPS": os.path.join(t.folder, "backups"), "SESSHU_KEEP": str(keep),
            "SESSHU_OPERATOR": "hanako"}
    if t.server:
        told["SESSHU_STORE"] = t.server
    return subprocess.run([NIGHTLY], capture_output=True, text=True, timeout=300, env={**os.environ, **told})


def copies(t):
    return sorted(os.listdir(os.path.join(t.folder, "backups")))


def a_night_takes_over_what_came_and_keeps_a_copy(t):
    t.moves_in("花子", "2025-05-10", sex=2)
    t.arrives()
    same(t.run("intermediate", "init").returncode, 0, "a city that exchanges with others")
    done = runs(t)
    same(done.returncode, 0, done.stdout + done.stderr)
    assert t.show("花子")
    assert all(said in done.stderr for said in ("照会結果 0 件", "行の一覧のファイル 0 件", "受け付けない行の内容 0 件", "確かめ終えた照会の回答 0 件")), done.stderr
    first = copies(t)
    same(len(first), 1, "one copy")
    for name in ("ledger.backup", "addressee.backup", "intermediate.backup"):
        assert os.path.exists(os.path.join(t.folder, "backups", first[0], name)), name


def old_copies_go_and_broken_ones_too(t):
    t.moves_in("花子", "2025-05-10", sex=2)
    t.night()
    folder = os.path.join(t.folder, "backups")
    os.makedirs(os.path.join(folder, "20250101-020000"))
    os.makedirs(os.path.join(folder, "20250102-020000"))
    os.makedirs(os.path.join(folder, "20250103-020000.taking"))
    os.makedirs(os.path.join(folder, "of the mayor"))
    same(runs(t).returncode, 0, "a night")
    left = copies(t)
    assert left[0] == "20250102-020000" and left[2] == "of the mayor" and len(left) == 3, left


def a_trail_that_was_changed_ends_the_night(t):
    if t.server:
        return  # there nobody but the administrator can
    t.moves_in("花子", "2025-05-10", sex=2)
    t.night()
    path = os.path.join(t.data, "ledger.db")
    db = sqlite3.connect(path)
    trigger = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_leaf_stays'").fetchone()[0]
    db.execute("DROP TRIGGER audit_leaf_stays")
    kept = db.execute("SELECT operator_name FROM audit_leaf WHERE leaf_no = 2").fetchone()[0]
    db.execute("UPDATE audit_leaf SET operator_name = '誰か' WHERE leaf_no = 2")
    db.commit()
    done = runs(t)
    assert done.returncode != 0, done.stdout
    assert "audit verify" in done.stdout.splitlines()[-1] or "証跡" in done.stdout, done.stdout
    assert not os.path.exists(os.path.join(t.folder, "backups")), "no copy takes the place of a good one"
    db.execute("UPDATE audit_leaf SET operator_name = ? WHERE leaf_no = 2", (kept,))
    db.execute(trigger)
    db.commit()
    db.close()


STORIES = [a_night_takes_over_what_came_and_keeps_a_copy, old_copies_go_and_broken_ones_too, a_trail_that_was_changed_ends_the_night]

if __name__ == "__main__":
    sys.exit(town.tell(STORIES, sys.argv[1]))
