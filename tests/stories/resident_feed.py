"""Stories of the resident feed that goes wrong: files sent again, days that nobody knows, people in another
century, characters that were lost, columns that moved, one row that cannot be told.

SPDX-License-Identifier: Apache-2.0
"""
import io
import csv
import glob
import os
import sqlite3
import sys

from town import FEED, csv_text, same, tell

TODAY = "2026-11-10"


def town_of_today(town):
    town.today = TODAY
    return town


def write(town, kind, number, rows, columns=FEED):
    path = os.path.join(town.folder, f"JUKI_401005_{kind}_20261001{190000 + number}_{number:03d}.csv")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(csv_text(columns, [row if isinstance(row, str) else {"更新連番": n + 1, **row} for n, row in enumerate(rows)]))
    return path


def take(town, path, status, command="import"):
    done = town.run("addressee", command, path)
    same(done.returncode, status, done.stderr)
    return done.stderr


def told(said):
    """The error list that a run named."""
    with open(said.split("エラー一覧: ")[1].split("\n")[0].strip(), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def sync(town):
    done = town.run("ledger", "sync")
    assert done.returncode in (0, 1), done.stderr
    return done.stderr


def child(town, name, birth="2025-09-10", **more):
    """A child for whom MR1 is due; the row alone, nothing is sent."""
    town.moves_in(name, birth, sex=2, kana="ナナシ", house=len(town.people) + 1, since=more.pop("since", birth), **more)
    return dict(town.people[name])


def after(row, reason, on, **changes):
    return {**row, "異動事由": reason, "異動年月日": on, "届出年月日": "2026-11-05", **changes}


def letters(town, folder):
    """(who is written to, {who waits: code})"""
    out = os.path.join(town.folder, folder)
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1")
    assert done.returncode in (0, 1), done.stderr
    sent, waits = set(), {}
    for path in glob.glob(os.path.join(out, "*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                if os.path.basename(path).startswith("errors-"):
                    waits[row["整理番号"]] = row["コード"]
                elif os.path.basename(path).startswith("dispatch-"):
                    sent.add(row["整理番号"])
    return sent - set(waits), waits


def due(town):
    return {row["宛名番号"] for row in town.table("due", "--vaccine", "MR1")}


def works(town, kind):
    return {row["宛名番号"] for row in town.table("work", "--kind", kind, "--format", "csv")}


# ---- files

def asked_of_people(town, kind):
    """Number of the task -> whom it is about, as the register's office lists it."""
    done = town.run("addressee", "work")
    same(done.returncode, 0, done.stderr)
    return {r["番号"]: r["宛名番号"] for r in csv.DictReader(io.StringIO(done.stdout)) if r["kind"] == kind}


def a_picture_with_the_bytes_of_an_earlier_one_counts(town):
    town_of_today(town)
    rows = [child(town, f"子{n}") for n in range(21)]
    first = write(town, "ALL", 1, rows)
    take(town, first, 0)
    assert "取込済み" in take(town, first, 0)
    said = take(town, write(town, "ALL", 2, rows[:20]), 0)  # one was lost; few enough to pass
    assert "1 人を消除" in said, said
    said = take(town, write(town, "ALL", 3, rows), 0)       # the bytes of the first
    assert "と同じ内容です" in said and "反映 1" in said, said
    said = take(town, write(town, "DIF", 4, [after(rows[0], 71, "2026-11-01", 氏名="見本　改")]), 0)
    assert "反映 1" in said, said
    sync(town)
    assert town.show("子20")["series"], "the one who was lost is back"
    same(len(due(town)), 21, "everybody is due")


def a_faulty_full_copy_that_nobody_approves_stops_nothing(town):
    town_of_today(town)
    rows = [child(town, f"子{n}") for n in range(30)]
    take(town, write(town, "ALL", 1, rows), 0)
    held = write(town, "ALL", 2, rows[:10])
    assert "approve" in take(town, held, 1)
    assert "approve" in take(town, held, 1)
    assert "002" in take(town, write(town, "DIF", 3, [after(rows[0], 71, "2026-11-01")]), 2)
    take(town, write(town, "ALL", 3, rows), 0)
    take(town, write(town, "DIF", 4, [after(rows[0], 71, "2026-11-01", 氏名="見本　改")]), 0)


# ---- people

def who_has_died_or_moved_is_stopped_at_once_whatever_the_day(town):
    town_of_today(town)
    rows = {name: child(town, name) for name in
            ("頃", "月", "年", "語", "転", "消", "先", "予", "残")}
    take(town, write(town, "ALL", 1, rows.values()), 0)
    sync(town)
    same(len(due(town)), 9, "all are due before")
    said = take(town, write(town, "DIF", 2, [
        after(rows["頃"], 51, "令和8年10月頃", 住民状態=3),
        after(rows["月"], 51, "2026-10-00", 住民状態=3),
        after(rows["年"], 51, "2026-00-00", 住民状態="死亡"),
        after(rows["語"], 51, "令和8年10月不詳", 住民状態=3),
        after(rows["転"], 42, "R8.10.0", 住民状態=2),
        after(rows["消"], 91, "2026-00-00", 住民状態=9),
        after(rows["先"], 51, "2026-12-31", 住民状態=3, 届出年月日="2026-12-31"),  # a day that has not come
        after(rows["予"], 31, "2026-10-00"),                                       # within the city: needs its day
    ]), 1)
    assert "反映 6" in said and "受け付けない行 2" in said and "異動の日が一部分からない" in said, said
    same({(row["項目"], row["コード"]) for row in told(said)},
         {("異動年月日", "E_DATE_FORMAT"), ("異動年月日", "E_DATE_PARTIAL")}, "the error list")
    sync(town)
    same(due(town), {town.number(n) for n in ("頃", "予", "残")}, "who is still on the list")
    same(works(town, "register_held"), {town.number(n) for n in ("頃", "予")}, "who waits for a person")
    sent, waits = letters(town, "held")
    same(sent, {town.number("残")}, "who is written to")
    same(waits, {town.number(n): "P112" for n in ("頃", "予")}, "who is held back")
    for name in ("月", "年", "語", "転", "消", "先"):
        shown = town.show(name)
        assert all(not series.get("next") for series in shown["series"]), name
        assert not {s["series_status"] for s in shown["series"]} & {"due", "late", "not_yet", "review"}, name
    for row in town.table("changes", "--from", "2026-09-01", "--to", TODAY):
        assert row["to_status"] not in ("due", "late") or row["宛名番号"] in due(town), row

    # Whose day is not whole is work, until a person has looked into it.
    asked = asked_of_people(town, "DAY_UNKNOWN")
    same(set(asked.values()), {town.number(n) for n in ("月", "年", "語", "転", "消")}, "whose day a person looks up")
    first = min(asked, key=int)
    same(town.run("addressee", "work", "--done", first).returncode, 0, "one is settled")
    same(town.run("addressee", "work", "--done", first).returncode, 2, "once")
    same(set(asked_of_people(town, "DAY_UNKNOWN")), set(asked) - {first}, "and leaves the list")

    # The day is found out, and the other one lives.
    take(town, write(town, "DIF", 3, [after(rows["頃"], 51, "2026-10-20", 住民状態=3),
                                      after(rows["予"], 31, "2026-10-20")]), 0)
    sync(town)
    same(works(town, "register_held"), set(), "nobody waits any more")
    same(due(town), {town.number(n) for n in ("予", "残")}, "who is left")
    same(letters(town, "later"), ({town.number("予")}, {}), "the letter that was held")


def who_is_held_stays_held_until_it_is_decided(town):
    """The death came without its day; the next full copy still lists him as before, and that is no answer."""
    town_of_today(town)
    rows = {name: child(town, name) for name in ("死", "転", "読", "残")}
    first = list(rows.values())
    take(town, write(town, "ALL", 1, first), 0)
    sync(town)
    take(town, write(town, "DIF", 2, [after(rows["死"], 51, "令和8年10月頃", 住民状態=3),
                                      after(rows["転"], 42, "10月ごろ", 住民状態=2),
                                      after(rows["読"], "５５５", "2026-10-20")]), 1)
    sync(town)
    held = {town.number(n) for n in ("死", "転", "読")}

    def all_held(when, who=held):
        same(works(town, "register_held"), who, f"{when}: work")
        same({row["宛名番号"] for row in town.table("due", "--vaccine", "MR1") if row["held"] == "register_held"}, who, f"{when}: due says so")
        same({row["宛名番号"] for row in town.table("changes", "--from", "2026-09-01", "--to", "2027-09-15") if row["held"]}, who,
             f"{when}: changes say so")
        same(letters(town, when)[1], {n: "P112" for n in who}, f"{when}: letters")

    all_held("refused")
    same(town.show("死").get("held"), "register_held", "show says so")
    same(town.show("残").get("held"), None, "of nobody else")
    take(town, write(town, "ALL", 3, first), 0)  # 変更なし
    sync(town)
    all_held("full")
    take(town, write(town, "DIF", 4, [after(rows[n], 71, "2026-11-02", 氏名="見本　改") for n in ("死", "転")]), 0)
    sync(town)
    all_held("named")
    same(town.run("addressee", "work").stdout.count("ROW_REFUSED"), 3, "the register's office sees them")
    take(town, write(town, "DIF", 5, [after(rows["転"], 42, "2026-10-20", 住民状態=2)]), 0)  # the move, mended
    sync(town)
    all_held("moved", {town.number(n) for n in ("死", "読")})
    same(town.run("addressee", "resolve", town.number("死")).returncode, 2, "why?")
    same(town.run("addressee", "resolve", town.number("死"), "--reason", "本人が来庁した").returncode, 0, "an officer knows")
    same(town.run("addressee", "resolve", town.number("死"), "--reason", "本人が来庁した").returncode, 2, "once")
    same(town.run("ledger", "due").returncode, 2, "the ledger does not know yet")
    sync(town)
    all_held("decided", {town.number("読")})
    assert town.number("死") in due(town), "he is written to again"


def a_file_whose_rows_are_refused_holds_itself(town):
    town_of_today(town)
    rows = [child(town, f"子{n}") for n in range(40)]
    take(town, write(town, "ALL", 1, rows), 0)
    sync(town)
    for wrong in ({"生年月日": "2125-09-10"}, {"異動事由": "99X"}, {"性別": "？"}):
        said = take(town, write(town, "ALL", 2, [{**row, **wrong} for row in rows]), 1)
        assert "行を受け付けられない人 40 人" in said and "approve" in said, said
    sync(town)
    same(works(town, "register_held"), set(), "nobody in it waits")
    same(len(letters(town, "letters")[0]), 40, "and everybody is written to")
    take(town, write(town, "ALL", 3, rows), 0)  # the next one overtakes it


def nobody_is_born_tomorrow_or_a_hundred_and_thirty_years_ago(town):
    town_of_today(town)
    rows = [child(town, name, birth, since="2026-01-10") for name, birth in
            (("千年前", "0025-09-10"), ("百年後", "2125-09-10"), ("来月", "2026-12-24"), ("明日", "2026-11-11"),
             ("古", "1896-11-09"), ("今日", "2025-09-10"))]
    said = take(town, write(town, "ALL", 1, rows), 1)
    assert "反映 1" in said, said
    listed = told(said)
    same([row["項目"] for row in listed], ["生年月日"] * 5, "the error list")
    for row, birth in zip(listed, ("0025-09-10", "2125-09-10", "2026-12-24", "2026-11-11", "1896-11-09")):
        assert birth in row["メッセージ"], row
    sync(town)
    same(letters(town, "births"), ({town.number("今日")}, {}), "one letter")
    # A correction into another century: the person stays as he or she was, and waits.
    said = take(town, write(town, "DIF", 2, [after(rows[5], 74, "2026-11-01", 生年月日="2125-09-10")]), 1)
    sync(town)
    same(works(town, "register_held"), {town.number("今日")}, "held")
    same(due(town), {town.number("今日")}, "as before")


def items_are_read_in_words_or_named(town):
    town_of_today(town)
    rows = [child(town, "語", 性別="女"), child(town, "英", 性別="Ｆ"), child(town, "数", 性別="2.0"),
            child(town, "元号", 生年月日="平成37年9月10日"), child(town, "護", 支援措置="○"),
            child(town, "不", 支援措置="たぶん"), child(town, "郵", 郵便番号="80200"),
            child(town, "無", 住民でなくなった日="9999-12-31"), child(town, "性", 性別="女児")]
    rows[0].update(住民種別="日本人", 住民状態="住民", 異動事由="転入")
    said = take(town, write(town, "ALL", 1, rows), 1)
    assert "反映 8" in said and "受け付けない行 1" in said, said
    same({row["項目"] for row in told(said)}, {"生年月日", "支援措置", "郵便番号", "住民でなくなった日", "性別"}, "warned")
    same({row["項目"] for row in told(said) if row["扱い"] == "受付不可"}, {"性別"}, "refused; the others were taken")
    words = " ".join(row["メッセージ"] for row in told(said))
    for value in ("平成37年9月10日", "令和7年9月10日", "たぶん", "80200", "9999-12-31", "女児"):
        assert value in words, f"{value}: {words}"
    sync(town)
    same(letters(town, "items")[1], {town.number(n): "P104" for n in ("護", "不")}, "masked when in doubt")


def a_name_that_lost_a_character_is_on_no_paper(town):
    town_of_today(town)
    rows = [child(town, "?子"), child(town, "〓美"), child(town, "花"), child(town, "カナ", 氏名カナ="ミホン　カ？")]
    said = take(town, write(town, "ALL", 1, rows), 1)
    assert "氏名に ? や 〓 のある行 3 件" in said, said
    sync(town)
    sent, waits = letters(town, "names")
    same(sent, {town.number("花")}, "the whole name")
    same(waits, {town.number(n): "P111" for n in ("?子", "〓美", "カナ")}, "the others")
    take(town, write(town, "DIF", 2, [after(rows[0], 93, "2026-11-01", 氏名="見本　﨑子")]), 0)
    sync(town)
    assert town.number("?子") in letters(town, "mended")[0]


def every_fault_of_a_residents_row_is_told_at_once(town):
    town_of_today(town)
    rows = [child(town, "一"), child(town, "二")]
    wrong = after(rows[1], "来た", "いつか", 届出年月日="", 氏名="　", 性別="女児", 生年月日="きのう", 市区町村コード="401065", 世帯番号="", 郵便番号="80")
    said = take(town, write(town, "ALL", 1, [rows[0], wrong]), 1)
    assert "反映 1" in said and "受け付けない行 1" in said, said
    listed = [(row["項目"], row["扱い"]) for row in told(said) if row["行"] == "3"]
    same([item for item, _ in listed], ["異動事由", "異動年月日", "届出年月日", "世帯番号", "氏名", "性別", "生年月日", "市区町村コード"], "all of them")
    same({kind for _, kind in listed}, {"受付不可"}, "the row was refused")
    # The number of a file that is older than what was taken, and one that comes too early.
    said = take(town, write(town, "DIF", 1, [rows[0]]), 2)
    assert "取り込みを終えた番号 (001 まで) より前" in said and "002 として" in said and said.strip().endswith("[E_FILE_SEQUENCE]"), said
    said = take(town, write(town, "DIF", 4, [rows[0]]), 2)
    assert "次は通し番号 002" in said, said
    other = write(town, "DIF", 2, [rows[0]])
    os.rename(other, other.replace("JUKI_401005", "JUKI_402206"))
    said = take(town, other.replace("JUKI_401005", "JUKI_402206"), 2)
    assert "402206" in said and "401005" in said, said


def an_address_that_lost_a_character_is_on_no_letter(town):
    town_of_today(town)
    rows = [child(town, "丁目", 住所="福岡県北九州市小倉北区?野三丁目8番1号"), child(town, "方書", 方書="コーポ■■101"), child(town, "箱", 住所="福岡県北九州市小倉北区浅野\uFFFD丁目8番"),
            child(town, "前", 転入前住所="福岡県〓町1"), child(town, "花"), child(town, "護", 住所="福岡県北九州市小倉北区〓野三丁目", 支援措置=1)]
    said = take(town, write(town, "ALL", 1, rows), 1)
    assert "住所か方書に ? や 〓 のある行 4 件" in said and "氏名に" not in said, said
    listed = told(said)
    same(sorted((row["項目"], row["コード"], row["扱い"]) for row in listed),
         sorted([("住所", "E_ENCODING", "注意")] * 3 + [("方書", "E_ENCODING", "注意"), ("転入前住所", "E_ENCODING", "注意")]), "each is told")
    assert "?野三丁目" in str(listed) and "〓野三丁目" not in str(listed), "with its value, but of a protected person"
    sync(town)
    sent, waits = letters(town, "places")
    same(sent, {town.number("花"), town.number("前")}, "who can be found")
    same(waits, {**{town.number(n): "P111" for n in ("丁目", "方書", "箱")}, town.number("護"): "P104"}, "the others")
    take(town, write(town, "DIF", 2, [after(rows[0], 93, "2026-11-01", 住所="福岡県北九州市小倉北区浅野三丁目8番1号")]), 0)
    sync(town)
    assert town.number("丁目") in letters(town, "found")[0]
    # A sheet on which they were lost is taken, and says so; where somebody lives is not said again.
    rows = town.submits([town.sheet("花", "MR", "2026-10-20", "1期", 住所="小倉北区〓野三丁目"), town.sheet("前", "MR", "2026-10-20", "1期", 氏名="見本　?")], month="202611")
    assert "W208" in rows[0]["code"] and "文字の失われた項目（住所）" in rows[0]["message"] and "野三丁目" not in rows[0]["message"], rows[0]
    assert "W208" in rows[1]["code"] and "氏名「見本　?」" in rows[1]["message"], rows[1]


# ---- files that are wrong as a whole

def a_name_of_blanks_is_no_name(town):
    town_of_today(town)
    rows = [child(town, "甲"), child(town, "乙")]
    said = take(town, write(town, "ALL", 1, [rows[0], after(rows[1], 11, "2025-09-10", 氏名="　 ")]), 1)
    assert "受け付けない行 1" in said, said
    same({(row["項目"], row["コード"]) for row in told(said)}, {("氏名", "E_MISSING")}, "the error list")


def a_column_that_moved_changes_nobody(town):
    town_of_today(town)
    rows = [child(town, f"子{n}") for n in range(60)]
    take(town, write(town, "ALL", 1, rows), 0)
    odd = {"支援措置が始まる": {"支援措置": "1"}, "死亡する": {"住民状態": 3, "異動事由": 51},
           "転出する": {"住民状態": 2, "異動事由": 42}, "氏名が変わる": {"氏名": "別　人"},
           "生年月日が変わる": {"生年月日": "2025-08-10"}, "住所が変わる": {"住所": "福岡県北九州市門司区1番"},
           "通称が変わる": {"通称": "別名"}, "住民種別が変わる": {"住民種別": 2}, "住民となった日が変わる": {"住民となった日": "2025-01-01"},
           "郵便番号が変わる": {"郵便番号": "8000000"}, "続柄が変わる": {"続柄": "妻"}, "氏名優先区分が変わる": {"氏名優先区分": 2},
           "電話番号が変わる": {"電話番号": "093-582"}, "氏名ローマ字が変わる": {"氏名ローマ字": "BETSU"}, "転入前の住所が変わる": {"転入前住所": "東京都"}}
    wider = FEED + ["通称", "氏名優先区分", "電話番号", "氏名ローマ字"]
    for what, change in odd.items():
        path = write(town, "DIF", 2, [after(row, change.get("異動事由", 93), "2026-11-01", **change) for row in rows], wider)
        said = take(town, path, 1)
        assert what in said and "60 人" in said and "例 2 行目" in said and rows[0]["宛名番号"] not in said, said
    sync(town)
    same(len(due(town)), 60, "nothing has changed")
    assert "自分のログイン" in take(town, path, 2, command="approve")  # who imported it does not decide alone

    columns = FEED + ["個人番号"]
    moved = [{**row, "方書": "000000123455"} for row in rows]
    said = take(town, write(town, "ALL", 3, moved, columns), 2)
    assert "個人番号" in said and "000000123455" not in said, said
    said = take(town, write(town, "ALL", 3, rows + ["y"] * 3000, columns), 2)
    assert "半分を超えています" in said, said


# ---- what cannot be told

def extreme_rows_stop_nobody(town):
    town_of_today(town)
    rows = [child(town, "零", 住民でなくなった日="0001-01-01"), child(town, "濁", 方書="か" + "\u3099" * 3000),
            child(town, "半", 方書="ｶ" + "ﾞ" * 15000), child(town, "終", 住民となった日="9999-12-31"),
            child(town, "長", 方書="字" * 200), child(town, "花")]
    said = take(town, write(town, "ALL", 1, rows), 1)
    same({row["項目"] for row in told(said)}, {"住民でなくなった日", "方書", "住民となった日"}, "left out and told")
    assert "6 件を受け取り、6 件を反映" in sync(town)
    same(len(due(town)), 6, "everybody is there")


def one_damaged_row_of_the_register_stops_nobody_and_heals(town):
    """The database is damaged by hand, so on SQLite only."""
    town_of_today(town)
    if town.server:
        return
    rows = [child(town, name) for name in ("甲", "乙", "丙")]
    take(town, write(town, "ALL", 1, rows), 0)
    with sqlite3.connect(os.path.join(town.data, "addressee.db")) as db:
        db.execute("UPDATE register_version SET residence = '19723 -719163 2' WHERE change_no = 2")
    db.close()
    done = town.run("ledger", "sync")
    same(done.returncode, 1, "somebody must look")
    assert "受け取れなかった変更が 1 件" in done.stderr, done.stderr
    same(due(town), {town.number(n) for n in ("甲", "丙")}, "the others are there")
    same(len(town.table("work", "--kind", "change_held")), 1, "and one waits")
    take(town, write(town, "DIF", 2, [after(rows[1], 93, "2026-11-01", 氏名="見本　乙子")]), 0)
    same(town.run("ledger", "sync").returncode, 0, "healed")
    same(due(town), {town.number(n) for n in ("甲", "乙", "丙")}, "all three")
    same(town.table("work", "--kind", "change_held"), [], "nobody waits")
    return False  # the trail counted the row as it was written


STORIES = [
    a_picture_with_the_bytes_of_an_earlier_one_counts,
    a_faulty_full_copy_that_nobody_approves_stops_nothing,
    who_has_died_or_moved_is_stopped_at_once_whatever_the_day,
    who_is_held_stays_held_until_it_is_decided,
    a_file_whose_rows_are_refused_holds_itself,
    nobody_is_born_tomorrow_or_a_hundred_and_thirty_years_ago,
    items_are_read_in_words_or_named,
    a_name_that_lost_a_character_is_on_no_paper,
    an_address_that_lost_a_character_is_on_no_letter,
    every_fault_of_a_residents_row_is_told_at_once,
    a_name_of_blanks_is_no_name,
    a_column_that_moved_changes_nobody,
    extreme_rows_stop_nobody,
    one_damaged_row_of_the_register_stops_nobody_and_heals,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
