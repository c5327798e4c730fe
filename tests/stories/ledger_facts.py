"""Stories of what the office recognises or is told: due dates, certified disabilities, long illness, refusals.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import sys

from town import same, tell

ITEMS = "宛名番号 生年月日 事柄 対象 値 開始日 終了日 根拠 取消".split()


def fact(town, name, kind, value="", source="書類", **more):
    person = town.people[name]
    row = {"宛名番号": person["宛名番号"], "生年月日": person["生年月日"], "事柄": kind, "値": value, "根拠": source}
    row.update(more)
    return row


def takes(town, rows, status=0, operator="hanako"):
    return town.gives("facts", ITEMS, rows, status, operator)


def standing(town, name, series, as_of=None):
    s = town.series(name, series, as_of)
    return s["series_status"], (s["next"] or {}).get("earliest"), (s["next"] or {}).get("last")


def printed(town, out, name):
    """Papers of a batch for this person, from its dispatch list."""
    found = []
    for path in glob.glob(os.path.join(out, "*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            found += [r for r in csv.DictReader(f) if r.get("整理番号", r.get("宛名番号")) == town.number(name)]
    return found


def a_due_date_opens_the_weeks_for_the_mother(town):
    # Due on 10 January 2027: 28 weeks 0 days is 18 October 2026, 36 weeks 6 days is 19 December.
    for name, birth, sex, house in (("母", "1995-04-10", 2, 1), ("祖母", "1956-04-10", 2, 2), ("児", "2026-04-10", 2, 3), ("男", "1995-04-10", 1, 4)):
        town.moves_in(name, birth, sex=sex, kana={"母": "ハハ", "祖母": "ソボ", "児": "ジ", "男": "オトコ"}[name], house=house)
    town.night()
    same(standing(town, "母", "RSVM")[0], "not_target", "nobody has told of a pregnancy")
    told = takes(town, [fact(town, "母", "分娩予定日", "令和9年1月10日")])
    assert "登録 1" in told, told
    # The law says 妊娠している者: nobody of seventy, no infant, no pregnancy to come; a register may lag in the sex.
    told = takes(town, [fact(town, name, "分娩予定日", day) for name, day in (("祖母", "2027-01-10"), ("児", "2027-01-10"), ("母", "2027-09-01"), ("男", "2027-01-10"))], status=1)
    assert "登録 1" in told and "受付不可 3" in told, told
    for words in ("2行目 値「2027-01-10」: この人の年齢では考えられない日です（妊娠している方は、その日に10歳から60歳まで）", "3行目 値「2027-01-10」: この人の年齢では",
                  "4行目 値「2027-09-01」: 分娩予定日としては先すぎる日です", "5行目「値」"):
        assert words in told, (words, told)
    assert "[W403]" in told and "性別は、住民記録では妊娠している方に合いません" in told, told
    same([standing(town, name, "RSVM")[0] for name in ("祖母", "児", "男")], ["not_target", "not_target", "not_yet"], "believed, or not")
    rows = town.submits([town.sheet(name, "RSVM", "2026-09-28", 分娩予定日="2026-12-10") for name in ("祖母", "男")])
    same([r["code"] for r in rows], ["W303 W306", "W307"], "the dose is kept, the date of the grandmother is not")
    assert "年齢に合わない日付で、登録していません（分娩予定日「2026-12-10」）" in rows[0]["message"], rows[0]["message"]
    same(standing(town, "母", "RSVM"), ("not_yet", "2026-10-18", "2026-12-19"), "counted from the due date")
    same(standing(town, "母", "RSVM", "2026-10-18")[0], "due", "28 weeks")
    text = town.run("ledger", "show", town.number("母")).stdout
    assert "分娩予定日: 2027-01-10 (2026-04-05 から, 書類)" in text, text
    assert "登録済み 1" in takes(town, [fact(town, "母", "edd", "2027-01-10")]), "the same again changes nothing"
    # An ultrasound moves it: the office must say since when, for both belong to one pregnancy.
    moved = fact(town, "母", "分娩予定日", "2027-01-05")
    assert "受付不可 1" in takes(town, [moved], status=1), "since when?"
    town.today = "2026-10-20"
    assert "登録 1" in takes(town, [dict(moved, 開始日="2026-10-20")]), "moved"
    same(standing(town, "母", "RSVM"), ("due", "2026-10-13", "2026-12-14"), "the newer one counts")
    same(standing(town, "母", "RSVM", "2026-10-19"), ("due", "2026-10-18", "2026-12-19"), "not before it was said")
    out = os.path.join(town.folder, "papers")
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "RSVM")
    same(done.returncode, 0, done.stderr)
    same(len(printed(town, out, "母")), 1, "one letter")
    # It ends early: both are withdrawn, no further letter.
    town.today = "2026-11-04"
    both = [fact(town, "母", "分娩予定日", 取消="1", 開始日=day) for day in ("2026-04-05", "2026-10-20")]
    assert "取消 2" in takes(town, both), "withdrawn"
    same(standing(town, "母", "RSVM")[0], "not_target", "silent")
    changes = [r for r in town.table("changes", "--from", "2026-11-03", "--to", "2026-11-04") if r["series"] == "RSVM"]
    same([(r["from_status"], r["to_status"], r["cause"], r["detail"]) for r in changes],
         [("due", "not_target", "FACT", "edd")], "why")
    same(town.run("audit", "verify").returncode, 0, "the trail")


def the_due_date_on_the_sheet_is_that_of_the_day(town):
    # The office knows 10 January 2027; on the day of the dose, 37 weeks 0 days by it, the physician writes
    # 12 January: 36 weeks 5 days, and inside.
    town.moves_in("母", "1995-04-10", sex=2, kana="ハハ")
    town.night()
    takes(town, [fact(town, "母", "分娩予定日", "2027-01-10")])
    town.today = "2026-12-25"
    row = town.submits([town.sheet("母", "RSVM", "2026-12-20", 分娩予定日="2027-01-12")], month="202612")[0]
    same((row["outcome"], row["dose_status"]), ("accepted", "valid"), row)
    same([f["value"] for f in town.show("母")["facts"]], ["2027-01-10", "2027-01-12"], "both are kept")


def a_certified_disability_opens_the_season_at_sixty(town):
    town.moves_in("翁", "1964-05-05", sex=1, kana="オキナ")
    town.night()
    same([standing(town, "翁", s)[0] for s in ("INF", "COVID", "HZ")], ["not_target"] * 3, "62 years old")
    takes(town, [fact(town, "翁", "60〜64歳の障害認定", "心臓 HIV", 開始日="2026-04-01", source="職員の認定")])
    same([standing(town, "翁", s)[0] for s in ("INF", "COVID", "HZ")], ["due"] * 3, "certified")
    # The certificate said less: a new version, the old one is kept behind it.
    told = takes(town, [fact(town, "翁", "disability_60_64", "HEART", 開始日="2026-04-01")])
    assert "変更 1" in told, told
    same([standing(town, "翁", s)[0] for s in ("INF", "COVID", "HZ")], ["due", "due", "not_target"], "heart alone")
    same([f["value"] for f in town.show("翁")["facts"]], ["HEART"], "what stands")
    text = town.run("ledger", "show", town.number("翁")).stdout
    assert "心臓" in text, text


def a_contraindication_stops_letters_and_warns_at_intake(town):
    town.moves_in("禁", "2025-09-10", sex=1, kana="キン")
    town.moves_in("児", "2025-09-10", sex=2, kana="ジ", house=2)
    town.night()
    takes(town, [fact(town, "禁", "禁忌", 対象="MR1", source="医師の証明", 開始日="2026-09-15")])
    out = os.path.join(town.folder, "papers")
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1")
    same(done.returncode, 0, done.stderr)
    same([len(printed(town, out, n)) for n in ("禁", "児")], [0, 1], "no letter about what must not be given")
    row = town.submits([town.sheet("禁", "MR", "2026-09-20", "1期")])[0]
    same((row["outcome"], row["dose_status"], row["code"]), ("accepted_with_warning", "valid", "W202"), row)


def whom_nobody_writes_to_is_listed_by_name_with_the_reason(town):
    for name, house in (("禁", 1), ("否", 2), ("宛", 3), ("済", 4), ("去", 5)):
        town.moves_in(name, "2025-09-10", sex=1, kana="ナナシ", house=house)
    town.night()
    takes(town, [fact(town, "禁", "禁忌", 対象="MR1", source="医師の証明", 開始日="2026-09-15"),
                 fact(town, "否", "接種拒否", 対象="HPV", source="申出", 開始日="2026-09-16"),
                 fact(town, "宛", "宛所不明", source="職員の認定", 開始日="2026-09-17"),
                 fact(town, "済", "禁忌", source="医師の証明", 開始日="2026-08-01", 終了日="2026-09-30"),
                 fact(town, "去", "宛所不明", source="職員の認定", 開始日="2026-09-17")])
    town.happens("去", 51, "2026-09-30", 住民状態=3, 住民でなくなった日="2026-09-30")
    town.night()

    def listed(kind):
        return [(r["氏名"], r["内容"]) for r in town.table("work", "--kind", kind)]
    same(listed("contraindicated"), [("見本　禁", "麻しん風しん 第1期 2026-09-15 から（医師の証明）")], "until it ends; the other one has ended")
    same(listed("refused"), [("見本　否", "HPV 2026-09-16 から（申出）")], "who refuses")
    same(listed("mail_returned"), [("見本　宛", "すべての種類 2026-09-17 から（職員の認定）")], "where nothing arrives; nobody writes to the dead")
    assert all(r["することがら"] for r in town.table("work")), "and what to do"
    unknown = town.run("ledger", "work", "--kind", "reviews")
    assert unknown.returncode == 2 and "review、" in unknown.stderr, unknown.stderr
    takes(town, [fact(town, "宛", "宛所不明", source="職員の認定", 取消="1")])
    same(listed("mail_returned"), [], "settled with the fact")


def who_refuses_is_invited_once_and_not_reminded(town):
    # HPV: school year of 13 from 1 April 2026; invited, then refused; next year she is past the standard.
    for name, house in (("否", 1), ("応", 2)):
        town.moves_in(name, "2013-05-10", sex=2, kana="イナ" if house == 1 else "オウ", house=house)
    town.night()
    takes(town, [fact(town, "否", "接種拒否", 対象="HPV", source="申出")])
    first = os.path.join(town.folder, "first")
    same(town.run("ledger", "notices", "--out", first, "--vaccine", "HPV").returncode, 0, "first letter")
    same([len(printed(town, first, n)) for n in ("否", "応")], [1, 1], "both are invited")
    town.today = "2027-04-12"
    second = os.path.join(town.folder, "second")
    same(town.run("ledger", "notices", "--out", second, "--vaccine", "HPV").returncode, 0, "reminders")
    same([len(printed(town, second, n)) for n in ("否", "応")], [0, 1], "only one is reminded")
    # She changes her mind: from then on she is reminded as everybody is.
    takes(town, [fact(town, "否", "接種拒否", 対象="HPV", source="申出", 取消="1")])
    third = os.path.join(town.folder, "third")
    same(town.run("ledger", "notices", "--out", third, "--vaccine", "HPV").returncode, 0, "again")
    same([len(printed(town, third, n)) for n in ("否", "応")], [1, 0], "reminded now")


def rows_that_cannot_be_right_are_refused_with_words(town):
    town.moves_in("誤", "1995-04-10", sex=2, kana="ゴ")
    town.moves_in("他", "1996-04-11", sex=2, kana="タ")
    town.night()
    good = fact(town, "誤", "分娩予定日", "2027-01-10")
    wrong = [
        (dict(good, 宛名番号="419999999999999"), "宛名番号"),
        (dict(good, 宛名番号=town.number("他")), "生年月日"),
        (dict(good, 事柄="妊娠"), "事柄"),
        (dict(good, 値=""), "値"),
        (dict(good, 値="2027-02-30"), "値"),
        (dict(good, 対象="RSVM"), "対象"),
        (dict(good, 根拠="うわさ"), "根拠"),
        (dict(good, 根拠="申出"), "根拠"),
        (dict(good, 開始日="2026-09-01", 終了日="2026-08-01"), "終了日"),
        (dict(good, 終了日="2026-01-01"), "終了日"),
        (dict(good, 取消="多分"), "取消"),
        (dict(good, 値="", 取消="はい", 開始日="2020-01-01"), "取消"),
        (fact(town, "誤", "60〜64歳の障害認定", "心臓 腕"), "値"),
        (fact(town, "誤", "第1期として数える日本脳炎の回数", "三"), "値"),
        (fact(town, "誤", "接種拒否", 対象="ジフテリアの何か"), "対象"),
        (fact(town, "誤", "B型肝炎母子感染予防の対象", "いいえ"), "値"),
        ('"41', ""),
    ]
    told = takes(town, [good] + [row for row, _ in wrong], status=1)
    assert "登録 1 " in told and f"受付不可 {len(wrong)}" in told, told
    with open(told.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        refused = list(csv.DictReader(f))
    same([r["項目"] for r in refused], [item for _, item in wrong], "each with the item that is wrong")
    assert "419999999999999" in refused[0]["メッセージ"] and "1995-04-10" in refused[1]["メッセージ"], refused[:2]
    assert refused[11]["メッセージ"].endswith("(はい)"), refused[11]
    assert town.number("他") in refused[1]["元の行"], "whose row it is can be read"
    same([f["value"] for f in town.show("誤")["facts"]], ["2027-01-10"], "the good row stands, alone")
    same(town.run("grant", "dokusha", "read").returncode, 0, "granted")
    assert "権限" in takes(town, [good], status=2, operator="dokusha"), "who may only read"
    same(town.run("ledger", "show", town.number("誤"), operator="dokusha").returncode, 0, "may look")
    same(town.run("revoke", "dokusha", "read").returncode, 0, "no longer")
    same(town.run("ledger", "show", town.number("誤"), operator="dokusha").returncode, 2, "may not look any more")
    same(town.run("revoke", "hanako", "admin").returncode, 2, "nobody locks the office")


STORIES = [
    a_due_date_opens_the_weeks_for_the_mother,
    the_due_date_on_the_sheet_is_that_of_the_day,
    a_certified_disability_opens_the_season_at_sixty,
    a_contraindication_stops_letters_and_warns_at_intake,
    whom_nobody_writes_to_is_listed_by_name_with_the_reason,
    who_refuses_is_invited_once_and_not_reminded,
    rows_that_cannot_be_right_are_refused_with_words,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
