"""Stories of the notices: who gets a letter, once, and who never (immunization.md 9.1, 13).

SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import re
import subprocess
import sys

from town import CITY, city_says, same, tell


def families(town):
    # All three are due for MR1 on 1 October 2026; one is protected, one has it already.
    town.moves_in("早苗", "2025-01-10", sex=1, kana="ハヤ", house=1)
    town.moves_in("守弥", "2025-02-11", sex=2, kana="マモル", house=2, protected=True)
    town.moves_in("済奈", "2025-03-12", sex=2, kana="スミ", house=3)
    town.night()
    town.submits([town.sheet("済奈", "MR", "2026-04-04", "1期")])


def notices(town, folder, *words, as_of=None):
    out = os.path.join(town.folder, folder)
    done = town.run("ledger", "notices", "--out", out, *words, as_of=as_of)
    assert done.returncode in (0, 1), done.stderr
    return done, out


def numbers_in(out, pattern):
    found = []
    for path in sorted(glob.glob(os.path.join(out, pattern))):
        with open(path, encoding="utf-8-sig", newline="") as f:
            found += [row["整理番号"] for row in csv.DictReader(f)]
    return found


def a_letter_goes_to_the_child_who_is_due_and_the_protected_one_waits(town):
    families(town)
    done, out = notices(town, "first", "--vaccine", "MR1", "--format", "excel")
    same(done.returncode, 1, "somebody waits for the officer: " + done.stderr)
    same(sorted(done.stdout.split()), sorted(os.path.join(out, name) for name in os.listdir(out)), "every file is named")
    for path in glob.glob(os.path.join(out, "*.csv")):
        with open(path, "rb") as f:
            same(f.read(3), b"\xef\xbb\xbf", "a spreadsheet knows it by its mark")
        same(town.run("ledger", "audit", "verify", path).returncode, 0, "a list like any other")
    pdf = glob.glob(os.path.join(out, "papers-*.pdf"))
    same(len(pdf), 1, "one batch")
    text = subprocess.run(["pdftotext", pdf[0], "-"], capture_output=True, text=True, check=True).stdout
    assert "早苗" in text, "the child's name"
    assert "守弥" not in text and "済奈" not in text, "somebody who must not be there"
    same(numbers_in(out, "errors-*.csv"), [town.number("守弥")], "held back")


def a_dose_that_waits_for_a_decision_holds_the_letter_of_its_series(town):
    # The number is hers, the name is not: a person must look at the row. Until then nobody writes to her about MR.
    town.moves_in("待", "2025-09-10", sex=2, kana="マチ", house=1)
    town.moves_in("友", "2025-09-11", sex=2, kana="トモ", house=2)
    town.night()
    row = town.submits([town.sheet("待", "MR", "2026-09-28", "1期", 氏名="別名　全然違", 氏名カナ="ベツメイ")])[0]
    same(row["outcome"], "review", row)
    done, out = notices(town, "first", "--vaccine", "MR1", "--vaccine", "VAR")
    same(done.returncode, 1, "somebody waits: " + done.stderr)
    with open(glob.glob(os.path.join(out, "errors-N*.csv"))[0], encoding="utf-8", newline="") as f:
        errors = [(e["整理番号"], e["コード"], e["項目"]) for e in csv.DictReader(f)]
    same(errors, [(town.number("待"), "P113", "麻しん風しん 第1期")], "why")
    same(sorted(numbers_in(out, "dispatch-N*.csv")), sorted([town.number("待"), town.number("友")]), "both are written to about chickenpox")
    letters = ["".join(page.split()) for page in pages_of(glob.glob(os.path.join(out, "papers-N*.pdf"))[0])]
    hers = [page for page in letters if town.number("待") in page]
    assert hers and not any("乾燥弱毒生麻しん風しん" in page or "第1期" in page for page in hers), "nothing about measles"
    _, again = notices(town, "again", "--vaccine", "VAR")
    same(glob.glob(os.path.join(again, "papers-*.pdf")), [], "the letter about chickenpox is in the book")
    # Sent again under her own name it is stored, and nothing waits: she had it.
    town.today = "2026-10-08"
    town.submits([town.sheet("待", "MR", "2026-09-28", "1期", 訂正="1")])
    done, out = notices(town, "second", "--vaccine", "MR1", "--vaccine", "VAR")
    same((done.returncode, glob.glob(os.path.join(out, "errors-*.csv"))), (0, []), "released with the decision: " + done.stderr)
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "chickenpox was written about, measles she had")


def letters_of_mr(town, folder):
    done, out = notices(town, folder, "--vaccine", "MR1")
    pages = "".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
                    for pdf in glob.glob(os.path.join(out, "papers-*.pdf")))
    return sorted(name for name in town.people if name in pages), sorted(numbers_in(out, "errors-*.csv"))


def a_dose_that_may_be_of_two_holds_the_letters_of_both(town):
    town.today = "2026-11-10"
    for name, birth, house in (("犬彦", "2025-09-10", 1), ("猫美", "2025-09-11", 2), ("鷹也", "2025-09-12", 3), ("鶴代", "2025-09-12", 3)):
        town.moves_in(name, birth, kana="タロウ" if house == 3 else "ナナシ", house=house)
    town.night()
    town.submits([town.sheet("犬彦", "MR", "2026-10-12", "1期", 行番号=3)])
    right = town.sheet("猫美", "MR", "2026-10-12", "1期", 行番号=3, 訂正=1)
    twins = town.sheet("鷹也", "MR", "2026-10-13", "1期", 行番号=4, 整理番号=town.number("鶴代"))
    same([r["code"] for r in town.submits([right, twins])], ["D307", "V131"], "between two of them each")
    same(letters_of_mr(town, "both"), ([], sorted(map(town.number, ("猫美", "鷹也", "鶴代")))), "held, all that may be meant")
    # The row of the twins comes again, right: the other one is free.
    town.submits([town.sheet("鷹也", "MR", "2026-10-13", "1期", 行番号=4)])
    same(letters_of_mr(town, "one"), (["鶴代"], [town.number("猫美")]), "and the other's letter goes")


def who_was_only_examined_is_written_to(town):
    town.today = "2026-11-10"
    town.moves_in("亀太", "2025-09-10", house=1)
    town.night()
    odd = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}
    rows = town.submits([town.sheet("亀太", "MR", "2026-10-12", "1期", 接種区分=c, **odd) for c in (2, 4)])
    same([r["outcome"] for r in rows], ["review"] * 2, "whom it means is open")
    same(letters_of_mr(town, "examined"), (["亀太"], []), "no dose is reported")


def no_letter_leaves_a_real_office_under_an_invented_city(town, out):
    told = {"city": "市の名前", "section": "担当の係", "telephone": "問い合わせの電話", "mayor": "差出人の市長"}
    before = town.sql("SELECT count(*) FROM notice")
    for item, words in told.items():
        for blank in ("", " ", "　"):
            city_says(town.data, **{**CITY, item: blank})
            done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1")
            same((done.returncode, done.stdout), (2, ""), f"{item} {blank!r}")
            assert f"{item} ({words})" in done.stderr and "[E_MISSING]" in done.stderr, done.stderr
            same([i for i in told if i != item and f"{i} (" in done.stderr], [], "the others are filled in")
    city_says(town.data, **{item: "" for item in told})
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1", "--trial")
    same(done.returncode, 1, "who only tries needs no city: " + done.stderr)
    assert glob.glob(os.path.join(out, "papers-TRIAL-*.pdf")), os.listdir(out)
    os.rename(os.path.join(town.data, "city.json"), os.path.join(town.folder, "city.json"))
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1")
    assert done.returncode == 2 and "sesshu init" in done.stderr, done.stderr
    done = town.run("init")
    assert done.returncode == 0 and "mayor (差出人の市長)" in done.stdout, done.stdout + done.stderr
    city_says(town.data, **CITY)
    assert "city (" not in town.run("init").stdout, "nothing is left to fill in"
    same(town.sql("SELECT count(*) FROM notice"), before, "nobody was written to")


def nobody_is_written_to_twice_about_one_dose(town):
    families(town)
    no_letter_leaves_a_real_office_under_an_invented_city(town, os.path.join(town.folder, "none"))
    notices(town, "first", "--vaccine", "MR1")
    done, out = notices(town, "second", "--vaccine", "MR1", as_of="2026-10-20")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "nothing new to say")
    assert all(os.path.isfile(path) for path in done.stdout.splitlines()), f"every line is a file: {done.stdout!r}"
    with open(os.path.join(town.folder, "a file"), "w", encoding="utf-8"):
        pass
    same(town.run("ledger", "notices", "--out", os.path.join(town.folder, "a file")).returncode, 2, "no folder")
    assert town.number("早苗") not in numbers_in(out, "dispatch-*.csv"), "written again"


def a_dose_that_came_in_meanwhile_stops_the_letter(town):
    families(town)
    town.submits([town.sheet("早苗", "MR", "2026-09-30", "1期")])
    done, out = notices(town, "late", "--vaccine", "MR1")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "nobody is left")


def pages_of(pdf):
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def who_was_invited_and_is_late_is_reminded_once_in_three_months(town):
    # BCG: standard from five months to the day before eight. Invited in October, late from 1 November.
    town.moves_in("早苗", "2026-03-01", sex=1, kana="ハヤ", house=1)
    town.night()
    _, out = notices(town, "october", "--vaccine", "BCG")
    same(numbers_in(out, "dispatch-N*.csv"), [town.number("早苗")], "the invitation")
    _, out = notices(town, "december", "--vaccine", "BCG", as_of="2026-12-01")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "late, but written to 61 days ago")

    # Another child comes, as late; nobody has written about her yet.
    town.today = "2027-01-10"
    town.moves_in("遅奈", "2026-03-20", sex=2, kana="オソナ", house=2, since="2027-01-05")
    town.night()
    _, out = notices(town, "january", "--vaccine", "BCG")
    same(numbers_in(out, "dispatch-R*.csv"), [town.number("早苗")], "the reminder")
    same(numbers_in(out, "dispatch-N*.csv"), [town.number("遅奈")], "the invitation")
    reminder = pages_of(glob.glob(os.path.join(out, "papers-R*.pdf"))[0])
    same(len(reminder), 2, "a letter with a blank back, no form")
    assert "予防接種はお済みですか" in reminder[0] and "早苗" in reminder[0], reminder[0]
    invitation = pages_of(glob.glob(os.path.join(out, "papers-N*.pdf"))[0])
    same(len(invitation), 4, "a letter and the form")
    assert "予防接種のお知らせ" in invitation[0] and "遅奈" in invitation[0], invitation[0]

    _, out = notices(town, "february", "--vaccine", "BCG", as_of="2027-02-20")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "reminded 41 days ago")


def papers_of(town, *names, vaccine, as_of=None, kind="N"):
    """Letter and first form of each of these people, written about one vaccine."""
    _, out = notices(town, f"{vaccine} {as_of}", "--vaccine", vaccine, as_of=as_of)
    found = glob.glob(os.path.join(out, f"papers-{kind}*.pdf"))
    same(len(found), 1, f"papers about {vaccine}")
    bare = ["".join(page.split()) for page in pages_of(found[0])]
    papers = []
    for name in names:
        pages = [page for page in bare if town.number(name) in page]
        assert pages, f"{name} got nothing"
        papers += [pages[0], pages[2] if len(pages) > 2 else ""]
    return papers


def says(page, *words):
    for word in words:
        assert "".join(word.split()) in page, f"not said: {word} in {page}"


def never(page, *words):
    for word in words:
        assert "".join(word.split()) not in page, f"said: {word} in {page}"


def a_form_offers_the_product_that_was_begun_and_no_other(town):
    town.moves_in("初奈", "2026-08-01", sex=2, kana="ハツナ", house=1)
    town.moves_in("続奈", "2026-04-22", sex=2, kana="ツヅナ", house=2)
    town.night()
    town.submits([town.sheet("続奈", "ロタリックス", "2026-07-01")])
    letter, form, next_letter, next_form = papers_of(town, "初奈", "続奈", vaccine="ROTA")
    # born + 140 and + 168: the last days from which two and three doses still fit
    says(letter, "ロタリックス（2回）は令和8年12月19日（土）まで", "ロタテック（3回）は令和9年1月16日（土）まで")
    says(form, "□ロタリックス", "□ロタテック", "1.5mL", "2.0mL", "ロタリックスは令和8年12月19日")
    says(next_form, "ロタリックス", "1.5mL", "令和8年10月7日")
    never(next_form, "ロタテック", "2.0mL", "□1.5")
    says(next_letter, "前回と同じロタリックス")


def remarks(out):
    with open(glob.glob(os.path.join(out, "dispatch-N*.csv"))[0], encoding="utf-8", newline="") as f:
        return {row["整理番号"]: row["備考"] for row in csv.DictReader(f)}


def a_barcode_is_printed_only_where_code_and_town_agree(town):
    town.moves_in("早苗", "2025-01-10", sex=1, kana="ハヤ", house=1)
    town.moves_in("遠野", "2025-01-11", sex=1, kana="トオノ", house=2, 郵便番号="1000001")
    town.moves_in("門司", "2025-01-12", sex=1, kana="モジ", house=3, 郵便番号="8000003",
                  住所="福岡県北九州市小倉北区中井二丁目1番1号", 町丁目="中井二丁目")
    town.moves_in("空子", "2025-01-13", sex=2, kana="ソラコ", house=4, 住所="　")
    town.night()
    _, out = notices(town, "codes", "--vaccine", "MR1")
    found = remarks(out)
    assert "なし" not in found[town.number("早苗")], found
    for name in ("遠野", "門司"):
        assert "ﾊﾞｰｺｰﾄﾞなし" in found[town.number(name)], f"{name}: {found}"
    assert town.number("空子") not in found, "a letter to nowhere"
    with open(glob.glob(os.path.join(out, "errors-N*.csv"))[0], encoding="utf-8", newline="") as f:
        errors = list(csv.DictReader(f))
    same([(e["整理番号"], e["コード"]) for e in errors], [(town.number("空子"), "P103")], "no address")
    assert "登録してください" in errors[0]["対応"], errors[0]
    lists_stand(town, out)
    _, tried = notices(town, "tried", "--vaccine", "VAR", "--trial")
    lists_stand(town, tried, looks=True)


def lists_stand(town, out, looks=False):
    """Every list of a batch names its own record, which bears it out; a changed one is told."""
    found = glob.glob(os.path.join(out, "*.csv"))
    same(len(found), 2, found)
    for path in found:
        with open(path, encoding="utf-8", newline="") as f:
            numbers = {row["一覧の証跡番号"] for row in csv.DictReader(f)}
        same(len(numbers), 1, f"{path}: {numbers}")
        assert (int(numbers.pop().removeprefix("ledger-")) > 1_000_000_000) == looks, path
    done = town.run("ledger", "audit", "verify", *found)
    same(done.returncode, 0, done.stdout)
    same(done.stdout.count("記録のとおりです"), 2, done.stdout)
    changed = os.path.join(town.folder, "changed.csv")
    with open(found[0], encoding="utf-8", newline="") as f, open(changed, "w", encoding="utf-8", newline="") as to:
        to.write(f.read().replace(town.number("空子"), town.number("門司")).replace(town.number("遠野"), town.number("空子")))
    same(town.run("ledger", "audit", "verify", changed).returncode, 1, "a changed list")


def the_interval_is_that_of_the_path(town):
    # 16 at her first dose: three doses, the second after a month. 13 at hers: two doses, five months apart.
    town.moves_in("三香", "2010-07-07", sex=2, kana="ミカ", house=1)
    town.moves_in("二香", "2013-07-07", sex=2, kana="フタカ", house=2)
    town.night()
    town.submits([town.sheet(name, "シルガード9", "2026-08-01") for name in ("三香", "二香")])
    _, form = papers_of(town, "三香", vaccine="HPV")
    says(form, "1回目から1月以上：2026-09-01から", "本人自署", "HPV予診票（16歳以上）")
    never(form, "5月以上", "保護者自署", "保護者が")
    _, form = papers_of(town, "二香", vaccine="HPV", as_of="2027-01-05")
    says(form, "1回目から5月以上：2027-01-01から", "保護者自署", "保護者が同伴しない場合は")
    never(form, "1月以上", "本人自署")


def the_high_dose_is_offered_from_75_on(town):
    town.moves_in("若造", "1961-05-10", sex=1, kana="ワカゾウ", house=1)
    town.moves_in("古造", "1950-05-10", sex=1, kana="フルゾウ", house=2)
    town.night()
    _, young, _, old = papers_of(town, "若造", "古造", vaccine="INF")
    says(young, "標準量", "0.5mL")
    never(young, "高用量", "0.7mL", "□標準量")
    says(old, "□標準量", "□高用量", "0.7mL")


def a_letter_names_the_copay_that_the_city_has_set_and_makes_up_none(town):
    town.moves_in("高志", "1961-05-10", sex=1, kana="タカシ", house=1)
    town.night()
    letter, _ = papers_of(town, "高志", vaccine="INF")
    says(letter, "自己負担", "自己負担額は、市の案内をご覧ください")
    never(letter, "無料")
    city_says(town.data, copay={"HZ": 10000, "INFL": 1500})
    done = town.run("ledger", "notices", "--out", town.folder, "--vaccine", "HZ", as_of="2026-10-02")
    same(done.returncode, 2, "a series that is not there: " + done.stderr)
    city_says(town.data, copay={"HZ": 10000})
    letter, form = papers_of(town, "高志", vaccine="HZ", as_of="2026-10-02")
    says(letter, "10,000円", "組換え（2回）は令和9年1月31日（日）まで", "生（1回）は令和9年3月31日（水）まで")
    says(form, "□組換え", "□生", "組換えは令和9年1月31日")
    never(letter, "市の案内", "BCG", "ロタ", "障害児養育年金", "母子健康手帳")


def what_no_longer_fits_is_named_and_no_past_day_is_asked_for(town):
    # Hepatitis B, begun at ten months: the third dose, 139 days later, would come after the birthday.
    town.moves_in("遅夫", "2025-12-01", sex=1, kana="オソオ", house=1)
    town.night()
    letter, _ = papers_of(town, "遅夫", vaccine="HEPB")
    says(letter, "定期で受けられるのは2回目までで")
    never(letter, "次の日まで", "令和8年7月13日")


def who_signs_is_who_may(town):
    # Encephalitis: a child of nine comes with the guardian; the last of the special cohort signs himself.
    town.moves_in("九太", "2017-09-01", sex=1, kana="キュウタ", house=1)
    town.moves_in("十九夫", "2007-01-17", sex=1, kana="トクオ", house=2)
    town.night()
    _, out = notices(town, "je", "--vaccine", "JE2")
    pages = ["".join(page.split()) for page in pages_of(glob.glob(os.path.join(out, "papers-N*.pdf"))[0])]
    child = next(p for p in pages if town.number("九太") in p and "自署" in p)
    adult = next(p for p in pages if town.number("十九夫") in p and "自署" in p)
    says(child, "保護者自署", "医師の診察・説明を受け", "生まれたときの体重")
    never(child, "同伴しない", "特例")
    says(adult, "本人自署", "16歳以上用", "日本脳炎（特例）")
    never(adult, "保護者自署", "生まれたときの体重", "乳幼児")


def a_child_on_the_four_component_vaccine_is_told_of_no_hib(town):
    town.moves_in("四郎", "2023-05-13", sex=1, kana="シロウ", house=1)
    town.night()
    town.submits([town.sheet("四郎", "クアトロバック", day, n) for n, day in
                  (("1期初回1回", "2023-08-01"), ("1期初回2回", "2023-09-01"), ("1期初回3回", "2023-10-02"))])
    letter, form = papers_of(town, "四郎", vaccine="DPTIPV")
    says(letter, "四種混合・五種混合")
    says(form, "四種混合・五種混合", "□五種混合", "□四種混合")
    never(form, "Hib感染症")


def a_baby_is_told_of_the_combined_vaccine_and_not_of_hib_beside_it(town):
    # Born after 1 February 2024 and nothing given: Hib comes with the combined vaccine (immunization.md 3.3).
    town.moves_in("零", "2026-05-13", sex=1, kana="レイ", house=1)
    town.moves_in("八", "2026-05-13", sex=1, kana="ハチ", house=2)
    town.night()
    town.submits([town.sheet("八", "HIB", "2026-07-20", "初回1回目")])  # begun singly: it goes on singly
    same([sorted(r["series"] for r in town.table("due") if r["宛名番号"] == town.number(n) and r["series"] == "HIB")
          for n in ("零", "八")], [["HIB"], ["HIB"]], "the law lets both have it")
    alone = papers_of(town, "零", vaccine="DPTIPV")
    says(alone[0], "五種混合")
    done, out = notices(town, "hib", "--vaccine", "HIB")
    told = numbers_in(out, "dispatch-N*.csv")
    same(told, [town.number("八")], "only who began with the single vaccine")


FACTS = "宛名番号 生年月日 事柄 値 開始日 根拠".split()


def recognised(town, name, kind, value, since, source):
    person = town.people[name]
    return dict(zip(FACTS, (person["宛名番号"], person["生年月日"], kind, value, since, source)))


def a_man_of_the_fifth_period_gets_a_letter_and_a_form(town):
    # Tested on 1 February 2025, the vaccine was short: to 31 March 2027. His neighbour was tested a day too late.
    for name, house in (("五期", 1), ("遅検", 2)):
        town.moves_in(name, "1970-05-05", sex=1, kana="ゴキ", house=house)
    town.night()
    town.gives("facts", FACTS, [row for name, day in (("五期", "2025-02-01"), ("遅検", "2025-04-01")) for row in (
        recognised(town, name, "rubella_low_antibody_date", day, "", "医師の証明"),
        recognised(town, name, "mr_shortage_r6", "", "2025-04-01", "職員の認定"))])
    letter, form = papers_of(town, "五期", vaccine="RUB5")
    says(letter, "風しん（麻しん風しん混合）", "第5期", "令和6年度のワクチンの供給不足のため、令和7年4月1日（火）から令和9年3月31日（水）まで", "無料", "抗体検査の結果")
    never(letter, "お子さん", "母子健康手帳", "保護者")
    says(form, "風しん（麻しん風しん混合）", "第5期", "（特例）", "令和6年度のワクチンの供給不足による期間2025-04-01～2027-03-31", "抗体検査を受け", "本人自署", "乾燥弱毒生麻しん風しん混合ワクチン", "0.5mL")
    never(form, "生まれたときの体重", "保護者自署", "代筆者")
    _, out = notices(town, "nobody else", "--vaccine", "RUB5")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "tested after the day: no right, no letter")


def a_reminder_speaks_of_one_dose(town):
    # Both late in May: measles (to the second birthday) presses more than chickenpox (to the third).
    town.today = "2027-01-20"
    town.moves_in("早苗", "2025-12-20", sex=2, kana="ハヤ", house=1)
    town.night()
    notices(town, "january", "--vaccine", "MR1", "--vaccine", "VAR")
    _, out = notices(town, "november", "--vaccine", "MR1", "--vaccine", "VAR", as_of="2027-11-25")
    letter = pages_of(glob.glob(os.path.join(out, "papers-R*.pdf"))[0])[0]
    assert "麻しん" in letter and "水痘" not in letter, letter


def a_form_of_the_second_period_comes_back_as_the_second_period(town):
    # Nine years old, one dose of the first period: it cannot be finished any more, the second can be had.
    town.moves_in("二期", "2017-05-10", sex=1, kana="ニキ", house=1)
    town.night()
    town.submits([town.sheet("二期", "JE", "2021-06-01", "1期初回1回目")], month="202106")
    notices(town, "second", "--vaccine", "JE2")
    same([(f["kind"], f["value"], f["source"]) for f in town.show("二期")["facts"]], [("je1_doses", "1", "notice")], "decided with the form")
    town.today = "2026-11-25"
    row = town.submits([town.sheet("二期", "JE", "2026-11-10", "2期")], month="202611")[0]
    same((row["outcome"], row["dose_status"], row["code"]), ("accepted", "valid", ""), row)
    same(town.series("二期", "JE2")["series_status"], "complete", "done")


def a_page_that_comes_back_is_found_by_its_tag(town):
    families(town)
    _, out = notices(town, "first", "--vaccine", "MR1")
    printed = pages_of(glob.glob(os.path.join(out, "papers-N*.pdf"))[0])
    kept = town.sql("SELECT page_id, addressee_no, page_no, page_count FROM print_page"
                      " JOIN person ON person.person_id = print_page.person_id ORDER BY page_no")
    same(len(kept), len(printed), "a row per page")
    for row in town.sql("SELECT * FROM print_page"):
        assert not any(re.fullmatch("[0-9a-f]{64}", str(value)) for value in row), f"a digest to try addresses out on: {row}"
    for page, (tag, number, no, count) in zip(printed, kept):
        same((number, count), (town.number("早苗"), "4"), "whose")
        bare = "".join(page.split())
        assert all(tag[i:i + 15] in bare for i in (0, 15)), f"page {no} has another tag than {tag}"


def the_day_by_which_the_two_dose_vaccine_must_begin_is_shown(town):
    # 65 in fiscal 2026: the window ends on 2027-03-31. Two doses two months apart must begin by 31 January.
    town.moves_in("高志", "1961-05-10", sex=1, kana="タカシ", house=1)
    town.night()
    same(town.series("高志", "HZ")["last_safe_by_product"], {"RZV": "2027-01-31", "ZVL": "2027-03-31"}, "by product")
    text = town.run("ledger", "show", town.number("高志")).stdout
    assert "組換え" in text and "令和9年1月31日" in text, text
    assert "last_safe_by_product" not in town.series("高志", "INF"), "no products that differ"


def killed(town, out, point, *words):
    """The batch, dead at this point of what it does to the disk below `out`; None: it counts them."""
    shim = os.path.join(os.path.dirname(town.sesshu), "tests", "libfault_shim.so")
    counts = os.path.join(town.folder, "counts")
    fault = {"SESSHU_FAULT_COUNT": counts} if point is None else {"SESSHU_FAULT_KILL": str(point)}
    faults = {"LD_PRELOAD": shim, "SESSHU_FAULT_UNDER": out} | fault
    os.environ.update(faults)
    town.run("ledger", "notices", "--out", out, *words)
    for name in faults:
        del os.environ[name]
    if point is None:
        with open(counts, encoding="utf-8") as f:
            return max(int(line.split()[0]) for line in f)
    return 0


def a_batch_that_was_killed_is_ended_by_the_next_start(town):
    if not os.path.exists(os.path.join(os.path.dirname(town.sesshu), "tests", "libfault_shim.so")):
        return  # a sanitizer stands where the shim would
    town.moves_in("早苗", "2025-01-10", sex=1, kana="ハヤ", house=1)
    town.night()
    points = killed(town, os.path.join(town.folder, "counted"), None, "--vaccine", "VAR")
    assert points > 10, points
    # In the middle of a draft, behind the last one, between two names, behind the last name: each about another vaccine.
    for vaccine, point in (("MR1", 3), ("PCV", points - 8), ("JE1", points - 3), ("DPTIPV", points)):
        out = os.path.join(town.folder, vaccine)
        killed(town, out, point, "--vaccine", vaccine)
        series = f"SELECT person_id FROM notice WHERE series = '{vaccine}'"
        if not town.sql(series):
            same(glob.glob(os.path.join(out, "*.pdf")), [], f"{vaccine}: a letter without its record")
        town.run("ledger", "grant", "taro", "look")  # whatever has the data alone ends it
        same(glob.glob(os.path.join(out, "*.draft")), [], f"{vaccine}: a draft stays")
        same(len(glob.glob(os.path.join(out, "papers-*.pdf"))), len(town.sql(series)), f"{vaccine}: letters and records")
        notices(town, vaccine, "--vaccine", vaccine)
        same(numbers_in(out, "dispatch-N*.csv"), [town.number("早苗")], f"{vaccine}: written to once")
        same(len(town.sql(series)), 1, f"{vaccine}: one record")


STORIES = [
    a_batch_that_was_killed_is_ended_by_the_next_start,
    a_man_of_the_fifth_period_gets_a_letter_and_a_form,
    a_reminder_speaks_of_one_dose,
    a_barcode_is_printed_only_where_code_and_town_agree,
    a_letter_names_the_copay_that_the_city_has_set_and_makes_up_none,
    what_no_longer_fits_is_named_and_no_past_day_is_asked_for,
    a_form_offers_the_product_that_was_begun_and_no_other,
    the_interval_is_that_of_the_path,
    the_high_dose_is_offered_from_75_on,
    who_signs_is_who_may,
    a_child_on_the_four_component_vaccine_is_told_of_no_hib,
    a_form_of_the_second_period_comes_back_as_the_second_period,
    a_baby_is_told_of_the_combined_vaccine_and_not_of_hib_beside_it,
    the_day_by_which_the_two_dose_vaccine_must_begin_is_shown,
    a_letter_goes_to_the_child_who_is_due_and_the_protected_one_waits,
    a_dose_that_waits_for_a_decision_holds_the_letter_of_its_series,
    a_dose_that_may_be_of_two_holds_the_letters_of_both,
    who_was_only_examined_is_written_to,
    nobody_is_written_to_twice_about_one_dose,
    a_dose_that_came_in_meanwhile_stops_the_letter,
    who_was_invited_and_is_late_is_reminded_once_in_three_months,
    a_page_that_comes_back_is_found_by_its_tag,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
