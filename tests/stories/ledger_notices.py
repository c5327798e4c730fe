"""Stories of the notices: who gets a letter, once, and who never (immunization.md 9.1, 13).

SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import sqlite3
import subprocess
import sys

from town import tell


def same(is_, expected, what):
    assert is_ == expected, f"{what}: {is_!r}, expected {expected!r}"


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
        with open(path, encoding="utf-8", newline="") as f:
            found += [row["整理番号"] for row in csv.DictReader(f)]
    return found


def a_letter_goes_to_the_child_who_is_due_and_the_protected_one_waits(town):
    families(town)
    done, out = notices(town, "first", "--vaccine", "MR1")
    same(done.returncode, 1, "somebody waits for the officer: " + done.stderr)
    pdf = glob.glob(os.path.join(out, "papers-*.pdf"))
    same(len(pdf), 1, "one batch")
    text = subprocess.run(["pdftotext", pdf[0], "-"], capture_output=True, text=True, check=True).stdout
    assert "早苗" in text, "the child's name"
    assert "守弥" not in text and "済奈" not in text, "somebody who must not be there"
    same(numbers_in(out, "errors-*.csv"), [town.number("守弥")], "held back")


def nobody_is_written_to_twice_about_one_dose(town):
    families(town)
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


def rows(town, sql):
    if town.server:
        server = town.server.rsplit("/", 1)[0] + "/sesshu_ledger"
        done = subprocess.run(["psql", "-qAtX", server, "-c", sql], capture_output=True, text=True, check=True)
        return [tuple(line.split("|")) for line in done.stdout.splitlines()]
    with sqlite3.connect(os.path.join(town.data, "ledger.db")) as db:
        return [tuple(map(str, row)) for row in db.execute(sql)]


def a_page_that_comes_back_is_found_by_its_tag(town):
    families(town)
    _, out = notices(town, "first", "--vaccine", "MR1")
    printed = pages_of(glob.glob(os.path.join(out, "papers-N*.pdf"))[0])
    kept = rows(town, "SELECT page_id, addressee_no, page_no, page_count FROM print_page"
                      " JOIN person ON person.person_id = print_page.person_id ORDER BY page_no")
    same(len(kept), len(printed), "a row per page")
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


STORIES = [
    the_day_by_which_the_two_dose_vaccine_must_begin_is_shown,
    a_letter_goes_to_the_child_who_is_due_and_the_protected_one_waits,
    nobody_is_written_to_twice_about_one_dose,
    a_dose_that_came_in_meanwhile_stops_the_letter,
    who_was_invited_and_is_late_is_reminded_once_in_three_months,
    a_page_that_comes_back_is_found_by_its_tag,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
