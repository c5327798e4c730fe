"""A whole synthetic city through the real programs: is every sheet linked to the person it really is?

    intake_truth.py SESSHU [RESIDENTS [SEED]]

The city's truth.csv knows whose each row of the month is. Asked (immunization.md 6.2): no wrong link at
all, and of the rows that a careful person would link at a glance 97 % linked without one. A link is an
outcome that stores or recognises a dose: accepted, accepted_with_warning, duplicate.
SPDX-License-Identifier: Apache-2.0
"""
import collections
import csv
import glob
import os
import shutil
import subprocess
import sys
import tempfile

AS_OF = "2026-10-31"
LINKED = ("accepted", "accepted_with_warning", "duplicate")
GLANCE_LEAST = 0.97


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


class Office:
    def __init__(self, sesshu, folder):
        self.sesshu, self.city, self.data = sesshu, os.path.join(folder, "city"), os.path.join(folder, "data")

    def run(self, *words, allowed=(0,)):
        command = [self.sesshu, *words, "--as-of", AS_OF, "--operator", "hanako"]
        if words[0] != "city":
            command += ["--data", self.data]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)
        assert done.returncode in allowed, f"{' '.join(words[:3])}: {done.returncode}\n{done.stderr}"

    def files(self, pattern):
        return sorted(glob.glob(os.path.join(self.city, pattern)))

    def open(self, residents, seed):
        self.run("city", "--residents", str(residents), "--seed", str(seed), "--out", self.city)
        self.run("init")
        self.run("addressee", "import", *self.files("JUKI_*.csv"))
        self.run("ledger", "sync")
        self.run("ledger", "clinics", *self.files("CLINIC_*.csv"))

    def takes_in(self, path):
        outcome = os.path.join(self.data, os.path.basename(path) + ".outcome")
        self.run("ledger", "intake", path, "--outcome", outcome, allowed=(0, 1))
        return rows_of(outcome)


def history_is_whole(office, month):
    """Old doses name their person rightly: none may be lost, none may land with somebody else."""
    count = collections.Counter()
    for path in office.files("YOSHIN_*.csv"):
        if os.path.basename(path).startswith(month):
            continue
        sheets, outcomes = rows_of(path), office.takes_in(path)
        assert len(sheets) == len(outcomes), f"{path}: {len(sheets)} rows, {len(outcomes)} outcomes"
        for sheet, outcome in zip(sheets, outcomes):
            count[outcome["outcome"]] += 1
            count["warning " + outcome["code"]] += outcome["outcome"] == "accepted_with_warning"
            count["review " + outcome["code"]] += outcome["outcome"] == "review"
            if outcome["outcome"] in LINKED and outcome["宛名番号"] != sheet["整理番号"]:
                count["wrong"] += 1
    return count


def month_of(office, month):
    """Every row of the month with its truth: (kinds, glance, outcome, code, right)."""
    truth = {(row["file"], row["行番号"]): row for row in rows_of(os.path.join(office.city, "truth.csv"))}
    told = []
    for path in office.files(month + "*.csv"):
        name = os.path.basename(path)
        for outcome in office.takes_in(path):
            real = truth.pop((name, outcome["行番号"]))
            linked = outcome["outcome"] in LINKED
            wrong = linked and outcome["宛名番号"] != real["宛名番号"]
            told.append((real["kinds"] or "誤りなし", real["glance"] == "1", outcome["outcome"], outcome["code"],
                         linked, wrong, name + " " + outcome["行番号"]))
    assert not truth, f"{len(truth)} rows without an outcome: {list(truth)[:3]}"
    return told


def print_kinds(told):
    table = collections.defaultdict(collections.Counter)
    for kinds, _, outcome, code, _, _, _ in told:
        table[kinds][f"{outcome} {code}".strip()] += 1
    for kinds, outcomes in sorted(table.items(), key=lambda item: -sum(item[1].values())):
        print(f"  {kinds}: " + ", ".join(f"{what} {n}" for what, n in outcomes.most_common()))


def main():
    sesshu, residents = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261031
    folder = tempfile.mkdtemp(prefix="sesshu-truth.")
    office, month = Office(sesshu, folder), "YOSHIN_" + AS_OF[:7].replace("-", "") + "_"
    try:
        office.open(residents, seed)
        history = history_is_whole(office, month)
        told = month_of(office, month)
    finally:
        shutil.rmtree(folder)

    glance = [row for row in told if row[1]]
    missed = [row for row in glance if not row[4]]
    wrong = [row for row in told if row[5]]
    share = 1 - len(missed) / len(glance)
    print(f"history: {dict(history)}")
    print(f"month: {len(told)} rows, {len(glance)} to be linked at a glance")
    print_kinds(told)
    for row in missed[:20]:
        print(f"  not linked: {row[0]} {row[2]} {row[3]} {row[6]}")
    for row in wrong[:20]:
        print(f"  WRONG: {row[0]} {row[2]} {row[6]}")
    print(f"wrong links {history['wrong'] + len(wrong)}, linked at a glance {share:.2%}")
    return 1 if wrong or history["wrong"] or share < GLANCE_LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
