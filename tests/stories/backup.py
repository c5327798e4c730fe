#!/usr/bin/env python3
"""A copy of an office is proven, and an office comes back out of it.

    backup.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
"""
# SPDX-License-Identifier: Apache-2.0
import os
import shutil
import sqlite3
import stat
import sys

import town
from town import same


def a_month(t):
    t.moves_in("花子", "2025-05-10", sex=2)
    t.moves_in("太郎", "2024-02-03", house=2, protected=True)
    t.night()
    t.submits([t.sheet("花子", "MR", "2026-05-12"), t.sheet("太郎", "ヒブ", "2024-06-01"), t.sheet("花子", "謎", "2026-05-12")])
    with open(os.path.join(t.data, "city-postal.csv"), "w", encoding="utf-8") as f:
        f.write("postal_code,municipality_code,ward,town\n8020001,401064,小倉北区,浅野\n")


def what_is_known(t):
    return [t.run("ledger", "show", t.number(name), "--format", "json").stdout for name in t.people] + [
        t.run("ledger", "due", "--format", "csv").stdout.split("\n")[1:]]


def backs_up(t, name="copy"):
    """A copy, and beside it the keys that open it: in real life elsewhere."""
    copy = os.path.join(t.folder, name)
    done = t.run("backup", "--to", copy)
    same(done.returncode, 0, done.stderr)
    assert "元と同じであることを確かめました" in done.stdout, done.stdout
    same([f for f in os.listdir(os.path.join(copy, "keys")) if f.endswith(".kek")], [], "the key of the keys is not in the copy")
    elsewhere = os.path.join(t.folder, name + ".kek")
    os.mkdir(elsewhere, 0o700)
    for program in ("ledger", "addressee"):
        shutil.copy2(os.path.join(t.data, "keys", program + ".kek"), elsewhere)
    return copy, elsewhere


# Marks of a private key that lies in clear: PEM, or the bytes of a file of keys.
def secrets_in_clear(data, copy):
    raw = []
    for folder, _, files in os.walk(data):
        for name in files:
            if name.endswith((".kek", ".epoch", ".next", ".pgpass")) or folder.endswith("tls") and name.endswith(".key"):
                with open(os.path.join(folder, name), "rb") as f:
                    raw.append((name, f.read()))
    assert {"ca.key", "ledger.key", "ledger.epoch", "ledger.kek"} <= {name for name, _ in raw}, raw
    found = []
    for folder, _, files in os.walk(copy):
        for name in files:
            with open(os.path.join(folder, name), "rb") as f:
                held = f.read()
            found += [(name, secret) for secret, bytes_ in raw if bytes_ in held or bytes_.strip() in held]
            found += [(name, "PEM")] * (b"PRIVATE KEY" in held)
    return found


def bring_keys(copy, elsewhere):
    for name in os.listdir(elsewhere):
        shutil.copy2(os.path.join(elsewhere, name), os.path.join(copy, "keys", name))


def is_closed(folder):
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            mode = stat.S_IMODE(os.stat(os.path.join(path, name)).st_mode)
            assert not mode & 0o077, f"{path}/{name}: {mode:o}"


def an_office_comes_back(t):
    a_month(t)
    before = what_is_known(t)
    copy, elsewhere = backs_up(t)
    is_closed(copy)
    same(secrets_in_clear(t.data, copy), [], "private keys in the copy")
    tls = {name: open(os.path.join(t.data, "tls", name), "rb").read() for name in os.listdir(os.path.join(t.data, "tls"))}

    # Without the key of the keys it is of no use to anybody.
    shut = t.run("restore", "--from", copy, "--verify")
    same(shut.returncode, 2, shut.stdout)
    assert "ledger.kek) がありません" in shut.stderr, shut.stderr
    bring_keys(copy, elsewhere)
    os.chmod(os.path.join(copy, "keys"), 0o755)
    open_to_others = t.run("restore", "--from", copy, "--verify")
    assert open_to_others.returncode == 2 and "chmod 700" in open_to_others.stderr, open_to_others.stderr
    os.chmod(os.path.join(copy, "keys"), 0o700)
    proven = t.run("restore", "--from", copy, "--verify")
    same(proven.returncode, 0, proven.stderr)
    assert "取ったときのまま" in proven.stdout, proven.stdout

    # Work goes on, and then the machine is lost.
    t.today = "2026-10-05"
    t.moves_in("次郎", "2026-09-01", house=3)
    t.night()
    lost, t.data = t.data, os.path.join(t.folder, "again")
    if t.server:  # the server lives, with roles whose passwords are lost
        shut = t.run("restore", "--from", copy)
        assert shut.returncode == 2 and "DROP DATABASE" in shut.stderr, shut.stderr
        t.psql("DROP DATABASE sesshu_ledger", "DROP DATABASE sesshu_addressee")
    shutil.rmtree(lost)
    done = t.run("restore", "--from", copy)
    same(done.returncode, 0, done.stderr)
    is_closed(t.data)
    t.people.pop("次郎")
    t.today = "2026-10-01"
    same(what_is_known(t), before, "what was known when the copy was taken")
    trail = t.run("audit", "verify")
    same(trail.returncode, 0, trail.stdout)
    assert "restore" in t.run("audit", "read").stdout
    same({name: open(os.path.join(t.data, "tls", name), "rb").read() for name in os.listdir(os.path.join(t.data, "tls"))}, tls, "TLS is back")
    # The keys of the trail that lay in the copy sign nothing of the office that came back.
    if not t.server:
        for name in ("ledger", "addressee"):
            for of, db in ((name, name), (name + "-looks", name + "-looks")):
                old = sqlite3.connect(os.path.join(copy, db + ".db")).execute("SELECT max(epoch_no) FROM audit_epoch").fetchone()[0]
                new = sqlite3.connect(os.path.join(t.data, db + ".db")).execute("SELECT max(epoch_no) FROM audit_epoch").fetchone()[0]
                assert new > old, (of, old, new)

    # The office lives: what came after the copy is taken in again.
    t.feeds = 1
    t.today = "2026-10-05"
    t.moves_in("三郎", "2026-09-01", house=3)
    t.night()
    assert t.show("三郎")
    town.forget_founded()  # their passwords are of before


def nobody_works_in_a_copy(t):
    a_month(t)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)
    if t.server:
        return  # the copy lies in files of SQLite
    office, t.data = t.data, copy
    for words in (("ledger", "due"), ("init",), ("addressee", "work")):
        done = t.run(*words)
        same(done.returncode, 2, done.stdout)
        assert "控えです" in done.stderr, done.stderr
    t.data = office


def a_copy_that_was_touched_is_refused(t):
    a_month(t)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)

    def spoilt(name, change):
        spoilt_copy = os.path.join(t.folder, name)
        shutil.copytree(copy, spoilt_copy)
        change(spoilt_copy)
        for words in (("--verify",), ()):
            data = t.data
            if not words:
                t.data = os.path.join(t.folder, name + ".again")
            done = t.run("restore", "--from", spoilt_copy, *words)
            same(done.returncode, 2, name + done.stdout)
            if not words:
                assert not os.path.exists(os.path.join(t.data, "ledger.db")), name
            t.data = data

    def rows(sql):
        def change(folder):
            db = sqlite3.connect(os.path.join(folder, "ledger.db"))
            assert db.execute(sql).rowcount > 0
            db.commit()
            db.close()
        return change

    def append(name):
        def change(folder):
            with open(os.path.join(folder, name), "a") as f:
                f.write(" ")
        return change

    def listed(old, new):
        def change(folder):
            with open(os.path.join(folder, "ledger.backup")) as f:
                text = f.read()
            assert old in text
            with open(os.path.join(folder, "ledger.backup"), "w") as f:
                f.write(text.replace(old, new, 1))
        return change

    def seen(name, change):
        """The same, where one look is enough: nothing is restored from what does not verify."""
        spoilt_copy = os.path.join(t.folder, name)
        shutil.copytree(copy, spoilt_copy)
        change(spoilt_copy)
        same(t.run("ledger", "restore", "--from", spoilt_copy, "--verify").returncode, 2, name)
        shutil.rmtree(spoilt_copy)

    def sql(file, words):
        def change(folder):
            db = sqlite3.connect(os.path.join(folder, file))
            db.executescript(words)
            db.close()
        return change

    def planted(name, content=b"x"):
        def change(folder):
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
            with open(path, "wb") as f:
                f.write(content)
            os.chmod(path, 0o600)
        return change

    def linked(name):
        """The same bytes, but by a link: who holds the folder may move them under our feet."""
        def change(folder):
            path = os.path.join(folder, name)
            os.rename(path, os.path.join(t.folder, "moved"))
            os.symlink(os.path.join(t.folder, "moved"), path)
        return change

    # What is no row: a trigger, a view, a table, a row that is never carried, a log with other rows, files.
    seen("a trigger", sql("ledger.db", "CREATE TRIGGER t AFTER INSERT ON dose BEGIN DELETE FROM dose; END"))
    seen("a view", sql("ledger-looks.db", "CREATE VIEW v AS SELECT 1"))
    seen("a setting of the file", sql("ledger.db", "PRAGMA user_version = 7"))
    seen("an applied migration", sql("ledger.db", "DELETE FROM schema_migration WHERE name = (SELECT max(name) FROM schema_migration)"))
    for name in ("ledger.db-wal", "ledger.db-journal", "rules/own.json", "tls/pins2", "ledger.sealed/tls/other.key", "note.txt",
                 "keys/ledger.pgpass", "other.backup", "ledger.lock"):
        seen("planted " + name.replace("/", "-"), planted(name))
    for name in ("ledger.db", "city-postal.csv", "keys", "tls"):
        seen("a link " + name, linked(name))
        os.rename(os.path.join(t.folder, "moved"), os.path.join(t.folder, "moved " + name))
    seen("a secret of another", lambda folder: shutil.copy(os.path.join(folder, "ledger.sealed/tls/ledger.key"), os.path.join(folder, "ledger.sealed/tls/ca.key")))
    spoilt("names less", rows("DELETE FROM match_name"))
    spoilt("a date changed", rows("UPDATE match_version SET sex = 3 - sex"))
    spoilt("a word in the city's settings", append("city-postal.csv"))
    spoilt("the end of the trail", append("ledger.trail"))
    spoilt("the list says otherwise", listed("table dose ", "table dosf "))
    spoilt("the list is gone", lambda folder: os.remove(os.path.join(folder, "ledger.backup")))
    spoilt("a file is gone", lambda folder: os.remove(os.path.join(folder, "tls", "ca.crt")))


def a_copy_never_lands_on_something(t):
    a_month(t)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)
    done = t.run("backup", "--to", copy)
    same(done.returncode, 2, done.stdout)
    done = t.run("backup", "--to", t.data)
    same(done.returncode, 2, done.stdout)
    before = what_is_known(t)
    done = t.run("restore", "--from", copy)
    same(done.returncode, 2, done.stdout)
    assert "すでに" in done.stderr, done.stderr
    same(what_is_known(t), before, "the office that lies there is untouched")


def it_takes_the_right_of_administration(t):
    a_month(t)
    t.run("grant", "太郎", "export")
    done = t.run("backup", "--to", os.path.join(t.folder, "x"), operator="太郎")
    same(done.returncode, 2, done.stdout)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)
    t.data = os.path.join(t.folder, "again")
    if t.server:
        t.forget_databases()
    done = t.run("restore", "--from", copy, operator="太郎")
    same(done.returncode, 2, done.stdout)
    assert not os.path.exists(os.path.join(t.data, "keys")), "asked before anything is laid"
    done = t.run("restore", "--from", copy)
    same(done.returncode, 0, done.stderr)
    same(t.run("ledger", "due").returncode, 0, "now it lives")


def keys_of(folder):
    found = {}
    for name in sorted(os.listdir(os.path.join(folder, "keys"))):
        with open(os.path.join(folder, "keys", name), "rb") as f:
            found[name] = f.read()
    return found


def nothing_of_an_office_is_replaced(t):
    """Its rows may lie elsewhere: the keys alone are enough to be left alone."""
    a_month(t)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)
    t.moves_in("四郎", "2026-09-01", house=4)
    t.night()
    before, known, server = keys_of(t.data), what_is_known(t), t.server
    t.server = None  # as if --store were forgotten
    for program in ("ledger", "addressee"):
        done = t.run(program, "restore", "--from", copy)
        same(done.returncode, 2, done.stdout)
        assert "すでに" in done.stderr, done.stderr
    t.server = server
    same(keys_of(t.data), before, "the keys are untouched")
    if not t.server:  # the rows are lost: then too a new place is asked for
        os.rename(os.path.join(t.data, "ledger.db"), os.path.join(t.folder, "lost.db"))
        lost = t.run("ledger", "restore", "--from", copy)
        os.rename(os.path.join(t.folder, "lost.db"), os.path.join(t.data, "ledger.db"))
        same(lost.returncode, 2, lost.stdout)
        assert "新しい置き場所" in lost.stderr, lost.stderr
        same(keys_of(t.data), before, "the keys are untouched")
    same(what_is_known(t), known, "and so is what they open")


def what_was_laid_and_touched_is_not_taken_up(t):
    a_month(t)
    copy, elsewhere = backs_up(t)
    bring_keys(copy, elsewhere)
    if t.server:
        return
    office, t.data = t.data, os.path.join(t.folder, "again")
    same(t.run("restore", "--from", copy).returncode, 0, "laid")
    db = sqlite3.connect(os.path.join(t.data, "ledger.db"))
    db.execute("INSERT INTO office_setting (name, value) VALUES ('arriving', 'restore')")
    db.commit()
    db.close()
    with open(os.path.join(copy, "ledger.backup")) as f:
        word = f.read().split("sealed ")[1].strip()
    with open(os.path.join(t.data, "ledger.arriving"), "w") as f:
        f.write(word)
    done = t.run("ledger", "restore", "--from", copy)
    same(done.returncode, 2, done.stdout)
    assert "この控えと同じではありません" in done.stderr, done.stderr
    t.data = office


def a_copy_is_whole_or_none(t):
    a_month(t)
    os.makedirs(os.path.join(t.data, "rules", "papers"), 0o700)
    with open(os.path.join(t.data, "rules", "papers", "letters.txt"), "w") as f:
        f.write("words")
    copy, elsewhere = backs_up(t)
    assert os.path.exists(os.path.join(copy, "rules", "papers", "letters.txt")), "what lies deeper"
    shutil.rmtree(os.path.join(t.data, "rules"))

    path = os.path.join(t.data, "city-postal.csv")
    os.rename(path, os.path.join(t.folder, "postal.csv"))
    os.symlink(os.path.join(t.folder, "postal.csv"), path)
    done = t.run("backup", "--to", os.path.join(t.folder, "linked"))
    same(done.returncode, 2, done.stdout)
    assert "city-postal.csv" in done.stderr and "リンク" in done.stderr, done.stderr
    os.remove(path)
    for inside in ("sub", "keys", "rules"):
        done = t.run("backup", "--to", os.path.join(t.data, inside))
        same(done.returncode, 2, inside + done.stdout)
        assert "外に" in done.stderr, done.stderr

    # The key that opens a copy never goes into it, nor stands beside it, wherever somebody has put it.
    os.mkdir(os.path.join(t.data, "rules"), 0o700)
    shutil.copy2(os.path.join(t.data, "keys", "ledger.kek"), os.path.join(t.data, "rules", "spare.kek"))
    done = t.run("backup", "--to", os.path.join(t.folder, "with the key"))
    same(done.returncode, 2, done.stdout)
    assert ".kek" in done.stderr, done.stderr
    for words in (("ledger", "due"), ("init",), ("backup", "--to", os.path.join(t.folder, "with the key")), ("audit", "verify")):
        done = t.run(*words, env={"SESSHU_KEK_DIR": os.path.join(t.data, "rules")})
        same(done.returncode, 2, done.stdout)
        assert "SESSHU_KEK_DIR" in done.stderr, done.stderr
    shutil.rmtree(os.path.join(t.data, "rules"))
    for to, kek in ((elsewhere, elsewhere), (os.path.join(elsewhere, "below"), elsewhere), (t.folder + "/around", t.folder + "/around/token")):
        if "around" in to:
            os.mkdir(to, 0o700)
            shutil.copytree(elsewhere, kek, dirs_exist_ok=True)
        done = t.run("backup", "--to", to, env={"SESSHU_KEK_DIR": kek})
        same(done.returncode, 2, done.stdout)
        assert "外に" in done.stderr, done.stderr


STORIES = [nothing_of_an_office_is_replaced, what_was_laid_and_touched_is_not_taken_up, a_copy_is_whole_or_none,
           an_office_comes_back, nobody_works_in_a_copy, a_copy_that_was_touched_is_refused, a_copy_never_lands_on_something,
           it_takes_the_right_of_administration]

if __name__ == "__main__":
    sys.exit(town.tell(STORIES, sys.argv[1]))
