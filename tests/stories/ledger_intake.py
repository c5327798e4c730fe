"""Stories of the intake: what becomes of a clinic's sheet (immunization.md 5.6, 6.1, 6.2, 13).

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import glob
import csv
import os
import sys

from town import CLINIC, same, tell, Town


def family(town):
    # One year attained on 2026-05-09, six months on 2025-11-09.
    town.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    town.moves_in("ハルキ", "2026-01-20", sex=1, kana="ハルキ", house=2)
    town.moves_in("ハルカ", "2026-01-20", sex=2, kana="ハルカ", house=2)
    town.moves_in("蓮", "2026-03-02", sex=1, kana="レン", house=3)
    town.moves_in("梅", "1955-06-01", sex=2, kana="ウメ", house=4)
    town.moves_in("桜", "1995-02-03", sex=2, kana="サクラ", house=5)
    town.moves_in("去る子", "2025-08-08", sex=2, kana="サルコ", house=6)
    town.moves_in("来る子", "2025-07-07", sex=1, kana="クルコ", house=7, since="2026-09-01")
    town.moves_in("亡き人", "1950-01-01", sex=1, kana="ナキヒト", house=8)
    town.night()
    town.happens("去る子", 42, "2026-08-10", 住民状態=2, 住民でなくなった日="2026-08-10")
    town.happens("亡き人", 51, "2026-08-20", 住民状態=3, 住民でなくなった日="2026-08-20")
    town.night()


def every_row_of_a_bad_day_has_exactly_one_outcome(town):
    family(town)
    sheet = town.sheet
    rows = [
        # what was written, outcome, code, status, reasons
        (sheet("花子", "MR", "2026-05-12", "1期", 接種量="0.5"), "accepted", "", "valid", ""),
        (sheet("花子", "HBV", "2025-07-10", "1", 氏名="", 氏名カナ=""), "returned", "R101", "", ""),
        (sheet("花子", "MR", "2026-02-30"), "returned", "R102", "", ""),
        (sheet("花子", "風邪薬", "2026-05-12"), "review", "R103", "", ""),
        (sheet("花子", "MR", "2026-05-12", 接種区分=7), "returned", "R104", "", ""),
        (sheet("花子", "MR", "2026-05-12", ロット番号="A" * 21), "returned", "R105", "", ""),
        ('"7","' + CLINIC, "returned", "R106", "", ""),
        (sheet("花子", "VAR", "2026-10-02"), "returned", "R111", "", ""),
        (sheet("花子", "VAR", "2025-05-09"), "returned", "R112", "", ""),
        (sheet("花子", "VAR", "2026-05-12", 医療機関コード="4010198766"), "returned", "R121", "", ""),
        (sheet("どこにもいない人", "MR", "2026-05-12", 生年月日="2024-12-24", 氏名カナ="イナイ　ヒト"), "returned", "R131", "", ""),
        (sheet("花子", "MR", "2026-05-12", 氏名="別人　太郎", 氏名カナ="ベツジン　タロウ", 生年月日="1980-12-31", 性別=1),
         "returned", "R133", "", ""),
        # Moved out on the 10th: the 10th is the new city's.
        (sheet("去る子", "HBV", "2026-08-10"), "returned", "R141", "", ""),
        (sheet("来る子", "HBV", "2026-08-31"), "review", "R142", "", ""),
        (sheet("亡き人", "INF", "2026-08-22"), "returned", "R143", "", ""),
        # Without a number the twins cannot be told apart by one kana.
        (sheet("ハルキ", "HBV", "2026-03-25", 整理番号="", 氏名="見本　ハル", 氏名カナ="ミホン　ハル", 性別=""), "review", "V131", "", ""),
        # One twin's number on the other's name.
        (sheet("ハルカ", "HBV", "2026-03-26", 整理番号=town.number("ハルキ"), 性別=""), "review", "V131", "", ""),
        # 27 full days must lie between: 1 June to 28 June are 26.
        (sheet("蓮", "HBV", "2026-06-01", "1回目"), "accepted", "", "valid", ""),
        (sheet("蓮", "HBV", "2026-06-28", "2回目"), "accepted_with_warning", "W301", "invalid", "INTERVAL_SHORT"),
        (sheet("蓮", "BCG", "2026-08-03", "2回目"), "accepted_with_warning", "W302", "valid", ""),
        (sheet("蓮", "MUMPS", "2026-09-20"), "accepted_with_warning", "W301 R155", "", ""),
        (sheet("蓮", "HIB", "2026-07-06", 接種量="0.25"), "accepted_with_warning", "W201", "valid", ""),
        (sheet("蓮", "PCV20", "2026-07-06", 有効期限="2026-07-05"), "accepted_with_warning", "W203", "valid", ""),
        (sheet("桜", "RSVM", "2026-09-01"), "accepted_with_warning", "W303", "", ""),
        # Due on 2026-12-01: 28 weeks on 2026-09-08 (EDD - 84).
        (sheet("桜", "RSVM", "2026-09-08", 分娩予定日="2026-12-01", 整理番号=""), "review", "V132", "", ""),
        (sheet("梅", "PPSV23", "2020-06-05", "1回目"), "accepted", "", "valid", ""),
        (sheet("梅", "INF", "2026-10-01", 接種区分=2), "accepted", "", "", ""),
        (sheet("梅", "INF", "2026-09-30", "1", 接種区分=2, ロット番号="L1"), "accepted_with_warning", "R153", "", ""),
        (sheet("梅", "INF", "2026-09-29", "1", 接種区分=4, ロット番号="L1"), "accepted", "", "", ""),  # part of it was given
    ]
    outcomes = town.submits([row[0] for row in rows])
    same(len(outcomes), len(rows), "rows of the outcome")
    for nth, (row, outcome, code, status, reasons) in enumerate(rows):
        got = outcomes[nth]
        label = "L8" if isinstance(row, str) else str(nth + 1)
        is_ = (got["行番号"], got["outcome"], got["code"], got["dose_status"], got["reasons"])
        same(is_, (label, outcome, code, status, reasons), f"row {nth + 1} ({got['evidence']})")
    same(outcomes[0]["宛名番号"], town.number("花子"), "linked to")
    same(outcomes[16]["宛名番号"].split().count(town.number("ハルキ")), 1, "one of the candidates")


def the_same_file_again_writes_the_same_bytes_and_stores_nothing(town):
    family(town)
    path = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期"), town.sheet("蓮", "風邪薬", "2026-05-12")])
    first, text, _ = town.takes_in(path)
    exports = lambda: [r["内容"] for r in town.table("audit", "read") if r["種別"] == "export"]
    before = exports()
    again, text_again, _ = town.takes_in(path, as_of="2026-10-09")
    same(exports(), before + [os.path.basename(path)], "a list that leaves again is recorded again")
    same((first.returncode, again.returncode), (1, 0), "nothing was done now")
    same(text_again, text, "outcome of the second run")
    assert "取込済み" in again.stderr, again.stderr
    same(len(town.show("花子")["doses"]), 1, "doses")


def next_months_file_with_the_same_rows_is_all_duplicates(town):
    family(town)
    rows = [town.sheet("花子", "MR", "2026-05-12", "1期", ロット番号="X1"), town.sheet("蓮", "BCG", "2026-08-03")]
    same([r["outcome"] for r in town.submits([dict(r) for r in rows])], ["accepted", "accepted"], "first month")
    later = town.submits(rows + [dict(rows[0])], month="202611")
    same([r["outcome"] for r in later], ["duplicate"] * 3, "second month")
    same(later[0]["宛名番号"], town.number("花子"), "duplicate of whom")


def the_order_of_the_rows_does_not_matter(town):
    family(town)
    # The second dose stands before the first; 28 days between are enough either way.
    outcomes = town.submits([town.sheet("蓮", "HBV", "2026-06-29", "2回目"), town.sheet("蓮", "HBV", "2026-06-01", "1回目")])
    same([(r["outcome"], r["dose_status"]) for r in outcomes], [("accepted", "valid")] * 2, "both doses")


def a_second_lot_on_one_day_is_for_a_person_and_a_correction_replaces(town):
    family(town)
    town.submits([town.sheet("花子", "MR", "2026-05-12", "1期", ロット番号="LOT1")])
    doubt = town.submits([town.sheet("花子", "MR", "2026-05-12", "1期", ロット番号="LOT2")])
    same((doubt[0]["outcome"], doubt[0]["code"]), ("review", "D301"), "another lot")
    right = town.submits([town.sheet("花子", "MR", "2026-05-12", "1期", ロット番号="LOT2", 訂正=1)])
    same((right[0]["outcome"], right[0]["dose_status"]), ("accepted", "valid"), "the correction")
    doses = town.show("花子")["doses"]
    same([(d["lot"], "replaces" in d) for d in doses], [("LOT2", True)], "what stands now")


def a_correction_may_turn_a_dose_into_an_examination_and_back(town):
    family(town)
    town.submits([town.sheet("花子", "MR", "2026-05-12", "1期")])
    same(town.series("花子", "MR1")["series_status"], "complete", "given")
    turned = town.submits([town.sheet("花子", "MR", "2026-05-12", "1期", 接種区分=2, 訂正=1)])
    same((turned[0]["outcome"], turned[0]["dose_status"]), ("accepted", ""), "examined only")
    same((town.series("花子", "MR1")["series_status"], town.show("花子")["doses"]), ("due", []), "the dose stands no longer")
    back = town.submits([town.sheet("花子", "MR", "2026-05-12", "1期", 訂正=1)])
    same((back[0]["outcome"], back[0]["dose_status"]), ("accepted", "valid"), "given after all")
    same(town.series("花子", "MR1")["series_status"], "complete", "once")
    same(len(town.show("花子")["doses"]), 1, "one dose")


def a_day_a_year_apart_is_doubted_but_for_seasons(town):
    town.moves_in("幼", "2023-03-10", sex=1, kana="オサナ")
    town.moves_in("翁", "1950-03-10", sex=1, kana="オキナ", house=2)
    town.night()
    town.submits([town.sheet("幼", "DPT-IPV", "2024-10-08", "1期初回1回目"), town.sheet("翁", "INF", "2024-10-08", "1回")], month="202410")
    rows = town.submits([town.sheet("幼", "DPT-IPV", "2025-10-08", "1期初回2回目"), town.sheet("翁", "INF", "2025-10-08", "1回")], month="202510")
    same([(r["outcome"], r["code"]) for r in rows], [("review", "D304"), ("accepted", "")], "one is honest")


def a_childs_pneumococcal_dose_is_of_class_a(town):
    town.moves_in("幼", "2026-03-10", sex=1, kana="オサナ")
    town.moves_in("翁", "1961-03-10", sex=1, kana="オキナ", house=2)
    town.night()
    rows = town.submits([town.sheet("幼", "PCV20", "2026-05-12", "初回1回目"), town.sheet("幼", "PCV20", "2026-05-20", "初回2回目"),
                         town.sheet("翁", "PCV20", "2026-05-12", "1回")])
    same([(r["dose_status"], r["reasons"]) for r in rows], [("valid", ""), ("invalid", "INTERVAL_SHORT"), ("valid", "")], "by their own series")
    same([d["legal_class"] for d in town.show("幼")["doses"]], [1, 1], "定期A")
    same([d["legal_class"] for d in town.show("翁")["doses"]], [2], "定期B")
    same(town.series("幼", "EPN")["series_status"], "not_yet", "nothing to review about old age")


def contracts_decide_about_the_money_not_about_the_dose(town):
    family(town)
    path = town.folder + "/CLINIC_20260401.csv"
    with open(path, "w", encoding="utf-8") as f:
        f.write("医療機関コード,医療機関名,所在地,契約開始日,契約終了日,ワクチン\n"
                f"{CLINIC},みほん小児科,小倉北区,2025-04-01,2026-06-30,MR\n"
                f"{CLINIC},みほん小児科,小倉北区,2025-04-01,2026-06-30,BCG HBV\n"
                "4010198766,まちがい医院,小倉北区,2025-04-01,,\n"
                f"{CLINIC},みほん小児科,小倉北区,2025-04-01,2025-03-31,VAR\n")
    done = town.run("ledger", "clinics", path)
    same(done.returncode, 1, "a wrong check digit, and an end before its beginning: " + done.stderr)
    assert "受付不可 2" in done.stderr, done.stderr
    # A list with an unreadable row ends nobody's contract, an empty one is refused.
    short = town.folder + "/CLINIC_20260402.csv"
    head = "医療機関コード,医療機関名,所在地,契約開始日,契約終了日,ワクチン\n"
    with open(short, "w", encoding="utf-8") as f:
        f.write(head + f"{CLINIC},みほん小児科,小倉北区,2025-04-01,2026-06-30,MR\n4010198766,まちがい医院,小倉北区,2025-04-01,,\n")
    assert "契約 2件は終わらせていません" in town.run("ledger", "clinics", short).stderr, "BCG and HBV stay"
    assert "新規 0 終了 0 変更なし 1 " in town.run("ledger", "clinics", short).stderr, "the same list again"
    with open(short, "w", encoding="utf-8") as f:
        f.write(head)
    same(town.run("ledger", "clinics", short).returncode, 2, "nothing in it")
    outcomes = town.submits([
        town.sheet("花子", "MR", "2026-05-12", "1期"),
        town.sheet("蓮", "BCG", "2026-08-03"),                                # the contract ended on 30 June
        town.sheet("花子", "VAR", "2026-06-12"),                              # no contract for this vaccine
        town.sheet("蓮", "HBV", "2026-06-01", 医療機関コード="4010198766"),   # one clinic bears the name
    ])
    same([(r["outcome"], r["code"], r["dose_status"]) for r in outcomes],
         [("accepted", "", "valid"), ("accepted_with_warning", "R122", "valid"),
          ("accepted_with_warning", "R123", "valid"), ("accepted_with_warning", "R121", "valid")], "contracts")


def a_protected_child_is_linked_and_never_shown(town):
    town.moves_in("守る子", "2025-05-10", sex=1, kana="マモルコ", protected=True)
    town.night()
    outcomes = town.submits([town.sheet("守る子", "MR", "2026-05-12", "1期")])
    same((outcomes[0]["outcome"], outcomes[0]["宛名番号"]), ("accepted", town.number("守る子")), "linked")
    shown = town.run("ledger", "show", town.number("守る子"), "--format", "json").stdout
    assert "守る子" not in shown and "浅野" not in shown and CLINIC not in shown, "name, address or clinic shown"
    due = town.run("ledger", "due").stdout
    assert "守る子" not in due and town.number("守る子") in due, "the due list"
    # A row that waits for a person, and one from before they moved in: where the clinic says the child lives is kept
    # nowhere.
    hidden = "紅葉町七丁目9番2号"
    town.happens("守る子", "42", "2026-09-20", 住民状態=2, 住民でなくなった日="2026-09-20")
    town.night()
    waits = town.submits([town.sheet("守る子", "BCG", "2025-10-12", 整理番号="", 住所=hidden),
                          town.sheet("守る子", "HBV", "2026-09-25", 住所=hidden)])
    same([(r["outcome"], r["code"]) for r in waits], [("review", "V132"), ("returned", "R141")], "neither is linked")
    for path in glob.glob(os.path.join(town.data, "**"), recursive=True):
        if os.path.isfile(path):
            with open(path, "rb") as f:
                assert hidden.encode() not in f.read(), path


def the_report_tells_what_it_folded_and_did_not_read(town):
    family(town)
    path = town.write_file([town.sheet("花子", "MR", "２０２６-05-12", "1期")])
    with open(path, encoding="utf-8") as f:
        head, row = f.read().split("\n", 1)
    with open(path, "w", encoding="utf-8") as f:
        f.write(head.rstrip() + ",体温\n" + row.rstrip() + ",36.5\n")
    done, _, outcomes = town.takes_in(path)
    same(outcomes[0]["outcome"], "accepted", "neither changes the row")
    assert "全角の数字 4 字" in done.stderr and "読みませんでした: 体温" in done.stderr, done.stderr


def a_dose_that_two_periods_list_is_told_once_where_it_belongs(town):
    town.moves_in("二期の子", "2020-06-15", sex=1, kana="ニキノコ")
    town.night()
    # One MR at one year; the other in the year before school (2026-04-01 to 2027-03-31).
    town.submits([town.sheet("二期の子", "MR", "2021-07-01", "1期"), town.sheet("二期の子", "MR", "2026-05-12", "2期")])
    same([d["series"] for d in town.show("二期の子")["doses"]], ["MR1", "MR2"], "where each belongs")
    text = town.run("ledger", "show", town.number("二期の子")).stdout
    same((text.count("2021-07-01"), text.count("2026-05-12")), (1, 1), "each is told once")
    assert "回数超過" not in text, text


def nobody_looks_without_a_trace_or_a_right(town):
    family(town)
    done = town.run("ledger", "show", town.number("花子"), operator="taro")
    same(done.returncode, 2, "a stranger is refused")
    assert "花子" not in done.stdout + done.stderr
    same(town.run("ledger", "show", "99").returncode, 2, "an unknown number")
    mistyped = town.run("ledger", "show", "123456789018")  # an Individual Number is nobody's number here
    same(mistyped.returncode, 2, "an Individual Number")
    assert "********9018" in mistyped.stderr and "123456789018" not in mistyped.stderr, mistyped.stderr
    same(town.run("ledger", "audit", "verify").returncode, 0, "the trail stands")


def a_refused_file_stops_no_other(town):
    town.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    town.moves_in("蓮", "2025-04-02", sex=1, kana="レン", house=3)
    town.night()
    first = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期")])
    last = town.write_file([town.sheet("蓮", "MR", "2026-05-13", "1期")])
    headless = os.path.join(town.folder, "headless.csv")
    with open(headless, "w", encoding="utf-8") as f:
        f.write("なまえ,ひづけ\n花子,きのう\n")
    wide = os.path.join(town.folder, "wide.csv")
    with open(wide, "w", encoding="utf-16") as f:
        f.write("行番号,医療機関コード\n1,2\n")
    out = os.path.join(town.folder, "all.csv")
    nowhere = os.path.join(town.folder, "nowhere.csv")
    done = town.run("ledger", "intake", first, headless, nowhere, wide, last, "--outcome", out)
    same(done.returncode, 2, "the worst of all: " + done.stderr)
    for path in (headless, nowhere, wide):
        assert path in done.stderr, done.stderr
    assert "医療機関コード" in done.stderr, "which columns are missing: " + done.stderr
    assert "UTF-16" in done.stderr, "what the file is and should be: " + done.stderr
    with open(out, encoding="utf-8", newline="") as f:
        same([(r["outcome"], r["宛名番号"]) for r in csv.DictReader(f)],
             [("accepted", town.number("花子")), ("accepted", town.number("蓮"))], "both good files")


def a_birth_date_without_its_day_is_read_both_ways(town):
    town.today = "2026-11-10"
    births = ["2020-04-00", "2025-11-00", "2013-11-00", "2025-09-00", "2025-00-00", "2026-00-00", "2025-06-00"]
    asked = [("MR", "2026-10-10", "2期"), ("BCG", "2026-11-05", "1回目"), ("DT", "2026-11-05", "2期"), ("MR", "2026-09-20", "1期"),
             ("MR", "2026-09-20", "1期"), ("HBV", "2026-09-20", "1回目"), ("MR", "2026-09-20", "1期")]
    for n, birth in enumerate(births):
        town.moves_in(f"人{n}", birth, since="2026-07-01", kana="アイウエオカキ"[n] * 3, house=n + 1)
    town.night()
    rows = town.submits([town.sheet(f"人{n}", *dose) for n, dose in enumerate(asked)])
    same([(r["outcome"], r["code"], r["dose_status"]) for r in rows],
         [("accepted_with_warning", "W301", "")] * 6 + [("accepted", "", "valid")], "where one reading is not the other")
    same([r["reasons"] for r in rows][3:6], ["DATE_PARTIAL 2025-09-01:valid 2025-09-30:invalid/BEFORE_WINDOW"] + ["DATE_PARTIAL"] * 2,
         "both results, and none for a year alone")
    same([len(town.show(f"人{n}")["doses"]) for n in range(7)], [1] * 7, "stored all the same")


def a_day_is_owed_for_a_dose_of_a_resident(town):
    town.today = "2026-11-10"
    town.moves_in("生", "2025-05-12", kana="セイ", house=1)
    town.moves_in("来", "2024-05-12", since="2026-05-20", kana="ライ", house=2)
    town.night()
    dates = [("MR", "2026-05-00"), ("MR", "2026-11-00"), ("MR", "2026-00-00"), ("HBV", "2025-05-00")]
    rows = town.submits([town.sheet("生", vaccine, day) for vaccine, day in dates] +
                        [town.sheet("来", "MR", "2026-05-00", "1期", 接種区分=3), town.sheet("来", "MR", "2025-06-00", "1期", 接種区分=3)])
    same([(r["outcome"], r["code"]) for r in rows], [("review", "R144")] * 5 + [("accepted", "")], "the month of moving in too")
    same(town.show("生")["doses"], [], "nothing is stored")
    town.submits([town.sheet("生", "MR", "2026-10-12", "1期")])
    again = town.submits([town.sheet("生", "MR", "2026-10-00", "1期")])[0]
    same(again["outcome"], "duplicate", "of a dose whose day is known")


STORIES = [
    a_birth_date_without_its_day_is_read_both_ways,
    a_day_is_owed_for_a_dose_of_a_resident,
    every_row_of_a_bad_day_has_exactly_one_outcome,
    the_same_file_again_writes_the_same_bytes_and_stores_nothing,
    a_refused_file_stops_no_other,
    next_months_file_with_the_same_rows_is_all_duplicates,
    the_order_of_the_rows_does_not_matter,
    a_second_lot_on_one_day_is_for_a_person_and_a_correction_replaces,
    a_correction_may_turn_a_dose_into_an_examination_and_back,
    a_day_a_year_apart_is_doubted_but_for_seasons,
    a_childs_pneumococcal_dose_is_of_class_a,
    contracts_decide_about_the_money_not_about_the_dose,
    a_protected_child_is_linked_and_never_shown,
    the_report_tells_what_it_folded_and_did_not_read,
    a_dose_that_two_periods_list_is_told_once_where_it_belongs,
    nobody_looks_without_a_trace_or_a_right,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
