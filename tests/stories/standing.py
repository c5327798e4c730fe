"""Stories of what is kept of everybody: who stands where with each series, until the day on which it may turn.

Whatever a story of any other file does, what is kept agrees with judging everybody anew: town.py asks at each end.
Here: whom a roll judges, and that what does not agree is found.
SPDX-License-Identifier: Apache-2.0
"""
import datetime
import os
import re
import shutil
import sys

from town import same, tell

FACT = "宛名番号 生年月日 種類 対象 値 開始日 終了日 根拠".split()
RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules", "jp")


def rolled(town, *more, as_of=None):
    """How many people the roll judged, and whether everybody."""
    done = town.run("ledger", "standing", "roll", *more, as_of=as_of)
    same(done.returncode, 0, done.stderr)
    count = int(re.search(r"(\d+)人を", done.stderr).group(1))
    return count, "全員" in done.stderr


def verified(town, as_of=None):
    """Status, and how many agree, differ, are to be judged again."""
    done = town.run("ledger", "standing", "verify", as_of=as_of)
    counts = re.search(r"確認 (\d+)人 食い違い (\d+)人 判定待ち (\d+)人", done.stderr).groups()
    return done.returncode, *map(int, counts)


def three_people(town):
    town.moves_in("幼", birth="2025-05-10", sex=2, house=1)
    town.moves_in("学", birth="2015-06-01", sex=1, house=2)
    town.moves_in("老", birth="1950-03-03", sex=1, house=3)
    town.night()


def a_roll_judges_those_alone_whom_somebody_touched(town):
    three_people(town)
    same(rolled(town), (0, False), "sync has kept everybody already")
    town.gives("facts", FACT, [{"宛名番号": town.number("幼"), "生年月日": "2025-05-10", "種類": "contraindication",
                                "対象": "MR1", "値": "", "開始日": town.today, "終了日": "", "根拠": "書類"}])
    same(verified(town), (0, 2, 0, 1), "a contraindication was written down")
    same(rolled(town), (1, False), "the one")
    same(verified(town), (0, 3, 0, 0), "and everybody is kept again")
    same(rolled(town, "--anew"), (3, True), "asked for")


def a_day_makes_those_stale_who_may_turn_on_it(town):
    three_people(town)
    turns = [day for day, in town.rows("SELECT turns_on FROM standing_person")]
    first = turns.count(min(turns))
    as_of = datetime.date(1970, 1, 1) + datetime.timedelta(min(turns))
    before = as_of - datetime.timedelta(1)
    same(verified(town, str(before)), (0, 3, 0, 0), "the day before")
    same(verified(town, str(as_of)), (0, 3 - first, 0, first), "the day itself")
    same(rolled(town, as_of=str(as_of)), (first, False), "the roll of that day")
    same(verified(town, str(as_of)), (0, 3, 0, 0), "and all are kept")
    same(rolled(town), (3, True), "for an earlier day everybody is judged anew")


def what_does_not_agree_is_found_and_named(town):
    three_people(town)
    same(verified(town), (0, 3, 0, 0), "sound")
    town.sql(f"UPDATE standing SET position = '9' WHERE series = 'DT2' AND person_id = "
             f"(SELECT person_id FROM person WHERE addressee_no = '{town.number('学')}')")
    done = town.run("ledger", "standing", "verify")
    same(done.returncode, 1, done.stderr)
    assert town.number("学") in done.stdout and town.number("幼") not in done.stdout, done.stdout
    same(rolled(town), (0, False), "a roll does not look at who is not stale")
    same(rolled(town, "--anew"), (3, True), "made anew")
    same(verified(town), (0, 3, 0, 0), "sound again")
    town.sql("UPDATE standing_count SET persons = persons + 1 WHERE series = 'DT2'")
    same(verified(town)[0], 1, "a wrong count")
    town.sql("UPDATE standing_count SET persons = persons - 1 WHERE series = 'DT2'")
    town.sql("UPDATE standing_month SET persons = persons + 1 WHERE series = 'DT2'")
    same(verified(town)[0], 1, "a wrong count of a month")
    town.sql("UPDATE standing_month SET persons = persons - 1 WHERE series = 'DT2'")
    same(verified(town), (0, 3, 0, 0), "sound once more")
    for wrong in ("born = born + 1", "ward = '999999'"):
        town.sql(f"UPDATE standing_person SET {wrong}")
        same(verified(town)[0], 1, wrong)
        rolled(town, "--anew")


def a_ward_goes_with_the_act_that_protects(town):
    three_people(town)
    wards, beside = (f"SELECT DISTINCT ward FROM {table} s JOIN person p ON p.person_id = s.person_id"
                     f" WHERE addressee_no = '{town.number('幼')}'" for table in ("standing", "standing_person"))
    same((town.sql(wards), town.sql(beside)), ([("401064",)], [("401064",)]), "the ward is kept")
    # Between the act that protects and the roll after it: what stands in the store.
    town.sql(f"UPDATE person SET protected = 1 WHERE addressee_no = '{town.number('幼')}'")
    same((town.sql(wards), town.sql(beside)), ([], [("",)]), "nothing that tells the ward")
    town.sql(f"UPDATE person SET protected = 0 WHERE addressee_no = '{town.number('幼')}'")
    town.happens("幼", 93, town.today, 支援措置=1)
    town.night()
    same(town.sql(wards), [("",)], "kept without a ward")


def other_rules_believe_nothing_that_was_kept(town):
    three_people(town)
    folder = os.path.join(town.data, "rules")
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("vectors", "meson.build"))
    path = os.path.join(folder, "bcg.json")
    with open(path, encoding="utf-8") as f:
        law = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(law.replace('"birth+12m"', '"birth+13m"'))
    same(verified(town), (0, 0, 0, 0), "nothing may be believed")
    same(rolled(town), (3, True), "judged by these rules")
    same(verified(town), (0, 3, 0, 0), "kept")


def the_pages_of_a_list_are_the_list(town):
    three_people(town)
    same(town.run("ledger", "due", "--rows", "0").returncode, 2, "a page without lines")
    same(town.run("ledger", "due", "--rows", "3", "--after", "x").returncode, 2, "a key that nobody wrote")
    for touched in (False, True):
        if touched:  # judged beside what is kept
            town.gives("facts", FACT, [{"宛名番号": town.number("幼"), "生年月日": "2025-05-10", "種類": "contraindication",
                                        "対象": "HIB", "値": "", "開始日": town.today, "終了日": "", "根拠": "書類"}])
        for wanted in ([], ["--vaccine", "DPTIPV"], ["--within", "200"], ["--vaccine", "MR", "--vaccine", "HIB"]):
            whole = town.table("due", *wanted)
            lines, total = town.due_pages(2, *wanted)
            same((total, len(lines)), (len(whole), len(whole)), f"how many, {wanted}")
            same(sorted(map(str, lines)), sorted(map(str, whole)), f"the same lines, {wanted}")
            safe = [line["last_safe"] for line in lines]
            same(safe, sorted(safe), "the soonest first")
        same(len(town.table("due", "--within", str(2**63 - 1))), len(town.table("due")), "within more days than there are")
        counts = town.table("due", "--counts")
        same(sum(int(c["人数"]) for c in counts), len(town.table("due")), "counts")
        same({c["区"] for c in counts}, {"401064"}, "by ward")
        same(town.due_pages(50, "--ward", "401064")[1], len(town.table("due")), "all live there")
        same(town.due_pages(50, "--ward", "401005"), ([], 0), "nobody lives there")
        same(town.due_pages(2, "--ward", "小倉北区"), town.due_pages(2, "--ward", "401064"), "by its name")
        same(town.table("due", "--counts", "--ward", "401005"), [], "counted as asked: nobody lives there")
        same({c["series"] for c in town.table("due", "--counts", "--vaccine", "HIB", "--ward", "401064")},
             {r["series"] for r in town.table("due", "--vaccine", "HIB")}, "counted as asked: this series alone")
    for unknown in ("40106", "小倉区", "401307", "小倉北"):
        done = town.run("ledger", "due", "--counts", "--ward", unknown)
        assert done.returncode == 2 and "401064 小倉北区" in done.stderr, done.stderr
    for unknown in ("20781:1:HIV", "20781:1:", "x:1:HIB", "20781::HIB"):
        done = town.run("ledger", "due", "--rows", "2", "--after", unknown)
        assert done.returncode == 2 and "前のページの最後" in done.stderr, done.stderr
    done = town.run("ledger", "due", "--rows", "3", as_of="2026-09-01")
    same((done.returncode, "standing roll" in done.stderr), (2, True), "nothing is kept for that day")


def needed(town, series, *more):
    return [(row["position"], row["月"], row["人数"]) for row in town.table("forecast", *more) if row["series"] == series]


def the_months_ahead_are_counted_from_what_is_kept(town):
    three_people(town)
    same(needed(town, "DT2"), [("1", "2026-10", "1")], "学 is eleven: now")
    same(needed(town, "DPTIPV"), [("P1", "2026-10", "1")], "幼 has had none: the next dose alone is counted")
    same(needed(town, "JE1"), [], "from three on, in May 2028: beyond a year")
    same(needed(town, "JE1", "--months", "25"), [("P1", "2028-05", "1")], "and within two")
    same(town.run("ledger", "forecast", "--months", "26").returncode, 2, "no further")
    town.gives("facts", FACT, [{"宛名番号": town.number("学"), "生年月日": "2015-06-01", "種類": "contraindication",
                                "対象": "DT2", "値": "", "開始日": town.today, "終了日": "", "根拠": "書類"}])
    same(needed(town, "DT2"), [], "nobody counts on who must not have it")


def changes(town, kept):
    """The list of a month and a half; `kept` False: everybody is judged for it."""
    if not kept:
        town.sql("UPDATE standing_state SET act_no = -1 - act_no")
    done = town.run("ledger", "changes", "--from", "2026-10-01", "--to", "2026-11-15")
    same(done.returncode, 0, done.stderr)
    if not kept:
        town.sql("UPDATE standing_state SET act_no = -1 - act_no")
    return done.stdout


def only_those_who_moved_are_asked_for_changes(town):
    for n in range(8):
        town.moves_in(f"老{n}", birth="1950-03-03", house=10 + n)
    town.moves_in("赤", birth="2026-08-10", house=2)
    town.night()
    by_time = changes(town, True)
    assert town.number("赤") in by_time and town.number("老3") not in by_time, by_time
    same(by_time, changes(town, False), "the same lines")
    # What is kept is what decides: where it said that the child turns never, nobody would ask.
    town.sql("UPDATE standing_person SET turns_on = turns_on + 100000")
    assert town.number("赤") not in changes(town, True), "looked up"
    town.sql("UPDATE standing_person SET turns_on = turns_on - 100000")
    town.today = "2026-10-20"
    town.gives("facts", FACT, [{"宛名番号": town.number("老3"), "生年月日": "1950-03-03", "種類": "contraindication",
                                "対象": "INF", "値": "", "開始日": town.today, "終了日": "", "根拠": "書類"}])
    same(changes(town, True), changes(town, False), "and with what was written meanwhile")
    town.happens("老4", 42, "2026-10-19", 住民状態=2, 住民でなくなった日="2026-10-19")
    town.night()
    gone = changes(town, True)
    assert town.number("老4") in gone, gone
    same(gone, changes(town, False), "and who moved away")
    a_kept_difference_is_the_command_s(town)


def a_kept_difference_is_the_command_s(town):
    """Byte for byte, on days of a month; and it says how many were written about since, and goes."""
    def kept(to):
        return town.run("ledger", "changes", "--from", "2026-10-01", "--to", to, "--kept")

    same(kept("2026-10-20").returncode, 2, "nobody has made it")
    for to in ("2026-10-12", "2026-10-20", "2026-11-15"):
        same(town.run("ledger", "keep-changes", "--from", "2026-10-01", "--to", to).returncode, 0, to)
        same(kept(to).stdout, town.run("ledger", "changes", "--from", "2026-10-01", "--to", to).stdout, to)
    assert town.number("老4") in kept("2026-10-20").stdout and "登録が変わった人 0人" in kept("2026-10-20").stderr
    town.happens("老5", 42, "2026-10-19", 住民状態=2, 住民でなくなった日="2026-10-19")
    town.night()
    assert town.number("老5") not in kept("2026-10-20").stdout and "登録が変わった人 1人" in kept("2026-10-20").stderr
    same(town.run("ledger", "keep-changes", "--from", "2026-10-01").returncode, 0, "made anew, up to today")
    assert town.number("老5") in kept("2026-10-20").stdout, "the newer one"
    same(town.rows("SELECT state, count(*) FROM change_list GROUP BY state ORDER BY state"), [(2, 3), (3, 1)], "and the old one is over")
    town.sql_change("UPDATE change_list SET made_at = 1 WHERE to_day > 20745")  # 2026-10-19
    assert "差分の一覧" in town.run("ledger", "erase").stderr
    same((kept("2026-10-20").returncode, kept("2026-10-12").returncode), (2, 0), "after its days")
    same(town.rows("SELECT count(DISTINCT list_no) FROM change_line"), [(1,)], "with its lines")


if __name__ == "__main__":
    sys.exit(tell([
        a_roll_judges_those_alone_whom_somebody_touched,
        a_day_makes_those_stale_who_may_turn_on_it,
        what_does_not_agree_is_found_and_named,
        a_ward_goes_with_the_act_that_protects,
        other_rules_believe_nothing_that_was_kept,
        the_pages_of_a_list_are_the_list,
        the_months_ahead_are_counted_from_what_is_kept,
        only_those_who_moved_are_asked_for_changes,
    ], sys.argv[1]))
