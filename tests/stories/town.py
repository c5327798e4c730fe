"""A small town for stories: real executables, real stores, the business day in our hand.

    town = Town("/build/sesshu")
    town.moves_in("花子", birth="2025-05-10", sex=2)
    outcomes = town.submits([town.sheet("花子", "MR", "2026-05-12")])

Every person, number and address is made up.
SPDX-License-Identifier: Apache-2.0
"""
import atexit
import csv
import datetime
import glob
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile

CLINIC = "4010198762"  # a made-up institution with a right check digit (linkage.md 1.5)

FEED = ("更新連番 宛名番号 世帯番号 住民種別 住民状態 異動事由 異動年月日 届出年月日 氏名 氏名カナ 性別 生年月日 続柄 "
        "市区町村コード 郵便番号 町丁目 番地 枝 住所 方書 住民となった日 住民でなくなった日 転入前住所 転入前方書 転出後住所 支援措置").split()
SHEET = ("行番号 医療機関コード 医療機関名 整理番号 氏名 氏名カナ 生年月日 性別 住所 ワクチン 期回数 接種日 接種区分 "
         "接種量 メーカー ロット番号 有効期限 接種医師 分娩予定日 請求額 自己負担額 訂正").split()


def says_once(line):
    """A refusal has one code, and says the name of a file, a code and a full stop once."""
    if not re.search(r"\[E_[A-Z_]+\]$", line):
        return
    same(len(re.findall(r"\[E_[A-Z_]+\]", line)), 1, "codes of " + line)
    named = set(re.findall(r"「([^「」]*[./][^「」]{2,})」", line) + re.findall(r"[\w./-]+\.(?:csv|json|db|keys|kek|crt|key)\b", line, re.A))
    for name in named:
        if not any(name != other and name in other for other in named):
            same(line.count(name), 1, f"how often {name} is said in " + line)
    assert not re.search("。。|、、|。 ?、|：：|: :|「」", line), "doubled signs: " + line


def csv_text(items, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, items, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        if isinstance(row, str):
            out.write(row + "\r\n")  # as it is: broken on purpose
        else:
            writer.writerow(row)
    return out.getvalue()


def same(is_, expected, what):
    assert is_ == expected, f"{what}: {is_!r}, expected {expected!r}"


CITY = {"city": "北九州市", "section": "保健福祉局 感染症対策課", "telephone": "093-111-1111", "mayor": "北九州市長",
        "public_url": "https://www.example.lg.jp/yobousesshu", "synthetic": True}


def city_says(data, **items):
    """What the office fills into the city.json that founding left."""
    path = os.path.join(data, "city.json")
    with open(path, encoding="utf-8") as f:
        city = json.load(f)
    with open(path, "w", encoding="utf-8") as f:
        json.dump({**city, **items}, f, ensure_ascii=False)


@atexit.register
def forget_founded():
    for data in Town.founded.values():
        shutil.rmtree(os.path.dirname(data))
    Town.founded.clear()


class Town:
    founded = {}  # by whether it is for practice: the folder of an office as `init` leaves it

    def __init__(self, sesshu, practice=False):
        self.sesshu = sesshu
        self.folder = tempfile.mkdtemp(prefix="sesshu-story.")
        self.data = os.path.join(self.folder, "data")
        self.server = os.environ.get("SESSHU_TEST_POSTGRESQL")
        self.people, self.news, self.feeds, self.files = {}, [], 0, 0
        self.today = "2026-10-01"
        if practice not in self.founded:
            self.found(practice)
        else:
            shutil.copytree(self.founded[practice], self.data)
            self.copy_databases(f"founded_{practice:d}", "sesshu")

    def found(self, practice):
        """The first town of a process is founded; the others begin as copies of what it was then."""
        if self.server and not self.founded:
            self.forget_databases()  # of a story that ran before on this server
        done = self.run("init", *(["--practice"] if practice else []))
        assert done.returncode == 0, done.stderr
        if not practice:
            city_says(self.data, **CITY)
        kept = tempfile.mkdtemp(prefix="sesshu-story.")
        shutil.copytree(self.data, os.path.join(kept, "data"))
        self.copy_databases("sesshu", f"founded_{practice:d}")
        self.founded[practice] = os.path.join(kept, "data")

    def psql(self, *statements):
        done = subprocess.run(["psql", "-qX", self.server, *(word for s in statements for word in ("-c", s))], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def copy_databases(self, source, target):
        for program in ("ledger", "addressee") if self.server else ():
            new = f"{target}_{program}"
            self.psql(f"DROP DATABASE IF EXISTS {new}", f"CREATE DATABASE {new} TEMPLATE {source}_{program}",
                      f"REVOKE ALL ON DATABASE {new} FROM PUBLIC", f"GRANT CONNECT ON DATABASE {new} TO sesshu_{program}")

    def forget_databases(self):
        """Also their roles, and what other towns would have begun with."""
        forget_founded()
        for program in ("ledger", "addressee", "unified") if self.server else ():
            self.psql(*(f"DROP DATABASE IF EXISTS {name}_{program}" for name in ("sesshu", "founded_0", "founded_1")),
                      f"DROP ROLE IF EXISTS sesshu_{program}")

    def close(self):
        shutil.rmtree(self.folder)

    # ---- the register

    def number(self, name):
        return self.people[name]["宛名番号"]

    def moves_in(self, name, birth, sex=1, kana="", since="", family="見本", house=1, protected=False, **more):
        number = f"41{len(self.people) + 1:013d}"
        row = {"宛名番号": number, "世帯番号": f"{house:015d}", "住民種別": 1, "住民状態": 1, "異動事由": 11,
               "異動年月日": since or birth, "届出年月日": since or birth, "氏名": f"{family}　{name}",
               "氏名カナ": f"ミホン　{kana or 'ナナシ'}", "性別": sex, "生年月日": birth, "続柄": "子",
               "市区町村コード": "401064", "郵便番号": "8020001", "町丁目": "浅野三丁目", "番地": "8", "枝": "1",
               "住所": f"福岡県北九州市小倉北区浅野三丁目8番{house}号", "住民となった日": since or birth,
               "支援措置": 1 if protected else ""}
        row.update(more)
        self.people[name] = row
        self.news.append(dict(row))
        return number

    def happens(self, name, reason, day, **changes):
        """An event of the register: the whole state after it."""
        row = self.people[name]
        row.update({"異動事由": reason, "異動年月日": day, "届出年月日": day})
        row.update(changes)
        self.news.append(dict(row))

    def night(self):
        """The register's file of the day, and the ledger takes the difference."""
        self.arrives()
        done = self.run("ledger", "sync")
        assert done.returncode == 0, done.stderr

    def arrives(self, status=0):
        """The register's file of the day; the ledger does not know of it yet."""
        self.feeds += 1
        kind = "ALL" if self.feeds == 1 else "DIF"
        rows = [{"更新連番": n + 1, **{k: row.get(k, "") for k in FEED if k != "更新連番"}} for n, row in enumerate(self.news)]
        day = self.today.replace("-", "")
        path = os.path.join(self.folder, f"JUKI_401005_{kind}_{day}230000_{self.feeds:03d}.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(csv_text(FEED, rows))
        self.news = []
        done = self.run("addressee", "import", path)
        assert done.returncode == status, done.stderr

    # ---- the office

    def run(self, *words, as_of=None, operator="hanako", login=None, env=None):
        """`login`: the kernel's user who types it, where the programs run with the rights of the data's user."""
        command = ["setpriv", "--ruid", str(login), "--"] if login else []
        command += [self.sesshu, *words, "--data", self.data, "--as-of", as_of or self.today]
        command += ["--operator", operator] if operator else []
        if self.server:
            command += ["--store", self.server]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env={**os.environ, **(env or {})})
        for line in done.stderr.splitlines():
            says_once(line)
        return done

    def stands_as_kept(self):
        """What the ledger keeps of everybody is what judging him or her says: today, next month, and after a roll."""
        days = [self.today, str(datetime.date.fromisoformat(self.today) + datetime.timedelta(40))]
        for day in days:
            done = self.run("ledger", "standing", "verify", as_of=day)
            same(done.returncode, 0, f"what is kept, on {day}: " + done.stdout + done.stderr)
        done = self.run("ledger", "standing", "roll")
        same(done.returncode, 0, "the roll: " + done.stdout + done.stderr)
        done = self.run("ledger", "standing", "verify")
        same((done.returncode, "判定待ち 0人" in done.stderr), (0, True), "after the roll: " + done.stdout + done.stderr)

    def sheet(self, name, vaccine, day, claimed="1", **more):
        person = self.people.get(name, {})
        row = {"行番号": "", "医療機関コード": CLINIC, "医療機関名": "みほん小児科", "整理番号": person.get("宛名番号", ""),
               "氏名": person.get("氏名", name), "氏名カナ": person.get("氏名カナ", ""), "生年月日": person.get("生年月日", ""),
               "性別": person.get("性別", ""), "住所": "", "ワクチン": vaccine, "期回数": claimed, "接種日": day, "接種区分": 1}
        row.update(more)
        return row

    def write_file(self, rows, month="202610"):
        self.files += 1
        for n, row in enumerate(rows):
            if not isinstance(row, str) and row["行番号"] == "":
                row["行番号"] = n + 1
        path = os.path.join(self.folder, f"YOSHIN_{month}_{CLINIC}_{self.files:03d}.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(csv_text(SHEET, rows))
        return path

    def takes_in(self, path, as_of=None):
        out = path + ".outcome"
        done = self.run("ledger", "intake", path, "--outcome", out, as_of=as_of)
        assert done.returncode in (0, 1), done.stderr
        with open(out, encoding="utf-8", newline="") as f:
            text = f.read()
        return done, text, list(csv.DictReader(io.StringIO(text)))

    def gives(self, command, items, rows, status=0, operator="hanako"):
        """A file of rows about persons into the ledger by this command; what the command said."""
        self.files += 1
        path = os.path.join(self.folder, f"{command}{self.files}.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(csv_text(items, rows))
        done = self.run("ledger", command, path, operator=operator)
        same(done.returncode, status, done.stderr)
        return done.stderr

    def submits(self, rows, month="202610", as_of=None):
        return self.takes_in(self.write_file(rows, month), as_of)[2]

    def show(self, name, as_of=None):
        done = self.run("ledger", "show", self.number(name), "--format", "json", as_of=as_of)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def series(self, name, series, as_of=None):
        return next(s for s in self.show(name, as_of)["series"] if s["series"] == series)

    def letters(self, *vaccines):
        """A batch: who gets a letter of these vaccines, and whose is held back."""
        self.files += 1
        out = os.path.join(self.folder, f"batch{self.files}")
        asked = [word for v in vaccines for word in ("--vaccine", v)]
        done = self.run("ledger", "notices", "--out", out, *asked)
        assert done.returncode in (0, 1), done.stderr
        return self.named_in(out, "dispatch-*.csv"), self.named_in(out, "errors-*.csv")

    def named_in(self, folder, pattern):
        found = set()
        for path in glob.glob(os.path.join(folder, pattern)):
            with open(path, encoding="utf-8", newline="") as f:
                found |= {row["整理番号"] for row in csv.DictReader(f)}
        return {name for name in self.people if self.number(name) in found}

    def sql(self, statement):
        """A statement on the ledger's store as it lies; rows of texts, '' for nothing."""
        if self.server:
            ledger = self.server.rsplit("/", 1)[0] + "/sesshu_ledger"
            done = subprocess.run(["psql", "-qAtX", ledger, "-c", statement], capture_output=True, text=True, check=True)
            return [tuple(line.split("|")) for line in done.stdout.splitlines()]
        with sqlite3.connect(os.path.join(self.data, "ledger.db")) as db:
            return [tuple("" if cell is None else str(cell) for cell in row) for row in db.execute(statement)]

    def sql_change(self, statement):
        if self.server:
            self.sql(statement)
            return
        with sqlite3.connect(os.path.join(self.data, "ledger.db")) as db:
            db.execute(statement)

    def rows(self, sql):
        """What the ledger's store holds, as numbers."""
        return [tuple(map(int, row)) for row in self.sql(sql)]

    def due_pages(self, rows, *more):
        """All lines of the due list page by page, and how many there were said to be."""
        lines, after = [], []
        while True:
            done = self.run("ledger", "due", "--rows", str(rows), *more, *after)
            same(done.returncode, 0, done.stderr)
            page = list(csv.DictReader(io.StringIO(done.stdout)))
            assert len(page) <= rows and len(lines) < 1000, page
            lines += page
            total = int(re.search(r"該当 (\d+)件", done.stderr).group(1))
            key = re.search(r"--after (\S+)", done.stderr)
            if not key:
                return lines, total
            after = ["--after", key.group(1)]

    def table(self, *words, as_of=None):
        done = self.run("ledger", *words, as_of=as_of)
        assert done.returncode == 0, done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))


def tell(stories, sesshu, **how):
    """Runs every story in a town of its own; 1 when one of them is not true.

    A story that returns False has spoilt the trail, or a row that it counted, and `audit verify` must say so."""
    failed = 0
    for story in stories:
        town = Town(sesshu, **how)
        try:
            spoilt = story(town) is False
            trail = town.run("audit", "verify")
            same(trail.returncode, int(spoilt), "the trail: " + trail.stdout + trail.stderr)
            if not spoilt:
                town.stands_as_kept()
            print("ok  ", story.__name__.replace("_", " "))
        except AssertionError as why:
            failed = 1
            print("NOT ", story.__name__.replace("_", " "), "\n     ", why)
        finally:
            town.close()
    return failed
