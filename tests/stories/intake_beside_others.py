"""Stories of an office that goes on working while a big file is taken in.

The intake is stopped in the middle of its picture; whoever waited for it would wait for ever.
SPDX-License-Identifier: Apache-2.0
"""
import collections
import csv
import glob
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse

from town import csv_text, same, tell
from wire import Wire

ROWS = 12000  # enough of them that we come in time
ANYWAY = 300  # round trips of a command that has nothing to do: to sign in, to prepare, to record; of two programs in `sync`
ALIAS = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}
FACTS = "宛名番号 生年月日 事柄 対象 値 開始日 終了日 根拠 取消".split()


def children(town):
    town.today = "2026-11-10"
    for n, name in enumerate("甲乙丙丁"):
        town.moves_in(name, "2025-09-10", kana="アイウエ"[n], house=n + 1)
    town.night()
    # The first file of a ledger gives the products their numbers.
    same(town.submits([town.sheet("丁", "BCG", "2026-02-10", "1回目")])[0]["outcome"], "accepted", "the ledger is open")


def big_file(town):
    sheets = [town.sheet(name, "MR", "2026-10-12", "1期", 行番号=str(n)) for n, name in enumerate("甲乙丙", 1)]
    # Doses of whom nobody knows: they are looked for, and returned.
    sheets += [town.sheet("よその子", "MR", "2026-10-12", "1期", 行番号=str(n), 生年月日="2025-09-10", 氏名カナ="ヨソノ　コ") for n in range(4, ROWS + 1)]
    return town.write_file(sheets)


class Taking:
    """An intake that is stopped while it reads its picture."""

    def __init__(self, town, path, name="intake"):
        self.town, self.path, self.out = town, path, path + ".outcome"
        command = [f"{town.sesshu}-ledger", name, path, "--data", town.data, "--as-of", town.today, "--operator", "hanako"]
        command += ["--outcome", self.out] if name == "intake" else []
        command += ["--store", town.server] if town.server else []
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.stopped()

    def stopped(self):
        """Stops it in the middle of its picture: it has said that it is at work, and reads."""
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            if not glob.glob(f"{self.town.data}/ledger-*-{self.process.pid}.job"):
                continue
            os.kill(self.process.pid, signal.SIGSTOP)
            if self.in_picture(self.process.pid):
                return
            os.kill(self.process.pid, signal.SIGCONT)
            time.sleep(0.01)
        raise AssertionError("it was over before we came")

    def in_picture(self, pid):
        if self.town.server:
            sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'sesshu_ledger' AND xact_start < now() - interval '30 ms'"
            done = subprocess.run(["psql", "-At", self.town.server, "-c", sql], capture_output=True, text=True, check=True)
            return done.stdout.strip() != "0"
        # SQLite reads under a shared lock on its index of the log; it lies behind the eight that are kept for other ends.
        with open("/proc/locks", encoding="ascii") as f:
            return re.search(rf"POSIX +ADVISORY +READ +{pid} \S+ 12[3-7] 12[3-7]$", f.read(), re.M) is not None

    def ends(self):
        os.kill(self.process.pid, signal.SIGCONT)
        _, said = self.process.communicate(timeout=300)
        assert self.process.returncode in (0, 1), said
        return said

    def goes_on(self):
        said = self.ends()
        with open(self.out, encoding="utf-8", newline="") as f:
            return said, list(csv.DictReader(f))

    def dies(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=300)


def told(rows):
    return [(r["outcome"], r["code"]) for r in rows[:3]]


def doses(town, name):
    return [(d["product"], d["date"]) for d in town.show(name)["doses"]]


def jobs(town):
    done = town.run("ledger", "jobs")
    same(done.returncode, 0, done.stderr)
    return done.stdout


def nobody_waits_for_a_file_and_whom_they_touch_is_judged_again(town):
    children(town)
    taking = Taking(town, big_file(town))
    same(doses(town, "丁"), [("BCG", "2026-02-10")], "a look")
    said = town.gives("facts", FACTS, [{"宛名番号": town.number("乙"), "生年月日": "2025-09-10", "事柄": "禁忌", "対象": "MR", "根拠": "医師の証明", "開始日": "2026-01-01"}])
    assert "登録 1 " in said, said
    same(doses(town, "甲"), [], "nothing of the file is seen before all of it is")
    _, rows = taking.goes_on()
    same(len(rows), ROWS, "every row has its outcome")
    same(told(rows), [("accepted", ""), ("accepted_with_warning", "W202"), ("accepted", "")], "what was entered meanwhile counts")
    same(town.rows("SELECT count(*) FROM dose WHERE to_act = 2147483647"), [(4,)], "stored once")
    same(town.rows("SELECT count(*), min(row_id), max(row_id) FROM intake_row"), [(ROWS + 1, 1, ROWS + 1)], "numbered in their order")


def refusal(town, name, vaccine):
    return {"宛名番号": town.number(name), "生年月日": "2025-09-10", "事柄": "接種拒否", "対象": vaccine, "根拠": "申出", "開始日": "2026-01-01"}


def nobody_waits_for_a_file_of_facts(town):
    """The commands of clerks, and a file like it, while it is read."""
    children(town)
    strangers = [dict(refusal(town, "甲", "MR"), 宛名番号=f"99{n:013d}") for n in range(ROWS)]
    path = os.path.join(town.folder, "facts.csv")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(csv_text(FACTS, [refusal(town, "甲", "MR"), refusal(town, "乙", "MR"), *strangers]))
    sure = town.submits([town.sheet("丙", "MR", "2026-10-12", "1期"), town.sheet("甲", "BCG", "2026-02-10", "1回目", **ALIAS)])
    same([r["outcome"] for r in sure], ["accepted", "review"], "one of them is somebody's to decide")
    taking = Taking(town, path, "facts")
    asked = town.run("ledger", "enter", town.number("甲"), "--day", "2026-10-20", "--vaccine", "MR", "--source", "母子健康手帳", "--reason", "届出")
    same(asked.returncode, 1, "a request: " + asked.stderr)
    decided = town.run("ledger", "resolve", town.table("work", "--kind", "review")[0]["番号"], "--accept", town.number("甲"), "--reason", "電話で確認")
    same(decided.returncode, 0, decided.stderr)
    said = town.gives("facts", FACTS, [dict(refusal(town, "乙", "MR"), 終了日="2026-06-01")])
    assert "登録 1 " in said, said
    said = taking.ends()
    assert f"読込 {ROWS + 2}行 登録 1 変更 1 " in said, "whom others touched is decided again: " + said[:300]
    same(town.rows("SELECT count(*) FROM person_fact WHERE to_act = 2147483647"), [(2,)], "each once")
    same(doses(town, "甲"), [("BCG", "2026-02-10")], "what was decided meanwhile stands")


def a_register_that_moves_meanwhile_is_looked_at_anew(town):
    children(town)
    taking = Taking(town, big_file(town))
    town.happens("丙", 42, "2026-10-01", 住民状態=2, 住民でなくなった日="2026-10-01")
    town.night()
    _, rows = taking.goes_on()
    same(told(rows), [("accepted", ""), ("accepted", ""), ("returned", "R141")], "as the register knows it when the file is published")


def a_file_that_two_take_at_once_is_taken_once(town):
    children(town)
    path = big_file(town)
    taking = Taking(town, path)
    _, first, rows = town.takes_in(path)
    same(told(rows), [("accepted", "")] * 3, "the quicker one")
    said, _ = taking.goes_on()
    assert "取込済み" in said, said
    with open(taking.out, encoding="utf-8", newline="") as f:
        same(f.read(), first, "the slower one tells what the quicker one found")
    same(town.rows("SELECT count(*) FROM dose WHERE to_act = 2147483647"), [(4,)], "stored once")


def a_killed_intake_leaves_nothing(town):
    children(town)
    path = big_file(town)
    before = town.rows("SELECT count(*) FROM act")
    taking = Taking(town, path)
    at_work = jobs(town)
    assert os.path.basename(path) in at_work and "hanako さん" in at_work and "実行中 (" in at_work, at_work
    taking.dies()
    same(town.rows("SELECT count(*) FROM act"), before, "as if it had never begun")
    died = jobs(town)
    assert os.path.basename(path) in died and "途中で止まりました" in died, died
    same(told(town.takes_in(path)[2]), [("accepted", "")] * 3, "and it begins afresh")
    same(jobs(town), "いま実行中の処理はありません。\n", "what died is done")


ABROAD = "宛名番号 生年月日 接種日 CVX 国 根拠".split()
CLINICS = "医療機関コード 医療機関名 所在地 契約開始日 契約終了日 ワクチン".split()


def luhn(digits):
    """Digits with their check digit."""
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 * (d > 9) for d in doubled) % 10)


def a_row_costs_hardly_a_round_trip(town):
    """In whatever comes or leaves as a file."""
    if not town.server:
        return  # a file answers at once
    town.today = "2026-11-10"
    names = [f"子{n}" for n in range(3000)]
    for n, name in enumerate(names):
        town.moves_in(name, f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}", kana="コ" + "アイウエオカキクケコ"[n % 10], house=10 + n)
    # Doses, corrections that find nothing, examinations, duplicates and rows of nobody.
    kinds = ({}, {"訂正": 1}, {"接種区分": 2}, {"整理番号": ""}, {"生年月日": "2024-02-29"})
    rows = [town.sheet(name, "MR", "2026-10-12", "1期", **kinds[n % 5]) for n, name in enumerate(names)]
    rows += [dict(rows[n], 行番号="") for n in range(0, 1000, 5)]
    refusals = [dict(refusal(town, name, "MR"), 生年月日=town.people[name]["生年月日"]) for name in names]
    abroad = [dict(zip(ABROAD, (town.number(name), town.people[name]["生年月日"], "2026-06-15", "03", "US", "接種証明書"))) for name in names]
    contracts = [dict(zip(CLINICS, (luhn(f"401{n:06d}"), f"みほん{n}医院", "小倉北区", "2026-04-01", "", "MR"))) for n in range(1000)]
    server = urllib.parse.urlsplit(town.server)
    wire = Wire(server.hostname, server.port).opens()
    town.server = town.server.replace(f":{server.port}/", f":{wire.port}/")

    def few(what, count, work):
        before = wire.trips
        told = work()
        trips = wire.trips - before
        assert 10 < trips < ANYWAY + count / 10, f"{what}: {trips} round trips for {count} rows"
        return told

    def runs(*words):
        done = town.run("ledger", *words)
        same(done.returncode, 0, done.stderr)
        return done.stdout

    few("import", len(names), town.arrives)
    few("sync", len(names), lambda: runs("sync"))
    _, _, outcomes = few("intake", len(rows), lambda: town.takes_in(town.write_file(rows)))
    kinds = collections.Counter(r["outcome"] for r in outcomes)
    assert len(kinds) >= 4 and kinds["accepted"] >= 1000, kinds
    few("clinics", len(contracts), lambda: town.gives("clinics", CLINICS, contracts))
    said = few("facts", len(names), lambda: town.gives("facts", FACTS, refusals))
    assert "登録 3000 " in said, said
    said = few("foreign", len(names), lambda: town.gives("foreign", ABROAD, abroad))
    assert "登録 3000" in said, said
    few("standing", len(names), lambda: runs("standing", "roll"))
    listed = few("due", len(names), lambda: runs("due"))
    assert listed.count("\n") > 3000, listed[:300]
    few("changes", len(names), lambda: runs("changes", "--from", "2026-11-10", "--to", "2027-04-01"))
    town.server = urllib.parse.urlunsplit(server)


STORIES = [
    nobody_waits_for_a_file_and_whom_they_touch_is_judged_again,
    nobody_waits_for_a_file_of_facts,
    a_register_that_moves_meanwhile_is_looked_at_anew,
    a_file_that_two_take_at_once_is_taken_once,
    a_killed_intake_leaves_nothing,
    a_row_costs_hardly_a_round_trip,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
