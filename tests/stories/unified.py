#!/usr/bin/env python3
"""Whose Individual Number is which: from the register's file through the addressee program into unified, and found again.

    unified.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server
SPDX-License-Identifier: Apache-2.0
"""
import os
import subprocess
import sys

import town
from town import same, tell

FIRST, SECOND, TARO = "000000123455", "000000987654", "000009722815"
town.FEED.append("個人番号")


def unified(t, *words, status=0, operator="hanako", typed=None):
    command = [t.sesshu, "unified", *words, "--data", t.data, "--as-of", t.today, "--operator", operator]
    command += ["--store", t.server] if t.server else []
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, input=typed)
    same(done.returncode, status, f"{words}: {done.stderr}")
    return done.stdout + done.stderr


def syncs(t, numbered, status=0):
    said = unified(t, "sync", status=status)
    assert f"{numbered} 人に統一識別番号を付けました" in said, said


def finds(t, number, purpose="転入届の確認", status=0):
    return unified(t, "find", "--purpose", purpose, typed=number + "\n", status=status)


def line_of(text, head):
    return next(line.partition(": ")[2] for line in text.splitlines() if line.startswith(head))


def audit(t):
    done = t.run("unified", "audit", "read", "--format", "csv")
    assert done.returncode == 0, done.stderr
    return done.stdout


def a_number_finds_one_person_for_ever_and_stands_nowhere_in_clear(t):
    unified(t, "init")
    hanako = t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.moves_in("太郎", "2019-04-01", kana="タロウ", house=2, protected=True, 個人番号=TARO)
    t.arrives()
    syncs(t, 1)  # nobody is numbered without a number

    t.happens("花子", 11, "2025-05-10", 個人番号=FIRST)  # her number comes in a row that changes nothing else
    t.arrives()
    syncs(t, 1)
    syncs(t, 0)
    said = finds(t, "0000-0012-3455")
    same(line_of(said, "宛名番号"), hanako, "found by her number, as somebody types it")
    one = line_of(said, "統一識別番号")
    same(line_of(said, "氏名カナ"), "ミホン　ハナコ", "kept as the register tells it")

    t.happens("花子", 95, "2026-09-30", 個人番号=SECOND)
    t.arrives()
    syncs(t, 0)
    same(line_of(finds(t, SECOND), "統一識別番号"), one, "a new number is the same person's")
    old = finds(t, FIRST)
    assert "旧番号" in old and one in old, old
    assert "浅野" not in finds(t, TARO), "where a protected person lives is not shown"
    assert "登録されていません" in finds(t, "000000000019", status=1)

    # Without a purpose, and for whoever has no right, nothing is looked up.
    unified(t, "find", typed=FIRST + "\n", status=2)
    unified(t, "find", "--purpose", "知りたい", typed=FIRST + "\n", status=2, operator="jiro")

    # The same number comes under another addressee number and another kana: a person decides.
    t.happens("花子", 91, "2026-10-01", 住民状態=9, 住民でなくなった日="2026-10-01")
    t.moves_in("ハンナ", "2025-05-10", sex=2, kana="ハンナ", house=3, protected=True, 個人番号=SECOND)
    t.arrives()
    syncs(t, 0, status=1)
    assert "NUMBER_REVIEW" in unified(t, "work")
    shown = unified(t, "show", "1")
    assert "ハンナ" in shown and "ハナコ" in shown and "********7654" in shown, shown
    assert "浅野" not in shown and "住所 (支援措置" in shown, shown  # as the register says now, not as it stands here
    unified(t, "decide", "1", "--accept", "--reason", "戸籍で確かめた")
    assert "NUMBER_REVIEW" not in unified(t, "work")
    found = finds(t, SECOND)
    same(line_of(found, "統一識別番号"), one, "both addressee numbers are hers")
    assert hanako in found and t.number("ハンナ") in found, found

    # Who looked, and why, stands in the trail; no number does, nor in any file, nor when keys were changed.
    unified(t, "keys", "rotate")
    unified(t, "keys", "reseal")
    unified(t, "keys", "retire")
    same(line_of(finds(t, FIRST), "統一識別番号"), one, "found under the newest key")
    trail = audit(t)
    assert '"numbers 転入届の確認"' in trail and '"find --purpose 知りたい","refused"' in trail, trail
    done = t.run("unified", "audit", "verify")
    same(done.returncode, 0, done.stdout + done.stderr)
    for path, _, names in os.walk(t.data):
        for name in names:
            with open(os.path.join(path, name), "rb") as f:
                text = f.read()
            for number in (FIRST, SECOND, TARO):
                assert number.encode() not in text and number not in trail, f"{number} stands in {name}"


STORIES = [a_number_finds_one_person_for_ever_and_stands_nowhere_in_clear]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
