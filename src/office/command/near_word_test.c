// What somebody may have meant.
// SPDX-License-Identifier: Apache-2.0
#include "near_word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_slip_finds_its_word(void **state)
{
    static const char *const words[] = {"due", "show", "sync", "notices", "intake", "clinics", "withdraw"};
    // clang-format off
    static const struct { const char *typed, *meant; } cases[] = {
        {"dua", "due"}, {"deu", "due"}, {"ｄｕｅ", "due"}, {"Show", "show"}, {"shw", "show"}, {"notice", "notices"},
        {"noitces", "notices"}, {"intakes", "intake"}, {"withdrow", "withdraw"}, {"widthraw", "withdraw"},
        {"cli", "clinics"}, {"synk", "sync"},
        {"x", NULL}, {"", NULL}, {"対象者", NULL}, {"print", NULL}, {"no", NULL},
        {"averyveryverylongwordthatnobodyknows", NULL},
    };
    // clang-format on
    (void)state;
    for (int i = 0; i < countof(cases); i++) {
        const char *found = near_word(str_of(cases[i].typed), words, countof(words));
        assert_int_equal(found != NULL, cases[i].meant != NULL);
        if (found) assert_string_equal(found, cases[i].meant);
    }
}

static void a_dash_of_another_kind_is_known(void **state)
{
    static const char *const dashed[] = {"－－out", "—out", "–out", "ーout", "-out", "−−out"};
    static const char *const plain[] = {"out", "-", "", "402206", "花子"};
    (void)state;
    for (int i = 0; i < countof(dashed); i++) assert_true(typed_as_option(str_of(dashed[i])));
    for (int i = 0; i < countof(plain); i++) assert_false(typed_as_option(str_of(plain[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_finds_its_word),
        cmocka_unit_test(a_dash_of_another_kind_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
