// Where post goes on the day of sending. Proves F-2-03: bound to a purpose, and what is over is not used.
// SPDX-License-Identifier: Apache-2.0
#include "mailing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

enum { TODAY = 20000 };

static MailingAddress at(MailingPurpose purpose, Day begins_on, Day ends_on)
{
    return (MailingAddress){purpose, begins_on, ends_on, S("8020001"), S("北九州市小倉北区浅野3-8-1"), {0}};
}

static void the_one_of_the_purpose_in_force_on_the_day_is_taken(void **state)
{
    (void)state;
    Arena arena = arena_reserve(1 << 16);
    MailingAddresses all = {0};
    *mailing_addresses_push(&all, &arena) = at(MAILING_ALL, TODAY, TODAY + 30);
    *mailing_addresses_push(&all, &arena) = at(MAILING_NOTICE, TODAY + 10, TODAY + 20);
    *mailing_addresses_push(&all, &arena) = at(MAILING_CERTIFICATE, TODAY - 9, TODAY + 40);
    // clang-format off
    static const struct { MailingPurpose purpose; Day on; int expected; } rows[] = {
        {MAILING_NOTICE, TODAY - 1, -1},  // none has begun
        {MAILING_NOTICE, TODAY, 0},       {MAILING_NOTICE, TODAY + 9, 0},
        {MAILING_NOTICE, TODAY + 10, 1},  {MAILING_NOTICE, TODAY + 20, 1},  // the first and the last day
        {MAILING_NOTICE, TODAY + 21, 0},  {MAILING_NOTICE, TODAY + 30, 0},
        {MAILING_NOTICE, TODAY + 31, -1}, // over, though one of another purpose goes on
        {MAILING_CERTIFICATE, TODAY + 15, 2}, {MAILING_CERTIFICATE, TODAY - 10, -1},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const MailingAddress *found = mailing_in_force(&all, rows[i].purpose, rows[i].on);
        assert_ptr_equal(found, rows[i].expected < 0 ? NULL : &all.at[rows[i].expected]);
    }
    arena_release(arena);
}

static void two_of_one_purpose_never_stand_on_one_day(void **state)
{
    (void)state;
    const MailingAddress one = at(MAILING_NOTICE, TODAY, TODAY + 9), next = at(MAILING_NOTICE, TODAY + 10, TODAY + 19),
                         both = at(MAILING_NOTICE, TODAY + 9, TODAY + 10), other = at(MAILING_ALL, TODAY, TODAY + 9);
    assert_false(mailing_overlaps(&one, &next));
    assert_true(mailing_overlaps(&one, &both) && mailing_overlaps(&both, &one) && mailing_overlaps(&next, &both));
    assert_false(mailing_overlaps(&one, &other));
}

static ErrorCode refusal(MailingAddress m)
{
    Error err = {0};
    return mailing_possible(&m, TODAY, &err) ? E_NONE : err.code;
}

static void what_cannot_be_right_is_refused(void **state)
{
    (void)state;
    MailingAddress good = at(MAILING_NOTICE, TODAY, TODAY), wrong = good;
    assert_int_equal(refusal(good), E_NONE);
    wrong.ends_on = TODAY - 1;
    assert_int_equal(refusal(wrong), E_CONFLICT);  // ends before it begins
    wrong.begins_on = TODAY - 5;
    assert_int_equal(refusal(wrong), E_CONFLICT);  // over already
    wrong = good;
    wrong.postal_code = S("802-0001");
    assert_int_equal(refusal(wrong), E_CODE_UNKNOWN);
    wrong.postal_code = (Str){0};
    assert_int_equal(refusal(wrong), E_MISSING);
    wrong = good;
    wrong.address = (Str){0};
    assert_int_equal(refusal(wrong), E_MISSING);
}

static void a_purpose_is_read_as_it_is_written(void **state)
{
    (void)state;
    Error err = {0};
    MailingPurpose purpose;
    for (int p = MAILING_ALL; p <= MAILING_PURPOSES; p++) {
        assert_true(mailing_purpose_read(mailing_purpose_text((MailingPurpose)p), &purpose, &err));
        assert_int_equal(purpose, p);
    }
    assert_false(mailing_purpose_read(S("年賀状"), &purpose, &err));
    assert_int_equal(mailing_purpose_text((MailingPurpose)9).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_of_the_purpose_in_force_on_the_day_is_taken),
        cmocka_unit_test(two_of_one_purpose_never_stand_on_one_day),
        cmocka_unit_test(what_cannot_be_right_is_refused),
        cmocka_unit_test(a_purpose_is_read_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
