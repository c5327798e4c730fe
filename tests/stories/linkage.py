#!/usr/bin/env python3
"""Two cities and the network between them: real executables, real TLS. Each city's unified system is played here, by a
client that shares no code with them.

Proves F-4-02, F-4-03, F-4-05, C-3.6-22, C-3.6-29, C-3.6-35: code, copies, an inquiry answered by itself, one that
waits for two people, no data, nobody, what a kill leaves, what protection hides, and that nothing stands in the network in clear.
SPDX-License-Identifier: Apache-2.0
"""
import csv
import hashlib
import http.client
import os
import signal
import ssl
import subprocess
import sys

from network import ADDRESS, FUKUOKA, KANA, KITAKYUSHU, NUMBER, RECORD, Network, cbor, every_door_refuses_what_is_no_message, read, socket_to
from town import same

DATASET, LOT = "TM9000000000YB01", "LOTOFHANAKO"
HERE, THERE = "190000000000017", "190000000000025"  # her unified number in each city
ITEMS = {1: "9001", 2: "001", 3: "0", 4: "20260601", 6: "1", 7: "1", 10: LOT, 15: "401307", 16: "20260605", 17: "1"}
GIVEN, NO_DATA, NOBODY, HELD, REQUESTED, ENDED, CODE_HELD = 1, 2, 3, 3, 1, 4, 2


class City:
    def __init__(self, net, code, practice=False):
        self.net, self.code, self.data, self.sequence, self.server = net, code, net.city(code), 0, None
        for program in ("intermediate", "unified"):
            self.run("init", *(["--practice"] if practice else []), program=program)
            self.run("tls", "status", program=program)

    def run(self, *words, program="intermediate", status=0, operator="hanako"):
        done = subprocess.run([self.net.sesshu, program, *words, "--data", self.data, "--operator", operator], capture_output=True,
                              text=True, env={**os.environ, "SESSHU_NETWORK": f"127.0.0.1:{self.net.port}"})
        same(done.returncode, status, f"{words}: {done.stderr}")
        return done.stdout

    def serve(self):
        self.server = subprocess.Popen([self.net.sesshu, "intermediate", "serve", "--port", "0", "--data", self.data, "--operator", "hanako"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        self.port = int(self.server.stdout.readline().decode().rpartition(":")[2])

    def kill(self):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server.stdout.close()

    def ask(self, path, question):
        """As unified of this city."""
        line = self.line()
        line.request("POST", path, cbor(question))
        answer = line.getresponse()
        same(answer.status, 200, path)
        value, _ = read(answer.read())
        line.close()
        return value

    def line(self):
        tls = ssl.create_default_context(cafile=os.path.join(self.data, "tls/ca.crt"))
        tls.load_cert_chain(os.path.join(self.data, "tls/unified.crt"), os.path.join(self.data, "tls/unified.key"))
        line = http.client.HTTPSConnection("intermediate.sesshu.internal", self.port, context=tls, timeout=60)
        line._create_connection = lambda address, *more: socket_to(self.port)
        return line

    def batch(self, path, person, payloads, head_of=b""):
        return self.ask(path, {1: head_of, 2: [[person, cbor(p)] for p in payloads]})

    def code_asked(self, person, number=NUMBER):
        answer = self.batch("/codes", person, [{1: 0, 2: 1}])[0]
        same(answer[1], REQUESTED, "the code is asked for")
        same(self.net.told(self.code, "/jlis/codes", [self.net.wish(answer[2], number)], role="unified"), [0], "J-LIS")
        self.run("exchange")

    def code_for(self, person):
        self.code_asked(person)
        states = self.ask("/codes/states", {1: b"", 2: 0, 3: 100})[2]
        same(read(states[-1][2])[0][1], CODE_HELD, "the code is held")

    def copies(self, person, records):
        payloads = [cbor(r) for r in records]
        self.sequence += 1
        head_of = {1: DATASET, 2: 0, 3: 1, 4: self.sequence, 5: self.sequence - 1, 6: self.sequence, 7: 1, 8: len(payloads), 9: 0,
                   10: hashlib.sha256(b"".join(payloads)).digest()}
        answer = self.ask("/copies", {1: cbor(head_of), 2: [[person, p] for p in payloads]})
        same(answer[1], [], "the message")
        return answer[4]

    def wish(self, number, person=HERE, provider=FUKUOKA, department="保健所"):
        answer = self.batch("/inquiries", person, [{1: number, 2: provider, 3: 25, 4: "JM90000000000025", 5: "JT90000000002501", 6: DATASET,
                                                    7: 0x201, 8: 0, 9: 0, 10: department}])
        return answer[4][0]

    def result(self, number):
        found = None
        for row in self.ask("/results", {1: b"", 2: 0, 3: 1000})[2]:
            told = read(row[2])[0]
            found = told if told[1] == number else found
        return found


def dose(key, lot=LOT, product=ITEMS[1]):
    return {1: key, 2: 1, 3: 0, 4: 20260201, 5: [[no, 0, value] for no, value in {**ITEMS, 1: product, 10: lot}.items()]}


def back_and_forth(*cities):
    for _ in range(2):
        for city in cities:
            city.run("exchange")


def answered(ours, theirs, number, result):
    same(ours.wish(number), [], "the wish is taken")
    back_and_forth(ours, theirs, ours)
    told = ours.result(number)
    same((told[2], told[3]), (ENDED, result), f"how inquiry {number} ended")
    return told


def main():
    net = Network(sys.argv[1])
    cities = []
    try:
        net.serve()
        ours, theirs = cities = [City(net, KITAKYUSHU), City(net, FUKUOKA)]
        for city in cities:
            city.serve()
            city.run("exchange")
        same(ours.wish("1"), [["E101", 0]], "no code, no inquiry")
        ours.code_for(HERE)
        theirs.copies(THERE, [])
        answered(ours, theirs, "2", NOBODY)
        theirs.code_for(THERE)
        answered(ours, theirs, "3", NO_DATA)
        same(theirs.copies(THERE, [dose("D-1"), dose("D-2") | {5: [[1, 0, "9999"]]}])[0], [], "a good record beside a bad one")
        told = answered(ours, theirs, "4", GIVEN)
        same(read(told[6])[0][3], [[[1, 0, "9001"], [10, 0, LOT]]], "what was asked for and nothing else")
        assert LOT in theirs.run("copy", THERE), "as they see it themselves"
        killed_between(net, ours, theirs)
        read_from_the_other_end(ours, theirs)
        held(ours, theirs)
        seen_once_by_the_citizen(net, ours, theirs)
        her_own_is_shown_to_her(net, theirs)
        hidden_from_the_citizen(net, theirs)
        nothing_in_clear(net)
        records_agree(ours, theirs)
        nonsense_from_unified(ours)
    finally:
        for city in cities:
            if city.server:
                city.kill()
        net.close()
    print("linkage: all told")


def killed_between(net, ours, theirs):
    """Whoever is killed goes on from what was committed; everything comes once."""
    same(ours.wish("5"), [], "the wish")
    ours.kill()
    ours.serve()
    ours.run("exchange")
    net.kill()
    net.serve()
    theirs.run("exchange")
    theirs.kill()
    theirs.serve()
    back_and_forth(theirs, ours)
    back_and_forth(theirs, ours)
    same(ours.result("5")[3], GIVEN, "after three kills")


def read_from_the_other_end(ours, theirs):
    """F10: a canary in their copies is read from here by itself, as anybody would be; the ledger hears nothing of it."""
    told = len(ours.ask("/results", {1: b"", 2: 0, 3: 1000})[2])
    ours.run("canary", "set", HERE, FUKUOKA)
    back_and_forth(ours, theirs, ours)
    assert "読めました" in ours.run("canary"), "read today"
    same(len(ours.ask("/results", {1: b"", 2: 0, 3: 1000})[2]), told, "what the ledger hears")


def held(ours, theirs):
    theirs.run("look-first", THERE, "--reason", "支援措置")
    same(ours.wish("6"), [], "the wish")
    back_and_forth(ours, theirs, ours)
    same(ours.result("6")[2], HELD, "people decide")
    assert LOT in theirs.run("held"), "they see what would go out"
    theirs.run("held", "release", theirs.run("held").split()[0], "--reason", "本人確認済み")
    theirs.run("approvals", "approve", "1", status=2)  # whoever asked


def citizen_does(net, *words, status=0):
    done = subprocess.run([net.sesshu, "network", *words, "--data", net.data], input=NUMBER + "\n", capture_output=True, text=True)
    same(done.returncode, status, done.stderr)
    return done.stdout


def citizen_reads(net):
    return list(csv.DictReader(citizen_does(net, "history").splitlines()))


def citizen_sees(net):
    return len(citizen_reads(net))


def seen_once_by_the_citizen(net, *cities):
    """What the inquirer, the provider and the core each recorded is one line, and they agree; what is under way is not called wrong."""
    back_and_forth(*cities)
    same(sorted((row["結果"], row["三者の記録"]) for row in citizen_reads(net)), [("ASKED", "INCOMPLETE")] + 5 * [("GIVEN", "TOGETHER")], "each once")


def her_own_is_shown_to_her(net, theirs):
    """わたしの情報: asked at the portal, answered sealed by the city's own server."""
    citizen_does(net, "own", FUKUOKA)
    assert "取り寄せています" in citizen_does(net, "own")
    theirs.run("exchange")
    assert LOT in citizen_does(net, "own"), "what they keep of her"


def hidden_from_the_citizen(net, theirs):
    """The register's word hides what was shown, also of before; its end shows nothing, and neither does one person."""
    theirs.run("shield", "set", THERE, "JT90000000002601", "--reason", "別の事務の相談")
    theirs.run("exchange")
    assert "JT90000000002601" in theirs.run("shield")
    same(citizen_sees(net), 6, "another procedure's")
    same(theirs.batch("/shields", THERE, [{1: 1}])[4], [[]], "the register protects her")
    theirs.run("exchange")
    same(citizen_sees(net), 0, "nothing of her is there")
    assert LOT not in citizen_does(net, "own"), "nor what came before"
    citizen_does(net, "own", FUKUOKA, status=2)
    theirs.run("shield", "release", "2", "--reason", "本人の申出", status=2)
    theirs.batch("/shields", THERE, [{1: 0}])
    theirs.run("exchange")
    same(citizen_sees(net), 0, "protection is over, and nothing is shown")
    assert "支援措置が終わりました" in theirs.run("work", status=1), "a person is to look"
    asked = theirs.run("shield", "release", "2", "--reason", "裁判所の決定")
    theirs.run("approvals", "approve", asked.split()[1], status=2)  # whoever asked
    theirs.run("exchange")
    same(citizen_sees(net), 0, "not by one person")


def nothing_in_clear(net):
    net.kill()
    net.serve()
    for place, _, files in os.walk(net.data):
        for name in files:
            with open(os.path.join(place, name), "rb") as f:
                kept = f.read()
            for what in (LOT, NUMBER, RECORD, KANA, ADDRESS, HERE, THERE):
                assert what.encode() not in kept, f"{what} stands in {name}"


def records_agree(ours, theirs):
    for city in (ours, theirs):
        assert "すべて一致しています" in city.run("reconcile"), "beside the core's"


def nonsense_from_unified(city):
    feed = {1: b"", 2: 0, 3: 10}
    head_of = {1: DATASET, 2: 0, 3: 1, 4: 99, 5: 98, 6: 99, 7: 1, 8: 1, 9: 0, 10: bytes(32)}
    wish = {1: "9", 2: FUKUOKA, 3: 25, 4: "JM90000000000025", 5: "JT90000000002501", 6: DATASET, 7: 0x201, 8: 0, 9: 0, 10: "保健所"}
    every_door_refuses_what_is_no_message(city.line(), {
        "/codes": {1: b"", 2: [[HERE, cbor({1: 0, 2: 1})]]}, "/codes/states": feed, "/results": feed, "/copies/compare": {**feed, 1: DATASET.encode()},
        "/copies": {1: cbor(head_of), 2: [[HERE, cbor(dose("D-9"))]]}, "/inquiries": {1: b"", 2: [[HERE, cbor(wish)]]},
        "/cancel": {1: b"", 2: [[HERE, cbor({1: "9"})]]}, "/shields": {1: b"", 2: [[HERE, cbor({1: 1})]]}})
    assert "書かれたときのままです" in city.run("audit", "verify")


if __name__ == "__main__":
    main()
