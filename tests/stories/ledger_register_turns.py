"""Stories of a register that changes after a sheet was taken in: what was returned is listed as work, a move that is only
announced is none, and a claim behind a confirmed one is held.

SPDX-License-Identifier: Apache-2.0
"""
import sys

from town import CLINIC, same, tell


def told(rows):
    return [(r["outcome"], r["code"]) for r in rows]


def work(town, kind=None):
    rows = town.table("work", "--format", "csv", *(["--kind", kind] if kind else []))
    return [(r["kind"], r["宛名番号"], r["行番号"]) for r in rows]


def claim_states(town):
    """The claims that stand, by the day of their dose: state and code."""
    sql = ("SELECT d.given_on, c.state, coalesce(c.code, '') FROM claim c JOIN dose d ON d.dose_id = c.dose_id"
           " WHERE c.to_act = 2147483647 ORDER BY d.given_on, c.claim_id")
    return town.sql(sql)


def a_dose_in_the_month_of_an_unknown_day_of_leaving_waits_for_a_person(town):
    leaves = {"逝": (51, 3, "2026-10-00"), "去": (42, 2, "2026-10-00"), "消": (91, 9, "2026-00-00"), "日": (51, 3, "2026-10-20")}
    for name in leaves:
        town.moves_in(name, "2025-09-10", kana="ミ" + name.translate(str.maketrans("逝去消日", "イロハニ")), house=len(town.people) + 1)
    town.night()
    town.today = "2026-11-05"
    # One dose was stored before anybody heard of it: its claim waits now.
    before = town.submits([town.sheet("逝", "MR", "2026-10-15", "1期", 請求額=11220)])
    same(told(before), [("accepted", "")], "nobody knew")
    for name, (reason, status, day) in leaves.items():
        town.happens(name, reason, day, 住民状態=status, 届出年月日=town.today)
    town.arrives(0)
    same(town.run("ledger", "sync").returncode, 0, "sync")
    same(claim_states(town), [("20261015", "2", "R145")], "held")
    rows = town.submits([town.sheet(name, "VAR", day, "1回目") for name, day in
                         (("逝", "2026-10-01"), ("逝", "2026-10-16"), ("去", "2026-09-30"), ("去", "2026-10-30"), ("消", "2026-01-05"), ("日", "2026-10-16"), ("日", "2026-10-21"))])
    same(told(rows), [("accepted", ""), ("review", "R145"), ("accepted", ""), ("review", "R145"), ("review", "R145"), ("accepted", ""), ("returned", "R143")], "before it, perhaps after it")
    details = {(r["宛名番号"], r["detail"]) for r in town.table("changes", "--from", "2026-09-20", "--to", town.today) if r["cause"] == "PERSON"}
    for name, words in (("逝", "死亡 2026-10-00 令和8年10月（日不詳）"), ("去", "転出 2026-10-00 令和8年10月（日不詳）"), ("日", "死亡 2026-10-20")):
        assert (town.number(name), words) in details, (name, details)
    assert "2026-10-31" not in str(details) and "2026-11-01" not in str(details), details
    # The day is found out: it was before the dose, then after it.
    for day, state in (("2026-10-10", ("20261015", "2", "R143")), ("2026-10-25", ("20261015", "1", ""))):
        town.happens("逝", 99, "2026-10-00" if state[1] == "2" else "2026-10-10", 住民状態=1, 届出年月日=town.today)
        town.happens("逝", 51, day, 住民状態=3, 届出年月日=town.today)
        town.arrives(0)
        same(town.run("ledger", "sync").returncode, 0, "sync")
        same([c for c in claim_states(town) if c[0] == "20261015"], [state], f"died on {day}")


def a_newborn_who_is_registered_brings_the_returned_row_back(town):
    town.moves_in("蓮", "2026-03-02", kana="レン")
    town.night()
    newborn = town.sheet("凛", "HBV", "2026-09-29", "1回目", 生年月日="2026-07-10", 氏名カナ="ミホン　リン", 氏名="見本　凛", 整理番号=f"41{2:013d}")
    other = town.sheet("誰か", "HBV", "2026-09-29", "1回目", 生年月日="2026-07-10", 氏名カナ="ベツノ　ダレカ", 氏名="別野　誰か")
    same(told(town.submits([dict(newborn), other])), [("returned", "R131")] * 2, "nobody of them lives here yet")
    same(work(town), [], "nothing to do")
    town.moves_in("凛", "2026-07-10", kana="リン", house=2)
    town.night()
    same(work(town), [("return_changed", town.number("凛"), "1")], "hers alone, though the other was born on that day too")
    row = town.table("work")[0]
    same((row["氏名"], row["file"][:13], row["since"]), ("見本　凛", "YOSHIN_202610", town.today), "whose, where, since when")
    town.night()
    same(len(work(town)), 1, "once")
    same(told(town.submits([newborn])), [("accepted", "")], "sent again")
    same(work(town), [], "and done")


def a_corrected_birth_date_brings_it_back_too(town):
    town.moves_in("甲", "2025-05-12", kana="コウ")
    town.night()
    row = town.sheet("甲", "MR", "2026-06-12", "1期", 整理番号="", 生年月日="2025-10-05")
    same(told(town.submits([row])), [("returned", "R131")], "nobody of that birth date")
    town.happens("甲", 74, "2026-09-20", 生年月日="2025-10-05")
    town.night()
    same([w[0] for w in work(town)], ["return_changed"], "now somebody is")
    # Corrected back: there is nothing to do again.
    town.happens("甲", 74, "2026-09-21", 生年月日="2025-05-12")
    town.night()
    assert len(work(town)) <= 1, work(town)  # a former birth date still is a witness


def a_cancelled_move_brings_it_back(town):
    town.moves_in("乙", "2025-05-12", kana="オツ")
    town.night()
    town.happens("乙", 42, "2026-08-10", 住民状態=2, 住民でなくなった日="2026-08-10")
    town.night()
    same(told(town.submits([town.sheet("乙", "MR", "2026-08-12", "1期")])), [("returned", "R141")], "after the move")
    town.happens("乙", 43, "2026-08-10", 住民状態=1, 住民でなくなった日="")
    town.night()
    same(work(town), [("return_changed", town.number("乙"), "1")], "the move never was")


def an_announced_move_is_none_until_it_is_confirmed(town):
    for name, kana in (("戻る子", "モドルコ"), ("去る子", "サルコ")):
        town.moves_in(name, "2025-05-12", kana=kana, house=len(town.people) + 1)
    town.night()
    for name in ("戻る子", "去る子"):
        town.happens(name, 41, "2026-09-10", 住民でなくなった日="2026-09-10")
    town.night()
    rows = town.submits([town.sheet(name, "MR", "2026-09-11", "1期", 請求額=11220) for name in ("戻る子", "去る子")])
    same([(r["outcome"], r["code"], r["dose_status"]) for r in rows], [("accepted_with_warning", "W141", "valid")] * 2, "the day after")
    same(claim_states(town), [("20260911", "1", "")] * 2, "both are received")
    town.happens("戻る子", 43, "2026-09-10", 住民でなくなった日="")
    town.happens("去る子", 42, "2026-09-09", 住民状態=2, 住民でなくなった日="2026-09-09")
    town.night()
    same(claim_states(town), [("20260911", "1", ""), ("20260911", "2", "R141")], "one stays, one is held")
    same(work(town), [("claim_moved", town.number("去る子"), "2")], "and listed")
    same(len(town.show("去る子")["doses"]), 1, "the dose was given all the same")
    # After the confirmation a further dose is another city's.
    same(told(town.submits([town.sheet("去る子", "VAR", "2026-09-12", "1回目")])), [("returned", "R141")], "the next one")
    town.happens("去る子", 43, "2026-09-09", 住民状態=1, 住民でなくなった日="")
    town.night()
    same(claim_states(town), [("20260911", "1", "")] * 2, "cancelled after all: received again")
    same([w[0] for w in work(town)], ["return_changed"], "the claim is done, the returned row comes back")


def the_list_is_exported_by_right_and_masks_a_protected_person(town):
    town.moves_in("守る子", "2025-05-12", kana="マモルコ", protected=True)
    town.night()
    town.happens("守る子", 42, "2026-08-10", 住民状態=2, 住民でなくなった日="2026-08-10")
    town.night()
    town.submits([town.sheet("守る子", "MR", "2026-08-12", "1期")])
    town.happens("守る子", 43, "2026-08-10", 住民状態=1, 住民でなくなった日="")
    town.night()
    for form in ("csv", "json"):
        out = town.run("ledger", "work", "--format", form).stdout
        assert town.number("守る子") in out, out
        assert "守る子" not in out and CLINIC not in out, "neither the name nor, in the file's name, the clinic"
    same(town.run("ledger", "work", operator="taro").returncode, 2, "a stranger is refused")


def what_the_number_decides_stays_decided(town):
    town.today = "2026-11-10"
    for name, house in (("確", 1), ("他", 2), ("亡", 3)):
        town.moves_in(name, "2025-09-10", kana="カク" if name == "確" else "ホカ", house=house)
    town.night()
    town.happens("確", 42, "2026-10-05", 住民状態=2, 住民でなくなった日="2026-10-05")
    town.happens("亡", 51, "2026-10-20", 住民状態=3, 住民でなくなった日="2026-10-20")
    town.night()
    rows = [town.sheet("確", "MR", "2026-10-10", "1期"), town.sheet("亡", "HIB", "2026-11-02", "4回目")]
    same(told(town.submits([dict(r) for r in rows])), [("returned", "R141"), ("returned", "R143")], "no address is written")
    town.happens("他", 71, "2026-11-01", 氏名カナ="ミホン　ベツ")
    town.night()
    same(work(town), [], "a name of somebody else of that birth date")
    town.happens("亡", 51, "2026-10-10", 住民状態=3, 住民でなくなった日="2026-10-10")
    town.night()
    same(work(town), [], "dead on another day, and dead all the same")
    town.happens("確", 43, "2026-10-05", 住民状態=1, 住民でなくなった日="")
    town.night()
    row, = town.table("work", "--format", "csv")
    same((row["宛名番号"], "いま取り込めば 登録" in str(row)), (town.number("確"), True), "what sending it again will do")
    same(told(town.submits([rows[0]])), [("accepted", "")], "and does")


STORIES = [
    a_dose_in_the_month_of_an_unknown_day_of_leaving_waits_for_a_person,
    what_the_number_decides_stays_decided,
    a_newborn_who_is_registered_brings_the_returned_row_back,
    a_corrected_birth_date_brings_it_back_too,
    a_cancelled_move_brings_it_back,
    an_announced_move_is_none_until_it_is_confirmed,
    the_list_is_exported_by_right_and_masks_a_protected_person,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
