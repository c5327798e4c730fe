"""The screens in a real browser: makes a town, opens its desks, and lets look.mjs walk through them.

    screens.py SESSHU [--keep FOLDER [all]]     FOLDER: a picture of every page; all: also as other windows show it

Skipped (77) where Chromium, node or the modules of package-lock.json are not there: `make setup` installs them.
SPDX-License-Identifier: Apache-2.0
"""
import os
import pathlib
import sys

from desks import LIFE, passwords_given, walked
from exchange import Exchange, Numbers
from town import FEED, Town, csv_text  # noqa: I001 (desks says where the stories are)

TODAY = "2026-11-24"


def town_made(sesshu):
    town = Town(sesshu, practice=True)
    town.today = TODAY
    town.moves_in("ひなた", birth="2021-12-20", sex=2, 氏名="葛󠄀城　ひなた", 氏名カナ="カツラギ　ヒナタ", 住所="福岡県北九州市戸畑区天神一丁目5番12号")
    town.moves_in("日向", birth="2021-12-20", family="", 氏名="葛木　日向", 氏名カナ="カツラギ　ヒュウガ", house=2)
    town.moves_in("陽向", birth="2021-12-02", family="", 氏名="桂木　陽向", 氏名カナ="カツラギ　ヒナタ", house=3)
    town.moves_in("<script>alert(1)</script>", birth="2022-03-03", family="", 氏名="<script>alert(1)</script>", 氏名カナ="ミホン　スクリプト", house=4)
    town.night()
    kinds = {"2022-10-29": "1", "2023-02-04": "3"}
    sheets = [town.sheet("ひなた", vaccine, day, claimed, 接種区分=kinds.get(day, "1"), ロット番号=f"A{n:03d}B") for n, (vaccine, day, claimed) in enumerate(LIFE)]
    town.today = "2026-11-10"  # what was recorded on two days
    town.submits(sheets[:17])
    town.today = TODAY
    town.submits(sheets[17:])
    nearly = {"整理番号": "", "氏名": "葛城　日向", "氏名カナ": "カツラギ　ヒナタ", "生年月日": "2021-12-20", "性別": "", "住所": "戸畑区天神1-5-12"}
    town.submits([town.sheet("日向", "おたふくかぜ", day, **nearly) for day in ("2026-10-06", "2026-10-07", "2026-10-08")])
    town.letters("PCV", "JE1", "DPTIPV")
    for duty in ("read", "enter", "approve"):
        town.run("grant", "taro", duty)
        town.run("addressee", "grant", "taro", duty)
    register_moves(town)
    passwords_given(town, *((program, name) for program in ("ledger", "addressee") for name in ("hanako", "taro")))
    return town


def register_moves(town):
    """What the screens of 宛名管理 show: a child that moves and is corrected, a protected one, a refused row, a file that is held."""
    town.moves_in("うつる", birth="2019-05-06", sex=1, kana="ウツル", house=5)
    town.moves_in("はは", birth="1990-04-11", sex=2, kana="ハハ", house=5, 続柄="妻")
    town.moves_in("かくれ", birth="2020-06-01", kana="カクレ", protected=True, house=9)
    town.night()
    town.happens("うつる", 32, "2026-11-20", 町丁目="黒崎三丁目", 市区町村コード="401099", 住所="福岡県北九州市八幡西区黒崎三丁目2番8号")
    town.night()
    town.happens("はは", 99, "2026-11-01")
    town.arrives(status=1)
    town.happens("うつる", 75, "2026-11-23", 氏名カナ="ミホン　ウツール")
    town.night()
    half = [{"更新連番": n + 1, **{item: row.get(item, "") for item in FEED if item != "更新連番"}} for n, row in enumerate(list(town.people.values())[:3])]
    path = os.path.join(town.folder, "JUKI_401005_ALL_20261124230000_006.csv")
    pathlib.Path(path).write_bytes(csv_text(FEED, half).encode())
    assert town.run("addressee", "import", path).returncode == 1, "a file without half of the city is held"


sesshu, pictures = sys.argv[1], sys.argv[3:] if sys.argv[2:3] == ["--keep"] else []
sys.exit(walked(lambda: town_made(sesshu), "look.mjs", ("ledger", "addressee"), *pictures,
                beside=(lambda: Exchange(sesshu, TODAY), lambda: Numbers(sesshu, TODAY))))
