"""The rules as docs/rule-language.md says them, one word after the other: slow, short, and made without a look
at the engine. `answer(case)` is what a vector of that case must expect.

A key that stands in a rule file and not here is an error: nothing is passed over in silence.
SPDX-License-Identifier: Apache-2.0
"""
import calendar
import functools
import json
import pathlib
import re
from datetime import date

NOTES = {"law", "text", "notes", "name", "id", "class", "priority"}
GROUP_KEYS = {"group", "in_force", "products", "serves", "product_last_binds", "listed", "beside", "target", "programme", "window",
              "season", "occasion", "counted", "series", "further", "excess", "checks", "after_invalid", "effects", "one_product",
              "mix", "previous", "decide", "review", "closing", "complete_when", "full_not_finished", "ends", "no_letter", "offer",
              "early_dose_gap", "conflict_floor", "terms", "codes"} | NOTES
DOSE_KEYS = {"position", "first", "last", "lapses", "gap", "skip", "cases", "standard", "not_before", "products", "show",
             "show_days"} | NOTES
SPAN = re.compile(r"([+-])(\d+)([ymwd])")
ACCEPTED = ("valid", "counted")


def day(text):
    return date.fromisoformat(text).toordinal()


def text(number):
    return None if number is None else date.fromordinal(number).isoformat()


def month_days(when, months):
    """Year, month, day that corresponds, and the length of the month that is reached."""
    y, m = divmod(when.year * 12 + when.month - 1 + months, 12)
    return y, m + 1, when.day, calendar.monthrange(y, m + 1)[1]


def months_on(number, months, rule):
    y, m, d, length = month_days(date.fromordinal(number), months)
    if rule == "attain":  # the day before the corresponding one, else the month's last
        return date(y, m, d).toordinal() - 1 if d <= length else date(y, m, length).toordinal()
    return date(y, m, min(d, length)).toordinal() + (d > length)


def rows_of(value, key="term"):
    """A term, a list of terms or of rows: rows."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return [row if isinstance(row, dict) else {key: row} for row in listed]


def within(number, first, last):
    return (first is None or number >= first) and (last is None or number <= last)


def latest(*days):
    return max((d for d in days if d is not None), default=None)


def soonest(*days):
    return min((d for d in days if d is not None), default=None)


class Rules:
    def __init__(self, folder):
        texts = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(pathlib.Path(folder).glob("*.json"))]
        self.common = next(t for t in texts if "groups" not in t)
        self.groups = {}
        for group in (g for t in texts for g in t.get("groups", [])):
            self.groups[group["group"]] = {**self.common["defaults"], **group}
            assert set(group) <= GROUP_KEYS, set(group) - GROUP_KEYS

    def products_of(self, group):
        return [p if isinstance(p, str) else p["product"] for p in group["products"]]

    @functools.cache
    def product_set(self, name):
        """A product, a kind or a set of conflict rows."""
        if name in self.common["sets"]:
            return set().union(*map(self.product_set, self.common["sets"][name]))
        return {p for p, row in self.common["products"].items() if row["kind"] == name} or {name}


class Walk:
    """One group of one person: 7.1 to 7.4 judge, 7.5 and 7.6 forecast."""

    def __init__(self, rules, case):
        self.rules, self.group = rules, rules.groups[case["series"]]
        self.facts, self.sex = case["facts"], case["sex"]
        self.birth, self.as_of = day(case["birth_date"]), day(case["assessment_date"])
        accepts = [a["dose"] for a in self.facts.get("physician_accepts", []) if a["series"] == case["series"]]
        self.entries = [dict(h, i=i, on=day(h["date"]), accepted=i in accepts) for i, h in enumerate(case["history"])]
        self.entries = [e for e in self.entries if e["on"] <= self.as_of and e.get("override") != "does_not_count"]
        self.spans = [(day(s["began"]), day(s["ended"]) if s.get("ended") else None)
                      for s in self.facts.get("special_circumstances", []) if s["series"] == case["series"]]
        self.use, self.on, self.product, self.span, self.series = "judge", self.as_of, None, None, None
        self.placed, self.verdicts, self.listed, self.seen = [], [], [], 0
        self.previous = self.prior = self.lapse_floor = None
        self.target, self.lapsed, self.served, self.beside_taken, self.openings = 0, False, set(), False, []

    # ---- 2 Terms

    def named(self, name):
        for table in ((self.series or {}).get("terms", {}), self.group.get("terms", {}), self.rules.common["terms"]):
            if name in table:
                return table[name]
        raise AssertionError(f"no such name: {name}")

    def anchor(self, base):
        """Its day and its month arithmetic."""
        months = self.rules.common["months"]
        call = re.fullmatch(r"(\w+)\((.*)\)", base)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", base):
            return day(base), "overflow"
        if base.startswith("dose "):
            number = int(base[5:])
            return (self.placed[number - 1]["on"] if number <= len(self.placed) else None), "overflow"
        if call and call[1] in ("max", "min"):
            days = [self.term(part) for part in re.split(r",\s*(?![^(]*\))", call[2])]
            return (latest(*days) if call[1] == "max" else None if None in days else min(days)), "overflow"
        if call and call[1] == "ended":
            return (self.span[1] if self.span else None), months.get(call[2], "overflow")
        if call:
            return self.year(call[1], self.term(call[2])), "overflow"
        if base in self.rules.common["facts"]:
            value = self.facts.get(base)
            return (day(value) if value else None), months.get(base, "overflow")
        if base == "first":
            return self.anchor("dose 1")
        known = {"birth": self.birth, "on": self.on, "asof": self.as_of, "previous": self.previous, "prior": self.prior}
        if base in known:
            return known[base], months.get(base, "overflow")
        return self.first_row_term(rows_of(self.named(base))), "overflow"

    def first_row_term(self, rows):
        return next((self.term(row["term"]) for row in rows if self.applies(row)), None)

    def year(self, name, inside):
        calendar_name, edge = name.rsplit("_", 1)
        if inside is None:
            return None
        month, first = map(int, self.rules.common["calendars"][calendar_name].split("-"))
        start = date.fromordinal(inside).replace(month=month, day=first).toordinal()
        if start > inside:
            start = date.fromordinal(start).replace(year=date.fromordinal(start).year - 1).toordinal()
        following = date.fromordinal(start).replace(year=date.fromordinal(start).year + 1).toordinal()
        return {"start": start, "end": following - 1, "next": start if start == inside else following}[edge]

    def term(self, written):
        if written is None:
            return None
        gap = re.fullmatch(r"gap ([\d.]+)([md]) after (.+)", written)
        if gap:
            reached, number = self.anchor(gap[3])[0], float(gap[1])
            if reached is None or gap[2] == "d":
                return None if reached is None else reached + int(number) + 1
            reached = months_on(reached, int(number), "overflow")
            return reached + (month_days(date.fromordinal(reached), 0)[3] + 1) // 2 if number % 1 else reached
        spans = re.search(r"(?:[+-]\d+[ymwd])*$", written)[0]
        reached, rule = self.anchor(written[:len(written) - len(spans)])
        if reached is None:
            return None
        sums = {"y": 0, "m": 0, "w": 0, "d": 0}
        for sign, number, unit in SPAN.findall(spans):
            sums[unit] += int(sign + number)
        months = sums["y"] * 12 + sums["m"]
        return (months_on(reached, months, rule) if months else reached) + sums["w"] * 7 + sums["d"]

    # ---- 3 Rows, 4 Conditions

    def applies(self, row):
        first, last = row.get("in_force", (None, None))
        return (row.get("use", self.use) == self.use and within(self.on, self.term(first), self.term(last))
                and self.holds(row.get("when", {})))

    def holds(self, condition):
        if isinstance(condition, list):
            return any(self.holds(one) for one in condition)
        return all(getattr(self, "if_" + word)(value) for word, value in condition.items())

    def if_not(self, value):
        return not self.holds(value)

    def if_any(self, value):
        return any(self.holds(one) for one in value)

    def if_all(self, value):
        return all(self.holds(one) for one in value)

    def if_fact(self, value):
        if isinstance(value, str):
            return bool(self.facts.get(value))
        return all(set([wanted] if isinstance(wanted, str) else wanted) & set(self.facts.get(fact, ()))
                   for fact, wanted in value.items())

    def if_sex(self, value):
        return self.sex in value

    def if_born(self, value):
        return within(self.birth, *map(self.term, value))

    def if_day(self, value):
        return within(self.on, *map(self.term, value))

    def if_between(self, value):
        days = [self.term(v) for v in value]
        unknown = any(v is not None and d is None for v, d in zip(value, days))
        return not unknown and within(*days)

    def if_attains(self, value):
        return any(within(months_on(self.birth, 12 * age, "attain"), self.year(value["in"] + "_start", self.on),
                          self.year(value["in"] + "_end", self.on)) for age in value["ages"])

    def if_products(self, value):
        return {p["product"] for p in self.placed} | ({self.product} - {None}) <= set(value)

    def if_last_product(self, value):
        return bool(self.placed) and self.placed[-1]["product"] in value

    def if_used(self, value):
        return any(e["product"] in value for e in self.listed)

    def if_given(self, value):
        return any(e["product"] in value for e in self.entries)

    def if_started_with(self, value):
        return not self.listed or self.listed[0]["product"] in value

    def if_placed(self, value):
        return within(len(self.placed), *value)

    def if_accepted(self, value):
        return any(p["accepted"] and value.get("number", n) == n and p["product"] in value.get("products", [p["product"]])
                   for n, p in enumerate(self.placed, 1))

    def if_count(self, value):
        assert value["whole_history"] and set(value) <= {"whole_history", "products", "span", "least"}
        doses = self.listed if "products" not in value else [e for e in self.entries if e["product"] in value["products"]]
        return sum(within(e["on"], *map(self.term, value["span"])) for e in doses) >= value["least"]

    def if_lapsed(self, value):
        return self.lapsed == value

    def if_owed(self, value):
        return self.owed() == set(value)

    def if_met(self, fact):
        return self.series is not None and any(self.met(span) is not None for span in self.spans)

    def if_opening(self, value):
        if "holds" in value:
            asked = self.term(value["holds"])
            return any(within(asked, *o) for o in self.opens(None))
        return any(self.term(value["ends_from"]) <= last for _, last in self.opens(None))

    # ---- 6.1 Windows that open again

    def window(self):
        return self.series.get("window", self.group.get("window"))

    def met(self, span):
        """The last day of a span on which it met a target; none: it met nobody's."""
        look = self.looking(use="judge", product=None)
        began, ended = span
        group_first, group_last = map(self.term, self.group["in_force"])
        met_first, met_last = map(self.term, self.window().get("opened_by", {}).get("met", (None, None)))
        first = latest(began, self.birth, group_first, met_first)
        last = soonest(ended, group_last, met_last, self.birth + 130 * 366)
        for look.on in range(last, first - 1, -1):
            rows = [r for r in self.window()["rows"] if r.get("ordinary", True) and look.applies(r)]
            targets = [r for r in self.group.get("target", []) if "given" not in r["when"]]
            if any(within(look.on, look.term(r.get("first")), look.term(r.get("last"))) for r in rows) and \
                    all(look.holds(r["when"]) for r in targets):
                return look.on
        return None

    def looking(self, **changed):
        look = object.__new__(Walk)
        look.__dict__.update(self.__dict__, **changed)
        return look

    def opens(self, product):
        """First and last day of each opening, by the rows in force on the day asked about."""
        days = []
        for span in self.openings:
            look = self.looking(span=span)
            for row in self.window().get("opened_by", {}).get("rows", []):
                if look.applies(row) and (product is None or product in row.get("products", [product])):
                    days.append((look.term(row["first"]), look.term(row["last"])))
        return [(first, last) for first, last in days if first <= last]

    # ---- 7.1 Entries, 7.2 Series

    def list_doses(self):
        own, listed = self.rules.products_of(self.group), self.group.get("listed", {})
        after = listed.get("after_first")
        left = self.facts.get(after["fact"], after["default"]) if after else 0
        for entry in self.entries:
            if not entry["accepted"]:
                if entry["product"] not in own or not within(entry["on"], self.term(listed.get("from")), None):
                    continue
                ages = [r for r in listed.get("products", []) if r["product"] == entry["product"]]
                if ages and not within(entry["on"], self.term(ages[0].get("first")), self.term(ages[0].get("last"))):
                    continue
                if left > 0:
                    left, self.prior = left - 1, entry["on"]
                    continue
            if len(self.listed) == listed.get("at_most", len(self.listed) + 1):
                continue
            occasion, self.on = self.group.get("occasion"), entry["on"]
            if occasion and not within(self.on, self.term(occasion["first"]), self.term(occasion.get("last"))):
                self.verdict(entry)["status"] = occasion["status"]
                continue
            self.listed.append(entry)

    def verdict(self, entry):
        self.verdicts.append({"i": entry["i"], "position": None, "status": None, "reasons": []})
        return self.verdicts[-1]

    def open_series(self, asked):
        self.on = asked
        return [s for s in self.group["series"] if self.holds(s.get("entry", {}))
                and within(asked, None, self.term(s.get("start_by")))]

    def take(self, series):
        self.series = series
        self.openings = [s for s in self.spans if s[1] is not None and self.window().get("opened_by") and self.met(s) is not None]

    # ---- 7.3 Each dose, 7.4 Place

    def dose_at(self, target):
        doses = self.series["doses"]
        return self.overlaid(doses[target]) if target < len(doses) else None

    def overlaid(self, dose):
        for row in dose.get("cases", []):
            if self.applies(row):
                dose = {**dose, **{k: v for k, v in row.items() if k not in ("when", "in_force", "use")}}
                break
        assert set(dose) <= DOSE_KEYS, set(dose) - DOSE_KEYS
        return dose

    def further(self):
        further = self.series.get("further", self.group.get("further"))
        return None if further is None else self.overlaid(further)

    def pass_over(self):
        self.product = None
        while (dose := self.dose_at(self.target)) is not None:
            last = self.term(dose.get("last"))
            lapses = dose.get("lapses") and last is not None and self.on > last
            if not lapses and not any(self.applies(row) for row in dose.get("skip", [])):
                return
            if not any(self.applies(row) for row in dose.get("skip", [])):
                self.lapsed, self.lapse_floor = True, latest(self.lapse_floor, last + 1)
            self.target += 1

    def complete_when(self):
        return self.series.get("complete_when", self.group["complete_when"])

    def full(self):
        asked = self.complete_when()
        return self.target >= len(self.series["doses"]) or (not isinstance(asked, str) and self.holds(asked))

    def complete(self):
        asked = self.complete_when()
        if not isinstance(asked, str):
            return self.holds(asked)
        doses = [p["accepted"] for p in self.placed if not p["excess"]]
        return self.target >= len(self.series["doses"]) and bool(doses) and (doses[-1] if asked == "last" else all(doses))

    def owed(self):
        rows = self.group.get("serves", [])
        return {r["component"] for r in rows if r["component"] not in self.served and not self.holds(r["not_owed"])}

    def serves(self, product):
        asked = {r["component"] for r in self.group.get("serves", [])}
        return asked & set(self.rules.common["products"][product]["components"]) or asked

    def counted(self, entry, full):
        room = not full or (self.further() is not None and not self.complete())
        return entry["accepted"] or entry.get("override") == "counts" or any(
            self.applies(row) and entry.get("funding", "routine") in row.get("funding", [entry.get("funding", "routine")])
            and entry["product"] in row.get("products", [entry["product"]]) and (room or row.get("also_when_full", True))
            for row in self.group.get("counted", []))

    def judge(self, entry):
        verdict, group = self.verdict(entry), self.group
        self.on = entry["on"]
        self.pass_over()
        full = self.full()
        self.product = entry["product"]
        full = full or bool(group.get("serves")) and self.serves(self.product) <= self.served
        dose, beside = self.dose_at(self.target), group.get("beside")
        if beside and self.holds(beside["when"]):
            return self.judge_beside(entry, verdict, beside)
        if self.counted(entry, full):
            verdict["status"] = "counted"
            further = self.further()
            if dose is not None or further is not None:
                return self.settle(further if dose is None else dose, verdict, excess=dose is None)
            return self.excess_placed(verdict)
        if full:
            further = self.further()
            judged = further is not None and (group["excess"]["reasons"] == "added" or not self.complete())
            if judged:
                self.check(further, group["checks"], entry, verdict)
            if not judged or group["excess"]["reasons"] == "added":
                self.object(verdict, self.code("excess"))
            verdict["status"] = "invalid" if verdict["reasons"] else "valid"
            return self.settle(further, verdict, excess=True) if judged else self.excess_placed(verdict)
        self.check(dose, group["checks"], entry, verdict)
        verdict["status"] = "invalid" if verdict["reasons"] else "valid"
        self.settle(dose, verdict, excess=False)

    def judge_beside(self, entry, verdict, beside):
        counts = entry["accepted"] or entry.get("override") == "counts"
        if self.beside_taken:
            self.object(verdict, self.code("excess"))
        elif not counts:
            self.check(self.dose_at(0), beside["checks"], entry, verdict)
        verdict["position"] = beside["position"]
        verdict["status"] = "invalid" if verdict["reasons"] else "counted" if counts else "valid"
        self.beside_taken = self.beside_taken or verdict["status"] in ACCEPTED

    def settle(self, dose, verdict, excess):
        accepted = verdict["status"] in ACCEPTED
        homeless = any(self.group.get("effects", {}).get(r, {}).get("place") == "no_place" for r in verdict["reasons"])
        verdict["position"] = None if homeless else dose.get("position", str(len(self.placed) + 1))
        if homeless or not (accepted or self.group["after_invalid"] == "keeps_place"):
            return
        self.placed.append({"product": self.product, "on": self.on, "accepted": accepted, "excess": excess})
        self.previous = self.on
        if accepted:
            self.served |= self.serves(self.product)
        self.target += not excess and not (accepted and bool(self.owed()))

    def excess_placed(self, verdict):
        position = self.group["excess"]["position"]
        verdict["position"] = str(len(self.placed) + 1) if position == "number" else position
        if position == "number":
            self.placed.append({"product": self.product, "on": self.on, "accepted": verdict["status"] in ACCEPTED, "excess": True})
            self.previous = self.on

    # ---- The checks

    def code(self, check):
        return {**self.rules.common["codes"], **self.group.get("codes", {}), **self.series.get("codes", {})}[check]

    def object(self, verdict, code):
        if code and code not in verdict["reasons"]:
            verdict["reasons"].append(code)
        return bool(code)

    def check(self, dose, checks, entry, verdict):
        for check in checks:
            for one in check if isinstance(check, list) else [check]:
                if self.object(verdict, getattr(self, "check_" + one)(dose, entry)):
                    break

    def check_programme(self, dose, entry):
        return None if within(self.on, self.term(self.group.get("programme")), None) else self.code("programme")

    def check_target(self, dose, entry):
        return next((r["reason"] for r in self.group["target"] if r.get("judged") and not self.holds(r["when"])), None)

    def check_product(self, dose, entry):
        rows = dose.get("products", self.group["products"])
        own = [r for r in rows if (r if isinstance(r, str) else r["product"]) == self.product]
        if any(isinstance(r, str) for r in own) or not own and "products" not in dose:
            return None
        in_force = [r for r in own if self.applies(r)]
        if any(within(self.on, self.term(r.get("first")), self.term(r.get("last"))) for r in in_force):
            return None
        return in_force[0].get("age_reason", self.code("product_age")) if in_force else self.code("product")

    def check_season(self, dose, entry):
        return self.outside(self.group["season"], [])

    def check_window(self, dose, entry):
        return self.outside(self.window(), self.opens(self.product))

    def outside(self, window, opens):
        rows = [r for r in window["rows"] if self.applies(r)]
        days = [(self.term(r.get("first")), self.term(r.get("last"))) for r in rows]
        reasons = window.get("reasons", {})
        after, before = reasons.get("after", self.code("after")), reasons.get("before", self.code("before"))
        if any(within(self.on, *d) for d in days + opens):
            return None
        early = all(first is not None and self.on < first for first, _ in days)  # also where no row is in force
        if early and self.placed and "started" in reasons:
            return reasons["started"]
        if early and any(self.met(span) < self.on for span in self.openings):
            return after  # between the window and the opening
        return reasons.get("none", after) if not rows else before if early else after

    def check_dose(self, dose, entry):
        if not within(self.on, self.term(dose.get("first")), None):
            return self.code("dose_before")
        return None if within(self.on, None, self.term(dose.get("last"))) else self.code("dose_after")

    def conflict_rows(self, earlier, later):
        return [c for c in self.rules.common["conflicts"] if earlier in self.rules.product_set(c["earlier"])
                and later in self.rules.product_set(c["later"]) and self.applies(c)]

    def check_conflict(self, dose, entry):
        ages = {r["product"]: r for r in self.group.get("listed", {}).get("products", [])}
        for other in reversed([e for e in self.entries if e["i"] < entry["i"] and e["on"] < self.on]):
            age = ages.get(other["product"], {})
            own = other["product"] == self.product or (
                not self.group.get("serves") and other["product"] in self.rules.products_of(self.group)
                and within(other["on"], self.term(age.get("first")), self.term(age.get("last"))))
            for row in self.conflict_rows(other["product"], self.product):
                if not (own and row.get("other_products_only")) and self.on < other["on"] + row["days"]:
                    return row.get("reason", self.code("conflict"))
        return None

    def check_gap(self, dose, entry):
        floors = [self.term(r["term"]) for r in rows_of(dose.get("gap")) if self.applies(r)]
        return self.code("gap") if any(f is not None and self.on < f for f in floors) else None

    def check_mix(self, dose, entry):
        earlier = [e["product"] for e in self.listed if e["i"] < entry["i"]]
        mixed = self.product not in self.series.get("products", [self.product])
        mixed = mixed or self.group.get("one_product") and earlier and earlier[0] != self.product
        mixed = mixed or any(self.product in r["products"] and set(r["after"]) & set(earlier) and self.applies(r)
                             for r in self.group.get("mix", []))
        return self.code("mix") if mixed else None

    # ---- 7.5 Status, 7.6 Next

    def window_days(self, window):
        """Of the row that holds the day, else the next to open, else the last; None: no row is in force."""
        if not window:
            return (None, None)
        days = [(self.term(r.get("first")), self.term(r.get("last"))) for r in window["rows"] if self.applies(r)]
        if not days:
            return None
        holding = [d for d in days if within(self.on, *d)]
        coming = sorted((d for d in days if d[0] is not None and d[0] > self.on), key=lambda d: d[0])
        first, last = (holding or coming or days[-1:])[0]
        if window.get("last_is") == "latest":
            last = None if any(d[1] is None for d in days) else max(d[1] for d in days)
        return first, last

    def word(self, word):
        reasons, review = {r for v in self.verdicts for r in v["reasons"]}, self.group["review"]
        if word == "ends":
            return next((r["status"] for r in self.group.get("ends", []) if self.applies(r)), None)
        if word == "review":
            return "review" if reasons & (reasons if review == "any" else set(review)) else None
        if word == "complete":
            return "complete" if self.complete() else None
        if word == "closing":
            return "closed" if reasons & set(self.group["closing"]) and not self.ahead() else None
        if word == "not_target":
            return None if all(self.holds(r["when"]) for r in self.group["target"]) else "not_target"
        assert word == "full"
        return None if not self.full() else "complete" if self.complete() else self.group["full_not_finished"]

    def ahead(self):
        return any(self.as_of <= last for _, last in self.opens(None))

    def series_answer(self):
        """A status, or the next dose."""
        self.pass_over()
        window, season = self.window_days(self.window()), self.window_days(self.group.get("season"))
        exists = window is not None and season is not None
        opened = exists and not (latest(window[0], season[0]) or 0) > (soonest(window[1], season[1]) or 9 ** 9)
        if not self.openings or not (self.ahead() or opened):
            return self.asked(window, season, opened, False)
        spans = [(*o, True) for o in self.opens(None)]
        if window is not None and within(window[0] or 0, None, window[1]):
            spans.append((window[0] or 0, window[1] or 9 ** 9, False))
        joined = []
        for first, last, again in sorted(spans, key=lambda s: s[0]):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]), joined[-1][2])
            else:
                joined.append((first, last, again))
        for first, last, again in joined:
            look = self.looking()
            answer = look.asked((first or None, None if last == 9 ** 9 else last), season, True, again)
            if isinstance(answer, str) or self.ending(answer) != "closed":
                break
        self.__dict__.update(look.__dict__)
        return answer

    def asked(self, window, season, opened, again):
        for word in self.group["decide"]:
            status = self.word(word)
            if status:
                return status
        if not opened:
            return "closed" if self.placed else "not_target"
        while True:
            dose = self.dose_at(self.target)
            dose = self.further() if dose is None else dose
            if dose is None:
                return "complete" if self.complete() else self.group["full_not_finished"]
            answer = self.next(dose, window, season, again)
            before, on = self.target, self.on
            self.on = answer["earliest"]
            self.pass_over()
            self.on = on
            if self.target == before:
                return answer

    def next(self, dose, window, season, again):
        offer = next((r["products"] for r in self.series.get("offer", self.group.get("offer", [])) if self.applies(r)), None)
        offered = offer or self.series.get("products") or self.rules.products_of(self.group)
        binds = again or self.group.get("window", {}).get("binds") != "first_dose" or not self.placed
        early = [e["on"] + self.group["early_dose_gap"] for e in self.listed
                 if "early_dose_gap" in self.group and window[0] is not None and e["on"] < window[0]]
        earliest = latest(window[0] if binds else None, season[0], self.term(dose.get("first")), self.lapse_floor, *early,
                          *(self.term(r["term"]) for r in rows_of(dose.get("gap")) if self.applies(r)),
                          *(self.term(r["term"]) for r in rows_of(dose.get("not_before"))), self.conflict_floor(offered))
        ends = [self.product_end(p) for p in offered] if self.group.get("product_last_binds") else [None]
        standard = dose.get("standard") or [None, None]
        answer = {"position": dose.get("position", str(len(self.placed) + 1)),
                  "earliest": self.birth if earliest is None else earliest,
                  "standard_from": self.term(standard[0]), "standard_to": self.term(standard[1]),
                  "last": soonest(window[1], season[1], self.term(dose.get("last")), None if None in ends else max(ends))}
        if offer:
            answer["product_constraint"] = offer
        answer.update(dose.get("show", {}))
        answer.update({name: self.term(t) for name, t in dose.get("show_days", {}).items()})
        return answer

    def product_end(self, product):
        return next((self.term(r.get("last")) for r in self.group["products"] if r["product"] == product and self.applies(r)), None)

    def conflict_floor(self, offered):
        own, floors = set(self.rules.products_of(self.group)), []
        asked = {r["component"] for r in self.group.get("serves", [])}
        for product in offered:
            floors.append(latest(*(e["on"] + row["days"] for e in self.entries for row in self.conflict_rows(e["product"], product)
                                   if not (row.get("other_products_only") and e["product"] in own
                                           and self.serves(e["product"]) == asked))))
        return None if None in floors else min(floors)

    def ending(self, answer):
        if answer["last"] is not None and (answer["earliest"] > answer["last"] or self.as_of > answer["last"]):
            return "closed"
        if self.as_of < answer["earliest"]:
            return "not_yet"
        return "late" if answer["standard_to"] is not None and self.as_of > answer["standard_to"] else "due"

    def undecided(self):
        """Without a dose: the first series that is open, and where only a first product tells them apart, all of those."""
        series = self.open_series(self.as_of)
        if series and "started_with" in series[0].get("entry", {}):
            series = [s for s in series if "started_with" in s.get("entry", {})]
        else:
            series = series[:1]
        answers = []
        for one in series:
            look = self.looking()
            look.take(one)
            answers.append(look.series_answer())
        open_ones = [a for a in answers if not isinstance(a, str)]
        if not open_ones:
            return answers[0] if answers else "not_target"
        answer = open_ones[0]
        answer["earliest"] = min(a["earliest"] for a in open_ones)
        answer["last"] = None if any(a["last"] is None for a in open_ones) else max(a["last"] for a in open_ones)
        if len(open_ones) > 1 and self.group.get("product_last_binds"):
            answer["last_by_product"] = {p: self.product_end(p) for s in series for p in s["products"]}
        return answer

    def answer(self):
        self.list_doses()
        self.on = self.as_of
        missed = next((r for r in self.group.get("target", []) if not r.get("judged") and not self.holds(r["when"])), None)
        if missed:
            for entry in self.listed:
                verdict = self.verdict(entry)
                verdict["status"] = "invalid" if "reason" in missed else "not_target"
                self.object(verdict, missed.get("reason"))
        elif self.listed:
            series = self.open_series(self.listed[0]["on"])
            if series:
                self.take(series[0])
            for entry in self.listed:
                if series:
                    self.judge(entry)
                else:
                    self.verdict(entry)["status"] = "not_target"
        self.use, self.on, self.product = "forecast", self.as_of, None
        answer = "not_target" if missed or self.listed and not self.series else \
            self.series_answer() if self.series else self.undecided()
        status = answer if isinstance(answer, str) else self.ending(answer)
        if isinstance(answer, str) or status == "closed":
            answer = None
        return {"doses": sorted(self.verdicts, key=lambda v: v["i"]), "series_status": status,
                "next": answer and {k: written(v) for k, v in answer.items()}}


def written(value):
    if isinstance(value, dict):
        return {k: text(v) for k, v in value.items()}
    return text(value) if isinstance(value, int) or value is None else value


def answer(rules, case):
    return Walk(rules, case).answer()
