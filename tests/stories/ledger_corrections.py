"""Stories of corrections (訂正): replaced is what is certain, a person decides the rest, and no dose is lost.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import os
import re
import subprocess
import sys

from town import same, tell

OTHER_CLINIC = "4011110006"  # another made-up institution with a right check digit


def people(town):
    town.today = "2026-11-10"
    town.moves_in("甲", "2023-05-05", kana="コウ")
    town.moves_in("己", "2025-09-10", kana="キ", house=2)
    town.moves_in("庚", "2025-09-10", kana="カノエ", house=3)
    town.night()


def two_of_je(town, **more):
    rows = town.submits([town.sheet("甲", "JE", "2026-10-02", "1期初回1回目", **more), town.sheet("甲", "JE", "2026-10-12", "1期初回2回目", **more)])
    same([r["outcome"] for r in rows], ["accepted", "accepted"], "the originals")


def stand(town, name):
    return [d["date"] for d in town.show(name)["doses"]]


def told(row):
    return row["outcome"], row["code"]


def letters(town):
    """Of whom the batch invites to MR1: who gets a letter, whose is held back."""
    return town.letters("MR1")


def a_sheet_that_numbers_its_rows_afresh_replaces_no_other_dose(town):
    people(town)
    two_of_je(town)
    right = town.submits([town.sheet("甲", "JE", "2026-10-13", "1期初回2回目", 訂正=1)])[0]
    same(told(right), ("review", "D306"), "row 1 was the first dose, 2回目 is the second")
    same(right["宛名番号"], town.number("甲"), "whose doses")
    assert "2026-10-02 JE" in right["evidence"] and "2026-10-12 JE" in right["evidence"], right["evidence"]
    same(stand(town, "甲"), ["2026-10-02", "2026-10-12"], "nothing is replaced")


def the_day_in_its_own_row_is_corrected(town):
    people(town)
    two_of_je(town)
    right = town.submits([town.sheet("甲", "JE", "2026-10-13", "1期初回2回目", 行番号="０２", 訂正=1)])[0]
    same((right["行番号"], right["outcome"], right["dose_status"]), ("０２", "accepted", "valid"), "however the row is written, the second dose moves a day")
    same(stand(town, "甲"), ["2026-10-02", "2026-10-13"], "and only it")
    # Corrected once more, and the originals sent once more: they do not come back.
    again = town.submits([town.sheet("甲", "JE", "2026-10-14", "1期初回2回目", 行番号="2.0", 訂正=1)])[0]
    same(told(again), ("accepted", ""), "a correction of the correction")
    same(stand(town, "甲"), ["2026-10-02", "2026-10-14"], "the last word stands")
    late = town.submits([town.sheet("甲", "JE", "2026-10-02", "1期初回1回目"), town.sheet("甲", "JE", "2026-10-12", "1期初回2回目")])
    same([r["outcome"] for r in late], ["duplicate", "duplicate"], "the first file under another name")
    late = town.submits([town.sheet("甲", "JE", "2026-10-12", "1期初回2回目", 行番号=n) for n in (2, 9)], month="202611")
    same([told(r) for r in late], [("duplicate", "W308"), ("review", "D309")], "in another month's file: what it said, and the same in other words")
    assert all("訂正されました" in r["message"] for r in late), late
    same(stand(town, "甲"), ["2026-10-02", "2026-10-14"], "still")


def in_another_months_file_the_row_number_says_nothing(town):
    people(town)
    two_of_je(town)
    rows = town.submits([town.sheet("甲", "JE", "2026-10-13", "1期初回2回目", 行番号=2, 訂正=1),
                         town.sheet("甲", "JE", "2026-10-02", "1期初回1回目", ロット番号="L9", 訂正=1)], month="202611")
    same([told(r) for r in rows], [("review", "D306"), ("accepted", "")], "the moved day is for a person; product and day are certain")
    assert "2026-10-12 JE" in rows[0]["evidence"], rows[0]["evidence"]
    same(stand(town, "甲"), ["2026-10-02", "2026-10-12"], "two doses, as before")


def issued(town, name, *words, status=0):
    """A certificate at the counter: what the command says, and the words on the paper."""
    path = os.path.join(town.folder, f"certificate-{len(os.listdir(town.folder))}.pdf")
    done = town.run("ledger", "certificate", town.number(name), "--out", path, "--asker", "保護者", "--relation", "母、母子健康手帳",
                    "--checked", "運転免許証", "--purpose", "入園", *words)
    same((done.returncode, os.path.exists(path)), (status, status == 0), done.stdout + done.stderr)
    if status:
        return done.stderr
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    (number,) = set(re.findall(r"第 ?(\d+) ?号", shown))
    assert f"第{number}号" in done.stdout, done.stdout
    return int(number), re.sub(r"[ \u3000]+", "", shown)


def doses_of(town, name):
    return [int(n) for (n,) in town.rows("SELECT dose_id FROM dose d JOIN person p ON p.person_id = d.person_id"
                                         f" WHERE p.addressee_no = '{town.number(name)}' AND d.to_act = 2147483647 ORDER BY dose_id")]


def a_certificate_says_what_stands_and_a_later_correction_is_work(town):
    people(town)
    town.moves_in("隠", "2025-09-10", kana="カクレ", house=4, protected=True)
    town.moves_in("字", "2025-09-10", kana="ジ", house=5, 氏名="見本　\ue000")
    town.night()
    assert "証明できる接種の記録がありません" in issued(town, "甲", status=2), "none valid"
    two_of_je(town, ロット番号="<b>L1</b>")
    town.submits([town.sheet("己", "おたふくかぜ", "2026-10-01"), town.sheet("隠", "MR", "2026-10-02", "1期"), town.sheet("字", "MR", "2026-10-02", "1期")], month="202611")
    number, paper = issued(town, "甲")
    for words in ("予防接種の記録に関する証明書", "見本甲", "令和5年5月5日", "令和8年10月2日", "令和8年10月12日", "<B>L1</B>", "定期（A類）", "以下余白", "北九州市長", "検証用"):
        assert words in paper, (words, paper)
    assert f"予防接種記録の証明書 第{number}号 交付" in [r["内容"] for r in town.table("audit", "read") if r["種別"] == "print"], "on record"
    one, _ = doses_of(town, "甲")
    second, paper = issued(town, "甲", "--dose", str(one))
    same(second, number + 1, "a number of its own")
    assert "予防接種済証" in paper and "令和8年10月12日" not in paper, paper
    # Never: of a private dose a 済証, of who is protected anything, what no font can draw, for whom nobody has checked.
    private, = doses_of(town, "己")
    assert "済証はありません" in issued(town, "己", "--dose", str(private), status=2)
    assert "任意" in issued(town, "己")[1]
    assert "支援措置" in issued(town, "隠", status=2)
    assert "書体" in issued(town, "字", status=2)
    assert "本人確認" in issued(town, "甲", "--checked", "顔見知り", status=2)
    same(town.table("work", "--kind", "certificate"), [], "no work yet")
    # The first day was another one: both papers speak of it.
    town.submits([town.sheet("甲", "JE", "2026-10-03", "1期初回1回目", 訂正=1)])
    work = town.table("work", "--kind", "certificate")
    same([(w["宛名番号"], w["内容"]) for w in work], [(town.number("甲"), f"第{n}号 変わった接種 1件") for n in (number, second)], "to be called back")
    again, paper = issued(town, "甲", "--again", str(number))
    assert again == number + 3 and "再交付" in paper and "令和8年10月3日" in paper and "令和8年10月2日" not in paper, (again, paper)
    done = town.run("ledger", "certificate", town.number("甲"), "--cancel", str(second), "--reason", "訂正のため")
    same(done.returncode, 0, done.stderr)
    same(town.table("work", "--kind", "certificate"), [], "settled")
    assert "もう終わっているか" in issued(town, "甲", "--again", str(number), status=2), "its number stays, and is over"
    hidden = town.run("ledger", "certificate", town.number("隠"))
    assert hidden.returncode == 2 and "支援措置" in hidden.stderr and not hidden.stdout, "neither offered what is refused: " + hidden.stdout
    acts = {(r["種別"], "取消" in r["内容"]) for r in town.table("audit", "read", town.number("甲")) if r["操作"].startswith("certificate")}
    same(acts, {("look", False), ("print", False), ("change", True)}, "each as what it was")
    told = town.run("ledger", "certificate", town.number("甲")).stdout
    assert f"第{second}号 済証" in told and "終わった番号" in told and f"再交付　第{again}号" in told, told
    same(town.run("ledger", "audit", "verify").returncode, 0, "and the trail is whole")


def a_corrected_product_is_for_a_person(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期")])
    rows = town.submits([town.sheet("己", "VAR", "2026-09-12", "1回目", 訂正=1), town.sheet("己", "VAR", "2026-09-12", "1回目", 行番号=9, 訂正=1)])
    same([told(r) for r in rows], [("review", "D306")] * 2, "under its own number and under a fresh one")
    assert "2026-09-12 MR" in rows[0]["evidence"], rows[0]["evidence"]
    same([(d["product"], d["date"]) for d in town.show("己")["doses"]], [("MR", "2026-09-12")], "neither destroyed nor doubled")


def a_correction_to_an_examination_ends_the_claim_of_the_dose(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 請求額=11220)])
    for kind in (2, 4):
        row = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 接種区分=kind, 訂正=1)])[0]
        same((row["outcome"], row["dose_status"], stand(town, "己")), ("accepted", "", []), "nothing was given")
    back = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 訂正=1)])[0]
    same((back["outcome"], stand(town, "己")), ("accepted", ["2026-09-12"]), "given after all")


def of_two_corrections_in_one_file_the_later_row_is_the_newer(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L1")])
    rows = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L2", 訂正=1), town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L3", 訂正=1)])
    same([told(r) for r in rows], [("accepted_with_warning", "W305"), ("accepted", "")], "the later row of a file is the newer one")
    same([d["lot"] for d in town.show("己")["doses"]], ["L3"], "its word stands")
    two_of_je(town)
    exchanged = town.submits([town.sheet("甲", "JE", "2026-10-12", "1期初回1回目", 行番号=1, 訂正=1),
                              town.sheet("甲", "JE", "2026-10-02", "1期初回2回目", 行番号=2, 訂正=1)])
    same([told(r) for r in exchanged], [("review", "D306")] * 2, "two days exchanged")
    same(stand(town, "甲"), ["2026-10-02", "2026-10-12"], "both doses are there")


def a_row_and_its_correction_in_one_file_are_paid_once(town):
    people(town)
    rows = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L1", 請求額=11220),
                         town.sheet("己", "MR", "2026-09-12", "1期", ロット番号="L2", 請求額=11220, 訂正=1),
                         town.sheet("庚", "MR", "2026-09-12", "1期", 接種区分=2, 請求額=3000),
                         town.sheet("庚", "MR", "2026-09-12", "1期", 請求額=11220, 訂正=1)])
    same([told(r) for r in rows], [("accepted_with_warning", "W305"), ("accepted", "")] * 2, "corrected further down")
    same([stand(town, "己"), stand(town, "庚")], [["2026-09-12"]] * 2, "one dose each")
    same(town.rows("SELECT count(*), sum(amount) FROM claim WHERE to_act = 2147483647"), [(2, 22440)], "and one claim each")


def a_correction_before_its_original_is_stored_and_the_original_does_not_double_it(town):
    people(town)
    first = town.submits([town.sheet("己", "MR", "2026-09-13", "1期", 訂正=1)])[0]
    same(told(first), ("accepted_with_warning", "W304"), "nothing was sent yet, and the row says so")
    late = town.submits([town.sheet("己", "MR", "2026-09-12", "1期")])[0]
    same(told(late), ("review", "D306"), "the row as it was before")
    same(stand(town, "己"), ["2026-09-13"], "one dose")


def another_clinics_dose_and_one_from_abroad_are_not_this_clinics_to_replace(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 医療機関コード=OTHER_CLINIC, 医療機関名="よその医院")])
    row = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 訂正=1)])[0]
    same(told(row), ("review", "D301"), "the other clinic's")
    assert "2026-09-12 MR" in row["evidence"], row["evidence"]
    same([d["clinic"] for d in town.show("己")["doses"]], [OTHER_CLINIC], "it stands")
    town.gives("foreign", "宛名番号 生年月日 接種日 CVX 国 根拠 医師の判断 数える製品 医師 判断日".split(),
               [{"宛名番号": town.number("庚"), "生年月日": "2025-09-10", "接種日": "2026-09-12", "CVX": "04", "国": "US", "根拠": "接種証明書",
                 "医師の判断": "数える", "数える製品": "MR", "医師": "医師", "判断日": "2026-09-20"}])
    row = town.submits([town.sheet("庚", "MR", "2026-09-12", "1期", 訂正=1)])[0]
    same(told(row), ("review", "D306"), "the one from abroad")
    same(len(town.show("庚")["doses"]), 1, "it stands, and alone")


def a_corrected_person_is_for_a_person(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 行番号=3)], month="202609")
    right = town.submits([town.sheet("庚", "MR", "2026-09-12", "1期", 行番号=3, 訂正=1)], month="202609")[0]
    same(told(right), ("review", "D307"), "the same clinic, month and number")
    same(right["宛名番号"].split(), [town.number("庚"), town.number("己")], "both persons")
    assert "2026-09-12 MR" in right["evidence"], right["evidence"]
    same((stand(town, "己"), stand(town, "庚")), (["2026-09-12"], []), "nothing moves before a person decides")
    # Neither product nor day in common, but the row before it waits: whatever that one asks this one asks.
    rows = town.submits([town.sheet("庚", "VAR", "2026-09-28", "1回目", 行番号=3, 訂正=1)], month="202609")
    same(told(rows[0]), ("review", "D307"), "the question is taken over")
    assert "2026-09-12 MR" in rows[0]["evidence"], rows[0]["evidence"]
    same((stand(town, "己"), stand(town, "庚"), waiting(town)), (["2026-09-12"], [], [(rows[0]["宛名番号"].split(), "3")]), "one question, nothing stored")


def waiting(town):
    """The rows under review: whom each may mean, and its number."""
    found = {}
    for line in town.table("work", "--kind", "review"):
        found.setdefault((line["番号"], line["行番号"]), []).append(line["宛名番号"])
    return [(who, label) for (_, label), who in found.items()]


def of_a_row_that_waits_the_next_correction_takes_the_question_over(town):
    people(town)
    town.moves_in("辛", "2025-09-11", kana="シン", house=4)
    town.night()
    both = [town.number("庚"), town.number("己")]
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, 請求額=11220)])
    path = town.write_file([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])
    for n, rows in enumerate((
            [town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)],                        # word for word
            [town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, ロット番号="L2", 訂正=1)],       # another lot
            [town.sheet("庚", "MR", "2026-10-13", "1期", 行番号=3, 訂正=1)],                        # another day
            [town.sheet("庚", "VAR", "2026-10-20", "1回目", 行番号=3, 訂正=1)],                     # another product and day
            [town.sheet("庚", "MR", "2026-10-13", "1期", 行番号=3, 訂正=1), town.sheet("庚", "MR", "2026-10-14", "1期", 行番号=3, 訂正=1)])):  # twice in one file
        if not n: town.takes_in(path)
        told_of = town.submits(rows)
        same([r["outcome"] for r in told_of], ["review"] * len(rows), f"{n}: {told_of}")
        same(waiting(town), [(both, "3")], f"{n}: one question stays")
        same((stand(town, "己"), stand(town, "庚")), (["2026-10-12"], []), f"{n}: nothing is stored twice")
    same([r["code"] for r in told_of], ["D307 W305", "D307"], "the first of them was overtaken in its own file")
    # A third child: the same dose is in question, so it is the same question.
    row = town.submits([town.sheet("辛", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])[0]
    same((told(row), waiting(town)), (("review", "D307"), [([town.number("辛"), town.number("己")], "3")]), "the last word")
    # The same dose of hers, sent as a row of its own, is stored, and does not answer whose his is.
    same(told(town.submits([town.sheet("辛", "MR", "2026-10-12", "1期", 行番号=3)])[0]), ("accepted", ""), "her own row")
    same(len(waiting(town)), 1, "his is still in question")
    # Corrected back: it is his after all.
    row = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, ロット番号="L9", 訂正=1)])[0]
    same((told(row), waiting(town), stand(town, "己")), (("accepted", ""), [], ["2026-10-12"]), "nothing is asked any more")
    # However its number is written.
    town.submits([town.sheet("己", "VAR", "2026-10-12", "1回目", 行番号="０４")])
    row = town.submits([town.sheet("庚", "VAR", "2026-10-13", "1回目", 行番号="4.0", 訂正=1)])[0]
    same((told(row), waiting(town)), (("review", "D307"), [(both, "4.0")]), "another day, the same row")
    row = town.submits([town.sheet("己", "VAR", "2026-10-12", "1回目", 行番号=4, ロット番号="L9", 訂正=1)])[0]
    same((told(row), waiting(town)), (("accepted", ""), []), "and it is that question which ends")


def a_question_about_ones_own_doses_is_taken_over_too(town):
    people(town)
    two_of_je(town)
    for n, (day, product, claimed, number) in enumerate((("13", "JE", "1期初回2回目", 1), ("14", "JE", "1期初回2回目", "０１"), ("20", "VAR", "2回目", "1.0"))):
        row = town.submits([town.sheet("甲", product, f"2026-10-{day}", claimed, 行番号=number, 訂正=1)])[0]
        same((told(row), len(waiting(town))), (("review", "D306"), 1), f"{n}: {row}")
        assert "2026-10-02 JE" in row["evidence"] and "2026-10-12 JE" in row["evidence"], row["evidence"]
    same(stand(town, "甲"), ["2026-10-02", "2026-10-12"], "two doses, one question")
    # A row that the clinic never corrected, only sent again with a mark that nobody reads, waits; its correction mends it.
    same(told(town.submits([town.sheet("己", "VAR", "2026-10-09", "1回目", 行番号=7, 訂正="済")])[0]), ("review", "D308 W205"), "a mark")
    row = town.submits([town.sheet("己", "VAR", "2026-10-09", "1回目", 行番号=7, 訂正=1)])[0]
    same((told(row), len(waiting(town))), (("accepted", ""), 1), "read at last; 甲's question stays")


def in_another_months_file_product_and_day_name_the_other_person(town):
    people(town)
    town.moves_in("辛", "2025-09-10", kana="シン", house=4)
    town.night()
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, 請求額=11220)])
    row = town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=7, 請求額=11220, 訂正=1)], month="202611")[0]
    same((told(row), row["宛名番号"].split()), (("review", "D307"), [town.number("庚"), town.number("己")]), "the only other one")
    assert "2026-10-12 MR" in row["evidence"], row["evidence"]
    same((stand(town, "己"), stand(town, "庚")), (["2026-10-12"], []), "nothing moves before a person decides")
    same(letters(town), ({"辛"}, {"庚"}), "his is stored, hers may be")
    # Another day, another product or another clinic's: nothing that could be meant.
    rows = town.submits([town.sheet("庚", "MR", "2026-10-13", "1期", 訂正=1), town.sheet("辛", "VAR", "2026-10-12", "1回目", 訂正=1),
                         town.sheet("辛", "MR", "2026-10-12", "1期", 医療機関コード=OTHER_CLINIC, 訂正=1)], month="202611")
    same([told(r) for r in rows], [("accepted_with_warning", "W304")] * 3, "stored, and said")
    # Two others: nobody can say which.
    town.submits([town.sheet(name, "HBV", "2026-09-02", "1回目") for name in ("己", "庚")], month="202609")
    row = town.submits([town.sheet("辛", "HBV", "2026-09-02", "1回目", 行番号=9, 訂正=1)], month="202611")[0]
    same((told(row), row["宛名番号"]), (("review", "D306"), town.number("辛")), "one of two")
    assert all(name + " の " in row["evidence"] for name in ("己", "庚")) and "2人" in row["evidence"], row["evidence"]


def a_dose_of_ones_own_that_may_be_meant_is_asked_about_first(town):
    people(town)
    two_of_je(town)
    town.moves_in("乙", "2023-05-05", kana="オツ", house=5)
    town.night()
    town.submits([town.sheet("乙", "JE", "2026-10-13", "1期初回1回目", 行番号=8)])
    row = town.submits([town.sheet("甲", "JE", "2026-10-13", "1期初回2回目", 行番号=5, 訂正=1)], month="202611")[0]
    same((told(row), row["宛名番号"]), (("review", "D306"), town.number("甲")), "his second dose rather than another child's")


def a_corrected_person_whom_nobody_knows_is_no_mere_return(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 行番号=3)])
    row = town.submits([town.sheet("よその子", "MR", "2026-09-12", "1期", 行番号=3, 生年月日="2024-12-24", 氏名カナ="ヨソノ　コ", 訂正=1)])[0]
    same((row["outcome"], row["code"], row["宛名番号"]), ("review", "D307 R131", town.number("己")), "the wrong child's dose is in question")


def a_correction_that_nearly_names_the_person_of_its_original_says_nothing_of_another(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 行番号=6)])
    row = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 行番号=6, 整理番号="", 氏名="見本　巳", 氏名カナ="ミホン　ミイ", 住所="", 訂正=1)])[0]
    same((row["outcome"], row["宛名番号"]), ("review", town.number("己")), row)
    assert "D307" not in row["code"] and "別の人" not in row["message"] + row["evidence"], row


def whose_dose_waits_between_two_gets_no_letter(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3)])
    row = town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])[0]
    same((told(row), letters(town)), (("review", "D307"), (set(), {"庚"})), "his dose stands, hers waits")
    held = [{(r["氏名"], r["series"], r["held"]) for r in lines if r["held"]} for lines in (town.table("due"), town.table("changes", "--from", "2026-09-01", "--to", "2026-11-10"))]
    same(held, [{("見本　庚", "MR1", "review")}, {("見本　己", "MR1", "review"), ("見本　庚", "MR1", "review")}], "the lists say which letter waits, and that a decision holds it")
    same(town.rows("SELECT count(*) FROM intake_candidate"), [(2,)], "and holds whatever else is due of either")
    # Twins whose numbers were exchanged.
    row = town.submits([town.sheet("己", "VAR", "2026-10-20", "1回目", 整理番号=town.number("庚"))])[0]
    same((row["code"], town.letters("VAR")[1]), ("V131", {"己", "庚"}), "either may have had it")


def a_mark_that_nobody_can_read_makes_no_second_dose(town):
    people(town)
    two_of_je(town)
    rows = town.submits([town.sheet("甲", "JE", "2026-10-13", "1期初回2回目", 行番号=2, 訂正=mark) for mark in ("済", "多分", "?")])
    same([told(r) for r in rows], [("review", "D308 W205")] * 3, "it may be a correction")
    assert "訂正「済」" in rows[0]["message"], rows[0]["message"]
    same(stand(town, "甲"), ["2026-10-02", "2026-10-12"], "neither replaced nor doubled")
    same(told(town.submits([town.sheet("甲", "JE", "2026-10-12", "1期初回2回目", 行番号=2, 訂正="済")])[0]), ("review", "D308 W205"), "of the same day too")


def a_protected_person_is_not_named_beside_another(town):
    people(town)
    town.moves_in("守る子", "2025-09-10", kana="マモルコ", house=9, protected=True)
    town.night()
    town.submits([town.sheet("守る子", "MR", "2026-09-12", "1期", 行番号=3)])
    row = town.submits([town.sheet("己", "MR", "2026-09-12", "1期", 行番号=3, 訂正=1)])[0]
    same((row["code"], row["宛名番号"]), ("D307", town.number("己") + " ***"), "masked among several")


def a_returned_row_that_comes_back_as_a_correction_is_a_row_like_any_other(town):
    people(town)
    rows = town.submits([town.sheet("己", "MR", "2026-09-12", "1期"), town.sheet("己", "VAR", "2026-13-12", "1回目")])
    same([told(r) for r in rows], [("accepted", ""), ("returned", "R102")], "one of them is returned")
    mended = town.submits([town.sheet("己", "VAR", "2026-09-12", "1回目", 行番号=2, 訂正=1)])[0]
    same(told(mended), ("accepted", ""), "the measles dose of that day is not meant")
    same(len(stand(town, "己")), 2, "both")


STORIES = [
    a_sheet_that_numbers_its_rows_afresh_replaces_no_other_dose,
    the_day_in_its_own_row_is_corrected,
    in_another_months_file_the_row_number_says_nothing,
    a_certificate_says_what_stands_and_a_later_correction_is_work,
    a_corrected_product_is_for_a_person,
    a_correction_to_an_examination_ends_the_claim_of_the_dose,
    of_two_corrections_in_one_file_the_later_row_is_the_newer,
    a_row_and_its_correction_in_one_file_are_paid_once,
    a_correction_before_its_original_is_stored_and_the_original_does_not_double_it,
    another_clinics_dose_and_one_from_abroad_are_not_this_clinics_to_replace,
    a_corrected_person_is_for_a_person,
    of_a_row_that_waits_the_next_correction_takes_the_question_over,
    a_question_about_ones_own_doses_is_taken_over_too,
    in_another_months_file_product_and_day_name_the_other_person,
    a_dose_of_ones_own_that_may_be_meant_is_asked_about_first,
    a_correction_that_nearly_names_the_person_of_its_original_says_nothing_of_another,
    whose_dose_waits_between_two_gets_no_letter,
    a_mark_that_nobody_can_read_makes_no_second_dose,
    a_corrected_person_whom_nobody_knows_is_no_mere_return,
    a_protected_person_is_not_named_beside_another,
    a_returned_row_that_comes_back_as_a_correction_is_a_row_like_any_other,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
