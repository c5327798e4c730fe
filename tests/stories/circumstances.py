"""Stories of special circumstances (特別の事情): who could not be vaccinated while he was a target is one again, of that vaccine and no
other, from the day on which the circumstance ended (施行令3条2項).

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import csv
import datetime
import glob
import os
import subprocess
import sys

from town import same, tell

ITEMS = "宛名番号 生年月日 種類 対象 値 開始日 終了日 理由 認定日 認定者 根拠 取消".split()


def circumstance(town, name, series, began, ended="", **more):
    person = town.people[name]
    row = {"宛名番号": person["宛名番号"], "生年月日": person["生年月日"], "種類": "特別の事情", "対象": series, "開始日": began,
           "終了日": ended, "理由": "疾病", "認定日": "2026-07-03", "認定者": "健康課 保健師", "根拠": "理由書"}
    row.update(more)
    return row


def takes(town, rows, status=0, items=ITEMS):
    return town.gives("facts", items, rows, status)


def woman(town):
    # 80 on 19 May 2023: a target of the pneumococcal vaccine for the whole fiscal year 2023, and of nothing since but
    # the season's vaccines.
    town.today = "2026-11-01"
    town.moves_in("とよ", "1943-05-20", sex=2, kana="トヨ")
    town.moves_in("他人", "1986-05-20", sex=1, kana="タニン", house=2)
    town.night()
    varicella = circumstance(town, "他人", "", "", 種類="水痘にかかったことがある", 理由="", 認定日="", 認定者="", 根拠="医師の証明")
    takes(town, [varicella])  # opens the book of facts: what is taken in with the first file was always known
    town.today = "2026-11-29"
    return statuses(town, "とよ")


def statuses(town, name, as_of=None):
    return {s["series"]: (s["series_status"], s["next"]) for s in town.show(name, as_of)["series"]}


def due(town, name, as_of=None):
    return [(r["series"], r["earliest"], r["last"]) for r in town.table("due", as_of=as_of)
            if r["宛名番号"] == town.number(name) and r["series"] not in ("INF", "COVID")]


def letters(town, folder, as_of=None, but=("INF", "COVID")):
    """Dispatch lines and pages of everything that is sent about any vaccine but those of the season."""
    out = os.path.join(town.folder, folder)
    wanted = [word for s in town.show(next(iter(town.people)))["series"] if s["series"] not in but
              for word in ("--vaccine", s["series"])]
    done = town.run("ledger", "notices", "--out", out, *wanted, as_of=as_of)
    assert done.returncode == 0, done.stderr
    lines, pages = [], []
    for path in glob.glob(os.path.join(out, "dispatch-*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            lines += [row["整理番号"] for row in csv.DictReader(f)]
    for path in glob.glob(os.path.join(out, "papers-*.pdf")):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        pages += ["".join(page.split()) for page in text.split("\f")[:-1]]
    return lines, pages


def changes(town, name, day_before, day):
    return [(r["series"], r["from_status"], r["to_status"], r["cause"], r["detail"])
            for r in town.table("changes", "--from", day_before, "--to", day)
            if r["宛名番号"] == town.number(name) and r["series"] not in ("INF", "COVID")]


def nothing_at_all(town, name, before, what):
    same(statuses(town, name), before, f"{what}: no series but as without the fact")
    same(due(town, name), [], f"{what}: not on the list")
    same(letters(town, what)[0], [], f"{what}: no letter")
    same(changes(town, name, "2026-11-28", "2026-11-29"), [], f"{what}: nothing changed")


def one_right_opens_one_series_in_every_outlet(town):
    before = woman(town)
    same(before["EPN"][0], "closed", "83 years old")
    told = takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01", "2026-06-01")])
    assert "登録 1" in told and "注意" not in told, told
    after = statuses(town, "とよ")
    same(after["EPN"][0], "due", "a target again")
    same({k: v for k, v in after.items() if k != "EPN"}, {k: v for k, v in before.items() if k != "EPN"}, "no other series")
    same(after["EPN"][1]["product_constraint"], ["PCV20"], "the vaccine of today")
    same(due(town, "とよ"), [("EPN", "2026-06-01", "2027-05-31")], "one year from the day it ended, that day counted")
    same([r["series"] for r in town.table("due", "--vaccine", "PCV20") if r["宛名番号"] == town.number("とよ")], ["EPN"], "by product")
    same(changes(town, "とよ", "2026-11-28", "2026-11-29"), [("EPN", "closed", "due", "FACT", "special_circumstances")], "why")
    text = town.run("ledger", "show", town.number("とよ")).stdout
    for words in ("特別の事情 高齢者肺炎球菌: 疾病", "2023-11-01 から 2026-06-01 まで", "2026-07-03 認定 健康課 保健師", "2027-05-31"):
        assert words in text, (words, text)
    fact = town.show("とよ")["facts"][0]
    same((fact["began"], fact["ended"], fact["recognised_on"], fact["recognised_by"], fact["opens"]),
         ("2023-11-01", "2026-06-01", "2026-07-03", "健康課 保健師", {"first": "2026-06-01", "last": "2027-05-31"}), "as recognised")
    lines, pages = letters(town, "letters")
    same(lines, [town.number("とよ")], "one letter")
    forms = [page for page in pages if "診察前の体温" in page]
    same((len(pages), len(forms)), (4, 1), "letter and one form, each with its back")
    for page in (pages[0], forms[0]):
        assert "高齢者の肺炎球菌" in page and "令和8年6月1日" in page and "令和9年5月31日" in page, page
    assert "特別の事情" in pages[0] and "（特例）" in forms[0], "both say by what right"
    for other in ("二種混合", "HPV", "日本脳炎", "麻しん", "水痘"):
        assert other not in pages[0], other
    # The day after she withdraws the physician's paper: closed again.
    town.today = "2026-11-30"
    assert "取消 1" in takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01", 取消="1")]), "withdrawn"
    same(due(town, "とよ"), [], "closed")
    same(changes(town, "とよ", "2026-11-29", "2026-11-30"), [("EPN", "due", "closed", "FACT", "special_circumstances")], "why")
    same(letters(town, "after")[0], [], "no reminder")
    same(town.run("audit", "verify").returncode, 0, "the trail")
    for number in (0, -5):
        town.sql("INSERT INTO act (act_no, kind, business_day, done_at, done_by)"
                  f" VALUES ({number}, 'intake', 1, 1, 'x')")
        same(town.run("audit", "verify").returncode, 1, f"an act {number} owes a record")
        town.sql("DELETE FROM act WHERE act_no <= 0")


def an_illness_that_began_a_day_after_the_year_opens_nothing(town):
    before = woman(town)
    told = takes(town, [circumstance(town, "とよ", "EPN", "2024-04-01", "2026-06-01")])
    assert "登録 1" in told and "注意" in told and "2024-03-31" in told, "stored, with a warning that names the day: " + told
    nothing_at_all(town, "とよ", before, "a day too late")


def an_illness_that_still_runs_opens_nothing_yet(town):
    before = woman(town)
    told = takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01")])
    assert "登録 1" in told and "注意" not in told, "she was a target: " + told
    nothing_at_all(town, "とよ", before, "still ill")
    # It ends: the same row with its last day is a new version.
    told = takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01", "2026-11-20", 認定日="2026-11-29")])
    assert "変更 1" in told, told
    same(due(town, "とよ"), [("EPN", "2026-11-20", "2027-11-19")], "now it has ended")
    same(len(town.show("とよ")["facts"]), 1, "one circumstance")


def a_vaccine_of_which_she_was_no_target_stays_shut(town):
    before = woman(town)
    told = takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01", "2026-06-01"), circumstance(town, "とよ", "HZ", "2023-11-01", "2026-06-01")])
    assert "登録 2" in told and "注意: 3行目「対象」" in told and "帯状疱疹" in told, "the second row is minded: " + told
    same(due(town, "とよ"), [("EPN", "2026-06-01", "2027-05-31")], "one series")
    same(statuses(town, "とよ")["HZ"], before["HZ"], "zoster as without it")
    path = told.split("注意のある行（登録しました）: ")[1].strip()
    with open(path, encoding="utf-8", newline="") as f:
        same([(r["行"], r["項目"], r["コード"]) for r in csv.DictReader(f)], [("3", "対象", "W401")], "the list of what is minded")


def old_fact(town, name, day):
    """A fact of the kind that earlier versions took: one day of the person, of no vaccine."""
    since = (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days
    town.sql("INSERT INTO person_fact (fact_id, person_id, kind, subject, value, since, until, from_act, to_act, source)"
              f" SELECT (SELECT max(fact_id) + 1 FROM person_fact), person_id, 'long_term_recovered', '', '{day}', {since}, NULL, from_act, 2147483647, 'physician'"
              f" FROM person WHERE addressee_no = '{town.number(name)}'")


def a_stored_day_without_a_vaccine_opens_nothing_and_is_work(town):
    before = woman(town)
    refused = takes(town, [circumstance(town, "とよ", "", "", 種類="long_term_recovered", 値="2026-06-01", 理由="", 認定日="", 認定者="")], status=1)
    assert "受付不可 1" in refused, "a new row of the old kind: " + refused
    with open(refused.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        assert "特別の事情" in next(csv.DictReader(f))["メッセージ"], "the name of the new one"
    old_fact(town, "とよ", "2026-06-01")
    nothing_at_all(town, "とよ", before, "an old fact")
    work = town.table("work", "--kind", "old_circumstance")
    same([r["宛名番号"] for r in work], [town.number("とよ")], "one item of work")
    for words in ("2026-06-01", "医師の証明", "EPN"):
        assert words in work[0]["内容"], (words, work)
    assert "HPV" not in work[0]["内容"] and "JE1" not in work[0]["内容"], work
    # The clerk writes the rows, and it is settled; the old day stays in the book.
    takes(town, [circumstance(town, "とよ", "EPN", "2023-11-01", "2026-06-01")])
    same(town.table("work", "--kind", "old_circumstance"), [], "settled")
    same(sorted(f["kind"] for f in town.show("とよ")["facts"]), ["long_term_recovered", "special_circumstances"], "not erased")
    same(due(town, "とよ"), [("EPN", "2026-06-01", "2027-05-31")], "the right that was recognised")
    return False  # the old fact is a row that no act wrote


def a_stored_day_that_is_withdrawn_is_settled(town):
    before = woman(town)
    old_fact(town, "とよ", "2026-06-01")
    same(len(town.table("work", "--kind", "old_circumstance")), 1, "work")
    row = circumstance(town, "とよ", "", "", 種類="長期療養等の事情がなくなった日", 理由="", 認定日="", 認定者="", 取消="1")
    assert "取消 1" in takes(town, [row]), "withdrawn"
    same(town.table("work", "--kind", "old_circumstance"), [], "settled")
    same(statuses(town, "とよ"), before, "as ever")
    return False  # the same


def a_child_recognised_for_encephalitis_is_offered_encephalitis(town):
    # Born 10 May 2019: 90 months on 9 November 2026. Leukaemia from January 2024, over on 15 November 2026.
    town.today = "2026-11-29"
    for name, house in (("蓮", 1), ("友", 2)):
        town.moves_in(name, "2019-05-10", sex=1, kana="レン", house=house)
    town.night()
    takes(town, [circumstance(town, "蓮", "JE1", "2024-01-10", "2026-11-15", 認定日="2026-11-29")])
    ill, well = statuses(town, "蓮"), statuses(town, "友")
    same(ill["JE1"][0], "late", "encephalitis is offered")
    same((ill["JE1"][1]["earliest"], ill["JE1"][1]["last"]), ("2026-11-15", "2028-11-14"), "two years")
    same({k: v for k, v in ill.items() if k != "JE1"}, {k: v for k, v in well.items() if k != "JE1"}, "all others as without")
    same(well["JE1"][0], "closed", "his friend's time is over")


def a_child_without_a_dose_was_a_target_of_polio_all_the_same(town):
    town.today = "2026-11-29"
    town.moves_in("蓮", "2019-05-10", sex=1, kana="レン")
    town.night()
    told = takes(town, [circumstance(town, "蓮", "IPV", "2024-01-10", "2026-11-15", 認定日="2026-11-29")])
    assert "登録 1" in told and "注意" not in told, "his time ran to 9 November 2026: " + told
    same(statuses(town, "蓮")["IPV"][0], "not_target", "polio is asked for in the combined vaccine")
    told = takes(town, [circumstance(town, "蓮", "IPV", "2026-11-10", "2026-11-16", 認定日="2026-11-29")])
    assert "2026-11-09" in told, "another one began a day too late: " + told
    town.submits([town.sheet("蓮", "IPV", "2026-11-20")])
    same([(d["position"], d["status"]) for d in town.series("蓮", "IPV")["doses"]], [("P1", "valid")], "by the right")


def an_illness_that_ended_after_the_sixth_birthday_opens_no_pneumococcal_vaccine(town):
    # Six is attained on the eve of the birthday, and on that day the vaccine may still be given.
    town.today = "2026-11-29"
    town.moves_in("蓮", "2020-11-20", sex=1, kana="レン")
    town.night()
    told = takes(town, [circumstance(town, "蓮", "PCV", "2024-01-10", "2026-11-19", 認定日="2026-11-29")])
    assert "登録 1" in told and "注意" not in told, "one day is left: " + told
    told = takes(town, [circumstance(town, "蓮", "PCV", "2024-01-10", "2026-11-20", 認定日="2026-11-29")])
    assert "変更 1" in told and "「終了日」" in told and "2026-11-20" in told, "none is left: " + told
    path = told.split("注意のある行（登録しました）: ")[1].strip()
    with open(path, encoding="utf-8", newline="") as f:
        same([(r["項目"], r["コード"]) for r in csv.DictReader(f)], [("終了日", "W402")], "the clerk is told")
    same(statuses(town, "蓮")["PCV"][0], "closed", "nothing is opened")


def the_day_on_which_a_right_was_over_is_told(town):
    # 65 on 14 September 2025; ill until 20 November 2025, so a target of zoster to 19 November 2026.
    town.today = "2026-11-29"
    town.moves_in("花", "1960-09-15", sex=2, kana="ハナ")
    town.night()
    takes(town, [circumstance(town, "花", "HZ", "2025-05-01", "2025-11-20")])
    same(changes(town, "花", "2026-11-19", "2026-11-20"), [("HZ", "due", "not_target", "TIME", "last 2026-11-19")], "by time, and when")


def four_and_five_component_end_on_the_eve_of_fifteen(town):
    # Born 20 March 2013: 15 on 19 March 2028. Well again on 1 June 2026: two years would be 31 May 2028.
    town.today = "2026-11-29"
    town.moves_in("湊", "2013-03-20", sex=1, kana="ミナト")
    town.night()
    takes(town, [circumstance(town, "湊", "DPTIPV", "2013-06-20", "2026-06-01")])
    same([d for d in due(town, "湊") if d[0] == "DPTIPV"], [("DPTIPV", "2026-06-01", "2028-05-31")], "two years: the law caps these products alone")
    lines, pages = letters(town, "letters")
    same(lines, [town.number("湊")], "one letter")
    form = next(page for page in pages if "診察前の体温" in page and "五種混合（特例）" in page)
    for words in ("令和8年6月1日（月）から令和10年5月31日（水）まで", "五種混合を使えるのは令和10年3月19日（日）まで"):
        assert words in pages[0], (words, pages[0])
    for words in ("令和10年3月19日（日）まで", "特別の事情による期間2026-06-01～2028-05-31"):
        assert words in form, (words, form)
    # The eve has gone by: the vaccine that ends with it is offered no more, and a person decides.
    town.today = "2028-03-20"
    town.night()
    out = os.path.join(town.folder, "after fifteen")
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "DPTIPV")
    same((done.returncode, glob.glob(os.path.join(out, "papers-*.pdf"))), (1, []), "held for the officer: " + done.stderr)


def the_shortage_of_reiwa_6_and_a_circumstance_are_both_named(town):
    # Born 10 May 2022: the first period ended on 9 May 2024, the city lengthened it (1 April 2025 to 31 March 2027). Ill
    # until 1 December 2024: two years to 30 November 2026. The days join; letter and form say why each of them is one.
    town.today = "2026-10-20"
    town.moves_in("葵", "2022-05-10", sex=2, kana="アオイ", house=1)
    town.moves_in("楓", "2022-05-10", sex=2, kana="カエデ", house=2)
    town.night()
    shortage = {"種類": "令和6年度の供給不足による延長を市が認めた", "開始日": "2025-04-01", "根拠": "職員の認定", "値": ""}
    told = takes(town, [dict(circumstance(town, "葵", "MR1", "2024-01-01", "2024-12-01"), 認定日="2026-10-01")]
                 + [{"宛名番号": town.number(name), "生年月日": "2022-05-10", **shortage} for name in ("葵", "楓")])
    assert "登録 3" in told, told
    same([d for d in due(town, "葵") if d[0] == "MR1"], [("MR1", "2024-12-01", "2027-03-31")], "joined")
    _, pages = letters(town, "shortage", but=[s["series"] for s in town.show("葵")["series"] if s["series"] != "MR1"])
    hers = {name: [p for p in pages if town.number(name) in p] for name in ("葵", "楓")}
    assert ("特別の事情がなくなったため、令和6年12月1日（日）から令和8年11月30日（月）まで、また、令和6年度のワクチンの供給不足のため、"
            "令和7年4月1日（火）から令和9年3月31日（水）まで定期接種として受けられます。") in hers["葵"][0], hers["葵"][0]
    form = next(p for p in hers["葵"] if "診察前の体温" in p)
    for words in ("（特例）", "特別の事情による期間2024-12-01～2026-11-30", "令和6年度のワクチンの供給不足による期間2025-04-01～2027-03-31"):
        assert words in form, (words, form)
    assert "は、令和6年度のワクチンの供給不足のため、令和7年4月1日（火）から令和9年3月31日（水）まで" in hers["楓"][0], hers["楓"][0]
    assert "特別の事情" not in hers["楓"][0], "one reason alone"
    # The two years are over: what they opened is not promised any more.
    town.today = "2026-12-10"
    town.night()
    same([d for d in due(town, "葵") if d[0] == "MR1"], [("MR1", "2024-12-01", "2027-03-31")], "still joined")


def rows_that_cannot_be_right_are_refused_with_words(town):
    woman(town)
    good = circumstance(town, "とよ", "EPN", "2023-11-01", "2026-06-01")
    wrong = [
        (dict(good, 対象=""), "対象"),
        (dict(good, 対象="すべて"), "対象"),
        (dict(good, 対象="ROTA"), "対象"),
        (dict(good, 対象="INF"), "対象"),
        (dict(good, 対象="COVID"), "対象"),
        (dict(good, 対象="RSVM"), "対象"),
        (dict(good, 開始日=""), "開始日"),
        (dict(good, 終了日="2023-10-31"), "終了日"),
        (dict(good, 開始日="2026-07-04", 終了日=""), "開始日"),
        (dict(good, 終了日="2026-07-04"), "終了日"),
        (dict(good, 終了日="2026-06-31"), "終了日"),
        (dict(good, 理由=""), "理由"),
        (dict(good, 理由="気分"), "理由"),
        (dict(good, 認定日=""), "認定日"),
        (dict(good, 認定日="2026-11-30"), "認定日"),
        (dict(good, 認定者=""), "認定者"),
        (dict(good, 根拠=""), "根拠"),
        (dict(good, 根拠="申出"), "根拠"),
        (dict(good, 根拠="職員の認定"), "根拠"),
        (dict(good, 理由="臓器移植", 根拠="市の認定"), "根拠"),
        (dict(good, 理由="医師の判断", 根拠="書類"), "根拠"),
        (dict(good, 理由="災害", 根拠="理由書"), "根拠"),
        (dict(good, 値="2026-06-01"), "値"),
        (dict(good, 取消="1", 開始日="2020-01-01"), "取消"),
    ]
    told = takes(town, [row for row, _ in wrong], status=1)
    assert f"受付不可 {len(wrong)}" in told, told
    with open(told.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        same([r["項目"] for r in csv.DictReader(f)], [item for _, item in wrong], "each with the item that is wrong")
    # A day that is not known to the day contradicts only what no reading of it allows.
    vague = [
        (dict(good, 開始日="2026-08-00", 終了日=""), ["開始日", "開始日"]),
        (dict(good, 開始日="2027-00-00", 終了日=""), ["開始日", "開始日"]),
        (dict(good, 開始日="2026-07-00", 終了日=""), ["開始日"]),
        (dict(good, 開始日="2026-00-00", 終了日=""), ["開始日"]),
        (dict(good, 終了日="2026-08-00"), ["終了日", "終了日"]),
        (dict(good, 終了日="2023-11-00"), ["終了日"]),
        (dict(good, 終了日="2023-10-00"), ["終了日", "終了日"]),
        (dict(good, 認定日="2026-05-00"), ["認定日", "終了日"]),
        (dict(good, 認定日="2026-06-00"), ["認定日"]),
        (dict(good, 開始日="2026-07-00", 終了日="", 認定日="2026-06-00"), ["開始日", "認定日", "開始日"]),
        (dict(good, 種類="接種拒否", 対象="", 理由="", 認定日="", 認定者="", 根拠="申出", 開始日="2026-06-00", 終了日="2026-05-31"), ["開始日", "終了日"]),
    ]
    told = takes(town, [row for row, _ in vague], status=1)
    with open(told.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        blamed = list(csv.DictReader(f))
    for n, (row, items) in enumerate(vague):
        same(sorted(r["項目"] for r in blamed if r["行"] == str(n + 2)), sorted(items), str(row))
    assert "facts" not in town.show("とよ"), "nothing was kept"
    for cause, source in (("災害", "市の認定"), ("供給不足", "職員の認定"), ("その他", "市の認定"), ("臓器移植", "医師の証明")):
        told = takes(town, [dict(good, 理由=cause, 根拠=source)])
        assert "登録 1" in told or "変更 1" in told, (cause, told)
    same([(f["value"], f["source"]) for f in town.show("とよ")["facts"]], [("transplant", "physician")], "the last version")
    # The heading of earlier years, the series by its name, another circumstance of the same vaccine.
    old = [item if item != "種類" else "事柄" for item in ITEMS]
    row = {("事柄" if k == "種類" else k): v for k, v in dict(good, 対象="高齢者肺炎球菌", 開始日="2023-05-01", 終了日="2023-06-01").items()}
    assert "登録 1" in takes(town, [row], items=old), "both headings are read"
    same(sorted(f["began"] for f in town.show("とよ")["facts"]), ["2023-05-01", "2023-11-01"], "two circumstances")
    row["種類"] = row.pop("事柄")
    row["開始日"] = ""
    told = takes(town, [dict(row, 取消="1")], status=1)
    assert "受付不可 1" in told, "which of the two?"


def accepted(town, name, series, dose, **more):
    person = town.people[name]
    row = {"宛名番号": person["宛名番号"], "生年月日": person["生年月日"], "種類": "医師が認めた接種", "対象": series, "値": dose,
           "認定日": "2026-11-29", "認定者": "見本医師", "根拠": "医師の証明"}
    row.update(more)
    return row


ABROAD = "宛名番号 生年月日 接種日 CVX 国 根拠".split()


def a_dose_of_another_time_counts_where_a_physician_accepts_it(town):
    # DPT at eleven instead of DT; two MMR abroad, at 13 months and at four years, the second for the second period.
    town.today = "2026-11-29"
    town.moves_in("種", "2014-09-01", sex=1, kana="タネ", house=1)
    town.moves_in("帰", "2020-05-10", sex=2, kana="カエリ", house=2)
    town.night()
    town.submits([town.sheet("種", "DPT", "2026-10-01")])
    abroad = [dict(zip(ABROAD, (town.number("帰"), "2020-05-10", day, "03", "US", "接種証明書"))) for day in ("2021-06-15", "2024-06-15")]
    town.gives("foreign", ABROAD, abroad)
    same(statuses(town, "種")["DT2"][0], "late", "the other vaccine does not count by itself")
    before = statuses(town, "帰")
    same(before["MR2"][0], "due", "a dose of before the period does not count by itself")
    wrong = [
        (accepted(town, "種", "DT2", "2026-10-01", 理由="疾病"), "理由"),
        (accepted(town, "種", "DT2", "2026-10-02"), "値"),
        (accepted(town, "種", "DT2", ""), "値"),
        (accepted(town, "種", "DT2", "2026-10-01 MR"), "値"),
        (accepted(town, "種", "HPV", "2026-10-01"), "対象"),
        (accepted(town, "種", "", "2026-10-01"), "対象"),
        (accepted(town, "種", "DT2", "2026-10-01", 根拠="職員の認定"), "根拠"),
        (accepted(town, "種", "DT2", "2026-10-01", 認定者=""), "認定者"),
        (accepted(town, "種", "DT2", "2026-10-01", 開始日="2026-10-01"), "開始日"),
    ]
    told = takes(town, [row for row, _ in wrong], status=1)
    with open(told.split("受付不可の行: ")[1].strip(), encoding="utf-8", newline="") as f:
        same([r["項目"] for r in csv.DictReader(f)], [item for _, item in wrong], "each with the item that is wrong")
    told = takes(town, [accepted(town, "種", "DT2", "令和8年10月1日"), accepted(town, "帰", "MR2", "2024-06-15")])
    assert "登録 2" in told, told
    same(statuses(town, "種")["DT2"][0], "complete", "accepted")
    dt2 = town.series("種", "DT2")["doses"]
    same([(d["status"], d["reasons"]) for d in dt2], [("counted", [])], "as received")
    after = statuses(town, "帰")
    same((after["MR2"][0], after["MR1"]), ("complete", before["MR1"]), "the second period and nothing else")
    same(statuses(town, "帰", "2026-11-28")["MR2"][0], "due", "not before it was accepted")
    same([r for r in town.table("due") if (r["宛名番号"], r["series"]) == (town.number("帰"), "MR2")], [], "not asked again")
    text = town.run("ledger", "show", town.number("種")).stdout
    assert "医師が認めた接種 二種混合: 2026-10-01 DPT" in text, text
    assert "登録済み 1" in takes(town, [accepted(town, "種", "DT2", "2026-10-01 DPT")]), "the same again"
    takes(town, [accepted(town, "種", "DT2", "2026-10-01", 取消="1")])
    same(statuses(town, "種")["DT2"][0], "late", "withdrawn")


STORIES = [
    one_right_opens_one_series_in_every_outlet,
    an_illness_that_began_a_day_after_the_year_opens_nothing,
    an_illness_that_still_runs_opens_nothing_yet,
    a_vaccine_of_which_she_was_no_target_stays_shut,
    a_stored_day_without_a_vaccine_opens_nothing_and_is_work,
    a_stored_day_that_is_withdrawn_is_settled,
    a_child_recognised_for_encephalitis_is_offered_encephalitis,
    a_child_without_a_dose_was_a_target_of_polio_all_the_same,
    an_illness_that_ended_after_the_sixth_birthday_opens_no_pneumococcal_vaccine,
    the_day_on_which_a_right_was_over_is_told,
    four_and_five_component_end_on_the_eve_of_fifteen,
    the_shortage_of_reiwa_6_and_a_circumstance_are_both_named,
    rows_that_cannot_be_right_are_refused_with_words,
    a_dose_of_another_time_counts_where_a_physician_accepts_it,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
