#!/usr/bin/env python3
"""A dose by hand: one person asks, another one approves, and it is done once.

    approvals.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

Proves C-3.2-12 and C-3.2-14 (a second person checks what is entered and corrected). Two people are two
logins of the machine; without root there is only one, and what needs two is left out.
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import io
import os
import re
import sqlite3
import subprocess
import sys

import town
from town import same

TARO = 1 if os.geteuid() == 0 else None  # a second login; the data belong to the first


def as_taro(t, *words):
    """What Taro says who has logged in as another user than whoever set the office up."""
    command = ["setpriv", "--ruid", str(TARO), "--", t.sesshu, *words, "--data", t.data, "--as-of", t.today]
    if t.server:
        command += ["--store", t.server]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def opened(t):
    t.moves_in("花子", birth="2025-05-10", sex=2, kana="ハナコ")
    t.night()
    t.today = "2026-10-02"
    if TARO is None:
        return
    t.run("ledger", "grant", "taro", "approve")
    done = t.run("ledger", "account", "taro", str(TARO))
    assert done.returncode == 0, done.stderr


def asks(t, *words, status=1):
    done = t.run("ledger", *words)
    same(done.returncode, status, done.stdout + done.stderr)
    found = re.search(r"申請 (\d+)", done.stdout)
    return found.group(1) if found else done.stderr


def entered(t, *more):
    return asks(t, "enter", t.number("花子"), "--vaccine", "MR", "--day", "2026-06-01", "--lot", "Y001",
                "--source", "母子健康手帳", "--reason", "転入前の記録", *more)


def doses(t):
    return [(d["product"], d["date"]) for d in t.show("花子")["doses"]]


def approves(t, number, status=0):
    done = as_taro(t, "ledger", "approvals", "approve", number)
    same(done.returncode, status, done.stdout + done.stderr)
    return done.stdout + done.stderr


def what_one_enters_counts_when_another_has_approved(t):
    opened(t)
    number = entered(t)
    same(doses(t), [], "nothing before the approval")
    listed = t.run("ledger", "approvals", "list").stdout
    assert "接種記録の追加" in listed and "転入前の記録" in listed and "2026-06-01" in listed, listed
    if TARO is None:
        return
    assert "実行しました" in approves(t, number)
    same(doses(t), [("MR", "2026-06-01")], "after it")
    same(t.show("花子")["doses"][0]["provenance"], "P4", "from the booklet")
    same(t.series("花子", "MR1")["series_status"], "complete", "and it is judged")
    assert "すでに処理" in approves(t, number, status=2)
    same(len(doses(t)), 1, "done once")
    assert "ありません" in t.run("ledger", "approvals", "list").stdout


def whoever_asked_does_not_decide(t):
    opened(t)
    number = entered(t)
    for verb in (["approve", number], ["reject", number, "--reason", "x"]):
        done = t.run("ledger", "approvals", *verb)
        same(done.returncode, 2, done.stdout)
        assert "申請した本人" in done.stderr, done.stderr
    # Nor under a second name from the same login.
    t.run("ledger", "grant", "jiro", "approve")
    done = t.run("ledger", "approvals", "approve", number, operator="jiro")
    same(done.returncode, 2, done.stdout)
    same(doses(t), [], "nothing was done")
    done = t.run("ledger", "requests", "withdraw", number)
    same(done.returncode, 0, done.stderr)
    if TARO is not None:
        approves(t, number, status=2)
    same(doses(t), [], "nor after it was taken back")


def a_request_that_was_rewritten_behind_the_office_lapses(t):
    opened(t)
    if TARO is None or t.server:
        return
    for forged in ("asked_by = 'somebody', asked_proof = 'uid:9999'", "payload = x'7b7d'", "payload = zeroblob(100)"):
        number = entered(t)
        with sqlite3.connect(os.path.join(t.data, "ledger.db")) as db:
            db.execute(f"UPDATE approval SET {forged} WHERE approval_no = ?", (number,))
        assert "内容が変わった" in approves(t, number, status=2), forged
    same(doses(t), [], "nothing was done")
    return False  # the trail counted the requests as they were asked


def nobody_decides_in_anothers_name(t):
    opened(t)
    if TARO is None:
        return
    number = entered(t)
    t.run("ledger", "grant", "jiro", "approve")
    t.run("ledger", "grant", "taro", "represent")
    done = as_taro(t, "ledger", "approvals", "approve", number, "--operator", "jiro")
    same(done.returncode, 2, done.stdout)
    assert "本人が" in done.stderr, done.stderr
    same(doses(t), [], "nothing was done")


def who_may_what_is_listed_for_the_review(t):
    t.run("grant", "太郎", "read")
    t.run("grant", "次郎", "import")
    t.run("revoke", "次郎", "import")
    done = t.run("ledger", "staff")
    same(done.returncode, 0, done.stderr)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    same([(r["権限"], r["権限の名前"], r["与えた人"]) for r in rows if r["職員"] == "太郎"], [("read", "閲覧", "hanako")], "太郎")
    same([(r["権限"], r["与えた人"]) for r in rows if r["職員"] == "次郎"], [("", "")], "whose right was taken away")
    assert {"admin", "represent", "approve"} <= {r["権限"] for r in rows if r["職員"] == "hanako"}, rows
    same(t.run("ledger", "staff", operator="太郎").returncode, 2, "the right of administration")


def who_may_not_approve_is_refused(t):
    opened(t)
    number = entered(t)
    t.run("ledger", "grant", "saburo", "enter")
    done = t.run("ledger", "approvals", "approve", number, operator="saburo")
    same(done.returncode, 2, done.stdout)


def a_correction_is_a_new_version_and_a_cancellation_ends_one(t):
    opened(t)
    if TARO is None:
        return
    approves(t, entered(t))
    dose = str(t.show("花子")["doses"][0]["dose_id"])
    number = asks(t, "correct", t.number("花子"), dose, "--day", "2026-06-08", "--reason", "母子手帳を再確認")
    approves(t, number)
    same(doses(t), [("MR", "2026-06-08")], "the new day")
    fresh = t.show("花子")["doses"][0]
    same(fresh["replaces"], int(dose), "names the old version")
    same(fresh["lot"], "Y001", "what was not said stays")
    approves(t, asks(t, "cancel", t.number("花子"), str(fresh["dose_id"]), "--reason", "別の子の記録"))
    same(doses(t), [], "cancelled")


def claims(t):
    """(dose, what the clinic asks for) of every claim that stands."""
    with sqlite3.connect(os.path.join(t.data, "ledger.db")) as db:
        return db.execute("SELECT dose_id, amount FROM claim WHERE to_act = 2147483647 ORDER BY claim_id").fetchall()


def the_clinics_claim_follows_a_correction_and_ends_with_a_cancellation(t):
    opened(t)
    if TARO is None or t.server:
        return
    t.submits([t.sheet("花子", "MR", "2026-06-01", 請求額="11000")])
    dose = t.show("花子")["doses"][0]["dose_id"]
    same(claims(t), [(dose, 11000)], "as the clinic sent it")
    approves(t, asks(t, "correct", t.number("花子"), str(dose), "--lot", "Y009", "--reason", "ロットの読み違い"))
    fresh = t.show("花子")["doses"][0]["dose_id"]
    assert fresh != dose
    same(claims(t), [(fresh, 11000)], "the new version is paid, once")
    t.submits([t.sheet("花子", "MR", "2026-06-01", 請求額="11000")])
    same(claims(t), [(fresh, 11000)], "sent again it is paid no second time")
    approves(t, asks(t, "cancel", t.number("花子"), str(fresh), "--reason", "別の子"))
    same(claims(t), [], "nobody is paid for what never was")
    for month in ("202606", "202608"):
        again = t.submits([t.sheet("花子", "MR", "2026-06-01", 請求額="11000")], month=month)[0]
        same((again["outcome"], again["code"], "取り消されました" in again["message"]), ("duplicate", "W308", True), str(again))
    other = t.submits([t.sheet("花子", "MR", "2026-06-01", 請求額="11000", 行番号=7)], month="202608")[0]
    same((other["outcome"], other["code"], claims(t)), ("review", "D309", []), "in other words a person is asked")


def what_changed_meanwhile_lapses(t):
    opened(t)
    if TARO is None:
        return
    approves(t, entered(t))
    dose = str(t.show("花子")["doses"][0]["dose_id"])
    first = asks(t, "correct", t.number("花子"), dose, "--lot", "Y002", "--reason", "一")
    second = asks(t, "cancel", t.number("花子"), dose, "--reason", "二")
    approves(t, first)
    assert "内容が変わった" in approves(t, second, status=2)
    same(len(doses(t)), 1, "the corrected dose stands")
    assert "すでに処理" in approves(t, second, status=2)

    old = entered_other_day(t)
    t.today = "2027-11-01"  # the term is of the clock, not of the day that is typed
    approves(t, old)


def entered_other_day(t):
    return asks(t, "enter", t.number("花子"), "--vaccine", "水痘", "--day", "2026-07-01", "--source", "申出",
                "--reason", "保護者の申出")


def what_cannot_be_is_told_at_once(t):
    opened(t)
    hanako = t.number("花子")
    base = ["--source", "母子健康手帳", "--reason", "r"]
    for words, expected in (
            (["enter", hanako, "--vaccine", "なぞワクチン", "--day", "2026-06-01", *base], "規則にありません"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2026-13-01", *base], "2026-13-01"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2027-01-01", *base], "先の日付"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2026-06-01", "--source", "うわさ", "--reason", "r"], "うわさ"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2026-06-01", "--clinic", "4010198763", *base], "4010198763"),
            (["enter", "419999999999999", "--vaccine", "MR", "--day", "2026-06-01", *base], "宛名番号「419999999999999」"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2024-01-01", *base], "生年月日より前"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2024-00-00", *base], "生年月日より前"),
            (["enter", hanako, "--vaccine", "MR", "--day", "2026-06-01", "--source", "母子健康手帳", "--reason", ""], "値が空"),
            (["correct", hanako, "77", "--lot", "x", "--reason", "r"], "記録番号"),
            (["correct", hanako, "1", "--reason", "r"], "訂正する項目"),
            (["cancel", hanako, "abc", "--reason", "r"], "記録番号"),
            (["approvals", "approve", "77"], "この番号の申請はありません"),
            (["approvals", "approve", "x"], "数字"),
            (["approvals", "reject", "1"], "理由")):
        done = t.run("ledger", *words)
        same(done.returncode, 2, (words, done.stdout))
        assert expected in done.stderr, (words, done.stderr)
    assert "ありません" in t.run("ledger", "approvals", "list").stdout


def nobody_is_immunized_after_death_and_an_ended_era_is_told(t):
    opened(t)
    taro = t.moves_in("太郎", birth="1950-05-10", house=2)
    t.night()
    t.today = "2026-10-03"
    t.happens("太郎", 51, "2026-10-01", 住民状態=3)
    t.night()
    base = ["--vaccine", "インフルエンザHA", "--source", "依頼書", "--reason", "r"]
    assert "死亡の日より後" in asks(t, "enter", taro, "--day", "2026-10-02", *base, status=2)
    asks(t, "enter", taro, "--day", "2026-10-01", *base)
    done = t.run("ledger", "enter", taro, "--day", "平成31年5月10日", *base)
    same(done.returncode, 1, done.stderr)
    assert "令和元年5月10日" in done.stderr, done.stderr


def who_comes_under_protection_is_hidden_in_what_waits(t):
    opened(t)
    asks(t, "enter", t.number("花子"), "--vaccine", "MR", "--day", "2026-06-01", "--clinic", town.CLINIC, "--source",
         "母子健康手帳", "--reason", "転入前の記録")
    waits = t.run("ledger", "approvals", "list").stdout
    assert "花子" in waits and town.CLINIC in waits, waits
    t.happens("花子", 31, t.today, 支援措置=1)
    t.night()
    waits = t.run("ledger", "approvals", "list").stdout
    assert "花子" not in waits and town.CLINIC not in waits and "2026-06-01" in waits, waits


def a_dose_that_stands_is_not_entered_twice(t):
    opened(t)
    t.submits([t.sheet("花子", "MR", "2026-06-01")])
    assert "すでに記録" in asks(t, "enter", t.number("花子"), "--vaccine", "MR", "--day", "2026-06-01",
                            "--source", "母子健康手帳", "--reason", "r", status=2)


if __name__ == "__main__":
    sys.exit(town.tell([
        what_one_enters_counts_when_another_has_approved,
        whoever_asked_does_not_decide,
        a_request_that_was_rewritten_behind_the_office_lapses,
        nobody_decides_in_anothers_name,
        who_may_what_is_listed_for_the_review,
        who_may_not_approve_is_refused,
        a_correction_is_a_new_version_and_a_cancellation_ends_one,
        the_clinics_claim_follows_a_correction_and_ends_with_a_cancellation,
        what_changed_meanwhile_lapses,
        what_cannot_be_is_told_at_once,
        nobody_is_immunized_after_death_and_an_ended_era_is_told,
        a_dose_that_stands_is_not_entered_twice,
        who_comes_under_protection_is_hidden_in_what_waits,
    ], sys.argv[1]))
