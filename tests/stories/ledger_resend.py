"""Stories of files that come again: the same by name and bytes, or the same bytes under another name.

SPDX-License-Identifier: Apache-2.0
"""
import os
import shutil
import sys

from town import same, tell


def born_late(town):
    town.moves_in("蓮", "2026-03-02", kana="レン")
    town.night()
    return town.write_file([town.sheet("蓮", "BCG", "2026-08-03", "1回目"), town.sheet("凛", "HBV", "2026-09-29", "1回目", 生年月日="2026-07-10", 氏名カナ="ミホン　リン", 氏名="見本　凛", 整理番号=f"41{2:013d}")])


def again_under_another_name(path, serial):
    copy = os.path.join(os.path.dirname(path), os.path.basename(path)[:-7] + f"{serial}.csv")
    shutil.copy(path, copy)
    return copy


def outcomes(rows):
    return [(r["outcome"], r["code"]) for r in rows]


def the_same_bytes_under_another_name_are_judged_anew(town):
    path = born_late(town)
    _, first_text, first = town.takes_in(path)
    same(outcomes(first), [("accepted", ""), ("returned", "R131")], "the newborn is not registered yet")
    again = town.takes_in(again_under_another_name(path, 801))
    same((again[0].returncode, outcomes(again[2])), (1, [("duplicate", ""), ("returned", "R131")]), "nothing has changed")
    town.moves_in("凛", "2026-07-10", kana="リン", house=2)
    town.night()
    third = town.takes_in(again_under_another_name(path, 802))
    same(outcomes(third[2]), [("duplicate", ""), ("accepted", "")], "now she is")
    # Under its own name the first file says what it said, byte for byte.
    done, text, _ = town.takes_in(path)
    same((done.returncode, text), (0, first_text), "the first outcome")
    assert "取込済み" in done.stderr, done.stderr
    same(len(town.show("凛")["doses"]), 1, "stored once")


def other_bytes_under_a_known_name_are_another_file(town):
    path = born_late(town)
    town.takes_in(path)
    with open(path, "a", encoding="utf-8", newline="") as f:
        f.write("\r\n")  # an empty line: other bytes, the same rows
    done, _, rows = town.takes_in(path)
    same((done.returncode, outcomes(rows)), (1, [("duplicate", ""), ("returned", "R131")]), "judged")
    assert "取込済み" not in done.stderr, done.stderr


def a_row_under_review_is_judged_anew_and_waits_once(town):
    town.moves_in("蓮", "2026-03-02", kana="レン")
    town.night()
    path = town.write_file([town.sheet("蓮", "BCG", "2026-08-03", "1回目", 氏名="別名　全然違", 氏名カナ="")])
    same(outcomes(town.takes_in(path)[2]), [("review", "V132")], "another name")
    same(outcomes(town.takes_in(again_under_another_name(path, 801))[2]), [("review", "V132")], "it is no duplicate of itself")
    same(town.show("蓮")["doses"], [], "nothing is stored")
    town.happens("蓮", 71, "2026-09-20", 氏名="別名　全然違")
    town.night()
    same(outcomes(town.takes_in(again_under_another_name(path, 802))[2]), [("accepted", "")], "the name was changed")


def what_is_stored_stays_a_duplicate_when_the_register_says_otherwise(town):
    for name, day in (("去る", "2026-03-02"), ("逝く", "2026-03-02"), ("直る", "2026-03-03")):
        town.moves_in(name, day, kana={"去る": "サル", "逝く": "ユク", "直る": "ナオル"}[name], house=len(town.people) + 1)
    town.night()
    town.happens("去る", 41, "2026-11-20")
    town.night()
    town.today = "2026-11-25"
    path = town.write_file([town.sheet(name, "BCG", "2026-11-21", "1回目", 請求額=9000) for name in town.people])
    same(outcomes(town.takes_in(path)[2]), [("accepted_with_warning", "W141"), ("accepted", ""), ("accepted", "")], "taken")
    # Moved away, died, born on another day: all of it known only now.
    town.happens("去る", 42, "2026-11-15", 住民状態=2, 住民でなくなった日="2026-11-15")
    town.happens("逝く", 51, "2026-11-20", 住民状態=3, 住民でなくなった日="2026-11-20")
    town.happens("直る", 74, "2026-11-22", 生年月日="2026-03-13")
    town.night()
    same(outcomes(town.takes_in(again_under_another_name(path, 801))[2]), [("duplicate", "")] * 3, "each is stored")
    same(town.rows("SELECT count(*) FROM claim WHERE to_act = 2147483647"), [(3,)], "and asked to be paid for once")
    fresh = town.submits([town.sheet("去る", "MR", "2026-11-21", "1期")])
    same(outcomes(fresh), [("returned", "R141")], "another dose of that day is not ours")


STORIES = [
    the_same_bytes_under_another_name_are_judged_anew,
    other_bytes_under_a_known_name_are_another_file,
    a_row_under_review_is_judged_anew_and_waits_once,
    what_is_stored_stays_a_duplicate_when_the_register_says_otherwise,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
