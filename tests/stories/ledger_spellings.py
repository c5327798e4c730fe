"""Stories of how clinics write: usual spellings are read, and what nobody can read is said with item and value.

SPDX-License-Identifier: Apache-2.0
"""
import csv
import os
import sys

from town import CLINIC, csv_text, same, tell


def three_children(town):
    for n, name in enumerate(("一", "二", "三", "四", "五", "六", "七", "八"), 1):
        town.moves_in(name, "2025-09-10", kana="カナ" + "アイウエオカキク"[n - 1], family="期限", house=n)
    town.night()
    town.today = "2026-11-10"


def told(rows):
    return [(r["outcome"], r["code"]) for r in rows]


def an_expired_lot_is_seen_however_its_month_is_written(town):
    three_children(town)
    expired = ["2026-09-30", "2026-09", "R8.9", "202609", "2026年9月", "２０２６．９", "26.9", "09/2026"]
    rows = town.submits([town.sheet(name, "MR", "2026-10-05", "1期", 有効期限=written, ロット番号="AB123")
                         for name, written in zip(town.people, expired)])
    same(told(rows), [("accepted_with_warning", "W203")] * len(expired), "a lot that ended in September")


def a_lot_is_good_to_the_last_day_of_its_month(town):
    three_children(town)
    good = ["2026-10", "2026.10", "10/2026", "R8.10", "令和8年10月", "26/10", "2026-10-05", "OCT 2026"]
    rows = town.submits([town.sheet(name, "MR", "2026-10-05", "1期", 有効期限=written, ロット番号="AB123")
                         for name, written in zip(town.people, good)])
    same(told(rows), [("accepted", "")] * len(good), "a lot that is good in October")
    same([town.show(name)["doses"][0]["expires_on"] for name in ("一", "七")], ["2026-10-00", "2026-10-05"], "kept as written")


def what_cannot_be_read_warns_with_item_and_value(town):
    three_children(town)
    rows = town.submits([
        town.sheet("一", "MR", "2026-10-05", "1期", 有効期限="来月末ごろ"),
        town.sheet("二", "MR", "2026-10-05", "1期", 性別="ふめい"),
        town.sheet("三", "MR", "2026-10-05", "1期", 接種量="半分くらい"),
        town.sheet("四", "MR", "2026-10-05", "1期", 請求額="別紙のとおり", 自己負担額="？"),
        town.sheet("五", "MR", "2026-10-05", "1期", 訂正="多分"),
        town.sheet("六", "MR", "2026-10-05", "1期", 分娩予定日="未定"),
        town.sheet("七", "MR", "2026-10-05", "1期", 有効期限="11/12"),
        town.sheet("八", "風邪薬", "2026-10-05", "1期", 有効期限="来月"),
    ])
    # What stands in 訂正 decides between a new dose and a new version of one: nobody guesses.
    warned = [("accepted_with_warning", "W205")]
    same(told(rows), warned * 4 + [("review", "D308 W205")] + warned * 2 + [("review", "R103 W205")], "the others are stored, and said")
    for row, words in zip(rows, ("有効期限「来月末ごろ」", "性別「ふめい」", "接種量「半分くらい」", "請求額「別紙のとおり」、自己負担額「？」", "訂正「多分」",
                                 "分娩予定日「未定」", "有効期限「11/12」", "有効期限「来月」")):
        assert words in row["message"], row["message"]
    # No part of a date is dropped in silence either: a year is no last day of use.
    rows = town.submits([town.sheet(name, "DPT-IPV-HIB", "2026-10-06", "初回1", 有効期限=written, ロット番号="L1")
                         for name, written in zip(town.people, ("2026-00-00", "2026", "2026年", "令和8年不詳", "0000-00-00", "2026-13"))])
    for row, written in zip(rows, ("2026-00-00", "2026", "2026年", "令和8年不詳", "0000-00-00", "2026-13")):
        assert "W205" in row["code"] and f"有効期限「{written}」" in row["message"], row
    # A duplicate and a returned row say it too.
    rows = town.submits([town.sheet("一", "MR", "2026-10-05", "1期", 有効期限="来月末ごろ", ロット番号="L1"),
                         town.sheet("一", "MR", "2026-02-30", "1期", 有効期限="いつか")])
    same(told(rows), [("duplicate", "W205"), ("returned", "R102 W205")], "whatever becomes of the row")
    assert "有効期限「いつか」" in rows[1]["message"], rows[1]["message"]


def the_usual_spellings_of_every_optional_item_are_read(town):
    three_children(town)
    rows = town.submits([
        town.sheet("一", "MR", "2026-10-05", "1期", 接種量="0.5ml", 請求額="11,220円", 自己負担額="０円", 性別="男"),
        town.sheet("二", "MR", "2026-10-05", "1期", 接種量="０．５", 請求額="￥11220", 自己負担額="0", 性別="M"),
        town.sheet("三", "MR", "２０２６年１０月５日", "１期", 接種量="0.5㎖", 請求額="１１２２０", 性別="男性", 接種区分="１"),
        town.sheet("四", "MR", "R8.10.5", "1期", 接種量=".5", 性別="1.0", 接種区分="1.0", 訂正="0"),
        town.sheet("五", "MR", "2026-10-05", "1期", 接種区分="予診のみ"),
        town.sheet("六", "MR", "2026-10-05", "1期", 接種区分="中止"),
        town.sheet("七", "MR", "2026-10-05", "1期", 接種区分="他院"),
        town.sheet("八", "MR", "2026-10-05", "1期", 接種区分="打たなかった"),
    ])
    same(told(rows), [("accepted", "")] * 7 + [("returned", "R104")], "all but what nobody knows")
    same([len(town.show(name)["doses"]) for name in town.people], [1, 1, 1, 1, 0, 0, 1, 0], "doses")


def a_correction_is_one_however_it_is_marked(town):
    three_children(town)
    names = list(town.people)
    town.submits([town.sheet(name, "MR", "2026-10-05", "1期", ロット番号="L1") for name in names])
    marks = ["1", "１", "1.0", "○", "〇", "有", "はい", "訂正"]
    rows = town.submits([town.sheet(name, "MR", "2026-10-05", "1期", ロット番号="L2", 訂正=mark) for name, mark in zip(names, marks)])
    same(told(rows), [("accepted", "")] * len(marks), "replaced")
    same([d["lot"] for name in names for d in town.show(name)["doses"]], ["L2"] * len(names), "one dose each")


def a_sex_in_words_contradicts_as_its_code_does(town):
    town.moves_in("薫", "2025-09-10", kana="カオル", family="星野", 氏名カナ="ホシノ　カオル")
    town.night()
    town.today = "2026-11-10"
    where = {"整理番号": "", "住所": "小倉北区浅野三丁目8番1号"}
    for written in ("2", "女", "F", "女性", "Ｆ", "２", "female"):
        rows = town.submits([town.sheet("薫", "MR", "2026-10-06", "1期", 性別=written, **where)])
        same(told(rows), [("review", "V132")], f"a boy written as {written}")
    rows = town.submits([town.sheet("薫", "MR", "2026-10-06", "1期", 性別="男", **where)])
    same(told(rows), [("accepted", "")], "and as a boy")
    # With the number the link stands, and the difference is said.
    rows = town.submits([town.sheet("薫", "VAR", "2026-10-06", "1回目", 性別="女")])
    same(told(rows), [("accepted_with_warning", "W133")], "by the number")


def a_day_of_an_ended_era_is_read_with_a_warning(town):
    town.moves_in("令", "2019-05-10", kana="レイ")
    town.night()
    rows = town.submits([town.sheet("令", "MR", "2020-06-01", "1期", 生年月日="平成31年5月10日")])
    same(told(rows), [("accepted_with_warning", "W206")], "平成 ended on 30 April 2019")
    assert "生年月日「平成31年5月10日」は2019-05-10" in rows[0]["message"], rows[0]["message"]


def every_spelling_of_a_brand_is_its_product(town):
    town.moves_in("一", "2024-09-10", kana="カナア", family="銘柄")
    town.night()
    town.today = "2026-11-10"
    ways = {"HBV": ["ヘプタバックスⅡ", "ヘプタバックスII", "ヘプタバックス2", "ﾍﾌﾟﾀﾊﾞｯｸｽ－ⅱ", "ヘプタバックス®-ii", "ヘプタバックス ‐ ２"],
            "MR": ["ミールビック-II", "ミールビック®Ⅱ", "ミ－ルビック（Ｒ）２", "ミールビック™", "ミールビック・Ⅱ"],
            "PCV21": ["キャップバックス®", "ｷｬｯﾌﾟﾊﾞｯｸｽ™", "キャップバックス(TM)筋注シリンジ"], "DPT-IPV-HIB": ["DPT‐IPV‐HIB", "ｄｐｔー ｉｐｖー ｈｉｂ"]}
    for product, names in ways.items():
        for n, name in enumerate(names):
            rows = town.submits([town.sheet("一", name, "2026-10-05", "1")])
            assert "R103" not in rows[0]["code"], (name, rows[0])
            # One dose whatever it is called: the second name finds the dose of the first.
            same(rows[0]["outcome"] == "duplicate", n > 0, (name, rows[0]))
        same([d["product"] for d in town.show("一")["doses"]].count(product), 1, f"one dose of {product}")


def a_known_product_without_a_series_for_this_person_is_recorded_and_not_paid(town):
    town.moves_in("幼", "2025-09-10", kana="ヨウ", family="対象")
    town.moves_in("男", "2012-05-10", kana="オトコ", family="対象", house=2)
    town.moves_in("翁", "1961-05-10", kana="オキナ", family="対象", house=3)
    town.night()
    town.today = "2026-11-10"
    rows = town.submits([town.sheet("幼", "PPSV23", "2026-10-05", "1"), town.sheet("幼", "ニューモバックスＮＰ", "2026-10-06", "1", 接種区分=3),
                         town.sheet("翁", "水痘", "2026-10-05", "1"), town.sheet("翁", "みずぼうそう", "2026-06-05", "1"),
                         town.sheet("翁", "キャップバックス", "2026-10-05", "1"), town.sheet("翁", "おたふくかぜ", "2026-10-05", "1"),
                         town.sheet("男", "シルガード9", "2026-10-05", "1")])
    for row in rows[:1] + rows[2:]:
        assert row["outcome"] == "accepted_with_warning" and "W301 R155" in row["code"], row
    for row in (rows[0], rows[4], rows[5]):
        same(row["dose_status"], "", "no series judges it")
        assert "この方を対象とする定期接種のない製品です" in row["message"], row
    same([row["dose_status"] for row in rows[2:4]], ["invalid", "invalid"], "the window of chickenpox was long over")
    # It is the claim that is returned: the dose stays in the ledger.
    assert len(town.show("翁")["doses"]) == 4, town.show("翁")["doses"]


FACTS = "宛名番号 生年月日 事柄 対象 値 開始日 終了日 根拠 取消".split()
PAPERS = "宛名番号 生年月日 接種日 CVX 国 製品名 ロット番号 根拠 医師の判断 数える製品 医師 判断日".split()


def the_other_files_read_words_and_tell_what_they_cannot_read(town):
    town.moves_in("令", "2019-05-10", kana="レイ")
    town.night()
    who = {"宛名番号": town.number("令"), "生年月日": "平成31年5月10日"}
    said = town.gives("facts", FACTS, [{**who, "事柄": "接種拒否", "根拠": "申出", "開始日": "平成31年6月1日"}])
    assert "2行目「生年月日」" in said and "2行目「開始日」" in said and "令和元年6月1日" in said, said
    refusal = {**who, "生年月日": "2019-05-10", "事柄": "接種拒否", "根拠": "申出"}
    for mark in ("○", "１", "1.0", "有"):
        said = town.gives("facts", FACTS, [{**refusal, "取消": mark}])
        assert "取消 1 " in said, (mark, said)
        assert "登録 1 " in town.gives("facts", FACTS, [{**refusal, "取消": "0"}]), "said again"
    for wave in "〜～~-":  # one machine's wave is another's
        said = town.gives("facts", FACTS, [{**refusal, "事柄": f"60{wave}64歳の障害認定", "対象": "", "値": "心臓", "根拠": "書類", "開始日": "2026-09-01"}])
        assert "受付不可 0" in said, (wave, said)
    for item, value in (("取消", "多分"), ("開始日", "いつか"), ("終了日", "2026-02-30"), ("対象", "風邪薬")):
        town.gives("facts", FACTS, [{**refusal, item: value}], status=1)
        told_item, message = refused(town)
        same((told_item, value in message), (item, True), message)
    paper = {**who, "生年月日": "2019-05-10", "接種日": "2020-06-01", "CVX": "03", "国": "ＵＳ", "根拠": "接種証明書"}
    said = town.gives("foreign", PAPERS, [{**paper, "生年月日": "平成31年5月10日"}])
    assert "登録 1 " in said and "令和元年5月10日" in said, said
    paper.update({"接種日": "2020-06-02", "医師の判断": "数える", "医師": "医師", "判断日": "2020-07-01"})
    for item, value in (("医師の判断", "多分"), ("判断日", "いつか"), ("数える製品", "風邪薬"), ("国", "米国"), ("CVX", "はしか")):
        town.gives("foreign", PAPERS, [{**paper, item: value}], status=1)
        told_item, message = refused(town)
        same((told_item, value in message), (item, True), message)


def refused(town):
    """Item and message, which bears the value, of the first row in the list of refused rows that was written last."""
    paths = [os.path.join(town.data, "errors", name) for name in os.listdir(os.path.join(town.data, "errors")) if name.endswith(".errors.csv")]
    with open(max(paths, key=os.path.getmtime), encoding="utf-8", newline="") as f:
        row = next(csv.DictReader(f))
    return row["項目"], row["メッセージ"]


def every_fault_of_a_sheets_row_is_told_with_its_value_and_what_to_do(town):
    town.moves_in("一", "2024-09-10", kana="カナア", family="誤り")
    town.moves_in("守", "2024-09-10", kana="マモル", family="誤り", house=2, protected=True)
    town.night()
    town.today = "2026-11-10"
    rows = town.submits([
        town.sheet("一", "風邪薬", "2026-02-30", 接種区分=9, 生年月日="きのう", ロット番号="A" * 40, 医療機関コード="4010198763"),
        town.sheet("一", "", "", 接種区分="", 氏名="", 氏名カナ=""), "短い",
        town.sheet("一", "HPV", "2026-01-10"), town.sheet("一", "MR", "2026-12-01"), town.sheet("だれか", "MR", "2026-10-01", 生年月日="2001-01-01"),
        town.sheet("守", "MR", "2026-10-01", 住所="小倉北区ひみつ町" * 50), town.sheet("守", "MR", "2026-13-01", 住所="小倉北区ひみつ町1番")])
    same([r["code"] for r in rows[:3]], ["R102 R104 R105 R103 R121", "R101", "R106"], "all of them, the deciding one first")
    for words in ("生年月日「きのう」、接種日「2026-02-30」", "接種区分「9」", "ワクチン「風邪薬」", "ロット番号「" + "A" * 30 + "」", "医療機関コード「4010198763」"):
        assert words in rows[0]["message"], (words, rows[0]["message"])
    for item in ("氏名", "ワクチン", "接種日", "接種区分"):
        assert item in rows[1]["message"], rows[1]
    assert "列" in rows[2]["message"], rows[2]
    assert "だけでは、この日の製品を一つに決められません" in rows[3]["message"] and "R103" in rows[3]["code"], rows[3]
    assert "接種日「2026-12-01」" in rows[4]["message"], rows[4]
    assert "合う住民がいません" in rows[5]["message"], rows[5]
    same([r["code"] for r in rows[6:]], ["R105", "R102"], "of a protected child")
    assert "住所" in rows[6]["message"] and not any("ひみつ町" in str(r) for r in rows), "the place is not said"


CLINICS = "医療機関コード 医療機関名 所在地 契約開始日 契約終了日 ワクチン".split()


def listed(said, which):
    with open(said.split(which)[1].split("\n")[0].strip(), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def contract(first="2026-04-01", last="", vaccine="", **more):
    return {"医療機関コード": CLINIC, "医療機関名": "みほん小児科", "所在地": "小倉北区", "契約開始日": first, "契約終了日": last, "ワクチン": vaccine, **more}


def a_list_of_clinics_tells_what_it_read_otherwise(town):
    said = town.gives("clinics", CLINICS, [contract("平成31年5月1日", "2027-03-31", "MR"), contract("2025-04-01", "ずっと", "BCG")], status=1)
    assert "2行目「契約開始日」" in said and "令和元年5月1日" in said and "[W206]" in said, said
    same([(r["項目"], r["扱い"]) for r in listed(said, "受付不可の行: ")], [("契約終了日", "受付不可")], "the row that nobody can read")
    same([(r["行"], r["項目"], r["コード"], r["扱い"]) for r in listed(said, "（登録しました）: ")], [("2", "契約開始日", "W206", "注意")], "the one that was read")


def every_fault_of_every_row_of_a_list_of_clinics_is_told_at_once(town):
    said = town.gives("clinics", CLINICS, [contract(vaccine="MR"), contract(vaccine="BCG")])
    assert "読込 2行 新規 2 終了 0 変更なし 0 変更 0 受付不可 0（契約 2件 = " in said, said
    # One contract in two rows is one; two rows that say it otherwise are one too many. The sum is always right.
    twice = [contract(vaccine="MR"), contract(vaccine="BCG"), contract(vaccine="ミールビック BCG"), contract(last="2027-03-31", vaccine="BCG")]
    said = town.gives("clinics", CLINICS, twice, status=1)
    assert "読込 4行 新規 0 終了 0 変更なし 2 変更 0 受付不可 1（契約 2件" in said and "前の行と同じ契約が 2件" in said, said
    assert "3行目にもあり、内容が違います" in said and "日付 (CLINIC_年月日8桁.csv) がないため" in said, said
    # A list older than the one that stands changes nothing unless it was asked for.
    def dated(day, rows, *words, status=0):
        path = os.path.join(town.folder, f"CLINIC_{day}.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(csv_text(CLINICS, rows))
        done = town.run("ledger", "clinics", path, *words)
        same(done.returncode, status, done.stderr)
        return done.stderr
    assert "変更なし 2" in dated("20261001", [contract(vaccine="MR"), contract(vaccine="BCG")]), "the list of October"
    assert "新しい令和8年10月1日（2026-10-01）の一覧" in dated("20260901", [contract(vaccine="MR")], status=2), "September's"
    assert "変更なし 2" in dated("2026100", [contract(vaccine="MR"), contract(vaccine="BCG")]), "a name without a day"
    assert "新しい令和8年10月1日（2026-10-01）の一覧" in dated("20260901", [contract(vaccine="MR")], status=2), "hides no list before it"
    assert "変更なし 2" in dated("20261001", [contract(vaccine="MR"), contract(vaccine="BCG")]), "nothing was changed by it"
    assert "終了 1" in dated("20260901", [contract(vaccine="MR")], "--older"), "asked for"
    assert "新規 1" in dated("20261001", [contract(vaccine="MR"), contract(vaccine="BCG")]), "and back again"
    wrong = [contract("2026-13", "ずっと", "MR", 医療機関コード="4010198763"), contract("2026-04-00", "2026-03", "風邪薬、MR 咳止め"), contract("", "", "", 医療機関名=" "), '"40']
    said = town.gives("clinics", CLINICS, wrong, status=2)
    told = [("2", "医療機関コード"), ("2", "契約開始日"), ("2", "契約終了日"), ("3", "契約終了日"), ("3", "ワクチン"), ("3", "ワクチン"),
            ("4", "医療機関名"), ("4", "契約開始日"), ("5", "")]
    same([(r["行"], r["項目"]) for r in listed(said, "受付不可の行: ")], told, "row and item of each fault")
    for words in ("2行目 医療機関コード「4010198763」", "2行目 契約開始日「2026-13」", "2行目 契約終了日「ずっと」", "3行目 ワクチン「咳止め」", "4行目 契約開始日"):
        assert "受付不可: " + words in said, (words, said)
    # An empty ledger says that it is empty.
    done = town.run("ledger", "show", "41")
    assert done.returncode == 2 and "台帳に住民が一人もいません" in done.stderr and done.stderr.strip().endswith("[E_NOT_FOUND]"), done.stderr
    # Nothing was changed by it; and what a list with bad rows ends agrees with what it says.
    said = town.gives("clinics", CLINICS, [contract(vaccine="MR"), contract(vaccine="風邪薬")], status=1)
    assert "新規 0 終了 0 変更なし 1 変更 0 受付不可 1（契約 1件" in said and "これまでの契約 1件は終わらせていません" in said, said
    said = town.gives("clinics", CLINICS, [contract(last="2027-03-31", vaccine="MR"), contract(vaccine="風邪薬")], status=1)
    assert "新規 0 終了 0 変更なし 0 変更 1 受付不可 1" in said, said
    said = town.gives("clinics", CLINICS, [contract(last="2027-03-31", vaccine="MR")])
    assert "新規 0 終了 1 変更なし 1 変更 0 受付不可 0" in said and "終わらせて" not in said, said


def a_month_is_the_first_and_the_last_day_of_a_contract(town):
    three_children(town)
    for last in ("2026-09", "2026-09-00", "令和8年9月末", "R8.9", "2026/9", "202609"):
        said = town.gives("clinics", CLINICS, [contract("2026-04", last, "ミ－ルビック®Ⅱ 五種混合")])
        assert "月の初日の2026-04-01" in said and "月の末日の2026-09-30" in said and "[W207]" in said, (last, said)
    days = ("2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01")
    rows = town.submits([town.sheet(name, "MR", day, "1期") for name, day in zip(town.people, days)])
    same(["R122" in r["code"] for r in rows], [True, False, False, True], "both ends are days of the contract")
    town.gives("clinics", CLINICS, [contract("2026", "2027", "MR")], status=2)


def a_contract_for_a_disease_is_for_its_vaccines_of_any_year(town):
    town.moves_in("一", "2023-04-10", kana="カナア", family="契約")
    town.moves_in("翁", "1961-05-10", kana="カナイ", family="契約", house=2)
    town.night()
    town.today = "2026-11-10"
    said = town.gives("clinics", CLINICS, [contract(vaccine="日本脳炎、小児用肺炎球菌／麻しん・風しん".replace("／", "/"))])
    assert "新規 4 " in said, said
    rows = town.submits([town.sheet("一", "JE", "2026-10-05", "初回1"), town.sheet("一", "PCV20", "2026-10-06", "1"),
                         town.sheet("翁", "PPSV23", "2026-10-06", "1"), town.sheet("一", "水痘", "2026-10-07", "1")])
    same(["R123" in r["code"] for r in rows], [False, False, True, True], "what the contract names")


def every_fault_of_a_row_about_a_person_is_told_at_once(town):
    town.moves_in("令", "2019-05-10", kana="レイ")
    town.night()
    row = {"宛名番号": town.number("令"), "生年月日": "2019-05-11", "事柄": "特別の事情", "対象": "風邪薬", "理由": "多忙", "開始日": "2026-13-01", "終了日": "あした",
           "認定日": "きのう", "根拠": "市の認定", "取消": ""}
    said = town.gives("facts", FACTS + ["理由", "認定日", "認定者"], [row], status=1)
    same([r["項目"] for r in listed(said, "受付不可の行: ")], ["対象", "理由", "認定日", "認定者", "開始日", "終了日", "生年月日"], "facts")
    assert "受付不可 1" in said and "受付不可: 2行目 理由「多忙」" in said, said
    paper = {"宛名番号": "4100", "生年月日": "2019年", "接種日": "2026-02-30", "CVX": "はしか", "国": "米国", "根拠": "うわさ", "医師の判断": "多分", "判断日": "いつか", "数える製品": "風邪薬"}
    said = town.gives("foreign", PAPERS, [paper], status=1)
    items = [r["項目"] for r in listed(said, "受付不可の行: ")]
    for item in ("接種日", "CVX", "国", "根拠", "医師の判断", "判断日", "数える製品"):
        assert item in items, (item, said)


STORIES = [
    an_expired_lot_is_seen_however_its_month_is_written,
    a_lot_is_good_to_the_last_day_of_its_month,
    what_cannot_be_read_warns_with_item_and_value,
    the_usual_spellings_of_every_optional_item_are_read,
    a_correction_is_one_however_it_is_marked,
    a_sex_in_words_contradicts_as_its_code_does,
    a_day_of_an_ended_era_is_read_with_a_warning,
    every_spelling_of_a_brand_is_its_product,
    a_known_product_without_a_series_for_this_person_is_recorded_and_not_paid,
    the_other_files_read_words_and_tell_what_they_cannot_read,
    a_list_of_clinics_tells_what_it_read_otherwise,
    every_fault_of_a_sheets_row_is_told_with_its_value_and_what_to_do,
    every_fault_of_every_row_of_a_list_of_clinics_is_told_at_once,
    a_month_is_the_first_and_the_last_day_of_a_contract,
    a_contract_for_a_disease_is_for_its_vaccines_of_any_year,
    every_fault_of_a_row_about_a_person_is_told_at_once,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
