// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "birth_slip.h"

static const struct {
    PartialDate written, registered;
    BirthSlip slip;
    const char *why;
} cases[] = {
    {{2024, 4, 10}, {2024, 4, 10}, BIRTH_EQUAL, "equal"},
    {{2024, 4, 11}, {2024, 4, 10}, BIRTH_DIGIT, "one digit of the day"},
    {{2024, 4, 20}, {2024, 4, 10}, BIRTH_DIGIT, "the other digit of the day"},
    {{2014, 4, 10}, {2024, 4, 10}, BIRTH_DIGIT, "one digit of the year"},
    {{2024, 4, 21}, {2024, 4, 12}, BIRTH_EXCHANGED, "two digits of the day exchanged"},
    {{1958, 4, 10}, {1985, 4, 10}, BIRTH_EXCHANGED, "two digits of the year exchanged"},
    {{2025, 5, 3}, {2025, 3, 5}, BIRTH_EXCHANGED, "3/5 and 5/3"},
    {{2025, 12, 10}, {2025, 10, 12}, BIRTH_EXCHANGED, "10/12 and 12/10"},
    {{2024, 12, 10}, {2025, 10, 12}, BIRTH_OTHER, "exchanged and another year"},
    {{2051, 3, 3}, {1988, 3, 3}, BIRTH_ERA, "平成63 for 昭和63"},
    {{1994, 4, 10}, {2024, 4, 10}, BIRTH_ERA, "平成6 for 令和6"},
    {{1931, 4, 1}, {1945, 4, 1}, BIRTH_ERA, "大正20 for 昭和20"},
    {{1925, 4, 1}, {1958, 4, 1}, BIRTH_OTHER, "33 years lie between no two eras"},
    {{1925, 4, 1}, {1939, 4, 1}, BIRTH_ERA, "大正14 for 昭和14"},
    {{1997, 6, 1}, {2007, 6, 1}, BIRTH_DIGIT, "平成9 for 平成19"},
    {{2009, 6, 1}, {2010, 6, 1}, BIRTH_DIGIT, "平成21 for 平成22"},
    {{2024, 5, 1}, {2024, 4, 30}, BIRTH_NEIGHBOUR, "the day after"},
    {{2023, 12, 31}, {2024, 1, 1}, BIRTH_NEIGHBOUR, "the day before, over new year"},
    {{2024, 4, 0}, {2024, 4, 10}, BIRTH_VAGUE, "the month holds the day"},
    {{2024, 4, 10}, {2024, 0, 0}, BIRTH_VAGUE, "the year holds the day"},
    {{2024, 5, 0}, {2024, 4, 10}, BIRTH_OTHER, "another month"},
    {{2024, 4, 0}, {2024, 4, 0}, BIRTH_EQUAL, "vague in the same way"},
    {{0, 0, 0}, {2024, 4, 10}, BIRTH_OTHER, "nothing written"},
    {{0, 0, 0}, {0, 0, 0}, BIRTH_OTHER, "two unknown dates are not one"},
    {{2024, 4, 12}, {2024, 4, 10}, BIRTH_DIGIT, "two days apart, one digit"},
    {{2019, 11, 23}, {2024, 4, 10}, BIRTH_OTHER, "another day"},
};

static void slips_of_the_pen_are_told_from_other_days(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BirthSlip slip = birth_slip(cases[i].written, cases[i].registered);
        if (slip != cases[i].slip) print_error("%s: %d\n", cases[i].why, (int)slip);
        wrong += slip != cases[i].slip;
        assert_true(birth_slip_words(slip).len > 0);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_the_pen_are_told_from_other_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
