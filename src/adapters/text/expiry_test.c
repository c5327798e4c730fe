// Expiry dates as boxes and clinics write them.
// SPDX-License-Identifier: Apache-2.0
#include "expiry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *written, *read;  // NULL: not for certain
} spellings[] = {
    {"2026-09-30", "2026-09-30"},
    {"2026-09", "2026-09-00"},
    {"2026/9", "2026-09-00"},
    {"2026.10", "2026-10-00"},
    {"２０２６．１０", "2026-10-00"},
    {"２０２６－０９", "2026-09-00"},
    {"2026−09", "2026-09-00"},
    {"2026年9月", "2026-09-00"},
    {"2026年9月末", "2026-09-00"},
    {"２０２６年　９月末日まで", "2026-09-00"},
    {"2026年09月30日", "2026-09-30"},
    {"202609", "2026-09-00"},
    {"２０２６０９", "2026-09-00"},
    {"20260930", "2026-09-30"},
    {"10/2026", "2026-10-00"},
    {"9.2026", "2026-09-00"},
    {"R8.9", "2026-09-00"},
    {"r8/09", "2026-09-00"},
    {"Ｒ８．９", "2026-09-00"},
    {"R08-09", "2026-09-00"},
    {"R8年9月", "2026-09-00"},
    {"令和8年9月", "2026-09-00"},
    {"令和８年９月３０日", "2026-09-30"},
    {"㋿8年9月", "2026-09-00"},
    {"26.9", "2026-09-00"},
    {"26/09", "2026-09-00"},
    {"09/26", "2026-09-00"},
    {"26.9.30", "2026-09-30"},
    {"260930", "2026-09-30"},
    {"2609", "2026-09-00"},
    {"0926", "2026-09-00"},
    {"30/09/2026", "2026-09-30"},
    {"09/30/2026", "2026-09-30"},
    {"Sep 2026", "2026-09-00"},
    {"SEP-26", "2026-09-00"},
    {"30 SEP 2026", "2026-09-30"},
    {"EXP 2026.09", "2026-09-00"},
    {"EXP:09/2026", "2026-09-00"},
    {"使用期限 2026.9.30まで", "2026-09-30"},
    {" 2026-09 ", "2026-09-00"},
    {"2026-09-30 00:00:00", "2026-09-30"},
    {"20260930.0", "2026-09-30"},
    {"202609.0", "2026-09-00"},
    {"260930.0", "2026-09-30"},
    {"20260930.5", NULL},
    {"2026-09-30 12:00", NULL},
    {"2026-00-00", NULL},
    {"令和8年不詳", NULL},
    {"11/12", NULL},       // November 2012 or December 2011
    {"8.9", NULL},         // an era without its letter, or days
    {"05/06/2026", NULL},  // 5 June or 6 May
    {"2026", NULL},
    {"2012", NULL},
    {"2026-13", NULL},
    {"2026-09-31", NULL},
    {"1926-09", NULL},
    {"202600", NULL},
    {"来月", NULL},
    {"？", NULL},
    {"2026年", NULL},
    {"R8", NULL},
    {"2026-09-30-1", NULL},
    {"なし", NULL},
    {"12345678901234567890", NULL},
};

static void a_month_means_its_last_day_however_it_is_written(void **state)
{
    int wrong = 0;
    (void)state;
    for (ptrdiff_t i = 0; i < countof(spellings); i++) {
        PartialDate date = {0};
        char text[DAY_TEXT_SIZE];
        bool read = expiry_parse(str_of(spellings[i].written), &date, NULL);
        Str got = read ? str_of(partial_date_text(date, text)) : (Str){0};
        bool right = read == (spellings[i].read != NULL) &&
                     (!read || str_equal(got, str_of(spellings[i].read)));
        if (!right) print_error("%s: %.*s\n", spellings[i].written, STR(got));
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_means_its_last_day_however_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
