"""Stories of a law that the office puts into its own folder: a made-up vaccine, from files alone.

月熱 (a fever that nobody has) joins the programme: its component, product, reason, period, series, the row of its
papers, its 予診票 and a question of its own. No program changes; the office copies rules/jp into DIR/rules and adds
rows. Every day is counted by hand on a calendar.
SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import json
import os
import shutil
import subprocess
import sys

from town import same, tell

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules", "jp")

# One dose from the first birthday to the second, from 2026 on. Too late is held here, not returned.
MOON = {
    "format": "schedule-rules/1", "name": "月熱", "class": "A", "law": ["物語のための法"],
    "groups": [{
        "group": "MOON", "name": "月熱", "in_force": ["2026-01-01", None], "products": ["MOONVAX"], "programme": "2026-01-01",
        "window": {"rows": [{"first": "birth+12m", "last": "birth+24m", "law": "物語のための法1条"}],
                   "reasons": {"after": "MOON_LATE"}},
        "series": [{"id": "1", "doses": [{"position": "1", "standard": ["birth+12m", "birth+15m"], "law": "物語のための法2条"}]}]}]}

PRODUCT = {"cvx": [], "kind": "inactivated", "name": "沈降月熱ワクチン", "brands": ["ツキノワ注"], "components": ["moon"], "label": "月熱",
           "volume": [{"below": 1, "ml": "0.2"}, {"ml": "0.3"}], "route": "筋肉内"}

WORDS = {"series": "MOON", "name": "月熱", "disease": "月熱", "mark": "MO", "hatch": "waves", "lightness": 90, "form": "moon",
         "positions": [["1", "第6期"]], "extra": ["moon"], "head": "", "products": ["MOONVAX"]}


def edited(path, change):
    with open(path, encoding="utf-8") as f:
        content = json.load(f)
    change(content)
    with open(path, "w", encoding="utf-8") as f:
        json.dump(content, f, ensure_ascii=False)


def tables(claim):
    def add(common):
        common["components"]["moon"] = "月熱"
        common["products"]["MOONVAX"] = dict(PRODUCT)
        common["reasons"]["MOON_LATE"] = {"label": "月熱の期間超過", "claim": claim, "text": "月熱の対象となる期間を過ぎてからの接種です。"}
        common["periods"]["6"] = ["MOON"]
    return add


def vaccines(content):
    content["vaccines"].append(dict(WORDS))


def screening(content):
    form = json.loads(json.dumps(next(f for f in content["forms"] if f["form"] == "infant")))
    form["form"] = "moon"
    form["questions"][0]["text"] = "月熱ワクチンの説明書を読みましたか"
    content["forms"].append(form)
    content["extra"].append({"id": "moon", "text": "月を見て熱が出たことがありますか"})


def letters(content):
    content["explain"].insert(0, {"class": "MOON", "title": "月熱", "text": "月熱は、物語の中だけの病気です。"})


def puts_moon_into_force(town, claim="hold"):
    """DIR/rules: the law of today and the made-up vaccine."""
    folder = os.path.join(town.data, "rules")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("vectors", "meson.build"))
    with open(os.path.join(folder, "moon.json"), "w", encoding="utf-8") as f:
        json.dump(MOON, f, ensure_ascii=False)
    edited(os.path.join(folder, "_common.json"), tables(claim))
    for name, change in (("vaccines", vaccines), ("screening", screening), ("letters", letters)):
        edited(os.path.join(folder, "papers", name + ".json"), change)
    return folder


def children(town):
    town.moves_in("月子", "2025-07-10", sex=2, kana="ツキコ", house=1)  # one on 9 July 2026, two on 9 July 2027
    town.moves_in("遅太", "2024-09-10", sex=1, kana="オソタ", house=2)  # two on 9 September 2026
    town.night()


def a_vaccine_goes_from_files_alone_to_the_letter_and_the_money(town):
    children(town)
    before = town.show("月子")
    same([s for s in before["series"] if s["series"] == "MOON"], [], "nobody knows of it yet")
    puts_moon_into_force(town)

    due = [row for row in town.table("due", "--vaccine", "MOON") if row["宛名番号"] == town.number("月子")]
    same(len(due), 1, "due")
    same((due[0]["series"], due[0]["earliest"], due[0]["last"]), ("MOON", "2026-07-09", "2027-07-09"), due)

    out = os.path.join(town.folder, "letters")
    done = town.run("ledger", "notices", "--out", out, "--vaccine", "MOON")
    same(done.returncode, 0, done.stderr)
    pdf = glob.glob(os.path.join(out, "papers-N*.pdf"))
    text = subprocess.run(["pdftotext", "-layout", pdf[0], "-"], capture_output=True, text=True, check=True).stdout
    bare = "".join(text.split())
    for words in ("月子", "第6期", "月熱は、物語の中だけの病気です。", "月熱ワクチンの説明書を読みましたか",
                  "月を見て熱が出たことがありますか", "沈降月熱ワクチン", "0.3mL", "筋肉内"):
        assert words in bare, f"not printed: {words} in {bare}"
    assert "0.2mL" not in bare, "the volume of babies"
    assert "遅太" not in bare, "too old"

    taken = town.submits([town.sheet("月子", "ツキノワ注", "2026-09-20", "6期", 接種量="0.5"),
                          town.sheet("遅太", "MOONVAX", "2026-09-25", "６期1回目", 接種量="0.3")])
    same((taken[0]["outcome"], taken[0]["dose_status"], taken[0]["code"]), ("accepted_with_warning", "valid", "W201"), taken[0])
    same((taken[1]["outcome"], taken[1]["dose_status"], taken[1]["code"]), ("accepted_with_warning", "invalid", "W301"), taken[1])
    same(town.series("月子", "MOON")["series_status"], "complete", "done")
    same([s for s in town.table("due", "--vaccine", "MOON") if s["宛名番号"] == town.number("月子")], [], "not asked for again")
    held = "2"  # CLAIM_HELD
    same(town.sql("SELECT state FROM claim ORDER BY claim_id"), [("1",), (held,)], "the claim waits, as the rule says")
    shown = town.run("ledger", "show", town.number("遅太")).stdout
    assert "月熱の期間超過" in shown, shown

    # The dose again under another number: one component, so it is the same dose.
    again = town.submits([town.sheet("月子", "沈降月熱ワクチン", "2026-09-20", "6期")], month="202611")[0]
    same(again["outcome"], "duplicate", again)


def the_claim_does_what_the_reason_says(town):
    children(town)
    puts_moon_into_force(town, claim="return")
    row = town.submits([town.sheet("遅太", "MOONVAX", "2026-09-25", "6期")])[0]
    same((row["dose_status"], row["code"]), ("invalid", "W301 R155"), row)
    same(town.sql("SELECT state FROM claim"), [("3",)], "returned")


def the_ledger_remembers_which_rules_judged_since_when(town):
    children(town)
    town.submits([town.sheet("月子", "MR", "2026-09-20", "1期")])
    built_in = town.show("月子")["rules"]
    puts_moon_into_force(town)
    town.submits([town.sheet("月子", "MOONVAX", "2026-09-21", "6期")], month="202611")
    town.submits([town.sheet("月子", "VAR", "2026-09-22", "1")], month="202612")
    amended = town.show("月子")["rules"]
    assert amended != built_in, amended
    same([row[0] for row in town.sql("SELECT version FROM rule_use ORDER BY from_act")], [built_in, amended], "each once")
    assert "規則が" not in town.run("upgrade").stdout, "these have judged already"

    # Without the folder the built-in rules judge again; the dose stays, though nobody knows its product now.
    shutil.rmtree(os.path.join(town.data, "rules"))
    shown = town.show("月子")
    same(shown["rules"], built_in, "built in")
    said = town.run("upgrade").stdout  # what a new program's rules change is told by file
    assert f"規則が変わりました ({amended} → {built_in})" in said and "_common.json" in said and "(なくなった)" in said, said
    assert "hpv.json" not in said, said
    assert "MOONVAX" in [dose["product"] for dose in shown["doses"]], shown["doses"]


def both_rule_sets_can_be_compared_before_letters_go(town):
    children(town)
    folder = puts_moon_into_force(town)
    done = town.run("schedule", "diff", "built-in", "office")
    same(done.returncode, 0, done.stderr)
    assert "MOON 月熱 は旧の規則にありません" in done.stderr, done.stderr
    done = town.run("schedule", "diff", "office", folder)
    assert "答えが変わる住民 0人" in done.stderr, done.stderr


FAULTS = [
    ("_common.json", lambda c: c["products"]["MOONVAX"].pop("components"), "_common.json: products.MOONVAX.components: P3"),
    ("_common.json", lambda c: c["products"]["MOONVAX"].update(components=["sun"]), "_common.json: products.MOONVAX.components[0]: P3"),
    ("_common.json", lambda c: c["products"]["MOONVAX"].update(volume="0.3mL"), "_common.json: products.MOONVAX.volume: P4"),
    ("_common.json", lambda c: c["reasons"]["MOON_LATE"].pop("claim"), "_common.json: reasons.MOON_LATE.claim: R2"),
    ("_common.json", lambda c: c["periods"].update({"6": ["SUN"]}), "_common.json: periods.6[0]: G3"),
    ("_common.json", lambda c: c["products"].pop("MOONVAX"), "moon.json: groups[0].products[0]: P1"),
    ("papers/vaccines.json", lambda c: c["vaccines"][-1].update(series="SUN"), "vaccines.json「SUN」"),
    ("papers/vaccines.json", lambda c: c["vaccines"][-1].update(products=["MR"]), "vaccines.json「MR」"),
    ("papers/vaccines.json", lambda c: c["vaccines"][-1].update(hatch="stars"), "vaccines.json「stars」"),
    ("papers/screening.json", lambda c: c["forms"].pop(), "vaccines.json「moon」"),
]


def what_cannot_be_right_is_refused_before_anything_is_judged(town):
    children(town)
    for name, fault, words in FAULTS:
        path = os.path.join(puts_moon_into_force(town), name)
        edited(path, fault)
        done = town.run("ledger", "due")
        same(done.returncode, 2, f"{words}: {done.stderr}")
        same(done.stdout, "", words)
        assert words in done.stderr, f"{words}: {done.stderr}"
    puts_moon_into_force(town)
    same(town.run("ledger", "due").returncode, 0, "whole again")


def its_author_tries_the_folder_before_anybody_is_judged_by_it(town):
    puts_moon_into_force(town)
    folder, vectors = os.path.join(town.data, "rules"), os.path.join(town.folder, "moon-vectors.json")

    def checks(*rules):
        return subprocess.run([town.sesshu, "schedule", "check", vectors, *rules], capture_output=True, text=True, timeout=60)

    with open(vectors, "w", encoding="utf-8") as f:
        json.dump({"format": "jp-imm-vectors/1", "vectors": [
            {"id": "M-01", "title": "月熱を1歳の誕生日に", "rule": "物語のための法1条", "series": "MOON", "birth_date": "2025-05-10", "sex": "F",
             "facts": {}, "history": [{"product": "MOONVAX", "date": "2026-05-10"}], "assessment_date": "2026-06-01",
             "expect": {"doses": [{"i": 0, "position": "1", "status": "valid", "reasons": []}], "series_status": "complete", "next": None}}]},
            f, ensure_ascii=False)
    built_in = checks()
    same(built_in.returncode, 2, "this program's own rules know no such fever: " + built_in.stdout)
    tried = checks("--rules", folder)
    same(tried.stdout, "1 passed, 0 failed\n", tried.stdout + tried.stderr)

    # A kind that nobody declared would stand outside every interval between vaccines.
    edited(os.path.join(folder, "_common.json"), lambda common: common["products"]["MOONVAX"].update(kind="live"))
    refused = checks("--rules", folder)
    same(refused.returncode, 2, refused.stdout)
    same(refused.stderr.count("製品の種別「live」は kinds にありません。"), 1, "said once: " + refused.stderr)
    assert "P6 製品の種別「live」は" in refused.stderr, refused.stderr
    puts_moon_into_force(town)


def another_city_needs_its_data_directory_only(town):
    # 久留米市 has no wards; its codes are not among those built in.
    away = {"市区町村コード": "402036", "郵便番号": "8300012", "住所": "福岡県久留米市水分町1番1号", "町丁目": "水分町", "番地": "1"}
    town.moves_in("水江", "2025-01-10", sex=2, kana="ミズエ", house=1, **away)
    town.night()

    def remark(folder, as_of):
        out = os.path.join(town.folder, folder)
        done = town.run("ledger", "notices", "--out", out, "--vaccine", "MR1", as_of=as_of)
        same(done.returncode, 0, done.stderr)
        with open(glob.glob(os.path.join(out, "dispatch-N*.csv"))[0], encoding="utf-8", newline="") as f:
            return next(csv.DictReader(f))["備考"]

    with open(os.path.join(town.data, "city-postal.csv"), "w", encoding="utf-8") as f:
        f.write("postal_code,municipality_code,ward,town\n8300017,402036,久留米市,日吉町\n8300012,402036,久留米市,水分町\n")
    assert "なし" not in remark("with", "2026-10-01"), "a barcode"

    with open(os.path.join(town.data, "city-postal.csv"), "a", encoding="utf-8") as f:
        f.write("83000,402036,久留米市,東町\n")
    done = town.run("ledger", "notices", "--out", os.path.join(town.folder, "wrong"), "--vaccine", "VAR")
    same(done.returncode, 2, done.stderr)
    assert "4行" in done.stderr and "83000" in done.stderr, done.stderr

    os.remove(os.path.join(town.data, "city-postal.csv"))
    town.moves_in("水太", "2025-01-11", sex=1, kana="ミズタ", house=2, **away)
    town.night()
    assert "ﾊﾞｰｺｰﾄﾞなし" in remark("without", "2026-10-02"), "no codes, no barcode"


STORIES = [
    another_city_needs_its_data_directory_only,
    a_vaccine_goes_from_files_alone_to_the_letter_and_the_money,
    the_claim_does_what_the_reason_says,
    the_ledger_remembers_which_rules_judged_since_when,
    both_rule_sets_can_be_compared_before_letters_go,
    what_cannot_be_right_is_refused_before_anything_is_judged,
    its_author_tries_the_folder_before_anybody_is_judged_by_it,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
