"""Stories of what was known when: an answer of a day that is over, by what had been recorded and by the rules of then.

Every expectation is counted by hand on a calendar. SPDX-License-Identifier: Apache-2.0
"""
import glob
import json
import os
import shutil
import subprocess
import sys

from town import same, tell

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "rules", "jp")


def known(town, name, day):
    """The whole answer about one person as known on a day; without the word that says so."""
    done = town.run("ledger", "show", town.number(name), "--known-on", day, "--format", "json")
    same(done.returncode, 0, done.stderr)
    answer = json.loads(done.stdout)
    same(answer.pop("known_on"), day, "it says of when it is")
    return answer


def due_then(town, day, *words):
    return town.table("due", *words, "--known-on", day)


def girl(town):
    # One on 9 September 2026. Second chickenpox dose three months after the first: 20 September, so 20 December.
    town.today = "2026-10-02"
    town.moves_in("花", "2025-09-10", sex=2, kana="ハナ", house=1)
    town.night()
    town.submits([town.sheet("花", "VAR", "2026-09-20", "1回目", 医療機関名="みほん小児科")])


def a_letter_is_explained_as_of_the_day_it_was_printed(town):
    girl(town)
    town.today = "2026-12-21"
    out = os.path.join(town.folder, "letters")
    same(town.run("ledger", "notices", "--out", out, "--vaccine", "VAR").returncode, 0, "printed")
    pdf = glob.glob(os.path.join(out, "papers-*.pdf"))[0]
    letter = "".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "2回目" in letter and "令和8年12月20日" in letter, letter[:600]
    printed, listed = town.show("花"), town.table("due", "--vaccine", "VAR")
    # The clinic had the month wrong: it was 20 October, and the second dose is not due before 20 January.
    town.today = "2027-01-10"
    right = town.submits([town.sheet("花", "VAR", "2026-10-20", "1回目", 医療機関名="みほん小児科", 訂正=1)], month="202610")[0]
    same(right["outcome"], "accepted", right)
    now = town.series("花", "VAR")
    same((now["series_status"], now["next"]["earliest"]), ("not_yet", "2027-01-20"), "as things are known now")
    same(known(town, "花", "2026-12-21"), printed, "the same verdicts, days and rules as on the day of the letter")
    same(due_then(town, "2026-12-21", "--vaccine", "VAR"), listed, "and the same list")
    same([r["position"] for r in listed], ["2"], "with her on it")
    whole = due_then(town, "2026-12-21")
    lines, total = town.due_pages(2, "--known-on", "2026-12-21")
    same((total, sorted(map(str, lines))), (len(whole), sorted(map(str, whole))), "page by page")
    counts = due_then(town, "2026-12-21", "--counts", "--ward", "小倉北区")
    same((sum(int(c["人数"]) for c in counts), {c["区"] for c in counts}), (len(whole), {"401064"}), "and counted")
    same(town.table("due", "--vaccine", "VAR"), [], "who is on none now")
    text = town.run("ledger", "show", town.number("花"), "--known-on", "2026-12-21").stdout
    assert "2026-12-21 の終わりまでに記録されたこと" in text and "2026-09-20 VAR" in text, text


def what_changed_is_told_as_it_was_known(town):
    girl(town)
    town.today = "2027-01-10"
    town.submits([town.sheet("花", "VAR", "2026-10-20", "1回目", 訂正=1)], month="202610")
    of_var = [(r["from_status"], r["to_status"], r["cause"]) for r in town.table("changes", "--from", "2026-12-19", "--to", "2027-01-10") if r["series"] == "VAR"]
    same(of_var, [], "not yet due on the one day as known then, nor on the other as known now")
    then = [(r["from_status"], r["to_status"], r["cause"])
            for r in town.table("changes", "--from", "2026-12-19", "--to", "2027-01-10", "--known-on", "2027-01-09") if r["series"] == "VAR"]
    same(then, [("not_yet", "due", "TIME")], "before the correction she would have become due")


def letters_that_waited_then_are_named_as_waiting(town):
    town.today = "2026-10-02"
    for name, kana in (("登", "ノボル"), ("返", "カエス")):
        town.moves_in(name, "2025-09-10", kana=kana, house=len(town.people) + 1)
    town.night()
    other = {"氏名": "別名　全然違", "氏名カナ": "ベツメイ"}
    town.submits([town.sheet("登", "MR", "2026-10-01", "1期", **other), town.sheet("返", "MR", "2026-10-01", "1期", **other)])
    held = {n: town.show(n) for n in town.people}
    same({s.get("held") for n in held for s in held[n]["series"] if s["series"] == "MR1"}, {"review"}, "the letter waits, as due says")
    same({s.get("held") for s in held["登"]["series"] if not s["series"].startswith("MR")}, {None}, "those of other series do not")
    listed = town.table("due", "--vaccine", "MR1")
    same([r["held"] for r in listed], ["review"] * 2, "on the list")
    assert "要確認で待っている" in town.run("ledger", "show", town.number("登")).stdout, "in words"
    town.today = "2026-10-09"
    for row, words in (("1", ["--accept", town.number("登")]), ("2", ["--return", "V132"])):
        same(town.run("ledger", "resolve", row, *words, "--reason", "電話で確認", operator="hanako").returncode, 0, words)
    same({s.get("held") for n in held for s in town.show(n)["series"]}, {None}, "decided")
    for name, then in held.items():
        same(known(town, name, "2026-10-02"), then, f"{name} as of then")
    same(due_then(town, "2026-10-02", "--vaccine", "MR1"), listed, "and the list of then")
    then = town.table("changes", "--from", "2026-09-01", "--to", "2026-10-02", "--known-on", "2026-10-02")
    same([r["held"] for r in then if r["series"] == "MR1"], ["review"] * 2, "and the difference")


def persons_are_those_of_then(town):
    town.today = "2026-10-02"
    town.moves_in("越", "2025-09-10", sex=1, kana="コシ", house=1)
    town.moves_in("正", "2025-09-10", sex=1, kana="タダシ", house=2)
    town.night()
    before = {name: town.show(name) for name in ("越", "正")}
    town.today = "2026-10-09"
    town.happens("越", 42, "2026-10-08", 住民状態=2, 住民でなくなった日="2026-10-08")
    town.happens("正", 74, "2026-10-08", 生年月日="2025-11-10", 氏名="見本　正治", 氏名カナ="ミホン　マサハル")
    town.moves_in("後", "2025-09-12", sex=2, kana="アト", house=3)
    town.night()
    town.today = "2026-10-20"
    same(town.show("正")["生年月日"], "2025-11-10", "corrected")
    for name in ("越", "正"):
        same(known(town, name, "2026-10-02"), before[name], f"{name} as of then")
    mr1 = [r["氏名"] for r in due_then(town, "2026-10-02", "--vaccine", "MR1")]
    same(sorted(mr1), ["見本　正", "見本　越"], "both were due, by the birth date of then")
    same([r["氏名"] for r in town.table("due", "--vaccine", "MR1")], ["見本　後"], "now one has left and one is too young")
    done = town.run("ledger", "show", town.number("後"), "--known-on", "2026-10-02")
    same((done.returncode, "その日には台帳にいませんでした" in done.stderr), (2, True), done.stderr)
    done = town.run("ledger", "show", town.number("正"), "--known-on", "2026-10-01")
    same((done.returncode, "記録されたことはありません" in done.stderr), (2, True), done.stderr)
    done = town.run("ledger", "due", "--known-on", "2026-10-21")
    same((done.returncode, "業務日までの日" in done.stderr), (2, True), done.stderr)


def who_is_protected_now_is_covered_in_answers_of_before(town):
    town.today = "2026-10-02"
    town.moves_in("守", "2025-09-10", sex=1, kana="マモル", house=1)
    town.night()
    town.today = "2026-10-09"
    town.happens("守", 92, "2026-10-09", 支援措置=1)
    town.night()
    same(known(town, "守", "2026-10-05")["氏名"], "＊＊＊", "whatever was known then")
    same([r["氏名"] for r in due_then(town, "2026-10-05", "--vaccine", "MR1")], ["＊＊＊"], "on lists too")


def circumstances_and_judgements_are_those_of_then(town):
    town.today = "2026-10-02"
    town.moves_in("種", "2014-09-01", sex=1, kana="タネ", house=1)
    town.night()
    town.submits([town.sheet("種", "DPT", "2026-10-01")])
    then = town.show("種")
    same(([d["legal_class"] for d in then["doses"]], "facts" in then), ([5], False), "no routine dose")
    town.today = "2026-11-29"
    fact = {"宛名番号": town.number("種"), "生年月日": "2014-09-01", "種類": "医師が認めた接種", "対象": "DT2", "値": "2026-10-01",
            "認定日": "2026-11-29", "認定者": "見本医師", "根拠": "医師の証明"}
    town.gives("facts", [*fact], [fact])
    now = town.show("種")
    same(([d["legal_class"] for d in now["doses"]], len(now["facts"])), ([1], 1), "accepted")
    same(known(town, "種", "2026-10-02"), then, "nobody had accepted it")
    same(known(town, "種", "2026-11-29"), now, "the day itself is known to its end")


# ---- the rules of then

def amended(town):
    """DIR/rules: MR of the first period until 36 months instead of 24."""
    folder = os.path.join(town.data, "rules")
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("vectors", "meson.build"))
    path = os.path.join(folder, "measles-rubella.json")
    with open(path, encoding="utf-8") as f:
        rules = json.load(f)
    for row in rules["groups"][0]["window"]["rows"]:
        for key in ("last", "in_force", "when"):
            if key in row:
                row[key] = json.loads(json.dumps(row[key]).replace("birth+24m", "birth+36m"))
    with open(path, "w", encoding="utf-8") as f:
        json.dump(rules, f, ensure_ascii=False)
    return folder


def boy(town):
    # Two on 31 July 2026: too late for MR under the law of today, in time under the amended one.
    town.today = "2026-10-02"
    town.moves_in("遅", "2024-08-01", sex=1, kana="オソ", house=1)
    town.night()
    town.submits([town.sheet("遅", "VAR", "2026-09-20", "1回目")])


def each_day_is_answered_by_its_own_rules(town):
    boy(town)
    same(town.series("遅", "MR1")["series_status"], "closed", "under the law of today")
    then = town.show("遅")
    town.today = "2026-10-19"  # 28 days after the other live vaccine is 18 October
    folder = amended(town)
    town.submits([town.sheet("遅", "HBV", "2026-10-10", "1回目")], month="202611")
    between = town.show("遅")
    same(town.series("遅", "MR1")["series_status"], "late", "under the amended one")
    assert between["rules"] != then["rules"], "two laws"
    town.today = "2026-10-25"
    shutil.rmtree(folder)
    town.submits([town.sheet("遅", "BCG", "2026-10-20", "1")], month="202612")
    same(town.series("遅", "MR1")["series_status"], "closed", "and back again")
    same(known(town, "遅", "2026-10-02"), then, "the first law, built in")
    same(known(town, "遅", "2026-10-19"), between, "the amended one, of which no file is left")
    same([r["氏名"] for r in due_then(town, "2026-10-19", "--vaccine", "MR1")], ["見本　遅"], "the list too")
    same(due_then(town, "2026-10-02", "--vaccine", "MR1"), [], "and the other one")
    versions = town.sql("SELECT version, count(*) FROM rule_text GROUP BY version")
    same(len(versions), 2, "each kept once: " + str(versions))


def rules_whose_texts_nobody_kept_are_named(town):
    boy(town)
    version = town.show("遅")["rules"]
    town.today = "2026-10-12"
    amended(town)
    town.submits([town.sheet("遅", "HBV", "2026-10-10", "1回目")], month="202611")
    town.sql(f"DELETE FROM rule_text WHERE version = '{version}'")  # judged before texts were kept
    for words in (("show", town.number("遅")), ("due", ), ("changes", "--from", "2026-10-01", "--to", "2026-10-05")):
        done = town.run("ledger", *words, "--known-on", "2026-10-05")
        same((done.returncode, done.stdout), (2, ""), "no answer by another law")
        assert "本文が台帳に残っていない" in done.stderr and version in done.stderr, done.stderr


def of_old(common):
    """How earlier versions read a stored day: it opened the second period of DT to two years after it."""
    del common["facts"]["long_term_recovered"]["replaced_by"]


def who_loses_a_right_by_the_rules_alone_is_named_with_that_cause(town):
    # Thirteen on 31 August 2026; the stored day opened DT to 31 May 2028 as long as the old rules judged.
    town.today = "2026-11-20"
    town.moves_in("長", "2013-09-01", sex=1, kana="ナガ", house=1)
    town.moves_in("友", "2013-09-01", sex=1, kana="トモ", house=2)
    town.night()
    folder = amended(town)
    for name, change in (("_common", of_old), ("dt2", lambda rules: rules["groups"][0]["window"]["rows"][0].update(
            last="max(birth+13y, long_term_recovered+24m)"))):
        path = os.path.join(folder, name + ".json")
        with open(path, encoding="utf-8") as f:
            rules = json.load(f)
        change(rules)
        with open(path, "w", encoding="utf-8") as f:
            json.dump(rules, f, ensure_ascii=False)
    town.sql("INSERT INTO person_fact (fact_id, person_id, kind, subject, value, since, from_act, to_act, source)"
             " SELECT 1, person_id, 'long_term_recovered', '', '2026-06-01', 20605, from_act, 2147483647, 'physician'"
             f" FROM person WHERE addressee_no = '{town.number('長')}'")
    town.submits([town.sheet("友", "HPV9", "2026-11-19", "1回目")], month="202611")
    same([r["氏名"] for r in town.table("due", "--vaccine", "DT2")], ["見本　長"], "by the old rules")
    # The next day the new program judges, by its own rules.
    town.today = "2026-11-21"
    shutil.rmtree(folder)
    told = [(r["氏名"], r["series"], r["from_status"], r["to_status"], r["cause"], r["detail"])
            for r in town.table("changes", "--from", "2026-11-20", "--to", "2026-11-21") if r["series"] == "DT2"]
    version = town.show("長")["rules"]
    same(told, [("見本　長", "DT2", "late", "closed", "RULE", version)], "he and nobody else")
    return False  # a row that no act wrote


STORIES = [
    a_letter_is_explained_as_of_the_day_it_was_printed,
    what_changed_is_told_as_it_was_known,
    letters_that_waited_then_are_named_as_waiting,
    persons_are_those_of_then,
    who_is_protected_now_is_covered_in_answers_of_before,
    circumstances_and_judgements_are_those_of_then,
    each_day_is_answered_by_its_own_rules,
    rules_whose_texts_nobody_kept_are_named,
    who_loses_a_right_by_the_rules_alone_is_named_with_that_cause,
]

if __name__ == "__main__":
    sys.exit(tell(STORIES, sys.argv[1]))
