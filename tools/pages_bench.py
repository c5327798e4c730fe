#!/usr/bin/env python3
"""How long pages take: clerks at browsers on a fixed schedule, at the desk of a real office (TLS, cards, sessions).

    pages_bench.py DATA AS_OF SECONDS [FILE]     with FILE: the same again while that file is taken in

Prints name,value,unit,bare,ratio,peak_mib. Each of USERS asks for one page every PAUSE seconds, at moments that do not wait
for answers: what a page took is counted from when it was due. A search is the typed form and the page that it leads to. Bare is
a file of the desk's own (its style sheet) on the same schedule and over the same lines: TLS and HTTP without session,
record or database; the median of it. Before that, one page after the other, what each costs the server's processes (`.cpu`,
which a busy machine moves little) and how big it is (`.size`).
DATA gets clerks, cards, looks and what FILE says: give a copy. On PostgreSQL: SESSHU_STORE. SPDX-License-Identifier: Apache-2.0
"""
import csv
import os
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/stories"))
from cards import PASSWORD, Browser, City, Desk  # noqa: E402  (the stories' own browser)

USERS, PAUSE, ALONE = 50, 2.0, 25
AWAKE = 45  # a screen at which nobody does anything locks after 120 seconds
KINDS = ("lifeline", "search", "due", "queue", "bare")
OPERATOR = os.environ.get("SESSHU_OPERATOR", "bench")


class Office:
    """Where the desk of the stories looks for its town."""

    def __init__(self, data, as_of, folder):
        self.sesshu = os.environ.get("SESSHU_BENCH_PROGRAM", str(ROOT / "build/sesshu"))
        self.data, self.today, self.folder = data, as_of, folder
        self.server = os.environ.get("SESSHU_STORE")

    def command(self, *words):
        return [self.sesshu, "ledger", *words, "--data", self.data, "--operator", OPERATOR]

    def run(self, *words, typed=""):
        done = subprocess.run(self.command(*words), input=typed, text=True, check=False, capture_output=True)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout


def new_password():
    return f"{PASSWORD} {secrets.token_hex(6)}"


def staff(nth):
    """A person has one session, so there are as many people as browsers."""
    return f"clerk{nth:02d}"


def authorities(office):
    """The city's certificates, where the desk looks for them."""
    city = City(office.folder)
    for authority in ("city", "cards"):
        city.authority(authority)
    city.signs("city", "desk", "serverAuth", alt="localhost")
    for name in ("desk.crt", "desk.key", "cards.crt"):
        place = pathlib.Path(office.data, "tls", name)
        place.write_bytes(pathlib.Path(city.path(name)).read_bytes())
        place.chmod(0o600)
    return city


def hired(office, city, nth, given):
    name = staff(nth)
    office.run("grant", name, "read")
    office.run("password", name, typed=given + "\n")
    city.card(name)
    office.run("card", name, city.path(f"{name}.crt"))


def names(office):
    """Of people who lose a dose soon: what is typed into the search."""
    rows = list(csv.DictReader(office.run("due", "--within", "60", "--as-of", office.today).splitlines()))
    found = list(dict.fromkeys(row["氏名"] for row in rows if "＊" not in row["氏名"]))
    assert found, "nobody is due within 60 days"
    return found[:: max(1, len(found) // USERS)]


def processor(desk):
    """Seconds that the workers took so far; none may end meanwhile."""
    with open(f"/proc/{desk.process.pid}/task/{desk.process.pid}/children", encoding="ascii") as children:
        workers = children.read().split()
    ticks = 0
    for worker in workers:
        with open(f"/proc/{worker}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Clerk:
    def __init__(self, desk, city, nth, typed, given):
        self.desk, self.nth, self.done, self.typed = desk, nth, 0, typed
        self.browser = Browser(desk, city, staff(nth), keeps=True)
        page = self.browser.sign_in_first(given, new_password())
        assert page.status == 200, page.words[:400]
        self.ask("queue")
        self.sheet = re.search(r'href="/([^"]+\.css[^"]*)"', self.browser.page.text)[1]
        self.search()
        self.found = list(dict.fromkeys(re.findall(r'href="/(p/[^"]+)"', self.browser.page.text)))
        assert self.found, self.browser.page.words[:400]

    def go(self, path):
        return self.browser.go(self.desk.doors[0] + path)

    def lifeline(self):
        return self.go(self.found[self.done % len(self.found)])

    def search(self):
        return self.browser.send("/search", text=self.typed[(self.nth + self.done) % len(self.typed)])

    def due(self):
        return self.go("due")

    def queue(self):
        return self.go("")

    def bare(self):
        return self.browser.ask(self.desk.doors[0] + self.sheet)

    def ask(self, kind):
        self.done += 1
        page = getattr(self, kind)()
        assert page.status == 200 and (kind == "bare" or 'action="/search"' in page.text), (kind, page.status, page.words[:300])
        self.asked = time.monotonic()
        return len(page.text.encode())


def signed_in(desk, city, typed, given):
    """Each sign-in takes a while, and nobody's screen may lock meanwhile."""
    clerks = []
    for nth in range(USERS):
        clerks.append(Clerk(desk, city, nth, typed, given))
        for clerk in clerks:
            if time.monotonic() - clerk.asked > AWAKE:
                clerk.ask("queue")
    return clerks


def say(name, value, unit, bare=None):
    beside = f"{bare:.3f},{value / bare:.2f}" if bare else ","
    print(f"page.{name},{value:.3f},{unit},{beside},", flush=True)


def alone(desk, clerk):
    cost, size = {}, {}
    for kind in KINDS:
        began = processor(desk)
        size[kind] = max(clerk.ask(kind) for _ in range(ALONE))
        cost[kind] = (processor(desk) - began) * 1000 / ALONE
    for kind in KINDS[:-1]:
        say(f"{kind}.cpu", cost[kind], "ms", cost["bare"])
        say(f"{kind}.size", size[kind] / 1024, "KiB")


def scheduled(clerk, begins, over, times, failed):
    try:
        for turn in range(1 << 30):
            due = begins + turn * PAUSE + clerk.nth * PAUSE / USERS
            time.sleep(max(0, due - time.monotonic()))
            if over.is_set():
                return
            kind = KINDS[(turn + clerk.nth) % len(KINDS)]
            clerk.ask(kind)
            times[kind].append((time.monotonic() - due) * 1000)
    except Exception as why:  # of a thread: told by the one that waits for it
        failed.append((staff(clerk.nth), why))


def part(took, share):
    return sorted(took)[min(int(share * len(took)), len(took) - 1)] if took else None


def together(clerks, lasts, ending):
    over, times, failed = threading.Event(), {kind: [] for kind in KINDS}, []
    begins = time.monotonic() + 1
    threads = [threading.Thread(target=scheduled, args=(clerk, begins, over, times, failed)) for clerk in clerks]
    for thread in threads:
        thread.start()
    time.sleep(max(0, begins - time.monotonic()))
    lasts()
    over.set()
    for thread in threads:
        thread.join()
    assert not failed, failed
    bare = part(times["bare"], 0.5)
    for kind in KINDS[:-1]:
        if not times[kind]:  # the file was in before anybody's turn came
            continue
        for share, name in ((0.5, "p50"), (0.99, "p99"), (1, "max")):
            say(f"{kind}{ending}.{name}", part(times[kind], share), "ms", bare)
        say(f"{kind}{ending}.count", len(times[kind]), "answers")


def main(data, as_of, seconds, file=None):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(data, as_of, folder)
        city, given = authorities(office), new_password()
        for nth in range(USERS):
            hired(office, city, nth, given)
        typed = names(office)
        desk = Desk(office, "--name", "localhost", operator=OPERATOR, log=subprocess.DEVNULL)
        try:
            clerks = signed_in(desk, city, typed, given)
            alone(desk, clerks[0])
            together(clerks, lambda: time.sleep(float(seconds)), "")
            if file:
                together(clerks, lambda: office.run("intake", file, "--as-of", as_of, "--outcome", os.devnull), ".beside")
        finally:
            desk.process.terminate()
            desk.process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
