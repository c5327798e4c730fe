#!/usr/bin/env python3
"""The examples of docs/ja/files.md are taken in as they stand: whoever copies them sends a right file.

    sender_page.py SESSHU PAGE
"""
# SPDX-License-Identifier: Apache-2.0
import os
import re
import sys

import town
from town import same

with open(sys.argv[2], encoding="utf-8") as page:
    EXAMPLES = re.findall(r"^```text\n(.*?)^```$", page.read(), re.M | re.S)
NAMES = ["JUKI_402206_ALL_20261102230000_001.csv", "CLINIC_20261101.csv", "YOSHIN_202610_4010198762_001.csv", "facts.csv", "foreign.csv", "inquiries.csv"]
ORDER = [0, 2, 1, 3, 4, 5]  # where each stands on the page
COMMANDS = ["addressee import", "ledger clinics", "ledger intake", "ledger facts", "ledger foreign", "ledger inquiry-file take"]


def takes(t, name, *words):
    done = t.run(*words, os.path.join(t.folder, name))
    same((done.returncode, "受付不可 0" in done.stderr or "返戻 0" in done.stderr or "受け付けない行 0" in done.stderr), (0, True),
         name + done.stdout + done.stderr)
    return done


def written(t):
    same(len(EXAMPLES), len(NAMES), "examples on the page")
    t.today = "2026-11-05"
    for name, place in zip(NAMES, ORDER):
        with open(os.path.join(t.folder, name), "w", encoding="utf-8") as f:
            f.write(EXAMPLES[place])


def every_other_command_says_which_one_takes_it(t):
    written(t)
    for name, right in zip(NAMES, COMMANDS):
        path = os.path.join(t.folder, name)
        for wrong in set(COMMANDS[:5]) - {right}:  # the sixth needs a system more
            done = t.run(*wrong.split(), path)
            same((done.returncode, f"取り込むコマンドは sesshu {right} です。" in done.stderr), (2, True), f"{wrong} {name}: " + done.stderr)
        done = t.run("staff", "import", path, "--reason", "異動")
        same((done.returncode, done.stderr.count(f"取り込むコマンドは sesshu {right} です。")), (2, 2), "as a roster: " + done.stderr)
    least = os.path.join(t.folder, NAMES[5])
    with open(least, "w", encoding="utf-8") as f:
        f.write("宛名番号,生年月日,手続\n410000000000001,2025-05-10,P1\n")
    assert f"取り込むコマンドは sesshu {COMMANDS[5]} です。" in t.run("ledger", "facts", least).stderr, "without what may be left away"
    roster = os.path.join(t.folder, NAMES[1])
    with open(roster, "w", encoding="utf-8") as f:
        f.write("氏名,所属,職務,開始日,終了日\n太郎,健康課,閲覧,2026-04-01,2027-03-31\n")
    assert "取り込むコマンドは sesshu staff import です。" in t.run("ledger", "clinics", roster).stderr


def every_example_of_the_page_is_taken_in(t):
    """But for the one that goes to other cities: family_moves tells of it."""
    written(t)
    takes(t, NAMES[0], "addressee", "import")
    same(t.run("ledger", "sync").returncode, 0, "sync")
    takes(t, NAMES[1], "ledger", "clinics")
    taken = takes(t, NAMES[2], "ledger", "intake")
    assert "登録 2 登録(要注意) 0 要確認 0" in taken.stderr, taken.stderr
    takes(t, NAMES[3], "ledger", "facts")
    takes(t, NAMES[4], "ledger", "foreign")
    same([f for f in os.listdir(os.path.join(t.data, "errors"))] if os.path.isdir(os.path.join(t.data, "errors")) else [], [], "no list of errors")


if __name__ == "__main__":
    sys.exit(town.tell([every_other_command_says_which_one_takes_it, every_example_of_the_page_is_taken_in], sys.argv[1]))
