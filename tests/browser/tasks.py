"""A clerk's day, task by task: makes a town with a day's work in it and lets tasks.mjs count the pages and keys that each task takes.

    tasks.py SESSHU

Skipped (77) as screens.py is.
SPDX-License-Identifier: Apache-2.0
"""
import sys

from desks import LIFE, passwords_given, walked
from exchange import Exchange
from town import Town

YESTERDAY, TODAY = "2027-03-07", "2027-03-08"  # three weeks before the last day of MR for who enters school


def town_made(sesshu):
    town = Town(sesshu, practice=True)
    town.today = "2027-02-15"
    town.moves_in("ひなた", birth="2021-12-20", sex=2, family="葛城", kana="ヒナタ")
    town.moves_in("ひかる", birth="2021-12-20", sex=2, family="葛木", kana="ヒカル", house=2)
    town.moves_in("りょう", birth="2020-05-10", kana="リョウ", house=3)
    town.moves_in("さくら", birth="2020-06-10", family="𠮷田", kana="サクラ", house=4)  # a character that fonts may lack
    town.moves_in("とおく", birth="2020-07-10", kana="トオク", house=5, 市区町村コード="401099", 住所="福岡県北九州市八幡西区黒崎三丁目2番8号")
    town.moves_in("のぞみ", birth="2020-08-10", kana="ノゾミ", house=6)
    town.night()
    town.submits([town.sheet("ひなた", vaccine, day, claimed, ロット番号=f"A{n:03d}B") for n, (vaccine, day, claimed) in enumerate(LIFE)] +
                 [town.sheet(name, "MR", "2021-07-20") for name in ("りょう", "さくら", "とおく", "のぞみ")])
    doubted = {"整理番号": "", "氏名": "葛木　ひなた", "氏名カナ": "", "性別": "", "住所": ""}
    town.submits([town.sheet("ひなた", "おたふくかぜ", f"2027-01-{day:02d}", **doubted) for day in range(4, 16)])
    town.today = "2027-03-05"
    town.letters("JE1")
    for duty in ("read", "enter"):
        town.run("grant", "taro", duty)
    town.today = TODAY
    town.happens("のぞみ", 51, YESTERDAY, 住民状態=3, 住民でなくなった日=YESTERDAY)
    town.night()
    town.run("audit", "verify")
    passwords_given(town, ("ledger", "hanako"), ("ledger", "taro"))
    return town


sys.exit(walked(lambda: town_made(sys.argv[1]), "tasks.mjs", ("ledger",), beside=(lambda: Exchange(sys.argv[1], TODAY),)))
