"""Stories of what the ledger answers: one child, who is due, what changed and why.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import json
import os
import sys

from town import same, tell


def for_a_spreadsheet(town, due):
    """The same rows in Japanese words behind a byte order mark; the contract of --format csv stays as it is."""
    sheet = os.path.join(town.folder, "sheet.csv")
    for _ in range(2):  # an earlier list of the same heads gives way
        same(town.run("ledger", "due", "--format", "excel", "--out", sheet).returncode, 0, "for a spreadsheet")
    with open(sheet, "rb") as f:
        same(f.read(3), b"\xef\xbb\xbf", "a spreadsheet knows it by its mark")
    with open(sheet, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    same([(r["宛名番号"], r["受けられる最後の日"]) for r in rows], [(r["宛名番号"], r["last"]) for r in due], "the same people")
    assert {r["状況"] for r in rows} <= {"対象", "標準超過"}, rows[0]
    same({r["ワクチン"] for r in rows} & {r["series"] for r in due} - {"HPV", "BCG"}, set(), "vaccines by their names")
    same(town.run("ledger", "audit", "verify", sheet).returncode, 0, "a list like any other")
    same(town.run("ledger", "due", "--out", sheet).returncode, 2, "of other heads, so it stays")
    assert not town.run("ledger", "due", "--format", "csv").stdout.startswith("\ufeff")


def a_look_at_one_child_says_what_comes_next(town):
    town.moves_in("空", "2024-06-15", sex=1, kana="ソラ")
    path = town.write_file([town.sheet("空", "VAR", "2025-06-14")])
    for words in (["ledger", "sync"], ["ledger", "due"], ["ledger", "work"], ["ledger", "notices", "--out", os.path.join(town.folder, "none")]):
        done = town.run(*words)
        same((done.returncode, "住民が一人もいません" in done.stderr, "JUKI_…_ALL_….csv" in done.stderr), (0, True, True), str(words) + done.stderr)
    early, _, rows = town.takes_in(path)
    same([r["code"] for r in rows], ["R131"], "the register has not been taken in")
    assert "住民が一人もいない" in early.stderr, early.stderr
    town.night()
    assert "住民が一人も" not in town.takes_in(path)[0].stderr + town.run("ledger", "sync").stderr + town.run("ledger", "due").stderr
    town.submits([town.sheet("空", "VAR", "2025-06-14"), town.sheet("空", "MR", "2025-05-12", "1期")])
    var = town.series("空", "VAR", as_of="2025-08-01")
    # One year attained on 14 June 2025; three months later is 14 September. A(36) = 2027-06-14.
    same(var["doses"], [{"i": 1, "position": "1", "status": "valid", "reasons": []}], "first dose")
    same(var["series_status"], "not_yet", "status")
    same((var["next"]["position"], var["next"]["earliest"], var["next"]["last"], var["next"]["last_safe"]),
         ("2", "2025-09-14", "2027-06-14", "2027-06-14"), "second dose")
    same(sorted(var["next"]), ["earliest", "last", "last_safe", "position", "standard_from", "standard_to"], "names of 4.5")
    assert var["next_law"], "what law moved it"
    mr = town.series("空", "MR1", as_of="2025-08-01")
    same((mr["doses"][0]["status"], mr["doses"][0]["reasons"]), ("invalid", ["BEFORE_WINDOW"]), "given at eleven months")
    why = mr["doses"][0]["explained"][0]
    same(why["label"], "対象年齢到達前", "label")
    assert why["law"] and why["words"], why
    # For a reader: nothing of an age that is sixty years away, and no standard day before the law's first one.
    said = town.run("ledger", "show", town.number("空"), as_of="2025-08-01").stdout
    assert "高齢者肺炎球菌: 時期前\n" in said and "2089" not in said, said
    same("標準の期間　　 令和7年6月14日" in said, False, "MR1 is open again from 12 July alone")
    # VAR of 14 June and MR: 27 full days between live vaccines, so MR again from 12 July.
    same((mr["series_status"], mr["next"]["earliest"], mr["next"]["last"]), ("due", "2025-07-12", "2026-06-14"), "MR again")


def a_birth_day_nobody_knows_is_answered_where_every_day_agrees(town):
    town.moves_in("朧", "2025-06-00", sex=1, kana="オボロ", since="2025-07-01")
    town.moves_in("霞", "2025-00-00", sex=1, kana="カスミ", since="2026-01-05")
    town.night()
    # Case 11: MR1 is due for both ends of June 2025 on 23 November 2026; on 10 June 2026 it is not.
    same(town.series("朧", "MR1", as_of="2026-11-23")["series_status"], "due", "either way")
    doubtful = town.series("朧", "MR1", as_of="2026-06-10")
    same((doubtful["series_status"], doubtful["next"], doubtful.get("note")), ("review", None, "DATE_PARTIAL"), "it depends")
    # Born on the 1st the first year ended on 31 May; born on the 30th it ends on 29 June.
    same([(e["birth_date"], e["series_status"], e["next"]["earliest"]) for e in doubtful["either"]],
         [("2025-06-01", "due", "2026-05-31"), ("2025-06-30", "not_yet", "2026-06-29")], "both answers")
    same(town.series("霞", "MR1", as_of="2026-11-23")["series_status"], "review", "no year's day")
    due = [(r["氏名"], r["series"]) for r in town.table("due", "--vaccine", "MR1", as_of="2026-11-23")]
    same(due, [("見本　朧", "MR1")], "on the list")


def a_birth_month_with_two_school_years_goes_to_a_person(town):
    # Born on 1 April 2014 she is of the school year before, born on the 30th of the next: HPV would be owed to
    # 31 March 2030 or 2031, and the standard year of one is over when that of the other begins.
    town.today = "2026-11-10"
    town.moves_in("四月", "2014-04-00", sex=2, kana="シガツ", since="2026-01-01")
    town.moves_in("年", "2025-00-00", sex=2, kana="ネン", since="2026-01-01", house=2)
    town.moves_in("五月", "2014-05-00", sex=2, kana="ゴガツ", since="2026-01-01", house=3)
    town.night()
    hpv = town.series("四月", "HPV")
    same((hpv["series_status"], hpv["next"], hpv["note"]), ("review", None, "DATE_PARTIAL"), "a person decides")
    same([(e["birth_date"], e["series_status"], e["next"]["earliest"], e["next"]["last"]) for e in hpv["either"]],
         [("2014-04-01", "due", "2025-04-01", "2030-03-31"), ("2014-04-30", "due", "2026-04-01", "2031-03-31")], "both")
    text = town.run("ledger", "show", town.number("四月")).stdout
    for words in ("2014-04-01）生まれなら", "2014-04-30）生まれなら", "2030-03-31", "2031-03-31"):
        assert words in text, (words, text)
    same([s["series_status"] for s in town.show("年")["series"]], ["review"] * len(town.show("年")["series"]), "no birth date")
    due = town.table("due")
    same({r["氏名"] for r in due if r["series"] == "HPV"}, {"見本　五月"}, "only who is certain")
    same([r for r in due if r["氏名"] == "見本　年"], [], "no forecast")
    for r in due:
        assert r["earliest"] <= r["last"] and (not r["standard_to"] or r["standard_from"] <= r["standard_to"]), r
    for_a_spreadsheet(town, due)
    out = os.path.join(town.folder, "papers")
    same(town.run("ledger", "notices", "--out", out).returncode, 0, "letters")
    written = "".join(open(path, encoding="utf-8").read() for path in glob.glob(os.path.join(out, "*.csv")))
    assert town.number("年") not in written, "nobody writes to a birth year"
    assert town.number("五月") in written, "who is certain is written to"
    # The list of work says what hangs on the day: each word once, the days of both readings, names that people know.
    work = {r["氏名"]: r["内容"] for r in town.table("work", "--kind", "birth_month")}
    same(set(work), {"見本　四月"}, "whose day decides")
    text = work["見本　四月"]
    assert "2014-04-01生まれなら 2025-04-01から2030-03-31まで" in text and "2014-04-30生まれなら 2026-04-01から2031-03-31まで" in text, text
    hpv = text[text.index("HPV「"):].split("）")[0]
    same(hpv.count("「"), 1, "the word that both readings share stands once: " + hpv)


def the_due_list_stands_by_vaccine_and_last_safe_date(town):
    town.moves_in("早", "2025-01-10", sex=1, kana="ハヤ")      # MR1 until 2027-01-09
    town.moves_in("遅", "2025-09-20", sex=2, kana="オソ")      # MR1 from 2026-09-19 until 2027-09-19
    town.moves_in("済", "2025-02-10", sex=2, kana="スミ")
    town.moves_in("出", "2025-01-05", sex=2, kana="デ")
    town.night()
    town.happens("出", 42, "2026-09-15", 住民状態=2, 住民でなくなった日="2026-09-15")
    town.night()
    town.submits([town.sheet("済", "MR", "2026-03-03", "1期")])
    due = town.table("due", "--vaccine", "MR1")
    same([(r["氏名"], r["status"], r["earliest"], r["last"], r["last_safe"]) for r in due],
         [("見本　早", "due", "2026-01-09", "2027-01-09", "2027-01-09"),
          ("見本　遅", "due", "2026-09-19", "2027-09-19", "2027-09-19")], "MR1 on 1 October")
    # 100 days after 1 October is 9 January.
    same([r["氏名"] for r in town.table("due", "--vaccine", "MR1", "--within", "100")], ["見本　早"], "within 100 days")
    same([r["氏名"] for r in town.table("due", "--vaccine", "MR1", "--within", "99")], [], "within 99 days")
    everything = town.table("due")
    order = [r["series"] for r in everything]
    same(sorted(order, key=order.index), order, "vaccines stand together")


def every_change_has_its_cause(town):
    town.moves_in("時", "2025-10-15", sex=1, kana="トキ")      # one year attained on 14 October
    town.moves_in("針", "2025-01-10", sex=1, kana="ハリ")
    town.moves_in("出", "2025-01-05", sex=2, kana="デ")
    town.moves_in("訂", "2025-10-20", sex=2, kana="テイ")
    town.moves_in("亡", "2025-01-06", sex=2, kana="ボウ")
    town.night()
    town.submits([town.sheet("時", "BCG", "2026-03-20")])  # opens the book of doses
    town.today = "2026-10-20"
    town.moves_in("生", "2026-10-05", sex=2, kana="セイ")
    town.happens("出", 42, "2026-10-12", 住民状態=2, 住民でなくなった日="2026-10-12")
    town.happens("亡", 51, "2026-10-13", 住民状態=3, 住民でなくなった日="2026-10-13")
    town.happens("訂", 74, "2026-10-18", 生年月日="2025-09-20")
    town.night()
    # Given before the first day, heard of between the two: the first list still had the child on it.
    town.submits([town.sheet("針", "MR", "2026-09-05", "1期")])
    changes = {(r["氏名"], r["series"]): r for r in town.table("changes", "--from", "2026-10-02", "--to", "2026-10-30")}

    def change(name, series):
        r = changes.get((f"見本　{name}", series))
        return r and (r["from_status"], r["to_status"], r["cause"])

    same(change("時", "MR1"), ("not_yet", "due", "TIME"), "a birthday")
    same(changes[("見本　時", "MR1")]["detail"], "earliest 2026-10-14", "its day")
    same(change("針", "MR1"), ("due", "complete", "DOSE"), "a late row")
    same(change("出", "MR1"), ("due", "not_target", "PERSON"), "moved")
    same(changes[("見本　出", "MR1")]["detail"], "転出 2026-10-12", "on which day")
    same(changes[("見本　亡", "MR1")]["detail"], "死亡 2026-10-13", "died")
    same(change("生", "HEPB"), ("not_target", "due", "PERSON"), "born")
    # The corrected birth date made the first year end on 19 September.
    same(change("訂", "MR1"), ("not_yet", "due", "PERSON"), "corrected")
    assert ("見本　針", "VAR") not in changes, "VAR was due on both days"


def a_city_writes_the_days_of_its_own_season(town):
    town.moves_in("媼", "1955-06-10", sex=2, kana="オウナ")
    town.night()
    days = lambda series, as_of: [town.series("媼", series, as_of)["next"][d] for d in ("earliest", "last")]
    same(days("INF", "2026-11-01"), ["2026-10-01", "2027-03-31"], "the country's days")
    path = os.path.join(town.data, "city-rules.json")
    row = {"in_force": ["2026-04-01", "2027-03-31"], "first": "2026-10-15", "last": "2027-01-31", "law": "市告示"}
    city = {"format": "schedule-city/1", "name": "見本市", "season": {"INF": [row]}}
    with open(path, "w", encoding="utf-8") as f:
        json.dump(city, f, ensure_ascii=False)
    same(days("INF", "2026-11-01"), ["2026-10-15", "2027-01-31"], "the city's")
    same(days("COVID", "2026-11-01"), ["2026-10-01", "2027-03-31"], "of the other season it says nothing")
    # What cannot be right is refused with its place; nobody is judged by half a file.
    with open(path, "w", encoding="utf-8") as f:
        json.dump(dict(city, season={"INF": [dict(row, last="2027-04-01")]}), f)
    told = town.run("ledger", "show", town.number("媼"))
    same(told.returncode, 2, told.stderr)
    assert "city-rules.json: season.INF[0]" in told.stderr, told.stderr
    os.remove(path)
    same(days("INF", "2026-11-01"), ["2026-10-01", "2027-03-31"], "the country's days again")


STORIES = [
    a_city_writes_the_days_of_its_own_season,
    a_look_at_one_child_says_what_comes_next,
    a_birth_day_nobody_knows_is_answered_where_every_day_agrees,
    a_birth_month_with_two_school_years_goes_to_a_person,
    the_due_list_stands_by_vaccine_and_last_safe_date,
    every_change_has_its_cause,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
