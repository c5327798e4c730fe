#!/usr/bin/env python3
"""No Individual Number leaves its place: a search of everything a month leaves behind.

    no_number_leaks.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

Random numbers of the full range stand where they belong, and wherever a vendor or a clinic may put them by
mistake. Then every file that the programs wrote (databases, write-ahead logs, error lists, outcomes), every
word they said, what a running program shows in /proc, and PostgreSQL's tables are searched for each number:
plain, folded, in hex, hashed, and for the bare hash of any file that holds one, which would let whoever
reads it try all numbers out (an offline oracle). Proves C-3.2-02; 番号法 第9条, 第19条.
SPDX-License-Identifier: Apache-2.0
"""
import hashlib
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys

from town import CLINIC, SHEET, Town, csv_text, same, tell

ITEMS = ("更新連番 宛名番号 異動事由 異動年月日 届出年月日 世帯番号 住民種別 住民状態 氏名 氏名カナ 氏名ローマ字 通称 通称カナ 氏名優先区分 "
         "性別 生年月日 続柄 市区町村コード 郵便番号 町丁目 番地 枝 子枝 住所 方書 電話番号 住民となった日 住民でなくなった日 転入前住所 "
         "転入前方書 転入前市区町村コード 転出後住所 転出後方書 転出後市区町村コード 支援措置").split()
OWN = 17  # where 個人番号 stands: it has neighbours on both sides
COLUMNS = ITEMS[:OWN] + ["個人番号"] + ITEMS[OWN:]
KANJI, DAIJI = "〇一二三四五六七八九", "零壱弐参肆伍陸漆捌玖"
SPELLINGS = ["{0}", "No.{0}様", "{1} {2} {3}", "{1}-{2}-{3}", "{1}  {2}  {3}", "({1})({2})({3})", "{1}\u200b{2}\u200b{3}", "{4}", "{1}\n{2}\n{3}",
             "{1}の{2}の{3}", "{1}ノ{2}ノ{3}", "{1}x{2}x{3}", "{1}・{2}・{3}", "{1}        {2}        {3}", "{5}", "{6}", "{7}", "{8}", "0{0}"]


def check_digit(body):
    total = sum(int(d) * (n + 2 if n < 6 else n - 4) for n, d in enumerate(reversed(body)))
    return "0" if total % 11 < 2 else str(11 - total % 11)


def in_words(number, digits=KANJI, tens=("千", "百", "十", "")):
    """四千七百七十九億千九百十二万七千六百五十二"""
    said = ""
    for part, myriad in zip((number[:4], number[4:8], number[8:]), ("億", "万", "")):
        words = "".join(digits[int(d)] + ten for d, ten in zip(part, tens) if d != "0")
        said += words + (myriad if words else "")
    return said


class Numbers:
    """Each is given out once, and searched for at the end."""

    def __init__(self):
        self.dice = random.Random()
        self.given = set()
        self.words = set()  # how some of them were written in signs that are no digits

    def draw(self, valid=True):
        body = f"{self.dice.randrange(10**10, 10**11)}"
        right = check_digit(body)
        number = body + (right if valid else self.dice.choice([d for d in "0123456789" if d != right]))
        self.given.add(number)
        return number

    def spelt(self, n):
        number = self.draw()
        wide = number.translate({ord("0") + d: 0xFF10 + d for d in range(10)})
        words = [number.translate({ord("0") + d: DAIJI[d] for d in range(10)}), in_words(number),
                 in_words(number, DAIJI, ("仟", "佰", "拾", "")), number.translate({ord("0") + d: KANJI[d] for d in range(10)})]
        self.words.update(words)
        return SPELLINGS[n % len(SPELLINGS)].format(number, number[:4], number[4:8], number[8:], wide, *words)

    def torn(self):
        """Eight digits that are a day stay one beside a column of codes: they are drawn again (decision 0068)."""
        halves = "", ""
        while any(re.fullmatch(r"(1[89]|2[01])\d\d(0\d|1[0-2])([0-2]\d|3[01])", half) for half in halves) or not halves[0]:
            number, at = self.draw(), self.dice.randrange(2, 11)
            halves = number[:at], number[at:]
        return halves


class Month:
    def __init__(self, town):
        self.town, self.numbers = town, Numbers()
        self.folder = pathlib.Path(town.folder)
        self.inputs, self.said, self.feeds = [], [], 0

    def run(self, *words):
        done = self.town.run(*words)
        self.said.append((" ".join(map(str, words[:2])), (done.stdout + done.stderr).encode()))
        return done

    def write(self, name, text):
        (self.folder / "in").mkdir(exist_ok=True)
        path = self.folder / "in" / name
        path.write_text(text, encoding="utf-8", newline="")
        self.inputs.append(path)
        return path

    def resident(self, who):
        row = dict.fromkeys(COLUMNS, "")
        row.update({"宛名番号": f"41{who:013d}", "世帯番号": f"{who:015d}", "住民種別": 1, "住民状態": 1, "異動事由": 11,
                    "異動年月日": "2025-05-01", "届出年月日": "2025-05-01", "氏名": f"見本　{who}号", "氏名カナ": "ミホン　ゴウ",
                    "性別": 1, "生年月日": "2025-05-01", "続柄": "子", "市区町村コード": "401064", "住民となった日": "2025-05-01",
                    "郵便番号": "8020001", "住所": f"福岡県北九州市小倉北区浅野三丁目8番{who}号", "個人番号": self.numbers.draw()})
        return [str(row[c]) for c in COLUMNS]

    def feed(self, rows, kind="DIF", columns=COLUMNS):
        """As a vendor sends it. Whether it is taken, held or refused is another story's."""
        cells = [[str(n + 1), *row[1:]] if row[0] in ("", "1") else row for n, row in enumerate(rows)]
        text = csv_text(columns, [dict(zip(columns, row)) for row in cells])
        path = self.write(f"JUKI_401005_{kind}_20261001{self.feeds:06d}_{self.feeds + 1:03d}.csv", text)
        done = self.run("addressee", "import", path)
        if done.returncode != 2:
            self.feeds += 1
        return done

    # ---- the search

    def places(self):
        yield from self.said
        inside = {p.resolve() for p in self.inputs}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.resolve() not in inside:
                yield str(path.relative_to(self.folder)), path.read_bytes()
                yield "the name of a file", path.name.encode()
        if self.town.server:
            for program in ("addressee", "ledger"):
                url = re.sub(r"/[^/]*$", f"/sesshu_{program}", self.town.server)
                dump = subprocess.run(["pg_dump", "--inserts", url], capture_output=True, check=True)
                yield f"PostgreSQL {program}", dump.stdout

    def oracles(self):
        for path in self.inputs:
            digest = hashlib.sha256(path.read_bytes()).digest()
            yield digest
            yield digest.hex().encode()
        for number in self.numbers.given:
            digest = hashlib.sha256(number.encode()).digest()
            yield digest[:16]
            yield digest.hex()[:32].encode()

    def search(self):
        given, given_words, found = self.numbers.given, self.numbers.words, []
        hexed = {number.encode().hex(): number for number in given}
        halves = {oracle[:16]: oracle for oracle in self.oracles()}
        oracles = re.compile(b"|".join(re.escape(o) for o in halves))
        for place, content in self.places():
            text = content.decode("utf-8", "replace").translate({0xFF10 + d: ord("0") + d for d in range(10)})
            found += [(place, words) for words in given_words if words in text]
            for run in re.finditer(r"\d(?:[^0-9A-Za-z]{0,8}[xX]?[^0-9A-Za-z]{0,3}\d){11,}", text):
                digits = re.sub(r"\D", "", run[0])
                found += [(place, digits[at:at + 12]) for at in range(len(digits) - 11) if digits[at:at + 12] in given]
            for run in re.finditer(rb"(?:3[0-9]){12,}", content):
                digits = run[0].decode()
                found += [(place, digits[at:at + 24]) for at in range(0, len(digits) - 23, 2) if digits[at:at + 24] in hexed]
            found += [(place, "a digest") for _ in oracles.finditer(content)]
        assert not found, f"{len(found)} times, first {found[:5]}"


def moved(row, column, how):
    """The row after a vendor's mistake: the number's cell swapped with another, or cells shifted past it."""
    row = list(row)
    if how == "swap":
        row[column], row[OWN] = row[OWN], row[column]
    elif how == "left":
        row.append("") or row.pop(min(column, OWN))
    else:
        row.insert(min(column, OWN), "")
        row.pop()
    return row


def a_number_in_any_column_of_the_feed_stays_in_no_other_place(town):
    m = Month(town)
    same(m.feed([m.resident(n) for n in range(300)], "ALL").returncode, 0, "a file as it should be")
    # One valid number in each column of one row each, its own beside it; then every mistake of a vendor, all in
    # one file, and few among many, which is what no guard over a whole file sees.
    twice, mistakes, who = [], [], 300
    for column in range(1, len(COLUMNS)):
        if column == OWN:
            continue
        who += 1
        row = m.resident(who)
        row[column] = m.numbers.spelt(column)
        twice.append(row)
        for valid in (True, False):
            for how in ("swap", "left", "right"):
                who += 1
                row = m.resident(who)
                row[OWN] = m.numbers.draw(valid)
                mistakes.append(moved(row, column, how))
    m.feed(twice)
    m.feed(mistakes)
    for first in range(0, len(mistakes), 3):
        m.feed([m.resident(n % 300) for n in range(first, first + 30)] + mistakes[first:first + 3])
        if first > 30:
            break
    m.feed([m.resident(n) for n in range(300, 340)], columns=["マイナンバー" if c == "個人番号" else c for c in COLUMNS])
    m.feed([m.resident(n) + [m.numbers.draw()] for n in range(300, 340)], columns=COLUMNS + [m.numbers.draw()])
    m.search()


def a_number_in_any_cell_of_a_clinic_never_reaches_the_ledger(town):
    m = Month(town)
    town.moves_in("花子", "2025-05-10", sex=2)
    town.night()
    rows = []
    for n, item in enumerate(SHEET):
        for k in range(3):
            row = town.sheet("花子", "MR", "2026-10-05", 行番号=str(len(rows) + 1))
            row[item] = m.numbers.spelt(3 * n + k)
            rows.append(row)
    name = m.numbers.draw()
    files = [m.write(f"YOSHIN_202610_{CLINIC}_001.csv", csv_text(SHEET, rows)),
             m.write(f"{name}.csv", csv_text(SHEET, rows[:3])),
             m.write("bad.csv", csv_text(SHEET, [",".join([m.numbers.draw(False), "x"]), rows[4]])),
             m.write("head.csv", csv_text(SHEET + [m.numbers.draw()], rows[:2]))]
    m.inputs.append(m.folder / "in" / f"{name}.csv")
    for path in files + files:
        m.run("ledger", "intake", path, "--outcome", m.folder / "outcome.csv")
    for command, items in (
            ("clinics", "医療機関コード 医療機関名 所在地 契約開始日 契約終了日 ワクチン"),
            ("facts", "宛名番号 生年月日 種類 対象 値 開始日 終了日 理由 根拠 取消"),
            ("foreign", "宛名番号 生年月日 接種日 CVX 国 製品名 ロット番号 根拠 医師の判断 数える製品 医師 判断日")):
        items = items.split()
        whole = {"医療機関コード": CLINIC, "医療機関名": "みほん小児科", "契約開始日": "2026-04-01", "宛名番号": town.number("花子"),
                 "生年月日": "2025-05-10", "種類": "refusal", "開始日": "2026-10-01", "根拠": "申告", "接種日": "2026-02-01",
                 "CVX": "03", "国": "アメリカ"}
        rows = [{**{i: whole.get(i, "") for i in items}, item: m.numbers.spelt(n)} for n, item in enumerate(items)]
        m.run("ledger", command, m.write(f"{command}_{m.numbers.draw()}.csv", csv_text(items, rows)))
    for words in (["ledger", "show", m.numbers.draw()], ["ledger", "show", town.number("花子")], ["ledger", "due"],
                  ["ledger", "work"], ["ledger", "due", "--vaccine", m.numbers.draw()], ["ledger", "audit", "verify"],
                  ["ledger", "intake", m.folder / f"{m.numbers.draw()}.csv"]):
        m.run(*words)
    same([n for n in m.numbers.given if n in "".join(f"{p}" for p in m.folder.glob("data/errors/*"))], [], "names of error lists")
    m.search()


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout


def a_number_torn_over_two_neighbouring_cells_is_in_neither(town):
    m = Month(town)
    town.moves_in("花子", "2025-05-10", sex=2)
    town.night()
    free = {"氏名", "氏名カナ", "氏名ローマ字", "通称", "通称カナ", "続柄", "町丁目", "番地", "枝", "子枝", "住所", "方書", "転入前住所", "転入前方書", "転出後住所",
            "転出後方書", "医療機関名", "ワクチン", "期回数", "メーカー", "ロット番号", "接種医師"}
    parts = set()

    def pairs(items):
        return [n for n in range(1, len(items) - 1) if {items[n], items[n + 1]} & free and "個人番号" not in items[n:n + 2]]

    rows = []
    for who, n in enumerate(pairs(COLUMNS)):
        row = m.resident(500 + who)
        row[n], row[n + 1] = m.numbers.torn()
        parts.add((row[n], row[n + 1]))
        rows.append(row)
    m.feed([m.resident(n) for n in range(300)] + rows, "ALL")
    sheets = []
    for n in pairs(SHEET):
        row = town.sheet("花子", "MR", "2026-10-05", 行番号=str(len(sheets) + 1))
        row[SHEET[n]], row[SHEET[n + 1]] = m.numbers.torn()
        parts.add((row[SHEET[n]], row[SHEET[n + 1]]))
        sheets.append(row)
    m.run("ledger", "intake", m.write(f"YOSHIN_202610_{CLINIC}_001.csv", csv_text(SHEET, sheets)), "--outcome", m.folder / "outcome.csv")
    m.search()
    # Neither do the halves stand side by side anywhere, in a cell each.
    for place, content in m.places():
        text = content.decode("utf-8", "replace")
        shown = [pair for pair in parts if f'{pair[0]}","{pair[1]}' in text or f'{pair[0]}"",""{pair[1]}' in text or f"{pair[0]}\x1f{pair[1]}" in text]
        assert not shown, (place, shown)


def a_number_that_somebody_types_is_on_no_paper_and_in_no_list(town):
    m = Month(town)
    # A clerk of the register and a clerk of the office put it where it does not belong, in each spelling.
    for n in range(len(SPELLINGS)):
        town.moves_in(f"花子{n}", "2025-01-10", sex=2, house=n + 1, 方書=f"見本荘　{m.numbers.spelt(n)}"[:60])
    town.arrives(status=1)
    m.inputs += m.folder.glob("JUKI_*.csv")
    m.run("ledger", "sync")
    hanako = town.number("花子0")
    m.run("ledger", "clinics", m.write("clinics.csv", csv_text(
        ["医療機関コード", "医療機関名", "所在地", "契約開始日", "契約終了日", "ワクチン"],
        [{"医療機関コード": CLINIC, "医療機関名": f"みほん小児科{m.numbers.spelt(1)}", "契約開始日": "2026-04-01"}])))
    for n in range(len(SPELLINGS)):
        typed = ["--vaccine", "BCG", "--day", f"2025-06-{n + 1:02d}", "--source", "母子健康手帳", "--lot", m.numbers.spelt(n),
                 "--reason", f"保護者の申出 {m.numbers.spelt(n)}"]
        same(m.run("ledger", "enter", town.number(f"花子{n}"), *typed).returncode, 1, "waits for another person")
    row = town.sheet("花子1", "MR", "2026-09-28", "1期", 氏名=f"別名　{m.numbers.spelt(0)}", 氏名カナ="ベツメイ", 接種医師=m.numbers.spelt(3))
    path = m.write(f"YOSHIN_202610_{CLINIC}_001.csv", csv_text(SHEET, [dict(row, 行番号="1")]))
    m.run("ledger", "intake", path, "--outcome", m.folder / "outcome.csv")
    m.run("ledger", "requests", "withdraw", "1")
    m.run("ledger", "requests", "withdraw", m.numbers.draw())
    m.run("ledger", "approvals", "reject", "2", "--reason", m.numbers.spelt(4))
    same(m.run("grant", f"taro{m.numbers.draw()}", "read").returncode, 2, "no number is a name")
    m.run("ledger", "account", "hanako", m.numbers.draw())
    m.run("ledger", "notices", "--out", m.folder / "papers", "--vaccine", "MR1", "--vaccine", "VAR")
    for words in (["approvals", "list"], ["work"], ["work", "--format", "json"], ["due"], ["due", "--format", "json"],
                  ["show", hanako], ["show", hanako, "--format", "json"], ["audit", "read"], ["audit", "read", hanako],
                  ["changes", "--from", "2026-09-01"]):
        m.run("ledger", *words)
    papers = sorted((m.folder / "papers").glob("papers-*.pdf"))
    assert papers, "letters were written: " + str(m.said[-12:])
    m.said += [(f"the text of {pdf.name}", text_of(pdf)) for pdf in papers]
    m.said += [("lists of letters", f.read_bytes()) for f in (m.folder / "papers").glob("*.csv")]
    m.search()


def in_database(town, program, statement):
    if town.server:
        url = re.sub(r"/[^/]*$", f"/sesshu_{program}", town.server)
        subprocess.run(["psql", "-q", url, "-v", "ON_ERROR_STOP=1", "-c", statement], check=True, capture_output=True)
    else:
        with sqlite3.connect(os.path.join(town.data, f"{program}.db")) as db:
            assert db.execute(statement).rowcount > 0, statement
        db.close()


def a_name_moves_no_terminal_and_shows_no_number(town):
    m = Month(town)
    town.moves_in("花子", "2025-01-10", sex=2)
    town.night()
    number = m.numbers.draw()
    # No door lets such a name in; a restored or older database may hold one.
    name = f"見\x1b[2J本\u202e{number}\u200f\u009b1m"
    in_database(town, "ledger", f"UPDATE person SET name = '{name}'")
    for words in (["show", town.number("花子")], ["show", town.number("花子"), "--format", "json"], ["due"], ["due", "--format", "json"],
                  ["work"], ["work", "--format", "json"]):
        done = m.run("ledger", *words)
        told = done.stdout + done.stderr
        raw = [f"U+{ord(c):04X}" for c in told if c in "\x1b\u202e\u200f\u009b"]
        assert not raw and number not in told, f"{words}: {raw}"
        if words[-1] == "json" and words[0] == "show":
            assert json.loads(done.stdout)["氏名"].startswith("見\x1b[2J本\u202e"), "a program gets its signs back"
    same([w for w, said in m.said if number.encode() in said], [], "the number")


def what_an_older_version_kept_of_a_file_is_keyed(town):
    m = Month(town)
    m.feed([m.resident(1)], "ALL")
    if not town.server:  # its database as it was before files were known by a key
        path = m.inputs[0]
        with sqlite3.connect(os.path.join(town.data, "addressee.db")) as db:
            db.execute("UPDATE feed_file SET sha256 = ?", [hashlib.sha256(path.read_bytes()).hexdigest()])
        db.close()
        done = m.run("addressee", "import", path)
        assert "取込済み" in done.stderr, done.stderr
    m.search()


def a_running_program_shows_nothing(town):
    m = Month(town)
    m.feed([m.resident(n) for n in range(20)], "ALL")
    words = [pathlib.Path(town.sesshu).parent / "sesshu-addressee", "serve", "--port", "0", "--data", town.data,
             "--operator", "hanako"] + (["--store", town.server] if town.server else [])
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        server.stdout.readline()
        for name in ("cmdline", "environ"):
            m.said.append((f"/proc of the server: {name}", pathlib.Path(f"/proc/{server.pid}/{name}").read_bytes()))
        same(m.run("ledger", "sync").returncode, 0, "sync")
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    m.search()


sys.exit(tell([
    a_number_in_any_column_of_the_feed_stays_in_no_other_place,
    a_number_in_any_cell_of_a_clinic_never_reaches_the_ledger,
    a_number_torn_over_two_neighbouring_cells_is_in_neither,
    a_number_that_somebody_types_is_on_no_paper_and_in_no_list,
    a_name_moves_no_terminal_and_shows_no_number,
    what_an_older_version_kept_of_a_file_is_keyed,
    a_running_program_shows_nothing,
], sys.argv[1]))
