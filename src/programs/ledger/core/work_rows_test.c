// Work that waits for a person: open once, closed by what settles it, masked nowhere but at the outlet.
// SPDX-License-Identifier: Apache-2.0
#include "ledger_desk_test.h"
#include "work_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static ptrdiff_t listed(Desk *d, WorkRows *rows)
{
    assert_true(work_list(d->store, &d->arena, rows, &d->err));
    return rows->count;
}

static void the_same_work_is_open_once_and_ends_when_it_is_settled(void **state)
{
    Desk *d = *state;
    WorkRows rows;
    const WorkItem first = {.kind = WORK_RETURN_CHANGED, .row_id = 7, .words = S("R131")};
    WorkItem other = first;
    other.row_id = 8;
    assert_true(work_open(d->store, &d->act, &first, &d->err));
    assert_true(work_open(d->store, &d->act, &first, &d->err));
    assert_true(work_open(d->store, &d->act, &other, &d->err));
    assert_int_equal(listed(d, &rows), 2);
    assert_true(str_equal(rows.at[0].kind, S("return_changed")));
    assert_true(str_equal(rows.at[0].words, S("R131")));
    assert_true(rows.at[0].to_do.len > 0);
    assert_int_equal(rows.at[0].since, day_of(2026, 11, 10));

    assert_true(work_close(d->store, &d->act, &first, &d->err));
    assert_int_equal(listed(d, &rows), 1);
    assert_true(work_close(d->store, &d->act, &first, &d->err));  // none there is fine
    // What was settled may come again.
    assert_true(work_open(d->store, &d->act, &first, &d->err));
    assert_int_equal(listed(d, &rows), 2);
    assert_true(rows.at[0].work_id < rows.at[1].work_id);
}

static void one_person_may_have_several_of_a_kind_by_their_subjects(void **state)
{
    Desk *d = *state;
    WorkRows rows;
    WorkItem item = {.kind = WORK_RETURN_CHANGED, .person_id = 3, .subject = S("EPN")};
    assert_true(work_open(d->store, &d->act, &item, &d->err));
    item.subject = S("HZ");
    assert_true(work_open(d->store, &d->act, &item, &d->err));
    assert_int_equal(listed(d, &rows), 2);
    assert_true(work_close(d->store, &d->act, &item, &d->err));
    assert_int_equal(listed(d, &rows), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_work_is_open_once_and_ends_when_it_is_settled,
                                        desk_open, desk_close),
        cmocka_unit_test_setup_teardown(one_person_may_have_several_of_a_kind_by_their_subjects,
                                        desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
