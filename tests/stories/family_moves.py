#!/usr/bin/env python3
"""A family moves, and its records follow: two cities and the network, every program its own process, over real TLS.

    family_moves.py SESSHU     on SQLite: two cities cannot share a server, whose databases are named by program

花子 gets her doses in 福岡市, which lays copies of them down; she moves to 北九州市, which asks; what is answered is laid beside
what is known, approved by a second person, and enters the ledger with its origin.
SPDX-License-Identifier: Apache-2.0
"""
import os
import re
import shutil
import subprocess
import sys
import time

import town
from screens import Browser, Screens, password
from town import Town, same, tell

KITAKYUSHU, FUKUOKA = "0220140100500000", "0220140130700000"
NUMBER, RECORD = "000000123455", "00000123455"
FORMER = "福岡県福岡市東区箱崎二丁目1番1号"
MANY = 21  # more than leave when one person asks
PROGRAMS = ("addressee", "ledger", "unified", "intermediate")
TARO = 1 if os.geteuid() == 0 else None  # a second login; the data belong to the first
LINKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/linkage")
town.FEED += ["個人番号", "転入前市区町村コード"]


class Server:
    """A program that goes on serving; its place is the line that it says."""

    def __init__(self, sesshu, *words, env=None):
        self.process = subprocess.Popen([sesshu, *words, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **(env or {})})
        self.place = self.process.stdout.readline().strip()
        assert self.place, words

    def ends(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()


class Network:
    def __init__(self, sesshu, folder):
        self.sesshu, self.data = sesshu, os.path.join(folder, "network")
        self.run("init")
        self.run("list", f"{LINKAGE}/organisations.csv", f"{LINKAGE}/allow_list.csv")
        self.server = Server(sesshu, "network", "serve", "--data", self.data)

    def run(self, *words):
        done = subprocess.run([self.sesshu, "network", *words, "--data", self.data], capture_output=True, text=True)
        same(done.returncode, 0, f"{words}: {done.stderr}")
        return done.stdout

    def knows(self, folder, person):
        """J-LIS as it stands today: the facts of the resident record."""
        path = os.path.join(folder, "people.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write("個人番号,住民票コード,氏名カナ,生年月日,性別,住所\n" +
                    f"{NUMBER},{RECORD},{person['氏名カナ']},{person['生年月日']},{person['性別']},{person['住所']}\n")
        self.run("people", path)
        os.unlink(path)


class City(Town):
    """A town with unified and an intermediate server of its own, admitted to the network."""

    def __init__(self, sesshu, network, code, **how):
        super().__init__(sesshu, **how)
        self.network, self.env = network, {}
        for program in ("unified", "intermediate"):
            self.does(program, "init", *(["--practice"] if how.get("practice") else []))
        network.run("admit", code, "--to", self.data)
        self.env["SESSHU_NETWORK"] = network.server.place
        self.middle = Server(sesshu, "intermediate", "serve", "--network", network.server.place, "--data", self.data, "--as-of", self.today,
                             "--operator", "hanako")
        self.env["SESSHU_INTERMEDIATE"] = self.middle.place

    def does(self, *words, statuses=(0,), **how):
        done = self.run(*words, env=self.env, **how)
        assert done.returncode in statuses, f"{words}: {done.returncode} {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def gets_codes(self):
        """Asked for, handed to J-LIS, arrived and heard of."""
        self.does("unified", "sync")
        until(lambda: self.does("unified", "codes") and "符号: 取得済 1、" in self.does("intermediate", "status", statuses=(0, 1)))

    def ends(self):
        self.middle.ends()
        self.close()


def until(does, seconds=60):
    end = time.monotonic() + seconds
    while not (said := does()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return said


def nowhere(data, programs, text):
    """Stands in no file of these programs: databases, logs beside them, trails."""
    for path, _, names in os.walk(data):
        for name in names:
            if not name.startswith(programs):
                continue
            with open(os.path.join(path, name), "rb") as f:
                assert text.encode() not in f.read(), f"{text} stands in {name}"


def a_family_moves_and_its_records_follow(t):
    network = Network(t.sesshu, t.folder)
    # Screens of an office for practice open without a card.
    fukuoka, here = (City(t.sesshu, network, code, practice=True) for code in (FUKUOKA, KITAKYUSHU))
    try:
        lives_in_fukuoka(fukuoka, network, t.folder)
        moves_here(here, network, t.folder)
        the_answer_enters_by_two_people(here)
        nobody_is_asked_about_in_silence(here)
        an_answer_waits_for_two_people_who_see_it(fukuoka, here)
        many_are_asked_by_file(here, t.folder)
        a_number_finds_and_is_said_nowhere(here)
        # Bodies are opaque to the network, and a number is in clear nowhere: F-3-02, C-3.6-22.
        nowhere(network.data, ("network",), "みほん小児科")
        for data in (network.data, fukuoka.data, here.data):
            nowhere(data, ("network", "unified", "intermediate", "ledger", "addressee"), NUMBER)
        for city in (fukuoka, here):
            same(city.does("audit", "verify").count("証跡"), len(PROGRAMS), "every program's trail")
        a_city_comes_back_whole(here, t.folder)
    finally:
        here.ends()
        fukuoka.ends()
        network.server.ends()


def lives_in_fukuoka(city, network, folder):
    city.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ", 個人番号=NUMBER, 市区町村コード="401315", 住所=FORMER)
    city.night()
    network.knows(folder, city.people["花子"])
    city.submits([city.sheet("花子", "MR", "2026-06-08", ロット番号="M1"), city.sheet("花子", "水痘", "2026-06-10"), city.sheet("花子", "BCG", "2025-10-20", ロット番号="B1")])
    # A copy of somebody who has no number yet is refused, told, and comes again.
    assert "受け付けられなかったもの 3 件" in city.does("ledger", "copies", statuses=(1,))
    city.gets_codes()
    assert "登録 3 件" in city.does("ledger", "copies")
    assert "登録 0 件" in city.does("ledger", "copies")
    listed = os.path.join(folder, "differences.csv")
    assert "違い 0 件" in city.does("ledger", "copies", "--compare", "--out", listed)
    assert "記録のとおりです" in city.does("ledger", "audit", "verify", listed), "it leads to its record"


def moves_here(city, network, folder):
    city.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ", since="2026-06-11", 個人番号=NUMBER, 転入前市区町村コード="401315", 転入前住所=FORMER)
    city.moves_in("太郎", "2025-05-10", since="2026-09-20", house=2, protected=True)
    for n in range(MANY):
        city.moves_in(f"転入{n}", "2025-06-01", since="2026-09-21", house=100 + n)
    city.night()
    network.knows(folder, city.people["花子"])
    city.submits([city.sheet("花子", "水痘", "2026-06-12")])  # two days after what the former city will say
    city.gets_codes()


def the_answer_enters_by_two_people(city):
    assert '"401307","福岡市","ASK"' in city.does("ledger", "offer", "--since", "2026-06-01")
    unified = Server(city.sesshu, "unified", "serve", "--data", city.data, "--as-of", city.today, "--operator", "hanako", env=city.env)
    same(password(city, "hanako").returncode, 0, "a password")
    try:
        with Screens(city, env={"SESSHU_UNIFIED": unified.place}) as screens:
            asks_and_enters_at_a_screen(city, screens)
    finally:
        unified.ends()
    said = city.does("ledger", "answer", "1", statuses=(1,)).splitlines()
    same([next(line for line in said if product in line).rpartition(": ")[2].split(" ")[0] for product in (" MR ", " VAR ", " BCG ")],
         ["台帳にない接種", "台帳と違う", "台帳にない接種"], "beside what is known")
    # Whoever asks again at a terminal is told why nothing can enter any more: that is a look at her.
    city.does("ledger", "accept", "1", statuses=(0, 1, 2))
    looks = city.does("ledger", "audit", "read", city.number("花子"))
    assert any('"look"' in line and "accept" in line for line in looks.splitlines()), looks
    assert "OPEN" not in city.does("ledger", "inquiries")
    if TARO is None:
        return
    city.does("ledger", "grant", "taro", "approve")
    city.does("ledger", "account", "taro", str(TARO))
    # One request for all that is new, which says each dose: what the second person saw is what enters.
    listed = city.does("ledger", "approvals", "list", statuses=(0, 1))
    waiting = [line.split()[0] for line in listed.splitlines() if " 承認待ち " in line]
    same(len(waiting), 1, listed)
    assert all(dose in listed for dose in ("2026-06-08 ワクチン MR", "2025-10-20 ワクチン BCG")), listed
    city.does("ledger", "approvals", "approve", waiting[0], login=TARO, operator=None)
    same(sorted((d["product"], d["date"]) for d in city.show("花子")["doses"]),
         [("BCG", "2025-10-20"), ("MR", "2026-06-08"), ("VAR", "2026-06-12")], "the new ones, and ours as it was")
    same(city.sql("SELECT count(*) FROM dose WHERE provenance = 3 AND to_act = 2147483647"), [("2",)], "with the origin of an answer")


def asks_and_enters_at_a_screen(city, screens):
    clerk = Browser(screens)
    clerk.sign_in()
    assert "前の市区町村に照会できます: 福岡市" in clerk.person(city.number("花子")).words, clerk.page.words
    inquiries = clerk.at + "/inquiries"
    clerk.go(inquiries)
    assert "この市自身には照会しません" in clerk.send(inquiries, city="401064", reason="本人の希望").words, "one of our own wards"
    clerk.go(inquiries)
    assert "理由を書いてください" in clerk.send(inquiries, city="400009", reason="").words, "another than the former city wants a reason"
    clerk.go(inquiries)
    assert "福岡市への照会を書きました" in clerk.send(inquiries, city="401307", reason="").words, clerk.page.words
    until(lambda: "提供あり" in (clerk.go(inquiries).words if "いま送り" not in clerk.page.words else clerk.send(inquiries + "/exchange").words))
    assert "確かめる情報照会" in clerk.go("/").words and "照会 1: 提供あり" in clerk.go("/waiting/inquiry").words, "work of the day"
    answer = inquiries + "/1"
    words = " ".join(clerk.go(answer).words.split())
    assert words.count("＋ 台帳にない接種") == 2 and "台帳と違う（D303） 令和8年6月12日" in words, words
    # What differs is nobody's to enter: the inquiry stays open until somebody says how it was decided.
    assert "2件の追加を申請しました" in clerk.send(answer).words and "1件が残っています" in clerk.page.words, clerk.page.words
    same([d["product"] for d in city.show("花子")["doses"]], ["VAR"], "nothing enters by itself")
    assert "照会 1 を確認済みにしました" in clerk.send(answer, how="福岡市に電話で確かめた").words, clerk.page.words
    assert "確かめる情報照会" not in clerk.go("/").words, "done"
    same([row[0] for row in city.sql("SELECT kind FROM work_order")][0], "results", "what leaves is an order")


def nobody_is_asked_about_in_silence(city):
    number = city.number("太郎")
    assert "支援措置" in city.does("ledger", "inquire", number, statuses=(2,))
    # He has no Individual Number yet: his row comes back with its code.
    said = city.does("ledger", "inquire", number, "--to", "401307", "--confirm", "本人の希望を確かめた", statuses=(1,))
    assert "受け付けられなかったもの 1 件" in said, said
    same(city.sql("SELECT undisclosed FROM inquiry ORDER BY inquiry_id DESC LIMIT 1"), [("1",)], "undisclosed")
    # Whoever reads the trail learns that somebody was asked about, and not where he was before.
    trail = city.does("ledger", "audit", "read")
    assert "inquire --to" in trail and "401307" not in "".join(line for line in trail.splitlines() if "inquire --to" in line), trail


def an_answer_waits_for_two_people_who_see_it(fukuoka, here):
    """C-3.6-28, C-3.6-29, C-3.6-35: at the terminals of both intermediate servers."""
    for name, right in (("hanako", None), ("jiro", "approve")):
        if right:
            fukuoka.does("intermediate", "grant", name, right)
        same(password(fukuoka, name, program="intermediate").returncode, 0, "a password")
    with Screens(fukuoka, "intermediate") as screens:
        clerk, second = Browser(screens), Browser(screens)
        clerk.sign_in()
        second.sign_in("jiro")
        person, = re.findall(r">(\d{15})<", clerk.go("/records").text)[:1]  # who was asked about before
        assert "提供あり" in clerk.page.words and "提供" in clerk.page.words, clerk.page.words
        clerk.go("/persons")
        copy = clerk.send("/persons", text=person)
        assert "みほん小児科" in copy.words and copy.words.count("件目 接種日 ") == 3, copy.words
        assert person not in clerk.at, "no number in an address"
        clerk.go("/persons")
        same(clerk.send("/persons", text=NUMBER).status, 422, "an Individual Number finds nobody here")
        assert NUMBER not in clerk.page.text, "and is not said again"
        state = clerk.go("/state").words
        assert "有効" in state and "答えています" in state and "取得済 1" in " ".join(state.split()), state
        fukuoka.does("intermediate", "look-first", person, "--reason", "本人の申出")
        here.does("ledger", "inquire", here.number("花子"), "--to", "401307", statuses=(0, 1))
        until(lambda: person in clerk.go("/held").text)
        assert "職員が答えを決める照会" in clerk.go("/").words, clerk.page.words
        held = re.search(r'href="(/held/\d+)"', clerk.go("/held").text)[1]
        assert "みほん小児科" in clerk.go(held).words and "自動応答不可の人です" in clerk.page.words, clerk.page.words
        same(clerk.send(held, choice="提供する").status, 422, "a reason")
        clerk.go(held)
        assert "を受け付けました" in clerk.send(held, choice="提供する", reason="住民記録と合うことを確かめた").words, clerk.page.words
        same(second.go("/held").status, 403, "who approves asks for nothing")
        request = re.search(r'href="(/approvals/\d+)"', second.go("/approvals").text)
        assert request, second.page.words
        request = request[1]
        assert "みほん小児科" in second.go(request).words, "exactly what goes out"
        second.send(request, _do="approve")
        until(lambda: "届いたもの 1 件" in here.does("ledger", "results", statuses=(0, 1)))
        looks = fukuoka.does("intermediate", "audit", "read", person)
        assert "GET /p/{person}" in looks and "GET /held/{provision}" in looks, looks


def inquiry_file(folder, name, *rows):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("\r\n".join(["宛名番号,生年月日,手続,照会先,項目", *rows]) + "\r\n")
    return path


def many_are_asked_by_file(city, folder):
    """F-4-02: by file, row by row; the same file is taken once, many of them leave when a second person says so."""
    hanako, taro = city.number("花子"), city.number("太郎")
    before = int(city.sql("SELECT max(inquiry_id) FROM inquiry")[0][0])
    wrong = inquiry_file(folder, "wrong.csv", f"{hanako},2025-05-10,P1,401307,", f"{taro},2025-05-10,P1,401307,", f"{hanako},2025-05-11,P1,,",
                         f"{hanako},2025-05-10,P9,999999,血液型", f"{hanako},2025-05-10,P1,401064,")
    said = city.does("ledger", "inquiry-file", "take", wrong, "--reason", "転入者の一括照会", statuses=(1,))
    assert "照会 0 受付不可 5" in said, said
    for line, item, words in ((2, "宛名番号", "もう照会しています"), (3, "宛名番号", "支援措置の対象です"), (4, "生年月日", "合いません"), (5, "手続", "P1"),
                              (5, "照会先", ""), (5, "項目", "血液型"), (6, "団体コード", "この市自身には照会しません")):
        assert re.search(rf"{line}行目.*{item}.*{words}", said), (line, item, words, said)
    city.does("ledger", "accept", str(before), "--settle", "福岡市の回答と同じ", statuses=(0, 1, 2))

    path = inquiry_file(folder, "one.csv", f"{hanako},2025-05-10,転入した方の接種歴の照会,401307,接種日 制度上の種類 期・回数 接種区分")
    assert "照会 1 件を送りました" in city.does("ledger", "inquiry-file", "take", path, "--reason", "転入者の一括照会")
    again = inquiry_file(folder, "again.csv", open(path, encoding="utf-8").read().split("\n", 1)[1].strip())
    for same_file in (path, again):
        assert "として受け付けています" in city.does("ledger", "inquiry-file", "take", same_file, "--reason", "もう一度")
    same(int(city.sql("SELECT max(inquiry_id) FROM inquiry")[0][0]), before + 1, "exactly one")
    until(lambda: '"01"' in city.does("ledger", "inquiries", "--all", "--file", "2") or city.does("ledger", "results", statuses=(0, 1)) and None)

    many = inquiry_file(folder, "many.csv", *(f"{city.number(f'転入{n}')},2025-06-01,P1,401307," for n in range(MANY)))
    said = city.does("ledger", "inquiry-file", "take", many, "--reason", "転入者の一括照会", statuses=(1,))
    request = re.search(r"申請 (\d+) を出しました", said)[1]
    assert "送りました" not in city.does("ledger", "results", statuses=(0, 1)), "nothing leaves before it is granted"
    city.does("ledger", "approvals", "approve", request, statuses=(2,))
    if TARO is None:
        assert f"照会 {MANY} 件を取りやめました" in city.does("ledger", "inquiry-file", "withdraw", "3", "--reason", "試し")
        return
    assert "福岡市 (401307)" in city.does("ledger", "approvals", "list", statuses=(0, 1)), "whom it asks about how many"
    city.does("ledger", "approvals", "approve", request, login=TARO, operator=None)
    # Nobody of them has a number yet: each row comes back with its code, and stays so.
    assert f"受け付けられなかったもの {MANY} 件" in city.does("ledger", "results", statuses=(0, 1))
    assert f"未送信 0、終わった {MANY}" in city.does("ledger", "inquiry-files"), "how each file stands"


def a_number_finds_and_is_said_nowhere(city):
    """C-3.6-22, C-3.3-11: at the terminal of unified; typed sealed, posted, never shown again."""
    same(password(city, "hanako", program="unified").returncode, 0, "a password")
    city.does("unified", "codes")  # hears how the code stands
    with Screens(city, "unified") as screens:
        clerk = Browser(screens)
        clerk.sign_in()
        assert "今日の仕事" in clerk.page.words, clerk.page.words
        clerk.go("/persons")
        found = clerk.send("/persons/number", number=NUMBER)
        assert "個人番号でさがしました" in found.words and city.number("花子") in found.text, found.words
        words = " ".join(found.words.split())
        assert "いまの番号" in words and "符号 取得済" in words and "令和7年5月10日" in words, words
        for said in (found.text, clerk.at):
            assert NUMBER not in said, "a number that found somebody is shown"
        assert NUMBER[-4:] not in found.words, "nor its end"
        clerk.go("/persons")
        wrong = clerk.send("/persons/number", number=NUMBER[:-1] + "0")
        same((wrong.status, NUMBER[:-1] in wrong.text), (422, False), "a wrong one is refused, and not said again")
        clerk.go("/persons")
        assert "この個人番号の人は登録されていません" in clerk.send("/persons/number", number="000000987654").words, clerk.page.words
        clerk.go("/persons")
        assert "令和7年5月10日" in clerk.send("/persons", text=city.number("花子")).words, "by the number of the register"
        looks = city.does("unified", "audit", "read", city.number("花子"))
        assert looks.count("POST /persons/number") == 1 and "窓口対応" in looks and NUMBER not in looks, looks


def a_city_comes_back_whole(city, folder):
    """What goes to every system goes to those of the exchange too, where they were founded."""
    copy, lost = os.path.join(folder, "copy"), city.data
    city.does("backup", "--to", copy)
    same([p for p in PROGRAMS if os.path.exists(os.path.join(copy, f"{p}.backup"))], list(PROGRAMS), "in the copy")
    for program in PROGRAMS:
        shutil.copy2(os.path.join(lost, "keys", f"{program}.kek"), os.path.join(copy, "keys"))
    city.does("restore", "--from", copy, "--verify")
    city.data = os.path.join(folder, "again")
    city.does("restore", "--from", copy)
    city.does("audit", "verify")
    assert "符号: 取得済 1、" in city.does("intermediate", "status", statuses=(0, 1)), "the code came back"
    city.data = lost


STORIES = [a_family_moves_and_its_records_follow]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
