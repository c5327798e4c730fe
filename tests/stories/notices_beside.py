"""Stories of letters that are made while others work: who changes meanwhile is left out, at whatever point it happens.

The batch is stopped (SIGSTOP) at numbered points of what it does to the disk, and goes on when the change stands.
SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import signal
import sqlite3
import subprocess
import sys
import time

from town import same, tell


def shim(town):
    return os.path.join(os.path.dirname(town.sesshu), "tests", "libfault_shim.so")


def begin(town, out, *words, **fault):
    """The batch, stopped at a point below `under`; its process."""
    env = {**os.environ, "LD_PRELOAD": shim(town)} | {f"SESSHU_FAULT_{k.upper()}": str(v) for k, v in fault.items()}
    command = [town.sesshu, "ledger", "notices", "--out", out, *words, "--data", town.data, "--as-of", town.today,
               "--operator", "hanako"] + (["--store", town.server] if town.server else [])
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ledger_of(front):
    """The ledger's process, which the front has started."""
    with open(f"/proc/{front.pid}/task/{front.pid}/children", encoding="utf-8") as f:
        return [int(pid) for pid in f.read().split()]


def state(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        return f.read().rsplit(")", 1)[1].split()[0]


def stopped(front, seconds=60):
    """Waits until it has stopped; the process that has, or None: it ended before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if front.poll() is not None:
            return None
        for pid in [front.pid, *ledger_of(front)]:
            try:
                if state(pid) == "T":
                    return pid
            except FileNotFoundError:
                pass
        time.sleep(0.01)
    raise AssertionError("it neither stops nor ends")


def ends(front, pid):
    if pid:
        os.kill(pid, signal.SIGCONT)
    said = front.communicate(timeout=120)
    return front.returncode, said[1]


def pages(out):
    return "".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
                   for pdf in glob.glob(os.path.join(out, "papers-*.pdf")))


def listed(out, pattern):
    found = []
    for path in glob.glob(os.path.join(out, pattern)):
        with open(path, encoding="utf-8", newline="") as f:
            found += list(csv.DictReader(f))
    return found


def five_children(town):
    for nth, name in enumerate(("安奈", "文太", "千里", "出海", "永遠")):
        town.moves_in(name, f"2025-0{nth + 1}-10", sex=1, kana="ナナシ", house=nth + 1)
    town.night()


def who_changes_while_the_papers_are_drawn_is_left_out_and_the_others_get_theirs(town):
    if not os.path.exists(shim(town)):
        return
    five_children(town)
    out = os.path.join(town.folder, "out")
    front = begin(town, out, "--vaccine", "MR1", stop=1, under=out)
    pid = stopped(front)
    assert pid, "stopped at the first page"
    # The office goes on: the register tells of three, a clinic of the fourth.
    town.happens("安奈", 31, town.today, 支援措置=1)
    town.happens("文太", 31, town.today, 住所="福岡県北九州市小倉北区浅野三丁目9番9号", 番地="9", 枝="9")
    town.happens("千里", 51, town.today, 住民状態=3, 住民でなくなった日=town.today)
    began = time.monotonic()
    town.night()
    same(town.submits([town.sheet("出海", "MR", "2026-06-04", "1期")])[0]["outcome"], "accepted", "a dose")
    assert time.monotonic() - began < 20, "nobody waits for the drawing"
    status, said = ends(front, pid)
    same(status, 1, said)
    same([r["整理番号"] for r in listed(out, "dispatch-*.csv")], [town.number("永遠")], said)
    text = pages(out)
    assert "永遠" in text and not any(name in text for name in ("安奈", "文太", "千里", "出海")), "whose letters left"
    gone = {r["整理番号"]: r["コード"] for r in listed(out, "errors-*.csv")}
    same(gone, {town.number(name): "P105" for name in ("安奈", "文太", "千里", "出海")}, "told one by one")
    same(len(town.sql("SELECT DISTINCT person_id FROM notice WHERE to_act = 2147483647")), 1, "one counts as written to")
    same(glob.glob(os.path.join(out, "*.draft")), [], "no draft stays")


def protected_at_once(town, name):
    """As a page of the office would do it, in the ledger's one writing turn; False: somebody has it."""
    change = ("INSERT INTO act (act_no, kind, business_day, done_at, done_by, reason)"
              " SELECT max(act_no) + 1, 'sync', max(business_day), max(done_at), 'somebody', '' FROM act;"
              f"UPDATE person SET protected = 1 WHERE addressee_no = '{town.number(name)}';"
              "INSERT INTO person_last_act (person_id, act_no) SELECT person_id, (SELECT max(act_no) FROM act)"
              f" FROM person WHERE addressee_no = '{town.number(name)}'"
              " ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no;")
    if town.server:
        ledger = town.server.rsplit("/", 1)[0] + "/sesshu_ledger"
        done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", ledger, "-c", "SET lock_timeout = '500ms'", "-c",
                               f"BEGIN; SELECT pg_advisory_xact_lock(5310); {change} COMMIT"], capture_output=True, text=True)
        return done.returncode == 0
    link = sqlite3.connect(os.path.join(town.data, "ledger.db"), timeout=0.5, isolation_level=None)
    try:
        link.execute("BEGIN IMMEDIATE")
        for statement in change.split(";")[:-1]:
            link.execute(statement)
        link.execute("COMMIT")
        return True
    except sqlite3.OperationalError:
        return False
    finally:
        link.close()


def unwritten(town, name):
    """As if nobody had written to this child."""
    town.sql_change("UPDATE notice SET to_act = 1 WHERE person_id ="
                    f" (SELECT person_id FROM person WHERE addressee_no = '{town.number(name)}')")


def a_protection_stops_the_letter_at_whatever_point_it_arrives(town):
    if not os.path.exists(shim(town)):
        return
    # While pages are drawn and files written; and behind each commit, when the head of the trail is: one of these lies
    # between the turn that remembers and the one that gives names.
    trail = os.path.join(town.data, "ledger.trail")
    spots = [("drawing", n) for n in (1, 4, 8)] + [("recorded", n) for n in range(1, 7)]
    names = [f"児{kana}" for kana in "あいうえおかきくけこ"[:len(spots)]]
    for nth, name in enumerate(names):
        town.moves_in(name, "2025-01-10", sex=1, kana="ナナシ", house=nth + 1)
    town.night()
    words = ("--vaccine", "MR1")
    same(town.run("ledger", "notices", "--out", os.path.join(town.folder, "all"), *words).returncode, 0, "written to all")
    arrived, between = {}, 0
    for name, (what, point) in zip(names, spots):
        unwritten(town, name)
        out = os.path.join(town.folder, f"{what}{point}")
        front = begin(town, out, *words, stop=point, under=out if what == "drawing" else trail)
        pid = stopped(front)
        left = bool(glob.glob(os.path.join(out, "papers-*.pdf")))
        arrived[what, point] = pid is not None and not left and protected_at_once(town, name)
        status, said = ends(front, pid)
        assert status in (0, 1), said
        same(glob.glob(os.path.join(out, "*.draft")), [], f"{what} {point}: a draft stays")
        if not arrived[what, point]:
            continue
        assert name not in pages(out), f"{what} {point}: {said}"
        between += "取りやめ" in said
        same(town.sql("SELECT count(*) FROM notice n JOIN person p ON p.person_id = n.person_id WHERE n.to_act = 2147483647"
                      f" AND p.addressee_no = '{town.number(name)}'"), [("0",)], f"{what} {point}: does not count as written to")
        assert town.number(name) in [r["整理番号"] for r in listed(out, "errors-*.csv")], f"{what} {point}: told"
    assert arrived["drawing", 1] and sum(arrived.values()) > 3 and between, (arrived, between)
    return False  # acts by SQL have no record


if __name__ == "__main__":
    sys.exit(tell([
        who_changes_while_the_papers_are_drawn_is_left_out_and_the_others_get_theirs,
        a_protection_stops_the_letter_at_whatever_point_it_arrives,
    ], sys.argv[1]))
