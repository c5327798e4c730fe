"""The screens in a real browser: makes a town, opens its desk, and lets look.mjs walk through it.

    screens.py SESSHU [--keep FOLDER [all]]     FOLDER: a picture of every page; all: also as other windows show it

Skipped (77) where Chromium, node or the modules of package-lock.json are not there: `make setup` installs them.
SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "stories"))
from town import Town  # noqa: E402

PASSWORD = "correct horse battery"
TODAY = "2026-11-24"
SKIPPED = 77


def missing():
    if not shutil.which("node"):
        return "node"
    if not shutil.which("chromium"):
        return "chromium"
    if not (HERE / "node_modules/playwright-core").is_dir():
        return "tests/browser/node_modules"
    return None


# A life as a clerk meets it: complete series, one dose too early, a booster whose time runs out, a record of another city.
LIFE = [
    ("ロタリックス", "2022-02-21", "1"), ("ロタリックス", "2022-03-28", "2"),
    ("ビームゲン", "2022-02-21", "1"), ("ビームゲン", "2022-03-28", "2"), ("ビームゲン", "2022-08-06", "3"),
    ("アクトヒブ", "2022-02-21", "1"), ("アクトヒブ", "2022-03-28", "2"), ("アクトヒブ", "2022-04-25", "3"), ("アクトヒブ", "2023-03-04", "追加"),
    ("プレベナー13", "2022-02-21", "1"), ("プレベナー13", "2022-03-28", "2"), ("プレベナー13", "2022-04-25", "3"),
    ("クアトロバック", "2022-03-28", "1"), ("クアトロバック", "2022-04-25", "2"), ("クアトロバック", "2022-05-23", "3"), ("クアトロバック", "2023-06-17", "追加"),
    ("BCG", "2022-06-13", "1"),
    ("MR", "2022-10-29", "1"), ("MR", "2023-02-04", "1"),
    ("水痘", "2023-02-04", "1"),
    ("ジェービックV", "2025-01-18", "1"), ("ジェービックV", "2025-02-15", "2"),
]


def town_made(sesshu):
    town = Town(sesshu, practice=True)
    town.today = TODAY
    town.moves_in("ひなた", birth="2021-12-20", sex=2, 氏名="葛󠄀城　ひなた", 氏名カナ="カツラギ　ヒナタ", 住所="福岡県北九州市戸畑区天神一丁目5番12号")
    town.moves_in("日向", birth="2021-12-20", family="", 氏名="葛木　日向", 氏名カナ="カツラギ　ヒュウガ", house=2)
    town.moves_in("陽向", birth="2021-12-02", family="", 氏名="桂木　陽向", 氏名カナ="カツラギ　ヒナタ", house=3)
    town.moves_in("<script>alert(1)</script>", birth="2022-03-03", family="", 氏名="<script>alert(1)</script>", 氏名カナ="ミホン　スクリプト", house=4)
    town.night()
    kinds = {"2022-10-29": "1", "2023-02-04": "3"}
    town.submits([town.sheet("ひなた", vaccine, day, claimed, 接種区分=kinds.get(day, "1"), ロット番号=f"A{n:03d}B") for n, (vaccine, day, claimed) in enumerate(LIFE)])
    nearly = {"整理番号": "", "氏名": "葛城　日向", "氏名カナ": "カツラギ　ヒナタ", "生年月日": "2021-12-20", "性別": "", "住所": "戸畑区天神1-5-12"}
    town.submits([town.sheet("日向", "おたふくかぜ", day, **nearly) for day in ("2026-10-06", "2026-10-07", "2026-10-08")])
    for duty in ("read", "enter", "approve"):
        town.run("grant", "taro", duty)
    for name in ("hanako", "taro"):
        given = subprocess.run([sesshu, "ledger", "password", name, "--data", town.data, "--operator", "hanako"], input=PASSWORD + "\n",
                               capture_output=True, text=True)
        assert given.returncode == 0, given.stderr
    return town


def main(sesshu, pictures):
    lacks = missing()
    if lacks:
        print(f"skipped: {lacks} is not there (make setup)")
        return SKIPPED
    town = town_made(sesshu)
    desk = subprocess.Popen([sesshu, "ledger", "desk", "--port", "0", "--data", town.data, "--as-of", TODAY, "--operator", "hanako"],
                            stdout=subprocess.PIPE, text=True)
    try:
        base = desk.stdout.readline().strip()
        command = ["node", str(HERE / "look.mjs"), base, "hanako", PASSWORD, shutil.which("chromium"), *pictures]
        return subprocess.run(command, timeout=240, env={**os.environ, "HOME": town.folder}).returncode
    finally:
        desk.terminate()
        desk.wait()
        town.close()


sys.exit(main(sys.argv[1], sys.argv[3:] if sys.argv[2:3] == ["--keep"] else []))
