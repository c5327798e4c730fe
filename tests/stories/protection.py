"""Stories of 支援措置: who is covered by a measure, and that nothing then says where they are (decision 0038).

The mother's places are texts that occur nowhere else; after every step they are looked for in both databases,
their logs, every list and every paper.
SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import sqlite3
import subprocess
import sys

from town import city_says, same, tell

OLD = {"市区町村コード": "401072", "郵便番号": "8020831", "町丁目": "八重洲町", "番地": "41", "枝": "7",
       "住所": "福岡県北九州市小倉南区八重洲町41番7号", "方書": "ひなげし荘２０３", "世帯番号": "77"}
NEW = {"市区町村コード": "401099", "郵便番号": "8060067", "町丁目": "隠里三丁目", "番地": "14", "枝": "2",
       "住所": "福岡県北九州市八幡西区隠里三丁目14番2号", "方書": "さざんか館５０１", "世帯番号": "78"}
FATHER = {"世帯番号": "80"}  # at the town's own address
OLD_WORDS = ("八重洲町", "ひなげし荘", "8020831")
NEW_WORDS = ("隠里三丁目", "さざんか館", "8060067")
SACHIKO = 45679  # a user id of the machine
MASK = "＊＊＊"


# ---- looking for a place

def tables_text(town, program):
    """Every cell of every table of a program's database on PostgreSQL."""
    server = town.server.rsplit("/", 1)[0] + "/sesshu_" + program
    def ask(*statements):
        return subprocess.run(["psql", "-qAtX", server, *(word for sql in statements for word in ("-c", sql))], capture_output=True, check=True).stdout
    names = ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").decode().split()
    return ask(*(f"SELECT t::text FROM {name} t" for name in names))


def everything(town, *folders):
    """(where, bytes) of all that the office keeps and of what was written for somebody."""
    for top in (town.data, *folders):
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith(".pdf"):
                    yield path, subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout
                with open(path, "rb") as f:
                    yield path, f.read()
    if town.server:
        for program in ("addressee", "ledger"):
            yield program, tables_text(town, program)


def nowhere(town, words, *folders):
    for where, content in everything(town, *folders):
        bare = content.replace(b"\n", b"").replace(b" ", b"")
        for word in words:
            assert word.encode() not in content and word.encode() not in bare, f"{word} stands in {os.path.basename(where)}"


def somewhere(town, word, *folders):
    assert any(word.encode() in content for _, content in everything(town, *folders)), f"{word} is looked for in vain"


# ---- the outlets

def letters(town, folder, *vaccines, as_of=None):
    """Numbers of those who are written to and of those who wait with P104; the folder."""
    out = os.path.join(town.folder, folder)
    words = [word for v in vaccines or ("MR1",) for word in ("--vaccine", v)]
    done = town.run("ledger", "notices", "--out", out, *words, as_of=as_of)
    assert done.returncode in (0, 1), done.stderr
    def column(pattern, item):
        found = []
        for path in glob.glob(os.path.join(out, pattern)):
            with open(path, encoding="utf-8", newline="") as f:
                found += [(row["整理番号"], row[item]) for row in csv.DictReader(f)]
        return found
    waits = column("errors-*.csv", "コード")
    return ({number for number, _ in column("dispatch-*.csv", "帳票")} - {number for number, _ in waits},
            {number for number, code in waits if code == "P104"}, out)


def masked_everywhere(town, name, yes=True):
    person = town.show(name)
    same(person["氏名"] == MASK, yes, f"{name} in show")
    rows = [row for row in town.table("due") if row["宛名番号"] == town.number(name)]
    assert rows, f"{name} is due for nothing"
    same({row["氏名"] == MASK for row in rows}, {yes}, f"{name} in due")
    rows = [row for row in town.table("changes", "--from", "2026-10-01", "--to", "2027-10-01") if row["宛名番号"] == town.number(name)]
    assert rows, f"nothing changes for {name}"
    same({row["氏名"] == MASK for row in rows}, {yes}, f"{name} in changes")


def family(town, protected=False, **more):
    """A mother and a child in one household, a father in another; the child is due for MR1."""
    town.moves_in("母", "1995-05-05", sex=2, kana="ハハ", protected=protected, **{**OLD, **more})
    town.moves_in("子", "2025-09-10", sex=1, kana="コ", **{**OLD, **more})
    town.moves_in("父", "1994-04-04", sex=1, kana="チチ", **FATHER)


# ---- the stories

def the_child_of_a_protected_mother_is_protected(town):
    family(town, protected=True)
    town.night()
    nowhere(town, OLD_WORDS)
    written, waits, out = letters(town, "first")
    same((written, waits), (set(), {town.number("子")}), "the child waits for a released address")
    masked_everywhere(town, "子")
    same(town.show("父")["氏名"], "見本　父", "the father lives elsewhere")
    nowhere(town, OLD_WORDS, out)
    town.submits([town.sheet("子", "MR", "2026-09-20", "1期", 住所=OLD["住所"], 医療機関名="八重洲町こどもクリニック")])
    shown = town.run("ledger", "show", town.number("子")).stdout
    assert "八重洲町" not in shown, "the clinic says where"


def a_measure_that_arrives_forgets_where_everybody_of_the_household_was(town):
    family(town)
    town.night()
    somewhere(town, "八重洲町")
    same(letters(town, "before")[0], {town.number("子")}, "an ordinary letter")
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.night()
    nowhere(town, OLD_WORDS)
    masked_everywhere(town, "子")
    # The measure first, then the move: the new place never arrives in clear.
    town.today = "2026-10-20"
    for name in ("母", "子"):
        town.happens(name, 31, "2026-10-20", 転入前住所=OLD["住所"], **NEW)
    town.night()
    nowhere(town, OLD_WORDS + NEW_WORDS)
    masked_everywhere(town, "子")


def the_new_address_comes_with_the_measure(town):
    family(town)
    town.night()
    town.today = "2026-10-05"
    town.happens("子", 31, "2026-10-04", **NEW)  # the child's row before the mother's
    town.happens("母", 31, "2026-10-04", 支援措置=1, **NEW)
    town.night()
    nowhere(town, OLD_WORDS + NEW_WORDS)
    written, waits, out = letters(town, "letters")
    same((written, waits), (set(), {town.number("子")}), "held")
    nowhere(town, OLD_WORDS + NEW_WORDS, out)


def the_measure_comes_after_the_move(town):
    family(town)
    town.night()
    town.today = "2026-10-05"
    for name in ("母", "子"):
        town.happens(name, 31, "2026-10-04", **NEW)
    town.night()
    somewhere(town, "隠里三丁目")
    town.today = "2026-10-06"
    town.happens("母", 93, "2026-10-06", 支援措置=1)
    town.night()
    nowhere(town, OLD_WORDS + NEW_WORDS)
    masked_everywhere(town, "子")


def a_grandmother_and_a_newborn_of_the_household_are_covered(town):
    family(town, protected=True)
    town.moves_in("祖母", "1960-06-06", sex=2, kana="ソボ", **OLD)
    town.night()
    town.today = "2026-10-20"
    town.moves_in("赤子", "2026-08-15", sex=2, kana="アカゴ", 異動事由=21, **OLD)
    town.night()
    nowhere(town, OLD_WORDS)
    same(town.show("祖母")["氏名"], MASK, "the grandmother's address is the mother's")
    masked_everywhere(town, "赤子")


def a_household_that_splits_and_a_child_that_goes_to_the_father(town):
    family(town)
    for name in ("姉", "兄"):
        town.moves_in(name, "2025-08-10", sex=1, kana="アニアネ", **OLD)
    town.night()
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.night()
    town.today = "2026-10-20"
    town.happens("兄", 31, "2026-10-20", 転入前住所=OLD["住所"], 転入前方書=OLD["方書"],
                 **{k: town.people["父"][k] for k in (*FATHER, "市区町村コード", "郵便番号", "町丁目", "番地", "枝", "住所")}, 方書="")
    for name in ("母", "子"):  # the sister stays where she was
        town.happens(name, 62, "2026-10-20", **NEW)
    town.night()
    masked_everywhere(town, "兄", yes=False)
    masked_everywhere(town, "子")
    masked_everywhere(town, "姉")
    nowhere(town, NEW_WORDS)
    written, waits, out = letters(town, "letters")
    assert town.number("兄") in written, "he is written to at his father's"
    assert town.number("子") in waits, "she is not"
    nowhere(town, NEW_WORDS, out)


def who_stays_at_the_protected_place_stays_covered(town):
    family(town, protected=True)
    town.moves_in("祖母", "1960-06-06", sex=2, kana="ソボ", **OLD)
    town.moves_in("姉", "2025-08-10", sex=2, kana="アネ", **OLD)
    town.night()
    town.today = "2026-10-05"
    town.happens("祖母", 62, "2026-10-05", 世帯番号="81")  # 世帯分離: another household at the same place
    town.happens("姉", 62, "2026-10-05", 世帯番号="81", 住所="北九州市小倉南区八重洲町４１－７", 方書="")  # written another way
    town.happens("姉", 71, "2026-10-05", 氏名="見本　姉子")
    town.night()
    same(town.show("祖母")["氏名"], MASK, "the grandmother lives where the mother does")
    masked_everywhere(town, "姉")
    nowhere(town, OLD_WORDS)
    town.today = "2026-10-06"
    town.happens("母", 42, "2026-10-06", 住民状態=2, 転出後住所=NEW["住所"])  # she goes, the child stays
    town.night()
    for name in ("子", "姉"):
        masked_everywhere(town, name)
    written, waits, out = letters(town, "stay")
    same((written, waits), (set(), {town.number("子"), town.number("姉")}), "neither is written to")
    nowhere(town, OLD_WORDS + NEW_WORDS, out)
    asked = [row for row in csv.DictReader(town.run("addressee", "work").stdout.splitlines()) if "伏せた住所" in row["することがら"]]
    same({row["宛名番号"] for row in asked}, {town.number(n) for n in ("祖母", "姉", "子")}, "an officer is asked, once each")
    same(len(asked), 3, "once each")
    town.run("grant", "sachiko", "approve")
    town.run("account", "sachiko", str(SACHIKO))
    same(town.run("addressee", "release", town.number("子")).returncode, 2, "not by who imported it")
    if os.geteuid() == 0:
        done = town.run("addressee", "release", town.number("子"), operator=None, login=SACHIKO)
        same(done.returncode, 0, done.stderr)
        same(town.run("ledger", "sync").returncode, 0, "told")
        masked_everywhere(town, "子", yes=False)
        masked_everywhere(town, "姉")


def a_newborn_of_those_who_stay_at_the_hidden_place_is_covered_from_the_first_row(town):
    family(town, protected=True)
    town.moves_in("姉", "1999-08-10", sex=2, kana="アネ", **OLD)
    town.night()
    town.today = "2026-10-05"
    town.happens("姉", 62, "2026-10-05", 世帯番号="81")  # her own household, at the same place
    town.night()
    town.today = "2026-10-20"
    town.moves_in("赤子", "2026-08-15", sex=2, kana="アカゴ", 異動事由=21, **{**OLD, "世帯番号": "81"})
    town.moves_in("夫", "1998-08-15", sex=1, kana="オット", **{**OLD, "世帯番号": "81", "住所": "北九州市小倉南区八重洲町４１－７", "町丁目": "", "番地": ""})
    town.night()
    nowhere(town, OLD_WORDS)
    masked_everywhere(town, "赤子")
    same(town.show("夫")["氏名"], MASK, "who comes to live there")
    written, waits, out = letters(town, "newborn", "ROTA", "BCG", "HEPB")
    assert town.number("赤子") not in written, "no letter goes to the hidden place"
    nowhere(town, OLD_WORDS, out)
    town.today = "2026-10-21"
    town.happens("赤子", 71, "2026-10-21", 氏名="見本　名")
    town.night()
    nowhere(town, OLD_WORDS)
    masked_everywhere(town, "赤子")


def two_households_that_move_together_stay_covered(town):
    family(town, protected=True)
    town.night()
    town.today = "2026-10-20"
    town.happens("子", 62, "2026-10-20", **{**NEW, "世帯番号": "79"})
    town.happens("母", 31, "2026-10-20", **NEW)
    town.night()
    masked_everywhere(town, "子")
    nowhere(town, OLD_WORDS + NEW_WORDS)


def nothing_ends_by_itself(town):
    family(town, protected=True)
    town.night()
    town.today = "2026-10-10"
    town.happens("母", 71, "2026-10-10", 氏名="佐藤　母", 支援措置="")
    town.night()
    masked_everywhere(town, "子")
    town.today = "2026-10-11"
    town.happens("母", 93, "2026-10-11", 支援措置="0")  # early or by mistake: an officer is asked
    town.night()
    masked_everywhere(town, "子")
    town.today = "2026-10-12"
    town.happens("母", 51, "2026-10-12", 住民状態=3)
    town.night()
    masked_everywhere(town, "子")
    nowhere(town, OLD_WORDS)


def nothing_leaves_the_office_behind_a_feed_that_is_known(town):
    family(town)
    town.night()
    same(town.run("ledger", "due").returncode, 0, "whole")
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.arrives()
    for words in (("due",), ("changes", "--from", "2026-10-01", "--to", "2026-12-01"), ("work",)):
        done = town.run("ledger", *words)
        same((done.returncode, done.stdout), (2, ""), f"{words[0]} from a copy that is behind")
        assert "sync" in done.stderr and "支援措置" in done.stderr, done.stderr
    look = town.run("ledger", "show", town.number("子"))
    same(look.returncode, 0, "who stands at the counter is helped")
    assert "まだ取り込んでいません" in look.stderr and "八重洲町" not in look.stdout + look.stderr, look.stderr
    # Papers take the difference first; who may print and no more cannot have it taken.
    assert town.run("grant", "sachiko", "print").returncode == 0
    done = town.run("ledger", "notices", "--out", os.path.join(town.folder, "no"), "--vaccine", "MR1", operator="sachiko")
    same((done.returncode, glob.glob(os.path.join(town.folder, "no", "*"))), (2, []), done.stderr)
    written, waits, out = letters(town, "first")
    same((written, waits), (set(), {town.number("子")}), "held, though nobody ran sync")
    nowhere(town, OLD_WORDS, out)
    done = town.run("ledger", "notices", "--out", os.path.join(town.folder, "yes"), "--vaccine", "VAR", operator="sachiko")
    same(done.returncode, 1, "the copy is whole again: " + done.stderr)
    masked_everywhere(town, "子")


def an_old_copy_is_spoken_of_and_refused_where_the_city_says_so(town):
    family(town)
    town.night()
    assert "注意" not in town.run("ledger", "due", as_of="2026-10-08").stderr, "a week is no age"
    assert "注意" not in town.run("ledger", "due", as_of="2026-04-08").stderr, "nor is a day long ago"
    done = town.run("ledger", "due", as_of="2026-10-09")
    assert done.returncode == 0 and "8日前 (2026-10-01)" in done.stderr, done.stderr
    city_says(town.data, copy_days=3)
    same(town.run("ledger", "due", as_of="2026-10-04").returncode, 0, "the third day")
    done = town.run("ledger", "due", as_of="2026-10-05")
    same((done.returncode, done.stdout), (2, ""), "the fourth: " + done.stderr)
    same(town.run("ledger", "sync", as_of="2026-10-05").returncode, 0, "nothing new, and that is news")
    same(town.run("ledger", "due", as_of="2026-10-05").returncode, 0, "fresh")


def a_row_that_names_the_old_address_is_still_recognised(town):
    family(town)
    town.night()
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.night()
    nowhere(town, OLD_WORDS)
    def row(address, day, **more):
        return town.sheet("子", "MR", day, "1期", 整理番号="", 住所=address, **more)
    other, same_place = (town.submits([row(a, "2026-10-02")])[0] for a in ("北九州市小倉南区八重洲町42-7", "小倉南区八重洲町41-7-203"))
    same(other["outcome"], "review", other)
    same((same_place["outcome"], same_place["宛名番号"]), ("accepted", town.number("子")), same_place)
    assert "住所" not in same_place["evidence"], "the evidence tells nothing of it"
    nowhere(town, OLD_WORDS)


def twins_of_a_protected_household_are_still_twins(town):
    for name, kana in (("春花", "ハルカナエ"), ("張子", "ハリカヌエ")):
        town.moves_in(name, "2025-09-10", sex=2, kana=kana, **OLD)
    town.moves_in("母", "1995-05-05", sex=2, kana="ハハ", **OLD)
    town.night()
    def slip(day):  # her number, one letter from her name and two from her sister's
        return town.submits([town.sheet("春花", "MR", day, "1期", 氏名="", 氏名カナ="ミホン　ハルカモエ")])[0]
    open_row = slip("2026-09-20")
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.night()
    hidden = slip("2026-09-21")
    same((open_row["outcome"], hidden["outcome"]), ("review", "review"), "which of the two, a person says")


def what_the_register_ends_two_people_end(town):
    family(town, protected=True)
    town.night()
    town.run("grant", "sachiko", "approve")
    town.run("account", "sachiko", str(SACHIKO))
    def releases(operator, login=None):
        return town.run("addressee", "release", town.number("母"), operator=operator, login=login)
    same(releases("sachiko").returncode, 2, "the register has not said so")
    town.today = "2026-10-11"
    town.happens("母", 93, "2026-10-11", 支援措置="0")
    town.night()
    town.happens("母", 93, "2026-10-11", 支援措置="1")  # a mistake, taken back
    town.night()
    same(releases("sachiko").returncode, 2, "nor does it say so now")
    town.today = "2026-10-12"
    town.happens("母", 93, "2026-10-12", 支援措置="0")
    town.night()
    same(releases("hanako").returncode, 2, "who took the word in")
    same(releases("masako").returncode, 2, "who may not")
    same(releases("sachiko").returncode, 2, "her name on another's login")
    nowhere(town, OLD_WORDS)
    if os.geteuid() != 0:
        print("   skipped: only root can be a second login")
        return
    done = releases(None, login=SACHIKO)
    same(done.returncode, 0, done.stderr)
    same(town.run("ledger", "due").returncode, 2, "the ledger does not know yet")
    same(town.run("ledger", "sync").returncode, 0, "and now it does")
    masked_everywhere(town, "子", yes=False)
    somewhere(town, "八重洲町")  # the place comes back from where it lay sealed
    written, waits, out = letters(town, "first")
    same((written, waits), ({town.number("子")}, set()), "an ordinary letter again")
    same(town.run("audit", "verify").returncode, 0, "the trail")


def rows_that_wait_forget_the_address_with_everything_else(town):
    family(town)
    town.night()
    def row(address, **more):
        return town.sheet("子", "MR", "2026-09-20", "1期", 整理番号="", 住所=address, **more)
    waiting = town.submits([row("小倉南区八重洲町99-1"), row(OLD["住所"] + OLD["方書"], 氏名="見本　娘", 氏名カナ="ミホン　ムスメ")])
    same({r["outcome"] for r in waiting}, {"review"}, waiting)
    somewhere(town, "八重洲町99-1")
    town.today = "2026-10-05"
    town.happens("母", 93, "2026-10-05", 支援措置=1)
    town.night()
    nowhere(town, OLD_WORDS)
    if not town.server:
        with sqlite3.connect(os.path.join(town.data, "ledger.db")) as db:
            kept = [text for text, in db.execute("SELECT as_read FROM intake_row WHERE outcome = 3")]
        assert all("2026-09-20" in text for text in kept), f"what a person needs to decide stays: {kept}"


def the_error_file_of_a_feed_says_nothing_of_where(town):
    family(town, protected=True)
    town.night()
    town.happens("子", 88, "2026-10-05")  # no such event: refused
    town.people["子"]["異動事由"] = 21
    town.happens("母", 31, "2026-10-05", **{**NEW, "世帯番号": "77", "郵便番号": "80600", "方書": "さざんか館" * 50})  # taken without both
    town.moves_in("叔母", "1990-01-01", sex=2, kana="オバ", protected=True, **{**NEW, "生年月日": "1990-13-01"})
    town.arrives(status=1)
    same(len(glob.glob(os.path.join(town.data, "errors", "*.csv"))), 1, "an error file")
    nowhere(town, OLD_WORDS + NEW_WORDS)


def an_officer_enters_a_measure_and_two_people_end_it(town):
    family(town)
    town.night()
    somewhere(town, "八重洲町")
    mother, why = town.number("母"), ("--reason", "申出書を受理")
    year = ("--kind", "配偶者からの暴力", "--from", "2026-10-01", "--until")
    done = town.run("addressee", "measure", "enter", mother, *year, "2027-10-01", *why)
    same((done.returncode, "終了日" in done.stderr), (2, True), "longer than a year: " + done.stderr)
    done = town.run("addressee", "measure", "enter", mother, *year, "2027-09-30", *why)
    same((done.returncode, "同じ世帯で伏せた人 1 人" in done.stderr), (0, True), "the child too: " + done.stderr)
    same(town.run("ledger", "sync").returncode, 0, "at once")
    nowhere(town, OLD_WORDS)
    masked_everywhere(town, "子")
    same(town.run("addressee", "measure", "end", town.number("父"), *why).returncode, 2, "nothing bears on the father")
    # Its last day opens nothing, and a renewal is another row.
    town.today = "2027-10-05"
    town.happens("父", 75, "2027-10-01", 氏名カナ="ミホン　チーチ")
    town.night()
    nowhere(town, OLD_WORDS)
    same(town.run("addressee", "measure", "enter", mother, "--kind", "配偶者からの暴力", "--from", "2027-10-01", *why).returncode, 0, "renewed")
    # The end is asked for by one and granted by another.
    same(town.run("addressee", "measure", "end", mother, *why).returncode, 0, "asked for")
    same(town.run("addressee", "measure", "end", mother, *why).returncode, 2, "once")
    listed = town.run("addressee", "approvals", "list").stdout
    assert "支援措置の終了" in listed and "八重洲町" not in listed, listed
    number = next(line.split()[0] for line in listed.splitlines() if "支援措置の終了" in line)
    same(town.run("addressee", "approvals", "approve", number).returncode, 2, "not by whoever asked")
    same(town.run("ledger", "sync").returncode, 0, "nothing came")
    masked_everywhere(town, "子")
    if os.geteuid() == 0:
        for duty in ("read", "approve"):
            town.run("addressee", "grant", "sachiko", duty)
        same(town.run("addressee", "account", "sachiko", str(SACHIKO)).returncode, 0, "another login")
        done = town.run("addressee", "approvals", "approve", number, operator=None, login=SACHIKO)
        same(done.returncode, 0, "granted: " + done.stderr)
        same(town.run("ledger", "sync").returncode, 0, "at once")
        masked_everywhere(town, "子", yes=False)


STORIES = [
    an_officer_enters_a_measure_and_two_people_end_it,
    the_error_file_of_a_feed_says_nothing_of_where,
    rows_that_wait_forget_the_address_with_everything_else,
    what_the_register_ends_two_people_end,
    a_row_that_names_the_old_address_is_still_recognised,
    twins_of_a_protected_household_are_still_twins,
    nothing_leaves_the_office_behind_a_feed_that_is_known,
    an_old_copy_is_spoken_of_and_refused_where_the_city_says_so,
    the_child_of_a_protected_mother_is_protected,
    a_newborn_of_those_who_stay_at_the_hidden_place_is_covered_from_the_first_row,
    a_measure_that_arrives_forgets_where_everybody_of_the_household_was,
    the_new_address_comes_with_the_measure,
    the_measure_comes_after_the_move,
    a_grandmother_and_a_newborn_of_the_household_are_covered,
    a_household_that_splits_and_a_child_that_goes_to_the_father,
    who_stays_at_the_protected_place_stays_covered,
    two_households_that_move_together_stay_covered,
    nothing_ends_by_itself,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
