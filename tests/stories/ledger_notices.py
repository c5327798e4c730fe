"""Stories of the notices: who gets a letter, once, and who never (immunization.md 9.1, 13).

SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
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
    assert town.number("早苗") not in numbers_in(out, "dispatch-*.csv"), "written again"


def a_dose_that_came_in_meanwhile_stops_the_letter(town):
    families(town)
    town.submits([town.sheet("早苗", "MR", "2026-09-30", "1期")])
    done, out = notices(town, "late", "--vaccine", "MR1")
    same(glob.glob(os.path.join(out, "papers-*.pdf")), [], "nobody is left")


STORIES = [
    a_letter_goes_to_the_child_who_is_due_and_the_protected_one_waits,
    nobody_is_written_to_twice_about_one_dose,
    a_dose_that_came_in_meanwhile_stops_the_letter,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
