// The first page of a day says since when the oldest of a kind waits: that one is read first, whatever its number.
// SPDX-License-Identifier: Apache-2.0
#include "work_count_rows.h"

#include "envelope_rows.h"
#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Day may(int day)
{
    return day_of(2026, 5, day);
}

static void executed(Desk *d, const char *sql, int64_t one, int64_t two, int64_t three)
{
    Query *q = query_begin(d->store, sql, &d->err);
    assert_non_null(q);
    bind_int64(q, 1, one);
    bind_int64(q, 2, two);
    bind_int64(q, 3, three);
    assert_true(query_run(q, &d->err));
}

static void person_made(Desk *d, int32_t id, int status)
{
    static const char sql[] = "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                              " VALUES ($1, $2, '見本', 20250510, 1, $3, 0, 0, $4)";
    Query *q = query_begin(d->store, sql, &d->err);
    assert_non_null(q);
    bind_int64(q, 1, id);
    bind_text(q, 2, str_format(&d->arena, "41%013d", id));
    bind_int64(q, 3, status);
    bind_int64(q, 4, d->act.no);
    assert_true(query_run(q, &d->err));
}

static void letter_made(Desk *d, int32_t id, Day ended)
{
    person_made(d, id, 2);
    executed(d, "INSERT INTO residence (span_id, person_id, first_day, last_day, ending, from_act, to_act)"
                " VALUES ($1, $1, 20000, $2, 2, $3, 2147483647)", id, ended, d->act.no);
    executed(d, "INSERT INTO notice_run (run_no, act_no, as_of, list_sha256, sent, held) VALUES ($1, $3, $2, '', 1, 0)", id, may(10), d->act.no);
    executed(d, "INSERT INTO notice (notice_id, run_no, person_id, series, position, kind, mailed_on)"
                " SELECT $1, run_no, $1, 'MR1', '1', 'invitation', $2 FROM notice_run WHERE run_no = $1 AND act_no = $3", id, may(10), d->act.no);
}

static void of_envelopes_the_one_whose_person_left_first_comes_first(void **state)
{
    Desk *d = *state;
    Envelopes found;
    letter_made(d, 1, may(14));
    letter_made(d, 2, may(12));
    assert_true(envelopes_to_pull(d->store, may(1), &d->arena, &found, &d->err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.at[0].ended, may(12));
    assert_int_equal(found.at[1].ended, may(14));
}

static void birth_corrected(Desk *d, int32_t id, Day day)
{
    LedgerAct act;
    const Act by = {.actor = actor_of_certificate(S("taro"), &d->arena), .store = d->store, .now = clock_now(), .business_day = day};
    assert_true(ledger_act_begin(&by, ACT_ENTRY, S("訂正"), &act, &d->err));
    executed(d, "INSERT INTO person_before (before_id, person_id, birth, sex, to_act) VALUES ($1, $1, $2, 1, $3)", id, 20250511, act.no);
    executed(d, "INSERT INTO dose_judgement (dose_id, from_act, to_act, legal_class, status) VALUES ($1, $3, 2147483647, 1, $2)", id, 1, act.no);
}

static void of_corrected_births_the_one_corrected_first_comes_first(void **state)
{
    Desk *d = *state;
    CorrectedBirths found;
    for (int32_t id = 1; id <= 2; id++) {
        person_made(d, id, 1);
        executed(d, "INSERT INTO dose (dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, to_act, kind)"
                    " VALUES ($1, $1, 1, $2, 0, 0, 1, $3, 2147483647, 1)", id, 20260110, d->act.no);
    }
    birth_corrected(d, 2, may(12));
    birth_corrected(d, 1, may(14));
    assert_true(births_corrected(d->store, may(1), &d->arena, &found, &d->err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.at[0].since, may(12));
    assert_int_equal(found.at[1].since, may(14));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(of_envelopes_the_one_whose_person_left_first_comes_first),
        STORY(of_corrected_births_the_one_corrected_first_comes_first),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
