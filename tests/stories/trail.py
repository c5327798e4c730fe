#!/usr/bin/env python3
"""Nobody takes a word out of the trail with the rights of the program that writes it.

    trail.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

On PostgreSQL the program's role reads the trail and adds to it, and that is all. A file of SQLite is the
program's own: there its triggers refuse, and `audit verify` names what went round them.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sqlite3
import subprocess
import sys

import town
from town import same

PROGRAMS = ("ledger", "addressee")
OPEN = "書き換えられる状態"  # what init and audit verify say of a trail that is the program's own
CHANGES = ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"]
TAMPERING = [*CHANGES, "TRUNCATE {0}", "DROP TABLE {0}", "DROP TABLE {0} CASCADE", "DROP TRIGGER {0}_stays ON {0}",
             "ALTER TABLE {0} DISABLE TRIGGER ALL", "ALTER TABLE {0} RENAME TO x", "ALTER TABLE {0} ADD COLUMN x text",
             "ALTER TABLE {0} OWNER TO CURRENT_USER", "GRANT ALL ON {0} TO CURRENT_USER; DELETE FROM {0}",
             "CREATE RULE x AS ON INSERT TO {0} DO INSTEAD NOTHING", "DROP FUNCTION append_only CASCADE",
             "DROP SCHEMA public CASCADE", "ALTER SCHEMA public RENAME TO x"]
TABLES = [("audit_leaf", "leaf_no"), ("audit_epoch", "epoch_no"), ("audit_tally", "leaf_no"), ("audit_shown", "leaf_no")]


def psql(url, sql, **env):
    return subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", url, "-c", sql], capture_output=True, text=True,
                          env={**os.environ, **env})


def as_program(t, program, sql):
    """With what the program itself has: its role and its password."""
    server = t.server.rsplit("/", 1)[0].replace("sesshu_test@", f"sesshu_{program}@")
    return psql(f"{server}/sesshu_{program}", sql, PGPASSFILE=os.path.join(t.data, "keys", f"{program}.pgpass"))


def as_administrator(t, database, sql):
    done = psql(f"{t.server.rsplit('/', 1)[0]}/{database}", sql)
    same(done.returncode, 0, done.stderr)
    return done.stdout


def verified(t):
    done = t.run("audit", "verify")
    same(done.returncode, 0, done.stdout + done.stderr)
    return done.stdout


def work_goes_on(t):
    if not t.people:
        t.moves_in("花子", "2025-05-10")
        t.night()
    for words in (("grant", "jiro", "read"), ("revoke", "jiro", "read")):
        done = t.run(*words)
        same(done.returncode, 0, done.stderr)
    t.happens("花子", 31, t.today)
    t.night()
    said = verified(t)
    assert OPEN not in said, said
    same(said.count("すべて書かれたときのまま"), len(PROGRAMS), said)


def the_programs_role_only_adds(t):
    for program in PROGRAMS:
        before = as_program(t, program, "SELECT count(*) FROM audit_leaf")
        same(before.returncode, 0, before.stderr)
        for sql in [sql.format(*table) for sql in TAMPERING for table in TABLES]:
            done = as_program(t, program, sql)
            assert done.returncode != 0, sql
            assert "permission denied" in done.stderr or "must be owner" in done.stderr, (sql, done.stderr)
        same(as_program(t, program, "SELECT count(*) FROM audit_leaf").stdout, before.stdout, "nothing went")
        same(as_program(t, program, f"DROP DATABASE sesshu_{program}").returncode != 0, True, "the database stays")
    work_goes_on(t)


def an_office_of_before_is_told_of_and_mended_by_init(t):
    for program in PROGRAMS:
        as_administrator(t, "sesshu_test", f"ALTER DATABASE sesshu_{program} OWNER TO sesshu_{program}")
        as_administrator(t, f"sesshu_{program}",
                         f"ALTER FUNCTION append_only() OWNER TO sesshu_{program};"
                         + ";".join(f"ALTER TABLE {table} OWNER TO sesshu_{program}" for table, _ in TABLES))
    same(as_program(t, "ledger", "ALTER TABLE audit_leaf DISABLE TRIGGER ALL;"
                                 "ALTER TABLE audit_leaf ENABLE TRIGGER ALL").returncode, 0, "as it was before")
    said = verified(t)
    same(said.count(OPEN), len(PROGRAMS), said)
    same(said.count("すべて書かれたときのまま"), len(PROGRAMS), said)

    done = t.run("init")
    same(done.returncode, 0, done.stderr)
    assert OPEN not in done.stdout, done.stdout
    the_programs_role_only_adds(t)


def the_triggers_of_a_file_refuse(t):
    for program in PROGRAMS:
        link = sqlite3.connect(os.path.join(t.data, f"{program}.db"))
        link.execute("INSERT INTO audit_shown (leaf_no, sign) VALUES (1, 'aaaaaaaaaaaaaaaa')")  # a row to refuse; never committed
        for sql in [sql.format(*table) for sql in CHANGES for table in TABLES]:
            try:
                link.execute(sql)
            except sqlite3.IntegrityError as refusal:
                assert "append only" in str(refusal)
            else:
                raise AssertionError(sql)
        link.rollback()
        link.close()
    work_goes_on(t)


if __name__ == "__main__":
    sys.exit(town.tell([
        the_programs_role_only_adds,
        an_office_of_before_is_told_of_and_mended_by_init,
    ] if "SESSHU_TEST_POSTGRESQL" in os.environ else [the_triggers_of_a_file_refuse], sys.argv[1]))
