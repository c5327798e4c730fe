// The stack as forms.md 7 wants it.
// SPDX-License-Identifier: Apache-2.0
#include "mailing_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void numbers_of_houses_count_as_numbers(void **state)
{
    (void)state;
    static const char *const in_order[] = {"",
                                           "1",
                                           "1-2",
                                           "1-10",
                                           "1-10-3",
                                           "1-10A",
                                           "2-9",
                                           "2-10",
                                           "2-13-28",
                                           "2-13-28-1",
                                           "2-13-28A105",
                                           "10-1",
                                           "1234567890123456789012"};
    for (int i = 0; i < countof(in_order); i++)
        for (int k = 0; k < countof(in_order); k++) {
            int expected = (i > k) - (i < k);
            if (address_number_order(str_of(in_order[i]), str_of(in_order[k])) != expected)
                fail_msg("%s against %s", in_order[i], in_order[k]);
        }
}

// Each letter differs from the one before in one thing only, the least important last.
static void the_stack_is_in_order_of_stream_post_house_household_and_age(void **state)
{
    (void)state;
    const MailingKey in_order[] = {
        {.postal_code = S("8020001"),
         .address_number = S("2-9"),
         .household = {"000000000000001"},
         .birth = {2025, 1, 1},
         .who = {"000000000000002"}},
        {.postal_code = S("8020001"),
         .address_number = S("2-9"),
         .household = {"000000000000001"},
         .birth = {2025, 1, 1},
         .who = {"000000000000003"}},
        {.postal_code = S("8020001"),
         .address_number = S("2-9"),
         .household = {"000000000000001"},
         .birth = {2025, 1, 2},
         .who = {"000000000000001"}},
        {.postal_code = S("8020001"),
         .address_number = S("2-9"),
         .household = {"000000000000002"},
         .birth = {2024, 1, 1}},
        {.postal_code = S("8020001"),
         .address_number = S("2-9"),
         .building = S("みほん荘"),
         .household = {"000000000000001"}},
        {.postal_code = S("8020001"), .address_number = S("2-10")},
        {.postal_code = S("8020002"), .address_number = S("1-1")},
        {.address_number = S("1-1")},
        {.envelope = 1, .postal_code = S("8000001")},
        {.stream = STREAM_SEPARATE, .postal_code = S("8000001")},
    };
    for (int i = 0; i < countof(in_order); i++)
        for (int k = 0; k < countof(in_order); k++)
            assert_int_equal(mailing_order(&in_order[i], &in_order[k]), (i > k) - (i < k));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_houses_count_as_numbers),
        cmocka_unit_test(the_stack_is_in_order_of_stream_post_house_household_and_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
