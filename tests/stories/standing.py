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


def a_ward_goes_with_the_act_that_protects(town):
    three_people(town)
    wards = f"SELECT DISTINCT ward FROM standing s JOIN person p ON p.person_id = s.person_id WHERE addressee_no = '{town.number('幼')}'"
    same(town.sql(wards), [("401064",)], "the ward is kept")
    # Between the act that protects and the roll after it: what stands in the store.
    town.sql(f"UPDATE person SET protected = 1 WHERE addressee_no = '{town.number('幼')}'")
    same(town.sql(wards), [], "nothing that tells the ward")
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


if __name__ == "__main__":
    sys.exit(tell([
        a_roll_judges_those_alone_whom_somebody_touched,
        a_day_makes_those_stale_who_may_turn_on_it,
        what_does_not_agree_is_found_and_named,
        a_ward_goes_with_the_act_that_protects,
        other_rules_believe_nothing_that_was_kept,
    ], sys.argv[1]))
