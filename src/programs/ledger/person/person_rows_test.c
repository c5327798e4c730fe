// Whoever is under protection is guarded: nobody is left out, and a number that cannot be read is told.
// SPDX-License-Identifier: Apache-2.0
#include "person_rows.h"

#include "guarded_rows.h"
#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void person_made(Desk *d, int32_t id, Str number, bool is_protected)
{
    static const char sql[] = "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                              " VALUES ($1, $2, '見本', 20211220, 1, 1, $3, 0, $4)";
    Query *q = query_begin(d->store, sql, &d->err);
    assert_non_null(q);
    bind_int64(q, 1, id);
    bind_text(q, 2, number);
    bind_int64(q, 3, is_protected);
    bind_int64(q, 4, d->act.no);
    assert_true(query_run(q, &d->err));
}

static void who_is_under_protection_is_guarded_and_no_unreadable_number_is_left_out(void **state)
{
    Desk *d = *state;
    AddresseeNos who;
    person_made(d, 1, S("410000000000001"), true);
    person_made(d, 2, S("410000000000002"), false);
    assert_true(guarded_read(d->store, persons_protected_sql, &d->arena, &who, &d->err));
    assert_int_equal(who.count, 1);
    assert_string_equal(who.at[0].digits, "410000000000001");
    assert_true(guarded_read(d->store, NULL, &d->arena, &who, &d->err));
    assert_int_equal(who.count, 0);
    person_made(d, 3, S("41000000000000x"), true);
    assert_false(guarded_read(d->store, persons_protected_sql, &d->arena, &who, &d->err));
    assert_int_equal(d->err.code, E_STORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_under_protection_is_guarded_and_no_unreadable_number_is_left_out, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
