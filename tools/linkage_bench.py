#!/usr/bin/env python3
"""What an inquiry between two cities costs, end to end: the real programs, real TLS, durable commits, this machine.

    linkage_bench.py [PEOPLE [LOOKS]]

Prints name,value,unit,bare,ratio,peak_mib. PEOPLE (default 800) get a code in two cities and a dose in the copies of one;
then the other asks about each of them, in batches of 200, until every answer lies there; each server exchanges once a second.
`.cpu` is processor time of the network and both intermediate servers together, beside the bare cryptography and commits of one
inquiry in the same run (src/programs/intermediate/linkage_bench.c); `.reckoned` is what two cores could do of them, if they did nothing
else, beside two cores of the bare loop. `ask` is the time from a wish to its
answer, LOOKS (default 40) of them one every half second, first quiet and then (`.beside`) while copies are registered without a pause:
its bare figure is the median of the quiet ones. SPDX-License-Identifier: Apache-2.0
"""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
sys.path.insert(0, str(ROOT / "tests/stories"))
from linkage import ADDRESS, DATASET, FUKUOKA, KANA, KITAKYUSHU, City, cbor, dose, read  # noqa: E402
from network import LINKAGE, PEOPLE as HEAD, Network  # noqa: E402

PAGE = 200
HANDS = os.sysconf("SC_CLK_TCK")


def check_digit(body):
    weights = [i + 2 if i < 6 else i - 4 for i in range(len(body))]
    rest = sum(int(d) * w for d, w in zip(reversed(body), weights)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)


def luhn(body):
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    return body + str(-total % 10)


class Person:
    def __init__(self, i, city):
        self.number, self.record = check_digit(f"00000{i + 500000:06d}"), check_digit(f"00000{i + 10000:05d}")
        self.unified = luhn(f"19{i + 1000 * city:012d}")


def processor(servers):
    """Seconds that these groups of processes took."""
    used = 0.0
    for place in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            field = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(field[2]) in servers:
            used += (int(field[11]) + int(field[12])) / HANDS
    return used


def peak(servers):
    most = 0
    for place in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(place.read_text().rpartition(")")[2].split()[2]) in servers:
                lines = (place.parent / "status").read_text().splitlines()
                most = max([most] + [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")])
        except OSError:
            continue
    return most


def say(name, value, unit, bare="", mib=""):
    ratio = f"{value / float(bare):.2f}" if bare else ""
    print(f"{name},{value:.3f},{unit},{bare},{ratio},{mib}", flush=True)


class Both:
    """Two cities and the network, as the story has them, with many people."""

    def __init__(self, people):
        self.net = Network(str(BUILD / "sesshu"))
        self.count, self.served = people, []
        self.people = [[Person(i, city) for i in range(people)] for city in (0, 1)]
        self.net.serve()
        self.told()
        self.cities = [City(self.net, code) for code in (KITAKYUSHU, FUKUOKA)]
        for city in self.cities:
            city.serve()

    def told(self):
        path = os.path.join(self.net.folder, "more.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(HEAD + "".join(f"{p.number},{p.record},{KANA},2026-02-01,2,{ADDRESS}\n" for p in self.people[0]))
        self.net.run("people", path)

    def groups(self):
        return {self.net.server.pid} | {city.server.pid for city in self.cities}

    def codes(self):
        for city, people in zip(self.cities, self.people):
            city.run("exchange")
            for first in range(0, self.count, PAGE):
                page = people[first:first + PAGE]
                told = city.ask("/codes", {1: b"", 2: [[p.unified, cbor({1: 0, 2: 1})] for p in page]})
                wishes = [self.net.wish(answer[2], p.number) for answer, p in zip(told, page)]
                assert not any(self.net.told(city.code, "/jlis/codes", wishes, role="unified")), "J-LIS knows them"
            city.run("exchange")

    def exchanging(self):
        """The exchange beside the doors of each, as a city runs it."""
        os.environ["SESSHU_NETWORK"] = f"127.0.0.1:{self.net.port}"
        for city in self.cities:
            city.kill()
            city.serve()

    def copies(self, rounds=1, until=lambda: False):
        """A dose of everybody, `rounds` times over; how many records were taken."""
        city, taken = self.cities[1], 0
        for turn in range(rounds):
            for first in range(0, self.count, PAGE):
                if until():
                    return taken
                page = self.people[1][first:first + PAGE]
                payloads = [cbor({**dose(f"D-{p.unified}"), 2: turn + 1 + self.turns}) for p in page]
                city.sequence += 1
                head = {1: DATASET, 2: 0, 3: 1, 4: city.sequence, 5: city.sequence - 1, 6: city.sequence, 7: 1, 8: len(page), 9: 0,
                        10: hashlib.sha256(b"".join(payloads)).digest()}
                answer = city.ask("/copies", {1: cbor(head), 2: [[p.unified, payload] for p, payload in zip(page, payloads)]})
                assert answer[1] == [] and not any(answer[4]), (answer[1], answer[4][:3])
                taken += len(page)
        self.turns += rounds
        return taken

    turns = 0

    def wishes(self, rows):
        """[(number, person)] are asked about."""
        row = {2: FUKUOKA, 3: 25, 4: "JM90000000000025", 5: "JT90000000002501", 6: DATASET, 7: 0x201, 8: 0, 9: 0, 10: "保健所"}
        answer = self.cities[0].ask("/inquiries", {1: b"", 2: [[p.unified, cbor({1: str(no), **row})] for no, p in rows]})
        assert not any(answer[4]), answer[4][:3]

    def ended(self, after):
        """{number: result} of what came behind that place, and the place."""
        feed = self.cities[0].ask("/results", {1: b"", 2: after, 3: 1000})[2]
        told = [read(row[2])[0] for row in feed]
        return {r[1]: r[3] for r in told if r[2] == 4}, max([after] + [row[0] for row in feed])

    def until_answered(self, count):
        found, after = {}, 0
        while len(found) < count:
            more, place = self.ended(after)
            found.update(more)
            if place == after:
                time.sleep(0.5)
            after = place
        assert set(found.values()) == {1}, set(found.values())

    def close(self):
        for city in self.cities:
            if city.server.poll() is None:
                city.kill()
        self.net.close()


def floor(inquiries):
    with tempfile.TemporaryDirectory(prefix="sesshu-floor.") as folder:
        said = subprocess.run([BUILD / "linkage_bench", folder, str(inquiries)], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split(",") for line in said.split())}


def many(both):
    began, used = time.monotonic(), processor(both.groups())
    taken = both.copies(rounds=5)
    took, cpu = time.monotonic() - began, processor(both.groups()) - used
    say("copies", taken / took, "records/s")
    say("copies.cpu", 1e6 * cpu / taken, "us/record")

    bare = floor(both.count)
    programs = {"network": both.net.server, "asker": both.cities[0].server, "provider": both.cities[1].server}
    began, used = time.monotonic(), {name: processor({server.pid}) for name, server in programs.items()}
    for first in range(0, both.count, PAGE):
        both.wishes(enumerate(both.people[0][first:first + PAGE], first + 1))
    both.until_answered(both.count)
    took = time.monotonic() - began
    used = {name: 1e6 * (processor({server.pid}) - used[name]) / both.count for name, server in programs.items()}
    cpu = sum(used.values())
    say("inquiry", both.count / took, "inquiries/s", mib=peak(both.groups()))
    say("inquiry.cpu", cpu, "us/inquiry", f"{bare['both']:.1f}")
    for name, its in used.items():
        say(f"inquiry.{name}.cpu", its, "us/inquiry")
    say("inquiry.reckoned", 2e6 / cpu, "inquiries/s", f"{2 * bare['a_second']:.0f}")
    print(f"inquiry.crypto,{bare['crypto']:.1f},us/inquiry,,,\ninquiry.commits,{bare['commits']:.1f},us/inquiry,,,")


def one_after_another(both, looks, first):
    """From each wish to its answer, milliseconds."""
    begun, took, after = {}, [], 0
    _, after = both.ended(0)
    due = time.monotonic()
    for number in range(first, first + looks):
        begun[str(number)] = due
        both.wishes([(number, both.people[0][number % both.count])])
        due += 0.5
        while True:
            more, after = both.ended(after)
            now = time.monotonic()
            took += [1000 * (now - begun.pop(no)) for no in more if no in begun]
            if now >= due and (number + 1 < first + looks or not begun):
                break
            time.sleep(min(0.1, max(0.0, due - now)) or 0.05)
    return sorted(took)


def beside(both, looks):
    quiet = one_after_another(both, looks, 100001)
    median = f"{quiet[len(quiet) // 2]:.0f}"
    say("ask.p50", quiet[len(quiet) // 2], "ms")
    say("ask.p99", quiet[len(quiet) * 99 // 100], "ms", median)
    over, taken = threading.Event(), []
    registering = threading.Thread(target=lambda: taken.append(both.copies(10000, over.is_set)))
    began = time.monotonic()
    registering.start()
    busy = one_after_another(both, looks, 200001)
    over.set()
    registering.join()
    say("ask.p50.beside", busy[len(busy) // 2], "ms", median)
    say("ask.p99.beside", busy[len(busy) * 99 // 100], "ms", median)
    say("copies.beside", taken[0] / (time.monotonic() - began), "records/s")


def main():
    people, looks = int((sys.argv + ["800"])[1]), int((sys.argv + ["", "40"])[2] or 40)
    both = Both(people)
    try:
        both.codes()
        both.exchanging()
        many(both)
        beside(both, looks)
    finally:
        both.close()


if __name__ == "__main__":
    main()
