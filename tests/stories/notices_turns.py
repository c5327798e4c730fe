"""Stories of letters before and after the post: a trial, a reprint, letters taken back, and why somebody gets none.

SPDX-License-Identifier: Apache-2.0
"""
import csv
import glob
import os
import subprocess
import sys

from town import same, tell

MR = ("--vaccine", "MR1")


def street(town):
    town.moves_in("早苗", "2025-01-10", sex=1, kana="ハヤ", house=1)
    town.moves_in("守弥", "2025-02-11", sex=2, kana="マモル", house=2, protected=True)
    town.moves_in("友", "2025-03-12", sex=2, kana="トモ", house=3)
    town.night()


def notices(town, folder, *words, as_of=None, status=(0, 1)):
    out = os.path.join(town.folder, folder)
    done = town.run("ledger", "notices", "--out", out, *words, as_of=as_of)
    assert done.returncode in status, done.stderr
    return done, out


def pages(out):
    return [page for pdf in sorted(glob.glob(os.path.join(out, "papers-*.pdf")))
            for page in subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]]


def listed(out, pattern):
    return [row for path in sorted(glob.glob(os.path.join(out, pattern)))
            for row in csv.DictReader(open(path, encoding="utf-8", newline=""))]


def written(town):
    return town.sql("SELECT p.addressee_no, n.kind FROM notice n JOIN person p ON p.person_id = n.person_id"
                    " WHERE n.to_act = 2147483647 ORDER BY n.notice_id")


def number_of(out):
    return os.path.basename(glob.glob(os.path.join(out, "papers-*.pdf"))[0])[len("papers-"):-len(".pdf")]


def a_trial_is_marked_on_every_page_and_remembers_nothing(town):
    street(town)
    done, out = notices(town, "trial", *MR, "--trial")
    printed = pages(out)
    assert printed and all("見" in page and "本" in page and "見　本" in page.replace(" ", "　") for page in printed), printed[0][:200]
    assert "早苗" in "".join(printed) and "守弥" not in "".join(printed), "as it would be"
    same([os.path.basename(p)[:13] for p in glob.glob(os.path.join(out, "papers-*"))], ["papers-TRIAL-"], "its own name")
    same(written(town), [], "nobody counts as written to")
    same(town.sql("SELECT count(*) FROM notice_run"), [("0",)], "no batch")
    same([r["内容"] for r in town.table("audit", "read") if r["種別"] == "print"], ["trial"], "but that somebody drew it")
    real, out = notices(town, "real", *MR)
    assert not any("見　本" in page for page in pages(out)), "the letters bear no mark"
    same(len(pages(out)), len(printed), "the same papers")
    same(number_of(out), "N20261001-001", "no number was used up")
    same([who for who, _ in written(town)], [town.number("早苗"), town.number("友")], "now they are")
    again, out = notices(town, "again", *MR, "--trial")
    same(glob.glob(os.path.join(out, "papers-*")), [], "nothing is left to say")
    assert "すでにお知らせした人 2人" in again.stderr, again.stderr


def letters_that_were_spoilt_are_printed_once_more(town):
    street(town)
    _, out = notices(town, "first", *MR)
    batch = number_of(out)
    # 友 has moved within the city, 早苗 got her dose elsewhere.
    town.happens("友", 31, town.today, 住所="福岡県北九州市小倉北区浅野三丁目9番9号", 番地="9", 枝="9")
    town.night()
    one, out = notices(town, "one", "--reprint", batch, "--person", town.number("早苗"), as_of="2026-10-05")
    same([r["整理番号"] for r in listed(out, "dispatch-*.csv")], [town.number("早苗")], one.stderr)
    same(number_of(out)[:10], "CN20261005", "a number of its own")
    town.submits([town.sheet("早苗", "MR", "2026-09-04", "1期")])
    left = os.path.join(town.folder, "gone.csv")
    all_of, out = notices(town, "all", "--reprint", batch, "--left-out", left, as_of="2026-10-06", status=(1,))
    assert "いまは対象でない 1人" in all_of.stderr, all_of.stderr
    with open(left, encoding="utf-8-sig", newline="") as f:
        same([(r["宛名番号"], r["ワクチン"], r["理由"]) for r in csv.DictReader(f)],
             [(town.number("早苗"), "MR1", "いまは「完了」の人")], "nobody falls out without a word")
    same([r["整理番号"] for r in listed(out, "dispatch-*.csv")], [town.number("友")], "who is still due: " + all_of.stderr)
    assert "9番9号" in "".join(pages(out)), "where she lives now"
    same([kind for who, kind in written(town)], ["invitation", "invitation", "reprint", "reprint"], "remembered as such")
    same(notices(town, "no", "--reprint", "N20261001-999", status=(2,))[0].returncode, 2, "no such batch")
    same(notices(town, "no", "--reprint", batch, "--person", town.number("守弥"), status=(2,))[0].returncode, 2, "not in it")
    copy = number_of(out)
    notices(town, "copy", "--reprint", copy, as_of="2026-10-07", status=(0,))
    for wrong in (copy[1:], "R" + batch[1:], copy.replace("CN", "CR"), "C" + batch):
        same(town.run("ledger", "withdraw", wrong, "--reason", "x").returncode, 2, f"no batch bears this number: {wrong}")
    taken = town.run("ledger", "withdraw", copy, "--reason", "再発行の紙が乱れたため")
    assert taken.returncode == 0 and "もとの通知は送ったまま" in taken.stdout, taken.stdout + taken.stderr
    same(sorted(kind for _, kind in written(town)), ["invitation", "invitation", "reprint", "reprint"], "the copy alone")
    same(town.table("work", "--kind", "envelope"), [], "everybody is where she was")
    town.happens("友", 42, "2026-10-07", 住民状態=2)
    town.night()
    pulls = [(r["宛名番号"], r["内容"]) for r in town.table("work", "--kind", "envelope", as_of="2026-10-08")]
    same({who for who, _ in pulls}, {town.number("友")}, "whose envelope should not leave")
    assert (town.number("友"), batch) in pulls and (town.number("友"), copy) not in pulls, pulls
    same([r for r in town.table("work", "--kind", "envelope", as_of="2026-10-15") if r["内容"] == batch], [], "it has left by then")
    _, out = notices(town, "gone", "--reprint", batch, "--left-out", left, as_of="2026-10-08", status=(1,))
    with open(left, encoding="utf-8-sig", newline="") as f:
        same([r["理由"] for r in csv.DictReader(f)], ["いまは「完了」の人", "いまは住民でない人（転出、死亡など）"], "each with why")
    taken = town.run("ledger", "withdraw", batch, "--reason", "発送しなかったため")
    assert "通知 2件" in taken.stdout and "その再発行 2件" in taken.stdout, taken.stdout
    same(written(town), [], "and with the letters what was printed of them once more")
    same(town.table("work", "--kind", "envelope", as_of="2026-10-08"), [], "none is left in the house")
    for wrong in (("--trial", "--reprint", batch), ("--person", town.number("友")), ("--reprint", batch, *MR)):
        same(notices(town, "no", *wrong, status=(2,))[0].returncode, 2, wrong)


def what_was_not_posted_is_taken_back_and_goes_another_day(town):
    street(town)
    _, out = notices(town, "first", *MR)
    batch = number_of(out)
    one = town.run("ledger", "withdraw", batch, "--person", town.number("友"), "--reason", "窓口で手渡しするため")
    same(one.returncode, 0, one.stderr)
    same([who for who, _ in written(town)], [town.number("早苗")], "one of them")
    _, out = notices(town, "second", *MR, as_of="2026-10-02")
    same([r["整理番号"] for r in listed(out, "dispatch-*.csv")], [town.number("友")], "she is due again")
    all_of = town.run("ledger", "withdraw", batch, "--reason", "印刷が乱れたため")
    same(all_of.returncode, 0, all_of.stderr)
    assert batch in all_of.stdout and "1件" in all_of.stdout, all_of.stdout
    same([who for who, _ in written(town)], [town.number("友")], "of the second batch alone")
    same(town.run("ledger", "withdraw", batch, "--reason", "x").returncode, 2, "nothing is left of it")
    same(town.run("ledger", "withdraw", batch).returncode, 2, "a reason is owed")
    same(town.run("ledger", "withdraw", "N20261001-099", "--reason", "x").returncode, 2, "no such batch")
    _, out = notices(town, "third", *MR, as_of="2026-10-03")
    same([r["整理番号"] for r in listed(out, "dispatch-*.csv")], [town.number("早苗")], "so is she")


def who_gets_no_letter_is_named_with_why(town):
    street(town)
    town.moves_in("待", "2025-04-10", sex=2, kana="マチ", house=4)
    town.night()
    row = town.submits([town.sheet("待", "MR", "2026-09-28", "1期", 氏名="別名　全然違", 氏名カナ="ベツメイ")])[0]
    same(row["outcome"], "review", row)
    notices(town, "first", *MR)
    path = os.path.join(town.folder, "left.csv")
    done, _ = notices(town, "second", *MR, "--left-out", path, as_of="2026-10-02")
    for words in ("すでにお知らせした人 2人", "届いた接種の報告が確認待ちの人 1人"):
        assert words in done.stderr, done.stderr
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    why = {r["宛名番号"]: r["理由"] for r in rows}
    same(why[town.number("早苗")], "すでにお知らせした人", "written to")
    same(why[town.number("待")], "届いた接種の報告が確認待ちの人", "a dose waits")
    assert why[town.number("守弥")].startswith("P104"), why
    same([r["氏名"] for r in rows if r["宛名番号"] == town.number("守弥")], ["＊＊＊"], "no name of hers")
    same(town.run("ledger", "audit", "verify", path).returncode, 0, "a list like any other")


if __name__ == "__main__":
    sys.exit(tell([
        a_trial_is_marked_on_every_page_and_remembers_nothing,
        letters_that_were_spoilt_are_printed_once_more,
        what_was_not_posted_is_taken_back_and_goes_another_day,
        who_gets_no_letter_is_named_with_why,
    ], sys.argv[1]))
