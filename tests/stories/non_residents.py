"""Stories of 住登外者: registered by hand with the proof of who they are, by two people, once, and known to the ledger.

Where post goes (送付先) is told here too: entered and ended by two people, for a purpose and a time.

Proves F-2-02, F-2-03, C-3.2-07 (nothing without the proof of identity), C-3.2-14 (a second person), C-3.7-26 (asked again),
D-1-17. Two people are two logins of the machine; without root there is only one, and what needs two is left out.
SPDX-License-Identifier: Apache-2.0
"""
import glob
import os
import subprocess
import sys

from town import same, tell

TARO = 1 if os.geteuid() == 0 else None
PERSON = {"氏名": "外山　太郎", "氏名カナ": "ﾄﾔﾏ ﾀﾛｳ", "住民種別": "日本人", "性別": "男", "生年月日": "R7.5.10",
          "市区町村コード": "401307", "住所": "福岡県福岡市中央区天神一丁目8番1号", "方書": "みどり園"}
PROOF = ["--document", "住民票の写し・戸籍の附票", "--checked-on", "2026-10-01"]


def command(town, *words, items=None, login=None, typed="", program="addressee"):
    line = ["setpriv", "--ruid", str(login), "--"] if login else []
    line += [town.sesshu, program, *words, "--data", town.data, "--as-of", town.today]
    line += ["--store", town.server] if town.server else []
    line += [] if login else ["--operator", "hanako"]
    typed = typed or "".join(f"{item}: {value}\n" for item, value in (items or {}).items())
    return subprocess.run(line, input=typed, capture_output=True, text=True, timeout=300)


def adds(town, *more, **items):
    return command(town, "non-resident", "add", *PROOF, "--reason", "施設に入所", *more, items={**PERSON, **items})


def opened(town):
    town.moves_in("花子", birth="2025-05-10", sex=2, kana="ハナコ")
    town.night()
    for duty in ("read", "enter", "approve", "export"):
        town.run("addressee", "grant", "taro", duty)
    if TARO:
        same(town.run("addressee", "account", "taro", str(TARO)).returncode, 0, "Taro has a login of his own")


def waiting(town):
    listed = command(town, "approvals", "list").stdout
    return [line.split()[0] for line in listed.splitlines() if line[:1].isdigit()]


def approved(town):
    """The newest request, by somebody else."""
    number = waiting(town)[-1]
    done = command(town, "approvals", "approve", number, login=TARO)
    same(done.returncode, 0, "approved: " + done.stderr)


def listed(town):
    done = command(town, "non-residents")
    same(done.returncode, 0, done.stderr)
    return [line.split(",") for line in done.stdout.replace('"', "").splitlines()[1:]]


def registered(town, **items):
    same(adds(town, **items).returncode, 0, "asked for")
    approved(town)
    return listed(town)[0][0]


# ---- the stories

def nobody_is_registered_without_proof_or_by_one_person(town):
    opened(town)
    done = command(town, "non-resident", "add", "--reason", "施設に入所", items=PERSON)
    same((done.returncode, "確認した書類" in done.stderr), (2, True), "what was shown? " + done.stderr)
    done = command(town, "non-resident", "add", *PROOF, items=PERSON)
    same((done.returncode, "理由" in done.stderr), (2, True), "why? " + done.stderr)
    same(adds(town).returncode, 0, "asked for")
    same(listed(town), [], "nobody has a number yet")
    done = adds(town)
    same((done.returncode, "もう承認を待っています" in done.stderr), (2, True), "asked twice: " + done.stderr)
    number = waiting(town)[0]
    same(command(town, "approvals", "approve", number).returncode, 2, "not by whoever asked")
    same(listed(town), [], "still nobody")
    told = command(town, "approvals", "list").stdout
    for words in ("外山", "トヤマ", "天神一丁目", "住民票の写し", "令和7年5月10日"):
        assert words in told, f"whoever decides sees {words}: {told}"
    trail = town.run("addressee", "audit", "list").stdout
    assert "外山" not in trail and "天神" not in trail, "the trail names nobody"


def who_is_registered_is_known_to_the_ledger_and_is_due_for_nothing(town):
    opened(town)
    number = registered(town)
    same(number[:2], "42", "region and kind of the numbering rule")
    same(town.run("ledger", "sync").returncode, 0, "the daily difference")
    town.people["太郎"] = {"宛名番号": number, "氏名": PERSON["氏名"], "氏名カナ": "トヤマ　タロウ", "生年月日": "2025-05-10", "性別": 1}
    shown = town.show("太郎")
    same((shown["氏名"], shown["生年月日"]), ("外山　太郎", "2025-05-10"), "the ledger shows him")
    same([row for row in town.table("due") if row["宛名番号"] == number], [], "nothing is due for who is no resident")
    same({row["宛名番号"] for row in town.table("due")}, {town.number("花子")}, "for a resident it is")
    same(town.run("addressee", "audit", "verify").returncode, 0, "what was written stands in the trail")
    # The register never writes over him.
    town.moves_in("別人", birth="1990-01-01", 宛名番号=number)
    town.arrives(status=1)
    same(town.run("ledger", "sync").returncode, 0, "a night later")
    same(town.show("太郎")["氏名"], "外山　太郎", "he is who he was")


def the_same_person_gets_no_second_number(town):
    opened(town)
    number = registered(town)
    done = adds(town, 氏名="外山太郎", 住所="福岡市中央区天神1-8-1", 方書="")
    same((done.returncode, number in done.stderr), (2, True), "four items agree: " + done.stderr)
    done = adds(town, "--others", 住所="福岡市中央区天神1-8-1")
    same(done.returncode, 2, "and nobody may say that it is another one")
    done = adds(town, 氏名="外山　花子", 氏名カナ="トヤマ　ハナコ", 性別="女")
    same((done.returncode, "似た人" in done.stderr), (2, True), "a twin is shown first: " + done.stderr)
    same(adds(town, "--others", 氏名="外山　花子", 氏名カナ="トヤマ　ハナコ", 性別="女").returncode, 0, "who is another one")
    approved(town)
    same(len({row[0] for row in listed(town)}), 2, "two numbers")
    # A resident, and somebody who lived here once, are found as well.
    done = adds(town, 氏名="見本　花子", 氏名カナ="ミホン　ハナコ", 性別="女", 住所="北九州市小倉北区浅野3-8-1", 方書="")
    same((done.returncode, town.number("花子") in done.stderr), (2, True), "a resident has a number: " + done.stderr)
    looks = town.run("addressee", "audit", "read", town.number("花子")).stdout
    assert any('"look"' in line and "non-resident" in line for line in looks.splitlines()), "whom the terminal named was looked at: " + looks
    town.happens("花子", 42, "2026-10-02", 住民状態=2, 住民でなくなった日="2026-10-02")
    town.night()
    done = adds(town, 氏名="見本　花子", 氏名カナ="ミホン　ハナコ", 性別="女", 住所="東京都港区芝1-1")
    same((done.returncode, town.number("花子") in done.stderr), (2, True), "a former resident: " + done.stderr)


def a_request_lapses_when_somebody_like_that_came_meanwhile(town):
    opened(town)
    same(adds(town).returncode, 0, "asked for")
    town.moves_in("太郎", birth="2025-05-10", kana="タロウ", family="外山", 氏名カナ="トヤマ　タロウ")
    town.night()
    done = command(town, "approvals", "approve", waiting(town)[0], login=TARO)
    same((done.returncode, listed(town)), (2, []), "nobody is numbered twice: " + done.stderr)


def what_changes_is_corrected_and_identity_is_asked_again(town):
    opened(town)
    number = registered(town)
    done = command(town, "non-resident", "correct", number, *PROOF, "--reason", "転居の届出",
                   items={"住所": "福岡県福岡市博多区博多駅前二丁目8番1号", "方書": "なし"})
    same(done.returncode, 0, done.stderr)
    approved(town)
    same(town.run("ledger", "sync").returncode, 0, "the daily difference")
    done = command(town, "non-resident", "correct", number, *PROOF, "--reason", "転居の届出", items={"生年月日": "2027-01-01"})
    same((done.returncode, "生年月日" in done.stderr), (2, True), "nobody is born tomorrow: " + done.stderr)
    same(listed(town)[0][6], "", "seen lately")
    town.today = "2027-11-02"
    same(listed(town)[0][6], "1", "thirteen months later")
    done = command(town, "non-resident", "confirm", number, "--document", "旅券", "--checked-on", "2027-11-02")
    same((done.returncode, listed(town)[0][6]), (0, ""), "confirmed: " + done.stderr)
    same(command(town, "non-resident", "confirm", town.number("花子"), "--document", "旅券", "--checked-on", "2027-11-02").returncode,
         2, "a resident is the register's")


def a_number_that_was_brought_along_is_kept(town):
    opened(town)
    done = adds(town, "--number", town.number("花子"))
    same((done.returncode, "使っています" in done.stderr), (2, True), "it is somebody's: " + done.stderr)
    same(adds(town, "--number", "8812345").returncode, 0, "of the former system")
    approved(town)
    same(listed(town)[0][0], "000000008812345", "as it was")
    same(registered(town, 氏名="外山　次郎", 氏名カナ="トヤマ　ジロウ", 生年月日="R7.5.11")[:2], "42", "the next one is ours")


# ---- the Individual Number of somebody of whom no file brings one

NUMBER, OTHER = "000000123455", "000000987654"


def numbers(town, number, typed, *more):
    return command(town, "individual-number", number, "--document", "個人番号カード", "--checked-on", "2026-10-01", "--reason", "里帰り出産",
                   *more, typed=typed + "\n")


def the_number_is_read_off_the_paper_by_two_people_and_reaches_unified(town):
    opened(town)
    same(town.run("unified", "init").returncode, 0, "unified")
    number = registered(town)
    done = numbers(town, number, "000000123456")
    same((done.returncode, "123456" in done.stdout + done.stderr), (2, False), "its check digit is wrong: " + done.stderr)
    same(numbers(town, town.number("花子"), NUMBER).returncode, 2, "a resident's comes from the register")
    done = numbers(town, number, NUMBER, "--document", "旅券")
    same((done.returncode, "確認した書類" in done.stderr), (2, True), "a passport has no number: " + done.stderr)
    same(numbers(town, number, "0000-0012-3455").returncode, 0, "asked for")
    same(numbers(town, number, NUMBER).returncode, 2, "once")
    request = waiting(town)[-1]
    told = command(town, "approvals", "list").stdout
    assert "個人番号カード" in told and NUMBER not in told and "3455" not in told, told
    same(command(town, "approve-number", request, typed=NUMBER + "\n").returncode, 2, "not by whoever asked")
    done = command(town, "approvals", "approve", request, login=TARO)
    same((done.returncode, "approve-number" in done.stderr), (2, True), "not without reading it again: " + done.stderr)
    done = command(town, "approve-number", request, typed=OTHER + "\n", login=TARO)
    same((done.returncode, "違います" in done.stderr, OTHER in done.stderr), (2, True, False), "another number: " + done.stderr)
    done = command(town, "approve-number", request, typed=NUMBER + "\n", login=TARO)
    same(done.returncode, 0, "and still it waits: " + done.stderr)
    same(numbers(town, number, NUMBER).returncode, 2, "that is the number now")
    second = registered(town, 氏名="外山　次郎", 氏名カナ="トヤマ　ジロウ", 生年月日="R7.5.11")
    done = numbers(town, second, NUMBER)
    same((done.returncode, number in done.stderr), (2, True), "nobody else has it: " + done.stderr)
    same(numbers(town, second, OTHER).returncode, 0, "he has his own")
    done = command(town, "sync", program="unified")
    same((done.returncode, "1 人に統一識別番号を付けました" in done.stderr + done.stdout), (0, True), done.stderr)
    done = command(town, "find", "--purpose", "転入届の確認", program="unified", typed=NUMBER + "\n")
    assert number in done.stdout, done.stdout + done.stderr
    for name in os.listdir(town.data):
        path = os.path.join(town.data, name)
        if os.path.isfile(path):
            with open(path, "rb") as f:
                assert NUMBER.encode() not in f.read(), f"the number stands in {name}"


# ---- where post goes

POST = {"郵便番号": "802-0005", "住所": "福岡県北九州市小倉北区堺町一丁目6番13号", "方書": "後見人　見本様方"}


def posts(town, number, purpose, since, until, **items):
    done = command(town, "mailing", "add", number, "--purpose", purpose, "--from", since, "--until", until, "--reason", "後見の届出",
                   items={**POST, **items})
    if done.returncode:
        return done.stderr
    approved(town)
    same(town.run("ledger", "sync").returncode, 0, "the daily difference")
    return ""


def sent_to(town, *vaccines):
    """The first page of a trial, which bears where the letter goes; nothing leaves."""
    out = os.path.join(town.folder, f"mail{len(os.listdir(town.folder))}")
    words = [word for vaccine in vaccines for word in ("--vaccine", vaccine)]
    done = town.run("ledger", "notices", "--trial", "--out", out, *words)
    assert done.returncode in (0, 1), done.stderr
    return "".join(subprocess.run(["pdftotext", "-l", "1", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
                   for pdf in glob.glob(os.path.join(out, "papers-*.pdf")))


def a_letter_goes_to_the_mailing_address_of_its_day_and_purpose(town):
    opened(town)
    number = town.number("花子")
    assert "郵便番号" in posts(town, number, "予防接種の通知", "2026-10-01", "2026-10-31", 郵便番号=""), "no post without a code"
    assert "終了日" in posts(town, number, "予防接種の通知", "2026-10-01", "2026-09-30"), "it ends before it begins"
    assert "目的" in posts(town, number, "年賀状", "2026-10-01", "2026-10-31"), "for what?"
    same(command(town, "mailing", "add", number, "--purpose", "予防接種の通知", "--until", "2026-10-31", "--reason", "届出", items=POST).returncode, 0,
         "asked for")
    same(command(town, "approvals", "approve", waiting(town)[-1]).returncode, 2, "not by whoever asked")
    approved(town)
    same(town.run("ledger", "sync").returncode, 0, "the daily difference")
    assert "重なります" in posts(town, number, "予防接種の通知", "2026-10-31", "2026-11-30"), "one address of a purpose on a day"
    same(posts(town, number, "証明書・決定の通知", "2026-10-01", "2027-03-31", 住所="東京都港区芝一丁目1番1号"), "", "for another purpose")
    papers = sent_to(town, "MR1")
    assert "堺町" in papers and "後見人" in papers and "浅野" not in papers, papers
    town.today = "2026-11-01"
    papers = sent_to(town, "MR1")
    assert "浅野" in papers and "堺町" not in papers and "港区" not in papers, "it was over yesterday, and another purpose is another"
    same([row.split(",")[-1] for row in command(town, "mailings").stdout.replace('"', "").splitlines()[1:]], ["OVER", "NOW"], "the list")
    same(posts(town, number, "すべての郵便", "2026-11-01", "2027-10-31", 住所="福岡県福岡市中央区天神一丁目8番1号"), "", "for everything")
    assert "天神" in sent_to(town, "MR1")
    # It is ended before its day, by two people; nothing of it is lost.
    done = command(town, "mailing", "end", number, "--no", "3", "--reason", "取りやめの申出")
    same(done.returncode, 0, done.stderr)
    approved(town)
    same(town.run("ledger", "sync").returncode, 0, "told")
    assert "浅野" in sent_to(town, "MR1")
    same(town.sql("SELECT count(*) FROM mailing_address WHERE to_act < 2147483647")[0][0] != "0", True, "known on: it stays readable")
    trail = town.run("addressee", "audit", "list").stdout
    assert "堺町" not in trail and "天神" not in trail, "the trail says nowhere"


def a_measure_hides_where_post_goes_and_its_end_tells_it_again(town):
    opened(town)
    number = town.number("花子")
    same(posts(town, number, "予防接種の通知", "2026-10-01", "2027-10-31"), "", "entered")
    same(town.sql("SELECT address FROM mailing_address"), [(POST["住所"],)], "told")
    done = command(town, "measure", "enter", number, "--kind", "児童虐待", "--from", "2026-10-01", "--reason", "申出")
    same(done.returncode, 0, done.stderr)
    same(town.run("ledger", "sync").returncode, 0, "the daily difference")
    same(town.sql("SELECT count(*) FROM mailing_address"), [("0",)], "forgotten, in every version")
    same(posts(town, number, "すべての郵便", "2026-10-01", "2027-10-31", 住所="東京都港区芝一丁目1番1号"), "", "what is entered meanwhile")
    same(town.sql("SELECT count(*) FROM mailing_address"), [("0",)], "is not told")
    same(sent_to(town, "MR1").count("堺町"), 0, "nothing is sent anywhere")
    same(command(town, "measure", "end", number, "--reason", "本人の申出").returncode, 0, "its end is asked for")
    approved(town)
    same(town.run("ledger", "sync").returncode, 0, "told again")
    same(sorted(town.sql("SELECT address FROM mailing_address")), sorted([(POST["住所"],), ("東京都港区芝一丁目1番1号",)]), "both stand")


STORIES = [nobody_is_registered_without_proof_or_by_one_person]
if TARO:
    STORIES += [
        who_is_registered_is_known_to_the_ledger_and_is_due_for_nothing,
        the_same_person_gets_no_second_number,
        a_request_lapses_when_somebody_like_that_came_meanwhile,
        what_changes_is_corrected_and_identity_is_asked_again,
        a_number_that_was_brought_along_is_kept,
        the_number_is_read_off_the_paper_by_two_people_and_reaches_unified,
        a_letter_goes_to_the_mailing_address_of_its_day_and_purpose,
        a_measure_hides_where_post_goes_and_its_end_tells_it_again,
    ]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
