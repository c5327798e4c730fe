"""Stories of how doses were judged: each judgement is a row of its own, ended and added anew, never changed.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import sys

from town import same, tell

KEPT = ("SELECT j.status, j.legal_class, j.series, j.position, j.reasons, CASE WHEN j.to_act = 2147483647 THEN 'stands' ELSE 'ended' END"
        " FROM dose_judgement j JOIN dose d ON d.dose_id = j.dose_id JOIN person p ON p.person_id = d.person_id"
        " WHERE p.addressee_no = '{}' ORDER BY d.dose_id, j.from_act")
VALID, INVALID, COUNTED = "1", "2", "3"
ROUTINE_A, VOLUNTARY = "1", "5"


def kept(town, name):
    return town.sql(KEPT.format(town.number(name)))


def people(town):
    town.today = "2026-11-29"
    town.moves_in("種", "2014-09-01", sex=1, kana="タネ", house=1)  # eleven on 31 August 2025
    town.moves_in("己", "2025-09-10", sex=1, kana="キ", house=2)    # one on 9 September 2026, two on 9 September 2027
    town.moves_in("帰", "2025-05-10", sex=2, kana="カエリ", house=3)
    town.night()


def a_dose_is_kept_with_its_judgement(town):
    people(town)
    town.submits([town.sheet("己", "VAR", "2026-09-12", "1回目"), town.sheet("己", "VAR", "2026-10-12", "2回目"),
                  town.sheet("種", "MR", "2026-10-12", "2期")])
    same(kept(town, "己"), [(VALID, ROUTINE_A, "VAR", "1", "", "stands"), (INVALID, ROUTINE_A, "VAR", "2", "INTERVAL_SHORT", "stands")],
         "three months after the first is 12 December")
    same([(row[1], row[4], row[5]) for row in kept(town, "種")], [(VOLUNTARY, "AFTER_WINDOW", "stands")], "no routine dose, whoever asked to be paid")
    same([d["legal_class"] for d in town.show("種")["doses"]], [5], "and so it is shown")
    same(town.sql("SELECT count(*) FROM dose_judgement WHERE rules IS NULL"), [("0",)], "each by the rules of its act")


def a_corrected_birth_date_turns_what_was_judged_by_the_other(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-10", "1期"), town.sheet("帰", "MR", "2026-09-12", "1期")])
    valid = (VALID, ROUTINE_A, "MR1", "1", "")
    same(kept(town, "己"), [(*valid, "stands")], "the day after the first birthday is reached")
    same(town.table("work", "--kind", "judgement_changed"), [], "nothing is corrected")
    town.happens("己", 74, "2026-11-29", 生年月日="2025-09-20")
    town.night()
    same(kept(town, "己"), [(*valid, "ended"), (INVALID, ROUTINE_A, "MR1", "1", "BEFORE_WINDOW", "stands")], "ten days before it")
    same(kept(town, "帰"), [(*valid, "stands")], "nobody else's")
    same(town.series("己", "MR1")["series_status"], "due", "and where the child stands follows")
    town.stands_as_kept()
    row, = town.table("work", "--kind", "judgement_changed")
    assert row["宛名番号"] == town.number("己") and "1件" in row["内容"], row
    for day, files in (("2026-11-30", []), ("2026-12-09", []), ("2026-12-10", ["2026年11月分"])):
        same([r["内容"][:9] for r in town.table("work", "--kind", "file_expected", as_of=day)], files, day)
    same(len(town.table("work", "--kind", "judgement_changed", as_of="2026-12-12")), 1, "the last day")
    same(town.table("work", "--kind", "judgement_changed", as_of="2026-12-13"), [], "two weeks later")
    town.happens("己", 74, "2026-11-29", 生年月日="2025-09-10")
    town.night()
    same([row[5] for row in kept(town, "己")], ["ended", "ended", "stands"], "taken back, and said anew")
    same(kept(town, "己")[2], (*valid, "stands"), "as it was")


def what_a_physician_accepts_is_judged_anew_and_what_was_said_before_stays(town):
    people(town)
    town.submits([town.sheet("種", "DPT", "2026-10-01")])
    before = (INVALID, VOLUNTARY, "DPTIPV", "P1", "AFTER_WINDOW")
    same(kept(town, "種"), [(*before, "stands")], "the other vaccine, after the ninetieth month")
    fact = {"宛名番号": town.number("種"), "生年月日": "2014-09-01", "種類": "医師が認めた接種", "対象": "DT2", "値": "2026-10-01",
            "認定日": "2026-11-29", "認定者": "見本医師", "根拠": "医師の証明"}
    town.gives("facts", [*fact, "取消"], [fact])
    same(kept(town, "種"), [(*before, "ended"), (COUNTED, ROUTINE_A, "DT2", "1", "", "stands")], "counted for the second period")
    town.gives("facts", [*fact, "取消"], [fact])
    same(len(kept(town, "種")), 2, "the same fact again says nothing new")
    town.gives("facts", [*fact, "取消"], [dict(fact, 取消="1")])
    same([row[5] for row in kept(town, "種")], ["ended", "ended", "stands"], "withdrawn")
    same(kept(town, "種")[2], (*before, "stands"), "as before, and said anew")


def a_corrected_dose_brings_its_own_judgement(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-08", "1期")])
    same(kept(town, "己"), [(INVALID, ROUTINE_A, "MR1", "1", "BEFORE_WINDOW", "stands")], "two days before the first birthday")
    town.submits([town.sheet("己", "MR", "2026-09-09", "1期", 訂正=1)])
    same([(row[0], row[4], row[5]) for row in kept(town, "己")], [(INVALID, "BEFORE_WINDOW", "ended"), (VALID, "", "stands")], "it ended with its dose")


def two_rows_of_one_file_about_one_dose_leave_one_judgement(town):
    people(town)
    rows = town.submits([town.sheet("己", "MR", "2026-09-12", "1期"), town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L1")])
    same([r["outcome"] for r in rows], ["accepted", "duplicate"], "the second knows the lot")
    same([row for row in kept(town, "己") if row[5] == "stands"], [(VALID, ROUTINE_A, "MR1", "1", "", "stands")], "of the dose that stands")
    same(town.sql("SELECT count(*) FROM dose_judgement j JOIN dose d ON d.dose_id = j.dose_id WHERE j.to_act = 2147483647 AND d.to_act < 2147483647"),
         [("0",)], "and none of one that does not")


def a_dose_from_abroad_is_voluntary_whatever_it_counts_for(town):
    people(town)
    items = "宛名番号 生年月日 接種日 CVX 国 根拠".split()
    town.gives("foreign", items, [dict(zip(items, (town.number("帰"), "2025-05-10", "2026-06-15", "03", "US", "接種証明書")))])
    same(kept(town, "帰"), [(VALID, VOLUNTARY, "MR1", "1", "", "stands")], "counts, and was no routine dose")


STORIES = [
    a_dose_is_kept_with_its_judgement,
    a_corrected_birth_date_turns_what_was_judged_by_the_other,
    what_a_physician_accepts_is_judged_anew_and_what_was_said_before_stays,
    a_corrected_dose_brings_its_own_judgement,
    two_rows_of_one_file_about_one_dose_leave_one_judgement,
    a_dose_from_abroad_is_voluntary_whatever_it_counts_for,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
