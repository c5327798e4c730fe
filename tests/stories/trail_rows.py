#!/usr/bin/env python3
"""What the records counted is there, as it was: rows taken away, added or changed by SQL are named.

    trail_rows.py SESSHU     on PostgreSQL where SESSHU_TEST_POSTGRESQL names a server

Whoever has the database writes into it behind the programs, with the rights of the program itself. `audit
verify` names the table and the record, and is content again when the rows are.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sqlite3
import sys

import town
import trail
from town import same

# table, key, a column that never changes and another value of it, words of the set
LEDGER = [
    ("act", "act_no", "reason", "'x'", "台帳の登録"),
    ("dose", "dose_id", "given_on", "given_on + 1", "接種"),
    ("dose_judgement", "dose_id", "legal_class", "9", "接種の判定"),
    ("claim", "claim_id", "amount", "0", "請求"),
    ("intake_file", "file_no", "month", "0", "取り込んだファイル"),
    ("intake_row", "row_id", "outcome", "9", "取り込んだ行"),
    ("notice", "notice_id", "mailed_on", "mailed_on + 1", "通知"),
    ("notice_run", "run_no", "sent", "0", "通知の一束"),
    ("resident_version", "version_id", "name", "'x'", "住民の履歴"),
    ("residence", "span_id", "ending", "3", "住民だった期間"),
    ("staff_duty", "grant_no", "granted_by", "'x'", "職員の権限"),
    ("approval", "approval_no", "asked_by", "'x'", "申請"),
]
ADDRESSEE = [
    ("feed_file", "file_no", "imported_by", "'x'", "住民情報のファイル"),
    ("feed_refusal", "refusal_no", "line", "0", "断った行"),
    ("register_version", "change_no", "occurred_on", "occurred_on + 1", "住民の履歴"),
    ("register_task", "task_no", "effect", "'x'", "確認の仕事"),
]


def unguarded(t, program):
    """The triggers that a table may have refuse whoever does not take them away first."""
    if t.server:
        for table, trigger in sql(t, program, "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                                              " WHERE NOT t.tgisinternal AND pg_has_role(c.relowner, 'MEMBER')"):
            sql(t, program, f"DROP TRIGGER {trigger} ON {table}")
        return
    for (trigger,) in sql(t, program, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
        sql(t, program, f"DROP TRIGGER {trigger}")


def sql(t, program, text):
    if t.server:
        done = trail.as_program(t, program, text)
        same(done.returncode, 0, text + done.stderr)
        return [line.split("|") for line in done.stdout.splitlines()]
    link = sqlite3.connect(os.path.join(t.data, f"{program}.db"))
    try:
        rows = []
        for one in text.split(";"):
            rows = link.execute(one).fetchall()
        link.commit()
        return rows
    finally:
        link.close()


def columns(t, program, table):
    if t.server:
        rows = sql(t, program, f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
                               " AND table_schema = 'public' ORDER BY ordinal_position")
        return [row[0] for row in rows]
    return [row[1] for row in sql(t, program, f"SELECT * FROM pragma_table_info('{table}')")]


def verified(t, program, status=0):
    done = t.run(program, "audit", "verify")
    same(done.returncode, status, done.stdout + done.stderr)
    return done.stdout


def is_named(t, program, table, change, words):
    """While `change` stands it is named; afterwards the rows are as they were."""
    verified(t, program)
    sql(t, program, f"CREATE TABLE kept_rows AS SELECT * FROM {table}")
    sql(t, program, change)
    said = verified(t, program, 1)
    assert words + "の行が、証跡の" in said or words + "に、どの証跡にも" in said, (change, said)
    sql(t, program, f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_rows; DROP TABLE kept_rows")
    return said


def gone_and_changed_are_named(t, program, sets):
    unguarded(t, program)
    for table, key, column, other, words in sets:
        count = int(sql(t, program, f"SELECT count(*) FROM {table}")[0][0])
        assert count > 0, f"nothing in {table}"
        lowest, highest = f"(SELECT min({key}) FROM {table})", f"(SELECT max({key}) FROM {table})"
        said = is_named(t, program, table, f"DELETE FROM {table} WHERE {key} = {lowest}", words)
        assert "行でしたが、今は" in said, said
        is_named(t, program, table, f"DELETE FROM {table} WHERE {key} = {highest}", words)
        if table != "staff_duty":  # somebody must verify
            is_named(t, program, table, f"DELETE FROM {table}", words)
        said = is_named(t, program, table, f"UPDATE {table} SET {column} = {other} WHERE {key} = {lowest}", words)
        assert "のものと違います" in said, said
    assert "書かれたときのまま" in verified(t, program)


def added_rows_are_named_for_ever(t, program, sets):
    """Before the next act, which cannot take them over, and after it, though they are gone again."""
    for table, key, column, other, words in sets:
        names = columns(t, program, table)
        copied = [f"{key} + 1000" if n == key else other if n == column else n for n in names]
        for unique in {"feed_file": ["name"], "intake_file": ["digest"]}.get(table, []):
            copied[names.index(unique)] = "'y'"
        sql(t, program, f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(copied)} FROM {table}"
                        f" WHERE {key} = (SELECT min({key}) FROM {table})")
        said = verified(t, program, 1)
        assert f"{words}に、どの証跡にも記録のない行が1行" in said, said
        same(t.run(program, "grant", "taro", "read").returncode, 0, "work goes on")
        said = verified(t, program, 1)
        assert "見つかっています" in said and words in said, said


def a_month_of_work(t):
    t.moves_in("花子", "2025-05-10", sex=2, kana="ハナコ")
    t.moves_in("次郎", "2025-06-10", kana="ジロウ")
    t.moves_in("桜", "2025-06-11", house=7, protected=True)
    t.night()
    t.happens("次郎", 31, "2026-13-30")
    t.happens("桜", 31, "2026-09-30", 支援措置="")
    t.arrives(status=1)
    t.submits([t.sheet("花子", "MR", "2026-05-12", 請求額="9000"), t.sheet("花子", "BCG", "2025-09-12", claimed="1")])
    done = t.run("ledger", "sync")
    same(done.returncode, 0, done.stderr)
    t.run("ledger", "enter", t.number("花子"), "--vaccine", "MR", "--day", "2026-06-01", "--lot", "Y001", "--source",
          "母子健康手帳", "--reason", "転入前の記録")
    done = t.run("ledger", "notices", "--out", os.path.join(t.folder, "letters"))
    assert done.returncode in (0, 1), done.stderr
    for words in (("grant", "jiro", "read"), ("revoke", "jiro", "read")):
        same(t.run(*words).returncode, 0, "a duty")


def rows_of_the_ledger(t):
    a_month_of_work(t)
    gone_and_changed_are_named(t, "ledger", LEDGER)


def rows_of_the_register(t):
    a_month_of_work(t)
    gone_and_changed_are_named(t, "addressee", ADDRESSEE)


def rows_beside_the_doors(t):
    a_month_of_work(t)
    added_rows_are_named_for_ever(t, "ledger", [row for row in LEDGER if row[0] not in ("approval", "staff_duty", "dose_judgement")])
    added_rows_are_named_for_ever(t, "addressee", ADDRESSEE)
    return False


def what_was_over_is_open_again(t):
    """The end of a row is counted too: a corrected dose, a duty that was taken away, a decision."""
    a_month_of_work(t)
    t.submits([t.sheet("花子", "MR", "2026-05-13", 訂正="1", 請求額="9000")])
    unguarded(t, "ledger")
    for program, table, change, words in [
            ("ledger", "dose", "UPDATE dose SET to_act = 2147483647 WHERE to_act < 2147483647", "終わった接種"),
            ("ledger", "claim", "UPDATE claim SET to_act = 2147483647 WHERE to_act < 2147483647", "終わった請求"),
            ("ledger", "staff_duty", "UPDATE staff_duty SET ended_by = 'x' WHERE ended_at IS NOT NULL", "なくした権限"),
            ("addressee", "feed_file", "UPDATE feed_file SET refused = 0, approved_by = 'x'",
             "反映した住民情報のファイル")]:
        is_named(t, program, table, change, words)
    same(int(sql(t, "ledger", "SELECT count(*) FROM dose WHERE to_act < 2147483647")[0][0]) > 0, True, "corrected")


def the_counts_themselves_are_proven(t):
    """Where they can be reached at all: on PostgreSQL they are not the program's to change."""
    a_month_of_work(t)
    if t.server:
        for change in ("DELETE FROM audit_tally", "UPDATE audit_tally SET row_count = 0"):
            assert "permission denied" in trail.as_program(t, "ledger", change).stderr, change
        return
    sql(t, "ledger", "DROP TRIGGER audit_tally_stays; DROP TRIGGER audit_tally_remains;"
                     "CREATE TABLE kept_rows AS SELECT * FROM audit_tally")
    for change in ("DELETE FROM audit_tally WHERE set_name = 'dose'", "UPDATE audit_tally SET row_count = row_count + 1",
                   "INSERT INTO audit_tally SELECT 1000, 'dose', 1000, 1, digest FROM audit_tally LIMIT 1"):
        sql(t, "ledger", change)
        said = verified(t, "ledger", 1)
        assert "行数の記録が" in said, (change, said)
        sql(t, "ledger", "DELETE FROM audit_tally; INSERT INTO audit_tally SELECT * FROM kept_rows")
    return False  # the records of the verifying itself have lost theirs


if __name__ == "__main__":
    sys.exit(town.tell([
        rows_of_the_ledger,
        rows_of_the_register,
        rows_beside_the_doors,
        what_was_over_is_open_again,
        the_counts_themselves_are_proven,
    ], sys.argv[1]))
