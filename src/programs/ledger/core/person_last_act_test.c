// The store marks a person with the act that touched him or her, whoever writes.
// SPDX-License-Identifier: Apache-2.0
#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// A row of each table that says something about person 7, begun by act 3; and its end, by act 5.
typedef struct Marked {
    const char *table, *begins, *ends;
} Marked;

#define ENDED(table) "UPDATE " table " SET to_act = 5 WHERE person_id = 7"

static const Marked marked[] = {
    {"person",
     "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn,"
     " from_act) VALUES (7, '410000000000007', '', 20250510, 1, 1, 0, 0, 3)",
     NULL},
    {"person_before",
     "INSERT INTO person_before (before_id, person_id, birth, sex, to_act)"
     " VALUES (1, 7, 20250511, 1, 3)",
     NULL},
    {"residence",
     "INSERT INTO residence (span_id, person_id, first_day, ending, from_act, to_act)"
     " VALUES (1, 7, 20000, 0, 3, 2147483647)",
     ENDED("residence")},
    {"resident_version",
     "INSERT INTO resident_version (version_id, person_id, version_no, event_reason, occurred_on,"
     " recorded_at, from_act, to_act, kind, status, printed_name, sex, birth, protection)"
     " VALUES (1, 7, 1, 11, 20000, 0, 3, 2147483647, 1, 1, 1, 1, 20250510, 0)",
     ENDED("resident_version")},
    {"mailing_address",
     "INSERT INTO mailing_address (mailing_id, person_id, purpose, begins_on, ends_on, postal_code, address,"
     " from_act, to_act) VALUES (1, 7, 1, 20000, 20365, '8020005', '', 3, 2147483647)",
     ENDED("mailing_address")},
    {"dose",
     "INSERT INTO dose (dose_id, person_id, product_no, given_on, funding, override, provenance,"
     " from_act, to_act, kind)"
     " VALUES (1, 7, 1, 20260110, 0, 0, 1, 3, 2147483647, 1)",
     ENDED("dose")},
    {"dose_origin",
     "INSERT INTO dose_origin (origin_id, person_id, given_on, cvx, country, source, decision,"
     " from_act, to_act) VALUES (1, 7, 20260110, '03', 'US', 1, 0, 3, 2147483647)",
     ENDED("dose_origin")},
    {"not_given",
     "INSERT INTO not_given (record_id, person_id, kind, product_no, seen_on, from_act, to_act)"
     " VALUES (1, 7, 2, 1, 20000, 3, 2147483647)",
     ENDED("not_given")},
    {"person_fact",
     "INSERT INTO person_fact (fact_id, person_id, kind, subject, value, since, from_act, to_act,"
     " source) VALUES (1, 7, 'refusal', '', '', 20000, 3, 2147483647, 'officer')",
     ENDED("person_fact")},
};

static const char marks_sql[] = "SELECT person_id, act_no FROM person_last_act ORDER BY person_id";
static const char forget_sql[] = "DELETE FROM person_last_act";

static void assert_mark(Desk *d, int64_t act_no)
{
    Query *q = query_begin(d->store, marks_sql, &d->err);
    assert_non_null(q);
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 7);
    assert_int_equal(column_int64(q, 1), act_no);
    assert_false(query_next(q));
    assert_true(query_end(q, &d->err));
}

static void a_row_that_begins_or_ends_marks_its_person_with_its_act(void **state)
{
    Desk *d = *state;
    for (ptrdiff_t i = 0; i < countof(marked); i++) {
        assert_true(store_execute(d->store, marked[i].begins, &d->err));
        assert_mark(d, 3);
        if (marked[i].ends) {
            assert_true(store_execute(d->store, marked[i].ends, &d->err));
            assert_mark(d, 5);
        }
        assert_true(store_execute(d->store, forget_sql, &d->err));
    }
}

static void the_later_act_stays(void **state)
{
    Desk *d = *state;
    static const char two_acts_sql[] =
        "INSERT INTO not_given (record_id, person_id, kind, product_no, seen_on, from_act, to_act)"
        " SELECT n, 7, 2, 1, 20000, 10 - n, 2147483647"
        " FROM (SELECT 1 AS n UNION ALL SELECT 4 UNION ALL SELECT 2) AS numbers";
    assert_true(store_execute(d->store, two_acts_sql, &d->err));
    assert_mark(d, 9);
}

// What else names a person and the act that wrote it, and says nothing of which he or she could be judged.
static const char *const unmarked[] = {
    "certificate",     // a paper that was issued
    "claim",           // what a clinic asks to be paid
    "intake_decision", // whose dose a row is: the dose that comes or goes with it says so
    "intake_waiting",  // a row of a file: nobody's until it is decided, then it brings a dose
    "notice",          // a letter that was sent, or taken back
    "work",            // for an officer to do
};

static bool is_unmarked(Str table)
{
    for (ptrdiff_t i = 0; i < countof(unmarked); i++)
        if (str_equal(table, str_of(unmarked[i]))) return true;
    return false;
}

static bool is_marked(Str table)
{
    for (ptrdiff_t i = 0; i < countof(marked); i++)
        if (str_equal(table, str_of(marked[i].table))) return true;
    return false;
}

static const char tables_sqlite_sql[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%person_id %'"
    " AND (sql LIKE '%from_act %' OR sql LIKE '%to_act %') ORDER BY name";
static const char tables_postgresql_sql[] =
    "SELECT CAST(table_name AS text) FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND column_name = 'person_id' AND table_name IN"
    " (SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema()"
    " AND column_name IN ('from_act', 'to_act')) ORDER BY 1";

// A new table of what is known about persons needs its triggers (db/ledger/0015_person_last_act.sql) and a line
// above.
static void every_table_of_what_is_known_of_persons_is_decided_on(void **state)
{
    Desk *d = *state;
    int found = 0;
    const char *sql = d->place.postgresql ? tables_postgresql_sql : tables_sqlite_sql;
    Query *q = query_begin(d->store, sql, &d->err);
    assert_non_null(q);
    while (query_next(q)) {
        Str table = column_text(q, 0, &d->arena);
        found++;
        if (!is_marked(table) && !is_unmarked(table))
            fail_msg("%.*s does not mark its persons", STR(table));
    }
    assert_true(query_end(q, &d->err));
    assert_int_equal(found, countof(marked) + countof(unmarked));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_that_begins_or_ends_marks_its_person_with_its_act,
                                        desk_open, desk_close),
        cmocka_unit_test_setup_teardown(the_later_act_stays, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(every_table_of_what_is_known_of_persons_is_decided_on,
                                        desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
