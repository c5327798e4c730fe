"""Stories of a law before it is in force: the same town under the rules of today and under amended ones.

The amendment is made here, in a copy of the rules: MR of the first period until 36 months instead of 24, the
zoster series under another name. Every expectation is counted by hand on a calendar.
SPDX-License-Identifier: Apache-2.0
"""
import csv
import io
import json
import os
import shutil
import sys

from town import same, tell

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules", "jp")


def amended(town, **files):
    """A copy of the rules; each file is passed through its function. Returns the folder."""
    folder = os.path.join(town.folder, "amended")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("vectors"))
    for name, change in files.items():
        path = os.path.join(folder, name.replace("_", "-") + ".json")
        with open(path, encoding="utf-8") as f:
            old = f.read()
        new = change(old)
        assert new != old, f"{name} is not amended"
        with open(path, "w", encoding="utf-8") as f:
            f.write(new)
    return folder


def longer_mr(text):
    rules = json.loads(text)
    mr1 = next(g for g in rules["groups"] if g["group"] == "MR1")
    for row in mr1["window"]["rows"]:
        for key in ("last", "in_force"):
            row[key] = json.loads(json.dumps(row[key]).replace("birth+24m", "birth+36m"))
    mr1["series"][0]["doses"][0]["standard"][1] = "birth+36m"
    return json.dumps(rules, ensure_ascii=False)


def diff(town, old, new, *words, operator="hanako"):
    out = os.path.join(town.folder, "diff.csv")
    done = town.run("schedule", "diff", old, new, "--out", out, *words, operator=operator)
    assert done.returncode == 0, done.stderr
    with open(out, encoding="utf-8", newline="") as f:
        persons = list(csv.DictReader(f))
    return done.stderr, list(csv.DictReader(io.StringIO(done.stdout))), persons


def a_longer_period_says_whom_it_reaches(town):
    town.moves_in("遅", "2024-08-01", sex=1, kana="オソ")    # 24 months on 31 July 2026, 36 on 31 July 2027
    town.moves_in("今", "2025-01-10", sex=2, kana="イマ")    # may still have it under either law
    town.moves_in("打", "2024-08-20", sex=2, kana="ウツ")    # had it a month too late
    town.moves_in("済", "2025-02-10", sex=2, kana="スミ")
    town.moves_in("隠", "2024-08-02", sex=2, kana="カクス", house=2, protected=True)
    town.night()
    town.submits([town.sheet("打", "MR", "2026-09-20", "1期"), town.sheet("済", "MR", "2026-03-03", "1期")])
    told, counts, persons = diff(town, "built-in", amended(town, measles_rubella=longer_mr))
    mr1 = {r["氏名"]: r for r in persons if r["series"] == "MR1"}
    same({r["series"] for r in persons}, {"MR1"}, "no other series")
    late = mr1["見本　遅"]
    same((late["change"], late["from_status"], late["to_status"], late["from_last"], late["to_last"]),
         ("STATUS", "closed", "due", "", "2027-07-31"), "once more due")
    now = mr1["見本　今"]
    same((now["change"], now["from_status"], now["to_status"], now["from_last"], now["to_last"]),
         ("DAYS", "due", "due", "2027-01-09", "2028-01-09"), "a year longer")
    given = mr1["見本　打"]
    same((given["change"], given["from_status"], given["to_status"]), ("STATUS", "closed", "complete"), "the dose counts")
    same(given["doses"].split(":")[1], "invalid→valid", "and why")
    assert "見本　済" not in mr1, "finished under either law"
    hidden = [r for r in persons if r["宛名番号"] == town.number("隠")]
    same(len(hidden), 1, "a protected person is counted")
    assert "隠" not in hidden[0]["氏名"], "and not named"
    same(sum(int(c["persons"]) for c in counts), len(persons), "counts and people")
    same({(c["series"], c["change"], c["from_status"], c["to_status"]): c["persons"] for c in counts if c["change"] == "DAYS"},
         {("MR1", "DAYS", "due", "due"): "1"}, "one by days alone")
    assert "判定した住民 5人、答えが変わる住民 4人" in told, told
    trail = town.run("audit", "verify")
    same(trail.returncode, 0, "the trail")


def the_same_rules_change_nothing(town):
    town.moves_in("遅", "2024-08-01", sex=1, kana="オソ")
    town.moves_in("朧", "2025-06-00", sex=1, kana="オボロ", since="2025-07-01")
    town.night()
    told, counts, persons = diff(town, "built-in", amended(town))
    same((counts, persons), ([], []), "nothing differs")
    assert "答えが変わる住民 0人" in told, told


def series_that_one_law_does_not_know_are_told(town):
    town.moves_in("老", "1961-06-15", sex=2, kana="オイ")    # 65 in the fiscal year 2026
    town.moves_in("若", "1990-06-15", sex=1, kana="ワカ")
    town.night()
    told, _, persons = diff(town, "built-in", amended(town, zoster=lambda t: t.replace('"group": "HZ"', '"group": "HZ9"')))
    same([(r["氏名"], r["series"], r["from_status"], r["to_status"]) for r in persons],
         [("見本　老", "HZ", "due", "not_target"), ("見本　老", "HZ9", "not_target", "due")], "who is asked at all")
    assert "HZ9" in told and "旧の規則にありません" in told, told
    assert "新の規則にありません" in told, told


def a_faulty_law_is_refused_with_its_place(town):
    town.moves_in("遅", "2024-08-01", sex=1, kana="オソ")
    town.night()
    folder = amended(town, zoster=lambda t: t.replace('"birth+60y"', '"birth+60parsecs"'))
    done = town.run("schedule", "diff", "built-in", folder)
    same(done.returncode, 2, "refused")
    assert "zoster.json" in done.stderr and "window" in done.stderr, done.stderr
    same(done.stdout, "", "nothing is shown")
    done = town.run("schedule", "diff", "built-in", os.path.join(town.folder, "nowhere"))
    same(done.returncode, 2, "no such folder")
    assert "nowhere" in done.stderr, done.stderr


def who_may_not_take_lists_out_may_not_rehearse(town):
    town.moves_in("遅", "2024-08-01", sex=1, kana="オソ")
    town.night()
    done = town.run("grant", "dokusha", "read")
    same(done.returncode, 0, done.stderr)
    done = town.run("schedule", "diff", "built-in", amended(town, measles_rubella=longer_mr), operator="dokusha")
    same(done.returncode, 2, "refused")
    assert "権限" in done.stderr, done.stderr


STORIES = [
    a_longer_period_says_whom_it_reaches,
    the_same_rules_change_nothing,
    series_that_one_law_does_not_know_are_told,
    a_faulty_law_is_refused_with_its_place,
    who_may_not_take_lists_out_may_not_rehearse,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
