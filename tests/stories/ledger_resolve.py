"""Stories of rows under review and of the person who decides them: `sesshu ledger resolve`.

SPDX-License-Identifier: Apache-2.0
"""
import os
import sys

from town import same, tell

ALIAS = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}


def people(town):
    town.today = "2026-11-10"
    town.moves_in("己", "2025-09-10", kana="キ", house=2)
    town.moves_in("庚", "2025-09-10", kana="カノエ", house=3)
    town.moves_in("辛", "2025-09-11", kana="シン", house=4)
    town.night()


def told(row):
    return row["outcome"], row["code"]


def waiting(town):
    return town.table("work", "--kind", "review")


def decides(town, *words, status=0, operator="hanako", reason="医療機関に電話で確認"):
    done = town.run("ledger", "resolve", *words, "--reason", reason, operator=operator)
    same(done.returncode, status, done.stdout + done.stderr)
    return done.stdout + done.stderr


def doses(town, name):
    return [(d["product"], d["date"]) for d in town.show(name)["doses"]]


def claims(town):
    return town.rows("SELECT row_id, person_id, state FROM claim WHERE to_act = 2147483647 ORDER BY claim_id")


def the_row_is_accepted_as_the_intake_would_have_taken_it(town):
    people(town)
    path = town.write_file([town.sheet("己", "MR", "2026-10-12", "1期", 請求額=11220, **ALIAS), town.sheet("庚", "VAR", "2026-10-12", "1回目", 請求額=9000)])
    _, before, rows = town.takes_in(path)
    same([told(r) for r in rows], [("review", "V132"), ("accepted", "")], "another name")
    line = waiting(town)[0]
    same((line["行番号"], line["宛名番号"], line["file"]), ("1", town.number("己"), os.path.basename(path)), "listed")
    assert "V132" in line["内容"] and "氏名相違" in line["内容"] and "resolve" in line["することがら"], line
    same(len(claims(town)), 1, "nobody is paid for a row under review")
    said = decides(town, line["番号"], "--accept", town.number("己"))
    same(doses(town, "己"), [("MR", "2026-10-12")], said)
    same((town.series("己", "MR1")["series_status"], len(claims(town))), ("complete", 2), "judged, and with its claim")
    same(waiting(town), [], "it waits no longer")
    # The outcome of the file stays as it was, and the row sent again is the same dose.
    _, after, _ = town.takes_in(path)
    same(after, before, "byte for byte")
    again = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 請求額=11220, **ALIAS)])[0]
    same((again["outcome"], again["宛名番号"]), ("duplicate", town.number("己")), "nobody has to decide it twice")
    same((doses(town, "己"), len(claims(town))), ([("MR", "2026-10-12")], 2), again)


def it_is_decided_once(town):
    people(town)
    path = town.write_file([town.sheet("己", "MR", "2026-10-12", "1期", **ALIAS), town.sheet("庚", "MR", "2026-10-12", "1期", **ALIAS)])
    town.takes_in(path)
    name = os.path.basename(path)
    decides(town, name, "０１", "--accept", town.number("己"))
    for words in (["--accept", town.number("己")], ["--return", "V132"]):
        assert "確認待ちではありません" in decides(town, name, "1", *words, status=2), "decided already"
    decides(town, "1", "2", "--return", "V132")  # the file by its number
    for words in (["--accept", town.number("庚")], ["--return", "V132"]):
        assert "確認待ちではありません" in decides(town, name, "2", *words, status=2), "returned already"
    same((doses(town, "己"), doses(town, "庚")), ([("MR", "2026-10-12")], []), "one dose")


def what_cannot_be_meant_is_refused_and_changes_nothing(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **ALIAS), town.sheet("己", "MR", "2026-10-12", "1期")])
    for row, words, what in (
            ("1", ["--accept", town.number("辛")], "候補ではありません"),  # another child
            ("1", ["--accept", town.number("己"), "--vaccine", "VAR"], "--vaccine は要りません"),  # it is known
            ("1", ["--return", "W205"], "W205"),
            ("1", ["--return", "X1"], "X1"),
            ("1", [], "どちらか一つ"),
            ("1", ["--accept", town.number("己"), "--return", "V132"], "どちらか一つ"),
            ("2", ["--return", "V132"], "確認待ちではありません"),  # was accepted by itself
            ("99", ["--return", "V132"], "99"),
            ("一", ["--return", "V132"], "「一」")):
        said = decides(town, row, *words, status=2)
        assert what in said, (row, words, said)
    assert "理由" in decides(town, "1", "--return", "V132", reason=" ", status=2), "a blank is no reason"
    same(doses(town, "己"), [("MR", "2026-10-12")], "the second row's alone")


def without_the_duty_nothing_is_decided(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **ALIAS)])
    same(town.run("grant", "dokusha", "read").returncode, 0, "granted")
    said = decides(town, "1", "--accept", town.number("己"), operator="dokusha", status=2)
    assert "権限" in said, said
    same((doses(town, "己"), len(waiting(town))), ([], 1), "it waits")


def a_letter_is_held_until_the_row_is_decided(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **ALIAS), town.sheet("庚", "MR", "2026-10-12", "1期", **ALIAS)])
    same(town.letters("MR1"), ({"辛"}, {"己", "庚"}), "both wait")
    decides(town, "1", "--accept", town.number("己"))
    decides(town, "2", "--return", "V132")
    same(town.letters("MR1"), ({"庚"}, set()), "his dose is stored; hers was none of hers")


def a_returned_row_that_comes_again_is_judged_anew(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **ALIAS)])
    decides(town, "1", "--return", "V132")
    town.happens("己", 71, "2026-10-20", 方書="みほん荘")
    town.night()
    same(town.table("work"), [], "a person has said what it is: the register does not ask again")
    right = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 訂正=1)])[0]
    same((right["outcome"], doses(town, "己")), ("accepted", [("MR", "2026-10-12")]), right)


def of_two_candidates_either_may_be_meant(town):
    people(town)
    rows = town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 整理番号=town.number("己")), town.sheet("庚", "VAR", "2026-10-12", "1回目", 整理番号=town.number("己"))])
    same([r["outcome"] for r in rows], ["review"] * 2, rows)
    listed = {(r["番号"], r["宛名番号"]) for r in waiting(town)}
    same(listed, {(n, town.number(who)) for n in "12" for who in ("己", "庚")}, "both, of either row")
    decides(town, "1", "--accept", town.number("己"))
    decides(town, "2", "--accept", town.number("庚"))
    same((doses(town, "己"), doses(town, "庚")), ([("MR", "2026-10-12")], [("VAR", "2026-10-12")]), "each as decided")


def the_dose_of_the_wrong_person_moves_with_its_claim(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, 請求額=11220)])
    row = town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 請求額=11220, 訂正=1)])[0]
    same(told(row), ("review", "D307"), "the same clinic, month and number")
    before, number, his = claims(town), waiting(town)[0]["番号"], str(town.show("己")["doses"][0]["dose_id"])
    for said in (row["evidence"], waiting(town)[0]["内容"], decides(town, number, "--accept", town.number("庚"), status=2)):
        for what in (his + ":", "己 の 2026-10-12 MR", "202610", "の行 3", "--move"):
            assert what in said, (what, said)
    for words, what in ((["--move", "99"], "--move"), (["--record", his], "D306"), (["--move", his, "--separate"], "どれか一つ")):
        said = decides(town, number, "--accept", town.number("庚"), *words, status=2)
        assert what in said or "--record" in said, (words, said)
    assert "--accept とともに" in decides(town, number, "--return", "V132", "--move", his, status=2), "which"
    same((doses(town, "己"), doses(town, "庚"), claims(town)), ([("MR", "2026-10-12")], [], before), "nothing moves unsaid")
    said = decides(town, f"0{number}", "--accept", town.number("庚"), "--move", his.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    assert f"己 の記録 {his}（2026-10-12 MR）をこの人に移しました" in said, said
    same((doses(town, "己"), doses(town, "庚")), ([], [("MR", "2026-10-12")]), "it is hers")
    same((len(before), len(claims(town))), (1, 1), "paid once")
    assert claims(town)[0][1] != before[0][1], "and for her"
    for name, what in (("己", f"moved dose {his} away"), ("庚", f"moved dose {his} here")):
        read = town.run("audit", "read", town.number(name))
        assert what in read.stdout, (name, read.stdout, read.stderr)
    # The decided row is an origin like any other: corrected once more, it is found.
    row = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, 請求額=11220, 訂正=1)])[0]
    same(told(row), ("review", "D307"), "back again")
    # He has it meanwhile by a row of its own: whose hers is must still be said, and nothing is there twice.
    same(told(town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3, ロット番号="L5")])[0]), ("accepted", ""), "an honest row")
    number, hers = waiting(town)[0]["番号"], str(town.show("庚")["doses"][0]["dose_id"])
    assert "--move" in decides(town, number, "--accept", town.number("己"), status=2), "whose is hers?"
    assert "移しました" in decides(town, number, "--accept", town.number("己"), "--move", hers), "his"
    same((doses(town, "己"), doses(town, "庚"), waiting(town)), ([("MR", "2026-10-12")], [], []), "one dose, nobody waits")


def what_was_moved_away_comes_back_only_by_a_decision(town):
    people(town)
    plain = {"行番号": 3, "請求額": 11220}
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **plain)])
    his = str(town.show("己")["doses"][0]["dose_id"])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 訂正=1, **plain)])
    town.today = "2026-11-12"
    decided = waiting(town)[0]["番号"]
    decides(town, decided, "--accept", town.number("庚"), "--move", his)
    paid = claims(town)
    # Word for word in another month's file, and in its own month's: known already, with the decision named.
    for month in ("202611", "202610"):
        again = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **plain)], month=month)[0]
        same((told(again), again["宛名番号"]), (("duplicate", "W308"), town.number("己")), month)
        assert f"記録{his}は2026-11-12に別の人の接種として移されました（行{decided}の決定）" in again["message"], again
        assert "庚" not in str(again), "whose it is now is nobody's business here"
    # In other words: a person is asked, and sees whose it is.
    for other in ({"行番号": 8}, {"行番号": "８", "請求額": 11000}, {"行番号": 3, "訂正": "済"}):
        row = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", **{**plain, **other})], month="202611")[0]
        code = "D308 W205" if "訂正" in other else "D309"
        same((told(row), set(row["宛名番号"].split())), (("review", code), {town.number("己"), town.number("庚")}), row)
        hers = str(town.show("庚")["doses"][0]["dose_id"])
        for what in (hers + ": ", "庚 の 2026-10-12 MR", "202610", "の行 3", "--move"):
            assert what in row["evidence"], (what, row)
    same((doses(town, "己"), doses(town, "庚"), claims(town)), ([], [("MR", "2026-10-12")], paid), "nothing is stored")
    number = waiting(town)[0]["番号"]
    assert hers + ":" in decides(town, number, "--accept", town.number("己"), status=2), "whose is it?"
    decides(town, number, "--accept", town.number("己"), "--separate")
    same((len(doses(town, "己")), len(doses(town, "庚"))), (1, 1), "both had one, says who has asked")


def a_row_asks_where_the_dose_stands_when_it_is_decided(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3)])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])
    decides(town, waiting(town)[0]["番号"], "--accept", town.number("庚"), "--move", str(town.show("己")["doses"][0]["dose_id"]))
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=8)], month="202611")
    number = waiting(town)[0]["番号"]
    # It moves on to a third child.
    town.submits([town.sheet("辛", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1, 生年月日="2025-09-11")])
    decides(town, waiting(town)[-1]["番号"], "--accept", town.number("辛"), "--move", str(town.show("庚")["doses"][0]["dose_id"]))
    said = decides(town, number, "--accept", town.number("己"), status=2)
    last = str(town.show("辛")["doses"][0]["dose_id"])
    assert last + ": " in said and "辛 の 2026-10-12 MR" in said and "庚" not in said, said
    # The clinic corrects its day.
    corrected = town.submits([town.sheet("辛", "MR", "2026-10-13", "1期", 行番号=3, 訂正=1, 生年月日="2025-09-11")])[0]
    same((corrected["outcome"], doses(town, "辛")), ("accepted", [("MR", "2026-10-13")]), corrected)
    said = decides(town, number, "--accept", town.number("己"), status=2)
    last = str(town.show("辛")["doses"][0]["dose_id"])
    assert last + ": " in said and "辛 の 2026-10-13 MR" in said, said
    # It was no dose at all.
    town.submits([town.sheet("辛", "MR", "2026-10-13", "1期", 行番号=3, 訂正=1, 接種区分=2, 生年月日="2025-09-11")])
    same(doses(town, "辛"), [], "an examination")
    said = decides(town, number, "--accept", town.number("己"), status=2)
    assert f"記録{last} は" in said and "--separate" in said, said
    same(doses(town, "己"), [], "nothing is stored unsaid")
    decides(town, number, "--accept", town.number("己"), "--separate")
    same(doses(town, "己"), [("MR", "2026-10-12")], "says who has asked")
    # Corrected in another month's file, under another number: neither number nor day leads there.
    town.submits([town.sheet("己", "VAR", "2026-10-12", "1回目", 行番号=4)])
    town.submits([town.sheet("庚", "VAR", "2026-10-12", "1回目", 行番号=4, 訂正=1)])
    number, first = waiting(town)[0]["番号"], str(town.show("己")["doses"][-1]["dose_id"])
    town.submits([town.sheet("己", "VAR", "2026-10-14", "1回目", 行番号=9, 訂正=1)], month="202611")
    decides(town, waiting(town)[-1]["番号"], "--accept", town.number("己"), "--record", first)
    said = decides(town, number, "--accept", town.number("庚"), status=2)
    assert "己 の 2026-10-14 VAR" in said and "--move" in said, said


def a_dose_goes_back_to_the_person_from_whom_it_was_moved(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3)])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)])
    decides(town, waiting(town)[0]["番号"], "--accept", town.number("庚"), "--move", str(town.show("己")["doses"][0]["dose_id"]))
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=8)], month="202611")
    said = decides(town, waiting(town)[0]["番号"], "--accept", town.number("己"), "--move", str(town.show("庚")["doses"][0]["dose_id"]))
    assert "移しました" in said, said
    same((doses(town, "己"), doses(town, "庚"), waiting(town)), ([("MR", "2026-10-12")], [], []), "it was his")


def an_unreadable_mark_may_mean_the_dose_of_another(town):
    people(town)
    for child, other in (("己", "庚"), ("庚", "己")):
        town.submits([town.sheet(child, "VAR" if child == "庚" else "MR", "2026-10-12", "1期", 行番号=3)])
    for n, vaccine, wrong, right in ((5, "MR", "己", "庚"), (6, "VAR", "庚", "己")):
        row = town.submits([town.sheet(right, vaccine, "2026-10-12", "1期", 行番号=n, 訂正="済")], month="202611")[0]
        same((told(row), set(row["宛名番号"].split())), (("review", "D308 W205"), {town.number("己"), town.number("庚")}), row)
        number, record = waiting(town)[0]["番号"], str(town.show(wrong)["doses"][0]["dose_id"])
        refused = decides(town, number, "--accept", town.number(right), status=2)
        for said in (row["evidence"], waiting(town)[0]["内容"], refused):
            for what in (record + ": ", f"{wrong} の 2026-10-12 {vaccine}", "202610", "の行 3", "--move"):
                assert what in said, (what, said)
        decides(town, number, "--accept", town.number(right), *(["--move", record] if vaccine == "MR" else ["--separate"]))
    same((doses(town, "己"), sorted(doses(town, "庚"))), ([("VAR", "2026-10-12")], [("MR", "2026-10-12"), ("VAR", "2026-10-12")]),
         "one dose moved, the other was one of its own")


def the_correction_of_the_person_may_be_wrong(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=3)])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 行番号=3, ロット番号="L2", 訂正=1)])
    decides(town, waiting(town)[0]["番号"], "--accept", town.number("己"))
    same((doses(town, "己"), doses(town, "庚")), ([("MR", "2026-10-12")], []), "a correction of his own dose")


def an_unknown_product_is_named(town):
    people(town)
    rows = town.submits([town.sheet("己", "風疹麻疹まぜたやつ", "2026-10-12", "1期", 請求額=11220)])
    same(told(rows[0]), ("review", "R103"), rows)
    assert "--vaccine" in decides(town, "1", "--accept", town.number("己"), status=2), "which one"
    assert "規則にありません" in decides(town, "1", "--accept", town.number("己"), "--vaccine", "風邪薬", status=2), "no such thing"
    decides(town, "1", "--accept", town.number("己"), "--vaccine", "MR")
    same((doses(town, "己"), len(claims(town))), ([("MR", "2026-10-12")], 1), "stored, with its claim")


def an_unknown_product_sent_again_under_another_number_waits_no_longer(town):
    people(town)
    town.submits([town.sheet("己", "風疹麻疹まぜたやつ", "2026-10-12", "1期", 行番号=3)])
    same(town.letters("VAR")[1], {"己"}, "it may be any series")
    same(told(town.submits([town.sheet("己", "MR", "2026-10-12", "1期", 行番号=8)], month="202611")[0]), ("accepted", ""), "as it is called")
    same((waiting(town), town.letters("VAR")), ([], ({"己"}, set())), "settled")
    # Another clinic's dose of that day says nothing about this one's.
    town.submits([town.sheet("庚", "風疹麻疹まぜたやつ", "2026-10-12", "1期")])
    town.submits([town.sheet("庚", "MR", "2026-10-12", "1期", 医療機関コード="4011110006")])
    same(len(waiting(town)), 1, "it waits on")


def a_dose_before_moving_in_is_a_persons_to_take(town):
    town.today = "2026-11-10"
    town.moves_in("来る子", "2026-02-01", kana="クル", since="2026-09-01")
    town.night()
    same(told(town.submits([town.sheet("来る子", "HBV", "2026-08-31", "1回目")])[0]), ("review", "R142"), "before")
    decides(town, "1", "--accept", town.number("来る子"))
    same(doses(town, "来る子"), [("HBV", "2026-08-31")], "taken")


def a_likeness_is_a_dose_of_its_own_or_is_returned(town):
    people(town)
    town.submits([town.sheet("己", "MR", "2026-10-12", "1期", ロット番号="L1")])
    rows = town.submits([town.sheet("己", "MR", "2026-10-12", "1期", ロット番号="L2")])
    same(told(rows[0]), ("review", "D301"), "another lot")
    decides(town, waiting(town)[0]["番号"], "--accept", town.number("己"))
    same(len(doses(town, "己")), 2, "two doses, says who has asked")


def a_correction_in_doubt_names_its_record(town):
    people(town)
    town.submits([town.sheet("己", "JE", "2026-10-02", "1期初回1回目"), town.sheet("己", "JE", "2026-10-12", "1期初回2回目")])
    row = town.submits([town.sheet("己", "JE", "2026-10-13", "1期初回2回目", 訂正=1)])[0]
    same(told(row), ("review", "D306"), "row 1 was the first dose")
    number, second = waiting(town)[0]["番号"], town.show("己")["doses"][1]["dose_id"]
    assert "--record" in decides(town, number, "--accept", town.number("己"), status=2), "which one"
    assert "--record" in decides(town, number, "--accept", town.number("己"), "--record", "99", status=2), "none of these"
    decides(town, number, "--accept", town.number("己"), "--record", str(second))
    same([day for _, day in doses(town, "己")], ["2026-10-02", "2026-10-13"], "the second one moved")


def an_unreadable_mark_is_a_dose_of_its_own_or_corrects_what_is_named(town):
    people(town)
    town.submits([town.sheet("己", "JE", "2026-10-02", "1期初回1回目"), town.sheet("庚", "JE", "2026-10-02", "1期初回1回目")])
    rows = town.submits([town.sheet(name, "JE", "2026-10-09", "1期初回1回目", 行番号=n, 訂正="済") for n, name in ((1, "己"), (2, "庚"))])
    same([told(r) for r in rows], [("review", "D308 W205")] * 2, "who knows")
    first, second = (line["番号"] for line in waiting(town))
    decides(town, first, "--accept", town.number("己"), "--record", str(town.show("己")["doses"][0]["dose_id"]))
    decides(town, second, "--accept", town.number("庚"))
    same([[day for _, day in doses(town, name)] for name in ("己", "庚")], [["2026-10-09"], ["2026-10-02", "2026-10-09"]], "as decided")


def a_protected_person_is_masked_and_can_be_named(town):
    town.today = "2026-11-10"
    town.moves_in("守る子", "2025-09-10", kana="マモル", house=9, protected=True)
    town.moves_in("友", "2025-09-10", kana="トモ", house=2)
    town.night()
    path = town.write_file([town.sheet("守る子", "MR", "2026-10-12", "1期", 整理番号=town.number("友"), 住所="秘密町1-1")])
    row = town.takes_in(path)[2][0]
    same(row["outcome"], "review", row)
    same([r["宛名番号"] for r in waiting(town)].count(""), 1, "one of them is not named")
    line = waiting(town)[0]
    assert town.number("守る子") not in str(waiting(town)) and "守る子" not in str(waiting(town)), line
    assert os.path.basename(path) not in str(line) and "秘密町" not in str(line), line
    said = decides(town, line["番号"], "--accept", town.number("守る子"))
    assert "秘密町" not in said, said
    same(doses(town, "守る子"), [("MR", "2026-10-12")], "stored")


STORIES = [
    the_row_is_accepted_as_the_intake_would_have_taken_it,
    it_is_decided_once,
    what_cannot_be_meant_is_refused_and_changes_nothing,
    without_the_duty_nothing_is_decided,
    a_letter_is_held_until_the_row_is_decided,
    a_returned_row_that_comes_again_is_judged_anew,
    of_two_candidates_either_may_be_meant,
    the_dose_of_the_wrong_person_moves_with_its_claim,
    what_was_moved_away_comes_back_only_by_a_decision,
    a_row_asks_where_the_dose_stands_when_it_is_decided,
    a_dose_goes_back_to_the_person_from_whom_it_was_moved,
    an_unreadable_mark_may_mean_the_dose_of_another,
    the_correction_of_the_person_may_be_wrong,
    an_unknown_product_is_named,
    an_unknown_product_sent_again_under_another_number_waits_no_longer,
    a_dose_before_moving_in_is_a_persons_to_take,
    a_likeness_is_a_dose_of_its_own_or_is_returned,
    a_correction_in_doubt_names_its_record,
    an_unreadable_mark_is_a_dose_of_its_own_or_corrects_what_is_named,
    a_protected_person_is_masked_and_can_be_named,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
