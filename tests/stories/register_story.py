#!/usr/bin/env python3
"""From the resident feed to the ledger, through the real executables and real TLS.

    register_story.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

Proves C-2.3-05 (daily difference), C-3.3-02 and C-3.3-03 (only the ledger's certificate may ask), F-2-04 (each
consumer its own items), L-1 (no Individual Number reaches the ledger), F3, F6, F20 and F24 of the feed as an office meets them.
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import http.client
import io
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(sys.argv[1]).resolve().parent
POSTGRESQL = os.environ.get("SESSHU_TEST_POSTGRESQL")
STORE = ["--store", POSTGRESQL] if POSTGRESQL else []
HEADER = ("更新連番,宛名番号,世帯番号,住民種別,住民状態,異動事由,異動年月日,届出年月日,氏名,氏名カナ,性別,生年月日,"
          "市区町村コード,住所,住民でなくなった日,支援措置,個人番号")
HOME = "福岡県北九州市小倉北区馬借二丁目6番1号"
JIRO = 45678  # a user id of the machine
NUMBERS = {1: "000000123455", 2: "000000987654", 3: "000009722815"}


def row(serial, who, reason, on, name="高橋　花子", kana="タカハシ　ハナコ", status=1, address=HOME, until="",
        protection="0"):
    return (f"{serial},{who},7,1,{status},{reason},{on},{on},{name},{kana},2,2024-02-29,401064,{address},"
            f"{until},{protection},{NUMBERS[who]}")


class Office:
    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"

    def run(self, *args, operator="hanako", status=0, login=None, store=STORE, typed_in=None):
        """`login`: the kernel's user who typed it, where the programs run with the rights of the data's user. `typed_in`: its standard input."""
        typed = ["setpriv", "--ruid", str(login), "--"] if login else []
        named = ["--operator", operator] if operator else []
        result = subprocess.run([*typed, BUILD / "sesshu", *args, "--data", self.data, *named,
                                 "--as-of", "2026-11-03", *store],
                                capture_output=True, text=True, timeout=120, input=typed_in)
        assert result.returncode == status, (args, result.returncode, result.stdout, result.stderr)
        return result.stdout + result.stderr

    def feed(self, name, *rows, **how):
        path = self.folder / name
        path.write_text("\r\n".join([HEADER, *rows]) + "\r\n", encoding="utf-8")
        return self.run("addressee", "import", path, **how)

    def shown(self, who):
        return self.run("ledger", "show", str(who))


class Served:
    """sesshu-addressee serve, as a process of its own."""

    def __init__(self, office):
        self.process = subprocess.Popen([BUILD / "sesshu-addressee", "serve", "--port", "0", "--data", office.data,
                                         "--operator", "hanako", *STORE], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=30) == 0
        self.process.stdout.close()

    def ask(self, tls, role, question):
        """Status and answer, or the reason why there was no connection."""
        context = ssl.create_default_context(cafile=tls / "ca.crt")
        if role:
            context.load_cert_chain(tls / f"{role}.crt", tls / f"{role}.key")
        connection = http.client.HTTPConnection("addressee.sesshu.internal")
        try:
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            connection.sock = context.wrap_socket(plain, server_hostname=connection.host)
            connection.request("POST", "/difference", body=question)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (ssl.SSLError, ConnectionError) as refusal:
            return None, str(refusal)
        finally:
            connection.close()


CONTRACT = pathlib.Path(__file__).parents[2] / "src/contract/difference.h"
VERSION = bytes([int(re.search(r"DIFFERENCE_VERSION = (\d+)", CONTRACT.read_text())[1])])


def ask_message(epoch=b"", cursor=0):
    """RFC 8949 by hand: {1: version, 2: epoch, 3: cursor, 4: 100}."""
    text = bytes([0x60 | len(epoch)]) + epoch if len(epoch) < 24 else bytes([0x78, len(epoch)]) + epoch
    number = bytes([cursor]) if cursor < 24 else bytes([0x19]) + cursor.to_bytes(2, "big")
    return b"\xa4\x01" + VERSION + b"\x02" + text + b"\x03" + number + b"\x04\x18\x64"


def certificate_for(tls, role):
    """A certificate of the same authority for another role, as that program would have it."""
    key, request = tls / f"{role}.key", tls / f"{role}.csr"
    names = tls / f"{role}.ext"
    names.write_text(f"subjectAltName=DNS:{role}.sesshu.internal\n")
    for command in (["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key],
                    ["req", "-new", "-key", key, "-subj", f"/CN={role}", "-out", request],
                    ["x509", "-req", "-in", request, "-CA", tls / "ca.crt", "-CAkey", tls / "ca.key",
                     "-CAcreateserial", "-extfile", names, "-days", "2", "-out", tls / f"{role}.crt"]):
        subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)


# ---- stories


def the_ledger_learns_who_lives_here_and_what_changed(office):
    office.feed("JUKI_401005_ALL_20261031050000_001.csv",
                row(1, 1, 21, "2024-02-29"), row(2, 2, 11, "2025-04-01", "佐藤　太郎", "サトウ　タロウ"))
    assert "2 件を受け取り、2 件を反映" in office.run("ledger", "sync")
    assert "0 件を受け取り" in office.run("ledger", "sync")
    office.feed("JUKI_401005_DIF_20261101050000_002.csv",
                row(3, 1, 31, "2026-10-20", address="福岡県北九州市小倉北区浅野一丁目1番1号"),
                row(4, 1, 71, "2026-10-25", "田中　花子", "タナカ　ハナコ",
                    address="福岡県北九州市小倉北区浅野一丁目1番1号"))
    assert "2 件を受け取り、2 件を反映" in office.run("ledger", "sync")
    assert "田中　花子" in office.shown(1)


def a_cancelled_move_reaches_the_ledger_with_what_was_replayed(office):
    office.feed("JUKI_401005_DIF_20261102050000_003.csv",
                row(5, 1, 99, "2026-10-20", "田中　花子", "タナカ　ハナコ"))
    assert "2 件を受け取り、2 件を反映" in office.run("ledger", "sync")
    assert "田中　花子" in office.shown(1)


def a_missing_day_is_refused_with_the_number_that_is_due(office):
    assert "004" in office.feed("JUKI_401005_DIF_20261103050000_005.csv", row(6, 2, 75, "2026-10-28"), status=2)


def a_file_without_its_columns_is_refused_by_name(office):
    name = "JUKI_401005_DIF_20261103050000_004.csv"
    path = office.folder / name
    path.write_text("xx,yy\r\n1,2\r\n", encoding="utf-8")
    told = office.run("addressee", "import", path, status=2)  # read as UTF-8: nothing is cut inside a character
    assert name in told and "必須の列がありません" in told and "更新連番" in told, told


def a_shrunken_full_copy_waits_for_a_second_person(office):
    """Two people are two logins: another name on the command line of the first one is nobody else."""
    name = "JUKI_401005_ALL_20261103050000_004.csv"
    last = row(7, 1, 71, "2026-10-25", "田中　花子", "タナカ　ハナコ")
    said = office.feed(name, last, status=1)
    assert "approve" in said
    file = office.folder / name
    listed = office.run("addressee", "approvals", "list")                 # a request like any other
    assert name in listed and "住民情報の反映" in listed and "全件にない住民" in listed, listed
    office.run("addressee", "approve", file, status=2)                    # who imported it
    office.run("addressee", "approve", file, operator="jiro", status=2)   # no right
    office.run("grant", "jiro", "approve")
    told = office.run("addressee", "approve", file, operator="jiro", status=2)
    assert "自分のログイン" in told, told
    office.run("account", "jiro", str(JIRO))
    office.run("addressee", "approve", file, operator="jiro", status=2)   # still the login that imported it
    if os.geteuid() != 0:
        print("   skipped: only root can be a second login; the difference comes instead of the approval")
        office.feed("JUKI_401005_DIF_20261103050000_004.csv", last)
        return
    office.run("addressee", "approve", file, operator="hanako", login=JIRO, status=2)  # jiro is not hanako
    office.run("addressee", "approve", file, operator=None, login=JIRO)
    assert "1 件を受け取り" in office.run("ledger", "sync")


def only_the_ledgers_certificate_may_ask(office):
    tls = office.data / "tls"
    certificate_for(tls, "unified")
    with Served(office) as served:
        status, answer = served.ask(tls, "ledger", ask_message())
        assert status == 200 and "田中　花子".encode() in answer
        for number in NUMBERS.values():
            assert number.encode() not in answer
        status, _ = served.ask(tls, "unified", ask_message())
        assert status == 403, status
        status, _ = served.ask(tls, None, ask_message())
        assert status is None
        status, _ = served.ask(tls, "ledger", b"nonsense")
        assert status == 400, status
        office.run("revoke", "hanako", "serve")  # whoever opened the door may no longer keep it open
        status, _ = served.ask(tls, "ledger", ask_message())
        assert status == 403, status
        assert served.process.wait(timeout=30) == 2
    office.run("grant", "hanako", "serve")


def a_broken_sequence_is_refused_and_taken_anew(office):
    with Served(office) as served:
        status, answer = served.ask(office.data / "tls", "ledger", ask_message(b"0" * 32, 3))
        assert status == 200 and answer[:5] == b"\xa8\x01" + VERSION + b"\x02\x01", answer[:5]  # DIFFERENCE_FULL_COPY
    if STORE:
        return
    import sqlite3
    with sqlite3.connect(office.data / "addressee.db") as db:  # as after a restore from a backup
        db.execute("UPDATE change_sequence SET epoch = ?", ("f" * 32,))
    db.close()
    said = office.run("ledger", "sync")
    assert "全件を取り直しました" in said and "、0 件を反映" in said, said
    assert "0 件を受け取り" in office.run("ledger", "sync")
    # A register that was emptied, or put back from before most people came, is none that the ledger follows.
    shown = office.shown(1)
    with sqlite3.connect(office.data / "addressee.db") as db:
        db.execute("CREATE TABLE kept AS SELECT * FROM register_version")
        db.execute("DELETE FROM register_version")
        db.execute("UPDATE change_sequence SET epoch = ?", ("e" * 32,))
    db.close()
    said = office.run("ledger", "sync", status=2)
    assert "宛名管理の全件に" in said and "何も変えていません" in said and "[E_CONFLICT]" in said, said
    assert "at=20" not in said, "a line of the log is for the machine's log: " + said
    assert office.shown(1) == shown, "nothing has changed"
    with sqlite3.connect(office.data / "addressee.db") as db:
        db.execute("INSERT INTO register_version SELECT * FROM kept")
        db.execute("DROP TABLE kept")
    db.close()
    office.run("ledger", "sync")


def a_number_typed_into_an_address_is_masked(office):
    """NUMBERS have right check digits; here one stands where an address belongs, half and full width."""
    wide = "".join(chr(ord(c) - ord("0") + ord("０")) for c in NUMBERS[2])
    said = office.feed("JUKI_401005_DIF_20261104050000_005.csv",
                       row(8, 1, 71, "2026-10-26", "田中　花子", "タナカ　ハナコ",
                           address=f"福岡県北九州市小倉北区馬借二丁目6番1号 {NUMBERS[1]}様方"),
                       row(9, 3, 21, "2026-10-26", f"鈴木{wide}　次郎", "スズキ　ジロウ"), status=1)
    with open(said.split("エラー一覧: ")[1].split("\n")[0].strip(), encoding="utf-8") as f:
        told = f.read()
    assert "住所" in told and "氏名" in told and "伏せました" in told, told
    assert NUMBERS[1] not in told and NUMBERS[2] not in told and wide not in told
    office.run("ledger", "sync")
    shown = office.shown(3)
    assert wide not in shown and NUMBERS[2] not in shown and "鈴木" in shown, shown


def decided(office, consumer, *items, reason="事務の見直し"):
    """One asks, another grants: two logins."""
    said = office.run("addressee", "consumer", "set", consumer, "--reason", reason, typed_in="\n".join(items) + "\n")
    number = re.search(r"申請 (\d+) を", said)[1]
    office.run("addressee", "approvals", "approve", number, status=2)
    office.run("addressee", "approvals", "approve", number, operator=None, login=JIRO)


def given_items(office, words):
    said = office.run("addressee", "consumers")
    return re.search(rf"^{words} .*\n  渡す項目: (.*)$", said, re.M)[1].split("、")


def kept(office, column):
    """How many versions of the ledger's copy say this item; None where the database is not a file."""
    if STORE:
        return None
    import sqlite3
    with sqlite3.connect(office.data / "ledger.db") as db:
        count = db.execute(f"SELECT count({column}) FROM resident_version WHERE {column} <> ''").fetchone()[0]
    db.close()
    return count


def each_consumer_is_told_what_two_people_decided(office):
    """F-2-04: an item without a right is not in the bytes; another right tells everything anew, or has it erased."""
    if os.geteuid() != 0:
        print("   skipped: only root can be a second login")
        return
    path = office.folder / "JUKI_401005_DIF_20261105050000_006.csv"
    rows = [row(10, 1, 75, "2026-10-28", "田中　花子", "タナカ　ハナ") + ",長女,コーポ見本303号",
            row(11, 2, 31, "2026-10-28", "佐藤　太郎", "サトウ　タロウ", address="福岡県北九州市門司区隠れ家町9番", protection="1").replace(",7,1,", ",8,1,") + ",,"]
    path.write_text("\r\n".join([HEADER + ",続柄,方書", *rows]) + "\r\n", encoding="utf-8")
    office.run("addressee", "import", path)
    office.run("ledger", "sync")
    assert kept(office, "building") in (1, None) and kept(office, "relationship") in (1, None)

    office.run("addressee", "consumer", "admit", "payments", "--to", office.folder / "payments")
    tls = office.folder / "payments" / "tls"
    with Served(office) as served:
        assert served.ask(tls, "payments", ask_message())[0] == 403, "nothing is decided yet"
        told = office.run("addressee", "consumer", "set", "payments", "--reason", "給付の名簿", typed_in="氏名\n血液型\n", status=2)
        assert "2行目" in told and "項目「血液型」" in told and "[E_CODE_UNKNOWN]" in told, told
        told = office.run("addressee", "consumer", "set", "payments", "--reason", "給付の名簿", typed_in="個人番号\n", status=2)
        assert "渡せません" in told, told
        decided(office, "payments", "氏名", "住所", reason="給付の名簿")
        status, answer = served.ask(tls, "payments", ask_message())
        assert status == 200 and "田中　花子".encode() in answer and "馬借二丁目".encode() in answer, status
        for withheld in ("タナカ", "長女", "コーポ見本", "000000000000007", "401064", "隠れ家町"):
            assert withheld.encode() not in answer, withheld
        status, answer = served.ask(office.data / "tls", "ledger", ask_message())
        assert status == 200 and "タナカ".encode() in answer and "隠れ家町".encode() not in answer

        # A right that ends: whoever printed from the copy would print what it may not have.
        before = given_items(office, "予防接種台帳")
        told = office.run("addressee", "consumer", "set", "ledger", "--reason", "見直し", typed_in="氏名\n", status=2)
        assert "働けません" in told and "住民状態" in told, told
        decided(office, "ledger", *(item for item in before if item not in ("方書", "続柄")))
        answer = served.ask(office.data / "tls", "ledger", ask_message())[1]
        assert "コーポ見本".encode() not in answer and "長女".encode() not in answer and "タナカ".encode() in answer
    assert "[E_STALE]" in office.run("ledger", "due", status=2)
    assert "全件を取り直しました" in office.run("ledger", "sync")
    assert kept(office, "building") in (0, None) and kept(office, "relationship") in (0, None), "erased from every version"
    assert "0 件を受け取り" in office.run("ledger", "sync") and "田中　花子" in office.shown(1)
    decided(office, "ledger", "すべて")
    assert "全件を取り直しました" in office.run("ledger", "sync")
    assert kept(office, "building") in (1, None) and kept(office, "relationship") in (1, None), "told again"
    assert given_items(office, "予防接種台帳") == before


def the_trail_is_read_by_person_staff_and_day_and_that_is_recorded(office):
    def read(*words, **how):
        said = office.run("ledger", "audit", "read", *words, **how)
        return list(csv.DictReader(io.StringIO(said)))
    office.run("grant", "saburo", "read")
    office.run("ledger", "show", "1", operator="saburo")
    about = read("1")
    assert about and {r["操作"].split()[0] for r in about} <= {"show", "audit"}, about
    looks = [r for r in about if r["操作"].startswith("show")]
    assert looks[-1]["職員"] == "saburo" and looks[-1]["証明"].endswith("hanako"), looks[-1]
    assert len({r["対象"] for r in about}) == 1 and about[0]["対象"]
    again = read("1")
    assert len(again) == len(about) + 1 and again[-1]["内容"] == "read", again[-1]
    assert {r["職員"] for r in read("--staff", "saburo")} == {"saburo"}
    assert len(read("--from", "2000-01-01", "--to", "2099-12-31")) > len(about)
    # Nothing found is said, with what there is.
    for words in (("--to", "2020-01-01"), ("--from", "2099-01-01"), ("--staff", "sabro")):
        told = office.run("ledger", "audit", "read", *words)
        assert "この条件の証跡はありません" in told and "saburo" in told and "hanako" in told, told
    assert "--from と同じ日か" in office.run("ledger", "audit", "read", "--from", "2026-10-02", "--to", "2026-10-01", status=2)
    assert all(r["日時"][:2] == "20" and "*" not in r["日時"] for r in about)
    told = office.run("ledger", "audit", "read", operator="saburo", status=2)
    assert "audit" in told, told


def a_password_in_a_store_url_is_refused(office):
    told = office.run("ledger", "due", store=["--store", "postgresql://a:geheim@127.0.0.1/b"], status=2)
    assert "合言葉" in told and "geheim" not in told, told


def a_port_that_is_none_is_refused(office):
    for port in ("70000", "-1", "65536"):
        assert "ポート" in office.run("addressee", "serve", "--port", port, status=2)


def no_individual_number_is_in_any_file(office):
    assert "証跡" in office.run("audit", "verify")
    for path in office.data.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            for number in NUMBERS.values():
                assert number.encode() not in held, path


def nothing_keeps_running(office):
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert not [line for line in listed.splitlines() if "serve" in line and str(office.data) in line]


STORIES = [the_ledger_learns_who_lives_here_and_what_changed,
           a_cancelled_move_reaches_the_ledger_with_what_was_replayed,
           a_missing_day_is_refused_with_the_number_that_is_due,
           a_file_without_its_columns_is_refused_by_name,
           a_shrunken_full_copy_waits_for_a_second_person,
           only_the_ledgers_certificate_may_ask,
           a_broken_sequence_is_refused_and_taken_anew,
           a_number_typed_into_an_address_is_masked,
           each_consumer_is_told_what_two_people_decided,
           the_trail_is_read_by_person_staff_and_day_and_that_is_recorded,
           a_password_in_a_store_url_is_refused,
           a_port_that_is_none_is_refused,
           no_individual_number_is_in_any_file,
           nothing_keeps_running]

with tempfile.TemporaryDirectory(prefix="sesshu-story.") as place:
    town = Office(pathlib.Path(place))
    town.run("init")
    for story in STORIES:
        story(town)
        print("ok", story.__name__, flush=True)
