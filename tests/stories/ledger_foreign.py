"""Stories of vaccinations abroad: what a certificate says, what it counts for here, what a physician decides.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import csv
import sys

from town import same, tell

ITEMS = "宛名番号 生年月日 接種日 CVX 国 製品名 ロット番号 根拠 医師の判断 数える製品 医師 判断日".split()


def abroad(town, name, day, cvx, country="US", source="接種証明書", **more):
    person = town.people[name]
    row = {"宛名番号": person["宛名番号"], "生年月日": person["生年月日"], "接種日": day, "CVX": cvx, "国": country, "根拠": source}
    row.update(more)
    return row


def takes(town, rows, status=0, operator="hanako"):
    return town.gives("foreign", ITEMS, rows, status, operator)


def status(town, name, series):
    s = town.series(name, series)
    return s["series_status"], [d["status"] for d in s["doses"]]


def due(town, name):
    return {r["series"] for r in town.table("due") if r["宛名番号"] == town.number(name)}


def standing(town, name):
    return {o["cvx"]: (o["standing"], o["counts_as"]) for o in town.show(name)["abroad"]}


def a_child_from_america_is_judged_by_what_the_certificate_says(town):
    # Born 10 March 2025, in Japan from 1 September 2026; today is 1 October 2026, 18 months old.
    town.moves_in("米", "2025-03-10", sex=2, kana="ヨネ", since="2026-09-01")
    town.night()
    before = due(town, "米")
    assert {"MR1", "HIB", "DPTIPV", "VAR", "PCV"} <= before, before
    told = takes(town, [
        abroad(town, "米", "2025-05-12", "146"),  # hexavalent, three times
        abroad(town, "米", "2025-07-14", "146"),
        abroad(town, "米", "2025-09-16", "146"),
        abroad(town, "米", "2025-05-12", "133"),
        abroad(town, "米", "2025-07-14", "133"),
        abroad(town, "米", "2025-09-16", "133"),
        abroad(town, "米", "2026-03-20", "３", 国="ＵＳ"),  # MMR at twelve months, as typed by sleepy fingers
        abroad(town, "米", "2026-03-20", "21"),
        abroad(town, "米", "2026-04-10", "83"),  # hepatitis A: nobody here asks for it
        abroad(town, "米", "2026-05-01", "115"),  # Tdap: not ours
    ])
    assert "登録 10" in told and "うち 1件は医師の判断が必要" in told, told
    same(status(town, "米", "MR1")[0], "complete", "MMR is MR")
    same(status(town, "米", "HEPB"), ("complete", ["counted", "counted", "counted"]), "three HepB of the hexavalent")
    same(len(status(town, "米", "HIB")[1]), 3, "three Hib")
    same(len(status(town, "米", "DPTIPV")[1]), 3, "three of DPT-IPV; Tdap waits")
    after = due(town, "米")
    assert "MR1" not in after and "HEPB" not in after, after
    same(standing(town, "米"), {
        "146": ("counts", ["DPT-IPV", "HIB", "HBV"]), "133": ("needs_judgement", ["PCV13"]), "03": ("counts", ["MR", "MUMPS"]),
        "21": ("counts", ["VAR"]), "83": ("counts_for_nothing", []), "115": ("needs_judgement", [])}, "what each counts for")
    text = town.run("ledger", "show", town.number("米")).stdout
    assert "国外で受けた接種" in text and "MR MUMPS として数えます" in text and "医師の判断が必要" in text, text
    # PCV13 left the programme in September 2024: the rules do not accept it, a physician may.
    same(status(town, "米", "PCV")[1], ["invalid"] * 3, "not of our programme on those days")
    pcv = [abroad(town, "米", day, "133", 医師の判断="数える", 医師="見本　太郎", 判断日="2026-09-30")
           for day in ("2025-05-12", "2025-07-14", "2025-09-16")]
    assert "医師の判断を記入 3" in takes(town, pcv), "decided"
    same(status(town, "米", "PCV")[1], ["counted"] * 3, "a physician counts them")
    same([(s["series"], d["status"]) for s in town.show("米")["series"] for d in s["doses"] if s["series"] == "RUB5"],
         [("RUB5", "invalid")], "another cohort's series judges MMR as well")
    assert "風しん 第5期" not in text, "and is not told of"
    dose = town.show("米")["doses"][0]
    same((dose["product"], dose["funding"], dose["provenance"]), ("CVX 146", "voluntary", "P5"), "as the paper has it")
    same(town.run("audit", "verify").returncode, 0, "the trail")


def a_physician_decides_what_the_table_leaves_open(town):
    town.moves_in("露", "2025-03-10", sex=1, kana="ロ", since="2026-09-01")
    town.night()
    waits = abroad(town, "露", "2026-04-20", "999", country="RU", 製品名="Приорикс")
    takes(town, [waits])
    same(standing(town, "露"), {"999": ("needs_judgement", [])}, "a code that no table knows")
    assert "MR1" in due(town, "露"), "nobody counted it"
    decided = dict(waits, 医師の判断="数える", 数える製品="MR", 医師="見本　太郎", 判断日="2026-09-28")
    town.today = "2026-10-05"
    told = takes(town, [decided])
    assert "医師の判断を記入 1" in told, told
    same(status(town, "露", "MR1"), ("complete", ["counted"]), "as the physician says")
    assert "MR1" not in due(town, "露"), "no longer due"
    changes = [r for r in town.table("changes", "--from", "2026-10-02", "--to", "2026-10-06") if r["series"] == "MR1"]
    same([(r["from_status"], r["to_status"], r["cause"]) for r in changes], [("due", "complete", "DOSE")], "why")
    assert "登録済み 1" in takes(town, [decided]), "the same again changes nothing"
    assert "登録済み 1" in takes(town, [waits]), "and a paper without the decision does not take it back"
    same(status(town, "露", "MR1"), ("complete", ["counted"]), "still")
    taken_back = dict(decided, 医師の判断="数えない", 数える製品="", 判断日="2026-09-30")
    takes(town, [taken_back])
    same(standing(town, "露"), {"999": ("counts_for_nothing", [])}, "another decision is a new version")
    assert "MR1" in due(town, "露"), "due again"


def word_of_mouth_is_kept_and_never_counted(town):
    town.moves_in("声", "2025-03-10", sex=1, kana="コエ", since="2026-09-01")
    town.night()
    takes(town, [abroad(town, "声", "2026-03-20", "03", source="申告")])
    same(standing(town, "声"), {"03": ("counts_for_nothing", [])}, "kept")
    assert "MR1" in due(town, "声"), "not counted"


def rows_that_cannot_be_right_are_refused_with_words(town):
    town.moves_in("誤", "2025-03-10", sex=1, kana="ゴ", since="2026-09-01")
    town.moves_in("他", "2025-04-11", sex=1, kana="タ", since="2026-09-01")
    town.night()
    town.submits([town.sheet("誤", "MR", "2026-09-10", "1期")])
    good = abroad(town, "誤", "2026-03-20", "21")
    wrong = [
        (dict(good, 宛名番号="419999999999999"), "宛名番号"),
        (dict(good, 宛名番号=town.number("他")), "生年月日"),
        (dict(good, 接種日="2027-01-01"), "接種日"),
        (dict(good, 接種日="2024-01-01"), "接種日"),
        (dict(good, 接種日="2026-13-01"), "接種日"),
        (dict(good, CVX="MMR"), "CVX"),
        (dict(good, 国="アメリカ"), "国"),
        (dict(good, 国="ZZ"), "国"),  # nobody's
        (dict(good, 根拠="たぶん"), "根拠"),
        (dict(good, CVX="115", 医師の判断="数える", 医師="見本", 判断日="2026-09-28"), "数える製品"),
        (dict(good, 医師の判断="数える", 医師="見本"), "判断日"),
        (dict(good, 数える製品="MR"), "数える製品"),
        (dict(good, 数える製品="ない製品", 医師の判断="数える", 医師="見本", 判断日="2026-09-28"), "数える製品"),
        (dict(good, 医師="見本", 判断日="2026-09-28"), "医師の判断"),
        (dict(good, 医師の判断="数えない", 医師="見本", 判断日="2027-01-01"), "判断日"),
        (dict(good, 製品名="長" * 101), "製品名"),
        (dict(good, 根拠="申告", 医師の判断="数える", 医師="見本", 判断日="2026-09-28"), "根拠"),
        (dict(good, 接種日="2026-09-10", CVX="03"), "CVX"),  # the clinic has told of it
        ('"41', ""),
    ]
    told = takes(town, [good] + [row for row, _ in wrong], status=1)
    assert f"登録 1 " in told and f"受付不可 {len(wrong)}" in told, told
    path = told.split("受付不可の行: ")[1].strip()
    with open(path, encoding="utf-8") as f:
        text = f.read()
    lines = text.strip().split("\n")[1:]
    for _, item in wrong:
        assert f'"{item}"' in text, (item, text)
    assert len(lines) >= len(wrong), text
    # Every fault of a row at once, those that only several items together say too.
    told = takes(town, [dict(good, 国="ZZ", 接種日="2027-01-01", 医師の判断="数える", 数える製品="", CVX="115", 判断日="2027-02-01", 根拠="申告"),
                         dict(good, 国="", 医師の判断="数えない", 数える製品="ない 変な", 医師="見本", 判断日="2026-09-28")], status=1)
    with open(told.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        same([r["項目"] for r in csv.DictReader(f)], ["国", "医師", "根拠", "接種日", "判断日", "数える製品", "国", "数える製品", "数える製品", "数える製品"], "six, and four")
    same(status(town, "誤", "VAR")[1], ["counted"], "the good row stands")


def who_may_not_take_in_may_not(town):
    town.moves_in("権", "2025-03-10", sex=1, kana="ケン", since="2026-09-01")
    town.night()
    same(town.run("grant", "dokusha", "read").returncode, 0, "granted")
    told = takes(town, [abroad(town, "権", "2026-03-20", "21")], status=2, operator="dokusha")
    assert "権限" in told, told


STORIES = [
    a_child_from_america_is_judged_by_what_the_certificate_says,
    a_physician_decides_what_the_table_leaves_open,
    word_of_mouth_is_kept_and_never_counted,
    rows_that_cannot_be_right_are_refused_with_words,
    who_may_not_take_in_may_not,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
