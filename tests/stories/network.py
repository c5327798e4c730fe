#!/usr/bin/env python3
"""The network among servers that are not ours: real executable, real TLS, a client that shares no code with it.

Proves C-3.6-20, C-3.6-37, C-3.6-39, F-4-07: who may ask, as whom; what is told twice, and what a kill leaves.
SPDX-License-Identifier: Apache-2.0
"""
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile

from town import same

KITAKYUSHU, FUKUOKA = "0220140100500000", "0220140130700000"
NUMBER, RECORD, KANA, ADDRESS = "000009722815", "00000123455", "ミホン ハナコ", "福岡県北九州市小倉北区城内1番1号"
PEOPLE = "個人番号,住民票コード,氏名カナ,生年月日,性別,住所\n"
LINKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/linkage")
CODE_ARRIVED, E101, ACCEPTED = 1, 1, 0


# ---- CBOR as the contract has it: numbers, bytes, texts, arrays, maps of numbered items

def head(major, n):
    for size, extra in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if n < 24:
            return bytes([major << 5 | n])
        if n < 1 << 8 * size:
            return bytes([major << 5 | extra]) + n.to_bytes(size, "big")
    raise ValueError(n)


def cbor(value):
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(v) for v in value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(0, value)


def read(data, at=0):
    major, small = data[at] >> 5, data[at] & 31
    at += 1
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(small, 0)
    n, at = (int.from_bytes(data[at:at + size], "big") if size else small), at + size
    if major == 1:
        return -1 - n, at
    if major == 0:
        return n, at
    if major in (2, 3):
        return (data[at:at + n] if major == 2 else data[at:at + n].decode()), at + n
    items = []
    for _ in range(n * (2 if major == 5 else 1)):
        item, at = read(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


def spoilt(good, most=20):
    """What is no message any more, or another one: cut, changed bit by bit, heads that promise more than comes, lists in lists."""
    yield from (b"", b"\xff", b"\x9f" * 5000, b"\x81" * 5000, b"\xbf", good + b"\0", b"\xc0" + good)
    for major in (2, 3, 4, 5):
        yield bytes([major << 5 | 27]) + b"\xff" * 8
        yield bytes([major << 5 | 26]) + b"\x7f\xff\xff\xff" + good
    for at in range(0, len(good), max(1, len(good) // most)):
        yield good[:at]
        yield good[:at] + bytes([good[at] ^ 1 << at % 8]) + good[at + 1:]
        yield good[:at] + head(4, 1 << 31) + good[at:]


class Network:
    def __init__(self, sesshu, practice=False):
        self.sesshu, self.folder, self.server = sesshu, tempfile.mkdtemp(prefix="sesshu-story."), None
        self.data = os.path.join(self.folder, "network")
        self.said = open(os.path.join(self.folder, "said"), "w+b")
        self.run("init", *(["--practice"] if practice else []))
        self.run("list", f"{LINKAGE}/organisations.csv", f"{LINKAGE}/allow_list.csv")
        people = os.path.join(self.folder, "people.csv")
        with open(people, "w", encoding="utf-8") as f:
            f.write(PEOPLE + f"{NUMBER},{RECORD},{KANA},2026-02-01,2,{ADDRESS}\n")
        self.run("people", people)
        os.unlink(people)
        for code in self.codes:
            os.mkdir(self.city(code), 0o700)
            self.admit(code)

    codes = (KITAKYUSHU, FUKUOKA)

    def run(self, *words):
        done = subprocess.run([self.sesshu, "network", *words, "--data", self.data], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def city(self, code):
        return os.path.join(self.folder, code)

    def admit(self, code):
        self.run("admit", code, "--to", self.city(code))

    def serve(self):
        self.server = subprocess.Popen([self.sesshu, "network", "serve", "--port", "0", "--data", self.data], stdout=subprocess.PIPE,
                                       stderr=self.said, start_new_session=True)
        self.port = int(self.server.stdout.readline().decode().rpartition(":")[2])

    def kill(self):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server.stdout.close()

    def close(self):
        self.kill()
        self.said.close()
        shutil.rmtree(self.folder)

    def tls(self, code, role):
        place = os.path.join(self.city(code), "network/tls")
        made = ssl.create_default_context(cafile=os.path.join(place, "ca.crt"))
        if role:
            made.load_cert_chain(os.path.join(place, f"{role}-{code}.crt"), os.path.join(place, f"{role}-{code}.key"))
        return made

    def ask(self, code, path, question, role="intermediate", tls=None):
        """Status and answer; None: no answer at all."""
        line = self.line(code, role, tls)
        try:
            line.request("POST", path, cbor(question))
            answer = line.getresponse()
            return answer.status, answer.read()
        except (ssl.SSLError, ConnectionError, http.client.RemoteDisconnected):
            return None, b""
        finally:
            line.close()

    def line(self, code, role, tls=None):
        line = http.client.HTTPSConnection("network.sesshu.internal", self.port, context=tls or self.tls(code, role), timeout=20)
        line._create_connection = lambda address, *more: socket_to(self.port)  # the name is the role; where it lives is told beside it
        return line

    def told(self, code, path, question, role="intermediate"):
        status, answer = self.ask(code, path, question, role)
        same(status, 200, path)
        value, end = read(answer)
        same(end, len(answer), "one answer")
        return value

    def wish(self, acquisition, number=NUMBER):
        return {1: acquisition, 2: number, 3: KANA, 4: 20260201, 5: 2, 6: ADDRESS}


def socket_to(port):
    return socket.create_connection(("127.0.0.1", port), 20)


def only_an_admitted_server_is_answered_and_by_its_own_doors(net):
    same(net.ask(KITAKYUSHU, "/acquisitions", {1: 1})[0], 200, "the intermediate server")
    same(net.ask(KITAKYUSHU, "/acquisitions", {1: 1}, role="unified")[0], 403, "unified at its door")
    same(net.ask(KITAKYUSHU, "/jlis/codes", [])[0], 403, "the intermediate server at J-LIS's")
    same(net.ask(KITAKYUSHU, "/jlis/codes", [], role="unified")[0], 200, "unified")
    same(net.ask(KITAKYUSHU, "/mail", {1: 0})[0], 400, "what is no question")
    same(net.ask(KITAKYUSHU, "/numbers", {1: 0})[0], 403, "what is no door")
    same(net.ask(KITAKYUSHU, "/mail", {1: 0, 2: 1}, role=None)[0], None, "nobody's certificate")
    stolen = net.tls(FUKUOKA, "intermediate")
    same(net.ask(FUKUOKA, "/mail", {1: 0, 2: 1}, tls=stolen)[0], 200, "the key of today")
    net.admit(FUKUOKA)
    same(net.ask(FUKUOKA, "/mail", {1: 0, 2: 1}, tls=stolen)[0] in (None, 403), True, "a key of before, while the server runs")
    same(net.ask(FUKUOKA, "/mail", {1: 0, 2: 1})[0], 200, "the new one")


def every_door_refuses_what_is_no_message(line, questions):
    """At doors that are open: each of hundreds of spoilt questions gets an answer, none of them is a failure of ours."""
    for path, question in questions.items():
        for body in spoilt(cbor(question)):
            line.request("POST", path, body)
            answer = line.getresponse()
            answer.read()
            assert answer.status in (200, 400, 413), f"{path} answers {answer.status} to {body[:80].hex()}"
        line.request("POST", path, cbor(question))
        answer = line.getresponse()
        answer.read()
        same(answer.status, 200, f"{path} asked well afterwards")
    line.close()


def the_networks_doors_refuse_what_is_no_message(net):
    row = {1: NUMBER.encode(), 2: "text", 3: 1}
    every_door_refuses_what_is_no_message(net.line(FUKUOKA, "intermediate"), {
        "/mail": {1: 0, 2: 10}, "/acquisitions": {1: 1}, "/permits": [cbor(row)], "/inquiries": [cbor(row)], "/replies": [cbor(row)], "/list": {1: 0},
        "/records": {1: 0, 2: 10}, "/records/told": [cbor(row)], "/selves": [cbor(row)], "/shields": [cbor(row)]})
    every_door_refuses_what_is_no_message(net.line(FUKUOKA, "unified"), {"/jlis/codes": [net.wish(net.told(FUKUOKA, "/acquisitions", {1: 1})[0])]})


def what_was_committed_outlives_a_kill_and_comes_once(net):
    number = net.told(KITAKYUSHU, "/acquisitions", {1: 1})[0]
    same(net.told(FUKUOKA, "/jlis/codes", [net.wish(number)], role="unified"), [E101], "somebody else's acquisition number")
    same(net.told(KITAKYUSHU, "/jlis/codes", [net.wish(number)], role="unified"), [ACCEPTED], "the wish")
    net.kill()
    net.serve()
    same(net.told(KITAKYUSHU, "/jlis/codes", [net.wish(number)], role="unified"), [ACCEPTED], "the wish again, for its answer was lost")
    same(net.told(FUKUOKA, "/mail", {1: 0, 2: 10})[1], [], "the other city's box")
    for _ in range(2):  # an answer that was lost is fetched again
        box = net.told(KITAKYUSHU, "/mail", {1: 0, 2: 10})
        same([letter[2] for letter in box[1]], [CODE_ARRIVED], "one letter")
        same(read(box[1][0][3])[0][1], number, "under the number that was asked with")
    net.kill()
    net.serve()
    same(net.told(KITAKYUSHU, "/mail", {1: box[1][0][1], 2: 10})[1], [], "what was kept is gone")
    same(net.told(KITAKYUSHU, "/mail", {1: 0, 2: 10})[1], [], "for good")
    return read(box[1][0][3])[0][2]


def nothing_in_clear(net, code):
    """Everything that it keeps and says, while it runs: database, log of the database, log, lists, trail."""
    net.kill()
    net.serve()
    searched = 0
    for place, _, files in os.walk(net.data):
        for name in files:
            with open(os.path.join(place, name), "rb") as f:
                kept = f.read()
            searched += 1
            for what in (NUMBER, RECORD, "ハナコ", "小倉北区城内"):
                assert what.encode() not in kept, f"{what} stands in {name}"
            assert code not in kept, f"a person's code stands in {name}"
    net.said.seek(0)
    said = net.said.read()
    for what in (NUMBER, RECORD, "ハナコ", KITAKYUSHU):
        assert what.encode() not in said, f"{what} stands in the log"
    assert searched > 8, searched


def the_records_stand(net):
    same(net.run("records").count("\n"), 1, "nobody has asked about anybody")
    assert "書かれたときのままです" in net.run("audit", "verify")


def main():
    net = Network(sys.argv[1])
    try:
        net.serve()
        only_an_admitted_server_is_answered_and_by_its_own_doors(net)
        code = what_was_committed_outlives_a_kill_and_comes_once(net)
        the_networks_doors_refuse_what_is_no_message(net)
        nothing_in_clear(net, code)
        the_records_stand(net)
    finally:
        net.close()
    print("network: all told")


if __name__ == "__main__":
    main()
