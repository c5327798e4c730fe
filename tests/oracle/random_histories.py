#!/usr/bin/env python3
"""Random histories through the engine and through the plain reading of the rules (plain_rules.py): one answer.

    random_histories.py SESSHU-SCHEDULE RULES [SEED [COUNT]]

Days fall where rules turn: on ages, law days, gaps and school years, and a day beside them. A history on which the two
differ is printed whole, with both answers. Either may be wrong: the page (docs/rule-language.md) says which.
SPDX-License-Identifier: Apache-2.0
"""
import json
import random
import re
import subprocess
import sys
import tempfile

import plain_rules
from plain_rules import day, months_on, text

BORN = {  # years of birth in which the rules of a group turn
    "BCG": (1999, 2026), "ROTA": (2020, 2026), "HEPB": (2015, 2026), "HIB": (2007, 2026), "PCV": (2007, 2026), "DPTIPV": (2003, 2026),
    "IPV": (2002, 2026), "MR1": (1999, 2026), "MR2": (1999, 2021), "MR3": (1994, 2001), "MR4": (1989, 1996), "RUB5": (1961, 1980),
    "VAR": (2008, 2026), "JE1": (1989, 2026), "JE2": (1988, 2016), "HPV": (1995, 2016), "DT2": (1995, 2016), "EPN": (1910, 1966),
    "HZ": (1920, 1972), "INF": (1930, 1968), "COVID": (1930, 1968), "RSVM": (1985, 2006)}
AGES = [1, 2, 3, 5, 6, 7, 8, 9, 12, 15, 24, 36, 48, 60, 72, 90] + [12 * y for y in (9, 10, 11, 12, 13, 14, 15, 16, 18, 20)]
OLD = [12 * y for y in (60, 61, 65, 66, 70, 75, 80, 85, 90, 95, 100, 101)]
GAPS = [0, 1, 6, 7, 20, 21, 27, 28, 41, 42, 55, 56, 60, 61, 75, 76, 77, 84, 138, 139, 140, 365]
FLAGS = ("had_varicella", "had_measles", "had_rubella", "hbig_perinatal", "physician_20day", "immunocompromised")
LAST = day("2031-12-31")


class Maker:
    def __init__(self, rules, seed):
        self.rules, self.random = rules, random.Random(seed)
        self.all_products = sorted(rules.common["products"])

    def near(self, number):
        return number + self.random.choice((-1, 0, 0, 0, 1))

    def turning_days(self, series, birth):
        laws = [day(found) for found in re.findall(r"\d{4}-\d\d-\d\d", json.dumps(self.rules.groups[series]))]
        ages = [months_on(birth, months, "attain") for months in AGES + (OLD if series in ("EPN", "HZ", "INF", "COVID") else [])]
        weeks = [birth + 7 * weeks for weeks in (0, 6, 24, 32)] + [birth + 104]
        years = [day(f"{year}-04-01") for year in range(int(text(birth)[:4]) + 6, min(int(text(birth)[:4]) + 105, 2031))]
        return [d for d in laws + ages + weeks + self.random.sample(years, min(len(years), 8)) if birth <= d <= LAST]

    def span(self, series, days):
        began = self.near(self.random.choice(days))
        span = {"series": series, "began": text(began)}
        if self.random.random() < 0.93:
            span["ended"] = text(began + self.random.choice((0, 1, 30, 200, 400, 900)))
        return span

    def span_days(self, facts):
        """On which a circumstance and what it opens begin and end."""
        found = []
        for span in facts.get("special_circumstances", []):
            ended = day(span.get("ended", span["began"]))
            found += [day(span["began"]), ended, ended - 1, ended + 40] + [months_on(ended, months, "attain") for months in (12, 24)]
        return found

    def facts(self, series, days):
        pick, facts = self.random, {}
        for flag in FLAGS:
            if pick.random() < 0.08:
                facts[flag] = pick.random() < 0.9
        if pick.random() < 0.3:
            facts["mr_shortage_r6"] = True
        if series == "JE2" and pick.random() < 0.4:
            facts["je1_doses"] = pick.randint(0, 4)
        if series == "RSVM" and pick.random() < 0.9:
            facts["edd"] = text(day("2026-04-01") + pick.randint(-60, 500))
        if series in ("EPN", "HZ", "INF", "COVID") and pick.random() < 0.3:
            facts["disability_60_64"] = pick.sample(["HEART", "KIDNEY", "RESPIRATORY", "HIV"], pick.randint(1, 2))
        if series == "RUB5" and pick.random() < 0.9:
            facts["rubella_low_antibody_date"] = text(self.near(pick.choice([d for d in days if d > day("2018-01-01")] or days)))
        if pick.random() < 0.45:
            facts["special_circumstances"] = [self.span(series if pick.random() < 0.9 else "MR1", days) for _ in range(pick.randint(1, 2))]
        return facts

    def history(self, series, birth, days):
        pick, own, doses = self.random, self.rules.products_of(self.rules.groups[series]), []
        given = self.near(pick.choice(days))
        favourite = pick.choice(own)
        for _ in range(pick.choice((0, 0, 1, 1, 2, 2, 3, 3, 4, 5))):
            product = favourite if pick.random() < 0.6 else pick.choice(own if pick.random() < 0.7 else self.all_products)
            dose = {"product": product, "date": text(max(given, birth))}
            if pick.random() < 0.2:
                dose["funding"] = pick.choice(("voluntary", "insurance"))
            if pick.random() < 0.06:
                dose["override"] = pick.choice(("counts", "does_not_count"))
            doses.append(dose)
            gap = months_on(given, pick.randint(1, 12), "overflow") - given if pick.random() < 0.5 else pick.choice(GAPS)
            given = self.near(given + gap if pick.random() < 0.75 else pick.choice(days))
        return sorted(doses, key=lambda dose: dose["date"])

    def led(self, case, days):
        """Most doses where the next one is asked for, or a day beside: deep into a series. Some of another vaccine."""
        pick, own, doses = self.random, self.rules.products_of(self.rules.groups[case["series"]]), []
        asked = day(pick.choice((case["birth_date"], text(pick.choice(days)))))
        for _ in range(pick.randint(1, 8)):
            coming = plain_rules.answer(self.rules, {**case, "history": doses, "assessment_date": text(asked)})["next"] or {}
            dates = [day(coming[d]) for d in ("earliest", "earliest", "earliest", "standard_from", "standard_to", "last") if coming.get(d)]
            asked = max(self.near(pick.choice(dates or days)), asked)
            product = pick.choice(coming.get("product_constraint", own)) if pick.random() < 0.8 else pick.choice(self.all_products)
            doses.append({"product": product, "date": text(asked)} | ({"funding": "voluntary"} if pick.random() < 0.08 else {}))
        return doses

    def case(self, number):
        pick = self.random
        series = sorted(BORN)[number % len(BORN)]
        first, last = BORN[series]
        birth = min(day(f"{pick.randint(first, last)}-01-01") + pick.randint(0, 364), day("2026-11-30"))
        if pick.random() < 0.2:
            birth = day(f"{text(birth)[:4]}-" + pick.choice(("02-28", "04-01", "04-02", "01-31", "08-31", "12-01")))
        days = self.turning_days(series, birth)
        sex = "F" if series == "RSVM" or (series == "HPV" and pick.random() < 0.9) else "M" if series == "RUB5" and pick.random() < 0.9 else pick.choice("MF")
        case = {"id": f"R-{number:05}", "title": "", "rule": "", "series": series, "birth_date": text(birth), "sex": sex,
                "facts": self.facts(series, days), "assessment_date": text(min(max(birth, self.near(pick.choice(days))), LAST))}
        days += 3 * self.span_days(case["facts"])
        history = case["history"] = self.led(case, days) if pick.random() < 0.5 else self.history(series, birth, days)
        facts = case["facts"]
        if history and pick.random() < 0.06:
            facts["physician_accepts"] = [{"series": series, "dose": pick.randrange(len(history))}]
        asked = day(history[-1]["date"]) + pick.choice((0, 0, 1, 30, 400)) if history and pick.random() < 0.5 else self.near(pick.choice(days))
        case["assessment_date"] = text(max(asked, birth))
        return case


def main(engine, folder, seed="20261129", count="2200"):
    rules = plain_rules.Rules(folder)
    maker = Maker(rules, int(seed))
    cases = [maker.case(number) for number in range(int(count))]
    for case in cases:
        case["expect"] = plain_rules.answer(rules, case)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"format": "jp-imm-vectors/1", "set": "oracle", "vectors": cases}, file, ensure_ascii=False)
        file.flush()
        done = subprocess.run([engine, "check", file.name], capture_output=True, text=True)
    for line in done.stdout.splitlines():
        found = re.match(r"R-(\d{5}) ", line)
        print(json.dumps({k: v for k, v in cases[int(found[1])].items() if k != "expect"}, ensure_ascii=False) if found else line)
    if done.stderr:
        print(done.stderr)
    print(f"seed {seed}: {count} histories")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
