"""The demo on a small city: every file of the city is taken, and every figure of its summary is that of the files.

SPDX-License-Identifier: Apache-2.0
"""
import collections
import csv
import glob
import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import types
import urllib.parse

from screens import Browser
from town import same

RESIDENTS = 400
PASSWORD = "correct horse battery"


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def demo(sesshu, folder, residents, *more):
    return subprocess.run([sesshu, "demo", "--residents", str(residents), "--data", folder, "--once", *more],
                          capture_output=True, text=True, timeout=500)


def figures(text, words):
    line = next(line for line in text.splitlines() if line.startswith(words))
    return [int(n) for n in re.findall(r"(?<![0-9A-Za-z])\d+", line)]


def every_file_is_taken(folder):
    db = sqlite3.connect(os.path.join(folder, "ledger.db"))
    taken = {name for (name,) in db.execute("SELECT name FROM intake_file")}
    sent = {os.path.basename(p) for p in glob.glob(os.path.join(folder, "city", "YOSHIN_*.csv"))}
    same(sent - taken, set(), "files that nobody took in")


def the_summary_says_what_the_files_say(folder, text):
    states = {}
    for path in sorted(glob.glob(os.path.join(folder, "city", "JUKI_*.csv"))):
        for row in rows(path):
            states[row["宛名番号"]] = row["住民状態"]
    of = collections.Counter(states.values())
    same(figures(text, "住民  "), [of["1"], of["2"], of["3"], of["9"]], "residents")
    outcomes = collections.Counter(r["outcome"] for r in rows(os.path.join(folder, "outcome-202610.csv")))
    linked = outcomes["accepted"] + outcomes["accepted_with_warning"]
    same(figures(text, "予診票10月分")[1:], [sum(outcomes.values()), linked, outcomes["accepted_with_warning"], outcomes["review"],
                                      outcomes["returned"], outcomes["duplicate"]], "the month")
    due = rows(os.path.join(folder, "due.csv"))
    same(figures(text, "対象者"), [len({r["宛名番号"] for r in due}), len(due)], "who is due")
    changed = figures(text, "1か月の変化")[1:]
    same((changed[0], sum(changed[1:])), (len(rows(os.path.join(folder, "changes.csv"))), changed[0]), "all that changed is told")
    sheets = [r for p in glob.glob(os.path.join(folder, "notices", "dispatch-*.csv")) for r in rows(p)]
    same(figures(text, "お知らせ"), [len({r["整理番号"] for r in sheets}), sum(int(r["枚数"]) for r in sheets)], "papers")


CHILD, FAMILY = "000000000900002", ("000007652674", "000002931354")  # in data/story


def doses_of(folder, who):
    """Product, day and origin of each dose that stands."""
    db = sqlite3.connect(os.path.join(folder, "ledger.db"))
    return sorted(db.execute("SELECT d.given_on, d.provenance FROM dose d JOIN person p ON p.person_id = d.person_id"
                             " WHERE p.addressee_no = ? AND d.to_act = 2147483647", (who,)))


def a_family_moves_and_comes_back(folder, text):
    """The story of two cities: every program a process, what was answered entered by two people, what must be hidden hidden."""
    told = text.partition("════ ある親子の引っ越し")[2]
    world = os.path.join(folder, "world")
    answer = 3  # provenance of what another city answered
    same([origin for _, origin in doses_of(folder, CHILD)].count(answer), 2, "doses of the other city, with their origin")
    same(len(doses_of(folder, CHILD)), 12, "ours and theirs")
    same(figures(told, "              2人目の職員が")[1:], [12], "what the ledger came to")
    before = rows(os.path.join(world, "files", "history.csv"))
    same([(r["照会者"], r["提供者"], r["結果"]) for r in before], [("北九州市", "福岡市", "GIVEN"), ("福岡市", "北九州市", "GIVEN")], "who asked whom")
    same(figures(told, "保護者が見る"), [len(before)], "as the citizen is told")
    same(rows(os.path.join(world, "files", "history-after.csv")), [], "protection hides what was shown, also of before")
    with open(os.path.join(world, "files", "shields.txt"), encoding="utf-8") as f:
        assert "支援措置中: 不開示、自己情報提供不可、自動応答不可" in f.read(), "by the register's word alone"
    same([r["status"] for r in rows(os.path.join(world, "files", "inquiries-there.csv"))], ["04", "09"], "two people decide the second time")
    with open(os.path.join(world, "files", "held.txt"), encoding="utf-8") as f:
        held = f.read()
    assert "製造番号: MR310" in held and "小児科" not in held, "what two people would send names no clinic"
    for place in ("audit-here.txt", "audit-there.txt"):
        with open(os.path.join(world, "files", place), encoding="utf-8") as f:
            verified = f.read().splitlines()
        same([line.split(":")[0] for line in verified if "書かれたときのままです" in line],
             ["addressee", "ledger", "unified", "intermediate"], f"every trail of {place}")
    for path, _, names in os.walk(folder):
        for name in names:
            if os.path.basename(path) in ("city", "files") or name.endswith(".pdf"):
                continue  # what came in
            with open(os.path.join(path, name), "rb") as f:
                kept = f.read()
            for number in FAMILY:
                assert number.encode() not in kept, f"a number stands in {name}"


def the_network_is_seen(sesshu, folder):
    """At the screens of the sandbox: who is connected and who asked whom, and what one person is shown about herself."""
    network = os.path.join(folder, "world", "network")
    for words, typed in ((("grant", "花子", "read"), ""), (("password", "花子"), PASSWORD + "\n")):
        done = subprocess.run([sesshu, "network", *words, "--data", network], input=typed, capture_output=True, text=True, timeout=60)
        same(done.returncode, 0, done.stderr)
    shown = subprocess.Popen([sesshu, "network", "desk", "--port", "0", "--data", network], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        browser = Browser(types.SimpleNamespace(host=shown.stdout.readline().strip().removeprefix("http://").rstrip("/"), session="desk-network"))
        live = browser.sign_in("花子")
        same(live.text.count('class="node on"'), 2, "two cities are connected")
        same(live.text.count('class="trip"'), 2, "two inquiries were answered")
        same(live.text.count('class="trip waits"'), 1, "and one waits for people")
        same(live.headers["Refresh"] is not None, True, "drawn anew by itself")
        browser.go("/citizen")
        same(browser.send("/citizen", text="000000000019").status, 422, "nobody's number")
        history = browser.send("/citizen", text=FAMILY[1])
        same(len(re.findall(r'<th scope="row" class="num l"><time>', history.text)), len(rows(os.path.join(folder, "world", "files", "history-after.csv"))),
             "as the command shows it")
        for number in FAMILY:
            assert number not in browser.at and number not in history.text, "her number stands nowhere"
        kept = subprocess.run([sesshu, "network", "audit", "read", "--data", network], capture_output=True, text=True, timeout=60).stdout
        looks = [row for row in csv.reader(kept.splitlines()) if "GET /citizen/{person}" in row]
        assert looks and looks[-1][10], "whose page was looked at, by the program's own index"
        elsewhere = Browser(browser.screens)
        elsewhere.sign_in("花子")
        same(elsewhere.ask("GET", browser.at).status, 404, "her page is read in no other session")
    finally:
        shown.terminate()
        shown.wait(timeout=60)
        shown.stdout.close()
    plain = os.path.join(os.path.dirname(folder), "network-of-real-people")
    same(subprocess.run([sesshu, "network", "init", "--data", plain], capture_output=True, timeout=60).returncode, 0, "founded")
    refused = subprocess.run([sesshu, "network", "desk", "--port", "0", "--data", plain], capture_output=True, text=True, timeout=60)
    assert refused.returncode == 2 and "訓練用" in refused.stderr, refused.stderr


def another_city_does_not_spoil_the_folder(sesshu, folder):
    before = sorted(os.listdir(os.path.join(folder, "city")))
    refused = demo(sesshu, folder, RESIDENTS + 1)
    same(refused.returncode, 2, refused.stderr)
    assert f"住民 {RESIDENTS} 人の市" in refused.stderr, refused.stderr
    same(sorted(os.listdir(os.path.join(folder, "city"))), before, "nothing was made")
    same(demo(sesshu, folder, RESIDENTS, "--port", "abc").returncode, 2, "no port")


def an_office_of_real_people_is_left_alone(sesshu, top):
    real = os.path.join(top, "real")
    founded = subprocess.run([sesshu, "init", "--data", real, "--operator", "hanako"], capture_output=True, text=True, timeout=60)
    same(founded.returncode, 0, founded.stderr)
    assert "city.json に市のことを書いてください" in founded.stdout, founded.stdout
    before = sorted(os.listdir(real))
    refused = demo(sesshu, real, RESIDENTS)
    same(refused.returncode, 2, refused.stdout)
    assert "架空の市ではない" in refused.stderr, refused.stderr
    same(sorted(os.listdir(real)), before, "nothing was made")


def the_screens_open_with_the_names_and_passwords_that_are_printed(sesshu, folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sesshu, "demo", "--residents", str(RESIDENTS), "--data", folder, "--port", str(port)]
    shown = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        people, line = [], ""
        while not line.startswith("http://"):  # what the screens say when they are ready
            line = shown.stdout.readline()
            assert line, "the demo ended before its screens opened"
            people += re.findall(r"名前 (\S+)　パスワード (\S+)", line)
        same([name for name, _ in people], ["花子", "太郎"], "two people")
        for name, password in people:
            desk = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            form = urllib.parse.urlencode({"name": name, "password": password, "purpose": "窓口対応"})
            desk.request("POST", "/signin", form, {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
            answer = desk.getresponse()
            same((answer.status, answer.headers["Location"]), (303, "/"), name)
            desk.close()
    finally:
        shown.terminate()
        shown.wait(timeout=60)
        shown.stdout.close()


def main(sesshu):
    with tempfile.TemporaryDirectory(prefix="sesshu-story.") as top:
        folder = os.path.join(top, "demo")
        done = demo(sesshu, folder, RESIDENTS)
        same(done.returncode, 0, done.stderr[-2000:])
        every_file_is_taken(folder)
        the_summary_says_what_the_files_say(folder, done.stdout)
        a_family_moves_and_comes_back(folder, done.stdout)
        the_network_is_seen(sesshu, folder)
        assert "\\x" not in done.stdout, "a sign of ours shown as text"
        another_city_does_not_spoil_the_folder(sesshu, folder)
        an_office_of_real_people_is_left_alone(sesshu, top)
        the_screens_open_with_the_names_and_passwords_that_are_printed(sesshu, folder)
        print("ok   the demo")


main(sys.argv[1])
