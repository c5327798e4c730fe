#!/usr/bin/env python3
"""A system that is broken is told as it is: no key, no room, no right; and nothing is half done.

    broken_system.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import os
import resource
import shutil
import subprocess
import sys

import town
from town import same


def refused(t, words, code, *command, **how):
    """The same command is refused with these words, and goes again when the system is whole."""
    done = t.run(*command, **how)
    same(done.returncode, 2, (command, done.stdout, done.stderr))
    assert words in done.stderr and f"[{code}]" in done.stderr, done.stderr
    assert "Sanitizer" not in done.stderr and "Assertion" not in done.stderr, done.stderr


def every_fault_of_a_key_file_is_told(t):
    ring, kek = (os.path.join(t.data, "keys", "ledger" + end) for end in (".keys", ".kek"))

    def spoilt(path, change, words):
        kept = path + ".kept"
        shutil.copy2(path, kept)
        change(path)
        refused(t, words, "E_KEY", "ledger", "due")
        if os.path.lexists(path):
            os.remove(path)
        os.rename(kept, path)
        same(t.run("ledger", "due").returncode, 0, "whole again")

    def written(path, content):
        with open(path, "wb") as f:
            f.write(content)

    spoilt(kek, os.remove, "鍵を開く鍵 (.kek) がありません。別のところに保管した写し")  # no copy of the office has it
    spoilt(kek, lambda p: written(p, b"short"), "鍵")
    spoilt(kek, lambda p: written(p, bytes(32)), "鍵")
    spoilt(kek, lambda p: os.chmod(p, 0o644), "鍵")
    spoilt(ring, lambda p: written(p, b""), "鍵")
    spoilt(ring, lambda p: written(p, b"SESSHU KEYS 1\n" + bytes(200)), "鍵")
    spoilt(ring, lambda p: os.chmod(p, 0o640), "鍵")
    spoilt(ring, lambda p: (os.remove(p), os.symlink("/etc/hostname", p)), "鍵")
    shutil.copy2(os.path.join(t.data, "keys", "addressee.keys"), ring + ".other")
    spoilt(ring, lambda p: shutil.copy2(ring + ".other", p), "鍵")
    key, authority, its_key = (os.path.join(t.data, "tls", name) for name in ("ledger.key", "ca.crt", "ca.key"))
    with open(its_key, encoding="utf-8") as f:
        before = f.read()
    for path, words in ((key, f"{key}」: 通信用のファイルがありません。sesshu tls renew"), (authority, f"{authority}」: 通信用の認証局のファイルがありません")):
        os.rename(path, path + ".kept")
        refused(t, words, "E_KEY", "ledger", "sync")
        os.rename(path + ".kept", path)
    with open(its_key, encoding="utf-8") as f:
        same(f.read(), before, "no other authority was made over the loss")
    same(t.run("ledger", "sync").returncode, 0, "whole again")


def a_full_disk_loses_nothing(t):
    """No file may grow beyond what it is: what does not fit is refused, and the same command goes when there is room."""
    if t.server:
        return  # the server's disk is not ours to fill
    t.moves_in("花子", "2025-05-10", sex=2)
    t.night()
    path = t.write_file([t.sheet("花子", "MR", "2026-05-12", 医療機関名="み" * 40) for _ in range(400)])
    before = t.rows("SELECT count(*) FROM dose"), t.rows("SELECT count(*) FROM intake_row")
    command = [t.sesshu, "ledger", "intake", path, "--outcome", path + ".outcome", "--data", t.data, "--as-of", t.today, "--operator", "hanako"]
    limit = max(os.path.getsize(os.path.join(t.data, f)) for f in os.listdir(t.data) if f.startswith("ledger.db"))
    full = subprocess.run(command, capture_output=True, text=True, timeout=300,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit // 4, limit // 4)))
    same(full.returncode, 2, full.stderr)
    assert "[E_STORE_FULL]" in full.stderr, full.stderr
    assert "Sanitizer" not in full.stderr and "Assertion" not in full.stderr, full.stderr
    same((t.rows("SELECT count(*) FROM dose"), t.rows("SELECT count(*) FROM intake_row")), before, "nothing of it is kept")
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    same(t.rows("SELECT count(*) FROM dose"), [(before[0][0][0] + 1,)], "and now all of it")


def each_way_not_to_be_let_in_has_its_sentence(t):
    if not t.server:
        return
    password = os.path.join(t.data, "keys", "ledger.pgpass")
    with open(password, encoding="utf-8") as f:
        line = f.read()

    def is_told(words, code="E_STORE"):
        refused(t, words, code, "ledger", "due")

    os.chmod(password, 0o640)
    is_told("chmod 600")
    os.chmod(password, 0o600)
    with open(password, "w", encoding="utf-8") as f:
        f.write(line.rpartition(":")[0] + ":wrong\n")
    is_told("のパスワードが違います")
    os.remove(password)
    is_told("のパスワードがありません")
    with open(os.open(password, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as f:
        f.write(line)
    real, t.server = t.server, "postgresql://sesshu_test@127.0.0.1:1/x"
    is_told("127.0.0.1:1 から返事がない")
    t.server = real
    same(t.run("ledger", "due").returncode, 0, "whole again")
    # Its database is lost: nothing is made in its place, and what is lost has its name.
    t.psql("DROP DATABASE sesshu_addressee WITH (FORCE)")
    for command in (("addressee", "work"), ("init",)):
        refused(t, "宛名管理のデータベース (sesshu_addressee)がない", "E_KEY", *command)
    # Another folder takes no living office over by its role.
    t.data, living = os.path.join(t.folder, "another"), t.data
    done = t.run("init")
    assert done.returncode == 2 and "データベース sesshu_ledger はもうサーバーにあります" in done.stderr, done.stderr
    t.data = living
    same(t.run("ledger", "due").returncode, 0, "it is as it was")
    t.forget_databases()
    t.data = os.path.join(t.folder, "after")
    same(t.run("init").returncode, 0, "for the stories behind this one")


def an_office_on_sqlite_is_not_looked_for_elsewhere(t):
    if t.server:
        return
    refused(t, "SQLite にあります", "E_CONFLICT", "ledger", "due", "--store", "postgresql://sesshu@127.0.0.1:1/x")


def who_may_make_no_role_is_told_what_to_ask_for(t):
    if not t.server:
        return
    for sql in ("DROP ROLE IF EXISTS weak", "CREATE ROLE weak LOGIN NOCREATEROLE NOCREATEDB PASSWORD 'weak'"):
        subprocess.run(["psql", "-q", t.server, "-c", sql], check=True, capture_output=True)
    passes = os.path.join(t.folder, "weak.pgpass")
    with open(passes, "w", encoding="utf-8") as f:
        f.write("*:*:*:weak:weak\n")
    os.chmod(passes, 0o600)
    where = t.server.split("@", 1)[1]
    t.forget_databases()
    weak = os.path.join(t.folder, "weak")
    done = subprocess.run([t.sesshu, "ledger", "init", "--data", weak, "--operator", "hanako", "--store", f"postgresql://weak@{where}"],
                          capture_output=True, text=True, timeout=300, env={**os.environ, "PGPASSFILE": passes})
    same(done.returncode, 2, done.stdout)
    assert "CREATEROLE" in done.stderr or "権限" in done.stderr, done.stderr
    assert "weak:weak" not in done.stderr, done.stderr
    t.data = os.path.join(t.folder, "again")
    same(t.run("init").returncode, 0, "who may does")
    subprocess.run(["psql", "-q", t.server, "-c", "DROP ROLE weak"], check=True, capture_output=True)


STORIES = [every_fault_of_a_key_file_is_told, a_full_disk_loses_nothing, each_way_not_to_be_let_in_has_its_sentence,
           an_office_on_sqlite_is_not_looked_for_elsewhere, who_may_make_no_role_is_told_what_to_ask_for]

if __name__ == "__main__":
    sys.exit(town.tell(STORIES, sys.argv[1]))
