// Yen and volumes as clinics write them.
// SPDX-License-Identifier: Apache-2.0
#include "amounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { NOT = -1 };

typedef struct Spelling {
    const char *written;
    int64_t read;  // NOT: not for certain
} Spelling;

static void yen_are_read_with_and_without_their_signs(void **state)
{
    static const Spelling spellings[] = {
        {"4500", 4500},
        {"4,500", 4500},
        {"4,500円", 4500},
        {"４，５００円", 4500},
        {"￥4,500-", 4500},
        {"\\4500", 4500},
        {"¥4500", 4500},
        {"4500.0", 4500},
        {"0", 0},
        {"0円", 0},
        {" 4 500 ", 4500},
        {"12,345,678", 12345678},
        {"1,23", NOT},
        {"4.500", NOT},
        {"4500.5", NOT},
        {"-500", NOT},
        {"△500", NOT},
        {"無料", NOT},
        {"円", NOT},
        {"", NOT},
        {"1234567890", NOT},
        {"4500円（税込）", NOT},
        {",500", NOT},
        {"4500,", NOT},
    };
    (void)state;
    for (ptrdiff_t i = 0; i < countof(spellings); i++) {
        int64_t yen = NOT;
        bool read = yen_parse(str_of(spellings[i].written), &yen, NULL);
        if (read != (spellings[i].read != NOT) || yen != spellings[i].read)
            fail_msg("%s: %lld", spellings[i].written, (long long)yen);
    }
}

static void volumes_are_read_in_hundredths_of_a_millilitre(void **state)
{
    static const Spelling spellings[] = {
        {"0.5", 50},   {"0.5ml", 50}, {"0.5 mL", 50},   {"０．５ｍｌ", 50},
        {"0.5㎖", 50}, {"0.5cc", 50}, {"０．５㏄", 50}, {"0.5ミリリットル", 50},
        {".5", 50},    {"0,5", 50},   {"0.50", 50},     {"0.500", 50},
        {"1", 100},    {"1.0", 100},  {"0.25", 25},     {"0.255", NOT},
        {"半分", NOT}, {"0.5g", NOT}, {"", NOT},        {".", NOT},
        {"5.", NOT},   {"-0.5", NOT}, {"1/2", NOT},     {"ml", NOT},
        {"1234", NOT},
    };
    (void)state;
    for (ptrdiff_t i = 0; i < countof(spellings); i++) {
        int32_t ml100 = NOT;
        bool read = volume_parse(str_of(spellings[i].written), &ml100, NULL);
        if (read != (spellings[i].read != NOT) || ml100 != spellings[i].read)
            fail_msg("%s: %d", spellings[i].written, ml100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yen_are_read_with_and_without_their_signs),
        cmocka_unit_test(volumes_are_read_in_hundredths_of_a_millilitre),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
