#!/usr/bin/env python3
"""What lies in the data directory may be anything: nothing waits for ever, and nothing lost is begun anew.

    strange_files.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import glob
import io
import os
import shutil
import subprocess
import sys

import town
from town import same

SECONDS = 60  # of a story's patience; a pipe without a writer has more


def told(t, *words, status=None):
    done = t.run(*words)
    if status is not None:
        same(done.returncode, status, done.stdout + done.stderr)
    return done.stdout + done.stderr


def a_town(t):
    t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.night()
    t.submits([t.sheet("花子", "MR", "2026-05-12")])


def instead(path, make):
    """Something else of that name, and then the file again."""
    os.rename(path, path + ".aside")
    make(path)


def again(path):
    os.unlink(path)
    os.rename(path + ".aside", path)


def pipe(path):
    os.mkfifo(path, 0o600)


def device(path):
    os.symlink("/dev/zero", path)


def a_pipe_or_a_device_holds_nobody(t):
    a_town(t)
    files = ["city.json", "ledger.trail", "addressee.newest", "ledger.lock", "keys/ledger.keys", "keys/ledger.epoch",
             "tls/ledger.crt", "tls/ledger.key", "tls/ca.crt", "keys/ledger.pgpass" if t.server else "ledger.db"]
    for name in files:
        path = os.path.join(t.data, name)
        if not os.path.exists(path):
            continue
        for make in (pipe, device):
            instead(path, make)
            for words in (("ledger", "due"), ("ledger", "notices", "--out", os.path.join(t.folder, "letters")),
                          ("ledger", "show", t.number("花子")), ("ledger", "sync"), ("ledger", "audit", "verify")):
                done = t.run(*words)  # town.run ends what hangs
                assert done.returncode in (0, 1, 2), (name, words, done.returncode)
            again(path)
    path = os.path.join(t.folder, "pipe.csv")
    os.mkfifo(path)
    for words in (("ledger", "intake", path), ("addressee", "import", path), ("schedule", "check", path)):
        same(t.run(*words).returncode, 2, words)
    os.unlink(os.path.join(t.data, "addressee.newest"))
    told(t, "ledger", "sync", status=0)


def the_mark_of_the_register_is_missed(t):
    a_town(t)
    mark = os.path.join(t.data, "addressee.newest")
    for spoil in (os.unlink, lambda path: open(path, "w").close()):
        spoil(mark)
        said = told(t, "ledger", "due", status=2)
        assert "addressee.newest" in said, said
        told(t, "ledger", "sync", status=0)
        told(t, "ledger", "due", status=0)


def an_empty_database_beside_living_keys_is_no_office(t):
    if t.server:
        return
    a_town(t)
    for program in ("ledger", "addressee"):
        path = os.path.join(t.data, f"{program}.db")
        shutil.copy(path, path + ".kept")
        for left in (b"", None):
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.unlink(path + end)
            if left is not None:
                open(path, "wb").close()
            for words in ((program, "audit", "verify"), ("init",)):
                said = told(t, *words, status=2)
                assert "鍵はありますが" in said, (words, said)
            assert not os.path.exists(path) or os.path.getsize(path) == 0
        shutil.copy(path + ".kept", path)


def a_lost_database_is_not_founded_again(t):
    """A file of SQLite that holds nothing, or a database of a server that somebody made anew."""
    a_town(t)
    if t.server:
        admin = t.server.rsplit("/", 1)[0] + "/postgres"
        subprocess.run(["psql", "-qX", admin, "-c", "ALTER DATABASE sesshu_ledger RENAME TO sesshu_kept", "-c",
                        "CREATE DATABASE sesshu_ledger TEMPLATE template0"], check=True, capture_output=True)
    else:
        path = os.path.join(t.data, "ledger.db")
        shutil.move(path, path + ".kept")
        subprocess.run([sys.executable, "-c", f"import sqlite3; c = sqlite3.connect({path!r});"
                        "c.execute('PRAGMA user_version = 1'); c.execute('CREATE TABLE x (y)'); c.commit()"], check=True)
    said = told(t, "init", status=2)
    assert "鍵はありますが" in said, said
    if t.server:
        subprocess.run(["psql", "-qX", admin, "-c", "DROP DATABASE sesshu_ledger", "-c",
                        "ALTER DATABASE sesshu_kept RENAME TO sesshu_ledger"], check=True, capture_output=True)
    else:
        shutil.move(path + ".kept", path)


def trail(t, program="ledger"):
    return list(csv.DictReader(io.StringIO(told(t, program, "audit", "read", status=0))))


def what_is_refused_before_the_door_has_its_record(t):
    a_town(t)
    for program, words, code in [
            ("ledger", ("audit", "read", "--from", "zz"), "E_DATE_FORMAT"),
            ("ledger", ("intake", "/nonexistent"), "E_FILE_OPEN"),
            ("ledger", ("intake",), "E_USAGE"),
            ("ledger", ("show", "12"), None),
            ("ledger", ("due", "--no-such-option"), "E_USAGE"),
            ("addressee", ("import", "/nonexistent"), None),
            ("addressee", ("approvals",), "E_USAGE")]:
        before = len(trail(t, program))
        told(t, program, *words, status=2)
        rows = trail(t, program)
        same(len(rows), before + 2, words)  # the refusal, and the reading before
        row = rows[-1]
        same(row["結果"] in ("refused", "failed"), True, (words, row))
        same(row["職員"], "hanako", words)
        assert row["操作"].startswith(words[0]), (words, row)
        if code:
            assert row["内容"].startswith(code), (words, row)


def a_name_of_255_bytes_has_its_list(t):
    a_town(t)
    for name in ("あ" * 83 + "xy.csv", "y" * 251 + ".csv"):
        same(len(name.encode()), 255, name)
        path = os.path.join(t.folder, name)
        shutil.copy(t.write_file([t.sheet("花子", "MR", "2026-13-45", claimed="2")]), path)
        done = t.run("ledger", "intake", path)
        same(done.returncode, 1, done.stdout + done.stderr)
    lists = glob.glob(os.path.join(t.data, "errors", "*"))
    same(len(lists), 2, lists)


def the_environment_leads_nowhere(t):
    """Variables of the server's library do not count: only what --store says."""
    if not t.server:
        return
    a_town(t)
    strange = {"PGHOSTADDR": "192.0.2.1", "PGHOST": "192.0.2.1", "PGPORT": "1", "PGSSLMODE": "disable",
               "PGDATABASE": "postgres", "PGUSER": "nobody", "PGSERVICE": "elsewhere", "PGOPTIONS": "-c search_path=x",
               "PGSERVICEFILE": "/nonexistent", "PGREQUIRESSL": "1", "PGCONNECT_TIMEOUT": "2"}
    os.environ.update(strange)
    try:
        told(t, "ledger", "show", t.number("花子"), status=0)
    finally:
        for name in strange:
            del os.environ[name]
    for url in ("postgresql:///?service=elsewhere", "postgresql://db.example.jp/x", "postgresql:///x?hostaddr=192.0.2.1"):
        done = subprocess.run([t.sesshu, "ledger", "due", "--data", t.data, "--store", url], capture_output=True, text=True)
        same(done.returncode, 2, url)
        assert "service" in done.stderr or "verify-full" in done.stderr, (url, done.stderr)


if __name__ == "__main__":
    sys.exit(town.tell([
        a_pipe_or_a_device_holds_nobody,
        the_mark_of_the_register_is_missed,
        an_empty_database_beside_living_keys_is_no_office,
        a_lost_database_is_not_founded_again,
        what_is_refused_before_the_door_has_its_record,
        a_name_of_255_bytes_has_its_list,
        the_environment_leads_nowhere,
    ], sys.argv[1]))
