"""Stories of lists that leave: under a record, into a place where nothing else is lost, and written again whenever
somebody needs them.

SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys

from town import same, tell

NUMBER = "一覧の証跡番号"


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return f.read()


def rows(path):
    return list(csv.DictReader(io.StringIO(read(path))))


def without_number(text):
    return re.sub(r',"(一覧の証跡番号|\w+-\d+)"(?=\r\n)', "", text)


def one_child(town):
    town.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    town.moves_in("太郎", "2024-04-02", sex=1, kana="タロウ", house=2)
    town.night()


def records(town, kind="export"):
    return [r for r in town.table("audit", "read") if r["種別"] == kind]


def places(town):
    """Everything in the data directory, as it lies."""
    found = {}
    for folder, _, names in os.walk(town.data):
        for name in names:
            path = os.path.join(folder, name)
            if not re.search(r"\.(db|db-wal|db-shm|trail|lock|epoch|past)$", name):
                with open(path, "rb") as f:
                    found[path] = hashlib.sha256(f.read()).hexdigest()
    return found


def out(town, name):
    return os.path.join(town.folder, name)


# Every command that writes a file for people, with the option that names it. What `--help` has besides is refused below.
OUTLETS = {
    ("ledger", "due", "out"): ("--as-of", "2026-10-01"),
    ("ledger", "changes", "out"): ("--from", "2026-08-01", "--to", "2026-10-01"),
    ("ledger", "work", "out"): (),
    ("ledger", "forecast", "out"): (),
    ("ledger", "rehearse", "out"): ("built-in", "built-in"),
    ("ledger", "intake", "outcome"): (),
    ("ledger", "notices", "left-out"): ("--trial", "--vaccine", "HPV"),
    ("ledger", "audit", "out"): ("read",),
    ("ledger", "staff", "out"): (),
    ("ledger", "offer", "out"): ("--since", "2026-08-01"),
    ("ledger", "inquiries", "out"): (),
    ("addressee", "work", "out"): (),
    ("addressee", "audit", "out"): ("read",),
    ("addressee", "staff", "out"): (),
    ("addressee", "non-residents", "out"): (),
    ("addressee", "mailings", "out"): (),
    ("unified", "work", "out"): (),
    ("unified", "audit", "out"): ("read",),
    ("unified", "staff", "out"): (),
    ("intermediate", "records", "out"): (),
    ("intermediate", "audit", "out"): ("read",),
    ("intermediate", "staff", "out"): (),
}
PROGRAMS = ("ledger", "addressee", "unified", "intermediate")
# Words and papers are told below; certificates where one is corrected, what another program must answer first where a family moves.
OTHERWISE = {("ledger", "show", "out"), ("ledger", "certificate", "out"), ("ledger", "notices", "out"), ("ledger", "copies", "out")}


def outlets_of(town, program):
    for command in re.findall(r"^  ([a-z-]+)[ \u3000]", town.run(program, "--help").stdout.split("どのコマンドにも")[0], re.M):
        for option in re.findall(r"^  --(\S*out\S*) ", town.run(program, command, "--help").stdout, re.M):
            yield program, command, option


def leads_to_its_record(town, program, number):
    """The one record of a list, asked for by the number on it."""
    done = town.run(program, "audit", "read", number)
    same(done.returncode, 0, number + done.stderr)
    (record,) = csv.DictReader(io.StringIO(done.stdout))
    same((f"{program}-{record['証跡番号']}", "書かれたときのまま" in done.stderr), (number, True), done.stderr)
    return record


def every_list_that_leaves_leads_to_its_record(town):
    one_child(town)
    sheet = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期"), returned(town, "2026-05-12")])
    for program in ("unified", "intermediate"):
        same(town.run(program, "init").returncode, 0, "a city that exchanges with others")
    same({o for program in PROGRAMS for o in outlets_of(town, program)}, set(OUTLETS) | OTHERWISE, "all outlets there are")
    for (program, command, option), more in OUTLETS.items():
        words = [command, *((sheet,) if command == "intake" else ()), *more]
        words += ["--out", out(town, "trial")] if command == "notices" else []
        for form in ("csv", "excel"):
            path = out(town, f"{program}-{command}-{form}.csv")
            done = town.run(program, *words, "--format", form, f"--{option}", path)
            assert done.returncode in (0, 1), (words, done.stderr)
            (number,) = set(re.findall(rf"証跡番号 ({program}-\d+)", done.stderr))
            same(leads_to_its_record(town, program, number)["件数"], str(len(rows(path))), words)
            same((os.stat(path).st_mode & 0o777, done.stdout if command not in ("notices", "rehearse") else ""), (0o600, ""), "nobody else's")
            same({r[NUMBER] for r in rows(path) if NUMBER in r}, {number} if form == "excel" and rows(path) else
                 {number} & {r.get(NUMBER) for r in rows(path)}, "for people it bears the number")
            same(town.run(program, "audit", "verify", path).returncode, 0, "as it left")
    same(town.run("ledger", "due", "--out", out(town, "ledger-due-csv.csv")).returncode, 0, "in place of the earlier one")
    for path in glob.glob(os.path.join(town.data, "errors", "*.csv")):
        leads_to_its_record(town, "ledger", rows(path)[0][NUMBER])
    who = town.number("花子")
    for more in ((), ("--format", "json")):
        path = out(town, f"show{len(more)}")
        same(town.run("ledger", "show", who, *more, "--out", path).returncode, 0, "a look into a file")
        leads_to_its_record(town, "ledger", re.search(r"ledger-\d+", read(path)).group(0))
        assert "花子" in read(path), read(path)
        same(town.run("ledger", "show", who, *more, "--out", path).returncode, 2, "takes no place")
    listed = town.run("ledger", "due", "--format", "json")
    leads_to_its_record(town, "ledger", re.search(r"ledger-\d+", listed.stderr).group(0))
    papers_lead_to_their_records(town)


def papers_lead_to_their_records(town):
    """Lists on paper bear the number of the list that left with them; letters are found by their batch."""
    folder = out(town, "papers")
    same(town.run("ledger", "notices", "--out", folder, "--vaccine", "VAR").returncode, 0, "letters")
    (listed,) = glob.glob(os.path.join(folder, "dispatch-*.csv"))
    number = rows(listed)[0][NUMBER]
    batch = leads_to_its_record(town, "ledger", number)["内容"]
    same(town.run("ledger", "audit", "verify", listed).returncode, 0, "as it left")
    sheets = 0
    for path in glob.glob(os.path.join(folder, "*.pdf")):
        for page in subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]:
            if not os.path.basename(path).startswith("papers-"):
                same((number in page, batch in page), (True, True), path + page)
                sheets += 1
    assert sheets >= 4, "all of the dispatch list"
    assert any(r["操作"].startswith("notices") and batch in r["内容"] for r in records(town, "print")), "the letters"


def whoever_has_a_list_can_have_it_compared(town):
    one_child(town)
    path = out(town, "due.csv")
    same(town.run("ledger", "due", "--out", path).returncode, 0, "due")
    text = read(path)
    done = town.run("ledger", "audit", "verify", path)
    assert done.returncode == 0 and "記録のとおりです" in done.stdout, done.stdout
    for changed in (text.replace("花子", "花江"), "\r\n".join(text.split("\r\n")[:-2] + [""]), text + text.split("\r\n")[1] + "\r\n"):
        assert changed != text
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(changed)
        done = town.run("ledger", "audit", "verify", path)
        same(done.returncode, 1, done.stdout)
    same(town.run("ledger", "audit", "verify", out(town, "nowhere.csv")).returncode, 2, "no file")


def nothing_of_the_office_is_written_over(town):
    one_child(town)
    sheet = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期")])
    same(town.run("ledger", "intake", sheet).returncode, 0, "something to tell")
    same(town.run("ledger", "notices", "--out", out(town, "papers"), "--vaccine", "VAR").returncode, 0, "the office is at work")
    stranger, link, pipe = out(town, "letter.txt"), out(town, "link.csv"), out(town, "pipe")
    with open(stranger, "w") as f:
        f.write("notes of a clerk")
    os.symlink(stranger, link)
    os.mkfifo(pipe)
    before = places(town)
    wrong = [os.path.join(town.data, name) for name in (
        "ledger.db", "addressee.db", "keys/ledger.keys", "keys/ledger.kek", "keys/new.csv", "tls/ca.key", "ledger.trail",
        "errors/x.csv", "city.json", "city-rules.json", "city-postal.csv", "keys", ".hidden",
        # what is not there yet, and would be the office's own when it is
        "ledger.db-journal", "ledger-looks.db-wal", "addressee-looks.trail", "ledger.arriving", "ledger.backup", "ledger.sealed",
        "addressee.newest", "addressee.lock", "city-rules.csv", "rules", "tls")]
    os.makedirs(os.path.join(town.data, "errors"), mode=0o700, exist_ok=True)
    wrong += [stranger, link, pipe, town.folder, sheet]
    commands = [("due", "--out"), ("changes", "--from", "2026-08-01", "--to", "2026-10-01", "--out"), ("work", "--out"),
                ("rehearse", "built-in", "built-in", "--out"), ("show", town.number("花子"), "--out"),
                ("intake", sheet, "--outcome"), ("audit", "read", "--out")]
    for command in commands:
        for path in wrong:
            done = town.run("ledger", *command, path)
            same(done.returncode, 2, f"{command} {path}: {done.stdout}{done.stderr}")
    for path in (os.path.join(town.data, "keys"), os.path.join(town.data, "errors", "papers"), os.path.join(town.data, "ledger.out")):
        same(town.run("ledger", "notices", "--out", path, "--vaccine", "VAR").returncode, 2, path)
    elsewhere = out(town, "token")
    os.mkdir(elsewhere, 0o700)
    for program in ("ledger", "addressee"):
        shutil.copy2(os.path.join(town.data, "keys", program + ".kek"), elsewhere)
    for name in ("unified.kek", "due.csv"):
        done = town.run("ledger", "due", "--out", os.path.join(elsewhere, name), env={"SESSHU_KEK_DIR": elsewhere})
        same(done.returncode, 2, "beside the key of the keys: " + done.stderr)
    same(places(town), before, "all lies as it lay")
    same(read(stranger), "notes of a clerk", "and so does this")
    # A place of one's own in the same folder will do.
    for path in (out(town, "new.csv"), os.path.join(town.data, "due.csv")):
        same(town.run("ledger", "due", "--out", path).returncode, 0, path)


def returned(town, day):
    return town.sheet("誰か", "MR", day, "1期", 生年月日="2025-01-01")


def the_list_of_returned_rows_is_written_again_from_the_ledger(town):
    one_child(town)
    path = town.write_file([returned(town, "2026-05-12"), town.sheet("花子", "MR", "2026-02-30", "1期"), "7,broken"])
    done, outcome, _ = town.takes_in(path)
    lists = glob.glob(os.path.join(town.data, "errors", "*.csv"))
    same(len(lists), 1, done.stderr)
    first = read(lists[0])
    same([r["コード"] for r in rows(lists[0])], ["R131", "R102", "R106"], first)
    same(rows(lists[0])[1]["項目"], "接種日", "the item as the file calls it")
    same(town.run("ledger", "audit", "verify", lists[0]).returncode, 0, "as it left")
    os.remove(lists[0])
    again, outcome_again, _ = town.takes_in(path)
    assert lists[0] in again.stderr, again.stderr
    same(without_number(read(lists[0])), without_number(first), "byte for byte but for the number")
    assert read(lists[0]) != first, "which is that of its own record"
    same(outcome_again, outcome, "the outcome byte for byte")
    with open(lists[0], "a", encoding="utf-8") as f:
        f.write("x")
    trail = town.run("ledger", "audit", "verify")
    assert trail.returncode == 1 and lists[0] in trail.stdout, trail.stdout
    os.remove(lists[0])


def a_submission_of_rubbish_is_given_back_whole(town):
    one_child(town)
    good = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期")])
    with open(good, encoding="utf-8") as f:
        head, row = f.read().splitlines()[:2]
    path = town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期")])
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([head, row] + ["y"] * 5000) + "\n")
    done = town.run("ledger", "intake", path, "--outcome", "/dev/null")
    same(done.returncode, 2, done.stdout)
    assert "行として読めない行" in done.stderr, done.stderr
    same(town.rows("SELECT (SELECT count(*) FROM intake_row), (SELECT count(*) FROM dose)"), [(0, 0)], "nothing is stored")
    same(town.run("ledger", "intake", good, "--outcome", "/dev/null").returncode, 0, "the good one is taken")


def one_clinics_list_never_stands_where_anothers_lay(town):
    one_child(town)
    for clinic, day in (("a", "2026-05-12"), ("b", "2026-05-13")):
        os.mkdir(out(town, clinic))
        path = town.write_file([returned(town, day)])
        os.rename(path, os.path.join(out(town, clinic), "data.csv"))
    done = town.run("ledger", "intake", *(os.path.join(out(town, c), "data.csv") for c in "ab"))
    same(done.returncode, 1, done.stderr)
    lists = sorted(glob.glob(os.path.join(town.data, "errors", "*.csv")))
    same(len(lists), 2, done.stderr)
    first = {path: read(path) for path in lists}
    same(len({rows(path)[0]["元の行"] for path in lists}), 2, "each has its own rows")
    # A third file of that name without a fault takes nobody's list away; either of the two brings its own again.
    os.mkdir(out(town, "c"))
    os.rename(town.write_file([town.sheet("花子", "MR", "2026-05-12", "1期")]), os.path.join(out(town, "c"), "data.csv"))
    town.run("ledger", "intake", *(os.path.join(out(town, c), "data.csv") for c in "cba"))
    same(sorted(glob.glob(os.path.join(town.data, "errors", "*.csv"))), lists, "no other, none gone")
    for path in lists:
        same(without_number(read(path)), without_number(first[path]), "the same rows")


if __name__ == "__main__":
    sys.exit(tell([
        every_list_that_leaves_leads_to_its_record,
        whoever_has_a_list_can_have_it_compared,
        nothing_of_the_office_is_written_over,
        a_submission_of_rubbish_is_given_back_whole,
        the_list_of_returned_rows_is_written_again_from_the_ledger,
        one_clinics_list_never_stands_where_anothers_lay,
    ], sys.argv[1]))
